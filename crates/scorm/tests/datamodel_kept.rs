//! What is kept of values: beyond the smallest permitted maxima, added to each other, from launch to
//! launch.

use scorm::Edition;
use scorm::datamodel::{Initial, Sco};

fn initial() -> Initial {
    Initial {
        learner_id: "learner".to_owned(),
        ..Initial::default()
    }
}

/// A SCO that is running.
fn running(edition: Edition, initial: &Initial) -> Sco {
    let mut sco = Sco::begin(edition, initial);
    let prefix = if edition.is_2004() { "" } else { "LMS" };
    let answer = sco.call(&format!("{prefix}Initialize"), &[""], 0);
    assert_eq!(answer.error, 0);
    sco
}

/// Sets a value that must be taken.
fn set(sco: &mut Sco, element: &str, value: &str) {
    let prefix = if sco.edition().is_2004() { "" } else { "LMS" };
    let answer = sco.call(&format!("{prefix}SetValue"), &[element, value], 0);
    assert_eq!(answer.error, 0, "{element}: {}", answer.diagnostic);
}

/// RTE 4.2.9.1: an LMS must take 36 choices; more are kept too, and noted by the interaction's type.
#[test]
fn responses_with_more_items_than_their_spm_are_noted() {
    let mut sco = running(Edition::Scorm2004Fourth, &initial());
    let items = |n: usize| (0..n).map(|i| format!("c{i}")).collect::<Vec<_>>();
    for (n, kind) in ["choice", "sequencing", "fill-in"].iter().enumerate() {
        set(&mut sco, &format!("cmi.interactions.{n}.id"), "q");
        set(&mut sco, &format!("cmi.interactions.{n}.type"), kind);
        let most = if *kind == "fill-in" { 10 } else { 36 };
        for (more, noted) in [(0, n), (1, n + 1), (5, n + 1)] {
            let value = items(most + more).join("[,]");
            set(
                &mut sco,
                &format!("cmi.interactions.{n}.learner_response"),
                &value,
            );
            assert_eq!(sco.notes().count(), noted, "{kind} {more}");
        }
    }
    let pattern = "cmi.interactions.0.correct_responses.0.pattern";
    set(&mut sco, pattern, &items(40).join("[,]"));
    let notes: Vec<_> = sco
        .notes()
        .map(|(element, note)| (element.to_owned(), note.permitted, note.seen, note.calls))
        .collect();
    let of = |name: &str, permitted, seen, calls| (name.to_owned(), permitted, seen, calls);
    assert_eq!(
        notes,
        [
            of(
                "cmi.interactions.n.correct_responses.n.pattern (choice)",
                36,
                40,
                1
            ),
            of("cmi.interactions.n.learner_response (choice)", 36, 41, 2),
            of("cmi.interactions.n.learner_response (fill-in)", 10, 15, 2),
            of(
                "cmi.interactions.n.learner_response (sequencing)",
                36,
                41,
                2
            ),
        ]
    );
}

/// ADL's Sample RTE adds each comment to those before; the limits hold for all of it.
#[test]
fn comments_of_scorm_12_are_added() {
    let mut sco = running(Edition::Scorm12, &initial());
    set(&mut sco, "cmi.comments", &"a".repeat(4_000));
    assert_eq!(sco.notes().count(), 0);
    set(&mut sco, "cmi.comments", &"b".repeat(100));
    let (element, note) = sco.notes().next().expect("a note");
    assert_eq!((element, note.seen), ("cmi.comments", 4_100));
    let nearly = "c".repeat((1 << 20) - 4_100);
    set(&mut sco, "cmi.comments", &nearly);
    let answer = sco.call("LMSSetValue", &["cmi.comments", "d"], 0);
    assert_eq!((answer.result.as_str(), answer.error), ("false", 405));
    let kept = sco.value("cmi.comments").expect("comments");
    assert_eq!((kept.len(), kept.ends_with('c')), (1 << 20, true));
}

/// RTE 4.2.13; ADL's case DMI: what the platform knows is given once, what the SCO sets is its own.
#[test]
fn preferences_that_a_sco_set_stay_its_own() {
    const LANGUAGE: &str = "cmi.learner_preference.language";
    let known = Initial {
        preferences: vec![(LANGUAGE.to_owned(), "fr".to_owned())],
        ..initial()
    };
    let mut sco = running(Edition::Scorm2004Fourth, &known);
    assert_eq!(sco.value(LANGUAGE), Some("fr"));
    set(&mut sco, LANGUAGE, "zh-xiang");
    set(&mut sco, "cmi.exit", "suspend");
    sco.call("Terminate", &[""], 0);
    let again = Sco::resume(&sco, &known);
    assert_eq!(again.value(LANGUAGE), Some("zh-xiang"));
    let fresh = Sco::begin(Edition::Scorm2004Fourth, &known);
    assert_eq!(fresh.value(LANGUAGE), Some("fr"));
}
