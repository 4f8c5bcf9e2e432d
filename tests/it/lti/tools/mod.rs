//! Modules that open tools of others: a tool of our own plays the other side, honest and not.

mod grades;
mod hostile;
mod launches;
mod picking;

use std::collections::BTreeMap;

use halqa::accounts::Grant;
use halqa::catalogue::{self, Change};
use halqa::ids::{ModuleId, PersonId};
use halqa::lti::tools::{self, NewTool, Tool};
use lti::jwt::{KeySet, SigningKey};
use lti::platform::content::Link;
use lti::platform::service::{ASSERTION_TYPE, SCOPES};
use rocket::http::{ContentType, Header, Method};
use serde_json::{Map, Value, json};
use url::Url;

use super::platform::{OTHER, find, post_form};
use crate::harness::{Answer, As, World, cookie, send};

pub const TOOL: &str = "https://tool.example";
pub const PUBLIC: &str = "http://localhost:8000";

/// The tool's key.
pub fn key() -> SigningKey {
    SigningKey::from_pem("t1", OTHER.as_bytes()).expect("a key")
}

/// A tool, registered, with a published module and a learner.
pub struct Place {
    pub world: World,
    pub tool: Tool,
    pub module: ModuleId,
    pub slug: String,
    pub person: PersonId,
    pub learner: String,
    pub trainer: String,
}

/// A new registration of the test tool.
pub fn new_tool() -> NewTool {
    NewTool {
        name: "Exercices".into(),
        login_url: format!("{TOOL}/login?from=halqa"),
        target_url: format!("{TOOL}/launch"),
        picker_url: Some(format!("{TOOL}/pick")),
        redirect_uris: vec![format!("{TOOL}/launch"), format!("{TOOL}/pick")],
        public_key: Some(json!({ "keys": [key().public().expect("public")] }).to_string()),
        ..NewTool::default()
    }
}

impl Place {
    pub async fn over(world: World) -> Place {
        Self::with(world, |_| {}).await
    }

    pub async fn with(world: World, change: impl FnOnce(&mut NewTool)) -> Place {
        let trainer = world
            .signed_in_as("trainer@example.org", Some(Grant::Trainer))
            .await;
        let mut new = new_tool();
        change(&mut new);
        let tool = tools::add(&world.app, new).await.expect("registered");
        let link = Link {
            url: Some(format!("{TOOL}/quiz/7")),
            title: Some("Tenir un budget".into()),
            text: Some("Dix questions.".into()),
            custom: vec![("level".into(), "2".into())],
            maximum: None,
        };
        let made = tools::make_module(&world.app, &tool, &link, None)
            .await
            .expect("a module");
        let change = Change {
            published: Some(true),
            ..Change::default()
        };
        catalogue::change(&world.app, made.id, change)
            .await
            .expect("published");
        let person = world.person("amel@example.org").await;
        let learner = world.browser_of("amel@example.org").await;
        Place {
            world,
            tool,
            module: made.id,
            slug: made.slug,
            person,
            learner,
            trainer,
        }
    }

    /// The learner presses the module's button and follows to the tool.
    pub async fn leave(&self) -> Left {
        let world = &self.world;
        let played = send(
            world
                .form(&format!("/modules/{}/play", self.slug), &[])
                .by(&self.learner),
        )
        .await;
        assert_eq!(played.status.code, 303, "{}", played.text);
        let player = send(world.get(&played.headers["location"]).by(&self.learner)).await;
        assert_eq!(player.status.code, 303, "{}", player.text);
        let start = send(world.get(&player.headers["location"]).by(&self.learner)).await;
        assert_eq!(start.status.code, 200, "{}", start.text);
        Left::of(&start)
    }

    /// A whole launch: the claims that the tool gets.
    pub async fn launch(&self) -> Map<String, Value> {
        let left = self.leave().await;
        let answer = self.ask(&left.honest(), Some(&left.cookie)).await;
        assert_eq!(answer.status.code, 200, "{}", answer.text);
        self.message(&answer).await
    }

    /// The tool asks who came.
    pub async fn ask(&self, pairs: &[(String, String)], cookie: Option<&str>) -> Answer {
        let query = url::form_urlencoded::Serializer::new(String::new())
            .extend_pairs(pairs)
            .finish();
        let mut request = self
            .world
            .get(&format!("/lti/platform/authorize?{query}"))
            .header(Header::new("Sec-Fetch-Site", "cross-site"));
        if let Some(cookie) = cookie {
            request = request.by(cookie);
        }
        send(request).await
    }

