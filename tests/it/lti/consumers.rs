//! L21–L24: LTI 1.1, and the way from it to 1.3 with the same learner.

use halqa::lti::platforms::{self, Consumer};
use halqa::lti::{grades, people};
use lti::oauth1::{Method, Parameter, base_string, sign};
use serde_json::json;
use url::Url;

use super::platform::*;
use super::server::{Reply, Server};
use crate::harness::{Answer, World, both_engines, send};

pub const LAUNCH: &str = "http://localhost:8000/lti/1.1/launch";

pub fn honest(world: &World, consumer: &Consumer, nonce: &str) -> Vec<Parameter> {
    [
        ("lti_message_type", "basic-lti-launch-request"),
        ("lti_version", "LTI-1p0"),
        ("resource_link_id", "old-link"),
        ("user_id", "old-user"),
        ("roles", "Learner"),
        ("lis_person_name_full", "Amel Ben Salah"),
        ("custom_module", "budget"),
        ("resource_link_description", "deux\r\nlignes + %20 é"),
        ("oauth_consumer_key", consumer.key.as_str()),
        ("oauth_nonce", nonce),
        ("oauth_version", "1.0"),
        ("oauth_signature_method", "HMAC-SHA1"),
        (
            "oauth_timestamp",
            &(world.now().micros() / 1_000_000).to_string(),
        ),
        ("oauth_callback", "about:blank"),
    ]
    .map(|(name, value)| (name.to_owned(), value.to_owned()))
    .to_vec()
}

pub fn set(parameters: &mut Vec<Parameter>, name: &str, value: &str) {
    parameters.retain(|(other, _)| other != name);
    parameters.push((name.to_owned(), value.to_owned()));
}

pub fn signed(mut parameters: Vec<Parameter>, secret: &str, url: &str) -> Vec<Parameter> {
    let method = match parameters
        .iter()
        .find(|(name, _)| name == "oauth_signature_method")
    {
        Some((_, value)) if value == "HMAC-SHA256" => Method::HmacSha256,
        _ => Method::HmacSha1,
    };
    let base = base_string("POST", &Url::parse(url).expect("an address"), &parameters);
    parameters.push(("oauth_signature".into(), sign(method, secret, &base)));
    parameters
}

async fn launch(world: &World, path: &str, parameters: &[Parameter]) -> Answer {
    let fields: Vec<(&str, &str)> = parameters
        .iter()
        .map(|(a, b)| (a.as_str(), b.as_str()))
        .collect();
    post_form(world, path, &fields, None).await
}

