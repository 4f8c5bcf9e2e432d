//! The API is as `/api/v1/openapi.json` says, and the other way round. Every answer that any test
//! gets of the API is held against it as well (`harness::send`).

use std::collections::{BTreeMap, BTreeSet};

use halqa::accounts::api_key::SCOPES;
use rocket::http::{ContentType, Method, Status};
use serde_json::{Value, json};

use crate::harness::openapi::{DOCUMENT, check, resolved};
use crate::harness::{As, both_engines, send};

/// Method, path, and the parameters by where they stand.
type Described = BTreeMap<(String, String), BTreeSet<String>>;

fn described() -> Described {
    let mut found = Described::new();
    for (path, methods) in DOCUMENT["paths"].as_object().expect("paths") {
        for (method, operation) in methods.as_object().expect("methods") {
            let parameters = operation["parameters"].as_array().into_iter().flatten();
            let parameters = parameters
                .map(|one| {
                    format!(
                        "{} {}",
                        one["in"].as_str().expect("in"),
                        one["name"].as_str().expect("name")
                    )
                })
                .collect();
            found.insert((method.to_uppercase(), path.clone()), parameters);
        }
    }
    found
}

fn mounted() -> Described {
    let names = |text: &str, place: &str| -> Vec<String> {
        text.split('<')
            .skip(1)
            .filter_map(|rest| rest.split_once('>'))
            .map(|(name, _)| format!("{place} {name}"))
            .collect()
    };
    halqa::routes()
        .into_iter()
        .filter(|route| route.uri.path().starts_with("/api/v1"))
        .map(|route| {
            let uri = route.uri.to_string();
            let (path, query) = uri.split_once('?').unwrap_or((&uri, ""));
            let mut parameters: BTreeSet<String> = names(path, "path").into_iter().collect();
            parameters.extend(names(query, "query"));
            let path = path.replace('<', "{").replace('>', "}");
            ((route.method.to_string(), path), parameters)
        })
        .collect()
}

#[test]
fn every_route_stands_in_the_description_and_nothing_else() {
    let (described, mounted) = (described(), mounted());
    let mut wrong = Vec::new();
    for (route, parameters) in &mounted {
        match described.get(route) {
            None => wrong.push(format!("{route:?} is not described")),
            Some(known) if known != parameters => {
                wrong.push(format!(
                    "{route:?}: {known:?} is described, {parameters:?} is so"
                ));
            }
            Some(_) => {}
        }
    }
    wrong.extend(
        described
            .keys()
            .filter(|route| !mounted.contains_key(*route))
            .map(|route| format!("{route:?} is not there")),
    );
    assert!(wrong.is_empty(), "\n{}", wrong.join("\n"));
}

fn walk(value: &Value, at: &str, see: &mut impl FnMut(&Value, &str)) {
    see(value, at);
    match value {
        Value::Object(members) => members
            .iter()
            .for_each(|(name, part)| walk(part, &format!("{at}/{name}"), see)),
        Value::Array(items) => items
            .iter()
            .enumerate()
            .for_each(|(n, part)| walk(part, &format!("{at}/{n}"), see)),
        _ => {}
    }
}

#[test]
fn references_lead_somewhere_and_examples_are_what_they_show() {
    let mut used = BTreeSet::new();
    let mut examples = 0;
    walk(&DOCUMENT, "", &mut |value, at| {
        if let Some(name) = value["$ref"].as_str() {
            resolved(value);
            used.insert(name.to_owned());
        }
        if let Some(example) = value.get("example") {
            examples += 1;
            check(&value["schema"], example, at).expect("the example");
        }
    });
    assert!(examples >= 4);
    for part in ["schemas", "responses"] {
        for name in DOCUMENT["components"][part]
            .as_object()
            .expect("components")
            .keys()
        {
            assert!(
                used.contains(&format!("#/components/{part}/{name}")),
                "{name} is never used"
            );
        }
    }
}

#[test]
fn an_answer_that_is_not_as_described_is_seen() {
    let schema = json!({ "$ref": "#/components/schemas/Sums" });
    let right =
        json!({ "started": 1, "completed": 1, "passed": 0, "progress": 0.5, "seconds": 3.25 });
    assert_eq!(check(&schema, &right, ""), Ok(()));
    for (member, wrong) in [
        ("started", json!("1")),
        ("started", json!(1.5)),
        ("progress", json!(2)),
        ("passed", Value::Null),
    ] {
        let mut body = right.clone();
        body[member] = wrong;
        assert!(check(&schema, &body, "").is_err(), "{body}");
    }
}

both_engines! {
    async fn anybody_may_read_the_description(world: World) {
        let answer = send(world.get("/api/v1/openapi.json")).await;
        assert_eq!(answer.status, Status::Ok);
        let document = answer.json();
        assert_eq!(document, *DOCUMENT);
        assert!(document["openapi"].as_str().expect("a version").starts_with("3.1"));
        let page = send(world.get("/fr/api")).await;
        assert_eq!(page.status, Status::Ok);
        for (_, path) in described().keys() {
            assert!(page.text.contains(path.as_str()), "{path}");
        }
    }

    async fn a_token_opens_what_its_scope_is_described_to_open(world: World) {
        let id = "0196b8a0-5c1e-7000-8000-0000000000a1";
        let mut tokens = Vec::new();
        for scope in SCOPES {
            tokens.push((scope, world.token(&[scope]).await));
        }
        for (method, path) in described().into_keys() {
            let operation = &DOCUMENT["paths"][&path][method.to_lowercase()];
            let Some(needed) = operation["security"][0]["token"][0].as_str() else {
                continue;
            };
            let filled: Vec<&str> = path.split('/').map(|part| if part.starts_with('{') { id } else { part }).collect();
            let filled = filled.join("/");
            let method: Method = method.parse().expect("a method");
            let request = || {
                let body = operation["requestBody"]["content"].as_object();
                let request = world.request(method, &filled);
                match body.and_then(|kinds| kinds.keys().next()) {
                    Some(kind) => request.header(ContentType::parse_flexible(kind).expect("a type")).body("{}"),
                    None => request,
                }
            };
            for (scope, token) in &tokens {
                let answer = send(request().bearer(token)).await;
                let open = [needed, "all"].contains(scope);
                assert_eq!(answer.status == Status::Forbidden, !open, "{method} {path} with {scope}: {}", answer.status);
                if !open {
                    assert_eq!(answer.json()["scope"], needed, "{method} {path}");
                }
            }
            assert_eq!(send(request()).await.status, Status::Unauthorized, "{method} {path}");
        }
    }
}
