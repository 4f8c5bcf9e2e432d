//! What will go wrong when learners run a package, seen while its entries are inflated.
//!
//! [`Diagnosis`] is an [`Observer`] of the verifying pass: it looks at the first part of each
//! page, script and style sheet. It never refuses; it gives [`Finding`]s.

use std::collections::BTreeMap;

use memchr::memmem::Finder;

use crate::finding::{Finding, Severity};
use crate::index::{Entry, Index};
use crate::media::extension;
use crate::verify::Observer;

/// How much of one entry is looked at, in bytes.
const ENTRY_CAP: usize = 2 * 1024 * 1024;
/// How much of a package is looked at, in bytes.
const PACKAGE_CAP: usize = 64 * 1024 * 1024;
/// Places and hosts named in one finding.
const NAMED: usize = 20;

/// Calls and elements by which a SCO can report an end (RTE 1.2 §3.3, RTE 2004 §3.2 and §4.2).
/// `Terminate` is a word of many libraries: it counts with the string argument SCORM wants, or
/// quoted as a name.
const COMPLETION: [&[u8]; 7] = [
    b"lmsfinish",
    b"terminate(\"",
    b"terminate('",
    b"\"terminate\"",
    b"'terminate'",
    b"lesson_status",
    b"completion_status",
];

/// Hosts whose addresses are names of vocabularies and licences, never fetched.
const IDENTIFIERS: [&str; 14] = [
    "w3.org",
    "adlnet.org",
    "adlnet.gov",
    "imsglobal.org",
    "imsproject.org",
    "ieee.org",
    "purl.org",
    "schema.org",
    "json-schema.org",
    "schemas.microsoft.com",
    "openxmlformats.org",
    "ns.adobe.com",
    "opensource.org",
    "creativecommons.org",
];

/// Places of one kind of trouble.
#[derive(Debug, Clone, Default)]
struct Places {
    count: usize,
    named: Vec<String>,
}

impl Places {
    fn add(&mut self, place: &str) {
        if self.named.iter().any(|known| known == place) {
            return;
        }
        self.count += 1;
        if self.named.len() < NAMED {
            self.named.push(place.to_owned());
        }
    }
}

/// Collects run-time trouble of one package.
#[derive(Debug)]
pub struct Diagnosis {
    path: String,
    kind: Kind,
    window: Vec<u8>,
    looked_at: usize,
    /// Something was not looked at to its end.
    partial: bool,
    completes: bool,
    flash: Places,
    files: Places,
    /// Host → first place it is fetched from.
    hosts: BTreeMap<String, String>,
    host_count: usize,
    completion: Vec<Finder<'static>>,
    scheme: Finder<'static>,
    file: Finder<'static>,
    swf: Finder<'static>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kind {
    Page,
    Script,
    Style,
    Other,
}

impl Default for Diagnosis {
    fn default() -> Self {
        Self {
            path: String::new(),
            kind: Kind::Other,
            window: Vec::new(),
            looked_at: 0,
            partial: false,
            completes: false,
            flash: Places::default(),
            files: Places::default(),
            hosts: BTreeMap::new(),
            host_count: 0,
            completion: COMPLETION.iter().map(Finder::new).collect(),
            scheme: Finder::new(b"//"),
            file: Finder::new(b"file://"),
            swf: Finder::new(b".swf"),
        }
    }
}

impl Observer for Diagnosis {
    fn begin(&mut self, entry: &Entry) {
        let extension = extension(&entry.path);
        self.kind = match extension.as_str() {
            "htm" | "html" | "xhtml" | "asp" | "php" => Kind::Page,
            "js" | "mjs" => Kind::Script,
            "css" => Kind::Style,
            _ => Kind::Other,
        };
        if extension == "swf" {
            self.flash.add(&entry.path);
        }
        self.window.clear();
        self.path.clone_from(&entry.path);
    }

    fn data(&mut self, block: &[u8]) {
        if self.kind == Kind::Other {
            return;
        }
        let room = ENTRY_CAP
            .saturating_sub(self.window.len())
            .min(PACKAGE_CAP.saturating_sub(self.looked_at));
        self.partial |= block.len() > room;
        let kept = &block[..block.len().min(room)];
        self.looked_at += kept.len();
        // UTF-16 pages lose their zero bytes here, and are ASCII enough to be searched.
        self.window
            .extend(kept.iter().filter(|b| **b != 0).map(u8::to_ascii_lowercase));
    }

    fn end(&mut self) {
        if self.kind == Kind::Other {
            return;
        }
        let window = std::mem::take(&mut self.window);
        self.completes = self.completes
            || self.kind != Kind::Style
                && self
                    .completion
                    .iter()
                    .any(|finder| finder.find(&window).is_some());
        if self.kind != Kind::Style && self.names_flash(&window) {
            self.flash.add(&self.path);
        }
        if self
            .file
            .find_iter(&window)
            .any(|at| opens_value(&window, at))
        {
            self.files.add(&self.path);
        }
        self.collect_hosts(&window);
        self.window = window;
    }
}

