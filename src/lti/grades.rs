//! Grades: the newest standing of a learner on a link, and its way to the platform.
//!
//! A change of progress updates the row of each gradebook place it has and puts one row into the
//! outbox, in the transaction that records the progress. A worker delivers whatever is newest when
//! it runs: scores of one learner on one link leave one after the other, an older one never
//! replaces a newer one, and the last state is always sent or shown as failed.

use chrono::SecondsFormat;
use domain::outcome::{Outcome, State, Success};
use futures::future::BoxFuture;
use lti::ags::Standing;
use serde_json::{Value, json};
use uuid::Uuid;

use super::platforms::{self, Platform};
use super::{basic, service, store};
use crate::App;
use crate::clock::Timestamp;
use crate::db::{DbError, Tx};
use crate::ids::{ModuleId, PersonId};
use crate::jobs::{self, Handler, Job, JobError};
use crate::progress;
use crate::web::Lang;

/// The outbox's handler of grades.
pub const HANDLER: Handler = Handler {
    kind: "lti-grade",
    ready: |_| true,
    run: deliver,
};

/// A learner's place in a gradebook.
pub(super) struct Place {
    /// The id, should it be new.
    pub id: Uuid,
    pub link: Uuid,
    pub person: PersonId,
    pub module: ModuleId,
    /// The learner, as the platform calls them.
    pub user_id: String,
    /// Basic outcomes.
    pub sourcedid: Option<String>,
}

/// Notes a place, and sends what the learner has reached already.
pub(super) async fn see(
    tx: &mut Tx,
    place: &Place,
    seed: Uuid,
    now: Timestamp,
) -> Result<(), DbError> {
    // Held, and first: a change under way, which does not know of this place, is waited for.
    let known = progress::held(tx, place.person, place.module).await?;
    store::SEE_SCORE
        .bind(place.id)
        .bind(place.link)
        .bind(place.person)
        .bind(place.module)
        .bind(&place.user_id)
        .bind(place.sourcedid.clone())
        .bind(json!(Outcome::default()))
        .bind(now)
        .run(&mut *tx)
        .await?;
    let Some(row) = known else {
        return Ok(());
    };
    let places: Vec<store::ScoreOfRow> = store::SCORES_OF
        .bind(vec![place.person.0])
        .all(&mut *tx)
        .await?;
    for held in places.into_iter().filter(|held| held.link == place.link) {
        changed(tx, held, row.outcome(), seed, now).await?;
    }
    Ok(())
}

/// Learners' progress changed: the observer of the progress store. One look for all of a batch:
/// most learners have no place in a gradebook.
pub fn progressed<'t>(
    tx: &'t mut Tx,
    records: &'t [progress::Record],
) -> BoxFuture<'t, Result<(), DbError>> {
    Box::pin(async move {
        let people: Vec<Uuid> = records.iter().map(|record| record.learner.0).collect();
        let places: Vec<store::ScoreOfRow> = store::SCORES_OF.bind(people).all(&mut *tx).await?;
        for place in places {
            let record = records
                .iter()
                .find(|record| record.learner == place.person && record.module == place.module);
            if let Some(record) = record {
                changed(tx, place, record.outcome, record.change, record.at).await?;
            }
        }
        Ok(())
    })
}

/// A link opens another module: its places are that module's, and what learners have reached there
/// is sent. In the transaction that changes the link.
pub(super) async fn moved(
    tx: &mut Tx,
    link: Uuid,
    module: ModuleId,
    seed: Uuid,
    now: Timestamp,
) -> Result<(), DbError> {
    let learners: Vec<store::PlacedRow> = store::LEARNERS_OF_LINK.bind(link).all(&mut *tx).await?;
    // Held first, as a change of progress holds it before it looks for places.
    let mut known = std::collections::HashMap::new();
    for learner in learners {
        if let Some(row) = progress::held(tx, learner.person, module).await? {
            known.insert(learner.person, row.outcome());
        }
    }
    store::MOVE_SCORES
        .bind(link)
        .bind(module)
        .bind(json!(Outcome::default()))
        .run(&mut *tx)
        .await?;
    let places: Vec<store::ScoreOfRow> = store::SCORES_OF_LINK.bind(link).all(&mut *tx).await?;
    for place in places {
        if let Some(outcome) = known.get(&place.person) {
            changed(tx, place, *outcome, seed, now).await?;
        }
    }
    Ok(())
}

/// What of an outcome a gradebook sees.
fn graded(outcome: Outcome) -> Outcome {
    Outcome {
        seconds: 0.0,
        estimated: false,
        ..outcome
    }
}

async fn changed(
    tx: &mut Tx,
    place: store::ScoreOfRow,
    outcome: Outcome,
    seed: Uuid,
    now: Timestamp,
) -> Result<(), DbError> {
    let outcome = graded(outcome);
    let before: Outcome = serde_json::from_value(place.standing).unwrap_or_default();
    if before == outcome {
        return Ok(());
    }
    let job = match place.job {
        Some(job) if jobs::is_live(tx, job).await? => job,
        _ => {
            // A change has one id; with the place's it gives each row of the outbox its own.
            let job = Uuid::new_v5(&seed, place.id.as_bytes());
            jobs::enqueue(tx, job, HANDLER.kind, json!({ "score": place.id }), now).await?;
            job
        }
    };
    store::SCORE_CHANGED
        .bind(place.id)
        .bind(json!(outcome))
        .bind(now)
        .bind(job)
        .run(tx)
        .await
        .map(drop)
}

/// A grade to be delivered, with all that it needs.
pub(super) struct Grade {
    pub platform: Platform,
    pub link: store::LinkRow,
    pub user_id: String,
    pub sourcedid: Option<String>,
    pub standing: Standing,
    /// 0..1, while the learner is under way.
    pub under_way: Option<f64>,
    pub timestamp: String,
    pub lang: Lang,
}

