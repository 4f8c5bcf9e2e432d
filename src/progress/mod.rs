//! The progress store: every outcome, whatever the standard, per learner and per organisation.
//!
//! It knows nobody above it: the player, the LRS, cmi5 and LTI write here; pages, eligibility and
//! reports read here. Progress belongs to the person; an organisation counts what its members
//! reached during their membership.

pub mod api;
mod store;

use domain::outcome::{Outcome, State, Success};
use serde::Serialize;
use uuid::Uuid;

use crate::App;
use crate::clock::Timestamp;
use crate::db::{DbError, On, Tx};
use crate::ids::{AttemptId, ModuleId, OrganisationId, PersonId};

pub(crate) use store::QUERIES;
pub use store::{CellRow, MembershipCellRow, ProgressRow};

/// One outcome to be recorded.
#[derive(Debug, Clone)]
pub struct Record {
    /// Id of the change row, used only when something changed.
    pub change: Uuid,
    /// Whose.
    pub learner: PersonId,
    /// On which module.
    pub module: ModuleId,
    /// From which attempt, where there is one.
    pub attempt: Option<AttemptId>,
    /// The outcome over all attempts: see [`Outcome::best`].
    pub outcome: Outcome,
    /// When it became so.
    pub at: Timestamp,
}

/// A record as the store takes it.
#[derive(Serialize)]
struct Stored {
    change: String,
    person: String,
    module: String,
    attempt: Option<String>,
    state: &'static str,
    success: &'static str,
    progress: f64,
    estimated: bool,
    score: Option<f64>,
    seconds: f64,
    started_at: Option<i64>,
    completed_at: Option<i64>,
    at: i64,
}

impl Stored {
    fn of(record: &Record) -> Stored {
        let outcome = record.outcome;
        let at = record.at.micros();
        Stored {
            change: record.change.simple().to_string(),
            person: record.learner.0.simple().to_string(),
            module: record.module.0.simple().to_string(),
            attempt: record.attempt.map(|id| id.0.simple().to_string()),
            state: outcome.state.code(),
            success: outcome.success.code(),
            progress: outcome.progress,
            estimated: outcome.estimated,
            score: outcome.score,
            seconds: outcome.seconds,
            started_at: (outcome.state != State::NotStarted).then_some(at),
            completed_at: (outcome.state == State::Completed).then_some(at),
            at,
        }
    }
}

/// Somebody who must know of outcomes in the transaction that records them: grades of LTI.
pub type Observer =
    for<'t> fn(&'t mut Tx, &'t [Record]) -> futures::future::BoxFuture<'t, Result<(), DbError>>;

static OBSERVERS: std::sync::OnceLock<&'static [Observer]> = std::sync::OnceLock::new();

/// Names the observers, once, at the start: this feature knows none of them.
pub fn observe(observers: &'static [Observer]) {
    let _ = OBSERVERS.set(observers);
}

/// Records an outcome inside the transaction that caused it. Repeating it changes nothing.
pub async fn record(tx: &mut Tx, record: &Record) -> Result<(), DbError> {
    record_all(tx, std::slice::from_ref(record)).await
}

/// Records outcomes inside the transaction that caused them: one for a learner and module at most.
pub async fn record_all(tx: &mut Tx, records: &[Record]) -> Result<(), DbError> {
    if records.is_empty() {
        return Ok(());
    }
    let stored: Vec<Stored> = records.iter().map(Stored::of).collect();
    let list = serde_json::to_string(&stored)
        .map_err(|error| DbError::Other(format!("an outcome: {error}")))?;
    store::RECORD.bind(list).run(&mut *tx).await?;
    for observer in OBSERVERS.get().copied().unwrap_or_default() {
        observer(tx, records).await?;
    }
    Ok(())
}

impl ProgressRow {
    /// The row's outcome.
    pub fn outcome(&self) -> Outcome {
        Outcome {
            state: State::from_code(&self.state),
            success: Success::from_code(&self.success),
            progress: self.progress,
            estimated: self.estimated,
            score: self.score,
            seconds: self.seconds,
        }
    }
}

/// A learner's progress on all modules.
pub async fn of_person(app: &App, person: PersonId) -> Result<Vec<ProgressRow>, DbError> {
    store::OF_PERSON.bind(person).all(&app.db).await
}

/// The progress of several learners on all modules, read where the caller says: what decides about
/// a seat is read in the transaction that takes it.
pub async fn of_people(on: On<'_>, people: &[PersonId]) -> Result<Vec<ProgressRow>, DbError> {
    let people: Vec<Uuid> = people.iter().map(|person| person.0).collect();
    store::OF_PEOPLE.bind(people).all(on).await
}

/// A learner's progress on one module, which nobody changes until this transaction ends.
pub async fn held(
    tx: &mut Tx,
    person: PersonId,
    module: ModuleId,
) -> Result<Option<ProgressRow>, DbError> {
    store::HELD.bind(person).bind(module).optional(tx).await
}

