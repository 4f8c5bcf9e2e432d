//! The next version of a module while its trainer looks at what it would change for those who are
//! under way: stored, and not yet published.

use serde_json::{Value, json};

use crate::App;
use crate::clock::Timestamp;
use crate::db::DbError;
use crate::formats::Structure;
use crate::ids::{ModuleId, PackageId, PersonId};
use crate::jobs::{self, Handler, Job, JobError};
use crate::web::Refusal;

use super::{Change, Module, change, import, store};

/// A version that waits for its trainer's word.
#[derive(Debug)]
pub struct Candidate {
    /// Its package.
    pub package: PackageId,
    /// When it was uploaded.
    pub created_at: Timestamp,
    /// The package's title.
    pub title: String,
    /// Bytes of the zip.
    pub size: u64,
    /// What the package holds.
    pub structure: Structure,
}

/// The candidate of a module, if there is one.
pub async fn candidate(app: &App, module: ModuleId) -> Result<Option<Candidate>, Refusal> {
    let row: Option<store::CandidateRow> = store::CANDIDATE.bind(module).optional(&app.db).await?;
    row.map(|row| {
        Ok(Candidate {
            package: row.package,
            created_at: row.created_at,
            title: row.title,
            size: row.size as u64,
            structure: import::read_structure(&row.course)?,
        })
    })
    .transpose()
}

/// Publishes the candidate as the module's next version: attempts under way stay on theirs. `seen`
/// is the package that the trainer looked at; 409 where another one has taken its place since.
pub async fn promote(
    app: &App,
    module: &Module,
    seen: PackageId,
    by: PersonId,
) -> Result<Module, Refusal> {
    let waiting = candidate(app, module.id)
        .await?
        .ok_or_else(Refusal::not_found)?;
    if waiting.package != seen {
        return Err(Refusal::conflict("candidate-changed"));
    }
    let changed = change(
        app,
        module.id,
        Change {
            package: Some(seen),
            by: Some(by),
            ..Change::default()
        },
    )
    .await?;
    discard(app, module.id).await?;
    Ok(changed)
}

/// Forgets the candidate of a module, and its package where no module has it.
pub async fn discard(app: &App, module: ModuleId) -> Result<(), Refusal> {
    let waited: Option<store::WaitedRow> = app
        .db
        .write(module, |tx, module| {
            Box::pin(async move {
                store::DROP_CANDIDATE
                    .bind(*module)
                    .optional(tx)
                    .await
                    .map_err(Refusal::from)
            })
        })
        .await?;
    match waited {
        Some(row) => forget(app, row.package).await,
        None => Ok(()),
    }
}

/// The kind of the rows of the outbox that remove objects.
const OBJECTS_DROPPED: &str = "objects-dropped";

/// Removes the objects of packages that are gone.
pub const OBJECTS_HANDLER: Handler = Handler {
    kind: OBJECTS_DROPPED,
    ready: |_| true,
    run: |app, job| Box::pin(remove(app, job)),
};

/// Forgets a package that no module has and none waits for: rows at once, objects by the outbox.
/// The same bytes uploaded again are a new package under keys of its own.
pub(super) async fn forget(app: &App, package: PackageId) -> Result<(), Refusal> {
    let row = (package, app.ids.uuid(), app.clock.now());
    let forgotten = app
        .db
        .write(row, |tx, (package, job, now)| {
            Box::pin(async move {
                let objects: Vec<store::ObjectRow> =
                    store::UNUSED_OBJECTS.bind(*package).all(&mut *tx).await?;
                let Some(zip) = objects.first() else {
                    return Ok(());
                };
                let keys: Vec<&str> = std::iter::once(zip.object.as_str())
                    .chain(objects.iter().filter_map(|row| row.side.as_deref()))
                    .collect();
                jobs::enqueue(tx, *job, OBJECTS_DROPPED, json!({ "keys": keys }), *now).await?;
                store::DROP_ENTRIES.bind(*package).run(&mut *tx).await?;
                store::DROP_PACKAGE.bind(*package).run(tx).await.map(drop)
            })
        })
        .await;
    match forgotten {
        // A module took it at the same moment: it stays.
        Ok(()) | Err(DbError::Constraint { .. }) => Ok(()),
        Err(error) => Err(error.into()),
    }
}

async fn remove(app: &App, job: Job) -> Result<Value, JobError> {
    let keys = job.payload["keys"].as_array().cloned().unwrap_or_default();
    for key in keys.iter().filter_map(Value::as_str) {
        app.storage
            .delete(key)
            .await
            .map_err(|error| JobError::Later(error.to_string()))?;
    }
    Ok(job.payload)
}
