//! Keeping facts and counters right: what changed waits in a queue, written by the database itself
//! with each change; whoever it belongs to has all its facts derived anew. Doing it twice changes
//! nothing.

use std::collections::{BTreeMap, BTreeSet};

use chrono_tz::Tz;
use serde_json::{Value, json};
use uuid::Uuid;

use super::derive::{self, Fact};
use super::store;
use crate::App;
use crate::clock::Timestamp;
use crate::db::{DbError, Tx};

/// Changes taken in one transaction: so many people's histories are read and written at once.
const AT_ONCE: i64 = 200;
/// With nothing to count, the moment "as of" is moved on this often.
const STILL_SECONDS: i64 = 60;

/// Counts everything that waits; gives how many changes were taken. Several nodes may call it: one
/// at a time works.
pub async fn refresh(app: &App) -> Result<u64, DbError> {
    let mut taken = 0;
    loop {
        let now = app.clock.now();
        let (waiting,): (i64,) = store::WAITING.one(&app.db).await?;
        if waiting == 0
            && as_of(app)
                .await?
                .is_some_and(|at| now.micros() - at.micros() < STILL_SECONDS * 1_000_000)
        {
            return Ok(taken);
        }
        let zone = app.pages.time_zone();
        let some = app
            .db
            .write((now, zone), |tx, (now, zone)| {
                Box::pin(async move { take(tx, *now, *zone).await })
            })
            .await?;
        taken += some;
        if some < AT_ONCE as u64 {
            return Ok(taken);
        }
    }
}

/// Everything before this moment is counted; none: nothing was ever counted.
pub async fn as_of(app: &App) -> Result<Option<Timestamp>, DbError> {
    let row: Option<store::AsOfRow> = store::AS_OF.optional(&app.db).await?;
    Ok(row.map(|row| row.as_of).filter(|at| at.micros() > 0))
}

/// Derives everything anew, then sums the counters from the facts alone.
pub async fn rebuild(app: &App) -> Result<u64, DbError> {
    app.db
        .write((), |tx, ()| {
            Box::pin(async move { store::EVERYTHING.run(tx).await.map(drop) })
        })
        .await?;
    let taken = refresh(app).await?;
    app.db
        .write((), |tx, ()| {
            Box::pin(async move {
                store::HOLD.run(&mut *tx).await?;
                store::FORGET_COUNTERS.run(&mut *tx).await?;
                store::RECOUNT.run(tx).await.map(drop)
            })
        })
        .await?;
    Ok(taken)
}

async fn take(tx: &mut Tx, now: Timestamp, zone: Tz) -> Result<u64, DbError> {
    store::HOLD.run(&mut *tx).await?;
    let changes: Vec<store::ChangeRow> = store::QUEUE.bind(AT_ONCE).all(&mut *tx).await?;
    let mut owners: BTreeMap<String, BTreeSet<Uuid>> = BTreeMap::new();
    for change in &changes {
        let source = owners.entry(change.source.clone()).or_default();
        source.insert(change.owner);
    }
    for (source, owners) in owners {
        let owners: Vec<Uuid> = owners.into_iter().collect();
        let wanted = match source.as_str() {
            "person" => people(tx, &owners, zone).await?,
            "seminar" => plain(tx, &store::SEMINARS, &owners, zone).await?,
            "visit" => plain(tx, &store::VISITS, &owners, zone).await?,
            "sheet" => plain(tx, &store::SHEETS, &owners, zone).await?,
            _ => continue,
        };
        apply(tx, &source, &owners, wanted).await?;
    }
    let ids: Vec<i64> = changes.iter().map(|change| change.id).collect();
    if !ids.is_empty() {
        store::TAKEN.bind(ids).run(&mut *tx).await?;
    }
    if (changes.len() as i64) < AT_ONCE {
        store::SET_AS_OF.bind(now).run(tx).await?;
    }
    Ok(changes.len() as u64)
}

type Owned = BTreeMap<Uuid, Vec<Fact>>;

fn by<T>(rows: Vec<T>, of: impl Fn(&T) -> Uuid) -> BTreeMap<Uuid, Vec<T>> {
    let mut map: BTreeMap<Uuid, Vec<T>> = BTreeMap::new();
    for row in rows {
        map.entry(of(&row)).or_default().push(row);
    }
    map
}

