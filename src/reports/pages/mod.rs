//! `/teach/modules/<slug>/report…`: what a trainer, the staff of a region and administrators see
//! of a module's learners.

mod activities;
mod attempt;
mod attempts;
mod files;
mod own;
mod questions;

use serde::Serialize;
use serde_json::{Value, json};
use url::form_urlencoded::Serializer;

use crate::accounts::guards::SignedIn;
use crate::player::Role;
use crate::web::Refusal;

use super::ReportScope;

/// The routes.
pub fn routes() -> Vec<rocket::Route> {
    rocket::routes![
        attempts::show,
        own::list,
        own::one,
        activities::show,
        questions::show,
        attempt::show,
        attempt::correct,
        files::csv,
        files::xlsx,
    ]
}

/// What the pages of a report share.
#[derive(Serialize)]
struct Frame {
    crumbs: Vec<Value>,
    module: String,
    /// Only the learners of some regions are shown.
    regional: bool,
    tabs: Vec<Value>,
    /// Where the filters' form goes.
    action: String,
    organisations: Vec<Value>,
    workbook: String,
    /// The table of this page.
    csv: String,
}

/// The address of a part of the report, without language.
fn path(scope: &ReportScope, part: &str) -> String {
    format!("/teach/modules/{}/report{part}", scope.module.slug)
}

/// A query string of what is not empty, with its `?`.
fn query(pairs: &[(&str, &str)]) -> String {
    let mut query = Serializer::new(String::new());
    for (name, value) in pairs.iter().filter(|(_, value)| !value.is_empty()) {
        query.append_pair(name, value);
    }
    match query.finish() {
        empty if empty.is_empty() => empty,
        query => format!("?{query}"),
    }
}

/// Above the report: the trainer's pages, or the module's for those who have none.
fn crumbs(who: &SignedIn<'_>, scope: &ReportScope) -> Vec<Value> {
    let locales = &who.app.pages.locales;
    let slug = &scope.module.slug;
    let (list, word, module) = if scope.role == Role::Regional {
        ("/modules", "web-nav-modules", format!("/modules/{slug}"))
    } else {
        (
            "/teach",
            "catalogue-teach",
            format!("/teach/modules/{slug}"),
        )
    };
    vec![
        json!({ "href": who.href(list), "label": locales.text(who.lang(), word, &[]) }),
        json!({ "href": who.href(&module), "label": scope.module.title }),
    ]
}

async fn frame(
    who: &SignedIn<'_>,
    scope: &ReportScope,
    (tab, part): (&str, &str),
    organisation: &str,
) -> Result<Frame, Refusal> {
    let locales = &who.app.pages.locales;
    let word = |key: &str| locales.text(who.lang(), key, &[]);
    let filter = query(&[("organisation", organisation)]);
    let tabs = [
        ("", "attempts"),
        ("/activities", "activities"),
        ("/questions", "questions"),
    ];
    let mut organisations = vec![json!({
        "value": "", "label": word("reports-any-organisation"), "selected": organisation.is_empty(),
    })];
    for (slug, name) in super::organisations(who.app, scope).await? {
        let selected = slug == organisation;
        organisations.push(json!({ "value": slug, "label": name, "selected": selected }));
    }
    Ok(Frame {
        crumbs: crumbs(who, scope),
        module: scope.module.title.clone(),
        regional: scope.is_regional(),
        tabs: tabs
            .into_iter()
            .map(|(part, key)| {
                json!({
                    "href": format!("{}{filter}", who.href(&path(scope, part))),
                    "label": word(&format!("reports-{key}")),
                    "current": key == tab,
                })
            })
            .collect(),
        action: who.href(&path(scope, part)),
        organisations,
        workbook: format!("{}{filter}", who.href(&path(scope, "/xlsx"))),
        csv: format!("{}{filter}", who.href(&path(scope, &format!("/csv/{tab}")))),
    })
}
