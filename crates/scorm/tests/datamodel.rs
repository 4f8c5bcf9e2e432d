//! A SCO's run-time data over launches, its result, its report rows, its limits; and properties.

use proptest::prelude::*;
use scorm::Edition;
use scorm::datamodel::{
    Credit, Duration, End, Exit, Initial, InitialObjective, InitialStore, Limits, Mode, Sco,
    Standard, State, StatusBy, table_json, table_of,
};

const EDITIONS: [Edition; 4] = [
    Edition::Scorm12,
    Edition::Scorm2004Second,
    Edition::Scorm2004Third,
    Edition::Scorm2004Fourth,
];

fn running(edition: Edition, initial: &Initial) -> Sco {
    let mut sco = Sco::begin(edition, initial);
    start(&mut sco);
    sco
}

fn name(sco: &Sco, function: &str) -> String {
    if sco.edition().is_2004() {
        function.to_owned()
    } else {
        format!("LMS{function}")
    }
}

fn start(sco: &mut Sco) {
    assert_eq!(
        sco.call(&name(sco, "Initialize"), &[""], 1_000).result,
        "true"
    );
}

fn finish(sco: &mut Sco) -> End {
    let function = if sco.edition().is_2004() {
        "Terminate"
    } else {
        "LMSFinish"
    };
    assert_eq!(sco.call(function, &[""], 61_000).result, "true");
    sco.end()
}

fn set(sco: &mut Sco, element: &str, value: &str) {
    let answer = sco.call(&name(sco, "SetValue"), &[element, value], 0);
    assert_eq!(
        answer.error, 0,
        "{element} {value:?}: {}",
        answer.diagnostic
    );
}

fn get(sco: &mut Sco, element: &str) -> String {
    sco.call(&name(sco, "GetValue"), &[element], 0).result
}

fn initial() -> Initial {
    Initial {
        learner_id: "l".into(),
        learner_name: "n".into(),
        ..Initial::default()
    }
}

#[test]
fn rte_4_2_7_a_resumed_sco_finds_its_data_and_more_total_time() {
    let mut sco = running(Edition::Scorm2004Fourth, &initial());
    set(&mut sco, "cmi.location", "3");
    set(&mut sco, "cmi.session_time", "PT1H59M20S");
    set(&mut sco, "cmi.exit", "suspend");
    set(&mut sco, "adl.nav.request", "suspendAll");
    set(&mut sco, "cmi.objectives.0.id", "o");
    set(&mut sco, "cmi.interactions.0.id", "q");
    let end = finish(&mut sco);
    assert_eq!(
        (end.exit, end.navigation.as_deref()),
        (Exit::Suspend, Some("suspendAll"))
    );
    assert_eq!(end.measured_ms, Some(60_000));
    let mut again = Sco::resume(&sco, &initial());
    start(&mut again);
    assert_eq!(get(&mut again, "cmi.entry"), "resume");
    assert_eq!(get(&mut again, "cmi.location"), "3");
    assert_eq!(get(&mut again, "cmi.total_time"), "PT1H59M20S");
    assert_eq!(get(&mut again, "adl.nav.request"), "_none_");
    assert_eq!(get(&mut again, "cmi.interactions.0.id"), "q");
    assert!(!again.was_set("cmi.objectives.0.id"));
    set(&mut again, "cmi.session_time", "PT1M");
    let end = finish(&mut again);
    assert_eq!((end.exit, end.navigation), (Exit::Unspecified, None));
    assert_eq!(end.total_time.to_iso(), "PT2H0M20S");
}

#[test]
fn rte_4_2_17_sequencing_updates_known_objectives_on_resume() {
    let objective = |scaled| InitialObjective {
        id: "o".into(),
        scaled: Some(scaled),
        ..Default::default()
    };
    let mut sco = running(
        Edition::Scorm2004Third,
        &Initial {
            objectives: vec![objective(0.25)],
            ..initial()
        },
    );
    set(&mut sco, "cmi.objectives.0.description", "kept");
    set(&mut sco, "cmi.objectives.1.id", "own");
    set(&mut sco, "cmi.objectives.1.success_status", "passed");
    finish(&mut sco);
    let again = Sco::resume(
        &sco,
        &Initial {
            objectives: vec![objective(0.75)],
            ..initial()
        },
    );
    let rows = again.objectives();
    assert_eq!(rows.len(), 2);
    assert_eq!(
        (rows[0].scaled, rows[0].description.as_deref()),
        (Some(0.75), Some("kept"))
    );
    assert_eq!(
        (rows[1].id.as_str(), rows[1].passed, rows[1].set_status),
        ("own", Some(true), false)
    );
}

