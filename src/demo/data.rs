//! The demo community as data (`fixtures/demo/README.md`), and the sample modules' folders.

use domain::eligibility::{Level, Scope};
use serde::Deserialize;
use serde::de::DeserializeOwned;

use crate::web::Lang;

use super::DemoError;

#[derive(rust_embed::RustEmbed)]
#[folder = "fixtures/demo"]
#[include = "*.json"]
struct Fixtures;

#[derive(rust_embed::RustEmbed)]
#[folder = "scorm_packages"]
#[exclude = "*.md"]
struct Packages;

/// A file of the fixtures.
pub(super) fn read<T: DeserializeOwned>(file: &str) -> Result<T, DemoError> {
    let bytes = Fixtures::get(file).ok_or_else(|| DemoError::Data(file.to_owned()))?;
    serde_json::from_slice(&bytes.data).map_err(|error| DemoError::Data(format!("{file}: {error}")))
}

/// Everything the demo knows before it starts.
pub(super) struct Data {
    pub regions: Vec<Region>,
    pub axes: Vec<Axis>,
    pub organisations: Vec<Organisation>,
    pub people: Vec<Person>,
    pub modules: Vec<Module>,
    pub progress: Vec<History>,
    pub seminars: Vec<Seminar>,
    pub spaces: Vec<Space>,
    pub toolbox: Toolbox,
    pub accompaniment: Vec<Accompanied>,
    pub profiles: Vec<Found>,
    pub actions: Vec<Action>,
    pub conversations: Vec<Conversation>,
    pub rooms: Vec<Room>,
}

impl Data {
    pub fn read() -> Result<Data, DemoError> {
        Ok(Data {
            regions: read("regions.json")?,
            axes: read("axes.json")?,
            organisations: read("organisations.json")?,
            people: read("people.json")?,
            modules: read("modules.json")?,
            progress: read("progress.json")?,
            seminars: read("seminars.json")?,
            spaces: read("spaces.json")?,
            toolbox: read("toolbox.json")?,
            accompaniment: read("accompaniment.json")?,
            profiles: read("profiles.json")?,
            actions: read("actions.json")?,
            conversations: read("conversations.json")?,
            rooms: read("rooms.json")?,
        })
    }
}

/// Names in French, Arabic and English; English falls back to French.
#[derive(Debug, Clone, Deserialize)]
pub(super) struct Names {
    pub fr: String,
    pub ar: String,
    pub en: Option<String>,
}

impl Names {
    pub fn in_order(&self) -> [String; 3] {
        let en = self.en.clone().unwrap_or_else(|| self.fr.clone());
        [self.fr.clone(), self.ar.clone(), en]
    }
    pub fn of(&self, language: &str) -> &str {
        if language == "ar" { &self.ar } else { &self.fr }
    }
}

#[derive(Debug, Clone, Deserialize)]
pub(super) struct Region {
    pub slug: String,
    pub name: Names,
    pub governorates: Vec<Governorate>,
}

#[derive(Debug, Clone, Deserialize)]
pub(super) struct Governorate {
    pub slug: String,
    pub name: Names,
}

#[derive(Debug, Clone, Deserialize)]
pub(super) struct Axis {
    pub slug: String,
    pub name: Names,
    pub description: Names,
}

#[derive(Debug, Clone, Deserialize)]
pub(super) struct Organisation {
    pub slug: String,
    pub name: Names,
    pub kind: String,
    pub region: String,
    pub governorate: String,
    pub axes: Vec<String>,
    pub verified: bool,
    pub language: String,
    pub about: String,
}

#[derive(Debug, Clone, Deserialize)]
pub(super) struct Person {
    pub email: String,
    pub name: String,
    pub language: String,
    pub organisation: Option<String>,
    pub role: Option<String>,
    /// Day; of the membership, or of the account where there is none.
    pub joined: i64,
    pub past: Vec<PastMembership>,
    /// The platform role of the six demo accounts.
    pub account: Option<String>,
    pub region: Option<String>,
    pub space: Option<String>,
    pub mandate: Option<Period>,
}

impl Person {
    pub fn lang(&self) -> Lang {
        lang(&self.language)
    }
}

pub(super) fn lang(code: &str) -> Lang {
    match code {
        "ar" => Lang::Ar,
        "en" => Lang::En,
        _ => Lang::Fr,
    }
}

