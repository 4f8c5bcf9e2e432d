//! People's Markdown, made into HTML that can do no harm (`threats.md` W9).

use std::collections::HashSet;
use std::sync::LazyLock;

use pulldown_cmark::{Event, Options, Parser, html};

/// Markdown nested deeper than this is no text of a person.
const MAX_DEPTH: usize = 30;

/// The text is nested too deeply.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct TooDeep;

static CLEANER: LazyLock<ammonia::Builder<'static>> = LazyLock::new(|| {
    let mut builder = ammonia::Builder::default();
    let tags: HashSet<&str> = [
        "p",
        "br",
        "em",
        "strong",
        "del",
        "a",
        "ul",
        "ol",
        "li",
        "blockquote",
        "code",
        "pre",
        "h3",
        "h4",
        "h5",
        "h6",
        "hr",
        "table",
        "thead",
        "tbody",
        "tr",
        "th",
        "td",
        "img",
    ]
    .into();
    builder
        .tags(tags)
        .generic_attributes(HashSet::new())
        .url_schemes(["http", "https", "mailto"].into())
        // Pictures are those people sent us: no other host is asked by reading a text.
        .add_tag_attributes("img", &["src", "alt"])
        .attribute_filter(|element, attribute, value| {
            let foreign = element == "img" && attribute == "src" && !is_own_picture(value);
            (!foreign).then_some(value.into())
        })
        .set_tag_attribute_value("img", "loading", "lazy")
        // Each block takes the direction of its own words.
        .set_tag_attribute_value("p", "dir", "auto")
        .set_tag_attribute_value("ul", "dir", "auto")
        .set_tag_attribute_value("ol", "dir", "auto")
        .set_tag_attribute_value("li", "dir", "auto")
        .set_tag_attribute_value("blockquote", "dir", "auto")
        .set_tag_attribute_value("h3", "dir", "auto")
        .set_tag_attribute_value("h4", "dir", "auto")
        .set_tag_attribute_value("h5", "dir", "auto")
        .set_tag_attribute_value("h6", "dir", "auto")
        .set_tag_attribute_value("th", "dir", "auto")
        .set_tag_attribute_value("td", "dir", "auto")
        .link_rel(Some("nofollow ugc noopener noreferrer"));
    builder
});

/// The address of a picture that somebody sent us.
fn is_own_picture(address: &str) -> bool {
    address
        .strip_prefix("/pictures/")
        .is_some_and(|id| uuid::Uuid::try_parse(id).is_ok())
}

/// Renders Markdown; raw HTML in it is shown as text.
pub fn render(text: &str) -> Result<String, TooDeep> {
    let options = Options::ENABLE_STRIKETHROUGH | Options::ENABLE_TABLES;
    let mut depth = 0usize;
    let mut events = Vec::new();
    // Pictures from elsewhere become links to them.
    let mut links = 0usize;
    for event in Parser::new_ext(text, options) {
        match &event {
            Event::Start(_) => depth += 1,
            Event::End(_) => depth = depth.saturating_sub(1),
            _ => {}
        }
        if depth > MAX_DEPTH {
            return Err(TooDeep);
        }
        events.push(match event {
            Event::Html(raw) | Event::InlineHtml(raw) => Event::Text(raw),
            Event::Start(pulldown_cmark::Tag::Image {
                link_type,
                dest_url,
                title,
                id,
            }) if !is_own_picture(&dest_url) => {
                links += 1;
                Event::Start(pulldown_cmark::Tag::Link {
                    link_type,
                    dest_url,
                    title,
                    id,
                })
            }
            Event::End(pulldown_cmark::TagEnd::Image) if links > 0 => {
                links -= 1;
                Event::End(pulldown_cmark::TagEnd::Link)
            }
            // The page has its own h1 and h2.
            Event::Start(pulldown_cmark::Tag::Heading {
                level,
                id,
                classes,
                attrs,
            }) => Event::Start(pulldown_cmark::Tag::Heading {
                level: lower(level),
                id,
                classes,
                attrs,
            }),
            Event::End(pulldown_cmark::TagEnd::Heading(level)) => {
                Event::End(pulldown_cmark::TagEnd::Heading(lower(level)))
            }
            other => other,
        });
    }
    let mut out = String::with_capacity(text.len() * 3 / 2);
    html::push_html(&mut out, events.into_iter());
    Ok(CLEANER.clean(&out).to_string())
}

