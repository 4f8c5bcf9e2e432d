//! Deep linking 2.0: an instructor picks what a course links to.

use serde_json::{Value, json};

use crate::claims;
use crate::target;
use crate::{Code, Refused};

/// What the platform can take.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Settings {
    /// Where the answer goes.
    pub return_url: String,
    /// `ltiResourceLink`, `link`, `file`, `html`, `image`.
    pub accept_types: Vec<String>,
    /// `iframe`, `window`, `embed`.
    pub accept_targets: Vec<String>,
    /// Several items in one answer.
    pub accept_multiple: bool,
    /// Items may ask for a column in the gradebook. Where the platform says nothing, it may ignore
    /// it, so asking does no harm.
    pub accept_line_item: bool,
    /// Opaque, given back as it is.
    pub data: Option<String>,
}

impl Settings {
    /// True when the platform takes links to tools, which is all we have.
    pub fn takes_links(&self) -> bool {
        self.accept_types
            .iter()
            .any(|kind| kind == "ltiResourceLink")
    }

    /// `iframe` where the platform takes it and does not prefer windows alone.
    pub fn takes_target(&self, target: &str) -> bool {
        self.accept_targets.iter().any(|known| known == target)
    }
}

/// Reads the settings claim (§5.4.1).
pub(crate) fn settings(claim: Option<&Value>) -> Result<Settings, Refused> {
    let claim = claim
        .filter(|claim| claim.is_object())
        .ok_or(Refused::new(Code::Missing, "deep_linking_settings"))?;
    let return_url = claim
        .get("deep_link_return_url")
        .and_then(Value::as_str)
        .ok_or(Refused::new(Code::Missing, "deep_link_return_url"))?;
    let return_url =
        target::web(return_url).ok_or(Refused::new(Code::Target, "deep_link_return_url"))?;
    let data = match claim.get("data") {
        None | Some(Value::Null) => None,
        Some(Value::String(text)) if text.len() <= 32 << 10 => Some(text.clone()),
        Some(_) => return Err(Refused::new(Code::Malformed, "data")),
    };
    // Booleans come as text from some platforms.
    let flag = |name: &str, otherwise: bool| match claim.get(name) {
        Some(Value::Bool(flag)) => *flag,
        Some(Value::String(text)) => text == "true",
        _ => otherwise,
    };
    Ok(Settings {
        return_url: return_url.into(),
        accept_types: claims::texts(claim.get("accept_types"), 20),
        accept_targets: claims::texts(claim.get("accept_presentation_document_targets"), 20),
        accept_multiple: flag("accept_multiple", true),
        accept_line_item: flag("accept_lineitem", true),
        data,
    })
}

/// A link that was picked.
#[derive(Debug, Clone)]
pub struct Item {
    /// Our address of it.
    pub url: String,
    /// Its title.
    pub title: String,
    /// What it is about.
    pub text: Option<String>,
    /// Custom parameters: come back with each launch.
    pub custom: Vec<(String, String)>,
    /// A column in the gradebook.
    pub line_item: Option<LineItem>,
    /// Opened in a window of its own rather than in the page.
    pub window: bool,
}

/// A column in the gradebook, asked for with a link.
#[derive(Debug, Clone)]
pub struct LineItem {
    /// Its heading.
    pub label: String,
    /// The best score.
    pub score_maximum: f64,
    /// Our id of it.
    pub resource_id: String,
}

impl Item {
    fn json(&self) -> Value {
        let mut item = json!({
            "type": "ltiResourceLink",
            "url": self.url,
            "title": self.title,
        });
        if let Some(text) = &self.text {
            item["text"] = json!(text);
        }
        if !self.custom.is_empty() {
            item["custom"] = self
                .custom
                .iter()
                .map(|(name, value)| (name.clone(), json!(value)))
                .collect::<serde_json::Map<_, _>>()
                .into();
        }
        if let Some(line) = &self.line_item {
            item["lineItem"] = json!({
                "label": line.label,
                "scoreMaximum": line.score_maximum,
                "resourceId": line.resource_id,
            });
        }
        if self.window {
            item["window"] = json!({ "targetName": "_blank" });
        } else {
            item["iframe"] = json!({ "width": 1024, "height": 768 });
        }
        item
    }
}

/// The answer to a deep linking request (§4).
#[derive(Debug, Clone, Copy)]
pub struct Response<'a> {
    /// Our id at the platform: the issuer of this message.
    pub client_id: &'a str,
    /// The platform's issuer: its audience.
    pub platform: &'a str,
    /// The deployment of the request.
    pub deployment: &'a str,
    /// What the request gave to be given back.
    pub data: Option<&'a str>,
    /// What was picked; nothing: the person changed their mind.
    pub items: &'a [Item],
    /// Unique.
    pub nonce: &'a str,
    /// Seconds since 1970.
    pub now: i64,
}

impl Response<'_> {
    /// Its claims, to be signed; valid for five minutes.
    pub fn claims(&self) -> Value {
        let dl = |name: &str| format!("{}{name}", claims::DL);
        let core = |name: &str| format!("{}{name}", claims::CORE);
        let mut all = serde_json::Map::new();
        let mut set = |name: String, value: Value| {
            all.insert(name, value);
        };
        set("iss".into(), json!(self.client_id));
        set("aud".into(), json!(self.platform));
        set("iat".into(), json!(self.now));
        set("exp".into(), json!(self.now + 300));
        set("nonce".into(), json!(self.nonce));
        set(core("message_type"), json!("LtiDeepLinkingResponse"));
        set(core("version"), json!("1.3.0"));
        set(core("deployment_id"), json!(self.deployment));
        if let Some(data) = self.data {
            set(dl("data"), json!(data));
        }
        let items: Vec<Value> = self.items.iter().map(Item::json).collect();
        set(dl("content_items"), json!(items));
        Value::Object(all)
    }
}
