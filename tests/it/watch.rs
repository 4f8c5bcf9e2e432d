//! The watch: what is new, by axis, and its feed.

use halqa::catalogue::{self, Change, Options};
use halqa::spaces::{self, NewReply, NewSpace, NewTopic};
use rocket::http::Status;

use crate::catalogue::simple;
use crate::harness::{World, both_engines, send};

/// A space without axis and a question in it that says this.
async fn question(world: &World, title: &str) -> (String, halqa::ids::TopicId) {
    let (space, topic) = (world.app.ids.id(), world.app.ids.id());
    spaces::open(
        &world.app,
        NewSpace {
            id: space,
            slug: "cadre".into(),
            axis: None,
            titles: ["Cadre".into(), "الإطار".into(), "Framework".into()],
            abouts: Default::default(),
            at: world.now(),
        },
    )
    .await
    .expect("a space");
    let author = world.person("amel@example.org").await;
    let new = NewTopic {
        id: topic,
        space,
        author,
        kind: "question",
        title: title.into(),
        body: "B".into(),
        language: "fr".into(),
        module: None,
        seminar: None,
        at: world.now(),
    };
    spaces::start(&world.app, new).await.expect("a topic");
    (format!("/fr/spaces/cadre/{topic}"), topic)
}

both_engines! {
    async fn what_happened_is_told_once_and_leads_there(world: World) {
        let empty = send(world.get("/fr/watch")).await;
        assert!(empty.status == Status::Ok && empty.text.contains("Rien de nouveau"));

        let draft = catalogue::import_bytes(&world.app, &simple("a"), Options::default()).await.expect("imported");
        let (path, topic) = question(&world, "Qui tient la caisse ?").await;
        let page = send(world.get("/fr/watch")).await;
        assert!(page.text.contains(&format!("href=\"{path}\"")) && page.text.contains("Question posée"), "{}", page.text);
        assert!(!page.text.contains("Nouveau module"), "a draft is no news");

        world.clock.advance_seconds(60);
        let publish = Change { published: Some(true), ..Change::default() };
        let module = catalogue::change(&world.app, draft.module.id, publish).await.expect("published");
        let badr = world.person("badr@example.org").await;
        let reply = NewReply { id: world.app.ids.id(), topic, author: badr, body: "La trésorière.".into(), at: world.now() };
        let id = reply.id;
        spaces::reply(&world.app, reply).await.expect("a reply");
        world.clock.advance_seconds(60);
        assert!(spaces::accept(&world.app, topic, id, true, badr).await.expect("accepted"));
        let page = send(world.get("/fr/watch")).await;
        assert!(page.text.contains("Nouveau module") && page.text.contains(&format!("/fr/modules/{}", module.slug)));
        let solved = page.text.find("Solution trouvée").expect("the solution is told");
        assert!(solved < page.text.find("Question posée").expect("told"), "latest first");

        // What is hidden is no news.
        spaces::hide(&world.app, badr, topic, None, "spam").await.expect("hidden");
        let page = send(world.get("/fr/watch")).await;
        assert!(!page.text.contains("Qui tient la caisse"));
    }

    /// A feed reader gets well-formed Atom whatever people wrote, under ids that do not change.
    async fn the_feed_is_atom(world: World) {
        question(&world, "Caisse <&> \"comptes\" ]]>").await;
        let feed = send(world.get("/ar/watch/feed")).await;
        assert_eq!(feed.status, Status::Ok);
        assert!(feed.headers["content-type"].starts_with("application/atom+xml"));
        let root = strictxml::parse(feed.text.as_bytes()).expect("well-formed").root;
        assert_eq!(root.name, "feed");
        assert!(feed.text.contains("xml:lang=\"ar\"") && feed.text.contains("Caisse &lt;&amp;&gt;"));
        let id = |text: &str| text.split("<entry>").nth(1)?.split("<id>").nth(1)?.split('<').next().map(str::to_owned);
        let french = send(world.get("/fr/watch/feed")).await;
        assert_eq!(id(&feed.text), id(&french.text));
        assert_eq!(send(world.get("/fr/watch/feed?axis=nulle-part")).await.status, Status::NotFound);
        assert_eq!(send(world.get("/fr/watch?axis=nulle-part")).await.status, Status::Ok);
        assert_ne!(send(world.get("/fr/watch?before=x")).await.status, Status::InternalServerError);
    }

    /// The first page offers what there is to learn, and to go on with.
    async fn home_shows_modules(world: World) {
        let options = Options { publish: true, ..Options::default() };
        catalogue::import_bytes(&world.app, &simple("b"), options).await.expect("imported");
        let home = send(world.get("/fr/")).await;
        assert!(home.text.contains("Tenir les comptes"), "{}", home.text);
    }
}
