//! The shape of a data-model table: rows, collections, types, errors.
//!
//! A table is plain data. This crate's [`Sco`](super::Sco) and the player's `runtime.js` both
//! interpret it (the latter from [`table_json`](super::table_json)), so a rule is written once.

use serde::Serialize;

use super::errors::{ErrorRow, Refusals};
use super::formats::InteractionFormats;
use crate::Edition;

/// A standard's data model.
#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Table {
    /// `"1.2"` or `"2004"`.
    pub standard: super::Standard,
    /// `cmi._version` and the functions' names begin with this (`LMS` in 1.2).
    pub prefix: &'static str,
    /// The functions' names without prefix, by their part in the state machine.
    pub functions: Functions,
    /// Every element and keyword.
    pub rows: &'static [Row],
    /// Every collection.
    pub collections: &'static [Collection],
    /// The value types that are not built into the interpreter.
    pub types: &'static [TypeRule],
    /// Formats of `learner_response` and `correct_responses.n.pattern` by interaction type.
    pub interactions: &'static [InteractionFormats],
    /// Error codes and their strings.
    pub errors: &'static [ErrorRow],
    /// Which code each refusal has in this standard.
    pub refusals: Refusals,
    /// Whether reading an element that was never set is an error (403 in 2004) or "" (1.2).
    pub unset_is_error: bool,
    /// Limits on what is kept.
    pub limits: Limits,
}

/// Names of the API's functions (after the prefix).
#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Functions {
    /// Begins the session.
    pub initialize: &'static str,
    /// Ends it.
    pub terminate: &'static str,
    /// Reads.
    pub get_value: &'static str,
    /// Writes.
    pub set_value: &'static str,
    /// Persists.
    pub commit: &'static str,
    /// Support functions: last error code.
    pub get_last_error: &'static str,
    /// An error code's string.
    pub get_error_string: &'static str,
    /// More about an error.
    pub get_diagnostic: &'static str,
}

/// Limits beyond the smallest permitted maximums: above these a value is refused, never cut.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, serde::Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub struct Limits {
    /// Largest value, in bytes of UTF-8.
    pub value_bytes: usize,
    /// Largest number of entries of one collection.
    pub entries: usize,
    /// Largest sum of all values of one SCO, in bytes of UTF-8.
    pub total_bytes: usize,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            value_bytes: 1 << 20,
            entries: 2_500,
            total_bytes: 16 << 20,
        }
    }
}

/// What a SCO may do with an element.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, serde::Deserialize)]
pub enum Access {
    /// Read only.
    #[serde(rename = "r")]
    Read,
    /// Write only.
    #[serde(rename = "w")]
    Write,
    /// Both.
    #[serde(rename = "rw")]
    ReadWrite,
    /// Neither (a data store mapped without permissions).
    #[serde(rename = "")]
    Neither,
    /// A keyword (`_children`, `_count`, `_version`): read only, with its own refusal on write.
    #[serde(rename = "k")]
    Keyword,
}

/// One element.
#[derive(Debug, Serialize)]
pub struct Row {
    /// Name; `n` stands for an index, `{target=}` for any target.
    pub element: &'static str,
    /// Name of the type: one of [`Table::types`] or a built-in (`text`, `localized`, `words`, `real`, `wordsOrReal`, `response`, `pattern`, `keyword`).
    #[serde(rename = "type")]
    pub kind: &'static str,
    /// Access.
    pub access: Access,
    /// Vocabulary of `words` and `wordsOrReal`.
    #[serde(skip_serializing_if = "<[_]>::is_empty")]
    pub words: &'static [&'static str],
    /// Words of the vocabulary that a SCO may not set although the LMS may hold them.
    #[serde(skip_serializing_if = "<[_]>::is_empty")]
    pub reserved: &'static [&'static str],
    /// Smallest value of a `real`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub min: Option<f64>,
    /// Largest value of a `real`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub max: Option<f64>,
    /// Smallest permitted maximum, in characters.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub spm: Option<u32>,
    /// Value before anything is set.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub default: Option<&'static str>,
    /// Fixed value of a keyword.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub value: Option<&'static str>,
    /// Where the LMS takes the initial value from.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub from: Option<&'static str>,
    /// Elements (same indices) that must have a value before this one is set: 408.
    #[serde(skip_serializing_if = "<[_]>::is_empty")]
    pub needs: &'static [&'static str],
    /// No two entries of the collection may hold the same value: 351.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub unique: bool,
    /// Once set, only the same value may be set again: 351.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub once: bool,
    /// The LMS's evaluation of the reported value.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub judged: Option<Judged>,
    /// Whether an empty string clears the element (a data store): it reads as never set.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub empty_clears: bool,
    /// What is set is added to what is there.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub appends: bool,
    /// Editions that have this row.
    pub editions: &'static [Edition],
    /// Section of the standard.
    pub section: &'static str,
}

