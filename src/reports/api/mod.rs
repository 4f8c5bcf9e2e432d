//! Reports for programs, with the scope `reports`.

use rocket::{State, get};
use serde_json::{Value, json};
use uuid::Uuid;

use crate::App;
use crate::accounts::api_key::{ApiKey, scope};
use crate::clock::Timestamp;
use crate::ids::{AttemptId, ModuleId};
use crate::player::CorrectionRow;
use crate::web::language::spoken;
use crate::web::{Json, Lang, Refusal};

use super::export::File;
use super::tables::Tables;
use super::turns::turn;
use super::{Filter, Line, ReportScope, STATES, Sample, Start};

/// Attempts in one answer unless fewer are asked for.
const PAGE: i64 = 100;
/// Attempts in one answer at most.
const PAGE_MAX: i64 = 500;

/// The routes.
pub fn routes() -> Vec<rocket::Route> {
    rocket::routes![summary, attempts, attempt, questions, csv, xlsx]
}

/// The language asked for: of the words in files.
struct Spoken(Lang);

#[rocket::async_trait]
impl<'r> rocket::request::FromRequest<'r> for Spoken {
    type Error = ();
    async fn from_request(request: &'r rocket::Request<'_>) -> rocket::request::Outcome<Self, ()> {
        rocket::request::Outcome::Success(Spoken(spoken(request).lang))
    }
}

fn parse(id: &str) -> Result<ModuleId, Refusal> {
    Uuid::parse_str(id)
        .map(ModuleId)
        .map_err(|_| Refusal::not_found())
}

fn line(line: &Line) -> Value {
    json!({
        "attempt": line.id,
        "learner": { "id": line.person, "email": line.email, "name": line.learner },
        "organisation": line.organisation.as_ref().map(|(slug, _)| slug),
        "number": line.number,
        "state": line.outcome.state,
        "success": line.outcome.success,
        "progress": line.outcome.progress,
        "estimated": line.outcome.estimated,
        "score": line.outcome.score,
        "seconds": line.outcome.seconds,
        "started_at": line.started_at.rfc3339(),
        "updated_at": line.updated_at.rfc3339(),
        "finished_at": line.finished_at.map(Timestamp::rfc3339),
    })
}

fn correction(row: &CorrectionRow) -> Value {
    json!({
        "session": row.session, "author": row.author, "role": row.role, "reason": row.reason,
        "activity": row.activity, "completed": row.completed, "passed": row.passed,
        "score": row.scaled, "at": row.at.rfc3339(),
    })
}

/// Sums over the learners, and where the attempts stand in each activity.
#[get("/api/v1/modules/<module>/report?<organisation>")]
async fn summary(
    key: ApiKey<scope::Reports>,
    app: &State<App>,
    module: &str,
    organisation: Option<&str>,
) -> Result<Json<Value>, Refusal> {
    let scope = ReportScope::of_key(app, &key, parse(module)?).await?;
    let organisation = organisation.unwrap_or_default();
    let summary = super::summary(app, &scope, organisation).await?;
    let activities = super::activities(app, &scope, organisation).await?;
    Ok(Json::ok(json!({
        "module": {
            "id": scope.module.id, "slug": scope.module.slug, "title": scope.module.title,
            "policy": scope.module.policy(),
        },
        "summary": summary,
        "activities": activities,
    })))
}

/// Attempts, the last changed first; `next` is the `cursor` of the next page.
#[get("/api/v1/modules/<module>/report/attempts?<organisation>&<state>&<cursor>&<limit>")]
async fn attempts(
    key: ApiKey<scope::Reports>,
    app: &State<App>,
    module: &str,
    organisation: Option<&str>,
    state: Option<&str>,
    cursor: Option<&str>,
    limit: Option<i64>,
) -> Result<Json<Value>, Refusal> {
    let scope = ReportScope::of_key(app, &key, parse(module)?).await?;
    let state = state.unwrap_or_default();
    if !state.is_empty() && !STATES.contains(&state) {
        return Err(Refusal::bad_request("bad-request").with("parameter", "state"));
    }
    let filter = Filter {
        organisation: organisation.unwrap_or_default().to_owned(),
        state: state.to_owned(),
    };
    let start = Start {
        after: cursor.map(read_cursor).transpose()?,
        skip: 0,
    };
    let limit = limit.unwrap_or(PAGE).clamp(1, PAGE_MAX);
    let (lines, more) = super::attempts(app, &scope, &filter, start, limit).await?;
    let next = lines
        .last()
        .filter(|_| more)
        .map(|last| format!("{}-{}", last.updated_at.micros(), last.id.0.simple()));
    let items: Vec<Value> = lines.iter().map(line).collect();
    Ok(Json::ok(json!({ "items": items, "next": next })))
}

