//! What everybody learnt: played by scripted learners, sent through the player's own door.

use std::sync::Arc;

use crate::App;
use crate::clock::Timestamp;
use crate::formats::Structure;
use crate::player::{self, Learner, Pass, Start, journal};

use super::calendar::{Calendar, back_then};
use super::data::{Data, History, Module, Profile};
use super::learner::{Sitting, play};
use super::modules::KnownModule;
use super::people::find;
use super::units::Player;
use super::{DemoError, Known};

/// Learners at once.
const AT_ONCE: usize = 8;

/// One learner's history with one module.
struct Story {
    learner: Learner,
    module: Arc<KnownModule>,
    script: Module,
    history: History,
    sittings: Vec<(Timestamp, i64)>,
}

/// Plays every history whose module is here.
pub(super) async fn histories(
    app: &App,
    data: &Data,
    calendar: &Calendar,
    known: &Known,
) -> Result<(), DemoError> {
    let mut lanes: Vec<Vec<Story>> = (0..AT_ONCE).map(|_| Vec::new()).collect();
    for (number, history) in data.progress.iter().enumerate() {
        let Some(module) = known.modules.get(&history.module) else {
            continue;
        };
        let script = data.modules.iter().find(|m| m.slug == history.module);
        let person = data.people.iter().find(|p| p.email == history.person);
        let (Some(script), Some(person)) = (script, person) else {
            return Err(DemoError::Data(format!("a history of {}", history.person)));
        };
        lanes[number % AT_ONCE].push(Story {
            learner: Learner {
                id: find(&known.people, &history.person)?,
                name: person.name.clone(),
                language: person.language.clone(),
            },
            module: module.clone(),
            script: script.clone(),
            history: history.clone(),
            sittings: sittings(history, script, calendar),
        });
    }
    let mut running = tokio::task::JoinSet::new();
    for lane in lanes {
        let app = app.clone();
        running.spawn(async move {
            for story in lane {
                story.live(&app).await?;
            }
            Ok::<(), DemoError>(())
        });
    }
    while let Some(done) = running.join_next().await {
        done.map_err(|error| DemoError::Refused(error.to_string()))??;
    }
    Ok(())
}

/// When the learner sat down, and for how many seconds: whoever fails a SCORM 1.2 module sleeps
/// on it.
fn sittings(history: &History, script: &Module, calendar: &Calendar) -> Vec<(Timestamp, i64)> {
    let key = format!("{}{}", history.person, history.module);
    let seconds = history.minutes * 60;
    let last = calendar.some_time(history.day, &key);
    if history.profile == Profile::FailedThenPassed && script.format == "scorm12" {
        let first = calendar.some_time(history.day - 3, &key);
        return vec![(first, seconds * 2 / 3), (last, seconds / 3)];
    }
    vec![(last, seconds)]
}

impl Story {
    async fn live(&self, app: &App) -> Result<(), DemoError> {
        let key = format!("{}{}", self.history.person, self.history.module);
        let seed = key.bytes().fold(7, |seed: u32, byte| {
            seed.wrapping_mul(31).wrapping_add(byte.into())
        });
        let course = match &self.module.course.structure {
            Structure::Scorm(course) => course,
            Structure::Units(course) => return self.units(app, course, seed).await,
            // Its results come from the tool alone.
            Structure::Tool(_) => return Ok(()),
        };
        let who = (self.history.profile, seed % 10_007);
        let played = play(course, &self.script, who, &self.sittings)?;
        for sitting in played {
            self.sit(app, sitting)
                .await
                .map_err(DemoError::refused(&self.history.person))?;
        }
        Ok(())
    }

    /// A module of units.
    async fn units(
        &self,
        app: &App,
        course: &cmi5::structure::Course,
        seed: u32,
    ) -> Result<(), DemoError> {
        let player = Player {
            learner: &self.learner,
            module: &self.module,
            profile: self.history.profile,
            seed: seed % 10_007,
        };
        for &sitting in &self.sittings {
            player
                .live(app, course, sitting)
                .await
                .map_err(DemoError::refused(&self.history.person))?;
        }
        Ok(())
    }

    async fn sit(&self, app: &App, sitting: Sitting) -> Result<(), crate::web::Refusal> {
        let module = &self.module.module;
        let then = back_then(app, sitting.began);
        let session = player::start(&then, &self.learner, module, Start::Resume).await?;
        let attempts = player::attempts_of(&then, self.learner.id, module.id).await?;
        let attempt = attempts
            .first()
            .ok_or_else(crate::web::Refusal::not_found)?;
        let pass = Pass {
            session,
            attempt: attempt.id,
            version: attempt.version,
        };
        let opened = player::open(&then, pass, session.to_string()).await?;
        let later = back_then(app, sitting.began.plus_seconds(sitting.seconds));
        let batch = journal::Batch {
            session: Some(opened.session),
            state: false,
            entries: sitting.entries,
        };
        journal::accept(&later, pass, batch).await.map(drop)
    }
}
