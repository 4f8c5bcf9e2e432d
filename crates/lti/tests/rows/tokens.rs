//! L3–L7: tokens.

use aws_lc_rs::hmac;
use aws_lc_rs::rand::SystemRandom;
use aws_lc_rs::rsa::KeySize;
use aws_lc_rs::signature::{RSA_PKCS1_SHA256, RSA_PKCS1_SHA384, RsaKeyPair};
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use lti::jwt::{self, Algorithm, KeySet, SigningKey};
use lti::{Code, Refused};
use serde_json::{Value, json};

use crate::kit::*;

fn verify(token: &str) -> Result<(), Refused> {
    jwt::verify(token, &keys(), Algorithm::Rs256, ISSUER, CLIENT).map(drop)
}

fn code(result: Result<(), Refused>) -> Code {
    result.expect_err("refused").code
}

fn rsa_pair(pem: &str) -> RsaKeyPair {
    let body: String = pem.lines().filter(|line| !line.starts_with('-')).collect();
    RsaKeyPair::from_pkcs8(&STANDARD.decode(body).expect("base64")).expect("a pair")
}

fn rs256(message: &[u8]) -> Vec<u8> {
    let pair = rsa_pair(&PEM);
    let mut signature = vec![0; pair.public_modulus_len()];
    pair.sign(
        &RSA_PKCS1_SHA256,
        &SystemRandom::new(),
        message,
        &mut signature,
    )
    .expect("signed");
    signature
}

fn rs384(message: &[u8]) -> Vec<u8> {
    let pair = rsa_pair(&PEM);
    let mut signature = vec![0; pair.public_modulus_len()];
    pair.sign(
        &RSA_PKCS1_SHA384,
        &SystemRandom::new(),
        message,
        &mut signature,
    )
    .expect("signed");
    signature
}

fn honest() -> String {
    key("k1").sign(&claims()).expect("signed")
}

#[test]
fn an_honest_token_passes() {
    verify(&honest()).expect("accepted");
    let by_hand = token(
        &json!({"alg": "RS256", "kid": "k1", "typ": "JWT"}),
        &claims(),
        rs256,
    );
    verify(&by_hand).expect("accepted");
}

/// L3: the algorithm is the key's, whatever the header says.
#[test]
fn l3_algorithms() {
    let public = key("k1").public().expect("public");
    let secrets: Vec<Vec<u8>> = vec![
        PEM.as_bytes().to_vec(),
        public.to_string().into_bytes(),
        public["n"].as_str().expect("n").as_bytes().to_vec(),
    ];
    for name in [
        "none", "None", "NONE", "nOnE", "", "RS1", "rs256", "PS256", "EdDSA", "HS256", "HS384",
        "HS512",
    ] {
        for sign in [
            rs256 as fn(&[u8]) -> Vec<u8>,
            |_| Vec::new(),
            |_| vec![0; 256],
        ] {
            let token = token(&json!({"alg": name, "kid": "k1"}), &claims(), sign);
            assert!(
                matches!(code(verify(&token)), Code::Algorithm | Code::Malformed),
                "{name}"
            );
        }
        for secret in &secrets {
            let hs = |message: &[u8]| {
                let key = hmac::Key::new(hmac::HMAC_SHA256, secret);
                hmac::sign(&key, message).as_ref().to_vec()
            };
            let token = token(&json!({"alg": name, "kid": "k1"}), &claims(), hs);
            assert_eq!(code(verify(&token)), Code::Algorithm, "{name}");
        }
    }
    // Honestly signed, but not with the key's algorithm.
    for name in ["RS384", "RS512", "ES256", "ES384"] {
        let token = token(&json!({"alg": name, "kid": "k1"}), &claims(), rs384);
        assert_eq!(code(verify(&token)), Code::Algorithm, "{name}");
    }
    for header in [
        json!({"kid": "k1"}),
        json!({"kid": "k1", "alg": null}),
        json!({"kid": "k1", "alg": ["RS256"]}),
    ] {
        assert_eq!(
            code(verify(&token(&header, &claims(), rs256))),
            Code::Algorithm
        );
    }
}

