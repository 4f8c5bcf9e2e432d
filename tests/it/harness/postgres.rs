//! A PostgreSQL database per test, on the server that `scripts/test` started.

use std::sync::atomic::{AtomicU32, Ordering};

use sqlx::PgConnection;

use super::ready;

static NEXT: AtomicU32 = AtomicU32::new(0);

/// Makes an empty database and gives its address.
///
/// A missing server is a failure, not a skipped test: the other engine is half of the promise.
pub async fn fresh() -> String {
    let (server, mut admin) = admin().await;
    made(&server, &mut admin, "template1").await
}

/// Makes a database with every table and gives its address.
pub async fn migrated() -> String {
    let (server, mut admin) = admin().await;
    let template = ready::postgres(&server, &mut admin).await;
    made(&server, &mut admin, &template).await
}

async fn admin() -> (String, PgConnection) {
    let server = std::env::var("HALQA_TEST_POSTGRES").expect(
        "HALQA_TEST_POSTGRES names no server: run `source scripts/test-postgres`, \
         or set HALQA_TEST_ENGINES=sqlite",
    );
    let admin = <PgConnection as sqlx::Connection>::connect(&format!("{server}/postgres"))
        .await
        .expect("the test PostgreSQL server");
    (server, admin)
}

async fn made(server: &str, admin: &mut PgConnection, template: &str) -> String {
    let number = NEXT.fetch_add(1, Ordering::Relaxed);
    let name = format!("halqa_{}_{number}", std::process::id());
    ready::run(
        admin,
        format!("drop database if exists {name} with (force)"),
    )
    .await;
    ready::run(admin, format!("create database {name} template {template}")).await;
    format!("{server}/{name}")
}
