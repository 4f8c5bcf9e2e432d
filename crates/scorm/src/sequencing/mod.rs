//! Sequencing and navigation (SN 4; IMS SS behaviour model): every process of the pseudo-code
//! as one function that carries its id in its doc comment and answers with its exception code.
//!
//! | file | processes |
//! |---|---|
//! | `overall` | OP.1, NB.2.1 |
//! | `termination` | TB.2.1–TB.2.3 |
//! | `rollup` | RB.1.1–RB.1.5 |
//! | `selection` | SR.1, SR.2 |
//! | `flow` | SB.2.1–SB.2.4, SB.2.9.1, SB.2.9.2 |
//! | `requests` | SB.2.5–SB.2.13 |
//! | `delivery` | DB.1.1, DB.2, DB.2.1 |
//! | `utility` | UP.1–UP.5 |
//!
//! Activities are indices into [`Course::activities`]; nothing on the way of one request clones
//! the tree.

mod delivery;
mod flow;
mod overall;
mod requests;
mod rollup;
mod selection;
mod state;
mod termination;
mod trace;
mod utility;
mod validity;

pub use overall::{Answer, NavigationRequest};
pub use state::{ActivityState, ObjectiveState, Said, State};
pub use trace::{Exception, TraceResult, TraceStep};
pub use validity::{Navigation, Validity};

use crate::course::{Activity, Course, Sequencing};
use trace::Trace;

/// Most condition evaluations and tree steps one request may take (threat M16).
const STEP_BUDGET: u32 = 5_000_000;

/// A position among siblings that says: not available.
const NOT_AVAILABLE: u32 = u32::MAX;

/// The sequencing processes at work on one course and one state.
pub struct Engine<'a> {
    course: &'a Course,
    /// The tracking and activity state worked on.
    pub state: &'a mut State,
    /// Place of each activity among its parent's available children.
    place: Vec<u32>,
    trace: Trace,
    steps: u32,
    /// Rollup is at work: what children recorded in an earlier attempt on their parent does not
    /// count (SN 3.2.5, 3.2.6).
    rolling_up: bool,
    /// Where the siblings of an activity stop forward traversal, see `choice_among_siblings`.
    sibling_stop: Option<(usize, u32)>,
}

impl<'a> Engine<'a> {
    /// An engine for one request; `traced` collects what each process did.
    pub fn new(course: &'a Course, state: &'a mut State, traced: bool) -> Engine<'a> {
        let mut engine = Engine {
            course,
            state,
            place: Vec::new(),
            trace: Trace::new(traced),
            steps: 0,
            rolling_up: false,
            sibling_stop: None,
        };
        engine.number_places();
        engine
    }

    /// The trace collected so far.
    pub fn into_trace(self) -> Vec<TraceStep> {
        self.trace.into_steps()
    }

    fn number_places(&mut self) {
        self.place.clear();
        self.place
            .resize(self.course.activities.len(), NOT_AVAILABLE);
        if let Some(root) = self.place.first_mut() {
            *root = 0;
        }
        for parent in 0..self.course.activities.len() {
            if self.course.activities[parent].is_leaf() {
                continue;
            }
            for at in 0..self.available(parent).len() {
                let child = self.available(parent)[at];
                self.place[child] = at as u32;
            }
        }
    }

    fn activity(&self, a: usize) -> &'a Activity {
        &self.course.activities[a]
    }

    fn definition(&self, a: usize) -> &'a Sequencing {
        &self.course.activities[a].sequencing
    }

    fn parent(&self, a: usize) -> Option<usize> {
        self.course.activities[a].parent
    }

    fn is_leaf(&self, a: usize) -> bool {
        self.course.activities[a].is_leaf()
    }

    fn tracked(&self, a: usize) -> bool {
        self.course.activities[a].sequencing.delivery.tracked
    }

    /// Available Children (SN 4.2.1.5).
    fn available(&self, a: usize) -> &[usize] {
        match &self.state.activities[a].available {
            Some(children) => children,
            None => &self.course.activities[a].children,
        }
    }

    /// Whether the activity is among its parent's available children.
    fn is_available(&self, a: usize) -> bool {
        self.place[a] != NOT_AVAILABLE
    }

    /// Whether the activity and all above it are available: it is in the tree as the learner has it.
    pub(crate) fn is_in_tree(&self, a: usize) -> bool {
        self.up(a).all(|at| self.is_available(at))
    }

    fn is_last_available(&self, a: usize) -> bool {
        match self.parent(a) {
            None => true,
            Some(parent) => self.place[a] as usize + 1 == self.available(parent).len(),
        }
    }

    /// The activity itself and its ancestors, the root last.
    fn up(&self, a: usize) -> impl Iterator<Item = usize> + use<'a> {
        let activities = &self.course.activities;
        std::iter::successors(Some(a), move |&at| activities[at].parent)
    }

    /// The path from the root to the activity, both included.
    fn path(&self, a: usize) -> Vec<usize> {
        let mut path: Vec<usize> = self.up(a).collect();
        path.reverse();
        path
    }

    /// Whether `a` is `ancestor` or below it.
    fn is_within(&self, a: usize, ancestor: usize) -> bool {
        a >= ancestor && a < self.course.activities[ancestor].end
    }

    /// The deepest activity that holds both (an activity holds itself).
    fn common_ancestor(&self, a: usize, b: usize) -> usize {
        self.up(a).find(|&at| self.is_within(b, at)).unwrap_or(0)
    }

    /// Compares two activities' places in a forward preorder traversal of available children.
    fn is_forward(&self, from: usize, to: usize) -> bool {
        let common = self.common_ancestor(from, to);
        if from == common || to == common {
            return from == common && to != common;
        }
        let below = |a: usize| {
            self.up(a)
                .take_while(|&at| at != common)
                .last()
                .unwrap_or(a)
        };
        self.place[below(from)] < self.place[below(to)]
    }

    /// Counts one step; false when the budget of this request is spent.
    fn step(&mut self) -> bool {
        self.steps += 1;
        self.steps <= STEP_BUDGET
    }
}
