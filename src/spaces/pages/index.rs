//! All spaces.

use rocket::get;
use serde::Serialize;

use super::hue_of;
use crate::web::i18n::{Lang, Locales};
use crate::web::{Html, Page, Refusal, Visitor};

#[derive(Serialize)]
struct IndexPage {
    spaces: Vec<Card>,
}

#[derive(Serialize)]
struct Card {
    href_to: String,
    heading: String,
    about: String,
    hue: &'static str,
    topics: i64,
    unanswered: i64,
}

impl Page for IndexPage {
    const TEMPLATE: &'static str = "spaces/index";
    const NAV: &'static str = "spaces";
    fn title(&self, locales: &Locales, lang: Lang) -> String {
        locales.text(lang, "spaces-title", &[])
    }
}

/// The list of spaces.
#[get("/spaces")]
pub(super) async fn index(visitor: Visitor<'_>) -> Result<Html, Refusal> {
    let lang = visitor.lang();
    let spaces = crate::spaces::all(visitor.app).await?;
    Ok(visitor.page(&IndexPage {
        spaces: spaces
            .iter()
            .map(|space| Card {
                href_to: visitor.href(&format!("/spaces/{}", space.slug)),
                heading: space.title(lang).to_owned(),
                about: space.about(lang).to_owned(),
                hue: hue_of(space),
                topics: space.topics,
                unanswered: space.unanswered,
            })
            .collect(),
    }))
}
