//! Mise en veille: an organisation that rests is seen nowhere, and comes back as it was. Every GET
//! route there is, is walked with every address there is: a new route is walked from its first day.

use halqa::accounts::{self, Person};
use halqa::ids::PersonId;
use halqa::organisations;
use halqa::spaces::{self, NewReply, NewSpace, NewTopic};
use rocket::http::{Method, Status};

use crate::harness::{As, World, both_engines, passed, send};

const OSC: &str = "Ombre Douce";
const WHO: &str = "zohra-invisible";

/// What is there to be asked for.
struct Places {
    osc: String,
    module: String,
    names: Vec<String>,
}

async fn account(world: &World, id: PersonId) -> Person {
    Person {
        id,
        email: String::new(),
        name: String::new(),
        language: "fr".into(),
        session: world.app.ids.uuid(),
        roles: accounts::roles(&world.app, id).await.expect("roles"),
    }
}

/// Every GET route, its parts filled with every name; catch-all routes and packages' files aside.
fn paths(places: &Places) -> Vec<String> {
    let mut paths = Vec::new();
    for route in halqa::routes() {
        let uri = route.uri.to_string();
        let uri = uri.split('?').next().unwrap_or_default().to_owned();
        if route.method != Method::Get || uri.starts_with("/-") || uri.contains("..>") {
            continue;
        }
        let parts: Vec<&str> = uri.split('/').skip(1).collect();
        let mut filled = vec![String::new()];
        for (n, part) in parts.iter().enumerate() {
            let before = n
                .checked_sub(1)
                .and_then(|n| parts.get(n))
                .copied()
                .unwrap_or_default();
            let choices: Vec<String> = match (part.starts_with('<'), before) {
                (false, _) => vec![(*part).to_owned()],
                // What is asked for there has its own names; elsewhere, any will be tried.
                (true, "spaces") => vec!["ombrages".to_owned()],
                (true, "organisations") => vec![places.osc.clone()],
                (true, "modules") => vec![places.module.clone()],
                (true, _) => places.names.clone(),
            };
            filled = filled
                .iter()
                .flat_map(|path| choices.iter().map(move |choice| format!("{path}/{choice}")))
                .collect();
        }
        paths.extend(filled);
    }
    paths.extend(
        [
            "/watch/feed",
            "/organisations?q=ombre",
            "/search?q=oliviers",
            "/search?q=question",
            "/spaces/ombrages?show=all",
            "/spaces/ombrages?show=solved",
        ]
        .map(str::to_owned),
    );
    paths
}

/// The addresses at which one of the names can be read.
async fn seen(world: &World, paths: &[String], cookie: Option<&str>, token: &str) -> Vec<String> {
    let mut found = Vec::new();
    for path in paths {
        let mut request = world.get(path);
        if let Some(cookie) = cookie {
            request = request.by(cookie);
        }
        if path.starts_with("/api/") {
            request = request.bearer(token);
        }
        let answer = send(request).await;
        assert_ne!(answer.status, Status::InternalServerError, "{path}");
        if answer.text.contains(OSC) || answer.text.contains(WHO) {
            found.push(path.clone());
        }
    }
    found
}

