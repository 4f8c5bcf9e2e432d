//! The beginning of a SCO's run-time data: initial values, resuming, navigation validity.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::index::index;
use super::initial::{Credit, Initial, InitialObjective};
use super::sco::{Sco, State};
use super::table::{Access, Limits};
use super::{Duration, values};
use crate::Edition;

/// What the engine last said of navigation (SN 5.6.4): answers of `adl.nav.request_valid.*`.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub struct Validity {
    /// `continue`.
    #[serde(rename = "continue")]
    pub proceed: bool,
    /// `previous`.
    pub previous: bool,
    /// `choice` by target; a target that is not named is not known.
    pub choice: BTreeMap<String, bool>,
    /// `jump` by target (4th edition).
    pub jump: BTreeMap<String, bool>,
}

/// Elements of one launch: forgotten when an attempt is resumed.
const OF_ONE_LAUNCH: &[&str] = &[
    "cmi.session_time",
    "cmi.exit",
    "cmi.core.session_time",
    "cmi.core.exit",
    "adl.nav.request",
];

impl Sco {
    /// Run-time data for a new attempt on a SCO: `cmi.entry` is `ab-initio`.
    pub fn begin(edition: Edition, initial: &Initial) -> Self {
        Self::begin_within(edition, initial, Limits::default())
    }

    /// [`Sco::begin`] with other limits than the usual.
    pub fn begin_within(edition: Edition, initial: &Initial, limits: Limits) -> Self {
        let mut sco = Self::empty(edition, limits);
        sco.launch(initial, "ab-initio", Duration::default());
        sco
    }

    /// Run-time data for a further launch within the same attempt: everything the SCO stored is
    /// there again, `cmi.total_time` has grown by the session that ended.
    ///
    /// SCORM 2004 answers `resume` in `cmi.entry`. SCORM 1.2 does so only if the SCO left with
    /// `suspend` or never finished, else "" (RTE 3.4.2, entry).
    pub fn resume(previous: &Self, initial: &Initial) -> Self {
        let end = previous.end();
        let mut sco = Self::empty(previous.edition, previous.limits);
        sco.values = previous.values.clone();
        sco.counts = previous.counts.clone();
        sco.bytes = previous.bytes;
        sco.notes = previous.notes.clone();
        let stores: Vec<String> = sco
            .values
            .keys()
            .filter(|name| name.starts_with("adl."))
            .cloned()
            .collect();
        for name in stores
            .iter()
            .map(String::as_str)
            .chain(OF_ONE_LAUNCH.iter().copied())
        {
            sco.remove(name);
        }
        if let Some(status) = &end.lesson_status {
            sco.put("cmi.core.lesson_status", status, false);
        }
        let suspended = previous.state != State::Terminated || end.exit == super::Exit::Suspend;
        let entry = if previous.edition.is_2004() || suspended {
            "resume"
        } else {
            ""
        };
        sco.launch(initial, entry, end.total_time);
        sco
    }

    fn empty(edition: Edition, limits: Limits) -> Self {
        Self {
            edition,
            state: State::NotInitialized,
            error: 0,
            diagnostic: String::new(),
            values: BTreeMap::new(),
            counts: BTreeMap::new(),
            access: BTreeMap::new(),
            bytes: 0,
            limits,
            touched: Default::default(),
            notes: BTreeMap::new(),
            began: None,
            ended: None,
        }
    }

    fn launch(&mut self, initial: &Initial, entry: &str, total: Duration) {
        let credit = match initial.credit {
            Credit::Credit => "credit",
            Credit::NoCredit => "no-credit",
        };
        let mode = initial.mode.word();
        let launch_data = initial.launch_data.as_deref();
        let max_time = initial.max_time_allowed.as_deref();
        let action = initial.time_limit_action.as_deref();
        if self.edition.is_2004() {
            self.know("cmi.learner_id", Some(&initial.learner_id));
            self.know("cmi.learner_name", Some(&initial.learner_name));
            self.know("cmi.credit", Some(credit));
            self.know("cmi.mode", Some(mode));
            self.put("cmi.entry", entry, false);
            self.know("cmi.total_time", Some(&total.to_iso()));
            self.know("cmi.launch_data", launch_data);
            self.know("cmi.max_time_allowed", max_time);
            self.know("cmi.time_limit_action", action);
            self.know(
                "cmi.completion_threshold",
                decimal(initial.completion_threshold).as_deref(),
            );
            self.know(
                "cmi.scaled_passing_score",
                decimal(initial.scaled_passing_score).as_deref(),
            );
            self.comments(initial);
            if self.edition == Edition::Scorm2004Fourth {
                self.map_stores(initial);
            }
        } else {
            self.know("cmi.core.student_id", Some(&initial.learner_id));
            self.know("cmi.core.student_name", Some(&initial.learner_name));
            self.know("cmi.core.credit", Some(credit));
            self.know("cmi.core.lesson_mode", Some(mode));
            self.put("cmi.core.entry", entry, false);
            self.know("cmi.core.total_time", Some(&total.to_timespan()));
            self.know("cmi.launch_data", launch_data);
            self.know("cmi.student_data.max_time_allowed", max_time);
            self.know("cmi.student_data.time_limit_action", action);
            self.know(
                "cmi.student_data.mastery_score",
                decimal(initial.mastery_score).as_deref(),
            );
            let comments: Vec<&str> = initial
                .comments_from_lms
                .iter()
                .map(|c| c.comment.as_str())
                .collect();
            self.know("cmi.comments_from_lms", Some(&comments.join("\n")));
        }
        for (name, value) in &initial.preferences {
            self.prefer(name, value);
        }
        for objective in &initial.objectives {
            self.objective_known(objective);
        }
    }

