//! The rule at a seminar's door, as it is written down.
//!
//! A rule is a small tree: N of its terms, each a condition (a module or a seminar attended, at a
//! level) or N of further terms. "All" is as many as there are, "any" is one.

use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::outcome::{Outcome, State, Success};

/// The rule at a seminar's door: at least `need` of the terms.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Rule {
    /// How many terms must be met; 0 opens the door to everybody.
    pub need: u32,
    /// The terms.
    pub of: Vec<Term>,
    /// Whose progress counts.
    #[serde(default)]
    pub scope: Scope,
}

/// Whose progress satisfies a rule.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Scope {
    /// Whoever registers. A coordinator who reserves several seats answers for all of them.
    #[default]
    Person,
    /// Any member of that person's organisations: the achievements of all of them count together.
    Organisation,
    /// Everybody who sits: those whom a coordinator names too.
    EachSeat,
    /// At least so many members of the organisation (the person included), each by themselves.
    Members(u32),
}

/// A part of a rule.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(untagged)]
pub enum Term {
    /// A condition.
    One(Condition),
    /// At least so many of further terms.
    Group(Group),
}

/// At least `need` of these terms.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Group {
    /// How many.
    pub need: u32,
    /// Of what.
    pub of: Vec<Term>,
}

/// One module or seminar at one level.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(try_from = "Written", into = "Written")]
pub struct Condition {
    /// What is asked about.
    pub subject: Subject,
    /// What must be reached on it.
    pub level: Level,
    /// Not older than so many months; `None`: however old.
    pub months: Option<u32>,
}

/// What a condition asks about. Presence at a seminar is progress like any other, kept under the
/// seminar's own id.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Subject {
    /// A module of the catalogue.
    Module(Uuid),
    /// A seminar that was attended.
    Seminar(Uuid),
}

impl Subject {
    /// The id under which the progress store keeps it.
    pub fn id(self) -> Uuid {
        match self {
            Subject::Module(id) | Subject::Seminar(id) => id,
        }
    }
}

/// A condition as it stands in JSON: `{"module": id, "level": …}` or `{"seminar": id, "level": …}`,
/// with `"months"` where age matters.
#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Written {
    #[serde(default, skip_serializing_if = "Option::is_none")]
    module: Option<Uuid>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    seminar: Option<Uuid>,
    level: Level,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    months: Option<u32>,
}

impl TryFrom<Written> for Condition {
    type Error = &'static str;
    fn try_from(written: Written) -> Result<Self, Self::Error> {
        let subject = match (written.module, written.seminar) {
            (Some(id), None) => Subject::Module(id),
            (None, Some(id)) => Subject::Seminar(id),
            _ => return Err("a condition names one module or one seminar"),
        };
        Ok(Condition {
            subject,
            level: written.level,
            months: written.months,
        })
    }
}

impl From<Condition> for Written {
    fn from(condition: Condition) -> Self {
        let (module, seminar) = match condition.subject {
            Subject::Module(id) => (Some(id), None),
            Subject::Seminar(id) => (None, Some(id)),
        };
        Written {
            module,
            seminar,
            level: condition.level,
            months: condition.months,
        }
    }
}

impl Condition {
    /// A module at a level, however long ago.
    pub fn module(module: Uuid, level: Level) -> Condition {
        Condition {
            subject: Subject::Module(module),
            level,
            months: None,
        }
    }

    /// A seminar attended at a level, however long ago.
    pub fn seminar(seminar: Uuid, level: Level) -> Condition {
        Condition {
            subject: Subject::Seminar(seminar),
            level,
            months: None,
        }
    }
}

impl From<Condition> for Term {
    fn from(condition: Condition) -> Self {
        Term::One(condition)
    }
}

/// What must be reached on a module or seminar.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Level {
    /// Opened; of a seminar: present at some part of it.
    Started,
    /// Progress of at least so much, 0..1; of a seminar: present at that share of it.
    Progress(f64),
    /// Completed; of a seminar: present to the end.
    Completed,
    /// Passed.
    Passed,
    /// A scaled score of at least so much, -1..1.
    Score(f64),
}

