//! Databases with every table and nothing in them, migrated once for all tests of a run: each test
//! starts from a copy. The copies are keyed by the text of the migrations, so that none is ever of
//! another schema; migrating itself is tested by `db`.

use std::collections::hash_map::DefaultHasher;
use std::fs::File;
use std::hash::Hasher;
use std::path::{Path, PathBuf};

use halqa::config::Config;
use halqa::db::Db;
use sqlx::{AssertSqlSafe, Executor, PgConnection};

/// The migrations of an engine, as a short name.
fn key(engine: &str) -> String {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("migrations")
        .join(engine);
    let mut files: Vec<PathBuf> = std::fs::read_dir(folder)
        .expect("the migrations")
        .map(|entry| entry.expect("a migration").path())
        .collect();
    files.sort();
    let mut hash = DefaultHasher::new();
    for file in files {
        hash.write(file.as_os_str().as_encoded_bytes());
        hash.write(&std::fs::read(&file).expect("a migration"));
    }
    format!("{:016x}", hash.finish())
}

/// Puts an empty, migrated database where the settings expect one of SQLite and none is yet.
pub async fn sqlite(config: &Config) {
    let Some(path) = config.database_url.strip_prefix("sqlite:").map(Path::new) else {
        return;
    };
    if path.exists() {
        return;
    }
    let ready = std::env::temp_dir().join(format!("halqa-ready-{}.db", key("sqlite")));
    if !ready.exists() {
        let lock = File::create(ready.with_extension("lock")).expect("a lock");
        lock.lock().expect("the lock is taken");
        if !ready.exists() {
            let made = ready.with_extension("first");
            std::fs::create_dir_all(&made).expect("a folder");
            let first = made.join("first.db");
            let db = Db::open(&format!("sqlite:{}", first.display()))
                .await
                .expect("a migrated database");
            let whole = ready.with_extension("part");
            let _ = std::fs::remove_file(&whole);
            db.snapshot_sqlite(&whole.display().to_string())
                .await
                .expect("a copy in one file");
            db.close().await;
            let _ = std::fs::remove_dir_all(&made);
            std::fs::rename(&whole, &ready).expect("the copy is there whole or not at all");
        }
    }
    std::fs::copy(&ready, path).expect("a copy");
}

/// The name of an empty, migrated database on this server, to be used as a template.
pub async fn postgres(server: &str, admin: &mut PgConnection) -> String {
    let name = format!("halqa_ready_{}", key("postgres"));
    if is_there(admin, &name).await {
        return name;
    }
    // Held by the connection: whoever dies lets go of it.
    run(admin, "select pg_advisory_lock(7201)".to_owned()).await;
    if !is_there(admin, &name).await {
        let part = format!("{name}_part");
        run(
            admin,
            format!("drop database if exists {part} with (force)"),
        )
        .await;
        run(admin, format!("create database {part}")).await;
        let db = Db::open(&format!("{server}/{part}"))
            .await
            .expect("a migrated database");
        db.close().await;
        run(admin, format!("alter database {part} rename to {name}")).await;
    }
    run(admin, "select pg_advisory_unlock(7201)".to_owned()).await;
    name
}

async fn is_there(admin: &mut PgConnection, name: &str) -> bool {
    sqlx::query_scalar("select exists (select from pg_database where datname = $1)")
        .bind(name)
        .fetch_one(admin)
        .await
        .expect("the server says what databases it has")
}

pub(super) async fn run(admin: &mut PgConnection, sql: String) {
    admin
        .execute(AssertSqlSafe(sql.clone()))
        .await
        .unwrap_or_else(|e| panic!("{sql}: {e}"));
}
