//! The outbox: outgoing effects are rows written in the same transaction as their cause, and
//! workers of any node carry them out, with retries.

mod store;
mod workers;

use futures::future::BoxFuture;
use serde::Serialize;
use serde_json::{Value, json};
use uuid::Uuid;

use crate::App;
use crate::clock::Timestamp;
use crate::db::{DbError, Tx};

pub(crate) use store::QUERIES;
pub use workers::{Workers, run_due};

/// Tries before a row is given up: some nine hours …
const MAX_TRIES: i64 = 12;
/// … and more than two days for what hangs on somebody else's server, which may be down over night.
const PATIENT: [(&str, i64); 1] = [("lti-grade", 20)];

/// Tries of a row of this kind.
fn tries(kind: &str) -> i64 {
    PATIENT
        .iter()
        .find(|(patient, _)| *patient == kind)
        .map_or(MAX_TRIES, |(_, tries)| *tries)
}
/// How long a worker may hold a row; a node that died loses it then.
const CLAIM_SECONDS: i64 = 120;
/// The first pause after a failure; each further one is twice as long.
const FIRST_PAUSE_SECONDS: i64 = 15;
/// The longest pause.
const LONGEST_PAUSE_SECONDS: i64 = 6 * 3600;

/// A row that a worker has taken.
pub struct Job {
    /// Which row.
    pub id: Uuid,
    /// What [`enqueue`] was given.
    pub payload: Value,
}

/// Why a row could not be carried out.
#[derive(Debug, thiserror::Error)]
pub enum JobError {
    /// It may work later.
    #[error("{0}")]
    Later(String),
    /// It never will.
    #[error("{0}")]
    Never(String),
}

impl From<DbError> for JobError {
    fn from(error: DbError) -> Self {
        JobError::Later(error.to_string())
    }
}

/// Carries out the rows of one kind. Must be idempotent: a node may die between the effect and
/// the note that it is done.
#[derive(Clone, Copy)]
pub struct Handler {
    /// The kind, as in [`enqueue`].
    pub kind: &'static str,
    /// False leaves the rows where they are (mail without SMTP).
    pub ready: fn(&App) -> bool,
    /// Does it. What is returned replaces the payload, so that nothing secret outlives its use.
    pub run: for<'a> fn(&'a App, Job) -> BoxFuture<'a, Result<Value, JobError>>,
}

/// Writes a row in the transaction of its cause.
pub async fn enqueue(
    tx: &mut Tx,
    id: Uuid,
    kind: &str,
    payload: Value,
    now: Timestamp,
) -> Result<(), DbError> {
    store::ENQUEUE
        .bind(id)
        .bind(kind)
        .bind(payload)
        .bind(now)
        .run(&mut *tx)
        .await?;
    tx.wake_outbox();
    Ok(())
}

/// As [`enqueue`], many at once.
pub async fn enqueue_all(
    tx: &mut Tx,
    kind: &str,
    rows: &[(Uuid, Value)],
    now: Timestamp,
) -> Result<(), DbError> {
    let list: Value = rows
        .iter()
        .map(|(id, payload)| serde_json::json!({ "id": id.simple().to_string(), "payload": payload }))
        .collect();
    store::ENQUEUE_ALL
        .bind(list)
        .bind(kind)
        .bind(now)
        .run(&mut *tx)
        .await?;
    tx.wake_outbox();
    Ok(())
}

/// As [`enqueue`], unless the row is there already, done or not.
pub async fn enqueue_once(
    tx: &mut Tx,
    id: Uuid,
    kind: &str,
    payload: Value,
    now: Timestamp,
) -> Result<(), DbError> {
    enqueue_later(tx, id, kind, payload, (now, now)).await
}

