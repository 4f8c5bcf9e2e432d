//! The one pass over all data that makes every number of the index trustworthy.

use crate::index::{Entry, Index};
use crate::inflate::open;
use crate::limits::Limits;
use crate::refusal::{Code, Refusal};
use crate::source::Source;

const BLOCK: usize = 64 * 1024;

/// Looks on while entries are inflated; everything is optional.
pub trait Observer {
    /// A new entry begins.
    fn begin(&mut self, entry: &Entry) {
        let _ = entry;
    }

    /// The next piece of the entry's content.
    fn data(&mut self, block: &[u8]) {
        let _ = block;
    }

    /// The entry is whole.
    fn end(&mut self) {}
}

impl Observer for () {}

/// Inflates every entry once: sizes, checksums (Z11), total and ratio, in constant memory.
/// `progress` hears how many bytes of how many are done.
///
/// # Errors
/// The first entry that is not what its header promised.
pub fn verify(
    source: &(impl Source + ?Sized),
    index: &Index,
    limits: &Limits,
    observer: &mut dyn Observer,
    progress: &mut dyn FnMut(u64, u64),
) -> Result<(), Refusal> {
    let all: u64 = index
        .entries
        .iter()
        .fold(0, |sum, e| sum.saturating_add(e.size));
    let mut done = 0_u64;
    let mut buf = vec![0; BLOCK];
    for entry in &index.entries {
        let refuse = |code| Refusal::new(code, entry.offset, "content").of(&entry.path);
        observer.begin(entry);
        let mut reader = open(source, entry);
        let mut size = 0_u64;
        loop {
            let n = reader.next_block(&mut buf).map_err(|e| refuse(e.code()))?;
            if n == 0 {
                break;
            }
            size += n as u64;
            done += n as u64;
            if size > limits.entry || done > limits.total {
                return Err(refuse(Code::TooLarge));
            }
            if size > limits.ratio_from && size / limits.ratio > entry.compressed_size {
                return Err(refuse(Code::Ratio));
            }
            observer.data(&buf[..n]);
            progress(done, all);
        }
        observer.end();
    }
    Ok(())
}
