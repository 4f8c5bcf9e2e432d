//! Reports: a module's attempts, its activities, the answers with their item analysis, and all of
//! it as files. Who sees whom is decided once, in [`ReportScope`].

mod api;
mod export;
mod pages;
mod questions;
mod scope;
mod store;
mod tables;
mod turns;

use std::collections::{BTreeMap, HashMap};

use domain::outcome::Outcome;
use serde::Serialize;

use crate::App;
use crate::catalogue;
use crate::clock::Timestamp;
use crate::db::DbError;
use crate::ids::{AttemptId, PersonId, VersionId};
use crate::player::{self, AttemptView, CorrectionRow};
use crate::web::Refusal;

pub use export::csv_line;
pub(crate) use export::{Cell, File, Table, xlsx};
pub use questions::{Choice, Question, Sample};
pub use scope::ReportScope;
pub(crate) use store::QUERIES;

/// Answers read for one analysis or file at most.
const ANSWERS: i64 = 200_000;

/// The routes.
pub fn routes() -> Vec<rocket::Route> {
    [pages::routes(), api::routes()].concat()
}

/// What the list of attempts is narrowed to.
#[derive(Debug, Clone, Default)]
pub struct Filter {
    /// An organisation's slug; empty: all.
    pub organisation: String,
    /// `in-progress`, `completed`, `passed`, `failed`; empty: all.
    pub state: String,
}

/// The states to filter by.
pub const STATES: [&str; 4] = ["in-progress", "completed", "passed", "failed"];

/// An attempt in the list.
#[derive(Debug, Clone)]
pub struct Line {
    /// Which.
    pub id: AttemptId,
    /// Whose.
    pub person: PersonId,
    /// The learner's name.
    pub learner: String,
    /// The learner's address; for programs and files only.
    pub email: Option<String>,
    /// The organisation the learner belonged to then: slug and name.
    pub organisation: Option<(String, String)>,
    /// Number of the attempt, from 1.
    pub number: i64,
    /// Its outcome.
    pub outcome: Outcome,
    /// In one word.
    pub state: &'static str,
    /// When it began.
    pub started_at: Timestamp,
    /// When it last changed.
    pub updated_at: Timestamp,
    /// When it was finished.
    pub finished_at: Option<Timestamp>,
}

impl From<store::LineRow> for Line {
    fn from(row: store::LineRow) -> Line {
        let (outcome, state) = player::word_of(&row.outcome);
        Line {
            id: row.id,
            person: row.person,
            learner: row.learner,
            email: row.email,
            organisation: row.organisation_slug.zip(row.organisation),
            number: row.number,
            outcome,
            state,
            started_at: row.started_at,
            updated_at: row.updated_at,
            finished_at: row.finished_at,
        }
    }
}

/// Where a page of attempts begins.
#[derive(Debug, Clone, Copy, Default)]
pub struct Start {
    /// After this moment and attempt.
    pub after: Option<(Timestamp, AttemptId)>,
    /// Or after so many.
    pub skip: i64,
}

/// A page of attempts, the last changed first, and whether more follow.
pub async fn attempts(
    app: &App,
    scope: &ReportScope,
    filter: &Filter,
    from: Start,
    limit: i64,
) -> Result<(Vec<Line>, bool), DbError> {
    let mut rows: Vec<store::LineRow> = scope
        .bind(&store::ATTEMPTS, &filter.organisation)
        .bind(&filter.state)
        .bind(from.after.map(|(at, _)| at))
        .bind(from.after.map(|(_, id)| id))
        .bind(limit + 1)
        .bind(from.skip)
        .all(&app.db)
        .await?;
    let more = rows.len() as i64 > limit;
    rows.truncate(usize::try_from(limit).unwrap_or_default());
    Ok((rows.into_iter().map(Line::from).collect(), more))
}