#[test]
fn rte_4_2_4_and_4_2_22_the_lms_evaluates_thresholds() {
    let thresholds = Initial {
        completion_threshold: Some(0.8),
        scaled_passing_score: Some(0.6),
        ..initial()
    };
    let mut sco = running(Edition::Scorm2004Fourth, &thresholds);
    set(&mut sco, "cmi.completion_status", "completed");
    let end = sco.end();
    assert_eq!((end.completed, end.completed_by), (None, StatusBy::Nobody));
    set(&mut sco, "cmi.progress_measure", "0.9");
    set(&mut sco, "cmi.score.scaled", "0.5");
    let end = finish(&mut sco);
    assert_eq!(
        (end.completed, end.completed_by),
        (Some(true), StatusBy::Lms)
    );
    assert_eq!((end.passed, end.passed_by), (Some(false), StatusBy::Lms));
    assert_eq!((end.progress, end.scaled), (Some(0.9), Some(0.5)));
    let mut sco = running(Edition::Scorm2004Fourth, &initial());
    set(&mut sco, "cmi.completion_status", "not attempted");
    set(&mut sco, "cmi.success_status", "passed");
    let end = finish(&mut sco);
    assert_eq!(
        (end.completed, end.completed_by),
        (Some(false), StatusBy::Sco)
    );
    assert_eq!((end.passed, end.passed_by), (Some(true), StatusBy::Sco));
}

/// The lesson status after LMSFinish, for what the SCO set before.
fn status_12(initial: &Initial, calls: &[(&str, &str)]) -> (String, StatusBy) {
    let mut sco = running(Edition::Scorm12, initial);
    for (element, value) in calls {
        set(&mut sco, element, value);
    }
    let end = finish(&mut sco);
    (end.lesson_status.unwrap_or_default(), end.completed_by)
}

#[test]
fn scorm_12_rte_3_4_2_lesson_status_after_finish() {
    let mastery = Initial {
        mastery_score: Some(80.0),
        ..initial()
    };
    let (status, raw) = ("cmi.core.lesson_status", "cmi.core.score.raw");
    assert_eq!(
        status_12(&mastery, &[(raw, "80"), (status, "incomplete")]),
        ("passed".into(), StatusBy::Lms)
    );
    assert_eq!(
        status_12(&mastery, &[(raw, "79.9"), (status, "passed")]),
        ("failed".into(), StatusBy::Lms)
    );
    assert_eq!(
        status_12(&mastery, &[(status, "incomplete")]),
        ("incomplete".into(), StatusBy::Sco)
    );
    assert_eq!(
        status_12(&mastery, &[(raw, "")]),
        ("completed".into(), StatusBy::Lms)
    );
    let uncounted = Initial {
        credit: Credit::NoCredit,
        ..mastery.clone()
    };
    assert_eq!(
        status_12(&uncounted, &[(raw, "90"), (status, "incomplete")]).0,
        "incomplete"
    );
    let browse = Initial {
        mode: Mode::Browse,
        ..mastery.clone()
    };
    assert_eq!(status_12(&browse, &[(raw, "90")]).0, "browsed");
    assert_eq!(
        status_12(&initial(), &[]),
        ("completed".into(), StatusBy::Lms)
    );
    assert_eq!(
        status_12(&initial(), &[(status, "failed")]),
        ("failed".into(), StatusBy::Sco)
    );
}

#[test]
fn scorm_12_status_before_finish_is_the_scos() {
    let mut sco = running(
        Edition::Scorm12,
        &Initial {
            mastery_score: Some(80.0),
            ..initial()
        },
    );
    set(&mut sco, "cmi.core.score.raw", "90");
    assert_eq!(sco.end().completed, None);
    set(&mut sco, "cmi.core.lesson_status", "incomplete");
    assert_eq!(sco.end().completed, Some(false));
    assert_eq!(sco.end().scaled, Some(0.9));
}

