//! L19: who teaches picks modules; the answer goes where the request said.

use lti::jwt::{self, Algorithm, KeySet};
use serde_json::{Value, json};

use super::platform::*;
use crate::harness::{World, both_engines, send};

pub const SETTINGS: &str = "https://purl.imsglobal.org/spec/lti-dl/claim/deep_linking_settings";
const TEACHER: &str = "http://purl.imsglobal.org/vocab/lis/v2/membership#Instructor";

pub fn request(platform: &Platform, settings: Value) -> impl FnOnce(&mut Value) {
    let back = platform.at("/deep");
    move |claims| {
        claims[core("message_type")] = json!("LtiDeepLinkingRequest");
        claims[core("target_link_uri")] = json!("http://localhost:8000/lti/deep-linking");
        claims[core("roles")] = json!([TEACHER]);
        let mut all = json!({ "deep_link_return_url": back, "accept_types": ["ltiResourceLink"], "accept_presentation_document_targets": ["iframe", "window"], "accept_multiple": true, "data": "opaque" });
        for (name, value) in settings.as_object().into_iter().flatten() {
            all[name] = value.clone();
        }
        claims[SETTINGS] = all;
        let claims = claims.as_object_mut().expect("claims");
        claims.remove(&core("resource_link"));
    }
}

async fn answer(world: &World, page: &str, platform: &Platform) -> Value {
    let jwt = find(page, "name=\"JWT\" value=\"");
    let keys = send(world.get("/lti/jwks")).await;
    let keys = KeySet::parse(keys.text.as_bytes()).expect("our keys");
    jwt::verify(&jwt, &keys, Algorithm::Rs256, CLIENT, &platform.issuer)
        .expect("ours")
        .into()
}

