//! The journal's door: what arrives is kept once, in order, and counted once.

use rocket::http::Status;
use serde_json::{Value, json};

use super::support::{Tab, module, progress, scorm12, scorm2004};
use crate::harness::{As, both_engines, send};

both_engines! {
    /// S8, S9: the same number with the same body is the same entry; with another body the first stays.
    async fn an_entry_counts_once_and_the_first_stays(world: World) {
        let imported = module(&world, &scorm12("Tenir une caisse", &["i1"])).await;
        let amel = world.signed_in_as("amel@example.org", None).await;
        let mut tab = Tab::opened(&world, &amel, &imported).await;
        let entries = tab.story(&[("cmi.core.lesson_location", "p1"), ("cmi.core.score.raw", "40")], false);
        tab.saved(&world, &entries, 4).await;
        for again in [&entries[..], &entries[..2], &entries[1..3], &entries[3..]] {
            tab.saved(&world, again, 4).await;
        }
        // A batch that overlaps: what is new is taken, what is known is not taken twice.
        let more = tab.story(&[("cmi.core.score.raw", "60")], false);
        tab.saved(&world, &[&entries[2..], &more[..]].concat(), 6).await;
        let mut forged = entries.clone();
        forged[2]["args"][1] = json!("100");
        let answer = tab.send(&world, &forged).await;
        assert_eq!((answer.status, answer.code().as_str()), (Status::Conflict, "journal-conflict"));
        assert_eq!(answer.json()["seq"], 3);
        assert_eq!(tab.kept(&world).await, ((1..=6).collect(), (1..=6).collect()));
        let row = progress(&world, "amel@example.org", &imported.module.slug).await;
        assert_eq!(row["score"], 0.6);
        assert!(tab.findings(&world).await.is_empty());
    }

    /// S10: a gap is refused with the number expected, and nothing of the batch is kept.
    async fn a_gap_is_refused_with_the_number_expected(world: World) {
        let imported = module(&world, &scorm12("Tenir une caisse", &["i1"])).await;
        let amel = world.signed_in_as("amel@example.org", None).await;
        let mut tab = Tab::opened(&world, &amel, &imported).await;
        let entries = tab.story(&[("cmi.core.lesson_location", "p1"), ("cmi.core.lesson_location", "p2")], false);
        tab.saved(&world, &entries[..1], 1).await;
        let answer = tab.send(&world, &entries[2..]).await;
        assert_eq!((answer.status, answer.code().as_str()), (Status::Conflict, "journal-gap"));
        assert_eq!(answer.json()["expected"], 2);
        // Out of order inside a batch is no batch at all.
        let backwards: Vec<Value> = entries.iter().rev().cloned().collect();
        let answer = tab.send(&world, &backwards).await;
        assert_eq!((answer.status, answer.code().as_str()), (Status::UnprocessableEntity, "journal-malformed"));
        assert_eq!(tab.kept(&world).await.0, [1]);
        tab.saved(&world, &entries[1..], 4).await;
        // An old entry after a newer one changes nothing.
        tab.saved(&world, &entries[1..2], 4).await;
        let state = tab.ask(&world).await;
        assert_eq!(state["delivery"]["snapshot"]["values"]["cmi.core.lesson_location"], "p2");
    }

    /// S11: a month offline, a new version of the module in between.
    async fn a_month_offline_counts_on_the_version_it_was_made_on(world: World) {
        let imported = module(&world, &scorm12("Tenir une caisse", &["i1", "i2"])).await;
        let person = world.person("amel@example.org").await;
        let amel = world.browser_of("amel@example.org").await;
        let mut tab = Tab::opened(&world, &amel, &imported).await;
        let entries = tab.story(&[("cmi.core.score.raw", "80"), ("cmi.core.lesson_status", "passed")], true);
        world.clock.advance_seconds(30 * 86_400);
        let change = halqa::catalogue::Options { module: Some(imported.module.id), publish: true, ..Default::default() };
        halqa::catalogue::import_bytes(&world.app, &scorm12("Tenir une caisse", &["i3"]), change).await.expect("a new version");
        // Signed in again after a month: the page renews the token.
        let session = world.session_of(person).await;
        let amel = format!("{}={}", session.name(), session.value());
        let fresh = send(world.post(&format!("/modules/{}/play/{}/token", tab.slug, tab.session)).by(&amel)).await;
        tab.token = fresh.json()["token"].as_str().expect("a token").to_owned();
        tab.saved(&world, &entries, 4).await;
        let row = progress(&world, "amel@example.org", &imported.module.slug).await;
        assert_eq!(row["score"], 0.8);
        let page = send(world.get(&format!("/modules/{}", tab.slug)).by(&amel)).await;
        assert!(page.text.contains("Partie i2") && !page.text.contains("Partie i3"), "the attempt stays on its version");
        assert!(page.text.contains("Une version plus récente existe"));
    }

    /// S7: twice is once, and what comes after the end is kept but changes nothing.
    async fn the_end_of_a_sco_comes_once(world: World) {
        let imported = module(&world, &scorm12("Tenir une caisse", &["i1"])).await;
        let amel = world.signed_in_as("amel@example.org", None).await;
        let mut tab = Tab::opened(&world, &amel, &imported).await;
        let mut entries = tab.story(&[("cmi.core.score.raw", "80"), ("cmi.core.lesson_status", "passed")], true);
        // As the browser's run-time answers them: 301 not initialised.
        for (function, args) in [("LMSFinish", vec![""]), ("LMSInitialize", vec![""]), ("LMSSetValue", vec!["cmi.core.score.raw", "10"])] {
            let mut late = tab.call(function, &args, "false");
            late["error"] = json!(if function == "LMSInitialize" { 101 } else { 301 });
            entries.push(late);
        }
        tab.saved(&world, &entries, 7).await;
        let row = progress(&world, "amel@example.org", &imported.module.slug).await;
        assert_eq!((row["state"].as_str(), row["success"].as_str(), row["score"].as_f64()), (Some("completed"), Some("passed"), Some(0.8)));
        assert!(tab.findings(&world).await.is_empty(), "{:?}", tab.findings(&world).await);
    }

    /// S6: nothing is taken for a session that nobody opened.
    async fn a_session_must_be_open(world: World) {
        let imported = module(&world, &scorm12("Tenir une caisse", &["i1"])).await;
        let amel = world.signed_in_as("amel@example.org", None).await;
        let mut tab = Tab::start(&world, &amel, &imported, false).await;
        let entries = tab.story(&[("cmi.core.lesson_location", "p1")], false);
        let answer = tab.send(&world, &entries).await;
        assert_eq!((answer.status, answer.code().as_str()), (Status::Conflict, "session-not-open"));
        tab.open(&world, "o").await;
        let commit = tab.call("LMSSetValue", &["cmi.core.lesson_location", "p1"], "false");
        let mut early = commit;
        early["error"] = json!(301);
        tab.saved(&world, &[early], 1).await;
        assert_eq!(tab.ask(&world).await["delivery"]["snapshot"]["state"], "notInitialized");
    }

    /// What an earlier visit left in the browser is taken under the newer token.
    async fn leftovers_of_an_earlier_session_are_taken_before_a_new_one_opens(world: World) {
        let imported = module(&world, &scorm12("Tenir une caisse", &["i1"])).await;
        let amel = world.signed_in_as("amel@example.org", None).await;
        let mut first = Tab::opened(&world, &amel, &imported).await;
        let entries = first.story(&[("cmi.core.lesson_location", "p7"), ("cmi.core.exit", "suspend")], false);
        let mut second = Tab::start(&world, &amel, &imported, false).await;
        first.token = second.token.clone();
        first.saved(&world, &entries, 4).await;
        assert_eq!(second.open(&world, "o2").await.status, Status::Ok);
        assert_eq!(second.state["delivery"]["snapshot"]["values"]["cmi.core.lesson_location"], "p7");
        assert_eq!(first.kept(&world).await.1, [1, 2, 3, 4]);
    }

    async fn the_api_gives_the_calls_in_order_with_their_results(world: World) {
        let imported = module(&world, &scorm12("Tenir une caisse", &["i1"])).await;
        let amel = world.signed_in_as("amel@example.org", None).await;
        let mut tab = Tab::opened(&world, &amel, &imported).await;
        let mut entries = tab.story(&[("cmi.core.lesson_location", "p1")], false);
        let mut get = tab.call("LMSGetValue", &["cmi.core.lesson_location"], "p1");
        get["error"] = json!(0);
        entries.push(get);
        tab.saved(&world, &entries, 4).await;
        let journal = tab.journal(&world).await;
        assert_eq!(journal["session"], tab.session.as_str());
        assert_eq!(journal["learner"]["email"], "amel@example.org");
        assert_eq!(journal["module"]["slug"], imported.module.slug.as_str());
        let calls = journal["entries"].as_array().unwrap();
        let told: Vec<(u64, &str, &str)> = calls
            .iter()
            .filter(|entry| entry["call"].is_string())
            .map(|entry| (entry["seq"].as_u64().unwrap(), entry["call"].as_str().unwrap(), entry["result"].as_str().unwrap()))
            .collect();
        assert_eq!(told, [(1, "LMSInitialize", "true"), (2, "LMSSetValue", "true"), (3, "LMSCommit", "true"), (4, "LMSGetValue", "p1")]);
        assert_eq!((&calls[0]["seq"], &calls[0]["open"]), (&json!(0), &json!(true)));
        let reports = world.token(&["reports"]).await;
        let after = send(world.get(&format!("/api/v1/sessions/{}/journal?after=3", tab.session)).bearer(&reports)).await;
        assert_eq!(after.json()["entries"].as_array().unwrap().len(), 1);
        let nowhere = world.app.ids.uuid();
        assert_eq!(send(world.get(&format!("/api/v1/sessions/{nowhere}/journal")).bearer(&reports)).await.status, Status::NotFound);
        let wrong = world.token(&["launches"]).await;
        assert_eq!(send(world.get(&format!("/api/v1/sessions/{}/journal", tab.session)).bearer(&wrong)).await.status, Status::Forbidden);
        assert_eq!(send(world.get(&format!("/api/v1/sessions/{}/journal", tab.session))).await.status, Status::Unauthorized);
    }

    /// SCORM 2004: navigation is an entry, and the answer's state is the new one.
    async fn navigation_leads_through_a_2004_course(world: World) {
        let imported = module(&world, &scorm2004("Deux parties")).await;
        let amel = world.signed_in_as("amel@example.org", None).await;
        let mut tab = Tab::opened(&world, &amel, &imported).await;
        assert_eq!(tab.state["delivery"]["activity"], "i1");
        assert_eq!(tab.state["navigation"]["continue"]["valid"], true);
        assert_eq!(tab.state["navigation"]["previous"]["valid"], false);
        let entries = [
            tab.call("Initialize", &[""], "true"),
            tab.call("SetValue", &["cmi.completion_status", "completed"], "true"),
            // Older than the engine's own view, and no disagreement.
            tab.call("GetValue", &["adl.nav.request_valid.previous"], "unknown"),
            tab.call("Terminate", &[""], "true"),
            tab.entry(json!({ "nav": "choice", "target": "i2" })),
        ];
        tab.saved(&world, &entries, 5).await;
        let state = tab.ask(&world).await;
        assert_eq!(state["delivery"]["activity"], "i2");
        assert_eq!(state["activities"][0]["state"], "passed", "completed, and satisfied as nothing says otherwise");
        assert_eq!(state["navigation"]["previous"]["valid"], true);
        let nowhere = tab.entry(json!({ "nav": "choice", "target": "i9" }));
        let body = json!({ "session": tab.session, "state": true, "entries": [nowhere] });
        let answer = tab.post(&world, "journal", &body).await.json();
        assert_eq!(answer["state"]["refused"], "NB.2.1-11");
        assert_eq!(answer["state"]["delivery"]["activity"], "i2");
        assert!(tab.findings(&world).await.is_empty());
    }
}
