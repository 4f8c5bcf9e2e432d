//! All that is kept about a person, as one zip: JSON for programs, CSV for spreadsheets, files.

use std::io::{Cursor, Write as _};

use serde_json::{Value, json};
use zip::CompressionMethod;
use zip::write::{SimpleFileOptions, ZipWriter};

use super::{around, identifiers, store};
use crate::App;
use crate::accounts::Audit;
use crate::clock::Timestamp;
use crate::directory;
use crate::ids::PersonId;
use crate::lrs;
use crate::reports::csv_line;
use crate::web::{Lang, Refusal};

/// Bytes of attached files at most.
const FILES_MAX: usize = 64 << 20;
/// Statements read at once.
const AT_ONCE: i64 = 500;
/// Statements at most.
const STATEMENTS_MAX: usize = 100_000;

/// The zip.
pub struct Package(pub Vec<u8>);

fn when(at: Timestamp) -> String {
    at.rfc3339()
}

fn maybe(at: Option<Timestamp>) -> String {
    at.map(when).unwrap_or_default()
}

/// A table of texts.
struct Table(String);

impl Table {
    fn new<'f>(header: impl IntoIterator<Item = &'f str>) -> Table {
        Table(format!("\u{feff}{}", csv_line(header)))
    }

    fn line<'f>(&mut self, fields: impl IntoIterator<Item = &'f str>) {
        self.0.push_str(&csv_line(fields));
    }
}

/// Gathers everything. It is noted that this was done, and when.
pub async fn export(app: &App, person: PersonId) -> Result<Package, Refusal> {
    let who: Option<store::WhoRow> = store::WHO.bind(person).optional(&app.db).await?;
    let who = who
        .filter(|who| who.state != "erased")
        .ok_or_else(Refusal::not_found)?;
    let lang = Lang::from_code(&who.language).unwrap_or(Lang::Fr);
    let elsewhere: Vec<store::ElsewhereRow> = store::ELSEWHERE.bind(person).all(&app.db).await?;
    let mut files: Vec<(String, Vec<u8>)> = Vec::new();
    let readme = app
        .pages
        .locales
        .plain(lang, "rights-readme", &[("name", json!(who.name))]);
    files.push((
        "LISEZMOI.txt".to_owned(),
        format!("\u{feff}{readme}\r\n").into_bytes(),
    ));

    let mut all = json!({
        "person": {
            "id": person, "name": who.name, "email": who.email, "language": who.language,
            "since": when(who.created_at),
        },
        "accounts_elsewhere": elsewhere.iter().map(|one| json!({
            "issuer": one.issuer, "subject": one.subject, "name": one.name, "email": one.email,
            "since": when(one.created_at),
        })).collect::<Vec<Value>>(),
    });
    belonging(app, person, &mut all).await?;
    learning(app, person, &mut all, &mut files).await?;
    community(app, person, &mut all, &mut files).await?;
    hearing(app, person, &mut all).await?;
    around::seminars(app, person, &mut all).await?;
    around::files(app, person, FILES_MAX, &mut all, &mut files).await?;

    let rows: Vec<store::InvitedRow> = store::MY_INVITATIONS.bind(person).all(&app.db).await?;
    all["invitations"] = rows
        .iter()
        .map(|row| {
            json!({
                "organisation": row.name, "email": row.email, "at": when(row.created_at),
                "decision": row.decision, "decided": row.decided_at.map(when),
            })
        })
        .collect();
    all["directory"] = directory::all_of(app, person).await?;

    let ids = identifiers(app, person, &who.email, &elsewhere).await?;
    statements(app, &ids, &mut all, &mut files).await?;
    let text = serde_json::to_vec_pretty(&all).map_err(|_| Refusal::bad_request("bad-request"))?;
    files.insert(1, ("data.json".to_owned(), text));

    let audit = Audit::new(
        app,
        Some(person),
        "person-exported",
        format!("person:{person}"),
    );
    app.db
        .write(audit, |tx, audit| {
            Box::pin(async move { audit.write(tx).await })
        })
        .await?;
    let packed = tokio::task::spawn_blocking(move || pack(&files)).await;
    match packed {
        Ok(Ok(bytes)) => Ok(Package(bytes)),
        _ => Err(Refusal::new(
            rocket::http::Status::InternalServerError,
            "internal",
        )),
    }
}

fn pack(files: &[(String, Vec<u8>)]) -> Result<Vec<u8>, zip::result::ZipError> {
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    let options = SimpleFileOptions::default().compression_method(CompressionMethod::Deflated);
    for (name, bytes) in files {
        zip.start_file(name.as_str(), options)?;
        zip.write_all(bytes)?;
    }
    Ok(zip.finish()?.into_inner())
}

