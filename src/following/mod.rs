//! Following: whatever somebody wants to hear of, and the log of what happened that others write
//! into, each in the transaction of its cause. Who is told what is up to `notifications`.

mod notice;
mod pages;
mod store;
mod subject;

use std::collections::HashMap;

use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use uuid::Uuid;

use crate::App;
use crate::clock::Timestamp;
use crate::db::{DbError, Tx};
use crate::ids::PersonId;
use crate::web::{Lang, Visitor};

pub use notice::{Notice, TELL, happened};
pub use pages::routes;
pub(crate) use store::QUERIES;
pub use store::{FollowRow, FollowerRow};
pub use subject::{Kind, Subject};

/// Things one person follows at most.
pub const FOLLOWS_MAX: i64 = 500;

/// How something comes by mail.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub enum Cadence {
    /// Not by mail.
    None,
    /// In one mail a week.
    Weekly,
    /// In one mail a day.
    Daily,
    /// At once.
    Instant,
}

impl Cadence {
    /// All there are, the most urgent first.
    pub const ALL: [Cadence; 4] = [Self::Instant, Self::Daily, Self::Weekly, Self::None];

    /// The code in the store and in the keys of messages.
    pub fn code(self) -> &'static str {
        match self {
            Cadence::None => "none",
            Cadence::Weekly => "weekly",
            Cadence::Daily => "daily",
            Cadence::Instant => "instant",
        }
    }

    /// From its code.
    pub fn from_code(code: &str) -> Option<Cadence> {
        Self::ALL.into_iter().find(|known| known.code() == code)
    }

    /// The choices of a select.
    pub fn options(app: &App, lang: Lang, chosen: Cadence) -> Vec<Value> {
        Self::ALL
            .map(|cadence| {
                let key = format!("following-cadence-{}", cadence.code());
                json!({
                    "value": cadence.code(),
                    "label": app.pages.locales.text(lang, &key, &[]),
                    "selected": cadence == chosen,
                })
            })
            .into()
    }
}

/// Why somebody follows something without having asked to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Because {
    /// They opened the topic.
    Asked,
    /// They answered there.
    Answered,
    /// They have a seat there.
    Seat,
    /// They opened the room, or joined it for their organisation.
    TakesPart,
}

/// Follows something, or changes how it comes. False when the person follows too much already.
pub async fn follow(
    app: &App,
    person: PersonId,
    subject: &Subject,
    cadence: Cadence,
) -> Result<bool, DbError> {
    let row = (
        app.ids.uuid(),
        person,
        subject.to_string(),
        cadence.code(),
        app.clock.now(),
    );
    app.db
        .write(row, |tx, (id, person, subject, cadence, now)| {
            Box::pin(async move {
                let (count,): (i64,) = store::COUNT.bind(*person).one(&mut *tx).await?;
                let known: Option<FollowRow> = store::ONE
                    .bind(*person)
                    .bind(subject)
                    .optional(&mut *tx)
                    .await?;
                if known.is_none() && count >= FOLLOWS_MAX {
                    return Ok(false);
                }
                store::FOLLOW
                    .bind(*id)
                    .bind(*person)
                    .bind(subject)
                    .bind(*cadence)
                    .bind(*now)
                    .run(tx)
                    .await?;
                Ok(true)
            })
        })
        .await
}

/// Follows something because of what the person just did, in that transaction; not if they turned
/// it off before.
pub async fn follow_because(
    tx: &mut Tx,
    person: PersonId,
    subject: &Subject,
    because: Because,
    at: Timestamp,
) -> Result<(), DbError> {
    let (reason, cadence) = match because {
        Because::Asked => ("asked", Cadence::Instant),
        Because::Answered => ("answered", Cadence::Daily),
        Because::Seat => ("seat", Cadence::Daily),
        Because::TakesPart => ("chosen", Cadence::Instant),
    };
    let subject = subject.to_string();
    store::FOLLOW_BECAUSE
        .bind(Uuid::new_v5(&person.0, subject.as_bytes()))
        .bind(person)
        .bind(subject)
        .bind(cadence.code())
        .bind(reason)
        .bind(at)
        .run(tx)
        .await
        .map(drop)
}

/// Follows it no more.
pub async fn unfollow(app: &App, person: PersonId, subject: &Subject) -> Result<(), DbError> {
    let row = (person, subject.to_string(), app.clock.now());
    app.db
        .write(row, |tx, (person, subject, now)| {
            Box::pin(async move {
                store::UNFOLLOW
                    .bind(*person)
                    .bind(subject)
                    .bind(*now)
                    .run(tx)
                    .await
                    .map(drop)
            })
        })
        .await
}

/// What somebody follows, the latest first.
pub async fn of_person(app: &App, person: PersonId) -> Result<Vec<FollowRow>, DbError> {
    store::OF_PERSON.bind(person).all(&app.db).await
}

/// A follow by its id.
pub async fn by_id(app: &App, id: Uuid) -> Result<Option<FollowRow>, DbError> {
    store::BY_ID.bind(id).optional(&app.db).await
}

/// How somebody follows one thing, if they do.
pub async fn how(
    app: &App,
    person: PersonId,
    subject: &Subject,
) -> Result<Option<FollowRow>, DbError> {
    store::ONE
        .bind(person)
        .bind(subject.to_string())
        .optional(&app.db)
        .await
}

