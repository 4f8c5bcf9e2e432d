//! Invitations and new passwords: links sent by mail, used once, for a short time.

use futures::future::BoxFuture;
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value, json};
use uuid::Uuid;

use super::password::NewPassword;
use super::sessions::Opening;
use super::{people, store, throttle};
use crate::App;
use crate::clock::Timestamp;
use crate::db::{DbError, Tx};
use crate::ids::{PersonId, Secret, hash_secret};
use crate::jobs::{self, Handler, Job, JobError};
use crate::outbound::mail::{self, Mail};
use crate::web::{Lang, Refusal};

/// How long a link to a new password works.
const RESET_SECONDS: i64 = 30 * 60;
/// How long an invitation works.
const INVITATION_SECONDS: i64 = 7 * 86_400;

/// What a link is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Purpose {
    /// The first password.
    Invitation,
    /// A new password.
    Reset,
}

impl Purpose {
    fn code(self) -> &'static str {
        match self {
            Purpose::Invitation => "invitation",
            Purpose::Reset => "reset",
        }
    }
    fn of(code: &str) -> Purpose {
        match code {
            "invitation" => Purpose::Invitation,
            _ => Purpose::Reset,
        }
    }
    fn seconds(self) -> i64 {
        match self {
            Purpose::Invitation => INVITATION_SECONDS,
            Purpose::Reset => RESET_SECONDS,
        }
    }
}

/// A link about to be made, for a unit of work, with the mail that carries it.
pub(super) struct NewLink {
    id: Uuid,
    hash: String,
    purpose: Purpose,
    mail_id: Uuid,
    secret: String,
    now: Timestamp,
}

impl NewLink {
    pub(super) fn new(app: &App, purpose: Purpose) -> Self {
        let secret: Secret = app.ids.secret();
        NewLink {
            id: app.ids.uuid(),
            hash: secret.hash(),
            purpose,
            mail_id: app.ids.uuid(),
            secret: secret.reveal().to_owned(),
            now: app.clock.now(),
        }
    }

    /// The path of the page it opens.
    pub(super) fn path(&self, lang: Lang) -> String {
        format!("/{}/password/{}", lang.code(), self.secret)
    }

    /// Writes the link; earlier ones of this person are void.
    pub(super) async fn make(&self, tx: &mut Tx, person: PersonId) -> Result<(), DbError> {
        store::VOID_LINKS
            .bind(person)
            .bind(self.now)
            .run(&mut *tx)
            .await?;
        store::ADD_LINK
            .bind(self.id)
            .bind(&self.hash)
            .bind(self.purpose.code())
            .bind(person)
            .bind(self.now)
            .bind(self.now.plus_seconds(self.purpose.seconds()))
            .run(tx)
            .await
            .map(drop)
    }

    /// Puts the mail with the link into the outbox.
    pub(super) async fn send(
        &self,
        tx: &mut Tx,
        to: &str,
        name: &str,
        lang: Lang,
        args: Map<String, Value>,
    ) -> Result<(), DbError> {
        let mail = Mail {
            to: to.to_owned(),
            name: name.to_owned(),
            lang,
            message: format!("accounts-mail-{}", self.purpose.code()),
            args,
            link: Some(self.path(lang)),
        };
        mail::enqueue(tx, self.mail_id, &mail, self.now).await
    }
}

/// What a person asked for who forgot the password.
#[derive(Serialize, Deserialize)]
struct ResetRequest {
    email: String,
}

/// The outbox's handler of forgotten passwords.
pub const RESET_HANDLER: Handler = Handler {
    kind: "reset",
    ready: |_| true,
    run: make_reset,
};

/// Notes that someone forgot a password. The same work whether or not there is such an account:
/// a worker finds out later (`threats.md` W16).
pub async fn request_reset(
    app: &App,
    email: &str,
    address: Option<std::net::IpAddr>,
) -> Result<(), Refusal> {
    let email = people::normal_email(email);
    let keys = throttle::Keys::new("reset", &email, address);
    let id = app.ids.uuid();
    let now = app.clock.now();
    app.db
        .write((keys, email, id, now), |tx, (keys, email, id, now)| {
            Box::pin(async move {
                throttle::count(tx, keys, *now).await?;
                let request = ResetRequest {
                    email: email.clone(),
                };
                jobs::enqueue(tx, *id, RESET_HANDLER.kind, json!(request), *now).await?;
                Ok(())
            })
        })
        .await
}

fn make_reset(app: &App, job: Job) -> BoxFuture<'_, Result<Value, JobError>> {
    Box::pin(async move {
        let request: ResetRequest = serde_json::from_value(job.payload)
            .map_err(|error| JobError::Never(error.to_string()))?;
        let link = NewLink::new(app, Purpose::Reset);
        app.db
            .write((link, request.email), |tx, (link, email)| {
                Box::pin(async move {
                    let account: Option<store::AccountRow> =
                        store::BY_EMAIL.bind(email).optional(&mut *tx).await?;
                    if let Some(account) = account.filter(|a| a.state == "active") {
                        let lang = Lang::from_code(&account.language).unwrap_or_default();
                        link.make(tx, account.id).await?;
                        link.send(tx, email, &account.name, lang, Map::new())
                            .await?;
                    }
                    Ok::<_, DbError>(())
                })
            })
            .await?;
        Ok(jobs::spent())
    })
}

/// A link that can still be used.
#[derive(Debug)]
pub struct Link {
    /// What for.
    pub purpose: Purpose,
    /// Whose password it sets.
    pub person: PersonId,
    /// The person's name.
    pub name: String,
    /// The person's address.
    pub email: String,
}

/// The link of this token, unless it was used or has run out.
pub async fn link(app: &App, token: &str) -> Result<Option<Link>, DbError> {
    if token.len() > 64 {
        return Ok(None);
    }
    let row: Option<store::LinkRow> = store::LINK
        .bind(hash_secret(token))
        .bind(app.clock.now())
        .optional(&app.db)
        .await?;
    Ok(row.map(|row| Link {
        purpose: Purpose::of(&row.purpose),
        person: row.person,
        name: row.name,
        email: row.email,
    }))
}

/// Sets the password through a link, ends every session of the person and signs in: the secret
/// for the cookie. `None` when somebody was faster or the link has run out.
pub async fn use_link(
    app: &App,
    token: &str,
    password: NewPassword,
    user_agent: Option<&str>,
) -> Result<Option<Secret>, Refusal> {
    let Some(found) = link(app, token).await? else {
        return Ok(None);
    };
    let hash = app.passwords.hash(password).await?;
    let (opening, secret) = Opening::new(app, found.person, user_agent);
    let now = app.clock.now();
    let used = app
        .db
        .write(
            (hash_secret(token), hash, opening, now),
            |tx, (token, hash, opening, now)| {
                Box::pin(async move {
                    let used: Option<store::PersonRow> = store::USE_LINK
                        .bind(token)
                        .bind(*now)
                        .optional(&mut *tx)
                        .await?;
                    let Some(used) = used else { return Ok(false) };
                    store::SET_PASSWORD
                        .bind(used.person)
                        .bind(hash)
                        .bind(*now)
                        .run(&mut *tx)
                        .await?;
                    store::VOID_LINKS
                        .bind(used.person)
                        .bind(*now)
                        .run(&mut *tx)
                        .await?;
                    store::END_SESSIONS.bind(used.person).run(&mut *tx).await?;
                    opening.open(tx).await?;
                    Ok::<_, DbError>(true)
                })
            },
        )
        .await?;
    Ok(used.then_some(secret))
}
