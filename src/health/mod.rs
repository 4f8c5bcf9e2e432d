//! For operators: liveness, readiness, metrics.

use std::fmt::Write as _;
use std::sync::atomic::Ordering;

use rocket::http::{ContentType, Status};
use rocket::{Route, State, get, routes};

use crate::App;
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

/// Prometheus text.
#[get("/metrics")]
fn metrics(app: &State<App>) -> (ContentType, String) {
    let mut text = String::new();
    let _ = writeln!(
        text,
        "# HELP halqa_requests_total Requests answered, by class of status.\n\
         # TYPE halqa_requests_total counter"
    );
    for (class, count) in app.counters.by_class.iter().enumerate() {
        let _ = writeln!(
            text,
            "halqa_requests_total{{class=\"{}xx\"}} {}",
            class + 1,
            count.load(Ordering::Relaxed)
        );
    }
    let _ = writeln!(
        text,
        "# HELP halqa_request_seconds_total Time spent answering.\n\
         # TYPE halqa_request_seconds_total counter\n\
         halqa_request_seconds_total {}",
        app.counters.micros.load(Ordering::Relaxed) as f64 / 1e6
    );
    if let Some(resident) = resident_bytes() {
        let _ = writeln!(
            text,
            "# HELP process_resident_memory_bytes Resident memory.\n\
             # TYPE process_resident_memory_bytes gauge\n\
             process_resident_memory_bytes {resident}"
        );
    }
    (
        ContentType::new("text", "plain").with_params([("version", "0.0.4")]),
        text,
    )
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
