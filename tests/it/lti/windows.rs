//! Modules of units may leave a platform's frame: a window of their own opens them.

use halqa::catalogue::{self, Options};

use super::platform::*;
use crate::harness::{As, World, both_engines, cookie, send};

const COURSE: &str = r#"<?xml version="1.0" encoding="UTF-8"?>
<courseStructure xmlns="https://w3id.org/xapi/profiles/cmi5/v1/CourseStructure.xsd">
<course id="https://example.org/budget"><title><langstring lang="fr">Budget</langstring></title><description><langstring lang="fr">B</langstring></description></course>
<au id="https://example.org/budget/1"><title><langstring lang="fr">Un</langstring></title><description><langstring lang="fr">U</langstring></description><url>index.html</url></au>
</courseStructure>"#;

async fn units(world: &World) {
    let zip = package::build::zip([
        ("cmi5.xml".to_owned(), COURSE.as_bytes().to_vec()),
        ("index.html".to_owned(), b"<!doctype html>".to_vec()),
    ])
    .expect("a zip");
    let options = Options {
        publish: true,
        ..Options::default()
    };
    catalogue::import_bytes(&world.app, &zip, options)
        .await
        .expect("imported");
}

both_engines! {
    async fn units_open_in_a_window_of_their_own(world: World) {
        units(&world).await;
        let (platform, _) = Platform::registered(&world).await;
        let launched = platform.launch(&world, |_| {}).await;
        let page = follow(&world, launched).await;
        assert_eq!(page.status.code, 200, "{}", page.text);
        let policy = &page.headers["content-security-policy"];
        assert!(policy.contains(&format!("frame-ancestors 'self' {}", platform.issuer)), "{policy}");
        assert!(page.text.contains("target=\"_blank\"") && page.text.contains("Ouvrir dans une nouvelle fenêtre"), "{}", page.text);
        let action = find(&page.text, "action=\"");
        let token = find(&page.text, "name=\"session\" value=\"");
        let ask = |token: &str, module: &str| {
            let fields = [("session", token), ("do", "window"), ("module", module)];
            world.form(&action, &fields)
        };
        let opened = send(ask(&token, "")).await;
        assert_eq!(opened.status.code, 303, "{}", opened.text);
        let ticket = opened.headers["location"].replace("http://localhost:8000", "");
        let entered = send(world.get(&ticket)).await;
        assert_eq!(entered.status.code, 303, "{}", entered.text);
        let guest = cookie(&entered.headers["set-cookie"]);
        let play = send(world.get(&entered.headers["location"]).by(&guest)).await;
        let list = send(world.get(&play.headers["location"]).by(&guest)).await;
        assert_eq!(list.status.code, 200, "{}", list.text);
        // The window's address opens once; the window of another browser's proof not at all.
        assert_eq!(send(world.get(&ticket)).await.status.code, 410);
        assert_eq!(send(ask(&"x".repeat(43), "")).await.status.code, 401);
        // Who learns opens the module of the link, whatever the form names.
        let other = module(&world, "Autre").await.to_string();
        let opened = send(ask(&token, &other)).await;
        let ticket = opened.headers["location"].replace("http://localhost:8000", "");
        let entered = send(world.get(&ticket)).await;
        assert!(entered.headers["location"].contains("/modules/budget/"), "{}", entered.headers["location"]);
    }
}
