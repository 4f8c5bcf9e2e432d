//! Parameters of requests (Communication 2.1.3, 2.2, 3.2): known, once, well formed.

use uuid::Uuid;

use crate::actor::{self, Who};
use crate::check::{is_iri, parse_uuid};
use crate::facet::Filter;
use crate::format::Format;
use crate::json::parse;
use crate::time::parse_timestamp;
use crate::{Checked, Invalid};

/// The longest id of a document, in bytes.
pub const DOCUMENT_ID_MAX: usize = 1000;

/// More parameters than any resource knows are no request.
pub const PARAMETERS_MAX: usize = 64;

/// Parameters by name; no name twice.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Parameters(Vec<(String, String)>);

impl Parameters {
    /// From pairs; refuses a name given twice, and more than [`PARAMETERS_MAX`].
    pub fn new(pairs: Vec<(String, String)>) -> Checked<Self> {
        if pairs.len() > PARAMETERS_MAX {
            return Err(Invalid::new("too-many", ""));
        }
        for (index, (name, _)) in pairs.iter().enumerate() {
            if pairs[..index].iter().any(|(other, _)| other == name) {
                return Err(Invalid::new("repeated-parameter", shown(name)));
            }
        }
        Ok(Parameters(pairs))
    }

    /// All pairs, in their order.
    pub fn pairs(&self) -> &[(String, String)] {
        &self.0
    }

    /// The value of a parameter.
    pub fn get(&self, name: &str) -> Option<&str> {
        self.0
            .iter()
            .find(|(key, _)| key == name)
            .map(|(_, value)| value.as_str())
    }

    /// Refuses all names but these (XAPI-00324, XAPI-00325).
    pub fn only(&self, known: &[&str]) -> Checked {
        match self
            .0
            .iter()
            .find(|(key, _)| !known.contains(&key.as_str()))
        {
            Some((key, _)) => Err(Invalid::new("unknown-parameter", shown(key))),
            None => Ok(()),
        }
    }

    fn required(&self, name: &'static str) -> Checked<&str> {
        self.get(name)
            .ok_or_else(|| Invalid::new("missing-parameter", name))
    }

    fn uuid(&self, name: &'static str) -> Checked<Option<Uuid>> {
        self.get(name)
            .map(|text| parse_uuid(text).ok_or_else(|| Invalid::new("uuid", name)))
            .transpose()
    }

    fn time(&self, name: &'static str) -> Checked<Option<i64>> {
        self.get(name)
            .map(|text| {
                // A plus sign that was not encoded arrives as a space.
                let text = text.replace(' ', "+");
                parse_timestamp(&text).ok_or_else(|| Invalid::new("timestamp", name))
            })
            .transpose()
    }

    fn boolean(&self, name: &'static str) -> Checked<bool> {
        match self.get(name) {
            None | Some("false") => Ok(false),
            Some("true") => Ok(true),
            Some(_) => Err(Invalid::new("boolean", name)),
        }
    }

    fn iri(&self, name: &'static str) -> Checked<Option<String>> {
        self.get(name)
            .map(|text| {
                is_iri(text)
                    .then(|| text.to_owned())
                    .ok_or_else(|| Invalid::new("iri", name))
            })
            .transpose()
    }

    /// An agent or identified group given as JSON: its identifier.
    fn agent(&self, name: &'static str, who: Who) -> Checked<Option<String>> {
        self.get(name)
            .map(|text| {
                let value = parse(text).map_err(|e| Invalid::new(e.rule, name))?;
                actor::check(&value, who).map_err(|e| e.within(name))?;
                actor::identifier(&value).ok_or_else(|| Invalid::new("no-identifier", name))
            })
            .transpose()
    }

    fn format(&self) -> Checked<Format> {
        self.get("format")
            .map(|text| Format::of(text).ok_or_else(|| Invalid::new("format", "format")))
            .transpose()
            .map(Option::unwrap_or_default)
    }
}

