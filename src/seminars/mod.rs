//! Seminars: what they are, the rule at their door, and who holds a seat.
//!
//! A learner is shown each condition with its proof; registration asks the same function again on
//! rows read in the transaction that takes the seat, and the last seat goes to exactly one.

pub mod api;
pub mod commitments;
mod decisions;
mod door;
mod edit;
pub mod handouts;
pub mod pages;
pub mod plans;
pub mod presence;
pub mod programme;
mod seats;
mod shown;
mod simulate;
mod store;
mod view;
mod words;

use std::collections::HashSet;

use domain::eligibility::{Rule, Scope, Subject};
use uuid::Uuid;

use crate::App;
use crate::clock::Timestamp;
use crate::db::{DbError, On};
use crate::ids::{ModuleId, PersonId};
use crate::organisations::OrgScope;
use crate::progress::ModuleRef;
use crate::web::{Lang, Refusal};

pub(crate) use commitments::store::QUERIES as COMMITMENT_QUERIES;
pub use decisions::{Decision, admit, recognise, revoke_recognition};
pub use door::{Answer, Door, Proof};
pub use edit::{ConditionText, NewSeminar, RuleText, TermText, cancel, create, resolve, update};
pub(crate) use handouts::store::QUERIES as HANDOUT_QUERIES;
pub(crate) use plans::store::QUERIES as PLAN_QUERIES;
pub(crate) use presence::store::QUERIES as PRESENCE_QUERIES;
pub(crate) use programme::store::QUERIES as PROGRAMME_QUERIES;
pub(crate) use seats::store::QUERIES as SEAT_QUERIES;
pub use seats::{
    EntryRow, NamedRow, Naming, NewQuota, QuotaRow, ReservationRow, Seat, WaitingRow, counted,
    entry_of, give_up, leave, name_seat, place_of, quotas, register, release, reservations,
    reserve, seats, set_aside, settle_all, stop_setting_aside, take_group_offer, wait,
    wait_as_group, waiting_list,
};
pub use simulate::{Simulation, simulate};
pub(crate) use store::QUERIES;
pub use store::{LearnerRow, RegionRow, SeminarRow, TakenRow};
pub use view::{Row, held, naming, upcoming};

/// The routes of pages and API.
pub fn routes() -> Vec<rocket::Route> {
    [pages::routes(), api::routes()].concat()
}

impl SeminarRow {
    /// The rule at the door. What cannot be read keeps the door shut: nobody is let in by damage.
    pub fn rule(&self) -> Rule {
        serde_json::from_value(self.rule.clone()).unwrap_or_else(|error| {
            tracing::error!(seminar = %self.id, %error, "rule");
            Rule {
                need: 1,
                of: Vec::new(),
                scope: Scope::Person,
            }
        })
    }

    /// Seats nobody holds.
    pub fn seats_left(&self) -> i64 {
        (self.capacity - self.taken).max(0)
    }

    /// Whether seats can be taken at `now`, and if not, why: the code of the refusal.
    pub fn closed(&self, now: Timestamp) -> Option<&'static str> {
        if self.cancelled_at.is_some() {
            Some("seminar-cancelled")
        } else if self.starts_at <= now {
            Some("seminar-begun")
        } else {
            None
        }
    }
}

impl RegionRow {
    /// The region's name in a language.
    pub fn name(&self, lang: Lang) -> &str {
        match lang {
            Lang::Fr => &self.name_fr,
            Lang::Ar => &self.name_ar,
            Lang::En => &self.name_en,
        }
    }
}

/// All regions, in their order.
pub async fn regions(app: &App) -> Result<Vec<RegionRow>, DbError> {
    store::REGIONS.all(&app.db).await
}

/// The seminar of an address; 404 when there is none.
pub async fn by_slug(app: &App, slug: &str) -> Result<SeminarRow, Refusal> {
    Ok(store::BY_SLUG.bind(slug).one(&app.db).await?)
}

/// The seminar of an id or an address; 404 when there is none.
pub async fn named(app: &App, name: &str) -> Result<SeminarRow, Refusal> {
    match Uuid::try_parse(name) {
        Ok(id) => Ok(store::BY_ID.bind(id).one(&app.db).await?),
        Err(_) => by_slug(app, name).await,
    }
}

