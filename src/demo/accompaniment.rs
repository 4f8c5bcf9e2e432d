//! What the regional staff noted about the organisations it accompanies.

use super::calendar::{Calendar, back_then};
use super::data::Data;
use super::people::find;
use super::{DemoError, Known};
use crate::App;
use crate::accompaniment::{self, KINDS, Note};
use crate::accounts;
use crate::organisations::{self, OrgScope};

/// Notes every visit and piece of advice, by somebody who may.
pub(super) async fn accompaniment(
    app: &App,
    data: &Data,
    calendar: &Calendar,
    known: &Known,
) -> Result<(), DemoError> {
    for row in &data.accompaniment {
        let missing = || DemoError::Data(format!("{}: accompaniment", row.organisation));
        let by = find(&known.people, &row.by)?;
        let organisation = organisations::by_slug(app, &row.organisation)
            .await?
            .ok_or_else(missing)?;
        let person = accounts::Person {
            id: by,
            email: row.by.clone(),
            name: String::new(),
            language: String::new(),
            session: app.ids.uuid(),
            roles: accounts::roles(app, by).await?,
        };
        let scope =
            OrgScope::of(&person, &organisation).map_err(DemoError::refused(&row.organisation))?;
        let kind = KINDS.into_iter().find(|kind| *kind == row.kind);
        let held_at = calendar.at(row.day, &row.time);
        let note = Note {
            kind: kind.ok_or_else(missing)?,
            held_at,
            body: row.body.clone(),
            next_step: row.next.clone(),
            due_at: Some(calendar.at(row.due, "18:00")),
            by,
        };
        accompaniment::note(&back_then(app, held_at), scope, note).await?;
    }
    Ok(())
}