fn shown(name: &str) -> String {
    name.chars().take(80).collect()
}

/// A GET on the statements.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Statements {
    /// One by its id.
    One {
        /// Which.
        id: Uuid,
        /// Asked for as a voided one.
        voided: bool,
        /// How to show it.
        format: Format,
        /// With the data of its attachments.
        attachments: bool,
    },
    /// Those that match.
    List(List),
}

/// What a list of statements shall hold.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct List {
    /// What they name.
    pub filter: Filter,
    /// Stored after, in microseconds.
    pub since: Option<i64>,
    /// Stored at or before, in microseconds.
    pub until: Option<i64>,
    /// How many at most; 0: as many as the server gives.
    pub limit: u32,
    /// How to show them.
    pub format: Format,
    /// With the data of their attachments.
    pub attachments: bool,
    /// The oldest first.
    pub ascending: bool,
}

/// Reads the parameters of a GET on the statements.
pub fn statements(parameters: &Parameters) -> Checked<Statements> {
    let one = ["statementId", "voidedStatementId"];
    if one.iter().any(|name| parameters.get(name).is_some()) {
        for (name, voided) in [("statementId", false), ("voidedStatementId", true)] {
            if let Some(id) = parameters.uuid(name)? {
                // XAPI-00150, XAPI-00151.
                parameters.only(&[name, "format", "attachments"])?;
                return Ok(Statements::One {
                    id,
                    voided,
                    format: parameters.format()?,
                    attachments: parameters.boolean("attachments")?,
                });
            }
        }
    }
    parameters.only(&[
        "agent",
        "verb",
        "activity",
        "registration",
        "related_activities",
        "related_agents",
        "since",
        "until",
        "limit",
        "format",
        "attachments",
        "ascending",
    ])?;
    let limit = match parameters.get("limit") {
        Some(text) if !text.is_empty() && text.bytes().all(|b| b.is_ascii_digit()) => {
            text.parse().unwrap_or(u32::MAX)
        }
        Some(_) => return Err(Invalid::new("limit", "limit")),
        None => 0,
    };
    Ok(Statements::List(List {
        filter: Filter {
            agent: parameters.agent("agent", Who::Actor)?,
            verb: parameters.iri("verb")?,
            activity: parameters.iri("activity")?,
            registration: parameters.uuid("registration")?,
            related_agents: parameters.boolean("related_agents")?,
            related_activities: parameters.boolean("related_activities")?,
        },
        since: parameters.time("since")?,
        until: parameters.time("until")?,
        limit,
        format: parameters.format()?,
        attachments: parameters.boolean("attachments")?,
        ascending: parameters.boolean("ascending")?,
    }))
}

/// The parameters of a PUT of a statement: its id.
pub fn put_statement(parameters: &Parameters) -> Checked<Uuid> {
    parameters.only(&["statementId"])?;
    parameters.required("statementId")?;
    parameters
        .uuid("statementId")?
        .ok_or_else(|| Invalid::new("missing-parameter", "statementId"))
}

/// The kinds of document resources.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Resource {
    /// `activities/state`
    State,
    /// `activities/profile`
    ActivityProfile,
    /// `agents/profile`
    AgentProfile,
}

impl Resource {
    /// A short name, for storing.
    pub const fn text(self) -> &'static str {
        match self {
            Resource::State => "state",
            Resource::ActivityProfile => "activity",
            Resource::AgentProfile => "agent",
        }
    }
}

/// Which documents a request is about.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Documents {
    /// The kind.
    pub resource: Resource,
    /// The activity, of states and activity profiles.
    pub activity: Option<String>,
    /// The identifier of the agent, of states and agent profiles.
    pub agent: Option<String>,
    /// The registration of a state.
    pub registration: Option<Uuid>,
    /// Which one; `None`: all of them.
    pub id: Option<String>,
    /// Changed after, in microseconds; only with all of them.
    pub since: Option<i64>,
}

