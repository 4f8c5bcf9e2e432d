//! Who belongs to an organisation, and who coordinates it.

use serde::Serialize;
use serde_json::json;
use uuid::Uuid;

use super::{Guest, OrgScope, Sent, invitations, store};
use crate::App;
use crate::accounts::{self, Audit, Person, Rotation};
use crate::clock::Timestamp;
use crate::db::{DbError, Tx};
use crate::ids::{OrganisationId, Secret};
use crate::web::Refusal;

/// A membership.
#[derive(Debug, Serialize)]
pub struct Member {
    /// Which membership.
    pub id: Uuid,
    /// The person's name.
    pub name: String,
    /// The person's address.
    pub email: String,
    /// `member` or `coordinator`.
    pub role: String,
    /// Since when.
    pub from_at: Timestamp,
    /// Until when; none: still.
    pub until_at: Option<Timestamp>,
    /// False while an invitation waits.
    pub joined: bool,
}

/// The members, present ones first.
pub async fn members(app: &App, scope: OrgScope) -> Result<Vec<Member>, DbError> {
    let rows: Vec<store::MemberRow> = store::MEMBERS
        .bind(scope.organisation())
        .all(&app.db)
        .await?;
    Ok(rows
        .into_iter()
        .map(|row| Member {
            id: row.id,
            name: row.name,
            email: row.email,
            role: row.role,
            from_at: row.from_at,
            until_at: row.until_at,
            joined: row.joined,
        })
        .collect())
}

/// Makes changes of an organisation's members wait for each other, until the transaction ends.
pub(super) async fn lock(tx: &mut Tx, organisation: OrganisationId) -> Result<(), DbError> {
    store::LOCK.bind(organisation).run(tx).await.map(drop)
}

/// How many coordinate it now.
pub(super) async fn coordinators(
    tx: &mut Tx,
    organisation: OrganisationId,
) -> Result<i64, DbError> {
    let (count,): (i64,) = store::COORDINATORS.bind(organisation).one(tx).await?;
    Ok(count)
}

/// Invites somebody: they become a member when they accept. What is answered, and what those who
/// invite see until then, is the same for known and unknown addresses.
pub async fn invite(
    app: &App,
    scope: OrgScope,
    by: &Person,
    guest: Guest,
) -> Result<Sent, Refusal> {
    let answers = invitations::invite(app, scope, by, vec![guest]).await?;
    Ok(answers.first().copied().unwrap_or(Sent::TooMany))
}

/// What happens to a membership.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Change {
    /// It ends now; what was reached during it stays counted.
    End,
    /// The member coordinates the organisation.
    Coordinator,
    /// The coordinator is a member as others.
    Member,
}

/// Changes a membership. An organisation keeps a coordinator: the last one cannot go (409
/// `last-coordinator`), whoever asks at the same time. Who changes their own role gets another token,
/// which is returned for the cookie.
pub async fn change(
    app: &App,
    scope: OrgScope,
    by: &Person,
    membership: Uuid,
    change: Change,
) -> Result<Option<Secret>, Refusal> {
    let action = match change {
        Change::End => "membership-ended",
        Change::Coordinator => "coordinator-made",
        Change::Member => "coordinator-unmade",
    };
    let audit = Audit::new(
        app,
        Some(by.id),
        action,
        format!("organisation:{}", scope.organisation()),
    )
    .detail(json!({ "membership": membership }));
    let (rotation, secret) = Rotation::new(app, by);
    let rotated = app
        .db
        .write(
            (scope, membership, change, audit, by.id, rotation),
            |tx, (scope, membership, change, audit, by, rotation)| {
                Box::pin(async move {
                    let organisation = scope.organisation();
                    store::LOCK.bind(organisation).run(&mut *tx).await?;
                    let (before,): (i64,) =
                        store::COORDINATORS.bind(organisation).one(&mut *tx).await?;
                    let changed = match change {
                        Change::End => store::END
                            .bind(*membership)
                            .bind(organisation)
                            .bind(audit.at),
                        Change::Coordinator => store::SET_ROLE
                            .bind(*membership)
                            .bind(organisation)
                            .bind("coordinator"),
                        Change::Member => store::SET_ROLE
                            .bind(*membership)
                            .bind(organisation)
                            .bind("member"),
                    };
                    let changed: Option<store::PersonRow> = changed.optional(&mut *tx).await?;
                    let changed = changed.ok_or_else(Refusal::not_found)?;
                    let (after,): (i64,) =
                        store::COORDINATORS.bind(organisation).one(&mut *tx).await?;
                    if before > 0 && after == 0 {
                        return Err(Refusal::conflict("last-coordinator"));
                    }
                    audit.write(tx).await?;
                    // Other rights, another token (`threats.md` W3).
                    let own = changed.person == *by;
                    if before != after && own {
                        rotation.apply(tx).await?;
                    } else if before != after {
                        accounts::end_sessions(tx, changed.person).await?;
                    }
                    Ok::<bool, Refusal>(before != after && own)
                })
            },
        )
        .await?;
    Ok(rotated.then_some(secret))
}
