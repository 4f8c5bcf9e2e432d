//! Who a launch is about: an account bound to (issuer, subject). An address in a message proves
//! nothing and finds nobody; a person links an account by hand, signed in to both.

use lti::launch::{Launch, Migration};
use lti::oauth1;
use serde::Serialize;
use serde_json::json;
use uuid::Uuid;

use super::denied::{Denied, Why};
use super::platforms::{Platform, consumer_issuer};
use super::{SEAL_SECRET, store};
use crate::App;
use crate::accounts::{self, Audit};
use crate::clock::Timestamp;
use crate::db::{DbError, Tx};
use crate::ids::PersonId;
use crate::web::Lang;

/// A launch's person, found or about to be made.
#[derive(Debug, Clone)]
pub(super) struct Somebody {
    /// The id, should the person be new.
    pub person: PersonId,
    /// The id of the identity, should it be new.
    pub identity: Uuid,
    /// As the platform says; otherwise a word for nobody in particular.
    pub name: String,
    /// As the platform says.
    pub email: Option<String>,
    /// The language of a new account.
    pub language: Lang,
}

impl Somebody {
    /// Of a launch.
    pub fn of(app: &App, launch: &Launch, language: Lang) -> Self {
        let told = launch.name.as_deref().and_then(|name| {
            accounts::name(&name.chars().take(accounts::NAME_MAX).collect::<String>())
        });
        Somebody {
            person: app.ids.id(),
            identity: app.ids.uuid(),
            name: told.unwrap_or_else(|| {
                app.pages
                    .locales
                    .plain(language, "lti-learner-unnamed", &[])
            }),
            email: launch.email.as_deref().and_then(accounts::email),
            language,
        }
    }
}

/// The person of (issuer, subject); made when there is none. However many launches come at once,
/// there is one account.
pub(super) async fn find_or_make(
    tx: &mut Tx,
    platform: &Platform,
    launch: &Launch,
    somebody: &Somebody,
    former: Option<&str>,
    now: Timestamp,
) -> Result<PersonId, Denied> {
    let Some(subject) = &launch.subject else {
        if !platform.guests {
            return Err(Denied::new(Why::Anonymous, "sub"));
        }
        make(tx, somebody, now).await?;
        return Ok(somebody.person);
    };
    if let Some(known) = identity(tx, &platform.issuer, subject).await? {
        store::SEE_IDENTITY
            .bind(known.id)
            .bind(&somebody.name)
            .bind(somebody.email.clone())
            .bind(now)
            .bind(platform.id)
            .run(tx)
            .await?;
        return active(known.person, &known.state);
    }
    // The same learner as in LTI 1.1, where the platform has proved to know the secret.
    let former = match (former, &launch.migration) {
        (Some(issuer), Some(migration)) => {
            let name = migration.user_id.as_deref().unwrap_or(subject);
            identity(tx, issuer, name).await?
        }
        _ => None,
    };
    let person = match former {
        Some(former) => active(former.person, &former.state)?,
        None => {
            make(tx, somebody, now).await?;
            somebody.person
        }
    };
    let added = store::ADD_IDENTITY
        .bind(somebody.identity)
        .bind(&platform.issuer)
        .bind(subject)
        .bind(person)
        .bind(platform.id)
        .bind(&somebody.name)
        .bind(somebody.email.clone())
        .bind(now)
        .run(&mut *tx)
        .await?;
    if added == 1 {
        return Ok(person);
    }
    // Another launch of the same person was faster: theirs is the account.
    if person == somebody.person {
        store::FORGET_PERSON.bind(person).run(&mut *tx).await?;
    }
    let known = identity(tx, &platform.issuer, subject)
        .await?
        .ok_or(DbError::Busy)?;
    active(known.person, &known.state)
}

fn active(person: PersonId, state: &str) -> Result<PersonId, Denied> {
    if state == "active" {
        Ok(person)
    } else {
        Err(Denied::new(Why::Suspended, "person"))
    }
}

async fn identity(
    tx: &mut Tx,
    issuer: &str,
    subject: &str,
) -> Result<Option<store::IdentityRow>, DbError> {
    store::IDENTITY
        .bind(issuer)
        .bind(subject)
        .optional(tx)
        .await
}

