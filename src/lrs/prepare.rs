//! Statements made ready before the database is asked for anything: checked, their text, what
//! they are found by, what they say of activities and agents.

use uuid::Uuid;
use xapi::facet::{Facets, View, agent_key};
use xapi::json::{Value, parse};
use xapi::statement::{Statement, Unfinished};
use xapi::{Version, attachment, format};

use crate::App;
use crate::web::Refusal;

use super::credentials::{Client, May};

/// The longest text of one statement, in bytes.
const STATEMENT_MAX: usize = 256 << 10;
/// The longest name of an agent worth keeping, in bytes.
const NAME_MAX: usize = 300;

/// Data of an attachment that is safe in storage already.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Blob {
    /// Lower case.
    pub sha2: String,
    /// Media type.
    pub content_type: String,
    /// Bytes.
    pub length: i64,
}

/// A statement ready to be stored.
#[derive(Debug, Clone)]
pub struct Prepared {
    /// Its id.
    pub id: Uuid,
    /// The sender chose the id: somebody may have used it before.
    pub given: bool,
    pub(super) text: Unfinished,
    pub(super) keys: Vec<i64>,
    pub(super) target: Option<Uuid>,
    pub(super) voiding: bool,
    pub(super) definitions: Vec<(String, String)>,
    pub(super) names: Vec<(i64, String)>,
    pub(super) blobs: Vec<Blob>,
}

/// Statements that are stored together or not at all.
#[derive(Debug, Clone)]
pub struct Batch {
    /// Whose they become.
    pub tenant: Uuid,
    /// Who writes them.
    pub credential: Uuid,
    /// The statements.
    pub statements: Vec<Prepared>,
}

/// The views a statement is found in: by all, by its organisation, by its writer.
pub(super) fn views(tenant: Uuid) -> Vec<View> {
    if tenant.is_nil() {
        vec![View::All]
    } else {
        vec![View::All, View::Of(tenant)]
    }
}

/// All keys of a statement.
pub(super) fn keys(facets: &Facets, tenant: Uuid, credential: Uuid) -> Vec<i64> {
    let mut keys: Vec<i64> = views(tenant)
        .into_iter()
        .flat_map(|view| facets.keys(view))
        .collect();
    keys.push(View::Of(credential).everything());
    if !tenant.is_nil() {
        keys.push(View::Of(tenant).everything());
    }
    keys
}

/// Makes a checked statement ready. `blobs`: all data that came with the request; those the
/// statement names become its own.
pub(super) fn prepare(
    app: &App,
    client: &Client,
    authority: &Value<'_>,
    statement: &Statement<'_>,
    version: Version,
    blobs: &[Blob],
) -> Result<Prepared, Refusal> {
    if statement.value.text.len() > STATEMENT_MAX {
        return Err(Refusal::new(
            rocket::http::Status::PayloadTooLarge,
            "too-large",
        ));
    }
    // Data 2.3.2: only a source that is authorised to. A launch is told which rule it breaks.
    if statement.is_voiding() && client.registration.is_none() {
        client.require(May::Void)?;
    }
    let id = statement.id.unwrap_or_else(|| app.ids.uuid());
    let facets = Facets::of(statement, Some(authority));
    let definitions = if client.may(May::Define) {
        format::definitions(&statement.value)
            .into_iter()
            .filter(|(id, _)| client.may_describe(id))
            .map(|(id, definition)| (id.to_owned(), definition.text.to_owned()))
            .collect()
    } else {
        Vec::new()
    };
    let names = format::names(&statement.value)
        .into_iter()
        .filter(|(_, name)| !name.is_empty() && name.len() <= NAME_MAX)
        .map(|(agent, name)| (agent_key(&agent), name))
        .collect();
    let own: Vec<Blob> = attachment::of(&statement.value)
        .iter()
        .filter_map(|a| blobs.iter().find(|blob| blob.sha2 == a.sha2))
        .cloned()
        .collect();
    Ok(Prepared {
        id,
        given: statement.id.is_some(),
        text: statement.stored_text(id, authority.text, version),
        keys: keys(&facets, client.tenant, client.id),
        target: statement.target(),
        voiding: statement.is_voiding(),
        definitions,
        names,
        blobs: own,
    })
}

/// What a stored statement is found by.
pub(super) fn facets_of(text: &str) -> Facets {
    parse(text)
        .map(|value| Facets::of(&Statement::trusted(value), None))
        .unwrap_or_default()
}
