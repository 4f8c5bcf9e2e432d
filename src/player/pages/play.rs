//! `/modules/<slug>/play/<session>`: the page around a course.

use rocket::http::{Cookie, CookieJar, SameSite, Status};
use rocket::response::Redirect;
use rocket::{get, post};
use serde::Serialize;
use serde_json::{Value, json};

use crate::App;
use crate::catalogue;
use crate::ids::SessionId;
use crate::web::i18n::Locales;
use crate::web::{Html, Json, Lang, Page, Refusal, Visitor};

use super::super::store::{self, SessionRow};
use super::super::token::{PASS_SECONDS, Pass};
use super::inside;

#[derive(Serialize)]
struct Play {
    heading: String,
    /// The packages' origin.
    content: String,
    attempt: String,
    token: String,
    renew: String,
    /// What was reached and what it opened.
    result: String,
    exit: String,
    /// Launched by another system: there is no page of ours to go back to.
    guest: bool,
    /// What the page proves itself with where the browser keeps no cookie for it.
    pass: Option<String>,
    /// Lets the wrapper be shown within another site's page.
    within: String,
}

impl Page for Play {
    const TEMPLATE: &'static str = "player/play";
    fn title(&self, _: &Locales, _: Lang) -> String {
        self.heading.clone()
    }
}

fn cookie_name(session: SessionId) -> String {
    format!("halqa-play-{}", session.0.simple())
}

/// Gives the browser the proof that it may play this session.
pub(super) fn give_pass(app: &App, jar: &CookieJar<'_>, pass: &Pass) {
    jar.add(
        Cookie::build((cookie_name(pass.session), pass.cookie(app)))
            .path("/")
            .http_only(true)
            .secure(app.config.is_https())
            .same_site(SameSite::Lax)
            .max_age(rocket::time::Duration::seconds(PASS_SECONDS)),
    );
}

/// The session, where this visitor may play it: its learner, or the browser that opened its
/// launch address. Anybody else: 404.
pub(super) async fn own(
    visitor: &Visitor<'_>,
    jar: &CookieJar<'_>,
    slug: &str,
    session: SessionId,
) -> Result<(SessionRow, Pass, bool), Refusal> {
    let row: SessionRow = store::SESSION.bind(session).one(&visitor.app.db).await?;
    let pass = Pass {
        session,
        attempt: row.attempt,
        version: row.version,
    };
    let learner = visitor.person.is_some_and(|person| person.id == row.person);
    let guest = jar
        .get(&cookie_name(session))
        .and_then(|cookie| Pass::of_cookie(visitor.app, cookie.value()))
        == Some(pass);
    if row.slug != slug || row.kind != "player" || !(learner || guest) {
        return Err(Refusal::not_found());
    }
    // A browser that holds a launch's proof goes no further than its learner may.
    if row.learner_state != "active" {
        return Err(Refusal::new(Status::Forbidden, "person-suspended"));
    }
    Ok((row, pass, !learner))
}

/// A session on a tool of somebody else, as its launch needs it.
pub struct ToolSession {
    /// The module.
    pub module: crate::ids::ModuleId,
    /// Its address.
    pub slug: String,
    /// Its title.
    pub title: String,
    /// The attempt.
    pub attempt: crate::ids::AttemptId,
    /// Who learns.
    pub person: crate::ids::PersonId,
    /// Where it leads.
    pub link: crate::formats::tool::Link,
}

/// The session, where this visitor may play it and it is on a tool; anybody else: 404.
pub async fn tool_session(
    visitor: &Visitor<'_>,
    jar: &CookieJar<'_>,
    session: SessionId,
) -> Result<ToolSession, Refusal> {
    let row: SessionRow = store::SESSION.bind(session).one(&visitor.app.db).await?;
    let (row, pass, _) = own(visitor, jar, &row.slug, session).await?;
    let course = catalogue::course(visitor.app, pass.version).await?;
    Ok(ToolSession {
        module: row.module,
        attempt: row.attempt,
        person: row.person,
        link: course.tool().ok_or_else(Refusal::not_found)?.clone(),
        slug: row.slug,
        title: row.title,
    })
}

