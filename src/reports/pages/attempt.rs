//! `/teach/modules/<slug>/report/attempts/<attempt>`: one attempt with its answers, and its
//! correction.

use rocket::http::Status;
use rocket::response::Redirect;
use rocket::{get, post};
use serde::Serialize;
use serde_json::{Value, json};

use super::super::{Answer, Detail, ReportScope};
use super::{crumbs, path};
use crate::accounts::guards::SignedIn;
use crate::ids::AttemptId;
use crate::player::{self, AttemptView, Change};
use crate::web::i18n::Locales;
use crate::web::{Fields, Html, Lang, Page, Refusal};

#[derive(Serialize)]
struct Show {
    crumbs: Vec<Value>,
    learner: String,
    module: String,
    organisation: Option<String>,
    number: i64,
    started: i64,
    action: String,
    outcome: Value,
    /// What to correct: `{value, label, selected}` with what it stands at.
    activities: Vec<Value>,
    answers: Vec<Value>,
    objectives: Vec<Value>,
    sessions: Vec<Value>,
    corrections: Vec<Value>,
    /// Parts can be waived, and nothing else corrected.
    waives: bool,
    /// The role in which the visitor corrects.
    role: &'static str,
    form: Value,
}

impl Page for Show {
    const TEMPLATE: &'static str = "reports/attempt";
    const NAV: &'static str = "modules";
    fn title(&self, _: &Locales, _: Lang) -> String {
        self.learner.clone()
    }
}

const FIELDS: &[&str] = &["activity", "completed", "passed", "score", "reason"];

/// The attempt.
#[get("/teach/modules/<slug>/report/attempts/<attempt>")]
pub(super) async fn show(
    who: SignedIn<'_>,
    slug: &str,
    attempt: AttemptId,
) -> Result<Html, Refusal> {
    let scope = ReportScope::of(who.app, who.person, slug).await?;
    page(&who, &scope, attempt, &Fields::default()).await
}

async fn page(
    who: &SignedIn<'_>,
    scope: &ReportScope,
    attempt: AttemptId,
    fields: &Fields,
) -> Result<Html, Refusal> {
    let detail = super::super::detail(who.app, scope, attempt).await?;
    let locales = &who.app.pages.locales;
    let Detail { line, view, .. } = &detail;
    let mut crumbs = crumbs(who, scope);
    crumbs.push(json!({
        "href": who.href(&path(scope, "")),
        "label": locales.text(who.lang(), "reports-title", &[]),
    }));
    let title_of = |identifier: &str| {
        let found = view.activities.iter().find(|a| a.identifier == identifier);
        found.map_or_else(|| identifier.to_owned(), |a| a.title.clone())
    };
    Ok(who.page(&Show {
        crumbs,
        learner: line.learner.clone(),
        module: scope.module.title.clone(),
        organisation: line.organisation.as_ref().map(|(_, name)| name.clone()),
        number: line.number,
        started: line.started_at.micros(),
        action: who.href(&path(scope, &format!("/attempts/{attempt}"))),
        outcome: json!({
            "state": line.state, "progress": line.outcome.progress,
            "estimated": line.outcome.estimated, "score": line.outcome.score,
            "seconds": line.outcome.seconds,
        }),
        activities: listed(view, fields.raw("activity")),
        answers: detail
            .answers
            .iter()
            .map(|answer| shown(answer, locales, who.lang(), &title_of))
            .collect(),
        objectives: detail
            .objectives
            .iter()
            .map(|objective| {
                json!({
                    "heading": objective.description.as_ref().unwrap_or(&objective.identifier),
                    "success": objective.success, "score": objective.score,
                })
            })
            .collect(),
        sessions: view
            .sessions
            .iter()
            .map(|session| {
                json!({
                    "id": session.id, "correction": session.correction,
                    "at": session.at.micros(), "entries": session.entries,
                    "findings": session.findings.iter().map(|(code, count)| json!({
                        "code": code, "count": count,
                    })).collect::<Vec<_>>(),
                })
            })
            .collect(),
        corrections: detail
            .corrections
            .iter()
            .map(|row| player::shown_correction(row, line.number, title_of))
            .collect(),
        waives: view.units,
        role: scope.role.code(),
        form: fields.for_template(FIELDS),
    }))
}

/// The activities under the parts of the course they stand in.
pub(super) fn listed(view: &AttemptView, selected: &str) -> Vec<Value> {
    let mut before = None;
    view.activities
        .iter()
        .map(|activity| {
            let part = activity.part.as_ref();
            let begins = part.filter(|part| Some(part.0) != before);
            before = part.map(|part| part.0);
            json!({
                "value": activity.identifier, "label": activity.title,
                "part": begins.map(|part| &part.1), "inner": part.map(|part| &part.1),
                "state": activity.state, "score": activity.score,
                "seconds": activity.seconds, "launches": activity.launches,
                "selected": selected == activity.identifier,
            })
        })
        .collect()
}

fn shown(
    answer: &Answer,
    locales: &Locales,
    lang: Lang,
    title_of: &dyn Fn(&str) -> String,
) -> Value {
    let truth = |text: &String| match text.as_str() {
        "true" | "false" if answer.kind.as_deref() == Some("true-false") => {
            locales.text(lang, &format!("reports-{text}"), &[])
        }
        _ => text.clone(),
    };
    let correct: Vec<String> = answer.correct.iter().map(truth).collect();
    json!({
        "heading": answer.question.as_ref().unwrap_or(&answer.identifier),
        "activity": title_of(&answer.activity),
        "kind": answer.kind.as_deref()
            .and_then(|kind| locales.find(lang, &format!("reports-type-{kind}"), &[])),
        "response": answer.response.as_ref().map(truth),
        "correct": (!correct.is_empty()).then(|| correct.join(" · ")),
        "verdict": match answer.score {
            Some(score) if score >= 1.0 => "right",
            Some(score) if score <= 0.0 => "wrong",
            Some(_) => "partly",
            None => "none",
        },
        "latency": answer.latency,
    })
}

/// Corrects the attempt, with a reason.
#[post("/teach/modules/<slug>/report/attempts/<attempt>", data = "<fields>")]
pub(super) async fn correct(
    who: SignedIn<'_>,
    slug: &str,
    attempt: AttemptId,
    mut fields: Fields,
) -> Result<Result<Redirect, Html>, Refusal> {
    let scope = ReportScope::of(who.app, who.person, slug).await?;
    super::super::line(who.app, &scope, attempt).await?;
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
        let page = page(&who, &scope, attempt, &fields).await?;
        return Ok(Err(page.status(Status::UnprocessableEntity)));
    }
    let activity = fields.raw("activity");
    let change = Change {
        author: who.person.id,
        role: scope.role,
        reason,
        activity: (!activity.is_empty()).then(|| activity.to_owned()),
        completed,
        passed,
        scaled,
    };
    player::correct(who.app, attempt, change).await?;
    let path = path(&scope, &format!("/attempts/{attempt}"));
    Ok(Ok(who.redirect(&path, Some("corrected"))))
}
