//! One learner's attempt on a course: a pure fold over journal entries.
//!
//! ```text
//! Attempt::begin(course, setup) ── apply(entry 1) ── apply(entry 2) ── … ──▶ outcome, menu, delivery
//! ```
//!
//! A session is opened with [`Event::Open`], as often as needed: whatever happened to the last
//! one (a closed tab, a crash), the attempt goes on at the activity being delivered, with its
//! data. `Terminate` never navigates by itself: what the SCO asked for is told in
//! [`Verdict::request`], and whoever decides (the player: a learner's own click takes
//! precedence) journals it as an [`Event::Navigate`].

mod changes;
mod correction;
mod delivery;
mod entry;
mod outcome;
mod prerequisites;
mod records;
mod scorm12;
mod transfer;
mod views;

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

pub use changes::{Change, Place};
pub use correction::Correction;
pub use entry::{Entry, Event};
pub use outcome::{Known, Outcome};
pub use records::{Collector, Records, RowPlace};
pub use views::{ActivityStatus, Delivery};

use crate::course::Course;
use crate::datamodel::{Credit, Limits, Mode, Sco};
use crate::sequencing::{
    Answer, Engine, Exception, NavigationRequest, ObjectiveState, State, TraceStep,
};

/// Who learns.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Learner {
    /// `cmi.learner_id`, `cmi.core.student_id`: an opaque id, never an address.
    pub id: String,
    /// `cmi.learner_name`, `cmi.core.student_name` ("Family, Given" by custom).
    pub name: String,
    /// Preferences by element name (`cmi.learner_preference.language`).
    pub preferences: Vec<(String, String)>,
}

/// What an attempt begins with. Everything the fold depends on beside course and journal.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Setup {
    /// Who learns.
    pub learner: Learner,
    /// `cmi.mode`
    pub mode: Mode,
    /// `cmi.credit`
    pub credit: Credit,
    /// Seed of selection and randomization.
    pub seed: u64,
    /// Limits on what a SCO may store.
    pub limits: Limits,
    /// What earlier courses or attempts left in the global objectives and data stores.
    pub globals: Globals,
}

/// Global objectives and shared data stores by id, as they live on between courses: given in by
/// [`Setup`], read back with [`Attempt::globals`] for the server to keep per learner. Those that
/// a course keeps to itself (`objectivesGlobalToSystem`, `sharedDataGlobalToSystem` false) live
/// inside the attempt and are never among them.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Globals {
    /// Progress by global objective id.
    pub objectives: BTreeMap<String, ObjectiveState>,
    /// Content by data store id.
    pub stores: BTreeMap<String, String>,
}

/// State of one learner's attempt. Serialises whole, so that a snapshot can stand for a prefix
/// of the journal.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Attempt {
    learner: Learner,
    mode: Mode,
    credit: Credit,
    limits: Limits,
    state: State,
    /// Beside `Course::data_stores`.
    stores: Vec<Option<String>>,
    /// What was launched so far, by activity.
    launched: BTreeMap<usize, Launched>,
    /// The current SCO's data is not yet in the tracking model.
    pending: bool,
    /// Sessions opened.
    sessions: u32,
    /// The last sequencing session has ended and no other was opened.
    ended: bool,
    /// Results of earlier sequencing sessions of this attempt.
    settled: Option<Outcome>,
    /// Corrections in order.
    corrections: Vec<Correction>,
}

/// What is kept of an activity that was delivered.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
struct Launched {
    /// Run-time data. An asset has them too: exporters forget to call a SCO a SCO, and what it
    /// then reports is worth having.
    sco: Sco,
    /// Attempt on the activity that the data belongs to.
    attempt: u32,
    /// Times the activity was delivered.
    launches: u32,
    /// Time in earlier launches, ms.
    past_ms: u64,
    /// When this launch was delivered, ms since the session opened.
    since: i64,
    /// Latest entry of this launch, ms since the session opened.
    last: i64,
    /// Time of this launch that the tracking model has, ms.
    #[serde(default)]
    counted: u64,
    /// SCORM 1.2: `cmi.core.lesson_status` after the last launch.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    status: Option<String>,
}

