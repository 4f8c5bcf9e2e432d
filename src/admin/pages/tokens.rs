//! API tokens: made, shown once, revoked.

use rocket::http::Status;
use rocket::response::Redirect;
use rocket::{Route, get, post, routes};
use serde::Serialize;
use serde_json::{Value, json};
use uuid::Uuid;

use crate::accounts::api_key::{self, SCOPES, Token};
use crate::accounts::guards::Admin;
use crate::web::i18n::{Lang, Locales};
use crate::web::{Fields, Html, Page, Refusal};

pub(super) fn routes() -> Vec<Route> {
    routes![page, add, revoke]
}

#[derive(Serialize)]
struct TokensPage {
    fresh: Option<String>,
    form: Value,
    scopes: Vec<Value>,
    tokens: Vec<Token>,
}

impl Page for TokensPage {
    const TEMPLATE: &'static str = "admin/tokens";
    const NAV: &'static str = "admin";
    fn title(&self, locales: &Locales, lang: Lang) -> String {
        locales.text(lang, "admin-tokens", &[])
    }
}

async fn show(admin: &Admin<'_>, fields: &Fields, fresh: Option<String>) -> Result<Html, Refusal> {
    Ok(admin.page(&TokensPage {
        fresh,
        form: admin.form(fields, &["name", "scope"]),
        scopes: SCOPES
            .iter()
            .map(|scope| {
                let selected = fields.all("scope").iter().any(|chosen| chosen == scope);
                let about = format!("admin-scope-{scope}");
                let locales = &admin.app.pages.locales;
                let label = locales.text(admin.lang(), &about, &[]);
                json!({ "value": scope, "label": label, "selected": selected })
            })
            .collect(),
        tokens: api_key::tokens(admin.app).await?,
    }))
}

#[get("/admin/tokens")]
async fn page(admin: Admin<'_>) -> Result<Html, Refusal> {
    show(&admin, &Fields::default(), None).await
}

/// The token stands in the answer to this request and nowhere else.
#[post("/admin/tokens", data = "<fields>")]
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
    let token = api_key::add_token(admin.app, Some(admin.person.id), &name, &scopes).await?;
    show(&admin, &Fields::default(), Some(token)).await
}

#[post("/admin/tokens/<id>/revoke")]
async fn revoke(admin: Admin<'_>, id: &str) -> Result<Redirect, Refusal> {
    let id = Uuid::parse_str(id).map_err(|_| Refusal::not_found())?;
    if !api_key::revoke_token(admin.app, admin.person.id, id).await? {
        return Err(Refusal::not_found());
    }
    Ok(admin.redirect("/admin/tokens", Some("saved")))
}
