//! The door of a seminar: which rows of the progress store count for whom, and what the one
//! function of `domain::eligibility` answers on them. Pages, the API and registration all come
//! through here; registration reads inside the transaction that takes the seat.

use std::collections::{BTreeSet, HashMap};

use domain::eligibility::{self, Asking, Condition, Evidence, Rule, Verdict};
use domain::outcome::{Outcome, State, Success};

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

/// A row of the progress store that may count, or a prior learning recognised by staff.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Proof {
    /// Whose.
    pub person: PersonId,
    /// On which module; a seminar attended is kept under its own id.
    pub module: ModuleId,
    /// How far and how well.
    pub outcome: Outcome,
    /// Since when.
    pub updated_at: Timestamp,
    /// Learnt elsewhere.
    pub recognised: bool,
}

impl Proof {
    fn evidence(&self) -> Evidence {
        Evidence {
            person: self.person.0,
            module: self.module.0,
            outcome: self.outcome,
            at: self.updated_at.micros(),
            recognised: self.recognised,
        }
    }

    fn recognised(row: &store::RecognisedRow) -> Proof {
        Proof {
            person: row.person,
            module: row.module,
            outcome: Outcome {
                state: State::Completed,
                success: Success::Passed,
                progress: 1.0,
                ..Outcome::default()
            },
            updated_at: row.made_at,
            recognised: true,
        }
    }
}

/// Everything that may count for some people.
#[derive(Default)]
pub(super) struct Proofs {
    now: Timestamp,
    own: HashMap<PersonId, Vec<Proof>>,
    organisations: HashMap<PersonId, Vec<OrganisationId>>,
    colleagues: HashMap<OrganisationId, Vec<PersonId>>,
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
    /// The level was reached, but too long ago.
    pub stale: bool,
    /// Not met, and part of what keeps the door shut.
    pub wanted: bool,
    /// Meeting this one alone would open the door.
    pub opens: bool,
    /// What meets it or, when it is not met, what comes nearest.
    pub proof: Option<Proof>,
}

impl Answer {
    /// What the condition asks about: a module's id, or a seminar's.
    pub fn module(&self) -> ModuleId {
        ModuleId(self.condition.subject.id())
    }
}

impl Proofs {
    /// Reads what may count for these people: their own progress, what staff recognised and, when
    /// a rule asks for it, what the members of their organisations reached during their
    /// membership. Of colleagues only those count who belong to the organisation now.
    pub(super) async fn load(
        mut source: Source<'_>,
        people: &[PersonId],
        colleagues: bool,
        now: Timestamp,
    ) -> Result<Proofs, DbError> {
        let mut proofs = Proofs {
            now,
            ..Proofs::default()
        };
        for row in progress::of_people(source.on(), people).await? {
            proofs.own.entry(row.person).or_default().push(Proof {
                person: row.person,
                module: row.module,
                outcome: row.outcome(),
                updated_at: row.updated_at,
                recognised: false,
            });
        }
        for row in recognised(&mut source, people).await? {
            let own = proofs.own.entry(row.person).or_default();
            own.push(Proof::recognised(&row));
        }
        for row in memberships(&mut source, people, now).await? {
            let organisations = proofs.organisations.entry(row.person).or_default();
            organisations.push(row.organisation);
        }
        if colleagues {
            proofs.load_colleagues(source).await?;
        }
        Ok(proofs)
    }

    async fn load_colleagues(&mut self, mut source: Source<'_>) -> Result<(), DbError> {
        let all: BTreeSet<OrganisationId> =
            self.organisations.values().flatten().copied().collect();
        let ids: Vec<uuid::Uuid> = all.iter().map(|id| id.0).collect();
        let rows: Vec<store::MembershipRow> = store::COLLEAGUES
            .bind(ids)
            .bind(self.now)
            .all(source.on())
            .await?;
        let everybody: BTreeSet<PersonId> = rows.iter().map(|row| row.person).collect();
        let everybody: Vec<PersonId> = everybody.into_iter().collect();
        for row in &rows {
            let colleagues = self.colleagues.entry(row.organisation).or_default();
            colleagues.push(row.person);
        }
        let recognised = recognised(&mut source, &everybody).await?;
        for organisation in all {
            let cells = progress::of_organisation(source.on(), organisation, self.now).await?;
            let members = cells.into_iter().filter(|cell| cell.is_member == 1);
            let members = members.map(|cell| Proof {
                person: cell.person,
                module: cell.module,
                outcome: cell.outcome(),
                updated_at: cell.at,
                recognised: false,
            });
            let elsewhere = recognised
                .iter()
                .filter(|row| {
                    self.colleagues
                        .get(&organisation)
                        .is_some_and(|c| c.contains(&row.person))
                })
                .map(Proof::recognised);
            self.members
                .insert(organisation, members.chain(elsewhere).collect());
        }
        Ok(())
    }

