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
    routes![show, retry]
}

#[derive(Serialize)]
struct Grades {
    crumbs: Value,
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
    Ok(admin.page(&Grades {
        crumbs: json!([{ "href": admin.href("/admin/lti"), "label": title }]),
        grades: grades::unsent(admin.app).await?,
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
