//! The two engines: the same tables, every query prepared, and what a unit of work promises.

use halqa::db::{self, DbError, Engine};
use halqa::ids::PersonId;

use crate::harness::{World, both_engines, wanted};

both_engines! {
    async fn every_registered_query_prepares(world: World) {
        let mut wrong = Vec::new();
        for query in db::registry::all() {
            if let Err(error) = world.app.db.prepare(query).await {
                wrong.push(format!("{}: {error}", query.name));
            }
        }
        assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    }

    async fn a_refused_unit_of_work_leaves_nothing(world: World) {
        let id: PersonId = world.app.ids.id();
        let now = world.now();
        let refused: Result<(), DbError> = world.app.db.write((id, now), |tx, (id, now)| {
            Box::pin(async move {
                db::testing::insert_person(tx, *id, "a@example.org", *now).await?;
                Err(DbError::NotFound)
            })
        }).await;
        assert!(matches!(refused, Err(DbError::NotFound)));
        assert_eq!(db::testing::count_people(&world.app.db).await, 0);
    }

    async fn constraints_have_the_same_names_on_both_engines(world: World) {
        let now = world.now();
        let ids: (PersonId, PersonId) = (world.app.ids.id(), world.app.ids.id());
        let answer: Result<(), DbError> = world.app.db.write((ids, now), |tx, (ids, now)| {
            Box::pin(async move {
                db::testing::insert_person(tx, ids.0, "a@example.org", *now).await?;
                db::testing::insert_person(tx, ids.1, "a@example.org", *now).await
            })
        }).await;
        match answer {
            Err(DbError::Constraint { name, .. }) => assert_eq!(name, "person_email"),
            other => panic!("{other:?}"),
        }
    }

    /// A group shares one commit; each of its units stands or falls alone.
    async fn units_of_work_in_a_group_do_not_touch_each_other(world: World) {
        let writes = (0..200).map(|number| {
            let app = world.app.clone();
            async move {
                let id: PersonId = app.ids.id();
                let now = app.clock.now();
                app.db.write((id, number, now), |tx, (id, number, now)| {
                    Box::pin(async move {
                        db::testing::insert_person(tx, *id, &format!("p{number}@example.org"), *now).await?;
                        if number % 3 == 0 { Err(DbError::NotFound) } else { Ok(()) }
                    })
                }).await.is_ok()
            }
        });
        let kept = futures::future::join_all(writes).await.into_iter().filter(|ok| *ok).count();
        assert_eq!(kept, 133);
        assert_eq!(db::testing::count_people(&world.app.db).await, 133);
    }

    /// A panic inside a unit of work is that unit's failure, not the writer's end.
    async fn a_panic_in_a_unit_of_work_is_contained(world: World) {
        let app = world.app.clone();
        let panicked = tokio::spawn(async move {
            app.db.write((), |_, ()| Box::pin(async { if true { panic!("as planned") } Ok::<(), DbError>(()) })).await
        }).await;
        assert!(panicked.is_err() || panicked.is_ok_and(|r| r.is_err()));
        let id: PersonId = world.app.ids.id();
        let now = world.now();
        world.app.db.write((id, now), |tx, (id, now)| {
            Box::pin(async move { db::testing::insert_person(tx, *id, "b@example.org", *now).await })
        }).await.expect("the writer goes on");
    }
}

#[rocket::async_test]
async fn both_engines_have_the_same_tables() {
    if !(wanted("sqlite") && wanted("postgres")) {
        return;
    }
    let lite = World::on(Engine::Sqlite).await;
    let pg = World::on(Engine::Postgres).await;
    let of = |world: &World| {
        let db = world.app.db.clone();
        async move { db.columns().await.expect("columns") }
    };
    assert_eq!(of(&lite).await, of(&pg).await);
}
