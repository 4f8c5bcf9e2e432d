//! More than a thousand malformed requests: always a 4xx problem with its reason, nothing stored.

use rocket::http::{ContentType, Header, Method};
use serde_json::{Value, json};

use super::{agent, statement};
use crate::harness::{Answer, both_engines, send};

/// A statement with everything in it that can be wrong.
fn rich() -> Value {
    json!({
        "id": "6690e6c9-3ef0-4ed3-8b37-7f3964730bee",
        "actor": { "objectType": "Group", "name": "Équipe", "member": [
            { "objectType": "Agent", "name": "Amel", "account": { "homePage": "http://example.org", "name": "amel" } },
        ] },
        "verb": { "id": "http://example.org/did", "display": { "fr": "a fait" } },
        "object": { "objectType": "Activity", "id": "http://example.org/a", "definition": {
            "name": { "fr": "A" }, "description": { "ar": "أ" }, "type": "http://example.org/t",
            "moreInfo": "http://example.org/m", "interactionType": "choice",
            "correctResponsesPattern": ["a"], "choices": [{ "id": "a", "description": { "fr": "a" } }],
        } },
        "result": {
            "score": { "scaled": 0.5, "raw": 5, "min": 0, "max": 10 }, "success": true,
            "completion": true, "response": "a", "duration": "PT1S",
        },
        "context": {
            "registration": "ec531277-b57b-4c15-8d91-d292c5b2b8f7",
            "instructor": { "mbox": "mailto:t@example.org" },
            "team": { "objectType": "Group", "mbox": "mailto:g@example.org" },
            "contextActivities": { "parent": [{ "id": "http://example.org/p" }] },
            "revision": "1", "platform": "Halqa", "language": "fr",
            "statement": { "objectType": "StatementRef", "id": "6690e6c9-3ef0-4ed3-8b37-7f3964730bef" },
        },
        "timestamp": "2023-05-04T12:00:00Z",
        "version": "1.0.3",
        "attachments": [{
            "usageType": "http://example.org/u", "display": { "fr": "x" }, "contentType": "text/plain",
            "length": 1, "fileUrl": "http://example.org/f",
            "sha2": "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad",
        }],
    })
}

fn pointers(value: &Value, at: String, all: &mut Vec<String>) {
    if !at.is_empty() {
        all.push(at.clone());
    }
    match value {
        Value::Object(members) => {
            for (key, member) in members {
                pointers(member, format!("{at}/{key}"), all);
            }
        }
        Value::Array(items) => {
            for (index, item) in items.iter().enumerate() {
                pointers(item, format!("{at}/{index}"), all);
            }
        }
        _ => {}
    }
}

fn kind(value: &Value) -> u8 {
    match value {
        Value::Null => 0,
        Value::Bool(_) => 1,
        Value::Number(_) => 2,
        Value::String(_) => 3,
        Value::Array(_) => 4,
        Value::Object(_) => 5,
    }
}

/// One thing wrong in each: another type, a key in another case, a key too many.
fn spoilt() -> Vec<(String, Value)> {
    let good = rich();
    let mut places = Vec::new();
    pointers(&good, String::new(), &mut places);
    let mut all = Vec::new();
    for place in places {
        for wrong in [
            json!(null),
            json!(true),
            json!(7),
            json!("should fail"),
            json!([7]),
            json!({ "x y": 7 }),
        ] {
            let mut bad = good.clone();
            let spot = bad.pointer_mut(&place).expect("a place");
            // One activity may stand for a list of them.
            if kind(spot) == kind(&wrong) {
                continue;
            }
            *spot = wrong.clone();
            all.push((format!("{place} = {wrong}"), bad));
        }
        let (parent, key) = place.rsplit_once('/').expect("a key");
        let mut bad = good.clone();
        if let Some(Value::Object(members)) = bad.pointer_mut(parent) {
            let shouted = key.to_uppercase();
            let is_map = ["display", "name", "description"]
                .iter()
                .any(|map| parent.ends_with(map));
            if shouted != key && !is_map {
                let value = members.remove(key).expect("a member");
                members.insert(shouted, value);
                all.push((format!("{place} in capitals"), bad.clone()));
            }
        }
        let mut bad = good.clone();
        if let Some(Value::Object(members)) = bad.pointer_mut(&place) {
            members.insert("not a key".to_owned(), json!("x"));
            all.push((format!("{place} with a key too many"), bad));
        }
    }
    all
}

/// A 4xx problem with a code and its reason, which says nothing back that could be markup.
pub(super) fn check(what: &str, answer: &Answer) {
    assert!(
        (400..500).contains(&answer.status.code),
        "{what}: {} {}",
        answer.status,
        answer.text
    );
    assert!(!answer.code().is_empty(), "{what}: {}", answer.text);
    assert!(!answer.text.contains('<'), "{what}: {}", answer.text);
}

