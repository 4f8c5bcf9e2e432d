//! How texts and questions are read for the search: words and their folding, stems by language,
//! nearness of a misspelt word to a known one, the passage that is shown with what was found, and
//! the text of files that people share.
//!
//! Pure: no database, clock or network. Both engines are fed with what this crate makes of a text,
//! so that they find the same.

mod fold;
mod near;
mod passage;
mod question;
mod stem;
mod words;

pub mod files;

pub use fold::fold;
pub use near::{deletions, distance, tolerance};
pub use passage::{Piece, marked, passage};
pub use question::{Question, Word};
pub use stem::{Language, terms};
pub use words::{Token, is_stop_word, tokens};

/// The terms of a text for the index, each once, in the order in which they come first; at most
/// `most`. Stop words and single letters have none.
pub fn index_terms(text: &str, language: Language, most: usize) -> Vec<String> {
    let mut seen = std::collections::HashSet::new();
    let mut known = std::collections::HashSet::new();
    let mut all = Vec::new();
    for token in tokens(text) {
        if all.len() >= most {
            break;
        }
        // The same spelling again has the same terms.
        if !known.insert(token.text) {
            continue;
        }
        for term in terms(token.text, language) {
            if all.len() < most && seen.insert(term.clone()) {
                all.push(term);
            }
        }
    }
    all
}

/// The words of a text that a misspelt one may be meant for: folded, without an Arabic article, of
/// letters only, 4 to 24 of them, each once with the way it was written; at most `most`.
pub fn vocabulary(text: &str, most: usize) -> Vec<(String, String)> {
    let mut seen = std::collections::HashSet::new();
    let mut all = Vec::new();
    for token in tokens(text) {
        if all.len() >= most {
            break;
        }
        let whole = fold(token.text);
        let word = stem::bare(&whole).to_owned();
        let letters = word.chars().count();
        if (4..=24).contains(&letters)
            && word.chars().all(char::is_alphabetic)
            && !is_stop_word(&word)
            && seen.insert(word.clone())
        {
            let written = words::written(token.text);
            all.push((word, stem::bare(&written).to_owned()));
        }
    }
    all
}
