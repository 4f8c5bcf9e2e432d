//! L16, W22: dynamic registration, and what is never called.

use halqa::lti::platforms;
use serde_json::{Value, json};

use super::platform::find;
use super::server::{Reply, Server};
use crate::harness::{As, World, both_engines, send};

fn configuration(host: &str) -> Value {
    json!({
        "issuer": host, "authorization_endpoint": format!("{host}/auth"), "token_endpoint": format!("{host}/token"),
        "jwks_uri": format!("{host}/jwks"), "registration_endpoint": format!("{host}/register"), "scopes_supported": ["openid"],
        "https://purl.imsglobal.org/spec/lti-platform-configuration": { "product_family_code": "moodle", "messages_supported": [{"type": "LtiResourceLinkRequest"}, {"type": "LtiDeepLinkingRequest"}] },
    })
}

/// The same platform, allowed to call this server of the own network.
async fn with_intranet(world: World, server: &Server) -> World {
    let host = server.url.trim_start_matches("http://").to_owned();
    world
        .configured(|config| config.outbound_allow = vec![host])
        .await
}

async fn invitation(world: &World, admin: &str) -> String {
    let page = send(
        world
            .form("/admin/lti/invitations", &[("organisation", "")])
            .by(admin),
    )
    .await;
    assert_eq!(page.status.code, 200, "{}", page.text);
    let address = page
        .text
        .split("invitation=")
        .nth(1)
        .or_else(|| page.text.split("invitation&#x3D;").nth(1))
        .expect("an address");
    address
        .chars()
        .take_while(|c| c.is_ascii_alphanumeric() || "-_".contains(*c))
        .collect()
}

