//! Attempts on tools of others: opened by us, told by the tool, corrected by staff. The state is a
//! [`tool::State`] instead of a fold: the tool's scores, kept by whoever takes them, are the
//! journal. Whoever changes it holds the attempt's row.

use domain::outcome::{Outcome, State as Reached};
use domain::policy::{Facts, Policy};
use serde_json::json;
use uuid::Uuid;

use crate::App;
use crate::accounts::Audit;
use crate::clock::Timestamp;
use crate::db::Tx;
use crate::formats::tool::{self, Corrected, Link, State, Told};
use crate::ids::{AttemptId, ModuleId, PersonId, SessionId};
use crate::progress;
use crate::web::Refusal;

use super::corrections::{self, Change};
use super::report::ActivityView;
use super::store::{self, AttemptRow, UnitsRow};
use super::{outcomes, records, view};

/// The state as it is stored with its attempt.
pub(super) fn state(text: &str) -> Result<State, Refusal> {
    serde_json::from_str(text).map_err(|error| {
        tracing::error!(%error, "reading a stored state of a tool");
        Refusal::new(rocket::http::Status::InternalServerError, "internal")
    })
}

/// The outcome under the module's rule of completion.
pub(super) fn outcome(state: &State, policy: &Policy) -> Outcome {
    let facts = Facts {
        visited: state.launches.min(1),
        activities: 1,
        corrected: state.corrected.completed,
    };
    policy.settle(state.outcome(), facts)
}

/// Since when it is finished.
pub(super) fn finished(
    outcome: &Outcome,
    before: Option<Timestamp>,
    now: Timestamp,
) -> Option<Timestamp> {
    (outcome.state == Reached::Completed).then(|| before.unwrap_or(now))
}

/// The one activity, as reports show it.
pub(super) fn activities(link: &Link, text: &str) -> Result<Vec<ActivityView>, Refusal> {
    let state = state(text)?;
    let outcome = state.outcome();
    Ok(vec![ActivityView {
        index: 0,
        identifier: link.tool.to_string(),
        title: link.title.clone(),
        state: state.word(),
        score: outcome.score,
        progress: Some(outcome.progress),
        seconds: 0.0,
        launches: state.launches,
        part: None,
    }])
}

/// What changes an attempt.
enum News<'a> {
    Opened,
    Told(&'a Told),
    Corrected(Corrected),
}

async fn change(
    tx: &mut Tx,
    attempt: AttemptId,
    news: News<'_>,
    change: Uuid,
    now: Timestamp,
) -> Result<(), Refusal> {
    let row: Option<UnitsRow> = store::HOLD_UNITS.bind(attempt).optional(&mut *tx).await?;
    let row = row.ok_or_else(Refusal::not_found)?;
    match row.person_state.as_str() {
        "erased" => return Err(super::journal::gone()),
        "active" => {}
        _ => {
            return Err(Refusal::new(
                rocket::http::Status::Forbidden,
                "person-suspended",
            ));
        }
    }
    let mut state = state(&row.state)?;
    match news {
        News::Opened => state.launches = state.launches.saturating_add(1),
        News::Told(told) => state.hear(told),
        News::Corrected(corrected) => {
            let before = state.corrected;
            state.corrected = Corrected {
                completed: corrected.completed.or(before.completed),
                passed: corrected.passed.or(before.passed),
                scaled: corrected.scaled.or(before.scaled),
            };
        }
    }
    let policy = outcomes::policy(&row.policy);
    let outcome = outcome(&state, &policy);
    store::KEEP_UNITS
        .bind(row.id)
        .bind(view::text(&state)?)
        .bind(outcomes::to_json(&outcome))
        .bind(now)
        .bind(finished(&outcome, row.finished_at, now))
        .run(&mut *tx)
        .await?;
    let activity = json!({
        "activity": 0, "activity_id": tool::FORMAT, "state": state.word(), "score": outcome.score,
        "progress": outcome.progress, "seconds": 0.0, "launches": state.launches,
    });
    let rows = records::of_units(row.id, vec![activity], now);
    records::write(tx, std::iter::once(&rows)).await?;
    if outcome == outcomes::from_json(&row.outcome) {
        return Ok(());
    }
    let whose = (row.person, row.module);
    if let Some((attempt, outcome)) = outcomes::counted(tx, whose, &policy).await? {
        let record = progress::Record {
            change,
            learner: row.person,
            module: row.module,
            attempt: Some(attempt),
            outcome,
            at: now,
        };
        progress::record(tx, &record).await?;
    }
    Ok(())
}

/// A tool was opened on an attempt; 409 `attempt-over` when a later one was begun.
pub async fn opened(
    tx: &mut Tx,
    attempt: AttemptId,
    progress: Uuid,
    now: Timestamp,
) -> Result<(), Refusal> {
    let (later,): (i64,) = store::LATER.bind(attempt).one(&mut *tx).await?;
    if later > 0 {
        return Err(Refusal::conflict("attempt-over"));
    }
    change(tx, attempt, News::Opened, progress, now).await
}

/// A tool tells of a learner: about the last attempt. 404 when there is none.
pub async fn told(
    tx: &mut Tx,
    (person, module): (PersonId, ModuleId),
    told: &Told,
    progress: Uuid,
    now: Timestamp,
) -> Result<(), Refusal> {
    let attempts: Vec<AttemptRow> = store::ATTEMPTS
        .bind(person)
        .bind(module)
        .all(&mut *tx)
        .await?;
    let last = attempts.first().ok_or_else(Refusal::not_found)?;
    change(tx, last.id, News::Told(told), progress, now).await
}

struct Input {
    attempt: AttemptId,
    change: Change,
    session: SessionId,
    progress: Uuid,
    audit: Audit,
    now: Timestamp,
}

/// Staff correct what a tool has told, or has not.
pub(super) async fn correct(app: &App, attempt: AttemptId, change: Change) -> Result<(), Refusal> {
    let session: SessionId = app.ids.id();
    let audit = Audit::new(
        app,
        Some(change.author),
        "attempt-corrected",
        format!("attempt:{attempt}"),
    )
    .detail(json!({
        "session": session, "role": change.role.code(), "reason": change.reason,
        "completed": change.completed, "passed": change.passed, "score": change.scaled,
    }));
    let input = Input {
        attempt,
        change,
        session,
        progress: app.ids.uuid(),
        audit,
        now: app.clock.now(),
    };
    app.db
        .write(input, |tx, input| Box::pin(write(tx, input)))
        .await
}

async fn write(tx: &mut Tx, input: &Input) -> Result<(), Refusal> {
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
    corrections::write(tx, input.session, input.attempt, &input.change, input.now).await?;
    input.audit.write(tx).await?;
    let corrected = Corrected {
        completed: input.change.completed,
        passed: input.change.passed,
        scaled: input.change.scaled,
    };
    let news = News::Corrected(corrected);
    change(tx, input.attempt, news, input.progress, input.now).await
}
