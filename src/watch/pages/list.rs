//! `/watch`: what is new, by axis, page after page.

use rocket::get;
use serde::Serialize;
use serde_json::{Value, json};

use crate::clock::Timestamp;
use crate::following::{self, Subject};
use crate::watch::{self, Axis, Filter, Kind, News};
use crate::web::i18n::{Lang, Locales};
use crate::web::{Html, Page, Refusal, Visitor};

/// News on one page.
const SHOWN: usize = 30;

#[derive(Serialize)]
struct WatchPage {
    tabs: Vec<Value>,
    /// The chosen axis, kept by the form.
    axis: Option<String>,
    kinds: Vec<Value>,
    languages: Vec<Value>,
    words: String,
    /// Something is chosen besides the axis: the form stands open.
    narrowed: bool,
    /// In words; null for everything.
    view: Option<String>,
    follow: Value,
    days: Vec<Day>,
    /// The same view as a feed.
    atom: String,
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
        Kind::Document => ("watch-kind-document", "toolbox", "olive"),
    }
}

/// The view that an address asks for. An axis that does not exist is none: an old link still leads
/// somewhere.
pub(super) fn asked(visitor: &Visitor<'_>, axes: &[Axis]) -> Filter {
    let query = visitor.spoken.path.split_once('?').map(|(_, query)| query);
    let mut filter = Filter::from_query(query.unwrap_or_default());
    filter.axis = filter
        .axis
        .filter(|slug| axes.iter().any(|axis| axis.slug == *slug));
    filter
}

fn address(visitor: &Visitor<'_>, filter: &Filter, before: Option<Timestamp>) -> String {
    let mut query = filter.query();
    if let Some(before) = before {
        let mark = if query.is_empty() { "" } else { "&" };
        query.push_str(&format!("{mark}before={}", before.micros()));
    }
    let mark = if query.is_empty() { "" } else { "?" };
    visitor.href(&format!("/watch{mark}{query}"))
}

/// What is new; `axis`, `kind` (several), `language` and `q` keep less, `?before=` (microseconds)
/// goes on.
#[get("/watch?<before>")]
pub(super) async fn list(visitor: Visitor<'_>, before: Option<i64>) -> Result<Html, Refusal> {
    let (app, lang) = (visitor.app, visitor.lang());
    let locales = &app.pages.locales;
    let axes = watch::axes(app, lang).await?;
    let filter = asked(&visitor, &axes);
    let from = before.map(Timestamp::from_micros);
    let mut news = watch::news(app, &filter, from, SHOWN + 1).await?;
    let more = news.len() > SHOWN;
    news.truncate(SHOWN);
    let of_axis = |axis: Option<&str>| {
        let mut other = filter.clone();
        other.choose_axis(axis.unwrap_or_default());
        address(&visitor, &other, None)
    };
    let next = news
        .last()
        .filter(|_| more)
        .map(|last| address(&visitor, &filter, Some(last.at)));
    let all = json!({
        "href": of_axis(None),
        "label": locales.text(lang, "watch-all", &[]),
        "current": filter.axis.is_none(),
    });
    let tabs = std::iter::once(all)
        .chain(axes.iter().map(|known| {
            json!({
                "href": of_axis(Some(&known.slug)),
                "label": known.name,
                "current": filter.axis.as_deref() == Some(known.slug.as_str()),
            })
        }))
        .collect();
    let option = |value: &str, label: String, selected: bool| json!({ "value": value, "label": label, "selected": selected });
    let kinds = Kind::ALL
        .map(|kind| {
            let label = locales.text(lang, &format!("watch-kinds-{}", kind.code()), &[]);
            option(kind.code(), label, filter.kinds.contains(&kind))
        })
        .into();
    let any = option(
        "",
        locales.text(lang, "watch-any-language", &[]),
        filter.language.is_none(),
    );
    let languages = std::iter::once(any)
        .chain(Lang::ALL.map(|known| {
            let selected = filter.language == Some(known);
            option(known.code(), known.own_name().to_owned(), selected)
        }))
        .collect();
    let view = match filter.is_empty() {
        true => None,
        false => Some(watch::describe(app, lang, &filter).await?),
    };
    let query = filter.query();
    let mark = if query.is_empty() { "" } else { "?" };
    let back = format!("/watch{mark}{query}");
    let follow = match filter.is_view() {
        true => following::button(&visitor, &Subject::watch(&filter), &back).await?,
        false => Value::Null,
    };
    Ok(visitor.page(&WatchPage {
        tabs,
        kinds,
        languages,
        narrowed: !filter.kinds.is_empty() || filter.language.is_some() || !filter.words.is_empty(),
        words: filter.words.clone(),
        view,
        follow,
        days: by_day(&visitor, news),
        atom: super::feed::href(lang, &filter),
        previous: before.map(|_| address(&visitor, &filter, None)),
        next,
        axis: filter.axis,
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
