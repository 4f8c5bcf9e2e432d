//! How somebody goes through pages: by touch on a phone, or by the keyboard alone on a screen. A
//! journey is written once ([`Browser::click`], [`Browser::fill`]) and holds in each way.

use std::fs;
use std::path::Path;

use halqa::demo;
use thirtyfour::prelude::*;

use crate::harness::{Browser, Platform};

/// A language, a window and a hand.
#[derive(Clone, Copy)]
pub struct Way {
    /// `fr`, `ar` or `en`.
    pub lang: &'static str,
    /// CSS pixels.
    pub width: u32,
    /// By the keyboard alone.
    pub keyboard: bool,
}

/// Runs a journey in each way.
macro_rules! every_way {
    ($($(#[$meta:meta])* async fn $name:ident($way:ident : Way) $body:block)*) => {$(
        $(#[$meta])*
        mod $name {
            #[allow(unused_imports)]
            use super::*;

            async fn journey($way: $crate::hand::Way) $body

            #[test]
            fn touched_in_french() {
                $crate::hand::run(journey($crate::hand::Way { lang: "fr", width: 360, keyboard: false }));
            }

            #[test]
            fn touched_in_arabic() {
                $crate::hand::run(journey($crate::hand::Way { lang: "ar", width: 360, keyboard: false }));
            }

            #[test]
            fn by_keys_in_arabic() {
                $crate::hand::run(journey($crate::hand::Way { lang: "ar", width: 1280, keyboard: true }));
            }

            #[test]
            fn by_keys_in_english() {
                $crate::hand::run(journey($crate::hand::Way { lang: "en", width: 1280, keyboard: true }));
            }
        }
    )*};
}
pub(crate) use every_way;

/// Runs a journey to its end.
pub fn run(story: impl Future<Output = ()>) {
    let runtime = tokio::runtime::Runtime::new().expect("a runtime");
    runtime.block_on(story);
    runtime.shutdown_timeout(std::time::Duration::from_secs(1));
}

impl Way {
    /// A browser of this way, with JavaScript turned off.
    pub async fn browser(self) -> Browser {
        self.held(Browser::open_without_scripts(self.width).await)
    }

    /// A browser of this way for the two pages that are programs: the player and the presence list.
    pub async fn browser_with_scripts(self) -> Browser {
        self.held(Browser::open(self.width).await)
    }

    fn held(self, browser: Browser) -> Browser {
        if self.keyboard {
            browser.by_keys()
        } else {
            browser
        }
    }

    /// A browser in which this person of the demo is signed in.
    pub async fn of(self, platform: &Platform, who: &str) -> Browser {
        let browser = self.browser().await;
        self.go(&browser, platform, "/sign-in").await;
        browser
            .fill("input[name=email]", &format!("{who}@halqa.example"))
            .await;
        browser.fill("input[name=password]", demo::PASSWORD).await;
        browser.click("main form button").await;
        browser.one("header [data-menu] .avatar").await;
        browser
    }

    /// Opens a page in this way's language.
    pub async fn go(self, browser: &Browser, platform: &Platform, path: &str) {
        browser
            .visit(platform, &format!("/{}{path}", self.lang))
            .await;
    }

    /// What the platform says under this key, up to the first thing it fills in.
    pub fn says(self, key: &str) -> String {
        says(self.lang, key)
    }

    /// This way's own of three: French, Arabic, English.
    pub fn of_three(self, words: [&'static str; 3]) -> &'static str {
        match self.lang {
            "fr" => words[0],
            "ar" => words[1],
            _ => words[2],
        }
    }

    /// The name of a picture.
    pub fn shot(self, name: &str) -> String {
        format!("{name}-{}-{}", self.lang, self.width)
    }
}

/// What the platform says in a language under this key: its longest part without anything filled in.
pub fn says(lang: &str, key: &str) -> String {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("locales")
        .join(lang);
    for file in fs::read_dir(folder).expect("the locales").flatten() {
        let text = fs::read_to_string(file.path()).expect("a locale");
        for line in text.lines() {
            if let Some(words) = line.strip_prefix(key)
                && let Some(words) = words.strip_prefix(" = ")
            {
                let parts = words.split(['{', '}']).step_by(2);
                let longest = parts.max_by_key(|part| part.len()).unwrap_or_default();
                assert!(longest.len() > 3, "{key} says too little to look for");
                return longest.trim().to_owned();
            }
        }
    }
    panic!("nothing is said under {key} in {lang}");
}

/// Stops of the Tab key on one page at most.
const STOPS: usize = 400;

impl Browser {
    /// Goes from stop to stop until this one has the focus.
    async fn go_to(&self, css: &str, wanted: &WebElement) {
        for _ in 0..STOPS {
            if self.active().await == *wanted {
                return;
            }
            self.key(Key::Tab).await;
        }
        self.picture("unreachable").await;
        panic!("{css}: no way to it by the keyboard");
    }

    /// As [`Browser::go_to`], and sees that the page shows where one is.
    async fn reach(&self, css: &str, wanted: &WebElement) {
        self.go_to(css, wanted).await;
        self.shown(css, wanted).await;
    }

    /// Clicks in a package's page, whose look is its maker's own.
    pub(crate) async fn click_in_sco(&self, css: &str) {
        let wanted = self.one(css).await;
        if !self.is_by_keys() {
            wanted.click().await.expect("a click");
            return;
        }
        self.go_to(css, &wanted).await;
        self.key(Key::Enter).await;
    }

    /// Clicks by the keyboard: what a link, a button or a box does at Enter or Space.
    pub(crate) async fn press(&self, css: &str) {
        let wanted = self.one(css).await;
        let tag = wanted.tag_name().await.expect("a tag");
        let kind = wanted.attr("type").await.expect("an attribute");
        match (tag.as_str(), kind.as_deref()) {
            ("option", _) => {
                let list = wanted.find(By::XPath("..")).await.expect("a list");
                self.reach(css, &list).await;
                let words = wanted.text().await.expect("words");
                self.type_words(&words).await;
            }
            ("input", Some("radio")) => {
                let name = wanted.attr("name").await.expect("a name");
                for _ in 0..STOPS {
                    let active = self.active().await;
                    if active == wanted {
                        break;
                    }
                    let same = active.attr("type").await.expect("an attribute").as_deref()
                        == Some("radio")
                        && active.attr("name").await.expect("a name") == name;
                    self.key(if same { Key::Down } else { Key::Tab }).await;
                }
                assert!(
                    self.active().await == wanted,
                    "{css}: no way to it by the keyboard"
                );
                self.key(' ').await;
            }
            ("input", Some("checkbox")) => {
                self.reach(css, &wanted).await;
                self.key(' ').await;
            }
            _ => {
                self.reach(css, &wanted).await;
                self.key(Key::Enter).await;
            }
        }
    }

    /// Writes into a field by the keyboard, over what was there.
    pub(crate) async fn write(&self, css: &str, text: &str) {
        let field = self.one(css).await;
        self.reach(css, &field).await;
        let all = self
            .action_chain()
            .key_down(Key::Control)
            .send_keys("a")
            .key_up(Key::Control);
        all.perform().await.expect("keys");
        self.type_words(text).await;
    }

    async fn active(&self) -> WebElement {
        self.active_element().await.expect("the page has a focus")
    }

    async fn key(&self, key: impl Into<TypingData>) {
        let keys: TypingData = key.into();
        let chain = self.action_chain().send_keys(keys.to_string());
        chain.perform().await.expect("a key");
    }

    async fn type_words(&self, text: &str) {
        let chain = self.action_chain().send_keys(text);
        chain.perform().await.expect("keys");
    }

    /// Somebody without a mouse must see where they are (WCAG 2.4.7): an outline or a shadow of its
    /// own, of what is laid over its card, or of the field around it.
    async fn shown(&self, css: &str, element: &WebElement) {
        let drawn = "const e = arguments[0]; \
            return [getComputedStyle(e), getComputedStyle(e, '::after'), getComputedStyle(e.parentElement)] \
                .some(s => (s.outlineStyle !== 'none' && parseFloat(s.outlineWidth) > 1) || s.boxShadow !== 'none')";
        let element = element.to_json().expect("an element");
        let drawn = self.execute(drawn, vec![element]).await.expect("a script");
        if drawn.json().as_bool() != Some(true) {
            self.picture("focus-unseen").await;
            panic!("{css}: has the focus, and nothing shows it");
        }
    }
}
