//! Seminars as rows of a list.

use std::collections::{HashMap, HashSet};

use chrono::Datelike;
use domain::eligibility::Rule;
use serde::Serialize;

use super::door::{Proofs, Source};
use super::{SeminarRow, store};
use crate::db::DbError;
use crate::ids::{ModuleId, SeminarId};
use crate::web::Visitor;

/// A seminar as `partials/seminar-row` shows it.
#[derive(Debug, Serialize)]
pub struct Row {
    href_to: String,
    heading: String,
    starts_iso: String,
    day: String,
    month: String,
    place: String,
    seats_left: i64,
    /// `open`, `closed`, `registered`; null when nobody is signed in or seats are not given.
    door: Option<&'static str>,
    /// Conditions still to be met.
    missing: u32,
    cancelled: bool,
}

impl Row {
    /// The door stands open for whoever is signed in, and no seat is taken yet.
    pub fn is_open(&self) -> bool {
        self.door == Some("open")
    }

    /// Both rows are of one seminar.
    pub fn is_of(&self, other: &Row) -> bool {
        self.href_to == other.href_to
    }
}

/// The seminars to come in which whoever is signed in has a seat, soonest first.
pub async fn held(visitor: &Visitor<'_>) -> Result<Vec<Row>, DbError> {
    let Some(person) = visitor.person else {
        return Ok(Vec::new());
    };
    let seminars: Vec<SeminarRow> = store::HELD_BY
        .bind(person.id)
        .bind(visitor.now)
        .all(&visitor.app.db)
        .await?;
    rows(visitor, &seminars).await
}

/// The next seminars with the door's state for whoever is signed in, soonest first.
pub async fn upcoming(visitor: &Visitor<'_>, most: i64) -> Result<Vec<Row>, DbError> {
    upcoming_in(visitor, None, most).await
}

/// The next seminars whose rule names a module, soonest first.
pub async fn naming(
    visitor: &Visitor<'_>,
    module: ModuleId,
    most: usize,
) -> Result<Vec<Row>, DbError> {
    let seminars: Vec<SeminarRow> = store::UPCOMING
        .bind(visitor.now)
        .bind(None::<String>)
        .bind(super::UPCOMING_MAX)
        .all(&visitor.app.db)
        .await?;
    let naming: Vec<SeminarRow> = seminars
        .into_iter()
        .filter(|seminar| seminar.closed(visitor.now).is_none())
        .filter(|seminar| {
            seminar
                .rule()
                .conditions()
                .iter()
                .any(|c| c.subject.id() == module.0)
        })
        .take(most)
        .collect();
    rows(visitor, &naming).await
}

pub(super) async fn upcoming_in(
    visitor: &Visitor<'_>,
    region: Option<&str>,
    most: i64,
) -> Result<Vec<Row>, DbError> {
    let seminars: Vec<SeminarRow> = store::UPCOMING
        .bind(visitor.now)
        .bind(region)
        .bind(most)
        .all(&visitor.app.db)
        .await?;
    rows(visitor, &seminars).await
}

pub(super) async fn past_in(
    visitor: &Visitor<'_>,
    region: Option<&str>,
    most: i64,
) -> Result<Vec<Row>, DbError> {
    let seminars: Vec<SeminarRow> = store::PAST
        .bind(visitor.now)
        .bind(region)
        .bind(most)
        .all(&visitor.app.db)
        .await?;
    rows(visitor, &seminars).await
}

async fn rows(visitor: &Visitor<'_>, seminars: &[SeminarRow]) -> Result<Vec<Row>, DbError> {
    let mut doors: HashMap<SeminarId, (&'static str, u32)> = HashMap::new();
    if let Some(person) = visitor.person {
        let held: Vec<store::HeldRow> = store::SEATS_OF_PERSON
            .bind(person.id)
            .all(&visitor.app.db)
            .await?;
        let held: HashSet<SeminarId> = held.into_iter().map(|row| row.seminar).collect();
        let rules: Vec<(&SeminarRow, Rule)> = seminars
            .iter()
            .filter(|s| s.closed(visitor.now).is_none())
            .map(|s| (s, s.rule()))
            .collect();
        let admitted: Vec<store::HeldRow> = store::ADMISSIONS_OF
            .bind(person.id)
            .all(&visitor.app.db)
            .await?;
        let colleagues = rules.iter().any(|(_, r)| r.asks_colleagues());
        let source = Source::Db(&visitor.app.db);
        let proofs = Proofs::load(source, &[person.id], colleagues, visitor.now).await?;
        for (seminar, rule) in rules {
            let admitted = admitted.iter().any(|row| row.seminar == seminar.id);
            let door = proofs.door(&rule, person.id, admitted);
            let state = match door.verdict.eligible {
                _ if held.contains(&seminar.id) => "registered",
                true => "open",
                false => "closed",
            };
            doors.insert(seminar.id, (state, door.verdict.missing()));
        }
    }
    let locales = &visitor.app.pages.locales;
    let lang = visitor.lang();
    let zone = visitor.app.pages.time_zone();
    Ok(seminars
        .iter()
        .map(|seminar| {
            let local = seminar.starts_at.utc().with_timezone(&zone);
            let door = doors.get(&seminar.id);
            let place = match (seminar.cancelled_at, seminar.place.as_str()) {
                (Some(_), _) => locales.text(lang, "seminars-cancelled", &[]),
                (None, "") => locales.text(lang, "seminars-online", &[]),
                (None, place) => place.to_owned(),
            };
            Row {
                href_to: visitor.href(&format!("/seminars/{}", seminar.slug)),
                heading: seminar.title.clone(),
                starts_iso: seminar.starts_at.rfc3339(),
                day: local.day().to_string(),
                month: locales.plain(lang, &format!("web-month-{}", local.month()), &[]),
                place,
                seats_left: seminar.seats_left(),
                door: door.map(|(state, _)| *state),
                missing: door.map_or(0, |(_, missing)| *missing),
                cancelled: seminar.cancelled_at.is_some(),
            }
        })
        .collect())
}
