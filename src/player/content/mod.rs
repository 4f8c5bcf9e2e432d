//! What the player serves on the packages' origin: the wrapper page, its scripts, and the two
//! doors the wrapper posts to. None of it can be reached from the application's origin
//! (`web::host`), and nothing here reads a cookie.

use std::io::Cursor;
use std::path::PathBuf;
use std::sync::LazyLock;

use rocket::data::ToByteUnit;
use rocket::http::{ContentType, Header, Status};
use rocket::response::{Responder, Response};
use rocket::{Data, Request, Route, State, get, post, routes};
use scorm::Edition;
use scorm::datamodel::{Standard, table_json};
use serde::Deserialize;
use serde::de::DeserializeOwned;
use serde_json::{Value, json};

use crate::App;
use crate::ids::PackageId;
use crate::web::assets::{self, Asset};
use crate::web::{Json, Lang, Refusal};

use super::journal::{self, Batch};
use super::opening;
use super::token::Pass;

/// Bodies above this are refused: one value may have a MiB, and text grows when it is escaped.
const LIMIT_MIB: u64 = 8;

/// The routes.
pub fn routes() -> Vec<Route> {
    routes![wrapper, frame, script, table, open, accept]
}

/// A page of ours on the packages' origin, under a policy that lets it load our scripts and the
/// package's files and be framed by the application alone.
struct Wrapper {
    body: String,
    policy: String,
}

impl<'r> Responder<'r, 'static> for Wrapper {
    fn respond_to(self, _: &'r Request<'_>) -> rocket::response::Result<'static> {
        Response::build()
            .header(ContentType::HTML)
            .header(Header::new("Content-Security-Policy", self.policy))
            .header(Header::new("Referrer-Policy", "same-origin"))
            .header(Header::new("Cache-Control", "no-cache"))
            .sized_body(self.body.len(), Cursor::new(self.body))
            .ok()
    }
}

/// The query of the wrapper's address that lets these origins be around it: our own page is inside
/// theirs. Signed, so that nobody else can be.
pub(super) fn within(app: &App, origins: &[String]) -> String {
    named(app, WITHIN, origins)
}

/// The same for the page that a unit comes back to: its address is in the unit's hands.
pub(super) fn returned(app: &App, origins: &[String]) -> String {
    named(app, RETURNED, origins)
}

/// The origins that the query of a unit's way back names.
pub(super) fn returned_to(app: &App, within: Option<&str>, by: Option<&str>) -> Vec<String> {
    around(app, RETURNED, within, by)
}

fn named(app: &App, purpose: &str, origins: &[String]) -> String {
    // An origin is scheme, host and port: nothing that could open or end the directive.
    let origins: Vec<&str> = origins
        .iter()
        .map(String::as_str)
        .filter(|origin| !origin.contains([' ', ';', ',', '\'', '*']))
        .collect();
    if origins.is_empty() {
        return String::new();
    }
    let origins = origins.join(" ");
    let by = app.sign(purpose, &origins);
    let query = url::form_urlencoded::Serializer::new(String::new())
        .append_pair("within", &origins)
        .append_pair("by", &by)
        .finish();
    format!("?{query}")
}

const WITHIN: &str = "player-within";
const RETURNED: &str = "player-returned";

/// The origins that such a query names; none where it is not ours.
fn around(app: &App, purpose: &str, within: Option<&str>, by: Option<&str>) -> Vec<String> {
    let (Some(within), Some(by)) = (within, by) else {
        return Vec::new();
    };
    if !app.is_signed(purpose, within, by) {
        return Vec::new();
    }
    within.split(' ').map(str::to_owned).collect()
}

/// The frame around a unit that is shown within another site's page: on the unit's own origin, so
/// that the unit answers to this page's policy, which knows whose page is around it. The unit's
/// address stands behind the `#`, which is sent to nobody.
#[get("/-content/<_>/-halqa/frame?<within>&<by>")]
fn frame(app: &State<App>, within: Option<&str>, by: Option<&str>) -> Result<Wrapper, Refusal> {
    let origin = &app.config.public_url;
    let within = around(app, WITHIN, within, by).join(" ");
    let script = format!("/-halqa/static/{}/player", assets::version());
    let body = app
        .pages
        .fragment("player/frame", Lang::default(), &json!({ "base": script }))
        .map_err(|error| {
            tracing::error!(%error, "frame");
            Refusal::new(Status::InternalServerError, "internal")
        })?;
    let back: String = Lang::ALL
        .into_iter()
        .map(|lang| format!(" {origin}/{}/returned", lang.code()))
        .collect();
    Ok(Wrapper {
        body,
        policy: format!(
            "default-src 'none'; script-src 'self'; style-src 'self'; frame-src 'self' data: blob:{back}; \
             frame-ancestors {origin} {within}; form-action 'none'; base-uri 'none'"
        ),
    })
}

