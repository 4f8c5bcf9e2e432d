//! Meetings, calendars, the repetition elsewhere, reminders.

use domain::eligibility::Rule;
use halqa::accounts::Grant;
use halqa::seminars::{self, programme};
use rocket::http::Status;

use crate::harness::{As, World, both_engines, send};

async fn office(world: &World) -> String {
    let founder = world.founder().await;
    world.region(&founder, "sousse").await;
    world.region(&founder, "gafsa").await;
    let grant = Grant::Regional("sousse".into());
    world.signed_in_as("staff@example.org", Some(grant)).await
}

/// Two mornings with a trainer, an agenda and a handout.
async fn two_mornings(world: &World, staff: &str, slug: &str) {
    let path = format!("/fr/seminars/{slug}/programme");
    let rows = programme::meetings(
        &world.app,
        seminars::by_slug(&world.app, slug).await.unwrap().id,
    )
    .await
    .unwrap();
    let saved = send(
        world
            .form(
                &path,
                &[
                    ("rows", "3"),
                    ("handouts", "2"),
                    ("trainers", "Rim Jaziri"),
                    ("agenda", "Accueil\nLecture"),
                    ("id1", &rows[0].id.to_string()),
                    ("starts1", "2026-03-14T09:30"),
                    ("ends1", "2026-03-14T12:00"),
                    ("place1", "Salle A"),
                    ("link1", ""),
                    ("about1", "Les statuts"),
                    ("id2", ""),
                    ("starts2", "2026-03-21T09:30"),
                    ("ends2", "2026-03-21T13:00"),
                    ("place2", ""),
                    ("link2", "https://visio.example.org/salle"),
                    ("about2", ""),
                    ("starts3", ""),
                    ("ends3", ""),
                    ("phase1", "after"),
                    ("label1", "Compte rendu"),
                    ("url1", "https://example.org/cr.pdf"),
                ],
            )
            .by(staff),
    )
    .await;
    assert_eq!(saved.status, Status::SeeOther, "{}", saved.text);
}

