//! `/modules`: what there is to learn.

use std::collections::HashMap;

use rocket::get;
use serde::Serialize;
use serde_json::Value;

use super::cards::Card;
use super::{axes, axis_options, language_options};
use crate::catalogue::{self, Module};
use crate::folding::folded;
use crate::progress;
use crate::web::i18n::Locales;
use crate::web::{Html, Lang, Page, Refusal, Visitor};

#[derive(Serialize)]
struct Modules {
    query: String,
    axes: Vec<Value>,
    languages: Vec<Value>,
    filtered: bool,
    cards: Vec<Card>,
    can_teach: bool,
}

impl Page for Modules {
    const TEMPLATE: &'static str = "catalogue/list";
    const NAV: &'static str = "modules";
    fn title(&self, locales: &Locales, lang: Lang) -> String {
        locales.text(lang, "catalogue-title", &[])
    }
}

/// Published modules, by axis, language and words of their titles and summaries.
#[get("/modules?<axis>&<language>&<q>")]
pub(super) async fn list(
    visitor: Visitor<'_>,
    axis: Option<&str>,
    language: Option<&str>,
    q: Option<&str>,
) -> Result<Html, Refusal> {
    let (app, lang) = (visitor.app, visitor.lang());
    let axis = axis.unwrap_or_default();
    let language = language.unwrap_or_default();
    let query: String = q.unwrap_or_default().trim().chars().take(100).collect();
    let known = axes(app).await?;
    let progress = match visitor.person {
        Some(person) => progress::of_person(app, person.id).await?,
        None => Vec::new(),
    };
    let reached: HashMap<_, _> = progress.iter().map(|row| (row.module, row)).collect();
    let words: Vec<String> = query.split_whitespace().map(folded).collect();
    let wanted = |module: &Module| {
        let text = folded(&format!("{} {}", module.title, module.summary));
        (axis.is_empty() || module.axis.as_deref() == Some(axis))
            && (language.is_empty() || module.language == language)
            && words.iter().all(|word| text.contains(word.as_str()))
    };
    let cards = catalogue::published(app)
        .await?
        .into_iter()
        .filter(wanted)
        .map(|module| {
            let row = reached.get(&module.id).copied();
            Card::of(&visitor, &known, module, row)
        })
        .collect();
    let mut languages = language_options(language);
    languages.insert(
        0,
        serde_json::json!({
            "value": "",
            "label": app.pages.locales.text(lang, "catalogue-any-language", &[]),
            "selected": language.is_empty(),
        }),
    );
    Ok(visitor.page(&Modules {
        filtered: !(axis.is_empty() && language.is_empty() && query.is_empty()),
        query,
        axes: axis_options(&visitor, &known, axis, "catalogue-any-axis"),
        languages,
        cards,
        can_teach: visitor.person.is_some_and(|p| p.roles.can_teach()),
    }))
}

#[cfg(test)]
mod tests {
    #[test]
    fn search_is_kind_to_accents() {
        assert_eq!(super::folded("Éléments"), "elements");
        assert_eq!(super::folded("أُسُس الجمعيّة"), super::folded("اسس الجمعيه"));
    }
}
