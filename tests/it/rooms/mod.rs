//! Coalition rooms: by consent alone.

mod files;
mod unseen;

use halqa::accounts::Grant;
use halqa::ids::PersonId;
use halqa::{organisations, spaces};
use rocket::http::{ContentType, Status};

use crate::harness::{Answer, As, Osc, World, both_engines, send};

/// What only those who take part may ever read.
const NAME: &str = "Zitoun Confidentiel";
const PURPOSE: &str = "Préparer le plaidoyer zitoun.";
const TITLE: &str = "Question zitounesque";
const BODY: &str = "Le zitounage commence lundi.";

/// An organisation with a coordinator and a member, signed in.
struct Side {
    osc: Osc,
    coordinator: String,
    member: String,
    member_id: PersonId,
    coordinator_id: PersonId,
}

struct Cast {
    oliviers: Side,
    palmiers: Side,
    ailleurs: Side,
    admin: String,
    regional: String,
    animator: String,
    learner: String,
}

async fn side(world: &World, founder: &halqa::accounts::Person, name: &str) -> Side {
    let osc = world.organisation(founder, name, "sousse").await;
    let low = name.to_lowercase();
    let mut people = Vec::new();
    for role in ["coordinator", "member"] {
        let email = format!("{role}-{low}@example.org");
        let id = world.person(&email).await;
        world.join(id, &osc, role).await;
        people.push((id, world.browser_of(&email).await));
    }
    let (member_id, member) = people.pop().expect("a member");
    let (coordinator_id, coordinator) = people.pop().expect("a coordinator");
    Side {
        osc,
        coordinator,
        member,
        member_id,
        coordinator_id,
    }
}

async fn cast(world: &World) -> Cast {
    let founder = world.founder().await;
    world.region(&founder, "sousse").await;
    let oliviers = side(world, &founder, "Oliviers").await;
    let palmiers = side(world, &founder, "Palmiers").await;
    let ailleurs = side(world, &founder, "Ailleurs").await;
    let common = world.app.ids.id();
    let new = spaces::NewSpace {
        id: common,
        slug: "cadre".into(),
        axis: None,
        titles: ["Cadre".into(), "الإطار".into(), "Framework".into()],
        abouts: Default::default(),
        at: world.now(),
    };
    spaces::open(&world.app, new).await.expect("a space");
    Cast {
        oliviers,
        palmiers,
        ailleurs,
        admin: world
            .signed_in_as("admin@example.org", Some(Grant::Admin))
            .await,
        regional: world
            .signed_in_as("staff@example.org", Some(Grant::Regional("sousse".into())))
            .await,
        animator: world
            .signed_in_as("animator@example.org", Some(Grant::Animator(common.0)))
            .await,
        learner: world.signed_in_as("learner@example.org", None).await,
    }
}

fn place(answer: &Answer) -> String {
    assert_eq!(answer.status, Status::SeeOther, "{}", answer.text);
    answer.headers["location"]
        .split('?')
        .next()
        .unwrap_or_default()
        .to_owned()
}

/// A room of the organisation that a coordinator answers for, read by its members where `whole` is
/// `yes`; its slug.
pub async fn opened(world: &World, coordinator: &str, whole: &str) -> String {
    let fields = [
        ("name", NAME),
        ("purpose", PURPOSE),
        ("axis", ""),
        ("region", "sousse"),
        ("until", ""),
        ("whole", whole),
    ];
    let opened = send(world.form("/fr/rooms/new", &fields).by(coordinator)).await;
    place(&opened)
        .rsplit('/')
        .next()
        .expect("a slug")
        .to_owned()
}

/// A room of the Oliviers; its slug.
async fn open(world: &World, cast: &Cast) -> String {
    opened(world, &cast.oliviers.coordinator, "no").await
}

async fn post(world: &World, path: &str, fields: &[(&str, &str)], by: &str) -> Status {
    send(world.form(path, fields).by(by)).await.status
}

