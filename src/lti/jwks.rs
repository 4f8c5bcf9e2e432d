//! Platforms' key sets: kept in the database, fetched again when a key is unknown or the set is a
//! day old, at most once a minute per platform whatever tokens arrive (`threats.md` L4).

use std::collections::HashMap;
use std::sync::{Arc, LazyLock};

use lti::jwt::KeySet;
use tokio::sync::Mutex;
use url::Url;
use uuid::Uuid;

use super::platforms::Platform;
use super::store;
use crate::App;
use crate::clock::Timestamp;
use crate::db::DbError;
use crate::outbound::http::Request;
use crate::web::Refusal;

/// A set is fetched again after so long, in seconds.
const FRESH: i64 = 24 * 3600;
/// No more often than this, in seconds.
const PAUSE: i64 = 60;

/// One fetch at a time per platform on this node: a class that arrives together waits for the first
/// one, and a slow platform holds up nobody else.
static FETCHING: LazyLock<std::sync::Mutex<HashMap<Uuid, Arc<Mutex<()>>>>> =
    LazyLock::new(std::sync::Mutex::default);

fn turn(platform: Uuid) -> Arc<Mutex<()>> {
    match FETCHING.lock() {
        Ok(mut fetching) => fetching.entry(platform).or_default().clone(),
        Err(_) => Arc::default(),
    }
}

/// The key set of a platform, with this key in it if the platform has it.
pub(super) async fn of(app: &App, platform: &Platform, kid: &str) -> Result<KeySet, Refusal> {
    let (keys, at) = kept(app, platform).await?;
    let now = app.clock.now();
    let known = keys.has(kid);
    if known && at > now.plus_seconds(-FRESH) {
        return Ok(keys);
    }
    let turn = turn(platform.id);
    let _turn = turn.lock().await;
    let (keys, at) = kept(app, platform).await?;
    if keys.has(kid) && at > now.plus_seconds(-FRESH) {
        return Ok(keys);
    }
    let may = app
        .db
        .write((platform.id, now), |tx, (id, now)| {
            Box::pin(async move {
                let changed = store::TRY_KEYS
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
        return Ok(keys);
    }
    match fetch(app, platform).await {
        Some((text, fresh)) => {
            let now = app.clock.now();
            app.db
                .write((platform.id, text, now), |tx, (id, text, now)| {
                    Box::pin(async move {
                        store::PUT_KEYS
                            .bind(*id)
                            .bind(text.as_str())
                            .bind(*now)
                            .run(tx)
                            .await
                            .map(drop)
                    })
                })
                .await
                .map_err(|error: DbError| Refusal::from(error))?;
            Ok(fresh)
        }
        // What was valid yesterday is better than nobody getting in while the platform is down.
        None => Ok(keys),
    }
}

async fn kept(app: &App, platform: &Platform) -> Result<(KeySet, Timestamp), Refusal> {
    let row: store::KeysRow = store::KEYS.bind(platform.id).one(&app.db).await?;
    let keys = row
        .keys
        .and_then(|text| KeySet::parse(text.as_bytes()).ok())
        .unwrap_or_default();
    Ok((keys, row.keys_at))
}

async fn fetch(app: &App, platform: &Platform) -> Option<(String, KeySet)> {
    let url = Url::parse(&platform.jwks_url).ok()?;
    let request = Request::get(url, "application/json");
    let failed = |reason: String| {
        tracing::warn!(platform = %platform.id, reason, "lti: key set");
    };
    let answer = match app.http.send(request, &platform.trusted()).await {
        Ok(answer) if answer.is_success() => answer,
        Ok(answer) => {
            failed(format!("status {}", answer.status));
            return None;
        }
        Err(error) => {
            failed(error.to_string());
            return None;
        }
    };
    match KeySet::parse(&answer.body) {
        Ok(keys) if !keys.is_empty() => {
            Some((String::from_utf8(answer.body).ok()?.replace('\0', ""), keys))
        }
        Ok(_) => {
            failed("no usable key".to_owned());
            None
        }
        Err(refused) => {
            failed(refused.to_string());
            None
        }
    }
}
