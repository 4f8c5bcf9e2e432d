//! Contact that is relayed: no address, no leak, limits, blocking and reporting.

use halqa::accounts::Grant;
use halqa::directory::{self, Profile, Shown};
use halqa::organisations;
use rocket::http::Status;

use crate::harness::{Answer, As, World, both_engines, send};

async fn shown(world: &World, email: &str) -> (String, String) {
    let person = world.person(email).await;
    let profile = Profile {
        shown: Shown::Accounts,
        ..Profile::default()
    };
    directory::keep(&world.app, person, profile)
        .await
        .expect("kept");
    (person.to_string(), world.browser_of(email).await)
}

async fn write(world: &World, to: &str, browser: &str) -> Answer {
    let fields = [
        ("subject", "Une question"),
        ("body", "Pouvez-vous <b>m’aider</b> ?"),
    ];
    send(
        world
            .form(&format!("/fr/people/{to}/message"), &fields)
            .by(browser),
    )
    .await
}

fn thread(answer: &Answer) -> String {
    assert_eq!(answer.status, Status::SeeOther, "{}", answer.text);
    let to = &answer.headers["location"];
    to.split('?').next().unwrap_or_default().to_owned()
}

/// Mails that wait, as administrators see them.
async fn outbox(world: &World) -> String {
    let admin = world.browser_of("founder@example.org").await;
    send(world.get("/fr/admin/outbox").by(&admin)).await.text
}

