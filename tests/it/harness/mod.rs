//! A world to test in: a fresh database on one engine, a folder, a clock that stands still, and
//! the web server in memory.

mod community;
pub mod openapi;
mod people;
mod postgres;
mod ready;

use std::collections::BTreeMap;
use std::sync::Arc;

use halqa::clock::{Clock, SetClock, Timestamp};
use halqa::config::Config;
use halqa::db::Engine;
use halqa::ids::SystemEntropy;
use halqa::{App, Parts};
use rocket::http::{Header, Method, Status};
use rocket::local::asynchronous::{Client, LocalRequest, LocalResponse};

pub use community::{Osc, half, one_of, passed};
pub use halqa::db::Engine as On;
pub use people::{As, PASSWORD, cookie};
pub use postgres::fresh as fresh_postgres;

/// 2026-03-02T09:00:00Z, a Monday.
pub const START: Timestamp = Timestamp::from_micros(1_772_442_000_000_000);

/// One platform of its own.
pub struct World {
    /// The application under the server, for arranging and for looking behind the scenes.
    pub app: App,
    /// The server.
    pub client: Client,
    /// The clock everything asks.
    pub clock: Arc<SetClock>,
    _folder: tempfolder::Folder,
}

impl World {
    /// A fresh platform on an engine.
    pub async fn on(engine: Engine) -> World {
        World::with(engine, &[]).await
    }

    /// A fresh platform on an engine, with further settings.
    pub async fn with(engine: Engine, settings: &[(&str, &str)]) -> World {
        World::over(engine, settings, |_| {}).await
    }

    /// A platform over what is there already: the settings name its database.
    pub async fn at(settings: &[(&str, &str)]) -> World {
        World::with(Engine::Sqlite, settings).await
    }

    /// As [`World::with`], the application changed before it is served.
    pub async fn over(
        engine: Engine,
        settings: &[(&str, &str)],
        change: impl FnOnce(&mut Parts),
    ) -> World {
        let folder = tempfolder::Folder::new();
        let mut values = BTreeMap::from([
            ("HALQA_DATA".to_owned(), folder.path().display().to_string()),
            (
                "HALQA_SECRET_KEY".to_owned(),
                "a key for tests only, of no use elsewhere".to_owned(),
            ),
            // Argon2 at its cheapest: these tests are not about the cost of a guess.
            ("HALQA_PASSWORD_COST".to_owned(), "test".to_owned()),
        ]);
        values.extend(
            settings
                .iter()
                .map(|(k, v)| ((*k).to_owned(), (*v).to_owned())),
        );
        if engine == Engine::Postgres {
            values.insert("HALQA_DATABASE_URL".to_owned(), postgres::migrated().await);
        }
        let config = Config::from_values(&values).expect("test configuration");
        ready::sqlite(&config).await;
        if std::env::var("HALQA_TEST_LOG").is_ok() {
            let _ = tracing_subscriber::fmt().with_test_writer().try_init();
        }
        let clock = Arc::new(SetClock::new(START));
        let app = App::open_with(config, clock.clone(), Arc::new(SystemEntropy))
            .await
            .expect("the platform opens");
        let mut parts = Parts::clone(&app);
        change(&mut parts);
        let app = App::from(parts);
        let client = Client::untracked(halqa::rocket(app.clone()))
            .await
            .expect("the server starts");
        World {
            app,
            client,
            clock,
            _folder: folder,
        }
    }

    /// The same world, its server configured otherwise.
    pub async fn configured(self, change: impl FnOnce(&mut Config)) -> World {
        let mut config = (*self.app.config).clone();
        change(&mut config);
        let app = App::from(Parts {
            http: halqa::outbound::http::Http::open(&config).expect("a client"),
            config: Arc::new(config),
            ..Parts::clone(&self.app)
        });
        let client = Client::untracked(halqa::rocket(app.clone()))
            .await
            .expect("the server starts");
        World {
            app,
            client,
            ..self
        }
    }

    /// The present moment of this world, without moving the clock.
    pub fn now(&self) -> Timestamp {
        self.clock.now()
    }

