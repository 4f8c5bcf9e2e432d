//! cmi5 courses and xAPI packages: imported, launched, played through the record store.

mod bounds;
mod played;

use std::path::Path;

use halqa::catalogue::{self, Imported, Options};
use rocket::http::{ContentType, Header, Method, Status};
use serde_json::{Value, json};

use crate::harness::{Answer, As, World, both_engines, cookie, send};

const CMI5: &str = "https://w3id.org/xapi/cmi5/context/categories/cmi5";
const MOVE_ON: &str = "https://w3id.org/xapi/cmi5/context/categories/moveon";
const MASTERY: &str = "https://w3id.org/xapi/cmi5/context/extensions/masteryscore";
const VERBS: &str = "http://adlnet.gov/expapi/verbs/";

/// A sample module as a zip.
pub fn sample(name: &str) -> Vec<u8> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("scorm_packages")
        .join(name);
    let mut files = Vec::new();
    let mut folders = vec![root.clone()];
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(folder).expect("a folder").flatten() {
            let path = entry.path();
            if path.is_dir() {
                folders.push(path);
            } else {
                let name = path
                    .strip_prefix(&root)
                    .expect("inside")
                    .display()
                    .to_string();
                files.push((name, std::fs::read(&path).expect("a file")));
            }
        }
    }
    files.sort();
    package::build::zip(files).expect("a zip")
}

async fn import(world: &World, zip: &[u8]) -> Imported {
    let options = Options {
        publish: true,
        ..Options::default()
    };
    catalogue::import_bytes(&world.app, zip, options)
        .await
        .expect("imported")
}

/// A learner in front of the list of units.
struct Desk<'w> {
    world: &'w World,
    guest: String,
    path: String,
}

impl<'w> Desk<'w> {
    async fn at(world: &'w World, module: &Imported) -> Desk<'w> {
        let token = world.token(&["launches"]).await;
        let request = world
            .post(&format!("/api/v1/modules/{}/launches", module.module.id))
            .header(ContentType::JSON)
            .bearer(&token)
            .body(
                json!({ "learner": { "email": "salma@example.org", "name": "Salma" } }).to_string(),
            );
        let made = send(request).await;
        assert_eq!(made.status, Status::Created, "{}", made.text);
        let url = made.json()["url"]
            .as_str()
            .expect("a URL")
            .replace("http://localhost:8000", "");
        let opened = send(world.get(&url)).await;
        let guest = cookie(&opened.headers["set-cookie"]);
        let play = send(world.get(&opened.headers["location"]).by(&guest)).await;
        assert_eq!(play.status, Status::SeeOther, "{}", play.text);
        let path = play.headers["location"]
            .split('?')
            .next()
            .expect("a path")
            .to_owned();
        Desk { world, guest, path }
    }

    async fn page(&self) -> Answer {
        send(self.world.get(&self.path).by(&self.guest)).await
    }

    /// Opens a unit: gives its launch address.
    async fn open(&self, unit: usize) -> url::Url {
        self.open_as(unit, "").await
    }

    /// Opens a unit to look around (`browse`) or to see it again (`review`).
    async fn open_as(&self, unit: usize, mode: &str) -> url::Url {
        let request = self
            .world
            .form(&format!("{}/{unit}", self.path), &[("mode", mode)]);
        let page = send(request.by(&self.guest)).await;
        assert_eq!(page.status, Status::Ok, "{}", page.text);
        let address = page
            .text
            .split("content=\"0;url=")
            .nth(1)
            .and_then(|rest| rest.split('"').next())
            .expect("an address");
        let address = address
            .replace("&amp;", "&")
            .replace("&#x3D;", "=")
            .replace("&#x27;", "'")
            .replace("&quot;", "\"");
        url::Url::parse(&address).unwrap_or_else(|error| panic!("{error}: {address}"))
    }
}

pub fn parameter(url: &url::Url, name: &str) -> String {
    url.query_pairs()
        .find(|(key, _)| key == name)
        .map(|(_, value)| value.into_owned())
        .unwrap_or_else(|| panic!("no {name} in {url}"))
}

/// A unit that was launched and has its token.
pub struct Unit<'w> {
    world: &'w World,
    authorization: String,
    actor: String,
    pub registration: String,
    activity: String,
    pub data: Value,
}

impl<'w> Unit<'w> {
    async fn fetch(world: &'w World, url: &url::Url) -> Value {
        let path = parameter(url, "fetch").replace("http://localhost:8000", "");
        let answer = send(
            world
                .request(Method::Post, &path)
                .header(Header::new("Origin", "http://elsewhere.example")),
        )
        .await;
        assert_eq!(answer.status, Status::Ok, "{}", answer.text);
        assert_eq!(answer.headers["content-type"], "application/json");
        answer.json()
    }