both_engines! {
    async fn meetings_stand_on_the_page_and_in_calendars(world: World) {
        let staff = office(&world).await;
        let seminar = world.seminar("Statuts, pas à pas", Some("sousse"), 5, Rule::open()).await;
        let first = programme::meetings(&world.app, seminar.id).await.unwrap();
        assert_eq!(first.len(), 1, "a new seminar is one meeting");
        two_mornings(&world, &staff, &seminar.slug).await;
        let row = seminars::by_slug(&world.app, &seminar.slug).await.unwrap();
        let meetings = programme::meetings(&world.app, seminar.id).await.unwrap();
        assert_eq!((meetings.len(), meetings[0].id), (2, first[0].id), "it keeps its identity");
        assert_eq!((row.starts_at, row.ends_at), (meetings[0].starts_at, meetings[1].ends_at));

        let path = format!("/fr/seminars/{}", seminar.slug);
        let page = send(world.get(&path)).await;
        assert!(page.text.contains("Rim Jaziri") && page.text.contains("Les statuts"), "{}", page.text);
        assert!(!page.text.contains("cr.pdf") && !page.text.contains("visio.example.org"), "for those inside");
        let ics = send(world.get(&format!("{path}/calendar.ics"))).await;
        assert_eq!(ics.headers["content-type"], "text/calendar; charset=utf-8");
        assert_eq!(ics.text.matches("BEGIN:VEVENT").count(), 2, "{}", ics.text);
        assert!(ics.text.contains("DTSTART:20260314T083000Z"), "{}", ics.text);
        assert!(!ics.text.contains("visio.example.org"));
        let one = send(world.get(&format!("{path}/calendar.ics?meeting={}", meetings[1].id))).await;
        assert_eq!(one.text.matches("BEGIN:VEVENT").count(), 1);
        assert!(one.text.contains("DTSTART:20260321T083000Z"), "{}", one.text);
        assert_eq!(send(world.get(&format!("{path}/calendar.ics?meeting=x"))).await.status, Status::NotFound);

        // One's own calendar, by an address that is given to nobody.
        let amel = world.person("amel@example.org").await;
        let browser = world.browser_of("amel@example.org").await;
        seminars::register(&world.app, amel, seminar.id).await.expect("a seat");
        let inside = send(world.get(&path).by(&browser)).await;
        assert_eq!(inside.text.contains("cr.pdf"), row.ends_at <= world.now(), "at its time: {}", inside.text);
        let address = programme::feed_address(&world.app, amel).await.unwrap();
        let mine = send(world.get("/fr/seminars/calendar").by(&browser)).await;
        assert!(mine.text.contains(&address), "{}", mine.text);
        let feed = send(world.get(&format!("/fr/calendar/{address}.ics"))).await;
        assert_eq!(feed.text.matches("BEGIN:VEVENT").count(), 2, "{}", feed.text);
        assert!(feed.text.replace("\r\n ", "").contains("visio.example.org"), "{}", feed.text);
        let (person, sign) = address.split_once('-').unwrap();
        for wrong in [format!("{person}-{}", sign.replace(&sign[..1], "g")), person.to_owned(), "x-y".to_owned()] {
            assert_eq!(send(world.get(&format!("/fr/calendar/{wrong}"))).await.status, Status::NotFound);
        }
        let renewed = send(world.form("/fr/seminars/calendar", &[]).by(&browser)).await;
        assert_eq!(renewed.status, Status::SeeOther);
        assert_eq!(send(world.get(&format!("/fr/calendar/{address}"))).await.status, Status::NotFound);
        let left = (row.ends_at.micros() - world.now().micros()) / 1_000_000;
        world.clock.advance_seconds(left.max(0) + 60);
        let browser = world.browser_of("amel@example.org").await;
        let afterwards = send(world.get(&path).by(&browser)).await;
        assert!(afterwards.text.contains("cr.pdf"), "{}", afterwards.text);
        assert!(!send(world.get(&path)).await.text.contains("cr.pdf"), "for those inside");
    }

    async fn what_is_wrong_in_a_programme_is_said(world: World) {
        let staff = office(&world).await;
        let seminar = world.seminar("Statuts", Some("sousse"), 5, Rule::open()).await;
        let path = format!("/fr/seminars/{}/programme", seminar.slug);
        let good = [("rows", "1"), ("handouts", "1"), ("starts1", "2026-03-14T09:30"), ("ends1", "2026-03-14T12:00"), ("place1", "Ici")];
        for (name, value, field) in [
            ("ends1", "2026-03-14T09:00", "f-ends1"), ("starts1", "demain", "f-starts1"), ("place1", "", "f-place1"),
            ("link1", "javascript:alert(1)", "f-link1"), ("url1", "ftp://x", "f-url1"),
        ] {
            let mut fields: Vec<(&str, &str)> = good.into_iter().filter(|(n, _)| *n != name).collect();
            fields.push((name, value));
            let answer = send(world.form(&path, &fields).by(&staff)).await;
            assert_eq!(answer.status, Status::UnprocessableEntity, "{name}={value}");
            assert!(answer.text.contains(&format!("href=\"#{field}\"")), "{name}: {}", answer.text);
        }
        let more = send(world.form(&path, &[("rows", "1"), ("handouts", "1"), ("more", "yes"), ("trainers", "Rim")]).by(&staff)).await;
        assert!(more.text.contains("name=\"starts3\"") && more.text.contains("Rim"), "{}", more.text);
    }

    async fn a_workshop_is_held_again_elsewhere(world: World) {
        let staff = office(&world).await;
        let seminar = world.seminar("Statuts", Some("gafsa"), 5, Rule::open()).await;
        let gafsa = world.signed_in_as("gafsa@example.org", Some(Grant::Regional("gafsa".into()))).await;
        two_mornings(&world, &gafsa, &seminar.slug).await;
        let amel = world.person("amel@example.org").await;
        let browser = world.browser_of("amel@example.org").await;
        seminars::register(&world.app, amel, seminar.id).await.expect("a seat");
        world.person("badr@example.org").await;
        let badr = world.browser_of("badr@example.org").await;
        let path = format!("/fr/seminars/{}", seminar.slug);
        assert_eq!(send(world.form(&format!("{path}/interest"), &[]).by(&badr)).await.status, Status::SeeOther);

        // Staff of another region: seen, held again at home, and nowhere else.
        let form = send(world.get(&format!("{path}/duplicate")).by(&staff)).await;
        assert_eq!(form.status, Status::Ok, "{}", form.text);
        assert!(form.text.contains("value=\"sousse\" selected") && !form.text.contains("value=\"gafsa\""), "{}", form.text);
        let elsewhere = send(world.form(&format!("{path}/duplicate"), &[("region", "gafsa"), ("starts", "2026-09-05T10:00"), ("place", "Là")]).by(&staff)).await;
        assert_eq!(elsewhere.status, Status::UnprocessableEntity);
        let made = send(world.form(&format!("{path}/duplicate"), &[("region", "sousse"), ("starts", "2026-09-05T10:00"), ("place", "Maison de Sousse")]).by(&staff)).await;
        assert_eq!(made.status, Status::SeeOther, "{}", made.text);
        let slug = made.headers["location"].split(['/', '?']).nth(3).expect("a slug").to_owned();
        let copy = seminars::by_slug(&world.app, &slug).await.unwrap();
        assert_eq!((copy.region.as_deref(), copy.taken, copy.place.as_str()), (Some("sousse"), 0, "Maison de Sousse"));
        let meetings = programme::meetings(&world.app, copy.id).await.unwrap();
        let starts: Vec<String> = meetings.iter().map(|m| m.starts_at.rfc3339()).collect();
        assert_eq!(starts, ["2026-09-05T09:00:00.000Z", "2026-09-12T09:00:00.000Z"], "both shifted alike");
        assert_eq!(meetings[1].link, "https://visio.example.org/salle");
        let page = send(world.get(&format!("/fr/seminars/{slug}")).by(&staff)).await;
        assert!(page.text.contains("Rim Jaziri") && page.text.contains("cr.pdf"), "{}", page.text);
        // Who wanted to know is told, once; who has a seat keeps it where it was.
        let admin = world.signed_in_as("admin@example.org", Some(Grant::Admin)).await;
        let outbox = send(world.get("/fr/admin/outbox").by(&admin)).await;
        assert_eq!(outbox.text.matches("badr@example.org").count(), 1, "{}", outbox.text);
        assert!(send(world.get(&path).by(&browser)).await.text.contains("Votre place est prise"));
    }

    async fn the_day_before_everybody_is_reminded_once(world: World) {
        let seminar = world.seminar("Statuts", None, 5, Rule::open()).await;
        let amel = world.person("amel@example.org").await;
        seminars::register(&world.app, amel, seminar.id).await.expect("a seat");
        programme::remind(&world.app).await.unwrap();
        world.clock.advance_seconds(9 * 86_400);
        for _ in 0..2 {
            programme::remind(&world.app).await.unwrap();
        }
        let admin = world.signed_in_as("admin@example.org", Some(Grant::Admin)).await;
        let outbox = send(world.get("/fr/admin/outbox").by(&admin)).await;
        assert_eq!(outbox.text.matches("amel@example.org").count(), 1, "{}", outbox.text);
        assert!(outbox.text.contains("Bientôt"), "{}", outbox.text);
    }
}
