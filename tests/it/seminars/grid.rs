//! An organisation's grid: members × modules, its sums, who is one step away from which seminar;
//! and what counts: progress within the period of the membership.

use domain::eligibility::Level;
use halqa::progress;
use rocket::http::Status;

use crate::harness::{As, both_engines, half, one_of, passed, send};

/// The cells of a member's line: their states.
fn line<'a>(page: &'a str, name: &str) -> Vec<&'a str> {
    let row = page
        .split("<tr>")
        .find(|row| row.contains("<th scope=\"row\"") && row.contains(name))
        .unwrap_or_else(|| panic!("no line of {name}: {page}"));
    row.split("<td>")
        .skip(1)
        .map(|cell| match cell.split("data-state=\"").nth(1) {
            Some(rest) => rest.split('"').next().unwrap_or_default(),
            None => "not-started",
        })
        .collect()
}

both_engines! {
    async fn only_what_was_done_during_the_membership_counts(world: World) {
        let founder = world.founder().await;
        world.region(&founder, "sousse").await;
        let osc = world.organisation(&founder, "Oliviers", "sousse").await;
        let avant = world.module("Avant").await;
        let pendant = world.module("Pendant").await;
        let suite = world.module("Suite").await;
        let amel = world.person("amel@example.org").await;
        let day = 86_400;
        world.learns(amel, avant.id, passed()).await;
        world.clock.advance_seconds(day);
        let membership = world.join(amel, &osc, "member").await;
        let badr = world.person("badr@example.org").await;
        world.join(badr, &osc, "coordinator").await;
        world.clock.advance_seconds(day);
        world.learns(amel, pendant.id, passed()).await;
        world.learns(amel, suite.id, half()).await;
        world.clock.advance_seconds(day);
        let admin = world.browser_of("founder@example.org").await;
        let end = format!("/fr/organisations/{}/members/{membership}/end", osc.slug);
        assert_eq!(send(world.form(&end, &[]).by(&admin)).await.status, Status::SeeOther);
        world.clock.advance_seconds(day);
        // After leaving she finishes what she had begun: hers, no longer the organisation's.
        world.learns(amel, suite.id, passed()).await;

        let coordinator = world.browser_of("badr@example.org").await;
        let path = format!("/fr/organisations/{}/progress", osc.slug);
        let page = send(world.get(&path).by(&coordinator)).await;
        assert_eq!(page.status, Status::Ok, "{}", page.text);
        // Modules stand in the order of their titles: Avant, Pendant, Suite.
        assert_eq!(line(&page.text, "amel"), ["not-started", "passed", "in-progress"]);
        assert_eq!(line(&page.text, "badr"), ["not-started"; 3]);
        assert!(page.text.contains("A quitté l’organisation"));

        // The API tells the same story, and hers is whole.
        let token = world.token(&["progress"]).await;
        let sums = send(world.get(&format!("/api/v1/organisations/{}/progress", osc.slug)).bearer(&token)).await;
        assert_eq!(sums.status, Status::Ok, "{}", sums.text);
        let sums = progress::roll_up_of(&world.app, osc.id).await.unwrap();
        assert_eq!((sums.members, sums.all.started, sums.all.completed, sums.all.passed), (1, 2, 1, 1));
        let own = progress::of_person(&world.app, amel).await.unwrap();
        assert_eq!(own.iter().filter(|row| row.state == "completed").count(), 3);

        // She comes back: a second period, and what she does in it counts again.
        world.join(amel, &osc, "member").await;
        world.clock.advance_seconds(day);
        world.learns(amel, avant.id, half()).await;
        let page = send(world.get(&path).by(&world.browser_of("badr@example.org").await)).await;
        assert_eq!(line(&page.text, "amel"), ["in-progress", "passed", "in-progress"]);
    }

    async fn it_says_who_is_one_step_away(world: World) {
        let founder = world.founder().await;
        world.region(&founder, "sousse").await;
        let osc = world.organisation(&founder, "Oliviers", "sousse").await;
        let budget = world.module("Le budget").await;
        let comptes = world.module("Les comptes").await;
        let mut both = one_of(&[(budget.id, Level::Passed), (comptes.id, Level::Completed)]);
        both.need = 2;
        world.seminar("Les deux", None, 5, both).await;
        world.seminar("Un seul", None, 5, one_of(&[(comptes.id, Level::Completed)])).await;
        let amel = world.person("amel@example.org").await;
        let badr = world.person("badr@example.org").await;
        world.join(amel, &osc, "member").await;
        world.join(badr, &osc, "coordinator").await;
        world.learns(amel, budget.id, passed()).await;
        let coordinator = world.browser_of("badr@example.org").await;
        let page = send(world.get(&format!("/fr/organisations/{}/progress", osc.slug)).by(&coordinator)).await;
        let cards: Vec<&str> = page.text.split("<article").skip(1).collect();
        assert_eq!(cards.len(), 2, "{}", page.text);
        let card = |title: &str| *cards.iter().find(|c| c.contains(title)).expect("the seminar");
        assert!(card("Les deux").contains("amel") && card("Les deux").contains("Terminer"));
        assert!(!card("Les deux").contains("badr"), "two steps are not one: {}", card("Les deux"));
        assert!(card("Un seul").contains("amel") && card("Un seul").contains("badr"));
    }
}
