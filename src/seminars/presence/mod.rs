//! Who was there: by the code on the room's screen, typed or scanned, or ticked by staff, with or
//! without a line. Presence is progress in the same store, so it opens the doors of later seminars.

mod attestation;
mod paper;
mod pdf;
pub(super) mod store;

use std::collections::BTreeSet;

use domain::outcome::{Outcome, State};
use serde::Deserialize;
use uuid::Uuid;

pub use attestation::{Attestation, attestation, attestation_of, credential, issuer};
pub use paper::Paper;
pub use store::RosterRow;

use super::programme::MeetingRow;
use super::seats::told;
use super::{SeminarRow, programme};
use crate::App;
use crate::clock::Timestamp;
use crate::db::{DbError, Tx};
use crate::ids::{ModuleId, PersonId, SeminarId};
use crate::lrs::deeds::{self, Deed};
use crate::progress::{self, Record};
use crate::web::Refusal;

/// What signs the codes of a room's screen.
const PURPOSE: &str = "presence";
/// The picture on the screen changes so often, in seconds.
pub const TURN_SECONDS: i64 = 30;
/// A picture is good for so many turns: time to scan it and to press the button.
const TURNS: i64 = 4;
/// The short code changes so often, in seconds; the one before is still good.
const CODE_SECONDS: i64 = 120;
/// People can say that they are there so long before a meeting begins and after it ends.
const AROUND_SECONDS: i64 = 3600;
/// Letters of the short code: none that looks like another.
const LETTERS: &[u8; 24] = b"ABCDEFGHJKMNPQRTUVWXY346";

/// The code in the picture, now: the turn and its signature.
pub fn turning(app: &App, meeting: Uuid, now: Timestamp) -> (i64, String) {
    let turn = now.micros() / 1_000_000 / TURN_SECONDS;
    (turn, signature(app, meeting, turn))
}

fn signature(app: &App, meeting: Uuid, turn: i64) -> String {
    let whole = app.sign(PURPOSE, &format!("qr:{}:{turn}", meeting.simple()));
    whole[..24].to_owned()
}

/// The short code on the screen, now: six letters.
pub fn code(app: &App, meeting: Uuid, now: Timestamp) -> String {
    code_at(app, meeting, now.micros() / 1_000_000 / CODE_SECONDS)
}

fn code_at(app: &App, meeting: Uuid, turn: i64) -> String {
    let whole = app.sign(PURPOSE, &format!("code:{}:{turn}", meeting.simple()));
    let letters = whole.as_bytes().chunks(2).take(6);
    letters
        .map(|pair| {
            let text = std::str::from_utf8(pair).unwrap_or_default();
            let byte = u8::from_str_radix(text, 16).unwrap_or(0);
            char::from(LETTERS[usize::from(byte) % LETTERS.len()])
        })
        .collect()
}

/// How somebody proves that they stand in the room.
#[derive(Debug, Clone)]
pub enum Shown {
    /// The picture: its turn and signature.
    Picture(i64, String),
    /// The letters, as typed.
    Letters(String),
}

fn is_right(app: &App, meeting: Uuid, shown: &Shown, now: Timestamp) -> bool {
    let same = |a: &str, b: &str| {
        aws_lc_rs::constant_time::verify_slices_are_equal(a.as_bytes(), b.as_bytes()).is_ok()
    };
    match shown {
        Shown::Picture(turn, given) => {
            let (current, _) = turning(app, meeting, now);
            (current - TURNS..=current).contains(turn)
                && same(&signature(app, meeting, *turn), given)
        }
        Shown::Letters(given) => {
            let typed: String = given
                .chars()
                .filter(|c| c.is_ascii_alphanumeric())
                .collect();
            let typed = typed.to_ascii_uppercase();
            let turn = now.micros() / 1_000_000 / CODE_SECONDS;
            let now_or_before = [turn, turn - 1].map(|turn| code_at(app, meeting, turn));
            now_or_before.iter().any(|code| same(code, &typed))
        }
    }
}

