//! What a manifest says, read once and kept: the course the engine runs.
//!
//! Everything here is plain data, addressed by index: activity `0` is the root (the
//! organization) and `activities` is the tree in pre-order, so a child always has a
//! higher index than its parent. Stored by the server as JSON; fields are only ever added,
//! each with a default.

mod sequencing;

pub use sequencing::*;

use serde::{Deserialize, Serialize};

/// The edition of SCORM a package declares (CAM 3.4.1.2, `schemaversion`).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Edition {
    /// SCORM 1.2 (and the rare 1.1 exports, which are read the same way).
    Scorm12,
    /// SCORM 2004 2nd edition (`CAM 1.3`).
    Scorm2004Second,
    /// SCORM 2004 3rd edition.
    Scorm2004Third,
    /// SCORM 2004 4th edition.
    Scorm2004Fourth,
}

impl Edition {
    /// Whether sequencing and the `cmi.*` model of SCORM 2004 apply.
    pub fn is_2004(self) -> bool {
        self != Edition::Scorm12
    }
}

/// One organization of a package, ready to run.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Course {
    /// Edition the package declares, or the one its elements betray.
    pub edition: Edition,
    /// `identifier` of the manifest.
    pub identifier: String,
    /// Title of the organization, or the manifest's metadata title, or the identifier.
    pub title: String,
    /// First language the metadata names (BCP 47 as written), if any.
    #[serde(default)]
    pub language: Option<String>,
    /// The activity tree in pre-order; `activities[0]` is the organization.
    pub activities: Vec<Activity>,
    /// Every resource of the manifest.
    pub resources: Vec<Resource>,
    /// Ids of the global objectives that maps of this course name, sorted.
    #[serde(default)]
    pub global_objectives: Vec<String>,
    /// Ids of the shared data stores (`adl.data`) that maps of this course name, sorted.
    #[serde(default)]
    pub data_stores: Vec<String>,
    /// `adlseq:objectivesGlobalToSystem`: global objectives outlive the course (default true).
    #[serde(default = "yes")]
    pub objectives_global_to_system: bool,
    /// `adlcp:sharedDataGlobalToSystem`: data stores outlive the course (default true).
    #[serde(default = "yes")]
    pub shared_data_global_to_system: bool,
    /// What was repaired or looks wrong, for the import's diagnosis.
    #[serde(default)]
    pub findings: Vec<Finding>,
}

fn yes() -> bool {
    true
}

impl Course {
    /// Index of the activity with this identifier.
    pub fn find(&self, identifier: &str) -> Option<usize> {
        self.activities
            .iter()
            .position(|a| a.identifier == identifier)
    }

    /// The auxiliary resources of an activity, its own first, then those of the blocks around it,
    /// each once.
    pub fn auxiliary(&self, activity: usize) -> Vec<&AuxiliaryResource> {
        let around = std::iter::successors(Some(activity), |&a| self.activities[a].parent);
        let mut found: Vec<&AuxiliaryResource> = Vec::new();
        for resource in around.flat_map(|a| &self.activities[a].auxiliary) {
            if found.iter().all(|known| known.id != resource.id) {
                found.push(resource);
            }
        }
        found
    }

    /// Indices of the activities that deliver a resource, in tree order.
    pub fn launchable(&self) -> impl Iterator<Item = usize> + '_ {
        self.activities
            .iter()
            .enumerate()
            .filter(|(_, a)| a.is_leaf() && a.launch.is_some())
            .map(|(i, _)| i)
    }
}