both_engines! {
    async fn people_write_without_learning_an_address(world: World) {
        world.founder().await;
        let (amel, hers) = shown(&world, "amel@example.org").await;
        let badr = world.signed_in_as("badr@example.org", None).await;
        let page = send(world.get(&format!("/fr/people/{amel}/message")).by(&badr)).await;
        assert_eq!(page.status, Status::Ok, "{}", page.text);
        for (subject, body) in [("", "x"), ("x", ""), ("a\nb", "x"), ("x", &"y".repeat(4_001))] {
            let answer = send(world.form(&format!("/fr/people/{amel}/message"), &[("subject", subject), ("body", body)]).by(&badr)).await;
            assert_eq!(answer.status, Status::UnprocessableEntity, "{subject}");
        }
        let path = thread(&write(&world, &amel, &badr).await);
        // The mail tells her to come; it holds no address of his, and nothing of what he wrote.
        let mails = outbox(&world).await;
        assert!(mails.contains("amel@example.org") && mails.contains(path.trim_start_matches("/fr")), "{mails}");
        assert!(!mails.contains("badr@example.org") && !mails.contains("Pouvez-vous"), "{mails}");
        let list = send(world.get("/fr/me/messages").by(&hers)).await.text.replace(['\u{2068}', '\u{2069}'], "");
        assert!(list.contains("Une question") && list.contains("badr") && list.contains("1 nouveau"), "{list}");
        let read = send(world.get(&path).by(&hers)).await.text;
        assert!(read.contains("&lt;b&gt;m’aider") && !read.contains("badr@"), "{read}");
        let answered = send(world.form(&path, &[("body", "Avec plaisir.")]).by(&hers)).await;
        assert_eq!(answered.status, Status::SeeOther, "{}", answered.text);
        let read = send(world.get(&path).by(&badr)).await.text;
        assert!(read.contains("Avec plaisir.") && !read.contains("amel@"), "{read}");
        // A third has no part in it.
        let third = world.signed_in_as("third@example.org", None).await;
        for what in ["", "/block", "/report"] {
            let fields = [("body", "Moi aussi"), ("blocked", "yes"), ("reason", "spam"), ("message", amel.as_str())];
            let answer = send(world.form(&format!("{path}{what}"), &fields).by(&third)).await;
            assert_eq!(answer.status, Status::NotFound, "{what}");
        }
        assert_eq!(send(world.get(&path).by(&third)).await.status, Status::NotFound);
        // Nobody who is not shown, nobody at all and oneself are the same.
        let hidden = world.person("hidden@example.org").await.to_string();
        let own = amel.clone();
        for (to, browser) in [(hidden.as_str(), &badr), ("00000000-0000-0000-0000-000000000000", &badr), ("x", &badr), (own.as_str(), &hers)] {
            assert_eq!(write(&world, to, browser).await.status, Status::NotFound, "{to}");
        }
    }

    async fn who_writes_too_much_waits(world: World) {
        let (amel, hers) = shown(&world, "amel@example.org").await;
        let badr = world.signed_in_as("badr@example.org", None).await;
        let path = thread(&write(&world, &amel, &badr).await);
        for expected in [Status::SeeOther, Status::SeeOther, Status::Conflict] {
            let answer = send(world.form(&path, &[("body", "Alors ?")]).by(&badr)).await;
            assert_eq!(answer.status, expected, "three without an answer");
        }
        send(world.form(&path, &[("body", "Patience.")]).by(&hers)).await;
        assert_eq!(send(world.form(&path, &[("body", "Merci.")]).by(&badr)).await.status, Status::SeeOther);
        for n in 1..=10 {
            let answer = write(&world, &amel, &badr).await;
            let expected = if n < 10 { Status::SeeOther } else { Status::TooManyRequests };
            assert_eq!(answer.status, expected, "{n}");
        }
        world.clock.advance_seconds(86_401);
        let badr = world.browser_of("badr@example.org").await;
        assert_eq!(write(&world, &amel, &badr).await.status, Status::SeeOther);
    }

    async fn who_is_blocked_is_not_told_and_what_is_reported_is_looked_at(world: World) {
        world.founder().await;
        let (amel, hers) = shown(&world, "amel@example.org").await;
        let badr = world.signed_in_as("badr@example.org", None).await;
        let path = thread(&write(&world, &amel, &badr).await);
        let page = send(world.get(&path).by(&hers)).await.text;
        let message: String = page.split("id=\"message-").nth(1).expect("a message").chars().take(36).collect();
        let fields = [("message", message.as_str()), ("reason", "insult"), ("note", "Voir")];
        let report = format!("{path}/report");
        for browser in [&hers, &hers] {
            assert_eq!(send(world.form(&report, &fields).by(browser)).await.status, Status::SeeOther);
        }
        assert_eq!(send(world.form(&report, &fields).by(&badr)).await.status, Status::NotFound, "one's own");
        assert_eq!(send(world.form(&report, &[("message", &*message), ("reason", "club")]).by(&hers)).await.status, Status::BadRequest);
        assert_eq!(send(world.get("/fr/moderation/messages").by(&hers)).await.status, Status::Forbidden);
        let staff = world.signed_in_as("staff@example.org", Some(Grant::Admin)).await;
        let queue = send(world.get("/fr/moderation/messages").by(&staff)).await.text;
        assert_eq!(queue.matches("class=\"card queue\"").count(), 1, "once: {queue}");
        let decide: String = queue.split("/fr/moderation/messages/").nth(1).expect("a form").chars().take(36).collect();
        let decide = format!("/fr/moderation/messages/{decide}");
        assert_eq!(send(world.form(&decide, &[("hide", "yes")]).by(&hers)).await.status, Status::Forbidden);
        assert_eq!(send(world.form(&decide, &[("hide", "yes")]).by(&staff)).await.status, Status::SeeOther);
        assert_eq!(send(world.form(&decide, &[("hide", "yes")]).by(&staff)).await.status, Status::NotFound);
        let page = send(world.get(&path).by(&hers)).await.text;
        assert!(page.contains("masqué par l’équipe") && !page.contains("m’aider"), "{page}");

        assert_eq!(send(world.form(&format!("{path}/block"), &[("blocked", "yes")]).by(&hers)).await.status, Status::SeeOther);
        let before = outbox(&world).await.matches("amel@example.org").count();
        let sent = send(world.form(&path, &[("body", "Tu réponds ?")]).by(&badr)).await;
        assert_eq!(sent.status, Status::SeeOther, "as ever");
        let fresh = thread(&write(&world, &amel, &badr).await);
        assert!(send(world.get(&path).by(&badr)).await.text.contains("Tu réponds ?"), "the author sees it");
        assert!(!send(world.get(&path).by(&hers)).await.text.contains("Tu réponds ?"));
        assert_eq!(send(world.get(&fresh).by(&hers)).await.status, Status::NotFound);
        assert_eq!(outbox(&world).await.matches("amel@example.org").count(), before, "no mail");
    }

    async fn an_organisation_is_written_to_by_its_name(world: World) {
        let founder = world.founder().await;
        world.region(&founder, "sousse").await;
        let osc = world.organisation(&founder, "Oliviers", "sousse").await;
        let badr = world.signed_in_as("badr@example.org", None).await;
        let path = format!("/fr/organisations/{}/message", osc.slug);
        assert_eq!(send(world.get(&path).by(&badr)).await.status, Status::Conflict, "nobody answers yet");
        let zohra = world.person("zohra@example.org").await;
        world.join(zohra, &osc, "coordinator").await;
        let hers = world.browser_of("zohra@example.org").await;
        let fields = [("subject", "Visite"), ("body", "Peut-on venir ?")];
        let conversation = thread(&send(world.form(&path, &fields).by(&badr)).await);
        let page = send(world.get(&conversation).by(&hers)).await.text;
        assert!(page.contains("Vous répondez au nom de"), "{page}");
        send(world.form(&conversation, &[("body", "Bien sûr.")]).by(&hers)).await;
        let page = send(world.get(&conversation).by(&badr)).await.text;
        assert!(page.contains("Oliviers") && page.contains("Bien sûr.") && !page.contains("zohra"), "{page}");
        assert!(!outbox(&world).await.contains(">zohra<"));
        let organisation = organisations::by_slug(&world.app, &osc.slug).await.expect("it").expect("there");
        organisations::rest(&world.app, &founder, &organisation, true).await.expect("at rest");
        assert_eq!(send(world.form(&path, &fields).by(&badr)).await.status, Status::NotFound);
        let page = send(world.get(&conversation).by(&badr)).await.text;
        assert!(!page.contains("Oliviers"), "nor in what was written before: {page}");
        assert_eq!(send(world.form(&conversation, &[("body", "Et demain ?")]).by(&badr)).await.status, Status::NotFound);
    }
}
