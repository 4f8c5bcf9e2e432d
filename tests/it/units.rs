//! cmi5 courses and xAPI packages: imported, launched, played through the record store.

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

both_engines! {
    async fn the_sample_course_is_played_to_its_end(world: World) {
        let module = import(&world, &sample("budget-participatif")).await;
        assert_eq!(module.package.format, "cmi5");
        let desk = Desk::at(&world, &module).await;
        let page = desk.page().await;
        assert_eq!(page.status, Status::Ok);
        assert!(page.text.contains("Animer un forum de quartier"), "{}", page.text);

        let url = desk.open(1).await;
        assert!(url.host_str().unwrap_or_default().ends_with(".content.localhost"), "{url}");
        assert_eq!(parameter(&url, "endpoint"), "http://localhost:8000/xapi");
        let unit = Unit::started(&world, &url).await;
        // 8.2.3.0-1: once.
        assert_eq!(Unit::fetch(&world, &url).await["error-code"], "1");
        assert_eq!(unit.data["launchMode"], "Normal");
        assert_eq!(unit.data["moveOn"], "Completed");
        assert_eq!(unit.data["contextTemplate"]["contextActivities"]["grouping"][0]["id"], "https://halqa.example/modules/budget-participatif/principes");
        assert_ne!(unit.activity, "https://halqa.example/modules/budget-participatif/principes");
        // 10.2.1.0-5: the launch data are not the unit's to write.
        let answer = unit.send(Method::Put, &unit.state("LMS.LaunchData"), Some(&json!({}))).await;
        assert_eq!((answer.status, answer.json()["requirement"].clone()), (Status::Forbidden, json!("10.2.1.0-5")));
        assert_eq!(unit.send(Method::Put, &unit.state("halqa.bookmark"), Some(&json!({"page": 2}))).await.status, Status::NoContent);
        unit.refused("completed", "9.3.0.0-4").await;
        unit.said(&["initialized", "completed"]).await;
        unit.refused("completed", "9.3.0.0-2").await;
        let row = progress(&world, &module.module.slug).await;
        assert_eq!(row["state"], "in-progress", "{row}");
        unit.said(&["terminated"]).await;
        unit.refused("completed", "9.3.0.0-5").await;

        let url = desk.open(2).await;
        let second = Unit::started(&world, &url).await;
        assert_eq!(second.registration, unit.registration);
        assert_eq!(second.data["masteryScore"], 0.6);
        second.said(&["initialized"]).await;
        let again = second.statement("completed");
        for _ in 0..2 {
            // Sent again after a lost answer: the same.
            let answer = second.send(Method::Post, "statements", Some(&again)).await;
            assert_eq!(answer.status, Status::Ok, "{}", answer.text);
        }
        let mut low = second.statement("passed");
        low["result"]["score"]["scaled"] = json!(0.5);
        let answer = second.send(Method::Post, "statements", Some(&low)).await;
        assert_eq!(answer.json()["requirement"], "9.3.4.0-2");
        second.said(&["passed", "terminated"]).await;

        let third = Unit::started(&world, &desk.open(4).await).await;
        third.said(&["initialized", "completed", "passed", "terminated"]).await;
        let row = progress(&world, &module.module.slug).await;
        assert_eq!((row["state"].as_str(), row["success"].as_str(), row["progress"].as_f64()), (Some("completed"), Some("passed"), Some(1.0)), "{row}");
        assert_eq!(row["score"], 0.9);
        assert_eq!(told(&world, &unit.registration).await, [
            "launched", "initialized", "completed", "terminated",
            "launched", "initialized", "completed", "passed", "satisfied", "terminated",
            "launched", "initialized", "completed", "passed", "satisfied", "satisfied", "terminated",
        ]);
        let page = desk.page().await;
        assert!(page.text.contains("data-state=\"passed\""), "{}", page.text);
        // 10.2.2: what was completed and passed is shown again.
        let review = Unit::started(&world, &desk.open(4).await).await;
        assert_eq!(review.data["launchMode"], "Review");
        review.said(&["initialized"]).await;
        review.refused("completed", "10.2.2.0-3").await;
    }

    async fn preferences_come_before_the_first_word(world: World) {
        let module = import(&world, &sample("budget-participatif")).await;
        let desk = Desk::at(&world, &module).await;
        let unit = Unit::started_as(&world, &desk.open(1).await, false).await;
        unit.refused("initialized", "11.0.0.0-3").await;
        let preferences = unit.send(Method::Get, &unit.preferences(), None).await;
        assert_eq!(preferences.status, Status::Ok, "{}", preferences.text);
        unit.said(&["initialized", "completed", "terminated"]).await;
        // Each launch asks anew.
        let again = Unit::started_as(&world, &desk.open(2).await, false).await;
        again.refused("initialized", "11.0.0.0-3").await;
    }

    async fn looking_around_counts_for_nothing(world: World) {
        let module = import(&world, &sample("budget-participatif")).await;
        let desk = Desk::at(&world, &module).await;
        assert!(desk.page().await.text.contains("value=\"browse\""));
        let unit = Unit::started(&world, &desk.open_as(1, "browse").await).await;
        assert_eq!(unit.data["launchMode"], "Browse");
        unit.said(&["initialized"]).await;
        unit.refused("completed", "10.2.2.0-2").await;
        unit.said(&["terminated"]).await;
        let row = progress(&world, &module.module.slug).await;
        assert!(row.is_null() || row["state"] == "not-started", "{row}");
        let review = Unit::started(&world, &desk.open_as(1, "review").await).await;
        review.said(&["initialized"]).await;
        review.refused("completed", "10.2.2.0-3").await;
        // Nothing bars the way to being judged.
        let unit = Unit::started(&world, &desk.open(1).await).await;
        assert_eq!(unit.data["launchMode"], "Normal");
        unit.said(&["initialized", "completed", "terminated"]).await;
        assert_eq!(progress(&world, &module.module.slug).await["state"], "in-progress");
    }

    async fn sessions_without_an_end_are_abandoned(world: World) {
        let module = import(&world, &sample("budget-participatif")).await;
        let desk = Desk::at(&world, &module).await;
        let first = Unit::started(&world, &desk.open(1).await).await;
        first.said(&["initialized"]).await;
        world.clock.advance_seconds(100);
        // At the next launch.
        let second = Unit::started(&world, &desk.open(2).await).await;
        assert_eq!(first.say("completed").await.status, Status::Unauthorized);
        second.said(&["initialized"]).await;
        // After a long silence, without anybody calling.
        world.clock.advance_seconds(2 * 3600);
        second.said(&["completed"]).await;
        world.clock.advance_seconds(2 * 3600);
        world.run_jobs().await;
        assert_eq!(told(&world, &first.registration).await.iter().filter(|v| *v == "abandoned").count(), 1);
        world.clock.advance_seconds(2 * 3600);
        world.run_jobs().await;
        assert_eq!(told(&world, &first.registration).await.iter().filter(|v| *v == "abandoned").count(), 2);
        assert_eq!(second.say("terminated").await.status, Status::Unauthorized);
        // The token of a launch that was never fetched is worth nothing either.
        let url = desk.open(1).await;
        desk.open(1).await;
        assert_eq!(Unit::fetch(&world, &url).await["error-code"], "1");
    }

    async fn a_launch_speaks_for_its_learner_alone(world: World) {
        let module = import(&world, &sample("budget-participatif")).await;
        let desk = Desk::at(&world, &module).await;
        let unit = Unit::started(&world, &desk.open(1).await).await;
        unit.said(&["initialized"]).await;
        let cases: [(&str, Value, &str); 5] = [
            ("/actor", json!({ "mbox": "mailto:other@example.org" }), "8.1.3.0-3"),
            ("/context/registration", json!(world.app.ids.uuid()), "9.6.1.0-1"),
            ("/object/id", json!("http://example.org/other"), "8.1.5.0-6"),
            ("/timestamp", json!("2026-03-02T10:00:00+01:00"), "9.7.0.0-2"),
            ("/context/extensions", json!({}), "9.6.3.1-4"),
        ];
        for (pointer, value, requirement) in cases {
            let mut statement = unit.statement("completed");
            *statement.pointer_mut(pointer).expect("a place") = value;
            let answer = unit.send(Method::Post, "statements", Some(&statement)).await;
            assert_eq!((answer.status, answer.json()["requirement"].clone()), (Status::Forbidden, json!(requirement)), "{pointer}");
        }
        // All or nothing.
        let batch = json!([unit.statement("completed"), unit.statement("initialized")]);
        assert_eq!(unit.send(Method::Post, "statements", Some(&batch)).await.status, Status::Forbidden);
        assert_eq!(progress(&world, &module.module.slug).await["progress"], 0.0);
        // Others' statements and documents are out of reach.
        let client = world.xapi().await;
        client.store(&json!([crate::lrs::statement("a", "did", "x")])).await;
        let own = unit.send(Method::Get, "statements", None).await.json();
        assert_eq!(own["statements"].as_array().map(Vec::len), Some(1));
        let foreign = unit.state("x").replace("agent=", "agent=%7B%22mbox%22%3A%22mailto%3Ax%40example.org%22%7D&zgent=");
        assert_eq!(unit.send(Method::Get, foreign.split("&zgent").next().unwrap_or_default(), None).await.status, Status::Forbidden);
        for (body, requirement) in [
            (json!([]), "11.0.0.0-5"),
            (json!({ "languagePreference": "fr" }), "11.0.0.0-5"),
            (json!({ "languagePreference": "fr,??", "audioPreference": "on" }), "11.1.0.0-1"),
            (json!({ "languagePreference": "", "audioPreference": "on" }), "11.1.0.0-1"),
        ] {
            let path = format!("agents/profile?agent={}&profileId=cmi5LearnerPreferences", crate::lrs::encoded(&unit.actor));
            let answer = unit.send(Method::Put, &path, Some(&body)).await;
            assert_eq!(answer.json()["requirement"], requirement, "{}", answer.text);
        }
        let path = format!("agents/profile?agent={}&profileId=cmi5LearnerPreferences", crate::lrs::encoded(&unit.actor));
        assert_eq!(unit.send(Method::Get, &path, None).await.json()["languagePreference"], "fr");
    }

    async fn an_xapi_package_counts_by_its_verbs(world: World) {
        let module = import(&world, &sample("transparence-financiere")).await;
        assert_eq!(module.package.format, "xapi");
        let desk = Desk::at(&world, &module).await;
        let url = desk.open(0).await;
        assert_eq!(parameter(&url, "activity_id"), "https://halqa.example/modules/transparence-financiere");
        let unit = Unit {
            world: &world,
            authorization: parameter(&url, "auth"),
            actor: parameter(&url, "actor"),
            registration: parameter(&url, "registration"),
            activity: parameter(&url, "activity_id"),
            data: Value::Null,
        };
        let say = |verb: &str, result: Value| json!({
            "actor": serde_json::from_str::<Value>(&unit.actor).expect("an actor"),
            "verb": { "id": format!("{VERBS}{verb}") },
            "object": { "id": unit.activity },
            "context": { "registration": unit.registration },
            "result": result,
        });
        let foreign = json!({ "actor": { "mbox": "mailto:x@example.org" }, "verb": { "id": format!("{VERBS}passed") }, "object": { "id": unit.activity } });
        assert_eq!(unit.send(Method::Post, "statements", Some(&foreign)).await.status, Status::Forbidden);
        for statement in [say("initialized", json!({})), say("completed", json!({ "completion": true })),
            say("passed", json!({ "success": true, "score": { "scaled": 0.8 } }))] {
            let answer = unit.send(Method::Post, "statements", Some(&statement)).await;
            assert_eq!(answer.status, Status::Ok, "{}", answer.text);
        }
        let row = progress(&world, &module.module.slug).await;
        assert_eq!((row["state"].as_str(), row["success"].as_str(), row["score"].as_f64()), (Some("completed"), Some("passed"), Some(0.8)), "{row}");
    }

    async fn staff_waive_a_unit(world: World) {
        let module = import(&world, &sample("budget-participatif")).await;
        let desk = Desk::at(&world, &module).await;
        let unit = Unit::started(&world, &desk.open(1).await).await;
        unit.said(&["initialized", "completed", "terminated"]).await;
        let trainer = world.signed_in_as("amel@example.org", Some(halqa::accounts::Grant::Trainer)).await;
        let path = format!("/teach/modules/{}/report/attempts/{}", module.module.slug, unit.registration);
        let page = send(world.get(&path).by(&trainer)).await;
        assert_eq!(page.status, Status::Ok, "{}", page.text);
        assert!(page.text.contains("Animer un forum de quartier"));
        let correct = async |fields: &[(&str, &str)]| {
            let request = world.form(&path, fields).by(&trainer);
            send(request).await
        };
        let scored = correct(&[("completed", "yes"), ("score", "80"), ("reason", "r")]).await;
        assert_eq!(scored.status, Status::UnprocessableEntity);
        let part = ("activity", "https://halqa.example/modules/budget-participatif/cycle");
        for _ in 0..2 {
            let waived = correct(&[part, ("completed", "yes"), ("reason", "Formée ailleurs")]).await;
            assert_eq!(waived.status, Status::SeeOther, "{}", waived.text);
        }
        assert_eq!(told(&world, &unit.registration).await, ["launched", "initialized", "completed", "terminated", "waived", "satisfied"]);
        let all = correct(&[("completed", "yes"), ("reason", "Formée ailleurs")]).await;
        assert_eq!(all.status, Status::SeeOther, "{}", all.text);
        assert_eq!(progress(&world, &module.module.slug).await["state"], "completed");
    }

    async fn a_structure_alone_is_a_course(world: World) {
        let structure = |url: &str| format!(
            "<?xml version=\"1.0\"?><courseStructure xmlns=\"https://w3id.org/xapi/profiles/cmi5/v1/CourseStructure.xsd\">\
             <course id=\"http://x.example/c\"><title><langstring lang=\"fr\">Ailleurs</langstring></title><description><langstring lang=\"fr\">d</langstring></description></course>\
             <au id=\"http://x.example/a\"><title><langstring lang=\"fr\">Une partie</langstring></title><description><langstring lang=\"fr\">d</langstring></description><url>{url}</url></au></courseStructure>");
        let options = || Options { publish: true, ..Options::default() };
        // 14.2: every address is qualified; and whoever runs the platform allows other sites.
        let local = catalogue::import_bytes(&world.app, structure("a.html").as_bytes(), options()).await.expect_err("refused");
        assert_eq!(local.code, "cmi5_url");
        assert_eq!(local.extra["requirement"], "14.1.0.0-4");
        let remote = catalogue::import_bytes(&world.app, structure("https://other.example/a?x=1").as_bytes(), options()).await.expect_err("refused");
        assert_eq!(remote.code, "remote_href");
    }
}