async fn ask(world: &World, slug: &str, side: &Side, by: &str) -> Status {
    post(
        world,
        &format!("/fr/rooms/{slug}/parties"),
        &[("what", "ask"), ("organisation", &side.osc.slug)],
        by,
    )
    .await
}

async fn answer(
    world: &World,
    slug: &str,
    side: &Side,
    answer: &str,
    whole: &str,
    by: &str,
) -> Status {
    let fields = [
        ("organisation", side.osc.slug.as_str()),
        ("answer", answer),
        ("whole", whole),
    ];
    post(world, &format!("/fr/rooms/{slug}/answer"), &fields, by).await
}

async fn get(world: &World, path: &str, by: &str) -> Answer {
    send(world.get(path).by(by)).await
}

/// A question in the room; its path.
async fn write(world: &World, slug: &str, title: &str, by: &str) -> String {
    let fields = [
        ("kind", "question"),
        ("title", title),
        ("body", BODY),
        ("language", "fr"),
    ];
    place(
        &send(
            world
                .form(&format!("/fr/spaces/{slug}/new"), &fields)
                .by(by),
        )
        .await,
    )
}

fn file(label: &str) -> (ContentType, Vec<u8>) {
    let body = format!(
        "--X\r\nContent-Disposition: form-data; name=\"label\"\r\n\r\n{label}\r\n\
         --X\r\nContent-Disposition: form-data; name=\"file\"; filename=\"plan.txt\"\r\nContent-Type: text/plain\r\n\r\nLe plan zitoun.\r\n--X--\r\n"
    );
    (
        ContentType::new("multipart", "form-data").with_params(("boundary", "X")),
        body.into_bytes(),
    )
}

/// Shares a file; its path.
pub async fn share(world: &World, slug: &str, by: &str) -> String {
    let (kind, body) = file("Plan zitoun");
    let shared = send(
        world
            .post(&format!("/fr/rooms/{slug}/files"))
            .header(kind)
            .body(body)
            .by(by),
    )
    .await;
    assert_eq!(shared.status, Status::SeeOther, "{}", shared.text);
    let page = get(world, &format!("/fr/rooms/{slug}"), by).await.text;
    let start = format!("/fr/rooms/{slug}/files/");
    let rest = page
        .split(&format!("href=\"{start}"))
        .nth(1)
        .expect("a file");
    format!("{start}{}", rest.split('"').next().unwrap_or_default())
}

fn tells(text: &str) -> bool {
    text.to_lowercase().contains("zitoun")
}

