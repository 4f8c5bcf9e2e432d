//! What an organisation's page lets its people do: rest, wake, be trusted.

use rocket::response::Redirect;
use rocket::{Route, post, routes};

use super::find;
use crate::accounts::guards::SignedIn;
use crate::organisations::{self, OrgScope};
use crate::web::{Fields, Refusal};

pub(super) fn routes() -> Vec<Route> {
    routes![rest, trust, public, confirm]
}

/// `resting=yes` puts it to rest; anything else wakes it.
#[post("/organisations/<slug>/rest", data = "<fields>")]
async fn rest(me: SignedIn<'_>, slug: &str, fields: Fields) -> Result<Redirect, Refusal> {
    let organisation = find(&me, slug).await?;
    OrgScope::of(me.person, &organisation)?;
    let resting = fields.raw("resting") == "yes";
    organisations::rest(me.app, me.person, &organisation, resting).await?;
    let done = if resting { "resting" } else { "awake" };
    Ok(me.redirect(&format!("/organisations/{slug}"), Some(done)))
}

/// `trusted=yes`: its documents are released as they are proposed.
#[post("/organisations/<slug>/trust", data = "<fields>")]
async fn trust(me: SignedIn<'_>, slug: &str, fields: Fields) -> Result<Redirect, Refusal> {
    let organisation = find(&me, slug).await?;
    OrgScope::of(me.person, &organisation)?;
    let trusted = fields.raw("trusted") == "yes";
    organisations::trust(me.app, me.person, &organisation, trusted).await?;
    Ok(me.redirect(&format!("/organisations/{slug}"), Some("saved")))
}

/// `public=no`: its page is for people who are signed in; anything else opens it to everybody.
#[post("/organisations/<slug>/public", data = "<fields>")]
async fn public(me: SignedIn<'_>, slug: &str, fields: Fields) -> Result<Redirect, Refusal> {
    let organisation = find(&me, slug).await?;
    OrgScope::of(me.person, &organisation)?;
    let public = fields.raw("public") != "no";
    organisations::publish(me.app, me.person, &organisation, public).await?;
    Ok(me.redirect(&format!("/organisations/{slug}"), Some("saved")))
}

/// "All still right", by those who look after it.
#[post("/organisations/<slug>/confirm")]
async fn confirm(me: SignedIn<'_>, slug: &str) -> Result<Redirect, Refusal> {
    let organisation = find(&me, slug).await?;
    OrgScope::of(me.person, &organisation)?;
    organisations::confirm(me.app, me.person, &organisation).await?;
    Ok(me.redirect(&format!("/organisations/{slug}"), Some("confirmed")))
}
