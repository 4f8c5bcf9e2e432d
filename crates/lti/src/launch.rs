//! A launch: the claims of a verified token, checked and read (core specification §5;
//! security framework 1.1 §5.1.3).

use serde_json::Value;

use crate::ags;
use crate::claims::{self, Claims, core};
use crate::deep_linking::{self, Settings};
use crate::nrps;
use crate::roles::Roles;
use crate::target;
use crate::{Code, Refused};

/// Clocks differ by so many seconds at most.
pub const LEEWAY: i64 = 60;
/// A token issued longer ago is refused even if it has not run out, in seconds.
pub const MAX_AGE: i64 = 3600;

/// What a launch must agree with.
#[derive(Debug, Clone, Copy)]
pub struct Expected<'a> {
    /// Our id at the platform.
    pub client_id: &'a str,
    /// The nonce of the login this launch answers.
    pub nonce: &'a str,
    /// Our origin.
    pub public_url: &'a str,
    /// Seconds since 1970.
    pub now: i64,
}

/// What was launched.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Message {
    /// A link in a course.
    ResourceLink {
        /// Stable within its deployment.
        id: String,
        /// As the platform shows it.
        title: Option<String>,
    },
    /// An instructor picks content.
    DeepLinking(Settings),
}

/// A course of the platform.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Context {
    /// Stable within its deployment.
    pub id: String,
    /// Its title, or its label.
    pub title: Option<String>,
}

/// How the platform shows us.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Presentation {
    /// `iframe`, `window`, `frame`.
    pub document_target: Option<String>,
    /// Where the person goes back to.
    pub return_url: Option<String>,
    /// A language tag.
    pub locale: Option<String>,
}

/// LTI 1.1's basic outcome service.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BasicOutcome {
    /// Where scores go.
    pub url: String,
    /// The learner's place in the gradebook.
    pub sourcedid: String,
}

/// The claim with which a platform says who a person or link was in LTI 1.1 (migration guide).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Migration {
    /// The consumer's key.
    pub consumer_key: String,
    /// Proof that the platform knows the consumer's secret.
    pub signature: String,
    /// The user there, where it differs from `sub`.
    pub user_id: Option<String>,
    /// The link there, where it differs.
    pub resource_link_id: Option<String>,
    /// The context there, where it differs.
    pub context_id: Option<String>,
    /// `exp` of the token, part of what is signed.
    pub exp: i64,
    /// Its nonce, likewise.
    pub nonce: String,
}

/// A launch, in the words of both versions.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Launch {
    /// Who is launched; none: an anonymous launch.
    pub subject: Option<String>,
    /// The deployment. LTI 1.1: the consumer's instance, or empty.
    pub deployment: String,
    /// What.
    pub message: Message,
    /// Path and query on our site.
    pub target: String,
    /// As what.
    pub roles: Roles,
    /// The person's name, if it is told.
    pub name: Option<String>,
    /// The person's address, if it is told. Proves nothing.
    pub email: Option<String>,
    /// The course it was launched from.
    pub context: Option<Context>,
    /// How it is shown.
    pub presentation: Presentation,
    /// Custom parameters, variables substituted.
    pub custom: Vec<(String, String)>,
    /// Grades (1.3).
    pub ags: Option<ags::Endpoint>,
    /// Members (1.3).
    pub nrps: Option<nrps::Endpoint>,
    /// Grades (1.1).
    pub outcome: Option<BasicOutcome>,
    /// Who it was in LTI 1.1.
    pub migration: Option<Migration>,
    /// The platform's kind: `moodle`, `canvas`…
    pub family: Option<String>,
    /// The platform's own address, as it says.
    pub platform_url: Option<String>,
}

impl Launch {
    /// A custom parameter.
    pub fn custom(&self, name: &str) -> Option<&str> {
        self.custom
            .iter()
            .find(|(other, _)| other == name)
            .map(|(_, value)| value.as_str())
    }
}

