//! What the LMS knows before a SCO is launched: the initial values of its run-time data.

use serde::{Deserialize, Serialize};

/// What the caller (manifest, sequencing, learner's account) supplies for one launch of a SCO.
///
/// `None` and empty always mean "not known": SCORM 2004 then answers 403, SCORM 1.2 "".
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Initial {
    /// `cmi.learner_id`, `cmi.core.student_id`.
    pub learner_id: String,
    /// `cmi.learner_name`, `cmi.core.student_name` ("Family, Given" by custom).
    pub learner_name: String,
    /// Whether the attempt counts: `cmi.credit`. Only meaningful in normal mode.
    pub credit: Credit,
    /// `cmi.mode`, `cmi.core.lesson_mode`.
    pub mode: Mode,
    /// `cmi.launch_data`: `adlcp:dataFromLMS`, `adlcp:datafromlms`.
    pub launch_data: Option<String>,
    /// `cmi.max_time_allowed`: `imsss:attemptAbsoluteDurationLimit` or, in 1.2, `adlcp:maxtimeallowed`; in the standard's own format.
    pub max_time_allowed: Option<String>,
    /// `cmi.time_limit_action`: `adlcp:timeLimitAction`, `adlcp:timelimitaction`.
    pub time_limit_action: Option<String>,
    /// `cmi.completion_threshold`, 0..1: `adlcp:minProgressMeasure` when `completedByMeasure` (4th edition), `adlcp:completionThreshold` before it.
    pub completion_threshold: Option<f64>,
    /// `cmi.scaled_passing_score`, -1..1: the primary objective's `minNormalizedMeasure` when `satisfiedByMeasure`.
    pub scaled_passing_score: Option<f64>,
    /// `cmi.student_data.mastery_score` (1.2): `adlcp:masteryscore`, 0..100.
    pub mastery_score: Option<f64>,
    /// `cmi.objectives`: those of the manifest in its order (the primary one too when it has an id), with what sequencing knows of each.
    pub objectives: Vec<InitialObjective>,
    /// `adl.data` (4th edition): the activity's `adlcp:map` elements in their order.
    pub stores: Vec<InitialStore>,
    /// `cmi.comments_from_lms`.
    pub comments_from_lms: Vec<InitialComment>,
    /// The learner's preferences, element name (`cmi.learner_preference.language`…) and value; those that the table refuses are passed over.
    pub preferences: Vec<(String, String)>,
}

/// `cmi.credit`.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Credit {
    /// The attempt counts.
    #[default]
    Credit,
    /// It does not.
    NoCredit,
}

/// `cmi.mode`.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Mode {
    /// A look without record.
    Browse,
    /// The usual.
    #[default]
    Normal,
    /// Seen again after the result is settled.
    Review,
}

impl Mode {
    /// The word of the vocabulary.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Browse => "browse",
            Self::Normal => "normal",
            Self::Review => "review",
        }
    }
}

/// One `cmi.objectives.n` before launch.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct InitialObjective {
    /// `objectiveID`.
    pub id: String,
    /// `success_status`: `Some(true)` is passed, `Some(false)` failed.
    pub satisfied: Option<bool>,
    /// `completion_status` (4th edition maps): `Some(true)` is completed, `Some(false)` incomplete.
    pub completed: Option<bool>,
    /// `score.scaled`, -1..1.
    pub scaled: Option<f64>,
    /// `score.raw`.
    pub raw: Option<f64>,
    /// `score.min`.
    pub min: Option<f64>,
    /// `score.max`.
    pub max: Option<f64>,
    /// `progress_measure`, 0..1.
    pub progress: Option<f64>,
}

/// One `adl.data.n` before launch.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct InitialStore {
    /// `targetID`.
    pub id: String,
    /// What the store holds; `None` when nothing was ever put in it.
    pub value: Option<String>,
    /// `readSharedData`.
    pub readable: bool,
    /// `writeSharedData`.
    pub writable: bool,
}

/// One `cmi.comments_from_lms.n`.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct InitialComment {
    /// The comment, with `{lang=}` when it is not English.
    pub comment: String,
    /// The place it applies to.
    pub location: Option<String>,
    /// time(second,10,0).
    pub timestamp: Option<String>,
}
