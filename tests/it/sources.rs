//! Feeds of others in the watch: chosen, fetched with care, shown when somebody says so
//! (`threats.md` W22, W23).

use halqa::accounts::Grant;
use halqa::following::{self, Cadence, Subject};
use halqa::notifications;
use halqa::watch::sources::{self, Fault};
use halqa::web::Lang;
use rocket::http::Status;

use crate::harness::{As, World, both_engines, send};
use crate::lti::server::{Reply, Server};

const FEED: &str = "<?xml version=\"1.0\"?><rss version=\"2.0\"><channel><title>Appels</title>\
    <item><guid>1</guid><link>https://example.org/1</link><title><![CDATA[Appel <b>jeunes</b><script>x()</script>]]></title>\
    <description>Avant le 30</description><pubDate>Sun, 01 Mar 2026 08:00:00 GMT</pubDate></item>\
    <item><guid>2</guid><link>https://example.org/2</link><title>Vieux</title><pubDate>Wed, 01 Jan 2020 08:00:00 GMT</pubDate></item>\
    </channel></rss>";

/// A site that answers so: 304 to who has it already.
async fn site() -> Server {
    Server::start(|asked| match asked.path.as_str() {
        "/feed"
            if asked
                .headers
                .get("if-none-match")
                .is_some_and(|tag| tag == "\"a\"") =>
        {
            Reply::status(304)
        }
        "/feed" => Reply {
            status: 200,
            body: FEED.into(),
            ..Reply::default()
        }
        .with("ETag", "\"a\""),
        "/page" => Reply {
            status: 200,
            body: "<html><body>Bonjour</body></html>".into(),
            ..Reply::default()
        },
        "/inside" => Reply::status(302).with("Location", "http://169.254.169.254/latest"),
        "/round" => Reply::status(302).with("Location", "/round"),
        "/huge" => Reply {
            status: 200,
            body: "x".repeat(3 << 20),
            ..Reply::default()
        },
        _ => Reply::status(500),
    })
    .await
}

async fn allowing(world: World, server: &Server) -> World {
    let host = server.url.trim_start_matches("http://").to_owned();
    world
        .configured(|config| config.outbound_allow = vec![host])
        .await
}

