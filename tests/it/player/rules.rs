//! Attempt policies: what may begin, what counts, what completes; on every path.

use domain::outcome::State;
use halqa::db::testing;
use halqa::progress;
use rocket::http::{ContentType, Method};
use serde_json::{Value, json};

use super::{Seat, calls, module, seat};
use crate::harness::{Answer, As, World, both_engines, send};

/// Sets a module's policy through the API, and lets the workers apply it.
async fn policy(world: &World, seat: &Seat, policy: Value) -> Answer {
    let token = world.token(&["modules"]).await;
    let path = format!("/api/v1/modules/{}", seat.module);
    let request = world
        .request(Method::Patch, &path)
        .header(ContentType::JSON)
        .body(json!({ "policy": policy }).to_string())
        .bearer(&token);
    let answer = send(request).await;
    world.run_jobs().await;
    answer
}

/// A launch by another system for the same learner.
async fn launch(world: &World, seat: &Seat, name: &str, attempt: &str) -> Answer {
    let token = world.token(&["launches"]).await;
    let path = format!("/api/v1/modules/{}/launches", seat.module);
    let email = format!("{name}@example.org");
    let body = json!({ "learner": { "email": email, "name": name }, "attempt": attempt });
    let request = world
        .request(Method::Post, &path)
        .header(ContentType::JSON)
        .body(body.to_string())
        .bearer(&token);
    send(request).await
}

/// Plays the seat's session to its end with this score.
async fn finish(world: &World, seat: &Seat, score: &str, status: &str) {
    let batch = calls(
        1,
        &[
            ("Initialize", ""),
            ("cmi.core.score.raw", score),
            ("cmi.core.lesson_status", status),
            ("Finish", ""),
        ],
    );
    let answer = seat.post(world, &batch).await;
    assert_eq!(answer.status.code, 200, "{}", answer.text);
}

/// A seat on the learner's newest attempt, from a launch's answer.
async fn sit(world: &World, first: &Seat, launched: &Answer) -> Seat {
    assert_eq!(launched.status.code, 201, "{}", launched.text);
    let session = launched.json()["session"]
        .as_str()
        .unwrap()
        .parse()
        .unwrap();
    let attempts = halqa::player::attempts_of(&world.app, first.person, first.module)
        .await
        .unwrap();
    let pass = halqa::player::Pass {
        session: halqa::ids::SessionId(session),
        attempt: attempts[0].id,
        ..first.pass
    };
    let mut seat = Seat {
        package: first.package,
        module: first.module,
        person: first.person,
        pass,
        session: pass.session,
        token: pass.token(&world.app),
    };
    let opened = seat.open(world, "again").await;
    assert_eq!(opened.status.code, 200, "{}", opened.text);
    seat
}

async fn standing(world: &World, seat: &Seat) -> progress::ProgressRow {
    progress::of(&world.app, seat.person, seat.module)
        .await
        .unwrap()
        .expect("a row")
}

