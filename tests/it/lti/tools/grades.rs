//! What a tool sends back: scores become progress; its columns, results and members.

use rocket::http::Method::{Delete, Get, Post, Put};
use serde_json::{Value, json};

use super::Place;
use crate::harness::both_engines;

const AGS: &str = "https://purl.imsglobal.org/spec/lti-ags/claim/endpoint";
const NRPS: &str = "https://purl.imsglobal.org/spec/lti-nrps/claim/namesroleservice";

fn score(subject: &Value, given: f64, at: &str) -> Value {
    json!({
        "userId": subject, "scoreGiven": given, "scoreMaximum": 20, "comment": "Bravo",
        "activityProgress": "Completed", "gradingProgress": "FullyGraded", "timestamp": at,
    })
}

both_engines! {
    async fn scores_become_progress(world: World) {
        let place = Place::over(world).await;
        let claims = place.launch().await;
        let column = claims[AGS]["lineitem"].as_str().expect("a column").to_owned();
        let scores = format!("{column}/scores");
        let token = place.all_scopes().await;
        let begun = json!({
            "userId": claims["sub"], "activityProgress": "InProgress", "gradingProgress": "Pending",
            "timestamp": "2026-03-02T09:01:00.000Z",
        });
        let answer = place.call(Post, &scores, &token, Some(&begun)).await;
        assert_eq!(answer.status.code, 204, "{}", answer.text);
        assert_eq!(place.progress().await, ("in-progress".into(), None, 0.5));
        let done = score(&claims["sub"], 15.0, "2026-03-02T09:05:00.123456+00:00");
        assert_eq!(place.call(Post, &scores, &token, Some(&done)).await.status.code, 204);
        assert_eq!(place.progress().await, ("completed".into(), Some(0.75), 1.0));
        // What is older, or the same, changes nothing.
        for at in ["2026-03-02T09:05:00.123456Z", "2026-03-02T10:04:59+01:00"] {
            let late = score(&claims["sub"], 1.0, at);
            assert_eq!(place.call(Post, &scores, &token, Some(&late)).await.status.code, 409, "{at}");
        }
        assert_eq!(place.progress().await, ("completed".into(), Some(0.75), 1.0));
        let results = place.call(Get, &format!("{column}/results"), &token, None).await;
        let results = results.json();
        assert_eq!(results[0]["resultScore"], json!(75.0));
        assert_eq!(results[0]["resultMaximum"], json!(100.0));
        assert_eq!(results[0]["userId"], claims["sub"]);
        assert_eq!(results[0]["comment"], json!("Bravo"));
        let none = place.call(Get, &format!("{column}/results?user_id=nobody"), &token, None).await;
        assert_eq!(none.json(), json!([]));
    }

    async fn a_tool_keeps_columns_of_its_own(world: World) {
        let place = Place::over(world).await;
        let claims = place.launch().await;
        let columns = claims[AGS]["lineitems"].as_str().expect("columns").to_owned();
        let token = place.all_scopes().await;
        let new = json!({ "label": "Bonus", "scoreMaximum": 5, "resourceId": "r", "tag": "extra" });
        let made = place.call(Post, &columns, &token, Some(&new)).await;
        assert_eq!(made.status.code, 201, "{}", made.text);
        let made = made.json();
        let id = made["id"].as_str().expect("an address").to_owned();
        let all = place.call(Get, &columns, &token, None).await.json();
        assert_eq!(all.as_array().map(Vec::len), Some(2));
        let found = place.call(Get, &format!("{columns}?tag=extra"), &token, None).await.json();
        assert_eq!(found, json!([made]));
        let link = place.module.to_string();
        let own = place.call(Get, &format!("{columns}?resource_link_id={link}"), &token, None).await.json();
        assert_eq!(own[0]["id"], claims[AGS]["lineitem"]);
        // A score there does not count for the learner.
        let bonus = score(&claims["sub"], 20.0, "2026-03-02T09:05:00Z");
        assert_eq!(place.call(Post, &format!("{id}/scores"), &token, Some(&bonus)).await.status.code, 204);
        assert_eq!(place.progress().await.0, "in-progress");
        let changed = json!({ "label": "Bonus 2", "scoreMaximum": 6 });
        let changed = place.call(Put, &id, &token, Some(&changed)).await.json();
        assert_eq!(changed["label"], json!("Bonus 2"));
        assert_eq!(place.call(Delete, &id, &token, None).await.status.code, 204);
        assert_eq!(place.call(Get, &id, &token, None).await.status.code, 404);
        let own = claims[AGS]["lineitem"].as_str().expect("own");
        assert_eq!(place.call(Delete, own, &token, None).await.status.code, 403, "ours stays");
    }

    async fn members_are_those_who_opened_it(world: World) {
        let place = Place::over(world).await;
        let claims = place.launch().await;
        let members = claims[NRPS]["context_memberships_url"].as_str().expect("members").to_owned();
        let token = place.token(&[lti::nrps::SCOPE]).await;
        let page = place.call(Get, &members, &token, None).await;
        assert_eq!(page.headers["content-type"], lti::nrps::MEMBERS_TYPE);
        let body = page.json();
        assert_eq!(body["members"].as_array().map(Vec::len), Some(1));
        assert_eq!(body["members"][0]["user_id"], claims["sub"]);
        assert!(body["members"][0].get("name").is_none(), "nobody allowed it");
        // A second one, page by page.
        let second = place.world.person("sami@example.org").await;
        let place = Place { learner: place.world.browser_of("sami@example.org").await, person: second, ..place };
        place.launch().await;
        let page = place.call(Get, &format!("{members}?limit=1"), &token, None).await;
        let url = url::Url::parse(&members).expect("an address");
        let next = lti::nrps::next_page(&page.headers["link"], &url).expect("a next page");
        let rest = place.call(Get, next.as_str(), &token, None).await.json();
        assert_eq!(rest["members"].as_array().map(Vec::len), Some(1));
    }

    async fn a_rule_of_completion_holds_for_tools_too(world: World) {
        use halqa::catalogue::{self, Change};
        let place = Place::over(world).await;
        let policy: domain::policy::Policy =
            serde_json::from_value(json!({ "completes": { "by": "score", "score": 0.8 } })).expect("a policy");
        let change = Change { policy: Some(policy), ..Change::default() };
        catalogue::change(&place.world.app, place.module, change).await.expect("changed");
        let claims = place.launch().await;
        let scores = format!("{}/scores", claims[AGS]["lineitem"].as_str().expect("a column"));
        let token = place.all_scopes().await;
        // The tool never says that it is done: the trainer's rule does.
        let at_it = |given, at| {
            let mut score = score(&claims["sub"], given, at);
            score["activityProgress"] = json!("InProgress");
            score
        };
        let poor = at_it(15.0, "2026-03-02T09:05:00Z");
        assert_eq!(place.call(Post, &scores, &token, Some(&poor)).await.status.code, 204);
        assert_ne!(place.progress().await.0, "completed", "15 of 20 is not 80 %");
        let good = at_it(17.0, "2026-03-02T09:06:00Z");
        assert_eq!(place.call(Post, &scores, &token, Some(&good)).await.status.code, 204);
        assert_eq!(place.progress().await.0, "completed");
        place.world.run_jobs().await;
        assert_eq!(place.progress().await.0, "completed", "settled anew, it is the same");
    }
}
