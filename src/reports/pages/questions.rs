//! `/teach/modules/<slug>/report/questions`: item analysis.

use rocket::get;
use serde::Serialize;
use serde_json::{Value, json};

use super::super::{ReportScope, Sample};
use super::{Frame, frame};
use crate::accounts::guards::SignedIn;
use crate::web::i18n::Locales;
use crate::web::{Html, Lang, Page, Refusal};

/// Questions on the page: a content that makes identifiers by chance has one for each answer.
const SHOWN: usize = 300;

#[derive(Serialize)]
struct Questions {
    frame: Frame,
    samples: Vec<Value>,
    rows: Vec<Value>,
    /// Further questions, which are in the files only.
    more: usize,
}

impl Page for Questions {
    const TEMPLATE: &'static str = "reports/questions";
    const NAV: &'static str = "modules";
    fn title(&self, locales: &Locales, lang: Lang) -> String {
        let module = [("module", json!(self.frame.module))];
        locales.plain(lang, "reports-title-of", &module)
    }
}

/// Every question with its figures and answers.
#[get("/teach/modules/<slug>/report/questions?<organisation>&<attempts>")]
pub(super) async fn show(
    who: SignedIn<'_>,
    slug: &str,
    organisation: Option<&str>,
    attempts: Option<&str>,
) -> Result<Html, Refusal> {
    let app = who.app;
    let scope = ReportScope::of(app, who.person, slug).await?;
    let organisation = organisation.unwrap_or_default();
    let sample = Sample::from_code(attempts.unwrap_or_default());
    let _turn = super::super::turns::turn(app.ids.uuid()).await?;
    let questions = super::super::questions(app, &scope, organisation, sample).await?;
    let locales = &app.pages.locales;
    let word = |key: &str| locales.text(who.lang(), key, &[]);
    let kind_of = |kind: &str| locales.find(who.lang(), &format!("reports-type-{kind}"), &[]);
    let answer_of = |kind: &str, answer: &Option<String>| match answer {
        None => word("reports-other-answers"),
        Some(word_) if kind == "true-false" && (word_ == "true" || word_ == "false") => {
            word(&format!("reports-{word_}"))
        }
        Some(answer) => answer.clone(),
    };
    let rows = questions
        .iter()
        .take(SHOWN)
        .enumerate()
        .map(|(place, question)| {
            let several = question.activity_title != scope.module.title;
            json!({
                "n": place + 1,
                "heading": question.text.as_ref().unwrap_or(&question.identifier),
                "identifier": question.text.as_ref().map(|_| &question.identifier),
                "activity": several.then_some(&question.activity_title),
                "kind": kind_of(&question.kind),
                "answered": question.item.answered,
                "facility": question.item.facility,
                // With the same result for everybody, nothing can be told apart.
                "alike": question.item.facility.is_some_and(|share| share <= 0.0 || share >= 1.0),
                "discrimination": question.item.discrimination.map(|d| (d * 100.0).round() / 100.0),
                "quality": question.quality,
                "hue": match question.quality {
                    Some("good") => "good",
                    Some("negative") => "bad",
                    Some("weak") => "warn",
                    _ => "quiet",
                },
                "latency": question.latency,
                "answers": question.distribution.iter().map(|choice| json!({
                    "label": answer_of(&question.kind, &choice.answer),
                    "correct": choice.correct, "count": choice.count, "share": choice.share,
                })).collect::<Vec<_>>(),
            })
        })
        .collect();
    Ok(who.page(&Questions {
        frame: frame(&who, &scope, ("questions", "/questions"), organisation).await?,
        samples: Sample::ALL
            .iter()
            .map(|one| {
                let label = word(&format!("reports-sample-{}", one.code()));
                json!({ "value": one.code(), "label": label, "selected": *one == sample })
            })
            .collect(),
        rows,
        more: questions.len().saturating_sub(SHOWN),
    }))
}
