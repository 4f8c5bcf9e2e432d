//! What a learner's registration has reached: units, blocks, the course (9.3.9, 13.1.4).

use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::structure::{Course, MoveOn, Profile};

/// Sessions that are remembered once they are over.
const OVER: usize = 50;

/// A learner's registration to a course: pure state, stored as JSON.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct Registration {
    /// What each node has reached; that of a block stays as it began.
    pub units: Vec<Reached>,
    /// Which nodes are satisfied.
    pub satisfied: Vec<bool>,
    /// The course is.
    pub course: bool,
    /// The launches, in order.
    pub sessions: Vec<Session>,
}

/// What a unit has reached.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct Reached {
    /// A `completed` was received.
    pub completed: bool,
    /// A `passed` was received.
    pub passed: bool,
    /// The last verdict was `failed`.
    pub failed: bool,
    /// The platform waived it, for this reason.
    pub waived: Option<String>,
    /// Per cent, where the unit says so.
    pub progress: Option<f64>,
    /// The last scaled score.
    pub score: Option<f64>,
    /// Time spent in sessions that are over, in seconds.
    pub seconds: f64,
    /// Times it was launched.
    pub launches: u32,
}

/// How a unit was launched (10.2.2).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum Mode {
    /// It counts.
    Normal,
    /// To look around.
    Browse,
    /// To see again what was satisfied.
    Review,
}

impl Mode {
    /// As the launch data write it.
    pub const fn text(self) -> &'static str {
        match self {
            Mode::Normal => "Normal",
            Mode::Browse => "Browse",
            Mode::Review => "Review",
        }
    }
}

/// A launch of a unit. Times are microseconds since 1970.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Session {
    /// Which.
    pub id: Uuid,
    /// The unit's place among the nodes.
    pub node: usize,
    /// How it was launched.
    pub mode: Mode,
    /// The mastery score it was given.
    pub mastery: Option<f64>,
    /// When it was launched.
    pub launched_at: i64,
    /// When its last statement came.
    pub last_at: i64,
    /// Verbs of defined statements that were received.
    pub verbs: Vec<String>,
    /// The unit has asked for its learner's preferences (11.0.0.0-3).
    #[serde(default)]
    pub preferences: bool,
    /// `Terminated` was received, or it was abandoned.
    pub over: Option<Over>,
}

/// How a session ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Over {
    /// By its own word.
    Terminated,
    /// The platform gave it up.
    Abandoned,
}

impl Session {
    /// The verb was received from it.
    pub fn said(&self, verb: &str) -> bool {
        self.verbs.iter().any(|said| said == verb)
    }
}

/// What has come true.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Satisfied {
    /// The block at this place.
    Block(usize),
    /// The course.
    Course,
}

/// What a registration comes to: in the terms of any standard.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Outcome {
    /// The course is satisfied and something of it was opened.
    pub completed: bool,
    /// All that is judged was passed; some of it was failed.
    pub success: Option<bool>,
    /// 0 to 1.
    pub progress: f64,
    /// No unit that is under way measures its progress.
    pub estimated: bool,
    /// The mean of the units' scores.
    pub score: Option<f64>,
    /// Time spent.
    pub seconds: f64,
}

impl Registration {
    /// A new one. What is satisfied from the beginning is told by [`Registration::settle`].
    pub fn begin(course: &Course) -> Registration {
        Registration {
            units: vec![Reached::default(); course.nodes.len()],
            satisfied: vec![false; course.nodes.len()],
            course: false,
            sessions: Vec::new(),
        }
    }

    /// A session by its id.
    pub fn session(&self, id: Uuid) -> Option<&Session> {
        self.sessions.iter().find(|session| session.id == id)
    }

    /// How a unit is to be launched: what was completed and passed, or waived, is shown again and
    /// no longer judged.
    pub fn mode(&self, node: usize) -> Mode {
        match self.units.get(node) {
            Some(unit) if unit.waived.is_some() || unit.passed && unit.completed => Mode::Review,
            _ => Mode::Normal,
        }
    }

    /// A unit is launched. One who only looks around has begun nothing.
    pub fn launch(&mut self, session: Session) {
        if let Some(unit) = self.units.get_mut(session.node)
            && session.mode != Mode::Browse
        {
            unit.launches += 1;
        }
        self.sessions.push(session);
        let over = self.sessions.iter().filter(|s| s.over.is_some()).count();
        if over > OVER
            && let Some(oldest) = self.sessions.iter().position(|s| s.over.is_some())
        {
            self.sessions.remove(oldest);
        }
    }

    /// The unit of a session has asked for its learner's preferences (11.0.0.0-3); false when that
    /// was known, or there is no such session.
    pub fn heed(&mut self, id: Uuid) -> bool {
        match self.sessions.iter_mut().find(|session| session.id == id) {
            Some(session) if !session.preferences => {
                session.preferences = true;
                true
            }
            _ => false,
        }
    }

