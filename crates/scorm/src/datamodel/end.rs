//! What a SCO's run-time data says once it has run: for sequencing, for the outcome, for reports.

use serde::{Deserialize, Serialize};

use super::Duration;
use super::index::index;
use super::sco::{Note, Sco, State};
use crate::Edition;

/// `cmi.exit`, `cmi.core.exit`.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Exit {
    /// "" or never set.
    #[default]
    Unspecified,
    /// `normal` (2004).
    Normal,
    /// `time-out`.
    TimeOut,
    /// `suspend`.
    Suspend,
    /// `logout` (deprecated in the 4th edition).
    Logout,
}

/// Who settled a status.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum StatusBy {
    /// Nobody: it is not known.
    #[default]
    Nobody,
    /// The SCO set it.
    Sco,
    /// The LMS evaluated a threshold, or applied the standard's rule for a silent SCO.
    Lms,
}

/// The run-time data's result.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct End {
    /// Completed, not completed, or unknown (2004: `not attempted` is not completed).
    pub completed: Option<bool>,
    /// Who settled that.
    pub completed_by: StatusBy,
    /// Passed, failed, or unknown.
    pub passed: Option<bool>,
    /// Who settled that.
    pub passed_by: StatusBy,
    /// -1..1. In 1.2 the raw score over the range of min and max, or over 0..100.
    pub scaled: Option<f64>,
    /// As reported.
    pub raw: Option<f64>,
    /// As reported.
    pub min: Option<f64>,
    /// As reported.
    pub max: Option<f64>,
    /// `cmi.progress_measure`, 0..1.
    pub progress: Option<f64>,
    /// How the SCO left.
    pub exit: Exit,
    /// `adl.nav.request` unless `_none_`.
    pub navigation: Option<String>,
    /// `session_time` as the SCO reported it.
    pub session_time: Option<Duration>,
    /// Between Initialize and Terminate by the client's clock, in ms.
    pub measured_ms: Option<i64>,
    /// `total_time` with this session added.
    pub total_time: Duration,
    /// 1.2: `cmi.core.lesson_status` as it stands after LMSFinish.
    pub lesson_status: Option<String>,
}

/// One objective, for sequencing and for reports.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct ObjectiveRow {
    /// Its place in the collection.
    pub index: u32,
    /// `id`.
    pub id: String,
    /// `description` (2004).
    pub description: Option<String>,
    /// Passed, failed, or unknown.
    pub passed: Option<bool>,
    /// Completed, not completed, or unknown.
    pub completed: Option<bool>,
    /// `score.scaled`.
    pub scaled: Option<f64>,
    /// `score.raw`.
    pub raw: Option<f64>,
    /// `score.min`.
    pub min: Option<f64>,
    /// `score.max`.
    pub max: Option<f64>,
    /// `progress_measure`.
    pub progress: Option<f64>,
    /// The SCO set its success status (or, in 1.2, its status) in this launch.
    pub set_status: bool,
    /// The SCO set its completion status in this launch.
    pub set_completion: bool,
    /// The SCO set its scaled score in this launch.
    pub set_scaled: bool,
}

/// One interaction, for reports.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct InteractionRow {
    /// Its place in the collection.
    pub index: u32,
    /// `id`.
    pub id: String,
    /// `type`.
    #[serde(rename = "type")]
    pub kind: Option<String>,
    /// `timestamp` (2004) or `time` (1.2), as reported.
    pub timestamp: Option<String>,
    /// `description` (2004).
    pub description: Option<String>,
    /// `learner_response`, `student_response`.
    pub response: Option<String>,
    /// `correct_responses.n.pattern` in order.
    pub patterns: Vec<String>,
    /// `result`: a word or a number.
    pub result: Option<String>,
    /// `latency`.
    pub latency: Option<Duration>,
    /// `weighting`.
    pub weighting: Option<f64>,
    /// `objectives.n.id` in order.
    pub objectives: Vec<String>,
}

impl Sco {
    /// The edition whose data model this is.
    pub fn edition(&self) -> Edition {
        self.edition
    }

    /// The API's state.
    pub fn state(&self) -> State {
        self.state
    }

    /// The last error's code.
    pub fn last_error(&self) -> u16 {
        self.error
    }

    /// The value an element has now: stored, evaluated or default; `None` for what has none, is
    /// a keyword, or does not exist. Reads write-only elements too.
    pub fn value(&self, name: &str) -> Option<&str> {
        let resolved = index(self.edition).resolve(name).ok()?;
        if resolved
            .path
            .iter()
            .any(|(collection, _, n)| *n >= self.count(collection))
        {
            return None;
        }
        self.read(resolved.row, &resolved.name)
    }

