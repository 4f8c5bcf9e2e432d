//! The Experience API as values: xAPI 1.0.3 and 2.0 (IEEE 9274.1.1).
//!
//! Bytes and values in, values out: no clock, no randomness, no network. A statement is read by
//! [`json`], a parser of our own that refuses duplicate keys and keeps the text of every value, so
//! that what is stored and given back is what was sent ([`statement::Statement::stored_text`]);
//! checked by [`statement`]; found by the [`facet`] keys of what it names; compared by [`compare`];
//! shown by [`format`]. Requests are read by [`query`], attachments by [`multipart`], signatures
//! by [`jws`], documents merged by [`document`].
//!
//! Requirement ids (`XAPI-00xxx`) in comments and tests are those of ADL's conformance
//! requirements; sections are those of xAPI-Data.md and xAPI-Communication.md 1.0.3.

pub mod activity;
pub mod actor;
pub mod attachment;
pub mod check;
pub mod compare;
pub mod context;
pub mod document;
pub mod erase;
pub mod facet;
pub mod format;
pub mod json;
pub mod jws;
pub mod language;
pub mod multipart;
pub mod query;
pub mod statement;
pub mod time;

use std::fmt;

/// The verb that voids (Data 2.3.2).
pub const VOIDED: &str = "http://adlnet.gov/expapi/verbs/voided";

/// Which edition of the standard a request speaks (Communication 3.3).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Version {
    /// 1.0.0 to 1.0.3.
    V1,
    /// 2.0.0.
    V2,
}

impl Version {
    /// What the header and new statements say.
    pub const fn text(self) -> &'static str {
        match self {
            Version::V1 => "1.0.3",
            Version::V2 => "2.0.0",
        }
    }

    /// Reads the header `X-Experience-API-Version`: `1.0`, `1.0.x`, `2.0`, `2.0.x`.
    pub fn of_header(text: &str) -> Option<Version> {
        match text {
            "2.0" => Some(Version::V2),
            _ => Self::of_statement(text),
        }
    }

    /// Reads a statement's `version`: `1.0`, `1.0.x` or `2.0.x` (Data 2.4.10, XAPI-00101).
    pub fn of_statement(text: &str) -> Option<Version> {
        if text == "1.0" {
            return Some(Version::V1);
        }
        let patch = |rest: &str| {
            !rest.is_empty() && rest.len() < 10 && rest.bytes().all(|b| b.is_ascii_digit())
        };
        if text.strip_prefix("1.0.").is_some_and(patch) {
            Some(Version::V1)
        } else if text.strip_prefix("2.0.").is_some_and(patch) {
            Some(Version::V2)
        } else {
            None
        }
    }
}

/// What is wrong with a value, and where: for the answer `400 Bad Request`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Invalid {
    /// Stable, kebab-case: which rule is broken.
    pub rule: &'static str,
    /// The path in the request: `object.definition.name`, `[3].actor`, a parameter's name.
    pub at: String,
}

impl Invalid {
    /// A broken rule at a place.
    pub fn new(rule: &'static str, at: impl Into<String>) -> Self {
        Invalid {
            rule,
            at: at.into(),
        }
    }

    /// The same, seen from one level further out.
    pub fn within(mut self, outer: &str) -> Self {
        if self.at.is_empty() {
            self.at.push_str(outer);
        } else if self.at.starts_with('[') {
            self.at.insert_str(0, outer);
        } else {
            self.at.insert(0, '.');
            self.at.insert_str(0, outer);
        }
        self
    }
}

impl fmt::Display for Invalid {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} at {}", self.rule, self.at)
    }
}

impl std::error::Error for Invalid {}

/// The outcome of a check.
pub type Checked<T = ()> = Result<T, Invalid>;
