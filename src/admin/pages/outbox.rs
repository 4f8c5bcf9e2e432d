//! The outbox: what waits, what failed, and mails with their text where there is no SMTP.

use rocket::response::Redirect;
use rocket::{Route, get, post, routes};
use serde::Serialize;
use serde_json::{Value, json};
use uuid::Uuid;

use crate::accounts::guards::Admin;
use crate::jobs;
use crate::outbound::mail;
use crate::web::i18n::{Lang, Locales};
use crate::web::{Html, Page, Refusal};

pub(super) fn routes() -> Vec<Route> {
    routes![page, retry]
}

#[derive(Serialize)]
struct OutboxPage {
    configured: bool,
    entries: Vec<Value>,
}

impl Page for OutboxPage {
    const TEMPLATE: &'static str = "admin/outbox";
    const NAV: &'static str = "admin";
    fn title(&self, locales: &Locales, lang: Lang) -> String {
        locales.text(lang, "admin-outbox", &[])
    }
}

#[get("/admin/outbox")]
async fn page(admin: Admin<'_>) -> Result<Html, Refusal> {
    let entries = jobs::list(admin.app)
        .await?
        .into_iter()
        .map(|entry| {
            let mail: Option<mail::Mail> = serde_json::from_value(entry.payload).ok();
            let letter = mail
                .as_ref()
                .and_then(|mail| mail::compose(admin.app, mail).ok());
            json!({
                "id": entry.id,
                "kind": entry.kind,
                "state": entry.state,
                "created": entry.created_at,
                "error": entry.error,
                "to": mail.map(|mail| mail.to),
                "letter": letter,
            })
        })
        .collect();
    Ok(admin.page(&OutboxPage {
        configured: admin.app.mailer.is_configured(),
        entries,
    }))
}

#[post("/admin/outbox/<id>/retry")]
async fn retry(admin: Admin<'_>, id: &str) -> Result<Redirect, Refusal> {
    let id = Uuid::parse_str(id).map_err(|_| Refusal::not_found())?;
    if !jobs::revive(admin.app, id).await? {
        return Err(Refusal::not_found());
    }
    Ok(admin.redirect("/admin/outbox", Some("saved")))
}
