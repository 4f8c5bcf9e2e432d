//! The rules of a session: each statement of a unit is taken in, or the requirement it breaks is
//! named (7.1, 9.0 to 10.2). A statement that is refused changes nothing.

use uuid::Uuid;
use xapi::json::{Kind, Value};
use xapi::time::seconds;
use xapi::{VOIDED, check};

use crate::registration::{Mode, Over, Registration, Session};
use crate::structure::{Course, Profile};
use crate::{CATEGORY, MASTERY, MOVE_ON, PROGRESS, SESSION};

const VERBS: &str = "http://adlnet.gov/expapi/verbs/";

/// What a session's statements must name.
#[derive(Debug, Clone, Copy)]
pub struct Launch<'l> {
    /// The session.
    pub session: Uuid,
    /// The registration.
    pub registration: Uuid,
    /// The learner, as `xapi::actor::identifier` writes it.
    pub actor: &'l str,
    /// The unit's id in this registration: that of its launch address.
    pub activity: &'l str,
    /// The statement has an id, in its text or beside it (xAPI Communication 2.1.1).
    pub has_id: bool,
}

/// The id of the requirement that is broken.
pub type Broken = &'static str;

/// Takes in a statement that came with the credential of a session. `now` is when it came, in
/// microseconds since 1970.
pub fn hear(
    registration: &mut Registration,
    course: &Course,
    launch: Launch<'_>,
    statement: &Value<'_>,
    now: i64,
) -> Result<(), Broken> {
    let place = registration
        .sessions
        .iter()
        .position(|session| session.id == launch.session)
        .ok_or("8.1.2.0-2")?;
    let said = Said::of(statement);
    if course.profile == Profile::Xapi {
        said.is_of(launch)?;
        take_any(registration, place, launch, &said, now);
        return Ok(());
    }
    let session = &registration.sessions[place];
    let (node, _) = course.unit(session.node).ok_or("8.1.2.0-2")?;
    said.is_from(launch)?;
    match session.over {
        Some(Over::Abandoned) => return Err("9.3.6.0-2"),
        Some(Over::Terminated) => return Err("9.3.0.0-5"),
        None => {}
    }
    let begins = said.defined && said.verb == "initialized";
    if !session.said("initialized") && !begins {
        return Err("9.3.0.0-4");
    }
    if begins && !session.preferences {
        return Err("11.0.0.0-3");
    }
    if !said.has_activity("grouping", &node.id) {
        return Err(if said.defined {
            "9.6.2.0-1"
        } else {
            "10.2.1.0-6"
        });
    }
    if said.defined {
        said.is_well_formed(launch, session)?;
        said.is_in_order(session, registration)?;
    } else if said.has_activity("category", MOVE_ON) {
        return Err("9.6.2.2-2");
    }
    take(registration, place, launch, &said, now);
    Ok(())
}

/// What the rules look at.
struct Said<'s> {
    statement: &'s Value<'s>,
    defined: bool,
    verb: &'s str,
    scaled: Option<f64>,
}

