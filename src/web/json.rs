//! JSON in and out of the API.

use rocket::data::{FromData, Outcome, ToByteUnit};
use rocket::http::{ContentType, Status};
use rocket::response::{Responder, Response};
use rocket::{Data, Request};
use serde::Serialize;
use serde::de::DeserializeOwned;

use super::Refusal;
use super::problem;

/// JSON bodies above this are refused.
const LIMIT_MIB: u64 = 8;

/// A JSON answer with its status.
pub struct Json<T>(pub Status, pub T);

impl<T> Json<T> {
    /// 200.
    pub fn ok(value: T) -> Self {
        Json(Status::Ok, value)
    }
    /// 201.
    pub fn created(value: T) -> Self {
        Json(Status::Created, value)
    }
}

impl<'r, T: Serialize> Responder<'r, 'static> for Json<T> {
    fn respond_to(self, request: &'r Request<'_>) -> rocket::response::Result<'static> {
        match serde_json::to_vec(&self.1) {
            Ok(body) => Response::build()
                .status(self.0)
                .header(ContentType::JSON)
                .raw_header("Cache-Control", "no-store")
                .sized_body(body.len(), std::io::Cursor::new(body))
                .ok(),
            Err(error) => {
                tracing::error!(%error, "JSON answer");
                Refusal::new(Status::InternalServerError, "internal").respond_to(request)
            }
        }
    }
}

/// A JSON request body. Types should say `#[serde(deny_unknown_fields)]`: a member nobody asked
/// for is a mistake or an attack (`threats.md` W8).
pub struct JsonBody<T>(pub T);

/// Reads JSON text; refuses NUL in any string, so that both engines store the same.
pub fn read<T: DeserializeOwned>(body: &[u8]) -> Result<T, Refusal> {
    let wrong = |error: serde_json::Error| {
        Refusal::bad_request("bad-json")
            .with("line", error.line())
            .with("column", error.column())
            .extra("reason", error.to_string())
    };
    // A NUL can only be written as an escape: raw control characters are no JSON.
    let has_nul = body.windows(6).any(|w| w == b"\\u0000");
    if has_nul {
        return Err(Refusal::bad_request("bad-json")
            .with("line", 0)
            .with("column", 0));
    }
    serde_json::from_slice(body).map_err(wrong)
}

#[rocket::async_trait]
impl<'r, T: DeserializeOwned> FromData<'r> for JsonBody<T> {
    type Error = ();

    async fn from_data(request: &'r Request<'_>, data: Data<'r>) -> Outcome<'r, Self> {
        let refuse = |refusal: Refusal| {
            problem::keep(request, &refusal);
            Outcome::Error((refusal.status, ()))
        };
        let is_json = request
            .content_type()
            .is_some_and(|kind| kind.is_json() || kind.sub().as_str().ends_with("+json"));
        if !is_json {
            return refuse(Refusal::new(
                Status::UnsupportedMediaType,
                "unsupported-media-type",
            ));
        }
        match data.open(LIMIT_MIB.mebibytes()).into_bytes().await {
            Ok(body) if body.is_complete() => match read(&body.into_inner()) {
                Ok(value) => Outcome::Success(JsonBody(value)),
                Err(refusal) => refuse(refusal),
            },
            Ok(_) => refuse(Refusal::new(Status::PayloadTooLarge, "too-large")),
            Err(_) => refuse(Refusal::bad_request("bad-request")),
        }
    }
}
