//! What the browser is told of a course: the delivered activity with its run-time data, what may
//! be asked now, and the menu.

use std::collections::BTreeMap;

use domain::outcome::Outcome;
use scorm::datamodel::Sco;
use scorm::{ActivityStatus, Attempt, Course, Validity};
use serde::Serialize;
use serde_json::{Value, json};

use crate::App;
use crate::catalogue::{self, StoredCourse};
use crate::web::Refusal;

/// The state of a course as the player shows it.
#[derive(Serialize)]
pub(super) struct CourseState {
    delivery: Option<Delivery>,
    /// What the learner's buttons may ask.
    navigation: Buttons,
    /// What `adl.nav.request_valid` answers to the SCO: as of its last report that was received.
    validity: Answers,
    /// The course as a whole, which SCORM 2004 lets a learner choose: it begins at its beginning.
    root: Option<Root>,
    activities: Vec<Entry>,
    /// What may be used along with the open activity (IMS SS 3.6).
    resources: Vec<Link>,
    outcome: Outcome,
    /// Why the last request led nowhere: the exception's code.
    refused: Option<Value>,
}

#[derive(Serialize)]
struct Delivery {
    activity: String,
    title: String,
    /// Address on the content origin.
    href: String,
    hides: Vec<Value>,
    /// Names this launch: another one loads the content anew.
    launch: String,
    /// Run-time data; an asset has none.
    snapshot: Option<Sco>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Buttons {
    #[serde(rename = "continue")]
    proceed: Validity,
    previous: Validity,
    exit_all: Validity,
    suspend_all: Validity,
    /// Rules of the course decide when the open activity ends.
    rules_at_end: bool,
}

#[derive(Serialize)]
struct Answers {
    #[serde(rename = "continue")]
    proceed: bool,
    previous: bool,
    choice: BTreeMap<String, bool>,
    jump: BTreeMap<String, bool>,
}

#[derive(Serialize)]
struct Root {
    id: String,
    title: String,
    /// Whether it may be chosen now.
    valid: bool,
}

/// An auxiliary resource that the package holds.
#[derive(Serialize)]
struct Link {
    title: String,
    /// Address on the content origin.
    href: String,
}

#[derive(Serialize)]
struct Entry {
    id: String,
    title: String,
    /// 1 for the first level.
    depth: u32,
    visible: bool,
    /// A rule hides it from choice: the menu leaves it out.
    hidden: bool,
    leaf: bool,
    state: &'static str,
    progress: Option<f64>,
    /// Whether it may be chosen now, and the exception's code where not.
    valid: bool,
    reason: Option<Value>,
}

impl CourseState {
    pub(super) fn of(
        app: &App,
        stored: &StoredCourse,
        course: &Course,
        attempt: &Attempt,
        outcome: Outcome,
        refused: Option<Value>,
    ) -> CourseState {
        let navigation = attempt.navigation(course);
        let statuses = attempt.activities(course);
        let by_target = |valid: &[Validity]| {
            course
                .activities
                .iter()
                .zip(valid)
                .map(|(a, v)| (a.identifier.clone(), v.valid))
                .collect()
        };
        let delivery = attempt.delivery(course).map(|delivery| Delivery {
            activity: delivery.identifier.to_owned(),
            title: delivery.title.to_owned(),
            href: address(app, stored, delivery.href),
            hides: delivery.hide_lms_ui.iter().map(|c| json!(c)).collect(),
            launch: format!(
                "{}.{}.{}",
                delivery.index, delivery.attempt, statuses[delivery.index].launches
            ),
            snapshot: delivery.runtime.cloned(),
        });
        let resources = attempt.current(course).map_or_else(Vec::new, |current| {
            course
                .auxiliary(current)
                .into_iter()
                .filter_map(|auxiliary| {
                    let resource = &course.resources[auxiliary.resource?];
                    let title = [&auxiliary.purpose, &resource.identifier]
                        .into_iter()
                        .find(|title| !title.is_empty())?;
                    Some(Link {
                        title: title.clone(),
                        href: address(app, stored, resource.href.as_deref()?),
                    })
                })
                .collect()
        });
        let validity = Answers {
            proceed: navigation.proceed.valid,
            previous: navigation.previous.valid,
            choice: by_target(&navigation.choice),
            jump: by_target(&navigation.jump),
        };
        let root = course.edition.is_2004().then(|| Root {
            id: statuses[0].identifier.clone(),
            title: statuses[0].title.clone(),
            valid: navigation.choice[0].valid,
        });
        let activities = statuses
            .into_iter()
            .skip(1)
            .zip(navigation.choice.iter().skip(1))
            .map(|(status, choice)| Entry {
                state: state_of(&status),
                id: status.identifier,
                title: status.title,
                depth: status.depth,
                visible: status.visible,
                hidden: status.hidden,
                leaf: status.launchable,
                progress: status.progress,
                valid: choice.valid,
                reason: choice.reason.map(|reason| json!(reason)),
            })
            .collect();
        CourseState {
            delivery,
            navigation: Buttons {
                proceed: navigation.proceed,
                previous: navigation.previous,
                exit_all: navigation.exit_all,
                suspend_all: navigation.suspend_all,
                rules_at_end: navigation.rules_at_end,
            },
            validity,
            root,
            activities,
            resources,
            outcome,
            refused,
        }
    }
}

/// What a manifest calls a launch address, on the content origin.
fn address(app: &App, stored: &StoredCourse, href: &str) -> String {
    match href {
        remote if remote.contains("://") => remote.to_owned(),
        path => catalogue::content::path(app, stored.package, path),
    }
}

/// An activity's state in the words of the progress store.
pub(super) fn state_of(status: &ActivityStatus) -> &'static str {
    match (status.success, status.completion) {
        (Some(true), _) => "passed",
        (Some(false), _) => "failed",
        (None, Some(true)) => "completed",
        (None, _) if status.attempts > 0 || status.launches > 0 => "in-progress",
        _ => "not-started",
    }
}

/// As stored in a text column.
pub(super) fn text<T: Serialize>(value: &T) -> Result<String, Refusal> {
    serde_json::to_string(value).map_err(|error| {
        tracing::error!(%error, "serialising an attempt");
        Refusal::new(rocket::http::Status::InternalServerError, "internal")
    })
}

/// An attempt as it is stored.
pub(super) fn attempt(stored: &str) -> Result<Attempt, Refusal> {
    serde_json::from_str(stored).map_err(|error| {
        tracing::error!(%error, "reading a stored attempt");
        Refusal::new(rocket::http::Status::InternalServerError, "internal")
    })
}
