//! Accompaniment: visits and advice of the regional staff, with the next step, seen by the
//! organisation's coordinators and the staff of its region only.

mod pages;
mod store;

use uuid::Uuid;

use crate::App;
use crate::clock::Timestamp;
use crate::db::DbError;
use crate::ids::PersonId;
use crate::organisations::OrgScope;

pub use store::NoteRow;
pub(crate) use store::QUERIES;

/// What was done.
pub const KINDS: [&str; 3] = ["visit", "advice", "call"];

/// The routes.
pub fn routes() -> Vec<rocket::Route> {
    pages::routes()
}

/// A visit or a piece of advice, to be noted.
#[derive(Debug, Clone)]
pub struct Note {
    /// One of [`KINDS`].
    pub kind: &'static str,
    /// When.
    pub held_at: Timestamp,
    /// What was said.
    pub body: String,
    /// What the organisation does next; may be empty.
    pub next_step: String,
    /// Until when.
    pub due_at: Option<Timestamp>,
    /// By whom.
    pub by: PersonId,
}

/// Notes it for an organisation.
pub async fn note(app: &App, scope: OrgScope, note: Note) -> Result<(), DbError> {
    let id = app.ids.uuid();
    let now = app.clock.now();
    app.db
        .write((id, scope, note, now), |tx, (id, scope, note, now)| {
            Box::pin(async move {
                store::NOTE
                    .bind(*id)
                    .bind(scope.organisation())
                    .bind(note.kind)
                    .bind(note.held_at)
                    .bind(&note.body)
                    .bind(&note.next_step)
                    .bind(note.due_at)
                    .bind(note.by)
                    .bind(*now)
                    .run(tx)
                    .await
                    .map(drop)
            })
        })
        .await
}

/// What was noted for an organisation, latest first.
pub async fn notes(app: &App, scope: OrgScope) -> Result<Vec<NoteRow>, DbError> {
    store::NOTES.bind(scope.organisation()).all(&app.db).await
}

/// Says that the next step of a note is done; false when there is none left to do.
pub async fn done(app: &App, scope: OrgScope, id: Uuid) -> Result<bool, DbError> {
    let now = app.clock.now();
    app.db
        .write((id, scope, now), |tx, (id, scope, now)| {
            Box::pin(async move {
                let query = store::DONE.bind(*id).bind(scope.organisation()).bind(*now);
                Ok(query.run(tx).await? == 1)
            })
        })
        .await
}
