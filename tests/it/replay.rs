//! Replay: a session step by step, who may look, and what a new version would change.

use std::process::{Command, Output};

use halqa::accounts::Grant;
use halqa::catalogue::{self, Options};
use halqa::db::testing;
use halqa::ids::{MembershipId, OrganisationId, PersonId, SessionId};
use halqa::player::{self, Learner, Pass, Start, journal};
use rocket::http::{ContentType, Status};
use scorm::{Entry, Event, NavigationRequest};

use crate::harness::{As, World, both_engines, send};

const PAGE: &str =
    "<html lang=fr><body>Bonjour<script>parent.API.LMSInitialize('')</script></body></html>";

fn zip(manifest: &str) -> Vec<u8> {
    package::build::zip(
        [("imsmanifest.xml", manifest), ("a.html", PAGE)].map(|(n, t)| (n, t.as_bytes())),
    )
    .expect("a zip")
}

/// SCORM 1.2 with these items, each mastered at `mastery`.
fn old(title: &str, items: &[&str], mastery: u32) -> Vec<u8> {
    let items: String = items
        .iter()
        .map(|i| {
            format!(
                r#"<item identifier="{i}" identifierref="r"><title>Partie {i}</title><adlcp:masteryscore>{mastery}</adlcp:masteryscore></item>"#
            )
        })
        .collect();
    zip(&format!(
        r#"<manifest identifier="m" xmlns="http://www.imsproject.org/xsd/imscp_rootv1p1p2" xmlns:adlcp="http://www.adlnet.org/xsd/adlcp_rootv1p2">
<metadata><schema>ADL SCORM</schema><schemaversion>1.2</schemaversion></metadata>
<organizations default="o"><organization identifier="o"><title>{title}</title>{items}</organization></organizations>
<resources><resource identifier="r" type="webcontent" adlcp:scormtype="sco" href="a.html"/></resources></manifest>"#
    ))
}

/// SCORM 2004, two activities in order.
fn new_standard() -> Vec<u8> {
    zip(
        r#"<manifest identifier="m" xmlns="http://www.imsglobal.org/xsd/imscp_v1p1" xmlns:adlcp="http://www.adlnet.org/xsd/adlcp_v1p3" xmlns:imsss="http://www.imsglobal.org/xsd/imsss">
<metadata><schema>ADL SCORM</schema><schemaversion>2004 4th Edition</schemaversion></metadata>
<organizations default="o"><organization identifier="o"><title>Plaider</title>
<item identifier="un" identifierref="r"><title>Partie un</title></item><item identifier="deux" identifierref="r"><title>Partie deux</title></item>
<imsss:sequencing><imsss:controlMode choice="false" flow="true"/></imsss:sequencing></organization></organizations>
<resources><resource identifier="r" type="webcontent" adlcp:scormType="sco" href="a.html"/></resources></manifest>"#,
    )
}

struct Played {
    slug: String,
    trainer: String,
    learner: PersonId,
    session: SessionId,
}

fn call(function: &str, arguments: &[&str], result: &str, error: u16) -> Event {
    Event::Call {
        function: function.into(),
        arguments: arguments.iter().map(|a| (*a).to_owned()).collect(),
        result: result.into(),
        error,
    }
}

/// A trainer's module, and a learner who did this in it.
async fn played(world: &World, zip: &[u8], events: Vec<Event>) -> Played {
    let trainer = world.person("tarek@example.org").await;
    world.grant(trainer, Grant::Trainer).await;
    let options = Options {
        publish: true,
        by: Some(trainer),
        ..Options::default()
    };
    let imported = catalogue::import_bytes(&world.app, zip, options)
        .await
        .expect("imported");
    let learner = world.person("amel@example.org").await;
    let session = plays(world, &imported.module.slug, learner, "amel", events).await;
    Played {
        slug: imported.module.slug,
        trainer: world.browser_of("tarek@example.org").await,
        learner,
        session,
    }
}

