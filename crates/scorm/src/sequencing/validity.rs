//! What may be asked now (SN 5.6.4; RTE 4.2, `adl.nav.request_valid`): for menus and SCOs.

use serde::Serialize;

use super::Engine;
use super::flow::Direction;
use super::overall::Request;
use super::requests::Sequenced;
use super::trace::Exception;
use crate::course::PreAction;

/// Whether one request would be accepted, and why not.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct Validity {
    /// Accepted.
    pub valid: bool,
    /// The exception the request would answer with.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub reason: Option<Exception>,
}

impl From<Result<(), Exception>> for Validity {
    fn from(result: Result<(), Exception>) -> Validity {
        Validity {
            valid: result.is_ok(),
            reason: result.err(),
        }
    }
}

/// Validity of everything the learner or a SCO can ask.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Navigation {
    /// Start
    pub start: Validity,
    /// Resume All
    pub resume_all: Validity,
    /// Continue
    #[serde(rename = "continue")]
    pub proceed: Validity,
    /// Previous
    pub previous: Validity,
    /// Exit
    pub exit: Validity,
    /// Exit All
    pub exit_all: Validity,
    /// Abandon
    pub abandon: Validity,
    /// Abandon All
    pub abandon_all: Validity,
    /// Suspend All
    pub suspend_all: Validity,
    /// Choice of each activity, beside the course's activities.
    pub choice: Vec<Validity>,
    /// Jump to each activity, beside the course's activities.
    pub jump: Vec<Validity>,
    /// Rules are asked when the current activity ends (exit rules above it, `TB.2.1`; its own post
    /// condition rules, `TB.2.2`): they may put another request in the place of Continue, so that
    /// one that is not valid now can still lead on.
    pub rules_at_end: bool,
}

impl Engine<'_> {
    /// Computes what may be asked. Works on this engine's state as it stands and leaves it as it
    /// was; nothing is delivered.
    pub fn validity(&mut self) -> Navigation {
        self.prepare();
        let simple = |e: &mut Self, r: Request| Validity::from(e.navigation_request(r).map(|_| ()));
        let start = self.navigation_request(Request::Start).and_then(|_| {
            let found = self.start();
            self.deliverable(found)
        });
        let resume_all =
            self.navigation_request(Request::ResumeAll)
                .and_then(|_| match self.state.suspended {
                    Some(a) => self.delivery_request(a),
                    None => Ok(()),
                });
        let proceed = self.navigation_request(Request::Continue).and_then(|_| {
            let found = self.go_on(Direction::Forward);
            self.deliverable(found)
        });
        let previous = self.navigation_request(Request::Previous).and_then(|_| {
            let found = self.go_on(Direction::Backward);
            self.deliverable(found)
        });
        let choice = (0..self.course.activities.len())
            .map(|a| self.choice_validity(a).into())
            .collect();
        let jump = (0..self.course.activities.len())
            .map(|a| {
                self.navigation_request(Request::Jump(a))
                    .and_then(|_| {
                        if self.state.current.is_some() {
                            Ok(())
                        } else {
                            Err(Exception("SB.2.13-1"))
                        }
                    })
                    .and_then(|()| self.delivery_request(a))
                    .into()
            })
            .collect();
        Navigation {
            start: start.into(),
            resume_all: resume_all.into(),
            proceed: proceed.into(),
            previous: previous.into(),
            exit: simple(self, Request::Exit),
            exit_all: simple(self, Request::ExitAll),
            abandon: simple(self, Request::Abandon),
            abandon_all: simple(self, Request::AbandonAll),
            suspend_all: simple(self, Request::SuspendAll),
            choice,
            jump,
            rules_at_end: self.has_rules_at_end(),
        }
    }

    fn has_rules_at_end(&self) -> bool {
        let Some(current) = self.state.current else {
            return false;
        };
        self.state.activities[current].active
            && (!self.definition(current).post.is_empty()
                || self
                    .up(current)
                    .skip(1)
                    .any(|above| !self.definition(above).exit.is_empty()))
    }

    /// Which activities a rule hides from choice, with all that is below them (SN SB.2.9 step 3,
    /// `UP.2`), beside the course's activities.
    pub(crate) fn hidden_from_choice(&mut self) -> Vec<bool> {
        let mut hidden: Vec<bool> = Vec::with_capacity(self.course.activities.len());
        for a in 0..self.course.activities.len() {
            // A parent comes before its children.
            let above = self.parent(a).is_some_and(|parent| hidden[parent]);
            hidden.push(above || self.pre_rule(a, PreAction::HiddenFromChoice));
        }
        hidden
    }

    /// Ending the session is a valid outcome of Continue; all else must be deliverable.
    fn deliverable(&mut self, sequenced: Sequenced) -> Result<(), Exception> {
        match sequenced {
            Sequenced::Deliver(a) => self.delivery_request(a),
            Sequenced::Nothing | Sequenced::EndSession => Ok(()),
            Sequenced::Exception(e) => Err(e),
        }
    }

    fn choice_validity(&mut self, target: usize) -> Result<(), Exception> {
        self.navigation_request(Request::Choice(target))?;
        self.choice_path(target)?;
        if self.is_leaf(target) {
            return self.delivery_request(target);
        }
        match self.flow(target, Direction::Forward, true) {
            Ok(leaf) => self.delivery_request(leaf),
            Err(_) => Err(Exception("SB.2.9-9")),
        }
    }
}
