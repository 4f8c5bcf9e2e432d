//! Moderation: anybody signed in may flag a text; those who animate its space see what was flagged,
//! hide it with a reason or let it stand; the author is told why, and may ask again.

mod store;

use serde_json::{Map, json};
use uuid::Uuid;

use crate::App;
use crate::accounts::{Audit, Person};
use crate::db::{DbError, Tx};
use crate::ids::{PersonId, ReplyId, TopicId};
use crate::outbound::mail::{self, Mail};
use crate::web::{Lang, Refusal};

pub(crate) use store::QUERIES;
pub(super) use store::{AppealRow, FlagRow, HiddenRow};

/// Why a text may be flagged or hidden.
pub(super) const REASONS: [&str; 6] = ["spam", "insult", "private", "danger", "wrong", "other"];
/// Characters of a note or an appeal at most.
pub(super) const NOTE_MAX: usize = 1_000;

/// Flags a post: once for a person, as long as nobody has looked.
pub(super) async fn flag(
    app: &App,
    by: PersonId,
    topic: TopicId,
    reply: Option<ReplyId>,
    reason: &'static str,
    note: String,
) -> Result<(), DbError> {
    let row = (
        app.ids.uuid(),
        topic,
        reply,
        by,
        reason,
        note,
        app.clock.now(),
    );
    app.db
        .write(row, |tx, (id, topic, reply, by, reason, note, now)| {
            Box::pin(async move {
                store::FLAG
                    .bind(*id)
                    .bind(*topic)
                    .bind(*reply)
                    .bind(*by)
                    .bind(*reason)
                    .bind(note)
                    .bind(*now)
                    .run(tx)
                    .await
                    .map(drop)
            })
        })
        .await
}

/// The spaces that somebody looks after: all of them but coalitions' rooms, or these.
fn scope(person: &Person) -> (bool, Vec<Uuid>) {
    let roles = &person.roles;
    let spaces = [roles.animates.as_slice(), roles.hosts.as_slice()].concat();
    (roles.is_staff(), spaces)
}

/// What was flagged and waits, the oldest first.
pub(super) async fn flagged(app: &App, person: &Person) -> Result<Vec<FlagRow>, DbError> {
    let (all, spaces) = scope(person);
    store::FLAGGED.bind(all).bind(spaces).all(&app.db).await
}

/// Appeals that wait.
pub(super) async fn appeals(app: &App, person: &Person) -> Result<Vec<AppealRow>, DbError> {
    let (all, spaces) = scope(person);
    store::APPEALS.bind(all).bind(spaces).all(&app.db).await
}

/// Hides a topic, or one of its replies, from everybody; its flags are decided, its author is told
/// the reason. False when it is hidden already.
pub async fn hide(
    app: &App,
    by: PersonId,
    topic: TopicId,
    reply: Option<ReplyId>,
    reason: &str,
) -> Result<bool, DbError> {
    let audit = Audit::new(app, Some(by), "post-hidden", object(topic, reply))
        .detail(json!({ "reason": reason }));
    let row = (topic, reply, reason.to_owned(), by, audit, app.ids.uuid());
    app.db
        .write(row, |tx, (topic, reply, reason, by, audit, mail)| {
            Box::pin(async move {
                let changed = match reply {
                    Some(reply) => store::HIDE_REPLY.bind(*reply).bind(*topic),
                    None => store::HIDE_TOPIC.bind(*topic),
                }
                .bind(audit.at)
                .bind(*by)
                .bind(reason)
                .run(&mut *tx)
                .await?;
                if changed == 0 {
                    return Ok(false);
                }
                store::RECOUNT.bind(*topic).run(&mut *tx).await?;
                decide(tx, *topic, *reply, *by, audit).await?;
                tell(tx, *topic, *reply, "hidden", *mail, audit).await?;
                audit.write(tx).await?;
                Ok(true)
            })
        })
        .await
}

fn object(topic: TopicId, reply: Option<ReplyId>) -> String {
    match reply {
        Some(reply) => format!("reply:{reply}"),
        None => format!("topic:{topic}"),
    }
}

async fn decide(
    tx: &mut Tx,
    topic: TopicId,
    reply: Option<ReplyId>,
    by: PersonId,
    audit: &Audit,
) -> Result<(), DbError> {
    store::DECIDE_FLAGS
        .bind(topic)
        .bind(reply)
        .bind(audit.at)
        .bind(by)
        .run(tx)
        .await
        .map(drop)
}

