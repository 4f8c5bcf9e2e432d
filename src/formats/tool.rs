//! Links to tools of others (LTI 1.3, platform role): a package of one file that names the tool,
//! so that such a module has versions, a policy and reports like any other.

use domain::outcome::{Outcome, State as Reached, Success};
use package::{Finding, Index};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::{Activity, Files, Format, Structure, Unreadable};

/// Its name in the API.
pub const FORMAT: &str = "lti";
/// Of the standard.
pub const EDITION: &str = "1.3";
/// The one file of such a package.
pub const MANIFEST: &str = "lti-link.json";
/// Bytes of it at most.
const CAP: u64 = 64 << 10;
/// Characters of a title at most.
const TITLE: usize = 200;
/// Custom parameters at most.
const CUSTOM: usize = 200;

/// The format.
pub struct Tool;

/// Where a module of this format leads.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Link {
    /// The registration of the tool.
    pub tool: Uuid,
    /// The address at the tool; none: the one of its registration.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub url: Option<String>,
    /// As lists show it.
    pub title: String,
    /// The language of the content, if known.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub language: Option<String>,
    /// Sent with each launch.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub custom: Vec<(String, String)>,
}

impl Link {
    /// The package that holds it; the same link gives the same bytes.
    ///
    /// # Errors
    /// When the zip cannot be made: it never is for one short file.
    pub fn package(&self) -> Result<Vec<u8>, package::build::BuildError> {
        let text = serde_json::to_vec_pretty(self).unwrap_or_default();
        package::build::zip([(MANIFEST, text)])
    }

    fn good(&self) -> bool {
        let line = |text: &str, most: usize| {
            !text.trim().is_empty()
                && text.chars().count() <= most
                && !text.chars().any(char::is_control)
        };
        line(&self.title, TITLE)
            && self
                .url
                .as_deref()
                .is_none_or(|url| lti::target::web(url).is_some())
            && self.custom.len() <= CUSTOM
            && self
                .custom
                .iter()
                .all(|(name, value)| line(name, 255) && value.len() <= 4096)
    }
}

impl Format for Tool {
    fn detect(&self, index: &Index) -> bool {
        index.get(MANIFEST).is_some()
    }

    fn read(&self, files: &Files<'_>) -> Result<(Structure, Vec<Finding>), Unreadable> {
        let wrong = || Unreadable {
            code: "lti_link_unreadable",
            entry: MANIFEST.to_owned(),
            line: 0,
            column: 0,
            detail: String::new(),
            requirement: "",
        };
        let bytes = files.bytes(MANIFEST, CAP).map_err(|_| wrong())?;
        let link: Link = serde_json::from_slice(&bytes).map_err(|_| wrong())?;
        if !link.good() {
            return Err(wrong());
        }
        Ok((Structure::Tool(link), Vec::new()))
    }
}

pub(super) fn activities(link: &Link) -> Vec<Activity> {
    let launch = link.url.clone().unwrap_or_default();
    vec![
        Activity {
            identifier: link.tool.to_string(),
            title: link.title.clone(),
            depth: 0,
            launch: None,
        },
        Activity {
            identifier: link.tool.to_string(),
            title: link.title.clone(),
            depth: 1,
            launch: Some(launch),
        },
    ]
}

/// What a correction by staff says of an attempt.
#[derive(Debug, Clone, Copy, PartialEq, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct Corrected {
    /// Completed, or not.
    pub completed: Option<bool>,
    /// Passed, or failed.
    pub passed: Option<bool>,
    /// 0..1
    pub scaled: Option<f64>,
}

/// What is known of an attempt: openings are ours to count, the rest the tool tells.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct State {
    /// Openings.
    pub launches: u32,
    /// The tool says that work was begun.
    pub started: bool,
    /// The tool says that it was handed in.
    pub submitted: bool,
    /// The tool says that it is done.
    pub completed: bool,
    /// 0..1, once the tool has graded.
    pub score: Option<f64>,
    /// What the tool says to the learner.
    pub comment: Option<String>,
    /// By staff.
    pub corrected: Corrected,
}

