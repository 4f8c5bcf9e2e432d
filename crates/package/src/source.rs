//! Where a package's bytes come from.

use std::io;

use sha2::{Digest, Sha256};

/// Random access to the bytes of a package, so that memory does not grow with its size.
pub trait Source {
    /// The length in bytes.
    fn len(&self) -> u64;

    /// Fills `buf` from `offset`.
    ///
    /// # Errors
    /// What the medium reports; `UnexpectedEof` when the range leaves the package.
    fn read_at(&self, offset: u64, buf: &mut [u8]) -> io::Result<()>;

    /// Whether there is no byte at all.
    fn is_empty(&self) -> bool {
        self.len() == 0
    }
}

impl Source for [u8] {
    fn len(&self) -> u64 {
        <[u8]>::len(self) as u64
    }

    fn read_at(&self, offset: u64, buf: &mut [u8]) -> io::Result<()> {
        let part = usize::try_from(offset)
            .ok()
            .and_then(|start| Some(start..start.checked_add(buf.len())?))
            .and_then(|range| self.get(range))
            .ok_or(io::ErrorKind::UnexpectedEof)?;
        buf.copy_from_slice(part);
        Ok(())
    }
}

impl Source for Vec<u8> {
    fn len(&self) -> u64 {
        Source::len(self.as_slice())
    }

    fn read_at(&self, offset: u64, buf: &mut [u8]) -> io::Result<()> {
        self.as_slice().read_at(offset, buf)
    }
}

impl<S: Source + ?Sized> Source for &S {
    fn len(&self) -> u64 {
        (**self).len()
    }

    fn read_at(&self, offset: u64, buf: &mut [u8]) -> io::Result<()> {
        (**self).read_at(offset, buf)
    }
}

/// The SHA-256 of the whole package: its name in the object store.
///
/// # Errors
/// What the source reports.
pub fn sha256(source: &(impl Source + ?Sized)) -> io::Result<[u8; 32]> {
    const BLOCK: usize = 128 * 1024;
    let mut digest = Sha256::new();
    let mut buf = vec![0; BLOCK];
    let mut offset = 0;
    while offset < source.len() {
        let left = usize::try_from(source.len() - offset)
            .unwrap_or(BLOCK)
            .min(BLOCK);
        source.read_at(offset, &mut buf[..left])?;
        digest.update(&buf[..left]);
        offset += left as u64;
    }
    Ok(digest.finalize().into())
}

/// Bytes as lower-case hexadecimal digits.
#[must_use]
pub fn hex(bytes: &[u8]) -> String {
    const DIGITS: &[u8; 16] = b"0123456789abcdef";
    bytes
        .iter()
        .flat_map(|b| [b >> 4, b & 15])
        .map(|nibble| char::from(DIGITS[usize::from(nibble)]))
        .collect()
}
