//! The community's journeys, without JavaScript, by touch and by keyboard, in each language: a
//! question in Arabic that finds two solutions and becomes a fiche; a template that is found, shared
//! and copied; an organisation at rest; everything about oneself, and no trace left.

use halqa::demo;

use crate::community;
use crate::hand::every_way;

every_way! {
    async fn a_question_in_arabic_finds_two_solutions_and_becomes_a_fiche(way: Way) {
        let platform = community::platform().await;
        let asker = way.of(&platform, "learner").await;
        way.go(&asker, &platform, "/spaces/cadre-legislatif").await;
        asker.click(".page-head a.btn-main").await;
        asker.fill("input[name=title]", "كيف نغيّر مقرّ الجمعيّة؟").await;
        asker.fill("textarea[name=body]", "انتقلنا إلى **حيّ آخر**، فما العمل؟").await;
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
            let browser = way.of(&platform, who).await;
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
        asker.picture(&way.shot("circle-solved")).await;
        asker.click(".is-solution form[action$='/fiche'] button").await;
        asker.one("section.panel[data-hue=good] .prose strong").await;
        asker.picture(&way.shot("circle-fiche")).await;
        way.go(&asker, &platform, "/toolbox?kind=fiche&q=مقر").await;
        asker.wait_for_text("كيف نغيّر مقرّ الجمعيّة؟").await;
        asker.close().await;
    }

    async fn a_template_is_found_shared_and_copied(way: Way) {
        let platform = community::platform().await;
        let browser = way.of(&platform, "coordinator").await;
        way.go(&browser, &platform, "/toolbox").await;
        browser.click(".tasks li:nth-child(3) a").await;
        // Above the list stands what waits for the coordinator's word.
        browser.click("#results ~ .cards .doc h3 a").await;
        browser.click("details.share summary").await;
        let address = browser.one("#share-url").await.attr("value").await.expect("a value").expect("an address");
        assert!(address.starts_with(&platform.url), "{address}");
        let by = browser.one(".share a[href*='wa.me'], .share a[href*='whatsapp']").await.attr("href").await;
        let by = by.expect("an attribute").expect("an address");
        let path = address.trim_start_matches(&platform.url).trim_start_matches('/');
        assert!(by.contains(&path.replace('/', "%2F")), "{by}: {path}");
        browser.picture(&way.shot("circle-share")).await;
        browser.click("form[action$='/copy'] button").await;
        browser.wait_for_text(&way.says("documents-adapted-from")).await;
        browser.click("form[action$='/release'] .btn-main").await;
        browser.wait_for_text(&way.says("flash-document-released")).await;
        browser.picture(&way.shot("circle-copy")).await;
        browser.close().await;
    }

    async fn an_organisation_rests_and_wakes(way: Way) {
        let platform = community::platform().await;
        let page = "/organisations/jeunes-et-territoire-du-kef";
        let coordinator = way.of(&platform, "coordinator").await;
        let anybody = way.browser().await;
        way.go(&coordinator, &platform, page).await;
        coordinator.click("details.fold summary").await;
        coordinator.click("button[name=resting]").await;
        coordinator.wait_for_text(&way.says("organisations-resting")).await;
        coordinator.picture(&way.shot("circle-rest")).await;
        way.go(&anybody, &platform, page).await;
        anybody.one(".lost").await;
        way.go(&anybody, &platform, "/organisations?q=Kef").await;
        let text = anybody.one("main").await.text().await.expect("words");
        assert!(!text.contains("Jeunes et Territoire"), "{text}");
        coordinator.click("button[name=resting]").await;
        coordinator.wait_for_text(&way.says("flash-awake")).await;
        way.go(&anybody, &platform, page).await;
        anybody.wait_for_text("Jeunes et Territoire du Kef").await;
        anybody.close().await;
        coordinator.close().await;
    }

    async fn everything_about_oneself_and_no_trace(way: Way) {
        let platform = community::platform().await;
        let browser = way.of(&platform, "learner").await;
        way.go(&browser, &platform, "/me").await;
        browser.click("main a[href$='/me/data']").await;
        let file = browser.one("a[href$='/me/data/export']").await;
        let file = file.attr("href").await.expect("an attribute").expect("an address");
        let session = browser.get_named_cookie("halqa").await.expect("signed in");
        let answer = reqwest::Client::new()
            .get(format!("{}{file}", platform.url))
            .header("cookie", format!("halqa={}", session.value))
            .send()
            .await
            .expect("an answer");
        assert_eq!(answer.headers()["content-type"], "application/zip");
        assert!(answer.bytes().await.expect("a file").starts_with(b"PK"));
        browser.click("details.fold summary").await;
        browser.fill("input[name=email]", "learner@halqa.example").await;
        browser.fill("input[name=present]", demo::PASSWORD).await;
        browser.picture(&way.shot("rights-erase")).await;
        browser.click("main form .btn-danger").await;
        browser.one("header a[href*='/sign-in']").await;
        browser.picture(&way.shot("rights-erased")).await;
        way.go(&browser, &platform, "/sign-in").await;
        browser.fill("input[name=email]", "learner@halqa.example").await;
        browser.fill("input[name=password]", demo::PASSWORD).await;
        browser.click("main form button").await;
        browser.one("main form [aria-invalid=true], main .errors").await;
        browser.close().await;
    }
}
