//! `/lti/platform/…`: a learner's browser goes to the tool, the tool asks who came, and the signed
//! message is posted to it.

use rocket::http::{Cookie, CookieJar, SameSite};
use rocket::response::Redirect;
use rocket::{get, post};
use serde::Serialize;

use super::super::{choices, launches};
use crate::App;
use crate::ids::SessionId;
use crate::lti::denied::{Denied, Why};
use crate::lti::pages::form::{Browser, Pairs, Posted};
use crate::lti::pages::frame::Framed;
use crate::player;
use crate::web::i18n::Locales;
use crate::web::{Html, Lang, Page, Refusal, Visitor};

/// The page that leads on to the tool.
#[derive(Serialize)]
pub(super) struct Leaving {
    pub heading: String,
    pub address: String,
    pub back: String,
}

impl Page for Leaving {
    const TEMPLATE: &'static str = "tools/leaving";
    const NAV: &'static str = "modules";
    fn title(&self, _: &Locales, _: Lang) -> String {
        self.heading.clone()
    }
}

/// Binds a launch to this browser. The cookie comes back with the tool's question, which is a
/// navigation from another site: `Lax`.
pub(super) fn bind(app: &App, jar: &CookieJar<'_>, begun: &launches::Begun) {
    jar.add(
        Cookie::build((begun.cookie.clone(), begun.browser.reveal().to_owned()))
            .path("/lti/platform/")
            .http_only(true)
            .secure(app.config.is_https())
            .same_site(SameSite::Lax)
            .max_age(rocket::time::Duration::seconds(launches::SECONDS)),
    );
}

#[get("/lti/platform/start/<session>")]
pub(super) async fn start(
    visitor: Visitor<'_>,
    jar: &CookieJar<'_>,
    session: SessionId,
) -> Result<Html, Refusal> {
    let app = visitor.app;
    let session = player::tool_session(&visitor, jar, session).await?;
    let instructor = match visitor.person {
        Some(person) if person.id == session.person => {
            let module = crate::catalogue::module(app, session.module).await?;
            person.roles.can_teach() && crate::catalogue::may_manage(person, &module)
        }
        _ => false,
    };
    let path = visitor.href(&format!("/modules/{}", session.slug));
    let heading = session.title.clone();
    let back = format!("{}{path}", app.config.public_url);
    let begun = launches::learner(app, session, instructor, back).await?;
    bind(app, jar, &begun);
    Ok(visitor.page(&Leaving {
        heading,
        address: begun.address,
        back: path,
    }))
}

#[derive(Serialize)]
struct Message {
    action: String,
    id_token: String,
    state: Option<String>,
}

impl Page for Message {
    const TEMPLATE: &'static str = "tools/message";
    fn title(&self, locales: &Locales, lang: Lang) -> String {
        locales.text(lang, "tools-leaving-title", &[])
    }
}

/// A tool asks who came.
#[get("/lti/platform/authorize")]
pub(super) async fn authorize(
    visitor: Visitor<'_>,
    jar: &CookieJar<'_>,
    browser: Browser<'_>,
) -> Result<Framed, Denied> {
    crate::lti::pages::throttle(&browser)?;
    let pairs = Pairs::parse(browser.query);
    let request = lti::platform::authorize::Request::read(pairs.borrowed())?;
    let cookie = |name: &str| jar.get(name).map(|cookie| cookie.value().to_owned());
    let answer = launches::authorize(visitor.app, &request, cookie).await?;
    let page = visitor.page(&Message {
        action: answer.action,
        id_token: answer.id_token,
        state: answer.state,
    });
    Ok(Framed::page(page, &[]).forms(answer.forms))
}

/// The same, posted: browsers send no cookie with a form from another site, so the question is
/// asked again as a navigation.
#[post("/lti/platform/authorize", data = "<posted>")]
pub(super) async fn authorize_posted(
    browser: Browser<'_>,
    posted: Posted,
) -> Result<Framed, Denied> {
    crate::lti::pages::throttle(&browser)?;
    let pairs = posted.0?;
    lti::platform::authorize::Request::read(pairs.borrowed())?;
    let query = url::form_urlencoded::Serializer::new(String::new())
        .extend_pairs(pairs.borrowed())
        .finish();
    Ok(Framed::redirect(format!("/lti/platform/authorize?{query}")))
}

/// A tool's picker sends its answer; who asked sees it before anything is made of it.
#[post("/lti/platform/deep-linking", data = "<posted>")]
pub(super) async fn picked(
    visitor: Visitor<'_>,
    browser: Browser<'_>,
    posted: Posted,
) -> Result<Redirect, Denied> {
    crate::lti::pages::throttle(&browser)?;
    let pairs = posted.0?;
    let token = pairs
        .one("JWT")?
        .ok_or_else(|| Denied::new(Why::Unreadable, "JWT"))?;
    let choice = choices::answer(visitor.app, token).await?;
    Ok(visitor.redirect(&format!("/teach/tools/chosen/{choice}"), None))
}

/// Somebody opens the address by hand.
#[get("/lti/platform/deep-linking")]
pub(super) fn explain() -> Denied {
    Denied::new(Why::Unreadable, "no message")
}
