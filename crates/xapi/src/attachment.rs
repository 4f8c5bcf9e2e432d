//! Attachments as statements describe them (Data 2.4.11).

use sha2::{Digest, Sha224, Sha256, Sha384, Sha512};

use crate::check::{iri, language_map, number, object, string};
use crate::json::Value;
use crate::{Checked, Invalid};

/// The usage of signatures (Data 2.6).
pub const SIGNATURE: &str = "http://adlnet.gov/expapi/attachments/signature";

/// Checks an attachment's description (XAPI-00101 to XAPI-00108).
pub fn check(value: &Value<'_>) -> Checked {
    let members = object(
        value,
        &[
            "usageType",
            "display",
            "description",
            "contentType",
            "length",
            "sha2",
            "fileUrl",
        ],
    )?;
    for required in ["usageType", "display", "contentType", "length", "sha2"] {
        if value.get(required).is_none() {
            return Err(Invalid::new("missing", required));
        }
    }
    for (key, member) in members {
        let checked = match key.as_ref() {
            "usageType" | "fileUrl" => iri(member).map(drop),
            "display" | "description" => language_map(member),
            "contentType" => string(member).and_then(|text| {
                is_media_type(text)
                    .then_some(())
                    .ok_or_else(|| Invalid::new("media-type", ""))
            }),
            "length" => number(member).and_then(|length| {
                (length >= 0.0 && length.fract() == 0.0)
                    .then_some(())
                    .ok_or_else(|| Invalid::new("length", ""))
            }),
            _ => string(member).and_then(|text| {
                is_sha2(text)
                    .then_some(())
                    .ok_or_else(|| Invalid::new("sha2", ""))
            }),
        };
        checked.map_err(|e| e.within(key))?;
    }
    if value.str("usageType") == Some(SIGNATURE)
        && value.str("contentType") != Some("application/octet-stream")
    {
        return Err(Invalid::new("signature-type", "contentType"));
    }
    Ok(())
}

/// `type/subtype`, parameters allowed (RFC 2046).
pub fn is_media_type(text: &str) -> bool {
    let essence = text.split(';').next().unwrap_or_default().trim();
    let token = |part: &str| {
        !part.is_empty()
            && part
                .bytes()
                .all(|b| b.is_ascii_alphanumeric() || b"!#$&^_.+-*%'`|~".contains(&b))
    };
    text.len() <= 255
        && text.bytes().all(|b| (0x20..0x7f).contains(&b))
        && essence
            .split_once('/')
            .is_some_and(|(kind, sub)| token(kind) && token(sub))
}

/// Hexadecimal of the length of one of the SHA-2 digests.
pub fn is_sha2(text: &str) -> bool {
    matches!(text.len(), 56 | 64 | 96 | 128) && text.bytes().all(|b| b.is_ascii_hexdigit())
}

/// True when the bytes have this digest; which of SHA-2 is told by its length.
pub fn has_digest(bytes: &[u8], sha2: &str) -> bool {
    let ours = match sha2.len() {
        56 => hex(&Sha224::digest(bytes)),
        64 => hex(&Sha256::digest(bytes)),
        96 => hex(&Sha384::digest(bytes)),
        128 => hex(&Sha512::digest(bytes)),
        _ => return false,
    };
    ours.eq_ignore_ascii_case(sha2)
}

fn hex(bytes: &[u8]) -> String {
    use std::fmt::Write;
    bytes.iter().fold(String::new(), |mut text, byte| {
        let _ = write!(text, "{byte:02x}");
        text
    })
}

/// What is needed of an attachment to match it with its data.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Attachment {
    /// Lower case.
    pub sha2: String,
    /// As the statement says it.
    pub content_type: String,
    /// Bytes, as the statement says it.
    pub length: u64,
    /// The data may be fetched elsewhere.
    pub has_url: bool,
    /// It is the statement's signature.
    pub is_signature: bool,
}

/// The attachments of a statement or sub-statement, which was checked.
pub fn of(statement: &Value<'_>) -> Vec<Attachment> {
    let own = statement.get("attachments").and_then(Value::as_array);
    let inner = statement
        .get("object")
        .filter(|object| object.str("objectType") == Some("SubStatement"))
        .and_then(|object| object.get("attachments"))
        .and_then(Value::as_array);
    own.unwrap_or_default()
        .iter()
        .chain(inner.unwrap_or_default())
        .map(|value| Attachment {
            sha2: value.str("sha2").unwrap_or_default().to_ascii_lowercase(),
            content_type: value.str("contentType").unwrap_or_default().to_owned(),
            length: value.get("length").and_then(Value::as_f64).unwrap_or(0.0) as u64,
            has_url: value.get("fileUrl").is_some(),
            is_signature: value.str("usageType") == Some(SIGNATURE),
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::json::parse;

    const GOOD: &str = r#"{"usageType":"http://example.com/usage","display":{"fr":"Pièce"},"contentType":"text/plain; charset=ascii","length":27,"sha2":"495395e777cd98da653df9615d09c0fd6bb2f8d4788394cd53c56a3bfdcd848a","fileUrl":"http://over.there.com/file.txt"}"#;

    #[test]
    fn descriptions() {
        assert_eq!(check(&parse(GOOD).unwrap()), Ok(()));
        for (from, to, why) in [
            ("http://example.com/usage", "usage", "iri"),
            ("\"fr\":", "\"a12345\":", "language-tag"),
            ("{\"fr\":\"Pièce\"}", "null", "language-map"),
            ("text/plain; charset=ascii", "text", "media-type"),
            (":27", ":\"27\"", "number"),
            (":27", ":-1", "length"),
            (":27", ":1.5", "length"),
            ("495395e7", "x95395e7", "sha2"),
            ("495395e777", "", "sha2"),
            ("http://over.there.com/file.txt", "file.txt", "iri"),
            ("\"length\"", "\"Length\"", "unknown-key"),
            ("\"length\":27,", "", "missing"),
            (
                "http://example.com/usage",
                "http://adlnet.gov/expapi/attachments/signature",
                "signature-type",
            ),
        ] {
            let text = GOOD.replace(from, to);
            assert_eq!(
                check(&parse(&text).unwrap()).map_err(|e| e.rule),
                Err(why),
                "{text}"
            );
        }
    }

    #[test]
    fn digests() {
        let sha256 = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";
        assert!(has_digest(b"abc", sha256));
        assert!(has_digest(b"abc", &sha256.to_uppercase()));
        assert!(!has_digest(b"abd", sha256));
        assert!(has_digest(
            b"abc",
            "23097d223405d8228642a477bda255b32aadbce4bda0b3f7e36c9da7"
        ));
    }
}
