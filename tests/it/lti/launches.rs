//! L1–L15, L20: logins and launches.

use lti::jwt::SigningKey;
use rocket::http::Header;
use serde_json::{Value, json};

use super::platform::*;
use super::server::Reply;
use crate::harness::{As, World, both_engines, send};

/// The token of an honest launch, changed.
pub async fn token(
    world: &World,
    platform: &Platform,
    login: &Login,
    change: impl FnOnce(&mut Value),
) -> String {
    let mut claims = platform.claims(world, login);
    change(&mut claims);
    signing("k1").sign(&claims).expect("signed")
}

async fn accounts(world: &World) -> i64 {
    halqa::db::testing::count_people(&world.app.db).await
}

both_engines! {
    async fn an_honest_launch_opens_the_player(world: World) {
        module(&world, "Budget").await;
        let (platform, _) = Platform::registered(&world).await;
        let login = platform.login(&world).await;
        assert_eq!(login.address.path(), "/auth");
        let token = token(&world, &platform, &login, |_| {}).await;
        let answer = post(&world, &login, &token).await;
        let page = follow(&world, answer).await;
        assert_eq!(page.status.code, 200, "{}", page.text);
        assert!(page.text.contains("data-player"), "{}", page.text);
        // The platform may show it, nobody else.
        let policy = &page.headers["content-security-policy"];
        assert!(policy.contains(&format!("frame-ancestors 'self' {}", platform.issuer)), "{policy}");
        // The page's proof gives fresh tokens; no other does.
        let renew = find(&page.text, "data-renew=\"");
        let pass = find(&page.text, "data-pass=\"");
        let ask = |pass: String| world.post(&renew).header(Header::new("Authorization", format!("Bearer {pass}")));
        let fresh = send(ask(pass.clone())).await;
        assert_eq!(fresh.status.code, 200, "{}", fresh.text);
        assert!(fresh.json()["token"].is_string());
        assert_eq!(send(ask("x".repeat(43))).await.status.code, 404);
        assert_eq!(send(world.post(&renew)).await.status.code, 404);
        // It is no sign-in: nothing of the rest opens with it.
        let me = send(world.get("/me").by(&format!("halqa={pass}"))).await;
        assert_eq!(me.status.code, 303);
        // The wrapper may be inside the platform's page too.
        let within = find(&page.text, "data-within=\"");
        let content = find(&page.text, "data-content=\"");
        let package = halqa::ids::PackageId(uuid::Uuid::parse_str(content.trim_start_matches("http://").split('.').next().expect("a label")).expect("an id"));
        let wrapper = send(world.content(rocket::http::Method::Get, package, &format!("/-halqa/player{within}"))).await;
        assert_eq!(wrapper.status.code, 200, "{}", wrapper.text);
        assert!(wrapper.headers["content-security-policy"].contains(&platform.issuer));
        let forged = within.replace("within=http", "within=https");
        let wrapper = send(world.content(rocket::http::Method::Get, package, &format!("/-halqa/player{forged}"))).await;
        assert!(!wrapper.headers["content-security-policy"].contains(&platform.issuer));
    }

    /// L1: states.
    async fn l1_states(world: World) {
        module(&world, "Budget").await;
        let (platform, _) = Platform::registered(&world).await;
        let login = platform.login(&world).await;
        let other = platform.login(&world).await;
        let token = token(&world, &platform, &login, |_| {}).await;
        let long = "x".repeat(10_000);
        for state in ["", "unknown", long.as_str(), "' or 1=1 --", other.state.as_str()] {
            let answer = post_form(&world, "/lti/launch", &[("state", state), ("id_token", &token)], Some(&login.cookie)).await;
            assert_eq!(answer.status.code, 401, "{state:.20}: {}", answer.text);
        }
        let none = post_form(&world, "/lti/launch", &[("id_token", &token)], Some(&login.cookie)).await;
        assert_eq!(none.status.code, 401);
        let twice = post_form(&world, "/lti/launch", &[("state", &login.state), ("state", &other.state), ("id_token", &token)], Some(&login.cookie)).await;
        assert_eq!(twice.status.code, 400);
        // Another browser: without the proof, with another's, with a forged one.
        let name = login.cookie.split('=').next().expect("a name");
        let theirs = other.cookie.split('=').nth(1).expect("a value");
        for cookie in [None, Some(other.cookie.clone()), Some(format!("{name}={theirs}")), Some(format!("{name}={}", login.state)), Some(format!("{name}="))] {
            let answer = post_form(&world, "/lti/launch", &[("state", &login.state), ("id_token", &token)], cookie.as_deref()).await;
            assert_eq!(answer.status.code, 401, "{cookie:?}");
        }
        assert_eq!(accounts(&world).await, 0);
        // The honest one still passes, once.
        assert_eq!(post(&world, &login, &token).await.status.code, 303);
        assert_eq!(post(&world, &login, &token).await.status.code, 401);
        // Too late.
        let late = platform.login(&world).await;
        world.clock.advance_seconds(901);
        let token = crate::lti::launches::token(&world, &platform, &late, |_| {}).await;
        assert_eq!(post(&world, &late, &token).await.status.code, 401);
    }

    /// L2: of any number of the same launch at once, one passes.
    async fn l2_parallel_launches(world: World) {
        module(&world, "Budget").await;
        let (platform, _) = Platform::registered(&world).await;
        for _ in 0..3 {
            let login = platform.login(&world).await;
            let token = token(&world, &platform, &login, |_| {}).await;
            let answers = futures::future::join_all((0..8).map(|_| post(&world, &login, &token))).await;
            let passed = answers.iter().filter(|answer| answer.status.code == 303).count();
            assert_eq!(passed, 1);
            assert!(answers.iter().all(|answer| matches!(answer.status.code, 303 | 401)));
        }
        for nonce in [json!("other"), Value::Null, json!(""), json!([])] {
            let answer = platform.launch(&world, |claims| { claims["nonce"] = nonce.clone(); }).await;
            assert_eq!(answer.status.code, 401, "{nonce}");
        }
        // The nonce of one login is none of another.
        let one = platform.login(&world).await;
        let two = platform.login(&world).await;
        let token = crate::lti::launches::token(&world, &platform, &one, |_| {}).await;
        assert_eq!(post(&world, &two, &token).await.status.code, 401);
    }

    /// L3, L4, L5: tokens. Header addresses are never called; keys are asked for once a minute.
    async fn l3_l4_l5_tokens(world: World) {
        module(&world, "Budget").await;
        let (platform, _) = Platform::registered(&world).await;
        let login = platform.login(&world).await;
        let good = token(&world, &platform, &login, |_| {}).await;
        let claims = platform.claims(&world, &login);
        let part = |value: &Value| {
            use base64::Engine as _;
            base64::engine::general_purpose::URL_SAFE_NO_PAD.encode(value.to_string())
        };
        let signature = good.rsplit('.').next().expect("a signature");
        let mut hostile: Vec<(u16, String)> = Vec::new();
        for alg in ["none", "None", "", "HS256", "HS512", "RS384", "ES256", "PS256"] {
            for end in ["", signature] {
                hostile.push((0, format!("{}.{}.{end}", part(&json!({"alg": alg, "kid": "k1"})), part(&claims))));
            }
            let key = aws_lc_rs::hmac::Key::new(aws_lc_rs::hmac::HMAC_SHA256, PEM.as_bytes());
            let message = format!("{}.{}", part(&json!({"alg": alg, "kid": "k1"})), part(&claims));
            let tag = aws_lc_rs::hmac::sign(&key, message.as_bytes());
            use base64::Engine as _;
            hostile.push((401, format!("{message}.{}", base64::engine::general_purpose::URL_SAFE_NO_PAD.encode(tag))));
        }
        for kid in ["k2", "../k1", "' or 1=1 --"] {
            hostile.push((401, SigningKey::from_pem(kid, PEM.as_bytes()).expect("a key").sign(&claims).expect("signed")));
        }
        hostile.push((401, SigningKey::from_pem("k1", pem().as_bytes()).expect("a key").sign(&claims).expect("signed")));
        for header in [json!({"alg": "RS256"}), json!({"alg": "RS256", "kid": "k".repeat(10_000)}), json!({"alg": "RS256", "kid": "k1", "jku": platform.at("/evil")}), json!({"alg": "RS256", "kid": "k1", "x5u": platform.at("/evil")}), json!({"alg": "RS256", "kid": "k1", "jwk": signing("k1").public().expect("public")})] {
            hostile.push((401, format!("{}.{}.{signature}", part(&header), part(&claims))));
        }
        let parts: Vec<&str> = good.split('.').collect();
        hostile.push((0, format!("{}.{}", parts[0], parts[1])));
        hostile.push((0, format!("{good}.x")));
        hostile.push((401, format!("{}.{}.{}", parts[0], part(&json!({"iss": platform.issuer})), parts[2])));
        hostile.push((413, "a".repeat(70 << 10)));
        hostile.push((413, "a.b.c".repeat(200 << 10)));
        let count = hostile.len();
        for (status, token) in hostile {
            let answer = post(&world, &login, &token).await;
            let code = answer.status.code;
            let expected = if status == 0 { matches!(code, 400 | 401) } else { code == status };
            assert!(expected, "{code} for {token:.60}: {}", answer.text);
        }
        assert!(count >= 35);
        assert!(platform.server.of("/evil").is_empty(), "a header's address was called");
        // Many unknown keys: the key set was fetched once within the minute.
        assert_eq!(platform.server.of("/jwks").len(), 1);
        assert_eq!(post(&world, &login, &good).await.status.code, 303);
    }

    /// L4: a platform's new key is found, and a platform that is down locks nobody out.
    async fn keys_rotate(world: World) {
        module(&world, "Budget").await;
        let (platform, _) = Platform::registered(&world).await;
        assert_eq!(platform.launch(&world, |_| {}).await.status.code, 303);
        let next = pem();
        let key = SigningKey::from_pem("k2", next.as_bytes()).expect("a key");
        platform.state.lock().expect("state").keys = vec![signing("k1").public().expect("public"), key.public().expect("public")];
        world.clock.advance_seconds(61);
        let login = platform.login(&world).await;
        let token = key.sign(&platform.claims(&world, &login)).expect("signed");
        assert_eq!(post(&world, &login, &token).await.status.code, 303);
        assert_eq!(platform.server.of("/jwks").len(), 2);
        // A day later the set is old; the platform answers nonsense: the kept keys go on.
        world.clock.advance_seconds(90_000);
        platform.fault("/jwks", vec![Reply::status(500)]);
        assert_eq!(platform.launch(&world, |_| {}).await.status.code, 303);
        assert_eq!(platform.server.of("/jwks").len(), 3);
        // A key that was taken back is refused once the set is fetched again.
        world.clock.advance_seconds(61);
        platform.state.lock().expect("state").keys = vec![signing("k1").public().expect("public")];
        let login = platform.login(&world).await;
        let token = key.sign(&platform.claims(&world, &login)).expect("signed");
        assert_eq!(post(&world, &login, &token).await.status.code, 401);
    }

    /// L6–L8, L11, L13: claims. Every one refused with its answer, and nobody made an account.
    async fn l6_to_l13_claims(world: World) {
        module(&world, "Budget").await;
        let (platform, _) = Platform::registered(&world).await;
        let issuer = platform.issuer.clone();
        let now = world.now().micros() / 1_000_000;
        let mut table: Vec<(u16, String, Value)> = Vec::new();
        let mut rows = |status: u16, name: &str, values: Vec<Value>| {
            table.extend(values.into_iter().map(|value| (status, name.to_owned(), value)));
        };
        rows(401, "iss", vec![Value::Null, json!(""), json!(format!("{issuer}/")), json!(issuer.to_uppercase()), json!("https://lms.example"), json!([issuer]), json!(7)]);
        rows(401, "aud", vec![Value::Null, json!(""), json!("halqa-2"), json!(["halqa-2"]), json!([CLIENT, "evil"]), json!([]), json!(7)]);
        rows(401, "azp", vec![json!("halqa-2"), json!(""), json!([CLIENT])]);
        rows(401, "exp", vec![Value::Null, json!(now - 61), json!("never"), json!(1e300), json!(0)]);
        rows(401, "iat", vec![Value::Null, json!(now + 3600), json!(now - 7200), json!("now"), json!(1e300)]);
        rows(401, "nbf", vec![json!(now + 3600), json!("x")]);
        rows(403, &core("deployment_id"), vec![Value::Null, json!(""), json!("d2"), json!([]), json!("D1")]);
        rows(400, &core("message_type"), vec![Value::Null, json!("LtiStartProctoring"), json!(7)]);
        rows(400, &core("version"), vec![Value::Null, json!("1.3"), json!("1.1"), json!(1.3)]);
        rows(400, &core("resource_link"), vec![Value::Null, json!({}), json!("link-1"), json!({"id": ""}), json!({"id": "x".repeat(300)})]);
        rows(400, &core("target_link_uri"), vec![Value::Null, json!("https://evil.example/"), json!("//evil.example/"), json!("http://localhost:8000@evil.example/"), json!("javascript:alert(1)"), json!("http://localhost:8001/"), json!("http://localhost:8000//evil.example"), json!("")]);
        rows(400, &core("context"), vec![json!({"id": ""}), json!({"id": {}})]);
        rows(400, "sub", vec![json!([]), json!("x".repeat(300)), json!("a\u{0}b")]);
        let count = table.len();
        for (status, name, value) in table {
            let answer = platform.launch(&world, |claims| {
                let claims = claims.as_object_mut().expect("claims");
                if value.is_null() { claims.remove(&name); } else { claims.insert(name.clone(), value.clone()); }
            }).await;
            let code = answer.status.code;
            assert!(code == status || (status == 401 && code == 400), "{name}={value}: {code}, not {status}: {}", answer.text);
        }
        assert!(count >= 50, "{count}");
        assert_eq!(accounts(&world).await, 0, "a refused launch made an account");
        assert_eq!(platform.launch(&world, |_| {}).await.status.code, 303);
        // Forged and huge lists of roles: a learner.
        for roles in [json!(["Instructor#"]), json!(["https://evil.example#Instructor"]), json!((0..500).map(|n| format!("urn:x{n}#Instructor")).collect::<Vec<_>>()), json!("Instructor"), Value::Null] {
            let page = platform.page(&world, |claims| { claims[core("roles")] = roles.clone(); }).await;
            assert!(page.text.contains("data-player"), "{roles}");
        }
    }

    /// L9: launches without a person.
    async fn l9_anonymous(world: World) {
        module(&world, "Budget").await;
        let (platform, id) = Platform::registered(&world).await;
        let page = platform.page(&world, |claims| { claims.as_object_mut().expect("claims").remove("sub"); }).await;
        assert!(page.text.contains("data-player"));
        let again = platform.page(&world, |claims| { claims.as_object_mut().expect("claims").remove("sub"); }).await;
        assert!(again.text.contains("data-player"));
        assert_eq!(accounts(&world).await, 2, "guests never share an account");
        let admin = world.person("admin@example.org").await;
        let edit = halqa::lti::platforms::Edit { name: "x".into(), hosts: String::new(), organisation: None, lenient: false, open_deployments: false, guests: false };
        halqa::lti::platforms::edit(&world.app, admin, id, edit).await.expect("edited");
        let refused = platform.launch(&world, |claims| { claims.as_object_mut().expect("claims").remove("sub"); }).await;
        assert_eq!(refused.status.code, 403);
    }

    /// L10: deployments, of this registration and of others.
    async fn l10_deployments(world: World) {
        module(&world, "Budget").await;
        let (platform, id) = Platform::registered(&world).await;
        platform.register(&world, |new| { new.client_id = "halqa-2".into(); new.deployment = Some("other".into()); }).await;
        for deployment in ["d2", "other"] {
            let refused = platform.launch(&world, |claims| { claims[core("deployment_id")] = json!(deployment); }).await;
            assert_eq!(refused.status.code, 403);
        }
        // The administrator sees what waits, and may accept it.
        let waiting: Vec<_> = halqa::lti::platforms::deployments(&world.app, id).await.expect("deployments").into_iter().filter(|d| d.state == "pending").collect();
        assert_eq!(waiting.len(), 2);
        let d2 = waiting.iter().find(|d| d.deployment == "d2").expect("d2");
        halqa::lti::platforms::edit_deployment(&world.app, None, id, d2.id, None, "active").await.expect("accepted");
        assert_eq!(platform.launch(&world, |claims| { claims[core("deployment_id")] = json!("d2"); }).await.status.code, 303);
        // A registration without a deployment takes them as they come.
        let open = Platform::start().await;
        open.register(&world, |new| new.deployment = None).await;
        for deployment in ["a", "b"] {
            assert_eq!(open.launch(&world, |claims| { claims[core("deployment_id")] = json!(deployment); }).await.status.code, 303);
        }
    }

    /// L12: an address in a message finds nobody.
    async fn l12_addresses_prove_nothing(world: World) {
        module(&world, "Budget").await;
        let (platform, _) = Platform::registered(&world).await;
        world.person("amel@example.org").await;
        for email in ["amel@example.org", "AMEL@example.org", " amel@example.org "] {
            let page = platform.page(&world, |claims| { claims["email"] = json!(email); claims["sub"] = json!(format!("thief {email}")); }).await;
            assert!(page.text.contains("data-player"));
        }
        assert_eq!(accounts(&world).await, 4);
        // Two platforms with one subject are two people; one platform with two clients is one.
        let other = Platform::start().await;
        other.register(&world, |_| {}).await;
        platform.page(&world, |_| {}).await;
        other.page(&world, |_| {}).await;
        assert_eq!(accounts(&world).await, 6);
        platform.page(&world, |claims| { claims.as_object_mut().expect("claims").remove("name"); }).await;
        assert_eq!(accounts(&world).await, 6);
    }

    /// C7: the same person's first launch, many at once: one account.
    async fn c7_first_launches_at_once(world: World) {
        module(&world, "Budget").await;
        let (platform, _) = Platform::registered(&world).await;
        let mut logins = Vec::new();
        for _ in 0..20 { logins.push(platform.login(&world).await); }
        let platform = &platform;
        let answers = futures::future::join_all(logins.iter().map(|login| {
            let world = &world;
            async move {
                let token = token(world, platform, login, |_| {}).await;
                post(world, login, &token).await
            }
        })).await;
        assert!(answers.iter().all(|answer| answer.status.code == 303), "{:?}", answers.iter().map(|a| a.status.code).collect::<Vec<_>>());
        assert_eq!(accounts(&world).await, 1);
        assert_eq!(platform.server.of("/jwks").len(), 1, "a class that arrives together waits for one fetch");
    }

    /// L14, L15: logins.
    async fn l14_l15_logins(world: World) {
        let (platform, _) = Platform::registered(&world).await;
        let long = "x".repeat(100 << 10);
        for (change, status) in [
            (vec![("iss", "https://nobody.example")], 400), (vec![("iss", "")], 400), (vec![("client_id", "another")], 400),
            (vec![("login_hint", "")], 400), (vec![("target_link_uri", "")], 400), (vec![("target_link_uri", "https://evil.example/")], 400),
            (vec![("target_link_uri", "//evil.example/")], 400), (vec![("login_hint", "a\r\nSet-Cookie: x=1")], 400), (vec![("login_hint", "a"), ("login_hint", "b")], 400),
            (vec![("iss", "</script><script>alert(1)</script>")], 400),
        ] {
            let answer = send(world.get(&platform.login_path(&change))).await;
            assert_eq!(answer.status.code, status, "{change:?}");
            assert!(!answer.text.contains("<script>alert"));
        }
        let answer = post_form(&world, "/lti/login", &[("iss", &platform.issuer), ("login_hint", &long), ("target_link_uri", "http://localhost:8000/lti/launch")], None).await;
        assert_eq!(answer.status.code, 413);
        let answer = post_form(&world, "/lti/login", &[("iss", &platform.issuer), ("login_hint", &long.repeat(4)), ("target_link_uri", "x")], None).await;
        assert_eq!(answer.status.code, 413);
        // By POST as by GET, hints given back encoded.
        let evil = "\"'></script><script>alert(1)</script>";
        let honest = post_form(&world, "/lti/login", &[("iss", &platform.issuer), ("login_hint", evil), ("lti_message_hint", evil), ("target_link_uri", "http://localhost:8000/lti/launch")], None).await;
        let login = Login::of(&honest);
        assert!(login.address.query_pairs().any(|(name, value)| name == "login_hint" && value == evil));
        assert!(!honest.headers["location"].contains('<'));
        // In a frame of the platform: a page that finds out where the proof can be kept.
        let framed = send(world.get(&platform.login_path(&[("login_hint", evil), ("lti_storage_target", "storage_frame")])).header(Header::new("Sec-Fetch-Dest", "iframe")).header(Header::new("Referer", format!("{}/course", platform.issuer)))).await;
        assert_eq!(framed.status.code, 200);
        assert!(!framed.text.contains("<script>alert") && framed.text.contains("data-frame=\"storage_frame\""), "{}", framed.text);
        assert!(framed.headers["content-security-policy"].contains(&platform.issuer));
        // What the platform says when it refuses is said without harm.
        for error in ["login_required", "</script><script>alert(1)</script>", "a\r\nSet-Cookie: x=1"] {
            let answer = post_form(&world, "/lti/launch", &[("error", error), ("error_description", error), ("state", "s")], None).await;
            assert_eq!(answer.status.code, 400);
            assert!(!answer.text.contains("<script>alert"));
        }
        // Ten thousand a minute from one network: somebody else's turn.
        let mut last = 0;
        for _ in 0..6000 {
            last = send(world.get("/lti/login?iss=https://nobody.example&login_hint=a&target_link_uri=b")).await.status.code;
            if last == 429 { break; }
        }
        assert_eq!(last, 429);
    }

    /// The launch of a browser without cookies: the proof comes from the platform's storage.
    async fn proofs_without_cookies(world: World) {
        module(&world, "Budget").await;
        let (platform, _) = Platform::registered(&world).await;
        let framed = send(world.get(&platform.login_path(&[])).header(Header::new("Sec-Fetch-Dest", "iframe"))).await;
        let put: Value = serde_json::from_str(&find(&framed.text, "data-put=\"")).expect("a message");
        assert_eq!(put["subject"], json!("lti.put_data"));
        assert_eq!(find(&framed.text, "data-origin=\""), platform.issuer);
        let address = url::Url::parse(&find(&framed.text, "data-address=\"")).expect("an address");
        let get = |name: &str| address.query_pairs().find(|(other, _)| other == name).map(|(_, v)| v.into_owned()).expect("a parameter");
        let login = Login { state: get("state"), nonce: get("nonce"), cookie: String::new(), address: address.clone() };
        let token = token(&world, &platform, &login, |_| {}).await;
        let asks = post_form(&world, "/lti/launch", &[("state", &login.state), ("id_token", &token)], None).await;
        assert_eq!(asks.status.code, 401);
        let message: Value = serde_json::from_str(&find(&asks.text, "data-get=\"")).expect("a message");
        assert_eq!((&message["subject"], &message["key"]), (&json!("lti.get_data"), &put["key"]));
        for proof in ["", "forged", login.state.as_str()] {
            let refused = post_from("same-origin", &world, "/lti/launch", &[("state", &login.state), ("id_token", &token), ("browser", proof)], None).await;
            assert_eq!(refused.status.code, 401, "{proof}");
        }
        let proof = put["value"].as_str().expect("a proof");
        let fields = [("state", login.state.as_str()), ("id_token", &token), ("browser", proof)];
        // The right proof out of another site's page: its visitor is not who began the login.
        for site in ["cross-site", "same-site", "none"] {
            let planted = post_from(site, &world, "/lti/launch", &fields, None).await;
            assert_eq!(planted.status.code, 401, "{site}");
        }
        let page = post_from("same-origin", &world, "/lti/launch", &fields, None).await;
        assert_eq!(page.status.code, 200, "{}", page.text);
        assert!(page.text.contains("data-player") && page.text.contains("data-pass"));
    }

    /// L20: who is suspended stays out, and so does a closed registration, at once.
    async fn l20_closed_doors(world: World) {
        module(&world, "Budget").await;
        let (platform, id) = Platform::registered(&world).await;
        let page = platform.page(&world, |_| {}).await;
        let (renew, pass) = (find(&page.text, "data-renew=\""), find(&page.text, "data-pass=\""));
        let ask = || world.post(&renew).header(Header::new("Authorization", format!("Bearer {pass}")));
        assert_eq!(send(ask()).await.status.code, 200);
        let admin = world.person("admin@example.org").await;
        world.grant(admin, halqa::accounts::Grant::Admin).await;
        let learner = halqa::lti::people::person_of(&world.app, &platform.issuer, "user-7").await.expect("asked").expect("known");
        for suspended in [true, false] {
            let result = world.app.db.write((learner, suspended, world.now()), |tx, (learner, suspended, now)| Box::pin(async move {
                halqa::accounts::suspend(tx, *learner, *suspended, *now).await
            })).await;
            result.expect("suspended");
            let status = if suspended { (403, 404) } else { (303, 200) };
            assert_eq!((platform.launch(&world, |_| {}).await.status.code, send(ask()).await.status.code), status);
        }
        let login = platform.login(&world).await;
        let token = token(&world, &platform, &login, |_| {}).await;
        halqa::lti::platforms::set_active(&world.app, admin, id, false).await.expect("closed");
        assert_eq!(send(ask()).await.status.code, 404);
        assert_eq!(post(&world, &login, &token).await.status.code, 400);
        assert_eq!(send(world.get(&platform.login_path(&[]))).await.status.code, 400);
        halqa::lti::platforms::set_active(&world.app, admin, id, true).await.expect("opened");
        assert_eq!(platform.launch(&world, |_| {}).await.status.code, 303);
    }

    /// Links without a module: who teaches chooses, who learns waits.
    async fn links_find_their_module(world: World) {
        let budget = module(&world, "Budget").await;
        let (platform, _) = Platform::registered(&world).await;
        let plain = |claims: &mut Value| { claims.as_object_mut().expect("claims").remove(&core("custom")); };
        let teacher = |claims: &mut Value| {
            claims[core("roles")] = json!(["http://purl.imsglobal.org/vocab/lis/v2/membership#Instructor"]);
            claims["sub"] = json!("teacher");
            claims.as_object_mut().expect("claims").remove(&core("custom"));
        };
        assert!(!platform.page(&world, plain).await.text.contains("data-player"));
        let shelf = platform.page(&world, teacher).await;
        let (action, session) = (find(&shelf.text, "action=\""), find(&shelf.text, "name=\"session\" value=\""));
        let choose = [("session", session.as_str()), ("do", "choose"), ("module", &budget.to_string())];
        let class = send(world.form(&action, &choose)).await;
        assert_eq!(class.status.code, 200, "{}", class.text);
        assert!(platform.page(&world, plain).await.text.contains("data-player"));
        let class = platform.page(&world, teacher).await;
        assert!(class.text.contains("Amel Ben Salah"), "{}", class.text);
        // By target, with a language; by an unknown name.
        let page = platform.page(&world, |claims| { plain(claims); claims[core("target_link_uri")] = json!("http://localhost:8000/ar/modules/budget"); }).await;
        assert!(page.text.contains("data-player"));
        let lost = platform.launch(&world, |claims| { claims[core("custom")] = json!({"module": "nowhere"}); }).await;
        assert_eq!(lost.status.code, 404);
        // A learner may not choose.
        let learner = platform.page(&world, |claims| { plain(claims); claims[core("resource_link")] = json!({"id": "another"}); }).await;
        assert!(!learner.text.contains("name=\"session\""));
    }
}
