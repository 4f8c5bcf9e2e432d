//! The seminar's page: each condition with its proof, and registration by the same function.

use domain::eligibility::{Level, Rule, Scope};
use halqa::catalogue;
use rocket::http::Status;

use crate::harness::{As, both_engines, half, one_of, passed, send};

/// The part of a page that is one condition, by a word of it.
fn condition<'a>(page: &'a str, word: &str) -> &'a str {
    page.split("<li class=\"condition")
        .skip(1)
        .map(|rest| rest.split("</li>").next().unwrap_or_default())
        .find(|part| part.contains(word))
        .unwrap_or_else(|| panic!("no condition about {word}:\n{page}"))
}

both_engines! {
    async fn a_door_opens_with_what_was_learnt(world: World) {
        let budget = world.module("Le budget").await;
        let comptes = world.module("Les comptes").await;
        let mut rule = one_of(&[(budget.id, Level::Passed), (comptes.id, Level::Progress(0.8))]);
        rule.need = 2;
        let seminar = world.seminar("Lire un budget", None, 5, rule).await;
        let amel = world.person("amel@example.org").await;
        let browser = world.browser_of("amel@example.org").await;
        let path = format!("/fr/seminars/{}", seminar.slug);

        // Nothing yet: both to be begun, no seat to take.
        let page = send(world.get(&path).by(&browser)).await;
        assert_eq!(page.status, Status::Ok);
        assert!(page.text.contains("La porte est encore fermée"), "{}", page.text);
        assert!(page.text.contains("Toutes ces conditions"));
        assert!(!page.text.contains("Prendre ma place"));
        let first = condition(&page.text, "Réussir");
        assert!(!first.contains("is-met") && first.contains("Pas encore commencé"), "{first}");
        assert!(first.contains(&format!("action=\"/fr/modules/{}/play\"", budget.slug)), "{first}");
        assert!(first.contains("Commencer"));

        // One is met, the other half done: it says what there is and resumes.
        world.learns(amel, budget.id, passed()).await;
        world.learns(amel, comptes.id, half()).await;
        let page = send(world.get(&path).by(&browser)).await;
        let first = condition(&page.text, "Réussir");
        assert!(first.contains("is-met") && first.contains("Réussi"), "{first}");
        assert!(!first.contains("/play"), "nothing is left to do there: {first}");
        let second = condition(&page.text, "au moins");
        assert!(second.contains("Vous en êtes à \u{2068}50\u{a0}%\u{2069}"), "{second}");
        assert!(second.contains("Reprendre"), "{second}");

        // Forcing the form is refused by the same rule, and says what is missing.
        let refused = send(world.form(&format!("{path}/seat"), &[]).by(&browser)).await;
        assert_eq!(refused.status, Status::Conflict);
        assert!(refused.text.contains("Il reste des conditions à remplir."), "{}", refused.text);

        world.learns(amel, comptes.id, passed()).await;
        let page = send(world.get(&path).by(&browser)).await;
        assert!(page.text.contains("La porte est ouverte") && page.text.contains("Prendre ma place"));
        let taken = send(world.form(&format!("{path}/seat"), &[]).by(&browser)).await;
        assert_eq!(taken.status, Status::SeeOther, "{}", taken.text);
        assert_eq!(taken.headers["location"], format!("{path}?done=seat-taken"));
        let page = send(world.get(&path).by(&browser)).await;
        assert!(page.text.contains("Votre place est prise") && page.text.contains("Rendre ma place"));
        let list = send(world.get("/fr/seminars").by(&browser)).await;
        assert!(list.text.contains("Inscription faite"), "{}", list.text);
    }

    async fn the_button_resumes_exactly_there(world: World) {
        let budget = world.module("Le budget").await;
        let seminar = world.seminar("Lire un budget", None, 5, one_of(&[(budget.id, Level::Completed)])).await;
        world.person("amel@example.org").await;
        let browser = world.browser_of("amel@example.org").await;
        let path = format!("/fr/seminars/{}", seminar.slug);
        let page = send(world.get(&path).by(&browser)).await;
        let play = format!("/fr/modules/{}/play", budget.slug);
        assert!(condition(&page.text, "Terminer").contains(&format!("action=\"{play}\"")));
        // What the button does: into the player, at one attempt however often it is pressed.
        for _ in 0..2 {
            let go = send(world.form(&play, &[]).by(&browser)).await;
            assert_eq!(go.status, Status::SeeOther, "{}", go.text);
            assert!(go.headers["location"].starts_with(&format!("{play}/")), "{:?}", go.headers);
            let player = send(world.get(&go.headers["location"]).by(&browser)).await;
            assert_eq!(player.status, Status::Ok, "{}", player.text);
        }
    }

    async fn a_finished_module_leads_to_its_page_and_a_withdrawn_one_nowhere(world: World) {
        use domain::outcome::Success;
        let budget = world.module("Le budget").await;
        let seminar = world.seminar("Lire un budget", None, 5, one_of(&[(budget.id, Level::Passed)])).await;
        let amel = world.person("amel@example.org").await;
        let browser = world.browser_of("amel@example.org").await;
        let failed = domain::outcome::Outcome { success: Success::Failed, score: Some(0.2), ..passed() };
        world.learns(amel, budget.id, failed).await;
        let path = format!("/fr/seminars/{}", seminar.slug);
        let page = send(world.get(&path).by(&browser)).await;
        let line = condition(&page.text, "Réussir");
        assert!(line.contains("Terminé, à reprendre pour réussir"), "{line}");
        assert!(line.contains(&format!("href=\"/fr/modules/{}\"", budget.slug)) && !line.contains("/play"), "{line}");

        let change = catalogue::Change { published: Some(false), ..Default::default() };
        catalogue::change(&world.app, budget.id, change).await.expect("withdrawn");
        let page = send(world.get(&path).by(&browser)).await;
        let line = condition(&page.text, "Réussir");
        assert!(!line.contains("/modules/"), "{line}");
    }

    async fn anonymous_visitors_read_the_conditions_and_are_led_to_the_sign_in(world: World) {
        let budget = world.module("Le budget").await;
        let seminar = world.seminar("Lire un budget", None, 5, one_of(&[(budget.id, Level::Score(0.7))])).await;
        let page = send(world.get(&format!("/ar/seminars/{}", seminar.slug))).await;
        assert_eq!(page.status, Status::Ok);
        assert!(page.text.contains("Le budget") && page.text.contains("70%"), "{}", page.text);
        assert!(page.text.contains(&format!("next&#x3D;%2Fseminars%2F{}", seminar.slug)));
        let seat = send(world.form(&format!("/fr/seminars/{}/seat", seminar.slug), &[])).await;
        assert_eq!(seat.status, Status::SeeOther);
        assert!(seat.headers["location"].starts_with("/fr/sign-in"), "{:?}", seat.headers);
    }

    async fn a_colleague_counts_where_the_rule_says_so_and_while_they_belong(world: World) {
        let founder = world.founder().await;
        world.region(&founder, "sousse").await;
        let osc = world.organisation(&founder, "Oliviers", "sousse").await;
        let budget = world.module("Le budget").await;
        let rule = Rule { scope: Scope::Organisation, ..one_of(&[(budget.id, Level::Completed)]) };
        let seminar = world.seminar("Une voix commune", None, 5, rule).await;
        let amel = world.person("amel@example.org").await;
        let badr = world.person("badr@example.org").await;
        world.join(amel, &osc, "member").await;
        let badrs = world.join(badr, &osc, "member").await;
        world.clock.advance_seconds(60);
        let browser = world.browser_of("amel@example.org").await;
        let path = format!("/fr/seminars/{}", seminar.slug);
        let page = send(world.get(&path).by(&browser)).await;
        assert!(page.text.contains("La porte est encore fermée"));

        world.learns(badr, budget.id, passed()).await;
        world.clock.advance_seconds(60);
        let page = send(world.get(&path).by(&browser)).await;
        assert!(page.text.contains("La porte est ouverte"), "{}", page.text);
        assert!(condition(&page.text, "Terminer").contains("Rempli par un membre de votre organisation"));

        // Badr leaves: what he did stays counted for the organisation, and opens no door any more.
        let admin = world.browser_of("founder@example.org").await;
        let end = format!("/fr/organisations/{}/members/{badrs}/end", osc.slug);
        assert_eq!(send(world.form(&end, &[]).by(&admin)).await.status, Status::SeeOther);
        world.clock.advance_seconds(60);
        let page = send(world.get(&path).by(&browser)).await;
        assert!(page.text.contains("La porte est encore fermée"), "{}", page.text);
    }

    async fn without_conditions_everybody_is_welcome(world: World) {
        let seminar = world.seminar("Portes ouvertes", None, 5, Rule::open()).await;
        world.person("amel@example.org").await;
        let browser = world.browser_of("amel@example.org").await;
        let page = send(world.get(&format!("/en/seminars/{}", seminar.slug)).by(&browser)).await;
        assert!(page.text.contains("Open to everybody.") && page.text.contains("Take my seat"));
    }

    async fn names_are_shown_as_text(world: World) {
        let seminar = world.seminar("<script>alert(1)</script> & \u{202e}Co", None, 5, Rule::open()).await;
        for path in ["/fr/seminars".to_owned(), format!("/fr/seminars/{}", seminar.slug)] {
            let page = send(world.get(&path)).await;
            assert!(!page.text.contains("<script>alert"), "{path}");
            assert!(page.text.contains("&lt;script&gt;alert"), "{path}");
        }
    }
}
