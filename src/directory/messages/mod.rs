//! Contact that is relayed: people write to each other here, a mail tells them to come and look, and
//! neither learns the other's address. Who is blocked is not told so; what is unkind is reported.

mod store;

use rocket::http::Status;
use serde_json::{Map, Value, json};
use uuid::Uuid;

use crate::App;
use crate::accounts::{Audit, Person};
use crate::clock::Timestamp;
use crate::db::{DbError, Tx};
use crate::ids::{OrganisationId, PersonId};
use crate::outbound::mail::{self, Mail};
use crate::web::{Lang, Refusal};

pub(crate) use store::QUERIES;
pub use store::{ConversationRow, MessageRow, ReportRow};

/// Characters of a message at most.
pub const BODY_MAX: usize = 4_000;
/// Characters of a subject at most.
pub const SUBJECT_MAX: usize = 120;
/// Why a message may be reported.
pub const REASONS: [&str; 5] = ["spam", "insult", "private", "danger", "other"];

/// The mail that tells somebody to come and look.
const NEWS: &str = "message";
/// Conversations that one person begins in a day at most.
const STARTED_PER_DAY: i64 = 10;
/// Messages that one person writes in an hour at most.
const WRITTEN_PER_HOUR: i64 = 30;
/// Messages in a conversation before the other has answered.
const UNANSWERED: i64 = 3;

/// To whom somebody writes first.
#[derive(Debug, Clone)]
pub struct To {
    /// Who reads it.
    pub person: PersonId,
    /// The organisation they answer for, with its name.
    pub organisation: Option<(OrganisationId, String)>,
}

/// The one who answers for an organisation; `None` where it is not seen or nobody coordinates it.
pub async fn contact_of(app: &App, slug: &str) -> Result<Option<To>, DbError> {
    let row: Option<store::ContactRow> = store::CONTACT.bind(slug).optional(&app.db).await?;
    Ok(row.filter(|row| row.slug == slug).map(|row| To {
        person: row.person,
        organisation: Some((row.id, row.name)),
    }))
}

struct Letter {
    conversation: Uuid,
    id: Uuid,
    mail: Uuid,
    author: PersonId,
    /// The name that the reader sees.
    from: String,
    to: PersonId,
    body: String,
    now: Timestamp,
}

fn too_many() -> Refusal {
    Refusal::new(Status::TooManyRequests, "too-many-messages")
}

/// Writes a message and tells the reader, once until they look. Who blocked the author is not told,
/// and the author neither.
async fn write(tx: &mut Tx, letter: &Letter) -> Result<(), Refusal> {
    let (written,): (i64,) = store::WRITTEN_SINCE
        .bind(letter.author)
        .bind(letter.now.plus_seconds(-3_600))
        .one(&mut *tx)
        .await?;
    if written >= WRITTEN_PER_HOUR {
        return Err(too_many());
    }
    let (blocked,): (i64,) = store::BLOCKS
        .bind(letter.to)
        .bind(letter.author)
        .one(&mut *tx)
        .await?;
    let (unread,): (i64,) = store::UNREAD_OF
        .bind(letter.conversation)
        .bind(letter.to)
        .one(&mut *tx)
        .await?;
    store::WRITE
        .bind(letter.id)
        .bind(letter.conversation)
        .bind(letter.author)
        .bind(&letter.body)
        .bind(letter.now)
        .bind(blocked > 0)
        .run(&mut *tx)
        .await?;
    store::TOUCH
        .bind(letter.conversation)
        .bind(letter.now)
        .run(&mut *tx)
        .await?;
    if blocked > 0 || unread > 0 {
        return Ok(());
    }
    let reader: Option<store::RecipientRow> =
        store::RECIPIENT.bind(letter.to).optional(&mut *tx).await?;
    // Who came from another platform may have no address: they see it when they come.
    if let Some(reader) = reader.filter(|reader| !reader.email.is_empty()) {
        let lang = Lang::from_code(&reader.language).unwrap_or_default();
        let mail = Mail {
            to: reader.email,
            name: reader.name,
            lang,
            message: format!("directory-mail-{NEWS}"),
            args: Map::from_iter([("from".to_owned(), json!(letter.from))]),
            link: Some(format!(
                "/{}/me/messages/{}",
                lang.code(),
                letter.conversation
            )),
        };
        mail::enqueue(tx, letter.mail, &mail, letter.now).await?;
    }
    Ok(())
}

