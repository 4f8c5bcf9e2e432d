//! A saved search becomes a digest, and the digest stops with one click: without JavaScript, by
//! touch and by keyboard, in each language.

use crate::community;
use crate::hand::{every_way, says};

every_way! {
    /// Saves a search, lets somebody ask what it looks for, reads the digest as an administrator, and
    /// stops it.
    async fn a_saved_search_becomes_a_digest_and_stops(way: Way) {
        let words = way.of_three(["tresorerie", "الخزينة", "treasury"]);
        let title = way.of_three([
            "Qui signe la Trésorerie de l’association ?", "من يوقّع على الخزينة؟", "Who signs for the treasury?",
        ]);
        let platform = community::platform().await;
        let reader = way.of(&platform, "regional").await;
        way.go(&reader, &platform, "/watch").await;
        reader.click("details.fold summary").await;
        reader.fill("main input[name=q]", words).await;
        reader.click("details.fold .btn-main").await;
        reader.picture(&way.shot("hearing-view")).await;
        reader.click(".save-view form button").await;
        reader.one(".save-view details.follow").await;

        let asker = way.of(&platform, "learner").await;
        way.go(&asker, &platform, "/spaces/cadre-legislatif/new").await;
        asker.fill("input[name=title]", title).await;
        asker.fill("textarea[name=body]", title).await;
        asker.click("main form .btn-main").await;
        asker.wait_for_text(title).await;

        // The bell, then the page, each with its reason; it stays unread.
        for _ in 0..40 {
            way.go(&reader, &platform, "/me/notifications").await;
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
        reader.picture(&way.shot("hearing-list")).await;

        let admin = way.of(&platform, "admin").await;
        way.go(&admin, &platform, "/admin/outbox").await;
        admin.wait_for_text(title).await;
        admin.picture(&way.shot("hearing-outbox")).await;
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
        let anybody = way.browser().await;
        anybody.goto(&address).await.expect("the page");
        anybody.picture(&way.shot("hearing-stop")).await;
        anybody.click("main form .btn-main").await;
        // In the language of whom the letter is for, whatever they read their pages in.
        anybody.wait_for_text(&says("fr", "notifications-stopped-title")).await;
        way.go(&admin, &platform, "/admin/outbox").await;
        let text = admin.text().await;
        assert!(
            !text.contains(&address),
            "the digest on its way has stopped"
        );
        way.go(&reader, &platform, "/me/follows").await;
        reader.picture(&way.shot("hearing-follows")).await;
        way.go(&reader, &platform, "/me/notifications/settings").await;
        reader
            .picture(&way.shot("hearing-settings"))
            .await;
        for browser in [reader, asker, admin, anybody] {
            browser.close().await;
        }
    }
}
