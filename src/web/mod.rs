//! What all pages and the API share: languages, rendering, refusals, protection of requests,
//! assets. Features import from here; this folder knows no feature but accounts' signed-in person.

pub mod address;
pub mod assets;
pub mod compress;
pub mod form;
pub mod gate;
pub mod headers;
pub mod host;
pub mod i18n;
pub mod json;
pub mod language;
pub mod log;
pub mod markdown;
pub mod people;
pub mod problem;
pub mod protect;
pub mod refused;
pub mod render;
mod templates;
pub mod visitor;

pub use form::Fields;
pub use i18n::Lang;
pub use json::{Json, JsonBody};
pub use problem::Refusal;
pub use render::{Html, Page};
pub use visitor::Visitor;

/// The paths that speak to programs: they get problem+json, never a page.
pub fn is_api(path: &str) -> bool {
    ["/api/", "/xapi/", "/-content/", "/health/"]
        .iter()
        .any(|prefix| path.starts_with(prefix))
        || path == "/metrics"
}