/// L3: a key that names another algorithm, or a key of another kind under the same name.
#[test]
fn l3_keys_fix_the_algorithm() {
    let public = key("k1").public().expect("public");
    let set =
        |key: Value| KeySet::parse(json!({ "keys": [key] }).to_string().as_bytes()).expect("a set");
    let verify = |keys: &KeySet, registered| {
        jwt::verify(&honest(), keys, registered, ISSUER, CLIENT).map(drop)
    };
    let silent = with(public.clone(), "alg", Value::Null);
    verify(&set(silent.clone()), Algorithm::Rs256).expect("the registration says");
    for registered in [Algorithm::Rs384, Algorithm::Rs512, Algorithm::Es256] {
        assert_eq!(
            code(verify(&set(silent.clone()), registered)),
            Code::Algorithm
        );
        verify(&set(public.clone()), registered).expect("the key says");
    }
    for (member, value) in [
        ("alg", json!("RS384")),
        ("alg", json!("HS256")),
        ("alg", json!("none")),
        ("alg", json!("ES256")),
        ("use", json!("enc")),
        ("kty", json!("oct")),
        ("kty", json!("EC")),
        ("n", json!("AQAB")),
        ("n", json!("!!")),
        ("kid", json!("")),
    ] {
        let keys = set(with(public.clone(), member, value.clone()));
        assert!(verify(&keys, Algorithm::Rs256).is_err(), "{member} {value}");
    }
    // A short key is none.
    let small = {
        let n = "A".repeat(171);
        json!({ "kty": "RSA", "kid": "k1", "n": n, "e": "AQAB" })
    };
    assert!(set(small).is_empty());
    assert!(set(json!({ "kty": "oct", "kid": "k1", "k": "c2VjcmV0" })).is_empty());
}

/// L4: keys by name only, and only the platform's.
#[test]
fn l4_key_names() {
    let long = "k".repeat(10 << 10);
    for kid in [
        "k2",
        "../k1",
        "k1'; drop table lti_key;--",
        "K1",
        " k1",
        "k1\u{0}",
        "\u{202e}1k",
    ] {
        let token = token(&json!({"alg": "RS256", "kid": kid}), &claims(), rs256);
        assert_eq!(code(verify(&token)), Code::UnknownKey, "{kid}");
    }
    for header in [
        json!({"alg": "RS256"}),
        json!({"alg": "RS256", "kid": ""}),
        json!({"alg": "RS256", "kid": 1}),
        json!({"alg": "RS256", "kid": null}),
        json!({"alg": "RS256", "kid": ["k1"]}),
        json!({"alg": "RS256", "kid": long}),
        json!({"alg": "RS256", "kid": "k1", "jku": "https://evil.example/jwks"}),
        json!({"alg": "RS256", "kid": "k1", "x5u": "https://evil.example/cert"}),
        json!({"alg": "RS256", "kid": "k1", "x5c": ["MII"]}),
        json!({"alg": "RS256", "kid": "k1", "jwk": key("k1").public().expect("public")}),
        json!({"alg": "RS256", "kid": "k1", "crit": ["b64"], "b64": false}),
    ] {
        assert_eq!(
            code(verify(&token(&header, &claims(), rs256))),
            Code::Key,
            "{header}"
        );
    }
}

/// L5: shapes and signatures.
#[test]
fn l5_shapes_and_signatures() {
    let token = honest();
    let parts: Vec<&str> = token.split('.').collect();
    let (head, body, signature) = (parts[0], parts[1], parts[2]);
    let other = {
        let key = SigningKey::from_pem("k1", OTHER_PEM.as_bytes()).expect("a key");
        key.sign(&claims()).expect("signed")
    };
    assert_eq!(code(verify(&other)), Code::Signature);
    for bit in [0, 7, 1000, 2047] {
        let spoilt = crate::kit::token(
            &json!({"alg": "RS256", "kid": "k1"}),
            &claims(),
            |message| {
                let mut signature = rs256(message);
                signature[bit / 8] ^= 1 << (bit % 8);
                signature
            },
        );
        assert_eq!(code(verify(&spoilt)), Code::Signature, "bit {bit}");
    }
    let swapped = key("k1")
        .sign(&with(claims(), "sub", json!("user-8")))
        .expect("signed");
    let swapped_body = swapped.split('.').nth(1).expect("a body");
    assert_eq!(
        code(verify(&format!("{head}.{swapped_body}.{signature}"))),
        Code::Signature
    );
    for broken in [
        String::new(),
        head.to_owned(),
        format!("{head}.{body}"),
        format!("{token}.{signature}"),
        format!("{head}..{signature}"),
        format!("{head}.{body}."),
        format!(".{body}.{signature}"),
        "a.b.c".to_owned(),
        format!(" {token}"),
        format!("{head}=.{body}.{signature}"),
        format!("bnVsbA.{body}.{signature}"),
        format!("W10.{body}.{signature}"),
    ] {
        assert_eq!(code(verify(&broken)), Code::Malformed, "{broken:.40}");
    }
    for size in [jwt::TOKEN_MAX + 1, 1 << 20] {
        assert_eq!(code(verify(&"a".repeat(size))), Code::TooLarge);
        let claims = with(claims(), "pad", json!("x".repeat(size)));
        assert_eq!(
            code(verify(&key("k1").sign(&claims).expect("signed"))),
            Code::TooLarge
        );
    }
    // Deep JSON, honestly signed, is read or refused, never a crash.
    let deep = format!("{}{}", "[".repeat(5000), "]".repeat(5000));
    let message = format!(
        "{}.{}",
        head,
        base64::engine::general_purpose::URL_SAFE_NO_PAD.encode(format!("{{\"iss\":{deep}}}"))
    );
    let signature =
        base64::engine::general_purpose::URL_SAFE_NO_PAD.encode(rs256(message.as_bytes()));
    assert!(verify(&format!("{message}.{signature}")).is_err());
}

