//! The examination of a package before it is stored: pure reading, on a thread of its own.

use std::collections::HashMap;
use std::fs::File;
use std::io::{self, Write};
use std::os::unix::fs::FileExt;
use std::path::PathBuf;

use package::diagnose::Diagnosis;
use package::{Entry, Finding, Index, Limits, Observer, Source};
use rocket::http::Status;
use serde_json::json;

use crate::config::PackageLimits;
use crate::formats::{self, Files, Structure, Unreadable};
use crate::web::{Lang, Refusal};

use super::super::language;
use super::staging::Staging;

/// How much of the first page is looked at for its language, in bytes.
const PAGE_CAP: u64 = 512 << 10;

/// The finding of an activity that lies on another site.
const REMOTE: &str = "remote_href";

/// A package found good.
pub struct Examined {
    /// Its files.
    pub index: Index,
    /// What it holds.
    pub structure: Structure,
    /// What was repaired and what will go wrong.
    pub findings: Vec<Finding>,
    /// The language it speaks.
    pub language: Lang,
    /// Inflated copies of deflated media: entry path → file.
    pub sides: HashMap<String, PathBuf>,
}

/// Reads and checks everything; `progress` hears how many bytes of how many are inflated.
pub fn examine(
    staging: &Staging,
    limits: &PackageLimits,
    progress: &(dyn Fn(u64, u64) + Send + Sync),
) -> Result<Examined, Refusal> {
    let source = FileSource::open(staging.zip()).map_err(super::staging::refuse)?;
    let (limits, may_be_remote) = (limits_of(limits), limits.remote);
    let mut index = Index::read(&source, &limits).map_err(broken)?;
    // The archive first, all of it: nothing is made of a damaged one.
    let mut observer = Pass {
        diagnosis: Diagnosis::default(),
        staging,
        sides: HashMap::new(),
        open: None,
        failed: None,
    };
    package::verify(&source, &index, &limits, &mut observer, &mut |done, all| {
        progress(done, all);
    })
    .map_err(broken)?;
    if let Some(error) = observer.failed {
        return Err(super::staging::refuse(error));
    }
    let files = Files::new(&source, &index);
    let (structure, notes) = formats::read(&files).map_err(unreadable)?;
    if !may_be_remote && let Some(note) = notes.iter().find(|note| note.code == REMOTE) {
        return Err(remote(note));
    }
    let language = spoken(&files, &structure);
    let mut findings = std::mem::take(&mut index.findings);
    findings.extend(notes);
    findings.extend(observer.diagnosis.findings(&index, structure.is_scorm()));
    // What matters most comes first; the order within is that of the files.
    findings.sort_by_key(|finding| std::cmp::Reverse(finding.severity));
    Ok(Examined {
        sides: observer.sides,
        index,
        structure,
        findings,
        language,
    })
}

fn limits_of(limits: &PackageLimits) -> Limits {
    Limits {
        archive: limits.max_bytes,
        entries: limits.max_entries,
        entry: limits.max_inflated,
        total: limits.max_inflated,
        ratio: limits.max_ratio,
        ..Limits::default()
    }
}

/// A package on disk.
pub struct FileSource {
    file: File,
    length: u64,
}

impl FileSource {
    /// Opens it.
    pub fn open(path: PathBuf) -> io::Result<FileSource> {
        let file = File::open(path)?;
        let length = file.metadata()?.len();
        Ok(FileSource { file, length })
    }
}

impl Source for FileSource {
    fn len(&self) -> u64 {
        self.length
    }
    fn read_at(&self, offset: u64, buf: &mut [u8]) -> io::Result<()> {
        self.file.read_exact_at(buf, offset)
    }
}

/// The one pass over all data: looks for trouble, and keeps inflated copies of media.
struct Pass<'a> {
    diagnosis: Diagnosis,
    staging: &'a Staging,
    sides: HashMap<String, PathBuf>,
    open: Option<File>,
    failed: Option<io::Error>,
}

impl Observer for Pass<'_> {
    fn begin(&mut self, entry: &Entry) {
        self.diagnosis.begin(entry);
        if entry.needs_side_object() && self.failed.is_none() {
            let path = self.staging.side(self.sides.len());
            match File::create(&path) {
                Ok(file) => {
                    self.open = Some(file);
                    self.sides.insert(entry.path.clone(), path);
                }
                Err(error) => self.failed = Some(error),
            }
        }
    }

    fn data(&mut self, block: &[u8]) {
        self.diagnosis.data(block);
        if let Some(file) = &mut self.open
            && let Err(error) = file.write_all(block)
        {
            self.failed = Some(error);
            self.open = None;
        }
    }

    fn end(&mut self) {
        self.diagnosis.end();
        self.open = None;
    }
}

fn spoken(files: &Files<'_>, structure: &Structure) -> Lang {
    let activities = structure.activities();
    let mut titles = structure.title().to_owned();
    for activity in &activities {
        titles.push(' ');
        titles.push_str(&activity.title);
    }
    let page = activities
        .iter()
        .find_map(|a| a.launch.as_deref())
        .and_then(|launch| {
            let path = launch.split(['?', '#']).next()?;
            let path = &files.index().find(path)?.entry.path;
            files.bytes(path, PAGE_CAP).ok()
        })
        .unwrap_or_default();
    language::detect(
        &titles,
        &String::from_utf8_lossy(&page),
        structure.language(),
    )
}

/// A refused archive: 422 with the reason and the entry.
fn broken(refusal: package::Refusal) -> Refusal {
    if refusal.code == package::Code::Io {
        tracing::error!(%refusal, "import");
        return Refusal::new(Status::InternalServerError, "internal");
    }
    let entry = refusal.entry.unwrap_or_default();
    Refusal::unprocessable(refusal.code.as_str())
        .with("entry", entry.as_str())
        .extra("where", json!({ "entry": entry, "offset": refusal.offset }))
        .extra("reason", refusal.detail)
}

/// An activity that lies on another site: nobody checked it, and it finds no run-time there
/// (`threats.md` M10). Administrators may allow it.
fn remote(note: &Finding) -> Refusal {
    let (entry, line) = note.place.rsplit_once(':').unwrap_or((&note.place, ""));
    let line: u64 = line.parse().unwrap_or_default();
    let subject = note.args.get("subject").cloned().unwrap_or_default();
    Refusal::unprocessable("remote_href")
        .with("entry", entry)
        .with("line", line)
        .with("subject", subject)
        .extra("where", json!({ "entry": entry, "line": line }))
}

/// A refused manifest: 422 with the reason, the file, the line and the column.
fn unreadable(refusal: Unreadable) -> Refusal {
    let problem = Refusal::unprocessable(refusal.code)
        .with("entry", refusal.entry.as_str())
        .with("line", refusal.line)
        .with("subject", refusal.detail.as_str())
        .extra(
            "where",
            json!({ "entry": refusal.entry, "line": refusal.line, "column": refusal.column }),
        );
    if refusal.requirement.is_empty() {
        problem
    } else {
        problem.extra("requirement", refusal.requirement)
    }
}
