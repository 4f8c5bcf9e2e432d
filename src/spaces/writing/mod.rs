//! Writing together: changing a text with its history, drafts, reactions, and the care of a topic
//! (pin, close, move, show elsewhere, merge, split).

mod store;

use std::collections::HashMap;

use serde_json::json;
use uuid::Uuid;

use crate::App;
use crate::accounts::Audit;
use crate::clock::Timestamp;
use crate::db::{DbError, Tx};
use crate::ids::{PersonId, ReplyId, SpaceId, TopicId};
use crate::spaces::attached;
use crate::web::{Lang, Refusal};

pub(crate) use store::QUERIES;
pub(super) use store::{DraftRow, TextRow, VersionRow};

/// The ways in which one may react, in their order.
pub(super) const REACTIONS: [&str; 4] = ["thanks", "useful", "same", "brave"];

/// The names of people who may be seen.
pub(super) async fn names(app: &App, ids: Vec<Uuid>) -> Result<HashMap<Uuid, String>, DbError> {
    if ids.is_empty() {
        return Ok(HashMap::new());
    }
    let rows: Vec<store::NameRow> = store::NAMES.bind(ids).all(&app.db).await?;
    Ok(rows.into_iter().map(|row| (row.id.0, row.name)).collect())
}

/// Those who take part in a topic.
pub(super) async fn participants(
    app: &App,
    topic: TopicId,
) -> Result<Vec<(Uuid, String)>, DbError> {
    let rows: Vec<store::NameRow> = store::PARTICIPANTS.bind(topic).all(&app.db).await?;
    Ok(rows.into_iter().map(|row| (row.id.0, row.name)).collect())
}

/// The text of a post of a topic, if it is shown.
pub(super) async fn text(
    app: &App,
    topic: TopicId,
    post: Uuid,
) -> Result<Option<TextRow>, DbError> {
    if post == topic.0 {
        store::TOPIC_TEXT.bind(topic).optional(&app.db).await
    } else {
        store::REPLY_TEXT
            .bind(topic)
            .bind(post)
            .optional(&app.db)
            .await
    }
}

/// What a post says from now on.
#[derive(Debug, Clone)]
pub(super) struct Changed {
    pub topic: TopicId,
    pub post: Uuid,
    /// A topic's own text has a title.
    pub title: Option<String>,
    pub body: String,
    pub language: Lang,
    pub tags: Option<String>,
    pub by: PersonId,
}

/// Changes a post; what it said before is kept and can be read.
pub(super) async fn change(app: &App, change: Changed) -> Result<(), DbError> {
    let (id, now) = (app.ids.uuid(), app.clock.now());
    app.db
        .write((change, id, now), |tx, (c, id, now)| {
            Box::pin(async move {
                let kept = match &c.title {
                    Some(_) => store::KEEP_TOPIC
                        .bind(*id)
                        .bind(c.topic)
                        .bind(c.by)
                        .bind(*now),
                    None => store::KEEP_REPLY
                        .bind(*id)
                        .bind(c.post)
                        .bind(c.by)
                        .bind(*now),
                };
                if kept.run(&mut *tx).await? == 0 {
                    return Err(DbError::NotFound);
                }
                match &c.title {
                    Some(title) => {
                        store::EDIT_TOPIC
                            .bind(c.topic)
                            .bind(title)
                            .bind(&c.body)
                            .bind(c.language.code())
                            .bind(c.tags.clone().unwrap_or_default())
                            .bind(*now)
                            .run(&mut *tx)
                            .await
                    }
                    None => {
                        store::EDIT_REPLY
                            .bind(c.post)
                            .bind(c.topic)
                            .bind(&c.body)
                            .bind(c.language.code())
                            .bind(*now)
                            .run(&mut *tx)
                            .await
                    }
                }?;
                attached::named(tx, c.topic, c.by, &c.body).await
            })
        })
        .await
}

