//! Stems by language (Snowball; light for Arabic), of words as they are written and as they are folded.

use rust_stemmers::{Algorithm, Stemmer};
use unicode_normalization::UnicodeNormalization;

use crate::fold::fold;
use crate::words::is_stop_word;

/// The language a text is written in. Words of Arabic letters are Arabic in every text.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Language {
    /// French, and what is not known.
    French,
    /// Arabic.
    Arabic,
    /// English.
    English,
}

impl Language {
    /// By the code of a text (`fr`, `ar`, `en`).
    pub fn from_code(code: &str) -> Language {
        match code {
            "ar" => Language::Arabic,
            "en" => Language::English,
            _ => Language::French,
        }
    }
}

/// The terms under which a word of a text is kept: none for stop words and single letters. A word
/// with accents has two, so that it is found by whoever leaves them out.
pub fn terms(word: &str, language: Language) -> Vec<String> {
    let folded = fold(word);
    if !counts(&folded) {
        return Vec::new();
    }
    let stem = if is_arabic(&folded) {
        return vec![arabic(&folded)];
    } else if language == Language::English {
        Algorithm::English
    } else {
        Algorithm::French
    };
    both(word, &folded, stem)
}

/// The terms by which a word of a question finds texts in any of the languages.
pub(crate) fn asked(word: &str) -> Vec<String> {
    let folded = fold(word);
    if !counts(&folded) {
        return Vec::new();
    }
    if is_arabic(&folded) {
        return vec![arabic(&folded)];
    }
    let mut all = both(word, &folded, Algorithm::French);
    for term in both(word, &folded, Algorithm::English) {
        if !all.contains(&term) {
            all.push(term);
        }
    }
    all
}

/// A folded word that is kept and asked for.
fn counts(folded: &str) -> bool {
    let mut chars = folded.chars();
    match (chars.next(), chars.next()) {
        (None, _) => false,
        (Some(only), None) => only.is_ascii_digit(),
        _ => !is_stop_word(folded),
    }
}

fn is_arabic(folded: &str) -> bool {
    folded.chars().any(|c| matches!(c, '\u{620}'..='\u{64a}'))
}

fn both(word: &str, folded: &str, algorithm: Algorithm) -> Vec<String> {
    if folded.chars().any(|c| !c.is_alphabetic()) || folded.chars().count() < 3 {
        return vec![folded.to_owned()];
    }
    let stemmer = Stemmer::create(algorithm);
    let plain = fold(&stemmer.stem(folded));
    let mut all = vec![if plain.is_empty() {
        folded.to_owned()
    } else {
        plain
    }];
    if !word.is_ascii() {
        let lower: String = word.nfc().flat_map(char::to_lowercase).take(40).collect();
        let accented = fold(&stemmer.stem(&lower));
        if !accented.is_empty() && !all.contains(&accented) {
            all.push(accented);
        }
    }
    all
}

/// Particles that are written onto an Arabic noun with its article, the longest first.
const ARTICLES: [&str; 11] = [
    "وبال", "وكال", "فبال", "وال", "فال", "بال", "كال", "ولل", "فلل", "لل", "ال",
];

/// A word without an Arabic article and what is written onto it.
pub(crate) fn bare(word: &str) -> &str {
    ARTICLES
        .iter()
        .find_map(|article| {
            let rest = word.strip_prefix(article)?;
            (rest.chars().count() >= 3).then_some(rest)
        })
        .unwrap_or(word)
}

/// Possessives; four letters must stay.
const POSSESSIVES: [&str; 6] = ["هما", "ها", "هم", "هن", "نا", "كم"];

/// Endings of gender, number and relation, and how many letters must stay; the longest first.
const ENDINGS: [(&str, usize); 8] = [
    ("يات", 3),
    ("يون", 3),
    ("يه", 3),
    ("ات", 3),
    ("ون", 4),
    ("ين", 4),
    ("ه", 3),
    ("ي", 3),
];

