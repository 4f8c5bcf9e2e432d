//! A learning platform: keys made here, a key set, tokens, a gradebook, members; faults on demand.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::{Arc, LazyLock, Mutex};

use aws_lc_rs::encoding::{AsDer, Pkcs8V1Der};
use aws_lc_rs::rsa::{KeyPair, KeySize};
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use halqa::catalogue::{self, Options};
use halqa::ids::ModuleId;
use halqa::lti::platforms::{self, NewPlatform};
use lti::jwt::SigningKey;
use rocket::http::{ContentType, Header};
use serde_json::{Value, json};
use url::Url;
use uuid::Uuid;

use super::server::{Asked, Reply, Server};
use crate::harness::{Answer, As, World, send};

pub const CLIENT: &str = "halqa-1";
pub const CORE: &str = "https://purl.imsglobal.org/spec/lti/claim/";

/// A fresh RSA key in PEM.
pub fn pem() -> String {
    let pair = KeyPair::generate(KeySize::Rsa2048).expect("a key");
    let der = AsDer::<Pkcs8V1Der<'_>>::as_der(&pair).expect("PKCS#8");
    let text = STANDARD.encode(der.as_ref());
    format!("-----BEGIN PRIVATE KEY-----\n{text}\n-----END PRIVATE KEY-----\n")
}

/// The platform's key; one for all tests of a run.
pub static PEM: LazyLock<String> = LazyLock::new(pem);

/// Somebody else's.
pub static OTHER: LazyLock<String> = LazyLock::new(pem);

/// What the services do next.
#[derive(Default)]
pub struct State {
    /// Answers of a path's beginning, used one after the other before the honest one.
    pub faults: BTreeMap<String, Vec<Reply>>,
    /// The published keys; `k1` alone when empty.
    pub keys: Vec<Value>,
    /// The gradebook's columns.
    pub columns: Vec<Value>,
    /// The newest score by column and learner.
    pub scores: BTreeMap<(String, String), Value>,
    /// Every score that was taken: column, learner, moment.
    pub taken: Vec<(String, String, String)>,
    /// Learners whose scores are never taken.
    pub strangers: BTreeSet<String>,
    /// Tokens given so far.
    pub tokens: usize,
    /// Members, page by page.
    pub members: Vec<Vec<Value>>,
}

/// A platform.
pub struct Platform {
    pub server: Server,
    pub state: Arc<Mutex<State>>,
    pub issuer: String,
}

fn answer(state: &Mutex<State>, asked: &Asked) -> Reply {
    let mut state = state.lock().expect("the state");
    let fault = state
        .faults
        .iter_mut()
        .find(|(path, list)| asked.path.starts_with(path.as_str()) && !list.is_empty())
        .map(|(_, list)| list.remove(0));
    match fault {
        Some(fault) if fault.kept => {
            honest(&mut state, asked);
            fault
        }
        Some(fault) => fault,
        None => honest(&mut state, asked),
    }
}

fn honest(state: &mut State, asked: &Asked) -> Reply {
    let host = format!("http://{}", asked.headers["host"]);
    let (path, query) = asked
        .path
        .split_once('?')
        .unwrap_or((asked.path.as_str(), ""));
    let bearer = asked
        .headers
        .get("authorization")
        .and_then(|value| value.strip_prefix("Bearer "))
        .unwrap_or_default();
    let parts: Vec<&str> = path.trim_matches('/').split('/').collect();
    match (asked.method.as_str(), parts.as_slice()) {
        ("GET", ["jwks"]) => {
            let keys = match state.keys.is_empty() {
                true => vec![signing("k1").public().expect("public")],
                false => state.keys.clone(),
            };
            Reply::json(&json!({ "keys": keys }))
        }
        ("POST", ["token"]) => {
            state.tokens += 1;
            let fields: BTreeMap<String, String> =
                url::form_urlencoded::parse(asked.body.as_bytes())
                    .into_owned()
                    .collect();
            assert_eq!(fields["grant_type"], "client_credentials");
            assert_eq!(fields["client_assertion"].split('.').count(), 3);
            Reply::json(&json!({
                "access_token": format!("t{}:{}", state.tokens, fields["scope"]),
                "token_type": "Bearer", "expires_in": 3600, "scope": fields["scope"],
            }))
        }
        _ if bearer.is_empty() => Reply::status(401),
        ("GET", ["columns"]) => Reply::json(&json!(state.columns)),
        ("POST", ["columns"]) => {
            let mut column: Value = serde_json::from_str(&asked.body).expect("a column");
            column["id"] = json!(format!("{host}/columns/{}", state.columns.len() + 1));
            state.columns.push(column.clone());
            Reply {
                status: 201,
                ..Reply::json(&column)
            }
        }
        ("POST", ["columns", column, "scores"]) => {
            let score: Value = serde_json::from_str(&asked.body).expect("a score");
            let key = (
                (*column).to_owned(),
                score["userId"].as_str().expect("a user").to_owned(),
            );
            if state.strangers.contains(&key.1) {
                return Reply::status(404);
            }
            if let Some(before) = state.scores.get(&key)
                && before["timestamp"].as_str() >= score["timestamp"].as_str()
            {
                return Reply::status(409);
            }
            let moment = score["timestamp"].as_str().expect("a moment").to_owned();
            state.taken.push((key.0.clone(), key.1.clone(), moment));
            state.scores.insert(key, score);
            Reply::status(204)
        }
        ("GET", ["members"]) => {
            let page: usize = query
                .strip_prefix("page=")
                .and_then(|text| text.parse().ok())
                .unwrap_or(0);
            let reply =
                Reply::json(&json!({ "id": asked.path, "members": state.members.get(page) }));
            if page + 1 < state.members.len() {
                reply.with(
                    "Link",
                    &format!("<{host}/members?page={}>; rel=\"next\"", page + 1),
                )
            } else {
                reply
            }
        }
        _ => Reply::status(404),
    }
}

