//! `/modules/<slug>`: a module as its learner sees it; one click starts or resumes it.

use domain::outcome::{Outcome, State};
use domain::policy::Start;
use rocket::response::Redirect;
use rocket::{get, post};
use serde::Serialize;
use serde_json::{Value, json};

use crate::accounts::Person;
use crate::catalogue::{self, Module};
use crate::following::{self, Subject};
use crate::formats::Structure;
use crate::seminars::{self, Row};
use crate::spaces::{self, TopicCard};
use crate::web::i18n::Locales;
use crate::web::{Fields, Html, Lang, Page, Refusal, Visitor};

use super::super::attempts::{self, Learner};
use super::super::store::AttemptRow;
use super::super::{outcomes, shown_correction, store, units, view};

/// Seminars shown at most.
const DOORS: usize = 3;

#[derive(Serialize)]
struct Show {
    /// What is told to other sites; null: nothing, it is not public.
    share: Option<crate::directory::Shared>,
    crumbs: Value,
    heading: String,
    summary: String,
    slug: String,
    axis: Option<String>,
    hue: &'static str,
    language: &'static str,
    language_code: String,
    draft: bool,
    /// What the learner has done, if anything.
    mine: Option<Mine>,
    activities: Vec<Value>,
    /// There is more than one attempt to show.
    several: bool,
    /// Seminars that this module counts for.
    doors: Vec<Row>,
    may_report: bool,
    follow: Value,
    topics: Vec<TopicCard>,
    /// Where a question about it is asked.
    ask: Option<String>,
}

#[derive(Serialize)]
struct Mine {
    /// not-started, in-progress, completed, passed, failed
    state: &'static str,
    progress: f64,
    estimated: bool,
    score: Option<f64>,
    seconds: f64,
    attempts: Vec<Value>,
    finished: bool,
    /// A newer version was published since the attempt began.
    older: bool,
    /// The main button begins a new attempt.
    begins: bool,
    /// A new attempt may be asked for beside.
    again: bool,
    /// Why no new attempt is possible, once the last one is over; in words.
    denied: Option<String>,
    /// Attempts left, where they are limited.
    left: Option<u32>,
    /// Corrections by staff, the newest first.
    corrections: Vec<Value>,
}

impl Page for Show {
    const TEMPLATE: &'static str = "player/module";
    const NAV: &'static str = "modules";
    fn title(&self, _: &Locales, _: Lang) -> String {
        self.heading.clone()
    }
}

/// The module of an address, where this visitor may see it.
pub(super) async fn visible(visitor: &Visitor<'_>, slug: &str) -> Result<Module, Refusal> {
    let module = catalogue::module_by_slug(visitor.app, slug).await?;
    let teaches = visitor
        .person
        .is_some_and(|p| p.roles.can_teach() || p.roles.is_staff());
    if module.published_at.is_none() && !teaches {
        return Err(Refusal::not_found());
    }
    Ok(module)
}

#[get("/modules/<slug>", rank = 5)]
pub(super) async fn show(visitor: Visitor<'_>, slug: &str) -> Result<Html, Refusal> {
    let module = visible(&visitor, slug).await?;
    let (mine, activities) = match visitor.person {
        Some(person) => of_learner(&visitor, person, &module).await?,
        None => (None, of_course(&visitor, &module).await?),
    };
    let (axis, hue) = catalogue::axis_of(&visitor, &module).await?;
    let place = format!("/modules/{}", module.slug);
    let follow = following::button(&visitor, &Subject::module(module.id), &place).await?;
    let path = format!("/modules/{}", module.slug);
    let page = Show {
        share: crate::directory::share(visitor.app, visitor.lang(), &path).await?,
        follow,
        axis,
        hue,
        crumbs: json!([{
            "href": visitor.href("/modules"),
            "label": visitor.app.pages.locales.plain(visitor.lang(), "web-nav-modules", &[]),
        }]),
        heading: module.title.clone(),
        summary: module.summary.clone(),
        slug: module.slug.clone(),
        language: Lang::from_code(&module.language)
            .unwrap_or_default()
            .own_name(),
        language_code: module.language.clone(),
        draft: module.published_at.is_none(),
        several: mine.as_ref().is_some_and(|mine| mine.attempts.len() > 1),
        mine,
        activities,
        doors: seminars::naming(&visitor, module.id, DOORS).await?,
        topics: spaces::discussion(visitor.app, module.id, visitor.lang()).await?,
        ask: ask(&visitor, &module).await?,
        may_report: visitor
            .person
            .is_some_and(|p| catalogue::may_manage(p, &module) || p.roles.is_staff()),
    };
    Ok(visitor.page(&page))
}

