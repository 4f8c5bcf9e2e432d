//! The doors of a space: who may read it, who animates it; and the text out of a form.

use domain::community::{self, Access, Trust};

use crate::spaces::{SpaceRow, answering, team};
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

/// The text of a post out of a form: written, not nested too deeply, and within what newcomers may.
pub(super) fn body_of(fields: &mut Fields, trust: Trust) -> String {
    let body = fields.prose("body", crate::spaces::BODY_MAX);
    for code in answering::troubles(&body, trust) {
        fields.error("body", code);
    }
    body
}
