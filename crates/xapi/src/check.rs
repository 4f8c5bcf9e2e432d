//! The formats of single values (Data 2.2, 4.x).

use uuid::Uuid;

use crate::json::{Kind, Value};
use crate::{Checked, Invalid};

/// The longest IRI taken, in bytes: beyond it lies nothing but mischief, and indexes have limits.
pub const IRI_MAX: usize = 2000;

/// The value as an object whose keys are all among `allowed` (XAPI-00010, XAPI-00012: a key of
/// another case is another key).
pub fn object<'v, 'a>(
    value: &'v Value<'a>,
    allowed: &[&str],
) -> Checked<&'v [(std::borrow::Cow<'a, str>, Value<'a>)]> {
    let members = value
        .as_object()
        .ok_or_else(|| Invalid::new("object", ""))?;
    match members
        .iter()
        .find(|(key, _)| !allowed.contains(&key.as_ref()))
    {
        Some((key, _)) => Err(Invalid::new(
            "unknown-key",
            key.chars().take(80).collect::<String>(),
        )),
        None => Ok(members),
    }
}

/// The value as a string.
pub fn string<'v>(value: &'v Value<'_>) -> Checked<&'v str> {
    value.as_str().ok_or_else(|| Invalid::new("string", ""))
}

/// The value as an array.
pub fn array<'v, 'a>(value: &'v Value<'a>) -> Checked<&'v [Value<'a>]> {
    value.as_array().ok_or_else(|| Invalid::new("array", ""))
}

/// The value as a boolean.
pub fn boolean(value: &Value<'_>) -> Checked<bool> {
    match value.kind {
        Kind::Bool(value) => Ok(value),
        _ => Err(Invalid::new("boolean", "")),
    }
}

/// The value as a number.
pub fn number(value: &Value<'_>) -> Checked<f64> {
    value.as_f64().ok_or_else(|| Invalid::new("number", ""))
}

/// Checks each item of an array, naming the place.
pub fn each<'a>(items: &[Value<'a>], check: impl Fn(&Value<'a>) -> Checked) -> Checked {
    for (index, item) in items.iter().enumerate() {
        check(item).map_err(|e| e.within(&format!("[{index}]")))?;
    }
    Ok(())
}

/// An IRI with a scheme (Data 4.3; XAPI-00013).
pub fn is_iri(text: &str) -> bool {
    let Some((scheme, rest)) = text.split_once(':') else {
        return false;
    };
    let mut letters = scheme.bytes();
    text.len() <= IRI_MAX
        && !rest.is_empty()
        && letters.next().is_some_and(|b| b.is_ascii_alphabetic())
        && letters.all(|b| b.is_ascii_alphanumeric() || matches!(b, b'+' | b'-' | b'.'))
        && !rest.chars().any(|c| {
            c.is_whitespace()
                || c.is_control()
                || matches!(c, '<' | '>' | '"' | '{' | '}' | '|' | '\\' | '^' | '`')
        })
}

/// The value as an IRI.
pub fn iri<'v>(value: &'v Value<'_>) -> Checked<&'v str> {
    let text = string(value)?;
    if is_iri(text) {
        Ok(text)
    } else {
        Err(Invalid::new("iri", ""))
    }
}

/// A UUID in its canonical text form, either case (Data 4.4; XAPI-00121).
pub fn parse_uuid(text: &str) -> Option<Uuid> {
    let bytes = text.as_bytes();
    let shaped = bytes.len() == 36 && [8, 13, 18, 23].iter().all(|at| bytes[*at] == b'-');
    if shaped {
        Uuid::parse_str(text).ok()
    } else {
        None
    }
}

/// The value as a UUID.
pub fn uuid(value: &Value<'_>) -> Checked<Uuid> {
    parse_uuid(string(value)?).ok_or_else(|| Invalid::new("uuid", ""))
}

/// A language tag, by the lengths of its parts (RFC 5646 section 2.1, as Data 2.2 asks).
pub fn is_language_tag(text: &str) -> bool {
    let mut parts = text.split('-');
    let first = parts.next().unwrap_or_default();
    let letters = first.bytes().all(|b| b.is_ascii_alphabetic());
    let rest: Vec<&str> = parts.collect();
    let subtags = rest.iter().all(|part| {
        (1..=8).contains(&part.len()) && part.bytes().all(|b| b.is_ascii_alphanumeric())
    });
    // A single letter announces an extension: something must follow it.
    let announced = rest.last().is_none_or(|part| part.len() > 1)
        || rest.iter().rev().nth(1).is_some_and(|p| *p == "x")
        || first.eq_ignore_ascii_case("x");
    match first.len() {
        1 => matches!(first, "x" | "X" | "i" | "I") && !rest.is_empty() && subtags,
        2..=8 => letters && subtags && announced,
        _ => false,
    }
}

