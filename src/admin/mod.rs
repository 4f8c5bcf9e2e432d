//! The staff's pages: people and their roles, the outbox, API tokens.

mod pages;
mod store;

use rocket::Route;
use serde::Serialize;
use serde_json::json;
use uuid::Uuid;

use crate::App;
use crate::accounts::{self, Audit, NewGrant, Person};
use crate::clock::Timestamp;
use crate::db::DbError;
use crate::ids::PersonId;
use crate::web::Refusal;

pub(crate) use store::QUERIES;

/// The routes.
pub fn routes() -> Vec<Route> {
    pages::routes()
}

/// A person, as the staff sees them.
#[derive(Debug, Serialize)]
pub struct Somebody {
    /// Who.
    pub id: PersonId,
    /// Name.
    pub name: String,
    /// Address.
    pub email: String,
    /// The account is suspended.
    pub suspended: bool,
    /// False while an invitation waits.
    pub joined: bool,
}

impl From<store::PersonRow> for Somebody {
    fn from(row: store::PersonRow) -> Self {
        Somebody {
            id: row.id,
            name: row.name,
            email: row.email,
            suspended: row.state == "suspended",
            joined: row.joined,
        }
    }
}

/// People by part of a name or address: all for administrators, members of the own regions'
/// organisations for regional staff.
pub async fn people(app: &App, staff: &Person, text: &str) -> Result<Vec<Somebody>, DbError> {
    let text: String = text.trim().to_lowercase().chars().take(100).collect();
    let pattern = if text.is_empty() {
        String::new()
    } else {
        let escaped = text
            .replace('!', "!!")
            .replace('%', "!%")
            .replace('_', "!_");
        format!("%{escaped}%")
    };
    let rows: Vec<store::PersonRow> = store::PEOPLE
        .bind(pattern)
        .bind(staff.roles.admin)
        .bind(staff.roles.regions.clone())
        .all(&app.db)
        .await?;
    Ok(rows.into_iter().map(Somebody::from).collect())
}

/// One person; `None` when there is none.
pub async fn person(app: &App, id: PersonId) -> Result<Option<Somebody>, DbError> {
    let row: Option<store::PersonRow> = store::PERSON.bind(id).optional(&app.db).await?;
    Ok(row.map(Somebody::from))
}

/// A role with its period.
#[derive(Debug, Serialize)]
pub struct Held {
    /// Which grant.
    pub id: Uuid,
    /// `admin`, `regional`, `trainer`, `animator`.
    pub role: String,
    /// The region of regional staff.
    pub region: Option<String>,
    /// The space of an animator.
    pub space: Option<Uuid>,
    /// From when.
    pub from_at: Timestamp,
    /// Until when.
    pub until_at: Option<Timestamp>,
}

/// The roles of a person that hold or will hold.
pub async fn grants(app: &App, person: PersonId) -> Result<Vec<Held>, DbError> {
    let rows: Vec<store::GrantRow> = store::GRANTS
        .bind(person)
        .bind(app.clock.now())
        .all(&app.db)
        .await?;
    Ok(rows
        .into_iter()
        .map(|row| Held {
            id: row.id,
            role: row.role,
            region: row.region,
            space: row.space,
            from_at: row.from_at,
            until_at: row.until_at,
        })
        .collect())
}

/// Grants a role, with a record of it.
pub async fn grant(app: &App, new: NewGrant) -> Result<(), DbError> {
    let audit = Audit::new(
        app,
        new.by,
        "role-granted",
        format!("person:{}", new.person),
    )
    .detail(json!({ "grant": new.id, "role": format!("{:?}", new.grant) }));
    app.db
        .write((new, audit), |tx, (new, audit)| {
            Box::pin(async move {
                accounts::grant(tx, new).await?;
                audit.write(tx).await
            })
        })
        .await
}

/// Ends a role, with a record of it.
pub async fn revoke(app: &App, by: PersonId, person: PersonId, grant: Uuid) -> Result<(), Refusal> {
    let audit = Audit::new(app, Some(by), "role-revoked", format!("person:{person}"))
        .detail(json!({ "grant": grant }));
    app.db
        .write((person, grant, audit), |tx, (person, grant, audit)| {
            Box::pin(async move {
                accounts::revoke(tx, *person, *grant, audit.at).await?;
                audit.write(tx).await?;
                Ok(())
            })
        })
        .await
}

/// Suspends a person or takes it back, with a record of it.
pub async fn suspend(
    app: &App,
    by: PersonId,
    person: PersonId,
    suspended: bool,
) -> Result<(), Refusal> {
    let action = if suspended {
        "person-suspended"
    } else {
        "person-reinstated"
    };
    let audit = Audit::new(app, Some(by), action, format!("person:{person}"));
    app.db
        .write(
            (person, suspended, audit),
            |tx, (person, suspended, audit)| {
                Box::pin(async move {
                    accounts::suspend(tx, *person, *suspended, audit.at).await?;
                    audit.write(tx).await?;
                    Ok(())
                })
            },
        )
        .await
}
