//! W5, W24: requests that no client library would send, over a plain line.

use std::io::{Read, Write};
use std::net::TcpStream;
use std::time::Duration;

use super::server::Ground;
use crate::harness::On;

/// Sends these bytes; gives the status and the whole answer.
fn say(port: u16, head: &str) -> (u16, String) {
    let mut line = TcpStream::connect(("127.0.0.1", port)).expect("a line");
    line.set_read_timeout(Some(Duration::from_secs(20)))
        .expect("a limit");
    line.write_all(head.as_bytes()).expect("said");
    let mut answer = Vec::new();
    let _ = line.read_to_end(&mut answer);
    let answer = String::from_utf8_lossy(&answer).into_owned();
    let status = answer.split(' ').nth(1).and_then(|code| code.parse().ok());
    (status.unwrap_or(0), answer)
}

#[rocket::async_test]
async fn a_request_reaches_its_own_origin_or_none() {
    let ground = Ground::on(On::Sqlite).await;
    let server = ground.serve().await;
    let port = server.port;
    let own = format!("localhost:{port}");
    let content = format!("{}.content.localhost:{port}", "0".repeat(32));
    let get = |target: &str, hosts: &[&str]| {
        let hosts: String = hosts
            .iter()
            .map(|host| format!("Host: {host}\r\n"))
            .collect();
        say(
            port,
            &format!("GET {target} HTTP/1.1\r\n{hosts}Connection: close\r\n\r\n"),
        )
    };
    assert_eq!(get("/fr/sign-in", &[&own]).0, 200);
    for (target, hosts) in [
        ("/fr/sign-in", vec![]),
        ("/fr/sign-in", vec!["evil.example"]),
        ("/fr/sign-in", vec![own.as_str(), own.as_str()]),
        ("/fr/sign-in", vec![own.as_str(), "evil.example"]),
        ("/fr/sign-in", vec![""]),
        ("http://evil.example/fr/sign-in", vec!["evil.example"]),
        ("http://evil.example/fr/sign-in", vec![]),
    ] {
        let (status, answer) = get(target, &hosts);
        assert_eq!(status, 400, "{target} {hosts:?}: {answer}");
        assert!(!answer.contains("evil.example"), "{answer}");
    }
    // An absolute address counts by its path and the Host beside it; its name is never repeated.
    let (status, answer) = get("http://evil.example/fr/sign-in", &[&own]);
    assert_eq!(status, 200);
    assert!(!answer.contains("evil.example"), "{answer}");
    // HTTP/1.0 may leave the host out; it is refused all the same.
    assert_eq!(say(port, "GET /fr/sign-in HTTP/1.0\r\n\r\n").0, 400);

    // Addresses that one parser takes and another does not: never the other origin's page.
    for path in [
        "/fr/sign-in",
        "/%66r/sign-in",
        "/\"/../fr/sign-in",
        "/{fr}/sign-in",
        "/fr/sign-in?{\"a\":\"b\"}",
        "/fr/sign-in|x",
        "//fr/sign-in",
        "/fr//sign-in",
        "/%2e%2e/fr/sign-in",
        "/%5c..%5cfr/sign-in",
        "/%00/fr/sign-in",
        "/%252e%252e/fr/sign-in",
        "/fr;x/sign-in",
        "/../../fr/sign-in",
        "/health",
    ] {
        let (status, answer) = get(path, &[&content]);
        assert!(matches!(status, 400 | 404), "{path}: {status} {answer}");
        assert!(
            !answer.contains("password"),
            "{path}: the sign-in page on the packages' origin"
        );
    }
    for path in [
        "/-content/any/x",
        "/%2Dcontent/any/x",
        "/-refused/wrong-host",
        "/fr/-content/any/-halqa/player",
        "/fr/%2Dcontent/any/-halqa/player",
        "/-content/any/-halqa/player",
        "/%2Dcontent/any/-halqa/player",
        "//-content/any/-halqa/player",
        "/./-content/any/-halqa/player",
    ] {
        let (status, answer) = get(path, &[&own]);
        assert!(matches!(status, 400 | 404), "{path}: {status} {answer}");
    }
    // 65 KB of path.
    let long = format!("/{}", "a".repeat(65_000));
    let (status, _) = get(&long, &[&own]);
    assert!((400..500).contains(&status), "{status}");
}