/// Sums over the learners in scope: what counts for each of them.
#[derive(Debug, Clone, Serialize)]
pub struct Summary {
    /// Learners who opened it.
    pub learners: i64,
    /// Attempts that were opened.
    pub attempts: i64,
    /// Learners who completed it.
    pub completed: i64,
    /// Learners who passed it.
    pub passed: i64,
    /// Learners who failed it.
    pub failed: i64,
    /// Mean score, -1..1, of those who have one.
    pub score: Option<f64>,
    /// Mean time, seconds.
    pub seconds: f64,
}

/// The sums.
pub async fn summary(
    app: &App,
    scope: &ReportScope,
    organisation: &str,
) -> Result<Summary, DbError> {
    let sums: store::LearnersRow = scope
        .bind(&store::LEARNERS, organisation)
        .one(&app.db)
        .await?;
    let (attempts,): (i64,) = scope.bind(&store::COUNT, organisation).one(&app.db).await?;
    Ok(Summary {
        learners: sums.learners,
        attempts,
        completed: sums.completed,
        passed: sums.passed,
        failed: sums.failed,
        score: sums.score,
        seconds: sums.seconds.unwrap_or_default(),
    })
}

/// The organisations to filter by: slug and name.
pub async fn organisations(
    app: &App,
    scope: &ReportScope,
) -> Result<Vec<(String, String)>, DbError> {
    let rows: Vec<store::OrganisationRow> =
        scope.bind(&store::ORGANISATIONS, "").all(&app.db).await?;
    Ok(rows.into_iter().map(|row| (row.slug, row.name)).collect())
}

/// An activity over all attempts in scope.
#[derive(Debug, Clone, Serialize)]
pub struct ActivitySums {
    /// Identifier in the manifest.
    pub identifier: String,
    /// Title; the identifier where the present version has no such activity.
    pub title: String,
    /// Attempts by state: not-started, in-progress, completed, passed, failed.
    pub states: BTreeMap<&'static str, i64>,
    /// Mean score, -1..1, of the attempts that have one.
    pub score: Option<f64>,
    /// Mean time of the attempts that opened it, seconds.
    pub seconds: Option<f64>,
}

/// The states of an activity in the order of a picture.
pub const ACTIVITY_STATES: [&str; 5] = [
    "passed",
    "completed",
    "failed",
    "in-progress",
    "not-started",
];

/// Every activity of the present version, and older ones that were played.
pub async fn activities(
    app: &App,
    scope: &ReportScope,
    organisation: &str,
) -> Result<Vec<ActivitySums>, Refusal> {
    let (attempts,): (i64,) = scope.bind(&store::COUNT, organisation).one(&app.db).await?;
    let rows: Vec<store::ActivityRow> = scope
        .bind(&store::ACTIVITIES, organisation)
        .all(&app.db)
        .await?;
    let mut found: HashMap<String, Vec<store::ActivityRow>> = HashMap::new();
    let mut order: Vec<String> = Vec::new();
    for row in rows {
        if !found.contains_key(&row.activity_id) {
            order.push(row.activity_id.clone());
        }
        found.entry(row.activity_id.clone()).or_default().push(row);
    }
    let titles = titles(app, scope).await?;
    let known = titles.iter().map(|(id, _)| id.clone());
    order.retain(|id| !titles.iter().any(|(known, _)| known == id));
    Ok(known
        .chain(order)
        .map(|identifier| {
            let rows = found.remove(&identifier).unwrap_or_default();
            let title = titles
                .iter()
                .find(|(id, _)| *id == identifier)
                .map_or(&identifier, |(_, title)| title);
            sums(title.clone(), identifier, &rows, attempts)
        })
        .collect())
}

