//! A thin package of ours, imported again: the module plays inside it, and what is reached there
//! comes back through SCORM to the outer module.

use std::time::Duration;

use halqa::dispatch::{self, New, Standard};
use halqa::ids::PersonId;

use crate::harness::{Browser, Platform, both_engines};
use crate::player::zip;

const AMEL: &str = "amel@example.org";

/// Waits until somebody has completed a module; gives success and score.
async fn completed(platform: &Platform, person: PersonId, slug: &str) -> (String, Option<f64>) {
    let module = halqa::catalogue::module_by_slug(&platform.app, slug)
        .await
        .expect("a module");
    for _ in 0..200 {
        let rows = halqa::progress::of_person(&platform.app, person)
            .await
            .expect("asked");
        let row = rows
            .iter()
            .find(|row| row.module == module.id && row.state == "completed");
        if let Some(row) = row {
            return (row.success.clone(), row.score);
        }
        tokio::time::sleep(Duration::from_millis(100)).await;
    }
    panic!("{slug} was not completed");
}

async fn through(platform: &Platform, standard: Standard, width: u32) {
    let inner = platform.module(&zip(&["i1"])).await;
    let module = halqa::catalogue::module_by_slug(&platform.app, &inner)
        .await
        .expect("a module");
    let new = New {
        name: "Nous-mêmes".into(),
        hash_ids: true,
        ..New::default()
    };
    let made = dispatch::add(&platform.app, module.id, new)
        .await
        .expect("made");
    let package = dispatch::package(&platform.app, &made, standard)
        .await
        .expect("a package");
    let outer = platform.module(&package).await;
    assert_ne!(outer, inner);
    let amel = platform.person(AMEL, "Amel Ben Salah").await;
    let browser = Browser::open(width).await;
    browser.sign_in(platform, AMEL).await;
    browser.start(platform, &outer).await;
    browser.enter_sco_with("iframe").await;
    let frame = browser.one("iframe").await;
    frame.enter_frame().await.expect("our player");
    browser
        .picture(&format!("dispatch-{}-{width}", standard.code()))
        .await;
    crate::lti::play(&browser).await;
    assert_eq!(
        completed(platform, amel, &outer).await,
        ("passed".to_owned(), Some(0.8))
    );
    // The learner here is somebody of their own, known by what their browser made of the id.
    let rows = halqa::progress::of_person(&platform.app, amel)
        .await
        .expect("asked");
    assert!(rows.iter().all(|row| row.module != module.id));
    browser.close().await;
}

both_engines! {
    async fn scorm12_comes_back(platform: Platform) {
        through(&platform, Standard::Scorm12, 1280).await;
    }

    async fn scorm2004_comes_back(platform: Platform) {
        through(&platform, Standard::Scorm2004, 360).await;
    }
}
