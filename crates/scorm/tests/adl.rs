//! ADL's SCORM 2004 4th edition LMS cases, transcripts and walks, played against the engine.
//!
//! `adl_cases` writes `docs/conformance/scorm2004.md` anew when it differs.

mod support;

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write;

use support::differences::{CLASSES, CODES, PREVIOUS, WALKS};
use support::{adl, adl_dir};

/// Cases that are not passed: name, reason, citation.
const NOT_PASSED: &[(&str, &str, &str)] = &[];

#[test]
fn adl_cases() {
    let Some(dir) = adl_dir() else { return };
    let mut table = String::new();
    let mut unexplained = Vec::new();
    let (mut passed, mut launches, mut calls, mut questions) = (0, 0, 0, 0);
    let mut globals = scorm::Globals::default();
    let mut stem = String::new();
    let names = adl::names(&dir, "cases");
    for name in &names {
        // Packages of one stem run in order for the same learner and share what is global to
        // the system.
        let own = name.trim_end_matches(char::is_lowercase);
        if stem != own {
            (stem, globals) = (own.to_owned(), scorm::Globals::default());
        }
        let report = adl::play(&dir, name, 1, &mut globals);
        launches += report.launches;
        calls += report.calls;
        questions += report.questions;
        let reason = NOT_PASSED.iter().find(|(n, ..)| n == name);
        let verdict = match (report.differences.is_empty(), reason) {
            (true, None) => {
                passed += 1;
                "passed".to_owned()
            }
            (false, Some((_, reason, citation))) => format!("not passed: {reason} ({citation})"),
            (true, Some(_)) => panic!("{name} passes now: take it off the list"),
            (false, None) => {
                unexplained.push(format!("{name}: {}", report.differences.join("; ")));
                "not passed".to_owned()
            }
        };
        let _ = writeln!(
            table,
            "| {name} | {}/{} | {} | {verdict} |",
            report.launches, report.expected_launches, report.calls
        );
    }
    assert!(unexplained.is_empty(), "{}", unexplained.join("\n"));
    let played = format!(
        "**{passed} of {} cases passed**: {launches} launches in the expected order, {calls} calls with the \
         expected values and errors, {questions} questions about buttons and table of contents with the \
         expected answers.",
        names.len()
    );
    write_report(&document(&table, &played));
}

#[test]
fn adl_transcripts_give_the_same_valid_navigation() {
    let Some(dir) = adl_dir() else { return };
    let (mut launches, mut wrong) = (0, Vec::new());
    for name in adl::names(&dir, "transcripts") {
        let report = adl::play(&dir, &name, 1, &mut scorm::Globals::default());
        let theirs = adl::transcript(&dir, &name);
        for ((ours, theirs), reasons) in report.validity.iter().zip(&theirs).zip(&report.reasons) {
            if ours.0 != theirs.0 {
                // The transcript's program went another way; the case itself is checked above.
                break;
            }
            launches += 1;
            let mut note = |what: &str| wrong.push(format!("{name} at {}: {what}", ours.0));
            let explained = |what: &str| {
                let code = reasons.get(what).map(String::as_str);
                CODES.iter().any(|(c, _)| code == Some(*c))
            };
            if ours.2 != theirs.2 {
                note("previous");
            }
            if ours.1 != theirs.1 && (ours.1 || !explained("continue")) {
                note("continue");
            }
            for choice in ours.3.iter().filter(|c| !theirs.3.contains(c)) {
                note(&format!("choice {choice} is not listed"));
            }
            for choice in theirs.3.iter().filter(|c| !ours.3.contains(c)) {
                if !explained(choice) {
                    note(&format!("choice {choice} is not valid"));
                }
            }
        }
    }
    assert!(launches > 600, "only {launches} launches were compared");
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn adl_walks_differ_only_where_the_standard_is_cited() {
    let Some(dir) = adl_dir() else { return };
    let mut found = BTreeSet::new();
    let mut codes: BTreeMap<String, usize> = BTreeMap::new();
    let mut wrong = Vec::new();
    let (mut steps, mut equal, mut calls) = (0, 0, 0);
    for name in adl::names(&dir, "walks") {
        let walk = adl::walk(&dir, &name);
        steps += walk.steps;
        equal += walk.equal;
        calls += walk.calls;
        for (step, what) in walk.differences {
            if !WALKS.iter().any(|(n, s, _)| *n == name && *s == step) {
                wrong.push(format!("{name} step {step}: {what}"));
            }
            found.insert((name.clone(), step));
        }
        for (step, what) in walk.extra {
            let listed = PREVIOUS.iter().any(|(n, s, _)| *n == name && *s == step);
            if !(listed && what == "previous") {
                wrong.push(format!("{name} step {step}: {what} is not listed as valid"));
            }
        }
        for (code, count) in walk.codes {
            *codes.entry(code).or_default() += count;
        }
    }
    for code in codes
        .keys()
        .filter(|c| !CODES.iter().any(|(known, _)| known == c))
    {
        wrong.push(format!("navigation is refused with {code}"));
    }
    for (name, step, class) in WALKS {
        assert!(
            CLASSES.iter().any(|(c, ..)| c == class),
            "{class} has no explanation"
        );
        if !found.contains(&((*name).to_owned(), *step)) {
            wrong.push(format!(
                "{name} step {step} does not differ any more: take it off the list"
            ));
        }
    }
    eprintln!(
        "{equal} of {steps} navigations with the same result, {calls} calls; refused: {codes:?}"
    );
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// The conformance page: counts and lists, no judgement.
fn document(table: &str, played: &str) -> String {
    let mut text = format!(
        "# SCORM 2004 4th edition: ADL's LMS cases at engine level\n\n\
         Written by `cargo nextest run -p scorm -E 'test(/adl/)'`; do not edit. The cases are ADL's public \
         test suite, decoded; see `crates/scorm/tests/adl.rs` for how they are played.\n\n\
         {played}\n\n\
         SX-08a delivers an asset whose script calls the run-time all the same: every activity is given one.\n\n\
         ## Differences from ADL's Sample RTE\n\n\
         The transcripts and random walks were answered by ADL's Sample RTE, an old program. Where it differs from \
         the standard's text, the text is followed. `crates/scorm/tests/support/differences.rs` lists every \
         difference in the walks' {walks} places; the tests fail when one is missing or gone.\n\n\
         | class | places | what happens here | text |\n|---|---|---|---|\n",
        walks = WALKS.len()
    );
    for (class, what, citation) in CLASSES {
        let places = WALKS.iter().filter(|(_, _, c)| c == class).count();
        let _ = writeln!(text, "| {class} | {places} | {what} | {citation} |");
    }
    text += "\nIn transcripts and walks no choice is valid that is not listed, and Previous is valid where it is \
             listed, but for four places that follow from the differences above. The Sample RTE lists choices, and a Continue, that it could not deliver; these are not valid \
             here, with the code of the exception they would meet:\n\n| code | why |\n|---|---|\n";
    for (code, why) in CODES {
        let _ = writeln!(text, "| {code} | {why} |");
    }
    let _ = write!(
        text,
        "\n## Cases\n\n| case | launches | calls | result |\n|---|---|---|---|\n{table}"
    );
    text
}

/// Writes the page only when it changed, so that a plain test run leaves the work tree alone.
fn write_report(text: &str) {
    let path = std::path::Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("../../docs/conformance/scorm2004.md");
    if std::fs::read_to_string(&path).is_ok_and(|old| old == text) {
        return;
    }
    std::fs::create_dir_all(path.parent().expect("a folder")).expect("docs/conformance");
    std::fs::write(&path, text).expect("the conformance page");
}
