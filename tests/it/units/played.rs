//! Launched and played to the end, or not.

use super::*;

both_engines! {
    async fn the_sample_course_is_played_to_its_end(world: World) {
        let module = import(&world, &sample("budget-participatif")).await;
        assert_eq!(module.package.format, "cmi5");
        let desk = Desk::at(&world, &module).await;
        let page = desk.page().await;
        assert_eq!(page.status, Status::Ok);
        assert!(page.text.contains("Animer un forum de quartier"), "{}", page.text);

        let url = desk.open(1).await;
        assert!(url.host_str().unwrap_or_default().ends_with(".content.localhost"), "{url}");
        assert_eq!(parameter(&url, "endpoint"), "http://localhost:8000/xapi");
        let unit = Unit::started(&world, &url).await;
        // 8.2.3.0-1: once.
        assert_eq!(Unit::fetch(&world, &url).await["error-code"], "1");
        assert_eq!(unit.data["launchMode"], "Normal");
        assert_eq!(unit.data["moveOn"], "Completed");
        assert_eq!(unit.data["contextTemplate"]["contextActivities"]["grouping"][0]["id"], "https://halqa.example/modules/budget-participatif/principes");
        assert_ne!(unit.activity, "https://halqa.example/modules/budget-participatif/principes");
        // 10.2.1.0-5: the launch data are not the unit's to write.
        let answer = unit.send(Method::Put, &unit.state("LMS.LaunchData"), Some(&json!({}))).await;
        assert_eq!((answer.status, answer.json()["requirement"].clone()), (Status::Forbidden, json!("10.2.1.0-5")));
        assert_eq!(unit.send(Method::Put, &unit.state("halqa.bookmark"), Some(&json!({"page": 2}))).await.status, Status::NoContent);
        unit.refused("completed", "9.3.0.0-4").await;
        unit.said(&["initialized", "completed"]).await;
        unit.refused("completed", "9.3.0.0-2").await;
        let row = progress(&world, &module.module.slug).await;
        assert_eq!(row["state"], "in-progress", "{row}");
        unit.said(&["terminated"]).await;
        unit.refused("completed", "9.3.0.0-5").await;

        let url = desk.open(2).await;
        let second = Unit::started(&world, &url).await;
        assert_eq!(second.registration, unit.registration);
        assert_eq!(second.data["masteryScore"], 0.6);
        second.said(&["initialized"]).await;
        let again = second.statement("completed");
        for _ in 0..2 {
            // Sent again after a lost answer: the same.
            let answer = second.send(Method::Post, "statements", Some(&again)).await;
            assert_eq!(answer.status, Status::Ok, "{}", answer.text);
        }
        let mut low = second.statement("passed");
        low["result"]["score"]["scaled"] = json!(0.5);
        let answer = second.send(Method::Post, "statements", Some(&low)).await;
        assert_eq!(answer.json()["requirement"], "9.3.4.0-2");
        second.said(&["passed", "terminated"]).await;

        let third = Unit::started(&world, &desk.open(4).await).await;
        third.said(&["initialized", "completed", "passed", "terminated"]).await;
        let row = progress(&world, &module.module.slug).await;
        assert_eq!((row["state"].as_str(), row["success"].as_str(), row["progress"].as_f64()), (Some("completed"), Some("passed"), Some(1.0)), "{row}");
        assert_eq!(row["score"], 0.9);
        assert_eq!(told(&world, &unit.registration).await, [
            "launched", "initialized", "completed", "terminated",
            "launched", "initialized", "completed", "passed", "satisfied", "terminated",
            "launched", "initialized", "completed", "passed", "satisfied", "satisfied", "terminated",
        ]);
        let page = desk.page().await;
        assert!(page.text.contains("data-state=\"passed\""), "{}", page.text);
        // 10.2.2: what was completed and passed is shown again.
        let review = Unit::started(&world, &desk.open(4).await).await;
        assert_eq!(review.data["launchMode"], "Review");
        review.said(&["initialized"]).await;
        review.refused("completed", "10.2.2.0-3").await;
    }

    async fn preferences_come_before_the_first_word(world: World) {
        let module = import(&world, &sample("budget-participatif")).await;
        let desk = Desk::at(&world, &module).await;
        let unit = Unit::started_as(&world, &desk.open(1).await, false).await;
        unit.refused("initialized", "11.0.0.0-3").await;
        let preferences = unit.send(Method::Get, &unit.preferences(), None).await;
        assert_eq!(preferences.status, Status::Ok, "{}", preferences.text);
        unit.said(&["initialized", "completed", "terminated"]).await;
        // Each launch asks anew.
        let again = Unit::started_as(&world, &desk.open(2).await, false).await;
        again.refused("initialized", "11.0.0.0-3").await;
    }

    async fn looking_around_counts_for_nothing(world: World) {
        let module = import(&world, &sample("budget-participatif")).await;
        let desk = Desk::at(&world, &module).await;
        assert!(desk.page().await.text.contains("value=\"browse\""));
        let unit = Unit::started(&world, &desk.open_as(1, "browse").await).await;
        assert_eq!(unit.data["launchMode"], "Browse");
        unit.said(&["initialized"]).await;
        unit.refused("completed", "10.2.2.0-2").await;
        unit.said(&["terminated"]).await;
        let row = progress(&world, &module.module.slug).await;
        assert!(row.is_null() || row["state"] == "not-started", "{row}");
        let review = Unit::started(&world, &desk.open_as(1, "review").await).await;
        review.said(&["initialized"]).await;
        review.refused("completed", "10.2.2.0-3").await;
        // Nothing bars the way to being judged.
        let unit = Unit::started(&world, &desk.open(1).await).await;
        assert_eq!(unit.data["launchMode"], "Normal");
        unit.said(&["initialized", "completed", "terminated"]).await;
        assert_eq!(progress(&world, &module.module.slug).await["state"], "in-progress");
    }

    async fn sessions_without_an_end_are_abandoned(world: World) {
        let module = import(&world, &sample("budget-participatif")).await;
        let desk = Desk::at(&world, &module).await;
        let first = Unit::started(&world, &desk.open(1).await).await;
        first.said(&["initialized"]).await;
        world.clock.advance_seconds(100);
        // At the next launch.
        let second = Unit::started(&world, &desk.open(2).await).await;
        assert_eq!(first.say("completed").await.status, Status::Unauthorized);
        second.said(&["initialized"]).await;
        // After a long silence, without anybody calling.
        world.clock.advance_seconds(2 * 3600);
        second.said(&["completed"]).await;
        world.clock.advance_seconds(2 * 3600);
        world.run_jobs().await;
        assert_eq!(told(&world, &first.registration).await.iter().filter(|v| *v == "abandoned").count(), 1);
        world.clock.advance_seconds(2 * 3600);
        world.run_jobs().await;
        assert_eq!(told(&world, &first.registration).await.iter().filter(|v| *v == "abandoned").count(), 2);
        assert_eq!(second.say("terminated").await.status, Status::Unauthorized);
        // The token of a launch that was never fetched is worth nothing either.
        let url = desk.open(1).await;
        desk.open(1).await;
        assert_eq!(Unit::fetch(&world, &url).await["error-code"], "1");
    }

    async fn a_launch_speaks_for_its_learner_alone(world: World) {
        let module = import(&world, &sample("budget-participatif")).await;
        let desk = Desk::at(&world, &module).await;
        let unit = Unit::started(&world, &desk.open(1).await).await;
        unit.said(&["initialized"]).await;
        let cases: [(&str, Value, &str); 5] = [
            ("/actor", json!({ "mbox": "mailto:other@example.org" }), "8.1.3.0-3"),
            ("/context/registration", json!(world.app.ids.uuid()), "9.6.1.0-1"),
            ("/object/id", json!("http://example.org/other"), "8.1.5.0-6"),
            ("/timestamp", json!("2026-03-02T10:00:00+01:00"), "9.7.0.0-2"),
            ("/context/extensions", json!({}), "9.6.3.1-4"),
        ];
        for (pointer, value, requirement) in cases {
            let mut statement = unit.statement("completed");
            *statement.pointer_mut(pointer).expect("a place") = value;
            let answer = unit.send(Method::Post, "statements", Some(&statement)).await;
            assert_eq!((answer.status, answer.json()["requirement"].clone()), (Status::Forbidden, json!(requirement)), "{pointer}");
        }
        // All or nothing.
        let batch = json!([unit.statement("completed"), unit.statement("initialized")]);
        assert_eq!(unit.send(Method::Post, "statements", Some(&batch)).await.status, Status::Forbidden);
        assert_eq!(progress(&world, &module.module.slug).await["progress"], 0.0);
        // Others' statements and documents are out of reach.
        let client = world.xapi().await;
        client.store(&json!([crate::lrs::statement("a", "did", "x")])).await;
        let own = unit.send(Method::Get, "statements", None).await.json();
        assert_eq!(own["statements"].as_array().map(Vec::len), Some(1));
        let foreign = unit.state("x").replace("agent=", "agent=%7B%22mbox%22%3A%22mailto%3Ax%40example.org%22%7D&zgent=");
        assert_eq!(unit.send(Method::Get, foreign.split("&zgent").next().unwrap_or_default(), None).await.status, Status::Forbidden);
        for (body, requirement) in [
            (json!([]), "11.0.0.0-5"),
            (json!({ "languagePreference": "fr" }), "11.0.0.0-5"),
            (json!({ "languagePreference": "fr,??", "audioPreference": "on" }), "11.1.0.0-1"),
            (json!({ "languagePreference": "", "audioPreference": "on" }), "11.1.0.0-1"),
        ] {
            let path = format!("agents/profile?agent={}&profileId=cmi5LearnerPreferences", crate::lrs::encoded(&unit.actor));
            let answer = unit.send(Method::Put, &path, Some(&body)).await;
            assert_eq!(answer.json()["requirement"], requirement, "{}", answer.text);
        }
        let path = format!("agents/profile?agent={}&profileId=cmi5LearnerPreferences", crate::lrs::encoded(&unit.actor));
        assert_eq!(unit.send(Method::Get, &path, None).await.json()["languagePreference"], "fr");
    }

    async fn an_xapi_package_counts_by_its_verbs(world: World) {
        let module = import(&world, &sample("transparence-financiere")).await;
        assert_eq!(module.package.format, "xapi");
        let desk = Desk::at(&world, &module).await;
        let url = desk.open(0).await;
        assert_eq!(parameter(&url, "activity_id"), "https://halqa.example/modules/transparence-financiere");
        let unit = Unit {
            world: &world,
            authorization: parameter(&url, "auth"),
            actor: parameter(&url, "actor"),
            registration: parameter(&url, "registration"),
            activity: parameter(&url, "activity_id"),
            data: Value::Null,
        };
        let say = |verb: &str, result: Value| json!({
            "actor": serde_json::from_str::<Value>(&unit.actor).expect("an actor"),
            "verb": { "id": format!("{VERBS}{verb}") },
            "object": { "id": unit.activity },
            "context": { "registration": unit.registration },
            "result": result,
        });
        let foreign = json!({ "actor": { "mbox": "mailto:x@example.org" }, "verb": { "id": format!("{VERBS}passed") }, "object": { "id": unit.activity } });
        assert_eq!(unit.send(Method::Post, "statements", Some(&foreign)).await.status, Status::Forbidden);
        for statement in [say("initialized", json!({})), say("completed", json!({ "completion": true })),
            say("passed", json!({ "success": true, "score": { "scaled": 0.8 } }))] {
            let answer = unit.send(Method::Post, "statements", Some(&statement)).await;
            assert_eq!(answer.status, Status::Ok, "{}", answer.text);
        }
        let row = progress(&world, &module.module.slug).await;
        assert_eq!((row["state"].as_str(), row["success"].as_str(), row["score"].as_f64()), (Some("completed"), Some("passed"), Some(0.8)), "{row}");
    }

    async fn staff_waive_a_unit(world: World) {
        let module = import(&world, &sample("budget-participatif")).await;
        let desk = Desk::at(&world, &module).await;
        let unit = Unit::started(&world, &desk.open(1).await).await;
        unit.said(&["initialized", "completed", "terminated"]).await;
        let trainer = world.signed_in_as("amel@example.org", Some(halqa::accounts::Grant::Trainer)).await;
        let path = format!("/teach/modules/{}/report/attempts/{}", module.module.slug, unit.registration);
        let page = send(world.get(&path).by(&trainer)).await;
        assert_eq!(page.status, Status::Ok, "{}", page.text);
        assert!(page.text.contains("Animer un forum de quartier"));
        let correct = async |fields: &[(&str, &str)]| {
            let request = world.form(&path, fields).by(&trainer);
            send(request).await
        };
        let scored = correct(&[("completed", "yes"), ("score", "80"), ("reason", "r")]).await;
        assert_eq!(scored.status, Status::UnprocessableEntity);
        let part = ("activity", "https://halqa.example/modules/budget-participatif/cycle");
        for _ in 0..2 {
            let waived = correct(&[part, ("completed", "yes"), ("reason", "Formée ailleurs")]).await;
            assert_eq!(waived.status, Status::SeeOther, "{}", waived.text);
        }
        assert_eq!(told(&world, &unit.registration).await, ["launched", "initialized", "completed", "terminated", "waived", "satisfied"]);
        let all = correct(&[("completed", "yes"), ("reason", "Formée ailleurs")]).await;
        assert_eq!(all.status, Status::SeeOther, "{}", all.text);
        assert_eq!(progress(&world, &module.module.slug).await["state"], "completed");
    }

    async fn a_structure_alone_is_a_course(world: World) {
        let structure = |url: &str| format!(
            "<?xml version=\"1.0\"?><courseStructure xmlns=\"https://w3id.org/xapi/profiles/cmi5/v1/CourseStructure.xsd\">\
             <course id=\"http://x.example/c\"><title><langstring lang=\"fr\">Ailleurs</langstring></title><description><langstring lang=\"fr\">d</langstring></description></course>\
             <au id=\"http://x.example/a\"><title><langstring lang=\"fr\">Une partie</langstring></title><description><langstring lang=\"fr\">d</langstring></description><url>{url}</url></au></courseStructure>");
        let options = || Options { publish: true, ..Options::default() };
        // 14.2: every address is qualified; and whoever runs the platform allows other sites.
        let local = catalogue::import_bytes(&world.app, structure("a.html").as_bytes(), options()).await.expect_err("refused");
        assert_eq!(local.code, "cmi5_url");
        assert_eq!(local.extra["requirement"], "14.1.0.0-4");
        let remote = catalogue::import_bytes(&world.app, structure("https://other.example/a?x=1").as_bytes(), options()).await.expect_err("refused");
        assert_eq!(remote.code, "remote_href");
    }
}

