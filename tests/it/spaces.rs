//! Spaces: who may write, what is kept, what is shown.

use halqa::ids::{PersonId, SpaceId};
use halqa::spaces::{self, NewSpace};
use rocket::http::{Cookie, Status};

use crate::harness::{World, both_engines, send};

async fn space(world: &World) -> SpaceId {
    let id: SpaceId = world.app.ids.id();
    spaces::open(
        &world.app,
        NewSpace {
            id,
            slug: "cadre".into(),
            axis: None,
            titles: ["Cadre".into(), "الإطار".into(), "Framework".into()],
            abouts: Default::default(),
            at: world.now(),
        },
    )
    .await
    .expect("a space");
    id
}

async fn signed_in(world: &World, email: &str) -> (PersonId, Cookie<'static>) {
    let id: PersonId = world.app.ids.id();
    let now = world.now();
    let email = email.to_owned();
    world
        .app
        .db
        .write((id, email, now), |tx, (id, email, now)| {
            Box::pin(async move { halqa::db::testing::insert_person(tx, *id, email, *now).await })
        })
        .await
        .map_err(|e: halqa::db::DbError| e)
        .expect("a person");
    (id, world.session_of(id).await)
}

both_engines! {
    async fn a_question_gets_its_solution(world: World) {
        space(&world).await;
        let (_, amel) = signed_in(&world, "amel@example.org").await;
        let (_, badr) = signed_in(&world, "badr@example.org").await;
        let started = send(world.form("/fr/spaces/cadre/new", &[
            ("kind", "question"), ("title", "Qui tient la caisse ?"), ("body", "Nous **cherchons**."), ("language", "fr"),
        ]).cookie(amel.clone())).await;
        assert_eq!(started.status, Status::SeeOther, "{}", started.text);
        let topic = started.headers["location"].split('?').next().unwrap().to_owned();
        let replied = send(world.form(&topic, &[("body", "La trésorière.")]).cookie(badr.clone())).await;
        assert_eq!(replied.status, Status::SeeOther);
        let page = send(world.get(&topic).cookie(amel.clone())).await;
        assert!(page.text.contains("<strong>cherchons</strong>") && page.text.contains("La trésorière."));
        let action = page.text.split("action=\"").find_map(|rest| {
            let action = rest.split('"').next()?;
            action.ends_with("/solution").then(|| action.to_owned())
        }).expect("who asked decides");
        // Who answered does not decide.
        let refused = send(world.form(&action, &[("accepted", "1")]).cookie(badr.clone())).await;
        assert_eq!(refused.status, Status::Forbidden);
        let accepted = send(world.form(&action, &[("accepted", "1")]).cookie(amel)).await;
        assert_eq!(accepted.status, Status::SeeOther);
        let list = send(world.get("/fr/spaces/cadre")).await;
        assert!(list.text.contains("Résolu"), "{}", list.text);
    }

    async fn nobody_writes_without_signing_in(world: World) {
        space(&world).await;
        let answer = send(world.form("/fr/spaces/cadre/new", &[("title", "x"), ("body", "y")])).await;
        assert_eq!(answer.status, Status::SeeOther);
        assert!(answer.headers["location"].starts_with("/fr/sign-in"));
    }

    /// W9 and W10: people's text never becomes markup of the page.
    async fn text_stays_text(world: World) {
        space(&world).await;
        let (_, amel) = signed_in(&world, "amel@example.org").await;
        let started = send(world.form("/fr/spaces/cadre/new", &[
            ("title", "<script>alert(1)</script>"), ("body", "<img src=x onerror=alert(1)> [a](javascript:alert(1))"),
        ]).cookie(amel)).await;
        let topic = started.headers["location"].split('?').next().unwrap().to_owned();
        for path in [topic.as_str(), "/fr/spaces/cadre"] {
            let page = send(world.get(path)).await;
            assert!(!page.text.contains("<script>alert") && !page.text.contains("<img src=x") && !page.text.contains("href=\"javascript"), "{path}");
        }
    }

    async fn a_form_with_faults_comes_back_with_what_was_typed(world: World) {
        space(&world).await;
        let (_, amel) = signed_in(&world, "amel@example.org").await;
        let answer = send(world.form("/ar/spaces/cadre/new", &[("title", ""), ("body", "نصّ")]).cookie(amel)).await;
        assert_eq!(answer.status, Status::UnprocessableEntity);
        assert!(answer.text.contains("نصّ") && answer.text.contains("هذه الخانة مطلوبة"));
    }

    /// A topic is reached through its own space only.
    async fn a_topic_of_another_space_is_not_found(world: World) {
        let id = space(&world).await;
        let other: SpaceId = world.app.ids.id();
        spaces::open(&world.app, NewSpace {
            id: other, slug: "autre".into(), axis: None,
            titles: ["Autre".into(), "آخر".into(), "Other".into()], abouts: Default::default(), at: world.now(),
        }).await.expect("a space");
        let (author, cookie) = signed_in(&world, "amel@example.org").await;
        let topic = spaces::NewTopic {
            id: world.app.ids.id(), space: id, author, kind: "discussion", title: "T".into(), body: "B".into(),
            language: "fr".into(), module: None, seminar: None, at: world.now(),
        };
        let path = topic.id.to_string();
        spaces::start(&world.app, topic).await.expect("a topic");
        assert_eq!(send(world.get(&format!("/fr/spaces/cadre/{path}"))).await.status, Status::Ok);
        // The wrong space leads to the right one, for reading only.
        let led = send(world.get(&format!("/fr/spaces/autre/{path}"))).await;
        assert_eq!(led.headers["location"], format!("/fr/spaces/cadre/{path}"));
        let reply = send(world.form(&format!("/fr/spaces/autre/{path}"), &[("body", "x")]).cookie(cookie.clone())).await;
        assert_eq!(reply.status, Status::NotFound);
        // Only those who animate may hide.
        let hide = send(world.form(&format!("/fr/spaces/cadre/{path}/hide"), &[]).cookie(cookie)).await;
        assert_eq!(hide.status, Status::Forbidden);
    }

    /// Several solutions, chosen by who asked or who animates; who has the same problem is counted
    /// once; the filters say what waits.
    async fn questions_are_followed_to_their_solutions(world: World) {
        let id = space(&world).await;
        let (_, amel) = signed_in(&world, "amel@example.org").await;
        let (badr_id, badr) = signed_in(&world, "badr@example.org").await;
        world.grant(badr_id, halqa::accounts::Grant::Animator(id.0)).await;
        let badr_browser = world.session_of(badr_id).await;
        let started = send(world.form("/fr/spaces/cadre/new", &[
            ("kind", "question"), ("title", "Qui signe ?"), ("body", "B"), ("tags", "#Banque, comptes"),
        ]).cookie(amel.clone())).await;
        let topic = started.headers["location"].split('?').next().unwrap().to_owned();
        let list = |show: &'static str| format!("/fr/spaces/cadre?show={show}");
        let has = |text: &str| text.contains("Qui signe ?");
        assert!(has(&send(world.get(&list("waiting"))).await.text));
        assert!(has(&send(world.get("/fr/spaces/cadre?tag=banque")).await.text));
        assert!(!has(&send(world.get("/fr/spaces/cadre?tag=ban")).await.text));
        for text in ["La présidente.", "Le trésorier."] {
            let replied = send(world.form(&topic, &[("body", text), ("language", "fr")]).cookie(badr.clone())).await;
            let asked_again = replied.headers["location"].starts_with("/fr/sign-in");
            assert!(asked_again, "a new role ends the sessions from before");
            let replied = send(world.form(&topic, &[("body", text), ("language", "fr")]).cookie(badr_browser.clone())).await;
            assert_eq!(replied.status, Status::SeeOther, "{}", replied.text);
        }
        assert!(!has(&send(world.get(&list("waiting"))).await.text) && has(&send(world.get(&list("open"))).await.text));
        let page = send(world.get(&topic).cookie(amel.clone())).await;
        let actions: Vec<String> = page.text.split("action=\"").filter_map(|rest| {
            let action = rest.split('"').next()?;
            action.ends_with("/solution").then(|| action.to_owned())
        }).collect();
        assert_eq!(actions.len(), 2);
        // One by who asked, one by who animates.
        for (action, who) in [(&actions[0], &amel), (&actions[1], &badr_browser)] {
            assert_eq!(send(world.form(action, &[("accepted", "1")]).cookie(who.clone())).await.status, Status::SeeOther);
        }
        assert!(has(&send(world.get(&list("solved"))).await.text) && !has(&send(world.get(&list("open"))).await.text));
        let page = send(world.get(&topic)).await;
        assert_eq!(page.text.matches("is-solution").count(), 2);
        // Who asked has the problem already; others are counted once.
        let (_, chiraz) = signed_in(&world, "chiraz@example.org").await;
        for cookie in [&amel, &chiraz, &chiraz] {
            send(world.form(&format!("{topic}/me-too"), &[("too", "1")]).cookie(cookie.clone())).await;
        }
        let page = send(world.get(&topic)).await;
        assert!(page.text.replace(['\u{2068}', '\u{2069}'], "").contains("1 autre personne"), "{}", page.text);
        send(world.form(&format!("{topic}/me-too"), &[]).cookie(chiraz)).await;
        assert!(!send(world.get(&topic)).await.text.contains("autre personne"));
    }

    /// A space for members asks to sign in; one by invitation is not there for others; neither is
    /// told in the lists for everybody.
    async fn spaces_have_doors(world: World) {
        let id = space(&world).await;
        let (author, amel) = signed_in(&world, "amel@example.org").await;
        let topic = spaces::NewTopic {
            id: world.app.ids.id(), space: id, author, kind: "discussion", title: "Entre nous".into(), body: "B".into(),
            language: "fr".into(), module: None, seminar: None, at: world.now(),
        };
        let path = format!("/fr/spaces/cadre/{}", topic.id);
        spaces::start(&world.app, topic).await.expect("a topic");
        let staff = world.signed_in_as("regional@example.org", Some(halqa::accounts::Grant::Regional("tunis".into()))).await;
        use crate::harness::As;
        let open = |visibility: &'static str| {
            world.form("/fr/spaces/cadre/visibility", &[("visibility", visibility), ("languages", "ar")]).by(&staff)
        };
        assert!(send(world.get("/fr/watch")).await.text.contains("Entre nous"));
        assert_eq!(send(open("members")).await.status, Status::SeeOther);
        assert!(send(world.get(&path)).await.headers["location"].starts_with("/fr/sign-in"));
        assert_eq!(send(world.get(&path).cookie(amel.clone())).await.status, Status::Ok);
        assert!(!send(world.get("/fr/watch")).await.text.contains("Entre nous"));
        assert!(!send(world.get("/fr/")).await.text.contains("Entre nous"));
        assert_eq!(send(open("invitation")).await.status, Status::SeeOther);
        for refused in [send(world.get(&path)).await, send(world.get(&path).cookie(amel.clone())).await] {
            assert_eq!(refused.status, Status::NotFound);
        }
        let refused = send(world.form("/fr/spaces/cadre/invited", &[("email", "amel@example.org")]).cookie(amel.clone())).await;
        assert_eq!(refused.status, Status::Forbidden);
        let invited = send(world.form("/fr/spaces/cadre/invited", &[("email", "amel@example.org")]).by(&staff)).await;
        assert_eq!(invited.status, Status::SeeOther);
        assert_eq!(send(world.get(&path).cookie(amel.clone())).await.status, Status::Ok);
        let team = send(world.get("/fr/spaces/cadre/team").by(&staff)).await;
        assert!(team.text.contains("amel@example.org"), "{}", team.text);
        assert_eq!(send(world.get("/fr/spaces/cadre/team").cookie(amel)).await.status, Status::Forbidden);
    }

    /// Drafts, previews, mentions, quotes, reactions, and a change with what it replaced.
    async fn people_write_together(world: World) {
        space(&world).await;
        let (amel_id, amel) = signed_in(&world, "amel@example.org").await;
        let (_, badr) = signed_in(&world, "badr@example.org").await;
        let fields = [("kind", "discussion"), ("title", "Bilan"), ("body", "Un **début**"), ("language", "fr")];
        let preview = send(world.form("/fr/spaces/cadre/new", &[&fields[..], &[("preview", "1")]].concat()).cookie(amel.clone())).await;
        assert!(preview.status == Status::Ok && preview.text.contains("<strong>début</strong>"), "{}", preview.text);
        let again = send(world.get("/fr/spaces/cadre/new").cookie(amel.clone())).await;
        assert!(again.text.contains("Un **début**") && again.text.contains("Votre brouillon"), "what was looked at is kept");
        let started = send(world.form("/fr/spaces/cadre/new", &fields).cookie(amel.clone())).await;
        let topic = started.headers["location"].split('?').next().unwrap().to_owned();
        assert!(!send(world.get("/fr/spaces/cadre/new").cookie(amel.clone())).await.text.contains("début"));
        let id = topic.rsplit('/').next().unwrap().to_owned();
        send(world.form(&topic, &[("body", "à finir"), ("draft", "1")]).cookie(badr.clone())).await;
        let page = send(world.get(&topic).cookie(badr.clone())).await;
        assert!(page.text.contains("à finir</textarea>") && !send(world.get(&topic)).await.text.contains("à finir"));
        let text = "D\u{2019}accord avec @amel@example.org !";
        send(world.form(&topic, &[("body", text), ("quote", &id), ("language", "ar")]).cookie(badr.clone())).await;
        let page = send(world.get(&topic)).await;
        assert!(page.text.contains("href=\"#post-topic\"") && page.text.contains("@amel@example.org</a>"), "{}", page.text);
        assert!(page.text.contains("post-quote") && page.text.contains("lang=\"ar\"") && !page.text.contains(&amel_id.to_string()));
        // Reactions: one each, taken back by the same button.
        for (cookie, count) in [(&amel, 1), (&badr, 2), (&badr, 1)] {
            send(world.form(&format!("{topic}/posts/{id}/react"), &[("kind", "useful")]).cookie(cookie.clone())).await;
            let page = send(world.get(&topic)).await;
            assert!(page.text.contains(&format!("Utile <b>{count}</b>")), "{count}: {}", page.text);
        }
        let odd = send(world.form(&format!("{topic}/posts/{id}/react"), &[("kind", "hate")]).cookie(badr.clone())).await;
        assert_eq!(odd.status, Status::BadRequest);
        // A change keeps what it replaced; only the author changes.
        let edit = format!("{topic}/posts/{id}/edit");
        assert_eq!(send(world.get(&edit).cookie(badr.clone())).await.status, Status::Forbidden);
        let changed = [("title", "Bilan 2025"), ("body", "Une fin"), ("language", "fr"), ("tags", "bilan")];
        assert_eq!(send(world.form(&edit, &changed).cookie(badr)).await.status, Status::Forbidden);
        assert_eq!(send(world.form(&edit, &changed).cookie(amel)).await.status, Status::SeeOther);
        let page = send(world.get(&topic)).await;
        assert!(page.text.contains("Bilan 2025") && page.text.contains("(modifié)") && !page.text.contains("début"));
        let history = send(world.get(&format!("{topic}/posts/{id}/history"))).await;
        assert!(history.text.contains("<strong>début</strong>") && history.text.contains("Une fin"));
    }

    /// Pin, close, move, show elsewhere, merge, split: links go on leading somewhere, nothing is
    /// counted twice.
    async fn topics_are_looked_after(world: World) {
        use crate::harness::As;
        let id = space(&world).await;
        let other: SpaceId = world.app.ids.id();
        spaces::open(&world.app, NewSpace {
            id: other, slug: "autre".into(), axis: None,
            titles: ["Autre".into(), "آخر".into(), "Other".into()], abouts: Default::default(), at: world.now(),
        }).await.expect("a space");
        let (author, amel) = signed_in(&world, "amel@example.org").await;
        let staff = world.signed_in_as("regional@example.org", Some(halqa::accounts::Grant::Regional("tunis".into()))).await;
        let mut topics = Vec::new();
        for title in ["Premier", "Second"] {
            let topic = spaces::NewTopic {
                id: world.app.ids.id(), space: id, author, kind: "question", title: title.into(), body: format!("texte {title}"),
                language: "fr".into(), module: None, seminar: None, at: world.now(),
            };
            topics.push(topic.id);
            spaces::start(&world.app, topic).await.expect("a topic");
            world.clock.advance_seconds(60);
        }
        let path = |n: usize| format!("/fr/spaces/cadre/{}", topics[n]);
        let mut replies = Vec::new();
        for text in ["un", "deux"] {
            let reply = spaces::NewReply { id: world.app.ids.id(), topic: topics[0], author, body: format!("réponse {text}"), at: world.now() };
            replies.push(reply.id.to_string());
            spaces::reply(&world.app, reply).await.expect("a reply");
            world.clock.advance_seconds(60);
        }
        let care = |n: usize, fields: &[(&str, &str)]| world.form(&format!("{}/care", path(n)), fields);
        assert_eq!(send(care(0, &[("what", "pin")]).cookie(amel.clone())).await.status, Status::Forbidden);
        assert_eq!(send(care(1, &[("what", "pin")]).by(&staff)).await.status, Status::SeeOther);
        let list = send(world.get("/fr/spaces/cadre?show=all")).await.text;
        assert!(list.find("Second") < list.find("Premier") && list.contains("Épinglé"));
        send(care(0, &[("what", "close")]).by(&staff)).await;
        let refused = send(world.form(&path(0), &[("body", "encore")]).cookie(amel.clone())).await;
        assert_eq!(refused.status, Status::Conflict);
        send(care(0, &[("what", "close")]).by(&staff)).await;
        send(care(0, &[("what", "show"), ("elsewhere", "autre")]).by(&staff)).await;
        assert!(send(world.get("/fr/spaces/autre?show=all")).await.text.contains("Premier"));
        let counts: Vec<i64> = spaces::all(&world.app).await.expect("spaces").iter().map(|s| s.topics).collect();
        assert_eq!(counts.iter().sum::<i64>(), 2, "counted once");
        let split = send(care(0, &[("what", "split"), ("replies", &replies[0]), ("title", "À part")]).by(&staff)).await;
        assert_eq!(split.status, Status::SeeOther, "{}", split.text);
        let apart = split.headers["location"].split('?').next().unwrap().to_owned();
        assert!(send(world.get(&apart)).await.text.contains("réponse un") && !send(world.get(&path(0))).await.text.contains("réponse un"));
        let merged = send(care(0, &[("what", "merge"), ("into", &apart)]).by(&staff)).await;
        assert_eq!(merged.status, Status::SeeOther, "{}", merged.text);
        let led = send(world.get(&path(0))).await;
        assert_eq!(led.headers["location"], apart);
        let page = send(world.get(&apart)).await.text;
        assert!(page.contains("réponse un") && page.contains("réponse deux") && page.contains("texte Premier"), "{page}");
        send(care(1, &[("what", "move"), ("space", "autre")]).by(&staff)).await;
        let led = send(world.get(&path(1))).await;
        assert_eq!(led.headers["location"], format!("/fr/spaces/autre/{}", topics[1]));
        for wrong in [&[("what", "merge"), ("into", "x")][..], &[("what", "split"), ("title", "x")], &[("what", "paint")]] {
            let at = apart.rsplit('/').next().unwrap();
            let answer = send(world.form(&format!("/fr/spaces/cadre/{at}/care"), wrong).by(&staff)).await;
            assert_eq!(answer.status, Status::UnprocessableEntity);
        }
    }

    /// Flagged, seen by those who animate, hidden with a reason the author is told, asked again,
    /// restored; each act written down.
    async fn texts_are_moderated(world: World) {
        use crate::harness::As;
        let id = space(&world).await;
        let (author, amel) = signed_in(&world, "amel@example.org").await;
        let (_, badr) = signed_in(&world, "badr@example.org").await;
        let topic = spaces::NewTopic {
            id: world.app.ids.id(), space: id, author, kind: "discussion", title: "Vente de tapis".into(), body: "Achetez !".into(),
            language: "fr".into(), module: None, seminar: None, at: world.now(),
        };
        let path = format!("/fr/spaces/cadre/{}", topic.id);
        let topic_id = topic.id.to_string();
        spaces::start(&world.app, topic).await.expect("a topic");
        for _ in 0..2 {
            let flagged = send(world.form(&format!("{path}/flag"), &[("reason", "spam"), ("note", "encore lui")]).cookie(badr.clone())).await;
            assert_eq!(flagged.status, Status::SeeOther);
        }
        assert_eq!(send(world.get("/fr/moderation").cookie(badr.clone())).await.status, Status::Forbidden);
        let elsewhere = world.signed_in_as("ailleurs@example.org", Some(halqa::accounts::Grant::Animator(uuid::Uuid::from_u128(9)))).await;
        assert!(!send(world.get("/fr/moderation").by(&elsewhere)).await.text.contains("Vente de tapis"));
        let animator = world.signed_in_as("chiraz@example.org", Some(halqa::accounts::Grant::Animator(id.0))).await;
        let queue = send(world.get("/fr/moderation").by(&animator)).await;
        assert_eq!(queue.text.matches("encore lui").count(), 1, "once for a person: {}", queue.text);
        assert_eq!(send(world.form(&format!("{path}/hide"), &[("reason", "spam")]).cookie(badr.clone())).await.status, Status::Forbidden);
        assert_eq!(send(world.form(&format!("{path}/hide"), &[("reason", "spam")]).by(&elsewhere)).await.status, Status::Forbidden);
        assert_eq!(send(world.form(&format!("{path}/hide"), &[("reason", "spam")]).by(&animator)).await.status, Status::SeeOther);
        assert_eq!(send(world.get(&path)).await.status, Status::NotFound);
        let told = send(world.get("/fr/me/texts").cookie(amel.clone())).await;
        assert!(told.text.contains("Publicité ou indésirable") && told.text.contains("Vente de tapis"), "{}", told.text);
        assert!(!send(world.get("/fr/me/texts").cookie(badr.clone())).await.text.contains("Vente de tapis"));
        let appeal = [("topic", topic_id.as_str()), ("text", "C\u{2019}est notre artisanat.")];
        assert_eq!(send(world.form("/fr/me/texts", &appeal).cookie(badr)).await.status, Status::NotFound);
        assert_eq!(send(world.form("/fr/me/texts", &appeal).cookie(amel.clone())).await.status, Status::SeeOther);
        assert_eq!(send(world.form("/fr/me/texts", &appeal).cookie(amel)).await.status, Status::Conflict);
        let queue = send(world.get("/fr/moderation").by(&animator)).await;
        let action = queue.text.split("action=\"").find_map(|rest| {
            let action = rest.split('"').next()?;
            action.contains("/appeals/").then(|| action.to_owned())
        }).expect("the appeal");
        assert_eq!(send(world.form(&action, &[("restored", "yes")]).by(&elsewhere)).await.status, Status::NotFound);
        assert_eq!(send(world.form(&action, &[("restored", "yes")]).by(&animator)).await.status, Status::SeeOther);
        assert_eq!(send(world.get(&path)).await.status, Status::Ok);
        for act in ["post-hidden", "post-restored"] {
            assert_eq!(halqa::db::testing::count_audit(&world.app.db, act).await, 1, "{act}");
        }
    }

    /// Pictures come from people who have taken part, are drawn anew, and are shown in texts.
    async fn pictures_are_drawn_anew(world: World) {
        use rocket::http::ContentType;
        let id = space(&world).await;
        let (author, amel) = signed_in(&world, "amel@example.org").await;
        let png = {
            let mut bytes = std::io::Cursor::new(Vec::new());
            image::DynamicImage::new_rgb8(30, 20).write_to(&mut bytes, image::ImageFormat::Png).expect("a picture");
            bytes.into_inner()
        };
        let form = |bytes: &[u8]| {
            let mut body = b"--X\r\nContent-Disposition: form-data; name=\"words\"\r\n\r\nUn olivier\r\n--X\r\nContent-Disposition: form-data; name=\"file\"; filename=\"a.png\"\r\n\r\n".to_vec();
            body.extend(bytes);
            body.extend(b"\r\n--X--\r\n");
            world.post("/fr/pictures").header(ContentType::new("multipart", "form-data").with_params(("boundary", "X"))).body(body)
        };
        assert_eq!(send(form(&png).cookie(amel.clone())).await.status, Status::Forbidden, "a newcomer");
        for n in 0..3 {
            let topic = spaces::NewTopic {
                id: world.app.ids.id(), space: id, author, kind: "discussion", title: format!("T{n}"), body: "B".into(),
                language: "fr".into(), module: None, seminar: None, at: world.now(),
            };
            spaces::start(&world.app, topic).await.expect("a topic");
        }
        world.clock.advance_seconds(2 * 86_400);
        let amel = world.session_of(author).await;
        assert_eq!(send(form(b"<svg onload=alert(1)>").cookie(amel.clone())).await.status, Status::UnprocessableEntity);
        let sent = send(form(&png).cookie(amel.clone())).await;
        assert_eq!(sent.status, Status::SeeOther, "{}", sent.text);
        let page = send(world.get("/fr/pictures").cookie(amel.clone())).await;
        let src = page.text.split("src=\"/pictures/").nth(1).and_then(|rest| rest.split('"').next()).expect("a picture");
        let shown = send(world.get(&format!("/pictures/{src}"))).await;
        assert!(shown.headers["content-type"] == "image/jpeg" && shown.headers["x-content-type-options"] == "nosniff");
        let body = format!("![Un olivier](/pictures/{src})");
        let started = send(world.form("/fr/spaces/cadre/new", &[("title", "Photo"), ("body", &body)]).cookie(amel)).await;
        let topic = started.headers["location"].split('?').next().unwrap().to_owned();
        assert!(send(world.get(&topic)).await.text.contains(&format!("src=\"/pictures/{src}\"")));
    }

    /// Who has just arrived brings few links and no pictures.
    async fn newcomers_bring_few_links(world: World) {
        space(&world).await;
        let (_, amel) = signed_in(&world, "amel@example.org").await;
        for (body, status) in [
            ("https://a.tn https://b.tn", Status::SeeOther),
            ("https://a.tn https://b.tn www.c.tn", Status::UnprocessableEntity),
            ("![x](https://a.tn/x.png)", Status::UnprocessableEntity),
        ] {
            let answer = send(world.form("/fr/spaces/cadre/new", &[("title", "x"), ("body", body)]).cookie(amel.clone())).await;
            assert_eq!(answer.status, status, "{body}");
        }
    }

    async fn nobody_floods_a_space(world: World) {
        space(&world).await;
        let (_, amel) = signed_in(&world, "amel@example.org").await;
        let fields = [("title", "encore"), ("body", "encore")];
        // Who has just arrived writes at a slower pace than who is known.
        for _ in 0..5 {
            assert_eq!(send(world.form("/fr/spaces/cadre/new", &fields).cookie(amel.clone())).await.status, Status::SeeOther);
        }
        assert_eq!(send(world.form("/fr/spaces/cadre/new", &fields).cookie(amel.clone())).await.status, Status::TooManyRequests);
        world.clock.advance_seconds(601);
        assert_eq!(send(world.form("/fr/spaces/cadre/new", &fields).cookie(amel)).await.status, Status::SeeOther);
    }
}
