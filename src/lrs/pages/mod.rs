//! The pages of the record store, for administrators.

mod credentials;
mod statement;
mod statements;
mod targets;

use rocket::Route;
use serde_json::{Value, json};

use crate::accounts::guards::Admin;

pub(super) fn routes() -> Vec<Route> {
    [
        credentials::routes(),
        statements::routes(),
        statement::routes(),
        targets::routes(),
    ]
    .concat()
}

/// The tabs above the store's pages.
fn tabs(admin: &Admin<'_>, current: &str) -> Vec<Value> {
    [
        ("/admin/xapi", "lrs-tab-clients"),
        ("/admin/xapi/statements", "lrs-tab-statements"),
        ("/admin/xapi/forwarding", "lrs-tab-forwarding"),
    ]
    .into_iter()
    .map(|(path, key)| {
        json!({
            "href": admin.href(path),
            "label": admin.app.pages.locales.text(admin.lang(), key, &[]),
            "current": path == current,
        })
    })
    .collect()
}

/// The way back to the administrators' first page.
fn crumbs(admin: &Admin<'_>) -> Vec<Value> {
    let label = admin
        .app
        .pages
        .locales
        .text(admin.lang(), "admin-title", &[]);
    vec![json!({ "href": admin.href("/admin"), "label": label })]
}
