//! From a zip to a module: received, examined, stored durably, and only then written down.

mod examine;
mod staging;

use std::path::Path;
use std::sync::Arc;

use package::{Entry, Finding, Method};
use rocket::http::Status;
use serde::Serialize;
use serde_json::{Value, json};

use crate::App;
use crate::clock::Timestamp;
use crate::db::{DbError, Tx};
use crate::formats::{Activity, Structure};
use crate::ids::{ModuleId, OrganisationId, PackageId, PersonId, VersionId};
use crate::outbound::storage::StorageError;
use crate::web::{Lang, Refusal};

use super::{slug, store};
use examine::Examined;

pub use examine::FileSource;
pub use staging::{Received, Staging, sweep, too_large};

/// Titles are cut here.
pub(super) const TITLE: usize = 200;

/// What to do with an imported package.
#[derive(Debug, Clone, Default)]
pub struct Options {
    /// Make it a new version of this module; otherwise it becomes a module of its own.
    pub module: Option<ModuleId>,
    /// With a module: store the package, and let it wait to be published as its next version.
    pub candidate: bool,
    /// The new module's axis.
    pub axis: Option<String>,
    /// The new module's organisation.
    pub organisation: Option<OrganisationId>,
    /// Publish the module at once.
    pub publish: bool,
    /// Who imports; `None`: an operator or a program.
    pub by: Option<PersonId>,
}

/// Hears how far the examination is: bytes done, bytes in all.
pub type Progress = Arc<dyn Fn(u64, u64) + Send + Sync>;

/// The result of an import: the body of the API's answer.
#[derive(Debug, Clone, Serialize)]
pub struct Imported {
    /// The package.
    pub package: PackageView,
    /// Its module.
    pub module: ModuleRef,
    /// False when the same bytes were here before.
    #[serde(skip)]
    pub new: bool,
}

/// A package as the API shows it.
#[derive(Debug, Clone, Serialize)]
pub struct PackageView {
    /// Id.
    pub id: PackageId,
    /// SHA-256 of the zip, hexadecimal.
    pub sha256: String,
    /// Bytes of the zip.
    pub size: u64,
    /// `scorm12`, `scorm2004`, `cmi5`, `xapi`…
    pub format: String,
    /// The edition of the standard.
    pub edition: Option<String>,
    /// As the manifest gives it.
    pub title: String,
    /// In the manifest's order.
    pub activities: Vec<Activity>,
    /// What was repaired and what will go wrong.
    pub diagnosis: Vec<Finding>,
}

/// A module by its two names.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct ModuleRef {
    /// Id.
    pub id: ModuleId,
    /// Its address under `/modules/`.
    pub slug: String,
}

/// Imports a file of this machine, which is left where it is.
pub async fn import_file(
    app: &App,
    file: &Path,
    options: Options,
    progress: Option<Progress>,
) -> Result<Imported, Refusal> {
    let source = tokio::fs::File::open(file).await.map_err(|error| {
        Refusal::new(Status::NotFound, "file-unreadable").with("reason", error.to_string())
    })?;
    let size = source.metadata().await.map_or(0, |m| m.len());
    if size > app.config.packages.max_bytes {
        return Err(too_large(app.config.packages.max_bytes));
    }
    let staging = Staging::begin(app)?;
    let received = staging.receive(app, source).await?;
    import(app, received, options, progress).await
}

/// What a file of this machine holds, without importing it: examined whole, nothing is kept.
pub async fn inspect_file(app: &App, file: &Path) -> Result<Structure, Refusal> {
    let source = tokio::fs::File::open(file).await.map_err(|error| {
        Refusal::new(Status::NotFound, "file-unreadable").with("reason", error.to_string())
    })?;
    let received = Staging::begin(app)?.receive(app, source).await?;
    let limits = app.config.packages;
    tokio::task::spawn_blocking(move || {
        examine::examine(&received.staging, &limits, &|_, _| {}).map(|found| found.structure)
    })
    .await
    .map_err(|error| {
        tracing::error!(%error, "examination");
        Refusal::new(Status::InternalServerError, "internal")
    })?
}

/// Imports a package held in memory.
pub async fn import_bytes(app: &App, zip: &[u8], options: Options) -> Result<Imported, Refusal> {
    let staging = Staging::begin(app)?;
    let received = staging.receive(app, zip).await?;
    import(app, received, options, None).await
}

