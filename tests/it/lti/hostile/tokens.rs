//! L3–L5: algorithms, keys, signatures.

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use lti::jwt::SigningKey;
use serde_json::{Value, json};

use super::super::platform::*;
use super::{Kind, Shot, Table, changed, forged, honest_signature, part, signed};

/// The rows.
pub fn tokens(table: &mut Table) {
    for alg in [
        "none", "None", "NONE", "", "HS256", "HS384", "HS512", "RS384", "RS512", "ES256", "PS256",
        "EdDSA",
    ] {
        table.add(
            "L3",
            Kind::Link,
            &[400, 401],
            format!("alg {alg} without a signature"),
            move |hand| forged(hand, &json!({ "alg": alg, "kid": "k1" }), ""),
        );
        table.add(
            "L3",
            Kind::Link,
            &[400, 401],
            format!("alg {alg} with the honest signature"),
            move |hand| {
                forged(
                    hand,
                    &json!({ "alg": alg, "kid": "k1" }),
                    &honest_signature(hand),
                )
            },
        );
    }
    for (alg, kind) in [
        ("HS256", aws_lc_rs::hmac::HMAC_SHA256),
        ("HS384", aws_lc_rs::hmac::HMAC_SHA384),
        ("HS512", aws_lc_rs::hmac::HMAC_SHA512),
    ] {
        table.add(
            "L3",
            Kind::Link,
            &[400, 401],
            format!("{alg} keyed with the public key"),
            move |hand| {
                let public = signing("k1").public().expect("public").to_string();
                let key = aws_lc_rs::hmac::Key::new(kind, public.as_bytes());
                let header = json!({ "alg": alg, "kid": "k1" });
                let message = format!("{}.{}", part(&header), part(&hand.claims));
                let tag = aws_lc_rs::hmac::sign(&key, message.as_bytes());
                forged(hand, &header, &URL_SAFE_NO_PAD.encode(tag))
            },
        );
    }
    for kid in [
        "k2",
        "../k1",
        "k1/../../etc/passwd",
        "' or 1=1 --",
        "K1",
        "k1 ",
    ] {
        table.add(
            "L4",
            Kind::Link,
            &[401],
            format!("kid {kid}"),
            move |hand| {
                let key = SigningKey::from_pem(kid, PEM.as_bytes()).expect("a key");
                Shot::launch(&hand.login, &key.sign(&hand.claims).expect("signed"))
            },
        );
    }
    for (what, header) in [
        ("no kid", json!({ "alg": "RS256" })),
        (
            "a kid of 10 kB",
            json!({ "alg": "RS256", "kid": "k".repeat(10_000) }),
        ),
        (
            "a kid that is no text",
            json!({ "alg": "RS256", "kid": ["k1"] }),
        ),
        (
            "crit",
            json!({ "alg": "RS256", "kid": "k1", "crit": ["exp"] }),
        ),
        (
            "x5c",
            json!({ "alg": "RS256", "kid": "k1", "x5c": ["MIIB"] }),
        ),
    ] {
        table.add("L4", Kind::Link, &[400, 401], what, move |hand| {
            forged(hand, &header, &honest_signature(hand))
        });
    }
    for name in ["jku", "x5u"] {
        table.add(
            "L4",
            Kind::Link,
            &[401],
            format!("a key at an address ({name})"),
            move |hand| {
                let header =
                    json!({ "alg": "RS256", "kid": "k1", name: hand.platform.at("/evil") });
                forged(hand, &header, &honest_signature(hand))
            },
        );
    }
    table.add("L4", Kind::Link, &[401], "a key in the header", |hand| {
        let header =
            json!({ "alg": "RS256", "kid": "k1", "jwk": signing("k1").public().expect("public") });
        forged(hand, &header, &honest_signature(hand))
    });
    table.add(
        "L4",
        Kind::Link,
        &[401],
        "another key of the same name",
        |hand| {
            let key = SigningKey::from_pem("k1", OTHER.as_bytes()).expect("a key");
            Shot::launch(&hand.login, &key.sign(&hand.claims).expect("signed"))
        },
    );
    table.add(
        "L5",
        Kind::Link,
        &[401],
        "a signature off by one bit",
        |hand| {
            let token = signed(&hand.claims);
            let (rest, signature) = token.rsplit_once('.').expect("a signature");
            let mut bytes = URL_SAFE_NO_PAD.decode(signature).expect("bytes");
            bytes[100] ^= 1;
            Shot::launch(
                &hand.login,
                &format!("{rest}.{}", URL_SAFE_NO_PAD.encode(bytes)),
            )
        },
    );
    table.add(
        "L5",
        Kind::Link,
        &[401],
        "another payload under the signature",
        |hand| {
            let claims = changed(&hand.claims, "sub", &json!("somebody else"));
            let token = format!(
                "{}.{}.{}",
                part(&json!({ "alg": "RS256", "kid": "k1" })),
                part(&claims),
                honest_signature(hand)
            );
            Shot::launch(&hand.login, &token)
        },
    );
    table.add("L5", Kind::Link, &[400, 401], "two parts", |hand| {
        let token = signed(&hand.claims);
        Shot::launch(&hand.login, token.rsplit_once('.').expect("parts").0)
    });
    table.add("L5", Kind::Link, &[400, 401], "four parts", |hand| {
        Shot::launch(&hand.login, &format!("{}.x", signed(&hand.claims)))
    });
    table.add(
        "L5",
        Kind::Link,
        &[400, 401],
        "five parts, as an encrypted token",
        |hand| Shot::launch(&hand.login, &format!("{}.x.y", signed(&hand.claims))),
    );
    table.add(
        "L5",
        Kind::Link,
        &[400, 401],
        "a payload that is no object",
        |hand| {
            let token = format!(
                "{}.{}.{}",
                part(&json!({ "alg": "RS256", "kid": "k1" })),
                part(&json!([1])),
                honest_signature(hand)
            );
            Shot::launch(&hand.login, &token)
        },
    );
    table.add(
        "L5",
        Kind::Link,
        &[400, 401, 413],
        "arrays a thousand deep",
        |hand| {
            let deep = format!("{}{}", "[".repeat(1000), "]".repeat(1000));
            let claims: Value = json!({ "iss": hand.platform.issuer, "deep": deep });
            let raw = claims.to_string().replace(&format!("\"{deep}\""), &deep);
            let header = part(&json!({ "alg": "RS256", "kid": "k1" }));
            Shot::launch(
                &hand.login,
                &format!(
                    "{header}.{}.{}",
                    URL_SAFE_NO_PAD.encode(raw),
                    honest_signature(hand)
                ),
            )
        },
    );
    for size in [70 << 10, 1 << 20] {
        table.add(
            "L5",
            Kind::Link,
            &[413],
            format!("a token of {size} bytes"),
            move |hand| Shot::launch(&hand.login, &format!("a.{}.c", "b".repeat(size))),
        );
    }
}