/// A mail to the author of a post, in the words `spaces-mail-<message>-…`.
async fn tell(
    tx: &mut Tx,
    topic: TopicId,
    reply: Option<ReplyId>,
    message: &str,
    id: Uuid,
    audit: &Audit,
) -> Result<(), DbError> {
    let author: store::AuthorRow = store::AUTHOR.bind(topic).bind(reply).one(&mut *tx).await?;
    let Some(email) = author.email else {
        return Ok(());
    };
    let lang = Lang::from_code(&author.language).unwrap_or_default();
    let mail = Mail {
        to: email,
        name: author.name,
        lang,
        message: format!("spaces-mail-{message}"),
        args: Map::from_iter([("heading".to_owned(), json!(author.title))]),
        link: Some(format!("/{}/me/texts", lang.code())),
    };
    mail::enqueue(tx, id, &mail, audit.at).await
}

/// Lets a flagged post stand.
pub(super) async fn dismiss(
    app: &App,
    by: PersonId,
    topic: TopicId,
    reply: Option<ReplyId>,
) -> Result<(), DbError> {
    let audit = Audit::new(app, Some(by), "flags-dismissed", object(topic, reply));
    app.db
        .write(
            (topic, reply, by, audit),
            |tx, (topic, reply, by, audit)| {
                Box::pin(async move {
                    decide(tx, *topic, *reply, *by, audit).await?;
                    audit.write(tx).await
                })
            },
        )
        .await
}

/// The texts of somebody that are hidden.
pub(super) async fn hidden(app: &App, person: PersonId) -> Result<Vec<HiddenRow>, DbError> {
    store::HIDDEN.bind(person).all(&app.db).await
}

/// The author asks again: once for each time a text is hidden.
///
/// # Errors
/// 404 when the text is not theirs or not hidden; 409 when it was asked already.
pub(super) async fn appeal(
    app: &App,
    person: PersonId,
    topic: TopicId,
    reply: Option<ReplyId>,
    text: String,
) -> Result<(), Refusal> {
    let row = (app.ids.uuid(), topic, reply, person, text, app.clock.now());
    app.db
        .write(row, |tx, (id, topic, reply, person, text, now)| {
            Box::pin(async move {
                let hidden: Option<store::HiddenRow> = store::HIDDEN_POST
                    .bind(*person)
                    .bind(*topic)
                    .bind(*reply)
                    .optional(&mut *tx)
                    .await?;
                let hidden = hidden.ok_or_else(Refusal::not_found)?;
                if hidden.appealed > 0 {
                    return Err(Refusal::conflict("appealed"));
                }
                store::APPEAL
                    .bind(*id)
                    .bind(*topic)
                    .bind(*reply)
                    .bind(*person)
                    .bind(text)
                    .bind(*now)
                    .run(tx)
                    .await?;
                Ok(())
            })
        })
        .await
}

/// Answers an appeal: the text comes back, or stays hidden. The author is told.
pub(super) async fn answer(
    app: &App,
    by: &Person,
    appeal: Uuid,
    restored: bool,
) -> Result<(), Refusal> {
    let waiting = appeals(app, by).await?;
    let found = waiting
        .into_iter()
        .find(|row| row.id == appeal)
        .ok_or_else(Refusal::not_found)?;
    let (topic, reply) = (found.topic, found.reply);
    let action = if restored {
        "post-restored"
    } else {
        "appeal-refused"
    };
    let audit = Audit::new(app, Some(by.id), action, object(topic, reply));
    let row = (appeal, topic, reply, restored, by.id, audit, app.ids.uuid());
    app.db
        .write(
            row,
            |tx, (appeal, topic, reply, restored, by, audit, mail)| {
                Box::pin(async move {
                    store::DECIDE_APPEAL
                        .bind(*appeal)
                        .bind(audit.at)
                        .bind(*by)
                        .run(&mut *tx)
                        .await?;
                    if *restored {
                        match reply {
                            Some(reply) => store::RESTORE_REPLY.bind(*reply),
                            None => store::RESTORE_TOPIC.bind(*topic),
                        }
                        .run(&mut *tx)
                        .await?;
                        store::RECOUNT.bind(*topic).run(&mut *tx).await?;
                    }
                    let message = if *restored { "restored" } else { "refused" };
                    tell(tx, *topic, *reply, message, *mail, audit).await?;
                    audit.write(tx).await
                })
            },
        )
        .await?;
    Ok(())
}
