//! A module inside a learning platform's page, on another site, third-party cookies blocked: by a
//! cookie of the frame alone, by the platform's storage, and in a window of its own.

use std::sync::{Arc, Mutex};
use std::time::Duration;

use aws_lc_rs::encoding::{AsDer, Pkcs8V1Der};
use aws_lc_rs::rsa::{KeyPair, KeySize};
use base64::Engine as _;
use halqa::lti::platforms::{self, NewPlatform};
use lti::jwt::SigningKey;
use serde_json::json;

use crate::harness::{Browser, Platform, both_engines};
use crate::learner::sample;
use crate::player::zip;
use server::{Reply, Server};

#[path = "../it/lti/server.rs"]
#[allow(dead_code, reason = "shared with the tests over HTTP")]
pub mod server;

/// What the platform's page can do for tools without cookies.
#[derive(Clone, Copy, PartialEq)]
enum Storage {
    /// Keeps values, and says so when it is asked.
    Asked,
    /// Nothing.
    None,
}

const KEEPER: &str = r#"<script>
const kept = {};
addEventListener("message", ({ data, source, origin }) => {
  const reply = (more) => source.postMessage({ subject: data.subject + ".response", message_id: data.message_id, ...more }, origin);
  if (data.subject === "lti.capabilities") reply({ supported_messages: [{ subject: "lti.put_data" }, { subject: "lti.get_data" }] });
  if (data.subject === "lti.put_data") { kept[data.key] = data.value; reply({ key: data.key, value: data.value }); }
  if (data.subject === "lti.get_data") reply({ key: data.key, value: kept[data.key] });
});
</script>"#;

/// A fresh RSA key in PEM.
pub fn pem() -> String {
    let pair = KeyPair::generate(KeySize::Rsa2048).expect("a key");
    let der = AsDer::<Pkcs8V1Der<'_>>::as_der(&pair).expect("PKCS#8");
    let text = base64::engine::general_purpose::STANDARD.encode(der.as_ref());
    format!("-----BEGIN PRIVATE KEY-----\n{text}\n-----END PRIVATE KEY-----\n")
}

/// An LMS on another site (`127.0.0.1` is another one than `localhost`), and its registration.
async fn lms(platform: &Platform, storage: Storage) -> Server {
    lms_of(platform, storage, "tenir-une-caisse").await
}

/// The same, whose course holds a link to this module.
async fn lms_of(platform: &Platform, storage: Storage, module: &str) -> Server {
    let module = module.to_owned();
    let pem = pem();
    let key = SigningKey::from_pem("k1", pem.as_bytes()).expect("a key");
    let tool = platform.url.clone();
    let app = platform.app.clone();
    let issuer = Arc::new(Mutex::new(String::new()));
    let own = issuer.clone();
    let server = Server::start(move |asked| {
        let own = own.lock().expect("the issuer").clone();
        let query = asked.path.split_once('?').map_or("", |(_, query)| query);
        let get = |name: &str| {
            url::form_urlencoded::parse(query.as_bytes())
                .find(|(other, _)| other == name)
                .map(|(_, value)| value.into_owned())
                .unwrap_or_default()
        };
        let page = |body: String| Reply { status: 200, body, ..Reply::default() }.with("Content-Type", "text/html");
        match asked.path.split('?').next().unwrap_or_default() {
            "/jwks" => Reply::json(&json!({ "keys": [key.public().expect("public")] })),
            "/course" => {
                let login = url::form_urlencoded::Serializer::new(String::new())
                    .append_pair("iss", &own)
                    .append_pair("login_hint", "user-7")
                    .append_pair("client_id", "halqa-1")
                    .append_pair("target_link_uri", &format!("{tool}/lti/launch"))
                    .finish();
                let keeper = if storage == Storage::Asked { KEEPER } else { "" };
                page(format!("<!doctype html><title>LMS</title><h1>Cours</h1>{keeper}<iframe id=\"tool\" width=\"1000\" height=\"700\" src=\"{tool}/lti/login?{}\"></iframe>", login.replace('&', "&amp;")))
            }
            "/auth" => {
                let now = halqa::clock::Clock::now(&*app.clock).micros() / 1_000_000;
                let core = |name: &str| format!("https://purl.imsglobal.org/spec/lti/claim/{name}");
                let claims = json!({
                    "iss": own, "aud": "halqa-1", "sub": get("login_hint"), "nonce": get("nonce"), "iat": now, "exp": now + 300, "name": "Amel Ben Salah",
                    core("version"): "1.3.0", core("message_type"): "LtiResourceLinkRequest", core("deployment_id"): "d1",
                    core("target_link_uri"): format!("{tool}/lti/launch"), core("resource_link"): { "id": "l1" }, core("roles"): ["Learner"],
                    "https://purl.imsglobal.org/spec/lti-ags/claim/endpoint": { "lineitem": format!("{own}/column"), "scope": [lti::ags::SCOPE_SCORE] },
                    core("custom"): { "module": module.clone() }, core("launch_presentation"): { "locale": "fr", "return_url": format!("{own}/course") },
                });
                let token = key.sign(&claims).expect("signed");
                page(format!("<!doctype html><form method=\"post\" action=\"{}\"><input name=\"state\" value=\"{}\"><input name=\"id_token\" value=\"{token}\"></form><script>document.forms[0].submit()</script>", get("redirect_uri"), get("state")))
            }
            "/token" => Reply::json(&json!({ "access_token": "t", "token_type": "Bearer", "expires_in": 3600, "scope": lti::ags::SCOPE_SCORE })),
            "/column/scores" => Reply::status(200),
            _ => Reply::status(404),
        }
    })
    .await;
    *issuer.lock().expect("the issuer") = server.url.clone();
    let new = NewPlatform {
        name: "LMS".into(),
        issuer: server.url.clone(),
        client_id: "halqa-1".into(),
        auth_url: format!("{}/auth", server.url),
        token_url: format!("{}/token", server.url),
        jwks_url: format!("{}/jwks", server.url),
        local: true,
        ..NewPlatform::default()
    };
    platforms::add(&platform.app, new)
        .await
        .expect("registered");
    server
}

