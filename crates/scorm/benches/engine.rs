//! How fast the engine is: `cargo bench -p scorm` prints a table. Each row has its bar; a row
//! that misses it ends the run with exit code 1.
//!
//! Times are medians of single operations unless the row says otherwise.

use std::borrow::Cow;
use std::process::ExitCode;
use std::time::{Duration, Instant};

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

/// A course of `clusters` clusters with `leaves` leaves each, every activity with a rule.
fn manifest(clusters: usize, leaves: usize) -> OneFile {
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
    OneFile(format!(
        r#"<manifest identifier="m" xmlns:imsss="http://www.imsglobal.org/xsd/imsss"><metadata><schemaversion>2004 4th Edition</schemaversion></metadata>
        <organizations><organization identifier="o"><title>t</title>{items}<imsss:sequencing><imsss:controlMode choice="true" flow="true"/></imsss:sequencing></organization></organizations>
        <resources><resource identifier="r" scormType="sco" href="a.html"/></resources></manifest>"#
    ))
}

fn course(clusters: usize, leaves: usize) -> Course {
    manifest::read(&manifest(clusters, leaves), "imsmanifest.xml")
        .expect("a valid manifest")
        .0
}

fn call(function: &str, arguments: &[&str]) -> Event {
    Event::Call {
        function: function.into(),
        arguments: arguments.iter().map(|a| (*a).to_owned()).collect(),
        result: String::new(),
        error: 0,
    }
}

/// The journal of one learner: opens, then on each activity the calls that exporters make, then
/// Continue.
fn journal(activities: usize, calls: usize) -> Vec<Entry> {
    let mut events = vec![Event::Open];
    for n in 0..activities {
        events.push(call("Initialize", &[""]));
        for k in 0..calls {
            let text = (n * calls + k).to_string();
            events.push(match k % 5 {
                0 => call("SetValue", &["cmi.location", &text]),
                1 => call("SetValue", &["cmi.suspend_data", &text.repeat(100)]),
                2 => call("GetValue", &["cmi.completion_status"]),
                3 => call("SetValue", &["cmi.progress_measure", "0.5"]),
                _ => call("Commit", &[""]),
            });
        }
        events.push(call("SetValue", &["cmi.completion_status", "completed"]));
        events.push(call("Terminate", &[""]));
        events.push(Event::Navigate(NavigationRequest::Continue));
    }
    let entry = |(n, event)| Entry {
        seq: n as u64 + 1,
        at: n as i64 * 100,
        event,
    };
    events.into_iter().enumerate().map(entry).collect()
}

struct Table {
    missed: bool,
}

impl Table {
    fn row(&mut self, what: &str, spent: Duration, bar: Duration, more: &str) {
        let verdict = if spent <= bar { "ok" } else { "MISSED" };
        self.missed |= spent > bar;
        println!(
            "| {what:<58} | {:>12} | {:>8} | {verdict:<6} | {more}",
            format!("{spent:.1?}"),
            format!("{bar:.0?}")
        );
    }
}

fn median(mut spent: Vec<Duration>) -> (Duration, Duration) {
    spent.sort();
    (spent[spent.len() / 2], spent[spent.len() - 1])
}

fn main() -> ExitCode {
    let mut table = Table { missed: false };
    println!(
        "| {:<58} | {:>12} | {:>8} | {:<6} |",
        "what", "time", "bar", ""
    );
    let one = course(1, 1);
    let mut attempt = Attempt::begin(&one, Setup::default());
    let events: Vec<Event> = [Event::Open, call("Initialize", &[""])]
        .into_iter()
        .chain((0..10_000).map(|n| call("SetValue", &["cmi.location", &n.to_string()])))
        .collect();
    let entries: Vec<Entry> = (1..)
        .zip(events)
        .map(|(seq, event)| Entry {
            seq,
            at: seq as i64,
            event,
        })
        .collect();
    let began = Instant::now();
    for entry in &entries {
        attempt.apply(&one, entry);
    }
    let spent = began.elapsed();
    let rate = format!("{:.0} calls/s", 10_000.0 / spent.as_secs_f64());
    table.row(
        "fold of 10,000 calls",
        spent,
        Duration::from_millis(100),
        &rate,
    );

    for (clusters, leaves) in [(1, 2_000), (44, 44), (500, 3)] {
        sequencing(&mut table, clusters, leaves);
    }
    replay(&mut table);
    if table.missed {
        ExitCode::FAILURE
    } else {
        ExitCode::SUCCESS
    }
}

