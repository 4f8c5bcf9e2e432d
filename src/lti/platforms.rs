//! Registrations: which platforms may launch, through which deployments, for whom.

use lti::target;
use serde_json::json;
use url::Url;
use uuid::Uuid;

use super::{SEAL_SECRET, store};
use crate::App;
use crate::accounts::Audit;
use crate::clock::Timestamp;
use crate::db::{DbError, Tx};
use crate::ids::{OrganisationId, PersonId};
use crate::web::Refusal;

pub use store::{ContextRow as Context, Deployment, Platform};

/// Characters of a registration's name at most.
pub const NAME_MAX: usize = 120;

/// A registration of LTI 1.3 to be made.
#[derive(Debug, Clone, Default)]
pub struct NewPlatform {
    /// As administrators call it.
    pub name: String,
    /// The issuer, to the letter.
    pub issuer: String,
    /// Our id there.
    pub client_id: String,
    /// Where logins go.
    pub auth_url: String,
    /// Where tokens come from.
    pub token_url: String,
    /// The audience of token requests, where it is not the endpoint.
    pub token_audience: Option<String>,
    /// Its keys.
    pub jwks_url: String,
    /// The one deployment that may launch; none: deployments are taken as they come.
    pub deployment: Option<String>,
    /// Its learners' organisation.
    pub organisation: Option<OrganisationId>,
    /// `moodle`, `canvas`…
    pub family: String,
    /// An operator of this machine named the addresses: they may be on its own network.
    pub local: bool,
    /// Waits for an administrator.
    pub pending: bool,
    /// Who registers it; none: the command line.
    pub by: Option<PersonId>,
}

impl NewPlatform {
    /// What is wrong with it, by field.
    pub fn errors(&self) -> Vec<(&'static str, &'static str)> {
        let mut errors = Vec::new();
        let mut check = |field, good: bool, code| {
            if !good {
                errors.push((field, code));
            }
        };
        let line = |text: &str, max: usize| {
            !text.is_empty() && text.chars().count() <= max && !text.chars().any(char::is_control)
        };
        check("name", line(&self.name, NAME_MAX), "required");
        check("client_id", line(&self.client_id, 255), "required");
        check("issuer", line(&self.issuer, 2048), "required");
        for (field, address) in [
            ("auth_url", &self.auth_url),
            ("token_url", &self.token_url),
            ("jwks_url", &self.jwks_url),
        ] {
            let good =
                target::web(address).is_some_and(|url| self.local || url.scheme() == "https");
            check(field, good, "address");
        }
        if let Some(deployment) = &self.deployment {
            check("deployment", line(deployment, 255), "too-long");
        }
        errors
    }
}

/// Registers a platform of LTI 1.3; 409 `lti-registered` when issuer and client id are.
pub async fn add(app: &App, new: NewPlatform) -> Result<Uuid, Refusal> {
    if let Some((field, _)) = new.errors().first() {
        return Err(Refusal::unprocessable("lti-registration").with("field", *field));
    }
    add_found(app, new).await
}

/// As [`add`], for what a platform said of itself: its addresses were called already, so they are
/// what the configuration of this machine allows.
pub(super) async fn add_found(app: &App, new: NewPlatform) -> Result<Uuid, Refusal> {
    let id = app.ids.uuid();
    let deployment = app.ids.uuid();
    let audit = Audit::new(app, new.by, "lti-platform-added", format!("lti:{id}"))
        .detail(json!({ "issuer": new.issuer, "client_id": new.client_id }));
    app.db
        .write((id, deployment, new, audit), |tx, input| {
            Box::pin(async move {
                let (id, deployment, new, audit) = input;
                insert(tx, *id, new, audit.at).await?;
                if let Some(name) = &new.deployment {
                    store::ADD_DEPLOYMENT
                        .bind(*deployment)
                        .bind(*id)
                        .bind(name)
                        .bind(None::<OrganisationId>)
                        .bind("active")
                        .bind(audit.at)
                        .run(&mut *tx)
                        .await?;
                }
                audit.write(tx).await?;
                Ok::<_, Refusal>(*id)
            })
        })
        .await
}

