//! Credentials of single launches, and what their transactions store: what the player's units
//! need of the record store.

use std::collections::HashSet;

use base64::Engine as _;
use serde_json::{Value, json};
use uuid::Uuid;
use xapi::Version;
use xapi::document::Demand;
use xapi::json::parse;
use xapi::query::{Documents, Resource};
use xapi::statement::Statement;

use crate::App;
use crate::clock::Timestamp;
use crate::db::{DbError, Tx};
use crate::ids::{PersonId, hash_secret};
use crate::web::Refusal;

use super::credentials::Client;
use super::documents::{self, Writing};
use super::group::Fate;
use super::prepare::{self, Batch};
use super::{find, group, invalid, store};

/// What a unit may do: write and read its own statements, keep its state, read and write profiles.
const SCOPES: [&str; 5] = [
    "statements/write",
    "statements/read/mine",
    "state",
    "profile",
    "define",
];
/// Before the digest of what a launch address holds until the token is fetched.
const WAITING: &str = "fetch:";

/// A credential for one launch of one learner.
#[derive(Debug, Clone)]
pub struct Launch {
    /// Its id: that of the session.
    pub id: Uuid,
    /// What it is shown as in the authority of statements.
    pub name: String,
    /// May speak of this actor only: an identifier as `xapi::actor` writes it.
    pub actor: String,
    /// May speak of this registration only.
    pub registration: Uuid,
    /// Whose.
    pub person: PersonId,
    /// The base of the activities it may describe; `None`: none.
    pub about: Option<String>,
    /// The digest of the secret of its launch address.
    pub hash: String,
    /// Worth nothing from then on.
    pub until: Timestamp,
}

/// A secret stands in an address in one of two ways.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// It fetches the token, once (cmi5 8.2).
    Fetch,
    /// It is the password itself.
    Password,
}

/// Makes the credential of a launch.
pub async fn open(tx: &mut Tx, launch: &Launch, kind: Kind, now: Timestamp) -> Result<(), DbError> {
    let hash = match kind {
        Kind::Fetch => format!("{WAITING}{}", launch.hash),
        Kind::Password => launch.hash.clone(),
    };
    store::ADD_CREDENTIAL
        .bind(launch.id)
        .bind(None::<Uuid>)
        .bind(&launch.name)
        .bind(user(launch.id))
        .bind(hash)
        .bind(json!(SCOPES))
        .bind("1.0.3")
        .bind(Some(launch.actor.clone()))
        .bind(Some(launch.registration))
        .bind(now)
        .bind(Some(launch.until))
        .bind(Some(launch.person))
        .bind(launch.about.clone())
        .run(&mut *tx)
        .await?;
    Ok(())
}

/// A launch is over: its credential is worth nothing from that moment on.
pub async fn close(tx: &mut Tx, id: Uuid, until: Timestamp) -> Result<(), DbError> {
    store::CLOSE_CREDENTIAL
        .bind(id)
        .bind(until)
        .run(&mut *tx)
        .await?;
    Ok(())
}

/// Statements of a launch, checked and ready to be stored, as those that come over HTTP.
pub fn batch(app: &App, launch: &Launch, texts: &[String]) -> Result<Batch, Refusal> {
    let client = Client::of_launch(launch, &SCOPES);
    let authority = client.authority(app);
    let authority = parse(&authority).map_err(invalid)?;
    let statements = texts
        .iter()
        .map(|text| {
            let value = parse(text).map_err(invalid)?;
            let statement = Statement::check(value, Version::V1).map_err(invalid)?;
            prepare::prepare(app, &client, &authority, &statement, Version::V1, &[])
        })
        .collect::<Result<Vec<_>, Refusal>>()?;
    Ok(Batch {
        tenant: client.tenant,
        credential: client.id,
        statements,
    })
}

/// Bytes of attachments that the launches of one registration may send.
const DATA_MAX: i64 = 50 << 20;

/// Counts the attachments that a launch sends, before they are stored: 413 when its registration
/// has sent enough.
pub(super) async fn count_data(
    app: &App,
    launch: Uuid,
    registration: Uuid,
    bytes: i64,
) -> Result<(), Refusal> {
    if bytes == 0 {
        return Ok(());
    }
    let input = (launch, registration, bytes);
    app.db
        .write(input, |tx, (launch, registration, bytes)| {
            Box::pin(async move {
                let counted = store::ADD_DATA
                    .bind(*launch)
                    .bind(*bytes)
                    .bind(*registration)
                    .bind(DATA_MAX)
                    .run(tx)
                    .await?;
                if counted == 0 {
                    let status = rocket::http::Status::PayloadTooLarge;
                    return Err(Refusal::new(status, "too-large"));
                }
                Ok(())
            })
        })
        .await
}

