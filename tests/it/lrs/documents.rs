//! State and profile documents.

use rocket::http::{ContentType, Header, Method};

use super::{Client, agent, encoded};
use crate::harness::{Answer, both_engines, send};

async fn with(
    client: &Client<'_>,
    method: Method,
    path: &str,
    header: Option<(&'static str, &str)>,
    body: &str,
) -> Answer {
    let mut request = client
        .request(method, path)
        .header(ContentType::JSON)
        .body(body);
    if let Some((name, value)) = header {
        request = request.header(Header::new(name, value.to_owned()));
    }
    send(request).await
}

both_engines! {
    async fn profiles_are_never_written_over_unseen(world: World) {
        let client = world.xapi().await;
        let path = format!("agents/profile?{}&profileId=p", agent("amel"));
        let put = |header, body| with(&client, Method::Put, &path, header, body);
        // XAPI-00273: in 1.0.3 a demand is always needed.
        assert_eq!(put(None, r#"{"a":1}"#).await.status.code, 400);
        assert_eq!(put(Some(("If-None-Match", "*")), r#"{"a":1}"#).await.status.code, 204);
        assert_eq!(put(None, r#"{"a":2}"#).await.status.code, 409);
        assert_eq!(put(Some(("If-None-Match", "*")), r#"{"a":2}"#).await.status.code, 412);
        assert_eq!(put(Some(("If-Match", "\"stale\"")), r#"{"a":2}"#).await.status.code, 412);
        let read = client.get(&path).await;
        assert_eq!(read.text, r#"{"a":1}"#);
        let tag = read.headers["etag"].clone();
        assert_eq!(tag.len(), 42, "{tag}");
        assert_eq!(put(Some(("If-Match", &tag)), r#"{"a":3}"#).await.status.code, 204);
        assert_eq!(put(Some(("If-Match", &tag)), r#"{"a":4}"#).await.status.code, 412);
        let delete = |header| with(&client, Method::Delete, &path, header, "");
        assert_eq!(delete(Some(("If-Match", tag.as_str()))).await.status.code, 412);
        assert_eq!(delete(None).await.status.code, 204);
        assert_eq!(client.get(&path).await.status.code, 404);
    }

    async fn fifty_writers_lose_nothing(world: World) {
        let client = world.xapi().await;
        let path = format!("activities/state?activityId=http%3A%2F%2Fexample.org%2Fa&{}&stateId=s", agent("amel"));
        let writers = (0..50).map(|n| {
            let (client, path) = (&client, &path);
            async move { client.post(path, &format!(r#"{{"k{n}":{n}}}"#)).await.status.code }
        });
        let codes = futures::future::join_all(writers).await;
        assert!(codes.iter().all(|code| *code == 204), "{codes:?}");
        assert_eq!(client.get(&path).await.json().as_object().unwrap().len(), 50);
    }

    async fn states_are_merged_listed_and_removed(world: World) {
        let client = world.xapi().await;
        let base = format!("activities/state?activityId=http%3A%2F%2Fexample.org%2Fa&{}", agent("amel"));
        let registration = "&registration=ec531277-b57b-4c15-8d91-d292c5b2b8f7";
        let id = encoded("https://w3id.org/xapi/scorm/attempt-state");
        let one = format!("{base}&stateId={id}");
        assert_eq!(client.post(&one, r#"{"x":1.0,"y":{"a":1}}"#).await.status.code, 204);
        assert_eq!(client.post(&one, r#"{"y":{"b":2}}"#).await.status.code, 204);
        assert_eq!(client.get(&one).await.text, r#"{"x":1.0,"y":{"b":2}}"#);
        for bad in ["[]", "x", r#"{"a":1,"a":2}"#] {
            assert_eq!(client.post(&one, bad).await.status.code, 400, "{bad}");
        }
        let text = client.request(Method::Post, &one).header(ContentType::Plain).body("words");
        assert_eq!(send(text).await.code(), "xapi-invalid");
        assert_eq!(client.put(&format!("{base}&stateId=other{registration}"), "1").await.status.code, 204);
        assert_eq!(client.get(&base).await.json().as_array().unwrap().len(), 2);
        assert_eq!(client.get(&format!("{base}{registration}")).await.json(), serde_json::json!(["other"]));
        assert_eq!(client.get(&format!("{base}&stateId=other")).await.status.code, 404);
        assert_eq!(send(client.request(Method::Delete, &format!("{base}{registration}"))).await.status.code, 204);
        assert_eq!(client.get(&base).await.json().as_array().unwrap().len(), 1);
        assert_eq!(send(client.request(Method::Delete, &base)).await.status.code, 204);
        assert_eq!(client.get(&base).await.text, "[]");
        // 2.0: states are not written over unseen either.
        let client = client.speaking("2.0.0");
        assert_eq!(client.put(&one, "{}").await.status.code, 204);
        assert_eq!(client.put(&one, "{}").await.status.code, 409);
    }
}
