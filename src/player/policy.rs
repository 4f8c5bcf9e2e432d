//! A changed policy reaches those who began before: every attempt's outcome is settled anew and
//! what counts is recorded again, one transaction per learner. The progress history keeps both.

use std::collections::HashMap;
use std::sync::Arc;

use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use uuid::Uuid;

use crate::App;
use crate::catalogue::{self, POLICY_CHANGED, StoredCourse};
use crate::clock::Timestamp;
use crate::db::Tx;
use crate::formats::Structure;
use crate::ids::{ModuleId, PersonId, VersionId};
use crate::jobs::{self, Handler, Job, JobError, spent};
use crate::progress;
use crate::web::Refusal;

use super::{outcomes, store, tools, units, view};

/// Learners in one row of the outbox; a further row takes the next ones.
const LEARNERS: i64 = 500;

/// Applies a changed policy.
pub const POLICY_HANDLER: Handler = Handler {
    kind: POLICY_CHANGED,
    ready: |_| true,
    run: |app, job| Box::pin(apply(app, job)),
};

#[derive(Serialize, Deserialize)]
struct Payload {
    module: ModuleId,
    /// Those before and this one are done.
    #[serde(default)]
    after: Option<PersonId>,
}

async fn apply(app: &App, job: Job) -> Result<Value, JobError> {
    let payload: Payload =
        serde_json::from_value(job.payload).map_err(|error| JobError::Never(error.to_string()))?;
    let later = |refusal: Refusal| JobError::Later(refusal.code.to_owned());
    let mut courses = HashMap::new();
    for version in catalogue::versions(app, payload.module)
        .await
        .map_err(later)?
    {
        let course = catalogue::course(app, version.id).await.map_err(later)?;
        courses.insert(version.id, course);
    }
    let learners: Vec<store::LearnerIdRow> = store::LEARNERS_AFTER
        .bind(payload.module)
        .bind(payload.after)
        .bind(LEARNERS)
        .all(&app.db)
        .await?;
    for learner in &learners {
        let input = Input {
            person: learner.person,
            module: payload.module,
            courses: courses.clone(),
            change: app.ids.uuid(),
            now: app.clock.now(),
        };
        app.db
            .write(input, |tx, input| Box::pin(settle(tx, input)))
            .await
            .map_err(later)?;
    }
    if let Some(last) = learners
        .last()
        .filter(|_| learners.len() as i64 == LEARNERS)
    {
        let next = json!({ "module": payload.module, "after": last.person });
        let row = (app.ids.uuid(), next, app.clock.now());
        app.db
            .write(row, |tx, (id, next, now)| {
                Box::pin(jobs::enqueue(tx, *id, POLICY_CHANGED, next.clone(), *now))
            })
            .await?;
    }
    Ok(spent())
}

struct Input {
    person: PersonId,
    module: ModuleId,
    courses: HashMap<VersionId, Arc<StoredCourse>>,
    change: Uuid,
    now: Timestamp,
}

async fn settle(tx: &mut Tx, input: &Input) -> Result<(), Refusal> {
    let stored: store::PolicyRow = store::POLICY.bind(input.module).one(&mut *tx).await?;
    let policy = outcomes::policy(&stored.policy);
    let attempts: Vec<store::WholeRow> = store::STATES
        .bind(input.person)
        .bind(input.module)
        .all(&mut *tx)
        .await?;
    for row in &attempts {
        // A version that came just now: its attempts already follow the new policy.
        let Some(stored) = input.courses.get(&row.version) else {
            continue;
        };
        let (before, now) = (row.finished_at, input.now);
        let (outcome, finished) = match &stored.structure {
            Structure::Scorm(course) => {
                let attempt = view::attempt(&row.state)?;
                let outcome = outcomes::of(&attempt, course, &policy);
                let finished = outcomes::finished(&attempt, course, &outcome, before, now);
                (outcome, finished)
            }
            Structure::Units(course) => {
                let registration = units::registration(&row.state)?;
                let outcome = units::outcome(&registration, course, &policy);
                let finished = units::finished(&registration, &outcome, before, now);
                (outcome, finished)
            }
            Structure::Tool(_) => {
                let state = tools::state(&row.state)?;
                let outcome = tools::outcome(&state, &policy);
                let finished = tools::finished(&outcome, before, now);
                (outcome, finished)
            }
        };
        if outcome != outcomes::from_json(&row.outcome) || finished != row.finished_at {
            store::SETTLED
                .bind(row.id)
                .bind(outcomes::to_json(&outcome))
                .bind(finished)
                .run(&mut *tx)
                .await?;
        }
    }
    let whose = (input.person, input.module);
    if let Some((attempt, outcome)) = outcomes::counted(tx, whose, &policy).await? {
        let record = progress::Record {
            change: input.change,
            learner: input.person,
            module: input.module,
            attempt: Some(attempt),
            outcome,
            at: input.now,
        };
        progress::record(tx, &record).await?;
    }
    Ok(())
}
