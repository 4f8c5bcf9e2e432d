//! Sessions that end without a word are given up (9.3.6): at the next launch of the attempt, or
//! after a long silence, without anybody calling.

use cmi5::statements::Whose;
use cmi5::structure::Profile;
use futures::future::BoxFuture;
use serde_json::{Value, json};
use uuid::Uuid;

use crate::App;
use crate::catalogue;
use crate::clock::Timestamp;
use crate::db::Tx;
use crate::ids::AttemptId;
use crate::jobs::{self, Handler, Job, JobError};
use crate::lrs;
use crate::web::Refusal;

use super::super::store::{self, AttemptRow};
use super::{Held, units, whose};

/// What the outbox calls a look at a session.
pub const KIND: &str = "cmi5-abandon";
/// A session that has said nothing for so long is over, in seconds.
pub const SILENCE: i64 = 3 * 3600;

/// Looks at sessions.
pub const HANDLER: Handler = Handler {
    kind: KIND,
    ready: |_| true,
    run,
};

/// Gives up what is still open of a registration: gives the statements that say so.
pub(super) async fn open_sessions(
    tx: &mut Tx,
    held: &mut Held,
    whose: &Whose<'_>,
    now: Timestamp,
) -> Result<Vec<Value>, Refusal> {
    let open: Vec<_> = held
        .registration
        .sessions
        .iter()
        .filter(|session| session.over.is_none())
        .cloned()
        .collect();
    let at = xapi::time::timestamp(now.micros());
    let mut statements = Vec::with_capacity(open.len());
    for session in open {
        let Some(lasted) = held.registration.abandon(session.id, whose.course.profile) else {
            continue;
        };
        lrs::launches::close(tx, session.id, now).await?;
        if whose.course.profile == Profile::Cmi5 {
            let id = Uuid::new_v5(&session.id, b"abandoned");
            statements.push(whose.abandoned(id, &session, lasted, &at));
        }
    }
    Ok(statements)
}

fn run(app: &App, job: Job) -> BoxFuture<'_, Result<Value, JobError>> {
    Box::pin(async move {
        let id = |name: &str| {
            let text = job.payload[name].as_str()?;
            Uuid::parse_str(text).ok()
        };
        let (Some(attempt), Some(session)) = (id("attempt"), id("session")) else {
            return Err(JobError::Never("no session".to_owned()));
        };
        match look(app, AttemptId(attempt), session).await {
            Ok(()) => Ok(jobs::spent()),
            // Erased, or gone with its module.
            Err(refusal) if refusal.status.code < 500 => Ok(jobs::spent()),
            Err(refusal) => Err(JobError::Later(refusal.code.to_owned())),
        }
    })
}

/// Gives a session up, if it has been silent long enough; else looks again when it will have been.
async fn look(app: &App, attempt: AttemptId, session: Uuid) -> Result<(), Refusal> {
    let row: AttemptRow = store::ATTEMPT.bind(attempt).one(&app.db).await?;
    let course = catalogue::course(app, row.version).await?;
    let input = (app.clone(), course, session, app.ids.uuid(), app.ids.uuid());
    let now = app.clock.now();
    app.db
        .write(
            (input, attempt, now),
            |tx, ((app, course, session, change, next), attempt, now)| {
                Box::pin(async move {
                    let course = units(course)?;
                    let mut held = Held::take(tx, *attempt).await?;
                    let open = held
                        .registration
                        .session(*session)
                        .filter(|session| session.over.is_none());
                    let Some(last) = open.map(|session| session.last_at) else {
                        return Ok(());
                    };
                    let due = Timestamp::from_micros(last).plus_seconds(SILENCE);
                    if due > *now {
                        let payload = json!({ "attempt": attempt, "session": session });
                        jobs::enqueue(tx, *next, KIND, payload, due).await?;
                        return Ok(());
                    }
                    let ids = (held.row.version, held.row.id, held.row.person);
                    let whose = whose(app, course, ids);
                    let statements = open_sessions(tx, &mut held, &whose, *now).await?;
                    lrs::launches::write(tx, lrs::own(app, &statements)?, *now).await?;
                    held.keep(tx, course, *change, *now).await
                })
            },
        )
        .await
}