both_engines! {
    async fn a_platform_registers_itself(world: World) {
        let admin = world.signed_in_as("admin@example.org", Some(halqa::accounts::Grant::Admin)).await;
        let server = Server::start(|asked| match asked.path.as_str() {
            "/c" => Reply::json(&configuration(&format!("http://{}", asked.headers["host"]))),
            "/register" if asked.headers.get("authorization").map(String::as_str) == Some("Bearer t0k") => {
                let mut sent: Value = serde_json::from_str(&asked.body).expect("a registration");
                sent["client_id"] = json!("c-77");
                Reply::json(&sent)
            }
            _ => Reply::status(401),
        }).await;
        let world = with_intranet(world, &server).await;
        let secret = invitation(&world, &admin).await;
        let configuration = format!("{}/c", server.url);
        let query = format!("/lti/register?invitation={secret}&openid_configuration={configuration}&registration_token=t0k");
        let ask = send(world.get(&query)).await;
        assert_eq!(ask.status.code, 200, "{}", ask.text);
        assert!(server.of("/").is_empty(), "opening an address calls nobody");
        assert!(ask.headers["content-security-policy"].contains(&server.url));
        let fields = [("invitation", find(&ask.text, "name=\"invitation\" value=\"")), ("openid_configuration", find(&ask.text, "name=\"openid_configuration\" value=\"")), ("registration_token", "t0k".to_owned())];
        let fields: Vec<(&str, &str)> = fields.iter().map(|(a, b)| (*a, b.as_str())).collect();
        let done = send(world.form("/lti/register", &fields)).await;
        assert_eq!(done.status.code, 200, "{}", done.text);
        let all = platforms::all(&world.app).await.expect("asked");
        assert_eq!((all.len(), all[0].client_id.as_str(), all[0].state.as_str(), all[0].local), (1, "c-77", "pending", false));
        // It waits for the administrator, and the invitation is used up.
        let login = format!("/lti/login?iss={}&login_hint=h&target_link_uri=http://localhost:8000/lti/launch", server.url);
        assert_eq!(send(world.get(&login)).await.status.code, 400);
        assert_eq!(send(world.form("/lti/register", &fields)).await.status.code, 400);
        let opened = send(world.form(&format!("/admin/lti/{}/state", all[0].id), &[("state", "active")]).by(&admin)).await;
        assert_eq!(opened.status.code, 303);
        assert_eq!(send(world.get(&login)).await.status.code, 303);
    }

    /// L16: each with a fresh invitation; nothing is registered.
    async fn l16_hostile_registrations(world: World) {
        let admin = world.signed_in_as("admin@example.org", Some(halqa::accounts::Grant::Admin)).await;
        let server = Server::start(|asked| {
            let host = format!("http://{}", asked.headers["host"]);
            let mut honest = configuration(&host);
            let (kind, _) = asked.path.trim_start_matches('/').split_once('?').unwrap_or((asked.path.trim_start_matches('/'), ""));
            match kind {
                "issuer" => honest["issuer"] = json!("https://lms.example"),
                "jwks" => honest["jwks_uri"] = json!("https://evil.example/jwks"),
                "endpoint" => honest["registration_endpoint"] = json!("http://127.0.0.1:1/register"),
                "huge" => honest["pad"] = json!("x".repeat(6 << 20)),
                "loop" => return Reply::status(302).with("Location", &format!("{host}/loop")),
                "away" => return Reply::status(302).with("Location", "http://169.254.169.254/latest/meta-data/"),
                "html" => return Reply { status: 200, body: "<html>".into(), ..Reply::default() },
                "down" => return Reply { cut: true, ..Reply::default() },
                _ => {}
            }
            Reply::json(&honest)
        }).await;
        let world = with_intranet(world, &server).await;
        let mut addresses: Vec<String> = ["issuer", "jwks", "endpoint", "huge", "loop", "away", "html", "down", "refused"].map(|kind| format!("{}/{kind}", server.url)).to_vec();
        addresses.extend([
            "http://[::1]/c", "http://localhost/c", "https://localhost./c", "http://169.254.169.254/latest", "http://10.0.0.1/c", "http://0x7f.1/c", "http://2130706433/c",
            "https://[::ffff:127.0.0.2]/c", "https://[64:ff9b::7f00:1]/c", "https://lms.example:22/c", "file:///etc/passwd", "gopher://x/", "https://u:p@lms.example/", "javascript:alert(1)", "",
        ].map(str::to_owned));
        for address in addresses {
            let secret = invitation(&world, &admin).await;
            let answer = send(world.form("/lti/register", &[("invitation", secret.as_str()), ("openid_configuration", &address)])).await;
            assert_eq!(answer.status.code, 400, "{address}: {}", answer.text);
        }
        for secret in ["", "forged", &"x".repeat(10_000)] {
            let answer = send(world.form("/lti/register", &[("invitation", secret), ("openid_configuration", &format!("{}/c", server.url))])).await;
            assert_eq!(answer.status.code, 400);
        }
        assert!(server.of("/loop").len() <= 4, "redirects are followed three times at most");
        let old = invitation(&world, &admin).await;
        world.clock.advance_seconds(8 * 86_400);
        let late = send(world.form("/lti/register", &[("invitation", old.as_str()), ("openid_configuration", &format!("{}/c", server.url))])).await;
        assert_eq!(late.status.code, 400);
        assert!(platforms::all(&world.app).await.expect("asked").is_empty());
    }

    /// W22: without the allow-list, this machine is not called, and the answer tells nothing.
    async fn w22_the_own_network_is_not_called(world: World) {
        let admin = world.signed_in_as("admin@example.org", Some(halqa::accounts::Grant::Admin)).await;
        let server = Server::start(|_| Reply::status(200)).await;
        let mut said = Vec::new();
        for address in [format!("{}/c", server.url), "http://127.0.0.1:1/c".to_owned(), "https://169.254.169.254/c".to_owned()] {
            let secret = invitation(&world, &admin).await;
            let answer = send(world.form("/lti/register", &[("invitation", secret.as_str()), ("openid_configuration", &address)])).await;
            assert_eq!(answer.status.code, 400);
            said.push(answer.text);
        }
        assert!(said.windows(2).all(|pair| pair[0] == pair[1]), "the answer tells what listens where");
        assert!(server.of("/").is_empty());
    }
}
