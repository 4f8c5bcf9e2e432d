//! What somebody wrote themselves in an answer by mail: without the letter it answers, and without
//! the signature.

/// Lines that an attribution may be folded over.
const FOLDED: usize = 4;
/// Lines of a block of headers that stands above a quoted letter (Outlook).
const HEADERS: usize = 6;
/// A mail program's own last words stand within so many lines of the end.
const TAIL: usize = 4;

/// How an attribution begins and ends: "On … wrote:".
const ATTRIBUTIONS: [(&[&str], &[&str]); 3] = [
    (&["on ", "am ", "-----"], &["wrote:", "wrote :"]),
    (
        &["le ", "mar", "lun", "mer", "jeu", "ven", "sam", "dim"],
        &["a écrit :", "a écrit:", "a ecrit :", "a ecrit:"],
    ),
    (
        &["في ", "بتاريخ ", "كتب ", "يوم ", "على "],
        &["كتب:", "كتب :", "كتبت:", "كتبت :", "كَتَب:"],
    ),
];

/// Above what is quoted whole.
const SEPARATORS: [&str; 8] = [
    "original message",
    "message d'origine",
    "message d’origine",
    "message transféré",
    "forwarded message",
    "الرسالة الأصلية",
    "رسالة أصلية",
    "رسالة معاد توجيهها",
];

/// First and second headers of a quoted letter.
const FROM: [&str; 3] = ["from:", "de:", "من:"];
const NEXT: [&str; 9] = [
    "sent:",
    "date:",
    "to:",
    "subject:",
    "envoyé:",
    "à:",
    "objet:",
    "إلى:",
    "تم الإرسال:",
];

/// What mail programs write under a letter by themselves.
const PROGRAMS: [&str; 12] = [
    "sent from my ",
    "sent from mail for",
    "sent from yahoo",
    "get outlook for ",
    "envoyé de mon ",
    "envoyé depuis ",
    "envoyé à partir de ",
    "télécharger outlook pour ",
    "provenance : courrier",
    "أرسلت من ",
    "مرسل من ",
    "تم الإرسال من ",
];

