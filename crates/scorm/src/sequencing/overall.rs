//! OP.1 and NB.2.1: from what a learner or SCO asks to what happens.

use serde::{Deserialize, Serialize};

use super::requests::{Sequenced, SequencingRequest};
use super::termination::TerminationRequest;
use super::trace::{BUDGET_SPENT, Exception, TraceResult};
use super::{Engine, STEP_BUDGET};
use crate::course::Edition;

/// A navigation request (SN 5.2), as `nav` and `target` of a journal entry.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "nav", content = "target", rename_all = "camelCase")]
pub enum NavigationRequest {
    /// Begin the course.
    Start,
    /// Go on where Suspend All left.
    ResumeAll,
    /// The next activity.
    Continue,
    /// The one before.
    Previous,
    /// An activity of the table of contents, by identifier.
    Choice(String),
    /// An activity by identifier, asked by a SCO (4th edition).
    Jump(String),
    /// Leave the current activity.
    Exit,
    /// Leave the course.
    ExitAll,
    /// Leave the activity without recording.
    Abandon,
    /// Leave the course without recording.
    AbandonAll,
    /// Leave the course to go on later.
    SuspendAll,
}

/// What came of a navigation request.
#[derive(Debug, Clone, Copy, PartialEq, Default, Serialize)]
pub struct Answer {
    /// Why nothing is delivered, when the request was not accepted or led nowhere.
    pub exception: Option<Exception>,
    /// The activity delivered by this request.
    pub delivered: Option<usize>,
    /// The sequencing session has ended.
    pub ended: bool,
}

/// A navigation request as NB.2.1 sees it: parts of the tree by index.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Request {
    Start,
    ResumeAll,
    Continue,
    Previous,
    Choice(usize),
    Jump(usize),
    Exit,
    ExitAll,
    Abandon,
    AbandonAll,
    SuspendAll,
}

/// What a valid navigation request becomes.
type Requests = (Option<TerminationRequest>, SequencingRequest);

