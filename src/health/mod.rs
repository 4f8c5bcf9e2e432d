//! For operators: liveness, readiness, metrics.

use std::fmt::Write as _;

use rocket::http::{ContentType, Status};
use rocket::{Route, State, get, routes};

use crate::App;
use crate::jobs;
use crate::web::Refusal;

/// The process is alive.
#[get("/health/live")]
fn live() -> &'static str {
    "ok\n"
}

/// The platform can serve: the database and the storage answer.
#[get("/health/ready")]
async fn ready(app: &State<App>) -> Result<&'static str, Refusal> {
    app.db.ping().await?;
    app.storage.exists("health").await.map_err(|error| {
        tracing::warn!(%error, "storage");
        Refusal::new(Status::ServiceUnavailable, "unavailable")
    })?;
    Ok("ok\n")
}

/// Prometheus text. What the database cannot tell at this moment is left out: operators want the
/// rest most when the database is away.
#[get("/metrics")]
async fn metrics(app: &State<App>) -> (ContentType, String) {
    let mut text = String::new();
    app.counters.write(&mut text);
    let journal = app.player.figures();
    for (name, help, value) in [
        (
            "batches",
            "Batches of learners' journals committed.",
            journal.batches,
        ),
        ("entries", "Entries in them.", journal.entries),
        ("commits", "Transactions they shared.", journal.groups),
        (
            "refolds",
            "Batches folded anew because the attempt had moved on.",
            journal.again,
        ),
    ] {
        metric(
            &mut text,
            &format!("halqa_journal_{name}_total"),
            help,
            "counter",
            value,
        );
    }
    if let Ok((waiting, failed)) = jobs::counts(app).await {
        metric(
            &mut text,
            "halqa_outbox_waiting",
            "Mails and other outgoing effects that wait.",
            "gauge",
            waiting,
        );
        metric(
            &mut text,
            "halqa_outbox_failed",
            "Those that were given up.",
            "gauge",
            failed,
        );
    }
    if let Ok(size) = app.db.size().await {
        metric(
            &mut text,
            "halqa_database_bytes",
            "Size of the database.",
            "gauge",
            size,
        );
    }
    if let Some(resident) = resident_bytes() {
        metric(
            &mut text,
            "process_resident_memory_bytes",
            "Resident memory.",
            "gauge",
            resident,
        );
    }
    (
        ContentType::new("text", "plain").with_params([("version", "0.0.4")]),
        text,
    )
}

fn metric(text: &mut String, name: &str, help: &str, kind: &str, value: impl std::fmt::Display) {
    let _ = writeln!(
        text,
        "# HELP {name} {help}\n# TYPE {name} {kind}\n{name} {value}"
    );
}

/// Resident memory, where the system tells.
fn resident_bytes() -> Option<u64> {
    let status = std::fs::read_to_string("/proc/self/status").ok()?;
    let line = status.lines().find(|l| l.starts_with("VmRSS:"))?;
    let kib: u64 = line.split_whitespace().nth(1)?.parse().ok()?;
    Some(kib * 1024)
}

/// The routes.
pub fn routes() -> Vec<Route> {
    routes![live, ready, metrics]
}
