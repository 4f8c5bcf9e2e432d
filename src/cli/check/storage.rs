//! The storage: written, read and removed for a try; and the object of every package there.

use super::Findings;
use crate::catalogue;
use crate::config::Config;
use crate::db::Db;
use crate::ids::{Ids, SystemEntropy};
use crate::outbound::storage::{Storage, StorageError};

/// So many missing packages are named.
const NAMED: usize = 5;

pub(super) async fn look(config: &Config, db: Option<Db>) -> Findings {
    let mut findings = Findings::of("storage");
    let local = !config.storage_url.starts_with("s3:");
    let mend = if local {
        "Does this account of the machine own the folder of HALQA_STORAGE_URL, and has its disk room?"
    } else {
        "Are AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY, AWS_REGION and (other than Amazon's) \
         AWS_ENDPOINT set, and may this key read, write, list and delete in the bucket?"
    };
    let storage = match Storage::open(&config.storage_url, &config.s3) {
        Ok(storage) => storage,
        Err(error) => {
            findings.wrong(format!("{}: {error}", config.storage_url), mend);
            return findings;
        }
    };
    let tried = tokio::time::timeout(std::time::Duration::from_secs(30), round(&storage)).await;
    match tried {
        Ok(Ok(())) => findings.good(format!("{} can be written and read", config.storage_url)),
        Ok(Err(error)) => {
            findings.wrong(format!("{}: {error}", config.storage_url), mend);
            return findings;
        }
        Err(_) => {
            let text = format!("{}: no answer in thirty seconds", config.storage_url);
            findings.wrong(text, mend);
            return findings;
        }
    }
    if let Some(db) = db {
        match catalogue::missing_objects(&db, &storage).await {
            Ok(missing) if missing.is_empty() => {}
            Ok(missing) => findings.wrong(
                format!(
                    "{} packages of the catalogue are not in the storage: {}",
                    missing.len(),
                    missing[..missing.len().min(NAMED)].join(", ")
                ),
                "Is HALQA_STORAGE_URL the one they were imported to? Otherwise put the storage of \
                 the last backup back, or import those packages again.",
            ),
            Err(error) => findings.wrong(error.to_string(), mend),
        }
        db.close().await;
    }
    findings
}

/// Writes, reads and removes an object of a name that nobody uses.
async fn round(storage: &Storage) -> Result<(), StorageError> {
    let ids = Ids::new(
        std::sync::Arc::new(crate::clock::SystemClock),
        std::sync::Arc::new(SystemEntropy),
    );
    let key = format!("check/{}", ids.uuid().simple());
    let bytes = b"halqa check".as_slice();
    storage.put(&key, bytes.into()).await?;
    let read = storage.range(&key, 0..bytes.len() as u64).await;
    storage.delete(&key).await?;
    if read?.as_ref() == bytes {
        Ok(())
    } else {
        Err(StorageError::Other("other bytes came back".into()))
    }
}
