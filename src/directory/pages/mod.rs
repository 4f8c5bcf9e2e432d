//! The pages of the directory.

mod help;
mod messages;
mod oembed;
mod person;
mod picture;
mod profile;

use rocket::{Route, routes};
use serde_json::{Value, json};

use super::profile::Seen;
use crate::organisations::Named;
use crate::web::Visitor;
use crate::web::people::{hue, initials};

pub(super) fn routes() -> Vec<Route> {
    routes![
        help::page,
        person::page,
        profile::page,
        profile::keep,
        messages::list,
        messages::show,
        messages::reply,
        messages::block,
        messages::report,
        messages::to_person,
        messages::send_to_person,
        messages::to_organisation,
        messages::send_to_organisation,
        messages::reports,
        messages::decide,
        oembed::oembed,
        picture::picture,
    ]
}

/// The ways into the directory.
pub fn tabs(visitor: &Visitor<'_>, current: &str) -> Value {
    let entry = |key: &str, path: &str| {
        let label = format!("directory-tab-{key}");
        json!({
            "href": visitor.href(path),
            "label": visitor.app.pages.locales.text(visitor.lang(), &label, &[]),
            "current": key == current,
        })
    };
    json!([
        entry("help", "/directory"),
        entry("organisations", "/organisations"),
    ])
}

/// The name of a slug in the visitor's language.
fn name_of(visitor: &Visitor<'_>, list: &[Named], slug: &str) -> Option<String> {
    list.iter()
        .find(|named| named.slug == slug)
        .map(|named| named.name(visitor.lang()).to_owned())
}

/// Somebody as cards and their page show them.
fn shown(visitor: &Visitor<'_>, seen: &Seen, regions: &[Named], axes: &[Named]) -> Value {
    json!({
        "id": seen.person,
        "href_to": visitor.href(&format!("/people/{}", seen.person)),
        "heading": seen.name,
        "initials": initials(&seen.name),
        "hue": hue(seen.person.0),
        "about": seen.about,
        "helps": seen.helps,
        "region": seen.region.as_deref().and_then(|slug| name_of(visitor, regions, slug)),
        "languages": seen.languages.iter().map(|lang| json!({
            "code": lang.code(), "label": lang.own_name(),
        })).collect::<Vec<_>>(),
        "skills": seen.skills,
        "axes": seen.axes.iter().filter_map(|slug| name_of(visitor, axes, slug)).collect::<Vec<_>>(),
        "organisations": seen.organisations.iter().map(|(slug, name)| json!({
            "href_to": visitor.href(&format!("/organisations/{slug}")), "heading": name,
        })).collect::<Vec<_>>(),
    })
}