/// Where other sites are allowed, their units are launched as any.
#[rocket::async_test]
async fn remote_units_are_launched() {
    let world = World::with(
        crate::harness::On::Sqlite,
        &[("HALQA_PACKAGE_REMOTE", "true")],
    )
    .await;
    let xml = "<courseStructure xmlns=\"https://w3id.org/xapi/profiles/cmi5/v1/CourseStructure.xsd\">\
        <course id=\"http://x.example/c\"><title><langstring lang=\"fr\">Ailleurs</langstring></title><description><langstring lang=\"fr\">d</langstring></description></course>\
        <au id=\"http://x.example/a\" moveOn=\"Completed\"><title><langstring lang=\"fr\">Une partie</langstring></title><description><langstring lang=\"fr\">d</langstring></description><url>https://other.example/a?x=1</url></au></courseStructure>";
    let module = import(&world, xml.as_bytes()).await;
    let desk = Desk::at(&world, &module).await;
    let url = desk.open(0).await;
    assert!(
        url.as_str()
            .starts_with("https://other.example/a?x=1&endpoint="),
        "{url}"
    );
    Unit::started(&world, &url)
        .await
        .said(&["initialized", "completed", "terminated"])
        .await;
    assert_eq!(
        progress(&world, &module.module.slug).await["state"],
        "completed"
    );
}
