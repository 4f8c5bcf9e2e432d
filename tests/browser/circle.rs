//! The community's journeys, without JavaScript, on a phone: a question in Arabic that finds two
//! solutions and becomes a fiche; a template that is found and copied; an organisation at rest.

use halqa::demo;

use crate::community;
use crate::harness::{Browser, Platform};

fn run(story: impl Future<Output = ()>) {
    let runtime = tokio::runtime::Runtime::new().expect("a runtime");
    runtime.block_on(story);
    runtime.shutdown_timeout(std::time::Duration::from_secs(1));
}

async fn demo_platform() -> Platform {
    community::platform().await
}

/// A browser without scripts in which this person is signed in.
async fn browser_of(platform: &Platform, who: &str) -> Browser {
    let browser = Browser::open_without_scripts(360).await;
    browser
        .goto(format!("{}/ar/sign-in", platform.url))
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
fn a_question_in_arabic_finds_two_solutions_and_becomes_a_fiche() {
    run(async {
        let platform = demo_platform().await;
        let asker = browser_of(&platform, "learner").await;
        asker
            .goto(format!("{}/ar/spaces/cadre-legislatif", platform.url))
            .await
            .expect("the space");
        asker.click(".page-head a.btn-main").await;
        asker
            .fill("input[name=title]", "كيف نغيّر مقرّ الجمعيّة؟")
            .await;
        asker
            .fill("textarea[name=body]", "انتقلنا إلى **حيّ آخر**، فما العمل؟")
            .await;
        asker.click("button[name=preview]").await;
        asker.one(".panel .prose strong").await;
        asker.click("main form .btn-main").await;
        asker.wait_for_text("كيف نغيّر مقرّ الجمعيّة؟").await;
        let topic = asker.current_url().await.expect("an address").to_string();
        let topic = topic.split('?').next().unwrap_or_default().to_owned();
        for (who, answer) in [
            ("animator", "جلسة عامّة ثمّ **إعلام** الكاتب العامّ للحكومة."),
            ("coordinator", "لا تنسوا إشهار التغيير في الرائد الرسميّ."),
        ] {
            let browser = browser_of(&platform, who).await;
            browser.goto(&topic).await.expect("the question");
            browser.fill("#reply textarea[name=body]", answer).await;
            browser.click("#reply .btn-main").await;
            browser.one(".post:nth-of-type(2)").await;
            browser.close().await;
        }
        asker.goto(&topic).await.expect("the question");
        for _ in 0..2 {
            asker.click("button[name=accepted]").await;
            asker.one(".is-solution").await;
        }
        asker.picture("circle-solved-ar-360").await;
        asker
            .click(".is-solution form[action$='/fiche'] button")
            .await;
        asker
            .one("section.panel[data-hue=good] .prose strong")
            .await;
        asker.picture("circle-fiche-ar-360").await;
        asker
            .goto(format!("{}/ar/toolbox?kind=fiche&q=مقر", platform.url))
            .await
            .expect("the toolbox");
        asker.wait_for_text("كيف نغيّر مقرّ الجمعيّة؟").await;
        asker.close().await;
    });
}

#[test]
fn a_template_is_found_and_copied() {
    run(async {
        let platform = demo_platform().await;
        let browser = browser_of(&platform, "coordinator").await;
        browser
            .goto(format!("{}/fr/toolbox", platform.url))
            .await
            .expect("the toolbox");
        browser.click(".tasks li:nth-child(3) a").await;
        // Above the list stands what waits for the coordinator's word.
        browser.click("#results ~ .cards .doc h3 a").await;
        browser.click("form[action$='/copy'] button").await;
        browser.wait_for_text("Adapté de").await;
        browser.click("form[action$='/release'] .btn-main").await;
        browser.wait_for_text("C’est en ligne.").await;
        browser.picture("circle-copy-fr-360").await;
        browser.close().await;
    });
}

#[test]
fn an_organisation_rests_and_wakes() {
    run(async {
        let platform = demo_platform().await;
        let slug = "jeunes-et-territoire-du-kef";
        let page = format!("{}/fr/organisations/{slug}", platform.url);
        let coordinator = browser_of(&platform, "coordinator").await;
        let anybody = Browser::open_without_scripts(360).await;
        coordinator.goto(&page).await.expect("the organisation");
        coordinator.click("details.fold summary").await;
        coordinator.click("button[name=resting]").await;
        coordinator
            .wait_for_text("Votre organisation est en veille")
            .await;
        coordinator.picture("circle-rest-fr-360").await;
        anybody.goto(&page).await.expect("no page");
        anybody.one(".lost").await;
        anybody
            .goto(format!("{}/fr/organisations?q=Kef", platform.url))
            .await
            .expect("the directory");
        let text = anybody.one("main").await.text().await.expect("words");
        assert!(!text.contains("Jeunes et Territoire"), "{text}");
        coordinator.click("button[name=resting]").await;
        coordinator.wait_for_text("de nouveau visible").await;
        anybody.goto(&page).await.expect("the organisation");
        anybody.wait_for_text("Jeunes et Territoire du Kef").await;
        anybody.close().await;
        coordinator.close().await;
    });
}