/// The meeting at which people can say now that they are there.
pub fn on_now(meetings: &[MeetingRow], now: Timestamp) -> Option<&MeetingRow> {
    meetings.iter().find(|m| {
        m.starts_at.plus_seconds(-AROUND_SECONDS) <= now
            && now <= m.ends_at.plus_seconds(AROUND_SECONDS)
    })
}

/// Somebody says that they are there. 409: `not-now`, `wrong-code`, `no-seat`.
pub async fn say_present(
    app: &App,
    seminar: &SeminarRow,
    meeting: Uuid,
    person: PersonId,
    shown: Shown,
) -> Result<(), Refusal> {
    let now = app.clock.now();
    let meetings = programme::meetings(app, seminar.id).await?;
    let on = meetings.iter().find(|m| m.id == meeting);
    let on = on.is_some_and(|m| on_now(std::slice::from_ref(m), now).is_some());
    if !on || seminar.cancelled_at.is_some() {
        return Err(Refusal::conflict("not-now"));
    }
    if !is_right(app, meeting, &shown, now) {
        return Err(Refusal::conflict("wrong-code"));
    }
    let way = match shown {
        Shown::Picture(..) => "qr",
        Shown::Letters(_) => "code",
    };
    let row = seminar.clone();
    app.db
        .write(
            (app.clone(), row, meeting, person, way, now),
            |tx, (app, row, meeting, person, way, now)| {
                Box::pin(async move {
                    if !has_seat(tx, *meeting, *person).await? {
                        return Err(Refusal::conflict("no-seat"));
                    }
                    mark(tx, *meeting, *person, true, way, *now, *person).await?;
                    sum(app, tx, row, *person, *now).await?;
                    Ok::<(), Refusal>(())
                })
            },
        )
        .await
}

async fn has_seat(tx: &mut Tx, meeting: Uuid, person: PersonId) -> Result<bool, DbError> {
    let query = store::HAS_SEAT.bind(meeting).bind(person);
    let (seats,): (i64,) = query.one(tx).await?;
    Ok(seats > 0)
}

async fn mark(
    tx: &mut Tx,
    meeting: Uuid,
    person: PersonId,
    present: bool,
    way: &str,
    at: Timestamp,
    by: PersonId,
) -> Result<(), DbError> {
    store::MARK
        .bind(meeting)
        .bind(person)
        .bind(present)
        .bind(way)
        .bind(at)
        .bind(by)
        .run(tx)
        .await
        .map(drop)
}

/// Sums a person's presence at a seminar into the progress store.
async fn sum(
    app: &App,
    tx: &mut Tx,
    seminar: &SeminarRow,
    person: PersonId,
    now: Timestamp,
) -> Result<(), DbError> {
    let share: store::ShareRow = store::SHARE
        .bind(seminar.id)
        .bind(person)
        .one(&mut *tx)
        .await?;
    store::MODULE
        .bind(seminar.id)
        .bind(format!("seminar-{}", seminar.id.0.simple()))
        .bind(&seminar.title)
        .bind(now)
        .run(&mut *tx)
        .await?;
    let whole = share.here >= share.all_of && share.all_of > 0;
    let record = Record {
        change: app.ids.uuid(),
        learner: person,
        module: ModuleId(seminar.id.0),
        attempt: None,
        outcome: Outcome {
            state: match share.here {
                0 => State::NotStarted,
                _ if whole => State::Completed,
                _ => State::InProgress,
            },
            progress: share.here as f64 / share.all_of.max(1) as f64,
            ..Outcome::default()
        },
        at: now,
    };
    progress::record(tx, &record).await?;
    if share.here > 0 {
        deeds::did(tx, person, Deed::Attended(told(seminar)), now).await?;
    }
    Ok(())
}

/// Those who have a seat, and whether they were at a meeting.
pub async fn roster(
    app: &App,
    seminar: SeminarId,
    meeting: Uuid,
) -> Result<Vec<RosterRow>, DbError> {
    store::ROSTER.bind(seminar).bind(meeting).all(&app.db).await
}

