//! Content is picked at the tool; a tool registers itself.

use rocket::http::{ContentType, Method};
use serde_json::{Value, json};

use super::{Left, PUBLIC, Place, TOOL, key};
use crate::harness::{As, both_engines, send};
use crate::lti::platform::{core, find, post_form};

const SETTINGS: &str = "https://purl.imsglobal.org/spec/lti-dl/claim/deep_linking_settings";
const DL: &str = "https://purl.imsglobal.org/spec/lti-dl/claim/";

/// The trainer goes to the tool's picker: the settings the tool gets.
async fn asked(place: &Place) -> Value {
    let path = format!("/teach/tools/{}/choose", place.tool.id);
    let page = send(place.world.form(&path, &[]).by(&place.trainer)).await;
    assert_eq!(page.status.code, 200, "{}", page.text);
    let left = Left::of(&page);
    assert_eq!(left.sent["target_link_uri"], format!("{TOOL}/pick"));
    let pairs = left.with("redirect_uri", "https://tool.example/pick");
    let answer = place.ask(&pairs, Some(&left.cookie)).await;
    let claims = place.message(&answer).await;
    assert_eq!(
        claims[&core("message_type")],
        json!("LtiDeepLinkingRequest")
    );
    claims[SETTINGS].clone()
}

/// An honest answer.
pub(super) fn response(place: &Place, data: &Value) -> Value {
    let now = place.world.now().micros() / 1_000_000;
    json!({
        "iss": place.tool.client_id, "aud": PUBLIC, "iat": now, "exp": now + 300, "nonce": "dl-1",
        core("message_type"): "LtiDeepLinkingResponse", core("version"): "1.3.0", core("deployment_id"): "1",
        format!("{DL}data"): data,
        format!("{DL}content_items"): [
            { "type": "ltiResourceLink", "title": "Le budget", "url": format!("{TOOL}/quiz/1"), "text": "Dix questions", "custom": { "a": "b" } },
            { "type": "ltiResourceLink", "title": "La caisse", "url": format!("{TOOL}/quiz/2") },
            { "type": "link", "url": "https://elsewhere.example" },
        ],
    })
}

