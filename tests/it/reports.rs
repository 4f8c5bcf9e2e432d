//! Reports: rows from the journal, who sees whom, item analysis, files, corrections.

use halqa::accounts::Grant;
use halqa::db::{DbError, testing};
use halqa::ids::OrganisationId;
use halqa::organisations::{self, Description};
use rocket::http::Method;
use serde_json::Value;

use crate::harness::{Answer, As, World, both_engines, send};
use crate::player::{Seat, calls, module, seat_of};

/// An organisation of a region, made with it.
async fn organisation(world: &World, name: &str, region: &str) -> OrganisationId {
    let staff = world.person(&format!("{region}-founder@example.org")).await;
    world
        .app
        .db
        .write(region.to_owned(), |tx, region| {
            Box::pin(async move { testing::insert_region(tx, region).await })
        })
        .await
        .map_err(|e: DbError| e)
        .expect("a region");
    let new = Description {
        name: name.to_owned(),
        kind: "association".into(),
        region: Some(region.to_owned()),
        governorate: region.to_owned(),
        about: String::new(),
        axes: Vec::new(),
    };
    let slug = organisations::add(&world.app, staff, new)
        .await
        .expect("added");
    let found = organisations::by_slug(&world.app, &slug)
        .await
        .expect("read");
    found.expect("it is there").id
}

/// Answers two questions, the first as said.
async fn answers(world: &World, seat: &Seat, response: &str) {
    let result = if response == "b" { "correct" } else { "wrong" };
    let batch = calls(
        1,
        &[
            ("Initialize", ""),
            ("cmi.interactions.0.id", "q1"),
            ("cmi.interactions.0.type", "choice"),
            ("cmi.interactions.0.correct_responses.0.pattern", "b"),
            ("cmi.interactions.0.student_response", response),
            ("cmi.interactions.0.result", result),
            ("cmi.interactions.0.weighting", "1"),
            ("cmi.interactions.0.latency", "0000:00:12.50"),
            ("cmi.interactions.0.time", "10:00:00"),
            ("cmi.interactions.1.id", "q2"),
            ("cmi.interactions.1.type", "fill-in"),
            (
                "cmi.interactions.1.student_response",
                "=HYPERLINK(\"http://x\")",
            ),
            ("cmi.interactions.1.result", "neutral"),
            ("cmi.objectives.0.id", "o1"),
            ("cmi.objectives.0.status", "passed"),
            ("cmi.core.score.raw", "70"),
            ("cmi.core.lesson_status", "passed"),
            ("Finish", ""),
        ],
    );
    let answer = seat.post(world, &batch).await;
    assert_eq!(answer.status.code, 200, "{}", answer.text);
}

async fn api(world: &World, seat: &Seat, part: &str) -> Answer {
    let token = world.token(&["reports"]).await;
    let path = format!("/api/v1/modules/{}/report{part}", seat.module);
    let answer = send(world.get(&path).bearer(&token)).await;
    assert_eq!(answer.status.code, 200, "{path}: {}", answer.text);
    answer
}

/// The attempt as the API shows it.
async fn attempt(world: &World, seat: &Seat) -> Value {
    let part = format!("/attempts/{}", seat.pass.attempt);
    api(world, seat, &part).await.json()
}