/// The stem of a folded Arabic word, light: article and particles, a possessive, one ending. The
/// Arabic stemmer of Snowball gives the singular and the sound plural of one noun different stems
/// (جمعية, جمعيات), and takes letters of the root with it: who looks for one finds not the other.
fn arabic(folded: &str) -> String {
    let letters = |text: &str| text.chars().count();
    let bare = bare(folded);
    let owned = POSSESSIVES.iter().find_map(|possessive| {
        let rest = bare.strip_suffix(possessive)?;
        (letters(rest) >= 4).then(|| match rest.strip_suffix('ت') {
            // Before a possessive the feminine ending is written as the letter that is heard.
            Some(stem) if !stem.ends_with('ا') => format!("{stem}ه"),
            _ => rest.to_owned(),
        })
    });
    let noun = owned.as_deref().unwrap_or(bare);
    ENDINGS
        .iter()
        .find_map(|(ending, stay)| {
            let rest = noun.strip_suffix(ending)?;
            (letters(rest) >= *stay).then(|| rest.to_owned())
        })
        .unwrap_or_else(|| noun.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn meet(text: &str, language: Language, question: &str) -> bool {
        let kept = terms(text, language);
        asked(question).iter().any(|term| kept.contains(term))
    }

    #[test]
    fn forms_of_one_word_find_each_other() {
        use Language::{Arabic, English, French};
        for (text, language, questions) in [
            (
                "associations",
                French,
                "association Association ASSOCIATIONS",
            ),
            ("réunions", French, "reunion réunion Réunions reunions"),
            ("déclarée", French, "declaree déclarée déclarées déclarer"),
            ("modèle", French, "modele modeles modèles"),
            ("bénévoles", French, "benevole bénévole benevoles"),
            ("budgétaire", French, "budgetaire budgetaires"),
            ("généraux", French, "generaux général"),
            ("cœur", French, "coeur"),
            ("meetings", English, "meeting meetings"),
            ("volunteers", English, "volunteer Volunteering"),
            (
                "الجمعيات",
                Arabic,
                "جمعية جمعيّة الجمعية والجمعية للجمعيات جمعيات بالجمعية جمعيه جمعيتنا جمعياتهم",
            ),
            (
                "الميزانية",
                Arabic,
                "ميزانية ميزانيه الميزانيّة ميزانيات والميزانية للميزانية",
            ),
            ("إدارة", Arabic, "ادارة الإدارة اداره إدارات الإدارات"),
            ("المتطوعين", Arabic, "متطوع متطوعون المتطوّعين متطوعين"),
            ("مدرسة", Arabic, "مدرسه المدرسة مدرســـة مدرسات"),
            ("أنموذج", Arabic, "انموذج الأنموذج"),
            ("الأساسي", Arabic, "أساسية اساسي والأساسيّة"),
            // Arabic words in a French text, French words in an Arabic one.
            ("الجمعية", French, "جمعية"),
            ("associations", Arabic, "association"),
            ("2026", Arabic, "٢٠٢٦ 2026"),
        ] {
            for question in questions.split(' ') {
                assert!(
                    meet(text, language, question),
                    "{text} {:?} by {question} {:?}",
                    terms(text, language),
                    asked(question)
                );
            }
        }
    }

    #[test]
    fn other_words_do_not() {
        for (text, question) in [
            ("statuts", "statistique"),
            ("budget", "bureau"),
            ("جمعية", "جامعة"),
            ("قانون", "قان"),
            ("برلمان", "برلم"),
            ("قانون", "قانا"),
        ] {
            assert!(!meet(text, Language::Arabic, question), "{text} {question}");
        }
    }

    #[test]
    fn stop_words_and_letters_have_no_terms() {
        for word in ["le", "LA", "Été", "the", "في", "إلى", "a", "و", "—"] {
            assert_eq!(
                terms(word, Language::French),
                Vec::<String>::new(),
                "{word}"
            );
        }
    }

    proptest! {
        #[test]
        fn any_word_has_short_terms(word in "\\PC{0,80}") {
            for language in [Language::French, Language::Arabic, Language::English] {
                for term in terms(&word, language).into_iter().chain(asked(&word)) {
                    prop_assert!(!term.is_empty() && term.chars().count() <= 42);
                    prop_assert!(term.chars().all(char::is_alphanumeric), "{term:?}");
                }
            }
        }

        #[test]
        fn arabic_letters_never_panic(word in "[\u{600}-\u{6ff}]{0,50}") {
            let _ = asked(&word);
        }
    }
}
