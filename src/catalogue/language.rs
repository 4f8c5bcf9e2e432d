//! The language of a course, guessed from what it says rather than from what its tool declared:
//! exports carry their tool's default language more often than their author's.

use crate::web::Lang;

/// Words that occur in nearly every French, or English, text and not in the other.
const FRENCH: &[&str] = &[
    "le", "la", "les", "des", "du", "une", "et", "est", "pour", "dans", "sur", "avec", "vous",
    "votre", "aux", "au", "que", "qui",
];
const ENGLISH: &[&str] = &[
    "the", "of", "and", "to", "in", "is", "for", "with", "your", "you", "an", "this", "that",
    "how", "what", "are",
];

/// The language of a course with these titles, whose first page begins with `page` and whose
/// manifest declares `declared`. French where nothing tells.
pub fn detect(titles: &str, page: &str, declared: Option<&str>) -> Lang {
    let letters = |text: &str| {
        let arabic = text.chars().filter(|c| is_arabic(*c)).count();
        let latin = text.chars().filter(|c| c.is_alphabetic()).count() - arabic;
        (arabic, latin)
    };
    let (arabic, latin) = letters(titles);
    if arabic > latin {
        return Lang::Ar;
    }
    if let Some(lang) = html_lang(page) {
        return lang;
    }
    let weigh = |words: &[&str]| {
        titles
            .split(|c: char| !c.is_alphabetic())
            .filter(|word| words.contains(&word.to_lowercase().as_str()))
            .count()
    };
    let accents = titles
        .chars()
        .filter(|c| "éèêàçùôîâœÉÈÀÇ".contains(*c))
        .count();
    let (french, english) = (weigh(FRENCH) + accents, weigh(ENGLISH));
    match french.cmp(&english) {
        std::cmp::Ordering::Greater => Lang::Fr,
        std::cmp::Ordering::Less => Lang::En,
        std::cmp::Ordering::Equal => declared.and_then(Lang::from_code).unwrap_or_default(),
    }
}

fn is_arabic(c: char) -> bool {
    matches!(c, '\u{620}'..='\u{6ff}' | '\u{750}'..='\u{77f}' | '\u{fb50}'..='\u{fdff}' | '\u{fe70}'..='\u{feff}')
}

/// The `lang` attribute of the `html` element.
fn html_lang(page: &str) -> Option<Lang> {
    let lower = page.to_ascii_lowercase();
    let open = lower.find("<html")?;
    let tag = &lower[open..open + lower[open..].find('>')?];
    let at = tag
        .find(" lang=")
        .map(|at| at + 6)
        .or_else(|| tag.find("xml:lang=").map(|at| at + 9))?;
    let value = tag[at..].trim_start_matches(['"', '\'']);
    Lang::from_code(value.split(['"', '\'', ' ']).next()?)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_said_counts_more_than_what_is_declared() {
        for (titles, page, declared, expected) in [
            ("دورة المشروع Module 1", "", Some("en"), Lang::Ar),
            (
                "Module 1",
                "<HTML xml:lang='fr' lang=\"fr-TN\">",
                Some("en"),
                Lang::Fr,
            ),
            (
                "Founding an association and the law",
                "<html>",
                Some("fr"),
                Lang::En,
            ),
            ("Le cycle du projet", "", Some("en-US"), Lang::Fr),
            ("Quiz", "", Some("en-US"), Lang::En),
            ("Quiz", "", None, Lang::Fr),
            ("Quiz", "<html lang", Some("de"), Lang::Fr),
        ] {
            assert_eq!(detect(titles, page, declared), expected, "{titles}");
        }
    }
}
