//! Statements under load: batches to the record store, each all there or not at all, and lessons of
//! a cmi5 course, whose state must agree with what they said; and how both are checked.

use std::collections::BTreeMap;
use std::sync::atomic::{AtomicBool, Ordering};

use serde_json::{Value, json};
use tokio::sync::Mutex;
use uuid::Uuid;

use super::Dice;
use super::checker::Ledger;
use super::load::Scene;
use super::server::Server;

const VERBS: &str = "http://adlnet.gov/expapi/verbs/";
const CATEGORIES: &str = "https://w3id.org/xapi/cmi5/context/categories/";
/// What a lesson says, in order.
const LESSON: [&str; 4] = ["initialized", "completed", "passed", "terminated"];

/// A course of one lesson, which wants to be completed and passed.
pub const COURSE: &str = r#"<?xml version="1.0" encoding="UTF-8"?>
<courseStructure xmlns="https://w3id.org/xapi/profiles/cmi5/v1/CourseStructure.xsd">
<course id="https://example.org/c"><title><langstring lang="fr">Leçon</langstring></title><description><langstring lang="fr">L</langstring></description></course>
<au id="https://example.org/c/1" moveOn="CompletedAndPassed"><title><langstring lang="fr">Un</langstring></title><description><langstring lang="fr">U</langstring></description><url>index.html</url></au>
</courseStructure>"#;

/// A batch that a client sent.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Batch {
    /// The registration of all its statements.
    pub of: Uuid,
    /// How many there are.
    pub count: u64,
    /// It was answered.
    pub acked: bool,
}

impl Batch {
    /// The statement of this number, so that what must be found is known without keeping it.
    fn statement(&self, n: u64) -> Value {
        json!({
            "id": Uuid::new_v5(&self.of, &n.to_be_bytes()),
            "actor": { "account": { "homePage": "http://load.example", "name": "load" } },
            "verb": { "id": format!("{VERBS}experienced") },
            "object": { "id": format!("http://load.example/{}/{n}", self.of.simple()) },
            "result": { "response": "x".repeat((n as usize * 97) % 600) },
            "context": { "registration": self.of },
            "timestamp": "2026-03-02T09:00:00Z",
        })
    }
}

/// A lesson that somebody took.
#[derive(Debug, Clone, Default)]
pub struct Visit {
    pub email: String,
    /// What was said and answered.
    pub acked: Vec<String>,
    /// What was said last, without an answer.
    pub asked: Option<String>,
}

/// What a platform has of both.
#[derive(Debug, Default)]
pub struct Kept {
    /// Statements of each batch.
    pub batches: BTreeMap<Uuid, Vec<Value>>,
    /// Of each registration: the last parts of its verbs, in order, and state and verdict in the
    /// progress store.
    pub visits: BTreeMap<Uuid, (Vec<String>, String, String)>,
}

/// Everything that is not as it must be.
pub fn faults(batches: &[Batch], visits: &BTreeMap<Uuid, Visit>, kept: &Kept) -> Vec<String> {
    let mut faults = Vec::new();
    for batch in batches {
        let found = kept.batches.get(&batch.of).map_or(&[][..], Vec::as_slice);
        let count = found.len() as u64;
        if count != batch.count && (batch.acked || count != 0) {
            faults.push(format!("{count} statements of {batch:?}"));
        }
        for n in 0..count.min(batch.count) {
            let sent = batch.statement(n);
            let same = |one: &Value| {
                ["id", "result"].iter().all(|m| one[m] == sent[m])
                    && ["verb", "object"]
                        .iter()
                        .all(|m| one[m]["id"] == sent[m]["id"])
            };
            if !found.iter().any(same) {
                faults.push(format!("statement {n} of {batch:?} is another"));
            }
        }
    }
    for (registration, visit) in visits {
        let nothing = (Vec::new(), String::new(), String::new());
        let (verbs, state, success) = kept.visits.get(registration).unwrap_or(&nothing);
        let said = |verb: &str| verbs.iter().filter(|said| *said == verb).count();
        for verb in &visit.acked {
            if said(verb) != 1 {
                faults.push(format!("{registration}: {verb} {} times", said(verb)));
            }
        }
        for verb in LESSON {
            let known = visit.acked.iter().any(|acked| acked == verb)
                || visit.asked.as_deref() == Some(verb);
            if said(verb) > usize::from(known) {
                faults.push(format!("{registration}: {verb} was never said"));
            }
        }
        // The state is what the statements say: no more, no less.
        let done = said("completed") == 1 && said("passed") == 1;
        if said("satisfied") != usize::from(done) || said("launched") != 1 {
            faults.push(format!("{registration}: {verbs:?}"));
        }
        if (state == "completed") != done || (success == "passed") != (said("passed") == 1) {
            faults.push(format!("{registration}: {state}, {success}, but {verbs:?}"));
        }
    }
    faults
}