impl<'s> Said<'s> {
    fn of(statement: &'s Value<'s>) -> Said<'s> {
        let verb = statement
            .get("verb")
            .and_then(|verb| verb.str("id"))
            .unwrap_or_default();
        let mut said = Said {
            statement,
            defined: false,
            verb: verb.strip_prefix(VERBS).unwrap_or(verb),
            scaled: None,
        };
        said.defined = said.has_activity("category", CATEGORY);
        said.scaled = said
            .result("score")
            .and_then(|score| score.get("scaled"))
            .and_then(Value::as_f64);
        said
    }

    fn context(&self, name: &str) -> Option<&'s Value<'s>> {
        self.statement.get("context")?.get(name)
    }

    fn result(&self, name: &str) -> Option<&'s Value<'s>> {
        self.statement.get("result")?.get(name)
    }

    fn result_is(&self, name: &str, wanted: bool) -> bool {
        self.result(name)
            .is_some_and(|value| value.kind == Kind::Bool(wanted))
    }

    /// An activity of this id in a list of the context; a single one may stand without a list.
    fn has_activity(&self, list: &str, id: &str) -> bool {
        let Some(list) = self.context("contextActivities").and_then(|a| a.get(list)) else {
            return false;
        };
        let is = |activity: &Value<'_>| activity.str("id") == Some(id);
        match list.as_array() {
            Some(items) => items.iter().any(is),
            None => is(list),
        }
    }

    fn object(&self) -> Option<&str> {
        self.statement.get("object")?.str("id")
    }

    fn is_a_group(&self) -> bool {
        let actor = self.statement.get("actor");
        actor.and_then(|actor| actor.str("objectType")) == Some("Group")
    }

    /// Said by the learner: a group with the learner's account is somebody else.
    fn is_by(&self, learner: &str) -> bool {
        let actor = self.statement.get("actor");
        let identifier = actor.and_then(xapi::actor::identifier);
        !self.is_a_group() && identifier.as_deref() == Some(learner)
    }

    /// A package may leave much unsaid, but speaks of nobody else.
    fn is_of(&self, launch: Launch<'_>) -> Result<(), Broken> {
        if !self.is_by(launch.actor) {
            return Err("8.1.3.0-3");
        }
        if self.statement.get("verb").and_then(|verb| verb.str("id")) == Some(VOIDED) {
            return Err("6.3.0.0-1");
        }
        match self.context("registration").and_then(Value::as_str) {
            Some(other) if check::parse_uuid(other) != Some(launch.registration) => {
                Err("8.1.4.0-3")
            }
            _ => Ok(()),
        }
    }

    /// What every statement of a session needs.
    fn is_from(&self, launch: Launch<'_>) -> Result<(), Broken> {
        let statement = self.statement;
        if !launch.has_id {
            return Err("9.1.0.0-1");
        }
        let timestamp = statement.str("timestamp").ok_or("9.7.0.0-1")?;
        if !["Z", "z", "+00:00", "+0000", "+00"]
            .iter()
            .any(|zone| timestamp.ends_with(zone))
        {
            return Err("9.7.0.0-2");
        }
        if self.is_a_group() && self.defined {
            return Err("9.2.0.0-2");
        }
        if !self.is_by(launch.actor) {
            return Err("8.1.3.0-3");
        }
        if statement.get("verb").and_then(|verb| verb.str("id")) == Some(VOIDED) {
            return Err("6.3.0.0-1");
        }
        let registration = self.context("registration").and_then(Value::as_str);
        if registration.and_then(check::parse_uuid) != Some(launch.registration) {
            return Err(if self.defined {
                "9.6.1.0-1"
            } else {
                "8.1.4.0-3"
            });
        }
        let session = self
            .context("extensions")
            .and_then(|extensions| extensions.str(SESSION));
        if session != Some(launch.session.hyphenated().to_string().as_str()) {
            return Err("9.6.3.1-4");
        }
        Ok(())
    }

    /// What a defined statement of this verb holds and does not hold.
    fn is_well_formed(&self, launch: Launch<'_>, session: &Session) -> Result<(), Broken> {
        let verb = self.verb;
        if !["initialized", "completed", "passed", "failed", "terminated"].contains(&verb) {
            return Err("9.3.0.0-1");
        }
        if self.object() != Some(launch.activity) {
            return Err("8.1.5.0-6");
        }
        let judges = matches!(verb, "passed" | "failed");
        if session.mode != Mode::Normal && (judges || verb == "completed") {
            return Err(match session.mode {
                Mode::Browse => "10.2.2.0-2",
                _ => "10.2.2.0-3",
            });
        }
        if let Some(score) = self.result("score") {
            if !judges {
                return Err("9.5.1.0-2");
            }
            if score.get("raw").is_some()
                && (score.get("min").is_none() || score.get("max").is_none())
            {
                return Err("9.5.1.0-3");
            }
        }
        if let (Some(scaled), Some(mastery)) = (self.scaled, session.mastery) {
            match verb {
                "passed" if scaled < mastery => return Err("9.3.4.0-2"),
                "failed" if scaled >= mastery => return Err("9.3.5.0-2"),
                _ => {}
            }
        }
        match verb {
            "passed" if !self.result_is("success", true) => return Err("9.5.2.0-1"),
            "failed" if !self.result_is("success", false) => return Err("9.5.2.0-2"),
            _ if !judges && self.result("success").is_some() => return Err("9.5.2.0-3"),
            "completed" if !self.result_is("completion", true) => return Err("9.5.3.0-1"),
            _ if verb != "completed" && self.result("completion").is_some() => {
                return Err("9.5.3.0-2");
            }
            _ => {}
        }
        if self.result("duration").is_none() {
            match verb {
                "terminated" => return Err("9.5.4.1-1"),
                "completed" => return Err("9.5.4.1-2"),
                "passed" => return Err("9.5.4.1-3"),
                "failed" => return Err("9.5.4.1-4"),
                _ => {}
            }
        }
        match (
            self.has_activity("category", MOVE_ON),
            judges || verb == "completed",
        ) {
            (false, true) => return Err("9.6.2.2-1"),
            (true, false) => return Err("9.6.2.2-2"),
            _ => {}
        }
        if let Some(mastery) = session.mastery.filter(|_| judges) {
            let given = self
                .context("extensions")
                .and_then(|extensions| extensions.get(MASTERY))
                .map(|value| value.as_f64());
            match given {
                None if self.result("score").is_some() => return Err("9.6.3.2-2"),
                Some(value) if value != Some(mastery) => return Err("10.2.1.0-7"),
                _ => {}
            }
        }
        Ok(())
    }

    /// Whether this verb may come now (9.3).
    fn is_in_order(&self, session: &Session, registration: &Registration) -> Result<(), Broken> {
        let verb = self.verb;
        let unit = &registration.units[session.node];
        if session.said(verb) {
            return Err(match verb {
                "initialized" => "9.3.2.0-3",
                _ => "9.3.0.0-2",
            });
        }
        match verb {
            "passed" | "failed" if session.said("passed") || session.said("failed") => {
                Err("9.3.0.0-3")
            }
            "completed" if unit.completed => Err("9.3.0.0-6"),
            "passed" if unit.passed => Err("9.3.0.0-7"),
            "failed" if unit.passed => Err("9.3.0.0-8"),
            _ => Ok(()),
        }
    }

    fn progress(&self) -> Option<f64> {
        self.result("extensions")?
            .get(PROGRESS)?
            .as_f64()
            .filter(|progress| (0.0..=100.0).contains(progress))
    }

    fn lasted(&self) -> Option<f64> {
        seconds(self.result("duration")?.as_str()?).filter(|s| s.is_finite() && *s >= 0.0)
    }
}

