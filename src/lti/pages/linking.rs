//! After a launch: back to the course, and, for who wants it, one account for both worlds.

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use rocket::response::Redirect;
use rocket::{get, post};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::super::denied::{Denied, Why};
use super::super::people;
use super::super::sessions::Launched;
use super::frame::Framed;
use crate::App;
use crate::accounts::guards::SignedIn;
use crate::ids::PersonId;
use crate::web::i18n::Locales;
use crate::web::{Fields, Html, Lang, Page, Refusal, Visitor};

const PURPOSE: &str = "lti-leave";
/// The address holds so long, in seconds …
const SECONDS: i64 = 24 * 3600;
/// … and so long it may link an account: addresses stay in histories and get about.
const LINK_SECONDS: i64 = 3600;

/// What the last page of a launch knows, signed: it needs no cookie.
#[derive(Debug, Serialize, Deserialize)]
struct Ticket {
    #[serde(default)]
    back: Option<String>,
    #[serde(default)]
    frames: Vec<String>,
    #[serde(default)]
    identity: Option<Uuid>,
    person: PersonId,
    until: i64,
    /// Until then it links.
    #[serde(default)]
    link_until: i64,
}

impl Ticket {
    fn write(&self, app: &App) -> String {
        let text = URL_SAFE_NO_PAD.encode(serde_json::to_vec(self).unwrap_or_default());
        let signature = app.sign(PURPOSE, &text);
        format!("{text}.{signature}")
    }

    fn read(app: &App, text: &str) -> Option<Ticket> {
        let (text, signature) = text.rsplit_once('.')?;
        if !app.is_signed(PURPOSE, text, signature) {
            return None;
        }
        let ticket: Ticket = serde_json::from_slice(&URL_SAFE_NO_PAD.decode(text).ok()?).ok()?;
        (app.clock.now().millis() < ticket.until).then_some(ticket)
    }

    /// The identity it links, while it may.
    fn links(&self, app: &App) -> Option<Uuid> {
        self.identity
            .filter(|_| app.clock.now().millis() < self.link_until)
    }
}

/// Where the player's way out leads.
pub(super) fn leave(visitor: &Visitor<'_>, launched: &Launched) -> String {
    let ticket = Ticket {
        back: launched.detail.back.clone(),
        frames: launched.detail.frames.clone(),
        identity: launched.detail.identity,
        person: launched.person,
        until: visitor.now.plus_seconds(SECONDS).millis(),
        link_until: visitor.now.plus_seconds(LINK_SECONDS).millis(),
    };
    visitor.href(&format!("/lti/done?ticket={}", ticket.write(visitor.app)))
}

#[derive(Serialize)]
struct Done {
    back: Option<String>,
    /// Where the two accounts become one.
    link: Option<String>,
}

impl Page for Done {
    const TEMPLATE: &'static str = "lti/done";
    fn title(&self, locales: &Locales, lang: Lang) -> String {
        locales.text(lang, "lti-done-title", &[])
    }
}

#[get("/lti/done?<ticket>")]
pub(super) fn done(visitor: Visitor<'_>, ticket: &str) -> Result<Framed, Denied> {
    let read =
        Ticket::read(visitor.app, ticket).ok_or_else(|| Denied::new(Why::Relaunch, "ticket"))?;
    let link = read.links(visitor.app);
    let page = visitor.page(&Done {
        back: read.back,
        link: link.map(|_| visitor.href(&format!("/lti/link?ticket={ticket}"))),
    });
    Ok(Framed::page(page, &read.frames))
}

#[derive(Serialize)]
struct Link {
    ticket: String,
    name: String,
    /// What is linked: the platform, and who the launches are there.
    there: people::Identity,
}

impl Page for Link {
    const TEMPLATE: &'static str = "lti/link";
    fn title(&self, locales: &Locales, lang: Lang) -> String {
        locales.text(lang, "lti-link-title", &[])
    }
}

/// Asked in a window of its own, signed in with the other account.
#[get("/lti/link?<ticket>")]
pub(super) async fn ask(person: SignedIn<'_>, ticket: &str) -> Result<Html, Refusal> {
    let read = Ticket::read(person.app, ticket).ok_or_else(Refusal::not_found)?;
    let identity = read.links(person.app).ok_or_else(Refusal::not_found)?;
    let there = people::identities(person.app, read.person)
        .await?
        .into_iter()
        .find(|there| there.id == identity)
        .ok_or_else(Refusal::not_found)?;
    Ok(person.page(&Link {
        ticket: ticket.to_owned(),
        name: person.person.name.clone(),
        there,
    }))
}

#[derive(Serialize)]
struct Identities {
    identities: Vec<people::Identity>,
}

impl Page for Identities {
    const TEMPLATE: &'static str = "lti/identities";
    fn title(&self, locales: &Locales, lang: Lang) -> String {
        locales.text(lang, "lti-identities-title", &[])
    }
}

#[get("/me/platforms")]
pub(super) async fn mine(person: SignedIn<'_>) -> Result<Html, Refusal> {
    Ok(person.page(&Identities {
        identities: people::identities(person.app, person.person.id).await?,
    }))
}

#[post("/lti/link", data = "<fields>")]
pub(super) async fn link(person: SignedIn<'_>, fields: Fields) -> Result<Redirect, Refusal> {
    let read = Ticket::read(person.app, fields.raw("ticket")).ok_or_else(Refusal::not_found)?;
    let identity = read.links(person.app).ok_or_else(Refusal::not_found)?;
    if !people::link(person.app, identity, read.person, person.person.id).await? {
        return Err(Refusal::not_found());
    }
    Ok(person.redirect("/me/platforms", Some("lti-linked")))
}

#[post("/lti/unlink", data = "<fields>")]
pub(super) async fn unlink(person: SignedIn<'_>, fields: Fields) -> Result<Redirect, Refusal> {
    let identity = Uuid::parse_str(fields.raw("identity")).map_err(|_| Refusal::not_found())?;
    if !people::unlink(person.app, person.person.id, identity).await? {
        return Err(Refusal::not_found());
    }
    Ok(person.redirect("/me/platforms", Some("lti-unlinked")))
}
