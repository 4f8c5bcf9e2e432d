//! Who may: credentials, scopes, editions, other origins, the administrators' page.

use rocket::http::{Header, Method};
use serde_json::json;

use super::{agent, statement};
use crate::harness::{As, both_engines, send};
use halqa::accounts::Grant;
use halqa::lrs::credentials::{self, New};

both_engines! {
    async fn without_a_credential_nothing_but_about(world: World) {
        let about = send(world.get("/xapi/about")).await;
        assert_eq!(about.status.code, 200);
        assert!(about.json()["version"].as_array().unwrap().contains(&json!("1.0.3")));
        let get = |authorization: Option<&str>| {
            let mut request = world.get("/xapi/statements").header(Header::new("X-Experience-API-Version", "1.0.3"));
            if let Some(value) = authorization {
                request = request.header(Header::new("Authorization", value.to_owned()));
            }
            request
        };
        for bad in [None, Some("Basic"), Some("Basic !!!"), Some("Basic YTpi"), Some("Bearer x"), Some("Digest x"), Some("Basic AA==")] {
            let answer = send(get(bad)).await;
            assert_eq!(answer.status.code, 401, "{bad:?}");
            assert!(answer.headers["www-authenticate"].starts_with("Basic"));
        }
        let made = credentials::add(&world.app, None, New { name: "t".into(), ..New::default() }).await.unwrap();
        assert_eq!(send(get(Some(&format!("Bearer {}", made.password)))).await.status.code, 200);
        assert_eq!(send(get(Some(&format!("Bearer {}", made.user)))).await.status.code, 401);
    }

    async fn a_revoked_credential_is_worth_nothing(world: World) {
        let client = world.xapi().await;
        assert_eq!(client.get("statements").await.status.code, 200);
        let staff = world.person("admin@example.org").await;
        let id = credentials::list(&world.app).await.unwrap()[0].id;
        assert!(credentials::revoke(&world.app, staff, id).await.unwrap());
        assert!(!credentials::revoke(&world.app, staff, id).await.unwrap());
        assert_eq!(client.get("statements").await.status.code, 401);
    }

    async fn scopes(world: World) {
        let one = statement("amel", "did", "a").to_string();
        let state = format!("activities/state?activityId=http%3A%2F%2Fexample.org%2Fa&{}&stateId=s", agent("amel"));
        let profile = format!("agents/profile?{}&profileId=p", agent("amel"));
        for (scope, write, read, put_state, get_state, put_profile) in [
            ("all", 200, 200, 204, 200, 204),
            ("all/read", 403, 200, 403, 200, 403),
            ("statements/write", 200, 403, 403, 403, 403),
            ("statements/read", 403, 200, 403, 403, 403),
            ("statements/read/mine", 403, 200, 403, 403, 403),
            ("state", 403, 403, 204, 200, 403),
            ("profile", 403, 403, 403, 403, 204),
        ] {
            let client = world.xapi_with(&[scope], None).await;
            let path = format!("{profile}{}", scope.len());
            assert_eq!(client.post("statements", &one).await.status.code, write, "{scope}");
            assert_eq!(client.get("statements").await.status.code, read, "{scope}");
            assert_eq!(client.put(&state, "{}").await.status.code, put_state, "{scope}");
            assert_eq!(client.get(&state).await.status.code, get_state, "{scope}");
            assert_eq!(client.post(&path, "{}").await.status.code, put_profile, "{scope}");
        }
        let mine = world.xapi_with(&["statements/write", "statements/read/mine"], None).await;
        assert!(mine.ids("").await.is_empty());
        let own = mine.store(&statement("amel", "did", "a")).await;
        assert_eq!(mine.ids("").await, own);
        assert_eq!(mine.ids(&agent("amel")).await, own);
        let all = world.xapi().await;
        let others = all.store(&statement("sami", "did", "a")).await.remove(0);
        assert_eq!(mine.get(&format!("statements?statementId={others}")).await.status.code, 404);
    }

    async fn editions(world: World) {
        let client = world.xapi().await;
        for (version, code, spoken) in [
            ("1.0", 200, "1.0.3"), ("1.0.1", 200, "1.0.3"), ("2.0", 200, "2.0.0"), ("2.0.0", 200, "2.0.0"),
            ("1.1", 400, "2.0.0"), ("2.1.0", 400, "2.0.0"), ("0.95", 400, "2.0.0"), ("x", 400, "2.0.0"),
        ] {
            let client = world.xapi().await.speaking(version);
            let answer = client.get("statements").await;
            assert_eq!((answer.status.code, answer.headers["x-experience-api-version"].as_str()), (code, spoken), "{version}");
        }
        let request = world.get("/xapi/statements").header(Header::new("Authorization", client.authorization.clone()));
        let answer = send(request).await;
        assert_eq!((answer.status.code, answer.headers["x-experience-api-version"].as_str()), (400, "1.0.3"));
        let mut new = statement("amel", "did", "a");
        new["version"] = json!("2.0.0");
        assert_eq!(client.post("statements", &new.to_string()).await.status.code, 400);
        let client = client.speaking("2.0.0");
        assert_eq!(client.post("statements", &new.to_string()).await.status.code, 200);
        assert_eq!(client.get("statements").await.headers["x-experience-api-version"], "2.0.0");
        let client = client.speaking("3.0.0");
        assert_eq!(client.get("statements").await.code(), "xapi-version");
    }

    async fn the_alternate_syntax_passes_the_same_checks(world: World) {
        let client = world.xapi().await;
        let form = |query: &str, fields: &[(&str, &str)]| {
            let body = url::form_urlencoded::Serializer::new(String::new()).extend_pairs(fields).finish();
            world.request(Method::Post, &format!("/xapi/statements?{query}"))
                .header(rocket::http::ContentType::Form).body(body)
        };
        let authorization = client.authorization.clone();
        let auth = ("Authorization", authorization.as_str());
        let version = ("X-Experience-API-Version", "1.0.3");
        let one = statement("amel", "did", "a").to_string();
        let id = ("statementId", "6690e6c9-3ef0-4ed3-8b37-7f3964730bee");
        assert_eq!(send(form("method=PUT", &[auth, version, id, ("content", &one), ("Content-Type", "application/json")])).await.status.code, 204);
        let read = send(form("method=GET", &[auth, version, id])).await;
        assert_eq!((read.status.code, read.json()["id"].as_str().unwrap()), (200, id.1));
        for (query, fields, code) in [
            ("method=PUT", vec![version, id, ("content", one.as_str())], 401),
            ("method=PUT", vec![("Authorization", "Basic YTpi"), version, id, ("content", &one)], 401),
            ("method=PUT&statementId=6690e6c9-3ef0-4ed3-8b37-7f3964730bee", vec![auth, version, ("content", one.as_str())], 400),
            ("method=PUT", vec![auth, version, id], 400),
            ("method=TRACE", vec![auth, version], 400),
            ("method=put", vec![auth, version, id, ("content", &one)], 400),
            ("method=POST", vec![auth, version, ("content", &one), ("content", &one)], 400),
            ("method=GET", vec![auth, version, ("foo", "bar")], 400),
            ("method=GET", vec![auth, version, ("If-Match", "a\r\nX: y")], 400),
            ("method=GET", vec![auth, auth, version], 400),
            ("method=GET", vec![auth, ("X-Experience-API-Version", "2.0.0")], 400),
            ("method=GET", vec![auth, id], 400),
        ] {
            assert_eq!(send(form(query, &fields)).await.status.code, code, "{query} {fields:?}");
        }
        let put = client.request(Method::Put, "statements?method=GET").body("");
        assert_eq!(send(put).await.status.code, 400);
    }

    async fn browsers_of_known_origins_only(world: World) {
        let content = "http://0123456789abcdef0123456789abcdef.content.localhost:8000";
        let preflight = |origin: &str| world.request(Method::Options, "/xapi/statements")
            .header(Header::new("Origin", origin.to_owned()))
            .header(Header::new("Access-Control-Request-Method", "POST"));
        let answer = send(preflight(content)).await;
        assert_eq!((answer.status.code, answer.headers["access-control-allow-origin"].as_str()), (204, content));
        assert!(answer.headers["access-control-allow-headers"].contains("X-Experience-API-Version"));
        assert!(!answer.headers.contains_key("access-control-allow-credentials"));
        for unknown in ["http://evil.example", "null", "http://x.content.localhost:8000", "https://localhost:8000"] {
            let answer = send(preflight(unknown)).await;
            assert!(!answer.headers.contains_key("access-control-allow-origin"), "{unknown}");
        }
        let client = world.xapi().await;
        let request = client.request(Method::Get, "statements").header(Header::new("Origin", content));
        let answer = send(request).await;
        assert_eq!(answer.headers["access-control-allow-origin"], content);
        assert!(answer.headers["access-control-expose-headers"].contains("Consistent-Through"));
    }

    async fn administrators_make_and_revoke_them(world: World) {
        let admin = world.signed_in_as("admin@example.org", Some(Grant::Admin)).await;
        let page = send(world.get("/fr/admin/xapi").by(&admin)).await;
        assert_eq!(page.status.code, 200, "{}", page.text);
        assert!(page.text.contains("http://localhost:8000/xapi/"));
        let fields = [("name", "Atelier"), ("scope", "statements/write"), ("version", "2.0.0")];
        let made = send(world.form("/fr/admin/xapi", &fields).by(&admin)).await;
        assert_eq!(made.status.code, 200, "{}", made.text);
        let listed = credentials::list(&world.app).await.unwrap().remove(0);
        assert_eq!((listed.name.as_str(), listed.version.as_str()), ("Atelier", "2.0.0"));
        assert!(made.text.contains(&listed.user));
        let none = send(world.form("/fr/admin/xapi", &[("name", "x")]).by(&admin)).await;
        assert_eq!(none.status.code, 422);
        let revoked = send(world.form(&format!("/fr/admin/xapi/{}/revoke", listed.id), &[]).by(&admin)).await;
        assert_eq!(revoked.status.code, 303);
        assert!(credentials::list(&world.app).await.unwrap()[0].revoked_at.is_some());
        let learner = world.signed_in_as("learner@example.org", None).await;
        assert_eq!(send(world.get("/fr/admin/xapi").by(&learner)).await.status.code, 403);
    }
}
