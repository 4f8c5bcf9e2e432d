//! cmi5 courses and xAPI packages played inside a platform's page, with no cookie at all: opened,
//! left, gone on with; what is reached arrives as a grade.

use halqa::catalogue::{self, Imported, Options};
use halqa::lti::platforms;
use serde_json::json;
use url::Url;

use super::consumers::{LAUNCH, honest, set, signed};
use super::platform::*;
use super::server::{Reply, Server};
use crate::harness::{Answer, World, both_engines, send};
use crate::units::{Unit, parameter, sample};

async fn import(world: &World, zip: &[u8]) -> Imported {
    let options = Options {
        publish: true,
        ..Options::default()
    };
    catalogue::import_bytes(&world.app, zip, options)
        .await
        .expect("imported")
}

fn course(units: &str) -> Vec<u8> {
    let text = |name: &str| {
        format!(
            "<title><langstring lang=\"fr\">{name}</langstring></title><description><langstring lang=\"fr\">{name}</langstring></description>"
        )
    };
    let xml = format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?><courseStructure xmlns=\"https://w3id.org/xapi/profiles/cmi5/v1/CourseStructure.xsd\">\
         <course id=\"https://example.org/c\">{}</course>{units}</courseStructure>",
        text("Cours")
    )
    .replace("TEXT", &text("Partie"));
    package::build::zip([
        ("cmi5.xml".to_owned(), xml.into_bytes()),
        ("index.html".to_owned(), b"<!doctype html>".to_vec()),
    ])
    .expect("a zip")
}

/// A list of units in a frame without cookies: what its forms would send.
pub struct Desk<'w> {
    world: &'w World,
    pub action: String,
    token: String,
}

