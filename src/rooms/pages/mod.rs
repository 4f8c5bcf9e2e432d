//! The pages of coalition rooms; what is said in one stands on the pages of its space.

mod act;
mod files;
mod list;
mod new;
mod show;

use rocket::{Route, routes};
use serde_json::{Value, json};

use super::RoomRow;
use crate::db::DbError;
use crate::ids::SpaceId;
use crate::web::{Refusal, Visitor};

pub(super) fn routes() -> Vec<Route> {
    routes![
        list::list,
        new::form,
        new::open,
        show::page,
        act::parties,
        act::answer,
        act::members,
        act::leave,
        act::close,
        files::add,
        files::open,
        files::remove,
    ]
}

fn row(visitor: &Visitor<'_>, room: &RoomRow) -> Value {
    json!({
        "href_to": visitor.href(&format!("/spaces/{}", room.slug)),
        "heading": room.name,
        "purpose": room.purpose,
        "founder": room.founder_name,
        "parties": room.parties,
        "topics": room.topics,
        "ends_at": room.ends_at,
        "archived": room.is_archived(visitor.now),
    })
}

/// Files as the page of a room and its panel list them.
async fn files_of(visitor: &Visitor<'_>, room: &RoomRow) -> Result<Vec<Value>, DbError> {
    let archived = room.is_archived(visitor.now);
    let rows = super::files::of(visitor.app, room.id).await?;
    Ok(rows
        .iter()
        .map(|row| {
            let path = visitor.href(&format!("/rooms/{}/files/{}", room.slug, row.id));
            let may_remove = !archived
                && visitor
                    .person
                    .is_some_and(|person| super::files::may_remove(room, person, row));
            json!({
                "href_to": path,
                "remove": may_remove.then(|| format!("{path}/remove")),
                "label": row.label,
                "name": row.file_name,
                "organisation": row.organisation_name,
                "person": row.person_name,
                "at": row.at,
            })
        })
        .collect())
}

/// What stands beside the discussions of a room: who shares it, its last files, the way to its page.
/// For who reads the space, which its page has asked.
pub async fn panel(visitor: &Visitor<'_>, space: SpaceId) -> Result<Value, Refusal> {
    let room = super::of_space(visitor.app, space)
        .await?
        .ok_or_else(Refusal::not_found)?;
    let parties = super::parties(visitor.app, room.id).await?;
    let mut files = files_of(visitor, &room).await?;
    files.truncate(4);
    Ok(json!({
        "about_href": visitor.href(&format!("/rooms/{}", room.slug)),
        "archived": room.is_archived(visitor.now),
        "ends_at": room.ends_at,
        "parties": parties
            .iter()
            .filter(|party| party.state == "in")
            .map(|party| json!({
                "href_to": visitor.href(&format!("/organisations/{}", party.slug)),
                "heading": party.name,
            }))
            .collect::<Vec<_>>(),
        "files": files,
    }))
}
