//! Replay: the journal of an attempt through a fresh fold, step by step.
//!
//! The journal is read in pages and folded as it comes, so that a replay needs little memory
//! however long a session was; what changed is worked out only at the steps that ask for it.

mod diagnosis;
mod onto;
pub mod trace;
pub mod words;

use std::collections::VecDeque;
use std::sync::Arc;

use domain::outcome::Outcome;
use domain::policy::Policy;
use scorm::{Attempt, Change, Course, Entry, Event, Setup, Verdict};
use serde_json::Value;

use crate::App;
use crate::accounts::Person;
use crate::catalogue::{self, StoredCourse};
use crate::ids::{AttemptId, SessionId};
use crate::web::Refusal;

use super::journal::scorm;
use super::store::{self, EntryRow};
use super::{outcomes, view};

pub use super::store::SessionRow;
pub use diagnosis::Note;
pub use onto::{Difference, DryRun, Position, Which, dry_run};

/// Entries read at once.
const PAGE: i64 = 500;

/// The journal of an attempt going through a fresh fold.
pub(super) struct Reel<'c> {
    app: &'c App,
    course: &'c Course,
    attempt: AttemptId,
    /// The rule by which the module is completed.
    pub policy: Policy,
    /// The state so far.
    pub state: Attempt,
    waiting: VecDeque<EntryRow>,
    /// The place in the fold of the last entry read; `None`: all are read.
    after: Option<i64>,
}

/// One entry and what it did.
pub struct Frame {
    /// The entry's row.
    pub row: EntryRow,
    /// The entry.
    pub entry: Entry,
    /// What the fresh fold answers to it.
    pub verdict: Verdict,
    /// What it changed; empty unless it was asked for.
    pub changes: Vec<Change>,
    /// The outcome before and after, where it was asked for.
    pub outcomes: Option<(Outcome, Outcome)>,
}

impl<'c> Reel<'c> {
    /// From the beginning of an attempt, on its own course or on another one.
    pub(super) fn new(
        app: &'c App,
        course: &'c Course,
        attempt: AttemptId,
        (setup, policy): (&str, &Value),
    ) -> Result<Reel<'c>, Refusal> {
        let setup: Setup = read(setup)?;
        Ok(Reel {
            app,
            course,
            attempt,
            policy: outcomes::policy(policy),
            state: Attempt::begin(course, setup),
            waiting: VecDeque::new(),
            after: Some(0),
        })
    }

    /// The next entry; `look` says whether its changes are wanted.
    pub(super) async fn next(
        &mut self,
        look: impl FnOnce(&EntryRow) -> bool,
    ) -> Result<Option<Frame>, Refusal> {
        if self.waiting.is_empty()
            && let Some(after) = self.after
        {
            self.waiting = store::FOLDED_PAGE
                .bind(self.attempt)
                .bind(after)
                .bind(PAGE)
                .all(&self.app.db)
                .await?
                .into();
            self.after = match self.waiting.back() {
                Some(last) if self.waiting.len() as i64 == PAGE => last.position,
                _ => None,
            };
        }
        let Some(row) = self.waiting.pop_front() else {
            return Ok(None);
        };
        let entry: Entry = read(&row.entry)?;
        if !look(&row) {
            let verdict = self.state.apply(self.course, &entry);
            return Ok(Some(Frame {
                row,
                entry,
                verdict,
                changes: Vec::new(),
                outcomes: None,
            }));
        }
        let before = outcomes::of(&self.state, self.course, &self.policy);
        let (verdict, changes) = self.state.apply_told(self.course, &entry);
        Ok(Some(Frame {
            row,
            entry,
            verdict,
            changes,
            outcomes: Some((before, outcomes::of(&self.state, self.course, &self.policy))),
        }))
    }
}

/// A replay of a session: its place among the sessions of the attempt is kept, and what others
/// did before and after it is folded too.
pub struct Replay {
    /// The session, its learner and its module.
    pub session: SessionRow,
    /// The course it ran on.
    pub course: Arc<StoredCourse>,
    /// Every entry of the session in order, in short.
    pub lines: Vec<Line>,
    /// The step asked for, with what it changed.
    pub step: Option<Frame>,
    /// What is worth knowing about the session.
    pub notes: Vec<Note>,
    /// The state that the fresh fold ends in.
    pub state: Attempt,
    /// The outcome of the fresh fold.
    pub outcome: Outcome,
    /// Whether the fresh fold ends where the live one did.
    pub agrees: bool,
}

/// An entry in short.
pub struct Line {
    /// Its number in the session.
    pub seq: i64,
    /// Milliseconds since the session opened.
    pub at: i64,
    /// What happened.
    pub event: Event,
    /// The error code that the fold gives the call.
    pub error: u16,
    /// Why a navigation led nowhere.
    pub exception: Option<&'static str>,
    /// Kept, but not folded: the session had been superseded.
    pub late: bool,
    /// The fold answers otherwise than the browser did.
    pub otherwise: bool,
}

/// The longest text that a line keeps of an argument or result, in characters.
const SHORT: usize = 160;

impl Replay {
    /// Replays the attempt of a session; `at` is the step to look at, the last one before it
    /// where there is none of that number.
    pub async fn of(app: &App, session: SessionId, at: i64) -> Result<Replay, Refusal> {
        let at = nearest(app, session, at).await?;
        let mut lines = Vec::new();
        let mut step = None;
        let mut notes = diagnosis::Taker::default();
        let played = play(
            app,
            session,
            |row| row.seq == at,
            |frame| {
                lines.push(Line::of(&frame));
                notes.take(&frame);
                if frame.row.seq == at {
                    step = Some(frame);
                }
                Ok(())
            },
        )
        .await?;
        let course = scorm(&played.course)?;
        Ok(Replay {
            notes: notes.notes(&played.session, course, &played.state, played.agrees),
            outcome: outcomes::of(&played.state, course, &played.policy),
            session: played.session,
            lines,
            step,
            state: played.state,
            agrees: played.agrees,
            course: played.course,
        })
    }
}

