//! The directory's journeys, without JavaScript, on a phone: who can help is found, written to and
//! answers; a link invites and is accepted.

use halqa::demo;

use crate::harness::{Browser, Platform};
use crate::pages::demo_platform;

fn run(story: impl Future<Output = ()>) {
    let runtime = tokio::runtime::Runtime::new().expect("a runtime");
    runtime.block_on(story);
    runtime.shutdown_timeout(std::time::Duration::from_secs(1));
}

/// A browser without scripts in which this person of the demo is signed in.
async fn browser_of(platform: &Platform, lang: &str, who: &str) -> Browser {
    let browser = Browser::open_without_scripts(360).await;
    browser
        .goto(format!("{}/{lang}/sign-in", platform.url))
        .await
        .expect("a page");
    browser
        .fill("input[name=email]", &format!("{who}@halqa.example"))
        .await;
    browser.fill("input[name=password]", demo::PASSWORD).await;
    browser.click("main form button").await;
    browser.one("header [data-menu] .avatar").await;
    browser
}

#[test]
fn who_can_help_is_found_written_to_and_answers() {
    run(async {
        let platform = demo_platform().await;
        let asker = browser_of(&platform, "ar", "coordinator").await;
        asker
            .goto(format!("{}/ar/directory", platform.url))
            .await
            .expect("the directory");
        asker.picture("directory-ar-360").await;
        asker
            .fill("main input[name=q]", "الميزانية التشاركية")
            .await;
        asker.click(".filters .btn-main").await;
        asker.wait_for_text("يتقن").await;
        asker.picture("directory-found-ar-360").await;
        asker.click(".helper h3 a").await;
        asker.picture("directory-person-ar-360").await;
        asker.click("main .actions .btn-main").await;
        asker.fill("input[name=subject]", "منتدى مواطني").await;
        asker
            .fill("textarea[name=body]", "هل تساعدوننا في إعداد المنتدى؟")
            .await;
        asker.click("main form .btn-main").await;
        asker.wait_for_text("أُرسلت الرسالة").await;
        let answers = browser_of(&platform, "fr", "amel.hmidi").await;
        answers
            .goto(format!("{}/fr/me/messages", platform.url))
            .await
            .expect("the messages");
        answers.picture("messages-fr-360").await;
        answers.click("main .list h2 a").await;
        answers.fill("textarea[name=body]", "بكلّ سرور.").await;
        answers.click("main form .btn-main").await;
        answers.wait_for_text("Message envoyé").await;
        answers.picture("messages-thread-fr-360").await;
        asker
            .goto(format!("{}/ar/me/messages", platform.url))
            .await
            .expect("the messages");
        asker.click("main .list h2 a").await;
        asker.wait_for_text("بكلّ سرور").await;
        let text = asker.text().await;
        assert!(!text.contains("@halqa.example"), "{text}");
        answers.close().await;
        asker.close().await;
    });
}

#[test]
fn a_link_invites_and_is_accepted() {
    run(async {
        let platform = demo_platform().await;
        let coordinator = browser_of(&platform, "fr", "coordinator").await;
        let place = format!(
            "{}/fr/organisations/jeunes-et-territoire-du-kef",
            platform.url
        );
        coordinator
            .goto(format!("{place}/invitations"))
            .await
            .expect("the invitations");
        coordinator.click("main .split .form .btn-main").await;
        coordinator.wait_for_text("Le lien est prêt").await;
        coordinator.picture("invitations-fr-360").await;
        let address = coordinator.one(".invitation input").await;
        let address = address.attr("value").await.expect("a value");
        let address = address.expect("an address").replace("/fr/", "/ar/");
        let guest = browser_of(&platform, "ar", "amel.hmidi").await;
        guest.goto(&address).await.expect("the door");
        guest.picture("join-ar-360").await;
        guest.click("form[action$='/accept'] .btn-main").await;
        guest.wait_for_text("أصبحت عضوًا").await;
        coordinator
            .goto(format!("{place}/members"))
            .await
            .expect("the members");
        coordinator.picture("members-fr-360").await;
        guest.close().await;
        coordinator.close().await;
    });
}
