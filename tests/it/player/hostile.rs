//! The journal's door under attack (`threats.md` S1–S16): a clear answer, nothing lost, nothing
//! counted that should not be, never an error of ours.

use rocket::http::Status;
use serde_json::{Value, json};

use super::support::{Tab, module, progress, scorm12, scorm2004};
use crate::harness::both_engines;

both_engines! {
    /// S5: an attempt comes from the token; a session of anybody else does not exist.
    async fn nobody_writes_into_another_attempt(world: World) {
        let imported = module(&world, &scorm12("Tenir une caisse", &["i1"])).await;
        let other = module(&world, &scorm12("Tenir une réunion", &["i1"])).await;
        let amel = world.signed_in_as("amel@example.org", None).await;
        let salma = world.signed_in_as("salma@example.org", None).await;
        let mut hers = Tab::opened(&world, &amel, &imported).await;
        let mine = Tab::opened(&world, &salma, &imported).await;
        let elsewhere = Tab::opened(&world, &amel, &other).await;
        let entries = hers.story(&[("cmi.core.lesson_status", "passed")], true);
        for token in [&mine.token, &elsewhere.token] {
            let mut forged = hers.clone();
            forged.token = token.clone();
            let answer = forged.send(&world, &entries).await;
            assert_eq!((answer.status, answer.code().as_str()), (Status::NotFound, "not-found"));
        }
        let mut nowhere = hers.clone();
        nowhere.session = world.app.ids.uuid().to_string();
        assert_eq!(nowhere.send(&world, &entries).await.status, Status::NotFound);
        // Parts of two tokens put together.
        let parts: Vec<&str> = mine.token.split('.').collect();
        let stolen: Vec<&str> = hers.token.split('.').collect();
        for (at, _) in parts.iter().enumerate().take(4) {
            let mut mixed = parts.clone();
            mixed[at] = stolen[at];
            let mut forged = hers.clone();
            forged.token = mixed.join(".");
            let answer = forged.send(&world, &entries).await;
            // The same version or second may stand in both tokens: then the token is a true one, of another attempt.
            assert!([Status::Unauthorized, Status::NotFound].contains(&answer.status), "{at}: {}", answer.text);
        }
        assert!(hers.kept(&world).await.0.is_empty());
        let untouched = progress(&world, "amel@example.org", &imported.module.slug).await;
        assert_ne!(untouched["success"], "passed");
    }

    /// S2, S3, S15: what the run-time would have refused is kept as it came, judged and flagged,
    /// and changes nothing.
    async fn forged_answers_are_kept_judged_and_change_nothing(world: World) {
        let imported = module(&world, &scorm12("Tenir une caisse", &["i1"])).await;
        let amel = world.signed_in_as("amel@example.org", None).await;
        let mut tab = Tab::opened(&world, &amel, &imported).await;
        let before = tab.ask(&world).await;
        let mut entries = vec![tab.call("LMSInitialize", &[""], "true")];
        let huge = "9".repeat(100_000);
        let wrong: Vec<(&str, &str, u16)> = vec![
            ("cmi.core.score.raw", "200", 405),
            ("cmi.core.score.raw", "NaN", 405),
            ("cmi.core.score.raw", "1e999", 405),
            ("cmi.core.score.raw", &huge, 405),
            ("cmi.core.lesson_status", "PASSED", 405),
            ("cmi.core.lesson_status", "not attempted", 405),
            ("cmi.core.student_id", "somebody else", 403),
            ("cmi.core._children", "x", 402),
            ("cmi.interactions.5.id", "gap", 201),
            ("cmi.interactions._count", "7", 402),
            ("cmi.core.__proto__", "x", 201),
            ("__proto__", "x", 401),
            ("constructor.prototype", "x", 401),
            ("cmi.core.lesson_location", "a\0b", 405),
            ("cmi.core.lesson_location", "\u{ffff}", 405),
        ];
        for (element, value, _) in &wrong {
            entries.push(tab.call("LMSSetValue", &[element, value], "true"));
        }
        let last = entries.len() as u64;
        tab.saved(&world, &entries, last).await;
        let journal = tab.journal(&world).await;
        let kept = journal["entries"].as_array().unwrap();
        for (at, (element, value, error)) in wrong.iter().enumerate() {
            let entry = &kept[at + 2];
            let shown: String = value.chars().take(20).collect();
            assert_eq!(entry["args"][1], *value, "kept as it came: {element}");
            assert_eq!(entry["judged"]["error"], *error, "{element} = {shown}");
        }
        let findings = tab.findings(&world).await;
        let judged = findings.iter().filter(|code| *code == "answered-otherwise");
        assert_eq!(judged.count(), wrong.len(), "{findings:?}");
        let after = tab.ask(&world).await;
        assert_eq!(after["delivery"]["snapshot"]["values"], before["delivery"]["snapshot"]["values"]);
        assert_eq!(after["outcome"]["score"], Value::Null);
    }

    /// S1: resume data may be longer than the standard promises, and is noted; never cut.
    async fn long_resume_data_is_taken_whole_and_noted(world: World) {
        for (zip, set, element, promised, over) in [
            (scorm12("Tenir une caisse", &["i1"]), "LMSSetValue", "cmi.suspend_data", 4096, 405),
            (scorm2004("Deux parties"), "SetValue", "cmi.suspend_data", 64_000, 406),
        ] {
            let imported = module(&world, &zip).await;
            let email = format!("{over}@example.org");
            let amel = world.signed_in_as(&email, None).await;
            let mut tab = Tab::opened(&world, &amel, &imported).await;
            let prefix = if set == "SetValue" { "" } else { "LMS" };
            let fits = "é".repeat(promised);
            let long = "ب".repeat(promised + 1);
            let big = "x".repeat((1 << 20) + 1);
            let initialize = tab.call(&format!("{prefix}Initialize"), &[""], "true");
            let first = tab.call(set, &[element, &fits], "true");
            tab.saved(&world, &[initialize, first], 2).await;
            assert!(tab.findings(&world).await.is_empty());
            let second = tab.call(set, &[element, &long], "true");
            let mut third = tab.call(set, &[element, &big], "false");
            third["error"] = json!(over);
            tab.saved(&world, &[second, third], 4).await;
            assert_eq!(tab.findings(&world).await, ["long-value"]);
            assert_eq!(tab.ask(&world).await["delivery"]["snapshot"]["values"][element], long.as_str());
        }
    }

    /// S4, S15 and what is no journal at all.
    async fn what_is_no_journal_is_refused_whole(world: World) {
        let imported = module(&world, &scorm12("Tenir une caisse", &["i1"])).await;
        let amel = world.signed_in_as("amel@example.org", None).await;
        let mut tab = Tab::opened(&world, &amel, &imported).await;
        let call = |seq: Value, at: Value| json!({ "seq": seq, "at": at, "call": "LMSCommit", "args": [""], "result": "true", "error": 0 });
        let batch = |entries: &[Value]| json!({ "session": tab.session, "entries": entries }).to_string();
        let good = call(json!(1), json!(0)).to_string();
        let cases: Vec<(&str, String, u16)> = vec![
            ("nothing", String::new(), 400),
            ("no JSON", "<html>".into(), 400),
            ("a list", "[]".into(), 400),
            ("no entries", "{}".into(), 400),
            ("a member of another kind", r#"{"entries":[],"admin":true}"#.into(), 400),
            ("a session that is none", r#"{"session":"x","entries":[]}"#.into(), 400),
            ("number 0", batch(&[call(json!(0), json!(0))]), 422),
            ("a negative number", batch(&[call(json!(-1), json!(0))]), 400),
            ("half a number", batch(&[call(json!(1.5), json!(0))]), 400),
            ("a number beyond all", batch(&[call(json!(u64::MAX), json!(0))]), 422),
            ("a time before the opening", batch(&[call(json!(1), json!(-1))]), 422),
            ("a time beyond all", batch(&[call(json!(1), json!(i64::MAX))]), 422),
            ("the same number twice", batch(&[call(json!(1), json!(0)), call(json!(1), json!(0))]), 422),
            ("a correction", batch(&[json!({ "seq": 1, "at": 0, "correction": { "author": "me", "reason": "please", "completed": true } })]), 422),
            ("nowhere to go", batch(&[json!({ "seq": 1, "at": 0, "nav": "sideways" })]), 400),
            ("an error that is none", good.replace("\"error\":0", "\"error\":70000"), 400),
            ("a lone surrogate", batch(&[call(json!(1), json!(0))]).replace("\"true\"", "\"\\ud800\""), 400),
            ("a depth of 200,000", "[".repeat(200_000), 400),
            ("too many entries", batch(&(1..=5001).map(|seq| call(json!(seq), json!(0))).collect::<Vec<_>>()), 413),
            ("too long", format!("{{\"entries\":[],\"session\":\"{}\"}}", "x".repeat(9 << 20)), 413),
        ];
        for (case, body, status) in cases {
            let answer = tab.post_text(&world, "journal", body).await;
            assert_eq!(answer.status.code, status, "{case}: {}", answer.text.chars().take(300).collect::<String>());
            assert!(!answer.code().is_empty(), "{case}");
        }
        assert!(tab.kept(&world).await.0.is_empty());
        let entries = tab.story(&[("cmi.core.lesson_location", "p1")], false);
        tab.saved(&world, &entries, 3).await;
    }

    /// Clocks may lie: time is summed without breaking, and noted when it cannot be.
    async fn a_clock_that_runs_ahead_is_noted(world: World) {
        let imported = module(&world, &scorm12("Tenir une caisse", &["i1"])).await;
        let amel = world.signed_in_as("amel@example.org", None).await;
        let mut tab = Tab::opened(&world, &amel, &imported).await;
        let latest = (1_i64 << 53) - 1;
        let mut entries = tab.story(&[("cmi.core.lesson_location", "p1")], false);
        entries[2]["at"] = json!(latest);
        let mut open = tab.entry(json!({ "open": true }));
        open["at"] = json!(0);
        let mut end = tab.call("LMSInitialize", &[""], "true");
        end["at"] = json!(latest);
        tab.saved(&world, &[&entries[..], &[open, end]].concat(), 5).await;
        assert_eq!(tab.findings(&world).await, ["ahead-of-clock"]);
    }

    /// S14: a score lowered after passing, a pass in two seconds: kept, and flagged.
    async fn results_that_can_hardly_be_are_kept_and_noted(world: World) {
        let imported = module(&world, &scorm12("Tenir une caisse", &["i1"])).await;
        let amel = world.signed_in_as("amel@example.org", None).await;
        let mut tab = Tab::opened(&world, &amel, &imported).await;
        let mut entries = tab.story(&[("cmi.core.score.raw", "90"), ("cmi.core.lesson_status", "passed")], false);
        for entry in &mut entries {
            entry["at"] = json!(2000);
        }
        tab.saved(&world, &entries, 4).await;
        let lower = tab.story(&[("cmi.core.score.raw", "20")], true);
        world.clock.advance_seconds(600);
        tab.saved(&world, &lower, 6).await;
        assert_eq!(tab.findings(&world).await, ["quick", "score-lowered"]);
    }

    /// S4: a collection has an end, and the fold says so.
    async fn ten_thousand_interactions_have_an_end(world: World) {
        let imported = module(&world, &scorm2004("Deux parties")).await;
        let amel = world.signed_in_as("amel@example.org", None).await;
        let mut tab = Tab::opened(&world, &amel, &imported).await;
        let mut entries = vec![tab.call("Initialize", &[""], "true")];
        for n in 0..4000 {
            let (element, value) = (format!("cmi.interactions.{n}.id"), format!("q{n}"));
            entries.push(tab.call("SetValue", &[&element, &value], "true"));
        }
        tab.saved(&world, &entries, 4001).await;
        let state = tab.ask(&world).await;
        assert_eq!(state["delivery"]["snapshot"]["counts"]["cmi.interactions"], 2500);
        assert_eq!(tab.findings(&world).await.len(), 50, "a diagnosis has an end too");
    }
}
