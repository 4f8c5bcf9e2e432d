//! Courses of several SCOs in SCORM 1.2, which has no sequencing of its own: the menu is free
//! subject to `adlcp:prerequisites`, Continue and Previous go through the SCOs in order.
//!
//! Refusals carry codes of our own: `S12-1` nothing is being delivered, `S12-2` nothing to
//! launch there, `S12-3` the prerequisites do not hold, `S12-4` no further activity that way,
//! `S12-5` not a request of SCORM 1.2.

use super::{Attempt, Known, Outcome, Verdict, outcome, prerequisites};
use crate::course::{Course, ResourceKind};
use crate::datamodel::End;
use crate::sequencing::{Exception, Navigation, NavigationRequest, State, Validity};

const NOT_DELIVERING: Exception = Exception("S12-1");
const NOTHING_THERE: Exception = Exception("S12-2");
const PREREQUISITES: Exception = Exception("S12-3");
const NO_FURTHER: Exception = Exception("S12-4");
const NOT_IN_12: Exception = Exception("S12-5");

/// Writes a SCO's result into the state.
pub(super) fn record(state: &mut State, a: usize, end: &End) {
    let own = &mut state.activities[a].objectives[0];
    own.completion = end.completed;
    own.satisfied = end.passed;
    own.measure = end.scaled;
    (own.raw, own.min, own.max) = (end.raw, end.min, end.max);
}

/// Status of clusters from what is below: completed when all below is; failed when anything
/// below failed, passed when something passed and all is completed; the score is the mean of
/// the known ones.
pub(super) fn roll_up_clusters(course: &Course, state: &mut State) {
    // Children have higher indices than their parents.
    for a in (0..course.activities.len()).rev() {
        let activity = &course.activities[a];
        if activity.is_leaf() {
            continue;
        }
        let (mut all, mut none, mut passed, mut failed) = (true, true, false, false);
        let (mut total, mut scored, mut attempts) = (0.0, 0u32, 0);
        for &child in &activity.children {
            if course.activities[child].is_leaf() && course.activities[child].launch.is_none() {
                continue;
            }
            let own = &state.activities[child].objectives[0];
            all &= own.completion == Some(true);
            none &= own.completion.is_none();
            passed |= own.satisfied == Some(true);
            failed |= own.satisfied == Some(false);
            attempts = attempts.max(state.activities[child].attempts);
            if let Some(measure) = own.measure {
                total += measure;
                scored += 1;
            }
        }
        state.activities[a].attempts = attempts;
        let own = &mut state.activities[a].objectives[0];
        own.completion = if all {
            Some(true)
        } else {
            (!none || attempts > 0).then_some(false)
        };
        own.satisfied = match (failed, passed && all) {
            (true, _) => Some(false),
            (false, true) => Some(true),
            (false, false) => None,
        };
        own.measure = (scored > 0).then(|| total / f64::from(scored));
    }
}

/// The course's result: the root's, see [`roll_up_clusters`]; progress is always estimated.
pub(super) fn rolled_up(course: &Course, state: &State) -> Outcome {
    let mut state = state.clone();
    roll_up_clusters(course, &mut state);
    let root = &state.activities[0].objectives[0];
    Outcome {
        completion: root.completion,
        success: root.satisfied,
        scaled: root.measure,
        progress: outcome::estimated(course, &state),
        known: Known::Estimated,
        seconds: 0.0,
    }
}

impl Attempt {
    /// The course again where it was left, else the first activity that is not completed, else
    /// the first of all.
    pub(super) fn open_12(&mut self, course: &Course, at: i64) -> Verdict {
        let left = self.state.suspended.take();
        let state = self.rolled_up_12(course);
        let open = |&a: &usize| self.may_launch(course, &state, a).is_ok();
        let incomplete = |&a: &usize| state.activities[a].objectives[0].completion != Some(true);
        let found = left
            .filter(open)
            .or_else(|| course.launchable().filter(open).find(incomplete))
            .or_else(|| course.launchable().find(open));
        match found {
            Some(a) => self.deliver_12(course, a, at),
            None => Verdict {
                exception: Some(PREREQUISITES),
                agrees: true,
                ..Verdict::default()
            },
        }
    }

    pub(super) fn navigate_12(
        &mut self,
        course: &Course,
        request: &NavigationRequest,
        at: i64,
    ) -> Verdict {
        let current = self.current(course);
        let refused = |e: Exception| Verdict {
            exception: Some(e),
            agrees: true,
            ..Verdict::default()
        };
        let abandoned = matches!(
            request,
            NavigationRequest::Abandon | NavigationRequest::AbandonAll
        );
        if abandoned {
            self.pending = false;
        }
        self.settle(course);
        let state = self.rolled_up_12(course);
        match request {
            NavigationRequest::Start | NavigationRequest::ResumeAll if current.is_none() => {
                self.open_12(course, at)
            }
            NavigationRequest::Start
            | NavigationRequest::ResumeAll
            | NavigationRequest::Jump(_) => refused(NOT_IN_12),
            NavigationRequest::Continue | NavigationRequest::Previous => {
                let forward = *request == NavigationRequest::Continue;
                match self.next_12(course, &state, forward) {
                    Ok(a) => self.deliver_12(course, a, at),
                    Err(e) => refused(e),
                }
            }
            NavigationRequest::Choice(target) => {
                let found = course
                    .find(target)
                    .ok_or(NOTHING_THERE)
                    .and_then(|a| self.chosen_12(course, &state, a));
                match found {
                    Ok(a) => self.deliver_12(course, a, at),
                    Err(e) => refused(e),
                }
            }
            NavigationRequest::Exit | NavigationRequest::Abandon => match current {
                None => refused(NOT_DELIVERING),
                Some(a) => {
                    self.state.activities[a].active = false;
                    Verdict {
                        agrees: true,
                        ..Verdict::default()
                    }
                }
            },
            NavigationRequest::ExitAll
            | NavigationRequest::AbandonAll
            | NavigationRequest::SuspendAll => {
                let Some(a) = self.state.current else {
                    return refused(NOT_DELIVERING);
                };
                self.state.activities[a].active = false;
                self.state.suspended =
                    Some(a).filter(|_| *request == NavigationRequest::SuspendAll);
                self.state.current = None;
                self.end_session(course);
                Verdict {
                    ended: true,
                    agrees: true,
                    ..Verdict::default()
                }
            }
        }
    }

