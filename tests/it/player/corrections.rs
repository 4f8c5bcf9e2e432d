//! Corrections by staff: an entry more, with author and reason.

use halqa::accounts::Grant;
use rocket::http::Status;

use super::support::{Tab, module, progress, scorm12};
use crate::harness::{As, both_engines, send};

both_engines! {
    async fn a_correction_is_an_entry_with_author_and_reason(world: World) {
        let imported = module(&world, &scorm12("Tenir une caisse", &["i1", "i2"])).await;
        let amel = world.signed_in_as("amel@example.org", None).await;
        let trainer = world.signed_in_as("salma@example.org", Some(Grant::Trainer)).await;
        let mut tab = Tab::opened(&world, &amel, &imported).await;
        let entries = tab.story(&[("cmi.core.score.raw", "40"), ("cmi.core.lesson_status", "failed")], true);
        tab.saved(&world, &entries, 4).await;
        let list = send(world.get(&format!("/teach/modules/{}/report", tab.slug)).by(&trainer)).await;
        assert!(list.text.contains("amel"));
        let path = format!("/teach/modules/{}/report/attempts/{}", tab.slug, uuid::Uuid::parse_str(&tab.attempt).unwrap());
        assert_eq!(send(world.get(&path).by(&amel)).await.status, Status::NotFound);
        assert_eq!(send(world.form(&path, &[("completed", "yes"), ("reason", "moi")]).by(&amel)).await.status, Status::NotFound);

        let nothing = send(world.form(&path, &[("reason", "Panne le jour de l’examen")]).by(&trainer)).await;
        assert_eq!(nothing.status, Status::UnprocessableEntity);
        let silent = send(world.form(&path, &[("completed", "yes")]).by(&trainer)).await;
        assert_eq!(silent.status, Status::UnprocessableEntity);
        let nowhere = send(world.form(&path, &[("activity", "i9"), ("completed", "yes"), ("reason", "r")]).by(&trainer)).await;
        assert_eq!(nowhere.status, Status::NotFound);
        let high = send(world.form(&path, &[("score", "101"), ("reason", "r")]).by(&trainer)).await;
        assert_eq!(high.status, Status::UnprocessableEntity);

        let reason = "Panne le jour de l’examen ; vu avec elle.";
        let done = send(world.form(&path, &[("completed", "yes"), ("passed", "yes"), ("score", "75"), ("reason", reason)]).by(&trainer)).await;
        assert_eq!(done.status, Status::SeeOther, "{}", done.text);
        let row = progress(&world, "amel@example.org", &tab.slug).await;
        assert_eq!((row["state"].as_str(), row["success"].as_str(), row["score"].as_f64()), (Some("completed"), Some("passed"), Some(0.75)));
        let shown = send(world.get(&path).by(&trainer)).await;
        assert!(shown.text.contains("Panne le jour"), "{}", shown.text);
        // The learner's own entries are as they were, and what comes later does not undo it.
        assert_eq!(tab.kept(&world).await, ((1..=4).collect(), (1..=4).collect()));
        let mut later = Tab::opened(&world, &amel, &imported).await;
        let entries = later.story(&[("cmi.core.score.raw", "10"), ("cmi.core.lesson_status", "failed")], true);
        later.saved(&world, &entries, 4).await;
        let row = progress(&world, "amel@example.org", &tab.slug).await;
        assert_eq!((row["success"].as_str(), row["score"].as_f64()), (Some("passed"), Some(0.75)));
    }
}
