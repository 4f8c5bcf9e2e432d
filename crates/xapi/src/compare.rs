//! Whether two statements are the same (Data 2.3.1, "Statement Comparision Requirements").
//!
//! Not part of a statement, so not compared: `id`, `authority`, `stored`, `version`; the
//! definitions of activities; the display of verbs; the order of a group's members and of context
//! activities; how a point in time, a number, a UUID or a digest is written; hundredths and less
//! of a duration; signatures.

use crate::attachment::SIGNATURE;
use crate::context::RELATIONS;
use crate::json::{Kind, Value, write_string};
use crate::time::{comparable_duration, parse_timestamp};

/// True when both say the same. A statement without `timestamp` agrees with any: the store adds
/// one.
pub fn same(a: &Value<'_>, b: &Value<'_>) -> bool {
    let time = |value: &Value<'_>| value.str("timestamp").map(parse_timestamp);
    if let (Some(a), Some(b)) = (time(a), time(b))
        && a != b
    {
        return false;
    }
    same_but_time(a, b)
}

/// True when both say the same, whenever it was.
pub fn same_but_time(a: &Value<'_>, b: &Value<'_>) -> bool {
    essence(a) == essence(b)
}

/// A text that is the same for statements that say the same.
fn essence(statement: &Value<'_>) -> String {
    let mut out = String::with_capacity(statement.text.len());
    statement_like(&mut out, statement, true);
    out
}

