//! What other sites are told of public pages, and nothing of the others; how fresh a page is.

use halqa::accounts::Grant;
use halqa::catalogue;
use halqa::organisations;
use halqa::spaces::{self, NewSpace, NewTopic};
use rocket::http::Status;

use crate::harness::{As, World, both_engines, send};

/// The JSON-LD of a page.
fn told(page: &str) -> serde_json::Value {
    let json = page
        .split("<script type=\"application/ld+json\">")
        .nth(1)
        .unwrap_or_else(|| panic!("nothing is told: {page}"))
        .split("</script>")
        .next()
        .unwrap_or_default();
    serde_json::from_str(json).expect("JSON")
}

async fn oembed(world: &World, path: &str) -> (Status, String) {
    let url: String =
        url::form_urlencoded::byte_serialize(format!("http://localhost:8000{path}").as_bytes())
            .collect();
    let answer = send(world.get(&format!("/oembed?url={url}"))).await;
    (answer.status, answer.text)
}

both_engines! {
    async fn public_pages_tell_what_they_are_and_others_nothing(world: World) {
        let founder = world.founder().await;
        world.region(&founder, "sousse").await;
        let osc = world.organisation(&founder, "Oliviers & <Cie>", "sousse").await;
        let module = world.module("Lire un budget").await;
        let space = NewSpace {
            id: world.app.ids.id(), slug: "argent".into(), axis: None,
            titles: ["Argent".into(), "المال".into(), "Money".into()], abouts: Default::default(), at: world.now(),
        };
        let space_id = space.id;
        spaces::open(&world.app, space).await.expect("a space");
        let topic = NewTopic {
            id: world.app.ids.id(), space: space_id, author: founder.id, kind: "question",
            title: "Qui paie </script><b> ?".into(), body: "Dites.".into(), language: "fr".into(), module: None, seminar: None, at: world.now(),
        };
        let topic_path = format!("/fr/spaces/argent/{}", topic.id);
        spaces::start(&world.app, topic).await.expect("a topic");
        for (path, kind) in [
            (format!("/fr/organisations/{}", osc.slug), "Organization"), (format!("/fr/modules/{}", module.slug), "Course"),
            (topic_path.clone(), "QAPage"), ("/ar/spaces/argent".to_owned(), "CollectionPage"),
        ] {
            let page = send(world.get(&path)).await.text;
            let json = told(&page);
            assert_eq!(json["@type"], kind, "{path}");
            assert_eq!(json["url"], format!("http://localhost:8000{path}"));
            for part in ["og:title", "og:url", "og:image", "twitter:card", "application/json+oembed", "https://wa.me/", "facebook.com/sharer", "linkedin.com/sharing", "twitter.com/intent"] {
                assert!(page.contains(part), "{path}: {part}");
            }
            assert!(!page.contains("src=\"https://") && !page.contains("</script><b>"), "{path}");
            let (status, text) = oembed(&world, &path).await;
            assert_eq!(status, Status::Ok, "{path}: {text}");
            let json: serde_json::Value = serde_json::from_str(&text).expect("JSON");
            assert_eq!((json["version"].as_str(), json["type"].as_str()), (Some("1.0"), Some("link")));
        }
        // A space for members, a module nobody publishes, an organisation at rest: as if there were none.
        spaces::set_visibility(&world.app, founder.id, space_id, domain::community::Visibility::Members, &[]).await.expect("set");
        let change = catalogue::Change { published: Some(false), ..catalogue::Change::default() };
        catalogue::change(&world.app, module.id, change).await.expect("hidden");
        let organisation = organisations::by_slug(&world.app, &osc.slug).await.expect("it").expect("there");
        organisations::rest(&world.app, &founder, &organisation, true).await.expect("at rest");
        let mut answers = Vec::new();
        for path in [
            topic_path.as_str(), "/fr/spaces/argent", &format!("/fr/modules/{}", module.slug), &format!("/fr/organisations/{}", osc.slug),
            "/fr/modules/none", "/fr/me", "/fr/toolbox/x", "/fr/people/x", "/xx/modules/x", "/fr/spaces/argent/x", "",
        ] {
            let (status, text) = oembed(&world, path).await;
            assert_eq!(status, Status::NotFound, "{path}");
            answers.push(text.len());
        }
        let member = world.signed_in_as("member@example.org", None).await;
        let page = send(world.get(&topic_path).by(&member)).await;
        assert_eq!(page.status, Status::Ok);
        assert!(!page.text.contains("og:title"), "members read it, others are told nothing");
        for odd in ["/oembed?url=https://evil.example/fr/modules/x", "/oembed?url=%00", "/oembed?url=", "/oembed?url=javascript:x"] {
            assert!([400, 404].contains(&send(world.get(odd)).await.status.code), "{odd}");
        }
        assert_eq!(send(world.get("/oembed?url=http://localhost:8000/fr/modules&format=xml")).await.status, Status::NotImplemented);
    }

    async fn a_page_says_how_fresh_it_is_and_is_public_only_where_wanted(world: World) {
        let founder = world.founder().await;
        world.region(&founder, "sousse").await;
        let osc = world.organisation(&founder, "Oliviers", "sousse").await;
        let amel = world.person("amel@example.org").await;
        world.join(amel, &osc, "coordinator").await;
        let coordinator = world.browser_of("amel@example.org").await;
        let staff = world.signed_in_as("staff@example.org", Some(Grant::Regional("sousse".into()))).await;
        let learner = world.signed_in_as("learner@example.org", None).await;
        let path = format!("/fr/organisations/{}", osc.slug);
        let verified = send(world.form(&format!("{path}/verify"), &[("verified", "yes")]).by(&staff)).await;
        assert_eq!(verified.status, Status::SeeOther);
        let page = send(world.get(&path)).await.text.replace(['\u{2068}', '\u{2069}'], "");
        assert!(page.contains("Vérifiée par staff le") && page.contains("Fiche mise à jour le"), "{page}");
        assert_eq!(send(world.form(&format!("{path}/confirm"), &[]).by(&learner)).await.status, Status::NotFound);
        assert_eq!(send(world.form(&format!("{path}/confirm"), &[]).by(&coordinator)).await.status, Status::SeeOther);
        assert!(send(world.get(&path)).await.text.contains("Confirmée par l’organisation le"));
        // For people who are signed in only: to others as if it were not there.
        assert_eq!(send(world.form(&format!("{path}/public"), &[("public", "no")]).by(&staff)).await.status, Status::Forbidden);
        assert_eq!(send(world.form(&format!("{path}/public"), &[("public", "no")]).by(&coordinator)).await.status, Status::SeeOther);
        assert_eq!(send(world.get(&path)).await.status, Status::NotFound);
        assert_eq!(oembed(&world, &path).await.0, Status::NotFound);
        for list in ["/fr/organisations", "/fr/directory"] {
            assert!(!send(world.get(list)).await.text.contains("Oliviers"), "{list}");
            assert!(send(world.get(list).by(&learner)).await.text.contains("Oliviers"), "{list}");
        }
        let page = send(world.get(&path).by(&learner)).await;
        assert!(page.status == Status::Ok && !page.text.contains("og:title"));
    }
}
