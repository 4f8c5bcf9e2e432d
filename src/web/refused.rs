//! Requests that a fairing refuses are moved here: fairings cannot answer, routes can.

use rocket::http::Method;
use rocket::http::uri::Origin;
use rocket::route::{Handler, Outcome};
use rocket::{Data, Request, Route};

use super::Refusal;

/// Where a request for `path` is moved that is refused with `code`: under `/api` programs get a
/// problem object.
pub(super) fn address(path: &str, code: &'static str) -> Origin<'static> {
    let area = if super::is_api(path) { "/api" } else { "" };
    Origin::parse_owned(format!("{area}/-refused/{code}"))
        .unwrap_or_else(|_| rocket::uri!("/-refused/bad-address"))
}

#[derive(Clone)]
struct Refuse;

#[rocket::async_trait]
impl Handler for Refuse {
    async fn handle<'r>(&self, request: &'r Request<'_>, _: Data<'r>) -> Outcome<'r> {
        let path = request.uri().path().as_str();
        let refusal = match path.strip_prefix("/api").unwrap_or(path) {
            "/-refused/bad-request" => Refusal::bad_request("bad-request"),
            "/-refused/wrong-host" => Refusal::bad_request("wrong-host"),
            "/-refused/bad-address" => Refusal::bad_request("bad-request"),
            "/-refused/csrf-refused" => {
                Refusal::new(rocket::http::Status::Forbidden, "csrf-refused")
            }
            _ => Refusal::not_found(),
        };
        Outcome::from(request, refusal)
    }
}

/// The refusals, for every method.
pub fn routes() -> Vec<Route> {
    [
        Method::Get,
        Method::Post,
        Method::Put,
        Method::Patch,
        Method::Delete,
        Method::Head,
        Method::Options,
    ]
    .into_iter()
    .flat_map(|method| {
        ["/-refused/<_>", "/api/-refused/<_>"].map(|path| Route::new(method, path, Refuse))
    })
    .collect()
}