/// Roles, memberships, signed-in browsers, the log.
async fn belonging(app: &App, person: PersonId, all: &mut Value) -> Result<(), Refusal> {
    let rows: Vec<store::RoleRow> = store::MY_ROLES.bind(person).all(&app.db).await?;
    all["roles"] = rows
        .iter()
        .map(|row| json!({ "role": row.role, "region": row.region, "from": when(row.from_at), "until": row.until_at.map(when) }))
        .collect();
    let rows: Vec<store::MembershipRow> = store::MY_MEMBERSHIPS.bind(person).all(&app.db).await?;
    all["memberships"] = rows
        .iter()
        .map(|row| json!({ "organisation": row.name, "role": row.role, "from": when(row.from_at), "until": row.until_at.map(when) }))
        .collect();
    let rows: Vec<store::SessionRow> = store::MY_SESSIONS.bind(person).all(&app.db).await?;
    all["browsers"] = rows
        .iter()
        .map(|row| json!({ "browser": row.browser, "since": when(row.created_at), "seen": when(row.seen_at) }))
        .collect();
    let rows: Vec<store::AuditRow> = store::MY_AUDIT
        .bind(person)
        .bind(format!("person:{person}"))
        .all(&app.db)
        .await?;
    all["log"] = rows
        .iter()
        .map(|row| json!({ "at": when(row.at), "action": row.action, "object": row.object, "detail": row.detail }))
        .collect();
    Ok(())
}

type Files = Vec<(String, Vec<u8>)>;

/// Progress, attempts, answers, seats.
async fn learning(
    app: &App,
    person: PersonId,
    all: &mut Value,
    files: &mut Files,
) -> Result<(), Refusal> {
    let rows: Vec<store::ProgressRow> = store::MY_PROGRESS.bind(person).all(&app.db).await?;
    let mut table = Table::new([
        "module",
        "title",
        "state",
        "success",
        "progress",
        "score",
        "seconds",
        "started",
        "completed",
    ]);
    for row in &rows {
        table.line([
            row.slug.as_str(),
            &row.title,
            &row.state,
            &row.success,
            &row.progress.to_string(),
            &row.score.map(|s| s.to_string()).unwrap_or_default(),
            &row.seconds.to_string(),
            &maybe(row.started_at),
            &maybe(row.completed_at),
        ]);
    }
    files.push(("progress.csv".to_owned(), table.0.into_bytes()));
    all["progress"] = rows
        .iter()
        .map(|row| {
            json!({
                "module": row.slug, "title": row.title, "state": row.state, "success": row.success,
                "progress": row.progress, "score": row.score, "seconds": row.seconds,
                "started": row.started_at.map(when), "completed": row.completed_at.map(when),
            })
        })
        .collect();
    let rows: Vec<store::AttemptRow> = store::MY_ATTEMPTS.bind(person).all(&app.db).await?;
    all["attempts"] = rows
        .iter()
        .map(|row| {
            json!({
                "module": row.slug, "number": row.number, "started": when(row.started_at),
                "updated": when(row.updated_at), "finished": row.finished_at.map(when),
            })
        })
        .collect();
    let rows: Vec<store::AnswerRow> = store::MY_ANSWERS.bind(person).all(&app.db).await?;
    let mut table = Table::new([
        "module", "attempt", "question", "text", "response", "result", "at",
    ]);
    for row in &rows {
        table.line([
            row.slug.as_str(),
            &row.number.to_string(),
            &row.identifier,
            &row.description,
            &row.response,
            &row.result,
            &when(row.at),
        ]);
    }
    files.push(("answers.csv".to_owned(), table.0.into_bytes()));
    let rows: Vec<store::SeatRow> = store::MY_SEATS.bind(person).all(&app.db).await?;
    let mut table = Table::new(["seminar", "title", "starts", "taken", "given up"]);
    for row in &rows {
        table.line([
            row.slug.as_str(),
            &row.title,
            &when(row.starts_at),
            &when(row.taken_at),
            &maybe(row.cancelled_at),
        ]);
    }
    files.push(("seats.csv".to_owned(), table.0.into_bytes()));
    all["seats"] = rows
        .iter()
        .map(|row| {
            json!({
                "seminar": row.slug, "title": row.title, "starts": when(row.starts_at),
                "taken": when(row.taken_at), "given_up": row.cancelled_at.map(when),
            })
        })
        .collect();
    Ok(())
}

