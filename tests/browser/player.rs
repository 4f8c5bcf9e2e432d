//! A SCO in a real browser: played, interrupted, resumed, taken over by a second tab.

use crate::harness::{Browser, both_engines};

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

pub fn zip(items: &[&str]) -> Vec<u8> {
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

const AMEL: &str = "amel@example.org";

both_engines! {
    async fn a_learner_plays_leaves_and_resumes(platform: Platform) {
        let slug = platform.module(&zip(&["i1"])).await;
        let browser = Browser::open(1280).await;
        platform.person(AMEL, "Amel Ben Salah").await;
        browser.sign_in(&platform, AMEL).await;
        browser.start(&platform, &slug).await;
        browser.enter_sco().await;
        browser.wait_for_text("ici:").await;
        browser.click("#save").await;
        browser.wait_for_text("gardé:p1").await;
        browser.wait_for_state("saved").await;
        browser.picture("player-fr-1280").await;
        // The tab goes away; the learner comes back through the module's page.
        browser.goto("about:blank").await.expect("away");
        browser.start(&platform, &slug).await;
        browser.enter_sco().await;
        browser.wait_for_text("ici:p1").await;
        browser.click("#done").await;
        browser.page().await;
        browser.wait_for_text("Réussi. Bravo").await;
        browser.picture("player-ended-fr-1280").await;
        browser.click("[data-message=finished] [data-leave]").await;
        browser.wait_for_text("80").await;
        browser.picture("module-done-fr-1280").await;
        browser.close().await;
    }

    async fn a_cut_line_and_a_killed_tab_lose_nothing(platform: Platform) {
        let slug = platform.module(&zip(&["i1"])).await;
        let amel = platform.person(AMEL, "Amel Ben Salah").await;
        let browser = Browser::open(360).await;
        browser.sign_in(&platform, AMEL).await;
        browser.start(&platform, &slug).await;
        browser.enter_sco().await;
        browser.click("#save").await;
        browser.wait_for_state("saved").await;
        platform.cut_line();
        browser.enter_sco().await;
        browser.click("#save").await;
        browser.click("#save").await;
        browser.wait_for_state("offline").await;
        browser.picture("player-offline-fr-360").await;
        browser.kill_tab().await;
        platform.mend_line();
        browser.start(&platform, &slug).await;
        browser.enter_sco().await;
        browser.wait_for_text("ici:p3").await;
        let entries = platform.journal_is_whole(amel).await;
        for place in ["p1", "p2", "p3"] {
            let said = entries.iter().filter(|entry| entry.contains(&format!("\"{place}\"")) && entry.contains("SetValue"));
            assert_eq!(said.count(), 1, "{place}");
        }
        browser.close().await;
    }

    async fn a_second_tab_takes_over(platform: Platform) {
        let slug = platform.module(&zip(&["i1"])).await;
        let browser = Browser::open(1280).await;
        platform.person(AMEL, "Amel Ben Salah").await;
        browser.sign_in(&platform, AMEL).await;
        browser.start(&platform, &slug).await;
        browser.enter_sco().await;
        let first = browser.window().await.expect("a window");
        let second = browser.new_tab().await.expect("a tab");
        browser.switch_to_window(second).await.expect("switched");
        browser.start(&platform, &slug).await;
        browser.enter_sco().await;
        browser.click("#save").await;
        browser.wait_for_state("saved").await;
        // The first says so by itself: nothing is clicked in it.
        browser.switch_to_window(first).await.expect("switched");
        browser.page().await;
        browser.wait_for_text("Vous continuez ailleurs").await;
        browser.picture("player-superseded-fr-1280").await;
        browser.click("[data-message=superseded] [data-again]").await;
        browser.enter_sco().await;
        browser.wait_for_text("ici:p1").await;
        browser.close().await;
    }

    async fn a_menu_moves_between_activities(platform: Platform) {
        let slug = platform.module(&zip(&["i1", "i2", "i3"])).await;
        let browser = Browser::open(1280).await;
        platform.person(AMEL, "Amel Ben Salah").await;
        browser.sign_in(&platform, AMEL).await;
        browser.start(&platform, &slug).await;
        browser.enter_sco().await;
        browser.click("#save").await;
        browser.wait_for_state("saved").await;
        browser.picture("player-menu-fr-1280").await;
        browser.click("[data-next]").await;
        browser.one("[data-list] li:nth-child(2) [aria-current]").await;
        browser.enter_sco().await;
        browser.wait_for_text("ici:").await;
        browser.page().await;
        browser.click("[data-list] li:nth-child(1) button").await;
        browser.one("[data-list] li:nth-child(1) [aria-current]").await;
        browser.enter_sco().await;
        browser.wait_for_text("ici:p1").await;
        browser.close().await;
    }
}
