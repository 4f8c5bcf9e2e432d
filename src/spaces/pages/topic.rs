//! One topic: its text, its replies, what solves it.

use rocket::http::Status;
use rocket::response::Redirect;
use rocket::{Either, get, post};
use serde::Serialize;
use serde_json::{Value, json};

use super::access::{body_of, not_too_fast};
use super::post::Post;
use super::{animates, hue_of, space_of};
use crate::ids::{ReplyId, TopicId};
use crate::spaces::{NewReply, ReplyRow, SpaceRow, TopicRow, reply_quoting, solving, store};
use crate::web::i18n::{Lang, Locales};
use crate::web::{Fields, Html, Page, Refusal, Visitor};

#[derive(Serialize)]
struct TopicPage {
    heading: String,
    hue: &'static str,
    crumbs: Vec<Value>,
    question: bool,
    solved: bool,
    closed: bool,
    pinned: bool,
    tags: Vec<Value>,
    posts: Vec<Post>,
    /// The replies that solve it, as links, when they stand further down.
    solutions: Vec<Value>,
    asked_too: i64,
    /// Whether the visitor has the problem too; null for who asked, and for who is not signed in.
    me_too: Option<bool>,
    module: Value,
    seminar: Value,
    form: Value,
    languages: Vec<Value>,
    here: String,
    sign_in: String,
    /// May write here now.
    can_write: bool,
}

impl Page for TopicPage {
    const TEMPLATE: &'static str = "spaces/topic";
    const NAV: &'static str = "spaces";
    fn title(&self, _: &Locales, _: Lang) -> String {
        self.heading.clone()
    }
}

pub(super) async fn topic_of(
    visitor: &Visitor<'_>,
    slug: &str,
    id: TopicId,
) -> Result<(SpaceRow, TopicRow), Refusal> {
    let space = space_of(visitor, slug).await?;
    let topic = store::TOPIC
        .bind(space.id)
        .bind(id)
        .optional(&visitor.app.db)
        .await?
        .ok_or_else(Refusal::not_found)?;
    Ok((space, topic))
}

/// Who chooses what solves it.
fn decides(visitor: &Visitor<'_>, space: &SpaceRow, topic: &TopicRow) -> bool {
    topic.kind == "question"
        && visitor.person.is_some_and(|person| {
            let asker = person.id == topic.author;
            domain::community::may_accept(asker, space.id.0, &person.roles)
        })
}

/// A link to something that the topic is about.
fn about(
    visitor: &Visitor<'_>,
    kind: &str,
    slug: Option<&String>,
    title: Option<&String>,
) -> Value {
    match (slug, title) {
        (Some(slug), Some(title)) => {
            json!({ "href_to": visitor.href(&format!("/{kind}/{slug}")), "heading": title })
        }
        _ => Value::Null,
    }
}

/// The posts of a topic: its own text first, then the replies, each with what stands beside it.
async fn posts(
    visitor: &Visitor<'_>,
    space: &SpaceRow,
    topic: &TopicRow,
    here: &str,
) -> Result<Vec<Post>, Refusal> {
    let app = visitor.app;
    let replies: Vec<ReplyRow> = store::REPLIES.bind(topic.id).all(&app.db).await?;
    let decides = decides(visitor, space, topic);
    let can_hide = animates(visitor, space);
    let people = replies.iter().map(|reply| reply.author).collect();
    let learned = solving::learned(app, people, space.axis.as_deref()).await?;
    let fiches = crate::documents::fiches(app, topic.id).await?;
    let public = space.visibility() == domain::community::Visibility::Public;
    let mut posts = vec![Post::of_topic(topic)];
    if can_hide {
        posts[0].hide = Some(format!("{here}/hide"));
    }
    for reply in &replies {
        let mut post = Post::of_reply(reply, topic);
        post.accept = decides.then(|| format!("{here}/replies/{}/solution", reply.id));
        post.hide = can_hide.then(|| format!("{here}/hide?reply={}", reply.id));
        post.fiche = fiches
            .get(&reply.id)
            .map(|fiche| visitor.href(&format!("/toolbox/{fiche}")));
        post.promote = (decides && public && post.solution && post.fiche.is_none())
            .then(|| format!("{here}/replies/{}/fiche", reply.id));
        if let Some(modules) = learned.get(&reply.author) {
            post.learned(modules, |path| visitor.href(path));
        }
        if let Some(quote) = reply.quote_of {
            post.quote = posts
                .iter()
                .find(|post| post.uuid == quote)
                .map_or_else(|| json!({ "gone": true }), Post::quoted);
        }
        posts.push(post);
    }
    Ok(posts)
}