    /// Sets what the LMS knows; what it does not know has no value.
    fn know(&mut self, name: &str, value: Option<&str>) {
        match value {
            Some(value) if !value.is_empty() && !values::has_forbidden_characters(value) => {
                self.put(name, value, false);
            }
            _ => self.remove(name),
        }
    }

    /// What the LMS knows of the learner's preferences, where this SCO was never told otherwise: what
    /// it was told is its own from launch to launch (RTE 4.2.13; ADL's case DMI).
    fn prefer(&mut self, name: &str, value: &str) {
        if self.values.contains_key(name) {
            return;
        }
        let index = index(self.edition);
        let preference = name.starts_with("cmi.learner_preference.")
            || name.starts_with("cmi.student_preference.");
        if preference
            && let Ok(resolved) = index.resolve(name)
            && resolved.row.access == Access::ReadWrite
            && !values::has_forbidden_characters(value)
            && values::check(index, resolved.row, value, None).is_ok()
        {
            self.put(name, value, false);
        }
    }

    fn comments(&mut self, initial: &Initial) {
        const COLLECTION: &str = "cmi.comments_from_lms";
        for (n, comment) in initial.comments_from_lms.iter().enumerate() {
            self.know(&format!("{COLLECTION}.{n}.comment"), Some(&comment.comment));
            self.know(
                &format!("{COLLECTION}.{n}.location"),
                comment.location.as_deref(),
            );
            self.know(
                &format!("{COLLECTION}.{n}.timestamp"),
                comment.timestamp.as_deref(),
            );
        }
        self.entries(COLLECTION, initial.comments_from_lms.len());
    }

    fn map_stores(&mut self, initial: &Initial) {
        const COLLECTION: &str = "adl.data";
        for (n, store) in initial.stores.iter().enumerate() {
            let name = format!("{COLLECTION}.{n}.store");
            self.know(&format!("{COLLECTION}.{n}.id"), Some(&store.id));
            self.know(&name, store.value.as_deref());
            match (store.readable, store.writable) {
                (true, true) => {}
                (true, false) => _ = self.access.insert(name, Access::Read),
                (false, true) => _ = self.access.insert(name, Access::Write),
                (false, false) => _ = self.access.insert(name, Access::Neither),
            }
        }
        self.entries(COLLECTION, initial.stores.len());
    }

    fn entries(&mut self, collection: &str, entries: usize) {
        if entries > 0 {
            self.counts.insert(collection.to_owned(), entries as u32);
        } else {
            self.counts.remove(collection);
        }
    }

    /// Puts what sequencing knows of an objective into the entry with its id, or a new one.
    fn objective_known(&mut self, objective: &InitialObjective) {
        const COLLECTION: &str = "cmi.objectives";
        if objective.id.is_empty() || values::has_forbidden_characters(&objective.id) {
            return;
        }
        let entries = self.count(COLLECTION);
        let n = (0..entries)
            .find(|n| self.values.get(&format!("{COLLECTION}.{n}.id")) == Some(&objective.id))
            .unwrap_or(entries);
        if n as usize >= self.limits.entries {
            return;
        }
        self.put(&format!("{COLLECTION}.{n}.id"), &objective.id, false);
        self.counts
            .insert(COLLECTION.to_owned(), entries.max(n + 1));
        let mut known = |leaf: &str, value: Option<String>| {
            if let Some(value) = value {
                self.put(&format!("{COLLECTION}.{n}.{leaf}"), &value, false);
            }
        };
        let success = objective
            .satisfied
            .map(|met| if met { "passed" } else { "failed" });
        let completion = objective
            .completed
            .map(|done| if done { "completed" } else { "incomplete" });
        known("score.raw", decimal(objective.raw));
        known("score.min", decimal(objective.min));
        known("score.max", decimal(objective.max));
        if self.edition.is_2004() {
            let mut known = |leaf: &str, value: Option<String>| {
                if let Some(value) = value {
                    self.put(&format!("{COLLECTION}.{n}.{leaf}"), &value, false);
                }
            };
            known("success_status", success.map(str::to_owned));
            known("completion_status", completion.map(str::to_owned));
            known("score.scaled", decimal(objective.scaled));
            if self.edition != Edition::Scorm2004Second {
                let progress = decimal(objective.progress);
                if let Some(progress) = progress {
                    self.put(
                        &format!("{COLLECTION}.{n}.progress_measure"),
                        &progress,
                        false,
                    );
                }
            }
        } else if let Some(status) = success.or(completion) {
            self.put(&format!("{COLLECTION}.{n}.status"), status, false);
        }
    }

    /// Takes over what the engine says of navigation; asked by `adl.nav.request_valid.*`.
    pub fn set_navigation(&mut self, validity: &Validity) {
        const PREFIX: &str = "adl.nav.request_valid.";
        if !self.edition.is_2004() {
            return;
        }
        let old: Vec<String> = self
            .values
            .keys()
            .filter(|name| name.starts_with(PREFIX))
            .cloned()
            .collect();
        for name in old {
            self.remove(&name);
        }
        let mut say = |what: String, valid: bool| {
            self.put(&(PREFIX.to_owned() + &what), &valid.to_string(), false)
        };
        say("continue".to_owned(), validity.proceed);
        say("previous".to_owned(), validity.previous);
        for (target, valid) in &validity.choice {
            say(format!("choice.{{target={target}}}"), *valid);
        }
        for (target, valid) in &validity.jump {
            say(format!("jump.{{target={target}}}"), *valid);
        }
    }
}

/// A real as the data model writes it: no exponent.
fn decimal(number: Option<f64>) -> Option<String> {
    number
        .filter(|number| number.is_finite())
        .map(|number| number.to_string())
}
