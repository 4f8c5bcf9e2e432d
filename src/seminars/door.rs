//! The door of a seminar: which rows of the progress store count for whom, and what the one
//! function of `domain::eligibility` answers on them. Pages, the API and registration all come
//! through here; registration reads inside the transaction that takes the seat.

use std::collections::{BTreeSet, HashMap};

use domain::eligibility::{self, Condition, Evidence, Rule, Scope, Verdict};
use domain::outcome::Outcome;

use super::store;
use crate::clock::Timestamp;
use crate::db::{Db, DbError, On, Tx};
use crate::ids::{ModuleId, OrganisationId, PersonId};
use crate::progress;

/// Where a decision's rows are read: the pool, or the transaction that acts on the decision.
pub(super) enum Source<'a> {
    /// To show.
    Db(&'a Db),
    /// To decide.
    Tx(&'a mut Tx),
}

impl Source<'_> {
    fn on(&mut self) -> On<'_> {
        match self {
            Source::Db(db) => On::from(*db),
            Source::Tx(tx) => On::from(&mut **tx),
        }
    }
}

/// A row of the progress store that may count.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Proof {
    /// Whose.
    pub person: PersonId,
    /// On which module.
    pub module: ModuleId,
    /// How far and how well.
    pub outcome: Outcome,
    /// Since when.
    pub updated_at: Timestamp,
}

impl Proof {
    fn evidence(&self) -> Evidence {
        Evidence {
            person: self.person.0,
            module: self.module.0,
            outcome: self.outcome,
        }
    }
}

/// Everything that may count for some people.
#[derive(Default)]
pub(super) struct Proofs {
    own: HashMap<PersonId, Vec<Proof>>,
    organisations: HashMap<PersonId, Vec<OrganisationId>>,
    members: HashMap<OrganisationId, Vec<Proof>>,
}

/// The door, for one person.
#[derive(Debug, Clone)]
pub struct Door {
    /// Open or not, and how far from it.
    pub verdict: Verdict,
    /// Each condition with its proof, in the rule's order.
    pub answers: Vec<Answer>,
}

/// The answer on one condition.
#[derive(Debug, Clone)]
pub struct Answer {
    /// The condition.
    pub condition: Condition,
    /// Whether it is met.
    pub met: bool,
    /// What meets it or, when it is not met, what comes nearest.
    pub proof: Option<Proof>,
}

impl Answer {
    /// The module of the condition.
    pub fn module(&self) -> ModuleId {
        ModuleId(self.condition.module)
    }
}

impl Proofs {
    /// Reads what may count for these people: their own progress and, when a rule asks for it,
    /// what the members of their organisations reached during their membership. Of colleagues only
    /// those count who belong to the organisation now.
    pub(super) async fn load(
        mut source: Source<'_>,
        people: &[PersonId],
        colleagues: bool,
        now: Timestamp,
    ) -> Result<Proofs, DbError> {
        let mut proofs = Proofs::default();
        for row in progress::of_people(source.on(), people).await? {
            proofs.own.entry(row.person).or_default().push(Proof {
                person: row.person,
                module: row.module,
                outcome: row.outcome(),
                updated_at: row.updated_at,
            });
        }
        for row in memberships(&mut source, people, now).await? {
            let organisations = proofs.organisations.entry(row.person).or_default();
            organisations.push(row.organisation);
        }
        if colleagues {
            let all: BTreeSet<OrganisationId> =
                proofs.organisations.values().flatten().copied().collect();
            for organisation in all {
                let cells = progress::of_organisation(source.on(), organisation, now).await?;
                let members = cells.into_iter().filter(|cell| cell.is_member == 1);
                let members = members.map(|cell| Proof {
                    person: cell.person,
                    module: cell.module,
                    outcome: cell.outcome(),
                    updated_at: cell.at,
                });
                proofs.members.insert(organisation, members.collect());
            }
        }
        Ok(proofs)
    }

    /// The organisation somebody joined last, of those they belong to now.
    pub(super) fn organisation(&self, person: PersonId) -> Option<OrganisationId> {
        self.organisations.get(&person)?.last().copied()
    }

    /// The door of a rule for one of the people loaded.
    pub(super) fn door(&self, rule: &Rule, person: PersonId) -> Door {
        let mut proofs: Vec<Proof> = self.own.get(&person).cloned().unwrap_or_default();
        if rule.scope == Scope::Organisation {
            let organisations = self.organisations.get(&person).into_iter().flatten();
            let members = organisations.filter_map(|o| self.members.get(o)).flatten();
            proofs.extend(members.filter(|proof| proof.person != person));
        }
        let evidence: Vec<Evidence> = proofs.iter().map(Proof::evidence).collect();
        let verdict = eligibility::evaluate(rule, person.0, &evidence);
        let answers = verdict
            .conditions
            .iter()
            .map(|answer| Answer {
                condition: answer.condition.clone(),
                met: answer.met,
                proof: answer
                    .best
                    .and_then(|best| proofs.iter().find(|p| p.evidence() == best).copied()),
            })
            .collect();
        Door { verdict, answers }
    }
}

async fn memberships(
    source: &mut Source<'_>,
    people: &[PersonId],
    now: Timestamp,
) -> Result<Vec<store::MembershipRow>, DbError> {
    let people: Vec<uuid::Uuid> = people.iter().map(|person| person.0).collect();
    store::MEMBERSHIPS
        .bind(people)
        .bind(now)
        .all(source.on())
        .await
}
