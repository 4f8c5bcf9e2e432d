//! The command line, as operators use it: the real program, its exit codes and what it prints.

use std::path::Path;
use std::process::{Command, Output};

use crate::harness::{World, both_engines};

/// Runs the program on a world's data, while the world is open.
fn halqa(world: &World, arguments: &[&str]) -> Output {
    program(
        &world.app.config.data,
        &world.app.config.database_url,
        arguments,
    )
}

fn program(data: &Path, database: &str, arguments: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_halqa"))
        .args(arguments)
        .env("HALQA_DATA", data)
        .env("HALQA_DATABASE_URL", database)
        .output()
        .expect("the program runs")
}

fn said(output: &Output) -> String {
    format!(
        "{}{}",
        String::from_utf8_lossy(&output.stdout),
        String::from_utf8_lossy(&output.stderr)
    )
}

both_engines! {
    async fn a_backup_taken_while_running_restores_elsewhere(world: World) {
        let id: halqa::ids::PersonId = world.app.ids.id();
        let now = world.now();
        world.app.db.write((id, now), |tx, (id, now)| {
            Box::pin(async move { halqa::db::testing::insert_person(tx, *id, "amel@example.org", *now).await })
        }).await.map_err(|e: halqa::db::DbError| e).expect("a person");
        world.app.storage.put("ab/object", b"bytes".as_slice().into()).await.expect("an object");

        let file = world.app.config.data.join("backup.zip");
        let backup = halqa(&world, &["backup", &file.display().to_string()]);
        assert!(backup.status.success(), "{}", said(&backup));
        assert!(said(&backup).contains("2 entries, verified"), "{}", said(&backup));

        let other = world.app.config.data.join("other");
        let database = match world.app.db.engine() {
            halqa::db::Engine::Sqlite => format!("sqlite:{}", other.join("halqa.db").display()),
            halqa::db::Engine::Postgres => crate::harness::fresh_postgres().await,
        };
        let restore = program(&other, &database, &["restore", &file.display().to_string()]);
        assert!(restore.status.success(), "{}", said(&restore));
        let db = halqa::db::Db::open(&database).await.expect("the restored database");
        assert_eq!(halqa::db::testing::count_people(&db).await, 1);
        assert_eq!(std::fs::read(other.join("packages/ab/object")).expect("the object"), b"bytes");

        // Never over what is there.
        let again = program(&other, &database, &["restore", &file.display().to_string()]);
        assert!(!again.status.success());
    }

    async fn a_damaged_backup_is_refused(world: World) {
        world.app.storage.put("ab/object", b"0123456789".as_slice().into()).await.expect("an object");
        let file = world.app.config.data.join("backup.zip");
        let path = file.display().to_string();
        assert!(halqa(&world, &["backup", &path]).status.success());
        let mut bytes = std::fs::read(&file).expect("the backup");
        let at = bytes.windows(10).position(|w| w == b"0123456789").expect("the object, stored");
        bytes[at] = b'x';
        std::fs::write(&file, bytes).expect("damaged");
        let other = world.app.config.data.join("other");
        let restore = program(&other, &format!("sqlite:{}", other.join("x.db").display()), &["restore", &path]);
        assert!(!restore.status.success());
        assert!(!other.join("x.db").exists());
    }
}
