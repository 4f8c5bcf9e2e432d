//! Making and changing accounts, and the roles they hold.

use serde_json::{Map, Value, json};
use unicode_normalization::UnicodeNormalization;
use uuid::Uuid;

use super::links::{NewLink, Purpose};
use super::{Person, Rotation, store};
use crate::App;
use crate::clock::Timestamp;
use crate::db::{DbError, Tx};
use crate::folding::folded;
use crate::ids::{MembershipId, OrganisationId, PersonId};
use crate::web::{Lang, Refusal};

/// Characters of a name at most.
pub const NAME_MAX: usize = 120;
/// Characters of an address at most (RFC 5321).
pub const EMAIL_MAX: usize = 254;

/// The one form of an address: trimmed, composed, lower case.
pub fn normal_email(text: &str) -> String {
    text.trim().nfc().collect::<String>().to_lowercase()
}

/// An address that mail can be sent to, in its one form.
pub fn email(text: &str) -> Option<String> {
    let text = normal_email(text);
    let readable = text.len() <= EMAIL_MAX && text.parse::<lettre::Address>().is_ok();
    readable.then_some(text)
}

/// A name as it may be stored: one line, not empty, not too long.
pub fn name(text: &str) -> Option<String> {
    let text: String = text.trim().nfc().collect();
    let fits = !text.is_empty() && text.chars().count() <= NAME_MAX;
    (fits && !text.chars().any(char::is_control)).then_some(text)
}

/// A person to be made.
#[derive(Debug, Clone)]
pub struct NewPerson {
    /// The new id.
    pub id: PersonId,
    /// In its one form ([`email`]).
    pub email: String,
    /// As the person writes it.
    pub name: String,
    /// The preferred language.
    pub language: Lang,
    /// In PHC form; without it the person needs an invitation.
    pub password_hash: Option<String>,
}

/// Makes a person; 409 `email-taken` when the address has an account.
pub async fn add_person(tx: &mut Tx, person: &NewPerson, now: Timestamp) -> Result<(), Refusal> {
    let added = store::ADD_PERSON
        .bind(person.id)
        .bind(&person.email)
        .bind(&person.name)
        .bind(folded(&person.name))
        .bind(person.language.code())
        .bind(person.password_hash.clone())
        .bind(now)
        .run(tx)
        .await?;
    if added == 0 {
        return Err(Refusal::conflict("email-taken"));
    }
    Ok(())
}

/// A learner named by another system or by a coordinator.
#[derive(Debug, Clone)]
pub struct NewLearner {
    /// The id, should the person be new.
    pub id: PersonId,
    /// The id of the membership, should it be new.
    pub membership: MembershipId,
    /// In its one form ([`email`]).
    pub email: String,
    /// As the person writes it; not changed where the person is known.
    pub name: String,
    /// The preferred language, should the person be new.
    pub language: Lang,
    /// Becomes a member of it.
    pub organisation: Option<OrganisationId>,
}

/// The learner with this address, made when there is none: without a password, to be set through
/// an invitation. However many ask at once, there is one account. A suspended person is refused.
pub async fn find_or_create_learner(
    tx: &mut Tx,
    learner: &NewLearner,
    now: Timestamp,
) -> Result<PersonId, Refusal> {
    store::ADD_PERSON
        .bind(learner.id)
        .bind(&learner.email)
        .bind(&learner.name)
        .bind(folded(&learner.name))
        .bind(learner.language.code())
        .bind(None::<String>)
        .bind(now)
        .run(&mut *tx)
        .await?;
    let account: store::AccountRow = store::BY_EMAIL.bind(&learner.email).one(&mut *tx).await?;
    if account.state != "active" {
        return Err(Refusal::conflict("person-suspended"));
    }
    if let Some(organisation) = learner.organisation {
        join(
            tx,
            learner.membership,
            account.id,
            organisation,
            "member",
            now,
        )
        .await?;
    }
    Ok(account.id)
}

