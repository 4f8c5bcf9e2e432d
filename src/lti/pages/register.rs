//! `/lti/register`: a platform's administrator opens the one-time address inside the platform.

use rocket::{get, post};
use serde::Serialize;

use super::super::denied::Denied;
use super::super::registration;
use super::form::{Browser, Pairs, Posted};
use super::frame::Framed;
use super::login::throttle;
use crate::web::i18n::Locales;
use crate::web::{Lang, Page, Visitor};

#[derive(Serialize)]
struct Register {
    /// Present before: what the button sends.
    invitation: String,
    configuration: String,
    token: String,
    host: String,
    /// Afterwards.
    done: bool,
    /// The platform's own origin, to be told.
    origin: String,
}

impl Page for Register {
    const TEMPLATE: &'static str = "lti/register";
    fn title(&self, locales: &Locales, lang: Lang) -> String {
        locales.text(lang, "lti-register-title", &[])
    }
}

/// Asks before anything is called: opening an address does nothing.
#[get("/lti/register")]
pub(super) async fn show(visitor: Visitor<'_>, browser: Browser<'_>) -> Result<Framed, Denied> {
    throttle(&browser)?;
    let pairs = Pairs::parse(browser.query);
    let get = |name: &str| -> Result<String, Denied> {
        Ok(pairs.one(name)?.unwrap_or_default().to_owned())
    };
    let invitation = get("invitation")?;
    registration::invitation(visitor.app, &invitation).await?;
    let configuration = get("openid_configuration")?;
    let url = lti::registration::configuration_url(&configuration)?;
    let origin = lti::target::origin(&url);
    let page = visitor.page(&Register {
        invitation,
        configuration,
        token: get("registration_token")?,
        host: url.host_str().unwrap_or_default().to_owned(),
        done: false,
        origin: origin.clone(),
    });
    Ok(Framed::page(page, &[origin]))
}

#[post("/lti/register", data = "<posted>")]
pub(super) async fn register(
    visitor: Visitor<'_>,
    browser: Browser<'_>,
    posted: Posted,
) -> Result<Framed, Denied> {
    throttle(&browser)?;
    let pairs = posted.0?;
    let configuration = pairs.one("openid_configuration")?.unwrap_or_default();
    let frames = lti::post_message::origins([configuration]);
    let result = registration::register(
        visitor.app,
        pairs.one("invitation")?.unwrap_or_default(),
        configuration,
        pairs.one("registration_token")?,
        visitor.lang(),
    )
    .await;
    let (_, found) = result.map_err(|denied| denied.framed(frames.clone()))?;
    let page = visitor.page(&Register {
        invitation: String::new(),
        configuration: String::new(),
        token: String::new(),
        host: String::new(),
        done: true,
        origin: lti::post_message::origin(&found.issuer).unwrap_or_default(),
    });
    Ok(Framed::page(page, &frames))
}
