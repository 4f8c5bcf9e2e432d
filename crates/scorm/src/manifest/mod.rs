//! Reading `imsmanifest.xml` into a [`Course`] (CAM 3; IMS CP; IMS SS binding).
//!
//! Real exports are sloppy: what can be repaired is repaired and reported as a [`Finding`];
//! what would be unsafe or cannot run is refused with a code and a place. Element and attribute
//! names are matched by local name without regard to case, since exporters mix editions'
//! spellings (`scormtype`, `scormType`) and forget namespaces.

mod item;
mod metadata;
mod objectives;
mod paths;
mod resources;
mod rules;
mod sequencing;
mod values;

use std::borrow::Cow;
use std::collections::{HashMap, HashSet};

use strictxml::Element;

use crate::course::{Course, Edition, Finding};
use resources::Pool;

/// Most items one organization may hold.
pub const MAX_ITEMS: usize = 10_000;
/// Most sequencing and rollup rule conditions one course may hold (threat M16).
pub const MAX_CONDITIONS: usize = 8_000;
/// Most of them one activity may hold: each request evaluates them again.
pub const MAX_CONDITIONS_OF_ONE: usize = 500;
/// Most findings kept; a broken manifest must not become a broken report.
const MAX_FINDINGS: usize = 500;

/// The package's files as the reader needs them.
pub trait Files {
    /// The bytes of the file of exactly this name.
    fn read(&self, path: &str) -> Option<Cow<'_, [u8]>>;
    /// The stored name of a file: the exact name if it exists, else the one that differs only
    /// in letter case. Folders are not files.
    fn find(&self, path: &str) -> Option<String>;
    /// Names of all files.
    fn list(&self) -> Vec<String>;
}

/// Why a manifest cannot be used.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error, serde::Serialize)]
#[error("{code} at line {line}, column {column}: {detail}")]
pub struct Refusal {
    /// Stable code; the server holds the sentence.
    pub code: &'static str,
    /// Line, 1-based; 0 when it concerns no line.
    pub line: u32,
    /// Column, 1-based; 0 when it concerns no line.
    pub column: u32,
    /// The identifier, path or value concerned, capped at 200 characters.
    pub detail: String,
}

impl Refusal {
    fn at(element: &Element, code: &'static str, detail: impl AsRef<str>) -> Refusal {
        Refusal {
            code,
            line: element.line,
            column: element.column,
            detail: capped(detail.as_ref(), 200),
        }
    }
}

impl From<strictxml::Error> for Refusal {
    fn from(e: strictxml::Error) -> Refusal {
        Refusal {
            code: e.code.as_str(),
            line: e.line,
            column: e.column,
            detail: capped(&e.detail, 200),
        }
    }
}

/// Reads the manifest at `manifest_path` and gives its default organization as a course.
///
/// Findings are returned beside the course and kept in it.
pub fn read(files: &dyn Files, manifest_path: &str) -> Result<(Course, Vec<Finding>), Refusal> {
    let bytes = files.read(manifest_path).ok_or_else(|| Refusal {
        code: "manifest_missing",
        line: 0,
        column: 0,
        detail: capped(manifest_path, 200),
    })?;
    let document = strictxml::parse(&bytes)?;
    let root = &document.root;
    if !root.name.eq_ignore_ascii_case("manifest") {
        return Err(Refusal::at(root, "not_a_manifest", &root.name));
    }
    let mut reader = Reader {
        files,
        manifest_path,
        edition: Edition::Scorm12,
        findings: Vec::new(),
        conditions: (0, 0),
        pages: None,
        named: HashSet::new(),
    };
    for f in &document.findings {
        reader.note(f.code, f.line, &f.detail);
    }
    reader.edition = reader.edition_of(root);
    reader.course(root)
}

/// State of one reading.
struct Reader<'a> {
    files: &'a dyn Files,
    manifest_path: &'a str,
    edition: Edition,
    findings: Vec<Finding>,
    /// Conditions read so far: of the whole course, and of the activity being read.
    conditions: (usize, usize),
    /// The package's pages by folder, without those that a resource names; once a page was missed.
    pages: Option<HashMap<String, Vec<String>>>,
    /// The last segments of what resources launch.
    named: HashSet<String>,
}

