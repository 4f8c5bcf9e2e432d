//! From a zip to a module: received, examined, stored durably, and only then written down.

mod examine;
mod objects;
mod staging;
mod write;

use std::path::Path;
use std::sync::Arc;

use package::Finding;
use rocket::http::Status;
use serde::Serialize;

use crate::App;
use crate::formats::{Activity, Structure};
use crate::ids::{ModuleId, OrganisationId, PackageId, PersonId};
use crate::web::Refusal;

use super::store;
use write::{NewPackage, again, write};

pub use examine::FileSource;
pub use staging::{Received, Staging, cut, sweep, too_large};

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
    /// When the same bytes are here already, their module is taken again only if it is this
    /// person's or nobody's; `None`: anybody's.
    pub among: Option<PersonId>,
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
    // A version that waits makes room for the next one.
    let replaced = match options.module {
        Some(module) if options.candidate => super::candidate(app, module).await?,
        _ => None,
    };
    let imported = import_one(app, received, options, progress).await?;
    match replaced {
        Some(old) if old.package != imported.package.id => {
            super::candidate::forget(app, old.package).await?;
        }
        _ => {}
    }
    Ok(imported)
}

async fn import_one(
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
        ..
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
    let stored = objects::store(app, &mut staging, &sha256, &examined).await?;
    let new = Arc::new(NewPackage::of(
        app, sha256, size, &examined, &stored, options,
    ));
    let refusal = match write(app, &new).await {
        Ok(module) => {
            return Ok(Imported {
                package: view(
                    new.package,
                    new.sha256.clone(),
                    size,
                    &examined.structure,
                    examined.findings,
                ),
                module,
                new: true,
            });
        }
        Err(refusal) => refusal,
    };
    match known(app, &new.sha256).await {
        // The line to the database broke between the commit and its answer: ours is there.
        Ok(Some(known)) if known.id == new.package => again(app, known, new.options.clone()).await,
        // The same bytes came in twice at once, and the other was first.
        Ok(Some(known)) => {
            objects::take_back(app, &mut staging, &stored).await;
            again(app, known, new.options.clone()).await
        }
        Ok(None) => {
            objects::take_back(app, &mut staging, &stored).await;
            Err(refusal)
        }
        // Nobody can say whether our row is there: the next start will.
        Err(_) => {
            staging.abandon();
            Err(refusal)
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
        title: structure.title().chars().take(TITLE).collect(),
        activities: structure.activities(),
        diagnosis,
    }
}
