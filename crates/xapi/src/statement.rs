//! Statements: checked whole, kept as they came (Data 2.2 to 2.4).

use uuid::Uuid;

use crate::actor::{self, Who};
use crate::check::{
    array, boolean, each, extensions, iri, language_map, number, object, string, uuid,
};
use crate::json::{Kind, ObjectWriter, Value};
use crate::time::{is_duration, parse_timestamp};
use crate::{Checked, Invalid, VOIDED, Version, activity, attachment, context};

/// A statement that was checked.
#[derive(Debug, Clone)]
pub struct Statement<'a> {
    /// The statement.
    pub value: Value<'a>,
    /// The id it came with.
    pub id: Option<Uuid>,
}

/// Agents, members of groups and activities that one statement may name: what it is found by
/// grows with them.
pub const MENTIONS_MAX: usize = 1000;

/// What a body of statements holds.
#[derive(Debug)]
pub struct Body<'a> {
    /// The statements in their order.
    pub statements: Vec<Statement<'a>>,
    /// A list was sent, even of one.
    pub is_list: bool,
}

/// Reads and checks a body: one statement or a list of at most `limit` (Communication 2.1.2). An
/// id twice in a list is refused (2.0, 4.1.6.1).
pub fn read<'a>(value: Value<'a>, version: Version, limit: usize) -> Checked<Body<'a>> {
    let (items, is_list) = match value.kind {
        Kind::Array(items) => (items, true),
        _ => (vec![value], false),
    };
    if items.len() > limit {
        return Err(Invalid::new("too-many", ""));
    }
    let mut statements = Vec::with_capacity(items.len());
    let mut seen = std::collections::HashSet::new();
    for (index, item) in items.into_iter().enumerate() {
        let place = |e: Invalid| {
            if is_list {
                e.within(&format!("[{index}]"))
            } else {
                e
            }
        };
        let statement = Statement::check(item, version).map_err(place)?;
        if statement.id.is_some_and(|id| !seen.insert(id)) {
            return Err(place(Invalid::new("id-twice", "id")));
        }
        statements.push(statement);
    }
    Ok(Body {
        statements,
        is_list,
    })
}

const STATEMENT_KEYS: &[&str] = &[
    "id",
    "actor",
    "verb",
    "object",
    "result",
    "context",
    "timestamp",
    "stored",
    "authority",
    "version",
    "attachments",
];
const SUB_KEYS: &[&str] = &[
    "objectType",
    "actor",
    "verb",
    "object",
    "result",
    "context",
    "timestamp",
    "attachments",
];

impl<'a> Statement<'a> {
    /// Checks a statement, which names [`MENTIONS_MAX`] agents and activities at most.
    pub fn check(value: Value<'a>, version: Version) -> Checked<Self> {
        object(&value, STATEMENT_KEYS)?;
        let id = match value.get("id") {
            Some(id) => Some(uuid(id).map_err(|e| e.within("id"))?),
            None => None,
        };
        if let Some(stored) = value.get("stored") {
            timestamp(stored).map_err(|e| e.within("stored"))?;
        }
        if let Some(authority) = value.get("authority") {
            actor::check_authority(authority).map_err(|e| e.within("authority"))?;
        }
        if let Some(text) = value.get("version") {
            let known = string(text)
                .map_err(|e| e.within("version"))
                .map(Version::of_statement)?;
            // A 1.0.3 client cannot have made a statement of 2.0 (Data 2.4.10).
            if known.is_none_or(|known| known > version) {
                return Err(Invalid::new("version", "version"));
            }
        }
        body(&value, version, false)?;
        if mentions(&value) > MENTIONS_MAX {
            return Err(Invalid::new("too-many", ""));
        }
        Ok(Statement { value, id })
    }

    /// A statement read back from the store, where only checked ones are.
    pub fn trusted(value: Value<'a>) -> Self {
        let id = value.str("id").and_then(crate::check::parse_uuid);
        Statement { value, id }
    }

