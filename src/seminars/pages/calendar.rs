//! Seminars in people's own calendars.

use rocket::http::{ContentType, Header};
use rocket::response::{Redirect, Responder, Response};
use rocket::{Request, get, post};
use serde::Serialize;
use serde_json::{Value, json};

use crate::accounts::guards::SignedIn;
use crate::seminars::{self, programme, store};
use crate::web::i18n::{Lang, Locales};
use crate::web::{Html, Page, Refusal, Visitor};

/// A calendar.
pub(super) struct Ics(String);

impl<'r> Responder<'r, 'static> for Ics {
    fn respond_to(self, _: &'r Request<'_>) -> rocket::response::Result<'static> {
        Response::build()
            .header(ContentType::new("text", "calendar").with_params(("charset", "utf-8")))
            .header(Header::new(
                "Content-Disposition",
                "inline; filename=\"halqa.ics\"",
            ))
            .header(Header::new("Cache-Control", "private, no-cache"))
            .sized_body(self.0.len(), std::io::Cursor::new(self.0))
            .ok()
    }
}

/// The meetings of a seminar, or (`?meeting=`) one of them. The online address is in it for those
/// who have a seat.
#[get("/seminars/<slug>/calendar.ics?<meeting>")]
pub(super) async fn file(
    visitor: Visitor<'_>,
    slug: &str,
    meeting: Option<&str>,
) -> Result<Ics, Refusal> {
    let app = visitor.app;
    let seminar = seminars::by_slug(app, slug).await?;
    let mut meetings = programme::meetings(app, seminar.id).await?;
    if let Some(only) = meeting {
        meetings.retain(|m| m.id.to_string() == only);
    }
    if meetings.is_empty() {
        return Err(Refusal::not_found());
    }
    let seats = match visitor.person {
        None => 0,
        Some(person) => {
            let query = store::HAS_SEAT.bind(seminar.id).bind(person.id);
            query.one::<(i64,)>(&app.db).await?.0
        }
    };
    let seminars = [seminar];
    Ok(Ics(programme::ics(
        app,
        visitor.lang(),
        &seminars,
        &meetings,
        &|_| seats > 0,
    )))
}

/// Somebody's own calendar, by its secret address.
#[get("/calendar/<address>")]
pub(super) async fn feed(visitor: Visitor<'_>, address: &str) -> Result<Ics, Refusal> {
    let address = address.strip_suffix(".ics").unwrap_or(address);
    let feed = programme::feed(visitor.app, address).await?;
    let feed = feed.ok_or_else(Refusal::not_found)?;
    let lang = visitor.lang();
    Ok(Ics(programme::ics(
        visitor.app,
        lang,
        &feed.seminars,
        &feed.meetings,
        &|_| true,
    )))
}

#[derive(Serialize)]
struct CalendarPage {
    crumbs: Vec<Value>,
    address: String,
}

impl Page for CalendarPage {
    const TEMPLATE: &'static str = "seminars/calendar";
    const NAV: &'static str = "seminars";
    fn title(&self, locales: &Locales, lang: Lang) -> String {
        locales.text(lang, "seminars-calendar", &[])
    }
}

/// The address of one's own calendar.
#[get("/seminars/calendar", rank = 1)]
pub(super) async fn mine(me: SignedIn<'_>) -> Result<Html, Refusal> {
    let address = programme::feed_address(me.app, me.person.id).await?;
    let base = me.app.config.public_url.as_str().trim_end_matches('/');
    let title = me.app.pages.locales.text(me.lang(), "seminars-title", &[]);
    Ok(me.page(&CalendarPage {
        crumbs: vec![json!({ "href": me.href("/seminars"), "label": title })],
        address: format!("{base}/{}/calendar/{address}.ics", me.lang().code()),
    }))
}

/// A new address; the old one is forgotten.
#[post("/seminars/calendar")]
pub(super) async fn renew(me: SignedIn<'_>) -> Result<Redirect, Refusal> {
    programme::renew_feed(me.app, me.person.id).await?;
    Ok(me.redirect("/seminars/calendar", Some("calendar-renewed")))
}

/// Asks to be told of the next date.
#[post("/seminars/<slug>/interest")]
pub(super) async fn want(me: SignedIn<'_>, slug: &str) -> Result<Redirect, Refusal> {
    let seminar = seminars::by_slug(me.app, slug).await?;
    programme::want(me.app, seminar.id, me.person.id, true).await?;
    Ok(me.redirect(&format!("/seminars/{slug}"), Some("interest-kept")))
}

/// No longer.
#[post("/seminars/<slug>/interest/cancel")]
pub(super) async fn want_no_longer(me: SignedIn<'_>, slug: &str) -> Result<Redirect, Refusal> {
    let seminar = seminars::by_slug(me.app, slug).await?;
    programme::want(me.app, seminar.id, me.person.id, false).await?;
    Ok(me.redirect(&format!("/seminars/{slug}"), Some("interest-dropped")))
}
