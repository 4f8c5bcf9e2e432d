//! Files shared in a room, each under the name of an organisation that takes part. Every opening asks
//! again whether the reader takes part.

use uuid::Uuid;

use super::{FileRow, RoomRow, open_still, standing, store, through};
use crate::App;
use crate::accounts::Person;
use crate::db::DbError;
use crate::documents::{self, Held, Received};
use crate::ids::SpaceId;
use crate::web::Refusal;

/// Longest label, in characters.
pub const LABEL_MAX: usize = 160;
/// Files of a room at most.
const MOST: usize = 200;

/// The files of a room, the latest first; those of an organisation at rest are left out.
pub async fn of(app: &App, room: SpaceId) -> Result<Vec<FileRow>, DbError> {
    store::FILES.bind(room).all(&app.db).await
}

/// The room of an address, for who reads it.
pub async fn room(app: &App, person: &Person, slug: &str) -> Result<RoomRow, Refusal> {
    let found = standing(app, person, slug).await?;
    match found.reads {
        true => Ok(found.room),
        false => Err(Refusal::not_found()),
    }
}

/// Shares a file.
///
/// # Errors
/// 409 for a room that was closed or is full; those of a file that is not taken.
pub async fn add(
    app: &App,
    by: &Person,
    room: RoomRow,
    label: String,
    file: Received,
) -> Result<(), Refusal> {
    let room = open_still(room, app.clock.now())?;
    let organisation = through(app, room.id, by.id).await?;
    let organisation = organisation.ok_or_else(Refusal::not_found)?;
    if of(app, room.id).await?.len() >= MOST {
        return Err(Refusal::conflict("room-full"));
    }
    let file = documents::keep(app, by.id, "handout", file).await?;
    let row = (
        app.ids.uuid(),
        room.id,
        file,
        label,
        organisation,
        by.id,
        app.clock.now(),
    );
    app.db
        .write(row, |tx, (id, room, file, label, organisation, by, now)| {
            Box::pin(async move {
                store::ADD_FILE
                    .bind(*id)
                    .bind(*room)
                    .bind(*file)
                    .bind(label)
                    .bind(*organisation)
                    .bind(*by)
                    .bind(*now)
                    .run(tx)
                    .await
                    .map(drop)
            })
        })
        .await?;
    Ok(())
}

async fn one(app: &App, room: &RoomRow, id: Uuid) -> Result<FileRow, Refusal> {
    of(app, room.id)
        .await?
        .into_iter()
        .find(|row| row.id == id)
        .ok_or_else(Refusal::not_found)
}

/// Where a file can be fetched now, for who reads the room; not for long, as they may leave.
pub async fn address(app: &App, room: &RoomRow, id: Uuid) -> Result<String, Refusal> {
    let row = one(app, room, id).await?;
    documents::kept_address(app, row.file, Held::Minutes).await
}

/// True when a person may take a file away: who shared it, the coordinators of its organisation and
/// of the founder.
pub fn may_remove(room: &RoomRow, person: &Person, file: &FileRow) -> bool {
    file.person == person.id
        || person.roles.coordinates.contains(&file.organisation.0)
        || room.is_hosted_by(person)
}

/// Takes a file away.
pub async fn remove(app: &App, by: &Person, room: RoomRow, id: Uuid) -> Result<(), Refusal> {
    let room = open_still(room, app.clock.now())?;
    let row = one(app, &room, id).await?;
    if !may_remove(&room, by, &row) {
        return Err(Refusal::forbidden());
    }
    app.db
        .write((id, room.id), |tx, (id, room)| {
            Box::pin(async move {
                store::REMOVE_FILE
                    .bind(*id)
                    .bind(*room)
                    .run(tx)
                    .await
                    .map(drop)
            })
        })
        .await?;
    documents::drop_kept(app, row.file).await?;
    Ok(())
}