/// Takes back data that this request stored for statements that were then refused, unless another
/// statement names it by now. What cannot be removed stays: it is found again by its digest.
pub(super) async fn forget_data(app: &App, tenant: Uuid, fresh: &[&str]) {
    for sha2 in fresh {
        let named: Result<(i64,), DbError> = store::NAMED_DATA
            .bind(tenant)
            .bind(*sha2)
            .one(&app.db)
            .await;
        if let Ok((0,)) = named
            && let Err(error) = app.storage.delete(&find::object_key(tenant, sha2)).await
        {
            tracing::warn!(%error, "data of a refused statement");
        }
    }
}

/// What stands in the `Authorization` header after `Basic`.
pub fn token(id: Uuid, password: &str) -> String {
    base64::engine::general_purpose::STANDARD.encode(format!("{}:{password}", user(id)))
}

fn user(id: Uuid) -> String {
    id.simple().to_string()
}

/// The token that a fetch address gives, once; `None` ever after (8.2.3.0-1).
pub(super) async fn fetch(app: &App, key: &str) -> Result<Option<String>, DbError> {
    let password = app.ids.secret();
    let input = (
        format!("{WAITING}{}", hash_secret(key)),
        password.hash(),
        app.clock.now(),
    );
    let claimed: Option<store::ClaimedRow> = app
        .db
        .write(input, |tx, (waiting, hash, now)| {
            Box::pin(async move {
                store::CLAIM_CREDENTIAL
                    .bind(waiting.as_str())
                    .bind(hash.as_str())
                    .bind(*now)
                    .optional(&mut *tx)
                    .await
            })
        })
        .await?;
    Ok(claimed.map(|row| token(row.id, password.reveal())))
}

/// Which of these statements the platform has already: they were judged when they came.
pub async fn known(tx: &mut Tx, ids: Vec<Uuid>) -> Result<HashSet<Uuid>, DbError> {
    let rows: Vec<store::KeptRow> = store::BY_IDS.bind(ids).all(&mut *tx).await?;
    Ok(rows
        .into_iter()
        .filter(|row| row.tenant.is_nil())
        .map(|row| row.id)
        .collect())
}

/// Stores a batch in a transaction of the caller's: all of it, or 409.
pub async fn write(tx: &mut Tx, batch: Batch, now: Timestamp) -> Result<(), Refusal> {
    let done = group::store(tx, &[batch], now).await?;
    match done.fates.first() {
        Some(Fate::Conflict(id)) => Err(super::conflict(*id)),
        _ => Ok(()),
    }
}

/// Keeps a document of a learner's state in an activity, over whatever was there.
pub async fn keep_state(
    tx: &mut Tx,
    launch: &Launch,
    (activity, id): (&str, &str),
    content: &Value,
    now: Timestamp,
) -> Result<(), Refusal> {
    let of = Documents {
        resource: Resource::State,
        activity: Some(activity.to_owned()),
        agent: Some(launch.actor.clone()),
        registration: Some(launch.registration),
        id: None,
        since: None,
    };
    keep(tx, of, id, content, now, Demand::default()).await
}

/// Gives a learner a profile document of this name, where there is none.
pub async fn begin_profile(
    tx: &mut Tx,
    launch: &Launch,
    id: &str,
    content: &Value,
    now: Timestamp,
) -> Result<(), Refusal> {
    let of = Documents {
        resource: Resource::AgentProfile,
        activity: None,
        agent: Some(launch.actor.clone()),
        registration: None,
        id: None,
        since: None,
    };
    let demand = Demand {
        none_match: Some("*".to_owned()),
        ..Demand::default()
    };
    match keep(tx, of, id, content, now, demand).await {
        Err(refusal) if refusal.code == documents::THERE => Ok(()),
        result => result,
    }
}

async fn keep(
    tx: &mut Tx,
    of: Documents,
    id: &str,
    content: &Value,
    now: Timestamp,
    demand: Demand,
) -> Result<(), Refusal> {
    let writing = Writing {
        content_type: "application/json".to_owned(),
        content: content.to_string().into_bytes(),
        merges: false,
        demand,
    };
    documents::keep_own(tx, of, id, writing, now).await
}
