//! One topic: its text, its replies, what solves it.

use std::collections::HashMap;

use domain::community::Visibility;
use rocket::http::Status;
use rocket::response::Redirect;
use rocket::{Either, get, post};
use serde::Serialize;
use serde_json::{Value, json};

use super::access::body_of;
use super::moderate::reasons;
use super::post::Post;
use super::{animates, crumbs_of, hue_of, space_of};
use crate::following::{self, Subject};
use crate::ids::{ReplyId, TopicId};
use crate::spaces::answering::{Answer, is_open, not_too_fast};
use crate::spaces::{ReplyRow, SpaceRow, TopicRow, mentions, solving, store, writing};
use crate::web::i18n::{Lang, Locales};
use crate::web::{Fields, Html, Page, Refusal, Visitor, markdown};

#[derive(Serialize)]
struct TopicPage {
    /// What is told to other sites; null: nothing, it is not public.
    share: Option<crate::directory::Shared>,
    heading: String,
    hue: &'static str,
    crumbs: Vec<Value>,
    question: bool,
    /// It stands in a coalition's room.
    room: bool,
    /// It stands in a room that is only read.
    archived: bool,
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
    /// The reply as it will be read; null until it is asked for.
    preview: Option<String>,
    /// The form holds what was kept.
    from_draft: bool,
    /// The post that the reply answers: `{id, author}`.
    quoting: Option<Value>,
    /// Where those who animate look after the topic.
    care: Option<String>,
    /// Why a post may be flagged or hidden.
    reasons: Vec<Value>,
    languages: Vec<Value>,
    follow: Value,
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

/// As [`topic_of`], where something is to be written: a room that was closed is only read.
pub(super) async fn open_topic_of(
    visitor: &Visitor<'_>,
    slug: &str,
    id: TopicId,
) -> Result<(SpaceRow, TopicRow), Refusal> {
    let (space, topic) = topic_of(visitor, slug, id).await?;
    space.is_written_in(visitor.now)?;
    Ok((space, topic))
}

/// Who chooses what solves it.
fn decides(visitor: &Visitor<'_>, space: &SpaceRow, topic: &TopicRow) -> bool {
    topic.kind == "question"
        && visitor.person.is_some_and(|person| {
            let asker = person.id == topic.author;
            match space.visibility() {
                Visibility::Room => asker || animates(visitor, space),
                _ => domain::community::may_accept(asker, space.id.0, &person.roles),
            }
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
    let people = replies.iter().map(|reply| reply.author).collect();
    let learned = solving::learned(app, people, space.axis.as_deref()).await?;
    let fiches = crate::documents::fiches(app, topic.id).await?;
    let public = space.visibility() == Visibility::Public;
    let mut posts = vec![Post::of_topic(topic)];
    for reply in &replies {
        let mut post = Post::of_reply(reply, topic);
        post.accept = (decides && !space.is_archived(visitor.now))
            .then(|| format!("{here}/replies/{}/solution", reply.id));
        post.fiche = fiches
            .get(&reply.id)
            .map(|fiche| visitor.href(&format!("/toolbox/{fiche}")));
        post.promote = (decides && public && post.solution && post.fiche.is_none())
            .then(|| format!("{here}/replies/{}/fiche", reply.id));
        if let Some(modules) = learned.get(&reply.author) {
            post.learned(modules, |path| visitor.href(path));
        }
        posts.push(post);
    }
    let ids = posts
        .iter()
        .flat_map(|post| mentions::ids(&post.body))
        .collect();
    let names = writing::names(app, ids).await?;
    // The first post of each person is where a mention leads.
    let mut anchors = HashMap::new();
    for post in &posts {
        anchors
            .entry(post.person.0)
            .or_insert_with(|| post.anchor.clone());
    }
    let quotes: Vec<Value> = replies
        .iter()
        .map(|reply| match reply.quote_of {
            None => Value::Null,
            Some(quote) => posts
                .iter()
                .find(|post| post.uuid == quote)
                .map_or_else(|| json!({ "gone": true }), |post| post.quoted(&names)),
        })
        .collect();
    let uuids = posts.iter().map(|post| post.uuid).collect();
    let me = visitor.person.map(|person| person.id);
    let reactions = writing::reactions(app, uuids, me).await?;
    let can_hide = animates(visitor, space);
    let open = me.filter(|_| !space.is_archived(visitor.now));
    for (n, post) in posts.iter_mut().enumerate() {
        post.render(&names, &anchors);
        if let Some(quote) = n.checked_sub(1).and_then(|n| quotes.get(n)) {
            post.quote = quote.clone();
        }
        let own = me == Some(post.person);
        let base = format!("{here}/posts/{}", post.uuid);
        post.history = post.edited.then(|| format!("{base}/history"));
        post.edit = (own && open.is_some()).then(|| format!("{base}/edit"));
        post.hide = can_hide.then(|| format!("{here}/hide"));
        post.flag = (me.is_some() && !own).then(|| format!("{here}/flag"));
        post.cite = (open.is_some() && topic.closed_at.is_none())
            .then(|| format!("{here}?quote={}#reply", post.uuid));
        post.react = open.map(|_| format!("{base}/react"));
        post.reactions = writing::REACTIONS
            .into_iter()
            .filter_map(|kind| {
                let (count, mine) = reactions
                    .get(&(post.uuid, kind.to_owned()))
                    .copied()
                    .unwrap_or_default();
                (count > 0 || open.is_some())
                    .then(|| json!({ "kind": kind, "n": count, "mine": mine }))
            })
            .collect();
    }
    Ok(posts)
}

/// What the form for a reply holds besides its fields.
#[derive(Default)]
struct Writing {
    /// The text as it will be read.
    preview: Option<String>,
    /// What is written was kept from before.
    from_draft: bool,
}

async fn page(
    visitor: &Visitor<'_>,
    space: &SpaceRow,
    topic: &TopicRow,
    fields: &Fields,
    work: Writing,
) -> Result<Html, Refusal> {
    let (app, lang) = (visitor.app, visitor.lang());
    let locales = &app.pages.locales;
    let path = format!("/spaces/{}/{}", space.slug, topic.id);
    let here = visitor.href(&path);
    let posts = posts(visitor, space, topic, &here).await?;
    let me_too = match visitor.person {
        Some(person)
            if topic.kind == "question"
                && person.id != topic.author
                && !space.is_archived(visitor.now) =>
        {
            Some(solving::has_it_too(app, topic.id, person.id).await?)
        }
        _ => None,
    };
    let next: String = url::form_urlencoded::byte_serialize(path.as_bytes()).collect();
    let typed = match fields.raw("language") {
        "" => lang.code(),
        typed => typed,
    };
    let quoting = uuid::Uuid::try_parse(fields.raw("quote"))
        .ok()
        .and_then(|quote| posts.iter().find(|post| post.uuid == quote))
        .map(|post| json!({ "id": post.uuid, "author": post.author }));
    let space_href = visitor.href(&format!("/spaces/{}", space.slug));
    let follow = following::button(visitor, &Subject::topic(topic.id), &path).await?;
    Ok(visitor.page(&TopicPage {
        share: crate::directory::share(app, lang, &path).await?,
        follow,
        heading: topic.title.clone(),
        hue: hue_of(space),
        crumbs: crumbs_of(visitor, space),
        question: topic.kind == "question",
        room: space.visibility() == Visibility::Room,
        archived: space.is_archived(visitor.now),
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
        preview: work.preview,
        from_draft: work.from_draft,
        quoting,
        care: animates(visitor, space).then(|| format!("{here}/care")),
        reasons: reasons(visitor),
        languages: Lang::ALL
            .map(|l| json!({ "value": l.code(), "label": l.own_name(), "selected": l.code() == typed }))
            .into(),
        here,
        sign_in: visitor.href(&format!("/sign-in?next={next}")),
        can_write: visitor.person.is_some()
            && !space.is_archived(visitor.now)
            && (topic.closed_at.is_none() || animates(visitor, space)),
    }))
}

/// The topic; one that was moved or merged leads to where it stands now. `?quote=` names a post
/// that the visitor wants to answer.
#[get("/spaces/<slug>/<id>?<quote>", rank = 2)]
pub(super) async fn show(
    visitor: Visitor<'_>,
    slug: &str,
    id: TopicId,
    quote: Option<&str>,
) -> Result<Either<Html, Redirect>, Refusal> {
    match topic_of(&visitor, slug, id).await {
        Ok((space, topic)) => {
            let mut fields = Fields::default();
            fields.fill("quote", quote.unwrap_or_default());
            let draft = match visitor.person {
                Some(person) => writing::draft(visitor.app, person.id, id.0).await?,
                None => None,
            };
            let from_draft = draft.is_some();
            if let Some(draft) = draft {
                fields.fill("body", &draft.body);
            }
            let work = Writing {
                preview: None,
                from_draft,
            };
            page(&visitor, &space, &topic, &fields, work)
                .await
                .map(Either::Left)
        }
        Err(refusal) if refusal.status == Status::NotFound => {
            let moved: Option<store::MovedRow> =
                store::MOVED.bind(id).optional(&visitor.app.db).await?;
            let moved = moved
                .filter(|moved| moved.id != id || moved.slug != slug)
                .ok_or(refusal)?;
            // Only who may read it there is led there.
            topic_of(&visitor, &moved.slug, moved.id).await?;
            let path = format!("/spaces/{}/{}", moved.slug, moved.id);
            Ok(Either::Right(visitor.redirect(&path, None)))
        }
        Err(refusal) => Err(refusal),
    }
}

/// Gives a reply; `quote` names the post that it answers. With `preview` it is shown first, with
/// `draft` it is kept for later.
#[post("/spaces/<slug>/<id>", data = "<fields>", rank = 2)]
pub(super) async fn reply(
    visitor: Visitor<'_>,
    slug: &str,
    id: TopicId,
    mut fields: Fields,
) -> Result<Result<Redirect, Html>, Refusal> {
    let author = visitor.signed_in()?.id;
    let (space, topic) = open_topic_of(&visitor, slug, id).await?;
    is_open(&topic)?;
    let app = visitor.app;
    let path = format!("/spaces/{}/{}", space.slug, topic.id);
    if fields.ticked("draft") {
        let body = fields.prose("body", crate::spaces::BODY_MAX);
        if fields.is_valid() {
            writing::keep_draft(app, author, id.0, "", &body).await?;
            return Ok(Ok(visitor.redirect(&path, Some("draft"))));
        }
    }
    let trust = not_too_fast(app, author, visitor.now).await?;
    let body = body_of(&mut fields, trust);
    if fields.ticked("preview") || !fields.is_valid() {
        let (status, preview) = match fields.is_valid() {
            true => {
                // What is looked at is not lost when the window closes.
                writing::keep_draft(app, author, id.0, "", &body).await?;
                (Status::Ok, markdown::render(&body).ok())
            }
            false => (Status::UnprocessableEntity, None),
        };
        let work = Writing {
            preview,
            from_draft: false,
        };
        let html = page(&visitor, &space, &topic, &fields, work).await?;
        return Ok(Err(html.status(status)));
    }
    let language = Lang::from_code(fields.raw("language")).unwrap_or(visitor.lang());
    let quote = uuid::Uuid::try_parse(fields.raw("quote")).ok();
    let answer = Answer::of(app, author, topic.id, &body, language).await?;
    app.db
        .write((answer, quote), |tx, (answer, quote)| {
            Box::pin(answer.give_quoting(tx, *quote))
        })
        .await?;
    writing::keep_draft(app, author, id.0, "", "").await?;
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
    let (space, topic) = open_topic_of(&visitor, slug, id).await?;
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
    let (space, topic) = open_topic_of(&visitor, slug, id).await?;
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
    let (space, topic) = open_topic_of(&visitor, slug, id).await?;
    if topic.kind != "question" {
        return Err(Refusal::not_found());
    }
    crate::spaces::me_too(visitor.app, topic.id, person.id, fields.ticked("too")).await?;
    let path = format!("/spaces/{}/{}", space.slug, topic.id);
    Ok(visitor.redirect(&path, Some("solution")))
}
