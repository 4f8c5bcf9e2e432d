//! Dashboards: every figure is the sum of its rows, for generated data and every filter; who sees
//! what; files.

use domain::outcome::{Outcome, State, Success};
use halqa::accounts::{self, Grant, Person};
use halqa::follow_up::figures::{self, Filter, MEASURES, Part, Scope};
use halqa::organisations;
use rocket::http::Status;

use crate::harness::{As, World, both_engines, half, passed, send};

/// The first month of the story: March 2026.
const MARCH: i64 = 2026 * 12 + 2;

fn scope(admin: bool, regions: &[&str]) -> Scope {
    let person = Person {
        id: uuid::Uuid::nil().into(),
        email: String::new(),
        name: String::new(),
        language: "fr".into(),
        session: uuid::Uuid::nil(),
        roles: domain::roles::Roles {
            admin,
            regions: regions.iter().map(|r| (*r).to_owned()).collect(),
            ..domain::roles::Roles::default()
        },
    };
    Scope::of(&person).expect("staff")
}

/// Every figure, and the sum of its rows read page by page, agree.
async fn all_agree(world: &World, scope: &Scope, filter: &Filter) -> i64 {
    let app = &world.app;
    let whole = figures::figures(app, scope, filter, Part::Whole)
        .await
        .expect("figures");
    let mut all = 0;
    for measure in MEASURES {
        let figure = whole
            .get(&(measure.code, String::new()))
            .copied()
            .unwrap_or_default();
        let (mut sum, mut after, mut seen) = (0, None, std::collections::BTreeSet::new());
        loop {
            let (rows, next) = figures::rows(app, scope, filter, measure, after, 7)
                .await
                .expect("rows");
            for row in &rows {
                assert!(seen.insert(row.id), "a row comes once");
                assert!(filter.region.is_empty() || row.region == filter.region);
                assert!(filter.axis.is_empty() || row.axis == filter.axis);
                assert!(filter.kind.is_empty() || row.kind == filter.kind);
                assert!(scope.covers(&row.region) || scope.is_national());
                sum += measure.value(row);
            }
            after = next;
            if after.is_none() {
                break;
            }
        }
        assert_eq!(sum, figure, "{} {filter:?}", measure.code);
        all += figure;
    }
    all
}

fn filters() -> Vec<Filter> {
    let mut filters = Vec::new();
    for (from, until) in [
        (MARCH, MARCH + 1),
        (MARCH, MARCH + 3),
        (MARCH + 1, MARCH + 4),
        (MARCH - 12, MARCH + 12),
    ] {
        for region in ["", "sousse", "gafsa"] {
            for axis in ["", "voix", "droit"] {
                for kind in ["", "association", "network"] {
                    filters.push(Filter {
                        from,
                        until,
                        region: region.into(),
                        axis: axis.into(),
                        kind: kind.into(),
                    });
                }
            }
        }
    }
    filters
}

