//! SCORM 1.2 and 2004: manifests, data models, the run-time fold, sequencing and navigation.

pub mod course;
pub mod datamodel;
pub mod manifest;

pub use course::{Course, Edition, Finding};
pub use manifest::{Files, Refusal};
