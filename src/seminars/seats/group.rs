//! Seats for an organisation: reserved by a coordinator, named later, or waited for together.

use domain::eligibility::Scope;
use serde_json::json;
use uuid::Uuid;

use super::desk::Desk;
use super::{end, full, held, seat, store};
use crate::App;
use crate::clock::Timestamp;
use crate::db::{DbError, Tx};
use crate::ids::{OrganisationId, PersonId, SeminarId};
use crate::seminars::store as seminars;
use crate::web::Refusal;

/// Seats of one reservation or group at most.
pub const GROUP_MAX: i64 = 50;
/// Reserved seats must have names so many days before the seminar begins.
const NAME_DAYS: i64 = 3;

/// Reserves seats for an organisation, to be named later.
///
/// The rule is asked of the coordinator where it asks whoever registers, and of each person when
/// they are named where it asks each seat. 409 as for a seat; `not-enough-seats` with how many
/// there are.
pub async fn reserve(
    app: &App,
    seminar: SeminarId,
    organisation: OrganisationId,
    by: PersonId,
    seats: i64,
) -> Result<(), Refusal> {
    let now = app.clock.now();
    app.db
        .write(
            (app.clone(), seminar, organisation, by, seats, now),
            |tx, (app, seminar, organisation, by, seats, now)| {
                Box::pin(async move {
                    let mut desk = Desk::open(app, tx, *seminar, *now).await?;
                    desk.is_open()?;
                    if desk.rule.scope != Scope::EachSeat {
                        desk.pass(tx, *by).await?;
                    }
                    let free = desk.free_seats(tx, Some(*organisation)).await?;
                    if free < *seats {
                        return Err(match free {
                            0 => full(&desk),
                            _ => Refusal::conflict("not-enough-seats").with("count", free),
                        });
                    }
                    if !desk.take(tx, *seats).await? {
                        return Err(Refusal::conflict("seminar-full"));
                    }
                    write(tx, &desk, *organisation, *by, *seats).await
                })
            },
        )
        .await
}

/// Writes a reservation whose seats are counted already.
pub(super) async fn write(
    tx: &mut Tx,
    desk: &Desk<'_>,
    organisation: OrganisationId,
    by: PersonId,
    seats: i64,
) -> Result<(), Refusal> {
    let starts = desk.seminar.starts_at;
    let early = starts.plus_days(-NAME_DAYS);
    let name_by = if early > desk.now.plus_days(1) {
        early
    } else {
        starts
    };
    store::RESERVE
        .bind(desk.app.ids.uuid())
        .bind(desk.seminar.id)
        .bind(organisation)
        .bind(by)
        .bind(seats)
        .bind(desk.now)
        .bind(name_by)
        .run(tx)
        .await?;
    Ok(())
}

/// Puts an organisation on the waiting list for so many seats together; one entry each.
pub async fn wait_as_group(
    app: &App,
    seminar: SeminarId,
    organisation: OrganisationId,
    by: PersonId,
    seats: i64,
) -> Result<(), Refusal> {
    let now = app.clock.now();
    app.db
        .write(
            (app.clone(), seminar, organisation, by, seats, now),
            |tx, (app, seminar, organisation, by, seats, now)| {
                Box::pin(async move {
                    let mut desk = Desk::open(app, tx, *seminar, *now).await?;
                    desk.is_open()?;
                    let there: Option<store::EntryRow> = store::ENTRY_OF_GROUP
                        .bind(*seminar)
                        .bind(*organisation)
                        .optional(&mut *tx)
                        .await?;
                    if there.is_some() {
                        return Err(Refusal::conflict("waiting-already"));
                    }
                    if desk.seminar.capacity < *seats {
                        let most = desk.seminar.capacity;
                        return Err(Refusal::conflict("not-enough-seats").with("count", most));
                    }
                    if desk.rule.scope != Scope::EachSeat {
                        desk.pass(tx, *by).await?;
                    }
                    store::JOIN
                        .bind(app.ids.uuid())
                        .bind(*seminar)
                        .bind("group")
                        .bind(*by)
                        .bind(*organisation)
                        .bind(*seats)
                        .bind(*now)
                        .run(&mut *tx)
                        .await?;
                    // There may be room already.
                    desk.settle(tx).await
                })
            },
        )
        .await
}

/// Who is to be named to a reserved seat.
#[derive(Debug, Clone)]
pub struct Naming {
    /// The reservation.
    pub reservation: Uuid,
    /// Of which organisation it must be.
    pub organisation: OrganisationId,
    /// The member.
    pub person: PersonId,
}

