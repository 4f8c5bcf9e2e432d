//! One attempt as reports show it.

use domain::outcome::Outcome;
use serde::Serialize;
use serde_json::Value;

use crate::App;
use crate::catalogue;
use crate::clock::Timestamp;
use crate::formats::Structure;
use crate::ids::{AttemptId, SessionId};
use crate::web::Refusal;

use super::store::{self, AttemptRow};
use super::{outcomes, tools, units, view};

/// An activity of an attempt.
#[derive(Debug, Clone, Serialize)]
pub struct ActivityView {
    /// Index in the course.
    #[serde(skip)]
    pub index: usize,
    /// Identifier in the manifest.
    pub identifier: String,
    /// Title.
    pub title: String,
    /// The part of the course it stands in, by index and title; none at the first level.
    #[serde(skip)]
    pub part: Option<(usize, String)>,
    /// not-started, in-progress, completed, passed, failed
    pub state: &'static str,
    /// -1..1
    pub score: Option<f64>,
    /// 0..1, where the content measures it.
    pub progress: Option<f64>,
    /// Time spent.
    pub seconds: f64,
    /// Times it was opened.
    pub launches: u32,
}

/// An opening of the player, or a correction.
#[derive(Debug, Clone)]
pub struct SessionView {
    /// Which.
    pub id: SessionId,
    /// A correction by staff.
    pub correction: bool,
    /// When it was opened.
    pub at: Timestamp,
    /// Entries in its journal.
    pub entries: i64,
    /// Findings about it by code, with how often each was made.
    pub findings: Vec<(String, u32)>,
}

/// An attempt with everything but its answers.
#[derive(Debug, Clone)]
pub struct AttemptView {
    /// The attempt.
    pub row: AttemptRow,
    /// Its outcome.
    pub outcome: Outcome,
    /// The edition of its course.
    pub edition: scorm::Edition,
    /// A course of cmi5 or xAPI units: staff waive parts of it, and correct nothing else.
    pub units: bool,
    /// The activities that can be opened, in order.
    pub activities: Vec<ActivityView>,
    /// The openings, in order.
    pub sessions: Vec<SessionView>,
}

/// An attempt; who may see it is the caller's to check.
pub async fn view_of(app: &App, attempt: AttemptId) -> Result<AttemptView, Refusal> {
    let row: AttemptRow = store::ATTEMPT.bind(attempt).one(&app.db).await?;
    let stored = catalogue::course(app, row.version).await?;
    let state: store::StateRow = store::STATE.bind(attempt).one(&app.db).await?;
    let (edition, activities) = match &stored.structure {
        Structure::Scorm(course) => (course.edition, activities(course, &state.state)?),
        // Its answers, were there any, would be written as xAPI writes them.
        Structure::Units(course) => (
            scorm::Edition::Scorm2004Fourth,
            units::activities(course, &state.state)?,
        ),
        Structure::Tool(link) => (
            scorm::Edition::Scorm2004Fourth,
            tools::activities(link, &state.state)?,
        ),
    };
    let sessions: Vec<store::SessionOfRow> = store::SESSIONS.bind(attempt).all(&app.db).await?;
    Ok(AttemptView {
        outcome: outcomes::from_json(&row.outcome),
        row,
        edition,
        units: stored.units().is_some(),
        activities,
        sessions: sessions
            .iter()
            .map(|session| SessionView {
                id: session.id,
                correction: session.kind == "correction",
                at: session.opened_at.unwrap_or(session.created_at),
                entries: session.last_seq,
                findings: counted(&session.diagnosis),
            })
            .collect(),
    })
}

fn activities(course: &scorm::Course, state: &str) -> Result<Vec<ActivityView>, Refusal> {
    Ok(view::attempt(state)?
        .activities(course)
        .into_iter()
        .skip(1)
        .filter(|status| status.launchable)
        .map(|status| ActivityView {
            index: status.index,
            part: part_of(course, status.index),
            state: view::state_of(&status),
            identifier: status.identifier,
            title: status.title,
            score: status.scaled,
            progress: status.progress,
            seconds: status.seconds,
            launches: status.launches,
        })
        .collect())
}

/// The block around an activity, unless that is the course itself.
fn part_of(course: &scorm::Course, activity: usize) -> Option<(usize, String)> {
    let part = course.activities[activity].parent.filter(|at| *at != 0)?;
    Some((part, course.activities[part].title.clone()))
}

/// The findings of a session by kind, with how often each was made.
fn counted(diagnosis: &Value) -> Vec<(String, u32)> {
    let mut kinds: Vec<(String, u32)> = Vec::new();
    let findings = diagnosis.as_array().into_iter().flatten();
    for code in findings.filter_map(|finding| finding["code"].as_str()) {
        match kinds.iter_mut().find(|(kind, _)| kind == code) {
            Some((_, count)) => *count += 1,
            None => kinds.push((code.to_owned(), 1)),
        }
    }
    kinds
}

/// A stored outcome, and its one word of the design system.
pub fn word_of(stored: &Value) -> (Outcome, &'static str) {
    let outcome = outcomes::from_json(stored);
    let word = outcomes::word(&outcome);
    (outcome, word)
}
