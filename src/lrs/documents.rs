//! State and profile documents, with optimistic concurrency (Communication 2.2, 3.1).

use aws_lc_rs::digest::{SHA1_FOR_LEGACY_USE_ONLY, digest};
use rocket::http::Status;
use serde_json::json;
use sha2::{Digest, Sha256};
use uuid::Uuid;
use xapi::Version;
use xapi::document::{Demand, Met, check_object, is_json, merge};
use xapi::facet::agent_key;
use xapi::query::{Documents, Resource};

use crate::App;
use crate::clock::Timestamp;
use crate::db::Tx;
use crate::ids::hex;
use crate::web::Refusal;

use super::credentials::{Client, May};
use super::{broken, invalid, store};

/// The largest document, in bytes.
pub(super) const DOCUMENT_MAX: usize = 8 << 20;
/// Bytes that a launch's documents may come to: those of its registration, or those that stand
/// beside the one it writes.
const LAUNCH_MAX: i64 = 50 << 20;

/// What is written.
#[derive(Clone)]
pub(super) struct Writing {
    /// Media type.
    pub content_type: String,
    /// The bytes.
    pub content: Vec<u8>,
    /// POST: merged with what is there.
    pub merges: bool,
    /// What is demanded of what is there.
    pub demand: Demand,
}

/// A document as it is given back.
pub(super) struct Document {
    /// Media type.
    pub content_type: String,
    /// Without quotes.
    pub etag: String,
    /// Last written.
    pub updated_at: Timestamp,
    /// The bytes.
    pub content: Vec<u8>,
}

/// 403 unless the client may read (or write) such documents; and, with a credential made for one
/// actor, only that actor's (X17).
pub(super) fn require(client: &Client, of: &Documents, writes: bool) -> Result<(), Refusal> {
    client.require(match (of.resource, writes) {
        (Resource::State, false) => May::ReadState,
        (Resource::State, true) => May::WriteState,
        (_, false) => May::ReadProfile,
        (_, true) => May::WriteProfile,
    })?;
    // The launch data are the platform's to write (cmi5 10.2.1.0-5).
    let launch_data =
        of.resource == Resource::State && of.id.as_deref().is_none_or(|id| id == cmi5::LAUNCH_DATA);
    if client.registration.is_some() && writes && launch_data {
        return Err(broken("10.2.1.0-5"));
    }
    let foreign_agent = client.actor.is_some() && of.agent.is_some() && of.agent != client.actor;
    let foreign_registration = client.registration.is_some()
        && of.resource == Resource::State
        && of.registration != client.registration;
    // Profiles of activities are everybody's: a launch has those of its own course.
    let foreign_activity = of.resource == Resource::ActivityProfile
        && of
            .activity
            .as_deref()
            .is_some_and(|activity| !client.may_describe(activity));
    if foreign_agent || foreign_registration || foreign_activity {
        return Err(Refusal::new(Status::Forbidden, "xapi-scope"));
    }
    Ok(())
}

/// A learner's preferences (cmi5 11.0).
pub(super) fn are_preferences(of: &Documents) -> bool {
    of.resource == Resource::AgentProfile && of.id.as_deref() == Some(cmi5::PREFERENCES)
}

/// What a unit writes as its learner's preferences (cmi5 11.0.0.0-5, 11.1.0.0-1).
pub(super) fn check_preferences(
    client: &Client,
    of: &Documents,
    writing: &Writing,
) -> Result<(), Refusal> {
    if client.registration.is_none() || !are_preferences(of) {
        return Ok(());
    }
    let value = xapi::json::parse_bytes(&writing.content).map_err(|_| broken("11.0.0.0-5"))?;
    let (languages, audio) = (
        value.str("languagePreference"),
        value.str("audioPreference"),
    );
    let (Some(languages), Some(_), true) = (languages, audio, is_json(&writing.content_type))
    else {
        return Err(broken("11.0.0.0-5"));
    };
    let is_tag = |tag: &str| xapi::check::is_language_tag(tag.trim());
    if languages.split(',').all(is_tag) {
        Ok(())
    } else {
        Err(broken("11.1.0.0-1"))
    }
}