#[test]
fn scorm_12_entry_and_total_time_over_launches() {
    let mut sco = running(Edition::Scorm12, &initial());
    set(&mut sco, "cmi.core.session_time", "00:01:30.5");
    set(&mut sco, "cmi.core.exit", "suspend");
    set(&mut sco, "cmi.suspend_data", "x");
    finish(&mut sco);
    let mut sco = Sco::resume(&sco, &initial());
    start(&mut sco);
    assert_eq!(get(&mut sco, "cmi.core.entry"), "resume");
    assert_eq!(get(&mut sco, "cmi.suspend_data"), "x");
    assert_eq!(get(&mut sco, "cmi.core.lesson_status"), "completed");
    assert_eq!(get(&mut sco, "cmi.core.total_time"), "0000:01:30.50");
    set(&mut sco, "cmi.core.session_time", "9999:59:59.99");
    finish(&mut sco);
    let mut sco = Sco::resume(&sco, &initial());
    assert_eq!(sco.value("cmi.core.entry"), Some(""));
    assert_eq!(sco.value("cmi.core.total_time"), Some("9999:59:59.99"));
    start(&mut sco);
    let closed_tab = Sco::resume(&sco, &initial());
    assert_eq!(closed_tab.value("cmi.core.entry"), Some("resume"));
}

#[test]
fn interactions_are_rows_for_reports() {
    let mut sco = running(Edition::Scorm2004Fourth, &initial());
    for (leaf, value) in [
        ("id", "q1"),
        ("type", "choice"),
        ("description", "Why?"),
        ("timestamp", "2024-05-06T07:08:09"),
        ("learner_response", "a[,]b"),
        ("correct_responses.0.pattern", "a"),
        ("correct_responses.1.pattern", "b"),
        ("objectives.0.id", "o"),
        ("result", "incorrect"),
        ("latency", "PT1M2.5S"),
        ("weighting", "2"),
    ] {
        set(&mut sco, &format!("cmi.interactions.0.{leaf}"), value);
    }
    let rows = sco.interactions();
    assert_eq!(rows.len(), 1);
    let row = &rows[0];
    assert_eq!(
        (row.id.as_str(), row.kind.as_deref()),
        ("q1", Some("choice"))
    );
    assert_eq!(
        (row.description.as_deref(), row.response.as_deref()),
        (Some("Why?"), Some("a[,]b"))
    );
    assert_eq!(
        (row.patterns.clone(), row.objectives.clone()),
        (vec!["a".into(), "b".into()], vec!["o".to_owned()])
    );
    assert_eq!(
        (row.result.as_deref(), row.weighting),
        (Some("incorrect"), Some(2.0))
    );
    assert_eq!(row.latency.map(Duration::seconds), Some(62.5));
    let mut sco = running(Edition::Scorm12, &initial());
    set(&mut sco, "cmi.interactions.0.id", "q");
    set(&mut sco, "cmi.interactions.0.student_response", "t");
    set(&mut sco, "cmi.interactions.0.time", "10:20:30");
    let rows = sco.interactions();
    assert_eq!(
        (rows[0].response.as_deref(), rows[0].timestamp.as_deref()),
        (Some("t"), Some("10:20:30"))
    );
}

#[test]
fn stores_are_mapped_anew_at_each_launch() {
    let store = |id: &str, value: Option<&str>| InitialStore {
        id: id.into(),
        value: value.map(str::to_owned),
        readable: true,
        writable: true,
    };
    let mut sco = running(
        Edition::Scorm2004Fourth,
        &Initial {
            stores: vec![store("a", Some("1"))],
            ..initial()
        },
    );
    set(&mut sco, "adl.data.0.store", "2");
    finish(&mut sco);
    assert_eq!(sco.stores(), [("a".to_owned(), Some("2".to_owned()), true)]);
    let again = Sco::resume(
        &sco,
        &Initial {
            stores: vec![store("b", None), store("a", Some("3"))],
            ..initial()
        },
    );
    assert_eq!(
        again.stores(),
        [
            ("b".to_owned(), None, false),
            ("a".to_owned(), Some("3".to_owned()), false)
        ]
    );
}