/// Four months of two regions: people learn, one changes the organisation, seats, posts, visits.
async fn story(world: &World) {
    let founder = world.founder().await;
    for region in ["sousse", "gafsa"] {
        world.region(&founder, region).await;
    }
    for axis in ["voix", "droit"] {
        let names = [axis.to_owned(), axis.to_owned(), axis.to_owned()];
        let new = halqa::admin::NewAxis {
            names,
            abouts: Default::default(),
        };
        halqa::admin::add_axis(&world.app, &founder, new)
            .await
            .expect("an axis");
    }
    let oscs = [
        world.organisation(&founder, "Oliviers", "sousse").await,
        world.organisation(&founder, "Palmiers", "gafsa").await,
    ];
    let mut modules = Vec::new();
    for (title, axis) in [
        ("Un", Some("voix")),
        ("Deux", Some("droit")),
        ("Trois", None),
    ] {
        let module = world.module(title).await;
        if let Some(axis) = axis {
            let change = halqa::catalogue::Change {
                axis: Some(Some(axis.to_owned())),
                ..Default::default()
            };
            halqa::catalogue::change(&world.app, module.id, change)
                .await
                .expect("an axis");
        }
        modules.push(module.id);
    }
    let mut people = Vec::new();
    for n in 0..6 {
        let person = world.person(&format!("p{n}@example.org")).await;
        if n < 5 {
            world.join(person, &oscs[n % 2], "member").await;
        }
        people.push(person);
    }
    let space = halqa::spaces::by_slug(&world.app, "voix")
        .await
        .expect("spaces")
        .expect("a space");
    // No randomness: a walk that visits everybody and everything.
    for step in 0..40_usize {
        world.clock.advance_seconds(3 * 86_400);
        let person = people[step * 7 % people.len()];
        let module = modules[step * 5 % modules.len()];
        let outcome = match step % 4 {
            0 => half(),
            1 => Outcome {
                state: State::InProgress,
                progress: 0.2,
                seconds: 60.0 + step as f64,
                ..Outcome::default()
            },
            2 => Outcome {
                success: Success::Failed,
                seconds: 400.0 + step as f64,
                ..passed()
            },
            _ => passed(),
        };
        world.learns(person, module, outcome).await;
        if step == 20 {
            // Joins another one as well: from now on deeds count there.
            world.join(people[0], &oscs[1], "member").await;
        }
        if step % 8 == 0 {
            let topic = halqa::spaces::NewTopic {
                id: world.app.ids.id(),
                space: space.id,
                author: person,
                kind: if step % 16 == 0 {
                    "question"
                } else {
                    "discussion"
                },
                title: "T".into(),
                body: "B".into(),
                language: "fr".into(),
                module: None,
                seminar: None,
                at: world.now(),
            };
            let id = topic.id;
            halqa::spaces::start(&world.app, topic)
                .await
                .expect("a topic");
            let reply = halqa::spaces::NewReply {
                id: world.app.ids.id(),
                topic: id,
                author: people[1],
                body: "R".into(),
                at: world.now(),
            };
            let reply_id = reply.id;
            halqa::spaces::reply(&world.app, reply)
                .await
                .expect("a reply");
            if step % 16 == 0 {
                halqa::spaces::accept(&world.app, id, reply_id, true, person)
                    .await
                    .expect("accepted");
            }
        }
    }
    world
        .seminar(
            "Porte",
            Some("sousse"),
            12,
            domain::eligibility::Rule::open(),
        )
        .await;
    let osc = organisations::by_slug(&world.app, &oscs[0].slug)
        .await
        .expect("it")
        .expect("there");
    let note = halqa::accompaniment::Note {
        kind: "visit",
        held_at: world.now(),
        body: "Vue".into(),
        next_step: String::new(),
        due_at: None,
        by: founder.id,
    };
    let seeing = Person {
        roles: accounts::roles(&world.app, founder.id)
            .await
            .expect("roles"),
        ..founder
    };
    halqa::accompaniment::note(
        &world.app,
        organisations::OrgScope::of(&seeing, &osc).expect("staff"),
        note,
    )
    .await
    .expect("noted");
}

