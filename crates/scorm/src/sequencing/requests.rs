//! SB.2.5–SB.2.13: what each sequencing request delivers.

use super::flow::{Direction, Stop};
use super::trace::{Exception, TraceResult};
use super::{Engine, NOT_AVAILABLE};
use crate::course::PreAction;

/// A sequencing request (SN 4.4).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum SequencingRequest {
    Start,
    ResumeAll,
    Continue,
    Previous,
    Choice(usize),
    Retry,
    Exit,
    Jump(usize),
}

impl SequencingRequest {
    pub(super) fn name(self) -> &'static str {
        match self {
            SequencingRequest::Start => "start",
            SequencingRequest::ResumeAll => "resumeAll",
            SequencingRequest::Continue => "continue",
            SequencingRequest::Previous => "previous",
            SequencingRequest::Choice(_) => "choice",
            SequencingRequest::Retry => "retry",
            SequencingRequest::Exit => "exit",
            SequencingRequest::Jump(_) => "jump",
        }
    }
}

/// What a sequencing request gives.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) enum Sequenced {
    /// An activity identified for delivery.
    Deliver(usize),
    /// Nothing to deliver; the session goes on (after Exit below the root).
    Nothing,
    /// The sequencing session ends.
    EndSession,
    /// The request is not valid.
    Exception(Exception),
}

impl From<&'static str> for Sequenced {
    fn from(code: &'static str) -> Sequenced {
        Sequenced::Exception(Exception(code))
    }
}

