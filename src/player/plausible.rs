//! What is kept as it came, but noted for whoever looks into a session: results that a browser can
//! always forge are shown as self-reported, and what can hardly be is flagged, never refused
//! (a SCO may be right where we are not).

use domain::outcome::{Outcome, Success};
use scorm::{Entry, Event};
use serde_json::{Value, json};

use crate::clock::Timestamp;

/// Nobody passes in less time, in seconds.
const QUICKEST: f64 = 5.0;
/// A client's clock may run ahead of ours by so much, in seconds.
const AHEAD: i64 = 120;
/// Characters of `cmi.suspend_data` that every platform must take (SCORM 1.2 RTE 3.4.4; RTE 4.2.22).
const PROMISED_12: usize = 4096;
const PROMISED_2004: usize = 64_000;

/// A call that was taken, though other platforms need not take it.
pub(super) fn of_call(entry: &Entry, error: u16) -> Option<Value> {
    let Event::Call {
        function,
        arguments,
        ..
    } = &entry.event
    else {
        return None;
    };
    let promised = match function.as_str() {
        "LMSSetValue" => PROMISED_12,
        "SetValue" => PROMISED_2004,
        _ => return None,
    };
    let [element, value, ..] = arguments.as_slice() else {
        return None;
    };
    let length = value.chars().count();
    (error == 0 && element == "cmi.suspend_data" && length > promised)
        .then(|| json!({ "code": "long-value", "seq": entry.seq, "characters": length }))
}

/// A result that can hardly be, or that takes something away.
pub(super) fn of_outcome(before: &Outcome, after: &Outcome) -> Vec<Value> {
    let mut found = Vec::new();
    let passed = |outcome: &Outcome| outcome.success == Success::Passed;
    if passed(after) && !passed(before) && after.seconds < QUICKEST {
        found.push(json!({ "code": "quick", "seconds": after.seconds }));
    }
    if let (Some(was), Some(is)) = (before.score, after.score)
        && passed(before)
        && is < was
    {
        found.push(json!({ "code": "score-lowered", "before": was, "after": is }));
    }
    found
}

/// More time was counted than has passed since the session opened.
pub(super) fn of_clock(opened: Option<Timestamp>, latest: i64, now: Timestamp) -> Option<Value> {
    let passed = now.millis() - opened?.millis();
    (latest > passed.saturating_add(AHEAD * 1000))
        .then(|| json!({ "code": "ahead-of-clock", "counted": latest, "passed": passed }))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn passed(seconds: f64, score: f64) -> Outcome {
        Outcome {
            success: Success::Passed,
            score: Some(score),
            seconds,
            ..Outcome::default()
        }
    }

    fn codes(before: Outcome, after: Outcome) -> Vec<String> {
        of_outcome(&before, &after)
            .iter()
            .map(|finding| finding["code"].as_str().unwrap_or_default().to_owned())
            .collect()
    }

    #[test]
    fn results_that_can_hardly_be_are_noted() {
        let nothing = Outcome::default();
        assert_eq!(codes(nothing, passed(2.0, 0.8)), ["quick"]);
        assert!(codes(nothing, passed(200.0, 0.8)).is_empty());
        assert_eq!(
            codes(passed(9.0, 0.8), passed(20.0, 0.5)),
            ["score-lowered"]
        );
        assert!(codes(passed(9.0, 0.8), passed(20.0, 0.9)).is_empty());
    }

    #[test]
    fn a_clock_that_runs_ahead_is_noted() {
        let opened = Timestamp::from_micros(0);
        let now = opened.plus_seconds(600);
        assert!(of_clock(Some(opened), 600_000, now).is_none());
        assert!(of_clock(Some(opened), 600_000 + AHEAD * 1000, now).is_none());
        assert!(of_clock(Some(opened), 3_600_000, now).is_some());
        assert!(of_clock(None, 3_600_000, now).is_none());
    }
}
