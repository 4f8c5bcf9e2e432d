//! The way of batches to the database: those that wait together are written together.
//!
//! A batch is folded before it comes here, by its own request, and says what it was folded onto.
//! A lane takes whatever waits, and in one transaction holds the attempts, writes the batches
//! whose ground is still the same, and sends the others back to be folded anew. So the one writer
//! of an SQLite database does nothing but small writes, a statement serves many batches, and a
//! sync of the disk (or of PostgreSQL's log) is shared. A lone batch is written at once; one that
//! has company waits for those that are being folded at that moment, for [`PATIENCE`] at most:
//! otherwise the first of a wave would take a sync for itself and the rest would queue behind it.

use std::collections::{HashMap, HashSet};
use std::panic::AssertUnwindSafe;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use futures::FutureExt;
use serde::Serialize;
use serde_json::Value;
use tokio::sync::{Notify, mpsc, oneshot};
use tokio::time::{Instant, timeout_at};
use uuid::Uuid;

use crate::clock::Timestamp;
use crate::db::{Db, DbError, Engine, Tx};
use crate::ids::AttemptId;
use crate::progress;

use super::fold::{Mark, Row, Step};
use super::memory::Counts;
use super::{outcomes, records, statements, store};

/// Batches in one transaction at most …
const GROUP: usize = 64;
/// … and bytes of states, above which no further one is taken along.
const GROUP_BYTES: usize = 4 << 20;
/// Batches that may wait in a lane before requests are held back.
const QUEUE: usize = 1024;

/// How long a group is kept open for batches that are being folded.
const PATIENCE: Duration = Duration::from_millis(3);

/// The lanes of a node. All batches of an attempt take the same one.
pub(super) struct Commits {
    lanes: Vec<Lane>,
}

struct Lane {
    queue: mpsc::Sender<Waiting>,
    coming: Arc<Coming>,
}

/// Batches of a lane that a request is folding at this moment.
#[derive(Default)]
struct Coming {
    count: AtomicUsize,
    none: Notify,
}

/// A batch on its way to its lane: it has come, or never will, when this is dropped.
pub(super) struct OnItsWay(Arc<Coming>);

impl Drop for OnItsWay {
    fn drop(&mut self) {
        if self.0.count.fetch_sub(1, Ordering::AcqRel) == 1 {
            self.0.none.notify_one();
        }
    }
}

struct Waiting {
    step: Step,
    answer: oneshot::Sender<Result<bool, DbError>>,
}

impl Commits {
    /// SQLite has one writer; PostgreSQL works on one lane while others wait
    /// for its log.
    pub fn start(db: &Db, counts: &Arc<Counts>) -> Commits {
        let lanes = match db.engine() {
            Engine::Sqlite => 1,
            Engine::Postgres => 4,
        };
        let start = |_| {
            let (queue, waiting) = mpsc::channel(QUEUE);
            let coming = Arc::new(Coming::default());
            tokio::spawn(serve(db.clone(), waiting, coming.clone(), counts.clone()));
            Lane { queue, coming }
        };
        Commits {
            lanes: (0..lanes).map(start).collect(),
        }
    }

    fn lane(&self, attempt: AttemptId) -> &Lane {
        &self.lanes[usize::from(attempt.0.as_bytes()[15]) % self.lanes.len()]
    }

    /// A batch of this attempt is about to be folded.
    pub fn expect(&self, attempt: AttemptId) -> OnItsWay {
        let coming = &self.lane(attempt).coming;
        coming.count.fetch_add(1, Ordering::AcqRel);
        OnItsWay(coming.clone())
    }

    /// Writes a step. When this gives `true`, it is on disk; `false`: what it stood on has
    /// changed, and nothing was written.
    pub async fn write(&self, step: Step, on_its_way: OnItsWay) -> Result<bool, DbError> {
        let lane = self.lane(step.attempt);
        let (answer, answered) = oneshot::channel();
        lane.queue
            .send(Waiting { step, answer })
            .await
            .map_err(|_| DbError::Closed)?;
        drop(on_its_way);
        answered.await.map_err(|_| DbError::Closed)?
    }
}