async fn page(
    visitor: &Visitor<'_>,
    space: &SpaceRow,
    topic: &TopicRow,
    fields: &Fields,
) -> Result<Html, Refusal> {
    let (app, lang) = (visitor.app, visitor.lang());
    let locales = &app.pages.locales;
    let path = format!("/spaces/{}/{}", space.slug, topic.id);
    let here = visitor.href(&path);
    let posts = posts(visitor, space, topic, &here).await?;
    let me_too = match visitor.person {
        Some(person) if topic.kind == "question" && person.id != topic.author => {
            Some(solving::has_it_too(app, topic.id, person.id).await?)
        }
        _ => None,
    };
    let next: String = url::form_urlencoded::byte_serialize(path.as_bytes()).collect();
    let typed = match fields.raw("language") {
        "" => lang.code(),
        typed => typed,
    };
    let space_href = visitor.href(&format!("/spaces/{}", space.slug));
    Ok(visitor.page(&TopicPage {
        heading: topic.title.clone(),
        hue: hue_of(space.axis.as_deref()),
        crumbs: vec![
            json!({ "href": visitor.href("/spaces"), "label": locales.text(lang, "spaces-title", &[]) }),
            json!({ "href": space_href, "label": space.title(lang) }),
        ],
        question: topic.kind == "question",
        solved: topic.solved > 0,
        closed: topic.closed_at.is_some(),
        pinned: topic.pinned_at.is_some(),
        tags: topic
            .tags
            .split_whitespace()
            .map(|tag| {
                let query: String = url::form_urlencoded::byte_serialize(tag.as_bytes()).collect();
                json!({ "label": tag, "href_to": format!("{space_href}?tag={query}") })
            })
            .collect(),
        solutions: posts
            .iter()
            .filter(|post| post.solution)
            .map(|post| json!({ "href_to": format!("#post-{}", post.anchor), "author": post.author }))
            .collect(),
        posts,
        asked_too: topic.asked_too,
        me_too,
        module: about(visitor, "modules", topic.module_slug.as_ref(), topic.module_title.as_ref()),
        seminar: about(visitor, "seminars", topic.seminar_slug.as_ref(), topic.seminar_title.as_ref()),
        form: fields.shown(&["body"], locales, lang),
        languages: Lang::ALL
            .map(|l| json!({ "value": l.code(), "label": l.own_name(), "selected": l.code() == typed }))
            .into(),
        here,
        sign_in: visitor.href(&format!("/sign-in?next={next}")),
        can_write: visitor.person.is_some()
            && (topic.closed_at.is_none() || animates(visitor, space)),
    }))
}

