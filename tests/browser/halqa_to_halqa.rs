//! Two platforms of ours: one opens a module of the other as an external tool, and the grade comes
//! back to the one that opened it.

use std::time::Duration;

use halqa::catalogue::{self, Change};
use halqa::lti::platforms::{self, NewPlatform};
use halqa::lti::tools::{self, NewTool};
use lti::platform::content::Link;

use crate::harness::{Browser, Platform, both_engines};
use crate::player::zip;

const AMEL: &str = "amel@example.org";

both_engines! {
    async fn a_module_of_another_halqa_counts_here(platform: Platform) {
        let other = Platform::start("sqlite").await;
        let there = other.module(&zip(&["i1"])).await;
        let at = |path: &str| format!("{}{path}", other.url);
        let new = NewTool {
            name: "Halqa de Sfax".into(),
            login_url: at("/lti/login"),
            target_url: at("/lti/launch"),
            picker_url: Some(at("/lti/deep-linking")),
            redirect_uris: vec![at("/lti/launch"), at("/lti/deep-linking")],
            jwks_url: Some(at("/lti/jwks")),
            local: true,
            ..NewTool::default()
        };
        let tool = tools::add(&platform.app, new).await.expect("registered");
        let at = |path: &str| format!("{}{path}", platform.url);
        let new = NewPlatform {
            name: "Halqa".into(),
            issuer: platform.url.clone(),
            client_id: tool.client_id.clone(),
            auth_url: at("/lti/platform/authorize"),
            token_url: at("/lti/platform/token"),
            jwks_url: at("/lti/jwks"),
            deployment: Some(tool.deployment.clone()),
            local: true,
            ..NewPlatform::default()
        };
        platforms::add(&other.app, new).await.expect("registered there");
        let link = Link {
            url: Some(format!("{}/modules/{there}", other.url)),
            title: Some("Tenir une caisse, à Sfax".into()),
            text: None,
            custom: Vec::new(),
            maximum: None,
        };
        let made = tools::make_module(&platform.app, &tool, &link, None).await.expect("made");
        let change = Change { published: Some(true), ..Change::default() };
        catalogue::change(&platform.app, made.id, change).await.expect("published");
        let amel = platform.person(AMEL, "Amel Ben Salah").await;
        let browser = Browser::open(1280).await;
        browser.sign_in(&platform, AMEL).await;
        browser.start(&platform, &made.slug).await;
        browser.one("[data-player]").await;
        let here = browser.current_url().await.expect("an address");
        assert!(here.as_str().starts_with(&other.url), "{here}");
        browser.picture("halqa-to-halqa").await;
        crate::lti::play(&browser).await;
        for _ in 0..200 {
            halqa::jobs::run_due(&other.app, &halqa::handlers()).await.expect("the outbox there");
            let rows = halqa::progress::of_person(&platform.app, amel).await.expect("asked");
            let row = rows.iter().find(|row| row.module == made.id);
            if row.is_some_and(|row| row.state == "completed" && row.score == Some(0.8)) {
                browser.close().await;
                return;
            }
            tokio::time::sleep(Duration::from_millis(100)).await;
        }
        panic!("the grade did not come back");
    }
}
