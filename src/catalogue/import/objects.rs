//! The objects of a package in the storage: the zip, and inflated copies of its media.
//!
//! Each import stores under keys of its own and takes back only these, so that imports of the same
//! bytes, in this process or another, never touch each other's objects.

use rocket::http::Status;

use crate::App;
use crate::outbound::storage::StorageError;
use crate::web::Refusal;

use super::examine::Examined;
use super::staging::{self, Staging};

/// The keys of the objects of a package.
pub(super) struct Stored {
    /// The zip.
    pub zip: String,
    /// Entry path → key of its inflated copy.
    pub sides: Vec<(String, String)>,
}

impl Stored {
    fn named(app: &App, sha256: &str, examined: &Examined) -> Stored {
        let own = app.ids.uuid().simple().to_string();
        let folder = sha256.get(..2).unwrap_or("--");
        let mut paths: Vec<&String> = examined.sides.keys().collect();
        paths.sort();
        Stored {
            zip: format!("zip/{folder}/{sha256}-{own}"),
            sides: paths
                .into_iter()
                .enumerate()
                .map(|(n, path)| (path.clone(), format!("side/{folder}/{sha256}-{own}-{n}")))
                .collect(),
        }
    }

    fn keys(&self) -> impl Iterator<Item = &str> {
        std::iter::once(self.zip.as_str()).chain(self.sides.iter().map(|side| side.1.as_str()))
    }
}

/// Stores what was examined, durably; nothing stays when that fails.
pub(super) async fn store(
    app: &App,
    staging: &mut Staging,
    sha256: &str,
    examined: &Examined,
) -> Result<Stored, Refusal> {
    let stored = Stored::named(app, sha256, examined);
    staging
        .intend(sha256, stored.keys())
        .map_err(staging::refuse)?;
    let mut result = app.storage.put_file(&stored.zip, &staging.zip()).await;
    for (path, key) in &stored.sides {
        if result.is_ok() {
            result = app.storage.put_file(key, &examined.sides[path]).await;
        }
    }
    match result {
        Ok(()) => Ok(stored),
        Err(error) => {
            take_back(app, staging, &stored).await;
            Err(unstored(error))
        }
    }
}

/// Removes what was stored; what cannot be removed now is removed at the next start.
pub(super) async fn take_back(app: &App, staging: &mut Staging, stored: &Stored) {
    for key in stored.keys() {
        if let Err(error) = app.storage.delete(key).await {
            tracing::warn!(%error, key, "left for the next start");
            staging.abandon();
        }
    }
}

/// A failure of the storage.
pub(super) fn unstored(error: StorageError) -> Refusal {
    match error {
        StorageError::Full => Refusal::new(Status::InsufficientStorage, "storage-full"),
        error => {
            tracing::error!(%error, "storage");
            Refusal::new(Status::ServiceUnavailable, "unavailable")
        }
    }
}