/// Where other sites are allowed, their units are launched as any.
#[rocket::async_test]
async fn remote_units_are_launched() {
    let world = World::with(
        crate::harness::On::Sqlite,
        &[("HALQA_PACKAGE_REMOTE", "true")],
    )
    .await;
    let xml = "<courseStructure xmlns=\"https://w3id.org/xapi/profiles/cmi5/v1/CourseStructure.xsd\">\
        <course id=\"http://x.example/c\"><title><langstring lang=\"fr\">Ailleurs</langstring></title><description><langstring lang=\"fr\">d</langstring></description></course>\
        <au id=\"http://x.example/a\" moveOn=\"Completed\"><title><langstring lang=\"fr\">Une partie</langstring></title><description><langstring lang=\"fr\">d</langstring></description><url>https://other.example/a?x=1</url></au></courseStructure>";
    let module = import(&world, xml.as_bytes()).await;
    let desk = Desk::at(&world, &module).await;
    let url = desk.open(0).await;
    assert!(
        url.as_str()
            .starts_with("https://other.example/a?x=1&endpoint="),
        "{url}"
    );
    Unit::started(&world, &url)
        .await
        .said(&["initialized", "completed", "terminated"])
        .await;
    assert_eq!(
        progress(&world, &module.module.slug).await["state"],
        "completed"
    );
}

