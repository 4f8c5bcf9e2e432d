//! The tracking model and the activity state model (SN 4.2) with their reads and writes through
//! objective maps (SN 4.2.1.2).

use serde::{Deserialize, Serialize};

use super::Engine;
use crate::course::{Course, MapSet};

/// State of all activities of one attempt.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct State {
    /// Beside `Course::activities`.
    pub activities: Vec<ActivityState>,
    /// Beside `Course::global_objectives`.
    pub globals: Vec<ObjectiveState>,
    /// Current Activity
    pub current: Option<usize>,
    /// Suspended Activity
    pub suspended: Option<usize>,
    /// State of the generator of selection and randomization.
    pub random: u64,
    /// Whether the children were selected and randomized for the first time (SN 4.7).
    pub prepared: bool,
}

/// Progress information of one objective, local or global; `None` is "unknown".
#[derive(Debug, Clone, Copy, PartialEq, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct ObjectiveState {
    /// Objective Progress Status and Satisfied Status.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub satisfied: Option<bool>,
    /// Objective Measure Status and Normalized Measure.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub measure: Option<f64>,
    /// Completion status; the primary objective's is the attempt's (SN 4.2.1.3).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub completion: Option<bool>,
    /// Completion amount; the primary objective's is the attempt's.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub progress: Option<f64>,
    /// Raw score.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub raw: Option<f64>,
    /// Minimum score.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub min: Option<f64>,
    /// Maximum score.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub max: Option<f64>,
}

/// State of one activity.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct ActivityState {
    /// Activity Attempt Count; Activity Progress Status is true from the first on.
    pub attempts: u32,
    /// Activity is Active
    pub active: bool,
    /// Activity is Suspended
    pub suspended: bool,
    /// Objective progress information of the current attempt, beside the definition's list.
    pub objectives: Vec<ObjectiveState>,
    /// Available Children where they differ from the manifest's children.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub available: Option<Vec<usize>>,
    /// The objective information is of an earlier attempt on the parent (SN 3.2.5).
    pub stale_objective: bool,
    /// The progress information is of an earlier attempt on the parent (SN 3.2.6).
    pub stale_progress: bool,
    /// What the content itself reported in the current attempt, "unknown" included.
    pub said: Said,
    /// Attempt Experienced Duration, ms.
    pub attempt_ms: u64,
    /// Activity Experienced Duration, ms.
    pub activity_ms: u64,
}

/// What the content reported, even if only that it does not know (RTE 4.2.4, 4.2.22).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct Said {
    /// `cmi.completion_status`
    pub completion: bool,
    /// `cmi.success_status`
    pub success: bool,
}

impl State {
    /// The state before the first attempt; `globals` beside the course's global objectives.
    pub fn new(course: &Course, seed: u64, globals: Vec<ObjectiveState>) -> State {
        let deliverable =
            |&c: &usize| !course.activities[c].is_leaf() || course.activities[c].launch.is_some();
        let activities = course
            .activities
            .iter()
            .map(|a| ActivityState {
                objectives: vec![ObjectiveState::default(); a.sequencing.objectives.len()],
                available: (!a.children.iter().all(deliverable))
                    .then(|| a.children.iter().copied().filter(deliverable).collect()),
                ..ActivityState::default()
            })
            .collect();
        let mut globals = globals;
        globals.resize(course.global_objectives.len(), ObjectiveState::default());
        State {
            activities,
            globals,
            current: None,
            suspended: None,
            random: seed,
            prepared: false,
        }
    }
}

