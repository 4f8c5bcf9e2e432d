//! Who gets in where (`threats.md` W7, T15): generated over every route of organisations, seminars
//! and administration, for every role; and what hostile ids are answered. A route without a rule
//! fails.

use std::collections::BTreeSet;

use domain::eligibility::Rule as DoorRule;
use halqa::accounts::Grant;
use halqa::admin::NewAxis;
use halqa::documents::Received;
use halqa::ids::{PersonId, SeminarId};
use halqa::seminars::handouts;
use halqa::spaces;
use rocket::http::{ContentType, Method, Status};

use crate::harness::{Answer, As, World, both_engines, send};

/// Those who knock.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Who {
    Anonymous,
    Learner,
    Member,
    Coordinator,
    CoordinatorElsewhere,
    Trainer,
    Animator,
    Regional,
    RegionalElsewhere,
    Admin,
}

use Who::*;

const EVERYBODY: [Who; 10] = [
    Anonymous,
    Learner,
    Member,
    Coordinator,
    CoordinatorElsewhere,
    Trainer,
    Animator,
    RegionalElsewhere,
    Regional,
    Admin,
];

/// Who is let in, and what the others are answered: 401 leads to the sign-in.
#[derive(Debug, Clone, Copy)]
enum Rule {
    /// Everybody.
    Public,
    /// Anybody with an account.
    SignedIn,
    /// Administrators and all regional staff; 403 to others.
    Staff,
    /// Administrators and the staff of the object's region; 403 to others.
    StaffOfRegion,
    /// As [`Rule::StaffOfRegion`], and other staff are told that there is no such page.
    StaffOfOrganisation,
    /// Its coordinators, the staff of its region, administrators; 404 to others.
    Organisation,
    /// Administrators and the staff of its region; 403 to its coordinators, 404 to others.
    StaffOfItsRegion,
    /// Who organises it, and who takes part: administrators, the staff of its region; 404 to others.
    Team,
    /// Its coordinators and administrators: those who speak for it; 404 to others, 403 to the staff
    /// of its region, which sees it.
    Speaks,
    /// Administrators; 403 to others.
    Admin,
    /// No cookie opens it; a token with the scope does.
    Api,
}

impl Rule {
    fn lets_in(self, who: Who) -> bool {
        match self {
            Rule::Public => true,
            Rule::SignedIn => who != Anonymous,
            Rule::Staff => [Regional, RegionalElsewhere, Admin].contains(&who),
            Rule::StaffOfRegion
            | Rule::StaffOfOrganisation
            | Rule::StaffOfItsRegion
            | Rule::Team => [Regional, Admin].contains(&who),
            Rule::Organisation => [Coordinator, Regional, Admin].contains(&who),
            Rule::Speaks => [Coordinator, Admin].contains(&who),
            Rule::Admin => who == Admin,
            Rule::Api => false,
        }
    }

    fn refusal(self, who: Who) -> u16 {
        match (self, who) {
            (Rule::Speaks, Regional) | (Rule::StaffOfItsRegion, Coordinator) => 403,
            (Rule::StaffOfItsRegion, _) => 404,
            (Rule::Organisation | Rule::Speaks | Rule::Team, _)
            | (Rule::StaffOfOrganisation, RegionalElsewhere) => 404,
            _ => 403,
        }
    }
}

