//! Files of other sites: nothing comes from elsewhere, unless a trainer allows the sites that the
//! import found, for one package.

use halqa::accounts::Grant;
use rocket::http::{Header, Method, Status};

use super::{base, simple, trainer, upload};
use crate::harness::{Answer, As, World, both_engines, send};

const PAGE: &str = "<script src='https://cdn.jsdelivr.net/npm/jquery'></script>\
    <img src='http://192.168.0.7/x.png'><link rel=stylesheet href='//fonts.gstatic.com/a.css'>\
    <img src='https://halqa.localhost/x.png'>";

async fn file(world: &World, package: halqa::ids::PackageId, path: &str, tag: &str) -> Answer {
    let path = format!("{}{path}", base(world, package));
    let request = world
        .content(Method::Get, package, &path)
        .header(Header::new("If-None-Match", tag.to_owned()));
    send(request).await
}

both_engines! {
    async fn a_trainer_allows_what_the_diagnosis_found(world: World) {
        let rim = trainer(&world).await;
        let token = world.token(&["packages"]).await;
        let made = upload(&world, &token, &simple(PAGE)).await.json();
        let slug = made["module"]["slug"].as_str().expect("a module");
        let id = made["package"]["id"].as_str().expect("a package");
        let package = halqa::ids::PackageId(uuid::Uuid::parse_str(id).expect("an id"));
        let manage = format!("/fr/teach/modules/{slug}");
        let shown = send(world.get(&manage).by(&rim)).await;
        assert!(shown.text.contains("cdn.jsdelivr.net"), "{}", shown.text);
        assert!(shown.text.contains("Autoriser ces sites"));

        // Off: the policy names nobody, and a page is asked for again each time.
        let before = file(&world, package, "index.html", "").await;
        assert_eq!(before.status, Status::Ok);
        let policy = &before.headers["content-security-policy"];
        assert!(!policy.contains("https:"), "{policy}");
        assert_eq!(before.headers["cache-control"], "private, no-cache");
        let tag = before.headers["etag"].clone();
        assert_eq!(file(&world, package, "index.html", &tag).await.status, Status::NotModified);
        let script = file(&world, package, "a/script.js", "").await;
        assert!(script.headers["cache-control"].contains("immutable"));

        let path = format!("/teach/modules/{slug}/hosts");
        let on = [("package", id), ("allow", "yes")];
        // Nobody else decides.
        for grant in [None, Some(Grant::Trainer)] {
            let other = world.signed_in_as(&format!("autre{}@example.org", grant.is_some()), grant.clone()).await;
            let expected = if grant.is_some() { Status::SeeOther } else { Status::Forbidden };
            // A module that a program made is every trainer's.
            let answer = send(world.form(&path, &[("package", id), ("allow", "no")]).by(&other)).await;
            assert_eq!(answer.status, expected);
        }
        // Nor about a package that is not the module's.
        let other = [("package", "0190a1b2-0000-7000-8000-000000000000"), ("allow", "yes")];
        assert_eq!(send(world.form(&path, &other).by(&rim)).await.status, Status::Conflict);
        for nothing in ["", "x"] {
            let answer = send(world.form(&path, &[("package", nothing), ("allow", "yes")]).by(&rim)).await;
            assert_eq!(answer.status, Status::NotFound);
        }

        assert_eq!(send(world.form(&path, &on).by(&rim)).await.status, Status::SeeOther);
        // The page that a browser kept is another one now, with a policy that names the sites.
        let after = file(&world, package, "index.html", &tag).await;
        assert_eq!(after.status, Status::Ok);
        assert_eq!(after.text, before.text);
        let policy = &after.headers["content-security-policy"];
        let both = "https://cdn.jsdelivr.net https://fonts.gstatic.com";
        assert!(policy.contains(&format!("'unsafe-eval' {both};")), "{policy}");
        assert!(policy.contains(&format!("/dispatch/ {both};")), "{policy}");
        assert!(!policy.contains("192.168") && !policy.contains("halqa.localhost"), "{policy}");
        assert_eq!(halqa::db::testing::count_audit(&world.app.db, "hosts-allowed").await, 1);

        // And off again.
        let off = [("package", id), ("allow", "no")];
        assert_eq!(send(world.form(&path, &off).by(&rim)).await.status, Status::SeeOther);
        let last = file(&world, package, "index.html", &after.headers["etag"]).await;
        assert_eq!((last.status, &last.headers["etag"]), (Status::Ok, &tag));
        assert!(!last.headers["content-security-policy"].contains("jsdelivr"));
        assert_eq!(halqa::db::testing::count_audit(&world.app.db, "hosts-stopped").await, 2);
    }

    async fn a_package_that_needs_nobody_offers_no_switch(world: World) {
        let rim = trainer(&world).await;
        let token = world.token(&["packages"]).await;
        let made = upload(&world, &token, &simple("Rien")).await.json();
        let slug = made["module"]["slug"].as_str().expect("a module");
        let id = made["package"]["id"].as_str().expect("a package");
        let shown = send(world.get(&format!("/fr/teach/modules/{slug}")).by(&rim)).await;
        assert!(!shown.text.contains("Autoriser ces sites"));
        let path = format!("/teach/modules/{slug}/hosts");
        // Asked all the same, there is nobody to allow.
        let on = [("package", id), ("allow", "yes")];
        assert_eq!(send(world.form(&path, &on).by(&rim)).await.status, Status::SeeOther);
        let package = halqa::ids::PackageId(uuid::Uuid::parse_str(id).expect("an id"));
        let page = file(&world, package, "index.html", "").await;
        assert!(!page.headers["content-security-policy"].contains("https:"));
        assert!(page.headers["cache-control"].contains("immutable"));
    }
}
