//! Addresses of modules, made from their titles.

use unicode_normalization::UnicodeNormalization;

/// The longest slug, in characters.
const LONGEST: usize = 60;

/// A slug of ASCII letters, digits and hyphens. Arabic is transliterated the way Tunisians write
/// it in Latin letters; what no table knows is left out. Never empty.
pub fn slug(title: &str) -> String {
    let mut slug = String::new();
    for word in title.split(|c: char| !c.is_alphanumeric() && !is_mark(c)) {
        let latin: String = latin(word)
            .chars()
            .filter(char::is_ascii_alphanumeric)
            .map(|c| c.to_ascii_lowercase())
            .collect();
        if latin.is_empty() {
            continue;
        }
        if slug.len() + latin.len() >= LONGEST {
            if slug.is_empty() {
                slug.push_str(&latin[..LONGEST]);
            }
            break;
        }
        if !slug.is_empty() {
            slug.push('-');
        }
        slug.push_str(&latin);
    }
    if slug.is_empty() {
        slug.push_str("module");
    }
    slug
}

/// Accents, vowel signs and the lengthening stroke belong to the word around them.
fn is_mark(c: char) -> bool {
    unicode_normalization::char::is_combining_mark(c) || c == '\u{640}'
}

fn latin(word: &str) -> String {
    let mut out = String::new();
    let plain: Vec<char> = word.nfd().filter(|c| !is_mark(*c)).collect();
    for (at, c) in plain.iter().enumerate() {
        let first = at == 0;
        let text = match c {
            'ا' | 'أ' | 'إ' | 'آ' | 'ٱ' | 'ع' | 'ة' | 'ى' => "a",
            'ب' => "b",
            'ت' | 'ط' => "t",
            'ث' => "th",
            'ج' => "j",
            'ح' | 'ه' => "h",
            'خ' => "kh",
            'د' | 'ض' => "d",
            'ذ' | 'ظ' => "dh",
            'ر' => "r",
            'ز' => "z",
            'س' | 'ص' => "s",
            'ش' => "ch",
            'غ' => "gh",
            'ف' => "f",
            'ق' => "q",
            'ك' => "k",
            'ل' => "l",
            'م' => "m",
            'ن' => "n",
            'و' | 'ؤ' if first => "w",
            'و' | 'ؤ' => "ou",
            'ي' | 'ئ' if first => "y",
            'ي' | 'ئ' => "i",
            'گ' => "g",
            'پ' => "p",
            'ڤ' => "v",
            'œ' | 'Œ' => "oe",
            'æ' | 'Æ' => "ae",
            'ß' => "ss",
            'ø' | 'Ø' => "o",
            'ł' | 'Ł' => "l",
            _ => {
                if let Some(digit) = c.to_digit(10).or_else(|| arabic_digit(*c)) {
                    out.push(char::from_digit(digit, 10).unwrap_or('0'));
                } else if c.is_ascii_alphanumeric() {
                    out.push(*c);
                }
                continue;
            }
        };
        out.push_str(text);
    }
    out
}

fn arabic_digit(c: char) -> Option<u32> {
    matches!(c, '٠'..='٩').then(|| c as u32 - '٠' as u32)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn titles_become_addresses() {
        for (title, expected) in [
            ("Fonder une association", "fonder-une-association"),
            (
                "L’élaboration d’un budget à Œuvre",
                "l-elaboration-d-un-budget-a-oeuvre",
            ),
            ("دورة المشروع", "doura-almchroua"),
            ("الجمعيّات ٢٠٢٦", "aljmaiat-2026"),
            ("  ", "module"),
            ("课程", "module"),
            ("A/../B", "a-b"),
        ] {
            assert_eq!(slug(title), expected, "{title}");
        }
    }

    proptest! {
        #[test]
        fn always_a_safe_segment(title in "\\PC{0,200}") {
            let slug = slug(&title);
            prop_assert!(!slug.is_empty() && slug.len() <= LONGEST);
            prop_assert!(slug.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-'));
        }
    }
}
