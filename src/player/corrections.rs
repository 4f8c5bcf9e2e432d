//! Corrections by staff: entries of a session of their own kind, with author and reason.

use std::sync::Arc;

use scorm::{Correction, Entry, Event};
use serde_json::{Value, json};
use uuid::Uuid;

use crate::App;
use crate::accounts::Audit;
use crate::catalogue::{self, StoredCourse};
use crate::clock::Timestamp;
use crate::db::{DbError, Tx};
use crate::ids::{AttemptId, PersonId, SessionId};
use crate::web::Refusal;

use super::fold::{Base, Fold};
use super::journal::{self, scorm};
use super::store::{self, AttemptRow, CorrectionRow};
use super::{tools, units};

/// A correction to be made; what is `None` stays.
#[derive(Debug, Clone)]
pub struct Change {
    /// Who corrects.
    pub author: PersonId,
    /// In which role.
    pub role: Role,
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

/// The role in which somebody corrects.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Role {
    /// Administrator.
    Admin,
    /// The module's trainer.
    Trainer,
    /// Regional staff of the learner's organisation.
    Regional,
}

impl Role {
    /// As stored, and named in the locales.
    pub fn code(self) -> &'static str {
        match self {
            Role::Admin => "admin",
            Role::Trainer => "trainer",
            Role::Regional => "regional",
        }
    }
}

/// The corrections of an attempt, the newest first.
pub async fn corrections_of(app: &App, attempt: AttemptId) -> Result<Vec<CorrectionRow>, DbError> {
    store::CORRECTIONS.bind(attempt).all(&app.db).await
}

/// A correction as `reports/correction` shows it, for staff and for the learner alike.
pub fn shown_correction(
    row: &CorrectionRow,
    number: i64,
    title_of: impl Fn(&str) -> String,
) -> Value {
    json!({
        "author": row.author,
        "role": row.role,
        "reason": row.reason,
        "at": row.at.micros(),
        "of_attempt": number,
        "activity": row.activity.as_deref().map(title_of),
        "completed": row.completed.map(|yes| if yes { "completed" } else { "in-progress" }),
        "passed": row.passed.map(|yes| if yes { "passed" } else { "failed" }),
        "score": row.scaled,
    })
}

struct Input {
    audit: Audit,
    attempt: AttemptId,
    session: SessionId,
    change: Change,
    progress: Uuid,
    course: Arc<StoredCourse>,
    now: Timestamp,
}

/// Writes a correction's row beside the session that carries it.
pub(super) async fn write(
    tx: &mut Tx,
    session: SessionId,
    attempt: AttemptId,
    change: &Change,
    now: Timestamp,
) -> Result<(), DbError> {
    store::ADD_CORRECTION
        .bind(session)
        .bind(attempt)
        .bind(change.author)
        .bind(change.role.code())
        .bind(&change.reason)
        .bind(change.activity.clone())
        .bind(change.completed)
        .bind(change.passed)
        .bind(change.scaled)
        .bind(now)
        .run(tx)
        .await
        .map(drop)
}

/// Corrects an attempt. Who may is the caller's to check.
pub async fn correct(app: &App, attempt: AttemptId, change: Change) -> Result<(), Refusal> {
    let row: AttemptRow = store::ATTEMPT.bind(attempt).one(&app.db).await?;
    let course = catalogue::course(app, row.version).await?;
    if course.units().is_some() {
        return units::waive(app, attempt, course, change).await;
    }
    if course.tool().is_some() {
        return tools::correct(app, attempt, change).await;
    }
    if let Some(activity) = &change.activity
        && scorm(&course)?.find(activity).is_none()
    {
        return Err(Refusal::not_found());
    }
    let session: SessionId = app.ids.id();
    let audit = Audit::new(
        app,
        Some(change.author),
        "attempt-corrected",
        format!("attempt:{attempt}"),
    )
    .detail(json!({
        "session": session, "role": change.role.code(), "reason": change.reason,
        "activity": change.activity, "completed": change.completed, "passed": change.passed,
        "score": change.scaled,
    }));
    let input = Input {
        audit,
        attempt,
        session,
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
                journal::write(tx, step).await?;
                write(tx, input.session, input.attempt, &input.change, input.now).await?;
                input.audit.write(tx).await?;
                Ok::<_, Refusal>(())
            })
        })
        .await
}
