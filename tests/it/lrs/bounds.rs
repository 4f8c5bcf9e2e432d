//! What one request may cost (R2, R5, X16).

use rocket::http::{ContentType, Header, Method};
use serde_json::json;

use super::statement;
use crate::harness::{both_engines, send};

both_engines! {
    async fn a_form_of_many_fields_is_refused(world: World) {
        let body: String = (0..100_000).map(|n| format!("a{n}=&")).collect();
        for path in ["/xapi/about?method=GET", "/xapi/statements?method=GET"] {
            let request = world.request(Method::Post, path).header(ContentType::Form).body(&body);
            let answer = send(request).await;
            assert!((400..500).contains(&answer.status.code), "{path}: {}", answer.status);
        }
        let query: String = (0..100).map(|n| format!("a{n}=&")).collect();
        let answer = send(world.request(Method::Get, &format!("/xapi/about?{query}"))).await;
        assert_eq!(answer.status.code, 413);
    }

    async fn nobody_is_listened_to_for_long(world: World) {
        let large = vec![b' '; 8 << 20];
        let version = || Header::new("X-Experience-API-Version", "1.0.3");
        let unknown = world.request(Method::Post, "/xapi/statements").header(version()).header(ContentType::JSON).body(&large);
        assert_eq!(send(unknown).await.status.code, 401);
        // The credential may be inside a form, which is read for it, but not far.
        let form = world.request(Method::Post, "/xapi/statements?method=POST").header(ContentType::Form).body(&large);
        assert_eq!(send(form).await.status.code, 413);
        let client = world.xapi().await;
        assert_eq!(send(client.request(Method::Delete, "activities/state").body(&large)).await.status.code, 413);
    }

    async fn long_pages_end_early_and_all_come(world: World) {
        let client = world.xapi().await;
        let heavy = |n: usize| {
            let mut statement = statement("amel", "did", &format!("a{n}"));
            statement["result"] = json!({ "response": "x".repeat(200 << 10) });
            statement
        };
        let mut ids = Vec::new();
        for from in [0, 20] {
            let some: Vec<_> = (from..from + 20).map(heavy).collect();
            ids.extend(client.store(&json!(some)).await);
        }
        let page = client.get("statements?ascending=true").await;
        assert!(page.text.len() < 5 << 20, "{}", page.text.len());
        assert_eq!(client.ids("ascending=true").await, ids);
        ids.reverse();
        assert_eq!(client.ids("").await, ids);
        assert_eq!(client.ids("limit=30").await, ids);
    }

    async fn pages_longer_than_a_look(world: World) {
        let client = world.xapi().await;
        let many: Vec<_> = (0..200).map(|n| statement("amel", "did", &format!("a{n}"))).collect();
        let ids = client.store(&json!(many)).await;
        for limit in [63, 64, 65, 128, 129, 199, 200, 201] {
            let page = client.get(&format!("statements?ascending=true&limit={limit}")).await.json();
            let found: Vec<&str> = page["statements"].as_array().unwrap().iter().filter_map(|s| s["id"].as_str()).collect();
            assert_eq!(found, ids.iter().take(limit).map(String::as_str).collect::<Vec<_>>(), "{limit}");
            assert_eq!(page["more"].as_str() == Some(""), limit >= 200, "{limit}");
        }
    }

    async fn a_statement_names_a_thousand_at_most(world: World) {
        let client = world.xapi().await;
        let mut crowd = statement("amel", "did", "a");
        let members: Vec<_> = (0..2000).map(|n| json!({ "mbox": format!("mailto:m{n}@example.org") })).collect();
        crowd["context"] = json!({ "team": { "objectType": "Group", "member": members } });
        assert_eq!(client.post("statements", &crowd.to_string()).await.status.code, 413);
        assert!(client.ids("").await.is_empty());
    }

    /// Many statements wait for one that is not there: it comes at once, and each is found through it
    /// once the outbox has gone through them.
    async fn many_may_wait_for_one_statement(world: World) {
        let client = world.xapi().await;
        let target = world.app.ids.uuid().to_string();
        let mut ids = Vec::new();
        for _ in 0..3 {
            let some: Vec<_> = (0..400).map(|_| {
                let mut about = statement("amel", "read", "x");
                about["object"] = json!({ "objectType": "StatementRef", "id": target });
                about
            }).collect();
            ids.extend(client.store(&json!(some)).await);
        }
        let mut waited = statement("bilel", "wrote", "waited");
        waited["id"] = json!(target);
        let begun = std::time::Instant::now();
        client.store(&json!([waited])).await;
        let took = begun.elapsed();
        let through = async || {
            let mut found = client.ids("activity=http%3A%2F%2Fexample.org%2Fwaited&ascending=true").await;
            found.retain(|id| *id != target);
            found
        };
        assert_eq!(through().await.len(), 500, "in {took:?}");
        world.run_jobs().await;
        assert_eq!(through().await, ids);
    }

    async fn numbers_beyond_number_are_refused(world: World) {
        let client = world.xapi().await;
        let zeros = format!("[{}0]", "0,".repeat(1_000_000));
        assert_eq!(client.post("statements", &zeros).await.status.code, 413);
        let path = "activities/state?activityId=http%3A%2F%2Fexample.org%2Fx&agent=%7B%22mbox%22%3A%22mailto%3Aa%40example.org%22%7D&stateId=s";
        let answer = client.post(path, &format!("{{\"a\":{zeros}}}")).await;
        assert_eq!(answer.status.code, 413, "{}", answer.text);
    }
}
