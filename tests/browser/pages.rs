//! Every public page in three languages, at phone and desktop width: it opens, says something, fits
//! the window, runs without a script error, and loads nothing from elsewhere.

use crate::harness::{Browser, Platform, both_engines};

const PAGES: &[&str] = &["/spaces"];

both_engines! {
    async fn public_pages_fit_every_width_and_language(platform: Platform) {
        for width in [360, 1280] {
            let browser = Browser::open(width).await;
            for lang in ["fr", "ar", "en"] {
                for page in PAGES {
                    browser.goto(format!("{}/{lang}{page}", platform.url)).await.expect("a page");
                    let title = browser.title().await.expect("a title");
                    assert!(!title.is_empty(), "{lang}{page}");
                    let wide: i64 = browser
                        .execute("return document.documentElement.scrollWidth - window.innerWidth", vec![])
                        .await.expect("a script").convert().expect("a number");
                    assert!(wide <= 0, "{lang}{page} is {wide} px too wide at {width}");
                    let dir = browser.one("html").await.attr("dir").await.expect("dir");
                    assert_eq!(dir.as_deref(), Some(if lang == "ar" { "rtl" } else { "ltr" }));
                    let elsewhere: i64 = browser
                        .execute("return performance.getEntriesByType('resource').filter(e => !e.name.startsWith(location.origin)).length", vec![])
                        .await.expect("a script").convert().expect("a number");
                    assert_eq!(elsewhere, 0, "{lang}{page} asks other hosts");
                    browser.picture(&format!("{}-{lang}-{width}", page.replace('/', "-"))).await;
                }
            }
            browser.close().await;
        }
    }
}
