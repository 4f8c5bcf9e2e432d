//! `/lti/s/<id>`: a launched browser's own address: the player for who learns, the class for who
//! teaches, the shelf for who picks.

use rocket::http::CookieJar;
use rocket::{get, post};
use serde::Serialize;
use serde_json::{Value, json};
use uuid::Uuid;

use super::super::denied::{Denied, Why};
use super::super::sessions::{self, Launched};
use super::super::store;
use super::form::{Browser, Posted};
use super::frame::{self, Framed};
use super::{class, linking, picking, window};
use crate::App;
use crate::catalogue::{self, Module};
use crate::ids::{ModuleId, SessionId};
use crate::player::{self, Embedded, Learner, Start, Wanted};
use crate::web::i18n::Locales;
use crate::web::{Json, Lang, Page, Refusal, Visitor};

/// The address of a session.
pub(super) fn path(session: Uuid) -> String {
    format!("/lti/s/{}", session.simple())
}

/// The cookie that opens it.
pub(super) fn cookie_name(session: Uuid) -> String {
    format!("halqa-lti-s-{}", session.simple())
}

fn id(text: &str) -> Result<Uuid, Denied> {
    Uuid::try_parse(text).map_err(|_| Denied::new(Why::Relaunch, "session"))
}

/// The session of an address, where the proof is its own.
async fn own(visitor: &Visitor<'_>, session: &str, token: &str) -> Result<Launched, Denied> {
    let launched = sessions::of(visitor.app, token)
        .await
        .map_err(|_| Denied::new(Why::Relaunch, "session"))?;
    if launched.id != id(session)? {
        return Err(Denied::new(Why::Relaunch, "session"));
    }
    Ok(launched)
}

#[get("/lti/s/<session>")]
pub(super) async fn show(
    visitor: Visitor<'_>,
    jar: &CookieJar<'_>,
    session: &str,
) -> Result<Framed, Denied> {
    let token = frame::cookie(jar, &cookie_name(id(session)?)).unwrap_or_default();
    let launched = own(&visitor, session, token).await?;
    render(&visitor, launched, token).await
}

/// The page a launch leads to.
pub(super) async fn render(
    visitor: &Visitor<'_>,
    launched: Launched,
    token: &str,
) -> Result<Framed, Denied> {
    let spoken = visitor.in_language(lang(&launched));
    let visitor = visitor.as_nobody(&spoken);
    let frames = launched.detail.frames.clone();
    let back = launched.detail.back.clone();
    let shown = if launched.detail.picking.is_some() {
        picking::shelf(&visitor, &launched, token, None).await
    } else if launched.teaches {
        class::show(&visitor, &launched, token, None).await
    } else {
        match launched.detail.module {
            Some(module) => play(&visitor, launched, module, token).await,
            None => waiting(&visitor, &launched),
        }
    };
    shown.map_err(|denied| denied.framed(frames).back(back))
}

pub(super) fn lang(launched: &Launched) -> Lang {
    Lang::from_code(&launched.detail.lang).unwrap_or_default()
}

/// Opens the module; a page that is loaded again goes on with the same opening.
pub(super) async fn play(
    visitor: &Visitor<'_>,
    mut launched: Launched,
    module: ModuleId,
    token: &str,
) -> Result<Framed, Denied> {
    let app = visitor.app;
    let module = catalogue::module(app, module).await?;
    if module.published_at.is_none() {
        return Err(Denied::new(Why::NoModule, "not published"));
    }
    if window::is_needed(app, &module).await? {
        return Ok(window::offer(visitor, &launched, module, token));
    }
    let again = launched.detail.play;
    loop {
        let begun = launched.detail.play.is_none();
        let session = opening(app, &mut launched, &module).await?;
        let play = embedded(visitor, &launched, session, token, begun);
        match player::embedded(visitor, play).await {
            Ok(page) => return Ok(Framed::page(page, &launched.detail.frames)),
            // Another launch went on with a later attempt meanwhile: so does this one.
            Err(refusal) if refusal.code == "attempt-over" && launched.detail.play == again => {
                launched.detail.play = None;
            }
            Err(refusal) => return Err(refusal.into()),
        }
    }
}

/// The opening that this launch goes on with.
async fn opening(app: &App, launched: &mut Launched, module: &Module) -> Result<SessionId, Denied> {
    let session = match launched.detail.play {
        Some(session) => session,
        None => {
            let person: store::PersonRow = store::PERSON.bind(launched.person).one(&app.db).await?;
            let learner = Learner {
                id: person.id,
                name: person.name,
                language: person.language,
            };
            let session = player::start(app, &learner, module, Start::Resume).await?;
            launched.detail.play = Some(session);
            sessions::keep(app, launched).await?;
            session
        }
    };
    Ok(session)
}

/// What the player needs to know of a launch.
fn embedded<'a>(
    visitor: &Visitor<'_>,
    launched: &'a Launched,
    session: SessionId,
    token: &'a str,
    go: bool,
) -> Embedded<'a> {
    Embedded {
        session,
        renew: format!("{}/token", path(launched.id)),
        exit: linking::leave(visitor, launched),
        pass: token,
        frames: &launched.detail.frames,
        action: path(launched.id),
        proof: true,
        window: true,
        go,
    }
}