/// What is done with documents.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Deed {
    /// GET: one, or the ids of all.
    Read,
    /// PUT or POST of one.
    Write,
    /// DELETE: one; of states also all.
    Delete,
}

/// Reads the parameters of a document request (XAPI-00192 to XAPI-00314).
pub fn documents(parameters: &Parameters, resource: Resource, deed: Deed) -> Checked<Documents> {
    let id_name = match resource {
        Resource::State => "stateId",
        _ => "profileId",
    };
    let known: &[&str] = match resource {
        Resource::State => &["activityId", "agent", "registration", "stateId", "since"],
        Resource::ActivityProfile => &["activityId", "profileId", "since"],
        Resource::AgentProfile => &["agent", "profileId", "since"],
    };
    parameters.only(known)?;
    let activity = match resource {
        Resource::AgentProfile => None,
        _ => {
            parameters.required("activityId")?;
            parameters.iri("activityId")?
        }
    };
    let agent = match resource {
        Resource::ActivityProfile => None,
        _ => {
            parameters.required("agent")?;
            parameters.agent("agent", Who::Actor)?
        }
    };
    let id = match parameters.get(id_name) {
        Some(id) if id.is_empty() || id.len() > DOCUMENT_ID_MAX || id.contains('\0') => {
            return Err(Invalid::new("document-id", id_name));
        }
        Some(id) => Some(id.to_owned()),
        None => None,
    };
    let all_allowed = deed == Deed::Read || (deed == Deed::Delete && resource == Resource::State);
    if id.is_none() && !all_allowed {
        return Err(Invalid::new("missing-parameter", id_name));
    }
    let since = parameters.time("since")?;
    if since.is_some() && (deed != Deed::Read || id.is_some()) {
        return Err(Invalid::new("unknown-parameter", "since"));
    }
    Ok(Documents {
        resource,
        activity,
        agent,
        registration: parameters.uuid("registration")?,
        id,
        since,
    })
}

/// Reads the parameters of a GET on the activities: an activity's id.
pub fn activity(parameters: &Parameters) -> Checked<String> {
    parameters.only(&["activityId"])?;
    parameters.required("activityId")?;
    parameters
        .iri("activityId")?
        .ok_or_else(|| Invalid::new("missing-parameter", "activityId"))
}