async fn insert(tx: &mut Tx, id: Uuid, new: &NewPlatform, now: Timestamp) -> Result<(), Refusal> {
    store::ADD_PLATFORM
        .bind(id)
        .bind(&new.name)
        .bind("1.3")
        .bind(&new.issuer)
        .bind(&new.client_id)
        .bind(&new.auth_url)
        .bind(&new.token_url)
        .bind(new.token_audience.clone())
        .bind(&new.jwks_url)
        .bind("RS256")
        .bind(None::<String>)
        .bind(json!([]))
        .bind(new.local)
        .bind(new.deployment.is_none())
        .bind(new.organisation)
        .bind(if new.pending { "pending" } else { "active" })
        .bind(&new.family)
        .bind(now)
        .bind(new.by)
        .run(tx)
        .await
        .map_err(|error| {
            error.on_constraint("lti_registration", || Refusal::conflict("lti-registered"))
        })?;
    Ok(())
}

/// A consumer of LTI 1.1, with its secret: shown once.
pub struct Consumer {
    /// Which registration.
    pub id: Uuid,
    /// `oauth_consumer_key`.
    pub key: String,
    /// What signs.
    pub secret: String,
}

/// Registers a consumer of LTI 1.1.
pub async fn add_consumer(
    app: &App,
    name: &str,
    organisation: Option<OrganisationId>,
    by: Option<PersonId>,
) -> Result<Consumer, Refusal> {
    let name = name.trim().to_owned();
    if name.is_empty() || name.chars().count() > NAME_MAX || name.chars().any(char::is_control) {
        return Err(Refusal::unprocessable("lti-registration").with("field", "name"));
    }
    let id = app.ids.uuid();
    let key = format!("halqa-{}", &app.ids.secret().reveal()[..16]);
    let secret = app.ids.secret().reveal().to_owned();
    let sealed = app.seal(SEAL_SECRET, &secret).ok_or_else(internal)?;
    let audit = Audit::new(app, by, "lti-consumer-added", format!("lti:{id}"))
        .detail(json!({ "key": key }));
    app.db
        .write(
            (id, name, key.clone(), sealed, organisation, by, audit),
            |tx, (id, name, key, sealed, organisation, by, audit)| {
                Box::pin(async move {
                    store::ADD_PLATFORM
                        .bind(*id)
                        .bind(name)
                        .bind("1.1")
                        .bind(consumer_issuer(key))
                        .bind(key)
                        .bind("")
                        .bind("")
                        .bind(None::<String>)
                        .bind("")
                        .bind("HMAC")
                        .bind(Some(sealed.clone()))
                        .bind(json!([]))
                        .bind(false)
                        .bind(true)
                        .bind(*organisation)
                        .bind("active")
                        .bind("")
                        .bind(audit.at)
                        .bind(*by)
                        .run(&mut *tx)
                        .await?;
                    audit.write(tx).await
                })
            },
        )
        .await
        .map_err(Refusal::from)?;
    Ok(Consumer { id, key, secret })
}

/// Under which issuer the people of a consumer are kept.
pub fn consumer_issuer(key: &str) -> String {
    format!("consumer:{key}")
}

pub(super) fn internal() -> Refusal {
    Refusal::new(rocket::http::Status::InternalServerError, "internal")
}

/// A registration; 404 when there is none.
pub async fn get(app: &App, id: Uuid) -> Result<Platform, DbError> {
    store::PLATFORM.bind(id).one(&app.db).await
}

/// All registrations.
pub async fn all(app: &App) -> Result<Vec<Platform>, DbError> {
    store::PLATFORMS.all(&app.db).await
}

/// The active registration of an issuer and, where it has several for us, of a client id.
pub async fn find(
    app: &App,
    issuer: &str,
    client_id: Option<&str>,
) -> Result<Option<Platform>, DbError> {
    let found: Vec<Platform> = store::BY_ISSUER
        .bind(issuer)
        .bind(client_id)
        .all(&app.db)
        .await?;
    // Two active ones and no client id: nobody can tell which is meant.
    let mut active = found
        .into_iter()
        .filter(|platform| platform.state == "active");
    Ok(match (active.next(), active.next()) {
        (Some(only), None) => Some(only),
        _ => None,
    })
}

