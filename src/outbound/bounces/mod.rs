//! Addresses that mail came back from.

mod store;

use crate::App;
use crate::db::DbError;

pub(crate) use store::QUERIES;

/// Characters of a server's reason that are kept.
const REASON_MAX: usize = 300;

/// Remembers that an address refuses mail, and what the server said.
pub async fn mark(app: &App, address: &str, reason: &str) -> Result<(), DbError> {
    let reason: String = reason
        .chars()
        .filter(|c| !c.is_control())
        .take(REASON_MAX)
        .collect();
    let row = (address.to_lowercase(), reason, app.clock.now());
    app.db
        .write(row, |tx, (address, reason, now)| {
            Box::pin(async move {
                store::MARK
                    .bind(address)
                    .bind(reason)
                    .bind(*now)
                    .run(tx)
                    .await
                    .map(drop)
            })
        })
        .await
}

/// Why nothing is written to an address any more; none: it is.
pub async fn reason(app: &App, address: &str) -> Result<Option<String>, DbError> {
    let row: Option<store::BounceRow> = store::REASON
        .bind(address.to_lowercase())
        .optional(&app.db)
        .await?;
    Ok(row.map(|row| row.reason))
}

/// Writes to it again.
pub async fn clear(app: &App, address: &str) -> Result<(), DbError> {
    app.db
        .write(address.to_lowercase(), |tx, address| {
            Box::pin(async move { store::CLEAR.bind(address).run(tx).await.map(drop) })
        })
        .await
}
