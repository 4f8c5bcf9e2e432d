//! Entries inflated on the way, out of a file or a bucket.

use std::fs::File;
use std::io;
use std::ops::Range;
use std::os::unix::fs::FileExt;
use std::sync::{Arc, Mutex, PoisonError};

use bytes::Bytes;
use futures::StreamExt;
use package::{Entry, Source};

use super::Package;
use super::body::Part;
use super::serve::BLOCK;
use crate::App;

/// A range of an entry inflated on the way: for clients without gzip, and for ranges.
pub(super) fn inflated(app: &App, package: &Package, entry: &Entry, range: Range<u64>) -> Part {
    let (blocks, receiver) = tokio::sync::mpsc::channel::<io::Result<Bytes>>(4);
    let entry = entry.clone();
    let source: Box<dyn Source + Send> = match &package.file {
        Some(file) => Box::new(LocalSource(file.clone(), package.index.length)),
        None => Box::new(BucketSource {
            app: app.clone(),
            key: package.key.clone(),
            length: package.index.length,
            runtime: tokio::runtime::Handle::current(),
            ahead: Mutex::default(),
        }),
    };
    tokio::task::spawn_blocking(move || {
        let mut reader = package::open(&*source, &entry);
        let mut buffer = vec![0; BLOCK];
        let mut at = 0_u64;
        while at < range.end {
            let read = match reader.next_block(&mut buffer) {
                Ok(0) => break,
                Ok(read) => read as u64,
                Err(error) => {
                    let _ = blocks.blocking_send(Err(io::Error::other(error)));
                    break;
                }
            };
            let from = range.start.clamp(at, at + read) - at;
            let to = range.end.clamp(at, at + read) - at;
            at += read;
            if from < to {
                let block = Bytes::copy_from_slice(&buffer[from as usize..to as usize]);
                // The client went away.
                if blocks.blocking_send(Ok(block)).is_err() {
                    break;
                }
            }
        }
    });
    let stream = futures::stream::unfold(receiver, |mut receiver| async {
        let block = receiver.recv().await?;
        Some((block, receiver))
    });
    Part::Stream(stream.boxed(), Bytes::new())
}

struct LocalSource(Arc<File>, u64);

impl Source for LocalSource {
    fn len(&self) -> u64 {
        self.1
    }
    fn read_at(&self, offset: u64, buf: &mut [u8]) -> io::Result<()> {
        self.0.read_exact_at(buf, offset)
    }
}

/// Reads ahead: the inflater asks for small pieces, and each would be a request.
struct BucketSource {
    app: App,
    key: String,
    length: u64,
    runtime: tokio::runtime::Handle,
    /// Where the block at hand begins, and the block.
    ahead: Mutex<(u64, Bytes)>,
}

impl BucketSource {
    const BLOCK: u64 = 1 << 20;
}

impl Source for BucketSource {
    fn len(&self) -> u64 {
        self.length
    }
    fn read_at(&self, offset: u64, buf: &mut [u8]) -> io::Result<()> {
        let wanted = offset..offset + buf.len() as u64;
        let mut ahead = self.ahead.lock().unwrap_or_else(PoisonError::into_inner);
        let held = ahead.0..ahead.0 + ahead.1.len() as u64;
        if wanted.start < held.start || wanted.end > held.end {
            let end = wanted.end.max(offset + Self::BLOCK).min(self.length);
            let block = self
                .runtime
                .block_on(self.app.storage.range(&self.key, offset..end))
                .map_err(io::Error::other)?;
            *ahead = (offset, block);
        }
        let from = (offset - ahead.0) as usize;
        let found = ahead.1.get(from..from + buf.len());
        buf.copy_from_slice(found.ok_or(io::ErrorKind::UnexpectedEof)?);
        Ok(())
    }
}
