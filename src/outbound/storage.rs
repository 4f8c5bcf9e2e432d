//! Object storage: a local folder by default, an S3-style bucket when it grows.

use std::ops::Range;
use std::path::Path as FsPath;
use std::sync::Arc;
use std::time::Duration;

use bytes::Bytes;
use futures::stream::{BoxStream, StreamExt};
use object_store::aws::{AmazonS3, AmazonS3Builder};
use object_store::path::Path;
use object_store::{
    ClientOptions, ObjectStore, ObjectStoreExt, PutPayload, RetryConfig, WriteMultipart,
};
use tokio::io::AsyncReadExt;

/// Where packages and other large objects are kept, under immutable keys.
#[derive(Clone)]
pub struct Storage {
    store: Arc<dyn ObjectStore>,
    prefix: Path,
    /// The folder of a local store: serving reads files directly, without a thread hop per block.
    folder: Option<Arc<FsPath>>,
}

/// How to reach an S3-style bucket; what is `None` comes from the `AWS_…` variable of the same
/// meaning.
#[derive(Debug, Clone, Default)]
pub struct S3 {
    /// `HALQA_S3_ENDPOINT`: the server's address, for others than Amazon's.
    pub endpoint: Option<String>,
    /// `HALQA_S3_REGION`.
    pub region: Option<String>,
    /// `HALQA_S3_ACCESS_KEY_ID`.
    pub access_key_id: Option<String>,
    /// `HALQA_S3_SECRET_ACCESS_KEY`.
    pub secret_access_key: Option<Secret>,
}

/// A value that is never printed.
#[derive(Clone)]
pub struct Secret(pub String);

impl std::fmt::Debug for Secret {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("…")
    }
}

impl S3 {
    fn bucket(&self, name: &str) -> Result<AmazonS3, StorageError> {
        // People wait for what is read: a bucket that does not answer must fail soon.
        let patience = RetryConfig {
            max_retries: 3,
            retry_timeout: Duration::from_secs(20),
            ..RetryConfig::default()
        };
        let client = ClientOptions::new()
            .with_connect_timeout(Duration::from_secs(5))
            .with_timeout(Duration::from_secs(60));
        let mut builder = AmazonS3Builder::from_env()
            .with_client_options(client)
            .with_retry(patience)
            .with_bucket_name(name);
        if let Some(endpoint) = &self.endpoint {
            builder = builder
                .with_endpoint(endpoint.trim_end_matches('/'))
                .with_allow_http(endpoint.starts_with("http://"));
        }
        if let Some(region) = &self.region {
            builder = builder.with_region(region);
        }
        if let Some(key) = &self.access_key_id {
            builder = builder.with_access_key_id(key);
        }
        if let Some(key) = &self.secret_access_key {
            builder = builder.with_secret_access_key(&key.0);
        }
        Ok(builder.build()?)
    }
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
        // The disk's own words, a quota's, and those of buckets (S3 and its kin).
        let full = [
            "No space left",
            "Disk quota exceeded",
            "File too large",
            "XMinioStorageFull",
            "QuotaExceeded",
            "InsufficientStorage",
        ];
        if full.iter().any(|word| text.contains(word)) {
            StorageError::Full
        } else {
            StorageError::Other(text)
        }
    }
}

/// Objects above this go up in parts of this size.
const PART: usize = 8 << 20;
/// A large object is read in blocks of this size, one request each: a reader on a poor line may
/// take its time without holding a connection to the bucket open.
const BLOCK: u64 = 4 << 20;

impl Storage {
    /// `file:PATH` or `s3://bucket/prefix`; `s3` says how to reach the bucket, and what it leaves
    /// out comes from the usual `AWS_…` variables.
    pub fn open(url: &str, s3: &S3) -> Result<Storage, StorageError> {
        if let Some(rest) = url.strip_prefix("s3://") {
            let (bucket, prefix) = rest.split_once('/').unwrap_or((rest, ""));
            return Ok(Self::over(Arc::new(s3.bucket(bucket)?), prefix));
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

    /// Over any object store, under a prefix.
    pub fn over(store: Arc<dyn ObjectStore>, prefix: &str) -> Storage {
        Storage {
            store,
            prefix: Path::from(prefix),
            folder: None,
        }
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
        let size = source.metadata().await?.len();
        if size <= PART as u64 {
            let mut bytes = Vec::new();
            source.read_to_end(&mut bytes).await?;
            return self.put(key, bytes.into()).await;
        }
        let upload = self.store.put_multipart(&self.path(key)).await?;
        let mut writer = WriteMultipart::new_with_chunk_size(upload, PART);
        match send_parts(&mut source, &mut writer).await {
            Ok(()) => {
                writer.finish().await?;
                Ok(())
            }
            Err(error) => {
                // Parts of an upload that never ends would be paid for, unseen.
                if let Err(error) = writer.abort().await {
                    tracing::warn!(%error, key, "parts are left in the bucket");
                }
                Err(error)
            }
        }
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

    /// Part of an object as a stream of blocks, fetched as they are read.
    pub fn stream(
        &self,
        key: &str,
        range: Range<u64>,
    ) -> BoxStream<'static, Result<Bytes, StorageError>> {
        let (store, path) = (self.store.clone(), self.path(key));
        futures::stream::try_unfold(range.start, move |at| {
            let (store, path) = (store.clone(), path.clone());
            async move {
                if at >= range.end {
                    return Ok(None);
                }
                let to = range.end.min(at + BLOCK);
                let block = store.get_range(&path, at..to).await?;
                if block.is_empty() {
                    return Err(StorageError::Other(
                        "the object is shorter than it was".into(),
                    ));
                }
                let next = at + block.len() as u64;
                Ok(Some((block, next)))
            }
        })
        .boxed()
    }

    /// The size of an object.
    pub async fn size(&self, key: &str) -> Result<u64, StorageError> {
        Ok(self.store.head(&self.path(key)).await?.size)
    }

    /// All objects: key and size in bytes, in the order of their keys.
    pub async fn list(&self) -> Result<Vec<(String, u64)>, StorageError> {
        use futures::TryStreamExt as _;
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

async fn send_parts(
    source: &mut tokio::fs::File,
    writer: &mut WriteMultipart,
) -> Result<(), StorageError> {
    let mut buffer = vec![0; 1 << 20];
    loop {
        let read = source.read(&mut buffer).await?;
        if read == 0 {
            return Ok(());
        }
        writer.wait_for_capacity(2).await?;
        writer.write(&buffer[..read]);
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
