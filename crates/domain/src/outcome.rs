//! The outcome of an attempt, the same for every format: what the progress store keeps.

use serde::{Deserialize, Serialize};

/// How far a learner is.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default, Serialize, Deserialize,
)]
#[serde(rename_all = "kebab-case")]
pub enum State {
    /// Never opened.
    #[default]
    NotStarted,
    /// Opened, not completed.
    InProgress,
    /// Completed.
    Completed,
}

impl State {
    /// As stored and shown by the API.
    pub fn code(self) -> &'static str {
        match self {
            State::NotStarted => "not-started",
            State::InProgress => "in-progress",
            State::Completed => "completed",
        }
    }

    /// From [`State::code`]; anything else is not started.
    pub fn from_code(code: &str) -> State {
        match code {
            "completed" => State::Completed,
            "in-progress" => State::InProgress,
            _ => State::NotStarted,
        }
    }
}

/// Whether the learner mastered it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Success {
    /// The package does not say.
    #[default]
    Unknown,
    /// Passed.
    Passed,
    /// Failed.
    Failed,
}

impl Success {
    /// As stored and shown by the API.
    pub fn code(self) -> &'static str {
        match self {
            Success::Unknown => "unknown",
            Success::Passed => "passed",
            Success::Failed => "failed",
        }
    }

    /// From [`Success::code`]; anything else is unknown.
    pub fn from_code(code: &str) -> Success {
        match code {
            "passed" => Success::Passed,
            "failed" => Success::Failed,
            _ => Success::Unknown,
        }
    }

    fn rank(self) -> u8 {
        match self {
            Success::Unknown => 0,
            Success::Failed => 1,
            Success::Passed => 2,
        }
    }
}

/// What became of an attempt.
#[derive(Debug, Clone, Copy, PartialEq, Default, Serialize, Deserialize)]
pub struct Outcome {
    /// How far.
    pub state: State,
    /// How well.
    pub success: Success,
    /// 0..1.
    pub progress: f64,
    /// The format has no progress measure, or the package did not report it: `progress` is our
    /// estimate, and is shown as such.
    pub estimated: bool,
    /// -1..1, where there is one.
    pub score: Option<f64>,
    /// Time spent, in seconds.
    pub seconds: f64,
}

impl Outcome {
    /// The better of two attempts on one module: completion first, then success, progress and
    /// score. Time is the sum, since all of it was spent.
    ///
    /// So a second attempt never takes away what the first one reached.
    pub fn best(self, other: Outcome) -> Outcome {
        let better = if self.is_beaten_by(&other) {
            other
        } else {
            self
        };
        Outcome {
            seconds: self.seconds + other.seconds,
            ..better
        }
    }

    /// Whether the other one is better, by the order of [`Outcome::best`].
    pub fn is_beaten_by(&self, other: &Outcome) -> bool {
        let rank = |o: &Outcome| {
            (
                o.success.rank() == 2,
                o.state,
                o.success.rank(),
                o.progress,
                o.score.unwrap_or(-1.0),
            )
        };
        rank(self) < rank(other)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_second_attempt_takes_nothing_away() {
        let passed = Outcome {
            state: State::Completed,
            success: Success::Passed,
            progress: 1.0,
            score: Some(0.8),
            seconds: 60.0,
            estimated: false,
        };
        let begun = Outcome {
            state: State::InProgress,
            progress: 0.1,
            seconds: 5.0,
            ..Outcome::default()
        };
        let best = passed.best(begun);
        assert_eq!(
            (best.state, best.success),
            (State::Completed, Success::Passed)
        );
        assert_eq!(best.seconds, 65.0);
        assert_eq!(begun.best(passed).score, Some(0.8));
    }
}