/// Reads the parameters of a GET on the agents: an agent as JSON, and its identifier.
pub fn agent(parameters: &Parameters) -> Checked<(&str, String)> {
    parameters.only(&["agent"])?;
    let text = parameters.required("agent")?;
    let identifier = parameters
        .agent("agent", Who::Agent)?
        .ok_or_else(|| Invalid::new("missing-parameter", "agent"))?;
    Ok((text, identifier))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(pairs: &[(&str, &str)]) -> Checked<Parameters> {
        Parameters::new(
            pairs
                .iter()
                .map(|(a, b)| ((*a).to_owned(), (*b).to_owned()))
                .collect(),
        )
    }

    const ID: &str = "6690e6c9-3ef0-4ed3-8b37-7f3964730bee";
    const AGENT: &str = r#"{"mbox":"mailto:a@x.tn"}"#;

    #[test]
    fn xapi_00324_statement_parameters() {
        let rule = |pairs: &[(&str, &str)]| {
            of(pairs)
                .and_then(|p| statements(&p))
                .map(drop)
                .map_err(|e| e.rule)
        };
        for good in [
            &[][..],
            &[("statementId", ID)],
            &[
                ("voidedStatementId", ID),
                ("format", "ids"),
                ("attachments", "true"),
            ],
            &[("agent", AGENT), ("verb", "http://v"), ("limit", "0")],
            &[
                ("since", "2012-06-01T19:09:13.245Z"),
                ("until", "2012-06-01T19:09:13.245 01:00"),
            ],
            &[("limit", "99999999999999999999")],
        ] {
            assert_eq!(rule(good), Ok(()), "{good:?}");
        }
        for (bad, why) in [
            (&[("foo", "bar")][..], "unknown-parameter"),
            (&[("StatementId", ID)], "unknown-parameter"),
            (&[("statementId", "x")], "uuid"),
            (
                &[("statementId", ID), ("voidedStatementId", ID)],
                "unknown-parameter",
            ),
            (
                &[("statementId", ID), ("agent", AGENT)],
                "unknown-parameter",
            ),
            (&[("statementId", ID), ("limit", "1")], "unknown-parameter"),
            (
                &[("voidedStatementId", ID), ("since", "x")],
                "unknown-parameter",
            ),
            (
                &[("statementId", ID), ("statementId", ID)],
                "repeated-parameter",
            ),
            (&[("agent", "x")], "json"),
            (&[("agent", "{}")], "no-identifier"),
            (
                &[(
                    "agent",
                    r#"{"objectType":"Group","member":[{"mbox":"mailto:a@x.tn"}]}"#,
                )],
                "no-identifier",
            ),
            (&[("verb", "x")], "iri"),
            (&[("activity", "x")], "iri"),
            (&[("registration", "x")], "uuid"),
            (&[("related_agents", "yes")], "boolean"),
            (&[("ascending", "TRUE")], "boolean"),
            (&[("since", "yesterday")], "timestamp"),
            (&[("limit", "-1")], "limit"),
            (&[("limit", "")], "limit"),
            (&[("limit", "1.5")], "limit"),
            (&[("format", "IDS")], "format"),
        ] {
            assert_eq!(rule(bad), Err(why), "{bad:?}");
        }
    }

    #[test]
    fn document_parameters() {
        let rule = |pairs: &[(&str, &str)], resource, deed| {
            of(pairs)
                .and_then(|p| documents(&p, resource, deed))
                .map(drop)
                .map_err(|e| e.rule)
        };
        let state = [("activityId", "http://a"), ("agent", AGENT)];
        let one = [
            ("activityId", "http://a"),
            ("agent", AGENT),
            ("stateId", "https://w3id.org/x"),
        ];
        use Deed::{Delete, Read, Write};
        use Resource::{ActivityProfile, AgentProfile, State};
        assert_eq!(rule(&state, State, Read), Ok(()));
        assert_eq!(rule(&state, State, Delete), Ok(()));
        assert_eq!(rule(&state, State, Write), Err("missing-parameter"));
        for deed in [Read, Write, Delete] {
            assert_eq!(rule(&one, State, deed), Ok(()));
            assert_eq!(rule(&one[..1], State, deed), Err("missing-parameter"));
            assert_eq!(rule(&one[1..], State, deed), Err("missing-parameter"));
        }
        let profile = [("activityId", "http://a"), ("profileId", "p")];
        assert_eq!(rule(&profile, ActivityProfile, Delete), Ok(()));
        assert_eq!(
            rule(&profile[..1], ActivityProfile, Delete),
            Err("missing-parameter")
        );
        assert_eq!(rule(&profile[..1], ActivityProfile, Read), Ok(()));
        let profile = [("agent", AGENT), ("profileId", "p")];
        assert_eq!(rule(&profile, AgentProfile, Write), Ok(()));
        assert_eq!(
            rule(&profile[1..], AgentProfile, Write),
            Err("missing-parameter")
        );
        let with = |name, value| [state[0], state[1], ("stateId", "x"), (name, value)];
        assert_eq!(rule(&with("registration", "x"), State, Read), Err("uuid"));
        assert_eq!(
            rule(&with("since", "2012-06-01T19:09:13Z"), State, Read),
            Err("unknown-parameter")
        );
        assert_eq!(
            rule(&with("profileId", "x"), State, Read),
            Err("unknown-parameter")
        );
        let long = "x".repeat(DOCUMENT_ID_MAX + 1);
        for id in ["", "a\0b", &long] {
            let pairs = [state[0], state[1], ("stateId", id)];
            assert_eq!(rule(&pairs, State, Write), Err("document-id"));
        }
    }
}