impl Level {
    /// True when the outcome reaches this level.
    ///
    /// A completed module satisfies any progress: packages that complete without ever reporting a
    /// measure must not shut a door that they have earned.
    pub fn is_met_by(self, outcome: &Outcome) -> bool {
        match self {
            Level::Started => outcome.state != State::NotStarted,
            Level::Progress(least) => {
                outcome.state == State::Completed || outcome.progress >= least
            }
            Level::Completed => outcome.state == State::Completed,
            Level::Passed => outcome.success == Success::Passed,
            Level::Score(least) => outcome.score.is_some_and(|score| score >= least),
        }
    }
}

/// Terms within terms at most: deeper is not read by anybody.
pub const DEPTH_MAX: usize = 4;
/// Months of a condition at most: ten years.
pub const MONTHS_MAX: u32 = 120;
/// Members that a rule can ask for at most.
pub const MEMBERS_MAX: u32 = 50;

impl Rule {
    /// A door open to everybody.
    pub fn open() -> Rule {
        Rule {
            need: 0,
            of: Vec::new(),
            scope: Scope::Person,
        }
    }

    /// Every condition, in the order in which it is written.
    pub fn conditions(&self) -> Vec<&Condition> {
        fn collect<'a>(of: &'a [Term], found: &mut Vec<&'a Condition>) {
            for term in of {
                match term {
                    Term::One(condition) => found.push(condition),
                    Term::Group(group) => collect(&group.of, found),
                }
            }
        }
        let mut found = Vec::new();
        collect(&self.of, &mut found);
        found
    }

    /// True when what colleagues did can decide.
    pub fn asks_colleagues(&self) -> bool {
        matches!(self.scope, Scope::Organisation | Scope::Members(_))
    }

    /// What is wrong with the rule, as a code; `None` when it can be used.
    pub fn fault(&self) -> Option<&'static str> {
        if let Scope::Members(least) = self.scope
            && !(1..=MEMBERS_MAX).contains(&least)
        {
            return Some("rule-members-out-of-range");
        }
        fault(self.need, &self.of, 1)
    }
}

fn fault(need: u32, of: &[Term], depth: usize) -> Option<&'static str> {
    if depth > DEPTH_MAX {
        return Some("rule-too-deep");
    }
    if usize::try_from(need).unwrap_or(usize::MAX) > of.len() {
        return Some("rule-needs-more-than-listed");
    }
    // Two levels of one module side by side would count one achievement as two.
    let named = |term: &Term| match term {
        Term::One(condition) => Some(condition.subject.id()),
        Term::Group(_) => None,
    };
    for (at, term) in of.iter().enumerate() {
        let found = match term {
            Term::Group(group) if group.need == 0 => Some("rule-group-of-nothing"),
            Term::Group(group) => fault(group.need, &group.of, depth + 1),
            Term::One(condition) => condition_fault(condition).or_else(|| {
                let again = of[..at].iter().any(|other| named(other) == named(term));
                again.then_some("rule-module-twice")
            }),
        };
        if found.is_some() {
            return found;
        }
    }
    None
}

fn condition_fault(condition: &Condition) -> Option<&'static str> {
    let in_range = match condition.level {
        Level::Progress(least) => (0.0..=1.0).contains(&least),
        Level::Score(least) => (-1.0..=1.0).contains(&least),
        Level::Started | Level::Completed | Level::Passed => true,
    };
    if !in_range {
        return Some("rule-level-out-of-range");
    }
    // Nobody passes or fails a seminar.
    if matches!(condition.subject, Subject::Seminar(_))
        && matches!(condition.level, Level::Passed | Level::Score(_))
    {
        return Some("rule-seminar-level");
    }
    let months = condition.months.unwrap_or(1);
    (!(1..=MONTHS_MAX).contains(&months)).then_some("rule-months-out-of-range")
}