fn sums(
    title: String,
    identifier: String,
    rows: &[store::ActivityRow],
    attempts: i64,
) -> ActivitySums {
    let of = |state: &str| -> i64 {
        let rows = rows.iter().filter(|row| row.state == state);
        rows.map(|row| row.attempts).sum()
    };
    let opened: i64 = rows.iter().map(|row| row.attempts).sum();
    let scored: i64 = rows.iter().map(|row| row.scored).sum();
    let mut states: BTreeMap<&'static str, i64> = ACTIVITY_STATES
        .iter()
        .map(|state| (*state, of(state)))
        .collect();
    *states.entry("not-started").or_default() += attempts - opened;
    ActivitySums {
        identifier,
        title,
        states,
        score: (scored > 0).then(|| rows.iter().map(|row| row.score).sum::<f64>() / scored as f64),
        seconds: (opened > 0)
            .then(|| rows.iter().map(|row| row.seconds).sum::<f64>() / opened as f64),
    }
}

/// Identifiers and titles of the present version's activities, in order.
async fn titles(app: &App, scope: &ReportScope) -> Result<Vec<(String, String)>, Refusal> {
    let stored = catalogue::course(app, scope.module.version).await?;
    let Some(course) = stored.scorm() else {
        let activities = stored.structure.activities();
        return Ok(activities
            .into_iter()
            .filter(|activity| activity.launch.is_some())
            .map(|activity| (activity.identifier, activity.title))
            .collect());
    };
    Ok(course
        .activities
        .iter()
        .filter(|activity| activity.is_leaf() && activity.launch.is_some())
        .map(|activity| (activity.identifier.clone(), activity.title.clone()))
        .collect())
}

/// The editions of the module's versions: answers are written as their standard says.
async fn editions(
    app: &App,
    scope: &ReportScope,
) -> Result<HashMap<VersionId, scorm::Edition>, Refusal> {
    let mut editions = HashMap::new();
    for version in catalogue::versions(app, scope.module.id).await? {
        let stored = catalogue::course(app, version.id).await?;
        if let Some(course) = stored.scorm() {
            editions.insert(version.id, course.edition);
        }
    }
    Ok(editions)
}

/// An answer as people read it.
#[derive(Debug, Clone, Serialize)]
pub struct Answer {
    /// The attempt.
    pub attempt: AttemptId,
    /// Whose.
    #[serde(skip)]
    pub learner: String,
    /// Number of the attempt.
    #[serde(skip)]
    pub number: i64,
    /// Identifier of the activity.
    pub activity: String,
    /// `cmi.interactions.n`: n.
    pub place: i64,
    /// Identifier of the interaction.
    pub identifier: String,
    /// The question's text, where the content gives it.
    pub question: Option<String>,
    /// The interaction's type.
    #[serde(rename = "type")]
    pub kind: Option<String>,
    /// The answer.
    pub response: Option<String>,
    /// The answer as the content reported it.
    pub reported_response: Option<String>,
    /// The correct answers.
    pub correct: Vec<String>,
    /// The result as reported: a word or a number.
    pub result: Option<String>,
    /// 0..1, where the result says.
    pub score: Option<f64>,
    /// The weighting.
    pub weighting: Option<f64>,
    /// Seconds.
    pub latency: Option<f64>,
    /// Time of the answer as reported.
    pub reported_at: Option<String>,
    /// Objectives it counts for.
    pub objectives: Vec<String>,
    /// When the server last took something of it.
    #[serde(skip)]
    pub updated_at: Timestamp,
}

impl Answer {
    fn of(row: store::AnswerRow, edition: scorm::Edition) -> Answer {
        let kind = row.kind.clone().unwrap_or_default();
        let texts = |value: serde_json::Value| -> Vec<String> {
            serde_json::from_value(value).unwrap_or_default()
        };
        let readable = |text: &String| scorm::datamodel::readable(edition, &kind, text);
        let score = row
            .result
            .as_deref()
            .and_then(|result| domain::analysis::score(result, row.weighting));
        Answer {
            attempt: row.attempt,
            learner: row.learner,
            number: row.number,
            activity: row.activity_id,
            place: row.place,
            identifier: row.identifier,
            question: row.description,
            response: row.response.as_ref().map(readable),
            reported_response: row.response.clone(),
            correct: texts(row.patterns).iter().map(readable).collect(),
            kind: row.kind,
            result: row.result,
            score,
            weighting: row.weighting,
            latency: row.latency,
            reported_at: row.reported_at,
            objectives: texts(row.objectives),
            updated_at: row.updated_at,
        }
    }
}

