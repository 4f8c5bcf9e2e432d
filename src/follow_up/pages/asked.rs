//! What a dashboard is asked for: whole months, a region, an axis, a kind of organisations.

use chrono::Datelike;
use rocket::FromForm;
use serde_json::{Value, json};

use super::{Frames, named, options};
use crate::follow_up::figures::{Filter, Scope};
use crate::organisations::KINDS;
use crate::web::Visitor;

/// Months of a dashboard at most.
const MONTHS_MAX: i64 = 120;
const PERIODS: [&str; 8] = [
    "last-12",
    "month",
    "last-month",
    "quarter",
    "last-quarter",
    "year",
    "last-year",
    "own",
];

/// The query of the addresses.
#[derive(Debug, Default, FromForm)]
pub(super) struct Query<'r> {
    period: Option<&'r str>,
    from: Option<&'r str>,
    until: Option<&'r str>,
    region: Option<&'r str>,
    axis: Option<&'r str>,
    kind: Option<&'r str>,
}

/// The same, understood.
pub(super) struct Asked {
    pub period: &'static str,
    pub filter: Filter,
}

/// `2026-03` as months since the year 0.
fn month(text: &str) -> Option<i64> {
    let (year, month) = text.split_once('-')?;
    let (year, month): (i64, i64) = (year.parse().ok()?, month.parse().ok()?);
    ((1990..=2200).contains(&year) && (1..=12).contains(&month)).then_some(year * 12 + month - 1)
}

/// Months since the year 0 as `2026-03`.
pub(super) fn written(month: i64) -> String {
    format!(
        "{:04}-{:02}",
        month.div_euclid(12),
        month.rem_euclid(12) + 1
    )
}

impl Asked {
    /// What is not understood is as if it had not been said.
    pub fn of(visitor: &Visitor<'_>, query: &Query<'_>) -> Asked {
        let local = visitor
            .now
            .utc()
            .with_timezone(&visitor.app.pages.time_zone());
        let now = i64::from(local.year()) * 12 + i64::from(local.month0());
        let quarter = now - now % 3;
        let year = now - now % 12;
        let own = query.from.and_then(month).map(|from| {
            let until = query.until.and_then(month).unwrap_or(from) + 1;
            (from, until.clamp(from + 1, from + MONTHS_MAX))
        });
        let asked = query.period.unwrap_or_default();
        let period = PERIODS.into_iter().find(|period| *period == asked);
        let (period, (from, until)) = match (period, own) {
            (Some("month"), _) => ("month", (now, now + 1)),
            (Some("last-month"), _) => ("last-month", (now - 1, now)),
            (Some("quarter"), _) => ("quarter", (quarter, quarter + 3)),
            (Some("last-quarter"), _) => ("last-quarter", (quarter - 3, quarter)),
            (Some("year"), _) => ("year", (year, year + 12)),
            (Some("last-year"), _) => ("last-year", (year - 12, year)),
            (Some("own"), Some(own)) => ("own", own),
            _ => ("last-12", (now - 11, now + 1)),
        };
        let text = |value: Option<&str>| value.unwrap_or_default().to_owned();
        Asked {
            period,
            filter: Filter {
                from,
                until,
                region: text(query.region),
                axis: text(query.axis),
                kind: text(query.kind),
            },
        }
    }

    /// The query that asks for the same at any time.
    pub fn query(&self) -> String {
        query_of(&self.filter)
    }

    /// The fields of the form.
    pub fn form(&self, visitor: &Visitor<'_>, frames: &Frames, scope: &Scope) -> Value {
        let text = |key: &str| visitor.app.pages.locales.plain(visitor.lang(), key, &[]);
        let periods: Vec<Value> = PERIODS
            .into_iter()
            .map(|period| json!({
                "value": period, "label": text(&format!("follow-up-period-{period}")), "selected": period == self.period,
            }))
            .collect();
        let regions = named(visitor, &frames.regions).filter(|(slug, _)| scope.covers(slug));
        let kinds = KINDS.into_iter().map(|kind| {
            (
                kind,
                text(&format!("organisations-kind-{}", kind.replace('_', "-"))),
            )
        });
        let all_regions = if scope.is_national() {
            text("follow-up-whole-country")
        } else {
            text("follow-up-own-regions")
        };
        json!({
            "periods": periods,
            "regions": options(all_regions, regions, &self.filter.region),
            "axes": options(text("follow-up-all-axes"), named(visitor, &frames.axes), &self.filter.axis),
            "kinds": options(text("follow-up-all-kinds"), kinds, &self.filter.kind),
            "from": written(self.filter.from),
            "until": written(self.filter.until - 1),
        })
    }
}

/// The query of a filter.
pub(super) fn query_of(filter: &Filter) -> String {
    let mut pairs = url::form_urlencoded::Serializer::new(String::new());
    pairs
        .append_pair("period", "own")
        .append_pair("from", &written(filter.from))
        .append_pair("until", &written(filter.until - 1));
    for (name, value) in [
        ("region", &filter.region),
        ("axis", &filter.axis),
        ("kind", &filter.kind),
    ] {
        if !value.is_empty() {
            pairs.append_pair(name, value);
        }
    }
    pairs.finish()
}
