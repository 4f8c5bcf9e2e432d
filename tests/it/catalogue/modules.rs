//! `PATCH /api/v1/modules/{id}`, and versions: attempts under way stay on theirs.

use rocket::http::{ContentType, Method, Status};
use serde_json::{Value, json};

use super::hostile::package_of;
use super::{form, post, simple, trainer, upload};
use crate::harness::{Answer, As, World, both_engines, cookie, send};

async fn patch(world: &World, token: &str, id: &str, change: Value) -> Answer {
    let request = world
        .request(Method::Patch, &format!("/api/v1/modules/{id}"))
        .header(ContentType::JSON)
        .bearer(token)
        .body(change.to_string());
    send(request).await
}

async fn show(world: &World, token: &str, id: &str) -> Value {
    let answer = send(world.get(&format!("/api/v1/modules/{id}")).bearer(token)).await;
    assert_eq!(answer.status, Status::Ok, "{}", answer.text);
    answer.json()
}

/// A module made through the API: its id and address.
async fn made(world: &World, token: &str, text: &str) -> (String, String) {
    let answer = upload(world, token, &simple(text)).await;
    let module = answer.json()["module"].clone();
    let part = |name: &str| module[name].as_str().expect("a module").to_owned();
    (part("id"), part("slug"))
}

/// The packages' origin on which this learner plays the module now.
async fn played_by(world: &World, token: &str, id: &str, email: &str) -> String {
    let body = json!({ "learner": { "email": email, "name": "Une personne" } });
    let request = world
        .request(Method::Post, &format!("/api/v1/modules/{id}/launches"))
        .header(ContentType::JSON)
        .bearer(token)
        .body(body.to_string());
    let launch = send(request).await;
    assert_eq!(launch.status, Status::Created, "{}", launch.text);
    let url = launch.json()["url"]
        .as_str()
        .expect("an address")
        .to_owned();
    let opened = send(world.get(url.trim_start_matches("http://localhost:8000"))).await;
    assert_eq!(opened.status, Status::SeeOther, "{}", opened.text);
    let pass = cookie(&opened.headers["set-cookie"]);
    let page = send(world.get(&opened.headers["location"]).by(&pass)).await;
    assert_eq!(page.status, Status::Ok, "{}", page.text);
    let origin = page
        .text
        .split("data-content=\"")
        .nth(1)
        .and_then(|rest| rest.split('"').next());
    origin.expect("the packages' origin").to_owned()
}

