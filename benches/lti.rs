//! A learning platform launches modules and takes grades, through the front door: logins and
//! launches with every check of LTI 1.3 (state, nonce, signature by the platform's key set, claims),
//! by learners who come back; then scores from the outbox to the platform's gradebook, tokens and
//! rows included. The platform runs in the same process and signs its launches there: its time is
//! the run's time.
//!
//! `cargo bench --bench lti` · `HALQA_BENCH_SECONDS` (5), `HALQA_BENCH_SCORES` (2000),
//! `HALQA_DATABASE_URL` (a fresh SQLite).

use std::collections::BTreeMap;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Duration, Instant};

use aws_lc_rs::encoding::{AsDer, Pkcs8V1Der};
use aws_lc_rs::rsa::{KeyPair, KeySize};
use base64::Engine as _;
use domain::outcome::{Outcome, State, Success};
use halqa::App;
use halqa::config::Config;
use halqa::lti::platforms::{self, NewPlatform};
use halqa::lti::{grades, people};
use lti::jwt::SigningKey;
use serde_json::{Value, json};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};

const MODULE: &str = "lecon";
const MANIFEST: &str = r#"<?xml version="1.0" encoding="UTF-8"?>
<manifest identifier="m" version="1.0" xmlns="http://www.imsproject.org/xsd/imscp_rootv1p1p2" xmlns:adlcp="http://www.adlnet.org/xsd/adlcp_rootv1p2">
<metadata><schema>ADL SCORM</schema><schemaversion>1.2</schemaversion></metadata>
<organizations default="o"><organization identifier="o"><title>Lecon</title><item identifier="i" identifierref="r"><title>Lecon</title></item></organization></organizations>
<resources><resource identifier="r" type="webcontent" adlcp:scormtype="sco" href="sco.html"><file href="sco.html"/></resource></resources>
</manifest>"#;

fn main() {
    tokio::runtime::Runtime::new()
        .expect("a runtime")
        .block_on(run());
}

fn setting(name: &str, default: u64) -> u64 {
    std::env::var(name)
        .ok()
        .and_then(|text| text.parse().ok())
        .unwrap_or(default)
}

/// The learning platform.
struct Lms {
    url: String,
    key: SigningKey,
    scores: AtomicU64,
}

async fn run() {
    let time = Duration::from_secs(setting("HALQA_BENCH_SECONDS", 5));
    let scores = setting("HALQA_BENCH_SCORES", 2000);
    let folder = std::env::temp_dir().join(format!("halqa-bench-lti-{}", std::process::id()));
    std::fs::create_dir_all(&folder).expect("a folder");
    let lms = Lms::start().await;
    let listener = TcpListener::bind(("127.0.0.1", 0)).await.expect("a port");
    let port = listener.local_addr().expect("an address").port();
    drop(listener);
    let mut values = BTreeMap::from([
        ("HALQA_DATA".to_owned(), folder.display().to_string()),
        ("HALQA_PORT".to_owned(), port.to_string()),
        (
            "HALQA_PUBLIC_URL".to_owned(),
            format!("http://localhost:{port}"),
        ),
        ("HALQA_LOG".to_owned(), "error".to_owned()),
        // Each launch comes from an address of its own: a network's number of them is limited.
        ("HALQA_CLIENT_IP_HEADER".to_owned(), "X-Real-IP".to_owned()),
    ]);
    if let Ok(url) = std::env::var("HALQA_DATABASE_URL") {
        values.insert("HALQA_DATABASE_URL".to_owned(), url);
    }
    let config = Config::from_values(&values).expect("configuration");
    let app = App::open(config).await.expect("the platform opens");
    let zip = package::build::zip([
        ("imsmanifest.xml".to_owned(), MANIFEST.as_bytes().to_vec()),
        (
            "sco.html".to_owned(),
            b"<!doctype html><title>SCO</title>".to_vec(),
        ),
    ])
    .expect("a zip");
    let options = halqa::catalogue::Options {
        publish: true,
        ..halqa::catalogue::Options::default()
    };
    let module = halqa::catalogue::import_bytes(&app, &zip, options)
        .await
        .expect("imported")
        .module;
    assert_eq!(module.slug, MODULE);
    let new = NewPlatform {
        name: "LMS".into(),
        issuer: lms.url.clone(),
        client_id: "halqa-1".into(),
        auth_url: format!("{}/auth", lms.url),
        token_url: format!("{}/token", lms.url),
        jwks_url: format!("{}/jwks", lms.url),
        local: true,
        ..NewPlatform::default()
    };
    platforms::add(&app, new).await.expect("registered");
    let rocket = halqa::rocket(app.clone()).ignite().await.expect("ignites");
    let shutdown = rocket.shutdown();
    let served = tokio::spawn(rocket.launch());
    println!("{:?}", app.db.engine());
    // Every learner's first launch, with their account and their place in the gradebook.
    let next = Arc::new(AtomicU64::new(0));
    let began = Instant::now();
    launches(&lms, port, 8, &next, Limit::Until(scores)).await;
    report("first launches", scores, began.elapsed());
    for connections in [1, 8, 32] {
        let before = next.load(Ordering::Relaxed);
        let began = Instant::now();
        launches(&lms, port, connections, &next, Limit::For(time, scores)).await;
        let many = next.load(Ordering::Relaxed) - before;
        report(
            &format!("launches, {connections} at once"),
            many,
            began.elapsed(),
        );
    }
    deliver(&app, &lms, module.id, scores).await;
    shutdown.notify();
    let _ = served.await;
    let _ = std::fs::remove_dir_all(&folder);
}

