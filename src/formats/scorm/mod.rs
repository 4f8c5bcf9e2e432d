//! SCORM 1.2 and 2004 (2nd to 4th edition): `imsmanifest.xml`.

use package::{Finding, Index, Severity};
use scorm::{Course, Edition};

use super::{Activity, Files, Format, Structure, Unreadable};

const MANIFEST: &str = "imsmanifest.xml";

/// Findings by which something will not work as its author meant; all others are repairs.
const WARNINGS: &[&str] = &[
    "attempt_limit_ignored",
    "auxiliary_resource_unknown",
    "data_map_ignored",
    "dependency_dangling",
    "duration_limit_ignored",
    "file_missing",
    "href_is_manifest",
    "href_missing",
    "href_replaced",
    "item_empty",
    "masteryscore_ignored",
    "measure_threshold_ignored",
    "objective_ignored",
    "objective_map_ignored",
    "other_organizations_ignored",
    "referenced_objective_unknown",
    "remote_file",
    "remote_href",
    "resource_without_href",
    "rollup_condition_unknown",
    "rollup_rule_ignored",
    "rule_condition_unknown",
    "rule_ignored",
    "schemaversion_unknown",
    "sequencing_idref_dangling",
];

/// The format.
pub struct Scorm;

impl Format for Scorm {
    fn detect(&self, index: &Index) -> bool {
        index.locate(MANIFEST).is_some()
    }

    fn read(&self, files: &Files<'_>) -> Result<(Structure, Vec<Finding>), Unreadable> {
        let located = files.index().locate(MANIFEST).map(|(entry, _)| entry);
        let path = located.map_or(MANIFEST, |entry| entry.path.as_str());
        if located.is_some_and(|entry| entry.size > super::MANIFEST_CAP) {
            return Err(Unreadable {
                code: "xml_too_large",
                entry: path.to_owned(),
                line: 0,
                column: 0,
                detail: String::new(),
                requirement: "",
            });
        }
        let (course, notes) = scorm::manifest::read(files, path).map_err(|refusal| Unreadable {
            code: refusal.code,
            entry: path.to_owned(),
            line: refusal.line,
            column: refusal.column,
            detail: refusal.detail,
            requirement: "",
        })?;
        let mut findings: Vec<Finding> = files
            .index()
            .located_finding(MANIFEST)
            .into_iter()
            .collect();
        findings.extend(notes.into_iter().map(|note| finding(path, note)));
        Ok((Structure::Scorm(course), findings))
    }
}

fn finding(manifest: &str, note: scorm::Finding) -> Finding {
    let severity = if WARNINGS.contains(&note.code.as_str()) {
        Severity::Warning
    } else {
        Severity::Info
    };
    let place = if note.line > 0 {
        format!("{manifest}:{}", note.line)
    } else {
        manifest.to_owned()
    };
    Finding::new(&note.code, severity, place).with("subject", note.subject)
}

/// The format's name in the API.
pub(super) fn format(course: &Course) -> &'static str {
    if course.edition.is_2004() {
        "scorm2004"
    } else {
        "scorm12"
    }
}

/// The edition as people name it.
pub(super) fn edition(course: &Course) -> &'static str {
    match course.edition {
        Edition::Scorm12 => "1.2",
        Edition::Scorm2004Second => "2004 2nd edition",
        Edition::Scorm2004Third => "2004 3rd edition",
        Edition::Scorm2004Fourth => "2004 4th edition",
    }
}

pub(super) fn activities(course: &Course) -> Vec<Activity> {
    course
        .activities
        .iter()
        .map(|activity| Activity {
            identifier: activity.identifier.clone(),
            title: activity.title.clone(),
            depth: activity.depth,
            launch: activity.launch.clone().filter(|_| activity.is_leaf()),
        })
        .collect()
}
