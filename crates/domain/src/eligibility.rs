//! Who may take a seat: a small rule over modules, evaluated on the progress store.
//!
//! [`evaluate`] is the one function behind what a learner is shown and what registration enforces;
//! its answer carries the proof of each condition.

use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::outcome::{Outcome, State, Success};

/// The rule at a seminar's door: at least `need` of the conditions.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Rule {
    /// How many conditions must be met; 0 opens the door to everybody.
    pub need: u32,
    /// The conditions.
    pub of: Vec<Condition>,
    /// Whose progress counts.
    #[serde(default)]
    pub scope: Scope,
}

/// Whose progress satisfies a condition.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Scope {
    /// The person who wants the seat.
    #[default]
    Person,
    /// Any member of that person's organisations.
    Organisation,
}

/// One module at one level.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Condition {
    /// The module.
    pub module: Uuid,
    /// What must be reached on it.
    pub level: Level,
}

/// What must be reached on a module.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Level {
    /// Opened.
    Started,
    /// Progress of at least so much, 0..1.
    Progress(f64),
    /// Completed.
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

/// One outcome that may count: whose, on which module.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Evidence {
    /// Whose.
    pub person: Uuid,
    /// On which module.
    pub module: Uuid,
    /// How far and how well.
    pub outcome: Outcome,
}

/// The answer, with its proof.
#[derive(Debug, Clone, PartialEq)]
pub struct Verdict {
    /// The door is open.
    pub eligible: bool,
    /// Conditions met.
    pub met: u32,
    /// Conditions that must be met.
    pub need: u32,
    /// Each condition, in the rule's order.
    pub conditions: Vec<ConditionVerdict>,
}

/// The answer on one condition.
#[derive(Debug, Clone, PartialEq)]
pub struct ConditionVerdict {
    /// The condition.
    pub condition: Condition,
    /// Whether it is met.
    pub met: bool,
    /// The evidence that meets it or, when it is not met, the best there is.
    pub best: Option<Evidence>,
}

impl Verdict {
    /// How many more conditions must be met; 0 when the door is open.
    pub fn missing(&self) -> u32 {
        self.need.saturating_sub(self.met)
    }
}

impl Rule {
    /// A door open to everybody.
    pub fn open() -> Rule {
        Rule {
            need: 0,
            of: Vec::new(),
            scope: Scope::Person,
        }
    }

    /// What is wrong with the rule, as a code; `None` when it can be used.
    pub fn fault(&self) -> Option<&'static str> {
        if usize::try_from(self.need).unwrap_or(usize::MAX) > self.of.len() {
            return Some("rule-needs-more-than-listed");
        }
        let out_of_range = self.of.iter().any(|condition| match condition.level {
            Level::Progress(least) => !(0.0..=1.0).contains(&least),
            Level::Score(least) => !(-1.0..=1.0).contains(&least),
            Level::Started | Level::Completed | Level::Passed => false,
        });
        if out_of_range {
            return Some("rule-level-out-of-range");
        }
        let twice = self
            .of
            .iter()
            .enumerate()
            .any(|(at, one)| self.of[..at].iter().any(|other| other.module == one.module));
        // Two levels of one module would count one achievement as two.
        twice.then_some("rule-module-twice")
    }
}

/// Evaluates a rule for `person`.
///
/// `evidence` may hold other people's outcomes; with [`Scope::Person`] only the person's own count,
/// so a caller that loads too much cannot open a door by mistake. With [`Scope::Organisation`] all
/// of it counts: the caller loads the members' outcomes and nobody else's.
pub fn evaluate(rule: &Rule, person: Uuid, evidence: &[Evidence]) -> Verdict {
    let counts = |e: &&Evidence| rule.scope == Scope::Organisation || e.person == person;
    let conditions: Vec<ConditionVerdict> = rule
        .of
        .iter()
        .map(|condition| {
            let best = evidence
                .iter()
                .filter(counts)
                .filter(|e| e.module == condition.module)
                .max_by(|a, b| {
                    strength(condition.level, a, person).total_cmp(&strength(
                        condition.level,
                        b,
                        person,
                    ))
                });
            ConditionVerdict {
                condition: condition.clone(),
                met: best.is_some_and(|e| condition.level.is_met_by(&e.outcome)),
                best: best.copied(),
            }
        })
        .collect();
    let met = conditions.iter().filter(|c| c.met).count();
    let met = u32::try_from(met).unwrap_or(u32::MAX);
    Verdict {
        eligible: met >= rule.need,
        met,
        need: rule.need,
        conditions,
    }
}

