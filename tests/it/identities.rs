//! Sign-in with others, through HTTP, against a provider of our own: found by (issuer, subject),
//! never by an address; linked by hand; every hostile answer refused beside an honest one.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex};

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use halqa::outbound::providers::{Protocol, Provider};
use lti::jwt::SigningKey;
use rocket::http::Header;
use rocket::local::asynchronous::LocalRequest;
use serde_json::{Value, json};
use url::Url;

use crate::harness::{Answer, As, World, both_engines, cookie, send};
use crate::lti::platform::{OTHER, PEM, find};
use crate::lti::server::{Reply, Server};

const CLIENT: &str = "halqa";
const TENANT: &str = "11111111-2222-3333-4444-555555555555";

/// What the provider does next.
#[derive(Default)]
struct State {
    /// What the browser was sent with, last.
    challenge: String,
    nonce: String,
    /// Changes of the honest claims; `null` takes one away.
    claims: Vec<(String, Value)>,
    /// The token instead of a signed one.
    token: Option<String>,
    /// Answers of a path instead of the honest ones.
    faults: BTreeMap<String, Reply>,
    /// Signs with somebody else's key.
    stranger: bool,
    /// The issuer its description names, where it is not its own.
    issuer: Option<String>,
    /// Now, in seconds.
    now: i64,
}

struct Other {
    server: Server,
    state: Arc<Mutex<State>>,
}

fn key(pem: &str) -> SigningKey {
    SigningKey::from_pem("k1", pem.as_bytes()).expect("a key")
}

fn honest(state: &State, issuer: &str) -> Value {
    let mut claims = json!({
        "iss": issuer, "aud": CLIENT, "sub": "s-7", "nonce": state.nonce, "iat": state.now, "exp": state.now + 300,
        "name": "Amel Ben Salah", "email": "amel@example.org", "email_verified": true,
    });
    for (name, value) in &state.claims {
        let claims = claims.as_object_mut().expect("claims");
        if value.is_null() {
            claims.remove(name);
        } else {
            claims.insert(name.clone(), value.clone());
        }
    }
    claims
}

impl Other {
    async fn start(world: &World) -> Other {
        let state = Arc::new(Mutex::new(State {
            now: world.now().micros() / 1_000_000,
            ..State::default()
        }));
        let answering = state.clone();
        let server = Server::start(move |asked| {
            let state = answering.lock().expect("the state");
            let host = format!("http://{}", asked.headers["host"]);
            let path = asked.path.split('?').next().unwrap_or_default();
            if let Some(fault) = state.faults.get(path) {
                return fault.clone();
            }
            match path {
                "/.well-known/openid-configuration" => Reply::json(&json!({
                    "issuer": state.issuer.clone().unwrap_or_else(|| host.clone()),
                    "authorization_endpoint": format!("{host}/auth"),
                    "token_endpoint": format!("{host}/token"), "jwks_uri": format!("{host}/jwks"),
                })),
                "/jwks" => Reply::json(&json!({ "keys": [key(&PEM).public().expect("public")] })),
                "/token" => {
                    let fields: BTreeMap<String, String> =
                        url::form_urlencoded::parse(asked.body.as_bytes())
                            .into_owned()
                            .collect();
                    let basic = asked.headers.get("authorization").is_some_and(|value| {
                        value.strip_prefix("Basic ").is_some_and(|text| {
                            base64::engine::general_purpose::STANDARD.decode(text).is_ok_and(
                                |bytes| bytes == b"halqa:a%20secret" || bytes == b"halqa:a+secret",
                            )
                        })
                    });
                    let in_body = fields.get("client_secret").map(String::as_str) == Some("a secret");
                    let proved = fields.get("code_verifier").map_or(state.challenge.is_empty(), |verifier| {
                        use sha2::Digest;
                        URL_SAFE_NO_PAD.encode(sha2::Sha256::digest(verifier.as_bytes())) == state.challenge
                    });
                    if !(basic || in_body) || !proved || fields["code"] != "c0de" {
                        return Reply {
                            status: 400,
                            ..Reply::json(&json!({ "error": "invalid_grant" }))
                        };
                    }
                    let issuer = state
                        .issuer
                        .as_ref()
                        .map_or_else(|| host.clone(), |issuer| issuer.replace("{tenantid}", TENANT));
                    let pem = if state.stranger { &*OTHER } else { &*PEM };
                    let token = state
                        .token
                        .clone()
                        .unwrap_or_else(|| key(pem).sign(&honest(&state, &issuer)).expect("signed"));
                    Reply::json(&json!({ "access_token": "a", "token_type": "Bearer", "expires_in": 60, "id_token": token }))
                }
                "/me" if asked.headers.get("authorization").map(String::as_str) == Some("Bearer a") => {
                    Reply::json(&json!({ "id": "99", "name": "Amel", "email": "amel@example.org" }))
                }
                _ => Reply::status(404),
            }
        })
        .await;
        Other { server, state }
    }