/// Imports a package that is on this machine's disk. Nothing is left behind when it is refused.
pub async fn import(
    app: &App,
    received: Received,
    options: Options,
    progress: Option<Progress>,
) -> Result<Imported, Refusal> {
    check_axis(app, options.axis.as_deref()).await?;
    if let Some(module) = options.module {
        super::module(app, module).await?;
    }
    if let Some(known) = known(app, &received.sha256).await? {
        return again(app, known, options).await;
    }
    let Received {
        staging,
        sha256,
        size,
    } = received;
    let limits = app.config.packages;
    let (mut staging, examined) = tokio::task::spawn_blocking(move || {
        let hear = progress.unwrap_or_else(|| Arc::new(|_, _| {}));
        let result = examine::examine(&staging, &limits, &*hear);
        result.map(|examined| (staging, examined))
    })
    .await
    .map_err(|error| {
        tracing::error!(%error, "examination");
        Refusal::new(Status::InternalServerError, "internal")
    })??;
    let stored = store_objects(app, &mut staging, &sha256, &examined).await?;
    let new = Arc::new(NewPackage::of(
        app, sha256, size, &examined, &stored, options,
    ));
    let written = write(app, &new).await;
    match written {
        Ok(module) => Ok(Imported {
            package: view(
                new.package,
                new.sha256.clone(),
                size,
                &examined.structure,
                examined.findings,
            ),
            module,
            new: true,
        }),
        Err(refusal) => {
            // The same bytes may have come in twice at once: then the objects are the other's.
            match known(app, &new.sha256).await {
                Ok(Some(known)) => again(app, known, new.options.clone()).await,
                Ok(None) => {
                    take_back(app, &mut staging, &stored).await;
                    Err(refusal)
                }
                Err(_) => {
                    staging.abandon();
                    Err(refusal)
                }
            }
        }
    }
}

/// The key of a package in the object store.
pub(super) fn zip_key(sha256: &str) -> String {
    format!("zip/{}/{sha256}", sha256.get(..2).unwrap_or("--"))
}

pub(super) fn unstored(error: StorageError) -> Refusal {
    match error {
        StorageError::Full => Refusal::new(Status::InsufficientStorage, "storage-full"),
        error => {
            tracing::error!(%error, "storage");
            Refusal::new(Status::ServiceUnavailable, "unavailable")
        }
    }
}

/// The keys of the objects of a package.
struct Stored {
    zip: String,
    /// Entry path → key of its inflated copy.
    sides: Vec<(String, String)>,
}

async fn store_objects(
    app: &App,
    staging: &mut Staging,
    sha256: &str,
    examined: &Examined,
) -> Result<Stored, Refusal> {
    let zip = zip_key(sha256);
    let mut paths: Vec<&String> = examined.sides.keys().collect();
    paths.sort();
    let sides: Vec<(String, String)> = paths
        .into_iter()
        .enumerate()
        .map(|(n, path)| (path.clone(), format!("side/{sha256}-{n}")))
        .collect();
    let stored = Stored { zip, sides };
    staging
        .intend(
            sha256,
            std::iter::once(stored.zip.as_str()).chain(stored.sides.iter().map(|s| s.1.as_str())),
        )
        .map_err(staging::refuse)?;
    let mut result = app.storage.put_file(&stored.zip, &staging.zip()).await;
    for (path, key) in &stored.sides {
        if result.is_ok() {
            result = app.storage.put_file(key, &examined.sides[path]).await;
        }
    }
    match result {
        Ok(()) => Ok(stored),
        Err(error) => {
            // Another import of the same bytes may have finished meanwhile: its objects stay.
            if let Ok(None) = known(app, sha256).await {
                take_back(app, staging, &stored).await;
            }
            Err(unstored(error))
        }
    }
}

async fn take_back(app: &App, staging: &mut Staging, stored: &Stored) {
    let keys = std::iter::once(&stored.zip).chain(stored.sides.iter().map(|s| &s.1));
    for key in keys {
        if let Err(error) = app.storage.delete(key).await {
            tracing::warn!(%error, key, "left for the next start");
            staging.abandon();
        }
    }
}

async fn known(app: &App, sha256: &str) -> Result<Option<store::PackageRow>, Refusal> {
    Ok(store::PACKAGE_BY_SHA.bind(sha256).optional(&app.db).await?)
}

pub(super) async fn check_axis(app: &App, axis: Option<&str>) -> Result<(), Refusal> {
    if let Some(axis) = axis {
        let (count,): (i64,) = store::AXIS.bind(axis).one(&app.db).await?;
        if count == 0 {
            return Err(Refusal::unprocessable("unknown-axis").with("axis", axis));
        }
    }
    Ok(())
}

