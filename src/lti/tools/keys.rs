//! Tools' key sets: given at the registration, or kept in the database and fetched again when a key
//! is unknown or the set is a day old, at most once a minute per tool.

use lti::jwt::KeySet;
use url::Url;

use super::registry::given_keys;
use super::store::{self, Tool};
use crate::App;
use crate::clock::Timestamp;
use crate::db::DbError;
use crate::outbound::http::Request;
use crate::web::Refusal;

/// A set is fetched again after so long, in seconds.
const FRESH: i64 = 24 * 3600;
/// No more often than this, in seconds.
const PAUSE: i64 = 60;

/// The key set of a tool, with this key in it if the tool has it.
pub(super) async fn of(app: &App, tool: &Tool, kid: &str) -> Result<KeySet, Refusal> {
    if let Some(given) = &tool.public_key {
        return Ok(given_keys(given).unwrap_or_default());
    }
    let row: store::KeysRow = store::TOOL_KEYS.bind(tool.id).one(&app.db).await?;
    let kept = row
        .keys
        .and_then(|text| KeySet::parse(text.as_bytes()).ok())
        .unwrap_or_default();
    let now = app.clock.now();
    if kept.has(kid) && row.keys_at > now.plus_seconds(-FRESH) {
        return Ok(kept);
    }
    let may = app
        .db
        .write((tool.id, now), |tx, (id, now)| {
            Box::pin(async move {
                let changed = store::TRY_TOOL_KEYS
                    .bind(*id)
                    .bind(*now)
                    .bind(now.plus_seconds(-PAUSE))
                    .run(tx)
                    .await?;
                Ok::<_, DbError>(changed == 1)
            })
        })
        .await?;
    if !may {
        return Ok(kept);
    }
    let Some((text, fresh)) = fetch(app, tool).await else {
        return Ok(kept);
    };
    keep(app, tool, text, now).await?;
    Ok(fresh)
}

async fn keep(app: &App, tool: &Tool, text: String, now: Timestamp) -> Result<(), DbError> {
    app.db
        .write((tool.id, text, now), |tx, (id, text, now)| {
            Box::pin(async move {
                store::PUT_TOOL_KEYS
                    .bind(*id)
                    .bind(text.as_str())
                    .bind(*now)
                    .run(tx)
                    .await
                    .map(drop)
            })
        })
        .await
}

async fn fetch(app: &App, tool: &Tool) -> Option<(String, KeySet)> {
    let url = Url::parse(tool.jwks_url.as_deref()?).ok()?;
    let request = Request::get(url, "application/json");
    let answer = match app.http.send(request, &tool.trusted()).await {
        Ok(answer) if answer.is_success() => answer,
        Ok(answer) => {
            tracing::warn!(tool = %tool.id, status = answer.status, "lti: a tool's key set");
            return None;
        }
        Err(error) => {
            tracing::warn!(tool = %tool.id, %error, "lti: a tool's key set");
            return None;
        }
    };
    let keys = KeySet::parse(&answer.body)
        .ok()
        .filter(|keys| !keys.is_empty())?;
    Some((String::from_utf8(answer.body).ok()?.replace('\0', ""), keys))
}