    fn change(&self, change: impl FnOnce(&mut State)) {
        let mut state = self.state.lock().expect("the state");
        let now = state.now;
        *state = State {
            now,
            ..State::default()
        };
        change(&mut state);
    }

    fn openid(&self) -> Provider {
        Provider {
            id: "other".into(),
            name: "Autre".into(),
            client_id: CLIENT.into(),
            client_secret: "a secret".into(),
            scope: "openid profile email".into(),
            pkce: true,
            secret_in_body: None,
            protocol: Protocol::OpenId {
                issuer: self.server.url.clone(),
                any_tenant: false,
                nonce: true,
            },
        }
    }

    /// A world where people may sign in with it.
    async fn with(world: World, change: impl FnOnce(&mut Provider)) -> (World, Other) {
        let other = Other::start(&world).await;
        let mut provider = other.openid();
        change(&mut provider);
        let world = world
            .configured(|config| config.sign_in = vec![provider])
            .await;
        (world, other)
    }

    /// Begins, in a browser that may hold cookies already.
    async fn begin(&self, world: &World, query: &str, cookies: &str) -> Begun {
        let request = world.get(&format!("/sign-in/with/other{query}"));
        let answer = send(holding(request, cookies)).await;
        assert_eq!(answer.status.code, 303, "{}", answer.text);
        let address = Url::parse(&answer.headers["location"]).expect("an address");
        let get = |name: &str| {
            address
                .query_pairs()
                .find(|(other, _)| other == name)
                .map(|(_, value)| value.into_owned())
                .unwrap_or_default()
        };
        let mut kept = answer.headers["set-cookies"].lines();
        let proof = kept.find(|line| line.starts_with("halqa-with-"));
        let proof = proof.expect("the browser's proof");
        let mut state = self.state.lock().expect("the state");
        state.challenge = get("code_challenge");
        state.nonce = get("nonce");
        Begun {
            state: get("state"),
            cookies: format!("{}; {cookies}", cookie(proof)),
            address,
        }
    }

    /// There and back.
    async fn round(&self, world: &World, query: &str, cookies: &str) -> Answer {
        let begun = self.begin(world, query, cookies).await;
        begun.back(world).await
    }
}

struct Begun {
    state: String,
    cookies: String,
    address: Url,
}

impl Begun {
    async fn back(&self, world: &World) -> Answer {
        self.back_with(
            world,
            &format!("state={}&code=c0de", self.state),
            &self.cookies,
        )
        .await
    }

    async fn back_with(&self, world: &World, query: &str, cookies: &str) -> Answer {
        let request = world
            .get(&format!("/sign-in/back/other?{query}"))
            .header(Header::new("Sec-Fetch-Site", "cross-site"));
        send(holding(request, cookies)).await
    }
}

fn is_signed_in(answer: &Answer) -> bool {
    answer.status.code == 303
        && answer
            .headers
            .get("set-cookie")
            .is_some_and(|cookie| cookie.contains("halqa="))
}

/// A request of a browser that holds these cookies (`a=b; c=d`).
fn holding<'c>(request: LocalRequest<'c>, cookies: &str) -> LocalRequest<'c> {
    cookies
        .split("; ")
        .filter(|one| !one.is_empty())
        .fold(request, |request, one| request.by(one))
}

