//! The search: each kind of thing is found in all its forms, and nobody finds what is not theirs.

use domain::community::Visibility;
use domain::eligibility::Level;
use halqa::ids::{PersonId, ReplyId, SpaceId, TopicId};
use halqa::organisations;
use halqa::search;
use halqa::spaces::{self, NewReply, NewSpace, NewTopic};
use halqa::web::Lang;
use rocket::http::{ContentType, Status};

use crate::harness::{Answer, As, Osc, World, both_engines, one_of, send};

async fn space(world: &World, slug: &str, axis: Option<&str>) -> SpaceId {
    let id: SpaceId = world.app.ids.id();
    let new = NewSpace {
        id,
        slug: slug.into(),
        axis: axis.map(str::to_owned),
        titles: ["Cadre".into(), "الإطار".into(), "Framework".into()],
        abouts: Default::default(),
        at: world.now(),
    };
    spaces::open(&world.app, new).await.expect("a space");
    id
}

async fn topic(
    world: &World,
    space: SpaceId,
    author: PersonId,
    title: &str,
    body: &str,
    language: &str,
) -> TopicId {
    let new = NewTopic {
        id: world.app.ids.id(),
        space,
        author,
        kind: "question",
        title: title.into(),
        body: body.into(),
        language: language.into(),
        module: None,
        seminar: None,
        at: world.now(),
    };
    let id = new.id;
    spaces::start(&world.app, new).await.expect("a topic");
    id
}

async fn reply(world: &World, topic: TopicId, author: PersonId, body: &str) -> ReplyId {
    let new = NewReply {
        id: world.app.ids.id(),
        topic,
        author,
        body: body.into(),
        at: world.now(),
    };
    let id = new.id;
    spaces::reply(&world.app, new).await.expect("a reply");
    id
}

/// Proposes a document of an organisation with its file; gives its address.
async fn document(
    world: &World,
    osc: &Osc,
    cookie: &str,
    title: &str,
    name: &str,
    bytes: &[u8],
) -> String {
    let mut body = Vec::new();
    let osc = osc.id.to_string();
    for (field, value) in [
        ("title", title),
        ("summary", "Pour *tous*."),
        ("organisation", osc.as_str()),
        ("kind", "template"),
        ("license", "cc-by-sa"),
        ("language", "fr"),
        ("task", "budget"),
        ("tags", "argent"),
    ] {
        body.extend(
            format!("--X\r\nContent-Disposition: form-data; name=\"{field}\"\r\n\r\n{value}\r\n")
                .bytes(),
        );
    }
    body.extend(
        format!(
            "--X\r\nContent-Disposition: form-data; name=\"file\"; filename=\"{name}\"\r\n\r\n"
        )
        .bytes(),
    );
    body.extend(bytes);
    body.extend(b"\r\n--X--\r\n");
    let kind = ContentType::new("multipart", "form-data").with_params(("boundary", "X"));
    let request = world.post("/fr/toolbox/new").header(kind).body(body);
    let answer = send(request.by(cookie)).await;
    assert_eq!(answer.status, Status::SeeOther, "{}", answer.text);
    answer.headers["location"]
        .split('?')
        .next()
        .unwrap_or_default()
        .to_owned()
}

async fn settle(world: &World) {
    search::settle(&world.app).await.expect("the index");
}

/// The page of a question, for somebody.
async fn page(world: &World, question: &str, cookie: Option<&str>) -> Answer {
    page_in(world, "fr", question, "", cookie).await
}

async fn page_in(
    world: &World,
    lang: &str,
    question: &str,
    filters: &str,
    cookie: Option<&str>,
) -> Answer {
    let query = url::form_urlencoded::Serializer::new(String::new())
        .append_pair("q", question)
        .finish();
    let path = format!("/{lang}/search?{query}{filters}");
    let request = world.get(&path);
    let mut answer = match cookie {
        Some(cookie) => send(request.by(cookie)).await,
        None => send(request).await,
    };
    assert_eq!(answer.status, Status::Ok, "{path}");
    // What is put into a sentence is isolated from its direction.
    answer.text = answer.text.replace(['\u{2068}', '\u{2069}'], "");
    answer
}

