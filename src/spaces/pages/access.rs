//! The doors of a space: who may read it, who animates it, and at what pace people may write.

use domain::community::{self, Access, Trust};
use rocket::http::Status;

use crate::App;
use crate::clock::Timestamp;
use crate::ids::PersonId;
use crate::spaces::{SpaceRow, solving, team};
use crate::web::{Fields, Refusal, Visitor};

/// The space of an address, for those who may read it: the others are asked to sign in, or told
/// that there is none.
pub(super) async fn space_of(visitor: &Visitor<'_>, slug: &str) -> Result<SpaceRow, Refusal> {
    let space = crate::spaces::by_slug(visitor.app, slug)
        .await?
        .ok_or_else(Refusal::not_found)?;
    let asks = space.visibility() == community::Visibility::Invitation;
    let invited = match visitor.person {
        Some(person) if asks => team::is_invited(visitor.app, space.id, person.id).await?,
        _ => false,
    };
    let roles = visitor.person.map(|person| &person.roles);
    match community::access(space.visibility(), space.id.0, roles, invited) {
        Access::Open => Ok(space),
        Access::SignIn => Err(Refusal::unauthorized()),
        Access::Hidden => Err(Refusal::not_found()),
    }
}

/// True when the visitor animates the space.
pub(super) fn animates(visitor: &Visitor<'_>, space: &SpaceRow) -> bool {
    visitor
        .person
        .is_some_and(|p| p.roles.can_animate(space.id.0))
}

/// The pace is counted over so many seconds.
const WINDOW_SECONDS: i64 = 600;

/// The trust that the writer has earned; refuses whoever writes faster than that allows. Counted
/// in the database, so that it holds on all nodes together.
pub(super) async fn not_too_fast(
    app: &App,
    person: PersonId,
    now: Timestamp,
) -> Result<Trust, Refusal> {
    let trust = crate::spaces::contribution(app, person, now).await?.trust();
    let since = now.plus_seconds(-WINDOW_SECONDS);
    let written = solving::written_since(app, person, since).await?;
    if written >= trust.pace() {
        return Err(Refusal::new(Status::TooManyRequests, "too-many-posts"));
    }
    Ok(trust)
}

/// The text of a post out of a form: written, not nested too deeply, and within what newcomers may.
pub(super) fn body_of(fields: &mut Fields, trust: Trust) -> String {
    let body = fields.prose("body", crate::spaces::BODY_MAX);
    if body.is_empty() {
        fields.error("body", "required");
    }
    if crate::web::markdown::render(&body).is_err() {
        fields.error("body", "too-deep");
    }
    if trust
        .links()
        .is_some_and(|most| community::links(&body) > most)
    {
        fields.error("body", "newcomer-links");
    }
    if !trust.pictures() && body.contains("![") {
        fields.error("body", "newcomer-pictures");
    }
    if !trust.pictures() && super::files::names_a_file(&body) {
        fields.error("body", "newcomer-files");
    }
    body
}
