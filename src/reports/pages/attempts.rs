//! `/teach/modules/<slug>/report`: the attempts.

use rocket::get;
use serde::Serialize;
use serde_json::{Value, json};

use super::super::{Filter, ReportScope, STATES, Start};
use super::{Frame, frame, path, query};
use crate::accounts::guards::SignedIn;
use crate::web::i18n::Locales;
use crate::web::{Html, Lang, Page, Refusal};

/// Lines of a page.
const PAGE: i64 = 50;
/// The last page there is.
const LAST: i64 = 2000;

#[derive(Serialize)]
struct Attempts {
    frame: Frame,
    stats: Vec<Value>,
    states: Vec<Value>,
    rows: Vec<Value>,
    previous: Option<String>,
    next: Option<String>,
}

impl Page for Attempts {
    const TEMPLATE: &'static str = "reports/attempts";
    const NAV: &'static str = "modules";
    fn title(&self, locales: &Locales, lang: Lang) -> String {
        let module = [("module", json!(self.frame.module))];
        locales.plain(lang, "reports-title-of", &module)
    }
}

/// The attempts in scope, the last changed first.
#[get("/teach/modules/<slug>/report?<organisation>&<state>&<page>")]
pub(super) async fn show(
    who: SignedIn<'_>,
    slug: &str,
    organisation: Option<&str>,
    state: Option<&str>,
    page: Option<i64>,
) -> Result<Html, Refusal> {
    let app = who.app;
    let scope = ReportScope::of(app, who.person, slug).await?;
    let filter = Filter {
        organisation: organisation.unwrap_or_default().to_owned(),
        state: state
            .filter(|state| STATES.contains(state))
            .unwrap_or_default()
            .to_owned(),
    };
    let page = page.unwrap_or(1).clamp(1, LAST);
    let start = Start {
        after: None,
        skip: (page - 1) * PAGE,
    };
    let (lines, more) = super::super::attempts(app, &scope, &filter, start, PAGE).await?;
    let link = |page: i64| {
        let number = page.to_string();
        let pairs = [
            ("organisation", filter.organisation.as_str()),
            ("state", filter.state.as_str()),
            ("page", if page > 1 { number.as_str() } else { "" }),
        ];
        format!("{}{}", who.href(&path(&scope, "")), query(&pairs))
    };
    let locales = &app.pages.locales;
    let word = |key: &str| locales.text(who.lang(), key, &[]);
    let states = std::iter::once(("", word("reports-any-state")))
        .chain(STATES.map(|state| (state, word(&format!("web-state-{state}")))))
        .map(|(value, label)| {
            json!({ "value": value, "label": label, "selected": value == filter.state })
        })
        .collect();
    Ok(who.page(&Attempts {
        frame: frame(&who, &scope, ("attempts", ""), &filter.organisation).await?,
        stats: stats(&who, &scope, &filter.organisation).await?,
        states,
        rows: lines
            .iter()
            .map(|line| {
                json!({
                    "href_to": who.href(&path(&scope, &format!("/attempts/{}", line.id))),
                    "learner": line.learner,
                    "organisation": line.organisation.as_ref().map(|(_, name)| name),
                    "attempt": line.number,
                    "state": line.state,
                    "progress": line.outcome.progress,
                    "score": line.outcome.score,
                    "seconds": line.outcome.seconds,
                    "at": line.updated_at.micros(),
                })
            })
            .collect(),
        previous: (page > 1).then(|| link(page - 1)),
        next: (more && page < LAST).then(|| link(page + 1)),
    }))
}

async fn stats(
    who: &SignedIn<'_>,
    scope: &ReportScope,
    organisation: &str,
) -> Result<Vec<Value>, Refusal> {
    let sums = super::super::summary(who.app, scope, organisation).await?;
    let locales = &who.app.pages.locales;
    let stat = |hue: &str, key: &str, value: String| {
        let label = locales.text(who.lang(), key, &[]);
        json!({ "hue": hue, "label": label, "value": value })
    };
    let mut stats = vec![
        stat("blue", "reports-learners", sums.learners.to_string()),
        stat("olive", "reports-completed", sums.completed.to_string()),
        stat("turquoise", "reports-passed", sums.passed.to_string()),
    ];
    if let Some(score) = sums.score {
        let percent = format!("{:.0}", score * 100.0);
        let args = [("percent", json!(percent))];
        let value = locales.text(who.lang(), "reports-percent", &args);
        stats.push(stat("plum", "reports-mean-score", value));
    }
    Ok(stats)
}