/// What a post said before, the last first.
pub(super) async fn history(app: &App, post: Uuid) -> Result<Vec<VersionRow>, DbError> {
    store::VERSIONS.bind(post).all(&app.db).await
}

/// Reacts to a post, or takes that reaction back.
pub(super) async fn react(
    app: &App,
    post: Uuid,
    person: PersonId,
    kind: &'static str,
) -> Result<(), DbError> {
    let now = app.clock.now();
    app.db
        .write(
            (post, person, kind, now),
            |tx, (post, person, kind, now)| {
                Box::pin(async move {
                    let taken = store::UNREACT
                        .bind(*post)
                        .bind(*person)
                        .bind(*kind)
                        .run(&mut *tx)
                        .await?;
                    if taken == 0 {
                        store::REACT
                            .bind(*post)
                            .bind(*person)
                            .bind(*kind)
                            .bind(*now)
                            .run(tx)
                            .await?;
                    }
                    Ok(())
                })
            },
        )
        .await
}

/// How people reacted to posts: by post and kind how many, and whether this person did.
pub(super) async fn reactions(
    app: &App,
    posts: Vec<Uuid>,
    person: Option<PersonId>,
) -> Result<HashMap<(Uuid, String), (i64, bool)>, DbError> {
    let person = person.unwrap_or(PersonId(Uuid::nil()));
    let rows: Vec<store::ReactionRow> =
        store::REACTED.bind(posts).bind(person).all(&app.db).await?;
    Ok(rows
        .into_iter()
        .map(|row| ((row.post, row.kind), (row.n, row.mine > 0)))
        .collect())
}

/// The draft of somebody for a topic, or for a new topic of a space.
pub(super) async fn draft(
    app: &App,
    person: PersonId,
    place: Uuid,
) -> Result<Option<DraftRow>, DbError> {
    store::DRAFT
        .bind(person)
        .bind(place)
        .optional(&app.db)
        .await
}

/// Keeps a draft; an empty one is none.
pub(super) async fn keep_draft(
    app: &App,
    person: PersonId,
    place: Uuid,
    title: &str,
    body: &str,
) -> Result<(), DbError> {
    let row = (
        person,
        place,
        title.to_owned(),
        body.to_owned(),
        app.clock.now(),
    );
    app.db
        .write(row, |tx, (person, place, title, body, now)| {
            Box::pin(async move {
                if title.is_empty() && body.is_empty() {
                    return store::DROP_DRAFT
                        .bind(*person)
                        .bind(*place)
                        .run(tx)
                        .await
                        .map(drop);
                }
                store::KEEP_DRAFT
                    .bind(*person)
                    .bind(*place)
                    .bind(title)
                    .bind(body)
                    .bind(*now)
                    .run(tx)
                    .await
                    .map(drop)
            })
        })
        .await
}

/// What an animator does to a topic.
#[derive(Debug, Clone)]
pub(super) enum Care {
    /// Above the others, or no more.
    Pin(bool),
    /// No more replies, or again.
    Close(bool),
    /// To another space.
    Move(SpaceId),
    /// Shown in these other spaces too, and no others.
    ShowIn(Vec<SpaceId>),
    /// Its posts go to another topic.
    Merge(TopicId),
    /// These replies become a topic of their own.
    Split {
        replies: Vec<ReplyId>,
        title: String,
        new: TopicId,
    },
}

impl Care {
    fn code(&self) -> &'static str {
        match self {
            Care::Pin(_) => "topic-pinned",
            Care::Close(_) => "topic-closed",
            Care::Move(_) => "topic-moved",
            Care::ShowIn(_) => "topic-shown-elsewhere",
            Care::Merge(_) => "topic-merged",
            Care::Split { .. } => "topic-split",
        }
    }
}

