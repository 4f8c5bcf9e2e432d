//! A running platform, a line to it that can be cut, and a browser.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::Arc;
use std::sync::atomic::{AtomicI64, AtomicU32, Ordering};
use std::time::Duration;

use halqa::App;
use halqa::clock::{Clock, SystemClock, Timestamp};
use halqa::config::Config;
use halqa::ids::SystemEntropy;
use thirtyfour::prelude::*;
use tokio::net::{TcpListener, TcpStream};

use crate::line::Line;
pub use crate::line::Way;

// Shared with the suite without a browser, which uses all of it.
#[allow(dead_code)]
#[path = "../it/harness/postgres.rs"]
mod postgres;
#[path = "../it/harness/ready.rs"]
mod ready;

static NEXT: AtomicU32 = AtomicU32::new(0);

/// A platform with its own data, reached through a line that can be cut.
pub struct Platform {
    /// For arranging and for looking behind the scenes.
    pub app: App,
    /// The application's address.
    pub url: String,
    line: Line,
    clock: Arc<Ahead>,
    folder: PathBuf,
    shutdown: rocket::Shutdown,
}

impl Platform {
    /// Starts on `engine`: `sqlite` or `postgres`.
    pub async fn start(engine: &str) -> Platform {
        Self::start_with(engine, &[]).await
    }

    /// As [`Platform::start`], with more settings.
    pub async fn start_with(engine: &str, more: &[(&str, String)]) -> Platform {
        Self::open(engine, more, None).await
    }

    /// On a copy of a folder that an SQLite platform left.
    pub async fn over(left: &Path) -> Platform {
        Self::open("sqlite", &[], Some(left)).await
    }

    async fn open(engine: &str, more: &[(&str, String)], left: Option<&Path>) -> Platform {
        let number = NEXT.fetch_add(1, Ordering::Relaxed);
        let folder =
            std::env::temp_dir().join(format!("halqa-browser-{}-{number}", std::process::id()));
        std::fs::create_dir_all(&folder).expect("a folder");
        if let Some(left) = left {
            crate::community::copy(left, &folder);
        }
        let port = free_port().await;
        let line = Line::open(port).await;
        let url = format!("http://localhost:{}", line.port);
        let mut values = BTreeMap::from([
            ("HALQA_DATA".to_owned(), folder.display().to_string()),
            ("HALQA_PORT".to_owned(), port.to_string()),
            ("HALQA_PUBLIC_URL".to_owned(), url.clone()),
            (
                "HALQA_CONTENT_URL".to_owned(),
                format!("http://{{package}}.content.localhost:{}", line.port),
            ),
            ("HALQA_PASSWORD_COST".to_owned(), "test".to_owned()),
        ]);
        for (key, value) in more {
            values.insert((*key).to_owned(), value.clone());
        }
        if engine == "postgres" {
            values.insert("HALQA_DATABASE_URL".to_owned(), postgres::migrated().await);
        }
        let config = Config::from_values(&values).expect("configuration");
        ready::sqlite(&config).await;
        let clock = Arc::new(Ahead::default());
        let app = App::open_with(config, clock.clone(), Arc::new(SystemEntropy))
            .await
            .expect("the platform opens");
        let rocket = halqa::rocket(app.clone()).ignite().await.expect("ignites");
        let shutdown = rocket.shutdown();
        tokio::spawn(async move {
            let _ = rocket.launch().await;
        });
        for _ in 0..200 {
            if TcpStream::connect(("127.0.0.1", port)).await.is_ok() {
                break;
            }
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
        Platform {
            app,
            url,
            line,
            clock,
            folder,
            shutdown,
        }
    }

    /// Cuts the line: connections are dropped and new ones refused.
    pub fn cut_line(&self) {
        self.line.become_(Way::Cut);
    }

    /// What becomes of requests from now on.
    pub fn line(&self, way: Way) {
        self.line.become_(way);
    }

    /// Mends the line.
    pub fn mend_line(&self) {
        self.line.become_(Way::Open);
    }

    /// Lets the server's clock run ahead.
    pub fn advance_seconds(&self, seconds: i64) {
        self.clock.0.fetch_add(seconds, Ordering::SeqCst);
    }
}

/// The system's clock, which can be made to run ahead.
#[derive(Default)]
pub struct Ahead(AtomicI64);

impl Clock for Ahead {
    fn now(&self) -> Timestamp {
        SystemClock
            .now()
            .plus_seconds(self.0.load(Ordering::SeqCst))
    }
}

impl Drop for Platform {
    fn drop(&mut self) {
        self.shutdown.clone().notify();
        let _ = std::fs::remove_dir_all(&self.folder);
    }
}

/// Dots for a CSS pixel of a phone: painting four times as many is for people who look at pictures.
fn sharpness() -> f64 {
    if std::env::var_os("HALQA_SHOTS").is_some() {
        2.0
    } else {
        1.0
    }
}

async fn free_port() -> u16 {
    let listener = TcpListener::bind(("127.0.0.1", 0)).await.expect("a port");
    listener.local_addr().expect("an address").port()
}

/// Chromium, driven.
pub struct Browser {
    driver: WebDriver,
    chromedriver: Child,
    folder: PathBuf,
    keys: bool,
}

impl std::ops::Deref for Browser {
    type Target = WebDriver;
    fn deref(&self) -> &WebDriver {
        &self.driver
    }
}

impl Browser {
    /// Opens a browser with a new profile; `width` in CSS pixels.
    pub async fn open(width: u32) -> Browser {
        Self::with(width, &[], serde_json::json!({})).await
    }

