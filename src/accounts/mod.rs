//! People: who they are, how they prove it, and what they may do.

pub mod api_key;
pub mod guards;
mod links;
mod pages;
pub mod password;
mod people;
mod sessions;
mod store;
mod throttle;

use domain::roles::Roles;
use rocket::Route;
use uuid::Uuid;

use crate::App;
use crate::clock::Timestamp;
use crate::db::DbError;
use crate::folding::folded;
use crate::ids::PersonId;

pub use links::{Link, Purpose, RESET_HANDLER, link, request_reset, use_link};
pub use pages::local_path;
pub use people::{
    Audit, EMAIL_MAX, Grant, Invitation, NAME_MAX, NewGrant, NewLearner, NewPerson, add_person,
    change_password, confirm, edit, email, end_sessions, find_or_create_learner, grant, has_admin,
    has_password, is_password_set, join, name, normal_email, revoke, revoke_own, suspend,
};
pub use sessions::{
    Rotation, Session, SignIn, end_session, remove_cookie, sessions, set_cookie, sign_in,
    sign_in_known, sign_out, sign_out_everywhere, signed_in,
};
pub(crate) use store::QUERIES;

/// The routes.
pub fn routes() -> Vec<Route> {
    pages::routes()
}

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
    /// The session of this browser.
    pub session: Uuid,
    /// What the person may do now.
    pub roles: Roles,
}

/// Removes what has run out: sessions, links, counters of tries.
pub(crate) async fn sweep(app: &App) -> Result<(), DbError> {
    let now = app.clock.now();
    app.db
        .write(now, |tx, now| {
            Box::pin(async move {
                store::SWEEP_SESSIONS
                    .bind(*now)
                    .bind(now.plus_seconds(-sessions::IDLE_SECONDS))
                    .run(&mut *tx)
                    .await?;
                store::SWEEP_LINKS
                    .bind(now.plus_days(-30))
                    .run(&mut *tx)
                    .await?;
                store::SWEEP_THROTTLE
                    .bind(now.plus_days(-1))
                    .run(&mut *tx)
                    .await
                    .map(drop)
            })
        })
        .await
}

/// Puts names that are older than their searched form into it: at every start, and nothing to do
/// after the first.
pub async fn fold_names(app: &App) -> Result<(), DbError> {
    let mut after = PersonId(Uuid::nil());
    loop {
        let rows: Vec<store::NameRow> = store::UNFOLDED.bind(after).all(&app.db).await?;
        let Some(last) = rows.last() else {
            return Ok(());
        };
        after = last.id;
        let names: Vec<(PersonId, String)> =
            rows.iter().map(|row| (row.id, folded(&row.name))).collect();
        app.db
            .write(names, |tx, names| {
                Box::pin(async move {
                    for (id, name) in names.iter() {
                        store::FOLD.bind(*id).bind(name).run(&mut *tx).await?;
                    }
                    Ok::<_, DbError>(())
                })
            })
            .await?;
    }
}

/// True when what somebody completed may stand beside their answers in the spaces.
pub async fn shows_learning(app: &App, person: PersonId) -> Result<bool, DbError> {
    let (shows,): (i64,) = store::SHOWS_LEARNING.bind(person).one(&app.db).await?;
    Ok(shows == 1)
}

/// Lets it be seen there, or no more.
pub async fn show_learning(app: &App, person: PersonId, shows: bool) -> Result<(), DbError> {
    app.db
        .write((person, shows), |tx, (person, shows)| {
            Box::pin(async move {
                store::SHOW_LEARNING
                    .bind(*person)
                    .bind(*shows)
                    .run(tx)
                    .await
                    .map(drop)
            })
        })
        .await
}

/// How many notifications somebody has not read and may read now; a hundred at most are counted.
pub async fn unread(app: &App, person: PersonId, now: Timestamp) -> Result<i64, DbError> {
    let (count,): (i64,) = store::UNREAD.bind(person).bind(now).one(&app.db).await?;
    Ok(count)
}

/// Somebody who is active and has an address, with the roles that hold now; in no browser.
pub async fn by_id(app: &App, person: PersonId) -> Result<Option<Person>, DbError> {
    let row: Option<store::ActiveRow> = store::ACTIVE.bind(person).optional(&app.db).await?;
    let Some(row) = row else {
        return Ok(None);
    };
    Ok(Some(Person {
        id: row.id,
        email: row.email,
        name: row.name,
        language: row.language,
        session: Uuid::nil(),
        roles: roles(app, row.id).await?,
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
            "host" => roles.hosts.extend(grant.space),
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
