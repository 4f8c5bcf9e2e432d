//! DB.1.1, DB.2 and DB.2.1: from an identified activity to content.

use super::Engine;
use super::trace::{Exception, TraceResult};

impl Engine<'_> {
    /// Delivery Request Process `DB.1.1`: whether the activity can be delivered.
    pub(super) fn delivery_request(&mut self, a: usize) -> Result<(), Exception> {
        let answer = if !self.is_leaf(a) || self.activity(a).launch.is_none() {
            Err(Exception("DB.1.1-1"))
        } else if self.path(a).into_iter().any(|at| self.is_barred(at)) {
            Err(Exception("DB.1.1-3"))
        } else {
            Ok(())
        };
        let result = match answer {
            Ok(()) => TraceResult::Done,
            Err(e) => TraceResult::Exception(e),
        };
        self.trace.add("DB.1.1", a, "", result);
        answer
    }

    /// Content Delivery Environment Process `DB.2`.
    pub(super) fn deliver(&mut self, a: usize) -> Result<(), Exception> {
        if self
            .state
            .current
            .is_some_and(|current| self.state.activities[current].active)
        {
            return Err(Exception("DB.2-1"));
        }
        if self.state.suspended != Some(a) {
            self.clear_suspended(a);
        }
        self.terminate_descendents(a);
        for at in self.path(a) {
            if self.state.activities[at].active {
                continue;
            }
            if self.tracked(at) {
                if self.state.activities[at].suspended {
                    self.state.activities[at].suspended = false;
                } else {
                    self.begin_attempt(at);
                }
            }
            self.state.activities[at].active = true;
        }
        self.state.current = Some(a);
        self.state.suspended = None;
        self.trace.add("DB.2", a, "", TraceResult::Done);
        Ok(())
    }

    /// Clear Suspended Activity Subprocess `DB.2.1`.
    fn clear_suspended(&mut self, a: usize) {
        let Some(suspended) = self.state.suspended else {
            return;
        };
        let common = self.common_ancestor(a, suspended);
        let path: Vec<usize> = self
            .up(suspended)
            .take_while(|&at| at != common)
            .chain([common])
            .collect();
        for at in path {
            let held = self
                .available(at)
                .iter()
                .any(|&c| self.state.activities[c].suspended);
            if held {
                break;
            }
            self.state.activities[at].suspended = false;
        }
        self.state.suspended = None;
    }
}
