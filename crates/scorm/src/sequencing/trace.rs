//! What the processes did, for the replay view.

use serde::Serialize;

/// An exception code of the pseudo-code (`NB.2.1-3`), or `HALQA-1` when a request used up its
/// step budget.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize)]
#[serde(transparent)]
pub struct Exception(pub &'static str);

impl std::fmt::Display for Exception {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(self.0)
    }
}

/// The budget of one request is spent: the course's rules cost too much to evaluate.
pub const BUDGET_SPENT: Exception = Exception("HALQA-1");

/// One process run.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct TraceStep {
    /// Id of the process (`SB.2.1`).
    pub process: &'static str,
    /// The activity it was applied to, an index into the course's activities.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub activity: Option<usize>,
    /// What it was given: a direction, a request, a rule's action.
    #[serde(skip_serializing_if = "str::is_empty")]
    pub input: &'static str,
    /// What it answered: an activity, a word or an exception code.
    pub result: TraceResult,
}

/// A process's answer.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum TraceResult {
    /// Done, without a value.
    Done,
    /// Yes or no.
    Truth(bool),
    /// An activity.
    Activity(usize),
    /// A word: a request or action.
    Word(&'static str),
    /// An exception.
    Exception(Exception),
}

/// Most steps kept of one request.
const KEPT: usize = 2_000;

/// Collects steps when asked to.
#[derive(Debug, Default)]
pub(super) struct Trace {
    on: bool,
    steps: Vec<TraceStep>,
}

impl Trace {
    pub(super) fn new(on: bool) -> Trace {
        Trace {
            on,
            steps: Vec::new(),
        }
    }

    pub(super) fn add(
        &mut self,
        process: &'static str,
        activity: impl Into<Option<usize>>,
        input: &'static str,
        result: TraceResult,
    ) {
        if self.on && self.steps.len() < KEPT {
            self.steps.push(TraceStep {
                process,
                activity: activity.into(),
                input,
                result,
            });
        }
    }

    pub(super) fn into_steps(self) -> Vec<TraceStep> {
        self.steps
    }
}
