//! The fold of a batch: where the attempt stood, the entries, and what is to be written.
//!
//! Nothing here reads or writes: a [`Step`] says what it stands on, and is written only if that is
//! still so ([`super::commit`]).

use domain::outcome::Outcome;
use domain::policy::Policy;
use scorm::{Attempt, Collector, Course, Entry, Event};
use serde::Serialize;
use serde_json::{Value, json};
use uuid::Uuid;

use crate::clock::Timestamp;
use crate::ids::{AttemptId, ModuleId, PersonId, SessionId, VersionId};
use crate::web::Refusal;

use super::records::{self, Rows};
use super::store::HeldRow;
use super::{attempts, outcomes, plausible, view};

/// A session's diagnosis holds at most so many findings.
const FINDINGS: usize = 50;

/// Where an attempt and one of its sessions stand: what the next batch is folded onto.
pub(super) struct Base {
    pub attempt_id: AttemptId,
    pub session: SessionId,
    pub person: PersonId,
    pub module: ModuleId,
    pub version: VersionId,
    /// The fold so far.
    pub attempt: Attempt,
    pub mark: Mark,
    /// The module's policy when this was read.
    pub policy: Policy,
    pub outcome: Outcome,
    finished_at: Option<Timestamp>,
    diagnosis: Vec<Value>,
    /// When the session opened.
    opened_at: Option<Timestamp>,
    /// Bytes of the serialised state.
    size: usize,
}

/// What must still be so when a step is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Mark {
    /// The session's last entry.
    pub last_seq: i64,
    /// Entries folded into the attempt.
    pub folded: i64,
    /// The session that the attempt's entries come from.
    pub current: Option<SessionId>,
}

impl Base {
    /// From what is stored.
    pub fn of(held: HeldRow, attempt: AttemptId, session: SessionId) -> Result<Base, Refusal> {
        Ok(Base {
            attempt_id: attempt,
            session,
            person: held.person,
            module: held.module,
            version: held.version,
            attempt: view::attempt(&held.state)?,
            mark: Mark {
                last_seq: held.last_seq,
                folded: held.folded,
                current: held.current,
            },
            policy: outcomes::policy(&held.policy),
            outcome: outcomes::from_json(&held.outcome),
            finished_at: held.finished_at,
            diagnosis: held.diagnosis.as_array().cloned().unwrap_or_default(),
            opened_at: held.opened_at,
            size: held.state.len(),
        })
    }

    /// The same attempt in a session that begins now and is its current one.
    pub fn in_new_session(mut self, session: SessionId) -> Base {
        self.session = session;
        self.mark.last_seq = 0;
        self.opened_at = None;
        self.diagnosis.clear();
        self
    }

    pub fn superseded(&self) -> bool {
        self.mark.current != Some(self.session)
    }

    /// What remembering it costs, about.
    pub fn weight(&self) -> usize {
        2 * self.size + 1024
    }
}

/// What a batch adds, and what it stands on.
pub(super) struct Step {
    pub attempt: AttemptId,
    pub session: SessionId,
    pub person: PersonId,
    pub module: ModuleId,
    pub before: Mark,
    /// The policy its outcome follows: must still be the module's.
    pub policy: Policy,
    pub rows: Vec<Row>,
    pub last_seq: i64,
    pub diagnosis: Vec<Value>,
    pub now: Timestamp,
    /// Absent where nothing was folded.
    pub folded: Option<Folded>,
    /// The progress store is told, under this id of a change.
    pub record: Option<Uuid>,
    /// Global objectives and stores as they are now, by name.
    pub globals: Vec<(String, Value)>,
    /// What reports will ask for.
    pub records: Rows,
    /// There is something that statements tell.
    pub tells: bool,
}

/// The attempt after a fold.
pub(super) struct Folded {
    pub state: String,
    pub folded: i64,
    pub outcome: Outcome,
    pub finished_at: Option<Timestamp>,
}

/// An entry as a row.
#[derive(Serialize)]
pub(super) struct Row {
    pub session: String,
    pub seq: u64,
    pub at: i64,
    pub received_at: i64,
    /// The one form in which an entry is kept and compared.
    pub entry: String,
    pub result: Option<String>,
    pub error: Option<u16>,
    pub position: Option<i64>,
}

/// The one form in which an entry is kept and compared.
pub(super) fn text_of(entry: &Entry) -> String {
    serde_json::to_string(entry).unwrap_or_default()
}

/// A fold going on: entries in, then a step.
pub(super) struct Fold<'c> {
    course: &'c Course,
    base: Base,
    now: Timestamp,
    rows: Vec<Row>,
    folded: i64,
    last_seq: i64,
    /// The client's clock at the latest entry, ms since the session opened.
    latest: i64,
    findings: Vec<Value>,
    /// A navigation or the end of a SCO: a moment at which others may look.
    moved: bool,
    collector: Collector,
    /// Why the last navigation request led nowhere.
    pub refused: Option<Value>,
}

