//! The processes that a navigation ran, as people read them.

use scorm::Course;
use scorm::sequencing::{TraceResult, TraceStep};
use serde_json::{Value, json};

use crate::web::Lang;
use crate::web::i18n::Locales;

use super::words;

/// Rows for a page: `{process, name, activity, input, result: {kind, text}}`.
pub fn told(trace: &[TraceStep], course: &Course, locales: &Locales, lang: Lang) -> Vec<Value> {
    let title = |a: usize| course.activities[a].title.clone();
    trace
        .iter()
        .map(|step| {
            let name = format!("replay-process-{}", words::key(step.process));
            let (kind, text) = match step.result {
                TraceResult::Done => ("done", locales.text(lang, "replay-trace-done", &[])),
                TraceResult::Truth(held) => {
                    let key = format!("replay-value-{held}");
                    (
                        if held { "yes" } else { "no" },
                        locales.text(lang, &key, &[]),
                    )
                }
                TraceResult::Activity(a) => ("activity", title(a)),
                TraceResult::Word(word) => ("word", word.to_owned()),
                TraceResult::Exception(exception) => ("exception", exception.0.to_owned()),
            };
            json!({
                "process": step.process,
                "name": locales.text(lang, &name, &[]),
                "activity": step.activity.map(title),
                "input": step.input,
                "result": { "kind": kind, "text": text },
                "reason": match step.result {
                    TraceResult::Exception(exception) => {
                        json!(words::exception(locales, lang, exception.0))
                    }
                    _ => Value::Null,
                },
            })
        })
        .collect()
}
