//! `/watch`: what is new, by axis, page after page.

use rocket::get;
use serde::Serialize;
use serde_json::{Value, json};

use crate::clock::Timestamp;
use crate::watch::{self, Filter, Kind, News};
use crate::web::i18n::{Lang, Locales};
use crate::web::{Html, Page, Refusal, Visitor};

/// News on one page.
const SHOWN: usize = 30;

#[derive(Serialize)]
struct WatchPage {
    tabs: Vec<Value>,
    days: Vec<Day>,
    feed: String,
    previous: Option<String>,
    next: Option<String>,
}

/// The news of one day.
#[derive(Serialize)]
struct Day {
    /// A moment of it, microseconds.
    at: i64,
    news: Vec<Line>,
}

#[derive(Serialize)]
struct Line {
    /// The key of the sentence that says what happened.
    label: &'static str,
    icon: &'static str,
    hue: &'static str,
    at: i64,
    href_to: String,
    heading: String,
    language: String,
    author: Option<String>,
}

impl Page for WatchPage {
    const TEMPLATE: &'static str = "watch/list";
    const NAV: &'static str = "watch";
    fn title(&self, locales: &Locales, lang: Lang) -> String {
        locales.text(lang, "watch-title", &[])
    }
}

/// The sentence, the icon and the colour of a kind of news.
fn look(kind: Kind) -> (&'static str, &'static str, &'static str) {
    match kind {
        Kind::Module => ("watch-kind-module", "modules", "blue"),
        Kind::Seminar => ("watch-kind-seminar", "seminars", "terra"),
        Kind::Question => ("watch-kind-question", "spaces", "turquoise"),
        Kind::Discussion => ("watch-kind-discussion", "reply", "turquoise"),
        Kind::Solution => ("watch-kind-solution", "check", "good"),
    }
}

/// What is new; `?axis=` keeps one axis, `?before=` (microseconds) goes on.
#[get("/watch?<axis>&<before>")]
pub(super) async fn list(
    visitor: Visitor<'_>,
    axis: Option<&str>,
    before: Option<i64>,
) -> Result<Html, Refusal> {
    let (app, lang) = (visitor.app, visitor.lang());
    let axes = watch::axes(app, lang).await?;
    // An axis that does not exist is none: an old link still leads somewhere.
    let axis = axis.filter(|slug| axes.iter().any(|axis| axis.slug == *slug));
    let filter = Filter {
        axis: axis.map(str::to_owned),
        before: before.map(Timestamp::from_micros),
    };
    let mut news = watch::news(app, &filter, SHOWN as i64 + 1).await?;
    let more = news.len() > SHOWN;
    news.truncate(SHOWN);
    let here = |axis: Option<&str>, before: Option<i64>| {
        let mut query = url::form_urlencoded::Serializer::new(String::new());
        if let Some(axis) = axis {
            query.append_pair("axis", axis);
        }
        if let Some(before) = before {
            query.append_pair("before", &before.to_string());
        }
        let query = query.finish();
        let mark = if query.is_empty() { "" } else { "?" };
        visitor.href(&format!("/watch{mark}{query}"))
    };
    let next = news
        .last()
        .filter(|_| more)
        .map(|last| here(axis, Some(last.at.micros())));
    let all = json!({
        "href": here(None, None),
        "label": app.pages.locales.text(lang, "watch-all", &[]),
        "current": axis.is_none(),
    });
    let tabs = std::iter::once(all)
        .chain(axes.iter().map(|known| {
            json!({
                "href": here(Some(&known.slug), None),
                "label": known.name,
                "current": axis == Some(known.slug.as_str()),
            })
        }))
        .collect();
    Ok(visitor.page(&WatchPage {
        tabs,
        days: by_day(&visitor, news),
        feed: super::feed::href(lang, axis),
        previous: before.map(|_| here(axis, None)),
        next,
    }))
}

/// News of the same day of the platform's zone stand together.
fn by_day(visitor: &Visitor<'_>, news: Vec<News>) -> Vec<Day> {
    let zone = visitor.app.pages.time_zone();
    let mut days: Vec<(chrono::NaiveDate, Day)> = Vec::new();
    for item in news {
        let date = item.at.utc().with_timezone(&zone).date_naive();
        let (label, icon, hue) = look(item.kind);
        let line = Line {
            label,
            icon,
            hue,
            at: item.at.micros(),
            href_to: visitor.href(&item.path),
            heading: item.heading,
            language: item.language,
            author: item.author,
        };
        match days.last_mut().filter(|(day, _)| *day == date) {
            Some((_, day)) => day.news.push(line),
            None => days.push((
                date,
                Day {
                    at: line.at,
                    news: vec![line],
                },
            )),
        }
    }
    days.into_iter().map(|(_, day)| day).collect()
}
