//! Invitations to an organisation. Nobody becomes a member before they accept, whether or not they
//! have an account; until then those who invite see what they typed themselves, and nothing else. And
//! everybody can leave.

mod door;
mod sheet;
mod store;

use serde_json::{Map, json};
use uuid::Uuid;

use super::OrgScope;
use crate::App;
use crate::accounts::{Audit, Person};
use crate::clock::Timestamp;
use crate::db::{DbError, Tx};
use crate::ids::{OrganisationId, PersonId};
use crate::jobs;
use crate::outbound::mail::{self, Mail};
use crate::web::{Lang, Refusal};

pub use door::{
    Account, Door, accept, accept_new, accept_unused, ask, decline, door, is_member, leave, slug_of,
};
pub use sheet::{ROWS_MAX, Row, Wrong, read as read_sheet};
pub(crate) use store::QUERIES;

/// How long an invitation can be accepted.
const DAYS: i64 = 30;
/// How long an organisation does not ask somebody again who declined.
const PEACE_DAYS: i64 = 90;
/// Invitations of an organisation in a day: by its coordinators, by the team.
const PER_DAY: i64 = 500;
const PER_DAY_TEAM: i64 = 20_000;
/// Invitations written in one transaction.
const AT_ONCE: usize = 250;

/// Somebody to be invited.
#[derive(Debug, Clone)]
pub struct Guest {
    /// In its one form ([`crate::accounts::email`]).
    pub email: String,
    /// As the inviter typed it.
    pub name: String,
    /// The language of the mail.
    pub language: Lang,
}

/// What became of an invitation. It says nothing of whether the address has an account.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Sent {
    /// A mail is on its way.
    Now,
    /// One is waiting for an answer already.
    Waiting,
    /// A present member, as the list of members shows.
    Member,
    /// They declined lately: they are left in peace.
    Declined,
    /// No more today.
    TooMany,
}

impl Sent {
    /// The code of its words.
    pub fn code(self) -> &'static str {
        match self {
            Sent::Now => "sent",
            Sent::Waiting => "waiting",
            Sent::Member => "member",
            Sent::Declined => "declined",
            Sent::TooMany => "too-many",
        }
    }
}

/// The secret of an invitation or a link: its id and a signature, so that nothing has to be kept that
/// would open the door.
fn token(app: &App, id: Uuid) -> String {
    let signature = app.sign("invitation", &id.to_string());
    format!("{}{}", id.simple(), &signature[..32])
}

/// The id in a token that we signed.
fn id_of(app: &App, token: &str) -> Option<Uuid> {
    if token.len() != 64 || !token.is_ascii() {
        return None;
    }
    let (id, signature) = token.split_at(32);
    let id = Uuid::try_parse(id).ok()?;
    let expected = app.sign("invitation", &id.to_string());
    aws_lc_rs::constant_time::verify_slices_are_equal(
        &expected.as_bytes()[..32],
        signature.as_bytes(),
    )
    .is_ok()
    .then_some(id)
}

/// The path of the page that it opens, without language.
pub fn path(app: &App, id: Uuid) -> String {
    format!("/join/{}", token(app, id))
}

struct Batch {
    organisation: OrganisationId,
    by: Option<PersonId>,
    guests: Vec<(Uuid, Guest, Uuid, serde_json::Value)>,
    allowed: i64,
    audit: Audit,
}

/// Invites people; an answer for each, in their order. An address that stands there twice is written
/// to once.
pub async fn invite(
    app: &App,
    scope: OrgScope,
    by: &Person,
    guests: Vec<Guest>,
) -> Result<Vec<Sent>, Refusal> {
    let allowed = match by.roles.is_staff() {
        true => PER_DAY_TEAM,
        false => PER_DAY,
    };
    let organisation = super::named(app, scope.organisation()).await?;
    invite_as(app, organisation, Some(by.id), &by.name, allowed, guests).await
}

