//! `halqa mail`: mail that comes in.

use std::io::Read;
use std::process::ExitCode;

use clap::Subcommand;

use crate::config::Config;
use crate::inbox::{self, LONGEST};
use crate::{App, StartError};

/// The mail server keeps the message and tries again (`EX_TEMPFAIL` of sysexits).
const LATER: u8 = 75;

/// What to do.
#[derive(Subcommand)]
pub(super) enum Mail {
    /// Takes one message in from standard input: for a mail server's pipe. Exit code 0: it was
    /// heard, whatever came of it; 75: not now, try again.
    Receive {
        /// Whom the mail server says it is for, where that stands in no header.
        #[arg(long)]
        to: Option<String>,
    },
    /// Looks into the mailbox of HALQA_INBOX_URL once.
    Poll,
}

/// Runs the command.
pub(super) async fn run(config: Config, command: Mail) -> Result<ExitCode, StartError> {
    if config.inbox.is_none() {
        return Err("HALQA_INBOX_ADDRESS is not set: answers have no address".into());
    }
    let app = match App::open(config).await {
        Ok(app) => app,
        Err(error) => {
            eprintln!("halqa: {error}");
            return Ok(ExitCode::from(LATER));
        }
    };
    let code = match command {
        Mail::Receive { to } => receive(&app, to.as_deref()).await,
        Mail::Poll => poll(&app).await,
    };
    app.db.close().await;
    Ok(code)
}

async fn receive(app: &App, to: Option<&str>) -> ExitCode {
    let mut raw = Vec::new();
    // What is longer is not looked at, but read: a pipe that breaks makes mail servers bounce.
    let mut input = std::io::stdin().lock();
    let read = input
        .by_ref()
        .take(LONGEST as u64 + 1)
        .read_to_end(&mut raw)
        .and_then(|_| std::io::copy(&mut input, &mut std::io::sink()));
    if let Err(error) = read {
        eprintln!("halqa: {error}");
        return ExitCode::from(LATER);
    }
    match inbox::receive(app, &raw, to).await {
        Ok(taken) => {
            println!("{taken:?}");
            ExitCode::SUCCESS
        }
        Err(error) => {
            eprintln!("halqa: {error}");
            ExitCode::from(LATER)
        }
    }
}

async fn poll(app: &App) -> ExitCode {
    match inbox::look(app).await {
        Some(Ok(taken)) => {
            println!("{taken}");
            ExitCode::SUCCESS
        }
        Some(Err(error)) => {
            eprintln!("halqa: {error}");
            ExitCode::FAILURE
        }
        None => {
            eprintln!("halqa: HALQA_INBOX_URL is not set");
            ExitCode::FAILURE
        }
    }
}
