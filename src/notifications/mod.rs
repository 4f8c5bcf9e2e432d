//! Notifications: who is told what, in the page and by mail, and why.
//!
//! What happened (`following::happened`) is a row of the outbox; [`fanout`] turns it into one
//! notification for each person it concerns. A mail is a row of the outbox too, with an id that
//! comes from the notification or from the digest's hour, so that it is there once; its words are
//! read when it leaves, when permission is asked again.

mod fanout;
pub mod letters;
mod pages;
mod settings;
mod slots;
mod store;
mod unsubscribe;

use serde_json::{Value, json};
use uuid::Uuid;

use crate::App;
use crate::clock::Timestamp;
use crate::db::DbError;
use crate::following::{self, Subject};
use crate::ids::{PersonId, TopicId};
use crate::web::people::{hue, initials};
use crate::web::{Lang, Visitor};

pub use fanout::HANDLER;
pub use letters::HANDLER as LETTERS;
pub use pages::routes;
pub use settings::{Settings, save, settings};
pub(crate) use store::QUERIES;

/// A notification in the words of a language.
#[derive(Debug, Clone)]
pub struct Line {
    /// Its id.
    pub id: Uuid,
    /// What happened: "New question".
    pub what: String,
    /// What it is about, as people wrote it.
    pub heading: String,
    /// The language of that.
    pub language: String,
    /// Who did it, where somebody did.
    pub actor: Option<(String, PersonId)>,
    /// Why this person is told.
    pub why: String,
    /// Where it stands, without language.
    pub path: String,
    /// The discussion that it stands in, where one can answer.
    pub topic: Option<TopicId>,
    /// What is followed; none where it was told directly.
    pub subject: Option<String>,
    /// Icon of the design system, and its hue.
    pub look: (&'static str, &'static str),
    /// When.
    pub at: Timestamp,
    /// Whether it was read.
    pub read: bool,
}

fn look(kind: &str) -> (&'static str, &'static str) {
    match kind {
        "question" => ("spaces", "turquoise"),
        "solution" => ("check", "good"),
        "module" | "version" => ("modules", "blue"),
        "seminar" => ("seminars", "terra"),
        "document" => ("toolbox", "olive"),
        "outside" => ("globe", "plum"),
        "room" | "room-joined" => ("organisations", "plum"),
        _ => ("reply", "turquoise"),
    }
}

fn path(row: &store::ToldRow) -> String {
    let slug = row.slug.as_deref().unwrap_or_default();
    match row.kind.as_str() {
        "module" | "version" => format!("/modules/{slug}"),
        "seminar" => format!("/seminars/{slug}"),
        "room" | "room-joined" => format!("/rooms/{slug}"),
        "outside" => row
            .entry
            .map_or_else(|| "/watch".to_owned(), |id| format!("/watch/entries/{id}")),
        "document" => row
            .document
            .map_or_else(|| "/toolbox".to_owned(), |id| format!("/toolbox/{id}")),
        _ => {
            let space = row.place_slug.as_deref().unwrap_or_default();
            let topic = row.topic.map(|id| format!("/{id}")).unwrap_or_default();
            let post = row
                .reply
                .map(|id| format!("#post-{id}"))
                .unwrap_or_default();
            format!("/spaces/{space}{topic}{post}")
        }
    }
}

/// Notifications in words.
async fn lines(
    app: &App,
    lang: Lang,
    person: PersonId,
    rows: Vec<store::ToldRow>,
) -> Result<Vec<Line>, DbError> {
    let subjects: Vec<Subject> = rows
        .iter()
        .filter_map(|row| Subject::parse(row.subject.as_deref()?))
        .collect();
    let names = following::names(app, lang, Some(person), &subjects).await?;
    let locales = &app.pages.locales;
    Ok(rows
        .into_iter()
        .map(|row| {
            let name = row
                .subject
                .as_ref()
                .and_then(|subject| names.get(subject))
                .map(|named| named.label.clone());
            let kind = row.subject.as_deref().and_then(|s| s.split(':').next());
            let key = match (row.why.as_str(), kind, &name) {
                ("chosen", Some(kind), Some(_)) => format!("notifications-why-{kind}"),
                // What may not be seen any more is not named.
                ("chosen", _, _) => "notifications-why-chosen".to_owned(),
                (why, _, _) => format!("notifications-why-{why}"),
            };
            Line {
                id: row.id,
                what: locales.text(lang, &format!("notifications-what-{}", row.kind), &[]),
                why: locales.text(lang, &key, &[("name", json!(name))]),
                path: path(&row),
                topic: row.topic,
                look: look(&row.kind),
                heading: row.heading,
                language: row.language,
                actor: row.actor_name.zip(row.actor),
                subject: row.subject,
                at: row.at,
                read: row.read_at.is_some(),
            }
        })
        .collect())
}

