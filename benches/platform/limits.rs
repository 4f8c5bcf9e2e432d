//! What the databases do at best with the same rows and nothing around them: no HTTP, no fold, no
//! question asked before a write. A commit writes what one of ours leaves behind: nine entries of
//! a journal, a session's and an attempt's row with its state, a learner's progress and a step of
//! the history; as many commits share a transaction as there are connections.

use std::path::Path;
use std::str::FromStr;
use std::time::Instant;

use serde_json::{Value, json};
use sqlx::sqlite::{SqliteConnectOptions, SqliteJournalMode, SqliteSynchronous};
use sqlx::{AssertSqlSafe, ConnectOptions, Connection, Executor, PgConnection, SqliteConnection};

use super::journal::{ENTRIES, suspend};
use super::span;

const TABLES: &str = "create table attempt (id bigint primary key, state text not null, outcome text not null, folded bigint);
    create table session (id bigint primary key, last_seq bigint, last_at bigint, diagnosis text);
    create table journal (session bigint, seq bigint, at bigint, received_at bigint, entry text not null, position bigint, primary key (session, seq));
    create table progress (person bigint primary key, state text, progress double precision, score double precision, updated_at bigint);
    create table progress_change (id bigint primary key, person bigint, at bigint, state text, score double precision);";

/// The rows of one commit.
fn rows(session: usize, round: u64) -> (Vec<Value>, Value) {
    let entries = (0..ENTRIES as u64).map(|n| {
        let seq = round * ENTRIES as u64 + n;
        let entry = match n {
            7 => json!({"seq": seq, "at": seq * 10, "call": "LMSSetValue", "args": ["cmi.suspend_data", suspend(seq)], "result": "true", "error": 0}),
            _ => json!({"seq": seq, "at": seq * 10, "call": "LMSSetValue", "args": ["cmi.core.lesson_location", "page"], "result": "true", "error": 0}),
        };
        json!({"session": session, "seq": seq, "at": seq, "entry": entry.to_string()})
    });
    let state = json!({
        "id": session, "seq": round * ENTRIES as u64, "at": round,
        // About what an attempt with one SCO serialises to.
        "state": format!("{}{}", suspend(round), "s".repeat(1300)), "outcome": "{\"state\":\"in-progress\",\"progress\":0.5}",
        "change": round * 1000 + session as u64, "score": (round % 100) as f64 / 100.0,
    });
    (entries.collect(), state)
}

const SQLITE: [&str; 5] = [
    "insert into journal (session, seq, at, received_at, entry, position) select e.value ->> 'session', e.value ->> 'seq', e.value ->> 'at', 0, e.value ->> 'entry', 0 from json_each($1) e",
    "insert into session (id, last_seq, last_at, diagnosis) select e.value ->> 'id', e.value ->> 'seq', e.value ->> 'at', '[]' from json_each($1) e where true on conflict (id) do update set last_seq = excluded.last_seq, last_at = excluded.last_at",
    "insert into attempt (id, state, outcome, folded) select e.value ->> 'id', e.value ->> 'state', e.value ->> 'outcome', e.value ->> 'seq' from json_each($1) e where true on conflict (id) do update set state = excluded.state, outcome = excluded.outcome, folded = excluded.folded",
    "insert into progress (person, state, progress, score, updated_at) select e.value ->> 'id', 'in-progress', 0.5, e.value ->> 'score', e.value ->> 'at' from json_each($1) e where true on conflict (person) do update set score = excluded.score, updated_at = excluded.updated_at",
    "insert into progress_change (id, person, at, state, score) select e.value ->> 'change', e.value ->> 'id', e.value ->> 'at', 'in-progress', e.value ->> 'score' from json_each($1) e",
];

/// Commits a second on SQLite in groups, each synced.
pub async fn sqlite(folder: &Path, group: usize) -> f64 {
    let file = folder.join(format!("limit{group}.db"));
    let mut conn: SqliteConnection = SqliteConnectOptions::new()
        .filename(&file)
        .create_if_missing(true)
        .journal_mode(SqliteJournalMode::Wal)
        .synchronous(SqliteSynchronous::Full)
        .connect()
        .await
        .expect("a database");
    conn.execute(TABLES).await.expect("tables");
    let (begun, mut round) = (Instant::now(), 0);
    while begun.elapsed() < span() {
        let (entries, states) = group_of(group, round);
        conn.execute(sqlx::query("begin immediate"))
            .await
            .expect("begun");
        for (statement, list) in SQLITE
            .into_iter()
            .zip([&entries, &states, &states, &states, &states])
        {
            let query = sqlx::query(statement).bind(list.clone());
            conn.execute(query).await.expect("written");
        }
        conn.execute(sqlx::query("commit")).await.expect("synced");
        round += 1;
    }
    (round * group as u64) as f64 / begun.elapsed().as_secs_f64()
}

/// The entries and the states of a group as JSON lists.
fn group_of(group: usize, round: u64) -> (String, String) {
    let (mut entries, mut states) = (Vec::new(), Vec::new());
    for session in 0..group {
        let (rows, state) = rows(session, round);
        entries.extend(rows);
        states.push(state);
    }
    (
        Value::Array(entries).to_string(),
        Value::Array(states).to_string(),
    )
}

/// A database of its own on the server.
pub async fn fresh_postgres(server: &str) -> String {
    let mut admin = PgConnection::connect(&format!("{server}/postgres"))
        .await
        .expect("the PostgreSQL server");
    let name = format!("halqa_bench_{}", std::process::id());
    for statement in [
        format!("drop database if exists {name}"),
        format!("create database {name}"),
    ] {
        admin
            .execute(AssertSqlSafe(statement))
            .await
            .expect("a database");
    }
    format!("{server}/{name}")
}

/// Commits a second on PostgreSQL: single rows of 1.4 kB, a transaction each, from so many
/// connections.
pub async fn postgres(server: &str, connections: usize) -> f64 {
    let url = format!("{server}/postgres");
    let options = sqlx::postgres::PgConnectOptions::from_str(&url).expect("an address");
    let mut admin = options.connect().await.expect("the server");
    admin.execute("drop table if exists halqa_limit; create table halqa_limit (id bigserial primary key, entry text not null)").await.expect("a table");
    let begun = Instant::now();
    let tasks: Vec<_> = (0..connections)
        .map(|_| {
            let options = options.clone();
            tokio::spawn(async move {
                let mut conn = options.connect().await.expect("a connection");
                let mut done = 0_u64;
                while begun.elapsed() < span() {
                    let query = sqlx::query("insert into halqa_limit (entry) values ($1)")
                        .bind(suspend(done));
                    conn.execute(query).await.expect("written");
                    done += 1;
                }
                done
            })
        })
        .collect();
    let mut done = 0;
    for task in tasks {
        done += task.await.expect("a connection");
    }
    let rate = done as f64 / begun.elapsed().as_secs_f64();
    admin.execute("drop table halqa_limit").await.expect("gone");
    rate
}
