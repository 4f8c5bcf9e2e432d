//! Mail that comes in: answers to letters are posted by the rules of the page, mail that comes back
//! stops letters; machines, strangers and nonsense change nothing.

mod imap;
mod letters;

use std::io::Write;
use std::process::{Command, Stdio};

use halqa::ids::{PersonId, SpaceId, TopicId};
use halqa::inbox::{self, Taken};
use halqa::jobs;
use halqa::notifications::letters as told;
use halqa::outbound::{bounces, inbox as addresses};
use halqa::spaces::{self, NewSpace, NewTopic};
use rocket::http::Status;

use crate::harness::{As, World, both_engines, send};
use letters::{Fate, LETTERS, letter, report};

const AMEL: &str = "amel@example.org";

/// A world with a mailbox, a space, and Amel's question in it, which Badr answered.
pub struct Scene {
    pub world: World,
    pub amel: PersonId,
    badr: PersonId,
    space: SpaceId,
    topic: TopicId,
    /// The address for answers of the letter that told her.
    pub to: String,
}

async fn question(world: &World, space: SpaceId, author: PersonId) -> TopicId {
    let id = world.app.ids.id();
    let topic = NewTopic {
        id,
        space,
        author,
        kind: "question",
        title: "Qui tient la caisse ?".into(),
        body: "B".into(),
        language: "fr".into(),
        module: None,
        seminar: None,
        at: world.now(),
    };
    spaces::start(&world.app, topic).await.expect("a topic");
    id
}

async fn answered(world: &World, topic: TopicId, author: PersonId, body: &str) {
    let reply = spaces::NewReply {
        id: world.app.ids.id(),
        topic,
        author,
        body: body.into(),
        at: world.now(),
    };
    spaces::reply(&world.app, reply).await.expect("a reply");
}

/// The address for answers of the letter that waits for somebody.
async fn address(world: &World, to: &str) -> Option<String> {
    let all = jobs::list(&world.app, vec![told::KIND.to_owned()])
        .await
        .expect("the outbox");
    for entry in all
        .iter()
        .filter(|entry| entry.kind == told::KIND && entry.state != "done")
    {
        let written = told::write(&world.app, entry.id, &entry.payload)
            .await
            .expect("words");
        if let Some(written) = written.filter(|written| written.envelope.to == to) {
            // Tried again, it is the same.
            let again = told::write(&world.app, entry.id, &entry.payload)
                .await
                .expect("words")
                .expect("it");
            assert_eq!(again.envelope.reply_to, written.envelope.reply_to);
            assert_eq!(
                written.letter.text.contains("Répondez à ce courriel"),
                written.envelope.reply_to.is_some()
            );
            return written.envelope.reply_to;
        }
    }
    None
}

impl Scene {
    pub async fn of(world: World, url: Option<String>) -> Scene {
        let world = world
            .configured(|config| {
                config.inbox =
                    addresses::Inbox::from_values(Some("reply@halqa.example"), url.as_deref())
                        .expect("good");
            })
            .await;
        let (amel, badr) = (
            world.person(AMEL).await,
            world.person("badr@example.org").await,
        );
        let space = world.app.ids.id();
        let new = NewSpace {
            id: space,
            slug: "cadre".into(),
            axis: None,
            titles: std::array::from_fn(|_| "Cadre".to_owned()),
            abouts: Default::default(),
            at: world.now(),
        };
        spaces::open(&world.app, new).await.expect("a space");
        let topic = question(&world, space, amel).await;
        answered(&world, topic, badr, "Le trésorier.").await;
        world.run_jobs().await;
        let to = address(&world, AMEL).await.expect("an address for answers");
        assert!(
            to.starts_with("reply+r") && to.ends_with("@halqa.example"),
            "{to}"
        );
        Scene {
            world,
            amel,
            badr,
            space,
            topic,
            to,
        }
    }

    pub async fn page(&self) -> String {
        send(self.world.get(&format!("/fr/spaces/cadre/{}", self.topic)))
            .await
            .text
    }

    async fn receive(&self, raw: &str) -> Taken {
        inbox::receive(&self.world.app, raw.as_bytes(), None)
            .await
            .expect("taken")
    }

    fn letter(&self, headers: &str, body: &str) -> String {
        let bounce = addresses::bounce_address(&self.world.app, AMEL).expect("an address");
        letter(headers, body, [&self.to, AMEL, &bounce])
    }

