//! Replay: the journal of an attempt through a fresh fold, step by step.

use scorm::{Attempt, Course, Entry, Setup, Verdict};

use crate::App;
use crate::catalogue;
use crate::ids::SessionId;
use crate::web::Refusal;

use super::journal::scorm;
use super::store::{self, EntryRow};
use super::{outcomes, view};

/// One step of a replay.
pub struct Step {
    /// The entry's row.
    pub row: EntryRow,
    /// The entry.
    pub entry: Entry,
    /// What the fresh fold answers to it.
    pub verdict: Verdict,
    /// The activity being delivered after it.
    pub activity: Option<String>,
}

/// A replay of a whole attempt.
pub struct Replay {
    /// Every step, in the order of the fold; those of the session asked for and of all others.
    pub steps: Vec<Step>,
    /// The state that the fresh fold ends in.
    pub state: Attempt,
    /// The state stored.
    pub stored: Attempt,
    /// The outcome of the fresh fold.
    pub outcome: domain::outcome::Outcome,
    /// The outcome stored.
    pub stored_outcome: domain::outcome::Outcome,
}

impl Replay {
    /// Whether the fresh fold ends where the live one did.
    pub fn agrees(&self) -> bool {
        self.state == self.stored && self.outcome == self.stored_outcome
    }
}

/// Replays the attempt of a session; onto another course where one is given.
pub async fn replay(
    app: &App,
    session: SessionId,
    onto: Option<&Course>,
) -> Result<Replay, Refusal> {
    let row: store::SessionRow = store::SESSION.bind(session).one(&app.db).await?;
    let stored: store::StoredRow = store::STORED.bind(row.attempt).one(&app.db).await?;
    let rows: Vec<EntryRow> = store::FOLDED_ENTRIES.bind(row.attempt).all(&app.db).await?;
    let course = catalogue::course(app, stored.version).await?;
    let course = match onto {
        Some(course) => course,
        None => scorm(&course)?,
    };
    let setup: Setup = read(&stored.setup)?;
    let mut state = Attempt::begin(course, setup);
    let mut steps = Vec::with_capacity(rows.len());
    for row in rows {
        let entry: Entry = read(&row.entry)?;
        let verdict = state.apply(course, &entry);
        let activity = state.delivery(course).map(|d| d.identifier.to_owned());
        steps.push(Step {
            row,
            entry,
            verdict,
            activity,
        });
    }
    Ok(Replay {
        outcome: outcomes::of(&state, course),
        state,
        stored: view::attempt(&stored.state)?,
        stored_outcome: outcomes::from_json(&stored.outcome),
        steps,
    })
}

fn read<T: serde::de::DeserializeOwned>(text: &str) -> Result<T, Refusal> {
    serde_json::from_str(text).map_err(|error| {
        tracing::error!(%error, "reading a journal");
        Refusal::new(rocket::http::Status::InternalServerError, "internal")
    })
}
