//! What people do in spaces and seminars is told as statements, once, without their words.

use domain::eligibility::Rule;
use halqa::ids::SpaceId;
use halqa::lrs::deeds::{self, Deed};
use halqa::spaces::{self, NewSpace};
use halqa::{db::DbError, seminars};
use rocket::http::Status;
use serde_json::{Value, json};

use crate::harness::{As, World, both_engines, send};

/// All statements, oldest first.
async fn told(world: &World) -> Vec<Value> {
    world.run_jobs().await;
    let client = world.xapi().await;
    let answer = client.get("statements?ascending=true").await;
    answer.json()["statements"]
        .as_array()
        .expect("statements")
        .clone()
}

fn verbs(told: &[Value]) -> Vec<&str> {
    told.iter()
        .map(|statement| statement["verb"]["id"].as_str().unwrap_or_default())
        .collect()
}

both_engines! {
    async fn a_question_its_reply_and_its_solution(world: World) {
        let id: SpaceId = world.app.ids.id();
        let space = NewSpace {
            id, slug: "cadre".into(), axis: None, titles: ["C".into(), "ج".into(), "C".into()],
            abouts: Default::default(), at: world.now(),
        };
        spaces::open(&world.app, space).await.expect("a space");
        let amel = world.person("amel@example.org").await;
        let asks = world.browser_of("amel@example.org").await;
        world.person("badr@example.org").await;
        let answers = world.browser_of("badr@example.org").await;
        let fields = [("kind", "question"), ("title", "Qui tient la caisse ?"), ("body", "Nous cherchons."), ("language", "fr")];
        let started = send(world.form("/fr/spaces/cadre/new", &fields).by(&asks)).await;
        assert_eq!(started.status, Status::SeeOther, "{}", started.text);
        let topic = started.headers["location"].split('?').next().unwrap().to_owned();
        world.clock.advance_seconds(60);
        send(world.form(&topic, &[("body", "La trésorière.")]).by(&answers)).await;
        let page = send(world.get(&topic).by(&asks)).await;
        let action = page.text.split("action=\"").find_map(|rest| {
            let action = rest.split('"').next()?;
            action.ends_with("/solution").then(|| action.to_owned())
        }).expect("who asked decides");
        // Taken back and accepted again: the solution is told once.
        for accepted in ["1", "", "1"] {
            world.clock.advance_seconds(60);
            let done = send(world.form(&action, &[("accepted", accepted)]).by(&asks)).await;
            assert_eq!(done.status, Status::SeeOther);
        }
        let said = told(&world).await;
        assert_eq!(verbs(&said), [
            "http://adlnet.gov/expapi/verbs/asked",
            "https://w3id.org/xapi/acrossx/verbs/replied",
            "http://activitystrea.ms/schema/1.0/accept",
        ]);
        let path = topic.rsplit('/').next().unwrap_or_default();
        assert_eq!(said[0]["object"]["id"], format!("http://localhost:8000/topics/{path}"));
        assert_eq!(said[0]["actor"], json!({ "objectType": "Agent", "account": { "homePage": "http://localhost:8000", "name": amel.to_string() } }));
        assert_eq!(said[1]["object"], said[0]["object"]);
        let reply = &said[1]["context"]["contextActivities"]["other"][0];
        assert_eq!(&said[2]["object"]["id"], &reply["id"]);
        assert_eq!(said[2]["context"]["contextActivities"]["parent"][0]["id"], said[0]["object"]["id"]);
        let text = json!(said).to_string();
        assert!(!text.contains("caisse") && !text.contains("trésorière") && !text.contains("cherchons"), "{text}");
    }

    /// The platform has moved to another address: what was told stays told, the rest is told.
    async fn told_once_whatever_the_address(world: World) {
        let client = world.xapi().await;
        let told = |at: &str, id: u128| {
            let mut one = super::super::statement("amel", "did", at);
            one["id"] = json!(uuid::Uuid::from_u128(id));
            one
        };
        for statements in [vec![told("a", 1)], vec![told("b", 1), told("b", 2)], vec![told("c", 1), told("c", 2)]] {
            halqa::lrs::tell(&world.app, &statements).await.expect("told");
        }
        let answer = client.get("statements?ascending=true").await.json();
        let objects: Vec<&str> = answer["statements"].as_array().expect("statements").iter()
            .map(|one| one["object"]["id"].as_str().unwrap_or_default()).collect();
        assert_eq!(objects, ["http://example.org/a", "http://example.org/b"]);
    }

    async fn a_seat_taken_given_up_and_used(world: World) {
        let seminar = world.seminar("Budget participatif", None, 5, Rule::open()).await;
        let amel = world.person("amel@example.org").await;
        for _ in 0..2 {
            seminars::register(&world.app, amel, seminar.id).await.expect("a seat");
        }
        world.clock.advance_seconds(60);
        seminars::give_up(&world.app, amel, seminar.id).await.expect("given up");
        world.clock.advance_seconds(60);
        seminars::register(&world.app, amel, seminar.id).await.expect("a seat");
        world.clock.advance_seconds(11 * 86_400);
        let now = world.now();
        // Noted twice, by two people at the door.
        for _ in 0..2 {
            let row = seminar.clone();
            world.app.db.write((row, amel, now), |tx, (row, amel, now)| Box::pin(async move {
                let seminar = deeds::Seminar { id: row.id, slug: &row.slug, title: &row.title, language: &row.language };
                deeds::did(tx, *amel, Deed::Attended(seminar), *now).await
            })).await.map_err(|error: DbError| error).expect("told");
        }
        let said = told(&world).await;
        assert_eq!(verbs(&said), [
            "http://adlnet.gov/expapi/verbs/registered",
            "http://id.tincanapi.com/verb/unregistered",
            "http://adlnet.gov/expapi/verbs/registered",
            "http://adlnet.gov/expapi/verbs/attended",
        ]);
        for statement in &said {
            assert_eq!(statement["object"]["id"], format!("http://localhost:8000/seminars/{}", seminar.slug));
            assert_eq!(statement["object"]["definition"]["name"]["fr"], "Budget participatif");
        }
    }
}
