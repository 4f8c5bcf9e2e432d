//! Attachments and signatures, both ways.

use aws_lc_rs::rsa::{KeyPair, KeySize};
use aws_lc_rs::signature::{KeyPair as _, RSA_PKCS1_SHA256, RsaEncoding};
use base64::Engine as _;
use base64::engine::general_purpose::{STANDARD, URL_SAFE_NO_PAD};
use rocket::http::{Header, Method};
use serde_json::{Value, json};
use sha2::{Digest, Sha256};

use super::{Client, statement};
use crate::harness::{Answer, both_engines, send};

const SIGNATURE: &str = "http://adlnet.gov/expapi/attachments/signature";

fn sha2(bytes: &[u8]) -> String {
    halqa::ids::hex(&Sha256::digest(bytes))
}

fn described(bytes: &[u8], usage: &str, kind: &str) -> Value {
    json!({
        "usageType": usage, "display": { "fr": "Pièce" }, "contentType": kind,
        "length": bytes.len(), "sha2": sha2(bytes),
    })
}

fn part(headers: &[(&str, &str)], body: &[u8]) -> Vec<u8> {
    let mut out = b"--xyz\r\n".to_vec();
    for (name, value) in headers {
        out.extend(format!("{name}: {value}\r\n").into_bytes());
    }
    out.extend(b"\r\n");
    out.extend(body);
    out.extend(b"\r\n");
    out
}

async fn post(client: &Client<'_>, parts: &[Vec<u8>]) -> Answer {
    let mut body = parts.concat();
    body.extend(b"--xyz--\r\n");
    let request = client
        .request(Method::Post, "statements")
        .header(Header::new("Content-Type", "multipart/mixed; boundary=xyz"))
        .body(body);
    send(request).await
}

fn first(statement: &Value) -> Vec<u8> {
    part(
        &[("Content-Type", "application/json")],
        statement.to_string().as_bytes(),
    )
}

fn data(bytes: &[u8]) -> Vec<u8> {
    let hash = sha2(bytes);
    part(
        &[
            ("Content-Type", "text/plain"),
            ("Content-Transfer-Encoding", "binary"),
            ("X-Experience-API-Hash", &hash),
        ],
        bytes,
    )
}

