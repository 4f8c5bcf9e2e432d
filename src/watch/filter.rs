//! A view of the watch: axis, kinds, language, words. Its query string is its one form: the page's
//! address, the feed's, and what is followed.

use domain::community::Visibility;
use serde_json::json;

use super::Kind;
use crate::App;
use crate::db::DbError;
use crate::folding::folded;
use crate::web::Lang;

/// Words at most.
const WORDS_MAX: usize = 100;

/// Which news.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Filter {
    /// Of this axis only.
    pub axis: Option<String>,
    /// Of these kinds only; all when there is none.
    pub kinds: Vec<Kind>,
    /// In this language only.
    pub language: Option<Lang>,
    /// With all these words in the title or the tags, as they were typed.
    pub words: String,
    /// Under this tag only.
    pub tag: Option<String>,
    /// Of this space only (its address).
    pub space: Option<String>,
    /// Of this organisation and its members only (its address).
    pub organisation: Option<String>,
}

impl Filter {
    /// From a query string; what it does not know is left out.
    pub fn from_query(query: &str) -> Filter {
        let mut filter = Filter::default();
        for (name, value) in url::form_urlencoded::parse(query.as_bytes()) {
            match name.as_ref() {
                "axis" => filter.choose_axis(&value),
                "kind" => filter.kinds.extend(Kind::from_code(&value)),
                "language" => filter.language = Lang::from_code(&value),
                "q" => filter.search(&value),
                "tag" => filter.tag = crate::spaces::tags(&value).into_iter().next(),
                "space" => filter.space = slug(&value),
                "organisation" => filter.organisation = slug(&value),
                _ => {}
            }
        }
        filter.order();
        filter
    }

    /// Keeps one axis; none when it is empty.
    pub fn choose_axis(&mut self, typed: &str) {
        self.axis = slug(typed);
    }

    /// Looks for words.
    pub fn search(&mut self, words: &str) {
        let words: Vec<&str> = words.split_whitespace().collect();
        self.words = words.join(" ").chars().take(WORDS_MAX).collect();
    }

    /// Kinds in their own order, each once; all of them are none.
    fn order(&mut self) {
        let chosen = std::mem::take(&mut self.kinds);
        let kinds = Kind::ALL.into_iter().filter(|kind| chosen.contains(kind));
        self.kinds = kinds.collect();
        if self.kinds.len() == Kind::ALL.len() {
            self.kinds.clear();
        }
    }

    /// Its one form, without `?`.
    pub fn query(&self) -> String {
        let mut query = url::form_urlencoded::Serializer::new(String::new());
        if let Some(axis) = &self.axis {
            query.append_pair("axis", axis);
        }
        for kind in &self.kinds {
            query.append_pair("kind", kind.code());
        }
        if let Some(language) = self.language {
            query.append_pair("language", language.code());
        }
        if !self.words.is_empty() {
            query.append_pair("q", &self.words);
        }
        for (name, value) in [
            ("tag", &self.tag),
            ("space", &self.space),
            ("organisation", &self.organisation),
        ] {
            if let Some(value) = value {
                query.append_pair(name, value);
            }
        }
        query.finish()
    }

    /// True when it lets everything pass.
    pub fn is_empty(&self) -> bool {
        *self == Filter::default()
    }

    /// True when it can be followed as a view: a tag, a space, an organisation are followed
    /// themselves.
    pub fn is_view(&self) -> bool {
        self.tag.is_none() && self.space.is_none() && self.organisation.is_none()
    }

    /// True when it keeps less than an axis does, words aside.
    pub(super) fn chooses(&self) -> bool {
        !self.kinds.is_empty() || self.language.is_some() || !self.is_view()
    }

    /// The kinds between spaces, as the store compares them.
    pub(super) fn kinds_as_text(&self) -> String {
        if self.kinds.is_empty() {
            return String::new();
        }
        let codes: Vec<&str> = self.kinds.iter().map(|kind| kind.code()).collect();
        format!(" {} ", codes.join(" "))
    }