fn scope(tenant: Uuid, of: &Documents) -> Uuid {
    let mut hasher = Sha256::new();
    hasher.update(tenant.as_bytes());
    for part in [
        Some(of.resource.text()),
        of.activity.as_deref(),
        of.agent.as_deref(),
    ] {
        let part = part.unwrap_or_default();
        hasher.update((part.len() as u64).to_le_bytes());
        hasher.update(part.as_bytes());
    }
    let mut bytes = [0; 16];
    bytes.copy_from_slice(&hasher.finalize()[..16]);
    Uuid::from_bytes(bytes)
}

/// One document.
pub(super) async fn read(
    app: &App,
    client: &Client,
    of: &Documents,
    id: &str,
) -> Result<Document, Refusal> {
    let row: Option<store::DocumentRow> = store::DOCUMENT
        .bind(scope(client.tenant, of))
        .bind(id)
        .bind(of.registration.unwrap_or_default())
        .optional(&app.db)
        .await?;
    let row = row.ok_or_else(Refusal::not_found)?;
    Ok(Document {
        content_type: row.content_type,
        etag: row.etag,
        updated_at: row.updated_at,
        content: row.content,
    })
}

/// The ids of all documents, as JSON.
pub(super) async fn list(app: &App, client: &Client, of: &Documents) -> Result<String, Refusal> {
    let rows: Vec<store::IdRow> = store::DOCUMENTS
        .bind(scope(client.tenant, of))
        .bind(of.since.unwrap_or(i64::MIN))
        .bind(of.registration)
        .all(&app.db)
        .await?;
    let ids: Vec<String> = rows.into_iter().map(|row| row.id).collect();
    Ok(json!(ids).to_string())
}

struct Unit {
    scope: Uuid,
    tenant: Uuid,
    of: Documents,
    id: String,
    writing: Writing,
    must_say: bool,
    bounded: bool,
    now: Timestamp,
}

/// Writes a document; gives its new entity tag.
pub(super) async fn write(
    app: &App,
    client: &Client,
    of: &Documents,
    id: &str,
    writing: Writing,
    version: Version,
) -> Result<String, Refusal> {
    if is_json(&writing.content_type) && writing.merges {
        check_object(&writing.content).map_err(|e| invalid(e.within("document")))?;
    }
    // Writing over a profile unseen was never allowed; since 2.0 it is not of a state either.
    let must_say = !writing.merges && (of.resource != Resource::State || version == Version::V2);
    // In 1.0.3 a profile is never written without a demand, there or not (XAPI-00273, 00293).
    if must_say && version == Version::V1 && writing.demand == Demand::default() {
        return Err(unsaid(app, client, of, id).await?);
    }
    let mut tries = 0;
    loop {
        tries += 1;
        let unit = Unit {
            scope: scope(client.tenant, of),
            tenant: client.tenant,
            of: of.clone(),
            id: id.to_owned(),
            writing: writing.clone(),
            must_say,
            bounded: client.registration.is_some(),
            now: app.clock.now(),
        };
        let result = app
            .db
            .write(unit, |tx, unit| Box::pin(keep(tx, unit)))
            .await;
        match result {
            // Two wrote the first version at once: the second looks again.
            Err(refusal) if refusal.code == RACE && tries < 5 => {}
            result => return result,
        }
    }
}

/// 409 where there is a document, 400 where there is none.
async fn unsaid(app: &App, client: &Client, of: &Documents, id: &str) -> Result<Refusal, Refusal> {
    match read(app, client, of, id).await {
        Ok(_) => Ok(Refusal::conflict("xapi-unseen")),
        Err(refusal) if refusal.status == Status::NotFound => {
            Ok(invalid(xapi::Invalid::new("no-precondition", "If-Match")))
        }
        Err(refusal) => Err(refusal),
    }
}

/// Writes a document of the platform's own in a transaction of the caller's.
pub(super) async fn keep_own(
    tx: &mut Tx,
    of: Documents,
    id: &str,
    writing: Writing,
    now: Timestamp,
) -> Result<(), Refusal> {
    let unit = Unit {
        scope: scope(Uuid::nil(), &of),
        tenant: Uuid::nil(),
        of,
        id: id.to_owned(),
        writing,
        must_say: false,
        bounded: false,
        now,
    };
    keep(tx, &unit).await.map(drop)
}

const RACE: &str = "xapi-race";
/// What is there is not what was demanded to be there.
pub(super) const THERE: &str = "xapi-precondition";

