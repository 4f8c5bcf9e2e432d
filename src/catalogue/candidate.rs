//! The next version of a module while its trainer looks at what it would change for those who are
//! under way: stored, and not yet published.

use crate::App;
use crate::clock::Timestamp;
use crate::formats::Structure;
use crate::ids::{ModuleId, PackageId, PersonId};
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

/// Forgets the candidate of a module. Its package stays stored: the same bytes uploaded again are
/// there at once.
pub async fn discard(app: &App, module: ModuleId) -> Result<(), Refusal> {
    app.db
        .write(module, |tx, module| {
            Box::pin(async move {
                store::DROP_CANDIDATE
                    .bind(*module)
                    .run(tx)
                    .await
                    .map(drop)
                    .map_err(Refusal::from)
            })
        })
        .await
}