/// An active person by id or address.
pub async fn learner(app: &App, name: &str) -> Result<Option<LearnerRow>, DbError> {
    let name = name.trim();
    let bound = match Uuid::try_parse(name) {
        Ok(id) => store::PERSON_BY_ID.bind(id),
        Err(_) => store::PERSON_BY_EMAIL.bind(name.to_lowercase()),
    };
    bound.optional(&app.db).await
}

/// The door of a seminar for a person, to be shown.
pub async fn door_of(app: &App, seminar: &SeminarRow, person: PersonId) -> Result<Door, DbError> {
    let rule = seminar.rule();
    let now = app.clock.now();
    let source = door::Source::Db(&app.db);
    let proofs = door::Proofs::load(source, &[person], rule.asks_colleagues(), now).await?;
    let admitted = decisions::admission(On::from(&app.db), seminar.id, person).await?;
    Ok(proofs.door(&rule, person, admitted.is_some()))
}

/// The modules and seminars that rules name, by id.
async fn names(
    on: On<'_>,
    rules: impl IntoIterator<Item = &Rule>,
) -> Result<shown::Names, DbError> {
    let mut ids: Vec<Uuid> = Vec::new();
    let mut seminars = false;
    for condition in rules.into_iter().flat_map(Rule::conditions) {
        ids.push(condition.subject.id());
        seminars |= matches!(condition.subject, Subject::Seminar(_));
    }
    ids.sort();
    ids.dedup();
    let query = if seminars {
        &store::NAMES
    } else {
        &store::MODULES
    };
    let rows: Vec<store::ModuleRow> = query.bind(ids).all(on).await?;
    Ok(rows
        .into_iter()
        .map(|row| {
            let named = ModuleRef {
                id: row.id,
                slug: row.slug,
                title: row.title,
            };
            (row.id, named)
        })
        .collect())
}

/// Those of a rule's modules that learners can open.
async fn published(app: &App, rule: &Rule) -> Result<HashSet<ModuleId>, DbError> {
    let conditions = rule.conditions();
    let ids: Vec<Uuid> = conditions.iter().map(|c| c.subject.id()).collect();
    let rows: Vec<store::ModuleIdRow> = store::PUBLISHED.bind(ids).all(&app.db).await?;
    Ok(rows.into_iter().map(|row| row.id).collect())
}

/// Somebody who is one condition away from a seminar.
#[derive(Debug, Clone)]
pub struct Near {
    /// Who.
    pub person: PersonId,
    /// The conditions of which any one opens the door.
    pub missing: Vec<Answer>,
}

/// For each seminar with seats left, which of these people miss exactly one condition and which.
pub(crate) async fn one_step_away(
    app: &App,
    people: &[PersonId],
) -> Result<Vec<(SeminarRow, Vec<Near>)>, DbError> {
    let now = app.clock.now();
    let seminars: Vec<SeminarRow> = store::UPCOMING
        .bind(now)
        .bind(None::<String>)
        .bind(UPCOMING_MAX)
        .all(&app.db)
        .await?;
    let ids: Vec<Uuid> = people.iter().map(|person| person.0).collect();
    let held: Vec<store::HolderRow> = store::SEATS_OF_PEOPLE.bind(ids).all(&app.db).await?;
    let proofs = door::Proofs::load(door::Source::Db(&app.db), people, true, now).await?;
    let mut found = Vec::new();
    for seminar in seminars {
        if seminar.closed(now).is_some() || seminar.seats_left() == 0 {
            continue;
        }
        let rule = seminar.rule();
        let near: Vec<Near> = people
            .iter()
            .filter(|person| {
                !held
                    .iter()
                    .any(|h| h.person == **person && h.seminar == seminar.id)
            })
            .filter_map(|person| {
                let door = proofs.door(&rule, *person, false);
                let missing: Vec<Answer> = door.answers.into_iter().filter(|a| a.opens).collect();
                (door.verdict.steps == 1 && !missing.is_empty()).then_some(Near {
                    person: *person,
                    missing,
                })
            })
            .collect();
        if !near.is_empty() {
            found.push((seminar, near));
        }
    }
    Ok(found)
}

/// Seminars of a list at most: the programme of years.
const UPCOMING_MAX: i64 = 200;

/// Who belongs to an organisation now.
async fn members(app: &App, scope: OrgScope) -> Result<Vec<LearnerRow>, DbError> {
    store::MEMBERS
        .bind(scope.organisation())
        .bind(app.clock.now())
        .all(&app.db)
        .await
}
