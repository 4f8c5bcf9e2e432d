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
        let refusal = match request.uri().path().as_str() {
            "/-refused/wrong-host" => Refusal::bad_request("wrong-host"),
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
    .map(|method| Route::new(method, "/-refused/<_>", Refuse))
    .collect()
}
