//! Every route that is mounted, beside those of `matrix`: who passes its door, and what hostile ids
//! are answered (`threats.md` W7, W26). A route without a row fails, and a row without a route.

use std::collections::BTreeMap;

use halqa::accounts::Grant;
use halqa::ids::PersonId;
use rocket::http::{ContentType, Header, Method};

use crate::harness::{Answer, As, World, both_engines, send};

/// The areas that `matrix` knocks at, role by role.
const ELSEWHERE: [&str; 4] = ["/organisations", "/seminars", "/admin", "/api/v1"];

/// Doors of their own, whole: what was refused before it was routed, and the record store.
const WHOLE: [&str; 3] = ["/-refused/<_>", "/api/-refused/<_>", "/xapi/<_..>"];

/// The door of each route: `open` to everybody (its object may have a door of its own), to whoever
/// is `signed-in` (and, `leaving`, out by it), to a `trainer`, an `animator`, the `staff`.
const DOORS: &str = "\
open GET /
open GET /-content/<_>/-halqa/frame
open POST /-content/<_>/-halqa/journal
open GET /-content/<_>/-halqa/player
open GET /-content/<_>/-halqa/static/<version>/player/<path..>
open GET /-content/<_>/-halqa/table/<standard>/<_version>
open POST /-content/<package>/-halqa/open
open GET /-content/<label>/d/<key>/<name>
open GET /-content/<package>/l/<key>/<path..>
open GET /api
open GET /attestations/<code>
open GET /attestations/<code>/badge
open GET /attestations/<code>/badge.jwt
open GET /attestations/<code>/pdf
open GET /badges/issuer
open GET /calendar/<address>
open GET /directory
open GET /dispatch/left/<token>
open POST /dispatch/open
open GET /dispatch/play/<token>
open POST /dispatch/play/<token>
open POST /dispatch/state
open POST /dispatch/token
open GET /favicon.ico
open GET /feeds/<address>
signed-in GET /files
signed-in POST /files
open GET /files/<id>
staff GET /follow-up
staff GET /follow-up/export/<kind>
staff GET /follow-up/rows/<code>
staff GET /follow-up/rows/<code>/export/<kind>
staff GET /follow-up/sheets
signed-in GET /follow-up/sheets/<slug>
staff GET /follow-up/sheets/<slug>/edit
staff POST /follow-up/sheets/<slug>/edit
staff POST /follow-up/sheets/<slug>/evidence
staff POST /follow-up/sheets/<slug>/evidence/<id>/remove
staff POST /follow-up/sheets/<slug>/milestones
staff POST /follow-up/sheets/<slug>/milestones/<id>/<what>
staff POST /follow-up/sheets/<slug>/organisations
staff POST /follow-up/sheets/<slug>/publish
staff POST /follow-up/sheets/<slug>/step
staff GET /follow-up/sheets/new
staff POST /follow-up/sheets/new
open GET /forgot-password
open POST /forgot-password
open GET /health/live
open GET /health/ready
signed-in POST /invitations/<id>/revoke
open GET /join/<token>
signed-in POST /join/<token>/accept
open POST /join/<token>/account
open POST /join/<token>/ask
open POST /join/<token>/decline
open GET /launch/<ticket>
open GET /lti/1.1/cartridge.xml
open POST /lti/1.1/launch
open GET /lti/deep-linking
open POST /lti/deep-linking
open GET /lti/done
open GET /lti/jwks
open GET /lti/launch
open POST /lti/launch
signed-in GET /lti/link
signed-in POST /lti/link
open GET /lti/login
open POST /lti/login
open GET /lti/platform/ags/<module>/lineitems
open POST /lti/platform/ags/<module>/lineitems
open DELETE /lti/platform/ags/<module>/lineitems/<name>
open GET /lti/platform/ags/<module>/lineitems/<name>
open PUT /lti/platform/ags/<module>/lineitems/<name>
open GET /lti/platform/ags/<module>/lineitems/<name>/results
open POST /lti/platform/ags/<module>/lineitems/<name>/scores
open GET /lti/platform/authorize
open POST /lti/platform/authorize
open GET /lti/platform/deep-linking
open POST /lti/platform/deep-linking
open GET /lti/platform/members/<module>
open GET /lti/platform/openid-configuration
open POST /lti/platform/register
open GET /lti/platform/start/<session>
open POST /lti/platform/token
open GET /lti/register
open POST /lti/register
open GET /lti/s/<session>
open POST /lti/s/<session>
open POST /lti/s/<session>/token
signed-in POST /lti/unlink
signed-in GET /me
signed-in GET /me/data
signed-in POST /me/data/erase
signed-in GET /me/data/export
signed-in GET /me/follows
signed-in POST /me/follows
signed-in GET /me/messages
signed-in GET /me/messages/<id>
signed-in POST /me/messages/<id>
signed-in POST /me/messages/<id>/block
signed-in POST /me/messages/<id>/report
signed-in GET /me/notifications
signed-in GET /me/notifications/<id>
signed-in POST /me/notifications/feed/renew
signed-in POST /me/notifications/mail/again
signed-in POST /me/notifications/read
signed-in GET /me/notifications/settings
signed-in POST /me/notifications/settings
signed-in POST /me/organisations/<slug>/leave
signed-in POST /me/password
signed-in GET /me/platforms
signed-in GET /me/profile
signed-in POST /me/profile
signed-in POST /me/profile/shown
signed-in POST /me/sessions/<id>/end
signed-in GET /me/sign-ins
signed-in POST /me/sign-ins/unlink
leaving POST /me/sign-out-everywhere
signed-in GET /me/texts
signed-in POST /me/texts
open GET /metrics
animator GET /moderation
animator POST /moderation/appeals/<id>
staff GET /moderation/messages
staff POST /moderation/messages/<id>
open GET /modules
open GET /modules/<slug>
signed-in GET /modules/<slug>/attempts
signed-in GET /modules/<slug>/attempts/<attempt>
open POST /modules/<slug>/play
open GET /modules/<slug>/play/<session>
open GET /modules/<slug>/play/<session>/result
open POST /modules/<slug>/play/<session>/token
open GET /modules/<slug>/units/<session>
open POST /modules/<slug>/units/<session>/<unit>
open GET /oembed
open GET /password/<token>
open POST /password/<token>
signed-in GET /people/<id>
signed-in GET /people/<id>/message
signed-in POST /people/<id>/message
signed-in GET /pictures
signed-in POST /pictures
open GET /pictures/<id>
open GET /plans/<slug>
staff POST /plans/<slug>/close
signed-in POST /plans/<slug>/interest
staff GET /plans/new
staff POST /plans/new
open GET /returned
signed-in GET /rooms
signed-in GET /rooms/<slug>
signed-in POST /rooms/<slug>/answer
signed-in POST /rooms/<slug>/close
signed-in POST /rooms/<slug>/files
signed-in GET /rooms/<slug>/files/<id>
signed-in POST /rooms/<slug>/files/<id>/remove
signed-in POST /rooms/<slug>/leave
signed-in POST /rooms/<slug>/members
signed-in POST /rooms/<slug>/parties
signed-in GET /rooms/new
signed-in POST /rooms/new
open GET /search
open GET /share/<path..>
open GET /sign-in
open POST /sign-in
open GET /sign-in/back/<id>
signed-in GET /sign-in/link
signed-in POST /sign-in/link
open GET /sign-in/with/<id>
open POST /sign-out
open GET /spaces
open GET /spaces/<slug>
open GET /spaces/<slug>/<id>
open POST /spaces/<slug>/<id>
animator GET /spaces/<slug>/<id>/care
animator POST /spaces/<slug>/<id>/care
animator POST /spaces/<slug>/<id>/dismiss
signed-in POST /spaces/<slug>/<id>/flag
animator POST /spaces/<slug>/<id>/hide
open POST /spaces/<slug>/<id>/me-too
signed-in GET /spaces/<slug>/<id>/posts/<post>/edit
signed-in POST /spaces/<slug>/<id>/posts/<post>/edit
open GET /spaces/<slug>/<id>/posts/<post>/history
signed-in POST /spaces/<slug>/<id>/posts/<post>/react
open POST /spaces/<slug>/<id>/replies/<reply>/fiche
open POST /spaces/<slug>/<id>/replies/<reply>/solution
animator POST /spaces/<slug>/invited
animator POST /spaces/<slug>/invited/<person>/end
open GET /spaces/<slug>/new
open POST /spaces/<slug>/new
animator GET /spaces/<slug>/team
staff POST /spaces/<slug>/team
staff POST /spaces/<slug>/team/<grant>/end
staff POST /spaces/<slug>/visibility
open GET /static/<version>/<path..>
trainer GET /teach
trainer GET /teach/modules/<slug>
trainer POST /teach/modules/<slug>
trainer GET /teach/modules/<slug>/dispatch
trainer POST /teach/modules/<slug>/dispatch
trainer POST /teach/modules/<slug>/dispatch/<id>
trainer GET /teach/modules/<slug>/dispatch/<id>/<file>
trainer POST /teach/modules/<slug>/dispatch/<id>/restore
trainer POST /teach/modules/<slug>/dispatch/<id>/revoke
trainer POST /teach/modules/<slug>/hosts
trainer GET /teach/modules/<slug>/next
trainer POST /teach/modules/<slug>/next
trainer POST /teach/modules/<slug>/next/discard
trainer POST /teach/modules/<slug>/publish
signed-in GET /teach/modules/<slug>/report
signed-in GET /teach/modules/<slug>/report/activities
signed-in GET /teach/modules/<slug>/report/attempts/<attempt>
signed-in POST /teach/modules/<slug>/report/attempts/<attempt>
signed-in GET /teach/modules/<slug>/report/csv/<part>
signed-in GET /teach/modules/<slug>/report/questions
signed-in GET /teach/modules/<slug>/report/xlsx
trainer GET /teach/modules/<slug>/rules
trainer POST /teach/modules/<slug>/rules
trainer POST /teach/modules/<slug>/unpublish
trainer POST /teach/modules/<slug>/versions
signed-in GET /teach/sessions/<session>/replay
trainer GET /teach/tools
trainer POST /teach/tools
trainer GET /teach/tools/<id>
trainer POST /teach/tools/<id>
trainer POST /teach/tools/<id>/choose
trainer POST /teach/tools/<id>/close
trainer POST /teach/tools/<id>/module
trainer POST /teach/tools/<id>/open
trainer GET /teach/tools/chosen/<choice>
trainer POST /teach/tools/chosen/<choice>
trainer POST /teach/tools/register
trainer GET /teach/upload
trainer POST /teach/upload
open GET /timeline
open GET /timeline/<slug>
open GET /toolbox
open GET /toolbox/<id>
signed-in POST /toolbox/<id>/copy
signed-in POST /toolbox/<id>/feature
signed-in GET /toolbox/<id>/new
signed-in POST /toolbox/<id>/new
signed-in POST /toolbox/<id>/release
open GET /toolbox/<id>/v/<number>
open GET /toolbox/<id>/v/<number>/file
signed-in GET /toolbox/new
signed-in POST /toolbox/new
open GET /unsubscribe/<sealed>
open POST /unsubscribe/<sealed>
open GET /watch
open GET /watch/entries/<id>
animator POST /watch/entries/<id>
open GET /watch/feed
animator GET /watch/sources
animator POST /watch/sources
animator POST /watch/sources/<id>
";