    /// As [`Browser::open`], for somebody who prefers dark pages, or light ones.
    pub async fn open_in(width: u32, dark: bool) -> Browser {
        // Blink counts dark as 0, light as 1.
        let scheme = format!("--blink-settings=preferredColorScheme={}", u8::from(!dark));
        Self::with(width, &[&scheme], serde_json::json!({})).await
    }

    /// As [`Browser::open`], with JavaScript turned off in pages.
    pub async fn open_without_scripts(width: u32) -> Browser {
        let settings =
            serde_json::json!({ "profile.managed_default_content_settings.javascript": 2 });
        // The driver's own phones need scripts to be tapped.
        let browser = Self::with(1280, &[], settings).await;
        let phone = width < 500;
        let metrics = serde_json::json!({
            "width": width, "height": if phone { 780 } else { 900 },
            "deviceScaleFactor": if phone { sharpness() } else { 1.0 }, "mobile": phone,
        });
        let tools = browser.driver.cdp();
        let sized = tools.send_raw("Emulation.setDeviceMetricsOverride", metrics);
        sized.await.expect("the browser takes the size");
        browser
    }

    /// As [`Browser::open`], for somebody whose browser lets the packages' origins keep nothing:
    /// asking for their storage throws there.
    pub async fn open_without_storage_for_packages(width: u32) -> Browser {
        let settings = serde_json::json!({
            "profile.content_settings.exceptions.cookies": { "[*.]content.localhost,*": { "setting": 2 } }
        });
        Self::with(width, &[], settings).await
    }

    /// As [`Browser::open`], with arguments and preferences of Chromium's own.
    pub async fn with(width: u32, arguments: &[&str], settings: serde_json::Value) -> Browser {
        let port = free_port().await;
        let chromedriver = Command::new("chromedriver")
            .arg(format!("--port={port}"))
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .expect("chromedriver: `scripts/test` installs it");
        let number = NEXT.fetch_add(1, Ordering::Relaxed);
        let folder =
            std::env::temp_dir().join(format!("halqa-chromium-{}-{number}", std::process::id()));
        let mut capabilities = DesiredCapabilities::chrome();
        for argument in [
            "--headless=new",
            "--no-sandbox",
            "--disable-gpu",
            "--disable-dev-shm-usage",
            "--disable-quic",
            "--no-first-run",
            "--disable-background-networking",
            "--disable-component-update",
            "--disable-sync",
            "--hide-scrollbars",
            &format!("--window-size={width},900"),
            &format!("--user-data-dir={}", folder.display()),
        ] {
            capabilities.add_arg(argument).expect("an argument");
        }
        for argument in arguments {
            capabilities.add_arg(argument).expect("an argument");
        }
        capabilities
            .add_experimental_option("prefs", settings)
            .expect("settings");
        if width < 500 {
            // Windows are never narrower than 500 px; phones are.
            capabilities
                .add_experimental_option(
                    "mobileEmulation",
                    serde_json::json!({
                        "deviceMetrics": { "width": width, "height": 780, "pixelRatio": sharpness(), "touch": true },
                    }),
                )
                .expect("a phone");
        }
        let mut tries = 0;
        let driver = loop {
            match WebDriver::new(format!("http://127.0.0.1:{port}"), capabilities.clone()).await {
                Ok(driver) => break driver,
                Err(error) if tries > 50 => panic!("no browser: {error}"),
                Err(_) => {
                    tries += 1;
                    tokio::time::sleep(Duration::from_millis(100)).await;
                }
            }
        };
        driver
            .set_implicit_wait_timeout(Duration::from_secs(10))
            .await
            .expect("a timeout");
        Browser {
            driver,
            chromedriver,
            folder,
            keys: false,
        }
    }