/// All that one transaction writes.
struct NewPackage {
    package: PackageId,
    sha256: String,
    size: i64,
    format: String,
    edition: Option<String>,
    title: String,
    course: String,
    diagnosis: Value,
    entries: Value,
    module: ModuleId,
    version: VersionId,
    slug: String,
    language: Lang,
    options: Options,
    now: Timestamp,
}

impl NewPackage {
    fn of(
        app: &App,
        sha256: String,
        size: u64,
        examined: &Examined,
        stored: &Stored,
        options: Options,
    ) -> NewPackage {
        let structure = &examined.structure;
        let title: String = structure.title().trim().chars().take(TITLE).collect();
        NewPackage {
            package: app.ids.id(),
            sha256,
            size: size as i64,
            format: structure.format().to_owned(),
            edition: structure.edition().map(str::to_owned),
            slug: slug::slug(&title),
            title,
            course: serde_json::to_string(structure).unwrap_or_default(),
            diagnosis: json!(examined.findings),
            entries: entries(&examined.index.entries, &stored.sides),
            module: app.ids.id(),
            version: app.ids.id(),
            language: examined.language,
            options,
            now: app.clock.now(),
        }
    }
}

fn entries(entries: &[Entry], sides: &[(String, String)]) -> Value {
    entries
        .iter()
        .map(|entry| {
            let side = sides.iter().find(|(path, _)| *path == entry.path);
            json!({
                "path": entry.path,
                "raw": (!entry.raw.is_empty()).then(|| crate::ids::hex(&entry.raw)),
                "offset": entry.offset,
                "method": match entry.method { Method::Stored => 0, Method::Deflate => 8 },
                "compressed": entry.compressed_size,
                "size": entry.size,
                "crc32": entry.crc32,
                "media": entry.media_type(),
                "side": side.map(|(_, key)| key),
            })
        })
        .collect()
}

/// Package, entries, module and version in one transaction.
async fn write(app: &App, new: &Arc<NewPackage>) -> Result<ModuleRef, Refusal> {
    for _ in 0..5 {
        let result: Result<ModuleRef, WriteError> = app
            .db
            .write(new.clone(), |tx, new| {
                Box::pin(async move {
                    store::ADD_PACKAGE
                        .bind(new.package)
                        .bind(&new.sha256)
                        .bind(new.size)
                        .bind(&new.format)
                        .bind(new.edition.clone())
                        .bind(&new.title)
                        .bind(&new.course)
                        .bind(new.diagnosis.clone())
                        .bind(new.now)
                        .bind(new.options.by)
                        .run(&mut *tx)
                        .await?;
                    store::ADD_ENTRIES
                        .bind(new.package)
                        .bind(new.entries.clone())
                        .run(&mut *tx)
                        .await?;
                    place(tx, new).await
                })
            })
            .await;
        match result {
            Ok(module) => return Ok(module),
            // Another module took the address, or the number, at the same moment.
            Err(WriteError::Raced) => {}
            Err(WriteError::Db(error)) => return Err(error.into()),
        }
    }
    Err(Refusal::conflict("conflict"))
}

enum WriteError {
    Raced,
    Db(DbError),
}

impl From<DbError> for WriteError {
    fn from(error: DbError) -> Self {
        match &error {
            DbError::Constraint { name, .. }
                if name == "module_slug" || name == "module_version_number" =>
            {
                WriteError::Raced
            }
            _ => WriteError::Db(error),
        }
    }
}

/// Gives a stored package its place: a version of the module asked for, or a module of its own.
async fn place(tx: &mut Tx, new: &NewPackage) -> Result<ModuleRef, WriteError> {
    let published = new.options.publish.then_some(new.now);
    let module = match new.options.module {
        Some(id) if new.options.candidate => {
            store::KEEP_CANDIDATE
                .bind(id)
                .bind(new.package)
                .bind(new.now)
                .bind(new.options.by)
                .run(&mut *tx)
                .await?;
            let module: super::Module = store::MODULE.bind(id).one(&mut *tx).await?;
            return Ok(ModuleRef {
                id,
                slug: module.slug,
            });
        }
        Some(id) => {
            store::TOUCH_MODULE
                .bind(id)
                .bind(new.now)
                .bind(published.map(Timestamp::micros))
                .run(&mut *tx)
                .await?;
            let module: super::Module = store::MODULE.bind(id).one(&mut *tx).await?;
            ModuleRef {
                id,
                slug: module.slug,
            }
        }
        None => {
            let taken: Vec<store::SlugRow> =
                store::SLUGS_LIKE.bind(&new.slug).all(&mut *tx).await?;
            let slug = free(&new.slug, &taken);
            store::ADD_MODULE
                .bind(new.module)
                .bind(&slug)
                .bind(&new.title)
                .bind(new.options.axis.clone())
                .bind(new.language.code())
                .bind(new.options.organisation)
                .bind(published.map(Timestamp::micros))
                .bind(new.now)
                .bind(new.options.by)
                .run(&mut *tx)
                .await?;
            ModuleRef {
                id: new.module,
                slug,
            }
        }
    };
    store::ADD_VERSION
        .bind(new.version)
        .bind(module.id)
        .bind(new.package)
        .bind(new.now)
        .bind(new.options.by)
        .run(tx)
        .await?;
    Ok(module)
}