both_engines! {
    async fn who_rests_is_seen_nowhere(world: World) {
        let founder = world.founder().await;
        world.region(&founder, "tunis").await;
        let osc = world.organisation(&founder, OSC, "tunis").await;
        let zohra = world.person(&format!("{WHO}@example.org")).await;
        world.join(zohra, &osc, "coordinator").await;
        let badr = world.person("badr@example.org").await;
        let module = world.module("Tenir la caisse").await;
        world.learns(zohra, module.id, passed()).await;
        let space = world.app.ids.id();
        spaces::open(&world.app, NewSpace {
            id: space, slug: "ombrages".into(), axis: None,
            titles: ["Ombrages".into(), "ظلال".into(), "Shades".into()], abouts: Default::default(), at: world.now(),
        }).await.expect("a space");
        let mut topics = Vec::new();
        for (author, title) in [(zohra, "Question de zohra-invisible"), (badr, "Question de Badr")] {
            let topic = NewTopic {
                id: world.app.ids.id(), space, author, kind: "question", title: title.into(), body: "B".into(),
                language: "fr".into(), module: Some(module.id), seminar: None, at: world.now(),
            };
            topics.push(topic.id);
            spaces::start(&world.app, topic).await.expect("a topic");
        }
        let reply = NewReply { id: world.app.ids.id(), topic: topics[1], author: zohra, body: "Ainsi.".into(), at: world.now() };
        let reply_id = reply.id;
        spaces::reply(&world.app, reply).await.expect("a reply");
        assert!(spaces::accept(&world.app, topics[1], reply_id, true, badr).await.expect("accepted"));

        let places = Places { osc: osc.slug.clone(), module: module.slug.clone(), names: [
            osc.slug.clone(), "ombrages".into(), topics[0].to_string(), topics[1].to_string(), module.slug.clone(),
            zohra.to_string(), reply_id.to_string(),
        ].into() };
        let paths = paths(&places);
        assert!(paths.len() > 100, "the routes are walked");
        let learner = world.signed_in_as("curieux@example.org", None).await;
        let token = world.token(&["progress", "seminars", "modules", "reports"]).await;

        halqa::search::settle(&world.app).await.expect("the index");
        let before = seen(&world, &paths, None, &token).await;
        for expected in [
            "/".to_owned(), "/organisations".into(), format!("/organisations/{}", osc.slug), "/watch".into(),
            "/watch/feed".into(), "/search?q=oliviers".into(), "/search?q=question".into(), "/spaces/ombrages".into(), format!("/spaces/ombrages/{}", topics[1]),
            "/api/v1/progress".into(), format!("/api/v1/organisations/{}/progress", osc.slug),
        ] {
            assert!(before.contains(&expected), "{expected} shows what is awake: {before:?}");
        }

        let organisation = organisations::by_slug(&world.app, &osc.slug).await.expect("it").expect("there");
        let coordinator = account(&world, zohra).await;
        organisations::rest(&world.app, &coordinator, &organisation, true).await.expect("at rest");
        assert_eq!(seen(&world, &paths, None, &token).await, Vec::<String>::new(), "to everybody");
        assert_eq!(seen(&world, &paths, Some(&learner), &token).await, Vec::<String>::new(), "to a learner");
        // What others wrote stays.
        let page = send(world.get(&format!("/fr/spaces/ombrages/{}", topics[1]))).await;
        assert!(page.status == Status::Ok && page.text.contains("Question de Badr"));
        // Its own people see where they stand, and may wake it.
        let zohra_browser = world.browser_of(&format!("{WHO}@example.org")).await;
        let own = send(world.get(&format!("/fr/organisations/{}", osc.slug)).by(&zohra_browser)).await;
        assert!(own.text.contains("est en veille"), "{}", own.text);
        let path = format!("/fr/organisations/{}/rest", osc.slug);
        let stranger = send(world.form(&path, &[("resting", "no")]).by(&learner)).await;
        assert_eq!(stranger.status, Status::NotFound, "nobody else learns that it is there");
        let woken = send(world.form(&path, &[("resting", "no")]).by(&zohra_browser)).await;
        assert_eq!(woken.status, Status::SeeOther, "{}", woken.text);
        assert_eq!(seen(&world, &paths, None, &token).await, before, "as it was");
        assert_eq!(halqa::db::testing::count_audit(&world.app.db, "organisation-rests").await, 1);
    }
}

