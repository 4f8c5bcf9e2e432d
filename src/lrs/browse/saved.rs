//! Queries kept under a name: over the whole platform, or over one organisation's statements.

use serde_json::json;
use uuid::Uuid;

use super::{FIELDS, store};
use crate::App;
use crate::accounts::Audit;
use crate::db::DbError;
use crate::ids::{OrganisationId, PersonId};
use crate::web::{Fields, Refusal};

/// A kept query.
#[derive(Debug, Clone)]
pub(in crate::lrs) struct Saved {
    pub id: Uuid,
    pub name: String,
    /// As in an address.
    pub query: String,
    /// The organisation's name; `None`: over the platform.
    pub owner: Option<String>,
}

impl Saved {
    /// What the form would hold.
    pub(in crate::lrs) fn fields(&self) -> Fields {
        let mut fields = Fields::default();
        for (name, value) in url::form_urlencoded::parse(self.query.as_bytes()) {
            if FIELDS.contains(&name.as_ref()) {
                fields.fill(&name, &value);
            }
        }
        fields
    }
}

impl From<store::SavedRow> for Saved {
    fn from(row: store::SavedRow) -> Self {
        // The scope stands beside the query and counts before what the query says.
        let mut query = row.query;
        if let Some(id) = row.organisation {
            query = url::form_urlencoded::Serializer::new(query)
                .append_pair("organisation", &id.to_string())
                .finish();
        }
        Saved {
            id: row.id,
            name: row.name,
            query,
            owner: row.owner,
        }
    }
}

/// All kept queries, by name.
pub(in crate::lrs) async fn all(app: &App) -> Result<Vec<Saved>, DbError> {
    let rows: Vec<store::SavedRow> = store::SAVED.all(&app.db).await?;
    Ok(rows.into_iter().map(Saved::from).collect())
}

/// One of them.
pub(in crate::lrs) async fn one(app: &App, id: Uuid) -> Result<Option<Saved>, DbError> {
    let row: Option<store::SavedRow> = store::SAVED_ONE.bind(id).optional(&app.db).await?;
    Ok(row.map(Saved::from))
}

/// What the form holds, without the scope.
fn in_address(fields: &Fields) -> String {
    let mut query = url::form_urlencoded::Serializer::new(String::new());
    for field in FIELDS.iter().filter(|field| **field != "organisation") {
        let value = fields.raw(field).trim();
        if !value.is_empty() {
            query.append_pair(field, value);
        }
    }
    query.finish()
}

/// Keeps what a form asks for under a name: in the scope of the organisation it is narrowed to,
/// or of the platform. 409 `name-taken` where that scope has one of this name.
pub(in crate::lrs) async fn keep(
    app: &App,
    by: PersonId,
    name: String,
    fields: &Fields,
) -> Result<Uuid, Refusal> {
    let organisation = match fields.raw("organisation") {
        "" => None,
        text => {
            let id = Uuid::parse_str(text).map_err(|_| Refusal::not_found())?;
            let row: Option<store::NamedRow> = store::TENANT.bind(id).optional(&app.db).await?;
            Some(OrganisationId(row.ok_or_else(Refusal::not_found)?.id))
        }
    };
    let query = in_address(fields);
    let id = app.ids.uuid();
    let audit = Audit::new(app, Some(by), "lrs-query-kept", format!("lrs-query:{id}"))
        .detail(json!({ "name": name }));
    let input = (id, organisation, name, query, by, audit);
    app.db
        .write(input, |tx, (id, organisation, name, query, by, audit)| {
            Box::pin(async move {
                let kept = store::SAVE
                    .bind(*id)
                    .bind(*organisation)
                    .bind(name.as_str())
                    .bind(query.as_str())
                    .bind(audit.at)
                    .bind(*by)
                    .run(&mut *tx)
                    .await?;
                if kept == 0 {
                    return Err(Refusal::conflict("name-taken"));
                }
                audit.write(tx).await?;
                Ok(())
            })
        })
        .await?;
    Ok(id)
}

/// Forgets a query; 409 `query-used` while a target is narrowed by it.
pub(in crate::lrs) async fn forget(app: &App, by: PersonId, id: Uuid) -> Result<(), Refusal> {
    let audit = Audit::new(
        app,
        Some(by),
        "lrs-query-forgotten",
        format!("lrs-query:{id}"),
    );
    app.db
        .write((id, audit), |tx, (id, audit)| {
            Box::pin(async move {
                let (uses,): (i64,) = store::SAVED_USES.bind(*id).one(&mut *tx).await?;
                if uses > 0 {
                    return Err(Refusal::conflict("query-used"));
                }
                if store::FORGET.bind(*id).run(&mut *tx).await? == 0 {
                    return Err(Refusal::not_found());
                }
                audit.write(tx).await?;
                Ok(())
            })
        })
        .await
}
