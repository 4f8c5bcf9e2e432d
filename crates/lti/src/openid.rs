//! OpenID Connect for sign-in (core 1.0, discovery 1.0): what LTI builds on, without LTI.
//!
//! A provider's description and an id token are judged here; fetching, clocks and nonces are the
//! caller's.

use serde_json::Value;
use url::Url;

use crate::claims::{self, Claims};
use crate::jwt::{self, Algorithm, KeySet};
use crate::launch;
use crate::target;
use crate::{Code, Refused};

/// Bytes of a description at most.
pub const CONFIGURATION_MAX: usize = 256 << 10;
/// The tenant in the issuer of a description that stands for all tenants (Microsoft).
const ANY_TENANT: &str = "{tenantid}";

/// A provider, as it describes itself.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Configuration {
    /// The issuer of its tokens; may hold `{tenantid}`.
    pub issuer: String,
    /// Where people go to sign in.
    pub authorization_endpoint: String,
    /// Where codes become tokens.
    pub token_endpoint: String,
    /// Its keys.
    pub jwks_uri: String,
    /// The client proves itself in the body, not in a header.
    pub secret_in_body: bool,
}

impl Configuration {
    /// Where an issuer's description lies (discovery §4).
    pub fn address(issuer: &str) -> Result<Url, Refused> {
        let address = format!(
            "{}/.well-known/openid-configuration",
            issuer.trim_end_matches('/')
        );
        target::web(&address).ok_or(Refused::new(Code::Target, "issuer"))
    }

    /// Reads the description that was fetched for an issuer. It must name that issuer to the
    /// letter (discovery §4.3), except `any_tenant`: one description stands for many issuers there.
    pub fn parse(body: &[u8], issuer: &str, any_tenant: bool) -> Result<Self, Refused> {
        if body.len() > CONFIGURATION_MAX {
            return Err(Refused::new(Code::TooLarge, "openid-configuration"));
        }
        let value: Value = serde_json::from_slice(body)
            .map_err(|_| Refused::new(Code::Malformed, "openid-configuration"))?;
        let text = |name: &'static str| {
            value
                .get(name)
                .and_then(Value::as_str)
                .ok_or(Refused::new(Code::Missing, name))
        };
        // An endpoint is no safer than the issuer: what is reached over TLS stays there.
        let secure = issuer.starts_with("https:");
        let address = |name: &'static str| {
            let text = text(name)?;
            target::web(text)
                .filter(|url| url.scheme() == "https" || !secure)
                .map(|_| text.to_owned())
                .ok_or(Refused::new(Code::Target, name))
        };
        let named = text("issuer")?;
        if named != issuer && !(any_tenant && named.contains(ANY_TENANT)) {
            return Err(Refused::new(Code::Issuer, "issuer"));
        }
        let methods = claims::texts(value.get("token_endpoint_auth_methods_supported"), 20);
        Ok(Configuration {
            issuer: named.to_owned(),
            authorization_endpoint: address("authorization_endpoint")?,
            token_endpoint: address("token_endpoint")?,
            jwks_uri: address("jwks_uri")?,
            // Absent, it is `client_secret_basic` (discovery §3).
            secret_in_body: !methods.is_empty()
                && !methods.iter().any(|method| method == "client_secret_basic"),
        })
    }
}

/// What an id token must agree with.
#[derive(Debug, Clone, Copy)]
pub struct Expected<'a> {
    /// The provider's issuer; may hold `{tenantid}`.
    pub issuer: &'a str,
    /// Our id there.
    pub client_id: &'a str,
    /// The nonce of this login; `None` for providers that give none back: their token came over
    /// the back channel, for a code bound to our state.
    pub nonce: Option<&'a str>,
    /// Seconds since 1970.
    pub now: i64,
}

/// Who signed in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Subject {
    /// Who says so: always one issuer, never a pattern.
    pub issuer: String,
    /// Who, for that issuer.
    pub subject: String,
    /// As told; proves nothing.
    pub name: Option<String>,
    /// As told; proves nothing.
    pub email: Option<String>,
}

/// Verifies an id token (core §3.1.3.7) and gives whom it is about.
pub fn subject(token: &str, keys: &KeySet, expected: &Expected<'_>) -> Result<Subject, Refused> {
    let issuer = issuer_of(token, expected.issuer)?;
    let claims = jwt::verify(token, keys, Algorithm::Rs256, &issuer, expected.client_id)?;
    launch::audience(&claims, expected.client_id)?;
    launch::times(&claims, expected.now)?;
    if let Some(nonce) = expected.nonce
        && claims.get("nonce").and_then(Value::as_str) != Some(nonce)
    {
        return Err(Refused::new(Code::Nonce, "nonce"));
    }
    Ok(Subject {
        issuer,
        subject: claims::id(claims.get("sub"), "sub")?,
        name: launch::name(&claims),
        email: claims::line(claims.get("email")),
    })
}

/// The one issuer this token may have: the pattern, with the tenant that the token itself names in
/// the form a tenant has. The signature and `iss` are checked against it afterwards.
fn issuer_of(token: &str, pattern: &str) -> Result<String, Refused> {
    if !pattern.contains(ANY_TENANT) {
        return Ok(pattern.to_owned());
    }
    let claims: Claims = jwt::unverified(token)?;
    let tenant = claims
        .get("tid")
        .and_then(Value::as_str)
        .filter(|tenant| {
            tenant.len() == 36 && tenant.chars().all(|c| c.is_ascii_hexdigit() || c == '-')
        })
        .ok_or(Refused::new(Code::Issuer, "tid"))?;
    Ok(pattern.replace(ANY_TENANT, tenant))
}

/// Whom the answer of a plain OAuth 2.0 provider's profile address is about.
pub fn profile(body: &[u8], issuer: &str) -> Result<Subject, Refused> {
    let value: Value =
        serde_json::from_slice(body).map_err(|_| Refused::new(Code::Malformed, "profile"))?;
    Ok(Subject {
        issuer: issuer.to_owned(),
        subject: claims::id(value.get("id").or_else(|| value.get("sub")), "id")?,
        name: claims::line(value.get("name")),
        email: claims::line(value.get("email")),
    })
}
