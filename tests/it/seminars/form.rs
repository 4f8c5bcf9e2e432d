//! The staff's form: making, changing and calling off a seminar, without a script.

use domain::eligibility::{Level, Rule, Scope};
use halqa::accounts::Grant;
use halqa::seminars;
use rocket::http::Status;

use crate::harness::{As, World, both_engines, one_of, send};

/// A form that is right as it stands.
const GOOD: [(&str, &str); 12] = [
    ("title", "Lire un budget communal"),
    ("summary", "Une matinée.\nApportez le vôtre."),
    ("language", "fr"),
    ("region", "sousse"),
    ("axis", ""),
    ("starts", "2026-07-04T09:30"),
    ("ends", "2026-07-04T12:00"),
    ("place", "Maison des associations"),
    ("link", ""),
    ("capacity", "20"),
    ("need", "1"),
    ("scope", "person"),
];

/// [`GOOD`] with some fields as they are here.
fn with<'a>(changes: &[(&'a str, &'a str)]) -> Vec<(&'a str, &'a str)> {
    let mut fields: Vec<(&str, &str)> = GOOD
        .into_iter()
        .filter(|(name, _)| changes.iter().all(|(other, _)| other != name))
        .collect();
    fields.extend(changes);
    fields
}

/// Regions `sousse` and `gafsa`, a module, and a browser of Sousse's staff: with its cookie.
async fn office(world: &World) -> (String, halqa::catalogue::Module) {
    let founder = world.founder().await;
    world.region(&founder, "sousse").await;
    world.region(&founder, "gafsa").await;
    let module = world.module("Le budget").await;
    let grant = Grant::Regional("sousse".into());
    let staff = world.signed_in_as("staff@example.org", Some(grant)).await;
    (staff, module)
}

