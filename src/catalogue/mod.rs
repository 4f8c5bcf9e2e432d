//! The catalogue: packages, the modules made of them, their versions, and the content origin.

pub mod api;
mod candidate;
pub mod content;
pub mod hosts;
pub mod import;
mod language;
pub mod pages;
mod sentences;
mod slug;
mod store;

use std::sync::Arc;

use domain::policy::Policy;
use package::Finding;
use serde_json::json;

use crate::App;
use crate::accounts::{Audit, Person};
use crate::cache;
use crate::clock::Timestamp;
use crate::db::Db;
use crate::following::{self, Notice};
use crate::formats::Structure;
use crate::ids::{ModuleId, PackageId, PersonId, VersionId};
use crate::jobs;
use crate::outbound::storage::{Storage, StorageError};
use crate::web::{Lang, Refusal};

pub use candidate::{Candidate, OBJECTS_HANDLER, candidate, discard, promote};
pub use import::{Imported, ModuleRef, Options, import, import_bytes, import_file, inspect_file};
pub use pages::{Card, Unfinished, axis_of, suggested};
pub use sentences::{Sentence, sentences};
pub(crate) use store::QUERIES;
pub use store::{Module, Version};

/// What this node remembers of immutable things.
pub struct Memory {
    courses: cache::Cache<VersionId, StoredCourse>,
    packages: cache::Cache<PackageId, content::Package>,
}

impl Default for Memory {
    fn default() -> Self {
        Memory {
            // Bytes of JSON: some 15 MB of structs.
            courses: cache::Cache::new(8 << 20),
            // Entries: some 20 MB.
            packages: cache::Cache::new(100_000),
        }
    }
}

/// The course of a version: immutable.
#[derive(Debug)]
pub struct StoredCourse {
    /// The version.
    pub version: VersionId,
    /// Its number, from 1.
    pub number: i64,
    /// Its module.
    pub module: ModuleId,
    /// Its package.
    pub package: PackageId,
    /// What the package holds.
    pub structure: Structure,
}

impl StoredCourse {
    /// The SCORM course, if it is one.
    pub fn scorm(&self) -> Option<&scorm::Course> {
        self.structure.as_scorm()
    }

    /// The course of units, if it is one.
    pub fn units(&self) -> Option<&cmi5::structure::Course> {
        self.structure.as_units()
    }

    /// The link to a tool, if it is one.
    pub fn tool(&self) -> Option<&crate::formats::tool::Link> {
        self.structure.as_tool()
    }
}

/// The course of a version, from memory where possible.
pub async fn course(app: &App, version: VersionId) -> Result<Arc<StoredCourse>, Refusal> {
    if let Some(course) = app.catalogue.courses.get(&version) {
        return Ok(course);
    }
    let row: store::VersionRow = store::VERSION.bind(version).one(&app.db).await?;
    let weight = row.course.len();
    let course = StoredCourse {
        version: row.id,
        number: row.number,
        module: row.module,
        package: row.package,
        structure: import::read_structure(&row.course)?,
    };
    Ok(app.catalogue.courses.put(version, course, weight))
}

/// A module; 404 when there is none.
pub async fn module(app: &App, id: ModuleId) -> Result<Module, Refusal> {
    Ok(store::MODULE.bind(id).one(&app.db).await?)
}

/// The module of an address, published or not; 404 when there is none.
pub async fn module_by_slug(app: &App, slug: &str) -> Result<Module, Refusal> {
    Ok(store::MODULE_BY_SLUG.bind(slug).one(&app.db).await?)
}

/// What learners find, newest first.
pub async fn published(app: &App) -> Result<Vec<Module>, Refusal> {
    Ok(store::PUBLISHED.all(&app.db).await?)
}

/// The versions of a module, newest first.
pub async fn versions(app: &App, module: ModuleId) -> Result<Vec<Version>, Refusal> {
    Ok(store::VERSIONS.bind(module).all(&app.db).await?)
}

/// A package as the API shows it.
pub async fn package(app: &App, id: PackageId) -> Result<import::PackageView, Refusal> {
    let row: store::PackageRow = store::PACKAGE.bind(id).one(&app.db).await?;
    let structure = import::read_structure(&row.course)?;
    let diagnosis: Vec<Finding> = serde_json::from_value(row.diagnosis).unwrap_or_default();
    Ok(import::view(
        row.id,
        row.sha256,
        row.size as u64,
        &structure,
        diagnosis,
    ))
}

/// All modules, the last changed first.
pub async fn all(app: &App) -> Result<Vec<Module>, Refusal> {
    Ok(store::ALL_MODULES.all(&app.db).await?)
}

/// A page of all modules, by id.
pub async fn modules_after(app: &App, after: ModuleId, limit: i64) -> Result<Vec<Module>, Refusal> {
    Ok(store::MODULES_AFTER
        .bind(after)
        .bind(limit)
        .all(&app.db)
        .await?)
}

/// Whether somebody is in the middle of a module.
pub async fn has_learners_under_way(app: &App, module: ModuleId) -> Result<bool, Refusal> {
    let (count,): (i64,) = store::UNDER_WAY.bind(module).one(&app.db).await?;
    Ok(count > 0)
}

/// May look after this module: administrators; the trainer who made it; any trainer where nobody
/// did (operators and programs have no account).
pub fn may_manage(person: &Person, module: &Module) -> bool {
    person.roles.admin
        || (person.roles.can_teach() && module.created_by.is_none_or(|by| by == person.id))
}

