//! Responses and patterns of interactions as people read them (RTE 4.2.9.1; 1.2 RTE 3.4.2): the
//! delimiters and the `{lang=…}` in front are for machines.

use crate::Edition;

/// The parts of a response or pattern: the choices of a `choice`, the steps of a `sequencing`, the
/// pairs of a `matching` (`1 – a`), the texts of a `fill-in`, the one value of the others.
///
/// Lenient: what does not look like its type is one part.
pub fn parts(edition: Edition, kind: &str, text: &str) -> Vec<String> {
    let (between, inside) = if edition.is_2004() {
        ("[,]", "[.]")
    } else {
        (",", ".")
    };
    let mut text = text;
    let mut bare = |name: &str| {
        if let Some(rest) = text.strip_prefix(&format!("{{{name}="))
            && let Some((_, rest)) = rest.split_once('}')
        {
            text = rest;
        }
    };
    match kind {
        "true-false" => {
            return vec![match text {
                "t" | "1" | "true" => "true".to_owned(),
                "f" | "0" | "false" => "false".to_owned(),
                other => other.to_owned(),
            }];
        }
        "fill-in" | "long-fill-in" if edition.is_2004() => {
            for name in ["case_matters", "order_matters", "case_matters", "lang"] {
                bare(name);
            }
            return text
                .split(between)
                .map(|part| match part.strip_prefix("{lang=") {
                    Some(rest) => rest.split_once('}').map_or(part, |(_, rest)| rest),
                    None => part,
                })
                .map(str::to_owned)
                .collect();
        }
        "numeric" => {
            return match text.split_once("[:]").or_else(|| text.split_once(':')) {
                Some((min, max)) if min == max => vec![min.to_owned()],
                Some((min, max)) => vec![format!("{min} – {max}").trim().to_owned()],
                None => vec![text.to_owned()],
            };
        }
        "choice" | "sequencing" | "matching" | "performance" => {}
        _ => return vec![text.to_owned()],
    }
    for name in ["order_matters", "lang"] {
        bare(name);
    }
    // 1.2 puts choices in any order into braces.
    let text = text
        .strip_prefix('{')
        .and_then(|text| text.strip_suffix('}'))
        .unwrap_or(text);
    if text.is_empty() {
        return Vec::new();
    }
    text.split(between)
        .map(|part| match part.split_once(inside) {
            Some((from, to)) if kind == "matching" || kind == "performance" => {
                format!("{from} – {to}").trim().to_owned()
            }
            _ => part.to_owned(),
        })
        .collect()
}

/// The whole in one line.
pub fn readable(edition: Edition, kind: &str, text: &str) -> String {
    let between = if kind == "sequencing" { " → " } else { ", " };
    parts(edition, kind, text).join(between)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_type_in_both_standards() {
        use Edition::{Scorm12, Scorm2004Fourth};
        for (edition, kind, text, expected) in [
            (Scorm12, "true-false", "t", "true"),
            (Scorm2004Fourth, "true-false", "false", "false"),
            (Scorm12, "choice", "a,c", "a, c"),
            (Scorm12, "choice", "{c,a}", "c, a"),
            (Scorm2004Fourth, "choice", "a[,]c", "a, c"),
            (Scorm2004Fourth, "choice", "a,c", "a,c"),
            (Scorm12, "sequencing", "b,a,c", "b → a → c"),
            (Scorm2004Fourth, "sequencing", "b[,]a", "b → a"),
            (Scorm12, "matching", "1.a,2.b", "1 – a, 2 – b"),
            (Scorm2004Fourth, "matching", "1[.]a[,]2[.]b", "1 – a, 2 – b"),
            (
                Scorm2004Fourth,
                "fill-in",
                "{case_matters=false}{order_matters=true}{lang=fr}cinq[,]{lang=fr}six",
                "cinq, six",
            ),
            (Scorm2004Fourth, "fill-in", "{lang=ar}خمسة", "خمسة"),
            (Scorm12, "fill-in", "a,b", "a,b"),
            (Scorm2004Fourth, "numeric", "4[:]4", "4"),
            (Scorm2004Fourth, "numeric", "1[:]", "1 –"),
            (
                Scorm2004Fourth,
                "performance",
                "{order_matters=false}etape[.]3",
                "etape – 3",
            ),
            (Scorm2004Fourth, "likert", "likert_4", "likert_4"),
            (Scorm12, "choice", "", ""),
            (Scorm12, "choice", "{lang", "{lang"),
        ] {
            assert_eq!(readable(edition, kind, text), expected, "{kind} {text}");
        }
    }
}
