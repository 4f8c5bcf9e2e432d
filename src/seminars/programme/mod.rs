//! What a seminar consists of: its meetings, who leads it, what is handed out; its repetition
//! elsewhere, and those who wait to hear of one.

mod calendar;
mod reminders;
pub(super) mod store;

use serde_json::json;
use uuid::Uuid;

pub use calendar::{Feed, feed, feed_address, ics, renew_feed};
pub use reminders::remind;
pub use store::{MaterialRow, MeetingRow, ProgrammeRow};

use super::{NewSeminar, SeminarRow, edit, store as seminars};
use crate::App;
use crate::clock::Timestamp;
use crate::db::{DbError, Tx};
use crate::ids::{PersonId, SeminarId};
use crate::outbound::mail::{self, Mail};
use crate::web::{Lang, Refusal};

/// Meetings of a seminar at most.
pub const MEETINGS_MAX: usize = 30;
/// Things handed out at most.
pub const MATERIALS_MAX: usize = 30;

/// A meeting as it shall be.
#[derive(Debug, Clone)]
pub struct Meeting {
    /// Which, where it is there already.
    pub id: Option<Uuid>,
    /// What it is about; may be empty.
    pub title: String,
    /// First minute.
    pub starts_at: Timestamp,
    /// Last minute.
    pub ends_at: Timestamp,
    /// Where; may be empty when there is a link.
    pub place: String,
    /// Where online.
    pub link: String,
}

/// Something handed out.
#[derive(Debug, Clone)]
pub struct Material {
    /// `before`, `during` or `after`.
    pub phase: &'static str,
    /// In the words of the organisers.
    pub label: String,
    /// Where it is.
    pub url: String,
}

/// A programme as it shall be.
#[derive(Debug, Clone)]
pub struct Programme {
    /// One a line.
    pub trainers: String,
    /// Text.
    pub agenda: String,
    /// At least one.
    pub meetings: Vec<Meeting>,
    /// In their order.
    pub materials: Vec<Material>,
}

/// The meetings of a seminar, in order.
pub async fn meetings(app: &App, seminar: SeminarId) -> Result<Vec<MeetingRow>, DbError> {
    store::MEETINGS.bind(seminar).all(&app.db).await
}

/// The programme of a seminar; empty where nobody wrote one.
pub async fn programme(
    app: &App,
    seminar: SeminarId,
) -> Result<(ProgrammeRow, Vec<MaterialRow>), DbError> {
    let row: Option<ProgrammeRow> = store::PROGRAMME.bind(seminar).optional(&app.db).await?;
    let materials = store::MATERIALS.bind(seminar).all(&app.db).await?;
    let row = row.unwrap_or(ProgrammeRow {
        trainers: String::new(),
        agenda: String::new(),
        copy_of: None,
    });
    Ok((row, materials))
}

/// Writes the programme of a seminar. Meetings keep their identity, so that calendars and presence
/// follow a new date; one at which somebody was present cannot be taken away (409
/// `meeting-attended`).
pub async fn save(app: &App, seminar: SeminarId, programme: Programme) -> Result<(), Refusal> {
    let now = app.clock.now();
    app.db
        .write(
            (app.clone(), seminar, programme, now),
            |tx, (app, seminar, programme, now)| {
                Box::pin(async move {
                    let _held: SeminarRow = seminars::HOLD.bind(*seminar).one(&mut *tx).await?;
                    let there: Vec<MeetingRow> =
                        store::MEETINGS.bind(*seminar).all(&mut *tx).await?;
                    for row in &there {
                        if programme.meetings.iter().any(|m| m.id == Some(row.id)) {
                            continue;
                        }
                        store::DELETE_MEETING
                            .bind(row.id)
                            .bind(*seminar)
                            .run(&mut *tx)
                            .await
                            .map_err(|error| match error {
                                DbError::Constraint { .. } => Refusal::conflict("meeting-attended"),
                                error => error.into(),
                            })?;
                    }
                    for meeting in &programme.meetings {
                        let known = meeting
                            .id
                            .filter(|id| there.iter().any(|row| row.id == *id));
                        write_meeting(app, tx, *seminar, known, meeting).await?;
                    }
                    store::SPAN.bind(*seminar).bind(*now).run(&mut *tx).await?;
                    write_rest(app, tx, *seminar, programme, None).await?;
                    Ok::<(), Refusal>(())
                })
            },
        )
        .await
}

