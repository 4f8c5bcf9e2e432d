//! Commitments: what a participant means to do within three months, seen by that person, their
//! coordinator and who organises or leads the seminar; a mail reminds of them.

pub(super) mod store;

use serde_json::json;
use uuid::Uuid;

use super::{LearnerRow, SeminarRow};
use crate::App;
use crate::accounts::Person;
use crate::db::DbError;
use crate::ids::{PersonId, SeminarId};
use crate::organisations::OrgScope;
use crate::outbound::mail::{self, Mail};
use crate::web::{Lang, Refusal};

pub use store::CommitmentRow;

/// Of one person after one seminar at most.
pub const MOST: i64 = 5;
/// Longest, in characters.
pub const BODY_MAX: usize = 300;
/// Days in a month, as the choice of the form counts them.
const MONTH: i64 = 30;
/// A mail reminds so many seconds ahead.
const AHEAD: i64 = 7 * 86_400;

/// Whether somebody organises a seminar or was named its trainer.
pub async fn leads(app: &App, seminar: &SeminarRow, person: &Person) -> Result<bool, DbError> {
    if person.roles.can_organise(seminar.region.as_deref()) {
        return Ok(true);
    }
    let query = store::TRAINS.bind(seminar.id).bind(person.id);
    let (named,): (i64,) = query.one(&app.db).await?;
    Ok(named > 0)
}

/// Those named trainers of a seminar.
pub async fn trainers(app: &App, seminar: SeminarId) -> Result<Vec<LearnerRow>, DbError> {
    store::TRAINERS.bind(seminar).all(&app.db).await
}

/// Names a trainer, or no longer.
pub async fn name_trainer(
    app: &App,
    seminar: SeminarId,
    person: PersonId,
    named: bool,
) -> Result<(), DbError> {
    app.db
        .write((seminar, person, named), |tx, (seminar, person, named)| {
            Box::pin(async move {
                let query = match named {
                    true => &store::NAME_TRAINER,
                    false => &store::UNNAME_TRAINER,
                };
                query.bind(*seminar).bind(*person).run(tx).await.map(drop)
            })
        })
        .await
}

/// A repetition is led by the same people.
pub async fn copy_trainers(app: &App, from: SeminarId, to: SeminarId) -> Result<(), DbError> {
    app.db
        .write((from, to), |tx, (from, to)| {
            Box::pin(async move {
                let query = store::COPY_TRAINERS.bind(*from).bind(*to);
                query.run(tx).await.map(drop)
            })
        })
        .await
}

/// Says what one means to do within one to three months.
///
/// # Errors
/// 409 `no-seat` without a seat, `not-now` before the seminar begins, `too-many-commitments`.
pub async fn make(
    app: &App,
    seminar: &SeminarRow,
    person: PersonId,
    body: String,
    months: i64,
) -> Result<(), Refusal> {
    let now = app.clock.now();
    if seminar.starts_at > now || seminar.cancelled_at.is_some() {
        return Err(Refusal::conflict("not-now"));
    }
    let seats = super::store::HAS_SEAT.bind(seminar.id).bind(person);
    let (seats,): (i64,) = seats.one(&app.db).await?;
    if seats == 0 {
        return Err(Refusal::conflict("no-seat"));
    }
    let row = (
        app.ids.uuid(),
        seminar.id,
        person,
        body,
        now,
        now.plus_days(months.clamp(1, 3) * MONTH),
    );
    app.db
        .write(row, |tx, (id, seminar, person, body, now, due)| {
            Box::pin(async move {
                let there = store::COUNT.bind(*seminar).bind(*person);
                let (there,): (i64,) = there.one(&mut *tx).await?;
                if there >= MOST {
                    return Err(Refusal::conflict("too-many-commitments"));
                }
                store::MAKE
                    .bind(*id)
                    .bind(*seminar)
                    .bind(*person)
                    .bind(&*body)
                    .bind(*now)
                    .bind(*due)
                    .run(tx)
                    .await?;
                Ok::<(), Refusal>(())
            })
        })
        .await
}

/// Says that it is done, and what came of it; one's own only.
pub async fn done(
    app: &App,
    seminar: SeminarId,
    person: PersonId,
    id: Uuid,
    outcome: String,
) -> Result<(), Refusal> {
    let row = (id, seminar, person, app.clock.now(), outcome);
    let changed = app
        .db
        .write(row, |tx, (id, seminar, person, now, outcome)| {
            Box::pin(async move {
                store::DONE
                    .bind(*id)
                    .bind(*seminar)
                    .bind(*person)
                    .bind(*now)
                    .bind(&*outcome)
                    .run(tx)
                    .await
            })
        })
        .await?;
    match changed {
        0 => Err(Refusal::not_found()),
        _ => Ok(()),
    }
}

/// Takes back what is not done; one's own only.
pub async fn remove(
    app: &App,
    seminar: SeminarId,
    person: PersonId,
    id: Uuid,
) -> Result<(), Refusal> {
    let row = (id, seminar, person);
    let changed = app
        .db
        .write(row, |tx, (id, seminar, person)| {
            Box::pin(async move {
                let query = store::REMOVE.bind(*id).bind(*seminar).bind(*person);
                query.run(tx).await
            })
        })
        .await?;
    match changed {
        0 => Err(Refusal::not_found()),
        _ => Ok(()),
    }
}

/// What somebody means to do after a seminar.
pub async fn of_person(
    app: &App,
    seminar: SeminarId,
    person: PersonId,
) -> Result<Vec<CommitmentRow>, DbError> {
    store::OF_PERSON
        .bind(seminar)
        .bind(person)
        .all(&app.db)
        .await
}

/// What all mean to do after a seminar.
pub async fn of_seminar(app: &App, seminar: SeminarId) -> Result<Vec<CommitmentRow>, DbError> {
    store::OF_SEMINAR.bind(seminar).all(&app.db).await
}

/// What the members of an organisation mean to do.
pub async fn of_organisation(app: &App, scope: OrgScope) -> Result<Vec<CommitmentRow>, DbError> {
    store::OF_ORGANISATION
        .bind(scope.organisation())
        .bind(app.clock.now())
        .all(&app.db)
        .await
}

/// Reminds of what is due within a week, once: run every hour, on any node.
pub async fn remind(app: &App) -> Result<(), DbError> {
    let now = app.clock.now();
    let due: Vec<store::DueRow> = store::DUE
        .bind(now)
        .bind(now.plus_seconds(AHEAD))
        .all(&app.db)
        .await?;
    let zone = app.pages.time_zone();
    for row in due {
        let lang = Lang::from_code(&row.language).unwrap_or_default();
        let at = row.due_at.utc().with_timezone(&zone);
        let mail = Mail {
            to: row.email.clone(),
            name: row.name.clone(),
            lang,
            message: "seminars-mail-commitment".to_owned(),
            args: serde_json::Map::from_iter([
                ("title".to_owned(), json!(row.title)),
                ("body".to_owned(), json!(row.body)),
                ("at".to_owned(), json!(at.format("%d/%m/%Y").to_string())),
            ]),
            link: Some(format!(
                "/{}/seminars/{}/commitments",
                lang.code(),
                row.slug
            )),
        };
        app.db
            .write((row.id, mail, now), |tx, (id, mail, now)| {
                Box::pin(async move {
                    let first = store::REMINDED.bind(*id).bind(*now).run(&mut *tx).await?;
                    if first == 1 {
                        mail::enqueue(tx, *id, mail, *now).await?;
                    }
                    Ok::<(), DbError>(())
                })
            })
            .await?;
    }
    Ok(())
}