/// Makes somebody a `member` or `coordinator` of an organisation, unless they belong to it already.
pub async fn join(
    tx: &mut Tx,
    id: MembershipId,
    person: PersonId,
    organisation: OrganisationId,
    role: &str,
    now: Timestamp,
) -> Result<(), DbError> {
    store::JOIN
        .bind(id)
        .bind(person)
        .bind(organisation)
        .bind(role)
        .bind(now)
        .run(tx)
        .await
        .map(drop)
}

/// True when somebody administers the platform.
pub async fn has_admin(app: &App) -> Result<bool, DbError> {
    let (admins,): (i64,) = store::ADMINS
        .bind(app.clock.now())
        .bind(PersonId(Uuid::nil()))
        .one(&app.db)
        .await?;
    Ok(admins > 0)
}

/// An invitation about to be written, for a unit of work: a link and its mail.
pub struct Invitation {
    link: NewLink,
    lang: Lang,
}

impl Invitation {
    /// In the language of the invited.
    pub fn new(app: &App, lang: Lang) -> Self {
        Invitation {
            link: NewLink::new(app, Purpose::Invitation),
            lang,
        }
    }

    /// The address of the page where the first password is set.
    pub fn url(&self, app: &App) -> String {
        format!("{}{}", app.config.public_url, self.link.path(self.lang))
    }

    /// Writes the link and puts the mail into the outbox.
    pub async fn send(
        &self,
        tx: &mut Tx,
        person: PersonId,
        email: &str,
        name: &str,
        inviter: &str,
    ) -> Result<(), DbError> {
        let args = Map::from_iter([("inviter".to_owned(), json!(inviter))]);
        self.link.make(tx, person).await?;
        self.link.send(tx, email, name, self.lang, args).await
    }

    /// Writes the link only: whoever made it hands it over.
    pub async fn write(&self, tx: &mut Tx, person: PersonId) -> Result<(), DbError> {
        self.link.make(tx, person).await
    }
}

/// True when the person has set a password.
pub async fn has_password(tx: &mut Tx, person: PersonId) -> Result<bool, DbError> {
    let account: store::AccountRow = store::BY_ID.bind(person).one(tx).await?;
    Ok(account.password_hash.is_some())
}

/// True when the person has set a password, outside a unit of work.
pub async fn is_password_set(app: &App, person: PersonId) -> Result<bool, DbError> {
    let account: store::AccountRow = store::BY_ID.bind(person).one(&app.db).await?;
    Ok(account.password_hash.is_some())
}

/// Whether that is the person's password. Tries are counted as those of a sign-in are.
pub async fn confirm(
    app: &App,
    person: &Person,
    present: &str,
    address: Option<std::net::IpAddr>,
) -> Result<bool, Refusal> {
    let keys = super::throttle::Keys::new("password", &person.email, address);
    app.db
        .write((keys, app.clock.now()), |tx, (keys, now)| {
            Box::pin(super::throttle::count(tx, keys, *now))
        })
        .await?;
    let account: store::AccountRow = store::BY_ID.bind(person.id).one(&app.db).await?;
    app.passwords
        .verify(present, account.password_hash.as_deref())
        .await
}

/// A role that is granted (memberships are the organisations').
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Grant {
    /// Everything.
    Admin,
    /// Regional staff of a region.
    Regional(String),
    /// Uploads packages, publishes modules.
    Trainer,
    /// Moderates a space.
    Animator(Uuid),
}

impl Grant {
    fn parts(&self) -> (&'static str, Option<String>, Option<Uuid>) {
        match self {
            Grant::Admin => ("admin", None, None),
            Grant::Regional(region) => ("regional", Some(region.clone()), None),
            Grant::Trainer => ("trainer", None, None),
            Grant::Animator(space) => ("animator", None, Some(*space)),
        }
    }
}

/// A role to be granted.
#[derive(Debug, Clone)]
pub struct NewGrant {
    /// The new row.
    pub id: Uuid,
    /// To whom.
    pub person: PersonId,
    /// What.
    pub grant: Grant,
    /// From when.
    pub from: Timestamp,
    /// Until when; none: until revoked.
    pub until: Option<Timestamp>,
    /// By whom; none: the command line.
    pub by: Option<PersonId>,
}

