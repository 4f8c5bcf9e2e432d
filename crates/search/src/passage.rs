//! What is shown of a text: the part that answers, with the words that were asked for marked.

use std::collections::HashMap;

use crate::question::Question;
use crate::stem::{Language, terms};
use crate::words::tokens;

/// A part of a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Piece {
    /// As it is written; nothing is escaped.
    pub text: String,
    /// It is a word that was asked for.
    pub marked: bool,
}

/// A hit: where it stands, and which words of the question it is.
struct Hit {
    start: usize,
    end: usize,
    words: u16,
}

fn hits(text: &str, language: Language, question: &Question) -> Vec<Hit> {
    let mut wanted: HashMap<&str, u16> = HashMap::new();
    for (at, word) in question.words.iter().enumerate().take(16) {
        for term in &word.terms {
            *wanted.entry(term).or_default() |= 1 << at;
        }
    }
    let mut known: HashMap<&str, u16> = HashMap::new();
    tokens(text)
        .filter_map(|token| {
            let words = *known.entry(token.text).or_insert_with(|| {
                terms(token.text, language)
                    .iter()
                    .filter_map(|term| wanted.get(term.as_str()))
                    .fold(0, |all, bits| all | bits)
            });
            (words != 0).then_some(Hit {
                start: token.start,
                end: token.end,
                words,
            })
        })
        .collect()
}

/// A whole text (a title) with the words that were asked for marked.
pub fn marked(text: &str, language: Language, question: &Question) -> Vec<Piece> {
    cut(text, 0, text.len(), &hits(text, language, question))
}

/// About `length` characters of a text, where most of the words that were asked for stand
/// together; its beginning where none does. An ellipsis says where something was left out.
pub fn passage(text: &str, language: Language, question: &Question, length: usize) -> Vec<Piece> {
    let flat = text.split_whitespace().collect::<Vec<_>>().join(" ");
    let text = flat.as_str();
    let hits = hits(text, language, question);
    // In bytes: two for most letters of Arabic, one for most others.
    let bytes: usize = text
        .chars()
        .take(length)
        .map(char::len_utf8)
        .sum::<usize>()
        .max(1);
    let mut best = (0, 0, 0);
    for (at, hit) in hits.iter().enumerate() {
        let inside = hits[at..].iter().take_while(|h| h.end <= hit.start + bytes);
        let (mut words, mut count) = (0_u16, 0);
        for hit in inside {
            words |= hit.words;
            count += 1;
        }
        let score = (words.count_ones(), count.min(4));
        if score > (best.0, best.1) {
            best = (score.0, score.1, hit.start);
        }
    }
    let lead = bytes / 5;
    let mut from = best.2.saturating_sub(lead);
    if best.2 + bytes - lead.min(bytes) >= text.len() {
        from = text.len().saturating_sub(bytes);
    }
    let from = match from {
        0 => 0,
        at => boundary(text, at, best.2.max(at)),
    };
    let mut to = (from + bytes).min(text.len());
    while !text.is_char_boundary(to) {
        to += 1;
    }
    if to < text.len()
        && let Some(space) = text[from..to].rfind(' ')
        && from + space > best.2
    {
        to = from + space;
    }
    let mut pieces = cut(text, from, to, &hits);
    if from > 0 {
        pieces.insert(0, plain("… "));
    }
    if to < text.len() {
        pieces.push(plain(" …"));
    }
    pieces
}

/// The first place behind a space between two bytes, or where a character begins.
fn boundary(text: &str, mut from: usize, to: usize) -> usize {
    while !text.is_char_boundary(from) {
        from += 1;
    }
    text.get(from..to)
        .and_then(|part| part.find(' '))
        .map_or(from, |space| from + space + 1)
}

fn plain(text: &str) -> Piece {
    Piece {
        text: text.to_owned(),
        marked: false,
    }
}

fn cut(text: &str, from: usize, to: usize, hits: &[Hit]) -> Vec<Piece> {
    let mut pieces = Vec::new();
    let mut at = from;
    for hit in hits.iter().filter(|hit| hit.start >= from && hit.end <= to) {
        if hit.start > at {
            pieces.push(plain(&text[at..hit.start]));
        }
        pieces.push(Piece {
            text: text[hit.start..hit.end].to_owned(),
            marked: true,
        });
        at = hit.end;
    }
    if at < to {
        pieces.push(plain(&text[at..to]));
    }
    pieces
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn shown(pieces: &[Piece]) -> String {
        pieces
            .iter()
            .map(|piece| match piece.marked {
                true => format!("[{}]", piece.text),
                false => piece.text.clone(),
            })
            .collect()
    }

    #[test]
    fn the_words_are_marked_in_all_their_forms() {
        for (text, question, expected) in [
            (
                "Les budgets de l’association",
                "budget ASSOCIATIONS",
                "Les [budgets] de l’[association]",
            ),
            (
                "ميزانيّة الجمعيات",
                "الميزانية جمعية",
                "[ميزانيّة] [الجمعيات]",
            ),
            ("<b>budget</b>", "budget b", "<b>[budget]</b>"),
            ("rien", "budget", "rien"),
            ("", "budget", ""),
        ] {
            let question = Question::read(question);
            assert_eq!(shown(&marked(text, Language::French, &question)), expected);
        }
    }

    #[test]
    fn the_part_that_answers_is_shown() {
        let text = format!(
            "{} le budget et les statuts {}",
            "bla ".repeat(100),
            "fin ".repeat(100)
        );
        let question = Question::read("statuts budget");
        let part = shown(&passage(&text, Language::French, &question, 80));
        assert!(part.contains("[budget] et les [statuts]"), "{part}");
        assert!(part.starts_with("… bla") && part.ends_with(" …"), "{part}");
        assert!(part.chars().count() < 100, "{part}");
        let nothing = shown(&passage(
            &text,
            Language::French,
            &Question::read("xyz"),
            80,
        ));
        assert!(
            nothing.starts_with("bla") && nothing.ends_with(" …"),
            "{nothing}"
        );
        assert_eq!(
            shown(&passage(
                "a  b\nc",
                Language::French,
                &Question::default(),
                80
            )),
            "a b c"
        );
    }

    proptest! {
        #[test]
        fn nothing_is_lost_or_made_up(text in "[a-c éاب\u{301}]{0,200}", question in "[a-c éاب ]{0,30}", length in 0usize..90) {
            let question = Question::read(&question);
            let all: String = marked(&text, Language::Arabic, &question).iter().map(|p| p.text.as_str()).collect();
            prop_assert_eq!(&all, &text);
            let flat = text.split_whitespace().collect::<Vec<_>>().join(" ");
            let part: String = passage(&text, Language::Arabic, &question, length).iter().map(|p| p.text.as_str()).collect();
            let part = part.trim_start_matches("… ").trim_end_matches(" …");
            prop_assert!(flat.contains(part));
        }
    }
}
