//! Community spaces: one per axis, with topics, replies and solutions.

mod answering;
mod attached;
mod mentions;
mod moderation;
mod pages;
mod pictures;
mod reading;
mod shelf;
mod solving;
mod store;
mod team;
mod writing;

use domain::community::Visibility;
use serde::Serialize;

use crate::App;
use crate::clock::Timestamp;
use crate::db::{DbError, Tx};
use crate::following::{self, Because, Notice, Subject};
use crate::ids::{ModuleId, PersonId, ReplyId, SeminarId, SpaceId, TopicId};
use crate::lrs::deeds::{self, Deed};
use crate::web::people::{hue, initials};
use crate::web::{Lang, Refusal};

pub use answering::{Answer, answer};
pub(crate) use attached::QUERIES as ATTACHED;
pub(crate) use moderation::QUERIES as MODERATION;
pub use moderation::hide;
pub use pages::routes;
pub(crate) use pictures::QUERIES as PICTURES;
pub use reading::{may_read, space_of_topic};
pub(crate) use shelf::QUERIES as SHELF;
pub(crate) use solving::QUERIES as SOLVING;
pub use solving::{accept, contribution, me_too};
pub(crate) use store::QUERIES;
pub use store::{ReplyRow, SpaceRow, TopicRow};
pub(crate) use team::QUERIES as TEAM;
pub use team::{Animator, animators, invite, is_invited, set_visibility, uninvite};
pub(crate) use writing::QUERIES as WRITING;

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

    /// Who may read it.
    pub fn visibility(&self) -> Visibility {
        Visibility::from_code(&self.visibility)
    }

    /// A coalition's room that was closed, or whose time is over: it is only read.
    pub fn is_archived(&self, now: Timestamp) -> bool {
        self.archived_at.is_some_and(|at| at <= now)
    }

    /// 409 for what is only read.
    fn is_written_in(&self, now: Timestamp) -> Result<(), Refusal> {
        match self.is_archived(now) {
            true => Err(Refusal::conflict("room-closed")),
            false => Ok(()),
        }
    }

    /// The languages people write in there.
    pub fn languages(&self) -> Vec<Lang> {
        self.languages
            .split(' ')
            .filter_map(Lang::from_code)
            .collect()
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
    open_as(tx, s, Visibility::Public).await
}

/// Opens a space for those who read it from its first moment on.
pub async fn open_as(tx: &mut Tx, s: &NewSpace, visibility: Visibility) -> Result<(), DbError> {
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
        .bind(visibility.code())
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
    pub seminar: Option<SeminarId>,
    /// When.
    pub at: Timestamp,
}

/// Starts a topic.
pub async fn start(app: &App, topic: NewTopic) -> Result<(), DbError> {
    start_tagged(app, topic, &[]).await
}

/// Starts a topic under tags ([`tags`]).
pub async fn start_tagged(app: &App, topic: NewTopic, tags: &[String]) -> Result<(), DbError> {
    app.db
        .write((topic, joined(tags)), |tx, (t, tags)| {
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
                    .bind(tags)
                    .bind(t.at)
                    .run(&mut *tx)
                    .await?;
                let deed = match t.kind {
                    "question" => Deed::Asked(t.id),
                    _ => Deed::Opened(t.id),
                };
                attached::named(tx, t.id, t.author, &t.body).await?;
                tell(tx, t.author, t.id, deed, t.at).await?;
                let own = Subject::topic(t.id);
                following::follow_because(tx, t.author, &own, Because::Asked, t.at).await?;
                following::happened(tx, Notice::topic(t.id, t.kind, t.author, t.at)).await
            })
        })
        .await
}

/// Owes the statement about a deed; what is done in a coalition's room is told to no record store.
async fn tell(
    tx: &mut Tx,
    person: PersonId,
    topic: TopicId,
    deed: Deed<'_>,
    at: Timestamp,
) -> Result<(), DbError> {
    let (in_room,): (i64,) = store::IN_ROOM.bind(topic).one(&mut *tx).await?;
    match in_room {
        0 => deeds::did(tx, person, deed, at).await,
        _ => Ok(()),
    }
}

/// Tags of a text at most.
pub const TAGS_MAX: usize = 5;

/// The tags somebody typed, apart by commas: lower case, without `#`, one word each.
pub fn tags(typed: &str) -> Vec<String> {
    let mut tags: Vec<String> = Vec::new();
    for word in typed.split([',', '،', '\n']) {
        let tag: String = word
            .trim()
            .trim_start_matches('#')
            .to_lowercase()
            .chars()
            .map(|c| if c.is_whitespace() { '-' } else { c })
            // With or without its vowel signs and its lengthening, an Arabic word is one tag.
            .filter(|c| !matches!(c, '\u{640}' | '\u{64b}'..='\u{65f}' | '\u{670}'))
            .filter(|c| c.is_alphanumeric() || *c == '-')
            // Vowel signs are written or not.
            .filter(|c| !('\u{64b}'..='\u{652}').contains(c))
            .take(30)
            .collect();
        if !tag.is_empty() && !tags.contains(&tag) && tags.len() < TAGS_MAX {
            tags.push(tag);
        }
    }
    tags
}

