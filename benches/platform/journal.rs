//! Journal commits through the front door: each learner's browser posts batches of eight SetValue
//! calls (1.4 kB of suspend data among them) and a Commit over a kept connection, and the answer
//! comes once they are on disk and folded.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::time::Instant;

use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;

use super::load::Rate;
use super::platform::Platform;
use super::span;
use super::web::{Course, Seat, seat};

/// Entries of a batch.
pub const ENTRIES: usize = 9;

static LEARNERS: AtomicU64 = AtomicU64::new(0);

/// The batch that begins at `seq`.
fn body(seq: &mut u64) -> String {
    let suspend = suspend(*seq);
    let elements = [
        ("cmi.core.lesson_location", format!("page-{seq}")),
        ("cmi.core.lesson_status", "incomplete".into()),
        ("cmi.core.score.raw", format!("{}", *seq % 100)),
        ("cmi.core.score.min", "0".into()),
        ("cmi.core.score.max", "100".into()),
        ("cmi.core.session_time", "0000:10:00".into()),
        ("cmi.core.exit", "suspend".into()),
        ("cmi.suspend_data", suspend),
    ];
    let first = *seq == 1;
    let mut entries = Vec::with_capacity(ENTRIES + 1);
    let mut push = |call: &str, args: String| {
        let number = *seq;
        *seq += 1;
        entries.push(format!(
            r#"{{"seq":{number},"at":{},"call":"{call}","args":[{args}],"result":"true","error":0}}"#,
            number * 10
        ));
    };
    if first {
        push("LMSInitialize", "\"\"".into());
    }
    for (name, value) in &elements {
        push("LMSSetValue", format!("\"{name}\",\"{value}\""));
    }
    push("LMSCommit", "\"\"".into());
    format!("{{\"entries\":[{}]}}", entries.join(","))
}

/// 1.4 kB.
pub fn suspend(number: u64) -> String {
    format!("page={number};{}", "x".repeat(1390))
}

/// So many learners at once.
pub async fn measure(platform: &Platform, course: &Course, connections: usize) -> Rate {
    let mut seats = Vec::new();
    for _ in 0..connections {
        let number = LEARNERS.fetch_add(1, Ordering::Relaxed);
        seats.push(seat(platform, course, &format!("bench{number}@example.org")).await);
    }
    let stop = Arc::new(AtomicBool::new(false));
    let port = platform.port;
    let begun = Instant::now();
    let tasks: Vec<_> = seats
        .into_iter()
        .map(|seat| {
            let stop = stop.clone();
            tokio::spawn(async move {
                let line = TcpStream::connect(("127.0.0.1", port)).await;
                let mut line = line.expect("a line");
                line.set_nodelay(true).expect("no delay");
                let (mut seq, mut times) = (1, Vec::new());
                while !stop.load(Ordering::Relaxed) {
                    let body = body(&mut seq);
                    let asked = Instant::now();
                    post(&mut line, &seat, &body).await;
                    times.push(asked.elapsed());
                }
                times
            })
        })
        .collect();
    tokio::time::sleep(span()).await;
    stop.store(true, Ordering::Relaxed);
    let mut times = Vec::new();
    for task in tasks {
        times.extend(task.await.expect("a learner"));
    }
    let per_second = times.len() as f64 / begun.elapsed().as_secs_f64();
    times.sort();
    let at = |share: f64| times[((times.len() - 1) as f64 * share) as usize].as_secs_f64() * 1000.0;
    Rate {
        per_second,
        p50: at(0.5),
        p99: at(0.99),
    }
}

/// One request on a kept connection; anything but 200 is a failure of the bench.
async fn post(line: &mut TcpStream, seat: &Seat, body: &str) {
    let Seat { host, token, .. } = seat;
    let request = format!(
        "POST /-halqa/journal HTTP/1.1\r\nHost: {host}\r\nOrigin: http://{host}\r\n\
         Authorization: Bearer {token}\r\nContent-Type: application/json\r\n\
         Content-Length: {}\r\n\r\n{body}",
        body.len()
    );
    line.write_all(request.as_bytes()).await.expect("sent");
    let mut answer = Vec::with_capacity(1024);
    loop {
        let mut part = [0; 4096];
        let read = line.read(&mut part).await.expect("an answer");
        assert!(read > 0, "the server closed the line");
        answer.extend_from_slice(&part[..read]);
        let text = String::from_utf8_lossy(&answer);
        let Some((head, rest)) = text.split_once("\r\n\r\n") else {
            continue;
        };
        let length: usize = head
            .lines()
            .find_map(|line| {
                let line = line.to_ascii_lowercase();
                line.strip_prefix("content-length: ")?.parse().ok()
            })
            .expect("a length");
        if rest.len() >= length {
            assert!(head.starts_with("HTTP/1.1 200"), "{text}");
            return;
        }
    }
}
