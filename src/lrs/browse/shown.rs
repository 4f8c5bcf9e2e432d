//! Statements in words: who did what to what, in the reader's language.

use std::collections::{BTreeSet, HashMap};

use serde::Serialize;
use uuid::Uuid;
use xapi::json::{Value, parse};
use xapi::language::Preferences;

use super::store::{self, SeenRow};
use crate::App;
use crate::clock::Timestamp;
use crate::db::DbError;
use crate::lrs::definitions;
use crate::web::Lang;

/// Verbs that have words of ours (`lrs-verb-<key>`), by their ids: ADL's, those of cmi5 and TinCan
/// tools, our own profiles'.
pub(in crate::lrs) const VERBS: [(&str, &str); 31] = [
    ("http://adlnet.gov/expapi/verbs/initialized", "initialized"),
    ("http://adlnet.gov/expapi/verbs/launched", "launched"),
    ("http://adlnet.gov/expapi/verbs/attempted", "attempted"),
    ("http://adlnet.gov/expapi/verbs/experienced", "experienced"),
    ("http://adlnet.gov/expapi/verbs/progressed", "progressed"),
    ("http://adlnet.gov/expapi/verbs/answered", "answered"),
    ("http://adlnet.gov/expapi/verbs/responded", "responded"),
    ("http://adlnet.gov/expapi/verbs/asked", "asked"),
    ("http://adlnet.gov/expapi/verbs/attended", "attended"),
    ("http://adlnet.gov/expapi/verbs/registered", "registered"),
    ("http://adlnet.gov/expapi/verbs/commented", "commented"),
    ("http://adlnet.gov/expapi/verbs/shared", "shared"),
    ("http://adlnet.gov/expapi/verbs/interacted", "interacted"),
    ("http://adlnet.gov/expapi/verbs/mastered", "mastered"),
    ("http://adlnet.gov/expapi/verbs/completed", "completed"),
    ("http://adlnet.gov/expapi/verbs/passed", "passed"),
    ("http://adlnet.gov/expapi/verbs/failed", "failed"),
    ("http://adlnet.gov/expapi/verbs/scored", "scored"),
    ("http://adlnet.gov/expapi/verbs/suspended", "suspended"),
    ("http://adlnet.gov/expapi/verbs/resumed", "resumed"),
    ("http://adlnet.gov/expapi/verbs/terminated", "terminated"),
    ("http://adlnet.gov/expapi/verbs/exited", "exited"),
    ("http://adlnet.gov/expapi/verbs/voided", "voided"),
    ("https://w3id.org/xapi/adl/verbs/satisfied", "satisfied"),
    ("https://w3id.org/xapi/adl/verbs/waived", "waived"),
    ("https://w3id.org/xapi/adl/verbs/abandoned", "abandoned"),
    ("http://id.tincanapi.com/verb/viewed", "viewed"),
    ("http://activitystrea.ms/schema/1.0/create", "created"),
    ("http://activitystrea.ms/schema/1.0/accept", "accepted"),
    ("https://w3id.org/xapi/acrossx/verbs/replied", "replied"),
    ("http://id.tincanapi.com/verb/unregistered", "unregistered"),
];

/// A statement, ready for a page or a file.
#[derive(Debug, Clone, Serialize)]
pub(in crate::lrs) struct Shown {
    pub stored: i64,
    pub id: Uuid,
    /// When it happened, in microseconds.
    pub at: i64,
    pub who: String,
    /// The actor's identifier.
    pub agent: String,
    pub did: String,
    pub verb: String,
    pub what: String,
    /// The object's id.
    pub object: String,
    /// What it is a part of, by name: a course, mostly.
    pub within: Option<String>,
    /// -1..1; without a scaled score the share of the possible.
    pub score: Option<f64>,
    pub success: Option<bool>,
    pub completion: Option<bool>,
    pub response: Option<String>,
    pub seconds: Option<f64>,
    pub registration: Option<Uuid>,
    pub client: String,
    pub organisation: Option<String>,
    pub version: String,
    pub voided: bool,
    pub voiding: bool,
    pub attachments: usize,
}

