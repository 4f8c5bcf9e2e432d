//! Where an import happens before it is done: a folder of its own under the temporary folder,
//! gone when the import ends in any way.
//!
//! A process that is killed leaves its folder behind, with the list of what it was about to store.
//! Each folder holds a file that its process keeps locked, so that the next start can tell the
//! dead ones ([`sweep`]) from those of another process at work.

use std::fs::{self, File};
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use rocket::http::Status;
use sha2::{Digest, Sha256};
use tokio::io::{AsyncRead, AsyncReadExt, AsyncWriteExt};

use crate::App;
use crate::ids::hex;
use crate::web::Refusal;

use super::super::store;

const PREFIX: &str = "import-";
/// A folder that is being made.
const NEW: &str = "new-";

const LOCK: &str = "lock";
const KEYS: &str = "keys";

/// An import under way.
pub struct Staging {
    folder: PathBuf,
    /// Held until this is dropped.
    _lock: File,
    /// What was stored could neither be confirmed nor taken back: the next start decides.
    keep: bool,
}

/// A package received whole.
pub struct Received {
    /// Where it is under way.
    pub staging: Staging,
    /// SHA-256 in hexadecimal.
    pub sha256: String,
    /// Bytes.
    pub size: u64,
    /// Bytes that came in: a structure that came alone is a package now.
    pub came: u64,
}

impl Staging {
    /// Makes the folder.
    pub fn begin(app: &App) -> Result<Staging, Refusal> {
        Self::made(app).map_err(refuse)
    }

    fn made(app: &App) -> io::Result<Staging> {
        // The sweep of another process may take a folder before it is locked: another one, then.
        for _ in 0..4 {
            match Self::attempted(app) {
                Err(error) if taken(&error) => {}
                result => return result,
            }
        }
        Self::attempted(app)
    }

    fn attempted(app: &App) -> io::Result<Staging> {
        let temp = app.config.temp_dir();
        let name = app.ids.uuid().simple().to_string();
        // Locked before it can be seen: a sweep never meets an unlocked living folder.
        let hidden = temp.join(format!("{NEW}{name}"));
        fs::create_dir_all(&hidden)?;
        let lock = File::create(hidden.join(LOCK))?;
        lock.try_lock().map_err(io::Error::from)?;
        let folder = temp.join(format!("{PREFIX}{name}"));
        fs::rename(&hidden, &folder)?;
        Ok(Staging {
            folder,
            _lock: lock,
            keep: false,
        })
    }

    /// The package itself.
    pub fn zip(&self) -> PathBuf {
        self.folder.join("package.zip")
    }

    /// The inflated copy of a media file.
    pub fn side(&self, number: usize) -> PathBuf {
        self.folder.join(format!("side-{number}"))
    }

    /// Writes down what is about to be stored: the package's hash, then the keys.
    pub(super) fn intend<'k>(
        &self,
        sha256: &str,
        keys: impl Iterator<Item = &'k str>,
    ) -> io::Result<()> {
        let mut file = File::create(self.folder.join(KEYS))?;
        writeln!(file, "{sha256}")?;
        for key in keys {
            writeln!(file, "{key}")?;
        }
        file.sync_all()
    }

    /// Leaves the folder for the next start.
    pub(super) fn abandon(&mut self) {
        self.keep = true;
    }

    /// Takes in a stream, counting and hashing on the way; nothing above the limit is written.
    pub async fn receive(
        self,
        app: &App,
        mut body: impl AsyncRead + Unpin,
    ) -> Result<Received, Refusal> {
        let mut receiving = self.receiving(app).await?;
        let mut buffer = vec![0; 256 << 10];
        loop {
            let read = body.read(&mut buffer).await.map_err(|_| cut())?;
            if read == 0 {
                return receiving.finish().await;
            }
            receiving.take(&buffer[..read]).await?;
        }
    }

    /// Takes in block after block.
    pub async fn receiving(self, app: &App) -> Result<Receiving, Refusal> {
        let file = tokio::fs::File::create(self.zip()).await.map_err(refuse)?;
        Ok(Receiving {
            staging: self,
            file,
            hash: Sha256::new(),
            size: 0,
            limit: app.config.packages.max_bytes,
        })
    }
}

/// A package that is coming in.
pub struct Receiving {
    staging: Staging,
    file: tokio::fs::File,
    hash: Sha256,
    size: u64,
    limit: u64,
}

impl Receiving {
    /// Writes a block; 413 when it leads above the limit.
    pub async fn take(&mut self, block: &[u8]) -> Result<(), Refusal> {
        self.size += block.len() as u64;
        if self.size > self.limit {
            return Err(too_large(self.limit));
        }
        self.hash.update(block);
        self.file.write_all(block).await.map_err(refuse)
    }

