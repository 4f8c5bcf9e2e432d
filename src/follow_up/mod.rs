//! Follow-up of the programme: action sheets with their public timeline, and the dashboards.

mod pages;
pub mod sheets;

use rocket::Route;

pub(crate) use sheets::QUERIES as SHEETS;

/// The routes.
pub fn routes() -> Vec<Route> {
    pages::routes()
}
