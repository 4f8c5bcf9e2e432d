//! Finding something on a phone without JavaScript: a template, in Arabic, with a typing mistake.

use crate::community;
use crate::harness::Browser;

#[test]
fn a_template_is_found_in_arabic_with_a_typing_mistake() {
    let runtime = tokio::runtime::Runtime::new().expect("a runtime");
    runtime.block_on(async {
        let platform = community::platform().await;
        let browser = Browser::open_without_scripts(360).await;
        browser
            .goto(format!("{}/ar/", platform.url))
            .await
            .expect("the first page");
        // On a phone the header has the button only.
        browser.click("header .find button").await;
        browser.picture("search-begin-ar-360").await;
        browser
            .fill("main input[name=q]", "نموذج نضام اساسي للجمعية")
            .await;
        browser.click("main .filters .btn-main").await;
        browser.wait_for_text("نتائج البحث عن").await;
        browser.wait_for_text("نموذج نظام أساسيّ لجمعيّة محليّة").await;
        browser.one(".hits mark").await;
        browser.picture("search-found-ar-360").await;
        let found = browser.current_url().await.expect("an address");
        browser.click(".hits li:first-child h3 a").await;
        browser.one("h1").await;
        browser.wait_for_text("نموذج نظام أساسيّ لجمعيّة محليّة").await;
        browser.back().await.expect("the results again");
        browser.one(".hits mark").await;
        assert_eq!(browser.current_url().await.expect("an address"), found);
        // The kind narrows it down.
        browser.click("#f-kind option[value=document]").await;
        browser.click("main .filters .btn-main").await;
        browser.one(".hits mark").await;
        browser
            .goto(format!("{}/fr/search?q=assemblee+generale", platform.url))
            .await
            .expect("the results");
        browser.one(".hits mark").await;
        browser.picture("search-found-fr-360").await;
        browser.close().await;
        let wide = Browser::open(1280).await;
        for (lang, question) in [("fr", "budget"), ("ar", "الجمعية"), ("en", "association")]
        {
            wide.goto(format!("{}/{lang}/search?q={question}", platform.url))
                .await
                .expect("the results");
            wide.one(".hits mark").await;
            wide.picture(&format!("search-found-{lang}-1280")).await;
        }
        // The box in the header asks from any page.
        wide.goto(format!("{}/fr/seminars", platform.url))
            .await
            .expect("a page");
        wide.fill("header .find input", "budget").await;
        wide.click("header .find button").await;
        wide.one(".hits mark").await;
        wide.close().await;
    });
    runtime.shutdown_timeout(std::time::Duration::from_secs(1));
}
