//! An attempt told as statements by the xAPI SCORM profile: once, whole, after repeats and
//! take-overs; corrections too.

use halqa::accounts::Grant;
use rocket::http::Status;
use serde_json::Value;

use super::support::{Tab, module, scorm12};
use crate::harness::{As, World, both_engines, send};

/// All statements of an attempt: the last part of the verb, and the statement, in order.
async fn told(world: &World, attempt: &str) -> Vec<(String, Value)> {
    world.run_jobs().await;
    let client = world.xapi().await;
    let id = uuid::Uuid::parse_str(attempt).expect("an id");
    let answer = client
        .get(&format!("statements?registration={id}&ascending=true"))
        .await;
    assert_eq!(answer.status, Status::Ok, "{}", answer.text);
    answer.json()["statements"]
        .as_array()
        .expect("statements")
        .iter()
        .map(|statement| {
            let verb = statement["verb"]["id"].as_str().unwrap_or_default();
            let verb = verb.rsplit('/').next().unwrap_or_default();
            (verb.to_owned(), statement.clone())
        })
        .collect()
}

fn verbs(told: &[(String, Value)]) -> Vec<&str> {
    told.iter().map(|(verb, _)| verb.as_str()).collect()
}

const QUIZ: &[(&str, &str)] = &[
    ("cmi.interactions.0.id", "q1"),
    ("cmi.interactions.0.type", "choice"),
    ("cmi.interactions.0.student_response", "a,b"),
    ("cmi.interactions.0.result", "correct"),
    ("cmi.interactions.0.latency", "00:00:12"),
    ("cmi.core.score.raw", "80"),
    ("cmi.core.lesson_status", "passed"),
    ("cmi.core.session_time", "00:05:00"),
];

