//! Dynamic registration 1.0: the platform opens our page with the address of its configuration
//! and a token; we answer with what we are.

use serde_json::{Value, json};
use url::Url;

use crate::ags;
use crate::claims;
use crate::nrps;
use crate::target;
use crate::{Code, Refused};

/// Sites that one platform spreads over by convention: its configuration, its keys and its tokens
/// may live on any of them (Canvas, Brightspace, Blackboard). Anybody else serves all from the
/// host of the issuer.
const FAMILIES: &[&[&str]] = &[
    &["instructure.com", "canvaslms.com"],
    &["brightspace.com", "desire2learn.com", "d2l.com"],
    &["blackboard.com"],
    &["schoology.com"],
];

/// A platform, as its configuration describes it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Platform {
    /// The issuer.
    pub issuer: String,
    /// Where logins go.
    pub authorization_endpoint: String,
    /// Where tokens come from.
    pub token_endpoint: String,
    /// The audience of token requests, where it is not the endpoint.
    pub token_audience: Option<String>,
    /// Its keys.
    pub jwks_uri: String,
    /// Where we register.
    pub registration_endpoint: String,
    /// Its kind: `moodle`, `canvas`…
    pub family: String,
    /// The messages it can send.
    pub messages: Vec<String>,
    /// The scopes it can grant.
    pub scopes: Vec<String>,
}

/// Checks the address of a configuration before it is fetched.
pub fn configuration_url(address: &str) -> Result<Url, Refused> {
    target::web(address).ok_or(Refused::new(Code::Target, "openid_configuration"))
}

impl Platform {
    /// Reads a configuration that was fetched from `from` (§3.4). The issuer, and every endpoint,
    /// must be of the same site: nobody registers in another's name.
    pub fn parse(body: &[u8], from: &Url) -> Result<Platform, Refused> {
        let malformed = Refused::new(Code::Malformed, "openid_configuration");
        let value: Value = serde_json::from_slice(body).map_err(|_| malformed.clone())?;
        if !value.is_object() {
            return Err(malformed);
        }
        let address = |name: &'static str| -> Result<String, Refused> {
            let text = value
                .get(name)
                .and_then(Value::as_str)
                .ok_or(Refused::new(Code::Missing, name))?;
            let url = target::web(text).ok_or(Refused::new(Code::Target, name))?;
            if !same_site(&url, from) {
                return Err(Refused::new(Code::Host, name));
            }
            Ok(text.to_owned())
        };
        let lti = value.get("https://purl.imsglobal.org/spec/lti-platform-configuration");
        let list = |value: Option<&Value>| claims::texts(value, 200);
        Ok(Platform {
            issuer: address("issuer")?,
            authorization_endpoint: address("authorization_endpoint")?,
            token_endpoint: address("token_endpoint")?,
            token_audience: claims::line(value.get("authorization_server")),
            jwks_uri: address("jwks_uri")?,
            registration_endpoint: address("registration_endpoint")?,
            family: claims::line(lti.and_then(|lti| lti.get("product_family_code")))
                .unwrap_or_default(),
            messages: lti
                .and_then(|lti| lti.get("messages_supported"))
                .and_then(Value::as_array)
                .into_iter()
                .flatten()
                .filter_map(|message| message.get("type").and_then(Value::as_str))
                .map(str::to_owned)
                .take(50)
                .collect(),
            scopes: list(value.get("scopes_supported")),
        })
    }
}

/// True when two addresses are of one platform.
pub fn same_site(one: &Url, other: &Url) -> bool {
    let (Some(a), Some(b)) = (target::host(one), target::host(other)) else {
        return false;
    };
    let under = |host: &str, site: &str| {
        host == site
            || host
                .strip_suffix(site)
                .is_some_and(|rest| rest.ends_with('.'))
    };
    a == b
        || FAMILIES.iter().any(|family| {
            let is = |host: &str| family.iter().any(|site| under(host, site));
            is(&a) && is(&b)
        })
}

/// What we are.
#[derive(Debug, Clone, Copy)]
pub struct Tool<'a> {
    /// Our origin.
    pub public_url: &'a str,
    /// Our name.
    pub name: &'a str,
    /// What we are for.
    pub description: &'a str,
    /// What the deep linking entry is called.
    pub pick: &'a str,
    /// Our logo.
    pub logo: &'a str,
}

impl Tool<'_> {
    /// The registration we send (§3.5.1).
    pub fn registration(&self, platform: &Platform) -> Value {
        let at = |path: &str| format!("{}{path}", self.public_url);
        let domain = self
            .public_url
            .split_once("://")
            .map_or(self.public_url, |(_, host)| host);
        let takes = |message: &str| {
            platform.messages.is_empty() || platform.messages.iter().any(|known| known == message)
        };
        let mut messages = Vec::new();
        if takes("LtiResourceLinkRequest") {
            messages.push(json!({
                "type": "LtiResourceLinkRequest",
                "target_link_uri": at("/lti/launch"),
                "label": self.name,
            }));
        }
        if takes("LtiDeepLinkingRequest") {
            messages.push(json!({
                "type": "LtiDeepLinkingRequest",
                "target_link_uri": at("/lti/deep-linking"),
                "label": self.pick,
                "placements": [
                    "assignment_selection", "link_selection", "editor_button",
                    "ContentArea", "RichTextEditor",
                ],
            }));
        }
        let wanted = [ags::SCOPE_LINE_ITEM, ags::SCOPE_SCORE, nrps::SCOPE];
        // A platform that lists its scopes refuses others.
        let scopes: Vec<&str> = wanted
            .into_iter()
            .filter(|scope| {
                platform.scopes.iter().any(|known| known == scope)
                    || !platform
                        .scopes
                        .iter()
                        .any(|known| known.contains("/spec/lti"))
            })
            .collect();
        json!({
            "application_type": "web",
            "response_types": ["id_token"],
            "grant_types": ["client_credentials", "implicit"],
            "initiate_login_uri": at("/lti/login"),
            "redirect_uris": [at("/lti/launch"), at("/lti/deep-linking")],
            "client_name": self.name,
            "jwks_uri": at("/lti/jwks"),
            "logo_uri": self.logo,
            "token_endpoint_auth_method": "private_key_jwt",
            "id_token_signed_response_alg": "RS256",
            "scope": scopes.join(" "),
            "https://purl.imsglobal.org/spec/lti-tool-configuration": {
                "domain": domain,
                "description": self.description,
                "target_link_uri": at("/lti/launch"),
                "claims": ["iss", "sub", "name", "given_name", "family_name", "email"],
                "messages": messages,
            },
        })
    }
}

/// What the platform made of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Registered {
    /// Our id there.
    pub client_id: String,
    /// The first deployment, where the platform makes one at once.
    pub deployment_id: Option<String>,
}

impl Registered {
    /// Reads the answer (§3.6).
    pub fn parse(body: &[u8]) -> Result<Registered, Refused> {
        let value: Value = serde_json::from_slice(body)
            .map_err(|_| Refused::new(Code::Malformed, "registration"))?;
        let tool = value.get("https://purl.imsglobal.org/spec/lti-tool-configuration");
        Ok(Registered {
            client_id: claims::id(value.get("client_id"), "client_id")?,
            deployment_id: claims::id(
                tool.and_then(|tool| tool.get("deployment_id"))
                    .or_else(|| value.get("deployment_id")),
                "deployment_id",
            )
            .ok(),
        })
    }
}
