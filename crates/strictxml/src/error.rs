//! Why a document is refused, and where.

use std::fmt;

/// The reason for a refusal; [`Code::as_str`] is the stable name shown to programs.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Code {
    /// The file is larger than [`crate::Limits::bytes`].
    TooLarge,
    /// The declared encoding is not UTF-8, UTF-16, ISO-8859-1 or windows-1252.
    UnsupportedEncoding,
    /// The byte order mark or the bytes contradict the declared encoding.
    EncodingMismatch,
    /// Bytes that mean nothing in the document's encoding.
    InvalidBytes,
    /// A character outside the XML 1.0 `Char` production, written out or as a reference.
    InvalidCharacter,
    /// A document type declaration with an internal subset.
    DtdNotAllowed,
    /// A reference to an entity other than the five predefined ones.
    UnknownEntity,
    /// More open elements than [`crate::Limits::depth`].
    TooDeep,
    /// More attributes on one element than [`crate::Limits::attributes`].
    TooManyAttributes,
    /// More namespace declarations in scope than [`crate::Limits::namespaces`].
    TooManyNamespaces,
    /// More nodes than [`crate::Limits::nodes`].
    TooManyNodes,
    /// A value longer than [`crate::Limits::value`].
    ValueTooLong,
    /// An attribute given twice, by its written or by its expanded name.
    DuplicateAttribute,
    /// An end tag that closes nothing, or something else.
    MismatchedEnd,
    /// The document ends inside an element.
    Unclosed,
    /// A second root element.
    SecondRoot,
    /// Text, or a declaration in the wrong place, outside the root element.
    JunkOutsideRoot,
    /// No element at all.
    NoRoot,
    /// Any other breach of well-formedness.
    Malformed,
}

impl Code {
    /// The stable name of this reason.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::TooLarge => "xml_too_large",
            Self::UnsupportedEncoding => "unsupported_encoding",
            Self::EncodingMismatch => "encoding_mismatch",
            Self::InvalidBytes => "invalid_bytes",
            Self::InvalidCharacter => "invalid_character",
            Self::DtdNotAllowed => "dtd_not_allowed",
            Self::UnknownEntity => "unknown_entity",
            Self::TooDeep => "too_deep",
            Self::TooManyAttributes => "too_many_attributes",
            Self::TooManyNamespaces => "too_many_namespaces",
            Self::TooManyNodes => "too_many_nodes",
            Self::ValueTooLong => "value_too_long",
            Self::DuplicateAttribute => "duplicate_attribute",
            Self::MismatchedEnd => "mismatched_end",
            Self::Unclosed => "unclosed_element",
            Self::SecondRoot => "second_root",
            Self::JunkOutsideRoot => "junk_outside_root",
            Self::NoRoot => "no_root",
            Self::Malformed => "malformed_xml",
        }
    }
}

/// A refused document.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{code} at line {line}, column {column}{}", Detail(detail))]
pub struct Error {
    /// The reason.
    pub code: Code,
    /// Line of the offending construct, from 1; 0 when the file as a whole is refused.
    pub line: u32,
    /// Column in characters, from 1; 0 when the file as a whole is refused.
    pub column: u32,
    /// The name or value concerned, shortened; may be empty.
    pub detail: String,
}

impl fmt::Display for Code {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

struct Detail<'a>(&'a str);

impl fmt::Display for Detail<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.0.is_empty() {
            Ok(())
        } else {
            write!(f, ": {}", self.0)
        }
    }
}

/// Shortens what is quoted from a document, which may be a megabyte of one name.
pub(crate) fn shortened(text: &str) -> String {
    const KEPT: usize = 80;
    let mut out: String = text.chars().take(KEPT).collect();
    if out.len() < text.len() {
        out.push('…');
    }
    out
}
