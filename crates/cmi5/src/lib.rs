//! cmi5 1.0 ("Quartz") for the platform that launches: course structures, launches, the rules of
//! a session, satisfaction; and xAPI packages (`tincan.xml`), which are launched much the same way.
//!
//! Bytes and values in, values out: no clock, no randomness, no network. A structure is read by
//! [`structure::read`] (or [`tincan::read`]); what a learner's registration has reached is a
//! [`registration::Registration`]; each statement of an assignable unit passes [`rules::hear`],
//! which takes it in or names the requirement it breaks; what the platform itself says stands in
//! [`statements`].
//!
//! Requirement ids (`9.3.0.0-6`) in code and tests are those of ADL's CATAPULT
//! (`requirements.json`): the section of the specification, then a number.

pub mod paths;
pub mod registration;
pub mod rules;
pub mod statements;
pub mod structure;
pub mod tincan;

/// The category of statements that the specification defines (9.6.2.1).
pub const CATEGORY: &str = "https://w3id.org/xapi/cmi5/context/categories/cmi5";
/// The category of those that count for `moveOn` (9.6.2.2).
pub const MOVE_ON: &str = "https://w3id.org/xapi/cmi5/context/categories/moveon";
/// The context extension with the session's id (9.6.3.1).
pub const SESSION: &str = "https://w3id.org/xapi/cmi5/context/extensions/sessionid";
/// The context extension with the mastery score (9.6.3.2).
pub const MASTERY: &str = "https://w3id.org/xapi/cmi5/context/extensions/masteryscore";
/// The result extension with the progress in per cent (9.5.5.1).
pub const PROGRESS: &str = "https://w3id.org/xapi/cmi5/result/extensions/progress";
/// The document of a launch (10.0).
pub const LAUNCH_DATA: &str = "LMS.LaunchData";
/// The document of a learner's preferences (11.0).
pub const PREFERENCES: &str = "cmi5LearnerPreferences";

/// Where the files of a package are looked up.
pub trait Files {
    /// The whole content of a file, if it is there.
    fn read(&self, path: &str) -> Option<Vec<u8>>;
    /// The path under which a file is really there, letter case aside.
    fn find(&self, path: &str) -> Option<String>;
}

/// Why a structure is refused, and where.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Refusal {
    /// Stable code.
    pub code: &'static str,
    /// The requirement that is broken; empty where it is XML's.
    pub requirement: &'static str,
    /// From 1; 0: the file as a whole.
    pub line: u32,
    /// From 1; 0: the file as a whole.
    pub column: u32,
    /// The element, identifier or value concerned.
    pub detail: String,
}

impl Refusal {
    pub(crate) fn at(
        element: &strictxml::Element,
        code: &'static str,
        requirement: &'static str,
        detail: &str,
    ) -> Refusal {
        Refusal {
            code,
            requirement,
            line: element.line,
            column: element.column,
            detail: detail.chars().take(200).collect(),
        }
    }
}

impl From<strictxml::Error> for Refusal {
    fn from(error: strictxml::Error) -> Refusal {
        Refusal {
            code: error.code.as_str(),
            requirement: "",
            line: error.line,
            column: error.column,
            detail: error.detail,
        }
    }
}

/// What was tolerated and its author should know.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Finding {
    /// Stable code.
    pub code: &'static str,
    /// From 1; 0: none.
    pub line: u32,
    /// What it is about.
    pub subject: String,
}