    pub async fn started(world: &'w World, url: &url::Url) -> Unit<'w> {
        Unit::started_as(world, url, true).await
    }

    /// With or without asking for the learner's preferences (11.0.0.0-3).
    async fn started_as(world: &'w World, url: &url::Url, asks: bool) -> Unit<'w> {
        let token = Unit::fetch(world, url).await["auth-token"]
            .as_str()
            .expect("a token")
            .to_owned();
        let mut unit = Unit {
            world,
            authorization: format!("Basic {token}"),
            actor: parameter(url, "actor"),
            registration: parameter(url, "registration"),
            activity: parameter(url, "activityId"),
            data: Value::Null,
        };
        let answer = unit
            .send(Method::Get, &unit.state("LMS.LaunchData"), None)
            .await;
        assert_eq!(answer.status, Status::Ok, "{}", answer.text);
        unit.data = answer.json();
        if asks {
            let answer = unit.send(Method::Get, &unit.preferences(), None).await;
            assert_eq!(answer.status, Status::Ok, "{}", answer.text);
        }
        unit
    }

    fn preferences(&self) -> String {
        let actor = crate::lrs::encoded(&self.actor);
        format!("agents/profile?agent={actor}&profileId=cmi5LearnerPreferences")
    }

    fn state(&self, id: &str) -> String {
        let query = url::form_urlencoded::Serializer::new(String::new())
            .append_pair("activityId", &self.activity)
            .append_pair("agent", &self.actor)
            .append_pair("registration", &self.registration)
            .append_pair("stateId", id)
            .finish();
        format!("activities/state?{query}")
    }

    async fn send(&self, method: Method, path: &str, body: Option<&Value>) -> Answer {
        let request = self
            .world
            .request(method, &format!("/xapi/{path}"))
            .header(Header::new("Authorization", self.authorization.clone()))
            .header(Header::new("X-Experience-API-Version", "1.0.3"))
            .header(ContentType::JSON)
            .body(body.map(Value::to_string).unwrap_or_default());
        send(request).await
    }

    fn statement(&self, verb: &str) -> Value {
        let mut context = self.data["contextTemplate"].clone();
        context["registration"] = json!(self.registration);
        let mut category = vec![json!({ "id": CMI5 })];
        let result = match verb {
            "completed" => json!({ "completion": true, "duration": "PT10S" }),
            "passed" => json!({ "success": true, "duration": "PT10S", "score": { "scaled": 0.9 } }),
            "failed" => {
                json!({ "success": false, "duration": "PT10S", "score": { "scaled": 0.1 } })
            }
            "terminated" => json!({ "duration": "PT60S" }),
            _ => json!({}),
        };
        if ["completed", "passed", "failed"].contains(&verb) {
            category.push(json!({ "id": MOVE_ON }));
        }
        if let Some(score) = self
            .data
            .get("masteryScore")
            .filter(|_| ["passed", "failed"].contains(&verb))
        {
            context["extensions"][MASTERY] = score.clone();
        }
        context["contextActivities"]["category"] = json!(category);
        json!({
            "id": self.world.app.ids.uuid(),
            "actor": serde_json::from_str::<Value>(&self.actor).expect("an actor"),
            "verb": { "id": format!("{VERBS}{verb}") },
            "object": { "id": self.activity },
            "result": result,
            "context": context,
            "timestamp": "2026-03-02T09:00:00Z",
        })
    }

    async fn say(&self, verb: &str) -> Answer {
        self.send(Method::Post, "statements", Some(&self.statement(verb)))
            .await
    }

    pub async fn said(&self, verbs: &[&str]) {
        for verb in verbs {
            let answer = self.say(verb).await;
            assert_eq!(answer.status, Status::Ok, "{verb}: {}", answer.text);
        }
    }

    async fn refused(&self, verb: &str, requirement: &str) {
        let answer = self.say(verb).await;
        assert_eq!(answer.status, Status::Forbidden, "{verb}: {}", answer.text);
        assert_eq!(
            answer.json()["requirement"],
            requirement,
            "{verb}: {}",
            answer.text
        );
    }
}

async fn progress(world: &World, slug: &str) -> Value {
    let token = world.token(&["progress"]).await;
    let path = format!("/api/v1/progress?learner=salma@example.org&module={slug}");
    let answer = send(world.get(&path).bearer(&token)).await;
    answer.json()[0].clone()
}

/// The last parts of the verbs of a registration, in order.
async fn told(world: &World, registration: &str) -> Vec<String> {
    let client = world.xapi().await;
    let answer = client
        .get(&format!(
            "statements?registration={registration}&ascending=true"
        ))
        .await;
    answer.json()["statements"]
        .as_array()
        .expect("statements")
        .iter()
        .map(|s| {
            s["verb"]["id"]
                .as_str()
                .unwrap_or_default()
                .rsplit('/')
                .next()
                .unwrap_or_default()
                .to_owned()
        })
        .collect()
}