impl<'w> Desk<'w> {
    pub fn of(world: &'w World, page: &Answer) -> Desk<'w> {
        assert_eq!(page.status.code, 200, "{}", page.text);
        Desk {
            world,
            action: find(&page.text, "action=\""),
            token: if page.text.contains("name=\"session\"") {
                find(&page.text, "name=\"session\" value=\"")
            } else {
                String::new()
            },
        }
    }

    pub async fn ask(&self, fields: &[(&str, &str)]) -> Answer {
        let mut all = vec![("session", self.token.as_str())];
        all.extend(fields);
        send(self.world.form(&self.action, &all)).await
    }

    pub async fn list(&self) -> Answer {
        self.ask(&[("do", "units")]).await
    }

    pub async fn open(&self, unit: &str) -> Answer {
        self.ask(&[("do", "unit"), ("unit", unit)]).await
    }
}

/// The unit's address in the page that frames it, and the address of that frame.
pub fn framed(page: &Answer) -> (Url, Url) {
    assert_eq!(page.status.code, 200, "{}", page.text);
    let frame = find(&page.text, "src=\"http://").replace("&#x27;", "'");
    let frame = Url::parse(&format!("http://{frame}")).expect("the frame's address");
    let unit = Url::parse(frame.fragment().expect("a unit")).expect("the unit's address");
    (unit, frame)
}

/// What the content origin answers to an address on it.
pub async fn on_content(world: &World, url: &Url) -> Answer {
    let label = url.host_str().and_then(|host| host.split('.').next());
    let package = label.and_then(|label| uuid::Uuid::try_parse(label).ok());
    let package = halqa::ids::PackageId(package.expect("a package's origin"));
    let path = match url.query() {
        Some(query) => format!("{}?{query}", url.path()),
        None => url.path().to_owned(),
    };
    send(world.content(rocket::http::Method::Get, package, &path)).await
}

async fn play(world: &World, desk: &Desk<'_>, units: &[&str]) -> String {
    let mut registration = String::new();
    for (unit, verbs) in [
        ("1", &["initialized", "completed", "terminated"][..]),
        ("2", &["initialized", "completed", "passed", "terminated"]),
        ("4", &["initialized", "completed", "passed", "terminated"]),
    ] {
        if !units.contains(&unit) {
            continue;
        }
        let (address, _) = framed(&desk.open(unit).await);
        let unit = Unit::started(world, &address).await;
        assert!(registration.is_empty() || registration == unit.registration);
        registration.clone_from(&unit.registration);
        unit.said(verbs).await;
    }
    registration
}

both_engines! {
    async fn units_are_played_in_the_frame_and_the_grade_arrives(world: World) {
        let module = import(&world, &sample("budget-participatif")).await;
        let slug = module.module.slug.clone();
        let (platform, _) = Platform::registered(&world).await;
        let launch = async || {
            platform.page(&world, |claims| claims[core("custom")]["module"] = json!(slug)).await
        };
        let page = launch().await;
        let policy = &page.headers["content-security-policy"];
        assert!(policy.contains(&format!("frame-ancestors 'self' {}", platform.issuer)), "{policy}");
        assert!(page.text.contains("Animer un forum de quartier") && page.text.contains("data-go"), "{}", page.text);
        let desk = Desk::of(&world, &page);

        // The unit's frame may stand within the platform's page; the unit's address is told to nobody.
        let opened = desk.open("1").await;
        assert!(!opened.headers.contains_key("set-cookie"));
        let policy = &opened.headers["content-security-policy"];
        assert!(policy.contains(&format!("frame-ancestors 'self' {}", platform.issuer)), "{policy}");
        assert_eq!(opened.headers["cache-control"], "no-store");
        let (address, frame) = framed(&opened);
        let shell = on_content(&world, &frame).await;
        let policy = &shell.headers["content-security-policy"];
        assert!(policy.contains(&format!("frame-ancestors http://localhost:8000 {}", platform.issuer)), "{policy}");
        assert!(policy.contains("frame-src 'self'") && policy.contains("http://localhost:8000/fr/returned"), "{policy}");
        // Somebody else's signature frames nothing.
        let mut forged = frame.clone();
        forged.set_query(Some("within=https://evil.example&by=x"));
        let shell = on_content(&world, &forged).await;
        assert!(!shell.headers["content-security-policy"].contains("evil"), "{}", shell.text);

        // Left: the way back proves nothing, and may stand in the frame.
        let unit = Unit::started(&world, &address).await;
        let back = unit.data["returnURL"].as_str().expect("a way back").to_owned();
        assert!(!back.contains(&desk.token) && back.starts_with("http://localhost:8000/fr/returned?"), "{back}");
        let returned = send(world.get(&back.replace("http://localhost:8000", ""))).await;
        let policy = &returned.headers["content-security-policy"];
        assert!(policy.contains(&platform.issuer) && policy.contains(".content.localhost:8000"), "{policy}");
        // Its signature is not one for the frame.
        let mut other = frame.clone();
        other.set_query(Url::parse(&back).expect("an address").query());
        let shell = on_content(&world, &other).await;
        assert!(!shell.headers["content-security-policy"].contains(&platform.issuer), "{}", shell.text);
        unit.said(&["initialized", "completed", "terminated"]).await;
        let list = desk.list().await;
        assert!(list.text.contains("stroke-dasharray=\"0.333") && !list.text.contains("data-go"), "{}", list.text);

        // Looking around is not judged.
        let (looked, _) = framed(&desk.ask(&[("do", "unit"), ("unit", "2"), ("mode", "browse")]).await);
        assert_eq!(Unit::started(&world, &looked).await.data["launchMode"], "Browse");

        // Another launch goes on where this one was.
        let again = Desk::of(&world, &launch().await);
        assert_ne!(again.token, desk.token);
        let registration = play(&world, &again, &["2", "4"]).await;
        assert_eq!(registration, unit.registration);
        assert!(desk.list().await.text.contains("data-state=\"passed\""));
        world.run_jobs().await;
        let state = platform.state.lock().expect("state");
        let score = state.scores.values().next().expect("a score");
        assert_eq!((&score["scoreGiven"], &score["activityProgress"], &score["gradingProgress"]), (&json!(90.0), &json!("Completed"), &json!("FullyGraded")), "{score}");
    }

    async fn nothing_opens_without_its_proof(world: World) {
        let module = import(&world, &sample("budget-participatif")).await;
        let (platform, _) = Platform::registered(&world).await;
        let page = platform.page(&world, |claims| claims[core("custom")]["module"] = json!(module.module.slug)).await;
        let desk = Desk::of(&world, &page);
        let other = platform.page(&world, |claims| {
            claims["sub"] = json!("user-8");
            claims[core("custom")]["module"] = json!(module.module.slug);
        }).await;
        let other = Desk::of(&world, &other);
        for (what, token, unit, status) in [
            ("no proof", "", "1", 401),
            ("a guessed one", &"x".repeat(43), "1", 401),
            ("another learner's", &other.token, "1", 401),
            ("a block", &desk.token, "0", 404),
            ("no unit", &desk.token, "99", 404),
            ("no number", &desk.token, "-1", 404),
            ("a huge number", &desk.token, "99999999999999999999999", 404),
            ("words", &desk.token, "..", 404),
        ] {
            let fields = [("session", token), ("do", "unit"), ("unit", unit)];
            let answer = send(world.form(&desk.action, &fields)).await;
            assert_eq!(answer.status.code, status, "{what}: {}", answer.text);
        }
        // From another site, not even with it.
        let answer = send(world.form(&desk.action, &[("session", &desk.token), ("do", "unit"), ("unit", "1")]).header(rocket::http::Header::new("Sec-Fetch-Site", "cross-site"))).await;
        assert_eq!(answer.status.code, 403, "{}", answer.text);
        // Who is suspended meanwhile goes no further.
        let person = halqa::lti::people::person_of(&world.app, &platform.issuer, "user-7").await.expect("asked").expect("known");
        let change = (person, "suspended");
        world.app.db.write(change, |tx, (person, state)| {
            Box::pin(async move { halqa::db::testing::set_person_state(tx, *person, state).await })
        }).await.expect("suspended");
        assert!([401, 403].contains(&desk.open("1").await.status.code));
        assert!([401, 403].contains(&desk.list().await.status.code));
        assert_eq!(other.open("1").await.status.code, 200);
    }

    async fn a_unit_that_wants_its_own_window_gets_one(world: World) {
        let zip = course("<au id=\"https://example.org/1\" launchMethod=\"OwnWindow\">TEXT<url>index.html</url></au><au id=\"https://example.org/2\">TEXT<url>index.html</url></au>");
        let module = import(&world, &zip).await;
        let (platform, _) = Platform::registered(&world).await;
        let page = platform.page(&world, |claims| claims[core("custom")]["module"] = json!(module.module.slug)).await;
        assert!(page.text.contains("data-alone") && !page.text.contains("data-go"), "{}", page.text);
        let desk = Desk::of(&world, &page);
        let window = desk.open("0").await;
        assert!(window.text.contains("content=\"0;url=http://"), "{}", window.text);
        framed(&desk.open("1").await);
    }

    async fn an_old_consumer_hears_of_it_too(world: World) {
        let module = import(&world, &sample("budget-participatif")).await;
        let consumer = platforms::add_consumer(&world.app, "Vieux Moodle", None, None).await.expect("a consumer");
        let server = Server::start(|_| Reply {
            status: 200,
            body: "<?xml version=\"1.0\"?><imsx_POXEnvelopeResponse xmlns=\"http://www.imsglobal.org/services/ltiv1p1/xsd/imsoms_v1p0\"><imsx_POXHeader><imsx_POXResponseHeaderInfo><imsx_statusInfo><imsx_codeMajor>success</imsx_codeMajor></imsx_statusInfo></imsx_POXResponseHeaderInfo></imsx_POXHeader><imsx_POXBody/></imsx_POXEnvelopeResponse>".into(),
            ..Reply::default()
        }.with("Content-Type", "application/xml")).await;
        let mut parameters = honest(&world, &consumer, "units");
        set(&mut parameters, "custom_module", &module.module.slug);
        set(&mut parameters, "lis_outcome_service_url", &format!("{}/outcome", server.url));
        set(&mut parameters, "lis_result_sourcedid", "place-of-amel");
        let parameters = signed(parameters, &consumer.secret, LAUNCH);
        let fields: Vec<(&str, &str)> = parameters.iter().map(|(a, b)| (a.as_str(), b.as_str())).collect();
        let page = post_form(&world, "/lti/1.1/launch", &fields, None).await;
        play(&world, &Desk::of(&world, &page), &["1", "2", "4"]).await;
        world.run_jobs().await;
        let sent = server.of("/outcome");
        assert!(sent.last().expect("an outcome").body.contains("<textString>0.9</textString>"), "{}", sent[0].body);
    }

    /// An xAPI package knows no way back: the page around it has one.
    async fn an_xapi_package_plays_too(world: World) {
        let module = import(&world, &sample("transparence-financiere")).await;
        assert_eq!(module.package.format, "xapi");
        let (platform, _) = Platform::registered(&world).await;
        let page = platform.page(&world, |claims| claims[core("custom")]["module"] = json!(module.module.slug)).await;
        let desk = Desk::of(&world, &page);
        let opened = desk.open("0").await;
        assert!(opened.text.contains("data-back"), "{}", opened.text);
        let (address, _) = framed(&opened);
        assert_eq!(parameter(&address, "endpoint"), "http://localhost:8000/xapi");
        assert!(parameter(&address, "auth").starts_with("Basic "));
        assert_eq!(desk.list().await.status.code, 200);
    }
}