/// The value as a language map (Data 4.2; XAPI-00120).
pub fn language_map(value: &Value<'_>) -> Checked {
    let members = value
        .as_object()
        .ok_or_else(|| Invalid::new("language-map", ""))?;
    for (tag, text) in members {
        if !is_language_tag(tag) {
            return Err(Invalid::new(
                "language-tag",
                tag.chars().take(80).collect::<String>(),
            ));
        }
        string(text).map_err(|e| e.within(tag))?;
    }
    Ok(())
}

/// The value as extensions: any values under IRIs (Data 4.1; XAPI-00118, XAPI-00119).
pub fn extensions(value: &Value<'_>) -> Checked {
    let members = value
        .as_object()
        .ok_or_else(|| Invalid::new("object", ""))?;
    match members.iter().find(|(key, _)| !is_iri(key)) {
        Some((key, _)) => Err(Invalid::new(
            "iri",
            key.chars().take(80).collect::<String>(),
        )),
        None => Ok(()),
    }
}

/// A mailbox as an IRI: `mailto:` and an address (Data 2.4.2.3; XAPI-00037).
pub fn is_mailbox(text: &str) -> bool {
    text.len() <= 400
        && text
            .strip_prefix("mailto:")
            .and_then(|address| address.rsplit_once('@'))
            .is_some_and(|(local, host)| {
                let clean = |part: &str| {
                    !part.is_empty()
                        && !part
                            .chars()
                            .any(|c| c.is_whitespace() || c.is_control() || matches!(c, '<' | '>'))
                };
                clean(local) && clean(host) && !host.contains(',') && !host.starts_with('.')
            })
}

/// Forty hexadecimal digits (Data 2.4.2.3; XAPI-00038).
pub fn is_sha1(text: &str) -> bool {
    text.len() == 40 && text.bytes().all(|b| b.is_ascii_hexdigit())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn iris() {
        for good in [
            "http://example.com/a",
            "urn:uuid:1",
            "https://exemple.tn/é/م",
            "a+b-c.d:x",
            "mailto:a@b",
            "http://example.com/path/../x",
        ] {
            assert!(is_iri(good), "{good}");
        }
        for bad in [
            "",
            "should fail",
            "example.com",
            "ab=c://should.fail.com",
            ":x",
            "1a:x",
            "http:",
            "http://a b",
            "http://a\\b",
            "http://a/<b>",
            "http://a\u{0}",
        ] {
            assert!(!is_iri(bad), "{bad}");
        }
        assert!(!is_iri(&format!("http://{}", "a".repeat(IRI_MAX))));
    }

    #[test]
    fn language_tags() {
        for good in [
            "en",
            "en-US",
            "ar-TN",
            "fr",
            "tlh",
            "zh-Hant-TW",
            "sl-rozaj-biske",
            "de-CH-1901",
            "x-private",
            "i-klingon",
            "es-419",
            "en-x-a",
        ] {
            assert!(is_language_tag(good), "{good}");
        }
        for bad in [
            "",
            "a12345",
            "a",
            "a12345678",
            "en_US",
            "-en",
            "en-",
            "en--US",
            "abcdefghi",
            "en-abcdefghi",
            "x",
            "en-a",
            "عربي",
        ] {
            assert!(!is_language_tag(bad), "{bad}");
        }
    }

    #[test]
    fn identifiers() {
        assert!(parse_uuid("6690e6c9-3ef0-4ed3-8b37-7f3964730bee").is_some());
        assert!(parse_uuid("6690E6C9-3EF0-4ED3-8B37-7F3964730BEE").is_some());
        for bad in [
            "6690e6c93ef04ed38b377f3964730bee",
            "{6690e6c9-3ef0-4ed3-8b37-7f3964730bee}",
            "MA97B177-9383-4934-8543-0F91A7A02836",
            "AA97B177-9383-4934-8543-0F91A7A028368",
            "",
        ] {
            assert!(parse_uuid(bad).is_none(), "{bad}");
        }
        assert!(is_mailbox("mailto:amel@exemple.tn"));
        for bad in [
            "amel@exemple.tn",
            "MAILTO:a@b.tn",
            "mailto:",
            "mailto:a",
            "mailto:@b",
            "mailto:a@",
            "mailto:a b@c",
            "http://should.fail.com",
        ] {
            assert!(!is_mailbox(bad), "{bad}");
        }
        assert!(is_sha1("ebd31e95054c018b10727ccffd2ef2ec3a016ee9"));
        assert!(!is_sha1("ebd31e95054c018b10727ccffd2ef2ec3a016ee"));
        assert!(!is_sha1("gbd31e95054c018b10727ccffd2ef2ec3a016ee9"));
    }
}
