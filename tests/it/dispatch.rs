//! Thin packages for other LMSs: made, imported, opened, refused.

use halqa::catalogue::{self, Options};
use halqa::dispatch::{self, Dispatch, New, Standard};
use halqa::ids::ModuleId;
use rocket::http::{ContentType, Header, Method};
use serde_json::{Value, json};

use crate::harness::{Answer, As, World, both_engines, send};
use crate::lti::platform::module;
use crate::lti::units::{Desk, framed};
use crate::units::Unit;

const LMS: &str = "https://lms.example";

async fn made(world: &World, module: ModuleId, change: impl FnOnce(&mut New)) -> Dispatch {
    let mut new = New {
        name: "Moodle de Sfax".into(),
        ..New::default()
    };
    change(&mut new);
    dispatch::add(&world.app, module, new).await.expect("made")
}

fn ask(world: &World, dispatch: &Dispatch, learner: &str) -> Value {
    json!({
        "dispatch": dispatch.id, "key": dispatch::key(&world.app, dispatch.id), "learner": learner,
        "name": "Amel", "language": "fr", "ancestors": ["https://lms.example", "javascript:x"],
    })
}

/// As the package's page in the LMS asks.
async fn post(world: &World, path: &str, origin: &str, body: &Value) -> Answer {
    let request = world
        .request(Method::Post, path)
        .header(Header::new("Origin", origin.to_owned()))
        .header(Header::new("Sec-Fetch-Site", "cross-site"))
        .header(ContentType::Text)
        .body(body.to_string());
    send(request).await
}

async fn open(world: &World, dispatch: &Dispatch, learner: &str) -> Answer {
    post(world, "/dispatch/open", LMS, &ask(world, dispatch, learner)).await
}

