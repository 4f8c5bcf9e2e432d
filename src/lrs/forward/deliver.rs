//! The outbox's rows of forwarding: carries statements to a target, oldest first.

use std::collections::{BTreeMap, HashSet};

use base64::Engine as _;
use futures::future::BoxFuture;
use serde_json::{Value, json};
use uuid::Uuid;
use xapi::compare;
use xapi::json::{ObjectWriter, parse};
use xapi::multipart;

use super::{PURPOSE, TargetRow, at, narrowed, store};
use crate::App;
use crate::db::DbError;
use crate::jobs::{self, Handler, Job, JobError};
use crate::lrs::browse::SeenRow;
use crate::lrs::{find, group};
use crate::outbound::http::{Answer, HttpError, Request};

/// Carries out rows.
pub const HANDLER: Handler = Handler {
    kind: "lrs-forward",
    ready: |_| true,
    run,
};

/// Statements in one request at most.
const AT_ONCE: i64 = 50;
/// Requests for one row of the outbox at most: then others have their turn.
const ROUNDS: usize = 20;

fn run(app: &App, job: Job) -> BoxFuture<'_, Result<Value, JobError>> {
    Box::pin(async move {
        let id = job.payload["target"]
            .as_str()
            .and_then(|text| Uuid::parse_str(text).ok())
            .ok_or_else(|| JobError::Never("no target".to_owned()))?;
        for _ in 0..ROUNDS {
            let row: Option<TargetRow> = store::TARGET_ONE.bind(id).optional(&app.db).await?;
            // Removed, switched off, or another row delivers.
            let Some(target) = row.filter(|row| row.active && row.job == Some(job.id)) else {
                return Ok(jobs::spent());
            };
            match some(app, &target).await {
                Ok(true) => {}
                Ok(false) => break,
                Err(error) => {
                    note(app, id, &error.to_string()).await?;
                    return Err(error);
                }
            }
        }
        settle(app, id, job.id).await?;
        Ok(jobs::spent())
    })
}

/// Delivers the next few; false when there are none.
async fn some(app: &App, target: &TargetRow) -> Result<bool, JobError> {
    let search = narrowed(app, target.query)
        .await
        .map_err(|refusal| JobError::Later(refusal.code.to_owned()))?;
    let rows = search.following(app, target.position, AT_ONCE).await?;
    if rows.is_empty() {
        return Ok(false);
    }
    let line = Line::to(app, target)?;
    // Together where that works; what it is that does not is found one by one.
    let with_data = data_of(app, &rows).await?;
    let plain = rows
        .iter()
        .take_while(|row| !with_data.contains_key(&row.stored))
        .count();
    if plain > 1 {
        let answer = line.post(&body(&rows[..plain])).await?;
        if answer.is_success() {
            advance(app, target, &rows[..plain]).await?;
            return Ok(true);
        }
        if !matches!(answer.status, 400 | 409 | 413) {
            return Err(JobError::Later(format!("HTTP {}", answer.status)));
        }
    }
    for row in &rows[..plain.max(1)] {
        match line.one(app, row, with_data.get(&row.stored)).await? {
            None => advance(app, target, std::slice::from_ref(row)).await?,
            Some((status, reason)) => pass_over(app, target, row, status, reason).await?,
        }
    }
    Ok(true)
}

type DataOf = BTreeMap<i64, Vec<store::DataRow>>;

async fn data_of(app: &App, rows: &[SeenRow]) -> Result<DataOf, DbError> {
    let times: Vec<i64> = rows.iter().map(|row| row.stored).collect();
    let data: Vec<store::DataRow> = store::DATA.bind(times).all(&app.db).await?;
    let mut all = DataOf::new();
    for row in data {
        all.entry(row.stored).or_default().push(row);
    }
    Ok(all)
}

/// A statement without what the other store gives it itself.
fn bare(text: &str) -> String {
    let Ok(value) = parse(text) else {
        return text.to_owned();
    };
    let mut out = String::with_capacity(text.len());
    let mut object = ObjectWriter::new(&mut out);
    for (key, member) in value.as_object().unwrap_or_default() {
        if !matches!(key.as_ref(), "stored" | "authority" | "version") {
            object.raw(key, member.text);
        }
    }
    object.end();
    out
}

