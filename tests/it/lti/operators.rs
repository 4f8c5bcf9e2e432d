//! The command line and the administrators' pages.

use std::process::Command;

use halqa::accounts::Grant;
use halqa::lti::platforms;
use serde_json::{Value, json};

use super::platform::*;
use crate::harness::{As, World, both_engines, send};

fn halqa(world: &World, arguments: &[&str]) -> (bool, String) {
    let output = Command::new(env!("CARGO_BIN_EXE_halqa"))
        .args(arguments)
        .env("HALQA_DATA", &world.app.config.data)
        .env("HALQA_DATABASE_URL", &world.app.config.database_url)
        .env(
            "HALQA_SECRET_KEY",
            "a key for tests only, of no use elsewhere",
        )
        .output()
        .expect("the program runs");
    (
        output.status.success(),
        String::from_utf8_lossy(&output.stdout).into_owned(),
    )
}

both_engines! {
    async fn the_command_line(world: World) {
        module(&world, "Budget").await;
        let platform = Platform::start().await;
        let (auth, token, jwks) = (platform.at("/auth"), platform.at("/token"), platform.at("/jwks"));
        let arguments = ["lti", "add-platform", "--name", "École", "--issuer", &platform.issuer, "--client-id", CLIENT, "--auth-url", &auth, "--token-url", &token, "--jwks-url", &jwks, "--deployment-id", "d1"];
        let (good, said) = halqa(&world, &arguments);
        assert!(good, "{said}");
        // What an operator has named may be on this machine.
        assert_eq!(platform.launch(&world, |_| {}).await.status.code, 303);
        assert!(!halqa(&world, &arguments).0, "registered twice");
        let mut wrong = arguments;
        wrong[13] = "ftp://x/";
        wrong[5] = "https://other.example";
        assert!(!halqa(&world, &wrong).0);
        let (good, said) = halqa(&world, &["lti", "add-consumer", "--name", "Vieux Moodle", "--json"]);
        assert!(good, "{said}");
        let made: Value = serde_json::from_str(&said).expect("one JSON object");
        assert!(made["key"].is_string() && made["secret"].is_string(), "{made}");
        assert!(!halqa(&world, &["lti", "add-platform", "--name", "x", "--issuer", "https://y.example", "--client-id", "c", "--auth-url", "https://y.example/a", "--token-url", "https://y.example/t", "--jwks-url", "https://y.example/j", "--organisation", "nobody"]).0);
    }

    /// Our next key is published a day before it signs; the old one a week after.
    async fn our_keys_rotate(world: World) {
        let kids = |text: &str| -> Vec<String> {
            let set: Value = serde_json::from_str(text).expect("a set");
            set["keys"].as_array().expect("keys").iter().map(|key| {
                assert!(key.get("d").is_none(), "a private key was published");
                key["kid"].as_str().expect("a name").to_owned()
            }).collect()
        };
        let first = kids(&send(world.get("/lti/jwks")).await.text);
        assert_eq!(first.len(), 1);
        assert_eq!(kids(&send(world.get("/lti/jwks")).await.text), first);
        halqa::lti::rotate(&world.app, None).await.expect("rotated");
        let both = kids(&send(world.get("/lti/jwks")).await.text);
        assert_eq!((both.len(), &both[0]), (2, &first[0]), "the old one signs until tomorrow");
        world.clock.advance_seconds(25 * 3600);
        let both = kids(&send(world.get("/lti/jwks")).await.text);
        assert_eq!((both.len(), both[1].as_str()), (2, first[0].as_str()));
        world.clock.advance_seconds(9 * 86_400);
        let last = kids(&send(world.get("/lti/jwks")).await.text);
        assert_eq!((last.len(), &last[0]), (1, &both[0]));
    }

    async fn administrators_pages(world: World) {
        module(&world, "Budget").await;
        let admin = world.signed_in_as("admin@example.org", Some(Grant::Admin)).await;
        let learner = world.signed_in_as("learner@example.org", None).await;
        let (platform, id) = Platform::registered(&world).await;
        assert_eq!(platform.launch(&world, |_| {}).await.status.code, 303);
        for path in ["/admin/lti".to_owned(), format!("/admin/lti/{id}"), "/admin/lti/grades".to_owned()] {
            for lang in ["fr", "ar", "en"] {
                let page = send(world.get(&format!("/{lang}{path}")).by(&admin)).await;
                assert_eq!(page.status.code, 200, "{path}: {}", page.text);
                assert!(!page.text.contains("[lti-"), "{path}");
            }
            assert_eq!(send(world.get(&path).by(&learner)).await.status.code, 403);
            assert_eq!(send(world.get(&path)).await.status.code, 303);
        }
        assert_eq!(send(world.get("/admin/lti/nonsense").by(&admin)).await.status.code, 404);
        // By hand: what is wrong is said; a good one is there.
        let bad = send(world.form("/admin/lti/platforms", &[("name", "x"), ("issuer", "https://a.example"), ("client_id", "c"), ("auth_url", "http://a.example/"), ("token_url", "javascript:x"), ("jwks_url", "")]).by(&admin)).await;
        assert_eq!(bad.status.code, 422);
        let good = [("name", "Canvas"), ("issuer", "https://canvas.instructure.com"), ("client_id", "c"), ("auth_url", "https://sso.canvaslms.com/auth"), ("token_url", "https://sso.canvaslms.com/token"), ("jwks_url", "https://sso.canvaslms.com/jwks"), ("deployment", ""), ("organisation", "")];
        assert_eq!(send(world.form("/admin/lti/platforms", &good).by(&admin)).await.status.code, 303);
        let twice = send(world.form("/admin/lti/platforms", &good).by(&admin)).await;
        assert_eq!(twice.status.code, 422);
        assert_eq!(send(world.form("/admin/lti/platforms", &good).by(&learner)).await.status.code, 403);
        let consumer = send(world.form("/admin/lti/consumers", &[("consumer", "Sakai"), ("organisation", "")]).by(&admin)).await;
        assert_eq!(consumer.status.code, 200);
        assert!(consumer.text.contains("halqa-"));
        assert_eq!(send(world.form("/admin/lti/keys", &[]).by(&admin)).await.status.code, 303);
        // A course becomes an organisation's: its learners' progress counts there from their next launch.
        let staff = world.person("staff@example.org").await;
        let description = halqa::organisations::Description { name: "Association Nour".into(), kind: "association".into(), region: None, governorate: String::new(), about: String::new(), axes: Vec::new() };
        let slug = halqa::organisations::add(&world.app, staff, description).await.expect("an organisation");
        let organisation = platforms::organisation(&world.app, &slug).await.expect("known");
        let contexts = platforms::contexts(&world.app, id).await.expect("asked");
        let mapped = send(world.form(&format!("/admin/lti/{id}/contexts/{}", contexts[0].id), &[("organisation", &organisation.to_string())]).by(&admin)).await;
        assert_eq!(mapped.status.code, 303);
        assert_eq!(halqa::db::testing::count_audit(&world.app.db, "lti-context-mapped").await, 1);
        assert_eq!(platform.launch(&world, |_| {}).await.status.code, 303);
        let roll_up = halqa::progress::roll_up_of(&world.app, organisation).await.expect("a roll-up");
        assert_eq!(roll_up.members, 1);
        // A teacher of the course joins nothing.
        platform.launch(&world, |claims| { claims["sub"] = json!("t"); claims[core("roles")] = json!(["http://purl.imsglobal.org/vocab/lis/v2/membership#Instructor"]); }).await;
        assert_eq!(halqa::progress::roll_up_of(&world.app, organisation).await.expect("a roll-up").members, 1);
        let edited = send(world.form(&format!("/admin/lti/{id}"), &[("name", "Autre"), ("hosts", "lms.example, grades.lms.example:8443"), ("organisation", "")]).by(&admin)).await;
        assert_eq!(edited.status.code, 303);
        assert_eq!(platforms::get(&world.app, id).await.expect("asked").hosts, json!(["lms.example", "grades.lms.example:8443"]));
        let wrong = send(world.form(&format!("/admin/lti/{id}"), &[("name", "Autre"), ("hosts", "a b/c"), ("organisation", "")]).by(&admin)).await;
        assert_eq!(wrong.status.code, 422);
    }

    /// A person signed in here takes over what they are there, and gives it back.
    async fn accounts_are_linked_by_hand(world: World) {
        module(&world, "Budget").await;
        let (platform, _) = Platform::registered(&world).await;
        let page = platform.page(&world, |_| {}).await;
        let exit = find(&page.text, "href=\"/fr/lti/done");
        let done = send(world.get(&format!("/fr/lti/done{exit}"))).await;
        assert_eq!(done.status.code, 200, "{}", done.text);
        let link = format!("/fr/lti/link{}", find(&done.text, "href=\"/fr/lti/link"));
        assert_eq!(send(world.get(&link)).await.status.code, 303, "signed in first");
        let amel = world.person("amel@example.org").await;
        let browser = world.browser_of("amel@example.org").await;
        let ask = send(world.get(&link).by(&browser)).await;
        assert_eq!(ask.status.code, 200);
        // It says whose launches will open this account.
        let there = halqa::lti::people::person_of(&world.app, &platform.issuer, "user-7").await.expect("asked").expect("known");
        let there = halqa::lti::people::identities(&world.app, there).await.expect("asked").remove(0);
        assert!(ask.text.contains(&there.platform) && ask.text.contains(&there.name), "{}", ask.text);
        let ticket = find(&ask.text, "name=\"ticket\" value=\"");
        assert_eq!(send(world.form("/lti/link", &[("ticket", "forged.ticket")]).by(&browser)).await.status.code, 404);
        assert_eq!(send(world.form("/lti/link", &[("ticket", &ticket)]).by(&browser)).await.status.code, 303);
        let who = || async { halqa::lti::people::person_of(&world.app, &platform.issuer, "user-7").await.expect("asked") };
        assert_eq!(who().await, Some(amel));
        // A ticket links once: whoever finds it later gets nothing.
        world.person("thief@example.org").await;
        let thief = world.browser_of("thief@example.org").await;
        assert_eq!(send(world.form("/lti/link", &[("ticket", &ticket)]).by(&thief)).await.status.code, 404);
        let mine = send(world.get("/me/platforms").by(&browser)).await;
        let identity = find(&mine.text, "name=\"identity\" value=\"");
        assert_eq!(send(world.form("/lti/unlink", &[("identity", &identity)]).by(&thief)).await.status.code, 404);
        assert_eq!(send(world.form("/lti/unlink", &[("identity", &identity)]).by(&browser)).await.status.code, 303);
        assert_eq!(who().await, None);
    }
}