    /// Everything is here.
    pub async fn finish(mut self) -> Result<Received, Refusal> {
        self.file.flush().await.map_err(refuse)?;
        if self.size <= STRUCTURE_MAX {
            let path = self.staging.zip();
            let bytes = tokio::fs::read(&path).await.map_err(refuse)?;
            if let Some(zip) = wrapped(&bytes) {
                tokio::fs::write(&path, &zip).await.map_err(refuse)?;
                return Ok(Received {
                    staging: self.staging,
                    sha256: hex(&Sha256::digest(&zip)),
                    size: zip.len() as u64,
                    came: self.size,
                });
            }
        }
        Ok(Received {
            staging: self.staging,
            sha256: hex(&self.hash.finalize()),
            size: self.size,
            came: self.size,
        })
    }
}

/// A structure that comes without its archive is not larger.
const STRUCTURE_MAX: u64 = 10 << 20;

/// A course structure that came alone (cmi5 14.2), as the package it stands for.
fn wrapped(bytes: &[u8]) -> Option<Vec<u8>> {
    let text = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
    let text = text.trim_ascii_start();
    let named = text
        .windows(STRUCTURE.len())
        .take(4096)
        .any(|window| window == STRUCTURE);
    if !text.starts_with(b"<") || !named {
        return None;
    }
    package::build::zip([("cmi5.xml", bytes)]).ok()
}

/// The name of its root element.
const STRUCTURE: &[u8] = b"courseStructure";

/// The sender went away before the end.
pub fn cut() -> Refusal {
    Refusal::bad_request("upload-cut")
}

impl Drop for Staging {
    fn drop(&mut self) {
        if !self.keep {
            let _ = fs::remove_dir_all(&self.folder);
        }
    }
}

/// 413, with the limit.
pub fn too_large(limit: u64) -> Refusal {
    Refusal::new(Status::PayloadTooLarge, "too-large").with("limit", limit)
}

/// A failure of this machine's disk: full, a quota, or a limit on files.
pub(super) fn refuse(error: io::Error) -> Refusal {
    use io::ErrorKind::{FileTooLarge, QuotaExceeded, StorageFull};
    if matches!(error.kind(), StorageFull | QuotaExceeded | FileTooLarge) {
        return Refusal::new(Status::InsufficientStorage, "storage-full");
    }
    tracing::error!(%error, "import");
    Refusal::new(Status::InternalServerError, "internal")
}

/// Removes what imports of processes that no longer live have left: at every start. Gives how many
/// there were.
///
/// # Errors
/// When the disk, the storage or the database does not answer; what is left stays for the next
/// start.
pub async fn sweep(app: &App) -> Result<usize, Refusal> {
    let mut removed = 0;
    for folder in dead(&app.config.temp_dir()).map_err(refuse)? {
        let text = fs::read_to_string(folder.0.join(KEYS)).unwrap_or_default();
        let mut lines = text.lines();
        if let Some(sha256) = lines.next() {
            let keys: Vec<&str> = lines.collect();
            let known: Option<store::PackageRow> =
                store::PACKAGE_BY_SHA.bind(sha256).optional(&app.db).await?;
            if known.is_none_or(|known| !keys.contains(&known.object.as_str())) {
                for key in keys {
                    app.storage
                        .delete(key)
                        .await
                        .map_err(super::objects::unstored)?;
                }
            }
        }
        fs::remove_dir_all(&folder.0).map_err(refuse)?;
        removed += 1;
    }
    if removed > 0 {
        tracing::info!(removed, "cleared away what imports under way had left");
    }
    Ok(removed)
}

fn taken(error: &io::Error) -> bool {
    matches!(
        error.kind(),
        io::ErrorKind::NotFound | io::ErrorKind::WouldBlock
    )
}

/// Folders of dead imports, locked by us.
fn dead(temp: &Path) -> io::Result<Vec<(PathBuf, File)>> {
    let mut found = Vec::new();
    for entry in fs::read_dir(temp)? {
        let path = entry?.path();
        let named = path
            .file_name()
            .and_then(|name| name.to_str())
            .map(|name| (name.starts_with(PREFIX), name.starts_with(NEW)));
        let Some((true, _) | (_, true)) = named else {
            continue;
        };
        if matches!(named, Some((_, true))) && fs::remove_dir(&path).is_ok() {
            // Killed before it was locked: nothing is in it.
            continue;
        }
        if let Ok(lock) = File::open(path.join(LOCK))
            && lock.try_lock().is_ok()
        {
            found.push((path, lock));
        }
    }
    Ok(found)
}
