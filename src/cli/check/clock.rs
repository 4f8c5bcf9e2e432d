//! The clock: what expires and what is dated stands on it.

use super::Findings;
use crate::clock::{Clock, SystemClock};
use crate::config::Config;
use crate::db::probe::sqlite_path;

/// Clocks of two machines may be so far apart, in microseconds.
const APART: i64 = 5_000_000;
/// Before this the clock was never set: 2026-01-01T00:00:00Z, in seconds.
const NOT_BEFORE: i64 = 1_767_225_600;

pub(super) fn look(config: &Config, database_ahead: Option<i64>) -> Findings {
    let mut findings = Findings::of("clock");
    let now = SystemClock.now();
    let mend = "Let the machine follow the time of the network: apt install systemd-timesyncd, \
                timedatectl set-ntp true.";
    let before = findings.list.len();
    if now.micros() / 1_000_000 < NOT_BEFORE {
        findings.wrong(
            format!("the machine believes it is {}", now.rfc3339()),
            mend,
        );
    }
    if let Some(ahead) = database_ahead
        && ahead.abs() > APART
    {
        findings.wrong(
            format!(
                "this machine and the database's differ by {} seconds",
                ahead.abs() / 1_000_000
            ),
            format!("{mend} Both of them."),
        );
    }
    // What was written in the future was written under another clock.
    let written = std::fs::metadata(sqlite_path(&config.database_url))
        .and_then(|file| file.modified())
        .ok()
        .and_then(|at| at.duration_since(std::time::UNIX_EPOCH).ok())
        .and_then(|at| i64::try_from(at.as_micros()).ok());
    if let Some(written) = written
        && written - now.micros() > APART
    {
        findings.wrong(
            "the database was written in the future: the clock went back",
            mend,
        );
    }
    if findings.list.len() == before {
        findings.good(format!(
            "{}, shown in {}",
            now.rfc3339(),
            config.time_zone.name()
        ));
    }
    findings
}
