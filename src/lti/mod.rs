//! LTI: learning platforms (LMSs) launch our modules and get the grades back; and the other way
//! round, our modules open tools of others ([`tools`]).
//!
//! `crates/lti` says what a message means; this feature keeps who may send one (registrations,
//! deployments), lets browsers in (logins, launches, sessions of their own kind), finds out whom a
//! launch is about (identities by issuer and subject, never by address) and delivers grades
//! through the outbox.

mod access;
mod basic;
mod denied;
pub mod entry;
pub mod grades;
mod jwks;
mod keys;
mod login;
mod members;
mod pages;
pub mod people;
pub mod platforms;
mod registration;
mod service;
mod sessions;
mod store;
pub mod tools;
mod v11;

use rocket::Route;

use crate::App;
use crate::db::DbError;

pub use grades::{HANDLER as GRADES, progressed};
pub use keys::rotate;
pub(crate) use store::QUERIES;

/// What a secret is sealed for.
const SEAL_SECRET: &str = "lti-consumer-secret";
const SEAL_KEY: &str = "lti-private-key";
const SEAL_TOKEN: &str = "lti-access-token";

/// The routes.
pub fn routes() -> Vec<Route> {
    pages::routes()
}

/// Signs claims with the key that signs now (RS256), the public key beside them: for what is
/// verified far from here. It stands in our key set too.
pub async fn sign_with_its_key(
    app: &App,
    claims: &serde_json::Value,
) -> Result<String, crate::web::Refusal> {
    let key = keys::signing(app).await?;
    key.sign_with_its_key(claims)
        .map_err(|_| platforms::internal())
}

/// Removes what has run out: logins, nonces, launched browsers.
pub(crate) async fn sweep(app: &App) -> Result<(), DbError> {
    let now = app.clock.now();
    app.db
        .write(now, |tx, now| {
            Box::pin(async move {
                store::SWEEP_LOGINS.bind(*now).run(&mut *tx).await?;
                store::SWEEP_NONCES.bind(*now).run(&mut *tx).await?;
                store::SWEEP_SESSIONS.bind(*now).run(&mut *tx).await?;
                Ok(())
            })
        })
        .await
        .map_err(|error: DbError| error)?;
    tools::sweep(app).await
}
