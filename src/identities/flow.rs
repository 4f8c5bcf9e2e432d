//! The way to a provider and back (OAuth 2.0 authorization code, RFC 6749 §4.1, with a proof key,
//! RFC 7636): a state and a nonce used once, in the browser that began.

use lti::jwt;
use lti::openid::{self, Expected, Subject};
use oauth2::basic::{
    BasicErrorResponse, BasicRevocationErrorResponse, BasicTokenIntrospectionResponse,
    BasicTokenType,
};
use oauth2::{
    AuthType, AuthUrl, AuthorizationCode, ClientId, ClientSecret, CsrfToken, EndpointNotSet,
    EndpointSet, ExtraTokenFields, PkceCodeChallenge, PkceCodeVerifier, RedirectUrl, Scope,
    StandardRevocableToken, StandardTokenResponse, TokenResponse, TokenUrl,
};
use serde::{Deserialize, Serialize};
use url::Url;

use super::{SEAL, metadata, store};
use crate::App;
use crate::db::DbError;
use crate::ids::{PersonId, Secret, hash_secret};
use crate::outbound::http::Request;
use crate::outbound::oauth;
use crate::outbound::providers::{Protocol, Provider};

/// How long a sign-in at the provider may take, in seconds.
const SECONDS: i64 = 15 * 60;

/// What a token answer holds beyond the standard's members.
#[derive(Debug, Serialize, Deserialize)]
struct WithId {
    #[serde(default)]
    id_token: Option<String>,
}

impl ExtraTokenFields for WithId {}

type Bare = oauth2::Client<
    BasicErrorResponse,
    StandardTokenResponse<WithId, BasicTokenType>,
    BasicTokenIntrospectionResponse,
    StandardRevocableToken,
    BasicRevocationErrorResponse,
>;
type Client = oauth2::Client<
    BasicErrorResponse,
    StandardTokenResponse<WithId, BasicTokenType>,
    BasicTokenIntrospectionResponse,
    StandardRevocableToken,
    BasicRevocationErrorResponse,
    EndpointSet,
    EndpointNotSet,
    EndpointNotSet,
    EndpointNotSet,
    EndpointSet,
>;

