//! Mentions: `@Name` of somebody who takes part is kept as `@{id}`, so that it follows a new name
//! and shows nothing of somebody who is not to be seen.

use std::collections::HashMap;

use uuid::Uuid;

/// Puts ids where people are named; the longest name first, so that `@Amel Ben Ali` is not `@Amel`.
pub(super) fn kept(text: &str, people: &[(Uuid, String)]) -> String {
    let mut people: Vec<&(Uuid, String)> =
        people.iter().filter(|(_, name)| !name.is_empty()).collect();
    people.sort_by_key(|(_, name)| std::cmp::Reverse(name.len()));
    let mut text = text.to_owned();
    for (id, name) in people {
        text = text.replace(&format!("@{name}"), &format!("@{{{id}}}"));
    }
    text
}

/// The ids that a text mentions.
pub(super) fn ids(text: &str) -> Vec<Uuid> {
    text.split("@{")
        .skip(1)
        .filter_map(|rest| Uuid::try_parse(rest.split('}').next()?).ok())
        .collect()
}

/// A text with each mention in the words of `say`.
fn told(text: &str, say: impl Fn(Uuid) -> String) -> String {
    let mut parts = text.split("@{");
    let mut out = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        match part
            .split_once('}')
            .and_then(|(id, rest)| Some((Uuid::try_parse(id).ok()?, rest)))
        {
            Some((id, rest)) => {
                out.push_str(&say(id));
                out.push_str(rest);
            }
            None => {
                out.push_str("@{");
                out.push_str(part);
            }
        }
    }
    out
}

/// As its writer typed it, to be changed.
pub(super) fn typed(text: &str, names: &HashMap<Uuid, String>) -> String {
    told(text, |id| match names.get(&id) {
        Some(name) => format!("@{name}"),
        None => "@…".to_owned(),
    })
}

/// As Markdown, each mention leading to what that person wrote here.
pub(super) fn linked(
    text: &str,
    names: &HashMap<Uuid, String>,
    anchors: &HashMap<Uuid, String>,
) -> String {
    told(text, |id| match (names.get(&id), anchors.get(&id)) {
        (Some(name), Some(anchor)) => {
            let name: String = name
                .chars()
                .filter(|c| !"[]()\\`*_<>".contains(*c))
                .collect();
            format!("[@{name}](#post-{anchor})")
        }
        (Some(name), None) => format!("@{name}"),
        (None, _) => "@…".to_owned(),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_become_ids_and_come_back() {
        let (amel, long) = (Uuid::from_u128(1), Uuid::from_u128(2));
        let people = [(amel, "Amel".to_owned()), (long, "Amel Ben Ali".to_owned())];
        let text = "Merci @Amel Ben Ali, et @Amel ; a@b.tn, @{x}, @Badr";
        let stored = kept(text, &people);
        assert!(!stored.contains("Amel"));
        assert_eq!(ids(&stored), [long, amel]);
        let names: HashMap<Uuid, String> = people.clone().into();
        assert_eq!(typed(&stored, &names), text);
        let anchors = HashMap::from([(long, "topic".to_owned())]);
        assert!(
            linked(&stored, &names, &anchors)
                .starts_with("Merci [@Amel Ben Ali](#post-topic), et @Amel ;")
        );
        // Who is not to be seen leaves no name behind.
        let shown = HashMap::from([(amel, "Amel".to_owned())]);
        assert!(typed(&stored, &shown).starts_with("Merci @…, et @Amel"));
    }

    #[test]
    fn a_name_cannot_bring_markup() {
        let id = Uuid::from_u128(1);
        let names = HashMap::from([(id, "x](javascript:y) <b>".to_owned())]);
        let anchors = HashMap::from([(id, "topic".to_owned())]);
        let text = linked(&format!("@{{{id}}}"), &names, &anchors);
        assert_eq!(text, "[@xjavascript:y b](#post-topic)");
    }
}