impl Engine<'_> {
    /// Whether a local value is of an earlier attempt on the parent, which only rollup minds.
    fn is_stale(&self, a: usize, objective: bool) -> bool {
        let state = &self.state.activities[a];
        self.rolling_up
            && if objective {
                state.stale_objective
            } else {
                state.stale_progress
            }
    }

    /// A status or measure read through the maps (SN 3.10.8): where a map reads it, the global
    /// value counts, even if it is unknown.
    fn read<T: Copy>(
        &self,
        a: usize,
        o: usize,
        mapped: impl Fn(&MapSet) -> bool,
        value: impl Fn(&ObjectiveState) -> Option<T>,
    ) -> Option<T> {
        let maps = &self.definition(a).objectives[o].maps;
        match maps.iter().find(|m| mapped(&m.read)) {
            Some(map) => value(&self.state.globals[map.target]),
            None if self.is_stale(a, true) => None,
            None => value(&self.state.activities[a].objectives[o]),
        }
    }

    /// What the 4th edition added to the maps (completion, progress, scores): read by every map
    /// that does not say otherwise, so a global value that is unknown hides no local one.
    fn read_known<T: Copy>(
        &self,
        a: usize,
        o: usize,
        mapped: impl Fn(&MapSet) -> bool,
        value: impl Fn(&ObjectiveState) -> Option<T>,
        stale: bool,
    ) -> Option<T> {
        let maps = &self.definition(a).objectives[o].maps;
        maps.iter()
            .filter(|m| mapped(&m.read))
            .find_map(|m| value(&self.state.globals[m.target]))
            .or_else(|| {
                if stale {
                    None
                } else {
                    value(&self.state.activities[a].objectives[o])
                }
            })
    }

    /// Objective Normalized Measure of one objective.
    pub(crate) fn measure(&self, a: usize, o: usize) -> Option<f64> {
        self.read(a, o, |m| m.measure, |s| s.measure)
    }

    /// Objective Satisfied Status of one objective; by measure where it is so defined (RB.1.2 a).
    pub(crate) fn satisfied(&self, a: usize, o: usize) -> Option<bool> {
        let objective = &self.definition(a).objectives[o];
        if objective.by_measure {
            if self.state.activities[a].active
                && !self.definition(a).rollup_controls.measure_if_active
            {
                return None;
            }
            return self.measure(a, o).map(|m| m >= objective.min_measure);
        }
        self.read(a, o, |m| m.satisfied, |s| s.satisfied)
    }

    /// Completion status of one objective; the primary's is the attempt's, and follows the
    /// completion amount where the activity is completed by measure (RB.1.3 a).
    pub(crate) fn completion(&self, a: usize, o: usize) -> Option<bool> {
        let threshold = &self.activity(a).completion_threshold;
        if threshold.by_measure && o == self.definition(a).primary() {
            return self.progress(a, o).map(|p| p >= threshold.min_progress);
        }
        self.recorded_completion(a, o)
    }

    /// Completion status of one objective as it was reported, which is what a SCO sees of it.
    pub(crate) fn recorded_completion(&self, a: usize, o: usize) -> Option<bool> {
        self.read_known(
            a,
            o,
            |m| m.completion,
            |s| s.completion,
            self.is_stale(a, false),
        )
    }

    /// Completion amount of one objective; the primary's is the attempt's.
    pub(crate) fn progress(&self, a: usize, o: usize) -> Option<f64> {
        self.read_known(
            a,
            o,
            |m| m.progress,
            |s| s.progress,
            self.is_stale(a, false),
        )
    }

    /// Raw, minimum and maximum score of one objective.
    pub(crate) fn scores(&self, a: usize, o: usize) -> [Option<f64>; 3] {
        let stale = self.is_stale(a, true);
        [
            self.read_known(a, o, |m| m.raw, |s| s.raw, stale),
            self.read_known(a, o, |m| m.min, |s| s.min, stale),
            self.read_known(a, o, |m| m.max, |s| s.max, stale),
        ]
    }

    fn write<T: Copy + PartialEq>(
        &mut self,
        a: usize,
        o: usize,
        mapped: impl Fn(&MapSet) -> bool,
        slot: impl Fn(&mut ObjectiveState) -> &mut Option<T>,
        value: Option<T>,
    ) {
        *slot(&mut self.state.activities[a].objectives[o]) = value;
        let course = self.course;
        for map in &course.activities[a].sequencing.objectives[o].maps {
            if mapped(&map.write) {
                *slot(&mut self.state.globals[map.target]) = value;
            }
        }
    }

    /// Sets the satisfied status, and the global ones it is written to.
    pub(crate) fn set_satisfied(&mut self, a: usize, o: usize, value: Option<bool>) {
        self.write(a, o, |m| m.satisfied, |s| &mut s.satisfied, value);
    }

    /// Sets the measure, and what it decides where the objective is satisfied by measure.
    pub(crate) fn set_measure(&mut self, a: usize, o: usize, value: Option<f64>) {
        self.write(a, o, |m| m.measure, |s| &mut s.measure, value);
        let objective = &self.definition(a).objectives[o];
        if objective.by_measure {
            let by_measure = value.map(|m| m >= objective.min_measure);
            self.set_satisfied(a, o, by_measure);
        }
    }

    /// Sets the completion status.
    pub(crate) fn set_completion(&mut self, a: usize, o: usize, value: Option<bool>) {
        self.write(a, o, |m| m.completion, |s| &mut s.completion, value);
    }

    /// Sets the completion amount.
    pub(crate) fn set_progress(&mut self, a: usize, o: usize, value: Option<f64>) {
        self.write(a, o, |m| m.progress, |s| &mut s.progress, value);
        let threshold = &self.activity(a).completion_threshold;
        if threshold.by_measure && o == self.definition(a).primary() {
            let by_measure = value.map(|p| p >= threshold.min_progress);
            self.set_completion(a, o, by_measure);
        }
    }

    /// Sets raw, minimum and maximum score.
    pub(crate) fn set_scores(&mut self, a: usize, o: usize, [raw, min, max]: [Option<f64>; 3]) {
        self.write(a, o, |m| m.raw, |s| &mut s.raw, raw);
        self.write(a, o, |m| m.min, |s| &mut s.min, min);
        self.write(a, o, |m| m.max, |s| &mut s.max, max);
    }

    /// Attempt Completion Status: the primary objective's.
    pub(crate) fn completed(&self, a: usize) -> Option<bool> {
        self.completion(a, self.definition(a).primary())
    }

    /// Global objectives of the course alone live as long as one attempt on the root (SN 3.10.9).
    pub(super) fn renew_course_objectives(&mut self) {
        if !self.course.objectives_global_to_system {
            self.state.globals.fill(ObjectiveState::default());
        }
    }

    /// Time spent in an activity: it counts for its attempt and for those above it.
    pub(crate) fn experience(&mut self, a: usize, ms: u64) {
        for at in self.up(a) {
            if self.tracked(at) {
                let state = &mut self.state.activities[at];
                state.attempt_ms = state.attempt_ms.saturating_add(ms);
                state.activity_ms = state.activity_ms.saturating_add(ms);
            }
        }
    }

    /// Begins a new attempt (DB.2 step 5): counts it, clears what the attempt will record, and
    /// leaves what the children recorded to the earlier attempt where the cluster says so.
    pub(super) fn begin_attempt(&mut self, a: usize) {
        let state = &mut self.state.activities[a];
        state.attempts = state.attempts.saturating_add(1);
        state.objectives.fill(ObjectiveState::default());
        state.stale_objective = false;
        state.stale_progress = false;
        state.said = Said::default();
        state.attempt_ms = 0;
        let course = self.course;
        let control = &self.definition(a).control;
        let mut marks = vec![(a, control.current_objective, control.current_progress)];
        while let Some((at, objective, progress)) = marks.pop() {
            if !(objective || progress) {
                continue;
            }
            for &child in &course.activities[at].children {
                let state = &mut self.state.activities[child];
                if state.attempts == 0 {
                    continue;
                }
                state.stale_objective |= objective;
                state.stale_progress |= progress;
                let control = &course.activities[child].sequencing.control;
                marks.push((
                    child,
                    objective && control.current_objective,
                    progress && control.current_progress,
                ));
            }
        }
    }
}
