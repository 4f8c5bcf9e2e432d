//! To everybody else it is as if a room were not there: every route is walked as everybody.

use rocket::http::{Method, Status};

use super::{BODY, Cast, NAME, PURPOSE, TITLE, answer, ask, cast, get, open, post, share, write};
use crate::harness::{As, both_engines, send};
use halqa::follow_up::figures::{self, Filter, Part, Scope};
use halqa::spaces;

/// Every GET route, its parts filled with every name there is in the room.
fn walked(cast: &Cast, slug: &str, names: &[String]) -> Vec<String> {
    let mut paths = Vec::new();
    for route in halqa::routes() {
        let uri = route.uri.to_string();
        let uri = uri.split('?').next().unwrap_or_default().to_owned();
        if route.method != Method::Get || uri.starts_with("/-") || uri.contains("..>") {
            continue;
        }
        let mut filled = vec![String::new()];
        let mut before = "";
        for part in uri.split('/').skip(1) {
            let choices: Vec<String> = match (part.starts_with('<'), before) {
                (false, _) => vec![part.to_owned()],
                (true, "spaces" | "rooms") => vec![slug.to_owned()],
                (true, "organisations") => vec![cast.oliviers.osc.slug.clone()],
                (true, _) => names.to_vec(),
            };
            filled = filled
                .iter()
                .flat_map(|path| choices.iter().map(move |choice| format!("{path}/{choice}")))
                .collect();
            before = part;
        }
        paths.extend(filled.into_iter().map(|path| {
            match path.starts_with("/api/") || path.starts_with("/xapi") {
                true => path,
                false => format!("/fr{path}"),
            }
        }));
    }
    let picture = |path: &str| format!("/fr/share/{path}.png");
    paths.push(picture(&format!("spaces/{slug}")));
    for name in names {
        paths.push(picture(&format!("spaces/{slug}/{name}")));
        paths.push(format!(
            "/oembed?url=http://localhost:8000/fr/spaces/{slug}/{name}"
        ));
        paths.push(format!("/fr/spaces/cadre/{name}"));
    }
    for more in [
        "/search?q=zitoun",
        "/search?q=zitounage",
        "/search?q=confidentiel",
        "/search?q=zitounagee",
        "/watch?q=zitoun",
        "/watch/feed",
        "/spaces?show=all",
    ] {
        paths.push(format!("/fr{more}"));
    }
    for (path, query) in [("watch/feed", "space"), ("watch/feed", "organisation")] {
        paths.push(format!("/fr/{path}?{query}={slug}"));
        paths.push(format!("/fr/{path}?{query}={}", cast.oliviers.osc.slug));
    }
    paths
}

