//! Action sheets: who writes and who sees them, their steps, the public timeline.

use halqa::accounts::{self, Grant, Person};
use halqa::organisations;
use rocket::http::Status;

use crate::harness::{As, Osc, World, both_engines, send};

const SHEET: [(&str, &str); 8] = [
    ("title", "Statuts clairs"),
    ("objective", "Douze associations en règle."),
    ("description", "Un module, puis un atelier."),
    ("language", "fr"),
    ("region", "sousse"),
    ("axis", ""),
    ("from", "2026-02-01"),
    ("until", "2026-09-30"),
];

fn with(name: &'static str, value: &'static str) -> Vec<(&'static str, &'static str)> {
    SHEET
        .into_iter()
        .map(|pair| if pair.0 == name { (name, value) } else { pair })
        .collect()
}

/// A sheet of Sousse that concerns an organisation, and browsers of everybody.
struct Cast {
    path: String,
    slug: String,
    osc: Osc,
    staff: String,
    elsewhere: String,
    admin: String,
}

async fn cast(world: &World) -> Cast {
    let founder = world.founder().await;
    for region in ["sousse", "gafsa"] {
        world.region(&founder, region).await;
    }
    let osc = world.organisation(&founder, "Oliviers", "sousse").await;
    world.organisation(&founder, "Palmiers", "gafsa").await;
    let staff = world
        .signed_in_as("staff@example.org", Some(Grant::Regional("sousse".into())))
        .await;
    let elsewhere = world
        .signed_in_as("gafsa@example.org", Some(Grant::Regional("gafsa".into())))
        .await;
    let admin = world.browser_of("founder@example.org").await;
    let made = send(world.form("/fr/follow-up/sheets/new", &SHEET).by(&staff)).await;
    assert_eq!(made.status, Status::SeeOther, "{}", made.text);
    let path = made.headers["location"]
        .split('?')
        .next()
        .expect("a path")
        .to_owned();
    let slug = path.rsplit('/').next().expect("a slug").to_owned();
    let added = send(
        world
            .form(&format!("{path}/organisations"), &[("add", &osc.slug)])
            .by(&staff),
    )
    .await;
    assert_eq!(added.status, Status::SeeOther, "{}", added.text);
    Cast {
        path,
        slug,
        osc,
        staff,
        elsewhere,
        admin,
    }
}

async fn status(world: &World, path: &str, cookie: &str) -> u16 {
    send(world.get(path).by(cookie)).await.status.code
}