both_engines! {
    async fn what_is_fetched_waits_for_a_choice(world: World) {
        let server = site().await;
        let world = allowing(world, &server).await;
        let staff = world.signed_in_as("staff@example.org", Some(Grant::Admin)).await;
        let reader = world.person("badr@example.org").await;
        let view = Subject::parse("watch:kind=outside").expect("a view");
        assert!(following::follow(&world.app, reader, &view, Cadence::Daily).await.expect("followed"));
        let address = format!("{}/feed", server.url);
        let look = [("address", address.as_str()), ("axis", ""), ("language", "fr")];
        let page = send(world.form("/fr/watch/sources", &look).by(&staff)).await;
        assert!(page.status == Status::Ok && page.text.contains("Appel jeunes") && !page.text.contains("x()"), "{}", page.text);
        let add = [("address", address.as_str()), ("axis", ""), ("language", "fr"), ("title", "Appels"), ("add", "1")];
        let added = send(world.form("/fr/watch/sources", &add).by(&staff)).await;
        assert_eq!(added.status, Status::SeeOther, "{}", added.text);
        assert_eq!(send(world.form("/fr/watch/sources", &add).by(&staff)).await.status, Status::Conflict);
        world.run_jobs().await;
        let waiting = sources::waiting(&world.app).await.expect("entries");
        assert_eq!(waiting.len(), 1, "what is old is history: {waiting:?}");
        assert!(!send(world.get("/fr/watch")).await.text.contains("Appel jeunes"));
        let id = waiting[0].id;
        assert_eq!(send(world.get(&format!("/fr/watch/entries/{id}"))).await.status, Status::NotFound);
        let show = send(world.form(&format!("/fr/watch/entries/{id}"), &[("show", "1")]).by(&staff)).await;
        assert_eq!(show.status, Status::SeeOther, "{}", show.text);
        world.run_jobs().await;
        let page = send(world.get("/fr/watch")).await;
        assert!(page.text.contains("Appel jeunes") && page.text.contains("href=\"https://example.org/1\""), "{}", page.text);
        assert!(send(world.get("/fr/watch/feed?kind=outside")).await.text.contains("Appel jeunes"));
        let told = notifications::list(&world.app, Lang::Fr, reader, None, 10).await.expect("a list");
        assert_eq!(told.len(), 1);
        let gone = send(world.get(&format!("/fr/watch/entries/{id}"))).await;
        assert_eq!(gone.headers["location"], "https://example.org/1");

        // An hour later it is asked for what is newer only, and nothing comes twice.
        world.clock.advance_seconds(3_700);
        world.run_jobs().await;
        let asked = server.of("/feed");
        assert_eq!(asked.len(), 3, "a look, a fetch, another");
        assert_eq!(asked[2].headers["if-none-match"], "\"a\"");
        assert!(sources::waiting(&world.app).await.expect("entries").is_empty());
        // Stopped, it is asked no more.
        let source = sources::all(&world.app).await.expect("sources").remove(0);
        let act = format!("/fr/watch/sources/{}", source.id);
        assert_eq!(send(world.form(&act, &[("act", "stop")]).by(&staff)).await.status, Status::SeeOther);
        world.clock.advance_seconds(90_000);
        world.run_jobs().await;
        assert_eq!(server.of("/feed").len(), 3);
        let staff = world.browser_of("staff@example.org").await;
        let started = send(world.form(&act, &[("act", "start")]).by(&staff)).await;
        assert!(started.status == Status::SeeOther && !started.headers["location"].contains("/sign-in"), "{:?}", started.headers);
        world.run_jobs().await;
        assert_eq!(server.of("/feed").len(), 4);
        // Who does not animate has no such page.
        let learner = world.signed_in_as("curieux@example.org", None).await;
        assert_eq!(send(world.get("/fr/watch/sources").by(&learner)).await.status, Status::Forbidden);
    }

    /// Ten failures in a row, each a longer pause after the last: it is stopped, and the page says why.
    async fn a_site_that_fails_is_left_alone(world: World) {
        let server = site().await;
        let world = allowing(world, &server).await;
        let founder = world.founder().await;
        let new = sources::New {
            address: sources::address(&format!("{}/down", server.url)).expect("an address"),
            title: "En panne".into(),
            axis: None,
            language: Lang::Fr,
            automatic: true,
            by: founder.id,
        };
        sources::add(&world.app, new).await.expect("added");
        for _ in 0..14 {
            world.run_jobs().await;
            world.clock.advance_seconds(90_000);
        }
        assert_eq!(server.of("/down").len(), 10);
        let browser = world.browser_of("founder@example.org").await;
        let page = send(world.get("/fr/watch/sources").by(&browser)).await;
        assert!(page.text.contains("répond autre chose") && page.text.contains("Arrêté"), "{}", page.text);
    }

    /// No address of the own network, however it is written or reached; nothing that is no feed.
    async fn hostile_addresses_and_answers(world: World) {
        for text in [
            "https://127.0.0.1/", "https://[::1]/", "https://[::ffff:127.0.0.1]/", "https://0x7f.1/", "https://2130706433/",
            "https://169.254.169.254/latest", "https://[64:ff9b::7f00:1]/", "https://localhost./", "http://example.org/feed",
            "https://example.org:22/", "https://10.0.0.1/",
        ] {
            let url = sources::address(text).expect("an address");
            let found = sources::fetch(&world.app, &url, None, None).await;
            assert!(matches!(found, Err(Fault::Refused | Fault::Unreachable)), "{text}: {found:?}");
        }
        let server = site().await;
        let world = allowing(world, &server).await;
        for (path, fault) in [
            ("/inside", Fault::Refused), ("/round", Fault::Refused), ("/page", Fault::NotAFeed), ("/huge", Fault::TooLarge), ("/down", Fault::Status),
        ] {
            let url = sources::address(&format!("{}{path}", server.url)).expect("an address");
            let found = sources::fetch(&world.app, &url, None, None).await;
            assert_eq!(found.err(), Some(fault), "{path}");
        }
        let staff = world.signed_in_as("staff@example.org", Some(Grant::Admin)).await;
        for address in ["file:///etc/passwd", "gopher://example.org", "https://a:b@example.org/"] {
            let look = [("address", address), ("axis", ""), ("language", "fr")];
            let answer = send(world.form("/fr/watch/sources", &look).by(&staff)).await;
            assert_eq!(answer.status, Status::UnprocessableEntity, "{address}");
        }
    }
}
