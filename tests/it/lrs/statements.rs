//! Statements: stored, found, voided, kept as they came.

use rocket::http::{Header, Method};
use serde_json::json;

use super::{agent, encoded, statement};
use crate::harness::{both_engines, send};

const ID: &str = "6690e6c9-3ef0-4ed3-8b37-7f3964730bee";

both_engines! {
    async fn what_is_stored_comes_back_whole(world: World) {
        let client = world.xapi().await;
        let text = format!(r#"{{"id":"{ID}","actor":{{"mbox":"mailto:a@example.org","name":"أمل"}},
            "verb":{{"id":"http://example.org/did"}},"object":{{"id":"http://example.org/a","definition":{{"extensions":{{"http://example.org/e":[1.50,12345678901234567890]}}}}}},
            "context":{{"contextActivities":{{"parent":{{"id":"http://example.org/p"}}}}}},
            "authority":{{"mbox":"mailto:forged@example.org"}}}}"#);
        let answer = client.post("statements", &text).await;
        assert_eq!((answer.status.code, answer.json()), (200, json!([ID])));
        let answer = client.get(&format!("statements?statementId={ID}")).await;
        assert_eq!(answer.status.code, 200, "{}", answer.text);
        assert!(answer.text.contains("[1.50,12345678901234567890]"), "{}", answer.text);
        assert!(answer.text.contains(r#""parent":[{"#), "{}", answer.text);
        assert!(!answer.text.contains("forged"));
        let kept = answer.json();
        assert_eq!(kept["version"], "1.0.3");
        assert_eq!(kept["stored"], kept["timestamp"]);
        assert_eq!(kept["authority"]["account"]["homePage"], "http://localhost:8000");
        assert_eq!(answer.headers["x-experience-api-version"], "1.0.3");
        assert!(answer.headers["x-experience-api-consistent-through"].as_str() >= kept["stored"].as_str().unwrap());
        assert!(answer.headers["last-modified"].ends_with("GMT"));
    }

    async fn the_same_again_changes_nothing_another_is_refused(world: World) {
        let client = world.xapi().await;
        let mut one = statement("amel", "did", "a");
        one["id"] = json!(ID);
        client.store(&one).await;
        let before = client.get(&format!("statements?statementId={ID}")).await.text;
        one["verb"]["display"] = json!({ "fr": "a fait" });
        client.store(&one).await;
        assert_eq!(client.put(&format!("statements?statementId={ID}"), &one.to_string()).await.status.code, 204);
        one["verb"]["id"] = json!("http://example.org/other");
        for answer in [
            client.post("statements", &one.to_string()).await,
            client.put(&format!("statements?statementId={ID}"), &one.to_string()).await,
            client.post("statements", &json!([statement("b", "did", "b"), one]).to_string()).await,
        ] {
            assert_eq!((answer.status.code, answer.code().as_str()), (409, "xapi-conflict"));
        }
        assert_eq!(client.get(&format!("statements?statementId={ID}")).await.text, before);
        assert_eq!(client.ids("").await, [ID]);
    }

    async fn a_race_stores_one(world: World) {
        let client = world.xapi().await;
        let racers = (0..50).map(|n| {
            let mut own = statement(&format!("racer{n}"), "did", "a");
            own["id"] = json!(ID);
            let client = &client;
            async move { client.post("statements", &own.to_string()).await.status.code }
        });
        let codes = futures::future::join_all(racers).await;
        assert_eq!(codes.iter().filter(|code| **code == 200).count(), 1, "{codes:?}");
        assert_eq!(codes.iter().filter(|code| **code == 409).count(), 49, "{codes:?}");
    }

    async fn filters_find_by_everything_named(world: World) {
        let client = world.xapi().await;
        let registration = "ec531277-b57b-4c15-8d91-d292c5b2b8f7";
        let mut rich = statement("amel", "passed", "quiz");
        rich["context"] = json!({
            "registration": registration,
            "instructor": { "mbox": "mailto:teacher@example.org" },
            "contextActivities": { "parent": [{ "id": "http://example.org/course" }] },
        });
        let ids = client.store(&json!([
            statement("amel", "started", "quiz"), rich, statement("sami", "passed", "quiz"), statement("sami", "started", "game"),
        ])).await;
        let verb = |name: &str| format!("verb={}", encoded(&format!("http://example.org/verbs/{name}")));
        let activity = |name: &str| format!("activity={}", encoded(&format!("http://example.org/{name}")));
        for (query, found) in [
            (String::new(), vec![3, 2, 1, 0]),
            ("ascending=true".to_owned(), vec![0, 1, 2, 3]),
            (agent("amel"), vec![1, 0]),
            (verb("passed"), vec![2, 1]),
            (activity("quiz"), vec![2, 1, 0]),
            (format!("{}&{}", agent("sami"), verb("started")), vec![3]),
            (format!("{}&{}", agent("sami"), activity("quiz")), vec![2]),
            (format!("{}&{}", verb("passed"), activity("quiz")), vec![2, 1]),
            (format!("{}&{}&{}", agent("amel"), verb("passed"), activity("quiz")), vec![1]),
            (format!("{}&{}&{}", agent("amel"), verb("passed"), activity("game")), vec![]),
            (format!("registration={registration}"), vec![1]),
            (format!("registration={registration}&{}&{}", agent("amel"), verb("started")), vec![]),
            (format!("registration={registration}&{}&{}&{}", agent("amel"), verb("passed"), activity("quiz")), vec![1]),
            (activity("course"), vec![]),
            (format!("{}&related_activities=true", activity("course")), vec![1]),
            (format!("{}&related_activities=true", activity("quiz")), vec![2, 1, 0]),
            (format!("{}&related_activities=true&{}", activity("quiz"), agent("amel")), vec![1, 0]),
            (format!("{}&related_activities=true&{}&related_agents=true&{}", activity("course"), agent("teacher"), verb("passed")), vec![1]),
            (agent("teacher"), vec![]),
            (format!("{}&related_agents=true", agent("teacher")), vec![1]),
            (format!("{}&limit=1", agent("amel")), vec![1, 0]),
            ("limit=3&ascending=true".to_owned(), vec![0, 1, 2, 3]),
        ] {
            let expected: Vec<&String> = found.iter().map(|n: &usize| &ids[*n]).collect();
            assert_eq!(client.ids(&query).await.iter().collect::<Vec<_>>(), expected, "{query}");
        }
        let all = client.get("statements?ascending=true").await.json();
        let stored: Vec<&str> = all["statements"].as_array().unwrap().iter().filter_map(|s| s["stored"].as_str()).collect();
        assert!(stored.windows(2).all(|pair| pair[0] < pair[1]), "{stored:?}");
        assert_eq!(client.ids(&format!("since={}", encoded(stored[1]))).await, [ids[3].clone(), ids[2].clone()]);
        assert_eq!(client.ids(&format!("until={}", encoded(stored[1]))).await, [ids[1].clone(), ids[0].clone()]);
    }

    async fn links_to_more_are_the_clients_own_and_stand_inserts(world: World) {
        let client = world.xapi().await;
        let many: Vec<_> = (0..7).map(|n| statement("amel", "did", &format!("a{n}"))).collect();
        let ids = client.store(&json!(many)).await;
        let page = client.get("statements?limit=3").await.json();
        let more = page["more"].as_str().unwrap().trim_start_matches("/xapi/").to_owned();
        client.store(&statement("new", "did", "later")).await;
        let next = client.get(&more).await.json();
        let found: Vec<&str> = next["statements"].as_array().unwrap().iter().filter_map(|s| s["id"].as_str()).collect();
        assert_eq!(found, [&ids[3], &ids[2], &ids[1]]);
        let other = world.xapi().await;
        assert_eq!(other.get(&more).await.code(), "xapi-more");
        assert_eq!(client.get(&format!("{more}0")).await.code(), "xapi-more");
        assert_eq!(client.get(&more.replacen("more=", "more=A", 1)).await.code(), "xapi-more");
        assert_eq!(client.get(&format!("{more}&limit=1")).await.code(), "xapi-invalid");
        world.clock.advance_seconds(23 * 3600);
        assert_eq!(client.get(&more).await.status.code, 200);
        world.clock.advance_seconds(2 * 3600);
        assert_eq!(client.get(&more).await.code(), "xapi-more");
    }

    async fn voiding(world: World) {
        let client = world.xapi().await;
        let ids = client.store(&json!([statement("amel", "did", "a"), statement("amel", "did", "b")])).await;
        let void = |target: &str| json!({
            "actor": { "mbox": "mailto:staff@example.org" },
            "verb": { "id": "http://adlnet.gov/expapi/verbs/voided" },
            "object": { "objectType": "StatementRef", "id": target },
        });
        let voiding = client.store(&void(&ids[0])).await.remove(0);
        assert_eq!(client.get(&format!("statements?statementId={}", ids[0])).await.status.code, 404);
        assert_eq!(client.get(&format!("statements?voidedStatementId={}", ids[0])).await.status.code, 200);
        assert_eq!(client.get(&format!("statements?voidedStatementId={}", ids[1])).await.status.code, 404);
        // Found by what the voided one was about.
        assert_eq!(client.ids(&agent("amel")).await, [voiding.clone(), ids[1].clone()]);
        // A voiding statement is never voided.
        client.store(&void(&voiding)).await;
        assert_eq!(client.get(&format!("statements?statementId={voiding}")).await.status.code, 200);
        // One that comes before what it voids.
        client.store(&void(ID)).await;
        let mut late = statement("late", "did", "a");
        late["id"] = json!(ID);
        client.store(&late).await;
        assert_eq!(client.get(&format!("statements?statementId={ID}")).await.status.code, 404);
        assert_eq!(client.get(&format!("statements?voidedStatementId={ID}")).await.status.code, 200);
        // X11: not by everyone.
        let writer = world.xapi_with(&["statements/write"], None).await;
        assert_eq!(writer.post("statements", &void(&ids[1]).to_string()).await.status.code, 403);
    }

    async fn statements_about_statements_are_found_through_them(world: World) {
        let client = world.xapi().await;
        let about = |target: &str| json!({
            "actor": { "mbox": "mailto:andrew@example.org" },
            "verb": { "id": "http://example.org/verbs/confirmed" },
            "object": { "objectType": "StatementRef", "id": target },
        });
        // The chain comes last end first: c → b → a, then a.
        let (a, b) = (ID, "00000000-0000-4000-8000-00000000000b");
        let c = client.store(&about(b)).await.remove(0);
        let mut middle = about(a);
        middle["id"] = json!(b);
        client.store(&middle).await;
        assert!(client.ids(&agent("ben")).await.is_empty());
        let mut first = statement("ben", "passed", "explosives");
        first["id"] = json!(a);
        client.store(&first).await;
        assert_eq!(client.ids(&agent("ben")).await, [a, b, &c]);
        assert_eq!(client.ids("activity=http%3A%2F%2Fexample.org%2Fexplosives").await, [a, b, &c]);
        // One that targets itself does no harm.
        let own = "00000000-0000-4000-8000-00000000000c";
        let mut circle = about(own);
        circle["id"] = json!(own);
        client.store(&circle).await;
    }

    async fn formats_and_languages(world: World) {
        let client = world.xapi().await;
        let mut one = statement("amel", "did", "a");
        one["id"] = json!(ID);
        one["object"]["definition"] = json!({ "name": { "en": "A", "fr": "Le A" }, "type": "http://example.org/t" });
        client.store(&one).await;
        let mut two = statement("amel", "did", "a");
        two["object"]["definition"] = json!({ "name": { "ar": "أ" } });
        client.store(&two).await;
        let ids = client.get(&format!("statements?statementId={ID}&format=ids")).await.json();
        assert_eq!(ids["object"], json!({ "id": "http://example.org/a" }));
        let request = client.request(Method::Get, &format!("statements?statementId={ID}&format=canonical"))
            .header(Header::new("Accept-Language", "ar-TN, fr;q=0.5"));
        let canonical = send(request).await.json();
        assert_eq!(canonical["object"]["definition"], json!({ "name": { "ar": "أ" }, "type": "http://example.org/t" }));
        let whole = client.get("activities?activityId=http%3A%2F%2Fexample.org%2Fa").await.json();
        assert_eq!(whole["definition"]["name"], json!({ "en": "A", "fr": "Le A", "ar": "أ" }));
        // Without the scope `define`, nobody changes what others see.
        let writer = world.xapi_with(&["statements/write"], None).await;
        two["object"]["definition"] = json!({ "name": { "ar": "ب" } });
        writer.store(&two).await;
        let whole = client.get("activities?activityId=http%3A%2F%2Fexample.org%2Fa").await.json();
        assert_eq!(whole["definition"]["name"]["ar"], "أ");
    }

    async fn persons(world: World) {
        let client = world.xapi().await;
        let mut one = statement("amel", "did", "a");
        one["actor"]["name"] = json!("Amel");
        client.store(&one).await;
        one["actor"]["name"] = json!("أمل");
        client.store(&one).await;
        let person = client.get(&format!("agents?{}", agent("amel"))).await.json();
        assert_eq!(person, json!({ "objectType": "Person", "name": ["Amel", "أمل"], "mbox": ["mailto:amel@example.org"] }));
    }

    async fn organisations_do_not_see_each_other(world: World) {
        world.association("oasis").await;
        world.association("dunes").await;
        let (oasis, dunes) = (world.xapi_with(&[], Some("oasis")).await, world.xapi_with(&[], Some("dunes")).await);
        let platform = world.xapi().await;
        let mut one = statement("amel", "did", "a");
        one["id"] = json!(ID);
        oasis.store(&one).await;
        assert_eq!(oasis.ids("").await, [ID]);
        assert_eq!(oasis.ids(&agent("amel")).await, [ID]);
        assert!(dunes.ids("").await.is_empty());
        assert!(dunes.ids(&agent("amel")).await.is_empty());
        assert_eq!(dunes.get(&format!("statements?statementId={ID}")).await.status.code, 404);
        assert_eq!(platform.ids(&agent("amel")).await, [ID]);
        // The same id there tells nothing of the one here, and voids nothing here.
        one["actor"]["mbox"] = json!("mailto:other@example.org");
        dunes.store(&one).await;
        dunes.store(&json!({
            "actor": { "mbox": "mailto:x@example.org" }, "verb": { "id": "http://adlnet.gov/expapi/verbs/voided" },
            "object": { "objectType": "StatementRef", "id": ID },
        })).await;
        assert_eq!(dunes.get(&format!("statements?statementId={ID}")).await.status.code, 404);
        assert_eq!(oasis.get(&format!("statements?statementId={ID}")).await.status.code, 200);
    }
}