/// The form for a question about the module, in the space of its axis.
async fn ask(visitor: &Visitor<'_>, module: &Module) -> Result<Option<String>, Refusal> {
    if visitor.person.is_none() {
        return Ok(None);
    }
    let spaces = spaces::all(visitor.app).await?;
    Ok(spaces
        .iter()
        .find(|space| module.axis.is_some() && space.axis == module.axis)
        .map(|space| {
            visitor.href(&format!(
                "/spaces/{}/new?module={}",
                space.slug, module.slug
            ))
        }))
}

/// The activities of a module nobody has begun.
async fn of_course(visitor: &Visitor<'_>, module: &Module) -> Result<Vec<Value>, Refusal> {
    let stored = catalogue::course(visitor.app, module.version).await?;
    if let Some(course) = stored.units() {
        return Ok(listed(visitor, course, None));
    }
    let Some(course) = stored.scorm() else {
        return Ok(Vec::new());
    };
    let mut parts = Parts::of(course);
    Ok(course
        .activities
        .iter()
        .enumerate()
        .skip(1)
        .filter(|(_, a)| a.visible && a.is_leaf())
        .map(|(index, a)| {
            let (part, inner) = parts.step(index);
            json!({ "part": part, "inner": inner, "heading": a.title, "state": "not-started", "score": null, "seconds": null })
        })
        .collect())
}

/// Tells where a part of the course begins in the flat list of its activities: packages often name
/// the activities of each part alike ("Lesson", "Exercise").
struct Parts<'a> {
    course: &'a scorm::Course,
    part: Option<usize>,
}

impl<'a> Parts<'a> {
    fn of(course: &'a scorm::Course) -> Self {
        Parts { course, part: None }
    }

    /// The title of the part that begins with this activity, and whether the activity is in a part.
    fn step(&mut self, activity: usize) -> (Option<&'a str>, bool) {
        let all = &self.course.activities;
        // The root is the course itself.
        let part = all[activity].parent.filter(|parent| *parent != 0);
        let begins = part.filter(|_| part != self.part);
        self.part = part;
        let title = begins.map(|part| all[part].title.as_str());
        (title.filter(|title| !title.is_empty()), part.is_some())
    }
}

/// Units as the list of activities shows them.
fn listed(
    visitor: &Visitor<'_>,
    course: &cmi5::structure::Course,
    registration: Option<&cmi5::registration::Registration>,
) -> Vec<Value> {
    units::shown(course, registration, visitor.lang().code())
        .into_iter()
        .filter(|unit| unit.is_unit)
        .map(|unit| {
            json!({
                "heading": unit.heading, "state": unit.state,
                "score": unit.score, "seconds": unit.seconds,
            })
        })
        .collect()
}