/// A status that the LMS evaluates when a threshold is defined (RTE 4.2.4, 4.2.21).
#[derive(Debug, Clone, Copy, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Judged {
    /// The measure.
    pub measure: &'static str,
    /// What it is compared with; when unset, the reported value stands.
    pub threshold: &'static str,
    /// Value when the measure reaches the threshold.
    pub reached: &'static str,
    /// Value when it does not.
    pub missed: &'static str,
    /// Value when there is a threshold but no measure.
    pub unknown: &'static str,
}

/// A collection (`cmi.interactions.n`).
#[derive(Debug, Serialize)]
pub struct Collection {
    /// Name without the index.
    pub element: &'static str,
    /// Smallest permitted maximum of entries; `None` when the standard gives none.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub spm: Option<u32>,
    /// The SCO cannot add entries.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub fixed: bool,
    /// Entries are correct response patterns: number and uniqueness follow the interaction's type.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub patterns: bool,
}

/// A value type given by a regular expression that means the same in Rust and in JavaScript.
#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct TypeRule {
    /// Name.
    pub name: &'static str,
    /// The whole value must match.
    pub pattern: &'static str,
    /// A value that begins with this (in any case)…
    #[serde(skip_serializing_if = "Option::is_none")]
    pub prefix: Option<&'static str>,
    /// …must match this too.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub prefixed: Option<&'static str>,
    /// The part before the first `-`, in lower case, must be one of these (or within `qaa`–`qtz`).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub first: Option<&'static str>,
    /// Longest value, in characters: numbers and dates need no more, and a megabyte of digits is an attack.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub longest: Option<usize>,
    /// An integer within these bounds.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub bounds: Option<(i64, i64)>,
}

/// Every edition of SCORM 2004.
pub(super) const ALL_2004: &[Edition] = &[
    Edition::Scorm2004Second,
    Edition::Scorm2004Third,
    Edition::Scorm2004Fourth,
];
/// 3rd edition on.
pub(super) const FROM_THIRD: &[Edition] = &[Edition::Scorm2004Third, Edition::Scorm2004Fourth];
/// 2nd edition only.
pub(super) const SECOND: &[Edition] = &[Edition::Scorm2004Second];
/// 3rd edition only.
pub(super) const THIRD: &[Edition] = &[Edition::Scorm2004Third];
/// 4th edition only.
pub(super) const FOURTH: &[Edition] = &[Edition::Scorm2004Fourth];
/// SCORM 1.2.
pub(super) const ONLY_12: &[Edition] = &[Edition::Scorm12];

/// A row with nothing but name, type, access and section; the `const` methods add the rest.
pub(super) const fn row(
    element: &'static str,
    kind: &'static str,
    access: Access,
    editions: &'static [Edition],
    section: &'static str,
) -> Row {
    Row {
        element,
        kind,
        access,
        words: &[],
        reserved: &[],
        min: None,
        max: None,
        spm: None,
        default: None,
        value: None,
        from: None,
        needs: &[],
        unique: false,
        once: false,
        judged: None,
        empty_clears: false,
        appends: false,
        editions,
        section,
    }
}

impl Row {
    pub(super) const fn words(mut self, words: &'static [&'static str]) -> Self {
        self.words = words;
        self
    }
    pub(super) const fn reserved(mut self, words: &'static [&'static str]) -> Self {
        self.reserved = words;
        self
    }
    pub(super) const fn range(mut self, min: Option<f64>, max: Option<f64>) -> Self {
        self.min = min;
        self.max = max;
        self
    }
    pub(super) const fn spm(mut self, characters: u32) -> Self {
        self.spm = Some(characters);
        self
    }
    pub(super) const fn default(mut self, value: &'static str) -> Self {
        self.default = Some(value);
        self
    }
    pub(super) const fn value(mut self, value: &'static str) -> Self {
        self.value = Some(value);
        self
    }
    pub(super) const fn from(mut self, source: &'static str) -> Self {
        self.from = Some(source);
        self
    }
    pub(super) const fn needs(mut self, elements: &'static [&'static str]) -> Self {
        self.needs = elements;
        self
    }
    pub(super) const fn unique(mut self) -> Self {
        self.unique = true;
        self
    }
    pub(super) const fn once(mut self) -> Self {
        self.once = true;
        self
    }
    pub(super) const fn judged(mut self, judged: Judged) -> Self {
        self.judged = Some(judged);
        self
    }
    pub(super) const fn empty_clears(mut self) -> Self {
        self.empty_clears = true;
        self
    }
    pub(super) const fn appends(mut self) -> Self {
        self.appends = true;
        self
    }
    pub(super) const fn editions(mut self, editions: &'static [Edition]) -> Self {
        self.editions = editions;
        self
    }
}
