//! Asked to stop in the middle of its work: what is under way is finished, the writer drains, and
//! the program ends well.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use super::Dice;
use super::load::Scene;
use super::server::Ground;
use crate::harness::{On, wanted};

async fn stops(engine: On) {
    let dice = Arc::new(Dice::new());
    let ground = Ground::on(engine).await;
    let scene = Arc::new(Scene::set(&ground).await);
    let ledger = scene.ledger();
    let server = Arc::new(ground.serve().await);
    scene.add_seminar(&server).await;
    let stop = Arc::new(AtomicBool::new(false));

    // An upload over a poor line: its second half comes after the signal.
    let zip = crate::catalogue::simple("Une longue ligne");
    let (first, second) = zip.split_at(zip.len() / 2);
    let (half, later) = (first.to_vec(), second.to_vec());
    let (go, gone) = tokio::sync::oneshot::channel::<()>();
    let (begun, has_begun) = tokio::sync::oneshot::channel::<()>();
    let body = futures::stream::unfold(
        (0, Some(half), Some(later), Some(gone), Some(begun)),
        |(step, mut half, mut later, mut gone, mut begun)| async move {
            match step {
                0 => Some((
                    Ok::<_, std::io::Error>(half.take()?),
                    (1, half, later, gone, begun),
                )),
                1 => {
                    let _ = begun.take()?.send(());
                    let _ = gone.take()?.await;
                    Some((Ok(later.take()?), (2, half, later, gone, begun)))
                }
                _ => None,
            }
        },
    );
    let upload = tokio::spawn(
        scene
            .upload(&server, reqwest::Body::wrap_stream(body))
            .send(),
    );
    has_begun.await.expect("the upload has begun");

    let load = {
        let (scene, server, ledger) = (scene.clone(), server.clone(), ledger.clone());
        let (stop, dice) = (stop.clone(), dice.clone());
        tokio::spawn(async move { scene.load(&server, &ledger, &stop, &dice).await })
    };
    while ledger.lock().await.sessions.values().any(|a| a.acked == 0) {
        assert!(!load.is_finished(), "the load ended before the server did");
        tokio::time::sleep(Duration::from_millis(5)).await;
    }
    server.terminate();
    go.send(()).expect("the second half");
    let answer = upload.await.expect("sent").expect("an answer");
    assert_eq!(answer.status(), 201, "{}", answer.text().await.unwrap());
    // Nobody answers any more, sooner or later.
    load.await.expect("the load ends by itself");
    stop.store(true, Ordering::Relaxed);
    let server = Arc::into_inner(server).expect("nobody else asks");
    let status = server.ended().await;
    assert!(status.success(), "{status}");

    scene.check_ground(&ground).await;
    let server = ground.serve().await;
    scene.check(&ground, &server, &ledger).await;
}

#[rocket::async_test]
async fn what_is_under_way_is_finished_sqlite() {
    if wanted("sqlite") {
        stops(On::Sqlite).await;
    }
}

#[rocket::async_test]
async fn what_is_under_way_is_finished_postgres() {
    if wanted("postgres") {
        stops(On::Postgres).await;
    }
}
