//! Which dispatches there are, and what they allow.

use serde_json::json;
use uuid::Uuid;

use super::store;
use crate::App;
use crate::accounts::Audit;
use crate::catalogue;
use crate::clock::Timestamp;
use crate::db::DbError;
use crate::ids::{ModuleId, OrganisationId, PersonId};
use crate::web::Refusal;

pub use store::Dispatch;

/// Characters of a name at most.
pub(super) const NAME_MAX: usize = 120;
/// Learners at most that a cap may name.
pub(super) const CAP_MAX: i64 = 100_000;

/// A dispatch to be made.
#[derive(Debug, Clone, Default)]
pub struct New {
    /// The LMS, as its trainer calls it.
    pub name: String,
    /// Whose members its learners are.
    pub organisation: Option<OrganisationId>,
    /// Learners at most.
    pub cap: Option<i64>,
    /// Until when.
    pub expires_at: Option<Timestamp>,
    /// Ids are hashed in the browser.
    pub hash_ids: bool,
    /// Names are sent.
    pub send_names: bool,
    /// Where it may be opened; empty: learnt at the first launch.
    pub origins: Vec<String>,
    /// Who makes it.
    pub by: Option<PersonId>,
}

/// The origins in what was typed, `None` when something in it is no web address.
pub(super) fn origins(text: &str) -> Option<Vec<String>> {
    text.split_whitespace()
        .map(|word| lti::target::web(word).map(|url| lti::target::origin(&url)))
        .collect()
}

/// Makes a dispatch of a module; 409 `dispatch-format` for tools of others, which no frame shows.
pub async fn add(app: &App, module: ModuleId, new: New) -> Result<Dispatch, Refusal> {
    let found = catalogue::module(app, module).await?;
    let course = catalogue::course(app, found.version).await?;
    if course.tool().is_some() {
        return Err(Refusal::conflict("dispatch-format"));
    }
    let id = app.ids.uuid();
    let audit = Audit::new(app, new.by, "dispatch-added", format!("dispatch:{id}"))
        .detail(json!({ "module": module, "name": new.name }));
    app.db
        .write((id, module, new, audit), |tx, (id, module, new, audit)| {
            Box::pin(async move {
                store::ADD_DISPATCH
                    .bind(*id)
                    .bind(*module)
                    .bind(&new.name)
                    .bind(new.organisation)
                    .bind(new.cap)
                    .bind(new.expires_at)
                    .bind(new.hash_ids)
                    .bind(new.send_names)
                    .bind(json!(new.origins))
                    .bind(audit.at)
                    .bind(new.by)
                    .run(&mut *tx)
                    .await?;
                audit.write(&mut *tx).await?;
                let made: Dispatch = store::DISPATCH.bind(*id).one(tx).await?;
                Ok::<_, Refusal>(made)
            })
        })
        .await
}

/// A dispatch; 404 when there is none.
pub async fn get(app: &App, id: Uuid) -> Result<Dispatch, Refusal> {
    Ok(store::DISPATCH.bind(id).one(&app.db).await?)
}

/// What its package proves itself with: derived, so that the same export is the same bytes.
pub fn key(app: &App, id: Uuid) -> String {
    app.sign("dispatch", &id.to_string())
}

/// Those of a module.
pub(super) async fn of_module(
    app: &App,
    module: ModuleId,
) -> Result<Vec<store::ListedRow>, DbError> {
    store::DISPATCHES.bind(module).all(&app.db).await
}

/// All organisations, to choose from.
pub(super) async fn organisations(app: &App) -> Result<Vec<(OrganisationId, String)>, DbError> {
    let rows: Vec<store::OrganisationRow> = store::ORGANISATIONS.all(&app.db).await?;
    Ok(rows.into_iter().map(|row| (row.id, row.name)).collect())
}

/// What a trainer may change: it holds from the next opening, without a new import.
pub(super) struct Edit {
    pub name: String,
    pub cap: Option<i64>,
    pub expires_at: Option<Timestamp>,
    pub origins: Vec<String>,
}

pub(super) async fn edit(app: &App, by: PersonId, id: Uuid, edit: Edit) -> Result<(), Refusal> {
    let audit = Audit::new(app, Some(by), "dispatch-changed", format!("dispatch:{id}"))
        .detail(json!({ "cap": edit.cap, "origins": edit.origins }));
    app.db
        .write((id, edit, audit), |tx, (id, edit, audit)| {
            Box::pin(async move {
                store::EDIT_DISPATCH
                    .bind(*id)
                    .bind(&edit.name)
                    .bind(edit.cap)
                    .bind(edit.expires_at)
                    .bind(json!(edit.origins))
                    .run(&mut *tx)
                    .await?;
                audit.write(tx).await
            })
        })
        .await
        .map_err(Refusal::from)
}

/// Revokes a dispatch, which ends its browsers at once, or opens it again.
pub(super) async fn set_active(
    app: &App,
    by: PersonId,
    id: Uuid,
    active: bool,
) -> Result<(), Refusal> {
    let action = if active {
        "dispatch-opened"
    } else {
        "dispatch-revoked"
    };
    let audit = Audit::new(app, Some(by), action, format!("dispatch:{id}"));
    app.db
        .write((id, active, audit), |tx, (id, active, audit)| {
            Box::pin(async move {
                store::SET_DISPATCH_STATE
                    .bind(*id)
                    .bind(if *active { "active" } else { "revoked" })
                    .run(&mut *tx)
                    .await?;
                if !active {
                    store::END_DISPATCH_SESSIONS.bind(*id).run(&mut *tx).await?;
                }
                audit.write(tx).await
            })
        })
        .await
        .map_err(Refusal::from)
}

impl Dispatch {
    /// Where it may be opened.
    pub(super) fn origins(&self) -> Vec<String> {
        serde_json::from_value(self.origins.clone()).unwrap_or_default()
    }
}
