//! Somebody else's objects (`threats.md` W7): on every route that carries an id, a member, a
//! coordinator and a trainer of elsewhere ask for a real object of this organisation, its member
//! and its trainer, by its right id. `matrix` does the same for organisations, seminars and
//! administration. A route without a place here fails.

use std::collections::BTreeMap;

use domain::community::Visibility;
use halqa::accounts::Grant;
use halqa::catalogue::{self, Options};
use halqa::dispatch;
use halqa::ids::PersonId;
use halqa::player::{self, Learner, Start};
use halqa::spaces::{self, NewReply, NewSpace, NewTopic};
use rocket::http::{ContentType, Header, Method, Status};

use crate::harness::{Answer, As, World, both_engines, send};

/// The areas of `matrix`.
const ELSEWHERE: [&str; 4] = ["/organisations", "/seminars", "/admin", "/api/v1"];

/// Routes whose object is for everybody with an account, or in which the id itself is the proof: why.
const OPEN: &[(&str, &[&str])] = &[
    (
        "the address is the secret, or signed",
        &[
            "/-content/<_>/-halqa/frame",
            "/-content/<_>/-halqa/journal",
            "/-content/<_>/-halqa/player",
            "/-content/<_>/-halqa/static/<version>/player/<path..>",
            "/-content/<_>/-halqa/table/<standard>/<_version>",
            "/-content/<package>/-halqa/open",
            "/-content/<label>/d/<key>/<name>",
            "/-content/<package>/l/<key>/<path..>",
            "/calendar/<address>",
            "/feeds/<address>",
            "/dispatch/left/<token>",
            "/dispatch/play/<token>",
            "/join/<token>",
            "/join/<token>/accept",
            "/join/<token>/account",
            "/join/<token>/ask",
            "/join/<token>/decline",
            "/launch/<ticket>",
            "/password/<token>",
            "/unsubscribe/<sealed>",
        ],
    ),
    (
        "a token or a proof of its own, never a browser's session (`lti`, `units`, `lrs`)",
        &[
            "/lti/platform/ags/<module>/lineitems",
            "/lti/platform/ags/<module>/lineitems/<name>",
            "/lti/platform/ags/<module>/lineitems/<name>/results",
            "/lti/platform/ags/<module>/lineitems/<name>/scores",
            "/lti/platform/members/<module>",
            "/lti/s/<session>",
            "/lti/s/<session>/token",
            "/xapi/<_..>",
        ],
    ),
    (
        "for everybody, or everybody with an account",
        &[
            "/-refused/<_>",
            "/api/-refused/<_>",
            "/static/<version>/<path..>",
            "/sign-in/back/<id>",
            "/sign-in/with/<id>",
            "/attestations/<code>",
            "/attestations/<code>/badge",
            "/attestations/<code>/badge.jwt",
            "/attestations/<code>/pdf",
            "/modules/<slug>",
            "/modules/<slug>/attempts",
            "/modules/<slug>/play",
            "/timeline/<slug>",
            "/plans/<slug>",
            "/plans/<slug>/interest",
            "/watch/entries/<id>",
            "/people/<id>",
            "/share/<path..>",
            "/people/<id>/message",
            "/pictures/<id>",
        ],
    ),
    (
        "tools are the trainers' together",
        &[
            "/teach/tools/<id>",
            "/teach/tools/<id>/choose",
            "/teach/tools/<id>/close",
            "/teach/tools/<id>/module",
            "/teach/tools/<id>/open",
            "/teach/tools/chosen/<choice>",
        ],
    ),
    (
        "the staff's, whatever the id (`everywhere`)",
        &[
            "/follow-up/export/<kind>",
            "/follow-up/rows/<code>",
            "/follow-up/rows/<code>/export/<kind>",
            "/follow-up/sheets/<slug>",
            "/follow-up/sheets/<slug>/edit",
            "/follow-up/sheets/<slug>/evidence",
            "/follow-up/sheets/<slug>/evidence/<id>/remove",
            "/follow-up/sheets/<slug>/milestones",
            "/follow-up/sheets/<slug>/milestones/<id>/<what>",
            "/follow-up/sheets/<slug>/organisations",
            "/follow-up/sheets/<slug>/publish",
            "/follow-up/sheets/<slug>/step",
            "/plans/<slug>/close",
            "/moderation/appeals/<id>",
            "/moderation/messages/<id>",
            "/watch/sources/<id>",
        ],
    ),
];