#[test]
fn s1_values_beyond_their_spm_are_kept_and_noted() {
    let mut sco = running(Edition::Scorm12, &initial());
    set(&mut sco, "cmi.suspend_data", &"é".repeat(4096));
    assert_eq!(sco.notes().count(), 0);
    set(&mut sco, "cmi.suspend_data", &"é".repeat(4097));
    set(&mut sco, "cmi.suspend_data", &"é".repeat(5000));
    let (element, note) = sco.notes().next().expect("a note");
    assert_eq!(
        (element, note.permitted, note.seen, note.calls),
        ("cmi.suspend_data", 4096, 5000, 2)
    );
    let too_long = "x".repeat((1 << 20) + 1);
    let answer = sco.call("LMSSetValue", &["cmi.suspend_data", &too_long], 0);
    assert_eq!((answer.result.as_str(), answer.error), ("false", 405));
    assert_eq!(
        sco.value("cmi.suspend_data")
            .map(|text| text.chars().count()),
        Some(5000)
    );
}

#[test]
fn s4_collections_end_at_2500_entries() {
    for (edition, code) in [(Edition::Scorm12, 201), (Edition::Scorm2004Fourth, 351)] {
        let mut sco = running(edition, &initial());
        let function = name(&sco, "SetValue");
        for n in 0..2_500 {
            set(&mut sco, &format!("cmi.interactions.{n}.id"), "q");
        }
        assert_eq!(
            sco.call(&function, &["cmi.interactions.2500.id", "q"], 0)
                .error,
            code
        );
        assert_eq!(sco.interactions().len(), 2_500);
        if edition.is_2004() {
            let (element, note) = sco.notes().next().expect("a note");
            assert_eq!(
                (element, note.permitted, note.seen),
                ("cmi.interactions", 250, 2_500)
            );
        }
    }
}

#[test]
fn the_state_survives_being_stored() {
    for edition in EDITIONS {
        let mut sco = running(
            edition,
            &Initial {
                objectives: vec![InitialObjective {
                    id: "o".into(),
                    ..Default::default()
                }],
                ..initial()
            },
        );
        let function = name(&sco, "SetValue");
        sco.call(&function, &["cmi.suspend_data", "x\"\\é"], 5);
        sco.call(&function, &["cmi.nothing", "x"], 5);
        let text = serde_json::to_string(&sco).expect("JSON");
        let back: Sco = serde_json::from_str(&text).expect("the same");
        assert_eq!(back, sco);
        assert_eq!((back.state(), back.last_error()), (State::Running, 401));
    }
}

#[test]
fn every_element_of_the_tables_answers_in_every_edition_that_has_it() {
    for edition in EDITIONS {
        let table = table_of(Standard::of(edition));
        for row in table.rows {
            let element = row
                .element
                .replace(".n.", ".0.")
                .replace("{target=}", "{target=x}");
            let mut sco = running(edition, &initial());
            let answer = sco.call(&name(&sco, "GetValue"), &[&element], 0);
            let known = row.editions.contains(&edition)
                || table
                    .rows
                    .iter()
                    .any(|other| other.element == row.element && other.editions.contains(&edition));
            assert_eq!(
                answer.error != 401,
                known,
                "{element} {edition:?}: {}",
                answer.error
            );
        }
    }
}

#[test]
fn the_tables_are_json_with_every_part() {
    for standard in [Standard::Scorm12, Standard::Scorm2004] {
        let table: serde_json::Value = serde_json::from_str(&table_json(standard)).expect("JSON");
        for part in [
            "standard",
            "functions",
            "rows",
            "collections",
            "types",
            "interactions",
            "errors",
            "refusals",
            "limits",
        ] {
            assert!(!table[part].is_null(), "{part}");
        }
    }
}

#[test]
fn durations_add_up_in_both_forms() {
    let parse = |text| Duration::parse(text).expect(text);
    assert_eq!(parse("PT1H5M6.34S").to_timespan(), "0001:05:06.34");
    assert_eq!(parse("0001:05:06.34").to_iso(), "PT1H5M6.34S");
    assert_eq!(parse("P1Y6M14DT4H15M6.3S").to_iso(), "P1Y6MT340H15M6.30S");
    assert_eq!(
        parse("P29D").plus(parse("PT1S")).seconds(),
        29.0 * 86_400.0 + 1.0
    );
    assert_eq!(parse("PT0S").to_iso(), "PT0H0M0S");
    assert_eq!(
        parse(&format!("P{0}Y{0}DT{0}S", "9".repeat(40))).to_timespan(),
        "9999:59:59.99"
    );
    for text in [
        "", "P", "PT", "PT1", "1", "1:2", "1:2:3:4", "PT1.5.5S", "PTT1S", "a:b:c", "P1S",
    ] {
        assert_eq!(Duration::parse(text), None, "{text}");
    }
}

