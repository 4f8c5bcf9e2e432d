//! Attempts begin, go on, and are launched by other systems.

use std::collections::BTreeMap;
use std::sync::Arc;

use domain::outcome::Success;
use domain::policy::{self, Denied, Past, Policy};
use scorm::{Attempt, Globals, Setup};
use serde_json::{Value, json};

use crate::App;
use crate::accounts::{self, NewLearner};
use crate::catalogue::{self, Module, StoredCourse};
use crate::clock::Timestamp;
use crate::db::{DbError, Tx};
use crate::formats::{Structure, tool};
use crate::ids::{AttemptId, ModuleId, PersonId, Secret, SessionId, VersionId, hash_secret};
use crate::web::Refusal;

use super::store::{self, AttemptRow};
use super::token::Pass;
use super::{outcomes, units, view};

/// How long a launch address waits for its one opening, in seconds (`contract.md`).
const TICKET_SECONDS: i64 = 600;

/// Who learns.
#[derive(Debug, Clone)]
pub struct Learner {
    /// Who.
    pub id: PersonId,
    /// As the person writes it.
    pub name: String,
    /// The preferred language's code.
    pub language: String,
}

/// How to start.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Start {
    /// As the module's policy says: where the learner was, or a new attempt.
    Resume,
    /// A new attempt, as the learner's button asks for it: while one is under way (two clicks,
    /// say), that one goes on. Otherwise refused where the policy does not allow one.
    Again,
    /// A new attempt and nothing else; refused (409 `attempt-…`) where the policy does not allow
    /// one.
    New,
}

/// A launch by another system.
#[derive(Debug)]
pub struct Launch {
    /// The session that the address opens.
    pub session: SessionId,
    /// Plays the module without signing in, once, within ten minutes.
    pub url: String,
}

/// A learner's attempts on a module, the newest first.
pub async fn attempts_of(
    app: &App,
    person: PersonId,
    module: ModuleId,
) -> Result<Vec<AttemptRow>, DbError> {
    store::ATTEMPTS.bind(person).bind(module).all(&app.db).await
}

/// Everything that a start may need, made before the unit of work.
struct Prepared {
    module: ModuleId,
    version: VersionId,
    course: Arc<StoredCourse>,
    start: Start,
    attempt: AttemptId,
    session: SessionId,
    seed: u64,
    ticket: Option<(String, Timestamp)>,
    now: Timestamp,
}

impl Prepared {
    async fn new(app: &App, module: &Module, start: Start) -> Result<Prepared, Refusal> {
        let course = catalogue::course(app, module.version).await?;
        Ok(Prepared {
            module: module.id,
            version: module.version,
            course,
            start,
            attempt: app.ids.id(),
            session: app.ids.id(),
            seed: app.ids.seed(),
            ticket: None,
            now: app.clock.now(),
        })
    }

    /// Makes it a launch by address: gives what the address ends with.
    fn with_ticket(&mut self, app: &App) -> Secret {
        let ticket = app.ids.secret();
        let until = self.now.plus_seconds(TICKET_SECONDS);
        self.ticket = Some((hash_secret(ticket.reveal()), until));
        ticket
    }
}

impl Launch {
    fn of(app: &App, session: SessionId, ticket: &Secret) -> Launch {
        Launch {
            session,
            url: format!("{}/launch/{}", app.config.public_url, ticket.reveal()),
        }
    }
}

/// Starts or resumes a module for a learner: gives the session to be opened.
pub async fn start(
    app: &App,
    learner: &Learner,
    module: &Module,
    start: Start,
) -> Result<SessionId, Refusal> {
    let prepared = Prepared::new(app, module, start).await?;
    app.db
        .write((prepared, learner.clone()), |tx, (prepared, learner)| {
            Box::pin(begin(tx, prepared, learner))
        })
        .await
}

/// As [`start`], for a window that nobody is signed in to: an address that opens once.
pub async fn start_in_window(
    app: &App,
    learner: &Learner,
    module: &Module,
) -> Result<Launch, Refusal> {
    let mut prepared = Prepared::new(app, module, Start::Resume).await?;
    let ticket = prepared.with_ticket(app);
    let session = app
        .db
        .write((prepared, learner.clone()), |tx, (prepared, learner)| {
            Box::pin(begin(tx, prepared, learner))
        })
        .await?;
    Ok(Launch::of(app, session, &ticket))
}