async fn write_meeting(
    app: &App,
    tx: &mut Tx,
    seminar: SeminarId,
    known: Option<Uuid>,
    meeting: &Meeting,
) -> Result<(), DbError> {
    let query = match known {
        Some(id) => store::UPDATE_MEETING.bind(id),
        None => store::INSERT_MEETING.bind(app.ids.uuid()),
    };
    query
        .bind(seminar)
        .bind(&meeting.title)
        .bind(meeting.starts_at)
        .bind(meeting.ends_at)
        .bind(&meeting.place)
        .bind(&meeting.link)
        .run(tx)
        .await
        .map(drop)
}

async fn write_rest(
    app: &App,
    tx: &mut Tx,
    seminar: SeminarId,
    programme: &Programme,
    copy_of: Option<SeminarId>,
) -> Result<(), DbError> {
    store::SAVE
        .bind(seminar)
        .bind(&programme.trainers)
        .bind(&programme.agenda)
        .bind(copy_of)
        .run(&mut *tx)
        .await?;
    store::CLEAR_MATERIALS.bind(seminar).run(&mut *tx).await?;
    for (position, material) in (0_i64..).zip(&programme.materials) {
        store::INSERT_MATERIAL
            .bind(app.ids.uuid())
            .bind(seminar)
            .bind(position)
            .bind(material.phase)
            .bind(&material.label)
            .bind(&material.url)
            .run(&mut *tx)
            .await?;
    }
    Ok(())
}

/// The one meeting of a seminar that has just been made.
pub(super) async fn first_meeting(
    app: &App,
    tx: &mut Tx,
    id: SeminarId,
    seminar: &NewSeminar,
) -> Result<(), DbError> {
    write_meeting(app, tx, id, None, &one_meeting(None, seminar)).await
}

fn one_meeting(id: Option<Uuid>, seminar: &NewSeminar) -> Meeting {
    Meeting {
        id,
        title: String::new(),
        starts_at: seminar.starts_at,
        ends_at: seminar.ends_at,
        place: seminar.place.clone(),
        link: seminar.link.clone(),
    }
}

/// Follows a change of the seminar itself: its one meeting is held when and where the seminar is;
/// of several the dates stay, and the seminar lasts as long as they.
pub(super) async fn follow(
    app: &App,
    tx: &mut Tx,
    id: SeminarId,
    seminar: &NewSeminar,
    now: Timestamp,
) -> Result<(), DbError> {
    let there: Vec<MeetingRow> = store::MEETINGS.bind(id).all(&mut *tx).await?;
    match &there[..] {
        [] => write_meeting(app, tx, id, None, &one_meeting(None, seminar)).await,
        [one] => {
            write_meeting(
                app,
                tx,
                id,
                Some(one.id),
                &one_meeting(Some(one.id), seminar),
            )
            .await
        }
        _ => store::SPAN.bind(id).bind(now).run(tx).await.map(drop),
    }
}

/// A repetition of a seminar somewhere else.
#[derive(Debug, Clone)]
pub struct Copy {
    /// The region's slug; `None`: everywhere.
    pub region: Option<String>,
    /// When its first meeting begins; the others follow at the same distance and hour.
    pub starts_at: Timestamp,
    /// Where.
    pub place: String,
    /// By whom.
    pub by: PersonId,
}