/// Continue, menu and manifest of a large tree.
fn sequencing(table: &mut Table, clusters: usize, leaves: usize) {
    let file = manifest(clusters, leaves);
    let began = Instant::now();
    let course = manifest::read(&file, "imsmanifest.xml")
        .expect("a valid manifest")
        .0;
    let reading = began.elapsed();
    let tree = format!(
        "{} activities ({clusters} x {leaves})",
        course.activities.len()
    );
    let mut attempt = Attempt::begin(&course, Setup::default());
    let mut seq = 0;
    let mut apply = |attempt: &mut Attempt, event: Event| {
        seq += 1;
        let entry = Entry {
            seq,
            at: seq as i64,
            event,
        };
        let began = Instant::now();
        attempt.apply(&course, &entry);
        began.elapsed()
    };
    apply(&mut attempt, Event::Open);
    let spent = (0..400)
        .map(|_| apply(&mut attempt, Event::Navigate(NavigationRequest::Continue)))
        .collect();
    let (middle, worst) = median(spent);
    let more = format!("worst {worst:.1?}");
    table.row(
        &format!("Continue, {tree}"),
        middle,
        Duration::from_millis(1),
        &more,
    );
    let spent = (0..20)
        .map(|_| {
            let began = Instant::now();
            std::hint::black_box(attempt.navigation(&course));
            began.elapsed()
        })
        .collect();
    let (middle, worst) = median(spent);
    let more = format!("worst {worst:.1?}");
    table.row(
        &format!("whole menu, {tree}"),
        middle,
        Duration::from_millis(20),
        &more,
    );
    let more = format!("{:.1} MB of XML", file.0.len() as f64 / 1e6);
    table.row(
        &format!("manifest, {tree}"),
        reading,
        Duration::from_millis(200),
        &more,
    );
}

/// A journal as it is replayed: with every state in between, and what changed at each step.
fn replay(table: &mut Table) {
    let course = course(10, 10);
    let entries = journal(100, 97);
    let mut attempt = Attempt::begin(&course, Setup::default());
    let began = Instant::now();
    for entry in &entries {
        attempt.apply(&course, entry);
    }
    let spent = began.elapsed();
    let rate = |spent: Duration| {
        let per_second = entries.len() as f64 / spent.as_secs_f64();
        format!("{} entries, {per_second:.0}/s", entries.len())
    };
    table.row(
        "replay of a journal, 100 activities",
        spent,
        Duration::from_millis(200),
        &rate(spent),
    );
    let mut shown = Attempt::begin(&course, Setup::default());
    let mut changes = 0;
    let began = Instant::now();
    for entry in &entries {
        changes += shown.apply_told(&course, entry).1.len();
    }
    let spent = began.elapsed();
    assert_eq!(shown, attempt);
    let more = format!("{}, {changes} changes", rate(spent));
    table.row(
        "the same, with what each entry changed",
        spent,
        Duration::from_millis(500),
        &more,
    );
    let text = serde_json::to_string(&attempt).expect("a snapshot");
    let began = Instant::now();
    let back: Attempt = serde_json::from_str(&text).expect("read back");
    let spent = began.elapsed();
    assert_eq!(back, attempt);
    let more = format!("{} kB", text.len() / 1_000);
    table.row(
        "reading a snapshot back",
        spent,
        Duration::from_millis(10),
        &more,
    );
}
