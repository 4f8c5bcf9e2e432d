//! Reading one entry, bounded and checked.

use std::io::{self, Read};

use flate2::{Decompress, FlushDecompress, Status};

use crate::index::{Entry, Method};
use crate::refusal::Code;
use crate::source::Source;

const BLOCK: usize = 64 * 1024;

/// Why an entry could not be read.
#[derive(Debug, thiserror::Error)]
pub enum ReadError {
    /// The entry's bytes are not what its header promised.
    #[error("{0}")]
    Broken(Code),
    /// The medium failed.
    #[error(transparent)]
    Io(#[from] io::Error),
}

impl ReadError {
    /// The stable code.
    #[must_use]
    pub fn code(&self) -> Code {
        match self {
            Self::Broken(code) => *code,
            Self::Io(error) if error.kind() == io::ErrorKind::UnexpectedEof => Code::Truncated,
            Self::Io(_) => Code::Io,
        }
    }
}

/// The content of one entry, in pieces; [`Read`] for those who need it. Size and checksum are
/// verified when the end is reached, and never more than the declared size is given.
pub struct EntryReader<'a, S: ?Sized> {
    source: &'a S,
    entry: &'a Entry,
    /// Bytes of compressed data taken from the source.
    taken: u64,
    /// Bytes of content given.
    given: u64,
    input: Vec<u8>,
    input_at: usize,
    inflater: Option<Decompress>,
    crc: crc32fast::Hasher,
    finished: bool,
}

/// Opens an entry for reading.
pub fn open<'a, S: Source + ?Sized>(source: &'a S, entry: &'a Entry) -> EntryReader<'a, S> {
    let inflater = (entry.method == Method::Deflate).then(|| Decompress::new(false));
    EntryReader {
        source,
        entry,
        taken: 0,
        given: 0,
        input: Vec::new(),
        input_at: 0,
        inflater,
        crc: crc32fast::Hasher::new(),
        finished: false,
    }
}

/// The whole content of an entry.
///
/// # Errors
/// `too_large` when the entry is larger than `cap` bytes; broken data; the medium.
pub fn inflate(
    source: &(impl Source + ?Sized),
    entry: &Entry,
    cap: u64,
) -> Result<Vec<u8>, ReadError> {
    if entry.size > cap {
        return Err(ReadError::Broken(Code::TooLarge));
    }
    let mut content = Vec::new();
    let mut reader = open(source, entry);
    let mut buf = vec![0; BLOCK];
    loop {
        match reader.next_block(&mut buf)? {
            0 => return Ok(content),
            n => content.extend_from_slice(&buf[..n]),
        }
    }
}

impl<S: Source + ?Sized> EntryReader<'_, S> {
    /// Fills a part of `buf`; 0 at the verified end.
    ///
    /// # Errors
    /// Broken data or the medium.
    pub fn next_block(&mut self, buf: &mut [u8]) -> Result<usize, ReadError> {
        if self.finished || buf.is_empty() {
            return Ok(0);
        }
        let n = match self.inflater.take() {
            None => self.copy(buf)?,
            Some(mut inflater) => {
                let result = self.inflate(&mut inflater, buf);
                self.inflater = Some(inflater);
                result?
            }
        };
        self.crc.update(&buf[..n]);
        self.given += n as u64;
        if self.given > self.entry.size {
            return Err(ReadError::Broken(Code::SizeMismatch));
        }
        if n == 0 {
            self.finish()?;
        }
        Ok(n)
    }

    fn finish(&mut self) -> Result<(), ReadError> {
        let unread = self.input.len() - self.input_at;
        if self.given != self.entry.size || self.taken != self.entry.compressed_size || unread != 0
        {
            return Err(ReadError::Broken(Code::SizeMismatch));
        }
        if self.crc.clone().finalize() != self.entry.crc32 {
            return Err(ReadError::Broken(Code::Crc));
        }
        self.finished = true;
        Ok(())
    }

    fn copy(&mut self, buf: &mut [u8]) -> Result<usize, ReadError> {
        let left = self.entry.compressed_size - self.taken;
        let n = usize::try_from(left).unwrap_or(buf.len()).min(buf.len());
        self.source
            .read_at(self.entry.offset + self.taken, &mut buf[..n])?;
        self.taken += n as u64;
        Ok(n)
    }

    fn inflate(&mut self, inflater: &mut Decompress, buf: &mut [u8]) -> Result<usize, ReadError> {
        loop {
            if self.input_at == self.input.len() {
                self.refill()?;
            }
            let last = self.taken == self.entry.compressed_size;
            let (before_in, before_out) = (inflater.total_in(), inflater.total_out());
            let input = &self.input[self.input_at..];
            let status = inflater
                .decompress(input, buf, FlushDecompress::None)
                .map_err(|_| ReadError::Broken(Code::BadDeflate))?;
            let read = inflater.total_in() - before_in;
            let written = inflater.total_out() - before_out;
            self.input_at += usize::try_from(read).unwrap_or(0);
            if written > 0 || status == Status::StreamEnd {
                return Ok(usize::try_from(written).unwrap_or(0));
            }
            // No progress and nothing more to give it: the stream lacks its end.
            if read == 0 && (last || !input.is_empty()) {
                return Err(ReadError::Broken(Code::BadDeflate));
            }
        }
    }

    fn refill(&mut self) -> Result<(), ReadError> {
        let left = self.entry.compressed_size - self.taken;
        let n = usize::try_from(left).unwrap_or(BLOCK).min(BLOCK);
        self.input.resize(n, 0);
        self.source
            .read_at(self.entry.offset + self.taken, &mut self.input)?;
        self.taken += n as u64;
        self.input_at = 0;
        Ok(())
    }
}

impl<S: Source + ?Sized> Read for EntryReader<'_, S> {
    fn read(&mut self, buf: &mut [u8]) -> io::Result<usize> {
        self.next_block(buf).map_err(|error| match error {
            ReadError::Io(error) => error,
            broken @ ReadError::Broken(_) => io::Error::new(io::ErrorKind::InvalidData, broken),
        })
    }
}
