//! What the index of either engine is asked: terms of which one will do, all groups of them.

use crate::db::Engine;

/// Stands before the terms of titles.
pub(super) const TITLE: char = '§';
/// Stands before what filters ask for.
const MARK: char = '¤';

/// A term that a filter asks for: what it is about, and its value. Letters and digits only, so
/// that neither engine parts it.
pub(super) fn mark(about: char, value: &str) -> String {
    let value = value.chars().filter(char::is_ascii_alphanumeric);
    [MARK, about].into_iter().chain(value).collect()
}

/// The kind of a thing.
pub(super) fn kind(code: &str) -> String {
    let kind = match code {
        "guide" | "template" | "report" | "study" | "law" | "tool" => "document",
        other => other,
    };
    mark('k', kind)
}

/// So many places share a mark of their time: the newest are asked first, whatever is common.
pub(super) const ERA: i64 = 8_192;

/// The mark of the time of a place.
pub(super) fn era(seq: i64) -> String {
    mark('e', &(seq / ERA).max(0).to_string())
}

/// The expression of these groups: one of each must be there.
pub(super) fn expression(engine: Engine, groups: &[Vec<String>]) -> String {
    let (quote, or, and) = match engine {
        Engine::Sqlite => ('"', " OR ", " AND "),
        Engine::Postgres => ('\'', " | ", " & "),
    };
    let group = |terms: &Vec<String>| {
        let terms: Vec<String> = terms
            .iter()
            .map(|term| {
                // Terms hold letters and digits; what else came in would be the engine's language.
                let plain = |c: &char| c.is_alphanumeric() || matches!(*c, TITLE | MARK);
                let inner: String = term.chars().filter(plain).collect();
                format!("{quote}{inner}{quote}")
            })
            .collect();
        format!("({})", terms.join(or))
    };
    groups.iter().map(group).collect::<Vec<_>>().join(and)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_but_terms_reaches_an_engine() {
        let groups = vec![
            vec!["budget".to_owned(), "a\" OR x:*'\\&|!()".to_owned()],
            vec![mark('x', "cadre-legislatif'")],
        ];
        assert_eq!(
            expression(Engine::Sqlite, &groups),
            "(\"budget\" OR \"aORx\") AND (\"¤xcadrelegislatif\")"
        );
        assert_eq!(
            expression(Engine::Postgres, &groups),
            "('budget' | 'aORx') & ('¤xcadrelegislatif')"
        );
    }
}
