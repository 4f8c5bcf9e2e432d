//! What is done about who takes part.

use rocket::post;
use rocket::response::Redirect;
use uuid::Uuid;

use crate::accounts::guards::SignedIn;
use crate::rooms;
use crate::web::{Fields, Refusal};

/// The founder's coordinators ask an organisation (`what=ask`), or take that back (`withdraw`).
#[post("/rooms/<slug>/parties", data = "<fields>")]
pub(super) async fn parties(
    me: SignedIn<'_>,
    slug: &str,
    fields: Fields,
) -> Result<Redirect, Refusal> {
    let organisation = fields.raw("organisation");
    let done = match fields.raw("what") {
        "withdraw" => {
            rooms::withdraw(me.app, me.person, slug, organisation).await?;
            "saved"
        }
        _ => {
            rooms::ask(me.app, me.person, slug, organisation).await?;
            "room-asked"
        }
    };
    Ok(me.redirect(&format!("/rooms/{slug}"), Some(done)))
}

/// An organisation that was asked answers: `accept` with all its members or with some, or not.
#[post("/rooms/<slug>/answer", data = "<fields>")]
pub(super) async fn answer(
    me: SignedIn<'_>,
    slug: &str,
    fields: Fields,
) -> Result<Redirect, Refusal> {
    // Who knows nothing of it learns nothing from what was sent, either.
    rooms::standing(me.app, me.person, slug).await?;
    let accepted = match fields.raw("answer") {
        "accept" => true,
        "decline" => false,
        _ => return Err(Refusal::bad_request("bad-request")),
    };
    let whole = fields.raw("whole") == "yes";
    let organisation = fields.raw("organisation");
    rooms::answer(me.app, me.person, slug, organisation, accepted, whole).await?;
    Ok(match accepted {
        true => me.redirect(&format!("/rooms/{slug}"), Some("room-joined")),
        false => me.redirect("/rooms", Some("room-declined")),
    })
}

/// Coordinators say who of their organisation reads and writes.
#[post("/rooms/<slug>/members", data = "<fields>")]
pub(super) async fn members(
    me: SignedIn<'_>,
    slug: &str,
    fields: Fields,
) -> Result<Redirect, Refusal> {
    let people: Vec<Uuid> = fields
        .all("people")
        .iter()
        .filter_map(|id| Uuid::try_parse(id).ok())
        .take(500)
        .collect();
    let whole = fields.raw("whole") == "yes";
    let organisation = fields.raw("organisation");
    rooms::admit(me.app, me.person, slug, organisation, whole, people).await?;
    Ok(me.redirect(&format!("/rooms/{slug}"), Some("saved")))
}

/// An organisation leaves.
#[post("/rooms/<slug>/leave", data = "<fields>")]
pub(super) async fn leave(
    me: SignedIn<'_>,
    slug: &str,
    fields: Fields,
) -> Result<Redirect, Refusal> {
    rooms::leave(me.app, me.person, slug, fields.raw("organisation")).await?;
    Ok(me.redirect("/rooms", Some("room-left")))
}

/// The founder closes: from now on it is only read.
#[post("/rooms/<slug>/close")]
pub(super) async fn close(me: SignedIn<'_>, slug: &str) -> Result<Redirect, Refusal> {
    rooms::close(me.app, me.person, slug).await?;
    Ok(me.redirect(&format!("/rooms/{slug}"), Some("room-closed")))
}
