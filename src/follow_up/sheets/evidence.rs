//! Evidence: addresses of this platform, as people copy them out of their browser.

use uuid::Uuid;

use crate::web::Lang;

/// What an address names: a kind of [`KINDS`](super::EVIDENCE_KINDS), and its slug or its id.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Place {
    /// Which kind.
    pub kind: &'static str,
    /// Seminars and modules.
    pub slug: Option<String>,
    /// Documents and topics.
    pub id: Option<Uuid>,
}

/// Reads an address: with or without this platform's origin and the language; `None` for any other
/// place.
pub fn place(public_url: &str, text: &str) -> Option<Place> {
    let text = text.trim();
    let path = match text.strip_prefix(public_url.trim_end_matches('/')) {
        Some(path) => path,
        None if text.starts_with('/') && !text.starts_with("//") => text,
        None => return None,
    };
    let path = path.split(['?', '#']).next().unwrap_or_default();
    let mut parts = path.split('/').filter(|part| !part.is_empty()).peekable();
    if parts
        .peek()
        .is_some_and(|part| Lang::from_code(part).is_some())
    {
        parts.next();
    }
    let parts: Vec<&str> = parts.collect();
    let named = |kind, slug: &str| Place {
        kind,
        slug: Some(slug.to_owned()),
        id: None,
    };
    let numbered = |kind, id: &str| {
        Some(Place {
            kind,
            slug: None,
            id: Some(Uuid::try_parse(id).ok()?),
        })
    };
    match parts.as_slice() {
        ["seminars", slug, ..] => Some(named("seminar", slug)),
        ["modules", slug, ..] => Some(named("module", slug)),
        ["toolbox", id, ..] => numbered("document", id),
        ["spaces", _, id, ..] => numbered("topic", id),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_are_read_as_browsers_show_them() {
        let url = "https://halqa.example";
        let id = Uuid::from_u128(7);
        let seminar = Place {
            kind: "seminar",
            slug: Some("atelier".into()),
            id: None,
        };
        for text in [
            "https://halqa.example/fr/seminars/atelier",
            "/ar/seminars/atelier?x=1#y",
            "  /seminars/atelier/programme ",
        ] {
            assert_eq!(place(url, text), Some(seminar.clone()), "{text}");
        }
        let topic = place(url, &format!("/fr/spaces/femmes/{id}")).expect("a topic");
        assert_eq!((topic.kind, topic.id), ("topic", Some(id)));
        assert_eq!(
            place(url, &format!("/toolbox/{id}/v/2")).map(|p| p.kind),
            Some("document")
        );
        for text in [
            "",
            "https://elsewhere.example/fr/seminars/atelier",
            "//elsewhere.example/seminars/a",
            "javascript:alert(1)",
            "/fr/spaces/femmes",
            "/toolbox/not-an-id",
            "/admin/people",
        ] {
            assert_eq!(place(url, text), None, "{text}");
        }
    }
}
