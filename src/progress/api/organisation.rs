//! An organisation's roll-up.

use rocket::{State, get};
use serde::Serialize;

use crate::App;
use crate::accounts::api_key::{ApiKey, scope};
use crate::ids::OrganisationId;
use crate::progress::{RollUp, roll_up_of, store};
use crate::web::{Json, Refusal};

#[derive(Serialize)]
pub(super) struct Body {
    organisation: OrganisationBody,
    #[serde(flatten)]
    roll_up: RollUp,
}

#[derive(Serialize)]
struct OrganisationBody {
    id: OrganisationId,
    slug: String,
    name: String,
}

/// Per module and in all: what its members reached during their membership.
#[get("/api/v1/organisations/<slug>/progress")]
pub(super) async fn roll_up(
    _key: ApiKey<scope::Progress>,
    app: &State<App>,
    slug: &str,
) -> Result<Json<Body>, Refusal> {
    let row: store::OrganisationRow = store::ORGANISATION.bind(slug).one(&app.db).await?;
    let roll_up = roll_up_of(app, row.id).await?;
    Ok(Json::ok(Body {
        organisation: OrganisationBody {
            id: row.id,
            slug: row.slug,
            name: row.name,
        },
        roll_up,
    }))
}
