//! `/modules/<slug>/attempts`: the learners of a module, for trainers and staff, and corrections
//! with author and reason.

use rocket::http::Status;
use rocket::response::Redirect;
use rocket::{get, post};
use serde::Serialize;
use serde_json::{Value, json};

use crate::accounts::guards::Trainer;
use crate::catalogue::{self, Module};
use crate::ids::AttemptId;
use crate::web::i18n::Locales;
use crate::web::{Fields, Html, Lang, Page, Refusal};

use super::super::corrections::{self, Change};
use super::super::journal::scorm;
use super::super::store::{self, AttemptRow};
use super::super::{outcomes, view};

#[derive(Serialize)]
struct List {
    crumbs: Value,
    module: String,
    attempts: Vec<Value>,
}

impl Page for List {
    const TEMPLATE: &'static str = "player/attempts";
    const NAV: &'static str = "modules";
    fn title(&self, locales: &Locales, lang: Lang) -> String {
        locales.plain(
            lang,
            "player-attempts-title",
            &[("module", json!(self.module))],
        )
    }
}

#[derive(Serialize)]
struct Show {
    crumbs: Value,
    learner: String,
    module: String,
    slug: String,
    attempt: AttemptId,
    outcome: Value,
    activities: Vec<Value>,
    sessions: Vec<Value>,
    corrections: Vec<Value>,
    form: Value,
}

impl Page for Show {
    const TEMPLATE: &'static str = "player/attempt";
    const NAV: &'static str = "modules";
    fn title(&self, _: &Locales, _: Lang) -> String {
        self.learner.clone()
    }
}

const FIELDS: &[&str] = &["activity", "completed", "passed", "score", "reason"];

fn crumbs(trainer: &Trainer<'_>, module: &Module, list: bool) -> Value {
    let locales = &trainer.app.pages.locales;
    let lang = trainer.lang();
    let mut crumbs = vec![
        json!({ "href": trainer.href("/modules"), "label": locales.plain(lang, "web-nav-modules", &[]) }),
        json!({ "href": trainer.href(&format!("/modules/{}", module.slug)), "label": module.title }),
    ];
    if !list {
        crumbs.push(json!({
            "href": trainer.href(&format!("/modules/{}/attempts", module.slug)),
            "label": locales.plain(lang, "player-attempts", &[]),
        }));
    }
    json!(crumbs)
}

#[get("/modules/<slug>/attempts")]
pub(super) async fn list(trainer: Trainer<'_>, slug: &str) -> Result<Html, Refusal> {
    let module = catalogue::module_by_slug(trainer.app, slug).await?;
    let rows: Vec<store::LearnerRow> = store::LEARNERS.bind(module.id).all(&trainer.app.db).await?;
    let attempts = rows
        .iter()
        .map(|row| {
            let outcome = outcomes::from_json(&row.outcome);
            json!({
                "href": trainer.href(&format!("/modules/{slug}/attempts/{}", row.id)),
                "learner": row.learner,
                "number": row.number,
                "state": outcomes::word(&outcome),
                "progress": outcome.progress,
                "score": outcome.score,
                "seconds": outcome.seconds,
                "at": row.updated_at.micros(),
            })
        })
        .collect();
    Ok(trainer.page(&List {
        crumbs: crumbs(&trainer, &module, true),
        module: module.title,
        attempts,
    }))
}

/// The findings of a session by kind, with how often each was made.
fn counted(findings: &[Value]) -> Vec<Value> {
    let mut kinds: Vec<(&str, u32)> = Vec::new();
    for code in findings
        .iter()
        .filter_map(|finding| finding["code"].as_str())
    {
        match kinds.iter_mut().find(|(kind, _)| *kind == code) {
            Some((_, count)) => *count += 1,
            None => kinds.push((code, 1)),
        }
    }
    kinds
        .into_iter()
        .map(|(code, count)| json!({ "code": code, "count": count }))
        .collect()
}

#[get("/modules/<slug>/attempts/<attempt>")]
pub(super) async fn show(
    trainer: Trainer<'_>,
    slug: &str,
    attempt: AttemptId,
) -> Result<Html, Refusal> {
    page(&trainer, slug, attempt, &Fields::default()).await
}

