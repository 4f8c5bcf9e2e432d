//! Documents: state and profiles (Communication 2.2).

use crate::json::{ObjectWriter, parse_bytes};
use crate::{Checked, Invalid};

/// True for the content type whose documents can be merged.
pub fn is_json(content_type: &str) -> bool {
    let essence = content_type.split(';').next().unwrap_or_default().trim();
    essence.eq_ignore_ascii_case("application/json")
}

/// Checks that a document of JSON is an object: only objects can be merged (XAPI-00232).
pub fn check_object(bytes: &[u8]) -> Checked {
    let value = parse_bytes(bytes)?;
    match value.as_object() {
        Some(_) => Ok(()),
        None => Err(Invalid::new("object", "")),
    }
}

/// A document with the members of both; those of `newer` win, whole (Communication 2.2, "JSON
/// Procedure with a Merge").
pub fn merge(older: &[u8], newer: &[u8]) -> Checked<String> {
    let (older, newer) = (parse_bytes(older)?, parse_bytes(newer)?);
    let (Some(old), Some(new)) = (older.as_object(), newer.as_object()) else {
        return Err(Invalid::new("object", ""));
    };
    let mut out = String::with_capacity(older.text.len() + newer.text.len());
    let mut object = ObjectWriter::new(&mut out);
    let news: std::collections::HashMap<&str, &str> = new
        .iter()
        .map(|(key, value)| (key.as_ref(), value.text))
        .collect();
    let olds: std::collections::HashSet<&str> = old.iter().map(|(key, _)| key.as_ref()).collect();
    for (key, value) in old {
        object.raw(key, news.get(key.as_ref()).copied().unwrap_or(value.text));
    }
    for (key, value) in new {
        if !olds.contains(key.as_ref()) {
            object.raw(key, value.text);
        }
    }
    object.end();
    Ok(out)
}

/// What a writer demands of the document it writes over (Communication 3.1).
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Demand {
    /// `If-Match`.
    pub matches: Option<String>,
    /// `If-None-Match`.
    pub none_match: Option<String>,
}

/// Whether a demand is met.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Met {
    /// Go on.
    Yes,
    /// 412: the document is another one by now.
    No,
    /// 409: there is a document, and nothing was demanded of it.
    Unsaid,
}

impl Demand {
    /// Judges by the current entity tag, without quotes; `None`: there is no document.
    /// `must_say`: writing over a document unseen is refused.
    pub fn judge(&self, current: Option<&str>, must_say: bool) -> Met {
        let names = |header: &str| {
            header.split(',').any(|tag| {
                let tag = tag.trim();
                let tag = tag.strip_prefix("W/").unwrap_or(tag);
                tag == "*" || Some(tag.trim_matches('"')) == current
            })
        };
        if let Some(header) = &self.matches
            && (current.is_none() || !names(header))
        {
            return Met::No;
        }
        if let Some(header) = &self.none_match
            && current.is_some()
            && names(header)
        {
            return Met::No;
        }
        let said = self.matches.is_some() || self.none_match.is_some();
        if must_say && current.is_some() && !said {
            return Met::Unsaid;
        }
        Met::Yes
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn xapi_00234_merge() {
        let merged = |a: &str, b: &str| merge(a.as_bytes(), b.as_bytes());
        assert_eq!(
            merged(r#"{"x":1.0,"y":{"a":1}}"#, r#"{"y":{"b":2},"z":3}"#).unwrap(),
            r#"{"x":1.0,"y":{"b":2},"z":3}"#
        );
        for (a, b, why) in [
            ("[]", "{}", "object"),
            ("{}", "[]", "object"),
            ("{", "{}", "json"),
            ("{}", "x", "json"),
            ("{}", r#"{"a":1,"a":2}"#, "duplicate-key"),
        ] {
            assert_eq!(merged(a, b).map_err(|e| e.rule), Err(why), "{a} {b}");
        }
        assert!(merge(b"{}", b"\xff").is_err());
    }

    #[test]
    fn xapi_00322_demands() {
        let demand = |matches: Option<&str>, none: Option<&str>| Demand {
            matches: matches.map(str::to_owned),
            none_match: none.map(str::to_owned),
        };
        for (matches, none, current, must, met) in [
            (None, None, None, true, Met::Yes),
            (None, None, Some("a"), true, Met::Unsaid),
            (None, None, Some("a"), false, Met::Yes),
            (Some("\"a\""), None, Some("a"), true, Met::Yes),
            (Some("a"), None, Some("a"), true, Met::Yes),
            (Some("W/\"a\""), None, Some("a"), true, Met::Yes),
            (Some("\"b\", \"a\""), None, Some("a"), true, Met::Yes),
            (Some("\"b\""), None, Some("a"), true, Met::No),
            (Some("*"), None, Some("a"), true, Met::Yes),
            (Some("*"), None, None, true, Met::No),
            (Some("\"a\""), None, None, true, Met::No),
            (None, Some("*"), None, true, Met::Yes),
            (None, Some("*"), Some("a"), true, Met::No),
            (None, Some("\"b\""), Some("a"), true, Met::Yes),
        ] {
            let demand = demand(matches, none);
            assert_eq!(demand.judge(current, must), met, "{demand:?} {current:?}");
        }
    }
}
