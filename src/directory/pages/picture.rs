//! The picture of a public page, for the sites where its address is passed on.

use std::path::PathBuf;

use rocket::get;
use rocket::http::{ContentType, Status};
use rocket::request::{FromRequest, Outcome, Request};
use rocket::response::{Responder, Response};

use crate::directory::share;
use crate::web::{Refusal, Visitor};

/// A picture, or that it is still the same.
pub(super) struct Picture {
    etag: String,
    bytes: Option<bytes::Bytes>,
}

impl<'r> Responder<'r, 'static> for Picture {
    fn respond_to(self, _: &'r Request<'_>) -> rocket::response::Result<'static> {
        let mut response = Response::build();
        response
            .raw_header("ETag", self.etag)
            // Anybody may keep it, and asks each time: what is hidden is gone at once.
            .raw_header("Cache-Control", "public, no-cache")
            // Other sites show it: that is what it is for.
            .raw_header("Cross-Origin-Resource-Policy", "cross-origin")
            .raw_header("Content-Security-Policy", "default-src 'none'; sandbox");
        match self.bytes {
            None => response.status(Status::NotModified).ok(),
            Some(bytes) => response
                .header(ContentType::PNG)
                .sized_body(bytes.len(), std::io::Cursor::new(bytes))
                .ok(),
        }
    }
}

/// What the browser has already.
pub(super) struct Known(Option<String>);

#[rocket::async_trait]
impl<'r> FromRequest<'r> for Known {
    type Error = std::convert::Infallible;

    async fn from_request(request: &'r Request<'_>) -> Outcome<Self, Self::Error> {
        let known = request.headers().get_one("If-None-Match");
        Outcome::Success(Known(known.map(str::to_owned)))
    }
}

/// The picture of the page at `path`, as anybody may see it, whoever asks: 404 where the page is not
/// public, or where the address names no language.
#[get("/share/<path..>")]
pub(super) async fn picture(
    visitor: Visitor<'_>,
    path: PathBuf,
    known: Known,
) -> Result<Picture, Refusal> {
    let page = path
        .to_str()
        .and_then(|path| path.strip_suffix(".png"))
        .filter(|_| visitor.spoken.explicit)
        .ok_or_else(Refusal::not_found)?;
    let shared = share::share(visitor.app, visitor.lang(), &format!("/{page}"))
        .await?
        .ok_or_else(Refusal::not_found)?;
    let etag = format!("\"{}\"", shared.card.digest());
    let same = known
        .0
        .is_some_and(|tags| package::serve::none_match_holds(&tags, &etag));
    let bytes = match same {
        true => None,
        false => Some(visitor.app.pictures.picture(shared.card).await?),
    };
    Ok(Picture { etag, bytes })
}
