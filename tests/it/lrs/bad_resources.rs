//! Malformed requests to every resource: parameters, headers, documents, attachments, the alternate
//! syntax, methods. Always a 4xx problem with its reason, nothing stored. A table of what is wrong
//! times the resources, methods and editions where it can be.

use rocket::http::{ContentType, Header, Method};
use serde_json::json;

use super::bad_input::check;
use super::{Client, encoded, statement};
use crate::harness::{both_engines, send};

const AGENT: &str = r#"{"mbox":"mailto:amel@example.org"}"#;
const ACTIVITY: &str = "http://example.org/a";
const REGISTRATION: &str = "ec531277-b57b-4c15-8d91-d292c5b2b8f7";
const EDITIONS: [&str; 2] = ["1.0.3", "2.0.0"];

/// A resource with parameters that are as they must be, and its methods.
struct Resource {
    path: &'static str,
    parameters: &'static [(&'static str, &'static str)],
    /// Those of them without which nothing is answered.
    required: &'static [&'static str],
    methods: &'static [Method],
}

const ALL: &[Resource] = &[
    Resource {
        path: "activities/state",
        parameters: &[
            ("activityId", ACTIVITY),
            ("agent", AGENT),
            ("registration", REGISTRATION),
            ("stateId", "s"),
        ],
        required: &["activityId", "agent"],
        methods: &[Method::Get, Method::Put, Method::Post, Method::Delete],
    },
    Resource {
        path: "activities/profile",
        parameters: &[("activityId", ACTIVITY), ("profileId", "p")],
        required: &["activityId"],
        methods: &[Method::Get, Method::Put, Method::Post, Method::Delete],
    },
    Resource {
        path: "agents/profile",
        parameters: &[("agent", AGENT), ("profileId", "p")],
        required: &["agent"],
        methods: &[Method::Get, Method::Put, Method::Post, Method::Delete],
    },
    Resource {
        path: "activities",
        parameters: &[("activityId", ACTIVITY)],
        required: &["activityId"],
        methods: &[Method::Get],
    },
    Resource {
        path: "agents",
        parameters: &[("agent", AGENT)],
        required: &["agent"],
        methods: &[Method::Get],
    },
    Resource {
        path: "statements",
        parameters: &[
            ("agent", AGENT),
            ("verb", "http://example.org/v"),
            ("activity", ACTIVITY),
            ("registration", REGISTRATION),
            ("related_activities", "true"),
            ("related_agents", "true"),
            ("since", "2026-01-01T00:00:00Z"),
            ("until", "2026-01-02T00:00:00Z"),
            ("limit", "5"),
            ("format", "ids"),
            ("attachments", "true"),
            ("ascending", "true"),
        ],
        required: &[],
        methods: &[Method::Get],
    },
    Resource {
        path: "about",
        parameters: &[],
        required: &[],
        methods: &[Method::Get],
    },
];

/// What a parameter of this name cannot be.
fn wrong(name: &str) -> Vec<String> {
    let long = "x".repeat(1001);
    let deep = format!("{}{}", "[".repeat(200), "]".repeat(200));
    let all: Vec<&str> = match name {
        "agent" => vec![
            "",
            " ",
            "x",
            "{",
            "{}",
            "[]",
            "null",
            "7",
            "\"a\"",
            r#"{"mbox":1}"#,
            r#"{"mbox":"amel@example.org"}"#,
            r#"{"mbox":"mailto:"}"#,
            r#"{"mbox_sha1sum":"x"}"#,
            r#"{"openid":"no scheme"}"#,
            r#"{"account":{}}"#,
            r#"{"account":{"name":"a"}}"#,
            r#"{"account":{"homePage":"x","name":"a"}}"#,
            r#"{"account":{"homePage":"http://x","name":7}}"#,
            r#"{"mbox":"mailto:a@b.tn","openid":"http://a.tn"}"#,
            r#"{"mbox":"mailto:a@b.tn","mbox":"mailto:c@d.tn"}"#,
            r#"{"objectType":"Person","mbox":"mailto:a@b.tn"}"#,
            r#"{"objectType":"Activity","id":"http://a"}"#,
            r#"{"mbox":"mailto:a@b.tn","name":7}"#,
            r#"{"mbox":"mailto:a@b.tn","age":7}"#,
            r#"{"mbox":"mailto:a@b.tn"}{}"#,
            deep.as_str(),
            "{\"mbox\":\"mailto:a@b.tn\",\"name\":\"\\u0000\"}",
        ],
        "activityId" | "verb" | "activity" => vec![
            "",
            " ",
            "x",
            "no scheme",
            "://",
            "http://a b",
            "7",
            "<script>",
            "\u{0}",
        ],
        "registration" | "statementId" | "voidedStatementId" => {
            vec![
                "",
                " ",
                "x",
                "7",
                "ec531277-b57b-4c15-8d91-d292c5b2b8f",
                "ec531277-b57b-4c15-8d91-d292c5b2b8f77",
                "gc531277-b57b-4c15-8d91-d292c5b2b8f7",
                "\u{0}",
            ]
        }
        "stateId" | "profileId" => vec!["", "\u{0}", "a\u{0}b", long.as_str()],
        "since" | "until" => vec![
            "",
            "x",
            "yesterday",
            "2026",
            "2026-13-01T00:00:00Z",
            "2026-02-30T00:00:00Z",
            "2026-01-01T25:00:00Z",
            "\u{0}",
        ],
        "limit" => vec!["", "-1", "x", "1.5", " 1", "0x5", "٥"],
        "format" => vec!["", "x", "IDS", "exact,ids"],
        _ => vec!["", "x", "TRUE", "1", "yes", "\u{0}"],
    };
    all.into_iter().map(str::to_owned).collect()
}