/// The same, to be carried out at `due`.
pub async fn enqueue_later(
    tx: &mut Tx,
    id: Uuid,
    kind: &str,
    payload: Value,
    (now, due): (Timestamp, Timestamp),
) -> Result<(), DbError> {
    let added = store::ENQUEUE_ONCE
        .bind(id)
        .bind(kind)
        .bind(payload)
        .bind(now)
        .bind(due)
        .run(&mut *tx)
        .await?;
    if added == 1 {
        tx.wake_outbox();
    }
    Ok(())
}

/// True while a row is still to be carried out: neither done nor given up.
pub async fn is_live(tx: &mut Tx, id: Uuid) -> Result<bool, DbError> {
    let (live,): (i64,) = store::LIVE.bind(id).one(tx).await?;
    Ok(live == 1)
}

/// A row as administrators see it.
#[derive(Debug, Serialize)]
pub struct Entry {
    /// Which row.
    pub id: Uuid,
    /// Its kind.
    pub kind: String,
    /// What it carries.
    pub payload: Value,
    /// `waiting`, `failed` or `done`.
    pub state: &'static str,
    /// When its cause happened.
    pub created_at: Timestamp,
    /// When it is tried next.
    pub due_at: Timestamp,
    /// Tries so far.
    pub attempts: i64,
    /// What the last try said.
    pub error: Option<String>,
}

/// Rows of each list at most.
const LISTED: i64 = 100;

/// What failed; what waits of some kinds; what was done last.
pub async fn list(app: &App, kinds: Vec<String>) -> Result<Vec<Entry>, DbError> {
    let mut rows: Vec<store::ListRow> = store::FAILED_LIST.bind(LISTED).all(&app.db).await?;
    let waiting = store::WAITING_LIST.bind(kinds).bind(LISTED);
    rows.extend(waiting.all::<store::ListRow>(&app.db).await?);
    let done = store::DONE_LIST.bind(LISTED / 2);
    rows.extend(done.all::<store::ListRow>(&app.db).await?);
    Ok(rows
        .into_iter()
        .map(|row| Entry {
            id: row.id,
            kind: row.kind,
            payload: row.payload,
            state: match (row.done_at, row.failed_at) {
                (Some(_), _) => "done",
                (None, Some(_)) => "failed",
                (None, None) => "waiting",
            },
            created_at: row.created_at,
            due_at: row.due_at,
            attempts: row.attempts,
            error: row.error,
        })
        .collect())
}

/// How many rows of each kind wait, due or not.
pub async fn kinds(app: &App) -> Result<Vec<(String, i64)>, DbError> {
    let rows: Vec<store::KindRow> = store::KINDS.all(&app.db).await?;
    Ok(rows.into_iter().map(|row| (row.kind, row.n)).collect())
}

/// How many rows are due and wait, and how many failed.
pub async fn counts(app: &App) -> Result<(i64, i64), DbError> {
    let now = app.clock.now();
    let (waiting,): (i64,) = store::WAITING.bind(now).one(&app.db).await?;
    let (failed,): (i64,) = store::FAILED.one(&app.db).await?;
    Ok((waiting, failed))
}

/// Tries a failed row again; false when there is none.
pub async fn revive(app: &App, id: Uuid) -> Result<bool, DbError> {
    let now = app.clock.now();
    app.db
        .write((id, now), |tx, (id, now)| {
            Box::pin(async move {
                let changed = store::REVIVE.bind(*id).bind(*now).run(&mut *tx).await?;
                tx.wake_outbox();
                Ok(changed == 1)
            })
        })
        .await
}

/// Tries a row now that waits or was given up; false when there is none.
pub async fn hurry(app: &App, id: Uuid) -> Result<bool, DbError> {
    let now = app.clock.now();
    app.db
        .write((id, now), |tx, (id, now)| {
            Box::pin(async move {
                let changed = store::HURRY.bind(*id).bind(*now).run(&mut *tx).await?;
                tx.wake_outbox();
                Ok(changed == 1)
            })
        })
        .await
}

/// A payload that says nothing any more.
pub fn spent() -> Value {
    json!({})
}
