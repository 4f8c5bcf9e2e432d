//! Following and being told: each thing once, with its reason, to those who may read it.

use halqa::accounts::Grant;
use halqa::following::{self, Cadence, Subject};
use halqa::ids::{PersonId, ReplyId, SpaceId, TopicId};
use halqa::notifications::{self, Line, letters};
use halqa::spaces::{self, NewReply, NewSpace, NewTopic};
use halqa::web::Lang;
use halqa::{jobs, organisations};
use rocket::http::Status;

use crate::harness::{As, World, both_engines, send};

async fn space(world: &World, slug: &str) -> SpaceId {
    let id = world.app.ids.id();
    let new = NewSpace {
        id,
        slug: slug.into(),
        axis: None,
        titles: [
            format!("Espace {slug}"),
            format!("فضاء {slug}"),
            format!("Space {slug}"),
        ],
        abouts: Default::default(),
        at: world.now(),
    };
    spaces::open(&world.app, new).await.expect("a space");
    id
}

async fn ask(world: &World, space: SpaceId, author: PersonId, title: &str, tags: &str) -> TopicId {
    let topic = NewTopic {
        id: world.app.ids.id(),
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
    let id = topic.id;
    spaces::start_tagged(&world.app, topic, &spaces::tags(tags))
        .await
        .expect("a topic");
    id
}

async fn answer(world: &World, topic: TopicId, author: PersonId, body: &str) -> ReplyId {
    let reply = NewReply {
        id: world.app.ids.id(),
        topic,
        author,
        body: body.into(),
        at: world.now(),
    };
    let id = reply.id;
    spaces::reply(&world.app, reply).await.expect("a reply");
    id
}

async fn follow(world: &World, person: PersonId, subject: &Subject, cadence: Cadence) {
    let done = following::follow(&world.app, person, subject, cadence).await;
    assert!(done.expect("followed"));
}

/// What somebody is told, the latest first.
async fn told(world: &World, person: PersonId) -> Vec<Line> {
    world.clock.advance_seconds(1);
    notifications::list(&world.app, Lang::Fr, person, None, 50)
        .await
        .expect("a list")
}

fn why(lines: &[Line]) -> Vec<String> {
    lines
        .iter()
        .map(|line| line.why.replace(['\u{2068}', '\u{2069}'], ""))
        .collect()
}

/// The mails that wait, as they would leave now: address, subject, text, headers.
async fn waiting(world: &World) -> Vec<(String, String, String, Vec<(&'static str, String)>)> {
    let mut found = Vec::new();
    for entry in jobs::list(
        &world.app,
        vec![letters::KIND.to_owned(), following::TELL.to_owned()],
    )
    .await
    .expect("the outbox")
    {
        if entry.kind != letters::KIND || entry.state == "done" {
            continue;
        }
        let written = letters::write(&world.app, entry.id, &entry.payload).await;
        if let Some(mail) = written.expect("words") {
            let (envelope, letter) = (mail.envelope, mail.letter);
            found.push((envelope.to, letter.subject, letter.text, envelope.headers));
        }
    }
    found
}

both_engines! {
    async fn each_is_told_once_with_the_closest_reason(world: World) {
        let (amel, badr) = (world.person("amel@example.org").await, world.person("badr@example.org").await);
        let (chiraz, dora) = (world.person("chiraz@example.org").await, world.person("dora@example.org").await);
        let cadre = space(&world, "cadre").await;
        // In three ways at once, at three paces.
        follow(&world, badr, &Subject::space(cadre), Cadence::Weekly).await;
        follow(&world, badr, &Subject::tag("budget"), Cadence::Daily).await;
        follow(&world, badr, &Subject::person(amel), Cadence::Instant).await;
        follow(&world, chiraz, &Subject::parse("watch:kind=question&q=tresorerie").expect("a view"), Cadence::Daily).await;
        follow(&world, dora, &Subject::parse("watch:q=statuts").expect("a view"), Cadence::Daily).await;
        follow(&world, amel, &Subject::space(cadre), Cadence::Instant).await;
        let topic = ask(&world, cadre, amel, "Tenir la Trésorerie", "budget").await;
        world.run_jobs().await;
        assert_eq!(why(&told(&world, badr).await), ["Parce que vous suivez amel"]);
        assert_eq!(why(&told(&world, chiraz).await), ["Parce que vous avez enregistré la recherche « tresorerie » · Questions".replace("« ", "«\u{a0}").replace(" »", "\u{a0}»")]);
        assert!(told(&world, dora).await.is_empty(), "another word");
        assert!(told(&world, amel).await.is_empty(), "never who did it");
        let mails = waiting(&world).await;
        assert_eq!(mails.iter().filter(|mail| mail.0 == "badr@example.org").count(), 1, "one mail, at the most urgent pace");

        // An answer: to who asked; then to who answered; the asker chooses.
        let reply = answer(&world, topic, badr, "Un livre de caisse.").await;
        answer(&world, topic, chiraz, &format!("Voir @{{{}}}.", badr.0)).await;
        world.run_jobs().await;
        assert_eq!(why(&told(&world, amel).await), ["Parce que c’est votre sujet"; 2]);
        assert_eq!(why(&told(&world, badr).await)[0], "Parce que vous êtes cité");
        assert!(spaces::accept(&world.app, topic, reply, true, amel).await.expect("accepted"));
        world.run_jobs().await;
        assert_eq!(why(&told(&world, badr).await)[0], "Parce que votre réponse a été retenue comme solution");
        assert_eq!(why(&told(&world, chiraz).await)[0], "Parce que vous avez répondu à ce sujet");
        assert_eq!(told(&world, amel).await.len(), 2, "never who did it");
        // Taken back and accepted again: the same thing.
        for accepted in [false, true] {
            spaces::accept(&world.app, topic, reply, accepted, amel).await.expect("accepted");
        }
        world.run_jobs().await;
        assert_eq!(told(&world, badr).await.len(), 3);

        // Turned off, an automatic follow stays off, whatever one does next.
        following::unfollow(&world.app, chiraz, &Subject::topic(topic)).await.expect("off");
        answer(&world, topic, chiraz, "Encore.").await;
        answer(&world, topic, amel, "Merci.").await;
        world.run_jobs().await;
        assert_eq!(told(&world, chiraz).await.len(), 2);
    }

    /// Two workers take the same row, one after it died between telling and the note that it had.
    async fn twice_carried_out_is_once(world: World) {
        let (amel, badr) = (world.person("amel@example.org").await, world.person("badr@example.org").await);
        let cadre = space(&world, "cadre").await;
        follow(&world, badr, &Subject::space(cadre), Cadence::Instant).await;
        for _ in 0..3 {
            ask(&world, cadre, amel, "Une question", "").await;
        }
        let rows = jobs::list(&world.app, vec![letters::KIND.to_owned(), following::TELL.to_owned()]).await.expect("rows");
        let rows: Vec<_> = rows.into_iter().filter(|row| row.kind == following::TELL).collect();
        assert_eq!(rows.len(), 3);
        let tell = |row: &jobs::Entry| {
            let job = jobs::Job { id: row.id, payload: row.payload.clone() };
            (notifications::HANDLER.run)(&world.app, job)
        };
        // Two at the same moment, and the worker itself after a crash.
        for row in &rows {
            let (one, two) = rocket::tokio::join!(tell(row), tell(row));
            assert!(one.is_ok() && two.is_ok(), "{one:?} {two:?}");
        }
        let handlers = halqa::handlers();
        let (one, two) = rocket::tokio::join!(jobs::run_due(&world.app, &handlers), jobs::run_due(&world.app, &handlers));
        one.expect("a worker");
        two.expect("another");
        assert_eq!(told(&world, badr).await.len(), 3);
        assert_eq!(waiting(&world).await.len(), 3, "one mail each");
    }

    /// Two taps at the same moment are one.
    async fn followed_twice_at_once_is_followed_once(world: World) {
        let subject = Subject::space(space(&world, "cadre").await);
        for n in 0..20 {
            let person = world.person(&format!("person{n}@example.org")).await;
            let follow = || following::follow(&world.app, person, &subject, Cadence::Daily);
            let (one, two, three) = rocket::tokio::join!(follow(), follow(), follow());
            for done in [one, two, three] {
                assert!(matches!(done, Ok(true)), "{done:?}");
            }
        }
    }

    /// The door closed, or the text hidden, between the event and the mail.
    async fn permission_is_asked_when_the_mail_leaves(world: World) {
        let founder = world.founder().await;
        let (amel, badr) = (world.person("amel@example.org").await, world.person("badr@example.org").await);
        let cercle = space(&world, "cercle").await;
        spaces::set_visibility(&world.app, founder.id, cercle, domain::community::Visibility::Invitation, &[]).await.expect("closed");
        for email in ["amel@example.org", "badr@example.org"] {
            spaces::invite(&world.app, founder.id, cercle, email).await.expect("invited");
        }
        follow(&world, badr, &Subject::space(cercle), Cadence::Instant).await;
        ask(&world, cercle, amel, "Entre nous", "").await;
        world.run_jobs().await;
        assert_eq!(waiting(&world).await.len(), 1);
        let browser = world.browser_of("badr@example.org").await;
        let page = send(world.get("/fr/me/notifications").by(&browser)).await;
        assert!(page.text.contains("Entre nous") && page.text.contains("class=\"bell-n\""), "{}", page.text);
        spaces::uninvite(&world.app, cercle, badr).await.expect("out");
        assert!(waiting(&world).await.is_empty(), "no mail about what may not be read");
        let page = send(world.get("/fr/me/notifications").by(&browser)).await;
        assert!(!page.text.contains("Entre nous") && !page.text.contains("class=\"bell-n\""));
        // Nor is anybody told who was not in.
        ask(&world, cercle, amel, "Encore entre nous", "").await;
        world.run_jobs().await;
        assert!(told(&world, badr).await.is_empty());
        let stranger = send(world.form("/me/follows", &[("subject", &Subject::space(cercle).to_string())]).by(&browser)).await;
        assert_eq!(stranger.status, Status::NotFound);
    }

    /// An organisation at rest is silent: in the page, in mails that wait, and in what is followed.
    async fn who_rests_is_silent(world: World) {
        let founder = world.founder().await;
        world.region(&founder, "tunis").await;
        let osc = world.organisation(&founder, "Ombre Douce", "tunis").await;
        let zohra = world.person("zohra@example.org").await;
        world.join(zohra, &osc, "coordinator").await;
        let badr = world.person("badr@example.org").await;
        let cadre = space(&world, "cadre").await;
        follow(&world, badr, &Subject::organisation(osc.id), Cadence::Instant).await;
        ask(&world, cadre, zohra, "De Zohra", "").await;
        world.run_jobs().await;
        assert_eq!(why(&told(&world, badr).await), ["Parce que vous suivez Ombre Douce"]);
        let organisation = organisations::by_slug(&world.app, &osc.slug).await.expect("it").expect("there");
        let mut coordinator = founder.clone();
        coordinator.id = zohra;
        coordinator.roles = halqa::accounts::roles(&world.app, zohra).await.expect("roles");
        organisations::rest(&world.app, &coordinator, &organisation, true).await.expect("at rest");
        assert!(told(&world, badr).await.is_empty() && waiting(&world).await.is_empty());
        let browser = world.browser_of("badr@example.org").await;
        let page = send(world.get("/fr/me/follows").by(&browser)).await;
        assert!(page.text.contains("N’est plus visible") && !page.text.contains("Ombre Douce"), "{}", page.text);
        ask(&world, cadre, zohra, "Encore de Zohra", "").await;
        world.run_jobs().await;
        organisations::rest(&world.app, &coordinator, &organisation, false).await.expect("awake");
        assert_eq!(told(&world, badr).await.len(), 1, "what happened at rest is not told afterwards");
    }

    /// A digest gathers what came until its hour; what was read in the page is not in it; its header
    /// stops it with one POST, without a cookie, and looking at the address changes nothing.
    async fn a_digest_and_its_one_click(world: World) {
        let (amel, badr) = (world.person("amel@example.org").await, world.person("badr@example.org").await);
        let cadre = space(&world, "cadre").await;
        follow(&world, badr, &Subject::space(cadre), Cadence::Daily).await;
        for title in ["Un", "Deux", "Trois"] {
            ask(&world, cadre, amel, title, "").await;
        }
        world.run_jobs().await;
        let lines = told(&world, badr).await;
        notifications::open(&world.app, badr, lines[0].id).await.expect("opened");
        let mails = waiting(&world).await;
        let [(to, subject, text, headers)] = mails.as_slice() else { panic!("one digest: {mails:?}") };
        assert_eq!(to, "badr@example.org");
        assert!(subject.contains("2 nouvelles aujourd’hui"), "{subject}");
        assert!(text.contains("Un\n") && text.contains("Deux\n") && !text.contains("Trois"), "{text}");
        assert!(text.contains("Parce que vous suivez l’espace Espace cadre"), "{text}");
        let header = |name: &str| headers.iter().find(|(known, _)| *known == name).map(|(_, value)| value.clone()).expect("a header");
        assert_eq!(header("List-Unsubscribe-Post"), "List-Unsubscribe=One-Click");
        let address = header("List-Unsubscribe");
        let path = address.trim_start_matches("<http://localhost:8000").trim_end_matches('>').to_owned();
        let due = jobs::list(&world.app, vec![letters::KIND.to_owned(), following::TELL.to_owned()]).await.expect("rows").into_iter().find(|row| row.kind == letters::KIND).expect("a row").due_at;
        assert_eq!(due.rfc3339(), "2026-03-03T06:00:00.000Z", "seven in Tunis, the next day");

        let looked = send(world.get(&path)).await;
        assert!(looked.status == Status::Ok && looked.text.contains("le résumé du jour"), "{}", looked.text);
        assert_eq!(waiting(&world).await.len(), 1, "looking changes nothing");
        let forged = send(world.request(rocket::http::Method::Post, &format!("{path}x"))).await;
        assert_eq!(forged.status, Status::NotFound);
        let click = world.request(rocket::http::Method::Post, &path)
            .header(rocket::http::ContentType::Form).body("List-Unsubscribe=One-Click");
        let stopped = send(click).await;
        assert_eq!(stopped.status, Status::Ok, "{}", stopped.text);
        assert!(waiting(&world).await.is_empty(), "the one on its way too");
        let row = following::how(&world.app, badr, &Subject::space(cadre)).await.expect("a row").expect("still followed");
        assert_eq!(row.cadence, "none");
        // As multipart, as some programs send it.
        let body = "--x\r\nContent-Disposition: form-data; name=\"List-Unsubscribe\"\r\n\r\nOne-Click\r\n--x--\r\n";
        let again = world.request(rocket::http::Method::Post, &path)
            .header(rocket::http::ContentType::new("multipart", "form-data").with_params(("boundary", "x"))).body(body);
        assert_eq!(send(again).await.status, Status::Ok);
    }

    /// The mail itself: RFC 5322, both forms, in Arabic from right to left.
    async fn a_mail_in_arabic(world: World) {
        let (amel, badr) = (world.person("amel@example.org").await, world.person("badr@example.org").await);
        halqa::accounts::edit(&world.app, badr, "بدر".into(), Lang::Ar).await.expect("edited");
        let cadre = space(&world, "cadre").await;
        follow(&world, badr, &Subject::space(cadre), Cadence::Instant).await;
        ask(&world, cadre, amel, "كيف نمسك الحسابات <b>؟", "").await;
        world.run_jobs().await;
        let rows = jobs::list(&world.app, vec![letters::KIND.to_owned(), following::TELL.to_owned()]).await.expect("rows");
        let row = rows.iter().find(|row| row.kind == letters::KIND).expect("a letter");
        let mail = letters::write(&world.app, row.id, &row.payload).await.expect("words").expect("a mail");
        assert!(mail.letter.html.contains("dir=\"rtl\"") && mail.letter.html.contains("&lt;b&gt;"), "{}", mail.letter.html);
        assert_eq!(mail.letter.subject, "سؤال جديد: كيف نمسك الحسابات <b>؟");
        assert!(mail.letter.text.contains("لأنّكم تتابعون فضاء فضاء cadre"), "{}", mail.letter.text);
        let message = world.app.rfc5322(mail.envelope, mail.letter).expect("a message");
        for line in ["Auto-Submitted: auto-generated", "List-Id: Halqa <notifications.localhost>", "List-Unsubscribe-Post: List-Unsubscribe=One-Click",
            &format!("Message-ID: <{}@halqa>", row.id), "Content-Type: text/plain", "Content-Type: text/html"] {
            assert!(message.contains(line), "{line} in {message}");
        }
        assert!(message.contains("List-Unsubscribe: <http://localhost:8000/ar/unsubscribe/"), "{message}");
    }

    /// Buttons, settings and the secret feed, without JavaScript.
    async fn the_pages(world: World) {
        let (amel, badr) = (world.person("amel@example.org").await, world.person("badr@example.org").await);
        let cadre = space(&world, "cadre").await;
        let browser = world.browser_of("badr@example.org").await;
        let page = send(world.get("/fr/spaces/cadre").by(&browser)).await;
        let subject = Subject::space(cadre).to_string();
        assert!(page.text.contains(&format!("value=\"{subject}\"")), "{}", page.text);
        let fields = [("subject", subject.as_str()), ("back", "/spaces/cadre")];
        let done = send(world.form("/fr/me/follows", &fields).by(&browser)).await;
        assert_eq!(done.headers["location"], "/fr/spaces/cadre?done=followed");
        for (wrong, status) in [("space:x", 404), ("planet:1", 404), ("space:01920000-0000-7000-8000-000000000001", 404)] {
            let answer = send(world.form("/fr/me/follows", &[("subject", wrong)]).by(&browser)).await;
            assert_eq!(answer.status.code, status, "{wrong}");
        }
        let evil = send(world.form("/fr/me/follows", &[("subject", subject.as_str()), ("back", "//evil.example")]).by(&browser)).await;
        assert_eq!(evil.headers["location"], "/fr/?done=followed");
        for bad in [("hour", "24"), ("weekday", "0"), ("direct", "never")] {
            let mut fields = vec![("direct", "daily"), ("hour", "18"), ("weekday", "5")];
            fields.retain(|field| field.0 != bad.0);
            fields.push(bad);
            let answer = send(world.form("/fr/me/notifications/settings", &fields).by(&browser)).await;
            assert_eq!(answer.status, Status::UnprocessableEntity, "{bad:?}");
        }
        let fields = [("direct", "daily"), ("hour", "18"), ("weekday", "5")];
        assert_eq!(send(world.form("/fr/me/notifications/settings", &fields).by(&browser)).await.status, Status::SeeOther);
        ask(&world, cadre, amel, "Qui tient la caisse ?", "").await;
        world.run_jobs().await;
        let page = send(world.get("/fr/me/notifications").by(&browser)).await;
        assert!(page.text.contains("1 notification n’est pas encore lue") || page.text.contains("notification n’est pas"), "{}", page.text);
        let until = page.text.split("name=\"until\" value=\"").nth(1).and_then(|t| t.split('"').next()).expect("until").to_owned();

        let settings = send(world.get("/fr/me/notifications/settings").by(&browser)).await;
        let feed = settings.text.split("/fr/feeds/").nth(1).and_then(|t| t.split('<').next()).expect("an address").to_owned();
        let atom = send(world.get(&format!("/fr/feeds/{feed}"))).await;
        assert!(atom.status == Status::Ok && atom.text.contains("Qui tient la caisse"), "{}", atom.text);
        strictxml::parse(atom.text.as_bytes()).expect("well-formed");
        assert_eq!(send(world.get(&format!("/fr/feeds/{feed}0"))).await.status, Status::NotFound);
        let other = feed.replace(&badr.0.simple().to_string(), &amel.0.simple().to_string());
        assert_eq!(send(world.get(&format!("/fr/feeds/{other}"))).await.status, Status::NotFound);
        send(world.form("/fr/me/notifications/feed/renew", &[]).by(&browser)).await;
        assert_eq!(send(world.get(&format!("/fr/feeds/{feed}"))).await.status, Status::NotFound, "renewed");

        send(world.form("/fr/me/notifications/read", &[("until", &until)]).by(&browser)).await;
        let page = send(world.get("/fr/me/notifications").by(&browser)).await;
        assert!(page.text.contains("Vous avez tout lu"), "{}", page.text);
        // Somebody else's notification leads nowhere.
        let line = told(&world, badr).await.remove(0);
        let stranger = world.signed_in_as("curieux@example.org", Some(Grant::Trainer)).await;
        assert_eq!(send(world.get(&format!("/fr/me/notifications/{}", line.id)).by(&stranger)).await.status, Status::NotFound);
    }

    /// Mail that comes back: said on one's page, nothing written until the person says so.
    async fn bounces_are_respected(world: World) {
        use halqa::outbound::bounces;
        world.person("badr@example.org").await;
        bounces::mark(&world.app, "badr@example.org", "550 5.1.1 no such user").await.expect("marked");
        let browser = world.browser_of("badr@example.org").await;
        let me = send(world.get("/fr/me").by(&browser)).await;
        assert!(me.text.contains("Vos courriels nous reviennent"));
        let page = send(world.get("/fr/me/notifications/settings").by(&browser)).await;
        assert!(page.text.contains("550 5.1.1 no such user"));
        send(world.form("/fr/me/notifications/mail/again", &[]).by(&browser)).await;
        assert_eq!(bounces::reason(&world.app, "badr@example.org").await.expect("asked"), None);
    }
}
