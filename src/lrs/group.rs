//! Batches stored in one transaction, each whole or not at all.

use std::collections::{HashMap, HashSet};

use serde_json::json;
use uuid::Uuid;
use xapi::compare;
use xapi::json::parse;

use crate::clock::Timestamp;
use crate::db::{DbError, Tx};

use super::prepare::{Batch, Prepared};
use super::{definitions, forward, store, targets};

/// What became of a batch.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Fate {
    /// All of it is stored, or was before.
    Stored,
    /// Nothing is: there is another statement of this id.
    Conflict(Uuid),
}

/// What became of a group.
#[derive(Debug)]
pub(super) struct Done {
    /// Batch by batch.
    pub fates: Vec<Fate>,
    /// The time of the last statement.
    pub last: Timestamp,
}

/// A statement that is to be stored, and when.
pub(super) struct Going<'b> {
    pub stored: i64,
    pub tenant: Uuid,
    pub credential: Uuid,
    pub statement: &'b Prepared,
    /// Whole.
    pub text: String,
}

/// Stores batches. The clock is taken first and held to the end: from there on nobody else stores
/// statements, so what is read here stays true.
pub(super) async fn store(tx: &mut Tx, batches: &[Batch], now: Timestamp) -> Result<Done, DbError> {
    let count: usize = batches.iter().map(|b| b.statements.len()).sum();
    let (last,): (i64,) = store::TAKE_TIME
        .bind(now)
        .bind(count as i64)
        .one(&mut *tx)
        .await?;
    let mut next = last - count as i64;
    let given: Vec<Uuid> = batches
        .iter()
        .flat_map(|b| &b.statements)
        .filter(|s| s.given)
        .map(|s| s.id)
        .collect();
    let kept: Vec<store::KeptRow> = if given.is_empty() {
        Vec::new()
    } else {
        store::BY_IDS.bind(given).all(&mut *tx).await?
    };
    let mut known: HashMap<(Uuid, Uuid), String> = kept
        .into_iter()
        .map(|row| ((row.tenant, row.id), row.statement))
        .collect();
    let mut fates = Vec::with_capacity(batches.len());
    let mut going: Vec<Going<'_>> = Vec::with_capacity(count);
    for batch in batches {
        let mut fresh = Vec::with_capacity(batch.statements.len());
        let mut fate = Fate::Stored;
        for statement in &batch.statements {
            next += 1;
            match known.get(&(batch.tenant, statement.id)) {
                Some(other) if says_the_same(statement, other, next) => {}
                Some(_) => {
                    fate = Fate::Conflict(statement.id);
                    break;
                }
                None => fresh.push(Going {
                    stored: next,
                    tenant: batch.tenant,
                    credential: batch.credential,
                    statement,
                    text: statement.text.finish(next),
                }),
            }
        }
        if fate == Fate::Stored {
            for new in &fresh {
                if new.statement.given {
                    known.insert((new.tenant, new.statement.id), new.text.clone());
                }
            }
            going.extend(fresh);
        }
        fates.push(fate);
    }
    if !going.is_empty() {
        write(tx, &going).await?;
        forward::owe(tx, last, now).await?;
    }
    Ok(Done {
        fates,
        last: Timestamp::from_micros(last),
    })
}

/// Nobody stores statements until the transaction ends.
pub(super) async fn hold(tx: &mut Tx) -> Result<(), DbError> {
    store::HOLD_TIME.run(tx).await.map(drop)
}

fn says_the_same(new: &Prepared, stored: &str, at: i64) -> bool {
    let text = new.text.finish(at);
    match (parse(&text), parse(stored)) {
        // Where no time was sent, ours would not be theirs: any agrees.
        (Ok(new_value), Ok(old)) if new.text.is_timed() => compare::same(&new_value, &old),
        (Ok(new_value), Ok(old)) => compare::same_but_time(&new_value, &old),
        _ => false,
    }
}

async fn write(tx: &mut Tx, going: &[Going<'_>]) -> Result<(), DbError> {
    let rows: Vec<String> = going
        .iter()
        .map(|new| {
            let target = new.statement.target.map(|id| id.simple().to_string());
            format!(
                "{:>20}{}{}{}{}{:32}{}",
                new.stored,
                new.statement.id.simple(),
                new.tenant.simple(),
                new.credential.simple(),
                i64::from(new.statement.voiding),
                target.unwrap_or_default(),
                new.text,
            )
        })
        .collect();
    store::ADD_STATEMENTS.bind(rows).run(&mut *tx).await?;
    let mut rows: Vec<(i64, i64)> = going
        .iter()
        .flat_map(|new| new.statement.keys.iter().map(|key| (*key, new.stored)))
        .collect();
    add_keys(tx, &mut rows).await?;
    for new in going {
        for blob in &new.statement.blobs {
            store::ADD_ATTACHMENT
                .bind(new.stored)
                .bind(&blob.sha2)
                .bind(new.tenant)
                .bind(&blob.content_type)
                .bind(blob.length)
                .run(&mut *tx)
                .await?;
        }
    }
    let names: HashSet<(Uuid, i64, &str)> = going
        .iter()
        .flat_map(|new| {
            new.statement
                .names
                .iter()
                .map(|(agent, name)| (new.tenant, *agent, name.as_str()))
        })
        .collect();
    if !names.is_empty() {
        let rows: Vec<_> = names
            .into_iter()
            .map(|(tenant, agent, name)| {
                json!({ "tenant": tenant.simple().to_string(), "agent": agent, "name": name })
            })
            .collect();
        store::ADD_NAMES
            .bind(json!(rows).to_string())
            .run(&mut *tx)
            .await?;
    }
    definitions::keep(tx, going).await?;
    targets::settle(tx, going).await
}

/// Writes rows of keys, in the order of the table: neighbours share pages.
pub(super) async fn add_keys(tx: &mut Tx, rows: &mut Vec<(i64, i64)>) -> Result<(), DbError> {
    rows.sort_unstable();
    rows.dedup();
    let rows: Vec<String> = rows
        .iter()
        .map(|(key, stored)| format!("{key:>20}{stored}"))
        .collect();
    store::ADD_KEYS.bind(rows).run(&mut *tx).await?;
    Ok(())
}
