//! `/teach/modules/<slug>`: a module as its trainer sees it.

use rocket::response::Redirect;
use rocket::{Data, get, post};
use serde::Serialize;
use serde_json::{Value, json};

use super::form::{Announced, Sent};
use super::upload::{Refused, may_show, options};
use super::{axes, axis_options, language_options, managed};
use crate::accounts::guards::Trainer;
use crate::catalogue::{self, Change, Module, Options, Sentence, hosts};
use crate::formats::Activity;
use crate::ids::PackageId;
use crate::web::i18n::Locales;
use crate::web::{Fields, Html, Lang, Page, Refusal};

#[derive(Serialize)]
struct Manage {
    crumbs: Vec<Value>,
    heading: String,
    published: bool,
    format: String,
    edition: Option<String>,
    public_path: String,
    action_base: String,
    form: Value,
    axes: Vec<Value>,
    languages: Vec<Value>,
    findings: Vec<Sentence>,
    /// Other sites that its pages load from: `{names, allowed, package}`.
    hosts: Option<Value>,
    activities: Vec<Activity>,
    versions: Vec<Value>,
    /// A new version waits for the trainer's word.
    waiting: bool,
    /// Bytes of a zip at most.
    limit: u64,
    refused: Option<Refused>,
}

impl Page for Manage {
    const TEMPLATE: &'static str = "catalogue/manage";
    const NAV: &'static str = "modules";
    fn title(&self, _: &Locales, _: Lang) -> String {
        self.heading.clone()
    }
}

async fn page(
    trainer: &Trainer<'_>,
    module: Module,
    fields: Fields,
    refusal: Option<&Refusal>,
) -> Result<Html, Refusal> {
    let (app, lang) = (trainer.app, trainer.lang());
    let locales = &app.pages.locales;
    let known = axes(app).await?;
    let package = catalogue::package(app, module.package).await?;
    let versions = catalogue::versions(app, module.id)
        .await?
        .into_iter()
        .map(|version| {
            json!({
                "number": version.number,
                "at": version.created_at.micros(),
                "author": version.author,
                "megabytes": version.size as f64 / 1e6,
                "current": version.number == module.number,
            })
        })
        .collect();
    let asked = hosts::asked(app, &package.diagnosis);
    let allowed = hosts::allowed(app, module.package).await?;
    let hosts = (!asked.is_empty()).then(
        || json!({ "names": asked, "allowed": !allowed.is_empty(), "package": module.package }),
    );
    let mut form = fields.shown(&["title", "summary"], locales, lang);
    if fields.is_valid() {
        form["title"]["value"] = json!(module.title);
        form["summary"]["value"] = json!(module.summary);
    }
    Ok(trainer.page(&Manage {
        waiting: catalogue::candidate(app, module.id).await?.is_some(),
        crumbs: vec![json!({
            "href": trainer.href("/teach"),
            "label": locales.text(lang, "catalogue-teach", &[]),
        })],
        published: module.published_at.is_some(),
        format: module.format,
        edition: module.edition,
        public_path: trainer.href(&format!("/modules/{}", module.slug)),
        action_base: trainer.href(&format!("/teach/modules/{}", module.slug)),
        form,
        axes: axis_options(
            trainer,
            &known,
            module.axis.as_deref().unwrap_or_default(),
            "catalogue-no-axis",
        ),
        languages: language_options(&module.language),
        findings: catalogue::sentences(locales, lang, &package.diagnosis),
        hosts,
        activities: package.activities,
        versions,
        limit: app.config.packages.max_bytes,
        refused: refusal.map(|refusal| Refused::of(refusal, locales, lang)),
        heading: module.title,
    }))
}

/// The module, its diagnosis, its versions.
#[get("/teach/modules/<slug>")]
pub(super) async fn show(trainer: Trainer<'_>, slug: &str) -> Result<Html, Refusal> {
    let module = managed(trainer.app, trainer.person, slug).await?;
    page(&trainer, module, Fields::default(), None).await
}

