//! `halqa demo`.

use std::io::Write;
use std::process::ExitCode;

use super::serve;
use crate::config::Config;
use crate::demo::{self, ACCOUNTS, Loaded, PASSWORD};
use crate::{App, StartError};

/// What each account of [`ACCOUNTS`] is.
const ROLES: [&str; 6] = [
    "administrator",
    "regional office of Le Kef: seminars",
    "trainer: uploads and publishes modules",
    "animates the space on dialogue and partnership, in Arabic",
    "coordinates Jeunes et Territoire du Kef",
    "learner there, half-way through a module",
];

/// What to try first.
const TRY: [&str; 5] = [
    "As the learner: open Séminaires (every door is closed), then resume the module on the home page.",
    "Finish its questions: two seminars open; take a seat.",
    "As the coordinator: open your organisation, its members × modules, who is one step away.",
    "As the trainer: upload a SCORM package and publish it; its diagnosis says what was repaired.",
    "Read and answer in the spaces, in French or in Arabic; the language is chosen at the top.",
];

/// Runs the platform with the demo community, loaded at the first start.
pub(super) async fn run(config: Config, reset: bool) -> Result<ExitCode, StartError> {
    serve::log(&config);
    let app = App::open(config).await?;
    let loaded = demo::load(&app, reset, &|line| println!("{line}")).await?;
    let text = welcome(&app.config.public_url, loaded);
    serve::serve(app, move || {
        // Whoever closed the other end does not want to read it.
        let _ = std::io::stdout().write_all(text.as_bytes());
    })
    .await
}

fn welcome(address: &str, loaded: Loaded) -> String {
    let mut text = format!("\n  Halqa is at {address}\n\n");
    if loaded == Loaded::Before {
        text.push_str(
            "  Your data of the last time are here; `halqa demo --reset` starts over.\n\n",
        );
    }
    text.push_str(&format!("  Accounts (password {PASSWORD} for all):\n"));
    for (email, role) in ACCOUNTS.iter().zip(ROLES) {
        text.push_str(&format!("    {email:<26}{role}\n"));
    }
    text.push_str("\n  To try:\n");
    for (number, line) in (1..).zip(TRY) {
        text.push_str(&format!("    {number}. {line}\n"));
    }
    text.push_str("\n  Ctrl+C stops it.\n\n");
    text
}
