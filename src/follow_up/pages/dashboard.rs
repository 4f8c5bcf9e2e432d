//! The dashboard: every figure leads to its rows, every chart has its table behind it.

use rocket::get;
use serde::Serialize;
use serde_json::{Value, json};

use super::Frames;
use super::asked::{Asked, Query, query_of, written};
use crate::accounts::guards::Staff;
use crate::clock::Timestamp;
use crate::follow_up::chart::{self, Chart, Form};
use crate::follow_up::figures::{self, Figures, Filter, MEASURES, Part, Scope};
use crate::organisations::KINDS;
use crate::web::i18n::{Lang, Locales};
use crate::web::{Html, Page, Refusal};

/// Shorter periods are shown within so many months.
const TREND: i64 = 12;

#[derive(Serialize)]
struct DashboardPage {
    crumbs: Vec<Value>,
    national: bool,
    places: String,
    as_of: Option<Timestamp>,
    form: Value,
    from: String,
    until: String,
    groups: Vec<Value>,
    charts: Vec<Drawn>,
    csv: String,
    xlsx: String,
}

impl Page for DashboardPage {
    const TEMPLATE: &'static str = "follow_up/dashboard";
    const NAV: &'static str = "admin";
    fn title(&self, locales: &Locales, lang: Lang) -> String {
        locales.text(lang, "follow-up-dashboard", &[])
    }
}

/// A chart with its words and its table.
#[derive(Serialize)]
struct Drawn {
    key: &'static str,
    chart: Chart,
    lanes: bool,
    legend: Vec<Value>,
    head: Vec<String>,
    rows: Vec<Value>,
    empty: bool,
}

struct Painter<'a> {
    staff: &'a Staff<'a>,
    filter: Filter,
    rtl: bool,
}

impl Painter<'_> {
    fn text(&self, key: &str) -> String {
        self.staff
            .app
            .pages
            .locales
            .plain(self.staff.lang(), key, &[])
    }

    fn measure(&self, code: &str) -> String {
        self.text(&format!("follow-up-measure-{code}"))
    }

    fn link(&self, code: &str, filter: &Filter) -> String {
        self.staff
            .href(&format!("/follow-up/rows/{code}?{}", query_of(filter)))
    }

    fn by_month(
        &self,
        key: &'static str,
        codes: &[&'static str],
        form: Form,
        months: std::ops::Range<i64>,
        figures: &Figures,
    ) -> Drawn {
        let value = |code: &'static str, month: i64| {
            let found = figures.get(&(code, month.to_string()));
            found.copied().unwrap_or_default()
        };
        let labels: Vec<String> = months
            .clone()
            .map(|month| format!("{:02}/{:02}", month % 12 + 1, month / 12 % 100))
            .collect();
        let series: Vec<Vec<i64>> = codes
            .iter()
            .map(|code| months.clone().map(|month| value(code, month)).collect())
            .collect();
        let rows = months.clone().map(|month| {
            let filter = Filter { from: month, until: month + 1, ..self.filter.clone() };
            let cells: Vec<Value> = codes
                .iter()
                .map(|code| json!({ "value": value(code, month), "href_to": self.link(code, &filter) }))
                .collect();
            json!({ "label": written(month), "cells": cells })
        });
        let mut head = vec![self.text("follow-up-col-month")];
        head.extend(codes.iter().map(|code| self.measure(code)));
        Drawn {
            key,
            empty: series.iter().flatten().all(|value| *value == 0),
            chart: chart::columns(&labels, &series, form, self.rtl),
            lanes: false,
            legend: codes
                .iter()
                .enumerate()
                .map(
                    |(n, code)| json!({ "series": n % chart::SERIES, "label": self.measure(code) }),
                )
                .collect(),
            head,
            rows: rows.collect(),
        }
    }

    /// `parts`: slug and name, the empty slug for what has none; it leads nowhere, as no filter asks
    /// for it.
    fn by_part(
        &self,
        key: &'static str,
        code: &'static str,
        parts: &[(String, String)],
        figures: &Figures,
        narrow: impl Fn(&mut Filter, &str),
    ) -> Drawn {
        let lines: Vec<(&str, &str, i64)> = parts
            .iter()
            .map(|(slug, name)| {
                let value = figures.get(&(code, slug.clone())).copied();
                (slug.as_str(), name.as_str(), value.unwrap_or_default())
            })
            .filter(|(slug, _, value)| !slug.is_empty() || *value > 0)
            .collect();
        let bars: Vec<(String, i64)> = lines
            .iter()
            .map(|(_, name, value)| ((*name).to_owned(), *value))
            .collect();
        let rows = lines.iter().map(|(slug, name, value)| {
            let mut filter = self.filter.clone();
            narrow(&mut filter, slug);
            let href = (!slug.is_empty()).then(|| self.link(code, &filter));
            json!({ "label": name, "cells": [{ "value": value, "href_to": href }] })
        });
        Drawn {
            key,
            empty: bars.iter().all(|(_, value)| *value == 0),
            chart: chart::lanes(&bars, self.rtl, |value| value.to_string()),
            lanes: true,
            legend: Vec::new(),
            head: vec![
                self.text(&format!("follow-up-col-{key}")),
                self.measure(code),
            ],
            rows: rows.collect(),
        }
    }
}

