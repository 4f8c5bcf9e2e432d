//! Logins: a state, a nonce and a proof of the browser, made by us and used up once.

use lti::login::{Authentication, Initiation};
use lti::target;
use serde::{Deserialize, Serialize};
use serde_json::json;

use super::denied::{Denied, Why};
use super::platforms::{self, Platform};
use super::store;
use crate::App;
use crate::clock::Timestamp;
use crate::db::DbError;
use crate::ids::{Secret, hash_secret};

/// How long a login may take, in seconds: people sign in at their platform meanwhile.
const SECONDS: i64 = 15 * 60;

/// A login under way.
pub(super) struct Begun {
    /// Goes to the platform and comes back.
    pub state: Secret,
    /// Stays in this browser: a cookie, or the platform's storage.
    pub browser: Secret,
    /// Where the browser goes now.
    pub address: String,
    /// Who asked.
    pub platform: Platform,
}

/// What is needed to begin again in a window of its own.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(super) struct Again {
    pub iss: String,
    pub login_hint: String,
    pub target_link_uri: String,
    #[serde(default)]
    pub lti_message_hint: Option<String>,
    pub client_id: String,
    #[serde(default)]
    pub lti_deployment_id: Option<String>,
    /// The frame with the platform's storage.
    #[serde(default)]
    pub storage: Option<String>,
}

/// Begins a login. Nothing is kept for an issuer that is not registered.
pub(super) async fn begin(app: &App, initiation: &Initiation) -> Result<Begun, Denied> {
    let found = platforms::find(app, &initiation.iss, initiation.client_id.as_deref()).await?;
    let platform = found
        .filter(|platform| platform.version == "1.3")
        .ok_or_else(|| Denied::new(Why::UnknownPlatform, "iss"))?;
    let frames = platform.frames();
    target::within(&app.config.public_url, &initiation.target_link_uri)
        .map_err(|refused| Denied::from(refused).framed(frames.clone()))?;
    let endpoint = target::web(&platform.auth_url)
        .ok_or_else(|| Denied::new(Why::UnknownPlatform, "auth_url").framed(frames))?;
    let state = app.ids.secret();
    let nonce = app.ids.secret();
    let browser = app.ids.secret();
    let redirect = format!("{}/lti/launch", app.config.public_url);
    let address = Authentication {
        client_id: &platform.client_id,
        redirect_uri: &redirect,
        state: state.reveal(),
        nonce: nonce.reveal(),
        login_hint: &initiation.login_hint,
        message_hint: initiation.lti_message_hint.as_deref(),
    }
    .url(&endpoint);
    let again = Again {
        iss: initiation.iss.clone(),
        login_hint: initiation.login_hint.clone(),
        target_link_uri: initiation.target_link_uri.clone(),
        lti_message_hint: initiation.lti_message_hint.clone(),
        client_id: platform.client_id.clone(),
        lti_deployment_id: initiation.deployment_id.clone(),
        storage: initiation.storage_target.clone(),
    };
    let row = (
        state.hash(),
        nonce.reveal().to_owned(),
        platform.id,
        browser.hash(),
        json!(again),
        app.clock.now(),
    );
    app.db
        .write(row, |tx, (state, nonce, platform, browser, again, now)| {
            Box::pin(async move {
                store::ADD_LOGIN
                    .bind(state)
                    .bind(nonce)
                    .bind(*platform)
                    .bind(browser)
                    .bind(again.clone())
                    .bind(*now)
                    .bind(now.plus_seconds(SECONDS))
                    .run(tx)
                    .await
                    .map(drop)
            })
        })
        .await
        .map_err(|error: DbError| Denied::from(error))?;
    Ok(Begun {
        state,
        browser,
        address,
        platform,
    })
}

/// A login that a launch answers.
pub(super) struct UnderWay {
    pub state_hash: String,
    pub nonce: String,
    pub platform: Platform,
    pub again: Again,
    browser_hash: String,
}

impl UnderWay {
    /// True when this is what the browser was given.
    pub fn is_browser(&self, proof: &str) -> bool {
        proof.len() <= 64
            && aws_lc_rs::constant_time::verify_slices_are_equal(
                hash_secret(proof).as_bytes(),
                self.browser_hash.as_bytes(),
            )
            .is_ok()
    }
}

/// The login of a state; it stays until it is used up.
pub(super) async fn find(app: &App, state: &str, now: Timestamp) -> Result<UnderWay, Denied> {
    let unknown = || Denied::new(Why::Relaunch, "state");
    if state.is_empty() || state.len() > 64 {
        return Err(unknown());
    }
    let state_hash = hash_secret(state);
    let row: Option<store::LoginRow> = store::LOGIN
        .bind(&state_hash)
        .bind(now)
        .optional(&app.db)
        .await?;
    let row = row.ok_or_else(unknown)?;
    let platform = platforms::get(app, row.platform).await?;
    if platform.state != "active" {
        return Err(Denied::new(Why::UnknownPlatform, "closed"));
    }
    Ok(UnderWay {
        state_hash,
        nonce: row.nonce,
        platform,
        again: serde_json::from_value(row.initiation).map_err(|_| unknown())?,
        browser_hash: row.browser_hash,
    })
}
