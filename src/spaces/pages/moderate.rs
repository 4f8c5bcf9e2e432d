//! Flags, the queue of those who animate, and an author's own hidden texts.

use rocket::response::Redirect;
use rocket::{get, post};
use serde::Serialize;
use serde_json::{Value, json};
use uuid::Uuid;

use super::animates;
use super::topic::topic_of;
use crate::accounts::guards::{Carer, SignedIn};
use crate::ids::{ReplyId, TopicId};
use crate::spaces::moderation::{self, FlagRow, REASONS};
use crate::web::i18n::{Lang, Locales};
use crate::web::{Fields, Html, Page, Refusal, Visitor, markdown};

/// The post that a form names: none is the topic's own text.
fn reply_of(fields: &Fields) -> Result<Option<ReplyId>, Refusal> {
    match fields.raw("reply") {
        "" => Ok(None),
        text => Uuid::try_parse(text)
            .map(|id| Some(ReplyId(id)))
            .map_err(|_| Refusal::not_found()),
    }
}

fn reason_of(fields: &Fields) -> Result<&'static str, Refusal> {
    REASONS
        .into_iter()
        .find(|reason| *reason == fields.raw("reason"))
        .ok_or_else(|| Refusal::bad_request("bad-request"))
}

/// The reasons, as options.
pub(super) fn reasons(visitor: &Visitor<'_>) -> Vec<Value> {
    REASONS
        .map(|reason| {
            let key = format!("spaces-reason-{reason}");
            let label = visitor.app.pages.locales.plain(visitor.lang(), &key, &[]);
            json!({ "value": reason, "label": label })
        })
        .into()
}

/// Tells those who animate about a post.
#[post("/spaces/<slug>/<id>/flag", data = "<fields>")]
pub(super) async fn flag(
    me: SignedIn<'_>,
    slug: &str,
    id: TopicId,
    mut fields: Fields,
) -> Result<Redirect, Refusal> {
    let (space, topic) = topic_of(&me, slug, id).await?;
    let (reply, reason) = (reply_of(&fields)?, reason_of(&fields)?);
    let note = fields.prose("note", moderation::NOTE_MAX);
    if !fields.is_valid() {
        return Err(Refusal::bad_request("bad-request"));
    }
    if let Some(reply) = reply
        && crate::spaces::writing::text(me.app, topic.id, reply.0)
            .await?
            .is_none()
    {
        return Err(Refusal::not_found());
    }
    moderation::flag(me.app, me.person.id, topic.id, reply, reason, note).await?;
    let path = format!("/spaces/{}/{}", space.slug, topic.id);
    Ok(me.redirect(&path, Some("flagged")))
}

/// Hides a post with a reason that its author is told.
#[post("/spaces/<slug>/<id>/hide", data = "<fields>")]
pub(super) async fn hide(
    me: Carer<'_>,
    slug: &str,
    id: TopicId,
    fields: Fields,
) -> Result<Redirect, Refusal> {
    let (space, topic) = topic_of(&me, slug, id).await?;
    if !animates(&me, &space) {
        return Err(Refusal::forbidden());
    }
    let (reply, reason) = (reply_of(&fields)?, reason_of(&fields)?);
    if !moderation::hide(me.app, me.person.id, topic.id, reply, reason).await? {
        return Err(Refusal::not_found());
    }
    let path = match (fields.ticked("queue"), reply) {
        (true, _) => "/moderation".to_owned(),
        (false, Some(_)) => format!("/spaces/{}/{}", space.slug, topic.id),
        (false, None) => format!("/spaces/{}", space.slug),
    };
    Ok(me.redirect(&path, Some("hidden")))
}

/// Lets a flagged post stand.
#[post("/spaces/<slug>/<id>/dismiss", data = "<fields>")]
pub(super) async fn dismiss(
    me: Carer<'_>,
    slug: &str,
    id: TopicId,
    fields: Fields,
) -> Result<Redirect, Refusal> {
    let (space, topic) = topic_of(&me, slug, id).await?;
    if !animates(&me, &space) {
        return Err(Refusal::forbidden());
    }
    moderation::dismiss(me.app, me.person.id, topic.id, reply_of(&fields)?).await?;
    Ok(me.redirect("/moderation", Some("saved")))
}

#[derive(Serialize)]
struct QueuePage {
    crumbs: Vec<Value>,
    flagged: Vec<Value>,
    appeals: Vec<Value>,
    reasons: Vec<Value>,
}