#[derive(Debug, Clone, Deserialize)]
pub(super) struct PastMembership {
    pub organisation: String,
    pub from: i64,
    pub to: i64,
}

#[derive(Debug, Clone, Deserialize)]
pub(super) struct Period {
    pub from: i64,
    pub to: i64,
}

/// What a scripted learner needs to know of a module.
#[derive(Debug, Clone, Deserialize)]
pub(super) struct Module {
    /// The folder in `scorm_packages/`.
    pub slug: String,
    pub axis: String,
    pub language: String,
    /// A sentence or two, in that language.
    pub summary: String,
    pub format: String,
    pub activities: Vec<Activity>,
}

impl Module {
    /// The files of its package, by path.
    pub fn files(&self) -> Vec<(String, Vec<u8>)> {
        let folder = format!("{}/", self.slug);
        Packages::iter()
            .filter_map(|path| {
                let inside = path.strip_prefix(&folder)?.to_owned();
                Some((inside, Packages::get(&path)?.data.into_owned()))
            })
            .collect()
    }
}

#[derive(Debug, Clone, Deserialize)]
pub(super) struct Activity {
    /// Identifier in the manifest.
    pub activity: String,
    /// Score from which it is passed, percent.
    pub mastery: i64,
    pub pages: Vec<String>,
    pub questions: Vec<Question>,
}

#[derive(Debug, Clone, Deserialize)]
pub(super) struct Question {
    pub page: String,
    pub id: String,
    /// `choice`, `true-false`, `sequencing`, `matching` or `fill-in`.
    #[serde(rename = "type")]
    pub kind: String,
    pub right: Vec<Part>,
    pub wrong: Vec<Part>,
    /// Other wrong answers.
    #[serde(default)]
    pub others: Vec<Vec<Part>>,
    /// Its words, as the module asks it.
    pub text: String,
    pub objective: Option<String>,
}

/// A part of an answer: one value, or a pair of a matching.
#[derive(Debug, Clone, Deserialize, serde::Serialize)]
#[serde(untagged)]
pub(super) enum Part {
    One(String),
    Pair(Vec<String>),
}

/// One learner's history with one module.
#[derive(Debug, Clone, Deserialize)]
pub(super) struct History {
    pub person: String,
    pub module: String,
    pub profile: Profile,
    /// Day it ended.
    pub day: i64,
    /// Minutes spent in all.
    pub minutes: i64,
}

/// What a learner did (`fixtures/demo/README.md`).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub(super) enum Profile {
    Started,
    HalfWay,
    Failed,
    FailedThenPassed,
    CompletedPassed,
}

#[derive(Debug, Clone, Deserialize)]
pub(super) struct Seminar {
    pub slug: String,
    pub title: String,
    pub summary: String,
    pub language: String,
    pub region: String,
    pub place: Option<String>,
    pub link: Option<String>,
    pub sessions: Vec<Sitting>,
    pub capacity: i64,
    pub rule: Rule,
    pub registrations: Vec<String>,
    /// One a line.
    pub trainers: String,
    /// One step a line.
    pub agenda: String,
    pub materials: Vec<Handout>,
}

#[derive(Debug, Clone, Deserialize)]
pub(super) struct Handout {
    pub phase: String,
    pub label: String,
    pub url: String,
}

/// What two people wrote to each other, in turns.
#[derive(Debug, Clone, Deserialize)]
pub(super) struct Conversation {
    pub from: String,
    pub to: String,
    /// As the mails name them.
    pub names: std::collections::BTreeMap<String, String>,
    pub day: i64,
    pub subject: String,
    pub messages: Vec<String>,
}

/// What somebody lets others know about them.
#[derive(Debug, Clone, Deserialize)]
pub(super) struct Found {
    pub person: String,
    pub shown: String,
    pub about: String,
    pub helps: String,
    pub skills: Vec<String>,
    pub languages: Vec<String>,
    pub axes: Vec<String>,
    pub region: Option<String>,
    pub modules: bool,
    pub organisation: bool,
}

/// A visit or a piece of advice.
#[derive(Debug, Clone, Deserialize)]
pub(super) struct Accompanied {
    pub organisation: String,
    pub by: String,
    pub kind: String,
    pub day: i64,
    /// `HH:MM`, local.
    pub time: String,
    pub body: String,
    pub next: String,
    /// The day by which the next step is to be done.
    pub due: i64,
}

