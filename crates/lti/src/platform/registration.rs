//! Dynamic registration 1.0 from the platform's end: what we are, and what a tool says it is.

use serde_json::{Value, json};

use super::service::SCOPES;
use crate::claims;
use crate::target;
use crate::{Code, Refused};

const TOOL: &str = "https://purl.imsglobal.org/spec/lti-tool-configuration";
/// Addresses a tool may name for its messages.
const MOST: usize = 20;

/// Our configuration (§3.4), with our addresses under `base`.
pub fn configuration(issuer: &str) -> Value {
    let at = |path: &str| format!("{issuer}{path}");
    json!({
        "issuer": issuer,
        "authorization_endpoint": at("/lti/platform/authorize"),
        "token_endpoint": at("/lti/platform/token"),
        "token_endpoint_auth_methods_supported": ["private_key_jwt"],
        "token_endpoint_auth_signing_alg_values_supported": ["RS256", "RS384", "RS512", "ES256", "ES384"],
        "jwks_uri": at("/lti/jwks"),
        "registration_endpoint": at("/lti/platform/register"),
        "scopes_supported": std::iter::once("openid").chain(SCOPES).collect::<Vec<_>>(),
        "response_types_supported": ["id_token"],
        "subject_types_supported": ["pairwise"],
        "id_token_signing_alg_values_supported": ["RS256"],
        "claims_supported": ["sub", "iss", "name", "email"],
        "https://purl.imsglobal.org/spec/lti-platform-configuration": {
            "product_family_code": "halqa",
            "version": "1",
            "messages_supported": [
                { "type": "LtiResourceLinkRequest" },
                { "type": "LtiDeepLinkingRequest" },
            ],
            "variables": [],
        },
    })
}

/// A tool, as it describes itself.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Tool {
    /// Its name.
    pub name: String,
    /// Where logins begin.
    pub login_url: String,
    /// Where messages may go.
    pub redirect_uris: Vec<String>,
    /// What is launched when a link says nothing.
    pub target: String,
    /// Where content is picked, where it can be.
    pub picker: Option<String>,
    /// Its keys.
    pub jwks_url: String,
    /// Sent with each launch.
    pub custom: Vec<(String, String)>,
    /// The services it asks for, as far as we have them.
    pub scopes: Vec<String>,
}

impl Tool {
    /// Reads a registration (§3.5.1).
    pub fn parse(body: &[u8]) -> Result<Tool, Refused> {
        let value: Value = serde_json::from_slice(body)
            .map_err(|_| Refused::new(Code::Malformed, "registration"))?;
        let lti = value
            .get(TOOL)
            .filter(|lti| lti.is_object())
            .ok_or(Refused::new(Code::Missing, "lti-tool-configuration"))?;
        let address = |value: Option<&Value>, about: &'static str| {
            let text = value
                .and_then(Value::as_str)
                .ok_or(Refused::new(Code::Missing, about))?;
            target::web(text)
                .map(|_| text.to_owned())
                .ok_or(Refused::new(Code::Target, about))
        };
        let redirect_uris = claims::texts(value.get("redirect_uris"), MOST);
        if redirect_uris.is_empty() {
            return Err(Refused::new(Code::Missing, "redirect_uris"));
        }
        if redirect_uris.iter().any(|uri| target::web(uri).is_none()) {
            return Err(Refused::new(Code::Target, "redirect_uris"));
        }
        let login_url = address(value.get("initiate_login_uri"), "initiate_login_uri")?;
        let target = match lti.get("target_link_uri") {
            None => redirect_uris[0].clone(),
            some => address(some, "target_link_uri")?,
        };
        let picker = lti
            .get("messages")
            .and_then(Value::as_array)
            .into_iter()
            .flatten()
            .find(|message| {
                message.get("type").and_then(Value::as_str) == Some("LtiDeepLinkingRequest")
            });
        let picker = match picker {
            None => None,
            Some(message) => match message.get("target_link_uri") {
                None => Some(target.clone()),
                some => Some(address(some, "messages")?),
            },
        };
        let asked = value.get("scope").and_then(Value::as_str).unwrap_or("");
        Ok(Tool {
            name: claims::line(value.get("client_name"))
                .ok_or(Refused::new(Code::Missing, "client_name"))?,
            jwks_url: address(value.get("jwks_uri"), "jwks_uri")?,
            custom: claims::custom(lti.get("custom_parameters")),
            scopes: SCOPES
                .iter()
                .filter(|scope| asked.split(' ').any(|one| one == **scope))
                .map(|scope| (*scope).to_owned())
                .collect(),
            login_url,
            redirect_uris,
            target,
            picker,
        })
    }

    /// What we answer (§3.6): what we took of it, under the id it has here.
    pub fn answer(&self, client_id: &str, deployment: &str) -> Value {
        json!({
            "client_id": client_id,
            "application_type": "web",
            "response_types": ["id_token"],
            "grant_types": ["client_credentials", "implicit"],
            "initiate_login_uri": self.login_url,
            "redirect_uris": self.redirect_uris,
            "client_name": self.name,
            "jwks_uri": self.jwks_url,
            "token_endpoint_auth_method": "private_key_jwt",
            "scope": self.scopes.join(" "),
            TOOL: {
                "deployment_id": deployment,
                "target_link_uri": self.target,
                "claims": ["iss", "sub", "name", "email"],
            },
        })
    }
}
