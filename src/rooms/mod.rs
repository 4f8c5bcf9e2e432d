//! Coalition rooms: a space that several organisations share, each by its own consent. Nobody else
//! knows of it, the staff included: no role opens it, only taking part does. What is said there is
//! written, read and looked after by `spaces`; here is who takes part.

pub mod files;
mod opening;
mod pages;
mod store;
mod taking_part;

use crate::App;
use crate::accounts::{Audit, Person};
use crate::clock::Timestamp;
use crate::db::{DbError, Tx};
use crate::following;
use crate::ids::{OrganisationId, PersonId, SpaceId};
use crate::spaces;
use crate::web::Refusal;

pub use opening::{NewRoom, close, open};
pub use pages::panel;
pub(crate) use store::QUERIES;
pub use store::{AskedRow, FileRow, MemberRow, OscRow, PartyRow, RoomRow};
pub use taking_part::{admit, answer, ask, leave, withdraw};

/// Longest name, in characters.
pub const NAME_MAX: usize = 120;
/// Longest purpose, in characters.
pub const PURPOSE_MAX: usize = 1_000;

/// The routes.
pub fn routes() -> Vec<rocket::Route> {
    pages::routes()
}

impl RoomRow {
    /// Closed, or its time is over: it is only read.
    pub fn is_archived(&self, now: Timestamp) -> bool {
        self.closed_at.or(self.ends_at).is_some_and(|at| at <= now)
    }

    /// Coordinates the organisation whose room it is.
    pub fn is_hosted_by(&self, person: &Person) -> bool {
        coordinates(person, self.founder)
    }
}

/// True when the person answers for the organisation; in rooms nobody else does, staff or not.
fn coordinates(person: &Person, organisation: OrganisationId) -> bool {
    person.roles.coordinates.contains(&organisation.0)
}

/// How somebody stands to a room.
#[derive(Debug, Clone)]
pub struct Standing {
    /// The room.
    pub room: RoomRow,
    /// Reads and writes there.
    pub reads: bool,
    /// What waits for an answer of theirs.
    pub asked: Vec<AskedRow>,
}

/// The room of an address, for those who read it and those who were asked; 404 for everybody else.
pub async fn standing(app: &App, person: &Person, slug: &str) -> Result<Standing, Refusal> {
    let room: Option<RoomRow> = store::BY_SLUG.bind(slug).optional(&app.db).await?;
    let room = room.ok_or_else(Refusal::not_found)?;
    let reads = spaces::is_invited(app, room.id, person.id).await?;
    let mut asked = asked(app, person).await?;
    asked.retain(|row| row.room == room.id);
    match reads || !asked.is_empty() {
        true => Ok(Standing { room, reads, asked }),
        false => Err(Refusal::not_found()),
    }
}

/// The room behind a space that its visitor reads already.
pub async fn of_space(app: &App, space: SpaceId) -> Result<Option<RoomRow>, DbError> {
    store::BY_SPACE.bind(space).optional(&app.db).await
}

/// The rooms that somebody reads, the open ones first.
pub async fn mine(app: &App, person: PersonId) -> Result<Vec<RoomRow>, DbError> {
    let now = app.clock.now();
    store::MINE.bind(person).bind(now).all(&app.db).await
}

/// What waits for an answer of the organisations that somebody coordinates.
pub async fn asked(app: &App, person: &Person) -> Result<Vec<AskedRow>, DbError> {
    if person.roles.coordinates.is_empty() {
        return Ok(Vec::new());
    }
    let coordinated = person.roles.coordinates.clone();
    store::ASKED
        .bind(coordinated)
        .bind(app.clock.now())
        .all(&app.db)
        .await
}

/// The organisations that somebody coordinates and that are awake.
pub async fn coordinated(app: &App, person: &Person) -> Result<Vec<OscRow>, DbError> {
    let ids = person.roles.coordinates.clone();
    store::ORGANISATIONS.bind(ids).all(&app.db).await
}

/// Who takes part and who was asked, the founder first.
pub async fn parties(app: &App, room: SpaceId) -> Result<Vec<PartyRow>, DbError> {
    store::PARTIES.bind(room).all(&app.db).await
}

/// Organisations whose name holds a text and that could be asked.
pub async fn candidates(app: &App, room: SpaceId, text: &str) -> Result<Vec<OscRow>, DbError> {
    store::CANDIDATES
        .bind(room)
        .bind(crate::folding::pattern(text))
        .all(&app.db)
        .await
}

/// The organisations of somebody who coordinates them that take part; at rest too, for they may leave.
pub async fn own(app: &App, by: &Person, room: SpaceId) -> Result<Vec<PartyRow>, DbError> {
    let coordinated = by.roles.coordinates.clone();
    store::OWN.bind(room).bind(coordinated).all(&app.db).await
}

/// The members of an organisation that takes part, for its coordinators.
pub async fn members(
    app: &App,
    by: &Person,
    room: SpaceId,
    organisation: OrganisationId,
) -> Result<Vec<MemberRow>, Refusal> {
    if !coordinates(by, organisation) {
        return Err(Refusal::not_found());
    }
    let rows = store::MEMBERS.bind(room).bind(organisation);
    Ok(rows.all(&app.db).await?)
}

/// The organisation through which somebody reads a room.
pub async fn through(
    app: &App,
    room: SpaceId,
    person: PersonId,
) -> Result<Option<OrganisationId>, DbError> {
    let row: Option<store::OscIdRow> = store::THROUGH
        .bind(room)
        .bind(person)
        .optional(&app.db)
        .await?;
    Ok(row.map(|row| row.id))
}

fn audit(app: &App, by: &Person, action: &'static str, room: SpaceId) -> Audit {
    Audit::new(app, Some(by.id), action, format!("space:{room}"))
}

/// Whoever opens a room, or answers for their organisation, hears of what is begun there.
async fn hear(tx: &mut Tx, person: PersonId, room: SpaceId, at: Timestamp) -> Result<(), DbError> {
    let subject = following::Subject::space(room);
    following::follow_because(tx, person, &subject, following::Because::TakesPart, at).await
}

/// A room that its founder's coordinators change, while it is open.
///
/// # Errors
/// 404 for who knows nothing of it, 403 for those who only take part, 409 for one that was closed.
async fn hosted(app: &App, by: &Person, slug: &str) -> Result<RoomRow, Refusal> {
    let found = standing(app, by, slug).await?;
    if !found.room.is_hosted_by(by) {
        return Err(Refusal::forbidden());
    }
    open_still(found.room, app.clock.now())
}

/// 409 for a room that is only read.
fn open_still(room: RoomRow, now: Timestamp) -> Result<RoomRow, Refusal> {
    match room.is_archived(now) {
        true => Err(Refusal::conflict("room-closed")),
        false => Ok(room),
    }
}
