//! The staff's pages: people and their roles, regions and axes, the outbox, API tokens.

mod frame;
mod pages;
mod store;

use rocket::Route;
use serde::Serialize;
use serde_json::json;
use uuid::Uuid;

use crate::App;
use crate::accounts::{self, Audit, Invitation, NewGrant, NewPerson, Person, Rotation};
use crate::clock::Timestamp;
use crate::db::DbError;
use crate::ids::{PersonId, Secret};
use crate::web::{Lang, Refusal};

pub use frame::{NewAxis, add_axis, add_region, change_axis, rename_region, reorder};
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
    /// The preferred language's code.
    pub language: String,
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
            language: row.language,
            suspended: row.state == "suspended",
            joined: row.joined,
        }
    }
}

/// People by part of a name or address: all for administrators, members of the own regions'
/// organisations for regional staff.
pub async fn people(app: &App, staff: &Person, text: &str) -> Result<Vec<Somebody>, DbError> {
    let rows: Vec<store::PersonRow> = store::PEOPLE
        .bind(crate::folding::pattern(text))
        .bind(staff.roles.admin)
        .bind(staff.roles.regions.clone())
        .all(&app.db)
        .await?;
    Ok(rows.into_iter().map(Somebody::from).collect())
}

/// How much there is within the reach of somebody of the staff.
#[derive(Debug, Serialize)]
pub struct Counts {
    /// Active people.
    pub people: i64,
    /// Organisations.
    pub organisations: i64,
    /// Those nobody has verified.
    pub unverified: i64,
    /// Seminars to come.
    pub seminars: i64,
}

/// How much there is: everywhere for administrators, in the own regions for regional staff.
pub async fn counts(app: &App, staff: &Person) -> Result<Counts, DbError> {
    let row: store::CountsRow = store::COUNTS
        .bind(staff.roles.admin)
        .bind(staff.roles.regions.clone())
        .bind(app.clock.now())
        .one(&app.db)
        .await?;
    Ok(Counts {
        people: row.people,
        organisations: row.organisations,
        unverified: row.unverified,
        seminars: row.seminars,
    })
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

/// Grants a role, with a record of it. To oneself: the browser gets another token, which is
/// returned for its cookie.
pub async fn grant(app: &App, by: &Person, new: NewGrant) -> Result<Option<Secret>, Refusal> {
    let audit = Audit::new(
        app,
        new.by,
        "role-granted",
        format!("person:{}", new.person),
    )
    .detail(json!({ "grant": new.id, "role": format!("{:?}", new.grant) }));
    let (rotation, secret) = own(app, by, new.person);
    app.db
        .write((new, rotation, audit), |tx, (new, rotation, audit)| {
            Box::pin(async move {
                accounts::grant(tx, new).await?;
                if let Some(rotation) = rotation {
                    rotation.apply(tx).await?;
                }
                audit.write(tx).await?;
                Ok::<(), Refusal>(())
            })
        })
        .await?;
    Ok(secret)
}

/// Where the person changed is the one who changes.
fn own(app: &App, by: &Person, person: PersonId) -> (Option<Rotation>, Option<Secret>) {
    if by.id == person {
        let (rotation, secret) = Rotation::new(app, by);
        (Some(rotation), Some(secret))
    } else {
        (None, None)
    }
}

/// Ends a role, with a record of it. One's own: as [`grant`].
pub async fn revoke(
    app: &App,
    by: &Person,
    person: PersonId,
    grant: Uuid,
) -> Result<Option<Secret>, Refusal> {
    let audit = Audit::new(app, Some(by.id), "role-revoked", format!("person:{person}"))
        .detail(json!({ "grant": grant }));
    let (rotation, secret) = own(app, by, person);
    app.db
        .write(
            (person, grant, rotation, audit),
            |tx, (person, grant, rotation, audit)| {
                Box::pin(async move {
                    match rotation {
                        Some(own) => {
                            accounts::revoke_own(tx, own, *person, *grant, audit.at).await?;
                        }
                        None => accounts::revoke(tx, *person, *grant, audit.at).await?,
                    }
                    audit.write(tx).await?;
                    Ok::<(), Refusal>(())
                })
            },
        )
        .await?;
    Ok(secret)
}

/// Somebody to be invited by an administrator.
#[derive(Debug, Clone)]
pub struct Newcomer {
    /// In its one form.
    pub email: String,
    /// As typed.
    pub name: String,
    /// The language of the mail.
    pub language: Lang,
}

/// Makes a person and invites them; 409 `email-taken` when the address has an account.
pub async fn invite(app: &App, by: &Person, new: Newcomer) -> Result<PersonId, Refusal> {
    let person = NewPerson {
        id: app.ids.id(),
        email: new.email,
        name: new.name,
        language: new.language,
        password_hash: None,
    };
    let id = person.id;
    let invitation = Invitation::new(app, new.language);
    let audit = Audit::new(app, Some(by.id), "person-invited", format!("person:{id}"));
    app.db
        .write(
            (person, invitation, audit, by.name.clone()),
            |tx, (person, invitation, audit, inviter)| {
                Box::pin(async move {
                    accounts::add_person(tx, person, audit.at).await?;
                    invitation
                        .send(tx, person.id, &person.email, &person.name, inviter)
                        .await?;
                    audit.write(tx).await?;
                    Ok::<(), Refusal>(())
                })
            },
        )
        .await?;
    Ok(id)
}

/// Sends the invitation of somebody who has no password yet again; the earlier link is void. 409
/// `joined` when there is nothing to invite to.
pub async fn invite_again(app: &App, by: &Person, somebody: &Somebody) -> Result<(), Refusal> {
    let lang = Lang::from_code(&somebody.language).unwrap_or_default();
    let invitation = Invitation::new(app, lang);
    let id = somebody.id;
    let audit = Audit::new(app, Some(by.id), "person-invited", format!("person:{id}"));
    let (email, name) = (somebody.email.clone(), somebody.name.clone());
    // Who came from another platform may have none.
    if email.is_empty() {
        return Err(Refusal::conflict("no-address"));
    }
    app.db
        .write(
            (id, email, name, invitation, audit, by.name.clone()),
            |tx, (id, email, name, invitation, audit, inviter)| {
                Box::pin(async move {
                    if accounts::has_password(tx, *id).await? {
                        return Err(Refusal::conflict("joined"));
                    }
                    invitation.send(tx, *id, email, name, inviter).await?;
                    audit.write(tx).await?;
                    Ok(())
                })
            },
        )
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
