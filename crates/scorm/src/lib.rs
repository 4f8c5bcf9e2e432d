//! SCORM 1.2 and 2004: manifests, data models, the run-time fold, sequencing and navigation.

pub mod attempt;
pub mod course;
pub mod datamodel;
pub mod manifest;
pub mod sequencing;

pub use attempt::{
    ActivityStatus, Attempt, Correction, Delivery, Entry, Event, Globals, Known, Learner, Outcome,
    Setup, Verdict,
};
pub use course::{Course, Edition, Finding};
pub use manifest::{Files, Refusal};
pub use sequencing::{Navigation, NavigationRequest, Validity};