/// The topic; one that was moved or merged leads to where it stands now.
#[get("/spaces/<slug>/<id>", rank = 2)]
pub(super) async fn show(
    visitor: Visitor<'_>,
    slug: &str,
    id: TopicId,
) -> Result<Either<Html, Redirect>, Refusal> {
    match topic_of(&visitor, slug, id).await {
        Ok((space, topic)) => page(&visitor, &space, &topic, &Fields::default())
            .await
            .map(Either::Left),
        Err(refusal) if refusal.status == Status::NotFound => {
            let moved: Option<store::MovedRow> =
                store::MOVED.bind(id).optional(&visitor.app.db).await?;
            // Only who may read it there is led there.
            let moved = moved.filter(|moved| moved.id != id).ok_or(refusal)?;
            topic_of(&visitor, &moved.slug, moved.id).await?;
            let path = format!("/spaces/{}/{}", moved.slug, moved.id);
            Ok(Either::Right(visitor.redirect(&path, None)))
        }
        Err(refusal) => Err(refusal),
    }
}

/// Gives a reply; `quote` names the post that it answers.
#[post("/spaces/<slug>/<id>", data = "<fields>", rank = 2)]
pub(super) async fn reply(
    visitor: Visitor<'_>,
    slug: &str,
    id: TopicId,
    mut fields: Fields,
) -> Result<Result<Redirect, Html>, Refusal> {
    let author = visitor.signed_in()?.id;
    let (space, topic) = topic_of(&visitor, slug, id).await?;
    if topic.closed_at.is_some() {
        return Err(Refusal::conflict("topic-closed"));
    }
    let trust = not_too_fast(visitor.app, author, visitor.now).await?;
    let body = body_of(&mut fields, trust);
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
    let path = format!("/spaces/{}/{}", space.slug, topic.id);
    let language = Lang::from_code(fields.raw("language")).unwrap_or(visitor.lang());
    let quote = uuid::Uuid::try_parse(fields.raw("quote")).ok();
    reply_quoting(visitor.app, reply, Some(language), quote).await?;
    Ok(Ok(visitor.redirect(&path, Some("replied"))))
}

/// Accepts a reply as a solution, or takes that back (`accepted` absent).
#[post("/spaces/<slug>/<id>/replies/<reply>/solution", data = "<fields>")]
pub(super) async fn accept(
    visitor: Visitor<'_>,
    slug: &str,
    id: TopicId,
    reply: ReplyId,
    fields: Fields,
) -> Result<Redirect, Refusal> {
    let person = visitor.signed_in()?;
    let (space, topic) = topic_of(&visitor, slug, id).await?;
    if !decides(&visitor, &space, &topic) {
        return Err(Refusal::forbidden());
    }
    let accepted = fields.ticked("accepted");
    if !solving::accept(visitor.app, topic.id, reply, accepted, person.id).await? {
        return Err(Refusal::not_found());
    }
    let path = format!("/spaces/{}/{}", space.slug, topic.id);
    Ok(visitor.redirect(&path, Some("solution")))
}

/// Keeps an accepted reply in the toolbox, with the names of those who made it.
#[post("/spaces/<slug>/<id>/replies/<reply>/fiche")]
pub(super) async fn promote(
    visitor: Visitor<'_>,
    slug: &str,
    id: TopicId,
    reply: ReplyId,
) -> Result<Redirect, Refusal> {
    let person = visitor.signed_in()?;
    let (space, topic) = topic_of(&visitor, slug, id).await?;
    if !decides(&visitor, &space, &topic) {
        return Err(Refusal::forbidden());
    }
    let fiche = crate::documents::promote(visitor.app, person, topic.id, reply).await?;
    Ok(visitor.redirect(&format!("/toolbox/{fiche}"), Some("fiche")))
}

/// Says that the visitor has this problem too, or no more (`too` absent).
#[post("/spaces/<slug>/<id>/me-too", data = "<fields>")]
pub(super) async fn me_too(
    visitor: Visitor<'_>,
    slug: &str,
    id: TopicId,
    fields: Fields,
) -> Result<Redirect, Refusal> {
    let person = visitor.signed_in()?;
    let (space, topic) = topic_of(&visitor, slug, id).await?;
    if topic.kind != "question" {
        return Err(Refusal::not_found());
    }
    crate::spaces::me_too(visitor.app, topic.id, person.id, fields.ticked("too")).await?;
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
