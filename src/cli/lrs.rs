//! `halqa lrs`: clients of the learning record store.

use std::process::ExitCode;

use clap::Subcommand;
use serde_json::json;

use super::said;
use crate::config::Config;
use crate::lrs::credentials::{self, New};
use crate::{App, StartError};

/// What to do with the store.
#[derive(Subcommand)]
pub(super) enum Lrs {
    /// Makes a user and password for an xAPI client and prints them, once.
    AddCredential {
        /// What it is for.
        #[arg(long)]
        name: String,
        /// all, all/read, statements/write, statements/read, statements/read/mine, state,
        /// profile, define (default: all).
        #[arg(long = "scope", num_args = 1..)]
        scopes: Vec<String>,
        /// The edition in the header of answers to requests that name none: 1.0.3 or 2.0.0.
        #[arg(long, default_value = "1.0.3")]
        default_version: String,
        /// The slug of the organisation whose statements it writes and reads (default: the
        /// platform, which sees all).
        #[arg(long)]
        organisation: Option<String>,
        /// Prints one JSON object.
        #[arg(long)]
        json: bool,
    },
}

/// Runs the command.
pub(super) async fn run(config: Config, command: Lrs) -> Result<ExitCode, StartError> {
    let Lrs::AddCredential {
        name,
        scopes,
        default_version,
        organisation,
        json,
    } = command;
    let app = App::open(config).await?;
    let new = New {
        name,
        scopes,
        organisation,
        default_version: Some(default_version),
    };
    let made = credentials::add(&app, None, new)
        .await
        .map_err(|refusal| said(&app, &refusal))?;
    app.db.close().await;
    if json {
        println!(
            "{}",
            json!({ "user": made.user, "password": made.password })
        );
    } else {
        println!("{}\n{}", made.user, made.password);
    }
    Ok(ExitCode::SUCCESS)
}
