//! Who may read a space, for features that point to what stands in it.

use domain::community::{self, Access, Visibility};

use super::{SpaceRow, store, team};
use crate::App;
use crate::accounts::Person;
use crate::db::DbError;
use crate::ids::{SpaceId, TopicId};

/// The space of a topic that is shown.
pub async fn space_of_topic(app: &App, topic: TopicId) -> Result<Option<SpaceId>, DbError> {
    let row: Option<store::SpaceIdRow> = store::SPACE_OF.bind(topic).optional(&app.db).await?;
    Ok(row.map(|row| row.id))
}

/// A space, whoever may read it.
pub(super) async fn space(app: &App, space: SpaceId) -> Result<Option<SpaceRow>, DbError> {
    store::SPACE_BY_ID.bind(space).optional(&app.db).await
}

/// How a space stands to a visitor: its list, or the room's organisations, are asked where that
/// decides.
pub(super) async fn access(
    app: &App,
    visitor: Option<&Person>,
    space: &SpaceRow,
) -> Result<Access, DbError> {
    let asks = matches!(
        space.visibility(),
        Visibility::Invitation | Visibility::Room
    );
    let invited = match visitor {
        Some(person) if asks => team::is_invited(app, space.id, person.id).await?,
        _ => false,
    };
    let roles = visitor.map(|person| &person.roles);
    Ok(community::access(
        space.visibility(),
        space.id.0,
        roles,
        invited,
    ))
}

/// True when somebody who is signed in reads a space.
pub(super) async fn reads(app: &App, person: &Person, space: &SpaceRow) -> Result<bool, DbError> {
    Ok(access(app, Some(person), space).await? == Access::Open)
}

/// True when somebody who is signed in may read a space.
pub async fn may_read(app: &App, person: &Person, id: SpaceId) -> Result<bool, DbError> {
    match space(app, id).await? {
        Some(row) => reads(app, person, &row).await,
        None => Ok(false),
    }
}
