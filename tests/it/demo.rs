//! The demo community: loaded whole through the real use cases, kept, and never over other data.

use halqa::db::testing;
use halqa::demo::{self, ACCOUNTS, DemoError, Loaded, PASSWORD};
use halqa::seminars;
use rocket::http::Status;

use crate::harness::{World, both_engines, send};

fn silent(_: &str) {}

/// Whoever the fixtures register holds a seat, met the rule, and nobody else does; every door is
/// closed to the learner's account, and those who are invited to look see two that need one module.
async fn the_doors_hold(world: &World) {
    let fixtures: serde_json::Value =
        serde_json::from_str(include_str!("../../fixtures/demo/seminars.json")).expect("fixtures");
    let learner = seminars::learner(&world.app, "learner@halqa.example")
        .await
        .expect("the database")
        .expect("the learner");
    let mut closed_by_one = 0;
    for fixture in fixtures.as_array().expect("a list") {
        let slug = fixture["slug"].as_str().expect("a slug");
        let row = seminars::by_slug(&world.app, slug).await.expect(slug);
        let seats = seminars::seats(&world.app, row.id).await.expect("seats");
        let mut held: Vec<String> = seats.iter().filter_map(|s| s.email.clone()).collect();
        let mut wanted: Vec<String> =
            serde_json::from_value(fixture["registrations"].clone()).expect("addresses");
        held.sort();
        wanted.sort();
        assert_eq!(held, wanted, "{slug}");
        assert_eq!(row.taken as usize, wanted.len(), "{slug}");
        let need = fixture["rule"]["need"].as_u64().unwrap_or_default() as usize;
        for seat in &seats {
            let proofs = seat.evidence.as_array().map_or(0, Vec::len);
            assert!(proofs >= need, "{slug}: {:?} has no proof", seat.email);
        }
        let door = seminars::door_of(&world.app, &row, learner.id)
            .await
            .expect("a door");
        assert!(!door.verdict.eligible, "{slug} is open to the learner");
        closed_by_one += usize::from(door.verdict.missing() == 1);
    }
    assert!(closed_by_one >= 2, "two doors are one module away");
}

/// What the demo's people did is right by the standard: reading what was never set is the one error.
async fn the_lessons_make_no_mistake(world: &World) {
    let fixtures: serde_json::Value =
        serde_json::from_str(include_str!("../../fixtures/demo/seminars.json")).expect("fixtures");
    let registered = fixtures.as_array().expect("a list").iter().flat_map(|one| {
        let emails = one["registrations"].as_array().expect("addresses");
        emails
            .iter()
            .map(|email| email.as_str().expect("an address"))
    });
    let mut emails: Vec<&str> = ACCOUNTS.into_iter().chain(registered).collect();
    emails.sort_unstable();
    emails.dedup();
    let mut calls = 0;
    for email in emails {
        let person = seminars::learner(&world.app, email)
            .await
            .expect("the database")
            .expect(email);
        let journal = testing::journal_of(&world.app.db, person.id).await;
        for entry in journal.expect("the journal") {
            let told: serde_json::Value = serde_json::from_str(&entry.entry).expect("an entry");
            let error = told["error"].as_u64().unwrap_or_default();
            assert!(error == 0 || error == 403, "{email}: {told}");
            calls += usize::from(
                told["call"]
                    .as_str()
                    .is_some_and(|call| call.ends_with("SetValue")),
            );
        }
    }
    assert!(calls > 5_000, "{calls} calls");
}

both_engines! {
    async fn another_database_is_refused(world: World) {
        let id = world.app.ids.id();
        let now = world.now();
        world
            .app
            .db
            .write((id, now), |tx, (id, now)| {
                Box::pin(async move { testing::insert_person(tx, *id, "amel@example.org", *now).await })
            })
            .await
            .map_err(|error: halqa::db::DbError| error)
            .expect("arranged");
        for reset in [false, true] {
            let refused = demo::load(&world.app, reset, &silent).await;
            assert!(matches!(refused, Err(DemoError::Foreign)), "{refused:?}");
        }
    }

    async fn the_community_is_loaded_once_and_kept(world: World) {
        assert_eq!(demo::load(&world.app, false, &silent).await.expect("loads"), Loaded::Now);
        for email in ACCOUNTS {
            let answer = send(world.form("/fr/sign-in", &[("email", email), ("password", PASSWORD)])).await;
            assert_eq!(answer.status, Status::SeeOther, "{email}: {}", answer.text);
        }
        let spaces = halqa::spaces::all(&world.app).await.expect("spaces");
        assert_eq!(spaces.len(), 4);
        assert!(spaces.iter().all(|space| space.topics > 0));
        the_doors_hold(&world).await;
        the_lessons_make_no_mistake(&world).await;
        assert_eq!(demo::load(&world.app, false, &silent).await.expect("again"), Loaded::Before);
        assert_eq!(demo::load(&world.app, true, &silent).await.expect("anew"), Loaded::Now);
        assert_eq!(halqa::spaces::all(&world.app).await.expect("spaces").len(), 4);
    }
}
