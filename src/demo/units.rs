//! A scripted learner of a cmi5 course or an xAPI package: launches its units and says what the
//! lessons' own scripts would (`scorm_packages/*/shared/track.js`), through the same door.

use cmi5::structure::{Course, Profile as Made};
use serde_json::{Value, json};

use crate::App;
use crate::clock::Timestamp;
use crate::lrs::launches;
use crate::player::units::{self, Heard, Launched};
use crate::player::{self, Learner, Pass, Start};
use crate::web::Refusal;

use super::calendar::back_then;
use super::data::Profile;
use super::modules::KnownModule;

const VERBS: &str = "http://adlnet.gov/expapi/verbs/";

/// What happens in one visit of a unit.
#[derive(Clone, Copy)]
struct Visit {
    place: usize,
    /// All of it was read.
    done: bool,
    /// The share of right answers, where the questions were reached.
    score: Option<f64>,
    /// It was read before: nothing is completed twice.
    again: bool,
}

/// One learner and one module of units.
pub(super) struct Player<'s> {
    pub learner: &'s Learner,
    pub module: &'s KnownModule,
    pub profile: Profile,
    /// Whose mistakes are made: a number of the learner's own.
    pub seed: u32,
}

impl Player<'_> {
    /// Plays the module as the profile says, in `seconds` that end at `ended`.
    pub async fn live(
        &self,
        app: &App,
        course: &Course,
        (ended, seconds): (Timestamp, i64),
    ) -> Result<(), Refusal> {
        let visits = self.visits(course);
        let each = (seconds / visits.len().max(1) as i64).max(1);
        let mut at = ended.plus_seconds(-each * visits.len() as i64);
        for visit in visits {
            self.visit(app, course, visit, (at, each)).await?;
            at = at.plus_seconds(each);
        }
        Ok(())
    }

    /// `fixtures/demo/README.md`: what the profile means.
    fn visits(&self, course: &Course) -> Vec<Visit> {
        let units: Vec<usize> = course.units().collect();
        let read = |place| Visit {
            place,
            done: false,
            score: None,
            again: false,
        };
        let good = |place| Visit {
            place,
            done: true,
            score: Some(if (self.seed as usize + place).is_multiple_of(3) {
                0.8
            } else {
                1.0
            }),
            again: false,
        };
        let (Some(&first), Some((&last, before))) = (units.first(), units.split_last()) else {
            return Vec::new();
        };
        let bad = Visit {
            place: last,
            done: true,
            score: Some(0.25),
            again: false,
        };
        let better = Visit {
            again: true,
            ..good(last)
        };
        let all_before = before.iter().copied().map(good);
        match self.profile {
            Profile::Started => vec![read(first)],
            Profile::HalfWay if units.len() == 1 => vec![read(first)],
            Profile::HalfWay => units[..units.len().div_ceil(2)]
                .iter()
                .copied()
                .map(good)
                .collect(),
            Profile::Failed => all_before.chain([bad]).collect(),
            Profile::FailedThenPassed => all_before.chain([bad, better]).collect(),
            Profile::CompletedPassed => units.iter().copied().map(good).collect(),
        }
    }

    async fn visit(
        &self,
        app: &App,
        course: &Course,
        visit: Visit,
        (began, seconds): (Timestamp, i64),
    ) -> Result<(), Refusal> {
        let module = &self.module.module;
        let then = back_then(app, began);
        let session = player::start(&then, self.learner, module, Start::Resume).await?;
        let attempts = player::attempts_of(&then, self.learner.id, module.id).await?;
        let attempt = attempts.first().ok_or_else(Refusal::not_found)?;
        let pass = Pass {
            session,
            attempt: attempt.id,
            version: attempt.version,
        };
        let back = format!("{}/modules/{}", app.config.public_url, module.slug);
        let launched = units::launch(&then, pass, (visit.place, None), back).await?;
        let credential = &launched.credential;
        units::heed(&then, credential.id, credential.registration).await?;
        let later = back_then(app, began.plus_seconds(seconds));
        let judged = course
            .unit(visit.place)
            .is_some_and(|(_, unit)| course.profile == Made::Xapi || unit.mastery_score.is_some());
        // Nothing of a unit that was passed before is said again.
        let texts: Vec<String> = said(course.profile, visit, seconds, judged && launched.counts)
            .into_iter()
            .filter(|(verb, _)| launched.counts || matches!(*verb, "initialized" | "terminated"))
            .map(|(verb, result)| {
                let id = app.ids.uuid().to_string();
                statement(course.profile, &launched, (id, verb, result), &later).to_string()
            })
            .collect();
        let batch = launches::batch(&later, &launched.credential, &texts)?;
        let heard = Heard {
            session: launched.credential.id,
            registration: launched.credential.registration,
            actor: launched.credential.actor.clone(),
            texts,
            batch,
        };
        units::hear(&later, heard).await.map(drop)
    }
}

/// What a lesson says in one visit, in order.
fn said(made: Made, visit: Visit, seconds: i64, judged: bool) -> Vec<(&'static str, Value)> {
    let duration = format!("PT{seconds}S");
    let mut all = vec![("initialized", json!({}))];
    if !visit.done {
        let result = json!({ "extensions": { cmi5::PROGRESS: 30 } });
        all.push(("progressed", result));
    } else if !visit.again {
        all.push((
            "completed",
            json!({ "completion": true, "duration": duration }),
        ));
    }
    if let Some(score) = visit.score.filter(|_| judged) {
        let passed = score >= 0.7;
        let mut result = json!({
            "score": { "scaled": score }, "success": passed, "duration": duration,
        });
        if made == Made::Xapi {
            result["completion"] = json!(true);
        }
        all.push((if passed { "passed" } else { "failed" }, result));
    }
    all.push(("terminated", json!({ "duration": duration })));
    all
}

fn statement(
    made: Made,
    launched: &Launched,
    (id, verb, result): (String, &str, Value),
    at: &App,
) -> Value {
    let mut context = launched.template.clone();
    context["registration"] = json!(launched.credential.registration);
    if made == Made::Cmi5 {
        let mut category = Vec::new();
        if verb != "progressed" {
            category.push(json!({ "id": cmi5::CATEGORY }));
        }
        if matches!(verb, "completed" | "passed" | "failed") {
            category.push(json!({ "id": cmi5::MOVE_ON }));
        }
        if !category.is_empty() {
            context["contextActivities"]["category"] = json!(category);
        }
        if let Some(mastery) = launched
            .mastery
            .filter(|_| matches!(verb, "passed" | "failed"))
        {
            context["extensions"][cmi5::MASTERY] = json!(mastery);
        }
    }
    json!({
        "id": id,
        "actor": launched.actor,
        "verb": { "id": format!("{VERBS}{verb}"), "display": { "en": verb } },
        "object": { "objectType": "Activity", "id": launched.activity },
        "result": result,
        "context": context,
        "timestamp": xapi::time::timestamp(at.clock.now().micros()),
    })
}
