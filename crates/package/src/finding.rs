//! What an author should know about a package that was accepted.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

/// How much a finding matters.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Severity {
    /// Repaired or harmless.
    Info,
    /// Something will probably not work for learners.
    Warning,
    /// Something will not work.
    Error,
}

/// A code with its data; the sentence belongs to the reader's language.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Finding {
    /// The stable name of what was found.
    pub code: String,
    /// How much it matters.
    pub severity: Severity,
    /// The entry, or manifest position, concerned; empty for the whole package.
    pub place: String,
    /// The values the sentence needs.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub args: BTreeMap<String, String>,
}

impl Finding {
    /// A finding without arguments.
    #[must_use]
    pub fn new(code: &str, severity: Severity, place: impl Into<String>) -> Self {
        Self {
            code: code.to_owned(),
            severity,
            place: place.into(),
            args: BTreeMap::new(),
        }
    }

    /// The same with one more argument.
    #[must_use]
    pub fn with(mut self, name: &str, value: impl ToString) -> Self {
        self.args.insert(name.to_owned(), value.to_string());
        self
    }
}
