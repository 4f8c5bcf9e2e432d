//! Seats set aside, reserved and waited for: never oversold, none idle while somebody eligible
//! waits, whoever asks at once, on however many nodes.

use std::collections::BTreeSet;

use domain::eligibility::{Level, Rule, Scope};
use halqa::App;
use halqa::clock::Timestamp;
use halqa::db::testing;
use halqa::ids::{MembershipId, OrganisationId, PersonId, SeminarId};
use halqa::seminars::{self, Naming, NewQuota};
use rocket::http::Status;

use crate::harness::{As, On, World, both_engines, one_of, passed, send, wanted};

/// People with nothing but an account, some of them members of organisations.
async fn crowd(world: &World, size: usize, osc: Option<OrganisationId>) -> Vec<PersonId> {
    let mut people = Vec::new();
    for _ in 0..size {
        let id: PersonId = world.app.ids.id();
        let membership: MembershipId = world.app.ids.id();
        let row = (
            id,
            format!("{id}@example.org"),
            osc,
            membership,
            world.now(),
        );
        world
            .app
            .db
            .write(row, |tx, (id, email, osc, membership, now)| {
                Box::pin(async move {
                    testing::insert_person(tx, *id, email, *now).await?;
                    if let Some(osc) = osc {
                        testing::insert_member(tx, *membership, (*id, *osc), "member", *now)
                            .await?;
                    }
                    Ok(())
                })
            })
            .await
            .map_err(|e: halqa::db::DbError| e)
            .expect("a person");
        people.push(id);
    }
    people
}

/// The counter is the sum of its rows, and not more than there are.
async fn in_order(app: &App, id: SeminarId) -> (i64, i64) {
    let row = seminars::named(app, &id.0.to_string()).await.expect("it");
    let counted = seminars::counted(app, id).await.expect("a sum");
    assert_eq!(row.taken, counted, "the counter is the sum of its rows");
    assert!(
        row.taken <= row.capacity,
        "{} of {}",
        row.taken,
        row.capacity
    );
    (row.taken, row.capacity)
}

/// 500 requests at once over these nodes, on a seminar of few seats: takes, gives back, waits,
/// groups that want several or none. Afterwards nothing is oversold and no seat is idle.
async fn rush(nodes: Vec<App>, world: &World) {
    let founder = world.founder().await;
    world.region(&founder, "sousse").await;
    let mut groups = Vec::new();
    for n in 0..10 {
        let osc = world
            .organisation(&founder, &format!("Osc {n}"), "sousse")
            .await;
        groups.push((osc.id, crowd(world, 1, Some(osc.id)).await[0]));
    }
    let people = crowd(world, 150, None).await;
    let seminar = world.seminar("Ruée", None, 12, Rule::open()).await;
    let id = seminar.id;
    let mut tries = Vec::new();
    for n in 0..500_usize {
        let app = nodes[n % nodes.len()].clone();
        let person = people[(n * 7) % people.len()];
        let (organisation, coordinator) = groups[n % groups.len()];
        tries.push(tokio::spawn(async move {
            let answer = match n % 10 {
                0..=4 => seminars::register(&app, person, id).await.map(drop),
                5 | 6 => seminars::wait(&app, person, id).await,
                7 => seminars::give_up(&app, person, id).await.map(drop),
                8 => seminars::reserve(&app, id, organisation, coordinator, 3).await,
                _ => seminars::wait_as_group(&app, id, organisation, coordinator, 2).await,
            };
            answer.map_err(|refusal| refusal.code)
        }));
    }
    let mut codes = BTreeSet::new();
    for answer in futures::future::join_all(tries).await {
        if let Err(code) = answer.expect("no panic") {
            codes.insert(code);
        }
    }
    for code in &codes {
        let known = [
            "seminar-full",
            "seats-free",
            "seat-taken",
            "not-enough-seats",
            "waiting-already",
        ];
        assert!(known.contains(code), "{code}");
    }
    in_order(&world.app, id).await;
    // Somebody gives a seat back again and again: each time it goes to who waits, at once.
    let app = &nodes[0];
    for seat in seminars::seats(app, id).await.expect("seats") {
        seminars::give_up(app, seat.person, id)
            .await
            .expect("given up");
        let (taken, capacity) = in_order(app, id).await;
        let waiting = seminars::waiting_list(app, id).await.expect("the list");
        let idle = capacity - taken;
        assert!(
            waiting
                .iter()
                .all(|w| w.state == "offered" || w.seats > idle),
            "{idle} idle while {waiting:?} wait"
        );
    }
}

