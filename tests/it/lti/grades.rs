//! L17, L18: grades and members, under faults: each arrives once in its last state, or is shown.

use domain::outcome::{Outcome, State as Progress, Success};
use halqa::ids::{ModuleId, PersonId};
use halqa::lti::{grades, people};
use serde_json::{Value, json};

use super::platform::*;
use super::server::Reply;
use crate::harness::{World, both_engines, send};

/// A learner who launched the module; gives person and module.
async fn learner(world: &World, platform: &Platform, subject: &str) -> PersonId {
    let answer = platform
        .launch(world, |claims| claims["sub"] = json!(subject))
        .await;
    assert_eq!(answer.status.code, 303, "{}", answer.text);
    people::person_of(&world.app, &platform.issuer, subject)
        .await
        .expect("asked")
        .expect("known")
}

/// The learner gets somewhere.
pub async fn reach(
    world: &World,
    person: PersonId,
    module: ModuleId,
    score: Option<f64>,
    completed: bool,
) {
    let record = halqa::progress::Record {
        change: world.app.ids.uuid(),
        learner: person,
        module,
        attempt: None,
        outcome: Outcome {
            state: if completed {
                Progress::Completed
            } else {
                Progress::InProgress
            },
            success: if completed {
                Success::Passed
            } else {
                Success::Unknown
            },
            progress: score.unwrap_or(0.5),
            estimated: false,
            score,
            seconds: 60.0,
        },
        at: world.now(),
    };
    world
        .app
        .db
        .write(record, |tx, record| {
            Box::pin(halqa::progress::record(tx, record))
        })
        .await
        .map_err(|e: halqa::db::DbError| e)
        .expect("recorded");
}

fn score_of(platform: &Platform, user: &str) -> Option<Value> {
    let state = platform.state.lock().expect("state");
    state
        .scores
        .iter()
        .find(|((_, who), _)| who == user)
        .map(|(_, score)| score.clone())
}

