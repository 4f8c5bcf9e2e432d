//! Migrations: two folders with the same numbers, embedded in the binary.

use sqlx::migrate::{MigrateError, Migrator};
use sqlx::postgres::PgPool;
use sqlx::sqlite::SqliteConnection;

use super::DbError;

/// One embedded migration.
struct File {
    name: String,
    text: String,
}

#[derive(rust_embed::RustEmbed)]
#[folder = "migrations"]
struct Files;

fn files(engine: &str) -> Vec<File> {
    let mut names: Vec<_> = Files::iter().filter(|n| n.starts_with(engine)).collect();
    names.sort();
    names
        .into_iter()
        .filter_map(|name| {
            let text = String::from_utf8(Files::get(&name)?.data.into_owned()).ok()?;
            let name = name.rsplit('/').next()?.to_owned();
            Some(File { name, text })
        })
        .collect()
}

/// `0003_catalogue.sql` is migration 3, "catalogue".
fn migrator(engine: &str) -> Migrator {
    use sqlx::SqlSafeStr;
    use sqlx::migrate::{Migration, MigrationType};
    let migrations: Vec<Migration> = files(engine)
        .into_iter()
        .filter_map(|file| {
            let (number, rest) = file.name.split_once('_')?;
            Some(Migration::new(
                number.parse().ok()?,
                rest.trim_end_matches(".sql").replace('_', " ").into(),
                MigrationType::Simple,
                sqlx::AssertSqlSafe(file.text).into_sql_str(),
                false,
            ))
        })
        .collect();
    Migrator::with_migrations(migrations)
}

/// The numbers of this program's migrations.
pub(super) fn versions(engine: &str) -> std::collections::BTreeSet<i64> {
    migrator(engine).iter().map(|m| m.version).collect()
}

pub(super) async fn sqlite(conn: &mut SqliteConnection) -> Result<(), DbError> {
    migrator("sqlite")
        .run_direct(None, conn, false)
        .await
        .map_err(failed)
}

pub(super) async fn postgres(pool: &PgPool) -> Result<(), DbError> {
    migrator("postgres").run(pool).await.map_err(failed)
}

fn failed(error: MigrateError) -> DbError {
    DbError::Other(format!("migration: {error}"))
}
