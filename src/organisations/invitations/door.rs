//! The door that an invitation or a link opens: seen, gone through, declined; and the way out.

use rocket::http::Status;
use serde_json::json;
use uuid::Uuid;

use super::super::members;
use super::{Guest, PER_DAY, Sent, id_of, invite_as, store};
use crate::App;
use crate::accounts::{self, Audit, NewPerson, Person, Rotation};
use crate::db::{DbError, Tx};
use crate::ids::{MembershipId, OrganisationId, PersonId, Secret};
use crate::web::{Lang, Refusal};

/// An open door, as the invited sees it.
#[derive(Debug, Clone)]
pub struct Door {
    id: Uuid,
    /// The organisation.
    pub organisation: OrganisationId,
    /// Its name.
    pub name: String,
    /// To whom it was written; none: a link that is passed on.
    pub guest: Option<Guest>,
    /// What account the address has.
    pub account: Account,
}

/// What is known of the address an invitation was sent to: told to nobody but who holds its token.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Account {
    /// None yet, or not asked (a link).
    New,
    /// One in which nobody signed in yet.
    Unused(PersonId),
    /// One in use.
    Known,
}

/// What a token opens; `None` when it is unknown, used, over, or of an organisation at rest.
pub async fn door(app: &App, token: &str) -> Result<Option<Door>, DbError> {
    let Some(id) = id_of(app, token) else {
        return Ok(None);
    };
    let now = app.clock.now();
    let row: Option<store::OpenRow> = store::OPEN.bind(id).bind(now).optional(&app.db).await?;
    if let Some(row) = row {
        let account: Option<store::AccountRow> =
            store::ACCOUNT.bind(&row.email).optional(&app.db).await?;
        return Ok(Some(Door {
            id: row.id,
            organisation: row.organisation,
            name: row.organisation_name,
            account: match account {
                None => Account::New,
                Some(one) if one.joined || one.state != "active" => Account::Known,
                Some(one) => Account::Unused(one.id),
            },
            guest: Some(Guest {
                email: row.email,
                name: row.name,
                language: Lang::from_code(&row.language).unwrap_or_default(),
            }),
        }));
    }
    let row: Option<store::OpenLinkRow> = store::OPEN_LINK
        .bind(id)
        .bind(now)
        .optional(&app.db)
        .await?;
    Ok(row.map(|row| Door {
        id: row.id,
        organisation: row.organisation,
        name: row.organisation_name,
        guest: None,
        account: Account::New,
    }))
}

/// True where somebody is a present member.
pub async fn is_member(
    app: &App,
    organisation: OrganisationId,
    person: PersonId,
) -> Result<bool, DbError> {
    let (count,): (i64,) = store::IS_MEMBER
        .bind(organisation)
        .bind(person)
        .one(&app.db)
        .await?;
    Ok(count > 0)
}

/// The door closes behind who goes through: an invitation is used up, a link once more used. 404 when
/// somebody was faster.
async fn go_through(
    tx: &mut Tx,
    door: &Door,
    person: PersonId,
    membership: MembershipId,
    audit: &Audit,
) -> Result<(), Refusal> {
    let used: Option<store::WhoseRow> = match door.guest {
        Some(_) => store::DECIDE
            .bind(door.id)
            .bind(audit.at)
            .bind("accepted")
            .bind(person),
        None => store::USE_LINK.bind(door.id).bind(audit.at),
    }
    .optional(&mut *tx)
    .await?;
    let used = used.ok_or_else(Refusal::not_found)?;
    accounts::join(
        tx,
        membership,
        person,
        used.organisation,
        "member",
        audit.at,
    )
    .await?;
    audit.write(tx).await?;
    Ok(())
}

fn accepted(app: &App, door: &Door, person: PersonId) -> Audit {
    Audit::new(
        app,
        Some(person),
        "invitation-accepted",
        format!("organisation:{}", door.organisation),
    )
    .detail(json!({ "invitation": door.id }))
}

/// Who is signed in accepts. A member already: nothing is used.
pub async fn accept(app: &App, door: Door, person: PersonId) -> Result<(), Refusal> {
    if is_member(app, door.organisation, person).await? && door.guest.is_none() {
        return Ok(());
    }
    let audit = accepted(app, &door, person);
    let membership: MembershipId = app.ids.id();
    app.db
        .write(
            (door, person, membership, audit),
            |tx, (door, person, membership, audit)| {
                Box::pin(go_through(tx, door, *person, *membership, audit))
            },
        )
        .await
}

