//! The journal's door: a batch of entries is kept and folded, all of it or nothing.
//!
//! Entries carry a number per session, from 1 without gaps. What is here already is ignored if it
//! is the same and refused if it is not; a gap is refused with the number expected next. Entries
//! that the fold judges otherwise than the browser did are kept and noted in the session's
//! diagnosis; entries of a session that another one has superseded are kept without being folded.
//! Nothing that was acknowledged is ever lost, and nothing counts twice.
//!
//! The fold happens in the batch's own request, on what this node remembers of the session or the
//! database has; the transaction only writes, and only if the attempt still stands where the fold
//! began. Where it does not, the batch is folded anew; after a few rounds with the attempt held.

use std::sync::Arc;
use std::sync::atomic::Ordering;

use rocket::http::Status;
use scorm::{Course, Entry, Event};
use serde::Deserialize;
use serde_json::{Value, json};
use uuid::Uuid;

use crate::App;
use crate::catalogue::{self, StoredCourse};
use crate::clock::Timestamp;
use crate::db::{On, Tx};
use crate::ids::SessionId;
use crate::web::Refusal;

use super::fold::{Base, Fold, Step, text_of};
use super::store::{self, HeldRow};
use super::token::Pass;
use super::view::CourseState;
use super::{commit, outcomes};

/// A batch holds at most so many entries.
const MOST: usize = 5000;
/// Entries of a session, and of an attempt, at most: each telling and each replay goes through all
/// of them.
const JOURNAL_MAX: i64 = 200_000;
/// Milliseconds that a client may count at most: what its numbers hold exactly.
const LATEST: i64 = (1 << 53) - 1;
/// So often a batch is folded without holding its attempt.
const ROUNDS: usize = 4;

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

/// A batch on its way.
struct Input {
    pass: Pass,
    session: SessionId,
    batch: Batch,
    change: Uuid,
    course: Arc<StoredCourse>,
    now: Timestamp,
}

/// What a batch comes to on a base.
enum Judged {
    /// Nothing in it is new.
    Known(Base),
    /// To be written; where the attempt stands then; why the last navigation led nowhere.
    Fresh(Box<Step>, Base, Option<Value>),
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
            && (0..=LATEST).contains(&entry.at)
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
        course,
        now: app.clock.now(),
    };
    // What is remembered serves only what continues it: anything else asks the database.
    let mut remembered = app
        .player
        .take(input.session)
        .filter(|base| input.continues(base));
    for _ in 0..ROUNDS {
        let on_its_way = app.player.commits.expect(input.pass.attempt);
        let base = match remembered.take() {
            Some(base) => base,
            None => input.base(On::from(&app.db), &store::BASE).await?,
        };
        match input.judge(On::from(&app.db), base).await? {
            Judged::Known(base) => return input.answer(app, base, None),
            Judged::Fresh(step, base, refused) => {
                if app.player.commits.write(*step, on_its_way).await? {
                    return input.answer(app, base, refused);
                }
                app.player.counts.again.fetch_add(1, Ordering::Relaxed);
            }
        }
    }
    // Others write to the attempt faster than this could: it is held now.
    let (input, base, refused) = app
        .db
        .write(Arc::new(input), |tx, input| {
            Box::pin(async move {
                let (base, refused) = hold_and_write(tx, input).await?;
                Ok::<_, Refusal>((input.clone(), base, refused))
            })
        })
        .await?;
    input.answer(app, base, refused)
}

async fn hold_and_write(tx: &mut Tx, input: &Input) -> Result<(Base, Option<Value>), Refusal> {
    let base = input.base(On::from(&mut *tx), &store::HOLD).await?;
    match input.judge(On::from(&mut *tx), base).await? {
        Judged::Known(base) => Ok((base, None)),
        Judged::Fresh(step, base, refused) => {
            write(tx, *step).await?;
            Ok((base, refused))
        }
    }
}

