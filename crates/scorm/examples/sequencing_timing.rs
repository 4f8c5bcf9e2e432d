//! Times sequencing on large trees: `cargo run --release -p scorm --example sequencing_timing`.

use std::borrow::Cow;
use std::time::Instant;

use scorm::*;

struct OneFile(String);

impl Files for OneFile {
    fn read(&self, _: &str) -> Option<Cow<'_, [u8]>> {
        Some(Cow::Borrowed(self.0.as_bytes()))
    }
    fn find(&self, path: &str) -> Option<String> {
        Some(path.to_owned())
    }
    fn list(&self) -> Vec<String> {
        Vec::new()
    }
}

const RULES: &str = r#"<imsss:sequencing><imsss:controlMode choice="true" flow="true"/>
 <imsss:sequencingRules><imsss:preConditionRule><imsss:ruleConditions><imsss:ruleCondition condition="satisfied"/>
 </imsss:ruleConditions><imsss:ruleAction action="skip"/></imsss:preConditionRule></imsss:sequencingRules></imsss:sequencing>"#;

/// A course of `clusters` clusters with `leaves` leaves each; flat when there is one cluster.
fn course(clusters: usize, leaves: usize) -> Course {
    let mut items = String::new();
    for c in 0..clusters {
        let leaf = |l: usize| {
            format!(
                r#"<item identifier="i{c}-{l}" identifierref="r"><title>t</title>{RULES}</item>"#
            )
        };
        let inside: String = (0..leaves).map(leaf).collect();
        items += &format!(r#"<item identifier="c{c}"><title>t</title>{inside}{RULES}</item>"#);
    }
    let manifest = format!(
        r#"<manifest identifier="m" xmlns:imsss="http://www.imsglobal.org/xsd/imsss"><metadata><schemaversion>2004 4th Edition</schemaversion></metadata>
        <organizations><organization identifier="o"><title>t</title>{items}<imsss:sequencing><imsss:controlMode choice="true" flow="true"/></imsss:sequencing></organization></organizations>
        <resources><resource identifier="r" scormType="sco" href="a.html"/></resources></manifest>"#
    );
    scorm::manifest::read(&OneFile(manifest), "imsmanifest.xml")
        .expect("a valid manifest")
        .0
}

fn main() {
    for (clusters, leaves) in [(1, 2_000), (44, 44), (500, 3)] {
        let course = course(clusters, leaves);
        let mut attempt = Attempt::begin(&course, Setup::default());
        let mut seq = 0;
        let mut apply = |attempt: &mut Attempt, event: Event| {
            seq += 1;
            let began = Instant::now();
            attempt.apply(
                &course,
                &Entry {
                    seq,
                    at: seq as i64,
                    event,
                },
            );
            began.elapsed()
        };
        apply(&mut attempt, Event::Open);
        let mut spent: Vec<_> = (0..200)
            .map(|_| apply(&mut attempt, Event::Navigate(NavigationRequest::Continue)))
            .collect();
        spent.sort();
        let began = Instant::now();
        let navigation = attempt.navigation(&course);
        let menu = began.elapsed();
        println!(
            "{} activities ({clusters} x {leaves}): continue median {:?}, worst {:?}; menu {menu:?} ({} choices)",
            course.activities.len(),
            spent[100],
            spent[199],
            navigation.choice.iter().filter(|v| v.valid).count()
        );
    }
    let course = course(1, 1);
    let mut attempt = Attempt::begin(&course, Setup::default());
    attempt.apply(
        &course,
        &Entry {
            seq: 1,
            at: 0,
            event: Event::Open,
        },
    );
    let call = |function: &str, arguments: &[&str]| Event::Call {
        function: function.into(),
        arguments: arguments.iter().map(|a| a.to_string()).collect(),
        result: String::new(),
        error: 0,
    };
    let events: Vec<Event> = std::iter::once(call("Initialize", &[""]))
        .chain((0..9_999).map(|n| call("SetValue", &["cmi.location", &n.to_string()])))
        .collect();
    let began = Instant::now();
    for (n, event) in events.into_iter().enumerate() {
        attempt.apply(
            &course,
            &Entry {
                seq: n as u64 + 2,
                at: n as i64,
                event,
            },
        );
    }
    println!("fold of 10,000 calls: {:?}", began.elapsed());
}