/// All answers in scope, attempt by attempt.
pub async fn answers(
    app: &App,
    scope: &ReportScope,
    organisation: &str,
) -> Result<Vec<Answer>, Refusal> {
    let editions = editions(app, scope).await?;
    let rows: Vec<store::AnswerRow> = scope
        .bind(&store::ANSWERS, organisation)
        .bind("all")
        .bind(ANSWERS)
        .all(&app.db)
        .await?;
    Ok(rows
        .into_iter()
        .filter_map(|row| {
            let edition = *editions.get(&row.version)?;
            Some(Answer::of(row, edition))
        })
        .collect())
}

/// The item analysis of every question in scope.
pub async fn questions(
    app: &App,
    scope: &ReportScope,
    organisation: &str,
    sample: Sample,
) -> Result<Vec<Question>, Refusal> {
    let editions = editions(app, scope).await?;
    let rows: Vec<store::AnswerRow> = scope
        .bind(&store::ANSWERS, organisation)
        .bind(sample.code())
        .bind(ANSWERS)
        .all(&app.db)
        .await?;
    let titles = titles(app, scope).await?;
    Ok(questions::analyse(&rows, &editions, &titles))
}

/// An objective of an attempt.
#[derive(Debug, Clone, Serialize)]
pub struct Objective {
    /// Identifier of the activity that reported it.
    pub activity: String,
    /// Its own.
    pub identifier: String,
    /// Its words.
    pub description: Option<String>,
    /// passed, failed, or not known.
    pub success: Option<String>,
    /// completed, incomplete, or not known.
    pub completion: Option<String>,
    /// -1..1
    pub score: Option<f64>,
    /// 0..1
    pub progress: Option<f64>,
}

/// One attempt with everything about it.
pub struct Detail {
    /// Its line.
    pub line: Line,
    /// Activities and openings.
    pub view: AttemptView,
    /// Its answers.
    pub answers: Vec<Answer>,
    /// Its objectives.
    pub objectives: Vec<Objective>,
    /// Corrections, the newest first.
    pub corrections: Vec<CorrectionRow>,
}

/// An attempt of the module, where the scope reaches it; 404 otherwise.
pub async fn line(app: &App, scope: &ReportScope, attempt: AttemptId) -> Result<Line, Refusal> {
    let row: store::LineRow = scope
        .bind(&store::ATTEMPT, "")
        .bind(attempt)
        .one(&app.db)
        .await?;
    Ok(Line::from(row))
}

/// As [`line`], with everything about it.
pub async fn detail(app: &App, scope: &ReportScope, attempt: AttemptId) -> Result<Detail, Refusal> {
    let line = line(app, scope, attempt).await?;
    let view = player::view_of(app, attempt).await?;
    let answers: Vec<store::AnswerRow> = store::ANSWERS_OF.bind(attempt).all(&app.db).await?;
    let objectives: Vec<store::ObjectiveRow> =
        store::OBJECTIVES_OF.bind(attempt).all(&app.db).await?;
    Ok(Detail {
        answers: answers
            .into_iter()
            .map(|row| Answer::of(row, view.edition))
            .collect(),
        objectives: objectives
            .into_iter()
            .map(|row| Objective {
                activity: row.activity_id,
                identifier: row.identifier,
                description: row.description,
                success: row.success,
                completion: row.completion,
                score: row.scaled,
                progress: row.progress,
            })
            .collect(),
        corrections: player::corrections_of(app, attempt).await?,
        line,
        view,
    })
}