both_engines! {
    async fn a_new_attempt_is_refused_on_every_path(world: World) {
        let module = module(&world).await;
        let mut first = seat(&world, &module, "amel").await;
        let refused = launch(&world, &first, "amel", "new").await;
        assert_eq!((refused.status.code, refused.code().as_str()), (409, "attempt-not-finished"));
        finish(&world, &first, "80", "passed").await;

        assert_eq!(policy(&world, &first, json!({"new_attempt": "when-failed"})).await.status.code, 200);
        let refused = launch(&world, &first, "amel", "new").await;
        assert_eq!((refused.status.code, refused.code().as_str()), (409, "attempt-not-failed"));
        policy(&world, &first, json!({"max_attempts": 2})).await;
        let launched = launch(&world, &first, "amel", "new").await;
        let second = sit(&world, &first, &launched).await;
        finish(&world, &second, "50", "failed").await;
        let refused = launch(&world, &first, "amel", "new").await;
        assert_eq!((refused.status.code, refused.code().as_str()), (409, "attempt-none-left"));
        assert_eq!(refused.json()["reason"], "none-left");

        // The learner's own click, and the page that says why.
        let cookie = world.session_of(first.person).await;
        let path = format!("/modules/{}/play", module.slug);
        let clicked = send(world.form(&path, &[("again", "yes")]).cookie(cookie.clone())).await;
        assert_eq!(clicked.status.code, 409);
        let page = send(world.get(&format!("/en/modules/{}", module.slug)).cookie(cookie.clone())).await;
        assert!(page.text.contains("This module allows"), "{}", page.text);
        assert!(!page.text.contains("name=\"again\""));

        // The first attempt is over: neither its address nor its token opens it again.
        let old = format!("/modules/{}/play/{}", module.slug, first.session);
        let page = send(world.get(&old).cookie(cookie)).await;
        assert_eq!(page.status.code, 303);
        let reopened = first.open(&world, "once more").await;
        assert_eq!((reopened.status.code, reopened.code().as_str()), (409, "attempt-over"));
        // What an offline browser still holds of it is taken all the same.
        let late = first.post(&world, &calls(5, &[("cmi.comments", "en retard")])).await;
        assert_eq!(late.status.code, 200, "{}", late.text);
    }

    async fn opening_begins_anew_where_the_policy_says(world: World) {
        let module = module(&world).await;
        let first = seat(&world, &module, "amel").await;
        policy(&world, &first, json!({"opening": "new", "new_attempt": "always", "max_attempts": 2})).await;
        for expected in [2, 2] {
            let launched = launch(&world, &first, "amel", "resume").await;
            assert_eq!(launched.status.code, 201, "{}", launched.text);
            let attempts = halqa::player::attempts_of(&world.app, first.person, first.module).await.unwrap();
            assert_eq!(attempts.len(), expected);
        }
    }

    async fn the_attempt_that_counts_follows_the_policy(world: World) {
        let module = module(&world).await;
        let first = seat(&world, &module, "amel").await;
        finish(&world, &first, "40", "completed").await;
        let launched = launch(&world, &first, "amel", "new").await;
        let second = sit(&world, &first, &launched).await;
        finish(&world, &second, "90", "completed").await;
        assert_eq!(standing(&world, &first).await.score, Some(0.9));
        for (counts, score) in [("first", 0.4), ("last", 0.9), ("average", 0.65), ("first", 0.4), ("best", 0.9)] {
            let before = testing::count_progress_changes(&world.app.db).await;
            policy(&world, &first, json!({ "counts": counts })).await;
            let row = standing(&world, &first).await;
            assert!((row.score.unwrap() - score).abs() < 1e-9, "{counts}: {:?}", row.score);
            let after = testing::count_progress_changes(&world.app.db).await;
            assert_eq!(after, before + 1, "{counts}: the history keeps both");
        }
        assert_eq!(testing::count_audit(&world.app.db, "module-policy").await, 5);
        // A batch that comes later is judged by the new policy too.
        policy(&world, &first, json!({ "counts": "first" })).await;
        let more = second.post(&world, &calls(5, &[("Initialize", "")])).await;
        assert_eq!(more.status.code, 200);
        assert_eq!(standing(&world, &first).await.score, Some(0.4));
    }

    async fn a_rule_completes_what_the_package_never_completes(world: World) {
        let module = module(&world).await;
        let seat = seat(&world, &module, "amel").await;
        let batch = calls(1, &[
            ("Initialize", ""), ("cmi.core.lesson_status", "incomplete"), ("cmi.core.score.raw", "60"),
        ]);
        assert_eq!(seat.post(&world, &batch).await.status.code, 200);
        assert_eq!(standing(&world, &seat).await.outcome().state, State::InProgress);
        for (rule, completed) in [
            (json!({"by": "opened"}), true),
            (json!({"by": "package"}), false),
            (json!({"by": "all-visited"}), true),
            (json!({"by": "time", "seconds": 3600}), false),
            (json!({"by": "score", "score": 0.6}), true),
            (json!({"by": "score", "score": 0.7}), false),
        ] {
            let answer = policy(&world, &seat, json!({ "completes": rule })).await;
            assert_eq!(answer.status.code, 200, "{}", answer.text);
            let state = standing(&world, &seat).await.outcome().state;
            assert_eq!(state == State::Completed, completed, "{rule}");
        }
        // Live: the batch that reaches the score completes it.
        let more = seat.post(&world, &calls(4, &[("cmi.core.score.raw", "75")])).await;
        assert_eq!(more.status.code, 200, "{}", more.text);
        assert_eq!(standing(&world, &seat).await.outcome().state, State::Completed);
        // The package's own word counts for nothing where staff decides.
        policy(&world, &seat, json!({ "completes": {"by": "staff"} })).await;
        let more = seat.post(&world, &calls(5, &[("cmi.core.lesson_status", "completed")])).await;
        assert_eq!(more.status.code, 200);
        assert_eq!(standing(&world, &seat).await.outcome().state, State::InProgress);
        let replay = halqa::player::replay::Replay::of(&world.app, seat.session, 0).await.unwrap();
        assert!(replay.agrees);
        for wrong in [json!({"max_attempts": 0}), json!({"completes": {"by": "score", "score": 2}}), json!({"tries": 1})] {
            let answer = policy(&world, &seat, wrong.clone()).await;
            assert!([400, 422].contains(&answer.status.code), "{wrong}: {}", answer.text);
        }
    }

    async fn a_trainer_sets_the_rules(world: World) {
        let module = module(&world).await;
        let trainer = world.signed_in_as("trainer@example.org", Some(halqa::accounts::Grant::Trainer)).await;
        let learner = world.signed_in_as("learner@example.org", None).await;
        let path = format!("/fr/teach/modules/{}/rules", module.slug);
        let form = [
            ("max_attempts", "3"), ("new_attempt", "when-failed"), ("opening", "resume"),
            ("counts", "last"), ("completes", "time"), ("minutes", "20"), ("score", ""),
        ];
        let saved = send(world.form(&path, &form).by(&trainer)).await;
        assert_eq!(saved.status.code, 303, "{}", saved.text);
        let page = send(world.get(&path).by(&trainer)).await;
        assert_eq!(page.status.code, 200);
        assert!(page.text.contains("value=\"time\" checked") && page.text.contains("value=\"20\""), "{}", page.text);
        assert_eq!(send(world.get(&path).by(&learner)).await.status.code, 403);
        assert_eq!(send(world.form(&path, &form).by(&learner)).await.status.code, 403);
        let wrong = [("max_attempts", "0"), ("completes", "score"), ("score", "101")];
        assert_eq!(send(world.form(&path, &wrong).by(&trainer)).await.status.code, 422);
    }

    async fn the_import_s_warning_stands_beside_the_choice(world: World) {
        const MANIFEST: &str = r#"<manifest identifier="m" xmlns="http://www.imsproject.org/xsd/imscp_rootv1p1p2" xmlns:adlcp="http://www.adlnet.org/xsd/adlcp_rootv1p2">
<metadata><schema>ADL SCORM</schema><schemaversion>1.2</schemaversion></metadata>
<organizations default="o"><organization identifier="o"><title>Muet</title><item identifier="i" identifierref="r"><title>Muet</title></item></organization></organizations>
<resources><resource identifier="r" type="webcontent" adlcp:scormtype="sco" href="index.html"/></resources></manifest>"#;
        let zip = package::build::zip([
            ("imsmanifest.xml", MANIFEST.as_bytes()),
            ("index.html", b"<html lang=fr><body>Bonjour".as_slice()),
        ]).unwrap();
        halqa::catalogue::import_bytes(&world.app, &zip, Default::default()).await.unwrap();
        let trainer = world.signed_in_as("trainer@example.org", Some(halqa::accounts::Grant::Trainer)).await;
        let page = send(world.get("/en/teach/modules/muet/rules").by(&trainer)).await;
        assert!(page.text.contains("Choose here what completes this module"), "{}", page.text);
    }
}