fn doors() -> BTreeMap<(String, String), &'static str> {
    DOORS
        .lines()
        .map(|line| {
            let mut parts = line.split(' ');
            let mut next = || parts.next().expect("door, method, path");
            let (door, method, path) = (next(), next(), next());
            ((method.to_owned(), path.to_owned()), door)
        })
        .collect()
}

/// Every route: method and path.
fn routes() -> Vec<(String, String)> {
    let mut all: Vec<_> = halqa::routes()
        .into_iter()
        .map(|route| {
            let uri = route.uri.to_string();
            let path = uri.split('?').next().unwrap_or_default().to_owned();
            (route.method.to_string(), path)
        })
        .collect();
    all.sort();
    all.dedup();
    all
}

fn is_elsewhere(path: &str) -> bool {
    ELSEWHERE.iter().any(|area| {
        path.strip_prefix(area)
            .is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
    })
}

/// A path in which nothing is anybody's.
fn filled(path: &str) -> String {
    let part = |part: &str| match part {
        "<number>" | "<unit>" => "1".to_owned(),
        "<path..>" => "a/b".to_owned(),
        _ if part.starts_with('<') => "0196b8a0-5c1e-7000-8000-0000000000a1".to_owned(),
        _ => part.to_owned(),
    };
    let parts: Vec<String> = path.split('/').map(part).collect();
    parts.join("/")
}

