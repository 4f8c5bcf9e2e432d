//! Seats: taken by the rule, given up at will.

use domain::eligibility::Scope;
use serde_json::{Value, json};

use super::door::{Proofs, Source};
use super::{SeminarRow, TakenRow, store, view};
use crate::App;
use crate::clock::Timestamp;
use crate::db::{DbError, On};
use crate::ids::{PersonId, SeatId, SeminarId};
use crate::lrs::deeds::{self, Deed};
use crate::web::Refusal;

/// A seat somebody holds.
#[derive(Debug, Clone)]
pub struct Seat {
    /// Its id.
    pub id: SeatId,
    /// Since when.
    pub taken_at: Timestamp,
    /// What opened the door at that moment, as the API shows it.
    pub evidence: Value,
    /// False when the person held it already: asking twice gives one seat.
    pub is_new: bool,
}

/// Gives a person a seat, if the door is open to them now and one is left.
///
/// 409: `not-eligible` (with `rule`, `evidence` and `missing`), `seminar-full`,
/// `seminar-cancelled`, `seminar-begun`.
pub async fn register(app: &App, person: PersonId, seminar: SeminarId) -> Result<Seat, Refusal> {
    let id: SeatId = app.ids.id();
    let now = app.clock.now();
    let public_url = app.config.public_url.clone();
    app.db
        .write(
            (id, person, seminar, now, public_url),
            |tx, (id, person, seminar, now, public_url)| {
                Box::pin(async move {
                    let row: SeminarRow = store::HOLD.bind(*seminar).one(&mut *tx).await?;
                    let held: Option<store::SeatRow> = store::SEAT_OF
                        .bind(*seminar)
                        .bind(*person)
                        .optional(&mut *tx)
                        .await?;
                    if let Some(seat) = held {
                        return Ok(Seat {
                            id: seat.id,
                            taken_at: seat.taken_at,
                            evidence: seat.evidence,
                            is_new: false,
                        });
                    }
                    if let Some(code) = row.closed(*now) {
                        return Err(Refusal::conflict(code));
                    }
                    let rule = row.rule();
                    let colleagues = rule.scope == Scope::Organisation;
                    let proofs =
                        Proofs::load(Source::Tx(&mut *tx), &[*person], colleagues, *now).await?;
                    let door = proofs.door(&rule, *person);
                    let modules = super::modules(On::from(&mut *tx), [&rule]).await?;
                    let shown = view::eligibility(public_url, &rule, &door, &modules);
                    if !door.verdict.eligible {
                        return Err(Refusal::conflict("not-eligible")
                            .with("count", door.verdict.missing())
                            .extra("eligible", false)
                            .extra("rule", json!(shown.rule))
                            .extra("evidence", json!(shown.evidence))
                            .extra("missing", json!(shown.missing)));
                    }
                    if store::TAKE.bind(*seminar).run(&mut *tx).await? == 0 {
                        return Err(Refusal::conflict("seminar-full"));
                    }
                    let evidence = json!(shown.evidence);
                    store::INSERT_SEAT
                        .bind(*id)
                        .bind(*seminar)
                        .bind(*person)
                        .bind(proofs.organisation(*person))
                        .bind(evidence.clone())
                        .bind(*now)
                        .run(&mut *tx)
                        .await?;
                    let deed = Deed::Registered(told(&row), *id);
                    deeds::did(tx, *person, deed, *now).await?;
                    Ok(Seat {
                        id: *id,
                        taken_at: *now,
                        evidence,
                        is_new: true,
                    })
                })
            },
        )
        .await
}

/// Gives a seat up: it is free for somebody else. False when the person held none.
pub async fn give_up(app: &App, person: PersonId, seminar: SeminarId) -> Result<bool, Refusal> {
    let now = app.clock.now();
    app.db
        .write((person, seminar, now), |tx, (person, seminar, now)| {
            Box::pin(async move {
                // Always the seminar first: two that wait for each other's row would be a deadlock.
                let row: SeminarRow = store::HOLD.bind(*seminar).one(&mut *tx).await?;
                let cancelled = store::CANCEL_SEAT
                    .bind(*seminar)
                    .bind(*person)
                    .bind(*now)
                    .run(&mut *tx)
                    .await?;
                if cancelled == 1 {
                    store::FREE.bind(*seminar).run(&mut *tx).await?;
                    deeds::did(tx, *person, Deed::Withdrew(told(&row)), *now).await?;
                }
                Ok::<bool, Refusal>(cancelled == 1)
            })
        })
        .await
}

/// A seminar, as statements name it.
fn told(row: &SeminarRow) -> deeds::Seminar<'_> {
    deeds::Seminar {
        id: row.id,
        slug: &row.slug,
        title: &row.title,
        language: &row.language,
    }
}

/// The seats held, in the order they were taken.
pub async fn seats(app: &App, seminar: SeminarId) -> Result<Vec<TakenRow>, DbError> {
    store::SEATS.bind(seminar).all(&app.db).await
}
