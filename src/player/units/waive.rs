//! Staff waive units (9.3.7): the correction there is of what units have reached.

use std::sync::Arc;

use serde_json::json;
use uuid::Uuid;

use crate::App;
use crate::accounts::Audit;
use crate::catalogue::StoredCourse;
use crate::clock::Timestamp;
use crate::db::Tx;
use crate::ids::{AttemptId, SessionId};
use crate::lrs;
use crate::web::Refusal;

use super::super::corrections::{self, Change};
use super::super::store;
use super::{Held, units, whose};

/// What the standard calls a person's decision (9.5.5.2). The person's own words stay with the
/// correction: statements are for others to read.
const REASON: &str = "Administrative";

struct Input {
    app: App,
    attempt: AttemptId,
    course: Arc<StoredCourse>,
    change: Change,
    session: SessionId,
    progress: Uuid,
    audit: Audit,
    now: Timestamp,
}

/// Waives a unit, or all of them; each once (9.3.7.0-4). 422 `units-waive-only` for any other
/// change: verdicts and scores are the units' own to tell.
pub async fn waive(
    app: &App,
    attempt: AttemptId,
    course: Arc<StoredCourse>,
    change: Change,
) -> Result<(), Refusal> {
    if change.completed != Some(true) || change.passed == Some(false) || change.scaled.is_some() {
        return Err(Refusal::unprocessable("units-waive-only"));
    }
    let audit = Audit::new(
        app,
        Some(change.author),
        "attempt-corrected",
        format!("attempt:{attempt}"),
    )
    .detail(json!({
        "role": change.role.code(), "reason": change.reason,
        "activity": change.activity, "completed": change.completed,
    }));
    let input = Input {
        app: app.clone(),
        attempt,
        course,
        change,
        session: app.ids.id(),
        progress: app.ids.uuid(),
        audit,
        now: app.clock.now(),
    };
    app.db
        .write(input, |tx, input| Box::pin(write(tx, input)))
        .await
}

async fn write(tx: &mut Tx, input: &Input) -> Result<(), Refusal> {
    let (app, now, change) = (&input.app, input.now, &input.change);
    let course = units(&input.course)?;
    let places: Vec<usize> = course
        .units()
        .filter(|&place| {
            let id = &course.nodes[place].id;
            change.activity.as_ref().is_none_or(|wanted| wanted == id)
        })
        .collect();
    if places.is_empty() {
        return Err(Refusal::not_found());
    }
    let mut held = Held::take(tx, input.attempt).await?;
    let ids = (held.row.version, held.row.id, held.row.person);
    let whose = whose(app, course, ids);
    let at = xapi::time::timestamp(now.micros());
    let mut statements = Vec::new();
    for place in places {
        if !held.registration.waive(place, REASON) {
            continue;
        }
        let session = Uuid::new_v5(&input.session.0, format!("{place}").as_bytes());
        let id = Uuid::new_v5(&whose.registration, format!("waived {place}").as_bytes());
        if course.profile == cmi5::structure::Profile::Cmi5 {
            statements.push(whose.waived(id, session, place, REASON, &at));
            statements.extend(held.settle(&whose, session, &at));
        } else {
            held.registration.settle(course);
        }
    }
    lrs::launches::write(tx, lrs::own(app, &statements)?, now).await?;
    store::ADD_SESSION
        .bind(input.session)
        .bind(input.attempt)
        .bind("correction")
        .bind(None::<String>)
        .bind(None::<Timestamp>)
        .bind(None::<String>)
        .bind(now)
        .bind(Some(now))
        .bind(json!([]))
        .run(&mut *tx)
        .await?;
    corrections::write(tx, input.session, input.attempt, change, now).await?;
    input.audit.write(tx).await?;
    held.keep(tx, course, input.progress, now).await
}
