//! A topic's text or a reply, as `spaces/post` shows it.

use std::collections::HashMap;

use serde::Serialize;
use serde_json::{Value, json};
use uuid::Uuid;

use crate::ids::PersonId;
use crate::spaces::solving::Learned;
use crate::spaces::{ReplyRow, TopicRow, mentions};
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
    /// Where the hide form posts; null for those who do not animate.
    pub hide: Option<String>,
    /// The reply's id, for the forms; null for the topic's own text.
    pub reply: Option<String>,
    /// Where the flag form posts; null for the author and for who is not signed in.
    pub flag: Option<String>,
    /// Where the author changes it.
    pub edit: Option<String>,
    /// What it said before.
    pub history: Option<String>,
    /// Where one answers it with it quoted.
    pub cite: Option<String>,
    /// Where reactions are posted; null for who is not signed in.
    pub react: Option<String>,
    /// `{kind, n, mine}`, those without anybody only for who may react.
    pub reactions: Vec<Value>,
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
            html: String::new(),
            solution: false,
            accepted_by: None,
            quote: Value::Null,
            learned: Vec::new(),
            accept: None,
            fiche: None,
            promote: None,
            hide: None,
            reply: None,
            flag: None,
            edit: None,
            history: None,
            cite: None,
            react: None,
            reactions: Vec::new(),
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
            html: String::new(),
            solution: reply.solution_at.is_some(),
            accepted_by: reply.accepted_by.clone(),
            quote: Value::Null,
            learned: Vec::new(),
            accept: None,
            fiche: None,
            promote: None,
            hide: None,
            reply: Some(reply.id.to_string()),
            flag: None,
            edit: None,
            history: None,
            cite: None,
            react: None,
            reactions: Vec::new(),
            person: reply.author,
            uuid: reply.id.0,
            body: reply.body.clone(),
        }
    }

    /// Its text as it is read: mentions lead to what those people wrote here.
    pub(super) fn render(
        &mut self,
        names: &HashMap<Uuid, String>,
        anchors: &HashMap<Uuid, String>,
    ) {
        self.html = html(&mentions::linked(&self.body, names, anchors));
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
    pub(super) fn quoted(&self, names: &HashMap<Uuid, String>) -> Value {
        json!({
            "href_to": format!("#post-{}", self.anchor),
            "author": self.author,
            "text": markdown::plain(&mentions::typed(&self.body, names), QUOTED),
            "gone": false,
        })
    }
}