    /// Every element that holds a value of its own, with it, sorted by name.
    pub fn elements(&self) -> impl Iterator<Item = (&str, &str)> {
        self.values
            .iter()
            .map(|(name, value)| (name.as_str(), value.as_str()))
    }

    /// Whether the SCO set this element since it was launched (not kept for interactions).
    pub fn was_set(&self, name: &str) -> bool {
        self.touched.contains(name)
    }

    /// Values beyond a smallest permitted maximum, by row of the table.
    pub fn notes(&self) -> impl Iterator<Item = (&str, Note)> {
        self.notes
            .iter()
            .map(|(element, note)| (element.as_str(), *note))
    }

    /// The result as it stands now; final once [`State::Terminated`].
    pub fn end(&self) -> End {
        if self.edition.is_2004() {
            self.end_2004()
        } else {
            self.end_12()
        }
    }

    fn end_2004(&self) -> End {
        let completion = self.value("cmi.completion_status");
        let success = self.value("cmi.success_status");
        let by = |name: &str, threshold: &str, known: bool| match (
            known,
            self.values.contains_key(threshold),
        ) {
            (false, _) => StatusBy::Nobody,
            (true, true) => StatusBy::Lms,
            (true, false) if self.values.contains_key(name) => StatusBy::Sco,
            (true, false) => StatusBy::Nobody,
        };
        let completed = completed(completion);
        let passed = passed(success);
        End {
            completed,
            completed_by: by(
                "cmi.completion_status",
                "cmi.completion_threshold",
                completed.is_some(),
            ),
            passed,
            passed_by: by(
                "cmi.success_status",
                "cmi.scaled_passing_score",
                passed.is_some(),
            ),
            scaled: self.number("cmi.score.scaled"),
            raw: self.number("cmi.score.raw"),
            min: self.number("cmi.score.min"),
            max: self.number("cmi.score.max"),
            progress: self.number("cmi.progress_measure"),
            exit: self.exit("cmi.exit"),
            navigation: self
                .values
                .get("adl.nav.request")
                .filter(|request| *request != "_none_")
                .cloned(),
            session_time: self.duration("cmi.session_time"),
            measured_ms: self.measured(),
            total_time: self.total("cmi.total_time", "cmi.session_time"),
            lesson_status: None,
        }
    }

    /// 1.2 RTE 3.4.2, lesson_status: what the LMS makes of it when the SCO has finished.
    fn end_12(&self) -> End {
        let status_name = "cmi.core.lesson_status";
        let raw = self.number("cmi.core.score.raw");
        let (min, max) = (
            self.number("cmi.core.score.min"),
            self.number("cmi.core.score.max"),
        );
        let reported = self.values.get(status_name).map(String::as_str);
        let mode = self.value("cmi.core.lesson_mode").unwrap_or("normal");
        let credit = self.value("cmi.core.credit") != Some("no-credit");
        let mastery = self.number("cmi.student_data.mastery_score");
        let (status, by) = match (self.state, reported, mastery, raw) {
            (State::Terminated, _, Some(mastery), Some(raw)) if credit && mode == "normal" => (
                if raw >= mastery { "passed" } else { "failed" },
                StatusBy::Lms,
            ),
            (_, Some(status), _, _) => (status, StatusBy::Sco),
            (State::Terminated, None, _, _) if mode == "browse" => ("browsed", StatusBy::Lms),
            (State::Terminated, None, _, _) if mode == "normal" => ("completed", StatusBy::Lms),
            (_, None, _, _) => ("not attempted", StatusBy::Nobody),
        };
        let completed = match status {
            "passed" | "completed" | "failed" => Some(true),
            "incomplete" => Some(false),
            _ => None,
        };
        let passed = passed(Some(status));
        let who = |known: bool| if known { by } else { StatusBy::Nobody };
        End {
            completed,
            completed_by: who(completed.is_some()),
            passed,
            passed_by: who(passed.is_some()),
            scaled: raw.map(|raw| match (min.unwrap_or(0.0), max.unwrap_or(100.0)) {
                (min, max) if max > min => ((raw - min) / (max - min)).clamp(-1.0, 1.0),
                _ => (raw / 100.0).clamp(-1.0, 1.0),
            }),
            raw,
            min,
            max,
            progress: None,
            exit: self.exit("cmi.core.exit"),
            navigation: None,
            session_time: self.duration("cmi.core.session_time"),
            measured_ms: self.measured(),
            total_time: self.total("cmi.core.total_time", "cmi.core.session_time"),
            lesson_status: Some(status.to_owned()),
        }
    }

