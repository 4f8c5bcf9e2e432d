//! One statement with all around it: in words, as it was received, what voids it, its data.

use std::io::Cursor;

use rocket::response::{Responder, Response};
use rocket::{Request, Route, get, response, routes};
use serde::Serialize;
use serde_json::{Value, json};

use crate::accounts::guards::Admin;
use crate::lrs::browse::{self, SeenRow, Shown};
use crate::lrs::find;
use crate::web::i18n::{Lang, Locales};
use crate::web::{Html, Page, Refusal};

pub(super) fn routes() -> Vec<Route> {
    routes![page, data]
}

#[derive(Serialize)]
struct StatementPage {
    crumbs: Vec<Value>,
    it: Shown,
    json: String,
    about: Vec<Shown>,
    target: Option<Shown>,
    data: Vec<Value>,
    /// The list, narrowed to what this one names.
    by_agent: String,
    by_object: String,
    by_registration: Option<String>,
}

impl Page for StatementPage {
    const TEMPLATE: &'static str = "lrs/statement";
    const NAV: &'static str = "admin";
    fn title(&self, locales: &Locales, lang: Lang) -> String {
        locales.text(lang, "lrs-statement", &[])
    }
}

async fn row_at(admin: &Admin<'_>, stored: i64) -> Result<SeenRow, Refusal> {
    let row = browse::at(admin.app, stored).await?;
    row.ok_or_else(Refusal::not_found)
}

#[get("/admin/xapi/statements/<stored>")]
async fn page(admin: Admin<'_>, stored: i64) -> Result<Html, Refusal> {
    let (app, lang) = (admin.app, admin.lang());
    let row = row_at(&admin, stored).await?;
    let around = browse::around(app, &row).await?;
    let about = browse::show(app, lang, &around.about).await?;
    let target = browse::show(app, lang, around.target.as_slice()).await?;
    let shown = browse::show(app, lang, std::slice::from_ref(&row)).await?;
    let it = shown.into_iter().next().ok_or_else(Refusal::not_found)?;
    let narrowed = |name: &str, value: &str| {
        let query = url::form_urlencoded::Serializer::new(String::new())
            .append_pair(name, value)
            .finish();
        admin.href(&format!("/admin/xapi/statements?{query}"))
    };
    // As the form reads it: an address alone, an account as `home name`.
    let agent = it.agent.split_once(' ').map_or("", |(_, rest)| rest);
    let mut crumbs = super::crumbs(&admin);
    crumbs.push(json!({
        "href": admin.href("/admin/xapi/statements"),
        "label": app.pages.locales.text(lang, "lrs-statements", &[]),
    }));
    Ok(admin.page(&StatementPage {
        crumbs,
        json: browse::pretty(&row.statement),
        about,
        target: target.into_iter().next(),
        data: around
            .data
            .iter()
            .map(|one| {
                json!({
                    "sha2": one.sha2,
                    "kind": one.content_type,
                    "bytes": one.length,
                    "href_to": admin.href(&format!("/admin/xapi/statements/{stored}/data/{}", one.sha2)),
                })
            })
            .collect(),
        by_agent: narrowed("agent", agent),
        by_object: narrowed("activity", &it.object),
        by_registration: it.registration.map(|id| narrowed("registration", &id.to_string())),
        it,
    }))
}

/// Somebody's bytes: kept, never shown by the browser.
struct Bytes(bytes::Bytes, String);

impl<'r> Responder<'r, 'static> for Bytes {
    fn respond_to(self, _: &'r Request<'_>) -> response::Result<'static> {
        Response::build()
            .raw_header("Content-Type", "application/octet-stream")
            .raw_header(
                "Content-Disposition",
                format!("attachment; filename=\"{}\"", self.1),
            )
            .raw_header("Content-Security-Policy", "sandbox; default-src 'none'")
            .raw_header("Cache-Control", "private, no-store")
            .sized_body(self.0.len(), Cursor::new(self.0))
            .ok()
    }
}

#[get("/admin/xapi/statements/<stored>/data/<sha2>")]
async fn data(admin: Admin<'_>, stored: i64, sha2: &str) -> Result<Bytes, Refusal> {
    let row = row_at(&admin, stored).await?;
    let around = browse::around(admin.app, &row).await?;
    let one = around
        .data
        .iter()
        .find(|one| one.sha2 == sha2)
        .ok_or_else(Refusal::not_found)?;
    let bytes = find::data(admin.app, one.tenant, &one.sha2).await?;
    Ok(Bytes(bytes, one.sha2.chars().take(16).collect()))
}