/// Begins a conversation; gives its id. Whoever may see somebody may write to them: the page asks.
///
/// # Errors
/// 429 `too-many-messages` where somebody begins or writes too many; 404 to oneself.
pub async fn start(
    app: &App,
    author: &Person,
    to: To,
    subject: String,
    body: String,
) -> Result<Uuid, Refusal> {
    if to.person == author.id {
        return Err(Refusal::not_found());
    }
    let letter = Letter {
        conversation: app.ids.uuid(),
        id: app.ids.uuid(),
        mail: app.ids.uuid(),
        author: author.id,
        from: author.name.clone(),
        to: to.person,
        body,
        now: app.clock.now(),
    };
    let id = letter.conversation;
    let organisation = to.organisation.map(|(id, _)| id);
    app.db
        .write(
            (letter, organisation, subject),
            |tx, (letter, organisation, subject)| {
                Box::pin(async move {
                    store::LOCK.bind(letter.author).run(&mut *tx).await?;
                    let (started,): (i64,) = store::STARTED_SINCE
                        .bind(letter.author)
                        .bind(letter.now.plus_days(-1))
                        .one(&mut *tx)
                        .await?;
                    if started >= STARTED_PER_DAY {
                        return Err(too_many());
                    }
                    store::START
                        .bind(letter.conversation)
                        .bind(letter.author)
                        .bind(letter.to)
                        .bind(*organisation)
                        .bind(subject)
                        .bind(letter.now)
                        .run(&mut *tx)
                        .await?;
                    write(tx, letter).await
                })
            },
        )
        .await?;
    Ok(id)
}

/// The conversations of somebody, the latest first.
pub async fn mine(app: &App, person: PersonId) -> Result<Vec<ConversationRow>, DbError> {
    store::MINE.bind(person).all(&app.db).await
}

/// One of them; 404 for those of others.
pub async fn one(app: &App, person: PersonId, id: Uuid) -> Result<ConversationRow, Refusal> {
    let row: Option<ConversationRow> = store::ONE.bind(person).bind(id).optional(&app.db).await?;
    row.ok_or_else(Refusal::not_found)
}

/// Its messages, as `person` may read them; they have been seen now.
pub async fn read(app: &App, person: PersonId, id: Uuid) -> Result<Vec<MessageRow>, DbError> {
    let rows = store::MESSAGES.bind(id).bind(person).all(&app.db).await?;
    let now = app.clock.now();
    app.db
        .write((id, person, now), |tx, (id, person, now)| {
            Box::pin(async move {
                for query in [&store::SEEN_BY_ASKER, &store::SEEN_BY_ASKED] {
                    query
                        .bind(*id)
                        .bind(*person)
                        .bind(*now)
                        .run(&mut *tx)
                        .await?;
                }
                Ok::<_, DbError>(())
            })
        })
        .await?;
    Ok(rows)
}

/// Answers, or adds a word.
///
/// # Errors
/// 404 where the other is not there any more; 409 `message-unanswered` after three without an answer;
/// 429 `too-many-messages`.
pub async fn reply(app: &App, author: &Person, id: Uuid, body: String) -> Result<(), Refusal> {
    let conversation = one(app, author.id, id).await?;
    let to = conversation.other_id.ok_or_else(Refusal::not_found)?;
    let asked = conversation.asked == author.id;
    // A contact answers for the organisation: their own name is not told by the mail either.
    let from = match (&conversation.organisation, asked) {
        (Some(name), true) => name.clone(),
        _ => author.name.clone(),
    };
    let letter = Letter {
        conversation: id,
        id: app.ids.uuid(),
        mail: app.ids.uuid(),
        author: author.id,
        from,
        to,
        body,
        now: app.clock.now(),
    };
    app.db
        .write(letter, |tx, letter| {
            Box::pin(async move {
                store::LOCK.bind(letter.author).run(&mut *tx).await?;
                let now: ConversationRow = store::ONE
                    .bind(letter.author)
                    .bind(letter.conversation)
                    .one(&mut *tx)
                    .await?;
                if now.answers == 0 && now.own >= UNANSWERED {
                    return Err(Refusal::conflict("message-unanswered"));
                }
                write(tx, letter).await
            })
        })
        .await
}