both_engines! {
    async fn to_everybody_else_there_is_no_room(world: World) {
        let cast = cast(&world).await;
        let slug = open(&world, &cast).await;
        let host = cast.oliviers.coordinator.as_str();
        assert_eq!(ask(&world, &slug, &cast.palmiers, host).await, Status::SeeOther);
        assert_eq!(answer(&world, &slug, &cast.palmiers, "accept", "no", &cast.palmiers.coordinator).await, Status::SeeOther);
        let topic = write(&world, &slug, TITLE, host).await;
        let topic_id = topic.rsplit('/').next().expect("an id").to_owned();
        let fields = [("body", "Le zitounage, oui."), ("language", "fr")];
        assert_eq!(post(&world, &topic, &fields, &cast.palmiers.coordinator).await, Status::SeeOther);
        // One that is hidden is told to its author by mail, which stands in the outbox.
        let hidden = write(&world, &slug, "Zitounage à masquer", &cast.palmiers.coordinator).await;
        assert_eq!(post(&world, &format!("{hidden}/hide"), &[("reason", "other")], host).await, Status::SeeOther);
        let shared = share(&world, &slug, host).await;
        world.run_jobs().await;
        halqa::search::settle(&world.app).await.expect("the index");
        let page = get(&world, &topic, host).await.text;
        let reply = page.split("id=\"post-").nth(2).and_then(|rest| rest.split('"').next()).expect("a reply").to_owned();
        let file = shared.rsplit('/').next().expect("an id").to_owned();
        let names = [slug.clone(), topic_id.clone(), reply.clone(), file, cast.oliviers.coordinator_id.to_string()];
        let paths = walked(&cast, &slug, &names);
        assert!(paths.len() > 150, "the routes are walked");
        let token = world.token(&["all"]).await;
        let strangers = [
            ("nobody", None), ("a learner", Some(&cast.learner)), ("another organisation", Some(&cast.ailleurs.coordinator)),
            ("a member who was not admitted", Some(&cast.palmiers.member)), ("the animator of a space", Some(&cast.animator)),
            ("the staff of the region", Some(&cast.regional)), ("an administrator", Some(&cast.admin)),
        ];
        let mut wrong = Vec::new();
        for (who, cookie) in strangers {
            for path in &paths {
                let mut request = world.get(path);
                if path.starts_with("/api/") {
                    request = request.bearer(&token);
                } else if let Some(cookie) = cookie {
                    request = request.by(cookie);
                }
                let answer = send(request).await;
                // What was typed into the search stands in its field.
                let text = answer.text.replace("value=\"zitoun", "").replace("q=zitoun", "").replace("«\u{a0}zitoun", "");
                let whole = answer.status == Status::Ok && (path.contains(&format!("/spaces/{slug}")) || path.contains(&format!("/rooms/{slug}")) || path.contains("/share/"));
                let words = [NAME, PURPOSE, TITLE, BODY, "zitounage", "Zitounage", "Plan zitoun", slug.as_str()];
                let echoes = path.contains("zitoun") || path.contains(&slug);
                let told = words.iter().any(|word| text.contains(word) && !(echoes && (*word == "zitounage" || *word == slug.as_str())));
                if whole || told || answer.status.code >= 500 {
                    wrong.push(format!("{who} {path}: {}", answer.status));
                }
            }
            let (room, space) = (format!("/fr/rooms/{slug}"), format!("/fr/spaces/{slug}"));
            for (path, fields) in [
                (format!("{space}/new"), vec![("kind", "question"), ("title", "T"), ("body", "B"), ("language", "fr")]),
                (topic.clone(), vec![("body", "B"), ("language", "fr")]),
                (format!("{topic}/me-too"), vec![("too", "1")]),
                (format!("{topic}/flag"), vec![("reason", "spam")]),
                (format!("{topic}/hide"), vec![("reason", "spam")]),
                (format!("{topic}/dismiss"), vec![]),
                (format!("{topic}/care"), vec![("what", "pin")]),
                (format!("{topic}/posts/{topic_id}/react"), vec![("kind", "thanks")]),
                (format!("{topic}/posts/{topic_id}/edit"), vec![("body", "B")]),
                (format!("{topic}/replies/{reply}/solution"), vec![("accepted", "1")]),
                (format!("{topic}/replies/{reply}/fiche"), vec![]),
                (format!("{space}/visibility"), vec![("visibility", "public"), ("languages", "fr")]),
                (format!("{space}/team"), vec![("email", "learner@example.org"), ("until", "2027-01-01")]),
                (format!("{space}/invited"), vec![("email", "learner@example.org")]),
                (format!("{room}/parties"), vec![("what", "ask"), ("organisation", cast.ailleurs.osc.slug.as_str())]),
                (format!("{room}/answer"), vec![("answer", "accept"), ("organisation", cast.ailleurs.osc.slug.as_str())]),
                (format!("{room}/members"), vec![("whole", "yes"), ("organisation", cast.palmiers.osc.slug.as_str())]),
                (format!("{room}/leave"), vec![("organisation", cast.palmiers.osc.slug.as_str())]),
                (format!("{room}/close"), vec![]),
                (format!("{shared}/remove"), vec![]),
                ("/fr/me/follows".to_owned(), vec![("subject", "space:x")]),
            ] {
                let mut request = world.form(&path, &fields);
                if let Some(cookie) = cookie {
                    request = request.by(cookie);
                }
                let answer = send(request).await;
                let out = answer.status == Status::SeeOther && answer.headers["location"].contains("/sign-in");
                if !out && ![403, 404].contains(&answer.status.code) {
                    wrong.push(format!("{who} POST {path}: {}", answer.status));
                }
            }
            // By id alone nothing is followed either.
            let id = spaces::by_slug(&world.app, &slug).await.expect("it").expect("there").id;
            if let Some(cookie) = cookie {
                for subject in [format!("space:{id}"), format!("topic:{topic_id}")] {
                    let status = post(&world, "/fr/me/follows", &[("subject", &subject)], cookie).await;
                    if status != Status::NotFound {
                        wrong.push(format!("{who} follows {subject}: {status}"));
                    }
                }
            }
        }
        assert!(wrong.is_empty(), "\n{}", wrong.join("\n"));
        // And nothing came of all that knocking.
        let page = get(&world, &topic, host).await;
        assert!(page.status == Status::Ok && page.text.contains(BODY) && !page.text.contains("aria-pressed=\"true\""));
        assert_eq!(get(&world, &shared, host).await.status, Status::SeeOther);
        let parties = get(&world, &format!("/fr/rooms/{slug}"), host).await.text;
        assert!(parties.contains("Palmiers") && !parties.contains("Ailleurs"));
        // Nothing was told to the record store, nothing is counted.
        assert_eq!(halqa::db::testing::count_statements(&world.app.db).await, 0);
        figures::refresh(&world.app).await.expect("counted");
        let staff = halqa::accounts::by_id(&world.app, world.founder_again().await.id).await.expect("people").expect("active");
        let (scope, filter) = (Scope::of(&staff).expect("staff"), Filter { from: 0, until: 12 * 9_999, ..Filter::default() });
        let counted = figures::figures(&world.app, &scope, &filter, Part::Whole).await.expect("figures");
        let of = |code: &str| counted.iter().filter(|((measure, _), _)| *measure == code).map(|(_, n)| n).sum::<i64>();
        for code in ["questions", "discussions", "answers", "solutions"] {
            assert_eq!(of(code), 0, "{code}");
        }
    }
}
