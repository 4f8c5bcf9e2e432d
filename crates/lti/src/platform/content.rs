//! What a tool's picker sends back (deep linking 2.0 §4.5).

use serde_json::Value;

use crate::claims::{self, Claims, core};
use crate::launch;
use crate::target;
use crate::{Code, Refused};

/// Links of one answer at most.
const MOST: usize = 50;

/// A link that was picked.
#[derive(Debug, Clone, PartialEq)]
pub struct Link {
    /// Its address at the tool; none: the tool's own.
    pub url: Option<String>,
    /// Its title.
    pub title: Option<String>,
    /// What it is about.
    pub text: Option<String>,
    /// Sent back with each launch.
    pub custom: Vec<(String, String)>,
    /// Its column's best score, where it asks for one.
    pub maximum: Option<f64>,
}

/// An answer.
#[derive(Debug, Clone, PartialEq)]
pub struct Response {
    /// What the request gave to be given back.
    pub data: String,
    /// The tool's own, once.
    pub nonce: String,
    /// What was picked.
    pub links: Vec<Link>,
    /// Items of kinds that we do not take.
    pub others: usize,
    /// For the person.
    pub message: Option<String>,
}

/// Whom an answer must be from, and for.
#[derive(Debug, Clone, Copy)]
pub struct Expected<'a> {
    /// Us.
    pub issuer: &'a str,
    /// The tool's deployment here.
    pub deployment: &'a str,
    /// Seconds since 1970.
    pub now: i64,
}

/// Reads the claims of a verified token ([`crate::jwt::verify`] has checked signature and issuer).
pub fn read(claims: &Claims, expected: &Expected<'_>) -> Result<Response, Refused> {
    launch::audience_of(claims, expected.issuer)?;
    launch::times(claims, expected.now)?;
    let text = |name: &str| core(claims, name).and_then(Value::as_str);
    if text("message_type") != Some("LtiDeepLinkingResponse") {
        return Err(Refused::new(Code::MessageType, "message_type"));
    }
    if text("version") != Some("1.3.0") {
        return Err(Refused::new(Code::Version, "version"));
    }
    if text("deployment_id") != Some(expected.deployment) {
        return Err(Refused::new(Code::Deployment, "deployment_id"));
    }
    let nonce = claims::id(claims.get("nonce"), "nonce")?;
    let data = claims
        .get(&format!("{}data", claims::DL))
        .and_then(Value::as_str)
        .ok_or(Refused::new(Code::Missing, "data"))?;
    let items = match claims.get(&format!("{}content_items", claims::DL)) {
        None => &[] as &[Value],
        Some(Value::Array(items)) if items.len() <= MOST => items,
        Some(Value::Array(_)) => return Err(Refused::new(Code::TooLarge, "content_items")),
        Some(_) => return Err(Refused::new(Code::Malformed, "content_items")),
    };
    let mut links = Vec::new();
    for item in items {
        if item.get("type").and_then(Value::as_str) == Some("ltiResourceLink") {
            links.push(link(item)?);
        }
    }
    Ok(Response {
        others: items.len() - links.len(),
        links,
        data: data.to_owned(),
        nonce,
        message: claims::line(claims.get(&format!("{}msg", claims::DL))),
    })
}

fn link(item: &Value) -> Result<Link, Refused> {
    let url = match item.get("url") {
        None | Some(Value::Null) => None,
        Some(Value::String(text)) => Some(
            target::web(text)
                .ok_or(Refused::new(Code::Target, "content_items"))?
                .into(),
        ),
        Some(_) => return Err(Refused::new(Code::Malformed, "content_items")),
    };
    let maximum = item
        .get("lineItem")
        .and_then(|column| column.get("scoreMaximum"))
        .and_then(Value::as_f64)
        .filter(|maximum| maximum.is_finite() && *maximum > 0.0);
    Ok(Link {
        url,
        title: claims::line(item.get("title")),
        text: claims::line(item.get("text")),
        custom: claims::custom(item.get("custom")),
        maximum,
    })
}
