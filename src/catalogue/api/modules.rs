//! `GET /api/v1/modules`, `GET` and `PATCH /api/v1/modules/{id}`.

use domain::policy::Policy;
use rocket::{State, get, patch};
use serde::{Deserialize, Deserializer, Serialize};
use uuid::Uuid;

use crate::App;
use crate::accounts::api_key::{ApiKey, scope};
use crate::catalogue::{self, Change, Module};
use crate::ids::{ModuleId, PackageId};
use crate::web::{Json, JsonBody, Lang, Refusal};

/// Modules in one answer at most.
const PAGE: i64 = 100;

/// A module as the API shows it.
#[derive(Serialize)]
pub struct View {
    id: ModuleId,
    slug: String,
    url: String,
    title: String,
    summary: String,
    axis: Option<String>,
    language: String,
    published: bool,
    published_at: Option<String>,
    version: i64,
    package: PackageId,
    format: String,
    edition: Option<String>,
    policy: Policy,
    created_at: String,
    updated_at: String,
}

impl View {
    fn of(app: &App, module: Module) -> View {
        View {
            url: format!("{}/modules/{}", app.config.public_url, module.slug),
            policy: module.policy(),
            id: module.id,
            slug: module.slug,
            title: module.title,
            summary: module.summary,
            axis: module.axis,
            language: module.language,
            published: module.published_at.is_some(),
            published_at: module.published_at.map(|at| at.rfc3339()),
            version: module.number,
            package: module.package,
            format: module.format,
            edition: module.edition,
            created_at: module.created_at.rfc3339(),
            updated_at: module.updated_at.rfc3339(),
        }
    }
}

/// A page of the list, by id; `next` is the `after` of the next page.
#[derive(Serialize)]
pub struct List {
    items: Vec<View>,
    next: Option<ModuleId>,
}

/// All modules, unpublished ones too.
#[get("/api/v1/modules?<after>&<limit>")]
pub async fn list(
    _key: ApiKey<scope::Modules>,
    app: &State<App>,
    after: Option<&str>,
    limit: Option<i64>,
) -> Result<Json<List>, Refusal> {
    let after = match after {
        Some(text) => Uuid::parse_str(text).map_err(|_| Refusal::bad_request("bad-request"))?,
        None => Uuid::nil(),
    };
    let limit = limit.unwrap_or(PAGE).clamp(1, PAGE);
    let modules = catalogue::modules_after(app, ModuleId(after), limit).await?;
    let next = (modules.len() as i64 == limit)
        .then(|| modules.last().map(|m| m.id))
        .flatten();
    Ok(Json::ok(List {
        items: modules.into_iter().map(|m| View::of(app, m)).collect(),
        next,
    }))
}

/// One module.
#[get("/api/v1/modules/<id>")]
pub async fn show(
    _key: ApiKey<scope::Modules>,
    app: &State<App>,
    id: &str,
) -> Result<Json<View>, Refusal> {
    let module = catalogue::module(app, parse(id)?).await?;
    Ok(Json::ok(View::of(app, module)))
}

/// What may be changed; what is absent stays.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Patch {
    title: Option<String>,
    summary: Option<String>,
    #[serde(default, deserialize_with = "given")]
    axis: Option<Option<String>>,
    language: Option<String>,
    published: Option<bool>,
    package: Option<Uuid>,
    policy: Option<Policy>,
}

/// Tells `null` (none) from absent (unchanged).
fn given<'de, D: Deserializer<'de>>(value: D) -> Result<Option<Option<String>>, D::Error> {
    Option::deserialize(value).map(Some)
}

/// Changes a module; `package` makes an imported package its next version.
#[patch("/api/v1/modules/<id>", data = "<body>")]
pub async fn change(
    _key: ApiKey<scope::Modules>,
    app: &State<App>,
    id: &str,
    body: JsonBody<Patch>,
) -> Result<Json<View>, Refusal> {
    let id = parse(id)?;
    let patch = body.0;
    let language = patch
        .language
        .map(|code| Lang::from_code(&code).ok_or_else(|| wrong("language")))
        .transpose()?;
    let change = Change {
        title: patch
            .title
            .map(|text| catalogue::title(&text).ok_or_else(|| wrong("title")))
            .transpose()?,
        summary: patch
            .summary
            .map(|text| catalogue::summary(&text).ok_or_else(|| wrong("summary")))
            .transpose()?,
        axis: patch.axis,
        language,
        published: patch.published,
        package: patch.package.map(PackageId),
        policy: patch
            .policy
            .map(|policy| match policy.wrong() {
                Some(member) => Err(wrong(member)),
                None => Ok(policy),
            })
            .transpose()?,
        by: None,
    };
    let module = catalogue::change(app, id, change).await?;
    Ok(Json::ok(View::of(app, module)))
}

fn parse(id: &str) -> Result<ModuleId, Refusal> {
    Uuid::parse_str(id)
        .map(ModuleId)
        .map_err(|_| Refusal::not_found())
}

fn wrong(field: &str) -> Refusal {
    Refusal::unprocessable("unprocessable").with("field", field)
}