async fn invite_as(
    app: &App,
    (organisation, organisation_name): (OrganisationId, String),
    by: Option<PersonId>,
    inviter: &str,
    allowed: i64,
    guests: Vec<Guest>,
) -> Result<Vec<Sent>, Refusal> {
    let mut answers = Vec::with_capacity(guests.len());
    for chunk in guests.chunks(AT_ONCE) {
        let guests = chunk
            .iter()
            .map(|guest| {
                let id = app.ids.uuid();
                let mail = Mail {
                    to: guest.email.clone(),
                    name: guest.name.clone(),
                    lang: guest.language,
                    message: "organisations-mail-invitation".into(),
                    args: Map::from_iter([
                        ("inviter".to_owned(), json!(inviter)),
                        ("organisation".to_owned(), json!(organisation_name)),
                    ]),
                    link: Some(format!("/{}{}", guest.language.code(), path(app, id))),
                };
                (id, guest.clone(), app.ids.uuid(), json!(mail))
            })
            .collect();
        let audit = Audit::new(
            app,
            by,
            "member-invited",
            format!("organisation:{organisation}"),
        );
        let batch = Batch {
            organisation,
            by,
            guests,
            allowed,
            audit,
        };
        let answer = app
            .db
            .write(batch, |tx, batch| Box::pin(invite_batch(tx, batch)))
            .await?;
        answers.extend(answer);
    }
    Ok(answers)
}

async fn addresses(
    query: crate::db::Bound,
    tx: &mut Tx,
) -> Result<std::collections::HashSet<String>, DbError> {
    let rows: Vec<store::AddressRow> = query.all(tx).await?;
    Ok(rows.into_iter().map(|row| row.email).collect())
}

async fn invite_batch(tx: &mut Tx, batch: &Batch) -> Result<Vec<Sent>, DbError> {
    let (organisation, now) = (batch.organisation, batch.audit.at);
    let emails: Vec<String> = batch
        .guests
        .iter()
        .map(|(_, g, ..)| g.email.clone())
        .collect();
    store::EXPIRE
        .bind(organisation)
        .bind(now)
        .bind(emails.clone())
        .run(&mut *tx)
        .await?;
    let members = store::MEMBER_ADDRESSES
        .bind(organisation)
        .bind(emails.clone());
    let members = addresses(members, tx).await?;
    let waiting = store::WAITING_ADDRESSES
        .bind(organisation)
        .bind(now)
        .bind(emails.clone());
    let mut waiting = addresses(waiting, tx).await?;
    let declined = store::DECLINED_ADDRESSES
        .bind(organisation)
        .bind(now.plus_days(-PEACE_DAYS))
        .bind(emails);
    let declined = addresses(declined, tx).await?;
    let (made,): (i64,) = store::MADE_SINCE
        .bind(organisation)
        .bind(now.plus_days(-1))
        .one(&mut *tx)
        .await?;
    let mut left = batch.allowed - made;
    let (mut rows, mut mails, mut answers) = (Vec::new(), Vec::new(), Vec::new());
    for (id, guest, mail, payload) in &batch.guests {
        let answer = if members.contains(&guest.email) {
            Sent::Member
        } else if waiting.contains(&guest.email) {
            Sent::Waiting
        } else if declined.contains(&guest.email) {
            Sent::Declined
        } else if left <= 0 {
            Sent::TooMany
        } else {
            left -= 1;
            waiting.insert(guest.email.clone());
            rows.push(json!({
                "id": id.simple().to_string(), "email": guest.email, "name": guest.name,
                "language": guest.language.code(),
            }));
            mails.push((*mail, payload.clone()));
            Sent::Now
        };
        answers.push(answer);
    }
    if !rows.is_empty() {
        store::ADD_ALL
            .bind(json!(rows))
            .bind(organisation)
            .bind(batch.by)
            .bind(now)
            .bind(now.plus_days(DAYS))
            .run(&mut *tx)
            .await?;
        jobs::enqueue_all(tx, mail::HANDLER.kind, &mails, now).await?;
        let audit = batch.audit.clone().detail(json!({ "count": rows.len() }));
        audit.write(tx).await?;
    }
    Ok(answers)
}

/// An invitation as those who invite see it: what they typed.
#[derive(Debug, Clone)]
pub struct Waiting {
    /// Which.
    pub id: Uuid,
    /// The address.
    pub email: String,
    /// As it was typed.
    pub name: String,
    /// When it was sent.
    pub created_at: Timestamp,
    /// It can no longer be accepted.
    pub expired: bool,
    /// They said no.
    pub declined: bool,
}

