//! Follow-up of the programme: action sheets with their public timeline, and the dashboards.

pub mod chart;
pub mod figures;
mod pages;
pub mod sheets;

use rocket::Route;

pub(crate) use figures::QUERIES as FIGURES;
pub(crate) use sheets::QUERIES as SHEETS;

/// The routes.
pub fn routes() -> Vec<Route> {
    pages::routes()
}
