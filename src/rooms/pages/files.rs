//! Files of a room: shared, opened, taken away.

use rocket::response::Redirect;
use rocket::{get, post};
use uuid::Uuid;

use super::show::shown;
use crate::accounts::guards::SignedIn;
use crate::documents::Upload;
use crate::rooms::{self, files};
use crate::web::{Html, Refusal};

/// Shares a file.
#[post("/rooms/<slug>/files", data = "<upload>")]
pub(super) async fn add(
    me: SignedIn<'_>,
    slug: &str,
    upload: Upload,
) -> Result<Result<Redirect, Html>, Refusal> {
    let room = files::room(me.app, me.person, slug).await?;
    let Upload {
        mut fields,
        file,
        refused,
    } = upload;
    let label = fields.line("label", files::LABEL_MAX);
    let result = match (refused, file) {
        (Some(refusal), _) => Err(refusal),
        (None, _) if !fields.is_valid() => Err(Refusal::unprocessable("room-label")),
        (None, None) => Err(Refusal::unprocessable("document-no-file")),
        (None, Some(file)) => files::add(me.app, me.person, room, label, file).await,
    };
    match result {
        Ok(()) => Ok(Ok(me.redirect(&format!("/rooms/{slug}"), Some("room-file")))),
        Err(refusal) if matches!(refusal.status.code, 413 | 422 | 507) => {
            let standing = rooms::standing(me.app, me.person, slug).await?;
            let html = shown(&me, standing, "", &fields, Some(&refusal)).await?;
            Ok(Err(html.status(refusal.status)))
        }
        Err(refusal) => Err(refusal),
    }
}

fn id_of(text: &str) -> Result<Uuid, Refusal> {
    Uuid::try_parse(text).map_err(|_| Refusal::not_found())
}

/// Leads to a file, for those who read the room now.
#[get("/rooms/<slug>/files/<id>")]
pub(super) async fn open(me: SignedIn<'_>, slug: &str, id: &str) -> Result<Redirect, Refusal> {
    let room = files::room(me.app, me.person, slug).await?;
    let address = files::address(me.app, &room, id_of(id)?).await?;
    Ok(Redirect::to(address))
}

/// Takes a file away.
#[post("/rooms/<slug>/files/<id>/remove")]
pub(super) async fn remove(me: SignedIn<'_>, slug: &str, id: &str) -> Result<Redirect, Refusal> {
    let room = files::room(me.app, me.person, slug).await?;
    files::remove(me.app, me.person, room, id_of(id)?).await?;
    Ok(me.redirect(&format!("/rooms/{slug}"), Some("room-file-removed")))
}