impl Diagnosis {
    /// The findings, once every entry was seen. `scorm`: whether the package is to report through
    /// the SCORM run-time at all.
    #[must_use]
    pub fn findings(&self, index: &Index, scorm: bool) -> Vec<Finding> {
        let mut findings = Vec::new();
        if scorm && !self.completes {
            // What was not looked at may hold the call.
            let severity = if self.partial {
                Severity::Info
            } else {
                Severity::Warning
            };
            let scripts = index
                .entries
                .iter()
                .filter(|e| matches!(extension(&e.path).as_str(), "js" | "mjs"))
                .count();
            findings
                .push(Finding::new("no_completion_call", severity, "").with("scripts", scripts));
        }
        for (code, places) in [("flash", &self.flash), ("file_links", &self.files)] {
            if let Some(first) = places.named.first() {
                let finding = Finding::new(code, Severity::Warning, first);
                findings.push(
                    finding
                        .with("count", places.count)
                        .with("places", places.named.join(", ")),
                );
            }
        }
        if let Some(first) = self.hosts.values().next() {
            let hosts: Vec<&str> = self.hosts.keys().map(String::as_str).collect();
            findings.push(
                Finding::new("external_hosts", Severity::Warning, first)
                    .with("count", self.host_count)
                    .with("hosts", hosts.join(", ")),
            );
        }
        findings
    }

    /// A `.swf` named inside quotes, or as a parameter of an address.
    fn names_flash(&self, window: &[u8]) -> bool {
        self.swf.find_iter(window).any(|at| {
            matches!(
                window.get(at + 4),
                Some(b'"' | b'\'' | b'?' | b'&' | b' ' | b')') | None
            )
        })
    }

    fn collect_hosts(&mut self, window: &[u8]) {
        let found: Vec<String> = self
            .scheme
            .find_iter(window)
            .filter_map(|at| fetched_host(window, at, self.kind))
            .collect();
        for host in found {
            if self.hosts.contains_key(&host) {
                continue;
            }
            self.host_count += 1;
            if self.hosts.len() < NAMED {
                self.hosts.insert(host, self.path.clone());
            }
        }
    }
}

/// Whether what begins at `at` opens a quoted value or a CSS `url(`.
fn opens_value(window: &[u8], at: usize) -> bool {
    at.checked_sub(1)
        .and_then(|before| window.get(before))
        .is_some_and(|b| b"\"'(=`".contains(b))
}

/// The host of an address whose `//` lies at `at`, if the page would fetch from it: it opens a
/// value, is no link to click, and its host is no vocabulary's.
fn fetched_host(window: &[u8], at: usize, kind: Kind) -> Option<String> {
    let before = &window[..at];
    let start = ["https:", "http:", "wss:", "ws:"]
        .iter()
        .find(|scheme| before.ends_with(scheme.as_bytes()))
        .map(|scheme| at - scheme.len());
    // Without a scheme, `//` in a script opens a comment: only markup and styles are believed.
    let start = match (start, kind) {
        (Some(start), _) => start,
        (None, Kind::Page | Kind::Style) => at,
        (None, _) => return None,
    };
    if !opens_value(window, start) {
        return None;
    }
    let rest = &window[at + 2..];
    let end = rest
        .iter()
        .position(|b| !(b.is_ascii_alphanumeric() || b"-._".contains(b)))
        .unwrap_or(rest.len());
    let host = std::str::from_utf8(&rest[..end]).ok()?.trim_matches('.');
    let is_host = host.contains('.') && host.len() <= 253 && !host.starts_with('-');
    let is_name = |known: &str| {
        host.strip_suffix(known)
            .is_some_and(|rest| rest.is_empty() || rest.ends_with('.'))
    };
    if !is_host || IDENTIFIERS.iter().any(|known| is_name(known)) || is_link(window, start, kind) {
        return None;
    }
    Some(host.to_owned())
}

/// Whether the value at `start` is the `href` of an `<a>` or `<area>`, or an XML namespace: nothing
/// a page fetches by itself.
fn is_link(window: &[u8], start: usize, kind: Kind) -> bool {
    const TAG: usize = 1024;
    if kind != Kind::Page {
        return false;
    }
    let near = &window[start.saturating_sub(TAG)..start];
    let Some(open) = memchr::memrchr(b'<', near) else {
        return false;
    };
    let tag = &near[open + 1..];
    let named = |name: &[u8]| {
        tag.strip_prefix(name)
            .is_some_and(|r| r.first().is_some_and(u8::is_ascii_whitespace))
    };
    named(b"a")
        || named(b"area")
        || named(b"form")
        || memchr::memmem::rfind(tag, b"xmlns").is_some_and(|at| !tag[at..].contains(&b' '))
}
