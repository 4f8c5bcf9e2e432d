//! Access tokens for tools' servers: client credentials with an assertion the tool has signed
//! (security framework §4.1), each assertion once.

use lti::platform::service::{self, SCOPES};
use serde_json::json;
use uuid::Uuid;

use super::keys;
use super::store::{self, Tool};
use crate::App;
use crate::clock::Timestamp;
use crate::db::DbError;
use crate::ids::hash_secret;
use crate::lti::denied::{Denied, Why};

/// A token lives so long, in seconds.
pub(super) const SECONDS: i64 = 3600;

/// A token was given.
pub(super) struct Granted {
    pub token: String,
    pub scopes: Vec<&'static str>,
}

/// Gives a token for what was asked, as far as we have it. Nothing asked that we have: refused.
pub(super) async fn grant(app: &App, assertion: &str, scope: &str) -> Result<Granted, Denied> {
    let client = service::client_of(assertion)?;
    let tool: Option<Tool> = store::BY_CLIENT.bind(&client).optional(&app.db).await?;
    let tool = tool.ok_or_else(|| Denied::new(Why::UnknownTool, "iss"))?;
    let head = lti::jwt::header(assertion)?;
    let keys = keys::of(app, &tool, &head.kid).await?;
    let home = &app.config.public_url;
    let endpoint = format!("{home}/lti/platform/token");
    let now = app.clock.now();
    let (id, until) = service::assertion(
        assertion,
        &keys,
        &tool.client_id,
        &[&endpoint, home],
        now.micros() / 1_000_000,
    )?;
    let scopes: Vec<&str> = SCOPES
        .into_iter()
        .filter(|known| scope.split(' ').any(|asked| asked == *known))
        .collect();
    if scopes.is_empty() {
        return Err(Denied::new(Why::Unreadable, "scope"));
    }
    let keep = Timestamp::from_micros((until + lti::launch::LEEWAY + 1) * 1_000_000);
    once(app, tool.id, &format!("jti:{id}"), keep).await?;
    let secret = app.ids.secret();
    let row = (
        secret.hash(),
        tool.id,
        json!(scopes),
        now.plus_seconds(SECONDS),
    );
    app.db
        .write(row, |tx, (hash, tool, scopes, until)| {
            Box::pin(async move {
                store::ADD_TOOL_TOKEN
                    .bind(hash)
                    .bind(*tool)
                    .bind(scopes.clone())
                    .bind(*until)
                    .run(tx)
                    .await
                    .map(drop)
            })
        })
        .await
        .map_err(|error: DbError| Denied::from(error))?;
    Ok(Granted {
        token: secret.reveal().to_owned(),
        scopes,
    })
}

/// Uses up what a tool may say once.
pub(super) async fn once(
    app: &App,
    tool: Uuid,
    nonce: &str,
    until: Timestamp,
) -> Result<(), Denied> {
    let used = app
        .db
        .write(
            (tool, nonce.to_owned(), until),
            |tx, (tool, nonce, until)| {
                Box::pin(async move {
                    store::USE_TOOL_NONCE
                        .bind(*tool)
                        .bind(nonce)
                        .bind(*until)
                        .run(tx)
                        .await
                })
            },
        )
        .await
        .map_err(|error: DbError| Denied::from(error))?;
    if used == 1 {
        Ok(())
    } else {
        Err(Denied::new(Why::Untrusted, "used before"))
    }
}

/// The tool of a token that may do this; why not, otherwise.
pub(super) async fn tool_of(
    app: &App,
    bearer: Option<&str>,
    wanted: &[&str],
) -> Result<Uuid, Denied> {
    let bearer = bearer
        .filter(|bearer| !bearer.is_empty() && bearer.len() <= 64)
        .ok_or_else(|| Denied::new(Why::Untrusted, "token"))?;
    let row: Option<store::TokenRow> = store::TOOL_TOKEN
        .bind(hash_secret(bearer))
        .bind(app.clock.now())
        .optional(&app.db)
        .await?;
    let row = row.ok_or_else(|| Denied::new(Why::Untrusted, "token"))?;
    let scopes: Vec<String> = serde_json::from_value(row.scopes).unwrap_or_default();
    if scopes.iter().any(|scope| wanted.contains(&scope.as_str())) {
        Ok(row.tool)
    } else {
        Err(Denied::new(Why::ToolScope, "scope"))
    }
}
