//! A topic's text or a reply, as `spaces/post` shows it.

use serde::Serialize;
use serde_json::{Value, json};
use uuid::Uuid;

use crate::ids::PersonId;
use crate::spaces::solving::Learned;
use crate::spaces::{ReplyRow, TopicRow};
use crate::web::markdown;
use crate::web::people::{hue, initials};

/// A post.
#[derive(Serialize)]
pub(super) struct Post {
    pub id: String,
    /// `topic`, or the reply's id: what links within the page lead to.
    pub anchor: String,
    pub author: String,
    pub initials: String,
    pub hue: &'static str,
    pub organisation: Option<String>,
    pub at: i64,
    pub edited: bool,
    pub language: String,
    pub html: String,
    pub solution: bool,
    /// Who accepted it.
    pub accepted_by: Option<String>,
    /// The post that it answers: `{href_to, author, text}`; `{gone: true}` when it is hidden now.
    pub quote: Value,
    /// Modules of the space's axis that the author completed.
    pub learned: Vec<Value>,
    /// Where the solution button posts; null for those who may not decide.
    pub accept: Option<String>,
    /// The fiche that was made of it.
    pub fiche: Option<String>,
    /// Where the fiche button posts; null for those who may not decide, or when there is one.
    pub promote: Option<String>,
    /// Where the hide button posts; null for those who do not animate.
    pub hide: Option<String>,
    #[serde(skip)]
    pub person: PersonId,
    #[serde(skip)]
    pub uuid: Uuid,
    #[serde(skip)]
    pub body: String,
}

/// What cannot be rendered was refused when it was written; should it be here all the same, it is
/// shown as nothing rather than as itself.
fn html(body: &str) -> String {
    markdown::render(body).unwrap_or_default()
}

/// Characters of a quoted post that are shown.
const QUOTED: usize = 220;

impl Post {
    pub(super) fn of_topic(topic: &TopicRow) -> Post {
        Post {
            id: topic.id.to_string(),
            anchor: "topic".into(),
            author: topic.author_name.clone(),
            initials: initials(&topic.author_name),
            hue: hue(topic.author.0),
            organisation: topic.organisation.clone(),
            at: topic.created_at.micros(),
            edited: topic.edited_at.is_some(),
            language: topic.language.clone(),
            html: html(&topic.body),
            solution: false,
            accepted_by: None,
            quote: Value::Null,
            learned: Vec::new(),
            accept: None,
            fiche: None,
            promote: None,
            hide: None,
            person: topic.author,
            uuid: topic.id.0,
            body: topic.body.clone(),
        }
    }

    pub(super) fn of_reply(reply: &ReplyRow, topic: &TopicRow) -> Post {
        Post {
            id: reply.id.to_string(),
            anchor: reply.id.to_string(),
            author: reply.author_name.clone(),
            initials: initials(&reply.author_name),
            hue: hue(reply.author.0),
            organisation: reply.organisation.clone(),
            at: reply.created_at.micros(),
            edited: reply.edited_at.is_some(),
            language: reply
                .language
                .clone()
                .unwrap_or_else(|| topic.language.clone()),
            html: html(&reply.body),
            solution: reply.solution_at.is_some(),
            accepted_by: reply.accepted_by.clone(),
            quote: Value::Null,
            learned: Vec::new(),
            accept: None,
            fiche: None,
            promote: None,
            hide: None,
            person: reply.author,
            uuid: reply.id.0,
            body: reply.body.clone(),
        }
    }

    /// What the author completed, at most three of them named.
    pub(super) fn learned(&mut self, modules: &[Learned], href: impl Fn(&str) -> String) {
        self.learned = modules
            .iter()
            .take(3)
            .map(|module| {
                json!({ "href_to": href(&format!("/modules/{}", module.slug)), "heading": module.heading })
            })
            .collect();
    }

    /// How the post is shown where another answers it: its first words, without their markup.
    pub(super) fn quoted(&self) -> Value {
        json!({
            "href_to": format!("#post-{}", self.anchor),
            "author": self.author,
            "text": markdown::plain(&self.body, QUOTED),
            "gone": false,
        })
    }
}
