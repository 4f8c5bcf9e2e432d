//! Statements on their way to another store: in order, each once, whatever happens there.

use std::sync::{Arc, Mutex};

use halqa::accounts::Grant;
use halqa::jobs;
use halqa::lrs::forward::{self, NewTarget};
use serde_json::{Value, json};

use super::statement;
use crate::harness::{As, World, both_engines, send};
use crate::lti::server::{Asked, Reply, Server};

/// What the other store has, and how it answers next.
#[derive(Default)]
struct Other {
    statements: Vec<Value>,
    /// Each request takes one; none left: all is well.
    moods: Vec<&'static str>,
}

async fn other() -> (Server, Arc<Mutex<Other>>) {
    let other = Arc::new(Mutex::new(Other::default()));
    let state = other.clone();
    let server =
        Server::start(move |asked| answer(&mut state.lock().expect("a lock"), asked)).await;
    (server, other)
}

fn answer(other: &mut Other, asked: &Asked) -> Reply {
    if asked.method == "GET" {
        let found = other
            .statements
            .iter()
            .find(|s| asked.path.contains(s["id"].as_str().unwrap_or("?")));
        return found.map_or(Reply::status(404), Reply::json);
    }
    let mood = if other.moods.is_empty() {
        "well"
    } else {
        other.moods.remove(0)
    };
    match mood {
        "down" => return Reply::status(503),
        "cut" => {
            return Reply {
                cut: true,
                ..Reply::default()
            };
        }
        "refuses" => return Reply::status(400),
        _ => {}
    }
    let text = asked
        .body
        .split("\r\n\r\n")
        .find(|part| part.starts_with(['{', '[']))
        .unwrap_or(&asked.body);
    let text = text.split("\r\n--").next().unwrap_or_default();
    let body: Value = serde_json::from_str(text).expect("JSON");
    let all = body.as_array().cloned().unwrap_or_else(|| vec![body]);
    for one in &all {
        assert!(one.get("stored").is_none() && one.get("authority").is_none());
        if other
            .statements
            .iter()
            .any(|known| known["id"] == one["id"])
        {
            return Reply::status(409);
        }
    }
    other.statements.extend(all);
    if mood == "silent" {
        Reply {
            cut: true,
            ..Reply::default()
        }
    } else {
        Reply::json(&json!([]))
    }
}

async fn target(
    world: &World,
    url: &str,
    from_the_start: bool,
    query: Option<uuid::Uuid>,
) -> uuid::Uuid {
    let new = NewTarget {
        name: "Autre registre".into(),
        url: format!("{url}/xapi"),
        user: "u".into(),
        password: "geheim-42".into(),
        version: "1.0.3".into(),
        query,
        from_the_start,
    };
    forward::add(&world.app, None, new).await.expect("a target")
}

async fn work(world: &World) {
    let handlers = halqa::handlers();
    jobs::run_due(&world.app, &handlers).await.expect("work");
}

fn objects(other: &Mutex<Other>) -> Vec<String> {
    let other = other.lock().expect("a lock");
    other
        .statements
        .iter()
        .map(|s| {
            s["object"]["id"]
                .as_str()
                .unwrap_or_default()
                .trim_start_matches("http://example.org/")
                .to_owned()
        })
        .collect()
}

