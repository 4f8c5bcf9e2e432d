//! Rows for reports: interactions, objectives and activities, kept in the transaction of the
//! batch that changed them, and written anew from the journal where they are missing.

use scorm::{Attempt, Collector, Course, Entry, Records, Setup};
use serde_json::{Value, json};

use crate::App;
use crate::catalogue;
use crate::clock::Timestamp;
use crate::db::{DbError, Tx};
use crate::ids::AttemptId;
use crate::jobs::{Handler, Job, JobError, spent};
use crate::web::Refusal;

use super::journal::scorm;
use super::store::{self, EntryRow};
use super::{replay, view};

/// Attempts written anew between two looks at the clock.
const PAGE: i64 = 50;
/// Entries of a journal read at once.
const ENTRIES: i64 = 2000;

/// Rows to be written, ready for the database.
#[derive(Debug, Default)]
pub(super) struct Rows {
    interactions: Vec<Value>,
    objectives: Vec<Value>,
    activities: Vec<Value>,
}

impl Rows {
    /// A question was answered.
    pub(super) fn has_answers(&self) -> bool {
        !self.interactions.is_empty()
    }
}

/// What units have reached as rows: an object for each, without the attempt and the time.
pub(super) fn of_units(attempt: AttemptId, mut activities: Vec<Value>, now: Timestamp) -> Rows {
    for row in &mut activities {
        row["attempt"] = json!(attempt.0.simple().to_string());
        row["at"] = json!(now.micros());
    }
    Rows {
        activities,
        ..Rows::default()
    }
}

/// What changed as rows; the activities too where the state is given.
pub(super) fn rows(
    course: &Course,
    attempt: AttemptId,
    changed: Records,
    state: Option<&Attempt>,
    now: Timestamp,
) -> Rows {
    let mut rows = Rows {
        interactions: interactions(course, &changed),
        objectives: objectives(course, &changed),
        activities: state.map_or_else(Vec::new, |state| activities(course, state)),
    };
    let attempt = attempt.0.simple().to_string();
    let all = [
        &mut rows.interactions,
        &mut rows.objectives,
        &mut rows.activities,
    ];
    for row in all.into_iter().flatten() {
        row["attempt"] = json!(attempt);
        row["at"] = json!(now.micros());
    }
    rows
}

/// Writes rows of different attempts, a statement for each kind there is.
pub(super) async fn write<'r>(
    tx: &mut Tx,
    rows: impl Iterator<Item = &'r Rows>,
) -> Result<(), DbError> {
    let (mut interactions, mut objectives, mut activities) = (Vec::new(), Vec::new(), Vec::new());
    for rows in rows {
        interactions.extend(&rows.interactions);
        objectives.extend(&rows.objectives);
        activities.extend(&rows.activities);
    }
    for (query, list) in [
        (&store::KEEP_INTERACTIONS, interactions),
        (&store::KEEP_OBJECTIVES, objectives),
        (&store::KEEP_ACTIVITIES, activities),
    ] {
        if !list.is_empty() {
            query.bind(json!(list).to_string()).run(&mut *tx).await?;
        }
    }
    Ok(())
}

fn interactions(course: &Course, changed: &Records) -> Vec<Value> {
    changed
        .interactions
        .iter()
        .map(|(&(activity, of_attempt, place), row)| {
            json!({
                "activity": activity, "activity_id": course.activities[activity].identifier,
                "of_attempt": of_attempt, "place": place, "identifier": row.id, "kind": row.kind,
                "description": row.description.as_deref().map(plain), "patterns": row.patterns,
                "response": row.response, "result": row.result, "weighting": row.weighting,
                "latency": row.latency.map(|latency| latency.seconds()),
                "reported_at": row.timestamp, "objectives": row.objectives,
            })
        })
        .collect()
}