/// The rule of every route. `{…}` of the path is filled in by [`World`]'s objects.
const RULES: &[(&str, &str, Rule)] = &[
    ("GET", "/organisations", Rule::Public),
    ("GET", "/organisations/new", Rule::Staff),
    ("POST", "/organisations/new", Rule::Staff),
    ("GET", "/organisations/<slug>", Rule::Public),
    (
        "GET",
        "/organisations/<slug>/edit",
        Rule::StaffOfOrganisation,
    ),
    (
        "POST",
        "/organisations/<slug>/edit",
        Rule::StaffOfOrganisation,
    ),
    (
        "POST",
        "/organisations/<slug>/verify",
        Rule::StaffOfOrganisation,
    ),
    ("POST", "/organisations/<slug>/rest", Rule::Speaks),
    ("POST", "/organisations/<slug>/public", Rule::Speaks),
    ("POST", "/organisations/<slug>/confirm", Rule::Organisation),
    (
        "POST",
        "/organisations/<slug>/trust",
        Rule::StaffOfItsRegion,
    ),
    ("GET", "/organisations/<slug>/members", Rule::Organisation),
    ("POST", "/organisations/<slug>/members", Rule::Organisation),
    ("GET", "/organisations/<slug>/message", Rule::SignedIn),
    ("POST", "/organisations/<slug>/message", Rule::SignedIn),
    (
        "GET",
        "/organisations/<slug>/invitations",
        Rule::Organisation,
    ),
    (
        "POST",
        "/organisations/<slug>/invitations",
        Rule::Organisation,
    ),
    (
        "POST",
        "/organisations/<slug>/invitations/link",
        Rule::Organisation,
    ),
    (
        "POST",
        "/organisations/<slug>/members/<id>/<what>",
        Rule::Organisation,
    ),
    ("GET", "/organisations/<slug>/progress", Rule::Organisation),
    (
        "GET",
        "/organisations/<slug>/accompaniment",
        Rule::Organisation,
    ),
    (
        "POST",
        "/organisations/<slug>/accompaniment",
        Rule::StaffOfOrganisation,
    ),
    (
        "POST",
        "/organisations/<slug>/accompaniment/done",
        Rule::Organisation,
    ),
    ("GET", "/organisations/<slug>/actions", Rule::Organisation),
    (
        "GET",
        "/organisations/<slug>/seminars/<name>",
        Rule::Organisation,
    ),
    (
        "POST",
        "/organisations/<slug>/seminars/<name>",
        Rule::Organisation,
    ),
    ("GET", "/seminars", Rule::Public),
    ("GET", "/seminars/new", Rule::Staff),
    ("POST", "/seminars/new", Rule::Staff),
    ("GET", "/seminars/<slug>", Rule::Public),
    ("GET", "/seminars/<slug>/edit", Rule::StaffOfRegion),
    ("POST", "/seminars/<slug>/edit", Rule::StaffOfRegion),
    ("POST", "/seminars/<slug>/cancel", Rule::StaffOfRegion),
    ("GET", "/seminars/<slug>/attendees", Rule::StaffOfRegion),
    ("POST", "/seminars/<slug>/admissions", Rule::StaffOfRegion),
    ("POST", "/seminars/<slug>/recognitions", Rule::StaffOfRegion),
    (
        "POST",
        "/seminars/<slug>/recognitions/revoke",
        Rule::StaffOfRegion,
    ),
    ("GET", "/seminars/calendar", Rule::SignedIn),
    ("POST", "/seminars/calendar", Rule::SignedIn),
    ("GET", "/seminars/<slug>/calendar.ics", Rule::Public),
    ("POST", "/seminars/<slug>/interest", Rule::SignedIn),
    ("POST", "/seminars/<slug>/interest/cancel", Rule::SignedIn),
    ("GET", "/seminars/<slug>/presence", Rule::StaffOfRegion),
    ("POST", "/seminars/<slug>/presence", Rule::StaffOfRegion),
    (
        "POST",
        "/seminars/<slug>/presence/ticks",
        Rule::StaffOfRegion,
    ),
    ("GET", "/seminars/<slug>/screen", Rule::StaffOfRegion),
    ("GET", "/seminars/<slug>/here", Rule::SignedIn),
    ("POST", "/seminars/<slug>/here", Rule::SignedIn),
    ("GET", "/seminars/<slug>/programme", Rule::StaffOfRegion),
    ("POST", "/seminars/<slug>/programme", Rule::StaffOfRegion),
    ("GET", "/seminars/<slug>/duplicate", Rule::Staff),
    ("POST", "/seminars/<slug>/duplicate", Rule::Staff),
    ("POST", "/seminars/<slug>/quotas", Rule::StaffOfRegion),
    ("POST", "/seminars/<slug>/waiting", Rule::SignedIn),
    ("POST", "/seminars/<slug>/waiting/cancel", Rule::SignedIn),
    ("GET", "/seminars/<slug>/commitments", Rule::Team),
    ("POST", "/seminars/<slug>/commitments", Rule::Team),
    ("POST", "/seminars/<slug>/trainers", Rule::StaffOfRegion),
    ("GET", "/seminars/<slug>/handouts", Rule::Team),
    // A form without a file is refused before anybody looks for whom it is (`seminars/after.rs`).
    ("POST", "/seminars/<slug>/handouts", Rule::SignedIn),
    ("GET", "/seminars/<slug>/handouts/<id>", Rule::Public),
    ("POST", "/seminars/<slug>/handouts/<id>/remove", Rule::Team),
    (
        "GET",
        "/organisations/<slug>/commitments",
        Rule::Organisation,
    ),
    ("POST", "/seminars/<slug>/seat", Rule::SignedIn),
    ("POST", "/seminars/<slug>/seat/cancel", Rule::SignedIn),
    ("GET", "/admin", Rule::Staff),
    ("GET", "/admin/people", Rule::Staff),
    ("POST", "/admin/people", Rule::Admin),
    ("GET", "/admin/people/<id>", Rule::Admin),
    ("POST", "/admin/people/<id>/invite", Rule::Admin),
    ("POST", "/admin/people/<id>/grants", Rule::Admin),
    (
        "POST",
        "/admin/people/<id>/grants/<held>/revoke",
        Rule::Admin,
    ),
    ("POST", "/admin/people/<id>/suspend", Rule::Admin),
    ("GET", "/admin/regions", Rule::Admin),
    ("POST", "/admin/regions", Rule::Admin),
    ("GET", "/admin/regions/<slug>", Rule::Admin),
    ("POST", "/admin/regions/<slug>", Rule::Admin),
    ("POST", "/admin/regions/<slug>/move", Rule::Admin),
    ("GET", "/admin/axes", Rule::Admin),
    ("POST", "/admin/axes", Rule::Admin),
    ("GET", "/admin/axes/<slug>", Rule::Admin),
    ("POST", "/admin/axes/<slug>", Rule::Admin),
    ("POST", "/admin/axes/<slug>/move", Rule::Admin),
    ("GET", "/admin/outbox", Rule::Admin),
    ("POST", "/admin/outbox/<id>/retry", Rule::Admin),
    ("GET", "/admin/tokens", Rule::Admin),
    ("POST", "/admin/tokens", Rule::Admin),
    ("POST", "/admin/tokens/<id>/revoke", Rule::Admin),
    ("GET", "/admin/xapi", Rule::Admin),
    ("POST", "/admin/xapi", Rule::Admin),
    ("POST", "/admin/xapi/<id>/revoke", Rule::Admin),
    ("GET", "/api/v1/seminars", Rule::Api),
    ("POST", "/api/v1/seminars", Rule::Api),
    ("GET", "/api/v1/seminars/<name>", Rule::Api),
    ("GET", "/api/v1/seminars/<name>/eligibility", Rule::Api),
    ("GET", "/api/v1/seminars/<name>/seats", Rule::Api),
    ("POST", "/api/v1/seminars/<name>/seats", Rule::Api),
    ("GET", "/api/v1/organisations/<slug>/progress", Rule::Api),
];

