//! What the progress store hears: the same five facts for every format.

use serde::{Deserialize, Serialize};

use super::Attempt;
use crate::course::Course;
use crate::sequencing::{Engine, State};

/// How far a progress value can be trusted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Known {
    /// The content measured it (`cmi.progress_measure`), or the course is completed.
    Measured,
    /// Counted from the activities, see [`Attempt::outcome`].
    Estimated,
}

/// The result of an attempt.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct Outcome {
    /// Completed, not completed, or unknown.
    pub completion: Option<bool>,
    /// Passed, failed, or unknown.
    pub success: Option<bool>,
    /// Scaled score, −1 to 1.
    pub scaled: Option<f64>,
    /// 0 to 1.
    pub progress: f64,
    /// How the progress is known.
    pub known: Known,
    /// Time in activities, in seconds.
    pub seconds: f64,
}

/// What a started SCO without a score counts for in estimated progress.
const STARTED: f64 = 0.1;
/// The most that a started SCO counts for, whatever its score.
const NEARLY_DONE: f64 = 0.9;

impl Attempt {
    /// Completion, success, score, progress and time as they stand.
    ///
    /// SCORM 2004: the root's rolled up status. SCORM 1.2: `scorm12::rolled_up`. What an
    /// earlier sequencing session of this attempt reached is not taken away by a later one:
    /// completed stays completed, and what the new session does not know keeps its old value.
    /// A correction of the whole course stands above all.
    ///
    /// Progress is measured where the root has a completion amount. Otherwise it is estimated:
    /// the mean over the activities that can be launched of 1 when completed or passed, its own
    /// measure when it reports one, its score (at most 0.9) or 0.1 when started, else 0.
    pub fn outcome(&self, course: &Course) -> Outcome {
        let state = self.settled_state(course);
        let mut outcome = if course.edition.is_2004() {
            rolled_up(course, &state)
        } else {
            super::scorm12::rolled_up(course, &state)
        };
        outcome.seconds = self
            .launched
            .values()
            .map(|l| l.past_ms.saturating_add(l.elapsed()) as f64 / 1_000.0)
            .sum();
        if let Some(settled) = &self.settled {
            outcome.completion = match (settled.completion, outcome.completion) {
                (Some(true), _) => Some(true),
                (old, new) => new.or(old),
            };
            outcome.success = outcome.success.or(settled.success);
            outcome.scaled = outcome.scaled.or(settled.scaled);
            if settled.progress > outcome.progress {
                (outcome.progress, outcome.known) = (settled.progress, settled.known);
            }
        }
        outcome.completion = self.corrected(|c| c.completed).or(outcome.completion);
        outcome.success = self.corrected(|c| c.passed).or(outcome.success);
        outcome.scaled = self.corrected(|c| c.scaled).or(outcome.scaled);
        if outcome.completion == Some(true) {
            (outcome.progress, outcome.known) = (1.0, Known::Measured);
        }
        outcome
    }
}

fn rolled_up(course: &Course, state: &State) -> Outcome {
    let mut copy = state.clone();
    let engine = Engine::new(course, &mut copy, false);
    let primary = course.activities[0].sequencing.primary();
    let measured = engine.progress(0, primary);
    Outcome {
        completion: engine.completed(0),
        success: engine.satisfied(0, primary),
        scaled: engine.measure(0, primary),
        progress: measured
            .unwrap_or_else(|| estimated(course, state))
            .clamp(0.0, 1.0),
        known: if measured.is_some() {
            Known::Measured
        } else {
            Known::Estimated
        },
        seconds: 0.0,
    }
}

/// Progress counted from the activities, by the rule of [`Attempt::outcome`].
pub(super) fn estimated(course: &Course, state: &State) -> f64 {
    let (mut sum, mut count) = (0.0, 0usize);
    for a in course.launchable() {
        let own = &state.activities[a].objectives[course.activities[a].sequencing.primary()];
        let started = state.activities[a].attempts > 0;
        count += 1;
        sum += match (own.completion, own.satisfied, own.progress, own.measure) {
            (Some(true), ..) | (_, Some(true), ..) => 1.0,
            (_, _, Some(progress), _) => progress,
            (_, _, _, Some(measure)) => measure.clamp(STARTED, NEARLY_DONE),
            _ if started => STARTED,
            _ => 0.0,
        };
    }
    if count == 0 { 0.0 } else { sum / count as f64 }
}