/// An answer with one of these statuses, as JSON; `None` when none came.
async fn said(request: reqwest::RequestBuilder, expected: &[u16]) -> Option<Value> {
    let answer = request.send().await.ok()?;
    let status = answer.status().as_u16();
    let text = answer.text().await.ok()?;
    assert!(expected.contains(&status), "{status}: {text}");
    Some(serde_json::from_str(&text).unwrap_or(Value::Null))
}

fn xapi(server: &Server, method: &str, path: &str, authorization: &str) -> reqwest::RequestBuilder {
    server
        .request(method.parse().expect("a method"), &format!("/xapi/{path}"))
        .header("Authorization", authorization)
        .header("X-Experience-API-Version", "1.0.3")
}

impl Scene {
    /// Batches to the record store until it shall stop; first what got no answer before a crash,
    /// again as it was.
    pub async fn record(
        &self,
        server: &Server,
        ledger: &Mutex<Ledger>,
        stop: &AtomicBool,
        dice: &Dice,
    ) {
        while !stop.load(Ordering::Relaxed) {
            let again = ledger.lock().await.again.pop();
            let mut batch = again.unwrap_or_else(|| Batch {
                of: Uuid::from_u64_pair(dice.between(0, u64::MAX), dice.between(0, u64::MAX)),
                count: dice.between(1, 9),
                acked: false,
            });
            let place = {
                let mut ledger = ledger.lock().await;
                ledger.batches.push(batch);
                ledger.batches.len() - 1
            };
            let body: Vec<Value> = (0..batch.count).map(|n| batch.statement(n)).collect();
            let request = xapi(server, "POST", "statements", &self.client).json(&body);
            if said(request, &[200]).await.is_none() {
                return;
            }
            batch.acked = true;
            ledger.lock().await.batches[place] = batch;
        }
    }

    /// One new learner after another takes the lesson, until it shall stop.
    pub async fn visits(
        &self,
        server: &Server,
        ledger: &Mutex<Ledger>,
        stop: &AtomicBool,
        dice: &Dice,
    ) {
        while !stop.load(Ordering::Relaxed) {
            let email = format!("visitor{}@example.org", dice.between(0, u64::MAX));
            if self.visit(server, ledger, &email).await.is_none() {
                return;
            }
        }
    }

