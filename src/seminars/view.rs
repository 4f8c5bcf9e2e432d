//! Seminars as they are shown: to programs as JSON, to people as sentences and rows of a list.

use std::collections::{HashMap, HashSet};

use chrono::Datelike;
use domain::eligibility::{Level, Rule, Scope};
use serde::Serialize;
use serde_json::{Value, json};

use super::door::{Answer, Door, Proofs, Source};
use super::{SeminarRow, store};
use crate::db::{DbError, On};
use crate::ids::{ModuleId, PersonId, SeminarId};
use crate::progress::ModuleRef;
use crate::web::Visitor;
use crate::web::i18n::{Lang, Locales};

/// Whether somebody may take a seat, with the proof.
#[derive(Debug, Clone, Serialize)]
pub(super) struct Eligibility {
    /// The door is open.
    pub eligible: bool,
    /// Conditions that must be met.
    pub need: u32,
    /// Conditions met.
    pub met: u32,
    /// The rule, with the modules by name.
    pub rule: RuleView,
    /// The conditions met, each with the row of the progress store that meets it.
    pub evidence: Vec<AnswerView>,
    /// The conditions to be met, while the door is closed.
    pub missing: Vec<AnswerView>,
}

/// A rule with its modules by name.
#[derive(Debug, Clone, Serialize)]
pub(super) struct RuleView {
    need: u32,
    of: Vec<ConditionView>,
    scope: Scope,
}

#[derive(Debug, Clone, Serialize)]
struct ConditionView {
    module: ModuleRef,
    level: Level,
}

/// A condition and where it stands.
#[derive(Debug, Clone, Serialize)]
pub(super) struct AnswerView {
    #[serde(flatten)]
    condition: ConditionView,
    /// The page from which the learner goes on.
    url: String,
    /// What there is in the progress store; `null` when there is nothing.
    proof: Option<ProofView>,
}

#[derive(Debug, Clone, Serialize)]
struct ProofView {
    learner: PersonId,
    state: &'static str,
    success: &'static str,
    progress: f64,
    score: Option<f64>,
    updated_at: String,
}

fn module(modules: &HashMap<ModuleId, ModuleRef>, id: ModuleId) -> ModuleRef {
    modules.get(&id).cloned().unwrap_or(ModuleRef {
        id,
        slug: String::new(),
        title: String::new(),
    })
}

/// A rule with its modules by name.
pub(super) fn rule(rule: &Rule, modules: &HashMap<ModuleId, ModuleRef>) -> RuleView {
    RuleView {
        need: rule.need,
        of: rule
            .of
            .iter()
            .map(|condition| ConditionView {
                module: module(modules, ModuleId(condition.module)),
                level: condition.level,
            })
            .collect(),
        scope: rule.scope,
    }
}

/// The answer of the door as the API gives it.
pub(super) fn eligibility(
    public_url: &str,
    of: &Rule,
    door: &Door,
    modules: &HashMap<ModuleId, ModuleRef>,
) -> Eligibility {
    let view = |answer: &Answer| {
        let module = module(modules, answer.module());
        AnswerView {
            url: format!("{public_url}/modules/{}", module.slug),
            condition: ConditionView {
                module,
                level: answer.condition.level,
            },
            proof: answer.proof.map(|proof| ProofView {
                learner: proof.person,
                state: proof.outcome.state.code(),
                success: proof.outcome.success.code(),
                progress: proof.outcome.progress,
                score: proof.outcome.score,
                updated_at: proof.updated_at.rfc3339(),
            }),
        }
    };
    let eligible = door.verdict.eligible;
    let answers = door.answers.iter();
    Eligibility {
        eligible,
        need: door.verdict.need,
        met: door.verdict.met,
        rule: rule(of, modules),
        evidence: answers.clone().filter(|a| a.met).map(view).collect(),
        missing: answers.filter(|a| !eligible && !a.met).map(view).collect(),
    }
}

/// A share as the language writes it.
pub(super) fn percent(lang: Lang, share: f64) -> String {
    let whole = (share * 100.0).round();
    match lang {
        Lang::Fr => format!("{whole}\u{a0}%"),
        Lang::Ar | Lang::En => format!("{whole}%"),
    }
}

