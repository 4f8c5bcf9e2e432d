//! Seats: taken by the rule, given up at will; reserved and waited for beside them.

mod desk;
mod group;
pub(super) mod store;
mod waiting;

use serde_json::{Value, json};

pub(super) use desk::Desk;
pub use group::{GROUP_MAX, Naming, name_seat, release, reservations, reserve, wait_as_group};
pub use store::{EntryRow, NamedRow, QuotaRow, ReservationRow, WaitingRow};
pub use waiting::{entry_of, leave, place_of, settle_all, take_group_offer, wait, waiting_list};

use super::{TakenRow, store as seminars};
use crate::App;
use crate::clock::Timestamp;
use crate::db::{DbError, Tx};
use crate::following::{self, Because, Subject};
use crate::ids::{OrganisationId, PersonId, SeatId, SeminarId};
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

/// Gives a person a seat, if the door is open to them now and one is left, or was offered to them.
///
/// 409: `not-eligible` (with `rule`, `evidence` and `missing`), `seminar-full`, `seats-set-aside`,
/// `seminar-cancelled`, `seminar-begun`.
pub async fn register(app: &App, person: PersonId, seminar: SeminarId) -> Result<Seat, Refusal> {
    let now = app.clock.now();
    app.db
        .write(
            (app.clone(), person, seminar, now),
            |tx, (app, person, seminar, now)| {
                Box::pin(async move {
                    let mut desk = Desk::open(app, tx, *seminar, *now).await?;
                    if let Some(seat) = held(tx, *seminar, *person).await? {
                        return Ok(Seat {
                            id: seat.id,
                            taken_at: seat.taken_at,
                            evidence: seat.evidence,
                            is_new: false,
                        });
                    }
                    desk.is_open()?;
                    let (shown, organisation) = desk.pass(tx, *person).await?;
                    let entry: Option<store::EntryRow> = store::ENTRY_OF
                        .bind(*seminar)
                        .bind(*person)
                        .optional(&mut *tx)
                        .await?;
                    // An offered seat is counted already.
                    let offered = entry.as_ref().is_some_and(|e| e.state == "offered");
                    if !offered {
                        if desk.free_seats(tx, organisation).await? < 1 {
                            return Err(full(&desk));
                        }
                        if !desk.take(tx, 1).await? {
                            return Err(Refusal::conflict("seminar-full"));
                        }
                    }
                    if let Some(entry) = entry {
                        end(tx, &entry, "taken", *now).await?;
                    }
                    let evidence = json!(shown.evidence);
                    seat(tx, &desk, *person, organisation, &evidence, None).await
                })
            },
        )
        .await
}

/// Why there is no seat: none at all, or those left are for others.
fn full(desk: &Desk<'_>) -> Refusal {
    match desk.seminar.seats_left() {
        0 => Refusal::conflict("seminar-full"),
        _ => Refusal::conflict("seats-set-aside"),
    }
}

async fn held(
    tx: &mut Tx,
    seminar: SeminarId,
    person: PersonId,
) -> Result<Option<store::HeldRow>, DbError> {
    store::SEAT_OF.bind(seminar).bind(person).optional(tx).await
}

async fn end(
    tx: &mut Tx,
    entry: &store::EntryRow,
    state: &str,
    now: Timestamp,
) -> Result<(), DbError> {
    store::END
        .bind(entry.id)
        .bind(state)
        .bind(now)
        .run(tx)
        .await
        .map(drop)
}

/// A seminar, as statements name it.
pub(super) fn told(row: &seminars::SeminarRow) -> deeds::Seminar<'_> {
    deeds::Seminar {
        id: row.id,
        slug: &row.slug,
        title: &row.title,
        language: &row.language,
    }
}

