//! Answers on the content origin.

use std::fs::File;
use std::io::{self, Write};
use std::ops::Range;
use std::os::unix::fs::FileExt;
use std::sync::Arc;

use bytes::Bytes;
use flate2::Compression;
use flate2::write::GzEncoder;
use futures::StreamExt;
use package::serve::{self, RangeAnswer, Representation};
use package::{Entry, Method};
use rocket::http::{Header, Method as Verb, Status};
use rocket::response::{Builder, Response};
use rocket::route::{Handler, Outcome};
use rocket::{Data, Request, Route};

use super::body::{PIECE, Part, Parts};
use super::inflated::inflated;
use super::{Package, key, refused};
use crate::App;
use crate::catalogue::hosts;
use crate::ids::hash_secret;
use crate::web::Refusal;

/// Blocks of large bodies, in bytes.
pub(super) const BLOCK: usize = 128 << 10;

const PREFIX: &str = "/-content/";

/// The one route of content files. HEAD is answered from GET.
pub fn routes() -> Vec<Route> {
    vec![Route::ranked(
        -5,
        Verb::Get,
        "/-content/<package>/l/<key>/<path..>",
        Content,
    )]
}

#[derive(Clone)]
struct Content;

#[rocket::async_trait]
impl Handler for Content {
    async fn handle<'r>(&self, request: &'r Request<'_>, _: Data<'r>) -> Outcome<'r> {
        match answer(request).await {
            Ok(response) => Outcome::Success(response),
            Err(refusal) => Outcome::Success(refused::answer(request, &refusal).await),
        }
    }
}

/// What the address asks for.
struct Asked {
    package: crate::ids::PackageId,
    path: String,
}

/// Reads the address: percent escapes are decoded once, here and nowhere else.
fn asked(app: &App, raw: &str) -> Result<Asked, Refusal> {
    let (package, path) =
        opened(app, raw).ok_or_else(|| Refusal::new(Status::NotFound, "content-expired"))?;
    let path = percent_decoded(path);
    // Old pages write their links in the encoding of their own machine.
    let path = String::from_utf8(path)
        .unwrap_or_else(|error| error.as_bytes().iter().map(|b| char::from(*b)).collect());
    let climbs = path.split(['/', '\\']).any(|s| s == ".." || s == ".");
    if climbs || path.chars().any(char::is_control) {
        return Err(missing(&path));
    }
    Ok(Asked { package, path })
}

/// The package that the address's key opens, and the rest of the address.
fn opened<'a>(app: &App, raw: &'a str) -> Option<(crate::ids::PackageId, &'a str)> {
    let (label, rest) = raw.strip_prefix(PREFIX)?.split_once('/')?;
    let (key, path) = rest.strip_prefix("l/")?.split_once('/')?;
    let package = key::open(app, key)?;
    (label == "any" || label == package.0.simple().to_string()).then_some((package, path))
}

fn missing(path: &str) -> Refusal {
    let shown: String = path.chars().filter(|c| !c.is_control()).take(200).collect();
    Refusal::new(Status::NotFound, "content-missing").with("path", shown)
}

fn percent_decoded(text: &str) -> Vec<u8> {
    let bytes = text.as_bytes();
    let mut out = Vec::with_capacity(bytes.len());
    let mut at = 0;
    let digit = |at: usize| {
        bytes
            .get(at)
            .and_then(|b| char::from(*b).to_digit(16))
            .map(|d| d as u8)
    };
    while let Some(byte) = bytes.get(at) {
        match (byte, digit(at + 1), digit(at + 2)) {
            (b'%', Some(high), Some(low)) => {
                out.push(high << 4 | low);
                at += 3;
            }
            _ => {
                out.push(*byte);
                at += 1;
            }
        }
    }
    out
}