/// L6: issuers, to the letter.
#[test]
fn l6_issuers() {
    for issuer in [
        Value::Null,
        json!(""),
        json!("https://lms.example/"),
        json!("https://LMS.example"),
        json!("http://lms.example"),
        json!("https://lms.example.evil.example"),
        json!(["https://lms.example"]),
        json!({"a": 1}),
        json!(7),
        json!(" https://lms.example"),
    ] {
        let token = key("k1")
            .sign(&with(claims(), "iss", issuer.clone()))
            .expect("signed");
        let code = code(verify(&token));
        assert!(
            matches!(code, Code::Issuer | Code::Malformed),
            "{issuer}: {code:?}"
        );
    }
}

/// L7: audiences.
#[test]
fn l7_audiences() {
    for audience in [
        Value::Null,
        json!(""),
        json!("halqa-2"),
        json!(["halqa-2"]),
        json!([]),
        json!(7),
        json!({"halqa-1": true}),
        json!("HALQA-1"),
        json!(["halqa-1", "halqa-2"]),
        json!(["halqa-1", 7]),
        json!([["halqa-1"]]),
    ] {
        let spoilt = with(claims(), "aud", audience.clone());
        let token = key("k1").sign(&spoilt).expect("signed");
        let refused = verify(&token).and_then(|()| read(&spoilt).map(drop));
        assert!(
            matches!(code(refused), Code::Audience | Code::Malformed),
            "{audience}"
        );
    }
    for party in [json!("halqa-2"), json!(""), json!(["halqa-1"]), json!(7)] {
        assert_eq!(
            read(&with(claims(), "azp", party))
                .expect_err("refused")
                .code,
            Code::Audience
        );
    }
    for good in [json!("halqa-1"), json!(["halqa-1"])] {
        let spoilt = with(with(claims(), "aud", good), "azp", json!("halqa-1"));
        verify(&key("k1").sign(&spoilt).expect("signed")).expect("accepted");
        read(&spoilt).expect("accepted");
    }
}

#[test]
fn key_sets_are_bounded() {
    assert!(KeySet::parse(b"{\"keys\": []}").expect("a set").is_empty());
    for bad in [
        &b""[..],
        b"[]",
        b"null",
        b"{}",
        b"{\"keys\": {}}",
        b"<html>",
        b"{\"keys\": [1, null, {}]",
    ] {
        assert!(
            KeySet::parse(bad).is_err(),
            "{}",
            String::from_utf8_lossy(bad)
        );
    }
    assert!(
        KeySet::parse(b"{\"keys\": [1, null, {}]}")
            .expect("a set")
            .is_empty()
    );
    let huge = format!(
        "{{\"keys\": [], \"pad\": \"{}\"}}",
        "x".repeat(jwt::KEYS_MAX)
    );
    assert_eq!(
        KeySet::parse(huge.as_bytes()).err().expect("refused").code,
        Code::TooLarge
    );
}

#[test]
fn our_own_keys_round_trip() {
    let pem = pem(KeySize::Rsa2048);
    let ours = SigningKey::from_pem("ours", pem.as_bytes()).expect("a key");
    let public = ours.public().expect("public");
    assert_eq!(
        (
            &public["kid"],
            &public["use"],
            &public["alg"],
            &public["kty"]
        ),
        (
            &json!("ours"),
            &json!("sig"),
            &json!("RS256"),
            &json!("RSA")
        )
    );
    assert!(
        public.get("d").is_none() && public.get("p").is_none(),
        "{public}"
    );
    let assertion = jwt::Assertion {
        client_id: CLIENT,
        audience: "https://lms.example/token",
        id: "j1",
        now: NOW,
    };
    let token = ours.sign(&assertion.claims()).expect("signed");
    let keys = KeySet::parse(json!({ "keys": [public] }).to_string().as_bytes()).expect("a set");
    let claims = jwt::verify(
        &token,
        &keys,
        Algorithm::Rs256,
        CLIENT,
        "https://lms.example/token",
    )
    .expect("accepted");
    assert_eq!(claims["sub"], json!(CLIENT));
    assert!(SigningKey::from_pem("x", b"no pem").is_err());
}
