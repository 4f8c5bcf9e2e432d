//! Materials as files: sent for a seminar or taken from the toolbox, each at its time, for everybody
//! or for those who have a seat.

pub(super) mod store;

use uuid::Uuid;

use super::SeminarRow;
use crate::App;
use crate::clock::Timestamp;
use crate::db::{DbError, Tx};
use crate::documents::{self, Received};
use crate::ids::{DocumentId, PersonId, SeminarId};
use crate::web::Refusal;

pub use store::HandoutRow;

/// Files and documents of a seminar at most.
pub const MOST: usize = 40;

/// Who may have it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Reader {
    /// Anybody.
    Anybody,
    /// Somebody with a seat.
    Seated,
    /// Who organises or leads it: everything, at any time.
    Team,
}

/// Whether what belongs to a phase is handed out at a moment.
pub fn is_out(seminar: &SeminarRow, phase: &str, now: Timestamp) -> bool {
    match phase {
        "before" => true,
        "during" => seminar.starts_at <= now,
        _ => seminar.ends_at <= now,
    }
}

impl HandoutRow {
    /// Whether a reader may have it now.
    pub fn is_for(&self, seminar: &SeminarRow, reader: Reader, now: Timestamp) -> bool {
        match reader {
            Reader::Team => true,
            Reader::Seated => is_out(seminar, &self.phase, now),
            Reader::Anybody => self.audience == "all" && is_out(seminar, &self.phase, now),
        }
    }
}

/// Where what is handed out comes from.
pub enum From {
    /// A file that was sent.
    File(Received),
    /// A document of the toolbox.
    Document(DocumentId),
}

/// Something to be handed out.
pub struct New {
    /// `before`, `during` or `after`.
    pub phase: &'static str,
    /// For those who have a seat only.
    pub seats_only: bool,
    /// In the words of the organisers.
    pub label: String,
    /// What it is.
    pub from: From,
    /// By whom.
    pub by: PersonId,
}

/// What a seminar hands out, in the order of its phases.
pub async fn of(app: &App, seminar: SeminarId) -> Result<Vec<HandoutRow>, DbError> {
    store::OF_SEMINAR.bind(seminar).all(&app.db).await
}

/// One of them; 404 when the seminar hands out nothing of the kind.
pub async fn one(app: &App, seminar: SeminarId, id: Uuid) -> Result<HandoutRow, Refusal> {
    Ok(store::ONE.bind(id).bind(seminar).one(&app.db).await?)
}

/// Adds something.
///
/// # Errors
/// 409 `too-many-handouts`; those of a file that is not taken.
pub async fn add(app: &App, seminar: SeminarId, new: New) -> Result<(), Refusal> {
    if of(app, seminar).await?.len() >= MOST {
        return Err(Refusal::conflict("too-many-handouts"));
    }
    let (file, document) = match new.from {
        From::File(file) => (
            Some(documents::keep(app, new.by, "handout", file).await?),
            None,
        ),
        From::Document(document) => (None, Some(document)),
    };
    let row = HandoutRow {
        id: app.ids.uuid(),
        seminar,
        phase: new.phase.to_owned(),
        audience: if new.seats_only { "seats" } else { "all" }.to_owned(),
        label: new.label,
        file,
        document,
        file_name: None,
        size: None,
    };
    let (by, now) = (new.by, app.clock.now());
    app.db
        .write((row, by, now), |tx, (row, by, now)| {
            Box::pin(async move { write(tx, row, *by, *now).await })
        })
        .await?;
    Ok(())
}

async fn write(tx: &mut Tx, row: &HandoutRow, by: PersonId, now: Timestamp) -> Result<(), DbError> {
    store::ADD
        .bind(row.id)
        .bind(row.seminar)
        .bind(&row.phase)
        .bind(&row.audience)
        .bind(&row.label)
        .bind(row.file)
        .bind(row.document)
        .bind(by)
        .bind(now)
        .run(tx)
        .await
        .map(drop)
}

/// Takes something away, and its file with it unless another seminar hands it out too.
pub async fn remove(app: &App, seminar: SeminarId, id: Uuid) -> Result<(), Refusal> {
    let row = one(app, seminar, id).await?;
    app.db
        .write((id, seminar), |tx, (id, seminar)| {
            Box::pin(async move {
                store::REMOVE
                    .bind(*id)
                    .bind(*seminar)
                    .run(tx)
                    .await
                    .map(drop)
            })
        })
        .await?;
    if let Some(file) = row.file {
        let (uses,): (i64,) = store::USES.bind(file).one(&app.db).await?;
        if uses == 0 {
            documents::drop_kept(app, file).await?;
        }
    }
    Ok(())
}

/// Hands out at a repetition what the first seminar handed out.
pub async fn copy(app: &App, from: SeminarId, to: SeminarId, by: PersonId) -> Result<(), DbError> {
    let now = app.clock.now();
    let mut rows = of(app, from).await?;
    // Added at one moment, they are listed by their ids: in the order they have.
    let mut ids: Vec<Uuid> = rows.iter().map(|_| app.ids.uuid()).collect();
    ids.sort();
    for (row, id) in rows.iter_mut().zip(ids) {
        row.id = id;
        row.seminar = to;
    }
    app.db
        .write((rows, by, now), |tx, (rows, by, now)| {
            Box::pin(async move {
                for row in rows {
                    write(tx, row, *by, *now).await?;
                }
                Ok::<(), DbError>(())
            })
        })
        .await
}