both_engines! {
    async fn in_order_and_once_whatever_happens_there(world: World) {
        let (server, other) = other().await;
        let host = server.url.trim_start_matches("http://").to_owned();
        let world = world.configured(|config| config.outbound_allow = vec![host]).await;
        let client = world.xapi().await;
        client.store(&statement("amel", "did", "before")).await;
        target(&world, &server.url, false, None).await;
        work(&world).await;
        assert!(objects(&other).is_empty(), "what was there before stays here");
        let mut expected = Vec::new();
        // Down, cut, silent after it has taken them: nothing is lost, nothing comes twice.
        for (round, moods) in [vec![], vec!["down"], vec!["cut"], vec!["silent"], vec!["silent", "well"], vec!["down", "down", "silent"]].into_iter().enumerate() {
            other.lock().expect("a lock").moods = moods;
            let all: Vec<Value> = (0..7).map(|n| statement("amel", "did", &format!("{round}-{n}"))).collect();
            expected.extend((0..7).map(|n| format!("{round}-{n}")));
            client.store(&json!(all)).await;
            for _ in 0..6 {
                work(&world).await;
                world.clock.advance_seconds(3600);
            }
            assert_eq!(objects(&other), expected, "round {round}");
        }
        let (waiting, failed) = jobs::counts(&world.app).await.expect("asked");
        assert_eq!((waiting, failed), (0, 0));
        let asked = server.asked.lock().expect("a lock");
        assert!(asked.iter().all(|a| a.headers["authorization"].starts_with("Basic ") && a.headers["x-experience-api-version"] == "1.0.3"));
    }

    async fn from_the_start_filtered_and_more_than_a_round(world: World) {
        let (server, other) = other().await;
        let host = server.url.trim_start_matches("http://").to_owned();
        let world = world.configured(|config| config.outbound_allow = vec![host]).await;
        let admin = world.person("admin@example.org").await;
        let client = world.xapi().await;
        let all: Vec<Value> = (0..2300).map(|n| statement("amel", if n % 2 == 0 { "did" } else { "saw" }, &n.to_string())).collect();
        client.store(&json!(all)).await;
        let query = halqa::lrs::keep_query(&world.app, admin, "Did", "verb=http%3A%2F%2Fexample.org%2Fverbs%2Fdid").await.expect("kept");
        target(&world, &server.url, true, Some(query)).await;
        work(&world).await;
        let evens: Vec<String> = (0..2300).step_by(2).map(|n| n.to_string()).collect();
        assert_eq!(objects(&other), evens);
    }

    async fn one_that_is_refused_holds_nothing_up(world: World) {
        let (server, other) = other().await;
        let host = server.url.trim_start_matches("http://").to_owned();
        let world = world.configured(|config| config.outbound_allow = vec![host]).await;
        let admin = world.signed_in_as("admin@example.org", Some(Grant::Admin)).await;
        target(&world, &server.url, false, None).await;
        let client = world.xapi().await;
        // The batch is refused, then the first of them alone.
        other.lock().expect("a lock").moods = vec!["refuses", "refuses"];
        client.store(&json!([statement("amel", "did", "bad"), statement("amel", "did", "good")])).await;
        work(&world).await;
        assert_eq!(objects(&other), ["good"]);
        let page = send(world.get("/en/admin/xapi/forwarding").by(&admin)).await;
        assert_eq!(page.status.code, 200, "{}", page.text);
        assert!(page.text.contains("1 statement refused") || page.text.contains("statement refused"));
        assert!(!page.text.contains("geheim"));
        // Another statement of the same id there: refused too, the rest goes on.
        let mut stolen = statement("amel", "did", "mine");
        stolen["id"] = json!("6690e6c9-3ef0-4ed3-8b37-7f3964730bee");
        let mut theirs = stolen.clone();
        theirs["object"]["id"] = json!("http://example.org/theirs");
        other.lock().expect("a lock").statements.push(theirs);
        client.store(&json!([stolen, statement("amel", "did", "after")])).await;
        work(&world).await;
        assert_eq!(objects(&other), ["good", "theirs", "after"]);
    }

    async fn data_goes_along(world: World) {
        let (server, other) = other().await;
        let host = server.url.trim_start_matches("http://").to_owned();
        let world = world.configured(|config| config.outbound_allow = vec![host]).await;
        target(&world, &server.url, false, None).await;
        let client = world.xapi().await;
        let sha2 = "2c26b46b68ffc68ff99b453c1d30413413422d706483bfa0f98a5e886266e7ae";
        let mut one = statement("amel", "did", "data");
        one["attachments"] = json!([{ "usageType": "http://example.org/file", "display": { "en": "f" }, "contentType": "text/plain", "length": 3, "sha2": sha2 }]);
        let body = format!("--b\r\nContent-Type: application/json\r\n\r\n{one}\r\n--b\r\nContent-Type: text/plain\r\nContent-Transfer-Encoding: binary\r\nX-Experience-API-Hash: {sha2}\r\n\r\nfoo\r\n--b--\r\n");
        let request = client.request(rocket::http::Method::Post, "statements")
            .header(rocket::http::ContentType::new("multipart", "mixed").with_params(("boundary", "b"))).body(body);
        assert_eq!(send(request).await.status.code, 200);
        client.store(&statement("amel", "did", "plain")).await;
        work(&world).await;
        assert_eq!(objects(&other), ["data", "plain"]);
        let asked = server.asked.lock().expect("a lock");
        assert!(asked[0].headers["content-type"].starts_with("multipart/mixed") && asked[0].body.contains(sha2));
    }

    async fn no_private_address_and_the_operators_buttons(world: World) {
        let (server, other) = other().await;
        let admin = world.signed_in_as("admin@example.org", Some(Grant::Admin)).await;
        let id = target(&world, &server.url, false, None).await;
        world.xapi().await.store(&statement("amel", "did", "a")).await;
        work(&world).await;
        assert!(objects(&other).is_empty() && server.asked.lock().expect("a lock").is_empty());
        let page = send(world.get("/en/admin/xapi/forwarding").by(&admin)).await.text;
        assert!(page.contains("not one that is called") && page.contains("/retry"), "{page}");
        let path = |verb: &str| format!("/en/admin/xapi/forwarding/{id}/{verb}");
        assert_eq!(send(world.form(&path("retry"), &[]).by(&admin)).await.status.code, 303);
        assert_eq!(send(world.form(&path("remove"), &[]).by(&admin)).await.status.code, 404, "on");
        assert_eq!(send(world.form(&path("switch"), &[]).by(&admin)).await.status.code, 303);
        work(&world).await;
        assert_eq!(send(world.form(&path("remove"), &[]).by(&admin)).await.status.code, 303);
        assert_eq!(send(world.form(&path("retry"), &[]).by(&admin)).await.status.code, 404);
        let form = |url: &'static str| vec![("name", "x"), ("url", url), ("user", "u"), ("password", "p"), ("version", "2.0.0"), ("query", ""), ("from", "now")];
        assert_eq!(send(world.form("/en/admin/xapi/forwarding", &form("ftp://x/")).by(&admin)).await.status.code, 422);
        assert_eq!(send(world.form("/en/admin/xapi/forwarding", &form("https://lrs.example/xapi")).by(&admin)).await.status.code, 303);
    }
}
