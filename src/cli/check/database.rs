//! The database: reached, sound, safe, and of this program's schema.

use super::Findings;
use crate::clock::{Clock, SystemClock};
use crate::config::Config;
use crate::db::probe::{Fault, Probe, Schema, probe, sqlite_path};
use crate::db::{Db, Engine};

/// Free space below this ends soon, in MiB.
const LITTLE: u64 = 1024;

pub(super) struct Seen {
    pub findings: Findings,
    /// Open, where the schema is this program's.
    pub usable: Option<Db>,
    /// As in [`Probe`].
    pub clock_ahead: Option<i64>,
}

pub(super) async fn look(config: &Config) -> Seen {
    let mut seen = Seen {
        findings: Findings::of("database"),
        usable: None,
        clock_ahead: None,
    };
    let now = SystemClock.now().micros();
    match probe(&config.database_url, now).await {
        Err(reason) => {
            let mend = if config.database_url.starts_with("postgres") {
                "Is the server running, and does HALQA_DATABASE_URL \
                 (postgres://user:password@host/database) name the right one?"
            } else {
                "Does this account of the machine own the file and its folder? A damaged file is \
                 put back with `halqa restore`."
            };
            seen.findings
                .wrong(format!("{}: {reason}", named(&config.database_url)), mend);
        }
        Ok(probe) => {
            seen.clock_ahead = probe.clock_ahead;
            describe(config, &probe, &mut seen.findings);
            if probe.schema == Schema::Current && probe.faults.iter().all(is_survivable) {
                seen.usable = Db::open(&config.database_url).await.ok();
            }
        }
    }
    if let Some(path) = config.database_url.strip_prefix("sqlite:") {
        room(&sqlite_path(path), &mut seen.findings);
    }
    seen
}

fn is_survivable(fault: &Fault) -> bool {
    !matches!(fault, Fault::Damaged(_))
}

/// The address without its password.
fn named(url: &str) -> String {
    match url::Url::parse(url) {
        Ok(mut parsed) if parsed.password().is_some() => {
            let _ = parsed.set_password(Some("…"));
            parsed.to_string()
        }
        _ => url.to_owned(),
    }
}

fn describe(config: &Config, probe: &Probe, findings: &mut Findings) {
    let engine = match probe.engine {
        Engine::Sqlite => "SQLite",
        Engine::Postgres => "PostgreSQL",
    };
    for fault in &probe.faults {
        match fault {
            Fault::Damaged(said) => findings.wrong(
                format!("the file is damaged: {said}"),
                "Stop the server, keep the file aside, and put the last backup back with \
                 `halqa restore`.",
            ),
            Fault::Unsafe(setting) => findings.wrong(
                format!("PostgreSQL's {setting} is off: what was answered as saved can be lost"),
                format!("alter system set {setting} = on; then restart PostgreSQL."),
            ),
            Fault::Encoding(encoding) => findings.wrong(
                format!("the database's encoding is {encoding}: it cannot hold Arabic and French"),
                "Make it anew: create database halqa encoding 'UTF8' template template0;",
            ),
            Fault::TooOld(version) => findings.wrong(
                format!("PostgreSQL {} is too old", probe.version),
                format!("Version {version} at least."),
            ),
        }
    }
    match probe.schema {
        Schema::Current if probe.faults.iter().all(is_survivable) => {
            findings.good(format!("{engine} {}, of this schema", probe.version));
        }
        Schema::Current => {}
        Schema::Empty => findings.note(
            format!("{engine}: {} is empty", named(&config.database_url)),
            "`halqa serve` makes the tables at its first start.",
        ),
        Schema::Behind(missing) => findings.note(
            format!("{engine}: the schema lacks {missing} migrations of this program"),
            "Make a backup; then `halqa migrate`, or start the server, which does it too.",
        ),
        Schema::Ahead => findings.wrong(
            format!("{engine}: a newer version of Halqa has been here"),
            "Start that version again; or put back a backup made before it.",
        ),
    }
}

/// Room on the disk of a file that grows.
fn room(path: &std::path::Path, findings: &mut Findings) {
    let mut folder = path;
    while !folder.exists() {
        let Some(parent) = folder.parent() else {
            return;
        };
        folder = parent;
        if folder.as_os_str().is_empty() {
            folder = std::path::Path::new(".");
        }
    }
    // Where there is no `df`, nothing is said.
    let Ok(output) = std::process::Command::new("df")
        .arg("-Pm")
        .arg(folder)
        .output()
    else {
        return;
    };
    let text = String::from_utf8_lossy(&output.stdout).into_owned();
    let free = text
        .lines()
        .nth(1)
        .and_then(|line| line.split_whitespace().nth(3)?.parse::<u64>().ok());
    if let Some(free) = free
        && free < LITTLE
    {
        findings.wrong(
            format!("{free} MiB are free on the disk of {}", path.display()),
            "Make room, or move HALQA_DATA to a larger disk: a full disk refuses every write.",
        );
    }
}
