//! Units inside another site's page: the list of a course's units, and each of them in a frame of
//! ours with a way back that is always in sight. Nothing here asks for a cookie; who may is the
//! caller's to check.
//!
//! A unit is somebody else's code. The address that it comes back to therefore holds no proof: it
//! is a page that tells ours, by a message that only our origin can hear, that the unit was left.

use cmi5::registration::Mode;
use cmi5::structure::{Profile, Unit};
use rocket::response::{Responder, Response};
use rocket::{Request, get};
use serde::Serialize;

use crate::App;
use crate::catalogue::{self, StoredCourse};
use crate::ids::ModuleId;
use crate::web::i18n::Locales;
use crate::web::{Html, Lang, Page, Refusal, Visitor, headers};

use super::super::content;
use super::super::store::{self, AttemptRow, SessionRow};
use super::super::units::{self, Shown};
use super::super::{outcomes, token::Pass};
use super::play::Embedded;
use super::units::Launching;

/// A unit and how it is opened.
#[derive(Serialize)]
struct Row {
    #[serde(flatten)]
    shown: Shown,
    /// It takes a window of its own (8.1), or may be shown in none but its own.
    alone: bool,
}

#[derive(Serialize)]
struct Inside {
    heading: String,
    language_code: String,
    action: String,
    /// What the forms prove themselves with; null where the address says it.
    proof: Option<String>,
    /// The module, where all of it can be had in a window of its own.
    window: Option<ModuleId>,
    exit: String,
    state: &'static str,
    progress: f64,
    estimated: bool,
    score: Option<f64>,
    units: Vec<Row>,
    /// The units know how to be looked at without being judged.
    browse: bool,
    /// Opens the next unit at once, where scripts run.
    go: bool,
}

impl Page for Inside {
    const TEMPLATE: &'static str = "player/inside";
    fn title(&self, _: &Locales, _: Lang) -> String {
        self.heading.clone()
    }
}

#[derive(Serialize)]
struct Framing {
    heading: String,
    action: String,
    proof: Option<String>,
    /// The frame on the packages' origin that holds the unit.
    address: String,
}

impl Page for Framing {
    const TEMPLATE: &'static str = "player/unit";
    fn title(&self, _: &Locales, _: Lang) -> String {
        self.heading.clone()
    }
}

/// What somebody asked for in the list.
#[derive(Debug, Clone, Copy)]
pub struct Wanted<'a> {
    /// The unit's place, as it came.
    pub unit: &'a str,
    /// `browse` or `review`; anything else: to be judged, where that is due.
    pub mode: &'a str,
}

fn is_alone(unit: &Unit) -> bool {
    // Another site's page may refuse every frame, and our policy names none but the packages'.
    unit.own_window || unit.url.starts_with("http://") || unit.url.starts_with("https://")
}

/// The list of units of an opening.
pub(super) async fn list(
    visitor: &Visitor<'_>,
    play: &Embedded<'_>,
    row: SessionRow,
    stored: &StoredCourse,
) -> Result<Html, Refusal> {
    let app = visitor.app;
    open(app, &row).await?;
    let course = units::units(stored)?;
    let state: store::StateRow = store::STATE.bind(row.attempt).one(&app.db).await?;
    let registration = units::registration(&state.state)?;
    let attempt: AttemptRow = store::ATTEMPT.bind(row.attempt).one(&app.db).await?;
    let outcome = outcomes::from_json(&attempt.outcome);
    let module = catalogue::module(app, row.module).await?;
    let all: Vec<Row> = units::shown(course, Some(&registration), visitor.lang().code())
        .into_iter()
        .map(|shown| Row {
            alone: course
                .unit(shown.place)
                .is_some_and(|(_, unit)| is_alone(unit)),
            shown,
        })
        .collect();
    Ok(visitor.page(&Inside {
        heading: row.title,
        language_code: module.language,
        action: play.action.clone(),
        proof: play.proof.then(|| play.pass.to_owned()),
        window: play.window.then_some(row.module),
        exit: play.exit.clone(),
        state: outcomes::word(&outcome),
        progress: outcome.progress,
        estimated: outcome.estimated,
        score: outcome.score,
        browse: course.profile == Profile::Cmi5,
        // A window that nobody clicked for is one that browsers hold back.
        go: play.go && all.iter().any(|row| row.shown.next && !row.alone),
        units: all,
    }))
}

