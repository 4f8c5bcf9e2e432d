//! A session opens: once per opening, and the newest counts.

use rocket::http::{Header, Method, Status};

use super::support::{Tab, module, scorm12, set_state};
use crate::harness::{As, both_engines, send};

both_engines! {
    async fn an_opening_that_is_asked_again_is_answered_again(world: World) {
        let imported = module(&world, &scorm12("Tenir une caisse", &["i1"])).await;
        let amel = world.signed_in_as("amel@example.org", None).await;
        let page = Tab::start(&world, &amel, &imported, false).await;
        let mut first = page.clone();
        let one = first.open(&world, "o1").await.json();
        // The answer was lost; the wrapper asks again with the page's token.
        let mut retry = page.clone();
        let two = retry.open(&world, "o1").await.json();
        assert_eq!(one["session"], two["session"]);
        assert_eq!(one["state"], two["state"]);
        assert_eq!(one["session"], page.session.as_str());
        // The page is loaded again: another opening, another session; and that one again.
        let mut reloaded = page.clone();
        let three = reloaded.open(&world, "o2").await.json();
        assert_ne!(three["session"], one["session"]);
        let mut again = page.clone();
        assert_eq!(again.open(&world, "o2").await.json()["session"], three["session"]);
        // The first opening, asked for once more after the second: it has been taken over.
        let late = page.clone().open(&world, "o1").await;
        assert_eq!((late.status, late.code().as_str()), (Status::Conflict, "session-superseded"));
    }

    async fn a_newer_opening_takes_over_and_the_older_is_told(world: World) {
        let imported = module(&world, &scorm12("Tenir une caisse", &["i1"])).await;
        let amel = world.signed_in_as("amel@example.org", None).await;
        let mut first = Tab::opened(&world, &amel, &imported).await;
        let entries = first.story(&[("cmi.core.lesson_location", "p1")], false);
        first.saved(&world, &entries, 3).await;
        let mut second = Tab::opened(&world, &amel, &imported).await;
        assert_eq!(first.attempt, second.attempt);
        let entries = second.story(&[("cmi.core.lesson_location", "p9")], false);
        second.saved(&world, &entries, 3).await;

        // What the first says now is kept, does not count, and the page is told.
        let entries = first.story(&[("cmi.core.lesson_location", "p2")], false);
        let answer = first.send(&world, &entries).await;
        assert_eq!((answer.status, answer.code().as_str()), (Status::Conflict, "session-superseded"));
        assert_eq!(answer.json()["acked"], 5);
        assert_eq!(first.kept(&world).await, ((1..=5).collect(), (1..=3).collect()));
        assert_eq!(first.findings(&world).await, ["late"]);
        let state = second.ask(&world).await;
        assert_eq!(state["delivery"]["snapshot"]["values"]["cmi.core.lesson_location"], "p9");

        // A page that asks with another session's token learns it too.
        let mut renewed = first.clone();
        renewed.token = second.token.clone();
        let answer = renewed.send(&world, &entries).await.json();
        assert_eq!((answer["acked"].as_u64(), answer["superseded"].as_bool()), (Some(5), Some(true)));
    }

    async fn tokens_open_their_own_attempt_and_nothing_else(world: World) {
        let imported = module(&world, &scorm12("Tenir une caisse", &["i1"])).await;
        let other = module(&world, &scorm12("Tenir une réunion", &["i1"])).await;
        let amel = world.signed_in_as("amel@example.org", None).await;
        let tab = Tab::start(&world, &amel, &imported, false).await;
        let mut elsewhere = tab.clone();
        elsewhere.package = other.package.id;
        assert_eq!(elsewhere.open(&world, "o").await.status, Status::NotFound, "another package's origin");
        for token in ["", "x", "a.b.c.d.e", &format!("{}0", tab.token), &tab.token.replacen('.', "0.", 1)] {
            let mut forged = tab.clone();
            forged.token = token.to_owned();
            let answer = forged.open(&world, "o").await;
            assert_eq!((answer.status, answer.code().as_str()), (Status::Unauthorized, "unauthorized"), "{token}");
        }
        for opening in ["", &"x".repeat(65), "a\0b"] {
            assert_eq!(tab.clone().open(&world, opening).await.status, Status::UnprocessableEntity);
        }
        // Without the header; on the application's origin.
        let bare = world.content(Method::Post, tab.package, "/-halqa/open").body("{\"opening\":\"o\"}");
        assert_eq!(send(bare).await.status, Status::Unauthorized);
        let here = world
            .post("/-halqa/open")
            .header(Header::new("Authorization", format!("Bearer {}", tab.token)))
            .body("{\"opening\":\"o\"}");
        assert_eq!(send(here).await.status, Status::NotFound);
    }

    async fn tokens_last_a_quarter_of_an_hour_and_the_page_renews_them(world: World) {
        let imported = module(&world, &scorm12("Tenir une caisse", &["i1"])).await;
        let amel = world.signed_in_as("amel@example.org", None).await;
        let salma = world.signed_in_as("salma@example.org", None).await;
        let mut tab = Tab::opened(&world, &amel, &imported).await;
        world.clock.advance_seconds(15 * 60);
        let entries = tab.story(&[("cmi.core.lesson_location", "p1")], false);
        assert_eq!(tab.send(&world, &entries).await.status, Status::Unauthorized);
        let renew = format!("/modules/{}/play/{}/token", tab.slug, tab.session);
        assert_eq!(send(world.post(&renew).by(&salma)).await.status, Status::NotFound);
        assert_eq!(send(world.post(&renew)).await.status, Status::NotFound);
        let fresh = send(world.post(&renew).by(&amel)).await;
        tab.token = fresh.json()["token"].as_str().unwrap().to_owned();
        tab.saved(&world, &entries, 3).await;
    }

    async fn who_may_not_learn_any_more_opens_nothing(world: World) {
        let imported = module(&world, &scorm12("Tenir une caisse", &["i1"])).await;
        let person = world.person("amel@example.org").await;
        let amel = world.browser_of("amel@example.org").await;
        let mut tab = Tab::opened(&world, &amel, &imported).await;
        let entries = tab.story(&[("cmi.core.lesson_location", "p1")], false);
        set_state(&world, person, "suspended").await;
        let mut again = tab.clone();
        let answer = again.open(&world, "o2").await;
        assert_eq!((answer.status, answer.code().as_str()), (Status::Forbidden, "person-suspended"));
        // Nor is anything written (L20); the tab keeps it, and it is taken once the suspension is lifted.
        let answer = tab.send(&world, &entries).await;
        assert_eq!((answer.status, answer.code().as_str()), (Status::Forbidden, "person-suspended"));
        set_state(&world, person, "active").await;
        tab.saved(&world, &entries, 3).await;
        set_state(&world, person, "erased").await;
        for answer in [again.open(&world, "o3").await, tab.send(&world, &entries).await] {
            assert_eq!((answer.status, answer.code().as_str()), (Status::Gone, "session-gone"));
        }
    }

    async fn nobody_opens_another_learners_player(world: World) {
        let imported = module(&world, &scorm12("Tenir une caisse", &["i1"])).await;
        let amel = world.signed_in_as("amel@example.org", None).await;
        let salma = world.signed_in_as("salma@example.org", None).await;
        let tab = Tab::start(&world, &amel, &imported, false).await;
        let page = format!("/modules/{}/play/{}", tab.slug, tab.session);
        for path in [page.clone(), format!("{page}/result"), page.replace(&tab.slug, "another")] {
            for who in [&salma, &"halqa=nobody".to_owned()] {
                assert_eq!(send(world.get(&path).by(who)).await.status, Status::NotFound, "{path}");
            }
        }
    }
}
