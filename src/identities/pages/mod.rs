//! The pages of sign-in with others.

mod linking;
mod mine;
mod way;

use rocket::Route;
use rocket::http::{Cookie, CookieJar, SameSite, Status};

use super::flow::Trouble;
use crate::App;
use crate::outbound::providers::Provider;
use crate::web::Refusal;

pub(super) fn routes() -> Vec<Route> {
    rocket::routes![
        way::begin,
        way::back,
        linking::ask,
        linking::link,
        mine::page,
        mine::unlink,
    ]
}

/// A configured provider; 404 when there is none of this name.
fn provider<'a>(app: &'a App, id: &str) -> Result<&'a Provider, Refusal> {
    app.config
        .sign_in
        .iter()
        .find(|provider| provider.id == id)
        .ok_or_else(Refusal::not_found)
}

impl From<Trouble> for Refusal {
    fn from(trouble: Trouble) -> Self {
        let (status, code, reason) = match trouble {
            Trouble::Database(error) => return error.into(),
            Trouble::Again(reason) => (Status::BadRequest, "identity-again", reason.to_owned()),
            Trouble::No(reason) => (Status::BadRequest, "identity-no", reason),
            Trouble::Silent(reason) => (Status::BadGateway, "identity-silent", reason),
            Trouble::Untrusted(reason) => (Status::Forbidden, "identity-untrusted", reason),
        };
        let reason: String = reason
            .chars()
            .filter(|c| !c.is_control())
            .take(200)
            .collect();
        tracing::warn!(code, reason, "sign-in with others: refused");
        Refusal::new(status, code)
    }
}

/// The name of the cookie of a login.
fn cookie_name(state_hash: &str) -> String {
    format!("halqa-with-{}", state_hash.get(..16).unwrap_or_default())
}

/// Keeps a browser's proof for as long as a sign-in and its linking may take.
fn keep(app: &App, jar: &CookieJar<'_>, name: String, proof: String) {
    jar.add(
        Cookie::build((name, proof))
            .path("/")
            .http_only(true)
            .secure(app.config.is_https())
            // The provider sends the browser back from another site, by a link.
            .same_site(SameSite::Lax)
            .max_age(rocket::time::Duration::seconds(30 * 60)),
    );
}
