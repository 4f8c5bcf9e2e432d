//! Activities and their definitions (Data 2.4.4.1).

use std::collections::HashMap;

use crate::check::{self, array, each, extensions, iri, language_map, object, string};
use crate::json::{ObjectWriter, Value, write_string};
use crate::{Checked, Invalid};

/// The kinds of interaction; SCORM's (Data 2.4.4.1).
const INTERACTIONS: [&str; 10] = [
    "true-false",
    "choice",
    "fill-in",
    "long-fill-in",
    "matching",
    "performance",
    "sequencing",
    "likert",
    "numeric",
    "other",
];
const COMPONENTS: [&str; 5] = ["choices", "scale", "source", "target", "steps"];
const DEFINITION_KEYS: &[&str] = &[
    "name",
    "description",
    "type",
    "moreInfo",
    "extensions",
    "interactionType",
    "correctResponsesPattern",
    "choices",
    "scale",
    "source",
    "target",
    "steps",
];

/// Checks an activity (XAPI-00044 to XAPI-00066).
pub fn check(value: &Value<'_>) -> Checked {
    object(value, &["objectType", "id", "definition"])?;
    if let Some(kind) = value.get("objectType")
        && kind.as_str() != Some("Activity")
    {
        return Err(Invalid::new("object-type", "objectType"));
    }
    let id = value
        .get("id")
        .ok_or_else(|| Invalid::new("missing", "id"))?;
    iri(id).map_err(|e| e.within("id"))?;
    if let Some(value) = value.get("definition") {
        definition(value).map_err(|e| e.within("definition"))?;
    }
    Ok(())
}

/// Checks a definition.
pub fn definition(value: &Value<'_>) -> Checked {
    let members = object(value, DEFINITION_KEYS)?;
    for (key, member) in members {
        let checked = match key.as_ref() {
            "name" | "description" => language_map(member),
            "type" | "moreInfo" => iri(member).map(drop),
            "extensions" => extensions(member),
            "interactionType" => match string(member)? {
                kind if INTERACTIONS.contains(&kind) => Ok(()),
                _ => Err(Invalid::new("interaction-type", "")),
            },
            "correctResponsesPattern" => {
                array(member).and_then(|items| each(items, |item| string(item).map(drop)))
            }
            _ => components(member),
        };
        checked.map_err(|e| e.within(key))?;
    }
    let interaction = members
        .iter()
        .any(|(key, _)| key == "correctResponsesPattern" || COMPONENTS.contains(&key.as_ref()));
    if interaction && value.get("interactionType").is_none() {
        return Err(Invalid::new("missing", "interactionType"));
    }
    Ok(())
}

/// Interaction components: ids that differ, descriptions in languages.
fn components(value: &Value<'_>) -> Checked {
    let items = array(value)?;
    let mut seen = std::collections::HashSet::new();
    for (index, item) in items.iter().enumerate() {
        let place = |e: Invalid| e.within(&format!("[{index}]"));
        object(item, &["id", "description"]).map_err(place)?;
        let id = item
            .str("id")
            .ok_or_else(|| place(Invalid::new("missing", "id")))?;
        if id.is_empty() || !seen.insert(id) {
            return Err(place(Invalid::new("component-id", "id")));
        }
        if let Some(description) = item.get("description") {
            language_map(description)
                .map_err(|e| e.within("description"))
                .map_err(place)?;
        }
    }
    Ok(())
}

/// Checks an activity id given as a parameter.
pub fn check_id(text: &str) -> Checked {
    if check::is_iri(text) {
        Ok(())
    } else {
        Err(Invalid::new("iri", "activityId"))
    }
}

/// A definition that says what both say (Communication 2.5): language maps and extensions member
/// by member, everything else from the newer one; the parts of an interaction change together.
/// `None`: the newer one adds nothing.
pub fn merge(older: &Value<'_>, newer: &Value<'_>) -> Option<String> {
    let mut out = String::new();
    let mut object = ObjectWriter::new(&mut out);
    let mut changed = false;
    let retyped = newer
        .get("interactionType")
        .is_some_and(|kind| Some(kind.text) != older.get("interactionType").map(|k| k.text));
    let of_interaction = |key: &str| key == "correctResponsesPattern" || COMPONENTS.contains(&key);
    for (key, old) in older.as_object().unwrap_or_default() {
        match newer.get(key) {
            None if retyped && of_interaction(key) => changed = true,
            None => object.raw(key, old.text),
            Some(new) if new.text == old.text => object.raw(key, old.text),
            Some(new) => match key.as_ref() {
                "name" | "description" | "extensions" => {
                    changed |= merge_members(object.key(key), old, new);
                }
                _ => {
                    changed = true;
                    object.raw(key, new.text);
                }
            },
        }
    }
    for (key, new) in newer.as_object().unwrap_or_default() {
        if older.get(key).is_none() {
            changed = true;
            object.raw(key, new.text);
        }
    }
    object.end();
    changed.then_some(out)
}

fn merge_members(out: &mut String, older: &Value<'_>, newer: &Value<'_>) -> bool {
    let mut object = ObjectWriter::new(out);
    let mut changed = false;
    // Extensions come by the thousand: never one list walked for each member of the other.
    let mut rest: HashMap<&str, &Value<'_>> = members(newer).collect();
    for (key, old) in members(older) {
        let value = rest.remove(key).unwrap_or(old);
        changed |= value.text != old.text;
        object.raw(key, value.text);
    }
    for (key, new) in members(newer) {
        if rest.contains_key(key) {
            changed = true;
            object.raw(key, new.text);
        }
    }
    object.end();
    changed
}

