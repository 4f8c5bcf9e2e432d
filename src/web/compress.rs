//! Gzip for pages and JSON: poor lines are the normal case here.

use std::io::{Cursor, Write};

use flate2::Compression;
use flate2::write::GzEncoder;
use rocket::fairing::{Fairing, Info, Kind};
use rocket::http::Header;
use rocket::{Request, Response};

/// Smaller bodies are not worth it.
const FROM: usize = 512;
/// Larger ones are streams of somebody's own making.
const UP_TO: usize = 4 << 20;

/// True when the client takes gzip.
pub fn accepts_gzip(request: &Request<'_>) -> bool {
    request.headers().get("Accept-Encoding").any(|header| {
        header.split(',').any(|coding| {
            let mut parts = coding.split(';');
            let name = parts.next().unwrap_or_default().trim();
            let refused = parts.any(|p| {
                p.trim()
                    .strip_prefix("q=")
                    .is_some_and(|q| q.parse::<f32>().is_ok_and(|q| q <= 0.0))
            });
            (name.eq_ignore_ascii_case("gzip") || name == "*") && !refused
        })
    })
}

/// Pieces in which a body leaves, in bytes: the least and the most.
const PIECE: (usize, usize) = (4 << 10, 128 << 10);

/// Compresses text of known size that is not compressed yet.
pub struct Compress;

#[rocket::async_trait]
impl Fairing for Compress {
    fn info(&self) -> Info {
        Info {
            name: "gzip",
            kind: Kind::Response,
        }
    }

    async fn on_response<'r>(&self, request: &'r Request<'_>, response: &mut Response<'r>) {
        compress(request, response).await;
        // In one piece where possible: the framework's own are of 4 kB, a hop each.
        if let Some(size) = response.body().preset_size() {
            response.set_max_chunk_size(size.clamp(PIECE.0, PIECE.1));
        }
    }
}

async fn compress<'r>(request: &'r Request<'_>, response: &mut Response<'r>) {
    let text = response.content_type().is_some_and(|kind| {
        kind.is_html()
            || kind.is_json()
            || kind.is_text()
            || kind.is_xml()
            || kind.sub().as_str().ends_with("+json")
            || kind.sub().as_str().ends_with("+xml")
    });
    if !text
        || response.headers().contains("Content-Encoding")
        || response.headers().contains("Content-Range")
        // A strong entity tag names these very bytes: who gives one sees to encodings itself.
        || response.headers().contains("ETag")
        || !accepts_gzip(request)
    {
        return;
    }
    let size = response.body().preset_size().unwrap_or(0);
    if !(FROM..=UP_TO).contains(&size) {
        return;
    }
    let Ok(body) = response.body_mut().to_bytes().await else {
        return;
    };
    let mut encoder = GzEncoder::new(Vec::with_capacity(body.len() / 3), Compression::fast());
    let small = encoder.write_all(&body).and_then(|()| encoder.finish());
    match small {
        Ok(small) => {
            response.set_header(Header::new("Content-Encoding", "gzip"));
            response.adjoin_header(Header::new("Vary", "Accept-Encoding"));
            response.set_sized_body(small.len(), Cursor::new(small));
        }
        Err(_) => response.set_sized_body(body.len(), Cursor::new(body)),
    }
}
