//! A SCO in a real browser: played, interrupted, resumed, taken over by a second tab.

use std::time::Duration;

use halqa::accounts::{self, NewPerson};
use halqa::catalogue::{self, Options};
use halqa::web::Lang;
use thirtyfour::prelude::*;

use crate::harness::{Browser, Platform, both_engines};

/// One page as a SCO: says what it was told, saves on one button, ends on another.
const SCO: &str = r#"<!doctype html>
<html lang="fr"><head><meta charset="utf-8"><title>SCO</title></head>
<body><h1>Leçon</h1><p id="where"></p>
<button id="save">Garder</button><button id="done">Finir</button>
<script>
let w = window; while (!w.API && w.parent !== w) w = w.parent;
const api = w.API;
const where = document.getElementById("where");
let n = 0;
api.LMSInitialize("");
where.textContent = "ici:" + api.LMSGetValue("cmi.core.lesson_location");
document.getElementById("save").onclick = () => {
  n += 1;
  api.LMSSetValue("cmi.core.lesson_location", "p" + n);
  api.LMSSetValue("cmi.core.exit", "suspend");
  api.LMSCommit("");
  where.textContent = "gardé:p" + n;
};
document.getElementById("done").onclick = () => {
  api.LMSSetValue("cmi.core.score.raw", "80");
  api.LMSSetValue("cmi.core.lesson_status", "passed");
  api.LMSSetValue("cmi.core.exit", "");
  api.LMSFinish("");
};
</script></body></html>"#;

