//! The contents of a SCORM 2004 course: what the engine accepts can be chosen, the course as a whole
//! and the open activity too; what a rule hides is not there.

use crate::harness::{Browser, both_engines};
use crate::{packages, player};

const AMEL: &str = "amel@example.org";

both_engines! {
    async fn the_contents_offer_what_the_engine_accepts(platform: Platform) {
        let slug = platform.module(&packages::chapters("Tenir un budget")).await;
        let browser = Browser::open(1280).await;
        platform.person(AMEL, "Amel Ben Salah").await;
        browser.sign_in(&platform, AMEL).await;
        browser.start(&platform, &slug).await;
        browser.enter_sco().await;
        browser.click("#half").await;
        browser.wait_for_state("saved").await;
        browser.wait_for_menu(&["* i1 in-progress", "> i2"]).await;
        browser.picture("contents-fr-1280").await;

        // The open activity begins anew once that is confirmed, with what it kept.
        browser.click("[data-list] [aria-current]").await;
        browser.wait_for_text("Rouvrir cette activité").await;
        browser.picture("contents-same-fr-1280").await;
        browser.click("[data-message=same] [data-same-now]").await;
        browser.enter_sco().await;
        browser.wait_for_text("ici:page-2").await;

        browser.page().await;
        browser.click("[data-next]").await;
        browser.one("[data-list] li:nth-child(2) [aria-current]").await;
        browser.enter_sco().await;
        browser.click("#finish").await;
        browser.page().await;
        browser.wait_for_text("Cette partie est finie").await;

        // The course as a whole begins at its beginning.
        browser.click("[data-whole]").await;
        browser.one("[data-list] li:nth-child(1) [aria-current]").await;
        browser.enter_sco().await;

        // The SCO ends it all: the page does not speak of a part.
        browser.click("#over").await;
        browser.page().await;
        browser.wait_for_text("C’est tout pour cette fois").await;
        browser.close().await;
    }

    async fn long_contents_scroll_and_the_page_does_not(platform: Platform) {
        let items: Vec<String> = (1..=40).map(|n| format!("i{n}")).collect();
        let items: Vec<&str> = items.iter().map(String::as_str).collect();
        let slug = platform.module(&player::zip(&items)).await;
        let browser = Browser::open(1280).await;
        platform.person(AMEL, "Amel Ben Salah").await;
        browser.sign_in(&platform, AMEL).await;
        browser.start(&platform, &slug).await;
        browser.enter_sco().await;
        browser.page().await;
        browser.one("[data-list] li:nth-child(40) .cell").await;
        let (page, menu) = ("document.documentElement", "document.querySelector('[data-menu]')");
        for (place, scrolls) in [(page, false), (menu, true)] {
            let script = format!("return {place}.scrollHeight > {place}.clientHeight + 1");
            assert_eq!(browser.run(&script).await, serde_json::json!(scrolls), "{place}");
        }
        browser.close().await;
    }

    /// What follows is barred and the menu shows nothing behind the open activity, but rules of the
    /// course decide when it is left: "next" can be pressed.
    async fn a_rule_at_the_end_keeps_the_way_on_open(platform: Platform) {
        let slug = platform.module(&packages::bank("Épreuve")).await;
        let browser = Browser::open(1280).await;
        platform.person(AMEL, "Amel Ben Salah").await;
        browser.sign_in(&platform, AMEL).await;
        browser.start(&platform, &slug).await;
        browser.enter_sco().await;
        browser.click("#finish").await;
        browser.wait_for_text("fini").await;
        browser.page().await;
        browser.click("[data-next][aria-disabled=false]").await;
        // Given once more: another launch, which begins at its beginning.
        browser.enter_sco().await;
        browser.wait_for_text("ici:").await;
        browser.page().await;
        browser.one("[data-next].is-soft[aria-disabled=false]").await;
        browser.click("[data-next]").await;
        browser.wait_for_text("C’est tout pour cette fois").await;
        browser.close().await;
    }
}