/// Launches a module for a learner that another system names: found or made.
pub async fn launch(app: &App, learner: NewLearner, module: &Module) -> Result<Launch, Refusal> {
    launch_as(app, learner, module, Start::Resume).await
}

/// As [`launch`], saying how to start.
pub(super) async fn launch_as(
    app: &App,
    learner: NewLearner,
    module: &Module,
    start: Start,
) -> Result<Launch, Refusal> {
    let mut prepared = Prepared::new(app, module, start).await?;
    let ticket = prepared.with_ticket(app);
    let session = app
        .db
        .write((prepared, learner), |tx, (prepared, learner)| {
            Box::pin(async move {
                let id = accounts::find_or_create_learner(tx, learner, prepared.now).await?;
                let person: store::PersonRow = store::PERSON.bind(id).one(&mut *tx).await?;
                let learner = Learner {
                    id: person.id,
                    name: person.name,
                    language: person.language,
                };
                begin(tx, prepared, &learner).await
            })
        })
        .await?;
    Ok(Launch::of(app, session, &ticket))
}

/// Where a learner stands, from the attempts, newest first.
pub(super) fn past(attempts: &[AttemptRow]) -> Option<Past> {
    let last = attempts.first()?;
    Some(Past {
        attempts: u32::try_from(attempts.len()).unwrap_or(u32::MAX),
        finished: last.finished_at.is_some(),
        failed: outcomes::from_json(&last.outcome).success == Success::Failed,
    })
}

/// Why no new attempt begins, for people and programs.
fn denial(policy: &Policy, denied: Denied, attempts: usize) -> Refusal {
    let code = match denied {
        Denied::OnlyOne => "attempt-only-one",
        Denied::NoneLeft => "attempt-none-left",
        Denied::NotFinished => "attempt-not-finished",
        Denied::NotFailed => "attempt-not-failed",
    };
    Refusal::conflict(code)
        .with("attempts", attempts)
        .with("most", policy.max_attempts.unwrap_or_default())
        .extra("reason", denied.code())
}

async fn begin(tx: &mut Tx, prepared: &Prepared, learner: &Learner) -> Result<SessionId, Refusal> {
    let attempts: Vec<AttemptRow> = store::ATTEMPTS
        .bind(learner.id)
        .bind(prepared.module)
        .all(&mut *tx)
        .await?;
    let stored: store::PolicyRow = store::POLICY.bind(prepared.module).one(&mut *tx).await?;
    let policy = outcomes::policy(&stored.policy);
    let begun = policy
        .start(past(&attempts), prepared.start != Start::Resume)
        .or_else(|denied| match (denied, prepared.start) {
            (Denied::NotFinished, Start::Again) => Ok(policy::Start::Resume),
            _ => Err(denied),
        })
        .map_err(|denied| denial(&policy, denied, attempts.len()))?;
    let attempt = match (begun, attempts.first()) {
        (policy::Start::Resume, Some(last)) => last.id,
        (_, last) => {
            let number = last.map_or(0, |last| last.number) + 1;
            add_attempt(tx, prepared, learner, number).await?;
            prepared.attempt
        }
    };
    let ticket = prepared.ticket.as_ref();
    store::ADD_SESSION
        .bind(prepared.session)
        .bind(attempt)
        .bind("player")
        .bind(ticket.map(|(hash, _)| hash.clone()))
        .bind(ticket.map(|(_, until)| *until))
        .bind(None::<String>)
        .bind(prepared.now)
        .bind(None::<Timestamp>)
        .bind(json!([]))
        .run(tx)
        .await?;
    Ok(prepared.session)
}

async fn add_attempt(
    tx: &mut Tx,
    prepared: &Prepared,
    learner: &Learner,
    number: i64,
) -> Result<(), Refusal> {
    let (setup, state) = match &prepared.course.structure {
        Structure::Scorm(course) => scorm_attempt(tx, prepared, learner, course).await?,
        Structure::Units(course) => ("{}".to_owned(), units::begin(course)?),
        Structure::Tool(_) => ("{}".to_owned(), view::text(&tool::State::default())?),
    };
    store::ADD_ATTEMPT
        .bind(prepared.attempt)
        .bind(learner.id)
        .bind(prepared.module)
        .bind(prepared.version)
        .bind(number)
        .bind(setup)
        .bind(state)
        .bind(outcomes::to_json(&Default::default()))
        .bind(prepared.now)
        .run(tx)
        .await
        // Two clicks at once: the other one began the attempt that this one would resume.
        .map_err(|error| error.on_constraint("attempt_number", || Refusal::conflict("conflict")))?;
    Ok(())
}