/// What the person wrote.
async fn community(
    app: &App,
    person: PersonId,
    all: &mut Value,
    files: &mut Files,
) -> Result<(), Refusal> {
    let topics: Vec<store::PostRow> = store::MY_TOPICS.bind(person).all(&app.db).await?;
    let replies: Vec<store::PostRow> = store::MY_REPLIES.bind(person).all(&app.db).await?;
    let documents: Vec<store::PostRow> = store::MY_DOCUMENTS.bind(person).all(&app.db).await?;
    let sheets: Vec<store::PostRow> = store::MY_SHEETS.bind(person).all(&app.db).await?;
    let drafts: Vec<store::PostRow> = store::MY_DRAFTS.bind(person).all(&app.db).await?;
    let mut table = Table::new(["kind", "space", "title", "text", "at"]);
    let kinds = [
        ("topic", "topics", &topics),
        ("reply", "replies", &replies),
        ("document", "published", &documents),
        ("action-sheet", "action_sheets", &sheets),
        ("draft", "drafts", &drafts),
    ];
    for (kind, list, rows) in kinds {
        for row in rows {
            table.line([
                kind,
                row.slug.as_str(),
                &row.title,
                &row.body,
                &when(row.created_at),
            ]);
        }
        all[list] = rows
            .iter()
            .map(|row| json!({ "id": row.id, "space": row.slug, "title": row.title, "text": row.body, "at": when(row.created_at) }))
            .collect();
    }
    files.push(("posts.csv".to_owned(), table.0.into_bytes()));
    Ok(())
}

/// What the person follows and was told.
async fn hearing(app: &App, person: PersonId, all: &mut Value) -> Result<(), Refusal> {
    let rows: Vec<store::FollowRow> = store::MY_FOLLOWS.bind(person).all(&app.db).await?;
    all["follows"] = rows
        .iter()
        .map(|row| json!({ "what": row.subject, "by_mail": row.cadence, "because": row.reason, "since": when(row.at) }))
        .collect();
    let rows: Vec<store::InterestRow> = store::MY_ROOMS.bind(person).all(&app.db).await?;
    all["rooms"] = rows
        .iter()
        .map(|row| json!({ "room": row.slug, "name": row.title, "since": when(row.at) }))
        .collect();
    let rows: Vec<store::NotificationRow> =
        store::MY_NOTIFICATIONS.bind(person).all(&app.db).await?;
    all["notifications"] = rows
        .iter()
        .map(|row| json!({ "kind": row.kind, "why": row.why, "about": row.subject, "at": when(row.at), "read": row.read_at.map(when) }))
        .collect();
    let row: Option<store::NotificationSettingRow> = store::MY_NOTIFICATION_SETTING
        .bind(person)
        .optional(&app.db)
        .await?;
    all["notification_settings"] = json!(
        row.map(|row| json!({ "direct": row.direct, "hour": row.hour, "weekday": row.weekday }))
    );
    Ok(())
}

/// A name that any archive program takes.
fn safe(text: &str) -> String {
    let plain: String = text
        .chars()
        .map(|c| {
            if c.is_ascii_alphanumeric() || c == '-' {
                c
            } else {
                '_'
            }
        })
        .take(60)
        .collect();
    plain
}

/// What the record store has.
async fn statements(
    app: &App,
    ids: &[String],
    all: &mut Value,
    files: &mut Files,
) -> Result<(), Refusal> {
    let mut text = String::new();
    let (mut count, mut times, mut cut) = (0, Vec::new(), false);
    for id in ids {
        let mut after = i64::MIN;
        loop {
            let rows = lrs::erase::statements_of(app, id, after, AT_ONCE).await?;
            let Some(last) = rows.last() else {
                break;
            };
            after = last.0;
            for (stored, statement) in rows {
                if count >= STATEMENTS_MAX {
                    cut = true;
                    break;
                }
                count += 1;
                times.push(stored);
                text.push_str(&statement);
                text.push('\n');
            }
            if cut {
                break;
            }
        }
    }
    all["statements"] = json!({ "file": "statements.ndjson", "count": count, "cut_short": cut });
    files.push(("statements.ndjson".to_owned(), text.into_bytes()));
    let kept = lrs::erase::belongings(app, ids, times, FILES_MAX).await?;
    let mut list = Vec::new();
    for (place, (sha2, kind, bytes)) in kept.data.into_iter().enumerate() {
        let name = format!("files/{}-{}", place + 1, safe(&sha2[..sha2.len().min(16)]));
        list.push(json!({ "file": name, "sha2": sha2, "type": kind }));
        files.push((name, bytes.to_vec()));
    }
    all["files"] = json!(list);
    let mut list = Vec::new();
    for (place, (resource, id, kind, content)) in kept.documents.into_iter().enumerate() {
        let name = format!("documents/{}-{}-{}", place + 1, safe(&resource), safe(&id));
        list.push(json!({ "file": name, "resource": resource, "id": id, "type": kind }));
        files.push((name, content));
    }
    all["documents"] = json!(list);
    Ok(())
}