    /// What may be asked of a SCORM 1.2 course.
    pub(super) fn navigation_12(&self, course: &Course, state: &State) -> Navigation {
        let mut state = state.clone();
        roll_up_clusters(course, &mut state);
        let known = self.state.current.is_some();
        let delivering = self.current(course).is_some();
        let when = |holds: bool| Validity::from(if holds { Ok(()) } else { Err(NOT_DELIVERING) });
        let not_in_12 = Validity::from(Err(NOT_IN_12));
        Navigation {
            start: if known { not_in_12 } else { Ok(()).into() },
            resume_all: not_in_12,
            proceed: self.next_12(course, &state, true).map(|_| ()).into(),
            previous: self.next_12(course, &state, false).map(|_| ()).into(),
            exit: when(delivering),
            exit_all: when(known),
            abandon: when(delivering),
            abandon_all: when(known),
            suspend_all: when(known),
            choice: (0..course.activities.len())
                .map(|a| self.chosen_12(course, &state, a).map(|_| ()).into())
                .collect(),
            jump: vec![not_in_12; course.activities.len()],
            rules_at_end: false,
        }
    }

    fn rolled_up_12(&self, course: &Course) -> State {
        let mut state = self.state.clone();
        roll_up_clusters(course, &mut state);
        state
    }

    fn next_12(&self, course: &Course, state: &State, forward: bool) -> Result<usize, Exception> {
        let current = self.state.current.ok_or(NOT_DELIVERING)?;
        let open = |&a: &usize| self.may_launch(course, state, a).is_ok();
        let found = if forward {
            course.launchable().filter(|&a| a > current).find(open)
        } else {
            let before: Vec<usize> = course.launchable().take_while(|&a| a < current).collect();
            before.into_iter().rev().find(open)
        };
        found.ok_or(NO_FURTHER)
    }

    /// A chosen activity, or the first inside a chosen block that may be launched.
    fn chosen_12(&self, course: &Course, state: &State, a: usize) -> Result<usize, Exception> {
        let mut reason = NOTHING_THERE;
        for leaf in course
            .launchable()
            .skip_while(|&l| l < a)
            .take_while(|&l| l < course.activities[a].end)
        {
            match self.may_launch(course, state, leaf) {
                Ok(()) => return Ok(leaf),
                Err(e) => reason = e,
            }
        }
        Err(reason)
    }

    /// Prerequisites of the activity and of the blocks around it.
    fn may_launch(&self, course: &Course, state: &State, a: usize) -> Result<(), Exception> {
        let status = |identifier: &str| course.find(identifier).map(|at| self.word_of(state, at));
        let mut at = Some(a);
        while let Some(activity) = at.map(|at| &course.activities[at]) {
            let script = activity.prerequisites.as_deref();
            if script.and_then(|s| prerequisites::evaluate(s, &status)) == Some(false) {
                return Err(PREREQUISITES);
            }
            at = activity.parent;
        }
        Ok(())
    }

    /// `cmi.core.lesson_status` of an activity or block.
    fn word_of(&self, state: &State, a: usize) -> &'static str {
        let own = &state.activities[a].objectives[0];
        let browsed = self.launched.get(&a).and_then(|l| l.status.as_deref()) == Some("browsed");
        match (own.satisfied, own.completion) {
            (Some(true), _) => "passed",
            (Some(false), _) => "failed",
            (None, Some(true)) => "completed",
            _ if browsed => "browsed",
            (None, Some(false)) => "incomplete",
            (None, None) if state.activities[a].attempts > 0 => "incomplete",
            (None, None) => "not attempted",
        }
    }

    fn deliver_12(&mut self, course: &Course, a: usize, at: i64) -> Verdict {
        if let Some(left) = self.state.current {
            self.state.activities[left].active = false;
        }
        let own = &mut self.state.activities[a];
        own.active = true;
        own.attempts = own.attempts.max(1);
        if course.activities[a].kind == ResourceKind::Asset {
            // An asset has no run-time to say it: being shown completes it.
            own.objectives[0].completion = Some(true);
        }
        self.state.current = Some(a);
        self.launch(course, a, at, true);
        Verdict {
            delivered: Some(a),
            agrees: true,
            ..Verdict::default()
        }
    }
}
