//! A unit is launched (8.1, 9.3.1, 10.0).

use std::sync::Arc;

use cmi5::registration::{Mode, Session};
use cmi5::statements::Address;
use cmi5::structure::Profile;
use serde_json::{Value, json};
use uuid::Uuid;

use crate::App;
use crate::catalogue::{self, StoredCourse};
use crate::clock::Timestamp;
use crate::db::Tx;
use crate::ids::hash_secret;
use crate::jobs;
use crate::lrs;
use crate::web::Refusal;

use super::super::store as rows;
use super::super::token::Pass;
use super::{Held, abandon, identifier, units, whose};

/// A launch's credential is good for so long at most, in seconds.
const LASTS: i64 = 12 * 3600;

/// A unit that was launched.
pub struct Launched {
    /// Its address, with everything it needs.
    pub address: String,
    /// Its title.
    pub title: String,
    /// What it proves itself with.
    pub credential: lrs::launches::Launch,
    /// The learner, as statements name them.
    pub actor: Value,
    /// The id that its statements are about.
    pub activity: String,
    /// What its statements' contexts begin with.
    pub template: Value,
    /// The mastery score it was given.
    pub mastery: Option<f64>,
    /// It is judged; else it is only shown again.
    pub counts: bool,
}

struct Input {
    app: App,
    pass: Pass,
    node: usize,
    wanted: Option<Mode>,
    session: Uuid,
    course: Arc<StoredCourse>,
    secret: String,
    back: String,
    change: Uuid,
    now: Timestamp,
}

/// Launches a unit of an attempt: sessions that are still open are given up, the statement
/// `launched` is recorded, the launch data are there before the address is given away.
///
/// Errors: 404 when there is no such unit; 409 `attempt-over` when a later attempt was begun; 403
/// `person-suspended`; 410 when the learner was erased.
///
/// `wanted` is what the learner wants to do there, where it is less than to be judged: `Browse`, to
/// look around, or `Review` (10.2.2).
pub async fn launch(
    app: &App,
    pass: Pass,
    (node, wanted): (usize, Option<Mode>),
    back: String,
) -> Result<Launched, Refusal> {
    let course = catalogue::course(app, pass.version).await?;
    units(&course)?.unit(node).ok_or_else(Refusal::not_found)?;
    let input = Input {
        app: app.clone(),
        pass,
        node,
        wanted,
        session: app.ids.uuid(),
        course,
        secret: app.ids.secret().reveal().to_owned(),
        back,
        change: app.ids.uuid(),
        now: app.clock.now(),
    };
    app.db
        .write(input, |tx, input| Box::pin(begin(tx, input)))
        .await
}

async fn begin(tx: &mut Tx, input: &Input) -> Result<Launched, Refusal> {
    let (app, now) = (&input.app, input.now);
    let course = units(&input.course)?;
    let (node, unit) = course.unit(input.node).ok_or_else(Refusal::not_found)?;
    let mut held = Held::take(tx, input.pass.attempt).await?;
    if held.row.person_state != "active" {
        return Err(Refusal::new(
            rocket::http::Status::Forbidden,
            "person-suspended",
        ));
    }
    let (later,): (i64,) = rows::LATER.bind(input.pass.attempt).one(&mut *tx).await?;
    if later > 0 {
        return Err(Refusal::conflict("attempt-over"));
    }
    let ids = (held.row.version, held.row.id, held.row.person);
    let whose = whose(app, course, ids);
    let at = xapi::time::timestamp(now.micros());
    let mut statements = abandon::open_sessions(tx, &mut held, &whose, now).await?;
    let session = Session {
        id: input.session,
        node: input.node,
        mode: input
            .wanted
            .filter(|mode| *mode != Mode::Normal)
            .unwrap_or_else(|| held.registration.mode(input.node)),
        mastery: unit.mastery_score,
        launched_at: now.micros(),
        last_at: now.micros(),
        verbs: Vec::new(),
        preferences: false,
        over: None,
    };
    held.registration.launch(session.clone());
    let url = catalogue::content::address(app, input.course.package, &unit.url);
    let is_cmi5 = course.profile == Profile::Cmi5;
    let name = format!("{} {}", if is_cmi5 { "cmi5" } else { "xAPI" }, session.id);
    let credential = lrs::launches::Launch {
        id: session.id,
        name,
        actor: identifier(&whose.actor),
        registration: whose.registration,
        person: held.row.person,
        about: described(&app.config.public_url, &whose),
        hash: hash_secret(&input.secret),
        until: now.plus_seconds(LASTS),
    };
    let home = &app.config.public_url;
    let secret = if is_cmi5 {
        // What asks for nothing is satisfied before anything is launched (9.6.1.1-3).
        statements.extend(held.settle(&whose, session.id, &at));
        let launched = Uuid::new_v5(&session.id, b"launched");
        statements.push(whose.launched(launched, &session, &url, &at));
        let data = whose.launch_data(&session, &input.back);
        let activity = whose.activity(Some(input.node));
        lrs::launches::open(tx, &credential, lrs::launches::Kind::Fetch, now).await?;
        let document = (activity.as_str(), cmi5::LAUNCH_DATA);
        lrs::launches::keep_state(tx, &credential, document, &data, now).await?;
        let preferences = json!({
            "languagePreference": held.row.language,
            "audioPreference": "on",
        });
        lrs::launches::begin_profile(tx, &credential, cmi5::PREFERENCES, &preferences, now).await?;
        format!("{home}/xapi/cmi5/fetch/{}", input.secret)
    } else {
        lrs::launches::open(tx, &credential, lrs::launches::Kind::Password, now).await?;
        let token = lrs::launches::token(session.id, &input.secret);
        format!("Basic {token}")
    };
    let address = whose.launch(
        &session,
        Address {
            url: &url,
            endpoint: &format!("{home}/xapi"),
            secret: &secret,
        },
    );
    lrs::launches::write(tx, lrs::own(app, &statements)?, now).await?;
    held.keep(tx, course, input.change, now).await?;
    let order = Uuid::new_v5(&session.id, b"abandon");
    let payload = json!({ "attempt": input.pass.attempt, "session": session.id });
    let due = now.plus_seconds(abandon::SILENCE);
    jobs::enqueue(tx, order, abandon::KIND, payload, due).await?;
    let language = input.course.structure.language().unwrap_or("fr");
    Ok(Launched {
        address,
        title: cmi5::structure::text(&node.title, &[language]).to_owned(),
        activity: whose.activity(Some(input.node)),
        template: whose.template(session.id, Some(node).filter(|_| is_cmi5)),
        mastery: session.mastery,
        counts: session.mode == Mode::Normal,
        actor: whose.actor,
        credential,
    })
}

/// The base of the activities that a launch may describe for everybody. An xAPI package chooses
/// its id itself: it gets none where that id is the platform's, or so short that it is everything's
/// beginning.
fn described(home: &str, whose: &cmi5::statements::Whose<'_>) -> Option<String> {
    let base = whose.activity(None);
    let ours = |id: &str| home.starts_with(id) || id.starts_with(home);
    let scheme = |id: &str| {
        ["http://", "https://", "urn:uuid:"]
            .iter()
            .any(|s| s.starts_with(id))
    };
    match whose.course.profile {
        Profile::Cmi5 => Some(base),
        Profile::Xapi => Some(base).filter(|id| !ours(id) && !scheme(id)),
    }
}
