//! Seminars for programs.

use std::collections::BTreeMap;

use rocket::http::Status;
use rocket::response::{Responder, Response};
use rocket::{Request, State, get, post};
use serde::Deserialize;
use serde_json::{Value, json};
use uuid::Uuid;

use super::{NewSeminar, RuleText, SeminarRow, shown, store};
use crate::App;
use crate::accounts::api_key::{ApiKey, scope};
use crate::clock::Timestamp;
use crate::db::On;
use crate::web::{Json, JsonBody, Lang, Refusal};

/// The routes.
pub fn routes() -> Vec<rocket::Route> {
    rocket::routes![list, show, eligibility, create, seats, register]
}

/// Seminars of a page unless the caller asks for fewer or more.
const PAGE: i64 = 100;
/// Seminars of a page at most.
const PAGE_MAX: i64 = 500;

type Key = ApiKey<scope::Seminars>;

struct Page {
    rows: Vec<Value>,
    next: Option<String>,
}

impl<'r> Responder<'r, 'static> for Page {
    fn respond_to(self, request: &'r Request<'_>) -> rocket::response::Result<'static> {
        let mut response = Response::build_from(Json::ok(self.rows).respond_to(request)?);
        if let Some(next) = self.next {
            response.raw_header("Link", format!("<{next}>; rel=\"next\""));
        }
        response.ok()
    }
}

/// All seminars, oldest entry first.
#[get("/api/v1/seminars?<region>&<cursor>&<limit>")]
async fn list(
    _key: Key,
    app: &State<App>,
    region: Option<&str>,
    cursor: Option<&str>,
    limit: Option<i64>,
) -> Result<Page, Refusal> {
    let limit = limit.unwrap_or(PAGE).clamp(1, PAGE_MAX);
    let after = cursor
        .map(Uuid::try_parse)
        .transpose()
        .map_err(|_| Refusal::bad_request("bad-cursor"))?;
    let mut rows: Vec<SeminarRow> = store::PAGE
        .bind(region)
        .bind(after)
        .bind(limit + 1)
        .all(&app.db)
        .await?;
    let more = rows.len() as i64 > limit;
    rows.truncate(usize::try_from(limit).unwrap_or_default());
    let modules = shown::names_of(On::from(&app.db), &rows).await?;
    let url = &app.config.public_url;
    let next = rows.last().filter(|_| more).map(|last| {
        let mut query = url::form_urlencoded::Serializer::new(String::new());
        if let Some(region) = region {
            query.append_pair("region", region);
        }
        query.append_pair("cursor", &last.id.0.simple().to_string());
        query.append_pair("limit", &limit.to_string());
        format!("{url}/api/v1/seminars?{}", query.finish())
    });
    let rows = rows.iter().map(|row| shown::seminar(url, row, &modules));
    Ok(Page {
        rows: rows.collect(),
        next,
    })
}

async fn one(app: &App, row: &SeminarRow) -> Result<Value, Refusal> {
    let modules = shown::names_of(On::from(&app.db), std::slice::from_ref(row)).await?;
    Ok(shown::seminar(&app.config.public_url, row, &modules))
}

/// One seminar, by id or slug.
#[get("/api/v1/seminars/<name>")]
async fn show(_key: Key, app: &State<App>, name: &str) -> Result<Json<Value>, Refusal> {
    let row = super::named(app, name).await?;
    Ok(Json::ok(one(app, &row).await?))
}

/// The door of a seminar for a learner (id or e-mail): the function that registration asks.
#[get("/api/v1/seminars/<name>/eligibility?<learner>")]
async fn eligibility(
    _key: Key,
    app: &State<App>,
    name: &str,
    learner: Option<&str>,
) -> Result<Json<Value>, Refusal> {
    let row = super::named(app, name).await?;
    let learner = find_learner(app, learner.unwrap_or_default()).await?;
    let door = super::door_of(app, &row, learner.id).await?;
    let modules = shown::names_of(On::from(&app.db), std::slice::from_ref(&row)).await?;
    let shown = shown::eligibility(&app.config.public_url, &row.rule(), &door, &modules);
    let mut body = json!(shown);
    body["learner"] = json!({ "id": learner.id, "email": learner.email, "name": learner.name });
    body["seminar"] = json!({ "id": row.id, "slug": row.slug, "title": row.title });
    Ok(Json::ok(body))
}

