//! Files that are no documents of the toolbox: handed out at a seminar, shared in a room, or put
//! beside a text. They are looked at as documents are, and served from the content origin by the
//! same signed addresses.

use rocket::http::Status;
use uuid::Uuid;

use super::{Held, KeptRow, Received, content, store, store_file};
use crate::App;
use crate::db::DbError;
use crate::ids::{DocumentVersionId, PersonId};
use crate::web::Refusal;

/// Bytes of such a file at most.
const MAX_BYTES: u64 = 50 << 20;
/// Files that somebody puts beside texts in a day at most.
const A_DAY: i64 = 30;

/// Takes in a file for a `purpose`: `post` for one that is named by a text, `handout` for one that
/// a row names: a seminar's, a room's.
///
/// # Errors
/// 413 for one that is too large, 422 for what is not taken, 429 above a day's number.
pub async fn keep(
    app: &App,
    person: PersonId,
    purpose: &'static str,
    file: Received,
) -> Result<Uuid, Refusal> {
    if file.size > MAX_BYTES {
        return Err(Refusal::new(Status::PayloadTooLarge, "too-large").with("limit", MAX_BYTES));
    }
    let now = app.clock.now();
    if purpose == "post" {
        let sent = store::KEPT_SINCE
            .bind(person)
            .bind(purpose)
            .bind(now.plus_days(-1));
        let (sent,): (i64,) = sent.one(&app.db).await?;
        if sent >= A_DAY {
            return Err(Refusal::new(Status::TooManyRequests, "too-many-posts"));
        }
    }
    let id = app.ids.uuid();
    let content = store_file(app, file, DocumentVersionId(id)).await?;
    app.db
        .write(
            (id, person, purpose, content, now),
            |tx, (id, person, purpose, content, now)| {
                Box::pin(async move {
                    store::KEEP
                        .bind(*id)
                        .bind(*person)
                        .bind(content.object.clone().unwrap_or_default())
                        .bind(&content.file_name)
                        .bind(&content.media_type)
                        .bind(content.size)
                        .bind(&content.sha256)
                        .bind(*purpose)
                        .bind(*now)
                        .run(tx)
                        .await
                        .map(drop)
                })
            },
        )
        .await?;
    Ok(id)
}

/// A file beside a text; 404 when its sender is not to be seen.
pub async fn kept(app: &App, id: Uuid) -> Result<KeptRow, Refusal> {
    Ok(store::KEPT_SHOWN.bind(id).one(&app.db).await?)
}

/// The last files of somebody for a purpose.
pub async fn kept_of(
    app: &App,
    person: PersonId,
    purpose: &'static str,
) -> Result<Vec<KeptRow>, DbError> {
    store::KEPT_OF.bind(person).bind(purpose).all(&app.db).await
}

/// Where a file can be fetched now, and for how long; 404 when it is gone.
pub async fn kept_address(app: &App, id: Uuid, held: Held) -> Result<String, Refusal> {
    let row: KeptRow = store::KEPT.bind(id).one(&app.db).await?;
    Ok(content::address(
        app,
        DocumentVersionId(row.id),
        &row.file_name,
        held,
    ))
}

/// Forgets a file that nothing names any more.
pub async fn drop_kept(app: &App, id: Uuid) -> Result<(), DbError> {
    let row: Option<KeptRow> = store::KEPT.bind(id).optional(&app.db).await?;
    let Some(row) = row else { return Ok(()) };
    app.db
        .write(id, |tx, id| {
            Box::pin(async move { store::DROP_KEPT.bind(*id).run(tx).await.map(drop) })
        })
        .await?;
    // The row is gone: an object that nothing reaches tells nobody anything.
    if let Err(error) = app.storage.delete(&row.object).await {
        tracing::warn!(%error, "a file that was taken away");
    }
    Ok(())
}
