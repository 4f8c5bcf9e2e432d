//! A zip writer that writes whatever it is told, true or not.

use std::io::Write;

use flate2::Compression;
use flate2::write::DeflateEncoder;

/// One entry, every field of which may lie.
#[derive(Debug, Clone)]
pub struct Member {
    /// The name in the central directory.
    pub name: Vec<u8>,
    /// The name in the local header, if another.
    pub local_name: Option<Vec<u8>>,
    /// General purpose flags, in both headers.
    pub flags: u16,
    /// Compression method, in both headers.
    pub method: u16,
    /// The bytes between the headers.
    pub data: Vec<u8>,
    /// CRC-32, in both headers.
    pub crc32: u32,
    /// Compressed size, in both headers.
    pub compressed_size: u32,
    /// Size, in both headers.
    pub size: u32,
    /// Extra fields of the central directory.
    pub extra: Vec<u8>,
    /// The Unix mode.
    pub mode: u16,
    /// The disk the entry claims to be on.
    pub disk: u16,
}

impl Member {
    /// An honest stored entry.
    #[must_use]
    pub fn stored(name: impl AsRef<[u8]>, content: impl AsRef<[u8]>) -> Self {
        let content = content.as_ref();
        let size = u32::try_from(content.len()).unwrap_or(u32::MAX);
        Self {
            name: name.as_ref().to_vec(),
            local_name: None,
            flags: 0,
            method: 0,
            data: content.to_vec(),
            crc32: crc32fast::hash(content),
            compressed_size: size,
            size,
            extra: Vec::new(),
            mode: 0o100_644,
            disk: 0,
        }
    }

    /// An honest deflated entry.
    #[must_use]
    pub fn deflated(name: impl AsRef<[u8]>, content: impl AsRef<[u8]>) -> Self {
        let mut member = Self::stored(name, &content);
        let mut encoder = DeflateEncoder::new(Vec::new(), Compression::best());
        // Writing to a Vec cannot fail; were it to, the entry would be empty and a test red.
        member.data = encoder
            .write_all(content.as_ref())
            .and_then(|()| encoder.finish())
            .unwrap_or_default();
        member.method = 8;
        member.compressed_size = u32::try_from(member.data.len()).unwrap_or(u32::MAX);
        member
    }

    /// The local header and data of this entry.
    #[must_use]
    pub fn local(&self) -> Vec<u8> {
        let name = self.local_name.as_ref().unwrap_or(&self.name);
        let mut out = b"PK\x03\x04\x14\0".to_vec();
        out.extend(self.flags.to_le_bytes());
        out.extend(self.method.to_le_bytes());
        out.extend([0, 0, 0x21, 0]);
        self.numbers(&mut out);
        out.extend(u16::try_from(name.len()).unwrap_or(u16::MAX).to_le_bytes());
        out.extend([0, 0]);
        out.extend(name);
        out.extend(&self.data);
        out
    }

    /// The header of this entry in the central directory.
    #[must_use]
    pub fn central(&self, offset: u32) -> Vec<u8> {
        let mut out = b"PK\x01\x02\x14\x03\x14\0".to_vec();
        out.extend(self.flags.to_le_bytes());
        out.extend(self.method.to_le_bytes());
        out.extend([0, 0, 0x21, 0]);
        self.numbers(&mut out);
        out.extend(
            u16::try_from(self.name.len())
                .unwrap_or(u16::MAX)
                .to_le_bytes(),
        );
        out.extend(
            u16::try_from(self.extra.len())
                .unwrap_or(u16::MAX)
                .to_le_bytes(),
        );
        out.extend([0, 0]);
        out.extend(self.disk.to_le_bytes());
        out.extend([0; 4]);
        out.extend(self.mode.to_le_bytes());
        out.extend(offset.to_le_bytes());
        out.extend(&self.name);
        out.extend(&self.extra);
        out
    }

