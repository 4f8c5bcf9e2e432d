//! Requests that a fairing refuses are moved here: fairings cannot answer, routes can.

use rocket::http::Method;
use rocket::route::{Handler, Outcome};
use rocket::{Data, Request, Route};

use super::Refusal;

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
    // Under `/api` programs get a problem object.
    .flat_map(|method| {
        ["/-refused/<_>", "/api/-refused/<_>"].map(|path| Route::new(method, path, Refuse))
    })
    .collect()
}