/// What a condition asks for, in words.
pub(super) fn needed(locales: &Locales, lang: Lang, level: Level, module: &str) -> String {
    let (key, least) = match level {
        Level::Started => ("seminars-need-started", 0.0),
        Level::Progress(least) => ("seminars-need-progress", least),
        Level::Completed => ("seminars-need-completed", 1.0),
        Level::Passed => ("seminars-need-passed", 1.0),
        Level::Score(least) => ("seminars-need-score", least),
    };
    let args = [
        ("module", json!(module)),
        ("percent", json!(percent(lang, least))),
    ];
    locales.text(lang, key, &args)
}

/// Where somebody stands with a condition, in words.
fn have(locales: &Locales, lang: Lang, answer: &Answer, person: PersonId) -> String {
    use domain::outcome::{State, Success};
    let Some(proof) = answer.proof else {
        return locales.text(lang, "seminars-have-nothing", &[]);
    };
    let outcome = proof.outcome;
    let share = match answer.condition.level {
        Level::Score(_) => outcome.score.unwrap_or(0.0),
        _ => outcome.progress,
    };
    let args = [("percent", json!(percent(lang, share)))];
    let key = if proof.person != person {
        if answer.met {
            "seminars-have-colleague-met"
        } else {
            "seminars-have-colleague"
        }
    } else {
        match (answer.condition.level, outcome.state, outcome.success) {
            (Level::Score(_), _, _) if outcome.score.is_some() => "seminars-have-score",
            (_, State::NotStarted, _) => "seminars-have-nothing",
            (_, _, Success::Passed) => "seminars-have-passed",
            (_, State::Completed, Success::Failed) => "seminars-have-failed",
            (_, State::Completed, Success::Unknown) => "seminars-have-completed",
            (_, State::InProgress, _) => "seminars-have-progress",
        }
    };
    locales.text(lang, key, &args)
}

/// A condition as `partials/condition` shows it.
#[derive(Debug, Serialize)]
pub(super) struct ConditionLine {
    met: bool,
    needed: String,
    have: String,
    action: Option<String>,
    /// The module's page, where there is one for learners.
    module_href: Option<String>,
    /// Posting here goes on exactly where the learner was. Null where there is nothing to go on
    /// with: the attempt is finished and a new one is begun on the module's page.
    play_href: Option<String>,
}

/// The conditions of a door, for the person who stands before it; `published` are the modules that
/// can be played.
pub(super) fn conditions(
    visitor: &Visitor<'_>,
    door: &Door,
    person: PersonId,
    modules: &HashMap<ModuleId, ModuleRef>,
    published: &HashSet<ModuleId>,
) -> Vec<ConditionLine> {
    use domain::outcome::State;
    let locales = &visitor.app.pages.locales;
    let lang = visitor.lang();
    let line = |answer: &Answer| {
        let module = module(modules, answer.module());
        let own = answer.proof.filter(|p| p.person == person);
        let state = own.map_or(State::NotStarted, |p| p.outcome.state);
        let page = published
            .contains(&module.id)
            .then(|| visitor.href(&format!("/modules/{}", module.slug)));
        let (key, plays) = match state {
            State::NotStarted => ("web-start", true),
            State::InProgress => ("web-resume", true),
            State::Completed => ("seminars-retake", false),
        };
        let open = page.clone().filter(|_| !answer.met);
        ConditionLine {
            met: answer.met,
            needed: needed(locales, lang, answer.condition.level, &module.title),
            have: have(locales, lang, answer, person),
            action: open.as_ref().map(|_| locales.text(lang, key, &[])),
            play_href: open.filter(|_| plays).map(|page| format!("{page}/play")),
            module_href: page,
        }
    };
    door.answers.iter().map(line).collect()
}

/// A seminar as `partials/seminar-row` shows it.
#[derive(Debug, Serialize)]
pub struct Row {
    href_to: String,
    heading: String,
    starts_iso: String,
    day: String,
    month: String,
    place: String,
    seats_left: i64,
    /// `open`, `closed`, `registered`; null when nobody is signed in or seats are not given.
    door: Option<&'static str>,
    /// Conditions still to be met.
    missing: u32,
    cancelled: bool,
}

