//! `/modules/<slug>/attempts`: a learner's own attempts on a module. Who may see everybody's is
//! sent to the report.

use rocket::get;
use rocket::http::Status;
use rocket::response::Redirect;
use serde::Serialize;
use serde_json::{Value, json};

use super::super::ReportScope;
use super::attempt::listed;
use crate::accounts::guards::SignedIn;
use crate::catalogue::{self, Module};
use crate::ids::AttemptId;
use crate::player::{self, AttemptRow};
use crate::web::i18n::Locales;
use crate::web::{Html, Lang, Page, Refusal};

/// Of how many attempts, from the newest on, each activity is shown.
const DETAILED: usize = 10;

#[derive(Serialize)]
struct Own {
    crumbs: Vec<Value>,
    module: String,
    slug: String,
    attempts: Vec<Value>,
}

impl Page for Own {
    const TEMPLATE: &'static str = "reports/own";
    const NAV: &'static str = "modules";
    fn title(&self, locales: &Locales, lang: Lang) -> String {
        let args = [("module", json!(self.module))];
        locales.text(lang, "reports-own-title", &args)
    }
}

/// Whether this person sees the module's report.
async fn reports(who: &SignedIn<'_>, slug: &str) -> Result<bool, Refusal> {
    match ReportScope::of(who.app, who.person, slug).await {
        Ok(_) => Ok(true),
        Err(refusal) if refusal.status == Status::NotFound => Ok(false),
        Err(refusal) => Err(refusal),
    }
}

/// The module and this person's attempts on it; 404 for a module that the person can neither find
/// nor ever began.
async fn own(who: &SignedIn<'_>, slug: &str) -> Result<(Module, Vec<AttemptRow>), Refusal> {
    let module = catalogue::module_by_slug(who.app, slug).await?;
    let attempts = player::attempts_of(who.app, who.person.id, module.id).await?;
    if attempts.is_empty() && module.published_at.is_none() {
        return Err(Refusal::not_found());
    }
    Ok((module, attempts))
}

/// The attempts, the newest first.
#[get("/modules/<slug>/attempts")]
pub(super) async fn list(who: SignedIn<'_>, slug: &str) -> Result<Result<Redirect, Html>, Refusal> {
    if reports(&who, slug).await? {
        let path = format!("/teach/modules/{slug}/report");
        return Ok(Ok(who.redirect(&path, None)));
    }
    let (module, rows) = own(&who, slug).await?;
    let mut attempts = Vec::new();
    for (n, row) in rows.iter().enumerate() {
        let (outcome, state) = player::word_of(&row.outcome);
        let mut shown = json!({
            "number": row.number, "state": state, "score": outcome.score,
            "progress": outcome.progress, "seconds": outcome.seconds,
            "at": row.updated_at.micros(), "activities": [], "corrections": [],
        });
        if n < DETAILED {
            let view = player::view_of(who.app, row.id).await?;
            let title_of = |identifier: &str| {
                let found = view.activities.iter().find(|a| a.identifier == identifier);
                found.map_or_else(|| identifier.to_owned(), |a| a.title.clone())
            };
            let corrections = player::corrections_of(who.app, row.id).await?;
            let corrections = corrections
                .iter()
                .map(|correction| player::shown_correction(correction, row.number, title_of));
            shown["corrections"] = corrections.collect();
            shown["activities"] = json!(listed(&view, ""));
        }
        attempts.push(shown);
    }
    let locales = &who.app.pages.locales;
    let page = Own {
        crumbs: vec![
            json!({
                "href": who.href("/modules"),
                "label": locales.text(who.lang(), "web-nav-modules", &[]),
            }),
            json!({ "href": who.href(&format!("/modules/{slug}")), "label": module.title }),
        ],
        module: module.title,
        slug: module.slug,
        attempts,
    };
    Ok(Err(who.page(&page)))
}

/// One attempt: staff's page of it, or the learner's list.
#[get("/modules/<slug>/attempts/<attempt>")]
pub(super) async fn one(
    who: SignedIn<'_>,
    slug: &str,
    attempt: AttemptId,
) -> Result<Redirect, Refusal> {
    if reports(&who, slug).await? {
        let path = format!("/teach/modules/{slug}/report/attempts/{attempt}");
        return Ok(who.redirect(&path, None));
    }
    let (_, attempts) = own(&who, slug).await?;
    if attempts.iter().all(|row| row.id != attempt) {
        return Err(Refusal::not_found());
    }
    Ok(who.redirect(&format!("/modules/{slug}/attempts"), None))
}