/// Opens a unit of the module that this launch has open.
async fn unit(
    visitor: &Visitor<'_>,
    launched: &Launched,
    token: &str,
    wanted: Wanted<'_>,
) -> Result<Framed, Denied> {
    let session = launched
        .detail
        .play
        .ok_or_else(|| Denied::new(Why::NoModule, "nothing is open"))?;
    let play = embedded(visitor, launched, session, token, false);
    let page = player::unit_inside(visitor, play, wanted).await?;
    Ok(Framed::page(page, &launched.detail.frames))
}

/// The list of units again: of the module that is open, whoever looks at it.
async fn units(visitor: &Visitor<'_>, launched: Launched, token: &str) -> Result<Framed, Denied> {
    let module = match launched.detail.play {
        Some(session) => player::module_of(visitor.app, session).await?,
        None => launched
            .detail
            .module
            .ok_or_else(|| Denied::new(Why::NoModule, "module"))?,
    };
    play(visitor, launched, module, token).await
}

#[derive(Serialize)]
struct Waiting {
    back: Option<String>,
}

impl Page for Waiting {
    const TEMPLATE: &'static str = "lti/waiting";
    fn title(&self, locales: &Locales, lang: Lang) -> String {
        locales.text(lang, "lti-waiting-title", &[])
    }
}

fn waiting(visitor: &Visitor<'_>, launched: &Launched) -> Result<Framed, Denied> {
    let page = visitor.page(&Waiting {
        back: launched.detail.back.clone(),
    });
    Ok(Framed::page(page, &launched.detail.frames))
}

/// What a page of a session asks for. The proof stands in the form: there may be no cookie.
#[post("/lti/s/<session>", data = "<posted>")]
pub(super) async fn act(
    visitor: Visitor<'_>,
    session: &str,
    posted: Posted,
) -> Result<Framed, Denied> {
    let pairs = posted.0?;
    let token = pairs.one("session")?.unwrap_or_default().to_owned();
    let launched = own(&visitor, session, &token).await?;
    let spoken = visitor.in_language(lang(&launched));
    let visitor = visitor.as_nobody(&spoken);
    let frames = launched.detail.frames.clone();
    let back = launched.detail.back.clone();
    // In a window of its own, so that the shelf stays as it is.
    if let Some(module) = pairs.one("preview")?.filter(|_| launched.teaches) {
        return preview(&visitor, launched, module, &token)
            .await
            .map_err(|denied| denied.framed(frames).back(back));
    }
    let done = match pairs.one("do")? {
        Some("window") => {
            let module = pairs.one("module")?.and_then(|id| Uuid::try_parse(id).ok());
            window::open(&visitor, &launched, module.map(ModuleId)).await
        }
        Some("unit") => {
            let wanted = Wanted {
                unit: pairs.one("unit")?.unwrap_or_default(),
                mode: pairs.one("mode")?.unwrap_or_default(),
            };
            unit(&visitor, &launched, &token, wanted).await
        }
        Some("units") => units(&visitor, launched, &token).await,
        Some("play") if launched.teaches => match launched.detail.module {
            Some(module) => play(&visitor, launched, module, &token).await,
            None => Err(Denied::new(Why::NoModule, "module")),
        },
        Some("choose") if launched.teaches => {
            class::choose(&visitor, launched, &token, pairs.one("module")?).await
        }
        Some("change") if launched.teaches => {
            picking::shelf(&visitor, &launched, &token, None).await
        }
        Some("members") if launched.teaches => class::members(&visitor, &launched, &token).await,
        Some("search") if launched.teaches => {
            picking::shelf(&visitor, &launched, &token, Some(&pairs)).await
        }
        _ => render(&visitor, launched, &token).await,
    };
    done.map_err(|denied| denied.framed(frames).back(back))
}

/// Opens a module of the shelf for who picks.
async fn preview(
    visitor: &Visitor<'_>,
    mut launched: Launched,
    module: &str,
    token: &str,
) -> Result<Framed, Denied> {
    let module = ModuleId::from(Uuid::try_parse(module).unwrap_or_default());
    launched.detail.play = None;
    play(visitor, launched, module, token).await
}

/// A fresh token for the player. 404 tells it that the launch is over.
#[post("/lti/s/<session>/token")]
pub(super) async fn token(
    visitor: Visitor<'_>,
    browser: Browser<'_>,
    session: &str,
) -> Result<Json<Value>, Refusal> {
    let bearer = browser.bearer.unwrap_or_default();
    let launched = own(&visitor, session, bearer)
        .await
        .map_err(|_| Refusal::not_found())?;
    let play = launched.detail.play.ok_or_else(Refusal::not_found)?;
    let token = player::token_of(visitor.app, play).await?;
    Ok(Json::ok(json!({ "token": token })))
}
