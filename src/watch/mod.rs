//! The watch (veille): what is new on the platform, in one place, as a page and as a feed.
//!
//! It reads what the other features published and writes nothing.

mod pages;
mod store;

use crate::App;
use crate::clock::Timestamp;
use crate::db::DbError;
use crate::web::Lang;

pub use pages::routes;
pub(crate) use store::QUERIES;

/// Something that happened and concerns everybody.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct News {
    /// What happened.
    pub kind: Kind,
    /// When.
    pub at: Timestamp,
    /// Where it stands, without the language's prefix.
    pub path: String,
    /// Its title, as people wrote it.
    pub heading: String,
    /// Its axis.
    pub axis: Option<String>,
    /// The language it is written in.
    pub language: String,
    /// Who wrote it, where somebody did.
    pub author: Option<String>,
}

/// What kind of news.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// A module was published.
    Module,
    /// A seminar was announced.
    Seminar,
    /// A question was asked in a space.
    Question,
    /// A discussion was opened in a space.
    Discussion,
    /// A question found its solution.
    Solution,
}

impl Kind {
    /// The code in the store and in the keys of messages.
    pub fn code(self) -> &'static str {
        match self {
            Kind::Module => "module",
            Kind::Seminar => "seminar",
            Kind::Question => "question",
            Kind::Discussion => "discussion",
            Kind::Solution => "solution",
        }
    }

    fn from_code(code: &str) -> Kind {
        match code {
            "module" => Kind::Module,
            "seminar" => Kind::Seminar,
            "question" => Kind::Question,
            "solution" => Kind::Solution,
            _ => Kind::Discussion,
        }
    }
}

/// Which news.
#[derive(Debug, Clone, Default)]
pub struct Filter {
    /// Of this axis only.
    pub axis: Option<String>,
    /// Before this moment: the next page.
    pub before: Option<Timestamp>,
}

/// The news, latest first, `count` at most.
pub async fn news(app: &App, filter: &Filter, count: i64) -> Result<Vec<News>, DbError> {
    let rows: Vec<store::NewsRow> = store::NEWS
        .bind(filter.axis.clone())
        .bind(filter.before)
        .bind(app.clock.now())
        .bind(count)
        .all(&app.db)
        .await?;
    Ok(rows.into_iter().map(News::from).collect())
}

impl From<store::NewsRow> for News {
    fn from(row: store::NewsRow) -> News {
        let kind = Kind::from_code(&row.kind);
        let path = match (kind, row.topic) {
            (Kind::Module, _) => format!("/modules/{}", row.slug),
            (Kind::Seminar, _) => format!("/seminars/{}", row.slug),
            (_, Some(topic)) => format!("/spaces/{}/{topic}", row.slug),
            (_, None) => format!("/spaces/{}", row.slug),
        };
        News {
            kind,
            at: row.at,
            path,
            heading: row.heading,
            axis: row.axis,
            language: row.language,
            author: row.author,
        }
    }
}

/// An axis as a filter offers it.
#[derive(Debug, Clone)]
pub struct Axis {
    /// Its address.
    pub slug: String,
    /// Its name.
    pub name: String,
}

/// The axes, by their place.
pub async fn axes(app: &App, lang: Lang) -> Result<Vec<Axis>, DbError> {
    let rows: Vec<store::AxisRow> = store::AXES.all(&app.db).await?;
    Ok(rows
        .into_iter()
        .map(|row| Axis {
            name: match lang {
                Lang::Fr => row.name_fr,
                Lang::Ar => row.name_ar,
                Lang::En => row.name_en,
            },
            slug: row.slug,
        })
        .collect())
}