/// What a statement's language maps hold for a reader.
fn in_language<'v>(map: &'v Value<'_>, wanted: &Preferences) -> Option<&'v str> {
    let tags: Vec<&str> = map
        .as_object()?
        .iter()
        .map(|(tag, _)| tag.as_ref())
        .collect();
    map.str(wanted.choose(&tags)?)
}

/// A score as a share: scaled, or between the least and the most.
fn share(score: &Value<'_>) -> Option<f64> {
    let number = |name: &str| score.get(name).and_then(Value::as_f64);
    if let Some(scaled) = number("scaled") {
        return Some(scaled);
    }
    let (raw, most) = (number("raw")?, number("max")?);
    let least = number("min").unwrap_or(0.0);
    (most > least).then(|| (raw - least) / (most - least))
}

fn last_part(iri: &str) -> &str {
    let end = iri.trim_end_matches(['/', '#']);
    end.rsplit(['/', '#']).next().unwrap_or(end)
}

/// Whom an account of ours names.
fn own_account(app: &App, agent: &Value<'_>) -> Option<Uuid> {
    let account = agent.get("account")?;
    if account.str("homePage")? != app.config.public_url {
        return None;
    }
    Uuid::parse_str(account.str("name")?).ok()
}

struct Namer<'a> {
    app: &'a App,
    lang: Lang,
    wanted: Preferences,
    people: HashMap<Uuid, String>,
    known: HashMap<String, String>,
}

impl Namer<'_> {
    fn person(&self, agent: &Value<'_>) -> String {
        let own = own_account(self.app, agent).and_then(|id| self.people.get(&id));
        if let Some(name) = own.filter(|name| !name.is_empty()) {
            return name.clone();
        }
        if let Some(name) = agent.str("name").filter(|name| !name.trim().is_empty()) {
            return name.to_owned();
        }
        if let Some(mbox) = agent.str("mbox") {
            return mbox.trim_start_matches("mailto:").to_owned();
        }
        if let Some(account) = agent.get("account") {
            return account.str("name").unwrap_or_default().to_owned();
        }
        if let Some(openid) = agent.str("openid") {
            return openid.to_owned();
        }
        if let Some(sum) = agent.str("mbox_sha1sum") {
            return sum.chars().take(8).collect();
        }
        let members = agent
            .get("member")
            .and_then(Value::as_array)
            .unwrap_or_default();
        let names: Vec<String> = members.iter().take(4).map(|one| self.person(one)).collect();
        names.join(", ")
    }

    fn verb(&self, verb: &Value<'_>) -> String {
        let id = verb.str("id").unwrap_or_default();
        if let Some((_, key)) = VERBS.iter().find(|(iri, _)| *iri == id) {
            return self
                .app
                .pages
                .locales
                .text(self.lang, &format!("lrs-verb-{key}"), &[]);
        }
        verb.get("display")
            .and_then(|map| in_language(map, &self.wanted))
            .unwrap_or_else(|| last_part(id))
            .to_owned()
    }

    fn activity(&self, object: &Value<'_>) -> String {
        let id = object.str("id").unwrap_or_default();
        let own = object.get("definition").and_then(|d| d.get("name"));
        if let Some(name) = own.and_then(|map| in_language(map, &self.wanted)) {
            return name.to_owned();
        }
        let known = self.known.get(id).and_then(|text| parse(text).ok());
        let name = known
            .as_ref()
            .and_then(|d| d.get("name"))
            .and_then(|map| in_language(map, &self.wanted));
        name.unwrap_or_else(|| last_part(id)).to_owned()
    }

    /// The name of the activity around it, where the statement brings one.
    fn within(&self, context: &Value<'_>) -> Option<String> {
        ["parent", "grouping"]
            .into_iter()
            .flat_map(|relation| xapi::context::related(context, relation))
            .filter_map(|activity| activity.get("definition")?.get("name"))
            .find_map(|map| in_language(map, &self.wanted))
            .map(str::to_owned)
    }

    fn object(&self, object: &Value<'_>) -> (String, String) {
        let text = |key: &str| self.app.pages.locales.text(self.lang, key, &[]);
        match object.str("objectType") {
            Some("Agent" | "Group") => (
                self.person(object),
                xapi::actor::identifier(object).unwrap_or_default(),
            ),
            Some("StatementRef") => (
                text("lrs-a-statement"),
                object.str("id").unwrap_or_default().to_owned(),
            ),
            Some("SubStatement") => {
                let verb = object.get("verb").map(|verb| self.verb(verb));
                let inner = object.get("object").map(|inner| self.object(inner));
                let (what, id) = inner.unwrap_or_default();
                (format!("{} {what}", verb.unwrap_or_default()), id)
            }
            _ => (
                self.activity(object),
                object.str("id").unwrap_or_default().to_owned(),
            ),
        }
    }
}

