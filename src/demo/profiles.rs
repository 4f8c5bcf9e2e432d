//! People who let themselves be found in the directory.

use super::data::{Data, lang};
use super::people::find;
use super::{DemoError, Known};
use crate::App;
use crate::directory::{self, Profile, Shown};

/// Every profile, as its person would write it.
pub(super) async fn profiles(app: &App, data: &Data, known: &Known) -> Result<(), DemoError> {
    for row in &data.profiles {
        let profile = Profile {
            shown: Shown::from_code(&row.shown),
            about: row.about.clone(),
            helps: row.helps.clone(),
            region: row.region.clone(),
            languages: row.languages.iter().map(|code| lang(code)).collect(),
            skills: directory::skills(row.skills.iter().map(String::as_str)),
            axes: row.axes.clone(),
            shows_modules: row.modules,
            shows_organisation: row.organisation,
            updated_at: None,
        };
        directory::keep(app, find(&known.people, &row.person)?, profile).await?;
    }
    Ok(())
}
