//! oEmbed (oembed.com, 1.0): what another site shows of a public page of ours. Of type `link`: its
//! title, where it comes from and the picture made of it; nothing is framed.

use rocket::get;
use rocket::http::{ContentType, Status};
use rocket::serde::json::Json;
use serde_json::{Value, json};

use crate::directory::share;
use crate::web::{Refusal, Visitor};

/// 404 for what is not public, as for what is not there; 501 for XML, as the specification has it.
#[get("/oembed?<url>&<format>", rank = 1)]
pub(super) async fn oembed(
    visitor: Visitor<'_>,
    url: &str,
    format: Option<&str>,
) -> Result<(ContentType, Json<Value>), Refusal> {
    if format.is_some_and(|format| format != "json") {
        return Err(Refusal::new(Status::NotImplemented, "bad-request"));
    }
    let (lang, path) = share::own(visitor.app, url).ok_or_else(Refusal::not_found)?;
    let shared = share::share(visitor.app, lang, &path)
        .await?
        .ok_or_else(Refusal::not_found)?;
    Ok((
        ContentType::JSON,
        Json(json!({
            "version": "1.0",
            "type": "link",
            "title": shared.heading,
            "provider_name": "Halqa",
            "provider_url": visitor.app.config.public_url,
            "cache_age": 3600,
            "thumbnail_url": shared.picture,
            "thumbnail_width": shared.picture_width,
            "thumbnail_height": shared.picture_height,
        })),
    ))
}
