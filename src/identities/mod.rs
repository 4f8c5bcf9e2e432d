//! Sign-in with others: OpenID Connect and OAuth 2.0 providers say who somebody is; an account here
//! is found by (issuer, subject) only. An address in a token proves nothing and finds nobody: the
//! two are linked by who holds both, signed in here and there in one browser.

mod flow;
mod metadata;
mod pages;
mod people;
mod store;

use rocket::Route;

use crate::App;
use crate::db::DbError;

pub use people::{Identity, of_person};
pub(crate) use store::QUERIES;

/// What the proof key of a login is sealed for.
const SEAL: &str = "identity-verifier";

/// The routes.
pub fn routes() -> Vec<Route> {
    pages::routes()
}

/// Removes logins that nobody finished.
pub(crate) async fn sweep(app: &App) -> Result<(), DbError> {
    let now = app.clock.now();
    app.db
        .write(now, |tx, now| {
            Box::pin(async move { store::SWEEP_LOGINS.bind(*now).run(tx).await.map(drop) })
        })
        .await
}
