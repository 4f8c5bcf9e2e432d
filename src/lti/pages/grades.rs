//! `/admin/lti/grades`: what platforms do not have yet, why, and a button to try again.

use rocket::response::Redirect;
use rocket::{Route, get, post, routes};
use serde::Serialize;
use serde_json::{Value, json};
use uuid::Uuid;

use super::super::grades::{self, Unsent};
use crate::accounts::guards::Admin;
use crate::web::i18n::Locales;
use crate::web::{Html, Lang, Page, Refusal};

pub(super) fn routes() -> Vec<Route> {
    routes![show, retry, retry_all]
}

#[derive(Serialize)]
struct Grades {
    crumbs: Value,
    any_failed: bool,
    grades: Vec<Unsent>,
}

impl Page for Grades {
    const TEMPLATE: &'static str = "lti/grades";
    const NAV: &'static str = "admin";
    fn title(&self, locales: &Locales, lang: Lang) -> String {
        locales.text(lang, "lti-grades-title", &[])
    }
}

#[get("/admin/lti/grades", rank = 2)]
async fn show(admin: Admin<'_>) -> Result<Html, Refusal> {
    let title = admin
        .app
        .pages
        .locales
        .plain(admin.lang(), "lti-admin-title", &[]);
    let grades = grades::unsent(admin.app).await?;
    Ok(admin.page(&Grades {
        any_failed: grades.iter().any(|grade| grade.failed),
        crumbs: json!([{ "href": admin.href("/admin/lti"), "label": title }]),
        grades,
    }))
}

#[post("/admin/lti/grades/<score>/retry")]
async fn retry(admin: Admin<'_>, score: &str) -> Result<Redirect, Refusal> {
    let score = Uuid::parse_str(score).map_err(|_| Refusal::not_found())?;
    if !grades::retry(admin.app, score).await? {
        return Err(Refusal::not_found());
    }
    Ok(admin.redirect("/admin/lti/grades", Some("saved")))
}

/// All that were given up.
#[post("/admin/lti/grades/retry")]
async fn retry_all(admin: Admin<'_>) -> Result<Redirect, Refusal> {
    grades::retry_all(admin.app, None).await?;
    Ok(admin.redirect("/admin/lti/grades", Some("saved")))
}