both_engines! {
    async fn a_grade_arrives(world: World) {
        let budget = module(&world, "Budget").await;
        let (platform, _) = Platform::registered(&world).await;
        let amel = learner(&world, &platform, "user-7").await;
        world.run_jobs().await;
        assert!(score_of(&platform, "user-7").is_none(), "nothing was reached yet");
        reach(&world, amel, budget, None, false).await;
        world.run_jobs().await;
        let score = score_of(&platform, "user-7").expect("a score");
        assert_eq!((&score["activityProgress"], &score["gradingProgress"]), (&json!("InProgress"), &json!("Pending")));
        assert!(score.get("scoreGiven").is_none());
        assert!(score["comment"].as_str().expect("a comment").contains("50"), "{score}");
        // Two changes before anything is sent: only the last one is.
        let before = platform.server.of("/columns/1/scores").len();
        reach(&world, amel, budget, Some(0.4), false).await;
        reach(&world, amel, budget, Some(0.8), true).await;
        world.run_jobs().await;
        assert_eq!(platform.server.of("/columns/1/scores").len(), before + 1);
        let score = score_of(&platform, "user-7").expect("a score");
        assert_eq!((&score["scoreGiven"], &score["scoreMaximum"], &score["gradingProgress"]), (&json!(80.0), &json!(100.0), &json!("FullyGraded")));
        assert!(["Réussi", "Terminé"].contains(&score["comment"].as_str().expect("a comment")), "what is shown beside it no longer says under way: {score}");
        // The column was made once, with our id and the module's title.
        let state = platform.state.lock().expect("state");
        assert_eq!(state.columns.len(), 1);
        assert_eq!((&state.columns[0]["label"], &state.columns[0]["resourceId"]), (&json!("Budget"), &json!(budget.to_string())));
        assert_eq!(state.tokens, 2, "a token per scope, kept");
    }

    /// A second learner finds the column; a learner with progress from elsewhere is graded at once;
    /// the same outcome again sends nothing.
    async fn columns_are_found_and_nothing_is_sent_twice(world: World) {
        let budget = module(&world, "Budget").await;
        let (platform, _) = Platform::registered(&world).await;
        platform.state.lock().expect("state").columns = vec![json!({"id": platform.at("/columns/1"), "label": "x", "scoreMaximum": 10.0, "resourceId": budget.to_string(), "resourceLinkId": "link-1"})];
        for subject in ["a", "b"] {
            let person = learner(&world, &platform, subject).await;
            reach(&world, person, budget, Some(1.0), true).await;
            reach(&world, person, budget, Some(1.0), true).await;
        }
        world.run_jobs().await;
        assert_eq!(platform.state.lock().expect("state").columns.len(), 1);
        assert_eq!(platform.server.of("/columns/1/scores").len(), 2);
        let login = platform.login(&world).await;
        let mut claims = platform.claims(&world, &login);
        claims["sub"] = json!("a");
        claims[core("resource_link")] = json!({"id": "link-2"});
        let token = signing("k1").sign(&claims).expect("signed");
        assert_eq!(post(&world, &login, &token).await.status.code, 303);
        world.run_jobs().await;
        assert_eq!(platform.server.of("/columns/2/scores").len(), 1, "another link, the same learner: graded at the launch");
    }

    /// Moodle's token service answers JSON and calls it a page.
    async fn json_is_taken_whatever_it_calls_itself(world: World) {
        let budget = module(&world, "Budget").await;
        let (platform, _) = Platform::registered(&world).await;
        let amel = learner(&world, &platform, "user-7").await;
        let page = |value: Value| Reply { status: 200, body: value.to_string(), ..Reply::default() }.with("Content-Type", "text/html; charset=utf-8");
        let token = json!({"access_token": "a", "token_type": "Bearer", "expires_in": 3600, "scope": lti::ags::SCOPE_SCORE});
        platform.fault("/token", vec![page(token.clone()), page(token)]);
        platform.fault("/columns", vec![page(json!([]))]);
        reach(&world, amel, budget, Some(0.9), true).await;
        world.run_jobs().await;
        assert_eq!(score_of(&platform, "user-7").expect("a score")["scoreGiven"], json!(90.0));
    }

    /// An answer was lost, the score was not: Open edX says so with a 400, others with a 409.
    async fn a_score_that_is_there_already_is_delivered(world: World) {
        let budget = module(&world, "Budget").await;
        let (platform, _) = Platform::registered(&world).await;
        let amel = learner(&world, &platform, "user-7").await;
        let edx = |text: &str| Reply { status: 400, ..Reply::json(&json!({"timestamp": [text]})) };
        for (n, (fault, delivered)) in [
            (edx("Score already exists for the provided timestamp"), true), (edx("Score timestamp can only be updated to a later point in time"), true), (Reply::status(409), true),
            (edx("Datetime has wrong format."), false), (Reply { status: 400, ..Reply::json(&json!({"userId": ["already exists"]})) }, false), (Reply::status(400), false),
        ].into_iter().enumerate() {
            let lost = Reply { cut: true, kept: true, ..Reply::default() };
            platform.fault("/columns/1/scores", vec![lost, fault]);
            reach(&world, amel, budget, Some(0.1 * n as f64), true).await;
            world.run_jobs().await;
            world.clock.advance_seconds(120);
            world.run_jobs().await;
            assert_eq!(grades::unsent(&world.app).await.expect("asked").is_empty(), delivered, "{n}");
            for grade in grades::unsent(&world.app).await.expect("asked") {
                assert!(grades::retry(&world.app, grade.id).await.expect("again"));
            }
            world.run_jobs().await;
            assert!(grades::unsent(&world.app).await.expect("asked").is_empty());
        }
    }

    /// L18: whatever the platform answers, the last state arrives or is shown, with a button.
    async fn l18_faults(world: World) {
        let budget = module(&world, "Budget").await;
        let (platform, _) = Platform::registered(&world).await;
        let amel = learner(&world, &platform, "user-7").await;
        let html = Reply { status: 200, body: "<html>Sign in</html>".into(), ..Reply::default() }.with("Content-Type", "text/html");
        let elsewhere = Reply::status(302).with("Location", &platform.at("/stolen"));
        let cut = Reply { cut: true, ..Reply::default() };
        let passing: Vec<(&str, Vec<Reply>)> = vec![
            ("/columns/1/scores", vec![Reply::status(500)]), ("/columns/1/scores", vec![Reply::status(503), Reply::status(502)]),
            ("/columns/1/scores", vec![Reply::status(429)]), ("/columns/1/scores", vec![html]), ("/columns/1/scores", vec![elsewhere]),
            ("/columns/1/scores", vec![cut.clone()]), ("/columns/1/scores", vec![Reply::status(401)]), ("/columns/1/scores", vec![Reply::status(401), Reply::status(401)]),
            ("/token", vec![Reply::status(500)]), ("/token", vec![cut]), ("/token", vec![Reply::json(&json!({"error": "invalid_client"}))]),
        ];
        reach(&world, amel, budget, Some(0.01), true).await;
        world.run_jobs().await;
        let mut score = 0.02;
        for (path, replies) in passing {
            // A fault of the token service needs a token to be asked for.
            world.clock.advance_seconds(4000);
            let name = format!("{path} {replies:?}");
            platform.fault(path, replies);
            reach(&world, amel, budget, Some(score), true).await;
            for _ in 0..4 {
                world.run_jobs().await;
                world.clock.advance_seconds(600);
            }
            let arrived = score_of(&platform, "user-7").expect("a score")["scoreGiven"].as_f64().expect("a number");
            assert!((arrived - score * 100.0).abs() < 1e-9, "{name}: {arrived}");
            assert!(grades::unsent(&world.app).await.expect("asked").is_empty(), "{name}");
            score += 0.02;
        }
        assert!(platform.server.of("/stolen").is_empty(), "a token followed a redirect");
        // What will never work is shown, and tried again by hand.
        for status in [400, 403, 404, 422] {
            platform.fault("/columns/1/scores", vec![Reply::status(status); 2]);
            reach(&world, amel, budget, Some(score), true).await;
            world.run_jobs().await;
            let failed = grades::unsent(&world.app).await.expect("asked");
            assert_eq!(failed.len(), 1, "{status}");
            assert!(failed[0].failed && failed[0].error.as_deref().is_some_and(|e| e.contains(&status.to_string())), "{failed:?}");
            platform.fault("/columns/1/scores", vec![]);
            assert!(grades::retry(&world.app, failed[0].id).await.expect("asked"));
            world.run_jobs().await;
            assert!(grades::unsent(&world.app).await.expect("asked").is_empty());
            score += 0.02;
        }
        // Given up, then the learner goes on: the newer state is sent.
        platform.fault("/columns/1/scores", vec![Reply::status(404); 1]);
        reach(&world, amel, budget, Some(score), true).await;
        world.run_jobs().await;
        assert_eq!(grades::unsent(&world.app).await.expect("asked").len(), 1);
        reach(&world, amel, budget, Some(0.99), true).await;
        world.run_jobs().await;
        assert_eq!(score_of(&platform, "user-7").expect("a score")["scoreGiven"], json!(99.0));
        assert!(grades::unsent(&world.app).await.expect("asked").is_empty());
    }

    /// L17: what a message names elsewhere is never called.
    async fn l17_other_hosts(world: World) {
        let budget = module(&world, "Budget").await;
        let (platform, _) = Platform::registered(&world).await;
        let thief = Platform::start().await;
        for (at, (name, value)) in [
            ("lineitem", json!(thief.at("/columns/1"))), ("lineitems", json!(thief.at("/columns"))),
            ("lineitem", json!("http://169.254.169.254/latest")), ("lineitem", json!("http://localhost:8000/admin")), ("lineitem", json!("http://[::1]:5432/")),
        ].into_iter().enumerate() {
            let subject = format!("s{at}");
            let answer = platform.launch(&world, |claims| {
                claims["sub"] = json!(subject);
                claims[core("resource_link")] = json!({"id": format!("l{at}")});
                claims["https://purl.imsglobal.org/spec/lti-ags/claim/endpoint"] = json!({ name: value, "scope": [lti::ags::SCOPE_SCORE, lti::ags::SCOPE_LINE_ITEM] });
            }).await;
            assert_eq!(answer.status.code, 303);
            let person = people::person_of(&world.app, &platform.issuer, &subject).await.expect("asked").expect("known");
            reach(&world, person, budget, Some(1.0), true).await;
        }
        world.run_jobs().await;
        let failed = grades::unsent(&world.app).await.expect("asked");
        assert_eq!(failed.len(), 5);
        assert!(failed.iter().all(|f| f.failed && f.error.as_deref().is_some_and(|e| e.starts_with("host"))), "{failed:?}");
        assert!(thief.server.of("/").is_empty());
    }

    /// Many learners, a platform that is down, slow to say so, out of tokens, or does what it was
    /// asked and loses the answer: each last state arrives once, or is shown as failed.
    /// `HALQA_TEST_GRADES` is the number of scores (200), five states each of a learner.
    async fn many_grades_under_faults(world: World) {
        const STATES: usize = 5;
        let scores: usize = std::env::var("HALQA_TEST_GRADES").ok().and_then(|text| text.parse().ok()).unwrap_or(200);
        let learners = (scores / STATES).max(8);
        let budget = module(&world, "Budget").await;
        let (platform, _) = Platform::registered(&world).await;
        let mut people = Vec::new();
        for n in 0..learners {
            // A training room shares an address; ten thousand people do not come within a minute.
            if n % 400 == 399 && learners > 1000 { tokio::time::sleep(std::time::Duration::from_secs(45)).await; }
            people.push(learner(&world, &platform, &format!("u{n}")).await);
        }
        let strangers: Vec<String> = (0..learners).step_by(7).skip(1).map(|n| format!("u{n}")).collect();
        {
            let mut state = platform.state.lock().expect("state");
            state.strangers = strangers.iter().cloned().collect();
            let lost = || Reply { cut: true, ..Reply::default() };
            let faults = (0..learners * 2).flat_map(|n| match n % 7 {
                0 => vec![lost()],
                1 => vec![Reply::status(503)],
                2 => vec![Reply { kept: true, ..lost() }],
                3 => vec![Reply::status(429).with("Retry-After", "30")],
                4 => vec![Reply::status(401), Reply::status(401)],
                5 => vec![Reply { status: 200, body: "<html>Sign in</html>".into(), ..Reply::default() }.with("Content-Type", "text/html")],
                _ => vec![Reply { status: 500, kept: true, ..Reply::default() }],
            });
            state.faults.insert("/columns/1/scores".into(), faults.collect());
        }
        let value = |n: usize, state: usize| ((n % 50) * STATES + state) as f64 / 250.0;
        let begin = std::time::Instant::now();
        for state in 1..=STATES {
            for (n, person) in people.iter().enumerate() {
                reach(&world, *person, budget, Some(value(n, state)), true).await;
            }
            world.run_jobs().await;
            world.clock.advance_seconds(40);
        }
        for _ in 0..20 {
            world.clock.advance_seconds(3600);
            while world.run_jobs().await > 0 {}
        }
        let seconds = begin.elapsed().as_secs_f64();
        let asked = platform.server.of("/columns/1/scores").len();
        println!("{learners} learners, {} states, {asked} deliveries tried in {seconds:.1} s", learners * STATES);
        // Those the platform does not know are shown, each with its reason, and no other.
        let mut shown = 0;
        for grade in grades::unsent(&world.app).await.expect("asked") {
            assert!(grade.failed && grade.error.as_deref().is_some_and(|error| error.contains("404")), "{grade:?}");
            shown += 1;
        }
        assert_eq!(shown, strangers.len().min(200), "what failed is shown");
        let state = platform.state.lock().expect("state");
        assert!(state.faults["/columns/1/scores"].is_empty(), "the faults were met");
        for n in 0..learners {
            let user = format!("u{n}");
            let score = state.scores.get(&("1".to_owned(), user.clone()));
            if strangers.contains(&user) {
                assert!(score.is_none());
                continue;
            }
            let given = score.expect("a score")["scoreGiven"].as_f64().expect("a number");
            assert!((given - value(n, STATES) * 100.0).abs() < 1e-9, "{user}: {given}");
        }
        let distinct: std::collections::BTreeSet<_> = state.taken.iter().collect();
        assert_eq!(distinct.len(), state.taken.len(), "a state was taken twice");
    }

    /// Members, page by page: who has not begun.
    async fn members(world: World) {
        let budget = module(&world, "Budget").await;
        let (platform, _) = Platform::registered(&world).await;
        let amel = learner(&world, &platform, "user-7").await;
        reach(&world, amel, budget, None, false).await;
        let member = |id: &str, name: &str, role: &str| json!({"user_id": id, "name": name, "status": "Active", "roles": [format!("http://purl.imsglobal.org/vocab/lis/v2/membership#{role}")]});
        platform.state.lock().expect("state").members = vec![
            vec![member("user-7", "Amel Ben Salah", "Learner"), member("u2", "Sami Trabelsi", "Learner")],
            vec![member("u3", "Hédi Gharbi", "Learner"), member("t", "Prof Essaïda", "Instructor")],
        ];
        let class = platform.page(&world, |claims| {
            claims["sub"] = json!("teacher");
            claims[core("roles")] = json!(["http://purl.imsglobal.org/vocab/lis/v2/membership#Instructor"]);
        }).await;
        let (action, session) = (find(&class.text, "action=\""), find(&class.text, "name=\"session\" value=\""));
        let asked = send(world.form(&action, &[("session", session.as_str()), ("do", "members")])).await;
        assert_eq!(asked.status.code, 200, "{}", asked.text);
        assert!(asked.text.contains("Sami Trabelsi") && asked.text.contains("Hédi Gharbi"), "{}", asked.text);
        assert!(!asked.text.contains("Prof Essaïda"));
        platform.fault("/members", vec![Reply::status(500)]);
        let silent = send(world.form(&action, &[("session", session.as_str()), ("do", "members")])).await;
        assert_eq!(silent.status.code, 200);
        assert!(!silent.text.contains("Sami Trabelsi"));
    }

    /// A link that opens another module: nothing more of the old one is sent, what is known of the
    /// new one is, and who chose is written down.
    async fn another_module_takes_the_places(world: World) {
        let budget = module(&world, "Budget").await;
        let advocacy = module(&world, "Plaidoyer").await;
        let (platform, _) = Platform::registered(&world).await;
        let choose = async |module: ModuleId| {
            let page = platform.page(&world, |claims| {
                claims[core("roles")] = json!(["http://purl.imsglobal.org/vocab/lis/v2/membership#Instructor"]);
                claims["sub"] = json!("teacher");
                claims.as_object_mut().expect("claims").remove(&core("custom"));
            }).await;
            let (action, session) = (find(&page.text, "action=\""), find(&page.text, "name=\"session\" value=\""));
            let fields = [("session", session.as_str()), ("do", "choose"), ("module", &module.to_string())];
            let class = send(world.form(&action, &fields)).await;
            assert_eq!(class.status.code, 200, "{}", class.text);
        };
        choose(budget).await;
        platform.page(&world, |claims| {
            claims["sub"] = json!("user-7");
            claims.as_object_mut().expect("claims").remove(&core("custom"));
        }).await;
        let amel = people::person_of(&world.app, &platform.issuer, "user-7").await.expect("asked").expect("known");
        reach(&world, amel, budget, Some(0.8), true).await;
        reach(&world, amel, advocacy, Some(0.3), true).await;
        world.run_jobs().await;
        assert_eq!(score_of(&platform, "user-7").expect("a score")["scoreGiven"], json!(80.0));
        choose(advocacy).await;
        world.run_jobs().await;
        assert_eq!(score_of(&platform, "user-7").expect("a score")["scoreGiven"], json!(30.0));
        reach(&world, amel, budget, Some(1.0), true).await;
        world.run_jobs().await;
        assert_eq!(score_of(&platform, "user-7").expect("a score")["scoreGiven"], json!(30.0));
        assert_eq!(halqa::db::testing::count_audit(&world.app.db, "lti-module-chosen").await, 2);
    }
}
