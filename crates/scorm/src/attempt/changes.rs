//! What an entry changed: two states of one attempt compared, for people who look into a session.

use serde::Serialize;

use super::{Attempt, Entry, Event, Verdict};
use crate::course::Course;
use crate::datamodel::{Sco, State as ApiState};
use crate::sequencing::{ActivityState, ObjectiveState};

/// Where a change happened.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(tag = "of", rename_all = "snake_case")]
pub enum Place {
    /// The course: `current`, `suspended`, `ended`.
    Course,
    /// The tracking of an activity, an index into the course's activities: `attempts`, `active`,
    /// `suspended`, and what its primary objective holds (see [`Place::Objective`]).
    Activity {
        /// The activity.
        activity: usize,
    },
    /// An objective of an activity beside the primary: `satisfied`, `measure`, `completion`,
    /// `progress`, `raw`, `min`, `max`.
    Objective {
        /// The activity.
        activity: usize,
        /// The objective's id in the manifest.
        id: String,
    },
    /// A global objective: the same names.
    Global {
        /// The objective's id.
        id: String,
    },
    /// A shared data store: `store`.
    Store {
        /// The store's id.
        id: String,
    },
    /// The run-time data of the SCO of an activity: the element's name, or `api` for the state of
    /// the run-time (`notInitialized`, `running`, `terminated`).
    Element {
        /// The activity.
        activity: usize,
    },
}

/// One change.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Change {
    /// Where.
    #[serde(flatten)]
    pub place: Place,
    /// What: a data-model element, or a name that [`Place`] lists.
    pub name: String,
    /// Its value before; `None`: there was none (SCORM 2004: unknown). Activities by identifier,
    /// truths as `true` and `false`, numbers in decimal.
    pub before: Option<String>,
    /// Its value after.
    pub after: Option<String>,
}

impl Attempt {
    /// Applies an entry and tells what it changed: [`Attempt::apply`] and
    /// [`Attempt::changes_since`] in one, at the cost of one SCO's data for a call.
    pub fn apply_told(&mut self, course: &Course, entry: &Entry) -> (Verdict, Vec<Change>) {
        if !matches!(entry.event, Event::Call { .. }) {
            let before = self.clone();
            let verdict = self.apply(course, entry);
            return (verdict, self.changes_since(&before, course));
        }
        // A call reaches no further than the run-time data of the SCO being delivered.
        let current = self.current(course);
        let before = current.and_then(|a| self.sco(a)).cloned();
        let verdict = self.apply(course, entry);
        let mut found = Found(Vec::new());
        if let Some((a, sco)) = current.and_then(|a| Some((a, self.sco(a)?))) {
            found.elements(&Place::Element { activity: a }, before.as_ref(), sco);
        }
        (verdict, found.0)
    }

    /// What is different here from an earlier state of the same attempt on the same course.
    /// Times are left out: they change with every entry.
    pub fn changes_since(&self, before: &Attempt, course: &Course) -> Vec<Change> {
        let mut found = Found(Vec::new());
        let identifier = |a: Option<usize>| a.map(|a| course.activities[a].identifier.clone());
        for (name, old, new) in [
            ("current", before.state.current, self.state.current),
            ("suspended", before.state.suspended, self.state.suspended),
        ] {
            found.text(Place::Course, name, identifier(old), identifier(new));
        }
        let ended = |attempt: &Attempt| Some(attempt.ended.to_string());
        found.text(Place::Course, "ended", ended(before), ended(self));
        for (a, launched) in &self.launched {
            let place = Place::Element { activity: *a };
            found.elements(
                &place,
                before.launched.get(a).map(|l| &l.sco),
                &launched.sco,
            );
        }
        for (a, activity) in course.activities.iter().enumerate() {
            let (old, new) = (&before.state.activities[a], &self.state.activities[a]);
            if old == new {
                continue;
            }
            let place = Place::Activity { activity: a };
            found.activity(&place, old, new);
            for (o, objective) in activity.sequencing.objectives.iter().enumerate() {
                let place = match (&objective.id, objective.primary) {
                    (Some(id), false) => Place::Objective {
                        activity: a,
                        id: id.clone(),
                    },
                    _ => place.clone(),
                };
                found.objective(&place, &old.objectives[o], &new.objectives[o]);
            }
        }
        let globals = before.state.globals.iter().zip(&self.state.globals);
        for (id, (old, new)) in course.global_objectives.iter().zip(globals) {
            found.objective(&Place::Global { id: id.clone() }, old, new);
        }
        let stores = before.stores.iter().zip(&self.stores);
        for (id, (old, new)) in course.data_stores.iter().zip(stores) {
            let place = Place::Store { id: id.clone() };
            found.text(place, "store", old.clone(), new.clone());
        }
        found.0
    }
}

/// Collects what differs.
struct Found(Vec<Change>);

impl Found {
    fn text(&mut self, place: Place, name: &str, before: Option<String>, after: Option<String>) {
        if before != after {
            self.0.push(Change {
                place,
                name: name.to_owned(),
                before,
                after,
            });
        }
    }

    fn value<T: ToString + PartialEq>(
        &mut self,
        place: &Place,
        name: &str,
        before: Option<T>,
        after: Option<T>,
    ) {
        if before != after {
            let text = |value: Option<T>| value.map(|v| v.to_string());
            self.text(place.clone(), name, text(before), text(after));
        }
    }

    fn activity(&mut self, place: &Place, old: &ActivityState, new: &ActivityState) {
        self.value(place, "attempts", Some(old.attempts), Some(new.attempts));
        self.value(place, "active", Some(old.active), Some(new.active));
        self.value(place, "suspended", Some(old.suspended), Some(new.suspended));
    }

    fn objective(&mut self, place: &Place, old: &ObjectiveState, new: &ObjectiveState) {
        self.value(place, "completion", old.completion, new.completion);
        self.value(place, "satisfied", old.satisfied, new.satisfied);
        for (name, before, after) in [
            ("measure", old.measure, new.measure),
            ("progress", old.progress, new.progress),
            ("raw", old.raw, new.raw),
            ("min", old.min, new.min),
            ("max", old.max, new.max),
        ] {
            self.value(place, name, before, after);
        }
    }

    /// Elements by name; a SCO that was not launched before has no values.
    fn elements(&mut self, place: &Place, before: Option<&Sco>, after: &Sco) {
        let api = |sco: &Sco| {
            let state = match sco.state() {
                ApiState::NotInitialized => "notInitialized",
                ApiState::Running => "running",
                ApiState::Terminated => "terminated",
            };
            Some(state.to_owned())
        };
        self.text(place.clone(), "api", before.and_then(api), api(after));
        let mut old = before.into_iter().flat_map(Sco::elements).peekable();
        let mut new = after.elements().peekable();
        // Both are sorted by name.
        loop {
            let order = match (old.peek(), new.peek()) {
                (None, None) => return,
                (Some(_), None) => std::cmp::Ordering::Less,
                (None, Some(_)) => std::cmp::Ordering::Greater,
                (Some((a, _)), Some((b, _))) => a.cmp(b),
            };
            let before = if order.is_le() { old.next() } else { None };
            let after = if order.is_ge() { new.next() } else { None };
            let Some((name, _)) = before.or(after) else {
                return;
            };
            let text = |pair: Option<(&str, &str)>| pair.map(|(_, value)| value.to_owned());
            if before != after {
                self.text(place.clone(), name, text(before), text(after));
            }
        }
    }
}