/// Grants a role. Sessions of the person end, so that no token from before carries the new rights
/// (`threats.md` W3); the granter's own session is the caller's to rotate.
pub async fn grant(tx: &mut Tx, new: &NewGrant) -> Result<(), DbError> {
    let (role, region, space) = new.grant.parts();
    store::GRANT
        .bind(new.id)
        .bind(new.person)
        .bind(role)
        .bind(region)
        .bind(space)
        .bind(new.from)
        .bind(new.until)
        .bind(new.by)
        .run(&mut *tx)
        .await?;
    if new.by != Some(new.person) {
        store::END_SESSIONS.bind(new.person).run(&mut *tx).await?;
    }
    Ok(())
}

/// Ends all sessions of a person, in the transaction that changes what the person may do.
pub async fn end_sessions(tx: &mut Tx, person: PersonId) -> Result<(), DbError> {
    store::END_SESSIONS.bind(person).run(tx).await.map(drop)
}

/// Ends a role now, and all sessions of the person. The platform keeps an administrator: the last
/// one cannot go (409 `last-admin`), whoever asks at the same time.
pub async fn revoke(
    tx: &mut Tx,
    person: PersonId,
    grant: Uuid,
    now: Timestamp,
) -> Result<(), Refusal> {
    end_role(tx, person, grant, now).await?;
    store::END_SESSIONS.bind(person).run(&mut *tx).await?;
    Ok(())
}

/// As [`revoke`], by the person who holds the role: their browser goes on with another token.
pub async fn revoke_own(
    tx: &mut Tx,
    rotation: &Rotation,
    person: PersonId,
    grant: Uuid,
    now: Timestamp,
) -> Result<(), Refusal> {
    end_role(tx, person, grant, now).await?;
    rotation.apply(tx).await?;
    Ok(())
}

async fn end_role(
    tx: &mut Tx,
    person: PersonId,
    grant: Uuid,
    now: Timestamp,
) -> Result<(), Refusal> {
    store::LOCK_ADMINS.run(&mut *tx).await?;
    let ended: Option<store::RoleRow> = store::REVOKE
        .bind(grant)
        .bind(person)
        .bind(now)
        .optional(&mut *tx)
        .await?;
    let Some(ended) = ended else {
        return Err(Refusal::not_found());
    };
    if ended.role == "admin" {
        an_admin_remains(tx, None, now).await?;
    }
    Ok(())
}

/// Suspends a person or takes the suspension back. Sessions end.
pub async fn suspend(
    tx: &mut Tx,
    person: PersonId,
    suspended: bool,
    now: Timestamp,
) -> Result<(), Refusal> {
    store::LOCK_ADMINS.run(&mut *tx).await?;
    let state = if suspended { "suspended" } else { "active" };
    let changed = store::SET_STATE
        .bind(person)
        .bind(state)
        .bind(now)
        .run(&mut *tx)
        .await?;
    if changed == 0 {
        return Err(Refusal::not_found());
    }
    if suspended {
        an_admin_remains(tx, Some(person), now).await?;
        store::END_SESSIONS.bind(person).run(&mut *tx).await?;
    }
    Ok(())
}

/// Suspending somebody who is no administrator leaves their number as it was, so counting all the
/// others is right for both. A role that ends within the minute is not relied on: it may have been
/// given up by a request that looked at its clock after this one, and held the lock before it.
async fn an_admin_remains(
    tx: &mut Tx,
    without: Option<PersonId>,
    now: Timestamp,
) -> Result<(), Refusal> {
    let nobody = PersonId(Uuid::nil());
    let (left,): (i64,) = store::ADMINS
        .bind(now.plus_seconds(60))
        .bind(without.unwrap_or(nobody))
        .one(&mut *tx)
        .await?;
    if left == 0 {
        return Err(Refusal::conflict("last-admin"));
    }
    Ok(())
}

/// Name and preferred language, by the person.
pub async fn edit(
    app: &App,
    person: PersonId,
    name: String,
    language: Lang,
) -> Result<(), DbError> {
    let now = app.clock.now();
    app.db
        .write(
            (person, name, language, now),
            |tx, (person, name, language, now)| {
                Box::pin(async move {
                    store::EDIT_PERSON
                        .bind(*person)
                        .bind(name)
                        .bind(folded(name))
                        .bind(language.code())
                        .bind(*now)
                        .run(tx)
                        .await
                        .map(drop)
                })
            },
        )
        .await
}