/// As it is compared: lower case, without marks of direction, spaces before a colon, emphasis.
fn plain(line: &str) -> String {
    let line: String = line
        .chars()
        .filter(|c| !matches!(c, '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '*'))
        .map(|c| if matches!(c, '\u{a0}' | '\u{202f}') { ' ' } else { c })
        .collect();
    line.trim().to_lowercase()
}

fn is_quoted(line: &str) -> bool {
    line.trim_start().starts_with('>')
}

/// How many lines an attribution that begins here takes.
fn attribution(lines: &[&str], at: usize) -> Option<usize> {
    let mut joined = String::new();
    for taken in 1..=FOLDED {
        let line = lines.get(at + taken - 1)?;
        if is_quoted(line) || (line.trim().is_empty() && taken > 1) {
            return None;
        }
        if taken > 1 {
            joined.push(' ');
        }
        joined.push_str(&plain(line));
        // Two lines of somebody's own do not become one.
        if joined.len() > 400 {
            return None;
        }
        let is_one = ATTRIBUTIONS.iter().any(|(begins, ends)| {
            begins.iter().any(|begin| joined.starts_with(begin))
                && ends.iter().any(|end| joined.ends_with(end))
                && joined
                    .chars()
                    .any(|c| c.is_numeric() || c == '@' || c == '<')
        });
        if is_one {
            return Some(taken);
        }
    }
    None
}

fn headers(lines: &[&str], at: usize) -> bool {
    let head = |line: &str, names: &[&str]| {
        let line = plain(line).replace(" :", ":");
        names.iter().any(|name| line.starts_with(name))
    };
    head(lines[at], &FROM)
        && lines[at + 1..]
            .iter()
            .take(HEADERS)
            .filter(|line| head(line, &NEXT))
            .count()
            >= 2
}

fn separator(line: &str) -> bool {
    let text = plain(line);
    let dashes = text.starts_with("--") || text.starts_with("__");
    (dashes && SEPARATORS.iter().any(|words| text.contains(words)))
        || (text.len() >= 20 && text.chars().all(|c| c == '_'))
}

/// The answer alone. What stands between quoted lines is kept: some people answer point by point.
pub(super) fn own(text: &str) -> String {
    let text = text.replace("\r\n", "\n").replace('\r', "\n");
    let lines: Vec<&str> = text.split('\n').collect();
    let mut kept: Vec<&str> = Vec::new();
    let mut at = 0;
    while at < lines.len() {
        let line = lines[at];
        // RFC 3676 §4.3; many programs lose the space.
        if line == "-- " || line.trim_end() == "--" || separator(line) || headers(&lines, at) {
            break;
        }
        if let Some(taken) = attribution(&lines, at) {
            let rest = &lines[at + taken..];
            let is_marked = rest
                .iter()
                .find(|line| !line.trim().is_empty())
                .is_some_and(|line| is_quoted(line));
            // Without marks, nobody can tell the two apart below it.
            if !is_marked {
                break;
            }
            at += taken;
            continue;
        }
        if !is_quoted(line) {
            kept.push(line.trim_end());
        }
        at += 1;
    }
    without_program(&mut kept);
    let mut out = String::new();
    let mut blank = 0;
    for line in kept {
        if line.trim().is_empty() {
            blank += 1;
            continue;
        }
        if !out.is_empty() {
            out.push_str(if blank > 0 { "\n\n" } else { "\n" });
        }
        blank = 0;
        out.push_str(line);
    }
    out
}

/// Takes off "Sent from my phone" at the end.
fn without_program(lines: &mut Vec<&str>) {
    let written: Vec<usize> = (0..lines.len())
        .rev()
        .filter(|at| !lines[*at].trim().is_empty())
        .take(TAIL)
        .collect();
    let found = written.into_iter().rev().find(|at| {
        let line = plain(lines[*at]);
        PROGRAMS.iter().any(|words| line.starts_with(words))
    });
    if let Some(at) = found {
        lines.truncate(at);
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::own;

    #[test]
    fn what_is_quoted_goes() {
        for (text, expected) in [
            ("Merci !", "Merci !"),
            (
                "Merci !\r\n\r\nLe mar. 3 mars 2026 à 10:12, Halqa <a@b.example> a écrit :\r\n> Bonjour\r\n> …\r\n",
                "Merci !",
            ),
            (
                "Oui.\n\nLe mar. 3 mars 2026 à 10:12, Halqa\n<a@b.example> a\u{202f}écrit\u{a0}:\n\n> Bonjour",
                "Oui.",
            ),
            (
                "Yes.\n\nOn Tue, Mar 3, 2026 at 10:12 AM Halqa <a@b.example> wrote:\n\nHello\nno marks here",
                "Yes.",
            ),
            (
                "شكرا\n\nفي الثلاثاء، 3 مارس 2026 في 10:12 ص Halqa <a@b.example> كتب:\n> مرحبا",
                "شكرا",
            ),
            (
                "\u{200f}نعم\n\n\u{200f}بتاريخ 3 مارس 2026، 10:12، Halqa <a@b.example> كتب:\u{200f}\n",
                "\u{200f}نعم",
            ),
            (
                "D’accord\n\n-----Message d’origine-----\nDe : Halqa\nEnvoyé : mardi",
                "D’accord",
            ),
            (
                "Fine\n________________________________\nFrom: Halqa <a@b.example>\nSent: Tuesday\nTo: Amel\nSubject: x\n\nHello",
                "Fine",
            ),
            (
                "Bien\n\nDe : Halqa <a@b.example>\nEnvoyé : mardi 3 mars\nÀ : Amel\nObjet : x\n\nBonjour",
                "Bien",
            ),
            (
                "حسنا\n\nمن: Halqa\nتم الإرسال: الثلاثاء\nإلى: أمل\n\nمرحبا",
                "حسنا",
            ),
            (
                "Un\n\n> question 1\n\nréponse 1\n\n> question 2\n\nréponse 2\n",
                "Un\n\nréponse 1\n\nréponse 2",
            ),
            (
                "Le 3 mars, A <a@b.example> a écrit :\n> q1\nr1\n> q2\nr2",
                "r1\nr2",
            ),
            ("Texte\n-- \nAmel\nAssociation", "Texte"),
            ("Texte\n\nEnvoyé de mon iPhone", "Texte"),
            (
                "Text\n\nSent from my iPhone\n\nOn 3 Mar 2026, at 10:12, Halqa <a@b.example> wrote:\n> x",
                "Text",
            ),
            ("نص\n\nأرسلت من الـ iPhone", "نص"),
            (
                "- un\n- deux\n\nLe reste suit.",
                "- un\n- deux\n\nLe reste suit.",
            ),
            // Words of one's own are not taken for an attribution.
            (
                "Le trésorier a écrit :\nles comptes sont justes",
                "Le trésorier a écrit :\nles comptes sont justes",
            ),
            (
                "On this we agree. She wrote:\nno",
                "On this we agree. She wrote:\nno",
            ),
            (
                "De : quoi parle-t-on ?\nDe tout.",
                "De : quoi parle-t-on ?\nDe tout.",
            ),
            ("> seulement cité", ""),
            ("\n\n\n", ""),
        ] {
            assert_eq!(own(text), expected, "{text:?}");
        }
    }

    proptest! {
        #[test]
        fn nothing_panics_and_nothing_is_added(text in "(?s).{0,400}") {
            let out = own(&text);
            prop_assert!(out.len() <= text.len());
            prop_assert!(out.lines().all(|line| !line.trim_start().starts_with('>')));
        }

        #[test]
        fn pieces_of_letters(parts in prop::collection::vec(prop::sample::select(vec![
            "On ", "Le ", "wrote:", " a écrit :", "كتب:", "في ", "\n", "\r\n", "> ", "-- \n", "--", "From: ", "De : ", "Sent: ",
            "____________________", "3", "<a@b>", "é", "\u{202f}", "*", " ", "Sent from my ", "x",
        ]), 0..60)) {
            let out = own(&parts.concat());
            prop_assert!(out.lines().all(|line| !line.trim_start().starts_with('>')));
        }
    }
}