    async fn mails(&self, code: &str) -> i64 {
        halqa::db::testing::count_mails(&self.world.app.db, &format!("inbox-mail-{code}")).await
    }

    async fn audits(&self, code: &str) -> i64 {
        halqa::db::testing::count_audit(&self.world.app.db, code).await
    }

    async fn replies(&self) -> Vec<String> {
        halqa::db::testing::bodies_of(&self.world.app.db, self.topic).await
    }
}

both_engines! {
    async fn letters_become_answers(world: World) {
        let scene = Scene::of(world, None).await;
        assert!(LETTERS.len() >= 25);
        let mut wrong = Vec::new();
        for (what, headers, body, fate) in LETTERS {
            // Newcomers may write so much in ten minutes.
            scene.world.clock.advance_seconds(700);
            let before = scene.replies().await;
            let taken = scene.receive(&scene.letter(headers, body)).await;
            let after = scene.replies().await;
            let new: Vec<&String> = after.iter().filter(|body| !before.contains(body)).collect();
            let right = match (fate, &taken) {
                (Fate::Posted(text), Taken::Posted(_)) => new == [*text],
                (Fate::Refused(code), Taken::Refused(why)) => code == why && new.is_empty(),
                (Fate::Ignored(code), Taken::Ignored(why)) => code == why && new.is_empty(),
                _ => false,
            };
            if !right {
                wrong.push(format!("{what}: {taken:?} {new:?}, not {fate:?}"));
            }
        }
        assert!(wrong.is_empty(), "\n{}", wrong.join("\n"));
        let posted = LETTERS.iter().filter(|row| matches!(row.3, Fate::Posted(_))).count() as i64;
        let refused = LETTERS.iter().filter(|row| matches!(row.3, Fate::Refused(_))).count() as i64;
        assert_eq!((scene.audits("mail-posted").await, scene.audits("mail-refused").await), (posted, refused));
        // Told once for each reason and day, and never to a stranger.
        assert_eq!((scene.mails("sender").await, scene.mails("without-files").await), (1, 1));
        // It is Amel's, it is not markup, and it is told on like any answer.
        let page = scene.page().await;
        assert!(page.contains("livre de caisse") && page.contains("amel"), "{page}");
        assert!(!page.contains("<script>alert"), "{page}");
        scene.world.run_jobs().await;
        let told = halqa::notifications::list(&scene.world.app, halqa::web::Lang::Fr, scene.badr, None, 50).await.expect("a list");
        assert!(!told.is_empty(), "who answered hears of it");
    }

    async fn the_same_letter_counts_once(world: World) {
        let scene = Scene::of(world, None).await;
        let raw = scene.letter("+", "Une fois.");
        let all = futures::future::join_all((0..5).map(|_| scene.receive(&raw))).await;
        assert_eq!(all.iter().filter(|taken| matches!(taken, Taken::Posted(_))).count(), 1, "{all:?}");
        assert!(all.iter().all(|taken| matches!(taken, Taken::Posted(_) | Taken::Ignored("again"))), "{all:?}");
        assert_eq!(scene.replies().await.iter().filter(|body| *body == "Une fois.").count(), 1);
        // Without an id, the whole of it is its name.
        let bare = raw.lines().filter(|line| !line.starts_with("Message-ID")).collect::<Vec<_>>().join("\r\n").replace("Une fois", "Sans nom");
        assert!(matches!(scene.receive(&bare).await, Taken::Posted(_)));
        assert_eq!(scene.receive(&bare).await, Taken::Ignored("again"));
    }

    async fn the_rules_of_the_page_hold(world: World) {
        let scene = Scene::of(world, None).await;
        // Pace: the question itself counts too.
        scene.world.clock.advance_seconds(700);
        for n in 0..5 {
            assert!(matches!(scene.receive(&scene.letter("+", &format!("Réponse {n}."))).await, Taken::Posted(_)));
        }
        assert_eq!(scene.receive(&scene.letter("+", "Encore.")).await, Taken::Refused("too-many-posts"));
        scene.world.clock.advance_seconds(700);
        // Too long.
        assert_eq!(scene.receive(&scene.letter("+", &"long ".repeat(5_000))).await, Taken::Refused("too-long"));
        // A space that is by invitation now.
        let set = async |code| spaces::set_visibility(&scene.world.app, scene.badr, scene.space, code, &[]).await.expect("set");
        set(domain::community::Visibility::Invitation).await;
        assert_eq!(scene.receive(&scene.letter("+", "Dehors.")).await, Taken::Refused("not-found"));
        set(domain::community::Visibility::Public).await;
        // Closed.
        let admin = scene.world.signed_in_as("admin@example.org", Some(halqa::accounts::Grant::Admin)).await;
        let care = format!("/spaces/cadre/{}/care", scene.topic);
        let closed = send(scene.world.form(&care, &[("what", "close")]).by(&admin)).await;
        assert_eq!(closed.status, Status::SeeOther, "{}", closed.text);
        assert_eq!(scene.receive(&scene.letter("+", "Trop tard.")).await, Taken::Refused("topic-closed"));
        let opened = send(scene.world.form(&care, &[("what", "close")]).by(&admin)).await;
        assert_eq!(opened.status, Status::SeeOther, "{}", opened.text);
        assert!(matches!(scene.receive(&scene.letter("+", "Rouvert.")).await, Taken::Posted(_)));
        // Suspended: nobody answers, nobody is told.
        let mails = halqa::db::testing::count_mails(&scene.world.app.db, "inbox-mail-rules").await;
        let suspend = format!("/admin/people/{}/suspend", scene.amel);
        assert_eq!(send(scene.world.form(&suspend, &[("suspended", "yes")]).by(&admin)).await.status, Status::SeeOther);
        assert_eq!(scene.receive(&scene.letter("+", "Suspendue.")).await, Taken::Ignored("nobody"));
        assert_eq!(halqa::db::testing::count_mails(&scene.world.app.db, "inbox-mail-rules").await, mails);
        assert_eq!(send(scene.world.form(&suspend, &[("suspended", "no")]).by(&admin)).await.status, Status::SeeOther);
        // Run out.
        scene.world.clock.advance_seconds(31 * 86_400);
        assert_eq!(scene.receive(&scene.letter("+", "Un mois après.")).await, Taken::Refused("expired"));
        assert_eq!(scene.receive(&scene.letter("+", "Un mois et un jour.")).await, Taken::Refused("expired"));
        assert_eq!(scene.mails("expired").await, 1, "told once a day");
    }

    async fn without_a_mailbox_nothing_changes(world: World) {
        assert_eq!(inbox::receive(&world.app, b"From: a@b.example\r\n\r\nx", None).await.expect("taken"), Taken::Ignored("no-inbox"));
        let scene = Scene::of(world, None).await;
        let world = scene.world.configured(|config| config.inbox = None).await;
        assert_eq!(address(&world, AMEL).await, None);
    }

    async fn mail_that_comes_back_stops_letters(world: World) {
        let scene = Scene::of(world, None).await;
        let app = scene.world.app.clone();
        let bounce = addresses::bounce_address(&app, AMEL).expect("an address");
        let forward = "amel@elsewhere.example";
        for (what, raw, expected) in [
            ("somebody else's", report(&addresses::bounce_address(&app, "x@y.example").expect("one"), "failed", "5.1.1", "", AMEL, AMEL), Taken::Ignored("report-unproved")),
            ("to no secret", report("reply@halqa.example", "failed", "5.1.1", "", AMEL, AMEL), Taken::Ignored("report-unproved")),
            ("late only", report(&bounce, "delayed", "4.4.1", "", AMEL, AMEL), Taken::Ignored("report-unproved")),
            ("it arrived", report(&bounce, "delivered", "2.0.0", "", AMEL, AMEL), Taken::Ignored("report-unproved")),
            ("a full mailbox", report(&bounce, "failed", "5.2.2", "", AMEL, AMEL), Taken::Ignored("report-counted")),
            ("the same day", report(&bounce, "failed", "5.2.2", "", AMEL, AMEL), Taken::Ignored("report-counted")),
            ("a policy", report(&bounce, "failed", "5.7.1", "", AMEL, AMEL), Taken::Ignored("report-counted")),
        ] {
            assert_eq!(scene.receive(&raw).await, expected, "{what}");
            assert_eq!(bounces::reason(&app, AMEL).await.expect("asked"), None, "{what}");
        }
        for (what, raw) in [
            ("no such user", report(&bounce, "failed", "5.1.1", "", AMEL, AMEL)),
            ("forwarded, its first address told", report(&bounce, "failed", "5.1.1", "AMEL@example.org", forward, forward)),
            ("forwarded, the letter itself tells", report(&bounce, "Failed", "5.1.10 (gone)", "", forward, AMEL)),
        ] {
            assert_eq!(scene.receive(&raw).await, Taken::Bounced(1), "{what}");
            let reason = bounces::reason(&app, AMEL).await.expect("asked").expect("stopped");
            assert!(reason.contains("5.1.1") && reason.contains("the server's words"), "{what}: {reason}");
            bounces::clear(&app, AMEL).await.expect("cleared");
        }
        assert_eq!(scene.audits("mail-stopped").await, 3);
        // A mailbox that is full for five days is left alone; the page says how to begin again.
        for day in 0..5 {
            scene.world.clock.advance_seconds(86_500);
            let taken = scene.receive(&report(&bounce, "failed", "5.2.2", "", AMEL, AMEL)).await;
            assert_eq!(taken == Taken::Bounced(1), day == 4, "{day}: {taken:?}");
        }
        let browser = scene.world.browser_of(AMEL).await;
        let page = send(scene.world.get("/fr/me/notifications/settings").by(&browser)).await;
        assert!(page.text.contains("/me/notifications/mail/again"), "{}", page.text);
        assert_eq!(send(scene.world.form("/me/notifications/mail/again", &[]).by(&browser)).await.status, Status::SeeOther);
        assert_eq!(bounces::reason(&app, AMEL).await.expect("asked"), None);
        // A fortnight of silence: counting begins anew.
        for _ in 0..4 {
            scene.world.clock.advance_seconds(15 * 86_400);
            scene.receive(&report(&bounce, "failed", "4.2.2", "", AMEL, AMEL)).await;
        }
        assert_eq!(bounces::reason(&app, AMEL).await.expect("asked"), None);
    }

    /// The mail server's pipe: the real program, its exit codes.
    async fn through_the_command_line(world: World) {
        // The program has the real time.
        let real = halqa::clock::Clock::now(&halqa::clock::SystemClock);
        world.clock.advance_seconds((real.micros() - world.now().micros()) / 1_000_000);
        let scene = Scene::of(world, None).await;
        let config = &scene.world.app.config;
        let receive = |input: &[u8], more: &[&str], address: &str| {
            let mut child = Command::new(env!("CARGO_BIN_EXE_halqa"))
                .args(["mail", "receive"])
                .args(more)
                .env("HALQA_DATA", &config.data)
                .env("HALQA_DATABASE_URL", &config.database_url)
                .env("HALQA_SECRET_KEY", config.secret_key.clone().unwrap_or_default())
                .env("HALQA_INBOX_ADDRESS", address)
                .stdin(Stdio::piped())
                .stdout(Stdio::piped())
                .stderr(Stdio::piped())
                .spawn()
                .expect("the program");
            child.stdin.take().expect("its input").write_all(input).expect("written");
            let output = child.wait_with_output().expect("it ends");
            (output.status.code(), format!("{}{}", String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr)))
        };
        let ours = "reply@halqa.example";
        let (code, said) = receive(scene.letter("+", "Par le tuyau.").as_bytes(), &[], ours);
        assert!(code == Some(0) && said.contains("Posted"), "{code:?} {said}");
        assert!(scene.page().await.contains("Par le tuyau."));
        // Only the envelope knows the address.
        let hidden = "From: amel@example.org\r\nMessage-ID: <e@x>\r\n\r\nPar l’enveloppe.";
        let (code, said) = receive(hidden.as_bytes(), &["--to", &scene.to], ours);
        assert!(code == Some(0) && said.contains("Posted"), "{code:?} {said}");
        // Nonsense is heard too: a mail server shall not send it back.
        for nonsense in [&b""[..], b"\0\xff\xfe", b"\r\n\r\n", &[b'a'; 100_000]] {
            let (code, said) = receive(nonsense, &[], ours);
            assert!(code == Some(0) && said.contains("Ignored"), "{code:?} {said}");
        }
        let (code, said) = receive(b"", &[], "");
        assert!(code == Some(1) && said.contains("HALQA_INBOX_ADDRESS"), "{code:?} {said}");
    }
}