fn free(slug: &str, taken: &[store::SlugRow]) -> String {
    let is_taken = |candidate: &str| taken.iter().any(|row| row.slug == candidate);
    if !is_taken(slug) {
        return slug.to_owned();
    }
    (2..)
        .map(|n| format!("{slug}-{n}"))
        .find(|candidate| !is_taken(candidate))
        .unwrap_or_else(|| slug.to_owned())
}

/// The same bytes again: the same package; a new version only if another module is asked for.
async fn again(app: &App, known: store::PackageRow, options: Options) -> Result<Imported, Refusal> {
    let structure = read_structure(&known.course)?;
    let diagnosis: Vec<Finding> =
        serde_json::from_value(known.diagnosis.clone()).unwrap_or_default();
    let current: Option<store::ModuleRefRow> = match options.module {
        None => {
            store::MODULE_OF_PACKAGE
                .bind(known.id)
                .optional(&app.db)
                .await?
        }
        Some(id) => {
            let module = super::module(app, id).await?;
            (module.package == known.id).then_some(store::ModuleRefRow {
                id,
                slug: module.slug,
            })
        }
    };
    let module = match current {
        Some(row) => {
            if options.publish {
                publish(app, row.id).await?;
            }
            ModuleRef {
                id: row.id,
                slug: row.slug,
            }
        }
        None => add_place(app, &known, options, spoken_language(&structure)).await?,
    };
    Ok(Imported {
        package: view(
            known.id,
            known.sha256,
            known.size as u64,
            &structure,
            diagnosis,
        ),
        module,
        new: false,
    })
}

fn spoken_language(structure: &Structure) -> Lang {
    super::language::detect(structure.title(), "", structure.language())
}

async fn publish(app: &App, module: ModuleId) -> Result<(), Refusal> {
    let now = app.clock.now();
    app.db
        .write((module, now), |tx, (module, now)| {
            Box::pin(async move {
                store::TOUCH_MODULE
                    .bind(*module)
                    .bind(*now)
                    .bind(Some(now.micros()))
                    .run(tx)
                    .await
                    .map_err(Refusal::from)
            })
        })
        .await?;
    Ok(())
}

/// A package that is stored already gets a version of the module asked for, or a new module.
async fn add_place(
    app: &App,
    known: &store::PackageRow,
    options: Options,
    language: Lang,
) -> Result<ModuleRef, Refusal> {
    let new = Arc::new(NewPackage {
        package: known.id,
        sha256: String::new(),
        size: known.size,
        format: String::new(),
        edition: None,
        slug: slug::slug(&known.title),
        title: known.title.clone(),
        course: String::new(),
        diagnosis: Value::Null,
        entries: Value::Null,
        module: app.ids.id(),
        version: app.ids.id(),
        language,
        options,
        now: app.clock.now(),
    });
    for _ in 0..5 {
        let result = app
            .db
            .write(new.clone(), |tx, new| Box::pin(place(tx, new)))
            .await;
        match result {
            Ok(module) => return Ok(module),
            Err(WriteError::Raced) => {}
            Err(WriteError::Db(error)) => return Err(error.into()),
        }
    }
    Err(Refusal::conflict("conflict"))
}

/// The structure as it was stored.
pub(super) fn read_structure(text: &str) -> Result<Structure, Refusal> {
    serde_json::from_str(text).map_err(|error| {
        tracing::error!(%error, "stored course");
        Refusal::new(Status::InternalServerError, "internal")
    })
}

pub(super) fn view(
    id: PackageId,
    sha256: String,
    size: u64,
    structure: &Structure,
    diagnosis: Vec<Finding>,
) -> PackageView {
    PackageView {
        id,
        sha256,
        size,
        format: structure.format().to_owned(),
        edition: structure.edition().map(str::to_owned),
        title: structure.title().to_owned(),
        activities: structure.activities(),
        diagnosis,
    }
}
