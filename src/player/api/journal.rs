//! `GET /api/v1/sessions/{id}/journal`: the calls of a session, in order, with their results.

use rocket::{State, get};
use serde_json::{Value, json};

use crate::App;
use crate::accounts::api_key::{ApiKey, scope};
use crate::ids::SessionId;
use crate::web::{Json, Refusal};

use super::super::store::{self, EntryRow};

/// Entries in one answer at most.
const PAGE: i64 = 5000;

#[get("/api/v1/sessions/<session>/journal?<after>")]
pub(super) async fn show(
    _key: ApiKey<scope::Reports>,
    app: &State<App>,
    session: SessionId,
    after: Option<i64>,
) -> Result<Json<Value>, Refusal> {
    let row: store::SessionRow = store::SESSION.bind(session).one(&app.db).await?;
    let rows: Vec<EntryRow> = store::JOURNAL_PAGE
        .bind(session)
        .bind(after.unwrap_or(-1))
        .bind(PAGE)
        .all(&app.db)
        .await?;
    let next = (rows.len() as i64 == PAGE)
        .then(|| rows.last().map(|row| row.seq))
        .flatten();
    let entries: Vec<Value> = rows.iter().map(entry).collect();
    Ok(Json::ok(json!({
        "session": row.id,
        "attempt": row.attempt,
        "kind": row.kind,
        "learner": { "id": row.person, "name": row.learner, "email": row.email },
        "module": { "id": row.module, "slug": row.slug, "title": row.title },
        "opened_at": row.opened_at.map(|at| at.rfc3339()),
        "last_at": row.last_at.map(|at| at.rfc3339()),
        "diagnosis": row.diagnosis,
        "entries": entries,
        "next": next,
    })))
}

/// An entry as it came, with what the server adds.
fn entry(row: &EntryRow) -> Value {
    let mut entry: Value = serde_json::from_str(&row.entry).unwrap_or_default();
    entry["received_at"] = json!(row.received_at.rfc3339());
    entry["folded"] = json!(row.position.is_some());
    if let Some(error) = row.error {
        entry["judged"] = json!({ "result": row.result, "error": error });
    }
    entry
}