#[get("/-content/<_>/-halqa/player?<within>&<by>")]
fn wrapper(app: &State<App>, within: Option<&str>, by: Option<&str>) -> Result<Wrapper, Refusal> {
    let origin = &app.config.public_url;
    let within = around(app, WITHIN, within, by).join(" ");
    let script = format!("/-halqa/static/{}/player", assets::version());
    let data = json!({ "app": origin, "base": script });
    let body = app
        .pages
        .fragment("player/wrapper", Lang::default(), &data)
        .map_err(|error| {
            tracing::error!(%error, "wrapper");
            Refusal::new(Status::InternalServerError, "internal")
        })?;
    let elsewhere = if app.config.packages.remote {
        " https: http:"
    } else {
        ""
    };
    Ok(Wrapper {
        body,
        policy: format!(
            "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; \
             frame-src 'self' data: blob:{elsewhere}; frame-ancestors {origin} {within}; form-action 'none'; base-uri 'none'"
        ),
    })
}

/// The player's own scripts and styles, and nothing else of the application.
#[get("/-content/<_>/-halqa/static/<version>/player/<path..>")]
fn script(version: &str, path: PathBuf) -> Result<Asset, Refusal> {
    assets::file(version, PathBuf::from("player").join(path))
}

struct Tables {
    scorm12: (String, String),
    scorm2004: (String, String),
}

/// The tables with a name that changes when they do.
static TABLES: LazyLock<Tables> = LazyLock::new(|| {
    let named = |edition: Edition| {
        let text = table_json(Standard::of(edition));
        (crate::ids::hash_secret(&text)[..12].to_owned(), text)
    };
    Tables {
        scorm12: named(Edition::Scorm12),
        scorm2004: named(Edition::Scorm2004Fourth),
    }
});

impl Tables {
    fn of(&self, standard: &str) -> Option<&(String, String)> {
        match standard {
            "scorm12" => Some(&self.scorm12),
            "scorm2004" => Some(&self.scorm2004),
            _ => None,
        }
    }
}

/// The data-model table of a standard.
#[get("/-content/<_>/-halqa/table/<standard>/<_version>")]
fn table(standard: &str, _version: &str) -> Result<Table, Refusal> {
    let (_, text) = TABLES.of(standard).ok_or_else(Refusal::not_found)?;
    Ok(Table(text))
}

struct Table(&'static str);

impl<'r> Responder<'r, 'static> for Table {
    fn respond_to(self, _: &'r Request<'_>) -> rocket::response::Result<'static> {
        Response::build()
            .header(ContentType::JSON)
            .header(Header::new(
                "Cache-Control",
                "public, max-age=31536000, immutable",
            ))
            .sized_body(self.0.len(), Cursor::new(self.0))
            .ok()
    }
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Opening {
    opening: String,
}

/// The wrapper takes its state.
#[post("/-content/<package>/-halqa/open", data = "<body>")]
async fn open(
    package: &str,
    pass: Result<Pass, ()>,
    app: &State<App>,
    body: Data<'_>,
) -> Result<Json<Value>, Refusal> {
    let pass = pass.map_err(|()| Refusal::unauthorized())?;
    let Opening { opening } = read(body).await?;
    if opening.is_empty() || opening.len() > 64 || opening.contains('\0') {
        return Err(Refusal::unprocessable("journal-malformed"));
    }
    let course = crate::catalogue::course(app, pass.version).await?;
    // A token is for the package it was made for.
    let own = |package: &str| uuid::Uuid::try_parse(package).map(PackageId) == Ok(course.package);
    if package != "any" && !own(package) {
        return Err(Refusal::not_found());
    }
    let opened = opening::open(app, pass, opening).await?;
    let (version, _) = TABLES.of(opened.standard).ok_or_else(Refusal::not_found)?;
    Ok(Json::ok(json!({
        "session": opened.session,
        "token": opened.token,
        "table": format!("/-halqa/table/{}/{version}", opened.standard),
        "state": opened.state,
    })))
}

/// The journal's door.
#[post("/-content/<_>/-halqa/journal", data = "<body>")]
async fn accept(
    pass: Result<Pass, ()>,
    app: &State<App>,
    body: Data<'_>,
) -> Result<Json<Value>, Refusal> {
    let pass = pass.map_err(|()| Refusal::unauthorized())?;
    let batch: Batch = read(body).await?;
    let own = batch.session.is_none_or(|session| session == pass.session);
    let accepted = journal::accept(app, pass, batch).await?;
    if accepted.superseded && own {
        // The page that is still open must learn that another one has taken over.
        return Err(Refusal::conflict("session-superseded").extra("acked", accepted.acked));
    }
    let mut answer = json!({ "acked": accepted.acked });
    if accepted.superseded {
        answer["superseded"] = json!(true);
    }
    if let Some(state) = accepted.state {
        answer["state"] = state;
    }
    Ok(Json::ok(answer))
}

/// Reads a JSON body. Unlike the API's, it may hold NUL in its strings: what a SCO said is kept
/// as it was said, escaped.
async fn read<T: DeserializeOwned>(data: Data<'_>) -> Result<T, Refusal> {
    let body = data
        .open(LIMIT_MIB.mebibytes())
        .into_bytes()
        .await
        .map_err(|_| Refusal::bad_request("bad-request"))?;
    if !body.is_complete() {
        return Err(Refusal::new(Status::PayloadTooLarge, "too-large"));
    }
    serde_json::from_slice(&body).map_err(|error| {
        Refusal::bad_request("bad-json")
            .with("line", error.line())
            .with("column", error.column())
    })
}