impl Page for QueuePage {
    const TEMPLATE: &'static str = "spaces/moderation";
    const NAV: &'static str = "spaces";
    fn title(&self, locales: &Locales, lang: Lang) -> String {
        locales.text(lang, "spaces-moderation", &[])
    }
}

/// A flagged post with all that was said about it.
fn flagged(visitor: &Visitor<'_>, rows: &[FlagRow]) -> Vec<Value> {
    rows.chunk_by(|one, other| one.topic == other.topic && one.reply == other.reply)
        .filter_map(|flags| {
            let first = flags.first()?;
            let here = format!("/spaces/{}/{}", first.space_slug, first.topic);
            let anchor = first.reply.map_or("topic".to_owned(), |reply| reply.to_string());
            Some(json!({
                "href_to": visitor.href(&format!("{here}#post-{anchor}")),
                "here": visitor.href(&here),
                "reply": first.reply,
                "heading": first.title,
                "author": first.author_name,
                "text": markdown::plain(&first.body, 400),
                "flags": flags.iter().map(|flag| json!({
                    "reason": flag.reason, "note": flag.note, "by": flag.flagged_by, "at": flag.at.micros(),
                })).collect::<Vec<_>>(),
            }))
        })
        .collect()
}

/// What waits for those who animate.
#[get("/moderation")]
pub(super) async fn queue(me: Carer<'_>) -> Result<Html, Refusal> {
    let label = me.app.pages.locales.text(me.lang(), "spaces-title", &[]);
    let rows = moderation::flagged(me.app, me.person).await?;
    let appeals = moderation::appeals(me.app, me.person).await?;
    Ok(me.page(&QueuePage {
        crumbs: vec![json!({ "href": me.href("/spaces"), "label": label })],
        flagged: flagged(&me, &rows),
        appeals: appeals
            .into_iter()
            .map(|row| {
                json!({
                    "action": me.href(&format!("/moderation/appeals/{}", row.id)),
                    "heading": row.title,
                    "author": row.author_name,
                    "text": markdown::plain(&row.body, 400),
                    "appeal": row.text,
                    "reason": row.reason,
                    "at": row.at.micros(),
                })
            })
            .collect(),
        reasons: reasons(&me),
    }))
}

/// `restored=yes`: the text comes back.
#[post("/moderation/appeals/<id>", data = "<fields>")]
pub(super) async fn answer(me: Carer<'_>, id: &str, fields: Fields) -> Result<Redirect, Refusal> {
    let id = Uuid::try_parse(id).map_err(|_| Refusal::not_found())?;
    moderation::answer(me.app, me.person, id, fields.raw("restored") == "yes").await?;
    Ok(me.redirect("/moderation", Some("saved")))
}

#[derive(Serialize)]
struct TextsPage {
    crumbs: Vec<Value>,
    hidden: Vec<Value>,
}

impl Page for TextsPage {
    const TEMPLATE: &'static str = "spaces/texts";
    fn title(&self, locales: &Locales, lang: Lang) -> String {
        locales.text(lang, "spaces-texts", &[])
    }
}

/// The author's own hidden texts: why, and the way to ask again.
#[get("/me/texts")]
pub(super) async fn texts(me: SignedIn<'_>) -> Result<Html, Refusal> {
    let label = me.app.pages.locales.text(me.lang(), "web-account", &[]);
    let hidden = moderation::hidden(me.app, me.person.id).await?;
    Ok(me.page(&TextsPage {
        crumbs: vec![json!({ "href": me.href("/me"), "label": label })],
        hidden: hidden
            .into_iter()
            .map(|row| {
                json!({
                    "topic": row.topic,
                    "reply": row.reply,
                    "heading": row.title,
                    "text": markdown::plain(&row.body, 400),
                    "reason": row.reason,
                    "at": row.at.micros(),
                    "appealed": row.appealed > 0,
                })
            })
            .collect(),
    }))
}

/// The author asks those who animate to look again.
#[post("/me/texts", data = "<fields>")]
pub(super) async fn appeal(me: SignedIn<'_>, mut fields: Fields) -> Result<Redirect, Refusal> {
    let topic = Uuid::try_parse(fields.raw("topic")).map_err(|_| Refusal::not_found())?;
    let reply = reply_of(&fields)?;
    let text = fields.prose("text", moderation::NOTE_MAX);
    if text.is_empty() || !fields.is_valid() {
        return Err(Refusal::bad_request("bad-request"));
    }
    moderation::appeal(me.app, me.person.id, TopicId(topic), reply, text).await?;
    Ok(me.redirect("/me/texts", Some("appealed")))
}
