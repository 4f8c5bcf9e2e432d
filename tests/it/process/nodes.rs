//! T6: two servers on one database and storage; learners go through both, one is killed, and
//! neither is anything lost nor counted twice.

use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use super::Dice;
use super::load::Scene;
use super::server::Ground;
use crate::harness::{On, wanted};

#[rocket::async_test]
async fn one_of_two_nodes_dies() {
    if !wanted("postgres") {
        return;
    }
    let dice = Dice::new();
    let ground = Ground::on(On::Postgres).await;
    let scene = Scene::set(&ground).await;
    let ledger = scene.ledger();
    let (first, second) = (ground.serve().await, ground.serve().await);
    scene.add_seminar(&first).await;
    {
        let stop = AtomicBool::new(false);
        let servers = [&first, &second];
        let learners = scene
            .learners
            .iter()
            .map(|learner| scene.learn(&servers, learner, &ledger, &stop, &dice));
        let all = futures::future::join(
            futures::future::join_all(learners),
            futures::future::join(
                scene.bustle(&first, &ledger, &stop, &dice),
                scene.bustle(&second, &ledger, &stop, &dice),
            ),
        );
        let _ = tokio::time::timeout(Duration::from_millis(1500), all).await;
    }
    second.kill();
    // Whoever was on the dead node asks the other one, again where no answer had come.
    let acked = async || {
        let ledger = ledger.lock().await;
        ledger
            .sessions
            .values()
            .map(|a| a.acked)
            .collect::<Vec<_>>()
    };
    let before = acked().await;
    {
        let stop = AtomicBool::new(false);
        let servers = [&first];
        let learners = scene
            .learners
            .iter()
            .map(|learner| scene.learn(&servers, learner, &ledger, &stop, &dice));
        let enough = async {
            while !acked()
                .await
                .iter()
                .zip(&before)
                .all(|(now, then)| now > then)
            {
                tokio::time::sleep(Duration::from_millis(5)).await;
            }
            stop.store(true, Ordering::Relaxed);
        };
        tokio::time::timeout(
            Duration::from_secs(30),
            futures::future::join(futures::future::join_all(learners), enough),
        )
        .await
        .expect("the other node goes on");
    }
    scene.check(&ground, &first, &ledger).await;
    first.kill();
    scene.check_ground(&ground).await;
}
