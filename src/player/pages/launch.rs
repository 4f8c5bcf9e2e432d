//! `/launch/<ticket>`: the one opening of a launch that another system asked for.

use rocket::get;
use rocket::http::CookieJar;
use rocket::response::Redirect;

use crate::web::{Refusal, Visitor};

use super::super::attempts;
use super::play;

#[get("/launch/<ticket>")]
pub(super) async fn open(
    visitor: Visitor<'_>,
    jar: &CookieJar<'_>,
    ticket: &str,
) -> Result<Redirect, Refusal> {
    let (pass, slug) = attempts::use_ticket(visitor.app, ticket).await?;
    play::give_pass(visitor.app, jar, &pass);
    let path = format!("/modules/{slug}/play/{}", pass.session);
    Ok(visitor.redirect(&path, None))
}