/// A key of the platform under this name.
pub fn signing(kid: &str) -> SigningKey {
    SigningKey::from_pem(kid, PEM.as_bytes()).expect("a key")
}

impl Platform {
    /// A platform that nobody knows yet.
    pub async fn start() -> Platform {
        let state = Arc::new(Mutex::new(State::default()));
        let answering = state.clone();
        let server = Server::start(move |asked| answer(&answering, asked)).await;
        let issuer = server.url.clone();
        Platform {
            server,
            state,
            issuer,
        }
    }

    /// A platform, registered; gives the registration too.
    pub async fn registered(world: &World) -> (Platform, Uuid) {
        let platform = Self::start().await;
        let id = platform.register(world, |_| {}).await;
        (platform, id)
    }

    /// Registers it as an operator does.
    pub async fn register(&self, world: &World, change: impl FnOnce(&mut NewPlatform)) -> Uuid {
        let mut new = NewPlatform {
            name: "École en ligne".into(),
            issuer: self.issuer.clone(),
            client_id: CLIENT.into(),
            auth_url: self.at("/auth"),
            token_url: self.at("/token"),
            jwks_url: self.at("/jwks"),
            deployment: Some("d1".into()),
            local: true,
            ..NewPlatform::default()
        };
        change(&mut new);
        platforms::add(&world.app, new).await.expect("registered")
    }

    pub fn at(&self, path: &str) -> String {
        format!("{}{path}", self.server.url)
    }

    pub fn fault(&self, path: &str, replies: Vec<Reply>) {
        let mut state = self.state.lock().expect("the state");
        state.faults.insert(path.to_owned(), replies);
    }

    /// What an honest platform says of a learner who clicks a link.
    pub fn claims(&self, world: &World, login: &Login) -> Value {
        let now = world.now().micros() / 1_000_000;
        json!({
            "iss": self.issuer, "aud": CLIENT, "sub": "user-7", "nonce": login.nonce,
            "iat": now, "exp": now + 300, "name": "Amel Ben Salah",
            core("version"): "1.3.0", core("message_type"): "LtiResourceLinkRequest",
            core("deployment_id"): "d1", core("target_link_uri"): "http://localhost:8000/lti/launch",
            core("resource_link"): { "id": "link-1", "title": "Budget" },
            core("roles"): ["http://purl.imsglobal.org/vocab/lis/v2/membership#Learner"],
            core("context"): { "id": "c1", "title": "Gestion" },
            core("custom"): { "module": "budget" },
            core("launch_presentation"): { "locale": "fr", "return_url": self.at("/course/1") },
            "https://purl.imsglobal.org/spec/lti-ags/claim/endpoint": {
                "lineitems": self.at("/columns"),
                "scope": [lti::ags::SCOPE_SCORE, lti::ags::SCOPE_LINE_ITEM],
            },
            "https://purl.imsglobal.org/spec/lti-nrps/claim/namesroleservice": {
                "context_memberships_url": self.at("/members"), "service_versions": ["2.0"],
            },
        })
    }

    /// Begins a login.
    pub async fn login(&self, world: &World) -> Login {
        let answer = send(world.get(&self.login_path(&[]))).await;
        Login::of(&answer)
    }

    /// The address of a login, with parameters changed or added.
    pub fn login_path(&self, change: &[(&str, &str)]) -> String {
        let honest = [
            ("iss", self.issuer.as_str()),
            ("login_hint", "hint"),
            ("target_link_uri", "http://localhost:8000/lti/launch"),
            ("client_id", CLIENT),
        ];
        let query = url::form_urlencoded::Serializer::new(String::new())
            .extend_pairs(
                honest
                    .iter()
                    .filter(|(name, _)| !change.iter().any(|(other, _)| other == name)),
            )
            .extend_pairs(change)
            .finish();
        format!("/lti/login?{query}")
    }