both_engines! {
    async fn interactions_and_objectives_are_rows_that_replay_gives_again(world: World) {
        let module = module(&world).await;
        let seat = seat_of(&world, &module, "amel", None).await;
        answers(&world, &seat, "b").await;
        let live = attempt(&world, &seat).await;
        let first = &live["interactions"][0];
        assert_eq!(first["identifier"], "q1");
        assert_eq!(first["type"], "choice");
        assert_eq!(first["response"], "b");
        assert_eq!(first["correct"][0], "b");
        assert_eq!(first["score"], 1.0);
        assert_eq!(first["latency"], 12.5);
        assert_eq!(first["reported_at"], "10:00:00");
        assert_eq!(live["interactions"][1]["score"], Value::Null);
        assert_eq!(live["objectives"][0]["identifier"], "o1");
        assert_eq!(live["objectives"][0]["success"], "passed");
        assert_eq!(live["activities"][0]["state"], "passed");
        let summary = api(&world, &seat, "").await.json();
        assert_eq!(summary["summary"]["learners"], 1);
        assert_eq!(summary["activities"][0]["states"]["passed"], 1);
        halqa::player::rebuild(&world.app, seat.pass.attempt).await.expect("rebuilt");
        assert_eq!(attempt(&world, &seat).await, live);
        assert_eq!(api(&world, &seat, "").await.json(), summary);
        // A changed answer is the same row.
        let mut seat = seat;
        seat.open(&world, "second").await;
        let batch = calls(1, &[("Initialize", ""), ("cmi.interactions.0.student_response", "c")]);
        assert_eq!(seat.post(&world, &batch).await.status.code, 200);
        let changed = attempt(&world, &seat).await;
        assert_eq!(changed["interactions"].as_array().unwrap().len(), 2);
        assert_eq!(changed["interactions"][0]["response"], "c");
    }

    async fn questions_are_analysed(world: World) {
        let module = module(&world).await;
        let mut last = None;
        for (name, response) in [("a", "b"), ("b", "b"), ("c", "a"), ("d", "b")] {
            let seat = seat_of(&world, &module, name, None).await;
            answers(&world, &seat, response).await;
            last = Some(seat);
        }
        let questions = api(&world, &last.unwrap(), "/questions").await.json();
        let first = &questions["questions"][0];
        assert_eq!((&first["answered"], &first["facility"]), (&4.into(), &0.75.into()));
        assert_eq!(first["discrimination"], Value::Null);
        let choices = first["distribution"].as_array().unwrap();
        assert_eq!(choices[0]["answer"], "a");
        assert_eq!((&choices[0]["count"], &choices[0]["correct"]), (&1.into(), &false.into()));
        assert_eq!((&choices[1]["share"], &choices[1]["correct"]), (&0.75.into(), &true.into()));
    }

    async fn who_sees_whom(world: World) {
        let module = module(&world).await;
        let gafsa = organisation(&world, "Oasis", "gafsa").await;
        let sousse = organisation(&world, "Sahel", "sousse").await;
        let amel = seat_of(&world, &module, "amel", Some(gafsa)).await;
        let bilel = seat_of(&world, &module, "bilel", Some(sousse)).await;
        answers(&world, &amel, "b").await;
        answers(&world, &bilel, "a").await;
        let admin = world.signed_in_as("admin@example.org", Some(Grant::Admin)).await;
        let owner = world.person("owner@example.org").await;
        world.grant(owner, Grant::Trainer).await;
        let own = world.browser_of("owner@example.org").await;
        let staff = world.signed_in_as("gafsa@example.org", Some(Grant::Regional("gafsa".into()))).await;
        let other = world.signed_in_as("sousse@example.org", Some(Grant::Regional("sousse".into()))).await;
        let learner = world.signed_in_as("nobody@example.org", None).await;
        let base = format!("/fr/teach/modules/{}/report", module.slug);
        let see = async |cookie: &str, part: &str| {
            let answer = send(world.get(&format!("{base}{part}")).by(cookie)).await;
            (answer.status.code, answer.text.contains("amel"), answer.text.contains("bilel"))
        };
        let amel_s = format!("/attempts/{}", amel.pass.attempt);
        let bilel_s = format!("/attempts/{}", bilel.pass.attempt);
        for part in ["", "/csv/attempts", "/csv/answers"] {
            assert_eq!(see(&admin, part).await, (200, true, true), "{part}");
            assert_eq!(see(&own, part).await, (200, true, true), "{part}");
            assert_eq!(see(&staff, part).await, (200, true, false), "{part}");
            assert_eq!(see(&other, part).await, (200, false, true), "{part}");
            assert_eq!(see(&learner, part).await.0, 404, "{part}");
        }
        for part in ["/activities", "/questions", "/xlsx"] {
            assert_eq!(see(&staff, part).await.0, 200, "{part}");
            assert_eq!(see(&learner, part).await.0, 404, "{part}");
        }
        assert_eq!(see(&staff, &amel_s).await, (200, true, false));
        assert_eq!(see(&staff, &bilel_s).await.0, 404);
        assert_eq!(see(&other, &amel_s).await.0, 404);
        // Another region's organisation is no filter to look around it.
        assert_eq!(see(&staff, "?organisation=sahel").await, (200, false, false));
        assert_eq!(see(&admin, "?organisation=sahel").await, (200, false, true));
        assert_eq!(see(&admin, "?state=failed").await, (200, false, false));
        let signed_out = send(world.get(&base)).await;
        assert_eq!(signed_out.status.code, 303);
        // A trainer's own module is another trainer's secret.
        let options = halqa::catalogue::Options { by: Some(owner), publish: true, ..Default::default() };
        let zip = crate::catalogue::simple("Autre");
        let mine = halqa::catalogue::import_bytes(&world.app, &zip, options).await.unwrap();
        let colleague = world.signed_in_as("colleague@example.org", Some(Grant::Trainer)).await;
        let path = format!("/fr/teach/modules/{}/report", mine.module.slug);
        assert_eq!(send(world.get(&path).by(&own)).await.status.code, 200);
        assert_eq!(send(world.get(&path).by(&colleague)).await.status.code, 404);
        // Programs need the scope.
        let token = world.token(&["progress"]).await;
        let path = format!("/api/v1/modules/{}/report", module.id);
        assert_eq!(send(world.get(&path).bearer(&token)).await.status.code, 403);
        assert_eq!(send(world.request(Method::Get, &path)).await.status.code, 401);
    }

    async fn files_hold_no_formula(world: World) {
        let module = module(&world).await;
        let seat = seat_of(&world, &module, "=1+1", None).await;
        answers(&world, &seat, "b").await;
        let csv = api(&world, &seat, "/csv/answers").await;
        assert!(csv.text.starts_with('\u{feff}'));
        assert!(csv.text.contains("\"'=HYPERLINK(\"\"http://x\"\")\""), "{}", csv.text);
        assert_eq!(csv.headers["x-halqa-formula-prefix"], "'");
        let csv = api(&world, &seat, "/csv/attempts").await;
        assert!(csv.text.lines().nth(1).unwrap().starts_with("'=1+1,"), "{}", csv.text);
        assert!(api(&world, &seat, "/csv/questions").await.text.contains("q1"));
        assert!(api(&world, &seat, "/csv/activities").await.text.lines().count() == 2);
    }

    async fn the_list_is_paged(world: World) {
        let module = module(&world).await;
        let mut last = None;
        for name in ["a", "b", "c"] {
            last = Some(seat_of(&world, &module, name, None).await);
        }
        let last = last.unwrap();
        let first = api(&world, &last, "/attempts?limit=2").await.json();
        assert_eq!(first["items"].as_array().unwrap().len(), 2);
        let next = first["next"].as_str().unwrap();
        let second = api(&world, &last, &format!("/attempts?limit=2&cursor={next}")).await.json();
        assert_eq!(second["items"].as_array().unwrap().len(), 1);
        assert_eq!(second["next"], Value::Null);
        assert_eq!(second["items"][0]["learner"]["name"], "a");
    }

    async fn a_correction_has_an_author_a_role_and_a_reason(world: World) {
        let module = module(&world).await;
        let gafsa = organisation(&world, "Oasis", "gafsa").await;
        let amel = seat_of(&world, &module, "amel", Some(gafsa)).await;
        answers(&world, &amel, "a").await;
        organisation(&world, "Sahel", "sousse").await;
        let staff = world.signed_in_as("gafsa@example.org", Some(Grant::Regional("gafsa".into()))).await;
        let other = world.signed_in_as("sousse@example.org", Some(Grant::Regional("sousse".into()))).await;
        let learner = world.session_of(amel.person).await;
        let path = format!("/fr/teach/modules/{}/report/attempts/{}", module.slug, amel.pass.attempt);
        let form = [("activity", ""), ("completed", "yes"), ("passed", "no"), ("score", "55"), ("reason", "Examen repassé sur papier.")];
        assert_eq!(send(world.form(&path, &form).by(&other)).await.status.code, 404);
        assert_eq!(send(world.form(&path, &form).cookie(learner.clone())).await.status.code, 404);
        let silent = [("completed", "yes"), ("reason", " ")];
        assert_eq!(send(world.form(&path, &silent).by(&staff)).await.status.code, 422);
        let nothing = [("reason", "Rien")];
        assert_eq!(send(world.form(&path, &nothing).by(&staff)).await.status.code, 422);
        assert_eq!(testing::count_audit(&world.app.db, "attempt-corrected").await, 0);
        let done = send(world.form(&path, &form).by(&staff)).await;
        assert_eq!(done.status.code, 303, "{}", done.text);
        assert_eq!(testing::count_audit(&world.app.db, "attempt-corrected").await, 1);
        let shown = send(world.get(&format!("/en/modules/{}", module.slug)).cookie(learner)).await;
        for said in ["Examen repassé sur papier.", "regional staff", "55%"] {
            assert!(shown.text.contains(said), "{said}: {}", shown.text);
        }
        let attempt = attempt(&world, &amel).await;
        assert_eq!(attempt["corrections"][0]["role"], "regional");
        assert_eq!((&attempt["success"], &attempt["score"]), (&"failed".into(), &0.55.into()));
        let sessions = attempt["sessions"].as_array().unwrap();
        assert_eq!(sessions.iter().filter(|s| s["kind"] == "correction").count(), 1);
        let replay = halqa::player::replay::Replay::of(&world.app, amel.session, 0).await.unwrap();
        assert!(replay.agrees);
    }

    async fn a_learner_sees_the_own_attempts_and_nobody_else_s(world: World) {
        let module = module(&world).await;
        let amel = seat_of(&world, &module, "amel", None).await;
        let bilel = seat_of(&world, &module, "bilel", None).await;
        answers(&world, &amel, "b").await;
        let learner = world.session_of(amel.person).await;
        let path = format!("/en/modules/{}/attempts", module.slug);
        let ask = async |path: String| {
            let answer = send(world.get(&path).cookie(learner.clone())).await;
            (answer.status.code, answer.text)
        };
        let (status, text) = ask(path.clone()).await;
        assert_eq!(status, 200, "{text}");
        for said in ["Your attempts", "Attempt \u{2068}1\u{2069}", "70%"] {
            assert!(text.contains(said), "{said}: {text}");
        }
        assert!(!text.contains("bilel"));
        let own = send(world.get(&format!("{path}/{}", amel.pass.attempt)).cookie(learner.clone())).await;
        assert_eq!((own.status.code, own.headers["location"].as_str()), (303, path.as_str()));
        assert_eq!(ask(format!("{path}/{}", bilel.pass.attempt)).await.0, 404);
        assert_eq!(ask("/en/modules/nowhere/attempts".to_owned()).await.0, 404);
        // Somebody who never began is invited to; staff goes to everybody's.
        let nobody = world.signed_in_as("nobody@example.org", None).await;
        let empty = send(world.get(&path).by(&nobody)).await;
        assert!(empty.text.contains("You have not begun yet"), "{}", empty.text);
        let admin = world.signed_in_as("admin@example.org", Some(Grant::Admin)).await;
        let report = format!("/en/teach/modules/{}/report", module.slug);
        let sent = send(world.get(&path).by(&admin)).await;
        assert_eq!((sent.status.code, &sent.headers["location"]), (303, &report));
        assert_eq!(send(world.get(&path)).await.status.code, 303);
    }
}