both_engines! {
    async fn spoilt_statements(world: World) {
        let client = world.xapi().await;
        let good = rich();
        let all = spoilt();
        let mut asked = 0;
        for (what, bad) in &all {
            let text = bad.to_string();
            let answer = client.post("statements", &text).await;
            check(what, &answer);
            if answer.code() == "xapi-invalid" {
                assert!(answer.json()["rule"].is_string() && answer.json()["where"].is_string());
            }
            let batch = json!([statement("amel", "did", "a"), bad]).to_string();
            check(what, &client.post("statements", &batch).await);
            let put = client.put("statements?statementId=6690e6c9-3ef0-4ed3-8b37-7f3964730bee", &text).await;
            check(what, &put);
            asked += 3;
        }
        assert!(asked >= 1000, "{asked}");
        assert!(client.ids("").await.is_empty());
        assert_eq!(client.post("statements", &good.to_string()).await.status.code, 200);
    }

    async fn bodies_that_are_no_statements(world: World) {
        let client = world.xapi().await;
        let deep = format!("{}{}", "[".repeat(129), "]".repeat(129));
        let one = statement("amel", "did", "a").to_string();
        let key = "k".repeat(1 << 20);
        let with = |member: &str| one.replacen('{', &format!("{{{member},"), 1);
        for body in [
            "", " ", "{", "null", "7", "\"x\"", "[null]", "[7]", "[[]]", "{}", "[{}]", "\u{feff}{}", &deep,
            &one[1..], &format!("{one}{one}"), &format!("{one},"), &with("\"id\":1e400"), &with("\"id\":\"\\u0000\""),
            &with("\"id\":\"\\ud800\""), &with("\"verb\":{}"), &with("\"__proto__\":{}"),
            &with(&format!("\"context\":{{\"extensions\":{{\"http://x/{key}\":1}}}}")),
            &with("\"context\":{\"extensions\":{\"<script>\":1}}"),
        ] {
            let shown: String = body.chars().take(80).collect();
            check(&shown, &client.post("statements", body).await);
        }
        let invalid = client.request(Method::Post, "statements").header(ContentType::JSON).body(b"{\"\xff\":1}");
        check("not UTF-8", &send(invalid).await);
        let large = format!("[{}]", " ".repeat(20 << 20));
        assert_eq!(client.post("statements", &large).await.status.code, 413);
        let many = format!("[{}]", vec![one.as_str(); 6000].join(","));
        assert_eq!(client.post("statements", &many).await.status.code, 413);
        assert!(client.ids("").await.is_empty());
    }

    async fn addresses_and_methods(world: World) {
        let client = world.xapi().await;
        let a = agent("amel");
        let state = format!("activities/state?activityId=http%3A%2F%2Fexample.org%2Fa&{a}");
        for path in [
            "statements?foo=bar", "statements?StatementId=x", "statements?statementId=x", "statements?limit=-1",
            "statements?limit=x", "statements?since=yesterday", "statements?agent=x", "statements?agent=%7B%7D",
            "statements?verb=x", "statements?activity=x", "statements?registration=x", "statements?format=x",
            "statements?ascending=1", "statements?attachments=TRUE", "statements?verb=a:b&verb=a:b",
            "statements?statementId=6690e6c9-3ef0-4ed3-8b37-7f3964730bee&limit=1",
            "statements?statementId=6690e6c9-3ef0-4ed3-8b37-7f3964730bee&voidedStatementId=6690e6c9-3ef0-4ed3-8b37-7f3964730bee",
            "statements?more=x", "statements?more=x.y", "statements?Authorization=Basic%20x", "statements?agent=%ff%fe",
            "activities", "activities?activityId=x", "activities?foo=http://x", "agents", "agents?agent=x", "agents?agent=%7B%22mbox%22%3A1%7D",
            "activities/state", "activities/profile", "agents/profile", "nothing", "", "../admin", "statements/x",
            "activities/state?activityId=http%3A%2F%2Fexample.org%2Fa", &format!("{state}&stateId=%00"), &format!("{state}&stateId="),
            &format!("{state}&registration=x"), &format!("{state}&since=x"), &format!("{state}&foo=x"),
        ] {
            check(path, &client.get(path).await);
        }
        let long = format!("{state}&stateId={}", "x".repeat(10_000));
        check("a long id", &client.put(&long, "{}").await);
        for (method, path) in [
            (Method::Delete, "statements"), (Method::Patch, "statements"), (Method::Put, "about"), (Method::Post, "agents"),
            (Method::Delete, "activities"), (Method::Delete, "agents/profile"), (Method::Put, "statements"),
            (Method::Post, "statements?statementId=6690e6c9-3ef0-4ed3-8b37-7f3964730bee"), (Method::Delete, "activities/state"),
        ] {
            check(path, &send(client.request(method, path)).await);
        }
        let other = client.put("statements?statementId=6690e6c9-3ef0-4ed3-8b37-7f3964730bee",
            &json!({ "id": "6690e6c9-3ef0-4ed3-8b37-7f3964730bef", "actor": { "mbox": "mailto:a@b.tn" }, "verb": { "id": "http://v" }, "object": { "id": "http://a" } }).to_string()).await;
        check("another id", &other);
        let request = client.request(Method::Put, &format!("{state}&stateId=s")).header(Header::new("Content-Type", "nonsense")).body("x");
        check("no media type", &send(request).await);
    }
}