/// No more mail about one thing.
pub async fn quiet(tx: &mut Tx, person: PersonId, follow: Uuid) -> Result<(), DbError> {
    store::QUIET
        .bind(follow)
        .bind(person)
        .run(tx)
        .await
        .map(drop)
}

/// No more mail of these cadences.
pub async fn quiet_all(tx: &mut Tx, person: PersonId, cadences: &[Cadence]) -> Result<(), DbError> {
    let codes: Vec<String> = cadences.iter().map(|c| c.code().to_owned()).collect();
    store::QUIET_ALL
        .bind(person)
        .bind(codes)
        .run(tx)
        .await
        .map(drop)
}

/// Those who followed any of these at a moment, and still do.
pub async fn followers(
    app: &App,
    subjects: Vec<String>,
    at: Timestamp,
) -> Result<Vec<FollowerRow>, DbError> {
    store::FOLLOWERS.bind(subjects).bind(at).all(&app.db).await
}

/// The views of the watch that somebody follows.
pub async fn views(app: &App) -> Result<Vec<String>, DbError> {
    let rows: Vec<store::SubjectRow> = store::VIEWS.all(&app.db).await?;
    Ok(rows.into_iter().map(|row| row.subject).collect())
}

/// How something is called, and where it stands (without language); no path where it has no page.
#[derive(Debug, Clone)]
pub struct Named {
    /// As people call it.
    pub label: String,
    /// Its page.
    pub path: Option<String>,
}

/// The names of what is followed, by subject, for a person. What may not be seen has none.
pub async fn names(
    app: &App,
    lang: Lang,
    person: Option<PersonId>,
    subjects: &[Subject],
) -> Result<HashMap<String, Named>, DbError> {
    let person = person.unwrap_or(PersonId(Uuid::nil()));
    let mut names = HashMap::new();
    let kinds = [
        (Kind::Space, &store::NAME_SPACES),
        (Kind::Organisation, &store::NAME_ORGANISATIONS),
        (Kind::Person, &store::NAME_PEOPLE),
        (Kind::Module, &store::NAME_MODULES),
        (Kind::Seminar, &store::NAME_SEMINARS),
        (Kind::Topic, &store::NAME_TOPICS),
    ];
    for (kind, query) in kinds {
        let ids: Vec<Uuid> = subjects
            .iter()
            .filter(|subject| subject.kind() == kind)
            .filter_map(Subject::id)
            .collect();
        if ids.is_empty() {
            continue;
        }
        let mut bound = query.bind(ids);
        if matches!(kind, Kind::Space | Kind::Topic) {
            bound = bound.bind(person);
        }
        if kind == Kind::Space {
            bound = bound.bind(lang.code());
        }
        let rows: Vec<store::NameRow> = bound.all(&app.db).await?;
        for row in rows {
            let path = match kind {
                Kind::Space => Some(format!("/spaces/{}", row.slug)),
                Kind::Organisation => Some(format!("/organisations/{}", row.slug)),
                Kind::Module => Some(format!("/modules/{}", row.slug)),
                Kind::Seminar => Some(format!("/seminars/{}", row.slug)),
                Kind::Person => (!row.slug.is_empty()).then(|| format!("/people/{}", row.id)),
                Kind::Topic => Some(format!("/spaces/{}/{}", row.slug, row.id)),
                _ => None,
            };
            let key = Subject::of_kind(kind, row.id).to_string();
            names.insert(
                key,
                Named {
                    label: row.label,
                    path,
                },
            );
        }
    }
    for subject in subjects {
        let named = match subject.kind() {
            Kind::Tag => Named {
                label: format!("#{}", subject.target()),
                path: None,
            },
            Kind::Watch => {
                let filter = crate::watch::Filter::from_query(subject.target());
                let mark = if subject.target().is_empty() { "" } else { "?" };
                Named {
                    label: crate::watch::describe(app, lang, &filter).await?,
                    path: Some(format!("/watch{mark}{}", subject.target())),
                }
            }
            _ => continue,
        };
        names.insert(subject.to_string(), named);
    }
    Ok(names)
}

/// The small form with which a page lets something be followed: for the partial
/// `following/button`. `back` is the page's path without language.
pub async fn button(
    visitor: &Visitor<'_>,
    subject: &Subject,
    back: &str,
) -> Result<Value, DbError> {
    let (app, lang) = (visitor.app, visitor.lang());
    let Some(person) = visitor.person else {
        let next: String = url::form_urlencoded::byte_serialize(back.as_bytes()).collect();
        return Ok(
            json!({ "sign_in": visitor.href(&format!("/sign-in?next={next}")), "on": false }),
        );
    };
    let row = how(app, person.id, subject).await?;
    let cadence = row
        .as_ref()
        .and_then(|row| Cadence::from_code(&row.cadence))
        .unwrap_or(Cadence::Daily);
    Ok(json!({
        "sign_in": null,
        "on": row.is_some(),
        "subject": subject.to_string(),
        "back": back,
        "cadence": cadence.code(),
        "options": Cadence::options(app, lang, cadence),
    }))
}
