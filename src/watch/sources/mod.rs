//! Feeds of others (calls, news) in the watch: animators choose them and what is shown of them.
//!
//! Each is fetched from the outbox: a row fetches once and plans the next, under an id that comes
//! from its own, so that a row carried out twice plans one. A site that fails is left alone longer
//! each time, and stopped after ten failures, with the reason on the page.

mod reading;
mod store;

use futures::future::BoxFuture;
use serde_json::{Value, json};
use uuid::Uuid;

use crate::App;
use crate::accounts::Person;
use crate::clock::Timestamp;
use crate::db::{DbError, Tx};
use crate::following::{self, Notice};
use crate::ids::PersonId;
use crate::jobs::{self, Handler, Job, JobError};
use crate::web::{Lang, Refusal};

pub use reading::{Fault, Fetched, Item, address, fetch};
pub(crate) use store::QUERIES;
pub use store::{EntryRow, SourceRow};

/// Fetches what is due.
pub const HANDLER: Handler = Handler {
    kind: KIND,
    ready: |_| true,
    run,
};

const KIND: &str = "feed-fetch";
/// Seconds between two fetches of a feed that answers.
const EVERY: i64 = 3_600;
/// Seconds between two tries at most.
const LONGEST: i64 = 86_400;
/// Failures in a row after which it is stopped.
const FAILURES_MAX: i64 = 10;
/// What was published before that, when a feed is first read, is history.
const HISTORY_DAYS: i64 = 30;

/// True when somebody may choose feeds for an axis: the animators of its space, and the staff;
/// without an axis, the staff.
pub async fn may_curate(app: &App, person: &Person, axis: Option<&str>) -> Result<bool, DbError> {
    if person.roles.is_staff() {
        return Ok(true);
    }
    let Some(axis) = axis else {
        return Ok(false);
    };
    let spaces = crate::spaces::all(app).await?;
    Ok(spaces
        .iter()
        .any(|space| space.axis.as_deref() == Some(axis) && person.roles.can_animate(space.id.0)))
}

/// All feeds, by title.
pub async fn all(app: &App) -> Result<Vec<SourceRow>, DbError> {
    store::SOURCES.all(&app.db).await
}

/// One of them.
pub async fn one(app: &App, id: Uuid) -> Result<SourceRow, Refusal> {
    let row: Option<SourceRow> = store::SOURCE.bind(id).optional(&app.db).await?;
    row.ok_or_else(Refusal::not_found)
}

/// What waits for a choice.
pub async fn waiting(app: &App) -> Result<Vec<EntryRow>, DbError> {
    store::WAITING.all(&app.db).await
}

/// One thing that waits.
pub async fn waiting_one(app: &App, id: Uuid) -> Result<EntryRow, Refusal> {
    let row: Option<EntryRow> = store::WAITING_ONE.bind(id).optional(&app.db).await?;
    row.ok_or_else(Refusal::not_found)
}

/// Where something that is shown leads, on its own site.
pub async fn link(app: &App, entry: Uuid) -> Result<Option<String>, DbError> {
    let row: Option<store::LinkRow> = store::SHOWN_LINK.bind(entry).optional(&app.db).await?;
    Ok(row.map(|row| row.link))
}

/// A feed to be read from now on.
#[derive(Debug, Clone)]
pub struct New {
    /// Where it is.
    pub address: url::Url,
    /// As the page calls it.
    pub title: String,
    /// For which axis.
    pub axis: Option<String>,
    /// The language of what comes.
    pub language: Lang,
    /// What comes is shown as it comes.
    pub automatic: bool,
    /// Who chose it.
    pub by: PersonId,
}

/// Reads a feed from now on; 409 when it is read already.
pub async fn add(app: &App, new: New) -> Result<(), Refusal> {
    let (id, now) = (app.ids.uuid(), app.clock.now());
    app.db
        .write((id, new, now), |tx, (id, new, now)| {
            Box::pin(async move {
                let added = store::ADD
                    .bind(*id)
                    .bind(new.address.as_str())
                    .bind(&new.title)
                    .bind(new.axis.clone())
                    .bind(new.language.code())
                    .bind(i64::from(new.automatic))
                    .bind(new.by)
                    .bind(*now)
                    .run(&mut *tx)
                    .await?;
                if added == 0 {
                    return Err(Refusal::conflict("source-known"));
                }
                plan(tx, *id, *id, 1, (*now, *now)).await?;
                Ok(())
            })
        })
        .await
}

/// Plans a fetch, once, under an id that comes from `after`.
async fn plan(
    tx: &mut Tx,
    after: Uuid,
    source: Uuid,
    round: i64,
    when: (Timestamp, Timestamp),
) -> Result<(), DbError> {
    let id = Uuid::new_v5(&after, format!("fetch {round}").as_bytes());
    let payload = json!({ "source": source, "round": round });
    jobs::enqueue_later(tx, id, KIND, payload, when).await
}

/// Lets what comes through as it comes, or no more.
pub async fn set_automatic(app: &App, id: Uuid, automatic: bool) -> Result<(), DbError> {
    app.db
        .write((id, automatic), |tx, (id, automatic)| {
            Box::pin(async move {
                store::AUTOMATIC
                    .bind(*id)
                    .bind(i64::from(*automatic))
                    .run(tx)
                    .await
                    .map(drop)
            })
        })
        .await
}

