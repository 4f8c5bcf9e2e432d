//! Words in a text.

use std::collections::HashSet;
use std::sync::LazyLock;

use unicode_normalization::char::is_combining_mark;

/// A word where it stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Token<'a> {
    /// Its first byte in the text.
    pub start: usize,
    /// The byte behind it.
    pub end: usize,
    /// As it is written.
    pub text: &'a str,
}

/// The words of a text: runs of letters and digits with their marks. An apostrophe parts them, so
/// that *l'association* holds *association*.
pub fn tokens(text: &str) -> impl Iterator<Item = Token<'_>> {
    let mut chars = text.char_indices().peekable();
    std::iter::from_fn(move || {
        let start = loop {
            let (at, c) = chars.next()?;
            if c.is_alphanumeric() {
                break at;
            }
        };
        let mut end = text.len();
        while let Some(&(at, c)) = chars.peek() {
            if !(c.is_alphanumeric() || is_combining_mark(c) || is_joiner(c)) {
                end = at;
                break;
            }
            chars.next();
        }
        Some(Token {
            start,
            end,
            text: &text[start..end],
        })
    })
}

/// What shapes letters inside a word and is seen by nobody.
fn is_joiner(c: char) -> bool {
    matches!(c, '\u{200c}' | '\u{200d}' | '\u{ad}')
}

/// A word as it can be shown again: without tatweel, vowel signs and what cannot be seen; lower
/// case.
pub(crate) fn written(word: &str) -> String {
    use unicode_normalization::UnicodeNormalization;
    word.nfc()
        .filter(|c| !is_joiner(*c) && *c != 'ـ' && !matches!(*c, '\u{64b}'..='\u{652}'))
        .flat_map(char::to_lowercase)
        .take(40)
        .collect()
}

/// Words of French, English and Arabic that stand in every text, folded.
const STOP_WORDS: &str = "le la les un une des de du et ou en au aux ce ces cet cette dans par pour sur avec sans que qui \
quoi dont est sont etre ete il elle ils elles nous vous je tu on se sa son ses leur leurs notre nos votre vos mon ma mes ta \
tes ne pas si mais comme qu il y ai as avons avez ont avait etait sera plus tres aussi donc car ni \
the of and to in is for that with as it its at by an be this these are or from your our we you was were has have had not \
but they their them which what who how can will do does \
من في علي الي عن ان او هذا هذه ذلك تلك التي الذي الذين مع ما لا هو هي هم كل ثم قد كان كانت يا اي بين كما لم لن حتي اذا بعد قبل عند \
غير وهو وهي انه انها فيه فيها به بها له لها منه منها وقد ولا وما";

/// True for a folded word that stands in every text: it finds nothing and is not kept.
pub fn is_stop_word(folded: &str) -> bool {
    static WORDS: LazyLock<HashSet<&'static str>> =
        LazyLock::new(|| STOP_WORDS.split_whitespace().collect());
    WORDS.contains(folded)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_found_where_they_stand() {
        for (text, words) in [
            (
                "L'association d’aide, 2026 !",
                vec!["L", "association", "d", "aide", "2026"],
            ),
            ("الجمعيّة، والميزانية؟", vec!["الجمعيّة", "والميزانية"]),
            ("a\u{301}b c", vec!["a\u{301}b", "c"]),
            ("« » — \0 \u{feff}", vec![]),
            ("foo_bar-baz", vec!["foo", "bar", "baz"]),
        ] {
            let found: Vec<Token<'_>> = tokens(text).collect();
            let texts: Vec<&str> = found.iter().map(|t| t.text).collect();
            assert_eq!(texts, words, "{text}");
            for token in found {
                assert_eq!(&text[token.start..token.end], token.text);
            }
        }
    }

    #[test]
    fn stop_words_are_folded() {
        for word in STOP_WORDS.split_whitespace() {
            assert_eq!(crate::fold(word), word);
        }
    }
}
