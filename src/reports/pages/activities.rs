//! `/teach/modules/<slug>/report/activities`: where the attempts stand in each activity.

use rocket::get;
use serde::Serialize;
use serde_json::{Value, json};

use super::super::{ACTIVITY_STATES, ReportScope};
use super::{Frame, frame};
use crate::accounts::guards::SignedIn;
use crate::web::i18n::Locales;
use crate::web::{Html, Lang, Page, Refusal};

#[derive(Serialize)]
struct Activities {
    frame: Frame,
    /// What the colours mean.
    legend: Vec<&'static str>,
    rows: Vec<Value>,
}

impl Page for Activities {
    const TEMPLATE: &'static str = "reports/activities";
    const NAV: &'static str = "modules";
    fn title(&self, locales: &Locales, lang: Lang) -> String {
        let module = [("module", json!(self.frame.module))];
        locales.plain(lang, "reports-title-of", &module)
    }
}

/// The activities with their bars.
#[get("/teach/modules/<slug>/report/activities?<organisation>")]
pub(super) async fn show(
    who: SignedIn<'_>,
    slug: &str,
    organisation: Option<&str>,
) -> Result<Html, Refusal> {
    let scope = ReportScope::of(who.app, who.person, slug).await?;
    let organisation = organisation.unwrap_or_default();
    let activities = super::super::activities(who.app, &scope, organisation).await?;
    let rows = activities
        .into_iter()
        .map(|sums| {
            let total: i64 = sums.states.values().sum();
            let mut from = 0.0;
            let parts: Vec<Value> = ACTIVITY_STATES
                .iter()
                .filter_map(|state| {
                    let count = sums.states.get(state).copied().filter(|count| *count > 0)?;
                    let width = count as f64 / total as f64 * 1000.0;
                    let part = json!({ "state": state, "count": count, "x": from, "width": width });
                    from += width;
                    Some(part)
                })
                .collect();
            json!({
                "heading": sums.title, "parts": parts, "score": sums.score, "seconds": sums.seconds,
            })
        })
        .collect();
    Ok(who.page(&Activities {
        frame: frame(&who, &scope, ("activities", "/activities"), organisation).await?,
        legend: ACTIVITY_STATES.to_vec(),
        rows,
    }))
}