/// Those that wait, the latest first, at most `count`; and how many there are.
pub async fn waiting(
    app: &App,
    scope: OrgScope,
    count: i64,
) -> Result<(Vec<Waiting>, i64), DbError> {
    let now = app.clock.now();
    let rows: Vec<store::WaitingRow> = store::WAITING
        .bind(scope.organisation())
        .bind(now.plus_days(-PEACE_DAYS))
        .bind(count)
        .all(&app.db)
        .await?;
    let (all,): (i64,) = store::WAITING_COUNT
        .bind(scope.organisation())
        .bind(now)
        .one(&app.db)
        .await?;
    let rows = rows
        .into_iter()
        .map(|row| Waiting {
            id: row.id,
            email: row.email,
            name: row.name,
            created_at: row.created_at,
            expired: row.expires_at <= now,
            declined: row.decision.is_some(),
        })
        .collect();
    Ok((rows, all))
}

/// A link that is passed on.
#[derive(Debug, Clone)]
pub struct Link {
    /// Which.
    pub id: Uuid,
    /// The path of its page, without language.
    pub path: String,
    /// How often it was used.
    pub uses: i64,
    /// How often it can be.
    pub uses_max: i64,
    /// Until when.
    pub expires_at: Timestamp,
}

/// The links that can still be used.
pub async fn links(app: &App, scope: OrgScope) -> Result<Vec<Link>, DbError> {
    let rows: Vec<store::LinkRow> = store::LINKS
        .bind(scope.organisation())
        .bind(app.clock.now())
        .all(&app.db)
        .await?;
    Ok(rows
        .into_iter()
        .map(|row| Link {
            id: row.id,
            path: path(app, row.id),
            uses: row.uses,
            uses_max: row.uses_max,
            expires_at: row.expires_at,
        })
        .collect())
}

/// Makes one.
pub async fn add_link(
    app: &App,
    scope: OrgScope,
    by: PersonId,
    uses: i64,
    days: i64,
) -> Result<(), DbError> {
    let id = app.ids.uuid();
    let organisation = scope.organisation();
    let audit = Audit::new(
        app,
        Some(by),
        "invitation-link-made",
        format!("organisation:{organisation}"),
    )
    .detail(json!({ "link": id, "uses": uses, "days": days }));
    app.db
        .write(
            (id, organisation, uses, days, audit),
            |tx, (id, organisation, uses, days, audit)| {
                Box::pin(async move {
                    store::ADD_LINK
                        .bind(*id)
                        .bind(*organisation)
                        .bind(*uses)
                        .bind(audit.actor)
                        .bind(audit.at)
                        .bind(audit.at.plus_days(*days))
                        .run(&mut *tx)
                        .await?;
                    audit.write(tx).await
                })
            },
        )
        .await
}

/// The organisation that an invitation or a link belongs to; `None` when it is over or there is none.
pub async fn organisation_of(app: &App, id: Uuid) -> Result<Option<OrganisationId>, DbError> {
    let row: Option<store::WhoseRow> = store::OF_INVITATION.bind(id).optional(&app.db).await?;
    if let Some(row) = row {
        return Ok(Some(row.organisation));
    }
    let row: Option<store::WhoseRow> = store::OF_LINK.bind(id).optional(&app.db).await?;
    Ok(row.map(|row| row.organisation))
}

/// Takes an invitation or a link back.
pub async fn revoke(app: &App, by: PersonId, id: Uuid) -> Result<(), DbError> {
    let audit = Audit::new(
        app,
        Some(by),
        "invitation-revoked",
        format!("invitation:{id}"),
    );
    app.db
        .write((id, audit), |tx, (id, audit)| {
            Box::pin(async move {
                store::REVOKE.bind(*id).bind(audit.at).run(&mut *tx).await?;
                store::REVOKE_LINK
                    .bind(*id)
                    .bind(audit.at)
                    .run(&mut *tx)
                    .await?;
                audit.write(tx).await
            })
        })
        .await
}
