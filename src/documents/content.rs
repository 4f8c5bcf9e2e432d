//! Files of documents on the content origin: never inline, never as what they say they are.
//!
//! A file's address is `/d/<key>/<name>`; the key names the version and a period and is signed, so
//! that it needs no cookie and a shared address expires. The permanent link is the page's own:
//! `/toolbox/<id>/v/<number>/file` leads here.

use std::fs::File;
use std::io;
use std::sync::Arc;

use bytes::Bytes;
use futures::StreamExt;
use package::serve::{self, RangeAnswer};
use rocket::http::{Header, Method, Status};
use rocket::response::Response;
use rocket::route::{Handler, Outcome};
use rocket::{Data, Request, Route};
use uuid::Uuid;

use super::store;
use crate::App;
use crate::catalogue::content::{Part, Parts};
use crate::ids::{DocumentVersionId, PackageId};
use crate::web::Refusal;

/// For how long an address holds: its own period and the next one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Held {
    /// One to two days: what is everybody's, or handed out.
    Days,
    /// Ten to twenty minutes, and kept by no browser: what some may read today and perhaps not tomorrow.
    Minutes,
}

impl Held {
    const ALL: [Held; 2] = [Self::Days, Self::Minutes];

    /// What its signatures are for.
    fn purpose(self) -> &'static str {
        match self {
            Self::Days => "document",
            Self::Minutes => "document-briefly",
        }
    }

    fn seconds(self) -> i64 {
        match self {
            Self::Days => 86_400,
            Self::Minutes => 600,
        }
    }

    fn period(self, app: &App) -> i64 {
        let now = app.clock.now().micros();
        now.div_euclid(1_000_000 * self.seconds())
    }

    fn caching(self) -> &'static str {
        match self {
            Self::Days => "private, max-age=86400, immutable",
            Self::Minutes => "private, no-store",
        }
    }
}

const ID: usize = 32;
const NUMBER: usize = 8;
const SIGNATURE: usize = 32;

/// Where a version's file can be fetched now.
pub(super) fn address(app: &App, version: DocumentVersionId, name: &str, held: Held) -> String {
    let named = format!("{}{:08x}", version.0.simple(), held.period(app));
    let signature = app.sign(held.purpose(), &named);
    let name: String = url::form_urlencoded::byte_serialize(name.as_bytes())
        .collect::<String>()
        .replace('+', "%20");
    format!(
        "{}/d/{named}{}/{name}",
        app.config.content_origin(PackageId(version.0)),
        &signature[..SIGNATURE],
    )
}

fn opened(app: &App, label: &str, key: &str) -> Option<(DocumentVersionId, Held)> {
    if key.len() != ID + NUMBER + SIGNATURE || !key.is_ascii() {
        return None;
    }
    let (named, signature) = key.split_at(ID + NUMBER);
    let held = Held::ALL.into_iter().find(|held| {
        let expected = app.sign(held.purpose(), named);
        aws_lc_rs::constant_time::verify_slices_are_equal(
            &expected.as_bytes()[..SIGNATURE],
            signature.as_bytes(),
        )
        .is_ok()
    })?;
    let (id, number) = named.split_at(ID);
    let age = held.period(app) - i64::from_str_radix(number, 16).ok()?;
    (0..=1).contains(&age).then_some(())?;
    (label == "any" || label == id).then_some(())?;
    let id = Uuid::try_parse(id).ok()?;
    Some((DocumentVersionId(id), held))
}

/// The one route.
pub(super) fn routes() -> Vec<Route> {
    vec![Route::ranked(
        -4,
        Method::Get,
        "/-content/<label>/d/<key>/<name>",
        Files,
    )]
}

#[derive(Clone)]
struct Files;

#[rocket::async_trait]
impl Handler for Files {
    async fn handle<'r>(&self, request: &'r Request<'_>, _: Data<'r>) -> Outcome<'r> {
        match answer(request).await {
            Ok(response) => Outcome::Success(response),
            Err(refusal) => Outcome::from(request, refusal),
        }
    }
}

/// A file as it lies in the storage.
struct Stored {
    object: String,
    file_name: String,
    media_type: String,
    size: i64,
    sha256: String,
}

impl Stored {
    /// A document's version, or a file that is none.
    async fn find(app: &App, id: DocumentVersionId) -> Result<Stored, Refusal> {
        let row: Option<store::VersionRow> =
            store::VERSION_BY_ID.bind(id).optional(&app.db).await?;
        if let Some(row) = row {
            return Ok(Stored {
                object: row.object.ok_or_else(Refusal::not_found)?,
                file_name: row.file_name,
                media_type: row.media_type,
                size: row.size,
                sha256: row.sha256,
            });
        }
        let row: store::KeptRow = store::KEPT.bind(id.0).one(&app.db).await?;
        Ok(Stored {
            object: row.object,
            file_name: row.file_name,
            media_type: row.media_type,
            size: row.size,
            sha256: row.sha256,
        })
    }
}

