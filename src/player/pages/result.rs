//! `/modules/<slug>/play/<session>/result`: what was reached, what it opened, and where to go from
//! here. The player shows its main part over a finished course; without the player it is a page.

use rocket::get;
use rocket::http::CookieJar;
use serde::Serialize;
use serde_json::{Value, json};

use crate::ids::SessionId;
use crate::seminars::{self, Row};
use crate::web::i18n::Locales;
use crate::web::{Html, Lang, Page, Refusal, Visitor};

use super::super::outcomes;
use super::super::store::{self, AttemptRow};
use super::play;

/// Doors shown at most.
const DOORS: usize = 3;

#[derive(Serialize)]
struct Show {
    crumbs: Value,
    heading: String,
    /// passed, failed, completed, in-progress
    state: &'static str,
    progress: f64,
    estimated: bool,
    score: Option<f64>,
    seconds: f64,
    /// Seminars that this module counts for.
    doors: Vec<Row>,
    /// One of them stands open.
    opened: bool,
    slug: String,
    guest: bool,
}

impl Page for Show {
    const TEMPLATE: &'static str = "player/result";
    const NAV: &'static str = "modules";
    fn title(&self, _: &Locales, _: Lang) -> String {
        self.heading.clone()
    }
}

#[get("/modules/<slug>/play/<session>/result")]
pub(super) async fn show(
    visitor: Visitor<'_>,
    jar: &CookieJar<'_>,
    slug: &str,
    session: SessionId,
) -> Result<Html, Refusal> {
    let (row, pass, guest) = play::own(&visitor, jar, slug, session).await?;
    let attempt: AttemptRow = store::ATTEMPT
        .bind(pass.attempt)
        .one(&visitor.app.db)
        .await?;
    let outcome = outcomes::from_json(&attempt.outcome);
    let doors = if guest {
        Vec::new()
    } else {
        seminars::naming(&visitor, row.module, DOORS).await?
    };
    Ok(visitor.page(&Show {
        crumbs: json!([
            { "href": visitor.href("/modules"), "label": visitor.app.pages.locales.plain(visitor.lang(), "web-nav-modules", &[]) },
            { "href": visitor.href(&format!("/modules/{slug}")), "label": row.title },
        ]),
        heading: row.title,
        state: outcomes::word(&outcome),
        progress: outcome.progress,
        estimated: outcome.estimated,
        score: outcome.score,
        seconds: outcome.seconds,
        opened: doors.iter().any(Row::is_open),
        doors,
        slug: slug.to_owned(),
        guest,
    }))
}