async fn answer<'r>(request: &'r Request<'_>) -> Result<Response<'r>, Refusal> {
    let app = crate::web::problem::app(request)
        .await
        .ok_or_else(Refusal::not_found)?;
    let header = |name| request.headers().get_one(name);
    // A service worker would outlive the session and see every other package of its origin.
    if header("Service-Worker").is_some() {
        return Err(Refusal::forbidden());
    }
    let asked = asked(app, request.uri().path().as_str())?;
    let package = super::package(app, asked.package).await?;
    let entry = match package.index.get(&asked.path) {
        Some(entry) => entry,
        None => match package.index.find(&asked.path) {
            Some(found) => found.entry,
            None => return Err(missing(&asked.path)),
        },
    };
    let takes_gzip = header("Accept-Encoding").is_some_and(serve::accepts_gzip);
    let whole = entry.representation(takes_gzip);
    // The policy comes with a page. What a browser keeps is asked for again where the policy can
    // change, and is another one once it has.
    let ruled = package.asks && is_page(entry);
    let hosts = if ruled {
        hosts::allowed(app, asked.package).await?
    } else {
        Vec::new()
    };
    let version = if hosts.is_empty() {
        package.sha256.clone()
    } else {
        hash_secret(&format!("{} {}", package.sha256, hosts.join(" ")))
    };
    let identity = entry.etag(&version, Representation::Identity);
    let part = part(header("Range"), header("If-Range"), &identity, entry.size);
    let representation = match part {
        RangeAnswer::Whole => whole,
        _ => Representation::Identity,
    };
    let etag = entry.etag(&version, representation);
    let mut response = Response::build();
    // A frame that our own wrapper loads is ruled by the wrapper's policy, which knows whose page is
    // around it; anybody else's frame gets the strict one.
    let own_frame = header("Sec-Fetch-Site") == Some("same-origin");
    policy(&mut response, app, own_frame, &hosts);
    head(&mut response, entry, &etag, ruled);
    if header("If-None-Match").is_some_and(|tags| serve::none_match_holds(tags, &etag)) {
        return Ok(response.status(Status::NotModified).finalize());
    }
    let range = match part {
        RangeAnswer::Whole => 0..entry.size,
        RangeAnswer::Part { first, last } => {
            response.status(Status::PartialContent);
            response.raw_header(
                "Content-Range",
                format!("bytes {first}-{last}/{}", entry.size),
            );
            first..last + 1
        }
        RangeAnswer::Unsatisfiable => {
            response.status(Status::RangeNotSatisfiable);
            response.raw_header("Content-Range", format!("bytes */{}", entry.size));
            return Ok(response.finalize());
        }
    };
    if representation != Representation::Identity {
        response.raw_header("Content-Encoding", "gzip");
    }
    let length = match representation {
        Representation::Identity => Some(range.end - range.start),
        made => entry.content_length(made),
    };
    let parts = match representation {
        _ if request.method() == Verb::Head => Vec::new(),
        Representation::Gzip => gzip(app, &package, entry).await?,
        Representation::Compressed => compressed(app, &package, entry).await?,
        Representation::Identity => plain(app, &package, entry, range).await?,
    };
    let size = match (length, parts.as_slice()) {
        (Some(length), _) => usize::try_from(length).map_err(|_| Refusal::not_found())?,
        (None, [Part::Bytes(bytes)]) => bytes.len(),
        // HEAD of what is made on the way: its length may be left out (RFC 9110, §8.6).
        (None, _) => return Ok(response.finalize()),
    };
    match <[Part; 1]>::try_from(parts) {
        Ok([Part::Bytes(bytes)]) => response.sized_body(size, io::Cursor::new(bytes)),
        Ok([part]) => response.sized_body(size, Parts(vec![part])),
        Err(parts) => response.sized_body(size, Parts(parts)),
    };
    response.max_chunk_size(size.clamp(1, BLOCK));
    Ok(response.finalize())
}

/// Which bytes are asked for; a range that is conditional on another representation is void.
fn part(range: Option<&str>, if_range: Option<&str>, etag: &str, size: u64) -> RangeAnswer {
    match (range, if_range) {
        (None, _) => RangeAnswer::Whole,
        (Some(_), Some(condition)) if condition.trim() != etag => RangeAnswer::Whole,
        (Some(range), _) => serve::range(range, size),
    }
}

/// What a frame can show, and brings its own policy.
fn is_page(entry: &Entry) -> bool {
    let kind = entry.media_type();
    kind.starts_with("text/html") || kind.contains("xml")
}

fn head(response: &mut Builder<'_>, entry: &Entry, etag: &str, ruled: bool) {
    response
        .header(Header::new("Content-Type", entry.media_type()))
        .header(Header::new("ETag", etag.to_owned()))
        .header(Header::new(
            "Cache-Control",
            if ruled {
                "private, no-cache"
            } else {
                "private, max-age=31536000, immutable"
            },
        ))
        .header(Header::new("Vary", "Accept-Encoding, Sec-Fetch-Site"))
        .header(Header::new("Accept-Ranges", "bytes"));
}

/// The policy of the content origin (`threats.md`, content isolation). `own_frame`: a page of the
/// same origin is around it, which said itself who may be around. Thin packages of ours
/// (`dispatch`), imported here again, may reach what answers to no cookie. `hosts`: other sites
/// that its trainer allowed.
pub(super) fn policy(response: &mut Builder<'_>, app: &App, own_frame: bool, hosts: &[String]) {
    let hosts: String = hosts
        .iter()
        .map(|host| format!(" https://{host}"))
        .collect();
    let public_url = &app.config.public_url;
    let ancestors = if own_frame {
        String::new()
    } else {
        format!("frame-ancestors 'self' {public_url}; ")
    };
    response
        .header(Header::new("X-Content-Type-Options", "nosniff"))
        .header(Header::new("Referrer-Policy", "same-origin"))
        .header(Header::new("Cross-Origin-Resource-Policy", "same-origin"))
        .header(Header::new(
            "Permissions-Policy",
            "camera=(), microphone=(), geolocation=(), payment=(), usb=()",
        ))
        .header(Header::new(
            "Content-Security-Policy",
            format!(
                "default-src 'self' data: blob: 'unsafe-inline' 'unsafe-eval'{hosts}; connect-src 'self' {public_url}/xapi/ {public_url}/dispatch/{hosts}; \
                 frame-src 'self' data: blob: {public_url}/dispatch/{hosts}; \
                 {ancestors}form-action 'self'; object-src 'none'; base-uri 'self'"
            ),
        ));
}

