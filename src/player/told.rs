//! What one SCO has said so far, as far as statements tell it (xAPI SCORM profile, section 6).

use std::collections::BTreeMap;

use serde_json::{Value, json};

/// Interactions that are told of one SCO at most.
const INTERACTIONS: usize = 1000;

/// One SCO under way.
#[derive(Debug, Default)]
pub(super) struct Sco {
    suspended: bool,
    completion: Option<String>,
    success: Option<String>,
    told_completion: bool,
    told_success: Option<String>,
    progress: Option<f64>,
    told_progress: Option<f64>,
    scores: BTreeMap<&'static str, f64>,
    exit: String,
    session_time: Option<String>,
    interactions: BTreeMap<u32, Interaction>,
}

/// An answer to a question.
#[derive(Debug, Default, Clone)]
pub(super) struct Interaction {
    /// As the package calls it.
    pub id: String,
    kind: String,
    response: Option<String>,
    /// `correct`, `wrong`, `incorrect`, `neutral`, a number…
    pub result: Option<String>,
    /// Patterns of correct answers.
    pub correct: BTreeMap<u32, String>,
    /// In the package's own form.
    pub latency: Option<String>,
    /// The question.
    pub description: Option<String>,
    changed: bool,
}

impl Sco {
    /// It begins; true when it goes on where it was suspended.
    pub fn begin(&mut self) -> bool {
        self.exit.clear();
        self.session_time = None;
        std::mem::take(&mut self.suspended)
    }

    /// It ends; true when it is only suspended.
    pub fn end(&mut self) -> bool {
        self.suspended = self.exit == "suspend";
        self.suspended
    }

    /// It says something.
    pub fn set(&mut self, element: &str, value: &str) {
        let number = || value.parse::<f64>().ok().filter(|n| n.is_finite());
        match element {
            "cmi.completion_status" => self.completion = Some(value.to_owned()),
            "cmi.success_status" => self.success = Some(value.to_owned()),
            "cmi.core.lesson_status" => match value {
                "passed" | "failed" => {
                    self.success = Some(value.to_owned());
                    self.completion = Some("completed".to_owned());
                }
                other => self.completion = Some(other.to_owned()),
            },
            "cmi.progress_measure" => self.progress = number(),
            "cmi.exit" | "cmi.core.exit" => self.exit = value.to_owned(),
            "cmi.session_time" | "cmi.core.session_time" => {
                self.session_time = duration(value);
            }
            _ => {
                let of_score = element
                    .strip_prefix("cmi.score.")
                    .or_else(|| element.strip_prefix("cmi.core.score."));
                let known = ["scaled", "raw", "min", "max"]
                    .into_iter()
                    .find(|name| Some(*name) == of_score);
                if let (Some(name), Some(number)) = (known, number()) {
                    self.scores.insert(name, number);
                } else if let Some(rest) = element.strip_prefix("cmi.interactions.") {
                    self.set_interaction(rest, value);
                }
            }
        }
    }

    fn set_interaction(&mut self, element: &str, value: &str) {
        let Some((number, name)) = element.split_once('.') else {
            return;
        };
        let Ok(number) = number.parse::<u32>() else {
            return;
        };
        if self.interactions.len() >= INTERACTIONS && !self.interactions.contains_key(&number) {
            return;
        }
        let interaction = self.interactions.entry(number).or_default();
        let value = value.to_owned();
        match name {
            "id" => interaction.id = value,
            "type" => interaction.kind = value,
            "learner_response" | "student_response" => {
                interaction.response = Some(value);
                interaction.changed = true;
            }
            "result" => {
                interaction.result = Some(value);
                interaction.changed = true;
            }
            "latency" => interaction.latency = Some(value),
            "description" => interaction.description = Some(value),
            _ => {
                let pattern = name
                    .strip_prefix("correct_responses.")
                    .and_then(|rest| rest.strip_suffix(".pattern"))
                    .and_then(|n| n.parse().ok());
                if let Some(n) = pattern {
                    interaction.correct.insert(n, value);
                }
            }
        }
    }

    /// Answers given since the last time.
    pub fn fresh_interactions(&mut self) -> Vec<&Interaction> {
        self.interactions
            .values_mut()
            .filter(|i| !i.id.is_empty())
            .filter_map(|i| std::mem::take(&mut i.changed).then_some(&*i))
            .collect()
    }

    /// The measure of progress, in per cent, if it has changed.
    pub fn fresh_progress(&mut self) -> Option<u32> {
        let progress = self.progress.filter(|p| Some(*p) != self.told_progress)?;
        self.told_progress = Some(progress);
        (0.0..=1.0)
            .contains(&progress)
            .then_some((progress * 100.0).round() as u32)
    }

    /// `completed`, `passed`, `failed`: what has newly come true.
    pub fn fresh_verdicts(&mut self) -> Vec<&'static str> {
        let mut verdicts = Vec::new();
        let completed = self.completion.as_deref() == Some("completed");
        if completed && !self.told_completion {
            verdicts.push("completed");
        }
        self.told_completion = completed;
        if self.success != self.told_success {
            match self.success.as_deref() {
                Some("passed") => verdicts.push("passed"),
                Some("failed") => verdicts.push("failed"),
                _ => {}
            }
            self.told_success.clone_from(&self.success);
        }
        verdicts
    }

    /// All that is known at the end.
    pub fn result(&self) -> Value {
        let mut result = score(self);
        match self.completion.as_deref() {
            Some("completed") => result["completion"] = json!(true),
            Some("incomplete") => result["completion"] = json!(false),
            _ => {}
        }
        match self.success.as_deref() {
            Some("passed") => result["success"] = json!(true),
            Some("failed") => result["success"] = json!(false),
            _ => {}
        }
        if let Some(time) = &self.session_time {
            result["duration"] = json!(time);
        }
        result
    }
}

