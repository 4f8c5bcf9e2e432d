//! What a launch may say, and no more.

use super::*;

both_engines! {
    /// The id may stand beside the statement (xAPI Communication 2.1.1); sent twice it counts once.
    async fn a_put_has_its_id_in_the_address(world: World) {
        let module = import(&world, &sample("budget-participatif")).await;
        let desk = Desk::at(&world, &module).await;
        let unit = Unit::started(&world, &desk.open(1).await).await;
        let mut statement = unit.statement("initialized");
        let id = statement["id"].as_str().expect("an id").to_owned();
        statement.as_object_mut().expect("a statement").remove("id");
        for round in ["once", "again"] {
            let answer = unit
                .send(
                    Method::Put,
                    &format!("statements?statementId={id}"),
                    Some(&statement),
                )
                .await;
            assert_eq!(answer.status, Status::NoContent, "{round}: {}", answer.text);
        }
        assert_eq!(
            told(&world, &unit.registration)
                .await
                .iter()
                .filter(|verb| *verb == "initialized")
                .count(),
            1
        );
        // Without an id anywhere it is refused as before.
        let mut bare = unit.statement("completed");
        bare.as_object_mut().expect("a statement").remove("id");
        let answer = unit.send(Method::Post, "statements", Some(&bare)).await;
        assert_eq!(answer.json()["requirement"], "9.1.0.0-1", "{}", answer.text);
    }

    /// Profiles and names of activities are everybody's: a launch has those of its own course (X17).
    /// 9.3.0.0-5: after the end the end may be said again (its answer was lost), and nothing else.
    async fn after_the_end_only_the_end_is_said_again(world: World) {
        let module = import(&world, &sample("budget-participatif")).await;
        let desk = Desk::at(&world, &module).await;
        let unit = Unit::started(&world, &desk.open(1).await).await;
        let (first, last) = (unit.statement("initialized"), unit.statement("terminated"));
        for statement in [&first, &last, &last] {
            let answer = unit.send(Method::Post, "statements", Some(statement)).await;
            assert_eq!(answer.status, Status::Ok, "{}", answer.text);
        }
        let answer = unit.send(Method::Post, "statements", Some(&first)).await;
        assert_eq!(answer.json()["requirement"], "9.3.0.0-5", "{}", answer.text);
        let both = json!([first, last]);
        let answer = unit.send(Method::Post, "statements", Some(&both)).await;
        assert_eq!(answer.status, Status::Ok, "{}", answer.text);
    }

    async fn a_launch_describes_its_own_course_alone(world: World) {
        let module = import(&world, &sample("budget-participatif")).await;
        let desk = Desk::at(&world, &module).await;
        let unit = Unit::started(&world, &desk.open(1).await).await;
        unit.said(&["initialized"]).await;
        let client = world.xapi().await;
        let other = "http://example.org/other";
        let mut named = crate::lrs::statement("a", "did", "other");
        named["object"]["definition"] = json!({ "name": { "en": "Theirs" } });
        client.store(&json!([named])).await;
        let profile = |activity: &str| {
            format!(
                "activities/profile?activityId={}&profileId=p",
                crate::lrs::encoded(activity)
            )
        };
        let kept = client
            .request(Method::Put, &profile(other))
            .header(ContentType::JSON)
            .header(Header::new("If-None-Match", "*"))
            .body("{\"a\":1}");
        assert_eq!(send(kept).await.status, Status::NoContent);
        for method in [Method::Get, Method::Post, Method::Delete] {
            let answer = unit
                .send(method, &profile(other), Some(&json!({ "a": 2 })))
                .await;
            assert_eq!(
                answer.status,
                Status::Forbidden,
                "{method}: {}",
                answer.text
            );
        }
        assert_eq!(client.get(&profile(other)).await.json(), json!({ "a": 1 }));
        assert_eq!(
            unit.send(
                Method::Post,
                &profile(&unit.activity),
                Some(&json!({ "a": 2 }))
            )
            .await
            .status,
            Status::NoContent
        );
        // Naming another activity on the way changes nothing there.
        let mut statement = unit.statement("completed");
        statement["context"]["contextActivities"]["other"] =
            json!([{ "id": other, "definition": { "name": { "en": "Mine" } } }]);
        let answer = unit
            .send(Method::Post, "statements", Some(&statement))
            .await;
        assert_eq!(answer.status, Status::Ok, "{}", answer.text);
        let known = client
            .get(&format!(
                "activities?activityId={}",
                crate::lrs::encoded(other)
            ))
            .await;
        assert_eq!(
            known.json()["definition"]["name"]["en"],
            "Theirs",
            "{}",
            known.text
        );
    }

    async fn a_launch_does_not_fill_the_disk(world: World) {
        let module = import(&world, &sample("budget-participatif")).await;
        let desk = Desk::at(&world, &module).await;
        let unit = Unit::started(&world, &desk.open(1).await).await;
        let large = json!({ "x": "x".repeat(7 << 20) });
        let mut answers = Vec::new();
        for n in 0..9 {
            answers.push(
                unit.send(Method::Put, &unit.state(&format!("s{n}")), Some(&large))
                    .await
                    .status
                    .code,
            );
        }
        assert_eq!(answers, [204, 204, 204, 204, 204, 204, 204, 413, 413]);
        // A statement that breaks a rule leaves its data nowhere.
        use sha2::Digest as _;
        let data = b"some data";
        let sha2: String = sha2::Sha256::digest(data)
            .iter()
            .map(|byte| format!("{byte:02x}"))
            .collect();
        let mut statement = unit.statement("completed");
        statement["attachments"] = json!([{ "usageType": "http://example.org/a", "display": { "en": "a" }, "contentType": "text/plain", "length": data.len(), "sha2": sha2 }]);
        let key = format!("xapi/{}/{sha2}", uuid::Uuid::nil().simple());
        let post = |statement: &Value| {
            let body = format!(
                "--b\r\nContent-Type: application/json\r\n\r\n{statement}\r\n--b\r\nContent-Type: text/plain\r\nContent-Transfer-Encoding: binary\r\nX-Experience-API-Hash: {sha2}\r\n\r\nsome data\r\n--b--\r\n",
            );
            let request = world
                .request(Method::Post, "/xapi/statements")
                .header(Header::new("Authorization", unit.authorization.clone()))
                .header(Header::new("X-Experience-API-Version", "1.0.3"))
                .header(Header::new("Content-Type", "multipart/mixed; boundary=b"))
                .body(body);
            send(request)
        };
        let refused = post(&statement).await;
        assert_eq!(
            (refused.status, refused.json()["requirement"].clone()),
            (Status::Forbidden, json!("9.3.0.0-4")),
            "{}",
            refused.text
        );
        assert!(!world.app.storage.exists(&key).await.expect("storage"));
        unit.said(&["initialized"]).await;
        assert_eq!(post(&statement).await.status, Status::Ok);
        assert!(world.app.storage.exists(&key).await.expect("storage"));
    }

    /// L20: what a suspended learner has open says nothing more, and says it again once reinstated.
    async fn a_suspended_learner_says_nothing_more(world: World) {
        let module = import(&world, &sample("budget-participatif")).await;
        let desk = Desk::at(&world, &module).await;
        let unit = Unit::started(&world, &desk.open(1).await).await;
        unit.said(&["initialized"]).await;
        let learner = progress(&world, &module.module.slug).await["learner"]["id"].clone();
        let learner = halqa::ids::PersonId(
            uuid::Uuid::parse_str(learner.as_str().expect("an id")).expect("an id"),
        );
        crate::player::support::set_state(&world, learner, "suspended").await;
        let said = unit.say("completed").await;
        assert_eq!(
            (said.status, said.code()),
            (Status::Forbidden, "person-suspended".to_owned()),
            "{}",
            said.text
        );
        assert_eq!(
            unit.send(Method::Put, &unit.state("x"), Some(&json!({})))
                .await
                .status,
            Status::Forbidden
        );
        assert_eq!(
            unit.send(Method::Get, "statements", None).await.status,
            Status::Forbidden
        );
        assert_eq!(desk.page().await.status, Status::Forbidden);
        assert_eq!(progress(&world, &module.module.slug).await["progress"], 0.0);
        crate::player::support::set_state(&world, learner, "active").await;
        unit.said(&["completed"]).await;
    }
}
