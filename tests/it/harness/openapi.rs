//! The API's description, and whether an answer is as it says: the part of JSON Schema 2020-12
//! that `docs/openapi.json` uses. A keyword that is not known here is a fault of the description.

use std::sync::LazyLock;

use rocket::http::Method;
use serde_json::{Map, Value};

use super::Answer;

/// The description.
pub static DOCUMENT: LazyLock<Value> = LazyLock::new(|| {
    serde_json::from_str(include_str!("../../../docs/openapi.json")).expect("JSON")
});

/// What a `$ref` names.
pub fn resolved(value: &Value) -> &Value {
    match value["$ref"].as_str() {
        Some(at) => {
            let found = DOCUMENT.pointer(at.trim_start_matches('#'));
            resolved(found.unwrap_or_else(|| panic!("{at} is not there")))
        }
        None => value,
    }
}

/// The operation that answers a request: a path that is written out wins over a template.
pub fn operation(method: Method, path: &str) -> Option<&'static Value> {
    let parts: Vec<&str> = path.split('/').collect();
    let fits = |template: &str| {
        let mut count = 0;
        let fits = template.split('/').count() == parts.len()
            && template.split('/').zip(&parts).all(|(wanted, part)| {
                count += usize::from(wanted.starts_with('{'));
                wanted.starts_with('{') && !part.is_empty() || wanted == *part
            });
        fits.then_some(count)
    };
    let method = method.as_str().to_lowercase();
    let paths = DOCUMENT["paths"].as_object().expect("paths").iter();
    paths
        .filter_map(|(template, methods)| Some((fits(template)?, methods.get(&method)?)))
        .min_by_key(|(count, _)| *count)
        .map(|(_, operation)| operation)
}

/// Panics where an answer of the API is not what its description says.
pub fn hold(method: Method, uri: &str, answer: &Answer) {
    let path = uri.split('?').next().unwrap_or_default();
    if !path.starts_with("/api/v1/") {
        return;
    }
    let Some(operation) = operation(method, path) else {
        let code = answer.status.code;
        assert!(code >= 400, "{method} {path} is not described: {code}");
        return;
    };
    let status = answer.status.code.to_string();
    let described = operation["responses"].get(&status);
    let Some(described) = described.map(resolved) else {
        panic!("{method} {uri}: {status} is not described: {}", answer.text);
    };
    let Some(kinds) = described["content"].as_object() else {
        return;
    };
    let kind = answer.headers.get("content-type").cloned();
    let kind = kind.as_deref().unwrap_or_default();
    let Some(media) = kinds.get(kind.split(';').next().unwrap_or_default()) else {
        panic!("{method} {uri}: {status} is {kind}, which is not described");
    };
    if kind.contains("json")
        && let Err(wrong) = check(&media["schema"], &answer.json(), "")
    {
        panic!("{method} {uri}: {status}: {wrong}\n{}", answer.text);
    }
}

fn is(value: &Value, kind: &str) -> bool {
    match kind {
        "null" => value.is_null(),
        "boolean" => value.is_boolean(),
        "integer" => value.as_f64().is_some_and(|number| number.fract() == 0.0),
        "number" => value.is_number(),
        "string" => value.is_string(),
        "array" => value.is_array(),
        "object" => value.is_object(),
        other => panic!("there is no type {other}"),
    }
}

/// Whether a value is as a schema says; where and why not.
pub fn check(schema: &Value, value: &Value, at: &str) -> Result<(), String> {
    let Some(schema) = schema.as_object() else {
        return Err(format!("{at}: a schema is an object, not {schema}"));
    };
    for (keyword, wanted) in schema {
        keyword_holds(schema, keyword, wanted, value, at)?;
    }
    Ok(())
}

fn keyword_holds(
    schema: &Map<String, Value>,
    keyword: &str,
    wanted: &Value,
    value: &Value,
    at: &str,
) -> Result<(), String> {
    let no = |why: String| Err(format!("{at}: {why}, not {value}"));
    let list = || wanted.as_array().expect("a list").iter();
    let object = value.as_object();
    match keyword {
        "description" | "default" | "contentMediaType" | "pattern" => Ok(()),
        "$ref" => check(resolved(&Value::Object(schema.clone())), value, at),
        "allOf" => list().try_for_each(|part| check(part, value, at)),
        "anyOf" | "oneOf" => {
            let tried: Vec<_> = list().map(|part| check(part, value, at)).collect();
            match tried.iter().filter(|result| result.is_ok()).count() {
                1 => Ok(()),
                0 => no(format!("{tried:?}")),
                _ if keyword == "anyOf" => Ok(()),
                more => no(format!("{more} of oneOf fit")),
            }
        }
        "const" if value != wanted => no(format!("is {wanted}")),
        "enum" if list().all(|one| one != value) => no(format!("is one of {wanted}")),
        "type" => {
            let fits = match wanted {
                Value::String(kind) => is(value, kind),
                _ => list().any(|kind| is(value, kind.as_str().expect("a type"))),
            };
            if fits {
                Ok(())
            } else {
                no(format!("is a {wanted}"))
            }
        }
        "required" => match (object, list()) {
            (Some(object), mut names) => {
                let absent =
                    names.find(|name| !object.contains_key(name.as_str().expect("a name")));
                absent.map_or(Ok(()), |name| no(format!("has {name}")))
            }
            _ => Ok(()),
        },
        "properties" => {
            let known = wanted.as_object().expect("properties").iter();
            for (name, part) in known {
                if let Some(value) = object.and_then(|object| object.get(name)) {
                    check(part, value, &format!("{at}/{name}"))?;
                }
            }
            Ok(())
        }
        "additionalProperties" => {
            let empty = Map::new();
            let known = schema
                .get("properties")
                .and_then(Value::as_object)
                .unwrap_or(&empty);
            let further = object
                .into_iter()
                .flatten()
                .filter(|(name, _)| !known.contains_key(*name));
            for (name, value) in further {
                match wanted {
                    Value::Bool(true) => {}
                    Value::Bool(false) => return no(format!("has no {name}")),
                    part => check(part, value, &format!("{at}/{name}"))?,
                }
            }
            Ok(())
        }
        "items" => {
            for (index, item) in value.as_array().into_iter().flatten().enumerate() {
                check(wanted, item, &format!("{at}/{index}"))?;
            }
            Ok(())
        }
        "minimum" if value.as_f64() < wanted.as_f64() && value.is_number() => {
            no(format!("is at least {wanted}"))
        }
        "maximum" if value.as_f64() > wanted.as_f64() && value.is_number() => {
            no(format!("is at most {wanted}"))
        }
        "maxItems"
            if value.as_array().map_or(0, Vec::len) as u64 > wanted.as_u64().unwrap_or(0) =>
        {
            no(format!("has {wanted} items at most"))
        }
        "format" => match (wanted.as_str(), value.as_str()) {
            (Some("uuid"), Some(text)) if uuid::Uuid::parse_str(text).is_err() => {
                no("is a UUID".into())
            }
            (Some("date-time"), Some(text))
                if chrono::DateTime::parse_from_rfc3339(text).is_err() =>
            {
                no("is a time".into())
            }
            (Some("uuid" | "date-time"), _) => Ok(()),
            (other, _) => panic!("format {other:?} is not known"),
        },
        "const" | "enum" | "minimum" | "maximum" | "maxItems" => Ok(()),
        other => panic!("{at}: keyword {other} is not known"),
    }
}
