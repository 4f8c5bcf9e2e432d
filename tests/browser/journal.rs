//! The journal in the browser over bad lines: nothing that was said is lost or counted twice, and
//! the page never says "saved" when it is not.

use std::time::Duration;

use crate::harness::{Browser, Platform, Way, one_engine};
use crate::player::zip;

const AMEL: &str = "amel@example.org";

/// A learner in the SCO.
async fn playing(platform: &Platform, browser: &Browser) -> (halqa::ids::PersonId, String) {
    let slug = platform.module(&zip(&["i1"])).await;
    let amel = platform.person(AMEL, "Amel Ben Salah").await;
    browser.sign_in(platform, AMEL).await;
    browser.start(platform, &slug).await;
    browser.enter_sco().await;
    (amel, slug)
}

/// How often the SCO said that it was at this place.
fn said(entries: &[String], place: &str) -> usize {
    let wanted = format!("[\"cmi.core.lesson_location\",\"{place}\"]");
    entries
        .iter()
        .filter(|entry| entry.contains(&wanted))
        .count()
}

async fn everything_arrived(platform: &Platform, amel: halqa::ids::PersonId, places: usize) {
    let entries = platform.journal_is_whole(amel).await;
    for place in 1..=places {
        assert_eq!(said(&entries, &format!("p{place}")), 1, "p{place}");
    }
}

/// What the page says of saving, whatever it is.
async fn state(browser: &Browser) -> String {
    browser.page().await;
    browser
        .one("[data-save]")
        .await
        .attr("data-state")
        .await
        .expect("an attribute")
        .unwrap_or_default()
}