both_engines! {
    async fn l21_l22_l23_launches(world: World) {
        module(&world, "Budget").await;
        let consumer = platforms::add_consumer(&world.app, "Vieux Moodle", None, None).await.expect("a consumer");
        let path = "/lti/1.1/launch";
        let good = signed(honest(&world, &consumer, "n0"), &consumer.secret, LAUNCH);
        let page = launch(&world, path, &good).await;
        assert_eq!(page.status.code, 200, "{}", page.text);
        assert!(page.text.contains("data-player"));
        // The nonce was used up, also for two at once.
        assert_eq!(launch(&world, path, &good).await.status.code, 401);
        let twice = signed(honest(&world, &consumer, "n1"), &consumer.secret, LAUNCH);
        let both = futures::future::join_all((0..6).map(|_| launch(&world, path, &twice))).await;
        assert_eq!(both.iter().filter(|a| a.status.code == 200).count(), 1);
        let mut sha256 = honest(&world, &consumer, "n2");
        set(&mut sha256, "oauth_signature_method", "HMAC-SHA256");
        assert_eq!(launch(&world, path, &signed(sha256, &consumer.secret, LAUNCH)).await.status.code, 200);
        // Query parameters are part of what is signed.
        let query = "/lti/1.1/launch?module=budget&x=a%20b";
        let with_query = signed(honest(&world, &consumer, "n3"), &consumer.secret, &format!("http://localhost:8000{query}"));
        assert_eq!(launch(&world, query, &with_query).await.status.code, 200);
        assert_eq!(launch(&world, "/lti/1.1/launch?module=other", &signed(honest(&world, &consumer, "n4"), &consumer.secret, LAUNCH)).await.status.code, 401);
        let now = world.now().micros() / 1_000_000;
        let mut table: Vec<(u16, Vec<Parameter>)> = Vec::new();
        for (n, stamp) in [now - 601, now + 601, 0, -1].into_iter().enumerate() {
            let mut parameters = honest(&world, &consumer, &format!("t{n}"));
            set(&mut parameters, "oauth_timestamp", &stamp.to_string());
            table.push((401, signed(parameters, &consumer.secret, LAUNCH)));
        }
        for (name, value, status) in [
            ("oauth_signature_method", "PLAINTEXT", 401), ("oauth_signature_method", "RSA-SHA1", 401), ("oauth_consumer_key", "nobody", 401), ("oauth_version", "2.0", 400),
            ("lti_message_type", "x", 400), ("lti_version", "1.3.0", 400), ("resource_link_id", "", 400), ("user_id", "a\u{0}b", 400),
        ] {
            let mut parameters = honest(&world, &consumer, &format!("m{name}{value}"));
            set(&mut parameters, name, value);
            table.push((status, signed(parameters, &consumer.secret, LAUNCH)));
        }
        let base = signed(honest(&world, &consumer, "d"), &consumer.secret, LAUNCH);
        for index in 0..base.len() {
            let mut twice = base.clone();
            twice.push(base[index].clone());
            table.push((if base[index].0.starts_with("oauth_") { 400 } else { 401 }, twice));
            let mut spoilt = base.clone();
            spoilt[index].1.push('!');
            table.push((0, spoilt));
        }
        table.push((401, signed(honest(&world, &consumer, "s"), "another secret", LAUNCH)));
        table.push((401, signed(honest(&world, &consumer, "u"), &consumer.secret, "https://localhost:8000/lti/1.1/launch")));
        assert!(table.len() >= 35);
        for (status, parameters) in table {
            let answer = launch(&world, path, &parameters).await;
            let code = answer.status.code;
            assert!(code == status || (status == 0 && matches!(code, 400 | 401)), "{code}, not {status}: {parameters:?}");
        }
        // L22: a thousand fresh nonces with a wrong signature leave nothing behind.
        for n in 0..100 {
            assert_eq!(launch(&world, path, &signed(honest(&world, &consumer, &format!("f{n}")), "wrong", LAUNCH)).await.status.code, 401);
        }
        for n in [0, 50, 99] {
            assert_eq!(launch(&world, path, &signed(honest(&world, &consumer, &format!("f{n}")), &consumer.secret, LAUNCH)).await.status.code, 200);
        }
        assert_eq!(halqa::db::testing::count_people(&world.app.db).await, 1);
    }

    /// L24: scores go back signed; what comes back is read strictly; a place is its learner's own.
    async fn l24_outcomes(world: World) {
        let budget = module(&world, "Budget").await;
        let consumer = platforms::add_consumer(&world.app, "Vieux Moodle", None, None).await.expect("a consumer");
        let answers = std::sync::Arc::new(std::sync::Mutex::new(Vec::<String>::new()));
        let said = answers.clone();
        let server = Server::start(move |_| {
            let code = said.lock().expect("answers").pop().unwrap_or_else(|| "success".into());
            let body = if code.starts_with('<') { code } else {
                format!("<?xml version=\"1.0\"?><imsx_POXEnvelopeResponse xmlns=\"http://www.imsglobal.org/services/ltiv1p1/xsd/imsoms_v1p0\"><imsx_POXHeader><imsx_POXResponseHeaderInfo><imsx_statusInfo><imsx_codeMajor>{code}</imsx_codeMajor></imsx_statusInfo></imsx_POXResponseHeaderInfo></imsx_POXHeader><imsx_POXBody/></imsx_POXEnvelopeResponse>")
            };
            Reply { status: 200, body, ..Reply::default() }.with("Content-Type", "application/xml")
        }).await;
        let url = format!("{}/outcome", server.url);
        for (n, user) in ["a", "b"].into_iter().enumerate() {
            let mut parameters = honest(&world, &consumer, &format!("o{n}"));
            set(&mut parameters, "user_id", user);
            set(&mut parameters, "lis_outcome_service_url", &url);
            set(&mut parameters, "lis_result_sourcedid", &format!("place-of-{user}"));
            assert_eq!(launch(&world, "/lti/1.1/launch", &signed(parameters, &consumer.secret, LAUNCH)).await.status.code, 200);
        }
        let issuer = platforms::consumer_issuer(&consumer.key);
        let person = |name: &'static str| { let (app, issuer) = (world.app.clone(), issuer.clone()); async move { people::person_of(&app, &issuer, name).await.expect("asked").expect("known") } };
        crate::lti::grades::reach(&world, person("a").await, budget, Some(0.75), true).await;
        world.run_jobs().await;
        let sent = server.of("/outcome");
        assert_eq!(sent.len(), 1);
        assert!(sent[0].body.contains("<sourcedId>place-of-a</sourcedId>") && sent[0].body.contains("<textString>0.75</textString>"));
        let header = &sent[0].headers["authorization"];
        assert!(header.starts_with("OAuth ") && header.contains("oauth_body_hash"), "{header}");
        // Strange answers: tried again, or shown.
        for (n, (answer, failed)) in [("<!DOCTYPE x [<!ENTITY e \"x\">]><x>&e;</x>", false), ("<html></html>", false), ("failure", true), ("unsupported", true)].into_iter().enumerate() {
            answers.lock().expect("answers").push(answer.to_owned());
            crate::lti::grades::reach(&world, person("b").await, budget, Some(0.5 + n as f64 / 100.0), true).await;
            world.run_jobs().await;
            let unsent = grades::unsent(&world.app).await.expect("asked");
            assert_eq!(unsent.iter().filter(|u| u.failed).count(), usize::from(failed), "{answer}: {unsent:?}");
            for grade in unsent { let _ = grades::retry(&world.app, grade.id).await; }
            world.clock.advance_seconds(600);
            world.run_jobs().await;
            assert!(grades::unsent(&world.app).await.expect("asked").is_empty(), "{answer}");
        }
    }

    /// The migration claim: the same learner, the same module.
    async fn from_1_1_to_1_3(world: World) {
        let budget = module(&world, "Budget").await;
        let consumer = platforms::add_consumer(&world.app, "Vieux Moodle", None, None).await.expect("a consumer");
        assert_eq!(launch(&world, "/lti/1.1/launch", &signed(honest(&world, &consumer, "n"), &consumer.secret, LAUNCH)).await.status.code, 200);
        let before = people::person_of(&world.app, &platforms::consumer_issuer(&consumer.key), "old-user").await.expect("asked");
        assert!(before.is_some());
        let (platform, _) = Platform::registered(&world).await;
        for (subject, secret, same) in [("new-1", "a wrong secret", false), ("new-2", consumer.secret.as_str(), true)] {
            let login = platform.login(&world).await;
            let mut claims = platform.claims(&world, &login);
            claims["sub"] = json!(subject);
            claims.as_object_mut().expect("claims").remove(&core("custom"));
            claims[core("resource_link")] = json!({"id": format!("link of {subject}")});
            let exp = claims["exp"].as_i64().expect("exp");
            let proof = lti::oauth1::migration_signature(&consumer.key, secret, "d1", &platform.issuer, CLIENT, exp, &login.nonce);
            claims[core("lti1p1")] = json!({"oauth_consumer_key": consumer.key, "oauth_consumer_key_sign": proof, "user_id": "old-user", "resource_link_id": "old-link"});
            let token = signing("k1").sign(&claims).expect("signed");
            let answer = post(&world, &login, &token).await;
            let page = follow(&world, answer).await;
            let person = people::person_of(&world.app, &platform.issuer, subject).await.expect("asked");
            assert_eq!(person == before, same, "{subject}");
            assert_eq!(page.text.contains("data-player"), same, "the link's module came along");
        }
        let _ = budget;
    }

    async fn the_cartridge(world: World) {
        let answer = send(world.get("/lti/1.1/cartridge.xml")).await;
        assert_eq!(answer.status.code, 200);
        assert!(answer.headers["content-type"].contains("xml"));
        let document = strictxml::parse(answer.text.as_bytes()).expect("XML");
        assert!(document.root.descendants().any(|e| e.name == "launch_url" && e.text() == LAUNCH));
    }
}
