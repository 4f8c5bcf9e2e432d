//! `/me/notifications`: what came, the latest first; unread until it is opened.

use rocket::response::Redirect;
use rocket::{get, post};
use serde::Serialize;
use serde_json::Value;
use uuid::Uuid;

use crate::accounts::guards::SignedIn;
use crate::clock::Timestamp;
use crate::notifications;
use crate::web::i18n::{Lang, Locales};
use crate::web::{Fields, Html, Page, Refusal};

/// Lines of one page.
const SHOWN: usize = 30;

#[derive(Serialize)]
struct ListPage {
    tabs: Vec<Value>,
    lines: Vec<Value>,
    unread: i64,
    /// The latest that is shown, microseconds: what comes later stays unread.
    until: i64,
    previous: Option<String>,
    next: Option<String>,
}

impl Page for ListPage {
    const TEMPLATE: &'static str = "notifications/list";
    fn title(&self, locales: &Locales, lang: Lang) -> String {
        locales.text(lang, "notifications-title", &[])
    }
}

#[get("/me/notifications?<before>")]
pub(super) async fn list(me: SignedIn<'_>, before: Option<i64>) -> Result<Html, Refusal> {
    let from = before.map(Timestamp::from_micros);
    let (app, person) = (me.app, me.person.id);
    let mut lines = notifications::list(app, me.lang(), person, from, SHOWN as i64 + 1).await?;
    let more = lines.len() > SHOWN;
    lines.truncate(SHOWN);
    let next = lines
        .last()
        .filter(|_| more)
        .map(|last| me.href(&format!("/me/notifications?before={}", last.at.micros())));
    Ok(me.page(&ListPage {
        tabs: notifications::tabs(&me, "list"),
        unread: me.unread,
        until: lines.first().map_or(0, |line| line.at.micros()),
        lines: lines.iter().map(|line| line.shown(me.lang())).collect(),
        previous: before.map(|_| me.href("/me/notifications")),
        next,
    }))
}

/// Leads to where it stands; from now on it is read.
#[get("/me/notifications/<id>", rank = 2)]
pub(super) async fn open(me: SignedIn<'_>, id: &str) -> Result<Redirect, Refusal> {
    let id = Uuid::try_parse(id).map_err(|_| Refusal::not_found())?;
    let path = notifications::open(me.app, me.person.id, id).await?;
    let path = path.ok_or_else(Refusal::not_found)?;
    Ok(me.redirect(&path, None))
}

/// All that was shown is read.
#[post("/me/notifications/read", data = "<fields>")]
pub(super) async fn read_all(me: SignedIn<'_>, fields: Fields) -> Result<Redirect, Refusal> {
    let until = fields.raw("until").parse().unwrap_or_default();
    notifications::read_all(me.app, me.person.id, Timestamp::from_micros(until)).await?;
    Ok(me.redirect("/me/notifications", Some("all-read")))
}