both_engines! {
    async fn a_session_is_told_once(world: World) {
        let imported = module(&world, &scorm12("Tenir une caisse", &["i1"])).await;
        let amel = world.signed_in_as("amel@example.org", None).await;
        let mut tab = Tab::opened(&world, &amel, &imported).await;
        let entries = tab.story(QUIZ, true);
        let count = entries.len() as u64;
        tab.saved(&world, &entries, count).await;
        let said = told(&world, &tab.attempt).await;
        assert_eq!(verbs(&said), ["initialized", "responded", "completed", "passed", "terminated"]);
        let (_, answer) = &said[1];
        assert_eq!(answer["object"]["id"], format!("http://localhost:8000/modules/{}/i1/interactions/q1", tab.slug));
        assert_eq!(answer["object"]["definition"]["interactionType"], "choice");
        assert_eq!(answer["result"]["response"], "a[,]b");
        assert_eq!(answer["result"]["success"], true);
        assert_eq!(answer["context"]["contextActivities"]["parent"][0]["id"], format!("http://localhost:8000/modules/{}/i1", tab.slug));
        let (_, passed) = &said[3];
        assert_eq!(passed["result"]["success"], true);
        assert_eq!(passed["result"]["score"]["raw"], 80.0);
        assert_eq!(passed["context"]["contextActivities"]["category"][0]["id"], "https://w3id.org/xapi/scorm");
        assert_eq!(passed["actor"]["account"]["homePage"], "http://localhost:8000");
        assert!(passed["actor"].get("mbox").is_none() && passed["actor"].get("name").is_none());
        assert_eq!(said[4].1["result"]["duration"], "PT5M");

        // The same batch again, and the order again: nothing more is told.
        tab.saved(&world, &entries, count).await;
        let session = uuid::Uuid::parse_str(&tab.session).map(halqa::ids::SessionId).expect("an id");
        for whole in [true, false] {
            halqa::player::statements::tell(&world.app, session, whole).await.expect("told");
        }
        assert_eq!(told(&world, &tab.attempt).await, said);
    }

    async fn a_session_that_took_over_tells_its_own(world: World) {
        let imported = module(&world, &scorm12("Tenir une caisse", &["i1"])).await;
        let amel = world.signed_in_as("amel@example.org", None).await;
        let mut first = Tab::opened(&world, &amel, &imported).await;
        let begun = first.story(&[("cmi.core.lesson_status", "incomplete"), ("cmi.core.exit", "suspend")], true);
        first.saved(&world, &begun, begun.len() as u64).await;
        let mut second = Tab::opened(&world, &amel, &imported).await;
        // What the first one still had comes too late to count, and is not told.
        let late = first.story(&[("cmi.core.lesson_status", "passed")], true);
        assert_eq!(first.send(&world, &late).await.status, Status::Conflict);
        let entries = second.story(&[("cmi.core.score.raw", "20"), ("cmi.core.lesson_status", "failed")], true);
        second.saved(&world, &entries, entries.len() as u64).await;
        let said = told(&world, &second.attempt).await;
        assert_eq!(verbs(&said), ["initialized", "suspended", "resumed", "completed", "failed", "terminated"]);
    }

    async fn a_correction_is_told_with_its_author(world: World) {
        let imported = module(&world, &scorm12("Tenir une caisse", &["i1", "i2"])).await;
        let amel = world.signed_in_as("amel@example.org", None).await;
        let trainer = world.signed_in_as("salma@example.org", Some(Grant::Trainer)).await;
        let mut tab = Tab::opened(&world, &amel, &imported).await;
        let entries = tab.story(&[("cmi.core.lesson_status", "failed")], true);
        tab.saved(&world, &entries, entries.len() as u64).await;
        let path = format!("/teach/modules/{}/report/attempts/{}", tab.slug, uuid::Uuid::parse_str(&tab.attempt).unwrap());
        let fields = [("completed", "yes"), ("passed", "yes"), ("score", "75"), ("reason", "Vu avec elle, en personne")];
        let done = send(world.form(&path, &fields).by(&trainer)).await;
        assert_eq!(done.status, Status::SeeOther, "{}", done.text);
        let said = told(&world, &tab.attempt).await;
        let corrected: Vec<_> = said.iter().filter(|(_, s)| s["context"].get("instructor").is_some()).collect();
        assert_eq!(corrected.len(), 2);
        assert_eq!((corrected[0].0.as_str(), corrected[1].0.as_str()), ("completed", "passed"));
        assert_eq!(corrected[1].1["result"]["score"]["scaled"], 0.75);
        assert_ne!(corrected[1].1["context"]["instructor"]["account"]["name"], corrected[1].1["actor"]["account"]["name"]);
        // The reason is for the journal.
        assert!(said.iter().all(|(_, s)| !s.to_string().contains("en personne")));
    }

    /// What was told stays; a change of the public address does not stop what is still to be told.
    async fn the_rest_is_told_when_the_address_has_changed(world: World) {
        let imported = module(&world, &scorm12("Tenir une caisse", &["i1"])).await;
        let amel = world.signed_in_as("amel@example.org", None).await;
        let mut first = Tab::opened(&world, &amel, &imported).await;
        let begun = first.story(&[("cmi.core.lesson_status", "incomplete"), ("cmi.core.exit", "suspend")], true);
        first.saved(&world, &begun, begun.len() as u64).await;
        let before = told(&world, &first.attempt).await.len();
        assert!(before > 0);
        let mut second = Tab::opened(&world, &amel, &imported).await;
        let entries = second.story(&[("cmi.core.score.raw", "90"), ("cmi.core.lesson_status", "passed")], true);
        second.saved(&world, &entries, entries.len() as u64).await;
        let session = uuid::Uuid::parse_str(&second.session).map(halqa::ids::SessionId).expect("an id");
        let stored = halqa::db::testing::count_statements(&world.app.db).await;
        let moved = world.configured(|config| config.public_url = "https://elsewhere.example".to_owned()).await;
        halqa::player::statements::tell(&moved.app, session, true).await.expect("told");
        assert!(halqa::db::testing::count_statements(&moved.app.db).await > stored);
    }
}
