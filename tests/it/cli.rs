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

/// Runs `halqa check` with these settings and nothing else.
fn check(settings: &[(&str, &str)]) -> (Option<i32>, String) {
    let output = Command::new(env!("CARGO_BIN_EXE_halqa"))
        .arg("check")
        .env_clear()
        .envs(std::env::var("PATH").map(|path| ("PATH".to_owned(), path)))
        .envs(settings.iter().copied())
        .output()
        .expect("the program runs");
    (output.status.code(), said(&output))
}

/// The lines of an area that say that something is wrong.
fn wrong<'t>(text: &'t str, area: &str) -> Vec<&'t str> {
    text.lines()
        .filter(|line| line.starts_with(area) && line.contains("WRONG"))
        .collect()
}

both_engines! {
    async fn a_sound_platform_passes_the_check_while_it_runs(world: World) {
        let zip = crate::catalogue::simple("Bonjour");
        halqa::catalogue::import_bytes(&world.app, &zip, Default::default()).await.expect("a package");
        let data = world.app.config.data.display().to_string();
        let settings = [("HALQA_DATA", data.as_str()), ("HALQA_DATABASE_URL", &world.app.config.database_url)];
        let (code, text) = check(&settings);
        for area in ["config", "database", "storage", "mail", "clock"] {
            assert!(text.lines().any(|line| line.starts_with(area)), "{text}");
        }
        for area in ["config", "storage", "mail", "clock"] {
            assert!(wrong(&text, area).is_empty(), "{text}");
        }
        // The tests' PostgreSQL may run without syncing: that must be found, and nothing else.
        let unsafe_settings = wrong(&text, "database");
        assert!(unsafe_settings.iter().all(|line| line.contains("fsync is off")), "{text}");
        assert_eq!(code, Some(i32::from(!unsafe_settings.is_empty())), "{text}");

        // A package without its bytes.
        for (key, _) in world.app.storage.list().await.expect("keys") {
            world.app.storage.delete(&key).await.expect("deleted");
        }
        let (code, text) = check(&settings);
        assert_eq!(code, Some(1));
        assert!(wrong(&text, "storage")[0].contains("1 packages"), "{text}");
    }
}

#[test]
fn the_check_says_what_is_wrong_and_how_to_mend_it() {
    let folder = std::env::temp_dir().join(format!("halqa-check-{}", std::process::id()));
    std::fs::create_dir_all(&folder).expect("a folder");
    let data = folder.display().to_string();
    let broken = folder.join("broken.db");
    std::fs::write(
        &broken,
        "this is no database, but long enough to be taken for one: ".repeat(40),
    )
    .expect("a file");
    let broken = format!("sqlite:{}", broken.display());
    let file = folder.join("a-file");
    std::fs::write(&file, "").expect("a file");
    let in_a_file = format!("file:{}/packages", file.display());
    /// Settings, which check fails, and what it names.
    type Case<'c> = (&'c [(&'c str, &'c str)], &'c str, &'c str);
    let cases: &[Case<'_>] = &[
        (&[("HALQA_PORT", "many")], "config", "HALQA_PORT"),
        (
            &[("HALQA_CONTENT_URL", "http://localhost:9")],
            "config",
            "own host name",
        ),
        (&[("HALQA_DATABASE_URL", &broken)], "database", "broken.db"),
        (
            &[(
                "HALQA_DATABASE_URL",
                "postgres://nobody:secret@127.0.0.1:9/none",
            )],
            "database",
            "127.0.0.1:9",
        ),
        (&[("HALQA_STORAGE_URL", &in_a_file)], "storage", "a-file"),
        (
            &[("HALQA_SMTP_URL", "smtp://127.0.0.1:9")],
            "mail",
            "the mail server",
        ),
        (
            &[("HALQA_SMTP_URL", "carrier-pigeon://loft")],
            "mail",
            "HALQA_SMTP_URL",
        ),
    ];
    for (settings, area, part) in cases {
        let mut all = vec![("HALQA_DATA", data.as_str())];
        all.extend(settings.iter().copied());
        let (code, text) = check(&all);
        assert_eq!(code, Some(1), "{settings:?}: {text}");
        let found = wrong(&text, area);
        assert!(
            found.iter().any(|line| line.contains(part)),
            "{settings:?}: {text}"
        );
        assert!(text.contains('→'), "{settings:?} has no remedy: {text}");
        assert!(!text.contains("secret"), "a password in the output: {text}");
    }
    // Nothing there yet is fine.
    let empty = folder.join("empty").display().to_string();
    let (code, text) = check(&[("HALQA_DATA", &empty)]);
    assert_eq!(code, Some(0), "{text}");
    let _ = std::fs::remove_dir_all(&folder);
}
