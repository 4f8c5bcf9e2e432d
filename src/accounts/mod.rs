//! People: who they are, how they prove it, and what they may do.

mod store;

use domain::roles::Roles;

use crate::App;
use crate::db::DbError;
use crate::ids::{PersonId, hash_secret};

pub(crate) use store::QUERIES;

/// A signed-in person with the roles that hold now.
#[derive(Debug, Clone)]
pub struct Person {
    /// Who.
    pub id: PersonId,
    /// The address the person signs in with.
    pub email: String,
    /// As the person writes it.
    pub name: String,
    /// The preferred language's code.
    pub language: String,
    /// What the person may do now.
    pub roles: Roles,
}

/// The person whose browser holds this session token, if it is valid.
pub async fn signed_in(app: &App, token: &str) -> Result<Option<Person>, DbError> {
    let now = app.clock.now();
    let row: Option<store::SignedInRow> = store::SIGNED_IN
        .bind(hash_secret(token))
        .bind(now)
        .optional(&app.db)
        .await?;
    let Some(row) = row else { return Ok(None) };
    let roles = roles(app, row.id).await?;
    Ok(Some(Person {
        id: row.id,
        email: row.email,
        name: row.name,
        language: row.language,
        roles,
    }))
}

/// The roles of a person that hold now.
pub async fn roles(app: &App, person: PersonId) -> Result<Roles, DbError> {
    let now = app.clock.now();
    let mut roles = Roles::default();
    let grants: Vec<store::GrantRow> = store::GRANTS.bind(person).bind(now).all(&app.db).await?;
    for grant in grants {
        match grant.role.as_str() {
            "admin" => roles.admin = true,
            "trainer" => roles.trainer = true,
            "regional" => roles.regions.extend(grant.region),
            "animator" => roles.animates.extend(grant.space),
            _ => {}
        }
    }
    let memberships: Vec<store::MembershipRow> = store::MEMBERSHIPS
        .bind(person)
        .bind(now)
        .all(&app.db)
        .await?;
    for membership in memberships {
        if membership.role == "coordinator" {
            roles.coordinates.push(membership.organisation.0);
        }
        roles.member_of.push(membership.organisation.0);
    }
    Ok(roles)
}
