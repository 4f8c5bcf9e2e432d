//! Words as they are searched: without case, accents, vowel signs or the forms of a letter, alike
//! on both engines (SQLite's own `lower` knows ASCII only).

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

/// A text in the form in which it is searched: lower case, letters without accents and vowel
/// signs, Arabic letters by their base form, spaces as one.
pub fn folded(text: &str) -> String {
    let letters: String = text
        .nfkd()
        .filter(|c| !is_combining_mark(*c) && *c != '\u{640}')
        .flat_map(char::to_lowercase)
        .filter(|c| !is_combining_mark(*c))
        .map(|c| match c {
            'ى' => 'ي',
            'ة' => 'ه',
            other => other,
        })
        .collect();
    letters.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// What `like … escape '!'` compares a folded column with, to find texts that hold these words;
/// empty for no words.
pub fn pattern(text: &str) -> String {
    let words: String = folded(text).chars().take(100).collect();
    if words.is_empty() {
        return words;
    }
    let escaped = words
        .replace('!', "!!")
        .replace('%', "!%")
        .replace('_', "!_");
    format!("%{escaped}%")
}

#[cfg(test)]
mod tests {
    use super::{folded, pattern};

    #[test]
    fn case_accents_and_forms_of_letters_do_not_matter() {
        for (one, other) in [
            ("ÉTOILE du Sud", "étoile DU sud"),
            ("École", "ecole"),
            ("Île  Verte", " ile verte"),
            ("الكاف", "اَلْكاف"),
            ("أصوات", "اصوات"),
            ("مدرسة", "مدرسه"),
            ("İstanbul", "istanbul"),
        ] {
            assert_eq!(folded(one), folded(other), "{one} {other}");
        }
        assert_ne!(folded("cote"), folded("cité"));
    }

    #[test]
    fn wildcards_are_letters_like_others() {
        assert_eq!(pattern("50%_!"), "%50!%!_!!%");
        assert_eq!(pattern("  "), "");
    }
}