fn zip(items: &[&str]) -> Vec<u8> {
    let listed: String = items
        .iter()
        .map(|i| {
            format!(r#"<item identifier="{i}" identifierref="r"><title>Partie {i}</title></item>"#)
        })
        .collect();
    let manifest = format!(
        r#"<?xml version="1.0" encoding="UTF-8"?>
<manifest identifier="m-{}" version="1.0" xmlns="http://www.imsproject.org/xsd/imscp_rootv1p1p2" xmlns:adlcp="http://www.adlnet.org/xsd/adlcp_rootv1p2">
<metadata><schema>ADL SCORM</schema><schemaversion>1.2</schemaversion></metadata>
<organizations default="o"><organization identifier="o"><title>Tenir une caisse</title>{listed}</organization></organizations>
<resources><resource identifier="r" type="webcontent" adlcp:scormtype="sco" href="sco.html"><file href="sco.html"/></resource></resources>
</manifest>"#,
        items.len()
    );
    package::build::zip([
        ("imsmanifest.xml".to_owned(), manifest.into_bytes()),
        ("sco.html".to_owned(), SCO.as_bytes().to_vec()),
    ])
    .expect("a zip")
}

/// A published module; gives its address.
async fn module(platform: &Platform, items: &[&str]) -> String {
    let options = Options {
        publish: true,
        ..Options::default()
    };
    let imported = catalogue::import_bytes(&platform.app, &zip(items), options)
        .await
        .expect("imported");
    imported.module.slug
}

const PASSWORD: &str = "un olivier et trois ânes";

/// A learner, signed in.
async fn sign_in(platform: &Platform, browser: &Browser) {
    let app = &platform.app;
    let hash = app.passwords.hash_unchecked(PASSWORD.to_owned()).await;
    let person = NewPerson {
        id: app.ids.id(),
        email: "amel@example.org".to_owned(),
        name: "Amel Ben Salah".to_owned(),
        language: Lang::Fr,
        password_hash: Some(hash.expect("a hash")),
    };
    app.db
        .write((person, app.clock.now()), |tx, (person, now)| {
            Box::pin(accounts::add_person(tx, person, *now))
        })
        .await
        .expect("a person");
    browser
        .goto(format!("{}/fr/sign-in", platform.url))
        .await
        .expect("a page");
    browser.fill("input[name=email]", "amel@example.org").await;
    browser.fill("input[name=password]", PASSWORD).await;
    browser.click("main form button").await;
    tokio::time::sleep(Duration::from_millis(300)).await;
}

async fn start(platform: &Platform, browser: &Browser, slug: &str) {
    browser
        .goto(format!("{}/fr/modules/{slug}", platform.url))
        .await
        .expect("the module");
    browser.click("aside form button").await;
}

/// Into the SCO: the wrapper's frame, then the SCO's.
async fn into_sco(browser: &Browser) {
    for _ in 0..100 {
        browser.enter_default_frame().await.expect("the page");
        if into_frames(browser).await.is_ok() {
            return;
        }
        tokio::time::sleep(Duration::from_millis(100)).await;
    }
    browser.enter_default_frame().await.expect("the page");
    browser.picture("player-without-sco").await;
    panic!("no SCO in:\n{}", browser.text().await);
}

async fn into_frames(browser: &Browser) -> WebDriverResult<()> {
    let frame = browser
        .query(By::Css("[data-stage] > iframe"))
        .nowait()
        .first()
        .await?;
    frame.enter_frame().await?;
    let frame = browser
        .query(By::Css("#stage > iframe"))
        .nowait()
        .first()
        .await?;
    frame.enter_frame().await?;
    browser
        .query(By::Css("#where:not(:empty)"))
        .nowait()
        .first()
        .await?;
    Ok(())
}

/// Out again, until the page says what it should about saving.
async fn wait_for_state(browser: &Browser, state: &str) {
    browser.enter_default_frame().await.expect("the page");
    browser
        .one(&format!("[data-save][data-state={state}]"))
        .await;
}

both_engines! {
    async fn a_learner_plays_leaves_and_resumes(platform: Platform) {
        let slug = module(&platform, &["i1"]).await;
        let browser = Browser::open(1280).await;
        sign_in(&platform, &browser).await;
        start(&platform, &browser, &slug).await;
        into_sco(&browser).await;
        browser.wait_for_text("ici:").await;
        browser.click("#save").await;
        browser.wait_for_text("gardé:p1").await;
        wait_for_state(&browser, "saved").await;
        browser.picture("player-fr-1280").await;
        // The tab goes away; the learner comes back through the module's page.
        browser.goto("about:blank").await.expect("away");
        start(&platform, &browser, &slug).await;
        into_sco(&browser).await;
        browser.wait_for_text("ici:p1").await;
        browser.click("#done").await;
        browser.enter_default_frame().await.expect("the page");
        browser.wait_for_text("Réussi").await;
        browser.picture("player-ended-fr-1280").await;
        browser.click("[data-message=finished] [data-leave]").await;
        browser.wait_for_text("80").await;
        browser.picture("module-done-fr-1280").await;
        browser.close().await;
    }

    async fn a_cut_line_and_a_killed_tab_lose_nothing(platform: Platform) {
        let slug = module(&platform, &["i1"]).await;
        let browser = Browser::open(360).await;
        sign_in(&platform, &browser).await;
        start(&platform, &browser, &slug).await;
        into_sco(&browser).await;
        browser.click("#save").await;
        wait_for_state(&browser, "saved").await;
        platform.cut_line();
        into_sco(&browser).await;
        browser.click("#save").await;
        browser.click("#save").await;
        wait_for_state(&browser, "offline").await;
        browser.picture("player-offline-fr-360").await;
        // The tab is killed while the line is down.
        let other = browser.new_tab().await.expect("a tab");
        browser.close_window().await.expect("closed");
        browser.switch_to_window(other).await.expect("switched");
        platform.mend_line();
        start(&platform, &browser, &slug).await;
        into_sco(&browser).await;
        browser.wait_for_text("ici:p3").await;
        browser.close().await;
    }

    async fn a_second_tab_takes_over(platform: Platform) {
        let slug = module(&platform, &["i1"]).await;
        let browser = Browser::open(1280).await;
        sign_in(&platform, &browser).await;
        start(&platform, &browser, &slug).await;
        into_sco(&browser).await;
        let first = browser.window().await.expect("a window");
        let second = browser.new_tab().await.expect("a tab");
        browser.switch_to_window(second).await.expect("switched");
        start(&platform, &browser, &slug).await;
        into_sco(&browser).await;
        browser.click("#save").await;
        wait_for_state(&browser, "saved").await;
        browser.switch_to_window(first).await.expect("switched");
        into_sco(&browser).await;
        browser.click("#save").await;
        browser.enter_default_frame().await.expect("the page");
        browser.wait_for_text("Vous continuez ailleurs").await;
        browser.picture("player-superseded-fr-1280").await;
        browser.click("[data-message=superseded] [data-again]").await;
        into_sco(&browser).await;
        browser.wait_for_text("ici:p1").await;
        browser.close().await;
    }

    async fn a_menu_moves_between_activities(platform: Platform) {
        let slug = module(&platform, &["i1", "i2", "i3"]).await;
        let browser = Browser::open(1280).await;
        sign_in(&platform, &browser).await;
        start(&platform, &browser, &slug).await;
        into_sco(&browser).await;
        browser.click("#save").await;
        wait_for_state(&browser, "saved").await;
        browser.picture("player-menu-fr-1280").await;
        browser.click("[data-next]").await;
        browser.one("[data-list] li:nth-child(2) [aria-current]").await;
        into_sco(&browser).await;
        browser.wait_for_text("ici:").await;
        browser.enter_default_frame().await.expect("the page");
        browser.click("[data-list] li:nth-child(1) button").await;
        browser.one("[data-list] li:nth-child(1) [aria-current]").await;
        into_sco(&browser).await;
        browser.wait_for_text("ici:p1").await;
        browser.close().await;
    }
}