both_engines! {
    async fn a_sheet_is_written_by_those_of_its_region(world: World) {
        let cast = cast(&world).await;
        let new = "/fr/follow-up/sheets/new";
        let bad = send(world.form(new, &with("until", "2026-01-01")).by(&cast.staff)).await;
        assert_eq!(bad.status, Status::UnprocessableEntity);
        assert!(bad.text.contains("Statuts clairs"), "what was typed stays");
        for (name, value) in [("title", ""), ("objective", " "), ("region", "gafsa"), ("region", ""), ("axis", "none"), ("from", "x"), ("language", "xx")] {
            let bad = send(world.form(new, &with(name, value)).by(&cast.staff)).await;
            assert_eq!(bad.status, Status::UnprocessableEntity, "{name}={value}");
        }
        // The whole country is for administrators.
        assert_eq!(send(world.form(new, &with("region", "")).by(&cast.admin)).await.status, Status::SeeOther);
        let edit = format!("{}/edit", cast.path);
        assert_eq!(send(world.form(&edit, &with("title", "Statuts plus clairs")).by(&cast.staff)).await.status, Status::SeeOther);
        assert_eq!(send(world.form(&edit, &with("region", "gafsa")).by(&cast.staff)).await.status, Status::UnprocessableEntity);
        let page = send(world.get(&cast.path).by(&cast.staff)).await;
        assert!(page.text.contains("Statuts plus clairs") && page.text.contains("Oliviers"), "{}", page.text);
        // Only organisations of the region are concerned.
        let other = send(world.form(&format!("{}/organisations", cast.path), &[("add", "palmiers")]).by(&cast.staff)).await;
        assert_eq!(other.status, Status::NotFound);
        let search = send(world.get(&format!("{}?q=palm", cast.path)).by(&cast.staff)).await;
        assert!(!search.text.contains("Palmiers"));
    }

    async fn who_sees_what(world: World) {
        let cast = cast(&world).await;
        let learner = world.signed_in_as("learner@example.org", None).await;
        let trainer = world.signed_in_as("trainer@example.org", Some(Grant::Trainer)).await;
        let chief = world.person("chief@example.org").await;
        world.join(chief, &cast.osc, "coordinator").await;
        let chief = world.browser_of("chief@example.org").await;
        let member = world.person("member@example.org").await;
        world.join(member, &cast.osc, "member").await;
        let member = world.browser_of("member@example.org").await;
        let of_osc = format!("/fr/organisations/{}/actions", cast.osc.slug);
        // Who, the list, the sheet, its form, the organisation's list.
        for (who, cookie, expected) in [
            ("staff", &cast.staff, [200, 200, 200, 200]),
            ("admin", &cast.admin, [200, 200, 200, 200]),
            ("elsewhere", &cast.elsewhere, [200, 404, 404, 404]),
            ("coordinator", &chief, [403, 200, 403, 200]),
            ("member", &member, [403, 200, 403, 404]),
            ("learner", &learner, [403, 404, 403, 404]),
            ("trainer", &trainer, [403, 404, 403, 404]),
        ] {
            let list = status(&world, "/fr/follow-up/sheets", cookie).await;
            let sheet = status(&world, &cast.path, cookie).await;
            let edit = status(&world, &format!("{}/edit", cast.path), cookie).await;
            let own = status(&world, &of_osc, cookie).await;
            assert_eq!([list, sheet, edit, own], expected, "{who}");
            let writes = expected[2];
            for act in ["step", "publish", "organisations", "milestones", "evidence"] {
                let answer = send(world.form(&format!("{}/{act}", cast.path), &[]).by(cookie)).await;
                let code = answer.status.code;
                if writes == 200 {
                    assert!([400, 422].contains(&code), "{who} {act}: {code}");
                } else {
                    assert_eq!(code, writes, "{who} {act}");
                }
            }
        }
        let list = send(world.get("/fr/follow-up/sheets").by(&cast.elsewhere)).await;
        assert!(!list.text.contains("Statuts clairs"), "another region's");
        for path in ["/fr/follow-up/sheets", &cast.path, &of_osc] {
            let anonymous = send(world.get(path)).await;
            assert!(anonymous.headers["location"].starts_with("/fr/sign-in"), "{path}");
        }
        assert_eq!(send(world.get(&format!("/fr/timeline/{}", cast.slug))).await.status, Status::NotFound);
    }

    async fn steps_are_those_there_are(world: World) {
        let cast = cast(&world).await;
        let step = format!("{}/step", cast.path);
        let take = async |to: &str, reason: &str| {
            send(world.form(&step, &[("to", to), ("reason", reason)]).by(&cast.staff)).await.status.code
        };
        assert_eq!(take("finish", "").await, 409, "not begun");
        assert_eq!(take("nowhere", "").await, 422);
        assert_eq!(take("begin", "").await, 303);
        assert_eq!(take("begin", "").await, 409, "begun already");
        assert_eq!(take("stop", "").await, 422, "why?");
        assert_eq!(take("stop", "La salle a brûlé").await, 303);
        assert_eq!(take("resume", "Une autre salle").await, 303);
        assert_eq!(take("finish", "").await, 303);
        let page = send(world.get(&cast.path).by(&cast.staff)).await;
        for word in ["La salle a brûlé", "Une autre salle", "En cours → Arrêtée", "Réalisée"] {
            assert!(page.text.contains(word), "{word}: {}", page.text);
        }
    }

    async fn what_is_published_is_seen_by_everybody_and_tells_of_nobody_at_rest(world: World) {
        let cast = cast(&world).await;
        let seminar = world.seminar("Atelier ouvert", Some("sousse"), 20, domain::eligibility::Rule::open()).await;
        let stone = [("milestone", "Registres relus"), ("due", "2026-06-01")];
        assert_eq!(send(world.form(&format!("{}/milestones", cast.path), &stone).by(&cast.staff)).await.status, Status::SeeOther);
        assert_eq!(send(world.form(&format!("{}/milestones", cast.path), &[("milestone", "x"), ("due", "2026-13-01")]).by(&cast.staff)).await.status, Status::UnprocessableEntity);
        let evidence = format!("{}/evidence", cast.path);
        for wrong in ["https://elsewhere.example/", "/fr/seminars/none", "/admin"] {
            let answer = send(world.form(&evidence, &[("address", wrong)]).by(&cast.staff)).await;
            assert_eq!(answer.status, Status::UnprocessableEntity, "{wrong}");
        }
        let address = format!("/fr/seminars/{}", seminar.slug);
        assert_eq!(send(world.form(&evidence, &[("address", &address)]).by(&cast.staff)).await.status, Status::SeeOther);
        let page = send(world.get(&cast.path).by(&cast.staff)).await;
        let id = page.text.split("/milestones/").nth(1).and_then(|rest| rest.split('/').next()).expect("a milestone").to_owned();
        for (what, code) in [("done", 303), ("done", 303), ("open", 303), ("done", 303), ("dance", 404)] {
            let answer = send(world.form(&format!("{}/milestones/{id}/{what}", cast.path), &[]).by(&cast.staff)).await;
            assert_eq!(answer.status.code, code, "{what}");
        }

        let public = format!("/fr/timeline/{}", cast.slug);
        let publish = format!("{}/publish", cast.path);
        assert!(!send(world.get("/fr/timeline")).await.text.contains("Statuts clairs"));
        assert_eq!(send(world.form(&publish, &[("publish", "yes")]).by(&cast.staff)).await.status, Status::SeeOther);
        for path in ["/fr/timeline", "/ar/timeline?year=2026&region=sousse", "/fr/timeline?year=x&page=-3"] {
            let page = send(world.get(path)).await;
            assert!(page.status == Status::Ok && page.text.contains("Statuts clairs"), "{path}: {}", page.text);
        }
        for path in ["/fr/timeline?year=2025", "/fr/timeline?region=gafsa", "/fr/timeline?axis=none", "/fr/timeline?page=1"] {
            assert!(!send(world.get(path)).await.text.contains("Statuts clairs"), "{path}");
        }
        let page = send(world.get(&public)).await.text;
        for word in ["Registres relus", "Atelier ouvert", "Oliviers", "Atteint le"] {
            assert!(page.contains(word), "{word}: {page}");
        }
        assert!(!page.contains("staff"), "who wrote it stays inside");

        // Its organisation rests: nothing of it in public, to the staff it is said.
        let chief = world.person("chief@example.org").await;
        world.join(chief, &cast.osc, "coordinator").await;
        let person = Person {
            id: chief, email: String::new(), name: String::new(), language: "fr".into(),
            session: world.app.ids.uuid(), roles: accounts::roles(&world.app, chief).await.expect("roles"),
        };
        let osc = organisations::by_slug(&world.app, &cast.osc.slug).await.expect("it").expect("there");
        organisations::rest(&world.app, &person, &osc, true).await.expect("at rest");
        assert!(!send(world.get("/fr/timeline")).await.text.contains("Statuts clairs"));
        assert_eq!(send(world.get(&public)).await.status, Status::NotFound);
        let inside = send(world.get(&cast.path).by(&cast.staff)).await.text;
        assert!(inside.contains("en veille") && !inside.contains("La voir sur la frise"), "{inside}");
        organisations::rest(&world.app, &person, &osc, false).await.expect("awake");
        assert_eq!(send(world.get(&public)).await.status, Status::Ok);
        // Taken off again.
        assert_eq!(send(world.form(&publish, &[("publish", "no")]).by(&cast.staff)).await.status, Status::SeeOther);
        assert_eq!(send(world.get(&public)).await.status, Status::NotFound);
    }
}
