//! What menus, module pages, reports and the player see of an attempt.

use serde::Serialize;

use super::Attempt;
use crate::course::{Course, NavControl, ResourceKind};
use crate::datamodel::Sco;
use crate::sequencing::{Engine, Navigation};

/// One activity as a menu or report shows it.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct ActivityStatus {
    /// Index into the course's activities.
    pub index: usize,
    /// Identifier.
    pub identifier: String,
    /// Title.
    pub title: String,
    /// 0 for the course itself.
    pub depth: u32,
    /// Whether the table of contents shows it: `isvisible`, and selected.
    pub visible: bool,
    /// A rule of the course hides it, or one above it, from choice (SN SB.2.9 step 3), and the
    /// learner is not in it: a table of contents leaves it out.
    pub hidden: bool,
    /// Whether it has something to launch.
    pub launchable: bool,
    /// It is being delivered.
    pub current: bool,
    /// Its attempt is suspended.
    pub suspended: bool,
    /// Attempts begun.
    pub attempts: u32,
    /// Times launched.
    pub launches: u32,
    /// Completed, not completed, unknown.
    pub completion: Option<bool>,
    /// Passed, failed, unknown.
    pub success: Option<bool>,
    /// Scaled score.
    pub scaled: Option<f64>,
    /// Progress measure.
    pub progress: Option<f64>,
    /// Time spent, seconds.
    pub seconds: f64,
    /// SCORM 1.2: `cmi.core.lesson_status`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub lesson_status: Option<String>,
}

/// The activity now delivered.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Delivery<'a> {
    /// Index into the course's activities.
    pub index: usize,
    /// Identifier.
    pub identifier: &'a str,
    /// Title.
    pub title: &'a str,
    /// What the browser loads: path inside the package (URL-encoded) with query and fragment, or
    /// an absolute address.
    pub href: &'a str,
    /// SCO or asset.
    pub kind: ResourceKind,
    /// Controls to hide.
    pub hide_lms_ui: &'a [NavControl],
    /// Attempt on this activity.
    pub attempt: u32,
    /// Run-time data the browser's run-time starts from. The answers of
    /// `adl.nav.request_valid` are not in it: they are [`Attempt::navigation`] at this delivery.
    pub runtime: Option<&'a Sco>,
}

impl Attempt {
    /// Every activity's status, in tree order.
    pub fn activities(&self, course: &Course) -> Vec<ActivityStatus> {
        let mut state = self.settled_state(course).into_owned();
        if !course.edition.is_2004() {
            super::scorm12::roll_up_clusters(course, &mut state);
        }
        let current = self.current(course);
        let mut engine = Engine::new(course, &mut state, false);
        let hidden = engine.hidden_from_choice();
        course
            .activities
            .iter()
            .enumerate()
            .map(|(index, activity)| {
                let inside = current.is_some_and(|at| (index..activity.end).contains(&at));
                let primary = activity.sequencing.primary();
                let launched = self.launched.get(&index);
                let own = &engine.state.activities[index];
                ActivityStatus {
                    index,
                    identifier: activity.identifier.clone(),
                    title: activity.title.clone(),
                    depth: activity.depth,
                    visible: activity.visible && engine.is_in_tree(index),
                    hidden: hidden[index] && !inside,
                    launchable: activity.is_leaf() && activity.launch.is_some(),
                    current: current == Some(index),
                    suspended: own.suspended,
                    attempts: own.attempts,
                    launches: launched.map_or(0, |l| l.launches),
                    completion: engine.completed(index),
                    success: engine.satisfied(index, primary),
                    scaled: engine.measure(index, primary),
                    progress: engine.progress(index, primary),
                    seconds: launched.map_or(0.0, |l| {
                        l.past_ms.saturating_add(l.elapsed()) as f64 / 1_000.0
                    }),
                    lesson_status: launched.and_then(|l| l.status.clone()),
                }
            })
            .collect()
    }

    /// What may be asked now, with the reason where not.
    pub fn navigation(&self, course: &Course) -> Navigation {
        let mut state = self.settled_state(course).into_owned();
        if course.edition.is_2004() {
            return Engine::new(course, &mut state, false).validity();
        }
        self.navigation_12(course, &state)
    }

    /// The activity now delivered.
    pub fn delivery<'a>(&'a self, course: &'a Course) -> Option<Delivery<'a>> {
        let index = self.current(course)?;
        let activity = &course.activities[index];
        Some(Delivery {
            index,
            identifier: &activity.identifier,
            title: &activity.title,
            href: activity.launch.as_deref()?,
            kind: activity.kind,
            hide_lms_ui: &activity.hide_lms_ui,
            attempt: self.state.activities[index].attempts,
            runtime: self.sco(index),
        })
    }
}
