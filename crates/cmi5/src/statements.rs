//! What the platform says itself: launch data, launch addresses, and its own statements (8.1,
//! 9.3, 10.0).

use serde_json::{Map, Value, json};
use uuid::Uuid;

use crate::paths::{escaped, with_query};
use crate::registration::Session;
use crate::structure::{Course, Node, Profile, Texts, Unit};
use crate::{CATEGORY, MASTERY, MOVE_ON, SESSION};

const VERBS: &str = "http://adlnet.gov/expapi/verbs/";
const CMI5_VERBS: &str = "https://w3id.org/xapi/adl/verbs/";
const CONTEXT: &str = "https://w3id.org/xapi/cmi5/context/extensions/";

/// Whose registration to what.
#[derive(Debug, Clone)]
pub struct Whose<'w> {
    /// The course.
    pub course: &'w Course,
    /// The learner: an agent with an account (9.2).
    pub actor: Value,
    /// The registration.
    pub registration: Uuid,
    /// What the ids of this course's activities begin with: the platform's own, never the
    /// publisher's (8.1.5.0-3, 9.3.9.0-4).
    pub base: String,
}

/// The parameters of a launch address (8.1), or those of an xAPI package's.
#[derive(Debug, Clone, Copy)]
pub struct Address<'a> {
    /// Where the unit lies: absolute.
    pub url: &'a str,
    /// Of the record store.
    pub endpoint: &'a str,
    /// One-time address of the token; for an xAPI package the `Authorization` header itself.
    pub secret: &'a str,
}

