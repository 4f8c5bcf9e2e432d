//! `halqa backup FILE` and `halqa restore FILE`: everything, while running, verified.
//!
//! A backup is a zip of stored entries: `backup.json`, the database (an SQLite file, or a
//! `pg_dump` archive) and every object of the storage. The database is copied first: objects are
//! immutable and never deleted before their row, so each row of the copy finds its object.

use std::collections::BTreeMap;
use std::fs::File;
use std::io::{Read, Seek, Write};
use std::path::Path;
use std::process::{Command, ExitCode};

use futures::StreamExt;
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, ZipArchive, ZipWriter};

use crate::config::Config;
use crate::db::Engine;
use crate::ids::hex;
use crate::outbound::storage::Storage;
use crate::{App, StartError};

const MANIFEST: &str = "backup.json";
const DATABASE: &str = "database";
const OBJECTS: &str = "objects/";

/// What a backup says of itself.
#[derive(Serialize, Deserialize)]
struct Manifest {
    halqa: String,
    engine: String,
    made_at: String,
    /// SHA-256 of every entry, by name.
    entries: BTreeMap<String, String>,
}

fn options() -> SimpleFileOptions {
    SimpleFileOptions::default()
        .compression_method(CompressionMethod::Stored)
        .large_file(true)
}

fn engine_name(engine: Engine) -> &'static str {
    match engine {
        Engine::Sqlite => "sqlite",
        Engine::Postgres => "postgres",
    }
}

/// Copies everything into `file`, reads it back and compares.
pub(super) async fn backup(config: Config, file: &Path) -> Result<ExitCode, StartError> {
    let app = App::open(config).await?;
    let part = file.with_extension("part");
    let copy = app
        .config
        .temp_dir()
        .join(format!("backup-{}", app.ids.uuid()));
    let result = write(&app, &part, &copy).await;
    let _ = std::fs::remove_file(&copy);
    let entries = match result {
        Ok(entries) => entries,
        Err(error) => {
            let _ = std::fs::remove_file(&part);
            return Err(error);
        }
    };
    verify(&part)?;
    File::open(&part)?.sync_all()?;
    std::fs::rename(&part, file)?;
    app.db.close().await;
    println!("{}: {entries} entries, verified", file.display());
    Ok(ExitCode::SUCCESS)
}

async fn write(app: &App, part: &Path, copy: &Path) -> Result<usize, StartError> {
    dump(app, copy).await?;
    let mut zip = ZipWriter::new(File::create(part)?);
    let mut entries = BTreeMap::new();
    zip.start_file(DATABASE, options())?;
    let mut source = File::open(copy)?;
    entries.insert(DATABASE.to_owned(), copy_hashed(&mut source, &mut zip)?);
    for (key, size) in app.storage.list().await? {
        let name = format!("{OBJECTS}{key}");
        zip.start_file(&name, options())?;
        let mut hash = Sha256::new();
        if size > 0 {
            let mut blocks = app.storage.stream(&key, 0..size);
            while let Some(block) = blocks.next().await {
                let block = block?;
                hash.update(&block);
                zip.write_all(&block)?;
            }
        }
        entries.insert(name, hex(&hash.finalize()));
    }
    let count = entries.len();
    let manifest = Manifest {
        halqa: env!("CARGO_PKG_VERSION").to_owned(),
        engine: engine_name(app.db.engine()).to_owned(),
        made_at: app.clock.now().rfc3339(),
        entries,
    };
    zip.start_file(MANIFEST, options())?;
    zip.write_all(&serde_json::to_vec_pretty(&manifest)?)?;
    zip.finish()?;
    Ok(count)
}

/// A consistent copy of the database, taken while it is written to.
async fn dump(app: &App, copy: &Path) -> Result<(), StartError> {
    let target = copy.to_str().ok_or("the data folder's name is not UTF-8")?;
    if app.db.snapshot_sqlite(target).await?.is_some() {
        return Ok(());
    }
    run(Command::new("pg_dump")
        .args(["--format=custom", "--no-owner", "--file", target])
        .arg(&app.config.database_url))
}

