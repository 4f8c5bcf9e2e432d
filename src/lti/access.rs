//! Access tokens of platforms' services: client credentials with an assertion signed by our key
//! (security framework §4.1), kept per scope until shortly before they run out.

use lti::jwt::Assertion;
use oauth2::basic::BasicClient;
use oauth2::{AuthType, ClientId, Scope, TokenResponse, TokenUrl};

use super::platforms::Platform;
use super::{SEAL_TOKEN, keys, store};
use crate::App;
use crate::db::DbError;
use crate::jobs::JobError;
use crate::outbound::http::HttpError;
use crate::outbound::oauth;

/// A token is not used any more so long before it runs out, in seconds.
const MARGIN: i64 = 60;
/// A token whose life is not told lives so long, in seconds.
const LIFE: i64 = 3600;

/// A token for a scope, kept or asked for.
pub(super) async fn token(app: &App, platform: &Platform, scope: &str) -> Result<String, JobError> {
    let now = app.clock.now();
    let kept: Option<store::TokenRow> = store::TOKEN
        .bind(platform.id)
        .bind(scope)
        .bind(now.plus_seconds(MARGIN))
        .optional(&app.db)
        .await?;
    if let Some(token) = kept.and_then(|row| app.unseal(SEAL_TOKEN, &row.token)) {
        return Ok(token);
    }
    let (token, seconds) = ask(app, platform, scope).await?;
    let sealed = app
        .seal(SEAL_TOKEN, &token)
        .ok_or_else(|| JobError::Later("sealing".into()))?;
    let until = now.plus_seconds(seconds);
    app.db
        .write(
            (platform.id, scope.to_owned(), sealed, until),
            |tx, (platform, scope, sealed, until)| {
                Box::pin(async move {
                    store::PUT_TOKEN
                        .bind(*platform)
                        .bind(scope)
                        .bind(sealed)
                        .bind(*until)
                        .run(tx)
                        .await
                        .map(drop)
                })
            },
        )
        .await
        .map_err(|error: DbError| JobError::from(error))?;
    Ok(token)
}

/// A token was refused: the next one is asked for.
pub(super) async fn forget(app: &App, platform: &Platform, scope: &str) -> Result<(), DbError> {
    app.db
        .write((platform.id, scope.to_owned()), |tx, (platform, scope)| {
            Box::pin(async move {
                store::DROP_TOKEN
                    .bind(*platform)
                    .bind(scope)
                    .run(tx)
                    .await
                    .map(drop)
            })
        })
        .await
}

async fn ask(app: &App, platform: &Platform, scope: &str) -> Result<(String, i64), JobError> {
    let never = |reason: &str| JobError::Never(format!("token: {reason}"));
    let later = |reason: String| JobError::Later(format!("token: {reason}"));
    let key = keys::signing(app)
        .await
        .map_err(|refusal| later(refusal.code.to_owned()))?;
    let unique = app.ids.secret();
    let assertion = Assertion {
        client_id: &platform.client_id,
        audience: platform
            .token_audience
            .as_deref()
            .unwrap_or(&platform.token_url),
        id: unique.reveal(),
        now: app.clock.now().micros() / 1_000_000,
    };
    let assertion = key
        .sign(&assertion.claims())
        .map_err(|refused| never(refused.code.as_str()))?;
    let url = TokenUrl::new(platform.token_url.clone()).map_err(|_| never("address"))?;
    let client = BasicClient::new(ClientId::new(platform.client_id.clone()))
        .set_token_uri(url)
        .set_auth_type(AuthType::RequestBody);
    let trusted = platform.trusted();
    let send = |request: oauth2::HttpRequest| {
        let http = app.http.clone();
        let trusted = trusted.clone();
        async move { oauth::exchange(&http, request, &trusted).await }
    };
    let answer = client
        .exchange_client_credentials()
        .add_scope(Scope::new(scope.to_owned()))
        .add_extra_param(
            "client_assertion_type",
            "urn:ietf:params:oauth:client-assertion-type:jwt-bearer",
        )
        .add_extra_param("client_assertion", assertion)
        .request_async(&send)
        .await;
    match answer {
        Ok(answer) => {
            let seconds = answer
                .expires_in()
                .map_or(LIFE, |life| i64::try_from(life.as_secs()).unwrap_or(LIFE));
            Ok((
                answer.access_token().secret().clone(),
                seconds.clamp(0, 24 * 3600),
            ))
        }
        // `invalid_client` may be a key of ours the platform has not fetched yet: it may pass.
        Err(oauth2::RequestTokenError::ServerResponse(error)) => {
            Err(later(error.error().to_string()))
        }
        Err(oauth2::RequestTokenError::Request(error)) => Err(match error {
            HttpError::Refused => never("host"),
            other => later(other.to_string()),
        }),
        Err(_) => Err(later("no token in the answer".to_owned())),
    }
}
