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

use domain::community::Visibility;
use rocket::{Route, routes};
use serde_json::{Value, json};

use crate::spaces::SpaceRow;
use crate::web::Visitor;
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

/// The hue of a space, the same everywhere: its axis', or that of rooms.
fn hue_of(space: &SpaceRow) -> &'static str {
    match (space.visibility(), space.axis.as_deref()) {
        (Visibility::Room, _) => "plum",
        (_, Some("renforcement-des-capacites")) => "blue",
        (_, Some("cadre-legislatif")) => "turquoise",
        (_, Some("concertation-et-partenariat")) => "terra",
        _ => "olive",
    }
}

/// The list in which a space stands, and the space: where its pages begin.
fn crumbs_of(visitor: &Visitor<'_>, space: &SpaceRow) -> Vec<Value> {
    let lang = visitor.lang();
    let (list, label) = match space.visibility() {
        Visibility::Room => ("/rooms", "rooms-title"),
        _ => ("/spaces", "spaces-title"),
    };
    let label = visitor.app.pages.locales.text(lang, label, &[]);
    let here = format!("/spaces/{}", space.slug);
    vec![
        json!({ "href": visitor.href(list), "label": label }),
        json!({ "href": visitor.href(&here), "label": space.title(lang) }),
    ]
}
