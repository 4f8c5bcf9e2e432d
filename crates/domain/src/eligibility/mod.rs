//! Who may take a seat: a small rule over modules and seminars, evaluated on the progress store.
//!
//! [`evaluate`] is the one function behind what a learner is shown and what registration enforces;
//! its answer carries the proof of each condition.

mod rule;
#[cfg(test)]
mod tests;

use uuid::Uuid;

pub use rule::{
    Condition, DEPTH_MAX, Group, Level, MEMBERS_MAX, MONTHS_MAX, Rule, Scope, Subject, Term,
};

use crate::outcome::Outcome;

/// Microseconds of a month: a twelfth of the calendar's mean year.
pub const MONTH_MICROS: i64 = 2_629_746_000_000;

/// One outcome that may count: whose, on what.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Evidence {
    /// Whose.
    pub person: Uuid,
    /// On which module or seminar.
    pub module: Uuid,
    /// How far and how well.
    pub outcome: Outcome,
    /// When it became so, in microseconds since 1970.
    pub at: i64,
    /// Learnt elsewhere and recognised by staff, not done here.
    pub recognised: bool,
}

/// For whom a rule is asked, and when.
#[derive(Debug, Clone, Copy)]
pub struct Asking<'a> {
    /// Who wants the seat.
    pub person: Uuid,
    /// The other members of that person's organisations.
    pub colleagues: &'a [Uuid],
    /// Now, in microseconds since 1970.
    pub now: i64,
    /// Staff let this person in whatever the rule says, with a logged reason.
    pub admitted: bool,
}

/// The answer, with its proof.
#[derive(Debug, Clone, PartialEq)]
pub struct Verdict {
    /// The door is open.
    pub eligible: bool,
    /// Open because staff said so, though the rule is not met.
    pub admitted: bool,
    /// Terms of the rule that are met.
    pub met: u32,
    /// Terms that must be met.
    pub need: u32,
    /// The fewest conditions that still have to be met; 0 when the door is open.
    pub steps: u32,
    /// Each condition, in the order in which it is written.
    pub conditions: Vec<ConditionVerdict>,
    /// The rule's terms, as a tree over [`Verdict::conditions`].
    pub terms: Vec<TermVerdict>,
    /// Of a rule about several members: who of them meets it by themselves.
    pub members: Option<Vec<Uuid>>,
}

/// The answer on one condition.
#[derive(Debug, Clone, PartialEq)]
pub struct ConditionVerdict {
    /// The condition.
    pub condition: Condition,
    /// Whether it is met.
    pub met: bool,
    /// The level was reached, but too long ago.
    pub stale: bool,
    /// Not met, and part of what keeps the door shut.
    pub wanted: bool,
    /// Meeting this one alone would open the door.
    pub opens: bool,
    /// The evidence that meets it or, when it is not met, the best there is.
    pub best: Option<Evidence>,
}

/// The answer on one term.
#[derive(Debug, Clone, PartialEq)]
pub enum TermVerdict {
    /// A condition: its place in [`Verdict::conditions`].
    One(usize),
    /// So many of further terms.
    Group {
        /// How many must be met.
        need: u32,
        /// How many are.
        met: u32,
        /// Which.
        of: Vec<TermVerdict>,
    },
}

impl Verdict {
    /// How many more conditions must be met; 0 when the door is open.
    pub fn missing(&self) -> u32 {
        self.steps
    }
}

