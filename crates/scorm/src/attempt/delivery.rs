//! Launching activities: run-time data for a new attempt, or the old data again.

use super::{Attempt, Launched};
use crate::course::Course;
use crate::datamodel::{self, Exit, Sco};
use crate::sequencing::Engine;

impl Attempt {
    /// Prepares what a delivered activity runs on: its data again if the attempt on it goes on,
    /// new data if a new one began.
    pub(super) fn launch(&mut self, course: &Course, a: usize, at: i64, resumed: bool) {
        let attempt = self.state.activities[a].attempts;
        let tracked = course.activities[a].sequencing.delivery.tracked;
        let previous = self.launched.remove(&a);
        let same = previous.as_ref().is_some_and(|p| {
            // An attempt that is not tracked has no count: the SCO's exit says whether it goes on.
            let suspended = p.sco.end().exit == Exit::Suspend;
            resumed || (tracked && p.attempt == attempt) || (!tracked && suspended)
        });
        let initial = self.initial(course, a);
        let sco = match previous.as_ref().filter(|_| same) {
            Some(previous) => Sco::resume(&previous.sco, &initial),
            None => Sco::begin_within(course.edition, &initial, self.limits),
        };
        let (launches, past_ms, status) = previous.map_or((0, 0, None), |p| {
            (p.launches, p.past_ms.saturating_add(p.elapsed()), p.status)
        });
        self.launched.insert(
            a,
            Launched {
                sco,
                attempt,
                launches: launches + 1,
                past_ms,
                since: at,
                last: at,
                counted: 0,
                status,
            },
        );
        self.pending = false;
    }

    /// The activity being delivered once more, after a closed tab.
    pub(super) fn relaunch(&mut self, course: &Course, a: usize, at: i64) {
        let untouched = self
            .sco(a)
            .is_some_and(|s| s.state() == datamodel::State::NotInitialized);
        if untouched {
            if let Some(launched) = self.launched.get_mut(&a) {
                launched.past_ms = launched.past_ms.saturating_add(launched.elapsed());
                (launched.since, launched.last, launched.counted) = (at, at, 0);
                launched.launches += 1;
            }
            return;
        }
        self.launch(course, a, at, true);
    }

    /// Answers of `adl.nav.request_valid.*` for the SCO being delivered, with what it has reported
    /// so far: the same that menus and buttons show.
    pub(super) fn request_valid(&self, course: &Course) -> datamodel::Validity {
        let mut state = self.settled_state(course).into_owned();
        let navigation = Engine::new(course, &mut state, false).validity();
        let by_target = |valid: &[crate::sequencing::Validity]| {
            course
                .activities
                .iter()
                .zip(valid)
                .map(|(a, v)| (a.identifier.clone(), v.valid))
                .collect()
        };
        datamodel::Validity {
            proceed: navigation.proceed.valid,
            previous: navigation.previous.valid,
            choice: by_target(&navigation.choice),
            jump: by_target(&navigation.jump),
        }
    }
}

impl Launched {
    /// Time of this launch so far, ms.
    pub(super) fn elapsed(&self) -> u64 {
        u64::try_from(self.last.saturating_sub(self.since)).unwrap_or(0)
    }
}
