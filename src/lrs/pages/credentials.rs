//! Clients of the record store: made, shown once, revoked.

use rocket::http::Status;
use rocket::response::Redirect;
use rocket::{Route, get, post, routes};
use serde::Serialize;
use serde_json::{Value, json};
use uuid::Uuid;

use crate::accounts::guards::Admin;
use crate::lrs::credentials::{self, Listed, Made, New, SCOPES};
use crate::web::i18n::{Lang, Locales};
use crate::web::{Fields, Html, Page, Refusal};

pub(super) fn routes() -> Vec<Route> {
    routes![page, add, revoke]
}

#[derive(Serialize)]
struct CredentialsPage {
    crumbs: Vec<Value>,
    tabs: Vec<Value>,
    endpoint: String,
    fresh: Option<Made>,
    form: Value,
    scopes: Vec<Value>,
    versions: Vec<Value>,
    credentials: Vec<Listed>,
}

impl Page for CredentialsPage {
    const TEMPLATE: &'static str = "lrs/credentials";
    const NAV: &'static str = "admin";
    fn title(&self, locales: &Locales, lang: Lang) -> String {
        locales.text(lang, "lrs-credentials", &[])
    }
}

async fn show(admin: &Admin<'_>, fields: &Fields, fresh: Option<Made>) -> Result<Html, Refusal> {
    let locales = &admin.app.pages.locales;
    let option = |name: &str, value: &str, label: String, first: bool| {
        let chosen = fields.all(name);
        let selected = chosen.iter().any(|c| c == value) || (chosen.is_empty() && first);
        json!({ "value": value, "label": label, "selected": selected })
    };
    Ok(admin.page(&CredentialsPage {
        crumbs: super::crumbs(admin),
        tabs: super::tabs(admin, "/admin/xapi"),
        endpoint: format!("{}/xapi/", admin.app.config.public_url),
        fresh,
        form: admin.form(fields, &["name", "scope", "version"]),
        scopes: SCOPES
            .iter()
            .map(|scope| {
                let key = format!("lrs-scope-{}", scope.replace('/', "-"));
                let label = locales.text(admin.lang(), &key, &[]);
                option(
                    "scope",
                    scope,
                    format!("{scope} — {label}"),
                    *scope == "statements/write",
                )
            })
            .collect(),
        versions: ["1.0.3", "2.0.0"]
            .iter()
            .map(|version| {
                option(
                    "version",
                    version,
                    format!("xAPI {version}"),
                    *version == "1.0.3",
                )
            })
            .collect(),
        credentials: credentials::list(admin.app).await?,
    }))
}

#[get("/admin/xapi")]
async fn page(admin: Admin<'_>) -> Result<Html, Refusal> {
    show(&admin, &Fields::default(), None).await
}

/// The password stands in the answer to this request and nowhere else.
#[post("/admin/xapi", data = "<fields>")]
async fn add(admin: Admin<'_>, mut fields: Fields) -> Result<Html, Refusal> {
    let name = fields.line("name", 100);
    let scopes = fields.all("scope").to_vec();
    if scopes.is_empty() {
        fields.error("scope", "required");
    }
    if !fields.is_valid() {
        let page = show(&admin, &fields, None).await?;
        return Ok(page.status(Status::UnprocessableEntity));
    }
    let new = New {
        name,
        scopes,
        organisation: None,
        default_version: fields.all("version").first().cloned(),
    };
    let made = credentials::add(admin.app, Some(admin.person.id), new).await?;
    show(&admin, &Fields::default(), Some(made)).await
}

#[post("/admin/xapi/<id>/revoke")]
async fn revoke(admin: Admin<'_>, id: &str) -> Result<Redirect, Refusal> {
    let id = Uuid::parse_str(id).map_err(|_| Refusal::not_found())?;
    if !credentials::revoke(admin.app, admin.person.id, id).await? {
        return Err(Refusal::not_found());
    }
    Ok(admin.redirect("/admin/xapi", Some("saved")))
}
