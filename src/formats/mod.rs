//! Formats of course packages: one folder and one line in [`FORMATS`] each.
//!
//! A format recognises a package by its index, reads its structure, and says how an activity is
//! launched. What a learner does is folded by the engine of the structure's own kind, which all
//! give the same outcome; the progress store knows no standard.

pub mod cmi5;
pub mod scorm;
pub mod tool;

use std::borrow::Cow;

use package::{Finding, Index, Source};
use serde::{Deserialize, Serialize};

/// Every known format, in the order in which they are asked.
pub static FORMATS: &[&dyn Format] = &[&scorm::Scorm, &cmi5::Cmi5, &cmi5::Xapi, &tool::Tool];

/// No manifest is larger (`threats.md` M4).
const MANIFEST_CAP: u64 = 10 << 20;

/// A standard for course packages.
pub trait Format: Sync {
    /// True when a package of this index is of this format.
    fn detect(&self, index: &Index) -> bool;
    /// Reads the structure.
    fn read(&self, files: &Files<'_>) -> Result<(Structure, Vec<Finding>), Unreadable>;
}

/// What a package holds, by the engine that runs it. Stored as JSON with the package.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Structure {
    /// SCORM 1.2 and 2004.
    Scorm(::scorm::Course),
    /// cmi5 and xAPI packages: units that speak to the record store.
    Units(::cmi5::structure::Course),
    /// A link to a tool of somebody else (LTI 1.3).
    Tool(tool::Link),
}

/// An activity as lists show it.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Activity {
    /// The standard's identifier.
    pub identifier: String,
    /// As the manifest writes it.
    pub title: String,
    /// 0 for the whole course.
    pub depth: u32,
    /// What a browser loads, when the activity can be launched itself.
    pub launch: Option<String>,
}

impl Structure {
    /// The format's name in the API.
    pub fn format(&self) -> &'static str {
        match self {
            Structure::Scorm(course) => scorm::format(course),
            Structure::Units(course) => cmi5::format(course),
            Structure::Tool(_) => tool::FORMAT,
        }
    }

    /// The edition of the standard, as people name it.
    pub fn edition(&self) -> Option<&'static str> {
        match self {
            Structure::Scorm(course) => Some(scorm::edition(course)),
            Structure::Units(course) => Some(cmi5::edition(course)),
            Structure::Tool(_) => Some(tool::EDITION),
        }
    }

    /// The course's title.
    pub fn title(&self) -> &str {
        match self {
            Structure::Scorm(course) => &course.title,
            Structure::Units(course) => cmi5::title(course),
            Structure::Tool(link) => &link.title,
        }
    }

    /// The language the manifest names, if any.
    pub fn language(&self) -> Option<&str> {
        match self {
            Structure::Scorm(course) => course.language.as_deref(),
            Structure::Units(course) => cmi5::language(course),
            Structure::Tool(link) => link.language.as_deref(),
        }
    }

    /// All activities in the manifest's order, the whole course first.
    pub fn activities(&self) -> Vec<Activity> {
        match self {
            Structure::Scorm(course) => scorm::activities(course),
            Structure::Units(course) => cmi5::activities(course),
            Structure::Tool(link) => tool::activities(link),
        }
    }

    /// The SCORM course, if it is one.
    pub fn as_scorm(&self) -> Option<&::scorm::Course> {
        match self {
            Structure::Scorm(course) => Some(course),
            Structure::Units(_) | Structure::Tool(_) => None,
        }
    }

    /// The course of units, if it is one.
    pub fn as_units(&self) -> Option<&::cmi5::structure::Course> {
        match self {
            Structure::Units(course) => Some(course),
            Structure::Scorm(_) | Structure::Tool(_) => None,
        }
    }

    /// The link to a tool, if it is one.
    pub fn as_tool(&self) -> Option<&tool::Link> {
        match self {
            Structure::Tool(link) => Some(link),
            Structure::Scorm(_) | Structure::Units(_) => None,
        }
    }

    /// Whether it reports through the SCORM run-time.
    pub fn is_scorm(&self) -> bool {
        matches!(self, Structure::Scorm(_))
    }
}

/// A package's files while it is being imported.
pub struct Files<'a> {
    source: &'a dyn Source,
    index: &'a Index,
}

impl<'a> Files<'a> {
    /// Over a package's bytes and index.
    pub fn new(source: &'a dyn Source, index: &'a Index) -> Self {
        Files { source, index }
    }

    /// The package's index.
    pub fn index(&self) -> &'a Index {
        self.index
    }

    /// At most `cap` bytes of content, of a file of exactly this path.
    pub fn bytes(&self, path: &str, cap: u64) -> Result<Vec<u8>, package::ReadError> {
        let entry = self
            .index
            .get(path)
            .ok_or_else(|| std::io::Error::from(std::io::ErrorKind::NotFound))?;
        package::inflate(self.source, entry, cap)
    }
}

impl ::scorm::Files for Files<'_> {
    fn read(&self, path: &str) -> Option<Cow<'_, [u8]>> {
        self.bytes(path, MANIFEST_CAP).ok().map(Cow::Owned)
    }
    fn find(&self, path: &str) -> Option<String> {
        self.index.find(path).map(|found| found.entry.path.clone())
    }
    fn list(&self) -> Vec<String> {
        self.index.entries.iter().map(|e| e.path.clone()).collect()
    }
}

/// Why a structure cannot be read, and where.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Unreadable {
    /// Stable; sentences are `error-<code>-…` in the locales.
    pub code: &'static str,
    /// The file.
    pub entry: String,
    /// From 1; 0 when it concerns no line.
    pub line: u32,
    /// From 1; 0 when it concerns no line.
    pub column: u32,
    /// The identifier, path or value concerned.
    pub detail: String,
    /// The requirement of the standard that is broken; empty where it has no number.
    pub requirement: &'static str,
}

/// Recognises a package and reads its structure.
pub fn read(files: &Files<'_>) -> Result<(Structure, Vec<Finding>), Unreadable> {
    let format = FORMATS
        .iter()
        .find(|format| format.detect(files.index()))
        .ok_or_else(|| Unreadable {
            code: "manifest_missing",
            entry: "imsmanifest.xml".into(),
            line: 0,
            column: 0,
            detail: String::new(),
            requirement: "",
        })?;
    format.read(files)
}
