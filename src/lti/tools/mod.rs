//! Tools of others that we launch (LTI 1.3, the platform's side): registrations, launches with our
//! own keys, content picked at the tool, and the scores it sends back.
//!
//! A module that leads to a tool is a module like any other (`formats::tool`); what the tool tells
//! of a learner goes to the player, and from there to the progress store.

mod choices;
mod columns;
mod keys;
mod launches;
pub(super) mod pages;
mod registry;
mod store;
mod tokens;

use crate::App;
use crate::db::DbError;

pub use registry::{NewTool, add, all, get, make_module};
pub(crate) use store::QUERIES;
pub use store::Tool;

/// Removes what has run out.
pub(super) async fn sweep(app: &App) -> Result<(), DbError> {
    let now = app.clock.now();
    app.db
        .write(now, |tx, now| {
            Box::pin(async move {
                store::SWEEP_TOOL_LOGINS.bind(*now).run(&mut *tx).await?;
                store::SWEEP_CHOICES.bind(*now).run(&mut *tx).await?;
                store::SWEEP_TOOL_NONCES.bind(*now).run(&mut *tx).await?;
                store::SWEEP_TOOL_TOKENS.bind(*now).run(&mut *tx).await?;
                Ok(())
            })
        })
        .await
}
