//! Seats: the last one to exactly one person, given up, and never without the rule.

use domain::eligibility::{Level, Rule};
use halqa::db::testing;
use halqa::ids::PersonId;
use halqa::seminars;
use rocket::http::Status;

use crate::harness::{As, World, both_engines, one_of, passed, send};

/// How many of these people want the one seat at once.
const CROWD: usize = 40;

async fn crowd(world: &World, size: usize) -> Vec<PersonId> {
    let mut people = Vec::new();
    for n in 0..size {
        let id: PersonId = world.app.ids.id();
        let row = (id, format!("p{n}@example.org"), world.now());
        world
            .app
            .db
            .write(row, |tx, (id, email, now)| {
                Box::pin(testing::insert_person(tx, *id, email, *now))
            })
            .await
            .map_err(|e: halqa::db::DbError| e)
            .expect("a person");
        people.push(id);
    }
    people
}

both_engines! {
    async fn the_last_seat_goes_to_exactly_one(world: World) {
        let people = crowd(&world, CROWD).await;
        for (round, seats) in [1_i64, 3, 1].into_iter().enumerate() {
            let seminar = world.seminar(&format!("Manche {round}"), None, seats, Rule::open()).await;
            let tries = people.iter().map(|person| {
                let (app, person, id) = (world.app.clone(), *person, seminar.id);
                tokio::spawn(async move { seminars::register(&app, person, id).await })
            });
            let mut taken = 0;
            for answer in futures::future::join_all(tries).await {
                match answer.expect("no panic") {
                    Ok(seat) => {
                        assert!(seat.is_new);
                        taken += 1;
                    }
                    Err(refusal) => assert_eq!(refusal.code, "seminar-full"),
                }
            }
            assert_eq!(taken, seats);
            let row = seminars::by_slug(&world.app, &seminar.slug).await.unwrap();
            assert_eq!((row.taken, row.seats_left()), (seats, 0));
            assert_eq!(seminars::seats(&world.app, seminar.id).await.unwrap().len() as i64, seats);
        }
    }

    async fn the_last_seat_through_the_front_door(world: World) {
        let seminar = world.seminar("Une place", None, 1, Rule::open()).await;
        let people = crowd(&world, 12).await;
        let mut browsers = Vec::new();
        for person in people {
            browsers.push(world.session_of(person).await);
        }
        let path = format!("/fr/seminars/{}/seat", seminar.slug);
        let answers = futures::future::join_all(browsers.iter().map(|browser| {
            send(world.form(&path, &[]).cookie(browser.clone()))
        })).await;
        let taken = answers.iter().filter(|a| a.status == Status::SeeOther).count();
        let refused = answers.iter().filter(|a| a.status == Status::Conflict);
        assert_eq!(taken, 1);
        assert_eq!(refused.clone().count(), 11, "{:?}", answers.iter().map(|a| a.status).collect::<Vec<_>>());
        assert!(refused.clone().all(|a| a.text.contains("Complet")));
    }

    async fn one_person_pressing_many_times_has_one_seat(world: World) {
        let seminar = world.seminar("Une place chacun", None, 10, Rule::open()).await;
        let person = world.person("amel@example.org").await;
        let tries = (0..10).map(|_| {
            let (app, id) = (world.app.clone(), seminar.id);
            tokio::spawn(async move { seminars::register(&app, person, id).await })
        });
        let mut new = 0;
        let mut ids = Vec::new();
        for answer in futures::future::join_all(tries).await {
            let seat = answer.expect("no panic").expect("a seat");
            new += usize::from(seat.is_new);
            ids.push(seat.id);
        }
        ids.dedup();
        assert_eq!((new, ids.len()), (1, 1));
        let row = seminars::by_slug(&world.app, &seminar.slug).await.unwrap();
        assert_eq!(row.taken, 1);
    }

    async fn a_seat_given_up_is_free_again(world: World) {
        let seminar = world.seminar("Une place", None, 1, Rule::open()).await;
        world.person("amel@example.org").await;
        world.person("badr@example.org").await;
        let amel = world.browser_of("amel@example.org").await;
        let badr = world.browser_of("badr@example.org").await;
        let seat = format!("/fr/seminars/{}/seat", seminar.slug);
        assert_eq!(send(world.form(&seat, &[]).by(&amel)).await.status, Status::SeeOther);
        let full = send(world.form(&seat, &[]).by(&badr)).await;
        assert_eq!(full.status, Status::Conflict);
        // Somebody who holds none frees none.
        let not_his = send(world.form(&format!("{seat}/cancel"), &[]).by(&badr)).await;
        assert_eq!(not_his.status, Status::SeeOther);
        assert_eq!(seminars::by_slug(&world.app, &seminar.slug).await.unwrap().taken, 1);
        for _ in 0..2 {
            let given = send(world.form(&format!("{seat}/cancel"), &[]).by(&amel)).await;
            assert_eq!(given.status, Status::SeeOther);
        }
        assert_eq!(seminars::by_slug(&world.app, &seminar.slug).await.unwrap().taken, 0);
        assert_eq!(send(world.form(&seat, &[]).by(&badr)).await.status, Status::SeeOther);
        // And back again: a new seat, not the old row.
        assert_eq!(send(world.form(&format!("{seat}/cancel"), &[]).by(&badr)).await.status, Status::SeeOther);
        assert_eq!(send(world.form(&seat, &[]).by(&amel)).await.status, Status::SeeOther);
        assert_eq!(seminars::seats(&world.app, seminar.id).await.unwrap().len(), 1);
    }

    async fn seats_end_when_the_seminar_begins(world: World) {
        let seminar = world.seminar("Bientôt", None, 5, Rule::open()).await;
        let amel = world.person("amel@example.org").await;
        let badr = world.person("badr@example.org").await;
        seminars::register(&world.app, amel, seminar.id).await.expect("a seat");
        world.clock.advance_seconds(10 * 86_400 + 60);
        let browser = world.browser_of("badr@example.org").await;
        let path = format!("/fr/seminars/{}", seminar.slug);
        let late = send(world.form(&format!("{path}/seat"), &[]).by(&browser)).await;
        assert_eq!(late.status, Status::Conflict);
        assert!(late.text.contains("Ce séminaire a commencé"), "{}", late.text);
        let refused = seminars::register(&world.app, badr, seminar.id).await.unwrap_err();
        assert_eq!(refused.code, "seminar-begun");
        let page = send(world.get(&path).by(&world.browser_of("amel@example.org").await)).await;
        assert!(page.text.contains("Votre place est prise") && !page.text.contains("Rendre ma place"));
        world.clock.advance_seconds(7_300);
        let page = send(world.get(&path).by(&world.browser_of("amel@example.org").await)).await;
        assert!(page.text.contains("Ce séminaire est passé"), "{}", page.text);
        let past = send(world.get("/fr/seminars?when=past")).await;
        assert!(past.text.contains("Bientôt"));
    }

    async fn a_capacity_lowered_while_people_register_is_never_exceeded(world: World) {
        let budget = world.module("Le budget").await;
        let seminar = world.seminar("Qui sera là", None, 20, one_of(&[(budget.id, Level::Passed)])).await;
        let people = crowd(&world, 20).await;
        for person in &people {
            world.learns(*person, budget.id, passed()).await;
        }
        let tries = people.into_iter().map(|person| {
            let (app, id) = (world.app.clone(), seminar.id);
            tokio::spawn(async move { seminars::register(&app, person, id).await.map(drop) })
        }).collect::<Vec<_>>();
        let (app, id, was) = (world.app.clone(), seminar.id, seminar.clone());
        let lowered = tokio::spawn(async move {
            let mut answers = Vec::new();
            for capacity in [15, 10, 5] {
                let wanted = halqa::seminars::NewSeminar {
                    slug: None, title: "Qui sera là".into(), summary: String::new(),
                    language: halqa::web::Lang::Fr, region: None, axis: None, place: "Ici".into(),
                    link: String::new(), starts_at: was.starts_at, ends_at: was.ends_at,
                    capacity, rule: was.rule(), by: None,
                };
                answers.push(seminars::update(&app, id, wanted).await.map(drop).map_err(|r| r.code));
            }
            answers
        });
        let answers = futures::future::join_all(tries).await;
        let taken = answers.into_iter().filter(|a| a.as_ref().is_ok_and(Result::is_ok)).count() as i64;
        let lowered = lowered.await.expect("no panic");
        assert!(lowered.iter().all(|a| a.is_ok() || *a == Err("seats-above-capacity")), "{lowered:?}");
        let row = seminars::by_slug(&world.app, &seminar.slug).await.unwrap();
        assert_eq!(row.taken, taken);
        assert!(row.taken <= row.capacity, "{} of {}", row.taken, row.capacity);
    }
}
