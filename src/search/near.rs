//! What a misspelt word may be meant for.

use search::{Question, deletions, distance, tolerance};

use super::store::{self, WordRow};
use super::{Asker, ask};
use crate::App;
use crate::db::DbError;

/// Words that are tried in the place of one.
const TRIED: usize = 3;

/// Questions that may be meant, the nearest first: each word that nothing has is replaced by one
/// that is near it.
pub(super) async fn meant(
    app: &App,
    asker: &Asker,
    question: &Question,
) -> Result<Vec<Question>, DbError> {
    let mut all: Vec<Question> = Vec::new();
    for (place, word) in question.words.iter().enumerate() {
        let alone = [word.terms.clone(), ask::open_to(asker)];
        if !ask::entries(app, asker, &alone, 50).await?.is_empty() {
            continue;
        }
        let near = near(app, &word.folded).await?;
        if near.is_empty() {
            // Nothing will be found with this word in it.
            return Ok(Vec::new());
        }
        all = match all.is_empty() {
            true => near
                .iter()
                .map(|other| question.with(place, &other.written))
                .collect(),
            false => all
                .iter()
                .map(|begun| begun.with(place, &near[0].written))
                .collect(),
        };
    }
    Ok(all)
}

/// Words of the vocabulary near one, the nearest first, of those the more frequent.
async fn near(app: &App, word: &str) -> Result<Vec<WordRow>, DbError> {
    let letters = word.chars().count();
    let most = tolerance(letters);
    if most == 0 || letters > 24 {
        return Ok(Vec::new());
    }
    let mut rows: Vec<WordRow> = store::NEAR.bind(deletions(word)).all(&app.db).await?;
    if most > 1 {
        // Two mistakes behind a beginning that is right.
        let beginning: String = word.chars().take(3).collect();
        let others: Vec<WordRow> = store::BETWEEN
            .bind(&beginning)
            .bind(format!("{beginning}\u{10ffff}"))
            .all(&app.db)
            .await?;
        rows.extend(others);
    }
    let mut near: Vec<(usize, WordRow)> = rows
        .into_iter()
        .filter_map(|row| Some((distance(word, &row.word, most)?, row)))
        .filter(|(mistakes, _)| *mistakes > 0)
        .collect();
    near.sort_by(|(a, one), (b, other)| {
        (a, std::cmp::Reverse(one.seen), &one.word).cmp(&(
            b,
            std::cmp::Reverse(other.seen),
            &other.word,
        ))
    });
    near.dedup_by(|(_, one), (_, other)| one.word == other.word);
    Ok(near.into_iter().map(|(_, row)| row).take(TRIED).collect())
}