/// Reads the claims of a verified token ([`crate::jwt::verify`] has checked signature and issuer).
pub fn read(claims: &Claims, expected: &Expected<'_>) -> Result<Launch, Refused> {
    audience(claims, expected.client_id)?;
    times(claims, expected.now)?;
    let nonce = claims.get("nonce").and_then(Value::as_str);
    if nonce != Some(expected.nonce) {
        return Err(Refused::new(Code::Nonce, "nonce"));
    }
    let version = core(claims, "version").and_then(Value::as_str);
    if version != Some("1.3.0") {
        return Err(Refused::new(Code::Version, "version"));
    }
    let deployment = claims::id(core(claims, "deployment_id"), "deployment_id")
        .map_err(|_| Refused::new(Code::Deployment, "deployment_id"))?;
    let address = core(claims, "target_link_uri")
        .and_then(Value::as_str)
        .ok_or(Refused::new(Code::Missing, "target_link_uri"))?;
    let message = match core(claims, "message_type").and_then(Value::as_str) {
        Some("LtiResourceLinkRequest") => {
            let link = core(claims, "resource_link")
                .filter(|link| link.is_object())
                .ok_or(Refused::new(Code::Missing, "resource_link"))?;
            Message::ResourceLink {
                id: claims::id(link.get("id"), "resource_link.id")?,
                title: claims::line(link.get("title")),
            }
        }
        Some("LtiDeepLinkingRequest") => {
            Message::DeepLinking(deep_linking::settings(claims.get(claims::DL_SETTINGS))?)
        }
        _ => return Err(Refused::new(Code::MessageType, "message_type")),
    };
    let subject = match claims.get("sub") {
        None | Some(Value::Null) => None,
        Some(Value::String(text)) if text.is_empty() => None,
        other => Some(claims::id(other, "sub")?),
    };
    let context = match core(claims, "context") {
        Some(context) if context.is_object() => Some(Context {
            id: claims::id(context.get("id"), "context.id")?,
            title: claims::line(context.get("title"))
                .or_else(|| claims::line(context.get("label"))),
        }),
        _ => None,
    };
    let presentation = core(claims, "launch_presentation");
    let member = |name: &str| presentation.and_then(|p| p.get(name));
    let platform = core(claims, "tool_platform");
    Ok(Launch {
        subject,
        deployment,
        message,
        target: target::within(expected.public_url, address)?,
        roles: Roles::of_claim(core(claims, "roles")),
        name: name(claims),
        email: claims::line(claims.get("email")),
        context,
        presentation: Presentation {
            document_target: claims::line(member("document_target")),
            return_url: member("return_url")
                .and_then(Value::as_str)
                .and_then(target::web)
                .map(String::from),
            locale: claims::line(member("locale")).or_else(|| claims::line(claims.get("locale"))),
        },
        custom: claims::custom(core(claims, "custom")),
        ags: ags::endpoint(claims.get(claims::AGS)),
        nrps: nrps::endpoint(claims.get(claims::NRPS)),
        outcome: None,
        migration: migration(claims),
        family: claims::line(platform.and_then(|p| p.get("product_family_code"))),
        platform_url: claims::line(platform.and_then(|p| p.get("url"))),
    })
}

/// The name the platform tells, put together where only its parts are told.
pub(crate) fn name(claims: &Claims) -> Option<String> {
    let part = |name: &str| claims::line(claims.get(name));
    part("name").or_else(|| match (part("given_name"), part("family_name")) {
        (Some(given), Some(family)) => claims::line_of(&format!("{given} {family}")),
        (given, family) => given.or(family),
    })
}

/// The token is for us, and for nobody else: other audiences would hold a token that works here.
pub(crate) fn audience(claims: &Claims, client_id: &str) -> Result<(), Refused> {
    let ours = match claims.get("aud") {
        Some(Value::String(one)) => one == client_id,
        Some(Value::Array(many)) => {
            !many.is_empty() && many.iter().all(|one| one.as_str() == Some(client_id))
        }
        _ => false,
    };
    if !ours {
        return Err(Refused::new(Code::Audience, "aud"));
    }
    match claims.get("azp") {
        None => Ok(()),
        Some(Value::String(party)) if party == client_id => Ok(()),
        Some(_) => Err(Refused::new(Code::Audience, "azp")),
    }
}

/// The token is for this party: alone, or among others (a tool's answer may name several).
pub(crate) fn audience_of(claims: &Claims, party: &str) -> Result<(), Refused> {
    let ours = match claims.get("aud") {
        Some(Value::String(one)) => one == party,
        Some(Value::Array(many)) => many.iter().any(|one| one.as_str() == Some(party)),
        _ => false,
    };
    ours.then_some(())
        .ok_or(Refused::new(Code::Audience, "aud"))
}

pub(crate) fn times(claims: &Claims, now: i64) -> Result<(), Refused> {
    let exp = claims::seconds(claims, "exp")?.ok_or(Refused::new(Code::Expired, "exp"))?;
    if exp <= now - LEEWAY {
        return Err(Refused::new(Code::Expired, "exp"));
    }
    let iat = claims::seconds(claims, "iat")?.ok_or(Refused::new(Code::IssuedAt, "iat"))?;
    if iat > now + LEEWAY || iat < now - MAX_AGE - LEEWAY {
        return Err(Refused::new(Code::IssuedAt, "iat"));
    }
    if claims::seconds(claims, "nbf")?.is_some_and(|nbf| nbf > now + LEEWAY) {
        return Err(Refused::new(Code::NotBefore, "nbf"));
    }
    Ok(())
}

fn migration(claims: &Claims) -> Option<Migration> {
    let claim = core(claims, "lti1p1")?;
    let text = |name: &str| claims::id(claim.get(name), "lti1p1").ok();
    Some(Migration {
        consumer_key: text("oauth_consumer_key")?,
        signature: text("oauth_consumer_key_sign")?,
        user_id: text("user_id"),
        resource_link_id: text("resource_link_id"),
        context_id: text("context_id"),
        exp: claims::seconds(claims, "exp").ok()??,
        nonce: claims.get("nonce")?.as_str()?.to_owned(),
    })
}
