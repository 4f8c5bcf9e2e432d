//! Whether a value is of an element's type (RTE 4.1.1, 4.2.9; 1.2 RTE 3.4.2).

use std::collections::HashSet;

use super::errors::Refusal;
use super::formats::Format;
use super::index::{Compiled, Index};
use super::table::Row;

type Check = Result<(), Refusal>;

/// Text that cannot be stored or sent everywhere: NUL and U+FFFF.
///
/// A lone surrogate cannot exist here; the browser's run-time refuses it with the same code and
/// writes U+FFFF in its place into the journal, so that the fold refuses the same call.
pub(super) fn has_forbidden_characters(text: &str) -> bool {
    text.contains(['\0', '\u{FFFF}'])
}

/// Checks `value` for `row`; `interaction` is the entry's type where the row's format depends on it.
pub(super) fn check(index: &Index, row: &Row, value: &str, interaction: Option<&str>) -> Check {
    match row.kind {
        "text" => Ok(()),
        "localized" => localized(index, value),
        "words" => word(row, value),
        "wordsOrReal" => {
            if row.words.contains(&value) {
                Ok(())
            } else {
                of_type(index, "real", row, value)
            }
        }
        "response" | "pattern" => match interaction.and_then(|kind| index.interaction(kind)) {
            Some(formats) if row.kind == "response" => formatted(index, &formats.response, value),
            Some(formats) => formatted(index, &formats.pattern, value),
            None => Ok(()),
        },
        kind => of_type(index, kind, row, value),
    }
}

fn word(row: &Row, value: &str) -> Check {
    if row.words.contains(&value) && !row.reserved.contains(&value) {
        Ok(())
    } else {
        Err(Refusal::Word)
    }
}

fn of_type(index: &Index, kind: &str, row: &Row, value: &str) -> Check {
    let rule = index.type_rule(kind).ok_or(Refusal::Type)?;
    if !matches(rule, value) {
        return Err(Refusal::Type);
    }
    if let Some((low, high)) = rule.rule.bounds {
        let number: i64 = value.parse().map_err(|_| Refusal::Type)?;
        if number < low || number > high {
            return Err(Refusal::Range);
        }
    }
    if (row.min.is_some() || row.max.is_some()) && !value.is_empty() {
        let number = number(value).ok_or(Refusal::Type)?;
        if row.min.is_some_and(|min| number < min) || row.max.is_some_and(|max| number > max) {
            return Err(Refusal::Range);
        }
    }
    Ok(())
}

fn matches(rule: &Compiled, value: &str) -> bool {
    if rule
        .rule
        .longest
        .is_some_and(|longest| value.len() > longest)
        || !rule.pattern.is_match(value)
    {
        return false;
    }
    if rule.rule.first.is_some() && !value.is_empty() {
        let first = value.split('-').next().unwrap_or("").to_ascii_lowercase();
        let local = matches!(first.as_bytes(), [b'q', b'a'..=b't', _]);
        if !local && !rule.first.contains(first.as_str()) {
            return false;
        }
    }
    match (rule.rule.prefix, &rule.prefixed) {
        (Some(prefix), Some(prefixed)) => {
            let begins = value
                .get(..prefix.len())
                .is_some_and(|start| start.eq_ignore_ascii_case(prefix));
            !begins || prefixed.is_match(value)
        }
        _ => true,
    }
}

/// A real's value. Only for text that matched the type: digits, a point, a sign.
pub(super) fn number(text: &str) -> Option<f64> {
    text.parse().ok().filter(|number: &f64| number.is_finite())
}

/// localized_string_type (RTE 4.1.1): an optional `{lang=…}` and the characters.
fn localized(index: &Index, value: &str) -> Check {
    let Some(rest) = value.strip_prefix("{lang=") else {
        return Ok(());
    };
    match rest.split_once('}') {
        Some((language, _)) if !is(index, "language", language) => Err(Refusal::Type),
        _ => Ok(()),
    }
}

fn is(index: &Index, kind: &str, value: &str) -> bool {
    index
        .type_rule(kind)
        .is_some_and(|rule| matches(rule, value))
}

fn formatted(index: &Index, format: &Format, value: &str) -> Check {
    let mut rest = value;
    let mut seen = Vec::new();
    'flags: loop {
        for flag in format.flags {
            let Some(after) = rest.strip_prefix('{').and_then(|r| r.strip_prefix(flag)) else {
                continue;
            };
            let Some(after) = after.strip_prefix('=') else {
                continue;
            };
            let Some((setting, after)) = after.split_once('}') else {
                continue;
            };
            if seen.contains(flag) || !matches!(setting, "true" | "false") {
                return Err(Refusal::Type);
            }
            seen.push(flag);
            rest = after;
            continue 'flags;
        }
        break;
    }
    if rest.is_empty() {
        return if format.empty {
            Ok(())
        } else {
            Err(Refusal::Type)
        };
    }
    let mut distinct = HashSet::new();
    let items: Box<dyn Iterator<Item = &str>> = match format.list {
        Some(separator) => Box::new(rest.split(separator)),
        None => Box::new(std::iter::once(rest)),
    };
    for text in items {
        if format.distinct && !distinct.insert(text) {
            return Err(Refusal::Type);
        }
        let good = match format.pair {
            None => item(index, format.item, text),
            Some((separator, first)) => text.split_once(separator).is_some_and(|(a, b)| {
                !(a.is_empty() && b.is_empty())
                    && item(index, first, a)
                    && item(index, format.item, b)
            }),
        };
        if !good {
            return Err(Refusal::Type);
        }
    }
    Ok(())
}

fn item(index: &Index, kind: &str, text: &str) -> bool {
    match kind {
        "text" => true,
        "localized" => localized(index, text).is_ok(),
        "identifier" => is(index, "short_identifier", text),
        "identifierOrNone" => text.is_empty() || is(index, "short_identifier", text),
        "boolean" => matches!(text, "true" | "false"),
        "boolean12" => text.starts_with(['0', '1', 't', 'f', 'T', 'F']),
        "real" => is(index, "real", text),
        "range" => range(index, text),
        "answer" => !text.contains("[.]") && (!text.contains("[:]") || range(index, text)),
        _ => false,
    }
}

/// `min[:]max`, either of them open (RTE 4.2.9.1, numeric).
///
/// The text wants the delimiter always. Much content writes the only right number alone (`18` for
/// `18[:]18`, as Rustici's golf example does), and would tell its learners that their results may
/// not be recorded; so a number alone is taken too. ADL's cases do not try it.
fn range(index: &Index, text: &str) -> bool {
    let Some((low, high)) = text.split_once("[:]") else {
        return is(index, "real", text);
    };
    let good = |half: &str| half.is_empty() || is(index, "real", half);
    good(low)
        && good(high)
        && match (number(low), number(high)) {
            (Some(low), Some(high)) => low <= high,
            _ => true,
        }
}
