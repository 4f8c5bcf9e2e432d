//! Dynamic registration: an administrator hands out a one-time address; the platform opens it with
//! the address of its configuration; we fetch that, register, and wait for the administrator.

use lti::registration::{Platform as Found, Registered, Tool, configuration_url};
use serde_json::json;
use url::Url;
use uuid::Uuid;

use super::denied::{Denied, Why};
use super::platforms::{self, NewPlatform};
use super::store;
use crate::App;
use crate::accounts::Audit;
use crate::db::DbError;
use crate::ids::{OrganisationId, PersonId, hash_secret};
use crate::outbound::http::Request;
use crate::web::{Lang, Refusal, assets};

/// An invitation is good for so long, in seconds.
const SECONDS: i64 = 7 * 24 * 3600;

/// A one-time address; shown once.
pub(super) async fn invite(
    app: &App,
    by: PersonId,
    organisation: Option<OrganisationId>,
) -> Result<String, Refusal> {
    let secret = app.ids.secret();
    let id = app.ids.uuid();
    let audit = Audit::new(app, Some(by), "lti-invited", format!("lti-invitation:{id}"));
    app.db
        .write(
            (id, secret.hash(), organisation, by, audit),
            |tx, (id, hash, organisation, by, audit)| {
                Box::pin(async move {
                    store::ADD_INVITATION
                        .bind(*id)
                        .bind(hash)
                        .bind(*organisation)
                        .bind(*by)
                        .bind(audit.at)
                        .bind(audit.at.plus_seconds(SECONDS))
                        .run(&mut *tx)
                        .await?;
                    audit.write(tx).await
                })
            },
        )
        .await
        .map_err(|error: DbError| Refusal::from(error))?;
    Ok(format!(
        "{}/lti/register?invitation={}",
        app.config.public_url,
        secret.reveal()
    ))
}

/// An invitation that was not used yet.
pub(super) async fn invitation(app: &App, secret: &str) -> Result<store::InvitationRow, Denied> {
    let unknown = || Denied::new(Why::Unreadable, "invitation");
    if secret.is_empty() || secret.len() > 64 {
        return Err(unknown());
    }
    let row: Option<store::InvitationRow> = store::INVITATION
        .bind(hash_secret(secret))
        .bind(app.clock.now())
        .optional(&app.db)
        .await?;
    row.ok_or_else(unknown)
}

/// Registers: fetches the configuration, sends what we are, keeps what comes back, pending. The
/// invitation is used up before anything is fetched.
pub(super) async fn register(
    app: &App,
    secret: &str,
    configuration: &str,
    token: Option<&str>,
    lang: Lang,
) -> Result<(Uuid, Found), Denied> {
    let invitation = invitation(app, secret).await?;
    let url = configuration_url(configuration)?;
    let now = app.clock.now();
    let used = app
        .db
        .write((invitation.id, now), |tx, (id, now)| {
            Box::pin(async move {
                let used = store::USE_INVITATION.bind(*id).bind(*now).run(tx).await?;
                Ok::<_, DbError>(used == 1)
            })
        })
        .await?;
    if !used {
        return Err(Denied::new(Why::Unreadable, "invitation"));
    }
    let found = fetch(app, url).await?;
    let registered = send(app, &found, token, lang).await?;
    let name = Url::parse(&found.issuer)
        .ok()
        .and_then(|url| url.host_str().map(str::to_owned))
        .unwrap_or_else(|| found.issuer.clone());
    let new = NewPlatform {
        name,
        issuer: found.issuer.clone(),
        client_id: registered.client_id,
        auth_url: found.authorization_endpoint.clone(),
        token_url: found.token_endpoint.clone(),
        token_audience: found.token_audience.clone(),
        jwks_url: found.jwks_uri.clone(),
        // A platform that names its first deployment may add others: the administrator sees them.
        deployment: registered.deployment_id,
        organisation: invitation.organisation,
        family: found.family.clone(),
        // On a laptop or an intranet the addresses were allowed by configuration.
        local: false,
        pending: true,
        by: Some(invitation.created_by),
    };
    let platform = platforms::add_found(app, new).await?;
    app.db
        .write((invitation.id, platform), |tx, (id, platform)| {
            Box::pin(async move {
                store::INVITATION_DONE
                    .bind(*id)
                    .bind(*platform)
                    .run(tx)
                    .await
                    .map(drop)
            })
        })
        .await
        .map_err(|error: DbError| Denied::from(error))?;
    Ok((platform, found))
}

/// What cannot be fetched is one neutral answer: it must not tell what listens where.
fn neutral() -> Denied {
    Denied::new(Why::Unreadable, "openid_configuration")
}

async fn fetch(app: &App, url: Url) -> Result<Found, Denied> {
    let request = Request::get(url, "application/json");
    let answer = app.http.send(request, &[]).await.map_err(|error| {
        tracing::warn!(%error, "lti: configuration");
        neutral()
    })?;
    if !answer.is_success() {
        return Err(neutral());
    }
    Ok(Found::parse(&answer.body, &answer.url)?)
}

async fn send(
    app: &App,
    found: &Found,
    token: Option<&str>,
    lang: Lang,
) -> Result<Registered, Denied> {
    let say = |key| app.pages.locales.plain(lang, key, &[]);
    let logo = format!(
        "{}{}",
        app.config.public_url,
        assets::url("img/favicon.svg")
    );
    let document = Tool {
        public_url: &app.config.public_url,
        name: &say("web-brand"),
        description: &say("lti-description"),
        pick: &say("lti-pick"),
        logo: &logo,
    }
    .registration(found);
    let url = Url::parse(&found.registration_endpoint).map_err(|_| neutral())?;
    let mut request = Request::post(url, "application/json", json!(document).to_string().into())
        .header("Accept", "application/json".to_owned());
    if let Some(token) = token {
        request = request.header("Authorization", format!("Bearer {token}"));
    }
    let answer = app.http.send(request, &[]).await.map_err(|error| {
        tracing::warn!(%error, "lti: registration");
        neutral()
    })?;
    if !answer.is_success() {
        tracing::warn!(status = answer.status, "lti: registration refused");
        return Err(Denied::new(
            Why::Platform,
            format!("status {}", answer.status),
        ));
    }
    Ok(Registered::parse(&answer.body)?)
}
