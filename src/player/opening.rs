//! A session opens: it becomes the attempt's current one, and older ones are superseded.

use rocket::http::Status;
use scorm::{Entry, Event};
use serde_json::{Value, json};
use std::sync::Arc;
use uuid::Uuid;

use crate::App;
use crate::catalogue::{self, StoredCourse};
use crate::clock::Timestamp;
use crate::ids::SessionId;
use crate::web::Refusal;

use super::fold::{Base, Fold};
use super::journal::{self, gone, scorm};
use super::store;
use super::token::Pass;
use super::view::CourseState;
use super::{outcomes, view};

/// What the wrapper starts from.
pub struct Opened {
    /// The session that is current now: the one asked for, or a new one if that was open before.
    pub session: SessionId,
    /// Its token.
    pub token: String,
    /// The state of the course, as the player shows it.
    pub state: Value,
    /// `scorm12` or `scorm2004`: the table the browser's run-time interprets.
    pub standard: &'static str,
}

struct Input {
    pass: Pass,
    opening: String,
    another: SessionId,
    change: Uuid,
    course: Arc<StoredCourse>,
    now: Timestamp,
}

/// Opens a session. `opening` is chosen by the browser: asked again with the same one, the answer
/// is the same, so that a lost answer does no harm; with another one (a reloaded page, a second
/// tab) a new session of the attempt is opened.
///
/// Errors: 404 when the session is not of the attempt; 410 `session-gone` when the learner was
/// erased; 403 `person-suspended`; 409 `session-superseded` when this opening was made before and
/// another one has taken over since.
pub async fn open(app: &App, pass: Pass, opening: String) -> Result<Opened, Refusal> {
    let course = catalogue::course(app, pass.version).await?;
    let input = Input {
        pass,
        opening,
        another: app.ids.id(),
        change: app.ids.uuid(),
        course: course.clone(),
        now: app.clock.now(),
    };
    let (session, attempt, outcome) = app
        .db
        .write(input, |tx, input| {
            Box::pin(async move {
                let scorm = scorm(&input.course)?;
                let held: Option<store::HeldRow> = store::HOLD
                    .bind(input.pass.session)
                    .bind(input.pass.attempt)
                    .optional(&mut *tx)
                    .await?;
                let held = held.ok_or_else(Refusal::not_found)?;
                match held.person_state.as_str() {
                    "erased" => return Err(gone()),
                    "active" => {}
                    _ => return Err(Refusal::new(Status::Forbidden, "person-suspended")),
                }
                let (later,): (i64,) = store::LATER.bind(input.pass.attempt).one(&mut *tx).await?;
                if later > 0 {
                    // Only the last attempt can be opened.
                    return Err(Refusal::conflict("attempt-over"));
                }
                let mut session = input.pass.session;
                let made: Option<store::IdRow> = store::BY_OPENING
                    .bind(input.pass.attempt)
                    .bind(input.opening.as_str())
                    .optional(&mut *tx)
                    .await?;
                if let Some(made) = made {
                    if held.current != Some(made.id) {
                        return Err(Refusal::conflict("session-superseded"));
                    }
                    let attempt = view::attempt(&held.state)?;
                    let policy = outcomes::policy(&held.policy);
                    let outcome = outcomes::of(&attempt, scorm, &policy);
                    return Ok((made.id, attempt, outcome));
                }
                if held.opened_at.is_some() {
                    session = input.another;
                    store::ADD_SESSION
                        .bind(session)
                        .bind(input.pass.attempt)
                        .bind("player")
                        .bind(None::<String>)
                        .bind(None::<Timestamp>)
                        .bind(None::<String>)
                        .bind(input.now)
                        .bind(None::<Timestamp>)
                        .bind(json!([]))
                        .run(&mut *tx)
                        .await?;
                }
                store::OPENED
                    .bind(session)
                    .bind(input.now)
                    .bind(input.opening.as_str())
                    .run(&mut *tx)
                    .await?;
                store::TAKE_OVER
                    .bind(input.pass.attempt)
                    .bind(session)
                    .run(&mut *tx)
                    .await?;
                let mut base = Base::of(held, input.pass.attempt, input.pass.session)?;
                if session != input.pass.session {
                    base = base.in_new_session(session);
                }
                base.mark.current = Some(session);
                let mut fold = Fold::begin(scorm, base, input.now);
                fold.entry(&Entry {
                    seq: 0,
                    at: 0,
                    event: Event::Open,
                });
                let (step, base) = fold.end(input.change)?;
                journal::write(tx, step).await?;
                let outcome = base.outcome;
                Ok::<_, Refusal>((session, base.attempt, outcome))
            })
        })
        .await?;
    let scorm = scorm(&course)?;
    let state = CourseState::of(app, &course, scorm, &attempt, outcome, None);
    Ok(Opened {
        session,
        token: Pass { session, ..pass }.token(app),
        state: json!(state),
        standard: if scorm.edition.is_2004() {
            "scorm2004"
        } else {
            "scorm12"
        },
    })
}