#[rocket::async_test]
async fn five_hundred_at_once_on_sqlite() {
    if wanted("sqlite") {
        let world = World::on(On::Sqlite).await;
        rush(vec![world.app.clone()], &world).await;
    }
}

#[rocket::async_test]
async fn five_hundred_at_once_on_two_nodes() {
    if wanted("postgres") {
        let world = World::on(On::Postgres).await;
        let url = world.app.config.database_url.clone();
        let other = World::at(&[("HALQA_DATABASE_URL", &url)]).await;
        rush(vec![world.app.clone(), other.app.clone()], &world).await;
    }
}

both_engines! {
    async fn a_seat_given_back_is_offered_confirmed_or_goes_on(world: World) {
        let budget = world.module("Le budget").await;
        let seminar = world.seminar("Une place", None, 1, one_of(&[(budget.id, Level::Passed)])).await;
        let mut people = Vec::new();
        for name in ["amel", "badr", "chiraz", "dora"] {
            let person = world.person(&format!("{name}@example.org")).await;
            if name != "chiraz" {
                world.learns(person, budget.id, passed()).await;
            }
            people.push(person);
        }
        let [amel, badr, chiraz, dora] = people[..] else { panic!("four") };
        let path = format!("/fr/seminars/{}", seminar.slug);
        seminars::register(&world.app, amel, seminar.id).await.expect("a seat");
        let badr_browser = world.browser_of("badr@example.org").await;
        let full = send(world.get(&path).by(&badr_browser)).await;
        assert!(full.text.contains("liste d’attente"), "{}", full.text);
        let joined = send(world.form(&format!("{path}/waiting"), &[]).by(&badr_browser)).await;
        assert_eq!(joined.headers["location"], format!("{path}?done=waiting-joined"));
        // The list is for those who meet the rule.
        assert_eq!(seminars::wait(&world.app, chiraz, seminar.id).await.unwrap_err().code, "not-eligible");
        seminars::wait(&world.app, dora, seminar.id).await.expect("she waits");
        let page = send(world.get(&path).by(&badr_browser)).await;
        assert!(page.text.contains("Votre rang") && page.text.contains("Quitter la liste"), "{}", page.text);

        // The seat goes to the first, who is told, and nobody passes him.
        assert!(seminars::give_up(&world.app, amel, seminar.id).await.expect("given up"));
        let page = send(world.get(&path).by(&badr_browser)).await;
        assert!(page.text.contains("Une place vous attend") && page.text.contains("Prendre ma place"), "{}", page.text);
        assert_eq!(seminars::register(&world.app, amel, seminar.id).await.unwrap_err().code, "seminar-full");
        let admin = world.signed_in_as("admin@example.org", Some(halqa::accounts::Grant::Admin)).await;
        let outbox = send(world.get("/fr/admin/outbox").by(&admin)).await;
        assert_eq!(outbox.text.matches("badr@example.org").count(), 1, "{}", outbox.text);

        // He lets the time pass: it goes on to the next.
        world.clock.advance_seconds(48 * 3600 + 1);
        seminars::settle_all(&world.app).await.expect("settled");
        let entry = seminars::entry_of(&world.app, seminar.id, dora).await.unwrap().expect("an entry");
        assert_eq!(entry.state, "offered");
        assert!(seminars::entry_of(&world.app, seminar.id, badr).await.unwrap().is_none());
        assert!(seminars::register(&world.app, dora, seminar.id).await.expect("hers").is_new);
        assert_eq!(in_order(&world.app, seminar.id).await, (1, 1));
    }

    async fn who_is_no_longer_eligible_is_passed_over(world: World) {
        let founder = world.founder().await;
        let budget = world.module("Le budget").await;
        let seminar = world.seminar("Une place", None, 1, Rule::open()).await;
        let people = crowd(&world, 3, None).await;
        seminars::register(&world.app, people[0], seminar.id).await.expect("a seat");
        for person in &people[1..] {
            seminars::wait(&world.app, *person, seminar.id).await.expect("waits");
        }
        let mut wanted = halqa::seminars::NewSeminar {
            slug: None, title: "Une place".into(), summary: String::new(), language: halqa::web::Lang::Fr,
            region: None, axis: None, place: "Ici".into(), link: String::new(),
            starts_at: seminar.starts_at, ends_at: seminar.ends_at, capacity: 1,
            rule: one_of(&[(budget.id, Level::Passed)]), by: Some(founder.id),
        };
        seminars::update(&world.app, seminar.id, wanted.clone()).await.expect("changed");
        world.learns(people[2], budget.id, passed()).await;
        seminars::give_up(&world.app, people[0], seminar.id).await.expect("given up");
        let state = |person: PersonId| {
            let app = world.app.clone();
            async move { seminars::entry_of(&app, seminar.id, person).await.unwrap().map(|e| e.state) }
        };
        assert_eq!(state(people[1]).await.as_deref(), Some("waiting"));
        assert_eq!(state(people[2]).await.as_deref(), Some("offered"));
        // More room goes to who waits as soon as they may have it.
        wanted.capacity = 2;
        wanted.rule = Rule::open();
        seminars::update(&world.app, seminar.id, wanted).await.expect("changed");
        assert_eq!(state(people[1]).await.as_deref(), Some("offered"));
        assert_eq!(in_order(&world.app, seminar.id).await, (2, 2));
    }

    async fn a_coordinator_reserves_and_names_later(world: World) {
        let founder = world.founder().await;
        world.region(&founder, "sousse").await;
        let osc = world.organisation(&founder, "Oliviers", "sousse").await;
        let budget = world.module("Le budget").await;
        let rule = Rule { scope: Scope::EachSeat, ..one_of(&[(budget.id, Level::Passed)]) };
        let seminar = world.seminar("À trois", Some("sousse"), 4, rule).await;
        let chief = world.person("chief@example.org").await;
        world.join(chief, &osc, "coordinator").await;
        for name in ["amel", "badr"] {
            let person = world.person(&format!("{name}@example.org")).await;
            world.join(person, &osc, "member").await;
        }
        let stranger = world.person("stranger@example.org").await;
        let browser = world.browser_of("chief@example.org").await;
        let path = format!("/fr/organisations/{}/seminars/{}", osc.slug, seminar.slug);
        let show = send(world.get(&format!("/fr/seminars/{}", seminar.slug)).by(&browser)).await;
        assert!(show.text.contains(&path), "{}", show.text);
        let done = send(world.form(&path, &[("act", "reserve"), ("seats", "3")]).by(&browser)).await;
        assert_eq!(done.status, Status::SeeOther, "{}", done.text);
        assert_eq!(in_order(&world.app, seminar.id).await, (3, 4));
        let many = send(world.form(&path, &[("act", "reserve"), ("seats", "2")]).by(&browser)).await;
        assert_eq!(many.status, Status::Conflict);
        assert!(many.text.contains("qu’une place"), "{}", many.text);
        let wrong = send(world.form(&path, &[("act", "reserve"), ("seats", "0")]).by(&browser)).await;
        assert_eq!(wrong.status, Status::UnprocessableEntity);

        let (found, _) = seminars::reservations(&world.app, seminar.id, osc.id).await.unwrap();
        let id = found[0].0.id;
        let name = |email: &'static str| {
            let fields = [("act", "name"), ("id", &id.to_string()), ("email", email)].map(|(k, v)| (k, v.to_owned()));
            let fields: Vec<(String, String)> = fields.into_iter().map(|(k, v)| (k.to_owned(), v)).collect();
            fields
        };
        let post = |fields: Vec<(String, String)>| {
            let fields: Vec<(&str, &str)> = fields.iter().map(|(k, v)| (k.as_str(), v.as_str())).collect();
            world.form(&path, &fields).by(&browser)
        };
        // Each who sits must meet the rule.
        assert_eq!(send(post(name("amel@example.org"))).await.status, Status::Conflict);
        let amel = seminars::learner(&world.app, "amel@example.org").await.unwrap().unwrap().id;
        world.learns(amel, budget.id, passed()).await;
        assert_eq!(send(post(name("amel@example.org"))).await.status, Status::SeeOther);
        assert_eq!(send(post(name("stranger@example.org"))).await.status, Status::UnprocessableEntity);
        let naming = Naming { reservation: id, organisation: osc.id, person: stranger };
        assert_eq!(seminars::name_seat(&world.app, seminar.id, naming).await.unwrap_err().code, "not-a-member");
        assert_eq!(in_order(&world.app, seminar.id).await, (3, 4), "a name changes no count");
        // She gives it up: the seat is everybody's again.
        seminars::give_up(&world.app, amel, seminar.id).await.expect("given up");
        assert_eq!(in_order(&world.app, seminar.id).await, (2, 4));
        // What has no name three days before goes to others.
        world.clock.advance_seconds(8 * 86_400);
        seminars::settle_all(&world.app).await.expect("settled");
        assert_eq!(in_order(&world.app, seminar.id).await, (0, 4));
    }

    async fn a_group_has_all_its_seats_or_none(world: World) {
        let founder = world.founder().await;
        world.region(&founder, "sousse").await;
        let osc = world.organisation(&founder, "Oliviers", "sousse").await;
        let chief = world.person("chief@example.org").await;
        world.join(chief, &osc, "coordinator").await;
        let seminar = world.seminar("Ensemble", None, 3, Rule::open()).await;
        let people = crowd(&world, 4, None).await;
        for person in &people[..3] {
            seminars::register(&world.app, *person, seminar.id).await.expect("a seat");
        }
        let browser = world.browser_of("chief@example.org").await;
        let path = format!("/fr/organisations/{}/seminars/{}", osc.slug, seminar.slug);
        let done = send(world.form(&path, &[("act", "wait"), ("seats", "2")]).by(&browser)).await;
        assert_eq!(done.status, Status::SeeOther, "{}", done.text);
        seminars::give_up(&world.app, people[0], seminar.id).await.expect("given up");
        let (_, entry) = seminars::reservations(&world.app, seminar.id, osc.id).await.unwrap();
        assert_eq!(entry.expect("it waits").state, "waiting", "one is not two");
        // Nobody else waits for one, so a newcomer may have it.
        seminars::register(&world.app, people[3], seminar.id).await.expect("a seat");
        seminars::give_up(&world.app, people[1], seminar.id).await.expect("given up");
        seminars::give_up(&world.app, people[2], seminar.id).await.expect("given up");
        let (_, entry) = seminars::reservations(&world.app, seminar.id, osc.id).await.unwrap();
        let entry = entry.expect("an offer");
        assert_eq!(entry.state, "offered");
        let page = send(world.get(&path).by(&browser)).await;
        assert!(page.text.contains("Prendre ces places"), "{}", page.text);
        let taken = send(world.form(&path, &[("act", "accept"), ("id", &entry.id.to_string())]).by(&browser)).await;
        assert_eq!(taken.status, Status::SeeOther, "{}", taken.text);
        let (found, entry) = seminars::reservations(&world.app, seminar.id, osc.id).await.unwrap();
        assert_eq!((found.len(), found[0].0.seats, entry.is_none()), (1, 2, true));
        assert_eq!(in_order(&world.app, seminar.id).await, (3, 3));
    }

    async fn seats_set_aside_open_on_their_day(world: World) {
        let founder = world.founder().await;
        world.region(&founder, "sousse").await;
        world.region(&founder, "gafsa").await;
        let ours = world.organisation(&founder, "Oliviers", "sousse").await;
        let theirs = world.organisation(&founder, "Palmiers", "gafsa").await;
        let seminar = world.seminar("Quota", None, 3, Rule::open()).await;
        let until: Timestamp = world.now().plus_days(5);
        let new = NewQuota { kind: None, region: Some("gafsa".into()), seats: 2, until };
        seminars::set_aside(&world.app, seminar.id, new).await.expect("set aside");
        let here = crowd(&world, 2, Some(ours.id)).await;
        let there = crowd(&world, 1, Some(theirs.id)).await;
        seminars::register(&world.app, here[0], seminar.id).await.expect("a seat");
        assert_eq!(seminars::register(&world.app, here[1], seminar.id).await.unwrap_err().code, "seats-set-aside");
        seminars::wait(&world.app, here[1], seminar.id).await.expect("waits");
        seminars::register(&world.app, there[0], seminar.id).await.expect("a seat");
        assert_eq!(in_order(&world.app, seminar.id).await, (2, 3));
        world.clock.advance_seconds(5 * 86_400 + 1);
        seminars::settle_all(&world.app).await.expect("settled");
        let entry = seminars::entry_of(&world.app, seminar.id, here[1]).await.unwrap().expect("an offer");
        assert_eq!(entry.state, "offered");
        assert_eq!(in_order(&world.app, seminar.id).await, (3, 3));
    }
}
