//! The one writer of an SQLite database: takes whatever is queued and commits it together.

use std::panic::AssertUnwindSafe;
use std::sync::Arc;

use futures::FutureExt;
use futures::future::BoxFuture;
use sqlx::Executor;
use tokio::sync::{Mutex, Notify, mpsc, oneshot};
use tokio::task::JoinHandle;

use super::{DbError, Tx, TxConn, Work};

/// How many units of work share one commit at most. There is no timer: a lone write is committed
/// at once, and writes that arrive during a commit form the next group.
const GROUP: usize = 256;

/// How many writes may wait before callers are held back.
const QUEUE: usize = 4096;

#[derive(Clone)]
pub(super) struct Writer {
    jobs: mpsc::Sender<Message>,
    task: Arc<Mutex<Option<JoinHandle<()>>>>,
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
    pub(super) fn start(tx: Tx, outbox: Arc<Notify>) -> Writer {
        let (jobs, queue) = mpsc::channel(QUEUE);
        let task = tokio::spawn(serve(tx, queue, outbox));
        Writer {
            jobs,
            task: Arc::new(Mutex::new(Some(task))),
        }
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
        if let Some(task) = self.task.lock().await.take() {
            let _ = task.await;
        }
    }
}

async fn serve(mut tx: Tx, mut queue: mpsc::Receiver<Message>, outbox: Arc<Notify>) {
    while let Some(Message::Job(first)) = queue.recv().await {
        let mut told = Vec::new();
        let mut closing = false;
        tx.wakes_outbox = false;
        let begun = execute(&mut tx, "begin immediate").await;
        let outcome = match begun {
            Ok(()) => {
                run(&mut tx, first, &mut told).await;
                while told.len() < GROUP {
                    match queue.try_recv() {
                        Ok(Message::Job(job)) => run(&mut tx, job, &mut told).await,
                        Ok(Message::Close) => {
                            closing = true;
                            break;
                        }
                        Err(_) => break,
                    }
                }
                let committed = execute(&mut tx, "commit").await;
                if committed.is_err() {
                    let _ = execute(&mut tx, "rollback").await;
                }
                committed
            }
            Err(error) => {
                tracing::warn!(%error, "the writer could not begin");
                first.refuse(error.clone());
                Err(error)
            }
        };
        if outcome.is_ok() && tx.wakes_outbox {
            outbox.notify_one();
        }
        for tell in told {
            tell(outcome.clone());
        }
        if closing {
            break;
        }
    }
    queue.close();
}

type Tell = Box<dyn FnOnce(Result<(), DbError>) + Send>;

async fn run(tx: &mut Tx, job: Box<dyn Job>, told: &mut Vec<Tell>) {
    if let Err(error) = execute(tx, "savepoint work").await {
        tracing::error!(%error, "savepoint");
    }
    let wakes_before = tx.wakes_outbox;
    match AssertUnwindSafe(job.run(tx)).catch_unwind().await {
        Ok(done) => {
            let end = if done.keep {
                execute(tx, "release work").await
            } else {
                tx.wakes_outbox = wakes_before;
                execute(tx, "rollback to work; release work").await
            };
            if let Err(error) = end {
                tracing::error!(%error, "savepoint end");
                (done.tell)(Err(error));
            } else {
                told.push(done.tell);
            }
        }
        Err(_) => {
            tx.wakes_outbox = wakes_before;
            let _ = execute(tx, "rollback to work; release work").await;
        }
    }
}

async fn execute(tx: &mut Tx, statement: &'static str) -> Result<(), DbError> {
    let TxConn::Lite(conn) = &mut tx.conn else {
        return Err(DbError::Closed);
    };
    conn.execute(statement)
        .await
        .map(drop)
        .map_err(DbError::from_sqlx)
}