/// Plays the SCO in the frame that has the focus to its end; the way is player → wrapper → SCO.
pub async fn play(browser: &Browser) {
    let player = browser.one("[data-stage] iframe").await;
    player.enter_frame().await.expect("the wrapper");
    let sco = browser.one("iframe").await;
    sco.enter_frame().await.expect("the SCO");
    browser.wait_for_text("ici:").await;
    browser.click("#done").await;
}

/// Waits until the learner has passed, whoever it is.
async fn passed(platform: &Platform, issuer: &str) {
    let person = halqa::lti::people::person_of(&platform.app, issuer, "user-7")
        .await
        .expect("asked")
        .expect("launched");
    for _ in 0..100 {
        let rows = halqa::progress::of_person(&platform.app, person)
            .await
            .expect("asked");
        if rows.iter().any(|row| row.success == "passed") {
            return;
        }
        tokio::time::sleep(Duration::from_millis(100)).await;
    }
    panic!("the result did not arrive");
}

/// Waits until the platform's gradebook has the whole of it.
async fn graded(platform: &Platform, lms: &Server) {
    for _ in 0..150 {
        halqa::jobs::run_due(&platform.app, &halqa::handlers())
            .await
            .expect("the outbox");
        let whole = lms.of("/column/scores").iter().any(|asked| {
            serde_json::from_str::<serde_json::Value>(&asked.body).is_ok_and(|score| {
                score["activityProgress"] == "Completed" && score["scoreGiven"].is_number()
            })
        });
        if whole {
            return;
        }
        tokio::time::sleep(Duration::from_millis(100)).await;
    }
    panic!("no grade: {:?}", lms.of("/column/scores"));
}

/// No cookie of any kind, and no storage, for us inside the LMS's page: what strict browsers do.
pub fn no_cookies_in_frames() -> serde_json::Value {
    json!({ "profile": { "content_settings": { "exceptions": { "cookies": {
        "[*.]localhost,127.0.0.1": { "setting": 2 },
    } } } } })
}

pub const BLOCKED: &str = "--test-third-party-cookie-phaseout";

