//! The run-time data of one SCO in one attempt, and the API that changes it.

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};
use std::ops::Bound;

use serde::{Deserialize, Serialize};

use super::errors::Refusal;
use super::index::{Index, Resolved, index};
use super::table::{Access, Limits, Row};
use super::values;
use crate::Edition;

/// The API's state (RTE 3.1.1).
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum State {
    /// Before `Initialize`.
    #[default]
    NotInitialized,
    /// Between `Initialize` and `Terminate`.
    Running,
    /// After `Terminate`.
    Terminated,
}

/// What a call answers.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Answer {
    /// The returned string.
    pub result: String,
    /// The error code the call left (`GetLastError`).
    pub error: u16,
    /// More about the error, "" when there is none.
    pub diagnostic: String,
}

/// Something worth telling the trainer: a value beyond its smallest permitted maximum.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Note {
    /// The smallest permitted maximum (characters, or entries of a collection).
    pub permitted: u32,
    /// The most that was seen.
    pub seen: u32,
    /// How many calls went beyond.
    pub calls: u32,
}

/// The run-time data of one SCO in one learner attempt: a compact state that serialises to what
/// the browser's run-time starts from.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Sco {
    pub(super) edition: Edition,
    #[serde(default)]
    pub(super) state: State,
    /// The last error.
    #[serde(default)]
    pub(super) error: u16,
    #[serde(default)]
    pub(super) diagnostic: String,
    /// Every element that has a value, by its name.
    pub(super) values: BTreeMap<String, String>,
    /// Number of entries of each collection that has any.
    #[serde(default)]
    pub(super) counts: BTreeMap<String, u32>,
    /// Access of single elements that differs from the table's (data stores).
    #[serde(default)]
    pub(super) access: BTreeMap<String, Access>,
    /// Sum of all values' bytes.
    #[serde(default)]
    pub(super) bytes: usize,
    #[serde(default)]
    pub(super) limits: Limits,
    /// Elements set by the SCO since this launch (interactions excepted).
    #[serde(default)]
    pub(super) touched: BTreeSet<String>,
    /// Values beyond a smallest permitted maximum, by the element's row.
    #[serde(default)]
    pub(super) notes: BTreeMap<String, Note>,
    /// When `Initialize` succeeded, ms since the session opened.
    #[serde(default)]
    pub(super) began: Option<i64>,
    /// When `Terminate` succeeded, ms since the session opened.
    #[serde(default)]
    pub(super) ended: Option<i64>,
}