    async fn visit(&self, server: &Server, ledger: &Mutex<Ledger>, email: &str) -> Option<()> {
        let path = format!("/api/v1/modules/{}/launches", self.course.0);
        let body = json!({ "learner": { "email": email, "name": "Visitor" } });
        let launch = self.api(server, "POST", &path).json(&body);
        let launched = said(launch, &[201]).await?;
        let unit = open(server, launched["url"].as_str()?).await?;
        let registration = Uuid::parse_str(unit.get("registration")?).ok()?;
        let (activity, actor) = (
            unit.get("activityId")?.as_str(),
            unit.get("actor")?.as_str(),
        );
        let visit = Visit {
            email: email.to_owned(),
            ..Visit::default()
        };
        ledger.lock().await.visits.insert(registration, visit);
        let fetch = path_of(unit.get("fetch")?);
        let token = said(server.request(reqwest::Method::POST, &fetch), &[200]).await?;
        let authorization = format!("Basic {}", token["auth-token"].as_str()?);
        let get = |path: &str, query: &[(&str, &str)]| {
            xapi(server, "GET", path, &authorization).query(query)
        };
        let of = registration.to_string();
        let query = [
            ("stateId", "LMS.LaunchData"),
            ("activityId", activity),
            ("agent", actor),
            ("registration", of.as_str()),
        ];
        let data = said(get("activities/state", &query), &[200]).await?;
        let query = [("profileId", "cmi5LearnerPreferences"), ("agent", actor)];
        said(get("agents/profile", &query), &[200]).await?;
        for verb in LESSON {
            let mut context = data["contextTemplate"].clone();
            context["registration"] = json!(registration);
            let mut categories = vec![json!({ "id": format!("{CATEGORIES}cmi5") })];
            if matches!(verb, "completed" | "passed") {
                categories.push(json!({ "id": format!("{CATEGORIES}moveon") }));
            }
            context["contextActivities"]["category"] = json!(categories);
            let mut result = json!({ "duration": "PT1S" });
            match verb {
                "initialized" => result = json!({}),
                "completed" => result["completion"] = json!(true),
                "passed" => result["success"] = json!(true),
                _ => {}
            }
            let statement = json!({
                "id": Uuid::new_v5(&registration, verb.as_bytes()),
                "actor": serde_json::from_str::<Value>(actor).ok()?,
                "verb": { "id": format!("{VERBS}{verb}") },
                "object": { "id": activity },
                "result": result, "context": context, "timestamp": "2026-03-02T09:00:00Z",
            });
            let mark = async |answered: bool| {
                if let Some(visit) = ledger.lock().await.visits.get_mut(&registration) {
                    visit.asked = Some(verb.to_owned());
                    if answered {
                        visit.acked.push(verb.to_owned());
                    }
                }
            };
            mark(false).await;
            let request = xapi(server, "POST", "statements", &authorization).json(&statement);
            said(request, &[200]).await?;
            mark(true).await;
        }
        Some(())
    }

    /// What the platform has of these batches and visits.
    pub async fn kept(&self, server: &Server, ledger: &Ledger) -> Kept {
        let mut kept = Kept::default();
        for batch in &ledger.batches {
            let found = self.statements(server, batch.of).await;
            kept.batches.insert(batch.of, found);
        }
        for (registration, visit) in &ledger.visits {
            let verbs = self.statements(server, *registration).await;
            let verbs = verbs
                .iter()
                .map(|one| {
                    let verb = one["verb"]["id"].as_str().unwrap_or_default();
                    verb.rsplit('/').next().unwrap_or_default().to_owned()
                })
                .collect();
            let path = format!(
                "/api/v1/progress?learner={}&module={}",
                visit.email, self.course.0
            );
            let rows = said(self.api(server, "GET", &path), &[200]).await;
            let row = rows.unwrap_or_default()[0].clone();
            let word = |name: &str| row[name].as_str().unwrap_or_default().to_owned();
            kept.visits
                .insert(*registration, (verbs, word("state"), word("success")));
        }
        kept
    }

    async fn statements(&self, server: &Server, of: Uuid) -> Vec<Value> {
        let path = format!("statements?ascending=true&limit=250&registration={of}");
        let answer = said(xapi(server, "GET", &path, &self.client), &[200]).await;
        let answer = answer.expect("an answer");
        answer["statements"].as_array().expect("statements").clone()
    }
}

/// What follows the host.
fn path_of(address: &str) -> String {
    let rest = address.split_once("://").map_or(address, |(_, rest)| rest);
    match rest.find('/') {
        Some(at) if address.contains("://") => rest[at..].to_owned(),
        _ => address.to_owned(),
    }
}

