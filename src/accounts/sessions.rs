//! Sessions: a secret in a cookie, its hash in the database.

use std::net::IpAddr;

use rocket::http::{Cookie, CookieJar, SameSite};
use serde::Serialize;
use uuid::Uuid;

use super::{Person, password, store, throttle};
use crate::App;
use crate::clock::Timestamp;
use crate::db::{DbError, Tx};
use crate::ids::{PersonId, Secret, hash_secret};
use crate::web::Refusal;
use crate::web::visitor::cookie_name;

/// A session that was not used for so long has ended.
pub(super) const IDLE_SECONDS: i64 = 12 * 3600;
/// A session ends after so many days whatever happens.
const ABSOLUTE_DAYS: i64 = 30;
/// Use is noted at most so often: reading a page should not write.
const TOUCH_SECONDS: i64 = 5 * 60;

/// A try to sign in.
pub struct SignIn<'a> {
    /// The address typed.
    pub email: &'a str,
    /// The password typed.
    pub password: &'a str,
    /// Where the request comes from.
    pub address: Option<IpAddr>,
    /// The browser, as it calls itself.
    pub user_agent: Option<&'a str>,
}

/// Signs in: the secret for the cookie, or `None` when address and password do not belong
/// together; 429 when there were too many tries.
pub async fn sign_in(app: &App, attempt: SignIn<'_>) -> Result<Option<Secret>, Refusal> {
    let now = app.clock.now();
    let email = super::people::normal_email(attempt.email);
    let keys = throttle::Keys::new("sign-in", &email, attempt.address);
    app.db
        .write((keys.clone(), now), |tx, (keys, now)| {
            Box::pin(throttle::count(tx, keys, *now))
        })
        .await?;
    let account: Option<store::AccountRow> = store::BY_EMAIL.bind(&email).optional(&app.db).await?;
    let account = account.filter(|account| account.state == "active");
    let stored = account.as_ref().and_then(|a| a.password_hash.as_deref());
    if !app.passwords.verify(attempt.password, stored).await? {
        return Ok(None);
    }
    let Some(account) = account else {
        return Ok(None);
    };
    let rehashed = match stored_outdated(app, &account) {
        true => Some(
            app.passwords
                .hash_unchecked(password::normal(attempt.password))
                .await?,
        ),
        false => None,
    };
    let opening = Opening::new(app, account.id, attempt.user_agent);
    let secret = opening.1;
    app.db
        .write(
            (opening.0, keys, rehashed),
            |tx, (opening, keys, rehashed)| {
                Box::pin(async move {
                    throttle::forgive(tx, keys).await?;
                    if let Some(hash) = rehashed {
                        store::SET_PASSWORD
                            .bind(opening.person)
                            .bind(hash)
                            .bind(opening.now)
                            .run(&mut *tx)
                            .await?;
                    }
                    opening.open(tx).await?;
                    Ok::<_, Refusal>(())
                })
            },
        )
        .await?;
    Ok(Some(secret))
}

/// Signs in somebody who has proved elsewhere who they are: the secret for the cookie, or `None`
/// when the account is suspended or gone.
pub async fn sign_in_known(
    app: &App,
    person: PersonId,
    user_agent: Option<&str>,
) -> Result<Option<Secret>, DbError> {
    let (opening, secret) = Opening::new(app, person, user_agent);
    let open = app
        .db
        .write(opening, |tx, opening| {
            Box::pin(async move {
                let account: Option<store::AccountRow> =
                    store::BY_ID.bind(opening.person).optional(&mut *tx).await?;
                if account.is_none_or(|account| account.state != "active") {
                    return Ok(false);
                }
                opening.open(tx).await?;
                Ok::<_, DbError>(true)
            })
        })
        .await?;
    Ok(open.then_some(secret))
}

fn stored_outdated(app: &App, account: &store::AccountRow) -> bool {
    account
        .password_hash
        .as_deref()
        .is_some_and(|stored| app.passwords.is_outdated(stored))
}

/// A session about to be opened, for a unit of work.
pub(super) struct Opening {
    id: Uuid,
    hash: String,
    person: PersonId,
    user_agent: Option<String>,
    now: Timestamp,
}

impl Opening {
    /// With the secret for the cookie.
    pub(super) fn new(app: &App, person: PersonId, user_agent: Option<&str>) -> (Self, Secret) {
        let secret = app.ids.secret();
        let opening = Opening {
            id: app.ids.uuid(),
            hash: secret.hash(),
            person,
            user_agent: user_agent.map(|text| text.chars().take(300).collect()),
            now: app.clock.now(),
        };
        (opening, secret)
    }

    pub(super) async fn open(&self, tx: &mut Tx) -> Result<(), DbError> {
        store::OPEN_SESSION
            .bind(self.id)
            .bind(&self.hash)
            .bind(self.person)
            .bind(self.user_agent.clone())
            .bind(self.now)
            .bind(self.now.plus_days(ABSOLUTE_DAYS))
            .run(tx)
            .await
            .map(drop)
    }
}

