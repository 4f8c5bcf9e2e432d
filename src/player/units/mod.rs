//! Units of cmi5 courses and xAPI packages: launched with what they need to speak to the record
//! store; what they say there is judged and counts in the transaction that stores it.
//!
//! An attempt is a registration. Its state is a [`cmi5::registration::Registration`] instead of a
//! fold, for the statements are the journal. Whoever changes it holds the attempt's row.

mod abandon;
mod hear;
mod heed;
mod launch;
mod view;
mod waive;

use cmi5::registration::{Registration, Satisfied};
use cmi5::statements::Whose;
use cmi5::structure::Course;
use domain::outcome::{Outcome, State, Success};
use domain::policy::{Facts, Policy};
use serde_json::{Value, json};
use uuid::Uuid;

use crate::App;
use crate::catalogue::StoredCourse;
use crate::clock::Timestamp;
use crate::db::Tx;
use crate::ids::{AttemptId, PersonId, VersionId};
use crate::progress;
use crate::web::Refusal;

use super::store::{self, UnitsRow};
use super::{outcomes, records, view as stored};

pub use abandon::HANDLER;
pub use hear::{Heard, hear};
pub use heed::heed;
pub use launch::{Launched, launch};
pub(super) use view::{Shown, activities, shown};
pub(super) use waive::waive;

/// Above this a registration is not stored: nothing of the standard comes near it.
const STATE_MAX: usize = 4 << 20;

/// The course of units, if it is one.
pub(super) fn units(stored: &StoredCourse) -> Result<&Course, Refusal> {
    stored
        .units()
        .ok_or_else(|| Refusal::conflict("not-playable"))
}

/// The registration as it is stored with its attempt.
pub(super) fn registration(text: &str) -> Result<Registration, Refusal> {
    serde_json::from_str(text).map_err(|error| {
        tracing::error!(%error, "reading a stored registration");
        Refusal::new(rocket::http::Status::InternalServerError, "internal")
    })
}

/// What a new attempt begins with.
pub(super) fn begin(course: &Course) -> Result<String, Refusal> {
    stored::text(&Registration::begin(course))
}

/// Whose registration to what, in the words of statements.
fn whose<'c>(
    app: &App,
    course: &'c Course,
    (version, attempt, person): (VersionId, AttemptId, PersonId),
) -> Whose<'c> {
    let home = &app.config.public_url;
    Whose {
        course,
        actor: json!({
            "objectType": "Agent",
            "account": { "homePage": home, "name": person.to_string() },
        }),
        registration: attempt.0,
        base: format!("{home}/activities/{version}"),
    }
}

/// The identifier of the actor, as the record store compares it.
fn identifier(actor: &Value) -> String {
    let text = actor.to_string();
    xapi::json::parse(&text)
        .ok()
        .and_then(|value| xapi::actor::identifier(&value))
        .unwrap_or_default()
}

/// A registration under change, its attempt held by the transaction.
struct Held {
    row: UnitsRow,
    registration: Registration,
}

impl Held {
    /// Holds an attempt; 404 where there is none, 410 where its learner was erased.
    async fn take(tx: &mut Tx, attempt: AttemptId) -> Result<Held, Refusal> {
        let row: Option<UnitsRow> = store::HOLD_UNITS.bind(attempt).optional(&mut *tx).await?;
        let row = row.ok_or_else(Refusal::not_found)?;
        if row.person_state == "erased" {
            return Err(super::journal::gone());
        }
        let registration = registration(&row.state)?;
        Ok(Held { row, registration })
    }

    /// Works out what has become satisfied, as statements of a session (9.3.9.0-9).
    fn settle(&mut self, whose: &Whose<'_>, session: Uuid, at: &str) -> Vec<Value> {
        self.registration
            .settle(whose.course)
            .into_iter()
            .map(|news| {
                let block = match news {
                    Satisfied::Block(place) => Some(place),
                    Satisfied::Course => None,
                };
                let name = format!("satisfied {block:?}");
                let id = Uuid::new_v5(&whose.registration, name.as_bytes());
                whose.satisfied(id, session, block, at)
            })
            .collect()
    }

    /// Writes the registration, its outcome, and what counts of it.
    async fn keep(
        self,
        tx: &mut Tx,
        course: &Course,
        change: Uuid,
        now: Timestamp,
    ) -> Result<(), Refusal> {
        let text = stored::text(&self.registration)?;
        if text.len() > STATE_MAX {
            return Err(Refusal::new(
                rocket::http::Status::PayloadTooLarge,
                "too-large",
            ));
        }
        let policy = outcomes::policy(&self.row.policy);
        let outcome = outcome(&self.registration, course, &policy);
        let finished = finished(&self.registration, &outcome, self.row.finished_at, now);
        store::KEEP_UNITS
            .bind(self.row.id)
            .bind(text)
            .bind(outcomes::to_json(&outcome))
            .bind(now)
            .bind(finished)
            .run(&mut *tx)
            .await?;
        let rows = records::of_units(self.row.id, view::rows(course, &self.registration), now);
        records::write(tx, std::iter::once(&rows)).await?;
        if outcome == outcomes::from_json(&self.row.outcome) {
            return Ok(());
        }
        let whose = (self.row.person, self.row.module);
        if let Some((attempt, outcome)) = outcomes::counted(tx, whose, &policy).await? {
            let record = progress::Record {
                change,
                learner: self.row.person,
                module: self.row.module,
                attempt: Some(attempt),
                outcome,
                at: now,
            };
            progress::record(tx, &record).await?;
        }
        Ok(())
    }
}

/// Since when it is finished: once it is completed and nothing of it is open.
pub(super) fn finished(
    registration: &Registration,
    outcome: &Outcome,
    before: Option<Timestamp>,
    now: Timestamp,
) -> Option<Timestamp> {
    let idle = registration.sessions.iter().all(|s| s.over.is_some());
    match outcome.state {
        State::Completed => before.or(idle.then_some(now)),
        _ => None,
    }
}

/// In the words of the progress store, under the module's rule of completion.
pub(super) fn outcome(registration: &Registration, course: &Course, policy: &Policy) -> Outcome {
    let reached = registration.outcome(course);
    let opened = registration.units.iter().filter(|u| u.launches > 0).count();
    let waived = registration.units.iter().any(|u| u.waived.is_some());
    let outcome = Outcome {
        state: match (reached.completed, opened > 0 || waived) {
            (true, _) => State::Completed,
            (false, true) => State::InProgress,
            (false, false) => State::NotStarted,
        },
        success: match reached.success {
            Some(true) => Success::Passed,
            Some(false) => Success::Failed,
            None => Success::Unknown,
        },
        progress: reached.progress,
        estimated: reached.estimated,
        score: reached.score,
        seconds: reached.seconds,
    };
    let facts = Facts {
        visited: u32::try_from(opened).unwrap_or(u32::MAX),
        activities: u32::try_from(course.units().count()).unwrap_or(u32::MAX),
        corrected: None,
    };
    policy.settle(outcome, facts)
}