    /// The verified message in a page.
    pub async fn message(&self, answer: &Answer) -> Map<String, Value> {
        let token = find(&answer.text, "name=\"id_token\" value=\"");
        let keys = send(self.world.get("/lti/jwks")).await;
        let keys = KeySet::parse(keys.text.as_bytes()).expect("our keys");
        let rs256 = lti::jwt::Algorithm::Rs256;
        lti::jwt::verify(&token, &keys, rs256, PUBLIC, &self.tool.client_id).expect("ours")
    }

    /// What an honest tool signs to get a token.
    pub fn assertion(&self) -> Value {
        let now = self.world.now().micros() / 1_000_000;
        let id = self.world.app.ids.secret();
        json!({
            "iss": self.tool.client_id, "sub": self.tool.client_id,
            "aud": format!("{PUBLIC}/lti/platform/token"),
            "iat": now, "exp": now + 300, "jti": id.reveal(),
        })
    }

    /// Asks for a token.
    pub async fn token_with(&self, assertion: &str, scope: &str) -> Answer {
        let fields = [
            ("grant_type", "client_credentials"),
            ("client_assertion_type", ASSERTION_TYPE),
            ("client_assertion", assertion),
            ("scope", scope),
        ];
        post_form(&self.world, "/lti/platform/token", &fields, None).await
    }

    /// A token for these scopes.
    pub async fn token(&self, scopes: &[&str]) -> String {
        let assertion = key().sign(&self.assertion()).expect("signed");
        let answer = self.token_with(&assertion, &scopes.join(" ")).await;
        assert_eq!(answer.status.code, 200, "{}", answer.text);
        answer.json()["access_token"]
            .as_str()
            .expect("a token")
            .to_owned()
    }

    pub async fn all_scopes(&self) -> String {
        self.token(&SCOPES).await
    }

    /// A request of the tool's server to an address that a message named.
    pub async fn call(
        &self,
        method: Method,
        address: &str,
        token: &str,
        body: Option<&Value>,
    ) -> Answer {
        let path = address.strip_prefix(PUBLIC).unwrap_or(address);
        let mut request = self.world.request(method, path).bearer(token);
        if let Some(body) = body {
            request = request.header(ContentType::JSON).body(body.to_string());
        }
        send(request).await
    }

    /// The learner's progress on the module.
    pub async fn progress(&self) -> (String, Option<f64>, f64) {
        let rows = halqa::progress::of_person(&self.world.app, self.person)
            .await
            .expect("asked");
        let row = rows.iter().find(|row| row.module == self.module);
        row.map_or(("not-started".to_owned(), None, 0.0), |row| {
            (row.state.clone(), row.score, row.progress)
        })
    }
}

/// A browser on its way to the tool.
pub struct Left {
    pub address: Url,
    pub cookie: String,
    pub sent: BTreeMap<String, String>,
}

impl Left {
    pub fn of(page: &Answer) -> Left {
        let address = Url::parse(&find(&page.text, "content=\"0;url=")).expect("an address");
        let sent = address
            .query_pairs()
            .map(|(name, value)| (name.into_owned(), value.into_owned()))
            .collect();
        Left {
            cookie: cookie(&page.headers["set-cookie"]),
            address,
            sent,
        }
    }

    /// What an honest tool asks.
    pub fn honest(&self) -> Vec<(String, String)> {
        [
            ("scope", "openid"),
            ("response_type", "id_token"),
            ("response_mode", "form_post"),
            ("prompt", "none"),
            ("client_id", &self.sent["client_id"]),
            ("redirect_uri", "https://tool.example/launch"),
            ("login_hint", &self.sent["login_hint"]),
            ("lti_message_hint", &self.sent["lti_message_hint"]),
            ("state", "tool-state"),
            ("nonce", "tool-nonce"),
        ]
        .map(|(name, value)| (name.to_owned(), value.to_owned()))
        .to_vec()
    }

    /// The same with one parameter changed.
    pub fn with(&self, name: &str, value: &str) -> Vec<(String, String)> {
        self.honest()
            .into_iter()
            .map(|(n, v)| {
                if n == name {
                    (n, value.to_owned())
                } else {
                    (n, v)
                }
            })
            .collect()
    }
}
