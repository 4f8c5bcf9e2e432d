//! The eligibility API, as the contract has it.

use domain::eligibility::Level;
use rocket::http::Status;
use serde_json::{Value, json};

use crate::harness::{As, both_engines, half, one_of, passed, send};

both_engines! {
    async fn eligibility_is_answered_with_its_evidence(world: World) {
        let budget = world.module("Le budget").await;
        let comptes = world.module("Les comptes").await;
        let mut rule = one_of(&[(budget.id, Level::Passed), (comptes.id, Level::Progress(0.8))]);
        rule.need = 2;
        let seminar = world.seminar("Lire un budget", None, 5, rule).await;
        let amel = world.person("amel@example.org").await;
        let token = world.token(&["seminars"]).await;
        let by_slug = format!("/api/v1/seminars/{}/eligibility?learner=amel@example.org", seminar.slug);
        let by_id = format!("/api/v1/seminars/{}/eligibility?learner={amel}", seminar.id);

        world.learns(amel, budget.id, passed()).await;
        world.learns(amel, comptes.id, half()).await;
        let answer = send(world.get(&by_slug).bearer(&token)).await;
        assert_eq!(answer.status, Status::Ok, "{}", answer.text);
        assert_eq!(answer.headers["content-type"], "application/json");
        let body = answer.json();
        assert_eq!(body["eligible"], json!(false));
        assert_eq!(body["rule"], json!({
            "need": 2,
            "scope": "person",
            "of": [
                { "module": { "id": budget.id, "slug": budget.slug, "title": "Le budget" }, "level": "passed" },
                { "module": { "id": comptes.id, "slug": comptes.slug, "title": "Les comptes" }, "level": { "progress": 0.8 } },
            ],
        }));
        let only = |list: &Value| list.as_array().cloned().unwrap_or_default();
        let (evidence, missing) = (only(&body["evidence"]), only(&body["missing"]));
        assert_eq!((evidence.len(), missing.len()), (1, 1), "{body}");
        assert_eq!(evidence[0]["module"]["slug"], json!(budget.slug));
        assert_eq!(evidence[0]["proof"]["success"], "passed");
        assert_eq!(evidence[0]["proof"]["score"], json!(0.9));
        assert_eq!(evidence[0]["proof"]["learner"], json!(amel));
        assert_eq!(missing[0]["module"]["slug"], json!(comptes.slug));
        assert_eq!(missing[0]["proof"]["progress"], json!(0.5));
        assert_eq!(missing[0]["url"], json!(format!("http://localhost:8000/modules/{}", comptes.slug)));

        // The seat is refused with the same answer.
        let seats = format!("/api/v1/seminars/{}/seats", seminar.id);
        let want = |token: &str| world.post(&seats).bearer(token)
            .header(rocket::http::ContentType::JSON)
            .body(json!({ "learner": "amel@example.org" }).to_string());
        let refused = send(want(&token)).await;
        assert_eq!((refused.status, refused.code().as_str()), (Status::Conflict, "not-eligible"));
        for member in ["eligible", "rule", "evidence", "missing"] {
            assert_eq!(refused.json()[member], body[member], "{member}");
        }

        world.learns(amel, comptes.id, passed()).await;
        let answer = send(world.get(&by_id).bearer(&token)).await.json();
        assert_eq!(answer["eligible"], json!(true));
        assert_eq!(answer["missing"], json!([]));
        assert_eq!(only(&answer["evidence"]).len(), 2);
        let taken = send(want(&token)).await;
        assert_eq!(taken.status, Status::Created, "{}", taken.text);
        assert_eq!(taken.json()["evidence"], answer["evidence"]);
        assert_eq!(send(want(&token)).await.status, Status::Ok, "held already");
    }

    async fn nobody_else_is_answered(world: World) {
        let seminar = world.seminar("Portes ouvertes", None, 5, one_of(&[(world.module("Le budget").await.id, Level::Passed)])).await;
        world.person("amel@example.org").await;
        let path = format!("/api/v1/seminars/{}/eligibility?learner=amel@example.org", seminar.slug);
        let answer = send(world.get(&path)).await;
        assert_eq!((answer.status, answer.code().as_str()), (Status::Unauthorized, "unauthorized"));
        let other = world.token(&["packages", "progress"]).await;
        let answer = send(world.get(&path).bearer(&other)).await;
        assert_eq!((answer.status, answer.code().as_str()), (Status::Forbidden, "missing-scope"));
        let all = world.token(&["all"]).await;
        assert_eq!(send(world.get(&path).bearer(&all)).await.status, Status::Ok);
        // A browser's cookie opens no API.
        let browser = world.browser_of("amel@example.org").await;
        assert_eq!(send(world.get(&path).by(&browser)).await.status, Status::Unauthorized);
    }

    async fn hostile_names_are_unknown(world: World) {
        let seminar = world.seminar("Portes ouvertes", None, 5, domain::eligibility::Rule::open()).await;
        let token = world.token(&["seminars"]).await;
        world.person("amel@example.org").await;
        for name in [
            "nobody@example.org", "", "%00", "amel@example.org%00", "'%20or%201=1--", "%F0%9F%AB%92",
            "00000000-0000-0000-0000-000000000000", "..%2f..%2fetc", "%25", "a".repeat(3000).as_str(),
        ] {
            let path = format!("/api/v1/seminars/{}/eligibility?learner={name}", seminar.slug);
            let answer = send(world.get(&path).bearer(&token)).await;
            assert!([400, 404].contains(&answer.status.code), "{name}: {} {}", answer.status, answer.text);
            assert!(!answer.code().is_empty());
        }
        let answer = send(world.get(&format!("/api/v1/seminars/{}/eligibility", seminar.slug)).bearer(&token)).await;
        assert!([400, 404].contains(&answer.status.code), "{}", answer.text);
        for name in ["no-such-seminar", "%00", "00000000-0000-0000-0000-000000000000", "..%2fx", "%F0%9F%AB%92"] {
            let path = format!("/api/v1/seminars/{name}/eligibility?learner=amel@example.org");
            let answer = send(world.get(&path).bearer(&token)).await;
            assert!([400, 404].contains(&answer.status.code), "{name}: {} {}", answer.status, answer.text);
        }
    }
}
