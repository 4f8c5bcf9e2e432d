//! L1, L2, L13–L15: logins, states, nonces and browsers.

use serde_json::{Value, json};

use super::{Hand, Kind, Shot, Table, changed, login_of, signed};

/// L1, L2: states, nonces and browsers.
pub fn states(table: &mut Table) {
    let link = |hand: &Hand<'_>| Shot::launch(&hand.login, &signed(&hand.claims));
    for state in ["", "unknown", "' or 1=1 --"] {
        table.add(
            "L1",
            Kind::Link,
            &[401],
            format!("state = {state}"),
            move |hand| link(hand).field("state", state),
        );
    }
    table.add("L1", Kind::Link, &[401], "a state of 10 kB", move |hand| {
        link(hand).field("state", &"x".repeat(10_000))
    });
    table.add("L1", Kind::Link, &[401], "no state", move |hand| {
        link(hand).without("state")
    });
    table.add(
        "L1",
        Kind::Link,
        &[401],
        "another login's state",
        move |hand| link(hand).field("state", &hand.other.state),
    );
    table.add("L1", Kind::Link, &[400], "two states", move |hand| {
        let mut shot = link(hand);
        shot.fields.push(("state".into(), hand.other.state.clone()));
        shot
    });
    table.add("L1", Kind::Link, &[401], "no browser", move |hand| Shot {
        cookie: None,
        ..link(hand)
    });
    table.add("L1", Kind::Link, &[401], "another browser", move |hand| {
        Shot {
            cookie: Some(hand.other.cookie.clone()),
            ..link(hand)
        }
    });
    table.add(
        "L1",
        Kind::Link,
        &[401],
        "another browser's proof",
        move |hand| {
            let name = hand.login.cookie.split('=').next().expect("a name");
            let theirs = hand.other.cookie.split('=').nth(1).expect("a value");
            Shot {
                cookie: Some(format!("{name}={theirs}")),
                ..link(hand)
            }
        },
    );
    table.add(
        "L1",
        Kind::Link,
        &[401],
        "the state as proof",
        move |hand| {
            Shot {
                cookie: None,
                ..link(hand)
            }
            .field("browser", &hand.login.state)
        },
    );
    table.claim(
        "L2",
        &[401],
        "nonce",
        &[
            Value::Null,
            json!(""),
            json!("another"),
            json!([]),
            json!(7),
        ],
    );
    table.add("L2", Kind::Link, &[401], "another login's nonce", |hand| {
        let claims = changed(&hand.claims, "nonce", &json!(hand.other.nonce));
        Shot::launch(&hand.login, &signed(&claims))
    });
}

/// L13–L15: logins.
pub fn logins(table: &mut Table) {
    table.login(
        "L14",
        &[400],
        "iss",
        &[
            "",
            "https://nobody.example",
            "</script><script>alert(1)</script>",
            "' or 1=1 --",
        ],
    );
    table.login("L14", &[400], "client_id", &["another", "HALQA-1"]);
    table.login(
        "L13",
        &[400],
        "target_link_uri",
        &[
            "",
            "https://evil.example/",
            "//evil.example/",
            "javascript:alert(1)",
            "http://localhost:8000@evil.example/",
        ],
    );
    table.login("L15", &[400], "login_hint", &["", "a\r\nSet-Cookie: x=1"]);
    table.add("L15", Kind::Login, &[413], "a hint of 100 kB", |hand| {
        login_of(hand.platform).field("login_hint", &"x".repeat(100 << 10))
    });
    table.add("L15", Kind::Login, &[413], "a body of 400 kB", |hand| {
        login_of(hand.platform).field("x", &"x".repeat(400 << 10))
    });
    table.add("L15", Kind::Login, &[400], "two hints", |hand| {
        let mut shot = login_of(hand.platform);
        shot.fields.push(("login_hint".into(), "b".into()));
        shot
    });
    for error in [
        "login_required",
        "</script><script>alert(1)</script>",
        "a\r\nSet-Cookie: x=1",
    ] {
        table.add(
            "L15",
            Kind::Link,
            &[400],
            format!("error = {error}"),
            move |hand| {
                Shot::form(
                    "/lti/launch",
                    vec![
                        ("error".into(), error.into()),
                        ("error_description".into(), error.into()),
                        ("state".into(), hand.login.state.clone()),
                    ],
                )
            },
        );
    }
}