/// Changes what learners read.
#[post("/teach/modules/<slug>", data = "<fields>")]
pub(super) async fn save(
    trainer: Trainer<'_>,
    slug: &str,
    mut fields: Fields,
) -> Result<Result<Redirect, Html>, Refusal> {
    let module = managed(trainer.app, trainer.person, slug).await?;
    let title = fields.line("title", 200);
    let summary = fields.prose("summary", catalogue::SUMMARY);
    let language = Lang::from_code(fields.raw("language"));
    let axis = Some(fields.raw("axis").to_owned()).filter(|axis| !axis.is_empty());
    if !fields.is_valid() {
        let shown = page(&trainer, module, fields, None).await?;
        return Ok(Err(shown.status(rocket::http::Status::UnprocessableEntity)));
    }
    let change = Change {
        title: Some(title),
        summary: Some(summary),
        axis: Some(axis),
        language,
        by: Some(trainer.person.id),
        ..Change::default()
    };
    catalogue::change(trainer.app, module.id, change).await?;
    Ok(Ok(back(&trainer, slug, "saved")))
}

/// Learners find it from now on.
#[post("/teach/modules/<slug>/publish")]
pub(super) async fn publish(trainer: Trainer<'_>, slug: &str) -> Result<Redirect, Refusal> {
    set_published(&trainer, slug, true).await?;
    Ok(back(&trainer, slug, "published"))
}

/// Learners find it no more; those who began keep their attempts.
#[post("/teach/modules/<slug>/unpublish")]
pub(super) async fn unpublish(trainer: Trainer<'_>, slug: &str) -> Result<Redirect, Refusal> {
    set_published(&trainer, slug, false).await?;
    Ok(back(&trainer, slug, "unpublished"))
}

/// Lets the package's pages load from the sites they ask for, or no longer.
#[post("/teach/modules/<slug>/hosts", data = "<fields>")]
pub(super) async fn allow(
    trainer: Trainer<'_>,
    slug: &str,
    fields: Fields,
) -> Result<Redirect, Refusal> {
    let module = managed(trainer.app, trainer.person, slug).await?;
    let seen = uuid::Uuid::try_parse(fields.raw("package")).map(PackageId);
    let seen = seen.map_err(|_| Refusal::not_found())?;
    let yes = fields.raw("allow") == "yes";
    hosts::allow(trainer.app, &module, seen, yes, trainer.person.id).await?;
    let done = if yes {
        "hosts-allowed"
    } else {
        "hosts-stopped"
    };
    Ok(back(&trainer, slug, done))
}

async fn set_published(trainer: &Trainer<'_>, slug: &str, published: bool) -> Result<(), Refusal> {
    let module = managed(trainer.app, trainer.person, slug).await?;
    let change = Change {
        published: Some(published),
        by: Some(trainer.person.id),
        ..Change::default()
    };
    catalogue::change(trainer.app, module.id, change).await?;
    Ok(())
}

/// A new zip is a new version: attempts under way stay on theirs. While there are any, it waits
/// until its trainer has seen what it would change for them.
#[post("/teach/modules/<slug>/versions", data = "<data>")]
pub(super) async fn version(
    trainer: Trainer<'_>,
    slug: &str,
    announced: Announced,
    data: Data<'_>,
) -> Result<Result<Redirect, Html>, Refusal> {
    let module = managed(trainer.app, trainer.person, slug).await?;
    let mut sent = Sent::default();
    let read = sent.read(trainer.app, &announced, data).await;
    let candidate = catalogue::has_learners_under_way(trainer.app, module.id).await?;
    let options = Options {
        module: Some(module.id),
        candidate,
        ..options(&trainer)
    };
    let result = match read.and_then(|()| sent.package()) {
        Ok(received) => catalogue::import(trainer.app, received, options, None).await,
        Err(refusal) => Err(refusal),
    };
    match result {
        Ok(imported) if imported.package.id == module.package => {
            Ok(Ok(back(&trainer, slug, "known")))
        }
        Ok(_) if candidate => Ok(Ok(
            trainer.redirect(&format!("/teach/modules/{slug}/next"), None)
        )),
        Ok(_) => Ok(Ok(back(&trainer, slug, "version"))),
        Err(refusal) if may_show(&refusal) => {
            let shown = page(&trainer, module, Fields::default(), Some(&refusal)).await?;
            Ok(Err(shown.status(refusal.status)))
        }
        Err(refusal) => Err(refusal),
    }
}

fn back(trainer: &Trainer<'_>, slug: &str, done: &str) -> Redirect {
    let done = format!("catalogue-{done}");
    trainer.redirect(&format!("/teach/modules/{slug}"), Some(&done))
}
