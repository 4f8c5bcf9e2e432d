//! Answers calls: one JSON request a line on standard input, one JSON answer a line on standard output.
//!
//! `{"table":"2004"}` answers the table; `{"begin":{"edition":…,"initial":{…}}}` begins a SCO and answers
//! its snapshot; `{"resume":{"initial":{…}}}` launches it again; `{"call":{"function":…,"args":[…],"at":0}}`
//! answers result, error and diagnostic; `{"navigation":{…}}` sets it; `"snapshot"` and `"end"` answer the state.
//! The tests of the player's run-time drive it, to compare the two interpreters.

use std::io::{BufRead, Write};

use scorm::Edition;
use scorm::datamodel::{self, Initial, Limits, Sco, Standard, Validity};
use serde::Deserialize;
use serde_json::{Value, json};

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
enum Request {
    Table(Standard),
    Begin {
        edition: Edition,
        initial: Initial,
        limits: Option<Limits>,
    },
    Resume {
        initial: Initial,
    },
    Navigation(Validity),
    Call {
        function: String,
        args: Vec<String>,
        at: i64,
    },
    Snapshot,
    End,
}

fn answer(sco: &mut Option<Sco>, request: Request) -> Value {
    let none = || json!({"refused": "no SCO has begun"});
    match (request, sco.as_mut()) {
        (Request::Table(standard), _) => json!(datamodel::table_of(standard)),
        (
            Request::Begin {
                edition,
                initial,
                limits,
            },
            _,
        ) => {
            let begun = Sco::begin_within(edition, &initial, limits.unwrap_or_default());
            json!(sco.insert(begun))
        }
        (_, None) => none(),
        (Request::Resume { initial }, Some(previous)) => {
            let resumed = Sco::resume(previous, &initial);
            json!(sco.insert(resumed))
        }
        (Request::Navigation(validity), Some(sco)) => {
            sco.set_navigation(&validity);
            json!(true)
        }
        (Request::Call { function, args, at }, Some(sco)) => json!(sco.call(&function, &args, at)),
        (Request::Snapshot, Some(sco)) => json!(sco),
        (Request::End, Some(sco)) => {
            json!({"end": sco.end(), "objectives": sco.objectives(), "interactions": sco.interactions()})
        }
    }
}

fn main() -> std::io::Result<()> {
    let mut out = std::io::BufWriter::new(std::io::stdout().lock());
    let mut sco = None;
    for line in std::io::stdin().lock().lines() {
        let line = line?;
        let answer = match serde_json::from_str(&line) {
            Ok(request) => answer(&mut sco, request),
            Err(error) => json!({"refused": error.to_string()}),
        };
        writeln!(out, "{answer}")?;
    }
    out.flush()
}
