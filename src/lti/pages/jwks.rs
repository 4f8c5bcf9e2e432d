//! `/lti/jwks`: our public keys.

use rocket::http::ContentType;
use rocket::{State, get};

use super::super::keys;
use crate::App;
use crate::web::Refusal;

/// Platforms may keep it for ten minutes: a new key is published a day before it signs.
#[derive(rocket::Responder)]
pub(super) struct KeySet {
    body: (ContentType, String),
    cache: rocket::http::Header<'static>,
}

#[get("/lti/jwks")]
pub(super) async fn get(app: &State<App>) -> Result<KeySet, Refusal> {
    let set = keys::key_set(app).await?;
    Ok(KeySet {
        body: (ContentType::JSON, set.to_string()),
        cache: rocket::http::Header::new("Cache-Control", "public, max-age=600"),
    })
}
