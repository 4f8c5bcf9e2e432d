//! People who let themselves be found in the directory, and what they wrote to each other.

use super::calendar::{Calendar, back_then};
use super::data::{Conversation, Data, lang};
use super::people::find;
use super::{DemoError, Known};
use crate::App;
use crate::accounts;
use crate::directory::{self, Profile, Shown, To};
use crate::web::Refusal;

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

/// Conversations between them, each message at its hour.
pub(super) async fn conversations(
    app: &App,
    data: &Data,
    calendar: &Calendar,
    known: &Known,
) -> Result<(), DemoError> {
    for row in &data.conversations {
        converse(app, row, calendar, known)
            .await
            .map_err(DemoError::refused(&row.subject))?;
    }
    Ok(())
}

async fn converse(
    app: &App,
    row: &Conversation,
    calendar: &Calendar,
    known: &Known,
) -> Result<(), Refusal> {
    let person = async |email: &str| -> Result<accounts::Person, Refusal> {
        let id = find(&known.people, email).map_err(|_| Refusal::not_found())?;
        Ok(accounts::Person {
            id,
            email: email.to_owned(),
            name: row.names.get(email).cloned().unwrap_or_default(),
            language: String::new(),
            session: app.ids.uuid(),
            roles: accounts::roles(app, id).await?,
        })
    };
    let (asker, asked) = (person(&row.from).await?, person(&row.to).await?);
    let mut at = calendar.some_time(row.day, &row.from);
    let mut conversation = None;
    for (n, body) in row.messages.iter().enumerate() {
        let then = back_then(app, at);
        match conversation {
            None => {
                let to = To {
                    person: asked.id,
                    organisation: None,
                };
                let subject = row.subject.clone();
                let id = directory::start(&then, &asker, to, subject, body.clone()).await?;
                conversation = Some(id);
            }
            Some(id) => {
                let author = if n % 2 == 0 { &asker } else { &asked };
                directory::reply(&then, author, id, body.clone()).await?;
            }
        }
        at = at.plus_seconds(5_400);
    }
    Ok(())
}
