//! The units of a course as its learner sees them.

use cmi5::registration::{Reached, Registration};
use cmi5::structure::{Course, text};
use serde::Serialize;
use serde_json::{Value, json};

use crate::web::Refusal;

use super::super::report::ActivityView;

/// A block or a unit in the list.
#[derive(Debug, Clone, Serialize)]
pub struct Shown {
    /// Its place among the nodes.
    pub place: usize,
    /// Its title.
    pub heading: String,
    /// Its description.
    pub text: String,
    /// 1 for those of the course itself.
    pub depth: u32,
    /// It can be opened.
    pub is_unit: bool,
    /// not-started, in-progress, completed, passed, failed
    pub state: &'static str,
    /// The last scaled score.
    pub score: Option<f64>,
    /// Time spent, where there is any.
    pub seconds: Option<f64>,
    /// The first unit that is not satisfied.
    pub next: bool,
}

/// The list, in the learner's language where the author wrote in it.
pub fn shown(course: &Course, registration: Option<&Registration>, language: &str) -> Vec<Shown> {
    let mut all: Vec<Shown> = course
        .nodes
        .iter()
        .enumerate()
        .map(|(place, node)| {
            let reached = registration.and_then(|r| r.units.get(place));
            let satisfied = registration.is_some_and(|r| r.satisfied.get(place) == Some(&true));
            let is_unit = node.unit.is_some();
            Shown {
                place,
                heading: text(&node.title, &[language]).to_owned(),
                text: text(&node.description, &[language]).to_owned(),
                depth: node.depth,
                is_unit,
                state: match reached {
                    Some(reached) if is_unit => word(reached),
                    Some(_) if satisfied => "completed",
                    _ if begun(course, registration, place) => "in-progress",
                    _ => "not-started",
                },
                score: reached.and_then(|r| r.score),
                seconds: reached.map(|r| r.seconds).filter(|s| *s >= 1.0),
                next: false,
            }
        })
        .collect();
    let done = |shown: &Shown| matches!(shown.state, "completed" | "passed");
    let waiting = all
        .iter()
        .position(|shown| {
            let open = registration
                .is_none_or(|r| r.satisfied.get(shown.place) != Some(&true) || !done(shown));
            shown.is_unit && open
        })
        .or_else(|| all.iter().position(|shown| shown.is_unit));
    if let Some(place) = waiting {
        all[place].next = true;
    }
    all
}

/// Something in a block was opened.
fn begun(course: &Course, registration: Option<&Registration>, block: usize) -> bool {
    let inside = |mut place: usize| loop {
        match course.nodes[place].parent {
            Some(parent) if parent == block => break true,
            Some(parent) => place = parent,
            None => break false,
        }
    };
    registration.is_some_and(|registration| {
        course
            .units()
            .any(|place| registration.units[place].launches > 0 && inside(place))
    })
}

/// The units of an attempt as reports show them.
pub fn activities(course: &Course, state: &str) -> Result<Vec<ActivityView>, Refusal> {
    let registration = super::registration(state)?;
    Ok(course
        .units()
        .map(|place| {
            let (node, reached) = (&course.nodes[place], &registration.units[place]);
            ActivityView {
                index: place,
                identifier: node.id.clone(),
                title: text(&node.title, &[]).to_owned(),
                part: None,
                state: word(reached),
                score: reached.score,
                progress: reached.progress.map(|percent| percent / 100.0),
                seconds: reached.seconds,
                launches: reached.launches,
            }
        })
        .collect())
}

/// The units that were begun, as rows for reports.
pub fn rows(course: &Course, registration: &Registration) -> Vec<Value> {
    course
        .units()
        .map(|place| (place, &registration.units[place]))
        .filter(|(_, reached)| reached.launches > 0 || reached.waived.is_some())
        .map(|(place, reached)| {
            json!({
                "activity": place, "activity_id": course.nodes[place].id, "state": word(reached),
                "score": reached.score, "progress": reached.progress.map(|percent| percent / 100.0),
                "seconds": reached.seconds, "launches": reached.launches,
            })
        })
        .collect()
}

fn word(reached: &Reached) -> &'static str {
    match reached {
        Reached {
            waived: Some(_), ..
        } => "completed",
        Reached { passed: true, .. } => "passed",
        Reached { failed: true, .. } => "failed",
        Reached {
            completed: true, ..
        } => "completed",
        Reached { launches: 1.., .. } => "in-progress",
        _ => "not-started",
    }
}
