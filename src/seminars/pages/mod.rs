//! The pages of seminars, and an organisation's page with the way its members have come to them.

mod attendees;
mod edit;
mod list;
mod organisation;
mod rule_form;
mod show;

use rocket::{Route, routes};

/// The routes.
pub fn routes() -> Vec<Route> {
    routes![
        list::list,
        show::show,
        show::register,
        show::give_up,
        edit::new,
        edit::create,
        edit::form,
        edit::change,
        edit::cancel,
        attendees::page,
        organisation::page,
    ]
}