/// Repeats a seminar with its rule, programme and materials, all dates shifted, without its
/// people. Those who asked to hear of another date are told.
pub async fn duplicate(app: &App, of: &SeminarRow, copy: Copy) -> Result<SeminarRow, Refusal> {
    let rows = meetings(app, of.id).await?;
    let (row, materials) = programme(app, of.id).await?;
    let zone = app.pages.time_zone();
    let from = of.starts_at;
    let shifted = |at: Timestamp| shift(zone, from, copy.starts_at, at);
    let wanted = NewSeminar {
        slug: None,
        title: of.title.clone(),
        summary: of.summary.clone(),
        language: Lang::from_code(&of.language).unwrap_or_default(),
        region: copy.region.clone(),
        axis: of.axis.clone(),
        place: copy.place.clone(),
        link: of.link.clone(),
        starts_at: copy.starts_at,
        ends_at: shifted(of.ends_at),
        capacity: of.capacity,
        rule: of.rule(),
        by: Some(copy.by),
    };
    let made = edit::create(app, wanted).await?;
    let whole = Programme {
        trainers: row.trainers,
        agenda: row.agenda,
        meetings: rows
            .into_iter()
            .map(|row| Meeting {
                id: None,
                title: row.title,
                starts_at: shifted(row.starts_at),
                ends_at: shifted(row.ends_at),
                place: if row.place.is_empty() {
                    String::new()
                } else {
                    copy.place.clone()
                },
                link: row.link,
            })
            .collect(),
        materials: materials
            .into_iter()
            .map(|row| Material {
                phase: phase(&row.phase),
                label: row.label,
                url: row.url,
            })
            .collect(),
    };
    save(app, made.id, whole).await?;
    let now = app.clock.now();
    let (original, new) = (of.id, made.clone());
    app.db
        .write((original, new, now), |tx, (original, new, now)| {
            Box::pin(async move {
                let people: Vec<store::LetterRow> =
                    store::TO_BE_TOLD.bind(*original).all(&mut *tx).await?;
                store::TOLD.bind(*original).bind(*now).run(&mut *tx).await?;
                for to in people {
                    if to.email.is_empty() {
                        continue;
                    }
                    let id = Uuid::from_u128(to.id.0.as_u128() ^ new.id.0.as_u128());
                    let lang = Lang::from_code(&to.language).unwrap_or_default();
                    let mail = Mail {
                        to: to.email,
                        name: to.name,
                        lang,
                        message: "seminars-mail-again".to_owned(),
                        args: serde_json::Map::from_iter([("title".to_owned(), json!(new.title))]),
                        link: Some(format!("/{}/seminars/{}", lang.code(), new.slug)),
                    };
                    mail::enqueue(tx, id, &mail, *now).await?;
                }
                Ok::<(), Refusal>(())
            })
        })
        .await?;
    super::named(app, &made.id.0.to_string()).await
}

/// The phase of a material, as the database has it.
pub fn phase(code: &str) -> &'static str {
    match code {
        "during" => "during",
        "after" => "after",
        _ => "before",
    }
}

/// A moment as far from `to` as it was from `from`, by the clock on the wall: nine o'clock stays
/// nine o'clock, whatever summer time does in between.
fn shift(zone: chrono_tz::Tz, from: Timestamp, to: Timestamp, at: Timestamp) -> Timestamp {
    use chrono::TimeZone;
    let local = |moment: Timestamp| moment.utc().with_timezone(&zone).naive_local();
    let moved = local(to) + (local(at) - local(from));
    zone.from_local_datetime(&moved)
        .earliest()
        .map_or(at, |moment| moment.to_utc().into())
}

/// Asks to be told of the next date, or no longer.
pub async fn want(
    app: &App,
    seminar: SeminarId,
    person: PersonId,
    wanted: bool,
) -> Result<(), DbError> {
    let now = app.clock.now();
    app.db
        .write(
            (seminar, person, wanted, now),
            |tx, (seminar, person, wanted, now)| {
                Box::pin(async move {
                    let query = if *wanted {
                        store::WANT.bind(*seminar).bind(*person).bind(*now)
                    } else {
                        store::WANT_NO_LONGER.bind(*seminar).bind(*person)
                    };
                    query.run(tx).await.map(drop)
                })
            },
        )
        .await
}

/// Whether a person waits to hear of the next date, and how many do.
pub async fn interest(
    app: &App,
    seminar: SeminarId,
    person: Option<PersonId>,
) -> Result<(bool, i64), DbError> {
    let (all,): (i64,) = store::WANTED.bind(seminar).one(&app.db).await?;
    let Some(person) = person else {
        return Ok((false, all));
    };
    let (own,): (i64,) = store::WANTS.bind(seminar).bind(person).one(&app.db).await?;
    Ok((own > 0, all))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nine_o_clock_stays_nine_o_clock() {
        let at =
            |text: &str| Timestamp::from(text.parse::<chrono::DateTime<chrono::Utc>>().unwrap());
        let paris = chrono_tz::Europe::Paris;
        // 9:00 in winter, shifted into summer: 9:00 there too, a day later as before.
        let (from, next) = (at("2026-01-10T08:00:00Z"), at("2026-01-11T08:00:00Z"));
        assert_eq!(
            shift(paris, from, at("2026-07-10T07:00:00Z"), next),
            at("2026-07-11T07:00:00Z")
        );
        assert_eq!(shift(paris, from, from, next), next);
    }
}
