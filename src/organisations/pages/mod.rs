//! The pages of organisations.

pub(super) mod directory;
mod edit;
mod invitations;
mod join;
mod members;
mod rest;
mod show;

use rocket::Route;
use serde_json::{Value, json};

use super::Organisation;
use crate::web::{Refusal, Visitor};

pub(super) fn routes() -> Vec<Route> {
    [
        directory::routes(),
        show::routes(),
        members::routes(),
        edit::routes(),
        rest::routes(),
        invitations::routes(),
        join::routes(),
    ]
    .concat()
}

async fn find(visitor: &Visitor<'_>, slug: &str) -> Result<Organisation, Refusal> {
    super::by_slug(visitor.app, slug)
        .await?
        .filter(|organisation| organisation.is_shown_to(visitor.person))
        .ok_or_else(Refusal::not_found)
}

/// The way back to the directory.
fn crumbs(visitor: &Visitor<'_>) -> Value {
    let label = visitor
        .app
        .pages
        .locales
        .text(visitor.lang(), "web-nav-organisations", &[]);
    json!([{ "href": visitor.href("/organisations"), "label": label }])
}

/// The sub-navigation of an organisation, for those who see its members; null for others.
pub fn tabs(visitor: &Visitor<'_>, organisation: &Organisation, current: &str) -> Value {
    let sees = visitor
        .person
        .is_some_and(|person| super::OrgScope::of(person, organisation).is_ok());
    if !sees {
        return Value::Null;
    }
    let entry = |key: &str, tail: &str| {
        let label = format!("organisations-tab-{key}");
        json!({
            "href": visitor.href(&format!("/organisations/{}{tail}", organisation.slug)),
            "label": visitor.app.pages.locales.text(visitor.lang(), &label, &[]),
            "current": key == current,
        })
    };
    json!([
        entry("about", ""),
        entry("members", "/members"),
        entry("progress", "/progress"),
        entry("accompaniment", "/accompaniment"),
        entry("actions", "/actions"),
        entry("commitments", "/commitments"),
    ])
}
