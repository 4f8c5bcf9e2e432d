//! The list of a package's entries, checked and ready to be stored and served.

use std::collections::HashMap;
use std::sync::OnceLock;

use serde::{Deserialize, Serialize};

use crate::finding::{Finding, Severity};
use crate::limits::Limits;
use crate::names::{self, Reading};
use crate::raw::{self, RawEntry};
use crate::refusal::{Code, Refusal};
use crate::source::Source;

/// How an entry's bytes are kept.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Method {
    /// As they are.
    Stored,
    /// As a raw deflate stream (RFC 1951).
    Deflate,
}

/// A file of a package.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Entry {
    /// The path: decoded, `/` between segments, never climbing.
    pub path: String,
    /// The name as it stands in the archive, kept when it is not plain ASCII.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub raw: Vec<u8>,
    /// Where the entry's data begins in the package, in bytes.
    pub offset: u64,
    /// How the data is kept.
    pub method: Method,
    /// Length of the data in the package, in bytes.
    pub compressed_size: u64,
    /// Length of the file, in bytes.
    pub size: u64,
    /// CRC-32 of the file.
    pub crc32: u32,
}

impl Entry {
    /// The media type by the path's extension.
    #[must_use]
    pub fn media_type(&self) -> &'static str {
        crate::media::media_type(&self.path)
    }

    /// Whether ranges of this entry will be asked for and cannot be cut from the package: it
    /// then wants an inflated copy beside it.
    #[must_use]
    pub fn needs_side_object(&self) -> bool {
        self.method == Method::Deflate && crate::media::is_sought(&self.path)
    }
}

/// How a reference was matched to an entry.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Match {
    /// The same name.
    Exact,
    /// The same after Unicode normalisation.
    Normalised,
    /// The same after decoding percent escapes.
    Decoded,
    /// The same but for letter case.
    Case,
    /// The same when the archive's name is read in another encoding.
    Encoding,
}

/// An entry found by reference.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Found<'a> {
    /// The entry.
    pub entry: &'a Entry,
    /// What it took to find it; anything but [`Match::Exact`] deserves a finding.
    pub by: Match,
}

/// The files of a package, sorted by path.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Index {
    /// Length of the package, in bytes.
    pub length: u64,
    /// The files, sorted by path; directories and litter left out.
    pub entries: Vec<Entry>,
    /// What was repaired or ignored.
    pub findings: Vec<Finding>,
    #[serde(skip)]
    names: Names,
}

/// Look-up tables made at first need; they say nothing the entries do not.
#[derive(Debug, Clone, Default)]
struct Names(OnceLock<Tables>);

#[derive(Debug, Clone)]
struct Tables {
    normalised: HashMap<String, usize>,
    folded: HashMap<String, usize>,
    readings: HashMap<String, usize>,
}

impl PartialEq for Names {
    fn eq(&self, _: &Self) -> bool {
        true
    }
}

impl Eq for Names {}

impl Index {
    /// Checks a package's structures and lists its files. The data itself is checked by
    /// [`crate::verify`].
    ///
    /// # Errors
    /// Every row Z1–Z15 that can be told without inflating; see [`Code`].
    pub fn read(source: &(impl Source + ?Sized), limits: &Limits) -> Result<Self, Refusal> {
        let archive = raw::read_archive(source, limits)?;
        let mut repairs = Repairs::default();
        let mut kinds: HashMap<String, bool> = HashMap::with_capacity(archive.entries.len());
        let mut entries = Vec::with_capacity(archive.entries.len());
        let mut total = 0_u64;
        for raw in &archive.entries {
            let name = names::decode(
                &raw.name,
                raw.flags & raw::FLAG_UTF8 != 0,
                raw.unicode_name.as_deref(),
            );
            let entry = admit(raw, &name.0, limits, &mut kinds)
                .map_err(|(code, hint)| Refusal::new(code, raw.header_offset, hint).of(&name.0))?;
            total = total.saturating_add(raw.size);
            if total > limits.total {
                return Err(Refusal::new(
                    Code::TooLarge,
                    raw.header_offset,
                    "all entries together",
                ));
            }
            if let Some(entry) = entry {
                repairs.note(&name, &entry);
                if names::is_litter(&entry.path) {
                    repairs.litter.add(&entry.path);
                } else {
                    entries.push(entry);
                }
            }
        }
        if total > limits.ratio_from && total / limits.ratio > source.len() {
            return Err(Refusal::new(Code::Ratio, 0, "the whole archive"));
        }
        if let Some(name) = file_used_as_directory(&kinds) {
            return Err(Refusal::new(Code::DuplicateName, 0, "file and directory").of(name));
        }
        if entries.is_empty() {
            return Err(Refusal::new(Code::Empty, 0, "no file"));
        }
        entries.sort_unstable_by(|a, b| a.path.cmp(&b.path));
        let findings = repairs.findings(archive.unused);
        Ok(Self {
            length: source.len(),
            entries,
            findings,
            names: Names::default(),
        })
    }

