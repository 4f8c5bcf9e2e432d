//! What is known of activities: the definitions of all statements, merged (Communication 2.5).

use std::collections::HashMap;

use serde_json::{Value, json};
use uuid::Uuid;
use xapi::activity;
use xapi::json::parse;

use crate::App;
use crate::db::{DbError, Tx};

use super::group::Going;
use super::store;

/// The longest definition that is taken in and kept, in bytes: each mention of the activity is
/// shown with it (format `canonical`).
const MAX: usize = 16 << 10;

/// Takes in what new statements say.
pub(super) async fn keep(tx: &mut Tx, going: &[Going<'_>]) -> Result<(), DbError> {
    let mut said: HashMap<Uuid, Vec<(&str, &str)>> = HashMap::new();
    for new in going {
        for (id, definition) in &new.statement.definitions {
            if definition.len() > MAX {
                continue;
            }
            let all = said.entry(new.tenant).or_default();
            if all.last() != Some(&(id.as_str(), definition.as_str())) {
                all.push((id, definition));
            }
        }
    }
    for (tenant, said) in said {
        let mut ids: Vec<String> = said.iter().map(|(id, _)| (*id).to_owned()).collect();
        ids.sort();
        ids.dedup();
        let mut known = read(On::Tx(&mut *tx), tenant, ids).await?;
        let mut changed: HashMap<&str, String> = HashMap::new();
        for (id, new) in said {
            let old = known.get(id).map_or("{}", String::as_str);
            let (Ok(old_value), Ok(new_value)) = (parse(old), parse(new)) else {
                continue;
            };
            let merged = activity::merge(&old_value, &new_value);
            if let Some(merged) = merged.filter(|text| text.len() <= MAX) {
                known.insert(id.to_owned(), merged.clone());
                changed.insert(id, merged);
            }
        }
        let rows: Vec<_> = changed
            .into_iter()
            .map(|(id, definition)| json!({ "id": id, "definition": definition }))
            .collect();
        if !rows.is_empty() {
            let rows = Value::Array(rows).to_string();
            let keep = store::KEEP_ACTIVITIES.bind(tenant).bind(rows);
            keep.run(&mut *tx).await?;
        }
    }
    Ok(())
}

enum On<'t> {
    Tx(&'t mut Tx),
    App(&'t App),
}

async fn read(
    on: On<'_>,
    tenant: Uuid,
    ids: Vec<String>,
) -> Result<HashMap<String, String>, DbError> {
    let query = store::ACTIVITIES.bind(tenant).bind(ids);
    let rows: Vec<store::ActivityRow> = match on {
        On::Tx(tx) => query.all(tx).await?,
        On::App(app) => query.all(&app.db).await?,
    };
    Ok(rows
        .into_iter()
        .map(|row| (row.id, row.definition))
        .collect())
}

/// What a tenant knows of activities, by their ids.
pub(super) async fn of(
    app: &App,
    tenant: Uuid,
    ids: Vec<String>,
) -> Result<HashMap<String, String>, DbError> {
    if ids.is_empty() {
        return Ok(HashMap::new());
    }
    read(On::App(app), tenant, ids).await
}
