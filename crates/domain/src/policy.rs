//! A module's attempt policy: when a learner may begin a new attempt, which attempt counts, and
//! what completes the module when its package never says so.

use serde::{Deserialize, Serialize};

use crate::outcome::{Outcome, State, Success};

/// Attempts at most that a policy may name.
pub const MOST_ATTEMPTS: u32 = 100;
/// Seconds at most that a policy may ask for: a hundred hours.
pub const MOST_SECONDS: u32 = 360_000;

/// What the trainer chose. The default is what a module without any choice does.
#[derive(Debug, Clone, Copy, PartialEq, Default, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Policy {
    /// Attempts a learner has in all; `None`: as many as wanted.
    pub max_attempts: Option<u32>,
    /// When a new attempt may begin after the first.
    pub new_attempt: NewAttempt,
    /// What opening the module does.
    pub opening: Opening,
    /// Which attempt counts.
    pub counts: Counts,
    /// What completes the module.
    pub completes: Completes,
}

/// When a new attempt may begin after the first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum NewAttempt {
    /// There is one attempt only.
    Never,
    /// Once the last one is finished.
    #[default]
    WhenFinished,
    /// Once the last one failed.
    WhenFailed,
    /// At any time; the one under way is left as it is.
    Always,
}

/// What opening the module does.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Opening {
    /// The last attempt goes on.
    #[default]
    Resume,
    /// A new attempt begins whenever one may; otherwise the last one goes on.
    New,
}

/// Which attempt counts for the learner and the organisation.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Counts {
    /// The best one: completion, then success, progress, score.
    #[default]
    Best,
    /// The first one.
    First,
    /// The last one that was decided; until one is, the last.
    Last,
    /// Score and progress are the means of the decided ones; completion and success the best.
    Average,
}

/// What completes the module.
#[derive(Debug, Clone, Copy, PartialEq, Default, Serialize, Deserialize)]
#[serde(tag = "by", rename_all = "kebab-case", deny_unknown_fields)]
pub enum Completes {
    /// The package's own report, and nothing else.
    #[default]
    Package,
    /// Opening it.
    Opened,
    /// Having opened every activity.
    AllVisited,
    /// Having spent some time in it.
    Time {
        /// So many seconds.
        seconds: u32,
    },
    /// Having reached a score.
    Score {
        /// 0..1.
        score: f64,
    },
    /// A correction by staff alone: the package's report does not count.
    Staff,
}

/// Where a learner stands before something begins: about the last attempt.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Past {
    /// Attempts so far; not 0.
    pub attempts: u32,
    /// The last one is finished.
    pub finished: bool,
    /// The last one failed.
    pub failed: bool,
}

/// What happens when the module is opened.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Start {
    /// The last attempt goes on.
    Resume,
    /// A new attempt begins.
    New,
}

/// Why a new attempt is not possible.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Denied {
    /// There is one attempt only.
    OnlyOne,
    /// All attempts are used.
    NoneLeft,
    /// The last one is not finished.
    NotFinished,
    /// The last one did not fail.
    NotFailed,
}

impl Denied {
    /// As shown by the API and named in the locales.
    pub fn code(self) -> &'static str {
        match self {
            Denied::OnlyOne => "only-one",
            Denied::NoneLeft => "none-left",
            Denied::NotFinished => "not-finished",
            Denied::NotFailed => "not-failed",
        }
    }
}

/// What a rule of completion looks at beside the outcome.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct Facts {
    /// Activities opened.
    pub visited: u32,
    /// Activities there are to open.
    pub activities: u32,
    /// A correction by staff said completed, or not.
    pub corrected: Option<bool>,
}