impl Row {
    /// The door stands open for whoever is signed in, and no seat is taken yet.
    pub fn is_open(&self) -> bool {
        self.door == Some("open")
    }

    /// Both rows are of one seminar.
    pub fn is_of(&self, other: &Row) -> bool {
        self.href_to == other.href_to
    }
}

/// The seminars to come in which whoever is signed in has a seat, soonest first.
pub async fn held(visitor: &Visitor<'_>) -> Result<Vec<Row>, DbError> {
    let Some(person) = visitor.person else {
        return Ok(Vec::new());
    };
    let seminars: Vec<SeminarRow> = store::HELD_BY
        .bind(person.id)
        .bind(visitor.now)
        .all(&visitor.app.db)
        .await?;
    rows(visitor, &seminars).await
}

/// The next seminars with the door's state for whoever is signed in, soonest first.
pub async fn upcoming(visitor: &Visitor<'_>, most: i64) -> Result<Vec<Row>, DbError> {
    upcoming_in(visitor, None, most).await
}

/// The next seminars whose rule names a module, soonest first.
pub async fn naming(
    visitor: &Visitor<'_>,
    module: ModuleId,
    most: usize,
) -> Result<Vec<Row>, DbError> {
    let seminars: Vec<SeminarRow> = store::UPCOMING
        .bind(visitor.now)
        .bind(None::<String>)
        .bind(super::UPCOMING_MAX)
        .all(&visitor.app.db)
        .await?;
    let naming: Vec<SeminarRow> = seminars
        .into_iter()
        .filter(|seminar| seminar.closed(visitor.now).is_none())
        .filter(|seminar| seminar.rule().of.iter().any(|c| c.module == module.0))
        .take(most)
        .collect();
    rows(visitor, &naming).await
}

pub(super) async fn upcoming_in(
    visitor: &Visitor<'_>,
    region: Option<&str>,
    most: i64,
) -> Result<Vec<Row>, DbError> {
    let seminars: Vec<SeminarRow> = store::UPCOMING
        .bind(visitor.now)
        .bind(region)
        .bind(most)
        .all(&visitor.app.db)
        .await?;
    rows(visitor, &seminars).await
}

pub(super) async fn past_in(
    visitor: &Visitor<'_>,
    region: Option<&str>,
    most: i64,
) -> Result<Vec<Row>, DbError> {
    let seminars: Vec<SeminarRow> = store::PAST
        .bind(visitor.now)
        .bind(region)
        .bind(most)
        .all(&visitor.app.db)
        .await?;
    rows(visitor, &seminars).await
}

