//! Two accounts become one: signed in here, and at the provider, in one browser.

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use lti::openid::Subject;
use rocket::http::CookieJar;
use rocket::response::Redirect;
use rocket::{get, post};
use serde::{Deserialize, Serialize};

use super::super::flow::Trouble;
use super::super::people::{self, Linked};
use super::provider;
use crate::App;
use crate::accounts::guards::SignedIn;
use crate::ids::hash_secret;
use crate::outbound::providers::Provider;
use crate::web::i18n::Locales;
use crate::web::{Fields, Html, Lang, Page, Refusal, Visitor};

const PURPOSE: &str = "identity-link";
/// A ticket holds so long, in seconds.
const SECONDS: i64 = 20 * 60;

/// Who somebody is at a provider, signed by us, good in the browser that was there.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(super) struct Ticket {
    provider: String,
    issuer: String,
    subject: String,
    name: Option<String>,
    email: Option<String>,
    /// The cookie with the browser's proof, and its hash.
    cookie: String,
    browser: String,
    until: i64,
}

impl Ticket {
    pub fn new(
        visitor: &Visitor<'_>,
        provider: &Provider,
        subject: Subject,
        cookie: String,
        proof: &str,
    ) -> Ticket {
        let short = |text: String| -> String { text.chars().take(80).collect() };
        Ticket {
            provider: provider.id.clone(),
            issuer: subject.issuer,
            subject: subject.subject,
            name: subject.name.map(short),
            email: subject.email.map(short),
            cookie,
            browser: hash_secret(proof),
            until: visitor.now.plus_seconds(SECONDS).millis(),
        }
    }

    pub fn write(&self, app: &App) -> String {
        let text = URL_SAFE_NO_PAD.encode(serde_json::to_vec(self).unwrap_or_default());
        let signature = app.sign(PURPOSE, &text);
        format!("{text}.{signature}")
    }

    /// The ticket, in the browser it was made for: a link that somebody was sent links nothing.
    fn read(app: &App, jar: &CookieJar<'_>, text: &str) -> Result<Ticket, Refusal> {
        let read = || {
            let (text, signature) = text.rsplit_once('.')?;
            if !app.is_signed(PURPOSE, text, signature) {
                return None;
            }
            let ticket: Ticket =
                serde_json::from_slice(&URL_SAFE_NO_PAD.decode(text).ok()?).ok()?;
            let proof = jar.get(&ticket.cookie)?.value();
            (app.clock.now().millis() < ticket.until && hash_secret(proof) == ticket.browser)
                .then_some(ticket)
        };
        read().ok_or_else(|| Trouble::Again("ticket").into())
    }
}

#[derive(Serialize)]
struct Link {
    ticket: String,
    provider: String,
    /// Who the person is there, and here.
    there: String,
    here: String,
}

impl Page for Link {
    const TEMPLATE: &'static str = "identities/link";
    fn title(&self, locales: &Locales, lang: Lang) -> String {
        locales.text(lang, "identities-link-title", &[])
    }
}

#[get("/sign-in/link?<ticket>")]
pub(super) fn ask(
    person: SignedIn<'_>,
    jar: &CookieJar<'_>,
    ticket: &str,
) -> Result<Html, Refusal> {
    let read = Ticket::read(person.app, jar, ticket)?;
    let provider = provider(person.app, &read.provider)?;
    Ok(person.page(&Link {
        ticket: ticket.to_owned(),
        provider: provider.name.clone(),
        there: read
            .email
            .or(read.name)
            .unwrap_or_else(|| provider.name.clone()),
        here: person.person.name.clone(),
    }))
}

#[post("/sign-in/link", data = "<fields>")]
pub(super) async fn link(
    person: SignedIn<'_>,
    jar: &CookieJar<'_>,
    fields: Fields,
) -> Result<Redirect, Refusal> {
    let read = Ticket::read(person.app, jar, fields.raw("ticket"))?;
    let provider = provider(person.app, &read.provider)?;
    let subject = Subject {
        issuer: read.issuer,
        subject: read.subject,
        name: read.name,
        email: read.email,
    };
    match people::link(person.app, person.person.id, &provider.id, &subject).await? {
        Linked::Done => Ok(person.redirect("/me/sign-ins", Some("identity-linked"))),
        Linked::Taken => Err(Refusal::conflict("identity-taken")),
    }
}