/// Writes a step of an attempt that this transaction holds.
pub(super) async fn write(tx: &mut Tx, step: Step) -> Result<(), Refusal> {
    match commit::write(tx, &[step]).await?.as_slice() {
        [true] => Ok(()),
        _ => Err(Refusal::conflict("conflict")),
    }
}

impl Input {
    /// The batch begins with the entry that the base waits for.
    fn continues(&self, base: &Base) -> bool {
        base.attempt_id == self.pass.attempt
            && base.version == self.pass.version
            && !base.superseded()
            && self
                .batch
                .entries
                .first()
                .is_some_and(|entry| entry.seq as i64 == base.mark.last_seq + 1)
    }

    /// What the batch is folded onto, as the database has it.
    async fn base(&self, on: On<'_>, query: &'static crate::db::Query) -> Result<Base, Refusal> {
        let held: Option<HeldRow> = query
            .bind(self.session)
            .bind(self.pass.attempt)
            .optional(on)
            .await?;
        let held = held
            .filter(|held| held.kind == "player" && held.version == self.pass.version)
            .ok_or_else(Refusal::not_found)?;
        match held.person_state.as_str() {
            "erased" => return Err(gone()),
            "active" => {}
            _ => return Err(Refusal::new(Status::Forbidden, "person-suspended")),
        }
        if held.opened_at.is_none() {
            return Err(Refusal::conflict("session-not-open"));
        }
        Base::of(held, self.pass.attempt, self.session)
    }

    /// Folds what is new. Entries that are kept already never change: they can be compared
    /// wherever they are read.
    async fn judge(&self, on: On<'_>, base: Base) -> Result<Judged, Refusal> {
        let scorm = scorm(&self.course)?;
        let last = base.mark.last_seq;
        let entries = &self.batch.entries;
        let first = entries.first().map_or(last + 1, |entry| entry.seq as i64);
        if first > last + 1 {
            return Err(Refusal::conflict("journal-gap").with("expected", last + 1));
        }
        let known = usize::try_from(last + 1 - first)
            .unwrap_or(0)
            .min(entries.len());
        if known > 0 {
            same_as_kept(on, self.session, &entries[..known], last).await?;
        }
        let fresh = &entries[known..];
        if fresh.is_empty() {
            return Ok(Judged::Known(base));
        }
        let more = fresh.len() as i64;
        if last + more > JOURNAL_MAX || base.mark.folded + more > JOURNAL_MAX {
            return Err(Refusal::unprocessable("journal-full").with("most", JOURNAL_MAX));
        }
        let superseded = base.superseded();
        let mut fold = Fold::begin(scorm, base, self.now);
        for entry in fresh {
            if superseded {
                fold.late(entry);
            } else {
                fold.entry(entry);
            }
        }
        let refused = fold.refused.take();
        let (step, base) = fold.end(self.change)?;
        Ok(Judged::Fresh(Box::new(step), base, refused))
    }

    /// The answer, once everything up to the base's mark is on disk; the base is remembered.
    fn answer(&self, app: &App, base: Base, refused: Option<Value>) -> Result<Accepted, Refusal> {
        let state = if self.batch.state {
            let scorm = scorm(&self.course)?;
            let outcome = outcomes::of(&base.attempt, scorm, &base.policy);
            let (course, attempt) = (&self.course, &base.attempt);
            Some(json!(CourseState::of(
                app, course, scorm, attempt, outcome, refused
            )))
        } else {
            None
        };
        let accepted = Accepted {
            acked: base.mark.last_seq as u64,
            superseded: base.superseded(),
            state,
        };
        app.player.put(base);
        Ok(accepted)
    }
}

/// The first that came under a number stays.
async fn same_as_kept(
    on: On<'_>,
    session: SessionId,
    entries: &[Entry],
    last: i64,
) -> Result<(), Refusal> {
    let first = entries.first().map_or(0, |entry| entry.seq as i64);
    let kept: Vec<store::KeptRow> = store::KEPT
        .bind(session)
        .bind(first)
        .bind(last)
        .all(on)
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
