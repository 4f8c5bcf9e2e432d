//! The pages of accounts.

mod me;
mod password;
mod sign_in;

use std::net::IpAddr;

use rocket::request::{FromRequest, Outcome};
use rocket::{Request, Route};

pub(super) fn routes() -> Vec<Route> {
    [sign_in::routes(), password::routes(), me::routes()].concat()
}

/// The visitor's machine: address and browser.
struct Machine<'r> {
    address: Option<IpAddr>,
    user_agent: Option<&'r str>,
}

#[rocket::async_trait]
impl<'r> FromRequest<'r> for Machine<'r> {
    type Error = ();

    async fn from_request(request: &'r Request<'_>) -> Outcome<Self, ()> {
        Outcome::Success(Machine {
            address: request.client_ip(),
            user_agent: request.headers().get_one("User-Agent"),
        })
    }
}