    /// From here on by the keyboard alone: what [`Browser::click`] and [`Browser::fill`] are asked
    /// for is reached with Tab, and the page must show where one is.
    pub fn by_keys(self) -> Browser {
        Browser { keys: true, ..self }
    }

    /// Whether it is held by the keyboard alone.
    pub fn is_by_keys(&self) -> bool {
        self.keys
    }

    /// The first element that matches, waited for.
    pub async fn one(&self, css: &str) -> WebElement {
        match self.driver.find(By::Css(css)).await {
            Ok(element) => element,
            Err(error) => {
                self.picture("missing-element").await;
                panic!("{css}: {error}");
            }
        }
    }

    /// Clicks the first element that matches.
    pub async fn click(&self, css: &str) {
        if self.keys {
            return self.press(css).await;
        }
        let element = self.one(css).await;
        element.scroll_into_view().await.expect("in view");
        element
            .click()
            .await
            .unwrap_or_else(|error| panic!("click {css}: {error}"));
    }

    /// Types into a field, replacing what was there.
    pub async fn fill(&self, css: &str, text: &str) {
        if self.keys {
            return self.write(css, text).await;
        }
        let field = self.one(css).await;
        field.clear().await.expect("cleared");
        field.send_keys(text).await.expect("typed");
    }

    /// The page's text.
    pub async fn text(&self) -> String {
        self.one("body").await.text().await.expect("text")
    }

    /// Waits until the page (or the frame that has the focus) says so.
    pub async fn wait_for_text(&self, wanted: &str) {
        for _ in 0..150 {
            if let Ok(body) = self.driver.find(By::Tag("body")).await
                && body.text().await.is_ok_and(|text| text.contains(wanted))
            {
                return;
            }
            tokio::time::sleep(Duration::from_millis(100)).await;
        }
        self.picture("missing-text").await;
        panic!("no {wanted:?} in:\n{}", self.text().await);
    }

    /// Saves a picture where `HALQA_SHOTS` says, for people to look at.
    pub async fn picture(&self, name: &str) {
        if let Ok(folder) = std::env::var("HALQA_SHOTS") {
            std::fs::create_dir_all(&folder).expect("a folder for pictures");
            let path = PathBuf::from(folder).join(format!("{name}.png"));
            self.driver.screenshot(&path).await.expect("a picture");
        }
    }

    /// Runs this script in every new document of this tab, before the document's own. Frames of
    /// other sites are not reached.
    pub async fn run_first(&self, script: &str) {
        self.driver
            .cdp()
            .send_raw(
                "Page.addScriptToEvaluateOnNewDocument",
                serde_json::json!({ "source": script }),
            )
            .await
            .expect("the browser takes the script");
    }

    /// Closes the browser.
    pub async fn close(mut self) {
        let _ = self.driver.clone().quit().await;
        let _ = self.chromedriver.kill();
        let _ = self.chromedriver.wait();
        let _ = std::fs::remove_dir_all(&self.folder);
    }
}

/// Runs each path on SQLite and on PostgreSQL.
macro_rules! both_engines {
    ($($(#[$meta:meta])* async fn $name:ident($platform:ident : Platform) $body:block)*) => {$(
        $(#[$meta])*
        mod $name {
            #[allow(unused_imports)]
            use super::*;

            async fn path($platform: $crate::harness::Platform) $body

            #[test]
            fn sqlite() {
                $crate::harness::run("sqlite", path);
            }

            #[test]
            fn postgres() {
                $crate::harness::run("postgres", path);
            }
        }
    )*};
}
pub(crate) use both_engines;

/// Paths on which the database makes no difference: run once.
macro_rules! one_engine {
    ($($(#[$meta:meta])* async fn $name:ident($platform:ident : Platform) $body:block)*) => {$(
        $(#[$meta])*
        #[test]
        fn $name() {
            async fn path($platform: $crate::harness::Platform) $body
            $crate::harness::run("sqlite", path);
        }
    )*};
}
pub(crate) use one_engine;

/// Runs a path against a platform of its own.
pub fn run<F: Future<Output = ()>>(engine: &str, path: impl Fn(Platform) -> F) {
    if std::env::var("HALQA_TEST_ENGINES").map_or(true, |list| list.contains(engine)) {
        let runtime = tokio::runtime::Runtime::new().expect("a runtime");
        runtime.block_on(async {
            path(Platform::start(engine).await).await;
        });
        runtime.shutdown_timeout(Duration::from_secs(1));
    }
}