/// What an entry led to.
#[derive(Debug, Clone, Default, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Verdict {
    /// What the call answers ("" for other events).
    pub result: String,
    /// Error code the call left.
    pub error: u16,
    /// More about the error.
    pub diagnostic: String,
    /// The browser's run-time answered the same.
    pub agrees: bool,
    /// The activity delivered by this entry.
    pub delivered: Option<usize>,
    /// Why a navigation request was refused or led nowhere.
    pub exception: Option<Exception>,
    /// The sequencing session ended.
    pub ended: bool,
    /// After `Terminate`: what the SCO asked for.
    pub request: Option<NavigationRequest>,
    /// The sequencing processes this entry ran.
    pub trace: Vec<TraceStep>,
}

impl Attempt {
    /// A new attempt; nothing is delivered before [`Event::Open`].
    pub fn begin(course: &Course, setup: Setup) -> Attempt {
        let Setup {
            learner,
            mode,
            credit,
            seed,
            limits,
            globals,
        } = setup;
        let objectives = course
            .global_objectives
            .iter()
            .map(|id| {
                globals
                    .objectives
                    .get(id)
                    .copied()
                    .filter(|_| course.objectives_global_to_system)
            })
            .map(Option::unwrap_or_default)
            .collect();
        let stores = course
            .data_stores
            .iter()
            .map(|id| {
                globals
                    .stores
                    .get(id)
                    .filter(|_| course.shared_data_global_to_system)
                    .cloned()
            })
            .collect();
        Attempt {
            learner,
            mode,
            credit,
            limits,
            state: State::new(course, seed, objectives),
            stores,
            launched: BTreeMap::new(),
            pending: false,
            sessions: 0,
            ended: false,
            settled: None,
            corrections: Vec::new(),
        }
    }

    /// Applies one journal entry. Total and deterministic: an entry that makes no sense now
    /// changes nothing and says so in the verdict.
    pub fn apply(&mut self, course: &Course, entry: &Entry) -> Verdict {
        match &entry.event {
            Event::Open => self.open(course, entry.at),
            Event::Call {
                function,
                arguments,
                result,
                error,
            } => {
                let mut verdict = self.call(course, function, arguments, entry.at);
                // What may be asked now is answered in the browser from what the engine last said;
                // nothing depends on the answer.
                let validity = matches!(function.as_str(), "GetValue")
                    && arguments
                        .first()
                        .is_some_and(|a| a.starts_with("adl.nav.request_valid."));
                verdict.agrees = (verdict.result == *result || validity) && verdict.error == *error;
                verdict
            }
            Event::Navigate(request) => {
                self.tick(entry.at);
                self.navigate(course, request, entry.at)
            }
            Event::Correction(correction) => {
                self.correct(course, correction);
                Verdict {
                    agrees: true,
                    ..Verdict::default()
                }
            }
        }
    }

    /// Whether no sequencing session is under way (none opened yet, or the last one ended).
    pub fn has_ended(&self) -> bool {
        self.ended
    }

    /// Whether the next session resumes a suspended one (Suspend All).
    pub fn is_suspended(&self) -> bool {
        self.state.suspended.is_some()
    }

    /// The tracking and activity state model, for reports and replay.
    pub fn state(&self) -> &State {
        &self.state
    }

    /// Corrections so far, in order.
    pub fn corrections(&self) -> &[Correction] {
        &self.corrections
    }

    /// Run-time data of an activity's last launch.
    pub fn sco(&self, activity: usize) -> Option<&Sco> {
        self.launched.get(&activity).map(|l| &l.sco)
    }

    /// The global objectives and data stores that outlive this course, as they stand.
    pub fn globals(&self, course: &Course) -> Globals {
        let state = self.settled_state(course);
        let objectives = course
            .global_objectives
            .iter()
            .zip(&state.globals)
            .filter(|(_, o)| course.objectives_global_to_system && **o != ObjectiveState::default())
            .map(|(id, o)| (id.clone(), *o))
            .collect();
        let mut stores = self.stores.clone();
        if let Some(sco) = self
            .current(course)
            .filter(|_| self.pending)
            .and_then(|a| self.sco(a))
        {
            transfer::stores(course, sco, &mut stores);
        }
        let stores = course
            .data_stores
            .iter()
            .zip(stores)
            .filter(|_| course.shared_data_global_to_system)
            .filter_map(|(id, s)| Some((id.clone(), s?)))
            .collect();
        Globals { objectives, stores }
    }

    /// Index of the activity being delivered.
    pub fn current(&self, course: &Course) -> Option<usize> {
        let current = self.state.current?;
        (course.activities[current].is_leaf() && self.state.activities[current].active)
            .then_some(current)
    }

