//! What a killed process leaves is cleared away at the next start (Z18).

use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use halqa::catalogue::import::{self, Staging};

use super::{heavy, imported, nothing_left, simple, under_way};
use crate::harness::{World, both_engines};

/// The folder that an import leaves when its process is killed after it wrote down these lines.
fn dead(world: &World, name: &str, lines: &[&str]) {
    let folder = world.app.config.temp_dir().join(format!("import-{name}"));
    std::fs::create_dir(&folder).expect("a folder");
    std::fs::write(folder.join("lock"), "").expect("a lock");
    std::fs::write(folder.join("package.zip"), "half").expect("a file");
    if !lines.is_empty() {
        std::fs::write(folder.join("keys"), lines.join("\n")).expect("the keys");
    }
}

async fn put(world: &World, key: &str) {
    world
        .app
        .storage
        .put(key, b"bytes".as_slice().into())
        .await
        .expect("an object");
}

both_engines! {
    async fn objects_without_a_row_go_with_the_folder(world: World) {
        dead(&world, "receiving", &[]);
        dead(&world, "storing", &["00ff", "zip/00/00ff-1", "side/00/00ff-1-0"]);
        put(&world, "zip/00/00ff-1").await;
        put(&world, "side/00/00ff-1-0").await;
        assert_eq!(import::sweep(&world.app).await.expect("swept"), 2);
        nothing_left(&world, "swept").await;
        assert_eq!(import::sweep(&world.app).await.expect("swept"), 0);
    }

    async fn what_is_in_use_stays(world: World) {
        // Killed between the commit and the end: the row names the object.
        let package = imported(&world, &simple("Vivant")).await.package;
        let objects = world.app.storage.list().await.unwrap();
        let keys: Vec<&str> = std::iter::once(package.sha256.as_str()).chain(objects.iter().map(|o| o.0.as_str())).collect();
        dead(&world, "committed", &keys);
        // The same bytes a second time, killed before they were known: only those go.
        let other = format!("zip/{}/{}-2", &package.sha256[..2], package.sha256);
        put(&world, &other).await;
        dead(&world, "second", &[&package.sha256, &other]);
        // At work now, in this process or another: its lock is held.
        let living = Staging::begin(&world.app).expect("an import");
        // Other temporary files are somebody else's.
        std::fs::write(world.app.config.temp_dir().join("other"), "x").unwrap();
        assert_eq!(import::sweep(&world.app).await.expect("swept"), 2);
        assert_eq!(world.app.storage.list().await.unwrap(), objects);
        assert_eq!(under_way(&world).len(), 2);
        drop(living);
        assert_eq!(under_way(&world), ["other"]);
    }

    // The real thing: the program killed while it imports, then the platform started.
    async fn a_killed_import_leaves_nothing_after_the_next_start(world: World) {
        let file = world.app.config.data.join("film.zip");
        std::fs::write(&file, heavy(40 << 20)).unwrap();
        for wait in [0, 40, 120] {
            let mut child = Command::new(env!("CARGO_BIN_EXE_halqa"))
                .arg("import")
                .arg(&file)
                .env("HALQA_DATA", &world.app.config.data)
                .env("HALQA_DATABASE_URL", &world.app.config.database_url)
                .stdout(Stdio::null())
                .stderr(Stdio::null())
                .spawn()
                .expect("the program");
            let begun = Instant::now();
            while under_way(&world).is_empty() && begun.elapsed() < Duration::from_secs(30) {
                std::thread::sleep(Duration::from_millis(1));
            }
            std::thread::sleep(Duration::from_millis(wait));
            child.kill().expect("killed");
            child.wait().expect("dead");
            import::sweep(&world.app).await.expect("swept");
            assert!(under_way(&world).is_empty(), "{:?}", under_way(&world));
            // Either all of it is there, or nothing.
            if halqa::db::testing::count_catalogue(&world.app.db).await > 0 {
                assert_eq!(world.app.storage.list().await.unwrap().len(), 1);
                break;
            }
            nothing_left(&world, &format!("killed after {wait} ms")).await;
        }
        let again = imported(&world, &std::fs::read(&file).unwrap()).await;
        assert_eq!(again.package.format, "scorm12");
    }
}
