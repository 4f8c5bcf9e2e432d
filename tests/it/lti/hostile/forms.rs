//! L21–L23: forms of LTI 1.1.

use super::super::consumers::{self, LAUNCH};
use super::{Kind, Shot, Table, consumer_shot};

/// The rows.
pub fn rows(table: &mut Table, now: i64) {
    let stamps: Vec<String> = [now - 601, now + 601, 0, -1]
        .iter()
        .map(i64::to_string)
        .collect();
    let stamps: Vec<&str> = stamps.iter().map(String::as_str).collect();
    table.parameter("L21", &[400, 401], "oauth_timestamp", &stamps);
    table.parameter(
        "L21",
        &[400, 401],
        "oauth_timestamp",
        &["", "now", "1e9", "99999999999999999999"],
    );
    table.parameter("L21", &[400, 401], "oauth_nonce", &[""]);
    table.parameter(
        "L23",
        &[400, 401],
        "oauth_signature_method",
        &["PLAINTEXT", "RSA-SHA1", "HMAC-MD5", ""],
    );
    table.parameter("L23", &[400], "oauth_version", &["2.0"]);
    table.parameter(
        "L22",
        &[400, 401],
        "oauth_consumer_key",
        &["nobody", "", "' or 1=1 --"],
    );
    table.parameter("L11", &[400], "lti_message_type", &["", "x"]);
    table.parameter("L11", &[400], "lti_version", &["", "1.3.0"]);
    table.parameter("L11", &[400], "resource_link_id", &["", "a\u{0}b"]);
    table.parameter("L11", &[400], "user_id", &["a\u{0}b"]);
    for name in [
        "oauth_consumer_key",
        "oauth_nonce",
        "oauth_timestamp",
        "oauth_signature",
        "oauth_signature_method",
    ] {
        table.add(
            "L23",
            Kind::Consumer,
            &[400],
            format!("{name} twice"),
            move |hand| {
                let mut shot = consumer_shot(hand, hand.form.clone());
                let twice = shot
                    .fields
                    .iter()
                    .find(|(other, _)| other == name)
                    .cloned()
                    .expect("a parameter");
                shot.fields.push(twice);
                shot
            },
        );
    }
    for name in [
        "user_id",
        "roles",
        "resource_link_id",
        "custom_module",
        "resource_link_description",
        "oauth_callback",
    ] {
        table.add(
            "L23",
            Kind::Consumer,
            &[400, 401],
            format!("{name} changed after signing"),
            move |hand| {
                let shot = consumer_shot(hand, hand.form.clone());
                let old = shot
                    .fields
                    .iter()
                    .find(|(other, _)| other == name)
                    .cloned()
                    .expect("a parameter");
                shot.field(name, &format!("{}!", old.1))
            },
        );
    }
    table.add(
        "L23",
        Kind::Consumer,
        &[401],
        "a parameter more, in the query",
        |hand| Shot {
            path: "/lti/1.1/launch?custom_module=plea".into(),
            ..consumer_shot(hand, hand.form.clone())
        },
    );
    table.add(
        "L23",
        Kind::Consumer,
        &[401],
        "a parameter more, in the body",
        |hand| consumer_shot(hand, hand.form.clone()).field("custom_x", "1"),
    );
    table.add("L23", Kind::Consumer, &[401], "a parameter less", |hand| {
        consumer_shot(hand, hand.form.clone()).without("roles")
    });
    for (what, url) in [
        ("another scheme", "https://localhost:8000/lti/1.1/launch"),
        ("another host", "http://evil.example/lti/1.1/launch"),
        ("another port", "http://localhost:8001/lti/1.1/launch"),
        ("another path", "http://localhost:8000/lti/1.1/launch/"),
    ] {
        table.add(
            "L23",
            Kind::Consumer,
            &[401],
            format!("signed for {what}"),
            move |hand| {
                Shot::form(
                    "/lti/1.1/launch",
                    consumers::signed(hand.form.clone(), &hand.consumer.secret, url),
                )
            },
        );
    }
    for secret in ["", "another secret"] {
        table.add(
            "L22",
            Kind::Consumer,
            &[401],
            format!("signed with {secret:?}"),
            move |hand| {
                Shot::form(
                    "/lti/1.1/launch",
                    consumers::signed(hand.form.clone(), secret, LAUNCH),
                )
            },
        );
    }
    table.add("L23", Kind::Consumer, &[400, 401], "no signature", |hand| {
        consumer_shot(hand, hand.form.clone()).without("oauth_signature")
    });
}
