//! Course structures (13.0): `cmi5.xml` read and checked, requirement by requirement.

use std::collections::HashSet;

use serde::{Deserialize, Serialize};
use strictxml::Element;
use xapi::check::is_iri;

use crate::paths::{self, Target};
use crate::{Files, Finding, Refusal};

/// The namespace of course structures (13.2).
pub const NAMESPACE: &str = "https://w3id.org/xapi/profiles/cmi5/v1/CourseStructure.xsd";
/// Assignable units and blocks at most (`threats.md` M16); the specification asks for 1,000.
const NODES: usize = 5000;

/// Texts by their languages, in the order of the file.
pub type Texts = Vec<(String, String)>;

/// A course.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Course {
    /// What it was made for.
    pub profile: Profile,
    /// The publisher's id.
    pub id: String,
    /// Titles.
    pub title: Texts,
    /// Descriptions.
    pub description: Texts,
    /// Objectives that blocks and units refer to.
    pub objectives: Vec<Objective>,
    /// Blocks and units in the order of the file, each block before what is in it.
    pub nodes: Vec<Node>,
}

/// What a package was made for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Profile {
    /// cmi5: the rules of its sessions hold.
    Cmi5,
    /// An xAPI package: any statement is taken; its verbs are understood.
    Xapi,
}

/// An objective (13.1.3).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Objective {
    /// The publisher's id.
    pub id: String,
    /// Titles.
    pub title: Texts,
}

/// A block or a unit.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Node {
    /// The publisher's id.
    pub id: String,
    /// Titles.
    pub title: Texts,
    /// Descriptions.
    pub description: Texts,
    /// The objectives it refers to.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub objectives: Vec<String>,
    /// The block it lies in.
    pub parent: Option<usize>,
    /// 1 for those of the course itself.
    pub depth: u32,
    /// A unit; `None`: a block.
    pub unit: Option<Unit>,
}

/// An assignable unit (13.1.4).
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Unit {
    /// Its path in the package, escaped, with query and fragment; or an absolute address.
    pub url: String,
    /// It wants a window of its own.
    pub own_window: bool,
    /// When it is satisfied.
    pub move_on: MoveOn,
    /// 0 to 1.
    pub mastery_score: Option<f64>,
    /// As its author wrote them.
    pub launch_parameters: Option<String>,
    /// As its provider wrote it.
    pub entitlement_key: Option<String>,
    /// What kind of activity it is.
    pub activity_type: Option<String>,
}

/// When a unit is satisfied.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum MoveOn {
    /// Once it was passed.
    Passed,
    /// Once it was completed.
    Completed,
    /// Once it was both.
    CompletedAndPassed,
    /// Once it was either.
    CompletedOrPassed,
    /// From the beginning.
    NotApplicable,
}

impl MoveOn {
    /// As the structure writes it.
    pub const fn text(self) -> &'static str {
        match self {
            MoveOn::Passed => "Passed",
            MoveOn::Completed => "Completed",
            MoveOn::CompletedAndPassed => "CompletedAndPassed",
            MoveOn::CompletedOrPassed => "CompletedOrPassed",
            MoveOn::NotApplicable => "NotApplicable",
        }
    }

    fn of(text: &str) -> Option<MoveOn> {
        [
            MoveOn::Passed,
            MoveOn::Completed,
            MoveOn::CompletedAndPassed,
            MoveOn::CompletedOrPassed,
            MoveOn::NotApplicable,
        ]
        .into_iter()
        .find(|value| value.text() == text)
    }
}

impl Course {
    /// The unit at a place among the nodes.
    pub fn unit(&self, node: usize) -> Option<(&Node, &Unit)> {
        let node = self.nodes.get(node)?;
        Some((node, node.unit.as_ref()?))
    }

    /// The places of the units, in order.
    pub fn units(&self) -> impl Iterator<Item = usize> {
        (0..self.nodes.len()).filter(|&place| self.nodes[place].unit.is_some())
    }
}

/// The text in the first of these languages that there is, else the first of all.
pub fn text<'t>(texts: &'t Texts, languages: &[&str]) -> &'t str {
    let same = |tag: &str, wanted: &str| {
        let primary = |text: &str| text.split('-').next().unwrap_or_default().to_lowercase();
        primary(tag) == primary(wanted)
    };
    languages
        .iter()
        .find_map(|wanted| texts.iter().find(|(tag, _)| same(tag, wanted)))
        .or_else(|| texts.first())
        .map_or("", |(_, text)| text)
}