/// The next batch for a group that is open until `until`: one that waits, or one that is on its
/// way. `None` where there is neither.
async fn company(
    waiting: &mut mpsc::Receiver<Waiting>,
    coming: &Coming,
    until: Instant,
) -> Option<Waiting> {
    loop {
        if let Ok(next) = waiting.try_recv() {
            return Some(next);
        }
        if coming.count.load(Ordering::Acquire) == 0 {
            // It may have been queued between the two looks.
            return waiting.try_recv().ok();
        }
        let next = timeout_at(until, async {
            tokio::select! {
                next = waiting.recv() => next,
                () = coming.none.notified() => None,
            }
        });
        match next.await {
            Ok(Some(next)) => return Some(next),
            Ok(None) if !waiting.is_closed() => {}
            Ok(None) | Err(_) => return None,
        }
    }
}

async fn serve(
    db: Db,
    mut waiting: mpsc::Receiver<Waiting>,
    coming: Arc<Coming>,
    counts: Arc<Counts>,
) {
    while let Some(first) = waiting.recv().await {
        let size = |w: &Waiting| w.step.folded.as_ref().map_or(0, |f| f.state.len());
        let mut bytes = size(&first);
        let mut group = vec![first];
        let until = Instant::now() + PATIENCE;
        while group.len() < GROUP
            && bytes < GROUP_BYTES
            && let Some(next) = company(&mut waiting, &coming, until).await
        {
            bytes += size(&next);
            group.push(next);
        }
        let (steps, answers): (Vec<Step>, Vec<_>) =
            group.into_iter().map(|w| (w.step, w.answer)).unzip();
        let steps: Arc<[Step]> = steps.into();
        match whole(&db, &steps).await {
            Ok(kept) => {
                counts.groups.fetch_add(1, Ordering::Relaxed);
                for ((answer, kept), step) in answers.into_iter().zip(kept).zip(steps.iter()) {
                    if kept {
                        counts.batches.fetch_add(1, Ordering::Relaxed);
                        let entries = step.rows.len() as u64;
                        counts.entries.fetch_add(entries, Ordering::Relaxed);
                    }
                    // The caller may have gone away; the batch is written all the same.
                    let _ = answer.send(Ok(kept));
                }
            }
            Err(error) if answers.len() == 1 || !error.is_of_one() => {
                for answer in answers {
                    let _ = answer.send(Err(error.clone()));
                }
            }
            // One of them cannot be written: the others shall not suffer for it.
            Err(_) => {
                for (at, answer) in answers.into_iter().enumerate() {
                    let alone = Alone(steps.clone(), at);
                    let written = whole(&db, &alone).await;
                    if let Ok(kept) = &written {
                        counts.groups.fetch_add(1, Ordering::Relaxed);
                        let kept = u64::from(kept.first() == Some(&true));
                        counts.batches.fetch_add(kept, Ordering::Relaxed);
                        let entries = kept * alone.steps()[0].rows.len() as u64;
                        counts.entries.fetch_add(entries, Ordering::Relaxed);
                    }
                    let _ = answer.send(written.map(|kept| kept.first() == Some(&true)));
                }
            }
        }
    }
}

/// Steps that a unit of work owns.
trait Steps: Clone + Send + Sync + 'static {
    fn steps(&self) -> &[Step];
}

impl Steps for Arc<[Step]> {
    fn steps(&self) -> &[Step] {
        self
    }
}

/// One of a group.
#[derive(Clone)]
struct Alone(Arc<[Step]>, usize);

impl Steps for Alone {
    fn steps(&self) -> &[Step] {
        &self.0[self.1..=self.1]
    }
}

/// One transaction. A panic in it is this group's failure, not the lane's end.
async fn whole<S: Steps>(db: &Db, steps: &S) -> Result<Vec<bool>, DbError> {
    let work = db.write(steps.clone(), |tx, steps| {
        Box::pin(async move { write(tx, steps.steps()).await })
    });
    match AssertUnwindSafe(work).catch_unwind().await {
        Ok(result) => result,
        Err(_) => Err(DbError::Other("a batch's transaction panicked".into())),
    }
}

