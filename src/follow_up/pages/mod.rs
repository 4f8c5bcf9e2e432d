//! The pages of the follow-up.

mod act;
mod asked;
mod dashboard;
mod edit;
mod files;
mod list;
mod organisation;
mod rows;
mod sheet;
mod timeline;

use rocket::{Route, routes};
use serde_json::{Value, json};

use crate::clock::Timestamp;
use crate::db::DbError;
use crate::organisations::{self, Named};
use crate::web::{Fields, Visitor};

use super::sheets::SheetRow;

pub(super) fn routes() -> Vec<Route> {
    routes![
        dashboard::page,
        rows::page,
        files::figures_file,
        files::rows_file,
        list::list,
        edit::new,
        edit::create,
        edit::form,
        edit::change,
        sheet::page,
        act::step,
        act::publish,
        act::concern,
        act::add_milestone,
        act::milestone,
        act::add_evidence,
        act::remove_evidence,
        organisation::page,
        timeline::timeline,
        timeline::one,
    ]
}

/// The regions and the axes, to name them.
struct Frames {
    regions: Vec<Named>,
    axes: Vec<Named>,
}

impl Frames {
    async fn read(visitor: &Visitor<'_>) -> Result<Frames, DbError> {
        Ok(Frames {
            regions: organisations::regions(visitor.app).await?,
            axes: organisations::axes(visitor.app).await?,
        })
    }

    fn name(list: &[Named], visitor: &Visitor<'_>, slug: Option<&str>) -> Option<String> {
        let named = list.iter().find(|one| Some(one.slug.as_str()) == slug)?;
        Some(named.name(visitor.lang()).to_owned())
    }

    fn region(&self, visitor: &Visitor<'_>, slug: Option<&str>) -> Option<String> {
        Frames::name(&self.regions, visitor, slug)
    }

    fn axis(&self, visitor: &Visitor<'_>, slug: Option<&str>) -> Option<String> {
        Frames::name(&self.axes, visitor, slug)
    }
}

/// Options of a select, the first one for "all" or "none".
fn options<'a>(
    first: String,
    list: impl IntoIterator<Item = (&'a str, String)>,
    chosen: &str,
) -> Vec<Value> {
    let first = json!({ "value": "", "label": first, "selected": chosen.is_empty() });
    std::iter::once(first)
        .chain(list.into_iter().map(
            |(value, label)| json!({ "value": value, "label": label, "selected": value == chosen }),
        ))
        .collect()
}

fn named<'a>(
    visitor: &'a Visitor<'_>,
    list: &'a [Named],
) -> impl Iterator<Item = (&'a str, String)> {
    list.iter()
        .map(|one| (one.slug.as_str(), one.name(visitor.lang()).to_owned()))
}

/// A day as `<input type=date>` sends it: its first moment in the platform's zone.
fn day(fields: &mut Fields, name: &str, zone: chrono_tz::Tz) -> Timestamp {
    use chrono::TimeZone;
    let read = chrono::NaiveDate::parse_from_str(fields.raw(name).trim(), "%Y-%m-%d");
    let moment = read
        .ok()
        .filter(|day| (1990..=2200).contains(&chrono::Datelike::year(day)))
        .and_then(|day| day.and_hms_opt(0, 0, 0))
        .and_then(|start| zone.from_local_datetime(&start).earliest());
    match moment {
        Some(moment) => moment.to_utc().into(),
        None => {
            fields.error(name, "date");
            Timestamp::from_micros(0)
        }
    }
}

/// The hue of a state.
fn hue(state: &str) -> &'static str {
    match state {
        "planned" => "sun",
        "under-way" => "turquoise",
        "done" => "olive",
        _ => "quiet",
    }
}

/// A sheet in a list.
fn card(visitor: &Visitor<'_>, frames: &Frames, row: &SheetRow, base: &str) -> Value {
    json!({
        "href_to": visitor.href(&format!("{base}/{}", row.slug)),
        "heading": row.title,
        "objective": row.objective,
        "language": row.language,
        "region": frames.region(visitor, row.region.as_deref()),
        "axis": frames.axis(visitor, row.axis.as_deref()),
        "state": row.state,
        "hue": hue(&row.state),
        "starts_at": row.starts_at,
        "ends_at": row.ends_at,
        "milestones": row.milestones,
        "reached": row.reached,
        "share": row.reached as f64 / row.milestones.max(1) as f64,
        "organisations": row.organisations,
        "published": row.published_at.is_some(),
        "withheld": row.published_at.is_some() && row.resting > 0,
    })
}

/// The links to the pages before and after, with the rest of the query.
fn paging(
    visitor: &Visitor<'_>,
    path: &str,
    query: &[(&str, &str)],
    page: i64,
    more: bool,
) -> Value {
    let link = |page: i64| {
        let mut pairs = url::form_urlencoded::Serializer::new(String::new());
        for (name, value) in query.iter().filter(|(_, value)| !value.is_empty()) {
            pairs.append_pair(name, value);
        }
        if page > 0 {
            pairs.append_pair("page", &page.to_string());
        }
        visitor.href(&format!("{path}?{}", pairs.finish()))
    };
    json!({
        "previous": (page > 0).then(|| link(page - 1)),
        "next": more.then(|| link(page + 1)),
    })
}
