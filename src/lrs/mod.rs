//! The learning record store: xAPI 1.0.3 and 2.0 over HTTP, in the same database as everything
//! else.
//!
//! `crates/xapi` knows the standard; this feature keeps statements ([`record`]), finds them
//! ([`find`]), keeps documents, and says who may ([`credentials`]). Whatever goes wrong gets a
//! problem with the place and the rule that is broken.

mod api;
pub mod credentials;
mod definitions;
mod documents;
mod find;
mod group;
mod pages;
mod prepare;
mod record;
mod signature;
mod store;
mod targets;

use rocket::Route;
use rocket::http::Status;
use xapi::Invalid;

use crate::web::Refusal;

pub use prepare::{Batch, Blob, Prepared};
pub use record::{Memory, record};
pub(crate) use store::QUERIES;

/// The routes.
pub fn routes() -> Vec<Route> {
    [api::routes(), pages::routes()].concat()
}

/// A broken rule as a refusal: 400 with the place and the rule (Communication 3.2), or 413 where
/// the only fault is the size.
fn invalid(error: Invalid) -> Refusal {
    if error.rule == "too-many" {
        return Refusal::new(Status::PayloadTooLarge, "too-large").extra("where", error.at);
    }
    Refusal::bad_request("xapi-invalid")
        .with("rule", error.rule)
        .with("where", error.at)
}
