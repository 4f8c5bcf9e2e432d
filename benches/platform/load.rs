//! Rates: by `wrk` for pages and files.

use std::process::Command;
use std::time::Duration;

/// What a load came to.
pub struct Rate {
    pub per_second: f64,
    /// Milliseconds.
    pub p50: f64,
    pub p99: f64,
}

impl Rate {
    pub fn times(&self) -> String {
        format!("p50 {:.2} ms, p99 {:.2} ms", self.p50, self.p99)
    }
}

/// Eight connections asking for one address: two in a hundred others than 2xx or 3xx are a failure
/// of the bench.
pub fn wrk(url: &str, headers: &[(&str, &str)], span: Duration) -> Rate {
    let mut command = Command::new("wrk");
    command.args(["-t1", "-c8", "--latency"]);
    command.arg(format!("-d{}s", span.as_secs()));
    for (name, value) in headers {
        command.args(["-H", &format!("{name}: {value}")]);
    }
    let output = command.arg(url).output().expect("wrk: run scripts/bench");
    let text = String::from_utf8_lossy(&output.stdout).into_owned();
    assert!(
        !text.contains("Non-2xx") && !text.contains("Socket errors"),
        "{url}\n{text}"
    );
    let after = |label: &str| {
        text.lines()
            .find_map(|line| line.trim().strip_prefix(label))
            .unwrap_or_else(|| panic!("{label} of\n{text}"))
            .trim()
            .to_owned()
    };
    Rate {
        per_second: after("Requests/sec:").parse().expect("a rate"),
        p50: milliseconds(&after("50%")),
        p99: milliseconds(&after("99%")),
    }
}

fn milliseconds(text: &str) -> f64 {
    let (unit, scale) = [("us", 1e-3), ("ms", 1.0), ("s", 1e3)]
        .into_iter()
        .find(|(unit, _)| text.ends_with(unit))
        .expect("a unit");
    text.trim_end_matches(unit).parse::<f64>().expect("a time") * scale
}