/// The deployments of a registration.
pub async fn deployments(app: &App, platform: Uuid) -> Result<Vec<Deployment>, DbError> {
    store::DEPLOYMENTS.bind(platform).all(&app.db).await
}

/// The courses of a registration that were seen.
pub async fn contexts(app: &App, platform: Uuid) -> Result<Vec<Context>, DbError> {
    store::CONTEXTS.bind(platform).all(&app.db).await
}

/// An organisation by its address; 404 when there is none.
pub async fn organisation(app: &App, slug: &str) -> Result<OrganisationId, Refusal> {
    let row: store::OrganisationRow = store::ORGANISATION.bind(slug).one(&app.db).await?;
    Ok(row.id)
}

/// All organisations, to choose from.
pub async fn organisations(app: &App) -> Result<Vec<Osc>, DbError> {
    let rows: Vec<store::OrganisationRow> = store::ORGANISATIONS.all(&app.db).await?;
    Ok(rows
        .into_iter()
        .map(|row| Osc {
            id: row.id,
            slug: row.slug,
            name: row.name,
        })
        .collect())
}

/// An organisation that learners may be mapped to.
#[derive(Debug, Clone)]
pub struct Osc {
    /// Which.
    pub id: OrganisationId,
    /// Its address.
    pub slug: String,
    /// Its name.
    pub name: String,
}

/// What administrators may change of a registration.
#[derive(Debug, Clone)]
pub struct Edit {
    /// Its name.
    pub name: String,
    /// Further hosts, as typed: apart by spaces or commas.
    pub hosts: String,
    /// Its learners' organisation.
    pub organisation: Option<OrganisationId>,
    /// 1.1: repeats the query in the body.
    pub lenient: bool,
    /// Deployments are taken as they come.
    pub open_deployments: bool,
    /// Launches without a person are guests.
    pub guests: bool,
}

/// The hosts in what was typed, `None` when something in it is no host.
pub fn hosts(text: &str) -> Option<Vec<String>> {
    text.split([' ', ',', '\n', '\t'])
        .map(str::trim)
        .filter(|host| !host.is_empty())
        .map(|host| {
            let host = host
                .trim_start_matches("https://")
                .trim_start_matches("http://")
                .trim_end_matches('/');
            let url = Url::parse(&format!("https://{host}")).ok()?;
            (url.path() == "/" && url.query().is_none() && url.username().is_empty())
                .then(|| target::host(&url))
                .flatten()
        })
        .collect()
}

/// Changes a registration.
pub async fn edit(app: &App, by: PersonId, id: Uuid, edit: Edit) -> Result<(), Refusal> {
    let hosts = hosts(&edit.hosts)
        .ok_or_else(|| Refusal::unprocessable("lti-registration").with("field", "hosts"))?;
    let audit = Audit::new(app, Some(by), "lti-platform-changed", format!("lti:{id}"));
    app.db
        .write((id, edit, hosts, audit), |tx, (id, edit, hosts, audit)| {
            Box::pin(async move {
                store::EDIT_PLATFORM
                    .bind(*id)
                    .bind(&edit.name)
                    .bind(json!(hosts))
                    .bind(edit.organisation)
                    .bind(edit.lenient)
                    .bind(edit.open_deployments)
                    .bind(edit.guests)
                    .run(&mut *tx)
                    .await?;
                audit.write(tx).await
            })
        })
        .await
        .map_err(Refusal::from)
}

