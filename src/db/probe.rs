//! Looks at a database as it is, without changing anything: what `halqa check` tells operators.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::str::FromStr;
use std::time::Duration;

use sqlx::postgres::{PgConnectOptions, PgConnection};
use sqlx::sqlite::SqliteConnectOptions;
use sqlx::{AssertSqlSafe, ConnectOptions, Connection, Row as _};

use super::{Engine, migrate};

/// What was seen.
#[derive(Debug)]
pub struct Probe {
    /// Which engine.
    pub engine: Engine,
    /// The server's version, as it says.
    pub version: String,
    /// The schema against this program's.
    pub schema: Schema,
    /// What is wrong, by its code.
    pub faults: Vec<Fault>,
    /// The database's clock minus ours, in microseconds; `None` where it has none of its own.
    pub clock_ahead: Option<i64>,
}

/// The schema against this program's.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Schema {
    /// Nothing there yet.
    Empty,
    /// So many migrations are still to be made.
    Behind(usize),
    /// The same.
    Current,
    /// A newer program has been here.
    Ahead,
}

/// Something wrong with a database.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Fault {
    /// SQLite: a table or an index is damaged; what the engine says.
    Damaged(String),
    /// A setting under which a write that was answered can be lost: its name.
    Unsafe(&'static str),
    /// The text encoding is another one than UTF-8.
    Encoding(String),
    /// The server is too old: it must be this major version at least.
    TooOld(u32),
}

/// The oldest PostgreSQL that the tests run on.
const OLDEST_POSTGRES: u32 = 13;

/// Looks at the database at `url`. `Err`: it cannot be reached or opened, and why.
pub async fn probe(url: &str, now_micros: i64) -> Result<Probe, String> {
    if url.starts_with("postgres:") || url.starts_with("postgresql:") {
        let options = PgConnectOptions::from_str(url).map_err(|e| e.to_string())?;
        let connect = tokio::time::timeout(Duration::from_secs(10), options.connect());
        let mut conn = connect
            .await
            .map_err(|_| "no answer in ten seconds".to_owned())?
            .map_err(|e| e.to_string())?;
        let seen = postgres(&mut conn, now_micros)
            .await
            .map_err(|e| e.to_string());
        let _ = conn.close().await;
        return seen;
    }
    sqlite(&sqlite_path(url)).await.map_err(|e| e.to_string())
}

/// The file of an SQLite address.
pub fn sqlite_path(url: &str) -> PathBuf {
    let path = url.strip_prefix("sqlite:").unwrap_or(url);
    PathBuf::from(path.strip_prefix("//").unwrap_or(path))
}

async fn sqlite(path: &Path) -> Result<Probe, sqlx::Error> {
    let mut seen = Probe {
        engine: Engine::Sqlite,
        version: String::new(),
        schema: Schema::Empty,
        faults: Vec::new(),
        clock_ahead: None,
    };
    if !path.exists() {
        return Ok(seen);
    }
    let mut conn = SqliteConnectOptions::new()
        .filename(path)
        .read_only(true)
        .busy_timeout(Duration::from_secs(10))
        .connect()
        .await?;
    seen.version = sqlx::query("select sqlite_version()")
        .fetch_one(&mut conn)
        .await?
        .get(0);
    for (statement, good) in [
        ("pragma quick_check(5)", "ok"),
        ("pragma foreign_key_check", ""),
    ] {
        let rows = sqlx::query(statement).fetch_all(&mut conn).await?;
        let said = rows.iter().map(|row| row.get::<String, _>(0));
        let bad: Vec<String> = said.filter(|text| text != good).collect();
        if !bad.is_empty() {
            seen.faults.push(Fault::Damaged(bad.join("; ")));
        }
    }
    let known = migrate::versions("sqlite");
    let has = "select count(*) from sqlite_master where name = '_sqlx_migrations'";
    let has: i64 = sqlx::query(has).fetch_one(&mut conn).await?.get(0);
    if has > 0 {
        let rows = sqlx::query(APPLIED).fetch_all(&mut conn).await?;
        seen.schema = compare(&known, rows.iter().map(|row| row.get(0)));
    }
    let _ = conn.close().await;
    Ok(seen)
}

const APPLIED: &str = "select version from _sqlx_migrations where success";

async fn postgres(conn: &mut PgConnection, now_micros: i64) -> Result<Probe, sqlx::Error> {
    let theirs = sqlx::query(
        "select cast(extract(epoch from clock_timestamp()) * 1000000 as bigint), \
         current_setting('server_version'), current_setting('server_version_num')::bigint, \
         current_setting('server_encoding'), \
         to_regclass('_sqlx_migrations') is not null",
    )
    .fetch_one(&mut *conn)
    .await?;
    let mut seen = Probe {
        engine: Engine::Postgres,
        version: theirs.get(1),
        schema: Schema::Empty,
        faults: Vec::new(),
        clock_ahead: Some(theirs.get::<i64, _>(0) - now_micros),
    };
    if theirs.get::<i64, _>(2) / 10_000 < i64::from(OLDEST_POSTGRES) {
        seen.faults.push(Fault::TooOld(OLDEST_POSTGRES));
    }
    let encoding: String = theirs.get(3);
    if encoding != "UTF8" {
        seen.faults.push(Fault::Encoding(encoding));
    }
    for setting in ["fsync", "synchronous_commit", "full_page_writes"] {
        let statement = AssertSqlSafe(format!("select current_setting('{setting}')"));
        let value: String = sqlx::query(statement).fetch_one(&mut *conn).await?.get(0);
        if value == "off" {
            seen.faults.push(Fault::Unsafe(setting));
        }
    }
    if theirs.get::<bool, _>(4) {
        let rows = sqlx::query(APPLIED).fetch_all(&mut *conn).await?;
        let known = migrate::versions("postgres");
        seen.schema = compare(&known, rows.iter().map(|row| row.get(0)));
    }
    Ok(seen)
}

fn compare(known: &BTreeSet<i64>, applied: impl Iterator<Item = i64>) -> Schema {
    let applied: BTreeSet<i64> = applied.collect();
    match (
        applied.difference(known).count(),
        known.difference(&applied).count(),
    ) {
        (0, 0) => Schema::Current,
        (0, missing) if missing == known.len() => Schema::Empty,
        (0, missing) => Schema::Behind(missing),
        _ => Schema::Ahead,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn schemas_are_told_apart() {
        let known = BTreeSet::from([1, 2, 3]);
        for (applied, schema) in [
            (vec![], Schema::Empty),
            (vec![1, 2], Schema::Behind(1)),
            (vec![1, 3], Schema::Behind(1)),
            (vec![1, 2, 3], Schema::Current),
            (vec![1, 2, 3, 4], Schema::Ahead),
        ] {
            assert_eq!(compare(&known, applied.into_iter()), schema);
        }
    }
}
