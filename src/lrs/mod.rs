//! The learning record store: xAPI 1.0.3 and 2.0 over HTTP, in the same database as everything
//! else.
//!
//! `crates/xapi` knows the standard; this feature keeps statements ([`record`]), finds them
//! ([`find`]), keeps documents, and says who may ([`credentials`]). Whatever goes wrong gets a
//! problem with the place and the rule that is broken.

mod api;
mod browse;
pub mod credentials;
pub mod deeds;
mod definitions;
mod documents;
pub mod erase;
mod find;
pub mod forward;
mod group;
pub mod launches;
mod pages;
mod prepare;
mod record;
mod signature;
mod store;
mod targets;

use std::collections::HashSet;

use rocket::Route;
use rocket::http::Status;
use serde_json::Value;
use uuid::Uuid;
use xapi::check::parse_uuid;
use xapi::json::parse;
use xapi::statement::Statement;
use xapi::{Invalid, Version};

use crate::App;
use crate::ids::PersonId;
use crate::web::Refusal;

pub(crate) use browse::QUERIES as BROWSE_QUERIES;
pub use forward::HANDLER as FORWARD_HANDLER;
pub(crate) use forward::QUERIES as FORWARD_QUERIES;
pub use prepare::{Batch, Blob, Prepared};
pub use record::{Memory, record};
pub(crate) use store::QUERIES;
pub use targets::HANDLER as REFERENCES_HANDLER;

/// Stands where something told who a person was that has been erased.
pub const ERASED: &str = "erased";

/// The routes.
pub fn routes() -> Vec<Route> {
    [api::routes(), pages::routes()].concat()
}

/// Stores statements that the platform itself makes, each with an id of its own: telling twice
/// changes nothing, also when the platform has another address by now. One that breaks a rule (a
/// package may say anything) is left out, with a trace.
pub async fn tell(app: &App, statements: &[Value]) -> Result<(), Refusal> {
    let id = |statement: &Value| statement["id"].as_str().and_then(parse_uuid);
    let ids: Vec<Uuid> = statements.iter().filter_map(id).collect();
    let rows: Vec<store::KeptRow> = store::BY_IDS.bind(ids).all(&app.db).await?;
    let told: HashSet<Uuid> = rows
        .into_iter()
        .filter(|row| row.tenant.is_nil())
        .map(|row| row.id)
        .collect();
    let new: Vec<Value> = statements
        .iter()
        .filter(|statement| id(statement).is_none_or(|id| !told.contains(&id)))
        .cloned()
        .collect();
    if new.is_empty() {
        return Ok(());
    }
    let batch = own(app, &new)?;
    record(app, batch).await.map(drop)
}

/// Statements that the platform itself makes, ready to be stored.
pub fn own(app: &App, statements: &[Value]) -> Result<Batch, Refusal> {
    let client = credentials::Client::platform();
    let authority = client.authority(app);
    let authority = parse(&authority).map_err(invalid)?;
    let mut prepared = Vec::with_capacity(statements.len());
    for statement in statements {
        let text = statement.to_string();
        match parse(&text).and_then(|value| Statement::check(value, Version::V1)) {
            Ok(statement) => prepared.push(prepare::prepare(
                app,
                &client,
                &authority,
                &statement,
                Version::V1,
                &[],
            )?),
            Err(error) => tracing::warn!(%error, "a statement of our own"),
        }
    }
    Ok(Batch {
        tenant: client.tenant,
        credential: client.id,
        statements: prepared,
    })
}

/// A unit breaks a rule of cmi5 (403, with the requirement's id).
pub(crate) fn broken(requirement: &'static str) -> Refusal {
    Refusal::new(Status::Forbidden, "cmi5-rule").with("requirement", requirement)
}

/// Keeps a query over the store under a name for its operators; `query` is what their form sends.
pub async fn keep_query(
    app: &App,
    by: PersonId,
    name: &str,
    query: &str,
) -> Result<uuid::Uuid, Refusal> {
    let fields = crate::web::Fields::parse(query.as_bytes())?;
    browse::keep(app, by, name.to_owned(), &fields).await
}

/// Another statement has this id already (409).
fn conflict(id: Uuid) -> Refusal {
    Refusal::new(Status::Conflict, "xapi-conflict").with("id", id.to_string())
}

/// A broken rule as a refusal: 400 with the place and the rule (Communication 3.2), or 413 where
/// the only fault is the size.
fn invalid(error: Invalid) -> Refusal {
    if error.rule == "too-many" {
        return Refusal::new(Status::PayloadTooLarge, "too-large").extra("where", error.at);
    }
    Refusal::bad_request("xapi-invalid")
        .with("rule", error.rule)
        .with("where", error.at)
}
