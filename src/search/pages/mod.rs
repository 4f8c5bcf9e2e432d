//! The page of the search.

use rocket::{Route, get, routes};
use serde::Serialize;
use serde_json::{Value, json};

use super::ask::{self, Filter};
use super::show::Part;
use super::{Asker, Hit, KINDS, PAGE, store};
use crate::organisations;
use crate::web::i18n::Locales;
use crate::web::{Html, Lang, Page, Refusal, Visitor};

/// The routes.
pub(super) fn routes() -> Vec<Route> {
    routes![show]
}

/// Characters of what was typed that are taken.
const TYPED: usize = 300;
/// Pages at most: behind them nobody looks, and nothing is ranked.
const PAGES: u32 = 60;

#[derive(Serialize)]
struct SearchPage {
    text: String,
    /// Something was asked for.
    asked: bool,
    /// Nothing in it could be searched.
    empty: bool,
    instead: Option<String>,
    total: usize,
    more: bool,
    kinds: Vec<Value>,
    axes: Vec<Value>,
    languages: Vec<Value>,
    /// The organisation that was chosen, and the link without it.
    organisation: Option<Value>,
    organisation_slug: String,
    filtered: bool,
    /// The link without filters.
    unfiltered_href: String,
    hits: Vec<Row>,
    paging: Value,
}

#[derive(Serialize)]
struct Row {
    href_to: String,
    code: String,
    icon: &'static str,
    hue: &'static str,
    pieces: Vec<Part>,
    passage: Vec<Part>,
    place: Option<String>,
    at: i64,
    language_code: String,
    waits: bool,
}

impl Page for SearchPage {
    const TEMPLATE: &'static str = "search/show";
    fn title(&self, locales: &Locales, lang: Lang) -> String {
        match self.asked {
            true => locales.text(lang, "search-title-of", &[("text", json!(self.text))]),
            false => locales.text(lang, "search-title", &[]),
        }
    }
}

/// A kind's icon and colour.
fn look(code: &str) -> (&'static str, &'static str) {
    match code {
        "module" => ("modules", "blue"),
        "seminar" => ("seminars", "terra"),
        "organisation" => ("organisations", "sun"),
        "person" => ("people", "terra"),
        "question" | "discussion" | "reply" => ("spaces", "turquoise"),
        "solution" | "fiche" => ("check", "olive"),
        _ => ("file", "plum"),
    }
}

impl Row {
    fn of(visitor: &Visitor<'_>, hit: Hit) -> Row {
        let (icon, hue) = look(&hit.code);
        Row {
            href_to: visitor.href(&hit.path),
            icon,
            hue,
            pieces: hit.heading,
            passage: hit.passage,
            place: hit.place,
            at: hit.at,
            language_code: hit.language,
            waits: hit.waits,
            code: hit.code,
        }
    }
}

/// What was found; filters that name nothing are none.
#[get("/search?<q>&<kind>&<axis>&<language>&<organisation>&<page>")]
async fn show(
    visitor: Visitor<'_>,
    q: Option<&str>,
    kind: Option<&str>,
    axis: Option<&str>,
    language: Option<&str>,
    organisation: Option<&str>,
    page: Option<u32>,
) -> Result<Html, Refusal> {
    let (app, lang) = (visitor.app, visitor.lang());
    let text: String = q.unwrap_or_default().trim().chars().take(TYPED).collect();
    let known = organisations::axes(app).await?;
    let kind = kind.filter(|kind| KINDS.contains(kind)).unwrap_or_default();
    let axis = axis
        .filter(|axis| known.iter().any(|named| named.slug == *axis))
        .unwrap_or_default();
    let language = language.and_then(Lang::from_code).map_or("", Lang::code);
    let slug = organisation.unwrap_or_default();
    let chosen: Option<store::NamedRow> = match slug {
        "" => None,
        slug => store::ORGANISATION.bind(slug).optional(&app.db).await?,
    };
    let slug = chosen.as_ref().map_or("", |_| slug);
    let number = page.unwrap_or(1).clamp(1, PAGES);
    let some = |value: &str| (!value.is_empty()).then(|| value.to_owned());
    let filter = Filter {
        kind: some(kind),
        axis: some(axis),
        language: some(language),
        organisation: chosen.as_ref().map(|row| row.id),
    };
    let asker = Asker::of(&visitor).await?;
    let found = ask::search(app, &asker, &text, &filter, number as usize - 1).await?;
    let link = |changes: &[(&str, &str)]| {
        let mut query = url::form_urlencoded::Serializer::new(String::new());
        for (name, value) in [
            ("q", text.as_str()),
            ("kind", kind),
            ("axis", axis),
            ("language", language),
            ("organisation", slug),
            ("page", ""),
        ] {
            let changed = changes.iter().find(|(other, _)| *other == name);
            let value = changed.map_or(value, |(_, value)| *value);
            if !value.is_empty() {
                query.append_pair(name, value);
            }
        }
        visitor.href(&format!("/search?{}", query.finish()))
    };
    let at_page = |number: u32| link(&[("page", &number.to_string())]);
    let words = |key: &str| app.pages.locales.plain(lang, key, &[]);
    let option = |value: &str, label: String, selected: bool| json!({ "value": value, "label": label, "selected": selected });
    let options = |none: &str, chosen: &str, others: Vec<(String, String)>| {
        std::iter::once(option("", words(none), chosen.is_empty()))
            .chain(
                others
                    .iter()
                    .map(|(value, label)| option(value, label.clone(), value == chosen)),
            )
            .collect::<Vec<Value>>()
    };
    let shown_to = number as usize * PAGE;
    Ok(visitor.page(&SearchPage {
        asked: !text.is_empty(),
        empty: found.empty,
        instead: found.instead,
        total: found.total,
        more: found.more,
        kinds: options(
            "search-all-kinds",
            kind,
            KINDS
                .iter()
                .map(|kind| ((*kind).to_owned(), words(&format!("search-kinds-{kind}"))))
                .collect(),
        ),
        axes: options(
            "search-all-axes",
            axis,
            known
                .iter()
                .map(|named| (named.slug.clone(), named.name(lang).to_owned()))
                .collect(),
        ),
        languages: options(
            "search-all-languages",
            language,
            Lang::ALL
                .iter()
                .map(|lang| (lang.code().to_owned(), lang.own_name().to_owned()))
                .collect(),
        ),
        organisation: chosen
            .map(|row| json!({ "name": row.name, "without_href": link(&[("organisation", "")]) })),
        organisation_slug: slug.to_owned(),
        filtered: filter != Filter::default(),
        unfiltered_href: link(&[
            ("kind", ""),
            ("axis", ""),
            ("language", ""),
            ("organisation", ""),
        ]),
        hits: found
            .hits
            .into_iter()
            .map(|hit| Row::of(&visitor, hit))
            .collect(),
        paging: json!({
            "previous": (number > 1).then(|| at_page(number - 1)),
            "next": (shown_to < found.total && number < PAGES).then(|| at_page(number + 1)),
        }),
        text,
    }))
}