const AREAS: [&str; 5] = [
    "/organisations",
    "/seminars",
    "/admin",
    "/api/v1/seminars",
    "/api/v1/organisations",
];

/// Every route of these areas: method and path.
fn routes() -> BTreeSet<(String, String)> {
    halqa::routes()
        .into_iter()
        .map(|route| {
            let uri = route.uri.to_string();
            let path = uri.split('?').next().unwrap_or_default().to_owned();
            (route.method.to_string(), path)
        })
        .filter(|(_, path)| {
            AREAS.iter().any(|area| {
                path.strip_prefix(area)
                    .is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
            })
        })
        .collect()
}

/// The rule of a route. Pages of the staff that are not listed let in nobody but staff.
fn rule(method: &str, path: &str) -> Option<Rule> {
    RULES
        .iter()
        .find(|(m, p, _)| *m == method && *p == path)
        .map(|(.., rule)| *rule)
}

/// A world's objects, and a browser for each of those who knock.
struct Cast {
    browsers: Vec<(Who, Option<String>)>,
    slug: String,
    membership: String,
    seminar: String,
    handout: String,
    seminar_id: SeminarId,
    founder: PersonId,
    person: String,
    grant: String,
    token: String,
    outbox: String,
    credential: String,
}

/// A file that is handed out.
async fn handout(world: &World, seminar: SeminarId, by: PersonId) -> String {
    let before = handouts::of(&world.app, seminar).await.expect("a list");
    let file = Received::of_bytes(&world.app, "plan.txt", "Le plan".as_bytes());
    let handout = handouts::New {
        phase: "before",
        seats_only: false,
        label: "Plan".into(),
        from: handouts::From::File(file.await.expect("a file")),
        by,
    };
    handouts::add(&world.app, seminar, handout)
        .await
        .expect("handed out");
    let rows = handouts::of(&world.app, seminar).await.expect("a list");
    let new = rows
        .iter()
        .find(|row| before.iter().all(|old| old.id != row.id));
    new.expect("one more").id.to_string()
}

