//! Mise en veille: an organisation asks not to be seen. Everything follows from one column, which
//! the views `shown_organisation`, `shown_person`, `shown_topic`… read: it, its members and what
//! they wrote leave every page, feed, search and list for the public in the same moment, and come
//! back the same way.

use serde_json::json;

use super::{Organisation, store};
use crate::App;
use crate::accounts::{Audit, Person};
use crate::web::Refusal;

/// Puts an organisation to rest, or wakes it.
///
/// # Errors
/// 403 for those who do not speak for it.
pub async fn rest(
    app: &App,
    by: &Person,
    organisation: &Organisation,
    resting: bool,
) -> Result<(), Refusal> {
    if !domain::community::may_rest(organisation.id.0, &by.roles) {
        return Err(Refusal::forbidden());
    }
    let action = if resting {
        "organisation-rests"
    } else {
        "organisation-awake"
    };
    let id = organisation.id;
    let audit = Audit::new(app, Some(by.id), action, format!("organisation:{id}"));
    app.db
        .write((id, resting, audit), |tx, (id, resting, audit)| {
            Box::pin(async move {
                store::REST
                    .bind(*id)
                    .bind(resting.then_some(audit.at))
                    .bind(audit.at)
                    .run(&mut *tx)
                    .await?;
                audit.write(tx).await
            })
        })
        .await?;
    Ok(())
}

/// What members of a trusted organisation propose is released at once.
///
/// # Errors
/// 403 for those who do not administer organisations of its region.
pub async fn trust(
    app: &App,
    by: &Person,
    organisation: &Organisation,
    trusted: bool,
) -> Result<(), Refusal> {
    if !super::may_administer(by, organisation.region.as_deref()) {
        return Err(Refusal::forbidden());
    }
    let id = organisation.id;
    let audit = Audit::new(
        app,
        Some(by.id),
        "organisation-trust",
        format!("organisation:{id}"),
    )
    .detail(json!({ "trusted": trusted }));
    app.db
        .write((id, trusted, audit), |tx, (id, trusted, audit)| {
            Box::pin(async move {
                store::TRUST
                    .bind(*id)
                    .bind(trusted.then_some(audit.at))
                    .bind(audit.at)
                    .run(&mut *tx)
                    .await?;
                audit.write(tx).await
            })
        })
        .await?;
    Ok(())
}
