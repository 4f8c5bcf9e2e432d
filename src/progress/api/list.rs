//! Progress of learners on modules, a page at a time.

use rocket::response::{Responder, Response};
use rocket::{Request, State, get};
use serde::Serialize;
use url::form_urlencoded::Serializer;
use uuid::Uuid;

use crate::App;
use crate::accounts::api_key::{ApiKey, scope};
use crate::ids::{ModuleId, PersonId};
use crate::progress::{ModuleRef, store};
use crate::web::{Json, Refusal};

/// Rows of a page unless the caller asks for fewer or more.
const PAGE: i64 = 100;
/// Rows of a page at most.
const PAGE_MAX: i64 = 500;

/// Where a learner stands on a module.
#[derive(Serialize)]
struct Row {
    learner: Learner,
    organisation: Option<String>,
    module: ModuleRef,
    state: String,
    success: String,
    progress: f64,
    /// The format has no progress measure: this one is estimated.
    estimated: bool,
    score: Option<f64>,
    seconds: f64,
    updated_at: String,
}

#[derive(Serialize)]
struct Learner {
    id: PersonId,
    email: Option<String>,
    name: String,
}

impl From<store::PageRow> for Row {
    fn from(row: store::PageRow) -> Self {
        Row {
            learner: Learner {
                id: row.person,
                email: row.email,
                name: row.name,
            },
            organisation: row.organisation,
            module: ModuleRef {
                id: row.module,
                slug: row.slug,
                title: row.title,
            },
            state: row.state,
            success: row.success,
            progress: row.progress,
            estimated: row.estimated,
            score: row.score,
            seconds: row.seconds,
            updated_at: row.updated_at.rfc3339(),
        }
    }
}

/// A page of a list, and where the next one is.
pub(super) struct Page {
    rows: Vec<Row>,
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

/// Keyset of a row: the page after it begins behind this learner and module.
fn cursor(row: &Row) -> String {
    format!("{}{}", row.learner.id.0.simple(), row.module.id.0.simple())
}

fn read_cursor(text: &str) -> Result<(PersonId, ModuleId), Refusal> {
    let wrong = || Refusal::bad_request("bad-cursor");
    let (person, module) = text.split_at_checked(32).ok_or_else(wrong)?;
    let id = |text| Uuid::try_parse(text).map_err(|_| wrong());
    Ok((PersonId(id(person)?), ModuleId(id(module)?)))
}

/// A filter that names somebody or something by id or by name.
fn named(filter: Option<&str>) -> (Option<Uuid>, Option<&str>) {
    let filter = filter.map(str::trim).filter(|text| !text.is_empty());
    match filter.map(Uuid::try_parse) {
        Some(Ok(id)) => (Some(id), None),
        _ => (None, filter),
    }
}

/// Filters that match nothing give an empty list. With an organisation, the rows are those its
/// roll-up sums: what its members reached during their membership.
#[get("/api/v1/progress?<learner>&<module>&<organisation>&<cursor>&<limit>")]
pub(super) async fn list(
    _key: ApiKey<scope::Progress>,
    app: &State<App>,
    learner: Option<&str>,
    module: Option<&str>,
    organisation: Option<&str>,
    cursor: Option<&str>,
    limit: Option<i64>,
) -> Result<Page, Refusal> {
    let limit = limit.unwrap_or(PAGE).clamp(1, PAGE_MAX);
    let (person_id, email) = named(learner);
    let (module_id, slug) = named(module);
    let organisation = organisation.filter(|slug| !slug.is_empty());
    let after = cursor.map(read_cursor).transpose()?;
    let query = match organisation {
        Some(_) => &store::PAGE_OF_ORGANISATION,
        None => &store::PAGE,
    };
    let mut bound = query
        .bind(email.map(str::to_lowercase))
        .bind(slug)
        .bind(person_id)
        .bind(module_id);
    if let Some(organisation) = organisation {
        bound = bound.bind(organisation);
    }
    let mut rows: Vec<store::PageRow> = bound
        .bind(after.map(|(person, _)| person))
        .bind(after.map(|(_, module)| module))
        .bind(limit + 1)
        .all(&app.db)
        .await?;
    let more = rows.len() as i64 > limit;
    rows.truncate(usize::try_from(limit).unwrap_or_default());
    let rows: Vec<Row> = rows.into_iter().map(Row::from).collect();
    let next = rows.last().filter(|_| more).map(|last| {
        let mut query = Serializer::new(String::new());
        let filters = [
            ("learner", learner),
            ("module", module),
            ("organisation", organisation),
        ];
        for (name, value) in filters {
            if let Some(value) = value {
                query.append_pair(name, value);
            }
        }
        query.append_pair("cursor", &self::cursor(last));
        query.append_pair("limit", &limit.to_string());
        format!(
            "{}/api/v1/progress?{}",
            app.config.public_url,
            query.finish()
        )
    });
    Ok(Page { rows, next })
}
