//! Statements about statements: what voids what, and being found by what the other is found by
//! (Data 2.3.2; Communication 2.1.3, "Filter conditions for StatementRefs").

use std::collections::{HashMap, HashSet};

use uuid::Uuid;

use crate::db::{DbError, Tx};

use super::group::{Going, add_keys};
use super::prepare::{facets_of, views};
use super::store;

/// How far a chain of statements about statements is followed.
const CHAIN: usize = 16;
/// How many statements are found anew because of one group at most.
const WORK: usize = 2000;

/// Brings voiding and finding up to date after statements were stored.
pub(super) async fn settle(tx: &mut Tx, going: &[Going<'_>]) -> Result<(), DbError> {
    let given: Vec<Uuid> = going
        .iter()
        .filter(|new| new.statement.given)
        .map(|new| new.statement.id)
        .collect();
    // Those that waited for one of ours.
    let about: Vec<store::KeptRow> = if given.is_empty() {
        Vec::new()
    } else {
        store::ABOUT.bind(given).all(&mut *tx).await?
    };
    let mut void: HashMap<Uuid, Vec<Uuid>> = HashMap::new();
    for new in going.iter().filter(|new| new.statement.voiding) {
        if let Some(target) = new.statement.target {
            void.entry(new.tenant).or_default().push(target);
        }
    }
    for row in about.iter().filter(|row| row.voiding) {
        if let Some(target) = row.target {
            void.entry(row.tenant).or_default().push(target);
        }
    }
    for (tenant, targets) in void {
        store::VOID.bind(tenant).bind(targets).run(&mut *tx).await?;
    }
    let mut work: Vec<(Uuid, Uuid)> = going
        .iter()
        .filter(|new| new.statement.target.is_some())
        .map(|new| (new.tenant, new.statement.id))
        .chain(about.iter().map(|row| (row.tenant, row.id)))
        .collect();
    let mut seen: HashSet<(Uuid, Uuid)> = work.iter().copied().collect();
    let mut rows = Vec::new();
    while let Some((tenant, id)) = work.pop() {
        let Some(own) = one(tx, tenant, id).await? else {
            continue;
        };
        let mut facets = facets_of(&own.statement);
        let mut at = own.target;
        let mut passed = HashSet::from([id]);
        while let Some(target) = at
            && passed.len() < CHAIN
            && passed.insert(target)
        {
            let Some(next) = one(tx, tenant, target).await? else {
                break;
            };
            facets.take_in(facets_of(&next.statement));
            at = next.target;
        }
        for view in views(tenant) {
            rows.extend(facets.keys(view).into_iter().map(|key| (key, own.stored)));
        }
        // Those about this one are found by more now, too.
        let further: Vec<store::KeptRow> = store::ABOUT.bind(vec![id]).all(&mut *tx).await?;
        for row in further.into_iter().filter(|row| row.tenant == tenant) {
            if seen.len() < WORK && seen.insert((tenant, row.id)) {
                work.push((tenant, row.id));
            }
        }
    }
    if !rows.is_empty() {
        add_keys(tx, &mut rows).await?;
    }
    Ok(())
}

async fn one(tx: &mut Tx, tenant: Uuid, id: Uuid) -> Result<Option<store::KeptRow>, DbError> {
    let rows: Vec<store::KeptRow> = store::BY_IDS.bind(vec![id]).all(&mut *tx).await?;
    Ok(rows.into_iter().find(|row| row.tenant == tenant))
}
