//! From the engine's outcome to the progress store.

use domain::outcome::{Outcome, State, Success};
use domain::policy::{Completes, Facts, Policy};
use serde_json::{Value, json};

use crate::clock::Timestamp;
use crate::db::{DbError, Tx};
use crate::ids::{AttemptId, ModuleId, PersonId};

use super::store;

/// The engine's outcome in the words of the progress store, under the module's rule of
/// completion. An attempt that was opened is in progress, whatever the package says.
pub(super) fn of(attempt: &scorm::Attempt, course: &scorm::Course, policy: &Policy) -> Outcome {
    let outcome = attempt.outcome(course);
    let outcome = Outcome {
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
    };
    policy.settle(outcome, facts(attempt, course, policy))
}

fn facts(attempt: &scorm::Attempt, course: &scorm::Course, policy: &Policy) -> Facts {
    let mut facts = Facts {
        corrected: attempt
            .corrections()
            .iter()
            .rev()
            .filter(|correction| correction.activity.is_none())
            .find_map(|correction| correction.completed),
        ..Facts::default()
    };
    if policy.completes == Completes::AllVisited {
        let activities = attempt.activities(course);
        let to_open = activities.iter().filter(|a| a.launchable && a.visible);
        for activity in to_open {
            facts.activities += 1;
            facts.visited += u32::from(activity.launches > 0);
        }
    }
    facts
}

/// Since when an attempt is finished: once it is completed and nothing of it is open. It stays so
/// while the learner goes through it again, and no longer than it is completed.
pub(super) fn finished(
    attempt: &scorm::Attempt,
    course: &scorm::Course,
    outcome: &Outcome,
    before: Option<Timestamp>,
    now: Timestamp,
) -> Option<Timestamp> {
    if outcome.state != State::Completed {
        return None;
    }
    let closed = attempt.delivery(course).is_none_or(|delivery| {
        delivery
            .runtime
            .is_some_and(|sco| sco.state() == scorm::datamodel::State::Terminated)
    });
    before.or_else(|| closed.then_some(now))
}

/// A policy as it is stored; the default where it cannot be read.
pub(super) fn policy(stored: &Value) -> Policy {
    serde_json::from_value(stored.clone()).unwrap_or_default()
}

/// As stored with the attempt.
pub(super) fn to_json(outcome: &Outcome) -> Value {
    json!(outcome)
}

/// From what is stored with an attempt.
pub(super) fn from_json(stored: &Value) -> Outcome {
    serde_json::from_value(stored.clone()).unwrap_or_default()
}

/// What counts over all attempts of a learner on a module, as they are stored, and the attempt
/// it comes from; nothing where none was opened.
pub(super) async fn counted(
    tx: &mut Tx,
    (person, module): (PersonId, ModuleId),
    policy: &Policy,
) -> Result<Option<(AttemptId, Outcome)>, DbError> {
    let rows: Vec<store::OutcomeRow> = store::OUTCOMES.bind(person).bind(module).all(tx).await?;
    let (ids, outcomes): (Vec<AttemptId>, Vec<Outcome>) = rows
        .iter()
        .map(|row| (row.id, from_json(&row.outcome)))
        .filter(|(_, outcome)| outcome.state != State::NotStarted)
        .unzip();
    Ok(policy
        .counted(&outcomes)
        .map(|(place, outcome)| (ids[place], outcome)))
}

/// An outcome in one word of the design system.
pub(super) fn word(outcome: &Outcome) -> &'static str {
    match (outcome.success, outcome.state) {
        (Success::Passed, _) => "passed",
        (Success::Failed, _) => "failed",
        (Success::Unknown, state) => state.code(),
    }
}