one_engine! {
    async fn a_while_without_a_line_and_back(platform: Platform) {
        let browser = Browser::open(1280).await;
        let (amel, _) = playing(&platform, &browser).await;
        browser.click("#save").await;
        browser.wait_for_state("saved").await;
        platform.cut_line();
        for _ in 0..3 {
            browser.enter_sco().await;
            browser.click("#save").await;
            browser.wait_for_state("offline").await;
        }
        let waiting = browser.one("[data-save]").await.attr("title").await.expect("a title");
        assert!(waiting.is_some_and(|text| text.contains('9')), "three calls thrice");
        let words = browser.one("[data-save-text]").await.text().await.expect("words");
        assert_eq!(words, "Hors ligne : gardé ici");
        // Another activity cannot be opened now; the page says so and keeps the place.
        platform.mend_line();
        browser.wait_for_state("saved").await;
        everything_arrived(&platform, amel, 4).await;
        browser.close().await;
    }

    async fn an_answer_that_is_lost_after_the_commit_counts_once(platform: Platform) {
        let browser = Browser::open(1280).await;
        let (amel, _) = playing(&platform, &browser).await;
        browser.click("#save").await;
        browser.wait_for_state("saved").await;
        platform.line(Way::AnswerLost);
        browser.enter_sco().await;
        browser.click("#save").await;
        browser.wait_for_state("offline").await;
        let mut arrived = Vec::new();
        for _ in 0..50 {
            arrived = platform.journal_is_whole(amel).await;
            if said(&arrived, "p2") == 1 {
                break;
            }
            tokio::time::sleep(Duration::from_millis(100)).await;
        }
        assert_eq!(said(&arrived, "p2"), 1, "the server has it");
        assert_eq!(state(&browser).await, "offline", "the page cannot know");
        platform.mend_line();
        browser.wait_for_state("saved").await;
        everything_arrived(&platform, amel, 2).await;
        browser.close().await;
    }

    /// S13: neither a proxy's error page nor a captive portal's welcome is an acknowledgement.
    async fn pages_of_others_are_no_acknowledgement(platform: Platform) {
        let browser = Browser::open(1280).await;
        let (amel, _) = playing(&platform, &browser).await;
        browser.click("#save").await;
        browser.wait_for_state("saved").await;
        for (status, place) in [(502, 2), (200, 3), (401, 4), (302, 5)] {
            platform.line(Way::Page(status));
            browser.enter_sco().await;
            browser.click("#save").await;
            browser.wait_for_text(&format!("gardé:p{place}")).await;
            browser.wait_for_state("offline").await;
            tokio::time::sleep(Duration::from_millis(1500)).await;
            assert_eq!(state(&browser).await, "offline", "{status}");
            assert_eq!(said(&platform.journal_is_whole(amel).await, &format!("p{place}")), 0);
            platform.mend_line();
            browser.wait_for_state("saved").await;
            everything_arrived(&platform, amel, place).await;
        }
        browser.close().await;
    }

    async fn a_reload_in_the_middle_loses_nothing(platform: Platform) {
        let browser = Browser::open(1280).await;
        let (amel, _) = playing(&platform, &browser).await;
        browser.click("#save").await;
        platform.cut_line();
        browser.click("#save").await;
        browser.wait_for_state("offline").await;
        platform.mend_line();
        browser.refresh().await.expect("loaded again");
        browser.enter_sco().await;
        browser.wait_for_text("ici:p2").await;
        browser.click("#save").await;
        browser.wait_for_state("saved").await;
        let entries = platform.journal_is_whole(amel).await;
        assert_eq!((said(&entries, "p1"), said(&entries, "p2")), (2, 1), "p1 was said in both sessions");
        browser.close().await;
    }

    /// What is said while the page goes away arrives by itself, without another visit.
    async fn the_last_words_of_a_leaving_page_arrive(platform: Platform) {
        let browser = Browser::open(1280).await;
        let (amel, slug) = playing(&platform, &browser).await;
        browser.run(r#"addEventListener("pagehide", () => {
            const api = parent.API;
            api.LMSSetValue("cmi.core.lesson_location", "p9");
            api.LMSFinish("");
        });"#).await;
        browser.page().await;
        browser.goto("about:blank").await.expect("away");
        for round in 0..100 {
            if round == 30 {
                // A browser may drop what a frame sends while it is torn down: the words were kept,
                // and come with the next visit.
                browser.start(&platform, &slug).await;
            }
            let entries = platform.journal_is_whole(amel).await;
            if said(&entries, "p9") == 1 && entries.iter().any(|entry| entry.contains("LMSFinish")) {
                browser.close().await;
                return;
            }
            tokio::time::sleep(Duration::from_millis(100)).await;
        }
        panic!("the last words did not arrive: {:?}", platform.journal_is_whole(amel).await);
    }

    /// More than browsers let a leaving page send (64 KiB): kept, and sent by the next visit.
    async fn large_resume_data_survives_a_killed_tab(platform: Platform) {
        let browser = Browser::open(1280).await;
        let (amel, slug) = playing(&platform, &browser).await;
        platform.cut_line();
        browser.run(r#"window.api = parent.API;
            api.LMSSetValue("cmi.suspend_data", "\u0628".repeat(200000));
            api.LMSSetValue("cmi.core.exit", "suspend");
            api.LMSCommit("");"#).await;
        browser.wait_for_state("offline").await;
        browser.kill_tab().await;
        platform.mend_line();
        browser.start(&platform, &slug).await;
        browser.enter_sco().await;
        let length = browser.run(r#"return parent.API.LMSGetValue("cmi.suspend_data").length"#).await;
        assert_eq!(length, 200_000);
        // And larger than this browser's quota for the first place it is kept in.
        browser.run(r#"parent.API.LMSSetValue("cmi.suspend_data", "y".repeat(1000000)); parent.API.LMSCommit("");"#).await;
        browser.wait_for_state("saved").await;
        browser.enter_sco().await;
        platform.cut_line();
        browser.run(r#"for (let n = 0; n < 12; n += 1) parent.API.LMSSetValue("cmi.suspend_data", String(n % 10).repeat(1000000));
            parent.API.LMSCommit("");"#).await;
        browser.wait_for_state("offline").await;
        browser.kill_tab().await;
        platform.mend_line();
        browser.start(&platform, &slug).await;
        browser.enter_sco().await;
        let data = browser.run(r#"const data = parent.API.LMSGetValue("cmi.suspend_data"); return [data.length, data[0]]"#).await;
        assert_eq!(data, serde_json::json!([1_000_000, "1"]));
        platform.journal_is_whole(amel).await;
        browser.close().await;
    }

    /// S16: the token runs out in the middle of the course; nobody notices.
    async fn a_token_that_runs_out_is_renewed_silently(platform: Platform) {
        let browser = Browser::open(1280).await;
        let (amel, _) = playing(&platform, &browser).await;
        browser.click("#save").await;
        browser.wait_for_state("saved").await;
        for place in 2..=3 {
            platform.advance_seconds(16 * 60);
            browser.enter_sco().await;
            browser.click("#save").await;
            browser.wait_for_text(&format!("gardé:p{place}")).await;
            browser.wait_for_state("saved").await;
        }
        everything_arrived(&platform, amel, 3).await;
        browser.close().await;
    }

    /// The learner was signed out meanwhile: what was done is kept, and sent after signing in.
    async fn signed_out_in_the_middle_keeps_everything(platform: Platform) {
        let browser = Browser::open(1280).await;
        let (amel, slug) = playing(&platform, &browser).await;
        browser.page().await;
        browser.delete_all_cookies().await.expect("no cookie");
        platform.advance_seconds(16 * 60);
        browser.enter_sco().await;
        browser.click("#save").await;
        browser.page().await;
        browser.wait_for_text("Vous n’êtes plus connecté").await;
        assert_ne!(state(&browser).await, "saved");
        browser.click("[data-message=signedout] .btn-main").await;
        browser.fill("input[name=email]", AMEL).await;
        browser.fill("input[name=password]", "un olivier et trois ânes").await;
        browser.click("main form button").await;
        browser.until("the module's page", |url| url.contains(&slug)).await;
        browser.click("aside form button").await;
        browser.enter_sco().await;
        browser.wait_for_text("ici:p1").await;
        everything_arrived(&platform, amel, 1).await;
        browser.close().await;
    }

    /// Storage is refused to embedded pages: the application's own page keeps the journal.
    async fn storage_that_is_refused_to_the_frame_is_the_pages(platform: Platform) {
        let browser = Browser::open_without_storage_for_packages(1280).await;
        let (amel, slug) = playing(&platform, &browser).await;
        browser.page().await;
        browser.start(&platform, &slug).await;
        browser.enter_sco().await;
        assert_eq!(browser.run("try { return localStorage.length } catch (error) { return error.name }").await, "SecurityError");
        platform.cut_line();
        browser.click("#save").await;
        browser.click("#save").await;
        browser.wait_for_state("offline").await;
        assert_eq!(browser.one("[data-save-text]").await.text().await.expect("words"), "Hors ligne : gardé ici");
        browser.kill_tab().await;
        platform.mend_line();
        browser.start(&platform, &slug).await;
        browser.enter_sco().await;
        browser.wait_for_text("ici:p2").await;
        everything_arrived(&platform, amel, 2).await;
        browser.close().await;
    }

    /// No storage anywhere: the page says that it must stay open, and goes on in memory.
    async fn no_storage_at_all_is_said(platform: Platform) {
        let browser = Browser::open_without_storage_for_packages(1280).await;
        let (amel, slug) = playing(&platform, &browser).await;
        let refuse = r#"for (const name of ["localStorage", "indexedDB"])
            Object.defineProperty(window, name, { get() { throw new DOMException("refused", "SecurityError"); } });"#;
        browser.run_first(refuse).await;
        browser.page().await;
        browser.start(&platform, &slug).await;
        browser.enter_sco().await;
        platform.cut_line();
        browser.click("#save").await;
        browser.wait_for_state("offline").await;
        browser.wait_for_text("ne fermez pas cette page").await;
        platform.mend_line();
        browser.wait_for_state("saved").await;
        everything_arrived(&platform, amel, 1).await;
        browser.close().await;
    }
}
