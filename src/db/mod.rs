//! The database: two engines behind one text of SQL.
//!
//! [`Db`] is either SQLite (the embedded default) or PostgreSQL (growth). Features write their SQL
//! once, in their `store.rs`, as registered [`Query`]s; both engines run the same text. Reads go to
//! a pool ([`Db`] itself), writes go through [`Db::write`], a unit of work that is committed as a
//! whole or not at all:
//!
//! * on SQLite every write is queued to one writer, which commits whatever is queued together, a
//!   savepoint each, with `synchronous=FULL`: durable, fast, and never "database is locked";
//! * on PostgreSQL it is a transaction, run again when the server reports a serialization failure
//!   or a deadlock.
//!
//! Column types by agreement: uuid = blob/uuid, time = integer microseconds since 1970 UTC, JSON =
//! text/jsonb, boolean = integer/boolean.

mod clear;
mod error;
mod migrate;
pub mod probe;
mod query;
pub mod registry;
mod row;
pub mod testing;
mod writer;

use std::future::Future;
use std::pin::Pin;
use std::str::FromStr;
use std::sync::Arc;
use std::time::Duration;

use futures::future::BoxFuture;
use sqlx::postgres::{PgConnectOptions, PgPool, PgPoolOptions};
use sqlx::sqlite::{
    SqliteConnectOptions, SqliteConnection, SqliteJournalMode, SqlitePool, SqlitePoolOptions,
    SqliteSynchronous,
};
use tokio::sync::watch;

use crate::shared::Shared;

pub use error::{DbError, Violation};
pub use query::{Arg, Bound, Query};
pub use row::{Column, FromRow, Row};

pub(crate) use query::queries;
pub(crate) use row::row;

use error::ConstraintNames;
use writer::Writer;

/// How often a unit of work is run again after a serialization failure or a deadlock
/// (`threats.md` C5).
const MAX_TRIES: u32 = 5;

/// The future of a unit of work.
pub type Work<'t, T, E> = Pin<Box<dyn Future<Output = Result<T, E>> + Send + 't>>;

/// Which engine a [`Db`] runs on.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Engine {
    /// Embedded default.
    Sqlite,
    /// Growth: many stateless nodes.
    Postgres,
}

/// A handle on the database; cheap to clone.
#[derive(Clone)]
pub struct Db(Shared<Parts>);

struct Parts {
    pools: Pools,
    constraints: Arc<ConstraintNames>,
    outbox: Arc<watch::Sender<u64>>,
}

enum Pools {
    Lite { reads: SqlitePool, writer: Writer },
    Pg(PgPool),
}

/// A transaction under way: what a unit of work is given to read and write with.
///
/// It is committed by [`Db::write`] when the work returns `Ok`, and rolled back otherwise.
pub struct Tx {
    conn: Conn,
    constraints: Arc<ConstraintNames>,
    /// A query failed in a way that running the whole unit of work again may mend.
    retry: bool,
    wakes_outbox: bool,
}

enum TxConn {
    Lite(Box<SqliteConnection>),
    Pg(sqlx::Transaction<'static, sqlx::Postgres>),
}

/// A connection as a trait object, for the same reason as [`Shared`].
struct Conn(Box<dyn Holds>);

impl Conn {
    fn new(conn: TxConn) -> Conn {
        Conn(Box::new(conn))
    }

    fn get(&mut self) -> &mut TxConn {
        self.0.get()
    }

    fn take(self) -> TxConn {
        self.0.take()
    }
}

trait Holds: Send {
    fn get(&mut self) -> &mut TxConn;
    fn take(self: Box<Self>) -> TxConn;
}

impl Holds for TxConn {
    fn get(&mut self) -> &mut TxConn {
        self
    }

    fn take(self: Box<Self>) -> TxConn {
        *self
    }
}

/// Where a query runs: a pool (reads) or a transaction.
pub enum On<'a> {
    #[doc(hidden)]
    LitePool(&'a SqlitePool, &'a ConstraintNames),
    #[doc(hidden)]
    PgPool(&'a PgPool, &'a ConstraintNames),
    #[doc(hidden)]
    Tx(&'a mut Tx),
}

impl<'a> From<&'a Db> for On<'a> {
    fn from(db: &'a Db) -> Self {
        match &db.0.pools {
            Pools::Lite { reads, .. } => On::LitePool(reads, &db.0.constraints),
            Pools::Pg(pool) => On::PgPool(pool, &db.0.constraints),
        }
    }
}

