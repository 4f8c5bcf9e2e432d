//! `halqa tokens`: API bearer tokens.

use std::process::ExitCode;

use clap::Subcommand;
use serde_json::json;

use super::said;
use crate::accounts::api_key;
use crate::config::Config;
use crate::{App, StartError};

/// What to do with tokens.
#[derive(Subcommand)]
pub(super) enum Tokens {
    /// Makes a token and prints it, once.
    Add {
        /// What it is for.
        #[arg(long)]
        name: String,
        /// packages, modules, launches, progress, seminars, reports, admin, all.
        #[arg(long = "scope", required = true, num_args = 1..)]
        scopes: Vec<String>,
        /// Prints one JSON object.
        #[arg(long)]
        json: bool,
    },
}

/// Runs the command.
pub(super) async fn run(config: Config, command: Tokens) -> Result<ExitCode, StartError> {
    let Tokens::Add { name, scopes, json } = command;
    let app = App::open(config).await?;
    let token = api_key::add_token(&app, None, &name, &scopes)
        .await
        .map_err(|refusal| said(&app, &refusal))?;
    app.db.close().await;
    if json {
        println!("{}", json!({ "token": token }));
    } else {
        println!("{token}");
    }
    Ok(ExitCode::SUCCESS)
}
