//! From run-time data to the tracking model and back (RTE 4.2 "sequencing impact"; SN 4.2.1).

use std::borrow::Cow;

use super::Attempt;
use crate::course::Course;
use crate::datamodel::{Exit, Initial, InitialObjective, InitialStore, Sco};
use crate::sequencing::{Engine, NavigationRequest, State};

impl Attempt {
    /// Brings the current SCO's data into the tracking model.
    pub(super) fn settle(&mut self, course: &Course) {
        let Some(a) = self.current(course).filter(|_| self.pending) else {
            return;
        };
        self.pending = false;
        let Some(launched) = self.launched.get_mut(&a) else {
            return;
        };
        let sco = &launched.sco;
        stores(course, sco, &mut self.stores);
        if course.edition.is_2004() {
            report(course, &mut self.state, a, sco);
        } else {
            let end = sco.end();
            launched.status = end.lesson_status.clone();
            super::scorm12::record(&mut self.state, a, &end);
        }
    }

    /// The state with what the current SCO has reported so far, as if it were to leave now.
    pub(super) fn settled_state(&self, course: &Course) -> Cow<'_, State> {
        let Some(sco) = self
            .current(course)
            .filter(|_| self.pending)
            .and_then(|a| self.sco(a))
        else {
            return Cow::Borrowed(&self.state);
        };
        let a = self.state.current.unwrap_or(0);
        let mut state = self.state.clone();
        if course.edition.is_2004() {
            report(course, &mut state, a, sco);
            Engine::new(course, &mut state, false).roll_up_from(a);
        } else {
            super::scorm12::record(&mut state, a, &sco.end());
        }
        Cow::Owned(state)
    }

    /// Adds the time since it was last counted to the durations of the activity's attempt and of
    /// those above it (SN 4.2.1.2, 4.2.1.4).
    ///
    /// They are experienced durations: the fold knows no clock but the sessions', so that time
    /// between them does not count for the absolute ones either.
    pub(super) fn experience(&mut self, course: &Course, a: usize) {
        let Some(launched) = self.launched.get_mut(&a) else {
            return;
        };
        let elapsed = launched.elapsed();
        let spent = elapsed.saturating_sub(launched.counted);
        launched.counted = elapsed;
        Engine::new(course, &mut self.state, false).experience(a, spent);
    }

    /// `cmi.exit` `suspend`: the attempt on the activity is to be resumed (SN 4.2.1.6).
    pub(super) fn mark_suspension(&mut self, course: &Course, a: usize) {
        let suspend = self.sco(a).is_some_and(|s| s.end().exit == Exit::Suspend);
        if course.activities[a].sequencing.delivery.tracked {
            self.state.activities[a].suspended = suspend;
        }
    }

    /// What the LMS knows before a SCO is launched.
    pub(super) fn initial(&mut self, course: &Course, a: usize) -> Initial {
        let activity = &course.activities[a];
        let primary = &activity.sequencing.objectives[activity.sequencing.primary()];
        let threshold = &activity.completion_threshold;
        let engine = Engine::new(course, &mut self.state, false);
        let objectives = activity
            .sequencing
            .objectives
            .iter()
            .enumerate()
            .filter_map(|(o, objective)| {
                let [raw, min, max] = engine.scores(a, o);
                Some(InitialObjective {
                    id: objective.id.clone()?,
                    satisfied: engine.satisfied(a, o),
                    completed: engine.recorded_completion(a, o),
                    scaled: engine.measure(a, o),
                    raw,
                    min,
                    max,
                    progress: engine.progress(a, o),
                })
            })
            .collect();
        Initial {
            learner_id: self.learner.id.clone(),
            learner_name: self.learner.name.clone(),
            credit: self.credit,
            mode: self.mode,
            launch_data: activity.data_from_lms.clone(),
            max_time_allowed: activity.max_time_allowed.clone(),
            time_limit_action: activity.time_limit_action.clone(),
            completion_threshold: (threshold.given && threshold.by_measure)
                .then_some(threshold.min_progress),
            scaled_passing_score: primary.by_measure.then_some(primary.min_measure),
            mastery_score: activity.mastery_score,
            objectives,
            stores: activity
                .data_maps
                .iter()
                .map(|map| InitialStore {
                    id: course.data_stores[map.store].clone(),
                    value: self.stores[map.store].clone(),
                    readable: map.read,
                    writable: map.write,
                })
                .collect(),
            comments_from_lms: Vec::new(),
            preferences: self.learner.preferences.clone(),
        }
    }
}