fn report(what: &str, many: u64, spent: Duration) {
    println!(
        "{what:<24} {many:>7}  {:>8.0}/s",
        many as f64 / spent.as_secs_f64()
    );
}

/// Every learner passes; done when the platform has all scores.
async fn deliver(app: &App, lms: &Arc<Lms>, module: halqa::ids::ModuleId, scores: u64) {
    let mut records = Vec::new();
    for n in 0..scores {
        let learner = people::person_of(app, &lms.url, &format!("u{n}"))
            .await
            .expect("asked")
            .expect("launched");
        records.push(halqa::progress::Record {
            change: app.ids.uuid(),
            learner,
            module,
            attempt: None,
            outcome: Outcome {
                state: State::Completed,
                success: Success::Passed,
                progress: 1.0,
                estimated: false,
                score: Some(0.8),
                seconds: 60.0,
            },
            at: app.clock.now(),
        });
    }
    let began = Instant::now();
    for record in records {
        app.db
            .write(record, |tx, record| {
                Box::pin(halqa::progress::record(tx, record))
            })
            .await
            .map_err(|error: halqa::db::DbError| error)
            .expect("recorded");
    }
    report("results recorded", scores, began.elapsed());
    while lms.scores.load(Ordering::Relaxed) < scores {
        assert!(
            began.elapsed() < Duration::from_secs(600),
            "scores are missing"
        );
        tokio::time::sleep(Duration::from_millis(5)).await;
    }
    report("scores delivered", scores, began.elapsed());
    tokio::time::sleep(Duration::from_secs(1)).await;
    let unsent = grades::unsent(app).await.expect("asked").len();
    let taken = lms.scores.load(Ordering::Relaxed);
    assert_eq!((unsent, taken), (0, scores), "each once");
}

/// How long launches go on.
#[derive(Clone, Copy)]
enum Limit {
    /// Until so many learners have launched once.
    Until(u64),
    /// For so long, by so many learners.
    For(Duration, u64),
}