fn body(rows: &[SeenRow]) -> String {
    let all: Vec<String> = rows.iter().map(|row| bare(&row.statement)).collect();
    format!("[{}]", all.join(","))
}

/// The way to a target.
struct Line<'a> {
    app: &'a App,
    target: &'a TargetRow,
    authorization: String,
}

impl<'a> Line<'a> {
    fn to(app: &'a App, target: &'a TargetRow) -> Result<Line<'a>, JobError> {
        let password = app
            .unseal(PURPOSE, &target.password)
            .ok_or_else(|| JobError::Later("the password cannot be read".to_owned()))?;
        let pair = format!("{}:{password}", target.user_name);
        let pair = base64::engine::general_purpose::STANDARD.encode(pair);
        Ok(Line {
            app,
            target,
            authorization: format!("Basic {pair}"),
        })
    }

    async fn send(&self, request: Request) -> Result<Answer, JobError> {
        let request = request
            .header("Authorization", self.authorization.clone())
            .header("X-Experience-API-Version", self.target.version.clone());
        let answer = self.app.http.send(request, &[]).await;
        answer.map_err(|error| {
            // Worded for operators: `lrs-trouble-<code>`.
            let code = match error {
                HttpError::Refused => "address",
                HttpError::Unreachable => "silent",
                HttpError::Answer => "answer",
            };
            JobError::Later(code.to_owned())
        })
    }

    fn statements(&self) -> Result<url::Url, JobError> {
        at(&self.target.url, "statements").ok_or_else(|| JobError::Later("no address".to_owned()))
    }

    async fn post(&self, body: &str) -> Result<Answer, JobError> {
        let body = body.as_bytes().to_vec();
        self.send(Request::post(self.statements()?, "application/json", body))
            .await
    }

    /// Delivers one; says why the other store will never take it.
    async fn one(
        &self,
        app: &App,
        row: &SeenRow,
        data: Option<&Vec<store::DataRow>>,
    ) -> Result<Option<(u16, String)>, JobError> {
        let statement = bare(&row.statement);
        let answer = match data {
            None => self.post(&statement).await?,
            Some(data) => {
                let mut parts = Vec::with_capacity(data.len());
                for one in data {
                    let bytes = find::data(app, one.tenant, &one.sha2)
                        .await
                        .map_err(|refusal| JobError::Later(refusal.code.to_owned()))?;
                    parts.push((one, bytes));
                }
                let boundary = format!("halqa-{}", app.ids.uuid().simple());
                let parts = parts.iter().map(|(one, bytes)| {
                    (one.sha2.as_str(), one.content_type.as_str(), bytes.as_ref())
                });
                let body = multipart::write(&boundary, &statement, parts);
                let kind = format!("multipart/mixed; boundary={boundary}");
                self.send(Request::post(self.statements()?, &kind, body))
                    .await?
            }
        };
        match answer.status {
            200..=299 => Ok(None),
            409 if self.has_the_same(row).await? => Ok(None),
            status @ (400 | 409 | 413 | 422) => {
                let reason: String = String::from_utf8_lossy(&answer.body)
                    .chars()
                    .take(300)
                    .collect();
                Ok(Some((status, reason.replace('\0', ""))))
            }
            status => Err(JobError::Later(format!("HTTP {status}"))),
        }
    }

    /// The other store has a statement of this id: is it this one?
    async fn has_the_same(&self, row: &SeenRow) -> Result<bool, JobError> {
        for parameter in ["statementId", "voidedStatementId"] {
            let mut url = self.statements()?;
            url.query_pairs_mut()
                .append_pair(parameter, &row.id.to_string());
            let answer = self.send(Request::get(url, "application/json")).await?;
            if answer.status == 404 {
                continue;
            }
            if !answer.is_success() {
                return Err(JobError::Later(format!("HTTP {}", answer.status)));
            }
            let theirs = String::from_utf8_lossy(&answer.body);
            return Ok(match (parse(&row.statement), parse(&theirs)) {
                (Ok(ours), Ok(theirs)) => compare::same(&ours, &theirs),
                _ => false,
            });
        }
        Ok(false)
    }
}

