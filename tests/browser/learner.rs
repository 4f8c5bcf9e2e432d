//! What people do in a browser: sign in, open a module, go into its SCO and out again.

use std::path::Path;
use std::time::Duration;

use halqa::accounts::{self, NewPerson};
use halqa::catalogue::{self, Options};
use halqa::db::testing::{self, EntryOf};
use halqa::ids::PersonId;
use halqa::web::Lang;
use thirtyfour::prelude::*;

use crate::harness::{Browser, Platform};

/// Everybody's password here.
pub const PASSWORD: &str = "un olivier et trois ânes";

/// A sample module of ours, zipped.
pub fn sample(name: &str) -> Vec<u8> {
    fn walk(folder: &Path, prefix: &str, files: &mut Vec<(String, Vec<u8>)>) {
        let mut entries: Vec<_> = std::fs::read_dir(folder)
            .expect("a folder")
            .flatten()
            .collect();
        entries.sort_by_key(std::fs::DirEntry::file_name);
        for entry in entries {
            let name = format!("{prefix}{}", entry.file_name().to_string_lossy());
            if entry.path().is_dir() {
                walk(&entry.path(), &format!("{name}/"), files);
            } else {
                files.push((name, std::fs::read(entry.path()).expect("a file")));
            }
        }
    }
    let folder = Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("scorm_packages")
        .join(name);
    let mut files = Vec::new();
    walk(&folder, "", &mut files);
    package::build::zip(files).expect("a zip")
}

impl Platform {
    /// An account.
    pub async fn person(&self, email: &str, name: &str) -> PersonId {
        let hash = self.app.passwords.hash_unchecked(PASSWORD.to_owned()).await;
        let person = NewPerson {
            id: self.app.ids.id(),
            email: email.to_owned(),
            name: name.to_owned(),
            language: Lang::Fr,
            password_hash: Some(hash.expect("a hash")),
        };
        let id = person.id;
        self.app
            .db
            .write((person, self.app.clock.now()), |tx, (person, now)| {
                Box::pin(accounts::add_person(tx, person, *now))
            })
            .await
            .expect("a person");
        id
    }

    /// A published module; gives its address.
    pub async fn module(&self, zip: &[u8]) -> String {
        let options = Options {
            publish: true,
            ..Options::default()
        };
        let imported = catalogue::import_bytes(&self.app, zip, options)
            .await
            .expect("imported");
        imported.module.slug
    }

    /// The journal of everything a person did, by session.
    pub async fn journal(&self, person: PersonId) -> Vec<EntryOf> {
        testing::journal_of(&self.app.db, person)
            .await
            .expect("a journal")
    }

    /// Nothing is missing in any session of a person, nothing is there twice, all of it counts
    /// (in the order of the fold); gives the texts of the entries.
    pub async fn journal_is_whole(&self, person: PersonId) -> Vec<String> {
        let entries = self.journal(person).await;
        let mut position = 0;
        for (at, entry) in entries.iter().enumerate() {
            let before = at.checked_sub(1).map(|before| &entries[before]);
            if before.is_none_or(|before| before.attempt != entry.attempt) {
                position = 0;
            }
            let expected = match before {
                Some(before) if before.session == entry.session => before.seq + 1,
                _ => 0,
            };
            assert_eq!(entry.seq, expected, "session {}", entry.session);
            position += 1;
            assert_eq!(entry.position, Some(position), "{}", entry.entry);
        }
        entries.into_iter().map(|entry| entry.entry).collect()
    }
}

impl Browser {
    /// Signs in through the form.
    pub async fn sign_in(&self, platform: &Platform, email: &str) {
        self.visit(platform, "/fr/sign-in").await;
        self.fill("input[name=email]", email).await;
        self.fill("input[name=password]", PASSWORD).await;
        self.click("main form button").await;
        self.one("a[href*='/me'], [data-menu]").await;
        self.until("the way in", |url| !url.contains("sign-in"))
            .await;
    }

    /// Opens a page of the platform.
    pub async fn visit(&self, platform: &Platform, path: &str) {
        self.goto(format!("{}{path}", platform.url))
            .await
            .expect("a page");
    }