/// Writes members in the order of their keys.
fn members(
    out: &mut String,
    value: &Value<'_>,
    write: impl Fn(&mut String, &str, &Value<'_>) -> bool,
) {
    let mut sorted: Vec<(&str, &Value<'_>)> = value
        .as_object()
        .unwrap_or_default()
        .iter()
        .map(|(key, member)| (key.as_ref(), member))
        .collect();
    sorted.sort_by_key(|(key, _)| *key);
    out.push('{');
    for (key, member) in sorted {
        let before = out.len();
        write_string(out, key);
        out.push(':');
        if write(out, key, member) {
            out.push(',');
        } else {
            out.truncate(before);
        }
    }
    out.push('}');
}

/// Writes a list whose order says nothing.
fn unordered(out: &mut String, items: &[Value<'_>], write: impl Fn(&mut String, &Value<'_>)) {
    let mut texts: Vec<String> = items
        .iter()
        .map(|item| {
            let mut text = String::new();
            write(&mut text, item);
            text
        })
        .collect();
    texts.sort();
    out.push('[');
    for text in texts {
        out.push_str(&text);
        out.push(',');
    }
    out.push(']');
}

fn statement_like(out: &mut String, value: &Value<'_>, outer: bool) {
    members(out, value, |out, key, member| {
        match key {
            "id" | "authority" | "stored" | "version" if outer => return false,
            "timestamp" if outer => return false,
            "timestamp" => match member.as_str().and_then(parse_timestamp) {
                Some(micros) => out.push_str(&micros.to_string()),
                None => any(out, member),
            },
            "actor" => actor(out, member),
            "verb" => out.push_str(member.str("id").unwrap_or_default()),
            "object" => object(out, member),
            "result" => result(out, member),
            "context" => context(out, member),
            "attachments" => {
                let kept: Vec<Value<'_>> = member
                    .as_array()
                    .unwrap_or_default()
                    .iter()
                    .filter(|item| item.str("usageType") != Some(SIGNATURE))
                    .cloned()
                    .collect();
                if kept.is_empty() {
                    return false;
                }
                unordered(out, &kept, |out, item| {
                    members(out, item, |out, key, member| {
                        match member.as_str() {
                            Some(text) if key == "sha2" => out.push_str(&text.to_lowercase()),
                            _ => any(out, member),
                        }
                        true
                    });
                });
            }
            _ => any(out, member),
        }
        true
    });
}

fn actor(out: &mut String, value: &Value<'_>) {
    members(out, value, |out, key, member| {
        match key {
            "objectType" if member.as_str() == Some("Agent") => return false,
            "member" => {
                let items = member.as_array().unwrap_or_default();
                if items.is_empty() {
                    return false;
                }
                unordered(out, items, actor);
            }
            "mbox_sha1sum" => {
                out.push_str(&member.as_str().unwrap_or_default().to_ascii_lowercase());
            }
            _ => any(out, member),
        }
        true
    });
}

fn activity(out: &mut String, value: &Value<'_>) {
    out.push_str("activity ");
    write_string(out, value.str("id").unwrap_or_default());
}

fn object(out: &mut String, value: &Value<'_>) {
    match value.str("objectType") {
        Some("Agent") => {
            out.push_str("agent ");
            actor(out, value);
        }
        Some("Group") => actor(out, value),
        Some("StatementRef") => reference(out, value),
        Some("SubStatement") => statement_like(out, value, false),
        _ => activity(out, value),
    }
}

fn reference(out: &mut String, value: &Value<'_>) {
    out.push_str("statement ");
    out.push_str(&value.str("id").unwrap_or_default().to_ascii_lowercase());
}

fn result(out: &mut String, value: &Value<'_>) {
    members(out, value, |out, key, member| {
        match member.as_str() {
            Some(text) if key == "duration" => out.push_str(&comparable_duration(text)),
            _ => any(out, member),
        }
        true
    });
}

fn context(out: &mut String, value: &Value<'_>) {
    members(out, value, |out, key, member| {
        match key {
            "registration" => {
                out.push_str(&member.as_str().unwrap_or_default().to_ascii_lowercase());
            }
            "instructor" | "team" => actor(out, member),
            "statement" => reference(out, member),
            "contextActivities" => {
                let mut some = false;
                for relation in RELATIONS {
                    let items = crate::context::related(value, relation);
                    if !items.is_empty() {
                        some = true;
                        out.push_str(relation);
                        unordered(out, items, activity);
                    }
                }
                return some;
            }
            "contextAgents" | "contextGroups" => {
                unordered(out, member.as_array().unwrap_or_default(), |out, item| {
                    members(out, item, |out, key, member| {
                        match key {
                            "agent" | "group" => actor(out, member),
                            _ => any(out, member),
                        }
                        true
                    });
                });
            }
            _ => any(out, member),
        }
        true
    });
}

/// Any JSON: keys in order, numbers by value.
fn any(out: &mut String, value: &Value<'_>) {
    match &value.kind {
        Kind::Null => out.push_str("null"),
        Kind::Bool(value) => out.push_str(if *value { "true" } else { "false" }),
        Kind::Number => number(out, value.text),
        Kind::String(text) => write_string(out, text),
        Kind::Array(items) => crate::json::write_array(out, items, any),
        Kind::Object(_) => members(out, value, |out, _, member| {
            any(out, member);
            true
        }),
    }
}

/// Whole numbers beyond a double's exactness by their digits, all others as doubles.
fn number(out: &mut String, text: &str) {
    if let Ok(whole) = text.parse::<i128>() {
        out.push_str(&whole.to_string());
        return;
    }
    match text.parse::<f64>() {
        Ok(number) if number.fract() == 0.0 && number.abs() < 9e15 => {
            out.push_str(&(number as i64).to_string());
        }
        Ok(number) => out.push_str(&format!("{number:?}")),
        Err(_) => out.push_str(text),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::json::parse;

    const BASE: &str = r#"{"id":"6690e6c9-3ef0-4ed3-8b37-7f3964730bee","actor":{"objectType":"Group","member":[{"mbox":"mailto:a@x.tn"},{"mbox":"mailto:b@x.tn"}]},"verb":{"id":"http://v","display":{"en":"v"}},"object":{"objectType":"Activity","id":"http://a","definition":{"name":{"en":"a"}}},"result":{"score":{"raw":1.0},"duration":"PT1.12S","extensions":{"http://e":{"a":1,"b":[1,2]}}},"context":{"registration":"ec531277-b57b-4c15-8d91-d292c5b2b8f7","contextActivities":{"parent":{"id":"http://p"}}},"timestamp":"2023-05-04T12:00:00-05:00"}"#;

    fn against(from: &str, to: &str) -> bool {
        let changed = BASE.replace(from, to);
        assert_ne!(changed, BASE, "{from}");
        same(&parse(BASE).unwrap(), &parse(&changed).unwrap())
    }

    #[test]
    fn what_is_not_part_of_a_statement_is_not_compared() {
        for (from, to) in [
            ("6690e6c9", "6690E6C9"),
            (
                r#"{"mbox":"mailto:a@x.tn"},{"mbox":"mailto:b@x.tn"}"#,
                r#"{"objectType":"Agent","mbox":"mailto:b@x.tn"},{"mbox":"mailto:a@x.tn"}"#,
            ),
            (r#","display":{"en":"v"}"#, ""),
            (
                r#""definition":{"name":{"en":"a"}}"#,
                r#""definition":{"name":{"fr":"b"}}"#,
            ),
            (r#""objectType":"Activity","#, ""),
            ("1.0}", "1}"),
            ("PT1.12S", "PT1.1299S"),
            (r#"{"a":1,"b":[1,2]}"#, r#"{"b":[1.0,2],"a":1e0}"#),
            ("ec531277", "EC531277"),
            (r#"{"id":"http://p"}"#, r#"[{"id":"http://p"}]"#),
            ("2023-05-04T12:00:00-05:00", "2023-05-04T17:00:00.000Z"),
            (r#","timestamp":"2023-05-04T12:00:00-05:00""#, ""),
            (
                r#""timestamp""#,
                r#""stored":"2023-05-04T17:00:00Z","version":"1.0.3","authority":{"mbox":"mailto:x@y.z"},"timestamp""#,
            ),
        ] {
            assert!(against(from, to), "{from} → {to}");
        }
    }

    #[test]
    fn what_is_part_of_a_statement_is_compared() {
        for (from, to) in [
            ("mailto:a@x.tn", "mailto:c@x.tn"),
            (r#",{"mbox":"mailto:b@x.tn"}"#, ""),
            ("http://v", "http://w"),
            (r#""id":"http://a""#, r#""id":"http://b""#),
            ("1.0}", "1.5}"),
            ("PT1.12S", "PT1.13S"),
            ("[1,2]", "[2,1]"),
            (r#""a":1"#, r#""a":9007199254740993"#),
            ("ec531277", "ec531278"),
            ("http://p", "http://q"),
            (r#""parent""#, r#""other""#),
            ("2023-05-04T12:00:00-05:00", "2023-05-04T12:00:00-06:00"),
            (
                r#""timestamp""#,
                r#""attachments":[{"sha2":"00"}],"timestamp""#,
            ),
        ] {
            assert!(!against(from, to), "{from} → {to}");
        }
        let (a, b) = ("9007199254740993", "9007199254740992");
        let with = |n: &str| BASE.replace("\"a\":1", &format!("\"a\":{n}"));
        assert!(!same(&parse(&with(a)).unwrap(), &parse(&with(b)).unwrap()));
    }
}
