//! Load as clients make it: learners' journals, launches, uploads and seats, each writing down
//! what it asked and what it was told.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use base64::Engine as _;
use halqa::App;
use halqa::accounts::{NewLearner, api_key};
use halqa::catalogue::{self, Options};
use halqa::db::testing;
use halqa::ids::{ModuleId, PackageId, SessionId};
use halqa::lrs::credentials;
use halqa::player::{self, Pass};
use halqa::web::Lang;
use serde_json::{Value, json};
use tokio::sync::Mutex;

use super::Dice;
use super::checker::{Account, Ledger, Seen, entry, faults};
use super::records::{self, COURSE};
use super::server::{Ground, Server};

const LEARNERS: usize = 8;
const CAPACITY: usize = 40;

/// What was arranged before the first process started.
pub struct Scene {
    pub module: ModuleId,
    package: PackageId,
    /// A cmi5 course.
    pub course: ModuleId,
    pub learners: Vec<Learner>,
    token: String,
    /// What a client of the record store proves itself with.
    pub client: String,
}

/// A learner with an open session.
#[derive(Clone)]
pub struct Learner {
    pub session: SessionId,
    pub token: String,
}

impl Scene {
    pub async fn set(ground: &Ground) -> Scene {
        let app = ground.app().await;
        let options = Options {
            publish: true,
            ..Options::default()
        };
        let zip = crate::catalogue::simple("Bonjour");
        let imported = catalogue::import_bytes(&app, &zip, options)
            .await
            .expect("imported");
        let module = catalogue::module(&app, imported.module.id)
            .await
            .expect("the module");
        let mut learners = Vec::new();
        for n in 0..LEARNERS {
            learners.push(learner(&app, &module, n).await);
        }
        let lesson = package::build::zip([
            ("cmi5.xml".to_owned(), COURSE.as_bytes().to_vec()),
            ("index.html".to_owned(), b"<!doctype html>".to_vec()),
        ]);
        let options = Options {
            publish: true,
            ..Options::default()
        };
        let course = catalogue::import_bytes(&app, &lesson.expect("a zip"), options)
            .await
            .expect("imported");
        let new = credentials::New {
            name: "load".to_owned(),
            scopes: Vec::new(),
            organisation: None,
            default_version: None,
        };
        let made = credentials::add(&app, None, new)
            .await
            .expect("a credential");
        let pair = format!("{}:{}", made.user, made.password);
        let token = api_key::add_token(&app, None, "load", &["all".to_owned()])
            .await
            .expect("a token");
        app.db.close().await;
        Scene {
            module: module.id,
            package: module.package,
            course: course.module.id,
            learners,
            token,
            client: format!(
                "Basic {}",
                base64::engine::general_purpose::STANDARD.encode(pair)
            ),
        }
    }

    pub fn ledger(&self) -> Arc<Mutex<Ledger>> {
        let mut ledger = Ledger::default();
        for learner in &self.learners {
            ledger
                .sessions
                .insert(learner.session.0.to_string(), Account::default());
        }
        Arc::new(Mutex::new(ledger))
    }

    /// A seminar without a condition, with fewer seats than are asked for.
    pub async fn add_seminar(&self, server: &Server) {
        let body = json!({
            "slug": "rencontre", "title": "Rencontre", "place": "Tunis",
            "starts_at": "2099-03-02T09:00:00Z", "ends_at": "2099-03-02T12:00:00Z", "capacity": CAPACITY,
        });
        let answer = self.api(server, "POST", "/api/v1/seminars").json(&body);
        let answer = answer.send().await.expect("an answer");
        assert_eq!(answer.status(), 201, "{}", answer.text().await.unwrap());
    }

    pub fn api(&self, server: &Server, method: &str, path: &str) -> reqwest::RequestBuilder {
        server
            .request(method.parse().expect("a method"), path)
            .bearer_auth(&self.token)
    }

    /// A batch through the packages' origin.
    pub async fn post(
        &self,
        server: &Server,
        learner: &Learner,
        entries: &[Value],
    ) -> reqwest::Result<reqwest::Response> {
        let host = format!(
            "{}.content.localhost:{}",
            self.package.0.simple(),
            server.port
        );
        server
            .request_to(&host, reqwest::Method::POST, "/-halqa/journal")
            .header("Origin", format!("http://{host}"))
            .bearer_auth(&learner.token)
            .json(&json!({ "entries": entries }))
            .send()
            .await
    }

