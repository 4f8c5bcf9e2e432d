//! The search: one box over modules, seminars, questions and their solutions, documents with what
//! their files say, organisations, and people who let themselves be found.
//!
//! Triggers write down what changed in the transaction that changes it ([`mod@index`] looks at it);
//! both engines keep the same terms, which the crate `search` makes of a text. Who may see a thing
//! is asked of the thing itself when somebody searches ([`ask`]): what is hidden, moved or put to
//! rest is gone at once, whatever the index says.

mod ask;
mod expression;
mod index;
mod near;
mod pages;
mod show;
mod store;
mod worker;

use rocket::Route;
use uuid::Uuid;

use crate::App;
use crate::db::DbError;
use crate::web::{Lang, Visitor};

pub use ask::{Filter, Found, search};
pub use index::{forget, index, rebuild};
pub use show::Hit;
pub(crate) use store::QUERIES;
pub use worker::{settle, work};

/// What can be found, by the code that filters and pages use.
pub const KINDS: [&str; 9] = [
    "module",
    "seminar",
    "document",
    "fiche",
    "question",
    "solution",
    "discussion",
    "organisation",
    "person",
];
/// Results on one page.
pub const PAGE: usize = 20;

/// The routes.
pub fn routes() -> Vec<Route> {
    pages::routes()
}

/// Who searches: what is open to them.
#[derive(Debug, Clone, Default)]
pub struct Asker {
    /// Who it is; nobody: somebody not signed in.
    person: Option<Uuid>,
    /// Spaces that are not public and that they read.
    spaces: Vec<Uuid>,
    /// Organisations they coordinate.
    coordinates: Vec<Uuid>,
    /// They are of an organisation or the team: people show themselves to them.
    member: bool,
    /// For the names of spaces.
    lang: Lang,
}

impl Asker {
    /// Somebody not signed in.
    pub fn anybody(lang: Lang) -> Asker {
        Asker {
            lang,
            ..Asker::default()
        }
    }

    /// A visitor.
    pub async fn of(visitor: &Visitor<'_>) -> Result<Asker, DbError> {
        match visitor.person {
            Some(person) => Asker::person(visitor.app, person, visitor.lang()).await,
            None => Ok(Asker::anybody(visitor.lang())),
        }
    }

    /// Somebody signed in, or for whom a search is kept.
    pub async fn person(
        app: &App,
        person: &crate::accounts::Person,
        lang: Lang,
    ) -> Result<Asker, DbError> {
        let roles = &person.roles;
        let rows: Vec<store::IdRow> = store::SPACES
            .bind(true)
            .bind(person.id)
            .bind(roles.animates.clone())
            .bind(roles.is_staff())
            .all(&app.db)
            .await?;
        Ok(Asker {
            person: Some(person.id.0),
            spaces: rows.into_iter().map(|row| row.id).collect(),
            coordinates: roles.coordinates.clone(),
            member: domain::directory::is_member(roles),
            lang,
        })
    }
}
