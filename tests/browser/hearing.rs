//! A saved search becomes a digest, and the digest stops with one click: without JavaScript, on a
//! phone, in French and in Arabic.

use halqa::demo;

use crate::community;
use crate::harness::{Browser, Platform};

fn run(story: impl Future<Output = ()>) {
    let runtime = tokio::runtime::Runtime::new().expect("a runtime");
    runtime.block_on(story);
    runtime.shutdown_timeout(std::time::Duration::from_secs(1));
}

async fn browser_of(platform: &Platform, lang: &str, who: &str) -> Browser {
    let browser = Browser::open_without_scripts(360).await;
    let page = format!("{}/{lang}/sign-in", platform.url);
    browser.goto(page).await.expect("a page");
    browser
        .fill("input[name=email]", &format!("{who}@halqa.example"))
        .await;
    browser.fill("input[name=password]", demo::PASSWORD).await;
    browser.click("main form button").await;
    browser.one("header [data-menu] .avatar").await;
    browser
}

/// Saves a search, lets somebody ask what it looks for, reads the digest as an administrator, and
/// stops it.
async fn journey(lang: &str, words: &str, title: &str) {
    let platform = community::platform().await;
    let url = platform.url.clone();
    let go = async |browser: &Browser, path: &str| {
        let page = format!("{url}/{lang}{path}");
        browser.goto(page).await.expect("a page");
    };
    let reader = browser_of(&platform, lang, "regional").await;
    go(&reader, "/watch").await;
    reader.click("details.fold summary").await;
    reader.fill("main input[name=q]", words).await;
    reader.click("details.fold .btn-main").await;
    reader.picture(&format!("hearing-view-{lang}-360")).await;
    reader.click(".save-view form button").await;
    reader.one(".save-view details.follow").await;

    let asker = browser_of(&platform, lang, "learner").await;
    go(&asker, "/spaces/cadre-legislatif/new").await;
    asker.fill("input[name=title]", title).await;
    asker.fill("textarea[name=body]", title).await;
    asker.click("main form .btn-main").await;
    asker.wait_for_text(title).await;

    // The bell, then the page, each with its reason; it stays unread.
    for _ in 0..40 {
        go(&reader, "/me/notifications").await;
        if reader.text().await.contains(title) {
            break;
        }
        // The outbox's workers, as `halqa serve` runs them.
        halqa::jobs::run_due(&platform.app, &halqa::handlers())
            .await
            .expect("the outbox");
    }
    reader.one(".bell .bell-n").await;
    reader.wait_for_text(title).await;
    reader.one(".notice.is-new").await;
    reader.picture(&format!("hearing-list-{lang}-360")).await;

    let admin = browser_of(&platform, lang, "admin").await;
    go(&admin, "/admin/outbox").await;
    admin.wait_for_text(title).await;
    admin.picture(&format!("hearing-outbox-{lang}-360")).await;
    let text = admin.text().await;
    // Others are told as well: the letter is the one to this reader that names the question.
    let letter = text
        .split("regional@halqa.example")
        .skip(1)
        .find(|letter| {
            let named = letter.find(title);
            named.is_some() && named < letter.find("/unsubscribe/")
        })
        .expect("the letter");
    let address = letter
        .split_whitespace()
        .find(|word| word.contains("/unsubscribe/"))
        .expect("an address")
        .to_owned();
    // Whoever reads their mail is signed in nowhere.
    let anybody = Browser::open_without_scripts(360).await;
    anybody.goto(&address).await.expect("the page");
    anybody.picture(&format!("hearing-stop-{lang}-360")).await;
    anybody.click("main form .btn-main").await;
    // In the language of whom the letter is for, whatever they read their pages in.
    anybody.wait_for_text("C’est arrêté").await;
    go(&admin, "/admin/outbox").await;
    let text = admin.text().await;
    assert!(
        !text.contains(&address),
        "the digest on its way has stopped"
    );
    go(&reader, "/me/follows").await;
    reader.picture(&format!("hearing-follows-{lang}-360")).await;
    go(&reader, "/me/notifications/settings").await;
    reader
        .picture(&format!("hearing-settings-{lang}-360"))
        .await;
    for browser in [reader, asker, admin, anybody] {
        browser.close().await;
    }
}

#[test]
fn a_saved_search_becomes_a_digest_and_stops_in_french() {
    run(journey(
        "fr",
        "tresorerie",
        "Qui signe la Trésorerie de l’association ?",
    ));
}

#[test]
fn a_saved_search_becomes_a_digest_and_stops_in_arabic() {
    run(journey("ar", "الخزينة", "من يوقّع على الخزينة؟"));
}
