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
        assert_eq!(send(world.get(&format!("/fr/spaces/autre/{path}"))).await.status, Status::NotFound);
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
        assert!(page.text.contains("1\u{2069} autre personne") || page.text.contains("1 autre personne"), "{}", page.text);
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
