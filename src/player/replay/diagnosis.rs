//! What is worth knowing about a session before one looks at its steps.

use std::collections::BTreeMap;

use scorm::datamodel::State;
use scorm::{Attempt, Course, Event};

use super::super::store::SessionRow;
use super::Frame;

/// One remark, worded in the locales as `replay-note-<code>`.
#[derive(Debug, Clone, PartialEq)]
pub struct Note {
    /// `good info warn bad`
    pub kind: &'static str,
    /// Which remark.
    pub code: &'static str,
    /// Numbers of it: how often, how much was permitted, how much was seen.
    pub numbers: [i64; 3],
    /// A place: an element, an activity, an error code.
    pub place: Option<String>,
    /// The first step concerned.
    pub at: Option<i64>,
}

/// Collects remarks while the entries go by.
#[derive(Default)]
pub(super) struct Taker {
    calls: i64,
    initialised: bool,
    terminated: bool,
    committed: bool,
    /// The SCO set a completion or success status.
    reported: bool,
    /// Error code → how often, where first.
    errors: BTreeMap<u16, (i64, i64)>,
    /// Exception code → how often, where first.
    exceptions: BTreeMap<&'static str, (i64, i64)>,
    otherwise: Option<(i64, i64)>,
    late: Option<(i64, i64)>,
    corrections: i64,
}

fn count(slot: &mut (i64, i64)) {
    slot.0 += 1;
}

impl Taker {
    /// Hears of one entry.
    pub(super) fn take(&mut self, frame: &Frame) {
        let seq = frame.row.seq;
        if frame.row.position.is_none() {
            count(self.late.get_or_insert((0, seq)));
            return;
        }
        if !frame.verdict.agrees {
            count(self.otherwise.get_or_insert((0, seq)));
        }
        if let Some(exception) = frame.verdict.exception {
            count(self.exceptions.entry(exception.0).or_insert((0, seq)));
        }
        match &frame.entry.event {
            Event::Call {
                function,
                arguments,
                ..
            } => {
                self.calls += 1;
                let error = frame.verdict.error;
                let name = function.strip_prefix("LMS").unwrap_or(function);
                // Asking for what has no value yet is how a SCO finds out that it is new.
                let asking = name.starts_with("Get") && matches!(error, 403 | 0);
                if error != 0 && !name.starts_with("GetE") && !name.starts_with("GetL") && !asking {
                    count(self.errors.entry(error).or_insert((0, seq)));
                }
                if error != 0 {
                    return;
                }
                match name {
                    "Initialize" => self.initialised = true,
                    "Terminate" | "Finish" => self.terminated = true,
                    "Commit" => self.committed = true,
                    "SetValue" => {
                        let element = arguments.first().map_or("", String::as_str);
                        self.reported |= matches!(
                            element,
                            "cmi.completion_status"
                                | "cmi.success_status"
                                | "cmi.core.lesson_status"
                                | "cmi.progress_measure"
                        );
                    }
                    _ => {}
                }
            }
            Event::Correction(_) => self.corrections += 1,
            Event::Open | Event::Navigate(_) => {}
        }
    }

    /// The remarks, the gravest first.
    pub(super) fn notes(
        self,
        session: &SessionRow,
        course: &Course,
        state: &Attempt,
        agrees: bool,
    ) -> Vec<Note> {
        let mut notes = Vec::new();
        let mut note = |kind, code, numbers: [i64; 3], place: Option<String>, at| {
            notes.push(Note {
                kind,
                code,
                numbers,
                place,
                at,
            });
        };
        if !agrees {
            note("bad", "differs", [0; 3], None, None);
        }
        if let Some((n, at)) = self.otherwise {
            note("warn", "otherwise", [n, 0, 0], None, Some(at));
        }
        if let Some((n, at)) = self.late {
            note("warn", "late", [n, 0, 0], None, Some(at));
        }
        if session.kind == "player" && session.opened_at.is_none() {
            note("info", "unopened", [0; 3], None, None);
        } else if session.kind == "player" {
            self.of_content(&mut note);
        }
        for (a, activity) in course.activities.iter().enumerate() {
            for (element, seen) in state.sco(a).into_iter().flat_map(|sco| sco.notes()) {
                note(
                    "info",
                    "over-maximum",
                    [
                        i64::from(seen.calls),
                        i64::from(seen.permitted),
                        i64::from(seen.seen),
                    ],
                    Some(format!("{element} · {}", activity.title)),
                    None,
                );
            }
        }
        if session.kind == "player" && self.initialised && !self.terminated {
            let running = state
                .current(course)
                .and_then(|a| state.sco(a))
                .is_some_and(|sco| sco.state() == State::Running);
            note("info", "unterminated", [0; 3], None, None);
            if running && !self.committed && self.calls > 2 {
                note("info", "uncommitted", [0; 3], None, None);
            }
        }
        for (code, (n, at)) in &self.exceptions {
            note(
                "info",
                "refused",
                [*n, 0, 0],
                Some((*code).to_owned()),
                Some(*at),
            );
        }
        if self.corrections > 0 {
            note("info", "corrected", [self.corrections, 0, 0], None, None);
        }
        if notes.is_empty() {
            notes.push(Note {
                kind: "good",
                code: "nothing",
                numbers: [0; 3],
                place: None,
                at: None,
            });
        }
        notes
    }

    /// Remarks on what the content did.
    fn of_content(
        &self,
        note: &mut impl FnMut(&'static str, &'static str, [i64; 3], Option<String>, Option<i64>),
    ) {
        if !self.initialised {
            note("warn", "silent", [0; 3], None, None);
        } else if !self.reported {
            note("warn", "no-completion", [0; 3], None, None);
        }
        for (code, (n, at)) in &self.errors {
            note(
                "warn",
                "errors",
                [*n, i64::from(*code), 0],
                Some(code.to_string()),
                Some(*at),
            );
        }
    }
}
