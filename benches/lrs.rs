//! The learning record store through the front door, over kept connections: statements stored one
//! by one and in batches of fifty, one found by its id, fifty found by agent and verb; the reading
//! again as the store grows.
//!
//! `cargo bench --bench lrs` · `HALQA_BENCH_SECONDS` (3), `HALQA_BENCH_SIZES` (10000,100000),
//! `HALQA_DATABASE_URL` (a fresh SQLite).

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::time::{Duration, Instant};

use base64::Engine as _;
use halqa::App;
use halqa::config::Config;
use halqa::lrs::credentials::{self, New};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};

/// Learners and activities the statements are about.
const LEARNERS: u64 = 2000;
const ACTIVITIES: u64 = 200;
const VERBS: [&str; 5] = [
    "initialized",
    "answered",
    "progressed",
    "completed",
    "passed",
];

fn main() {
    let runtime = tokio::runtime::Runtime::new().expect("a runtime");
    runtime.block_on(run());
}

fn setting(name: &str, default: &str) -> String {
    std::env::var(name).unwrap_or_else(|_| default.to_owned())
}

async fn run() {
    let seconds: u64 = setting("HALQA_BENCH_SECONDS", "3")
        .parse()
        .expect("seconds");
    let sizes: Vec<u64> = setting("HALQA_BENCH_SIZES", "10000,100000")
        .split(',')
        .map(|size| size.trim().parse().expect("a size"))
        .collect();
    let folder = std::env::temp_dir().join(format!("halqa-bench-lrs-{}", std::process::id()));
    std::fs::create_dir_all(&folder).expect("a folder");
    let listener = TcpListener::bind(("127.0.0.1", 0)).await.expect("a port");
    let port = listener.local_addr().expect("an address").port();
    drop(listener);
    let mut values = BTreeMap::from([
        ("HALQA_DATA".to_owned(), folder.display().to_string()),
        ("HALQA_PORT".to_owned(), port.to_string()),
    ]);
    if let Ok(url) = std::env::var("HALQA_DATABASE_URL") {
        values.insert("HALQA_DATABASE_URL".to_owned(), url);
    }
    let config = Config::from_values(&values).expect("configuration");
    let app = App::open(config).await.expect("the platform opens");
    let rocket = halqa::rocket(app.clone()).ignite().await.expect("ignites");
    let shutdown = rocket.shutdown();
    let served = tokio::spawn(rocket.launch());
    let new = New {
        name: "bench".to_owned(),
        ..New::default()
    };
    let made = credentials::add(&app, None, new)
        .await
        .expect("a credential");
    let pair = format!("{}:{}", made.user, made.password);
    let bench = Bench {
        port,
        head: format!(
            "Host: localhost:{port}\r\nAuthorization: Basic {}\r\nX-Experience-API-Version: 1.0.3\r\n",
            base64::engine::general_purpose::STANDARD.encode(pair)
        ),
        next: AtomicU64::new(0),
    };
    let bench = Arc::new(bench);
    let time = Duration::from_secs(seconds);
    println!("{:?}", app.db.engine());
    for connections in [1, 8, 32] {
        bench
            .measure("POST one", connections, time, 1, |b, n| b.post(n, 1))
            .await;
    }
    for connections in [1, 8] {
        bench
            .measure("POST fifty", connections, time, 50, |b, n| b.post(n, 50))
            .await;
    }
    for size in sizes {
        bench.fill(size).await;
        println!("{} statements stored", bench.next.load(Ordering::Relaxed));
        bench.measure("GET by id", 8, time, 1, Bench::by_id).await;
        bench
            .measure(
                "GET agent and verb, 50",
                8,
                time,
                1,
                Bench::by_agent_and_verb,
            )
            .await;
        bench
            .measure("POST fifty", 8, time, 50, |b, n| b.post(n, 50))
            .await;
    }
    shutdown.notify();
    let _ = served.await;
    let _ = std::fs::remove_dir_all(&folder);
}

struct Bench {
    port: u16,
    head: String,
    next: AtomicU64,
}

/// Spreads numbers.
fn mixed(n: u64) -> u64 {
    let mut x = n.wrapping_mul(0x9e37_79b9_7f4a_7c15);
    x ^= x >> 29;
    x.wrapping_mul(0xbf58_476d_1ce4_e5b9) >> 17
}

impl Bench {
    /// A statement as a course sends it: 1.1 kB.
    fn statement(n: u64) -> String {
        let (learner, activity) = (mixed(n) % LEARNERS, mixed(n ^ 77) % ACTIVITIES);
        let verb = VERBS[(mixed(n ^ 5) % 5) as usize];
        format!(
            r#"{{"id":"{:08x}-0000-4000-8000-{:012x}","actor":{{"objectType":"Agent","name":"Learner {learner}","account":{{"homePage":"https://example.org","name":"learner-{learner}"}}}},"verb":{{"id":"http://adlnet.gov/expapi/verbs/{verb}","display":{{"en":"{verb}","fr":"{verb}"}}}},"object":{{"objectType":"Activity","id":"https://example.org/activities/{activity}","definition":{{"name":{{"en":"Activity {activity}","fr":"Activité {activity}"}},"type":"http://adlnet.gov/expapi/activities/lesson"}}}},"result":{{"score":{{"scaled":0.75,"raw":75,"min":0,"max":100}},"completion":true,"duration":"PT1H0M0.1S","response":"{}"}},"context":{{"registration":"{:08x}-1111-4111-8111-111111111111","platform":"Bench","language":"fr","contextActivities":{{"parent":[{{"id":"https://example.org/courses/{}"}}],"grouping":[{{"id":"https://example.org/programme"}}]}}}},"timestamp":"2026-11-27T12:00:00.{:03}Z"}}"#,
            mixed(n) as u32,
            n,
            "x".repeat(120),
            (learner * ACTIVITIES + activity) as u32,
            activity / 10,
            n % 1000
        )
    }