    /// Reads what may count for everybody, as far as a rule asks: for a look over the whole
    /// population. Gives the people, in order.
    pub(super) async fn load_everybody(
        db: &Db,
        rule: &Rule,
        now: Timestamp,
    ) -> Result<(Vec<PersonId>, Proofs), DbError> {
        let mut proofs = Proofs {
            now,
            ..Proofs::default()
        };
        let mut people: Vec<PersonId> = Vec::new();
        let rows: Vec<store::PopulationRow> = store::POPULATION.bind(now).all(db).await?;
        for row in rows {
            if people.last() != Some(&row.person) {
                people.push(row.person);
            }
            if let Some(organisation) = row.organisation {
                proofs
                    .organisations
                    .entry(row.person)
                    .or_default()
                    .push(organisation);
                proofs
                    .colleagues
                    .entry(organisation)
                    .or_default()
                    .push(row.person);
            }
        }
        let ids: BTreeSet<uuid::Uuid> = rule
            .conditions()
            .into_iter()
            .map(|c| c.subject.id())
            .collect();
        let ids: Vec<uuid::Uuid> = ids.into_iter().collect();
        for row in progress::of_modules(On::from(db), &ids).await? {
            proofs.own.entry(row.person).or_default().push(Proof {
                person: row.person,
                module: row.module,
                outcome: row.outcome(),
                updated_at: row.updated_at,
                recognised: false,
            });
        }
        let elsewhere: Vec<store::RecognisedRow> =
            store::RECOGNISED_MODULES.bind(ids.clone()).all(db).await?;
        for row in &elsewhere {
            proofs
                .own
                .entry(row.person)
                .or_default()
                .push(Proof::recognised(row));
            if rule.asks_colleagues() {
                for organisation in proofs.organisations.get(&row.person).into_iter().flatten() {
                    let members = proofs.members.entry(*organisation).or_default();
                    members.push(Proof::recognised(row));
                }
            }
        }
        if rule.asks_colleagues() {
            for cell in progress::of_memberships(On::from(db), &ids, now).await? {
                proofs
                    .members
                    .entry(cell.organisation)
                    .or_default()
                    .push(Proof {
                        person: cell.person,
                        module: cell.module,
                        outcome: cell.outcome(),
                        updated_at: cell.at,
                        recognised: false,
                    });
            }
        }
        Ok((people, proofs))
    }

    /// The organisation somebody joined last, of those they belong to now.
    pub(super) fn organisation(&self, person: PersonId) -> Option<OrganisationId> {
        self.organisations.get(&person)?.last().copied()
    }

    /// All organisations somebody belongs to now.
    pub(super) fn organisations(&self, person: PersonId) -> &[OrganisationId] {
        self.organisations.get(&person).map_or(&[], Vec::as_slice)
    }

    /// The door of a rule for one of the people loaded; `admitted` where staff let them in.
    pub(super) fn door(&self, rule: &Rule, person: PersonId, admitted: bool) -> Door {
        let mut proofs: Vec<Proof> = self.own.get(&person).cloned().unwrap_or_default();
        let mut colleagues: Vec<uuid::Uuid> = Vec::new();
        if rule.asks_colleagues() {
            for organisation in self.organisations(person) {
                let members = self.members.get(organisation).into_iter().flatten();
                proofs.extend(members.filter(|proof| proof.person != person));
                let others = self.colleagues.get(organisation).into_iter().flatten();
                colleagues.extend(
                    others
                        .filter(|other| **other != person)
                        .map(|other| other.0),
                );
            }
        }
        let evidence: Vec<Evidence> = proofs.iter().map(Proof::evidence).collect();
        let asking = Asking {
            person: person.0,
            colleagues: &colleagues,
            now: self.now.micros(),
            admitted,
        };
        let verdict = eligibility::evaluate(rule, &asking, &evidence);
        let answers = verdict
            .conditions
            .iter()
            .map(|answer| Answer {
                condition: answer.condition.clone(),
                met: answer.met,
                stale: answer.stale,
                wanted: answer.wanted,
                opens: answer.opens,
                proof: answer
                    .best
                    .and_then(|best| proofs.iter().find(|p| p.evidence() == best).copied()),
            })
            .collect();
        Door { verdict, answers }
    }
}

async fn recognised(
    source: &mut Source<'_>,
    people: &[PersonId],
) -> Result<Vec<store::RecognisedRow>, DbError> {
    let people: Vec<uuid::Uuid> = people.iter().map(|person| person.0).collect();
    store::RECOGNISED.bind(people).all(source.on()).await
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
