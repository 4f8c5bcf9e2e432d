//! Pictures in people's texts. They are drawn anew, so that nothing but pixels is kept, and shown
//! from our own origin: what comes out is ours.

mod store;

use rocket::http::Status;
use uuid::Uuid;

use crate::App;
use crate::clock::Timestamp;
use crate::db::DbError;
use crate::documents::{Received, picture};
use crate::ids::PersonId;
use crate::web::Refusal;

pub(super) use store::PictureRow;
pub(crate) use store::QUERIES;

/// The longest side, in pixels.
const LONGEST: u32 = 1_600;
/// Bytes of a photograph that is taken.
const MAX_BYTES: u64 = 20 << 20;
/// Pictures of one person in a day at most.
const A_DAY: i64 = 30;
/// Characters that say what is on it, at most.
pub(super) const WORDS_MAX: usize = 200;

/// Takes in a picture.
///
/// # Errors
/// 422 for what is no picture, 413 for one that is too large, 429 above a day's number.
pub(super) async fn add(
    app: &App,
    person: PersonId,
    file: Received,
    words: String,
    now: Timestamp,
) -> Result<Uuid, Refusal> {
    let since = now.plus_days(-1);
    let (sent,): (i64,) = store::SENT.bind(person).bind(since).one(&app.db).await?;
    if sent >= A_DAY {
        return Err(Refusal::new(Status::TooManyRequests, "too-many-posts"));
    }
    if file.size > MAX_BYTES {
        return Err(Refusal::new(Status::PayloadTooLarge, "too-large").with("limit", MAX_BYTES));
    }
    let drawn = tokio::task::spawn_blocking(move || {
        let bytes = std::fs::read(&file.path).ok()?;
        picture::draw(&bytes, LONGEST)
    })
    .await
    .ok()
    .flatten()
    .ok_or_else(|| Refusal::unprocessable("document-picture"))?;
    let id = app.ids.uuid();
    let key = format!("pictures/{}", id.simple());
    let size = drawn.bytes.len() as i64;
    app.storage
        .put(&key, drawn.bytes.into())
        .await
        .map_err(|error| {
            tracing::error!(%error, "picture");
            Refusal::new(Status::ServiceUnavailable, "unavailable")
        })?;
    let row = (
        id,
        person,
        key,
        drawn.media,
        size,
        (drawn.width, drawn.height),
        words,
        now,
    );
    app.db
        .write(
            row,
            |tx, (id, person, key, media, size, sides, words, now)| {
                Box::pin(async move {
                    store::ADD
                        .bind(*id)
                        .bind(*person)
                        .bind(key)
                        .bind(*media)
                        .bind(*size)
                        .bind(sides.0)
                        .bind(sides.1)
                        .bind(words)
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

/// A picture whose sender may be seen.
pub(super) async fn find(app: &App, id: Uuid) -> Result<PictureRow, DbError> {
    store::PICTURE.bind(id).one(&app.db).await
}

/// The last pictures of somebody.
pub(super) async fn latest(app: &App, person: PersonId) -> Result<Vec<PictureRow>, DbError> {
    store::LATEST.bind(person).all(&app.db).await
}
