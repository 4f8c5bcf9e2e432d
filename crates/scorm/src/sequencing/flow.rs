//! SB.2.1–SB.2.4, SB.2.9.1, SB.2.9.2: walking the tree.

use super::Engine;
use super::trace::{BUDGET_SPENT, Exception, TraceResult};
use crate::course::PreAction;

/// Traversal direction.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Direction {
    Forward,
    Backward,
}
use Direction::{Backward, Forward};

impl Direction {
    pub(super) fn name(self) -> &'static str {
        match self {
            Forward => "forward",
            Backward => "backward",
        }
    }
}

/// Why a walk found nothing.
#[derive(Debug, Clone, Copy)]
pub(super) enum Stop {
    /// An exception.
    Exception(Exception),
    /// The walk went off the end of the tree: the sequencing session ends (SB.2.1 step 3.1).
    EndSession,
}

impl From<&'static str> for Stop {
    fn from(code: &'static str) -> Stop {
        Stop::Exception(Exception(code))
    }
}

impl Engine<'_> {
    /// Flow Tree Traversal Subprocess `SB.2.1`: the next activity and the direction it was
    /// reached in.
    fn tree_traversal(
        &self,
        a: usize,
        direction: Direction,
        previous: Option<Direction>,
        children: bool,
    ) -> Result<(usize, Direction), Stop> {
        let (mut a, mut direction, mut children) = (a, direction, children);
        let mut reversed = false;
        if previous == Some(Backward)
            && self.is_last_available(a)
            && let Some(parent) = self.parent(a)
        {
            direction = Backward;
            a = self.available(parent)[0];
            reversed = true;
        }
        loop {
            let Some(parent) = self.parent(a).filter(|_| self.is_leaf(a) || !children) else {
                // The root not entered, or a cluster entered.
                if !children || self.is_leaf(a) {
                    return Err(match direction {
                        Forward => Stop::EndSession,
                        Backward => "SB.2.1-3".into(),
                    });
                }
                let inside = self.available(a);
                return match (direction, inside.first(), inside.last()) {
                    (_, None, _) | (_, _, None) => Err("SB.2.1-2".into()),
                    (Forward, Some(&first), _) => Ok((first, Forward)),
                    (Backward, Some(&first), _) if self.definition(a).control.forward_only => {
                        Ok((first, Forward))
                    }
                    (Backward, _, Some(&last)) => Ok((last, Backward)),
                };
            };
            let siblings = self.available(parent);
            let place = self.place[a] as usize;
            if direction == Forward {
                if place + 1 < siblings.len() {
                    return Ok((siblings[place + 1], Forward));
                }
            } else {
                if !reversed && self.definition(parent).control.forward_only {
                    return Err("SB.2.1-4".into());
                }
                if place > 0 && place < siblings.len() {
                    return Ok((siblings[place - 1], Backward));
                }
            }
            // First or last among its siblings: on from the parent, not entering it again.
            a = parent;
            children = false;
            reversed = false;
        }
    }

    /// Flow Activity Traversal Subprocess `SB.2.2`: the leaf to deliver, from the candidate on.
    fn activity_traversal(
        &mut self,
        a: usize,
        direction: Direction,
        previous: Option<Direction>,
    ) -> Result<usize, (Stop, usize)> {
        let (mut a, mut direction, mut previous) = (a, direction, previous);
        loop {
            if !self.step() {
                return Err((Stop::Exception(BUDGET_SPENT), a));
            }
            let parent = self.parent(a).unwrap_or(a);
            if !self.definition(parent).control.flow {
                return Err(("SB.2.2-1".into(), a));
            }
            if self.pre_rule(a, PreAction::Skip) {
                let (next, turned) = self
                    .tree_traversal(a, direction, previous, false)
                    .map_err(|stop| (stop, a))?;
                if previous == Some(Backward) && turned == Backward {
                    (direction, previous) = (Backward, None);
                }
                a = next;
                continue;
            }
            if self.is_barred(a) {
                return Err(("SB.2.2-2".into(), a));
            }
            if self.is_leaf(a) {
                return Ok(a);
            }
            let (next, turned) = self
                .tree_traversal(a, direction, None, true)
                .map_err(|stop| (stop, a))?;
            if direction == Backward && turned == Forward {
                (direction, previous) = (Forward, Some(Backward));
            } else {
                previous = None;
            }
            a = next;
        }
    }

    /// Flow Subprocess `SB.2.3`: the leaf that flowing from `a` delivers.
    pub(super) fn flow(
        &mut self,
        a: usize,
        direction: Direction,
        children: bool,
    ) -> Result<usize, Stop> {
        let found = match self.tree_traversal(a, direction, None, children) {
            Err(stop) => Err(stop),
            Ok((next, _)) => self
                .activity_traversal(next, direction, None)
                .map_err(|(stop, _)| stop),
        };
        self.trace.add(
            "SB.2.3",
            a,
            direction.name(),
            match &found {
                Ok(leaf) => TraceResult::Activity(*leaf),
                Err(Stop::Exception(e)) => TraceResult::Exception(*e),
                Err(Stop::EndSession) => TraceResult::Word("endSession"),
            },
        );
        found
    }

    /// Choice Activity Traversal Subprocess `SB.2.4`: whether choice may walk over `a`.
    pub(super) fn choice_traversal(
        &mut self,
        a: usize,
        direction: Direction,
    ) -> Result<(), Exception> {
        match direction {
            Forward if self.pre_rule(a, PreAction::StopForwardTraversal) => {
                Err(Exception("SB.2.4-1"))
            }
            Forward => Ok(()),
            Backward => match self.parent(a) {
                None => Err(Exception("SB.2.4-3")),
                Some(parent) if self.definition(parent).control.forward_only => {
                    Err(Exception("SB.2.4-2"))
                }
                Some(_) => Ok(()),
            },
        }
    }

    /// Choice Flow Subprocess `SB.2.9.1`: the activity next to `a` in the direction, or `a`.
    pub(super) fn choice_flow(&self, a: usize, direction: Direction) -> usize {
        self.choice_flow_traversal(a, direction).unwrap_or(a)
    }

    /// Choice Flow Tree Traversal Subprocess `SB.2.9.2`.
    fn choice_flow_traversal(&self, a: usize, direction: Direction) -> Option<usize> {
        let mut at = a;
        loop {
            let parent = self.parent(at)?;
            let siblings = self.available(parent);
            let place = self.place[at] as usize;
            match direction {
                Forward if place + 1 < siblings.len() => return Some(siblings[place + 1]),
                Backward if place > 0 && place <= siblings.len() => {
                    return Some(siblings[place - 1]);
                }
                _ => at = parent,
            }
        }
    }
}
