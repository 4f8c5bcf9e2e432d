//! The picture of a public page: drawn for what everybody may see, of the page's own words, in its
//! language; of the rest there is none.

use std::collections::BTreeMap;

use halqa::accounts::Grant;
use halqa::catalogue;
use halqa::organisations;
use halqa::spaces::{self, NewSpace, NewTopic};
use rocket::http::{Header, Status};

use crate::harness::{As, World, both_engines, send};

/// What a page says of its picture: address (without our own origin) and words.
async fn told(world: &World, page: &str) -> (String, String) {
    let page = send(world.get(page)).await;
    assert_eq!(page.status, Status::Ok, "{}", page.text);
    let of = |property: &str| {
        let meta = format!("<meta property=\"{property}\" content=\"");
        let rest = page.text.split(&meta).nth(1);
        let rest = rest.unwrap_or_else(|| panic!("no {property}: {}", page.text));
        rest.split('"').next().unwrap_or_default().to_owned()
    };
    assert_eq!(
        (of("og:image:width"), of("og:image:height")),
        ("1200".into(), "630".into())
    );
    assert_eq!(of("og:image:type"), "image/png");
    assert!(
        page.text
            .contains("<meta name=\"twitter:card\" content=\"summary_large_image\">")
    );
    let address = of("og:image").replace("&#x3D;", "=");
    let path = address
        .strip_prefix("http://localhost:8000")
        .expect("a whole address of our own");
    (path.to_owned(), of("og:image:alt"))
}

/// The bytes and the tag of a picture: a PNG of that size, whatever the answer says it is.
async fn drawn(world: &World, path: &str) -> (Vec<u8>, String) {
    let answer = world.get(path).dispatch().await;
    assert_eq!(answer.status(), Status::Ok, "{path}");
    let header = |name: &str| {
        answer
            .headers()
            .get_one(name)
            .unwrap_or_default()
            .to_owned()
    };
    assert_eq!(header("Content-Type"), "image/png");
    assert_eq!(header("Cache-Control"), "public, no-cache");
    assert_eq!(header("Cross-Origin-Resource-Policy"), "cross-origin");
    let etag = header("ETag");
    assert!(etag.starts_with('"') && etag.len() > 20, "{etag}");
    let bytes = answer.into_bytes().await.expect("a body");
    assert_eq!(
        bytes.get(..8),
        Some(b"\x89PNG\r\n\x1a\n".as_slice()),
        "{path}"
    );
    let number = |at: usize| {
        bytes
            .get(at..at + 4)
            .map(|four| u32::from_be_bytes(four.try_into().expect("four")))
    };
    assert_eq!((number(16), number(20)), (Some(1200), Some(630)), "{path}");
    assert!(bytes.len() < 200_000, "{path}: {}", bytes.len());
    (bytes, etag)
}

async fn status(world: &World, path: &str) -> u16 {
    world.get(path).dispatch().await.status().code
}

