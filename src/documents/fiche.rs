//! Fiches: accepted answers kept in the toolbox, with the chain of those who made them.

use std::collections::HashMap;

use super::{Content, Description, New, store, write};
use crate::App;
use crate::accounts::Person;
use crate::db::DbError;
use crate::ids::{DocumentId, ReplyId, TopicId, hex};
use crate::web::{Lang, Refusal};

/// Makes a fiche of an accepted answer, or finds the one there is. Who may is the space's to say.
///
/// # Errors
/// 404 when the answer is not accepted, not shown, or not everybody's to read.
pub async fn promote(
    app: &App,
    by: &Person,
    topic: TopicId,
    reply: ReplyId,
) -> Result<DocumentId, Refusal> {
    let answer: store::AnswerRow = store::ANSWER.bind(reply).bind(topic).one(&app.db).await?;
    // The toolbox is everybody's: what was said behind a door stays there.
    if answer.visibility != "public" {
        return Err(Refusal::conflict("fiche-not-public"));
    }
    let now = app.clock.now();
    let digest = {
        use sha2::Digest;
        hex(&sha2::Sha256::digest(answer.body.as_bytes()))
    };
    let mut parts = vec![
        (answer.asker, "asked", answer.asked_at),
        (answer.author, "answered", answer.created_at),
        (by.id, "promoted", now),
    ];
    parts.extend(
        answer
            .accepted_by
            .map(|person| (person, "accepted", answer.solution_at)),
    );
    let new = New {
        id: app.ids.id(),
        organisation: None,
        author: answer.author,
        about: Description {
            kind: "fiche".to_owned(),
            title: answer.title,
            summary: crate::spaces::without_mentions(&answer.question),
            license: "cc-by-sa".to_owned(),
            language: Lang::from_code(&answer.language).unwrap_or_default(),
            axis: answer.axis,
            region: None,
            task: None,
            tags: answer.tags.split_whitespace().map(str::to_owned).collect(),
        },
        adapted_from: None,
        made_of: Some((topic, reply)),
        released: true,
        at: now,
        version: app.ids.id(),
        content: Content {
            object: None,
            size: answer.body.len() as i64,
            // A fiche names those who made it, below; mentions belong to the discussion.
            body: Some(crate::spaces::without_mentions(&answer.body)),
            file_name: "fiche.md".to_owned(),
            media_type: "text/markdown".to_owned(),
            sha256: digest,
        },
        note: String::new(),
        parts,
    };
    let id = new.id;
    let added = app
        .db
        .write(new, |tx, new| Box::pin(write(tx, new)))
        .await?;
    if added {
        return Ok(id);
    }
    // Somebody was faster: theirs is the one.
    let known: store::IdRow = store::FICHE_OF.bind(reply).one(&app.db).await?;
    Ok(known.id)
}

/// The fiches made of a topic's replies.
pub async fn fiches(app: &App, topic: TopicId) -> Result<HashMap<ReplyId, DocumentId>, DbError> {
    let rows: Vec<store::FicheRow> = store::FICHES.bind(topic).all(&app.db).await?;
    Ok(rows.into_iter().map(|row| (row.reply, row.id)).collect())
}
