//! The programme's follow-up: from a figure to its rows and files; a sheet from its first word to
//! the public timeline.

use std::time::Duration;

use halqa::demo;
use halqa::follow_up::figures;
use thirtyfour::By;

use crate::harness::{Browser, Platform};
use crate::pages::demo_platform;

async fn sign_in(browser: &Browser, platform: &Platform, who: &str) {
    browser
        .goto(format!("{}/fr/sign-in", platform.url))
        .await
        .expect("a page");
    browser
        .fill("input[name=email]", &format!("{who}@halqa.example"))
        .await;
    browser.fill("input[name=password]", demo::PASSWORD).await;
    browser.click("main form button").await;
    browser.one("header [data-menu] .avatar").await;
}

async fn journey(width: u32, lang: &str) {
    let platform = demo_platform().await;
    figures::refresh(&platform.app).await.expect("counted");
    let browser = Browser::open(width).await;
    sign_in(&browser, &platform, "regional").await;
    let shot = |name: &str| format!("follow-up-{name}-{lang}-{width}");

    // A figure, its rows, the same number, a file.
    browser
        .goto(format!("{}/{lang}/follow-up", platform.url))
        .await
        .expect("a page");
    browser.picture(&shot("dashboard")).await;
    let figure = browser
        .one("a[href*='/rows/registrations']")
        .await
        .text()
        .await
        .expect("a figure");
    assert!(
        figure.chars().any(|c| c.is_ascii_digit() && c != '0'),
        "the demo has some: {figure}"
    );
    browser.click("a[href*='/rows/registrations']").await;
    browser.one(".table tbody tr").await;
    browser.picture(&shot("rows")).await;
    let rows = browser
        .find_all(By::Css(".table tbody tr"))
        .await
        .expect("rows")
        .len();
    if rows < 50 {
        assert_eq!(figure.trim(), rows.to_string(), "the figure is its rows");
    }
    let fetched = "const done = arguments[0]; fetch(document.querySelector(\"main a[href*='/export/csv']\").href) \
        .then(a => a.text().then(t => done(a.status + ' ' + a.headers.get('content-disposition') + ' ' + t.trim().split('\\n').length)))";
    let file: String = browser
        .execute_async(fetched, vec![])
        .await
        .expect("a script")
        .convert()
        .expect("a text");
    assert!(file.starts_with("200 attachment;"), "{file}");
    let lines: usize = file
        .rsplit(' ')
        .next()
        .and_then(|n| n.parse().ok())
        .expect("lines");
    assert!(lines > rows, "{file}");

    // A sheet: written, a milestone reached, published.
    browser
        .goto(format!("{}/{lang}/follow-up/sheets/new", platform.url))
        .await
        .expect("a page");
    let title = if lang == "ar" {
        "مكتبة متنقّلة في تاجروين"
    } else {
        "Une bibliothèque qui voyage"
    };
    browser.fill("input[name=title]", title).await;
    browser.fill("textarea[name=objective]", "1 2 3").await;
    let dates = "document.querySelector('[name=from]').value = '2026-02-01'; document.querySelector('[name=until]').value = '2027-10-01'";
    browser.execute(dates, vec![]).await.expect("dates");
    browser.click("main form .btn-main").await;
    browser.wait_for_text(title).await;
    browser
        .click("form[action$='/step'] button[value=begin]")
        .await;
    browser.one(".alert").await;
    browser
        .click("section[aria-labelledby=milestones] summary")
        .await;
    browser.fill("input[name=milestone]", "Sidi Mtir").await;
    browser
        .execute(
            "document.querySelector('[name=due]').value = '2026-06-01'",
            vec![],
        )
        .await
        .expect("a date");
    browser.click("form[action$='/milestones'] .btn-main").await;
    browser.wait_for_text("Sidi Mtir").await;
    browser.click("form[action$='/done'] button").await;
    browser.one("form[action$='/open'] button").await;
    browser.click("button[name=publish][value=yes]").await;
    browser.one("button[name=publish][value=no]").await;
    browser.picture(&shot("sheet")).await;
    browser.close().await;

    // Everybody sees it.
    let anybody = Browser::open(width).await;
    anybody
        .goto(format!("{}/{lang}/timeline", platform.url))
        .await
        .expect("a page");
    anybody.wait_for_text(title).await;
    anybody.picture(&shot("timeline")).await;
    anybody
        .goto(format!("{}/{lang}/timeline?region=le-kef", platform.url))
        .await
        .expect("a page");
    anybody.click(".timeline h3 a").await;
    anybody.one("h1").await;
    anybody.picture(&shot("action")).await;
    anybody.close().await;
}

fn run(story: impl Future<Output = ()>) {
    let runtime = tokio::runtime::Runtime::new().expect("a runtime");
    runtime.block_on(story);
    runtime.shutdown_timeout(Duration::from_secs(1));
}

#[test]
fn from_a_figure_to_the_timeline_on_a_phone() {
    run(journey(360, "fr"));
}

#[test]
fn from_a_figure_to_the_timeline_on_a_phone_in_arabic() {
    run(journey(360, "ar"));
}

#[test]
fn from_a_figure_to_the_timeline_on_a_screen() {
    run(journey(1280, "fr"));
}