async fn cast(world: &World) -> Cast {
    let founder = world.founder().await;
    world.region(&founder, "sousse").await;
    world.region(&founder, "gafsa").await;
    let ours = world.organisation(&founder, "Oliviers", "sousse").await;
    let theirs = world.organisation(&founder, "Palmiers", "gafsa").await;
    let axis = NewAxis {
        names: ["Sousse".into(), "سوسة".into(), "Sousse".into()],
        abouts: Default::default(),
    };
    halqa::admin::add_axis(&world.app, &founder, axis)
        .await
        .expect("an axis");
    let space = spaces::by_slug(&world.app, "sousse").await.expect("spaces");
    let space_id = space.expect("the axis's space").id.0;
    let seminar = world
        .seminar("Porte", Some("sousse"), 50, DoorRule::open())
        .await;
    let handout = handout(world, seminar.id, founder.id).await;
    // Somebody to whom things are done.
    let person = world.person("object@example.org").await;
    world.grant(person, Grant::Trainer).await;
    let membership = world.join(person, &ours, "member").await;
    let held = halqa::admin::grants(&world.app, person)
        .await
        .expect("grants");
    world.token(&["reports"]).await;
    let tokens = halqa::accounts::api_key::tokens(&world.app)
        .await
        .expect("tokens");
    let row = (world.app.ids.uuid(), world.now());
    world
        .app
        .db
        .write(row, |tx, (id, now)| {
            let nonsense = serde_json::json!({ "nonsense": 1 });
            Box::pin(halqa::jobs::enqueue(tx, *id, "reset", nonsense, *now))
        })
        .await
        .map_err(|e: halqa::db::DbError| e)
        .expect("a row");
    world.run_jobs().await;

    world.xapi().await;
    let clients = halqa::lrs::credentials::list(&world.app)
        .await
        .expect("clients");

    let mut browsers = Vec::new();
    for who in EVERYBODY {
        let email = format!("{}@example.org", format!("{who:?}").to_lowercase());
        let grant = match who {
            Anonymous => {
                browsers.push((who, None));
                continue;
            }
            Trainer => Some(Grant::Trainer),
            Animator => Some(Grant::Animator(space_id)),
            Regional => Some(Grant::Regional("sousse".into())),
            RegionalElsewhere => Some(Grant::Regional("gafsa".into())),
            Admin => Some(Grant::Admin),
            Learner | Member | Coordinator | CoordinatorElsewhere => None,
        };
        let id = world.person(&email).await;
        if let Some(grant) = grant {
            world.grant(id, grant).await;
        }
        match who {
            Member => drop(world.join(id, &ours, "member").await),
            Coordinator => drop(world.join(id, &ours, "coordinator").await),
            CoordinatorElsewhere => drop(world.join(id, &theirs, "coordinator").await),
            _ => {}
        }
        browsers.push((who, Some(world.browser_of(&email).await)));
    }
    Cast {
        browsers,
        slug: ours.slug,
        membership: membership.to_string(),
        seminar: seminar.slug,
        handout,
        seminar_id: seminar.id,
        founder: founder.id,
        person: person.to_string(),
        grant: held[0].id.to_string(),
        token: tokens[0].id.to_string(),
        outbox: row.0.to_string(),
        credential: clients[0].id.to_string(),
    }
}

