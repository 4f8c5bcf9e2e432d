//! The journal's promises: contiguous, once, kept, folded in one order, whoever serves.

use std::sync::Arc;

use halqa::App;
use halqa::ids::{SessionId, SystemEntropy};
use halqa::player::{journal::Batch, replay};
use halqa::progress;
use serde_json::json;

use super::{Seat, batch, module, seat};
use crate::harness::{World, both_engines};

/// The journal of a session through the API: the numbers, in order.
async fn numbers(world: &World, session: SessionId) -> Vec<u64> {
    let token = world.token(&["reports"]).await;
    let path = format!("/api/v1/sessions/{}/journal", session.0);
    let answer = crate::harness::send(crate::harness::As::bearer(world.get(&path), &token)).await;
    assert_eq!(answer.status.code, 200, "{}", answer.text);
    answer.json()["entries"]
        .as_array()
        .expect("entries")
        .iter()
        .map(|entry| entry["seq"].as_u64().expect("a number"))
        .collect()
}

/// What is stored is what a fresh fold of the journal gives.
async fn replays(world: &World, seat: &Seat) {
    let replay = replay::Replay::of(&world.app, seat.session, 0)
        .await
        .expect("a replay");
    assert!(replay.agrees, "{:?}", replay.outcome);
    let row = progress::of(&world.app, seat.person, seat.module)
        .await
        .expect("progress")
        .expect("a row");
    assert_eq!(row.score, replay.outcome.score);
}

fn parsed(batch: &serde_json::Value) -> Batch {
    serde_json::from_value(batch.clone()).expect("a batch")
}

/// The same platform on another node.
async fn another_node(world: &World) -> App {
    let config = (*world.app.config).clone();
    App::open_with(config, world.clock.clone(), Arc::new(SystemEntropy))
        .await
        .expect("another node")
}

both_engines! {
    async fn a_batch_is_taken_once_and_in_order(world: World) {
        let seat = seat(&world, &module(&world).await, "amel").await;
        let first = seat.post(&world, &batch(1..=5)).await;
        assert_eq!((first.status.code, first.json()["acked"].as_u64()), (200, Some(5)), "{}", first.text);
        let gap = seat.post(&world, &batch(8..=9)).await;
        assert_eq!((gap.status.code, gap.code().as_str()), (409, "journal-gap"));
        assert_eq!(gap.json()["expected"], 6);
        // Again, overlapping, and what follows.
        for (numbers, acked) in [(1..=5, 5), (2..=3, 5), (4..=7, 7), (1..=7, 7), (8..=8, 8)] {
            let answer = seat.post(&world, &batch(numbers)).await;
            assert_eq!((answer.status.code, answer.json()["acked"].as_u64()), (200, Some(acked)), "{}", answer.text);
        }
        // The first that came under a number stays.
        let mut other = batch(8..=9);
        other["entries"][0]["args"] = json!(["cmi.core.score.raw", "1"]);
        let conflict = seat.post(&world, &other).await;
        assert_eq!((conflict.status.code, conflict.code().as_str()), (409, "journal-conflict"));
        assert_eq!(numbers(&world, seat.session).await, (0..=8).collect::<Vec<_>>());
        replays(&world, &seat).await;
        // Nothing to say asks where things stand.
        let nothing = seat.post(&world, &json!({ "entries": [], "state": true })).await;
        assert_eq!(nothing.json()["acked"], 8);
        assert!(nothing.json()["state"]["activities"].is_array(), "{}", nothing.text);
    }

    /// A lost answer makes a browser send again, perhaps through another line at the same time.
    async fn the_same_batch_at_once_counts_once(world: World) {
        let seat = seat(&world, &module(&world).await, "amel").await;
        for from in [1, 11, 21] {
            let body = batch(from..=from + 9);
            let answers = futures::future::join_all((0..12).map(|_| seat.post(&world, &body))).await;
            for answer in answers {
                assert_eq!((answer.status.code, answer.json()["acked"].as_u64()), (200, Some(from + 9)), "{}", answer.text);
            }
        }
        assert_eq!(numbers(&world, seat.session).await, (0..=30).collect::<Vec<_>>());
        replays(&world, &seat).await;
    }

    async fn many_learners_at_once_each_keep_their_own(world: World) {
        let module = module(&world).await;
        let mut seats = Vec::new();
        for n in 0..24 {
            seats.push(seat(&world, &module, &format!("learner{n}")).await);
        }
        let before = world.app.player.figures();
        for round in 0..4_u64 {
            let body = batch(round * 5 + 1..=round * 5 + 5);
            let answers = futures::future::join_all(seats.iter().map(|seat| seat.post(&world, &body))).await;
            assert!(answers.iter().all(|answer| answer.status.code == 200));
        }
        let after = world.app.player.figures();
        assert_eq!(after.batches - before.batches, 4 * 24);
        assert_eq!(after.entries - before.entries, 4 * 24 * 5);
        assert!(after.groups - before.groups < 4 * 24, "{after:?}: batches share transactions");
        for seat in &seats {
            assert_eq!(numbers(&world, seat.session).await, (0..=20).collect::<Vec<_>>());
            replays(&world, seat).await;
        }
    }

    /// What a node remembers of a session is worth nothing once another node has written to it.
    async fn two_nodes_take_turns_on_one_session(world: World) {
        let seat = seat(&world, &module(&world).await, "amel").await;
        let other = another_node(&world).await;
        let nodes = [&world.app, &other];
        for turn in 0..8_u64 {
            let node = nodes[usize::from(turn % 3 == 1)];
            let body = batch(turn * 3 + 1..=turn * 3 + 3);
            let accepted = halqa::player::journal::accept(node, seat.pass, parsed(&body)).await.expect("accepted");
            assert_eq!(accepted.acked, turn * 3 + 3);
        }
        // Both at once with the same: once.
        let body = batch(25..=40);
        let (here, there) = futures::join!(
            halqa::player::journal::accept(&world.app, seat.pass, parsed(&body)),
            halqa::player::journal::accept(&other, seat.pass, parsed(&body)),
        );
        assert_eq!((here.expect("here").acked, there.expect("there").acked), (40, 40));
        assert_eq!(numbers(&world, seat.session).await, (0..=40).collect::<Vec<_>>());
        replays(&world, &seat).await;
        other.db.close().await;
    }

    /// A page loaded again opens another session, which counts from 1; what the first still sends
    /// is kept without counting, and its page is told.
    async fn a_page_loaded_again_takes_over(world: World) {
        let mut seat = seat(&world, &module(&world).await, "amel").await;
        assert_eq!(seat.post(&world, &batch(1..=6)).await.status.code, 200);
        let first = Seat { token: seat.token.clone(), ..seat };
        seat.token = first.pass.token(&world.app);
        let opened = seat.open(&world, "second").await;
        assert_eq!(opened.status.code, 200, "{}", opened.text);
        assert_ne!(seat.session, first.session);
        let answer = seat.post(&world, &batch(1..=3)).await;
        assert_eq!((answer.status.code, answer.json()["acked"].as_u64()), (200, Some(3)), "{}", answer.text);
        let late = first.post(&world, &batch(7..=8)).await;
        assert_eq!((late.status.code, late.code().as_str()), (409, "session-superseded"));
        assert_eq!(late.json()["acked"], 8);
        assert_eq!(numbers(&world, first.session).await, (0..=8).collect::<Vec<_>>());
        assert_eq!(numbers(&world, seat.session).await, (0..=3).collect::<Vec<_>>());
        replays(&world, &seat).await;
    }
}