/// Writes a seat that is counted already.
async fn seat(
    tx: &mut Tx,
    desk: &Desk<'_>,
    person: PersonId,
    organisation: Option<OrganisationId>,
    evidence: &Value,
    reservation: Option<uuid::Uuid>,
) -> Result<Seat, Refusal> {
    let id: SeatId = desk.app.ids.id();
    store::INSERT_SEAT
        .bind(id)
        .bind(desk.seminar.id)
        .bind(person)
        .bind(organisation)
        .bind(evidence.clone())
        .bind(desk.now)
        .bind(desk.seminar.rule_version)
        .bind(reservation)
        .run(&mut *tx)
        .await?;
    let deed = Deed::Registered(told(&desk.seminar), id);
    deeds::did(tx, person, deed, desk.now).await?;
    let subject = Subject::seminar(desk.seminar.id);
    following::follow_because(tx, person, &subject, Because::Seat, desk.now).await?;
    Ok(Seat {
        id,
        taken_at: desk.now,
        evidence: evidence.clone(),
        is_new: true,
    })
}

/// Gives a seat up: it is free for somebody else, and offered at once to who waits for it. False
/// when the person held none.
pub async fn give_up(app: &App, person: PersonId, seminar: SeminarId) -> Result<bool, Refusal> {
    let now = app.clock.now();
    app.db
        .write(
            (app.clone(), person, seminar, now),
            |tx, (app, person, seminar, now)| {
                Box::pin(async move {
                    let mut desk = Desk::open(app, tx, *seminar, *now).await?;
                    let Some(seat) = held(tx, *seminar, *person).await? else {
                        return Ok(false);
                    };
                    store::CANCEL_SEAT
                        .bind(seat.id)
                        .bind(*now)
                        .run(&mut *tx)
                        .await?;
                    if let Some(reservation) = seat.reservation {
                        store::UNNAME.bind(reservation).run(&mut *tx).await?;
                    }
                    let deed = Deed::Withdrew(told(&desk.seminar));
                    deeds::did(tx, *person, deed, *now).await?;
                    desk.free(tx, 1).await?;
                    desk.settle(tx).await?;
                    Ok::<bool, Refusal>(true)
                })
            },
        )
        .await
}

/// The seats held, in the order they were taken.
pub async fn seats(app: &App, seminar: SeminarId) -> Result<Vec<TakenRow>, DbError> {
    seminars::SEATS.bind(seminar).all(&app.db).await
}

/// What counts as taken, summed from its rows: always what the seminar says. For tests and
/// `halqa check`.
pub async fn counted(app: &App, seminar: SeminarId) -> Result<i64, DbError> {
    let (sum,): (i64,) = store::SUM.bind(seminar).one(&app.db).await?;
    Ok(sum)
}

/// Seats to be set aside until a moment: for a kind of organisation, or for a region.
#[derive(Debug, Clone)]
pub struct NewQuota {
    /// One of `organisations::KINDS`.
    pub kind: Option<String>,
    /// A region's slug.
    pub region: Option<String>,
    /// How many.
    pub seats: i64,
    /// From then on they are everybody's.
    pub until: Timestamp,
}

/// Sets seats aside. Those taken already stay.
pub async fn set_aside(app: &App, seminar: SeminarId, new: NewQuota) -> Result<(), Refusal> {
    let id = app.ids.uuid();
    app.db
        .write((id, seminar, new), |tx, (id, seminar, new)| {
            Box::pin(async move {
                store::INSERT_QUOTA
                    .bind(*id)
                    .bind(*seminar)
                    .bind(new.kind.clone())
                    .bind(new.region.clone())
                    .bind(new.seats)
                    .bind(new.until)
                    .run(tx)
                    .await?;
                Ok::<(), Refusal>(())
            })
        })
        .await
}

/// Gives seats set aside to everybody, and so to who waits.
pub async fn stop_setting_aside(
    app: &App,
    seminar: SeminarId,
    id: uuid::Uuid,
) -> Result<(), Refusal> {
    let now = app.clock.now();
    app.db
        .write(
            (app.clone(), seminar, id, now),
            |tx, (app, seminar, id, now)| {
                Box::pin(async move {
                    let mut desk = Desk::open(app, tx, *seminar, *now).await?;
                    store::DELETE_QUOTA
                        .bind(*seminar)
                        .bind(*id)
                        .run(&mut *tx)
                        .await?;
                    desk.settle(tx).await
                })
            },
        )
        .await
}

/// Seats set aside, those released first.
pub async fn quotas(app: &App, seminar: SeminarId) -> Result<Vec<QuotaRow>, DbError> {
    store::QUOTAS.bind(seminar).all(&app.db).await
}
