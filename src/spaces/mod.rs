//! Community spaces: one per axis, with topics, replies and solutions.

mod pages;
mod store;

use serde::Serialize;

use crate::App;
use crate::clock::Timestamp;
use crate::db::{DbError, Tx};
use crate::ids::{ModuleId, PersonId, ReplyId, SpaceId, TopicId};
use crate::lrs::deeds::{self, Deed};
use crate::web::Lang;
use crate::web::people::{hue, initials};

pub use pages::routes;
pub(crate) use store::QUERIES;
pub use store::{ReplyRow, SpaceRow, TopicRow};

/// Longest title of a topic, in characters.
pub const TITLE_MAX: usize = 200;
/// Longest body, in characters.
pub const BODY_MAX: usize = 20_000;
/// Topics per page.
pub const PER_PAGE: i64 = 20;

impl SpaceRow {
    /// The space's name in a language.
    pub fn title(&self, lang: Lang) -> &str {
        match lang {
            Lang::Fr => &self.title_fr,
            Lang::Ar => &self.title_ar,
            Lang::En => &self.title_en,
        }
    }

    /// What the space is about, in a language.
    pub fn about(&self, lang: Lang) -> &str {
        match lang {
            Lang::Fr => &self.about_fr,
            Lang::Ar => &self.about_ar,
            Lang::En => &self.about_en,
        }
    }
}

/// All spaces, by axis.
pub async fn all(app: &App) -> Result<Vec<SpaceRow>, DbError> {
    store::SPACES.all(&app.db).await
}

/// The space of this slug.
pub async fn by_slug(app: &App, slug: &str) -> Result<Option<SpaceRow>, DbError> {
    store::SPACE_BY_SLUG.bind(slug).optional(&app.db).await
}

/// A space to be opened.
#[derive(Debug, Clone)]
pub struct NewSpace {
    /// Its id.
    pub id: SpaceId,
    /// Its address.
    pub slug: String,
    /// Its axis.
    pub axis: Option<String>,
    /// Names in French, Arabic and English.
    pub titles: [String; 3],
    /// Descriptions in French, Arabic and English.
    pub abouts: [String; 3],
    /// When.
    pub at: Timestamp,
}

/// Opens a space.
pub async fn open(app: &App, space: NewSpace) -> Result<(), DbError> {
    app.db
        .write(space, |tx, space| Box::pin(open_in(tx, space)))
        .await
}

/// Opens a space in a transaction: with its axis.
pub async fn open_in(tx: &mut Tx, s: &NewSpace) -> Result<(), DbError> {
    store::OPEN
        .bind(s.id)
        .bind(&s.slug)
        .bind(s.axis.clone())
        .bind(&s.titles[0])
        .bind(&s.titles[1])
        .bind(&s.titles[2])
        .bind(&s.abouts[0])
        .bind(&s.abouts[1])
        .bind(&s.abouts[2])
        .bind(s.at)
        .run(tx)
        .await
        .map(drop)
}

/// Other names and descriptions of an axis's space, in French, Arabic and English.
pub async fn describe(
    tx: &mut Tx,
    axis: &str,
    titles: &[String; 3],
    abouts: &[String; 3],
) -> Result<(), DbError> {
    store::DESCRIBE
        .bind(axis)
        .bind(&titles[0])
        .bind(&titles[1])
        .bind(&titles[2])
        .bind(&abouts[0])
        .bind(&abouts[1])
        .bind(&abouts[2])
        .run(tx)
        .await
        .map(drop)
}

/// A topic to be started.
#[derive(Debug, Clone)]
pub struct NewTopic {
    /// Its id.
    pub id: TopicId,
    /// Where.
    pub space: SpaceId,
    /// By whom.
    pub author: PersonId,
    /// `discussion` or `question`.
    pub kind: &'static str,
    /// One line.
    pub title: String,
    /// Markdown.
    pub body: String,
    /// The language it is written in.
    pub language: String,
    /// The module it is about.
    pub module: Option<ModuleId>,
    /// The seminar it is about.
    pub seminar: Option<crate::ids::SeminarId>,
    /// When.
    pub at: Timestamp,
}

/// Starts a topic.
pub async fn start(app: &App, topic: NewTopic) -> Result<(), DbError> {
    app.db
        .write(topic, |tx, t| {
            Box::pin(async move {
                store::START
                    .bind(t.id)
                    .bind(t.space)
                    .bind(t.author)
                    .bind(t.kind)
                    .bind(&t.title)
                    .bind(&t.body)
                    .bind(&t.language)
                    .bind(t.module)
                    .bind(t.seminar)
                    .bind(t.at)
                    .run(&mut *tx)
                    .await?;
                let deed = match t.kind {
                    "question" => Deed::Asked(t.id),
                    _ => Deed::Opened(t.id),
                };
                deeds::did(tx, t.author, deed, t.at).await
            })
        })
        .await
}