#[get("/modules/<slug>/play/<session>")]
pub(super) async fn show(
    visitor: Visitor<'_>,
    jar: &CookieJar<'_>,
    slug: &str,
    session: SessionId,
) -> Result<Result<Html, Redirect>, Refusal> {
    let (row, pass, guest) = own(&visitor, jar, slug, session).await?;
    let (later,): (i64,) = store::LATER.bind(row.attempt).one(&visitor.app.db).await?;
    if later > 0 {
        let path = format!("/modules/{slug}");
        return Ok(Err(visitor.redirect(&path, Some("attempt-over"))));
    }
    let course = catalogue::course(visitor.app, row.version).await?;
    if course.units().is_some() {
        let path = format!("/modules/{slug}/units/{session}?go=1");
        return Ok(Err(visitor.redirect(&path, None)));
    }
    if course.tool().is_some() {
        let path = format!("/lti/platform/start/{session}");
        return Ok(Err(visitor.redirect(&path, None)));
    }
    let exit = if row.published_at.is_some() || !guest {
        format!("/modules/{slug}")
    } else {
        "/".to_owned()
    };
    Ok(Ok(visitor.page(&Play {
        heading: row.title,
        content: visitor.app.config.content_origin(course.package),
        attempt: row.attempt.0.simple().to_string(),
        token: pass.token(visitor.app),
        renew: visitor.href(&format!("/modules/{slug}/play/{session}/token")),
        result: visitor.href(&format!("/modules/{slug}/play/{session}/result")),
        exit: visitor.href(&exit),
        guest,
        pass: None,
        within: String::new(),
    })))
}

/// The player inside a learning platform's page.
pub struct Embedded<'a> {
    /// The opening to be played.
    pub session: SessionId,
    /// Where the page asks for fresh tokens.
    pub renew: String,
    /// Where leaving leads.
    pub exit: String,
    /// What it proves itself with there, as a bearer.
    pub pass: &'a str,
    /// The origins that show it.
    pub frames: &'a [String],
    /// Where the forms of a list of units post …
    pub action: String,
    /// … with `pass` in them; where not, the address says enough.
    pub proof: bool,
    /// All of it may be asked for in a window of its own.
    pub window: bool,
    /// Opens the next unit at once.
    pub go: bool,
}

/// Renders the player, or the list of units, for a launch that has been let in; who may is the
/// caller's to check.
///
/// Errors: 409 `attempt-over` when another attempt on the units was begun since.
pub async fn embedded(visitor: &Visitor<'_>, play: Embedded<'_>) -> Result<Html, Refusal> {
    let app = visitor.app;
    let row: SessionRow = store::SESSION.bind(play.session).one(&app.db).await?;
    let course = catalogue::course(app, row.version).await?;
    if course.units().is_some() {
        return inside::list(visitor, &play, row, &course).await;
    }
    let pass = Pass {
        session: row.id,
        attempt: row.attempt,
        version: row.version,
    };
    Ok(visitor.page(&Play {
        heading: row.title,
        content: app.config.content_origin(course.package),
        attempt: row.attempt.0.simple().to_string(),
        token: pass.token(app),
        renew: play.renew,
        result: String::new(),
        exit: play.exit,
        guest: false,
        pass: Some(play.pass.to_owned()),
        within: super::super::content::within(app, play.frames),
    }))
}

/// The module of an opening.
pub async fn module_of(app: &App, session: SessionId) -> Result<crate::ids::ModuleId, Refusal> {
    let row: SessionRow = store::SESSION.bind(session).one(&app.db).await?;
    Ok(row.module)
}

/// A fresh token for a session whose launch is still let in.
pub async fn token_of(app: &App, session: SessionId) -> Result<String, Refusal> {
    let row: SessionRow = store::SESSION.bind(session).one(&app.db).await?;
    let pass = Pass {
        session,
        attempt: row.attempt,
        version: row.version,
    };
    Ok(pass.token(app))
}

/// A fresh token for the wrapper, asked for by the page around it.
#[post("/modules/<slug>/play/<session>/token")]
pub(super) async fn renew(
    visitor: Visitor<'_>,
    jar: &CookieJar<'_>,
    slug: &str,
    session: SessionId,
) -> Result<Json<Value>, Refusal> {
    let (_, pass, _) = own(&visitor, jar, slug, session).await?;
    Ok(Json::ok(json!({ "token": pass.token(visitor.app) })))
}
