//! The names of claims, and small readers that bound what they give.

use serde_json::{Map, Value};

use crate::{Code, Refused};

/// The prefix of the core claims.
pub const CORE: &str = "https://purl.imsglobal.org/spec/lti/claim/";
/// Deep linking settings, in a request.
pub const DL_SETTINGS: &str = "https://purl.imsglobal.org/spec/lti-dl/claim/deep_linking_settings";
/// The prefix of the deep linking claims.
pub const DL: &str = "https://purl.imsglobal.org/spec/lti-dl/claim/";
/// Assignment and grade services.
pub const AGS: &str = "https://purl.imsglobal.org/spec/lti-ags/claim/endpoint";
/// Names and roles.
pub const NRPS: &str = "https://purl.imsglobal.org/spec/lti-nrps/claim/namesroleservice";

/// Characters of an identifier at most (core specification: 255).
pub const ID_MAX: usize = 255;
/// Characters of a title or name at most; longer ones are cut.
const TITLE_MAX: usize = 300;
/// Custom parameters at most.
const CUSTOM_MOST: usize = 200;

pub(crate) type Claims = Map<String, Value>;

/// A core claim.
pub(crate) fn core<'c>(claims: &'c Claims, name: &str) -> Option<&'c Value> {
    claims.get(&format!("{CORE}{name}"))
}

/// An identifier: a text of 1 to 255 characters without control characters.
pub(crate) fn id(value: Option<&Value>, about: &'static str) -> Result<String, Refused> {
    match value {
        None | Some(Value::Null) => Err(Refused::new(Code::Missing, about)),
        Some(Value::String(text)) => identifier(text, about),
        // Blackboard and others send numbers where the standard says text.
        Some(Value::Number(number)) => Ok(number.to_string()),
        Some(_) => Err(Refused::new(Code::Malformed, about)),
    }
}

pub(crate) fn identifier(text: &str, about: &'static str) -> Result<String, Refused> {
    if text.is_empty() {
        return Err(Refused::new(Code::Missing, about));
    }
    if text.chars().count() > ID_MAX || text.chars().any(char::is_control) {
        return Err(Refused::new(Code::Malformed, about));
    }
    Ok(text.to_owned())
}

/// A line for people: control characters become spaces, what is too long is cut.
pub(crate) fn line(value: Option<&Value>) -> Option<String> {
    value.and_then(Value::as_str).and_then(line_of)
}

pub(crate) fn line_of(text: &str) -> Option<String> {
    let text: String = text
        .chars()
        .map(|c| if c.is_control() { ' ' } else { c })
        .take(TITLE_MAX)
        .collect();
    let text = text.trim();
    (!text.is_empty()).then(|| text.to_owned())
}

/// A list of texts.
pub(crate) fn texts(value: Option<&Value>, most: usize) -> Vec<String> {
    value
        .and_then(Value::as_array)
        .into_iter()
        .flatten()
        .filter_map(Value::as_str)
        .filter(|text| text.len() <= 1024)
        .take(most)
        .map(str::to_owned)
        .collect()
}

/// Custom parameters. A variable that the platform did not substitute (`$Person.name.full`) says
/// nothing and is left out.
pub(crate) fn custom(value: Option<&Value>) -> Vec<(String, String)> {
    let Some(object) = value.and_then(Value::as_object) else {
        return Vec::new();
    };
    object
        .iter()
        .filter_map(|(name, value)| match value {
            Value::String(text) => Some((name.clone(), text.clone())),
            Value::Number(number) => Some((name.clone(), number.to_string())),
            Value::Bool(flag) => Some((name.clone(), flag.to_string())),
            _ => None,
        })
        .filter(|(name, value)| is_substituted(value) && name.len() <= ID_MAX && fits(value))
        .take(CUSTOM_MOST)
        .collect()
}

fn fits(value: &str) -> bool {
    value.len() <= 4096 && !value.contains('\0')
}

/// False for a substitution variable that came back as it was.
pub(crate) fn is_substituted(value: &str) -> bool {
    let Some(name) = value.strip_prefix('$') else {
        return true;
    };
    !(name.starts_with(|c: char| c.is_ascii_uppercase())
        && name.chars().all(|c| c.is_ascii_alphanumeric() || c == '.'))
}

/// A moment in whole seconds since 1970: a JSON number, finite, within sane bounds.
pub(crate) fn seconds(claims: &Claims, name: &'static str) -> Result<Option<i64>, Refused> {
    let malformed = || match name {
        "exp" => Refused::new(Code::Expired, "exp"),
        "iat" => Refused::new(Code::IssuedAt, "iat"),
        _ => Refused::new(Code::NotBefore, "nbf"),
    };
    match claims.get(name) {
        None => Ok(None),
        Some(Value::Number(number)) => {
            let value = number.as_f64().ok_or_else(malformed)?;
            if value.is_finite() && (0.0..=1e11).contains(&value) {
                Ok(Some(value as i64))
            } else {
                Err(malformed())
            }
        }
        Some(_) => Err(malformed()),
    }
}
