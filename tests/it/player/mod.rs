//! The player's doors, as the wrapper in a browser knocks at them.

mod attempts;
mod corrections;
mod door;
mod hostile;
mod journal;
mod launches;
mod opening;
mod rules;
mod statements;
pub mod support;

use halqa::accounts::NewLearner;
use halqa::catalogue::{self, Options};
use halqa::ids::{AttemptId, ModuleId, OrganisationId, PackageId, PersonId, SessionId};
use halqa::player::{self, Pass};
use halqa::web::Lang;
use rocket::http::{Header, Method};
use serde_json::{Value, json};

use crate::harness::{Answer, World, send};

/// A learner with an open session.
pub struct Seat {
    pub package: PackageId,
    pub module: ModuleId,
    pub person: PersonId,
    pub pass: Pass,
    pub session: SessionId,
    pub token: String,
}

/// A published module with one SCO.
pub async fn module(world: &World) -> catalogue::Module {
    let options = Options {
        publish: true,
        ..Options::default()
    };
    let zip = crate::catalogue::simple("Bonjour");
    let imported = catalogue::import_bytes(&world.app, &zip, options)
        .await
        .expect("imported");
    catalogue::module(&world.app, imported.module.id)
        .await
        .expect("the module")
}

/// Launches a module for a learner and opens the session.
pub async fn seat(world: &World, module: &catalogue::Module, name: &str) -> Seat {
    seat_of(world, module, name, None).await
}

/// As [`seat`], for a member of an organisation.
pub async fn seat_of(
    world: &World,
    module: &catalogue::Module,
    name: &str,
    organisation: Option<OrganisationId>,
) -> Seat {
    let learner = NewLearner {
        id: world.app.ids.id(),
        membership: world.app.ids.id(),
        email: format!("{name}@example.org"),
        name: name.to_owned(),
        language: Lang::Fr,
        organisation,
    };
    let person = learner.id;
    let launch = player::launch(&world.app, learner, module)
        .await
        .expect("a launch");
    let attempt: AttemptId = player::attempts_of(&world.app, person, module.id)
        .await
        .expect("attempts")[0]
        .id;
    let pass = Pass {
        session: launch.session,
        attempt,
        version: module.version,
    };
    let mut seat = Seat {
        package: module.package,
        module: module.id,
        person,
        pass,
        session: launch.session,
        token: pass.token(&world.app),
    };
    let opened = seat.open(world, "first").await;
    assert_eq!(opened.status.code, 200, "{}", opened.text);
    seat
}

impl Seat {
    /// Opens the session; the seat has its new token then.
    pub async fn open(&mut self, world: &World, opening: &str) -> Answer {
        let answer = self
            .say(world, "/-halqa/open", &json!({ "opening": opening }))
            .await;
        if answer.status.code == 200 {
            let said = answer.json();
            self.token = said["token"].as_str().expect("a token").to_owned();
            self.session = said["session"]
                .as_str()
                .and_then(|id| uuid::Uuid::parse_str(id).ok())
                .map(SessionId)
                .expect("a session");
        }
        answer
    }

    /// Posts a batch.
    pub async fn post(&self, world: &World, batch: &Value) -> Answer {
        self.say(world, "/-halqa/journal", batch).await
    }

    async fn say(&self, world: &World, path: &str, body: &Value) -> Answer {
        let bearer = Header::new("Authorization", format!("Bearer {}", self.token));
        let request = world
            .content(Method::Post, self.package, path)
            .header(bearer)
            .header(rocket::http::ContentType::JSON)
            .body(body.to_string());
        send(request).await
    }
}

/// A batch of these numbers: the first one of a session initialises, each other one sets a score
/// that tells its number.
pub fn batch(numbers: std::ops::RangeInclusive<u64>) -> Value {
    let entries: Vec<Value> = numbers
        .map(|seq| {
            let (call, args) = match seq {
                1 => ("LMSInitialize", json!([""])),
                _ => (
                    "LMSSetValue",
                    json!(["cmi.core.score.raw", (seq % 100).to_string()]),
                ),
            };
            json!({"seq": seq, "at": seq * 10, "call": call, "args": args, "result": "true", "error": 0})
        })
        .collect();
    json!({ "entries": entries })
}

/// Calls of a SCORM 1.2 SCO as a batch from this number on; all are taken to succeed.
pub fn calls(from: u64, calls: &[(&str, &str)]) -> Value {
    let entries: Vec<Value> = calls
        .iter()
        .zip(from..)
        .map(|((element, value), seq)| {
            let (call, args) = match *element {
                "Initialize" | "Finish" => (format!("LMS{element}"), json!([""])),
                _ => ("LMSSetValue".to_owned(), json!([element, value])),
            };
            json!({"seq": seq, "at": seq * 1000, "call": call, "args": args, "result": "true", "error": 0})
        })
        .collect();
    json!({ "entries": entries })
}