/// 409 `attempt-over` once a later attempt was begun; 403 for who is suspended.
async fn open(app: &App, row: &SessionRow) -> Result<(), Refusal> {
    if row.learner_state != "active" {
        return Err(Refusal::new(
            rocket::http::Status::Forbidden,
            "person-suspended",
        ));
    }
    let (later,): (i64,) = store::LATER.bind(row.attempt).one(&app.db).await?;
    if later > 0 {
        return Err(Refusal::conflict("attempt-over"));
    }
    Ok(())
}

/// Opens a unit of an opening that has been let in: in a frame of this page, or, where it wants a
/// window of its own, as the page that leads that window on.
///
/// Errors: 404 when there is no such unit; those of [`units::launch`].
pub async fn unit_inside(
    visitor: &Visitor<'_>,
    play: Embedded<'_>,
    wanted: Wanted<'_>,
) -> Result<Html, Refusal> {
    let app = visitor.app;
    let row: SessionRow = store::SESSION.bind(play.session).one(&app.db).await?;
    let stored = catalogue::course(app, row.version).await?;
    let place: usize = wanted.unit.parse().map_err(|_| Refusal::not_found())?;
    let (_, unit) = units::units(&stored)?
        .unit(place)
        .ok_or_else(Refusal::not_found)?;
    let alone = is_alone(unit);
    // Whoever may be judged may also just look; nobody becomes judged by asking.
    let mode = match wanted.mode {
        "browse" => Some(Mode::Browse),
        "review" => Some(Mode::Review),
        _ => None,
    };
    let pass = Pass {
        session: row.id,
        attempt: row.attempt,
        version: row.version,
    };
    let origin = app.config.content_origin(stored.package);
    // The page of the way back stands within the unit's frame, which is the packages'.
    let mut around = play.frames.to_vec();
    around.push(origin.clone());
    let back = format!(
        "{}{}{}",
        app.config.public_url,
        visitor.href("/returned"),
        content::returned(app, &around)
    );
    let launched = units::launch(app, pass, (place, mode), back).await?;
    if alone {
        return Ok(visitor.page(&Launching {
            heading: launched.title,
            address: launched.address,
        }));
    }
    Ok(visitor.page(&Framing {
        heading: launched.title,
        action: play.action,
        proof: play.proof.then(|| play.pass.to_owned()),
        address: format!(
            "{origin}/-halqa/frame{}#{}",
            content::within(app, play.frames),
            launched.address
        ),
    }))
}

#[derive(Serialize)]
struct Returned {}

impl Page for Returned {
    const TEMPLATE: &'static str = "player/returned";
    fn title(&self, locales: &Locales, lang: Lang) -> String {
        locales.text(lang, "player-returned-title", &[])
    }
}

/// The page that a unit comes back to.
pub(super) struct Back {
    page: Html,
    frames: Vec<String>,
}

impl<'r> Responder<'r, 'static> for Back {
    fn respond_to(self, request: &'r Request<'_>) -> rocket::response::Result<'static> {
        headers::relax(request, &self.frames, &[]);
        Response::build_from(self.page.respond_to(request)?).ok()
    }
}

#[get("/returned?<within>&<by>")]
pub(super) fn returned(visitor: Visitor<'_>, within: Option<&str>, by: Option<&str>) -> Back {
    Back {
        page: visitor.page(&Returned {}),
        frames: content::returned_to(visitor.app, within, by),
    }
}
