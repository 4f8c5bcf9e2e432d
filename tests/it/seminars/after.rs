//! Around a seminar: files at their time and for whom they are, commitments, seminars without a date,
//! files beside texts; and all of it in what people take along.

use std::io::Read as _;

use domain::eligibility::Rule;
use halqa::accounts::Grant;
use halqa::ids::PersonId;
use halqa::seminars::{self, SeminarRow, commitments, handouts, plans};
use rocket::http::{ContentType, Status};

use crate::harness::{As, World, both_engines, send};

/// A form with a file, as a browser sends it.
fn form(fields: &[(&str, &str)], name: &str, bytes: &[u8]) -> (ContentType, Vec<u8>) {
    let mut body = Vec::new();
    for (field, value) in fields {
        body.extend(
            format!("--X\r\nContent-Disposition: form-data; name=\"{field}\"\r\n\r\n{value}\r\n")
                .bytes(),
        );
    }
    if !name.is_empty() {
        body.extend(
            format!(
                "--X\r\nContent-Disposition: form-data; name=\"file\"; filename=\"{name}\"\r\n\r\n"
            )
            .bytes(),
        );
        body.extend(bytes);
        body.extend(b"\r\n");
    }
    body.extend(b"--X--\r\n");
    let kind = ContentType::new("multipart", "form-data").with_params(("boundary", "X"));
    (kind, body)
}

const PDF: &[u8] = b"%PDF-1.4\n1 0 obj<<>>endobj\ntrailer<<>>\n%%EOF\n";

/// Staff, a seminar in ten days, and somebody with a seat.
async fn planned(world: &World) -> (String, SeminarRow, PersonId, String) {
    let founder = world.founder().await;
    world.region(&founder, "sousse").await;
    let seminar = world
        .seminar("Statuts", Some("sousse"), 5, Rule::open())
        .await;
    let amel = world.person("amel@example.org").await;
    seminars::register(&world.app, amel, seminar.id)
        .await
        .expect("a seat");
    let staff = world
        .signed_in_as("staff@example.org", Some(Grant::Regional("sousse".into())))
        .await;
    let own = world.browser_of("amel@example.org").await;
    (staff, seminar, amel, own)
}

