//! What is handed over of seminars beyond the seats, and the files that the person sent.

use serde_json::{Value, json};

use super::store;
use crate::App;
use crate::ids::PersonId;
use crate::web::Refusal;

type Files = Vec<(String, Vec<u8>)>;

/// Presence, waiting lists, interest, commitments.
pub(super) async fn seminars(app: &App, person: PersonId, all: &mut Value) -> Result<(), Refusal> {
    let rows: Vec<store::PresenceRow> = store::MY_PRESENCE.bind(person).all(&app.db).await?;
    all["presence"] = rows
        .iter()
        .map(|row| {
            json!({
                "seminar": row.slug, "title": row.title, "meeting": row.starts_at.rfc3339(),
                "present": row.present, "way": row.way, "at": row.at.rfc3339(),
            })
        })
        .collect();
    let rows: Vec<store::WaitingRow> = store::MY_WAITING.bind(person).all(&app.db).await?;
    all["waiting_lists"] = rows
        .iter()
        .map(|row| {
            json!({
                "seminar": row.slug, "title": row.title, "kind": row.kind, "seats": row.seats, "state": row.state,
                "joined": row.joined_at.rfc3339(), "ended": row.ended_at.map(|at| at.rfc3339()),
            })
        })
        .collect();
    let rows: Vec<store::InterestRow> = store::MY_INTEREST.bind(person).all(&app.db).await?;
    all["interest"] = rows
        .iter()
        .map(|row| json!({ "seminar": row.slug, "title": row.title, "at": row.at.rfc3339() }))
        .collect();
    let rows: Vec<store::CommitmentRow> = store::MY_COMMITMENTS.bind(person).all(&app.db).await?;
    all["commitments"] = rows
        .iter()
        .map(|row| {
            json!({
                "seminar": row.slug, "title": row.title, "text": row.body, "made": row.made_at.rfc3339(),
                "due": row.due_at.rfc3339(), "done": row.done_at.map(|at| at.rfc3339()), "outcome": row.outcome,
            })
        })
        .collect();
    Ok(())
}

/// Files the person sent, as long as together they stay below `most` bytes; the others are named.
pub(super) async fn files(
    app: &App,
    person: PersonId,
    most: usize,
    all: &mut Value,
    files: &mut Files,
) -> Result<(), Refusal> {
    let rows: Vec<store::FileRow> = store::MY_FILES.bind(person).all(&app.db).await?;
    let mut list = Vec::new();
    let mut taken = 0;
    for row in rows {
        let size = usize::try_from(row.size).unwrap_or(usize::MAX);
        let mut name = None;
        if taken + size <= most {
            let range = 0..u64::try_from(row.size).unwrap_or_default();
            match app.storage.range(&row.object, range).await {
                Ok(bytes) => {
                    taken += bytes.len();
                    let ending: String = row
                        .file_name
                        .rsplit_once('.')
                        .map(|(_, ending)| ending)
                        .unwrap_or("bin")
                        .chars()
                        .filter(char::is_ascii_alphanumeric)
                        .take(8)
                        .collect();
                    let path = format!("sent/{}.{ending}", row.id.simple());
                    files.push((path.clone(), bytes.to_vec()));
                    name = Some(path);
                }
                Err(error) => {
                    tracing::warn!(%error, "a file of somebody who takes their data along")
                }
            }
        }
        list.push(json!({ "id": row.id, "name": row.file_name, "size": row.size, "file": name }));
    }
    all["sent_files"] = json!(list);
    Ok(())
}
