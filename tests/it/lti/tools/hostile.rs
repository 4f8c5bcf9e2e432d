//! Hostile questions and calls of tools: each refused with the right answer and heard of in the
//! log, an honest one of the same kind beside it.

use rocket::http::Method::{Get, Post};
use serde_json::{Value, json};

use super::{PUBLIC, Place, key};
use crate::harness::both_engines;
use crate::lti::log::Log;

const AGS: &str = "https://purl.imsglobal.org/spec/lti-ags/claim/endpoint";

both_engines! {
    async fn who_came_is_told_to_the_tool_alone(world: World) {
        let place = Place::over(world).await;
        let log = Log::begin();
        let left = place.leave().await;
        let mut twice = left.honest();
        twice.push(("nonce".into(), "other".into()));
        #[allow(clippy::type_complexity, reason = "a row of the table")]
        let cases: Vec<(&str, Vec<(String, String)>, Option<&str>, u16, &str)> = vec![
            ("an unknown client", left.with("client_id", "halqa-nobody"), Some(&left.cookie), 400, "client_id"),
            ("an address that is not registered", left.with("redirect_uri", "https://tool.example/launch/"), Some(&left.cookie), 400, "redirect_uri"),
            ("an address on another host", left.with("redirect_uri", "https://evil.example/launch"), Some(&left.cookie), 400, "redirect_uri"),
            ("a hint nobody gave", left.with("login_hint", "guessed"), Some(&left.cookie), 401, "login_hint"),
            ("another message hint", left.with("lti_message_hint", "0000000000000000"), Some(&left.cookie), 401, "lti_message_hint"),
            ("another browser", left.honest(), None, 401, "browser"),
            ("no openid", left.with("scope", "profile"), Some(&left.cookie), 400, "scope"),
            ("a code", left.with("response_type", "code"), Some(&left.cookie), 400, "response_type"),
            ("in the address", left.with("response_mode", "query"), Some(&left.cookie), 400, "response_mode"),
            ("asking the person", left.with("prompt", "login"), Some(&left.cookie), 400, "prompt"),
            ("no nonce", left.with("nonce", ""), Some(&left.cookie), 400, "nonce"),
            ("two nonces", twice, Some(&left.cookie), 400, "nonce"),
            ("a huge state", left.with("state", &"s".repeat(9 << 10)), Some(&left.cookie), 413, "state"),
        ];
        for (what, pairs, cookie, status, reason) in cases {
            let answer = place.ask(&pairs, cookie).await;
            assert_eq!(answer.status.code, status, "{what}: {}", answer.text);
            assert!(!answer.text.contains("name=\"id_token\""), "{what}");
            log.refused("/lti/platform/authorize", status, reason);
        }
        let stolen = left.cookie.split('=').next().expect("a name").to_owned() + "=guessed";
        assert_eq!(place.ask(&left.honest(), Some(&stolen)).await.status.code, 401);
        let honest = place.ask(&left.honest(), Some(&left.cookie)).await;
        assert_eq!(honest.status.code, 200, "{}", honest.text);
    }

    async fn a_token_is_for_who_signed_for_it(world: World) {
        let place = Place::over(world).await;
        let log = Log::begin();
        let scope = lti::ags::SCOPE_SCORE;
        let set = |name: &str, value: Value| {
            let mut claims = place.assertion();
            claims[name] = value;
            key().sign(&claims).expect("signed")
        };
        let without = |name: &str| {
            let mut claims = place.assertion();
            claims.as_object_mut().expect("claims").remove(name);
            key().sign(&claims).expect("signed")
        };
        let honest = key().sign(&place.assertion()).expect("signed");
        let forged = crate::lti::platform::signing("t1").sign(&place.assertion()).expect("signed");
        let none = {
            let parts: Vec<&str> = honest.split('.').collect();
            use base64::Engine as _;
            let head = base64::engine::general_purpose::URL_SAFE_NO_PAD.encode(r#"{"alg":"none","kid":"t1"}"#);
            format!("{head}.{}.x", parts[1])
        };
        let now = place.world.now().micros() / 1_000_000;
        for (what, assertion, status) in [
            ("another's signature", forged, 401),
            ("alg none", none, 401),
            ("an unknown client", set("iss", json!("halqa-nobody")), 401),
            ("about somebody else", set("sub", json!("halqa-other")), 401),
            ("for another service", set("aud", json!("https://other.example/token")), 401),
            ("run out", set("exp", json!(now - 120)), 401),
            ("good for a year", set("exp", json!(now + 365 * 86400)), 401),
            ("of the future", set("iat", json!(now + 3600)), 401),
            ("without an id", without("jti"), 400),
            ("without an end", without("exp"), 401),
            ("no token", "x".into(), 400),
        ] {
            let answer = place.token_with(&assertion, scope).await;
            assert_eq!(answer.status.code, status, "{what}: {}", answer.text);
            assert!(answer.json().get("access_token").is_none(), "{what}");
            log.refused("/lti/platform/token", status, "");
        }
        let strange = place.token_with(&key().sign(&place.assertion()).expect("signed"), "openid everything").await;
        assert_eq!((strange.status.code, strange.json()["error"].clone()), (400, json!("invalid_scope")));
        let first = place.token_with(&honest, scope).await;
        assert_eq!(first.status.code, 200, "{}", first.text);
        assert_eq!(place.token_with(&honest, scope).await.status.code, 401, "an assertion is good once");
    }

    async fn a_token_opens_what_it_names(world: World) {
        let place = Place::over(world).await;
        let claims = place.launch().await;
        let column = claims[AGS]["lineitem"].as_str().expect("a column").to_owned();
        let scores = format!("{column}/scores");
        let all = place.all_scopes().await;
        let reading = place.token(&[lti::ags::SCOPE_LINE_ITEM_READ]).await;
        let other = halqa::lti::tools::add(&place.world.app, crate::lti::tools::new_tool()).await.expect("registered");
        let other = { let mut p = place.assertion(); p["iss"] = json!(other.client_id); p["sub"] = json!(other.client_id);
            place.token_with(&key().sign(&p).expect("signed"), lti::ags::SCOPE_SCORE).await.json()["access_token"].as_str().expect("a token").to_owned() };
        let log = Log::begin();
        let honest = json!({
            "userId": claims["sub"], "scoreGiven": 5, "scoreMaximum": 10, "activityProgress": "Completed",
            "gradingProgress": "FullyGraded", "timestamp": "2026-03-02T09:05:00Z",
        });
        let set = |name: &str, value: Value| { let mut score = honest.clone(); score[name] = value; score };
        let elsewhere = format!("{PUBLIC}/lti/platform/ags/{}/lineitems/own/scores", uuid::Uuid::nil());
        for (what, address, token, body, status) in [
            ("no token", &scores, "", honest.clone(), 401),
            ("a guessed token", &scores, "guessed", honest.clone(), 401),
            ("a token that may read", &scores, reading.as_str(), honest.clone(), 403),
            ("another tool's token", &scores, other.as_str(), honest.clone(), 404),
            ("another module", &elsewhere, all.as_str(), honest.clone(), 404),
            ("somebody unknown", &scores, all.as_str(), set("userId", json!("nobody")), 404),
            ("below nothing", &scores, all.as_str(), set("scoreGiven", json!(-1)), 400),
            ("of nothing", &scores, all.as_str(), set("scoreMaximum", json!(0)), 400),
            ("an unknown word", &scores, all.as_str(), set("activityProgress", json!("Won")), 400),
            ("no moment", &scores, all.as_str(), set("timestamp", json!("yesterday")), 400),
            ("a moment without a zone", &scores, all.as_str(), set("timestamp", json!("2026-03-02T09:05:00")), 400),
            ("too much", &scores, all.as_str(), set("comment", json!("x".repeat(70_000))), 413),
        ] {
            let answer = place.call(Post, address, token, Some(&body)).await;
            assert_eq!(answer.status.code, status, "{what}: {}", answer.text);
            log.refused("/lti/platform/ags/", status, "");
        }
        assert_eq!(place.call(Get, &format!("{column}/results"), &reading, None).await.status.code, 403);
        assert_eq!(place.progress().await.0, "in-progress", "none of it counted");
        assert_eq!(place.call(Post, &scores, &all, Some(&honest)).await.status.code, 204);
        // A closed tool's tokens open nothing, and its module says so.
        use crate::harness::As;
        let admin = place.world.signed_in_as("admin@example.org", Some(halqa::accounts::Grant::Admin)).await;
        let closed = crate::harness::send(place.world.form(&format!("/teach/tools/{}/close", place.tool.id), &[]).by(&admin)).await;
        assert_eq!(closed.status.code, 303, "{}", closed.text);
        assert_eq!(place.call(Post, &scores, &all, Some(&set("timestamp", json!("2026-03-02T09:06:00Z")))).await.status.code, 401);
    }
}
