//! The pages of spaces.

mod access;
mod care;
mod edit;
mod files;
mod index;
mod moderate;
mod new;
mod pictures;
mod post;
mod space;
mod team;
mod topic;

use rocket::{Route, routes};

use access::{animates, space_of};

/// The routes.
pub fn routes() -> Vec<Route> {
    routes![
        index::index,
        space::show,
        new::form,
        new::start,
        topic::show,
        topic::reply,
        topic::accept,
        topic::promote,
        topic::me_too,
        edit::form,
        edit::send,
        edit::history,
        edit::react,
        files::form,
        files::send,
        files::open,
        pictures::form,
        pictures::send,
        pictures::show,
        care::form,
        care::apply,
        moderate::flag,
        moderate::hide,
        moderate::dismiss,
        moderate::queue,
        moderate::answer,
        moderate::texts,
        moderate::appeal,
        team::show,
        team::entrust,
        team::release,
        team::visibility,
        team::invite,
        team::uninvite,
    ]
}

/// The hue of an axis, the same everywhere.
fn hue_of(axis: Option<&str>) -> &'static str {
    match axis {
        Some("renforcement-des-capacites") => "blue",
        Some("cadre-legislatif") => "turquoise",
        Some("concertation-et-partenariat") => "terra",
        _ => "olive",
    }
}