    /// Gives a session up (9.3.6); how long it lasted, in seconds, from the launch to its last
    /// statement (9.5.4.2-2). `None` when it is over already.
    pub fn abandon(&mut self, id: Uuid, profile: Profile) -> Option<f64> {
        let session = self
            .sessions
            .iter_mut()
            .find(|session| session.id == id && session.over.is_none())?;
        session.over = Some(Over::Abandoned);
        let lasted = (session.last_at - session.launched_at).max(0) as f64 / 1e6;
        // What lies between the statements of an xAPI package was counted as they came.
        if profile == Profile::Cmi5
            && let Some(unit) = self.units.get_mut(session.node)
            && session.mode != Mode::Browse
        {
            unit.seconds += lasted;
        }
        Some(lasted)
    }

    /// The platform waives a unit (9.3.7); false when it did so before.
    pub fn waive(&mut self, node: usize, reason: &str) -> bool {
        match self.units.get_mut(node) {
            Some(unit) if unit.waived.is_none() => {
                unit.waived = Some(reason.to_owned());
                true
            }
            _ => false,
        }
    }

    /// Works out what is satisfied: gives what has become so, inner blocks before outer ones,
    /// the course last.
    pub fn settle(&mut self, course: &Course) -> Vec<Satisfied> {
        let mut news = Vec::new();
        // Children come after their block: from the end, each block finds its own settled.
        for place in (0..course.nodes.len()).rev() {
            if self.satisfied.get(place).copied().unwrap_or(true) {
                continue;
            }
            let now = match &course.nodes[place].unit {
                Some(unit) => self.units[place].satisfies(unit.move_on),
                None => self.all(course, Some(place)),
            };
            self.satisfied[place] = now;
            if now && course.nodes[place].unit.is_none() {
                news.push(Satisfied::Block(place));
            }
        }
        if !self.course && self.all(course, None) {
            self.course = true;
            news.push(Satisfied::Course);
        }
        news
    }

    fn all(&self, course: &Course, parent: Option<usize>) -> bool {
        course
            .nodes
            .iter()
            .zip(&self.satisfied)
            .filter(|(node, _)| node.parent == parent)
            .all(|(_, satisfied)| *satisfied)
    }

    /// What it comes to.
    pub fn outcome(&self, course: &Course) -> Outcome {
        let units: Vec<(usize, &Reached)> = course
            .units()
            .map(|place| (place, &self.units[place]))
            .collect();
        let opened = units
            .iter()
            .any(|(_, unit)| unit.launches > 0 || unit.waived.is_some());
        let count = units.len().max(1) as f64;
        let part = |(place, unit): &(usize, &Reached)| {
            let idle = unit.launches == 0 && unit.waived.is_none();
            if self.satisfied[*place] && !idle || unit.completed || unit.waived.is_some() {
                1.0
            } else {
                unit.progress.unwrap_or(0.0) / 100.0
            }
        };
        let scores: Vec<f64> = units.iter().filter_map(|(_, unit)| unit.score).collect();
        let judged = units.iter().filter(|(place, unit)| {
            let asked = course.unit(*place).is_some_and(|(_, unit)| {
                matches!(unit.move_on, MoveOn::Passed | MoveOn::CompletedAndPassed)
            });
            asked || unit.passed || unit.failed
        });
        let (mut any, mut all, mut failed) = (false, true, false);
        for (_, unit) in judged {
            any = true;
            all &= unit.passed || unit.waived.is_some();
            failed |= unit.failed && !unit.passed;
        }
        let completed = self.course && opened;
        Outcome {
            completed,
            success: match (any && all, failed) {
                (true, _) => Some(true),
                (false, true) => Some(false),
                _ => None,
            },
            progress: if completed {
                1.0
            } else {
                units.iter().map(part).sum::<f64>() / count
            },
            estimated: !units.iter().any(|(_, unit)| unit.progress.is_some()) && !completed,
            score: (!scores.is_empty()).then(|| scores.iter().sum::<f64>() / scores.len() as f64),
            seconds: units.iter().map(|(_, unit)| unit.seconds).sum(),
        }
    }
}

impl Reached {
    /// The criterion is met (13.1.4, moveOn).
    pub fn satisfies(&self, criterion: MoveOn) -> bool {
        self.waived.is_some()
            || match criterion {
                MoveOn::Passed => self.passed,
                MoveOn::Completed => self.completed,
                MoveOn::CompletedAndPassed => self.completed && self.passed,
                MoveOn::CompletedOrPassed => self.completed || self.passed,
                MoveOn::NotApplicable => true,
            }
    }
}
