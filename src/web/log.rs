//! One structured line per request, and the counters of `/metrics`.

use std::sync::atomic::{AtomicU64, Ordering};

use rocket::fairing::{Fairing, Info, Kind};
use rocket::{Data, Request, Response};

use crate::App;
use crate::clock::Timestamp;

/// Counts since the process started.
#[derive(Default)]
pub struct Counters {
    /// Requests by class of status: 1xx … 5xx.
    pub by_class: [AtomicU64; 5],
    /// Microseconds spent answering.
    pub micros: AtomicU64,
}

/// The fairing.
pub struct RequestLog;

struct Begun(Timestamp);

#[rocket::async_trait]
impl Fairing for RequestLog {
    fn info(&self) -> Info {
        Info {
            name: "request log",
            kind: Kind::Request | Kind::Response,
        }
    }

    async fn on_request(&self, request: &mut Request<'_>, _: &mut Data<'_>) {
        if let Some(app) = request.rocket().state::<App>() {
            let now = app.clock.now();
            request.local_cache(|| Begun(now));
        }
    }

    async fn on_response<'r>(&self, request: &'r Request<'_>, response: &mut Response<'r>) {
        let Some(app) = request.rocket().state::<App>() else {
            return;
        };
        let now = app.clock.now();
        let begun = request.local_cache(|| Begun(now)).0;
        let micros = now.micros().saturating_sub(begun.micros()).max(0) as u64;
        let status = response.status().code;
        let class = usize::from(status / 100).clamp(1, 5) - 1;
        app.counters.by_class[class].fetch_add(1, Ordering::Relaxed);
        app.counters.micros.fetch_add(micros, Ordering::Relaxed);
        // The path only: queries and headers may carry secrets. Capped: a log line is one line.
        let path: String = request.uri().path().as_str().chars().take(200).collect();
        tracing::info!(method = %request.method(), path, status, micros, "request");
    }
}