impl<'c> Fold<'c> {
    pub fn begin(course: &'c Course, base: Base, now: Timestamp) -> Fold<'c> {
        Fold {
            course,
            folded: base.mark.folded,
            last_seq: base.mark.last_seq,
            latest: 0,
            base,
            now,
            rows: Vec::new(),
            findings: Vec::new(),
            moved: false,
            collector: Collector::default(),
            refused: None,
        }
    }

    /// An entry of the current session.
    pub fn entry(&mut self, entry: &Entry) {
        self.collector.see(self.course, &self.base.attempt, entry);
        let verdict = self.base.attempt.apply(self.course, entry);
        self.folded += 1;
        let (mut result, mut error) = (None, None);
        if let Event::Call { function, .. } = &entry.event {
            self.moved |= matches!(function.as_str(), "Terminate" | "LMSFinish");
            if let Some(finding) = plausible::of_call(entry, verdict.error) {
                self.finding(finding);
            }
            if !verdict.agrees {
                error = Some(verdict.error);
                self.finding(json!({
                    "code": "answered-otherwise", "seq": entry.seq, "error": verdict.error,
                }));
                // The result's column is text, which holds no NUL on one of the engines.
                result = Some(verdict.result.replace('\0', "\u{fffd}"));
            }
        } else {
            self.moved = true;
            self.refused = verdict.exception.map(|exception| json!(exception));
        }
        self.latest = self.latest.max(entry.at);
        let position = Some(self.folded);
        self.row(entry, result, error, position);
    }

    /// An entry of a session that was superseded: kept, not folded.
    pub fn late(&mut self, entry: &Entry) {
        if self.rows.is_empty() {
            self.finding(json!({ "code": "late", "seq": entry.seq }));
        }
        self.row(entry, None, None, None);
    }

    fn row(
        &mut self,
        entry: &Entry,
        result: Option<String>,
        error: Option<u16>,
        position: Option<i64>,
    ) {
        self.rows.push(Row {
            session: self.base.session.0.simple().to_string(),
            seq: entry.seq,
            at: entry.at,
            received_at: self.now.micros(),
            entry: text_of(entry),
            result,
            error,
            position,
        });
        self.last_seq = self.last_seq.max(entry.seq as i64);
    }

    /// Notes a finding; of most kinds one says enough.
    fn finding(&mut self, finding: Value) {
        let known = |other: &Value| {
            other["code"] == finding["code"] && finding["code"] != "answered-otherwise"
        };
        let noted = self.base.diagnosis.iter().chain(&self.findings).any(known);
        if !noted && self.base.diagnosis.len() + self.findings.len() < FINDINGS {
            self.findings.push(finding);
        }
    }

    /// What is to be written, and where the attempt stands once it is. `change` is the id of the
    /// change in the progress store, should there be one.
    pub fn end(mut self, change: Uuid) -> Result<(Step, Base), Refusal> {
        let outcome = outcomes::of(&self.base.attempt, self.course, &self.base.policy);
        if self.folded != self.base.mark.folded {
            let opened = self.base.opened_at;
            for finding in plausible::of_outcome(&self.base.outcome, &outcome)
                .into_iter()
                .chain(plausible::of_clock(opened, self.latest, self.now))
            {
                self.finding(finding);
            }
        }
        let Fold {
            course,
            mut base,
            now,
            ..
        } = self;
        let before = base.mark;
        base.mark.last_seq = self.last_seq;
        base.mark.folded = self.folded;
        base.diagnosis.extend(self.findings);
        let mut step = Step {
            attempt: base.attempt_id,
            session: base.session,
            person: base.person,
            module: base.module,
            before,
            policy: base.policy,
            rows: self.rows,
            last_seq: self.last_seq,
            diagnosis: base.diagnosis.clone(),
            now,
            folded: None,
            record: None,
            globals: Vec::new(),
            records: Rows::default(),
            tells: false,
        };
        if self.folded == before.folded {
            return Ok((step, base));
        }
        base.finished_at =
            outcomes::finished(&base.attempt, course, &outcome, base.finished_at, now);
        let state = view::text(&base.attempt)?;
        base.size = state.len();
        if self.moved || stepped(&base.outcome, &outcome) {
            step.record = Some(change);
        }
        let changed = self.collector.records(course, &base.attempt);
        let whole = step.record.map(|_| &base.attempt);
        step.records = records::rows(course, base.attempt_id, changed, whole, now);
        step.tells = self.moved || reached(&base.outcome, &outcome) || step.records.has_answers();
        if self.moved {
            step.globals = attempts::globals_of(course, &base.attempt);
        }
        base.outcome = outcome;
        step.folded = Some(Folded {
            state,
            folded: self.folded,
            outcome,
            finished_at: base.finished_at,
        });
        Ok((step, base))
    }
}

/// Whether anything but the time differs.
fn reached(before: &Outcome, after: &Outcome) -> bool {
    (before.state, before.success, before.progress, before.score)
        != (after.state, after.success, after.progress, after.score)
}

/// Whether anybody but the clock would see the difference. Time alone reaches the progress store
/// when a part ends, or when a quarter of a minute has gathered.
fn stepped(before: &Outcome, after: &Outcome) -> bool {
    reached(before, after) || (before.seconds / 15.0).floor() != (after.seconds / 15.0).floor()
}
