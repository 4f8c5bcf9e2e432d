//! The one writer of an SQLite database: takes whatever is queued and commits it together.

use std::panic::AssertUnwindSafe;
use std::sync::Arc;

use futures::FutureExt;
use futures::future::BoxFuture;
use sqlx::Executor;
use tokio::sync::{Mutex, mpsc, oneshot, watch};

use super::{DbError, Tx, TxConn, Work};

/// How many units of work share one commit at most. There is no timer: a lone write is committed
/// at once, and writes that arrive during a commit form the next group.
const GROUP: usize = 256;

/// How many writes may wait before callers are held back.
const QUEUE: usize = 4096;

#[derive(Clone)]
pub(super) struct Writer {
    jobs: mpsc::Sender<Message>,
    /// Resolves when the writer's thread has ended.
    end: Arc<Mutex<Option<oneshot::Receiver<()>>>>,
}

enum Message {
    Job(Box<dyn Job>),
    Close,
}

/// A unit of work in the queue.
trait Job: Send {
    /// Runs inside a savepoint.
    fn run<'t>(self: Box<Self>, tx: &'t mut Tx) -> BoxFuture<'t, Done>;
    /// Tells the caller that the transaction could not even begin.
    fn refuse(self: Box<Self>, error: DbError);
}

/// The one kind of job: a caller's work, its input, and where the caller waits.
struct Unit<I, T, E, F> {
    input: I,
    work: F,
    answer: oneshot::Sender<Result<T, E>>,
}

impl<I, T, E, F> Job for Unit<I, T, E, F>
where
    I: Send + Sync + 'static,
    T: Send + 'static,
    E: From<DbError> + Send + 'static,
    F: for<'t> Fn(&'t mut Tx, &'t I) -> Work<'t, T, E> + Send + Sync + 'static,
{
    fn run<'t>(self: Box<Self>, tx: &'t mut Tx) -> BoxFuture<'t, Done> {
        Box::pin(async move {
            let Unit {
                input,
                work,
                answer,
            } = *self;
            let result = work(tx, &input).await;
            Done {
                keep: result.is_ok(),
                tell: Box::new(move |commit| {
                    let result = match (result, commit) {
                        (Ok(_), Err(error)) => Err(E::from(error)),
                        (result, _) => result,
                    };
                    // The caller may have gone away; the work is done all the same.
                    let _ = answer.send(result);
                }),
            }
        })
    }

    fn refuse(self: Box<Self>, error: DbError) {
        let _ = self.answer.send(Err(E::from(error)));
    }
}

/// What a unit of work leaves: whether its savepoint is kept, and how its caller is told once the
/// group's commit is known.
struct Done {
    keep: bool,
    tell: Box<dyn FnOnce(Result<(), DbError>) + Send>,
}

impl Writer {
    pub(super) fn start(tx: Tx, outbox: Arc<watch::Sender<u64>>) -> Result<Writer, DbError> {
        let (jobs, queue) = mpsc::channel(QUEUE);
        let (ended, end) = oneshot::channel();
        // A thread of its own: a unit of work is a chain of short hops to the connection's thread
        // and back, and behind the web server's tasks each hop would wait for its turn.
        std::thread::Builder::new()
            .name("writer".into())
            .spawn(move || {
                match tokio::runtime::Builder::new_current_thread()
                    .enable_time()
                    .build()
                {
                    Ok(runtime) => runtime.block_on(serve(tx, queue, outbox)),
                    Err(error) => tracing::error!(%error, "the writer"),
                }
                let _ = ended.send(());
            })
            .map_err(|error| DbError::Other(format!("the writer: {error}")))?;
        Ok(Writer {
            jobs,
            end: Arc::new(Mutex::new(Some(end))),
        })
    }