/// The tags as they are stored.
fn joined(tags: &[String]) -> String {
    if tags.is_empty() {
        String::new()
    } else {
        format!(" {} ", tags.join(" "))
    }
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

/// Replies to a topic. [`DbError::NotFound`] when the topic is gone, closed or hidden.
pub async fn reply(app: &App, reply: NewReply) -> Result<(), DbError> {
    app.db
        .write(reply, |tx, reply| Box::pin(reply_in(tx, reply, None, None)))
        .await
}

/// As [`reply`], in a language and with a post quoted above it.
async fn reply_in(
    tx: &mut Tx,
    r: &NewReply,
    language: Option<Lang>,
    quote: Option<uuid::Uuid>,
) -> Result<(), DbError> {
    // Counting first locks the topic's row: two replies count as two.
    let counted = store::COUNT_REPLY
        .bind(r.topic)
        .bind(r.at)
        .run(&mut *tx)
        .await?;
    if counted == 0 {
        return Err(DbError::NotFound);
    }
    store::REPLY
        .bind(r.id)
        .bind(r.topic)
        .bind(r.author)
        .bind(&r.body)
        .bind(language.map(Lang::code))
        .bind(quote)
        .bind(r.at)
        .run(&mut *tx)
        .await?;
    attached::named(tx, r.topic, r.author, &r.body).await?;
    tell(tx, r.author, r.topic, Deed::Replied(r.topic, r.id), r.at).await?;
    let topic = Subject::topic(r.topic);
    following::follow_because(tx, r.author, &topic, Because::Answered, r.at).await?;
    let mentioned = mentions::ids(&r.body);
    let notice = Notice::reply(r.topic, r.id, r.author, mentioned, r.at);
    following::happened(tx, notice).await
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
    /// A question that waits for one.
    pub question: bool,
    /// How many have the same problem.
    pub asked_too: i64,
    /// Stands above the others.
    pub pinned: bool,
    /// Takes no more replies.
    pub closed: bool,
    /// The language it is written in.
    pub language: String,
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
            question: row.kind == "question",
            asked_too: row.asked_too,
            pinned: row.pinned_at.is_some(),
            closed: row.closed_at.is_some(),
            language: row.language.clone(),
        }
    }
}

/// A text without the people it mentions.
pub fn without_mentions(text: &str) -> String {
    mentions::typed(text, &std::collections::HashMap::new())
}

/// Where a topic that anybody may read stands, without language.
pub async fn path_of(app: &App, topic: TopicId) -> Result<Option<String>, DbError> {
    let row: Option<store::MovedRow> = store::PLACE.bind(topic).optional(&app.db).await?;
    Ok(row.map(|row| format!("/spaces/{}/{}", row.slug, row.id)))
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

/// The discussion that a seminar carries: its topics, latest first.
pub async fn discussion_of_seminar(
    app: &App,
    seminar: SeminarId,
    lang: Lang,
) -> Result<Vec<TopicCard>, DbError> {
    let rows: Vec<TopicRow> = store::OF_SEMINAR.bind(seminar).all(&app.db).await?;
    Ok(rows.iter().map(|row| TopicCard::of(row, lang)).collect())
}

/// The latest topics of all spaces that everybody may read.
pub async fn latest(app: &App, lang: Lang, count: i64) -> Result<Vec<TopicCard>, DbError> {
    let rows: Vec<TopicRow> = store::LATEST.bind(count).all(&app.db).await?;
    Ok(rows.iter().map(|row| TopicCard::of(row, lang)).collect())
}

#[cfg(test)]
mod tests {
    use super::{joined, tags};

    #[test]
    fn tags_have_one_form() {
        for (typed, expected) in [
            ("", vec![]),
            ("#CAF, Budget annuel ,caf", vec!["caf", "budget-annuel"]),
            ("الميزانية، الجمعيّة", vec!["الميزانية", "الجمعية"]),
            ("a,b,c,d,e,f", vec!["a", "b", "c", "d", "e"]),
            ("<b>, %", vec!["b"]),
        ] {
            assert_eq!(tags(typed), expected, "{typed}");
        }
        assert_eq!(joined(&tags("a,b")), " a b ");
        assert_eq!(joined(&[]), "");
    }
}
