//! To the provider, and back.

use std::sync::LazyLock;

use rocket::http::{CookieJar, Status};
use rocket::response::Redirect;
use rocket::{Either, get};
use serde::Serialize;

use super::super::flow::{self, Returned};
use super::super::people::{self, Found};
use super::linking::Ticket;
use super::{cookie_name, keep, provider};
use crate::accounts::{self, local_path};
use crate::ids::hash_secret;
use crate::outbound::providers::Provider;
use crate::web::gate::Gate;
use crate::web::i18n::Locales;
use crate::web::visitor::{Machine, cookie_name as session_cookie};
use crate::web::{Html, Lang, Page, Refusal, Visitor};

/// Each one calls the provider.
static GATE: LazyLock<Gate> = LazyLock::new(|| Gate::per_minute(300));

fn pass(machine: &Machine<'_>) -> Result<(), Refusal> {
    if GATE.allows(machine.address) {
        Ok(())
    } else {
        Err(Refusal::new(Status::TooManyRequests, "identity-too-many"))
    }
}

/// Sends the browser to the provider. `link`: who is signed in is asked whether to link what comes
/// back.
#[get("/sign-in/with/<id>?<next>&<link>")]
pub(super) async fn begin(
    visitor: Visitor<'_>,
    machine: Machine<'_>,
    jar: &CookieJar<'_>,
    id: &str,
    next: Option<&str>,
    link: Option<&str>,
) -> Result<Redirect, Refusal> {
    pass(&machine)?;
    let provider = provider(visitor.app, id)?;
    let next = local_path(next.unwrap_or("/"));
    let person = match (link, visitor.person) {
        (Some(_), _) => Some(visitor.signed_in()?.id),
        (None, Some(_)) => return Ok(visitor.redirect(next, None)),
        (None, None) => None,
    };
    let begun = flow::begin(visitor.app, provider, next, person).await?;
    let name = cookie_name(&begun.state_hash);
    keep(visitor.app, jar, name, begun.browser.reveal().to_owned());
    // The address a provider sends back to is one for all languages.
    crate::web::language::remember(jar, visitor.lang());
    Ok(Redirect::to(begun.address))
}

#[derive(Serialize)]
struct Unknown {
    provider: String,
    /// The name the provider tells.
    name: Option<String>,
    /// Signing in with an account of ours, then linking.
    link: String,
}

impl Page for Unknown {
    const TEMPLATE: &'static str = "identities/unknown";
    fn title(&self, locales: &Locales, lang: Lang) -> String {
        locales.text(lang, "identities-unknown-title", &[])
    }
}

/// The provider sends the browser back.
#[get("/sign-in/back/<id>?<state>&<code>&<error>")]
pub(super) async fn back(
    visitor: Visitor<'_>,
    machine: Machine<'_>,
    jar: &CookieJar<'_>,
    id: &str,
    state: Option<&str>,
    code: Option<&str>,
    error: Option<&str>,
) -> Result<Either<Redirect, Html>, Refusal> {
    pass(&machine)?;
    let app = visitor.app;
    let provider = provider(app, id)?;
    let state = state.unwrap_or_default();
    let name = cookie_name(&hash_secret(state));
    let proof = jar
        .get(&name)
        .map(|cookie| cookie.value().to_owned())
        .unwrap_or_default();
    let code = match (code, error) {
        (Some(code), None) if !code.is_empty() && code.len() <= 8192 => Ok(code.to_owned()),
        (_, Some(error)) => Err(error.to_owned()),
        _ => Err("no code".to_owned()),
    };
    let returned = flow::take(app, provider, state, &proof, code).await?;
    if let Some(person) = returned.person {
        // Whoever began is still the one who is signed in.
        if visitor.person.map(|now| now.id) != Some(person) {
            return Err(flow::Trouble::Again("another person").into());
        }
        // Nothing is linked without a click here: another page may have opened the way in a browser
        // that it had signed in at the provider as somebody else (W20).
        if let Found::Account(owner) = people::find(app, &returned.subject).await? {
            return if owner == person {
                Ok(Either::Left(visitor.redirect("/me/sign-ins", None)))
            } else {
                Err(Refusal::conflict("identity-taken"))
            };
        }
        keep(app, jar, name.clone(), proof.clone());
        let ticket = Ticket::new(&visitor, provider, returned.subject, name, &proof);
        let next = format!("/sign-in/link?ticket={}", ticket.write(app));
        return Ok(Either::Left(visitor.redirect(&next, None)));
    }
    match people::find(app, &returned.subject).await? {
        Found::Suspended => Err(Refusal::new(Status::Forbidden, "identity-suspended")),
        Found::Nobody => {
            keep(app, jar, name.clone(), proof.clone());
            Ok(Either::Right(unknown(
                &visitor, provider, returned, name, &proof,
            )))
        }
        Found::Account(person) => {
            let secret = accounts::sign_in_known(app, person, machine.user_agent)
                .await?
                .ok_or_else(|| Refusal::new(Status::Forbidden, "identity-suspended"))?;
            // Whatever session this browser had before ends: a new sign-in is a new session.
            if let Some(old) = jar.get(session_cookie(app.config.is_https())) {
                accounts::sign_out(app, old.value()).await?;
            }
            accounts::set_cookie(app, jar, &secret);
            Ok(Either::Left(visitor.redirect(&returned.next, None)))
        }
    }
}

/// Nobody is found by an address: who holds both accounts links them.
fn unknown(
    visitor: &Visitor<'_>,
    provider: &Provider,
    returned: Returned,
    cookie: String,
    proof: &str,
) -> Html {
    let name = returned.subject.name.clone();
    let ticket = Ticket::new(visitor, provider, returned.subject, cookie, proof);
    let next = format!("/sign-in/link?ticket={}", ticket.write(visitor.app));
    let query = url::form_urlencoded::Serializer::new(String::new())
        .append_pair("next", &next)
        .finish();
    visitor
        .page(&Unknown {
            provider: provider.name.clone(),
            name,
            link: visitor.href(&format!("/sign-in?{query}")),
        })
        .status(Status::Forbidden)
}