    /// True when a text holds all the words, whatever their accents.
    pub(super) fn has_words(&self, text: &str) -> bool {
        if self.words.is_empty() {
            return true;
        }
        let text = folded(text);
        folded(&self.words)
            .split_whitespace()
            .all(|word| text.contains(word))
    }

    /// True when it shows this news.
    pub fn accepts(&self, kind: Kind, axis: Option<&str>, language: &str, text: &str) -> bool {
        (self.axis.is_none() || self.axis.as_deref() == axis)
            && (self.kinds.is_empty() || self.kinds.contains(&kind))
            && self.language.is_none_or(|lang| lang.code() == language)
            && self.has_words(text)
    }
}

fn slug(text: &str) -> Option<String> {
    let text = text.trim();
    (!text.is_empty() && text.len() <= 120).then(|| text.to_owned())
}

/// A view in words: "Questions, solutions · Cadre législatif · « budget »".
pub async fn describe(app: &App, lang: Lang, filter: &Filter) -> Result<String, DbError> {
    let locales = &app.pages.locales;
    if filter.is_empty() {
        return Ok(locales.plain(lang, "watch-view-all", &[]));
    }
    let mut parts = Vec::new();
    if !filter.words.is_empty() {
        let args = [("words", json!(filter.words))];
        parts.push(locales.plain(lang, "watch-view-words", &args));
    }
    let kinds: Vec<String> = filter
        .kinds
        .iter()
        .map(|kind| locales.plain(lang, &format!("watch-kinds-{}", kind.code()), &[]))
        .collect();
    if !kinds.is_empty() {
        let comma = locales.plain(lang, "watch-view-comma", &[]);
        parts.push(kinds.join(&format!("{comma} ")));
    }
    if let Some(slug) = &filter.axis {
        let axes = super::axes(app, lang).await?;
        let axis = axes.into_iter().find(|axis| axis.slug == *slug);
        parts.push(axis.map_or_else(|| slug.clone(), |axis| axis.name));
    }
    if let Some(slug) = &filter.space {
        // A coalition's room has a name for those who read it, and nothing in the watch.
        let space = crate::spaces::by_slug(app, slug)
            .await?
            .filter(|space| space.visibility() != Visibility::Room);
        parts.extend(space.map(|space| space.title(lang).to_owned()));
    }
    if let Some(slug) = &filter.organisation {
        let organisation = crate::organisations::by_slug(app, slug).await?;
        let shown = organisation.filter(|organisation| !organisation.resting);
        parts.extend(shown.map(|organisation| organisation.name));
    }
    parts.extend(filter.tag.as_ref().map(|tag| format!("#{tag}")));
    parts.extend(filter.language.map(|l| l.own_name().to_owned()));
    Ok(parts.join(" · "))
}

#[cfg(test)]
mod tests {
    use super::{Filter, Kind};

    #[test]
    fn a_view_has_one_form() {
        for (typed, form) in [
            ("", ""),
            (
                "q=+Budget++associatif&kind=solution&kind=question&before=3",
                "kind=question&kind=solution&q=Budget+associatif",
            ),
            ("language=ar&kind=planet&axis=", "language=ar"),
            (
                "kind=question&kind=solution&kind=discussion&kind=module&kind=seminar&kind=document&kind=outside",
                "",
            ),
        ] {
            assert_eq!(Filter::from_query(typed).query(), form, "{typed}");
        }
    }

    #[test]
    fn what_is_shown_is_what_alerts() {
        let view = Filter::from_query("kind=question&axis=cadre&language=fr&q=tresorerie");
        let accepts = |kind, axis, language, text| view.accepts(kind, axis, language, text);
        assert!(accepts(
            Kind::Question,
            Some("cadre"),
            "fr",
            "La Trésorerie"
        ));
        assert!(!accepts(Kind::Module, Some("cadre"), "fr", "La Trésorerie"));
        assert!(!accepts(Kind::Question, None, "fr", "La Trésorerie"));
        assert!(!accepts(
            Kind::Question,
            Some("cadre"),
            "ar",
            "La Trésorerie"
        ));
        assert!(!accepts(Kind::Question, Some("cadre"), "fr", "Les statuts"));
        assert!(Filter::default().accepts(Kind::Module, None, "en", ""));
    }
}