    /// The id of the verb.
    pub fn verb(&self) -> &str {
        self.value
            .get("verb")
            .and_then(|verb| verb.str("id"))
            .unwrap_or_default()
    }

    /// The statement that this one is about, if its object is a reference.
    pub fn target(&self) -> Option<Uuid> {
        let object = self.value.get("object")?;
        if object.str("objectType") != Some("StatementRef") {
            return None;
        }
        crate::check::parse_uuid(object.str("id")?)
    }

    /// True for a statement that voids another.
    pub fn is_voiding(&self) -> bool {
        self.verb() == VOIDED
    }

    /// The registration of its context.
    pub fn registration(&self) -> Option<Uuid> {
        crate::check::parse_uuid(self.value.get("context")?.str("registration")?)
    }

    /// The text to store, but for its end: [`finish`] adds what is known only when it is stored.
    /// `authority` is JSON text; one that was sent is replaced (Data 2.4.9), as is `stored`.
    pub fn stored_text(&self, id: Uuid, authority: &str, version: Version) -> Unfinished {
        let mut out = String::with_capacity(self.value.text.len() + authority.len() + 160);
        let mut object = ObjectWriter::new(&mut out);
        match self.value.get("id") {
            Some(own) => object.raw("id", own.text),
            None => object.string("id", &id.hyphenated().to_string()),
        }
        for (key, member) in self.value.as_object().unwrap_or_default() {
            match key.as_ref() {
                "id" | "stored" | "authority" => {}
                "context" if context::has_single(member) => {
                    context::write_with_lists(object.key(key), member);
                }
                "object" if inner_context(member).is_some_and(context::has_single) => {
                    let mut inner = ObjectWriter::new(object.key(key));
                    for (key, member) in member.as_object().unwrap_or_default() {
                        if key == "context" {
                            context::write_with_lists(inner.key(key), member);
                        } else {
                            inner.raw(key, member.text);
                        }
                    }
                    inner.end();
                }
                _ => object.raw(key, member.text),
            }
        }
        object.raw("authority", authority);
        if self.value.get("version").is_none() {
            object.string("version", version.text());
        }
        Unfinished {
            text: out,
            timed: self.value.get("timestamp").is_some(),
        }
    }
}

/// A statement's text without its end.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Unfinished {
    text: String,
    timed: bool,
}

impl Unfinished {
    /// True when a timestamp was sent.
    pub fn is_timed(&self) -> bool {
        self.timed
    }

    /// The whole text: `stored`, and `timestamp` where none was sent (Data 2.4.7), both
    /// [`crate::time::timestamp`] of `micros`.
    pub fn finish(&self, micros: i64) -> String {
        let stored = crate::time::timestamp(micros);
        let mut out = String::with_capacity(self.text.len() + 100);
        out.push_str(&self.text);
        if !self.timed {
            out.push_str(",\"timestamp\":\"");
            out.push_str(&stored);
            out.push('"');
        }
        out.push_str(",\"stored\":\"");
        out.push_str(&stored);
        out.push_str("\"}");
        out
    }
}

fn inner_context<'v, 'a>(object: &'v Value<'a>) -> Option<&'v Value<'a>> {
    (object.str("objectType") == Some("SubStatement"))
        .then(|| object.get("context"))
        .flatten()
}

/// How many agents, members and activities a statement names.
fn mentions(part: &Value<'_>) -> usize {
    let one = |value: &Value<'_>| {
        let members = value.get("member").and_then(Value::as_array);
        1 + members.unwrap_or_default().len()
    };
    let object = part.get("object").map_or(0, |object| {
        one(object)
            + match object.str("objectType") {
                Some("SubStatement") => mentions(object),
                _ => 0,
            }
    });
    let context = part.get("context").map_or(0, |context| {
        let people = context::people_of(context).into_iter().map(one);
        let activities = context::RELATIONS
            .iter()
            .map(|relation| context::related(context, relation).len());
        people.chain(activities).sum()
    });
    part.get("actor").map_or(0, one) + object + context
}