/// Copies what a SCO put into its data stores.
pub(super) fn stores(course: &Course, sco: &Sco, stores: &mut [Option<String>]) {
    for (id, value, set) in sco.stores() {
        if let (true, Ok(at)) = (set, course.data_stores.binary_search(&id)) {
            stores[at] = value;
        }
    }
}

/// What a SCO asks for when it ends: its `cmi.exit` first (RTE 4.2.8: `time-out` leaves the
/// course, `logout` too, to be resumed), else `adl.nav.request`.
pub(super) fn request_of(sco: &Sco) -> Option<NavigationRequest> {
    let end = sco.end();
    match end.exit {
        Exit::TimeOut if sco.edition().is_2004() => return Some(NavigationRequest::ExitAll),
        Exit::Logout if sco.edition().is_2004() => return Some(NavigationRequest::SuspendAll),
        _ => {}
    }
    let text = end.navigation?;
    let target = |t: &str| {
        t.strip_prefix("{target=")
            .and_then(|t| t.strip_suffix('}'))
            .map(str::to_owned)
    };
    let (target, verb) = match text.rfind('}') {
        Some(at) => (target(&text[..=at]), &text[at + 1..]),
        None => (None, text.as_str()),
    };
    Some(match (verb, target) {
        ("continue", _) => NavigationRequest::Continue,
        ("previous", _) => NavigationRequest::Previous,
        ("exit", _) => NavigationRequest::Exit,
        ("exitAll", _) => NavigationRequest::ExitAll,
        ("abandon", _) => NavigationRequest::Abandon,
        ("abandonAll", _) => NavigationRequest::AbandonAll,
        ("suspendAll", _) => NavigationRequest::SuspendAll,
        ("choice", Some(target)) => NavigationRequest::Choice(target),
        ("jump", Some(target)) => NavigationRequest::Jump(target),
        _ => return None,
    })
}

/// Writes what a SCO reported in this launch into the tracking model of a tracked activity.
fn report(course: &Course, state: &mut State, a: usize, sco: &Sco) {
    let activity = &course.activities[a];
    if !activity.sequencing.delivery.tracked {
        return;
    }
    let primary = activity.sequencing.primary();
    let end = sco.end();
    let set = |name: &str| sco.was_set(name);
    let mut engine = Engine::new(course, state, false);
    engine.state.activities[a].said.completion |= set("cmi.completion_status");
    engine.state.activities[a].said.success |= set("cmi.success_status");
    for row in sco.objectives() {
        let found = activity
            .sequencing
            .objectives
            .iter()
            .position(|o| o.id.as_deref() == Some(&row.id));
        let Some(o) = found else { continue };
        let set = |leaf: &str| sco.was_set(&format!("cmi.objectives.{}.{leaf}", row.index));
        if set("progress_measure") {
            engine.set_progress(a, o, row.progress);
        }
        let by_measure = o == primary && activity.completion_threshold.by_measure;
        if row.set_completion && !by_measure {
            engine.set_completion(a, o, row.completed);
        }
        if row.set_scaled {
            engine.set_measure(a, o, row.scaled);
        }
        if row.set_status && !activity.sequencing.objectives[o].by_measure {
            engine.set_satisfied(a, o, row.passed);
            engine.state.activities[a].said.success |= o == primary;
        }
        if set("score.raw") || set("score.min") || set("score.max") {
            engine.set_scores(a, o, [row.raw, row.min, row.max]);
        }
    }
    // The SCO's own status comes last: it stands above what it said of the primary objective.
    if set("cmi.progress_measure") {
        engine.set_progress(a, primary, end.progress);
    }
    if set("cmi.completion_status") && !activity.completion_threshold.by_measure {
        engine.set_completion(a, primary, end.completed);
    }
    if set("cmi.score.scaled") {
        engine.set_measure(a, primary, end.scaled);
    }
    if set("cmi.success_status") && !activity.sequencing.objectives[primary].by_measure {
        engine.set_satisfied(a, primary, end.passed);
    }
    if set("cmi.score.raw") || set("cmi.score.min") || set("cmi.score.max") {
        engine.set_scores(a, primary, [end.raw, end.min, end.max]);
    }
}
