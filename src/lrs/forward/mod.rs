//! Statements on their way to other record stores.
//!
//! A target remembers how far it is in the order of `stored`, which no statement enters behind
//! others ([`super::group`]). Storing a statement puts one row into the outbox, in the same
//! transaction, for each target that has none under way; whoever carries it out delivers what
//! follows, oldest first, and moves on only after the other store said yes. So what is sent is in
//! order; what is sent again after a lost answer is known there by its id.

mod deliver;
mod store;

use serde_json::json;
use url::Url;
use uuid::Uuid;

use crate::App;
use crate::accounts::Audit;
use crate::clock::Timestamp;
use crate::db::{DbError, Tx};
use crate::ids::PersonId;
use crate::jobs;
use crate::web::Refusal;

use super::browse::{self, Search};
use super::group;

pub use deliver::HANDLER;
pub(crate) use store::QUERIES;
pub(super) use store::{RefusedRow, TargetRow};

/// What passwords are sealed for.
const PURPOSE: &str = "lrs-target";
/// Statements counted as waiting at most.
const COUNTED: i64 = 1000;

/// A target to be made.
#[derive(Debug, Clone)]
pub struct NewTarget {
    /// What people call it.
    pub name: String,
    /// Where `statements` is below.
    pub url: String,
    /// Of Basic authentication.
    pub user: String,
    /// Of Basic authentication; kept sealed.
    pub password: String,
    /// `1.0.3` or `2.0.0`.
    pub version: String,
    /// A kept query; `None`: all statements.
    pub query: Option<Uuid>,
    /// Those that are there already go too.
    pub from_the_start: bool,
}

/// The address of a resource of a target.
fn at(base: &str, resource: &str) -> Option<Url> {
    let base = Url::parse(base).ok()?;
    if !matches!(base.scheme(), "https" | "http") || base.host_str().is_none() {
        return None;
    }
    let mut path = base.path().trim_end_matches('/').to_owned();
    path.push('/');
    path.push_str(resource);
    let mut whole = base;
    whole.set_path(&path);
    whole.set_query(None);
    whole.set_fragment(None);
    Some(whole)
}

/// True for an address that statements can be sent to.
pub(super) fn is_address(text: &str) -> bool {
    let plain = |url: &Url| url.username().is_empty() && url.password().is_none();
    at(text, "statements").is_some_and(|url| plain(&url))
}

/// Adds a target and, where old statements shall go too, begins with them.
pub async fn add(app: &App, by: Option<PersonId>, new: NewTarget) -> Result<Uuid, Refusal> {
    let id = app.ids.uuid();
    let password = app
        .seal(PURPOSE, &new.password)
        .ok_or_else(|| Refusal::new(rocket::http::Status::InternalServerError, "internal"))?;
    let audit = Audit::new(app, by, "lrs-target-added", format!("lrs-target:{id}"))
        .detail(json!({ "name": new.name, "url": new.url }));
    let input = (id, new, password, by, audit);
    app.db
        .write(input, |tx, (id, new, password, by, audit)| {
            Box::pin(async move {
                group::hold(tx).await?;
                let (last,): (i64,) = store::LAST.one(&mut *tx).await?;
                let position = if new.from_the_start { 0 } else { last };
                store::ADD_TARGET
                    .bind(*id)
                    .bind(&new.name)
                    .bind(&new.url)
                    .bind(&new.user)
                    .bind(password.as_str())
                    .bind(&new.version)
                    .bind(new.query)
                    .bind(position)
                    .bind(audit.at)
                    .bind(*by)
                    .run(&mut *tx)
                    .await?;
                audit.write(tx).await?;
                if new.from_the_start && last > 0 {
                    owe(tx, last, audit.at).await?;
                }
                Ok::<_, Refusal>(())
            })
        })
        .await?;
    Ok(id)
}

/// Statements were stored, the last at this time: whoever waits for some gets a row in the outbox.
pub(super) async fn owe(tx: &mut Tx, last: i64, now: Timestamp) -> Result<(), DbError> {
    let idle: Vec<store::IdRow> = store::IDLE.all(&mut *tx).await?;
    for target in idle {
        begin(tx, target.id, last, now).await?;
    }
    Ok(())
}

async fn begin(tx: &mut Tx, target: Uuid, last: i64, now: Timestamp) -> Result<(), DbError> {
    // Nothing is under way, so a time and a target have had no row, unless it was given up.
    let seed = format!("{last} {}", now.micros());
    let job = Uuid::new_v5(&target, seed.as_bytes());
    jobs::enqueue(tx, job, HANDLER.kind, json!({ "target": target }), now).await?;
    store::SET_JOB
        .bind(target)
        .bind(job)
        .run(tx)
        .await
        .map(drop)
}

