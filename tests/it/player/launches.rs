//! `POST /api/v1/modules/{id}/launches`: another system's learner plays, once, within ten minutes.

use rocket::http::{ContentType, Status};
use serde_json::{Value, json};

use super::support::{Tab, module, progress, scorm12};
use crate::harness::{Answer, As, World, both_engines, cookie, send};

async fn launch(world: &World, token: &str, module: &str, learner: Value) -> Answer {
    let request = world
        .post(&format!("/api/v1/modules/{module}/launches"))
        .header(ContentType::JSON)
        .bearer(token)
        .body(json!({ "learner": learner }).to_string());
    send(request).await
}

fn salma() -> Value {
    json!({ "email": "Salma@Example.org ", "name": "Salma Trabelsi" })
}

both_engines! {
    async fn a_launch_opens_once_and_plays_without_signing_in(world: World) {
        let imported = module(&world, &scorm12("Tenir une caisse", &["i1"])).await;
        let token = world.token(&["launches"]).await;
        let id = imported.module.id.to_string();
        let made = launch(&world, &token, &id, salma()).await;
        assert_eq!(made.status, Status::Created, "{}", made.text);
        let body = made.json();
        let url = body["url"].as_str().unwrap();
        let path = url.strip_prefix("http://localhost:8000").expect("our address");

        let opened = send(world.get(path)).await;
        assert_eq!(opened.status, Status::SeeOther);
        let guest = cookie(&opened.headers["set-cookie"]);
        assert!(opened.headers["set-cookie"].contains("HttpOnly"));
        let mut tab = Tab::load(&world, &guest, &opened.headers["location"], &imported).await;
        assert_eq!(tab.session, body["session"].as_str().unwrap());
        // Reloading is no second opening of the address.
        Tab::load(&world, &guest, &opened.headers["location"], &imported).await;
        assert_eq!(send(world.get(&opened.headers["location"])).await.status, Status::NotFound, "another browser");

        assert_eq!(tab.open(&world, "o1").await.status, Status::Ok);
        let entries = tab.story(&[("cmi.core.score.raw", "70"), ("cmi.core.lesson_status", "passed")], true);
        tab.saved(&world, &entries, 4).await;
        let row = progress(&world, "salma@example.org", &imported.module.slug).await;
        assert_eq!((row["state"].as_str(), row["score"].as_f64()), (Some("completed"), Some(0.7)));
        let result = send(world.get(&format!("{}/result", opened.headers["location"])).by(&guest)).await;
        assert_eq!(result.status, Status::Ok);
        assert!(result.text.contains("data-fragment"));

        for _ in 0..2 {
            let again = send(world.get(path)).await;
            assert_eq!(again.status, Status::Gone);
            assert!(again.text.contains("Ce lien a déjà servi"), "{}", again.text);
        }
    }

    async fn an_address_waits_ten_minutes(world: World) {
        let imported = module(&world, &scorm12("Tenir une caisse", &["i1"])).await;
        let token = world.token(&["launches"]).await;
        let id = imported.module.id.to_string();
        for (seconds, status) in [(599, Status::SeeOther), (600, Status::Gone)] {
            let made = launch(&world, &token, &id, salma()).await.json();
            let path = made["url"].as_str().unwrap().replace("http://localhost:8000", "");
            world.clock.advance_seconds(seconds);
            assert_eq!(send(world.get(&path)).await.status, status, "{seconds}");
        }
    }

    async fn the_same_learner_goes_on_where_they_were(world: World) {
        let imported = module(&world, &scorm12("Tenir une caisse", &["i1"])).await;
        let token = world.token(&["launches"]).await;
        let id = imported.module.id.to_string();
        let mut attempts = Vec::new();
        for opening in ["o1", "o2"] {
            let made = launch(&world, &token, &id, salma()).await.json();
            let path = made["url"].as_str().unwrap().replace("http://localhost:8000", "");
            let opened = send(world.get(&path)).await;
            let guest = cookie(&opened.headers["set-cookie"]);
            let mut tab = Tab::load(&world, &guest, &opened.headers["location"], &imported).await;
            tab.open(&world, opening).await;
            if opening == "o1" {
                let entries = tab.story(&[("cmi.core.lesson_location", "p3"), ("cmi.core.exit", "suspend")], false);
                tab.saved(&world, &entries, 4).await;
            } else {
                assert_eq!(tab.state["delivery"]["snapshot"]["values"]["cmi.core.lesson_location"], "p3");
            }
            attempts.push(tab.attempt.clone());
        }
        assert_eq!(attempts[0], attempts[1]);
    }

    async fn what_is_wrong_with_a_launch_is_said(world: World) {
        let imported = module(&world, &scorm12("Tenir une caisse", &["i1"])).await;
        let id = imported.module.id.to_string();
        let token = world.token(&["launches"]).await;
        let other = world.token(&["progress"]).await;
        let named = |email: &str, name: &str, organisation: &str| json!({ "email": email, "name": name, "organisation": organisation });
        for (case, learner, status, member) in [
            ("no address", named("nobody", "N", ""), Status::UnprocessableEntity, "email"),
            ("no name", named("a@example.org", " ", ""), Status::UnprocessableEntity, "name"),
            ("a name of two lines", named("a@example.org", "A\nB", ""), Status::UnprocessableEntity, "name"),
            ("no such organisation", named("a@example.org", "A", "nowhere"), Status::UnprocessableEntity, "organisation"),
        ] {
            let answer = launch(&world, &token, &id, learner).await;
            assert_eq!(answer.status, status, "{case}: {}", answer.text);
            assert_eq!((answer.code().as_str(), answer.json()["member"].as_str()), ("learner-invalid", Some(member)), "{case}");
        }
        assert_eq!(launch(&world, "nonsense", &id, salma()).await.status, Status::Unauthorized);
        assert_eq!(launch(&world, &other, &id, salma()).await.status, Status::Forbidden);
        let nowhere = world.app.ids.uuid().to_string();
        assert_eq!(launch(&world, &token, &nowhere, salma()).await.status, Status::NotFound);
        assert_eq!(launch(&world, &token, "module", salma()).await.status, Status::NotFound);
        let unknown = launch(&world, &token, &id, json!({ "email": "a@example.org", "name": "A", "role": "admin" })).await;
        assert!([400, 422].contains(&unknown.status.code), "{}", unknown.text);
    }
}
