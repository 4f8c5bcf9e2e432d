//! An attempt told as xAPI statements, by the xAPI SCORM profile.
//!
//! The journal is the truth; statements are derived from it. A batch that changes a state or a
//! verdict, ends a part, or corrects something leaves an order in the outbox in the transaction
//! that keeps it; carrying it out replays the attempt and stores what its session has to tell. Ids
//! come from the session and the entry's number, so telling again tells nothing twice, and a node
//! that dies between the two owes the order to the next.

use std::collections::HashMap;

use futures::future::BoxFuture;
use scorm::{Correction, Event};
use serde_json::{Map, Value, json};
use uuid::Uuid;

use crate::App;
use crate::catalogue;
use crate::clock::Timestamp;
use crate::db::{DbError, Tx};
use crate::ids::{PersonId, SessionId};
use crate::jobs::{self, Handler, Job, JobError};
use crate::lrs;
use crate::web::Refusal;

use super::journal::scorm;
use super::replay::{self, Frame, Reel};
use super::store;
use super::told::{Interaction, Sco, duration, score};

/// Statements that are stored together.
const AT_ONCE: usize = 500;

/// What the outbox calls an order.
pub const KIND: &str = "scorm-statements";

/// Carries out orders.
pub const HANDLER: Handler = Handler {
    kind: KIND,
    ready: |_| true,
    run,
};

const VERBS: &str = "http://adlnet.gov/expapi/verbs/";
const ACTIVITIES: &str = "http://adlnet.gov/expapi/activities/";
const PROFILE: &str = "https://w3id.org/xapi/scorm";
const PROGRESS: &str = "https://w3id.org/xapi/cmi5/result/extensions/progress";

/// Batches of a session within so many microseconds share an order, and the longer the more there
/// is to replay (so much again for each thousand entries): what telling costs in all stays in
/// proportion to the journal …
const WINDOW: i64 = 2_000_000;
/// … which is carried out so long after the window's end: their transactions are over by then.
const SLACK: i64 = 1_000_000;

/// Orders the statements of a session, in the transaction of its batch: once for all batches of a
/// moment, since each order replays the attempt. The order of one that opens covers those before
/// it: one of them may have been left without a word.
pub(super) async fn order(
    tx: &mut Tx,
    session: SessionId,
    last_seq: i64,
    now: Timestamp,
) -> Result<(), DbError> {
    let length = WINDOW * (1 + last_seq / 1000);
    let window = now.micros().div_euclid(length);
    let (name, due) = match last_seq {
        0 => ("statements".to_owned(), now),
        _ => (
            format!("statements {window} {length}"),
            Timestamp::from_micros((window + 1) * length + SLACK),
        ),
    };
    let id = Uuid::new_v5(&session.0, name.as_bytes());
    let payload = json!({ "session": session, "whole": last_seq == 0 });
    jobs::enqueue_later(tx, id, KIND, payload, (now, due)).await
}

fn run(app: &App, job: Job) -> BoxFuture<'_, Result<Value, JobError>> {
    Box::pin(async move {
        let session = job.payload["session"]
            .as_str()
            .and_then(|text| Uuid::parse_str(text).ok())
            .ok_or_else(|| JobError::Never("no session".to_owned()))?;
        let whole = job.payload["whole"] == json!(true);
        tell(app, SessionId(session), whole).await?;
        Ok(jobs::spent())
    })
}

/// Stores the statements of a session, or of its whole attempt, that are not stored yet.
pub async fn tell(app: &App, session: SessionId, whole: bool) -> Result<(), JobError> {
    let later = |refusal: Refusal| JobError::Later(refusal.code.to_owned());
    let statements = of(app, session, whole).await.map_err(later)?;
    for some in statements.chunks(AT_ONCE) {
        lrs::tell(app, some).await.map_err(later)?;
    }
    Ok(())
}

