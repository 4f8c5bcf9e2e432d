//! `/dispatch/…`: a thin package asks and hears; its frame shows the player.

use rocket::data::{FromData, Outcome, ToByteUnit};
use rocket::http::{ContentType, Status};
use rocket::request::{self, FromRequest};
use rocket::response::{Responder, Response};
use rocket::{Data, Request, get, post};
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

use super::super::launches::{self, Ask};
use crate::App;
use crate::player::{self, Embedded, Wanted};
use crate::web::i18n::Locales;
use crate::web::{Fields, Html, Json, Lang, Page, Refusal, Visitor, headers};

/// Bytes of a question at most.
const LIMIT_KIB: u64 = 16;

/// The page that asks: its origin as the browser tells it, and the bearer.
pub(super) struct Asker<'r> {
    origin: &'r str,
    bearer: &'r str,
}

#[rocket::async_trait]
impl<'r> FromRequest<'r> for Asker<'r> {
    type Error = ();

    async fn from_request(request: &'r Request<'_>) -> request::Outcome<Self, ()> {
        let header = |name| request.headers().get_one(name).unwrap_or_default();
        request::Outcome::Success(Asker {
            origin: header("Origin"),
            bearer: header("Authorization")
                .strip_prefix("Bearer ")
                .unwrap_or_default(),
        })
    }
}

/// A question, or why it cannot be read. Sent as plain text: a simple request, which no browser
/// asks leave for first.
pub(super) struct Posted<T>(Result<T, Refusal>);

#[rocket::async_trait]
impl<'r, T: serde::de::DeserializeOwned + Send> FromData<'r> for Posted<T> {
    type Error = ();

    async fn from_data(_: &'r Request<'_>, data: Data<'r>) -> Outcome<'r, Self> {
        let read = data.open(LIMIT_KIB.kibibytes()).into_bytes().await;
        Outcome::Success(Posted(match read {
            Ok(body) if body.is_complete() => crate::web::json::read(&body),
            Ok(_) => Err(Refusal::new(Status::PayloadTooLarge, "too-large")),
            Err(_) => Err(Refusal::bad_request("bad-request")),
        }))
    }
}

/// An answer to a page of any origin: nothing in it comes from a cookie.
pub(super) struct Open {
    status: Status,
    body: Value,
}

impl<'r> Responder<'r, 'static> for Open {
    fn respond_to(self, _: &'r Request<'_>) -> rocket::response::Result<'static> {
        let text = self.body.to_string();
        Response::build()
            .status(self.status)
            .header(ContentType::JSON)
            .raw_header("Access-Control-Allow-Origin", "*")
            .raw_header("Cache-Control", "no-store")
            .sized_body(text.len(), std::io::Cursor::new(text))
            .ok()
    }
}

fn answer(app: &App, lang: Lang, result: Result<Value, Refusal>) -> Open {
    match result {
        Ok(body) => Open {
            status: Status::Ok,
            body,
        },
        Err(refusal) => {
            tracing::warn!(
                status = refusal.status.code,
                code = refusal.code,
                "dispatch: refused"
            );
            let key = format!("error-{}-body", refusal.code);
            let text = app.pages.locales.plain(lang, &key, &refusal.args);
            Open {
                status: refusal.status,
                body: json!({ "code": refusal.code, "text": text }),
            }
        }
    }
}