/// A reply to be given.
#[derive(Debug, Clone)]
pub struct NewReply {
    /// Its id.
    pub id: ReplyId,
    /// To which topic.
    pub topic: TopicId,
    /// By whom.
    pub author: PersonId,
    /// Markdown.
    pub body: String,
    /// When.
    pub at: Timestamp,
}

/// Replies to a topic. [`DbError::NotFound`] when the topic is gone or hidden.
pub async fn reply(app: &App, reply: NewReply) -> Result<(), DbError> {
    app.db
        .write(reply, |tx, r| {
            Box::pin(async move {
                // Counting first locks the topic's row: two replies count as two.
                if store::COUNT_REPLY
                    .bind(r.topic)
                    .bind(r.at)
                    .run(&mut *tx)
                    .await?
                    == 0
                {
                    return Err(DbError::NotFound);
                }
                store::REPLY
                    .bind(r.id)
                    .bind(r.topic)
                    .bind(r.author)
                    .bind(&r.body)
                    .bind(r.at)
                    .run(&mut *tx)
                    .await?;
                deeds::did(tx, r.author, Deed::Replied(r.topic, r.id), r.at).await
            })
        })
        .await
}

/// Accepts a reply as a solution of its question, or takes that back.
pub async fn accept(
    app: &App,
    by: PersonId,
    topic: TopicId,
    reply: ReplyId,
    accepted: bool,
) -> Result<bool, DbError> {
    let at = accepted.then(|| app.clock.now());
    app.db
        .write((by, topic, reply, at), |tx, (by, topic, reply, at)| {
            Box::pin(async move {
                let changed = store::ACCEPT
                    .bind(*reply)
                    .bind(*topic)
                    .bind(*at)
                    .run(&mut *tx)
                    .await?;
                if let (1, Some(at)) = (changed, *at) {
                    deeds::did(tx, *by, Deed::Accepted(*topic, *reply), at).await?;
                }
                Ok(changed == 1)
            })
        })
        .await
}

/// Hides a topic, or one of its replies, from everybody but those who animate the space.
pub async fn hide(app: &App, topic: TopicId, reply: Option<ReplyId>) -> Result<bool, DbError> {
    let now = app.clock.now();
    app.db
        .write((topic, reply, now), |tx, (topic, reply, now)| {
            Box::pin(async move {
                let changed = match reply {
                    Some(reply) => {
                        let changed = store::HIDE_REPLY
                            .bind(*reply)
                            .bind(*topic)
                            .bind(*now)
                            .run(&mut *tx)
                            .await?;
                        if changed == 1 {
                            store::UNCOUNT_REPLY.bind(*topic).run(tx).await?;
                        }
                        changed
                    }
                    None => store::HIDE_TOPIC.bind(*topic).bind(*now).run(tx).await?,
                };
                Ok(changed == 1)
            })
        })
        .await
}

/// A topic as lists show it.
#[derive(Debug, Clone, Serialize)]
pub struct TopicCard {
    /// Link, without language.
    pub href_to: String,
    /// Title.
    pub heading: String,
    /// Author's name.
    pub author: String,
    /// Author's initials.
    pub initials: String,
    /// Author's colour.
    pub hue: &'static str,
    /// Last activity, microseconds.
    pub at: i64,
    /// Number of replies.
    pub replies: i64,
    /// A question with an accepted solution.
    pub solved: bool,
}

impl TopicCard {
    fn of(row: &TopicRow, lang: Lang) -> TopicCard {
        TopicCard {
            href_to: format!("/{}/spaces/{}/{}", lang.code(), row.space_slug, row.id),
            heading: row.title.clone(),
            author: row.author_name.clone(),
            initials: initials(&row.author_name),
            hue: hue(row.author.0),
            at: row.active_at.micros(),
            replies: row.replies,
            solved: row.solved != 0,
        }
    }
}

/// The discussion that a module carries: its topics, latest first.
pub async fn discussion(
    app: &App,
    module: ModuleId,
    lang: Lang,
) -> Result<Vec<TopicCard>, DbError> {
    let rows: Vec<TopicRow> = store::OF_MODULE.bind(module).all(&app.db).await?;
    Ok(rows.iter().map(|row| TopicCard::of(row, lang)).collect())
}

/// The latest topics of all spaces.
pub async fn latest(app: &App, lang: Lang, count: i64) -> Result<Vec<TopicCard>, DbError> {
    let rows: Vec<TopicRow> = store::LATEST.bind(count).all(&app.db).await?;
    Ok(rows.iter().map(|row| TopicCard::of(row, lang)).collect())
}