both_engines! {
    async fn a_public_page_has_its_picture_in_each_language(world: World) {
        let founder = world.founder().await;
        world.region(&founder, "sousse").await;
        let osc = world.organisation(&founder, "جمعية الزيتون", "sousse").await;
        let module = world.module("Lire un budget").await;
        let seminar = world.seminar("Atelier ouvert", Some("sousse"), 20, domain::eligibility::Rule::open()).await;
        let space = NewSpace {
            id: world.app.ids.id(), slug: "argent".into(), axis: None,
            titles: ["Argent".into(), "المال".into(), "Money".into()], abouts: Default::default(), at: world.now(),
        };
        let space_id = space.id;
        spaces::open(&world.app, space).await.expect("a space");
        let topic = NewTopic {
            id: world.app.ids.id(), space: space_id, author: founder.id, kind: "question",
            title: "Qui paie \"le\" loyer ?".into(), body: "Dites.".into(), language: "fr".into(), module: None, seminar: None, at: world.now(),
        };
        let topic_path = format!("/spaces/argent/{}", topic.id);
        spaces::start(&world.app, topic).await.expect("a topic");
        let staff = world.browser_of("founder@example.org").await;
        let fields = [
            ("title", "Statuts clairs"), ("objective", "Douze associations."), ("description", ""), ("language", "fr"),
            ("region", ""), ("axis", ""), ("from", "2026-02-01"), ("until", "2026-09-30"),
        ];
        let made = send(world.form("/fr/follow-up/sheets/new", &fields).by(&staff)).await;
        assert_eq!(made.status, Status::SeeOther, "{}", made.text);
        let sheet = made.headers["location"].split('?').next().expect("a path").to_owned();
        let slug = sheet.rsplit('/').next().expect("a slug").to_owned();
        let published = send(world.form(&format!("{sheet}/publish"), &[("publish", "yes")]).by(&staff)).await;
        assert_eq!(published.status, Status::SeeOther, "{}", published.text);

        let pages = [
            format!("/organisations/{}", osc.slug), format!("/modules/{}", module.slug), format!("/seminars/{}", seminar.slug),
            "/spaces/argent".to_owned(), topic_path, format!("/timeline/{slug}"),
        ];
        let mut tags = BTreeMap::new();
        for page in &pages {
            for lang in ["fr", "ar", "en"] {
                let (path, words) = told(&world, &format!("/{lang}{page}")).await;
                assert!(path.starts_with(&format!("/{lang}/share{page}.png?v=")), "{path}");
                assert!(words.contains(": ") || words.contains("\u{a0}: "), "{words}");
                let (bytes, etag) = drawn(&world, &path).await;
                // French and English may say a thing in the same words.
                let same = tags.insert(etag.clone(), page.clone());
                assert!(same.is_none_or(|of| of == *page && lang == "en"), "{page} in {lang}: the same as another");
                // The address names the object; what else is asked for is not drawn.
                let asked = path.replace("?v=", "?title=Autre&text=Autre&kind=x&v=");
                assert_eq!(drawn(&world, &asked).await, (bytes, etag.clone()), "{asked}");
                let known = world.get(&path).header(Header::new("If-None-Match", etag)).dispatch().await;
                assert_eq!(known.status(), Status::NotModified);
                assert!(known.into_bytes().await.unwrap_or_default().is_empty());
            }
            let url: String = url::form_urlencoded::byte_serialize(format!("http://localhost:8000/fr{page}").as_bytes()).collect();
            let oembed = send(world.get(&format!("/oembed?url={url}"))).await.json();
            assert_eq!(oembed["thumbnail_width"], 1200, "{oembed}");
            assert!(oembed["thumbnail_url"].as_str().is_some_and(|url| url.contains("/fr/share/")), "{oembed}");
        }
        // Other words are another picture at another address.
        let page = format!("/fr/modules/{}", module.slug);
        let (before, _) = told(&world, &page).await;
        let change = catalogue::Change { title: Some("Lire un budget communal".into()), ..catalogue::Change::default() };
        catalogue::change(&world.app, module.id, change).await.expect("another title");
        let (after, words) = told(&world, &page).await;
        assert_ne!(before, after);
        assert!(words.contains("Lire un budget communal"), "{words}");
        assert!(!tags.contains_key(&drawn(&world, &after).await.1));
    }

    async fn of_what_is_not_public_there_is_no_picture(world: World) {
        let founder = world.founder().await;
        world.region(&founder, "sousse").await;
        let osc = world.organisation(&founder, "Oliviers", "sousse").await;
        let module = world.module("Lire un budget").await;
        let space = NewSpace {
            id: world.app.ids.id(), slug: "argent".into(), axis: None,
            titles: ["Argent".into(), "المال".into(), "Money".into()], abouts: Default::default(), at: world.now(),
        };
        let space_id = space.id;
        spaces::open(&world.app, space).await.expect("a space");
        let member = world.person("amel@example.org").await;
        world.join(member, &osc, "member").await;
        let mut topics = Vec::new();
        for author in [founder.id, member] {
            let topic = NewTopic {
                id: world.app.ids.id(), space: space_id, author, kind: "discussion", title: "Le loyer".into(),
                body: "Dites.".into(), language: "fr".into(), module: None, seminar: None, at: world.now(),
            };
            topics.push(format!("/fr/share/spaces/argent/{}.png", topic.id));
            spaces::start(&world.app, topic).await.expect("a topic");
        }
        let [osc_picture, module_picture] = [format!("/fr/share/organisations/{}.png", osc.slug), format!("/fr/share/modules/{}.png", module.slug)];
        let space_picture = "/fr/share/spaces/argent.png".to_owned();
        for path in [&osc_picture, &module_picture, &space_picture, &topics[0], &topics[1]] {
            assert_eq!(status(&world, path).await, 200, "{path}");
        }
        let (_, etag) = drawn(&world, &osc_picture).await;
        // At rest: the organisation and what its member wrote, at once, also for who has the picture.
        let organisation = organisations::by_slug(&world.app, &osc.slug).await.expect("it").expect("there");
        organisations::rest(&world.app, &founder, &organisation, true).await.expect("at rest");
        for path in [&osc_picture, &topics[1]] {
            assert_eq!(status(&world, path).await, 404, "{path}");
        }
        let known = world.get(&osc_picture).header(Header::new("If-None-Match", etag)).dispatch().await;
        assert_eq!(known.status(), Status::NotFound);
        // A module nobody publishes, a space for members: none either, not even for those who may read.
        let change = catalogue::Change { published: Some(false), ..catalogue::Change::default() };
        catalogue::change(&world.app, module.id, change).await.expect("hidden");
        spaces::set_visibility(&world.app, founder.id, space_id, domain::community::Visibility::Members, &[]).await.expect("set");
        let admin = world.signed_in_as("admin@example.org", Some(Grant::Admin)).await;
        for path in [&module_picture, &space_picture, &topics[0]] {
            assert_eq!(status(&world, path).await, 404, "{path}");
            assert_eq!(world.get(path).by(&admin).dispatch().await.status(), Status::NotFound, "{path}");
        }
        for path in [
            "/share/organisations/x.png", "/fr/share", "/fr/share/x.png", "/fr/share/me.png", "/fr/share/organisations/none.png",
            "/fr/share/organisations/none", "/fr/share/spaces/argent/x.png", "/fr/share/people/x.png", "/fr/share/..%2fx.png",
            "/xx/share/organisations/x.png", "/fr/share/.png", "/fr/share/seminars.png",
        ] {
            assert!([400, 404].contains(&status(&world, path).await), "{path}");
        }
    }
}
