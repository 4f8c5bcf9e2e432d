//! Statements about statements: what voids what, and being found by what the other is found by
//! (Data 2.3.2; Communication 2.1.3, "Filter conditions for StatementRefs").

use std::collections::hash_map::Entry;
use std::collections::{BTreeSet, HashMap, HashSet};

use futures::future::BoxFuture;
use serde_json::{Value, json};
use uuid::Uuid;

use crate::App;
use crate::db::{DbError, Tx};
use crate::jobs::{self, Handler, Job, JobError};

use super::group::{Going, add_keys};
use super::prepare::{facets_of, views};
use super::store;

/// How far a chain of statements about statements is followed.
const CHAIN: usize = 16;
/// How many statements are found anew in one transaction at most: a client chooses the ids it
/// writes about, and anybody may write the statement that many have waited for.
const WORK: usize = 500;

/// What the outbox calls those that were left for later.
const KIND: &str = "xapi-references";

/// Carries them out.
pub const HANDLER: Handler = Handler {
    kind: KIND,
    ready: |_| true,
    run,
};

/// Brings voiding and finding up to date after statements were stored.
pub(super) async fn settle(tx: &mut Tx, going: &[Going<'_>]) -> Result<(), DbError> {
    let mut given: HashMap<Uuid, Vec<Uuid>> = HashMap::new();
    let mut void: HashMap<Uuid, Vec<Uuid>> = HashMap::new();
    let mut work = Vec::new();
    for new in going {
        if new.statement.given {
            given.entry(new.tenant).or_default().push(new.statement.id);
        }
        if let Some(target) = new.statement.target {
            work.push((new.tenant, new.statement.id));
            if new.statement.voiding {
                void.entry(new.tenant).or_default().push(target);
            }
        }
    }
    // Those that waited for one of ours.
    for (tenant, ids) in given {
        let voided: Vec<store::IdOfRow> = store::VOIDED_BEFORE
            .bind(ids.clone())
            .bind(tenant)
            .all(&mut *tx)
            .await?;
        let voided = voided.into_iter().map(|row| row.id);
        void.entry(tenant).or_default().extend(voided);
        work.extend(waiting(tx, tenant, ids, i64::MIN, WORK).await?);
    }
    for (tenant, targets) in void.into_iter().filter(|(_, targets)| !targets.is_empty()) {
        store::VOID.bind(tenant).bind(targets).run(&mut *tx).await?;
    }
    find_anew(tx, work).await
}

/// The next statements of a tenant about these, in order; what is more is left to the outbox.
async fn waiting(
    tx: &mut Tx,
    tenant: Uuid,
    ids: Vec<Uuid>,
    after: i64,
    most: usize,
) -> Result<Vec<(Uuid, Uuid)>, DbError> {
    let rows: Vec<store::AboutRow> = store::ABOUT
        .bind(ids.clone())
        .bind(tenant)
        .bind(after)
        .bind(most as i64 + 1)
        .all(&mut *tx)
        .await?;
    if rows.len() > most
        && let Some(last) = rows.get(most.saturating_sub(1)).filter(|_| most > 0)
    {
        let name = format!("{tenant} {} {ids:?}", last.stored);
        let job = Uuid::new_v5(&Uuid::nil(), name.as_bytes());
        let payload = json!({ "tenant": tenant, "ids": ids, "after": last.stored });
        // Due at once: this is the beginning of time.
        let due = crate::clock::Timestamp::from_micros(last.stored);
        jobs::enqueue_later(tx, job, KIND, payload, (due, due)).await?;
    }
    Ok(rows
        .into_iter()
        .take(most)
        .map(|row| (tenant, row.id))
        .collect())
}

fn run(app: &App, job: Job) -> BoxFuture<'_, Result<Value, JobError>> {
    Box::pin(async move {
        let read = || -> Option<(Uuid, Vec<Uuid>, i64)> {
            let payload = &job.payload;
            let id = |value: &Value| Uuid::parse_str(value.as_str()?).ok();
            let ids = payload["ids"].as_array()?.iter().map(id);
            Some((
                id(&payload["tenant"])?,
                ids.collect::<Option<_>>()?,
                payload["after"].as_i64()?,
            ))
        };
        let Some(input) = read() else {
            return Err(JobError::Never("no references".to_owned()));
        };
        app.db
            .write(input, |tx, (tenant, ids, after)| {
                Box::pin(async move {
                    let work = waiting(tx, *tenant, ids.clone(), *after, WORK).await?;
                    find_anew(tx, work).await
                })
            })
            .await?;
        Ok(jobs::spent())
    })
}

/// Statements are found by what those they are about are found by.
async fn find_anew(tx: &mut Tx, mut work: Vec<(Uuid, Uuid)>) -> Result<(), DbError> {
    let mut seen: HashSet<(Uuid, Uuid)> = work.iter().copied().collect();
    // Many are about one: what is known of a target is read once.
    let mut targets: HashMap<(Uuid, Uuid), Option<store::KeptRow>> = HashMap::new();
    let mut rows = Vec::new();
    while let Some((tenant, id)) = work.pop() {
        let Some(own) = one(tx, tenant, id).await? else {
            continue;
        };
        let mut facets = facets_of(&own.statement);
        let mut at = own.target;
        let mut passed = BTreeSet::from([id]);
        while let Some(target) = at
            && passed.len() < CHAIN
            && passed.insert(target)
        {
            let next = match targets.entry((tenant, target)) {
                Entry::Occupied(known) => known.into_mut(),
                Entry::Vacant(free) => free.insert(one(tx, tenant, target).await?),
            };
            let Some(next) = next else {
                break;
            };
            facets.take_in(facets_of(&next.statement));
            at = next.target;
        }
        for view in views(tenant) {
            rows.extend(facets.keys(view).into_iter().map(|key| (key, own.stored)));
        }
        // Those about this one are found by more now, too.
        for further in waiting(tx, tenant, vec![id], i64::MIN, WORK).await? {
            if seen.insert(further) && seen.len() < 2 * WORK {
                work.push(further);
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