    fn open(&mut self, course: &Course, at: i64) -> Verdict {
        self.sessions += 1;
        self.ended = false;
        if let Some(current) = self.current(course) {
            // A closed tab: the same activity again, whatever the SCO said of its exit.
            self.experience(course, current);
            self.settle(course);
            self.relaunch(course, current, at);
            return Verdict {
                delivered: Some(current),
                agrees: true,
                ..Verdict::default()
            };
        }
        if !course.edition.is_2004() {
            return self.open_12(course, at);
        }
        let request = match (self.state.current, self.state.suspended) {
            (Some(_), _) => {
                return Verdict {
                    agrees: true,
                    ..Verdict::default()
                };
            }
            (None, Some(_)) => NavigationRequest::ResumeAll,
            (None, None) => NavigationRequest::Start,
        };
        self.navigate(course, &request, at)
    }

    fn call(&mut self, course: &Course, function: &str, arguments: &[String], at: i64) -> Verdict {
        self.tick(at);
        let current = self.current(course);
        let asks_validity = course.edition.is_2004()
            && arguments
                .first()
                .is_some_and(|a| a.starts_with("adl.nav.request_valid."));
        // Worked out only when asked for: few SCOs do, and a large menu costs more than a call.
        let validity = asks_validity.then(|| self.request_valid(course));
        let Some(sco) = current
            .and_then(|a| self.launched.get_mut(&a))
            .map(|l| &mut l.sco)
        else {
            return Verdict {
                result: "false".into(),
                error: 101,
                ..Verdict::default()
            };
        };
        if let Some(validity) = &validity {
            sco.set_navigation(validity);
        }
        let running = sco.state() == crate::datamodel::State::Running;
        let answer = sco.call(function, arguments, at);
        let terminated = running && sco.state() == crate::datamodel::State::Terminated;
        self.pending |= running;
        let mut verdict = Verdict {
            result: answer.result,
            error: answer.error,
            diagnostic: answer.diagnostic,
            ..Verdict::default()
        };
        if terminated {
            verdict.request = transfer::request_of(sco);
        }
        verdict
    }

    fn navigate(&mut self, course: &Course, request: &NavigationRequest, at: i64) -> Verdict {
        if !course.edition.is_2004() {
            return self.navigate_12(course, request, at);
        }
        let leaving = self.current(course);
        if let Some(a) = leaving {
            self.experience(course, a);
        }
        let abandoned = matches!(
            request,
            NavigationRequest::Abandon | NavigationRequest::AbandonAll
        );
        if abandoned {
            self.pending = false;
        } else {
            self.settle(course);
        }
        let before = self.state.suspended;
        if let Some(a) = leaving.filter(|_| !abandoned) {
            self.mark_suspension(course, a);
        }
        let attempts_before = leaving.map(|a| self.state.activities[a].attempts);
        let root_attempts = self.state.activities[0].attempts;
        let mut engine = Engine::new(course, &mut self.state, true);
        let Answer {
            exception,
            delivered,
            ended,
        } = engine.navigate(request);
        let trace = engine.into_trace();
        if self.state.activities[0].attempts != root_attempts
            && !course.shared_data_global_to_system
        {
            // Stores of the course alone live as long as one attempt on the root (RTE 4.3.1).
            self.stores.fill(None);
        }
        if let Some(a) = delivered {
            let resumed = before == Some(a) && leaving.is_none();
            let again =
                leaving == Some(a) && attempts_before == Some(self.state.activities[a].attempts);
            self.launch(course, a, at, resumed || again);
        } else if let Some(a) =
            leaving.filter(|&a| self.state.current == Some(a) && self.state.activities[a].active)
        {
            // Refused: the activity goes on.
            self.state.activities[a].suspended = false;
        }
        if ended {
            self.end_session(course);
        }
        Verdict {
            exception,
            delivered,
            ended,
            trace,
            agrees: true,
            ..Verdict::default()
        }
    }

    /// The sequencing session has ended: what it reached is kept, so that a later session, which
    /// begins a new attempt on the tree, takes nothing away from the learner.
    fn end_session(&mut self, course: &Course) {
        self.ended = true;
        self.settled = Some(self.outcome(course));
    }

    /// Counts the time of the activity being delivered.
    fn tick(&mut self, at: i64) {
        if let Some(launched) = self.state.current.and_then(|a| self.launched.get_mut(&a)) {
            launched.last = launched.last.max(at);
        }
    }
}
