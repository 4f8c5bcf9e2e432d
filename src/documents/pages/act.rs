//! What is done to a document with one button: release, feature, copy.

use rocket::post;
use rocket::response::Redirect;

use super::{chosen, id_of, own_organisations};
use crate::accounts::guards::SignedIn;
use crate::documents::{self, DocumentRow};
use crate::web::{Fields, Refusal};

async fn document(me: &SignedIn<'_>, id: &str) -> Result<DocumentRow, Refusal> {
    documents::document(me.app, id_of(id)?, Some(me.person)).await
}

/// `released=yes` releases it, anything else withdraws it.
#[post("/toolbox/<id>/release", data = "<fields>")]
pub(super) async fn release(
    me: SignedIn<'_>,
    id: &str,
    fields: Fields,
) -> Result<Redirect, Refusal> {
    let document = document(&me, id).await?;
    let released = fields.raw("released") == "yes";
    documents::release(me.app, me.person, &document, released).await?;
    let done = if released {
        "document-released"
    } else {
        "document-withdrawn"
    };
    Ok(me.redirect(&format!("/toolbox/{}", document.id), Some(done)))
}

/// `featured=yes` puts it forward.
#[post("/toolbox/<id>/feature", data = "<fields>")]
pub(super) async fn feature(
    me: SignedIn<'_>,
    id: &str,
    fields: Fields,
) -> Result<Redirect, Refusal> {
    let document = document(&me, id).await?;
    documents::feature(
        me.app,
        me.person,
        &document,
        fields.raw("featured") == "yes",
    )
    .await?;
    Ok(me.redirect(&format!("/toolbox/{}", document.id), Some("saved")))
}

/// Makes a copy for one of the visitor's organisations and leads to it.
#[post("/toolbox/<id>/copy", data = "<fields>")]
pub(super) async fn copy(me: SignedIn<'_>, id: &str, fields: Fields) -> Result<Redirect, Refusal> {
    let document = document(&me, id).await?;
    let own = own_organisations(&me).await?;
    let organisation = match own.as_slice() {
        [(only, _)] => Some(*only),
        _ => chosen(&own, &fields),
    };
    let organisation = organisation.ok_or_else(Refusal::forbidden)?;
    let copy = documents::copy(me.app, me.person, &document, organisation).await?;
    Ok(me.redirect(&format!("/toolbox/{copy}"), Some("document-copied")))
}