/// Opens or closes a registration. Closing ends every launched browser at once.
pub async fn set_active(app: &App, by: PersonId, id: Uuid, active: bool) -> Result<(), DbError> {
    let action = if active {
        "lti-platform-opened"
    } else {
        "lti-platform-closed"
    };
    let audit = Audit::new(app, Some(by), action, format!("lti:{id}"));
    app.db
        .write((id, active, audit), |tx, (id, active, audit)| {
            Box::pin(async move {
                store::SET_PLATFORM_STATE
                    .bind(*id)
                    .bind(if *active { "active" } else { "closed" })
                    .run(&mut *tx)
                    .await?;
                if *active {
                    super::grades::revive(tx, Some(*id), audit.at).await?;
                } else {
                    store::END_PLATFORM_SESSIONS.bind(*id).run(&mut *tx).await?;
                }
                audit.write(tx).await
            })
        })
        .await
}

/// Maps a deployment to an organisation and opens or closes it.
pub async fn edit_deployment(
    app: &App,
    by: Option<PersonId>,
    platform: Uuid,
    deployment: Uuid,
    organisation: Option<OrganisationId>,
    state: &'static str,
) -> Result<bool, DbError> {
    let audit = Audit::new(app, by, "lti-deployment-edited", format!("lti:{platform}"))
        .detail(json!({ "deployment": deployment, "organisation": organisation, "state": state }));
    app.db
        .write(
            (platform, deployment, organisation, state, audit),
            |tx, (platform, deployment, organisation, state, audit)| {
                Box::pin(async move {
                    let changed = store::EDIT_DEPLOYMENT
                        .bind(*deployment)
                        .bind(*platform)
                        .bind(*organisation)
                        .bind(*state)
                        .run(&mut *tx)
                        .await?;
                    if changed == 1 {
                        audit.write(tx).await?;
                    }
                    Ok(changed == 1)
                })
            },
        )
        .await
}

/// Maps a course to an organisation: its learners' progress counts there from their next launch.
pub async fn map_context(
    app: &App,
    by: Option<PersonId>,
    platform: Uuid,
    context: Uuid,
    organisation: Option<OrganisationId>,
) -> Result<bool, DbError> {
    let audit = Audit::new(app, by, "lti-context-mapped", format!("lti:{platform}"))
        .detail(json!({ "context": context, "organisation": organisation }));
    app.db
        .write(
            (platform, context, organisation, audit),
            |tx, (platform, context, organisation, audit)| {
                Box::pin(async move {
                    let changed = store::MAP_CONTEXT
                        .bind(*context)
                        .bind(*platform)
                        .bind(*organisation)
                        .run(&mut *tx)
                        .await?;
                    if changed == 1 {
                        audit.write(tx).await?;
                    }
                    Ok(changed == 1)
                })
            },
        )
        .await
}

impl Platform {
    fn extra_hosts(&self) -> Vec<String> {
        self.hosts
            .as_array()
            .into_iter()
            .flatten()
            .filter_map(|host| host.as_str().map(str::to_owned))
            .collect()
    }

    fn addresses(&self) -> [&str; 4] {
        [
            &self.issuer,
            &self.auth_url,
            &self.token_url,
            &self.jwks_url,
        ]
    }

    /// The `host:port` names our client may call although they are on the own network: those an
    /// operator of this machine has named.
    pub fn trusted(&self) -> Vec<String> {
        if !self.local {
            return Vec::new();
        }
        let mut hosts: Vec<String> = self
            .addresses()
            .into_iter()
            .filter_map(|address| Url::parse(address).ok())
            .filter_map(|url| target::host(&url))
            .collect();
        hosts.extend(self.extra_hosts());
        hosts
    }

    /// True when an address that a message names is this platform's (`threats.md` L17): on a host
    /// of its registration, of its family, or named by an administrator.
    pub fn owns(&self, url: &Url) -> bool {
        let Some(host) = target::host(url) else {
            return false;
        };
        self.extra_hosts().contains(&host)
            || self
                .addresses()
                .into_iter()
                .filter_map(|address| Url::parse(address).ok())
                .any(|own| lti::registration::same_site(&own, url))
    }

    /// The origins whose pages may show us in a frame, before a signed message says more.
    pub fn frames(&self) -> Vec<String> {
        let mut origins = lti::post_message::origins(self.addresses());
        origins.extend(
            self.extra_hosts()
                .into_iter()
                .map(|host| format!("https://{host}")),
        );
        origins
    }
}