async fn find_learner(app: &App, name: &str) -> Result<super::LearnerRow, Refusal> {
    super::learner(app, name)
        .await?
        .ok_or_else(|| Refusal::new(Status::NotFound, "unknown-learner"))
}

/// A seminar to be made.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct NewBody {
    slug: Option<String>,
    title: String,
    #[serde(default)]
    summary: String,
    #[serde(default)]
    language: Lang,
    region: Option<String>,
    axis: Option<String>,
    #[serde(default)]
    place: Option<String>,
    #[serde(default)]
    link: Option<String>,
    starts_at: chrono::DateTime<chrono::Utc>,
    ends_at: chrono::DateTime<chrono::Utc>,
    capacity: i64,
    rule: Option<RuleText>,
}

/// 201 with where it is.
struct Created(Value, String);

impl<'r> Responder<'r, 'static> for Created {
    fn respond_to(self, request: &'r Request<'_>) -> rocket::response::Result<'static> {
        Response::build_from(Json::created(self.0).respond_to(request)?)
            .raw_header("Location", self.1)
            .ok()
    }
}

/// Makes a seminar; without a rule it is open to everybody.
#[post("/api/v1/seminars", data = "<body>")]
async fn create(_key: Key, app: &State<App>, body: JsonBody<NewBody>) -> Result<Created, Refusal> {
    let body = body.0;
    let rule = match &body.rule {
        Some(rule) => super::resolve(app, rule).await?,
        None => domain::eligibility::Rule::open(),
    };
    let row = super::create(
        app,
        NewSeminar {
            slug: body.slug,
            title: body.title,
            summary: body.summary,
            language: body.language,
            region: body.region,
            axis: body.axis,
            place: body.place.unwrap_or_default(),
            link: body.link.unwrap_or_default(),
            starts_at: Timestamp::from(body.starts_at),
            ends_at: Timestamp::from(body.ends_at),
            capacity: body.capacity,
            rule,
            by: None,
        },
    )
    .await?;
    let location = format!("{}/api/v1/seminars/{}", app.config.public_url, row.id);
    Ok(Created(one(app, &row).await?, location))
}

/// The seats held, in the order they were taken, each with what opened the door.
#[get("/api/v1/seminars/<name>/seats")]
async fn seats(_key: Key, app: &State<App>, name: &str) -> Result<Json<Vec<Value>>, Refusal> {
    let row = super::named(app, name).await?;
    let seats = super::seats(app, row.id).await?;
    let seats = seats.into_iter().map(|seat| {
        json!({
            "id": seat.id,
            // Whoever is at rest is a number to programs.
            "learner": {
                "id": seat.person,
                "email": seat.email.filter(|_| seat.resting == 0),
                "name": (seat.resting == 0).then_some(seat.name),
            },
            "organisation": seat.organisation,
            "evidence": seat.evidence,
            "taken_at": seat.taken_at.rfc3339(),
            "rule_version": seat.rule_version,
        })
    });
    Ok(Json::ok(seats.collect()))
}

/// Who wants a seat.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct SeatBody {
    learner: String,
}

/// Takes a seat for a learner: 201, 200 when it was held already, 409 with the conditions.
#[post("/api/v1/seminars/<name>/seats", data = "<body>")]
async fn register(
    _key: Key,
    app: &State<App>,
    name: &str,
    body: JsonBody<SeatBody>,
) -> Result<Json<Value>, Refusal> {
    let row = super::named(app, name).await?;
    let learner = find_learner(app, &body.0.learner).await?;
    let seat = super::register(app, learner.id, row.id).await?;
    let status = if seat.is_new {
        Status::Created
    } else {
        Status::Ok
    };
    let body = BTreeMap::from([
        ("id", json!(seat.id)),
        (
            "seminar",
            json!({ "id": row.id, "slug": row.slug, "title": row.title }),
        ),
        (
            "learner",
            json!({ "id": learner.id, "email": learner.email, "name": learner.name }),
        ),
        ("taken_at", json!(seat.taken_at.rfc3339())),
        ("evidence", seat.evidence),
    ]);
    Ok(Json(status, json!(body)))
}