/// Hears nothing more from the other, or hears from them again.
pub async fn block(
    app: &App,
    person: PersonId,
    conversation: &ConversationRow,
    blocked: bool,
) -> Result<(), DbError> {
    let other = match conversation.asker == person {
        true => conversation.asked,
        false => conversation.asker,
    };
    let now = app.clock.now();
    app.db
        .write(
            (person, other, blocked, now),
            |tx, (person, other, blocked, now)| {
                Box::pin(async move {
                    match blocked {
                        true => store::BLOCK.bind(*person).bind(*other).bind(*now),
                        false => store::UNBLOCK.bind(*person).bind(*other),
                    }
                    .run(tx)
                    .await
                    .map(drop)
                })
            },
        )
        .await
}

/// Reports a message that reached somebody: the team looks at that message. 404 for others.
pub async fn report(
    app: &App,
    person: PersonId,
    conversation: Uuid,
    message: Uuid,
    reason: &'static str,
    note: String,
) -> Result<(), Refusal> {
    let row = (
        app.ids.uuid(),
        conversation,
        message,
        person,
        reason,
        note,
        app.clock.now(),
    );
    app.db
        .write(
            row,
            |tx, (id, conversation, message, person, reason, note, now)| {
                Box::pin(async move {
                    let received: Option<store::IdRow> = store::RECEIVED
                        .bind(*message)
                        .bind(*conversation)
                        .bind(*person)
                        .optional(&mut *tx)
                        .await?;
                    let received = received.ok_or_else(Refusal::not_found)?;
                    store::REPORT
                        .bind(*id)
                        .bind(received.id)
                        .bind(*person)
                        .bind(*reason)
                        .bind(&*note)
                        .bind(*now)
                        .run(tx)
                        .await?;
                    Ok::<_, Refusal>(())
                })
            },
        )
        .await
}

/// Messages that were reported and wait, the oldest first.
pub async fn reports(app: &App) -> Result<Vec<ReportRow>, DbError> {
    store::REPORTS.all(&app.db).await
}

/// Decides a report: the message is hidden, or stands. 404 when it is decided.
pub async fn decide(app: &App, by: PersonId, report: Uuid, hide: bool) -> Result<(), Refusal> {
    let action = if hide {
        "message-hidden"
    } else {
        "message-report-dismissed"
    };
    let audit = Audit::new(app, Some(by), action, format!("report:{report}"));
    app.db
        .write(
            (report, by, hide, audit),
            |tx, (report, by, hide, audit)| {
                Box::pin(async move {
                    let decided: Option<store::MessageOfRow> = store::DECIDE
                        .bind(*report)
                        .bind(audit.at)
                        .bind(*by)
                        .optional(&mut *tx)
                        .await?;
                    let decided = decided.ok_or_else(Refusal::not_found)?;
                    if *hide {
                        store::HIDE
                            .bind(decided.message)
                            .bind(audit.at)
                            .run(&mut *tx)
                            .await?;
                    }
                    audit.write(tx).await?;
                    Ok::<_, Refusal>(())
                })
            },
        )
        .await
}

/// All that somebody wrote, for themselves.
pub async fn wrote(app: &App, person: PersonId) -> Result<Value, DbError> {
    let rows: Vec<store::WroteRow> = store::WROTE.bind(person).all(&app.db).await?;
    Ok(rows
        .iter()
        .map(|row| json!({ "subject": row.subject, "text": row.body, "at": row.at.rfc3339() }))
        .collect())
}
