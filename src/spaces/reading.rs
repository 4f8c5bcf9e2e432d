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

/// True when somebody who is signed in may read a space.
pub async fn may_read(app: &App, person: &Person, space: SpaceId) -> Result<bool, DbError> {
    let row: Option<SpaceRow> = store::SPACE_BY_ID.bind(space).optional(&app.db).await?;
    let Some(row) = row else {
        return Ok(false);
    };
    let invited = row.visibility() == Visibility::Invitation
        && team::is_invited(app, space, person.id).await?;
    let access = community::access(row.visibility(), space.0, Some(&person.roles), invited);
    Ok(access == Access::Open)
}