/// The figures within one's reach.
#[get("/follow-up?<query..>")]
pub(super) async fn page(staff: Staff<'_>, query: Query<'_>) -> Result<Html, Refusal> {
    let scope = Scope::of(staff.person).ok_or_else(Refusal::forbidden)?;
    let frames = Frames::read(&staff).await?;
    let asked = Asked::of(&staff, &query);
    let filter = asked.filter.clone();
    let trend = Filter {
        from: filter.from.min(filter.until - TREND),
        ..filter.clone()
    };
    let of = |filter, part| figures::figures(staff.app, &scope, filter, part);
    let (whole, months, regions, axes, kinds, as_of) = futures::try_join!(
        of(&filter, Part::Whole),
        of(&trend, Part::Month),
        of(&filter, Part::Region),
        of(&filter, Part::Axis),
        of(&filter, Part::Kind),
        figures::as_of(staff.app),
    )?;
    let painter = Painter {
        staff: &staff,
        filter: filter.clone(),
        rtl: staff.lang() == Lang::Ar,
    };
    let mut groups: Vec<(&str, Vec<Value>)> = Vec::new();
    for measure in MEASURES {
        let value = whole.get(&(measure.code, String::new())).copied();
        let line = json!({
            "code": measure.code,
            "value": value.unwrap_or_default(),
            "time": measure.code == "time",
            "label": painter.measure(measure.code),
            "href_to": painter.link(measure.code, &filter),
        });
        match groups
            .last_mut()
            .filter(|(group, _)| *group == measure.group)
        {
            Some((_, lines)) => lines.push(line),
            None => groups.push((measure.group, vec![line])),
        }
    }
    let slugs = |list: &[crate::organisations::Named], none: &str| -> Vec<(String, String)> {
        let all = list
            .iter()
            .map(|one| (one.slug.clone(), one.name(staff.lang()).to_owned()));
        all.chain([(String::new(), painter.text(none))]).collect()
    };
    let mut region_parts = slugs(&frames.regions, "follow-up-no-region");
    region_parts.retain(|(slug, _)| slug.is_empty() || scope.covers(slug));
    if !filter.region.is_empty() {
        region_parts.retain(|(slug, _)| *slug == filter.region);
    }
    let mut axis_parts = slugs(&frames.axes, "follow-up-no-axis");
    if !filter.axis.is_empty() {
        axis_parts.retain(|(slug, _)| *slug == filter.axis);
    }
    let mut kind_parts: Vec<(String, String)> = KINDS
        .iter()
        .map(|kind| {
            (
                (*kind).to_owned(),
                painter.text(&format!("organisations-kind-{}", kind.replace('_', "-"))),
            )
        })
        .chain([(String::new(), painter.text("follow-up-no-kind"))])
        .collect();
    if !filter.kind.is_empty() {
        kind_parts.retain(|(slug, _)| *slug == filter.kind);
    }
    let range = trend.from..trend.until;
    let charts = vec![
        painter.by_month(
            "learners",
            &["learners", "new"],
            Form::Line,
            range.clone(),
            &months,
        ),
        painter.by_month(
            "learning",
            &["registrations", "completions", "successes"],
            Form::Grouped,
            range.clone(),
            &months,
        ),
        painter.by_month(
            "seats",
            &["seats-offered", "seats-taken", "present"],
            Form::Grouped,
            range.clone(),
            &months,
        ),
        painter.by_month(
            "contributions",
            &["questions", "answers", "solutions", "documents"],
            Form::Stacked,
            range,
            &months,
        ),
        painter.by_part(
            "region",
            "learners",
            &region_parts,
            &regions,
            |filter, slug| {
                slug.clone_into(&mut filter.region);
            },
        ),
        painter.by_part(
            "axis",
            "registrations",
            &axis_parts,
            &axes,
            |filter, slug| {
                slug.clone_into(&mut filter.axis);
            },
        ),
        painter.by_part(
            "kind",
            "registrations",
            &kind_parts,
            &kinds,
            |filter, slug| {
                slug.clone_into(&mut filter.kind);
            },
        ),
    ];
    let own = |slug: &str| !scope.is_national() && scope.covers(slug);
    let places: Vec<String> = super::named(&staff, &frames.regions)
        .filter(|(slug, _)| own(slug))
        .map(|(_, name)| name)
        .collect();
    let export = |kind: &str| staff.href(&format!("/follow-up/export/{kind}?{}", asked.query()));
    Ok(staff.page(&DashboardPage {
        crumbs: vec![json!({ "href": staff.href("/admin"), "label": painter.text("admin-title") })],
        national: scope.is_national(),
        places: places.join(" · "),
        as_of,
        form: asked.form(&staff, &frames, &scope),
        from: written(filter.from),
        until: written(filter.until - 1),
        groups: groups
            .into_iter()
            .map(|(group, lines)| json!({ "group": group, "lines": lines }))
            .collect(),
        charts,
        csv: export("csv"),
        xlsx: export("xlsx"),
    }))
}