/// Reads a structure. What is there but means nothing here (elements of other namespaces) is
/// passed over.
pub fn read(bytes: &[u8], files: &dyn Files) -> Result<(Course, Vec<Finding>), Refusal> {
    let document = strictxml::parse(bytes)?;
    let root = &document.root;
    if !root.is_ns(NAMESPACE, "courseStructure") {
        let detail = root.namespace.as_deref().unwrap_or(&root.name);
        return Err(structure(root, detail));
    }
    let mut reader = Reader {
        files,
        ids: HashSet::new(),
        references: Vec::new(),
        findings: document
            .findings
            .iter()
            .map(|finding| Finding {
                code: finding.code,
                line: finding.line,
                subject: finding.detail.clone(),
            })
            .collect(),
        nodes: Vec::new(),
    };
    in_order(root, &[], &["course", "objectives", "au block"])?;
    let course = required(root, "course")?;
    in_order(course, &["id"], &["title", "description"])?;
    let id = reader.id(course)?;
    let title = texts(course, "title")?;
    let description = texts(course, "description")?;
    let objectives = reader.objectives(root)?;
    reader.nodes_of(root, None, 1)?;
    if !reader.nodes.iter().any(|node| node.unit.is_some()) {
        return Err(structure(root, "au"));
    }
    let known: HashSet<&str> = objectives.iter().map(|o| o.id.as_str()).collect();
    for (line, column, reference) in &reader.references {
        if !known.contains(reference.as_str()) {
            return Err(Refusal {
                code: "cmi5_structure",
                requirement: "13.2.0.0-1",
                line: *line,
                column: *column,
                detail: reference.clone(),
            });
        }
    }
    let course = Course {
        profile: Profile::Cmi5,
        id,
        title,
        description,
        objectives,
        nodes: reader.nodes,
    };
    Ok((course, reader.findings))
}

fn structure(element: &Element, detail: &str) -> Refusal {
    Refusal::at(element, "cmi5_structure", "13.2.0.0-1", detail)
}

/// Children and attributes of our namespace: known, and in this order. A group of alternatives is
/// one text.
fn in_order(element: &Element, attributes: &[&str], children: &[&str]) -> Result<(), Refusal> {
    let unknown =
        |a: &&strictxml::Attribute| a.namespace.is_none() && !attributes.contains(&a.name.as_str());
    if let Some(unknown) = element.attributes.iter().find(unknown) {
        return Err(structure(element, &unknown.name));
    }
    let mut at = 0;
    for child in own(element) {
        let place = children
            .iter()
            .position(|names| names.split(' ').any(|name| name == child.name))
            .ok_or_else(|| structure(child, &child.name))?;
        let repeats = place == at && !children[place].contains(' ') && place_taken(element, child);
        if place < at || repeats {
            return Err(structure(child, &child.name));
        }
        at = place;
    }
    Ok(())
}

/// An earlier child of the same name.
fn place_taken(element: &Element, child: &Element) -> bool {
    own(element)
        .find(|other| other.name == child.name)
        .is_some_and(|first| !std::ptr::eq(first, child))
}

fn own(element: &Element) -> impl Iterator<Item = &Element> {
    element
        .elements()
        .filter(|child| child.namespace.as_deref() == Some(NAMESPACE))
}

fn child<'e>(element: &'e Element, name: &str) -> Option<&'e Element> {
    element.child_ns(NAMESPACE, name)
}

fn required<'e>(element: &'e Element, name: &str) -> Result<&'e Element, Refusal> {
    child(element, name).ok_or_else(|| structure(element, name))
}

fn texts(element: &Element, name: &str) -> Result<Texts, Refusal> {
    let holder = required(element, name)?;
    let texts: Texts = own(holder)
        .map(|text| match text.name.as_str() {
            "langstring" => Ok((
                text.attr("lang").unwrap_or_default().trim().to_owned(),
                text.text(),
            )),
            other => Err(structure(text, other)),
        })
        .collect::<Result<_, _>>()?;
    if texts.is_empty() {
        return Err(structure(holder, "langstring"));
    }
    Ok(texts)
}

/// A text that is there and not blank.
fn optional(element: &Element, name: &str) -> Option<String> {
    child(element, name)
        .map(Element::text)
        .filter(|text| !text.is_empty())
}

struct Reader<'f> {
    files: &'f dyn Files,
    ids: HashSet<String>,
    references: Vec<(u32, u32, String)>,
    findings: Vec<Finding>,
    nodes: Vec<Node>,
}

