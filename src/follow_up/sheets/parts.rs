//! Milestones and evidence of a sheet, added, reached and taken away.

use uuid::Uuid;

use super::{Event, MOST, Writable, evidence, place, store};
use crate::App;
use crate::clock::Timestamp;
use crate::db::DbError;
use crate::ids::PersonId;
use crate::web::Refusal;

/// Adds a milestone.
pub async fn add_milestone(
    app: &App,
    by: PersonId,
    sheet: &Writable,
    title: String,
    due_at: Timestamp,
) -> Result<(), Refusal> {
    if sheet.0.milestones >= MOST as i64 {
        return Err(Refusal::conflict("action-full"));
    }
    let id = app.ids.uuid();
    let event = Event::new(app, sheet.0.id, "milestone-added", by);
    app.db
        .write(
            (id, title, due_at, event),
            |tx, (id, title, due_at, event)| {
                Box::pin(async move {
                    store::MILESTONE
                        .bind(*id)
                        .bind(event.sheet)
                        .bind(title)
                        .bind(*due_at)
                        .run(&mut *tx)
                        .await?;
                    event.write(tx, title).await?;
                    Ok(())
                })
            },
        )
        .await
}

/// What can be done with a milestone.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum MilestoneAct {
    /// It is reached.
    Done,
    /// It is not, after all.
    Open,
    /// It is none.
    Remove,
}

impl MilestoneAct {
    /// By its code.
    pub fn from_code(code: &str) -> Option<MilestoneAct> {
        match code {
            "done" => Some(MilestoneAct::Done),
            "open" => Some(MilestoneAct::Open),
            "remove" => Some(MilestoneAct::Remove),
            _ => None,
        }
    }

    fn event(self) -> &'static str {
        match self {
            MilestoneAct::Done => "milestone-done",
            MilestoneAct::Open => "milestone-open",
            MilestoneAct::Remove => "milestone-removed",
        }
    }
}

/// Says that a milestone is reached, or not; or takes it away. False when nothing changed.
pub async fn milestone(
    app: &App,
    by: PersonId,
    sheet: &Writable,
    id: Uuid,
    act: MilestoneAct,
) -> Result<bool, DbError> {
    let event = Event::new(app, sheet.0.id, act.event(), by);
    app.db
        .write((id, act, event), |tx, (id, act, event)| {
            Box::pin(async move {
                let done = (*act == MilestoneAct::Done).then_some(event.at);
                let changed: Option<store::TitleRow> = match act {
                    MilestoneAct::Remove => {
                        let query = store::MILESTONE_GONE.bind(*id).bind(event.sheet);
                        query.optional(&mut *tx).await?
                    }
                    MilestoneAct::Done | MilestoneAct::Open => {
                        store::MILESTONE_DONE
                            .bind(*id)
                            .bind(event.sheet)
                            .bind(done)
                            .bind(done.map(|_| event.by))
                            .optional(&mut *tx)
                            .await?
                    }
                };
                if let Some(changed) = &changed {
                    event.write(tx, &changed.title).await?;
                }
                Ok(changed.is_some())
            })
        })
        .await
}

/// Adds something on this platform that shows what was done; false when the address names nothing
/// that everybody may see.
pub async fn add_evidence(
    app: &App,
    by: PersonId,
    sheet: &Writable,
    address: &str,
    note: String,
) -> Result<bool, Refusal> {
    let Some(place) = place(&app.config.public_url, address) else {
        return Ok(false);
    };
    let found: Option<store::ObjectRow> = store::OBJECT
        .bind(place.kind)
        .bind(place.slug)
        .bind(place.id)
        .optional(&app.db)
        .await?;
    let Some(found) = found else {
        return Ok(false);
    };
    if evidence(app, sheet.0.id).await?.len() >= MOST {
        return Err(Refusal::conflict("action-full"));
    }
    let id = app.ids.uuid();
    let event = Event::new(app, sheet.0.id, "evidence-added", by);
    app.db
        .write(
            (id, place.kind, found.id, note, event),
            |tx, (id, kind, object, note, event)| {
                Box::pin(async move {
                    let added = store::EVIDENCE
                        .bind(*id)
                        .bind(event.sheet)
                        .bind(*kind)
                        .bind(*object)
                        .bind(note)
                        .bind(event.by)
                        .bind(event.at)
                        .run(&mut *tx)
                        .await?;
                    if added == 1 {
                        event.write(tx, note).await?;
                    }
                    Ok::<_, DbError>(())
                })
            },
        )
        .await?;
    Ok(true)
}

/// Takes a piece of evidence away; false when there is none of this id.
pub async fn remove_evidence(app: &App, sheet: &Writable, id: Uuid) -> Result<bool, DbError> {
    let sheet = sheet.0.id;
    app.db
        .write((id, sheet), |tx, (id, sheet)| {
            Box::pin(async move {
                let gone = store::EVIDENCE_GONE.bind(*id).bind(*sheet).run(tx).await?;
                Ok(gone == 1)
            })
        })
        .await
}
