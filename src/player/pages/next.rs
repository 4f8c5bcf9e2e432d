//! `/teach/modules/<slug>/next`: a version that waits, replayed with what learners under way did
//! before it is published.

use rocket::response::Redirect;
use rocket::{get, post};
use serde::Serialize;
use serde_json::{Value, json};

use crate::accounts::guards::Trainer;
use crate::catalogue::{self, Candidate, Module};
use crate::ids::PackageId;
use crate::web::i18n::Locales;
use crate::web::{Fields, Html, Lang, Page, Refusal};

use super::super::outcomes;
use super::super::replay::{self, Difference, DryRun, Position, Which};

/// Attempts replayed for one page: a second or two of work at most.
const MOST: i64 = 500;

#[derive(Serialize)]
struct Next {
    crumbs: Value,
    module: String,
    action_base: String,
    package: PackageId,
    heading: String,
    megabytes: f64,
    at: i64,
    number: i64,
    /// Another standard, whose calls the new package does not know.
    other_format: bool,
    /// Cannot be replayed at all.
    unplayable: bool,
    /// Units of cmi5 or xAPI: their statements mean nothing to another version.
    units: bool,
    open: i64,
    replayed: i64,
    same: i64,
    worse: i64,
    rows: Vec<Value>,
}

impl Page for Next {
    const TEMPLATE: &'static str = "player/next";
    const NAV: &'static str = "modules";
    fn title(&self, locales: &Locales, lang: Lang) -> String {
        locales.plain(lang, "replay-next-title", &[("module", json!(self.module))])
    }
}

/// The module of this address, if the person may look after it, and what waits there.
async fn waiting(trainer: &Trainer<'_>, slug: &str) -> Result<(Module, Candidate), Refusal> {
    let module = catalogue::module_by_slug(trainer.app, slug).await?;
    if !catalogue::may_manage(trainer.person, &module) {
        return Err(Refusal::not_found());
    }
    let candidate = catalogue::candidate(trainer.app, module.id)
        .await?
        .ok_or_else(Refusal::not_found)?;
    Ok((module, candidate))
}

#[get("/teach/modules/<slug>/next")]
pub(super) async fn show(trainer: Trainer<'_>, slug: &str) -> Result<Html, Refusal> {
    let app = trainer.app;
    let (module, candidate) = waiting(&trainer, slug).await?;
    let run = match candidate.structure.as_scorm() {
        Some(course) => Some(replay::dry_run(app, module.id, course, Which::Open(MOST)).await?),
        None => None,
    };
    let units = candidate.structure.as_units().is_some();
    let unplayable = run.is_none();
    let DryRun {
        replayed,
        all,
        differences,
    } = run.unwrap_or_default();
    let locales = &app.pages.locales;
    let worse = differences.iter().filter(|d| d.worse).count() as i64;
    Ok(trainer.page(&Next {
        crumbs: json!([
            { "href": trainer.href("/teach"), "label": locales.plain(trainer.lang(), "catalogue-teach", &[]) },
            { "href": trainer.href(&format!("/teach/modules/{slug}")), "label": module.title },
        ]),
        action_base: trainer.href(&format!("/teach/modules/{slug}/next")),
        package: candidate.package,
        heading: candidate.title,
        megabytes: candidate.size as f64 / 1e6,
        at: candidate.created_at.micros(),
        number: module.number + 1,
        other_format: candidate.structure.format() != module.format,
        unplayable,
        units,
        open: all,
        replayed,
        same: replayed - differences.len() as i64,
        worse,
        rows: differences
            .iter()
            .map(|difference| row(&trainer, slug, difference))
            .collect(),
        module: module.title,
    }))
}

fn row(trainer: &Trainer<'_>, slug: &str, difference: &Difference) -> Value {
    let position =
        |position: &Position| json!({ "title": position.title, "location": position.location });
    let told = |outcome: &domain::outcome::Outcome, at: &Position| {
        json!({
            "state": outcomes::word(outcome), "score": outcome.score,
            "progress": outcome.progress, "position": position(at),
        })
    };
    let changed = |what: &str| difference.changes.contains(&what);
    json!({
        "learner": difference.learner,
        "number": difference.number,
        "href_to": trainer.href(&format!("/modules/{slug}/attempts/{}", difference.attempt)),
        "worse": difference.worse,
        "before": told(&difference.before, &difference.position_before),
        "after": told(&difference.after, &difference.position_after),
        "state": changed("completion") || changed("success"),
        "score": changed("score"),
        "progress": changed("progress"),
        "position": changed("position"),
    })
}

/// Publishes the version that was looked at.
#[post("/teach/modules/<slug>/next", data = "<fields>")]
pub(super) async fn publish(
    trainer: Trainer<'_>,
    slug: &str,
    fields: Fields,
) -> Result<Redirect, Refusal> {
    let (module, _) = waiting(&trainer, slug).await?;
    let seen = fields
        .raw("package")
        .parse()
        .map(PackageId)
        .map_err(|_| Refusal::conflict("candidate-changed"))?;
    catalogue::promote(trainer.app, &module, seen, trainer.person.id).await?;
    let path = format!("/teach/modules/{slug}");
    Ok(trainer.redirect(&path, Some("catalogue-version")))
}

/// Forgets it.
#[post("/teach/modules/<slug>/next/discard")]
pub(super) async fn discard(trainer: Trainer<'_>, slug: &str) -> Result<Redirect, Refusal> {
    let (module, _) = waiting(&trainer, slug).await?;
    catalogue::discard(trainer.app, module.id).await?;
    let path = format!("/teach/modules/{slug}");
    Ok(trainer.redirect(&path, Some("candidate-discarded")))
}