impl Policy {
    /// The name of the first member whose value makes no sense.
    pub fn wrong(&self) -> Option<&'static str> {
        if self
            .max_attempts
            .is_some_and(|most| !(1..=MOST_ATTEMPTS).contains(&most))
        {
            return Some("max_attempts");
        }
        match self.completes {
            Completes::Time { seconds } if !(1..=MOST_SECONDS).contains(&seconds) => {
                Some("completes.seconds")
            }
            Completes::Score { score } if !(0.0..=1.0).contains(&score) => Some("completes.score"),
            _ => None,
        }
    }

    /// Whether a new attempt may begin.
    pub fn may_begin(&self, past: Option<Past>) -> Result<(), Denied> {
        let Some(past) = past else { return Ok(()) };
        if self.new_attempt == NewAttempt::Never || self.max_attempts == Some(1) {
            return Err(Denied::OnlyOne);
        }
        if self.max_attempts.is_some_and(|most| past.attempts >= most) {
            return Err(Denied::NoneLeft);
        }
        match self.new_attempt {
            NewAttempt::WhenFinished if !past.finished => Err(Denied::NotFinished),
            NewAttempt::WhenFailed if !past.failed => Err(Denied::NotFailed),
            _ => Ok(()),
        }
    }

    /// What opening the module does; `again`: a new attempt is asked for by name.
    pub fn start(&self, past: Option<Past>, again: bool) -> Result<Start, Denied> {
        let may = self.may_begin(past);
        match (past, again, self.opening) {
            (None, _, _) => Ok(Start::New),
            (Some(_), true, _) => may.map(|()| Start::New),
            (Some(_), false, Opening::New) if may.is_ok() => Ok(Start::New),
            (Some(_), false, _) => Ok(Start::Resume),
        }
    }

    /// Attempts left after these, where there is a limit.
    pub fn left(&self, attempts: u32) -> Option<u32> {
        self.max_attempts.map(|most| most.saturating_sub(attempts))
    }

    /// An attempt's outcome under the rule of completion. What the package reports counts for
    /// every rule but [`Completes::Staff`]; a correction stands above all.
    pub fn settle(&self, outcome: Outcome, facts: Facts) -> Outcome {
        if outcome.state == State::NotStarted || facts.corrected.is_some() {
            return outcome;
        }
        let seconds = outcome.seconds;
        let share = |part: f64, whole: f64| if whole > 0.0 { part / whole } else { 0.0 };
        let (met, estimate) = match self.completes {
            Completes::Package => return outcome,
            Completes::Staff => {
                return Outcome {
                    state: State::InProgress,
                    ..outcome
                };
            }
            Completes::Opened => (true, None),
            Completes::AllVisited => (
                facts.visited >= facts.activities,
                Some(share(facts.visited.into(), facts.activities.into())),
            ),
            Completes::Time { seconds: asked } => (
                seconds >= f64::from(asked),
                Some(share(seconds, asked.into())),
            ),
            Completes::Score { score } => (outcome.score.is_some_and(|s| s >= score), None),
        };
        if outcome.state == State::Completed || met {
            return Outcome {
                state: State::Completed,
                progress: 1.0,
                estimated: false,
                ..outcome
            };
        }
        match estimate.filter(|_| outcome.estimated) {
            Some(estimate) => Outcome {
                progress: estimate.clamp(outcome.progress, 0.99),
                ..outcome
            },
            None => outcome,
        }
    }

    /// The outcome that counts over all attempts, in their order, and the place of the attempt it
    /// comes from. Time is the sum: all of it was spent.
    pub fn counted(&self, attempts: &[Outcome]) -> Option<(usize, Outcome)> {
        let last = attempts.len().checked_sub(1)?;
        let decided = |o: &Outcome| o.state == State::Completed || o.success != Success::Unknown;
        let last_decided = attempts.iter().rposition(decided).unwrap_or(last);
        let best = attempts.iter().enumerate().skip(1).fold(
            (0, attempts[0]),
            |(at, best), (place, other)| {
                if best.is_beaten_by(other) {
                    (place, *other)
                } else {
                    (at, best)
                }
            },
        );
        let (place, outcome) = match self.counts {
            Counts::Best => best,
            Counts::First => (0, attempts[0]),
            Counts::Last => (last_decided, attempts[last_decided]),
            Counts::Average => {
                let of: Vec<&Outcome> = attempts.iter().filter(|o| decided(o)).collect();
                let mean = |values: Vec<f64>| {
                    (!values.is_empty()).then(|| values.iter().sum::<f64>() / values.len() as f64)
                };
                let score = mean(of.iter().filter_map(|o| o.score).collect());
                let progress = mean(of.iter().map(|o| o.progress).collect());
                let whole = best.1.state == State::Completed;
                (
                    last_decided,
                    Outcome {
                        score: if of.is_empty() { best.1.score } else { score },
                        progress: match progress {
                            _ if whole => 1.0,
                            Some(progress) => progress,
                            None => best.1.progress,
                        },
                        ..best.1
                    },
                )
            }
        };
        Some((
            place,
            Outcome {
                seconds: attempts.iter().map(|o| o.seconds).sum(),
                ..outcome
            },
        ))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn past(attempts: u32, finished: bool, failed: bool) -> Option<Past> {
        Some(Past {
            attempts,
            finished,
            failed,
        })
    }

    fn outcome(state: State, success: Success, score: Option<f64>, seconds: f64) -> Outcome {
        Outcome {
            state,
            success,
            progress: if state == State::Completed { 1.0 } else { 0.4 },
            estimated: true,
            score,
            seconds,
        }
    }

    #[test]
    fn new_attempts_by_policy() {
        use NewAttempt::*;
        let table = [
            (Never, None, None, Ok(())),
            (Never, None, past(1, true, true), Err(Denied::OnlyOne)),
            (
                WhenFinished,
                None,
                past(1, false, false),
                Err(Denied::NotFinished),
            ),
            (WhenFinished, None, past(1, true, false), Ok(())),
            (
                WhenFinished,
                Some(2),
                past(2, true, false),
                Err(Denied::NoneLeft),
            ),
            (WhenFinished, Some(3), past(2, true, false), Ok(())),
            (
                WhenFailed,
                None,
                past(1, true, false),
                Err(Denied::NotFailed),
            ),
            (WhenFailed, None, past(1, false, true), Ok(())),
            (Always, None, past(9, false, false), Ok(())),
            (Always, Some(1), past(1, true, true), Err(Denied::OnlyOne)),
        ];
        for (new_attempt, max_attempts, past, expected) in table {
            let policy = Policy {
                new_attempt,
                max_attempts,
                ..Policy::default()
            };
            assert_eq!(policy.may_begin(past), expected, "{policy:?} {past:?}");
        }
    }

    #[test]
    fn opening_resumes_or_begins() {
        let resume = Policy::default();
        let new = Policy {
            opening: Opening::New,
            ..resume
        };
        assert_eq!(resume.start(None, false), Ok(Start::New));
        assert_eq!(resume.start(past(1, true, false), false), Ok(Start::Resume));
        assert_eq!(resume.start(past(1, true, false), true), Ok(Start::New));
        assert_eq!(
            resume.start(past(1, false, false), true),
            Err(Denied::NotFinished)
        );
        assert_eq!(new.start(past(1, true, false), false), Ok(Start::New));
        assert_eq!(new.start(past(1, false, false), false), Ok(Start::Resume));
    }

    #[test]
    fn completion_by_rule() {
        let under_way = outcome(State::InProgress, Success::Unknown, Some(0.6), 300.0);
        let facts = |visited| Facts {
            visited,
            activities: 4,
            corrected: None,
        };
        let settled = |completes, facts| {
            Policy {
                completes,
                ..Policy::default()
            }
            .settle(under_way, facts)
        };
        let completed = |completes, facts| settled(completes, facts).state == State::Completed;
        assert!(!completed(Completes::Package, facts(4)));
        assert!(completed(Completes::Opened, facts(0)));
        assert!(!completed(Completes::AllVisited, facts(3)));
        assert_eq!(settled(Completes::AllVisited, facts(3)).progress, 0.75);
        assert!(completed(Completes::AllVisited, facts(4)));
        assert!(completed(Completes::Time { seconds: 300 }, facts(0)));
        assert!(!completed(Completes::Time { seconds: 301 }, facts(0)));
        assert!(completed(Completes::Score { score: 0.6 }, facts(0)));
        assert!(!completed(Completes::Score { score: 0.61 }, facts(0)));
        let done = outcome(State::Completed, Success::Passed, None, 1.0);
        let staff = Policy {
            completes: Completes::Staff,
            ..Policy::default()
        };
        assert_eq!(staff.settle(done, facts(4)).state, State::InProgress);
        let corrected = Facts {
            corrected: Some(true),
            ..facts(0)
        };
        assert_eq!(staff.settle(done, corrected).state, State::Completed);
        let taken_back = Facts {
            corrected: Some(false),
            ..facts(0)
        };
        assert!(!completed(Completes::Opened, taken_back));
    }

    #[test]
    fn the_attempt_that_counts() {
        let all = [
            outcome(State::Completed, Success::Failed, Some(0.4), 10.0),
            outcome(State::Completed, Success::Passed, Some(0.9), 20.0),
            outcome(State::Completed, Success::Failed, Some(0.5), 30.0),
            outcome(State::InProgress, Success::Unknown, None, 5.0),
        ];
        let of = |counts| {
            let policy = Policy {
                counts,
                ..Policy::default()
            };
            let (place, counted) = policy.counted(&all).unwrap();
            assert_eq!(counted.seconds, 65.0);
            (place, counted.score, counted.success)
        };
        assert_eq!(of(Counts::Best), (1, Some(0.9), Success::Passed));
        assert_eq!(of(Counts::First), (0, Some(0.4), Success::Failed));
        assert_eq!(of(Counts::Last), (2, Some(0.5), Success::Failed));
        let (place, score, success) = of(Counts::Average);
        assert_eq!((place, success), (2, Success::Passed));
        assert!((score.unwrap() - 0.6).abs() < 1e-9);
        assert_eq!(Policy::default().counted(&[]), None);
    }

    #[test]
    fn the_stored_form() {
        assert_eq!(
            serde_json::from_str::<Policy>("{}").unwrap(),
            Policy::default()
        );
        let text = r#"{"max_attempts":3,"new_attempt":"when-failed","opening":"new","counts":"last","completes":{"by":"time","seconds":600}}"#;
        let policy: Policy = serde_json::from_str(text).unwrap();
        assert_eq!(policy.completes, Completes::Time { seconds: 600 });
        assert_eq!(serde_json::to_string(&policy).unwrap(), text);
        assert_eq!(policy.wrong(), None);
        for wrong in [
            r#"{"max_attempts":0}"#,
            r#"{"completes":{"by":"score","score":1.5}}"#,
            r#"{"completes":{"by":"time","seconds":0}}"#,
        ] {
            let policy: Policy = serde_json::from_str(wrong).unwrap();
            assert!(policy.wrong().is_some(), "{wrong}");
        }
        assert!(serde_json::from_str::<Policy>(r#"{"tries":1}"#).is_err());
    }
}
