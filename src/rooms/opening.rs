//! A room begins, for an organisation, and ends.

use domain::community::Visibility;
use serde_json::json;

use super::{audit, coordinates, hear, hosted, store};
use crate::App;
use crate::accounts::Person;
use crate::clock::Timestamp;
use crate::db::{DbError, Tx};
use crate::ids::{OrganisationId, PersonId};
use crate::spaces::{self, NewSpace};
use crate::web::Refusal;

/// Open rooms of one founder at most.
const ROOMS: i64 = 30;

/// A room to be opened.
#[derive(Debug, Clone)]
pub struct NewRoom {
    /// Whose.
    pub founder: OrganisationId,
    /// Its name, in the words of who opens it.
    pub name: String,
    /// What for.
    pub purpose: String,
    /// An axis' slug.
    pub axis: Option<String>,
    /// A region's slug.
    pub region: Option<String>,
    /// From then on it is only read.
    pub ends_at: Option<Timestamp>,
    /// All members of the founder read it; else its coordinators and those they admit.
    pub whole: bool,
}

/// Opens a room; gives its address, which says nothing of it.
///
/// # Errors
/// 404 for who does not coordinate the founder; 409 where it has too many.
pub async fn open(app: &App, by: &Person, new: NewRoom) -> Result<String, Refusal> {
    if !coordinates(by, new.founder) {
        return Err(Refusal::not_found());
    }
    let now = app.clock.now();
    let (founded,): (i64,) = store::FOUNDED
        .bind(new.founder)
        .bind(now)
        .one(&app.db)
        .await?;
    if founded >= ROOMS {
        return Err(Refusal::conflict("too-many-rooms"));
    }
    // Two coalitions may bear one name, and an address is seen by more eyes than a page.
    let slug = format!("room-{}", crate::ids::hex(&app.ids.salt()));
    let space = NewSpace {
        id: app.ids.id(),
        slug: slug.clone(),
        axis: None,
        titles: std::array::from_fn(|_| new.name.clone()),
        abouts: std::array::from_fn(|_| new.purpose.clone()),
        at: now,
    };
    let audit =
        audit(app, by, "room-opened", space.id).detail(json!({ "organisation": new.founder }));
    let first = First {
        space,
        new,
        by: by.id,
        party: app.ids.uuid(),
    };
    app.db
        .write((first, audit), |tx, (first, audit)| {
            Box::pin(async move {
                write(tx, first).await?;
                audit.write(tx).await
            })
        })
        .await?;
    Ok(slug)
}

/// A room with the one organisation that takes part from the beginning.
struct First {
    space: NewSpace,
    new: NewRoom,
    by: PersonId,
    party: uuid::Uuid,
}

async fn write(tx: &mut Tx, first: &First) -> Result<(), DbError> {
    let First { space, new, .. } = first;
    spaces::open_as(tx, space, Visibility::Room).await?;
    store::OPEN
        .bind(space.id)
        .bind(new.founder)
        .bind(new.axis.clone())
        .bind(new.region.clone())
        .bind(new.ends_at)
        .bind(first.by)
        .bind(space.at)
        .run(&mut *tx)
        .await?;
    store::FOUND
        .bind(first.party)
        .bind(space.id)
        .bind(new.founder)
        .bind(new.whole)
        .bind(first.by)
        .bind(space.at)
        .run(&mut *tx)
        .await?;
    hear(tx, first.by, space.id, space.at).await
}

/// Closes a room: who took part reads it as it was, nobody writes there any more.
///
/// # Errors
/// 403 for those who take part but did not open it; 409 where it is closed already.
pub async fn close(app: &App, by: &Person, slug: &str) -> Result<(), Refusal> {
    let room = hosted(app, by, slug).await?;
    let audit = audit(app, by, "room-closed", room.id);
    app.db
        .write((room.id, audit), |tx, (room, audit)| {
            Box::pin(async move {
                let closed = store::CLOSE
                    .bind(*room)
                    .bind(audit.at)
                    .run(&mut *tx)
                    .await?;
                if closed == 0 {
                    return Err(Refusal::conflict("room-closed"));
                }
                audit.write(tx).await.map_err(Refusal::from)
            })
        })
        .await
}
