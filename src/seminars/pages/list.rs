//! The programme: what comes, and what was.

use rocket::get;
use serde::Serialize;
use serde_json::{Value, json};

use crate::seminars::{Row, plans, regions, view};
use crate::web::i18n::{Lang, Locales};
use crate::web::{Html, Page, Refusal, Visitor};

/// Seminars shown at most.
const SHOWN: i64 = 100;

#[derive(Serialize)]
struct ListPage {
    tabs: Vec<Value>,
    regions: Vec<Value>,
    past: bool,
    rows: Vec<Row>,
    /// What has no date yet.
    plans: Vec<Value>,
    may_create: bool,
    signed_in: bool,
}

impl Page for ListPage {
    const TEMPLATE: &'static str = "seminars/list";
    const NAV: &'static str = "seminars";
    fn title(&self, locales: &Locales, lang: Lang) -> String {
        locales.text(lang, "seminars-title", &[])
    }
}

/// The seminars to come, or (`?when=past`) those that were; `?region=` leaves out the others.
#[get("/seminars?<region>&<when>")]
pub(super) async fn list(
    visitor: Visitor<'_>,
    region: Option<&str>,
    when: Option<&str>,
) -> Result<Html, Refusal> {
    let lang = visitor.lang();
    let text = |key: &str| visitor.app.pages.locales.text(lang, key, &[]);
    let region = region.filter(|region| !region.is_empty());
    let past = when == Some("past");
    let rows = if past {
        view::past_in(&visitor, region, SHOWN).await?
    } else {
        view::upcoming_in(&visitor, region, SHOWN).await?
    };
    let plans = match past {
        true => Vec::new(),
        false => plans::open(visitor.app).await?,
    };
    let known = regions(visitor.app).await?;
    let mut options = vec![json!({
        "value": "", "label": text("seminars-all-regions"), "selected": region.is_none(),
    })];
    options.extend(known.iter().map(|r| {
        json!({ "value": r.slug, "label": r.name(lang), "selected": region == Some(r.slug.as_str()) })
    }));
    let kept = region
        .filter(|region| known.iter().any(|r| r.slug == *region))
        .map(|region| format!("region={region}"));
    let tab = |when: Option<&str>, key: &str, current: bool| {
        let query: Vec<String> = when
            .map(|when| format!("when={when}"))
            .into_iter()
            .chain(kept.clone())
            .collect();
        let query = if query.is_empty() {
            String::new()
        } else {
            format!("?{}", query.join("&"))
        };
        json!({ "href": visitor.href(&format!("/seminars{query}")), "label": text(key), "current": current })
    };
    Ok(visitor.page(&ListPage {
        tabs: vec![
            tab(None, "seminars-upcoming", !past),
            tab(Some("past"), "seminars-past", past),
        ],
        regions: options,
        past,
        rows,
        plans: plans
            .iter()
            .map(|plan| {
                json!({
                    "href_to": visitor.href(&format!("/plans/{}", plan.slug)),
                    "heading": plan.title, "wanted": plan.wanted,
                })
            })
            .collect(),
        signed_in: visitor.person.is_some(),
        may_create: visitor.person.is_some_and(|p| p.roles.is_staff()),
    }))
}