    /// The objectives in order.
    pub fn objectives(&self) -> Vec<ObjectiveRow> {
        (0..self.count("cmi.objectives"))
            .filter_map(|n| self.objective(n))
            .collect()
    }

    /// One objective by its place.
    pub fn objective(&self, n: u32) -> Option<ObjectiveRow> {
        if n >= self.count("cmi.objectives") {
            return None;
        }
        let is_2004 = self.edition.is_2004();
        let name = |leaf: &str| format!("cmi.objectives.{n}.{leaf}");
        let text = |leaf: &str| self.values.get(&name(leaf)).cloned();
        let number = |leaf: &str| self.number(&name(leaf));
        let (success, completion) = if is_2004 {
            ("success_status", "completion_status")
        } else {
            ("status", "status")
        };
        let completion_word = text(completion);
        Some(ObjectiveRow {
            index: n,
            id: text("id").unwrap_or_default(),
            description: text("description"),
            passed: passed(text(success).as_deref()),
            completed: match completion_word.as_deref() {
                Some("passed" | "failed") if !is_2004 => Some(true),
                word => completed(word),
            },
            scaled: number("score.scaled"),
            raw: number("score.raw"),
            min: number("score.min"),
            max: number("score.max"),
            progress: number("progress_measure"),
            set_status: self.was_set(&name(success)),
            set_completion: self.was_set(&name(completion)),
            set_scaled: self.was_set(&name("score.scaled")),
        })
    }

    /// The interactions in order.
    pub fn interactions(&self) -> Vec<InteractionRow> {
        (0..self.count("cmi.interactions"))
            .filter_map(|n| self.interaction(n))
            .collect()
    }

    /// One interaction by its place.
    pub fn interaction(&self, n: u32) -> Option<InteractionRow> {
        if n >= self.count("cmi.interactions") {
            return None;
        }
        let (time, response) = if self.edition.is_2004() {
            ("timestamp", "learner_response")
        } else {
            ("time", "student_response")
        };
        let text = |leaf: &str| {
            self.values
                .get(&format!("cmi.interactions.{n}.{leaf}"))
                .cloned()
        };
        let list = |collection: &str, leaf: &str| {
            (0..self.count(&format!("cmi.interactions.{n}.{collection}")))
                .filter_map(|m| text(&format!("{collection}.{m}.{leaf}")))
                .collect()
        };
        Some(InteractionRow {
            index: n,
            id: text("id").unwrap_or_default(),
            kind: text("type"),
            timestamp: text(time),
            description: text("description"),
            response: text(response),
            patterns: list("correct_responses", "pattern"),
            result: text("result"),
            latency: self.duration(&format!("cmi.interactions.{n}.latency")),
            weighting: self.number(&format!("cmi.interactions.{n}.weighting")),
            objectives: list("objectives", "id"),
        })
    }

    /// The data stores: target, value (`None`: nothing in it), whether the SCO set it in this launch.
    pub fn stores(&self) -> Vec<(String, Option<String>, bool)> {
        (0..self.count("adl.data"))
            .map(|n| {
                let name = format!("adl.data.{n}.store");
                let id = self
                    .values
                    .get(&format!("adl.data.{n}.id"))
                    .cloned()
                    .unwrap_or_default();
                (id, self.values.get(&name).cloned(), self.was_set(&name))
            })
            .collect()
    }

    fn exit(&self, name: &str) -> Exit {
        match self.values.get(name).map(String::as_str) {
            Some("normal") => Exit::Normal,
            Some("time-out") => Exit::TimeOut,
            Some("suspend") => Exit::Suspend,
            Some("logout") => Exit::Logout,
            _ => Exit::Unspecified,
        }
    }

    fn duration(&self, name: &str) -> Option<Duration> {
        self.values.get(name).and_then(|text| Duration::parse(text))
    }

    fn measured(&self) -> Option<i64> {
        Some(self.ended? - self.began?).filter(|ms| *ms >= 0)
    }

    fn total(&self, total: &str, session: &str) -> Duration {
        self.duration(total)
            .unwrap_or_default()
            .plus(self.duration(session).unwrap_or_default())
    }
}

fn completed(word: Option<&str>) -> Option<bool> {
    match word {
        Some("completed") => Some(true),
        Some("incomplete" | "not attempted") => Some(false),
        _ => None,
    }
}

fn passed(word: Option<&str>) -> Option<bool> {
    match word {
        Some("passed") => Some(true),
        Some("failed") => Some(false),
        _ => None,
    }
}
