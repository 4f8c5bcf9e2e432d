//! The toolbox: what members propose, coordinators release, and what becomes of their files.

use halqa::ids::{PersonId, SpaceId};
use halqa::spaces::{self, NewReply, NewSpace, NewTopic};
use rocket::http::{ContentType, Header, Method, Status};

use crate::harness::{Answer, As, Osc, World, both_engines, send};

/// A form with a file, as a browser sends it.
fn form(fields: &[(&str, &str)], name: &str, bytes: &[u8]) -> (ContentType, Vec<u8>) {
    let mut body = Vec::new();
    for (field, value) in fields {
        body.extend(
            format!("--X\r\nContent-Disposition: form-data; name=\"{field}\"\r\n\r\n{value}\r\n")
                .bytes(),
        );
    }
    body.extend(
        format!("--X\r\nContent-Disposition: form-data; name=\"file\"; filename=\"{name}\"\r\nContent-Type: text/html\r\n\r\n").bytes(),
    );
    body.extend(bytes);
    body.extend(b"\r\n--X--\r\n");
    (
        ContentType::new("multipart", "form-data").with_params(("boundary", "X")),
        body,
    )
}

struct Here {
    osc: Osc,
    member: String,
    coordinator: String,
}

async fn here(world: &World) -> Here {
    let founder = world.founder().await;
    world.region(&founder, "tunis").await;
    let osc = world.organisation(&founder, "Oliviers", "tunis").await;
    for (email, role) in [
        ("amel@example.org", "member"),
        ("badr@example.org", "coordinator"),
    ] {
        let person = world.person(email).await;
        world.join(person, &osc, role).await;
    }
    Here {
        osc,
        member: world.browser_of("amel@example.org").await,
        coordinator: world.browser_of("badr@example.org").await,
    }
}

/// A document that waits for its organisation's release; gives its id.
pub async fn proposed(world: &World, cookie: &str, osc: &Osc) -> String {
    let here = Here {
        osc: osc.clone(),
        member: String::new(),
        coordinator: String::new(),
    };
    let answer = propose(world, &here, cookie, "Entre nous", "a.txt", b"Entre nous").await;
    let place = place(&answer);
    place.rsplit('/').next().unwrap_or_default().to_owned()
}

async fn propose(
    world: &World,
    here: &Here,
    cookie: &str,
    title: &str,
    name: &str,
    bytes: &[u8],
) -> Answer {
    let osc = here.osc.id.to_string();
    let fields = [
        ("title", title),
        ("summary", "Pour *tous*."),
        ("organisation", osc.as_str()),
        ("kind", "template"),
        ("license", "cc-by-sa"),
        ("language", "fr"),
        ("task", "budget"),
        ("tags", "argent"),
    ];
    let (kind, body) = form(&fields, name, bytes);
    send(
        world
            .post("/fr/toolbox/new")
            .header(kind)
            .body(body)
            .by(cookie),
    )
    .await
}

fn place(answer: &Answer) -> String {
    assert_eq!(answer.status, Status::SeeOther, "{}", answer.text);
    answer.headers["location"]
        .split('?')
        .next()
        .unwrap_or_default()
        .to_owned()
}

/// Fetches a file the way a browser does: to the content origin, by the address it is led to.
async fn fetch(world: &World, path: &str, range: Option<&str>) -> Answer {
    let led = send(world.get(path)).await;
    assert_eq!(led.status, Status::SeeOther, "{}", led.text);
    let address = led.headers["location"].clone();
    let (host, path) = address
        .strip_prefix("http://")
        .and_then(|rest| rest.split_once('/'))
        .expect("an address");
    let mut request = world
        .client
        .req(Method::Get, format!("/{path}"))
        .header(Header::new("Host", host.to_owned()));
    if let Some(range) = range {
        request = request.header(Header::new("Range", range.to_owned()));
    }
    send(request).await
}

