//! Why a package is refused, and because of which entry.

use std::fmt;

/// The reason; [`Code::as_str`] is the stable name shown to programs.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Code {
    /// Z15: no zip structure at all.
    NotAZip,
    /// Z15: a zip without any file.
    Empty,
    /// Z10: structures are cut off or point outside the archive.
    Truncated,
    /// Z10: counts, offsets or lengths contradict each other.
    BadDirectory,
    /// Z9: more than one reading of the archive is possible.
    AmbiguousArchive,
    /// Z1, Z2, Z3: a name that climbs, is absolute, or holds control or bidi characters.
    UnsafeName,
    /// Z13: a path longer than [`crate::Limits::path`].
    NameTooLong,
    /// Z13: a path deeper than [`crate::Limits::depth`].
    TooDeep,
    /// Z7: two entries of one name, or a file and a directory of one name.
    DuplicateName,
    /// Z4: a link, device or other special file.
    SpecialFile,
    /// Z6: two entries share bytes.
    Overlap,
    /// Z8: a local header contradicts the central directory.
    HeaderMismatch,
    /// Z12: an encrypted entry.
    Encrypted,
    /// Z12: a compression method other than stored and deflate.
    UnsupportedMethod,
    /// Z12: an archive in several parts.
    MultiDisk,
    /// Z13: more entries than [`crate::Limits::entries`].
    TooManyEntries,
    /// Z5, Z11: inflates too far for its compressed size.
    Ratio,
    /// A size over one of the [`crate::Limits`].
    TooLarge,
    /// Z11: an entry does not inflate to its declared size.
    SizeMismatch,
    /// Z11: an entry does not have its declared checksum.
    Crc,
    /// An entry's deflate stream is broken.
    BadDeflate,
    /// The medium failed; says nothing about the package.
    Io,
}

impl Code {
    /// The stable name of this reason.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::NotAZip => "not_a_zip",
            Self::Empty => "empty",
            Self::Truncated => "truncated",
            Self::BadDirectory => "bad_directory",
            Self::AmbiguousArchive => "ambiguous_archive",
            Self::UnsafeName => "unsafe_name",
            Self::NameTooLong => "name_too_long",
            Self::TooDeep => "too_deep",
            Self::DuplicateName => "duplicate_name",
            Self::SpecialFile => "special_file",
            Self::Overlap => "overlap",
            Self::HeaderMismatch => "header_mismatch",
            Self::Encrypted => "encrypted",
            Self::UnsupportedMethod => "unsupported_method",
            Self::MultiDisk => "multi_disk",
            Self::TooManyEntries => "too_many_entries",
            Self::Ratio => "ratio",
            Self::TooLarge => "too_large",
            Self::SizeMismatch => "size_mismatch",
            Self::Crc => "crc",
            Self::BadDeflate => "bad_deflate",
            Self::Io => "io",
        }
    }
}

impl fmt::Display for Code {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

/// A refused package.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{code} at byte {offset}{}{}: {detail}", if entry.is_some() { ", entry " } else { "" }, entry.as_deref().unwrap_or_default())]
pub struct Refusal {
    /// The reason.
    pub code: Code,
    /// The entry concerned, shortened and without control characters.
    pub entry: Option<String>,
    /// Where in the archive, in bytes.
    pub offset: u64,
    /// A short English hint for logs.
    pub detail: &'static str,
}

impl Refusal {
    pub(crate) fn new(code: Code, offset: u64, detail: &'static str) -> Self {
        Self {
            code,
            entry: None,
            offset,
            detail,
        }
    }

    /// The same, naming the entry.
    pub(crate) fn of(mut self, name: &str) -> Self {
        const KEPT: usize = 120;
        let mut shown: String = name.chars().take(KEPT).map(harmless).collect();
        if name.chars().nth(KEPT).is_some() {
            shown.push('…');
        }
        self.entry = Some(shown);
        self
    }

    pub(crate) fn io(error: &std::io::Error, offset: u64) -> Self {
        // A range outside the archive is the archive's fault, all else the medium's.
        if error.kind() == std::io::ErrorKind::UnexpectedEof {
            Self::new(Code::Truncated, offset, "range outside the archive")
        } else {
            Self::new(Code::Io, offset, "the medium failed")
        }
    }
}

fn harmless(c: char) -> char {
    if crate::names::is_forbidden(c) {
        '\u{FFFD}'
    } else {
        c
    }
}
