//! cmi5 (`cmi5.xml`) and xAPI packages (`tincan.xml`): units that speak to the record store.

use cmi5::structure::{self, Course, Profile};
use package::{Finding, Index, Severity};

use super::{Activity, Files, Format, Structure, Unreadable};

/// The format cmi5.
pub struct Cmi5;

/// xAPI packages.
pub struct Xapi;

/// Languages of titles, in the order of our members.
const LANGUAGES: [&str; 3] = ["fr", "ar", "en"];

type Reader = fn(&[u8], &dyn cmi5::Files) -> Result<(Course, Vec<cmi5::Finding>), cmi5::Refusal>;

impl Format for Cmi5 {
    /// The structure lies in the root of the package (14.1.0.0-2).
    fn detect(&self, index: &Index) -> bool {
        index.get("cmi5.xml").is_some()
    }

    fn read(&self, files: &Files<'_>) -> Result<(Structure, Vec<Finding>), Unreadable> {
        read(files, "cmi5.xml", structure::read)
    }
}

impl Format for Xapi {
    fn detect(&self, index: &Index) -> bool {
        index.get("tincan.xml").is_some()
    }

    fn read(&self, files: &Files<'_>) -> Result<(Structure, Vec<Finding>), Unreadable> {
        read(files, "tincan.xml", cmi5::tincan::read)
    }
}

fn read(
    files: &Files<'_>,
    manifest: &str,
    read: Reader,
) -> Result<(Structure, Vec<Finding>), Unreadable> {
    let wrong = |code, line, column, detail| Unreadable {
        code,
        entry: manifest.to_owned(),
        line,
        column,
        detail,
        requirement: "",
    };
    let too_large = files
        .index()
        .get(manifest)
        .is_some_and(|entry| entry.size > super::MANIFEST_CAP);
    if too_large {
        return Err(wrong("xml_too_large", 0, 0, String::new()));
    }
    let bytes = files
        .bytes(manifest, super::MANIFEST_CAP)
        .map_err(|_| wrong("manifest_missing", 0, 0, String::new()))?;
    let (course, notes) = read(&bytes, files).map_err(|refusal| Unreadable {
        requirement: refusal.requirement,
        ..wrong(refusal.code, refusal.line, refusal.column, refusal.detail)
    })?;
    let findings = notes
        .into_iter()
        .map(|note| {
            let severity = match note.code {
                "remote_href" => Severity::Warning,
                _ => Severity::Info,
            };
            let place = format!("{manifest}:{}", note.line);
            Finding::new(note.code, severity, place).with("subject", note.subject)
        })
        .collect();
    Ok((Structure::Units(course), findings))
}

impl cmi5::Files for Files<'_> {
    fn read(&self, path: &str) -> Option<Vec<u8>> {
        self.bytes(path, super::MANIFEST_CAP).ok()
    }
    fn find(&self, path: &str) -> Option<String> {
        self.index.find(path).map(|found| found.entry.path.clone())
    }
}

/// The format's name in the API.
pub(super) fn format(course: &Course) -> &'static str {
    match course.profile {
        Profile::Cmi5 => "cmi5",
        Profile::Xapi => "xapi",
    }
}

/// The edition as people name it.
pub(super) fn edition(course: &Course) -> &'static str {
    match course.profile {
        Profile::Cmi5 => "1.0",
        Profile::Xapi => "1.0.3",
    }
}

/// The first title.
pub(super) fn title(course: &Course) -> &str {
    structure::text(&course.title, &[])
}

/// The language of the first title.
pub(super) fn language(course: &Course) -> Option<&str> {
    course
        .title
        .first()
        .map(|(tag, _)| tag.as_str())
        .filter(|tag| LANGUAGES.iter().any(|known| tag.starts_with(known)))
}

pub(super) fn activities(course: &Course) -> Vec<Activity> {
    let whole = Activity {
        identifier: course.id.clone(),
        title: title(course).to_owned(),
        depth: 0,
        launch: None,
    };
    let nodes = course.nodes.iter().map(|node| Activity {
        identifier: node.id.clone(),
        title: structure::text(&node.title, &[]).to_owned(),
        depth: node.depth,
        launch: node.unit.as_ref().map(|unit| unit.url.clone()),
    });
    std::iter::once(whole).chain(nodes).collect()
}
