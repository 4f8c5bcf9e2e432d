//! What people do together, told as statements: topics, replies and solutions in spaces, seats in
//! seminars and presence there. A feature calls [`did`] in the transaction of the deed; an order
//! in the outbox stores the statement, under an id that comes from the deed: twice is once.
//!
//! Verbs and types are those of ADL's vocabulary where it has one, else the registry's that
//! learning platforms share. Nothing that people wrote is told: their words stay where they can be
//! hidden and erased.

use futures::future::BoxFuture;
use serde_json::{Value, json};
use uuid::Uuid;

use crate::App;
use crate::clock::Timestamp;
use crate::db::{DbError, Tx};
use crate::ids::{PersonId, ReplyId, SeatId, SeminarId, TopicId};
use crate::jobs::{self, Handler, Job, JobError};

/// What the outbox calls an order.
const KIND: &str = "deed-statement";

/// Carries out orders.
pub const HANDLER: Handler = Handler {
    kind: KIND,
    ready: |_| true,
    run,
};

const ADL: &str = "http://adlnet.gov/expapi/verbs/";
const STREAMS: &str = "http://activitystrea.ms/schema/1.0/";
const TINCAN: &str = "http://id.tincanapi.com/";
const REPLIED: &str = "https://w3id.org/xapi/acrossx/verbs/replied";

/// Something that somebody did in the community.
#[derive(Debug, Clone, Copy)]
pub enum Deed<'a> {
    /// Opened a discussion.
    Opened(TopicId),
    /// Asked a question.
    Asked(TopicId),
    /// Replied to a topic.
    Replied(TopicId, ReplyId),
    /// Accepted somebody's reply as the solution of a question.
    Accepted(TopicId, ReplyId),
    /// Took a seat in a seminar.
    Registered(Seminar<'a>, SeatId),
    /// Gave the seat up.
    Withdrew(Seminar<'a>),
    /// Was there. Once for a person and a seminar, however often it is said.
    Attended(Seminar<'a>),
}

/// A seminar, as its statements name it.
#[derive(Debug, Clone, Copy)]
pub struct Seminar<'a> {
    /// Its id.
    pub id: SeminarId,
    /// Its address.
    pub slug: &'a str,
    /// Its title.
    pub title: &'a str,
    /// The language of the title.
    pub language: &'a str,
}

/// Owes the statement about a deed, in the transaction of the deed.
pub async fn did(
    tx: &mut Tx,
    person: PersonId,
    deed: Deed<'_>,
    at: Timestamp,
) -> Result<(), DbError> {
    let told = deed.told();
    // Giving up a seat can be done again; the other deeds are done once.
    let mark = match deed {
        Deed::Withdrew(_) => at.micros().to_string(),
        _ => String::new(),
    };
    let id = Uuid::new_v5(
        &told.of,
        format!("{} {person} {mark}", told.verb).as_bytes(),
    );
    let payload = json!({
        "id": id, "person": person, "verb": told.verb, "display": told.display,
        "object": told.object, "parent": told.parent, "other": told.other,
        "at": xapi::time::timestamp(at.micros()),
    });
    jobs::enqueue_once(tx, id, KIND, payload, at).await
}

/// A deed in the terms of statements; activities' ids are paths of this platform.
struct Told {
    /// What the statement's id comes from.
    of: Uuid,
    verb: String,
    display: &'static str,
    object: Value,
    parent: Option<Value>,
    other: Option<Value>,
}

impl Deed<'_> {
    fn told(&self) -> Told {
        let topic = |id: TopicId| {
            activity(
                format!("/topics/{id}"),
                format!("{TINCAN}activitytype/discussion"),
            )
        };
        let reply = |topic: TopicId, id: ReplyId| {
            activity(
                format!("/topics/{topic}/replies/{id}"),
                format!("{STREAMS}comment"),
            )
        };
        let told = |of, verb, display, object| Told {
            of,
            verb,
            display,
            object,
            parent: None,
            other: None,
        };
        match *self {
            Deed::Opened(id) => told(id.0, format!("{STREAMS}create"), "opened", topic(id)),
            Deed::Asked(id) => told(id.0, format!("{ADL}asked"), "asked", topic(id)),
            Deed::Replied(id, answer) => Told {
                other: Some(reply(id, answer)),
                ..told(answer.0, REPLIED.to_owned(), "replied to", topic(id))
            },
            Deed::Accepted(id, answer) => Told {
                parent: Some(topic(id)),
                ..told(
                    answer.0,
                    format!("{STREAMS}accept"),
                    "accepted",
                    reply(id, answer),
                )
            },
            Deed::Registered(seminar, seat) => {
                let verb = format!("{ADL}registered");
                told(seat.0, verb, "registered for", seminar.activity())
            }
            Deed::Withdrew(seminar) => {
                let verb = format!("{TINCAN}verb/unregistered");
                told(seminar.id.0, verb, "unregistered from", seminar.activity())
            }
            Deed::Attended(seminar) => {
                let verb = format!("{ADL}attended");
                told(seminar.id.0, verb, "attended", seminar.activity())
            }
        }
    }
}

impl Seminar<'_> {
    fn activity(&self) -> Value {
        let mut activity = activity(
            format!("/seminars/{}", self.slug),
            format!("{STREAMS}event"),
        );
        activity["definition"]["name"] = json!({ self.language: self.title });
        activity
    }
}

fn activity(path: String, kind: String) -> Value {
    json!({ "id": path, "definition": { "type": kind } })
}

fn run(app: &App, job: Job) -> BoxFuture<'_, Result<Value, JobError>> {
    Box::pin(async move {
        match super::tell(app, &[statement(app, &job.payload)]).await {
            Ok(()) => Ok(jobs::spent()),
            // Told before, when the seminar had another title.
            Err(refusal) if refusal.code == "xapi-conflict" => Ok(jobs::spent()),
            Err(refusal) => Err(JobError::Later(refusal.code.to_owned())),
        }
    })
}

fn statement(app: &App, order: &Value) -> Value {
    let home = &app.config.public_url;
    let here = |activity: &Value| {
        let mut activity = activity.clone();
        let path = activity["id"].as_str().unwrap_or_default();
        activity["id"] = json!(format!("{home}{path}"));
        activity
    };
    let mut statement = json!({
        "id": order["id"],
        "actor": {
            "objectType": "Agent",
            "account": { "homePage": home, "name": order["person"] },
        },
        "verb": { "id": order["verb"], "display": { "en": order["display"] } },
        "object": here(&order["object"]),
        "context": { "platform": "Halqa" },
        "timestamp": order["at"],
    });
    for place in ["parent", "other"] {
        if !order[place].is_null() {
            let activities = &mut statement["context"]["contextActivities"];
            activities[place] = json!([here(&order[place])]);
        }
    }
    statement
}
