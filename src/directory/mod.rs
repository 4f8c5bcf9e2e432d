//! The directory: people who let themselves be found, and who can help with what.

mod messages;
mod pages;
mod profile;
mod share;

use rocket::Route;
use serde_json::{Value, json};

use crate::App;
use crate::db::DbError;
use crate::ids::PersonId;

pub(crate) use messages::QUERIES as MESSAGES;
pub use messages::{To, contact_of, reply, start};
pub use pages::tabs;
pub(crate) use profile::QUERIES as PROFILES;
pub use profile::{Profile, Shown, Skill, keep, own, skills};
pub(crate) use share::QUERIES as SHARES;
pub use share::{Memory as Pictures, Shared, share};

/// The routes.
pub fn routes() -> Vec<Route> {
    pages::routes()
}

/// All that the directory keeps about somebody, for themselves.
pub async fn all_of(app: &App, person: PersonId) -> Result<Value, DbError> {
    let profile = profile::own(app, person).await?;
    let messages = messages::wrote(app, person).await?;
    Ok(json!({
        "profile": {
            "shown_to": profile.shown.code(),
            "about": profile.about,
            "helps": profile.helps,
            "region": profile.region,
            "languages": profile.languages.iter().map(|lang| lang.code()).collect::<Vec<_>>(),
            "skills": profile.skills.iter().map(|skill| &skill.label).collect::<Vec<_>>(),
            "axes": profile.axes,
            "shows_modules": profile.shows_modules,
            "shows_organisation": profile.shows_organisation,
            "updated": profile.updated_at.map(|at| at.rfc3339()),
        },
        "messages": messages,
    }))
}