    /// A request to the application's origin.
    pub fn request(&self, method: Method, path: &str) -> LocalRequest<'_> {
        self.client
            .req(method, path.to_owned())
            .header(Header::new("Host", "localhost:8000"))
    }

    /// A GET on the application's origin.
    pub fn get(&self, path: &str) -> LocalRequest<'_> {
        self.request(Method::Get, path)
    }

    /// A POST as our own pages send it.
    pub fn post(&self, path: &str) -> LocalRequest<'_> {
        self.request(Method::Post, path)
            .header(Header::new("Origin", "http://localhost:8000"))
    }

    /// A form as our own pages send it.
    pub fn form(&self, path: &str, fields: &[(&str, &str)]) -> LocalRequest<'_> {
        let body = url::form_urlencoded::Serializer::new(String::new())
            .extend_pairs(fields)
            .finish();
        self.post(path)
            .header(rocket::http::ContentType::Form)
            .body(body)
    }

    /// A browser in which this person is signed in.
    pub async fn session_of(&self, person: halqa::ids::PersonId) -> rocket::http::Cookie<'static> {
        let secret = self.app.ids.secret();
        let row = (self.app.ids.uuid(), secret.hash(), person, self.now());
        self.app
            .db
            .write(row, |tx, (id, hash, person, now)| {
                Box::pin(async move {
                    halqa::db::testing::insert_sign_in(tx, *id, hash, *person, *now).await
                })
            })
            .await
            .map_err(|e: halqa::db::DbError| e)
            .expect("signed in");
        rocket::http::Cookie::new("halqa", secret.reveal().to_owned())
    }

    /// A request to a package's content origin.
    pub fn content(
        &self,
        method: Method,
        package: halqa::ids::PackageId,
        path: &str,
    ) -> LocalRequest<'_> {
        let host = format!("{}.content.localhost:8000", package.0.simple());
        self.client
            .req(method, path.to_owned())
            .header(Header::new("Host", host.clone()))
            .header(Header::new("Origin", format!("http://{host}")))
    }
}

/// What an answer holds, read whole.
pub struct Answer {
    /// The status.
    pub status: Status,
    /// The body.
    pub text: String,
    /// The headers.
    pub headers: BTreeMap<String, String>,
}

impl Answer {
    /// Reads a response whole.
    pub async fn of(response: LocalResponse<'_>) -> Answer {
        let status = response.status();
        let mut headers: BTreeMap<String, String> = response
            .headers()
            .iter()
            .map(|h| (h.name().as_str().to_ascii_lowercase(), h.value().to_owned()))
            .collect();
        // Of several cookies the map keeps one: here are all, a line each.
        let cookies: Vec<&str> = response.headers().get("set-cookie").collect();
        headers.insert("set-cookies".to_owned(), cookies.join("\n"));
        Answer {
            status,
            headers,
            text: response.into_string().await.unwrap_or_default(),
        }
    }

    /// The body as JSON.
    pub fn json(&self) -> serde_json::Value {
        serde_json::from_str(&self.text).unwrap_or_else(|e| panic!("not JSON ({e}): {}", self.text))
    }

    /// The problem's code.
    pub fn code(&self) -> String {
        self.json()["code"].as_str().unwrap_or_default().to_owned()
    }
}

/// Sends a request and reads the answer; what the API answers is held against its description.
pub async fn send(request: LocalRequest<'_>) -> Answer {
    let asked = (request.inner().method(), request.inner().uri().to_string());
    let answer = Answer::of(request.dispatch().await).await;
    openapi::hold(asked.0, &asked.1, &answer);
    answer
}

/// True when tests shall run on this engine: both, unless `HALQA_TEST_ENGINES` names fewer.
pub fn wanted(engine: &str) -> bool {
    std::env::var("HALQA_TEST_ENGINES").map_or(true, |list| list.contains(engine))
}

/// Runs each test once on SQLite and once on PostgreSQL.
macro_rules! both_engines {
    ($($(#[$meta:meta])* async fn $name:ident($world:ident : World) $body:block)*) => {$(
        $(#[$meta])*
        mod $name {
            #[allow(unused_imports)]
            use super::*;

            async fn story($world: $crate::harness::World) $body

            #[rocket::async_test]
            async fn sqlite() {
                if $crate::harness::wanted("sqlite") {
                    story($crate::harness::World::on($crate::harness::On::Sqlite).await).await;
                }
            }

            #[rocket::async_test]
            async fn postgres() {
                if $crate::harness::wanted("postgres") {
                    story($crate::harness::World::on($crate::harness::On::Postgres).await).await;
                }
            }
        }
    )*};
}
pub(crate) use both_engines;

pub mod tempfolder {
    use std::path::{Path, PathBuf};
    use std::sync::atomic::{AtomicU32, Ordering};

    static NEXT: AtomicU32 = AtomicU32::new(0);

    /// A folder that goes away with its owner.
    pub struct Folder(PathBuf);

    impl Folder {
        pub fn new() -> Folder {
            let number = NEXT.fetch_add(1, Ordering::Relaxed);
            let path =
                std::env::temp_dir().join(format!("halqa-test-{}-{number}", std::process::id()));
            std::fs::create_dir_all(&path).expect("a temporary folder");
            Folder(path)
        }
        pub fn path(&self) -> &Path {
            &self.0
        }
    }

    impl Drop for Folder {
        fn drop(&mut self) {
            let _ = std::fs::remove_dir_all(&self.0);
        }
    }
}
