//! Any bytes as a manifest, read, stored, read back and begun: `cargo fuzz run manifest`.
#![no_main]

use std::borrow::Cow;

use scorm::{Attempt, Course, Entry, Event, NavigationRequest, Setup};

struct Package<'a>(&'a [u8]);

impl scorm::Files for Package<'_> {
    fn read(&self, path: &str) -> Option<Cow<'_, [u8]>> {
        (path == "imsmanifest.xml").then_some(Cow::Borrowed(self.0))
    }
    // Every file exists, so that references lead somewhere.
    fn find(&self, path: &str) -> Option<String> {
        Some(path.to_owned())
    }
    fn list(&self) -> Vec<String> {
        vec!["imsmanifest.xml".to_owned(), "index.html".to_owned()]
    }
}

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| {
    let Ok((course, _)) = scorm::manifest::read(&Package(bytes), "imsmanifest.xml") else {
        return;
    };
    let text = serde_json::to_string(&course).expect("a course can be stored");
    let back: Course = serde_json::from_str(&text).expect("a stored course can be read");
    assert_eq!(back, course);
    let mut attempt = Attempt::begin(&course, Setup::default());
    let last = course
        .activities
        .last()
        .map(|a| a.identifier.clone())
        .unwrap_or_default();
    let events = [
        Event::Open,
        Event::Navigate(NavigationRequest::Continue),
        Event::Navigate(NavigationRequest::Choice(last)),
        Event::Navigate(NavigationRequest::SuspendAll),
        Event::Open,
        Event::Navigate(NavigationRequest::ExitAll),
    ];
    for (n, event) in events.into_iter().enumerate() {
        attempt.apply(
            &course,
            &Entry {
                seq: n as u64 + 1,
                at: n as i64 * 1_000,
                event,
            },
        );
        let _ = attempt.navigation(&course);
        let _ = attempt.outcome(&course);
    }
});