/// What statements and sub-statements share.
fn body(value: &Value<'_>, version: Version, inside: bool) -> Checked {
    for required in ["actor", "verb", "object"] {
        if value.get(required).is_none() {
            return Err(Invalid::new("missing", required));
        }
    }
    let about = value
        .get("object")
        .and_then(|object| object.str("objectType"))
        .unwrap_or("Activity");
    for (key, member) in value.as_object().unwrap_or_default() {
        let checked = match key.as_ref() {
            "actor" => actor::check(member, Who::Actor),
            "verb" => verb(member),
            "object" => of_object(member, version, inside),
            "result" => result(member),
            "context" => context::check(member, version, about == "Activity"),
            "timestamp" => timestamp(member),
            "attachments" => array(member).and_then(|items| each(items, attachment::check)),
            _ => Ok(()),
        };
        checked.map_err(|e| e.within(key))?;
    }
    let voids = value.get("verb").and_then(|verb| verb.str("id")) == Some(VOIDED);
    if voids && about != "StatementRef" {
        return Err(Invalid::new("voids-nothing", "object"));
    }
    Ok(())
}

/// Checks a verb (XAPI-00044, XAPI-00045).
fn verb(value: &Value<'_>) -> Checked {
    object(value, &["id", "display"])?;
    let id = value
        .get("id")
        .ok_or_else(|| Invalid::new("missing", "id"))?;
    iri(id).map_err(|e| e.within("id"))?;
    if let Some(display) = value.get("display") {
        language_map(display).map_err(|e| e.within("display"))?;
    }
    Ok(())
}

fn of_object(value: &Value<'_>, version: Version, inside: bool) -> Checked {
    let kind = match value.get("objectType") {
        Some(kind) => string(kind).map_err(|e| e.within("objectType"))?,
        None => "Activity",
    };
    match kind {
        "Activity" => activity::check(value),
        "Agent" => actor::check(value, Who::Agent),
        "Group" => actor::check(value, Who::Group),
        "StatementRef" => context::reference(value),
        // A sub-statement holds no other (XAPI-00070).
        "SubStatement" if !inside => {
            object(value, SUB_KEYS)?;
            body(value, version, true)
        }
        _ => Err(Invalid::new("object-type", "objectType")),
    }
}

fn timestamp(value: &Value<'_>) -> Checked {
    match parse_timestamp(string(value)?) {
        Some(_) => Ok(()),
        None => Err(Invalid::new("timestamp", "")),
    }
}

/// Checks a result (XAPI-00076 to XAPI-00079).
fn result(value: &Value<'_>) -> Checked {
    let members = object(
        value,
        &[
            "score",
            "success",
            "completion",
            "response",
            "duration",
            "extensions",
        ],
    )?;
    for (key, member) in members {
        let checked = match key.as_ref() {
            "score" => score(member),
            "success" | "completion" => boolean(member).map(drop),
            "response" => string(member).map(drop),
            "duration" => string(member).and_then(|text| {
                is_duration(text)
                    .then_some(())
                    .ok_or_else(|| Invalid::new("duration", ""))
            }),
            _ => extensions(member),
        };
        checked.map_err(|e| e.within(key))?;
    }
    Ok(())
}

fn score(value: &Value<'_>) -> Checked {
    object(value, &["scaled", "raw", "min", "max"])?;
    let read = |name: &str| match value.get(name) {
        Some(member) => number(member).map(Some).map_err(|e| e.within(name)),
        None => Ok(None),
    };
    let (scaled, raw, min, max) = (read("scaled")?, read("raw")?, read("min")?, read("max")?);
    if scaled.is_some_and(|scaled| !(-1.0..=1.0).contains(&scaled)) {
        return Err(Invalid::new("score-range", "scaled"));
    }
    if let (Some(min), Some(max)) = (min, max)
        && min >= max
    {
        return Err(Invalid::new("score-range", "min"));
    }
    if let Some(raw) = raw
        && (min.is_some_and(|min| raw < min) || max.is_some_and(|max| raw > max))
    {
        return Err(Invalid::new("score-range", "raw"));
    }
    Ok(())
}
