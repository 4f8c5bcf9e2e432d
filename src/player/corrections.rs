//! Corrections by staff: entries of a session of their own kind, with author and reason.

use std::sync::Arc;

use scorm::{Correction, Entry, Event};
use serde_json::json;
use uuid::Uuid;

use crate::App;
use crate::catalogue::{self, StoredCourse};
use crate::clock::Timestamp;
use crate::ids::{AttemptId, PersonId, SessionId};
use crate::web::Refusal;

use super::fold::{Base, Fold};
use super::journal::{self, scorm};
use super::store::{self, AttemptRow};

/// A correction to be made; what is `None` stays.
#[derive(Debug, Clone)]
pub struct Change {
    /// Who corrects.
    pub author: PersonId,
    /// Why.
    pub reason: String,
    /// Identifier of the activity; the whole course where absent.
    pub activity: Option<String>,
    /// Completed, or not.
    pub completed: Option<bool>,
    /// Passed, or failed.
    pub passed: Option<bool>,
    /// Scaled score, −1 to 1.
    pub scaled: Option<f64>,
}

struct Input {
    attempt: AttemptId,
    session: SessionId,
    change: Change,
    progress: Uuid,
    course: Arc<StoredCourse>,
    now: Timestamp,
}

/// Corrects an attempt. Who may is the caller's to check.
pub async fn correct(app: &App, attempt: AttemptId, change: Change) -> Result<(), Refusal> {
    let row: AttemptRow = store::ATTEMPT.bind(attempt).one(&app.db).await?;
    let course = catalogue::course(app, row.version).await?;
    if let Some(activity) = &change.activity
        && scorm(&course)?.find(activity).is_none()
    {
        return Err(Refusal::not_found());
    }
    let input = Input {
        attempt,
        session: app.ids.id(),
        change,
        progress: app.ids.uuid(),
        course,
        now: app.clock.now(),
    };
    app.db
        .write(input, |tx, input| {
            Box::pin(async move {
                let scorm = scorm(&input.course)?;
                store::ADD_SESSION
                    .bind(input.session)
                    .bind(input.attempt)
                    .bind("correction")
                    .bind(None::<String>)
                    .bind(None::<Timestamp>)
                    .bind(None::<String>)
                    .bind(input.now)
                    .bind(Some(input.now))
                    .bind(json!([]))
                    .run(&mut *tx)
                    .await?;
                let held: store::HeldRow = store::HOLD
                    .bind(input.session)
                    .bind(input.attempt)
                    .one(&mut *tx)
                    .await?;
                let base = Base::of(held, input.attempt, input.session)?;
                let mut fold = Fold::begin(scorm, base, input.now);
                let change = &input.change;
                fold.entry(&Entry {
                    seq: 1,
                    at: 0,
                    event: Event::Correction(Correction {
                        author: change.author.0.simple().to_string(),
                        reason: change.reason.clone(),
                        activity: change.activity.clone(),
                        completed: change.completed,
                        passed: change.passed,
                        scaled: change.scaled,
                    }),
                });
                let (step, _) = fold.end(input.progress)?;
                journal::write(tx, step).await
            })
        })
        .await
}
