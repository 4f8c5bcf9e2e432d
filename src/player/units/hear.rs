//! What a launched unit says: judged, stored and counted in one transaction (9.0).

use std::sync::Arc;

use cmi5::registration::Over;
use cmi5::rules::{self, Launch};
use uuid::Uuid;
use xapi::json::parse;

use crate::App;
use crate::catalogue::{self, StoredCourse};
use crate::clock::Timestamp;
use crate::db::Tx;
use crate::ids::AttemptId;
use crate::lrs::{self, Batch};
use crate::web::Refusal;

use super::super::store::{self, AttemptRow};
use super::{Held, units, whose};

const TERMINATED: &str = "http://adlnet.gov/expapi/verbs/terminated";

/// After `terminated`, documents on their way may still arrive for so long, in seconds.
const GRACE: i64 = 60;

/// Statements that came with the credential of a launch.
#[derive(Debug, Clone)]
pub struct Heard {
    /// The session: the credential's id.
    pub session: Uuid,
    /// The registration: the attempt's id.
    pub registration: Uuid,
    /// The learner, as `xapi::actor::identifier` writes it.
    pub actor: String,
    /// The statements as they came.
    pub texts: Vec<String>,
    /// The same, ready to be stored.
    pub batch: Batch,
}

struct Input {
    app: App,
    course: Arc<StoredCourse>,
    heard: Heard,
    change: Uuid,
    now: Timestamp,
}

/// Takes statements of a unit: all of them, or none. Gives their ids.
///
/// Errors: 403 `cmi5-rule` with the requirement that is broken; 409 when an id says something else
/// already.
pub async fn hear(app: &App, heard: Heard) -> Result<Vec<Uuid>, Refusal> {
    let ids: Vec<Uuid> = heard.batch.statements.iter().map(|s| s.id).collect();
    let attempt = AttemptId(heard.registration);
    let row: AttemptRow = store::ATTEMPT.bind(attempt).one(&app.db).await?;
    let input = Input {
        app: app.clone(),
        course: catalogue::course(app, row.version).await?,
        heard,
        change: app.ids.uuid(),
        now: app.clock.now(),
    };
    let session = input.heard.session;
    app.db
        .write(input, |tx, input| Box::pin(take(tx, input)))
        .await
        .inspect_err(|refusal| {
            if refusal.status.code == 403 {
                tracing::info!(%session, code = refusal.code, rule = ?refusal.extra.get("requirement"), "a unit's statement is refused");
            }
        })?;
    Ok(ids)
}

async fn take(tx: &mut Tx, input: &Input) -> Result<(), Refusal> {
    let (app, heard, now) = (&input.app, &input.heard, input.now);
    let course = units(&input.course)?;
    let mut held = Held::take(tx, AttemptId(heard.registration)).await?;
    let ids = (held.row.version, held.row.id, held.row.person);
    let whose = whose(app, course, ids);
    let node = held
        .registration
        .session(heard.session)
        .map(|session| session.node)
        .ok_or_else(|| lrs::broken("8.1.2.0-2"))?;
    let activity = whose.activity(Some(node));
    // After the end only the end itself may be said again, with what came beside it (9.3.0.0-5).
    let over = held
        .registration
        .session(heard.session)
        .is_some_and(|session| session.over == Some(Over::Terminated));
    let says_the_end = heard.texts.iter().any(|text| {
        parse(text)
            .is_ok_and(|said| said.get("verb").and_then(|verb| verb.str("id")) == Some(TERMINATED))
    });
    // Sent again after a lost answer: it was judged when it first came.
    let sent: Vec<Uuid> = heard.batch.statements.iter().map(|s| s.id).collect();
    let known = lrs::launches::known(tx, sent).await?;
    let mut fresh = false;
    for (text, prepared) in heard.texts.iter().zip(&heard.batch.statements) {
        if known.contains(&prepared.id) {
            if over && !says_the_end {
                return Err(lrs::broken("9.3.0.0-5"));
            }
            continue;
        }
        let statement = parse(text).map_err(|_| Refusal::bad_request("bad-json"))?;
        fresh = true;
        let launch = Launch {
            session: heard.session,
            registration: heard.registration,
            actor: &heard.actor,
            activity: &activity,
            has_id: prepared.given,
        };
        rules::hear(
            &mut held.registration,
            course,
            launch,
            &statement,
            now.micros(),
        )
        .map_err(lrs::broken)?;
    }
    let mut batch = heard.batch.clone();
    if !fresh {
        return lrs::launches::write(tx, batch, now).await;
    }
    let at = xapi::time::timestamp(now.micros());
    let news = held.settle(&whose, heard.session, &at);
    let ended = held
        .registration
        .session(heard.session)
        .is_some_and(|session| session.over == Some(Over::Terminated));
    if ended {
        lrs::launches::close(tx, heard.session, now.plus_seconds(GRACE)).await?;
    }
    lrs::launches::write(
        tx,
        std::mem::replace(&mut batch, lrs::own(app, &news)?),
        now,
    )
    .await?;
    if !news.is_empty() {
        lrs::launches::write(tx, batch, now).await?;
    }
    held.keep(tx, course, input.change, now).await
}
