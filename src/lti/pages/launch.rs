//! `/lti/launch` and `/lti/1.1/launch`: a platform's signed message comes in.

use lti::jwt::{self, Algorithm};
use lti::{Expected, post_message};
use rocket::http::{CookieJar, Status};
use rocket::{get, post};
use serde_json::json;

use super::super::denied::{Denied, Why};
use super::super::entry::{self, Entered, Once};
use super::super::{jwks, login, sessions, v11};
use super::form::{Browser, Pairs, Posted};
use super::frame::{self, Framed};
use super::login::{Continue, cookie_name, throttle};
use super::session;
use crate::web::Visitor;

#[post("/lti/launch", data = "<posted>")]
pub(super) async fn post(
    visitor: Visitor<'_>,
    browser: Browser<'_>,
    jar: &CookieJar<'_>,
    posted: Posted,
) -> Result<Framed, Denied> {
    throttle(&browser)?;
    take(&visitor, &browser, jar, &posted.0?).await
}

/// Somebody opens the address by hand.
#[get("/lti/launch")]
pub(super) fn explain() -> Denied {
    Denied::new(Why::Unreadable, "no message")
}

/// A message of LTI 1.3.
pub(super) async fn take(
    visitor: &Visitor<'_>,
    browser: &Browser<'_>,
    jar: &CookieJar<'_>,
    pairs: &Pairs,
) -> Result<Framed, Denied> {
    let app = visitor.app;
    if let Some(error) = pairs.one("error")? {
        let error: String = error.chars().filter(|c| !c.is_control()).take(80).collect();
        return Err(Denied::new(Why::Platform, error));
    }
    let token = pairs
        .one("id_token")?
        .ok_or_else(|| Denied::new(Why::Unreadable, "id_token"))?;
    let head = jwt::header(token)?;
    let state = pairs
        .one("state")?
        .ok_or_else(|| Denied::new(Why::Relaunch, "state"))?;
    let now = app.clock.now();
    let login = login::find(app, state, now).await?;
    let platform = &login.platform;
    let frames = platform.frames();
    let denied = |refused: lti::Refused| Denied::from(refused).framed(frames.clone());
    let keys = jwks::of(app, platform, &head.kid).await?;
    let registered = Algorithm::from_name(&platform.algorithm).unwrap_or(Algorithm::Rs256);
    let claims = jwt::verify(
        token,
        &keys,
        registered,
        &platform.issuer,
        &platform.client_id,
    )
    .map_err(denied)?;
    let launch = lti::launch::read(
        &claims,
        &Expected {
            client_id: &platform.client_id,
            nonce: &login.nonce,
            public_url: &app.config.public_url,
            now: now.micros() / 1_000_000,
        },
    )
    .map_err(denied)?;
    // The browser must be the one that began: a cookie, or the platform's storage, says so.
    let kept = frame::cookie(jar, &cookie_name(&login.state_hash));
    let by_cookie = kept.is_some();
    // What the storage said counts where our own page posts it: somebody else's page could post
    // the proof of a login that was begun elsewhere, and sign its visitor in as another.
    let told = pairs.one("browser")?.filter(|_| browser.own);
    match kept.or(told) {
        Some(proof) if login.is_browser(proof) => {}
        Some(_) => return Err(Denied::new(Why::Relaunch, "browser").framed(frames)),
        None => {
            let mut around = frames;
            around.extend(post_message::origins(
                launch.presentation.return_url.as_deref(),
            ));
            let lang = entry::language(&launch, visitor.lang());
            let spoken = visitor.in_language(lang);
            let page = visitor
                .as_nobody(&spoken)
                .page(&proof_page(&login, state, token))
                .status(Status::Unauthorized);
            return Ok(Framed::page(page, &around));
        }
    }
    let once = Once::Login {
        state_hash: login.state_hash.clone(),
        nonce: login.nonce.clone(),
    };
    let entered = entry::enter(app, login.platform, launch, once, visitor.lang()).await?;
    go_on(visitor, entered, by_cookie).await
}

/// A browser with cookies reads the page at an address of its own, so that it can be loaded
/// again; another one gets it here, with the proof inside.
async fn go_on(visitor: &Visitor<'_>, entered: Entered, by_cookie: bool) -> Result<Framed, Denied> {
    let token = entered.token.reveal();
    if by_cookie {
        let name = session::cookie_name(entered.session);
        let cookies = frame::cookies(visitor.app, &name, token, sessions::SECONDS);
        return Ok(Framed::redirect(session::path(entered.session)).cookies(cookies));
    }
    let launched = sessions::of(visitor.app, token).await?;
    session::render(visitor, launched, token).await
}

/// The page that asks the platform's storage for the proof, and offers a window where there is
/// none.
fn proof_page(login: &login::UnderWay, state: &str, token: &str) -> Continue {
    let get = post_message::get_data("halqa-get", &post_message::key(state));
    Continue {
        mode: "launch",
        address: None,
        action: "/lti/launch",
        probe: None,
        origin: post_message::origin(&login.platform.auth_url).unwrap_or_default(),
        frame: login.again.storage.clone(),
        capabilities: json!(post_message::capabilities("halqa-capabilities").to_string()),
        put: None,
        get: Some(json!(get.to_string())),
        fields: vec![
            ("state", state.to_owned()),
            ("id_token", token.to_owned()),
            ("browser", String::new()),
        ],
        again: Continue::again(&login.again),
    }
}

/// A signed form of LTI 1.1. There is no login before it, so no browser to bind it to.
#[post("/lti/1.1/launch", data = "<posted>")]
pub(super) async fn post_11(
    visitor: Visitor<'_>,
    browser: Browser<'_>,
    posted: Posted,
) -> Result<Framed, Denied> {
    throttle(&browser)?;
    let app = visitor.app;
    let pairs = posted.0?;
    let verified = v11::verify(app, browser.query, &pairs.0).await?;
    let entered = entry::enter(
        app,
        verified.consumer,
        verified.launch,
        verified.once,
        visitor.lang(),
    )
    .await?;
    let launched = sessions::of(app, entered.token.reveal()).await?;
    let token = entered.token.reveal();
    let name = session::cookie_name(entered.session);
    let cookies = frame::cookies(app, &name, token, sessions::SECONDS);
    Ok(session::render(&visitor, launched, token)
        .await?
        .cookies(cookies))
}