/// Everybody's progress on some modules.
pub async fn of_modules(on: On<'_>, modules: &[Uuid]) -> Result<Vec<ProgressRow>, DbError> {
    store::OF_MODULES.bind(modules.to_vec()).all(on).await
}

/// What the present members of all organisations reached on some modules during their membership.
pub async fn of_memberships(
    on: On<'_>,
    modules: &[Uuid],
    now: Timestamp,
) -> Result<Vec<MembershipCellRow>, DbError> {
    store::OF_MEMBERSHIPS
        .bind(modules.to_vec())
        .bind(now)
        .all(on)
        .await
}

impl MembershipCellRow {
    /// The cell's outcome.
    pub fn outcome(&self) -> Outcome {
        Outcome {
            state: State::from_code(&self.state),
            success: Success::from_code(&self.success),
            progress: self.progress,
            estimated: false,
            score: self.score,
            seconds: self.seconds,
        }
    }
}

/// A learner's progress on one module.
pub async fn of(
    app: &App,
    person: PersonId,
    module: ModuleId,
) -> Result<Option<ProgressRow>, DbError> {
    store::ONE.bind(person).bind(module).optional(&app.db).await
}

/// What counts for an organisation: for each member (now or then) and module, where the member
/// stood at the end of the membership, or stands now, by what was done during it.
///
/// `is_member` tells who belongs to it at `now`.
pub async fn of_organisation(
    on: On<'_>,
    organisation: OrganisationId,
    now: Timestamp,
) -> Result<Vec<CellRow>, DbError> {
    store::OF_ORGANISATION
        .bind(organisation)
        .bind(now)
        .all(on)
        .await
}

/// An organisation's sums over members and modules.
#[derive(Debug, Clone, Default, Serialize)]
pub struct RollUp {
    /// Members now.
    pub members: i64,
    /// Per module, in the order of their titles.
    pub modules: Vec<ModuleRollUp>,
    /// Over all modules.
    pub all: Sums,
}

/// The sums of one module.
#[derive(Debug, Clone, Serialize)]
pub struct ModuleRollUp {
    /// The module.
    pub module: ModuleRef,
    /// Its sums.
    #[serde(flatten)]
    pub sums: Sums,
}

/// A module as other resources name it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct ModuleRef {
    /// Its id.
    pub id: ModuleId,
    /// Its slug.
    pub slug: String,
    /// Its title.
    pub title: String,
}

/// How many learners are how far.
#[derive(Debug, Clone, Copy, Default, Serialize)]
pub struct Sums {
    /// Learners who opened it, completed or not.
    pub started: i64,
    /// Learners who completed it.
    pub completed: i64,
    /// Learners who passed it.
    pub passed: i64,
    /// Mean progress of those who opened it, 0..1; 0 when nobody did.
    pub progress: f64,
    /// Time spent by all, in seconds.
    pub seconds: f64,
}

impl Sums {
    fn add(&mut self, cell: &CellRow) {
        let outcome = cell.outcome();
        if outcome.state == State::NotStarted {
            return;
        }
        // `progress` holds the sum until `finish`.
        self.started += 1;
        self.completed += i64::from(outcome.state == State::Completed);
        self.passed += i64::from(outcome.success == Success::Passed);
        self.progress += outcome.progress;
        self.seconds += outcome.seconds;
    }

    fn finish(&mut self) {
        if self.started > 0 {
            self.progress /= self.started as f64;
        }
    }
}

impl CellRow {
    /// The cell's outcome.
    pub fn outcome(&self) -> Outcome {
        Outcome {
            state: State::from_code(&self.state),
            success: Success::from_code(&self.success),
            progress: self.progress,
            estimated: false,
            score: self.score,
            seconds: self.seconds,
        }
    }
}

/// Sums the cells of an organisation; every figure is the sum of its cells by construction.
pub fn roll_up(members: i64, cells: &[CellRow]) -> RollUp {
    let mut modules: Vec<ModuleRollUp> = Vec::new();
    let mut all = Sums::default();
    for cell in cells {
        let at = modules
            .iter()
            .position(|m| m.module.id == cell.module)
            .unwrap_or_else(|| {
                modules.push(ModuleRollUp {
                    module: ModuleRef {
                        id: cell.module,
                        slug: cell.slug.clone(),
                        title: cell.title.clone(),
                    },
                    sums: Sums::default(),
                });
                modules.len() - 1
            });
        modules[at].sums.add(cell);
        all.add(cell);
    }
    for module in &mut modules {
        module.sums.finish();
    }
    all.finish();
    modules.sort_by(|a, b| a.module.title.cmp(&b.module.title));
    RollUp {
        members,
        modules,
        all,
    }
}

/// An organisation's roll-up.
pub async fn roll_up_of(app: &App, organisation: OrganisationId) -> Result<RollUp, DbError> {
    let now = app.clock.now();
    let cells = of_organisation(On::from(&app.db), organisation, now).await?;
    let (members,) = store::MEMBERS
        .bind(organisation)
        .bind(now)
        .one::<(i64,)>(&app.db)
        .await?;
    Ok(roll_up(members, &cells))
}