/// How much of a seminar somebody attended, 0..1.
pub async fn share(app: &App, seminar: SeminarId, person: PersonId) -> Result<f64, DbError> {
    let row: store::ShareRow = store::SHARE.bind(seminar).bind(person).one(&app.db).await?;
    Ok(row.here as f64 / row.all_of.max(1) as f64)
}

/// A tick of a device without a line.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Tick {
    /// Numbered by the device, from 1.
    pub seq: i64,
    /// At which meeting.
    pub meeting: Uuid,
    /// Who.
    pub person: PersonId,
    /// Seen, or taken back.
    pub present: bool,
    /// When, by the device's clock, in milliseconds since 1970.
    pub at: i64,
}

/// What a device sends.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Ticks {
    /// Chosen by the device.
    pub device: Uuid,
    /// In order, without a gap.
    pub ticks: Vec<Tick>,
}

/// Takes a device's ticks, each once: what is there already is passed over, after a gap nothing is
/// taken. Gives the number that is expected next. Of two devices that disagree the later tick
/// holds, whichever arrives first.
pub async fn take(
    app: &App,
    seminar: &SeminarRow,
    by: PersonId,
    ticks: Ticks,
) -> Result<i64, Refusal> {
    let now = app.clock.now();
    let meetings = programme::meetings(app, seminar.id).await?;
    let meetings: Vec<Uuid> = meetings.into_iter().map(|m| m.id).collect();
    let row = seminar.clone();
    app.db
        .write(
            (app.clone(), row, meetings, by, ticks, now),
            |tx, (app, row, meetings, by, ticks, now)| {
                Box::pin(async move {
                    let device: store::DeviceRow = store::DEVICE
                        .bind(ticks.device)
                        .bind(row.id)
                        .bind(*by)
                        .one(&mut *tx)
                        .await?;
                    if device.seminar != row.id || device.made_by != *by {
                        return Err(Refusal::not_found());
                    }
                    let mut next = device.next;
                    let mut touched: BTreeSet<PersonId> = BTreeSet::new();
                    for tick in &ticks.ticks {
                        if tick.seq < next {
                            continue;
                        }
                        if tick.seq > next {
                            break;
                        }
                        next += 1;
                        // A device whose clock is ahead does not outlast those to come.
                        let at = Timestamp::from_micros(tick.at.saturating_mul(1000)).min(*now);
                        // Somebody who gave the seat up meanwhile is passed over.
                        if meetings.contains(&tick.meeting)
                            && has_seat(tx, tick.meeting, tick.person).await?
                        {
                            mark(
                                tx,
                                tick.meeting,
                                tick.person,
                                tick.present,
                                "staff",
                                at,
                                *by,
                            )
                            .await?;
                            touched.insert(tick.person);
                        }
                    }
                    store::ADVANCE
                        .bind(ticks.device)
                        .bind(next)
                        .run(&mut *tx)
                        .await?;
                    for person in touched {
                        sum(app, tx, row, person, *now).await?;
                    }
                    Ok::<i64, Refusal>(next)
                })
            },
        )
        .await
}

/// Writes the whole list of a meeting, as a form without a script sends it.
pub async fn write_list(
    app: &App,
    seminar: &SeminarRow,
    meeting: Uuid,
    by: PersonId,
    present: Vec<PersonId>,
) -> Result<(), Refusal> {
    let now = app.clock.now();
    let rows = roster(app, seminar.id, meeting).await?;
    // Only what differs: a list that was open for an hour takes back nothing that others ticked.
    let changed: Vec<(PersonId, bool)> = rows
        .iter()
        .map(|row| (row.person, present.contains(&row.person), row.present > 0))
        .filter(|(_, wanted, is)| wanted != is)
        .map(|(person, wanted, _)| (person, wanted))
        .collect();
    let row = seminar.clone();
    app.db
        .write(
            (app.clone(), row, meeting, by, changed, now),
            |tx, (app, row, meeting, by, changed, now)| {
                Box::pin(async move {
                    for (person, present) in changed {
                        mark(tx, *meeting, *person, *present, "staff", *now, *by).await?;
                        sum(app, tx, row, *person, *now).await?;
                    }
                    Ok::<(), Refusal>(())
                })
            },
        )
        .await
}