/// Evaluates a rule.
///
/// `evidence` may hold other people's outcomes: where the rule asks the person, only the person's
/// own count; where it asks colleagues, only the person's and those of [`Asking::colleagues`]. A
/// caller that loads too much cannot open a door by mistake.
pub fn evaluate(rule: &Rule, asking: &Asking<'_>, evidence: &[Evidence]) -> Verdict {
    let together = rule.scope == Scope::Organisation;
    let counts = |e: &Evidence| {
        e.person == asking.person || together && asking.colleagues.contains(&e.person)
    };
    let mut conditions: Vec<ConditionVerdict> = rule
        .conditions()
        .into_iter()
        .map(|condition| judge(condition, asking, evidence, counts))
        .collect();
    let met: Vec<bool> = conditions.iter().map(|c| c.met).collect();
    let own = tally(rule.need, &rule.of, &met, &mut 0);
    let (steps, members) = match rule.scope {
        Scope::Members(least) => among(rule, least, own.steps, asking, evidence),
        Scope::Person | Scope::Organisation | Scope::EachSeat => (own.steps, None),
    };
    let admitted = asking.admitted && steps > 0;
    if steps > 0 && !admitted {
        let mut wanted = vec![false; met.len()];
        want(rule.need, own.met, &own.of, &mut wanted);
        for (at, condition) in conditions.iter_mut().enumerate() {
            condition.wanted = wanted[at] && !met[at];
            if condition.wanted {
                let mut flipped = met.clone();
                flipped[at] = true;
                let after = tally(rule.need, &rule.of, &flipped, &mut 0).steps;
                // Of several members, the others' way may be the shorter one.
                condition.opens = after == 0 && own.steps == 1 && steps == 1;
            }
        }
    }
    Verdict {
        eligible: steps == 0 || admitted,
        admitted,
        met: own.met,
        need: rule.need,
        steps: match steps {
            _ if admitted => 0,
            // Nothing opens it: as far away as there are conditions.
            NEVER => u32::try_from(met.len()).unwrap_or(NEVER).max(1),
            steps => steps,
        },
        conditions,
        terms: own.of.into_iter().map(|term| term.verdict).collect(),
        members,
    }
}

/// One condition on the evidence that counts.
fn judge(
    condition: &Condition,
    asking: &Asking<'_>,
    evidence: &[Evidence],
    counts: impl Fn(&Evidence) -> bool,
) -> ConditionVerdict {
    let weight = |e: &Evidence| strength(condition, e, asking);
    let best = evidence
        .iter()
        .filter(|e| e.module == condition.subject.id() && counts(e))
        .max_by(|a, b| weight(a).total_cmp(&weight(b)));
    let reached = best.is_some_and(|e| condition.level.is_met_by(&e.outcome));
    let fresh = best.is_some_and(|e| is_fresh(condition, e, asking.now));
    ConditionVerdict {
        condition: condition.clone(),
        met: reached && fresh,
        stale: reached && !fresh,
        wanted: false,
        opens: false,
        best: best.copied(),
    }
}

fn is_fresh(condition: &Condition, evidence: &Evidence, now: i64) -> bool {
    condition.months.is_none_or(|months| {
        let age = now.saturating_sub(evidence.at);
        age <= i64::from(months).saturating_mul(MONTH_MICROS)
    })
}

/// How near evidence comes to a condition: what meets it beats all that does not, and the person's
/// own beats a colleague's equal.
fn strength(condition: &Condition, evidence: &Evidence, asking: &Asking<'_>) -> f64 {
    let outcome = &evidence.outcome;
    let reached = condition.level.is_met_by(outcome);
    let met = match (reached, is_fresh(condition, evidence, asking.now)) {
        (true, true) => 1000.0,
        (true, false) => 100.0,
        (false, _) => 0.0,
    };
    let near = match condition.level {
        Level::Score(_) => outcome.score.unwrap_or(-2.0),
        Level::Started | Level::Progress(_) | Level::Completed | Level::Passed => outcome.progress,
    };
    let own = evidence.person == asking.person;
    met + near + if own { 0.001 } else { 0.0 }
}

/// More conditions than any rule has: a damaged rule that nothing opens.
const NEVER: u32 = u32::MAX;

/// Terms counted: how many are met, and how few conditions would meet enough of them.
struct Tally {
    met: u32,
    steps: u32,
    of: Vec<Counted>,
}

