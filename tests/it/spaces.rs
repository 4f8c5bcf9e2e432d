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

    async fn nobody_floods_a_space(world: World) {
        space(&world).await;
        let (_, amel) = signed_in(&world, "amel@example.org").await;
        let fields = [("title", "encore"), ("body", "encore")];
        for _ in 0..10 {
            assert_eq!(send(world.form("/fr/spaces/cadre/new", &fields).cookie(amel.clone())).await.status, Status::SeeOther);
        }
        assert_eq!(send(world.form("/fr/spaces/cadre/new", &fields).cookie(amel.clone())).await.status, Status::TooManyRequests);
        world.clock.advance_seconds(601);
        assert_eq!(send(world.form("/fr/spaces/cadre/new", &fields).cookie(amel)).await.status, Status::SeeOther);
    }
}