both_engines! {
    async fn every_figure_is_the_sum_of_its_rows(world: World) {
        story(&world).await;
        let all = filters();
        let national = scope(true, &[]);
        // Nothing is counted yet, and that is what both say.
        assert_eq!(all_agree(&world, &national, &all[27]).await, 0);
        figures::refresh(&world.app).await.expect("counted");
        let mut total = 0;
        for filter in &all {
            total += all_agree(&world, &national, filter).await;
        }
        assert!(total > 1_000, "there is something to count: {total}");
        let sousse = scope(false, &["sousse"]);
        for filter in all.iter().step_by(3) {
            all_agree(&world, &sousse, filter).await;
        }
        // While changes wait, both say what was.
        let year = Filter { from: MARCH - 12, until: MARCH + 12, ..Filter::default() };
        let before = figures::figures(&world.app, &national, &year, Part::Whole).await.expect("figures");
        let late = world.person("late@example.org").await;
        let module = halqa::catalogue::module_by_slug(&world.app, "un").await.expect("a module");
        world.learns(late, module.id, passed()).await;
        all_agree(&world, &national, &year).await;
        assert_eq!(figures::figures(&world.app, &national, &year, Part::Whole).await.expect("figures"), before);
        let as_of = figures::as_of(&world.app).await.expect("a moment");
        world.clock.advance_seconds(5);
        figures::refresh(&world.app).await.expect("counted");
        assert!(figures::as_of(&world.app).await.expect("a moment") > as_of);
        all_agree(&world, &national, &year).await;
        let kept = figures::figures(&world.app, &national, &year, Part::Whole).await.expect("figures");
        assert_eq!(kept[&("learners", String::new())], before[&("learners", String::new())] + 1);
        assert_eq!(kept[&("learners", String::new())], 7, "six people and one");
        assert_eq!(kept[&("seats-offered", String::new())], 12);
        assert_eq!(kept[&("visits", String::new())], 1);

        // Months and regions add up to the whole; counted anew, nothing changes.
        for part in [Part::Region, Part::Kind] {
            let parts = figures::figures(&world.app, &national, &year, part).await.expect("figures");
            for measure in MEASURES {
                let sum: i64 = parts.iter().filter(|((code, _), _)| *code == measure.code).map(|(_, n)| n).sum();
                assert_eq!(sum, kept.get(&(measure.code, String::new())).copied().unwrap_or_default(), "{part:?} {}", measure.code);
            }
        }
        let mut parts = Vec::new();
        for part in [Part::Month, Part::Region, Part::Axis, Part::Kind] {
            parts.push(figures::figures(&world.app, &national, &year, part).await.expect("figures"));
        }
        figures::rebuild(&world.app).await.expect("rebuilt");
        for (part, kept) in [Part::Month, Part::Region, Part::Axis, Part::Kind].into_iter().zip(parts) {
            assert_eq!(figures::figures(&world.app, &national, &year, part).await.expect("figures"), kept, "{part:?}");
        }
        all_agree(&world, &national, &year).await;
    }

    async fn a_figure_leads_to_its_rows_and_files(world: World) {
        story(&world).await;
        figures::refresh(&world.app).await.expect("counted");
        let admin = world.browser_of("founder@example.org").await;
        let query = "period=own&from=2026-03&until=2026-12";
        let page = send(world.get(&format!("/fr/follow-up?{query}")).by(&admin)).await;
        assert_eq!(page.status, Status::Ok, "{}", page.text);
        for word in ["/fr/follow-up/rows/learners?period=own&amp;from=2026-03&amp;until=2026-12", "<svg class=\"chart\"", "role=\"img\"", "Compté jusqu"] {
            assert!(page.text.contains(word) || page.text.contains(&word.replace('=', "&#x3D;")), "{word}: {}", page.text);
        }
        for measure in MEASURES {
            for lang in ["fr", "ar"] {
                let rows = send(world.get(&format!("/{lang}/follow-up/rows/{}?{query}&region=sousse", measure.code)).by(&admin)).await;
                assert_eq!(rows.status, Status::Ok, "{} {}", measure.code, rows.text);
            }
            let path = format!("/fr/follow-up/rows/{}/export", measure.code);
            let csv = send(world.get(&format!("{path}/csv?{query}")).by(&admin)).await;
            assert_eq!(csv.status, Status::Ok);
            assert!(csv.headers["content-disposition"].ends_with(".csv\"") && csv.text.starts_with('\u{feff}'));
            let filter = Filter { from: MARCH, until: MARCH + 10, ..Filter::default() };
            let whole = figures::figures(&world.app, &scope(true, &[]), &filter, Part::Whole).await.expect("figures");
            let figure = whole.get(&(measure.code, String::new())).copied().unwrap_or_default();
            let sum: i64 = csv.text.lines().skip(1).filter_map(|line| line.rsplit(',').next()?.parse::<i64>().ok()).sum();
            assert_eq!(sum, figure, "{}: {}", measure.code, csv.text);
            let book = send(world.get(&format!("{path}/xlsx?{query}")).by(&admin)).await;
            assert_eq!(book.status, Status::Ok);
        }
        for kind in ["csv", "xlsx"] {
            let file = send(world.get(&format!("/ar/follow-up/export/{kind}?{query}")).by(&admin)).await;
            assert!(file.status == Status::Ok && file.headers["content-disposition"].contains(kind));
        }
        for wrong in ["/fr/follow-up/rows/none", "/fr/follow-up/export/pdf", "/fr/follow-up/rows/learners/export/pdf"] {
            assert_eq!(send(world.get(wrong).by(&admin)).await.status, Status::NotFound, "{wrong}");
        }
        for odd in ["?from=x&until=-1&period=own&region='&axis=%00x", "?period=own&from=9999-99", "?next=1-2-3"] {
            let answer = send(world.get(&format!("/fr/follow-up{odd}")).by(&admin)).await;
            assert!(answer.status.code < 500, "{odd}");
        }
    }

    async fn figures_are_the_staffs_within_its_region(world: World) {
        story(&world).await;
        figures::refresh(&world.app).await.expect("counted");
        let sousse = world.signed_in_as("sousse@example.org", Some(Grant::Regional("sousse".into()))).await;
        let others = [
            world.signed_in_as("learner@example.org", None).await,
            world.signed_in_as("trainer@example.org", Some(Grant::Trainer)).await,
            world.browser_of("p1@example.org").await,
        ];
        let paths = ["/fr/follow-up", "/fr/follow-up/rows/learners", "/fr/follow-up/export/csv", "/fr/follow-up/rows/learners/export/csv"];
        for path in paths {
            assert_eq!(send(world.get(path).by(&sousse)).await.status, Status::Ok, "{path}");
            for other in &others {
                assert_eq!(send(world.get(path).by(other)).await.status, Status::Forbidden, "{path}");
            }
            assert!(send(world.get(path)).await.headers["location"].starts_with("/fr/sign-in"), "{path}");
        }
        // Neither rows nor names of another region, whatever is asked.
        for query in ["", "?region=gafsa", "?period=own&from=2026-01&until=2026-12"] {
            let rows = send(world.get(&format!("/fr/follow-up/rows/registrations{query}")).by(&sousse)).await;
            assert!(!rows.text.contains("Palmiers") && !rows.text.contains(">p5<"), "{query}");
        }
        let rows = send(world.get("/fr/follow-up/rows/registrations?period=own&from=2026-01&until=2026-12").by(&sousse)).await;
        assert!(rows.text.contains("Oliviers") && rows.text.contains(">p2<"), "{}", rows.text);

        // p0 counted for Sousse, then joined an organisation of Gafsa that rests: Sousse is told no name.
        let p0 = halqa::seminars::learner(&world.app, "p0@example.org").await.expect("people").expect("p0").id;
        let osc = organisations::by_slug(&world.app, "palmiers").await.expect("it").expect("there");
        let chief = world.person("chief@example.org").await;
        world.join(chief, &crate::harness::Osc { id: osc.id, slug: osc.slug.clone() }, "coordinator").await;
        let person = Person {
            id: chief, email: String::new(), name: String::new(), language: "fr".into(), session: world.app.ids.uuid(),
            roles: accounts::roles(&world.app, chief).await.expect("roles"),
        };
        assert!(rows.text.contains(">p0<"), "{p0} {}", rows.text);
        organisations::rest(&world.app, &person, &osc, true).await.expect("at rest");
        let rows = send(world.get("/fr/follow-up/rows/registrations?period=own&from=2026-01&until=2026-12").by(&sousse)).await;
        assert!(!rows.text.contains(">p0<") && rows.text.contains(">p2<"), "{}", rows.text);
    }
}
