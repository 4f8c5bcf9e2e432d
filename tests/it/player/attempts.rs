//! Attempts and the module's page: start, resume, again; progress by activity, time, score.

use rocket::http::Status;
use serde_json::json;

use super::support::{Tab, module, progress, scorm12};
use crate::harness::{As, both_engines, send};

both_engines! {
    async fn attempts_are_numbered_and_the_best_counts(world: World) {
        let imported = module(&world, &scorm12("Tenir une caisse", &["i1"])).await;
        let slug = imported.module.slug.clone();
        let amel = world.signed_in_as("amel@example.org", None).await;
        let page = |who: String| { let (world, slug) = (&world, &slug); async move { send(world.get(&format!("/fr/modules/{slug}")).by(&who)).await.text } };
        assert!(page(amel.clone()).await.contains("Commencer"));
        let mut first = Tab::opened(&world, &amel, &imported).await;
        let entries = first.story(&[("cmi.core.lesson_status", "incomplete"), ("cmi.core.lesson_location", "p1"), ("cmi.core.exit", "suspend")], true);
        first.saved(&world, &entries, 5).await;
        assert!(page(amel.clone()).await.contains("Reprendre"));

        // "Again" while the last attempt is not finished is a resume.
        let second = Tab::start(&world, &amel, &imported, true).await;
        assert_eq!(first.attempt, second.attempt);
        let mut second = second;
        second.open(&world, "o2").await;
        let entries = second.story(&[("cmi.core.score.raw", "80"), ("cmi.core.lesson_status", "passed"), ("cmi.core.exit", "")], true);
        second.saved(&world, &entries, 5).await;
        let done = page(amel.clone()).await;
        assert!(done.contains("Revoir") && done.contains("Nouvel essai") && done.contains("80"), "{done}");

        let mut third = Tab::start(&world, &amel, &imported, true).await;
        assert_ne!(third.attempt, first.attempt);
        third.open(&world, "o3").await;
        assert_eq!(third.state["delivery"]["snapshot"]["values"]["cmi.core.entry"], "ab-initio");
        let entries = third.story(&[("cmi.core.score.raw", "30"), ("cmi.core.lesson_status", "failed")], true);
        third.saved(&world, &entries, 4).await;
        let row = progress(&world, "amel@example.org", &slug).await;
        assert_eq!((row["success"].as_str(), row["score"].as_f64()), (Some("passed"), Some(0.8)));
        let page = page(amel.clone()).await.replace(['\u{2068}', '\u{2069}'], "");
        assert!(page.contains("Essai 1") && page.contains("Essai 2"), "{page}");
        // A finished attempt is opened again, not begun anew.
        let review = Tab::start(&world, &amel, &imported, false).await;
        assert_eq!(review.attempt, third.attempt);
    }

    async fn the_page_shows_each_activity_and_an_honest_estimate(world: World) {
        let imported = module(&world, &scorm12("Tenir une caisse", &["i1", "i2", "i3", "i4"])).await;
        let slug = imported.module.slug.clone();
        let amel = world.signed_in_as("amel@example.org", None).await;
        let mut tab = Tab::opened(&world, &amel, &imported).await;
        let mut entries = tab.story(&[("cmi.core.lesson_status", "completed")], true);
        entries.push(tab.entry(json!({ "nav": "continue" })));
        tab.saved(&world, &entries, 4).await;
        let row = progress(&world, "amel@example.org", &slug).await;
        let part = row["progress"].as_f64().unwrap();
        assert!((0.25..0.3).contains(&part), "one of four, and one opened: {part}");
        assert_eq!(row["estimated"], true);
        for (lang, estimate) in [("fr", "Estimation"), ("ar", "تقدير"), ("en", "stimate")] {
            let page = send(world.get(&format!("/{lang}/modules/{slug}")).by(&amel)).await;
            assert_eq!(page.status, Status::Ok);
            assert!(page.text.contains(estimate), "{lang}: {}", page.text);
            for part in ["i1", "i2", "i3", "i4"] {
                assert!(page.text.contains(&format!("Partie {part}")), "{part}");
            }
        }
        let visitor = send(world.get(&format!("/fr/modules/{slug}"))).await;
        assert_eq!(visitor.status, Status::Ok);
        let begin = send(world.form(&format!("/modules/{slug}/play"), &[])).await;
        assert!(begin.status == Status::SeeOther && begin.headers["location"].contains("sign-in"), "{}", begin.text);
    }

    async fn a_draft_is_for_those_who_teach(world: World) {
        let imported = module(&world, &scorm12("Tenir une caisse", &["i1"])).await;
        let change = halqa::catalogue::Change { published: Some(false), ..Default::default() };
        halqa::catalogue::change(&world.app, imported.module.id, change).await.expect("a draft again");
        let path = format!("/modules/{}", imported.module.slug);
        let learner = world.signed_in_as("amel@example.org", None).await;
        let trainer = world.signed_in_as("salma@example.org", Some(halqa::accounts::Grant::Trainer)).await;
        assert_eq!(send(world.get(&path).by(&learner)).await.status, Status::NotFound);
        assert_eq!(send(world.form(&format!("{path}/play"), &[]).by(&learner)).await.status, Status::NotFound);
        assert_eq!(send(world.get(&path).by(&trainer)).await.status, Status::Ok);
        Tab::opened(&world, &trainer, &imported).await;
    }
}
