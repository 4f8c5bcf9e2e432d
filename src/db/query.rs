//! Registered queries, their arguments, and running them on either engine.

use std::pin::Pin;
use std::sync::OnceLock;
use std::task::{Context, Poll, ready};

use futures::future::BoxFuture;
use serde_json::Value;
use uuid::Uuid;

use super::error::ConstraintNames;
use super::{DbError, FromRow, On, Row, TxConn};

/// One statement of SQL, registered by [`queries!`] in a feature's `store.rs`.
///
/// The text is common to both engines (`$1`, `on conflict`, `returning`, `count(*) filter`, common
/// table expressions); a second text exists only where the engines truly differ. A list argument is
/// written `in uuids($1)`, `in texts($1)` or `in ints($1)` and becomes each engine's own form.
pub struct Query {
    /// The constant's name, for traces and the prepare test.
    pub name: &'static str,
    lite: &'static str,
    pg: &'static str,
    lite_text: OnceLock<&'static str>,
    pg_text: OnceLock<&'static str>,
}

impl Query {
    #[doc(hidden)]
    pub const fn new(name: &'static str, lite: &'static str, pg: &'static str) -> Self {
        Query {
            name,
            lite,
            pg,
            lite_text: OnceLock::new(),
            pg_text: OnceLock::new(),
        }
    }

    /// The text SQLite runs.
    pub fn lite(&self) -> &'static str {
        self.lite_text.get_or_init(|| {
            expand(self.lite, |kind, parameter| match kind {
                "uuids" => format!("(select unhex(value) from json_each({parameter}))"),
                _ => format!("(select value from json_each({parameter}))"),
            })
        })
    }

    /// The text PostgreSQL runs.
    pub fn pg(&self) -> &'static str {
        self.pg_text.get_or_init(|| {
            expand(self.pg, |kind, parameter| {
                let list = match kind {
                    "uuids" => "uuid[]",
                    "ints" => "bigint[]",
                    _ => "text[]",
                };
                format!("(select unnest(cast({parameter} as {list})))")
            })
        })
    }

    /// Binds the first argument (`$1`).
    pub fn bind(&'static self, arg: impl Into<Arg>) -> Bound {
        self.bound().bind(arg)
    }

    /// Runs the query without arguments, giving all rows.
    pub fn all<'a, T: FromRow>(&'static self, on: impl Into<On<'a>>) -> Reading<'a, Vec<T>> {
        self.bound().all(on)
    }

    /// Runs the query without arguments, giving the first row or nothing.
    pub fn optional<'a, T: FromRow>(
        &'static self,
        on: impl Into<On<'a>>,
    ) -> Reading<'a, Option<T>> {
        self.bound().optional(on)
    }

    /// Runs the query without arguments; [`DbError::NotFound`] when it gives no row.
    pub fn one<'a, T: FromRow>(&'static self, on: impl Into<On<'a>>) -> Reading<'a, T> {
        self.bound().one(on)
    }

    /// Runs the statement without arguments; gives the number of rows it changed.
    pub fn run<'a>(&'static self, on: impl Into<On<'a>>) -> BoxFuture<'a, Result<u64, DbError>> {
        self.bound().run(on)
    }

    fn bound(&'static self) -> Bound {
        Bound {
            query: self,
            args: Vec::with_capacity(8),
        }
    }
}

/// Rewrites `uuids($n)`, `texts($n)` and `ints($n)`. Done once per query and kept for the life of
/// the process, so the leaked text is bounded by the registry.
fn expand(text: &'static str, list: impl Fn(&str, &str) -> String) -> &'static str {
    let mut out = String::new();
    let mut rest = text;
    'scan: loop {
        let next = ["uuids(", "texts(", "ints("]
            .iter()
            .filter_map(|kind| rest.find(&format!("in {kind}")).map(|at| (at + 3, *kind)))
            .min();
        let Some((at, kind)) = next else {
            out.push_str(rest);
            break 'scan;
        };
        out.push_str(&rest[..at]);
        let after = &rest[at + kind.len()..];
        let end = after.find(')').unwrap_or(after.len());
        out.push_str(&list(kind.trim_end_matches('('), &after[..end]));
        rest = after.get(end + 1..).unwrap_or("");
    }
    if out == text { text } else { out.leak() }
}