impl Reader<'_> {
    fn note(&mut self, code: &str, line: u32, subject: impl AsRef<str>) {
        if self.findings.len() < MAX_FINDINGS {
            self.findings.push(Finding {
                code: code.to_owned(),
                line,
                subject: capped(subject.as_ref(), 200),
            });
        }
    }

    fn note_at(&mut self, element: &Element, code: &str, subject: impl AsRef<str>) {
        self.note(code, element.line, subject);
    }

    /// CAM 3.4.1.2: `schemaversion`; where it is missing or unknown, the namespaces decide.
    fn edition_of(&mut self, root: &Element) -> Edition {
        let metadata = values::child(root, "metadata");
        let declared = metadata
            .and_then(|m| values::child(m, "schemaversion"))
            .map(|e| e.text())
            .unwrap_or_default();
        let folded = declared.to_ascii_lowercase().replace([' ', '_'], "");
        match folded.as_str() {
            "1.2" | "1.1" | "1.0" | "scorm1.2" | "adlscorm1.2" => return Edition::Scorm12,
            "cam1.3" | "20042ndedition" | "1.3" => return Edition::Scorm2004Second,
            "20043rdedition" => return Edition::Scorm2004Third,
            "20044thedition" => return Edition::Scorm2004Fourth,
            _ => {}
        }
        let is_2004 = root.descendants().take(2_000).any(|e| {
            let ns = |n: Option<&str>| {
                n.is_some_and(|n| {
                    n.contains("adlcp_v1p3")
                        || n.contains("imsss")
                        || n.contains("adlseq")
                        || n.contains("adlnav")
                })
            };
            ns(e.namespace.as_deref()) || e.attributes.iter().any(|a| ns(a.namespace.as_deref()))
        });
        let edition = if folded.starts_with("2004") || is_2004 {
            Edition::Scorm2004Third
        } else {
            Edition::Scorm12
        };
        let code = if declared.is_empty() {
            "schemaversion_missing"
        } else {
            "schemaversion_unknown"
        };
        self.note_at(metadata.unwrap_or(root), code, &declared);
        edition
    }

    fn course(mut self, root: &Element) -> Result<(Course, Vec<Finding>), Refusal> {
        let pool = Pool::read(&mut self, root)?;
        let organization = self.default_organization(root)?;
        let identifier = root
            .attr_any_case("identifier")
            .unwrap_or_default()
            .trim()
            .to_owned();
        let (metadata_title, language) = metadata::title_and_language(root);
        let mut course = Course {
            edition: self.edition,
            identifier: capped(&identifier, 1_000),
            title: String::new(),
            language,
            activities: Vec::new(),
            resources: Vec::new(),
            global_objectives: Vec::new(),
            data_stores: Vec::new(),
            objectives_global_to_system: values::boolean(organization, "objectivesGlobalToSystem")
                .unwrap_or(true),
            shared_data_global_to_system: values::boolean(organization, "sharedDataGlobalToSystem")
                .unwrap_or(true),
            findings: Vec::new(),
        };
        item::read_tree(&mut self, root, organization, &pool, &mut course)?;
        course.resources = pool.resources;
        let root = &mut course.activities[0];
        let control = &mut root.sequencing.control;
        if root.end == 2 && control.choice && !control.flow {
            // A package of one activity, whose organization says nothing of navigation: the course
            // starts with it and has no menu, as ADL's own LMS does.
            (control.choice, control.flow) = (false, true);
        }
        let organization_title = std::mem::take(&mut course.activities[0].title);
        course.title = [
            organization_title,
            metadata_title.unwrap_or_default(),
            identifier,
        ]
        .into_iter()
        .find(|t| !t.is_empty())
        .unwrap_or_default();
        course.activities[0].title = course.title.clone();
        if course.launchable().next().is_none() {
            return Err(Refusal::at(
                organization,
                "nothing_launchable",
                &course.activities[0].identifier,
            ));
        }
        course.findings = self.findings.clone();
        Ok((course, self.findings))
    }

    /// The organization that runs: the declared default, else the first (CAM 3.4.1.6).
    fn default_organization<'e>(&mut self, root: &'e Element) -> Result<&'e Element, Refusal> {
        let organizations = values::child(root, "organizations")
            .ok_or_else(|| Refusal::at(root, "nothing_launchable", "organizations"))?;
        let all: Vec<&Element> = values::children(organizations, "organization").collect();
        let first = *all
            .first()
            .ok_or_else(|| Refusal::at(organizations, "nothing_launchable", "organization"))?;
        if all.len() > 1 {
            self.note_at(
                organizations,
                "other_organizations_ignored",
                (all.len() - 1).to_string(),
            );
        }
        let default = organizations
            .attr_any_case("default")
            .unwrap_or_default()
            .trim();
        if default.is_empty() {
            if all.len() > 1 {
                self.note_at(organizations, "default_organization_missing", "");
            }
            return Ok(first);
        }
        let named = all
            .iter()
            .find(|o| o.attr_any_case("identifier").map(str::trim) == Some(default));
        match named {
            Some(found) => Ok(found),
            None => {
                self.note_at(organizations, "default_organization_unknown", default);
                Ok(first)
            }
        }
    }
}

/// At most `max` characters, control characters (but not tabs and line ends) left out.
fn capped(text: &str, max: usize) -> String {
    text.chars()
        .filter(|c| !c.is_control() || matches!(c, '\t' | '\n'))
        .take(max)
        .collect()
}