/// A new password by the person, who gives the present one: `false` when that one is wrong. All
/// other sessions end and this one gets another token, which is returned.
pub async fn change_password(
    app: &App,
    person: &Person,
    present: &str,
    password: super::password::NewPassword,
    address: Option<std::net::IpAddr>,
) -> Result<Option<crate::ids::Secret>, Refusal> {
    let now = app.clock.now();
    let keys = super::throttle::Keys::new("password", &person.email, address);
    app.db
        .write((keys.clone(), now), |tx, (keys, now)| {
            Box::pin(super::throttle::count(tx, keys, *now))
        })
        .await?;
    let account: store::AccountRow = store::BY_ID.bind(person.id).one(&app.db).await?;
    let stored = account.password_hash.as_deref();
    if !app.passwords.verify(present, stored).await? {
        return Ok(None);
    }
    let hash = app.passwords.hash(password).await?;
    let secret = app.ids.secret();
    app.db
        .write(
            (person.id, person.session, hash, secret.hash(), now, keys),
            |tx, (person, session, hash, token, now, keys)| {
                Box::pin(async move {
                    super::throttle::forgive(tx, keys).await?;
                    store::SET_PASSWORD
                        .bind(*person)
                        .bind(hash)
                        .bind(*now)
                        .run(&mut *tx)
                        .await?;
                    store::VOID_LINKS
                        .bind(*person)
                        .bind(*now)
                        .run(&mut *tx)
                        .await?;
                    store::END_OTHER_SESSIONS
                        .bind(*person)
                        .bind(*session)
                        .run(&mut *tx)
                        .await?;
                    store::ROTATE_SESSION
                        .bind(*session)
                        .bind(token)
                        .run(&mut *tx)
                        .await?;
                    Ok::<_, Refusal>(())
                })
            },
        )
        .await?;
    Ok(Some(secret))
}

/// A line of the record of who did what to whom.
#[derive(Debug, Clone)]
pub struct Audit {
    /// The new row.
    pub id: Uuid,
    /// When.
    pub at: Timestamp,
    /// Who; none: the command line or the platform itself.
    pub actor: Option<PersonId>,
    /// What, as a code: `person-suspended`.
    pub action: &'static str,
    /// To whom or what: `person:<id>`.
    pub object: String,
    /// Anything else worth keeping; never a secret.
    pub detail: Value,
}

impl Audit {
    /// Now.
    pub fn new(app: &App, actor: Option<PersonId>, action: &'static str, object: String) -> Self {
        Audit {
            id: app.ids.uuid(),
            at: app.clock.now(),
            actor,
            action,
            object,
            detail: json!({}),
        }
    }

    /// With a detail.
    pub fn detail(mut self, detail: Value) -> Self {
        self.detail = detail;
        self
    }

    /// Writes it, in the transaction of the act.
    pub async fn write(&self, tx: &mut Tx) -> Result<(), DbError> {
        store::AUDIT
            .bind(self.id)
            .bind(self.at)
            .bind(self.actor)
            .bind(self.action)
            .bind(&self.object)
            .bind(self.detail.clone())
            .run(tx)
            .await
            .map(drop)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_have_one_form() {
        assert_eq!(
            email("  Amina@Example.ORG ").as_deref(),
            Some("amina@example.org")
        );
        for bad in [
            "",
            "amina",
            "a@",
            "@b",
            "a b@c.d",
            "a@b\r\nBcc: c@d",
            "a@b,c@d",
        ] {
            assert_eq!(email(bad), None, "{bad}");
        }
        assert_eq!(email(&format!("{}@b.c", "a".repeat(300))), None);
    }

    #[test]
    fn names_are_one_line() {
        assert_eq!(name(" أمينة ").as_deref(), Some("أمينة"));
        assert_eq!(name("a\r\nb"), None);
        assert_eq!(name(&"a".repeat(121)), None);
    }
}