/// Declares a feature's queries and the list by which they are registered.
///
/// ```ignore
/// queries! {
///     /// The person who signs in with this address.
///     PERSON_BY_EMAIL = "select id, name from person where email = $1";
///     FOUND = lite "… match $1", pg "… @@ plainto_tsquery($1)";
/// }
/// ```
macro_rules! queries {
    (@static $(#[$meta:meta])* $name:ident, $lite:expr, $pg:expr) => {
        $(#[$meta])*
        pub(super) static $name: $crate::db::Query =
            $crate::db::Query::new(stringify!($name), $lite, $pg);
    };
    (@munch [$($done:ident)*]) => {
        /// Every query of this feature.
        pub(crate) static QUERIES: &[&$crate::db::Query] = &[$(&$done),*];
    };
    (@munch [$($done:ident)*] $(#[$meta:meta])* $name:ident = lite $lite:expr, pg $pg:expr; $($rest:tt)*) => {
        $crate::db::queries!(@static $(#[$meta])* $name, $lite, $pg);
        $crate::db::queries!(@munch [$($done)* $name] $($rest)*);
    };
    (@munch [$($done:ident)*] $(#[$meta:meta])* $name:ident = $text:expr; $($rest:tt)*) => {
        $crate::db::queries!(@static $(#[$meta])* $name, $text, $text);
        $crate::db::queries!(@munch [$($done)* $name] $($rest)*);
    };
    ($($rest:tt)*) => {
        $crate::db::queries!(@munch [] $($rest)*);
    };
}
pub(crate) use queries;

/// An argument as both engines can take it; `None` is a typed null.
#[derive(Debug, Clone)]
pub enum Arg {
    /// integer / bigint
    Int(Option<i64>),
    /// real / double precision
    Real(Option<f64>),
    /// text
    Text(Option<String>),
    /// blob / uuid
    Uuid(Option<Uuid>),
    /// integer / boolean
    Bool(Option<bool>),
    /// text / jsonb
    Json(Option<Value>),
    /// blob / bytea
    Bytes(Option<Vec<u8>>),
    /// JSON array of hex / uuid[]
    Uuids(Vec<Uuid>),
    /// JSON array / text[]
    Texts(Vec<String>),
    /// JSON array / bigint[]
    Ints(Vec<i64>),
}

macro_rules! arg_from {
    ($($type:ty => $variant:ident($convert:expr)),* $(,)?) => {$(
        impl From<$type> for Arg {
            fn from(value: $type) -> Self {
                let convert = $convert;
                Arg::$variant(Some(convert(value)))
            }
        }
        impl From<Option<$type>> for Arg {
            fn from(value: Option<$type>) -> Self {
                Arg::$variant(value.map($convert))
            }
        }
    )*};
}

arg_from! {
    i64 => Int(|v| v),
    i32 => Int(i64::from),
    u32 => Int(i64::from),
    f64 => Real(|v| v),
    String => Text(|v| v),
    &str => Text(|v: &str| v.to_owned()),
    &String => Text(|v: &String| v.clone()),
    Uuid => Uuid(|v| v),
    bool => Bool(|v| v),
    Value => Json(|v| v),
    Vec<u8> => Bytes(|v| v),
    crate::clock::Timestamp => Int(|v: crate::clock::Timestamp| v.micros()),
}

impl From<Vec<Uuid>> for Arg {
    fn from(value: Vec<Uuid>) -> Self {
        Arg::Uuids(value)
    }
}
impl From<Vec<String>> for Arg {
    fn from(value: Vec<String>) -> Self {
        Arg::Texts(value)
    }
}
impl From<Vec<i64>> for Arg {
    fn from(value: Vec<i64>) -> Self {
        Arg::Ints(value)
    }
}

/// A query with its arguments, ready to run.
#[derive(Clone)]
pub struct Bound {
    query: &'static Query,
    args: Vec<Arg>,
}

/// A query under way, and how its rows are read.
///
/// Of one small type whatever is read: a future of its own for each struct and each caller would
/// have the compiler walk through the engines' connections thousands of times.
#[must_use = "a query runs when it is awaited"]
pub struct Reading<'a, T> {
    rows: BoxFuture<'a, Result<Vec<Row>, DbError>>,
    read: fn(&[Row]) -> Result<T, DbError>,
}

impl<T> Future for Reading<'_, T> {
    type Output = Result<T, DbError>;

    fn poll(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Self::Output> {
        let rows = ready!(self.rows.as_mut().poll(cx))?;
        Poll::Ready((self.read)(&rows))
    }
}

type LiteQuery = sqlx::query::Query<'static, sqlx::Sqlite, sqlx::sqlite::SqliteArguments>;
type PgQuery = sqlx::query::Query<'static, sqlx::Postgres, sqlx::postgres::PgArguments>;

impl Bound {
    /// Binds the next argument.
    pub fn bind(mut self, arg: impl Into<Arg>) -> Self {
        self.args.push(arg.into());
        self
    }

    /// All rows.
    pub fn all<'a, T: FromRow>(self, on: impl Into<On<'a>>) -> Reading<'a, Vec<T>> {
        Reading {
            rows: self.fetch(on.into()),
            read: |rows| rows.iter().map(T::from_row).collect(),
        }
    }

    /// The first row, or nothing.
    pub fn optional<'a, T: FromRow>(self, on: impl Into<On<'a>>) -> Reading<'a, Option<T>> {
        Reading {
            rows: self.fetch(on.into()),
            read: |rows| rows.first().map(T::from_row).transpose(),
        }
    }

    /// The first row; [`DbError::NotFound`] when there is none.
    pub fn one<'a, T: FromRow>(self, on: impl Into<On<'a>>) -> Reading<'a, T> {
        Reading {
            rows: self.fetch(on.into()),
            read: |rows| T::from_row(rows.first().ok_or(DbError::NotFound)?),
        }
    }

    /// Runs a statement; gives the number of rows it changed.
    pub fn run<'a>(self, on: impl Into<On<'a>>) -> BoxFuture<'a, Result<u64, DbError>> {
        Box::pin(self.execute(on.into()))
    }

    async fn execute(self, on: On<'_>) -> Result<u64, DbError> {
        let name = self.query.name;
        match on {
            On::LitePool(pool, names) => self
                .lite()
                .execute(pool)
                .await
                .map(|done| done.rows_affected())
                .map_err(|error| report(name, error, names)),
            On::PgPool(pool, names) => self
                .pg()
                .execute(pool)
                .await
                .map(|done| done.rows_affected())
                .map_err(|error| report(name, error, names)),
            On::Tx(tx) => {
                let result = match tx.conn.get() {
                    TxConn::Lite(conn) => self
                        .lite()
                        .execute(conn.as_mut())
                        .await
                        .map(|done| done.rows_affected()),
                    TxConn::Pg(conn) => self
                        .pg()
                        .execute(&mut **conn)
                        .await
                        .map(|done| done.rows_affected()),
                };
                result.map_err(|error| {
                    let error = report(name, error, &tx.constraints);
                    tx.retry |= error.is_transient();
                    error
                })
            }
        }
    }

    fn fetch(self, on: On<'_>) -> BoxFuture<'_, Result<Vec<Row>, DbError>> {
        Box::pin(self.fetched(on))
    }

    async fn fetched(self, on: On<'_>) -> Result<Vec<Row>, DbError> {
        let name = self.query.name;
        match on {
            On::LitePool(pool, names) => self
                .lite()
                .fetch_all(pool)
                .await
                .map(|rows| rows.into_iter().map(Row::Lite).collect())
                .map_err(|error| report(name, error, names)),
            On::PgPool(pool, names) => self
                .pg()
                .fetch_all(pool)
                .await
                .map(|rows| rows.into_iter().map(Row::Pg).collect())
                .map_err(|error| report(name, error, names)),
            On::Tx(tx) => {
                let result = match tx.conn.get() {
                    TxConn::Lite(conn) => self
                        .lite()
                        .fetch_all(conn.as_mut())
                        .await
                        .map(|rows| rows.into_iter().map(Row::Lite).collect()),
                    TxConn::Pg(conn) => self
                        .pg()
                        .fetch_all(&mut **conn)
                        .await
                        .map(|rows| rows.into_iter().map(Row::Pg).collect()),
                };
                result.map_err(|error| {
                    let error = report(name, error, &tx.constraints);
                    tx.retry |= error.is_transient();
                    error
                })
            }
        }
    }

    fn lite(self) -> LiteQuery {
        let mut query = sqlx::query(self.query.lite());
        for arg in self.args {
            query = match arg {
                Arg::Int(v) => query.bind(v),
                Arg::Real(v) => query.bind(v),
                Arg::Text(v) => query.bind(v),
                Arg::Uuid(v) => query.bind(v),
                Arg::Bool(v) => query.bind(v.map(i64::from)),
                Arg::Json(v) => query.bind(v.map(|v| v.to_string())),
                Arg::Bytes(v) => query.bind(v),
                Arg::Uuids(v) => query.bind(json_list(v.iter().map(|id| id.simple().to_string()))),
                Arg::Texts(v) => query.bind(json_list(v)),
                Arg::Ints(v) => query.bind(json_list(v)),
            };
        }
        query
    }

    fn pg(self) -> PgQuery {
        let mut query = sqlx::query(self.query.pg());
        for arg in self.args {
            query = match arg {
                Arg::Int(v) => query.bind(v),
                Arg::Real(v) => query.bind(v),
                Arg::Text(v) => query.bind(v),
                Arg::Uuid(v) => query.bind(v),
                Arg::Bool(v) => query.bind(v),
                Arg::Json(v) => query.bind(v),
                Arg::Bytes(v) => query.bind(v),
                Arg::Uuids(v) => query.bind(v),
                Arg::Texts(v) => query.bind(v),
                Arg::Ints(v) => query.bind(v),
            };
        }
        query
    }
}

fn json_list<V: Into<Value>>(values: impl IntoIterator<Item = V>) -> String {
    Value::Array(values.into_iter().map(Into::into).collect()).to_string()
}

fn report(name: &'static str, error: sqlx::Error, names: &ConstraintNames) -> DbError {
    let error = DbError::named(error, names);
    if let DbError::Other(reason) = &error {
        tracing::error!(query = name, %reason, "query failed");
    }
    error
}