/// Routes that these owners do not open, whatever the id: why. Strangers are tried on them all the same.
const NOT_OPENED: &[(&str, &[&str])] = &[
    (
        "an animator's (`spaces`)",
        &["/spaces/<slug>/<id>/care", "/spaces/<slug>/team"],
    ),
    (
        "there is none now: a next version, an attempt in which something was done, a tool's session, a file in a text",
        &[
            "/teach/modules/<slug>/report/attempts/<attempt>",
            "/teach/modules/<slug>/next",
            "/lti/platform/start/<session>",
            "/files/<id>",
        ],
    ),
];

/// What is somebody's.
struct Things {
    ids: BTreeMap<&'static str, String>,
    /// Browsers of those whose things they are.
    member: String,
    trainer: String,
    /// Those of elsewhere.
    foreign: Vec<(&'static str, String)>,
}

fn learner(id: PersonId) -> Learner {
    Learner {
        id,
        name: "amel".into(),
        language: "fr".into(),
    }
}

async fn space(world: &World, owner: PersonId, founder: PersonId) -> (String, String, String) {
    let id = world.app.ids.id();
    let new = NewSpace {
        id,
        slug: "secret".into(),
        axis: None,
        titles: std::array::from_fn(|_| "Secret".to_owned()),
        abouts: Default::default(),
        at: world.now(),
    };
    spaces::open(&world.app, new).await.expect("a space");
    spaces::set_visibility(&world.app, founder, id, Visibility::Invitation, &[])
        .await
        .expect("closed");
    spaces::invite(&world.app, founder, id, "amel@example.org")
        .await
        .expect("invited");
    let topic = NewTopic {
        id: world.app.ids.id(),
        space: id,
        author: owner,
        kind: "question",
        title: "Entre nous".into(),
        body: "B".into(),
        language: "fr".into(),
        module: None,
        seminar: None,
        at: world.now(),
    };
    let topic_id = topic.id;
    spaces::start(&world.app, topic).await.expect("a topic");
    let reply = NewReply {
        id: world.app.ids.id(),
        topic: topic_id,
        author: owner,
        body: "Réponse".into(),
        at: world.now(),
    };
    let reply_id = reply.id;
    spaces::reply(&world.app, reply).await.expect("a reply");
    ("secret".into(), topic_id.to_string(), reply_id.to_string())
}

async fn things(world: &World) -> Things {
    let founder = world.founder().await;
    world.region(&founder, "sousse").await;
    world.region(&founder, "gafsa").await;
    let ours = world.organisation(&founder, "Oliviers", "sousse").await;
    let theirs = world.organisation(&founder, "Palmiers", "gafsa").await;
    let amel = world.person("amel@example.org").await;
    world.join(amel, &ours, "member").await;
    let other = world.person("badr@example.org").await;
    world.join(other, &theirs, "member").await;
    let elsewhere = world.person("chiraz@example.org").await;
    world.join(elsewhere, &theirs, "coordinator").await;
    let trainer = world.person("trainer@example.org").await;
    world.grant(trainer, Grant::Trainer).await;
    let stranger = world.person("stranger@example.org").await;
    world.grant(stranger, Grant::Trainer).await;

    // The trainer's module, which Amel has begun; in other platforms.
    let zip = crate::units::sample("fonder-une-association");
    let options = Options {
        publish: true,
        by: Some(trainer),
        ..Options::default()
    };
    let imported = catalogue::import_bytes(&world.app, &zip, options)
        .await
        .expect("imported");
    let module = catalogue::module(&world.app, imported.module.id)
        .await
        .expect("a module");
    let session = player::start(&world.app, &learner(amel), &module, Start::Resume)
        .await
        .expect("a session");
    let attempts = player::attempts_of(&world.app, amel, module.id)
        .await
        .expect("attempts");
    let new = dispatch::New {
        name: "Moodle".into(),
        by: Some(trainer),
        ..dispatch::New::default()
    };
    let made = dispatch::add(&world.app, module.id, new)
        .await
        .expect("a dispatch");
    let (space, topic, reply) = space(world, amel, founder.id).await;

    let member = world.browser_of("amel@example.org").await;
    let sign_in = halqa::accounts::sessions(&world.app, amel)
        .await
        .expect("sessions");
    // A document that its coordinator has not released, and a file beside a text.
    let document = crate::documents::proposed(world, &member, &ours).await;
    // Amel wrote to the coordinator of her own.
    let friend = world.person("dora@example.org").await;
    world.join(friend, &ours, "coordinator").await;
    let message = send(
        world
            .form(
                &format!("/organisations/{}/message", ours.slug),
                &[("subject", "Entre nous"), ("body", "Bonjour")],
            )
            .by(&member),
    )
    .await;
    let message = message.headers["location"]
        .split('?')
        .next()
        .and_then(|path| path.rsplit('/').next())
        .expect("a conversation")
        .to_owned();
    // What she was told, an invitation of her organisation, and its room with a file.
    let coordinator = world.browser_of("dora@example.org").await;
    let room = crate::rooms::opened(world, &coordinator, "yes").await;
    let shared = crate::rooms::share(world, &room, &member).await;
    let shared = shared.rsplit('/').next().expect("an id").to_owned();
    spaces::reply(
        &world.app,
        NewReply {
            id: world.app.ids.id(),
            topic: halqa::ids::TopicId(uuid::Uuid::parse_str(&topic).expect("an id")),
            author: founder.id,
            body: "Pour vous".into(),
            at: world.now(),
        },
    )
    .await
    .expect("a reply");
    world.run_jobs().await;
    let told = halqa::notifications::list(&world.app, halqa::web::Lang::Fr, amel, None, 10)
        .await
        .expect("a list");
    let sent = send(
        world
            .form(
                &format!("/organisations/{}/invitations/link", ours.slug),
                &[("days", "7"), ("uses", "5")],
            )
            .by(&coordinator),
    )
    .await;
    assert!(sent.status.code < 400, "{}", sent.text);
    let links = format!("/organisations/{}/invitations", ours.slug);
    let page = send(world.get(&links).by(&coordinator)).await;
    let invitation = page
        .text
        .split("/invitations/")
        .filter_map(|part| part.split_once("/revoke").map(|(id, _)| id))
        .find(|id| uuid::Uuid::parse_str(id).is_ok())
        .unwrap_or_else(|| panic!("no link: {}", page.text))
        .to_owned();

    let ids = BTreeMap::from([
        ("module", module.slug.clone()),
        ("session", session.to_string()),
        ("attempt", attempts[0].id.to_string()),
        ("dispatch", made.id.to_string()),
        ("space", space),
        ("topic", topic),
        ("reply", reply),
        ("person", amel.to_string()),
        ("document", document),
        ("message", message),
        ("sign-in", sign_in[0].id.to_string()),
        (
            "notification",
            told.first().expect("she was told").id.to_string(),
        ),
        ("organisation", ours.slug),
        ("invitation", invitation),
        ("room", room),
        ("shared", shared),
    ]);
    Things {
        ids,
        member,
        trainer: world.browser_of("trainer@example.org").await,
        foreign: vec![
            ("a member", world.browser_of("badr@example.org").await),
            (
                "a coordinator",
                world.browser_of("chiraz@example.org").await,
            ),
            ("a trainer", world.browser_of("stranger@example.org").await),
        ],
    }
}

impl Things {
    /// The path of a route with what stands there; none where the route has no place here.
    fn filled(&self, path: &str) -> Option<String> {
        let mut filled = String::new();
        for part in path.split('/').skip(1) {
            let key = match (part, path) {
                ("<slug>", _)
                    if path.starts_with("/teach/modules") || path.starts_with("/modules") =>
                {
                    "module"
                }
                ("<slug>", _) if path.starts_with("/spaces") => "space",
                ("<slug>", _) if path.starts_with("/rooms") => "room",
                ("<id>", _) if path.starts_with("/rooms") => "shared",
                ("<slug>", _) if path.starts_with("/me/organisations") => "organisation",
                ("<id>", _) if path.starts_with("/teach/modules") => "dispatch",
                ("<id>", _) if path.starts_with("/spaces") => "topic",
                ("<id>", _) if path.starts_with("/toolbox") => "document",
                ("<id>", _) if path.starts_with("/me/messages") => "message",
                ("<id>", _) if path.starts_with("/me/notifications") => "notification",
                ("<id>", _) if path.starts_with("/me/sessions") => "sign-in",
                ("<id>", _) if path.starts_with("/invitations") => "invitation",
                ("<id>", "/files/<id>") => "document",
                ("<post>" | "<reply>", _) => "reply",
                ("<person>", _) => "person",
                ("<session>", _) => "session",
                ("<attempt>", _) => "attempt",
                _ => "",
            };
            let value = match (part, self.ids.get(key)) {
                (_, Some(value)) => value.as_str(),
                ("<unit>" | "<number>", _) => "1",
                ("<file>", _) => "scorm12.zip",
                ("<part>", _) => "attempts",
                ("<grant>", _) => "0196b8a0-5c1e-7000-8000-0000000000a1",
                (part, _) if part.starts_with('<') => return None,
                (part, _) => part,
            };
            filled.push('/');
            filled.push_str(value);
        }
        Some(filled)
    }