both_engines! {
    async fn buttons_stand_only_where_somebody_is_configured(world: World) {
        let none = send(world.get("/fr/sign-in")).await;
        assert!(!none.text.contains("/sign-in/with/"));
        assert_eq!(send(world.get("/sign-in/with/google")).await.status.code, 404);
        let (world, _other) = Other::with(world, |_| {}).await;
        let page = send(world.get("/fr/sign-in?next=/modules")).await;
        assert!(page.text.replace("&#x3D;", "=").contains("/fr/sign-in/with/other?next=%2Fmodules"), "{}", page.text);
        assert!(page.text.contains("Autre"));
    }

    /// An address proves nothing: who holds both accounts links them, once, and unlinks them.
    async fn accounts_are_linked_by_hand(world: World) {
        let (world, other) = Other::with(world, |_| {}).await;
        let amel = world.person("amel@example.org").await;
        let begun = other.begin(&world, "?next=/modules", "").await;
        assert_eq!(begun.address.path(), "/auth");
        let asked: BTreeMap<String, String> = begun.address.query_pairs().into_owned().collect();
        assert_eq!((asked["response_type"].as_str(), asked["client_id"].as_str(), asked["code_challenge_method"].as_str()), ("code", CLIENT, "S256"));
        assert_eq!(asked["redirect_uri"], "http://localhost:8000/sign-in/back/other");
        let unknown = begun.back(&world).await;
        assert_eq!(unknown.status.code, 403, "{}", unknown.text);
        assert!(!is_signed_in(&unknown) && unknown.text.contains("Amel Ben Salah"));
        // Signed in with the password, in the same browser: linked.
        let link = find(&unknown.text, "class=\"btn btn-main btn-big\" href=\"");
        let ticket: String = Url::parse(&format!("http://x{link}")).expect("an address").query_pairs().find(|(name, _)| name == "next").map(|(_, next)| next.split_once("ticket=").expect("a ticket").1.to_owned()).expect("next");
        let session = world.browser_of("amel@example.org").await;
        let cookies = format!("{}; {session}", begun.cookies);
        let ask = send(holding(world.get(&format!("/sign-in/link?ticket={ticket}")), &cookies.clone())).await;
        assert_eq!(ask.status.code, 200, "{}", ask.text);
        // A link that somebody was sent, signed in, in another browser: nothing.
        world.person("victim@example.org").await;
        let victim = world.browser_of("victim@example.org").await;
        for (ticket, cookies) in [(ticket.as_str(), victim.as_str()), ("forged.ticket", cookies.as_str()), ("", cookies.as_str())] {
            let get = send(holding(world.get(&format!("/sign-in/link?ticket={ticket}")), cookies)).await;
            let post = send(holding(world.form("/sign-in/link", &[("ticket", ticket)]), cookies)).await;
            assert_eq!((get.status.code, post.status.code), (400, 400));
        }
        let linked = send(holding(world.form("/sign-in/link", &[("ticket", &ticket)]), &cookies.clone())).await;
        assert_eq!(linked.status.code, 303, "{}", linked.text);
        // From now on it opens this account, whatever address it has.
        other.change(|state| state.claims = vec![("email".into(), json!("victim@example.org"))]);
        let again = other.round(&world, "?next=/modules", "").await;
        assert!(is_signed_in(&again), "{}", again.text);
        assert!(again.headers["location"].ends_with("/modules"));
        let mine = halqa::identities::of_person(&world.app, amel).await.expect("asked");
        assert_eq!((mine.len(), mine[0].email.as_deref()), (1, Some("victim@example.org")));
        // Somebody else's now: another person cannot take it.
        let taken = send(holding(world.form("/sign-in/link", &[("ticket", &ticket)]), &format!("{}; {victim}", begun.cookies))).await;
        assert_eq!(taken.status.code, 409);
        // The own page shows it, and lets it go; nobody else may.
        let page = send(holding(world.get("/me/sign-ins"), &session.clone())).await;
        let identity = find(&page.text, "name=\"identity\" value=\"");
        assert_eq!(send(holding(world.form("/me/sign-ins/unlink", &[("identity", &identity)]), &victim)).await.status.code, 404);
        assert_eq!(send(holding(world.form("/me/sign-ins/unlink", &[("identity", &identity)]), &session)).await.status.code, 303);
        assert!(!is_signed_in(&other.round(&world, "", "").await));
    }

    /// From the own page, signed in: linked without a detour; not for whoever sits there by then.
    async fn linked_from_the_own_page(world: World) {
        let (world, other) = Other::with(world, |_| {}).await;
        let amel = world.person("amel@example.org").await;
        world.person("sami@example.org").await;
        let (amels, samis) = (world.browser_of("amel@example.org").await, world.browser_of("sami@example.org").await);
        let begun = other.begin(&world, "?link=1", &amels).await;
        let swapped = begun.back_with(&world, &format!("state={}&code=c0de", begun.state), &begun.cookies.replace(&amels, &samis)).await;
        assert_eq!(swapped.status.code, 400);
        let linked = other.round(&world, "?link=1", &amels).await;
        assert_eq!(linked.status.code, 303, "{}", linked.text);
        assert!(linked.headers["location"].contains("/me/sign-ins"));
        assert_eq!(halqa::identities::of_person(&world.app, amel).await.expect("asked").len(), 1);
        assert_eq!(other.round(&world, "?link=1", &samis).await.status.code, 409);
        assert_eq!(send(world.get("/sign-in/with/other?link=1")).await.status.code, 303, "signed in first");
        // Suspended: no way in.
        let boss = world.person("boss@example.org").await;
        world.grant(boss, halqa::accounts::Grant::Admin).await;
        assert!(is_signed_in(&other.round(&world, "", "").await));
        let result = world.app.db.write((amel, world.now()), |tx, (amel, now)| Box::pin(async move { halqa::accounts::suspend(tx, *amel, true, *now).await })).await;
        result.expect("suspended");
        let out = other.round(&world, "", "").await;
        assert_eq!(out.status.code, 403);
        assert!(!is_signed_in(&out));
    }

    /// States, browsers, tokens and services: each refused, and an honest sign-in beside it works.
    async fn hostile_answers(world: World) {
        let (world, other) = Other::with(world, |_| {}).await;
        world.person("amel@example.org").await;
        let session = world.browser_of("amel@example.org").await;
        assert_eq!(other.round(&world, "?link=1", &session).await.status.code, 303);
        let works = || async {
            other.change(|_| {});
            assert!(is_signed_in(&other.round(&world, "", "").await));
        };
        // Ways back.
        let another = other.begin(&world, "", "").await;
        let begun = other.begin(&world, "", "").await;
        let state = begun.state.as_str();
        for (query, cookies) in [
            ("code=c0de".to_owned(), begun.cookies.as_str()), ("state=&code=c0de".to_owned(), begun.cookies.as_str()),
            ("state=unknown&code=c0de".to_owned(), begun.cookies.as_str()), (format!("state={}&code=c0de", "x".repeat(9000)), begun.cookies.as_str()),
            (format!("state={state}&code=c0de"), ""), (format!("state={state}&code=c0de"), another.cookies.as_str()),
        ] {
            let answer = begun.back_with(&world, &query, cookies).await;
            assert_eq!(answer.status.code, 400, "{query:.60}");
        }
        let answers = futures::future::join_all((0..6).map(|_| begun.back(&world))).await;
        assert_eq!(answers.iter().filter(|answer| is_signed_in(answer)).count(), 1, "a state works once");
        for query in ["code=", "error=access_denied", "error=%3Cscript%3Ealert(1)%3C/script%3E", "code=stolen", "code=c0de&error=x"] {
            let begun = other.begin(&world, "", "").await;
            let answer = begun.back_with(&world, &format!("state={}&{query}", begun.state), &begun.cookies).await;
            assert_eq!(answer.status.code, 400, "{query}");
            assert!(!answer.text.contains("<script>alert"));
        }
        let late = other.begin(&world, "", "").await;
        world.clock.advance_seconds(901);
        assert_eq!(late.back(&world).await.status.code, 400);
        let now = world.now().micros() / 1_000_000;
        other.state.lock().expect("the state").now = now;
        works().await;
        // Tokens.
        let issuer = other.server.url.clone();
        let table = [
            ("nonce", vec![Value::Null, json!("other"), json!([])]), ("iss", vec![Value::Null, json!(format!("{issuer}/")), json!("https://accounts.google.com"), json!([issuer])]),
            ("aud", vec![Value::Null, json!("other"), json!([CLIENT, "other"]), json!([])]), ("azp", vec![json!("other")]),
            ("exp", vec![Value::Null, json!(now - 61), json!("x"), json!(1e300)]), ("iat", vec![Value::Null, json!(now + 3600), json!(now - 7200)]),
            ("sub", vec![Value::Null, json!(""), json!([]), json!("x".repeat(300)), json!("a\u{0}b")]),
        ];
        let mut count = 0;
        for (name, values) in table {
            for value in values {
                other.change(|state| state.claims = vec![(name.to_owned(), value.clone())]);
                let answer = other.round(&world, "", "").await;
                assert_eq!(answer.status.code, 403, "{name} = {value:.40}: {}", answer.text);
                assert!(!is_signed_in(&answer));
                count += 1;
            }
        }
        assert!(count >= 22);
        let part = |value: &Value| URL_SAFE_NO_PAD.encode(value.to_string());
        let claims = json!({"iss": issuer, "aud": CLIENT, "sub": "s-7", "iat": now, "exp": now + 300});
        for token in [
            format!("{}.{}.", part(&json!({"alg": "none", "kid": "k1"})), part(&claims)), format!("{}.{}.eA", part(&json!({"alg": "HS256", "kid": "k1"})), part(&claims)),
            "a.b".to_owned(), String::new(), "x".repeat(70 << 10),
        ] {
            other.change(|state| state.token = Some(token.clone()));
            assert_eq!(other.round(&world, "", "").await.status.code, 403, "{token:.40}");
        }
        other.change(|state| state.stranger = true);
        assert_eq!(other.round(&world, "", "").await.status.code, 403, "somebody else's key");
        // Services.
        for reply in [Reply::status(500), Reply::status(302).with("Location", &format!("{issuer}/stolen")), Reply { cut: true, ..Reply::default() }, Reply { status: 200, body: "<html>".into(), ..Reply::default() }, Reply::json(&json!({"access_token": 7}))] {
            let name = format!("{reply:?}");
            other.change(|state| { state.faults.insert("/token".into(), reply); });
            assert_eq!(other.round(&world, "", "").await.status.code, 502, "{name}");
        }
        assert!(other.server.of("/stolen").is_empty(), "a secret followed a redirect");
        works().await;
        // An hour later the description is fetched again; one that names somebody else is not believed.
        world.clock.advance_seconds(4000);
        other.change(|state| { state.now = now + 4000; state.issuer = Some("https://accounts.google.com".into()); });
        let kept = other.begin(&world, "", "").await;
        assert_eq!(kept.address.path(), "/auth", "what was known is kept");
        // Never out of this site.
        other.change(|state| state.now = now + 4000);
        for next in ["https://evil.example/", "//evil.example", "/\\evil.example", "javascript:alert(1)"] {
            let query = url::form_urlencoded::Serializer::new(String::from("?")).append_pair("next", next).finish();
            let answer = other.round(&world, &query, "").await;
            assert!(is_signed_in(&answer));
            assert!(answer.headers["location"].starts_with('/') && !answer.headers["location"].contains("evil"), "{next}");
        }
    }

    /// A description that names another issuer opens nothing.
    async fn a_provider_speaks_for_itself(world: World) {
        let (world, other) = Other::with(world, |_| {}).await;
        other.change(|state| state.issuer = Some("https://accounts.google.com".into()));
        assert_eq!(send(world.get("/sign-in/with/other")).await.status.code, 502);
        other.change(|state| { state.faults.insert("/.well-known/openid-configuration".into(), Reply::status(500)); });
        assert_eq!(send(world.get("/sign-in/with/other")).await.status.code, 502);
        other.change(|_| {});
        assert_eq!(send(world.get("/sign-in/with/other")).await.status.code, 303);
    }

    /// Many tenants, one description: each tenant is an issuer of its own.
    async fn tenants(world: World) {
        let (world, other) = Other::with(world, |provider| {
            if let Protocol::OpenId { any_tenant, .. } = &mut provider.protocol { *any_tenant = true; }
        }).await;
        let pattern = format!("{}/{{tenantid}}/v2.0", other.server.url);
        let amel = world.person("amel@example.org").await;
        let session = world.browser_of("amel@example.org").await;
        let set = |claims: Vec<(&str, Value)>| {
            let claims = claims.into_iter().map(|(name, value)| (name.to_owned(), value)).collect();
            other.change(|state| { state.issuer = Some(pattern.clone()); state.claims = claims; });
        };
        set(vec![("tid", json!(TENANT))]);
        assert_eq!(other.round(&world, "?link=1", &session).await.status.code, 303);
        assert!(is_signed_in(&other.round(&world, "", "").await));
        // The same subject of another tenant is somebody else; a tenant that is none is refused.
        let foreign = TENANT.replace('1', "9");
        set(vec![("tid", json!(foreign)), ("iss", json!(pattern.replace("{tenantid}", &foreign)))]);
        let answer = other.round(&world, "", "").await;
        assert!(!is_signed_in(&answer) && answer.text.contains("btn-big"), "{}", answer.text);
        for tenant in [Value::Null, json!("../common"), json!("x"), json!([TENANT])] {
            set(vec![("tid", tenant.clone())]);
            assert_eq!(other.round(&world, "", "").await.status.code, 403, "{tenant}");
        }
        set(vec![("tid", json!(foreign))]);
        assert_eq!(other.round(&world, "", "").await.status.code, 403, "a tenant that is not the issuer's");
        assert_eq!(halqa::identities::of_person(&world.app, amel).await.expect("asked").len(), 1);
    }

    /// Plain OAuth 2.0, without PKCE: a profile says who it is.
    async fn profiles(world: World) {
        let other = Other::start(&world).await;
        let provider = Provider {
            pkce: false,
            protocol: Protocol::Profile { issuer: "https://www.facebook.com".into(), auth_url: format!("{}/auth", other.server.url), token_url: format!("{}/token", other.server.url), profile_url: format!("{}/me?fields=id,name", other.server.url) },
            ..other.openid()
        };
        let world = world.configured(|config| config.sign_in = vec![provider]).await;
        world.person("amel@example.org").await;
        let session = world.browser_of("amel@example.org").await;
        let unknown = other.round(&world, "", "").await;
        assert_eq!(unknown.status.code, 403);
        assert_eq!(other.round(&world, "?link=1", &session).await.status.code, 303);
        assert!(is_signed_in(&other.round(&world, "", "").await));
        for (reply, status) in [(Reply::status(500), 502), (Reply::json(&json!({"name": "nobody"})), 403), (Reply::json(&json!([])), 403)] {
            other.change(|state| { state.faults.insert("/me".into(), reply); });
            assert_eq!(other.round(&world, "", "").await.status.code, status);
        }
    }

    /// Who has no password keeps one way in.
    async fn the_last_way_in_stays(world: World) {
        let (world, other) = Other::with(world, |_| {}).await;
        let amel: halqa::ids::PersonId = world.app.ids.id();
        world.app.db.write((amel, world.now()), |tx, (amel, now)| Box::pin(async move { halqa::db::testing::insert_person(tx, *amel, "amel@example.org", *now).await })).await.map_err(|e: halqa::db::DbError| e).expect("a person");
        let session = world.session_of(amel).await.to_string();
        let session = cookie(&session);
        assert_eq!(other.round(&world, "?link=1", &session).await.status.code, 303);
        let page = send(holding(world.get("/me/sign-ins"), &session.clone())).await;
        let identity = find(&page.text, "name=\"identity\" value=\"");
        let kept = send(holding(world.form("/me/sign-ins/unlink", &[("identity", &identity)]), &session)).await;
        assert_eq!(kept.status.code, 409);
        assert!(is_signed_in(&other.round(&world, "", "").await));
    }
}