#[derive(Serialize)]
struct ReceivedRow<'s> {
    session: String,
    last_seq: i64,
    at: i64,
    diagnosis: &'s [Value],
}

#[derive(Serialize)]
struct FoldedRow<'s> {
    attempt: String,
    state: &'s str,
    folded: i64,
    outcome: Value,
    at: i64,
    finished_at: Option<i64>,
}

/// Writes the steps whose ground is still the same: tells which. All statements are those of one
/// transaction; the attempts are held from the first one on.
pub(super) async fn write(tx: &mut Tx, steps: &[Step]) -> Result<Vec<bool>, DbError> {
    let sessions: Vec<Uuid> = steps.iter().map(|step| step.session.0).collect();
    let stands: Vec<store::StandRow> = store::STAND.bind(sessions).all(&mut *tx).await?;
    let stands: HashMap<_, _> = stands.iter().map(|row| (row.session, row)).collect();
    // Two steps on one attempt cannot both stand on its present state, and the progress store
    // takes one word at a time about a learner on a module.
    let mut taken = HashSet::new();
    let kept: Vec<bool> = steps
        .iter()
        .map(|step| {
            stands.get(&step.session).is_some_and(|row| {
                let mark = Mark {
                    last_seq: row.last_seq,
                    folded: row.folded,
                    current: row.current,
                };
                mark == step.before
                    && outcomes::policy(&row.policy) == step.policy
                    && row.person_state == "active"
                    && taken.insert((step.person, step.module))
            })
        })
        .collect();
    let going: Vec<&Step> = steps
        .iter()
        .zip(&kept)
        .filter_map(|(step, kept)| kept.then_some(step))
        .collect();
    if going.is_empty() {
        return Ok(kept);
    }
    let rows: Vec<&Row> = going.iter().flat_map(|step| &step.rows).collect();
    let received: Vec<ReceivedRow<'_>> = going
        .iter()
        .map(|step| ReceivedRow {
            session: step.session.0.simple().to_string(),
            last_seq: step.last_seq,
            at: step.now.micros(),
            diagnosis: &step.diagnosis,
        })
        .collect();
    let folded: Vec<FoldedRow<'_>> = going
        .iter()
        .filter_map(|step| {
            let folded = step.folded.as_ref()?;
            Some(FoldedRow {
                attempt: step.attempt.0.simple().to_string(),
                state: &folded.state,
                folded: folded.folded,
                outcome: outcomes::to_json(&folded.outcome),
                at: step.now.micros(),
                finished_at: folded.finished_at.map(Timestamp::micros),
            })
        })
        .collect();
    store::WRITE
        .bind(json(&rows))
        .bind(json(&received))
        .bind(json(&folded))
        .run(&mut *tx)
        .await?;
    let mut reached = Vec::new();
    for step in &going {
        let (Some(folded), Some(change)) = (&step.folded, step.record) else {
            continue;
        };
        let whose = (step.person, step.module);
        let mut counted = Some((step.attempt, folded.outcome));
        if stands[&step.session].attempts > 1 {
            counted = outcomes::counted(tx, whose, &step.policy).await?;
        }
        let Some((attempt, outcome)) = counted else {
            continue;
        };
        reached.push(progress::Record {
            change,
            learner: step.person,
            module: step.module,
            attempt: Some(attempt),
            outcome,
            at: step.now,
        });
        for (name, value) in &step.globals {
            store::KEEP_GLOBAL
                .bind(step.person)
                .bind(name.as_str())
                .bind(value.clone())
                .bind(step.now)
                .run(&mut *tx)
                .await?;
        }
    }
    progress::record_all(tx, &reached).await?;
    records::write(tx, going.iter().map(|step| &step.records)).await?;
    for step in going.iter().filter(|step| step.tells) {
        statements::order(tx, step.session, step.last_seq, step.now).await?;
    }
    Ok(kept)
}

fn json<T: Serialize>(rows: &T) -> String {
    serde_json::to_string(rows).unwrap_or_default()
}