    fn post(&self, _: u64, count: u64) -> String {
        let first = self.next.fetch_add(count, Ordering::Relaxed);
        let mut body = String::new();
        if count == 1 {
            body.push_str(&Self::statement(first));
        } else {
            for n in first..first + count {
                body.push(if n == first { '[' } else { ',' });
                body.push_str(&Self::statement(n));
            }
            body.push(']');
        }
        format!(
            "POST /xapi/statements HTTP/1.1\r\n{}Content-Type: application/json\r\nContent-Length: {}\r\n\r\n{body}",
            self.head,
            body.len()
        )
    }

    fn by_id(&self, n: u64) -> String {
        let n = mixed(n) % self.next.load(Ordering::Relaxed);
        format!(
            "GET /xapi/statements?statementId={:08x}-0000-4000-8000-{:012x} HTTP/1.1\r\n{}\r\n",
            mixed(n) as u32,
            n,
            self.head
        )
    }

    fn by_agent_and_verb(&self, n: u64) -> String {
        let learner = mixed(n) % LEARNERS;
        let agent = format!(
            r#"{{"account":{{"homePage":"https://example.org","name":"learner-{learner}"}}}}"#
        );
        let verb = format!("http://adlnet.gov/expapi/verbs/{}", VERBS[(n % 5) as usize]);
        let query = url::form_urlencoded::Serializer::new(String::new())
            .append_pair("agent", &agent)
            .append_pair("verb", &verb)
            .append_pair("limit", "50")
            .finish();
        format!("GET /xapi/statements?{query} HTTP/1.1\r\n{}\r\n", self.head)
    }

    /// Stores until there are so many.
    async fn fill(self: &Arc<Self>, size: u64) {
        let mut tasks = Vec::new();
        for _ in 0..4 {
            let bench = self.clone();
            tasks.push(tokio::spawn(async move {
                let mut stream = connect(bench.port).await;
                let mut buffer = Vec::new();
                while bench.next.load(Ordering::Relaxed) < size {
                    let request = bench.post(0, 500);
                    exchange(&mut stream, &mut buffer, request.as_bytes()).await;
                }
            }));
        }
        for task in tasks {
            task.await.expect("filled");
        }
    }

    async fn measure(
        self: &Arc<Self>,
        name: &str,
        connections: u64,
        time: Duration,
        per_request: u64,
        request: impl Fn(&Bench, u64) -> String + Copy + Send + Sync + 'static,
    ) {
        let stop = Arc::new(AtomicBool::new(false));
        let began = Instant::now();
        let mut tasks = Vec::new();
        for n in 0..connections {
            let (bench, stop) = (self.clone(), stop.clone());
            tasks.push(tokio::spawn(async move {
                let mut stream = connect(bench.port).await;
                let mut buffer = Vec::new();
                let mut waits = Vec::new();
                let mut round = n * 1_000_003;
                while !stop.load(Ordering::Relaxed) {
                    round += 1;
                    let text = request(&bench, round);
                    let sent = Instant::now();
                    exchange(&mut stream, &mut buffer, text.as_bytes()).await;
                    waits.push(sent.elapsed());
                }
                waits
            }));
        }
        tokio::time::sleep(time).await;
        stop.store(true, Ordering::Relaxed);
        let mut waits = Vec::new();
        for task in tasks {
            waits.extend(task.await.expect("measured"));
        }
        let spent = began.elapsed().as_secs_f64();
        waits.sort();
        let at = |part: f64| {
            let index = ((waits.len() as f64 * part) as usize).min(waits.len() - 1);
            waits[index].as_secs_f64() * 1000.0
        };
        println!(
            "{name:<24} {connections:>3} connections  {:>9.0}/s  p50 {:>7.2} ms  p99 {:>7.2} ms",
            (waits.len() as u64 * per_request) as f64 / spent,
            at(0.5),
            at(0.99)
        );
    }
}

async fn connect(port: u16) -> TcpStream {
    loop {
        if let Ok(stream) = TcpStream::connect(("127.0.0.1", port)).await {
            stream.set_nodelay(true).expect("no delay");
            return stream;
        }
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
}

/// Sends a request and reads the whole answer, which must be a success.
async fn exchange(stream: &mut TcpStream, buffer: &mut Vec<u8>, request: &[u8]) {
    stream.write_all(request).await.expect("sent");
    buffer.clear();
    let (head, length) = loop {
        let read = stream.read_buf(buffer).await.expect("read");
        assert!(read > 0, "the server hung up");
        if let Some(end) = buffer.windows(4).position(|w| w == b"\r\n\r\n") {
            let head = String::from_utf8_lossy(&buffer[..end]).to_ascii_lowercase();
            let length = head
                .lines()
                .find_map(|line| line.strip_prefix("content-length: "))
                .and_then(|text| text.trim().parse::<usize>().ok())
                .unwrap_or(0);
            break (head, end + 4 + length);
        }
    };
    while buffer.len() < length {
        assert!(stream.read_buf(buffer).await.expect("read") > 0, "cut off");
    }
    let mut said = String::new();
    if !head.starts_with("http/1.1 20") {
        let _ = write!(said, "{}", String::from_utf8_lossy(buffer));
    }
    assert!(said.is_empty(), "{said}");
}