/// Gives a reserved seat to a member of the organisation. The seat is counted already.
///
/// 409: `not-eligible` where the rule asks each seat, `seat-taken`, `not-a-member`,
/// `all-seats-named`.
pub async fn name_seat(app: &App, seminar: SeminarId, naming: Naming) -> Result<(), Refusal> {
    let now = app.clock.now();
    app.db
        .write(
            (app.clone(), seminar, naming, now),
            |tx, (app, seminar, naming, now)| {
                Box::pin(async move {
                    let mut desk = Desk::open(app, tx, *seminar, *now).await?;
                    desk.is_open()?;
                    let reservation: store::ReservationRow = store::RESERVATION
                        .bind(naming.reservation)
                        .bind(*seminar)
                        .one(&mut *tx)
                        .await?;
                    if reservation.organisation != naming.organisation {
                        return Err(Refusal::not_found());
                    }
                    if !is_member(tx, naming, *now).await? {
                        return Err(Refusal::conflict("not-a-member"));
                    }
                    if held(tx, *seminar, naming.person).await?.is_some() {
                        return Err(Refusal::conflict("seat-taken"));
                    }
                    let evidence = if desk.rule.scope == Scope::EachSeat {
                        json!(desk.pass(tx, naming.person).await?.0.evidence)
                    } else {
                        json!([])
                    };
                    if store::NAME.bind(reservation.id).run(&mut *tx).await? == 0 {
                        return Err(Refusal::conflict("all-seats-named"));
                    }
                    let of = Some(naming.organisation);
                    let id = Some(reservation.id);
                    seat(tx, &desk, naming.person, of, &evidence, id).await?;
                    // Who has a seat waits no longer.
                    let entry: Option<store::EntryRow> = store::ENTRY_OF
                        .bind(*seminar)
                        .bind(naming.person)
                        .optional(&mut *tx)
                        .await?;
                    if let Some(entry) = entry {
                        end(tx, &entry, "taken", *now).await?;
                        if entry.state == "offered" {
                            desk.free(tx, entry.seats).await?;
                            desk.settle(tx).await?;
                        }
                    }
                    Ok::<(), Refusal>(())
                })
            },
        )
        .await
}

async fn is_member(tx: &mut Tx, naming: &Naming, now: Timestamp) -> Result<bool, DbError> {
    let rows: Vec<seminars::MembershipRow> = seminars::MEMBERSHIPS
        .bind(vec![naming.person.0])
        .bind(now)
        .all(tx)
        .await?;
    Ok(rows
        .iter()
        .any(|row| row.organisation == naming.organisation))
}

/// Gives back the seats of a reservation that have no name.
pub async fn release(
    app: &App,
    seminar: SeminarId,
    organisation: OrganisationId,
    reservation: Uuid,
) -> Result<(), Refusal> {
    let now = app.clock.now();
    app.db
        .write(
            (app.clone(), seminar, organisation, reservation, now),
            |tx, (app, seminar, organisation, reservation, now)| {
                Box::pin(async move {
                    let mut desk = Desk::open(app, tx, *seminar, *now).await?;
                    let row: store::ReservationRow = store::RESERVATION
                        .bind(*reservation)
                        .bind(*seminar)
                        .one(&mut *tx)
                        .await?;
                    if row.organisation != *organisation {
                        return Err(Refusal::not_found());
                    }
                    store::SHRINK.bind(row.id).run(&mut *tx).await?;
                    desk.free(tx, row.seats - row.named).await?;
                    desk.settle(tx).await
                })
            },
        )
        .await
}

/// An organisation's reservations with those named to each, and its entry on the waiting list.
pub type Ours = (
    Vec<(store::ReservationRow, Vec<store::NamedRow>)>,
    Option<store::EntryRow>,
);

/// What an organisation has in a seminar: its reservations, who is named, and its entry on the
/// waiting list.
pub async fn reservations(
    app: &App,
    seminar: SeminarId,
    organisation: OrganisationId,
) -> Result<Ours, DbError> {
    let rows: Vec<store::ReservationRow> = store::RESERVATIONS_OF
        .bind(seminar)
        .bind(organisation)
        .all(&app.db)
        .await?;
    let mut found = Vec::new();
    for row in rows {
        let named: Vec<store::NamedRow> = store::NAMED.bind(row.id).all(&app.db).await?;
        found.push((row, named));
    }
    let entry: Option<store::EntryRow> = store::ENTRY_OF_GROUP
        .bind(seminar)
        .bind(organisation)
        .optional(&app.db)
        .await?;
    Ok((found, entry))
}
