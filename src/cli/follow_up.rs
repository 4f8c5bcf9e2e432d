//! `halqa follow-up`: the figures of the programme.

use std::process::ExitCode;

use clap::Subcommand;

use crate::config::Config;
use crate::follow_up::figures;
use crate::{App, StartError};

/// What to do with the figures.
#[derive(Subcommand)]
pub(super) enum FollowUp {
    /// Counts everything anew from what happened; the dashboards stay open meanwhile.
    Rebuild,
}

/// Runs the command.
pub(super) async fn run(config: Config, command: FollowUp) -> Result<ExitCode, StartError> {
    let FollowUp::Rebuild = command;
    let app = App::open(config).await?;
    let counted = figures::rebuild(&app).await?;
    println!("Counted anew: {counted} people, seminars, visits and sheets.");
    app.db.close().await;
    Ok(ExitCode::SUCCESS)
}