fn address(path: &str, parameters: &[(&str, &str)]) -> String {
    let query: Vec<String> = parameters
        .iter()
        .map(|(name, value)| format!("{name}={}", encoded(value)))
        .collect();
    format!("{path}?{}", query.join("&"))
}

/// Every address with one thing wrong in it.
fn addresses(resource: &Resource) -> Vec<String> {
    let good = resource.parameters;
    let mut all = Vec::new();
    for (place, (name, value)) in good.iter().enumerate() {
        for bad in wrong(name) {
            let mut parameters = good.to_vec();
            parameters[place].1 = &bad;
            all.push(address(resource.path, &parameters));
        }
        // Twice, and in other letters.
        let twice = [good, &[(*name, *value)]].concat();
        all.push(address(resource.path, &twice));
        let shouted = name.to_uppercase();
        let mut parameters = good.to_vec();
        parameters[place].0 = &shouted;
        all.push(address(resource.path, &parameters));
        if resource.required.contains(name) {
            let mut parameters = good.to_vec();
            parameters.remove(place);
            all.push(address(resource.path, &parameters));
        }
    }
    for stray in [
        ("foo", "bar"),
        ("__proto__", "x"),
        ("Authorization", "Basic eDp5"),
        ("access_token", "x"),
    ] {
        all.push(address(resource.path, &[good, &[stray]].concat()));
    }
    all
}