async fn advance(app: &App, target: &TargetRow, rows: &[SeenRow]) -> Result<(), DbError> {
    let Some(last) = rows.last().map(|row| row.stored) else {
        return Ok(());
    };
    let fresh: HashSet<Uuid> = rows.iter().map(|row| row.id).collect();
    let input = (target.id, last, fresh.len() as i64, app.clock.now());
    app.db
        .write(input, |tx, (id, last, count, now)| {
            Box::pin(async move {
                store::ADVANCE
                    .bind(*id)
                    .bind(*last)
                    .bind(*count)
                    .bind(0_i64)
                    .bind(*now)
                    .run(tx)
                    .await
                    .map(drop)
            })
        })
        .await
}

/// The other store refuses it for good: that is kept, and what follows does not wait for it.
async fn pass_over(
    app: &App,
    target: &TargetRow,
    row: &SeenRow,
    status: u16,
    reason: String,
) -> Result<(), DbError> {
    let input = (
        target.id,
        row.stored,
        row.id,
        i64::from(status),
        reason,
        app.clock.now(),
    );
    app.db
        .write(input, |tx, (target, stored, id, status, reason, now)| {
            Box::pin(async move {
                store::ADD_REFUSED
                    .bind(*target)
                    .bind(*stored)
                    .bind(*id)
                    .bind(*status)
                    .bind(reason.as_str())
                    .bind(*now)
                    .run(&mut *tx)
                    .await?;
                store::ADVANCE
                    .bind(*target)
                    .bind(*stored)
                    .bind(0_i64)
                    .bind(1_i64)
                    .bind(*now)
                    .run(tx)
                    .await
                    .map(drop)
            })
        })
        .await
}

async fn note(app: &App, id: Uuid, error: &str) -> Result<(), DbError> {
    let input = (
        id,
        error.chars().take(300).collect::<String>(),
        app.clock.now(),
    );
    app.db
        .write(input, |tx, (id, error, now)| {
            Box::pin(async move {
                store::NOTE
                    .bind(*id)
                    .bind(error.as_str())
                    .bind(*now)
                    .run(tx)
                    .await
                    .map(drop)
            })
        })
        .await
}

/// Nothing more is to be delivered, or another row goes on with it. Nobody stores statements
/// meanwhile: none can come between the look and the note.
async fn settle(app: &App, id: Uuid, job: Uuid) -> Result<(), JobError> {
    let row: Option<TargetRow> = store::TARGET_ONE.bind(id).optional(&app.db).await?;
    let Some(target) = row else {
        return Ok(());
    };
    let search = narrowed(app, target.query)
        .await
        .map_err(|refusal| JobError::Later(refusal.code.to_owned()))?;
    let input = (id, job, target.position, search, app.clock.now());
    app.db
        .write(input, |tx, (id, job, position, search, now)| {
            Box::pin(async move {
                group::hold(tx).await?;
                if search.is_behind(tx, *position).await? {
                    let (last,): (i64,) = store::LAST.one(&mut *tx).await?;
                    let seed = json!([job, last]).to_string();
                    let next = Uuid::new_v5(id, seed.as_bytes());
                    jobs::enqueue(tx, next, HANDLER.kind, json!({ "target": id }), *now).await?;
                    store::SET_JOB.bind(*id).bind(next).run(tx).await.map(drop)
                } else {
                    store::END_JOB.bind(*id).bind(*job).run(tx).await.map(drop)
                }
            })
        })
        .await?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::bare;

    #[test]
    fn what_the_other_store_gives_is_left_out() {
        assert_eq!(
            bare(
                r#"{"id":"1","actor":{},"stored":"x","timestamp":"t","authority":{"a":1},"version":"1.0.0","e":1.50}"#
            ),
            r#"{"id":"1","actor":{},"timestamp":"t","e":1.50}"#
        );
    }
}