/// What an attempt on a SCORM course begins with, and its state.
async fn scorm_attempt(
    tx: &mut Tx,
    prepared: &Prepared,
    learner: &Learner,
    course: &scorm::Course,
) -> Result<(String, String), Refusal> {
    let setup = Setup {
        learner: scorm::Learner {
            id: learner.id.0.simple().to_string(),
            name: learner.name.clone(),
            preferences: vec![(
                if course.edition.is_2004() {
                    "cmi.learner_preference.language".into()
                } else {
                    "cmi.student_preference.language".into()
                },
                learner.language.clone(),
            )],
        },
        seed: prepared.seed,
        globals: globals(tx, learner.id, course).await?,
        ..Setup::default()
    };
    let state = Attempt::begin(course, setup.clone());
    Ok((view::text(&setup)?, view::text(&state)?))
}

/// What earlier courses left in the global objectives and stores that this course names.
async fn globals(
    tx: &mut Tx,
    person: PersonId,
    course: &scorm::Course,
) -> Result<Globals, DbError> {
    let mut names = Vec::new();
    if course.objectives_global_to_system {
        names.extend(
            course
                .global_objectives
                .iter()
                .map(|id| format!("objective:{id}")),
        );
    }
    if course.shared_data_global_to_system {
        names.extend(course.data_stores.iter().map(|id| format!("store:{id}")));
    }
    if names.is_empty() {
        return Ok(Globals::default());
    }
    let rows: Vec<store::GlobalRow> = store::GLOBALS.bind(person).bind(names).all(tx).await?;
    let mut globals = Globals {
        objectives: BTreeMap::new(),
        stores: BTreeMap::new(),
    };
    for row in rows {
        if let Some(id) = row.identifier.strip_prefix("objective:") {
            if let Ok(state) = serde_json::from_value(row.state) {
                globals.objectives.insert(id.to_owned(), state);
            }
        } else if let Some(id) = row.identifier.strip_prefix("store:")
            && let Some(text) = row.state.as_str()
        {
            globals.stores.insert(id.to_owned(), text.to_owned());
        }
    }
    Ok(globals)
}

/// The global objectives and stores to be kept for other courses of the learner, by name.
pub(super) fn globals_of(course: &scorm::Course, attempt: &Attempt) -> Vec<(String, Value)> {
    let globals = attempt.globals(course);
    let objectives = globals
        .objectives
        .iter()
        .filter(|_| course.objectives_global_to_system)
        .map(|(id, state)| (format!("objective:{id}"), json!(state)));
    let stores = globals
        .stores
        .iter()
        .filter(|_| course.shared_data_global_to_system)
        // JSON columns hold no NUL on one of the engines; the attempt's own state keeps it.
        .map(|(id, text)| (format!("store:{id}"), json!(text.replace('\0', "\u{fffd}"))));
    objectives.chain(stores).collect()
}

/// The pass that a launch address gives, once.
pub(super) async fn use_ticket(app: &App, ticket: &str) -> Result<(Pass, String), Refusal> {
    let now = app.clock.now();
    let used = app
        .db
        .write((hash_secret(ticket), now), |tx, (hash, now)| {
            Box::pin(async move {
                let used: Option<store::TicketRow> = store::USE_TICKET
                    .bind(hash.as_str())
                    .bind(*now)
                    .optional(&mut *tx)
                    .await?;
                let used =
                    used.ok_or_else(|| Refusal::new(rocket::http::Status::Gone, "launch-used"))?;
                let session: store::SessionRow = store::SESSION.bind(used.id).one(tx).await?;
                Ok::<_, Refusal>((used, session.version, session.slug))
            })
        })
        .await?;
    let (used, version, slug) = used;
    let pass = Pass {
        session: used.id,
        attempt: used.attempt,
        version,
    };
    Ok((pass, slug))
}