both_engines! {
    /// Proposed, released, found, fetched, renewed: each version keeps its link.
    async fn a_document_s_life(world: World) {
        let here = here(&world).await;
        let csv = "poste;montant\nloyer;300\n";
        let path = place(&propose(&world, &here, &here.member, "Budget simple", "b.csv", csv.as_bytes()).await);
        // It waits: its author and the coordinators see it, nobody else.
        assert_eq!(send(world.get(&path)).await.status, Status::NotFound);
        assert!(send(world.get(&path).by(&here.member)).await.text.contains("En attente"));
        assert!(send(world.get("/fr/toolbox").by(&here.coordinator)).await.text.contains("Budget simple"));
        assert!(!send(world.get("/fr/toolbox")).await.text.contains("Budget simple"));
        let release = format!("{path}/release");
        assert_eq!(send(world.form(&release, &[("released", "yes")]).by(&here.member)).await.status, Status::Forbidden);
        assert_eq!(send(world.form(&release, &[("released", "yes")]).by(&here.coordinator)).await.status, Status::SeeOther);
        let page = send(world.get(&path)).await;
        assert!(page.text.contains("<em>tous</em>") && page.text.contains("Oliviers") && page.text.contains("CC BY-SA"), "{}", page.text);
        for (query, found) in [("q=BUDGET", true), ("q=argent", true), ("q=statuts", false), ("task=budget", true),
            ("task=assembly", false), ("kind=guide", false), ("language=fr&kind=template", true), ("language=ar", false)] {
            let list = send(world.get(&format!("/fr/toolbox?{query}"))).await;
            assert_eq!(list.text.contains("Budget simple"), found, "{query}");
        }
        let file = fetch(&world, &format!("{path}/v/1/file"), None).await;
        assert_eq!((file.status, file.text.as_str()), (Status::Ok, csv));
        assert!(file.headers["content-disposition"].starts_with("attachment;"));
        assert_eq!(file.headers["x-content-type-options"], "nosniff");
        assert!(file.headers["content-security-policy"].contains("sandbox"));
        let part = fetch(&world, &format!("{path}/v/1/file"), Some("bytes=6-12")).await;
        assert_eq!((part.status, part.text.as_str()), (Status::PartialContent, "montant"));
        let list = send(world.get("/fr/toolbox")).await.text.replace(['\u{2068}', '\u{2069}'], "");
        assert!(list.contains("2 téléchargements"), "counted: {list}");

        let (kind, body) = form(&[("note", "Avec les dons")], "b.csv", b"poste;montant\ndons;50\n");
        let renewed = send(world.post(&format!("{path}/new")).header(kind).body(body).by(&here.member)).await;
        place(&renewed);
        assert!(fetch(&world, &format!("{path}/v/2/file"), None).await.text.contains("dons"));
        assert_eq!(fetch(&world, &format!("{path}/v/1/file"), None).await.text, csv, "a permanent link");
        assert!(send(world.get(&format!("{path}/v/1"))).await.text.contains("Voir la plus récente"));
        assert_eq!(send(world.get(&format!("{path}/v/3"))).await.status, Status::NotFound);
        send(world.form(&release, &[("released", "no")]).by(&here.coordinator)).await;
        assert_eq!(send(world.get(&format!("{path}/v/1/file"))).await.status, Status::NotFound);
    }

    /// W12: nothing is what it says it is; programs are refused; nobody publishes for others.
    async fn files_are_what_their_bytes_say(world: World) {
        let here = here(&world).await;
        let svg = "<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>";
        let path = place(&propose(&world, &here, &here.coordinator, "Logo", "logo.svg", svg.as_bytes()).await);
        let file = fetch(&world, &format!("{path}/v/1/file"), None).await;
        assert!(file.headers["content-type"].starts_with("text/plain") && file.headers["content-disposition"].contains("logo.txt"));
        for (name, bytes, code) in [
            ("a.pdf", &b"MZ\x90\0"[..], "programme"), ("a.pdf", &b"\0\x01\x02\x03"[..], "reconnaissons pas"),
            ("a.jpg", &b"\xff\xd8\xff\xe0nonsense"[..], "ne peut pas être lue"),
        ] {
            let refused = propose(&world, &here, &here.member, "X", name, bytes).await;
            assert_eq!(refused.status, Status::UnprocessableEntity);
            assert!(refused.text.contains(code), "{}", refused.text);
        }
        let missing = propose(&world, &here, &here.member, "X", "", b"").await;
        assert!(missing.status == Status::UnprocessableEntity && missing.text.contains("Il manque le fichier"));
        let stranger = world.signed_in_as("chiraz@example.org", None).await;
        let refused = propose(&world, &here, &stranger, "X", "a.txt", b"bonjour").await;
        assert_eq!(refused.status, Status::UnprocessableEntity);
        assert!(refused.text.contains("Il faut une organisation"), "{}", refused.text);
        let (kind, body) = form(&[("title", "X")], "a.txt", b"bonjour");
        let unnamed = send(world.post("/fr/toolbox/new").header(kind).body(body)).await;
        assert!(unnamed.headers["location"].starts_with("/fr/sign-in"));
        // A key that was altered opens nothing.
        let led = send(world.get(&format!("{path}/v/1/file"))).await;
        let address = led.headers["location"].replace("/d/0", "/d/1");
        let (host, rest) = address.strip_prefix("http://").and_then(|rest| rest.split_once('/')).expect("an address");
        let forged = rest.replacen(|c: char| c.is_ascii_hexdigit() && c != 'd', "e", 60);
        let answer = send(world.client.req(Method::Get, format!("/{forged}")).header(Header::new("Host", host.to_owned()))).await;
        assert_eq!(answer.status, Status::NotFound);
    }

    /// A copy says where it comes from, and the original what became of it.
    async fn a_template_is_copied(world: World) {
        let here = here(&world).await;
        let path = place(&propose(&world, &here, &here.coordinator, "Modèle de PV", "pv.txt", b"Le president ouvre").await);
        let founder = world.founder_again().await;
        let other = world.organisation(&founder, "Palmiers", "tunis").await;
        let chiraz = world.person("chiraz@example.org").await;
        world.join(chiraz, &other, "coordinator").await;
        let chiraz = world.browser_of("chiraz@example.org").await;
        let copied = send(world.form(&format!("{path}/copy"), &[]).by(&chiraz)).await;
        let copy = place(&copied);
        let page = send(world.get(&copy).by(&chiraz)).await;
        assert!(page.text.contains("Adapté de") && page.text.contains("Palmiers") && page.text.contains("En attente"), "{}", page.text);
        send(world.form(&format!("{copy}/release"), &[("released", "yes")]).by(&chiraz)).await;
        assert!(send(world.get(&path)).await.text.contains("Palmiers"), "the original tells");
        assert_eq!(fetch(&world, &format!("{copy}/v/1/file"), None).await.text, "Le president ouvre");
    }

    /// An accepted answer becomes a fiche once, with the names of those who made it; it goes with
    /// the answer.
    async fn a_solution_becomes_a_fiche(world: World) {
        let space: SpaceId = world.app.ids.id();
        spaces::open(&world.app, NewSpace {
            id: space, slug: "cadre".into(), axis: None,
            titles: ["Cadre".into(), "الإطار".into(), "Framework".into()], abouts: Default::default(), at: world.now(),
        }).await.expect("a space");
        let mut people: Vec<PersonId> = Vec::new();
        for who in ["amel", "badr"] {
            people.push(world.person(&format!("{who}@example.org")).await);
        }
        let topic = NewTopic {
            id: world.app.ids.id(), space, author: people[0], kind: "question", title: "من يمسك الصندوق؟".into(), body: "سؤال".into(),
            language: "ar".into(), module: None, seminar: None, at: world.now(),
        };
        let id = topic.id;
        spaces::start(&world.app, topic).await.expect("a topic");
        let reply = NewReply { id: world.app.ids.id(), topic: id, author: people[1], body: "أمينة **المال**".into(), at: world.now() };
        let reply_id = reply.id;
        spaces::reply(&world.app, reply).await.expect("a reply");
        let animator = world.signed_in_as("chiraz@example.org", Some(halqa::accounts::Grant::Animator(space.0))).await;
        let amel = world.browser_of("amel@example.org").await;
        let badr = world.browser_of("badr@example.org").await;
        let base = format!("/fr/spaces/cadre/{id}/replies/{reply_id}");
        let early = send(world.form(&format!("{base}/fiche"), &[]).by(&amel)).await;
        assert_eq!(early.status, Status::NotFound, "not accepted yet");
        send(world.form(&format!("{base}/solution"), &[("accepted", "1")]).by(&amel)).await;
        assert_eq!(send(world.form(&format!("{base}/fiche"), &[]).by(&badr)).await.status, Status::Forbidden);
        let fiche = place(&send(world.form(&format!("{base}/fiche"), &[]).by(&animator)).await);
        let again = place(&send(world.form(&format!("{base}/fiche"), &[]).by(&amel)).await);
        assert_eq!(fiche, again, "one fiche");
        let page = send(world.get(&fiche)).await;
        for words in ["من يمسك الصندوق؟", "<strong>المال</strong>", "amel", "badr", "chiraz", "Lire la discussion"] {
            assert!(page.text.contains(words), "{words}: {}", page.text);
        }
        let topic_page = send(world.get(&format!("/fr/spaces/cadre/{id}"))).await;
        assert!(topic_page.text.contains(&format!("href=\"{fiche}\"")), "a link back");
        assert!(send(world.get("/fr/toolbox?kind=fiche")).await.text.contains("من يمسك الصندوق؟"));
        spaces::hide(&world.app, people[0], id, Some(reply_id), "wrong").await.expect("hidden");
        assert_eq!(send(world.get(&fiche)).await.status, Status::NotFound, "it goes with the answer");
    }
}
