//! Languages: Fluent messages from `locales/{fr,ar,en}/<feature>.ftl`, French by default.

use std::collections::HashMap;

use fluent_bundle::concurrent::FluentBundle;
use fluent_bundle::{FluentArgs, FluentResource, FluentValue};
use serde::{Deserialize, Serialize};
use serde_json::Value;

/// A language of the interface.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Lang {
    /// French, the default.
    #[default]
    Fr,
    /// Arabic as written in Tunisia: right to left, digits 0–9.
    Ar,
    /// English.
    En,
}

impl Lang {
    /// All languages, in the order of the switch.
    pub const ALL: [Lang; 3] = [Lang::Fr, Lang::Ar, Lang::En];

    /// The code in addresses and `lang` attributes.
    pub fn code(self) -> &'static str {
        match self {
            Lang::Fr => "fr",
            Lang::Ar => "ar",
            Lang::En => "en",
        }
    }

    /// `ltr` or `rtl`.
    pub fn dir(self) -> &'static str {
        match self {
            Lang::Ar => "rtl",
            Lang::Fr | Lang::En => "ltr",
        }
    }

    /// The language's name in itself.
    pub fn own_name(self) -> &'static str {
        match self {
            Lang::Fr => "Français",
            Lang::Ar => "العربية",
            Lang::En => "English",
        }
    }

    /// From a code such as `fr` or `ar-TN`; `None` for others.
    pub fn from_code(code: &str) -> Option<Lang> {
        let primary = code.split(['-', '_']).next()?.trim().to_ascii_lowercase();
        Self::ALL.into_iter().find(|lang| lang.code() == primary)
    }

    /// The best of an `Accept-Language` header.
    pub fn from_accept(header: &str) -> Option<Lang> {
        let mut offers: Vec<(f32, Lang)> = header
            .split(',')
            .filter_map(|offer| {
                let mut parts = offer.split(';');
                let lang = Lang::from_code(parts.next()?)?;
                let weight = parts
                    .find_map(|p| p.trim().strip_prefix("q=")?.parse().ok())
                    .unwrap_or(1.0);
                Some((weight, lang))
            })
            .filter(|(weight, _)| *weight > 0.0)
            .collect();
        offers.sort_by(|a, b| b.0.total_cmp(&a.0));
        offers.first().map(|(_, lang)| *lang)
    }

    fn tag(self) -> unic_langid::LanguageIdentifier {
        let tag = match self {
            Lang::Fr => "fr-TN",
            Lang::Ar => "ar-TN",
            Lang::En => "en",
        };
        tag.parse().unwrap_or_default()
    }
}

#[derive(rust_embed::RustEmbed)]
#[folder = "locales"]
struct Files;

/// All messages in all languages.
pub struct Locales {
    bundles: HashMap<Lang, FluentBundle<FluentResource>>,
}

/// Arguments of a message.
pub type MessageArgs<'a> = [(&'a str, Value)];

impl Locales {
    /// Reads all locale files. Errors name the file: they can only come from our own files.
    pub fn load() -> Result<Locales, String> {
        let mut bundles = HashMap::new();
        for lang in Lang::ALL {
            let mut bundle = FluentBundle::new_concurrent(vec![lang.tag()]);
            for name in Files::iter().filter(|n| {
                n.strip_prefix(lang.code())
                    .is_some_and(|rest| rest.starts_with('/') && rest.ends_with(".ftl"))
            }) {
                let file = Files::get(&name).ok_or_else(|| name.to_string())?;
                let text = String::from_utf8(file.data.into_owned())
                    .map_err(|_| format!("{name}: not UTF-8"))?;
                let text = if lang == Lang::Fr {
                    typeset(&text)
                } else {
                    text
                };
                let resource = FluentResource::try_new(text)
                    .map_err(|(_, errors)| format!("{name}: {errors:?}"))?;
                bundle
                    .add_resource(resource)
                    .map_err(|errors| format!("{name}: {errors:?}"))?;
            }
            bundles.insert(lang, bundle);
        }
        Ok(Locales { bundles })
    }

    /// The message in that language, or `None` when no such message exists.
    pub fn find(&self, lang: Lang, key: &str, args: &MessageArgs<'_>) -> Option<String> {
        let bundle = self.bundles.get(&lang)?;
        let pattern = bundle.get_message(key)?.value()?;
        let mut fluent = FluentArgs::new();
        for (name, value) in args {
            fluent.set(name.to_string(), to_fluent(value));
        }
        let mut errors = Vec::new();
        let text = bundle
            .format_pattern(pattern, Some(&fluent), &mut errors)
            .into_owned();
        if !errors.is_empty() {
            tracing::warn!(key, lang = lang.code(), ?errors, "message");
        }
        Some(text)
    }

    /// The message in that language; the key itself in brackets when it is missing, which a test
    /// keeps from happening.
    pub fn text(&self, lang: Lang, key: &str, args: &MessageArgs<'_>) -> String {
        self.find(lang, key, args).unwrap_or_else(|| {
            tracing::warn!(key, "no such message");
            format!("[{key}]")
        })
    }

    /// As [`Locales::text`], without the invisible isolation marks that protect mixed directions:
    /// for titles, attributes, subjects of mails and JSON.
    pub fn plain(&self, lang: Lang, key: &str, args: &MessageArgs<'_>) -> String {
        without_isolates(&self.text(lang, key, args))
    }
}

/// French sets a space before `: ; ? ! %` and inside guillemets; the line never breaks there.
fn typeset(text: &str) -> String {
    let mut out = text.replace("« ", "«\u{a0}");
    for mark in [':', ';', '?', '!', '%', '»'] {
        out = out.replace(&format!(" {mark}"), &format!("\u{a0}{mark}"));
    }
    out
}

/// Removes U+2068 and U+2069.
pub fn without_isolates(text: &str) -> String {
    text.replace(['\u{2068}', '\u{2069}'], "")
}

fn to_fluent(value: &Value) -> FluentValue<'static> {
    match value {
        Value::Number(number) => FluentValue::from(number.as_f64().unwrap_or_default()),
        Value::String(text) => FluentValue::from(text.clone()),
        Value::Bool(flag) => FluentValue::from(flag.to_string()),
        Value::Null => FluentValue::from(String::new()),
        other => FluentValue::from(other.to_string()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn french_marks_stay_with_their_word() {
        let locales = Locales::load().expect("locales");
        let asked = locales.text(Lang::Fr, "accounts-forgot", &[]);
        assert!(asked.ends_with("oublié\u{a0}?"), "{asked:?}");
        assert_eq!(typeset("« oui » : non"), "«\u{a0}oui\u{a0}»\u{a0}: non");
    }

    #[test]
    fn accept_language_is_weighed() {
        assert_eq!(
            Lang::from_accept("de, ar-TN;q=0.8, en;q=0.9"),
            Some(Lang::En)
        );
        assert_eq!(Lang::from_accept("de"), None);
        assert_eq!(Lang::from_accept("ar;q=0"), None);
    }
}