/// The addresses that a page leads to, in their order.
fn hits(page: &Answer) -> Vec<String> {
    page.text
        .split("<h3><a href=\"")
        .skip(1)
        .filter_map(|rest| Some(rest.split('"').next()?.to_owned()))
        .collect()
}

async fn found(world: &World, question: &str, cookie: Option<&str>) -> Vec<String> {
    hits(&page(world, question, cookie).await)
}

/// A small `.docx` that says this.
fn docx(text: &str) -> Vec<u8> {
    let document = format!(
        "<?xml version=\"1.0\"?><w:document xmlns:w=\"w\"><w:body><w:p><w:r><w:t>{text}</w:t></w:r></w:p></w:body></w:document>"
    );
    package::build::zip([
        ("[Content_Types].xml", b"<Types/>".as_slice()),
        ("word/document.xml", document.as_bytes()),
    ])
    .expect("a zip")
}

both_engines! {
    async fn each_kind_is_found_in_all_its_forms(world: World) {
        let founder = world.founder().await;
        world.region(&founder, "tunis").await;
        let osc = world.organisation(&founder, "Étoiles du Sud", "tunis").await;
        let amel = world.person("amel@example.org").await;
        let badr = world.person("badr@example.org").await;
        world.join(badr, &osc, "coordinator").await;
        let coordinator = world.browser_of("badr@example.org").await;
        let module = world.module("Élaborer un budget annuel").await;
        let seminar = world.seminar("Rencontre des trésorières", Some("tunis"), 5, one_of(&[(module.id, Level::Completed)])).await;
        let cadre = space(&world, "cadre", None).await;
        let asked = topic(&world, cadre, amel, "كيف نكتب القانون الأساسي للجمعيّة؟", "نبحث عن **أنموذج** بسيط.", "ar").await;
        let solution = reply(&world, asked, badr, "Le récépissé arrive après le dépôt des statuts.").await;
        spaces::accept(&world.app, asked, solution, true, amel).await.expect("accepted");
        let letter = document(&world, &osc, &coordinator, "Lettre type", "lettre.docx", &docx("Convention de parrainage avec la municipalité")).await;
        settle(&world).await;
        let topic_path = format!("/fr/spaces/cadre/{asked}");
        for (question, path) in [
            ("budgets annuels", format!("/fr/modules/{}", module.slug)),
            ("elaborer", format!("/fr/modules/{}", module.slug)),
            ("trésorière", format!("/fr/seminars/{}", seminar.slug)),
            ("ETOILE", format!("/fr/organisations/{}", osc.slug)),
            ("الاساسيه الجمعية", topic_path.clone()),
            ("جمعيات", topic_path.clone()),
            ("الأنموذج", topic_path.clone()),
            ("recepisse", format!("{topic_path}#post-{solution}")),
            ("parrainages", letter.clone()),
            ("argent", letter.clone()),
        ] {
            let there = found(&world, question, None).await;
            assert!(there.contains(&path), "{question}: {there:?} instead of {path}");
        }
        // What answers is marked, and shown whatever its form.
        let shown = page(&world, "statut récépissés", None).await;
        assert!(shown.text.contains("Le <mark>récépissé</mark> arrive après le dépôt des <mark>statuts</mark>."), "{}", shown.text);
        let shown = page(&world, "municipalité", None).await;
        assert!(shown.text.contains("avec la <mark>municipalité</mark>"), "{}", shown.text);
        let arabic = page_in(&world, "ar", "نموذج أنموذج", "", None).await;
        assert!(arabic.text.contains("dir=\"rtl\""));
    }

    async fn typing_mistakes_are_forgiven(world: World) {
        let amel = world.person("amel@example.org").await;
        let cadre = space(&world, "cadre", None).await;
        let statutes = topic(&world, cadre, amel, "Modèle de statuts d’une association", "Qui en a un ?", "fr").await;
        let budget = topic(&world, cadre, amel, "إعداد الميزانيّة السنويّة", "كيف نبدأ؟", "ar").await;
        settle(&world).await;
        for (typed, meant, path) in [
            ("asociation", "association", statutes),
            ("assocaition", "association", statutes),
            ("modele staututs", "statuts", statutes),
            ("ميزنية", "ميزانية", budget),
            ("الميزانيية", "ميزانية", budget),
        ] {
            let shown = page(&world, typed, None).await;
            let path = format!("/fr/spaces/cadre/{path}");
            assert_eq!(hits(&shown), vec![path], "{typed}: {}", shown.text);
            assert!(shown.text.contains(meant), "{typed} {meant}");
        }
        let nothing = page(&world, "zzzzzz", None).await;
        assert!(nothing.text.contains("Rien trouvé") && hits(&nothing).is_empty());
    }

    /// Neither in the results, nor in their number, nor among the words that may be meant.
    async fn nobody_finds_what_is_not_theirs(world: World) {
        let founder = world.founder().await;
        world.region(&founder, "tunis").await;
        let osc = world.organisation(&founder, "Oliviers", "tunis").await;
        let amel = world.person("amel@example.org").await;
        let badr = world.person("badr@example.org").await;
        world.join(amel, &osc, "member").await;
        world.join(badr, &osc, "coordinator").await;
        world.person("curieux@example.org").await;
        let member = world.browser_of("amel@example.org").await;
        let coordinator = world.browser_of("badr@example.org").await;
        let other = world.browser_of("curieux@example.org").await;
        let mut paths = Vec::new();
        for (slug, visibility) in [("ouvert", Visibility::Public), ("membres", Visibility::Members), ("ferme", Visibility::Invitation)] {
            let id = space(&world, slug, None).await;
            spaces::set_visibility(&world.app, founder.id, id, visibility, &[Lang::Fr]).await.expect("a visibility");
            let asked = topic(&world, id, badr, "Xylophone municipal", "Où le trouver ?", "fr").await;
            let answer = reply(&world, asked, badr, "Le xylophone est là.").await;
            paths.push([format!("/fr/spaces/{slug}/{asked}"), format!("/fr/spaces/{slug}/{asked}#post-{answer}")]);
            if visibility == Visibility::Invitation {
                spaces::invite(&world.app, founder.id, id, "amel@example.org").await.expect("invited");
            }
        }
        let waiting = document(&world, &osc, &member, "Xylophone", "x.txt", b"xylophone").await;
        settle(&world).await;
        let all = |count: usize, more: &[&String]| {
            let mut all: Vec<String> = paths[..count].concat();
            all.extend(more.iter().map(|path| (*path).clone()));
            all.sort();
            all
        };
        for (who, cookie, expected) in [
            ("nobody", None, all(1, &[])),
            ("anybody signed in", Some(&other), all(2, &[])),
            ("who wrote and is invited", Some(&member), all(3, &[&waiting])),
            ("the coordinator", Some(&coordinator), all(2, &[&waiting])),
        ] {
            for question in ["xylophone", "xylophones", "xilophone"] {
                let shown = page(&world, question, cookie.map(String::as_str)).await;
                let mut there = hits(&shown);
                there.sort();
                assert_eq!(there, expected, "{who} {question}");
                assert!(shown.text.contains(&format!("{} résultats", expected.len())), "{who}: the number");
            }
        }
        // A word that only stands where they do not read is not proposed.
        let secret = spaces::by_slug(&world.app, "ferme").await.expect("it").expect("there").id;
        topic(&world, secret, badr, "Trombone", "Caché.", "fr").await;
        settle(&world).await;
        let shown = page(&world, "tronbone", None).await;
        assert!(!shown.text.contains("trombone") && hits(&shown).is_empty());
        // A door that closes is closed at once, one that opens soon.
        let open = spaces::by_slug(&world.app, "ouvert").await.expect("it").expect("there").id;
        spaces::set_visibility(&world.app, founder.id, open, Visibility::Invitation, &[Lang::Fr]).await.expect("closed");
        assert_eq!(found(&world, "xylophone", None).await, Vec::<String>::new(), "before the index knows");
        settle(&world).await;
        assert_eq!(found(&world, "xylophone", None).await, Vec::<String>::new());
        spaces::set_visibility(&world.app, founder.id, open, Visibility::Public, &[Lang::Fr]).await.expect("open");
        settle(&world).await;
        assert_eq!(found(&world, "xylophone", None).await.len(), 2);
    }

    async fn what_is_hidden_or_at_rest_is_gone_at_once(world: World) {
        let founder = world.founder().await;
        world.region(&founder, "tunis").await;
        let osc = world.organisation(&founder, "Oliviers", "tunis").await;
        let badr = world.person("badr@example.org").await;
        world.join(badr, &osc, "coordinator").await;
        let coordinator = world.browser_of("badr@example.org").await;
        let amel = world.person("amel@example.org").await;
        let cadre = space(&world, "cadre", None).await;
        let first = topic(&world, cadre, amel, "Xylophone un", "Où ?", "fr").await;
        let answer = reply(&world, first, amel, "Le xylophone deux.").await;
        topic(&world, cadre, badr, "Xylophone trois", "Où ?", "fr").await;
        document(&world, &osc, &coordinator, "Xylophone quatre", "x.txt", b"texte").await;
        settle(&world).await;
        assert_eq!(found(&world, "xylophone", None).await.len(), 4);
        spaces::hide(&world.app, founder.id, first, Some(answer), "spam").await.expect("hidden");
        assert_eq!(found(&world, "xylophone", None).await.len(), 3, "a reply");
        let organisation = organisations::by_slug(&world.app, &osc.slug).await.expect("it").expect("there");
        organisations::rest(&world.app, &founder, &organisation, true).await.expect("at rest");
        assert_eq!(found(&world, "xylophone", None).await.len(), 1, "what those at rest wrote");
        assert!(found(&world, "oliviers", None).await.is_empty());
        settle(&world).await;
        let rested = organisations::by_slug(&world.app, &osc.slug).await.expect("it").expect("there");
        organisations::rest(&world.app, &founder, &rested, false).await.expect("awake");
        assert_eq!(found(&world, "xylophone", None).await.len(), 3, "awake again");
        spaces::hide(&world.app, founder.id, first, None, "spam").await.expect("hidden");
        let left = page(&world, "xylophone", None).await;
        assert_eq!(hits(&left).len(), 2);
        assert!(left.text.contains("2 résultats") && !left.text.contains("Xylophone un"));
        // The index forgets it too.
        settle(&world).await;
        assert_eq!(found(&world, "xylophone", None).await.len(), 2);
    }

    async fn filters_and_pages(world: World) {
        let founder = world.founder().await;
        world.region(&founder, "tunis").await;
        world.axis("cadre-legislatif").await;
        let osc = world.organisation(&founder, "Oliviers", "tunis").await;
        let badr = world.person("badr@example.org").await;
        world.join(badr, &osc, "member").await;
        let amel = world.person("amel@example.org").await;
        let law = space(&world, "loi", Some("cadre-legislatif")).await;
        let other = space(&world, "autre", None).await;
        for n in 0..23 {
            topic(&world, other, amel, &format!("Budget {n}"), "Comment ?", "fr").await;
        }
        let legal = topic(&world, law, badr, "Budget légal", "Comment ?", "fr").await;
        let arabic = topic(&world, other, amel, "Budget الميزانية", "كيف؟", "ar").await;
        let module = world.module("Budget").await;
        settle(&world).await;
        let count = async |filters: &str| hits(&page_in(&world, "fr", "budget", filters, None).await);
        assert_eq!(count("&axis=cadre-legislatif").await, vec![format!("/fr/spaces/loi/{legal}")]);
        assert_eq!(count("&language=ar").await, vec![format!("/fr/spaces/autre/{arabic}")]);
        assert_eq!(count("&kind=module").await, vec![format!("/fr/modules/{}", module.slug)]);
        assert_eq!(count(&format!("&organisation={}", osc.slug)).await, vec![format!("/fr/spaces/loi/{legal}")]);
        assert_eq!(count("&kind=solution").await, Vec::<String>::new());
        // Filters that name nothing are none.
        let first = page_in(&world, "fr", "budget", "&kind=x'&axis=%22&language=zz&organisation=nobody", None).await;
        assert_eq!(hits(&first).len(), 20);
        assert!(first.text.contains("26 résultats"), "{}", first.text);
        // The module is what it is about.
        assert_eq!(hits(&first)[0], format!("/fr/modules/{}", module.slug));
        let second = page_in(&world, "fr", "budget", "&page=2", None).await;
        assert_eq!(hits(&second).len(), 6);
        assert!(hits(&second).iter().all(|path| !hits(&first).contains(path)));
        assert!(hits(&page_in(&world, "fr", "budget", "&page=4000000000", None).await).is_empty());
    }

    async fn anything_can_be_typed(world: World) {
        let amel = world.person("amel@example.org").await;
        let cadre = space(&world, "cadre", None).await;
        topic(&world, cadre, amel, "<script>alert(1)</script> budget", "A **b** <img src=x onerror=alert(2)> budget & \"c\"", "fr").await;
        settle(&world).await;
        let long = "budget ".repeat(1500);
        for question in [
            "\"", "'", "budget\"", "budget AND", "NEAR(budget, 2)", "budget*", "words:budget", "-budget", "^budget",
            "budget' | 'x", "a & ! | ( ) <-> :*", "\\", "%", "_", "{{budget}}", "le la de", "?", "   ", "ا", "١٢٣",
            "日本語", "\u{202e}budget", "🎷", "budget🎷", "ꟹ\u{1f00}\u{10400}", "§budget", "¤vp", "¤kmodule", &long,
        ] {
            let shown = page(&world, question, None).await;
            assert!(!shown.text.contains("<script>alert") && !shown.text.contains("<img src=x"), "{question}");
        }
        let shown = page(&world, "<script>alert(1)</script>", None).await;
        assert!(shown.text.contains("&lt;<mark>script</mark>&gt;"), "{}", shown.text);
        assert!(hits(&page(&world, "¤vp", None).await).is_empty());
        assert!(page(&world, "le la de", None).await.text.contains("Il faut un mot de plus"));
        // A NUL is no address.
        assert_eq!(send(world.get("/fr/search?q=a%00b")).await.status, Status::BadRequest);
        assert_eq!(send(world.get("/fr/search?q=%ff&page=-1&kind=%ff")).await.status, Status::Ok);
    }

    /// What is changed is found as it is now, what is new under its words, and a new index is the
    /// same as the old one.
    async fn the_index_follows(world: World) {
        let founder = world.founder().await;
        world.region(&founder, "tunis").await;
        let osc = world.organisation(&founder, "Oliviers", "tunis").await;
        let badr = world.person("badr@example.org").await;
        world.join(badr, &osc, "coordinator").await;
        let cookie = world.browser_of("badr@example.org").await;
        let path = document(&world, &osc, &cookie, "Statuts", "s.txt", "Ancienne clause".as_bytes()).await;
        settle(&world).await;
        assert_eq!(found(&world, "clauses", None).await, vec![path.clone()]);
        assert_eq!(search::settle(&world.app).await.expect("the index"), 0, "nothing waits");
        let released = send(world.form(&format!("{path}/release"), &[]).by(&cookie)).await;
        assert_eq!(released.status, Status::SeeOther, "withdrawn: {}", released.text);
        assert_eq!(found(&world, "clauses", None).await, Vec::<String>::new());
        settle(&world).await;
        assert_eq!(found(&world, "clauses", Some(&cookie)).await, vec![path.clone()], "its own still find it");
        search::rebuild(&world.app).await.expect("rebuilt");
        assert_eq!(found(&world, "clauses", Some(&cookie)).await, Vec::<String>::new());
        settle(&world).await;
        assert_eq!(found(&world, "clauses", Some(&cookie)).await, vec![path]);
        assert_eq!(found(&world, "Oliviers", None).await, vec![format!("/fr/organisations/{}", osc.slug)]);
    }
}