fn deliver(app: &App, job: Job) -> BoxFuture<'_, Result<Value, JobError>> {
    Box::pin(async move {
        let id = job.payload["score"]
            .as_str()
            .and_then(|text| Uuid::parse_str(text).ok())
            .ok_or_else(|| JobError::Never("no score".into()))?;
        // A learner who goes on while we send is sent again at once, but other rows wait too.
        for _ in 0..5 {
            let row: Option<store::ScoreRow> = store::SCORE.bind(id).optional(&app.db).await?;
            let Some(row) = row.filter(|row| row.job == Some(job.id)) else {
                return Ok(jobs::spent());
            };
            // Nothing leaves about somebody who was suspended or erased.
            if row.sent >= row.version || row.state != "active" {
                if settle(app, id, row.version).await? {
                    return Ok(json!({ "score": id }));
                }
                continue;
            }
            let version = row.version;
            if let Err(error) = send(app, row).await {
                note(app, id, error.to_string()).await?;
                return Err(error);
            }
            sent(app, id, version).await?;
        }
        Err(JobError::Later("still changing".into()))
    })
}

async fn send(app: &App, row: store::ScoreRow) -> Result<(), JobError> {
    let link: store::LinkRow = store::LINK.bind(row.link).one(&app.db).await?;
    let platform = platforms::get(app, link.platform).await?;
    if platform.state != "active" {
        return Err(JobError::Never("platform: closed".into()));
    }
    let outcome: Outcome = serde_json::from_value(row.standing).unwrap_or_default();
    let grade = Grade {
        standing: Standing {
            started: outcome.state != State::NotStarted,
            completed: outcome.state == State::Completed,
            passed: match outcome.success {
                Success::Passed => Some(true),
                Success::Failed => Some(false),
                Success::Unknown => None,
            },
            scaled: outcome.score,
        },
        under_way: (outcome.state == State::InProgress).then_some(outcome.progress),
        timestamp: row.at.utc().to_rfc3339_opts(SecondsFormat::Micros, true),
        lang: Lang::from_code(&row.language).unwrap_or_default(),
        user_id: row.user_id,
        sourcedid: row.sourcedid,
        platform,
        link,
    };
    if grade.platform.version == "1.1" {
        basic::send(app, &grade).await
    } else {
        service::send(app, &grade).await
    }
}

async fn settle(app: &App, id: Uuid, version: i64) -> Result<bool, DbError> {
    app.db
        .write((id, version), |tx, (id, version)| {
            Box::pin(async move {
                let settled = store::SCORE_SETTLED
                    .bind(*id)
                    .bind(*version)
                    .run(tx)
                    .await?;
                Ok(settled == 1)
            })
        })
        .await
}

async fn sent(app: &App, id: Uuid, version: i64) -> Result<(), DbError> {
    let now = app.clock.now();
    app.db
        .write((id, version, now), |tx, (id, version, now)| {
            Box::pin(async move {
                store::SCORE_SENT
                    .bind(*id)
                    .bind(*version)
                    .bind(*now)
                    .run(tx)
                    .await
                    .map(drop)
            })
        })
        .await
}

async fn note(app: &App, id: Uuid, reason: String) -> Result<(), DbError> {
    let reason: String = reason.chars().take(300).collect();
    app.db
        .write((id, reason), |tx, (id, reason)| {
            Box::pin(async move {
                store::SCORE_ERROR
                    .bind(*id)
                    .bind(Some(reason.clone()))
                    .run(tx)
                    .await
                    .map(drop)
            })
        })
        .await
}

/// A grade the platform does not have.
#[derive(Debug, serde::Serialize)]
pub struct Unsent {
    /// Which.
    pub id: Uuid,
    /// Whose.
    pub learner: String,
    /// On what.
    pub title: String,
    /// The registration's name.
    pub platform: String,
    /// Since when.
    pub at: Timestamp,
    /// What the last try said.
    pub error: Option<String>,
    /// It is not tried any more.
    pub failed: bool,
    /// Tries so far.
    pub attempts: i64,
}

/// The grades that platforms do not have, failed ones first.
pub async fn unsent(app: &App) -> Result<Vec<Unsent>, DbError> {
    let rows: Vec<store::UnsentRow> = store::UNSENT.all(&app.db).await?;
    Ok(rows
        .into_iter()
        .map(|row| Unsent {
            id: row.id,
            learner: row.learner,
            title: row.title,
            platform: row.platform,
            at: row.at,
            error: row.error,
            failed: row.failed_at.is_some(),
            attempts: row.attempts,
        })
        .collect())
}

/// Tries a failed grade again; false when there is none.
pub async fn retry(app: &App, score: Uuid) -> Result<bool, DbError> {
    let row: Option<store::ScoreRow> = store::SCORE.bind(score).optional(&app.db).await?;
    match row.and_then(|row| row.job) {
        Some(job) => jobs::revive(app, job).await,
        None => Ok(false),
    }
}

/// Tries all grades again that were given up: of a platform, or of all.
pub async fn retry_all(app: &App, platform: Option<Uuid>) -> Result<(), DbError> {
    let input = (platform, app.clock.now());
    app.db
        .write(input, |tx, (platform, now)| {
            Box::pin(revive(tx, *platform, *now))
        })
        .await
}

/// The same in a transaction of the caller's.
pub(super) async fn revive(
    tx: &mut Tx,
    platform: Option<Uuid>,
    now: Timestamp,
) -> Result<(), DbError> {
    store::REVIVE_GRADES
        .bind(platform)
        .bind(now)
        .run(&mut *tx)
        .await?;
    tx.wake_outbox();
    Ok(())
}
