//! Results as they are shown: read anew from the things themselves, with what was asked for marked.

use std::collections::HashMap;

use search::{Language, Piece, Question, marked, passage};
use serde::Serialize;
use uuid::Uuid;

use super::Asker;
use super::store::{self, FoundRow, ShownRow};
use crate::App;
use crate::db::DbError;
use crate::web::markdown;

/// Characters of a passage.
const PASSAGE: usize = 200;

/// A part of a text.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Part {
    /// As it is written.
    pub text: String,
    /// It was asked for.
    pub marked: bool,
}

impl From<Piece> for Part {
    fn from(piece: Piece) -> Part {
        Part {
            text: piece.text,
            marked: piece.marked,
        }
    }
}

/// A result.
#[derive(Debug, Clone, Serialize)]
pub struct Hit {
    /// What it is: a kind, the kind of a document, or `reply`.
    pub code: String,
    /// Where it stands, without the language's prefix.
    pub path: String,
    /// Its title; a reply has that of its topic.
    pub heading: Vec<Part>,
    /// What answers in its text.
    pub passage: Vec<Part>,
    /// The space, organisation or place it belongs to.
    pub place: Option<String>,
    /// When it came; a seminar: when it begins; 0 for people and organisations.
    pub at: i64,
    /// The code of its language; empty when it has none.
    pub language: String,
    /// It is still to be released: only its own see it.
    pub waits: bool,
}

/// The results of these entries, in their order.
pub(super) async fn hits(
    app: &App,
    asker: &Asker,
    question: &Question,
    rows: &[FoundRow],
) -> Result<Vec<Hit>, DbError> {
    let mut shown: HashMap<Uuid, ShownRow> = HashMap::new();
    for (kind, query) in [
        ("module", &store::SHOW_MODULES),
        ("seminar", &store::SHOW_SEMINARS),
        ("organisation", &store::SHOW_ORGANISATIONS),
        ("person", &store::SHOW_PEOPLE),
        ("document", &store::SHOW_DOCUMENTS),
        ("topic", &store::SHOW_TOPICS),
        ("reply", &store::SHOW_REPLIES),
    ] {
        let of_kind = rows.iter().filter(|row| row.kind == kind);
        let ids: Vec<Uuid> = of_kind.map(|row| row.entity).collect();
        if ids.is_empty() {
            continue;
        }
        let mut query = query.bind(ids);
        if ["topic", "reply"].contains(&kind) {
            query = query.bind(asker.lang.code());
        }
        let found: Vec<ShownRow> = query.all(&app.db).await?;
        shown.extend(found.into_iter().map(|row| (row.entity, row)));
    }
    Ok(rows
        .iter()
        .filter_map(|row| Some(hit(&row.kind, shown.remove(&row.entity)?, question)))
        .collect())
}

fn hit(kind: &str, row: ShownRow, question: &Question) -> Hit {
    let language = Language::from_code(&row.language);
    let mut text = markdown::plain(&row.body, 20_000);
    if !row.more.is_empty() {
        text.push(' ');
        text.push_str(&markdown::plain(&row.more, 60_000));
    }
    let path = match (kind, row.topic) {
        ("module", _) => format!("/modules/{}", row.slug),
        ("seminar", _) => format!("/seminars/{}", row.slug),
        ("organisation", _) => format!("/organisations/{}", row.slug),
        ("person", _) => format!("/people/{}", row.entity),
        ("topic", Some(topic)) => format!("/spaces/{}/{topic}", row.slug),
        ("reply", Some(topic)) => format!("/spaces/{}/{topic}#post-{}", row.slug, row.entity),
        _ => format!("/toolbox/{}", row.entity),
    };
    let parts = |pieces: Vec<Piece>| pieces.into_iter().map(Part::from).collect();
    Hit {
        path,
        heading: parts(marked(&row.title, language, question)),
        passage: parts(passage(&text, language, question, PASSAGE)),
        place: row.place.filter(|place| !place.is_empty()),
        at: match kind {
            "organisation" | "person" => 0,
            _ => row.at.micros(),
        },
        language: row.language,
        waits: row.waits != 0,
        code: row.code,
    }
}
