//! Dispatch: a module as a thin package that another LMS imports. The package opens the module from
//! here for the learner whom that LMS names, and tells the LMS how far the learner is; the progress
//! lands in our store like anybody's. It can be revoked, capped, and changed without a new import.

mod launches;
mod packages;
mod pages;
mod registry;
mod store;

use crate::App;
use crate::db::DbError;

pub use packages::Standard;
pub use registry::{Dispatch, New, add, get, key};
pub(crate) use store::QUERIES;

/// The routes.
pub fn routes() -> Vec<rocket::Route> {
    pages::routes()
}

/// The package of a dispatch, in a standard.
pub async fn package(
    app: &App,
    dispatch: &Dispatch,
    standard: Standard,
) -> Result<Vec<u8>, crate::web::Refusal> {
    packages::build(app, dispatch, standard).await
}

/// Removes what has run out.
pub async fn sweep(app: &App) -> Result<(), DbError> {
    let now = app.clock.now();
    app.db
        .write(now, |tx, now| {
            Box::pin(async move { store::SWEEP_SESSIONS.bind(*now).run(tx).await.map(drop) })
        })
        .await
}