/// The score, as far as it makes sense together (Data 2.4.5.1).
pub(super) fn score(sco: &Sco) -> Value {
    let of = |name: &str| sco.scores.get(name).copied();
    let (min, max) = match (of("min"), of("max")) {
        (Some(min), Some(max)) if min >= max => (None, None),
        bounds => bounds,
    };
    let raw = of("raw")
        .filter(|raw| min.is_none_or(|min| *raw >= min) && max.is_none_or(|max| *raw <= max));
    let scaled = of("scaled").filter(|scaled| (-1.0..=1.0).contains(scaled));
    let mut score = json!({});
    for (name, value) in [("scaled", scaled), ("raw", raw), ("min", min), ("max", max)] {
        if let Some(value) = value {
            score[name] = json!(value);
        }
    }
    if score.as_object().is_some_and(|members| !members.is_empty()) {
        json!({ "score": score })
    } else {
        json!({})
    }
}

impl Interaction {
    /// The kind, where the standard knows it.
    pub fn kind(&self) -> Option<&str> {
        [
            "true-false",
            "choice",
            "fill-in",
            "long-fill-in",
            "matching",
            "performance",
            "sequencing",
            "likert",
            "numeric",
            "other",
        ]
        .into_iter()
        .find(|kind| *kind == self.kind)
    }

    /// The answer in the form of the standard.
    pub fn response(&self) -> Option<String> {
        self.response.as_deref().map(|text| self.reformed(text))
    }

    /// The correct answers in the form of the standard.
    pub fn correct_responses(&self) -> Vec<String> {
        self.correct
            .values()
            .map(|text| self.reformed(text))
            .collect()
    }

    /// SCORM 2004 and xAPI write lists alike (`a[,]b`, `1[.]a`); SCORM 1.2 writes `a,b` or
    /// `{a,b}`, `1.a`, and `t` for true.
    fn reformed(&self, text: &str) -> String {
        if text.contains("[,]") || text.contains("[.]") {
            return text.to_owned();
        }
        let inner = text
            .strip_prefix('{')
            .and_then(|t| t.strip_suffix('}'))
            .unwrap_or(text);
        match self.kind.as_str() {
            "true-false" => match inner.to_ascii_lowercase().as_str() {
                "t" | "1" | "true" => "true".to_owned(),
                "f" | "0" | "false" => "false".to_owned(),
                _ => text.to_owned(),
            },
            "choice" | "sequencing" => inner.split(',').collect::<Vec<_>>().join("[,]"),
            "matching" => inner
                .split(',')
                .map(|pair| pair.replacen('.', "[.]", 1))
                .collect::<Vec<_>>()
                .join("[,]"),
            _ => text.to_owned(),
        }
    }
}

/// A duration in the form of the standard: SCORM 2004's as it is, SCORM 1.2's `HHHH:MM:SS.SS`
/// rewritten.
pub(super) fn duration(text: &str) -> Option<String> {
    if xapi::time::is_duration(text) {
        return Some(text.to_owned());
    }
    let mut parts = text.split(':');
    let (hours, minutes, seconds) = (parts.next()?, parts.next()?, parts.next()?);
    if parts.next().is_some() {
        return None;
    }
    let total = hours.parse::<u32>().ok()? as f64 * 3600.0
        + minutes.parse::<u32>().ok()? as f64 * 60.0
        + seconds
            .parse::<f64>()
            .ok()
            .filter(|s| s.is_finite() && *s >= 0.0)?;
    Some(xapi::time::duration(total))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn answers_are_written_as_the_standard_wants() {
        for (kind, text, written) in [
            ("choice", "a,b", "a[,]b"),
            ("choice", "{a,b}", "a[,]b"),
            ("choice", "a[,]b", "a[,]b"),
            ("true-false", "t", "true"),
            ("matching", "1.c,2.a", "1[.]c[,]2[.]a"),
            ("fill-in", "a,b", "a,b"),
        ] {
            let interaction = Interaction {
                kind: kind.to_owned(),
                response: Some(text.to_owned()),
                ..Interaction::default()
            };
            assert_eq!(
                interaction.response().as_deref(),
                Some(written),
                "{kind} {text}"
            );
        }
        assert_eq!(duration("0000:10:05.50").as_deref(), Some("PT10M5.50S"));
        assert_eq!(duration("PT5S").as_deref(), Some("PT5S"));
        assert_eq!(duration("soon"), None);
    }

    #[test]
    fn verdicts_are_told_once() {
        let mut sco = Sco::default();
        assert!(!sco.begin());
        sco.set("cmi.core.lesson_status", "passed");
        sco.set("cmi.core.score.raw", "80");
        sco.set("cmi.core.score.min", "0");
        sco.set("cmi.core.score.max", "100");
        assert_eq!(sco.fresh_verdicts(), ["completed", "passed"]);
        assert!(sco.fresh_verdicts().is_empty());
        sco.set("cmi.core.exit", "suspend");
        assert!(sco.end());
        assert!(sco.begin());
        assert_eq!(
            sco.result()["score"],
            json!({ "raw": 80.0, "min": 0.0, "max": 100.0 })
        );
    }
}
