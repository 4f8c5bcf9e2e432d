//! TB.2.1–TB.2.3: ending the current activity.

use super::Engine;
use super::requests::SequencingRequest;
use super::trace::{Exception, TraceResult};
use crate::course::PostAction;

/// A termination request (SN 4.5).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum TerminationRequest {
    Exit,
    ExitAll,
    SuspendAll,
    Abandon,
    AbandonAll,
}

impl TerminationRequest {
    fn name(self) -> &'static str {
        match self {
            TerminationRequest::Exit => "exit",
            TerminationRequest::ExitAll => "exitAll",
            TerminationRequest::SuspendAll => "suspendAll",
            TerminationRequest::Abandon => "abandon",
            TerminationRequest::AbandonAll => "abandonAll",
        }
    }
}

/// What the postcondition rules ask for.
#[derive(Debug, Clone, Copy, Default)]
struct PostConditions {
    exit_parent: bool,
    exit_all: bool,
    sequencing: Option<SequencingRequest>,
}

impl Engine<'_> {
    /// Termination Request Process `TB.2.3`; gives the sequencing request that rules put in the
    /// place of the pending one.
    pub(super) fn terminate(
        &mut self,
        request: TerminationRequest,
    ) -> Result<Option<SequencingRequest>, Exception> {
        let answer = self.terminated(request);
        let result = match answer {
            Ok(Some(sequencing)) => TraceResult::Word(sequencing.name()),
            Ok(None) => TraceResult::Done,
            Err(e) => TraceResult::Exception(e),
        };
        self.trace
            .add("TB.2.3", self.state.current, request.name(), result);
        answer
    }

    fn terminated(
        &mut self,
        request: TerminationRequest,
    ) -> Result<Option<SequencingRequest>, Exception> {
        let Some(current) = self.state.current else {
            return Err(Exception("TB.2.3-1"));
        };
        let active = self.state.activities[current].active;
        if matches!(
            request,
            TerminationRequest::Exit | TerminationRequest::Abandon
        ) && !active
        {
            return Err(Exception("TB.2.3-2"));
        }
        match request {
            TerminationRequest::Exit => self.terminate_exit(current),
            TerminationRequest::ExitAll => Ok(self.exit_all(None)),
            TerminationRequest::SuspendAll => self.suspend_all(current),
            TerminationRequest::Abandon => {
                self.state.activities[current].active = false;
                Ok(None)
            }
            TerminationRequest::AbandonAll => {
                for at in self.path(current) {
                    self.state.activities[at].active = false;
                }
                self.state.current = Some(0);
                Ok(Some(SequencingRequest::Exit))
            }
        }
    }

    /// `TB.2.3` step 3.
    fn terminate_exit(&mut self, current: usize) -> Result<Option<SequencingRequest>, Exception> {
        self.end_attempt(current);
        self.exit_action_rules();
        loop {
            let post = self.post_conditions();
            if post.exit_all {
                return Ok(self.exit_all(post.sequencing));
            }
            let current = self.state.current.unwrap_or(0);
            if post.exit_parent {
                let Some(parent) = self.parent(current) else {
                    return Err(Exception("TB.2.3-4"));
                };
                self.state.current = Some(parent);
                self.end_attempt(parent);
                continue;
            }
            // The root's attempt has ended: only a Retry keeps the session going.
            if current == 0
                && self.parent(current).is_none()
                && post.sequencing != Some(SequencingRequest::Retry)
            {
                return Ok(Some(SequencingRequest::Exit));
            }
            return Ok(post.sequencing);
        }
    }

    /// `TB.2.3` step 4.
    fn exit_all(&mut self, sequencing: Option<SequencingRequest>) -> Option<SequencingRequest> {
        let current = self.state.current.unwrap_or(0);
        if self.state.activities[current].active {
            self.end_attempt(current);
        }
        self.terminate_descendents(0);
        if current != 0 || self.state.activities[0].active {
            self.end_attempt(0);
        }
        self.state.current = Some(0);
        sequencing.or(Some(SequencingRequest::Exit))
    }

    /// `TB.2.3` step 5.
    fn suspend_all(&mut self, current: usize) -> Result<Option<SequencingRequest>, Exception> {
        let state = &self.state.activities[current];
        let suspended = if state.active || state.suspended {
            self.overall_rollup(current);
            current
        } else {
            self.parent(current).ok_or(Exception("TB.2.3-3"))?
        };
        self.state.suspended = Some(suspended);
        for at in self.path(suspended) {
            let state = &mut self.state.activities[at];
            state.active = false;
            state.suspended = true;
        }
        self.state.current = Some(0);
        Ok(Some(SequencingRequest::Exit))
    }

    /// Sequencing Exit Action Rules Subprocess `TB.2.1`: the highest cluster whose exit rule
    /// holds ends with everything in it, and becomes the current activity.
    pub(super) fn exit_action_rules(&mut self) {
        let Some(parent) = self.state.current.and_then(|c| self.parent(c)) else {
            return;
        };
        let target = self
            .path(parent)
            .into_iter()
            .find(|&at| self.exit_rule(at).is_some());
        if let Some(target) = target {
            self.terminate_descendents(target);
            self.end_attempt(target);
            self.state.current = Some(target);
            self.trace.add("TB.2.1", target, "exit", TraceResult::Done);
        }
    }

    /// Sequencing Post Condition Rules Subprocess `TB.2.2`.
    fn post_conditions(&mut self) -> PostConditions {
        let mut post = PostConditions::default();
        let current = self.state.current.unwrap_or(0);
        if self.state.activities[current].suspended {
            return post;
        }
        let Some(action) = self.post_rule(current) else {
            return post;
        };
        let name = match action {
            PostAction::Retry => {
                post.sequencing = Some(SequencingRequest::Retry);
                "retry"
            }
            PostAction::Continue => {
                post.sequencing = Some(SequencingRequest::Continue);
                "continue"
            }
            PostAction::Previous => {
                post.sequencing = Some(SequencingRequest::Previous);
                "previous"
            }
            PostAction::ExitParent => {
                post.exit_parent = true;
                "exitParent"
            }
            PostAction::ExitAll => {
                post.exit_all = true;
                "exitAll"
            }
            PostAction::RetryAll => {
                post.exit_all = true;
                post.sequencing = Some(SequencingRequest::Retry);
                "retryAll"
            }
        };
        self.trace
            .add("TB.2.2", current, "", TraceResult::Word(name));
        post
    }
}