/// Does it, and writes down who did.
///
/// # Errors
/// 404 when what it names is not there; 409 where a fiche would lose its answer.
pub(super) async fn care(
    app: &App,
    by: PersonId,
    topic: TopicId,
    care: Care,
) -> Result<(), Refusal> {
    let audit = Audit::new(app, Some(by), care.code(), format!("topic:{topic}"));
    let reply: ReplyId = app.ids.id();
    let audit = match &care {
        Care::Move(space) => audit.detail(json!({ "space": space })),
        Care::Merge(into) => audit.detail(json!({ "into": into })),
        Care::Split { new, .. } => audit.detail(json!({ "new": new })),
        _ => audit,
    };
    app.db
        .write(
            (topic, care, audit, reply),
            |tx, (topic, care, audit, reply)| {
                Box::pin(async move {
                    apply(tx, *topic, care, audit.at, *reply).await?;
                    audit.write(tx).await.map_err(Refusal::from)
                })
            },
        )
        .await
}

async fn apply(
    tx: &mut Tx,
    topic: TopicId,
    care: &Care,
    now: Timestamp,
    reply: ReplyId,
) -> Result<(), Refusal> {
    match care {
        Care::Pin(on) => {
            store::PIN
                .bind(topic)
                .bind(on.then_some(now))
                .run(tx)
                .await?;
        }
        Care::Close(on) => {
            store::CLOSE
                .bind(topic)
                .bind(on.then_some(now))
                .run(tx)
                .await?;
        }
        Care::Move(space) => {
            store::MOVE.bind(topic).bind(*space).run(&mut *tx).await?;
            store::UNSHOW_IN.bind(topic).bind(*space).run(tx).await?;
        }
        Care::ShowIn(spaces) => {
            store::UNSHOW.bind(topic).run(&mut *tx).await?;
            for space in spaces {
                store::SHOW_IN
                    .bind(topic)
                    .bind(*space)
                    .bind(now)
                    .run(&mut *tx)
                    .await?;
            }
        }
        Care::Merge(into) => {
            if store::MERGE.bind(topic).bind(*into).run(&mut *tx).await? == 0 {
                return Err(Refusal::not_found());
            }
            store::MERGE_TEXT
                .bind(topic)
                .bind(*into)
                .bind(reply)
                .run(&mut *tx)
                .await?;
            for query in [
                &store::MERGE_REPLIES,
                &store::MERGE_TOO,
                &store::MERGE_FICHES,
            ] {
                query.bind(topic).bind(*into).run(&mut *tx).await?;
            }
            attached::shared(&mut *tx, topic, *into).await?;
            store::RECOUNT.bind(*into).run(tx).await?;
        }
        Care::Split {
            replies,
            title,
            new,
        } => {
            let ids: Vec<Uuid> = replies.iter().map(|reply| reply.0).collect();
            let first: Option<store::FirstRow> = store::FIRST
                .bind(ids.clone())
                .bind(topic)
                .optional(&mut *tx)
                .await?;
            let first = first.ok_or_else(Refusal::not_found)?;
            if first.fiches > 0 {
                return Err(Refusal::conflict("split-fiche"));
            }
            store::SPLIT
                .bind(*new)
                .bind(title)
                .bind(first.id)
                .run(&mut *tx)
                .await?;
            store::SPLIT_REPLIES
                .bind(ids)
                .bind(topic)
                .bind(*new)
                .bind(first.id)
                .run(&mut *tx)
                .await?;
            for query in [&store::DROP_FLAGS, &store::DROP_APPEALS, &store::DROP_REPLY] {
                query.bind(first.id).run(&mut *tx).await?;
            }
            attached::shared(&mut *tx, topic, *new).await?;
            store::RECOUNT.bind(topic).run(&mut *tx).await?;
            store::RECOUNT.bind(*new).run(tx).await?;
        }
    }
    Ok(())
}

/// The spaces in which a topic is shown besides its own.
pub(super) async fn shown_in(app: &App, topic: TopicId) -> Result<Vec<SpaceId>, DbError> {
    let rows: Vec<store::SpaceIdRow> = store::SHOWN_IN.bind(topic).all(&app.db).await?;
    Ok(rows.into_iter().map(|row| row.space).collect())
}