async fn keep(tx: &mut Tx, unit: &Unit) -> Result<String, Refusal> {
    let registration = unit.of.registration.unwrap_or_default();
    let there: Option<store::DocumentRow> = store::HOLD_DOCUMENT
        .bind(unit.scope)
        .bind(&unit.id)
        .bind(registration)
        .optional(&mut *tx)
        .await?;
    let writing = &unit.writing;
    judge(&writing.demand, there.as_ref(), unit.must_say)?;
    let content = match &there {
        Some(there) if writing.merges => {
            if !is_json(&there.content_type) || !is_json(&writing.content_type) {
                let error = xapi::Invalid::new("not-mergeable", "document");
                return Err(invalid(error));
            }
            merge(&there.content, &writing.content)
                .map_err(|e| invalid(e.within("document")))?
                .into_bytes()
        }
        _ => writing.content.clone(),
    };
    if content.len() > DOCUMENT_MAX {
        return Err(Refusal::new(Status::PayloadTooLarge, "too-large"));
    }
    let etag = hex(digest(&SHA1_FOR_LEGACY_USE_ONLY, &content).as_ref());
    if there.is_some() {
        store::KEEP_DOCUMENT
            .bind(unit.scope)
            .bind(&unit.id)
            .bind(registration)
            .bind(&writing.content_type)
            .bind(&etag)
            .bind(unit.now)
            .bind(content)
            .run(&mut *tx)
            .await?;
    } else {
        store::ADD_DOCUMENT
            .bind(unit.scope)
            .bind(&unit.id)
            .bind(registration)
            .bind(unit.tenant)
            .bind(unit.of.resource.text())
            .bind(unit.of.activity.as_ref())
            .bind(unit.of.agent.as_deref().map(agent_key))
            .bind(&writing.content_type)
            .bind(&etag)
            .bind(unit.now)
            .bind(content)
            .run(&mut *tx)
            .await
            .map_err(|error| {
                error.on_constraint("lrs_document_pkey", || Refusal::conflict("xapi-race"))
            })?;
    }
    if unit.bounded {
        fits(tx, unit).await?;
    }
    Ok(etag)
}

/// A package keeps no more than so much: its code is anybody's, the disk is everybody's.
async fn fits(tx: &mut Tx, unit: &Unit) -> Result<(), Refusal> {
    let sum = match unit.of.registration {
        Some(registration) => store::REGISTRATION_BYTES.bind(registration),
        None => store::SCOPE_BYTES.bind(unit.scope),
    };
    let (bytes,): (i64,) = sum.one(tx).await?;
    if bytes > LAUNCH_MAX {
        return Err(Refusal::new(Status::PayloadTooLarge, "too-large"));
    }
    Ok(())
}

fn judge(
    demand: &Demand,
    there: Option<&store::DocumentRow>,
    must_say: bool,
) -> Result<(), Refusal> {
    match demand.judge(there.map(|row| row.etag.as_str()), must_say) {
        Met::Yes => Ok(()),
        Met::No => Err(Refusal::new(Status::PreconditionFailed, THERE)),
        Met::Unsaid => Err(Refusal::conflict("xapi-unseen")),
    }
}

/// Removes one document, or (`id` is `None`) all of a scope. What is not there is gone already.
pub(super) async fn remove(
    app: &App,
    client: &Client,
    of: &Documents,
    demand: Demand,
) -> Result<(), Refusal> {
    let scope = scope(client.tenant, of);
    app.db
        .write((scope, of.clone(), demand), |tx, (scope, of, demand)| {
            Box::pin(async move {
                let Some(id) = &of.id else {
                    store::REMOVE_DOCUMENTS
                        .bind(*scope)
                        .bind(of.registration)
                        .run(&mut *tx)
                        .await?;
                    return Ok(());
                };
                let registration = of.registration.unwrap_or_default();
                let there: Option<store::DocumentRow> = store::HOLD_DOCUMENT
                    .bind(*scope)
                    .bind(id)
                    .bind(registration)
                    .optional(&mut *tx)
                    .await?;
                judge(demand, there.as_ref(), false)?;
                store::REMOVE_DOCUMENT
                    .bind(*scope)
                    .bind(id)
                    .bind(registration)
                    .run(&mut *tx)
                    .await?;
                Ok(())
            })
        })
        .await
}
