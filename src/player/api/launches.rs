//! `POST /api/v1/modules/{id}/launches`: a learner of another system plays a module.

use rocket::serde::uuid::Uuid;
use rocket::{State, post};
use serde::Deserialize;
use serde_json::{Value, json};

use crate::App;
use crate::accounts::api_key::{ApiKey, scope};
use crate::accounts::{self, NewLearner};
use crate::catalogue;
use crate::ids::ModuleId;
use crate::web::{Json, JsonBody, Lang, Refusal};

use super::super::attempts::{self, Start};
use super::super::store;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Asked {
    learner: Named,
    /// What the launch does: `resume` (or nothing), as the module's policy says; `new`, a new
    /// attempt, refused where the policy allows none.
    #[serde(default)]
    attempt: Wanted,
}

#[derive(Default, Deserialize)]
#[serde(rename_all = "lowercase")]
enum Wanted {
    #[default]
    Resume,
    New,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Named {
    email: String,
    name: String,
    /// The organisation's slug.
    #[serde(default)]
    organisation: Option<String>,
}

#[post("/api/v1/modules/<module>/launches", data = "<asked>")]
pub(super) async fn create(
    _key: ApiKey<scope::Launches>,
    app: &State<App>,
    module: Uuid,
    asked: JsonBody<Asked>,
) -> Result<Json<Value>, Refusal> {
    let module = catalogue::module(app, ModuleId(module)).await?;
    let start = match asked.0.attempt {
        Wanted::Resume => Start::Resume,
        Wanted::New => Start::New,
    };
    let named = asked.0.learner;
    let wrong = |member: &str| Refusal::unprocessable("learner-invalid").with("member", member);
    let organisation = match named
        .organisation
        .as_deref()
        .filter(|slug| !slug.is_empty())
    {
        Some(slug) => {
            let row: Option<store::OrganisationRow> =
                store::ORGANISATION.bind(slug).optional(&app.db).await?;
            Some(row.ok_or_else(|| wrong("organisation"))?.id)
        }
        None => None,
    };
    let learner = NewLearner {
        id: app.ids.id(),
        membership: app.ids.id(),
        email: accounts::email(&named.email).ok_or_else(|| wrong("email"))?,
        name: accounts::name(&named.name).ok_or_else(|| wrong("name"))?,
        language: Lang::from_code(&module.language).unwrap_or_default(),
        organisation,
    };
    let launch = attempts::launch_as(app, learner, &module, start).await?;
    Ok(Json::created(
        json!({ "session": launch.session, "url": launch.url }),
    ))
}