impl Reader<'_> {
    /// An id of a course, block, unit or objective: an IRI (3.0.0.0-1), here once.
    fn id(&mut self, element: &Element) -> Result<String, Refusal> {
        let id = element
            .attr("id")
            .ok_or_else(|| structure(element, "id"))?
            .trim();
        if !is_iri(id) {
            return Err(Refusal::at(element, "cmi5_iri", "3.0.0.0-1", id));
        }
        let requirement = match element.name.as_str() {
            "block" => "13.1.2.0-1",
            "objective" => "13.1.3.0-1",
            "au" => "13.1.4.0-1",
            // The id of the course may be a unit's, too.
            _ => return Ok(id.to_owned()),
        };
        if !self.ids.insert(id.to_owned()) {
            return Err(Refusal::at(element, "cmi5_duplicate_id", requirement, id));
        }
        Ok(id.to_owned())
    }

    fn objectives(&mut self, root: &Element) -> Result<Vec<Objective>, Refusal> {
        let Some(list) = child(root, "objectives") else {
            return Ok(Vec::new());
        };
        own(list)
            .map(|objective| {
                if objective.name != "objective" {
                    return Err(structure(objective, &objective.name));
                }
                in_order(objective, &["id"], &["title", "description"])?;
                texts(objective, "description")?;
                Ok(Objective {
                    id: self.id(objective)?,
                    title: texts(objective, "title")?,
                })
            })
            .collect()
    }

    fn referred(&mut self, element: &Element) -> Result<Vec<String>, Refusal> {
        let Some(list) = child(element, "objectives") else {
            return Ok(Vec::new());
        };
        own(list)
            .map(|objective| {
                let id = objective
                    .attr("idref")
                    .filter(|_| objective.name == "objective")
                    .ok_or_else(|| structure(objective, "idref"))?
                    .trim();
                if !is_iri(id) {
                    return Err(Refusal::at(objective, "cmi5_iri", "3.0.0.0-1", id));
                }
                let reference = (objective.line, objective.column, id.to_owned());
                self.references.push(reference);
                Ok(id.to_owned())
            })
            .collect()
    }

    fn nodes_of(
        &mut self,
        element: &Element,
        parent: Option<usize>,
        depth: u32,
    ) -> Result<(), Refusal> {
        for child in own(element).filter(|e| e.name == "au" || e.name == "block") {
            if self.nodes.len() >= NODES {
                return Err(Refusal::at(child, "cmi5_too_many", "", ""));
            }
            let unit = if child.name == "au" {
                Some(self.unit(child)?)
            } else {
                in_order(
                    child,
                    &["id"],
                    &["title", "description", "objectives", "au block"],
                )?;
                None
            };
            let is_block = unit.is_none();
            let place = self.nodes.len();
            let node = Node {
                id: self.id(child)?,
                title: texts(child, "title")?,
                description: texts(child, "description")?,
                objectives: self.referred(child)?,
                parent,
                depth,
                unit,
            };
            self.nodes.push(node);
            if is_block {
                self.nodes_of(child, Some(place), depth + 1)?;
                if self.nodes.len() == place + 1 {
                    return Err(structure(child, "au"));
                }
            }
        }
        Ok(())
    }

    fn unit(&mut self, element: &Element) -> Result<Unit, Refusal> {
        in_order(
            element,
            &[
                "id",
                "moveOn",
                "masteryScore",
                "launchMethod",
                "activityType",
            ],
            &[
                "title",
                "description",
                "objectives",
                "url",
                "launchParameters",
                "entitlementKey",
            ],
        )?;
        let value = |name: &str| element.attr(name).map(str::trim);
        let move_on = match value("moveOn") {
            None => MoveOn::NotApplicable,
            Some(text) => MoveOn::of(text).ok_or_else(|| structure(element, text))?,
        };
        let own_window = match value("launchMethod") {
            None | Some("AnyWindow") => false,
            Some("OwnWindow") => true,
            Some(other) => return Err(structure(element, other)),
        };
        let mastery_score = value("masteryScore")
            .map(|text| mastery(text).ok_or_else(|| structure(element, text)))
            .transpose()?;
        let activity_type = value("activityType").map(str::to_owned);
        if let Some(iri) = activity_type.as_deref().filter(|text| !is_iri(text)) {
            return Err(Refusal::at(element, "cmi5_iri", "3.0.0.0-1", iri));
        }
        let holder = required(element, "url")?;
        Ok(Unit {
            url: self.url(holder)?,
            own_window,
            move_on,
            mastery_score,
            launch_parameters: optional(element, "launchParameters"),
            entitlement_key: optional(element, "entitlementKey"),
            activity_type,
        })
    }

    /// Media of the package by relative addresses, all others by qualified ones (14.1, 14.2).
    fn url(&mut self, element: &Element) -> Result<String, Refusal> {
        let url = element.text();
        let wrong = |requirement| Refusal::at(element, "cmi5_url", requirement, &url);
        if let Some(name) = paths::conflict(&url) {
            let code = "cmi5_parameter";
            return Err(Refusal::at(element, code, "8.1.0.0-6", name));
        }
        match paths::target(&url).ok_or_else(|| wrong("13.1.4.0-2"))? {
            Target::Remote(url) => {
                self.findings.push(Finding {
                    code: "remote_href",
                    line: element.line,
                    subject: url.clone(),
                });
                Ok(url)
            }
            Target::Local(path, suffix) => {
                let found = self.files.find(&path).ok_or_else(|| wrong("14.1.0.0-4"))?;
                Ok(format!("{}{suffix}", paths::escaped_path(&found)))
            }
        }
    }
}

/// `xs:decimal` from 0 to 1 with four decimals at most (13.1.4).
fn mastery(text: &str) -> Option<f64> {
    let digits = text.strip_prefix('+').unwrap_or(text);
    let (whole, part) = digits.split_once('.').unwrap_or((digits, ""));
    let plain = |text: &str| text.bytes().all(|b| b.is_ascii_digit());
    if !plain(whole) || !plain(part) || (whole.is_empty() && part.is_empty()) {
        return None;
    }
    if part.trim_end_matches('0').len() > 4 {
        return None;
    }
    let number: f64 = format!("0{whole}.{part}0").parse().ok()?;
    (0.0..=1.0).contains(&number).then_some(number)
}