/// Why a sign-in with others did not work; what a person can do about it, and the exact reason for
/// the log.
#[derive(Debug)]
pub(super) enum Trouble {
    /// Begun in another browser, used, or too late: again.
    Again(&'static str),
    /// The person, or the provider, said no.
    No(String),
    /// The provider does not answer, or not as it should.
    Silent(String),
    /// What it answers cannot be believed.
    Untrusted(String),
    /// Our own database.
    Database(DbError),
}

impl From<DbError> for Trouble {
    fn from(error: DbError) -> Self {
        Trouble::Database(error)
    }
}

/// Where a provider's endpoints lie, and how we prove ourselves to it.
struct Endpoints {
    auth_url: String,
    token_url: String,
    in_body: bool,
}

async fn endpoints(app: &App, provider: &Provider) -> Result<Endpoints, Trouble> {
    Ok(match &provider.protocol {
        Protocol::OpenId { .. } => {
            let known = metadata::of(app, provider, None)
                .await
                .map_err(Trouble::Silent)?;
            let configuration = &known.configuration;
            Endpoints {
                auth_url: configuration.authorization_endpoint.clone(),
                token_url: configuration.token_endpoint.clone(),
                in_body: provider
                    .secret_in_body
                    .unwrap_or(configuration.secret_in_body),
            }
        }
        Protocol::Profile {
            auth_url,
            token_url,
            ..
        } => Endpoints {
            auth_url: auth_url.clone(),
            token_url: token_url.clone(),
            in_body: provider.secret_in_body.unwrap_or(true),
        },
    })
}

fn client(app: &App, provider: &Provider, at: Endpoints) -> Result<Client, Trouble> {
    let wrong = |_| Trouble::Silent("an address that is none".to_owned());
    let back = format!("{}/sign-in/back/{}", app.config.public_url, provider.id);
    Ok(Bare::new(ClientId::new(provider.client_id.clone()))
        .set_client_secret(ClientSecret::new(provider.client_secret.clone()))
        .set_auth_type(if at.in_body {
            AuthType::RequestBody
        } else {
            AuthType::BasicAuth
        })
        .set_redirect_uri(RedirectUrl::new(back).map_err(wrong)?)
        .set_auth_uri(AuthUrl::new(at.auth_url).map_err(wrong)?)
        .set_token_uri(TokenUrl::new(at.token_url).map_err(wrong)?))
}

/// A sign-in under way.
pub(super) struct Begun {
    /// Where the browser goes now.
    pub address: String,
    /// Stays in this browser, as a cookie.
    pub browser: Secret,
    /// The hash of the state: names the cookie.
    pub state_hash: String,
}

/// Begins a sign-in; `person`: who links what comes back, signed in now.
pub(super) async fn begin(
    app: &App,
    provider: &Provider,
    next: &str,
    person: Option<PersonId>,
) -> Result<Begun, Trouble> {
    let at = endpoints(app, provider).await?;
    let client = client(app, provider, at)?;
    let (state, nonce, browser) = (app.ids.secret(), app.ids.secret(), app.ids.secret());
    let verifier = app.ids.secret().reveal().to_owned();
    let sealed = app
        .seal(SEAL, &verifier)
        .ok_or_else(|| Trouble::Silent("sealing".to_owned()))?;
    let mut request = client
        .authorize_url(|| CsrfToken::new(state.reveal().to_owned()))
        .add_scopes(
            provider
                .scope
                .split(' ')
                .map(|one| Scope::new(one.to_owned())),
        );
    if provider.pkce {
        let verifier = PkceCodeVerifier::new(verifier);
        request =
            request.set_pkce_challenge(PkceCodeChallenge::from_code_verifier_sha256(&verifier));
    }
    if matches!(provider.protocol, Protocol::OpenId { nonce: true, .. }) {
        request = request.add_extra_param("nonce", nonce.reveal());
    }
    let (address, _) = request.url();
    let row = (
        state.hash(),
        provider.id.clone(),
        nonce.reveal().to_owned(),
        sealed,
        browser.hash(),
        next.to_owned(),
        person,
        app.clock.now(),
    );
    app.db
        .write(
            row,
            |tx, (state, provider, nonce, sealed, browser, next, person, now)| {
                Box::pin(async move {
                    store::ADD_LOGIN
                        .bind(state)
                        .bind(provider)
                        .bind(nonce)
                        .bind(sealed)
                        .bind(browser)
                        .bind(next)
                        .bind(*person)
                        .bind(*now)
                        .bind(now.plus_seconds(SECONDS))
                        .run(tx)
                        .await
                        .map(drop)
                })
            },
        )
        .await
        .map_err(|error: DbError| Trouble::from(error))?;
    Ok(Begun {
        address: address.into(),
        state_hash: state.hash(),
        browser,
    })
}

/// What came back.
pub(super) struct Returned {
    /// Who signed in there.
    pub subject: Subject,
    /// Where to go on to.
    pub next: String,
    /// Who links it.
    pub person: Option<PersonId>,
}

/// Uses a login up: its state, in the browser that began.
async fn use_up(
    app: &App,
    provider: &Provider,
    state: &str,
    browser: &str,
) -> Result<store::LoginRow, Trouble> {
    if state.is_empty() || state.len() > 64 || browser.is_empty() || browser.len() > 64 {
        return Err(Trouble::Again("state"));
    }
    let row = (
        hash_secret(state),
        provider.id.clone(),
        hash_secret(browser),
        app.clock.now(),
    );
    let used: Option<store::LoginRow> = app
        .db
        .write(row, |tx, (state, provider, browser, now)| {
            Box::pin(async move {
                store::USE_LOGIN
                    .bind(state)
                    .bind(provider)
                    .bind(browser)
                    .bind(*now)
                    .optional(tx)
                    .await
            })
        })
        .await
        .map_err(|error: DbError| Trouble::from(error))?;
    used.ok_or(Trouble::Again("login"))
}

/// Takes what the provider sent the browser back with: who signed in there.
pub(super) async fn take(
    app: &App,
    provider: &Provider,
    state: &str,
    browser: &str,
    code: Result<String, String>,
) -> Result<Returned, Trouble> {
    let login = use_up(app, provider, state, browser).await?;
    let code = code.map_err(Trouble::No)?;
    let at = endpoints(app, provider).await?;
    let client = client(app, provider, at)?;
    let trusted = metadata::trusted(provider);
    let send = |request: oauth2::HttpRequest| {
        let (http, trusted) = (app.http.clone(), trusted.clone());
        async move { oauth::exchange(&http, request, &trusted).await }
    };
    let mut request = client.exchange_code(AuthorizationCode::new(code));
    if provider.pkce {
        let verifier = app
            .unseal(SEAL, &login.verifier)
            .ok_or(Trouble::Again("verifier"))?;
        request = request.set_pkce_verifier(PkceCodeVerifier::new(verifier));
    }
    let answer = request
        .request_async(&send)
        .await
        .map_err(|error| match error {
            oauth2::RequestTokenError::ServerResponse(error) => {
                Trouble::No(error.error().to_string())
            }
            oauth2::RequestTokenError::Request(error) => Trouble::Silent(error.to_string()),
            _ => Trouble::Silent("no token in the answer".to_owned()),
        })?;
    let subject = match &provider.protocol {
        Protocol::OpenId { nonce, .. } => {
            let token = answer
                .extra_fields()
                .id_token
                .as_deref()
                .ok_or_else(|| Trouble::Untrusted("no id token".to_owned()))?;
            let expected = nonce.then_some(login.nonce.as_str());
            verified(app, provider, token, expected).await?
        }
        Protocol::Profile {
            issuer,
            profile_url,
            ..
        } => {
            profile(
                app,
                provider,
                issuer,
                profile_url,
                answer.access_token().secret(),
            )
            .await?
        }
    };
    Ok(Returned {
        subject,
        next: login.next,
        person: login.person,
    })
}

async fn verified(
    app: &App,
    provider: &Provider,
    token: &str,
    nonce: Option<&str>,
) -> Result<Subject, Trouble> {
    let untrusted = |refused: lti::Refused| Trouble::Untrusted(refused.to_string());
    let head = jwt::header(token).map_err(untrusted)?;
    let known = metadata::of(app, provider, Some(&head.kid))
        .await
        .map_err(Trouble::Silent)?;
    let expected = Expected {
        issuer: &known.configuration.issuer,
        client_id: &provider.client_id,
        nonce,
        now: app.clock.now().micros() / 1_000_000,
    };
    openid::subject(token, &known.keys, &expected).map_err(untrusted)
}

async fn profile(
    app: &App,
    provider: &Provider,
    issuer: &str,
    address: &str,
    token: &str,
) -> Result<Subject, Trouble> {
    let url = Url::parse(address).map_err(|error| Trouble::Silent(error.to_string()))?;
    let request =
        Request::get(url, "application/json").header("Authorization", format!("Bearer {token}"));
    let answer = app
        .http
        .send(request, &metadata::trusted(provider))
        .await
        .map_err(|error| Trouble::Silent(error.to_string()))?;
    if !answer.is_success() {
        return Err(Trouble::Silent(format!("status {}", answer.status)));
    }
    openid::profile(&answer.body, issuer).map_err(|refused| Trouble::Untrusted(refused.to_string()))
}