fn objectives(course: &Course, changed: &Records) -> Vec<Value> {
    changed
        .objectives
        .iter()
        .map(|(&(activity, of_attempt, place), row)| {
            json!({
                "activity": activity, "activity_id": course.activities[activity].identifier,
                "of_attempt": of_attempt, "place": place, "identifier": row.id,
                "description": row.description.as_deref().map(plain),
                "success": row.passed.map(|passed| if passed { "passed" } else { "failed" }),
                "completion": row.completed.map(|done| if done { "completed" } else { "incomplete" }),
                "scaled": row.scaled, "raw": row.raw, "min": row.min, "max": row.max,
                "progress": row.progress,
            })
        })
        .collect()
}

fn activities(course: &Course, state: &Attempt) -> Vec<Value> {
    state
        .results(course)
        .into_iter()
        .map(|status| {
            json!({
                "activity": status.index, "activity_id": status.identifier,
                "state": view::state_of(&status), "score": status.scaled,
                "progress": status.progress, "seconds": status.seconds, "launches": status.launches,
            })
        })
        .collect()
}

/// A localized string without its `{lang=…}`.
fn plain(text: &str) -> &str {
    text.strip_prefix("{lang=")
        .and_then(|rest| rest.split_once('}'))
        .map_or(text, |(_, rest)| rest)
}

/// Writes an attempt's rows anew from its journal.
pub async fn rebuild(app: &App, attempt: AttemptId) -> Result<(), Refusal> {
    let row: store::AttemptRow = store::ATTEMPT.bind(attempt).one(&app.db).await?;
    let stored = catalogue::course(app, row.version).await?;
    if stored.units().is_some() {
        // Theirs are written whenever something changes.
        return Ok(());
    }
    scorm(&stored)?;
    app.db
        .write((attempt, stored), |tx, (attempt, stored)| {
            Box::pin(async move {
                let course = scorm(stored)?;
                let begun: store::StoredRow = store::STORED.bind(*attempt).one(&mut *tx).await?;
                let setup: Setup = replay::read(&begun.setup)?;
                let mut state = Attempt::begin(course, setup);
                let mut collector = Collector::default();
                let mut last = None;
                let mut after = Some(0);
                while let Some(at) = after {
                    let page: Vec<EntryRow> = store::FOLDED_PAGE
                        .bind(*attempt)
                        .bind(at)
                        .bind(ENTRIES)
                        .all(&mut *tx)
                        .await?;
                    for row in &page {
                        let entry: Entry = replay::read(&row.entry)?;
                        collector.see(course, &state, &entry);
                        state.apply(course, &entry);
                        last = Some(row.received_at);
                    }
                    after = page.last().and_then(|row| row.position);
                }
                for query in [
                    &store::DROP_INTERACTIONS,
                    &store::DROP_OBJECTIVES,
                    &store::DROP_ACTIVITIES,
                ] {
                    query.bind(*attempt).run(&mut *tx).await?;
                }
                if let Some(last) = last {
                    let changed = collector.records(course, &state);
                    let rows = rows(course, *attempt, changed, Some(&state), last);
                    write(tx, std::iter::once(&rows)).await?;
                }
                Ok::<_, Refusal>(())
            })
        })
        .await
}

/// Gives rows to attempts that have none: those made before the tables were.
pub const ROWS_HANDLER: Handler = Handler {
    kind: "report-rows",
    ready: |_| true,
    run: |app, job| Box::pin(fill(app, job)),
};

async fn fill(app: &App, _: Job) -> Result<Value, JobError> {
    let mut after: Option<AttemptId> = None;
    loop {
        let rows: Vec<store::AttemptIdRow> = store::WITHOUT_ROWS
            .bind(after)
            .bind(PAGE)
            .all(&app.db)
            .await?;
        for row in &rows {
            if let Err(refusal) = rebuild(app, row.id).await {
                tracing::warn!(attempt = %row.id, code = refusal.code, "no rows for reports");
            }
        }
        match rows.last() {
            Some(last) => after = Some(last.id),
            None => return Ok(spent()),
        }
    }
}
