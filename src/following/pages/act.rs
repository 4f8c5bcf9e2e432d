//! The small form of every page: follow, in which way, or no more.

use rocket::http::Status;
use rocket::post;
use rocket::response::Redirect;

use crate::accounts::guards::SignedIn;
use crate::accounts::local_path;
use crate::following::{self, Cadence, Kind, Subject};
use crate::web::{Fields, Refusal};

/// Follows `subject` in a `cadence`, or, with `stop`, no more; leads back to `back`.
#[post("/me/follows", data = "<fields>")]
pub(super) async fn follow(me: SignedIn<'_>, fields: Fields) -> Result<Redirect, Refusal> {
    let subject = Subject::parse(fields.raw("subject")).ok_or_else(Refusal::not_found)?;
    let back = match fields.raw("back") {
        "" => "/me/follows",
        back => local_path(back),
    };
    if fields.ticked("stop") {
        following::unfollow(me.app, me.person.id, &subject).await?;
        return Ok(me.redirect(back, Some("unfollowed")));
    }
    let cadence = match fields.raw("cadence") {
        "" => Cadence::Daily,
        code => Cadence::from_code(code).ok_or_else(|| Refusal::bad_request("bad-request"))?,
    };
    // Only what may be seen is followed: an id alone opens nothing.
    let names = following::names(
        me.app,
        me.lang(),
        Some(me.person.id),
        std::slice::from_ref(&subject),
    )
    .await?;
    if !names.contains_key(&subject.to_string()) || !may_read(&me, &subject).await? {
        return Err(Refusal::not_found());
    }
    if !following::follow(me.app, me.person.id, &subject, cadence).await? {
        return Err(Refusal::new(Status::Conflict, "too-many-follows"));
    }
    Ok(me.redirect(back, Some("followed")))
}

async fn may_read(me: &SignedIn<'_>, subject: &Subject) -> Result<bool, Refusal> {
    let space = match (subject.kind(), subject.id()) {
        (Kind::Space, Some(id)) => Some(crate::ids::SpaceId(id)),
        (Kind::Topic, Some(id)) => {
            crate::spaces::space_of_topic(me.app, crate::ids::TopicId(id)).await?
        }
        _ => return Ok(true),
    };
    match space {
        Some(space) => Ok(crate::spaces::may_read(me.app, me.person, space).await?),
        None => Ok(false),
    }
}
