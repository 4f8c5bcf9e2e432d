//! The worker: as long as the server runs, changes are looked at and files are read.

use std::time::{Duration, Instant};

use tokio::sync::watch;
use uuid::Uuid;

use super::index;
use super::store::{self, UnreadRow};
use crate::App;
use crate::db::DbError;
use crate::outbound::storage::StorageError;

/// How soon a change can be found, at most.
const PAUSE: Duration = Duration::from_secs(1);
/// How long one file is read; it has no text then.
const READING: Duration = Duration::from_secs(20);

/// Works until it is told to stop.
pub async fn work(app: App, mut stop: watch::Receiver<bool>) {
    while !*stop.borrow() {
        let did = match step(&app).await {
            Ok(did) => did,
            Err(error) => {
                tracing::warn!(%error, "search");
                0
            }
        };
        let pause = if did == 0 {
            PAUSE
        } else {
            Duration::from_millis(50)
        };
        tokio::select! {
            () = tokio::time::sleep(pause) => {}
            _ = stop.changed() => break,
        }
    }
}

/// Looks at what changed and reads a file that nobody read yet; gives how much was done.
async fn step(app: &App) -> Result<usize, DbError> {
    let done = index(app).await?;
    Ok(done + usize::from(read_one(app).await?))
}

/// Reads the files that wait, then looks at all changes: what the worker does in time, at once.
pub async fn settle(app: &App) -> Result<usize, DbError> {
    while read_one(app).await? {}
    index(app).await
}

/// The text of a file that was not read yet; false when there is none.
async fn read_one(app: &App) -> Result<bool, DbError> {
    let unread: Option<UnreadRow> = store::UNREAD.optional(&app.db).await?;
    let Some(file) = unread else {
        return Ok(false);
    };
    let (version, document) = (file.id, file.document);
    let text = text_of(app, file).await?;
    app.db
        .write(
            (version, document, text),
            |tx, (version, document, text)| {
                Box::pin(async move {
                    // The document may have gone meanwhile, or another node was faster.
                    store::READ.bind(*version).bind(text).run(&mut *tx).await?;
                    store::QUEUE.bind("document").bind(*document).run(tx).await
                })
            },
        )
        .await?;
    Ok(true)
}

/// Empty for a file without text: it is not tried again.
async fn text_of(app: &App, file: UnreadRow) -> Result<String, DbError> {
    let size = u64::try_from(file.size).unwrap_or(u64::MAX);
    if size == 0 || size > search::files::LARGEST as u64 {
        return Ok(String::new());
    }
    let bytes = match app.storage.range(&file.object, 0..size).await {
        Ok(bytes) => bytes,
        // It was lost: there is nothing to read, now or later.
        Err(StorageError::NotFound(_)) => return Ok(String::new()),
        Err(error) => {
            // Not the file's fault: another time.
            return Err(DbError::Other(format!("{}: {error}", file.object)));
        }
    };
    let version: Uuid = file.id;
    let begun = Instant::now();
    let (send, receive) = tokio::sync::oneshot::channel();
    // A thread of its own: a parser that does not come back holds up nobody else.
    let reader = std::thread::Builder::new()
        .name("file text".into())
        .stack_size(16 << 20)
        .spawn(move || {
            let go_on = || begun.elapsed() < READING;
            let text = search::files::text(&bytes, &file.media_type, &file.language, &go_on);
            let _ = send.send(text);
        });
    if let Err(error) = reader {
        return Err(DbError::Other(error.to_string()));
    }
    match tokio::time::timeout(READING, receive).await {
        Ok(Ok(text)) => Ok(text.unwrap_or_default()),
        Ok(Err(_)) | Err(_) => {
            tracing::warn!(%version, "the text of a file could not be read");
            Ok(String::new())
        }
    }
}
