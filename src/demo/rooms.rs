//! Coalition rooms: one in which three organisations prepare something, one that waits for an answer.

use super::calendar::{Calendar, back_then};
use super::data::{Data, Room};
use super::discussions::discuss;
use super::people::find;
use super::toolbox::{received, who};
use super::{DemoError, Known};
use crate::App;
use crate::rooms::{self, NewRoom, files};
use crate::spaces;

/// Rooms with who takes part in them, what is said and what is shared there.
pub(super) async fn rooms(
    app: &App,
    data: &Data,
    calendar: &Calendar,
    known: &Known,
) -> Result<(), DemoError> {
    for row in &data.rooms {
        room(app, row, calendar, known).await?;
    }
    Ok(())
}

async fn room(app: &App, row: &Room, calendar: &Calendar, known: &Known) -> Result<(), DemoError> {
    let refused = DemoError::refused(&row.name);
    let at = |day: i64, key: &str| back_then(app, calendar.some_time(day, key));
    let host = who(app, find(&known.people, &row.by)?).await?;
    let new = NewRoom {
        founder: find(&known.organisations, &row.founder)?,
        name: row.name.clone(),
        purpose: row.purpose.clone(),
        axis: row.axis.clone(),
        region: row.region.clone(),
        ends_at: row.until.map(|day| calendar.at(day + 1, "00:00")),
        whole: row.whole,
    };
    let slug = rooms::open(&at(row.day, &row.name), &host, new)
        .await
        .map_err(&refused)?;
    for party in &row.parties {
        let asked = at(party.day - 1, &party.organisation);
        rooms::ask(&asked, &host, &slug, &party.organisation)
            .await
            .map_err(&refused)?;
        let Some(by) = &party.by else {
            continue;
        };
        let by = who(app, find(&known.people, by)?).await?;
        let answered = at(party.day, &party.organisation);
        rooms::answer(
            &answered,
            &by,
            &slug,
            &party.organisation,
            true,
            party.whole,
        )
        .await
        .map_err(&refused)?;
    }
    let space = spaces::by_slug(app, &slug)
        .await?
        .ok_or_else(|| DemoError::Data(row.name.clone()))?;
    for topic in &row.topics {
        discuss(app, space.id, topic, calendar, known).await?;
    }
    for shared in &row.files {
        let then = at(shared.day, &shared.label);
        let by = who(app, find(&known.people, &shared.by)?).await?;
        let room = files::room(&then, &by, &slug).await.map_err(&refused)?;
        let file = received(&then, &shared.file, &shared.text).await?;
        files::add(&then, &by, room, shared.label.clone(), file)
            .await
            .map_err(&refused)?;
    }
    Ok(())
}