async fn people(tx: &mut Tx, owners: &[Uuid], zone: Tz) -> Result<Owned, DbError> {
    let list = owners.to_vec();
    let history: Vec<store::HistoryRow> = store::HISTORY.bind(list.clone()).all(&mut *tx).await?;
    let memberships: Vec<store::MembershipRow> =
        store::MEMBERSHIPS.bind(list.clone()).all(&mut *tx).await?;
    let posts: Vec<store::PostRow> = store::POSTS.bind(list).all(tx).await?;
    let history = by(history, |row| row.person.0);
    let memberships = by(memberships, |row| row.person.0);
    let posts = by(posts, |row| row.person.0);
    fn of<T>(map: &BTreeMap<Uuid, Vec<T>>, owner: Uuid) -> &[T] {
        map.get(&owner).map_or(&[], Vec::as_slice)
    }
    Ok(owners
        .iter()
        .map(|owner| {
            let facts = derive::of_person(
                *owner,
                of(&history, *owner),
                of(&memberships, *owner),
                of(&posts, *owner),
                zone,
            );
            (*owner, facts)
        })
        .collect())
}

async fn plain(
    tx: &mut Tx,
    query: &'static crate::db::Query,
    owners: &[Uuid],
    zone: Tz,
) -> Result<Owned, DbError> {
    let rows: Vec<store::PlainRow> = query.bind(owners.to_vec()).all(tx).await?;
    let mut facts = Owned::new();
    for row in rows {
        facts.entry(row.owner).or_default().push(Fact {
            measure: row.measure,
            month: derive::month(row.at, zone),
            since: derive::NEVER,
            since_axis: derive::NEVER,
            at: row.at.micros(),
            person: row.person,
            object: row.object,
            organisation: row.organisation,
            region: row.region,
            axis: row.axis,
            kind: row.kind,
            amount: row.amount,
        });
    }
    Ok(facts)
}

/// A counter's name: measure, month, since when, region, axis, kind.
type Counter = (String, i64, i64, String, String, String);

/// Puts the wanted facts in the place of those that are there, and moves the counters with them.
async fn apply(
    tx: &mut Tx,
    source: &str,
    owners: &[Uuid],
    mut wanted: Owned,
) -> Result<(), DbError> {
    let there: Vec<store::FactRow> = store::FACTS
        .bind(source)
        .bind(owners.to_vec())
        .all(&mut *tx)
        .await?;
    let mut there = by(there, |row| row.owner);
    let (mut gone, mut come) = (Vec::new(), Vec::<Value>::new());
    let mut counters: BTreeMap<Counter, (i64, i64)> = BTreeMap::new();
    let mut count = |fact: &Fact, sign: i64| {
        for (measure, since) in derive::counters(fact) {
            let key = (
                measure.to_owned(),
                fact.month,
                since,
                fact.region.clone(),
                fact.axis.clone(),
                fact.kind.clone(),
            );
            let sum = counters.entry(key).or_default();
            sum.0 += sign;
            sum.1 += sign * fact.amount;
        }
    };
    for owner in owners {
        let kept = there.remove(owner).unwrap_or_default();
        let kept = kept.into_iter().map(|row| (row.id, fact(row))).collect();
        let (old, new) = derive::difference(kept, wanted.remove(owner).unwrap_or_default());
        for (id, fact) in &old {
            gone.push(*id);
            count(fact, -1);
        }
        for fact in &new {
            count(fact, 1);
            come.push(written(*owner, fact));
        }
    }
    if !gone.is_empty() {
        store::FORGET.bind(gone).run(&mut *tx).await?;
    }
    if !come.is_empty() {
        let list = Value::Array(come).to_string();
        store::REMEMBER
            .bind(source)
            .bind(list)
            .run(&mut *tx)
            .await?;
    }
    let moved: Vec<Value> = counters
        .into_iter()
        .filter(|(_, sum)| *sum != (0, 0))
        .map(
            |((measure, month, since, region, axis, kind), (n, amount))| {
                json!([measure, month, since, region, axis, kind, n, amount])
            },
        )
        .collect();
    if !moved.is_empty() {
        let list = Value::Array(moved).to_string();
        store::COUNT.bind(list).run(tx).await?;
    }
    Ok(())
}

fn fact(row: store::FactRow) -> Fact {
    Fact {
        measure: row.measure,
        month: row.month,
        since: row.since,
        since_axis: row.since_axis,
        at: row.at,
        person: row.person,
        object: row.object,
        organisation: row.organisation,
        region: row.region,
        axis: row.axis,
        kind: row.kind,
        amount: row.amount,
    }
}

fn written(owner: Uuid, fact: &Fact) -> Value {
    let hex = |id: Option<Uuid>| id.map(|id| id.simple().to_string());
    json!([
        hex(Some(owner)),
        fact.measure,
        fact.month,
        fact.since,
        fact.since_axis,
        fact.at,
        hex(fact.person),
        hex(fact.object),
        hex(fact.organisation),
        fact.region,
        fact.axis,
        fact.kind,
        fact.amount,
    ])
}
