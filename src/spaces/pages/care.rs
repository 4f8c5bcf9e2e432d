//! The care of a topic, for those who animate its space: pin, close, move, show elsewhere, merge,
//! split.

use domain::community::Visibility;
use rocket::response::Redirect;
use rocket::{get, post};
use serde::Serialize;
use serde_json::{Value, json};
use uuid::Uuid;

use super::animates;
use super::topic::topic_of;
use crate::accounts::guards::Carer;
use crate::ids::{ReplyId, SpaceId, TopicId};
use crate::spaces::writing::{self, Care};
use crate::spaces::{ReplyRow, SpaceRow, TITLE_MAX, TopicRow, store};
use crate::web::i18n::{Lang, Locales};
use crate::web::{Fields, Html, Page, Refusal, markdown};

#[derive(Serialize)]
struct CarePage {
    crumbs: Vec<Value>,
    heading: String,
    here: String,
    pinned: bool,
    closed: bool,
    /// It stands in a coalition's room, and stays there.
    room: bool,
    /// Where it may be moved.
    spaces: Vec<Value>,
    /// Where else it is shown.
    elsewhere: Vec<Value>,
    replies: Vec<Value>,
}

impl Page for CarePage {
    const TEMPLATE: &'static str = "spaces/care";
    const NAV: &'static str = "spaces";
    fn title(&self, locales: &Locales, lang: Lang) -> String {
        locales.text(lang, "spaces-care", &[])
    }
}

async fn mine(me: &Carer<'_>, slug: &str, id: TopicId) -> Result<(SpaceRow, TopicRow), Refusal> {
    let (space, topic) = topic_of(me, slug, id).await?;
    if animates(me, &space) {
        Ok((space, topic))
    } else {
        Err(Refusal::forbidden())
    }
}

#[get("/spaces/<slug>/<id>/care")]
pub(super) async fn form(me: Carer<'_>, slug: &str, id: TopicId) -> Result<Html, Refusal> {
    let (space, topic) = mine(&me, slug, id).await?;
    let (app, lang) = (me.app, me.lang());
    let path = format!("/spaces/{}/{}", space.slug, topic.id);
    let shown = writing::shown_in(app, topic.id).await?;
    let replies: Vec<ReplyRow> = store::REPLIES.bind(topic.id).all(&app.db).await?;
    // What was said among coalition partners stays there.
    let others: Vec<SpaceRow> = match space.visibility() {
        Visibility::Room => Vec::new(),
        _ => crate::spaces::all(app)
            .await?
            .into_iter()
            .filter(|other| other.id != space.id)
            .collect(),
    };
    let option = |other: &SpaceRow, selected: bool| json!({ "value": other.slug, "label": other.title(lang), "selected": selected });
    Ok(me.page(&CarePage {
        crumbs: vec![
            json!({ "href": me.href(&format!("/spaces/{}", space.slug)), "label": space.title(lang) }),
            json!({ "href": me.href(&path), "label": topic.title }),
        ],
        heading: topic.title.clone(),
        here: me.href(&format!("{path}/care")),
        pinned: topic.pinned_at.is_some(),
        closed: topic.closed_at.is_some(),
        room: space.visibility() == Visibility::Room,
        spaces: others.iter().map(|other| option(other, false)).collect(),
        elsewhere: others
            .iter()
            .map(|other| option(other, shown.contains(&other.id)))
            .collect(),
        replies: replies
            .iter()
            .map(|reply| {
                json!({
                    "value": reply.id,
                    "label": format!("{} : {}", reply.author_name, markdown::plain(&reply.body, 80)),
                    "selected": false,
                })
            })
            .collect(),
    }))
}

/// The topic that an address or an id names.
fn topic_in(text: &str) -> Option<TopicId> {
    text.trim()
        .split(['/', '?', '#'])
        .filter_map(|part| Uuid::try_parse(part).ok())
        .next_back()
        .map(TopicId)
}

/// `what` says what is done.
#[post("/spaces/<slug>/<id>/care", data = "<fields>")]
pub(super) async fn apply(
    me: Carer<'_>,
    slug: &str,
    id: TopicId,
    mut fields: Fields,
) -> Result<Redirect, Refusal> {
    let (space, topic) = mine(&me, slug, id).await?;
    space.is_written_in(me.now)?;
    let app = me.app;
    let room = space.visibility() == Visibility::Room;
    let mut path = format!("/spaces/{}/{}", space.slug, topic.id);
    let refused = || Refusal::unprocessable("care-choice");
    let care = match fields.raw("what") {
        // What was said among coalition partners stays there.
        "move" | "show" | "merge" if room => return Err(refused()),
        "pin" => Care::Pin(topic.pinned_at.is_none()),
        "close" => Care::Close(topic.closed_at.is_none()),
        "move" => {
            let other = crate::spaces::by_slug(app, fields.raw("space")).await?;
            let other = other
                .filter(|other| other.id != space.id && other.visibility() != Visibility::Room)
                .ok_or_else(refused)?;
            path = format!("/spaces/{}/{}", other.slug, topic.id);
            Care::Move(other.id)
        }
        "show" => {
            let all = crate::spaces::all(app).await?;
            let chosen: Vec<SpaceId> = all
                .iter()
                .filter(|other| other.id != space.id)
                .filter(|other| fields.all("elsewhere").contains(&other.slug))
                .map(|other| other.id)
                .collect();
            Care::ShowIn(chosen)
        }
        "merge" => {
            let into = topic_in(fields.raw("into")).ok_or_else(refused)?;
            let place = crate::spaces::path_of(app, into)
                .await?
                .ok_or_else(refused)?;
            path = place;
            Care::Merge(into)
        }
        "split" => {
            let replies: Vec<ReplyId> = fields
                .all("replies")
                .iter()
                .filter_map(|text| Uuid::try_parse(text).ok())
                .map(ReplyId)
                .collect();
            let title = fields.line("title", TITLE_MAX);
            if replies.is_empty() || !fields.is_valid() {
                return Err(refused());
            }
            let new: TopicId = app.ids.id();
            path = format!("/spaces/{}/{new}", space.slug);
            Care::Split {
                replies,
                title,
                new,
            }
        }
        _ => return Err(refused()),
    };
    writing::care(app, me.person.id, topic.id, care).await?;
    Ok(me.redirect(&path, Some("saved")))
}

#[cfg(test)]
mod tests {
    use super::topic_in;

    #[test]
    fn a_topic_is_named_by_its_address() {
        let id = "0198f000-0000-7000-8000-000000000001";
        for text in [
            id.to_owned(),
            format!("https://halqa.tn/fr/spaces/cadre/{id}?done=x#post-topic"),
            format!(" /spaces/cadre/{id} "),
        ] {
            assert_eq!(
                topic_in(&text).map(|t| t.to_string()).as_deref(),
                Some(id),
                "{text}"
            );
        }
        assert!(topic_in("cadre").is_none());
    }
}
