//! `/teach/modules/<slug>/rules`: when a learner may begin again, which attempt counts, and what
//! completes the module.

use domain::policy::{Completes, Counts, MOST_ATTEMPTS, MOST_SECONDS, NewAttempt, Opening, Policy};
use rocket::http::Status;
use rocket::response::Redirect;
use rocket::{get, post};
use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::{Value, json};

use super::managed;
use crate::accounts::guards::Trainer;
use crate::catalogue::{self, Change, Module};
use crate::web::i18n::Locales;
use crate::web::{Fields, Html, Lang, Page, Refusal};

/// The finding of an import that makes the choice of a rule necessary.
const SILENT: &str = "no_completion_call";

#[derive(Serialize)]
struct Rules {
    crumbs: Vec<Value>,
    heading: String,
    action: String,
    back: String,
    /// The import's warning that no completion call was found, in words.
    silent: Option<String>,
    form: Value,
    new_attempt: Vec<Value>,
    opening: Vec<Value>,
    counts: Vec<Value>,
    completes: Vec<Value>,
}

impl Page for Rules {
    const TEMPLATE: &'static str = "catalogue/rules";
    const NAV: &'static str = "modules";
    fn title(&self, locales: &Locales, lang: Lang) -> String {
        locales.text(lang, "rules-title", &[])
    }
}

const FIELDS: &[&str] = &[
    "max_attempts",
    "new_attempt",
    "opening",
    "counts",
    "completes",
    "minutes",
    "score",
];

/// What is stored, as the form would have sent it.
fn filled(policy: &Policy) -> Fields {
    let word = |value: Value| value.as_str().unwrap_or_default().to_owned();
    let mut fields = Fields::default();
    let most = policy.max_attempts.map(|most| most.to_string());
    fields.fill("max_attempts", &most.unwrap_or_default());
    fields.fill("new_attempt", &word(json!(policy.new_attempt)));
    fields.fill("opening", &word(json!(policy.opening)));
    fields.fill("counts", &word(json!(policy.counts)));
    fields.fill("completes", &word(json!(policy.completes)["by"].take()));
    match policy.completes {
        Completes::Time { seconds } => fields.fill("minutes", &(seconds / 60).max(1).to_string()),
        Completes::Score { score } => {
            fields.fill("score", &format!("{}", (score * 100.0).round()));
        }
        _ => {}
    }
    fields
}

async fn page(trainer: &Trainer<'_>, module: Module, fields: &Fields) -> Result<Html, Refusal> {
    let (locales, lang) = (&trainer.app.pages.locales, trainer.lang());
    let package = catalogue::package(trainer.app, module.package).await?;
    let silent: Vec<_> = package
        .diagnosis
        .iter()
        .filter(|finding| finding.code == SILENT)
        .cloned()
        .collect();
    let options = |name: &str, codes: &[&str]| -> Vec<Value> {
        codes
            .iter()
            .map(|code| {
                json!({
                    "value": code,
                    "label": locales.text(lang, &format!("rules-{name}-{code}"), &[]),
                    "selected": fields.raw(name.replace('-', "_").as_str()) == *code,
                })
            })
            .collect()
    };
    let base = format!("/teach/modules/{}", module.slug);
    Ok(trainer.page(&Rules {
        crumbs: vec![
            json!({ "href": trainer.href("/teach"), "label": locales.text(lang, "catalogue-teach", &[]) }),
            json!({ "href": trainer.href(&base), "label": module.title }),
        ],
        action: trainer.href(&format!("{base}/rules")),
        back: trainer.href(&base),
        silent: catalogue::sentences(locales, lang, &silent)
            .into_iter()
            .next()
            .map(|sentence| sentence.text),
        form: trainer.form(fields, FIELDS),
        new_attempt: options(
            "new-attempt",
            &["never", "when-finished", "when-failed", "always"],
        ),
        opening: options("opening", &["resume", "new"]),
        counts: options("counts", &["best", "first", "last", "average"]),
        completes: options(
            "completes",
            &["package", "opened", "all-visited", "time", "score", "staff"],
        ),
        heading: module.title,
    }))
}

/// The rules as they are.
#[get("/teach/modules/<slug>/rules")]
pub(super) async fn show(trainer: Trainer<'_>, slug: &str) -> Result<Html, Refusal> {
    let module = managed(trainer.app, trainer.person, slug).await?;
    let fields = filled(&module.policy());
    page(&trainer, module, &fields).await
}

/// Changes them; those who began before follow in a moment.
#[post("/teach/modules/<slug>/rules", data = "<fields>")]
pub(super) async fn save(
    trainer: Trainer<'_>,
    slug: &str,
    mut fields: Fields,
) -> Result<Result<Redirect, Html>, Refusal> {
    let module = managed(trainer.app, trainer.person, slug).await?;
    let policy = read(&mut fields);
    if !fields.is_valid() {
        let shown = page(&trainer, module, &fields).await?;
        return Ok(Err(shown.status(Status::UnprocessableEntity)));
    }
    let change = Change {
        policy: Some(policy),
        by: Some(trainer.person.id),
        ..Change::default()
    };
    catalogue::change(trainer.app, module.id, change).await?;
    let path = format!("/teach/modules/{slug}/rules");
    Ok(Ok(trainer.redirect(&path, Some("rules-saved"))))
}

fn read(fields: &mut Fields) -> Policy {
    let max_attempts = match fields.raw("max_attempts").trim() {
        "" => None,
        _ => Some(fields.integer("max_attempts", 1..=i64::from(MOST_ATTEMPTS)) as u32),
    };
    let new_attempt: NewAttempt = word(fields, "new_attempt");
    let opening: Opening = word(fields, "opening");
    let counts: Counts = word(fields, "counts");
    let completes = match fields.raw("completes") {
        "package" => Completes::Package,
        "opened" => Completes::Opened,
        "all-visited" => Completes::AllVisited,
        "staff" => Completes::Staff,
        "time" => Completes::Time {
            seconds: fields.integer("minutes", 1..=i64::from(MOST_SECONDS / 60)) as u32 * 60,
        },
        "score" => Completes::Score {
            score: fields.integer("score", 0..=100) as f64 / 100.0,
        },
        _ => {
            fields.error("completes", "required");
            Completes::Package
        }
    };
    Policy {
        max_attempts,
        new_attempt,
        opening,
        counts,
        completes,
    }
}

/// One of the words of a choice.
fn word<T: DeserializeOwned + Default>(fields: &mut Fields, name: &str) -> T {
    match serde_json::from_value(json!(fields.raw(name))) {
        Ok(value) => value,
        Err(_) => {
            fields.error(name, "required");
            T::default()
        }
    }
}