    /// A whole launch in one browser, its claims changed.
    pub async fn launch(&self, world: &World, change: impl FnOnce(&mut Value)) -> Answer {
        let login = self.login(world).await;
        let mut claims = self.claims(world, &login);
        change(&mut claims);
        let token = signing("k1").sign(&claims).expect("signed");
        post(world, &login, &token).await
    }

    /// A launch that is let in: the page it leads to.
    pub async fn page(&self, world: &World, change: impl FnOnce(&mut Value)) -> Answer {
        let answer = self.launch(world, change).await;
        follow(world, answer).await
    }
}

pub fn core(name: &str) -> String {
    format!("{CORE}{name}")
}

/// What a browser has after a login.
#[derive(Debug, Clone)]
pub struct Login {
    pub state: String,
    pub nonce: String,
    pub cookie: String,
    pub address: Url,
}

impl Login {
    pub fn of(answer: &Answer) -> Login {
        assert_eq!(answer.status.code, 303, "{}", answer.text);
        let address = Url::parse(&answer.headers["location"]).expect("an address");
        let get = |name: &str| {
            address
                .query_pairs()
                .find(|(other, _)| other == name)
                .map(|(_, value)| value.into_owned())
                .unwrap_or_default()
        };
        Login {
            state: get("state"),
            nonce: get("nonce"),
            cookie: crate::harness::cookie(&answer.headers["set-cookie"]),
            address,
        }
    }
}

/// Posts a launch as the platform's page makes the browser do.
pub async fn post(world: &World, login: &Login, token: &str) -> Answer {
    post_form(
        world,
        "/lti/launch",
        &[("state", &login.state), ("id_token", token)],
        Some(&login.cookie),
    )
    .await
}

/// Posts a form from another site.
pub async fn post_form(
    world: &World,
    path: &str,
    fields: &[(&str, &str)],
    cookie: Option<&str>,
) -> Answer {
    post_from("cross-site", world, path, fields, cookie).await
}

/// The same from a page of this site (as `Sec-Fetch-Site` names it).
pub async fn post_from(
    site: &'static str,
    world: &World,
    path: &str,
    fields: &[(&str, &str)],
    cookie: Option<&str>,
) -> Answer {
    let body = url::form_urlencoded::Serializer::new(String::new())
        .extend_pairs(fields)
        .finish();
    let mut request = world
        .request(rocket::http::Method::Post, path)
        .header(ContentType::Form)
        .header(Header::new("Origin", "http://127.0.0.1:9"))
        .header(Header::new("Sec-Fetch-Site", site))
        .body(body);
    if let Some(cookie) = cookie {
        request = request.by(cookie);
    }
    send(request).await
}

/// Follows the redirect of a launch with its cookie.
pub async fn follow(world: &World, answer: Answer) -> Answer {
    assert_eq!(answer.status.code, 303, "{}", answer.text);
    let cookie = crate::harness::cookie(&answer.headers["set-cookie"]);
    send(world.get(&answer.headers["location"]).by(&cookie)).await
}

/// The value of an attribute or hidden field in a page.
pub fn find(page: &str, before: &str) -> String {
    page.split(before)
        .nth(1)
        .and_then(|rest| rest.split('"').next())
        .unwrap_or_else(|| panic!("no {before} in {page}"))
        .replace("&amp;", "&")
        .replace("&#x3D;", "=")
        .replace("&quot;", "\"")
}

const SCO: &str = "<!doctype html><html><body><h1>Budget</h1></body></html>";

/// A published module of one SCO, `budget`.
pub async fn module(world: &World, title: &str) -> ModuleId {
    let manifest = format!(
        r#"<?xml version="1.0" encoding="UTF-8"?>
<manifest identifier="m-{title}" version="1.0" xmlns="http://www.imsproject.org/xsd/imscp_rootv1p1p2" xmlns:adlcp="http://www.adlnet.org/xsd/adlcp_rootv1p2">
<metadata><schema>ADL SCORM</schema><schemaversion>1.2</schemaversion></metadata>
<organizations default="o"><organization identifier="o"><title>{title}</title><item identifier="i" identifierref="r"><title>{title}</title></item></organization></organizations>
<resources><resource identifier="r" type="webcontent" adlcp:scormtype="sco" href="sco.html"><file href="sco.html"/></resource></resources>
</manifest>"#
    );
    let zip = package::build::zip([
        ("imsmanifest.xml".to_owned(), manifest.into_bytes()),
        ("sco.html".to_owned(), SCO.as_bytes().to_vec()),
    ])
    .expect("a zip");
    let options = Options {
        publish: true,
        ..Options::default()
    };
    let imported = catalogue::import_bytes(&world.app, &zip, options)
        .await
        .expect("imported");
    imported.module.id
}
