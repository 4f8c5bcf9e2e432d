//! The directory.

use rocket::{Route, get, routes};
use serde::Serialize;
use serde_json::{Value, json};

use crate::organisations::{self, Filter, KINDS, Named};
use crate::web::i18n::{Lang, Locales};
use crate::web::people::{hue, initials};
use crate::web::{Html, Page, Refusal, Visitor};

pub(super) fn routes() -> Vec<Route> {
    routes![page]
}

#[derive(Serialize)]
struct DirectoryPage {
    tabs: Value,
    text: String,
    regions: Vec<Value>,
    axes: Vec<Value>,
    kinds: Vec<Value>,
    organisations: Vec<Value>,
    can_add: bool,
    previous: Option<String>,
    next: Option<String>,
}

impl Page for DirectoryPage {
    const TEMPLATE: &'static str = "organisations/directory";
    const NAV: &'static str = "organisations";
    fn title(&self, locales: &Locales, lang: Lang) -> String {
        locales.text(lang, "organisations-title", &[])
    }
}

/// Options of a select: everything first.
pub fn options(visitor: &Visitor<'_>, list: &[Named], chosen: &str) -> Vec<Value> {
    let all = visitor
        .app
        .pages
        .locales
        .plain(visitor.lang(), "organisations-all", &[]);
    let first = json!({ "value": "", "label": all, "selected": chosen.is_empty() });
    std::iter::once(first)
        .chain(list.iter().map(|named| {
            json!({
                "value": named.slug,
                "label": named.name(visitor.lang()),
                "selected": named.slug == chosen,
            })
        }))
        .collect()
}

/// The kinds as named things.
pub fn kinds(visitor: &Visitor<'_>) -> Vec<Named> {
    KINDS
        .iter()
        .map(|kind| Named {
            slug: (*kind).to_owned(),
            names: Lang::ALL.map(|lang| {
                let key = format!("organisations-kind-{}", kind.replace('_', "-"));
                visitor.app.pages.locales.plain(lang, &key, &[])
            }),
        })
        .collect()
}

#[get("/organisations?<region>&<axis>&<kind>&<q>&<page>")]
async fn page(
    visitor: Visitor<'_>,
    region: Option<&str>,
    axis: Option<&str>,
    kind: Option<&str>,
    q: Option<&str>,
    page: Option<i64>,
) -> Result<Html, Refusal> {
    let filter = Filter {
        region: region.unwrap_or_default().to_owned(),
        axis: axis.unwrap_or_default().to_owned(),
        kind: kind.unwrap_or_default().to_owned(),
        text: q.unwrap_or_default().chars().take(100).collect(),
        signed_in: visitor.person.is_some(),
        page: page.unwrap_or(0).max(0),
    };
    if [&filter.region, &filter.axis, &filter.kind, &filter.text]
        .iter()
        .any(|text| text.contains('\0'))
    {
        return Err(Refusal::bad_request("bad-request"));
    }
    let regions = organisations::regions(visitor.app).await?;
    let axes = organisations::axes(visitor.app).await?;
    let (lines, more) = organisations::directory(visitor.app, &filter).await?;
    let kind_names = kinds(&visitor);
    let name_of = |list: &[Named], slug: &str| {
        list.iter()
            .find(|named| named.slug == slug)
            .map(|named| named.name(visitor.lang()).to_owned())
    };
    let at = |page: i64| {
        let query = url::form_urlencoded::Serializer::new(String::new())
            .append_pair("region", &filter.region)
            .append_pair("axis", &filter.axis)
            .append_pair("kind", &filter.kind)
            .append_pair("q", &filter.text)
            .append_pair("page", &page.to_string())
            .finish();
        visitor.href(&format!("/organisations?{query}"))
    };
    Ok(visitor.page(&DirectoryPage {
        tabs: crate::directory::tabs(&visitor, "organisations"),
        regions: options(&visitor, &regions, &filter.region),
        axes: options(&visitor, &axes, &filter.axis),
        kinds: options(&visitor, &kind_names, &filter.kind),
        organisations: lines
            .iter()
            .map(|line| {
                json!({
                    "href_to": visitor.href(&format!("/organisations/{}", line.slug)),
                    "heading": line.name,
                    "initials": initials(&line.name),
                    "hue": hue(line.id.0),
                    "kind": name_of(&kind_names, &line.kind),
                    "region": line.region.as_deref().and_then(|r| name_of(&regions, r)),
                    "governorate": line.governorate,
                    "verified": line.verified,
                })
            })
            .collect(),
        can_add: visitor.person.is_some_and(|p| p.roles.is_staff()),
        previous: (filter.page > 0).then(|| at(filter.page - 1)),
        next: more.then(|| at(filter.page + 1)),
        text: filter.text.clone(),
    }))
}