impl Whose<'_> {
    /// The id of a node's activity; without a node, the course's.
    pub fn activity(&self, node: Option<usize>) -> String {
        match (self.course.profile, node) {
            // What an xAPI package says is about the id it was made with.
            (Profile::Xapi, _) => self.course.id.clone(),
            (Profile::Cmi5, None) => self.base.clone(),
            (Profile::Cmi5, Some(place)) => format!("{}/{place}", self.base),
        }
    }

    /// The whole address of a launch; each value is escaped (8.1.0.0-8).
    pub fn launch(&self, session: &Session, address: Address<'_>) -> String {
        let (secret, activity) = match self.course.profile {
            Profile::Cmi5 => ("fetch", "activityId"),
            Profile::Xapi => ("auth", "activity_id"),
        };
        let query: Vec<String> = [
            ("endpoint", address.endpoint.to_owned()),
            (secret, address.secret.to_owned()),
            ("actor", self.actor.to_string()),
            ("registration", self.registration.hyphenated().to_string()),
            (activity, self.activity(Some(session.node))),
        ]
        .into_iter()
        .map(|(name, value)| format!("{name}={}", escaped(&value)))
        .collect();
        with_query(address.url, &query.join("&"))
    }

    /// What all statements of a session share (10.2.1).
    pub fn template(&self, session: Uuid, node: Option<&Node>) -> Value {
        let mut activities = json!({});
        if let Some(node) = node {
            activities["grouping"] = json!([{ "objectType": "Activity", "id": node.id }]);
        }
        json!({
            "contextActivities": activities,
            "extensions": { SESSION: session.hyphenated().to_string() },
        })
    }

    /// The document `LMS.LaunchData` (10.0).
    pub fn launch_data(&self, session: &Session, back: &str) -> Value {
        let Some((node, unit)) = self.course.unit(session.node) else {
            return json!({});
        };
        let mut data = json!({
            "contextTemplate": self.template(session.id, Some(node)),
            "launchMode": session.mode.text(),
            "moveOn": unit.move_on.text(),
            "returnURL": back,
        });
        if let Some(parameters) = &unit.launch_parameters {
            data["launchParameters"] = json!(parameters);
        }
        if let Some(score) = session.mastery {
            data["masteryScore"] = json!(score);
        }
        if let Some(key) = &unit.entitlement_key {
            data["entitlementKey"] = json!({ "courseStructure": key });
        }
        data
    }

    /// `launched` (9.3.1): `url` without the launch's own parameters.
    pub fn launched(&self, id: Uuid, session: &Session, url: &str, at: &str) -> Value {
        let Some((node, unit)) = self.course.unit(session.node) else {
            return json!({});
        };
        let mut statement = self.about_unit(id, "launched", session.id, session.node, node, at);
        let extensions = &mut statement["context"]["extensions"];
        extensions[format!("{CONTEXT}launchmode")] = json!(session.mode.text());
        extensions[format!("{CONTEXT}launchurl")] = json!(url);
        extensions[format!("{CONTEXT}moveon")] = json!(unit.move_on.text());
        if let Some(parameters) = &unit.launch_parameters {
            extensions[format!("{CONTEXT}launchparameters")] = json!(parameters);
        }
        if let Some(score) = session.mastery {
            extensions[MASTERY] = json!(score);
        }
        statement
    }

    /// `abandoned` (9.3.6): how long it lasted, in seconds.
    pub fn abandoned(&self, id: Uuid, session: &Session, lasted: f64, at: &str) -> Value {
        let Some((node, _)) = self.course.unit(session.node) else {
            return json!({});
        };
        let mut statement = self.about_unit(id, "abandoned", session.id, session.node, node, at);
        statement["result"] = json!({ "duration": xapi::time::duration(lasted) });
        statement
    }

    /// `waived` (9.3.7), with a session of its own.
    pub fn waived(&self, id: Uuid, session: Uuid, place: usize, reason: &str, at: &str) -> Value {
        let Some((node, _)) = self.course.unit(place) else {
            return json!({});
        };
        let mut statement = self.about_unit(id, "waived", session, place, node, at);
        statement["result"] = json!({
            "success": true,
            "completion": true,
            "extensions": { "https://w3id.org/xapi/cmi5/result/extensions/reason": reason },
        });
        statement["context"]["contextActivities"]["category"] =
            json!([activity(CATEGORY), activity(MOVE_ON)]);
        statement
    }

    /// `satisfied` (9.3.9) of a block, or of the course.
    pub fn satisfied(&self, id: Uuid, session: Uuid, block: Option<usize>, at: &str) -> Value {
        let (publisher, title, kind) = match block.and_then(|place| self.course.nodes.get(place)) {
            Some(node) => (&node.id, &node.title, "block"),
            None => (&self.course.id, &self.course.title, "course"),
        };
        let object = json!({
            "objectType": "Activity",
            "id": self.activity(block),
            "definition": {
                "type": format!("https://w3id.org/xapi/cmi5/activitytype/{kind}"),
                "name": language_map(title),
            },
        });
        let mut statement = self.statement(id, "satisfied", session, object, at);
        statement["context"]["contextActivities"]["grouping"] = json!([activity(publisher)]);
        statement
    }

    fn about_unit(
        &self,
        id: Uuid,
        verb: &str,
        session: Uuid,
        place: usize,
        node: &Node,
        at: &str,
    ) -> Value {
        let mut definition = json!({ "name": language_map(&node.title) });
        let kind = node
            .unit
            .as_ref()
            .and_then(|u: &Unit| u.activity_type.as_ref());
        if let Some(kind) = kind {
            definition["type"] = json!(kind);
        }
        let object = json!({
            "objectType": "Activity",
            "id": self.activity(Some(place)),
            "definition": definition,
        });
        let mut statement = self.statement(id, verb, session, object, at);
        statement["context"]["contextActivities"]["grouping"] = json!([activity(&node.id)]);
        statement
    }

    fn statement(&self, id: Uuid, verb: &str, session: Uuid, object: Value, at: &str) -> Value {
        let iri = match verb {
            "abandoned" | "waived" | "satisfied" => format!("{CMI5_VERBS}{verb}"),
            verb => format!("{VERBS}{verb}"),
        };
        json!({
            "id": id.hyphenated().to_string(),
            "actor": self.actor,
            "verb": { "id": iri, "display": { "en": verb } },
            "object": object,
            "context": {
                "registration": self.registration.hyphenated().to_string(),
                "contextActivities": { "category": [activity(CATEGORY)] },
                "extensions": { SESSION: session.hyphenated().to_string() },
            },
            "timestamp": at,
        })
    }
}

fn activity(id: &str) -> Value {
    json!({ "objectType": "Activity", "id": id })
}

fn language_map(texts: &Texts) -> Value {
    let mut map = Map::new();
    for (tag, text) in texts {
        let tag = if xapi::check::is_language_tag(tag) {
            tag
        } else {
            "und"
        };
        map.entry(tag.to_owned()).or_insert_with(|| json!(text));
    }
    Value::Object(map)
}
