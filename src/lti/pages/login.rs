//! `/lti/login`: the platform sends a browser; it goes on to the platform's sign-in, once it is
//! known where this browser can keep our proof.

use std::sync::LazyLock;

use lti::login::Initiation;
use lti::post_message;
use rocket::{get, post};
use serde::Serialize;
use serde_json::{Value, json};

use super::super::denied::{Denied, Why};
use super::super::login::{self, Again, Begun};
use super::form::{Browser, Pairs, Posted};
use super::frame::{Framed, cookies};
use crate::ids::hash_secret;
use crate::web::gate::Gate;
use crate::web::i18n::Locales;
use crate::web::{Lang, Page, Visitor};

/// Logins of one network at once, and per minute: a training room shares an address.
static GATE: LazyLock<Gate> = LazyLock::new(|| Gate::per_minute(1200));

/// Refuses a network that asks too often (`threats.md` L14).
pub(in crate::lti) fn throttle(browser: &Browser<'_>) -> Result<(), Denied> {
    if GATE.allows(browser.address) {
        Ok(())
    } else {
        Err(Denied::new(Why::TooMany, "network"))
    }
}

/// The name of the cookie of a login.
pub(super) fn cookie_name(state_hash: &str) -> String {
    format!("halqa-lti-{}", &state_hash[..16])
}

#[derive(Serialize)]
pub(super) struct Continue {
    /// `login`: before the platform's sign-in. `launch`: after it, the proof is asked for.
    pub mode: &'static str,
    /// Where a login goes on.
    pub address: Option<String>,
    /// Where a launch goes on.
    pub action: &'static str,
    /// A cookie the page can see, when this browser takes cookies here.
    pub probe: Option<String>,
    /// The only origin that may answer for the platform's storage.
    pub origin: String,
    /// The frame that has it, where the platform said so.
    pub frame: Option<String>,
    /// The messages to it.
    pub capabilities: Value,
    pub put: Option<Value>,
    pub get: Option<Value>,
    /// What goes on with the launch.
    pub fields: Vec<(&'static str, String)>,
    /// The address that begins again in a window. A link: the platform's sign-in may lead through
    /// sites that nobody can list, and forms are held to a list all along their redirects.
    pub again: String,
}

impl Page for Continue {
    const TEMPLATE: &'static str = "lti/continue";
    fn title(&self, locales: &Locales, lang: Lang) -> String {
        locales.text(lang, "lti-continue-title", &[])
    }
}

impl Continue {
    /// The address of a login that begins again in a window.
    pub fn again(again: &Again) -> String {
        let parameters = [
            ("iss", Some(&again.iss)),
            ("login_hint", Some(&again.login_hint)),
            ("target_link_uri", Some(&again.target_link_uri)),
            ("lti_message_hint", again.lti_message_hint.as_ref()),
            ("client_id", Some(&again.client_id)),
            ("lti_deployment_id", again.lti_deployment_id.as_ref()),
        ];
        let query = url::form_urlencoded::Serializer::new(String::new())
            .extend_pairs(
                parameters
                    .into_iter()
                    .filter_map(|(name, value)| Some((name, value?))),
            )
            .finish();
        format!("/lti/login?{query}")
    }
}

#[get("/lti/login")]
pub(super) async fn get(visitor: Visitor<'_>, browser: Browser<'_>) -> Result<Framed, Denied> {
    begin(&visitor, &browser, &Pairs::parse(browser.query)).await
}

#[post("/lti/login", data = "<posted>")]
pub(super) async fn post(
    visitor: Visitor<'_>,
    browser: Browser<'_>,
    posted: Posted,
) -> Result<Framed, Denied> {
    begin(&visitor, &browser, &posted.0?).await
}

async fn begin(
    visitor: &Visitor<'_>,
    browser: &Browser<'_>,
    pairs: &Pairs,
) -> Result<Framed, Denied> {
    throttle(browser)?;
    let app = visitor.app;
    let initiation = Initiation::read(pairs.borrowed())?;
    let begun = login::begin(app, &initiation).await?;
    let name = cookie_name(&begun.state.hash());
    let mut cookies = cookies(app, &name, begun.browser.reveal(), 900);
    let frames = begun.platform.frames();
    // A frame of a page we do not know cannot show a page of ours; the signed launch will say more.
    let known = browser.from.is_none_or(|from| {
        lti::post_message::origins([from])
            .iter()
            .all(|origin| frames.contains(origin))
    });
    if !browser.framed || !known {
        return Ok(Framed::redirect(begun.address).cookies(cookies));
    }
    let probe = format!("halqa-probe-{}", &hash_secret(begun.state.reveal())[..8]);
    cookies.push(format!(
        "{probe}=1; Path=/lti/; Max-Age=60; SameSite=None; Secure; Partitioned"
    ));
    let page = visitor.page(&page(&begun, &initiation, probe));
    Ok(Framed::page(page, &frames).cookies(cookies))
}

fn page(begun: &Begun, initiation: &Initiation, probe: String) -> Continue {
    let key = post_message::key(begun.state.reveal());
    let again = Again {
        iss: initiation.iss.clone(),
        login_hint: initiation.login_hint.clone(),
        target_link_uri: initiation.target_link_uri.clone(),
        lti_message_hint: initiation.lti_message_hint.clone(),
        client_id: begun.platform.client_id.clone(),
        lti_deployment_id: initiation.deployment_id.clone(),
        storage: None,
    };
    Continue {
        mode: "login",
        address: Some(begun.address.clone()),
        action: "/lti/launch",
        probe: Some(probe),
        origin: post_message::origin(&begun.platform.auth_url).unwrap_or_default(),
        frame: initiation.storage_target.clone(),
        capabilities: json!(post_message::capabilities("halqa-capabilities").to_string()),
        put: Some(json!(
            post_message::put_data("halqa-put", &key, begun.browser.reveal()).to_string()
        )),
        get: None,
        fields: Vec::new(),
        again: Continue::again(&again),
    }
}