type Called = Result<String, (Refusal, Option<&'static Row>)>;

impl Sco {
    /// One call of the API by its name in the standard (`LMSSetValue`, `SetValue`…).
    ///
    /// Missing arguments count as "". `now` is in ms since the session opened; only the
    /// measured time depends on it.
    pub fn call<S: AsRef<str>>(&mut self, function: &str, arguments: &[S], now: i64) -> Answer {
        let index = index(self.edition);
        let names = &index.table.functions;
        let argument = |n: usize| arguments.get(n).map_or("", AsRef::as_ref);
        let name = function.strip_prefix(index.table.prefix).unwrap_or("");
        let called = match name {
            n if n == names.initialize => self.initialize(argument(0), now),
            n if n == names.terminate => self.terminate(argument(0), now),
            n if n == names.commit => self.commit(argument(0)),
            n if n == names.get_value => self.get(index, argument(0)),
            n if n == names.set_value => self
                .set(index, argument(0), argument(1))
                .map(|()| "true".to_owned()),
            n if n == names.get_last_error => return self.told(self.error.to_string()),
            n if n == names.get_error_string => {
                return self.told(error_string(index, argument(0)).to_owned());
            }
            n if n == names.get_diagnostic => {
                return self.told(self.diagnostic_of(index, argument(0)));
            }
            _ => Err((Refusal::NoFunction, None)),
        };
        match called {
            Ok(result) => {
                self.error = 0;
                self.diagnostic.clear();
                Answer {
                    result,
                    error: 0,
                    diagnostic: String::new(),
                }
            }
            Err((refusal, row)) => {
                self.error = index.table.refusals.code(refusal);
                let sentence = index.table.refusals.sentence(refusal);
                self.diagnostic = match row {
                    Some(row) => format!("{}: {sentence}", row.element),
                    None => sentence.to_owned(),
                };
                let result = if name == names.get_value { "" } else { "false" };
                Answer {
                    result: result.to_owned(),
                    error: self.error,
                    diagnostic: self.diagnostic.clone(),
                }
            }
        }
    }

    /// A support function's answer: it neither fails nor changes the last error (RTE 3.1.5).
    fn told(&self, result: String) -> Answer {
        Answer {
            result,
            error: self.error,
            diagnostic: self.diagnostic.clone(),
        }
    }

    /// RTE 3.1.3.1; 1.2 RTE 3.3.
    fn initialize(&mut self, argument: &str, now: i64) -> Called {
        match self.state {
            State::Running => Err((Refusal::InitializeRunning, None)),
            State::Terminated => Err((Refusal::InitializeTerminated, None)),
            State::NotInitialized if !argument.is_empty() => Err((Refusal::Argument, None)),
            State::NotInitialized => {
                self.state = State::Running;
                self.began = Some(now);
                Ok("true".to_owned())
            }
        }
    }

    /// RTE 3.1.3.2.
    fn terminate(&mut self, argument: &str, now: i64) -> Called {
        match self.state {
            State::NotInitialized => Err((Refusal::TerminateEarly, None)),
            State::Terminated => Err((Refusal::TerminateLate, None)),
            State::Running if !argument.is_empty() => Err((Refusal::Argument, None)),
            State::Running => {
                self.state = State::Terminated;
                self.ended = Some(now);
                Ok("true".to_owned())
            }
        }
    }

    /// RTE 3.1.4.3.
    fn commit(&self, argument: &str) -> Called {
        match self.state {
            State::NotInitialized => Err((Refusal::CommitEarly, None)),
            State::Terminated => Err((Refusal::CommitLate, None)),
            State::Running if !argument.is_empty() => Err((Refusal::Argument, None)),
            State::Running => Ok("true".to_owned()),
        }
    }

    /// RTE 3.1.4.1.
    fn get(&self, index: &Index, name: &str) -> Called {
        match self.state {
            State::NotInitialized => return Err((Refusal::GetEarly, None)),
            State::Terminated => return Err((Refusal::GetLate, None)),
            State::Running => {}
        }
        if name.is_empty() {
            return Err((Refusal::GetNothing, None));
        }
        let Resolved { name, row, path } =
            index.resolve(name).map_err(|refusal| (refusal, None))?;
        let refused = |refusal| Err((refusal, Some(row)));
        if row.access == Access::Write {
            return refused(Refusal::WriteOnly);
        }
        if path
            .iter()
            .any(|(collection, _, position)| *position >= self.count(collection))
        {
            return refused(Refusal::NoEntry);
        }
        if row.access == Access::Keyword {
            return Ok(match row.value {
                Some(value) => value.to_owned(),
                None => self
                    .count(name.strip_suffix("._count").unwrap_or(&name))
                    .to_string(),
            });
        }
        if let Some(Access::Write | Access::Neither) = self.access.get(&name) {
            return refused(Refusal::WriteOnly);
        }
        match self.read(row, &name) {
            Some(value) => Ok(value.to_owned()),
            None if index.table.unset_is_error => refused(Refusal::Unset),
            None => Ok(String::new()),
        }
    }

    /// The value an element has now: evaluated, stored or default.
    pub(super) fn read<'a>(&'a self, row: &'static Row, name: &str) -> Option<&'a str> {
        if let Some(judged) = &row.judged
            && let Some(threshold) = self.number(judged.threshold)
        {
            return Some(match self.number(judged.measure) {
                Some(measure) if measure >= threshold => judged.reached,
                Some(_) => judged.missed,
                None => judged.unknown,
            });
        }
        self.values.get(name).map(String::as_str).or(row.default)
    }

    /// RTE 3.1.4.2.
    fn set(
        &mut self,
        index: &Index,
        name: &str,
        value: &str,
    ) -> Result<(), (Refusal, Option<&'static Row>)> {
        match self.state {
            State::NotInitialized => return Err((Refusal::SetEarly, None)),
            State::Terminated => return Err((Refusal::SetLate, None)),
            State::Running => {}
        }
        if name.is_empty() {
            return Err((Refusal::SetNothing, None));
        }
        let resolved = index.resolve(name).map_err(|refusal| match refusal {
            Refusal::Undefined | Refusal::NoLeaf => (refusal, None),
            _ => (Refusal::NoKeyword, None),
        })?;
        let (row, name) = (resolved.row, resolved.name.as_str());
        let whole = match self.values.get(name) {
            Some(before) if row.appends => Cow::Owned(format!("{before}{value}")),
            _ => Cow::Borrowed(value),
        };
        let value = whole.as_ref();
        self.admit(index, &resolved, value)
            .map_err(|refusal| (refusal, Some(row)))?;
        self.note(row.element, row.spm, value.len(), || value.chars().count());
        self.note_items(index, &resolved, value);
        if !name.starts_with("cmi.interactions.") {
            self.touched.insert(name.to_owned());
        }
        self.put(name, value, row.empty_clears);
        for (collection, kind, position) in resolved.path {
            if position >= self.count(&collection) {
                let entries = position as usize + 1;
                self.note(kind.element, kind.spm, entries, || entries);
                self.counts.insert(collection, position + 1);
            }
        }
        Ok(())
    }

    /// Everything that can refuse a SetValue, in the order of the codes' precedence.
    fn admit(&self, index: &Index, resolved: &Resolved, value: &str) -> Result<(), Refusal> {
        let Resolved { name, row, path } = resolved;
        match row.access {
            Access::Keyword => return Err(Refusal::Keyword),
            Access::Read | Access::Neither => return Err(Refusal::ReadOnly),
            Access::Write | Access::ReadWrite => {}
        }
        for (collection, kind, position) in path {
            let entries = self.count(collection);
            if *position > entries || (kind.fixed && *position == entries) {
                return Err(Refusal::Gap);
            }
            if *position as usize >= self.limits.entries {
                return Err(Refusal::Full);
            }
        }
        if let Some(Access::Read | Access::Neither) = self.access.get(name) {
            return Err(Refusal::ReadOnly);
        }
        for pattern in row.needs {
            if !self.values.contains_key(&with_indices(pattern, path)) {
                return Err(Refusal::Dependency);
            }
        }
        if values::has_forbidden_characters(value) {
            return Err(Refusal::Characters);
        }
        if value.len() > self.limits.value_bytes {
            return Err(Refusal::TooLong);
        }
        let interaction = self.interaction_of(row, path);
        let formats = interaction.and_then(|kind| index.interaction(kind));
        let last = path.last();
        if let (Some(formats), Some((_, kind, position))) = (formats, last)
            && kind.patterns
            && formats.patterns.is_some_and(|most| *position >= most)
        {
            return Err(Refusal::Full);
        }
        values::check(index, row, value, interaction)?;
        if row.once && self.values.get(name).is_some_and(|set| set != value) {
            return Err(Refusal::Once);
        }
        if let Some((collection, kind, position)) = last {
            let distinct = row.unique || (kind.patterns && formats.is_some_and(|f| f.distinct));
            let leaf = row.element.rsplit('.').next().unwrap_or("");
            if distinct && self.another_holds(collection, *position, leaf, value) {
                return Err(Refusal::Duplicate);
            }
        }
        let before = self.values.get(name).map_or(0, String::len);
        if self.bytes - before + value.len() > self.limits.total_bytes {
            return Err(Refusal::TooMuch);
        }
        Ok(())
    }

    /// The type of the interaction whose response or pattern this is.
    fn interaction_of(
        &self,
        row: &Row,
        path: &[(String, &super::Collection, u32)],
    ) -> Option<&str> {
        match row.kind {
            "response" | "pattern" => self
                .values
                .get(&with_indices("cmi.interactions.n.type", path))
                .map(String::as_str),
            _ => None,
        }
    }

    /// Responses and patterns may have more items than the smallest permitted maximum (36 choices,
    /// RTE 4.2.9.1): kept, and noted under the element and the interaction's type.
    fn note_items(&mut self, index: &Index, resolved: &Resolved, value: &str) {
        let row = resolved.row;
        let Some(formats) = self
            .interaction_of(row, &resolved.path)
            .and_then(|kind| index.interaction(kind))
        else {
            return;
        };
        let format = match row.kind {
            "response" => &formats.response,
            _ => &formats.pattern,
        };
        if let Some(separator) = format.list {
            let items = value.split(separator).count();
            let name = format!("{} ({})", row.element, formats.kind);
            self.note(&name, Some(format.spm), items, || items);
        }
    }

    /// Whether another entry of the collection has this value in this leaf.
    fn another_holds(&self, collection: &str, position: u32, leaf: &str, value: &str) -> bool {
        // All names of the collection's entries lie between "collection." and "collection/".
        let (from, to) = (format!("{collection}."), format!("{collection}/"));
        let own = position.to_string();
        self.values
            .range::<str, _>((Bound::Included(from.as_str()), Bound::Excluded(to.as_str())))
            .any(|(name, held)| {
                held == value
                    && name[from.len()..]
                        .split_once('.')
                        .is_some_and(|(entry, rest)| rest == leaf && entry != own)
            })
    }

    /// Stores a value without asking; keeps the sum of bytes.
    pub(super) fn put(&mut self, name: &str, value: &str, empty_clears: bool) {
        if empty_clears && value.is_empty() {
            self.remove(name);
            return;
        }
        let before = self.values.insert(name.to_owned(), value.to_owned());
        self.bytes = self.bytes - before.map_or(0, |old| old.len()) + value.len();
    }

    /// Forgets a value.
    pub(super) fn remove(&mut self, name: &str) {
        if let Some(old) = self.values.remove(name) {
            self.bytes -= old.len();
        }
    }

    pub(super) fn count(&self, collection: &str) -> u32 {
        self.counts.get(collection).copied().unwrap_or(0)
    }

    pub(super) fn number(&self, name: &str) -> Option<f64> {
        self.values.get(name).and_then(|text| values::number(text))
    }

    fn note(
        &mut self,
        element: &str,
        permitted: Option<u32>,
        at_most: usize,
        exactly: impl FnOnce() -> usize,
    ) {
        let Some(permitted) = permitted else { return };
        if at_most <= permitted as usize {
            return;
        }
        let seen = exactly() as u32;
        if seen > permitted {
            let note = self.notes.entry(element.to_owned()).or_default();
            note.permitted = permitted;
            note.seen = note.seen.max(seen);
            note.calls = note.calls.saturating_add(1);
        }
    }

    /// `GetDiagnostic` (RTE 3.1.5.3): of the last error for "" or its code, else the code's string.
    fn diagnostic_of(&self, index: &Index, argument: &str) -> String {
        if argument.is_empty() || argument == self.error.to_string() {
            if !self.diagnostic.is_empty() {
                return self.diagnostic.clone();
            }
            return error_string(index, &self.error.to_string()).to_owned();
        }
        error_string(index, argument).to_owned()
    }
}

fn error_string(index: &Index, code: &str) -> &'static str {
    index
        .table
        .errors
        .iter()
        .find(|error| error.code.to_string() == code)
        .map_or("", |error| error.string)
}

/// `cmi.interactions.n.id` with the indices of `path` in the places of `n`.
fn with_indices(pattern: &str, path: &[(String, &super::Collection, u32)]) -> String {
    let mut positions = path.iter().map(|(_, _, position)| position);
    let mut name = String::with_capacity(pattern.len() + 4);
    for segment in pattern.split('.') {
        if !name.is_empty() {
            name.push('.');
        }
        match (segment, segment == "n") {
            (_, true) => {
                if let Some(position) = positions.next() {
                    name.push_str(&position.to_string());
                }
            }
            (segment, false) => name.push_str(segment),
        }
    }
    name
}