/// Somebody without an account makes one with the address the invitation was sent to, and accepts.
/// Gives the account.
pub async fn accept_new(
    app: &App,
    door: Door,
    name: String,
    language: Lang,
    password: accounts::password::NewPassword,
) -> Result<PersonId, Refusal> {
    let guest = door.guest.clone().ok_or_else(Refusal::not_found)?;
    let person = NewPerson {
        id: app.ids.id(),
        email: guest.email,
        name,
        language,
        password_hash: Some(app.passwords.hash(password).await?),
    };
    let id = person.id;
    let audit = accepted(app, &door, id);
    let membership: MembershipId = app.ids.id();
    app.db
        .write(
            (door, person, membership, audit),
            |tx, (door, person, membership, audit)| {
                Box::pin(async move {
                    accounts::add_person(tx, person, audit.at).await?;
                    go_through(tx, door, person.id, *membership, audit).await
                })
            },
        )
        .await?;
    Ok(id)
}

/// The account that nobody signed in to yet accepts; gives the path where its password is set.
pub async fn accept_unused(app: &App, door: Door, person: PersonId) -> Result<String, Refusal> {
    let guest = door.guest.clone().ok_or_else(Refusal::not_found)?;
    let link = accounts::Invitation::new(app, guest.language);
    let url = link.url(app);
    let audit = accepted(app, &door, person);
    let membership: MembershipId = app.ids.id();
    app.db
        .write(
            (door, person, membership, audit, link),
            |tx, (door, person, membership, audit, link)| {
                Box::pin(async move {
                    go_through(tx, door, *person, *membership, audit).await?;
                    link.write(tx, *person).await?;
                    Ok::<_, Refusal>(())
                })
            },
        )
        .await?;
    Ok(url
        .strip_prefix(&app.config.public_url)
        .unwrap_or(&url)
        .to_owned())
}

/// Who followed a link gives their address: an invitation is sent there. The answer is the same for
/// every address.
pub async fn ask(app: &App, door: Door, guest: Guest) -> Result<(), Refusal> {
    let now = app.clock.now();
    let used = app
        .db
        .write((door.id, now), |tx, (id, now)| {
            Box::pin(async move {
                let used: Option<store::WhoseRow> =
                    store::USE_LINK.bind(*id).bind(*now).optional(tx).await?;
                Ok::<_, DbError>(used.is_some())
            })
        })
        .await?;
    if !used {
        return Err(Refusal::not_found());
    }
    let organisation = (door.organisation, door.name.clone());
    let answers = invite_as(app, organisation, None, &door.name, PER_DAY, vec![guest]).await?;
    match answers.first() {
        Some(Sent::TooMany) => Err(Refusal::new(
            Status::TooManyRequests,
            "too-many-invitations",
        )),
        _ => Ok(()),
    }
}

/// Says no, without an account.
pub async fn decline(app: &App, door: &Door) -> Result<(), DbError> {
    let row = (door.id, app.clock.now());
    app.db
        .write(row, |tx, (id, now)| {
            Box::pin(async move {
                store::DECIDE
                    .bind(*id)
                    .bind(*now)
                    .bind("declined")
                    .bind(None::<PersonId>)
                    .optional::<store::WhoseRow>(tx)
                    .await
                    .map(drop)
            })
        })
        .await
}

/// The address of an organisation's page, where it is seen.
pub async fn slug_of(app: &App, id: OrganisationId) -> Result<String, Refusal> {
    let row: Option<store::SlugRow> = store::SLUG_OF.bind(id).optional(&app.db).await?;
    row.filter(|row| row.id == id)
        .map(|row| row.slug)
        .ok_or_else(Refusal::not_found)
}

/// Leaves an organisation. Who coordinates it alone hands that over first, as long as somebody is
/// there (409 `last-coordinator`); the last member turns off the light. Gives another token where
/// rights were lost.
///
/// # Errors
/// 404 for who is no member.
pub async fn leave(
    app: &App,
    person: &Person,
    organisation: OrganisationId,
) -> Result<Option<Secret>, Refusal> {
    let audit = Audit::new(
        app,
        Some(person.id),
        "membership-left",
        format!("organisation:{organisation}"),
    );
    let (rotation, secret) = Rotation::new(app, person);
    let rotated = app
        .db
        .write(
            (person.id, organisation, audit, rotation),
            |tx, (person, organisation, audit, rotation)| {
                Box::pin(async move {
                    members::lock(tx, *organisation).await?;
                    let left: Option<store::RoleRow> = store::LEAVE
                        .bind(*person)
                        .bind(*organisation)
                        .bind(audit.at)
                        .optional(&mut *tx)
                        .await?;
                    let left = left.ok_or_else(Refusal::not_found)?;
                    let coordinated = left.role == "coordinator";
                    let (present,): (i64,) =
                        store::PRESENT.bind(*organisation).one(&mut *tx).await?;
                    if coordinated
                        && present > 0
                        && members::coordinators(tx, *organisation).await? == 0
                    {
                        return Err(Refusal::conflict("last-coordinator"));
                    }
                    audit.write(tx).await?;
                    if coordinated {
                        rotation.apply(tx).await?;
                    }
                    Ok::<bool, Refusal>(coordinated)
                })
            },
        )
        .await?;
    Ok(rotated.then_some(secret))
}
