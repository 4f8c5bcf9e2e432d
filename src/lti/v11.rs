//! LTI 1.1: a signed form, its consumer, and its nonce.

use lti::launch::Launch;
use lti::lti11;
use lti::oauth1::{Parameter, Request, WINDOW};
use url::Url;

use super::SEAL_SECRET;
use super::denied::{Denied, Why};
use super::entry::Once;
use super::platforms::{self, Platform, consumer_issuer};
use crate::App;
use crate::ids::hash_secret;

/// A launch whose signature holds.
pub(super) struct Verified {
    pub consumer: Platform,
    pub launch: Launch,
    pub once: Once,
}

/// Verifies a form that was posted to `/lti/1.1/launch?<query>`. The address that is signed is the
/// public one, whatever a proxy has made of it.
pub(super) async fn verify(
    app: &App,
    query: &str,
    parameters: &[Parameter],
) -> Result<Verified, Denied> {
    let path = if query.is_empty() {
        "/lti/1.1/launch".to_owned()
    } else {
        format!("/lti/1.1/launch?{query}")
    };
    let url = Url::parse(&format!("{}{path}", app.config.public_url))
        .map_err(|_| Denied::new(Why::Unreadable, "address"))?;
    let request = Request {
        verb: "POST",
        url: &url,
        parameters,
    };
    let protocol = request.protocol()?;
    let issuer = consumer_issuer(&protocol.consumer_key);
    // An unknown consumer and a wrong signature are the same answer: keys are not to be guessed.
    let untrusted = || Denied::new(Why::Untrusted, "signature (oauth_signature)");
    let consumer = platforms::find(app, &issuer, Some(&protocol.consumer_key))
        .await?
        .ok_or_else(untrusted)?;
    let secret = consumer
        .secret
        .as_deref()
        .and_then(|sealed| app.unseal(SEAL_SECRET, sealed))
        .ok_or_else(untrusted)?;
    let now = app.clock.now();
    let seconds = now.micros() / 1_000_000;
    request
        .verify(&protocol, &secret, seconds, consumer.lenient)
        .map_err(|refused| {
            if refused.code == lti::Code::Signature {
                untrusted()
            } else {
                refused.into()
            }
        })?;
    let launch = lti11::read(parameters, &path)?;
    Ok(Verified {
        consumer,
        launch,
        once: Once::Nonce {
            // Kept as a hash: of one length, whatever was sent.
            nonce: hash_secret(&protocol.nonce),
            until: now.plus_seconds(2 * WINDOW + 60),
        },
    })
}
