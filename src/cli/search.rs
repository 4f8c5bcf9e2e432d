//! `halqa search`: the index of the search.

use std::process::ExitCode;

use clap::Subcommand;

use crate::config::Config;
use crate::{App, StartError};

/// What to do with the index.
#[derive(Subcommand)]
pub(super) enum Search {
    /// Forgets the index and makes it anew; the platform may run meanwhile.
    Rebuild,
}

/// Runs the command.
pub(super) async fn run(config: Config, command: Search) -> Result<ExitCode, StartError> {
    let Search::Rebuild = command;
    let app = App::open(config).await?;
    crate::search::rebuild(&app).await?;
    let done = crate::search::settle(&app).await?;
    app.db.close().await;
    println!("{done}");
    Ok(ExitCode::SUCCESS)
}