both_engines! {
    /// The id may stand beside the statement (xAPI Communication 2.1.1); sent twice it counts once.
    async fn a_put_has_its_id_in_the_address(world: World) {
        let module = import(&world, &sample("budget-participatif")).await;
        let desk = Desk::at(&world, &module).await;
        let unit = Unit::started(&world, &desk.open(1).await).await;
        let mut statement = unit.statement("initialized");
        let id = statement["id"].as_str().expect("an id").to_owned();
        statement.as_object_mut().expect("a statement").remove("id");
        for round in ["once", "again"] {
            let answer = unit
                .send(
                    Method::Put,
                    &format!("statements?statementId={id}"),
                    Some(&statement),
                )
                .await;
            assert_eq!(answer.status, Status::NoContent, "{round}: {}", answer.text);
        }
        assert_eq!(
            told(&world, &unit.registration)
                .await
                .iter()
                .filter(|verb| *verb == "initialized")
                .count(),
            1
        );
        // Without an id anywhere it is refused as before.
        let mut bare = unit.statement("completed");
        bare.as_object_mut().expect("a statement").remove("id");
        let answer = unit.send(Method::Post, "statements", Some(&bare)).await;
        assert_eq!(answer.json()["requirement"], "9.1.0.0-1", "{}", answer.text);
    }

    /// Profiles and names of activities are everybody's: a launch has those of its own course (X17).
    /// 9.3.0.0-5: after the end the end may be said again (its answer was lost), and nothing else.
    async fn after_the_end_only_the_end_is_said_again(world: World) {
        let module = import(&world, &sample("budget-participatif")).await;
        let desk = Desk::at(&world, &module).await;
        let unit = Unit::started(&world, &desk.open(1).await).await;
        let (first, last) = (unit.statement("initialized"), unit.statement("terminated"));
        for statement in [&first, &last, &last] {
            let answer = unit.send(Method::Post, "statements", Some(statement)).await;
            assert_eq!(answer.status, Status::Ok, "{}", answer.text);
        }
        let answer = unit.send(Method::Post, "statements", Some(&first)).await;
        assert_eq!(answer.json()["requirement"], "9.3.0.0-5", "{}", answer.text);
        let both = json!([first, last]);
        let answer = unit.send(Method::Post, "statements", Some(&both)).await;
        assert_eq!(answer.status, Status::Ok, "{}", answer.text);
    }

    async fn a_launch_describes_its_own_course_alone(world: World) {
        let module = import(&world, &sample("budget-participatif")).await;
        let desk = Desk::at(&world, &module).await;
        let unit = Unit::started(&world, &desk.open(1).await).await;
        unit.said(&["initialized"]).await;
        let client = world.xapi().await;
        let other = "http://example.org/other";
        let mut named = crate::lrs::statement("a", "did", "other");
        named["object"]["definition"] = json!({ "name": { "en": "Theirs" } });
        client.store(&json!([named])).await;
        let profile = |activity: &str| {
            format!(
                "activities/profile?activityId={}&profileId=p",
                crate::lrs::encoded(activity)
            )
        };
        let kept = client
            .request(Method::Put, &profile(other))
            .header(ContentType::JSON)
            .header(Header::new("If-None-Match", "*"))
            .body("{\"a\":1}");
        assert_eq!(send(kept).await.status, Status::NoContent);
        for method in [Method::Get, Method::Post, Method::Delete] {
            let answer = unit
                .send(method, &profile(other), Some(&json!({ "a": 2 })))
                .await;
            assert_eq!(
                answer.status,
                Status::Forbidden,
                "{method}: {}",
                answer.text
            );
        }
        assert_eq!(client.get(&profile(other)).await.json(), json!({ "a": 1 }));
        assert_eq!(
            unit.send(
                Method::Post,
                &profile(&unit.activity),
                Some(&json!({ "a": 2 }))
            )
            .await
            .status,
            Status::NoContent
        );
        // Naming another activity on the way changes nothing there.
        let mut statement = unit.statement("completed");
        statement["context"]["contextActivities"]["other"] =
            json!([{ "id": other, "definition": { "name": { "en": "Mine" } } }]);
        let answer = unit
            .send(Method::Post, "statements", Some(&statement))
            .await;
        assert_eq!(answer.status, Status::Ok, "{}", answer.text);
        let known = client
            .get(&format!(
                "activities?activityId={}",
                crate::lrs::encoded(other)
            ))
            .await;
        assert_eq!(
            known.json()["definition"]["name"]["en"],
            "Theirs",
            "{}",
            known.text
        );
    }

    async fn a_launch_does_not_fill_the_disk(world: World) {
        let module = import(&world, &sample("budget-participatif")).await;
        let desk = Desk::at(&world, &module).await;
        let unit = Unit::started(&world, &desk.open(1).await).await;
        let large = json!({ "x": "x".repeat(7 << 20) });
        let mut answers = Vec::new();
        for n in 0..9 {
            answers.push(
                unit.send(Method::Put, &unit.state(&format!("s{n}")), Some(&large))
                    .await
                    .status
                    .code,
            );
        }
        assert_eq!(answers, [204, 204, 204, 204, 204, 204, 204, 413, 413]);
        // A statement that breaks a rule leaves its data nowhere.
        use sha2::Digest as _;
        let data = b"some data";
        let sha2: String = sha2::Sha256::digest(data)
            .iter()
            .map(|byte| format!("{byte:02x}"))
            .collect();
        let mut statement = unit.statement("completed");
        statement["attachments"] = json!([{ "usageType": "http://example.org/a", "display": { "en": "a" }, "contentType": "text/plain", "length": data.len(), "sha2": sha2 }]);
        let key = format!("xapi/{}/{sha2}", uuid::Uuid::nil().simple());
        let post = |statement: &Value| {
            let body = format!(
                "--b\r\nContent-Type: application/json\r\n\r\n{statement}\r\n--b\r\nContent-Type: text/plain\r\nContent-Transfer-Encoding: binary\r\nX-Experience-API-Hash: {sha2}\r\n\r\nsome data\r\n--b--\r\n",
            );
            let request = world
                .request(Method::Post, "/xapi/statements")
                .header(Header::new("Authorization", unit.authorization.clone()))
                .header(Header::new("X-Experience-API-Version", "1.0.3"))
                .header(Header::new("Content-Type", "multipart/mixed; boundary=b"))
                .body(body);
            send(request)
        };
        let refused = post(&statement).await;
        assert_eq!(
            (refused.status, refused.json()["requirement"].clone()),
            (Status::Forbidden, json!("9.3.0.0-4")),
            "{}",
            refused.text
        );
        assert!(!world.app.storage.exists(&key).await.expect("storage"));
        unit.said(&["initialized"]).await;
        assert_eq!(post(&statement).await.status, Status::Ok);
        assert!(world.app.storage.exists(&key).await.expect("storage"));
    }

    /// L20: what a suspended learner has open says nothing more, and says it again once reinstated.
    async fn a_suspended_learner_says_nothing_more(world: World) {
        let module = import(&world, &sample("budget-participatif")).await;
        let desk = Desk::at(&world, &module).await;
        let unit = Unit::started(&world, &desk.open(1).await).await;
        unit.said(&["initialized"]).await;
        let learner = progress(&world, &module.module.slug).await["learner"]["id"].clone();
        let learner = halqa::ids::PersonId(
            uuid::Uuid::parse_str(learner.as_str().expect("an id")).expect("an id"),
        );
        crate::player::support::set_state(&world, learner, "suspended").await;
        let said = unit.say("completed").await;
        assert_eq!(
            (said.status, said.code()),
            (Status::Forbidden, "person-suspended".to_owned()),
            "{}",
            said.text
        );
        assert_eq!(
            unit.send(Method::Put, &unit.state("x"), Some(&json!({})))
                .await
                .status,
            Status::Forbidden
        );
        assert_eq!(
            unit.send(Method::Get, "statements", None).await.status,
            Status::Forbidden
        );
        assert_eq!(desk.page().await.status, Status::Forbidden);
        assert_eq!(progress(&world, &module.module.slug).await["progress"], 0.0);
        crate::player::support::set_state(&world, learner, "active").await;
        unit.said(&["completed"]).await;
    }
}
