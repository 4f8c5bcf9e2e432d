//! Platform storage (lti-pm-s, lti-cs-oidc): a frame of the platform keeps our state where the
//! browser refuses us cookies. These are the messages; a script of ours posts them as they are.

use serde_json::{Value, json};
use url::Url;

use crate::target;

/// Asks what the platform's frames can do.
pub fn capabilities(message: &str) -> Value {
    json!({ "subject": "lti.capabilities", "message_id": message })
}

/// Asks a frame to keep a value.
pub fn put_data(message: &str, key: &str, value: &str) -> Value {
    json!({ "subject": "lti.put_data", "message_id": message, "key": key, "value": value })
}

/// Asks a frame for a value.
pub fn get_data(message: &str, key: &str) -> Value {
    json!({ "subject": "lti.get_data", "message_id": message, "key": key })
}

/// The only origin that may answer: that of the platform's authorisation endpoint (lti-cs-oidc
/// §2.1).
pub fn origin(authorization_endpoint: &str) -> Option<String> {
    target::web(authorization_endpoint)
        .as_ref()
        .map(target::origin)
}

/// The key under which a login's proof is kept.
pub fn key(state: &str) -> String {
    format!("halqa_{state}")
}

/// Origins that may frame us: of the addresses given, each once.
pub fn origins<'a>(addresses: impl IntoIterator<Item = &'a str>) -> Vec<String> {
    let mut origins: Vec<String> = Vec::new();
    for address in addresses {
        if let Some(url) = Url::parse(address).ok().filter(Url::has_host) {
            let origin = target::origin(&url);
            if matches!(url.scheme(), "http" | "https") && !origins.contains(&origin) {
                origins.push(origin);
            }
        }
    }
    origins
}
