//! The progress store.

use domain::outcome::{Outcome, State, Success};
use halqa::db::{DbError, testing};
use halqa::ids::{ModuleId, PersonId};
use halqa::progress::{self, Record};

use crate::harness::{World, both_engines};

async fn record(world: &World, learner: PersonId, module: ModuleId, outcome: Outcome) {
    let record = Record {
        change: world.app.ids.uuid(),
        learner,
        module,
        attempt: None,
        outcome,
        at: world.now(),
    };
    world
        .app
        .db
        .write(record, |tx, record| {
            Box::pin(async move { progress::record(tx, record).await })
        })
        .await
        .map_err(|e: DbError| e)
        .expect("recorded");
}

async fn person_and_module(world: &World) -> (PersonId, ModuleId) {
    let ids: (PersonId, ModuleId) = (world.app.ids.id(), world.app.ids.id());
    let now = world.now();
    world
        .app
        .db
        .write((ids, now), |tx, ((person, module), now)| {
            Box::pin(async move {
                testing::insert_person(tx, *person, "amel@example.org", *now).await?;
                testing::insert_module(tx, *module, "budget", *now).await
            })
        })
        .await
        .map_err(|e: DbError| e)
        .expect("arranged");
    ids
}

both_engines! {
    async fn an_outcome_is_recorded_once_and_dates_stay(world: World) {
        let (person, module) = person_and_module(&world).await;
        let half = Outcome { state: State::InProgress, progress: 0.5, seconds: 30.0, ..Outcome::default() };
        record(&world, person, module, half).await;
        let started = progress::of(&world.app, person, module).await.unwrap().unwrap().started_at;
        assert!(started.is_some());
        let done = Outcome { state: State::Completed, success: Success::Passed, progress: 1.0, score: Some(0.9), seconds: 60.0, estimated: false };
        record(&world, person, module, done).await;
        record(&world, person, module, done).await;
        let row = progress::of(&world.app, person, module).await.unwrap().unwrap();
        assert_eq!(row.outcome(), done);
        assert_eq!(row.started_at, started);
        assert!(row.completed_at.is_some());
        assert_eq!(testing::count_progress_changes(&world.app.db).await, 2);
    }
}