async fn knock(world: &World, method: &str, path: &str, cookie: Option<&str>) -> Answer {
    let method: Method = method.parse().expect("a method");
    let mut request = world
        .request(method, path)
        .header(Header::new("Origin", "http://localhost:8000"));
    if method != Method::Get {
        let kind = if path.starts_with("/api/") {
            ContentType::JSON
        } else {
            ContentType::Form
        };
        request = request.header(kind);
    }
    if let Some(cookie) = cookie {
        request = request.by(cookie);
    }
    send(request).await
}

/// Somebody new, signed in: what is posted may end sessions, or the account.
async fn somebody(world: &World, name: &str, grant: Option<Grant>) -> String {
    let person: PersonId = world.person(&format!("{name}@example.org")).await;
    if let Some(grant) = grant {
        world.grant(person, grant).await;
    }
    world.session_of(person).await.to_string()
}

fn leads_to_sign_in(answer: &Answer) -> bool {
    answer.status.code == 303
        && answer
            .headers
            .get("location")
            .is_some_and(|to| to.contains("/sign-in"))
}

#[test]
fn every_route_has_a_row() {
    let doors = doors();
    let routes = routes();
    let mut wrong = Vec::new();
    for route in routes.iter().filter(|(_, path)| !is_elsewhere(path)) {
        if !doors.contains_key(route) && !WHOLE.contains(&route.1.as_str()) {
            wrong.push(format!("{} {}: add its row to DOORS", route.0, route.1));
        }
    }
    for route in doors.keys().filter(|route| !routes.contains(route)) {
        wrong.push(format!(
            "{} {}: there is no such route any more",
            route.0, route.1
        ));
    }
    assert!(wrong.is_empty(), "\n{}", wrong.join("\n"));
}