async fn asks(client: &Client<'_>, method: Method, path: &str) {
    let request = client.request(method, path).header(ContentType::JSON);
    let answer = send(request.body(r#"{"a":1}"#)).await;
    check(&format!("{method} {path:.300}"), &answer);
}

/// A multipart body of these parts: headers and content.
fn multipart(parts: &[(&str, &str)]) -> String {
    let mut body = String::new();
    for (headers, content) in parts {
        body.push_str(&format!("--b\r\n{headers}\r\n\r\n{content}\r\n"));
    }
    body + "--b--\r\n"
}

const SHA: &str = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";

/// Content types and bodies of statements whose attachments are not as announced.
fn attachments() -> Vec<(&'static str, String)> {
    let mut one = statement("amel", "did", "a");
    one["attachments"] = json!([{
        "usageType": "http://example.org/u", "display": { "fr": "x" }, "contentType": "text/plain", "length": 3, "sha2": SHA,
    }]);
    let mixed = "multipart/mixed; boundary=b";
    let text = one.to_string();
    let json = ("Content-Type: application/json", text.as_str());
    let head =
        |more: &str| format!("Content-Type: text/plain\r\nContent-Transfer-Encoding: binary{more}");
    let hashed = head(&format!("\r\nX-Experience-API-Hash: {SHA}"));
    let other = head(&format!(
        "\r\nX-Experience-API-Hash: {}",
        SHA.replace('b', "c")
    ));
    let unencoded = format!("Content-Type: text/plain\r\nX-Experience-API-Hash: {SHA}");
    let base64 = hashed.replace("binary", "base64");
    let data = (hashed.as_str(), "abc");
    let good = multipart(&[json, data]);
    let mut all: Vec<(&str, String)> = [
        // The statement alone announces data that nobody sends.
        multipart(&[json]),
        multipart(&[]),
        multipart(&[data]),
        multipart(&[data, json]),
        multipart(&[json, data, (other.as_str(), "abd")]),
        multipart(&[json, (hashed.as_str(), "abd")]),
        multipart(&[json, (hashed.as_str(), "")]),
        multipart(&[json, (other.as_str(), "abc")]),
        multipart(&[json, (head("").as_str(), "abc")]),
        multipart(&[json, (head("\r\nX-Experience-API-Hash: x").as_str(), "abc")]),
        multipart(&[json, (unencoded.as_str(), "abc")]),
        multipart(&[json, (base64.as_str(), "YWJj")]),
        multipart(&[("Content-Type: text/plain", text.as_str()), data]),
        multipart(&[("X-Nothing: x", text.as_str()), data]),
        multipart(&[("Content-Type: application/json", "{"), data]),
        multipart(&[("Content-Type: application/json", "7"), data]),
        multipart(&[("Content-Type: application/json", "[]"), data]),
        good.replace("--b--", "--b"),
        good.replace("--b\r\n", "--c\r\n"),
        good.replace("\r\n", " "),
        good[..good.len() / 2].to_owned(),
        String::new(),
        "--b--".to_owned(),
        "abc".to_owned(),
    ]
    .into_iter()
    .map(|body| (mixed, body))
    .collect();
    for kind in [
        "multipart/mixed",
        "multipart/mixed; boundary=",
        "multipart/mixed; boundary=c",
        "multipart/form-data; boundary=b",
        "multipart/related; boundary=b",
        "text/plain",
        "application/xml",
        "nonsense",
        "",
    ] {
        all.push((kind, good.clone()));
    }
    // JSON that announces data which JSON cannot carry.
    all.push(("application/json", text));
    all
}

both_engines! {
    async fn parameters_of_all_resources(world: World) {
        let mut asked = 0;
        for edition in EDITIONS {
            let client = world.xapi().await.speaking(edition);
            for resource in ALL {
                for path in addresses(resource) {
                    for method in resource.methods {
                        asks(&client, *method, &path).await;
                        asked += 1;
                    }
                }
            }
            for id in ["statementId", "voidedStatementId"] {
                for bad in wrong(id) {
                    for method in [Method::Get, Method::Put] {
                        asks(&client, method, &address("statements", &[(id, &bad)])).await;
                        asked += 1;
                    }
                }
                for (other, value) in ALL[5].parameters.iter().filter(|(name, _)| !["format", "attachments"].contains(name)) {
                    asks(&client, Method::Get, &address("statements", &[(id, REGISTRATION), (other, value)])).await;
                    asked += 1;
                }
            }
        }
        assert!(asked >= 1000, "{asked}");
        assert_eq!(halqa::db::testing::count_records(&world.app.db).await, 0);
    }

    async fn headers_of_all_resources(world: World) {
        let client = world.xapi().await;
        let mut asked = 0;
        let basic = |pair: &str| {
            use base64::Engine as _;
            format!("Basic {}", base64::engine::general_purpose::STANDARD.encode(pair))
        };
        let long = format!("Basic {}", "a".repeat(10_000));
        for resource in ALL.iter().filter(|resource| resource.path != "about") {
            let path = address(resource.path, resource.parameters);
            for method in resource.methods {
                for version in ["", " ", "x", "0.95", "1.1.0", "3.0.0", "1.0.3;2.0.0", "-1", "1.0.3.4"] {
                    let request = world.request(*method, &format!("/xapi/{path}")).header(ContentType::JSON);
                    let request = request.header(Header::new("Authorization", client.authorization.clone()));
                    let answer = send(request.header(Header::new("X-Experience-API-Version", version)).body("{}")).await;
                    check(&format!("{version:?} {method} {path}"), &answer);
                    asked += 1;
                }
                for proof in ["", "x", "Basic", "Basic x", "Basic !!!!", "Bearer x", "Digest x", basic("nobody:nothing").as_str(), basic("nobody").as_str(), basic(":").as_str(), long.as_str()] {
                    let request = world.request(*method, &format!("/xapi/{path}")).header(ContentType::JSON);
                    let request = request.header(Header::new("X-Experience-API-Version", "1.0.3"));
                    let answer = send(request.header(Header::new("Authorization", proof.to_owned())).body("{}")).await;
                    check(&format!("{proof:.40} {method} {path}"), &answer);
                    assert_eq!(answer.status.code, 401, "{proof:.40}");
                    asked += 1;
                }
            }
            for method in [Method::Get, Method::Put, Method::Post, Method::Delete, Method::Patch].iter().filter(|m| !resource.methods.contains(m) && resource.path != "statements") {
                let answer = send(client.request(*method, &path).header(ContentType::JSON).body("{}")).await;
                check(&format!("{method} {path}"), &answer);
                asked += 1;
            }
        }
        assert!(asked >= 250, "{asked}");
        assert_eq!(halqa::db::testing::count_records(&world.app.db).await, 0);
    }

    async fn documents_that_are_not_taken(world: World) {
        let mut asked = 0;
        for edition in EDITIONS {
            let client = world.xapi().await.speaking(edition);
            for resource in &ALL[..3] {
                let path = address(resource.path, resource.parameters);
                // Preconditions that what is not there cannot meet.
                for (name, value) in [("If-Match", "\"0\""), ("If-Match", "*"), ("If-Match", "x")] {
                    for method in [Method::Put, Method::Post, Method::Delete] {
                        let request = client.request(method, &path).header(ContentType::JSON).header(Header::new(name, value));
                        check(&format!("{method} {name}: {value} {path}"), &send(request.body("{}")).await);
                        asked += 1;
                    }
                }
                for method in [Method::Put, Method::Post] {
                    for kind in ["nonsense", "a/b/c", "/", "text/", "/plain", " ", "text plain"] {
                        let request = client.request(method, &path).header(Header::new("Content-Type", kind)).header(Header::new("If-None-Match", "*"));
                        check(&format!("{method} {kind:?} {path}"), &send(request.body("x")).await);
                        asked += 1;
                    }
                }
                // JSON that is none, and what cannot be merged; PUT keeps bytes as they come.
                for body in ["", "{", "{\"a\":1}}", "{\"a\":}", "\u{feff}{}", "{\"a\":\"\\ud800\"}", "{\"a\":1,\"a\":2}", "[]", "7", "null", "\"x\"", "true"] {
                    let answer = client.post(&path, body).await;
                    check(&format!("POST {body} {path}"), &answer);
                    asked += 1;
                }
                let large = client.put(&path, &format!("\"{}\"", "x".repeat(9 << 20))).await;
                check("a large document", &large);
            }
        }
        assert!(asked >= 200, "{asked}");
        assert_eq!(halqa::db::testing::count_records(&world.app.db).await, 0);
    }

    async fn attachments_that_are_not_as_announced(world: World) {
        let mut asked = 0;
        for edition in EDITIONS {
            let client = world.xapi().await.speaking(edition);
            for (kind, body) in attachments() {
                for (method, path) in [(Method::Post, "statements"), (Method::Put, "statements?statementId=6690e6c9-3ef0-4ed3-8b37-7f3964730bee")] {
                    let request = client.request(method, path).header(Header::new("Content-Type", kind));
                    check(&format!("{method} {kind:?} {body:.400}"), &send(request.body(&body)).await);
                    asked += 1;
                }
            }
        }
        assert!(asked >= 100, "{asked}");
        assert_eq!(halqa::db::testing::count_records(&world.app.db).await, 0);
    }

    async fn requests_within_requests(world: World) {
        let client = world.xapi().await;
        let mut asked = 0;
        for resource in ALL.iter().filter(|resource| resource.path != "about") {
            let inside = address("", resource.parameters);
            let inside = inside.trim_start_matches('?');
            let forms = [
                ("method=TRACE", inside.to_owned()),
                ("method=PATCH", format!("{inside}&content={{}}")),
                ("method=get", inside.to_owned()),
                ("method=", inside.to_owned()),
                ("method=GET&method=GET", inside.to_owned()),
                ("method=GET&limit=1", inside.to_owned()),
                ("method=GET", format!("{inside}&content={{}}")),
                ("method=DELETE", format!("{inside}&content={{}}")),
                ("method=PUT", inside.to_owned()),
                ("method=PUT", format!("{inside}&content={{}}&content={{}}")),
                ("method=POST", format!("{inside}&content={{}}&Content-Length=7")),
                ("method=POST", format!("{inside}&content={{}}&Content-Length=x")),
                ("method=GET", format!("{inside}&Authorization=Basic%20x")),
                ("method=GET", format!("{inside}&Authorization=Basic%20x%0d%0aX-Other:%20y")),
                ("method=GET", format!("{inside}&X-Experience-API-Version=3.0.0")),
                ("method=GET", format!("{inside}&X-Experience-API-Version=1.0.3&X-Experience-API-Version=1.0.3")),
                ("method=GET", format!("{inside}&If-Match=a%00b")),
                ("method=GET", format!("{inside}&method=GET")),
                ("method=GET", format!("{inside}&foo=bar")),
            ];
            for (query, body) in forms {
                let request = client.request(Method::Post, &format!("{}?{query}", resource.path)).header(ContentType::Form);
                check(&format!("{}?{query} {body:.300}", resource.path), &send(request.body(&body)).await);
                asked += 1;
            }
            // 2.0 knows no such syntax.
            let request = world.xapi().await.speaking("2.0.0").request(Method::Post, &format!("{}?method=GET", resource.path)).header(ContentType::Form);
            check("2.0", &send(request.body(inside)).await);
            asked += 1;
        }
        for path in ["cmi5/fetch/x", "cmi5/fetch/", "cmi5", "statements/more", "activities/state/x", "agents/profile/", "agents/x", "%2e%2e/admin", "a/../../b", "\u{e9}"] {
            for method in [Method::Get, Method::Put, Method::Delete, Method::Patch] {
                check(&format!("{method} {path}"), &send(client.request(method, &path.replace('é', "%C3%A9"))).await);
                asked += 1;
            }
        }
        assert!(asked >= 150, "{asked}");
        assert_eq!(halqa::db::testing::count_records(&world.app.db).await, 0);
    }
}
