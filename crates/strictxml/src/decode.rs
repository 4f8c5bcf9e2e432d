//! From bytes to text: XML 1.0, appendix F, for the encodings manifests are found in.

use std::borrow::Cow;

use encoding_rs::{Encoding, UTF_8, UTF_16BE, UTF_16LE, WINDOWS_1252};

use crate::error::{Code, Error, shortened};

/// How far an XML declaration may reach into the file, in bytes.
const DECLARATION_WINDOW: usize = 256;

/// Decodes a document, without its byte order mark.
///
/// # Errors
/// An encoding that is unsupported, contradicts the declaration, or bytes invalid in it.
pub(crate) fn decode(bytes: &[u8]) -> Result<(Cow<'_, str>, &'static Encoding), Error> {
    // UTF-32 marks begin like UTF-16 ones: seen first, they get their true name.
    if bytes.starts_with(&[0xFF, 0xFE, 0, 0]) || bytes.starts_with(&[0, 0, 0xFE, 0xFF]) {
        return Err(whole(Code::UnsupportedEncoding, "UTF-32"));
    }
    let (family, rest) = if let Some(rest) = bytes.strip_prefix(&[0xEF, 0xBB, 0xBF]) {
        (Some(UTF_8), rest)
    } else if let Some(rest) = bytes.strip_prefix(&[0xFF, 0xFE]) {
        (Some(UTF_16LE), rest)
    } else if let Some(rest) = bytes.strip_prefix(&[0xFE, 0xFF]) {
        (Some(UTF_16BE), rest)
    } else if bytes.starts_with(&[b'<', 0]) {
        (Some(UTF_16LE), bytes)
    } else if bytes.starts_with(&[0, b'<']) {
        (Some(UTF_16BE), bytes)
    } else {
        (None, bytes)
    };
    let wide = family.filter(|e| *e == UTF_16LE || *e == UTF_16BE);
    let head = head_as_ascii(rest, wide);
    let declared = declared_encoding(&head);
    let encoding = match (family, declared) {
        (None, None) => UTF_8,
        (Some(found), None) => found,
        (found, Some(label)) => reconcile(found, &label)?,
    };
    match encoding.decode_without_bom_handling_and_without_replacement(rest) {
        Some(text) => Ok((text, encoding)),
        None => Err(invalid_bytes(rest, encoding)),
    }
}

/// The first bytes as ASCII, one byte per character whatever the code unit is.
fn head_as_ascii(bytes: &[u8], wide: Option<&'static Encoding>) -> String {
    let to_char = |b: u8| {
        if b.is_ascii() {
            char::from(b)
        } else {
            '\u{FFFD}'
        }
    };
    match wide {
        None => bytes
            .iter()
            .take(DECLARATION_WINDOW)
            .map(|b| to_char(*b))
            .collect(),
        Some(encoding) => bytes
            .chunks_exact(2)
            .take(DECLARATION_WINDOW)
            .map(|pair| {
                let (high, low) = if encoding == UTF_16BE {
                    (pair[0], pair[1])
                } else {
                    (pair[1], pair[0])
                };
                if high == 0 { to_char(low) } else { '\u{FFFD}' }
            })
            .collect(),
    }
}

/// The value of `encoding` in an XML declaration at the very start of the document.
fn declared_encoding(head: &str) -> Option<String> {
    let rest = head.strip_prefix("<?xml")?;
    if !rest.starts_with([' ', '\t', '\r', '\n']) {
        return None;
    }
    let declaration = &rest[..rest.find("?>")?];
    let after = &declaration[declaration.find("encoding")? + "encoding".len()..];
    let value = after.trim_start().strip_prefix('=')?.trim_start();
    let quote = value.chars().next().filter(|c| *c == '"' || *c == '\'')?;
    let value = &value[1..];
    Some(value[..value.find(quote)?].to_ascii_lowercase())
}

/// Holds the declared label against what the bytes show.
fn reconcile(found: Option<&'static Encoding>, label: &str) -> Result<&'static Encoding, Error> {
    let mismatch = || Err(whole(Code::EncodingMismatch, label));
    match label {
        "utf-8" | "utf8" | "us-ascii" | "ascii" => match found {
            None => Ok(UTF_8),
            Some(e) if e == UTF_8 => Ok(UTF_8),
            Some(_) => mismatch(),
        },
        "utf-16" => match found {
            Some(e) if e != UTF_8 => Ok(e),
            _ => mismatch(),
        },
        "utf-16le" | "utf-16be" => {
            let named = if label == "utf-16le" {
                UTF_16LE
            } else {
                UTF_16BE
            };
            if found == Some(named) {
                Ok(named)
            } else {
                mismatch()
            }
        }
        // The web's rule, and what authoring tools mean: ISO-8859-1 is read as windows-1252.
        "iso-8859-1" | "iso8859-1" | "latin1" | "latin-1" | "windows-1252" | "cp1252" => {
            if found.is_none() {
                Ok(WINDOWS_1252)
            } else {
                mismatch()
            }
        }
        _ => Err(whole(Code::UnsupportedEncoding, label)),
    }
}

fn whole(code: Code, detail: &str) -> Error {
    Error {
        code,
        line: 0,
        column: 0,
        detail: shortened(detail),
    }
}

fn invalid_bytes(bytes: &[u8], encoding: &'static Encoding) -> Error {
    let mut error = whole(Code::InvalidBytes, encoding.name());
    if encoding == UTF_8 {
        let valid = match std::str::from_utf8(bytes) {
            Ok(text) => text,
            Err(e) => std::str::from_utf8(&bytes[..e.valid_up_to()]).unwrap_or_default(),
        };
        let last = valid.rsplit('\n').next().unwrap_or_default();
        error.line = count(valid.matches('\n').count());
        error.column = count(last.chars().count());
    }
    error
}

/// A count from 0 as a position from 1.
fn count(n: usize) -> u32 {
    u32::try_from(n).unwrap_or(u32::MAX - 1).saturating_add(1)
}
