//! A dry run: what learners did, replayed onto another version of their course, and whose result
//! would change.

use domain::outcome::{Outcome, Success};
use scorm::{Attempt, Course};

use crate::App;
use crate::catalogue;
use crate::ids::{AttemptId, ModuleId, PersonId};
use crate::web::Refusal;

use super::super::journal::scorm;
use super::super::{outcomes, store, view};
use super::Reel;

/// Entries replayed for a page at most: then it shows how many attempts were looked at.
const ENTRIES: usize = 200_000;

/// Which attempts of a module.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Which {
    /// Those under way, the last active first, so many at most.
    Open(i64),
    /// All.
    All,
}

/// What one attempt would become.
#[derive(Debug, Clone)]
pub struct Difference {
    /// The attempt.
    pub attempt: AttemptId,
    /// Whose.
    pub person: PersonId,
    /// The learner's name.
    pub learner: String,
    /// The attempt's number.
    pub number: i64,
    /// Whether it is finished.
    pub finished: bool,
    /// The outcome now.
    pub before: Outcome,
    /// The outcome on the other version.
    pub after: Outcome,
    /// Where the learner is now.
    pub position_before: Position,
    /// Where the learner would be.
    pub position_after: Position,
    /// `completion success score progress position`: what would change; never empty.
    pub changes: Vec<&'static str>,
    /// Something would be lost: completion, success, score or progress goes down, or the place
    /// is gone.
    pub worse: bool,
}

/// Where a learner is in a course.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Position {
    /// Identifier of the activity being delivered, or to be resumed.
    pub activity: Option<String>,
    /// Its title.
    pub title: Option<String>,
    /// The place within it, as the SCO wrote it.
    pub location: Option<String>,
}

impl Position {
    fn of(attempt: &Attempt, course: &Course) -> Position {
        let Some(a) = attempt
            .current(course)
            .or(attempt.state().suspended)
            .filter(|a| course.activities[*a].is_leaf())
        else {
            return Position::default();
        };
        let element = if course.edition.is_2004() {
            "cmi.location"
        } else {
            "cmi.core.lesson_location"
        };
        let location = attempt.sco(a).and_then(|sco| sco.value(element));
        Position {
            activity: Some(course.activities[a].identifier.clone()),
            title: Some(course.activities[a].title.clone()),
            location: location.filter(|l| !l.is_empty()).map(str::to_owned),
        }
    }
}

/// A dry run over the attempts of a module.
#[derive(Debug, Clone, Default)]
pub struct DryRun {
    /// Attempts replayed.
    pub replayed: i64,
    /// Attempts there are of the kind asked for.
    pub all: i64,
    /// Those that would change, those that would lose something first.
    pub differences: Vec<Difference>,
}

/// Replays attempts of a module onto another course. Nothing is written.
pub async fn dry_run(
    app: &App,
    module: ModuleId,
    onto: &Course,
    which: Which,
) -> Result<DryRun, Refusal> {
    let limit = match which {
        Which::Open(limit) => limit,
        Which::All => i64::MAX,
    };
    let all: store::CountRow = match which {
        Which::Open(_) => store::OPEN_COUNT.bind(module).one(&app.db).await?,
        Which::All => store::ATTEMPT_COUNT.bind(module).one(&app.db).await?,
    };
    let ids: Vec<store::AttemptIdRow> = store::ATTEMPTS_OF_MODULE
        .bind(module)
        .bind(which == Which::All)
        .bind(limit)
        .all(&app.db)
        .await?;
    let mut run = DryRun {
        all: all.n,
        ..DryRun::default()
    };
    let mut entries = 0;
    for row in ids {
        if which != Which::All && entries > ENTRIES {
            break;
        }
        // One at a time: a state is large, and another request may want its turn.
        run.replayed += 1;
        let (difference, looked) = compare(app, row.id, onto).await?;
        entries += looked;
        run.differences.extend(difference);
        tokio::task::yield_now().await;
    }
    run.differences.sort_by(|a, b| {
        b.worse
            .cmp(&a.worse)
            .then_with(|| a.learner.cmp(&b.learner))
            .then_with(|| a.number.cmp(&b.number))
    });
    Ok(run)
}

/// What one attempt would become, if anything but time would change; and how many entries it has.
async fn compare(
    app: &App,
    attempt: AttemptId,
    onto: &Course,
) -> Result<(Option<Difference>, usize), Refusal> {
    let row: store::ComparedRow = store::COMPARED.bind(attempt).one(&app.db).await?;
    let stored = catalogue::course(app, row.version).await?;
    let course = scorm(&stored)?;
    let mut reel = Reel::new(app, onto, attempt, (&row.setup, &row.policy))?;
    let mut entries = 0;
    while reel.next(|_| false).await?.is_some() {
        entries += 1;
    }
    let live = view::attempt(&row.state)?;
    let before = outcomes::from_json(&row.outcome);
    let after = outcomes::of(&reel.state, onto, &reel.policy);
    let position_before = Position::of(&live, course);
    let position_after = Position::of(&reel.state, onto);
    let moved = (&position_before.activity, &position_before.location)
        != (&position_after.activity, &position_after.location);
    let other = |a: Option<f64>, b: Option<f64>| match (a, b) {
        (Some(a), Some(b)) => (a - b).abs() > 1e-9,
        (a, b) => a.is_some() != b.is_some(),
    };
    let changes: Vec<&'static str> = [
        ("completion", before.state != after.state),
        ("success", before.success != after.success),
        ("score", other(before.score, after.score)),
        ("progress", (before.progress - after.progress).abs() > 0.005),
        ("position", moved),
    ]
    .into_iter()
    .filter_map(|(what, changed)| changed.then_some(what))
    .collect();
    if changes.is_empty() {
        return Ok((None, entries));
    }
    let worse = after.state < before.state
        || (before.success == Success::Passed && after.success != Success::Passed)
        || before.score.unwrap_or(-2.0) > after.score.unwrap_or(-2.0) + 1e-9
        || before.progress > after.progress + 0.005
        || moved;
    let difference = Difference {
        attempt,
        person: row.person,
        learner: row.learner,
        number: row.number,
        finished: row.finished_at.is_some(),
        before,
        after,
        position_before,
        position_after,
        changes,
        worse,
    };
    Ok((Some(difference), entries))
}