async fn make(tx: &mut Tx, somebody: &Somebody, now: Timestamp) -> Result<(), DbError> {
    store::ADD_PERSON
        .bind(somebody.person)
        .bind(&somebody.name)
        .bind(crate::folding::folded(&somebody.name))
        .bind(somebody.language.code())
        .bind(now)
        .run(tx)
        .await
        .map(drop)
}

/// The issuer under which a launch's person was known in LTI 1.1, where the claim is signed with
/// the secret of that consumer (migration guide §4).
pub(super) async fn former_issuer(
    app: &App,
    platform: &Platform,
    deployment: &str,
    migration: Option<&Migration>,
) -> Result<Option<(Uuid, String)>, DbError> {
    let Some(migration) = migration else {
        return Ok(None);
    };
    let issuer = consumer_issuer(&migration.consumer_key);
    let found: Vec<Platform> = store::BY_ISSUER
        .bind(&issuer)
        .bind(Some(migration.consumer_key.as_str()))
        .all(&app.db)
        .await?;
    let Some(consumer) = found.into_iter().next() else {
        return Ok(None);
    };
    let secret = consumer
        .secret
        .as_deref()
        .and_then(|sealed| app.unseal(SEAL_SECRET, sealed));
    let Some(secret) = secret else {
        return Ok(None);
    };
    let expected = oauth1::migration_signature(
        &migration.consumer_key,
        &secret,
        deployment,
        &platform.issuer,
        &platform.client_id,
        migration.exp,
        &migration.nonce,
    );
    let good = aws_lc_rs::constant_time::verify_slices_are_equal(
        expected.as_bytes(),
        migration.signature.as_bytes(),
    )
    .is_ok();
    if !good {
        tracing::warn!(platform = %platform.id, "lti: migration claim with a wrong signature");
    }
    Ok(good.then_some((consumer.id, issuer)))
}

/// What a person is on a platform.
#[derive(Debug, Serialize)]
pub struct Identity {
    /// Which.
    pub id: Uuid,
    /// The registration's name.
    pub platform: String,
    /// The person's name there.
    pub name: String,
    /// Last launched.
    pub seen_at: Timestamp,
}

/// What a person is elsewhere.
pub async fn identities(app: &App, person: PersonId) -> Result<Vec<Identity>, DbError> {
    let rows: Vec<store::OwnIdentityRow> = store::IDENTITIES.bind(person).all(&app.db).await?;
    Ok(rows
        .into_iter()
        .map(|row| Identity {
            id: row.id,
            platform: row.platform,
            name: row.name,
            seen_at: row.seen_at,
        })
        .collect())
}

/// Binds an identity to the signed-in person, who holds a launched browser of it: launches count
/// for this account from now on.
pub(super) async fn link(
    app: &App,
    identity: Uuid,
    from: PersonId,
    to: PersonId,
) -> Result<bool, DbError> {
    let audit = Audit::new(app, Some(to), "lti-linked", format!("person:{to}"))
        .detail(json!({ "identity": identity, "from": from }));
    app.db
        .write(
            (identity, from, to, audit),
            |tx, (identity, from, to, audit)| {
                Box::pin(async move {
                    let changed = store::LINK_IDENTITY
                        .bind(*identity)
                        .bind(*from)
                        .bind(*to)
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

/// Takes an identity off an account: its next launch makes another account.
pub async fn unlink(app: &App, person: PersonId, identity: Uuid) -> Result<bool, DbError> {
    let audit = Audit::new(
        app,
        Some(person),
        "lti-unlinked",
        format!("person:{person}"),
    )
    .detail(json!({ "identity": identity }));
    app.db
        .write(
            (identity, person, audit),
            |tx, (identity, person, audit)| {
                Box::pin(async move {
                    let changed = store::UNLINK_IDENTITY
                        .bind(*identity)
                        .bind(*person)
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

/// The person of (issuer, subject), if somebody was launched so.
pub async fn person_of(
    app: &App,
    issuer: &str,
    subject: &str,
) -> Result<Option<PersonId>, DbError> {
    let row: Option<store::IdentityRow> = store::IDENTITY
        .bind(issuer)
        .bind(subject)
        .optional(&app.db)
        .await?;
    Ok(row.map(|row| row.person))
}
