//! Static files, embedded in the binary, compressed once, cached for ever under a hashed address.

use std::collections::HashMap;
use std::io::Write;
use std::path::PathBuf;
use std::sync::LazyLock;

use flate2::Compression;
use flate2::write::GzEncoder;
use rocket::http::{ContentType, Header};
use rocket::response::{Responder, Response};
use rocket::{Request, get};
use sha2::{Digest, Sha256};

use super::Refusal;

#[derive(rust_embed::RustEmbed)]
#[folder = "static"]
struct Files;

/// A static file, ready to be sent.
#[derive(Clone)]
pub struct Asset {
    content_type: ContentType,
    plain: bytes::Bytes,
    /// Present where it is smaller.
    gzip: Option<bytes::Bytes>,
    immutable: bool,
}

struct Assets {
    version: String,
    files: HashMap<String, Asset>,
}

static ASSETS: LazyLock<Assets> = LazyLock::new(|| {
    let mut names: Vec<_> = Files::iter().collect();
    names.sort();
    let mut hash = Sha256::new();
    let mut files = HashMap::new();
    for name in names {
        let Some(file) = Files::get(&name) else {
            continue;
        };
        hash.update(name.as_bytes());
        hash.update(&file.data);
        let extension = name.rsplit('.').next().unwrap_or_default();
        let content_type = match extension {
            "js" | "mjs" => ContentType::JavaScript,
            other => ContentType::from_extension(other).unwrap_or(ContentType::Binary),
        };
        let plain = bytes::Bytes::from(file.data.into_owned());
        let gzip = gzip(&plain).filter(|small| small.len() < plain.len() * 9 / 10);
        files.insert(
            name.to_string(),
            Asset {
                content_type,
                plain,
                gzip: gzip.map(Into::into),
                immutable: true,
            },
        );
    }
    Assets {
        version: crate::ids::hex(&hash.finalize()[..5]),
        files,
    }
});

fn gzip(bytes: &[u8]) -> Option<Vec<u8>> {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::best());
    encoder.write_all(bytes).ok()?;
    encoder.finish().ok()
}

/// The hash of all static files: part of their addresses, so that a new build is a new address.
pub fn version() -> &'static str {
    &ASSETS.version
}

/// The address of a static file: `css/halqa.css` → `/static/<hash>/css/halqa.css`.
pub fn url(name: &str) -> String {
    format!("/static/{}/{name}", ASSETS.version)
}

/// The static file of this name.
pub fn find(name: &str) -> Option<Asset> {
    ASSETS.files.get(name).cloned()
}

/// All static files. Any version is answered with the present file, but only the present version
/// may be kept for ever.
#[get("/static/<version>/<path..>", rank = 1)]
pub fn file(version: &str, path: PathBuf) -> Result<Asset, Refusal> {
    let name = path.to_str().ok_or_else(Refusal::not_found)?;
    let mut asset = find(name).ok_or_else(Refusal::not_found)?;
    asset.immutable = version == ASSETS.version;
    Ok(asset)
}

/// Browsers ask for it unbidden.
#[get("/favicon.ico")]
pub fn favicon() -> Result<Asset, Refusal> {
    find("img/favicon.svg").ok_or_else(Refusal::not_found)
}

impl<'r> Responder<'r, 'static> for Asset {
    fn respond_to(self, request: &'r Request<'_>) -> rocket::response::Result<'static> {
        let cache = if self.immutable {
            "public, max-age=31536000, immutable"
        } else {
            "no-cache"
        };
        let mut response = Response::build();
        response
            .header(self.content_type)
            .header(Header::new("Cache-Control", cache))
            .header(Header::new("Vary", "Accept-Encoding"));
        let body = match self.gzip {
            Some(small) if super::compress::accepts_gzip(request) => {
                response.header(Header::new("Content-Encoding", "gzip"));
                small
            }
            _ => self.plain,
        };
        response
            .sized_body(body.len(), std::io::Cursor::new(body))
            .ok()
    }
}
