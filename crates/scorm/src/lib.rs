//! SCORM 1.2 and 2004: manifests, data models, run-time fold, sequencing and navigation