both_engines! {
    async fn in_a_frame_with_its_own_cookie(platform: Platform) {
        platform.module(&zip(&["a"])).await;
        let lms = lms(&platform, Storage::None).await;
        let browser = Browser::with(1280, &[BLOCKED], json!({})).await;
        browser.goto(format!("{}/course", lms.url)).await.expect("the course");
        browser.one("#tool").await.enter_frame().await.expect("the tool");
        browser.one("[data-player]").await;
        let here = browser.execute("return location.pathname", vec![]).await.expect("an address");
        assert!(here.json().as_str().is_some_and(|path| path.starts_with("/lti/s/")), "the frame has a cookie of its own: {:?}", here.json());
        play(&browser).await;
        passed(&platform, &lms.url).await;
        browser.enter_default_frame().await.expect("the course");
        browser.picture("lti-frame").await;
        browser.close().await;
    }

    async fn in_a_frame_with_the_platforms_storage(platform: Platform) {
        platform.module(&zip(&["a"])).await;
        let lms = lms(&platform, Storage::Asked).await;
        let browser = Browser::with(1280, &[BLOCKED], no_cookies_in_frames()).await;
        browser.goto(format!("{}/course", lms.url)).await.expect("the course");
        browser.one("#tool").await.enter_frame().await.expect("the tool");
        browser.one("[data-player]").await;
        let here = browser.execute("return location.pathname", vec![]).await.expect("an address");
        assert_eq!(here.json().as_str(), Some("/lti/launch"), "the page itself holds the proof");
        play(&browser).await;
        passed(&platform, &lms.url).await;
        browser.close().await;
    }

    async fn in_a_window_of_its_own(platform: Platform) {
        platform.module(&zip(&["a"])).await;
        let lms = lms(&platform, Storage::None).await;
        let browser = Browser::with(1280, &[BLOCKED], no_cookies_in_frames()).await;
        browser.goto(format!("{}/course", lms.url)).await.expect("the course");
        browser.one("#tool").await.enter_frame().await.expect("the tool");
        // Before the launch, the page speaks as the browser asks: in English here.
        browser.wait_for_text("in a new window").await;
        browser.picture("lti-window").await;
        browser.click("[data-window] a").await;
        for _ in 0..100 {
            if browser.windows().await.expect("windows").len() == 2 {
                break;
            }
            tokio::time::sleep(Duration::from_millis(50)).await;
        }
        let windows = browser.windows().await.expect("windows");
        browser.switch_to_window(windows[1].clone()).await.expect("the window");
        browser.one("[data-player]").await;
        play(&browser).await;
        passed(&platform, &lms.url).await;
        browser.close().await;
    }

    /// A cmi5 course in the platform's page, no cookie anywhere: each unit opens in the frame, comes
    /// back to the list, and the grade arrives.
    async fn units_in_the_frame(platform: Platform) {
        let slug = platform.module(&sample("budget-participatif")).await;
        let lms = lms_of(&platform, Storage::Asked, &slug).await;
        let browser = Browser::with(1280, &[BLOCKED], no_cookies_in_frames()).await;
        browser.goto(format!("{}/course", lms.url)).await.expect("the course");
        for unit in [1, 2, 4] {
            browser.enter_default_frame().await.expect("the course");
            browser.one("#tool").await.enter_frame().await.expect("the tool");
            // The first one opens by itself.
            if unit != 1 {
                browser.wait_for_text("Le programme").await;
                browser.click(&format!("form[data-unit='{unit}'] button")).await;
            }
            browser.one(".player-stage iframe").await.enter_frame().await.expect("the frame");
            browser.one("#stage iframe").await.enter_frame().await.expect("the unit");
            browser.lesson().await;
            if unit == 1 {
                browser.enter_default_frame().await.expect("the course");
                browser.picture("lti-unit").await;
                browser.one("#tool").await.enter_frame().await.expect("the tool");
                browser.one(".player-stage iframe").await.enter_frame().await.expect("the frame");
                browser.one("#stage iframe").await.enter_frame().await.expect("the unit");
            }
            browser.play_through().await;
        }
        browser.enter_default_frame().await.expect("the course");
        browser.one("#tool").await.enter_frame().await.expect("the tool");
        browser.one("[data-state=passed]").await;
        browser.picture("lti-units").await;
        passed(&platform, &lms.url).await;
        graded(&platform, &lms).await;
        browser.close().await;
    }

    /// All of it in a window of its own, for who wants more room.
    async fn units_in_a_window_of_their_own(platform: Platform) {
        let slug = platform.module(&sample("budget-participatif")).await;
        let lms = lms_of(&platform, Storage::None, &slug).await;
        let browser = Browser::with(1280, &[BLOCKED], json!({})).await;
        browser.goto(format!("{}/course", lms.url)).await.expect("the course");
        browser.one("#tool").await.enter_frame().await.expect("the tool");
        browser.click("[data-back] button").await;
        browser.wait_for_text("Le programme").await;
        browser.click("form[target=_blank] button").await;
        for _ in 0..100 {
            if browser.windows().await.expect("windows").len() == 2 {
                break;
            }
            tokio::time::sleep(Duration::from_millis(50)).await;
        }
        let windows = browser.windows().await.expect("windows");
        browser.switch_to_window(windows[1].clone()).await.expect("the window");
        browser.until("the lesson", |url| url.contains(".content.")).await;
        for unit in [1, 2, 4] {
            browser.lesson().await;
            browser.play_lesson().await;
            if unit != 4 {
                browser.click(&format!("form[action$='/{}'] button", if unit == 1 { 2 } else { 4 })).await;
            }
        }
        passed(&platform, &lms.url).await;
        browser.close().await;
    }
}