async fn launches(lms: &Arc<Lms>, port: u16, at_once: u64, next: &Arc<AtomicU64>, limit: Limit) {
    let began = Instant::now();
    let mut tasks = Vec::new();
    for _ in 0..at_once {
        let (lms, next) = (lms.clone(), next.clone());
        tasks.push(tokio::spawn(async move {
            let mut stream = connect(port).await;
            loop {
                let learner = match limit {
                    Limit::Until(most) => {
                        let n = next.fetch_add(1, Ordering::Relaxed);
                        if n >= most {
                            next.fetch_sub(1, Ordering::Relaxed);
                            return;
                        }
                        n
                    }
                    Limit::For(time, learners) => {
                        if began.elapsed() > time {
                            return;
                        }
                        next.fetch_add(1, Ordering::Relaxed) % learners
                    }
                };
                launch(&lms, port, &mut stream, learner).await;
            }
        }));
    }
    for task in tasks {
        task.await.expect("launched");
    }
}

/// A login and its launch, as a browser makes them: the two addresses are checked.
async fn launch(lms: &Lms, port: u16, stream: &mut TcpStream, n: u64) {
    let from = format!(
        "X-Real-IP: 10.{}.{}.{}\r\n",
        (n >> 16) & 255,
        (n >> 8) & 255,
        n & 255
    );
    let query = url::form_urlencoded::Serializer::new(String::new())
        .append_pair("iss", &lms.url)
        .append_pair("login_hint", "h")
        .append_pair("client_id", "halqa-1")
        .append_pair(
            "target_link_uri",
            &format!("http://localhost:{port}/lti/launch"),
        )
        .finish();
    let begun = ask(
        stream,
        &format!("GET /lti/login?{query} HTTP/1.1\r\nHost: localhost:{port}\r\n{from}\r\n"),
    )
    .await;
    assert_eq!(begun.status, 303, "{}", begun.head);
    let address = url::Url::parse(begun.header("location")).expect("an address");
    let get = |name: &str| {
        address
            .query_pairs()
            .find(|(other, _)| other == name)
            .map(|(_, value)| value.into_owned())
            .expect("a parameter")
    };
    let cookie = begun
        .header("set-cookie")
        .split(';')
        .next()
        .expect("a cookie");
    let token = lms
        .key
        .sign(&lms.claims(port, n, &get("nonce")))
        .expect("signed");
    let body = url::form_urlencoded::Serializer::new(String::new())
        .append_pair("state", &get("state"))
        .append_pair("id_token", &token)
        .finish();
    let entered = ask(
        stream,
        &format!(
            "POST /lti/launch HTTP/1.1\r\nHost: localhost:{port}\r\n{from}Cookie: {cookie}\r\nContent-Type: application/x-www-form-urlencoded\r\nContent-Length: {}\r\n\r\n{body}",
            body.len()
        ),
    )
    .await;
    assert_eq!(entered.status, 303, "{}", entered.head);
    assert!(
        entered.header("location").starts_with("/lti/s/"),
        "{}",
        entered.head
    );
}

