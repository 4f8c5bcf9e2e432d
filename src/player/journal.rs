//! The journal's door: a batch of entries is kept and folded in one unit of work.
//!
//! Entries carry a number per session, from 1 without gaps. What is here already is ignored if it
//! is the same and refused if it is not; a gap is refused with the number expected next. Entries
//! that the fold judges otherwise than the browser did are kept and noted in the session's
//! diagnosis; entries of a session that another one has superseded are kept without being folded.
//! Nothing that was acknowledged is ever lost, and nothing counts twice.

use std::sync::Arc;

use domain::outcome::{Outcome, State};
use rocket::http::Status;
use scorm::{Attempt, Course, Entry, Event};
use serde::Deserialize;
use serde_json::{Value, json};
use uuid::Uuid;

use crate::App;
use crate::catalogue::{self, StoredCourse};
use crate::clock::Timestamp;
use crate::db::Tx;
use crate::ids::{AttemptId, SessionId};
use crate::web::Refusal;

use super::outcomes::Of;
use super::store::{self, HeldRow};
use super::token::Pass;
use super::view::CourseState;
use super::{attempts, outcomes, view};

/// A batch holds at most so many entries.
const MOST: usize = 5000;
/// A session's diagnosis holds at most so many findings.
const FINDINGS: usize = 50;

/// A batch as the wrapper sends it.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Batch {
    /// The session the entries belong to, where it is not the token's own: what an earlier visit
    /// left behind.
    #[serde(default)]
    pub session: Option<SessionId>,
    /// Ask for the state of the course after these entries.
    #[serde(default)]
    pub state: bool,
    /// In order.
    pub entries: Vec<Entry>,
}

/// What became of a batch.
#[derive(Debug)]
pub struct Accepted {
    /// Everything up to this number is on disk.
    pub acked: u64,
    /// Another session is the current one: the entries were kept, but no longer count.
    pub superseded: bool,
    /// The state of the course, where it was asked for.
    pub state: Option<Value>,
}

/// A record that needs no folding on its way to disk, and one that does.
struct Input {
    pass: Pass,
    session: SessionId,
    batch: Batch,
    change: Uuid,
    course: Arc<StoredCourse>,
    now: Timestamp,
}

struct Written {
    acked: u64,
    superseded: bool,
    /// Present where the state was asked for.
    attempt: Option<Attempt>,
    refused: Option<Value>,
}

/// Takes a batch: all of it, or nothing.
pub async fn accept(app: &App, pass: Pass, batch: Batch) -> Result<Accepted, Refusal> {
    if batch.entries.len() > MOST {
        return Err(Refusal::new(Status::PayloadTooLarge, "too-large"));
    }
    let contiguous = batch
        .entries
        .windows(2)
        .all(|pair| pair[0].seq.checked_add(1) == Some(pair[1].seq));
    let known = batch.entries.iter().all(|entry| {
        // Openings by a session are its own launches again; corrections have their own door.
        i64::try_from(entry.seq).is_ok_and(|seq| seq > 0)
            && !matches!(entry.event, Event::Correction(_))
    });
    if !contiguous || !known {
        return Err(Refusal::unprocessable("journal-malformed"));
    }
    let course = catalogue::course(app, pass.version).await?;
    let input = Input {
        pass,
        session: batch.session.unwrap_or(pass.session),
        batch,
        change: app.ids.uuid(),
        course: course.clone(),
        now: app.clock.now(),
    };
    let written = app
        .db
        .write(input, |tx, input| Box::pin(write(tx, input)))
        .await?;
    let state = match &written.attempt {
        Some(attempt) => {
            let scorm = scorm(&course)?;
            let outcome = outcomes::of(attempt, scorm);
            let refused = written.refused;
            Some(json!(CourseState::of(
                app, &course, scorm, attempt, outcome, refused
            )))
        }
        None => None,
    };
    Ok(Accepted {
        acked: written.acked,
        superseded: written.superseded,
        state,
    })
}

