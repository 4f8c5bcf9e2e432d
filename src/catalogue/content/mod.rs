//! The content origin: files of packages, straight out of the zip (`design.md` §2, §3).
//!
//! A file's address is `/l/<key>/<path>` on the content origin. The key names the package and a
//! period and is signed: it needs no cookie, it can be cached within the period, and a shared
//! address expires with the next one.

mod body;
mod inflated;
mod key;
mod refused;
mod serve;

use std::collections::HashMap;
use std::fs::File;
use std::sync::Arc;

use package::{Entry, Finding, Index, Method};

pub(crate) use body::{Part, Parts};

use crate::App;
use crate::ids::PackageId;
use crate::web::Refusal;

use super::{hosts, store};

pub use serve::routes;

/// A package as it is served: immutable.
pub struct Package {
    /// SHA-256 of the zip, for entity tags.
    sha256: String,
    /// Its object.
    key: String,
    /// Its pages ask for files of other sites, which its trainer may allow.
    asks: bool,
    /// Its files.
    index: Index,
    /// Keys of inflated copies, by path.
    sides: HashMap<String, String>,
    /// The zip itself, where it is on this machine's disk.
    file: Option<Arc<File>>,
}

/// The address of an activity on the content origin. `launch` is what a format gives: a path inside
/// the package, percent-encoded, with its query and fragment; or another site's address.
pub fn address(app: &App, package: PackageId, launch: &str) -> String {
    if launch.starts_with("http://") || launch.starts_with("https://") {
        return launch.to_owned();
    }
    format!(
        "{}{}{launch}",
        app.config.content_origin(package),
        base(app, package)
    )
}

/// As [`address`], without the origin: for pages that are on it already.
pub fn path(app: &App, package: PackageId, launch: &str) -> String {
    format!("{}{launch}", base(app, package))
}

/// The folder on the content origin under which a package's files lie now: `/l/<key>/`.
pub fn base(app: &App, package: PackageId) -> String {
    format!("/l/{}/", key::make(app, package))
}

/// The package as it is served, from memory where possible.
async fn package(app: &App, id: PackageId) -> Result<Arc<Package>, Refusal> {
    if let Some(package) = app.catalogue.packages.get(&id) {
        return Ok(package);
    }
    let row: store::PackageRow = store::PACKAGE.bind(id).one(&app.db).await?;
    let rows: Vec<store::EntryRow> = store::ENTRIES.bind(id).all(&app.db).await?;
    let mut sides = HashMap::new();
    let entries: Vec<Entry> = rows
        .into_iter()
        .map(|row| {
            if let Some(side) = row.side_object {
                sides.insert(row.path.clone(), side);
            }
            Entry {
                path: row.path,
                raw: row.raw_name.unwrap_or_default(),
                offset: row.data_offset as u64,
                method: if row.method == 0 {
                    Method::Stored
                } else {
                    Method::Deflate
                },
                compressed_size: row.compressed_size as u64,
                size: row.size as u64,
                crc32: row.crc32 as u32,
            }
        })
        .collect();
    let file = open(app, &row.object)?;
    let weight = entries.len() + 10;
    let diagnosis: Vec<Finding> = serde_json::from_value(row.diagnosis).unwrap_or_default();
    let package = Package {
        sha256: row.sha256,
        asks: hosts::asks(&diagnosis),
        key: row.object,
        index: Index::from_entries(row.size as u64, entries),
        sides,
        file,
    };
    Ok(app.catalogue.packages.put(id, package, weight))
}

/// The file of an object, where it is on this machine's disk.
fn open(app: &App, key: &str) -> Result<Option<Arc<File>>, Refusal> {
    app.storage
        .local_file(key)
        .map(|path| {
            File::open(path).map(Arc::new).map_err(|error| {
                tracing::error!(%error, key, "object");
                Refusal::not_found()
            })
        })
        .transpose()
}
