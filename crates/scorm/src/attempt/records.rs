//! What reports keep of an attempt beside its outcome: interactions, objectives and activities as
//! rows. A pure function of the journal, so that replaying it gives the same rows again.

use std::collections::{BTreeMap, BTreeSet};

use super::{ActivityStatus, Attempt, Entry, Event};
use crate::course::Course;
use crate::datamodel::{InteractionRow, ObjectiveRow};

/// Where a row belongs: activity (index into the course's), the attempt on that activity whose
/// run-time data it is of, place in the collection.
pub type RowPlace = (usize, u32, u32);

/// The rows that changed while entries were folded; later ones stand for earlier ones.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Records {
    /// `cmi.interactions.n`.
    pub interactions: BTreeMap<RowPlace, InteractionRow>,
    /// `cmi.objectives.n`, where the SCO set one.
    pub objectives: BTreeMap<RowPlace, ObjectiveRow>,
}

/// Watches a fold go on. [`Collector::see`] before each entry is applied,
/// [`Collector::records`] at the end.
#[derive(Debug, Clone, Default)]
pub struct Collector {
    interactions: BTreeSet<u32>,
    objectives: BTreeSet<u32>,
    records: Records,
}

impl Collector {
    /// An entry is about to be applied.
    pub fn see(&mut self, course: &Course, attempt: &Attempt, entry: &Entry) {
        match &entry.event {
            Event::Call {
                function,
                arguments,
                ..
            } => {
                let Some(element) = arguments.first().filter(|_| function.ends_with("SetValue"))
                else {
                    return;
                };
                let number = |rest: &str| -> Option<u32> {
                    rest.split('.').next().and_then(|n| n.parse().ok())
                };
                if let Some(rest) = element.strip_prefix("cmi.interactions.") {
                    self.interactions.extend(number(rest));
                } else if let Some(rest) = element.strip_prefix("cmi.objectives.") {
                    self.objectives.extend(number(rest));
                }
            }
            // The data that the calls so far went to may be left behind now.
            _ => self.take(course, attempt),
        }
    }

    /// Everything that changed.
    pub fn records(mut self, course: &Course, attempt: &Attempt) -> Records {
        self.take(course, attempt);
        self.records
    }

    fn take(&mut self, course: &Course, attempt: &Attempt) {
        if self.interactions.is_empty() && self.objectives.is_empty() {
            return;
        }
        let interactions = std::mem::take(&mut self.interactions);
        let objectives = std::mem::take(&mut self.objectives);
        let Some((a, launched)) = attempt
            .current(course)
            .and_then(|a| Some((a, attempt.launched.get(&a)?)))
        else {
            return;
        };
        for n in interactions {
            if let Some(row) = launched.sco.interaction(n) {
                let place = (a, launched.attempt, n);
                self.records.interactions.insert(place, row);
            }
        }
        for n in objectives {
            if let Some(row) = launched.sco.objective(n) {
                let place = (a, launched.attempt, n);
                self.records.objectives.insert(place, row);
            }
        }
    }
}

impl Attempt {
    /// The activities that were begun, for reports: leaves with something to launch, in tree
    /// order. An activity never leaves this list.
    pub fn results(&self, course: &Course) -> Vec<ActivityStatus> {
        let mut all = self.activities(course);
        all.retain(|status| status.launchable && (status.launches > 0 || status.attempts > 0));
        all
    }
}
