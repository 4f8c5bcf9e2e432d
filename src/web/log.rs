//! One structured line per request, with an id that the answer carries too, and the counters of
//! `/metrics`.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::sync::atomic::{AtomicI64, Ordering};
use std::sync::{Mutex, PoisonError};

use rocket::fairing::{Fairing, Info, Kind};
use rocket::http::{Header, Method};
use rocket::{Data, Request, Response};

use crate::App;
use crate::clock::Timestamp;

/// Upper bounds of the histogram's buckets, in microseconds.
const BUCKETS: [u64; 12] = [
    500, 1_000, 2_500, 5_000, 10_000, 25_000, 50_000, 100_000, 250_000, 500_000, 1_000_000,
    5_000_000,
];

/// Counts since the process started.
#[derive(Default)]
pub struct Counters {
    /// By the route's pattern and method: as many as there are routes, whatever is asked.
    routes: Mutex<BTreeMap<String, Vec<(Method, Stats)>>>,
    under_way: AtomicI64,
}

/// Of one route and method.
#[derive(Default)]
struct Stats {
    by_status: Vec<(u16, u64)>,
    /// Not yet cumulative; what is slower than all bounds is counted in the sum only.
    buckets: [u64; BUCKETS.len()],
    count: u64,
    micros: u64,
}

impl Stats {
    fn add(&mut self, status: u16, micros: u64) {
        match self.by_status.iter_mut().find(|(code, _)| *code == status) {
            Some((_, count)) => *count += 1,
            None => self.by_status.push((status, 1)),
        }
        if let Some(at) = BUCKETS.iter().position(|bound| micros <= *bound) {
            self.buckets[at] += 1;
        }
        self.count += 1;
        self.micros += micros;
    }
}

impl Counters {
    fn add(&self, route: &str, method: Method, status: u16, micros: u64) {
        let mut routes = self.routes.lock().unwrap_or_else(PoisonError::into_inner);
        let methods = match routes.get_mut(route) {
            Some(methods) => methods,
            None => routes.entry(route.to_owned()).or_default(),
        };
        let at = methods.iter().position(|(known, _)| *known == method);
        let at = at.unwrap_or_else(|| {
            methods.push((method, Stats::default()));
            methods.len() - 1
        });
        methods[at].1.add(status, micros);
    }

    /// As Prometheus reads it.
    pub fn write(&self, text: &mut String) {
        let routes = self.routes.lock().unwrap_or_else(PoisonError::into_inner);
        let each = || {
            routes.iter().flat_map(|(route, methods)| {
                methods
                    .iter()
                    .map(move |(method, stats)| (route.as_str(), method, stats))
            })
        };
        text.push_str(
            "# HELP halqa_requests_total Requests answered.\n# TYPE halqa_requests_total counter\n",
        );
        for (route, method, stats) in each() {
            for (status, count) in &stats.by_status {
                let _ = writeln!(
                    text,
                    "halqa_requests_total{{route=\"{route}\",method=\"{method}\",status=\"{status}\"}} {count}"
                );
            }
        }
        text.push_str(
            "# HELP halqa_request_seconds Time until an answer began.\n\
             # TYPE halqa_request_seconds histogram\n",
        );
        for (route, method, stats) in each() {
            let labels = format!("route=\"{route}\",method=\"{method}\"");
            let mut below = 0;
            for (bound, count) in BUCKETS.iter().zip(stats.buckets) {
                below += count;
                let le = *bound as f64 / 1e6;
                let _ = writeln!(
                    text,
                    "halqa_request_seconds_bucket{{{labels},le=\"{le}\"}} {below}"
                );
            }
            let _ = writeln!(
                text,
                "halqa_request_seconds_bucket{{{labels},le=\"+Inf\"}} {}\n\
                 halqa_request_seconds_sum{{{labels}}} {}\n\
                 halqa_request_seconds_count{{{labels}}} {}",
                stats.count,
                stats.micros as f64 / 1e6,
                stats.count
            );
        }
        let _ = writeln!(
            text,
            "# HELP halqa_requests_under_way Requests not answered yet.\n\
             # TYPE halqa_requests_under_way gauge\n\
             halqa_requests_under_way {}",
            self.under_way.load(Ordering::Relaxed)
        );
    }
}

/// The fairing.
pub struct RequestLog;

struct Begun {
    at: Timestamp,
    id: String,
}