impl Line {
    fn shown(&self, lang: Lang) -> Value {
        json!({
            "id": self.id,
            "href_to": format!("/{}/me/notifications/{}", lang.code(), self.id),
            "what": self.what,
            "heading": self.heading,
            "language": self.language,
            "actor": self.actor.as_ref().map(|(name, _)| name),
            "initials": self.actor.as_ref().map(|(name, _)| initials(name)),
            "actor_hue": self.actor.as_ref().map(|(_, id)| hue(id.0)),
            "why": self.why,
            "icon": self.look.0,
            "hue": self.look.1,
            "at": self.at,
            "read": self.read,
        })
    }
}

/// One's notifications, the latest first.
pub async fn list(
    app: &App,
    lang: Lang,
    person: PersonId,
    before: Option<Timestamp>,
    count: i64,
) -> Result<Vec<Line>, DbError> {
    let now = app.clock.now();
    let rows: Vec<store::ToldRow> = store::LIST
        .bind(person)
        .bind(now)
        .bind(before.unwrap_or(now.plus_seconds(1)))
        .bind(count)
        .all(&app.db)
        .await?;
    lines(app, lang, person, rows).await
}

/// Where a notification leads; from now on it is read. None when there is none, or none any more.
pub async fn open(app: &App, person: PersonId, id: Uuid) -> Result<Option<String>, DbError> {
    let now = app.clock.now();
    let row: Option<store::ToldRow> = store::ONE
        .bind(person)
        .bind(now)
        .bind(id)
        .optional(&app.db)
        .await?;
    let Some(row) = row else {
        return Ok(None);
    };
    app.db
        .write((person, id, now), |tx, (person, id, now)| {
            Box::pin(async move {
                store::READ
                    .bind(*person)
                    .bind(*id)
                    .bind(*now)
                    .run(tx)
                    .await
                    .map(drop)
            })
        })
        .await?;
    Ok(Some(path(&row)))
}

/// All that came until a moment is read.
pub async fn read_all(app: &App, person: PersonId, until: Timestamp) -> Result<(), DbError> {
    let now = app.clock.now();
    app.db
        .write((person, now, until), |tx, (person, now, until)| {
            Box::pin(async move {
                store::READ_ALL
                    .bind(*person)
                    .bind(*now)
                    .bind(*until)
                    .run(tx)
                    .await
                    .map(drop)
            })
        })
        .await
}

/// Days after which a mail that could not be sent is not sent any more.
const LETTER_DAYS: i64 = 14;
/// Days that notifications are kept.
const KEPT_DAYS: i64 = 400;

/// Removes what is too old: mails nobody could send, notifications of another year.
pub(crate) async fn sweep(app: &App) -> Result<(), DbError> {
    let now = app.clock.now();
    app.db
        .write(now, |tx, now| {
            Box::pin(async move {
                store::EXPIRE
                    .bind(now.plus_days(-LETTER_DAYS))
                    .run(&mut *tx)
                    .await?;
                let before = now.plus_days(-KEPT_DAYS);
                store::FORGET.bind(before).run(&mut *tx).await?;
                store::FORGET_NOTICES.bind(before).run(tx).await.map(drop)
            })
        })
        .await
}

/// The tabs of the pages about what one hears of.
pub fn tabs(visitor: &Visitor<'_>, current: &str) -> Vec<Value> {
    [
        ("list", "/me/notifications", "notifications-title"),
        ("follows", "/me/follows", "following-title"),
        (
            "settings",
            "/me/notifications/settings",
            "notifications-settings",
        ),
    ]
    .map(|(key, path, label)| {
        json!({
            "href": visitor.href(path),
            "label": visitor.app.pages.locales.text(visitor.lang(), label, &[]),
            "current": key == current,
        })
    })
    .into()
}
