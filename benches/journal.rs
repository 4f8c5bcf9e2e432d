//! Commits per second through the front door: each learner's browser posts batches of eight
//! SetValue calls (1.4 kB of suspend data among them) and a Commit over a kept connection, and the
//! answer comes once they are on disk and folded.
//!
//! `cargo bench --bench journal` · `HALQA_BENCH_SECONDS` (5), `HALQA_DATABASE_URL` (a fresh SQLite).

use std::collections::BTreeMap;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};

use halqa::App;
use halqa::accounts::NewLearner;
use halqa::catalogue::{self, Options};
use halqa::config::Config;
use halqa::ids::AttemptId;
use halqa::player::{self, Pass};
use halqa::web::Lang;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};

const MANIFEST: &str = r#"<?xml version="1.0" encoding="UTF-8"?>
<manifest identifier="bench" version="1.0" xmlns="http://www.imsproject.org/xsd/imscp_rootv1p1p2" xmlns:adlcp="http://www.adlnet.org/xsd/adlcp_rootv1p2">
<metadata><schema>ADL SCORM</schema><schemaversion>1.2</schemaversion></metadata>
<organizations default="o"><organization identifier="o"><title>Bench</title><item identifier="i" identifierref="r"><title>Bench</title></item></organization></organizations>
<resources><resource identifier="r" type="webcontent" adlcp:scormtype="sco" href="a.html"><file href="a.html"/></resource></resources>
</manifest>"#;

struct Seat {
    token: String,
    host: String,
}

fn main() {
    let runtime = tokio::runtime::Runtime::new().expect("a runtime");
    runtime.block_on(run());
}

async fn run() {
    let seconds: u64 = std::env::var("HALQA_BENCH_SECONDS")
        .ok()
        .and_then(|text| text.parse().ok())
        .unwrap_or(5);
    let folder = std::env::temp_dir().join(format!("halqa-bench-{}", std::process::id()));
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
    let zip = package::build::zip([("imsmanifest.xml", MANIFEST), ("a.html", "<p>.</p>")])
        .expect("a zip");
    let options = Options {
        publish: true,
        ..Options::default()
    };
    let module = catalogue::import_bytes(&app, &zip, options)
        .await
        .expect("imported")
        .module
        .id;
    for connections in [1, 8, 32] {
        let mut seats = Vec::new();
        for n in 0..connections {
            seats.push(seat(&app, module, connections * 1000 + n).await);
        }
        measure(port, seats, Duration::from_secs(seconds)).await;
    }
    shutdown.notify();
    let _ = served.await;
    let _ = std::fs::remove_dir_all(&folder);
}

/// A learner with an opened session.
async fn seat(app: &App, module: halqa::ids::ModuleId, n: usize) -> Seat {
    let module = catalogue::module(app, module).await.expect("the module");
    let learner = NewLearner {
        id: app.ids.id(),
        membership: app.ids.id(),
        email: format!("learner{n}@example.org"),
        name: format!("Learner {n}"),
        language: Lang::En,
        organisation: None,
    };
    let person = learner.id;
    let launch = player::launch(app, learner, &module)
        .await
        .expect("a launch");
    let attempt: AttemptId = player::attempts_of(app, person, module.id)
        .await
        .expect("attempts")[0]
        .id;
    let pass = Pass {
        session: launch.session,
        attempt,
        version: module.version,
    };
    let opened = player::open(app, pass, format!("bench{n}"))
        .await
        .expect("opened");
    let origin = app.config.content_origin(module.package);
    Seat {
        token: opened.token,
        host: origin.trim_start_matches("http://").to_owned(),
    }
}

/// The batch that begins at `seq`.
fn body(seq: &mut u64) -> String {
    let suspend = format!("page={};{}", *seq, "x".repeat(1390));
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
    let mut entries = Vec::with_capacity(10);
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

async fn measure(port: u16, seats: Vec<Seat>, span: Duration) {
    let stop = Arc::new(AtomicBool::new(false));
    let connections = seats.len();
    let begun = Instant::now();
    let tasks: Vec<_> = seats
        .into_iter()
        .map(|seat| {
            let stop = stop.clone();
            tokio::spawn(async move {
                let mut stream = TcpStream::connect(("127.0.0.1", port))
                    .await
                    .expect("a line");
                stream.set_nodelay(true).expect("no delay");
                let (mut seq, mut times) = (1, Vec::new());
                while !stop.load(Ordering::Relaxed) {
                    let body = body(&mut seq);
                    let asked = Instant::now();
                    post(&mut stream, &seat, &body).await;
                    times.push(asked.elapsed());
                }
                times
            })
        })
        .collect();
    tokio::time::sleep(span).await;
    stop.store(true, Ordering::Relaxed);
    let mut times = Vec::new();
    for task in tasks {
        times.extend(task.await.expect("a learner"));
    }
    let rate = times.len() as f64 / begun.elapsed().as_secs_f64();
    times.sort();
    let at = |share: f64| times[((times.len() - 1) as f64 * share) as usize].as_secs_f64() * 1000.0;
    println!(
        "journal commits, {connections:>2} connections: {rate:>7.0}/s   p50 {:.2} ms   p99 {:.2} ms",
        at(0.5),
        at(0.99)
    );
}

/// One request on a kept connection; anything but 200 is a failure of the bench.
async fn post(stream: &mut TcpStream, seat: &Seat, body: &str) {
    let request = format!(
        "POST /-halqa/journal HTTP/1.1\r\nHost: {}\r\nOrigin: http://{}\r\nAuthorization: Bearer {}\r\n\
         Content-Type: application/json\r\nContent-Length: {}\r\n\r\n{body}",
        seat.host,
        seat.host,
        seat.token,
        body.len()
    );
    stream.write_all(request.as_bytes()).await.expect("sent");
    let mut answer = Vec::with_capacity(1024);
    loop {
        let mut part = [0; 4096];
        let read = stream.read(&mut part).await.expect("an answer");
        assert!(read > 0, "the server closed the line");
        answer.extend_from_slice(&part[..read]);
        let text = String::from_utf8_lossy(&answer);
        let Some((head, rest)) = text.split_once("\r\n\r\n") else {
            continue;
        };
        let length: usize = head
            .lines()
            .find_map(|line| {
                line.to_ascii_lowercase()
                    .strip_prefix("content-length: ")?
                    .parse()
                    .ok()
            })
            .expect("a length");
        if rest.len() >= length {
            assert!(head.starts_with("HTTP/1.1 200"), "{text}");
            return;
        }
    }
}