/// The topic that an activity of ours is, or is in.
fn topic_of(app: &App, activity: &str) -> Option<Uuid> {
    let path = activity.strip_prefix(app.config.public_url.as_str())?;
    let rest = path.strip_prefix("/topics/")?;
    Uuid::parse_str(rest.get(..36)?).ok()
}

/// Topics bring no names in their statements (what people write can be hidden): they are looked
/// up, as definitions by the activities' ids.
async fn titles(
    app: &App,
    values: &[(&SeenRow, Value<'_>)],
) -> Result<HashMap<String, String>, DbError> {
    let wanted: Vec<(String, Uuid)> = values
        .iter()
        .filter_map(|(_, value)| value.get("object")?.str("id"))
        .filter_map(|id| Some((id.to_owned(), topic_of(app, id)?)))
        .collect();
    if wanted.is_empty() {
        return Ok(HashMap::new());
    }
    let ids: Vec<Uuid> = wanted.iter().map(|(_, topic)| *topic).collect();
    let rows: Vec<store::NamedRow> = store::TOPICS.bind(ids).all(&app.db).await?;
    Ok(wanted
        .into_iter()
        .filter_map(|(activity, topic)| {
            let row = rows.iter().find(|row| row.id == topic)?;
            let definition = serde_json::json!({ "name": { "und": row.name } });
            Some((activity, definition.to_string()))
        })
        .collect())
}

/// Statements in words. Names and definitions are looked up for all of them together.
pub(in crate::lrs) async fn show(
    app: &App,
    lang: Lang,
    rows: &[SeenRow],
) -> Result<Vec<Shown>, DbError> {
    let values: Vec<(&SeenRow, Value<'_>)> = rows
        .iter()
        .filter_map(|row| Some((row, parse(&row.statement).ok()?)))
        .collect();
    let mut people = BTreeSet::new();
    let mut activities: HashMap<Uuid, Vec<String>> = HashMap::new();
    for (row, value) in &values {
        let object = value.get("object");
        let agents = [value.get("actor"), object];
        people.extend(
            agents
                .into_iter()
                .flatten()
                .filter_map(|agent| own_account(app, agent)),
        );
        if let Some(object) = object
            && object.get("definition").is_none()
        {
            let id = object.str("id").unwrap_or_default().to_owned();
            activities.entry(row.tenant).or_default().push(id);
        }
    }
    let mut known = HashMap::new();
    for (tenant, ids) in activities {
        known.extend(definitions::of(app, tenant, ids).await?);
    }
    known.extend(titles(app, &values).await?);
    let people: Vec<store::NamedRow> = store::PEOPLE
        .bind(people.into_iter().collect::<Vec<Uuid>>())
        .all(&app.db)
        .await?;
    let clients: BTreeSet<Uuid> = rows.iter().map(|row| row.credential).collect();
    let clients: Vec<store::ClientRow> = store::CLIENTS
        .bind(clients.into_iter().collect::<Vec<Uuid>>())
        .all(&app.db)
        .await?;
    let clients: HashMap<Uuid, store::ClientRow> =
        clients.into_iter().map(|row| (row.id, row)).collect();
    let namer = Namer {
        app,
        lang,
        wanted: Preferences::of(lang.code()),
        people: people.into_iter().map(|row| (row.id, row.name)).collect(),
        known,
    };
    Ok(values
        .iter()
        .map(|(row, value)| one(&namer, row, value, clients.get(&row.credential)))
        .collect())
}

fn one(
    namer: &Namer<'_>,
    row: &SeenRow,
    value: &Value<'_>,
    client: Option<&store::ClientRow>,
) -> Shown {
    let result = value.get("result");
    let score = result.and_then(|result| result.get("score"));
    let flag = |name: &str| match result.and_then(|r| r.get(name))?.text {
        "true" => Some(true),
        "false" => Some(false),
        _ => None,
    };
    let (what, object) = value
        .get("object")
        .map(|o| namer.object(o))
        .unwrap_or_default();
    let actor = value.get("actor");
    let time = value.str("timestamp").and_then(xapi::time::parse_timestamp);
    Shown {
        stored: row.stored,
        id: row.id,
        at: time.unwrap_or(row.stored),
        who: actor.map(|actor| namer.person(actor)).unwrap_or_default(),
        agent: actor.and_then(xapi::actor::identifier).unwrap_or_default(),
        did: value
            .get("verb")
            .map(|verb| namer.verb(verb))
            .unwrap_or_default(),
        verb: value
            .get("verb")
            .and_then(|v| v.str("id"))
            .unwrap_or_default()
            .to_owned(),
        what,
        object,
        within: value
            .get("context")
            .and_then(|context| namer.within(context)),
        score: score.and_then(share),
        success: flag("success"),
        completion: flag("completion"),
        response: result
            .and_then(|r| r.str("response"))
            .filter(|text| !text.is_empty())
            .map(|text| text.chars().take(300).collect()),
        seconds: result
            .and_then(|r| r.str("duration"))
            .and_then(xapi::time::seconds),
        registration: value
            .get("context")
            .and_then(|context| context.str("registration"))
            .and_then(|text| Uuid::parse_str(text).ok()),
        client: client.map_or_else(|| "Halqa".to_owned(), |client| client.name.clone()),
        organisation: client.and_then(|client| client.organisation.clone()),
        version: value.str("version").unwrap_or_default().to_owned(),
        voided: row.voided,
        voiding: row.voiding,
        attachments: value
            .get("attachments")
            .and_then(Value::as_array)
            .map_or(0, <[Value<'_>]>::len),
    }
}

impl Shown {
    /// When it was stored.
    pub(in crate::lrs) fn stored_at(&self) -> Timestamp {
        Timestamp::from_micros(self.stored)
    }
}

/// JSON in lines, for reading: every text and number as it is.
pub(in crate::lrs) fn pretty(json: &str) -> String {
    let mut out = String::with_capacity(json.len() * 2);
    let (mut depth, mut quoted, mut escaped) = (0_usize, false, false);
    let line = |out: &mut String, depth: usize| {
        out.push('\n');
        out.extend(std::iter::repeat_n("  ", depth));
    };
    let mut rest = json.chars().peekable();
    while let Some(c) = rest.next() {
        if quoted {
            out.push(c);
            quoted = escaped || c != '"';
            escaped = c == '\\' && !escaped;
            continue;
        }
        match c {
            '"' => {
                quoted = true;
                out.push(c);
            }
            '{' | '[' => {
                out.push(c);
                while rest.peek().is_some_and(char::is_ascii_whitespace) {
                    rest.next();
                }
                if let Some(close) = rest.next_if(|next| matches!(next, '}' | ']')) {
                    out.push(close);
                } else {
                    depth += 1;
                    line(&mut out, depth);
                }
            }
            '}' | ']' => {
                depth = depth.saturating_sub(1);
                line(&mut out, depth);
                out.push(c);
            }
            ',' => {
                out.push(c);
                line(&mut out, depth);
            }
            ':' => out.push_str(": "),
            c if c.is_ascii_whitespace() => {}
            c => out.push(c),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn json_is_laid_out_and_never_changed() {
        let json = r#"{"a":[],"b":{"c":1.50,"d":"x,\"{\\"},"e":[true, null]}"#;
        let shown = pretty(json);
        assert_eq!(
            shown,
            "{\n  \"a\": [],\n  \"b\": {\n    \"c\": 1.50,\n    \"d\": \"x,\\\"{\\\\\"\n  },\n  \"e\": [\n    true,\n    null\n  ]\n}"
        );
        let read = |text: &str| serde_json::from_str::<serde_json::Value>(text).unwrap();
        assert_eq!(read(json), read(&shown));
    }

    #[test]
    fn an_id_has_a_last_part() {
        assert_eq!(last_part("http://a.example/x/y/"), "y");
        assert_eq!(last_part("http://a.example/v#did"), "did");
        assert_eq!(last_part(""), "");
    }
}
