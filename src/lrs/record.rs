//! The way of statements into the database: batches that wait together are stored together, in
//! one transaction of few, wide statements. A lone batch is stored at once: there is no timer.

use std::panic::AssertUnwindSafe;
use std::sync::atomic::{AtomicI64, Ordering};
use std::sync::{Arc, OnceLock};

use futures::FutureExt;
use tokio::sync::{mpsc, oneshot};
use uuid::Uuid;

use crate::App;
use crate::clock::Timestamp;
use crate::db::{Db, DbError};
use crate::web::Refusal;

use super::group::{self, Fate};
use super::prepare::Batch;

/// Statements in one transaction at most; a larger batch goes alone.
const GROUP: usize = 1000;
/// Batches that may wait before requests are held back.
const QUEUE: usize = 1024;
/// After so long, a transaction on another node has surely ended.
const SURE_SECONDS: i64 = 10;

/// What a node remembers of the store: its way in, and how far it surely reaches.
#[derive(Default)]
pub struct Memory {
    lane: OnceLock<mpsc::Sender<Waiting>>,
    through: Arc<AtomicI64>,
}

struct Waiting {
    batch: Batch,
    now: Timestamp,
    answer: oneshot::Sender<Result<Fate, DbError>>,
}

impl Memory {
    /// Everything stored up to this moment can be read (Communication 2.1.3,
    /// `X-Experience-API-Consistent-Through`). Statements become visible in the order of their
    /// time, so all before the last of our own are there.
    pub fn consistent_through(&self, now: Timestamp) -> Timestamp {
        let own = Timestamp::from_micros(self.through.load(Ordering::Relaxed));
        own.max(now.plus_seconds(-SURE_SECONDS))
    }
}

/// Stores a batch: all of it or nothing. Gives the ids in their order. A statement that is there
/// already and says the same counts as stored; one that says something else is a conflict (409).
pub async fn record(app: &App, batch: Batch) -> Result<Vec<Uuid>, Refusal> {
    let ids: Vec<Uuid> = batch.statements.iter().map(|s| s.id).collect();
    if ids.is_empty() {
        return Ok(ids);
    }
    let lane = app.lrs.lane.get_or_init(|| {
        let (lane, waiting) = mpsc::channel(QUEUE);
        tokio::spawn(serve(app.db.clone(), waiting, app.lrs.through.clone()));
        lane
    });
    let (answer, answered) = oneshot::channel();
    let waiting = Waiting {
        batch,
        now: app.clock.now(),
        answer,
    };
    lane.send(waiting).await.map_err(|_| DbError::Closed)?;
    match answered.await.map_err(|_| DbError::Closed)?? {
        Fate::Stored => Ok(ids),
        Fate::Conflict(id) => Err(super::conflict(id)),
    }
}

async fn serve(db: Db, mut waiting: mpsc::Receiver<Waiting>, through: Arc<AtomicI64>) {
    while let Some(first) = waiting.recv().await {
        let mut size = first.batch.statements.len();
        let mut now = first.now;
        let mut batches = vec![first.batch];
        let mut answers = vec![first.answer];
        while size < GROUP
            && let Ok(next) = waiting.try_recv()
        {
            size += next.batch.statements.len();
            now = now.max(next.now);
            batches.push(next.batch);
            answers.push(next.answer);
        }
        let batches: Arc<[Batch]> = batches.into();
        match whole(&db, batches.clone(), now).await {
            Ok(done) => {
                through.fetch_max(done.last.micros(), Ordering::Relaxed);
                for (answer, fate) in answers.into_iter().zip(done.fates) {
                    // The caller may have gone away; the batch is stored all the same.
                    let _ = answer.send(Ok(fate));
                }
            }
            Err(error) if answers.len() == 1 || !error.is_of_one() => {
                for answer in answers {
                    let _ = answer.send(Err(error.clone()));
                }
            }
            // One of them cannot be stored: the others shall not suffer for it.
            Err(_) => {
                for (batch, answer) in batches.iter().zip(answers) {
                    let alone: Arc<[Batch]> = vec![batch.clone()].into();
                    let result = whole(&db, alone, now).await;
                    if let Ok(done) = &result {
                        through.fetch_max(done.last.micros(), Ordering::Relaxed);
                    }
                    let fate = result
                        .and_then(|done| done.fates.into_iter().next().ok_or(DbError::NotFound));
                    let _ = answer.send(fate);
                }
            }
        }
    }
}

/// One transaction. A panic in it is this group's failure, not the lane's end.
async fn whole(db: &Db, batches: Arc<[Batch]>, now: Timestamp) -> Result<group::Done, DbError> {
    let work = db.write((batches, now), |tx, (batches, now)| {
        Box::pin(async move { group::store(tx, batches, *now).await })
    });
    match AssertUnwindSafe(work).catch_unwind().await {
        Ok(result) => result,
        Err(_) => Err(DbError::Other("a batch's transaction panicked".into())),
    }
}
