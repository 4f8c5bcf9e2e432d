//! Addresses that mail came back from.

mod store;

use crate::App;
use crate::db::DbError;

pub(crate) use store::QUERIES;

/// Days in a row on which mail comes back before the address is left alone.
const DAYS: i64 = 5;
/// Days without a word after which counting begins anew.
const PAUSE_DAYS: i64 = 14;

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

/// Counts that mail came back for a while only (a full mailbox, a server that is down): once a day.
/// True when that made it the last day: nothing is written there any more.
pub async fn soft(app: &App, address: &str, reason: &str) -> Result<bool, DbError> {
    let row = (address.to_lowercase(), app.clock.now());
    let counted: Option<store::DaysRow> = app
        .db
        .write(row, |tx, (address, now)| {
            Box::pin(async move {
                store::SOFT
                    .bind(address)
                    .bind(*now)
                    .bind(now.plus_days(-1))
                    .bind(now.plus_days(-PAUSE_DAYS))
                    .optional(tx)
                    .await
            })
        })
        .await?;
    let stops = counted.is_some_and(|row| row.days >= DAYS);
    if stops {
        mark(app, address, reason).await?;
    }
    Ok(stops)
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
            Box::pin(async move {
                store::CLEAR_SOFT.bind(address).run(&mut *tx).await?;
                store::CLEAR.bind(address).run(tx).await.map(drop)
            })
        })
        .await
}