/// The attempt, through its module.
async fn of_module(
    trainer: &Trainer<'_>,
    slug: &str,
    attempt: AttemptId,
) -> Result<(Module, AttemptRow), Refusal> {
    let module = catalogue::module_by_slug(trainer.app, slug).await?;
    let row: AttemptRow = store::ATTEMPT.bind(attempt).one(&trainer.app.db).await?;
    if row.module != module.id {
        return Err(Refusal::not_found());
    }
    Ok((module, row))
}

async fn page(
    trainer: &Trainer<'_>,
    slug: &str,
    attempt: AttemptId,
    fields: &Fields,
) -> Result<Html, Refusal> {
    let app = trainer.app;
    let (module, row) = of_module(trainer, slug, attempt).await?;
    let learner: store::PersonRow = store::PERSON.bind(row.person).one(&app.db).await?;
    let stored = catalogue::course(app, row.version).await?;
    let course = scorm(&stored)?;
    let state: store::StateRow = store::STATE.bind(attempt).one(&app.db).await?;
    let state = view::attempt(&state.state)?;
    let sessions: Vec<store::SessionOfRow> = store::SESSIONS.bind(attempt).all(&app.db).await?;
    let outcome = outcomes::from_json(&row.outcome);
    Ok(trainer.page(&Show {
        crumbs: crumbs(trainer, &module, false),
        learner: learner.name,
        module: module.title,
        slug: slug.to_owned(),
        attempt,
        outcome: json!({
            "state": outcomes::word(&outcome), "progress": outcome.progress,
            "estimated": outcome.estimated, "score": outcome.score, "seconds": outcome.seconds,
        }),
        activities: state
            .activities(course)
            .iter()
            .skip(1)
            .filter(|status| status.launchable)
            .map(|status| {
                json!({
                    "value": status.identifier, "label": status.title,
                    "state": view::state_of(status), "score": status.scaled,
                    "seconds": status.seconds, "launches": status.launches,
                    "selected": fields.raw("activity") == status.identifier,
                })
            })
            .collect(),
        sessions: sessions
            .iter()
            .map(|session| {
                json!({
                    "id": session.id, "correction": session.kind == "correction",
                    "at": session.opened_at.unwrap_or(session.created_at).micros(),
                    "entries": session.last_seq,
                    "findings": session.diagnosis.as_array().map(|found| counted(found)).unwrap_or_default(),
                })
            })
            .collect(),
        corrections: state
            .corrections()
            .iter()
            .map(|c| json!({ "reason": c.reason, "completed": c.completed, "passed": c.passed, "score": c.scaled }))
            .collect(),
        form: fields.for_template(FIELDS),
    }))
}

#[post("/modules/<slug>/attempts/<attempt>", data = "<fields>")]
pub(super) async fn correct(
    trainer: Trainer<'_>,
    slug: &str,
    attempt: AttemptId,
    mut fields: Fields,
) -> Result<Result<Redirect, Html>, Refusal> {
    of_module(&trainer, slug, attempt).await?;
    let reason = fields.prose("reason", 1000);
    if reason.is_empty() {
        fields.error("reason", "required");
    }
    let flag = |fields: &Fields, name: &str| match fields.raw(name) {
        "yes" => Some(true),
        "no" => Some(false),
        _ => None,
    };
    let completed = flag(&fields, "completed");
    let passed = flag(&fields, "passed");
    let scaled = match fields.raw("score").trim() {
        "" => None,
        _ => Some(fields.integer("score", 0..=100) as f64 / 100.0),
    };
    if completed.is_none() && passed.is_none() && scaled.is_none() {
        fields.error("completed", "required");
    }
    if !fields.is_valid() {
        let page = page(&trainer, slug, attempt, &fields).await?;
        return Ok(Err(page.status(Status::UnprocessableEntity)));
    }
    let activity = fields.raw("activity");
    corrections::correct(
        trainer.app,
        attempt,
        Change {
            author: trainer.person.id,
            reason,
            activity: (!activity.is_empty()).then(|| activity.to_owned()),
            completed,
            passed,
            scaled,
        },
    )
    .await?;
    let path = format!("/modules/{slug}/attempts/{attempt}");
    Ok(Ok(trainer.redirect(&path, Some("corrected"))))
}
