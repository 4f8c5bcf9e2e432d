//! `halqa check`: looks at everything the platform stands on, says what is wrong and how to mend
//! it. Changes nothing but a probe object that it removes again, and works while the server runs.

mod clock;
mod config;
mod database;
mod mail;
mod storage;

use std::process::ExitCode;

use crate::StartError;
use crate::config::{Config, ConfigError};

/// How a thing was found.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Level {
    /// As it should be.
    Good,
    /// To be known.
    Note,
    /// To be mended.
    Wrong,
}

/// One thing that was looked at.
#[derive(Debug)]
struct Finding {
    area: &'static str,
    level: Level,
    text: String,
    /// What to do; empty where nothing is to be done.
    mend: String,
}

/// The findings of one area.
struct Findings {
    area: &'static str,
    list: Vec<Finding>,
}

impl Findings {
    fn of(area: &'static str) -> Findings {
        Findings {
            area,
            list: Vec::new(),
        }
    }
    fn good(&mut self, text: impl Into<String>) {
        self.add(Level::Good, text, "");
    }
    fn note(&mut self, text: impl Into<String>, mend: impl Into<String>) {
        self.add(Level::Note, text, mend);
    }
    fn wrong(&mut self, text: impl Into<String>, mend: impl Into<String>) {
        self.add(Level::Wrong, text, mend);
    }
    fn add(&mut self, level: Level, text: impl Into<String>, mend: impl Into<String>) {
        self.list.push(Finding {
            area: self.area,
            level,
            text: text.into(),
            mend: mend.into(),
        });
    }
}

/// Runs the command: exit code 1 if anything is wrong. A configuration that cannot be read is
/// itself a finding.
pub(super) async fn run(config: Result<Config, ConfigError>) -> Result<ExitCode, StartError> {
    let findings = match config {
        Ok(config) => {
            let mut findings = config::look(&config, std::env::vars().map(|(key, _)| key)).list;
            let database = database::look(&config).await;
            findings.extend(database.findings.list);
            findings.extend(storage::look(&config, database.usable).await.list);
            findings.extend(mail::look(&config).await.list);
            findings.extend(clock::look(&config, database.clock_ahead).list);
            findings
        }
        Err(error) => {
            let mut config = Findings::of("config");
            config.wrong(
                error.to_string(),
                format!(
                    "Correct {} in the environment or in halqa.toml; docs/configuration.md has all \
                     keys. Nothing else was looked at.",
                    error.key
                ),
            );
            config.list
        }
    };
    print!("{}", page(&findings));
    let wrong = findings.iter().any(|f| f.level == Level::Wrong);
    Ok(ExitCode::from(u8::from(wrong)))
}

/// What is printed: one line for each finding, its remedy under it, and a verdict.
fn page(findings: &[Finding]) -> String {
    let mut text = String::new();
    for finding in findings {
        let word = match finding.level {
            Level::Good => "ok",
            Level::Note => "note",
            Level::Wrong => "WRONG",
        };
        text.push_str(&format!("{:<9} {word:<6} {}\n", finding.area, finding.text));
        if !finding.mend.is_empty() {
            text.push_str(&format!("{:17}→ {}\n", "", finding.mend));
        }
    }
    let wrong = findings.iter().filter(|f| f.level == Level::Wrong).count();
    text.push_str(&match wrong {
        0 => "\nNothing is wrong.\n".to_owned(),
        1 => "\nOne thing is wrong.\n".to_owned(),
        _ => format!("\n{wrong} things are wrong.\n"),
    });
    text
}