/// How near evidence comes to a level; what meets it beats all that does not, and the person's own
/// beats a colleague's equal.
fn strength(level: Level, evidence: &Evidence, person: Uuid) -> f64 {
    let outcome = &evidence.outcome;
    let met = if level.is_met_by(outcome) {
        1000.0
    } else {
        0.0
    };
    let near = match level {
        Level::Score(_) => outcome.score.unwrap_or(-2.0),
        Level::Started | Level::Progress(_) | Level::Completed | Level::Passed => outcome.progress,
    };
    met + near
        + if evidence.person == person {
            0.001
        } else {
            0.0
        }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    const ME: Uuid = Uuid::from_u128(1);
    const COLLEAGUE: Uuid = Uuid::from_u128(2);
    const BUDGET: Uuid = Uuid::from_u128(10);

    fn outcome(progress: f64) -> Outcome {
        Outcome {
            state: State::InProgress,
            progress,
            ..Outcome::default()
        }
    }

    fn rule(level: Level, scope: Scope) -> Rule {
        Rule {
            need: 1,
            of: vec![Condition {
                module: BUDGET,
                level,
            }],
            scope,
        }
    }

    #[test]
    fn half_a_module_opens_a_door_at_half() {
        let evidence = [Evidence {
            person: ME,
            module: BUDGET,
            outcome: outcome(0.5),
        }];
        assert!(evaluate(&rule(Level::Progress(0.5), Scope::Person), ME, &evidence).eligible);
        let verdict = evaluate(&rule(Level::Progress(0.6), Scope::Person), ME, &evidence);
        assert!(!verdict.eligible);
        assert_eq!(verdict.missing(), 1);
        assert_eq!(verdict.conditions[0].best, Some(evidence[0]));
    }

    #[test]
    fn a_colleague_counts_only_where_the_rule_says_so() {
        let evidence = [Evidence {
            person: COLLEAGUE,
            module: BUDGET,
            outcome: outcome(1.0),
        }];
        assert!(!evaluate(&rule(Level::Started, Scope::Person), ME, &evidence).eligible);
        assert!(evaluate(&rule(Level::Started, Scope::Organisation), ME, &evidence).eligible);
    }

    #[test]
    fn rules_that_cannot_hold_are_found() {
        let mut rule = rule(Level::Progress(1.5), Scope::Person);
        assert_eq!(rule.fault(), Some("rule-level-out-of-range"));
        rule.of[0].level = Level::Passed;
        rule.need = 2;
        assert_eq!(rule.fault(), Some("rule-needs-more-than-listed"));
        rule.of.push(rule.of[0].clone());
        assert_eq!(rule.fault(), Some("rule-module-twice"));
    }

    #[test]
    fn the_written_form_is_short() {
        let json = serde_json::to_value(rule(Level::Progress(0.5), Scope::Person)).unwrap();
        assert_eq!(json["of"][0]["level"], serde_json::json!({"progress": 0.5}));
        let json = serde_json::to_value(rule(Level::Completed, Scope::Organisation)).unwrap();
        assert_eq!(json["of"][0]["level"], "completed");
        assert_eq!(json["scope"], "organisation");
    }

    fn level() -> impl Strategy<Value = Level> {
        prop_oneof![
            Just(Level::Started),
            (0.0..=1.0).prop_map(Level::Progress),
            Just(Level::Completed),
            Just(Level::Passed),
            (-1.0..=1.0).prop_map(Level::Score),
        ]
    }

    fn any_outcome() -> impl Strategy<Value = Outcome> {
        (
            0usize..3,
            0usize..3,
            0.0..=1.0,
            proptest::option::of(-1.0..=1.0),
        )
            .prop_map(|(state, success, progress, score)| Outcome {
                state: [State::NotStarted, State::InProgress, State::Completed][state],
                success: [Success::Unknown, Success::Passed, Success::Failed][success],
                progress,
                score,
                ..Outcome::default()
            })
    }

    proptest! {
        /// An oracle written the other way round: count the conditions for which some evidence
        /// that may count reaches the level.
        #[test]
        fn the_verdict_is_that_of_an_independent_oracle(
            need in 0u32..5,
            levels in proptest::collection::vec(level(), 0..5),
            seen in proptest::collection::vec((0u128..3, 0u128..5, any_outcome()), 0..12),
            organisation in any::<bool>(),
        ) {
            let rule = Rule {
                need,
                of: levels.iter().enumerate().map(|(i, level)| Condition { module: Uuid::from_u128(i as u128), level: *level }).collect(),
                scope: if organisation { Scope::Organisation } else { Scope::Person },
            };
            let evidence: Vec<Evidence> = seen.iter().map(|(who, module, outcome)| Evidence {
                person: Uuid::from_u128(*who), module: Uuid::from_u128(*module), outcome: *outcome,
            }).collect();
            let verdict = evaluate(&rule, Uuid::from_u128(0), &evidence);
            let mut reached = 0;
            for (number, level) in levels.iter().enumerate() {
                let any = seen.iter().any(|(who, module, o)| {
                    (*who == 0 || organisation) && *module == number as u128 && match level {
                        Level::Started => !matches!(o.state, State::NotStarted),
                        Level::Progress(p) => o.progress >= *p || matches!(o.state, State::Completed),
                        Level::Completed => matches!(o.state, State::Completed),
                        Level::Passed => matches!(o.success, Success::Passed),
                        Level::Score(s) => matches!(o.score, Some(score) if score >= *s),
                    }
                });
                reached += u32::from(any);
            }
            prop_assert_eq!(verdict.met, reached);
            prop_assert_eq!(verdict.eligible, reached >= need);
        }
    }
}
