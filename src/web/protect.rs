//! Cross-site request forgery: unsafe requests must come from our own pages.
//!
//! The rule is that of Go 1.25's `CrossOriginProtection`, stricter (`threats.md` W1): only
//! `Sec-Fetch-Site: same-origin` passes; without that header, `Origin` must be ours; without
//! both, only requests that carry their own credential (a bearer or basic header, which no page
//! of another site can add) pass.

use rocket::fairing::{Fairing, Info, Kind};
use rocket::http::Method;
use rocket::{Data, Request};

use super::refused;

/// Paths that other sites post to by design, each with its own proof.
const EXCEPTIONS: &[&str] = &[
    "/xapi/",
    // The API answers to tokens alone, and tells who forgot theirs.
    "/api/",
    // Mail programs, with one click (RFC 8058): the address itself is the proof.
    "/unsubscribe/",
];

/// As [`EXCEPTIONS`], whole paths: messages of learning platforms, proved by a state of ours and a
/// signature of theirs.
const MESSAGES: &[&str] = &[
    "/lti/login",
    "/lti/launch",
    "/lti/deep-linking",
    "/lti/1.1/launch",
    // Tools that we launch: a hint of ours, or the tool's signature.
    "/lti/platform/authorize",
    "/lti/platform/deep-linking",
    "/lti/platform/token",
    // Thin packages in other LMSs: the key of their dispatch, the token it gave. No cookie counts.
    "/dispatch/open",
    "/dispatch/state",
];

/// The fairing.
pub struct SameOrigin {
    /// The application's origin.
    pub public_url: String,
}

impl SameOrigin {
    fn allows(&self, request: &Request<'_>) -> bool {
        let path = request.uri().path().as_str();
        if EXCEPTIONS.iter().any(|prefix| path.starts_with(prefix)) || MESSAGES.contains(&path) {
            return true;
        }
        let header = |name| request.headers().get_one(name);
        let own_credential = header("Authorization").is_some();
        if let Some(site) = header("Sec-Fetch-Site") {
            return site == "same-origin";
        }
        match header("Origin") {
            Some(origin) => {
                let own = request.headers().get_one("Host").is_some_and(|host| {
                    origin
                        .split_once("://")
                        .is_some_and(|(_, rest)| rest.eq_ignore_ascii_case(host))
                });
                origin == self.public_url || own
            }
            None => own_credential,
        }
    }
}

#[rocket::async_trait]
impl Fairing for SameOrigin {
    fn info(&self) -> Info {
        Info {
            name: "same origin",
            kind: Kind::Request,
        }
    }

    async fn on_request(&self, request: &mut Request<'_>, _: &mut Data<'_>) {
        let safe = matches!(
            request.method(),
            Method::Get | Method::Head | Method::Options
        );
        if !safe && !self.allows(request) {
            let target = refused::address(request.uri().path().as_str(), "csrf-refused");
            request.set_uri(target);
        }
    }
}
