//! A look at a rule before it is published: whom of the real population it would let in.

use std::collections::BTreeSet;

use domain::eligibility::Rule;

use super::door::Proofs;
use crate::App;
use crate::db::DbError;
use crate::ids::OrganisationId;

/// What a rule would do, by the function that would enforce it.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Simulation {
    /// People with an account.
    pub population: usize,
    /// Of them, those who could take a seat now.
    pub eligible: usize,
    /// Organisations of whom at least one present member could.
    pub organisations: usize,
    /// People one condition away.
    pub near: usize,
}

/// Asks the rule for everybody.
pub async fn simulate(app: &App, rule: &Rule) -> Result<Simulation, DbError> {
    let now = app.clock.now();
    let (people, proofs) = Proofs::load_everybody(&app.db, rule, now).await?;
    let mut found = Simulation {
        population: people.len(),
        ..Simulation::default()
    };
    let mut organisations: BTreeSet<OrganisationId> = BTreeSet::new();
    for person in people {
        let door = proofs.door(rule, person, false);
        if door.verdict.eligible {
            found.eligible += 1;
            organisations.extend(proofs.organisations(person));
        } else if door.verdict.steps == 1 {
            found.near += 1;
        }
    }
    found.organisations = organisations.len();
    Ok(found)
}
