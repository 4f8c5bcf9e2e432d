//! Signing in, sessions, and what guessing gets.

use halqa::accounts::Grant;
use rocket::http::{Header, Method, Status};

use crate::harness::{As, PASSWORD, both_engines, cookie, send};

both_engines! {
    async fn signing_in_opens_the_own_page_and_signing_out_closes_it(world: World) {
        world.person("amina@example.org").await;
        assert_eq!(send(world.get("/me")).await.status, Status::SeeOther);
        let browser = world.browser_of("amina@example.org").await;
        let page = send(world.get("/me").by(&browser)).await;
        assert_eq!(page.status, Status::Ok);
        assert!(page.text.contains("amina@example.org"));
        assert_eq!(send(world.post("/sign-out").by(&browser)).await.status, Status::SeeOther);
        // W3: the token is worth nothing afterwards.
        assert_eq!(send(world.get("/me").by(&browser)).await.status, Status::SeeOther);
    }

    async fn the_cookie_is_for_this_host_and_no_script(world: World) {
        world.person("amina@example.org").await;
        let answer = send(world.form("/sign-in", &[("email", " Amina@Example.org"), ("password", PASSWORD)])).await;
        let set = &answer.headers["set-cookie"];
        assert!(set.starts_with("halqa="), "{set}");
        for part in ["HttpOnly", "SameSite=Lax", "Path=/"] {
            assert!(set.contains(part), "{set}");
        }
        assert!(!set.contains("Domain"), "{set}");
    }

    /// W3, W4: what a browser held before is never taken over.
    async fn a_planted_session_is_not_taken_over(world: World) {
        world.person("amina@example.org").await;
        let planted = "halqa=planted";
        let form = world.form("/sign-in", &[("email", "amina@example.org"), ("password", PASSWORD)]);
        let answer = send(form.by(planted)).await;
        assert_ne!(cookie(&answer.headers["set-cookie"]), planted);
        assert_eq!(send(world.get("/me").by(planted)).await.status, Status::SeeOther);
        let huge = format!("halqa={}", "x".repeat(8000));
        assert_eq!(send(world.get("/").by(&huge)).await.status.code / 100, 2, "the home page");
        assert_eq!(send(world.get("/me").by(&huge)).await.status, Status::SeeOther);
    }

    async fn signing_in_again_ends_the_session_before(world: World) {
        world.person("amina@example.org").await;
        let first = world.browser_of("amina@example.org").await;
        let form = world.form("/sign-in", &[("email", "amina@example.org"), ("password", PASSWORD)]);
        let second = cookie(&send(form.by(&first)).await.headers["set-cookie"]);
        assert_eq!(send(world.get("/me").by(&first)).await.status, Status::SeeOther);
        assert_eq!(send(world.get("/me").by(&second)).await.status, Status::Ok);
    }

    async fn a_session_ends_after_twelve_idle_hours_and_after_thirty_days(world: World) {
        world.person("amina@example.org").await;
        let browser = world.browser_of("amina@example.org").await;
        world.clock.advance_seconds(11 * 3600);
        assert_eq!(send(world.get("/me").by(&browser)).await.status, Status::Ok);
        world.clock.advance_seconds(11 * 3600);
        assert_eq!(send(world.get("/me").by(&browser)).await.status, Status::Ok, "use keeps it");
        world.clock.advance_seconds(13 * 3600);
        assert_eq!(send(world.get("/me").by(&browser)).await.status, Status::SeeOther);
        let browser = world.browser_of("amina@example.org").await;
        for _ in 0..72 {
            world.clock.advance_seconds(10 * 3600);
            send(world.get("/me").by(&browser)).await;
        }
        assert_eq!(send(world.get("/me").by(&browser)).await.status, Status::SeeOther);
    }

    /// W16: unknown, wrong, suspended, without password: one answer.
    async fn a_wrong_password_and_an_unknown_account_get_the_same_answer(world: World) {
        world.person("amina@example.org").await;
        let ask = async |email: &str| {
            let answer = send(world.form("/sign-in", &[("email", email), ("password", "not this one, no")])).await;
            (answer.status, answer.text.replace(email, "@"))
        };
        let wrong = ask("amina@example.org").await;
        assert_eq!(wrong.0, Status::UnprocessableEntity);
        assert_eq!(wrong, ask("nobody@example.org").await);
    }

    /// W15: by account and network, with a time to come back, and never for good.
    async fn guessing_is_slowed_down_and_the_owner_gets_in_later(world: World) {
        world.person("amina@example.org").await;
        let guess = || send(world.form("/sign-in", &[("email", "amina@example.org"), ("password", "guess guess guess")]));
        for _ in 0..5 {
            assert_eq!(guess().await.status, Status::UnprocessableEntity);
        }
        let refused = guess().await;
        assert_eq!(refused.status, Status::TooManyRequests);
        let seconds: i64 = refused.headers["retry-after"].parse().unwrap();
        assert!((1..=15).contains(&seconds), "{seconds}");
        // The right password waits as well: otherwise the answer would tell.
        let right = send(world.form("/sign-in", &[("email", "amina@example.org"), ("password", PASSWORD)])).await;
        assert_eq!(right.status, Status::TooManyRequests);
        world.clock.advance_seconds(seconds + 1);
        world.browser_of("amina@example.org").await;
        // And a success wipes the slate.
        assert_eq!(guess().await.status, Status::UnprocessableEntity);
    }

    /// One password on many accounts is slowed down by the network.
    async fn spraying_is_slowed_down(world: World) {
        let mut last = Status::Ok;
        for n in 0..61 {
            let email = format!("p{n}@example.org");
            last = send(world.form("/sign-in", &[("email", &email), ("password", "guess guess guess")])).await.status;
        }
        assert_eq!(last, Status::TooManyRequests);
    }

    /// A burst of tries at the same moment is counted as well.
    async fn a_burst_of_guesses_is_counted(world: World) {
        world.person("amina@example.org").await;
        let guesses = (0..20).map(|_| send(world.form("/sign-in", &[("email", "amina@example.org"), ("password", "guess guess guess")])));
        let answers = futures::future::join_all(guesses).await;
        let tried = answers.iter().filter(|a| a.status == Status::UnprocessableEntity).count();
        assert_eq!(tried, 5);
        assert!(answers.iter().all(|a| a.status.code < 500));
    }

    /// W18.
    async fn next_leads_nowhere_else(world: World) {
        world.person("amina@example.org").await;
        for (next, target) in [
            ("/modules?x=1", "/fr/modules?x=1"),
            ("//evil.example", "/fr/"),
            ("/\\evil.example", "/fr/"),
            ("\t//evil.example", "/fr/"),
            ("https:evil.example", "/fr/"),
        ] {
            let form = [("email", "amina@example.org"), ("password", PASSWORD), ("next", next)];
            let answer = send(world.form("/fr/sign-in", &form)).await;
            assert_eq!(answer.headers["location"], target, "{next}");
        }
        let refused = send(world.get("/ar/me")).await;
        assert_eq!(refused.headers["location"], "/ar/sign-in?next=%2Fme");
    }

    /// W1: a form of another site signs nobody in or out.
    async fn forms_of_other_sites_are_refused(world: World) {
        world.person("amina@example.org").await;
        let browser = world.browser_of("amina@example.org").await;
        for (name, value) in [
            ("Sec-Fetch-Site", "cross-site"),
            ("Sec-Fetch-Site", "same-site"),
            ("Origin", "null"),
            ("Origin", "http://evil.example"),
        ] {
            let request = world.request(Method::Post, "/sign-out").header(Header::new(name, value));
            assert_eq!(send(request.by(&browser)).await.status, Status::Forbidden, "{value}");
        }
        let neither = world.request(Method::Post, "/sign-out");
        assert_eq!(send(neither.by(&browser)).await.status, Status::Forbidden);
        assert_eq!(send(world.get("/me").by(&browser)).await.status, Status::Ok);
    }

    /// W17.
    async fn odd_passwords_are_only_wrong(world: World) {
        world.person("amina@example.org").await;
        let huge = "x".repeat(100_000);
        for password in ["", huge.as_str()] {
            let answer = send(world.form("/sign-in", &[("email", "amina@example.org"), ("password", password)])).await;
            assert_eq!(answer.status, Status::UnprocessableEntity);
        }
        // The same letters, decomposed.
        let decomposed = PASSWORD.replace('â', "a\u{302}");
        let answer = send(world.form("/sign-in", &[("email", "amina@example.org"), ("password", &decomposed)])).await;
        assert_eq!(answer.status, Status::SeeOther);
    }

    async fn the_own_page_changes_name_language_and_password(world: World) {
        world.person("amina@example.org").await;
        let browser = world.browser_of("amina@example.org").await;
        let other = world.browser_of("amina@example.org").await;
        // W8: fields nobody asked for change nothing.
        let form = [("name", "Amina B."), ("language", "ar"), ("role", "admin"), ("email", "x@y.z"), ("state", "x")];
        let saved = send(world.form("/me/profile", &form).by(&browser)).await;
        assert_eq!(saved.headers["location"], "/ar/me?done=saved");
        let page = send(world.get("/ar/me").by(&browser)).await;
        assert!(page.text.contains("Amina B.") && page.text.contains("amina@example.org"));
        assert_eq!(send(world.get("/admin").by(&browser)).await.status.code / 100, 4);

        let bad = [("present", "wrong wrong wrong"), ("password", "deux oliviers au soleil")];
        assert_eq!(send(world.form("/me/password", &bad).by(&browser)).await.status, Status::UnprocessableEntity);
        let weak = [("present", PASSWORD), ("password", "123456789012")];
        assert_eq!(send(world.form("/me/password", &weak).by(&browser)).await.status, Status::UnprocessableEntity);
        let good = [("present", PASSWORD), ("password", "deux oliviers au soleil")];
        let changed = send(world.form("/me/password", &good).by(&browser)).await;
        assert_eq!(changed.status, Status::SeeOther);
        let fresh = cookie(&changed.headers["set-cookie"]);
        assert_eq!(send(world.get("/me").by(&fresh)).await.status, Status::Ok);
        for old in [&browser, &other] {
            assert_eq!(send(world.get("/me").by(old)).await.status, Status::SeeOther);
        }
    }

    async fn sessions_can_be_ended_one_by_one_and_all(world: World) {
        world.person("amina@example.org").await;
        world.person("salah@example.org").await;
        let browser = world.browser_of("amina@example.org").await;
        let other = world.browser_of("amina@example.org").await;
        let page = send(world.get("/me").by(&browser)).await;
        let end = page.text.split("/me/sessions/").nth(1).and_then(|t| t.split('"').next()).unwrap().to_owned();
        // Somebody else's session does not exist for me.
        let salah = world.browser_of("salah@example.org").await;
        let path = format!("/me/sessions/{end}");
        assert_eq!(send(world.post(&path).by(&salah)).await.status, Status::NotFound);
        assert_eq!(send(world.post(&path).by(&browser)).await.status, Status::SeeOther);
        assert_eq!(send(world.get("/me").by(&other)).await.status, Status::SeeOther);
        let everywhere = send(world.post("/me/sign-out-everywhere").by(&browser)).await;
        assert_eq!(everywhere.status, Status::SeeOther);
        assert_eq!(send(world.get("/me").by(&browser)).await.status, Status::SeeOther);
        assert_eq!(send(world.get("/me").by(&salah)).await.status, Status::Ok);
    }

    /// W3: new rights, new session.
    async fn a_role_ends_the_sessions_from_before(world: World) {
        let amina = world.person("amina@example.org").await;
        let before = world.browser_of("amina@example.org").await;
        world.grant(amina, Grant::Trainer).await;
        assert_eq!(send(world.get("/me").by(&before)).await.status, Status::SeeOther);
    }
}
