//! One space: its topics.

use rocket::get;
use serde::Serialize;
use serde_json::{Value, json};

use super::{hue_of, space_of};
use crate::spaces::{PER_PAGE, TopicCard, TopicRow, store};
use crate::web::i18n::{Lang, Locales};
use crate::web::{Html, Page, Refusal, Visitor};

#[derive(Serialize)]
struct SpacePage {
    name: String,
    about: String,
    hue: &'static str,
    tabs: Vec<Value>,
    topics: Vec<TopicCard>,
    new_href: String,
    crumbs: Vec<Value>,
    paging: Value,
}

impl Page for SpacePage {
    const TEMPLATE: &'static str = "spaces/space";
    const NAV: &'static str = "spaces";
    fn title(&self, _: &Locales, _: Lang) -> String {
        self.name.clone()
    }
}

/// The space's topics, latest first; `?waiting` keeps the questions nobody has answered.
#[get("/spaces/<slug>?<waiting>&<page>", rank = 3)]
pub(super) async fn show(
    visitor: Visitor<'_>,
    slug: &str,
    waiting: Option<&str>,
    page: Option<u32>,
) -> Result<Html, Refusal> {
    let space = space_of(visitor.app, slug).await?;
    let lang = visitor.lang();
    let number = i64::from(page.unwrap_or(1).clamp(1, 10_000));
    // One row more than is shown tells whether there is a next page.
    let mut rows: Vec<TopicRow> = store::TOPICS
        .bind(space.id)
        .bind(waiting.map(|_| "waiting"))
        .bind(PER_PAGE + 1)
        .bind((number - 1) * PER_PAGE)
        .all(&visitor.app.db)
        .await?;
    let more = rows.len() > usize::try_from(PER_PAGE).unwrap_or(usize::MAX);
    rows.truncate(usize::try_from(PER_PAGE).unwrap_or(usize::MAX));
    let here = visitor.href(&format!("/spaces/{}", space.slug));
    let filter = waiting.map_or("", |_| "waiting=1&");
    let link = |number: i64| format!("{here}?{filter}page={number}");
    let text = |key: &str| visitor.app.pages.locales.text(lang, key, &[]);
    Ok(visitor.page(&SpacePage {
        name: space.title(lang).to_owned(),
        about: space.about(lang).to_owned(),
        hue: hue_of(space.axis.as_deref()),
        tabs: vec![
            json!({ "href": here, "label": text("spaces-all"), "current": waiting.is_none() }),
            json!({ "href": format!("{here}?waiting=1"), "label": text("spaces-waiting"), "current": waiting.is_some() }),
        ],
        topics: rows.iter().map(|row| TopicCard::of(row, lang)).collect(),
        new_href: format!("{here}/new"),
        crumbs: vec![json!({ "href": visitor.href("/spaces"), "label": text("spaces-title") })],
        paging: json!({
            "previous": (number > 1).then(|| link(number - 1)),
            "next": more.then(|| link(number + 1)),
        }),
    }))
}