    /// Waits until the address is as wanted.
    pub async fn until(&self, what: &str, wanted: impl Fn(&str) -> bool) {
        let mut last = String::new();
        for _ in 0..150 {
            last = self.current_url().await.expect("an address").to_string();
            if wanted(&last) {
                return;
            }
            tokio::time::sleep(Duration::from_millis(50)).await;
        }
        panic!("no {what}: {last}\n{}", self.text().await);
    }

    /// Clicks "start" or "resume" on a module's page.
    pub async fn start(&self, platform: &Platform, slug: &str) {
        self.start_in(platform, "fr", slug).await;
    }

    /// The same in a language.
    pub async fn start_in(&self, platform: &Platform, lang: &str, slug: &str) {
        self.visit(platform, &format!("/{lang}/modules/{slug}"))
            .await;
        self.click("aside form button").await;
    }

    /// Into the SCO: the wrapper's frame, then the SCO's, once `ready` is there.
    pub async fn enter_sco_with(&self, ready: &str) {
        for _ in 0..150 {
            self.page().await;
            if self.enter_frames(ready).await.is_ok() {
                return;
            }
            tokio::time::sleep(Duration::from_millis(100)).await;
        }
        self.page().await;
        self.picture("player-without-sco").await;
        panic!("no SCO in:\n{}", self.text().await);
    }

    /// Into a SCO of these tests.
    pub async fn enter_sco(&self) {
        self.enter_sco_with("#where:not(:empty)").await;
    }

    async fn enter_frames(&self, ready: &str) -> WebDriverResult<()> {
        for frame in ["[data-stage] > iframe", "#stage > iframe"] {
            let frame = self.query(By::Css(frame)).nowait().first().await?;
            frame.enter_frame().await?;
        }
        self.query(By::Css(ready)).nowait().first().await?;
        Ok(())
    }

    /// Out again, to the application's page.
    pub async fn page(&self) {
        self.enter_default_frame().await.expect("the page");
    }

    /// Waits until the page says so about saving.
    pub async fn wait_for_state(&self, state: &str) {
        self.page().await;
        let save = self.one("[data-save]").await;
        let mut shown = None;
        for _ in 0..150 {
            shown = save.attr("data-state").await.expect("an attribute");
            if shown.as_deref() == Some(state) {
                return;
            }
            tokio::time::sleep(Duration::from_millis(100)).await;
        }
        self.picture("state-otherwise").await;
        let title = save.attr("title").await.expect("an attribute");
        panic!(
            "wanted {state}, shows {shown:?} ({title:?}): {}",
            self.text().await
        );
    }

    /// Runs a script in the present frame.
    pub async fn run(&self, script: &str) -> serde_json::Value {
        self.execute(script, vec![])
            .await
            .unwrap_or_else(|error| panic!("{script}: {error}"))
            .json()
            .clone()
    }

    /// The tab is killed: no event of the page runs on.
    pub async fn kill_tab(&self) {
        let other = self.new_tab().await.expect("a tab");
        self.close_window().await.expect("closed");
        self.switch_to_window(other).await.expect("switched");
    }

    /// Waits until the menu shows this, one line per activity: `*` open here, `>` can be chosen,
    /// `-` cannot; then the state of what can be launched, and the engine's reason where not.
    pub async fn wait_for_menu(&self, wanted: &[&str]) {
        let script = r#"return [...document.querySelectorAll("[data-list] [data-activity]")].map((item) => {
            const mark = item.hasAttribute("aria-current") ? "*" : item.tagName === "BUTTON" ? ">" : "-";
            const cell = item.querySelector(".cell");
            const state = cell ? " " + (cell.dataset.state ?? "") : "";
            const why = item.querySelector("[data-reason]")?.dataset.reason;
            return `${mark} ${item.dataset.activity}${state}${why ? " " + why : ""}`.trim();
        })"#;
        self.page().await;
        let mut shown = serde_json::Value::Null;
        for _ in 0..100 {
            shown = self.run(script).await;
            if shown == serde_json::json!(wanted) {
                return;
            }
            tokio::time::sleep(Duration::from_millis(100)).await;
        }
        self.picture("menu-otherwise").await;
        panic!("the menu shows {shown:#}\nwanted {wanted:#?}");
    }
}