    /// An upload.
    pub fn upload(
        &self,
        server: &Server,
        body: impl Into<reqwest::Body>,
    ) -> reqwest::RequestBuilder {
        self.api(server, "POST", "/api/v1/packages")
            .header("Content-Type", "application/zip")
            .body(body)
    }

    /// One learner's lesson through these servers in turn, until it shall stop or nobody answers.
    pub async fn learn(
        &self,
        servers: &[&Server],
        learner: &Learner,
        ledger: &Mutex<Ledger>,
        stop: &AtomicBool,
        dice: &Dice,
    ) {
        let key = learner.session.0.to_string();
        while !stop.load(Ordering::Relaxed) {
            let server = servers[dice.between(0, servers.len() as u64) as usize];
            let from = ledger.lock().await.sessions[&key];
            // What was asked without an answer is asked again, as it was.
            let until = match from.asked > from.acked {
                true => from.asked,
                false => from.acked + dice.between(1, 9),
            };
            account(ledger, &key, |account| account.asked = until).await;
            let entries: Vec<Value> = (from.acked + 1..=until).map(entry).collect();
            let Ok(answer) = self.post(server, learner, &entries).await else {
                return;
            };
            let status = answer.status();
            let Ok(said) = answer.text().await else {
                return;
            };
            if status == 200 {
                let said: Value = serde_json::from_str(&said).expect("JSON");
                assert_eq!(said["acked"], until);
                account(ledger, &key, |account| account.acked = until).await;
            } else {
                assert_eq!(status, 503, "{said}");
            }
        }
    }

    /// Uploads, launches and seats until it shall stop.
    pub async fn bustle(
        &self,
        server: &Server,
        ledger: &Mutex<Ledger>,
        stop: &AtomicBool,
        dice: &Dice,
    ) {
        while !stop.load(Ordering::Relaxed) {
            let number = dice.between(0, u64::MAX);
            let email = format!("guest{number}@example.org");
            let path = format!("/api/v1/modules/{}/launches", self.module.0);
            let body = json!({"learner": {"email": email, "name": "Guest"}});
            let launch = self.api(server, "POST", &path).json(&body).send().await;
            let Some(said) = told(launch, &[201]).await else {
                return;
            };
            let session = said["session"].as_str().expect("a session").to_owned();
            ledger.lock().await.launches.push(session);

            let seat = self.api(server, "POST", "/api/v1/seminars/rencontre/seats");
            let seat = seat.json(&json!({ "learner": email })).send().await;
            let Some(said) = told(seat, &[200, 201, 409]).await else {
                return;
            };
            if said["taken_at"].is_string() {
                ledger.lock().await.seats.insert(email);
            }

            let zip = crate::catalogue::simple(&format!("Bonjour {number}"));
            let upload = self.upload(server, zip.clone()).send().await;
            let Some(said) = told(upload, &[201]).await else {
                return;
            };
            let id = said["package"]["id"].as_str().expect("an id").to_owned();
            ledger.lock().await.uploads.push((id, zip));
        }
    }

    /// Learners and others at once for a while; gives up when the server does not answer.
    pub async fn load(
        &self,
        server: &Server,
        ledger: &Mutex<Ledger>,
        stop: &AtomicBool,
        dice: &Dice,
    ) {
        let servers = [server];
        let learners = self
            .learners
            .iter()
            .map(|learner| self.learn(&servers, learner, ledger, stop, dice));
        futures::future::join5(
            futures::future::join_all(learners),
            self.bustle(server, ledger, stop, dice),
            self.record(server, ledger, stop, dice),
            self.record(server, ledger, stop, dice),
            self.visits(server, ledger, stop, dice),
        )
        .await;
    }

    /// What the platform shows through its API, and keeps in its storage, of what clients know.
    pub async fn seen(&self, ground: &Ground, server: &Server, ledger: &Ledger) -> Seen {
        let mut seen = Seen {
            capacity: CAPACITY,
            ..Seen::default()
        };
        let get = async |path: String| -> Option<Value> {
            let answer = self.api(server, "GET", &path).send().await;
            let answer = answer.expect("an answer");
            (answer.status() == 200).then_some(answer.json().await.expect("JSON"))
        };
        for session in ledger.sessions.keys() {
            let mut entries = Vec::new();
            let mut after = -1;
            while let Some(page) =
                get(format!("/api/v1/sessions/{session}/journal?after={after}")).await
            {
                entries.extend(page["entries"].as_array().expect("entries").clone());
                match page["next"].as_i64() {
                    Some(next) => after = next,
                    None => {
                        seen.journals.insert(session.clone(), entries);
                        break;
                    }
                }
            }
        }
        for (id, _) in &ledger.uploads {
            if let Some(package) = get(format!("/api/v1/packages/{id}")).await {
                let sha = package["sha256"].as_str().expect("a digest");
                seen.packages.insert(id.clone(), stored(ground, sha));
            }
        }
        for session in &ledger.launches {
            if get(format!("/api/v1/sessions/{session}/journal"))
                .await
                .is_some()
            {
                seen.launches.insert(session.clone());
            }
        }
        if let Some(seats) = get("/api/v1/seminars/rencontre/seats".to_owned()).await {
            seen.seats = seats
                .as_array()
                .expect("seats")
                .iter()
                .filter_map(|seat| Some(seat["learner"]["email"].as_str()?.to_owned()))
                .collect();
        }
        seen
    }