impl<'a> From<&'a mut Tx> for On<'a> {
    fn from(tx: &'a mut Tx) -> Self {
        On::Tx(tx)
    }
}

impl Tx {
    /// Says that this unit of work put something into the outbox: workers are woken once it is
    /// committed, so that nobody waits for the next poll.
    pub fn wake_outbox(&mut self) {
        self.wakes_outbox = true;
    }
}

/// A unit of work that can be run again, whatever it is given and gives.
trait Trial: Send {
    /// Runs it and keeps what it gives; true where that is to be committed.
    fn run<'t>(&'t mut self, tx: &'t mut Tx) -> BoxFuture<'t, bool>;
}

struct Unit<I, T, E, F> {
    input: I,
    work: F,
    result: Option<Result<T, E>>,
}

impl<I, T, E, F> Trial for Unit<I, T, E, F>
where
    I: Send + Sync,
    T: Send,
    E: Send,
    F: for<'t> Fn(&'t mut Tx, &'t I) -> Work<'t, T, E> + Send + Sync,
{
    fn run<'t>(&'t mut self, tx: &'t mut Tx) -> BoxFuture<'t, bool> {
        Box::pin(async move {
            let result = (self.work)(tx, &self.input).await;
            let kept = result.is_ok();
            self.result = Some(result);
            kept
        })
    }
}

impl Db {
    /// Opens the database at `url` (`sqlite:PATH` or `postgres://…`), migrates it to the newest
    /// schema and starts the writer.
    pub async fn open(url: &str) -> Result<Db, DbError> {
        if url.starts_with("postgres:") || url.starts_with("postgresql:") {
            Self::open_postgres(url).await
        } else {
            Self::open_sqlite(url).await
        }
    }

    async fn open_postgres(url: &str) -> Result<Db, DbError> {
        let options = PgConnectOptions::from_str(url).map_err(DbError::from_sqlx)?;
        let pool = PgPoolOptions::new()
            .max_connections(16)
            .acquire_timeout(Duration::from_secs(10))
            // Asking a connection that was in use a moment ago costs a round trip each time.
            .test_before_acquire(false)
            .before_acquire(|conn, met| {
                Box::pin(async move {
                    if met.idle_for > Duration::from_secs(1) {
                        sqlx::Connection::ping(conn).await?;
                    }
                    Ok(true)
                })
            })
            .connect_with(options)
            .await
            .map_err(DbError::from_sqlx)?;
        migrate::postgres(&pool).await?;
        Ok(Db(Shared::new(Parts {
            pools: Pools::Pg(pool),
            constraints: Arc::new(ConstraintNames::default()),
            outbox: Arc::default(),
        })))
    }

    async fn open_sqlite(url: &str) -> Result<Db, DbError> {
        let path = url.strip_prefix("sqlite:").unwrap_or(url);
        let path = path.strip_prefix("//").unwrap_or(path);
        let options = SqliteConnectOptions::new()
            .filename(path)
            .create_if_missing(true)
            .journal_mode(SqliteJournalMode::Wal)
            .synchronous(SqliteSynchronous::Full)
            .foreign_keys(true)
            .busy_timeout(Duration::from_secs(10))
            .pragma("cache_size", "-16000")
            // A page that many commits change is copied into the file once for all of them.
            .pragma("wal_autocheckpoint", "4000")
            .pragma("temp_store", "memory");
        let mut conn = {
            use sqlx::ConnectOptions;
            options.connect().await.map_err(DbError::from_sqlx)?
        };
        migrate::sqlite(&mut conn).await?;
        let constraints = Arc::new(ConstraintNames::of_sqlite(&mut conn).await?);
        let reads = SqlitePoolOptions::new()
            .max_connections(8)
            // A file does not hang up: no question before each query.
            .test_before_acquire(false)
            .acquire_timeout(Duration::from_secs(10))
            // Eight times: the system keeps the file's pages as well.
            .connect_with(
                options
                    .pragma("query_only", "1")
                    .pragma("cache_size", "-4000"),
            )
            .await
            .map_err(DbError::from_sqlx)?;
        let outbox: Arc<watch::Sender<u64>> = Arc::default();
        let writer = Writer::start(
            Tx {
                conn: Conn::new(TxConn::Lite(Box::new(conn))),
                constraints: constraints.clone(),
                retry: false,
                wakes_outbox: false,
            },
            outbox.clone(),
        )?;
        Ok(Db(Shared::new(Parts {
            pools: Pools::Lite { reads, writer },
            constraints,
            outbox,
        })))
    }