both_engines! {
    async fn a_package_opens_the_module_for_the_lmss_learner(world: World) {
        let module = module(&world, "Budget").await;
        let dispatch = made(&world, module, |_| {}).await;
        let answer = open(&world, &dispatch, "u7").await;
        assert_eq!(answer.status.code, 200, "{}", answer.text);
        assert_eq!(answer.headers["access-control-allow-origin"], "*");
        assert!(!answer.headers.contains_key("set-cookie"));
        let opened = answer.json();
        assert_eq!(opened["state"], json!({ "completed": false, "success": "unknown", "score": null, "progress": 0.0 }));
        let path = opened["url"].as_str().and_then(|url| url.strip_prefix("http://localhost:8000")).expect("ours").to_owned();
        let page = send(world.get(&path)).await;
        assert_eq!(page.status.code, 200, "{}", page.text);
        assert!(page.text.contains("data-player"), "{}", page.text);
        let policy = &page.headers["content-security-policy"];
        assert!(policy.contains("frame-ancestors 'self' https://lms.example;"), "{policy}");
        let token = opened["token"].as_str().expect("a token").to_owned();
        let fresh = send(world.post("/dispatch/token").bearer(&token)).await;
        assert!(fresh.json()["token"].is_string(), "{}", fresh.text);
        // The same learner again is the same person; the origin was learnt.
        assert_eq!(open(&world, &dispatch, "u7").await.status.code, 200);
        let learnt = dispatch::get(&world.app, dispatch.id).await.expect("there");
        assert_eq!(learnt.origins, json!([LMS]));
        let people = halqa::db::testing::count_people(&world.app.db).await;
        assert_eq!(open(&world, &dispatch, "u8").await.status.code, 200);
        assert_eq!(halqa::db::testing::count_people(&world.app.db).await, people + 1);
        let state = post(&world, "/dispatch/state", LMS, &json!({ "token": token })).await;
        assert_eq!(state.status.code, 200, "{}", state.text);
    }

    async fn what_a_dispatch_forbids_is_said(world: World) {
        let module = module(&world, "Budget").await;
        let dispatch = made(&world, module, |new| {
            new.cap = Some(1);
            new.origins = vec![LMS.into()];
            new.expires_at = Some(world.now().plus_seconds(3600));
        }).await;
        let honest = ask(&world, &dispatch, "u7");
        let set = |name: &str, value: Value| { let mut ask = honest.clone(); ask[name] = value; ask };
        for (what, body, origin, status, code) in [
            ("a guessed key", set("key", json!("guessed")), LMS, 404, "not-found"),
            ("another dispatch's key", set("dispatch", json!(uuid::Uuid::nil())), LMS, 404, "not-found"),
            ("no learner", set("learner", json!(" ")), LMS, 422, "dispatch-learner"),
            ("a huge id", set("learner", json!("x".repeat(600))), LMS, 422, "dispatch-learner"),
            ("more than is asked", set("person", json!("me")), LMS, 400, "bad-json"),
            ("another LMS", { let mut ask = honest.clone(); ask["ancestors"] = json!([]); ask }, "https://evil.example", 403, "dispatch-origin"),
            ("no origin", honest.clone(), "null", 403, "dispatch-origin"),
        ] {
            let answer = post(&world, "/dispatch/open", origin, &body).await;
            assert_eq!((answer.status.code, answer.code().as_str()), (status, code), "{what}: {}", answer.text);
            assert!(answer.json()["text"].as_str().is_some_and(|text| text.len() > 10), "{what}");
        }
        let first = open(&world, &dispatch, "u7").await;
        assert_eq!(first.status.code, 200, "{}", first.text);
        assert_eq!(open(&world, &dispatch, "u8").await.code(), "dispatch-full");
        assert_eq!(open(&world, &dispatch, "u7").await.status.code, 200, "who is in stays in");
        // Revoked, through the trainer's page: nobody opens it, and who plays is out.
        let admin = world.signed_in_as("admin@example.org", Some(halqa::accounts::Grant::Admin)).await;
        let base = format!("/teach/modules/budget/dispatch/{}", dispatch.id);
        assert_eq!(send(world.form(&format!("{base}/revoke"), &[]).by(&admin)).await.status.code, 303);
        assert_eq!(open(&world, &dispatch, "u7").await.code(), "dispatch-revoked");
        let token = first.json()["token"].clone();
        assert_eq!(post(&world, "/dispatch/state", LMS, &json!({ "token": token })).await.status.code, 404);
        assert_eq!(send(world.form(&format!("{base}/restore"), &[]).by(&admin)).await.status.code, 303);
        assert_eq!(open(&world, &dispatch, "u7").await.status.code, 200);
        world.clock.advance_seconds(7200);
        assert_eq!(open(&world, &dispatch, "u7").await.code(), "dispatch-expired");
    }

    async fn packages_are_small_and_the_same_each_time(world: World) {
        let module = module(&world, "Budget").await;
        let change = catalogue::Change { title: Some("Budget <1> & \"2\"".into()), ..Default::default() };
        catalogue::change(&world.app, module, change).await.expect("renamed");
        let dispatch = made(&world, module, |_| {}).await;
        for standard in Standard::ALL {
            let zip = dispatch::package(&world.app, &dispatch, standard).await.expect("a package");
            assert_eq!(zip, dispatch::package(&world.app, &dispatch, standard).await.expect("again"));
            assert!(zip.len() < 12_000, "{standard:?}: {} bytes", zip.len());
            // Our own importer takes it, without a finding that it would not run.
            let imported = catalogue::import_bytes(&world.app, &zip, Options::default()).await.expect("imported");
            assert_eq!(imported.package.format, standard.code());
            assert_eq!(imported.package.title, "Budget <1> & \"2\"");
            let bad: Vec<_> = imported.package.diagnosis.iter().filter(|f| f.severity == package::Severity::Error).collect();
            assert!(bad.is_empty(), "{bad:?}");
        }
    }

    async fn units_are_played_and_told_of(world: World) {
        let zip = crate::units::sample("budget-participatif");
        let options = Options { publish: true, ..Options::default() };
        let module = catalogue::import_bytes(&world.app, &zip, options).await.expect("imported").module.id;
        let dispatch = made(&world, module, |_| {}).await;
        let opened = open(&world, &dispatch, "u7").await.json();
        let path = opened["url"].as_str().and_then(|url| url.strip_prefix("http://localhost:8000")).expect("ours").to_owned();
        let page = send(world.get(&path)).await;
        assert!(page.text.contains("data-go"), "{}", page.text);
        let desk = Desk::of(&world, &page);
        assert_eq!(desk.action, path);
        for (unit, verbs) in [
            ("1", &["initialized", "completed", "terminated"][..]),
            ("2", &["initialized", "completed", "passed", "terminated"]),
            ("4", &["initialized", "completed", "passed", "terminated"]),
        ] {
            let page = desk.open(unit).await;
            let policy = &page.headers["content-security-policy"];
            assert!(policy.contains("frame-ancestors 'self' https://lms.example;"), "{policy}");
            let (address, _) = framed(&page);
            let unit = Unit::started(&world, &address).await;
            let token = opened["token"].as_str().expect("a token");
            assert!(!unit.data.to_string().contains(token), "the unit's way back is no proof");
            unit.said(verbs).await;
        }
        let state = post(&world, "/dispatch/state", LMS, &json!({ "token": opened["token"] })).await;
        assert_eq!(state.json(), json!({ "completed": true, "success": "passed", "score": 0.9, "progress": 1.0 }));
        assert!(desk.list().await.text.contains("data-state=\"passed\""));
        // Another visit goes on with it; who holds no token opens nothing.
        let again = open(&world, &dispatch, "u7").await.json();
        assert_eq!(again["state"]["completed"], true);
        let nothing = send(world.form(&format!("/dispatch/play/{}", "x".repeat(43)), &[("do", "unit"), ("unit", "1")])).await;
        assert_eq!(nothing.status.code, 404);
    }

    async fn trainers_see_who_has_their_module(world: World) {
        let module = module(&world, "Budget").await;
        let trainer = world.signed_in_as("trainer@example.org", Some(halqa::accounts::Grant::Trainer)).await;
        let base = "/teach/modules/budget/dispatch";
        for fields in [[("lms", ""), ("cap", ""), ("origins", "")], [("lms", "M"), ("cap", "0"), ("origins", "")], [("lms", "M"), ("cap", ""), ("origins", "javascript:x")]] {
            assert_eq!(send(world.form(base, &fields).by(&trainer)).await.status.code, 422, "{fields:?}");
        }
        let fields = [("lms", "Moodle de Gabès"), ("cap", "30"), ("until", "2026-06-30"), ("origins", "https://moodle.example/x"), ("hash_ids", "on"), ("organisation", "")];
        let answer = send(world.form(base, &fields).by(&trainer)).await;
        assert_eq!(answer.status.code, 303, "{}", answer.text);
        let page = send(world.get(&format!("/fr{base}")).by(&trainer)).await;
        assert!(page.text.contains("Moodle de Gabès") && page.text.contains("https://moodle.example<"), "{}", page.text);
        assert!(page.text.contains("scorm2004.zip"), "{}", page.text);
        let path = page.text.split("href=\"/fr").find(|part| part.contains("scorm12.zip\"")).and_then(|part| part.split('"').next()).expect("a link").to_owned();
        let zip = send(world.get(&path).by(&trainer)).await;
        assert_eq!(zip.headers["content-type"], "application/zip");
        let other = world.signed_in_as("other@example.org", None).await;
        assert_eq!(send(world.get(&path).by(&other)).await.status.code, 403);
        let _ = module;
    }
}