fn run(command: &mut Command) -> Result<(), StartError> {
    let name = command.get_program().to_string_lossy().into_owned();
    let done = command
        .status()
        .map_err(|error| format!("{name}: {error} (is the PostgreSQL client installed?)"))?;
    if done.success() {
        Ok(())
    } else {
        Err(format!("{name} failed: {done}").into())
    }
}

fn copy_hashed(source: &mut impl Read, target: &mut impl Write) -> std::io::Result<String> {
    let mut hash = Sha256::new();
    let mut buffer = vec![0; 1 << 20];
    loop {
        let read = source.read(&mut buffer)?;
        if read == 0 {
            return Ok(hex(&hash.finalize()));
        }
        hash.update(&buffer[..read]);
        target.write_all(&buffer[..read])?;
    }
}

fn manifest_of<R: Read + Seek>(zip: &mut ZipArchive<R>) -> Result<Manifest, StartError> {
    let mut text = Vec::new();
    zip.by_name(MANIFEST)?.read_to_end(&mut text)?;
    Ok(serde_json::from_slice(&text)?)
}

/// Reads every entry and compares it with the manifest.
fn verify(file: &Path) -> Result<Manifest, StartError> {
    let mut zip = ZipArchive::new(File::open(file)?)?;
    let manifest = manifest_of(&mut zip)?;
    for (name, expected) in &manifest.entries {
        let found = copy_hashed(&mut zip.by_name(name)?, &mut std::io::sink())?;
        if found != *expected {
            return Err(format!("{name} is damaged").into());
        }
    }
    Ok(manifest)
}

/// Puts a backup into an empty place: the configured database and storage.
pub(super) async fn restore(config: Config, file: &Path) -> Result<ExitCode, StartError> {
    let manifest = verify(file)?;
    let postgres = config.database_url.starts_with("postgres");
    let engine = if postgres {
        Engine::Postgres
    } else {
        Engine::Sqlite
    };
    if manifest.engine != engine_name(engine) {
        return Err(format!(
            "this backup is of {}, the configured database is {}",
            manifest.engine,
            engine_name(engine)
        )
        .into());
    }
    config.prepare_folders()?;
    let storage = Storage::open(&config.storage_url, &config.s3)?;
    if !storage.list().await?.is_empty() {
        return Err(format!("{} is not empty", config.storage_url).into());
    }
    let mut zip = ZipArchive::new(File::open(file)?)?;
    let temporary = config.temp_dir().join("restore");
    for name in manifest.entries.keys() {
        let Some(key) = name.strip_prefix(OBJECTS) else {
            continue;
        };
        std::io::copy(&mut zip.by_name(name)?, &mut File::create(&temporary)?)?;
        storage.put_file(key, &temporary).await?;
    }
    std::io::copy(&mut zip.by_name(DATABASE)?, &mut File::create(&temporary)?)?;
    if postgres {
        run(Command::new("pg_restore")
            .args(["--no-owner", "--exit-on-error", "--dbname"])
            .arg(&config.database_url)
            .arg(&temporary))?;
        std::fs::remove_file(&temporary)?;
    } else {
        let path = config.database_url.trim_start_matches("sqlite:");
        let path = Path::new(path.trim_start_matches("//"));
        if path.exists() {
            return Err(format!("{} is there already", path.display()).into());
        }
        std::fs::rename(&temporary, path)?;
        File::open(path)?.sync_all()?;
    }
    // Opening it brings an older backup up to date.
    let app = App::open(config).await?;
    app.db.ping().await?;
    app.db.close().await;
    println!(
        "restored {} entries of {}",
        manifest.entries.len(),
        manifest.made_at
    );
    Ok(ExitCode::SUCCESS)
}