impl Cast {
    /// The path with real objects in it.
    fn filled(&self, path: &str) -> String {
        let id = match path {
            _ if path.starts_with("/organisations") => &self.membership,
            _ if path.starts_with("/seminars") => &self.handout,
            _ if path.starts_with("/admin/people") => &self.person,
            _ if path.starts_with("/admin/outbox") => &self.outbox,
            _ if path.starts_with("/admin/xapi") => &self.credential,
            _ => &self.token,
        };
        let slug = match path {
            _ if path.starts_with("/seminars") => self.seminar.as_str(),
            _ if path.starts_with("/admin") => "sousse",
            _ => self.slug.as_str(),
        };
        path.replace("<id>", id)
            .replace("<held>", &self.grant)
            .replace("<what>", "coordinator")
            .replace("<name>", &self.seminar)
            .replace("<slug>", slug)
            // Other features' pages under /admin: an object that is not theirs.
            .split('/')
            .map(|part| {
                if part.starts_with('<') {
                    self.token.as_str()
                } else {
                    part
                }
            })
            .collect::<Vec<_>>()
            .join("/")
    }
}

async fn knock(world: &World, method: &str, path: &str, browser: Option<&String>) -> Answer {
    let page = if path.starts_with("/api/") {
        path.to_owned()
    } else {
        format!("/fr{path}")
    };
    let request = match method {
        "GET" => world.get(&page),
        // Empty forms: whoever is let in is told what is missing, and little is changed.
        "POST" if path.starts_with("/api/") => {
            world.post(&page).header(ContentType::JSON).body("{}")
        }
        "POST" => world.form(&page, &[]),
        other => world.request(other.parse::<Method>().expect("a method"), &page),
    };
    send(match browser {
        Some(cookie) => request.by(cookie),
        None => request,
    })
    .await
}

fn leads_to_sign_in(answer: &Answer) -> bool {
    answer
        .headers
        .get("location")
        .is_some_and(|to| to.starts_with("/fr/sign-in"))
}