both_engines! {
    async fn what_is_no_id_names_nothing(world: World) {
        let token = world.token(&["all"]).await;
        let none = "0190a1b2-0000-7000-8000-000000000000";
        for (method, path) in [
            (Method::Get, "/api/v1/modules/ID"),
            (Method::Patch, "/api/v1/modules/ID"),
            (Method::Get, "/api/v1/packages/ID"),
            (Method::Post, "/api/v1/modules/ID/launches"),
            (Method::Get, "/api/v1/modules/ID/report"),
            (Method::Get, "/api/v1/modules/ID/report/attempts"),
            (Method::Get, "/api/v1/modules/ID/report/questions"),
            (Method::Get, "/api/v1/sessions/ID/journal"),
            (Method::Get, "/api/v1/seminars/ID"),
            (Method::Get, "/api/v1/seminars/ID/seats"),
            (Method::Get, "/api/v1/organisations/ID/progress"),
        ] {
            for id in [none, "not-an-id", "42", "%20"] {
                let path = path.replace("ID", id);
                let mut request = world.request(method, &path).bearer(&token);
                if method != Method::Get {
                    let learner = json!({ "learner": { "email": "a@example.org", "name": "A" } });
                    let body = if method == Method::Post { learner } else { json!({}) };
                    request = request.header(ContentType::JSON).body(body.to_string());
                }
                let answer = send(request).await;
                assert_eq!(answer.status, Status::NotFound, "{method} {path}: {}", answer.text);
                assert_eq!(answer.headers["content-type"], "application/problem+json", "{path}");
                assert_eq!(answer.json()["code"], "not-found", "{path}");
            }
        }
    }

    async fn each_part_can_be_changed_alone(world: World) {
        let token = world.token(&["packages", "modules"]).await;
        world.axis("cadre-legislatif").await;
        let (id, slug) = made(&world, &token, "Un").await;
        let before = show(&world, &token, &id).await;
        assert_eq!((before["published"].clone(), before["version"].clone(), before["axis"].clone()), (json!(false), json!(1), Value::Null));
        for (change, member, expected) in [
            (json!({ "title": "  Tenir la caisse  " }), "title", json!("Tenir la caisse")),
            (json!({ "title": "<b>دفتر الحسابات</b>" }), "title", json!("<b>دفتر الحسابات</b>")),
            (json!({ "summary": "Pour qui ?\nPour toutes." }), "summary", json!("Pour qui ?\nPour toutes.")),
            (json!({ "axis": "cadre-legislatif" }), "axis", json!("cadre-legislatif")),
            (json!({ "language": "ar" }), "language", json!("ar")),
            (json!({ "published": true }), "published", json!(true)),
        ] {
            let was = show(&world, &token, &id).await;
            let answer = patch(&world, &token, &id, change).await;
            assert_eq!(answer.status, Status::Ok, "{}", answer.text);
            let now = show(&world, &token, &id).await;
            assert_eq!(answer.json(), now);
            assert_eq!(now[member], expected);
            for (name, value) in was.as_object().unwrap() {
                if name != member && name != "updated_at" && name != "published_at" {
                    assert_eq!(&now[name], value, "{member} changed {name}");
                }
            }
        }
        // What is published is found, at the same address as before.
        let list = send(world.get("/fr/modules")).await;
        assert!(list.text.contains("&lt;b&gt;دفتر") && list.text.contains(&format!("/modules/{slug}")), "{}", list.text);
        let at = show(&world, &token, &id).await["published_at"].clone();
        patch(&world, &token, &id, json!({ "published": true })).await;
        assert_eq!(show(&world, &token, &id).await["published_at"], at);
        patch(&world, &token, &id, json!({ "published": false, "axis": null })).await;
        let now = show(&world, &token, &id).await;
        assert_eq!((now["published"].clone(), now["published_at"].clone(), now["axis"].clone()), (json!(false), Value::Null, Value::Null));
        assert!(!send(world.get("/fr/modules")).await.text.contains(&format!("/modules/{slug}")));
        assert_eq!(patch(&world, &token, &id, json!({})).await.status, Status::Ok);
    }

    async fn what_cannot_be_is_refused_whole(world: World) {
        let token = world.token(&["packages", "modules"]).await;
        let (id, _) = made(&world, &token, "Un").await;
        let before = show(&world, &token, &id).await;
        for (change, status) in [
            (json!({ "title": "Bon", "language": "de" }), 422),
            (json!({ "title": "" }), 422),
            (json!({ "title": "a\nb" }), 422),
            (json!({ "title": "é".repeat(201) }), 422),
            (json!({ "title": "a\u{0}b" }), 422),
            (json!({ "summary": "é".repeat(2001) }), 422),
            (json!({ "title": "Bon", "axis": "nowhere" }), 422),
            (json!({ "title": "Bon", "package": "0198c0de-0000-7000-8000-000000000000" }), 422),
            (json!({ "title": "Bon", "package": "x" }), 422),
            (json!({ "published": "yes" }), 422),
            (json!({ "slug": "other" }), 422),
            (json!([]), 422),
        ] {
            let answer = patch(&world, &token, &id, change.clone()).await;
            assert!(answer.status.code == status || answer.status.code == 400, "{change}: {} {}", answer.status, answer.text);
            assert!(!answer.code().is_empty());
            assert_eq!(show(&world, &token, &id).await, before, "{change}");
        }
        for path in ["0198c0de-0000-7000-8000-000000000000", "x"] {
            assert_eq!(patch(&world, &token, path, json!({})).await.status, Status::NotFound, "{path}");
        }
        let other = world.token(&["packages", "progress"]).await;
        assert_eq!(patch(&world, &other, &id, json!({})).await.status, Status::Forbidden);
        let request = world.request(Method::Patch, &format!("/api/v1/modules/{id}")).header(ContentType::Plain).bearer(&token).body("{}");
        assert_eq!(send(request).await.status, Status::UnsupportedMediaType);
    }

    async fn attempts_under_way_stay_on_their_version(world: World) {
        let token = world.token(&["packages", "modules", "launches"]).await;
        let (id, _) = made(&world, &token, "Première").await;
        let first = show(&world, &token, &id).await["package"].as_str().unwrap().replace('-', "");
        let early = played_by(&world, &token, &id, "amel@example.org").await;
        assert!(early.contains(&first), "{early}");
        // A new version, from a package that has a module of its own.
        let second = package_of(&upload(&world, &token, &simple("Deuxième")).await);
        let answer = patch(&world, &token, &id, json!({ "package": second.0 })).await;
        assert_eq!((answer.status, answer.json()["version"].clone()), (Status::Ok, json!(2)), "{}", answer.text);
        assert_eq!(answer.json()["package"], json!(second.0));
        // The same package again is no third version.
        assert_eq!(patch(&world, &token, &id, json!({ "package": second.0 })).await.json()["version"], 2);
        assert_eq!(played_by(&world, &token, &id, "amel@example.org").await, early);
        let late = played_by(&world, &token, &id, "badr@example.org").await;
        assert!(late.contains(&second.0.simple().to_string()), "{late}");
        // By an upload onto the module.
        let third = send(post(&world, &token, &format!("/api/v1/packages?module={id}"), &simple("Troisième"))).await;
        assert_eq!((third.status, third.json()["module"]["id"].as_str()), (Status::Created, Some(id.as_str())));
        assert_eq!(show(&world, &token, &id).await["version"], 3);
        assert_eq!(played_by(&world, &token, &id, "amel@example.org").await, early);
        assert_eq!(played_by(&world, &token, &id, "badr@example.org").await, late);
        // The same bytes onto the module are known; an older package comes back as a version.
        let again = send(post(&world, &token, &format!("/api/v1/packages?module={id}"), &simple("Troisième"))).await;
        assert_eq!((again.status, show(&world, &token, &id).await["version"].clone()), (Status::Ok, json!(3)));
        let back = send(post(&world, &token, &format!("/api/v1/packages?module={id}"), &simple("Première"))).await;
        assert_eq!((back.status, show(&world, &token, &id).await["version"].clone()), (Status::Ok, json!(4)));
    }

    async fn a_trainer_adds_a_version_on_the_page(world: World) {
        let rim = trainer(&world).await;
        let sent = send(form(&world, &rim, "/fr/teach/upload", &[("publish", "true")], Some(("m.zip", &simple("Un"))))).await;
        assert_eq!(sent.status, Status::SeeOther, "{}", sent.text);
        let path = sent.headers["location"].split('?').next().unwrap().to_owned();
        let versions = format!("{path}/versions");
        let refused = send(form(&world, &rim, &versions, &[], Some(("m.zip", b"no zip")))).await;
        assert_eq!(refused.status, Status::UnprocessableEntity);
        assert!(refused.text.contains("Ce paquet ne peut pas être importé"));
        let sent = send(form(&world, &rim, &versions, &[], Some(("m.zip", &simple("Deux"))))).await;
        assert_eq!(sent.status, Status::SeeOther, "{}", sent.text);
        let page = send(world.get(&path).by(&rim)).await;
        assert!(page.text.contains("Version\u{a0}2") || page.text.contains("Version 2") || page.text.contains("Version \u{2068}2"), "{}", page.text);
        // Nobody else's.
        let sami = world.signed_in_as("sami@example.org", Some(halqa::accounts::Grant::Trainer)).await;
        let other = send(form(&world, &sami, &versions, &[], Some(("m.zip", &simple("Trois"))))).await;
        assert_eq!(other.status, Status::NotFound);
        assert_eq!(send(world.get(&path).by(&sami)).await.status, Status::NotFound);
    }
}