both_engines! {
    async fn attachments_come_back(world: World) {
        let client = world.xapi().await;
        let bytes = b"one\r\n--two\r\n\x00\xff";
        let mut one = statement("amel", "did", "a");
        one["attachments"] = json!([described(bytes, "http://example.org/usage", "text/plain")]);
        let answer = post(&client, &[first(&one), data(bytes)]).await;
        assert_eq!(answer.status.code, 200, "{}", answer.text);
        let id = answer.json()[0].as_str().unwrap().to_owned();
        let request = client.request(Method::Get, &format!("statements?statementId={id}&attachments=true"));
        let response = request.dispatch().await;
        let kind = response.headers().get_one("Content-Type").unwrap().to_owned();
        let body = response.into_bytes().await.unwrap();
        let parts = xapi::multipart::parse(&body, xapi::multipart::boundary(&kind).unwrap()).unwrap();
        assert_eq!(parts.len(), 2);
        assert_eq!(parts[1].body, bytes);
        assert_eq!(parts[1].header("X-Experience-API-Hash"), Some(sha2(bytes).as_str()));
        assert!(client.get("statements").await.headers["content-type"].starts_with("application/json"));
        let request = client.request(Method::Get, "statements?attachments=true");
        assert!(send(request).await.headers["content-type"].starts_with("multipart/mixed"));
    }

    async fn parts_and_descriptions_must_match(world: World) {
        let client = world.xapi().await;
        let bytes = b"words";
        let mut one = statement("amel", "did", "a");
        one["attachments"] = json!([described(bytes, "http://example.org/usage", "text/plain")]);
        let hash = sha2(bytes);
        let other = data(b"other");
        let (h, e) = (("X-Experience-API-Hash", hash.as_str()), ("Content-Transfer-Encoding", "binary"));
        for (name, parts) in [
            ("no data", vec![first(&one)]),
            ("data of nothing", vec![first(&one), data(bytes), other.clone()]),
            ("twice", vec![first(&one), data(bytes), data(bytes)]),
            ("other bytes", vec![first(&one), part(&[h, e], b"wordz")]),
            ("no hash", vec![first(&one), part(&[e], bytes)]),
            ("no encoding", vec![first(&one), part(&[h], bytes)]),
            ("another encoding", vec![first(&one), part(&[h, ("Content-Transfer-Encoding", "base64")], bytes)]),
            ("data first", vec![data(bytes), first(&one)]),
            ("statement untyped", vec![part(&[], one.to_string().as_bytes()), data(bytes)]),
            ("nothing", vec![]),
            ("many", (0..1100).map(|_| other.clone()).collect()),
        ] {
            assert_eq!(post(&client, &parts).await.status.code, 400, "{name}");
        }
        for kind in ["multipart/mixed", "multipart/mixed; boundary=", "multipart/form-data; boundary=xyz", "text/plain"] {
            let body = [first(&one), data(bytes), b"--xyz--\r\n".to_vec()].concat();
            let request = client.request(Method::Post, "statements").header(Header::new("Content-Type", kind)).body(body);
            assert_eq!(send(request).await.status.code, 400, "{kind}");
        }
        assert_eq!(client.post("statements", &one.to_string()).await.status.code, 400);
        assert!(client.ids("").await.is_empty());
        // Where the data may be fetched, it need not come.
        one["attachments"][0]["fileUrl"] = json!("http://example.org/words.txt");
        assert_eq!(client.post("statements", &one.to_string()).await.status.code, 200);
    }

    async fn signatures_are_verified(world: World) {
        let client = world.xapi().await;
        let key = KeyPair::generate(KeySize::Rsa2048).unwrap();
        let certificate = STANDARD.encode(certificate(key.public_key().as_ref()));
        let one = statement("amel", "passed", "exam");
        let signed = |header: Value, payload: &Value| {
            let text = format!("{}.{}", URL_SAFE_NO_PAD.encode(header.to_string()), URL_SAFE_NO_PAD.encode(payload.to_string()));
            let mut signature = vec![0; key.public_modulus_len()];
            let random = aws_lc_rs::rand::SystemRandom::new();
            let how: &'static dyn RsaEncoding = &RSA_PKCS1_SHA256;
            key.sign(how, &random, text.as_bytes(), &mut signature).unwrap();
            format!("{text}.{}", URL_SAFE_NO_PAD.encode(signature)).into_bytes()
        };
        let good = json!({ "alg": "RS256", "x5c": [certificate] });
        let mut other = one.clone();
        other["actor"]["mbox"] = json!("mailto:sami@example.org");
        let mut broken = signed(good.clone(), &one);
        let last = broken.len() - 10;
        broken[last] = if broken[last] == b'A' { b'B' } else { b'A' };
        for (name, jws, code) in [
            ("good", signed(good.clone(), &one), 200),
            ("without certificate", signed(json!({ "alg": "RS512" }), &one), 200),
            ("another algorithm", signed(json!({ "alg": "HS256" }), &one), 400),
            ("none", signed(json!({ "alg": "none" }), &one), 400),
            ("another statement", signed(good.clone(), &other), 400),
            ("broken", broken, 400),
            ("junk certificate", signed(json!({ "alg": "RS256", "x5c": ["AAAA"] }), &one), 400),
            ("no signature at all", b"words".to_vec(), 400),
        ] {
            let mut sent = one.clone();
            sent["attachments"] = json!([described(&jws, SIGNATURE, "application/octet-stream")]);
            let answer = post(&client, &[first(&sent), data(&jws)]).await;
            assert_eq!(answer.status.code, code, "{name}: {}", answer.text);
        }
        let jws = signed(good.clone(), &one);
        let again = signed(json!({ "alg": "RS256" }), &one);
        let mut sent = one.clone();
        sent["attachments"] = json!([described(&jws, SIGNATURE, "application/octet-stream"), described(&again, SIGNATURE, "application/octet-stream")]);
        assert_eq!(post(&client, &[first(&sent), data(&jws), data(&again)]).await.status.code, 400);
    }
}

/// A certificate with nothing in it but its shape and the key (RFC 5280 section 4.1).
fn certificate(key: &[u8]) -> Vec<u8> {
    fn der(tag: u8, content: &[u8]) -> Vec<u8> {
        let length = content.len();
        let mut out = vec![tag];
        match length {
            0..128 => out.push(length as u8),
            128..256 => out.extend([0x81, length as u8]),
            _ => out.extend([0x82, (length >> 8) as u8, length as u8]),
        }
        out.extend(content);
        out
    }
    let algorithm = der(
        0x30,
        &[
            der(
                0x06,
                &[0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 0x01, 0x01, 0x01],
            ),
            der(0x05, &[]),
        ]
        .concat(),
    );
    let info = der(
        0x30,
        &[algorithm, der(0x03, &[&[0], key].concat())].concat(),
    );
    let empty = der(0x30, &[]);
    let inside = [
        der(0xa0, &der(0x02, &[2])),
        der(0x02, &[1]),
        empty.clone(),
        empty.clone(),
        empty.clone(),
        empty.clone(),
        info,
    ]
    .concat();
    der(0x30, &der(0x30, &inside))
}
