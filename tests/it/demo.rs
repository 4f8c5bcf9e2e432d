//! The demo community: loaded whole through the real use cases, kept, and never over other data.

use halqa::db::testing;
use halqa::demo::{self, ACCOUNTS, DemoError, Loaded, PASSWORD};
use rocket::http::Status;

use crate::harness::{both_engines, send};

fn silent(_: &str) {}

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
        assert_eq!(demo::load(&world.app, false, &silent).await.expect("again"), Loaded::Before);
        assert_eq!(demo::load(&world.app, true, &silent).await.expect("anew"), Loaded::Now);
        assert_eq!(halqa::spaces::all(&world.app).await.expect("spaces").len(), 4);
    }
}
