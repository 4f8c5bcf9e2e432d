//! Title and language from the manifest's LOM metadata (CAM 4), in either binding.

use strictxml::Element;

use super::{capped, values};

/// `lom/general/title` and `lom/general/language` of the manifest's own metadata.
pub fn title_and_language(root: &Element) -> (Option<String>, Option<String>) {
    let general = values::child(root, "metadata")
        .and_then(|m| values::child(m, "lom"))
        .and_then(|l| values::child(l, "general"));
    let Some(general) = general else {
        return (None, None);
    };
    let mut title_language = None;
    let title = values::child(general, "title").and_then(|t| {
        let string = t.elements().find(|e| {
            e.name.eq_ignore_ascii_case("string") || e.name.eq_ignore_ascii_case("langstring")
        });
        title_language = string
            .and_then(|s| {
                s.attr_any_case("language")
                    .or_else(|| s.attr_any_case("lang"))
            })
            .map(str::to_owned);
        let text = string.unwrap_or(t).text();
        (!text.is_empty()).then(|| capped(&text, 1_000))
    });
    let language = values::text(general, "language")
        .or(title_language)
        .map(|l| capped(l.trim(), 35))
        .filter(|l| {
            !l.is_empty() && !l.eq_ignore_ascii_case("none") && !l.eq_ignore_ascii_case("x-none")
        });
    (title, language)
}