/// Opens the module for a learner of another LMS.
#[post("/dispatch/open", data = "<posted>")]
pub(super) async fn open(visitor: Visitor<'_>, asker: Asker<'_>, posted: Posted<Ask>) -> Open {
    let app = visitor.app;
    let asked = posted.0;
    let lang = asked
        .as_ref()
        .ok()
        .and_then(|ask| Lang::from_code(&ask.language))
        .unwrap_or(visitor.lang());
    let result = match asked {
        Ok(ask) => launches::open(app, ask, asker.origin).await,
        Err(refusal) => Err(refusal),
    };
    let result = result.map(|opened| {
        let token = opened.token.reveal();
        json!({
            "token": token, "state": opened.state,
            "url": format!("{}/dispatch/play/{token}", app.config.public_url),
        })
    });
    answer(app, lang, result)
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Token {
    token: String,
}

/// How far the learner is.
#[post("/dispatch/state", data = "<posted>")]
pub(super) async fn state(visitor: Visitor<'_>, posted: Posted<Token>) -> Open {
    let app = visitor.app;
    let result = async {
        let playing = launches::of_token(app, &posted.0?.token).await?;
        launches::standing(app, playing.person, playing.module).await
    };
    let result = result.await;
    answer(app, visitor.lang(), result)
}

/// A page that the pages around it may show.
pub(super) struct Framed {
    page: Html,
    frames: Vec<String>,
}

impl<'r> Responder<'r, 'static> for Framed {
    fn respond_to(self, request: &'r Request<'_>) -> rocket::response::Result<'static> {
        headers::relax(request, &self.frames, &[]);
        self.page.respond_to(request)
    }
}

/// The player, in the thin package's frame.
#[get("/dispatch/play/<token>")]
pub(super) async fn show(visitor: Visitor<'_>, token: &str) -> Result<Framed, Refusal> {
    let playing = launches::of_token(visitor.app, token).await?;
    let spoken = visitor.in_language(playing.lang);
    let visitor = visitor.as_nobody(&spoken);
    let page = player::embedded(&visitor, embedded(&playing, token, true)).await?;
    Ok(Framed {
        page,
        frames: playing.frames,
    })
}

/// What is asked for in a list of units: one of them, or the list again.
#[post("/dispatch/play/<token>", data = "<fields>")]
pub(super) async fn act(
    visitor: Visitor<'_>,
    token: &str,
    fields: Fields,
) -> Result<Framed, Refusal> {
    let playing = launches::of_token(visitor.app, token).await?;
    let spoken = visitor.in_language(playing.lang);
    let visitor = visitor.as_nobody(&spoken);
    let play = embedded(&playing, token, false);
    let page = if fields.raw("do") == "unit" {
        let wanted = Wanted {
            unit: fields.raw("unit"),
            mode: fields.raw("mode"),
        };
        player::unit_inside(&visitor, play, wanted).await?
    } else {
        player::embedded(&visitor, play).await?
    };
    Ok(Framed {
        page,
        frames: playing.frames,
    })
}

/// What the player needs to know of a thin package's browser.
fn embedded<'a>(playing: &'a launches::Playing, token: &'a str, go: bool) -> Embedded<'a> {
    Embedded {
        session: playing.session,
        renew: "/dispatch/token".to_owned(),
        exit: format!("/dispatch/left/{token}"),
        pass: token,
        frames: &playing.frames,
        action: format!("/dispatch/play/{token}"),
        proof: false,
        window: false,
        go,
    }
}

/// A fresh token for the player.
#[post("/dispatch/token")]
pub(super) async fn renew(visitor: Visitor<'_>, asker: Asker<'_>) -> Result<Json<Value>, Refusal> {
    let playing = launches::of_token(visitor.app, asker.bearer).await?;
    let token = player::token_of(visitor.app, playing.session).await?;
    Ok(Json::ok(json!({ "token": token })))
}

#[derive(Serialize)]
struct Left {}

impl Page for Left {
    const TEMPLATE: &'static str = "dispatch/left";
    fn title(&self, locales: &Locales, lang: Lang) -> String {
        locales.text(lang, "lti-done-title", &[])
    }
}

/// The learner left the player: the page around hears of it.
#[get("/dispatch/left/<token>")]
pub(super) async fn left(visitor: Visitor<'_>, token: &str) -> Result<Framed, Refusal> {
    let playing = launches::of_token(visitor.app, token).await?;
    let spoken = visitor.in_language(playing.lang);
    let visitor = visitor.as_nobody(&spoken);
    Ok(Framed {
        page: visitor.page(&Left {}),
        frames: playing.frames,
    })
}
