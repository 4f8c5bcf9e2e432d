//! The vectors of `vectors/*.json`: calls with the result and error that the standard's text asks.
//!
//! `["SetValue", element, value, result, error]`: the last two are expected, `null` is anything.
//! `{"repeat": text, "times": n}` stands for a long string. Each vector begins with a fresh SCO that
//! is initialised unless it says `"running": false`. The player's node test reads the same files.

use std::path::Path;

use scorm::Edition;
use scorm::datamodel::{Initial, Sco, Validity};
use serde_json::{Map, Value};

fn text(value: &Value) -> String {
    match value {
        Value::String(text) => text.clone(),
        Value::Object(parts) => parts["repeat"]
            .as_str()
            .expect("repeat")
            .repeat(parts["times"].as_u64().expect("times") as usize),
        other => panic!("not text: {other}"),
    }
}

fn short(text: &str) -> String {
    text.chars().take(80).collect()
}

fn run(sco: &mut Sco, call: &[Value]) -> Result<(), String> {
    let function = call[0].as_str().expect("function");
    if function == "navigation" {
        sco.set_navigation(&serde_json::from_value::<Validity>(call[1].clone()).expect("validity"));
        return Ok(());
    }
    let [arguments @ .., result, error] = &call[1..] else {
        panic!("too short: {call:?}")
    };
    let arguments: Vec<String> = arguments.iter().map(text).collect();
    let answer = sco.call(function, &arguments, 0);
    let right = (result.is_null() || text(result) == answer.result) && *error == answer.error;
    if right {
        return Ok(());
    }
    let shown: Vec<String> = call.iter().map(|part| short(&part.to_string())).collect();
    Err(format!(
        "{}: got {:?} {}",
        shown.join(" "),
        short(&answer.result),
        answer.error
    ))
}

#[test]
fn datamodel_vectors_answer_as_the_standard_says() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("vectors");
    let mut wrong = Vec::new();
    let (mut vectors, mut calls) = (0, 0);
    for entry in std::fs::read_dir(folder).expect("vectors") {
        let path = entry.expect("entry").path();
        let file: Value =
            serde_json::from_str(&std::fs::read_to_string(&path).expect("file")).expect("JSON");
        let name = path
            .file_stem()
            .expect("name")
            .to_string_lossy()
            .into_owned();
        for vector in file["vectors"].as_array().expect("vectors") {
            let editions = vector.get("editions").unwrap_or(&file["editions"]);
            let editions: Vec<Edition> =
                serde_json::from_value(editions.clone()).expect("editions");
            let mut initial = Map::new();
            for source in [file.get("initial"), vector.get("initial")] {
                initial.extend(
                    source
                        .and_then(Value::as_object)
                        .cloned()
                        .unwrap_or_default(),
                );
            }
            let initial: Initial = serde_json::from_value(Value::Object(initial)).expect("initial");
            for edition in editions {
                vectors += 1;
                let mut sco = Sco::begin(edition, &initial);
                if vector["running"] != false {
                    let begin = if edition.is_2004() {
                        "Initialize"
                    } else {
                        "LMSInitialize"
                    };
                    assert_eq!(sco.call(begin, &[""], 0).result, "true");
                }
                for call in vector["calls"].as_array().expect("calls") {
                    calls += 1;
                    if let Err(difference) = run(&mut sco, call.as_array().expect("call")) {
                        wrong.push(format!("{name}/{} {edition:?}: {difference}", vector["id"]));
                    }
                }
            }
        }
    }
    assert!(
        vectors > 600 && calls > 4_000,
        "{vectors} vectors, {calls} calls"
    );
    assert!(
        wrong.is_empty(),
        "{} of {calls} calls:\n{}",
        wrong.len(),
        wrong.join("\n")
    );
}