both_engines! {
    async fn a_seminar_is_made_and_changed_in_local_time(world: World) {
        let (staff, module) = office(&world).await;
        let page = send(world.get("/fr/seminars/new").by(&staff)).await;
        assert_eq!(page.status, Status::Ok, "{}", page.text);
        assert!(page.text.contains("Africa/Tunis"));
        assert!(page.text.contains("value=\"sousse\" selected"), "the own region is chosen");
        assert!(!page.text.contains("value=\"gafsa\""), "nobody else's is offered");
        assert_eq!(page.text.matches("<fieldset class=\"rule-line\">").count(), 3);

        let made = send(world.form("/fr/seminars/new", &with(&[
            ("module1", &module.slug), ("level1", "progress"), ("least1", "62,5"),
        ])).by(&staff)).await;
        assert_eq!(made.status, Status::SeeOther, "{}", made.text);
        assert_eq!(made.headers["location"], "/fr/seminars/lire-un-budget-communal?done=seminar-made");
        let seminar = seminars::by_slug(&world.app, "lire-un-budget-communal").await.unwrap();
        // 9:30 in Tunis, all year round, is 8:30 UTC.
        assert_eq!(seminar.starts_at.rfc3339(), "2026-07-04T08:30:00.000Z");
        assert_eq!(seminar.ends_at.rfc3339(), "2026-07-04T11:00:00.000Z");
        assert_eq!(seminar.rule(), one_of(&[(module.id, Level::Progress(0.625))]));
        assert_eq!((seminar.region.as_deref(), seminar.capacity), (Some("sousse"), 20));

        let shown = send(world.get("/fr/seminars/lire-un-budget-communal")).await;
        assert!(shown.text.contains("samedi 4 juillet 2026"), "{}", shown.text);
        assert!(shown.text.contains("de \u{2068}09:30\u{2069} à \u{2068}12:00\u{2069}"), "{}", shown.text);

        // The form shows what is stored, in the zone it was typed in, and changes nothing by itself.
        let edit = "/fr/seminars/lire-un-budget-communal/edit";
        let page = send(world.get(edit).by(&staff)).await;
        for part in ["value=\"2026-07-04T09:30\"", "value=\"62.5\"", "value=\"2026-07-04T12:00\""] {
            assert!(page.text.contains(part), "{part}: {}", page.text);
        }
        let changed = send(world.form(edit, &with(&[
            ("title", "Lire un budget"), ("scope", "organisation"), ("rows", "6"), ("need", "0"),
        ])).by(&staff)).await;
        assert_eq!(changed.status, Status::SeeOther, "{}", changed.text);
        let seminar = seminars::by_slug(&world.app, "lire-un-budget-communal").await.unwrap();
        assert_eq!(seminar.title, "Lire un budget");
        assert_eq!(seminar.rule(), Rule { need: 0, of: Vec::new(), scope: Scope::Organisation });
    }

    async fn more_conditions_are_asked_for_without_losing_a_word(world: World) {
        let (staff, module) = office(&world).await;
        let path = "/fr/seminars/new";
        let more = send(world.form(path, &with(&[
            ("more", "yes"), ("rows", "3"), ("title", "À moitié"), ("starts", ""),
            ("module2", &module.slug), ("level2", "score"), ("least2", "70"),
        ])).by(&staff)).await;
        assert_eq!(more.status, Status::Ok, "nothing is judged yet: {}", more.text);
        assert_eq!(more.text.matches("<fieldset class=\"rule-line\">").count(), 6);
        assert!(more.text.contains("name=\"rows\" value=\"6\""));
        assert!(more.text.contains("value=\"À moitié\"") && more.text.contains("value=\"70\""));
        assert!(more.text.contains(&format!("value=\"{}\" selected", module.slug)));
        // The sixth line counts.
        let made = send(world.form(path, &with(&[
            ("rows", "6"), ("module6", &module.slug), ("level6", "started"),
        ])).by(&staff)).await;
        assert_eq!(made.status, Status::SeeOther, "{}", made.text);
        let seminar = seminars::by_slug(&world.app, "lire-un-budget-communal").await.unwrap();
        assert_eq!(seminar.rule(), one_of(&[(module.id, Level::Started)]));
        // However often it is asked for, there is an end.
        let most = send(world.form(path, &with(&[("more", "yes"), ("rows", "1000000")])).by(&staff)).await;
        assert_eq!(most.text.matches("<fieldset class=\"rule-line\">").count(), 50);
        assert!(!most.text.contains("name=\"more\""));
    }

    async fn what_is_wrong_is_said_in_its_field(world: World) {
        let (staff, module) = office(&world).await;
        let module = module.slug.as_str();
        let long = "é".repeat(201);
        let cases: &[(&[(&str, &str)], &str)] = &[
            (&[("title", " "), ("need", "0")], "f-title"),
            (&[("title", &long), ("need", "0")], "f-title"),
            (&[("starts", "demain"), ("need", "0")], "f-starts"),
            (&[("starts", "0001-01-01T00:00"), ("need", "0")], "f-starts"),
            (&[("ends", "9999-12-31T23:59"), ("need", "0")], "f-ends"),
            (&[("starts", "+262142-12-31T23:59"), ("need", "0")], "f-starts"),
            (&[("ends", "2026-07-04T09:30"), ("need", "0")], "f-ends"),
            (&[("capacity", "0"), ("need", "0")], "f-capacity"),
            (&[("capacity", "99999999999999999999"), ("need", "0")], "f-capacity"),
            (&[("place", ""), ("need", "0")], "f-place"),
            (&[("link", "javascript:alert(1)"), ("need", "0")], "f-link"),
            (&[("link", "//evil.example"), ("need", "0")], "f-link"),
            (&[("language", "tlh"), ("need", "0")], "f-language"),
            (&[("region", "gafsa"), ("need", "0")], "f-region"),
            (&[("region", "atlantis"), ("need", "0")], "f-region"),
            (&[("axis", "atlantis"), ("need", "0")], "f-axis"),
            (&[("need", "1")], "f-need"),
            (&[("need", "-1")], "f-need"),
            (&[("module1", "no-such-module"), ("level1", "passed")], "f-module1"),
            (&[("module1", module), ("level1", "enlightened")], "f-module1"),
            (&[("module1", module), ("level1", "score"), ("least1", "")], "f-least1"),
            (&[("module1", module), ("level1", "score"), ("least1", "101")], "f-least1"),
            (&[("module1", module), ("level1", "progress"), ("least1", "NaN")], "f-least1"),
            (&[("module1", module), ("level1", "progress"), ("least1", "0")], "f-least1"),
            (&[("module1", module), ("level1", "passed"), ("module3", module), ("level3", "started")], "f-module3"),
        ];
        for (changes, field) in cases {
            let answer = send(world.form("/fr/seminars/new", &with(changes)).by(&staff)).await;
            assert_eq!(answer.status, Status::UnprocessableEntity, "{changes:?}: {}", answer.text);
            assert!(answer.text.contains(&format!("href=\"#{field}\"")), "{changes:?}: {}", answer.text);
            assert!(!answer.text.contains("[form-"), "a code without words: {}", answer.text);
        }
        let list = send(world.get("/fr/seminars").by(&staff)).await;
        assert!(list.text.contains("Aucun séminaire"), "nothing was made: {}", list.text);
    }

    async fn a_capacity_below_the_seats_taken_is_refused(world: World) {
        let (staff, _) = office(&world).await;
        let seminar = world.seminar("Portes ouvertes", Some("sousse"), 5, Rule::open()).await;
        for name in ["amel", "badr", "chiraz"] {
            let person = world.person(&format!("{name}@example.org")).await;
            seminars::register(&world.app, person, seminar.id).await.expect("a seat");
        }
        let edit = format!("/fr/seminars/{}/edit", seminar.slug);
        let fields = |capacity: &'static str| with(&[("need", "0"), ("capacity", capacity)]);
        let refused = send(world.form(&edit, &fields("2")).by(&staff)).await;
        assert_eq!(refused.status, Status::UnprocessableEntity);
        assert!(refused.text.contains("Il y a déjà plus d’inscriptions que cela."), "{}", refused.text);
        assert!(refused.text.contains("value=\"2\""), "what was typed is there");
        let row = seminars::by_slug(&world.app, &seminar.slug).await.unwrap();
        assert_eq!((row.capacity, row.taken, row.title.as_str()), (5, 3, "Portes ouvertes"));
        let exact = send(world.form(&edit, &fields("3")).by(&staff)).await;
        assert_eq!(exact.status, Status::SeeOther, "{}", exact.text);
    }

    async fn a_seminar_that_is_called_off_takes_nobody(world: World) {
        let (staff, _) = office(&world).await;
        let seminar = world.seminar("Portes ouvertes", Some("sousse"), 5, Rule::open()).await;
        let path = format!("/fr/seminars/{}", seminar.slug);
        let early = world.person("early@example.org").await;
        seminars::register(&world.app, early, seminar.id).await.expect("a seat");
        let edit = send(world.get(&format!("{path}/edit")).by(&staff)).await;
        assert!(edit.text.contains(&format!("action=\"{path}/cancel\"")), "{}", edit.text);
        for _ in 0..2 {
            let done = send(world.form(&format!("{path}/cancel"), &[]).by(&staff)).await;
            assert_eq!(done.headers["location"], format!("{path}?done=seminar-cancelled"));
        }
        // Whoever holds a seat is told, once.
        let admin = world.browser_of("founder@example.org").await;
        let outbox = send(world.get("/fr/admin/outbox").by(&admin)).await;
        assert_eq!(outbox.text.matches("early@example.org").count(), 1, "{}", outbox.text);
        assert!(outbox.text.contains("Annulé") && outbox.text.contains("Portes ouvertes"));
        let person = world.person("amel@example.org").await;
        let refused = seminars::register(&world.app, person, seminar.id).await.unwrap_err();
        assert_eq!(refused.code, "seminar-cancelled");
        let page = send(world.get(&path)).await;
        assert!(page.text.contains("Ce séminaire est annulé") && !page.text.contains("Prendre ma place"));
        let edit = send(world.get(&format!("{path}/edit")).by(&staff)).await;
        assert!(!edit.text.contains(&format!("action=\"{path}/cancel\"")));
    }

    async fn a_rule_of_another_hand_is_not_bent_by_the_form(world: World) {
        let (staff, budget) = office(&world).await;
        let comptes = world.module("Les comptes").await;
        let mut rule = one_of(&[(budget.id, Level::Score(-0.25)), (comptes.id, Level::Progress(0.7))]);
        rule.need = 2;
        let seminar = world.seminar("Exact", Some("sousse"), 5, rule.clone()).await;
        let edit = format!("/fr/seminars/{}/edit", seminar.slug);
        let page = send(world.get(&edit).by(&staff)).await;
        assert!(page.text.contains("value=\"-25\"") && page.text.contains("value=\"70\""), "{}", page.text);
        let saved = send(world.form(&edit, &with(&[
            ("need", "2"), ("rows", "3"),
            ("module1", &budget.slug), ("level1", "score"), ("least1", "-25"),
            ("module2", &comptes.slug), ("level2", "progress"), ("least2", "70"),
        ])).by(&staff)).await;
        assert_eq!(saved.status, Status::SeeOther, "{}", saved.text);
        let row = seminars::by_slug(&world.app, &seminar.slug).await.unwrap();
        assert_eq!(row.rule(), rule);
    }
}