async fn write(tx: &mut Tx, input: &Input) -> Result<Written, Refusal> {
    let scorm = scorm(&input.course)?;
    let held: Option<HeldRow> = store::HOLD
        .bind(input.session)
        .bind(input.pass.attempt)
        .optional(&mut *tx)
        .await?;
    let held = held
        .filter(|held| held.kind == "player" && held.version == input.pass.version)
        .ok_or_else(Refusal::not_found)?;
    if held.person_state == "erased" {
        return Err(gone());
    }
    if held.opened_at.is_none() {
        return Err(Refusal::conflict("session-not-open"));
    }
    let last = held.last_seq;
    let superseded = held.current != Some(input.session);
    let entries = &input.batch.entries;
    let first = entries.first().map_or(last + 1, |entry| entry.seq as i64);
    if first > last + 1 {
        return Err(Refusal::conflict("journal-gap").with("expected", last + 1));
    }
    let known = usize::try_from(last + 1 - first)
        .unwrap_or(0)
        .min(entries.len());
    if known > 0 {
        same_as_kept(tx, input.session, &entries[..known], last).await?;
    }
    let fresh = &entries[known..];
    let acked = fresh.last().map_or(last, |entry| entry.seq as i64) as u64;
    let mut fold = Fold::begin(scorm, held)?;
    if !fresh.is_empty() {
        for entry in fresh {
            if superseded {
                fold.late(entry.clone())?;
            } else {
                fold.entry(entry.clone())?;
            }
        }
        let refused = fold.refused.take();
        let attempt = fold
            .keep(
                tx,
                input.pass.attempt,
                input.session,
                input.change,
                input.now,
            )
            .await?;
        return Ok(Written {
            acked,
            superseded,
            attempt: input.batch.state.then_some(attempt),
            refused,
        });
    }
    Ok(Written {
        acked,
        superseded,
        attempt: input.batch.state.then_some(fold.attempt),
        refused: None,
    })
}

/// The first that came under a number stays.
async fn same_as_kept(
    tx: &mut Tx,
    session: SessionId,
    entries: &[Entry],
    last: i64,
) -> Result<(), Refusal> {
    let first = entries.first().map_or(0, |entry| entry.seq as i64);
    let kept: Vec<store::KeptRow> = store::KEPT
        .bind(session)
        .bind(first)
        .bind(last)
        .all(tx)
        .await?;
    let mut kept = kept.into_iter();
    for entry in entries {
        let row = kept.find(|row| row.seq == entry.seq as i64);
        if row.is_none_or(|row| row.entry != text_of(entry)) {
            return Err(Refusal::conflict("journal-conflict").with("seq", entry.seq));
        }
    }
    Ok(())
}

/// The one form in which an entry is kept and compared.
fn text_of(entry: &Entry) -> String {
    serde_json::to_string(entry).unwrap_or_default()
}

/// The fold of an attempt going on: entries in, then everything is written at once.
pub(super) struct Fold<'c> {
    course: &'c Course,
    held: HeldRow,
    /// The state so far.
    pub attempt: Attempt,
    rows: Vec<Value>,
    folded: i64,
    last_seq: i64,
    findings: Vec<Value>,
    /// A navigation or the end of a SCO: a moment at which others may look.
    moved: bool,
    ended: bool,
    /// Why the last navigation request led nowhere.
    pub refused: Option<Value>,
}

