//! What a provider says of itself, and its keys: fetched when first needed and once an hour, kept
//! by each node for itself.

use std::collections::HashMap;
use std::sync::{Arc, LazyLock, Mutex};

use lti::jwt::KeySet;
use lti::openid::Configuration;
use lti::target;
use url::Url;

use crate::App;
use crate::clock::Timestamp;
use crate::outbound::http::Request;
use crate::outbound::providers::{Protocol, Provider};

/// A description is fetched again after so long, in seconds.
const FRESH: i64 = 3600;
/// For an unknown key no more often than this, in seconds.
const PAUSE: i64 = 60;

/// A description with its keys.
pub(super) struct Known {
    pub configuration: Configuration,
    pub keys: KeySet,
    at: Timestamp,
}

static KNOWN: LazyLock<Mutex<HashMap<String, Arc<Known>>>> = LazyLock::new(Mutex::default);

/// What our client may call of a provider although it is on the own network: the operator has
/// named the issuer.
pub(super) fn trusted(provider: &Provider) -> Vec<String> {
    let addresses = match &provider.protocol {
        Protocol::OpenId { issuer, .. } => vec![issuer],
        Protocol::Profile {
            token_url,
            profile_url,
            ..
        } => vec![token_url, profile_url],
    };
    addresses
        .into_iter()
        .filter_map(|address| Url::parse(address).ok())
        .filter_map(|url| target::host(&url))
        .collect()
}

/// The description of a provider. `kid`: with this key in it, if the provider has it. The reason
/// why there is none is for the log.
pub(super) async fn of(
    app: &App,
    provider: &Provider,
    kid: Option<&str>,
) -> Result<Arc<Known>, String> {
    let Protocol::OpenId {
        issuer, any_tenant, ..
    } = &provider.protocol
    else {
        return Err("not an OpenID provider".to_owned());
    };
    let now = app.clock.now();
    let kept = KNOWN
        .lock()
        .ok()
        .and_then(|known| known.get(issuer).cloned());
    if let Some(kept) = &kept {
        let complete = kid.is_none_or(|kid| kept.keys.has(kid));
        let seconds = if complete { FRESH } else { PAUSE };
        if kept.at > now.plus_seconds(-seconds) {
            return Ok(kept.clone());
        }
    }
    match fetch(app, provider, issuer, *any_tenant).await {
        Ok((configuration, keys)) => {
            let fresh = Arc::new(Known {
                configuration,
                keys,
                at: now,
            });
            if let Ok(mut known) = KNOWN.lock() {
                known.insert(issuer.clone(), fresh.clone());
            }
            Ok(fresh)
        }
        // What was true an hour ago is better than nobody getting in.
        Err(reason) => kept.ok_or(reason),
    }
}

async fn fetch(
    app: &App,
    provider: &Provider,
    issuer: &str,
    any_tenant: bool,
) -> Result<(Configuration, KeySet), String> {
    let trusted = trusted(provider);
    let address = Configuration::address(issuer).map_err(|refused| refused.to_string())?;
    let configuration =
        Configuration::parse(&get(app, address, &trusted).await?, issuer, any_tenant)
            .map_err(|refused| refused.to_string())?;
    let keys = Url::parse(&configuration.jwks_uri).map_err(|error| error.to_string())?;
    let keys =
        KeySet::parse(&get(app, keys, &trusted).await?).map_err(|refused| refused.to_string())?;
    Ok((configuration, keys))
}

async fn get(app: &App, url: Url, trusted: &[String]) -> Result<Vec<u8>, String> {
    let answer = app
        .http
        .send(Request::get(url, "application/json"), trusted)
        .await
        .map_err(|error| error.to_string())?;
    if answer.is_success() {
        Ok(answer.body)
    } else {
        Err(format!("status {}", answer.status))
    }
}