impl Line {
    fn of(frame: &Frame) -> Line {
        let event = match &frame.entry.event {
            Event::Call {
                function,
                arguments,
                result,
                error,
            } => Event::Call {
                function: short(function),
                arguments: arguments.iter().map(|a| short(a)).collect(),
                result: short(result),
                error: *error,
            },
            other => other.clone(),
        };
        Line {
            seq: frame.row.seq,
            at: frame.entry.at,
            event,
            error: frame.verdict.error,
            exception: frame.verdict.exception.map(|e| e.0),
            late: frame.row.position.is_none(),
            otherwise: frame.row.position.is_some() && !frame.verdict.agrees,
        }
    }
}

/// The beginning of a text.
pub fn short(text: &str) -> String {
    match text.char_indices().nth(SHORT) {
        Some((end, _)) => format!("{}…", &text[..end]),
        None => text.to_owned(),
    }
}

/// What a whole replay ends in.
pub struct Played {
    /// The session.
    pub session: SessionRow,
    /// The course it ran on.
    pub course: Arc<StoredCourse>,
    /// The rule by which its module is completed.
    pub policy: Policy,
    /// The state that the fresh fold ends in.
    pub state: Attempt,
    /// Whether the fresh fold ends where the live one did.
    pub agrees: bool,
}

/// Folds the attempt of a session anew and shows each entry of the session; `look` says of which
/// the changes are wanted. Entries that were kept without being folded come at their place.
pub async fn play(
    app: &App,
    session: SessionId,
    look: impl Fn(&EntryRow) -> bool,
    mut see: impl FnMut(Frame) -> Result<(), Refusal>,
) -> Result<Played, Refusal> {
    let row: SessionRow = store::SESSION.bind(session).one(&app.db).await?;
    let stored: store::StoredRow = store::STORED.bind(row.attempt).one(&app.db).await?;
    let stored_course = catalogue::course(app, stored.version).await?;
    let course = scorm(&stored_course)?;
    let mut late: VecDeque<EntryRow> = store::LATE.bind(session).all(&app.db).await?.into();
    let mut reel = Reel::new(app, course, row.attempt, (&stored.setup, &stored.policy))?;
    while let Some(frame) = reel
        .next(|entry| entry.session == session && look(entry))
        .await?
    {
        if frame.row.session != session {
            continue;
        }
        while let Some(row) = late.pop_front_if(|row| row.seq < frame.row.seq) {
            see(unfolded(row)?)?;
        }
        see(frame)?;
    }
    for row in late {
        see(unfolded(row)?)?;
    }
    let (state, policy) = (reel.state, reel.policy);
    let live = view::attempt(&stored.state)?;
    let agrees = state == live
        && outcomes::of(&state, course, &policy) == outcomes::from_json(&stored.outcome);
    Ok(Played {
        session: row,
        policy,
        state,
        agrees,
        course: stored_course,
    })
}

/// A session by its id; who may look into it is the caller's to check.
pub async fn session(app: &App, session: SessionId) -> Result<SessionRow, Refusal> {
    Ok(store::SESSION.bind(session).one(&app.db).await?)
}

/// The course that a session ran on.
pub async fn course_of(app: &App, id: SessionId) -> Result<Arc<StoredCourse>, Refusal> {
    let row = session(app, id).await?;
    catalogue::course(app, row.version).await
}

/// The outcome of what was played.
pub fn outcome(played: &Played) -> Result<Outcome, Refusal> {
    let course = scorm(&played.course)?;
    Ok(outcomes::of(&played.state, course, &played.policy))
}

/// An entry that no fold has seen.
fn unfolded(row: EntryRow) -> Result<Frame, Refusal> {
    Ok(Frame {
        entry: read(&row.entry)?,
        row,
        verdict: Verdict::default(),
        changes: Vec::new(),
        outcomes: None,
    })
}

/// The entry at or before a number, else the first.
async fn nearest(app: &App, session: SessionId, at: i64) -> Result<i64, Refusal> {
    let row: store::NearestRow = store::NEAREST.bind(session).bind(at).one(&app.db).await?;
    Ok(row.seq.or(row.first).unwrap_or(0))
}

/// The session, if this person may look into it: administrators, the trainer of its module, the
/// staff of a region for what went on while its learner was a member there, as in reports; 404 for
/// everybody else.
pub async fn permitted(
    app: &App,
    person: &Person,
    session: SessionId,
) -> Result<SessionRow, Refusal> {
    let row: SessionRow = store::SESSION.bind(session).one(&app.db).await?;
    let module = catalogue::module(app, row.module).await?;
    if catalogue::may_manage(person, &module) {
        return Ok(row);
    }
    if !person.roles.regions.is_empty() {
        let near: store::CountRow = store::IN_REGIONS
            .bind(row.id)
            .bind(person.roles.regions.clone())
            .one(&app.db)
            .await?;
        if near.n > 0 {
            return Ok(row);
        }
    }
    Err(Refusal::not_found())
}

/// Reads what is stored as text.
pub(super) fn read<T: serde::de::DeserializeOwned>(text: &str) -> Result<T, Refusal> {
    serde_json::from_str(text).map_err(|error| {
        tracing::error!(%error, "reading a journal");
        Refusal::new(rocket::http::Status::InternalServerError, "internal")
    })
}
