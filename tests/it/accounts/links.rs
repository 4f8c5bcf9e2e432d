//! Invitations and resets: single use, short life, and a request that tells nothing.

use halqa::accounts::{self, Invitation};
use halqa::jobs;
use halqa::web::Lang;
use rocket::http::Status;

use crate::harness::{As, PASSWORD, World, both_engines, cookie, send};

const FRESH: &str = "deux oliviers au soleil";

/// The path of the last link that waits in the outbox.
async fn link(world: &World) -> Option<String> {
    let entries = jobs::list(&world.app, vec!["mail".to_owned(), "reset".to_owned()])
        .await
        .unwrap();
    let mail = entries.iter().find(|entry| entry.kind == "mail")?;
    mail.payload["link"].as_str().map(str::to_owned)
}

async fn ask(world: &World, email: &str) -> (Status, String) {
    let answer = send(world.form("/forgot-password", &[("email", email)])).await;
    (answer.status, answer.text)
}

both_engines! {
    async fn a_forgotten_password_is_replaced_once(world: World) {
        world.person("amina@example.org").await;
        let old = world.browser_of("amina@example.org").await;
        assert_eq!(ask(&world, "amina@example.org").await.0, Status::Ok);
        assert_eq!(link(&world).await, None, "the mail is a worker's business");
        world.run_jobs().await;
        let path = link(&world).await.unwrap();
        let page = send(world.get(&path)).await;
        assert_eq!(page.status, Status::Ok);
        assert_eq!(page.headers["referrer-policy"], "strict-origin");
        assert_eq!(page.headers["cache-control"], "private, no-store");

        let weak = send(world.form(&path, &[("password", "short")])).await;
        assert_eq!(weak.status, Status::UnprocessableEntity);
        let done = send(world.form(&path, &[("password", FRESH)])).await;
        assert_eq!(done.status, Status::SeeOther);
        let browser = cookie(&done.headers["set-cookie"]);
        assert_eq!(send(world.get("/me").by(&browser)).await.status, Status::Ok);
        assert_eq!(send(world.get("/me").by(&old)).await.status, Status::SeeOther, "other sessions ended");
        assert_eq!(send(world.form(&path, &[("password", FRESH)])).await.status, Status::Gone);
        assert_eq!(send(world.get(&path)).await.status, Status::Gone);
        let wrong = send(world.form("/sign-in", &[("email", "amina@example.org"), ("password", PASSWORD)])).await;
        assert_eq!(wrong.status, Status::UnprocessableEntity);
    }

    /// W6: two at once, and one wins.
    async fn a_link_used_twice_at_once_works_once(world: World) {
        world.person("amina@example.org").await;
        ask(&world, "amina@example.org").await;
        world.run_jobs().await;
        let path = link(&world).await.unwrap();
        let tries = ["deux oliviers au soleil", "trois figuiers de Djebba"]
            .map(|password| send(world.form(&path, &[("password", password)])));
        let mut codes: Vec<u16> = futures::future::join_all(tries).await.iter().map(|a| a.status.code).collect();
        codes.sort_unstable();
        assert_eq!(codes, [303, 410]);
    }

    async fn a_reset_ends_after_half_an_hour_and_with_the_next_one(world: World) {
        world.person("amina@example.org").await;
        ask(&world, "amina@example.org").await;
        world.run_jobs().await;
        let first = link(&world).await.unwrap();
        ask(&world, "amina@example.org").await;
        world.run_jobs().await;
        let second = link(&world).await.unwrap();
        assert_ne!(first, second);
        assert_eq!(send(world.get(&first)).await.status, Status::Gone);
        assert_eq!(send(world.get(&second)).await.status, Status::Ok);
        world.clock.advance_seconds(31 * 60);
        assert_eq!(send(world.get(&second)).await.status, Status::Gone);
    }

    /// W16: the same words, and nothing in the outbox tells either.
    async fn asking_for_a_reset_tells_nothing(world: World) {
        world.person("amina@example.org").await;
        let known = ask(&world, "amina@example.org").await;
        let unknown = ask(&world, "nobody@example.org").await;
        assert_eq!(known, unknown);
        world.run_jobs().await;
        let mails = jobs::list(&world.app, vec!["mail".to_owned(), "reset".to_owned()]).await.unwrap();
        assert_eq!(mails.iter().filter(|entry| entry.kind == "mail").count(), 1);
        // What the requests carried is not kept.
        assert!(mails.iter().filter(|e| e.kind == "reset").all(|e| e.payload == jobs::spent()));
    }

    async fn resets_are_throttled(world: World) {
        let mut last = Status::Ok;
        for _ in 0..6 {
            last = ask(&world, "amina@example.org").await.0;
        }
        assert_eq!(last, Status::TooManyRequests);
    }

    /// W6: links are of the configured address, whatever the request said.
    async fn mails_are_kept_without_smtp_and_name_our_address(world: World) {
        world.person("amina@example.org").await;
        ask(&world, "amina@example.org").await;
        world.run_jobs().await;
        assert_eq!(world.run_jobs().await, 0, "without SMTP, mail is left alone");
        let entries = jobs::list(&world.app, vec!["mail".to_owned(), "reset".to_owned()]).await.unwrap();
        let entry = entries.iter().find(|entry| entry.kind == "mail").unwrap();
        assert_eq!(entry.state, "waiting");
        let mail = serde_json::from_value(entry.payload.clone()).unwrap();
        let letter = halqa::outbound::mail::compose(&world.app, &mail).unwrap();
        assert!(letter.link.unwrap().starts_with("http://localhost:8000/fr/password/"));
        assert!(letter.text.contains("http://localhost:8000/fr/password/"));
        assert!(letter.html.contains("amina"));
    }

    /// W10: a name is text, wherever it is shown.
    async fn a_hostile_name_stays_text(world: World) {
        let mut mail = halqa::outbound::mail::Mail {
            to: "amina@example.org".into(),
            name: "<script>alert(1)</script>".into(),
            lang: Lang::Fr,
            message: "accounts-mail-invitation".into(),
            args: serde_json::Map::new(),
            link: Some("/fr/password/x".into()),
        };
        mail.args.insert("inviter".into(), "Eve\r\nBcc: all@example.org".into());
        let letter = halqa::outbound::mail::compose(&world.app, &mail).unwrap();
        assert!(!letter.html.contains("<script>"));
        assert!(!letter.subject.contains(['\r', '\n']), "{}", letter.subject);
    }

    async fn an_invitation_sets_the_first_password_within_a_week(world: World) {
        let learner = accounts::NewLearner {
            id: world.app.ids.id(),
            membership: world.app.ids.id(),
            email: "salah@example.org".into(),
            name: "Salah".into(),
            language: Lang::Ar,
            organisation: None,
        };
        let invitation = Invitation::new(&world.app, Lang::Ar);
        let url = invitation.url(&world.app);
        world.app.db.write((learner, invitation, world.now()), |tx, (learner, invitation, now)| Box::pin(async move {
            let person = accounts::find_or_create_learner(tx, learner, *now).await?;
            assert_eq!(person, accounts::find_or_create_learner(tx, learner, *now).await?);
            invitation.send(tx, person, &learner.email, &learner.name, "Amina").await?;
            Ok::<_, halqa::web::Refusal>(())
        })).await.unwrap();
        let path = link(&world).await.unwrap();
        assert_eq!(url, format!("http://localhost:8000{path}"));
        assert!(path.starts_with("/ar/password/"));
        // Without a password nobody signs in, and the empty one is not it.
        let none = send(world.form("/sign-in", &[("email", "salah@example.org"), ("password", "")])).await;
        assert_eq!(none.status, Status::UnprocessableEntity);
        world.clock.advance_seconds(6 * 86_400);
        let page = send(world.get(&path)).await;
        assert!(page.text.contains("Salah"));
        let done = send(world.form(&path, &[("password", FRESH)])).await;
        assert_eq!(done.headers["location"], "/ar/me?done=welcome");
    }
}