    /// An index from stored entries.
    #[must_use]
    pub fn from_entries(length: u64, mut entries: Vec<Entry>) -> Self {
        entries.sort_unstable_by(|a, b| a.path.cmp(&b.path));
        Self {
            length,
            entries,
            findings: Vec::new(),
            names: Names::default(),
        }
    }

    /// The file of exactly this path.
    #[must_use]
    pub fn get(&self, path: &str) -> Option<&Entry> {
        let at = self
            .entries
            .binary_search_by(|e| e.path.as_str().cmp(path))
            .ok()?;
        self.entries.get(at)
    }

    /// The file a reference means. Query and fragment must be cut off before.
    ///
    /// Tried in this order: the path itself, its normalised form, percent escapes decoded,
    /// letter case ignored, and the archive's names read in other encodings.
    #[must_use]
    pub fn find(&self, href: &str) -> Option<Found<'_>> {
        let (path, _) = names::path_of(href);
        if let Some(entry) = self.get(&path) {
            return Some(Found {
                entry,
                by: Match::Exact,
            });
        }
        let tables = self.names.0.get_or_init(|| Tables::of(&self.entries));
        let found = |at: Option<&usize>, by| {
            at.and_then(|at| self.entries.get(*at))
                .map(|entry| Found { entry, by })
        };
        let decoded = names::percent_decoded(&path).map(|d| names::path_of(&d).0);
        let forms = || std::iter::once(&path).chain(&decoded);
        found(tables.normalised.get(&names::nfc(&path)), Match::Normalised)
            .or_else(|| {
                let decoded = decoded.as_deref()?;
                found(tables.normalised.get(&names::nfc(decoded)), Match::Decoded)
            })
            .or_else(|| {
                forms().find_map(|f| found(tables.folded.get(&names::folded(f)), Match::Case))
            })
            .or_else(|| {
                forms().find_map(|f| found(tables.readings.get(&names::folded(f)), Match::Encoding))
            })
    }

    /// Finds a manifest by file name, letter case ignored: at the root, else in the one folder
    /// nearest to it. Gives the entry and its folder (with the final `/`, empty at the root),
    /// against which the manifest's references resolve.
    #[must_use]
    pub fn locate(&self, manifest: &str) -> Option<(&Entry, &str)> {
        let depth = |path: &str| path.matches('/').count();
        let mut candidates: Vec<&Entry> = self
            .entries
            .iter()
            .filter(|e| {
                let file = e.path.rsplit('/').next().unwrap_or(&e.path);
                file.eq_ignore_ascii_case(manifest)
            })
            .collect();
        candidates.sort_by_key(|e| (depth(&e.path), !e.path.ends_with(manifest)));
        let first = *candidates.first()?;
        let folder = first.path.rfind('/').map_or("", |at| &first.path[..=at]);
        // Two manifests in two folders of one depth: neither is the package's own.
        let rival = candidates
            .iter()
            .skip(1)
            .any(|e| depth(&e.path) == depth(&first.path) && !e.path.starts_with(folder));
        (!rival).then_some((first, folder))
    }

    /// The finding for a manifest that [`Index::locate`] found below the root or in other case.
    #[must_use]
    pub fn located_finding(&self, manifest: &str) -> Option<Finding> {
        let (entry, folder) = self.locate(manifest)?;
        if !folder.is_empty() {
            let finding = Finding::new("manifest_in_folder", Severity::Info, &*entry.path);
            return Some(finding.with("folder", folder));
        }
        (entry.path != manifest)
            .then(|| Finding::new("manifest_name_case", Severity::Info, &*entry.path))
    }
}