/// Elements, most of them real.
fn element() -> impl Strategy<Value = String> {
    let rows: Vec<&'static str> = [Standard::Scorm12, Standard::Scorm2004]
        .iter()
        .flat_map(|standard| table_of(*standard).rows.iter().map(|row| row.element))
        .collect();
    prop_oneof![
        6 => (proptest::sample::select(rows), 0u32..4)
            .prop_map(|(name, n)| name.replace(".n", &format!(".{n}")).replace("{target=}", "{target=é.x}")),
        1 => any::<String>(),
        1 => "(cmi|adl)(\\.(interactions|objectives|[0-9]{1,12}|_count|_children|id|\\{target=|\\}|é)){0,6}",
    ]
}

/// Values, many of them made of the formats' own pieces.
fn value() -> impl Strategy<Value = String> {
    prop_oneof![
        any::<String>(),
        "(\\[,\\]|\\[\\.\\]|\\[:\\]|\\{lang=|\\{case_matters=|\\{order_matters=|true|false|\\}|fr|é|𝄞|[0-9.:+TPYMDHSZ-]){0,12}",
        "[+-]?[0-9]{0,120}(\\.[0-9]{0,20})?",
        "P([0-9]{1,30}[YMD]){0,3}(T([0-9]{1,30}[HMS]){0,3})?",
    ]
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(400))]

    #[test]
    fn no_sequence_of_calls_panics_or_breaks_the_limits(
        edition in proptest::sample::select(EDITIONS.to_vec()),
        calls in proptest::collection::vec((0u8..10, element(), value()), 1..40),
    ) {
        let limits = Limits { value_bytes: 200, entries: 3, total_bytes: 1_000 };
        let mut sco = Sco::begin_within(edition, &initial(), limits);
        start(&mut sco);
        for (kind, element, value) in &calls {
            let function = match kind { 0..=5 => "SetValue", 6..=8 => "GetValue", _ => "GetDiagnostic" };
            let before = sco.clone();
            let answer = sco.call(&name(&sco, function), &[element, value], 0);
            prop_assert!(table_of(Standard::of(edition)).errors.iter().any(|error| error.code == answer.error));
            if answer.error != 0 {
                let mut unchanged = serde_json::to_value(&before).expect("JSON");
                let mut after = serde_json::to_value(&sco).expect("JSON");
                for part in ["error", "diagnostic"] {
                    unchanged[part].take();
                    after[part].take();
                }
                prop_assert_eq!(unchanged, after, "a refused call changes nothing");
            } else if function == "SetValue" {
                let read = sco.value(element);
                let cleared = element.starts_with("adl.data") && value.is_empty();
                let judged = element.ends_with("_status");
                let added = element == "cmi.comments" && read.is_some_and(|all| all.ends_with(value.as_str()));
                prop_assert!(cleared || judged || added || read == Some(value), "{element} {value:?} {read:?}");
            }
            let json = serde_json::to_value(&sco).expect("JSON");
            let bytes: usize =
                json["values"].as_object().expect("values").values().filter_map(|v| v.as_str()).map(str::len).sum();
            prop_assert_eq!(json["bytes"].as_u64(), Some(bytes as u64));
            prop_assert!(bytes <= 1_000);
        }
        let back: Sco = serde_json::from_str(&serde_json::to_string(&sco).expect("JSON")).expect("the same");
        let _ = (back.end(), back.objectives(), back.interactions(), Sco::resume(&back, &initial()));
        prop_assert_eq!(back, sco);
    }

    #[test]
    fn durations_never_panic(text in value()) {
        if let Some(duration) = Duration::parse(&text) {
            prop_assert!(duration.seconds() >= 0.0);
            let again = Duration::parse(&duration.to_iso()).expect("own form");
            prop_assert_eq!(again.hundredths, duration.hundredths);
            prop_assert!(Duration::parse(&duration.to_timespan()).is_some());
            let _ = duration.plus(duration);
        }
    }
}