/// The name of a file in a header (RFC 6266): an ASCII one for old readers, the real one encoded.
fn disposition(name: &str) -> String {
    let plain: String = name
        .chars()
        .map(|c| {
            if c.is_ascii_alphanumeric() || ".-_ ".contains(c) {
                c
            } else {
                '_'
            }
        })
        .collect();
    let mut encoded = String::new();
    for byte in name.bytes() {
        if byte.is_ascii_alphanumeric() || b"-._~".contains(&byte) {
            encoded.push(char::from(byte));
        } else {
            encoded.push_str(&format!("%{byte:02X}"));
        }
    }
    format!("attachment; filename=\"{plain}\"; filename*=UTF-8''{encoded}")
}

async fn answer<'r>(request: &'r Request<'_>) -> Result<Response<'r>, Refusal> {
    let expired = || Refusal::new(Status::NotFound, "content-expired");
    let app = crate::web::problem::app(request)
        .await
        .ok_or_else(Refusal::not_found)?;
    let part = |n: usize| {
        request
            .param::<&str>(n)
            .and_then(Result::ok)
            .unwrap_or_default()
    };
    let (version, held) = opened(app, part(1), part(3)).ok_or_else(expired)?;
    let row = Stored::find(app, version).await?;
    let object = row.object;
    let size = u64::try_from(row.size).unwrap_or_default();
    let etag = format!("\"{}\"", row.sha256);
    let header = |name| request.headers().get_one(name);
    let mut response = Response::build();
    response
        .header(Header::new("Content-Type", row.media_type))
        .header(Header::new(
            "Content-Disposition",
            disposition(&row.file_name),
        ))
        .header(Header::new("X-Content-Type-Options", "nosniff"))
        .header(Header::new(
            "Content-Security-Policy",
            "default-src 'none'; sandbox; frame-ancestors 'none'",
        ))
        .header(Header::new("Cross-Origin-Resource-Policy", "same-origin"))
        .header(Header::new("Referrer-Policy", "no-referrer"))
        .header(Header::new("Cache-Control", held.caching()))
        .header(Header::new("Accept-Ranges", "bytes"))
        .header(Header::new("ETag", etag.clone()));
    if header("If-None-Match").is_some_and(|tags| serve::none_match_holds(tags, &etag)) {
        return Ok(response.status(Status::NotModified).finalize());
    }
    let asked = match (header("Range"), header("If-Range")) {
        (None, _) => RangeAnswer::Whole,
        (Some(_), Some(condition)) if condition.trim() != etag => RangeAnswer::Whole,
        (Some(range), _) => serve::range(range, size),
    };
    // A download that was cut goes on where it stopped.
    let range = match asked {
        RangeAnswer::Whole => 0..size,
        RangeAnswer::Part { first, last } => {
            response.status(Status::PartialContent);
            response.raw_header("Content-Range", format!("bytes {first}-{last}/{size}"));
            first..last + 1
        }
        RangeAnswer::Unsatisfiable => {
            response.status(Status::RangeNotSatisfiable);
            response.raw_header("Content-Range", format!("bytes */{size}"));
            return Ok(response.finalize());
        }
    };
    let length = usize::try_from(range.end - range.start).map_err(|_| Refusal::not_found())?;
    let part = match app.storage.local_file(&object) {
        Some(path) => Part::File {
            file: Arc::new(File::open(path).map_err(|error| {
                tracing::error!(%error, object, "document");
                Refusal::not_found()
            })?),
            at: range.start,
            end: range.end,
        },
        None => Part::Stream(
            app.storage
                .stream(&object, range)
                .map(|block| block.map_err(io::Error::other))
                .boxed(),
            Bytes::new(),
        ),
    };
    response.sized_body(length, Parts(vec![part]));
    response.max_chunk_size(length.clamp(1, 128 << 10));
    Ok(response.finalize())
}

#[cfg(test)]
mod tests {
    use super::disposition;

    #[test]
    fn names_stay_inside_their_header() {
        assert_eq!(
            disposition("Budget é\"\r\n.pdf"),
            "attachment; filename=\"Budget ____.pdf\"; filename*=UTF-8''Budget%20%C3%A9%22%0D%0A.pdf"
        );
    }
}
