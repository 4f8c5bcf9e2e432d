//! What the programme does, for everybody.

use chrono::{Datelike, TimeZone};
use rocket::get;
use serde::Serialize;
use serde_json::{Value, json};

use super::sheet::{evidence, milestones, organisations, paragraphs};
use super::{Frames, card, named, options, paging};
use crate::clock::Timestamp;
use crate::follow_up::sheets::{self, Filter};
use crate::web::i18n::{Lang, Locales};
use crate::web::{Html, Page, Refusal, Visitor};

#[derive(Serialize)]
struct TimelinePage {
    years: Vec<Value>,
    regions: Vec<Value>,
    axes: Vec<Value>,
    groups: Vec<Value>,
    filtered: bool,
    pages: Value,
}

impl Page for TimelinePage {
    const TEMPLATE: &'static str = "follow_up/timeline";
    const NAV: &'static str = "watch";
    fn title(&self, locales: &Locales, lang: Lang) -> String {
        locales.text(lang, "follow-up-timeline", &[])
    }
}

fn year_of(visitor: &Visitor<'_>, at: Timestamp) -> i32 {
    at.utc()
        .with_timezone(&visitor.app.pages.time_zone())
        .year()
}

/// The first moments of a year and of the next one.
fn year(visitor: &Visitor<'_>, year: i32) -> Option<(Timestamp, Timestamp)> {
    let zone = visitor.app.pages.time_zone();
    let first = |year| {
        let start = zone.with_ymd_and_hms(year, 1, 1, 0, 0, 0).earliest()?;
        Some(Timestamp::from(start.to_utc()))
    };
    Some((first(year)?, first(year + 1)?))
}

/// The published actions, latest first; `?year=`, `?region=` and `?axis=` leave out the others.
#[get("/timeline?<year>&<region>&<axis>&<page>")]
pub(super) async fn timeline(
    visitor: Visitor<'_>,
    year: Option<&str>,
    region: Option<&str>,
    axis: Option<&str>,
    page: Option<i64>,
) -> Result<Html, Refusal> {
    let asked = year.unwrap_or_default();
    let chosen = asked
        .parse::<i32>()
        .ok()
        .filter(|y| (1990..=2200).contains(y));
    let between = chosen.and_then(|year| self::year(&visitor, year));
    let filter = Filter {
        region: region.unwrap_or_default().to_owned(),
        axis: axis.unwrap_or_default().to_owned(),
        state: String::new(),
        page: page.unwrap_or_default().clamp(0, 10_000),
    };
    let (rows, more) = sheets::timeline(visitor.app, between, &filter).await?;
    let frames = Frames::read(&visitor).await?;
    let text = |key: &str| visitor.app.pages.locales.plain(visitor.lang(), key, &[]);
    let span = sheets::span(visitor.app).await?;
    let years: Vec<String> = span
        .map(|(first, last)| (year_of(&visitor, first)..=year_of(&visitor, last)).rev())
        .into_iter()
        .flatten()
        .take(60)
        .map(|year| year.to_string())
        .collect();
    let mut groups: Vec<(i32, Vec<Value>)> = Vec::new();
    for row in &rows {
        let year = year_of(&visitor, row.starts_at);
        let line = card(&visitor, &frames, row, "/timeline");
        match groups.last_mut().filter(|(last, _)| *last == year) {
            Some((_, lines)) => lines.push(line),
            None => groups.push((year, vec![line])),
        }
    }
    let kept = chosen.map(|year| year.to_string()).unwrap_or_default();
    Ok(visitor.page(&TimelinePage {
        years: options(
            text("follow-up-all-years"),
            years.iter().map(|year| (year.as_str(), year.clone())),
            &kept,
        ),
        regions: options(
            text("follow-up-all-regions"),
            named(&visitor, &frames.regions),
            &filter.region,
        ),
        axes: options(
            text("follow-up-all-axes"),
            named(&visitor, &frames.axes),
            &filter.axis,
        ),
        groups: groups
            .into_iter()
            .map(|(year, lines)| json!({ "year": year.to_string(), "lines": lines }))
            .collect(),
        filtered: chosen.is_some() || !filter.region.is_empty() || !filter.axis.is_empty(),
        pages: paging(
            &visitor,
            "/timeline",
            &[
                ("year", &kept),
                ("region", &filter.region),
                ("axis", &filter.axis),
            ],
            filter.page,
            more,
        ),
    }))
}

#[derive(Serialize)]
struct ActionPage {
    crumbs: Vec<Value>,
    sheet: Value,
    paragraphs: Vec<String>,
    organisations: Vec<Value>,
    milestones: Vec<Value>,
    evidence: Vec<Value>,
    moves: Vec<Value>,
    share: Option<crate::directory::Shared>,
    title: String,
}

impl Page for ActionPage {
    const TEMPLATE: &'static str = "follow_up/action";
    const NAV: &'static str = "watch";
    fn title(&self, _: &Locales, _: Lang) -> String {
        self.title.clone()
    }
}

/// One published action: what is done, with whom, how far it is. Who wrote it and why a step was
/// taken stays with the staff.
#[get("/timeline/<slug>")]
pub(super) async fn one(visitor: Visitor<'_>, slug: &str) -> Result<Html, Refusal> {
    let row = sheets::shown(visitor.app, slug).await?;
    let frames = Frames::read(&visitor).await?;
    let text = |key: &str| visitor.app.pages.locales.plain(visitor.lang(), key, &[]);
    let mut shown_evidence = evidence(&visitor, sheets::evidence(visitor.app, row.id).await?);
    shown_evidence.retain(|line| !line["href_to"].is_null());
    let moves = sheets::events(visitor.app, row.id)
        .await?
        .into_iter()
        .filter_map(|event| {
            let to = event.to_state?;
            Some(json!({ "to": text(&format!("follow-up-state-{to}")), "hue": super::hue(&to), "at": event.at }))
        });
    Ok(visitor.page(&ActionPage {
        crumbs: vec![
            json!({ "href": visitor.href("/timeline"), "label": text("follow-up-timeline") }),
        ],
        sheet: card(&visitor, &frames, &row, "/timeline"),
        paragraphs: paragraphs(&row.description),
        organisations: organisations(
            &visitor,
            sheets::shown_concerned(visitor.app, row.id).await?,
        ),
        milestones: milestones(&visitor, &row).await?,
        evidence: shown_evidence,
        moves: moves.collect(),
        share: crate::directory::share(
            visitor.app,
            visitor.lang(),
            &format!("/timeline/{}", row.slug),
        )
        .await?,
        title: row.title,
    }))
}
