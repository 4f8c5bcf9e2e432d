//! T1: killed at random moments under mixed load; nothing that was answered is lost, nothing is
//! there twice or by half, and it is ready again at once.

use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};

use super::Dice;
use super::load::Scene;
use super::server::Ground;
use crate::harness::{On, wanted};

async fn kills(engine: On) {
    let kills: usize = std::env::var("HALQA_TORTURE_KILLS")
        .ok()
        .and_then(|text| text.parse().ok())
        .unwrap_or(3);
    let dice = Dice::new();
    let ground = Ground::on(engine).await;
    let scene = Scene::set(&ground).await;
    let ledger = scene.ledger();
    let mut server = ground.serve().await;
    scene.add_seminar(&server).await;
    let mut slowest = Duration::ZERO;
    for _ in 0..kills {
        let stop = AtomicBool::new(false);
        let moment = Duration::from_millis(dice.between(100, 900));
        {
            let load = scene.load(&server, &ledger, &stop, &dice);
            let _ = tokio::time::timeout(moment, load).await;
        }
        // The load was dropped in the middle of its requests, and the server with it.
        server.kill();
        let begun = Instant::now();
        server = ground.serve().await;
        slowest = slowest.max(begun.elapsed());
        scene.check(&ground, &server, &ledger).await;
        if ledger.lock().await.uploads.len() > 200 {
            // Known to be there; looking at each of them every time takes longer every time.
            ledger.lock().await.uploads.clear();
            ledger.lock().await.launches.clear();
        }
        stop.store(true, Ordering::Relaxed);
    }
    server.kill();
    scene.check_ground(&ground).await;
    let ledger = ledger.lock().await;
    let entries: u64 = ledger.sessions.values().map(|account| account.acked).sum();
    assert!(entries > 0, "nothing was ever acknowledged");
    let (statements, lessons) = ledger.settled;
    assert!(
        statements > 0,
        "no batch of statements was ever acknowledged"
    );
    println!(
        "{kills} kills, {entries} entries and {statements} statements acknowledged, {lessons} lessons taken, 0 lost; slowest start {slowest:?}"
    );
}

#[rocket::async_test]
async fn nothing_acknowledged_is_lost_sqlite() {
    if wanted("sqlite") {
        kills(On::Sqlite).await;
    }
}

#[rocket::async_test]
async fn nothing_acknowledged_is_lost_postgres() {
    if wanted("postgres") {
        kills(On::Postgres).await;
    }
}