async fn plays(
    world: &World,
    slug: &str,
    person: PersonId,
    name: &str,
    events: Vec<Event>,
) -> SessionId {
    let app = &world.app;
    let module = catalogue::module_by_slug(app, slug)
        .await
        .expect("the module");
    let learner = Learner {
        id: person,
        name: name.to_owned(),
        language: "fr".to_owned(),
    };
    let session = player::start(app, &learner, &module, Start::Resume)
        .await
        .expect("started");
    let attempts = player::attempts_of(app, person, module.id)
        .await
        .expect("attempts");
    let pass = Pass {
        session,
        attempt: attempts[0].id,
        version: attempts[0].version,
    };
    let opened = player::open(app, pass, format!("opening of {session}"))
        .await
        .expect("opened");
    let entries = (1..)
        .zip(events)
        .map(|(seq, event)| Entry {
            seq,
            at: seq as i64 * 1_500,
            event,
        })
        .collect();
    let batch = journal::Batch {
        session: Some(opened.session),
        state: false,
        entries,
    };
    journal::accept(app, pass, batch).await.expect("accepted");
    opened.session
}

/// Half-way through the second part, with much to remember and a call that no standard knows.
fn half_way() -> Vec<Event> {
    vec![
        call("LMSInitialize", &[""], "true", 0),
        call(
            "LMSSetValue",
            &["cmi.core.lesson_location", "p1"],
            "true",
            0,
        ),
        call(
            "LMSSetValue",
            &["cmi.suspend_data", &"x".repeat(5_000)],
            "true",
            0,
        ),
        call("LMSSetValue", &["cmi.core.colour", "red"], "false", 201),
        call("LMSSetValue", &["cmi.core.score.raw", "70"], "true", 0),
        call("LMSSetValue", &["cmi.core.exit", "suspend"], "true", 0),
        call("LMSFinish", &[""], "true", 0),
        Event::Navigate(NavigationRequest::Choice("b".into())),
        call("LMSInitialize", &[""], "true", 0),
        call(
            "LMSSetValue",
            &["cmi.core.lesson_location", "p7"],
            "true",
            0,
        ),
    ]
}

fn path(played: &Played) -> String {
    format!("/en/teach/sessions/{}/replay", played.session)
}

/// A page as one reads it: without direction marks and escapes.
async fn look(request: rocket::local::asynchronous::LocalRequest<'_>) -> crate::harness::Answer {
    let mut answer = send(request).await;
    for (written, read) in [
        ("\u{2068}", ""),
        ("\u{2069}", ""),
        ("&#x3D;", "="),
        ("&quot;", "\""),
        ("&#x27;", "'"),
        ("&gt;", ">"),
    ] {
        answer.text = answer.text.replace(written, read);
    }
    answer
}