impl Tables {
    fn of(entries: &[Entry]) -> Self {
        let mut tables = Self {
            normalised: HashMap::new(),
            folded: HashMap::new(),
            readings: HashMap::new(),
        };
        for (at, entry) in entries.iter().enumerate() {
            tables.normalised.insert(names::nfc(&entry.path), at);
            tables
                .folded
                .entry(names::folded(&entry.path))
                .or_insert(at);
            for reading in names::other_readings(&entry.raw) {
                let (path, _) = names::path_of(&reading);
                tables.readings.entry(names::folded(&path)).or_insert(at);
            }
        }
        tables
    }
}

/// Holds one entry against the limits and the names before it; `None` for a directory.
fn admit(
    raw: &RawEntry,
    name: &str,
    limits: &Limits,
    kinds: &mut HashMap<String, bool>,
) -> Result<Option<Entry>, (Code, &'static str)> {
    if raw.name.iter().any(|b| *b < 0x20) {
        return Err((Code::UnsafeName, "control character"));
    }
    names::check(name, limits)?;
    let (path, directory) = names::path_of(name);
    // S_IFMT: a regular file, a directory, or nothing said (Z4); permission bits are ignored.
    let kind = raw.mode & 0o170_000;
    if raw.link || !matches!(kind, 0 | 0o100_000 | 0o040_000) {
        return Err((Code::SpecialFile, "link or device"));
    }
    if raw.size > limits.entry {
        return Err((Code::TooLarge, "entry over the limit"));
    }
    if raw.size > limits.ratio_from && raw.size / limits.ratio > raw.compressed_size {
        return Err((Code::Ratio, "declared sizes"));
    }
    if path.is_empty() && !directory {
        return Err((Code::UnsafeName, "empty name"));
    }
    if directory && raw.size > 0 {
        return Err((Code::HeaderMismatch, "directory with content"));
    }
    if kinds.insert(names::nfc(&path), directory).is_some() {
        return Err((Code::DuplicateName, "name given twice"));
    }
    if directory {
        return Ok(None);
    }
    Ok(Some(Entry {
        path,
        raw: if raw.name.is_ascii() {
            Vec::new()
        } else {
            raw.name.clone()
        },
        offset: raw.data_offset,
        // A deflate stream of no bytes is none: such an entry is simply empty.
        method: if raw.method == 0 || raw.compressed_size == 0 {
            Method::Stored
        } else {
            Method::Deflate
        },
        compressed_size: raw.compressed_size,
        size: raw.size,
        crc32: raw.crc32,
    }))
}

/// Z7: a path below something that is a file.
fn file_used_as_directory(kinds: &HashMap<String, bool>) -> Option<&str> {
    kinds.keys().find_map(|path| {
        path.match_indices('/')
            .map(|(at, _)| &path[..at])
            .find(|parent| kinds.get(*parent) == Some(&false))
    })
}

/// Repairs of one kind: how many, and the first as example.
#[derive(Default)]
struct Tally {
    count: usize,
    first: String,
}

impl Tally {
    fn add(&mut self, path: &str) {
        if self.count == 0 {
            path.clone_into(&mut self.first);
        }
        self.count += 1;
    }
}

#[derive(Default)]
struct Repairs {
    backslashes: Tally,
    segments: Tally,
    unflagged: Tally,
    cp437: Tally,
    litter: Tally,
}

impl Repairs {
    fn note(&mut self, (name, reading): &(String, Reading), entry: &Entry) {
        if name.contains('\\') {
            self.backslashes.add(&entry.path);
        } else if *name != entry.path {
            self.segments.add(&entry.path);
        }
        match reading {
            Reading::Certain => {}
            Reading::UnflaggedUtf8 => self.unflagged.add(&entry.path),
            Reading::Cp437 => self.cp437.add(&entry.path),
        }
    }

    fn findings(self, unused: u64) -> Vec<Finding> {
        let mut findings: Vec<Finding> = [
            ("backslashes_in_names", self.backslashes),
            ("odd_segments_in_names", self.segments),
            ("names_utf8_unflagged", self.unflagged),
            ("names_not_unicode", self.cp437),
            ("litter_ignored", self.litter),
        ]
        .into_iter()
        .filter(|(_, tally)| tally.count > 0)
        .map(|(code, tally)| {
            Finding::new(code, Severity::Info, tally.first).with("count", tally.count)
        })
        .collect();
        if unused > 0 {
            findings.push(Finding::new("unused_bytes", Severity::Info, "").with("bytes", unused));
        }
        findings
    }
}
