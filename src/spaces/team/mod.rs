//! Who runs a space and who may enter: animators with their mandate and the organisation that
//! proposed them, the space's visibility, and the list of the invited.

mod store;

use domain::community::Visibility;
use serde_json::json;
use uuid::Uuid;

use crate::App;
use crate::accounts::{Audit, Grant, NewGrant, Person};
use crate::clock::Timestamp;
use crate::db::DbError;
use crate::ids::{OrganisationId, PersonId, SpaceId};
use crate::web::{Lang, Refusal};

pub(crate) use store::QUERIES;

/// Somebody who animates a space.
#[derive(Debug, Clone)]
pub struct Animator {
    /// The grant.
    pub grant: Uuid,
    /// Who.
    pub person: PersonId,
    /// Their name.
    pub name: String,
    /// The organisation that proposed them, where it is seen.
    pub nominated_by: Option<String>,
    /// From when.
    pub from_at: Timestamp,
    /// Until when; none: until revoked.
    pub until_at: Option<Timestamp>,
}

/// Those who animate a space now.
pub async fn animators(app: &App, space: SpaceId) -> Result<Vec<Animator>, DbError> {
    let rows: Vec<store::AnimatorRow> = store::ANIMATORS
        .bind(space)
        .bind(app.clock.now())
        .all(&app.db)
        .await?;
    Ok(rows
        .into_iter()
        .map(|row| Animator {
            grant: row.id,
            person: row.person,
            name: row.name,
            nominated_by: row.organisation,
            from_at: row.from_at,
            until_at: row.until_at,
        })
        .collect())
}

async fn somebody(app: &App, email: &str) -> Result<PersonId, Refusal> {
    let email = email.trim().to_lowercase();
    let found: Option<store::PersonRow> = store::PERSON.bind(email).optional(&app.db).await?;
    let found = found.ok_or_else(|| Refusal::unprocessable("nobody-of-this-address"))?;
    Ok(found.id)
}

/// Entrusts a space to somebody until a day, on the proposal of an organisation. 422 when nobody
/// has this address.
pub async fn entrust(
    app: &App,
    by: &Person,
    space: SpaceId,
    email: &str,
    organisation: Option<OrganisationId>,
    until: Timestamp,
) -> Result<(), Refusal> {
    let person = somebody(app, email).await?;
    let grant = NewGrant {
        id: app.ids.uuid(),
        person,
        grant: Grant::Animator(space.0),
        from: app.clock.now(),
        until: Some(until),
        by: Some(by.id),
    };
    let audit = Audit::new(
        app,
        Some(by.id),
        "animator-entrusted",
        format!("space:{space}"),
    )
    .detail(json!({ "person": person, "organisation": organisation }));
    app.db
        .write(
            (grant, organisation, audit),
            |tx, (grant, organisation, audit)| {
                Box::pin(async move {
                    crate::accounts::grant(tx, grant).await?;
                    store::NOMINATED
                        .bind(grant.id)
                        .bind(*organisation)
                        .run(&mut *tx)
                        .await?;
                    audit.write(tx).await
                })
            },
        )
        .await?;
    Ok(())
}

/// Ends a mandate now.
pub async fn release(app: &App, by: &Person, space: SpaceId, grant: Uuid) -> Result<(), Refusal> {
    let now = app.clock.now();
    let audit = Audit::new(
        app,
        Some(by.id),
        "animator-released",
        format!("space:{space}"),
    );
    app.db
        .write(
            (space, grant, now, audit),
            |tx, (space, grant, now, audit)| {
                Box::pin(async move {
                    let held: store::MandateRow = store::MANDATE
                        .bind(*grant)
                        .bind(*space)
                        .one(&mut *tx)
                        .await
                        .map_err(Refusal::from)?;
                    crate::accounts::revoke(tx, held.person, *grant, *now).await?;
                    audit.write(tx).await.map_err(Refusal::from)
                })
            },
        )
        .await
}

/// Who may read a space, and the languages people write in there.
pub async fn set_visibility(
    app: &App,
    by: PersonId,
    space: SpaceId,
    visibility: Visibility,
    languages: &[Lang],
) -> Result<(), DbError> {
    let languages: Vec<&str> = languages.iter().map(|lang| lang.code()).collect();
    let audit = Audit::new(app, Some(by), "space-visibility", format!("space:{space}"))
        .detail(json!({ "visibility": visibility.code() }));
    app.db
        .write(
            (space, visibility, languages.join(" "), audit),
            |tx, (space, visibility, languages, audit)| {
                Box::pin(async move {
                    store::SET_VISIBILITY
                        .bind(*space)
                        .bind(visibility.code())
                        .bind(languages)
                        .run(&mut *tx)
                        .await?;
                    audit.write(tx).await
                })
            },
        )
        .await
}

/// Somebody on a space's list.
#[derive(Debug, Clone)]
pub struct Invited {
    /// Who.
    pub person: PersonId,
    /// Their name.
    pub name: String,
}

/// The list of the invited.
pub(super) async fn invited(app: &App, space: SpaceId) -> Result<Vec<Invited>, DbError> {
    let rows: Vec<store::InvitedRow> = store::INVITED.bind(space).all(&app.db).await?;
    Ok(rows
        .into_iter()
        .map(|row| Invited {
            person: row.person,
            name: row.name,
        })
        .collect())
}

/// True when the person is on the space's list.
pub async fn is_invited(app: &App, space: SpaceId, person: PersonId) -> Result<bool, DbError> {
    let (count,): (i64,) = store::IS_INVITED
        .bind(space)
        .bind(person)
        .one(&app.db)
        .await?;
    Ok(count > 0)
}

/// Puts somebody on the list; 422 when nobody has this address.
pub async fn invite(app: &App, by: PersonId, space: SpaceId, email: &str) -> Result<(), Refusal> {
    let person = somebody(app, email).await?;
    let now = app.clock.now();
    app.db
        .write((space, person, by, now), |tx, (space, person, by, now)| {
            Box::pin(async move {
                store::INVITE
                    .bind(*space)
                    .bind(*person)
                    .bind(*by)
                    .bind(*now)
                    .run(tx)
                    .await
                    .map(drop)
            })
        })
        .await?;
    Ok(())
}

/// Takes somebody off the list.
pub async fn uninvite(app: &App, space: SpaceId, person: PersonId) -> Result<(), DbError> {
    app.db
        .write((space, person), |tx, (space, person)| {
            Box::pin(async move {
                store::UNINVITE
                    .bind(*space)
                    .bind(*person)
                    .run(tx)
                    .await
                    .map(drop)
            })
        })
        .await
}
