//! The pages of the record store, for administrators.

mod credentials;

use rocket::Route;

pub(super) fn routes() -> Vec<Route> {
    credentials::routes()
}
