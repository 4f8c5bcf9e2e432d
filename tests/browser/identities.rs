//! Signing in with another provider, as a person sees it: the first time, linked with the own
//! account, from then on with one click, let go again; and every refusal with words that help.

use std::sync::{Arc, Mutex};

use halqa::accounts;
use halqa::web::Refusal;
use lti::jwt::SigningKey;
use serde_json::{Value, json};

use crate::harness::{Browser, Platform};
use crate::lti::server::{Reply, Server};

const AMEL: &str = "amel@example.org";
const SAMI: &str = "sami@example.org";

/// An OpenID provider: its page asks who one is, and sends back.
struct Provider {
    server: Server,
    /// The tokens are signed by nobody it publishes.
    forges: Arc<Mutex<bool>>,
}

impl Provider {
    async fn start() -> Provider {
        let [key, other] = ["k1", "k1"]
            .map(|kid| SigningKey::from_pem(kid, crate::lti::pem().as_bytes()).expect("a key"));
        let nonce = Arc::new(Mutex::new(String::new()));
        let forges = Arc::new(Mutex::new(false));
        let forging = forges.clone();
        let server = Server::start(move |asked| {
            let host = format!("http://{}", asked.headers["host"]);
            let (path, query) = asked.path.split_once('?').unwrap_or((asked.path.as_str(), ""));
            let get = |name: &str| {
                url::form_urlencoded::parse(query.as_bytes())
                    .find(|(other, _)| other == name)
                    .map(|(_, value)| value.into_owned())
                    .unwrap_or_default()
            };
            match path {
                "/.well-known/openid-configuration" => Reply::json(&json!({
                    "issuer": host, "authorization_endpoint": format!("{host}/auth"),
                    "token_endpoint": format!("{host}/token"), "jwks_uri": format!("{host}/jwks"),
                })),
                "/jwks" => Reply::json(&json!({ "keys": [key.public().expect("public")] })),
                "/auth" => {
                    *nonce.lock().expect("a nonce") = get("nonce");
                    let back = |more: &str| {
                        format!("{}?state={}&amp;{more}", get("redirect_uri"), get("state"))
                    };
                    Reply {
                        status: 200,
                        body: format!(
                            "<!doctype html><title>Autre</title><a id=\"yes\" href=\"{}\">Oui</a> <a id=\"no\" href=\"{}\">Non</a>",
                            back("code=c0de"), back("error=access_denied"),
                        ),
                        ..Reply::default()
                    }
                    .with("Content-Type", "text/html")
                }
                "/token" => {
                    #[allow(clippy::disallowed_methods, reason = "a provider has a clock of its own")]
                    let now = std::time::SystemTime::now()
                        .duration_since(std::time::UNIX_EPOCH)
                        .expect("after 1970")
                        .as_secs();
                    let claims: Value = json!({
                        "iss": host, "aud": "halqa", "sub": "s-7", "nonce": *nonce.lock().expect("a nonce"),
                        "iat": now, "exp": now + 300, "name": "Amel Ben Salah", "email": SAMI, "email_verified": true,
                    });
                    let key = if *forging.lock().expect("set") { &other } else { &key };
                    Reply::json(&json!({
                        "access_token": "a", "token_type": "Bearer", "expires_in": 60,
                        "id_token": key.sign(&claims).expect("signed"),
                    }))
                }
                _ => Reply::status(404),
            }
        })
        .await;
        Provider { server, forges }
    }
}

/// The way there, from our page of signing in.
async fn there(browser: &Browser, platform: &Platform, answer: &str) {
    browser.visit(platform, "/fr/sign-in").await;
    browser.click("a[href*='/sign-in/with/openid']").await;
    browser.click(answer).await;
}

async fn sign_out(browser: &Browser, platform: &Platform) {
    browser.delete_all_cookies().await.expect("no cookies");
    browser.visit(platform, "/fr/sign-in").await;
    browser.one("input[name=password]").await;
}

