//! The pages of accounts.

mod me;
mod password;
mod sign_in;

use rocket::Route;

use crate::web::visitor::Machine;

pub use sign_in::local_path;

pub(super) fn routes() -> Vec<Route> {
    [sign_in::routes(), password::routes(), me::routes()].concat()
}
