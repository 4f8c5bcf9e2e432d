//! The pages of seminars, and an organisation's page with the way its members have come to them.

mod list;
mod show;

use rocket::{Route, routes};

/// The routes.
pub fn routes() -> Vec<Route> {
    routes![list::list, show::show, show::register, show::give_up,]
}