fn members<'v, 'a>(value: &'v Value<'a>) -> impl Iterator<Item = (&'v str, &'v Value<'a>)> {
    let members = value.as_object().unwrap_or_default();
    members.iter().map(|(key, value)| (key.as_ref(), value))
}

/// The activity as an object: its id and, where known, its definition's text.
pub fn write(id: &str, definition: Option<&str>) -> String {
    let mut out = String::new();
    let mut object = ObjectWriter::new(&mut out);
    object.string("objectType", "Activity");
    object.string("id", id);
    if let Some(definition) = definition {
        object.raw("definition", definition);
    }
    object.end();
    out
}

/// Writes the least that identifies it (format `ids`).
pub fn write_ids(out: &mut String, value: &Value<'_>) {
    out.push_str("{\"id\":");
    write_string(out, value.str("id").unwrap_or_default());
    out.push('}');
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::json::parse;

    #[test]
    fn many_extensions_are_merged_in_one_pass() {
        let definition = |from: usize| {
            let extensions: Vec<String> = (from..from + 20_000)
                .map(|n| format!("\"http://e/{n}\":{from}"))
                .collect();
            format!("{{\"extensions\":{{{}}}}}", extensions.join(","))
        };
        let (older, newer) = (definition(0), definition(10_000));
        let merged = merge(&parse(&older).unwrap(), &parse(&newer).unwrap()).unwrap();
        let merged = parse(&merged).unwrap();
        let all = merged.get("extensions").unwrap().as_object().unwrap();
        assert_eq!(all.len(), 30_000);
        let text = |at: usize| (all[at].0.as_ref(), all[at].1.text);
        assert_eq!(text(9_999), ("http://e/9999", "0"));
        assert_eq!(text(10_000), ("http://e/10000", "10000"));
        assert_eq!(text(29_999), ("http://e/29999", "10000"));
    }

    #[test]
    fn activities() {
        let rule = |text: &str| check(&parse(text).unwrap()).map_err(|e| (e.rule, e.at));
        for good in [
            r#"{"id":"http://x.y/z"}"#,
            r#"{"objectType":"Activity","id":"http://x.y/z","definition":{}}"#,
            r#"{"id":"http://x.y/z","definition":{"name":{"fr":"a"},"description":{"ar":"ب"},"type":"http://t","moreInfo":"http://m","extensions":{"http://e":null}}}"#,
            r#"{"id":"http://x.y/z","definition":{"interactionType":"choice","correctResponsesPattern":["a[,]b"],"choices":[{"id":"a"},{"id":"b","description":{"fr":"b"}}]}}"#,
        ] {
            assert_eq!(rule(good), Ok(()), "{good}");
        }
        for (bad, why, at) in [
            ("1", "object", ""),
            ("{}", "missing", "id"),
            (r#"{"id":"x"}"#, "iri", "id"),
            (r#"{"id":null}"#, "string", "id"),
            (
                r#"{"objectType":"activity","id":"http://x.y"}"#,
                "object-type",
                "objectType",
            ),
            (
                r#"{"id":"http://x.y","Definition":{}}"#,
                "unknown-key",
                "Definition",
            ),
            (
                r#"{"id":"http://x.y","definition":{"name":{"a12345":"x"}}}"#,
                "language-tag",
                "definition.name.a12345",
            ),
            (
                r#"{"id":"http://x.y","definition":{"name":null}}"#,
                "language-map",
                "definition.name",
            ),
            (
                r#"{"id":"http://x.y","definition":{"type":"x"}}"#,
                "iri",
                "definition.type",
            ),
            (
                r#"{"id":"http://x.y","definition":{"extensions":{"x":1}}}"#,
                "iri",
                "definition.extensions.x",
            ),
            (
                r#"{"id":"http://x.y","definition":{"interactionType":"Choice"}}"#,
                "interaction-type",
                "definition.interactionType",
            ),
            (
                r#"{"id":"http://x.y","definition":{"choices":[{"id":"a"}]}}"#,
                "missing",
                "definition.interactionType",
            ),
            (
                r#"{"id":"http://x.y","definition":{"interactionType":"choice","choices":[{"id":"a"},{"id":"a"}]}}"#,
                "component-id",
                "definition.choices[1].id",
            ),
            (
                r#"{"id":"http://x.y","definition":{"interactionType":"choice","correctResponsesPattern":"a"}}"#,
                "array",
                "definition.correctResponsesPattern",
            ),
        ] {
            assert_eq!(rule(bad), Err((why, at.to_owned())), "{bad}");
        }
    }

    #[test]
    fn definitions_merge() {
        let merged = |a: &str, b: &str| merge(&parse(a).unwrap(), &parse(b).unwrap());
        assert_eq!(
            merged(
                r#"{"name":{"en":"a","fr":"b"},"type":"http://t"}"#,
                r#"{"name":{"fr":"c","ar":"d"},"moreInfo":"http://m"}"#
            )
            .as_deref(),
            Some(
                r#"{"name":{"en":"a","fr":"c","ar":"d"},"type":"http://t","moreInfo":"http://m"}"#
            )
        );
        assert_eq!(
            merged(r#"{"name":{"en":"a","fr":"b"}}"#, r#"{"name":{"fr":"b"}}"#),
            None
        );
        assert_eq!(
            merged(
                r#"{"interactionType":"choice","choices":[{"id":"a"}]}"#,
                r#"{"interactionType":"numeric"}"#
            )
            .as_deref(),
            Some(r#"{"interactionType":"numeric"}"#)
        );
    }
}
