//! The list of who comes, with what opened the door at that moment.

use domain::eligibility::{Level, Rule, Scope};
use domain::outcome::Outcome;
use halqa::accounts::Grant;
use halqa::seminars;
use rocket::http::Status;

use crate::harness::{As, both_engines, one_of, passed, send};

both_engines! {
    async fn the_evidence_is_that_of_the_moment(world: World) {
        let founder = world.founder().await;
        world.region(&founder, "sousse").await;
        let osc = world.organisation(&founder, "Oliviers", "sousse").await;
        let budget = world.module("Le budget").await;
        let rule = Rule { scope: Scope::Organisation, ..one_of(&[(budget.id, Level::Score(0.8))]) };
        let seminar = world.seminar("Lire un budget", Some("sousse"), 3, rule).await;
        let amel = world.person("amel@example.org").await;
        let badr = world.person("badr@example.org").await;
        world.join(amel, &osc, "member").await;
        world.join(badr, &osc, "member").await;
        world.learns(amel, budget.id, passed()).await;
        let path = format!("/fr/seminars/{}/attendees", seminar.slug);
        let staff = world.signed_in_as("staff@example.org", Some(Grant::Regional("sousse".into()))).await;
        let empty = send(world.get(&path).by(&staff)).await;
        assert!(empty.text.contains("Personne n’est encore inscrit"), "{}", empty.text);

        seminars::register(&world.app, amel, seminar.id).await.expect("her own score");
        seminars::register(&world.app, badr, seminar.id).await.expect("hers opens it");
        // What becomes of it later changes nothing about then.
        world.learns(amel, budget.id, Outcome { score: Some(0.1), ..passed() }).await;
        let page = send(world.get(&path).by(&staff)).await;
        assert_eq!(page.status, Status::Ok);
        for part in ["amel@example.org", "badr@example.org", "Oliviers", "Obtenir au moins", "80\u{a0}%"] {
            assert!(page.text.contains(part), "{part}: {}", page.text);
        }
        assert_eq!(page.text.matches("par un membre de l’organisation").count(), 1, "{}", page.text);
        let shown = send(world.get(&format!("/fr/seminars/{}", seminar.slug)).by(&staff)).await;
        assert!(shown.text.contains("attendees") && shown.text.contains("2\u{2069} places prises"), "{}", shown.text);
        // Nobody else sees who comes, nor that there is such a list.
        let learner = world.browser_of("amel@example.org").await;
        assert_eq!(send(world.get(&path).by(&learner)).await.status, Status::Forbidden);
        let shown = send(world.get(&format!("/fr/seminars/{}", seminar.slug)).by(&learner)).await;
        assert!(!shown.text.contains("attendees") && !shown.text.contains("badr"));
    }
}