#[derive(Debug, Clone, Deserialize)]
pub(super) struct Sitting {
    pub day: i64,
    /// `HH:MM`, local.
    pub start: String,
    pub end: String,
}

#[derive(Debug, Clone, Deserialize)]
pub(super) struct Rule {
    pub need: u32,
    pub of: Vec<Condition>,
    pub scope: Scope,
}

#[derive(Debug, Clone, Deserialize)]
pub(super) struct Condition {
    pub module: String,
    pub level: Level,
}

#[derive(Debug, Clone, Deserialize)]
pub(super) struct Space {
    pub axis: String,
    pub topics: Vec<Topic>,
}

#[derive(Debug, Clone, Deserialize)]
pub(super) struct Topic {
    pub title: String,
    pub language: String,
    pub author: String,
    pub day: i64,
    pub body: String,
    pub question: bool,
    pub module: Option<String>,
    pub seminar: Option<String>,
    pub replies: Vec<Reply>,
}

#[derive(Debug, Clone, Deserialize)]
pub(super) struct Reply {
    pub author: String,
    pub day: i64,
    pub body: String,
    pub solution: bool,
}

/// What the toolbox holds.
#[derive(Debug, Clone, Deserialize)]
pub(super) struct Toolbox {
    pub documents: Vec<Document>,
    pub copies: Vec<Copy>,
    /// Solutions that were made fiches, at most.
    pub fiches: usize,
}

#[derive(Debug, Clone, Deserialize)]
pub(super) struct Document {
    pub title: String,
    pub summary: String,
    pub kind: String,
    pub task: String,
    pub language: String,
    pub axis: String,
    pub author: String,
    pub day: i64,
    pub tags: Vec<String>,
    /// The file's name.
    pub file: String,
    pub featured: bool,
    pub license: String,
    pub versions: Vec<Edition>,
    pub downloads: i64,
}

#[derive(Debug, Clone, Deserialize)]
pub(super) struct Edition {
    pub note: String,
    pub text: String,
}

/// A document copied by another organisation and adapted.
#[derive(Debug, Clone, Deserialize)]
pub(super) struct Copy {
    /// The title of the original.
    pub of: String,
    pub author: String,
    pub day: i64,
    pub note: String,
    pub file: String,
    pub text: String,
}

/// An action sheet; days are counted from today.
#[derive(Debug, Clone, Deserialize)]
pub(super) struct Action {
    pub by: String,
    pub language: String,
    pub region: Option<String>,
    pub axis: String,
    pub title: String,
    pub objective: String,
    pub description: String,
    pub from: i64,
    pub until: i64,
    pub state: String,
    pub reason: String,
    pub organisations: Vec<String>,
    pub milestones: Vec<Milestone>,
    pub evidence: Vec<Evidence>,
    pub published: bool,
}

#[derive(Debug, Clone, Deserialize)]
pub(super) struct Milestone {
    pub title: String,
    pub due: i64,
    pub done: Option<i64>,
}

#[derive(Debug, Clone, Deserialize)]
pub(super) struct Evidence {
    pub address: String,
    pub note: String,
}

/// A coalition's room.
#[derive(Debug, Clone, Deserialize)]
pub(super) struct Room {
    pub founder: String,
    pub by: String,
    pub day: i64,
    /// Its last day.
    pub until: Option<i64>,
    /// All members of the founder read it.
    pub whole: bool,
    pub name: String,
    pub purpose: String,
    pub axis: Option<String>,
    pub region: Option<String>,
    pub parties: Vec<Party>,
    pub topics: Vec<Topic>,
    pub files: Vec<Shared>,
}

/// An organisation that was asked.
#[derive(Debug, Clone, Deserialize)]
pub(super) struct Party {
    pub organisation: String,
    /// Who accepted; none: nobody answered yet.
    pub by: Option<String>,
    pub day: i64,
    pub whole: bool,
}

/// A file of a room.
#[derive(Debug, Clone, Deserialize)]
pub(super) struct Shared {
    pub by: String,
    pub day: i64,
    pub label: String,
    pub file: String,
    pub text: String,
}
