//! Changing a post, and what it said before.

use rocket::http::Status;
use rocket::response::Redirect;
use rocket::{get, post};
use serde::Serialize;
use serde_json::{Value, json};
use uuid::Uuid;

use super::access::body_of;
use super::crumbs_of;
use super::topic::{open_topic_of, topic_of};
use crate::accounts::guards::SignedIn;
use crate::ids::TopicId;
use crate::spaces::answering::not_too_fast;
use crate::spaces::{SpaceRow, TITLE_MAX, TopicRow, mentions, tags, writing};
use crate::web::i18n::{Lang, Locales};
use crate::web::{Fields, Html, Page, Refusal, Visitor, markdown};

#[derive(Serialize)]
struct EditPage {
    crumbs: Vec<Value>,
    /// A topic's own text has a title and tags.
    is_topic: bool,
    form: Value,
    languages: Vec<Value>,
    /// The text as it will be read; null until it is asked for.
    preview: Option<String>,
}

impl Page for EditPage {
    const TEMPLATE: &'static str = "spaces/edit";
    const NAV: &'static str = "spaces";
    fn title(&self, locales: &Locales, lang: Lang) -> String {
        locales.text(lang, "spaces-edit", &[])
    }
}

fn crumbs(visitor: &Visitor<'_>, space: &SpaceRow, topic: &TopicRow) -> Vec<Value> {
    let mut crumbs = crumbs_of(visitor, space);
    let path = format!("/spaces/{}/{}", space.slug, topic.id);
    crumbs.push(json!({ "href": visitor.href(&path), "label": topic.title }));
    crumbs
}

fn post_id(text: &str) -> Result<Uuid, Refusal> {
    Uuid::try_parse(text).map_err(|_| Refusal::not_found())
}

/// The post, if it is the person's own.
async fn own(
    me: &SignedIn<'_>,
    slug: &str,
    id: TopicId,
    post: &str,
) -> Result<(SpaceRow, TopicRow, Uuid, writing::TextRow), Refusal> {
    let (space, topic) = open_topic_of(me, slug, id).await?;
    let post = post_id(post)?;
    let text = writing::text(me.app, topic.id, post)
        .await?
        .ok_or_else(Refusal::not_found)?;
    if text.author == me.person.id {
        Ok((space, topic, post, text))
    } else {
        Err(Refusal::forbidden())
    }
}

fn page(
    me: &SignedIn<'_>,
    space: &SpaceRow,
    topic: &TopicRow,
    is_topic: bool,
    fields: &Fields,
    preview: Option<String>,
) -> Html {
    let language = fields.raw("language");
    me.page(&EditPage {
        crumbs: crumbs(me, space, topic),
        is_topic,
        form: me.form(fields, &["title", "body", "tags"]),
        languages: Lang::ALL
            .map(|l| json!({ "value": l.code(), "label": l.own_name(), "selected": l.code() == language }))
            .into(),
        preview,
    })
}

/// The form with the text as it is.
#[get("/spaces/<slug>/<id>/posts/<post>/edit")]
pub(super) async fn form(
    me: SignedIn<'_>,
    slug: &str,
    id: TopicId,
    post: &str,
) -> Result<Html, Refusal> {
    let (space, topic, _, text) = own(&me, slug, id, post).await?;
    let names = writing::names(me.app, mentions::ids(&text.body)).await?;
    let mut fields = Fields::default();
    fields.fill("body", &mentions::typed(&text.body, &names));
    fields.fill("language", &text.language);
    let is_topic = text.title.is_some();
    if let Some(title) = &text.title {
        fields.fill("title", title);
        fields.fill(
            "tags",
            &text.tags.split_whitespace().collect::<Vec<_>>().join(", "),
        );
    }
    Ok(page(&me, &space, &topic, is_topic, &fields, None))
}