/// The first words of a text, without its markup, on one line.
pub fn plain(text: &str, characters: usize) -> String {
    let mut words = String::new();
    for event in Parser::new_ext(text, Options::ENABLE_STRIKETHROUGH) {
        match event {
            Event::Text(text) | Event::Code(text) => words.push_str(&text),
            Event::SoftBreak | Event::HardBreak | Event::End(_) => words.push(' '),
            _ => {}
        }
        // Bytes: no character has fewer than one.
        if words.len() > characters * 8 {
            break;
        }
    }
    let words = words.split_whitespace().collect::<Vec<_>>().join(" ");
    if words.chars().count() <= characters {
        return words;
    }
    let mut cut: String = words.chars().take(characters).collect();
    if let Some(at) = cut.rfind(' ') {
        cut.truncate(at);
    }
    cut.push('…');
    cut
}

fn lower(level: pulldown_cmark::HeadingLevel) -> pulldown_cmark::HeadingLevel {
    use pulldown_cmark::HeadingLevel::{H1, H2, H3, H4, H5, H6};
    match level {
        H1 | H2 => H3,
        H3 => H4,
        H4 => H5,
        H5 | H6 => H6,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn hostile_text_is_harmless() {
        for text in [
            "<script>alert(1)</script>",
            "[x](javascript:alert(1))",
            "[x](JaVaScRiPt:alert(1))",
            "![x](data:text/html,<script>)",
            "<svg><style><img src=x onerror=alert(1)>",
            "<a href=\"x\" onclick=\"y\">z</a>",
            "[x]: javascript:y\n[x]",
        ] {
            let html = render(text).unwrap().to_lowercase();
            assert!(
                !html.contains("<script") && !html.contains("href=\"javascript"),
                "{html}"
            );
            assert!(!html.contains("<img") && !html.contains("<svg"), "{html}");
        }
    }

    #[test]
    fn only_our_own_pictures_are_shown() {
        let own = "/pictures/0198f000-0000-7000-8000-000000000001";
        let html = render(&format!("![un olivier]({own})")).unwrap();
        assert!(
            html.contains(&format!("src=\"{own}\"")) && html.contains("alt=\"un olivier\""),
            "{html}"
        );
        for other in [
            "https://a.tn/x.png",
            "//a.tn/x.png",
            "/pictures/../me",
            "/pictures/x",
            "data:image/png;base64,AA",
        ] {
            let html = render(&format!("![x]({other}) ![y]({own})")).unwrap();
            assert_eq!(html.matches("<img").count(), 1, "{html}");
        }
    }

    #[test]
    fn headings_stay_below_those_of_the_page() {
        assert_eq!(render("# A").unwrap(), "<h3 dir=\"auto\">A</h3>\n");
    }

    #[test]
    fn the_first_words_are_plain() {
        for (text, expected) in [
            (
                "**Nous** [ici](https://a.tn)\n\n- un\n- deux",
                "Nous ici un deux",
            ),
            ("<b>x</b>", "x"),
            ("un deux trois quatre", "un deux trois…"),
        ] {
            assert_eq!(plain(text, 16), expected, "{text}");
        }
    }

    #[test]
    fn deep_nesting_is_refused_at_once() {
        assert_eq!(render(&">".repeat(20_000)), Err(TooDeep));
    }

    proptest! {
        #[test]
        fn no_input_breaks_it(text in "\\PC{0,300}") {
            let _ = render(&text);
        }
    }
}