struct Counted {
    verdict: TermVerdict,
    steps: u32,
}

fn tally(need: u32, of: &[Term], met: &[bool], next: &mut usize) -> Tally {
    let of: Vec<Counted> = of
        .iter()
        .map(|term| match term {
            Term::One(_) => {
                let at = *next;
                *next += 1;
                Counted {
                    verdict: TermVerdict::One(at),
                    steps: u32::from(!met[at]),
                }
            }
            Term::Group(group) => {
                let inner = tally(group.need, &group.of, met, next);
                Counted {
                    verdict: TermVerdict::Group {
                        need: group.need,
                        met: inner.met,
                        of: inner.of.into_iter().map(|term| term.verdict).collect(),
                    },
                    steps: inner.steps,
                }
            }
        })
        .collect();
    let mut ways: Vec<u32> = of.iter().map(|term| term.steps).collect();
    ways.sort_unstable();
    let met = ways.iter().filter(|steps| **steps == 0).count();
    let asked = usize::try_from(need).unwrap_or(usize::MAX);
    let listed = ways
        .iter()
        .take(asked)
        .fold(0, |sum: u32, s| sum.saturating_add(*s));
    // Terms that are asked for but not there: no number of conditions goes this way.
    let steps = match asked > ways.len() {
        true => NEVER,
        false => listed,
    };
    Tally {
        met: u32::try_from(met).unwrap_or(u32::MAX),
        steps,
        of,
    }
}

/// Marks the conditions that keep a door shut: those not met, in groups not met.
fn want(need: u32, met: u32, of: &[Counted], wanted: &mut [bool]) {
    fn inside(of: &[TermVerdict], conditions: &mut [bool]) {
        for term in of {
            match term {
                TermVerdict::One(at) => conditions[*at] = true,
                TermVerdict::Group { need, met, of } if met < need => inside(of, conditions),
                TermVerdict::Group { .. } => {}
            }
        }
    }
    if met >= need {
        return;
    }
    for term in of.iter().filter(|term| term.steps > 0) {
        inside(std::slice::from_ref(&term.verdict), wanted);
    }
}

/// Of how many members a rule holds, and the fewest conditions until it holds for enough.
fn among(
    rule: &Rule,
    least: u32,
    own: u32,
    asking: &Asking<'_>,
    evidence: &[Evidence],
) -> (u32, Option<Vec<Uuid>>) {
    let mut ways = vec![(own, asking.person)];
    let mut seen = std::collections::BTreeSet::from([asking.person]);
    for colleague in asking.colleagues {
        if seen.insert(*colleague) {
            let alone = Asking {
                person: *colleague,
                colleagues: &[],
                ..*asking
            };
            let met: Vec<bool> = rule
                .conditions()
                .into_iter()
                .map(|c| judge(c, &alone, evidence, |e| e.person == *colleague).met)
                .collect();
            ways.push((tally(rule.need, &rule.of, &met, &mut 0).steps, *colleague));
        }
    }
    let qualified = ways.iter().filter(|(steps, _)| *steps == 0);
    let qualified: Vec<Uuid> = qualified.map(|(_, person)| *person).collect();
    let mut steps: Vec<u32> = ways.into_iter().map(|(steps, _)| steps).collect();
    // Members who are not there yet have everything before them.
    let none = vec![false; rule.conditions().len()];
    let all = tally(rule.need, &rule.of, &none, &mut 0).steps;
    steps.sort_unstable();
    let asked = usize::try_from(least).unwrap_or(usize::MAX);
    let absent = u32::try_from(asked.saturating_sub(steps.len())).unwrap_or(u32::MAX);
    let listed = steps
        .iter()
        .take(asked)
        .fold(0, |sum: u32, s| sum.saturating_add(*s));
    let steps = listed.saturating_add(absent.saturating_mul(all.max(1)));
    (steps, Some(qualified))
}