    /// Whose it is.
    fn owner(&self, path: &str) -> &str {
        if path.starts_with("/teach") {
            &self.trainer
        } else {
            &self.member
        }
    }
}

/// Routes that carry an id: method and path.
fn routes() -> Vec<(String, String)> {
    let mut all: Vec<(String, String)> = halqa::routes()
        .into_iter()
        .map(|route| {
            let uri = route.uri.to_string();
            let path = uri.split('?').next().unwrap_or_default().to_owned();
            (route.method.to_string(), path)
        })
        .filter(|(_, path)| path.contains('<'))
        .filter(|(_, path)| {
            !ELSEWHERE.iter().any(|area| {
                path.strip_prefix(area)
                    .is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
            })
        })
        .collect();
    all.sort();
    all.dedup();
    all
}

fn is_open(path: &str) -> bool {
    OPEN.iter().any(|(_, paths)| paths.contains(&path))
}

async fn knock(world: &World, method: &str, path: &str, browser: &str) -> Answer {
    let method: Method = method.parse().expect("a method");
    let mut request = world
        .request(method, path)
        .header(Header::new("Origin", "http://localhost:8000"))
        .by(browser);
    let uploads = (path.starts_with("/toolbox/") && path.ends_with("/new"))
        || (path.starts_with("/rooms/") && path.ends_with("/files"));
    if uploads && method == Method::Post {
        let form: ContentType = "multipart/form-data; boundary=x".parse().expect("a type");
        request = request
            .header(form)
            .body("--x\r\nContent-Disposition: form-data; name=\"note\"\r\n\r\nx\r\n--x--\r\n");
    } else if method != Method::Get {
        request = request.header(ContentType::Form).body(
            "body=Bonjour&subject=x&title=x&what=close&accepted=on&too=on&kind=thanks&reason=spam&note=x&do=unit&completion=completed&name=x&lms=x",
        );
    }
    send(request).await
}

#[test]
fn every_open_route_is_there() {
    let routes = routes();
    let known = |path: &&str| routes.iter().any(|(_, other)| other == path);
    let gone: Vec<&str> = OPEN
        .iter()
        .flat_map(|(_, paths)| paths.iter().copied())
        .filter(|path| !known(path))
        .collect();
    assert!(gone.is_empty(), "no such route any more: {gone:?}");
}

both_engines! {
    async fn nobody_of_elsewhere_gets_at_what_is_ours(world: World) {
        let things = things(&world).await;
        let mut wrong = Vec::new();
        for (method, path) in routes() {
            if is_open(&path) {
                continue;
            }
            let Some(filled) = things.filled(&path) else {
                wrong.push(format!("{method} {path}: has no place here"));
                continue;
            };
            for (who, browser) in &things.foreign {
                let answer = knock(&world, &method, &filled, browser).await;
                if ![403, 404].contains(&answer.status.code) {
                    wrong.push(format!("{method} {path}: {who} is answered {}", answer.status));
                }
            }
            // The same address, of those whose it is: the ids are real.
            let opened = !NOT_OPENED.iter().any(|(_, paths)| paths.contains(&path.as_str()));
            if method == "GET" && opened {
                let owner = knock(&world, &method, &filled, things.owner(&path)).await;
                if [403, 404].contains(&owner.status.code) || owner.status.code >= 500 {
                    wrong.push(format!("{method} {path}: who owns it is answered {}: {}", owner.status, owner.text));
                }
            }
        }
        assert!(wrong.is_empty(), "\n{}", wrong.join("\n"));
        // Amel is still there, in her organisation and her browser.
        let page = send(world.get("/fr/me").by(&things.member)).await;
        assert_eq!(page.status, Status::Ok);
        assert!(page.text.contains("Oliviers"), "{}", page.text);
    }
}
