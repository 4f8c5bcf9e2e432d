//! What the engine's tests share: a package as a map, and the shared ADL folder.
#![allow(dead_code)]

pub mod adl;
pub mod differences;
pub mod questions;

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::path::PathBuf;

/// A package held in memory.
#[derive(Default)]
pub struct MapFiles(pub BTreeMap<String, Vec<u8>>);

impl MapFiles {
    /// A package of a manifest and empty files of these names.
    pub fn with_manifest(manifest: &str, files: &[&str]) -> MapFiles {
        let mut map: BTreeMap<String, Vec<u8>> =
            files.iter().map(|f| (f.to_string(), Vec::new())).collect();
        map.insert("imsmanifest.xml".into(), manifest.as_bytes().to_vec());
        MapFiles(map)
    }
}

impl scorm::Files for MapFiles {
    fn read(&self, path: &str) -> Option<Cow<'_, [u8]>> {
        self.0.get(path).map(|b| Cow::Borrowed(b.as_slice()))
    }
    fn find(&self, path: &str) -> Option<String> {
        if self.0.contains_key(path) {
            return Some(path.to_owned());
        }
        self.0
            .keys()
            .find(|k| k.eq_ignore_ascii_case(path))
            .cloned()
    }
    fn list(&self) -> Vec<String> {
        self.0.keys().cloned().collect()
    }
}

/// The folder of ADL's cases, if this machine has it.
pub fn adl_dir() -> Option<PathBuf> {
    let dir = std::env::var_os("HALQA_ADL_DIR")
        .map(PathBuf::from)
        .unwrap_or_else(|| {
            PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../../shared/adl-scorm2004")
        });
    let found = dir.join("cases").is_dir();
    if !found {
        eprintln!(
            "skipped: no ADL cases at {} (set HALQA_ADL_DIR)",
            dir.display()
        );
    }
    found.then_some(dir)
}
