//! `/modules/<slug>/units/<session>`: the units of a cmi5 course or an xAPI package, each opened
//! with one click. A unit takes the whole window, which every launch method allows (8.1), and
//! comes back here when it is done.

use cmi5::registration::Mode;
use cmi5::structure::Profile;
use rocket::http::CookieJar;
use rocket::response::Redirect;
use rocket::{get, post};
use serde::Serialize;
use serde_json::{Value, json};

use crate::catalogue;
use crate::ids::SessionId;
use crate::web::i18n::Locales;
use crate::web::{Fields, Html, Lang, Page, Refusal, Visitor};

use super::super::store::{self, AttemptRow};
use super::super::units::{self, Shown};
use super::super::{outcomes, token::Pass};
use super::play;

#[derive(Serialize)]
struct Units {
    crumbs: Value,
    heading: String,
    language_code: String,
    slug: String,
    session: SessionId,
    /// passed, failed, completed, in-progress, not-started
    state: &'static str,
    progress: f64,
    estimated: bool,
    score: Option<f64>,
    units: Vec<Shown>,
    /// The units know how to be looked at without being judged.
    browse: bool,
    /// Opens the next unit at once, where scripts run.
    go: bool,
    exit: String,
    guest: bool,
}

impl Page for Units {
    const TEMPLATE: &'static str = "player/units";
    const NAV: &'static str = "modules";
    fn title(&self, _: &Locales, _: Lang) -> String {
        self.heading.clone()
    }
}

#[derive(Serialize)]
pub(super) struct Launching {
    pub heading: String,
    pub address: String,
}

impl Page for Launching {
    const TEMPLATE: &'static str = "player/launching";
    const NAV: &'static str = "modules";
    fn title(&self, _: &Locales, _: Lang) -> String {
        self.heading.clone()
    }
}

#[get("/modules/<slug>/units/<session>?<go>")]
pub(super) async fn show(
    visitor: Visitor<'_>,
    jar: &CookieJar<'_>,
    slug: &str,
    session: SessionId,
    go: Option<&str>,
) -> Result<Result<Html, Redirect>, Refusal> {
    let (row, pass, guest) = play::own(&visitor, jar, slug, session).await?;
    let app = visitor.app;
    let (later,): (i64,) = store::LATER.bind(row.attempt).one(&app.db).await?;
    if later > 0 {
        let path = format!("/modules/{slug}");
        return Ok(Err(visitor.redirect(&path, Some("attempt-over"))));
    }
    let stored = catalogue::course(app, pass.version).await?;
    let course = units::units(&stored)?;
    let state: store::StateRow = store::STATE.bind(pass.attempt).one(&app.db).await?;
    let registration = units::registration(&state.state)?;
    let attempt: AttemptRow = store::ATTEMPT.bind(pass.attempt).one(&app.db).await?;
    let outcome = outcomes::from_json(&attempt.outcome);
    let module = catalogue::module(app, row.module).await?;
    let exit = if row.published_at.is_some() || !guest {
        format!("/modules/{slug}")
    } else {
        "/".to_owned()
    };
    Ok(Ok(visitor.page(&Units {
        crumbs: json!([
            { "href": visitor.href("/modules"), "label": app.pages.locales.plain(visitor.lang(), "web-nav-modules", &[]) },
            { "href": visitor.href(&format!("/modules/{slug}")), "label": row.title },
        ]),
        units: units::shown(course, Some(&registration), visitor.lang().code()),
        browse: course.profile == Profile::Cmi5,
        heading: row.title,
        language_code: module.language,
        slug: slug.to_owned(),
        session,
        state: outcomes::word(&outcome),
        progress: outcome.progress,
        estimated: outcome.estimated,
        score: outcome.score,
        go: go.is_some(),
        exit: visitor.href(&exit),
        guest,
    })))
}

/// Opens a unit: this page leads on to it, and does not stay in the history.
#[post("/modules/<slug>/units/<session>/<unit>", data = "<fields>")]
pub(super) async fn open(
    visitor: Visitor<'_>,
    jar: &CookieJar<'_>,
    slug: &str,
    session: SessionId,
    unit: usize,
    fields: Fields,
) -> Result<Html, Refusal> {
    let (_, pass, _): (_, Pass, _) = play::own(&visitor, jar, slug, session).await?;
    let path = visitor.href(&format!("/modules/{slug}/units/{session}"));
    let back = format!("{}{path}", visitor.app.config.public_url);
    // Whoever may be judged may also just look; nobody becomes judged by asking.
    let wanted = match fields.raw("mode") {
        "browse" => Some(Mode::Browse),
        "review" => Some(Mode::Review),
        _ => None,
    };
    let launched = units::launch(visitor.app, pass, (unit, wanted), back).await?;
    Ok(visitor.page(&Launching {
        heading: launched.title,
        address: launched.address,
    }))
}