    /// Which engine this is.
    pub fn engine(&self) -> Engine {
        match &self.0.pools {
            Pools::Lite { .. } => Engine::Sqlite,
            Pools::Pg(_) => Engine::Postgres,
        }
    }

    /// Changes whenever a committed unit of work has put something into the outbox.
    pub fn outbox(&self) -> watch::Receiver<u64> {
        self.0.outbox.subscribe()
    }

    /// Runs a unit of work: all of it is committed when it returns `Ok`, nothing otherwise.
    ///
    /// `work` gets the transaction and the input by reference, and may be run again on
    /// PostgreSQL, so it must have no effect but through the transaction (mail and other outgoing
    /// effects are rows in the outbox). When this returns `Ok`, the work is on disk.
    ///
    /// ```ignore
    /// db.write((person, name), |tx, (person, name)| Box::pin(async move {
    ///     store::RENAME.bind(*person).bind(name.as_str()).run(tx).await?;
    ///     Ok(())
    /// })).await
    /// ```
    pub fn write<'d, I, T, E, F>(&'d self, input: I, work: F) -> BoxFuture<'d, Result<T, E>>
    where
        I: Send + Sync + 'static,
        T: Send + 'static,
        E: From<DbError> + Send + 'static,
        F: for<'t> Fn(&'t mut Tx, &'t I) -> Work<'t, T, E> + Send + Sync + 'static,
    {
        match &self.0.pools {
            Pools::Lite { writer, .. } => Box::pin(writer.write(input, work)),
            Pools::Pg(pool) => Box::pin(async move {
                let mut unit = Unit {
                    input,
                    work,
                    result: None,
                };
                self.transaction(pool, &mut unit).await?;
                unit.result.unwrap_or(Err(DbError::Closed.into()))
            }),
        }
    }

    /// Runs a unit of work in a transaction on PostgreSQL, again if need be. `Ok` where what it gave
    /// last holds: committed, or an error of its own.
    async fn transaction(&self, pool: &PgPool, unit: &mut dyn Trial) -> Result<(), DbError> {
        let mut tries = 0;
        loop {
            tries += 1;
            let begun = match pool.begin().await {
                Ok(begun) => begun,
                // A connection that died unused: nothing was done on it, the next may live.
                Err(sqlx::Error::Io(_)) if tries < MAX_TRIES => continue,
                Err(error) => return Err(DbError::from_sqlx(error)),
            };
            let mut tx = Tx {
                conn: Conn::new(TxConn::Pg(begun)),
                constraints: self.0.constraints.clone(),
                retry: false,
                wakes_outbox: false,
            };
            let kept = unit.run(&mut tx).await;
            let (wakes, mut retry) = (tx.wakes_outbox, tx.retry);
            let TxConn::Pg(begun) = tx.conn.take() else {
                return Err(DbError::Closed);
            };
            let ended = if kept {
                begun.commit().await.map_err(DbError::from_sqlx)
            } else {
                drop(begun);
                Ok(())
            };
            match ended {
                Ok(()) if kept => {
                    if wakes {
                        self.0.outbox.send_modify(|count| *count += 1);
                    }
                    return Ok(());
                }
                Ok(()) => {}
                Err(error) => {
                    retry = error.is_transient();
                    if !retry {
                        return Err(error);
                    }
                }
            }
            if !retry {
                return Ok(());
            }
            if tries == MAX_TRIES {
                return Err(DbError::Busy);
            }
            // Tries spread out by themselves: each waits for a different row lock.
            tokio::time::sleep(Duration::from_millis(5 << tries)).await;
        }
    }

    /// True when the database answers.
    pub async fn ping(&self) -> Result<(), DbError> {
        match &self.0.pools {
            Pools::Lite { reads, .. } => sqlx::query("select 1").execute(reads).await.map(drop),
            Pools::Pg(pool) => sqlx::query("select 1").execute(pool).await.map(drop),
        }
        .map_err(DbError::from_sqlx)
    }

    /// Bytes that the database takes, without its log.
    pub async fn size(&self) -> Result<i64, DbError> {
        use sqlx::Row as _;
        match &self.0.pools {
            Pools::Lite { reads, .. } => sqlx::query(
                "select page_count * page_size from pragma_page_count, pragma_page_size",
            )
            .fetch_one(reads)
            .await
            .map(|row| row.get(0)),
            Pools::Pg(pool) => sqlx::query("select pg_database_size(current_database())")
                .fetch_one(pool)
                .await
                .map(|row| row.get(0)),
        }
        .map_err(DbError::from_sqlx)
    }

    /// Lets the writer finish what is queued, then closes all connections.
    pub async fn close(&self) {
        match &self.0.pools {
            Pools::Lite { reads, writer } => {
                writer.close().await;
                reads.close().await;
            }
            Pools::Pg(pool) => pool.close().await,
        }
    }

    /// Writes a consistent copy of an SQLite database to `path` while it runs. `None` on
    /// PostgreSQL, which has `pg_dump`.
    pub async fn snapshot_sqlite(&self, path: &str) -> Result<Option<()>, DbError> {
        match &self.0.pools {
            Pools::Lite { reads, .. } => {
                let mut conn = reads.acquire().await.map_err(DbError::from_sqlx)?;
                // The copy is another file, but SQLite counts writing it as a write.
                for (statement, argument) in [
                    ("pragma query_only = 0", None),
                    ("vacuum into $1", Some(path)),
                    ("pragma query_only = 1", None),
                ] {
                    let mut query = sqlx::query(statement);
                    if let Some(argument) = argument {
                        query = query.bind(argument);
                    }
                    query
                        .execute(&mut *conn)
                        .await
                        .map_err(DbError::from_sqlx)?;
                }
                Ok(Some(()))
            }
            Pools::Pg(_) => Ok(None),
        }
    }

    /// Prepares a registered query without running it: the checked macros' safety, on both
    /// engines, as a test.
    pub async fn prepare(&self, query: &'static Query) -> Result<(), DbError> {
        use sqlx::{Executor, SqlSafeStr};
        match &self.0.pools {
            Pools::Lite { reads, .. } => {
                let mut conn = reads.acquire().await.map_err(DbError::from_sqlx)?;
                conn.prepare(query.lite().into_sql_str()).await.map(drop)
            }
            Pools::Pg(pool) => {
                let mut conn = pool.acquire().await.map_err(DbError::from_sqlx)?;
                conn.prepare(query.pg().into_sql_str()).await.map(drop)
            }
        }
        .map_err(DbError::from_sqlx)
    }

    /// The tables as `table.column` names, sorted: what the two engines' migrations must agree on.
    pub async fn columns(&self) -> Result<Vec<String>, DbError> {
        use sqlx::Row as _;
        let rows: Vec<String> = match &self.0.pools {
            Pools::Lite { reads, .. } => sqlx::query(
                "select m.name || '.' || c.name as n from sqlite_master m \
                 join pragma_table_info(m.name) c where m.type = 'table' order by 1",
            )
            .fetch_all(reads)
            .await
            .map_err(DbError::from_sqlx)?
            .iter()
            .map(|r| r.get(0))
            .collect(),
            Pools::Pg(pool) => sqlx::query(
                "select (c.table_name || '.' || c.column_name)::text as n \
                 from information_schema.columns c join information_schema.tables t \
                   on t.table_schema = c.table_schema and t.table_name = c.table_name \
                 where c.table_schema = 'public' and t.table_type = 'BASE TABLE'",
            )
            .fetch_all(pool)
            .await
            .map_err(DbError::from_sqlx)?
            .iter()
            .map(|r| r.get(0))
            .collect(),
        };
        let mut names: Vec<String> = rows
            .into_iter()
            // The index over texts is SQLite's own affair: triggers keep it.
            .filter(|n| {
                let own = ["sqlite_", "_sqlx_migrations", "search_text"];
                !own.iter().any(|prefix| n.starts_with(prefix))
            })
            .collect();
        names.sort();
        Ok(names)
    }
}