impl Lms {
    async fn start() -> Arc<Lms> {
        let pair = KeyPair::generate(KeySize::Rsa2048).expect("a key");
        let der = AsDer::<Pkcs8V1Der<'_>>::as_der(&pair).expect("PKCS#8");
        let text = base64::engine::general_purpose::STANDARD.encode(der.as_ref());
        let pem = format!("-----BEGIN PRIVATE KEY-----\n{text}\n-----END PRIVATE KEY-----\n");
        let listener = TcpListener::bind(("127.0.0.1", 0)).await.expect("a port");
        let port = listener.local_addr().expect("an address").port();
        let lms = Arc::new(Lms {
            url: format!("http://127.0.0.1:{port}"),
            key: SigningKey::from_pem("k1", pem.as_bytes()).expect("a key"),
            scores: AtomicU64::new(0),
        });
        let answering = lms.clone();
        tokio::spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                tokio::spawn(answering.clone().serve(stream));
            }
        });
        lms
    }

    fn claims(&self, port: u16, n: u64, nonce: &str) -> Value {
        #[allow(clippy::disallowed_methods, reason = "an LMS has a clock of its own")]
        let now = std::time::SystemTime::now()
            .duration_since(std::time::UNIX_EPOCH)
            .expect("after 1970")
            .as_secs();
        let core = |name: &str| format!("https://purl.imsglobal.org/spec/lti/claim/{name}");
        json!({
            "iss": self.url, "aud": "halqa-1", "sub": format!("u{n}"), "nonce": nonce,
            "iat": now, "exp": now + 300, "name": format!("Learner {n}"),
            core("version"): "1.3.0", core("message_type"): "LtiResourceLinkRequest",
            core("deployment_id"): "d1", core("target_link_uri"): format!("http://localhost:{port}/lti/launch"),
            core("resource_link"): { "id": "link-1", "title": "Lecon" },
            core("roles"): ["http://purl.imsglobal.org/vocab/lis/v2/membership#Learner"],
            core("context"): { "id": "c1", "title": "Gestion" },
            core("custom"): { "module": MODULE },
            core("launch_presentation"): { "locale": "fr", "return_url": format!("{}/course", self.url) },
            "https://purl.imsglobal.org/spec/lti-ags/claim/endpoint": {
                "lineitem": format!("{}/columns/1", self.url),
                "scope": [lti::ags::SCOPE_SCORE, lti::ags::SCOPE_LINE_ITEM],
            },
        })
    }

    /// Answers a connection of ours: keys, tokens, scores.
    async fn serve(self: Arc<Self>, mut stream: TcpStream) {
        let mut buffer = Vec::new();
        while let Some(message) = read(&mut stream, &mut buffer).await {
            let line = message.head.lines().next().unwrap_or_default().to_owned();
            let (status, body) = if line.starts_with("GET /jwks ") {
                (
                    200,
                    json!({ "keys": [self.key.public().expect("public")] }).to_string(),
                )
            } else if line.starts_with("POST /token ") {
                (
                    200,
                    json!({ "access_token": "t", "token_type": "Bearer", "expires_in": 3600 })
                        .to_string(),
                )
            } else if line.starts_with("POST /columns/1/scores ") {
                self.scores.fetch_add(1, Ordering::Relaxed);
                (200, "{}".to_owned())
            } else {
                (404, String::new())
            };
            let answer = format!(
                "HTTP/1.1 {status} X\r\nContent-Type: application/json\r\nContent-Length: {}\r\n\r\n{body}",
                body.len()
            );
            if stream.write_all(answer.as_bytes()).await.is_err() {
                return;
            }
        }
    }
}

/// One message of HTTP/1.1, its body read and left.
struct Message {
    status: u16,
    head: String,
}

impl Message {
    /// The first header of this name.
    fn header(&self, name: &str) -> &str {
        self.head
            .lines()
            .filter_map(|line| line.split_once(": "))
            .find(|(other, _)| other.eq_ignore_ascii_case(name))
            .map_or("", |(_, value)| value)
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

async fn ask(stream: &mut TcpStream, request: &str) -> Message {
    stream.write_all(request.as_bytes()).await.expect("sent");
    let mut buffer = Vec::new();
    read(stream, &mut buffer).await.expect("an answer")
}

/// Reads one message; `buffer` keeps what came too early. None at the end.
async fn read(stream: &mut TcpStream, buffer: &mut Vec<u8>) -> Option<Message> {
    loop {
        if let Some(end) = buffer.windows(4).position(|four| four == b"\r\n\r\n") {
            let head = String::from_utf8_lossy(&buffer[..end]).into_owned();
            let status = head.split(' ').nth(1).and_then(|text| text.parse().ok());
            let message = Message {
                status: status.unwrap_or_default(),
                head,
            };
            let length: usize = message.header("content-length").parse().unwrap_or(0);
            if buffer.len() >= end + 4 + length {
                buffer.drain(..end + 4 + length);
                return Some(message);
            }
        }
        let mut part = [0; 16 << 10];
        match stream.read(&mut part).await {
            Ok(0) | Err(_) => return None,
            Ok(many) => buffer.extend_from_slice(&part[..many]),
        }
    }
}
