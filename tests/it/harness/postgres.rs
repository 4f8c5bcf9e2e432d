//! A fresh PostgreSQL database per test, on the server that `scripts/test` started.

use std::sync::atomic::{AtomicU32, Ordering};

use sqlx::{AssertSqlSafe, Connection, Executor, PgConnection};

static NEXT: AtomicU32 = AtomicU32::new(0);

/// Makes a database and gives its address.
///
/// A missing server is a failure, not a skipped test: the other engine is half of the promise.
pub async fn fresh() -> String {
    let server = std::env::var("HALQA_TEST_POSTGRES").expect(
        "HALQA_TEST_POSTGRES names no server: run `source scripts/test-postgres`, \
         or set HALQA_TEST_ENGINES=sqlite",
    );
    let number = NEXT.fetch_add(1, Ordering::Relaxed);
    let name = format!("halqa_{}_{number}", std::process::id());
    let mut admin = PgConnection::connect(&format!("{server}/postgres"))
        .await
        .expect("the test PostgreSQL server");
    admin
        .execute(AssertSqlSafe(format!(
            "drop database if exists {name} with (force)"
        )))
        .await
        .expect("an old database goes");
    admin
        .execute(AssertSqlSafe(format!("create database {name}")))
        .await
        .expect("a new database comes");
    format!("{server}/{name}")
}
