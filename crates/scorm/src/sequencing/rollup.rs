//! RB.1.1–RB.1.5.

use super::Engine;
use super::trace::TraceResult;
use crate::course::{
    ChildSet, Combination, Condition, PreAction, Required, RollupAction, RollupRule,
};

impl Engine<'_> {
    /// Rolls up after an activity's tracking data changed outside of a request.
    pub(crate) fn roll_up_from(&mut self, a: usize) {
        self.overall_rollup(a);
    }

    /// Rolls up the whole tree, deepest clusters first.
    pub fn roll_up(&mut self) {
        let mut clusters: Vec<usize> = (0..self.course.activities.len())
            .filter(|&a| !self.is_leaf(a) && self.tracked(a))
            .collect();
        clusters.sort_by_key(|&a| std::cmp::Reverse((self.activity(a).depth, a)));
        self.roll_up_all(clusters);
    }

    /// Overall Rollup Process `RB.1.5`: rolls up along the path to the root, and every cluster
    /// with a child whose primary objective reads a global objective that this path writes
    /// (SN 4.6.5: deepest first, each activity once).
    pub(super) fn overall_rollup(&mut self, a: usize) {
        let mut path: Vec<usize> = self.up(a).filter(|&p| !self.is_leaf(p)).collect();
        self.add_readers(&mut path, a);
        path.retain(|&at| self.tracked(at));
        self.roll_up_all(path);
    }

    fn roll_up_all(&mut self, clusters: Vec<usize>) {
        self.rolling_up = true;
        for at in clusters {
            self.measure_rollup(at);
            self.completion_measure_rollup(at);
            if self.definition(at).objectives[self.definition(at).primary()].by_measure {
                self.objective_rollup_by_measure(at);
            } else {
                self.objective_rollup_by_rules(at);
            }
            if self.activity(at).completion_threshold.by_measure {
                self.progress_rollup_by_measure(at);
            } else {
                self.progress_rollup_by_rules(at);
            }
            self.trace.add("RB.1.5", at, "", TraceResult::Done);
        }
        self.rolling_up = false;
    }

    /// Adds the ancestors of those who read what the path from `a` writes, deepest first.
    fn add_readers(&self, path: &mut Vec<usize>, a: usize) {
        let course = self.course;
        if course.global_objectives.is_empty() {
            return;
        }
        let mut written = vec![false; course.global_objectives.len()];
        for at in self.up(a) {
            for map in course.activities[at]
                .sequencing
                .objectives
                .iter()
                .flat_map(|o| &o.maps)
            {
                if map.write != Default::default() {
                    written[map.target] = true;
                }
            }
        }
        if !written.contains(&true) {
            return;
        }
        let mut chosen = vec![false; course.activities.len()];
        for &at in path.iter() {
            chosen[at] = true;
        }
        for (reader, activity) in course.activities.iter().enumerate() {
            let primary = &activity.sequencing.objectives[activity.sequencing.primary()];
            let reads = primary
                .maps
                .iter()
                .any(|m| written[m.target] && m.read != Default::default());
            if reads && self.is_available(reader) {
                for above in self.up(reader).skip(1) {
                    if std::mem::replace(&mut chosen[above], true) {
                        break;
                    }
                    path.push(above);
                }
            }
        }
        path.sort_by_key(|&at| std::cmp::Reverse((course.activities[at].depth, at)));
    }

    /// Measure Rollup Process `RB.1.1 a`.
    fn measure_rollup(&mut self, a: usize) {
        let (mut total, mut counted, mut valid) = (0.0, 0.0, false);
        for &child in self.available(a) {
            if !self.tracked(child) {
                continue;
            }
            let weight = self.definition(child).rollup_controls.measure_weight;
            counted += weight;
            if let Some(measure) = self.measure(child, self.definition(child).primary()) {
                total += measure * weight;
                valid = true;
            }
        }
        let measure = (valid && counted > 0.0).then(|| rounded(total / counted));
        let primary = self.definition(a).primary();
        // What was never known is not written: the global objective may know better.
        if measure.is_some()
            || self.state.activities[a].objectives[primary]
                .measure
                .is_some()
        {
            self.set_measure(a, primary, measure);
        }
    }

    /// Completion Measure Rollup Process `RB.1.1 b` (4th edition).
    fn completion_measure_rollup(&mut self, a: usize) {
        let (mut total, mut counted, mut valid) = (0.0, 0.0, false);
        for &child in self.available(a) {
            if !self.tracked(child) {
                continue;
            }
            let weight = self.activity(child).completion_threshold.weight;
            counted += weight;
            if let Some(progress) = self.progress(child, self.definition(child).primary()) {
                total += progress * weight;
                valid = true;
            }
        }
        let progress = (valid && counted > 0.0).then(|| rounded(total / counted));
        let primary = self.definition(a).primary();
        if progress.is_some()
            || self.state.activities[a].objectives[primary]
                .progress
                .is_some()
        {
            self.set_progress(a, primary, progress);
        }
    }

    /// Objective Rollup Using Measure Process `RB.1.2 a`: the status follows the measure when
    /// it is read; what is left is to write it to the global objectives.
    fn objective_rollup_by_measure(&mut self, a: usize) {
        let primary = self.definition(a).primary();
        let satisfied = self.satisfied(a, primary);
        if satisfied.is_some()
            || self.state.activities[a].objectives[primary]
                .satisfied
                .is_some()
        {
            self.set_satisfied(a, primary, satisfied);
        }
    }

    /// Objective Rollup Using Rules Process `RB.1.2 b`.
    fn objective_rollup_by_rules(&mut self, a: usize) {
        let primary = self.definition(a).primary();
        let actions = [RollupAction::NotSatisfied, RollupAction::Satisfied];
        if let Some(satisfied) = self.rolled_up(
            a,
            actions,
            Condition::ObjectiveStatusKnown,
            Condition::Satisfied,
        ) {
            self.set_satisfied(a, primary, Some(satisfied));
        }
    }

    /// Activity Progress Rollup Using Measure Process `RB.1.3 a` (4th edition).
    fn progress_rollup_by_measure(&mut self, a: usize) {
        let primary = self.definition(a).primary();
        let completed = self.completion(a, primary);
        if completed.is_some()
            || self.state.activities[a].objectives[primary]
                .completion
                .is_some()
        {
            self.set_completion(a, primary, completed);
        }
    }

    /// Activity Progress Rollup Using Rules Process `RB.1.3 b`.
    fn progress_rollup_by_rules(&mut self, a: usize) {
        let primary = self.definition(a).primary();
        let actions = [RollupAction::Incomplete, RollupAction::Completed];
        if let Some(completed) = self.rolled_up(
            a,
            actions,
            Condition::ActivityProgressKnown,
            Condition::Completed,
        ) {
            self.set_completion(a, primary, Some(completed));
        }
    }

    /// What the rules for the negative and then the positive action give; where a cluster has
    /// neither, the defaults: all known means no, all true means yes.
    fn rolled_up(
        &mut self,
        a: usize,
        [negative, positive]: [RollupAction; 2],
        known: Condition,
        holds: Condition,
    ) -> Option<bool> {
        let course = self.course;
        let rules = &course.activities[a].sequencing.rollup;
        let defaults =
            [(negative, known), (positive, holds)].map(|(action, condition)| RollupRule {
                children: ChildSet::All,
                combination: Combination::Any,
                conditions: vec![(condition, false)],
                action,
            });
        let own = rules
            .iter()
            .any(|r| r.action == negative || r.action == positive);
        let rules: &[RollupRule] = if own { rules } else { &defaults };
        let no = self.rollup_rules_hold(a, rules, negative);
        let yes = self.rollup_rules_hold(a, rules, positive);
        match (no, yes) {
            (_, true) => Some(true),
            (true, false) => Some(false),
            (false, false) => None,
        }
    }

    /// Rollup Rule Check Subprocess `RB.1.4`: whether a rule with this action holds.
    fn rollup_rules_hold(&mut self, a: usize, rules: &[RollupRule], action: RollupAction) -> bool {
        let held = rules
            .iter()
            .any(|rule| rule.action == action && self.rollup_rule_holds(a, rule));
        self.trace
            .add("RB.1.4", a, name_of(action), TraceResult::Truth(held));
        held
    }

    fn rollup_rule_holds(&mut self, a: usize, rule: &RollupRule) -> bool {
        let (mut yes, mut no, mut unknown) = (0u32, 0u32, 0u32);
        for at in 0..self.available(a).len() {
            let child = self.available(a)[at];
            if !self.step() {
                return false;
            }
            if self.tracked(child) && self.counts_in_rollup(child, rule.action) {
                match self.rollup_conditions(child, rule) {
                    Some(true) => yes += 1,
                    Some(false) => no += 1,
                    None => unknown += 1,
                }
            }
        }
        let all = yes + no + unknown;
        // "All" and "none" of no children hold, as the pseudo-code's bags have it.
        match rule.children {
            ChildSet::All => yes == all,
            ChildSet::Any => yes > 0,
            ChildSet::None => no == all,
            ChildSet::AtLeastCount(count) => yes >= count,
            ChildSet::AtLeastPercent(percent) => {
                all > 0 && f64::from(yes) / f64::from(all) >= percent
            }
        }
    }

    /// Evaluate Rollup Conditions Subprocess `RB.1.4.1`.
    fn rollup_conditions(&self, child: usize, rule: &RollupRule) -> Option<bool> {
        let decides = rule.combination == Combination::Any;
        let mut unknown = false;
        for &(condition, not) in &rule.conditions {
            match self.activity_condition(child, condition).map(|v| v != not) {
                Some(value) if value == decides => return Some(value),
                Some(_) => {}
                None => unknown = true,
            }
        }
        (!unknown).then_some(!decides)
    }

    /// Check Child for Rollup Subprocess `RB.1.4.2`.
    fn counts_in_rollup(&mut self, child: usize, action: RollupAction) -> bool {
        let controls = &self.definition(child).rollup_controls;
        let (included, required) = match action {
            RollupAction::Satisfied => (controls.satisfied, controls.required_satisfied),
            RollupAction::NotSatisfied => (controls.satisfied, controls.required_not_satisfied),
            RollupAction::Completed => (controls.completion, controls.required_completed),
            RollupAction::Incomplete => (controls.completion, controls.required_incomplete),
        };
        let state = &self.state.activities[child];
        included
            && match required {
                Required::Always => true,
                Required::IfNotSuspended => state.attempts > 0 && !state.suspended,
                Required::IfAttempted => state.attempts > 0,
                Required::IfNotSkipped => !self.pre_rule(child, PreAction::Skip),
            }
    }
}

/// Sums of decimal weights and scores are kept to the seven digits the data model carries.
fn rounded(value: f64) -> f64 {
    (value * 1e10).round() / 1e10
}

fn name_of(action: RollupAction) -> &'static str {
    match action {
        RollupAction::Satisfied => "satisfied",
        RollupAction::NotSatisfied => "notSatisfied",
        RollupAction::Completed => "completed",
        RollupAction::Incomplete => "incomplete",
    }
}
