//! The pages of seminars, and an organisation's page with the way its members have come to them.

mod attendees;
mod calendar;
mod commitments;
mod edit;
mod group;
mod handouts;
mod list;
mod organisation;
mod plans;
mod presence;
mod programme;
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
        programme::form,
        programme::save,
        programme::again,
        programme::duplicate,
        presence::list,
        presence::tick,
        presence::ticks,
        presence::screen,
        presence::here,
        presence::say,
        presence::attestation,
        presence::badge,
        presence::paper,
        presence::badge_file,
        presence::issuer,
        commitments::show,
        commitments::act,
        commitments::trainers,
        commitments::of_organisation,
        handouts::form,
        handouts::add,
        handouts::remove,
        handouts::open,
        plans::new,
        plans::create,
        plans::show,
        plans::want,
        plans::close,
        calendar::file,
        calendar::feed,
        calendar::mine,
        calendar::renew,
        calendar::want,
        calendar::want_no_longer,
    ]
}
