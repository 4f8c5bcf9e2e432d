//! One topic: its text, its replies, the solution.

use rocket::http::Status;
use rocket::response::Redirect;
use rocket::{get, post};
use serde::Serialize;
use serde_json::{Value, json};

use super::{not_too_fast, space_of};
use crate::ids::{ReplyId, TopicId};
use crate::spaces::{BODY_MAX, NewReply, ReplyRow, SpaceRow, TopicRow, reply as give_reply, store};
use crate::web::i18n::{Lang, Locales};
use crate::web::people::{hue, initials};
use crate::web::{Fields, Html, Page, Refusal, Visitor, markdown};

#[derive(Serialize)]
struct TopicPage {
    heading: String,
    crumbs: Vec<Value>,
    posts: Vec<Post>,
    module: Value,
    form: Value,
    here: String,
    sign_in: String,
    can_hide: bool,
}

/// A topic's text or a reply, as `partials/post` shows it.
#[derive(Serialize)]
struct Post {
    id: String,
    author: String,
    initials: String,
    hue: &'static str,
    organisation: Option<String>,
    at: i64,
    html: String,
    solution: bool,
    /// Where the solution button posts; null for those who may not decide.
    accept: Option<String>,
    /// Where the hide button posts; null for those who do not animate.
    hide: Option<String>,
}

impl Page for TopicPage {
    const TEMPLATE: &'static str = "spaces/topic";
    const NAV: &'static str = "spaces";
    fn title(&self, _: &Locales, _: Lang) -> String {
        self.heading.clone()
    }
}

/// What cannot be rendered was refused when it was written; should it be here all the same, it is
/// shown as nothing rather than as itself.
fn html(body: &str) -> String {
    markdown::render(body).unwrap_or_default()
}

async fn topic_of(
    visitor: &Visitor<'_>,
    slug: &str,
    id: TopicId,
) -> Result<(SpaceRow, TopicRow), Refusal> {
    let space = space_of(visitor.app, slug).await?;
    let topic = store::TOPIC
        .bind(space.id)
        .bind(id)
        .optional(&visitor.app.db)
        .await?
        .ok_or_else(Refusal::not_found)?;
    Ok((space, topic))
}

fn animates(visitor: &Visitor<'_>, space: &SpaceRow) -> bool {
    visitor
        .person
        .is_some_and(|p| p.roles.can_animate(space.id.0))
}

/// The solution is chosen by who asked, or by who animates.
fn decides(visitor: &Visitor<'_>, space: &SpaceRow, topic: &TopicRow) -> bool {
    topic.kind == "question"
        && (animates(visitor, space) || visitor.person.is_some_and(|p| p.id == topic.author))
}

async fn page(
    visitor: &Visitor<'_>,
    space: &SpaceRow,
    topic: &TopicRow,
    fields: &Fields,
) -> Result<Html, Refusal> {
    let lang = visitor.lang();
    let locales = &visitor.app.pages.locales;
    let replies: Vec<ReplyRow> = store::REPLIES.bind(topic.id).all(&visitor.app.db).await?;
    let here = visitor.href(&format!("/spaces/{}/{}", space.slug, topic.id));
    let decides = decides(visitor, space, topic);
    let can_hide = animates(visitor, space);
    let mut posts = vec![Post {
        id: "topic".into(),
        author: topic.author_name.clone(),
        initials: initials(&topic.author_name),
        hue: hue(topic.author.0),
        organisation: topic.organisation.clone(),
        at: topic.created_at.micros(),
        html: html(&topic.body),
        solution: false,
        accept: None,
        hide: can_hide.then(|| format!("{here}/hide")),
    }];
    posts.extend(replies.iter().map(|reply| Post {
        id: reply.id.to_string(),
        author: reply.author_name.clone(),
        initials: initials(&reply.author_name),
        hue: hue(reply.author.0),
        organisation: reply.organisation.clone(),
        at: reply.created_at.micros(),
        html: html(&reply.body),
        solution: reply.solution_at.is_some(),
        accept: decides.then(|| format!("{here}/replies/{}/solution", reply.id)),
        hide: can_hide.then(|| format!("{here}/hide?reply={}", reply.id)),
    }));
    let next: String = url::form_urlencoded::byte_serialize(
        format!("/spaces/{}/{}", space.slug, topic.id).as_bytes(),
    )
    .collect();
    Ok(visitor.page(&TopicPage {
        heading: topic.title.clone(),
        crumbs: vec![
            json!({ "href": visitor.href("/spaces"), "label": locales.text(lang, "spaces-title", &[]) }),
            json!({ "href": visitor.href(&format!("/spaces/{}", space.slug)), "label": space.title(lang) }),
        ],
        posts,
        module: match (&topic.module_slug, &topic.module_title) {
            (Some(slug), Some(title)) => {
                json!({ "href_to": visitor.href(&format!("/modules/{slug}")), "heading": title })
            }
            _ => Value::Null,
        },
        form: fields.shown(&["body"], locales, lang),
        here,
        sign_in: visitor.href(&format!("/sign-in?next={next}")),
        can_hide,
    }))
}

