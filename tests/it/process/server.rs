//! One platform on disk, and the processes that serve it.

use std::collections::BTreeMap;
use std::process::{Child, Command, ExitStatus, Stdio};
use std::sync::Arc;
use std::time::{Duration, Instant};

use halqa::App;
use halqa::clock::{Clock, SystemClock, Timestamp};
use halqa::config::Config;
use halqa::ids::SystemEntropy;

use crate::harness::tempfolder::Folder;
use crate::harness::{On, fresh_postgres};

const SECRET: &str = "a key for tests only, of no use elsewhere";

/// What stays while processes come and go.
pub struct Ground {
    folder: Folder,
    pub database: String,
}

impl Ground {
    pub async fn on(engine: On) -> Ground {
        let folder = Folder::new();
        let database = match engine {
            On::Sqlite => format!("sqlite:{}", folder.path().join("halqa.db").display()),
            On::Postgres => fresh_postgres().await,
        };
        Ground { folder, database }
    }

    /// The data folder.
    pub fn data(&self) -> &std::path::Path {
        self.folder.path()
    }

    fn settings(&self, port: u16) -> BTreeMap<String, String> {
        let data = self.data().display().to_string();
        [
            ("HALQA_DATA", data.as_str()),
            ("HALQA_DATABASE_URL", &self.database),
            ("HALQA_SECRET_KEY", SECRET),
            ("HALQA_PASSWORD_COST", "test"),
            ("HALQA_LOG", "warn"),
            ("HALQA_PORT", &port.to_string()),
        ]
        .map(|(key, value)| (key.to_owned(), value.to_owned()))
        .into()
    }

    /// The platform in this process, for arranging and for looking behind the scenes while no
    /// other serves it. To be closed.
    pub async fn app(&self) -> App {
        let config = Config::from_values(&self.settings(8000)).expect("settings");
        App::open(config).await.expect("the platform opens")
    }

    /// The same, by a clock that runs so many seconds ahead.
    pub async fn app_ahead(&self, seconds: i64) -> App {
        let config = Config::from_values(&self.settings(8000)).expect("settings");
        App::open_with(config, Arc::new(Ahead(seconds)), Arc::new(SystemEntropy))
            .await
            .expect("the platform opens")
    }

    /// A process that serves it, ready.
    pub async fn serve(&self) -> Server {
        let port = std::net::TcpListener::bind(("127.0.0.1", 0))
            .and_then(|listener| listener.local_addr())
            .expect("a free port")
            .port();
        let child = Command::new(env!("CARGO_BIN_EXE_halqa"))
            .arg("serve")
            .env_clear()
            .envs(std::env::var("PATH").map(|path| ("PATH".to_owned(), path)))
            .envs(self.settings(port))
            .stdin(Stdio::null())
            .stdout(Stdio::null())
            .stderr(Stdio::inherit())
            .spawn()
            .expect("the program runs");
        let mut server = Server {
            child,
            port,
            client: reqwest::Client::builder()
                .timeout(Duration::from_secs(60))
                .build()
                .expect("a client"),
        };
        server.ready().await;
        server
    }
}

struct Ahead(i64);

impl Clock for Ahead {
    fn now(&self) -> Timestamp {
        SystemClock.now().plus_seconds(self.0)
    }
}

/// A process; killed when it is dropped.
pub struct Server {
    child: Child,
    pub port: u16,
    pub client: reqwest::Client,
}

impl Server {
    async fn ready(&mut self) {
        let begun = Instant::now();
        loop {
            if let Ok(answer) = self.get("/health/ready").send().await
                && answer.status() == 200
            {
                return;
            }
            if let Ok(Some(status)) = self.child.try_wait() {
                panic!("the server ended: {status}");
            }
            assert!(begun.elapsed() < Duration::from_secs(60), "never ready");
            tokio::time::sleep(Duration::from_millis(10)).await;
        }
    }

    /// A request to the application's origin.
    pub fn request(&self, method: reqwest::Method, path: &str) -> reqwest::RequestBuilder {
        self.request_to(&format!("localhost:{}", self.port), method, path)
    }

    /// A request to an origin by its host.
    pub fn request_to(
        &self,
        host: &str,
        method: reqwest::Method,
        path: &str,
    ) -> reqwest::RequestBuilder {
        self.client
            .request(method, format!("http://127.0.0.1:{}{path}", self.port))
            .header("Host", host)
    }

    pub fn get(&self, path: &str) -> reqwest::RequestBuilder {
        self.request(reqwest::Method::GET, path)
    }

    /// Ends it as a power cut would, as far as a process can tell.
    pub fn kill(mut self) {
        self.child.kill().expect("killed");
        self.child.wait().expect("gone");
    }

    /// Asks it to stop, as an operator's service manager does.
    pub fn terminate(&self) {
        let status = Command::new("kill")
            .args(["-TERM", &self.child.id().to_string()])
            .status()
            .expect("a signal");
        assert!(status.success());
    }

    /// Waits for its end.
    pub async fn ended(mut self) -> ExitStatus {
        let begun = Instant::now();
        loop {
            if let Ok(Some(status)) = self.child.try_wait() {
                return status;
            }
            assert!(begun.elapsed() < Duration::from_secs(40), "does not stop");
            tokio::time::sleep(Duration::from_millis(10)).await;
        }
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}