/// A target as operators see it.
#[derive(Debug)]
pub(super) struct Listed {
    pub row: TargetRow,
    /// Statements that wait; [`COUNTED`] means that or more.
    pub waiting: usize,
    pub refusals: Vec<RefusedRow>,
}

/// All targets, with how far they are behind.
pub(super) async fn list(app: &App) -> Result<Vec<Listed>, Refusal> {
    let rows: Vec<TargetRow> = store::TARGETS.all(&app.db).await?;
    let mut all = Vec::with_capacity(rows.len());
    for row in rows {
        let search = narrowed(app, row.query).await?;
        let waiting = search.following(app, row.position, COUNTED).await?.len();
        let refusals = store::REFUSED.bind(row.id).all(&app.db).await?;
        all.push(Listed {
            row,
            waiting,
            refusals,
        });
    }
    Ok(all)
}

/// What a target's kept query asks for, the voided ones with those that void them.
async fn narrowed(app: &App, query: Option<Uuid>) -> Result<Search, Refusal> {
    let mut fields = match query {
        Some(id) => match browse::saved_one(app, id).await? {
            Some(saved) => saved.fields(),
            None => crate::web::Fields::default(),
        },
        None => crate::web::Fields::default(),
    };
    browse::search(app, &mut fields).await
}

/// Tries again now what waits.
pub(super) async fn retry(app: &App, id: Uuid) -> Result<(), Refusal> {
    let row = one(app, id).await?;
    if let Some(job) = row.job
        && jobs::hurry(app, job).await?
    {
        return Ok(());
    }
    app.db
        .write((id, app.clock.now()), |tx, (id, now)| {
            Box::pin(async move {
                group::hold(tx).await?;
                let idle: Vec<store::IdRow> = store::IDLE.all(&mut *tx).await?;
                if idle.iter().any(|idle| idle.id == *id) {
                    let (last,): (i64,) = store::LAST.one(&mut *tx).await?;
                    begin(tx, *id, last, *now).await?;
                }
                Ok::<_, Refusal>(())
            })
        })
        .await
}

/// Switches a target off, or on again: then what came meanwhile goes too.
pub async fn switch(app: &App, by: PersonId, id: Uuid) -> Result<(), Refusal> {
    let audit = Audit::new(
        app,
        Some(by),
        "lrs-target-switched",
        format!("lrs-target:{id}"),
    );
    app.db
        .write((id, audit), |tx, (id, audit)| {
            Box::pin(async move {
                group::hold(tx).await?;
                if store::SWITCH.bind(*id).run(&mut *tx).await? == 0 {
                    return Err(Refusal::not_found());
                }
                let (last,): (i64,) = store::LAST.one(&mut *tx).await?;
                owe(tx, last, audit.at).await?;
                audit.write(tx).await?;
                Ok(())
            })
        })
        .await
}

/// Removes a target that is switched off.
pub(super) async fn remove(app: &App, by: PersonId, id: Uuid) -> Result<(), Refusal> {
    let audit = Audit::new(
        app,
        Some(by),
        "lrs-target-removed",
        format!("lrs-target:{id}"),
    );
    app.db
        .write((id, audit), |tx, (id, audit)| {
            Box::pin(async move {
                store::REMOVE_REFUSED.bind(*id).run(&mut *tx).await?;
                if store::REMOVE.bind(*id).run(&mut *tx).await? == 0 {
                    return Err(Refusal::not_found());
                }
                audit.write(tx).await?;
                Ok(())
            })
        })
        .await
}

async fn one(app: &App, id: Uuid) -> Result<TargetRow, Refusal> {
    let row: Option<TargetRow> = store::TARGET_ONE.bind(id).optional(&app.db).await?;
    row.ok_or_else(Refusal::not_found)
}

#[cfg(test)]
mod tests {
    use super::{at, is_address};

    #[test]
    fn addresses_are_joined() {
        for (base, whole) in [
            (
                "https://lrs.example/xapi",
                "https://lrs.example/xapi/statements",
            ),
            (
                "https://lrs.example/xapi/",
                "https://lrs.example/xapi/statements",
            ),
            ("https://lrs.example", "https://lrs.example/statements"),
            (
                "https://lrs.example/a?b#c",
                "https://lrs.example/a/statements",
            ),
        ] {
            assert_eq!(at(base, "statements").unwrap().as_str(), whole);
        }
        for bad in [
            "",
            "x",
            "ftp://a.example/",
            "https://u:p@a.example/",
            "javascript:x",
        ] {
            assert!(!is_address(bad), "{bad}");
        }
    }
}