/// The topic.
#[get("/spaces/<slug>/<id>", rank = 2)]
pub(super) async fn show(visitor: Visitor<'_>, slug: &str, id: TopicId) -> Result<Html, Refusal> {
    let (space, topic) = topic_of(&visitor, slug, id).await?;
    page(&visitor, &space, &topic, &Fields::default()).await
}

/// Gives a reply.
#[post("/spaces/<slug>/<id>", data = "<fields>", rank = 2)]
pub(super) async fn reply(
    visitor: Visitor<'_>,
    slug: &str,
    id: TopicId,
    mut fields: Fields,
) -> Result<Result<Redirect, Html>, Refusal> {
    let author = visitor.signed_in()?.id;
    let (space, topic) = topic_of(&visitor, slug, id).await?;
    not_too_fast(visitor.app, author, visitor.now).await?;
    let body = fields.prose("body", BODY_MAX);
    if body.is_empty() {
        fields.error("body", "required");
    }
    if markdown::render(&body).is_err() {
        fields.error("body", "too-deep");
    }
    if !fields.is_valid() {
        let html = page(&visitor, &space, &topic, &fields).await?;
        return Ok(Err(html.status(Status::UnprocessableEntity)));
    }
    let reply = NewReply {
        id: visitor.app.ids.id(),
        topic: topic.id,
        author,
        body,
        at: visitor.now,
    };
    give_reply(visitor.app, reply).await?;
    let path = format!("/spaces/{}/{}", space.slug, topic.id);
    Ok(Ok(visitor.redirect(&path, Some("replied"))))
}

/// Accepts a reply as the solution, or takes that back (`accepted` absent).
#[post("/spaces/<slug>/<id>/replies/<reply>/solution", data = "<fields>")]
pub(super) async fn accept(
    visitor: Visitor<'_>,
    slug: &str,
    id: TopicId,
    reply: ReplyId,
    fields: Fields,
) -> Result<Redirect, Refusal> {
    let by = visitor.signed_in()?.id;
    let (space, topic) = topic_of(&visitor, slug, id).await?;
    if !decides(&visitor, &space, &topic) {
        return Err(Refusal::forbidden());
    }
    let accepted = fields.ticked("accepted");
    if !crate::spaces::accept(visitor.app, by, topic.id, reply, accepted).await? {
        return Err(Refusal::not_found());
    }
    let path = format!("/spaces/{}/{}", space.slug, topic.id);
    Ok(visitor.redirect(&path, Some("solution")))
}

/// Hides the topic, or with `?reply=` one reply.
#[post("/spaces/<slug>/<id>/hide?<reply>")]
pub(super) async fn hide(
    visitor: Visitor<'_>,
    slug: &str,
    id: TopicId,
    reply: Option<&str>,
) -> Result<Redirect, Refusal> {
    visitor.signed_in()?;
    let (space, topic) = topic_of(&visitor, slug, id).await?;
    if !animates(&visitor, &space) {
        return Err(Refusal::forbidden());
    }
    let reply = match reply {
        Some(text) => Some(ReplyId(
            uuid::Uuid::parse_str(text).map_err(|_| Refusal::not_found())?,
        )),
        None => None,
    };
    if !crate::spaces::hide(visitor.app, topic.id, reply).await? {
        return Err(Refusal::not_found());
    }
    let path = match reply {
        Some(_) => format!("/spaces/{}/{}", space.slug, topic.id),
        None => format!("/spaces/{}", space.slug),
    };
    Ok(visitor.redirect(&path, Some("hidden")))
}