/// A title as it may be stored: one line, not empty, at most 200 characters.
pub fn title(text: &str) -> Option<String> {
    let text = text.trim();
    let good = !text.is_empty()
        && text.chars().count() <= import::TITLE
        && !text.chars().any(char::is_control);
    good.then(|| text.to_owned())
}

/// A summary as it may be stored: at most 2,000 characters.
pub fn summary(text: &str) -> Option<String> {
    let text = text.trim();
    let good = text.chars().count() <= SUMMARY
        && !text
            .chars()
            .any(|c| c.is_control() && !matches!(c, '\n' | '\t'));
    good.then(|| text.to_owned())
}

/// Characters of a summary at most.
pub const SUMMARY: usize = 2_000;

/// The kind of the outbox's row that applies a changed policy to those who began already.
pub const POLICY_CHANGED: &str = "module-policy";

impl Module {
    /// Its attempt policy; the default where it cannot be read.
    pub fn policy(&self) -> Policy {
        serde_json::from_value(self.policy.clone()).unwrap_or_default()
    }
}

/// A change of a module; what is `None` stays.
#[derive(Debug, Clone, Default)]
pub struct Change {
    /// Its title, checked by [`title`].
    pub title: Option<String>,
    /// Its summary, checked by [`summary`].
    pub summary: Option<String>,
    /// Its axis; `Some(None)`: none.
    pub axis: Option<Option<String>>,
    /// The language of the content.
    pub language: Option<Lang>,
    /// Whether learners find it.
    pub published: Option<bool>,
    /// A package that becomes its next version, unless it is the present one.
    pub package: Option<PackageId>,
    /// Its attempt policy; applied to those who began already by a row of the outbox.
    pub policy: Option<Policy>,
    /// Who changes it.
    pub by: Option<PersonId>,
}

/// Changes a module.
pub async fn change(app: &App, id: ModuleId, change: Change) -> Result<Module, Refusal> {
    if let Some(axis) = &change.axis {
        import::check_axis(app, axis.as_deref()).await?;
    }
    let now = app.clock.now();
    let version: VersionId = app.ids.id();
    let job = app.ids.uuid();
    let audit = Audit::new(app, change.by, "module-policy", format!("module:{id}"));
    app.db
        .write(
            (id, change, now, version, job, audit),
            |tx, (id, change, now, version, job, audit)| {
                Box::pin(async move {
                    let module: Module = store::MODULE.bind(*id).one(&mut *tx).await?;
                    let before = module.policy();
                    let published = match change.published {
                        Some(true) => module.published_at.or(Some(*now)),
                        Some(false) => None,
                        None => module.published_at,
                    };
                    store::CHANGE_MODULE
                        .bind(*id)
                        .bind(change.title.clone().unwrap_or(module.title))
                        .bind(change.summary.clone().unwrap_or(module.summary))
                        .bind(change.axis.clone().unwrap_or(module.axis))
                        .bind(
                            change
                                .language
                                .map_or(module.language, |l| l.code().to_owned()),
                        )
                        .bind(published.map(Timestamp::micros))
                        .bind(*now)
                        .run(&mut *tx)
                        .await?;
                    if let Some(package) = change.package.filter(|p| *p != module.package) {
                        let known: Option<store::PackageRow> =
                            store::PACKAGE.bind(package).optional(&mut *tx).await?;
                        if known.is_none() {
                            return Err(Refusal::unprocessable("unknown-package"));
                        }
                        store::ADD_VERSION
                            .bind(*version)
                            .bind(*id)
                            .bind(package)
                            .bind(*now)
                            .bind(change.by)
                            .run(&mut *tx)
                            .await?;
                        let notice = Notice::version(*id, version.0, change.by, *now);
                        following::happened(tx, notice).await?;
                    }
                    if published.is_some() && module.published_at.is_none() {
                        following::happened(tx, Notice::module(*id, change.by, *now)).await?;
                    }
                    if let Some(policy) = change.policy.filter(|policy| *policy != before) {
                        store::SET_POLICY
                            .bind(*id)
                            .bind(json!(policy))
                            .run(&mut *tx)
                            .await?;
                        jobs::enqueue(tx, *job, POLICY_CHANGED, json!({ "module": id }), *now)
                            .await?;
                        let detail = json!({ "before": before, "after": policy });
                        audit.clone().detail(detail).write(&mut *tx).await?;
                    }
                    let module: Module = store::MODULE.bind(*id).one(tx).await?;
                    Ok(module)
                })
            },
        )
        .await
}

/// The pages and the API.
pub fn routes() -> Vec<rocket::Route> {
    [pages::routes(), api::routes(), content::routes()].concat()
}

/// The packages that have rows and no bytes, by their titles: for operators.
pub async fn missing_objects(db: &Db, storage: &Storage) -> Result<Vec<String>, StorageError> {
    let rows: Vec<store::ObjectRow> = store::OBJECTS
        .all(db)
        .await
        .map_err(|error| StorageError::Other(error.to_string()))?;
    let mut missing: Vec<String> = Vec::new();
    let mut seen: Option<String> = None;
    for row in rows {
        let first = seen.as_ref() != Some(&row.object);
        let mut there = !first || storage.exists(&row.object).await?;
        if let Some(side) = &row.side {
            there &= storage.exists(side).await?;
        }
        if !there && missing.last() != Some(&row.title) {
            missing.push(row.title);
        }
        seen = Some(row.object);
    }
    Ok(missing)
}