/// One activity: the organization (root) or an item.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Activity {
    /// `identifier` of the item or organization.
    pub identifier: String,
    /// Title, capped at 1,000 characters; never markup, always to be escaped.
    pub title: String,
    /// Parent's index; `None` for the root.
    pub parent: Option<usize>,
    /// Children's indices in manifest order.
    pub children: Vec<usize>,
    /// 0 for the root.
    pub depth: u32,
    /// One past the last index of this activity's subtree.
    pub end: usize,
    /// `isvisible` (default true): whether the table of contents shows it.
    #[serde(default = "yes")]
    pub visible: bool,
    /// Index into [`Course::resources`].
    #[serde(default)]
    pub resource: Option<usize>,
    /// What a browser loads: path inside the package with query and fragment, or an absolute
    /// http(s) address. `parameters` of the item are joined (CAM 3.4.1.13).
    #[serde(default)]
    pub launch: Option<String>,
    /// Whether the resource is a SCO (talks to the run-time) or an asset.
    #[serde(default)]
    pub kind: ResourceKind,
    /// `adlcp:prerequisites` (SCORM 1.2), an AICC script.
    #[serde(default)]
    pub prerequisites: Option<String>,
    /// `adlcp:maxtimeallowed` (1.2, a CMITimespan) or `attemptAbsoluteDurationLimit` (2004, an ISO
    /// duration), as written.
    #[serde(default)]
    pub max_time_allowed: Option<String>,
    /// `adlcp:timelimitaction` / `adlcp:timeLimitAction`, as the vocabulary writes it
    /// (`exit,no message`).
    #[serde(default)]
    pub time_limit_action: Option<String>,
    /// `adlcp:datafromlms` / `adlcp:dataFromLMS`: becomes `cmi.launch_data`.
    #[serde(default)]
    pub data_from_lms: Option<String>,
    /// `adlcp:masteryscore` (SCORM 1.2), 0 to 100.
    #[serde(default)]
    pub mastery_score: Option<f64>,
    /// `adlcp:completionThreshold` (2004).
    #[serde(default)]
    pub completion_threshold: CompletionThreshold,
    /// `adlcp:data` (4th edition): maps to shared data stores.
    #[serde(default)]
    pub data_maps: Vec<DataMap>,
    /// `adlnav:hideLMSUI`: controls the player hides while this activity is delivered.
    #[serde(default)]
    pub hide_lms_ui: Vec<NavControl>,
    /// `imsss:auxiliaryResources` (IMS SS 3.6): what may be used along with the activity.
    #[serde(default)]
    pub auxiliary: Vec<AuxiliaryResource>,
    /// Sequencing definition model (SN 3), with the collection's part merged in.
    #[serde(default)]
    pub sequencing: Sequencing,
}

impl Activity {
    /// An activity without children, the only kind that is delivered.
    pub fn is_leaf(&self) -> bool {
        self.children.is_empty()
    }
}

/// One `imsss:auxiliaryResource` (IMS SS 3.6): a service or document beside the content.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct AuxiliaryResource {
    /// `auxiliaryResourceID`.
    pub id: String,
    /// `purpose`: a term the author chose, or a few words; may be empty.
    pub purpose: String,
    /// Index into [`Course::resources`] of the resource of that identifier; `None` when there is
    /// none: it is then a name that only a system that knows it can serve.
    pub resource: Option<usize>,
}

/// `adlcp:scormtype` / `adlcp:scormType`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ResourceKind {
    /// Communicates through the run-time interface.
    Sco,
    /// Is only shown.
    #[default]
    Asset,
}

/// One `resource` of the manifest.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Resource {
    /// `identifier`.
    pub identifier: String,
    /// SCO or asset.
    pub kind: ResourceKind,
    /// Launch path with `xml:base` resolved, query and fragment kept; stored name of the file
    /// where the case differed.
    pub href: Option<String>,
    /// Files the manifest lists, `xml:base` resolved.
    pub files: Vec<String>,
    /// Identifiers of the resources this one depends on.
    pub dependencies: Vec<String>,
}

/// `adlcp:completionThreshold` (CAM 5.1.1; attributes since the 4th edition).
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct CompletionThreshold {
    /// `completedByMeasure` (default false): completion follows the progress measure.
    pub by_measure: bool,
    /// `minProgressMeasure` (default 1.0), 0 to 1.
    pub min_progress: f64,
    /// Whether a threshold was given at all: only then `cmi.completion_threshold` exists.
    pub given: bool,
    /// `progressWeight` (default 1.0), 0 to 1: weight in the parent's progress.
    pub weight: f64,
}

impl Default for CompletionThreshold {
    fn default() -> Self {
        CompletionThreshold {
            by_measure: false,
            min_progress: 1.0,
            given: false,
            weight: 1.0,
        }
    }
}

/// One `adlcp:map` of `adlcp:data` (4th edition).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct DataMap {
    /// Index into [`Course::data_stores`].
    pub store: usize,
    /// `readSharedData` (default true).
    pub read: bool,
    /// `writeSharedData` (default true).
    pub write: bool,
}

/// Values of `adlnav:hideLMSUI`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum NavControl {
    /// Previous
    Previous,
    /// Continue
    Continue,
    /// Exit
    Exit,
    /// Exit All
    ExitAll,
    /// Abandon
    Abandon,
    /// Abandon All
    AbandonAll,
    /// Suspend All
    SuspendAll,
}

/// Something an import tells the trainer: what was repaired or may go wrong.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Finding {
    /// Stable code; the server holds the sentence.
    pub code: String,
    /// Line in the manifest, 1-based; 0 when it concerns no line.
    pub line: u32,
    /// What it is about: an identifier, path or value, capped at 200 characters.
    pub subject: String,
}
