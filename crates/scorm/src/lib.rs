//! SCORM 1.2 and 2004: manifests, data models, the run-time fold, sequencing and navigation.
//!
#![doc = include_str!("../README.md")]
#![warn(missing_docs)]

pub mod attempt;
pub mod course;
pub mod datamodel;
pub mod manifest;
pub mod sequencing;

pub use attempt::{
    ActivityStatus, Attempt, Change, Collector, Correction, Delivery, Entry, Event, Globals, Known,
    Learner, Outcome, Place, Records, Setup, Verdict,
};
pub use course::{Course, Edition, Finding};
pub use manifest::{Files, Refusal};
pub use sequencing::{Navigation, NavigationRequest, Validity};