both_engines! {
    async fn modules_are_picked(world: World) {
        let budget = module(&world, "Budget").await;
        let plea = module(&world, "Plaidoyer").await;
        let (platform, _) = Platform::registered(&world).await;
        let shelf = platform.page(&world, request(&platform, json!({}))).await;
        assert!(shelf.text.contains("Budget") && shelf.text.contains("Plaidoyer"), "{}", shelf.text);
        let session = find(&shelf.text, "name=\"session\" value=\"");
        // Searching keeps what was picked in sight.
        let action = find(&shelf.text, "formaction=\"");
        let found = send(world.form(&action, &[("session", session.as_str()), ("do", "search"), ("q", "plaid"), ("module", &budget.to_string())])).await;
        assert!(found.text.contains("Plaidoyer") && found.text.contains("Budget"));
        let none = send(world.form(&action, &[("session", session.as_str()), ("do", "search"), ("q", "<script>")])).await;
        assert!(!none.text.contains("Plaidoyer") && !none.text.contains("\"<script>"));
        // By axis; and a look inside, in a window of its own.
        world.axis("legal").await;
        let change = halqa::catalogue::Change { axis: Some(Some("legal".into())), ..halqa::catalogue::Change::default() };
        halqa::catalogue::change(&world.app, plea, change).await.expect("changed");
        let legal = send(world.form(&action, &[("session", session.as_str()), ("do", "search"), ("axis", "legal")])).await;
        assert!(legal.text.contains("Plaidoyer") && !legal.text.contains("Budget"), "{}", legal.text);
        let look = send(world.form(&action, &[("session", session.as_str()), ("preview", &plea.to_string())])).await;
        assert!(look.status.code == 200 && look.text.contains("data-player"), "{}", look.text);
        for module in ["x", "", "00000000-0000-0000-0000-000000000000"] {
            let lost = send(world.form(&action, &[("session", session.as_str()), ("preview", module)])).await;
            assert!(!lost.text.contains("data-player"), "{module}");
        }
        let nothing = send(world.form("/lti/deep-linking", &[("session", session.as_str()), ("do", "answer")])).await;
        assert_eq!(nothing.status.code, 200);
        assert!(!nothing.text.contains("name=\"JWT\""));
        let picked = [("session", session.as_str()), ("do", "answer"), ("module", &budget.to_string()), ("module", &plea.to_string()), ("graded", "on"), ("target", "window")];
        let page = send(world.form("/lti/deep-linking", &picked)).await;
        assert_eq!(page.status.code, 200, "{}", page.text);
        assert_eq!(find(&page.text, "action=\""), platform.at("/deep"));
        assert!(page.headers["content-security-policy"].contains(&format!("form-action 'self' {}", platform.issuer)));
        let claims = answer(&world, &page.text, &platform).await;
        assert_eq!(claims["https://purl.imsglobal.org/spec/lti-dl/claim/data"], json!("opaque"));
        assert_eq!(claims[core("deployment_id")], json!("d1"));
        let items = &claims["https://purl.imsglobal.org/spec/lti-dl/claim/content_items"];
        assert_eq!(items.as_array().map(Vec::len), Some(2));
        assert_eq!(items[0]["url"], json!("http://localhost:8000/modules/budget"));
        assert_eq!(items[0]["lineItem"]["resourceId"], json!(budget.to_string()));
        assert!(items[0].get("window").is_some());
        // The answer was given: the session opens nothing any more.
        let again = send(world.form("/lti/deep-linking", &picked)).await;
        assert_eq!(again.status.code, 401);
    }

    async fn l19_hostile_deep_linking(world: World) {
        let budget = module(&world, "Budget").await;
        let (platform, _) = Platform::registered(&world).await;
        // A learner may not; an address elsewhere is refused before anything is sent.
        let learner = platform.launch(&world, |claims| { request(&platform, json!({}))(claims); claims[core("roles")] = json!(["Learner"]); }).await;
        assert_eq!(learner.status.code, 403);
        for (settings, status) in [
            (json!({"deep_link_return_url": "javascript:alert(1)"}), 400), (json!({"deep_link_return_url": null}), 400), (json!({"data": {"a": 1}}), 400),
        ] {
            let answer = platform.launch(&world, request(&platform, settings.clone())).await;
            assert_eq!(answer.status.code, status, "{settings}");
        }
        let elsewhere = platform.page(&world, request(&platform, json!({"deep_link_return_url": "https://evil.example/"}))).await;
        let session = find(&elsewhere.text, "name=\"session\" value=\"");
        let refused = send(world.form("/lti/deep-linking", &[("session", session.as_str()), ("do", "answer"), ("module", &budget.to_string())])).await;
        assert_eq!(refused.status.code, 400);
        // One item where the platform takes one; none where it takes no links; no module of nobody.
        let single = platform.page(&world, request(&platform, json!({"accept_multiple": false}))).await;
        let session = find(&single.text, "name=\"session\" value=\"");
        let two = send(world.form("/lti/deep-linking", &[("session", session.as_str()), ("module", &budget.to_string()), ("module", "x")])).await;
        assert_eq!(two.status.code, 400);
        let lost = send(world.form("/lti/deep-linking", &[("session", session.as_str()), ("module", "' or 1=1 --")])).await;
        assert_eq!(lost.status.code, 404);
        let files = platform.page(&world, request(&platform, json!({"accept_types": ["file", "html"]}))).await;
        assert!(!files.text.contains("name=\"module\""));
        // Somebody else's browser: a forged session, a learner's session.
        for session in ["", "forged"] {
            let answer = send(world.form("/lti/deep-linking", &[("session", session), ("module", &budget.to_string())])).await;
            assert!(matches!(answer.status.code, 400 | 401), "{session}");
        }
        let player = platform.page(&world, |_| {}).await;
        let pass = find(&player.text, "data-pass=\"");
        let answer = send(world.form("/lti/deep-linking", &[("session", pass.as_str()), ("module", &budget.to_string())])).await;
        assert_eq!(answer.status.code, 400);
        // From another site, our own forms are refused.
        let cross = post_form(&world, "/lti/s/x", &[("session", "x")], None).await;
        assert_eq!(cross.status.code, 403);
    }
}