    fn numbers(&self, out: &mut Vec<u8>) {
        for number in [self.crc32, self.compressed_size, self.size] {
            out.extend(number.to_le_bytes());
        }
    }
}

/// What is written around the entries.
#[derive(Debug, Clone, Default)]
pub struct Forge {
    /// The entries, in order.
    pub members: Vec<Member>,
    /// Bytes in front of everything; offsets count from behind them.
    pub prefix: Vec<u8>,
    /// The same, but offsets count from the start of the file.
    pub counted_prefix: Vec<u8>,
    /// Bytes between the entries and the central directory.
    pub gap: Vec<u8>,
    /// The archive's comment.
    pub comment: Vec<u8>,
    /// Bytes behind everything.
    pub suffix: Vec<u8>,
}

/// An archive with the places of its structures, to be damaged further.
#[derive(Debug, Clone)]
pub struct Forged {
    /// The archive.
    pub bytes: Vec<u8>,
    /// Where each local header begins.
    pub locals: Vec<usize>,
    /// Where each header of the central directory begins.
    pub centrals: Vec<usize>,
    /// Where the end record begins.
    pub end: usize,
}

impl Forge {
    /// An archive of these entries.
    #[must_use]
    pub fn of(members: Vec<Member>) -> Self {
        Self {
            members,
            ..Self::default()
        }
    }

    /// Writes it.
    #[must_use]
    pub fn finish(&self) -> Forged {
        let mut bytes = [&self.prefix[..], &self.counted_prefix].concat();
        let offset = |at: usize| u32::try_from(at - self.prefix.len()).unwrap_or(u32::MAX);
        let mut locals = Vec::new();
        for member in &self.members {
            locals.push(bytes.len());
            bytes.extend(member.local());
        }
        bytes.extend(&self.gap);
        let start = bytes.len();
        let mut centrals = Vec::new();
        for (member, local) in self.members.iter().zip(&locals) {
            centrals.push(bytes.len());
            bytes.extend(member.central(offset(*local)));
        }
        let end = bytes.len();
        bytes.extend(end_record(
            self.members.len(),
            u32::try_from(end - start).unwrap_or(u32::MAX),
            offset(start),
            &self.comment,
        ));
        bytes.extend(&self.suffix);
        Forged {
            bytes,
            locals,
            centrals,
            end,
        }
    }
}

impl Forged {
    /// The archive with the bytes from `at` replaced.
    #[must_use]
    pub fn patched(&self, at: usize, with: &[u8]) -> Vec<u8> {
        let mut bytes = self.bytes.clone();
        if let Some(part) = bytes.get_mut(at..at + with.len()) {
            part.copy_from_slice(with);
        }
        bytes
    }
}

/// An end record; more than 65,535 entries are escaped as zip64 would.
#[must_use]
pub(crate) fn end_record(count: usize, size: u32, start: u32, comment: &[u8]) -> Vec<u8> {
    let mut out = b"PK\x05\x06\0\0\0\0".to_vec();
    let count = u16::try_from(count).unwrap_or(u16::MAX).to_le_bytes();
    out.extend([count, count].concat());
    out.extend(size.to_le_bytes());
    out.extend(start.to_le_bytes());
    out.extend(
        u16::try_from(comment.len())
            .unwrap_or(u16::MAX)
            .to_le_bytes(),
    );
    out.extend(comment);
    out
}

/// A zip64 end record and its locator, the record standing at `at`.
#[must_use]
pub(crate) fn end_64(count: u64, size: u64, start: u64, at: u64) -> Vec<u8> {
    let mut out = b"PK\x06\x06".to_vec();
    out.extend(44_u64.to_le_bytes());
    out.extend([45, 0, 45, 0]);
    out.extend([0; 8]);
    for number in [count, count, size, start] {
        out.extend(number.to_le_bytes());
    }
    out.extend(b"PK\x06\x07\0\0\0\0");
    out.extend(at.to_le_bytes());
    out.extend([1, 0, 0, 0]);
    out
}
