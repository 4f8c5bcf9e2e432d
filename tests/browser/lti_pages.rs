//! What a learning platform's page shows of us, in its frame: as wide as a phone and as a screen, in
//! three languages, each page whole, within its frame, and nothing wrong for axe-core.

use halqa::lti::platforms::{self, NewPlatform};
use lti::jwt::SigningKey;
use serde_json::{Value, json};

use crate::harness::{Browser, Platform};
use crate::lti::server::{Reply, Server};
use crate::lti::{BLOCKED, no_cookies_in_frames, pem};
use crate::pages::{demo_platform, number, violations};

const MEMBERSHIP: &str = "http://purl.imsglobal.org/vocab/lis/v2/membership#";
const MODULE: &str = "fonder-et-faire-vivre-une-association";

/// An LMS whose page is its frame. Its login hint says what it sends: who, where to, which language.
async fn lms(platform: &Platform) -> Server {
    let key = SigningKey::from_pem("k1", pem().as_bytes()).expect("a key");
    let (tool, app) = (platform.url.clone(), platform.app.clone());
    let server = Server::start(move |asked| {
        let own = format!("http://{}", asked.headers["host"]);
        let (path, query) = asked.path.split_once('?').unwrap_or((asked.path.as_str(), ""));
        let get = |name: &str| {
            url::form_urlencoded::parse(query.as_bytes())
                .find(|(other, _)| other == name)
                .map(|(_, value)| value.into_owned())
                .unwrap_or_default()
        };
        let page = |body: String| {
            Reply { status: 200, body, ..Reply::default() }.with("Content-Type", "text/html")
        };
        match path {
            "/jwks" => Reply::json(&json!({ "keys": [key.public().expect("public")] })),
            "/course" => {
                let hint = get("hint");
                let login = url::form_urlencoded::Serializer::new(String::new())
                    .extend_pairs([("iss", own.as_str()), ("login_hint", hint.as_str()), ("client_id", "halqa-1")])
                    .append_pair("target_link_uri", &format!("{tool}/lti/launch"))
                    .finish()
                    .replace('&', "&amp;");
                page(format!("<!doctype html><meta name=\"viewport\" content=\"width=device-width\"><title>LMS</title><style>body {{ margin: 0 }} iframe {{ border: 0; width: 100vw; height: 98vh }}</style><iframe id=\"tool\" src=\"{tool}/lti/login?{login}\"></iframe>"))
            }
            "/auth" => {
                let now = halqa::clock::Clock::now(&*app.clock).micros() / 1_000_000;
                let token = key.sign(&claims(&own, &tool, now, &get("nonce"), &get("login_hint"))).expect("signed");
                page(format!("<!doctype html><form method=\"post\" action=\"{}\"><input name=\"state\" value=\"{}\"><input name=\"id_token\" value=\"{token}\"></form><script>document.forms[0].submit()</script>", get("redirect_uri"), get("state")))
            }
            _ => Reply::status(404),
        }
    })
    .await;
    let new = NewPlatform {
        name: "École en ligne".into(),
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

/// `hint` is `kind.language`.
fn claims(own: &str, tool: &str, now: i64, nonce: &str, hint: &str) -> Value {
    let (kind, lang) = hint.split_once('.').unwrap_or((hint, "fr"));
    let core = |name: &str| format!("https://purl.imsglobal.org/spec/lti/claim/{name}");
    let learns = matches!(kind, "play" | "window" | "lost");
    let message = match kind {
        "pick" => "LtiDeepLinkingRequest",
        _ => "LtiResourceLinkRequest",
    };
    let mut claims = json!({
        "iss": own, "aud": "halqa-1", "sub": if learns { "learner" } else { "teacher" }, "nonce": nonce,
        "iat": now, "exp": now + 300, "name": if learns { "Amel Ben Salah" } else { "Samia Trabelsi" },
        core("version"): "1.3.0", core("message_type"): message, core("deployment_id"): "d1",
        core("target_link_uri"): format!("{tool}/lti/launch"),
        core("roles"): [format!("{MEMBERSHIP}{}", if learns { "Learner" } else { "Instructor" })],
        core("context"): { "id": "c1", "title": "Gérer une association, groupe du mardi" },
        core("launch_presentation"): { "locale": lang, "return_url": format!("{own}/course") },
        "https://purl.imsglobal.org/spec/lti-nrps/claim/namesroleservice": {
            "context_memberships_url": format!("{own}/members"), "service_versions": ["2.0"],
        },
    });
    if kind == "pick" {
        claims["https://purl.imsglobal.org/spec/lti-dl/claim/deep_linking_settings"] = json!({
            "deep_link_return_url": format!("{own}/picked"), "accept_types": ["ltiResourceLink"],
            "accept_presentation_document_targets": ["iframe", "window"], "accept_multiple": true, "accept_lineitem": true,
        });
    } else {
        // A link that names a module, and one whose module is not there.
        let link = if kind == "lost" || kind == "choose" {
            "l2"
        } else {
            "l1"
        };
        claims[core("resource_link")] = json!({ "id": link });
        if link == "l1" {
            claims[core("custom")] = json!({ "module": MODULE });
        }
    }
    claims
}

/// What must be true of the page in the frame.
async fn look(browser: &Browser, kind: &str, lang: &str, width: u32) {
    let at = format!("{kind} {lang} {width}");
    let wide = "return document.documentElement.scrollWidth - window.innerWidth";
    assert!(number(browser, wide).await <= 0, "{at} is too wide");
    let h1 = "return document.querySelectorAll('h1').length";
    assert_eq!(number(browser, h1).await, 1, "{at}: one h1");
    let missing = "return (document.body.innerText.match(/\\[[a-z]+-[a-z-]+\\]/g) || []).length";
    assert_eq!(
        number(browser, missing).await,
        0,
        "{at}: a message is missing"
    );
    let html = browser.one("html").await;
    assert_eq!(
        html.attr("lang").await.expect("lang").as_deref(),
        Some(lang),
        "{at}"
    );
    let dir = html.attr("dir").await.expect("dir");
    assert_eq!(
        dir.as_deref(),
        Some(if lang == "ar" { "rtl" } else { "ltr" }),
        "{at}"
    );
    assert_eq!(violations(browser).await, "", "{at}: axe-core");
}

/// Each page by what the platform sends, and what stands on it.
const FRAMED: &[(&str, &str)] = &[
    ("pick", "input[name=module]"),
    ("choose", "input[name=module]"),
    ("class", "button[value=members]"),
    ("lost", "h1"),
];

async fn every_framed_page(width: u32) {
    let platform = demo_platform().await;
    let lms = lms(&platform).await;
    for lang in ["fr", "ar", "en"] {
        let speaks = json!({ "intl": { "accept_languages": lang } });
        let browser = Browser::with(width, &[BLOCKED], speaks.clone()).await;
        for (kind, mark) in FRAMED {
            let course = format!("{}/course?hint={kind}.{lang}", lms.url);
            browser.goto(course).await.expect("the course");
            browser
                .one("#tool")
                .await
                .enter_frame()
                .await
                .expect("the tool");
            browser.one(mark).await;
            look(&browser, kind, lang, width).await;
            browser.enter_default_frame().await.expect("the course");
            browser.picture(&format!("lti-{kind}-{lang}-{width}")).await;
        }
        // The shelf where nothing was found, and the members the platform does not tell.
        for (kind, mark, press) in [
            ("pick", "button[value=search]", "[name=q]"),
            ("class", "button[value=members]", ""),
        ] {
            browser
                .goto(format!("{}/course?hint={kind}.{lang}", lms.url))
                .await
                .expect("the course");
            browser
                .one("#tool")
                .await
                .enter_frame()
                .await
                .expect("the tool");
            if !press.is_empty() {
                browser.fill(press, "rien de tel").await;
            }
            browser.click(mark).await;
            browser.one("h1").await;
            look(&browser, "second", lang, width).await;
            browser.enter_default_frame().await.expect("the course");
            browser
                .picture(&format!("lti-{kind}-2-{lang}-{width}"))
                .await;
        }
        // The way out of the player.
        browser
            .goto(format!("{}/course?hint=play.{lang}", lms.url))
            .await
            .expect("the course");
        browser
            .one("#tool")
            .await
            .enter_frame()
            .await
            .expect("the tool");
        browser.one("[data-stage] iframe").await;
        let done = browser.one("a[href*='/lti/done']").await.prop("href").await;
        let done = done.expect("a property").expect("an address");
        browser
            .execute("location.href = arguments[0]", vec![json!(done)])
            .await
            .expect("gone");
        browser.one("main [data-hue=good] h1").await;
        look(&browser, "done", lang, width).await;
        browser.enter_default_frame().await.expect("the course");
        browser.picture(&format!("lti-done-{lang}-{width}")).await;
        browser.close().await;
        // No cookies and no storage: the page that offers a window.
        let mut strict = no_cookies_in_frames();
        strict["intl"] = speaks["intl"].clone();
        let browser = Browser::with(width, &[BLOCKED], strict).await;
        browser
            .goto(format!("{}/course?hint=window.{lang}", lms.url))
            .await
            .expect("the course");
        browser
            .one("#tool")
            .await
            .enter_frame()
            .await
            .expect("the tool");
        browser.one("[data-window]:not([hidden]) a").await;
        look(&browser, "window", lang, width).await;
        browser.enter_default_frame().await.expect("the course");
        browser.picture(&format!("lti-window-{lang}-{width}")).await;
        browser.close().await;
    }
}

fn run(story: impl Future<Output = ()>) {
    let runtime = tokio::runtime::Runtime::new().expect("a runtime");
    runtime.block_on(story);
    runtime.shutdown_timeout(std::time::Duration::from_secs(1));
}

#[test]
fn framed_pages_are_well_made_on_a_phone() {
    run(every_framed_page(360));
}

#[test]
fn framed_pages_are_well_made_on_a_screen() {
    run(every_framed_page(1280));
}