/// Reads it no more, or again.
pub async fn set_running(app: &App, id: Uuid, running: bool) -> Result<(), DbError> {
    let now = app.clock.now();
    app.db
        .write((id, running, now), |tx, (id, running, now)| {
            Box::pin(async move {
                if !*running {
                    return store::STOP.bind(*id).bind(*now).run(tx).await.map(drop);
                }
                let started: Option<(i64,)> = store::START.bind(*id).optional(&mut *tx).await?;
                match started {
                    Some((round,)) => plan(tx, *id, *id, round, (*now, *now)).await,
                    None => Ok(()),
                }
            })
        })
        .await
}

/// Shows something that waited, or leaves it. False when it does not wait any more.
pub async fn decide(app: &App, entry: Uuid, show: bool, by: PersonId) -> Result<bool, DbError> {
    let now = app.clock.now();
    app.db
        .write((entry, show, by, now), |tx, (entry, show, by, now)| {
            Box::pin(async move {
                let state = if *show { "shown" } else { "left" };
                let changed = store::DECIDE
                    .bind(*entry)
                    .bind(state)
                    .bind(*by)
                    .bind(*now)
                    .run(&mut *tx)
                    .await?;
                if changed == 1 && *show {
                    following::happened(tx, Notice::outside(*entry, Some(*by), *now)).await?;
                }
                Ok(changed == 1)
            })
        })
        .await
}

fn run(app: &App, job: Job) -> BoxFuture<'_, Result<Value, JobError>> {
    Box::pin(async move {
        let id = job.payload["source"]
            .as_str()
            .and_then(|id| Uuid::try_parse(id).ok());
        let id = id.ok_or_else(|| JobError::Never("names no source".to_owned()))?;
        let source: Option<SourceRow> = store::SOURCE.bind(id).optional(&app.db).await?;
        let planned = job.payload["round"].as_i64();
        let source =
            source.filter(|source| source.stopped_at.is_none() && planned == Some(source.round));
        let Some(source) = source else {
            return Ok(jobs::spent());
        };
        let fetched = match address(&source.address) {
            Some(url) => {
                fetch(
                    app,
                    &url,
                    source.etag.as_deref(),
                    source.modified.as_deref(),
                )
                .await
            }
            None => Err(Fault::Refused),
        };
        match fetched {
            Ok(fetched) => keep(app, job.id, source, fetched).await?,
            Err(fault) => failed(app, job.id, source, fault).await?,
        }
        Ok(jobs::spent())
    })
}

async fn keep(app: &App, job: Uuid, source: SourceRow, fetched: Fetched) -> Result<(), DbError> {
    let now = app.clock.now();
    app.db
        .write(
            (job, source, fetched, now),
            |tx, (job, source, fetched, now)| {
                Box::pin(async move {
                    let history = now.plus_days(-HISTORY_DAYS);
                    for item in &fetched.items {
                        let state = match (source.fetched_at, source.automatic) {
                            (None, _) if item.at < history => "left",
                            (_, 1) => "shown",
                            _ => "waiting",
                        };
                        let entry = Uuid::new_v5(&source.id, item.guid.as_bytes());
                        let new = store::ENTRY
                            .bind(entry)
                            .bind(source.id)
                            .bind(&item.guid)
                            .bind(&item.link)
                            .bind(&item.title)
                            .bind(&item.summary)
                            .bind(item.at)
                            .bind(*now)
                            .bind(state)
                            .bind((state != "waiting").then_some(*now))
                            .run(&mut *tx)
                            .await?;
                        if new == 1 && state == "shown" {
                            following::happened(tx, Notice::outside(entry, None, *now)).await?;
                        }
                    }
                    store::FETCHED
                        .bind(source.id)
                        .bind(*now)
                        .bind(fetched.etag.clone())
                        .bind(fetched.modified.clone())
                        .run(&mut *tx)
                        .await?;
                    let next = now.plus_seconds(EVERY);
                    plan(tx, *job, source.id, source.round, (*now, next)).await
                })
            },
        )
        .await
}

async fn failed(app: &App, job: Uuid, source: SourceRow, fault: Fault) -> Result<(), DbError> {
    let now = app.clock.now();
    app.db
        .write(
            (job, source, fault, now),
            |tx, (job, source, fault, now)| {
                Box::pin(async move {
                    let failures = source.failures + 1;
                    let stopped = failures >= FAILURES_MAX;
                    store::FAILED
                        .bind(source.id)
                        .bind(failures)
                        .bind(fault.code())
                        .bind(stopped.then_some(*now))
                        .run(&mut *tx)
                        .await?;
                    if stopped {
                        return Ok(());
                    }
                    let doublings = u32::try_from(failures).unwrap_or(1).min(10);
                    let pause = (EVERY << doublings).min(LONGEST);
                    plan(
                        tx,
                        *job,
                        source.id,
                        source.round,
                        (*now, now.plus_seconds(pause)),
                    )
                    .await
                })
            },
        )
        .await
}
