//! The watch (veille): what is new on the platform, in one place, as a page and as a feed.
//!
//! It reads what the other features published and writes nothing.

mod filter;
mod pages;
mod store;

use crate::App;
use crate::clock::Timestamp;
use crate::db::DbError;
use crate::web::Lang;

pub use filter::{Filter, describe};
pub use pages::feed::atom;
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
    /// A document was released.
    Document,
}

impl Kind {
    /// All there are.
    pub const ALL: [Kind; 6] = [
        Kind::Question,
        Kind::Solution,
        Kind::Discussion,
        Kind::Module,
        Kind::Seminar,
        Kind::Document,
    ];

    /// The code in the store and in the keys of messages.
    pub fn code(self) -> &'static str {
        match self {
            Kind::Module => "module",
            Kind::Seminar => "seminar",
            Kind::Question => "question",
            Kind::Discussion => "discussion",
            Kind::Solution => "solution",
            Kind::Document => "document",
        }
    }

    /// From its code.
    pub fn from_code(code: &str) -> Option<Kind> {
        Self::ALL.into_iter().find(|kind| kind.code() == code)
    }
}

/// Rows read at once when words are looked for.
const AT_ONCE: i64 = 200;
/// Rows read at most for one page of words.
const READ_MAX: usize = 2_000;

/// The news, latest first, `count` at most, before a moment or until now. Words are looked for as
/// alerts compare them, in the latest two thousand.
pub async fn news(
    app: &App,
    filter: &Filter,
    before: Option<Timestamp>,
    count: usize,
) -> Result<Vec<News>, DbError> {
    let words = !filter.words.is_empty();
    let (mut found, mut read, mut before) = (Vec::new(), 0, before);
    loop {
        let at_once = if words { AT_ONCE } else { count as i64 };
        let rows: Vec<store::NewsRow> = store::NEWS
            .bind(filter.axis.clone())
            .bind(before)
            .bind(app.clock.now())
            .bind(filter.kinds_as_text())
            .bind(filter.language.map(Lang::code))
            .bind(filter.space.clone())
            .bind(filter.organisation.clone())
            .bind(filter.tag.as_ref().map(|tag| format!("% {tag} %")))
            .bind(at_once)
            .all(&app.db)
            .await?;
        read += rows.len();
        let last = (rows.len() as i64) < at_once;
        before = rows.last().map(|row| row.at).or(before);
        found.extend(
            rows.into_iter()
                .filter(|row| filter.has_words(&format!("{} {}", row.heading, row.tags)))
                .filter_map(News::of),
        );
        if last || !words || found.len() >= count || read >= READ_MAX {
            found.truncate(count);
            return Ok(found);
        }
    }
}

impl News {
    fn of(row: store::NewsRow) -> Option<News> {
        let kind = Kind::from_code(&row.kind)?;
        let path = match (kind, row.topic) {
            (Kind::Module, _) => format!("/modules/{}", row.slug),
            (Kind::Seminar, _) => format!("/seminars/{}", row.slug),
            (Kind::Document, Some(id)) => format!("/toolbox/{id}"),
            (_, Some(topic)) => format!("/spaces/{}/{topic}", row.slug),
            (_, None) => format!("/spaces/{}", row.slug),
        };
        Some(News {
            kind,
            at: row.at,
            path,
            heading: row.heading,
            axis: row.axis,
            language: row.language,
            author: row.author,
        })
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
