//! Object storage: a local folder by default, an S3-style bucket when it grows.

use std::ops::Range;
use std::path::Path as FsPath;
use std::sync::Arc;

use bytes::Bytes;
use futures::stream::BoxStream;
use object_store::path::Path;
use object_store::{ObjectStore, ObjectStoreExt, PutPayload, WriteMultipart};
use tokio::io::AsyncReadExt;

/// Where packages and other large objects are kept, under immutable keys.
#[derive(Clone)]
pub struct Storage {
    store: Arc<dyn ObjectStore>,
    prefix: Path,
    /// The folder of a local store: serving reads files directly, without a thread hop per block.
    folder: Option<Arc<FsPath>>,
}

/// A storage failure.
#[derive(Debug, thiserror::Error)]
pub enum StorageError {
    /// No object of this key.
    #[error("no such object: {0}")]
    NotFound(String),
    /// The disk or the bucket is full.
    #[error("storage is full")]
    Full,
    /// Anything else.
    #[error("storage: {0}")]
    Other(String),
}

impl From<object_store::Error> for StorageError {
    fn from(error: object_store::Error) -> Self {
        match error {
            object_store::Error::NotFound { path, .. } => StorageError::NotFound(path),
            other => Self::of_text(other.to_string()),
        }
    }
}

impl From<std::io::Error> for StorageError {
    fn from(error: std::io::Error) -> Self {
        Self::of_text(error.to_string())
    }
}

impl StorageError {
    fn of_text(text: String) -> Self {
        if text.contains("No space left") {
            StorageError::Full
        } else {
            StorageError::Other(text)
        }
    }
}

/// Objects above this go up in parts.
const PART: usize = 8 << 20;

impl Storage {
    /// `file:PATH` or `s3://bucket/prefix` (credentials, region and endpoint from the usual
    /// `AWS_…` variables).
    pub fn open(url: &str) -> Result<Storage, StorageError> {
        if let Some(rest) = url.strip_prefix("s3://") {
            let (bucket, prefix) = rest.split_once('/').unwrap_or((rest, ""));
            let store = object_store::aws::AmazonS3Builder::from_env()
                .with_bucket_name(bucket)
                .build()?;
            return Ok(Storage {
                store: Arc::new(store),
                prefix: Path::from(prefix),
                folder: None,
            });
        }
        let folder = url.strip_prefix("file:").unwrap_or(url);
        let folder = folder.strip_prefix("//").unwrap_or(folder);
        std::fs::create_dir_all(folder)?;
        let folder = std::fs::canonicalize(folder)?;
        let store =
            object_store::local::LocalFileSystem::new_with_prefix(&folder)?.with_fsync(true);
        Ok(Storage {
            store: Arc::new(store),
            prefix: Path::default(),
            folder: Some(folder.into()),
        })
    }

    fn path(&self, key: &str) -> Path {
        key.split('/')
            .fold(self.prefix.clone(), |path, part| path.join(part))
    }

    /// The file of an object in a local store.
    pub fn local_file(&self, key: &str) -> Option<std::path::PathBuf> {
        self.folder.as_ref().map(|folder| folder.join(key))
    }

    /// Stores a local file under a key, durably: synced before this returns.
    pub async fn put_file(&self, key: &str, file: &FsPath) -> Result<(), StorageError> {
        if let Some(target) = self.local_file(key) {
            let file = file.to_owned();
            return tokio::task::spawn_blocking(move || place(&file, &target))
                .await
                .map_err(|e| StorageError::Other(e.to_string()))?;
        }
        let mut source = tokio::fs::File::open(file).await?;
        let upload = self.store.put_multipart(&self.path(key)).await?;
        let mut writer = WriteMultipart::new_with_chunk_size(upload, PART);
        let mut buffer = vec![0; 1 << 20];
        loop {
            let read = source.read(&mut buffer).await?;
            if read == 0 {
                break;
            }
            writer.wait_for_capacity(2).await?;
            writer.write(&buffer[..read]);
        }
        writer.finish().await?;
        Ok(())
    }

    /// Stores bytes under a key.
    pub async fn put(&self, key: &str, bytes: Bytes) -> Result<(), StorageError> {
        self.store
            .put(&self.path(key), PutPayload::from_bytes(bytes))
            .await?;
        Ok(())
    }

    /// Part of an object.
    pub async fn range(&self, key: &str, range: Range<u64>) -> Result<Bytes, StorageError> {
        Ok(self.store.get_range(&self.path(key), range).await?)
    }

    /// Part of an object as a stream of blocks.
    pub async fn stream(
        &self,
        key: &str,
        range: Range<u64>,
    ) -> Result<BoxStream<'static, Result<Bytes, object_store::Error>>, StorageError> {
        let options = object_store::GetOptions {
            range: Some(range.into()),
            ..Default::default()
        };
        Ok(self
            .store
            .get_opts(&self.path(key), options)
            .await?
            .into_stream())
    }

    /// The size of an object.
    pub async fn size(&self, key: &str) -> Result<u64, StorageError> {
        Ok(self.store.head(&self.path(key)).await?.size)
    }

    /// All objects: key and size in bytes, in the order of their keys.
    pub async fn list(&self) -> Result<Vec<(String, u64)>, StorageError> {
        use futures::TryStreamExt;
        let prefix = (!self.prefix.as_ref().is_empty()).then_some(&self.prefix);
        let objects: Vec<_> = self.store.list(prefix).try_collect().await?;
        let skip = if self.prefix.as_ref().is_empty() {
            0
        } else {
            self.prefix.as_ref().len() + 1
        };
        let mut keys: Vec<(String, u64)> = objects
            .into_iter()
            .filter_map(|o| Some((o.location.as_ref().get(skip..)?.to_owned(), o.size)))
            .collect();
        keys.sort();
        Ok(keys)
    }

    /// True when an object of this key is there.
    pub async fn exists(&self, key: &str) -> Result<bool, StorageError> {
        match self.store.head(&self.path(key)).await {
            Ok(_) => Ok(true),
            Err(object_store::Error::NotFound { .. }) => Ok(false),
            Err(error) => Err(error.into()),
        }
    }

    /// Removes an object; one that is not there is fine.
    pub async fn delete(&self, key: &str) -> Result<(), StorageError> {
        match self.store.delete(&self.path(key)).await {
            Ok(()) | Err(object_store::Error::NotFound { .. }) => Ok(()),
            Err(error) => Err(error.into()),
        }
    }
}

/// Moves a file to its place on the same disk (or copies it across disks), the file and its folder
/// synced, so that a row that names the object is never written before the object is safe.
fn place(file: &FsPath, target: &FsPath) -> Result<(), StorageError> {
    let folder = target
        .parent()
        .ok_or_else(|| StorageError::Other("no folder".into()))?;
    std::fs::create_dir_all(folder)?;
    std::fs::File::open(file)?.sync_all()?;
    if std::fs::rename(file, target).is_err() {
        let part = target.with_extension("part");
        std::fs::copy(file, &part)?;
        std::fs::File::open(&part)?.sync_all()?;
        std::fs::rename(&part, target)?;
        std::fs::remove_file(file)?;
    }
    std::fs::File::open(folder)?.sync_all()?;
    Ok(())
}