    pub(super) async fn write<I, T, E, F>(&self, input: I, work: F) -> Result<T, E>
    where
        I: Send + Sync + 'static,
        T: Send + 'static,
        E: From<DbError> + Send + 'static,
        F: for<'t> Fn(&'t mut Tx, &'t I) -> Work<'t, T, E> + Send + Sync + 'static,
    {
        let (answer, answered) = oneshot::channel::<Result<T, E>>();
        let job = Box::new(Unit {
            input,
            work,
            answer,
        });
        self.jobs
            .send(Message::Job(job))
            .await
            .map_err(|_| DbError::Closed)?;
        answered
            .await
            .unwrap_or_else(|_| Err(DbError::Other("the unit of work panicked".into()).into()))
    }

    /// Everything queued before this is committed; later writes get [`DbError::Closed`].
    pub(super) async fn close(&self) {
        let _ = self.jobs.send(Message::Close).await;
        if let Some(end) = self.end.lock().await.take() {
            let _ = end.await;
        }
    }
}

async fn serve(mut tx: Tx, mut queue: mpsc::Receiver<Message>, outbox: Arc<watch::Sender<u64>>) {
    let mut closing = false;
    while !closing && let Some(Message::Job(first)) = queue.recv().await {
        tx.wakes_outbox = false;
        let mut told = Vec::new();
        let outcome = match execute(&mut tx, "begin immediate; savepoint work").await {
            Ok(()) => group(&mut tx, first, &mut queue, &mut closing, &mut told).await,
            Err(error) => {
                tracing::warn!(%error, "the writer could not begin");
                first.refuse(error.clone());
                Err(error)
            }
        };
        if outcome.is_err() {
            let _ = execute(&mut tx, "rollback").await;
        } else if tx.wakes_outbox {
            outbox.send_modify(|count| *count += 1);
        }
        for tell in told {
            tell(outcome.clone());
        }
    }
    queue.close();
}

/// Runs what is queued in one transaction, a savepoint each, and commits it. One statement ends a
/// unit's savepoint together with what comes after it: each is a hop to the connection's thread.
async fn group(
    tx: &mut Tx,
    first: Box<dyn Job>,
    queue: &mut mpsc::Receiver<Message>,
    closing: &mut bool,
    told: &mut Vec<Tell>,
) -> Result<(), DbError> {
    let mut job = first;
    let mut units = 0;
    loop {
        let kept = run(tx, job, told).await;
        units += 1;
        let next = if units < GROUP {
            queue.try_recv().ok()
        } else {
            None
        };
        let next = match next {
            Some(Message::Job(next)) => Some(next),
            Some(Message::Close) => {
                *closing = true;
                None
            }
            None => None,
        };
        let end = match (kept, next.is_some()) {
            (true, true) => "release work; savepoint work",
            (false, true) => "rollback to work",
            (true, false) => "release work; commit",
            (false, false) => "rollback to work; release work; commit",
        };
        match (execute(tx, end).await, next) {
            (Ok(()), Some(next)) => job = next,
            (Ok(()), None) => return Ok(()),
            (Err(error), next) => {
                if let Some(next) = next {
                    next.refuse(error.clone());
                }
                return Err(error);
            }
        }
    }
}

type Tell = Box<dyn FnOnce(Result<(), DbError>) + Send>;

/// Runs one unit inside the savepoint that is open: whether it is to be kept.
async fn run(tx: &mut Tx, job: Box<dyn Job>, told: &mut Vec<Tell>) -> bool {
    let wakes_before = tx.wakes_outbox;
    match AssertUnwindSafe(job.run(tx)).catch_unwind().await {
        Ok(done) => {
            told.push(done.tell);
            if !done.keep {
                tx.wakes_outbox = wakes_before;
            }
            done.keep
        }
        // The caller learns of it by its channel's end.
        Err(_) => {
            tx.wakes_outbox = wakes_before;
            false
        }
    }
}

async fn execute(tx: &mut Tx, statement: &'static str) -> Result<(), DbError> {
    let TxConn::Lite(conn) = tx.conn.get() else {
        return Err(DbError::Closed);
    };
    // As a query it is prepared once, unlike a bare text.
    conn.execute(sqlx::query(statement))
        .await
        .map(drop)
        .map_err(DbError::from_sqlx)
}