/// Opens the unit of a launch as its learner's browser does: the parameters of its address.
async fn open(server: &Server, url: &str) -> Option<BTreeMap<String, String>> {
    let client = reqwest::Client::builder()
        .redirect(reqwest::redirect::Policy::none())
        .build()
        .ok()?;
    let host = format!("localhost:{}", server.port);
    let ask = |method: reqwest::Method, path: &str, cookie: &str| {
        client
            .request(method, format!("http://127.0.0.1:{}{path}", server.port))
            .header("Host", &host)
            .header("Origin", format!("http://{host}"))
            .header("Cookie", cookie)
    };
    let entered = ask(reqwest::Method::GET, &path_of(url), "")
        .send()
        .await
        .ok()?;
    let header = |answer: &reqwest::Response, name: &str| {
        Some(answer.headers().get(name)?.to_str().ok()?.to_owned())
    };
    let cookie = header(&entered, "set-cookie")?;
    let cookie = cookie.split(';').next()?.to_owned();
    let play = path_of(&header(&entered, "location")?);
    let list = ask(reqwest::Method::GET, &play, &cookie)
        .send()
        .await
        .ok()?;
    let list = path_of(&header(&list, "location")?);
    let list = list.split('?').next()?;
    let opened = ask(reqwest::Method::POST, &format!("{list}/0"), &cookie)
        .header("Content-Type", "application/x-www-form-urlencoded")
        .body("")
        .send()
        .await
        .ok()?;
    let status = opened.status();
    let page = opened.text().await.ok()?;
    assert_eq!(status, 200, "{page}");
    let address = page.split("content=\"0;url=").nth(1)?.split('"').next()?;
    let address = address
        .replace("&amp;", "&")
        .replace("&#x3D;", "=")
        .replace("&#x27;", "'")
        .replace("&quot;", "\"");
    let address = url::Url::parse(&address).ok()?;
    Some(address.query_pairs().into_owned().collect())
}

/// A batch and a visit as an honest platform has them, then spoilt in each way the checker is
/// there for.
#[test]
fn every_lie_about_statements_is_caught() {
    let batch = Batch {
        of: Uuid::from_u128(7),
        count: 4,
        acked: true,
    };
    let registration = Uuid::from_u128(8);
    let visit = Visit {
        email: "v".to_owned(),
        acked: vec!["initialized".to_owned(), "completed".to_owned()],
        asked: Some("passed".to_owned()),
    };
    let visits = BTreeMap::from([(registration, visit)]);
    let honest = || Kept {
        batches: BTreeMap::from([(batch.of, (0..4).map(|n| batch.statement(n)).collect())]),
        visits: BTreeMap::from([(
            registration,
            (
                ["launched", "initialized", "completed"]
                    .map(str::to_owned)
                    .to_vec(),
                "in-progress".to_owned(),
                "unknown".to_owned(),
            ),
        )]),
    };
    let check = |batch: Batch, kept: &Kept| faults(&[batch], &visits, kept);
    assert_eq!(check(batch, &honest()), Vec::<String>::new());
    let unanswered = Batch {
        acked: false,
        ..batch
    };
    assert_eq!(check(unanswered, &honest()), Vec::<String>::new());
    let spoil = |change: &dyn Fn(&mut Kept)| {
        let mut kept = honest();
        change(&mut kept);
        kept
    };
    let list = |kept: &mut Kept, change: &dyn Fn(&mut Vec<Value>)| {
        change(kept.batches.get_mut(&batch.of).expect("the batch"));
    };
    type Told = (Vec<String>, String, String);
    let told = |kept: &mut Kept, change: &dyn Fn(&mut Told)| {
        change(kept.visits.get_mut(&registration).expect("the visit"));
    };
    let half = spoil(&|kept| list(kept, &|all| all.truncate(2)));
    assert!(!check(batch, &half).is_empty() && !check(unanswered, &half).is_empty());
    let lost = spoil(&|kept| list(kept, &Vec::clear));
    assert!(!check(batch, &lost).is_empty() && check(unanswered, &lost).is_empty());
    let lies: [&dyn Fn(&mut Kept); 7] = [
        &|kept| list(kept, &|all| all.push(all[0].clone())),
        &|kept| list(kept, &|all| all[1]["result"] = json!({ "response": "y" })),
        &|kept| told(kept, &|(verbs, _, _)| drop(verbs.pop())),
        &|kept| told(kept, &|(verbs, _, _)| verbs.push("terminated".to_owned())),
        &|kept| told(kept, &|(verbs, _, _)| verbs.push("passed".to_owned())),
        &|kept| told(kept, &|(_, state, _)| *state = "completed".to_owned()),
        &|kept| told(kept, &|(_, _, success)| *success = "passed".to_owned()),
    ];
    for (n, lie) in lies.iter().enumerate() {
        assert!(!check(batch, &spoil(lie)).is_empty(), "lie {n} passes");
    }
}
