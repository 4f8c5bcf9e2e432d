//! A table made ready for look-ups: one per edition, built once.

use std::collections::{HashMap, HashSet};
use std::sync::LazyLock;

use regex::Regex;

use super::formats::InteractionFormats;
use super::table::{Collection, Row, Table, TypeRule};
use super::{Standard, errors::Refusal, table_of};
use crate::Edition;

/// Longest element name that is looked at, in bytes: far above any real one.
pub const LONGEST_NAME: usize = 4_096;

/// A table's rows by name, for one edition.
pub(super) struct Index {
    pub table: &'static Table,
    rows: HashMap<&'static str, &'static Row>,
    collections: HashMap<&'static str, &'static Collection>,
    nodes: HashSet<&'static str>,
    types: HashMap<&'static str, Compiled>,
}

/// A [`TypeRule`] with its expressions compiled.
pub(super) struct Compiled {
    pub rule: &'static TypeRule,
    pub pattern: Regex,
    pub prefixed: Option<Regex>,
    pub first: HashSet<&'static str>,
}

/// What a name stands for.
pub(super) struct Resolved {
    /// The name with its indices in their one form (`01` is `1`).
    pub name: String,
    pub row: &'static Row,
    /// Each collection on the way (`cmi.interactions.3.objectives`) with the index asked of it.
    pub path: Vec<(String, &'static Collection, u32)>,
}

static INDEXES: LazyLock<[Index; 4]> = LazyLock::new(|| {
    [
        Index::build(Edition::Scorm12),
        Index::build(Edition::Scorm2004Second),
        Index::build(Edition::Scorm2004Third),
        Index::build(Edition::Scorm2004Fourth),
    ]
});

/// The index of an edition.
pub(super) fn index(edition: Edition) -> &'static Index {
    &INDEXES[match edition {
        Edition::Scorm12 => 0,
        Edition::Scorm2004Second => 1,
        Edition::Scorm2004Third => 2,
        Edition::Scorm2004Fourth => 3,
    }]
}

#[allow(
    clippy::expect_used,
    reason = "the tables' own expressions; a test compiles each"
)]
fn compile(pattern: &str) -> Regex {
    Regex::new(pattern).expect("a table's expression")
}

impl Index {
    fn build(edition: Edition) -> Self {
        let table = table_of(Standard::of(edition));
        let rows: HashMap<_, _> = table
            .rows
            .iter()
            .filter(|row| row.editions.contains(&edition))
            .map(|row| (row.element, row))
            .collect();
        let mut nodes = HashSet::new();
        for name in rows.keys() {
            let mut rest: &'static str = name;
            while let Some((parent, _)) = rest.rsplit_once('.') {
                nodes.insert(parent);
                rest = parent;
            }
        }
        let collections = table
            .collections
            .iter()
            .filter(|c| nodes.contains(c.element))
            .map(|c| (c.element, c))
            .collect();
        let types = table
            .types
            .iter()
            .map(|rule| {
                let compiled = Compiled {
                    rule,
                    pattern: compile(rule.pattern),
                    prefixed: rule.prefixed.map(compile),
                    first: rule.first.unwrap_or("").split(' ').collect(),
                };
                (rule.name, compiled)
            })
            .collect();
        Self {
            table,
            rows,
            collections,
            nodes,
            types,
        }
    }

    pub fn type_rule(&self, name: &str) -> Option<&Compiled> {
        self.types.get(name)
    }

    pub fn interaction(&self, kind: &str) -> Option<&'static InteractionFormats> {
        self.table
            .interactions
            .iter()
            .find(|formats| formats.kind == kind)
    }

    /// Finds the row a name stands for (RTE 4.1.1, 1.2 RTE 3.4.1.2).
    ///
    /// The refusals are [`Refusal::Undefined`], [`Refusal::NoLeaf`] and the three for keywords that
    /// do not apply.
    pub fn resolve(&self, name: &str) -> Result<Resolved, Refusal> {
        self.found(name).map_err(|refusal| match refusal {
            Refusal::Undefined if self.is_in_category(name) => Refusal::NoLeaf,
            other => other,
        })
    }

    /// Whether a name goes on behind a category of the model (`cmi.core`, `cmi.objectives`) and is
    /// none itself.
    fn is_in_category(&self, name: &str) -> bool {
        let mut segments = name.split('.');
        let (Some(model), Some(category), Some(_)) =
            (segments.next(), segments.next(), segments.next())
        else {
            return false;
        };
        self.nodes.contains(format!("{model}.{category}").as_str()) && !self.nodes.contains(name)
    }

    fn found(&self, name: &str) -> Result<Resolved, Refusal> {
        if name.len() > LONGEST_NAME || name.starts_with('.') {
            return Err(Refusal::Undefined);
        }
        if let Some(at) = name.find(".{target=") {
            let target = &name[at + ".{target=".len()..];
            return match target.strip_suffix('}') {
                Some(id) if !id.is_empty() => {
                    let pattern = format!("{}.{{target=}}", &name[..at]);
                    let row = self.rows.get(pattern.as_str()).ok_or(Refusal::Undefined)?;
                    Ok(Resolved {
                        name: name.to_owned(),
                        row,
                        path: Vec::new(),
                    })
                }
                _ => Err(Refusal::Undefined),
            };
        }
        let mut pattern = String::with_capacity(name.len());
        let mut canonical = String::with_capacity(name.len());
        let mut path = Vec::new();
        for segment in name.split('.') {
            let collection = self
                .collections
                .get(pattern.as_str())
                .filter(|_| !segment.starts_with('_'));
            let position = collection.map(|c| {
                entry_index(segment)
                    .map(|n| (*c, n))
                    .ok_or(Refusal::Undefined)
            });
            if let Some((collection, position)) = position.transpose()? {
                path.push((canonical.clone(), collection, position));
                pattern.push_str(".n");
                canonical.push_str(&format!(".{position}"));
                continue;
            }
            for text in [&mut pattern, &mut canonical] {
                if !text.is_empty() {
                    text.push('.');
                }
                text.push_str(segment);
            }
        }
        if let Some(row) = self.rows.get(pattern.as_str()) {
            return Ok(Resolved {
                name: canonical,
                row,
                path,
            });
        }
        let Some((parent, keyword)) = pattern.rsplit_once('.') else {
            return Err(Refusal::Undefined);
        };
        if !self.nodes.contains(parent) && !self.rows.contains_key(parent) {
            return Err(Refusal::Undefined);
        }
        Err(match keyword {
            "_children" => Refusal::NoChildren,
            "_count" => Refusal::NoCount,
            "_version" => Refusal::NoVersion,
            _ => Refusal::Undefined,
        })
    }
}

/// An index: decimal digits. Beyond nine of them they are all beyond any collection.
fn entry_index(text: &str) -> Option<u32> {
    if text.is_empty() || !text.bytes().all(|byte| byte.is_ascii_digit()) {
        return None;
    }
    let digits = text.trim_start_matches('0');
    Some(match digits.len() {
        0 => 0,
        1..=9 => digits.parse().unwrap_or(999_999_999),
        _ => 999_999_999,
    })
}
