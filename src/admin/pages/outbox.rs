//! The outbox: what waits, what failed, and mails with their text where there is no SMTP.

use rocket::response::Redirect;
use rocket::{Route, get, post, routes};
use serde::Serialize;
use serde_json::{Value, json};
use uuid::Uuid;

use crate::accounts::guards::Admin;
use crate::jobs;
use crate::notifications::letters;
use crate::outbound::mail;
use crate::web::i18n::{Lang, Locales};
use crate::web::{Html, Page, Refusal};

pub(super) fn routes() -> Vec<Route> {
    routes![page, retry]
}

#[derive(Serialize)]
struct OutboxPage {
    configured: bool,
    /// Kinds of which something waits.
    kinds: Vec<Value>,
    entries: Vec<Value>,
}

impl Page for OutboxPage {
    const TEMPLATE: &'static str = "admin/outbox";
    const NAV: &'static str = "admin";
    fn title(&self, locales: &Locales, lang: Lang) -> String {
        locales.text(lang, "admin-outbox", &[])
    }
}

/// What people wait for.
const LETTERS: [&str; 3] = ["mail", "reset", letters::KIND];

/// What failed, what waits of one kind (mails, unless another is asked for), what was done last.
#[get("/admin/outbox?<kind>")]
async fn page(admin: Admin<'_>, kind: Option<&str>) -> Result<Html, Refusal> {
    let shown: Vec<String> = match kind {
        Some(kind) => vec![kind.to_owned()],
        None => LETTERS.map(str::to_owned).to_vec(),
    };
    let kinds = jobs::kinds(admin.app)
        .await?
        .into_iter()
        .map(|(name, waiting)| {
            json!({
                "href_to": admin.href(&format!("/admin/outbox?kind={name}")),
                "current": shown.contains(&name),
                "name": name,
                "waiting": waiting,
            })
        })
        .collect();
    let mut entries = Vec::new();
    for entry in jobs::list(admin.app, shown).await? {
        let (to, letter) = if entry.kind == letters::KIND && entry.state != "done" {
            // As it would leave now, as far as it may be seen here.
            match letters::shown(admin.app, entry.id, &entry.payload).await? {
                Some(written) => (Some(written.envelope.to), Some(written.letter)),
                None => (None, None),
            }
        } else {
            let mail: Option<mail::Mail> = serde_json::from_value(entry.payload).ok();
            let letter = mail
                .as_ref()
                .and_then(|mail| mail::compose(admin.app, mail).ok());
            (mail.map(|mail| mail.to), letter)
        };
        entries.push(json!({
            "id": entry.id,
            "kind": entry.kind,
            "state": entry.state,
            "created": entry.created_at,
            "due": (entry.state == "waiting" && entry.due_at > admin.now).then_some(entry.due_at),
            "error": entry.error,
            "to": to,
            "letter": letter,
        }));
    }
    Ok(admin.page(&OutboxPage {
        configured: admin.app.mailer.is_configured(),
        kinds,
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