/// The address the provider tells is Sami's: it gives nobody anything.
async fn first_time_linked_then_one_click(platform: Platform, _provider: Provider) {
    let amel = platform.person(AMEL, "Amel Ben Salah").await;
    platform.person(SAMI, "Sami Trabelsi").await;
    let browser = Browser::open(360).await;
    there(&browser, &platform, "#yes").await;
    browser.wait_for_text("n’est pas encore relié").await;
    browser.picture("identity-unknown-fr-360").await;
    browser.click("main .btn-main.btn-big").await;
    browser.fill("input[name=email]", AMEL).await;
    browser
        .fill("input[name=password]", crate::learner::PASSWORD)
        .await;
    browser.click("main form button").await;
    browser.wait_for_text("Relier les deux comptes").await;
    browser.picture("identity-link-fr-360").await;
    browser.click("main form .btn-main").await;
    browser.wait_for_text("Mes façons de me connecter").await;
    browser.picture("identity-mine-fr-360").await;
    // From now on one click opens Amel's account.
    sign_out(&browser, &platform).await;
    browser.picture("identity-sign-in-fr-360").await;
    there(&browser, &platform, "#yes").await;
    browser.one("header [data-menu]").await;
    browser.visit(&platform, "/fr/me").await;
    let name = browser.one("input[name=name]").await.prop("value").await;
    assert_eq!(name.expect("a name").as_deref(), Some("Amel Ben Salah"));
    // Whoever is suspended stays out, and reads why.
    let boss = platform.person("boss@example.org", "Boss").await;
    let admin = accounts::NewGrant {
        id: platform.app.ids.uuid(),
        person: boss,
        grant: accounts::Grant::Admin,
        from: platform.app.clock.now(),
        until: None,
        by: None,
    };
    let granted = platform.app.db.write(admin, |tx, admin| {
        Box::pin(async move { accounts::grant(tx, admin).await.map_err(Refusal::from) })
    });
    granted.await.expect("a grant");
    for suspended in [true, false] {
        let now = platform.app.clock.now();
        let change = (amel, suspended, now);
        let changed = platform.app.db.write(change, |tx, (amel, suspended, now)| {
            Box::pin(async move { accounts::suspend(tx, *amel, *suspended, *now).await })
        });
        changed.await.expect("changed");
        if suspended {
            sign_out(&browser, &platform).await;
            there(&browser, &platform, "#yes").await;
            browser.wait_for_text("Ce compte est suspendu").await;
            browser.picture("identity-suspended-fr-360").await;
        }
    }
    // Let go: it opens nothing any more.
    there(&browser, &platform, "#yes").await;
    browser.one("header [data-menu]").await;
    browser.visit(&platform, "/fr/me/sign-ins").await;
    browser.click("main .btn-danger").await;
    browser.wait_for_text("Aucun compte relié").await;
    sign_out(&browser, &platform).await;
    there(&browser, &platform, "#yes").await;
    browser.wait_for_text("n’est pas encore relié").await;
    browser.close().await;
}

/// Each no has a page that says what to do, and nobody is signed in by it.
async fn refusals_are_told(platform: Platform, provider: Provider) {
    platform.person(AMEL, "Amel Ben Salah").await;
    platform.person(SAMI, "Sami Trabelsi").await;
    let browser = Browser::open(1280).await;
    there(&browser, &platform, "#no").await;
    browser.wait_for_text("La connexion n’a pas abouti").await;
    browser.picture("identity-no-fr-1280").await;
    *provider.forges.lock().expect("set") = true;
    there(&browser, &platform, "#yes").await;
    browser.wait_for_text("Cette réponse ne convient pas").await;
    *provider.forges.lock().expect("set") = false;
    // The way back, a second time.
    there(&browser, &platform, "#yes").await;
    browser.wait_for_text("n’est pas encore relié").await;
    browser.refresh().await.expect("again");
    browser.wait_for_text("Recommencez la connexion").await;
    // Amel's already: Sami cannot take it.
    for (email, wanted) in [
        (AMEL, "Mes façons de me connecter"),
        (SAMI, "Ce compte est relié ailleurs"),
    ] {
        browser.delete_all_cookies().await.expect("no cookies");
        browser.sign_in(&platform, email).await;
        browser.visit(&platform, "/fr/me/sign-ins").await;
        browser.click("a[href*='/sign-in/with/openid']").await;
        browser.click("#yes").await;
        if email == AMEL {
            browser.wait_for_text("Relier les deux comptes").await;
            browser.click("main form .btn-main").await;
        }
        browser.wait_for_text(wanted).await;
    }
    browser.picture("identity-taken-fr-1280").await;
    browser.close().await;
}

/// Runs a path on an engine, with a provider of its own.
fn run<F: Future<Output = ()>>(engine: &str, path: impl Fn(Platform, Provider) -> F) {
    if std::env::var("HALQA_TEST_ENGINES").map_or(true, |list| list.contains(engine)) {
        let runtime = tokio::runtime::Runtime::new().expect("a runtime");
        runtime.block_on(async {
            let provider = Provider::start().await;
            let more = [
                ("HALQA_OIDC_ISSUER", provider.server.url.clone()),
                ("HALQA_OIDC_NAME", "Autre".to_owned()),
                ("HALQA_OIDC_CLIENT_ID", "halqa".to_owned()),
                ("HALQA_OIDC_CLIENT_SECRET", "a secret".to_owned()),
            ];
            path(Platform::start_with(engine, &more).await, provider).await;
        });
        runtime.shutdown_timeout(std::time::Duration::from_secs(1));
    }
}

#[test]
fn first_time_linked_then_one_click_sqlite() {
    run("sqlite", first_time_linked_then_one_click);
}

#[test]
fn first_time_linked_then_one_click_postgres() {
    run("postgres", first_time_linked_then_one_click);
}

#[test]
fn refusals_are_told_sqlite() {
    run("sqlite", refusals_are_told);
}

#[test]
fn refusals_are_told_postgres() {
    run("postgres", refusals_are_told);
}
