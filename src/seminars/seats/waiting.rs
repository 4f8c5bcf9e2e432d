//! The waiting list: for a person, or for some seats together.

use uuid::Uuid;

use super::desk::Desk;
use super::{end, group, held, store};
use crate::App;
use crate::db::DbError;
use crate::ids::{PersonId, SeminarId};
use crate::web::Refusal;

/// Puts a person on the waiting list; doing it again changes nothing.
///
/// 409: `not-eligible` as for a seat, `seats-free` when there is one to take, `seat-taken`.
pub async fn wait(app: &App, person: PersonId, seminar: SeminarId) -> Result<(), Refusal> {
    let now = app.clock.now();
    app.db
        .write(
            (app.clone(), person, seminar, now),
            |tx, (app, person, seminar, now)| {
                Box::pin(async move {
                    let desk = Desk::open(app, tx, *seminar, *now).await?;
                    desk.is_open()?;
                    if held(tx, *seminar, *person).await?.is_some() {
                        return Err(Refusal::conflict("seat-taken"));
                    }
                    let there: Option<store::EntryRow> = store::ENTRY_OF
                        .bind(*seminar)
                        .bind(*person)
                        .optional(&mut *tx)
                        .await?;
                    if there.is_some() {
                        return Ok(());
                    }
                    let (_, organisation) = desk.pass(tx, *person).await?;
                    if desk.free_seats(tx, organisation).await? > 0 {
                        return Err(Refusal::conflict("seats-free"));
                    }
                    store::JOIN
                        .bind(app.ids.uuid())
                        .bind(*seminar)
                        .bind("person")
                        .bind(*person)
                        .bind(organisation)
                        .bind(1_i64)
                        .bind(*now)
                        .run(tx)
                        .await?;
                    Ok::<(), Refusal>(())
                })
            },
        )
        .await
}

/// Takes an entry off the list; a seat it was offered goes to the next.
///
/// `may` says whether whoever asks may: the person, or a coordinator of the organisation.
pub async fn leave(
    app: &App,
    seminar: SeminarId,
    entry: Uuid,
    may: impl Fn(&store::EntryRow) -> bool + Send + Sync + 'static,
) -> Result<(), Refusal> {
    let now = app.clock.now();
    let may = std::sync::Arc::new(may);
    app.db
        .write(
            (app.clone(), seminar, entry, now, may),
            |tx, (app, seminar, entry, now, may)| {
                Box::pin(async move {
                    let mut desk = Desk::open(app, tx, *seminar, *now).await?;
                    let entry: store::EntryRow = store::ENTRY
                        .bind(*entry)
                        .bind(*seminar)
                        .one(&mut *tx)
                        .await?;
                    if !may(&entry) {
                        return Err(Refusal::not_found());
                    }
                    if !matches!(entry.state.as_str(), "waiting" | "offered") {
                        return Ok(());
                    }
                    end(tx, &entry, "left", *now).await?;
                    if entry.state == "offered" {
                        desk.free(tx, entry.seats).await?;
                        desk.settle(tx).await?;
                    }
                    Ok::<(), Refusal>(())
                })
            },
        )
        .await
}

/// Takes up the seats that an organisation was offered: a reservation, to be named.
pub async fn take_group_offer(
    app: &App,
    seminar: SeminarId,
    entry: Uuid,
    may: impl Fn(&store::EntryRow) -> bool + Send + Sync + 'static,
) -> Result<(), Refusal> {
    let now = app.clock.now();
    let may = std::sync::Arc::new(may);
    app.db
        .write(
            (app.clone(), seminar, entry, now, may),
            |tx, (app, seminar, entry, now, may)| {
                Box::pin(async move {
                    let desk = Desk::open(app, tx, *seminar, *now).await?;
                    desk.is_open()?;
                    let entry: store::EntryRow = store::ENTRY
                        .bind(*entry)
                        .bind(*seminar)
                        .one(&mut *tx)
                        .await?;
                    let organisation = entry.organisation.filter(|_| may(&entry));
                    let Some(organisation) = organisation.filter(|_| entry.kind == "group") else {
                        return Err(Refusal::not_found());
                    };
                    if entry.state != "offered" {
                        return Err(Refusal::conflict("offer-gone"));
                    }
                    end(tx, &entry, "taken", *now).await?;
                    group::write(tx, &desk, organisation, entry.person, entry.seats).await
                })
            },
        )
        .await
}

/// Where somebody stands on the list.
pub async fn entry_of(
    app: &App,
    seminar: SeminarId,
    person: PersonId,
) -> Result<Option<store::EntryRow>, DbError> {
    store::ENTRY_OF
        .bind(seminar)
        .bind(person)
        .optional(&app.db)
        .await
}

/// The place of an entry on the list, from 1.
pub async fn place_of(app: &App, seminar: SeminarId, entry: Uuid) -> Result<i64, DbError> {
    let (before,): (i64,) = store::BEFORE.bind(seminar).bind(entry).one(&app.db).await?;
    Ok(before + 1)
}

/// Who waits and who was offered a seat, in order, for the staff.
pub async fn waiting_list(
    app: &App,
    seminar: SeminarId,
) -> Result<Vec<store::WaitingRow>, DbError> {
    store::LIST.bind(seminar).all(&app.db).await
}

/// Settles every seminar in which something may be due: run every hour.
pub async fn settle_all(app: &App) -> Result<(), DbError> {
    let now = app.clock.now();
    let due: Vec<store::SeminarIdRow> = store::UNSETTLED.bind(now).all(&app.db).await?;
    for row in due {
        let settled = app
            .db
            .write(
                (app.clone(), row.seminar, now),
                |tx, (app, seminar, now)| {
                    Box::pin(async move { Desk::open(app, tx, *seminar, *now).await.map(drop) })
                },
            )
            .await;
        if let Err(refusal) = settled {
            tracing::warn!(seminar = %row.seminar, code = refusal.code, "seats not settled");
        }
    }
    Ok(())
}
