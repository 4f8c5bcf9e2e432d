//! Who is asking, in which language: the guard that every page takes.

use std::net::IpAddr;

use rocket::Request;
use rocket::http::CookieJar;
use rocket::request::{FromRequest, Outcome};
use serde_json::{Value, json};

use crate::App;
pub use crate::accounts::Person;
use crate::clock::Timestamp;

use super::language::{Spoken, spoken};
use super::problem;
use super::render::{Html, Page};
use super::{Fields, Lang, Refusal};

/// The name of the session cookie. `__Host-` binds it to this host over TLS; on plain http (a
/// laptop) browsers refuse that prefix.
pub fn cookie_name(https: bool) -> &'static str {
    if https { "__Host-halqa" } else { "halqa" }
}

/// A request for a page: language, path, and the signed-in person, if any.
pub struct Visitor<'r> {
    /// The application.
    pub app: &'r App,
    /// The language and path.
    pub spoken: &'r Spoken,
    /// The person, when signed in.
    pub person: Option<&'r Person>,
    /// Notifications that the person has not read; a hundred at most are counted.
    pub unread: i64,
    /// The moment of the request.
    pub now: Timestamp,
}

impl Visitor<'_> {
    /// The language of the page.
    pub fn lang(&self) -> Lang {
        self.spoken.lang
    }

    /// What is spoken to a visitor in this language, whatever their browser asks for.
    pub fn in_language(&self, lang: Lang) -> Spoken {
        Spoken {
            lang,
            explicit: true,
            path: self.spoken.path.clone(),
        }
    }

    /// The same visitor in another language, with nobody signed in: a launch knows no full session.
    pub fn as_nobody<'a>(&self, spoken: &'a Spoken) -> Visitor<'a>
    where
        Self: 'a,
    {
        Visitor {
            app: self.app,
            spoken,
            person: None,
            unread: 0,
            now: self.now,
        }
    }

    /// Renders a page.
    pub fn page<P: Page>(&self, page: &P) -> Html {
        let person = self.person.map(|person| (person, self.unread));
        self.app.pages.render(person, self.spoken, page)
    }

    /// A form as the partials show it, `{"email": {"value", "error"}, …, "errors": [{"field",
    /// "text"}]}`: what was typed, and what is wrong with it in the visitor's words.
    pub fn form(&self, fields: &Fields, names: &[&str]) -> Value {
        let locales = &self.app.pages.locales;
        let mut form = serde_json::Map::new();
        let mut errors = Vec::new();
        for name in names {
            let error = fields
                .errors()
                .get(*name)
                .map(|code| locales.text(self.lang(), &format!("form-{code}"), &[]));
            if let Some(text) = &error {
                // In the summary the field is named: "Title: fill this in".
                let stem = name.trim_end_matches(|c: char| c.is_ascii_digit());
                let label = locales.find(self.lang(), &format!("field-{stem}"), &[]);
                let text = label.map_or_else(
                    || text.clone(),
                    |label| {
                        let args = [("field", json!(label)), ("problem", json!(text))];
                        locales.text(self.lang(), "web-field-error", &args)
                    },
                );
                errors.push(json!({ "field": name, "text": text }));
            }
            form.insert(
                (*name).to_owned(),
                json!({ "value": fields.raw(name), "error": error }),
            );
        }
        form.insert("errors".to_owned(), json!(errors));
        Value::Object(form)
    }

    /// A link with the language's prefix.
    pub fn href(&self, path: &str) -> String {
        format!("/{}{path}", self.lang().code())
    }

    /// After a form: go there (a path without language), saying `flash-<done>`.
    pub fn redirect(&self, path: &str, done: Option<&str>) -> rocket::response::Redirect {
        let mut target = self.href(path);
        if let Some(done) = done {
            target.push(if target.contains('?') { '&' } else { '?' });
            target.push_str("done=");
            target.push_str(done);
        }
        // A part of the path may be somebody's: what is no address leads home.
        match rocket::http::uri::Reference::parse_owned(target) {
            Ok(target) => rocket::response::Redirect::to(target),
            Err(_) => rocket::response::Redirect::to(self.href("/")),
        }
    }

    /// The signed-in person, or the refusal that leads to the sign-in.
    pub fn signed_in(&self) -> Result<&Person, Refusal> {
        self.person.ok_or_else(Refusal::unauthorized)
    }
}

/// The person of this request as far as it is known already (for error pages).
pub fn known<'r>(request: &'r Request<'_>) -> Option<&'r Person> {
    let kept: &Known = request.local_cache(|| Known(None));
    kept.0.as_ref()
}

struct Known(Option<Person>);

/// The signed-in person, looked up once per request.
pub async fn person<'r>(request: &'r Request<'_>) -> Result<Option<&'r Person>, Refusal> {
    let Some(app) = problem::app(request).await else {
        return Ok(None);
    };
    let known = request
        .local_cache_async(async {
            let cookies: &CookieJar<'_> = request.cookies();
            let name = cookie_name(app.config.is_https());
            match cookies.get(name) {
                Some(cookie) => Known(
                    crate::accounts::signed_in(app, cookie.value())
                        .await
                        .unwrap_or_else(|error| {
                            tracing::warn!(%error, "session lookup");
                            None
                        }),
                ),
                None => Known(None),
            }
        })
        .await;
    Ok(known.0.as_ref())
}

#[rocket::async_trait]
impl<'r> FromRequest<'r> for Visitor<'r> {
    type Error = ();

    async fn from_request(request: &'r Request<'_>) -> Outcome<Self, ()> {
        let Some(app) = problem::app(request).await else {
            return Outcome::Error((rocket::http::Status::InternalServerError, ()));
        };
        match person(request).await {
            Ok(person) => {
                let now = app.clock.now();
                let reads = request.method() == rocket::http::Method::Get;
                let unread = match person {
                    Some(person) if reads => crate::accounts::unread(app, person.id, now)
                        .await
                        .unwrap_or_else(|error| {
                            tracing::warn!(%error, "unread");
                            0
                        }),
                    _ => 0,
                };
                Outcome::Success(Visitor {
                    app,
                    spoken: spoken(request),
                    person,
                    unread,
                    now,
                })
            }
            Err(refusal) => {
                problem::keep(request, &refusal);
                Outcome::Error((refusal.status, ()))
            }
        }
    }
}

impl Person {
    /// What the layout shows of the signed-in person.
    pub fn for_layout(&self) -> Value {
        json!({
            "name": self.name,
            "initials": super::people::initials(&self.name),
            "can_teach": self.roles.can_teach(),
            "can_administer": self.roles.is_staff(),
            "can_coordinate": !self.roles.coordinates.is_empty(),
            "can_animate": !self.roles.animates.is_empty() || !self.roles.hosts.is_empty(),
        })
    }
}

/// The visitor's machine: address and browser.
pub struct Machine<'r> {
    /// Where the request comes from.
    pub address: Option<IpAddr>,
    /// The browser, as it calls itself.
    pub user_agent: Option<&'r str>,
}

#[rocket::async_trait]
impl<'r> FromRequest<'r> for Machine<'r> {
    type Error = ();

    async fn from_request(request: &'r Request<'_>) -> Outcome<Self, ()> {
        Outcome::Success(Machine {
            address: request.client_ip(),
            user_agent: request.headers().get_one("User-Agent"),
        })
    }
}
