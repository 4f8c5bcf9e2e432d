//! What somebody asks for.

use std::collections::HashSet;

use crate::fold::fold;
use crate::stem::{asked, bare};
use crate::words::{tokens, written};

/// Words of a question at most; further ones are left out.
const WORDS: usize = 10;
/// Characters of a question that are read.
const CHARACTERS: usize = 300;

/// A word of a question.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Word {
    /// As it was written, lower case.
    pub written: String,
    /// Folded, without an Arabic article: as the vocabulary has it.
    pub folded: String,
    /// The terms it may be kept under: any of them will do.
    pub terms: Vec<String>,
}

/// A question: all its words are asked for.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Question {
    /// The words, each once.
    pub words: Vec<Word>,
}

impl Question {
    /// Reads what was typed: any text at all. Signs mean nothing here, and words that stand in
    /// every text are left out.
    pub fn read(text: &str) -> Question {
        let short: String = text.chars().take(CHARACTERS).collect();
        let mut words: Vec<Word> = Vec::new();
        for token in tokens(&short) {
            let terms = asked(token.text);
            if terms.is_empty() || words.iter().any(|word| word.terms == terms) {
                continue;
            }
            words.push(Word {
                written: written(token.text),
                folded: bare(&fold(token.text)).to_owned(),
                terms,
            });
            if words.len() == WORDS {
                break;
            }
        }
        Question { words }
    }

    /// True when nothing is asked for.
    pub fn is_empty(&self) -> bool {
        self.words.is_empty()
    }

    /// The question with another word in the place of one.
    pub fn with(&self, place: usize, meant: &str) -> Question {
        let mut words = self.words.clone();
        if let Some(word) = words.get_mut(place) {
            let terms = asked(meant);
            if !terms.is_empty() {
                *word = Word {
                    written: meant.to_owned(),
                    folded: bare(&fold(meant)).to_owned(),
                    terms,
                };
            }
        }
        Question { words }
    }

    /// The words, apart by spaces.
    pub fn text(&self) -> String {
        let all: Vec<&str> = self
            .words
            .iter()
            .map(|word| word.written.as_str())
            .collect();
        all.join(" ")
    }

    /// How many of its words are among these terms.
    pub fn met_by<'a>(&self, terms: impl IntoIterator<Item = &'a str>) -> usize {
        let there: HashSet<&str> = terms.into_iter().collect();
        self.words
            .iter()
            .filter(|word| word.terms.iter().any(|term| there.contains(term.as_str())))
            .count()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn only_words_count() {
        for (text, words) in [
            ("le budget de l'association", "budget association"),
            (
                "\"budget\" AND (NOT x*) title:statuts",
                "budget title statuts",
            ),
            ("budget BUDGET budgets", "budget"),
            ("le la les — ?!", ""),
            ("", ""),
            ("' or 1=1 --", "1"),
            ("ميزانية الجمعيّة", "ميزانية الجمعية"),
        ] {
            assert_eq!(Question::read(text).text(), words, "{text}");
        }
        let long = "mot ".repeat(3) + &(0..200).map(|n| format!("mot{n} ")).collect::<String>();
        assert_eq!(Question::read(&long).words.len(), 10);
    }

    proptest! {
        #[test]
        fn anything_can_be_asked(text in "\\PC{0,400}") {
            let question = Question::read(&text);
            prop_assert!(question.words.len() <= 10);
            for word in &question.words {
                prop_assert!(!word.terms.is_empty());
            }
        }
    }
}