fn read_cursor(text: &str) -> Result<(Timestamp, AttemptId), Refusal> {
    let wrong = || Refusal::bad_request("bad-cursor");
    let (at, id) = text.split_once('-').ok_or_else(wrong)?;
    let at = at.parse().map_err(|_| wrong())?;
    let id = Uuid::try_parse(id).map_err(|_| wrong())?;
    Ok((Timestamp::from_micros(at), AttemptId(id)))
}

/// One attempt with its activities, answers, objectives and corrections.
#[get("/api/v1/modules/<module>/report/attempts/<attempt>")]
async fn attempt(
    key: ApiKey<scope::Reports>,
    app: &State<App>,
    module: &str,
    attempt: &str,
) -> Result<Json<Value>, Refusal> {
    let scope = ReportScope::of_key(app, &key, parse(module)?).await?;
    let attempt = Uuid::parse_str(attempt).map_err(|_| Refusal::not_found())?;
    let detail = super::detail(app, &scope, AttemptId(attempt)).await?;
    let mut body = line(&detail.line);
    body["activities"] = json!(detail.view.activities);
    body["interactions"] = json!(detail.answers);
    body["objectives"] = json!(detail.objectives);
    body["corrections"] = detail.corrections.iter().map(correction).collect();
    body["sessions"] = detail
        .view
        .sessions
        .iter()
        .map(|session| {
            json!({
                "id": session.id, "kind": if session.correction { "correction" } else { "player" },
                "at": session.at.rfc3339(), "entries": session.entries,
            })
        })
        .collect();
    Ok(Json::ok(body))
}

/// The item analysis; `attempts`: `first` (or nothing), `last` or `all` of each learner.
#[get("/api/v1/modules/<module>/report/questions?<organisation>&<attempts>")]
async fn questions(
    key: ApiKey<scope::Reports>,
    app: &State<App>,
    module: &str,
    organisation: Option<&str>,
    attempts: Option<&str>,
) -> Result<Json<Value>, Refusal> {
    let scope = ReportScope::of_key(app, &key, parse(module)?).await?;
    let sample = Sample::from_code(attempts.unwrap_or_default());
    let organisation = organisation.unwrap_or_default();
    let _turn = turn(key.id).await?;
    let questions = super::questions(app, &scope, organisation, sample).await?;
    Ok(Json::ok(
        json!({ "attempts": sample.code(), "questions": questions }),
    ))
}

fn tables<'a>(
    app: &'a App,
    scope: &'a ReportScope,
    lang: Lang,
    organisation: Option<&str>,
) -> Tables<'a> {
    Tables {
        app,
        scope,
        lang,
        filter: Filter {
            organisation: organisation.unwrap_or_default().to_owned(),
            ..Filter::default()
        },
        with_email: true,
    }
}

/// A table as CSV: `attempts`, `activities`, `answers`, `questions`.
#[get("/api/v1/modules/<module>/report/csv/<part>?<organisation>")]
async fn csv(
    key: ApiKey<scope::Reports>,
    app: &State<App>,
    spoken: Spoken,
    module: &str,
    part: &str,
    organisation: Option<&str>,
) -> Result<File, Refusal> {
    let scope = ReportScope::of_key(app, &key, parse(module)?).await?;
    let _turn = turn(key.id).await?;
    tables(app, &scope, spoken.0, organisation).csv(part).await
}

/// All tables as one workbook.
#[get("/api/v1/modules/<module>/report/xlsx?<organisation>")]
async fn xlsx(
    key: ApiKey<scope::Reports>,
    app: &State<App>,
    spoken: Spoken,
    module: &str,
    organisation: Option<&str>,
) -> Result<File, Refusal> {
    let scope = ReportScope::of_key(app, &key, parse(module)?).await?;
    let _turn = turn(key.id).await?;
    tables(app, &scope, spoken.0, organisation).workbook().await
}
