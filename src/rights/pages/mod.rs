//! The page on which a person takes their data along, or goes.

mod data;

use rocket::Route;

pub(super) fn routes() -> Vec<Route> {
    data::routes()
}
