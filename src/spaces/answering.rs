//! Answers to topics, by whichever door they come: who may write, at what pace, and what newcomers
//! may put into a text.

use domain::community::{self, Trust};
use rocket::http::Status;

use super::{NewReply, TopicRow, mentions, reading, reply_in, solving, store, writing};
use crate::App;
use crate::accounts::Person;
use crate::clock::Timestamp;
use crate::db::{DbError, Tx};
use crate::ids::{PersonId, ReplyId, TopicId};
use crate::web::{Lang, Refusal, markdown};

/// The pace is counted over so many seconds.
const WINDOW_SECONDS: i64 = 600;

/// The trust that the writer has earned; refuses whoever writes faster than that allows. Counted
/// in the database, so that it holds on all nodes together.
pub(super) async fn not_too_fast(
    app: &App,
    person: PersonId,
    now: Timestamp,
) -> Result<Trust, Refusal> {
    let trust = super::contribution(app, person, now).await?.trust();
    let since = now.plus_seconds(-WINDOW_SECONDS);
    let written = solving::written_since(app, person, since).await?;
    if written >= trust.pace() {
        return Err(Refusal::new(Status::TooManyRequests, "too-many-posts"));
    }
    Ok(trust)
}

/// What is wrong with the text of a post, as codes of forms: it is empty, nested too deeply, or more
/// than newcomers may.
pub(super) fn troubles(body: &str, trust: Trust) -> Vec<&'static str> {
    let mut all = Vec::new();
    if body.is_empty() {
        all.push("required");
    }
    if markdown::render(body).is_err() {
        all.push("too-deep");
    }
    if trust
        .links()
        .is_some_and(|most| community::links(body) > most)
    {
        all.push("newcomer-links");
    }
    if !trust.pictures() && body.contains("![") {
        all.push("newcomer-pictures");
    }
    if !trust.pictures() && body.contains("/files/") {
        all.push("newcomer-files");
    }
    all
}

/// An answer that may be given.
#[derive(Debug, Clone)]
pub struct Answer {
    reply: NewReply,
    language: Lang,
}

impl Answer {
    /// Of a text that was looked at: names become mentions.
    pub(super) async fn of(
        app: &App,
        author: PersonId,
        topic: TopicId,
        body: &str,
        language: Lang,
    ) -> Result<Answer, DbError> {
        let people = writing::participants(app, topic).await?;
        Ok(Answer {
            reply: NewReply {
                id: app.ids.id(),
                topic,
                author,
                body: mentions::kept(body, &people),
                at: app.clock.now(),
            },
            language,
        })
    }

    /// The reply's id to be.
    pub fn id(&self) -> ReplyId {
        self.reply.id
    }

    /// Gives it. [`DbError::NotFound`] when the topic is gone, closed or hidden meanwhile.
    pub async fn give(&self, tx: &mut Tx) -> Result<(), DbError> {
        self.give_quoting(tx, None).await
    }

    /// The same, with a post quoted above it.
    pub(super) async fn give_quoting(
        &self,
        tx: &mut Tx,
        quote: Option<uuid::Uuid>,
    ) -> Result<(), DbError> {
        reply_in(tx, &self.reply, Some(self.language), quote).await
    }
}

/// 409 for a topic that takes no more answers.
pub(super) fn is_open(topic: &TopicRow) -> Result<(), Refusal> {
    match topic.closed_at {
        Some(_) => Err(Refusal::conflict("topic-closed")),
        None => Ok(()),
    }
}

/// Prepares somebody's answer to a topic, by the rules of its page.
///
/// Errors: 404 for who may not read it; 409 `topic-closed` or `room-closed`; 429 `too-many-posts`; 422 with the
/// form's code where the text is more than they may write.
pub async fn answer(
    app: &App,
    person: &Person,
    topic: TopicId,
    body: &str,
    language: Lang,
) -> Result<Answer, Refusal> {
    let row: Option<TopicRow> = store::TOPIC_BY_ID.bind(topic).optional(&app.db).await?;
    let row = row.ok_or_else(Refusal::not_found)?;
    let space = reading::space(app, row.space).await?;
    let space = space.ok_or_else(Refusal::not_found)?;
    if !reading::reads(app, person, &space).await? {
        return Err(Refusal::not_found());
    }
    space.is_written_in(app.clock.now())?;
    is_open(&row)?;
    let trust = not_too_fast(app, person.id, app.clock.now()).await?;
    let body = body.trim();
    let long = body.chars().count() > super::BODY_MAX;
    let code = if long {
        Some("too-long")
    } else {
        troubles(body, trust).into_iter().next()
    };
    if let Some(code) = code {
        return Err(Refusal::unprocessable(code));
    }
    Ok(Answer::of(app, person.id, topic, body, language).await?)
}