/// Shows the text (`preview`), or changes it.
#[post("/spaces/<slug>/<id>/posts/<post>/edit", data = "<fields>")]
pub(super) async fn send(
    me: SignedIn<'_>,
    slug: &str,
    id: TopicId,
    post: &str,
    mut fields: Fields,
) -> Result<Result<Redirect, Html>, Refusal> {
    let (space, topic, post, text) = own(&me, slug, id, post).await?;
    let trust = not_too_fast(me.app, me.person.id, me.now).await?;
    let is_topic = text.title.is_some();
    let title = is_topic.then(|| fields.line("title", TITLE_MAX));
    let body = body_of(&mut fields, trust);
    if fields.ticked("preview") || !fields.is_valid() {
        let preview = fields
            .is_valid()
            .then(|| markdown::render(&body).unwrap_or_default());
        let status = match fields.is_valid() {
            true => Status::Ok,
            false => Status::UnprocessableEntity,
        };
        let html = page(&me, &space, &topic, is_topic, &fields, preview);
        return Ok(Err(html.status(status)));
    }
    let people = writing::participants(me.app, topic.id).await?;
    let change = writing::Changed {
        topic: topic.id,
        post,
        title,
        body: mentions::kept(&body, &people),
        language: Lang::from_code(fields.raw("language")).unwrap_or(me.lang()),
        tags: is_topic.then(|| crate::spaces::joined(&tags(fields.raw("tags")))),
        by: me.person.id,
    };
    writing::change(me.app, change).await?;
    let anchor = if is_topic {
        "topic".to_owned()
    } else {
        post.to_string()
    };
    let path = format!(
        "/spaces/{}/{}?done=saved#post-{anchor}",
        space.slug, topic.id
    );
    Ok(Ok(me.redirect(&path, None)))
}

#[derive(Serialize)]
struct HistoryPage {
    crumbs: Vec<Value>,
    versions: Vec<Value>,
}

impl Page for HistoryPage {
    const TEMPLATE: &'static str = "spaces/history";
    const NAV: &'static str = "spaces";
    fn title(&self, locales: &Locales, lang: Lang) -> String {
        locales.text(lang, "spaces-history", &[])
    }
}

/// What a post said before it was changed: for everybody who may read the post.
#[get("/spaces/<slug>/<id>/posts/<post>/history")]
pub(super) async fn history(
    visitor: Visitor<'_>,
    slug: &str,
    id: TopicId,
    post: &str,
) -> Result<Html, Refusal> {
    let (space, topic) = topic_of(&visitor, slug, id).await?;
    let post = post_id(post)?;
    let now = writing::text(visitor.app, topic.id, post)
        .await?
        .ok_or_else(Refusal::not_found)?;
    let versions = writing::history(visitor.app, post).await?;
    let mut ids = mentions::ids(&now.body);
    ids.extend(
        versions
            .iter()
            .flat_map(|version| mentions::ids(&version.body)),
    );
    let names = writing::names(visitor.app, ids).await?;
    let html = |body: &str| markdown::render(&mentions::typed(body, &names)).unwrap_or_default();
    let present = json!({
        "at": null, "heading": now.title, "language": now.language, "html": html(&now.body),
    });
    Ok(visitor.page(&HistoryPage {
        crumbs: crumbs(&visitor, &space, &topic),
        versions: std::iter::once(present)
            .chain(versions.iter().map(|version| {
                json!({
                    "at": version.at.micros(),
                    "heading": version.title,
                    "language": version.language.as_deref().unwrap_or(&now.language),
                    "html": html(&version.body),
                })
            }))
            .collect(),
    }))
}

/// Reacts to a post, or takes the reaction back.
#[post("/spaces/<slug>/<id>/posts/<post>/react", data = "<fields>")]
pub(super) async fn react(
    me: SignedIn<'_>,
    slug: &str,
    id: TopicId,
    post: &str,
    fields: Fields,
) -> Result<Redirect, Refusal> {
    let (space, topic) = open_topic_of(&me, slug, id).await?;
    let post = post_id(post)?;
    let kind = writing::REACTIONS
        .into_iter()
        .find(|kind| *kind == fields.raw("kind"))
        .ok_or_else(|| Refusal::bad_request("bad-request"))?;
    if writing::text(me.app, topic.id, post).await?.is_none() {
        return Err(Refusal::not_found());
    }
    writing::react(me.app, post, me.person.id, kind).await?;
    let anchor = if post == topic.id.0 {
        "topic".to_owned()
    } else {
        post.to_string()
    };
    let path = format!("/spaces/{}/{}#post-{anchor}", space.slug, topic.id);
    Ok(me.redirect(&path, None))
}