both_engines! {
    async fn a_room_lives_by_consent(world: World) {
        let cast = cast(&world).await;
        let slug = open(&world, &cast).await;
        let (room, space) = (format!("/fr/rooms/{slug}"), format!("/fr/spaces/{slug}"));
        let oliviers = cast.oliviers.coordinator.as_str();
        let (palmiers, palmier) = (cast.palmiers.coordinator.as_str(), cast.palmiers.member.as_str());
        let shown = get(&world, &room, oliviers).await;
        assert!(shown.text.contains(NAME) && shown.text.contains(PURPOSE), "{}", shown.text);
        assert!(!slug.contains("zitoun"), "the address says nothing");
        // Of its own members, those whom the coordinator admits.
        assert_eq!(get(&world, &space, &cast.oliviers.member).await.status, Status::NotFound);
        let admitted = [("organisation", cast.oliviers.osc.slug.as_str()), ("whole", "no"), ("people", &cast.oliviers.member_id.to_string())];
        assert_eq!(post(&world, &format!("{room}/members"), &admitted, oliviers).await, Status::SeeOther);
        assert_eq!(get(&world, &space, &cast.oliviers.member).await.status, Status::Ok);
        let topic = write(&world, &slug, TITLE, &cast.oliviers.member).await;

        // Asked: told, and let in by nothing but their own yes.
        let found = get(&world, &format!("{room}?q=palm"), oliviers).await;
        assert!(found.text.contains("Palmiers") && !found.text.contains("Ailleurs"), "{}", found.text);
        assert_eq!(ask(&world, &slug, &cast.palmiers, &cast.oliviers.member).await, Status::Forbidden, "hosts ask");
        assert_eq!(ask(&world, &slug, &cast.palmiers, oliviers).await, Status::SeeOther);
        assert_eq!(ask(&world, &slug, &cast.palmiers, oliviers).await, Status::Conflict, "once");
        world.run_jobs().await;
        let told = get(&world, "/fr/me/notifications", palmiers).await;
        assert!(told.text.contains(NAME) && told.text.contains("Invitation dans une salle") && told.text.contains("class=\"bell-n\""), "{}", told.text);
        assert!(!tells(&get(&world, "/fr/me/notifications", palmier).await.text), "those who answer for it are told");
        assert!(get(&world, "/fr/rooms", palmiers).await.text.contains(NAME));
        let before = get(&world, &room, palmiers).await;
        assert!(before.text.contains(PURPOSE) && before.text.contains("Oliviers"), "they decide with all before their eyes");
        for path in [&space, &topic] {
            assert_eq!(get(&world, path, palmiers).await.status, Status::NotFound, "{path}");
        }
        assert_eq!(get(&world, &room, palmier).await.status, Status::NotFound);
        assert_eq!(answer(&world, &slug, &cast.palmiers, "accept", "yes", palmier).await, Status::NotFound, "members do not answer");
        assert_eq!(answer(&world, &slug, &cast.palmiers, "accept", "yes", oliviers).await, Status::NotFound, "nobody answers for others");
        assert_eq!(answer(&world, &slug, &cast.ailleurs, "accept", "yes", &cast.ailleurs.coordinator).await, Status::NotFound);
        assert_eq!(answer(&world, &slug, &cast.palmiers, "accept", "no", palmiers).await, Status::SeeOther);
        world.run_jobs().await;
        let told = get(&world, "/fr/me/notifications", oliviers).await;
        assert!(told.text.contains("Une organisation participe à votre salle") && told.text.contains(NAME), "who asked is told: {}", told.text);
        assert!(!get(&world, "/fr/me/notifications", &cast.oliviers.member).await.text.contains("participe à votre salle"));
        assert_eq!(get(&world, &topic, palmiers).await.status, Status::Ok);
        assert_eq!(get(&world, &topic, palmier).await.status, Status::NotFound, "not all, as they chose");
        let whole = [("organisation", cast.palmiers.osc.slug.as_str()), ("whole", "yes")];
        assert_eq!(post(&world, &format!("{room}/members"), &whole, oliviers).await, Status::NotFound, "each for its own");
        assert_eq!(post(&world, &format!("{room}/members"), &whole, palmiers).await, Status::SeeOther);

        // They write together, and hear of it.
        assert_eq!(post(&world, &topic, &[("body", "Nous aussi."), ("language", "fr")], palmier).await, Status::SeeOther);
        let page = get(&world, &topic, oliviers).await;
        assert!(page.text.contains("Nous aussi.") && page.text.contains("member-palmiers") && page.text.contains("Palmiers"), "{}", page.text);
        assert!(!page.text.contains("og:title"), "other sites are told nothing");
        write(&world, &slug, "Une autre zitounesque", palmier).await;
        world.run_jobs().await;
        for hears in [oliviers, palmiers] {
            let told = get(&world, "/fr/me/notifications", hears).await;
            assert!(told.text.contains("Une autre zitounesque") && told.text.contains(NAME), "{}", told.text);
        }
        let shared = share(&world, &slug, palmier).await;
        let led = get(&world, &shared, oliviers).await;
        assert!(led.status == Status::SeeOther && led.headers["location"].contains("/d/"), "{}", led.text);
        let home = get(&world, &space, oliviers).await;
        assert!(home.text.contains("Plan zitoun") && home.text.contains(TITLE) && home.text.contains("Palmiers"), "{}", home.text);
        halqa::search::settle(&world.app).await.expect("the index");
        assert!(get(&world, "/fr/search?q=zitounage", palmier).await.text.contains(TITLE));

        // They leave: out at once; what they wrote stays, signed.
        let leaves = [("organisation", cast.palmiers.osc.slug.as_str())];
        assert_eq!(post(&world, &format!("{room}/leave"), &leaves, palmier).await, Status::NotFound);
        assert_eq!(post(&world, &format!("{room}/leave"), &[("organisation", cast.oliviers.osc.slug.as_str())], oliviers).await, Status::Conflict);
        assert_eq!(post(&world, &format!("{room}/leave"), &leaves, palmiers).await, Status::SeeOther);
        for who in [palmiers, palmier] {
            for path in [&room, &space, &topic, &shared, &format!("{topic}/posts/{}/history", topic.rsplit('/').next().expect("an id"))] {
                assert_eq!(get(&world, path, who).await.status, Status::NotFound, "{path}");
            }
            for path in ["/fr/me/notifications", "/fr/search?q=zitounage", "/fr/rooms", "/fr/me/follows", "/fr/me"] {
                let text = get(&world, path, who).await.text.replace("q=zitounage", "").replace("value=\"zitounage\"", "");
                assert!(!text.contains(NAME) && !text.contains(TITLE), "{path}: {text}");
            }
            assert_eq!(post(&world, &topic, &[("body", "Encore."), ("language", "fr")], who).await, Status::NotFound);
        }
        assert!(get(&world, &topic, oliviers).await.text.contains("member-palmiers"));
        // They may be asked again, and come back.
        assert_eq!(ask(&world, &slug, &cast.palmiers, oliviers).await, Status::SeeOther);
        assert_eq!(get(&world, &topic, palmiers).await.status, Status::NotFound);
        assert_eq!(answer(&world, &slug, &cast.palmiers, "accept", "yes", palmiers).await, Status::SeeOther);

        // Closed: read by all who take part, written by nobody.
        assert_eq!(post(&world, &format!("{room}/close"), &[], palmiers).await, Status::Forbidden);
        assert_eq!(post(&world, &format!("{room}/close"), &[], oliviers).await, Status::SeeOther);
        for who in [oliviers, palmiers, palmier] {
            assert!(get(&world, &topic, who).await.text.contains("Cette salle est fermée"));
            let id = topic.rsplit('/').next().expect("an id");
            for (path, fields) in [
                (topic.clone(), vec![("body", "Encore."), ("language", "fr")]),
                (format!("{space}/new"), vec![("kind", "question"), ("title", "T"), ("body", "B"), ("language", "fr")]),
                (format!("{topic}/posts/{id}/react"), vec![("kind", "thanks")]),
                (format!("{topic}/me-too"), vec![("too", "1")]),
            ] {
                let status = post(&world, &path, &fields, who).await;
                assert_eq!(status, Status::Conflict, "{path}");
            }
            let (kind, body) = file("Encore");
            let late = send(world.post(&format!("{room}/files")).header(kind).body(body).by(who)).await;
            assert_eq!(late.status, Status::Conflict, "{}", late.text);
        }
        assert_eq!(ask(&world, &slug, &cast.ailleurs, oliviers).await, Status::Conflict);
        assert!(get(&world, "/fr/rooms", palmier).await.text.contains("Archives"));
        assert_eq!(halqa::db::testing::count_audit(&world.app.db, "room-closed").await, 1);
    }

    async fn who_declines_is_left_in_peace_and_who_rests_is_seen_nowhere(world: World) {
        let cast = cast(&world).await;
        // Nobody without an organisation to answer for opens a room, the staff included.
        for who in [&cast.learner, &cast.oliviers.member, &cast.admin, &cast.regional] {
            assert_eq!(get(&world, "/fr/rooms/new", who).await.status, Status::Forbidden);
            let fields = [("name", NAME), ("purpose", PURPOSE), ("whole", "no"), ("organisation", cast.oliviers.osc.slug.as_str())];
            assert_eq!(post(&world, "/fr/rooms/new", &fields, who).await, Status::Forbidden);
        }
        let host = cast.oliviers.coordinator.as_str();
        for (name, purpose, until) in [("", PURPOSE, ""), (NAME, "", ""), (NAME, PURPOSE, "2020-01-01"), (NAME, PURPOSE, "x")] {
            let fields = [("name", name), ("purpose", purpose), ("until", until)];
            assert_eq!(post(&world, "/fr/rooms/new", &fields, host).await, Status::UnprocessableEntity);
        }
        let slug = open(&world, &cast).await;
        let room = format!("/fr/rooms/{slug}");
        assert_eq!(ask(&world, &slug, &cast.palmiers, host).await, Status::SeeOther);
        let palmiers = cast.palmiers.coordinator.as_str();
        assert_eq!(answer(&world, &slug, &cast.palmiers, "decline", "yes", palmiers).await, Status::SeeOther);
        assert_eq!(get(&world, &room, palmiers).await.status, Status::NotFound);
        world.run_jobs().await;
        assert!(!tells(&get(&world, "/fr/me/notifications", palmiers).await.text));
        assert_eq!(ask(&world, &slug, &cast.palmiers, host).await, Status::Conflict, "in peace for a while");
        world.clock.advance_seconds(91 * 86_400);
        let host = world.browser_of("coordinator-oliviers@example.org").await;
        let palmiers = world.browser_of("coordinator-palmiers@example.org").await;
        assert_eq!(ask(&world, &slug, &cast.palmiers, &host).await, Status::SeeOther);
        // Taken back, it waits for nobody.
        let back = [("what", "withdraw"), ("organisation", cast.palmiers.osc.slug.as_str())];
        assert_eq!(post(&world, &format!("{room}/parties"), &back, &host).await, Status::SeeOther);
        assert_eq!(answer(&world, &slug, &cast.palmiers, "accept", "yes", &palmiers).await, Status::NotFound);
        assert_eq!(ask(&world, &slug, &cast.palmiers, &host).await, Status::SeeOther);
        assert_eq!(answer(&world, &slug, &cast.palmiers, "accept", "yes", &palmiers).await, Status::SeeOther);
        let topic = write(&world, &slug, TITLE, &host).await;
        assert_eq!(post(&world, &topic, &[("body", "Mot des Palmiers."), ("language", "fr")], &palmiers).await, Status::SeeOther);
        share(&world, &slug, &palmiers).await;

        let organisation = organisations::by_slug(&world.app, &cast.palmiers.osc.slug).await.expect("it").expect("there");
        let founder = world.founder_again().await;
        organisations::rest(&world.app, &founder, &organisation, true).await.expect("at rest");
        let texts = [get(&world, &topic, &host).await.text, get(&world, &room, &host).await.text, get(&world, &format!("/fr/spaces/{slug}"), &host).await.text];
        for text in texts {
            assert!(!text.contains("Palmiers") && !text.contains("palmiers") && !text.contains("Plan zitoun"), "{text}");
        }
        // At rest it may still leave, and comes back by being asked again.
        let leaves = [("organisation", cast.palmiers.osc.slug.as_str())];
        assert!(get(&world, &room, &palmiers).await.text.contains(&format!("action=\"{room}/leave\"")));
        assert_eq!(post(&world, &format!("{room}/leave"), &leaves, &palmiers).await, Status::SeeOther);
        assert_eq!(get(&world, &topic, &palmiers).await.status, Status::NotFound);
        assert_eq!(ask(&world, &slug, &cast.palmiers, &host).await, Status::NotFound, "nobody at rest is asked");
        organisations::rest(&world.app, &founder, &organisation, false).await.expect("awake");
        assert_eq!(ask(&world, &slug, &cast.palmiers, &host).await, Status::SeeOther);
        assert_eq!(answer(&world, &slug, &cast.palmiers, "accept", "no", &palmiers).await, Status::SeeOther);
        assert!(get(&world, &topic, &host).await.text.contains("Mot des Palmiers."));

        // Who is no member any more reads nothing any more; who comes back is admitted anew.
        let member = world.browser_of("member-palmiers@example.org").await;
        assert_eq!(get(&world, &topic, &member).await.status, Status::NotFound);
        let id = cast.palmiers.member_id.to_string();
        let admitted = [("organisation", cast.palmiers.osc.slug.as_str()), ("whole", "no"), ("people", id.as_str())];
        assert_eq!(post(&world, &format!("{room}/members"), &admitted, &palmiers).await, Status::SeeOther);
        assert_eq!(get(&world, &topic, &member).await.status, Status::Ok);
        assert_eq!(post(&world, &format!("/fr/me/organisations/{}/leave", cast.palmiers.osc.slug), &[], &member).await, Status::SeeOther);
        assert_eq!(get(&world, &topic, &member).await.status, Status::NotFound);
        world.clock.advance_seconds(60);
        world.join(cast.palmiers.member_id, &cast.palmiers.osc, "member").await;
        assert_eq!(get(&world, &topic, &member).await.status, Status::NotFound);
        assert_eq!(post(&world, &format!("{room}/members"), &admitted, &palmiers).await, Status::SeeOther);
        assert_eq!(get(&world, &topic, &member).await.status, Status::Ok);

        // What was flagged is looked at by those whose room it is, and by nobody else.
        assert_eq!(post(&world, &format!("{topic}/flag"), &[("reason", "wrong")], &palmiers).await, Status::SeeOther);
        let queue = get(&world, "/fr/moderation", &host).await;
        assert!(queue.status == Status::Ok && queue.text.contains(TITLE), "{}", queue.text);
        let admin = world.browser_of("admin@example.org").await;
        assert!(!tells(&get(&world, "/fr/moderation", &admin).await.text));
        assert_eq!(get(&world, "/fr/moderation", &palmiers).await.status, Status::Forbidden);
        assert_eq!(post(&world, &format!("{topic}/care"), &[("what", "pin")], &host).await, Status::SeeOther);
        for what in [vec![("what", "move"), ("space", "cadre")], vec![("what", "show"), ("elsewhere", "cadre")], vec![("what", "merge"), ("into", topic.as_str())]] {
            assert_eq!(post(&world, &format!("{topic}/care"), &what, &host).await, Status::UnprocessableEntity, "what is said here stays here");
        }
        assert_eq!(post(&world, &format!("{topic}/hide"), &[("reason", "other")], &host).await, Status::SeeOther);
        assert_eq!(get(&world, &topic, &host).await.status, Status::NotFound);
    }

    async fn a_room_ends_on_its_day(world: World) {
        let cast = cast(&world).await;
        let host = cast.oliviers.coordinator.as_str();
        let fields = [("name", NAME), ("purpose", PURPOSE), ("until", "2026-03-10"), ("whole", "yes")];
        let opened = send(world.form("/fr/rooms/new", &fields).by(host)).await;
        let slug = place(&opened).rsplit('/').next().expect("a slug").to_owned();
        let topic = write(&world, &slug, TITLE, &cast.oliviers.member).await;
        world.clock.advance_seconds(8 * 86_400);
        let member = world.browser_of("member-oliviers@example.org").await;
        assert_eq!(post(&world, &topic, &[("body", "Le dernier jour."), ("language", "fr")], &member).await, Status::SeeOther);
        world.clock.advance_seconds(86_400);
        let member = world.browser_of("member-oliviers@example.org").await;
        assert_eq!(post(&world, &topic, &[("body", "Trop tard."), ("language", "fr")], &member).await, Status::Conflict);
        assert!(get(&world, &topic, &member).await.text.contains("Le dernier jour."));
        // Nor by mail.
        let known = halqa::seminars::learner(&world.app, "member-oliviers@example.org").await;
        let known = known.expect("people").expect("the member").id;
        let person = halqa::accounts::by_id(&world.app, known).await.expect("people").expect("active");
        let id = topic.rsplit('/').next().and_then(|id| uuid::Uuid::parse_str(id).ok()).expect("an id");
        let late = spaces::answer(&world.app, &person, id.into(), "Par courrier.", halqa::web::Lang::Fr).await;
        assert_eq!(late.expect_err("too late").code, "room-closed");
    }
}
