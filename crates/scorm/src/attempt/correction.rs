//! Corrections by staff: entries like all others, with an author and a reason.

use serde::{Deserialize, Serialize};

use super::Attempt;
use crate::course::Course;
use crate::sequencing::Engine;

/// A result set by a person. What is `None` stays as it is.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct Correction {
    /// Who corrects: an opaque id.
    pub author: String,
    /// Why.
    pub reason: String,
    /// Identifier of the activity; the whole course where absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub activity: Option<String>,
    /// Completed, or not.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub completed: Option<bool>,
    /// Passed, or failed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub passed: Option<bool>,
    /// Scaled score, −1 to 1.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub scaled: Option<f64>,
}

impl Attempt {
    /// Takes over a correction. That of one activity is rolled up like its own report; that of
    /// the whole course stands above whatever is rolled up later (see [`Attempt::outcome`]).
    pub(super) fn correct(&mut self, course: &Course, correction: &Correction) {
        self.corrections.push(correction.clone());
        let Some(a) = correction
            .activity
            .as_deref()
            .and_then(|id| course.find(id))
        else {
            return;
        };
        self.settle(course);
        let primary = course.activities[a].sequencing.primary();
        let mut engine = Engine::new(course, &mut self.state, false);
        engine.state.activities[a].attempts = engine.state.activities[a].attempts.max(1);
        engine.state.activities[a].stale_objective = false;
        engine.state.activities[a].stale_progress = false;
        if let Some(scaled) = correction.scaled.filter(|s| (-1.0..=1.0).contains(s)) {
            engine.set_measure(a, primary, Some(scaled));
        }
        if let Some(passed) = correction.passed {
            engine.set_satisfied(a, primary, Some(passed));
        }
        if let Some(completed) = correction.completed {
            engine.set_completion(a, primary, Some(completed));
        }
        if course.edition.is_2004() {
            engine.roll_up_from(a);
        } else if let Some(launched) = self.launched.get_mut(&a) {
            launched.status = correction.status_12().or(launched.status.take());
        }
    }

    /// The last value that a correction of the whole course gave.
    pub(super) fn corrected<T>(&self, value: impl Fn(&Correction) -> Option<T>) -> Option<T> {
        self.corrections
            .iter()
            .rev()
            .filter(|c| c.activity.is_none())
            .find_map(value)
    }
}

impl Correction {
    /// The lesson status of SCORM 1.2 that says the same.
    fn status_12(&self) -> Option<String> {
        let word = match (self.passed, self.completed) {
            (Some(true), _) => "passed",
            (Some(false), _) => "failed",
            (None, Some(true)) => "completed",
            (None, Some(false)) => "incomplete",
            (None, None) => return None,
        };
        Some(word.to_owned())
    }
}