both_engines! {
    async fn every_route_lets_in_those_it_is_for_and_nobody_else(world: World) {
        let cast = cast(&world).await;
        let mut wrong = Vec::new();
        for (method, path) in routes() {
            let Some(rule) = rule(&method, &path) else {
                // Pages that other features hang under /admin: their own tests know whom they are
                // for; here, nobody but staff.
                if path.starts_with("/admin") {
                    let filled = cast.filled(&path);
                    for (who, browser) in cast.browsers.iter().filter(|(who, _)| !Rule::Staff.lets_in(*who)) {
                        let answer = knock(&world, &method, &filled, browser.as_ref()).await;
                        if !(leads_to_sign_in(&answer) || [403, 404].contains(&answer.status.code)) {
                            wrong.push(format!("{method} {path}: {who:?} is let in"));
                        }
                    }
                } else {
                    wrong.push(format!("{method} {path}: add its rule to RULES"));
                }
                continue;
            };
            for (who, browser) in &cast.browsers {
                let filled = if path.contains("/handouts/") {
                    // Whoever is let in takes it away.
                    let one = handout(&world, cast.seminar_id, cast.founder).await;
                    cast.filled(&path.replace("<id>", &one))
                } else {
                    cast.filled(&path)
                };
                let answer = knock(&world, &method, &filled, browser.as_ref()).await;
                let code = answer.status.code;
                let right = match (rule, *who) {
                    (Rule::Api, _) => code == 401,
                    (rule, who) if rule.lets_in(who) => {
                        ![401, 403, 404].contains(&code) && code < 500 && !leads_to_sign_in(&answer)
                    }
                    (_, Anonymous) => code == 303 && leads_to_sign_in(&answer),
                    (rule, who) => code == rule.refusal(who),
                };
                if !right {
                    let to = answer.headers.get("location").cloned().unwrap_or_default();
                    wrong.push(format!("{method} {filled} as {who:?}: {code} {to}"));
                }
                // What is refused says nothing of what is there.
                if [403, 404].contains(&code) && (answer.text.contains("Oliviers") || answer.text.contains("object@")) {
                    wrong.push(format!("{method} {filled} as {who:?}: leaks"));
                }
            }
        }
        let known = routes();
        for (method, path, _) in RULES {
            if !known.contains(&((*method).to_owned(), (*path).to_owned())) {
                wrong.push(format!("{method} {path}: there is no such route any more"));
            }
        }
        assert!(wrong.is_empty(), "\n{}", wrong.join("\n"));
    }

    async fn the_api_opens_to_its_scope_only(world: World) {
        let cast = cast(&world).await;
        let none = world.token(&["packages", "reports", "launches"]).await;
        for (method, path, _) in RULES.iter().filter(|(.., rule)| matches!(rule, Rule::Api)) {
            let filled = cast.filled(path);
            for (token, refused) in [(none.as_str(), true), ("nonsense", true)] {
                let request = match *method {
                    "GET" => world.get(&filled),
                    _ => world.post(&filled).header(ContentType::JSON).body("{}"),
                };
                let answer = send(request.bearer(token)).await;
                assert_eq!([401, 403].contains(&answer.status.code), refused, "{method} {filled}: {}", answer.status);
                assert!(!answer.text.contains("Oliviers"));
            }
        }
    }

    async fn hostile_ids_are_unknown_everywhere(world: World) {
        let cast = cast(&world).await;
        let (_, admin) = cast.browsers.last().expect("the administrator");
        let token = world.token(&["all"]).await;
        let long = "a".repeat(5_000);
        let hostile = [
            "00000000-0000-0000-0000-000000000000", "0", "-1", "%00", "%0d%0aSet-Cookie:x=1", "..%2f..%2fadmin",
            "%2e%2e", "'%20or%20'1'='1", "%25s%25n", "%F0%9F%AB%92", "%E2%80%AExtc", "%ff%fe", "{{7*7}}",
            "%3Cscript%3E", "__proto__", "con", long.as_str(),
        ];
        let mut wrong = Vec::new();
        for (method, path) in routes() {
            let parameters: Vec<&str> = path.split('/').filter(|part| part.starts_with('<')).collect();
            for parameter in parameters {
                for id in hostile {
                    let filled = cast.filled(&path.replace(parameter, "\u{1}")).replace('\u{1}', id);
                    let answer = if path.starts_with("/api/") {
                        let request = match method.as_str() {
                            "GET" => world.get(&filled),
                            _ => world.post(&filled).header(ContentType::JSON).body("{}"),
                        };
                        send(request.bearer(&token)).await
                    } else {
                        knock(&world, &method, &filled, admin.as_ref()).await
                    };
                    let code = answer.status.code;
                    if !(400..500).contains(&code) || answer.status == Status::Unauthorized {
                        wrong.push(format!("{method} {path} {parameter}={}: {code}", &id[..id.len().min(40)]));
                    }
                    if answer.text.contains("<script>e") || answer.headers.contains_key("x") {
                        wrong.push(format!("{method} {path} {parameter}={id}: reflected"));
                    }
                }
            }
        }
        assert!(wrong.is_empty(), "\n{}", wrong.join("\n"));
    }
}