/// A row of what a step changes: codes are identifiers, words are truths.
fn changed(what: &str, before: Option<&str>, after: &str) -> String {
    let told = |value: &str| match value {
        "yes" | "no" => value.to_owned(),
        code => format!(r#"<code dir="auto">{code}</code>"#),
    };
    let old = before.map_or(r#"<span class="soft">–</span>"#.to_owned(), told);
    let new = told(after);
    format!(
        r#"<th scope="row">{what}</th><td class="replay-old">{old}</td><td class="replay-new">{new}</td>"#
    )
}

/// Runs the program on a world's data, while the world is open.
fn halqa(world: &World, arguments: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_halqa"))
        .args(arguments)
        .env("HALQA_DATA", &world.app.config.data)
        .env("HALQA_DATABASE_URL", &world.app.config.database_url)
        .output()
        .expect("the program runs")
}

fn text(output: &Output) -> String {
    format!(
        "{}{}",
        String::from_utf8_lossy(&output.stdout),
        String::from_utf8_lossy(&output.stderr)
    )
}

/// The form of a new version, as a browser sends it.
async fn upload(world: &World, played: &Played, zip: &[u8]) -> crate::harness::Answer {
    let mut body = b"--limit\r\nContent-Disposition: form-data; name=\"package\"; filename=\"v2.zip\"\r\nContent-Type: application/zip\r\n\r\n".to_vec();
    body.extend_from_slice(zip);
    body.extend_from_slice(b"\r\n--limit--\r\n");
    let path = format!("/en/teach/modules/{}/versions", played.slug);
    let kind = ContentType::new("multipart", "form-data").with_params(("boundary", "limit"));
    send(
        world
            .post(&path)
            .by(&played.trainer)
            .header(kind)
            .body(body),
    )
    .await
}

async fn version_of(world: &World, played: &Played) -> i64 {
    catalogue::module_by_slug(&world.app, &played.slug)
        .await
        .expect("the module")
        .number
}

both_engines! {
    async fn a_trainer_steps_through_a_session(world: World) {
        let played = played(&world, &old("Caisse", &["a", "b"], 80), half_way()).await;
        let path = path(&played);
        let first = look(world.get(&path).by(&played.trainer)).await;
        assert_eq!(first.status, Status::Ok, "{}", first.text);
        assert!(first.text.contains("Step 1 of 11"));
        assert!(first.text.contains("longer than the standard guarantees"), "{}", first.text);
        assert!(first.text.contains("never reported completion"));
        assert!(first.text.contains("1 call of the content was refused"));
        assert!(first.text.contains("?at=1#step"));
        assert!(!first.text.contains("does not give the recorded result"));
        let third = look(world.get(&format!("{path}?at=2")).by(&played.trainer)).await;
        assert!(third.text.contains("cmi.core.lesson_location"));
        assert!(third.text.contains("?at=1#step") && third.text.contains("?at=3#step"));
        assert!(third.text.contains(r#"<td class="replay-new"><code dir="auto">p1</code>"#), "{}", third.text);
        let refused = look(world.get(&format!("{path}?at=4")).by(&played.trainer)).await;
        assert!(refused.text.contains("201"), "{}", refused.text);
        // The choice delivers the second part; what lies beyond the end is the end.
        let choice = look(world.get(&format!("{path}?at=8")).by(&played.trainer)).await;
        assert!(choice.text.contains("choice(b)") && choice.text.contains("Partie b"));
        let last = look(world.get(&format!("{path}?at=9999")).by(&played.trainer)).await;
        assert!(last.text.contains("Step 11 of 11"));
        for lang in ["fr", "ar"] {
            let page = look(world.get(&path.replace("/en/", &format!("/{lang}/"))).by(&played.trainer)).await;
            assert_eq!(page.status, Status::Ok);
        }
    }

    async fn sequencing_is_told_process_by_process(world: World) {
        let events = vec![
            call("Initialize", &[""], "true", 0),
            call("SetValue", &["cmi.completion_status", "completed"], "true", 0),
            call("Terminate", &[""], "true", 0),
            Event::Navigate(NavigationRequest::Choice("deux".into())),
            Event::Navigate(NavigationRequest::Continue),
        ];
        let played = played(&world, &new_standard(), events).await;
        let path = path(&played);
        let refused = look(world.get(&format!("{path}?at=4")).by(&played.trainer)).await;
        assert!(refused.text.contains("NB.2.1-10"), "{}", refused.text);
        assert!(refused.text.contains("This activity cannot be chosen from the menu."));
        // What the content had reported is recorded by the first process that runs after it.
        assert!(refused.text.contains(&changed("Completed", None, "yes")), "{}", refused.text);
        let gone = look(world.get(&format!("{path}?at=5")).by(&played.trainer)).await;
        for told in ["SB.2.7", "DB.1.1", "Partie deux", "Looking for the next activity", "Leaving the activity"] {
            assert!(gone.text.contains(told), "{told}: {}", gone.text);
        }
        let moved = changed("Current activity", Some("un"), "deux");
        assert!(gone.text.contains(&moved), "{}", gone.text);
    }

    async fn only_those_who_help_this_learner_may_look(world: World) {
        let played = played(&world, &old("Caisse", &["a"], 80), half_way()).await;
        let path = path(&played);
        let ids: (OrganisationId, MembershipId) = (world.app.ids.id(), world.app.ids.id());
        // Somebody who became a member there after this, and nothing else.
        let later: (OrganisationId, MembershipId) = (world.app.ids.id(), world.app.ids.id());
        world.app.db.write((later, played.learner, world.now().plus_seconds(60)), |tx, ((organisation, member), learner, now)| Box::pin(async move {
            testing::insert_region(tx, "gafsa").await?;
            testing::insert_organisation(tx, *organisation, "palmiers", *now).await?;
            testing::place_organisation(tx, *organisation, "gafsa").await?;
            testing::insert_member(tx, *member, (*learner, *organisation), "member", *now).await
        })).await.map_err(|e: halqa::db::DbError| e).expect("a member");
        world.app.db.write((ids, played.learner, crate::harness::START), |tx, ((organisation, member), learner, now)| Box::pin(async move {
            testing::insert_region(tx, "le-kef").await?;
            testing::insert_region(tx, "tozeur").await?;
            testing::insert_organisation(tx, *organisation, "oasis", *now).await?;
            testing::place_organisation(tx, *organisation, "le-kef").await?;
            testing::insert_member(tx, *member, (*learner, *organisation), "member", *now).await
        })).await.map_err(|e: halqa::db::DbError| e).expect("a member");
        let status = async |cookie: &str| look(world.get(&path).by(cookie)).await.status;
        assert_eq!(status(&played.trainer).await, Status::Ok);
        let learner = world.browser_of("amel@example.org").await;
        assert_eq!(status(&learner).await, Status::NotFound);
        let other = world.signed_in_as("olfa@example.org", Some(Grant::Trainer)).await;
        assert_eq!(status(&other).await, Status::NotFound);
        let near = world.signed_in_as("near@example.org", Some(Grant::Regional("le-kef".into()))).await;
        assert_eq!(status(&near).await, Status::Ok);
        let late = world.signed_in_as("late@example.org", Some(Grant::Regional("gafsa".into()))).await;
        assert_eq!(status(&late).await, Status::NotFound);
        let far = world.signed_in_as("far@example.org", Some(Grant::Regional("tozeur".into()))).await;
        assert_eq!(status(&far).await, Status::NotFound);
        let admin = world.signed_in_as("admin@example.org", Some(Grant::Admin)).await;
        assert_eq!(status(&admin).await, Status::Ok);
        let nobody = look(world.get(&path)).await;
        assert_ne!(nobody.status, Status::Ok);
        let none = path.replace(&played.session.to_string(), "0190a1b2-0000-7000-8000-000000000000");
        assert_eq!(look(world.get(&none).by(&admin)).await.status, Status::NotFound);
    }

    async fn a_new_version_waits_until_its_trainer_has_seen_what_it_changes(world: World) {
        let played = played(&world, &old("Caisse", &["a", "b"], 80), half_way()).await;
        // The second part has gone: whoever is in it would lose the place.
        let answer = upload(&world, &played, &old("Caisse 2", &["a", "c"], 80)).await;
        assert_eq!(answer.status, Status::SeeOther, "{}", answer.text);
        let next = format!("/en/teach/modules/{}/next", played.slug);
        assert_eq!(answer.headers["location"], next);
        assert_eq!(version_of(&world, &played).await, 1);
        let page = look(world.get(&next).by(&played.trainer)).await;
        assert_eq!(page.status, Status::Ok, "{}", page.text);
        for told in ["1 attempt under way was replayed", "1 learner would lose something", "amel", "p7"] {
            assert!(page.text.contains(told), "{told}: {}", page.text);
        }
        let manage = look(world.get(&format!("/en/teach/modules/{}", played.slug)).by(&played.trainer)).await;
        assert!(manage.text.contains("waits to be published"));
        let zips = || async {
            world.run_jobs().await;
            let all = world.app.storage.list().await.expect("the objects");
            all.iter().filter(|(key, _)| key.starts_with("zip/")).count()
        };
        assert_eq!(zips().await, 2);
        // A version with the same parts takes its place: nobody would lose anything.
        upload(&world, &played, &old("Caisse 3", &["a", "b"], 80)).await;
        let page = look(world.get(&next).by(&played.trainer)).await;
        assert!(page.text.contains("Nobody would lose anything"), "{}", page.text);
        assert_eq!(zips().await, 2, "the one it replaces is gone");
        let stale = look(world.form(&next, &[("package", "0190a1b2-0000-7000-8000-000000000000")]).by(&played.trainer)).await;
        assert_eq!(stale.status, Status::Conflict);
        let stranger = world.signed_in_as("olfa@example.org", Some(Grant::Trainer)).await;
        assert_eq!(look(world.get(&next).by(&stranger)).await.status, Status::NotFound);
        assert_eq!(look(world.form(&next, &[]).by(&stranger)).await.status, Status::NotFound);
        let package = page.text.split("name=\"package\" value=\"").nth(1).and_then(|t| t.split('"').next()).expect("the package");
        let published = look(world.form(&next, &[("package", package)]).by(&played.trainer)).await;
        assert_eq!(published.status, Status::SeeOther, "{}", published.text);
        assert_eq!(version_of(&world, &played).await, 2);
        assert_eq!(look(world.get(&next).by(&played.trainer)).await.status, Status::NotFound);
        // And one that is given up.
        upload(&world, &played, &old("Caisse 4", &["a", "b"], 10)).await;
        let page = look(world.get(&next).by(&played.trainer)).await;
        assert!(page.text.contains("amel"), "a lower mastery score would pass the first part: {}", page.text);
        assert_eq!(zips().await, 3);
        look(world.form(&format!("{next}/discard"), &[]).by(&played.trainer)).await;
        assert_eq!(version_of(&world, &played).await, 2);
        assert_eq!(look(world.get(&next).by(&played.trainer)).await.status, Status::NotFound);
        assert_eq!(zips().await, 2, "its package is gone with it");
        // What a module has stays, though it is discarded as the next version of another.
        upload(&world, &played, &old("Caisse", &["a", "b"], 80)).await;
        look(world.form(&format!("{next}/discard"), &[]).by(&played.trainer)).await;
        assert_eq!(zips().await, 2);
        // The same bytes can come again.
        let again = upload(&world, &played, &old("Caisse 4", &["a", "b"], 10)).await;
        assert_eq!(again.status, Status::SeeOther, "{}", again.text);
        assert_eq!(zips().await, 3);
    }

    async fn without_learners_under_way_a_version_is_published_at_once(world: World) {
        let played = played(&world, &old("Caisse", &["a"], 80), vec![
            call("LMSInitialize", &[""], "true", 0),
            call("LMSSetValue", &["cmi.core.lesson_status", "completed"], "true", 0),
            call("LMSFinish", &[""], "true", 0),
        ]).await;
        upload(&world, &played, &old("Caisse 2", &["a"], 80)).await;
        assert_eq!(version_of(&world, &played).await, 2);
    }

    async fn the_command_prints_each_step_and_compares_versions(world: World) {
        let played = played(&world, &old("Caisse", &["a", "b"], 80), half_way()).await;
        let session = played.session.to_string();
        let said = halqa(&world, &["replay", &session]);
        assert!(said.status.success(), "{}", text(&said));
        let shown = text(&said);
        for told in [
            "LMSSetValue(\"cmi.core.lesson_location\", \"p1\") → \"true\"",
            "a cmi.core.lesson_location: – → \"p1\"",
            "error 201",
            "delivers b",
            "The replay ends where the recorded session did.",
        ] {
            assert!(shown.contains(told), "{told}: {shown}");
        }
        let said = halqa(&world, &["replay", &session, "--json"]);
        let value: serde_json::Value = serde_json::from_slice(&said.stdout).expect("JSON");
        assert_eq!(value["agrees"], true);
        assert_eq!(value["steps"].as_array().map(Vec::len), Some(11));
        assert_eq!(value["steps"][4]["error"], 201);
        assert_eq!(value["steps"][8]["delivered"], "b");

        let file = world.app.config.data.join("v2.zip");
        std::fs::write(&file, old("Caisse 2", &["a", "c"], 60)).expect("a file");
        let file = file.display().to_string();
        let said = halqa(&world, &["replay", &session, "--package", &file, "--json"]);
        let value: serde_json::Value = serde_json::from_slice(&said.stdout).expect("JSON");
        assert_eq!((value["replayed"].as_i64(), value["changed"].as_i64()), (Some(1), Some(1)), "{value}");
        let row = &value["attempts"][0];
        assert_eq!(row["learner"]["name"], "amel");
        assert_eq!(row["before"]["position"]["activity"], "b");
        assert!(row["changes"].as_array().is_some_and(|c| c.contains(&"position".into())), "{value}");
        let said = halqa(&world, &["replay", &session, "--package", &file]);
        assert!(text(&said).contains("amel, attempt 1, under way"), "{}", text(&said));
        assert_eq!(version_of(&world, &played).await, 1);

        assert!(!halqa(&world, &["replay", "nothing"]).status.success());
        assert!(!halqa(&world, &["replay", "0190a1b2-0000-7000-8000-000000000000"]).status.success());
    }

    async fn what_came_late_is_shown_and_does_not_count(world: World) {
        let played = played(&world, &old("Caisse", &["a"], 80), half_way()).await;
        let app = &world.app;
        let module = catalogue::module_by_slug(app, &played.slug).await.expect("the module");
        let attempts = player::attempts_of(app, played.learner, module.id).await.expect("attempts");
        let pass = Pass { session: played.session, attempt: attempts[0].id, version: attempts[0].version };
        plays(&world, &played.slug, played.learner, "amel", Vec::new()).await;
        let late = Entry { seq: 11, at: 99_000, event: call("LMSSetValue", &["cmi.core.lesson_location", "late"], "true", 0) };
        let batch = journal::Batch { session: Some(played.session), state: false, entries: vec![late] };
        assert!(journal::accept(app, pass, batch).await.expect("kept").superseded);
        let page = look(world.get(&format!("{}?at=11", path(&played))).by(&played.trainer)).await;
        assert!(page.text.contains("Step 12 of 12"), "{}", page.text);
        assert!(page.text.contains("Kept, without effect"));
        assert!(page.text.contains("1 entry arrived after a later opening"));
    }
}
