//! Rules of several storeys: written by the API and the form, shown in words, enforced as shown;
//! what staff decides about one person; a look at a rule before it is published.

use domain::eligibility::{Condition, Group, Level, Rule, Scope, Term};
use halqa::accounts::Grant;
use halqa::seminars;
use rocket::http::Status;
use serde_json::json;

use crate::harness::{As, World, both_engines, half, one_of, passed, send};

/// Sousse's staff: the cookie of their browser.
async fn office(world: &World) -> String {
    let founder = world.founder().await;
    world.region(&founder, "sousse").await;
    let grant = Grant::Regional("sousse".into());
    world.signed_in_as("staff@example.org", Some(grant)).await
}

both_engines! {
    async fn a_rule_of_two_storeys_is_shown_in_words_and_enforced(world: World) {
        let budget = world.module("Le budget").await;
        let comptes = world.module("Les comptes").await;
        let statuts = world.module("Les statuts").await;
        let token = world.token(&["seminars"]).await;
        let body = json!({
            "title": "Deux étages", "place": "Ici", "capacity": 5,
            "starts_at": "2026-05-02T09:00:00Z", "ends_at": "2026-05-02T12:00:00Z",
            "rule": { "need": 2, "of": [
                { "module": statuts.slug, "level": "completed" },
                { "need": 1, "of": [
                    { "module": budget.slug, "level": "passed" },
                    { "module": comptes.slug, "level": { "progress": 0.5 }, "months": 12 },
                ] },
            ] },
        });
        let made = send(world.post("/api/v1/seminars").bearer(&token)
            .header(rocket::http::ContentType::JSON).body(body.to_string())).await;
        assert_eq!(made.status, Status::Created, "{}", made.text);
        let slug = made.json()["slug"].as_str().expect("a slug").to_owned();
        assert_eq!(made.json()["rule"]["of"][1]["of"][1]["months"], 12);
        let amel = world.person("amel@example.org").await;
        let browser = world.browser_of("amel@example.org").await;
        let path = format!("/fr/seminars/{slug}");

        let page = send(world.get(&path).by(&browser)).await;
        assert_eq!(page.text.matches("class=\"condition-group\"").count(), 1, "{}", page.text);
        assert!(page.text.contains("de ces"), "{}", page.text);
        assert!(page.text.contains("il y a moins de"), "{}", page.text);
        let stranger = send(world.get(&path)).await;
        assert!(stranger.text.contains("Terminer «"), "{}", stranger.text);

        let ask = format!("/api/v1/seminars/{slug}/eligibility?learner=amel@example.org");
        assert_eq!(send(world.get(&ask).bearer(&token)).await.json()["steps"], 2);
        world.learns(amel, statuts.id, passed()).await;
        let answer = send(world.get(&ask).bearer(&token)).await.json();
        assert_eq!((&answer["steps"], answer["missing"].as_array().map(Vec::len)), (&json!(1), Some(2)));
        let id = seminars::by_slug(&world.app, &slug).await.unwrap().id;
        assert_eq!(seminars::register(&world.app, amel, id).await.unwrap_err().code, "not-eligible");

        // Half of the accounts is enough, as long as it is fresh.
        world.learns(amel, comptes.id, half()).await;
        world.clock.advance_seconds(400 * 86_400);
        let page = send(world.get(&path).by(&world.browser_of("amel@example.org").await)).await;
        assert!(!page.text.contains("Prendre ma place"), "it is long past");
        let stale = send(world.get(&ask).bearer(&token)).await.json();
        assert_eq!(stale["missing"][1]["stale"], true, "{stale}");
    }

    async fn a_rule_with_faults_is_refused(world: World) {
        let budget = world.module("Le budget").await;
        let token = world.token(&["seminars"]).await;
        let one = json!({ "module": budget.slug, "level": "passed" });
        let deep = (0..6).fold(one.clone(), |inner, _| json!({ "need": 1, "of": [inner] }));
        for (rule, reason) in [
            (json!({ "need": 1, "of": [deep] }), "rule-too-deep"),
            (json!({ "need": 1, "of": [{ "need": 0, "of": [one] }] }), "rule-group-of-nothing"),
            (json!({ "need": 1, "of": [one], "scope": { "members": 0 } }), "rule-members-out-of-range"),
            (json!({ "need": 1, "of": [{ "module": budget.slug, "level": "passed", "months": 0 }] }), "rule-months-out-of-range"),
            (json!({ "need": 1, "of": [{ "module": budget.slug, "seminar": "x", "level": "passed" }] }), "rule-module-or-seminar"),
        ] {
            let body = json!({
                "title": "Faute", "place": "Ici", "capacity": 5, "rule": rule,
                "starts_at": "2026-05-02T09:00:00Z", "ends_at": "2026-05-02T12:00:00Z",
            });
            let refused = send(world.post("/api/v1/seminars").bearer(&token)
                .header(rocket::http::ContentType::JSON).body(body.to_string())).await;
            assert_eq!((refused.status, refused.code().as_str()), (Status::UnprocessableEntity, "seminar-invalid"), "{}", refused.text);
            assert_eq!(refused.json()["reason"], reason, "{}", refused.text);
        }
    }

    async fn the_form_writes_groups_and_changes_nothing_by_itself(world: World) {
        let staff = office(&world).await;
        let budget = world.module("Le budget").await;
        let comptes = world.module("Les comptes").await;
        let before = world.seminar("La première", Some("sousse"), 5, Rule::open()).await;
        let rule = Rule {
            need: 2,
            of: vec![
                Condition::seminar(before.id.0, Level::Completed).into(),
                Term::Group(Group { need: 1, of: vec![
                    Condition { months: Some(6), ..Condition::module(budget.id.0, Level::Passed) }.into(),
                    Condition::module(comptes.id.0, Level::Progress(0.5)).into(),
                ] }),
            ],
            scope: Scope::Members(2),
        };
        let seminar = world.seminar("La seconde", Some("sousse"), 5, rule.clone()).await;
        let edit = format!("/fr/seminars/{}/edit", seminar.slug);
        let page = send(world.get(&edit).by(&staff)).await;
        for part in [
            format!("value=\"seminar:{}\" selected", before.slug), "name=\"need-A\"".into(),
            "name=\"months2\" inputmode=\"numeric\" autocomplete=\"off\" value=\"6\"".into(), "value=\"members\" checked".into(),
        ] {
            assert!(page.text.contains(&part), "{part}: {}", page.text);
        }
        let fields = [
            ("title", "La seconde"), ("summary", ""), ("language", "fr"), ("region", "sousse"), ("axis", ""),
            ("starts", "2026-07-04T09:30"), ("ends", "2026-07-04T12:00"), ("place", "Ici"), ("link", ""),
            ("capacity", "5"), ("need", "2"), ("rows", "4"), ("scope", "members"), ("members", "2"),
            ("module1", &format!("seminar:{}", before.slug)), ("level1", "completed"),
            ("module2", &budget.slug), ("level2", "passed"), ("months2", "6"), ("group2", "A"),
            ("module3", &comptes.slug), ("level3", "progress"), ("least3", "50"), ("group3", "A"),
            ("need-A", "1"),
        ];
        let saved = send(world.form(&edit, &fields).by(&staff)).await;
        assert_eq!(saved.status, Status::SeeOther, "{}", saved.text);
        let row = seminars::by_slug(&world.app, &seminar.slug).await.unwrap();
        assert_eq!((row.rule(), row.rule_version), (rule, 1), "the same rule is no new version");

        // A look at what it would do, nothing saved.
        let mut look = fields.to_vec();
        look.extend([("simulate", "yes"), ("title", "Autre")]);
        let looked = send(world.form(&edit, &look).by(&staff)).await;
        assert_eq!(looked.status, Status::Ok);
        assert!(looked.text.contains("id=\"simulation\""), "{}", looked.text);
        assert_eq!(seminars::by_slug(&world.app, &seminar.slug).await.unwrap().title, "La seconde");
    }

    async fn a_rule_too_deep_for_the_form_is_kept_by_it(world: World) {
        let staff = office(&world).await;
        let budget = world.module("Le budget").await;
        let inner = Term::Group(Group { need: 1, of: vec![Condition::module(budget.id.0, Level::Passed).into()] });
        let rule = Rule { need: 1, of: vec![Term::Group(Group { need: 1, of: vec![inner] })], scope: Scope::Person };
        let seminar = world.seminar("Profonde", Some("sousse"), 5, rule.clone()).await;
        let edit = format!("/fr/seminars/{}/edit", seminar.slug);
        let page = send(world.get(&edit).by(&staff)).await;
        assert!(page.text.contains("name=\"keep\"") && page.text.contains("Le budget"), "{}", page.text);
        let saved = send(world.form(&edit, &[
            ("title", "Profonde"), ("summary", ""), ("language", "fr"), ("region", "sousse"), ("axis", ""),
            ("starts", "2026-07-04T09:30"), ("ends", "2026-07-04T12:00"), ("place", "Là"), ("link", ""),
            ("capacity", "5"), ("keep", "yes"), ("scope", "each-seat"),
        ]).by(&staff)).await;
        assert_eq!(saved.status, Status::SeeOther, "{}", saved.text);
        let row = seminars::by_slug(&world.app, &seminar.slug).await.unwrap();
        assert_eq!(row.rule(), Rule { scope: Scope::EachSeat, ..rule });
        assert_eq!(row.place, "Là");
    }

    async fn a_changed_rule_never_surprises_those_already_in(world: World) {
        let budget = world.module("Le budget").await;
        let seminar = world.seminar("Change", None, 5, Rule::open()).await;
        let amel = world.person("amel@example.org").await;
        let badr = world.person("badr@example.org").await;
        seminars::register(&world.app, amel, seminar.id).await.expect("a seat");
        let wanted = halqa::seminars::NewSeminar {
            slug: None, title: "Change".into(), summary: String::new(), language: halqa::web::Lang::Fr,
            region: None, axis: None, place: "Ici".into(), link: String::new(),
            starts_at: seminar.starts_at, ends_at: seminar.ends_at, capacity: 5,
            rule: one_of(&[(budget.id, Level::Passed)]), by: None,
        };
        let row = seminars::update(&world.app, seminar.id, wanted).await.expect("changed");
        assert_eq!(row.rule_version, 2);
        let seats = seminars::seats(&world.app, seminar.id).await.unwrap();
        assert_eq!((seats.len(), seats[0].rule_version), (1, 1), "the seat stays, under its rule");
        assert!(!seminars::register(&world.app, amel, seminar.id).await.expect("hers").is_new);
        assert_eq!(seminars::register(&world.app, badr, seminar.id).await.unwrap_err().code, "not-eligible");
        world.learns(badr, budget.id, passed()).await;
        seminars::register(&world.app, badr, seminar.id).await.expect("a seat");
        assert_eq!(seminars::seats(&world.app, seminar.id).await.unwrap()[1].rule_version, 2);
    }

    async fn staff_open_a_door_and_recognise_what_was_learnt_elsewhere(world: World) {
        let staff = office(&world).await;
        let budget = world.module("Le budget").await;
        let seminar = world.seminar("Porte", Some("sousse"), 5, one_of(&[(budget.id, Level::Passed)])).await;
        world.person("amel@example.org").await;
        let badr = world.person("badr@example.org").await;
        let path = format!("/fr/seminars/{}", seminar.slug);
        let admit = format!("{path}/admissions");
        let nobody = send(world.form(&admit, &[("email", "nobody@example.org"), ("reason", "Parce que")]).by(&staff)).await;
        assert_eq!(nobody.status, Status::UnprocessableEntity);
        let unsaid = send(world.form(&admit, &[("email", "amel@example.org"), ("reason", " ")]).by(&staff)).await;
        assert_eq!(unsaid.status, Status::UnprocessableEntity, "a reason is asked for");
        let done = send(world.form(&admit, &[("email", "amel@example.org"), ("reason", "Elle anime la rencontre")]).by(&staff)).await;
        assert_eq!(done.status, Status::SeeOther, "{}", done.text);
        let amel = world.browser_of("amel@example.org").await;
        let page = send(world.get(&path).by(&amel)).await;
        assert!(page.text.contains("La porte est ouverte") && page.text.contains("Elle anime la rencontre"), "{}", page.text);
        assert_eq!(send(world.form(&format!("{path}/seat"), &[]).by(&amel)).await.status, Status::SeeOther);
        assert_eq!(halqa::db::testing::count_audit(&world.app.db, "seminar-admitted").await, 1);

        let recognise = format!("{path}/recognitions");
        let other = send(world.form(&recognise, &[("email", "badr@example.org"), ("reason", "Diplôme"), ("module", "autre")]).by(&staff)).await;
        assert_eq!(other.status, Status::UnprocessableEntity);
        let done = send(world.form(&recognise, &[("email", "badr@example.org"), ("reason", "Diplôme"), ("module", &budget.slug)]).by(&staff)).await;
        assert_eq!(done.status, Status::SeeOther, "{}", done.text);
        let door = seminars::door_of(&world.app, &seminar, badr).await.unwrap();
        assert!(door.verdict.eligible && !door.verdict.admitted);
        let list = send(world.get(&format!("{path}/attendees")).by(&staff)).await;
        let id = list.text.split("name=\"id\" value=\"").nth(1).and_then(|p| p.split('"').next()).expect("its id");
        let revoke = format!("{path}/recognitions/revoke");
        assert_eq!(send(world.form(&revoke, &[("id", id)]).by(&staff)).await.status, Status::SeeOther);
        assert!(!seminars::door_of(&world.app, &seminar, badr).await.unwrap().verdict.eligible);
    }

    /// The look over the population says of everybody what the door says of each.
    async fn the_simulation_is_the_sum_of_the_doors(world: World) {
        let founder = world.founder().await;
        world.region(&founder, "sousse").await;
        let budget = world.module("Le budget").await;
        let comptes = world.module("Les comptes").await;
        let mut people = vec![founder.id];
        for n in 0..9 {
            let osc = world.organisation(&founder, &format!("Osc {}", n / 3), "sousse").await;
            let person = world.person(&format!("p{n}@example.org")).await;
            if n < 7 {
                world.join(person, &osc, "member").await;
            }
            if n % 2 == 0 {
                world.learns(person, budget.id, passed()).await;
            }
            if n % 3 == 0 {
                world.learns(person, comptes.id, half()).await;
            }
            people.push(person);
        }
        for scope in [Scope::Person, Scope::Organisation, Scope::EachSeat, Scope::Members(1), Scope::Members(2)] {
            for need in [1, 2] {
                let rule = Rule { scope, need, ..one_of(&[(budget.id, Level::Passed), (comptes.id, Level::Progress(0.5))]) };
                let seminar = world.seminar("Simulée", None, 5, rule.clone()).await;
                let (mut open, mut near) = (0, 0);
                for person in &people {
                    let door = seminars::door_of(&world.app, &seminar, *person).await.unwrap();
                    open += usize::from(door.verdict.eligible);
                    near += usize::from(door.verdict.steps == 1);
                }
                let found = seminars::simulate(&world.app, &rule).await.unwrap();
                assert_eq!((found.population, found.eligible, found.near), (people.len(), open, near), "{rule:?}");
                assert!(found.organisations <= 3 * found.eligible);
            }
        }
    }
}
