//! The command line: one file per command.

use std::process::ExitCode;

use clap::{Parser, Subcommand};

use crate::config::Config;
use crate::{App, StartError};

mod backup;
mod check;
mod demo;
mod follow_up;
mod import;
mod lrs;
mod lti;
mod mail;
mod replay;
mod search;
mod serve;
mod tokens;
mod users;

/// Halqa: courses, progress, seminars and spaces for civil-society organisations.
#[derive(Parser)]
#[command(version, about)]
struct Cli {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// Runs the platform.
    Serve,
    /// Runs the platform with a fictional community to try it with.
    Demo {
        /// Removes everything the demo holds and loads it anew.
        #[arg(long)]
        reset: bool,
    },
    /// Brings the database up to date (serve does it too).
    Migrate,
    /// People; `users add --role admin` makes the first administrator.
    #[command(subcommand)]
    Users(users::Users),
    /// API bearer tokens.
    #[command(subcommand)]
    Tokens(tokens::Tokens),
    /// The figures of the programme.
    #[command(subcommand)]
    FollowUp(follow_up::FollowUp),
    /// The learning record store.
    #[command(subcommand)]
    Lrs(lrs::Lrs),
    /// Copies everything into one file, while running; verifies it.
    Backup {
        /// The file to write.
        file: std::path::PathBuf,
    },
    /// Puts a backup into an empty database and storage.
    Restore {
        /// The file to read.
        file: std::path::PathBuf,
    },
    /// Looks at configuration, database, storage, mail and clock: says what is wrong and how to
    /// mend it. Exit code 1 if anything is.
    Check,
    /// Imports packages and prints the diagnosis of each.
    Import(import::Args),
    /// Replays a session's journal through the engine and prints each step.
    Replay(replay::Args),
    /// The search.
    #[command(subcommand)]
    Search(search::Search),
    /// Learning platforms that launch our modules.
    #[command(subcommand)]
    Lti(lti::Lti),
    /// Mail that comes in: answers to letters, and what comes back.
    #[command(subcommand)]
    Mail(mail::Mail),
}

/// Reads the arguments and runs the command.
pub async fn run() -> ExitCode {
    let cli = Cli::parse();
    let config = match Config::load() {
        config if matches!(cli.command, Command::Check) => {
            return match check::run(config).await {
                Ok(code) => code,
                Err(error) => {
                    eprintln!("halqa: {error}");
                    ExitCode::FAILURE
                }
            };
        }
        Ok(config) => config,
        Err(error) => {
            eprintln!("halqa: {error}");
            return ExitCode::FAILURE;
        }
    };
    let result = match cli.command {
        Command::Check => check::run(Ok(config)).await,
        Command::Serve => serve::run(config).await,
        Command::Demo { reset } => demo::run(config, reset).await,
        Command::Migrate => migrate(config).await,
        Command::Users(command) => users::run(config, command).await,
        Command::Tokens(command) => tokens::run(config, command).await,
        Command::FollowUp(command) => follow_up::run(config, command).await,
        Command::Lrs(command) => lrs::run(config, command).await,
        Command::Backup { file } => backup::backup(config, &file).await,
        Command::Restore { file } => backup::restore(config, &file).await,
        Command::Import(args) => import::run(config, args).await,
        Command::Replay(args) => replay::run(config, args).await,
        Command::Search(command) => search::run(config, command).await,
        Command::Lti(command) => lti::run(config, command).await,
        Command::Mail(command) => mail::run(config, command).await,
    };
    match result {
        Ok(code) => code,
        Err(error) => {
            eprintln!("halqa: {error}");
            ExitCode::FAILURE
        }
    }
}

async fn migrate(config: Config) -> Result<ExitCode, StartError> {
    let app = App::open(config).await?;
    app.db.close().await;
    Ok(ExitCode::SUCCESS)
}

/// A refusal as an operator reads it on a terminal: in English.
fn said(app: &App, refusal: &crate::web::Refusal) -> String {
    app.pages.locales.plain(
        crate::web::Lang::En,
        &format!("error-{}-body", refusal.code),
        &refusal.args,
    )
}