both_engines! {
    async fn what_is_picked_becomes_modules(world: World) {
        let place = Place::over(world).await;
        let settings = asked(&place).await;
        assert_eq!(settings["deep_link_return_url"], json!(format!("{PUBLIC}/lti/platform/deep-linking")));
        let jwt = key().sign(&response(&place, &settings["data"])).expect("signed");
        let sent = post_form(&place.world, "/lti/platform/deep-linking", &[("JWT", &jwt)], None).await;
        assert_eq!(sent.status.code, 303, "{}", sent.text);
        let chosen = sent.headers["location"].clone();
        // Only who asked sees it.
        assert_eq!(send(place.world.get(&chosen).by(&place.learner)).await.status.code, 403);
        let page = send(place.world.get(&chosen).by(&place.trainer)).await;
        assert!(page.text.contains("Le budget") && page.text.contains("La caisse"), "{}", page.text);
        let path = chosen.strip_prefix("/fr").unwrap_or(&chosen);
        let made = send(place.world.form(path, &[("link", "0")]).by(&place.trainer)).await;
        assert!(made.headers["location"].contains("/teach/modules/le-budget"), "{:?}", made.headers);
        let module = halqa::catalogue::module_by_slug(&place.world.app, "le-budget").await.expect("a module");
        assert!(module.published_at.is_none(), "a draft");
        assert_eq!((module.format.as_str(), module.summary.as_str()), ("lti", "Dix questions"));
        assert!(halqa::catalogue::module_by_slug(&place.world.app, "la-caisse").await.is_err());
        // Sent again, it is refused.
        let again = post_form(&place.world, "/lti/platform/deep-linking", &[("JWT", &jwt)], None).await;
        assert_eq!(again.status.code, 401);
    }

    async fn a_picker_sends_nothing_it_was_not_asked_for(world: World) {
        let place = Place::over(world).await;
        let settings = asked(&place).await;
        let honest = response(&place, &settings["data"]);
        let set = |name: String, value: Value| {
            let mut claims = honest.clone();
            claims[name] = value;
            key().sign(&claims).expect("signed")
        };
        let mut bad_link = honest.clone();
        bad_link[format!("{DL}content_items")][0]["url"] = json!("javascript:alert(1)");
        let other = crate::lti::platform::signing("t1").sign(&honest).expect("signed");
        for (what, jwt, status) in [
            ("another issuer", set("iss".into(), json!("halqa-nobody")), 400),
            ("for another platform", set("aud".into(), json!("https://other.example")), 401),
            ("run out", set("exp".into(), json!(1)), 401),
            ("another deployment", set(core("deployment_id"), json!("2")), 403),
            ("a launch", set(core("message_type"), json!("LtiResourceLinkRequest")), 400),
            ("data nobody gave", set(format!("{DL}data"), json!("guessed")), 401),
            ("a script", key().sign(&bad_link).expect("signed"), 400),
            ("another's signature", other, 401),
            ("no token", "x".to_owned(), 400),
        ] {
            let sent = post_form(&place.world, "/lti/platform/deep-linking", &[("JWT", &jwt)], None).await;
            assert_eq!(sent.status.code, status, "{what}: {}", sent.text);
        }
        let jwt = key().sign(&honest).expect("signed");
        let sent = post_form(&place.world, "/lti/platform/deep-linking", &[("JWT", &jwt)], None).await;
        assert_eq!(sent.status.code, 303, "beside them, the honest one: {}", sent.text);
    }

    async fn a_tool_registers_itself(world: World) {
        let place = Place::over(world).await;
        let fields = [("page", "https://new.example/register?x=1")];
        let page = send(place.world.form("/teach/tools/register", &fields).by(&place.trainer)).await;
        assert_eq!(page.status.code, 200, "{}", page.text);
        let address = url::Url::parse(&find(&page.text, "content=\"0;url=")).expect("an address");
        let get = |name: &str| address.query_pairs().find(|(n, _)| n == name).map(|(_, v)| v.into_owned()).expect("a parameter");
        let configuration = get("openid_configuration");
        let path = configuration.strip_prefix(PUBLIC).expect("ours");
        let body = send(place.world.get(path)).await.text;
        // Our own tool's side takes it for a platform.
        let from = url::Url::parse(&configuration).expect("an address");
        let platform = lti::registration::Platform::parse(body.as_bytes(), &from).expect("a platform");
        let document = lti::registration::Tool {
            public_url: "https://new.example", name: "Nouvel outil", description: "d", pick: "p", logo: "https://new.example/l.svg",
        }
        .registration(&platform);
        let register = |token: String, body: String| {
            place.world.request(Method::Post, "/lti/platform/register").header(ContentType::JSON).bearer(&token).body(body)
        };
        let token = get("registration_token");
        assert_eq!(send(register("guessed".into(), document.to_string())).await.status.code, 401);
        assert_eq!(send(register(token.clone(), "{}".into())).await.status.code, 400);
        let answer = send(register(token.clone(), document.to_string())).await;
        assert_eq!(answer.status.code, 201, "{}", answer.text);
        let registered = lti::registration::Registered::parse(answer.text.as_bytes()).expect("an answer");
        assert_eq!(registered.deployment_id.as_deref(), Some("1"));
        assert_eq!(send(register(token, document.to_string())).await.status.code, 401, "once");
        // It waits for its trainer.
        let all = halqa::lti::tools::all(&place.world.app).await.expect("asked");
        let new = all.iter().find(|tool| tool.client_id == registered.client_id).expect("kept");
        assert_eq!(new.state, "pending");
        let path = format!("/teach/tools/{}", new.id);
        let shown = send(place.world.get(&path).by(&place.trainer)).await;
        assert!(shown.text.contains("Nouvel outil"), "{}", shown.text);
        let opened = send(place.world.form(&format!("{path}/open"), &[]).by(&place.trainer)).await;
        assert_eq!(opened.status.code, 303);
        let now = halqa::lti::tools::get(&place.world.app, new.id).await.expect("there");
        assert_eq!(now.state, "active");
    }

    async fn by_hand_every_field_is_checked(world: World) {
        let place = Place::over(world).await;
        let good = [
            ("name", "Par la main"), ("login_url", "https://t.example/login"), ("target_url", "https://t.example/launch"),
            ("redirect_uris", "https://t.example/launch"), ("jwks_url", "https://t.example/jwks"),
        ];
        for (name, wrong) in [("name", ""), ("login_url", "http://t.example"), ("target_url", "x"), ("redirect_uris", "javascript:x"), ("jwks_url", "")] {
            let fields = good.map(|(n, v)| if n == name { (n, wrong) } else { (n, v) });
            let answer = send(place.world.form("/teach/tools", &fields).by(&place.trainer)).await;
            assert_eq!(answer.status.code, 422, "{name}: {}", answer.text);
        }
        let answer = send(place.world.form("/teach/tools", &good).by(&place.trainer)).await;
        assert_eq!(answer.status.code, 303, "{}", answer.text);
        let path = answer.headers["location"].split('?').next().unwrap_or_default().trim_start_matches("/fr").to_owned();
        let fields = [("title", "Un module"), ("url", "https://t.example/a")];
        let made = send(place.world.form(&format!("{path}/module"), &fields).by(&place.trainer)).await;
        assert!(made.headers["location"].contains("/teach/modules/un-module"), "{:?}", made.headers);
        assert_eq!(send(place.world.get(&path).by(&place.learner)).await.status.code, 403);
    }
}
