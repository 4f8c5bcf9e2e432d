//! The run-time data of a SCO: the data models of SCORM 1.2 and 2004 as tables, and one
//! interpreter for both.
//!
//! ```
//! use scorm::{Edition, datamodel::{Initial, Sco}};
//! let mut sco = Sco::begin(Edition::Scorm2004Fourth, &Initial::default());
//! assert_eq!(sco.call("Initialize", &[""], 0).result, "true");
//! assert_eq!(sco.call("SetValue", &["cmi.location", "3"], 10).error, 0);
//! assert_eq!(sco.call("GetValue", &["cmi.location"], 20).result, "3");
//! assert_eq!(sco.call("SetValue", &["cmi.score.scaled", "2"], 30).error, 407);
//! ```

mod begin;
mod duration;
mod end;
mod errors;
mod formats;
mod index;
mod initial;
mod languages;
mod readable;
mod sco;
mod scorm12;
mod scorm2004;
mod table;
mod types;
mod values;

pub use begin::Validity;
pub use duration::Duration;
pub use end::{End, Exit, InteractionRow, ObjectiveRow, StatusBy};
pub use errors::{ErrorRow, Refusal, Refusals};
pub use formats::{Format, InteractionFormats};
pub use initial::{Credit, Initial, InitialComment, InitialObjective, InitialStore, Mode};
pub use readable::{parts, readable};
pub use sco::{Answer, Note, Sco, State};
pub use table::{Access, Collection, Functions, Judged, Limits, Row, Table, TypeRule};

use serde::{Deserialize, Serialize};

use crate::Edition;

/// One of the two data models and run-time interfaces.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
pub enum Standard {
    /// SCORM 1.2: the object `API` with `LMSInitialize`…
    #[serde(rename = "1.2")]
    Scorm12,
    /// SCORM 2004: the object `API_1484_11` with `Initialize`…
    #[serde(rename = "2004")]
    Scorm2004,
}

impl Standard {
    /// The data model and run-time interface of an edition.
    pub fn of(edition: Edition) -> Self {
        if edition.is_2004() {
            Self::Scorm2004
        } else {
            Self::Scorm12
        }
    }
}

/// The table of a standard.
pub fn table_of(standard: Standard) -> &'static Table {
    match standard {
        Standard::Scorm12 => &scorm12::TABLE_12,
        Standard::Scorm2004 => &scorm2004::TABLE_2004,
    }
}

/// The table of a standard as JSON: what the player's `runtime.js` interprets.
pub fn table_json(standard: Standard) -> String {
    serde_json::to_string(table_of(standard)).unwrap_or_default()
}
