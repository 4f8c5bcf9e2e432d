//! What else the platform has on a space's axis: modules and events, as the space's home lists them.

mod store;

use serde_json::{Value, json};

use crate::db::DbError;
use crate::web::{Lang, Visitor};

pub(crate) use store::QUERIES;

/// The newest modules of an axis.
pub(super) async fn modules(
    visitor: &Visitor<'_>,
    axis: Option<&str>,
    count: i64,
) -> Result<Vec<Value>, DbError> {
    let rows: Vec<store::ModuleRow> = store::MODULES
        .bind(axis)
        .bind(visitor.lang().code())
        .bind(count)
        .all(&visitor.app.db)
        .await?;
    Ok(rows
        .into_iter()
        .map(|row| {
            let language = Lang::from_code(&row.language).unwrap_or_default();
            json!({
                "href_to": visitor.href(&format!("/modules/{}", row.slug)),
                "heading": row.title,
                "language": language.own_name(),
                "language_code": language.code(),
            })
        })
        .collect())
}

/// The next events of an axis.
pub(super) async fn events(
    visitor: &Visitor<'_>,
    axis: Option<&str>,
    count: i64,
) -> Result<Vec<Value>, DbError> {
    let rows: Vec<store::EventRow> = store::EVENTS
        .bind(axis)
        .bind(visitor.now)
        .bind(count)
        .all(&visitor.app.db)
        .await?;
    Ok(rows
        .into_iter()
        .map(|row| {
            json!({
                "href_to": visitor.href(&format!("/seminars/{}", row.slug)),
                "heading": row.title,
                "at": row.starts_at.micros(),
            })
        })
        .collect())
}