/// The id of a request, as its log line and its answer carry it.
pub fn id<'r>(request: &'r Request<'_>) -> &'r str {
    &begun(request).id
}

fn begun<'r>(request: &'r Request<'_>) -> &'r Begun {
    request.local_cache(|| match request.rocket().state::<App>() {
        Some(app) => Begun {
            at: app.clock.now(),
            id: given(request).unwrap_or_else(|| app.ids.uuid().simple().to_string()),
        },
        None => Begun {
            at: Timestamp::from_micros(0),
            id: String::new(),
        },
    })
}

/// The id that a proxy in front has given already: a few plain characters, or none.
fn given(request: &Request<'_>) -> Option<String> {
    let id = request.headers().get_one("X-Request-Id")?;
    let plain = |b: u8| b.is_ascii_alphanumeric() || b == b'-';
    ((8..=64).contains(&id.len()) && id.bytes().all(plain)).then(|| id.to_owned())
}

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
            app.counters.under_way.fetch_add(1, Ordering::Relaxed);
            begun(request);
        }
    }

    async fn on_response<'r>(&self, request: &'r Request<'_>, response: &mut Response<'r>) {
        let Some(app) = request.rocket().state::<App>() else {
            return;
        };
        let begun = begun(request);
        let now = app.clock.now();
        let micros = now.micros().saturating_sub(begun.at.micros()).max(0) as u64;
        let status = response.status().code;
        let route = request.route().map_or("none", |route| route.uri.as_str());
        app.counters.under_way.fetch_sub(1, Ordering::Relaxed);
        app.counters.add(route, request.method(), status, micros);
        let path = shown(request.uri().path().as_str());
        let (id, method) = (&begun.id, request.method());
        // Files and learners' journals come by the thousand and are counted in the metrics.
        if status < 400 && (path.starts_with("/-content/") || path.starts_with("/static/")) {
            tracing::debug!(id, %method, path, status, micros, "request");
        } else {
            tracing::info!(id, %method, path, status, micros, "request");
        }
        response.set_header(Header::new("X-Request-Id", begun.id.clone()));
    }
}

/// What of an address is written down: the path only, since queries carry secrets, and of paths
/// that hold one (a way to set a password, a launch, a key to fetch) not that part. Capped: a log
/// line is one line.
fn shown(path: &str) -> String {
    const BEFORE: [&str; 3] = ["/password/", "/launch/", "/cmi5/fetch/"];
    let secret = BEFORE.iter().find_map(|before| {
        let end = path.find(before)? + before.len();
        (end < path.len()).then_some(end)
    });
    match secret {
        Some(end) => format!("{}…", &path[..end]),
        None => path.chars().take(200).collect(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn secrets_in_paths_are_not_written_down() {
        for (path, expected) in [
            ("/fr/password/abc-def", "/fr/password/…"),
            ("/launch/t0p", "/launch/…"),
            ("/xapi/cmi5/fetch/k3y", "/xapi/cmi5/fetch/…"),
            ("/fr/password/", "/fr/password/"),
            ("/fr/modules/budget", "/fr/modules/budget"),
        ] {
            assert_eq!(shown(path), expected);
        }
        assert_eq!(shown(&"/é".repeat(500)).chars().count(), 200);
    }

    #[test]
    fn buckets_are_cumulative_and_routes_few() {
        let counters = Counters::default();
        for (micros, status) in [(400, 200), (2_000, 200), (9_000_000, 503)] {
            counters.add("/modules/<slug>", Method::Get, status, micros);
        }
        let mut text = String::new();
        counters.write(&mut text);
        for line in [
            "halqa_requests_total{route=\"/modules/<slug>\",method=\"GET\",status=\"200\"} 2",
            "halqa_requests_total{route=\"/modules/<slug>\",method=\"GET\",status=\"503\"} 1",
            "halqa_request_seconds_bucket{route=\"/modules/<slug>\",method=\"GET\",le=\"0.0005\"} 1",
            "halqa_request_seconds_bucket{route=\"/modules/<slug>\",method=\"GET\",le=\"5\"} 2",
            "halqa_request_seconds_bucket{route=\"/modules/<slug>\",method=\"GET\",le=\"+Inf\"} 3",
            "halqa_request_seconds_count{route=\"/modules/<slug>\",method=\"GET\"} 3",
        ] {
            assert!(text.lines().any(|l| l == line), "{line}\n{text}");
        }
    }
}
