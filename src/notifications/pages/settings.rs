//! How one hears of things: mentions, the hour of digests, the secret feed, an address that mail
//! comes back from.

use rocket::http::Status;
use rocket::response::Redirect;
use rocket::{get, post};
use serde::Serialize;
use serde_json::{Value, json};

use super::feed;
use crate::accounts::guards::SignedIn;
use crate::following::Cadence;
use crate::notifications::{self, Settings};
use crate::outbound::bounces;
use crate::web::i18n::{Lang, Locales};
use crate::web::{Fields, Html, Page, Refusal};

#[derive(Serialize)]
struct SettingsPage {
    tabs: Vec<Value>,
    direct: Vec<Value>,
    hours: Vec<Value>,
    weekdays: Vec<Value>,
    errors: Vec<Value>,
    email: String,
    /// What the mail server said; null where mail arrives.
    bounced: Option<String>,
    feed: String,
}

impl Page for SettingsPage {
    const TEMPLATE: &'static str = "notifications/settings";
    fn title(&self, locales: &Locales, lang: Lang) -> String {
        locales.text(lang, "notifications-settings", &[])
    }
}

async fn page(me: &SignedIn<'_>, shown: Settings, errors: Vec<Value>) -> Result<Html, Refusal> {
    let (app, lang) = (me.app, me.lang());
    let locales = &app.pages.locales;
    let stored = notifications::settings(app, me.person.id).await?;
    let option = |value: i64, label: String, chosen: i64| json!({ "value": value.to_string(), "label": label, "selected": value == chosen });
    Ok(me.page(&SettingsPage {
        tabs: notifications::tabs(me, "settings"),
        direct: Cadence::options(app, lang, shown.direct),
        hours: (0..24)
            .map(|hour| option(hour, format!("{hour:02}:00"), shown.hour))
            .collect(),
        weekdays: (1..=7)
            .map(|day| {
                let label = locales.plain(lang, &format!("web-weekday-{day}"), &[]);
                option(day, label, shown.weekday)
            })
            .collect(),
        errors,
        email: me.person.email.clone(),
        bounced: bounces::reason(app, &me.person.email).await?,
        feed: feed::address(app, lang, me.person.id, stored.feed),
    }))
}

#[get("/me/notifications/settings", rank = 1)]
pub(super) async fn form(me: SignedIn<'_>) -> Result<Html, Refusal> {
    let settings = notifications::settings(me.app, me.person.id).await?;
    page(&me, settings, Vec::new()).await
}

#[post("/me/notifications/settings", data = "<fields>")]
pub(super) async fn save(
    me: SignedIn<'_>,
    mut fields: Fields,
) -> Result<Result<Redirect, Html>, Refusal> {
    let direct = Cadence::from_code(fields.raw("direct"));
    let settings = Settings {
        direct: direct.unwrap_or(Cadence::Instant),
        hour: fields.integer("hour", 0..=23),
        weekday: fields.integer("weekday", 1..=7),
        feed: 0,
    };
    if direct.is_none() {
        fields.error("direct", "choice");
    }
    if !fields.is_valid() {
        let form = me.form(&fields, &["direct", "hour", "weekday"]);
        let errors = form["errors"].as_array().cloned().unwrap_or_default();
        let html = page(&me, settings, errors).await?;
        return Ok(Err(html.status(Status::UnprocessableEntity)));
    }
    notifications::save(me.app, me.person.id, settings).await?;
    Ok(Ok(me.redirect("/me/notifications/settings", Some("saved"))))
}

/// The address that was given away is worth nothing any more.
#[post("/me/notifications/feed/renew")]
pub(super) async fn renew(me: SignedIn<'_>) -> Result<Redirect, Refusal> {
    feed::renew(me.app, me.person.id).await?;
    Ok(me.redirect("/me/notifications/settings", Some("feed-renewed")))
}

/// The mailbox is there again: write to it.
#[post("/me/notifications/mail/again")]
pub(super) async fn again(me: SignedIn<'_>) -> Result<Redirect, Refusal> {
    bounces::clear(me.app, &me.person.email).await?;
    Ok(me.redirect("/me/notifications/settings", Some("saved")))
}
