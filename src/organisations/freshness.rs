//! Whether an organisation's page is still right, and for whom it is.

use super::{Organisation, store};
use crate::App;
use crate::accounts::{Audit, Person};
use crate::clock::Timestamp;
use crate::db::DbError;
use crate::web::Refusal;

/// When it was last looked after, and by whom it was verified.
#[derive(Debug, Clone, Default)]
pub struct Freshness {
    /// When its description was last changed.
    pub updated_at: Timestamp,
    /// When those who coordinate it last said that all is right.
    pub confirmed_at: Option<Timestamp>,
    /// When it was verified.
    pub verified_at: Option<Timestamp>,
    /// By whom, where that is known.
    pub verified_by: Option<String>,
}

/// How fresh an organisation's page is.
pub async fn freshness(app: &App, organisation: &Organisation) -> Result<Freshness, DbError> {
    let row: store::FreshnessRow = store::FRESHNESS.bind(organisation.id).one(&app.db).await?;
    Ok(Freshness {
        updated_at: row.updated_at,
        confirmed_at: row.confirmed_at,
        verified_at: row.verified_at,
        verified_by: row.verified_by,
    })
}

/// All is still right, today.
pub async fn confirm(app: &App, by: &Person, organisation: &Organisation) -> Result<(), DbError> {
    let id = organisation.id;
    let audit = Audit::new(
        app,
        Some(by.id),
        "organisation-confirmed",
        format!("organisation:{id}"),
    );
    app.db
        .write((id, audit), |tx, (id, audit)| {
            Box::pin(async move {
                store::CONFIRM
                    .bind(*id)
                    .bind(audit.at)
                    .run(&mut *tx)
                    .await?;
                audit.write(tx).await
            })
        })
        .await
}

/// Its page is for everybody, or for people who are signed in.
///
/// # Errors
/// 403 for those who do not speak for it.
pub async fn publish(
    app: &App,
    by: &Person,
    organisation: &Organisation,
    public: bool,
) -> Result<(), Refusal> {
    if !domain::community::may_rest(organisation.id.0, &by.roles) {
        return Err(Refusal::forbidden());
    }
    let id = organisation.id;
    let action = if public {
        "organisation-public"
    } else {
        "organisation-members-only"
    };
    let audit = Audit::new(app, Some(by.id), action, format!("organisation:{id}"));
    app.db
        .write((id, public, audit), |tx, (id, public, audit)| {
            Box::pin(async move {
                store::PUBLISH
                    .bind(*id)
                    .bind(!*public)
                    .bind(audit.at)
                    .run(&mut *tx)
                    .await?;
                audit.write(tx).await
            })
        })
        .await?;
    Ok(())
}