/// All statements of a session, or of its whole attempt, in the order of the journal. The sessions
/// before it are replayed too: what is new depends on them.
async fn of(app: &App, session: SessionId, whole: bool) -> Result<Vec<Value>, Refusal> {
    let row = replay::session(app, session).await?;
    // Nobody is told about any more; what was told stands under another name.
    if row.learner_state == "erased" {
        return Ok(Vec::new());
    }
    let stored: store::StoredRow = store::STORED.bind(row.attempt).one(&app.db).await?;
    let module = catalogue::module(app, row.module).await?;
    let course = catalogue::course(app, stored.version).await?;
    let course = scorm(&course)?;
    let mut teller = Teller::new(About {
        home: app.config.public_url.clone(),
        course: format!("{}/modules/{}", app.config.public_url, module.slug),
        title: module.title,
        language: module.language,
        attempt: row.attempt.0,
        learner: row.person,
    });
    let mut reel = Reel::new(app, course, row.attempt, (&stored.setup, &stored.policy))?;
    let mut told = Vec::new();
    while let Some(frame) = reel.next(|_| false).await? {
        let activity = reel.state.delivery(course).map(|d| d.identifier.to_owned());
        teller.hear(&frame, activity);
        if whole || frame.row.session == session {
            told.append(&mut teller.all);
        } else {
            teller.all.clear();
        }
    }
    Ok(told)
}

/// What all statements of an attempt are about.
struct About {
    home: String,
    course: String,
    title: String,
    language: String,
    attempt: Uuid,
    learner: PersonId,
}

impl About {
    fn iri(&self, parts: &[&str]) -> String {
        let mut iri = self.course.clone();
        for part in parts {
            iri.push('/');
            iri.extend(url::form_urlencoded::byte_serialize(part.as_bytes()));
        }
        iri
    }

    /// A statement without its verb's result.
    fn statement(
        &self,
        verb: &str,
        object: Value,
        parent: Option<&str>,
        at: Timestamp,
    ) -> Map<String, Value> {
        let mut activities = json!({
            "grouping": [
                {
                    "id": self.iri(&["attempts", &self.attempt.to_string()]),
                    "definition": { "type": format!("{ACTIVITIES}attempt") },
                },
                {
                    "id": self.course,
                    "definition": {
                        "name": { &self.language: self.title },
                        "type": format!("{ACTIVITIES}course"),
                    },
                },
            ],
            "category": [{ "id": PROFILE, "definition": { "type": format!("{ACTIVITIES}profile") } }],
        });
        if let Some(parent) = parent {
            activities["parent"] = json!([{ "id": parent }]);
        }
        let statement = json!({
            "actor": {
                "objectType": "Agent",
                "account": { "homePage": self.home, "name": self.learner.to_string() },
            },
            "verb": { "id": format!("{VERBS}{verb}"), "display": { "en": verb } },
            "object": object,
            "context": {
                "registration": self.attempt,
                "platform": "Halqa",
                "contextActivities": activities,
            },
            "timestamp": xapi::time::timestamp(at.micros()),
        });
        match statement {
            Value::Object(members) => members,
            _ => Map::new(),
        }
    }
}

/// Turns entries into statements.
struct Teller {
    about: About,
    all: Vec<Value>,
    scos: HashMap<String, Sco>,
    opened: HashMap<SessionId, Timestamp>,
    delivered: Option<String>,
}

impl Teller {
    fn new(about: About) -> Teller {
        Teller {
            about,
            all: Vec::new(),
            scos: HashMap::new(),
            opened: HashMap::new(),
            delivered: None,
        }
    }

    /// An entry, and what is delivered after it.
    fn hear(&mut self, frame: &Frame, activity: Option<String>) {
        let row = &frame.row;
        if row.seq == 0 {
            self.opened.insert(row.session, row.received_at);
        }
        // A call came from what was delivered before it; ending that may deliver another part.
        let part = self.delivered.take().or_else(|| activity.clone());
        self.delivered = activity;
        let (function, arguments) = match &frame.entry.event {
            Event::Call {
                function,
                arguments,
                ..
            } => (function, arguments),
            Event::Correction(correction) => return self.corrected(frame, correction),
            _ => return,
        };
        let (Some(part), 0) = (part, frame.verdict.error) else {
            return;
        };
        let at = self
            .opened
            .get(&row.session)
            .map_or(row.received_at, |begun| {
                let said = begun.micros().saturating_add(row.at.saturating_mul(1000));
                Timestamp::from_micros(said.min(row.received_at.micros()))
            });
        let about = &self.about;
        let all = &mut self.all;
        let mut say =
            |verb: &str, object: Value, parent: Option<&str>, result: Value, mark: &str| {
                let mut statement = about.statement(verb, object, parent, at);
                let name = format!("{} {verb} {mark}", row.seq);
                let id = Uuid::new_v5(&row.session.0, name.as_bytes());
                statement.insert("id".to_owned(), json!(id));
                if result
                    .as_object()
                    .is_some_and(|members| !members.is_empty())
                {
                    statement.insert("result".to_owned(), result);
                }
                all.push(Value::Object(statement));
            };
        let lesson = about.iri(&[&part]);
        let object = json!({
            "id": lesson,
            "definition": { "type": format!("{ACTIVITIES}lesson") },
        });
        let sco = self.scos.entry(part.clone()).or_default();
        match function.trim_start_matches("LMS") {
            "Initialize" => {
                let verb = if sco.begin() {
                    "resumed"
                } else {
                    "initialized"
                };
                say(verb, object, None, json!({}), "");
            }
            "SetValue" => {
                if let [element, value, ..] = arguments.as_slice() {
                    sco.set(element, value);
                }
            }
            ending @ ("Commit" | "Terminate" | "Finish") => {
                for interaction in sco.fresh_interactions() {
                    let object = asked(about, &part, interaction);
                    let result = answered(interaction);
                    say("responded", object, Some(&lesson), result, &interaction.id);
                }
                if let Some(progress) = sco.fresh_progress() {
                    let result = json!({ "extensions": { PROGRESS: progress } });
                    say("progressed", object.clone(), None, result, "");
                }
                for verb in sco.fresh_verdicts() {
                    let mut result = score(sco);
                    match verb {
                        "completed" => result["completion"] = json!(true),
                        verb => result["success"] = json!(verb == "passed"),
                    }
                    say(verb, object.clone(), None, result, "");
                }
                if ending != "Commit" {
                    let verb = if sco.end() { "suspended" } else { "terminated" };
                    say(verb, object, None, sco.result(), "");
                }
            }
            _ => {}
        }
    }
}