impl Engine<'_> {
    /// Overall Sequencing Process `OP.1` for one navigation request.
    pub fn navigate(&mut self, request: &NavigationRequest) -> Answer {
        let request = match request {
            NavigationRequest::Start => Ok(Request::Start),
            NavigationRequest::ResumeAll => Ok(Request::ResumeAll),
            NavigationRequest::Continue => Ok(Request::Continue),
            NavigationRequest::Previous => Ok(Request::Previous),
            NavigationRequest::Choice(target) => self
                .course
                .find(target)
                .map(Request::Choice)
                .ok_or(Exception("NB.2.1-11")),
            NavigationRequest::Jump(target) => self
                .course
                .find(target)
                .map(Request::Jump)
                .ok_or(Exception("NB.2.1-11")),
            NavigationRequest::Exit => Ok(Request::Exit),
            NavigationRequest::ExitAll => Ok(Request::ExitAll),
            NavigationRequest::Abandon => Ok(Request::Abandon),
            NavigationRequest::AbandonAll => Ok(Request::AbandonAll),
            NavigationRequest::SuspendAll => Ok(Request::SuspendAll),
        };
        let answer = match request.and_then(|r| self.navigation_request(r)) {
            Ok((termination, sequencing)) => self.process(termination, sequencing),
            Err(e) => Answer {
                exception: Some(e),
                ..Answer::default()
            },
        };
        if self.steps > STEP_BUDGET {
            return Answer {
                exception: Some(BUDGET_SPENT),
                ..answer
            };
        }
        answer
    }

    /// `OP.1` steps 1.3–1.6.
    fn process(
        &mut self,
        termination: Option<TerminationRequest>,
        sequencing: SequencingRequest,
    ) -> Answer {
        let mut answer = Answer::default();
        let mut sequencing = sequencing;
        if let Some(termination) = termination {
            match self.terminate(termination) {
                Ok(Some(instead)) => sequencing = instead,
                Ok(None) => {}
                Err(e) => {
                    return Answer {
                        exception: Some(e),
                        ..answer
                    };
                }
            }
        }
        self.prepare();
        if self.state.current.is_none() && !self.state.activities[0].suspended {
            self.renew_course_objectives();
        }
        match self.sequence(sequencing) {
            Sequenced::Deliver(a) => {
                match self.delivery_request(a).and_then(|()| self.deliver(a)) {
                    Ok(()) => answer.delivered = Some(a),
                    Err(e) => answer.exception = Some(e),
                }
            }
            Sequenced::Nothing => {}
            Sequenced::EndSession => {
                self.end_session();
                answer.ended = true;
            }
            Sequenced::Exception(e) => answer.exception = Some(e),
        }
        answer
    }

    /// The session ends: every attempt still open ends with it (SB.2.1 step 3.1.1), and there is
    /// no current activity any more.
    fn end_session(&mut self) {
        if self.state.current.is_some() && self.state.activities[0].active {
            self.terminate_descendents(0);
            self.end_attempt(0);
        }
        self.state.current = None;
    }

    /// Navigation Request Process `NB.2.1`.
    pub(super) fn navigation_request(&mut self, request: Request) -> Result<Requests, Exception> {
        let answer = self.validated(request);
        let result = match &answer {
            Ok((_, sequencing)) => TraceResult::Word(sequencing.name()),
            Err(e) => TraceResult::Exception(*e),
        };
        self.trace.add("NB.2.1", self.state.current, "", result);
        answer
    }

    fn validated(&self, request: Request) -> Result<Requests, Exception> {
        let current = self.state.current;
        let active = current.is_some_and(|c| self.state.activities[c].active);
        let exit = active.then_some(TerminationRequest::Exit);
        let flow_parent = current
            .and_then(|c| self.parent(c))
            .map(|p| &self.definition(p).control);
        let none = Exception("NB.2.1-2");
        match request {
            Request::Start if current.is_none() => Ok((None, SequencingRequest::Start)),
            Request::ResumeAll if current.is_none() => match self.state.suspended {
                Some(_) => Ok((None, SequencingRequest::ResumeAll)),
                None => Err(Exception("NB.2.1-3")),
            },
            Request::Start | Request::ResumeAll => Err(Exception("NB.2.1-1")),
            Request::Continue | Request::Previous if current.is_none() => Err(none),
            Request::Continue => match flow_parent {
                Some(control) if control.flow => Ok((exit, SequencingRequest::Continue)),
                _ => Err(Exception("NB.2.1-4")),
            },
            Request::Previous => match flow_parent {
                Some(control) if control.flow && !control.forward_only => {
                    Ok((exit, SequencingRequest::Previous))
                }
                Some(_) => Err(Exception("NB.2.1-5")),
                None => Err(Exception("NB.2.1-6")),
            },
            Request::Choice(target) => self
                .validated_choice(target)
                .map(|()| (exit, SequencingRequest::Choice(target))),
            Request::Jump(target) => {
                // Jump is of the 4th edition; it may go anywhere that is in the tree at all.
                if self.course.edition != Edition::Scorm2004Fourth || !self.is_in_tree(target) {
                    return Err(Exception("NB.2.1-11"));
                }
                Ok((exit, SequencingRequest::Jump(target)))
            }
            _ if current.is_none() => Err(none),
            Request::Exit if active => {
                Ok((Some(TerminationRequest::Exit), SequencingRequest::Exit))
            }
            Request::Abandon if active => {
                Ok((Some(TerminationRequest::Abandon), SequencingRequest::Exit))
            }
            Request::Exit | Request::Abandon => Err(Exception("NB.2.1-12")),
            Request::ExitAll => Ok((Some(TerminationRequest::ExitAll), SequencingRequest::Exit)),
            Request::AbandonAll => Ok((
                Some(TerminationRequest::AbandonAll),
                SequencingRequest::Exit,
            )),
            Request::SuspendAll => Ok((
                Some(TerminationRequest::SuspendAll),
                SequencingRequest::Exit,
            )),
        }
    }

    /// `NB.2.1` step 7: whether a choice may leave where the learner is.
    fn validated_choice(&self, target: usize) -> Result<(), Exception> {
        if !self
            .parent(target)
            .is_none_or(|p| self.definition(p).control.choice)
        {
            return Err(Exception("NB.2.1-10"));
        }
        let Some(current) = self.state.current else {
            return Ok(());
        };
        // Step 7.1.1.3, for every target: a choice would end the current activity, also one of a
        // sibling or of the activity itself.
        if self.state.activities[current].active && !self.definition(current).control.choice_exit {
            return Err(Exception("NB.2.1-8"));
        }
        if self.parent(current) == self.parent(target) {
            return Ok(());
        }
        let common = self.common_ancestor(current, target);
        let mut path = self.up(current).take_while(|&at| at != common).peekable();
        if path.peek().is_none() && current != common {
            return Err(Exception("NB.2.1-9"));
        }
        if path
            .any(|at| self.state.activities[at].active && !self.definition(at).control.choice_exit)
        {
            return Err(Exception("NB.2.1-8"));
        }
        Ok(())
    }
}