/// Queries of what the public reads go through the views `shown_…` and `open_topic`, so that a rest
/// holds everywhere. A query that reads the tables themselves is named here with its reason.
#[test]
fn public_queries_read_the_views() {
    // Writes check the row itself; a person's own standing and the mandates are no publication.
    const REVIEWED: &[&str] = &[
        // Writes check the row itself; a person's own standing and the mandates are no publication.
        "MOVED",
        "ME_TOO",
        "CONTRIBUTION",
        "WRITTEN_SINCE",
        "MANDATE",
        "PERSON",
        // The page decides who may know of an organisation at rest.
        "BY_SLUG",
        "WHICH",
        "FRESHNESS",
        "OF_PERSON",
        "MEMBERS",
        "UNFOLDED",
        "COORDINATORS",
        // Names come from `shown_person`; ids alone, to split a topic.
        "PARTICIPANTS",
        "FIRST",
        // An author's own hidden texts, the mail about them, and the queue of those who animate.
        "HIDDEN",
        "HIDDEN_POST",
        "AUTHOR",
        "APPEALS",
        // What waits is its own people's: the page decides; the others count or name one's own.
        "ANY",
        "WAITING",
        "FICHE_OF",
        "TRUSTED",
        "NAMES",
        // Where a file stands keeps it shut, whether its text is shown or not; whether a deed is told.
        "spaces::PLACES",
        "IN_ROOM",
        // One's own organisation in a room, at rest too: it may leave.
        "rooms::OWN",
        // The index reads everything; what it finds is asked of the views by `FOUND`.
        "search::UNREAD",
        "search::ORGANISATIONS",
        "search::DOCUMENTS",
        "search::TOPICS",
        "search::REPLIES",
        "search::SHOW_DOCUMENTS",
    ];
    let tables = ["topic", "reply", "organisation", "document"];
    let mut wrong = Vec::new();
    for folder in [
        "spaces",
        "watch",
        "organisations",
        "documents",
        "home",
        "search",
        "directory",
        "rooms",
    ] {
        let root = std::path::Path::new(env!("CARGO_MANIFEST_DIR"))
            .join("src")
            .join(folder);
        let mut waiting = vec![root];
        while let Some(at) = waiting.pop() {
            for entry in std::fs::read_dir(&at).into_iter().flatten().flatten() {
                let path = entry.path();
                if path.is_dir() {
                    waiting.push(path);
                } else if path.ends_with("store.rs") {
                    let text = std::fs::read_to_string(&path).expect("a file of ours");
                    for (name, query) in queries(&text) {
                        // A macro's first words are the table or view that it reads.
                        let reads = tables.iter().any(|table| {
                            query.starts_with(&format!("{table}\""))
                                || [format!("from {table} "), format!("join {table} ")]
                                    .iter()
                                    .any(|t| query.contains(t.as_str()))
                        });
                        let writes = ["insert", "update", "delete"]
                            .iter()
                            .any(|word| query.trim_start().starts_with(word));
                        let full = format!("{folder}::{name}");
                        let reviewed = [name.as_str(), &full].iter().any(|n| REVIEWED.contains(n));
                        if reads && !writes && !reviewed {
                            wrong.push(format!("{}: {name}", path.display()));
                        }
                    }
                }
            }
        }
    }
    assert!(
        wrong.is_empty(),
        "these read past mise en veille:\n{}",
        wrong.join("\n")
    );
}

/// The queries of a store's text: name and SQL.
fn queries(text: &str) -> Vec<(String, String)> {
    text.lines()
        .enumerate()
        .filter_map(|(number, line)| {
            let (name, rest) = line.trim().split_once(" = ")?;
            let is_name =
                name.len() > 2 && name.chars().all(|c| c.is_ascii_uppercase() || c == '_');
            if !is_name || !rest.contains('"') {
                return None;
            }
            let body: String = text.lines().skip(number).collect::<Vec<_>>().join(" ");
            let body = body.split("\";").next()?.split("\");").next()?.to_owned();
            let sql = body.split_once('"')?.1.to_owned();
            Some((name.to_owned(), sql))
        })
        .collect()
}