/// What a tool tells at once.
#[derive(Debug, Clone, PartialEq)]
pub struct Told {
    /// How far the learner is.
    pub activity: lti::ags::Activity,
    /// How far the grading is.
    pub grading: lti::ags::Grading,
    /// Given and best score; none: no grade (any more).
    pub score: Option<(f64, f64)>,
    /// For the learner.
    pub comment: Option<String>,
}

impl State {
    /// Takes what the tool tells (AGS §3.4.6, §3.4.7). A score counts when its grading is done; a
    /// graded activity of which the tool does not say that the learner is still at it, is done.
    pub fn hear(&mut self, told: &Told) {
        use lti::ags::{Activity, Grading};
        self.started = told.activity != Activity::Initialized;
        self.submitted = matches!(told.activity, Activity::Submitted | Activity::Completed);
        let graded = told.grading == Grading::FullyGraded;
        self.completed = told.activity == Activity::Completed
            || (graded && told.activity == Activity::Submitted);
        self.score = told
            .score
            .filter(|_| graded)
            .map(|(given, maximum)| (given / maximum).clamp(0.0, 1.0));
        self.comment.clone_from(&told.comment);
    }

    /// In the words of the progress store. How far somebody is who is neither at the beginning
    /// nor at the end, no tool says: it is estimated.
    pub fn outcome(&self) -> Outcome {
        let completed = self.corrected.completed.unwrap_or(self.completed);
        let begun = self.launches > 0 || self.started || self.score.is_some();
        Outcome {
            state: match (completed, begun) {
                (true, _) => Reached::Completed,
                (false, true) => Reached::InProgress,
                (false, false) => Reached::NotStarted,
            },
            success: match self.corrected.passed {
                Some(true) => Success::Passed,
                Some(false) => Success::Failed,
                None => Success::Unknown,
            },
            progress: match (completed, self.submitted, self.started) {
                (true, ..) => 1.0,
                (false, true, _) => 0.9,
                (false, false, true) => 0.5,
                (false, false, false) => 0.0,
            },
            estimated: !completed && begun,
            score: self.corrected.scaled.or(self.score),
            seconds: 0.0,
        }
    }

    /// In one word of the design system.
    pub fn word(&self) -> &'static str {
        let outcome = self.outcome();
        match outcome.success {
            Success::Passed => "passed",
            Success::Failed => "failed",
            Success::Unknown => outcome.state.code(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use lti::ags::{Activity as A, Grading as G};

    fn after(activity: A, grading: G, score: Option<(f64, f64)>) -> Outcome {
        let mut state = State {
            launches: 1,
            ..State::default()
        };
        state.hear(&Told {
            activity,
            grading,
            score,
            comment: None,
        });
        state.outcome()
    }

    #[test]
    fn what_a_tool_tells_becomes_an_outcome() {
        let done = after(A::Completed, G::FullyGraded, Some((8.0, 10.0)));
        assert_eq!((done.state, done.score), (Reached::Completed, Some(0.8)));
        assert!(!done.estimated);
        let waits = after(A::Submitted, G::PendingManual, Some((8.0, 10.0)));
        assert_eq!((waits.state, waits.score), (Reached::InProgress, None));
        let graded = after(A::Submitted, G::FullyGraded, Some((12.0, 10.0)));
        assert_eq!(
            (graded.state, graded.score),
            (Reached::Completed, Some(1.0))
        );
        let at_it = after(A::InProgress, G::FullyGraded, Some((1.0, 4.0)));
        assert_eq!(
            (at_it.state, at_it.score),
            (Reached::InProgress, Some(0.25))
        );
        let reset = after(A::Initialized, G::NotReady, None);
        assert_eq!((reset.state, reset.progress), (Reached::InProgress, 0.0));
    }
}