both_engines! {
    async fn every_door_lets_in_those_it_is_for(world: World) {
        let trainer = somebody(&world, "trainer", Some(Grant::Trainer)).await;
        let mut wrong = Vec::new();
        for (number, ((method, path), door)) in doors().into_iter().enumerate() {
            let filled = filled(&path);
            let nobody = knock(&world, &method, &filled, None).await;
            let learner = somebody(&world, &format!("l{number}"), None).await;
            let known = knock(&world, &method, &filled, Some(&learner)).await;
            let (out, refused) = (leads_to_sign_in(&nobody), [403, 404].contains(&known.status.code));
            let right = match door {
                "open" => true,
                "leaving" => out && leads_to_sign_in(&known),
                "signed-in" => out && !leads_to_sign_in(&known),
                "staff" => {
                    let teaches = knock(&world, &method, &filled, Some(&trainer)).await;
                    out && refused && [403, 404].contains(&teaches.status.code)
                }
                _ => out && refused,
            };
            if !right || nobody.status.code >= 500 || known.status.code >= 500 {
                wrong.push(format!("{method} {path} ({door}): nobody {}, a learner {}", nobody.status, known.status));
            }
        }
        assert!(wrong.is_empty(), "\n{}", wrong.join("\n"));
    }

    async fn hostile_ids_break_nothing_anywhere(world: World) {
        let admin = somebody(&world, "admin", Some(Grant::Admin)).await;
        let token = world.token(&["all"]).await;
        let long = "a".repeat(10_000);
        let hostile = [
            "00000000-0000-0000-0000-000000000000", "x", "-1", "%00", "%20", "%C3%A9", "..%2f..%2fadmin",
            "%25s%27", "%3Cscript%3Ee", "%ff%fe", long.as_str(),
        ];
        let mut wrong = Vec::new();
        for (method, path) in routes() {
            for parameter in path.split('/').filter(|part| part.starts_with('<')) {
                for id in hostile {
                    let filled = filled(&path.replace(parameter, "\u{1}")).replace('\u{1}', id);
                    let answer = if path.starts_with("/api/") {
                        let request = world.request(method.parse().expect("a method"), &filled);
                        send(request.header(ContentType::JSON).body("{}").bearer(&token)).await
                    } else {
                        knock(&world, &method, &filled, Some(&admin)).await
                    };
                    if answer.status.code >= 500 || answer.text.contains("<script>e") {
                        let id: String = id.chars().take(40).collect();
                        wrong.push(format!("{method} {path} {parameter}={id}: {}", answer.status));
                    }
                }
            }
        }
        assert!(wrong.is_empty(), "\n{}", wrong.join("\n"));
    }
}
