//! The program as a process of its own, and talking to it.

use std::path::PathBuf;
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use serde_json::Value;

/// A platform's settings and data, while processes come and go.
pub struct Program {
    data: PathBuf,
    database: Option<String>,
}

/// A process that serves it.
pub struct Platform {
    child: Child,
    pub port: u16,
    pub client: reqwest::Client,
    token: String,
}

/// A free port of this machine.
pub fn free_port() -> u16 {
    std::net::TcpListener::bind(("127.0.0.1", 0))
        .and_then(|listener| listener.local_addr())
        .expect("a free port")
        .port()
}

impl Program {
    pub fn new(data: PathBuf, database: Option<String>) -> Program {
        Program { data, database }
    }

    fn command(&self, port: u16) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_halqa"));
        command
            .env("HALQA_DATA", &self.data)
            .env("HALQA_PORT", port.to_string())
            .stdin(Stdio::null());
        if let Some(database) = &self.database {
            command.env("HALQA_DATABASE_URL", database);
        }
        command
    }

    /// Starts it; gives how long it took until it was ready. Its log goes to a file, as in
    /// production.
    pub async fn start(&self, verb: &str) -> (Platform, Duration) {
        let port = free_port();
        std::fs::create_dir_all(&self.data).expect("a folder");
        let log = std::fs::File::create(self.data.join("log")).expect("a log");
        let begun = Instant::now();
        let child = self
            .command(port)
            .arg(verb)
            .stdout(Stdio::null())
            .stderr(log)
            .spawn()
            .expect("the program runs");
        let client = reqwest::Client::builder()
            .redirect(reqwest::redirect::Policy::none())
            .cookie_store(true)
            // Sizes are those of the line.
            .no_gzip()
            .build()
            .expect("a client");
        let ready = format!("http://127.0.0.1:{port}/health/ready");
        loop {
            if let Ok(answer) = client.get(&ready).send().await
                && answer.status() == 200
            {
                break;
            }
            assert!(begun.elapsed() < Duration::from_secs(300), "never ready");
            tokio::time::sleep(Duration::from_millis(5)).await;
        }
        let took = begun.elapsed();
        let output = self
            .command(port)
            .args(["tokens", "add", "--name", "bench", "--scope", "all"])
            .output()
            .expect("the program runs");
        let token = String::from_utf8_lossy(&output.stdout).trim().to_owned();
        assert!(output.status.success() && !token.is_empty());
        let platform = Platform {
            child,
            port,
            client,
            token,
        };
        (platform, took)
    }
}

impl Platform {
    /// The `Host` of the application's origin.
    pub fn host(&self) -> String {
        format!("localhost:{}", self.port)
    }

    /// A request to the application's origin.
    pub fn request(&self, method: &str, path: &str) -> reqwest::RequestBuilder {
        let method = method.parse().expect("a method");
        self.client
            .request(method, format!("http://localhost:{}{path}", self.port))
            .header("Origin", format!("http://{}", self.host()))
    }

    /// A call of the API: its status and answer.
    pub async fn api(&self, method: &str, path: &str, body: &Value) -> (u16, Value) {
        let answer = self
            .request(method, path)
            .bearer_auth(&self.token)
            .json(body)
            .send()
            .await
            .expect("an answer");
        let status = answer.status().as_u16();
        (status, answer.json().await.expect("JSON"))
    }

    /// Uploads a package and publishes it: how long it took, and the answer.
    pub async fn upload(&self, zip: Vec<u8>) -> (Duration, Value) {
        let begun = Instant::now();
        let answer = self
            .request("POST", "/api/v1/packages?publish=true")
            .bearer_auth(&self.token)
            .header("Content-Type", "application/zip")
            .body(zip)
            .send()
            .await
            .expect("an answer");
        let status = answer.status();
        let said: Value = answer.json().await.expect("JSON");
        let took = begun.elapsed();
        assert_eq!(status, 201, "{said}");
        (took, said)
    }

    /// A figure of `/proc/<pid>/status` in MB.
    pub fn resident_mb(&self, name: &str) -> f64 {
        let path = format!("/proc/{}/status", self.child.id());
        let text = std::fs::read_to_string(path).expect("a process");
        let line = text
            .lines()
            .find(|line| line.starts_with(name))
            .expect("its memory");
        let kib: f64 = line
            .split_whitespace()
            .nth(1)
            .and_then(|text| text.parse().ok())
            .expect("a number");
        kib * 1024.0 / 1e6
    }

    /// Asks it to stop, and waits.
    pub async fn stop(mut self) {
        let pid = self.child.id().to_string();
        let _ = Command::new("kill").args(["-TERM", &pid]).status();
        while matches!(self.child.try_wait(), Ok(None)) {
            tokio::time::sleep(Duration::from_millis(10)).await;
        }
    }
}

impl Drop for Platform {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}