/// Another token for the session of somebody who changes what they themselves may do: no token from
/// before carries the new rights (`threats.md` W3), and the browser in their hands goes on.
#[derive(Debug, Clone)]
pub struct Rotation {
    person: PersonId,
    session: Uuid,
    hash: String,
}

impl Rotation {
    /// With the secret for the cookie, to be set once the unit of work is done.
    pub fn new(app: &App, person: &Person) -> (Self, Secret) {
        let secret = app.ids.secret();
        let rotation = Rotation {
            person: person.id,
            session: person.session,
            hash: secret.hash(),
        };
        (rotation, secret)
    }

    /// Ends the person's other sessions and gives this one its new token.
    pub async fn apply(&self, tx: &mut Tx) -> Result<(), DbError> {
        store::END_OTHER_SESSIONS
            .bind(self.person)
            .bind(self.session)
            .run(&mut *tx)
            .await?;
        store::ROTATE_SESSION
            .bind(self.session)
            .bind(&self.hash)
            .run(tx)
            .await
            .map(drop)
    }
}

/// The person whose browser holds this token, if the session is valid.
pub async fn signed_in(app: &App, token: &str) -> Result<Option<Person>, DbError> {
    // Ours are 43 characters; nobody gets a megabyte hashed.
    if token.len() > 64 {
        return Ok(None);
    }
    let now = app.clock.now();
    let row: Option<store::SignedInRow> = store::SIGNED_IN
        .bind(hash_secret(token))
        .bind(now)
        .bind(now.plus_seconds(-IDLE_SECONDS))
        .optional(&app.db)
        .await?;
    let Some(row) = row else { return Ok(None) };
    if row.seen_at < now.plus_seconds(-TOUCH_SECONDS) {
        app.db
            .write((row.session, now), |tx, (session, now)| {
                Box::pin(async move {
                    store::TOUCH_SESSION
                        .bind(*session)
                        .bind(*now)
                        .run(tx)
                        .await
                        .map(drop)
                })
            })
            .await
            // A read must not fail because a note of it could not be written.
            .unwrap_or_else(|error: DbError| tracing::warn!(%error, "session touch"));
    }
    let roles = super::roles(app, row.id).await?;
    Ok(Some(Person {
        id: row.id,
        email: row.email,
        name: row.name,
        language: row.language,
        session: row.session,
        roles,
    }))
}

/// Ends the session of a token.
pub async fn sign_out(app: &App, token: &str) -> Result<(), DbError> {
    app.db
        .write(hash_secret(token), |tx, hash| {
            Box::pin(async move { store::END_SESSION.bind(hash).run(tx).await.map(drop) })
        })
        .await
}

/// Ends all sessions of a person.
pub async fn sign_out_everywhere(app: &App, person: PersonId) -> Result<(), DbError> {
    app.db
        .write(person, |tx, person| {
            Box::pin(async move { store::END_SESSIONS.bind(*person).run(tx).await.map(drop) })
        })
        .await
}

/// Ends one session of a person; false when it is not theirs.
pub async fn end_session(app: &App, person: PersonId, session: Uuid) -> Result<bool, DbError> {
    app.db
        .write((session, person), |tx, (session, person)| {
            Box::pin(async move {
                let ended = store::END_SESSION_OF
                    .bind(*session)
                    .bind(*person)
                    .run(tx)
                    .await?;
                Ok(ended == 1)
            })
        })
        .await
}

/// A session, as its owner sees it.
#[derive(Debug, Serialize)]
pub struct Session {
    /// Which.
    pub id: Uuid,
    /// The browser, as it calls itself.
    pub user_agent: String,
    /// Since when.
    pub created_at: Timestamp,
    /// Last used, to a few minutes.
    pub seen_at: Timestamp,
}

/// The sessions of a person.
pub async fn sessions(app: &App, person: PersonId) -> Result<Vec<Session>, DbError> {
    let now = app.clock.now();
    let rows: Vec<store::SessionRow> = store::SESSIONS
        .bind(person)
        .bind(now)
        .bind(now.plus_seconds(-IDLE_SECONDS))
        .all(&app.db)
        .await?;
    Ok(rows
        .into_iter()
        .map(|row| Session {
            id: row.id,
            user_agent: row.user_agent.unwrap_or_default(),
            created_at: row.created_at,
            seen_at: row.seen_at,
        })
        .collect())
}

/// Writes the session's cookie.
pub fn set_cookie(app: &App, jar: &CookieJar<'_>, secret: &Secret) {
    let https = app.config.is_https();
    jar.add(
        Cookie::build((cookie_name(https), secret.reveal().to_owned()))
            .path("/")
            .http_only(true)
            .secure(https)
            .same_site(SameSite::Lax)
            .max_age(rocket::time::Duration::days(ABSOLUTE_DAYS)),
    );
}

/// Takes the session's cookie back.
pub fn remove_cookie(app: &App, jar: &CookieJar<'_>) {
    let https = app.config.is_https();
    jar.remove(
        Cookie::build((cookie_name(https), ""))
            .path("/")
            .secure(https),
    );
}