impl Teller {
    /// What staff corrected: said of the learner, with who said it. The reason stays in the
    /// journal, which is not for others to read.
    fn corrected(&mut self, frame: &Frame, correction: &Correction) {
        let about = &self.about;
        let (id, kind) = match &correction.activity {
            Some(part) => (about.iri(&[part]), "lesson"),
            None => (about.course.clone(), "course"),
        };
        let score = correction.scaled.map(|scaled| json!({ "scaled": scaled }));
        let passed = correction.passed.map(|passed| {
            let verb = if passed { "passed" } else { "failed" };
            (verb, json!({ "success": passed }))
        });
        let completed = (correction.completed == Some(true))
            .then(|| ("completed", json!({ "completion": true })));
        let scored = (passed.is_none() && completed.is_none() && score.is_some())
            .then(|| ("scored", json!({})));
        for (verb, mut result) in [completed, passed, scored].into_iter().flatten() {
            if let Some(score) = &score {
                result["score"] = score.clone();
            }
            let object =
                json!({ "id": id, "definition": { "type": format!("{ACTIVITIES}{kind}") } });
            let mut statement = about.statement(verb, object, None, frame.row.received_at);
            let name = format!("{} {verb} ", frame.row.seq);
            let own = Uuid::new_v5(&frame.row.session.0, name.as_bytes());
            statement.insert("id".to_owned(), json!(own));
            statement.insert("result".to_owned(), result);
            let author = Uuid::try_parse(&correction.author)
                .map_or_else(|_| correction.author.clone(), |id| id.to_string());
            statement["context"]["instructor"] = json!({
                "objectType": "Agent",
                "account": { "homePage": about.home, "name": author },
            });
            self.all.push(Value::Object(statement));
        }
    }
}

fn asked(about: &About, part: &str, interaction: &Interaction) -> Value {
    let mut definition = json!({ "type": format!("{ACTIVITIES}cmi.interaction") });
    if let Some(kind) = interaction.kind() {
        definition["interactionType"] = json!(kind);
        if !interaction.correct.is_empty() {
            definition["correctResponsesPattern"] = json!(interaction.correct_responses());
        }
    }
    if let Some(text) = &interaction.description {
        definition["description"] = json!({ &about.language: text });
    }
    json!({ "id": about.iri(&[part, "interactions", &interaction.id]), "definition": definition })
}

fn answered(interaction: &Interaction) -> Value {
    let mut result = json!({});
    if let Some(response) = interaction.response() {
        result["response"] = json!(response);
    }
    match interaction.result.as_deref() {
        Some("correct") => result["success"] = json!(true),
        Some("wrong" | "incorrect") => result["success"] = json!(false),
        Some(other) => {
            if let Ok(raw) = other.parse::<f64>() {
                result["score"] = json!({ "raw": raw });
            }
        }
        None => {}
    }
    if let Some(text) = interaction.latency.as_deref().and_then(duration) {
        result["duration"] = json!(text);
    }
    result
}
