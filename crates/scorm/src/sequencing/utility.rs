//! UP.1–UP.5 and the rule conditions they evaluate.

use super::Engine;
use super::trace::TraceResult;
use crate::course::{
    Combination, Condition, ExitAction, PostAction, PreAction, Rule, RuleCondition,
};

impl Engine<'_> {
    /// Limit Conditions Check Process `UP.1`: whether a limit is reached.
    ///
    /// Durations are those the engine itself experienced. The absolute ones bar nobody: they are
    /// what the SCO is told to keep (`cmi.max_time_allowed`, RTE 4.2.15), and rules may ask for
    /// them (`timeLimitExceeded`). Limits by date are not part of the manifest's binding in SCORM.
    pub(super) fn limits_reached(&self, a: usize) -> bool {
        let state = &self.state.activities[a];
        if !self.tracked(a) || state.active || state.suspended {
            return false;
        }
        let limits = &self.definition(a).limits;
        limits.attempts.is_some_and(|l| state.attempts >= l)
            || over(limits.attempt_experienced, state.attempt_ms)
            || over(limits.activity_experienced, state.activity_ms)
    }

    /// Sequencing Rules Check Process `UP.2` for precondition rules with one of the actions.
    pub(super) fn pre_rule(&mut self, a: usize, action: PreAction) -> bool {
        let course = self.course;
        let rules = &course.activities[a].sequencing.pre;
        let held = rules
            .iter()
            .any(|r| r.action == action && self.rule_holds(a, r));
        if !rules.is_empty() {
            let name = match action {
                PreAction::Skip => "skip",
                PreAction::Disabled => "disabled",
                PreAction::HiddenFromChoice => "hiddenFromChoice",
                PreAction::StopForwardTraversal => "stopForwardTraversal",
            };
            self.trace.add("UP.2", a, name, TraceResult::Truth(held));
        }
        held
    }

    /// Sequencing Rules Check Process `UP.2` for postcondition rules: the first that holds.
    pub(super) fn post_rule(&mut self, a: usize) -> Option<PostAction> {
        let course = self.course;
        let rules = &course.activities[a].sequencing.post;
        rules
            .iter()
            .find(|r| self.rule_holds(a, r))
            .map(|r| r.action)
    }

    /// Sequencing Rules Check Process `UP.2` for exit action rules.
    pub(super) fn exit_rule(&mut self, a: usize) -> Option<ExitAction> {
        let course = self.course;
        let rules = &course.activities[a].sequencing.exit;
        rules
            .iter()
            .find(|r| self.rule_holds(a, r))
            .map(|r| r.action)
    }

    /// Sequencing Rule Check Subprocess `UP.2.1`: whether the rule's conditions are true;
    /// unknown is not true.
    fn rule_holds<A>(&mut self, a: usize, rule: &Rule<A>) -> bool {
        let mut results = rule.conditions.iter().map(|c| {
            self.step();
            self.condition(a, c)
        });
        match rule.combination {
            Combination::All => !rule.conditions.is_empty() && results.all(|r| r == Some(true)),
            Combination::Any => results.any(|r| r == Some(true)),
        }
    }

    /// One rule condition with its operator (SN 3.4.2); `None` is unknown.
    fn condition(&self, a: usize, c: &RuleCondition) -> Option<bool> {
        if self.steps > super::STEP_BUDGET {
            return None;
        }
        // What is not tracked is not known.
        let o = c.objective.filter(|_| self.tracked(a));
        let measure = || o.and_then(|o| self.measure(a, o));
        let value = match c.condition {
            Condition::Satisfied => o.and_then(|o| self.satisfied(a, o)),
            Condition::Completed => o.and_then(|o| self.completion(a, o)),
            Condition::ActivityProgressKnown => {
                Some(o.is_some_and(|o| self.completion(a, o).is_some()))
            }
            Condition::ObjectiveStatusKnown => {
                Some(o.is_some_and(|o| self.satisfied(a, o).is_some()))
            }
            Condition::ObjectiveMeasureKnown => Some(measure().is_some()),
            Condition::ObjectiveMeasureGreaterThan => measure().map(|m| m > c.threshold),
            Condition::ObjectiveMeasureLessThan => measure().map(|m| m < c.threshold),
            other => self.activity_condition(a, other),
        };
        value.map(|v| v != c.not)
    }

    /// The conditions that ask about the activity rather than an objective; shared by sequencing
    /// rules (SN 3.4.2) and rollup rules (SN 3.7.5).
    pub(super) fn activity_condition(&self, a: usize, condition: Condition) -> Option<bool> {
        let state = &self.state.activities[a];
        match condition {
            Condition::Completed => self.completed(a),
            Condition::ActivityProgressKnown => Some(self.completed(a).is_some()),
            Condition::Attempted => Some(state.attempts > 0),
            Condition::AttemptLimitExceeded => Some(
                self.definition(a)
                    .limits
                    .attempts
                    .is_some_and(|l| state.attempts >= l),
            ),
            Condition::TimeLimitExceeded => {
                let limits = &self.definition(a).limits;
                Some(
                    over(limits.attempt_experienced, state.attempt_ms)
                        || over(limits.attempt_absolute, state.attempt_ms)
                        || over(limits.activity_experienced, state.activity_ms)
                        || over(limits.activity_absolute, state.activity_ms),
                )
            }
            // SCORM's binding has no begin and end dates, so no activity is ever outside of them.
            Condition::OutsideAvailableTimeRange | Condition::Never => Some(false),
            Condition::Always => Some(true),
            Condition::Satisfied => self.satisfied(a, self.definition(a).primary()),
            Condition::ObjectiveStatusKnown => {
                Some(self.satisfied(a, self.definition(a).primary()).is_some())
            }
            Condition::ObjectiveMeasureKnown => {
                Some(self.measure(a, self.definition(a).primary()).is_some())
            }
            Condition::ObjectiveMeasureGreaterThan | Condition::ObjectiveMeasureLessThan => None,
        }
    }

    /// Terminate Descendent Attempts Process `UP.3`: ends the attempts between the current
    /// activity and the common ancestor with `a`, neither included.
    pub(super) fn terminate_descendents(&mut self, a: usize) {
        let Some(current) = self.state.current else {
            return;
        };
        let common = self.common_ancestor(current, a);
        let mut at = current;
        while at != common {
            if at != current {
                self.end_attempt(at);
            }
            let Some(parent) = self.parent(at) else { break };
            at = parent;
        }
    }

    /// End Attempt Process `UP.4`.
    pub(super) fn end_attempt(&mut self, a: usize) {
        if self.is_leaf(a) {
            if self.tracked(a) && !self.state.activities[a].suspended {
                self.complete_by_default(a);
            }
        } else {
            let state = &self.state.activities;
            let suspended = self.available(a).iter().any(|&c| state[c].suspended);
            self.state.activities[a].suspended = suspended;
        }
        self.state.activities[a].active = false;
        self.trace.add("UP.4", a, "", TraceResult::Done);
        if !self.is_leaf(a) && !self.state.activities[a].suspended {
            self.select_children(a, false);
            self.randomize_children(a, false);
        }
        self.overall_rollup(a);
    }

    /// `UP.4` step 1.1: what the content did not say is taken as completed and satisfied, unless
    /// the content is declared to say it.
    fn complete_by_default(&mut self, a: usize) {
        let primary = self.definition(a).primary();
        let delivery = self.definition(a).delivery;
        let said = self.state.activities[a].said;
        if !delivery.completion_by_content && !said.completion && self.completed(a).is_none() {
            self.set_completion(a, primary, Some(true));
        }
        if !delivery.objective_by_content && !said.success && self.satisfied(a, primary).is_none() {
            self.set_satisfied(a, primary, Some(true));
        }
    }

    /// Check Activity Process `UP.5`: whether the activity may not be delivered.
    pub(super) fn is_barred(&mut self, a: usize) -> bool {
        let barred = self.pre_rule(a, PreAction::Disabled) || self.limits_reached(a);
        self.trace.add("UP.5", a, "", TraceResult::Truth(barred));
        barred
    }
}

/// Whether a duration has reached its limit; exporters write zero for "none".
fn over(limit: Option<u64>, spent: u64) -> bool {
    limit.is_some_and(|limit| limit > 0 && spent >= limit)
}
