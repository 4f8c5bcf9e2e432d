//! Choosing one language of a map (Communication 2.1.3, "Language Filtering Requirements").

use crate::json::{ObjectWriter, Value, write_array};

/// What an `Accept-Language` header prefers, best first.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Preferences {
    ranges: Vec<String>,
}

impl Preferences {
    /// Reads the header; what makes no sense is left out.
    pub fn of(header: &str) -> Preferences {
        let mut ranges: Vec<(f32, String)> = header
            .split(',')
            .take(50)
            .filter_map(|part| {
                let mut pieces = part.split(';');
                let range = pieces.next()?.trim().to_ascii_lowercase();
                let quality = match pieces.next() {
                    Some(q) => q.trim().strip_prefix("q=")?.trim().parse().ok()?,
                    None => 1.0,
                };
                (!range.is_empty() && quality > 0.0).then_some((quality, range))
            })
            .collect();
        // Equal ones stay in their order.
        ranges.sort_by(|a, b| b.0.total_cmp(&a.0));
        Preferences {
            ranges: ranges.into_iter().map(|(_, range)| range).collect(),
        }
    }

    /// Which of these tags to show: the first in the best range, or else in the general language
    /// of that range; so on with the next ranges; else the first of all.
    pub fn choose<'t>(&self, tags: &[&'t str]) -> Option<&'t str> {
        let within = |tag: &str, range: &str| {
            let tag = tag.to_ascii_lowercase();
            range == "*"
                || tag == range
                || (tag.starts_with(range) && tag.as_bytes().get(range.len()) == Some(&b'-'))
        };
        let exact = |range: &str| tags.iter().find(|tag| tag.eq_ignore_ascii_case(range));
        for range in &self.ranges {
            let general = range.split('-').next().unwrap_or_default();
            let found = exact(range)
                .or_else(|| tags.iter().find(|tag| within(tag, range)))
                .or_else(|| exact(general))
                .or_else(|| tags.iter().find(|tag| within(tag, general)));
            if let Some(tag) = found {
                return Some(tag);
            }
        }
        tags.first().copied()
    }

    /// Writes a language map with one language.
    pub fn write_map(&self, out: &mut String, map: &Value<'_>) {
        let members = map.as_object().unwrap_or_default();
        let tags: Vec<&str> = members.iter().map(|(tag, _)| tag.as_ref()).collect();
        let mut object = ObjectWriter::new(out);
        if let Some(tag) = self.choose(&tags)
            && let Some(text) = map.get(tag)
        {
            object.raw(tag, text.text);
        }
        object.end();
    }

    /// Writes an activity's definition with one language in each of its maps.
    pub fn write_definition(&self, out: &mut String, definition: &Value<'_>) {
        let mut object = ObjectWriter::new(out);
        for (key, member) in definition.as_object().unwrap_or_default() {
            match key.as_ref() {
                "name" | "description" => self.write_map(object.key(key), member),
                "choices" | "scale" | "source" | "target" | "steps" => {
                    let items = member.as_array().unwrap_or_default();
                    write_array(object.key(key), items, |out, item| {
                        let mut component = ObjectWriter::new(out);
                        for (key, member) in item.as_object().unwrap_or_default() {
                            if key == "description" {
                                self.write_map(component.key(key), member);
                            } else {
                                component.raw(key, member.text);
                            }
                        }
                        component.end();
                    });
                }
                _ => object.raw(key, member.text),
            }
        }
        object.end();
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn the_best_language_is_chosen() {
        let tags = ["en-US", "en-GB", "fr", "ar-TN"];
        for (header, chosen) in [
            ("en-GB", "en-GB"),
            ("en", "en-US"),
            ("fr-TN", "fr"),
            ("ar", "ar-TN"),
            ("ar-EG", "ar-TN"),
            ("ar-EG, fr;q=0.5", "ar-TN"),
            ("de, fr;q=0.5", "fr"),
            ("fr;q=0.5, en-GB", "en-GB"),
            ("de", "en-US"),
            ("", "en-US"),
            ("*", "en-US"),
            ("fr;q=0, en-GB;q=0.1", "en-GB"),
            ("FR", "fr"),
            (";;;,q=", "en-US"),
        ] {
            assert_eq!(
                Preferences::of(header).choose(&tags),
                Some(chosen),
                "{header}"
            );
        }
        assert_eq!(Preferences::of("fr").choose(&[]), None);
    }

    proptest! {
        #[test]
        fn any_header_is_read(header in ".{0,60}") {
            let tags = ["fr", "ar"];
            prop_assert!(Preferences::of(&header).choose(&tags).is_some());
        }
    }
}