fn take(
    registration: &mut Registration,
    place: usize,
    launch: Launch<'_>,
    said: &Said<'_>,
    now: i64,
) {
    let session = &mut registration.sessions[place];
    session.last_at = session.last_at.max(now);
    if session.mode == Mode::Browse {
        // One who looks around leaves no trace in what was reached.
        if said.defined {
            session.verbs.push(said.verb.to_owned());
            if said.verb == "terminated" {
                session.over = Some(Over::Terminated);
            }
        }
        return;
    }
    let unit = &mut registration.units[session.node];
    // The position in the lesson, wherever the statement is about the lesson or a part of it.
    let about = said.object().is_some_and(|id| {
        id.strip_prefix(launch.activity)
            .is_some_and(|rest| rest.is_empty() || rest.starts_with(['/', '#', '?']))
    });
    if let Some(progress) = said.progress().filter(|_| about) {
        unit.progress = Some(
            unit.progress
                .map_or(progress, |before| before.max(progress)),
        );
    }
    if !said.defined {
        return;
    }
    session.verbs.push(said.verb.to_owned());
    match said.verb {
        "completed" => unit.completed = true,
        "passed" | "failed" => {
            unit.passed |= said.verb == "passed";
            unit.failed = said.verb == "failed";
            unit.score = said.scaled.or(unit.score);
        }
        "terminated" => {
            session.over = Some(Over::Terminated);
            unit.seconds += said.lasted().unwrap_or(0.0);
        }
        _ => {}
    }
}

/// A statement of an xAPI package: whatever it says is kept; what it says of the activity that was
/// launched counts. Nothing that was reached is taken away. `terminated` ends nothing: packages
/// say so and go on.
fn take_any(
    registration: &mut Registration,
    place: usize,
    launch: Launch<'_>,
    said: &Said<'_>,
    now: i64,
) {
    let session = &mut registration.sessions[place];
    // How long it lasts is what lies between its statements: few packages say so.
    let before = session.last_at;
    session.last_at = session.last_at.max(now);
    let unit = &mut registration.units[session.node];
    let gap = (session.last_at - before) as f64 / 1e6;
    unit.seconds += gap.min(IDLE);
    if said.object() != Some(launch.activity) {
        return;
    }
    if let Some(progress) = said.progress() {
        unit.progress = Some(
            unit.progress
                .map_or(progress, |before| before.max(progress)),
        );
    }
    let verb = said.verb.rsplit('/').next().unwrap_or_default();
    let good = said.result_is("success", true) || matches!(verb, "passed" | "mastered");
    let bad = said.result_is("success", false) || verb == "failed";
    unit.completed |= said.result_is("completion", true) || verb == "completed";
    if good && verb != "failed" {
        unit.passed = true;
        unit.failed = false;
    } else if bad {
        unit.failed = !unit.passed;
    }
    if let Some(scaled) = said.scaled {
        unit.score = Some(unit.score.map_or(scaled, |before| before.max(scaled)));
    }
}

/// The longest silence that counts as time spent, in seconds.
const IDLE: f64 = 900.0;
