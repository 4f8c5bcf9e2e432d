//! Whose identity it is: found by (issuer, subject), linked and unlinked by who is signed in.

use lti::openid::Subject;
use serde::Serialize;
use serde_json::json;
use uuid::Uuid;

use super::store;
use crate::App;
use crate::accounts::{self, Audit};
use crate::clock::Timestamp;
use crate::db::DbError;
use crate::ids::PersonId;

/// What is known of somebody who signed in elsewhere.
pub(super) enum Found {
    /// Their account here.
    Account(PersonId),
    /// Their account here is suspended.
    Suspended,
    /// Nobody here, so far.
    Nobody,
}

/// The account of a subject; notes that it was used.
pub(super) async fn find(app: &App, subject: &Subject) -> Result<Found, DbError> {
    let known: Option<store::IdentityRow> = store::IDENTITY
        .bind(&subject.issuer)
        .bind(&subject.subject)
        .optional(&app.db)
        .await?;
    let Some(known) = known else {
        return Ok(Found::Nobody);
    };
    if known.state != "active" {
        return Ok(Found::Suspended);
    }
    let row = (
        known.id,
        subject.name.clone().unwrap_or_default(),
        subject.email.clone(),
        app.clock.now(),
    );
    app.db
        .write(row, |tx, (id, name, email, now)| {
            Box::pin(async move {
                store::SEE_IDENTITY
                    .bind(*id)
                    .bind(name)
                    .bind(email.clone())
                    .bind(*now)
                    .run(tx)
                    .await
                    .map(drop)
            })
        })
        .await
        .map_err(|error: DbError| error)?;
    Ok(Found::Account(known.person))
}

/// What came of linking.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Linked {
    /// The person's, now or before.
    Done,
    /// Somebody else's already.
    Taken,
}

/// Links a subject to the signed-in person.
pub(super) async fn link(
    app: &App,
    person: PersonId,
    provider: &str,
    subject: &Subject,
) -> Result<Linked, DbError> {
    let audit = Audit::new(
        app,
        Some(person),
        "identity-linked",
        format!("person:{person}"),
    )
    .detail(json!({ "provider": provider, "issuer": subject.issuer }));
    let row = (
        app.ids.uuid(),
        provider.to_owned(),
        subject.clone(),
        person,
        audit,
    );
    app.db
        .write(row, |tx, (id, provider, subject, person, audit)| {
            Box::pin(async move {
                let added = store::ADD_IDENTITY
                    .bind(*id)
                    .bind(provider)
                    .bind(&subject.issuer)
                    .bind(&subject.subject)
                    .bind(*person)
                    .bind(subject.name.clone().unwrap_or_default())
                    .bind(subject.email.clone())
                    .bind(audit.at)
                    .run(&mut *tx)
                    .await?;
                if added == 1 {
                    audit.write(tx).await?;
                    return Ok(Linked::Done);
                }
                let known: store::IdentityRow = store::IDENTITY
                    .bind(&subject.issuer)
                    .bind(&subject.subject)
                    .one(tx)
                    .await?;
                Ok(if known.person == *person {
                    Linked::Done
                } else {
                    Linked::Taken
                })
            })
        })
        .await
}

/// What came of unlinking.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Unlinked {
    /// It is nobody's any more.
    Done,
    /// It was not the person's.
    Unknown,
    /// The only way the person gets in: a password comes first.
    Last,
}

/// Takes an identity off an account.
pub(super) async fn unlink(
    app: &App,
    person: PersonId,
    identity: Uuid,
) -> Result<Unlinked, DbError> {
    let audit = Audit::new(
        app,
        Some(person),
        "identity-unlinked",
        format!("person:{person}"),
    );
    app.db
        .write(
            (identity, person, audit),
            |tx, (identity, person, audit)| {
                Box::pin(async move {
                    // Two at once would each see the other's identity still there.
                    store::HOLD_PERSON.bind(*person).run(&mut *tx).await?;
                    let (count,): (i64,) = store::COUNT.bind(*person).one(&mut *tx).await?;
                    if count <= 1 && !accounts::has_password(&mut *tx, *person).await? {
                        return Ok(Unlinked::Last);
                    }
                    let gone = store::UNLINK
                        .bind(*identity)
                        .bind(*person)
                        .run(&mut *tx)
                        .await?;
                    if gone == 0 {
                        return Ok(Unlinked::Unknown);
                    }
                    audit.write(tx).await?;
                    Ok(Unlinked::Done)
                })
            },
        )
        .await
}

/// What a person is at a provider.
#[derive(Debug, Serialize)]
pub struct Identity {
    /// Which.
    pub id: Uuid,
    /// The provider, as configured when it was linked.
    pub provider: String,
    /// The person's name there.
    pub name: String,
    /// The person's address there.
    pub email: Option<String>,
    /// Last used.
    pub seen_at: Timestamp,
}

/// What a person is elsewhere, in the order it was linked.
pub async fn of_person(app: &App, person: PersonId) -> Result<Vec<Identity>, DbError> {
    let rows: Vec<store::OwnRow> = store::IDENTITIES.bind(person).all(&app.db).await?;
    Ok(rows
        .into_iter()
        .map(|row| Identity {
            id: row.id,
            provider: row.provider,
            name: row.name,
            email: row.email,
            seen_at: row.seen_at,
        })
        .collect())
}