/// The entry's deflate stream between a gzip header and trailer.
async fn gzip(app: &App, package: &Package, entry: &Entry) -> Result<Vec<Part>, Refusal> {
    let header = serve::gzip_header();
    let trailer = serve::gzip_trailer(entry.crc32, entry.size);
    let range = entry.offset..entry.offset + entry.compressed_size;
    if entry.compressed_size <= PIECE
        && let Some(file) = &package.file
    {
        let size = entry.compressed_size as usize;
        let mut framed = vec![0; size + header.len() + trailer.len()];
        framed[..header.len()].copy_from_slice(&header);
        file.read_exact_at(&mut framed[header.len()..header.len() + size], range.start)
            .map_err(unread)?;
        framed[header.len() + size..].copy_from_slice(&trailer);
        return Ok(vec![Part::Bytes(framed.into())]);
    }
    let data = object(app, &package.key, package.file.as_ref(), range).await?;
    Ok(vec![
        Part::Bytes(Bytes::copy_from_slice(&header)),
        data,
        Part::Bytes(Bytes::copy_from_slice(&trailer)),
    ])
}

/// A stored text, compressed on the way.
async fn compressed(app: &App, package: &Package, entry: &Entry) -> Result<Vec<Part>, Refusal> {
    let range = entry.offset..entry.offset + entry.size;
    let text = match &package.file {
        Some(file) => {
            let mut text = vec![0; entry.size as usize];
            file.read_exact_at(&mut text, range.start).map_err(unread)?;
            Bytes::from(text)
        }
        None => app
            .storage
            .range(&package.key, range)
            .await
            .map_err(|error| {
                tracing::error!(%error, key = package.key, "object");
                Refusal::new(Status::ServiceUnavailable, "unavailable")
            })?,
    };
    let small = tokio::task::spawn_blocking(move || {
        let mut encoder = GzEncoder::new(Vec::with_capacity(text.len() / 3), Compression::fast());
        encoder.write_all(&text).and_then(|()| encoder.finish())
    })
    .await
    .map_err(io::Error::other)
    .flatten()
    .map_err(unread)?;
    Ok(vec![Part::Bytes(small.into())])
}

/// A range of the entry's content as it is.
async fn plain(
    app: &App,
    package: &Package,
    entry: &Entry,
    range: Range<u64>,
) -> Result<Vec<Part>, Refusal> {
    if range.is_empty() {
        return Ok(vec![Part::Bytes(Bytes::new())]);
    }
    let part = match (entry.method, package.sides.get(&entry.path)) {
        (Method::Stored, _) => {
            let range = entry.offset + range.start..entry.offset + range.end;
            object(app, &package.key, package.file.as_ref(), range).await?
        }
        (Method::Deflate, Some(side)) => {
            let file = super::open(app, side)?;
            object(app, side, file.as_ref(), range).await?
        }
        (Method::Deflate, None) => inflated(app, package, entry, range),
    };
    Ok(vec![part])
}

/// A range of an object.
async fn object(
    app: &App,
    key: &str,
    file: Option<&Arc<File>>,
    range: Range<u64>,
) -> Result<Part, Refusal> {
    let unstored = |error| {
        tracing::error!(%error, key, "object");
        Refusal::new(Status::ServiceUnavailable, "unavailable")
    };
    let length = range.end - range.start;
    match file {
        Some(file) if length <= PIECE => {
            let mut bytes = vec![0; length as usize];
            file.read_exact_at(&mut bytes, range.start)
                .map_err(unread)?;
            Ok(Part::Bytes(bytes.into()))
        }
        Some(file) => Ok(Part::File {
            file: file.clone(),
            at: range.start,
            end: range.end,
        }),
        None if length <= PIECE => {
            let bytes = app.storage.range(key, range).await.map_err(unstored)?;
            Ok(Part::Bytes(bytes))
        }
        None => {
            let stream = app.storage.stream(key, range);
            let stream = stream.map(|block| block.map_err(io::Error::other));
            Ok(Part::Stream(stream.boxed(), Bytes::new()))
        }
    }
}

fn unread(error: io::Error) -> Refusal {
    tracing::error!(%error, "package file");
    Refusal::new(Status::ServiceUnavailable, "unavailable")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn escapes_are_decoded_once() {
        assert_eq!(percent_decoded("a%20b%2520%zz%"), b"a b%20%zz%");
    }

    #[test]
    fn if_range_must_name_this_representation() {
        let all = part(Some("bytes=0-1"), Some("\"x\""), "\"y\"", 10);
        assert_eq!(all, RangeAnswer::Whole);
        let some = part(Some("bytes=0-1"), Some("\"y\""), "\"y\"", 10);
        assert_eq!(some, RangeAnswer::Part { first: 0, last: 1 });
    }
}
