//! The pages of seminars, and an organisation's page with the way its members have come to them.

mod attendees;
mod edit;
mod group;
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
        show::wait,
        show::wait_no_longer,
        group::page,
        group::act,
        edit::new,
        edit::create,
        edit::form,
        edit::change,
        edit::cancel,
        attendees::page,
        attendees::admit,
        attendees::recognise,
        attendees::revoke,
        attendees::quotas,
        organisation::page,
    ]
}