async fn rows(visitor: &Visitor<'_>, seminars: &[SeminarRow]) -> Result<Vec<Row>, DbError> {
    let mut doors: HashMap<SeminarId, (&'static str, u32)> = HashMap::new();
    if let Some(person) = visitor.person {
        let held: Vec<store::HeldRow> = store::SEATS_OF_PERSON
            .bind(person.id)
            .all(&visitor.app.db)
            .await?;
        let held: HashSet<SeminarId> = held.into_iter().map(|row| row.seminar).collect();
        let rules: Vec<(&SeminarRow, Rule)> = seminars
            .iter()
            .filter(|s| s.closed(visitor.now).is_none())
            .map(|s| (s, s.rule()))
            .collect();
        let colleagues = rules.iter().any(|(_, r)| r.scope == Scope::Organisation);
        let source = Source::Db(&visitor.app.db);
        let proofs = Proofs::load(source, &[person.id], colleagues, visitor.now).await?;
        for (seminar, rule) in rules {
            let door = proofs.door(&rule, person.id);
            let state = match door.verdict.eligible {
                _ if held.contains(&seminar.id) => "registered",
                true => "open",
                false => "closed",
            };
            doors.insert(seminar.id, (state, door.verdict.missing()));
        }
    }
    let locales = &visitor.app.pages.locales;
    let lang = visitor.lang();
    let zone = visitor.app.pages.time_zone();
    Ok(seminars
        .iter()
        .map(|seminar| {
            let local = seminar.starts_at.utc().with_timezone(&zone);
            let door = doors.get(&seminar.id);
            let place = match (seminar.cancelled_at, seminar.place.as_str()) {
                (Some(_), _) => locales.text(lang, "seminars-cancelled", &[]),
                (None, "") => locales.text(lang, "seminars-online", &[]),
                (None, place) => place.to_owned(),
            };
            Row {
                href_to: visitor.href(&format!("/seminars/{}", seminar.slug)),
                heading: seminar.title.clone(),
                starts_iso: seminar.starts_at.rfc3339(),
                day: local.day().to_string(),
                month: locales.plain(lang, &format!("web-month-{}", local.month()), &[]),
                place,
                seats_left: seminar.seats_left(),
                door: door.map(|(state, _)| *state),
                missing: door.map_or(0, |(_, missing)| *missing),
                cancelled: seminar.cancelled_at.is_some(),
            }
        })
        .collect())
}

/// A seminar as the API gives it.
pub(super) fn seminar(
    public_url: &str,
    row: &SeminarRow,
    modules: &HashMap<ModuleId, ModuleRef>,
) -> Value {
    json!({
        "id": row.id,
        "slug": row.slug,
        "url": format!("{public_url}/seminars/{}", row.slug),
        "title": row.title,
        "summary": row.summary,
        "language": row.language,
        "region": row.region,
        "axis": row.axis,
        "place": row.place,
        "link": row.link,
        "starts_at": row.starts_at.rfc3339(),
        "ends_at": row.ends_at.rfc3339(),
        "capacity": row.capacity,
        "taken": row.taken,
        "seats_left": row.seats_left(),
        "rule": rule(&row.rule(), modules),
        "created_at": row.created_at.rfc3339(),
        "updated_at": row.updated_at.rfc3339(),
        "cancelled_at": row.cancelled_at.map(|at| at.rfc3339()),
    })
}

/// The modules that these rules name.
pub(super) async fn modules_of(
    on: On<'_>,
    seminars: &[SeminarRow],
) -> Result<HashMap<ModuleId, ModuleRef>, DbError> {
    let rules: Vec<Rule> = seminars.iter().map(SeminarRow::rule).collect();
    super::modules(on, &rules).await
}

/// The conditions of a rule in words.
pub(super) fn needs(
    locales: &Locales,
    lang: Lang,
    rule: &Rule,
    modules: &HashMap<ModuleId, ModuleRef>,
) -> Vec<String> {
    rule.of
        .iter()
        .map(|condition| {
            let module = module(modules, ModuleId(condition.module));
            needed(locales, lang, condition.level, &module.title)
        })
        .collect()
}

/// How many of the conditions a rule asks for, in words.
pub(super) fn rule_text(locales: &Locales, lang: Lang, rule: &Rule) -> String {
    let of = rule.of.len();
    let key = match usize::try_from(rule.need).unwrap_or(usize::MAX) {
        0 => "seminars-rule-open",
        _ if of == 1 => "seminars-rule-one",
        need if need >= of => "seminars-rule-all",
        _ => "seminars-rule-some",
    };
    let args = [("need", json!(rule.need)), ("of", json!(of))];
    locales.text(lang, key, &args)
}

/// What a stored proof met, in words.
pub(super) fn needed_of(locales: &Locales, lang: Lang, proof: &Value) -> String {
    let level = serde_json::from_value(proof["level"].clone()).unwrap_or(Level::Started);
    let title = proof["module"]["title"].as_str().unwrap_or_default();
    needed(locales, lang, level, title)
}

/// Whose achievement a stored proof is.
pub(super) fn learner_of(proof: &Value) -> Option<uuid::Uuid> {
    uuid::Uuid::try_parse(proof["proof"]["learner"].as_str()?).ok()
}

/// Since when a stored proof stood, in microseconds.
pub(super) fn since(proof: &Value) -> Option<i64> {
    let at = proof["proof"]["updated_at"].as_str()?;
    let at = chrono::DateTime::parse_from_rfc3339(at).ok()?;
    Some(at.timestamp_micros())
}
