//! SR.1 and SR.2: which children are there, and in which order.

use super::Engine;
use super::trace::TraceResult;
use crate::course::Timing;

impl Engine<'_> {
    /// Selects and randomizes every cluster before the first attempt (SN 4.7).
    pub(super) fn prepare(&mut self) {
        if std::mem::replace(&mut self.state.prepared, true) {
            return;
        }
        for a in 0..self.course.activities.len() {
            if !self.is_leaf(a) {
                self.select_children(a, true);
                self.randomize_children(a, true);
            }
        }
    }

    /// Select Children Process `SR.1`; `first` before the first attempt on the activity.
    pub(super) fn select_children(&mut self, a: usize, first: bool) {
        let selection = self.definition(a).selection;
        let state = &self.state.activities[a];
        if !applies(selection.timing, first) || state.active || state.suspended {
            return;
        }
        let Some(count) = selection.count.map(|c| c as usize) else {
            return;
        };
        let launchable = |&c: &usize| !self.is_leaf(c) || self.activity(c).launch.is_some();
        let all: Vec<usize> = self
            .activity(a)
            .children
            .iter()
            .copied()
            .filter(launchable)
            .collect();
        let mut pool: Vec<usize> = (0..all.len()).collect();
        let mut chosen = Vec::with_capacity(count.min(all.len()));
        while chosen.len() < count && !pool.is_empty() {
            let at = self.random_below(pool.len());
            chosen.push(pool.swap_remove(at));
        }
        chosen.sort_unstable();
        self.state.activities[a].available = Some(chosen.into_iter().map(|i| all[i]).collect());
        self.trace.add("SR.1", a, "", TraceResult::Done);
        self.number_places();
    }

    /// Randomize Children Process `SR.2`; `first` before the first attempt on the activity.
    pub(super) fn randomize_children(&mut self, a: usize, first: bool) {
        let selection = self.definition(a).selection;
        let state = &self.state.activities[a];
        if !selection.reorder
            || !applies(selection.random_timing, first)
            || state.active
            || state.suspended
        {
            return;
        }
        let mut children = self.available(a).to_vec();
        for last in (1..children.len()).rev() {
            children.swap(last, self.random_below(last + 1));
        }
        self.state.activities[a].available = Some(children);
        self.trace.add("SR.2", a, "", TraceResult::Done);
        self.number_places();
    }

    /// SplitMix64: small, well spread and the same on every machine, which replay needs.
    fn random_below(&mut self, bound: usize) -> usize {
        self.state.random = self.state.random.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.state.random;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        ((z ^ (z >> 31)) % bound.max(1) as u64) as usize
    }
}

fn applies(timing: Timing, first: bool) -> bool {
    match timing {
        Timing::Never => false,
        Timing::Once => first,
        Timing::OnEachNewAttempt => true,
    }
}
