//! Credentials of the API: bearer tokens with scopes, and the scope a handler needs as a type.

use std::marker::PhantomData;

use rocket::Request;
use rocket::request::{FromRequest, Outcome};
use serde::Serialize;
use serde_json::json;
use uuid::Uuid;

use super::store;
use crate::App;
use crate::clock::Timestamp;
use crate::db::DbError;
use crate::ids::{PersonId, hash_secret};
use crate::web::{Refusal, problem};

use super::people::Audit;

/// Every scope there is (`contract.md`).
pub const SCOPES: [&str; 8] = [
    "packages", "modules", "launches", "progress", "seminars", "reports", "admin", "all",
];

/// What a token says before its secret, so that a leaked one is known for what it is.
const PREFIX: &str = "halqa_";

/// A scope as a type.
pub trait Scope: Send + Sync + 'static {
    /// Its name in tokens.
    const NAME: &'static str;
}

/// The scopes a handler can ask for.
pub mod scope {
    macro_rules! scopes {
        ($($(#[$meta:meta])* $name:ident = $text:literal;)*) => {$(
            $(#[$meta])*
            pub struct $name;
            impl super::Scope for $name {
                const NAME: &'static str = $text;
            }
        )*};
    }
    scopes! {
        /// Import packages.
        Packages = "packages";
        /// Read and change modules.
        Modules = "modules";
        /// Launch modules for learners.
        Launches = "launches";
        /// Read progress.
        Progress = "progress";
        /// Seminars and eligibility.
        Seminars = "seminars";
        /// Reports, exports and journals.
        Reports = "reports";
        /// People, organisations, the platform.
        Admin = "admin";
    }
}

/// A request with a valid token that holds the scope `S` (or `all`).
pub struct ApiKey<S: Scope> {
    /// Which token.
    pub id: Uuid,
    /// What its maker called it.
    pub name: String,
    scope: PhantomData<S>,
}

#[rocket::async_trait]
impl<'r, S: Scope> FromRequest<'r> for ApiKey<S> {
    type Error = ();

    async fn from_request(request: &'r Request<'_>) -> Outcome<Self, ()> {
        match key(request, S::NAME).await {
            Ok((id, name)) => Outcome::Success(ApiKey {
                id,
                name,
                scope: PhantomData,
            }),
            Err(refusal) => {
                problem::keep(request, &refusal);
                Outcome::Error((refusal.status, ()))
            }
        }
    }
}

async fn key(request: &Request<'_>, scope: &'static str) -> Result<(Uuid, String), Refusal> {
    let app = problem::app(request)
        .await
        .ok_or_else(Refusal::unauthorized)?;
    let mut headers = request.headers().get("Authorization");
    let (Some(header), None) = (headers.next(), headers.next()) else {
        return Err(Refusal::unauthorized());
    };
    let (kind, token) = header.split_once(' ').unwrap_or((header, ""));
    let token = token.trim();
    if !kind.eq_ignore_ascii_case("bearer") || token.is_empty() || token.len() > 100 {
        return Err(Refusal::unauthorized());
    }
    let row: Option<store::ApiTokenRow> = store::API_TOKEN
        .bind(hash_secret(token))
        .optional(&app.db)
        .await?;
    let row = row.ok_or_else(Refusal::unauthorized)?;
    let holds = |wanted: &str| {
        row.scopes
            .as_array()
            .is_some_and(|scopes| scopes.iter().any(|s| s == wanted))
    };
    if holds(scope) || holds("all") {
        Ok((row.id, row.name))
    } else {
        Err(
            Refusal::new(rocket::http::Status::Forbidden, "missing-scope")
                .with("scope", json!(scope)),
        )
    }
}

/// A token as administrators see it: never its secret.
#[derive(Debug, Serialize)]
pub struct Token {
    /// Which.
    pub id: Uuid,
    /// What its maker called it.
    pub name: String,
    /// What it may do.
    pub scopes: Vec<String>,
    /// Since when.
    pub created_at: Timestamp,
    /// Worth nothing since then.
    pub revoked_at: Option<Timestamp>,
}

/// All tokens, valid ones first.
pub async fn tokens(app: &App) -> Result<Vec<Token>, DbError> {
    let rows: Vec<store::ApiTokenListRow> = store::API_TOKENS.all(&app.db).await?;
    Ok(rows
        .into_iter()
        .map(|row| Token {
            id: row.id,
            name: row.name,
            scopes: serde_json::from_value(row.scopes).unwrap_or_default(),
            created_at: row.created_at,
            revoked_at: row.revoked_at,
        })
        .collect())
}

/// Makes a token; the text is shown once and never again. Unknown scopes are refused (422
/// `unknown-scope`).
pub async fn add_token(
    app: &App,
    by: Option<PersonId>,
    name: &str,
    scopes: &[String],
) -> Result<String, Refusal> {
    let unknown = scopes.iter().find(|s| !SCOPES.contains(&s.as_str()));
    if let Some(unknown) = unknown {
        return Err(Refusal::unprocessable("unknown-scope").with("scope", json!(unknown)));
    }
    let token = format!("{PREFIX}{}", app.ids.secret().reveal());
    let id = app.ids.uuid();
    let audit = Audit::new(app, by, "token-added", format!("token:{id}"))
        .detail(json!({ "name": name, "scopes": scopes }));
    app.db
        .write(
            (
                id,
                name.to_owned(),
                hash_secret(&token),
                json!(scopes),
                audit,
            ),
            |tx, (id, name, hash, scopes, audit)| {
                Box::pin(async move {
                    store::ADD_API_TOKEN
                        .bind(*id)
                        .bind(name)
                        .bind(hash)
                        .bind(scopes.clone())
                        .bind(audit.at)
                        .run(&mut *tx)
                        .await?;
                    audit.write(tx).await
                })
            },
        )
        .await?;
    Ok(token)
}

/// Makes a token worth nothing; false when there is no such valid one.
pub async fn revoke_token(app: &App, by: PersonId, id: Uuid) -> Result<bool, DbError> {
    let audit = Audit::new(app, Some(by), "token-revoked", format!("token:{id}"));
    app.db
        .write((id, audit), |tx, (id, audit)| {
            Box::pin(async move {
                let revoked = store::REVOKE_API_TOKEN
                    .bind(*id)
                    .bind(audit.at)
                    .run(&mut *tx)
                    .await?;
                audit.write(tx).await?;
                Ok(revoked == 1)
            })
        })
        .await
}