both_engines! {
    async fn files_are_handed_out_at_their_time_to_whom_they_are_for(world: World) {
        let (staff, seminar, _, own) = planned(&world).await;
        let path = format!("/fr/seminars/{}", seminar.slug);
        let curious = world.signed_in_as("badr@example.org", None).await;
        let add = format!("{path}/handouts");
        for (label, phase, seats) in [("Plan", "before", false), ("Dossier", "before", true), ("Exercices", "during", true), ("Suites", "after", false)] {
            let mut fields = vec![("label", label), ("phase", phase)];
            if seats { fields.push(("seats", "yes")); }
            let (kind, body) = form(&fields, &format!("{label}.pdf"), PDF);
            let sent = send(world.post(&add).header(kind).body(body).by(&staff)).await;
            assert_eq!(sent.status, Status::SeeOther, "{}", sent.text);
        }
        // Nobody else adds, and a program is none that is taken.
        let (kind, body) = form(&[("label", "Intrus"), ("phase", "before")], "a.pdf", PDF);
        assert_eq!(send(world.post(&add).header(kind).body(body).by(&own)).await.status, Status::NotFound);
        let (kind, body) = form(&[("label", "Virus"), ("phase", "before")], "a.exe", b"MZ\x90\0");
        assert_eq!(send(world.post(&add).header(kind).body(body).by(&staff)).await.status, Status::UnprocessableEntity);
        let (kind, body) = form(&[("label", "Rien"), ("phase", "before"), ("document", "https://example.org/nowhere")], "", b"");
        let refused = send(world.post(&add).header(kind).body(body).by(&staff)).await;
        assert!(refused.status == Status::UnprocessableEntity && refused.text.contains("Aucun document visible"), "{}", refused.text);
        let rows = handouts::of(&world.app, seminar.id).await.unwrap();
        let id = |label: &str| rows.iter().find(|row| row.label == label).expect("there").id;
        assert_eq!(rows.len(), 4);

        let open = |label: &str, reader: Option<String>| {
            let at = format!("{path}/handouts/{}", id(label));
            let world = &world;
            async move {
                let request = world.get(&at);
                let request = match &reader { Some(cookie) => request.by(cookie), None => request };
                send(request).await.status
            }
        };
        let (nobody, seated, other, team) = (None, Some(own.clone()), Some(curious.clone()), Some(staff.clone()));
        assert_eq!(open("Plan", nobody.clone()).await, Status::SeeOther);
        let asked = send(world.get(&format!("{path}/handouts/{}", id("Dossier")))).await;
        assert!(asked.status == Status::SeeOther && asked.headers["location"].contains("/sign-in?next="), "who has a seat signs in");
        assert_eq!(open("Dossier", other.clone()).await, Status::NotFound);
        assert_eq!(open("Dossier", seated.clone()).await, Status::SeeOther);
        assert_eq!(open("Exercices", seated.clone()).await, Status::NotFound, "before its time");
        assert_eq!(open("Exercices", team.clone()).await, Status::SeeOther);
        let page = send(world.get(&path).by(&curious)).await.text;
        assert!(page.contains("Plan") && !page.contains("Dossier") && !page.contains("Exercices"), "{page}");
        world.clock.advance_seconds(10 * 86_400 + 600);
        let own = world.browser_of("amel@example.org").await;
        let curious = world.browser_of("badr@example.org").await;
        let (seated, other) = (Some(own.clone()), Some(curious.clone()));
        assert_eq!(open("Exercices", seated.clone()).await, Status::SeeOther);
        assert_eq!(open("Exercices", other.clone()).await, Status::NotFound);
        assert_eq!(open("Suites", other.clone()).await, Status::NotFound);
        world.clock.advance_seconds(3 * 3600);
        assert_eq!(open("Suites", other).await, Status::SeeOther);

        // Held again, the files come along; taken away here, they stay there.
        let again = world.seminar("Statuts, encore", Some("sousse"), 5, Rule::open()).await;
        let staff_id = seminars::learner(&world.app, "staff@example.org").await.unwrap().unwrap().id;
        handouts::copy(&world.app, seminar.id, again.id, staff_id).await.expect("copied");
        let copied = handouts::of(&world.app, again.id).await.unwrap();
        assert_eq!(copied.len(), 4);
        handouts::remove(&world.app, seminar.id, id("Plan")).await.expect("removed");
        let there = send(world.get(&format!("/fr/seminars/{}/handouts/{}", again.slug, copied[0].id))).await;
        assert_eq!(there.status, Status::SeeOther);
        // The address of the file itself is signed, on the content origin.
        let address = there.headers["location"].clone();
        assert!(address.contains("/d/") && !address.starts_with(&world.app.config.public_url), "{address}");
        handouts::remove(&world.app, again.id, copied[0].id).await.expect("removed");
        assert!(handouts::remove(&world.app, again.id, copied[0].id).await.is_err());
    }

    async fn commitments_are_seen_by_those_they_concern_and_reminded_of(world: World) {
        let (staff, seminar, amel, own) = planned(&world).await;
        let founder = world.founder_again().await;
        let osc = world.organisation(&founder, "Oliviers", "sousse").await;
        world.join(amel, &osc, "member").await;
        let chief = world.person("chief@example.org").await;
        world.join(chief, &osc, "coordinator").await;
        world.person("trainer@example.org").await;
        let path = format!("/fr/seminars/{}/commitments", seminar.slug);
        let say = [("body", "Réunir le bureau"), ("months", "2")];
        assert_eq!(send(world.form(&path, &say).by(&own)).await.status, Status::Conflict, "not before it begins");
        world.clock.advance_seconds(10 * 86_400 + 600);
        let own = world.browser_of("amel@example.org").await;
        let curious = world.signed_in_as("badr@example.org", None).await;
        assert_eq!(send(world.form(&path, &[("body", "")]).by(&own)).await.status, Status::UnprocessableEntity);
        let made = send(world.form(&path, &say).by(&own)).await;
        assert_eq!(made.status, Status::SeeOther, "{}", made.text);
        assert_eq!(send(world.form(&path, &say).by(&curious)).await.status, Status::Conflict, "no seat");
        assert_eq!(send(world.get(&path).by(&curious)).await.status, Status::NotFound);
        let staff = { let _ = staff; world.browser_of("staff@example.org").await };
        let chief = world.browser_of("chief@example.org").await;
        let team = send(world.get(&path).by(&staff)).await;
        assert!(team.text.contains("Réunir le bureau") && team.text.contains("Oliviers"), "{}", team.text);
        let of_osc = format!("/fr/organisations/{}/commitments", osc.slug);
        assert!(send(world.get(&of_osc).by(&chief)).await.text.contains("Réunir le bureau"));
        assert_eq!(send(world.get(&of_osc).by(&own)).await.status, Status::NotFound, "a member is no coordinator");
        // A trainer reads them once named.
        let trainer = world.browser_of("trainer@example.org").await;
        assert_eq!(send(world.get(&path).by(&trainer)).await.status, Status::NotFound);
        let name = format!("/fr/seminars/{}/trainers", seminar.slug);
        assert_eq!(send(world.form(&name, &[("email", "trainer@example.org")]).by(&own)).await.status, Status::Forbidden);
        assert_eq!(send(world.form(&name, &[("email", "nobody@example.org")]).by(&staff)).await.status, Status::UnprocessableEntity);
        assert_eq!(send(world.form(&name, &[("email", "trainer@example.org")]).by(&staff)).await.status, Status::SeeOther);
        assert!(send(world.get(&path).by(&trainer)).await.text.contains("Réunir le bureau"));
        // A week before it is due, once; somebody else's is nobody's to end.
        commitments::remind(&world.app).await.expect("nothing is due");
        let owed = || async { halqa::db::testing::count_mails(&world.app.db, "seminars-mail-commitment").await };
        assert_eq!(owed().await, 0);
        world.clock.advance_seconds(54 * 86_400);
        for _ in 0..2 { commitments::remind(&world.app).await.expect("reminded"); }
        assert_eq!(owed().await, 1);
        let id = commitments::of_person(&world.app, seminar.id, amel).await.unwrap()[0].id;
        let done = commitments::done(&world.app, seminar.id, chief_of(&world).await, id, String::new()).await;
        assert_eq!(done.unwrap_err().status, Status::NotFound);
        let own = world.browser_of("amel@example.org").await;
        let end = [("act", "done"), ("id", &id.to_string()), ("outcome", "Le bureau s’est réuni")].map(|(k, v)| (k, v.to_owned()));
        let end: Vec<(&str, &str)> = end.iter().map(|(k, v)| (*k, v.as_str())).collect();
        assert_eq!(send(world.form(&path, &end).by(&own)).await.status, Status::SeeOther);
        assert!(send(world.get(&path).by(&own)).await.text.contains("Le bureau s’est réuni"));
        for n in 0..4 {
            commitments::make(&world.app, &seminar, amel, format!("Chose {n}"), 3).await.expect("made");
        }
        let sixth = commitments::make(&world.app, &seminar, amel, "Encore".into(), 3).await;
        assert_eq!(sixth.unwrap_err().code, "too-many-commitments");
        // At rest, the team reads no organisation.
        let organisation = halqa::organisations::by_slug(&world.app, &osc.slug).await.unwrap().unwrap();
        let founder = world.founder_again().await;
        halqa::organisations::rest(&world.app, &founder, &organisation, true).await.expect("at rest");
        let staff = world.browser_of("staff@example.org").await;
        assert!(!send(world.get(&path).by(&staff)).await.text.contains("Oliviers"));
        // All of it is in what she takes along.
        let package = halqa::rights::export(&world.app, amel).await.expect("her data");
        let mut zip = zip::ZipArchive::new(std::io::Cursor::new(package.0)).expect("a zip");
        let mut text = String::new();
        zip.by_name("data.json").expect("data").read_to_string(&mut text).expect("text");
        let data: serde_json::Value = serde_json::from_str(&text).expect("JSON");
        assert_eq!(data["commitments"].as_array().map(Vec::len), Some(5), "{data}");
        assert_eq!(data["commitments"][0]["outcome"], "Le bureau s’est réuni");
        for list in ["presence", "waiting_lists", "interest", "sent_files"] {
            assert!(data[list].is_array(), "{list}");
        }
    }

    async fn who_asks_for_a_date_is_told_when_it_is_near(world: World) {
        let (staff, _, amel, own) = planned(&world).await;
        let founder = world.founder_again().await;
        world.region(&founder, "gafsa").await;
        for (email, name, region) in [("badr@example.org", "Oliviers", "sousse"), ("chiraz@example.org", "Palmiers", "gafsa")] {
            let person = world.person(email).await;
            let osc = world.organisation(&founder, name, region).await;
            world.join(person, &osc, "member").await;
        }
        assert_eq!(send(world.form("/fr/plans/new", &[("title", "Gérer un conflit")]).by(&own)).await.status, Status::Forbidden);
        let made = send(world.form("/fr/plans/new", &[("title", "Gérer un conflit"), ("summary", "En équipe"), ("language", "fr")]).by(&staff)).await;
        assert_eq!(made.status, Status::SeeOther, "{}", made.text);
        let plan = plans::open(&world.app).await.unwrap().remove(0);
        let path = format!("/fr/plans/{}", plan.slug);
        assert!(send(world.get("/fr/seminars")).await.text.contains("Gérer un conflit"));
        for email in ["amel@example.org", "badr@example.org", "chiraz@example.org"] {
            let browser = world.browser_of(email).await;
            for _ in 0..2 {
                assert_eq!(send(world.form(&format!("{path}/interest"), &[]).by(&browser)).await.status, Status::SeeOther);
            }
        }
        let page = send(world.get(&path).by(&staff)).await.text;
        assert!(page.contains("personnes attendent") && page.contains("Sans région"), "{page}");
        let counts = plans::by_region(&world.app, plan.id).await.unwrap();
        assert_eq!(counts.iter().map(|row| row.people).sum::<i64>(), 3);
        assert!(!send(world.get(&path).by(&own)).await.text.contains("Sans région"), "counts by region are the staff's");
        // A date in Sousse: those of Sousse and of no region are told, Gafsa goes on waiting.
        let form = send(world.get(&format!("/fr/seminars/new?plan={}", plan.slug)).by(&staff)).await;
        assert!(form.text.contains("Gérer un conflit"), "{}", form.text);
        let day = |days: i64| world.now().plus_days(days).utc().format("%Y-%m-%dT09:30").to_string();
        let (starts, ends) = (day(20), day(21));
        let fields = [("title", "Gérer un conflit"), ("language", "fr"), ("region", "sousse"), ("place", "Sousse"),
            ("starts", &starts), ("ends", &ends), ("capacity", "12"), ("need", "0"), ("scope", "person")];
        let dated = send(world.form(&format!("/fr/seminars/new?plan={}", plan.slug), &fields).by(&staff)).await;
        assert_eq!(dated.status, Status::SeeOther, "{}", dated.text);
        assert_eq!(halqa::db::testing::count_mails(&world.app.db, "seminars-mail-plan").await, 2);
        let left = plans::by_region(&world.app, plan.id).await.unwrap();
        assert_eq!(left, vec![plans::RegionCount { region: Some("gafsa".into()), people: 1 }]);
        assert!(!plans::wants(&world.app, plan.id, amel).await.unwrap());
        assert!(send(world.get(&path)).await.text.contains("Sousse"));
        assert_eq!(send(world.form(&format!("{path}/close"), &[]).by(&staff)).await.status, Status::SeeOther);
        assert_eq!(send(world.form(&format!("{path}/interest"), &[]).by(&own)).await.status, Status::NotFound);
    }

    async fn files_beside_texts_come_from_people_who_took_part(world: World) {
        let founder = world.founder().await;
        world.region(&founder, "tunis").await;
        let osc = world.organisation(&founder, "Oliviers", "tunis").await;
        let amel = world.person("amel@example.org").await;
        world.join(amel, &osc, "coordinator").await;
        let space = world.app.ids.id();
        halqa::spaces::open(&world.app, halqa::spaces::NewSpace {
            id: space, slug: "cadre".into(), axis: None,
            titles: ["Cadre".into(), "إطار".into(), "Frame".into()], abouts: Default::default(), at: world.now(),
        }).await.expect("a space");
        let own = world.browser_of("amel@example.org").await;
        let sent = |cookie: String| {
            let (kind, body) = form(&[], "Budget.pdf", PDF);
            let world = &world;
            async move { send(world.post("/fr/files").header(kind).body(body).by(&cookie)).await }
        };
        assert_eq!(sent(own.clone()).await.status, Status::Forbidden, "a newcomer");
        let named = [("title", "x"), ("body", "[b](/files/00000000-0000-0000-0000-000000000000)")];
        let refused = send(world.form("/fr/spaces/cadre/new", &named).by(&own)).await;
        assert_eq!(refused.status, Status::UnprocessableEntity, "{}", refused.text);
        for n in 0..3 {
            let topic = halqa::spaces::NewTopic {
                id: world.app.ids.id(), space, author: amel, kind: "discussion", title: format!("T{n}"), body: "B".into(),
                language: "fr".into(), module: None, seminar: None, at: world.now(),
            };
            halqa::spaces::start(&world.app, topic).await.expect("a topic");
        }
        world.clock.advance_seconds(2 * 86_400);
        let own = world.browser_of("amel@example.org").await;
        let answer = sent(own.clone()).await;
        assert_eq!(answer.status, Status::SeeOther, "{}", answer.text);
        let page = send(world.get("/fr/files").by(&own)).await.text;
        let id = page.split("(/files/").nth(1).and_then(|rest| rest.split(')').next()).expect("a line").to_owned();
        let body = format!("[Budget](/files/{id})");
        let started = send(world.form("/fr/spaces/cadre/new", &[("title", "Budget"), ("body", &body)]).by(&own)).await;
        let topic = started.headers["location"].split('?').next().unwrap().to_owned();
        assert!(send(world.get(&topic)).await.text.contains(&format!("href=\"/files/{id}\"")));
        let file = format!("/files/{id}");
        let leads = send(world.get(&file)).await;
        assert_eq!(leads.status, Status::SeeOther);
        let (_, rest) = leads.headers["location"].split_once("//").expect("an address");
        let (host, path) = rest.split_once('/').expect("a path");
        let got = send(world.client.get(format!("/{path}")).header(rocket::http::Header::new("Host", host.to_owned()))).await;
        assert!(got.status == Status::Ok && got.headers["content-disposition"].starts_with("attachment"), "{} {}", got.status, got.text);
        // At rest, her files are nobody's to fetch.
        let organisation = halqa::organisations::by_slug(&world.app, &osc.slug).await.unwrap().unwrap();
        halqa::organisations::rest(&world.app, &founder, &organisation, true).await.expect("at rest");
        assert_eq!(send(world.get(&file)).await.status, Status::NotFound);
        halqa::organisations::rest(&world.app, &founder, &organisation, false).await.expect("awake");
        // Leaving with her texts, she takes the files with her.
        halqa::rights::erase(&world.app, None, amel, true).await.expect("erased");
        assert_eq!(send(world.get(&file)).await.status, Status::NotFound);
    }
}

async fn chief_of(world: &World) -> PersonId {
    let found = seminars::learner(&world.app, "chief@example.org").await;
    found.unwrap().expect("the coordinator").id
}