impl Engine<'_> {
    /// Sequencing Request Process `SB.2.12`.
    pub(super) fn sequence(&mut self, request: SequencingRequest) -> Sequenced {
        let (process, sequenced) = match request {
            SequencingRequest::Start => ("SB.2.5", self.start()),
            SequencingRequest::ResumeAll => ("SB.2.6", self.resume_all()),
            SequencingRequest::Continue => ("SB.2.7", self.go_on(Direction::Forward)),
            SequencingRequest::Previous => ("SB.2.8", self.go_on(Direction::Backward)),
            SequencingRequest::Choice(target) => ("SB.2.9", self.choice(target)),
            SequencingRequest::Retry => ("SB.2.10", self.retry()),
            SequencingRequest::Exit => ("SB.2.11", self.exit()),
            SequencingRequest::Jump(target) => ("SB.2.13", self.jump(target)),
        };
        let result = match sequenced {
            Sequenced::Deliver(a) => TraceResult::Activity(a),
            Sequenced::Nothing => TraceResult::Done,
            Sequenced::EndSession => TraceResult::Word("endSession"),
            Sequenced::Exception(e) => TraceResult::Exception(e),
        };
        self.trace
            .add(process, self.state.current, request.name(), result);
        sequenced
    }

    /// Start Sequencing Request Process `SB.2.5`.
    pub(super) fn start(&mut self) -> Sequenced {
        if self.state.current.is_some() {
            return "SB.2.5-1".into();
        }
        if self.is_leaf(0) {
            return Sequenced::Deliver(0);
        }
        match self.flow(0, Direction::Forward, true) {
            Ok(leaf) => Sequenced::Deliver(leaf),
            Err(Stop::Exception(e)) => Sequenced::Exception(e),
            Err(Stop::EndSession) => Sequenced::EndSession,
        }
    }

    /// Resume All Sequencing Request Process `SB.2.6`.
    fn resume_all(&mut self) -> Sequenced {
        match (self.state.current, self.state.suspended) {
            (Some(_), _) => "SB.2.6-1".into(),
            (None, None) => "SB.2.6-2".into(),
            (None, Some(suspended)) => Sequenced::Deliver(suspended),
        }
    }

    /// Continue `SB.2.7` and Previous `SB.2.8` Sequencing Request Processes.
    pub(super) fn go_on(&mut self, direction: Direction) -> Sequenced {
        let forward = direction == Direction::Forward;
        let Some(current) = self.state.current else {
            return if forward { "SB.2.7-1" } else { "SB.2.8-1" }.into();
        };
        if self
            .parent(current)
            .is_some_and(|p| !self.definition(p).control.flow)
        {
            return if forward { "SB.2.7-2" } else { "SB.2.8-2" }.into();
        }
        match self.flow(current, direction, false) {
            Ok(leaf) => Sequenced::Deliver(leaf),
            Err(Stop::Exception(e)) => Sequenced::Exception(e),
            Err(Stop::EndSession) => Sequenced::EndSession,
        }
    }

    /// Choice Sequencing Request Process `SB.2.9`.
    fn choice(&mut self, target: usize) -> Sequenced {
        let common = match self.choice_path(target) {
            Ok(common) => common,
            Err(e) => return Sequenced::Exception(e),
        };
        if self.is_leaf(target) {
            return Sequenced::Deliver(target);
        }
        match self.flow(target, Direction::Forward, true) {
            Ok(leaf) => Sequenced::Deliver(leaf),
            Err(_) => {
                // A cluster was chosen that gives nothing: it becomes the current activity, so
                // that the learner can choose among its children.
                self.terminate_descendents(common);
                self.end_attempt(common);
                self.state.current = Some(target);
                "SB.2.9-9".into()
            }
        }
    }

    /// `SB.2.9` steps 1–8: whether the target can be reached; gives the common ancestor of the
    /// current activity and the target.
    pub(super) fn choice_path(&mut self, target: usize) -> Result<usize, Exception> {
        let path = self.path(target);
        for &at in &path {
            if at != 0 && !self.is_available(at) {
                return Err(Exception("SB.2.9-2"));
            }
            if self.pre_rule(at, PreAction::HiddenFromChoice) {
                return Err(Exception("SB.2.9-3"));
            }
        }
        if self
            .parent(target)
            .is_some_and(|p| !self.definition(p).control.choice)
        {
            return Err(Exception("SB.2.9-4"));
        }
        let common = self
            .state
            .current
            .map_or(0, |current| self.common_ancestor(current, target));
        match self.state.current {
            Some(current) if current == target => {}
            Some(current) if self.parent(current) == self.parent(target) => {
                self.choice_among_siblings(current, target)?;
            }
            Some(current) if current != common && target == common => {
                self.check_choice_exit(current, common)?;
            }
            Some(current) if current != common => self.choice_across(current, target, common)?,
            _ => self.choice_down(common, target, true)?,
        }
        Ok(common)
    }

    /// `SB.2.9` step 8: over the siblings between, the target itself not tested.
    fn choice_among_siblings(&mut self, current: usize, target: usize) -> Result<(), Exception> {
        if self.place[current] > self.place[target] {
            return self.choice_traversal(current, Direction::Backward);
        }
        // Asked for every sibling when a menu is drawn: the first stop is looked for once.
        let stop = match self.sibling_stop {
            Some((from, stop)) if from == current => stop,
            _ => {
                let stop = self.first_stop(current);
                self.sibling_stop = Some((current, stop));
                stop
            }
        };
        if stop < self.place[target] {
            Err(Exception("SB.2.4-1"))
        } else {
            Ok(())
        }
    }

    /// Place of the first sibling, from the activity itself on, that stops forward traversal.
    fn first_stop(&mut self, from: usize) -> u32 {
        let Some(parent) = self.parent(from) else {
            return NOT_AVAILABLE;
        };
        for at in self.place[from]..NOT_AVAILABLE {
            let Some(&sibling) = self.available(parent).get(at as usize) else {
                break;
            };
            if self.choice_traversal(sibling, Direction::Forward).is_err() {
                return at;
            }
        }
        NOT_AVAILABLE
    }

    /// `SB.2.9` step 9 and the last part of step 11: from the common ancestor down to the target.
    fn choice_down(
        &mut self,
        common: usize,
        target: usize,
        forward: bool,
    ) -> Result<(), Exception> {
        let mut path = self.path(target);
        path.pop();
        for at in path {
            if !self.is_within(at, common) {
                continue;
            }
            if forward {
                self.choice_traversal(at, Direction::Forward)?;
            }
            let prevented = self.definition(at).constrain.prevent_activation;
            if prevented && at != common && !self.state.activities[at].active {
                return Err(Exception("SB.2.9-6"));
            }
        }
        Ok(())
    }

    /// `SB.2.9` step 10: leaving the activities from the current one up to the common ancestor.
    fn check_choice_exit(&self, current: usize, common: usize) -> Result<(), Exception> {
        let held = self
            .up(current)
            .skip(1)
            .take_while(|&at| at != common)
            .any(|at| !self.definition(at).control.choice_exit);
        if held {
            Err(Exception("SB.2.9-7"))
        } else {
            Ok(())
        }
    }

    /// `SB.2.9` step 11: leaving one branch for another.
    fn choice_across(
        &mut self,
        current: usize,
        target: usize,
        common: usize,
    ) -> Result<(), Exception> {
        let leaving: Vec<usize> = self
            .up(current)
            .skip(1)
            .take_while(|&at| at != common)
            .collect();
        let mut constrained = None;
        for &at in leaving.iter() {
            if !self.definition(at).control.choice_exit {
                return Err(Exception("SB.2.9-7"));
            }
            if constrained.is_none() && self.definition(at).constrain.constrain {
                constrained = Some(at);
            }
        }
        if let Some(constrained) = constrained {
            let direction = if self.is_forward(constrained, target) {
                Direction::Forward
            } else {
                Direction::Backward
            };
            let next = self.choice_flow(constrained, direction);
            if !self.is_within(target, next) && target != constrained {
                return Err(Exception("SB.2.9-8"));
            }
        }
        let forward = self.is_forward(current, target);
        self.choice_down(common, target, forward)
    }

    /// Retry Sequencing Request Process `SB.2.10`.
    fn retry(&mut self) -> Sequenced {
        let Some(current) = self.state.current else {
            return "SB.2.10-1".into();
        };
        let state = &self.state.activities[current];
        if state.active || state.suspended {
            return "SB.2.10-2".into();
        }
        if current == 0 {
            self.renew_course_objectives();
        }
        if self.is_leaf(current) {
            return Sequenced::Deliver(current);
        }
        match self.flow(current, Direction::Forward, true) {
            Ok(leaf) => Sequenced::Deliver(leaf),
            Err(Stop::Exception(_)) => "SB.2.10-3".into(),
            Err(Stop::EndSession) => Sequenced::EndSession,
        }
    }

    /// Exit Sequencing Request Process `SB.2.11`.
    fn exit(&mut self) -> Sequenced {
        match self.state.current {
            None => "SB.2.11-1".into(),
            Some(current) if self.state.activities[current].active => "SB.2.11-2".into(),
            Some(0) => Sequenced::EndSession,
            Some(_) => Sequenced::Nothing,
        }
    }

    /// Jump Sequencing Request Process `SB.2.13` (4th edition).
    fn jump(&mut self, target: usize) -> Sequenced {
        if self.state.current.is_none() {
            return "SB.2.13-1".into();
        }
        Sequenced::Deliver(target)
    }
}
