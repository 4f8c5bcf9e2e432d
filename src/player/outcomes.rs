//! From the engine's outcome to the progress store.

use domain::outcome::{Outcome, State, Success};
use serde_json::{Value, json};

use crate::db::{DbError, Tx};

use super::fold::Step;
use super::store;

/// The engine's outcome in the words of the progress store. An attempt that was opened is in
/// progress, whatever the package says.
pub(super) fn of(attempt: &scorm::Attempt, course: &scorm::Course) -> Outcome {
    let outcome = attempt.outcome(course);
    Outcome {
        state: match outcome.completion {
            Some(true) => State::Completed,
            _ => State::InProgress,
        },
        success: match outcome.success {
            Some(true) => Success::Passed,
            Some(false) => Success::Failed,
            None => Success::Unknown,
        },
        progress: outcome.progress,
        estimated: outcome.known == scorm::Known::Estimated,
        score: outcome.scaled,
        seconds: outcome.seconds,
    }
}

/// As stored with the attempt.
pub(super) fn to_json(outcome: &Outcome) -> Value {
    json!(outcome)
}

/// From what is stored with an attempt.
pub(super) fn from_json(stored: &Value) -> Outcome {
    serde_json::from_value(stored.clone()).unwrap_or_default()
}

/// The outcome over all attempts of the learner on the module.
pub(super) async fn best_with_others(
    tx: &mut Tx,
    step: &Step,
    outcome: Outcome,
) -> Result<Outcome, DbError> {
    let others: Vec<store::OutcomeRow> = store::OTHER_OUTCOMES
        .bind(step.person)
        .bind(step.module)
        .bind(step.attempt)
        .all(tx)
        .await?;
    Ok(others
        .iter()
        .fold(outcome, |best, other| best.best(from_json(&other.outcome))))
}

/// An outcome in one word of the design system.
pub(super) fn word(outcome: &Outcome) -> &'static str {
    match (outcome.success, outcome.state) {
        (Success::Passed, _) => "passed",
        (Success::Failed, _) => "failed",
        (Success::Unknown, state) => state.code(),
    }
}
