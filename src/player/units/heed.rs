//! A unit asks for its learner's preferences before it says anything (11.0.0.0-3): noted, so that
//! one that did not is refused.

use std::sync::Arc;

use cmi5::structure::Profile;
use uuid::Uuid;

use crate::App;
use crate::catalogue::{self, StoredCourse};
use crate::clock::Timestamp;
use crate::db::Tx;
use crate::ids::AttemptId;
use crate::web::Refusal;

use super::super::store::{self, AttemptRow, StateRow};
use super::{Held, registration, units};

/// Notes that the unit of a session has asked for its learner's preferences; once is enough.
pub async fn heed(app: &App, session: Uuid, of: Uuid) -> Result<(), Refusal> {
    let attempt = AttemptId(of);
    let row: AttemptRow = store::ATTEMPT.bind(attempt).one(&app.db).await?;
    let course = catalogue::course(app, row.version).await?;
    if units(&course)?.profile != Profile::Cmi5 {
        return Ok(());
    }
    let stored: StateRow = store::STATE.bind(attempt).one(&app.db).await?;
    let known = registration(&stored.state)?;
    if known.session(session).is_none_or(|s| s.preferences) {
        return Ok(());
    }
    let input = (attempt, session, course, app.ids.uuid(), app.clock.now());
    app.db
        .write(input, |tx, (attempt, session, course, change, now)| {
            Box::pin(note(tx, *attempt, *session, course, (*change, *now)))
        })
        .await
}

async fn note(
    tx: &mut Tx,
    attempt: AttemptId,
    session: Uuid,
    course: &Arc<StoredCourse>,
    (change, now): (Uuid, Timestamp),
) -> Result<(), Refusal> {
    let mut held = Held::take(tx, attempt).await?;
    if held.registration.heed(session) {
        held.keep(tx, units(course)?, change, now).await?;
    }
    Ok(())
}
