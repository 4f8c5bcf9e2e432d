//! The main job in one go, as trainer, learner and coordinator: two zips are uploaded and
//! published, played to completion, the organisation's grid shows it, a seminar's door opens, the
//! seat is taken; once with the line cut and the tab killed in the middle of the SCO.

use std::path::PathBuf;
use std::time::Duration;

use thirtyfour::prelude::*;

use crate::harness::{Browser, Platform, both_engines};
use crate::packages;

/// Writes a zip where the browser can pick it.
fn on_disk(name: &str, bytes: &[u8]) -> PathBuf {
    let path = std::env::temp_dir().join(format!("{}-{name}", std::process::id()));
    std::fs::write(&path, bytes).expect("a zip on disk");
    path
}

impl Browser {
    /// The trainer's one page: choose a zip, publish it. Gives the module's slug.
    async fn upload_and_publish(&self, platform: &Platform, zip: &PathBuf) -> String {
        self.goto(format!("{}/fr/teach/upload", platform.url)).await.expect("the upload page");
        let field = self.one("input[type=file]").await;
        field.send_keys(zip.display().to_string()).await.expect("a file chosen");
        self.click("[data-publish], button[name=publish]").await;
        self.wait_for_text("Publié").await;
        let link = self.one("a[data-module]").await;
        let href = link.attr("href").await.expect("an attribute").expect("a link");
        href.rsplit('/').next().unwrap_or_default().to_owned()
    }

    /// Opens a module and goes into its SCO.
    async fn play(&self, platform: &Platform, slug: &str) {
        self.goto(format!("{}/fr/modules/{slug}", platform.url)).await.expect("the module page");
        self.click("form[action$='/play'] button").await;
        self.into_sco().await;
    }

    /// From the player's page into the package's own.
    async fn into_sco(&self) {
        self.enter_default_frame().await.expect("the page");
        let wrapper = self.one("[data-stage] iframe").await;
        wrapper.enter_frame().await.expect("the wrapper");
        let sco = self.one("#stage iframe").await;
        sco.enter_frame().await.expect("the SCO");
        self.one("#where").await;
    }

    /// Waits until the player says that everything is kept by the server.
    async fn wait_until_saved(&self) {
        self.enter_default_frame().await.expect("the page");
        self.one("[data-save][data-state=saved]").await;
    }
}
