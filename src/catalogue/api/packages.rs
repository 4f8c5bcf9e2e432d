//! `POST /api/v1/packages`, `GET /api/v1/packages/{id}`.

use rocket::data::ToByteUnit;
use rocket::http::{ContentType, Status};
use rocket::request::{FromRequest, Outcome};
use rocket::{Data, Request, State, get, post};
use uuid::Uuid;

use crate::App;
use crate::accounts::api_key::{ApiKey, scope};
use crate::catalogue::import::{PackageView, Staging, cut, too_large};
use crate::catalogue::{self, Imported, Options};
use crate::ids::{ModuleId, PackageId};
use crate::web::{Json, Refusal};

/// What a client says about its upload before sending it.
pub struct Announced {
    length: Option<u64>,
    is_zip: bool,
}

#[rocket::async_trait]
impl<'r> FromRequest<'r> for Announced {
    type Error = ();

    async fn from_request(request: &'r Request<'_>) -> Outcome<Self, ()> {
        Outcome::Success(Announced {
            length: request
                .headers()
                .get_one("Content-Length")
                .and_then(|text| text.parse().ok()),
            is_zip: request.content_type().is_some_and(is_zip),
        })
    }
}

/// A zip, or a cmi5 course structure that comes alone.
fn is_zip(kind: &ContentType) -> bool {
    if kind.is_xml() || (kind.top() == "application" && kind.sub() == "xml") {
        return true;
    }
    kind.top() == "application"
        && ["zip", "x-zip", "x-zip-compressed"]
            .iter()
            .any(|sub| kind.sub() == *sub)
}

/// Takes in a package. 201: a new one; 200: the same bytes again.
#[post("/api/v1/packages?<module>&<axis>&<publish>", data = "<body>")]
pub async fn create(
    _key: ApiKey<scope::Packages>,
    app: &State<App>,
    announced: Announced,
    module: Option<&str>,
    axis: Option<&str>,
    publish: Option<bool>,
    body: Data<'_>,
) -> Result<Json<Imported>, Refusal> {
    let limit = app.config.packages.max_bytes;
    if !announced.is_zip {
        return Err(Refusal::new(
            Status::UnsupportedMediaType,
            "unsupported-media-type",
        ));
    }
    if announced.length.is_some_and(|length| length > limit) {
        return Err(too_large(limit));
    }
    let module = module
        .map(|text| Uuid::parse_str(text).map(ModuleId))
        .transpose()
        .map_err(|_| Refusal::not_found())?;
    let options = Options {
        module,
        axis: axis.map(str::to_owned),
        publish: publish.unwrap_or(false),
        ..Options::default()
    };
    let staging = Staging::begin(app)?;
    let stream = body.open(limit.saturating_add(1).bytes());
    let received = staging.receive(app, stream).await?;
    if announced
        .length
        .is_some_and(|length| length != received.came)
    {
        return Err(cut());
    }
    let imported = catalogue::import(app, received, options, None).await?;
    Ok(if imported.new {
        Json::created(imported)
    } else {
        Json::ok(imported)
    })
}

/// A package with its activities and diagnosis.
#[get("/api/v1/packages/<id>")]
pub async fn show(
    _key: ApiKey<scope::Packages>,
    app: &State<App>,
    id: &str,
) -> Result<Json<PackageView>, Refusal> {
    let id = Uuid::parse_str(id).map_err(|_| Refusal::not_found())?;
    Ok(Json::ok(catalogue::package(app, PackageId(id)).await?))
}
