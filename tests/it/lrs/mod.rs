//! The learning record store through HTTP.

mod bad_input;
mod bad_resources;
mod bounds;
mod browse;
mod clients;
mod deeds;
mod documents;
mod forward;
mod signed;
mod statements;

use halqa::lrs::credentials::{self, Made, New};
use rocket::http::{Header, Method};
use rocket::local::asynchronous::LocalRequest;
use serde_json::{Value, json};

use crate::harness::{Answer, World, send};

/// A client of the store.
pub struct Client<'w> {
    world: &'w World,
    authorization: String,
    version: &'static str,
}

impl World {
    /// A client with these scopes (none: all), of an organisation or of the platform.
    pub async fn xapi_with(&self, scopes: &[&str], organisation: Option<&str>) -> Client<'_> {
        let new = New {
            name: "test".to_owned(),
            scopes: scopes.iter().map(|s| (*s).to_owned()).collect(),
            organisation: organisation.map(str::to_owned),
            default_version: None,
        };
        let made = credentials::add(&self.app, None, new)
            .await
            .expect("a credential");
        Client {
            world: self,
            authorization: basic(&made),
            version: "1.0.3",
        }
    }

    /// A client that may do everything.
    pub async fn xapi(&self) -> Client<'_> {
        self.xapi_with(&[], None).await
    }
}

fn basic(made: &Made) -> String {
    use base64::Engine as _;
    let pair = format!("{}:{}", made.user, made.password);
    format!(
        "Basic {}",
        base64::engine::general_purpose::STANDARD.encode(pair)
    )
}

impl<'w> Client<'w> {
    /// The same client in another edition.
    pub fn speaking(mut self, version: &'static str) -> Self {
        self.version = version;
        self
    }

    /// A request under `/xapi/`.
    pub fn request(&self, method: Method, path: &str) -> LocalRequest<'w> {
        self.world
            .request(method, &format!("/xapi/{path}"))
            .header(Header::new("Authorization", self.authorization.clone()))
            .header(Header::new("X-Experience-API-Version", self.version))
    }

    /// GET.
    pub async fn get(&self, path: &str) -> Answer {
        send(self.request(Method::Get, path)).await
    }

    /// POST of JSON.
    pub async fn post(&self, path: &str, body: &str) -> Answer {
        send(
            self.request(Method::Post, path)
                .header(rocket::http::ContentType::JSON)
                .body(body),
        )
        .await
    }

    /// PUT of JSON.
    pub async fn put(&self, path: &str, body: &str) -> Answer {
        send(
            self.request(Method::Put, path)
                .header(rocket::http::ContentType::JSON)
                .body(body),
        )
        .await
    }

    /// Stores statements, which must succeed; gives their ids.
    pub async fn store(&self, statements: &Value) -> Vec<String> {
        let answer = self.post("statements", &statements.to_string()).await;
        assert_eq!(answer.status.code, 200, "{}", answer.text);
        serde_json::from_value(answer.json()).expect("ids")
    }

    /// The ids that a query gives, all pages, in order.
    pub async fn ids(&self, query: &str) -> Vec<String> {
        let mut path = format!("statements?{query}");
        let mut all = Vec::new();
        loop {
            let answer = self.get(&path).await;
            assert_eq!(answer.status.code, 200, "{path}: {}", answer.text);
            let page = answer.json();
            for statement in page["statements"].as_array().expect("statements") {
                all.push(statement["id"].as_str().unwrap_or_default().to_owned());
            }
            match page["more"].as_str() {
                Some("") | None => return all,
                Some(more) => path = more.trim_start_matches("/xapi/").to_owned(),
            }
        }
    }
}

/// A statement of a learner about an activity.
pub fn statement(who: &str, verb: &str, activity: &str) -> Value {
    json!({
        "actor": { "mbox": format!("mailto:{who}@example.org") },
        "verb": { "id": format!("http://example.org/verbs/{verb}") },
        "object": { "id": format!("http://example.org/{activity}") },
    })
}

/// A value in a query.
pub fn encoded(text: &str) -> String {
    url::form_urlencoded::byte_serialize(text.as_bytes()).collect()
}

/// The query that asks for an agent.
pub fn agent(who: &str) -> String {
    let agent = json!({ "mbox": format!("mailto:{who}@example.org") });
    format!("agent={}", encoded(&agent.to_string()))
}