    /// Everything is there, or the test ends here.
    pub async fn check(&self, ground: &Ground, server: &Server, ledger: &Mutex<Ledger>) {
        let mut ledger = ledger.lock().await;
        let seen = self.seen(ground, server, &ledger).await;
        let mut faults = faults(&ledger, &seen);
        let kept = self.kept(server, &ledger).await;
        faults.extend(records::faults(&ledger.batches, &ledger.visits, &kept));
        assert!(faults.is_empty(), "{}", faults.join("\n"));
        ledger.settle();
    }

    /// With no process left: each attempt is what a fresh fold of its journal gives, and the
    /// database is sound.
    pub async fn check_ground(&self, ground: &Ground) {
        let probe = halqa::db::probe::probe(&ground.database, 0)
            .await
            .expect("a database");
        let damaged =
            |f: &halqa::db::probe::Fault| matches!(f, halqa::db::probe::Fault::Damaged(_));
        assert!(!probe.faults.iter().any(damaged), "{:?}", probe.faults);
        // Later than what a dead process had claimed.
        let app = ground.app_ahead(3600).await;
        while halqa::jobs::run_due(&app, &halqa::handlers())
            .await
            .expect("the outbox")
            > 0
        {}
        let (_, failed) = halqa::jobs::counts(&app).await.expect("counted");
        assert_eq!(failed, 0, "orders that could not be carried out");
        for learner in &self.learners {
            let replay = player::replay::Replay::of(&app, learner.session, 0)
                .await
                .expect("a replay");
            assert!(replay.agrees, "{:?}", replay.outcome);
            // Everything the session has to tell was told: telling it once more adds nothing.
            let before = testing::count_statements(&app.db).await;
            player::statements::tell(&app, learner.session, true)
                .await
                .expect("told");
            assert_eq!(testing::count_statements(&app.db).await, before);
        }
        app.db.close().await;
    }
}

async fn account(ledger: &Mutex<Ledger>, session: &str, change: impl FnOnce(&mut Account)) {
    if let Some(account) = ledger.lock().await.sessions.get_mut(session) {
        change(account);
    }
}

/// The answer, if one came whole; any other status than these is a failure of the platform.
async fn told(answer: reqwest::Result<reqwest::Response>, expected: &[u16]) -> Option<Value> {
    let answer = answer.ok()?;
    let status = answer.status().as_u16();
    let said = answer.text().await.ok()?;
    assert!(expected.contains(&status), "{status}: {said}");
    Some(serde_json::from_str(&said).expect("JSON"))
}

async fn learner(app: &App, module: &catalogue::Module, n: usize) -> Learner {
    let learner = NewLearner {
        id: app.ids.id(),
        membership: app.ids.id(),
        email: format!("learner{n}@example.org"),
        name: format!("Learner {n}"),
        language: Lang::Fr,
        organisation: None,
    };
    let person = learner.id;
    let launch = player::launch(app, learner, module)
        .await
        .expect("a launch");
    let attempts = player::attempts_of(app, person, module.id).await;
    let pass = Pass {
        session: launch.session,
        attempt: attempts.expect("attempts")[0].id,
        version: module.version,
    };
    let opened = player::open(app, pass, "load".to_owned())
        .await
        .expect("opened");
    Learner {
        session: opened.session,
        token: opened.token,
    }
}

/// The object kept for these bytes: each import has a key of its own, which begins with the hash.
fn stored(ground: &Ground, sha: &str) -> Vec<u8> {
    let folder = ground.data().join("packages/zip").join(&sha[..2]);
    let mut objects = std::fs::read_dir(folder).into_iter().flatten().flatten();
    objects
        .find(|object| object.file_name().to_string_lossy().starts_with(sha))
        .and_then(|object| std::fs::read(object.path()).ok())
        .unwrap_or_default()
}
