//! The data-model cases of ADL's suite (DMI, API), call by call, without sequencing.
//!
//! The data lies in the folder named by `HALQA_ADL_DIR`, or `../shared/adl-scorm2004` beside the
//! workspace; where it is missing the test says so and checks nothing.

use std::path::PathBuf;

use scorm::Edition;
use scorm::datamodel::{Initial, Sco};
use serde_json::Value;

fn folder() -> Option<PathBuf> {
    let folder = std::env::var_os("HALQA_ADL_DIR").map_or_else(
        || PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../../shared/adl-scorm2004"),
        PathBuf::from,
    );
    folder.is_dir().then_some(folder)
}

fn case(folder: &std::path::Path, name: &str) -> Value {
    let text = std::fs::read_to_string(folder.join(format!("cases/{name}.json"))).expect("case");
    serde_json::from_str(&text).expect("JSON")
}

/// The delimiters a value begins with, those that say the default left out, and the rest of it.
fn parts(value: &str) -> (Vec<&str>, &str) {
    let mut rest = value;
    let mut delimiters = Vec::new();
    while let Some((delimiter, after)) =
        rest.strip_prefix('{').and_then(|text| text.split_once('}'))
    {
        if !["lang=", "case_matters=", "order_matters="]
            .iter()
            .any(|name| delimiter.starts_with(name))
        {
            break;
        }
        if !["lang=en", "case_matters=false", "order_matters=true"].contains(&delimiter) {
            delimiters.push(delimiter);
        }
        rest = after;
    }
    delimiters.sort_unstable();
    (delimiters, rest)
}

/// Values compare as the standard says: numbers by value, spans by length, sets by members,
/// delimiters in any order and with their defaults.
fn same(name: &str, expected: &str, got: &str) -> bool {
    if name.ends_with("_children") {
        let sorted = |text: &str| {
            let mut parts: Vec<_> = text.split(',').map(str::to_owned).collect();
            parts.sort();
            parts
        };
        return sorted(expected) == sorted(got);
    }
    match (expected.parse::<f64>(), got.parse::<f64>()) {
        (Ok(a), Ok(b)) => a == b,
        _ if name.ends_with("_time") => {
            scorm::datamodel::Duration::parse(expected) == scorm::datamodel::Duration::parse(got)
        }
        _ => parts(expected) == parts(got),
    }
}

/// Elements whose values come from the manifest: the engine's own test over these cases has them.
const ELSEWHERE: &[&str] = &[
    "adl.data",
    "adl.nav.request_valid",
    "cmi.launch_data",
    "cmi.time_limit_action",
    "cmi.completion_threshold",
    "cmi.comments_from_lms.0",
];

/// Replaces `&id&` by the index of the entry with that id.
fn with_indices(sco: &Sco, argument: &str) -> String {
    let Some((before, rest)) = argument.split_once('&') else {
        return argument.to_owned();
    };
    let Some((id, after)) = rest.split_once('&') else {
        return argument.to_owned();
    };
    let at = (0..3000)
        .find(|n| sco.value(&format!("{before}{n}.id")) == Some(id))
        .map_or_else(|| "missing".to_owned(), |n| n.to_string());
    format!("{before}{at}{after}")
}

fn run(sco: &mut Sco, commands: &[Value], differences: &mut Vec<String>) {
    for command in commands {
        let field = |name: &str| command[name].as_str();
        let Some(function) = field("fn").and_then(|name| name.strip_prefix("do")) else {
            continue;
        };
        let Some(raw) = field("arg") else { continue };
        if ELSEWHERE.iter().any(|name| raw.starts_with(name)) {
            continue;
        }
        let argument = with_indices(sco, raw);
        let answer = match field("val") {
            Some(value) => sco.call(function, &[argument.as_str(), value], 0),
            None => sco.call(function, &[argument.as_str()], 0),
        };
        let expected = field("exp").unwrap_or("");
        let error = field("err").unwrap_or("0");
        let supports = function.starts_with("GetError")
            || function.starts_with("GetDiag")
            || function == "GetLastError";
        let right = match expected {
            _ if command["learner"] == true => true,
            "less255" => answer.result.len() < 255,
            "emptyCS" => answer.result.is_empty(),
            text => same(&argument, text, &answer.result),
        };
        if !right || (!supports && answer.error.to_string() != error) {
            let value: String = field("val").unwrap_or("").chars().take(70).collect();
            let start: String = expected.chars().take(60).collect();
            let got: String = answer.result.chars().take(60).collect();
            differences.push(format!(
                "{function} {argument} {value:?}: expected {start:?} {error}, got {got:?} {} {}",
                answer.error, answer.diagnostic
            ));
        }
    }
}

#[test]
fn adl_api_functions_answer_as_expected() {
    let Some(folder) = folder() else {
        return println!("skipped: no ADL data");
    };
    let case = case(&folder, "API");
    let mut differences = Vec::new();
    for activity in case["activities"]
        .as_array()
        .expect("activities")
        .iter()
        .skip(1)
    {
        let mut sco = Sco::begin(Edition::Scorm2004Fourth, &Initial::default());
        run(
            &mut sco,
            activity["cmds"].as_array().expect("commands"),
            &mut differences,
        );
    }
    assert!(differences.is_empty(), "{}", differences.join("\n"));
}

#[test]
fn adl_data_model_answers_as_expected() {
    let Some(folder) = folder() else {
        return println!("skipped: no ADL data");
    };
    let case = case(&folder, "DMI");
    let mut differences = Vec::new();
    let mut calls = 0;
    for activity in case["activities"].as_array().expect("activities") {
        if !activity["id"].as_str().is_some_and(|id| id.ends_with("V1")) {
            continue;
        }
        let initial = Initial {
            learner_id: "m".into(),
            learner_name: "n".into(),
            ..Initial::default()
        };
        let mut sco = Sco::begin(Edition::Scorm2004Fourth, &initial);
        let commands = activity["cmds"].as_array().expect("commands");
        calls += commands.len();
        run(&mut sco, commands, &mut differences);
    }
    assert!(
        differences.is_empty(),
        "{calls} calls, {} differ:\n{}",
        differences.len(),
        differences.join("\n")
    );
}