async fn of_learner(
    visitor: &Visitor<'_>,
    person: &Person,
    module: &Module,
) -> Result<(Option<Mine>, Vec<Value>), Refusal> {
    let app = visitor.app;
    let attempts = attempts::attempts_of(app, person.id, module.id).await?;
    let Some(last) = attempts.first() else {
        return Ok((None, of_course(visitor, module).await?));
    };
    let stored = catalogue::course(app, last.version).await?;
    let row: store::StateRow = store::STATE.bind(last.id).one(&app.db).await?;
    let activities = match &stored.structure {
        Structure::Units(course) => {
            let registration = units::registration(&row.state)?;
            listed(visitor, course, Some(&registration))
        }
        Structure::Tool(_) => Vec::new(),
        Structure::Scorm(course) => {
            let mut parts = Parts::of(course);
            view::attempt(&row.state)?
                .activities(course)
                .iter()
                .skip(1)
                .filter(|status| status.visible && status.launchable)
                .map(|status| {
                    let (part, inner) = parts.step(status.index);
                    json!({
                        "part": part,
                        "inner": inner,
                        "heading": status.title,
                        "state": view::state_of(status),
                        "score": status.scaled,
                        "seconds": (status.seconds >= 1.0).then_some(status.seconds),
                    })
                })
                .collect()
        }
    };
    let policy = module.policy();
    // In the order of their numbers, without those that were never opened.
    let all: Vec<Outcome> = attempts
        .iter()
        .rev()
        .map(|attempt| outcomes::from_json(&attempt.outcome))
        .filter(|outcome| outcome.state != State::NotStarted)
        .collect();
    let counted = policy
        .counted(&all)
        .map_or_else(Outcome::default, |(_, outcome)| outcome);
    let past = attempts::past(&attempts);
    let may = policy.may_begin(past);
    let over = past.is_some_and(|past| past.finished || past.failed);
    let begins = policy.start(past, false) == Ok(Start::New);
    let mine = Mine {
        begins,
        again: may.is_ok() && !begins,
        denied: may.err().filter(|_| over).map(|denied| {
            let args = [
                ("attempts", json!(attempts.len())),
                ("most", json!(policy.max_attempts.unwrap_or_default())),
            ];
            let key = format!("error-attempt-{}-body", denied.code());
            app.pages.locales.text(visitor.lang(), &key, &args)
        }),
        left: policy.left(u32::try_from(attempts.len()).unwrap_or(u32::MAX)),
        corrections: corrections(visitor, &attempts, stored.scorm()).await?,
        state: outcomes::word(&counted),
        progress: counted.progress,
        estimated: counted.estimated,
        score: counted.score,
        seconds: counted.seconds,
        finished: last.finished_at.is_some(),
        older: last.version != module.version,
        attempts: attempts
            .iter()
            .map(|attempt| {
                let outcome = outcomes::from_json(&attempt.outcome);
                json!({
                    "number": attempt.number,
                    "state": outcomes::word(&outcome),
                    "score": outcome.score,
                    "seconds": outcome.seconds,
                    "at": attempt.updated_at.micros(),
                })
            })
            .collect(),
    };
    Ok((Some(mine), activities))
}

/// What staff corrected, for the learner: who in which role, what, and why.
async fn corrections(
    visitor: &Visitor<'_>,
    attempts: &[AttemptRow],
    course: Option<&scorm::Course>,
) -> Result<Vec<Value>, Refusal> {
    let mut all = Vec::new();
    for attempt in attempts {
        let rows = super::super::corrections_of(visitor.app, attempt.id).await?;
        let title_of = |id: &str| {
            let found = course.and_then(|course| Some(&course.activities[course.find(id)?].title));
            found.map_or_else(|| id.to_owned(), Clone::clone)
        };
        all.extend(
            rows.iter()
                .map(|row| shown_correction(row, attempt.number, title_of)),
        );
    }
    Ok(all)
}

#[post("/modules/<slug>/play", data = "<fields>")]
pub(super) async fn start(
    visitor: Visitor<'_>,
    slug: &str,
    fields: Fields,
) -> Result<Redirect, Refusal> {
    let person = visitor.signed_in()?;
    let module = visible(&visitor, slug).await?;
    let learner = Learner {
        id: person.id,
        name: person.name.clone(),
        language: person.language.clone(),
    };
    let how = if fields.ticked("again") {
        attempts::Start::Again
    } else {
        attempts::Start::Resume
    };
    let session = attempts::start(visitor.app, &learner, &module, how).await?;
    let path = format!("/modules/{}/play/{session}", module.slug);
    Ok(visitor.redirect(&path, None))
}
