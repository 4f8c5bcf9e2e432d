//! The doors of a space: who may read it, who animates it; and the text out of a form.

use domain::community::{Access, Trust, Visibility};

use crate::spaces::{SpaceRow, answering, reading};
use crate::web::{Fields, Refusal, Visitor};

/// The space of an address, for those who may read it: the others are asked to sign in, or told
/// that there is none.
pub(super) async fn space_of(visitor: &Visitor<'_>, slug: &str) -> Result<SpaceRow, Refusal> {
    let space = crate::spaces::by_slug(visitor.app, slug)
        .await?
        .ok_or_else(Refusal::not_found)?;
    match reading::access(visitor.app, visitor.person, &space).await? {
        Access::Open => Ok(space),
        Access::SignIn => Err(Refusal::unauthorized()),
        Access::Hidden => Err(Refusal::not_found()),
    }
}

/// As [`space_of`], where something is to be written: a room that was closed is only read.
pub(super) async fn open_space_of(visitor: &Visitor<'_>, slug: &str) -> Result<SpaceRow, Refusal> {
    let space = space_of(visitor, slug).await?;
    space.is_written_in(visitor.now)?;
    Ok(space)
}

/// As [`space_of`], a coalition's room left out: its doors are its organisations' own.
pub(super) async fn common_space_of(
    visitor: &Visitor<'_>,
    slug: &str,
) -> Result<SpaceRow, Refusal> {
    let space = space_of(visitor, slug).await?;
    match space.visibility() {
        Visibility::Room => Err(Refusal::not_found()),
        _ => Ok(space),
    }
}

/// True when the visitor animates the space; a room is looked after by those whose it is.
pub(super) fn animates(visitor: &Visitor<'_>, space: &SpaceRow) -> bool {
    visitor
        .person
        .is_some_and(|person| match space.visibility() {
            Visibility::Room => person.roles.hosts.contains(&space.id.0),
            _ => person.roles.can_animate(space.id.0),
        })
}

/// The text of a post out of a form: written, not nested too deeply, and within what newcomers may.
pub(super) fn body_of(fields: &mut Fields, trust: Trust) -> String {
    let body = fields.prose("body", crate::spaces::BODY_MAX);
    for code in answering::troubles(&body, trust) {
        fields.error("body", code);
    }
    body
}