impl<'c> Fold<'c> {
    pub(super) fn begin(course: &'c Course, held: HeldRow) -> Result<Fold<'c>, Refusal> {
        Ok(Fold {
            attempt: view::attempt(&held.state)?,
            course,
            folded: held.folded,
            last_seq: held.last_seq,
            held,
            rows: Vec::new(),
            findings: Vec::new(),
            moved: false,
            ended: false,
            refused: None,
        })
    }

    /// An entry of the current session.
    pub(super) fn entry(&mut self, entry: Entry) -> Result<(), Refusal> {
        let verdict = self.attempt.apply(self.course, &entry);
        self.folded += 1;
        let mut row = json!({
            "seq": entry.seq, "at": entry.at, "entry": text_of(&entry),
            "result": null, "error": null, "position": self.folded,
        });
        if let Event::Call { function, .. } = &entry.event {
            self.moved |= matches!(function.as_str(), "Terminate" | "LMSFinish");
            if !verdict.agrees {
                row["error"] = json!(verdict.error);
                self.finding(json!({
                    "code": "answered-otherwise", "seq": entry.seq, "error": verdict.error,
                }));
                // The result's column is text, which holds no NUL on one of the engines.
                row["result"] = json!(verdict.result.replace('\0', "\u{fffd}"));
            }
        } else {
            self.moved = true;
            self.ended = verdict.ended || self.attempt.has_ended();
            self.refused = verdict.exception.map(|exception| json!(exception));
        }
        self.last_seq = self.last_seq.max(entry.seq as i64);
        self.rows.push(row);
        Ok(())
    }

    /// An entry of a session that was superseded: kept, not folded.
    fn late(&mut self, entry: Entry) -> Result<(), Refusal> {
        if self.rows.is_empty() {
            self.finding(json!({ "code": "late", "seq": entry.seq }));
        }
        self.rows.push(json!({
            "seq": entry.seq, "at": entry.at, "entry": text_of(&entry),
            "result": null, "error": null, "position": null,
        }));
        self.last_seq = self.last_seq.max(entry.seq as i64);
        Ok(())
    }

    fn finding(&mut self, finding: Value) {
        let before = self.held.diagnosis.as_array().map_or(0, Vec::len);
        if before + self.findings.len() < FINDINGS {
            self.findings.push(finding);
        }
    }

    /// Writes the entries, the state and the outcome.
    pub(super) async fn keep(
        self,
        tx: &mut Tx,
        attempt: AttemptId,
        session: SessionId,
        change: Uuid,
        now: Timestamp,
    ) -> Result<Attempt, Refusal> {
        let Fold {
            course, held, rows, ..
        } = &self;
        store::ADD_ENTRIES
            .bind(session)
            .bind(now)
            .bind(Value::Array(rows.clone()))
            .run(&mut *tx)
            .await?;
        let mut diagnosis = held.diagnosis.as_array().cloned().unwrap_or_default();
        diagnosis.extend(self.findings.iter().cloned());
        store::RECEIVED
            .bind(session)
            .bind(self.last_seq)
            .bind(now)
            .bind(Value::Array(diagnosis))
            .run(&mut *tx)
            .await?;
        if self.folded == held.folded {
            return Ok(self.attempt);
        }
        let outcome = outcomes::of(&self.attempt, course);
        let finished = match held.finished_at {
            Some(at) => Some(at),
            None => is_finished(&self.attempt, course, &outcome).then_some(now),
        };
        store::FOLDED
            .bind(attempt)
            .bind(view::text(&self.attempt)?)
            .bind(self.folded)
            .bind(outcomes::to_json(&outcome))
            .bind(now)
            .bind(finished)
            .run(&mut *tx)
            .await?;
        let before = outcomes::from_json(&held.outcome);
        if self.moved || stepped(&before, &outcome) {
            let of = Of {
                person: held.person,
                module: held.module,
                attempt,
            };
            outcomes::record(tx, of, outcome, change, now).await?;
            if self.moved {
                attempts::keep_globals(tx, held.person, course, &self.attempt, now).await?;
            }
        }
        Ok(self.attempt)
    }
}

/// Whether anybody but the clock would see the difference. Time alone reaches the progress store
/// when a part ends, or when a quarter of a minute has gathered.
fn stepped(before: &Outcome, after: &Outcome) -> bool {
    (before.state, before.success, before.progress, before.score)
        != (after.state, after.success, after.progress, after.score)
        || (before.seconds / 15.0).floor() != (after.seconds / 15.0).floor()
}

/// An attempt is finished once the course is completed and nothing of it is open.
fn is_finished(attempt: &Attempt, course: &Course, outcome: &Outcome) -> bool {
    let closed = attempt.delivery(course).is_none_or(|delivery| {
        delivery
            .runtime
            .is_some_and(|sco| sco.state() == scorm::datamodel::State::Terminated)
    });
    outcome.state == State::Completed && closed
}

/// The course, if it is a SCORM one.
pub(super) fn scorm(stored: &StoredCourse) -> Result<&Course, Refusal> {
    stored
        .scorm()
        .ok_or_else(|| Refusal::conflict("not-playable"))
}

/// The learner was erased.
pub(super) fn gone() -> Refusal {
    Refusal::new(Status::Gone, "session-gone")
}
