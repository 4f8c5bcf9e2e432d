//! A platform's keys and honest claims, to be spoilt.

use std::sync::LazyLock;

use aws_lc_rs::encoding::{AsDer, Pkcs8V1Der};
use aws_lc_rs::rsa::{KeyPair, KeySize};
use base64::Engine as _;
use base64::engine::general_purpose::{STANDARD, URL_SAFE_NO_PAD};
use lti::jwt::{KeySet, SigningKey};
use lti::{Expected, Launch, Refused};
use serde_json::{Map, Value, json};

pub const ISSUER: &str = "https://lms.example";
pub const CLIENT: &str = "halqa-1";
pub const NONCE: &str = "n-0S6_WzA2Mj";
pub const PUBLIC: &str = "https://halqa.example";
/// 2026-03-02T09:00:00Z.
pub const NOW: i64 = 1_772_442_000;
pub const CORE: &str = "https://purl.imsglobal.org/spec/lti/claim/";

/// A fresh RSA key in PEM.
pub fn pem(size: KeySize) -> String {
    let pair = KeyPair::generate(size).expect("a key");
    let der = AsDer::<Pkcs8V1Der<'_>>::as_der(&pair).expect("PKCS#8");
    let text = STANDARD.encode(der.as_ref());
    let lines: Vec<&str> = text
        .as_bytes()
        .chunks(64)
        .map(|line| std::str::from_utf8(line).expect("ASCII"))
        .collect();
    format!(
        "-----BEGIN PRIVATE KEY-----\n{}\n-----END PRIVATE KEY-----\n",
        lines.join("\n")
    )
}

/// The platform's key and, for forgers, another one.
pub static PEM: LazyLock<String> = LazyLock::new(|| pem(KeySize::Rsa2048));
pub static OTHER_PEM: LazyLock<String> = LazyLock::new(|| pem(KeySize::Rsa2048));

pub fn key(kid: &str) -> SigningKey {
    SigningKey::from_pem(kid, PEM.as_bytes()).expect("a key")
}

/// The platform's published keys: `k1`.
pub fn keys() -> KeySet {
    KeySet::parse(
        json!({ "keys": [key("k1").public().expect("public")] })
            .to_string()
            .as_bytes(),
    )
    .expect("a set")
}

pub fn core(name: &str) -> String {
    format!("{CORE}{name}")
}

/// An honest launch of a resource link.
pub fn claims() -> Value {
    json!({
        "iss": ISSUER, "aud": CLIENT, "sub": "user-7", "nonce": NONCE,
        "iat": NOW - 5, "exp": NOW + 300,
        "name": "Amel Ben Salah", "email": "amel@example.org",
        core("version"): "1.3.0",
        core("message_type"): "LtiResourceLinkRequest",
        core("deployment_id"): "d1",
        core("target_link_uri"): "https://halqa.example/modules/budget",
        core("resource_link"): { "id": "link-1", "title": "Budget" },
        core("roles"): ["http://purl.imsglobal.org/vocab/lis/v2/membership#Learner"],
        core("context"): { "id": "c1", "title": "Gestion" },
        core("custom"): { "module": "budget", "left": "$Person.name.full" },
        core("launch_presentation"): { "locale": "ar-TN", "return_url": "https://lms.example/back", "document_target": "iframe" },
        "https://purl.imsglobal.org/spec/lti-ags/claim/endpoint": {
            "lineitem": "https://lms.example/ags/1?type=2",
            "scope": ["https://purl.imsglobal.org/spec/lti-ags/scope/score"],
        },
        "https://purl.imsglobal.org/spec/lti-nrps/claim/namesroleservice": {
            "context_memberships_url": "https://lms.example/members", "service_versions": ["2.0"],
        },
    })
}

/// An honest deep linking request.
pub fn deep_linking() -> Value {
    let mut claims = claims();
    claims[core("message_type")] = json!("LtiDeepLinkingRequest");
    claims[core("target_link_uri")] = json!("https://halqa.example/lti/deep-linking");
    claims["https://purl.imsglobal.org/spec/lti-dl/claim/deep_linking_settings"] = json!({
        "deep_link_return_url": "https://lms.example/deep",
        "accept_types": ["ltiResourceLink", "link"],
        "accept_presentation_document_targets": ["iframe", "window"],
        "accept_multiple": true, "data": "opaque <data>",
    });
    claims
}

/// Claims with a top-level member set, or removed with null.
pub fn with(mut claims: Value, name: &str, value: Value) -> Value {
    let object = claims.as_object_mut().expect("an object");
    if value.is_null() {
        object.remove(name);
    } else {
        object.insert(name.to_owned(), value);
    }
    claims
}

pub fn read(claims: &Value) -> Result<Launch, Refused> {
    let claims: &Map<String, Value> = claims.as_object().expect("an object");
    lti::launch::read(
        claims,
        &Expected {
            client_id: CLIENT,
            nonce: NONCE,
            public_url: PUBLIC,
            now: NOW,
        },
    )
}

/// A token with any header over any claims, signed by `sign` (raw bytes).
pub fn token(header: &Value, claims: &Value, sign: impl Fn(&[u8]) -> Vec<u8>) -> String {
    let part = |value: &Value| URL_SAFE_NO_PAD.encode(value.to_string());
    let message = format!("{}.{}", part(header), part(claims));
    let signature = sign(message.as_bytes());
    format!("{message}.{}", URL_SAFE_NO_PAD.encode(signature))
}
