//! A scripted learner: plays a module as its profile says, by the engine's own account of what is
//! delivered and what may be asked. What comes out are the entries that the player's browser side
//! would have sent.

use chrono::{DateTime, Utc};
use scorm::{Attempt, Course, Entry, Event, NavigationRequest, Setup};

use super::DemoError;
use super::data::{Activity, Module, Profile};
use super::lesson::Lesson;
use crate::clock::Timestamp;

/// Deliveries in one sitting at most: a rule that goes round in circles is a mistake.
const DELIVERIES: usize = 40;

/// A browser with the player open: it folds what it sends, as the server will.
pub(super) struct Browser<'c> {
    course: &'c Course,
    attempt: Attempt,
    entries: Vec<Entry>,
    began: Timestamp,
    pace: i64,
    steps: i64,
    /// Whose mistakes are made: a number of the learner's own.
    pub seed: u32,
    /// Milliseconds since the session opened.
    pub at: i64,
}

impl<'c> Browser<'c> {
    fn new(course: &'c Course, seed: u32) -> Self {
        Browser {
            course,
            attempt: Attempt::begin(course, Setup::default()),
            entries: Vec::new(),
            began: Timestamp::from_micros(0),
            pace: 0,
            steps: 0,
            seed,
            at: 0,
        }
    }

    /// A new session.
    fn open(&mut self, began: Timestamp, pace: i64) {
        (self.began, self.pace) = (began, pace);
        (self.at, self.steps) = (0, 0);
        self.entries.clear();
        // Written by the server when it opens the session.
        let open = Entry {
            seq: 0,
            at: 0,
            event: Event::Open,
        };
        self.attempt.apply(self.course, &open);
    }

    /// Some time passes: a page is read, a question thought over.
    pub fn step(&mut self) {
        self.steps += 1;
        self.at += self.pace;
    }

    /// How long a step takes, ms.
    pub fn pace(&self) -> i64 {
        self.pace
    }

    /// The time of day.
    pub fn moment(&self) -> DateTime<Utc> {
        Timestamp::from_micros(self.began.micros() + self.at * 1000).utc()
    }

    /// A call of the SCO: gives its answer.
    pub fn call(&mut self, function: &str, arguments: &[&str]) -> String {
        let mut entry = self.entry(Event::Call {
            function: function.to_owned(),
            arguments: arguments.iter().map(|text| (*text).to_owned()).collect(),
            result: String::new(),
            error: 0,
        });
        let verdict = self.attempt.apply(self.course, &entry);
        if let Event::Call { result, error, .. } = &mut entry.event {
            result.clone_from(&verdict.result);
            *error = verdict.error;
        }
        self.entries.push(entry);
        if let Some(request) = verdict.request {
            self.navigate(request);
        }
        verdict.result
    }

    fn navigate(&mut self, request: NavigationRequest) {
        let entry = self.entry(Event::Navigate(request));
        self.attempt.apply(self.course, &entry);
        self.entries.push(entry);
    }

    fn entry(&self, event: Event) -> Entry {
        Entry {
            seq: self.entries.len() as u64 + 1,
            at: self.at,
            event,
        }
    }

    /// The activity on the screen, and which delivery it is.
    fn delivered(&self) -> Option<(String, usize)> {
        let delivery = self.attempt.delivery(self.course)?;
        let launches = self.attempt.activities(self.course)[delivery.index].launches;
        Some((delivery.identifier.to_owned(), launches as usize))
    }

    /// The way out of the player: `static/player/shell.js`.
    fn leave(&mut self) {
        let done = self.attempt.outcome(self.course).completion == Some(true);
        let navigation = self.attempt.navigation(self.course);
        if done && navigation.exit_all.valid {
            self.navigate(NavigationRequest::ExitAll);
        } else if navigation.suspend_all.valid {
            self.navigate(NavigationRequest::SuspendAll);
        } else if navigation.exit_all.valid {
            self.navigate(NavigationRequest::ExitAll);
        }
    }
}

/// One sitting at the module: when it began, how many steps a minute, what was sent.
pub(super) struct Sitting {
    pub began: Timestamp,
    pub seconds: i64,
    pub entries: Vec<Entry>,
}

/// What the learner does with an activity.
enum Manner {
    /// Reads so many pages and stops for today.
    Read(usize),
    /// Reads all, gets these many of the questions wrong, and stops for today or goes on.
    Miss(usize, Then),
    /// Reads all, answers right, and stops for today or goes on.
    Master(Then),
}

#[derive(Clone, Copy, PartialEq)]
enum Then {
    Stop,
    GoOn,
}

/// Plays a module as a profile says: one sitting, or two where a SCORM 1.2 learner fails and comes
/// back. `began` gives the moment and the seconds of each.
pub(super) fn play(
    course: &Course,
    module: &Module,
    (profile, seed): (Profile, u32),
    began: &[(Timestamp, i64)],
) -> Result<Vec<Sitting>, DemoError> {
    // Twice: the first time to count the steps, so that the second fills the time spent.
    let who = (profile, seed);
    let counted = run(course, module, who, began, &[])?;
    let steps: Vec<i64> = counted.iter().map(|(_, steps)| *steps).collect();
    let played = run(course, module, who, began, &steps)?;
    Ok(played
        .into_iter()
        .zip(began)
        .map(|((entries, _), &(began, seconds))| Sitting {
            began,
            seconds,
            entries,
        })
        .collect())
}

fn run(
    course: &Course,
    module: &Module,
    (profile, seed): (Profile, u32),
    began: &[(Timestamp, i64)],
    steps: &[i64],
) -> Result<Vec<(Vec<Entry>, i64)>, DemoError> {
    let mut browser = Browser::new(course, seed);
    let mut sittings = Vec::new();
    for (number, &(began, seconds)) in began.iter().enumerate() {
        let steps = steps.get(number).copied().unwrap_or(1).max(1);
        browser.open(began, seconds * 1000 / steps);
        sit(&mut browser, module, profile, number)?;
        sittings.push((std::mem::take(&mut browser.entries), browser.steps));
    }
    Ok(sittings)
}

fn sit(
    browser: &mut Browser<'_>,
    module: &Module,
    profile: Profile,
    sitting: usize,
) -> Result<(), DemoError> {
    let twelve = !browser.course.edition.is_2004();
    for _ in 0..DELIVERIES {
        let Some((identifier, launches)) = browser.delivered() else {
            return Ok(());
        };
        let place = module
            .activities
            .iter()
            .position(|activity| activity.activity == identifier)
            .ok_or_else(|| DemoError::Data(format!("{}: no activity {identifier}", module.slug)))?;
        let activity = &module.activities[place];
        let seed = browser.seed as usize;
        let manner = manner(module, profile, place, launches, sitting, twelve);
        let mut lesson = Lesson::open(browser, activity, twelve);
        let pages = lesson.pages();
        let then = match manner {
            Manner::Read(pages) => {
                lesson.read(pages, |_| true);
                Then::Stop
            }
            Manner::Miss(wrong, then) => {
                let questions = activity.questions.len().max(1);
                lesson.read(pages, |question| (question + seed) % questions >= wrong);
                then
            }
            Manner::Master(then) => {
                // A 2004 module sends whoever misses an objective through it again.
                let slip = slip(activity, seed, place % 4 == seed % 4).filter(|_| twelve);
                lesson.read(pages, |question| Some(question) != slip);
                if lesson.passed() == Some(false) {
                    lesson.retry();
                }
                then
            }
        };
        if then == Then::GoOn && !twelve {
            lesson.forward();
        }
        lesson.close();
        if then == Then::Stop {
            break;
        }
        if twelve && !go_on_12(browser) {
            break;
        }
    }
    browser.leave();
    Ok(())
}

/// The question that somebody who masters the lesson gets wrong all the same: two learners of
/// three have one, where it costs them nothing.
fn slip(activity: &Activity, seed: usize, here: bool) -> Option<usize> {
    let questions = activity.questions.len();
    let costs_nothing =
        questions > 2 && (questions as i64 - 1) * 100 / questions as i64 >= activity.mastery;
    let careless = !seed.is_multiple_of(3) && (questions > 4 || here);
    // The later ones are harder.
    let place = |q: usize| (seed * seed / 7) % q.max(1);
    (costs_nothing && careless)
        .then(|| questions - 1 - place(questions).min(place(questions / 2 + 1)))
}

/// The player's own "next" button, where the package has none. False at the end.
fn go_on_12(browser: &mut Browser<'_>) -> bool {
    let valid = browser.attempt.navigation(browser.course).proceed.valid;
    if valid {
        browser.navigate(NavigationRequest::Continue);
    }
    valid
}

/// What the profile means for an activity (`fixtures/demo/README.md`).
fn manner(
    module: &Module,
    profile: Profile,
    place: usize,
    launches: usize,
    sitting: usize,
    twelve: bool,
) -> Manner {
    let count = module.activities.len();
    let activity = &module.activities[place];
    let questions = activity.questions.len();
    let most = (questions * 2).div_ceil(3);
    // The one whose result counts: the last that asks anything.
    let decides = !module.activities[place + 1..]
        .iter()
        .any(|later: &Activity| !later.questions.is_empty());
    let is_half = count > 1 && place + 1 >= count / 2;
    match profile {
        Profile::Started => Manner::Read(1),
        Profile::HalfWay if count == 1 => Manner::Read(activity.pages.len() / 2),
        // A pre-test shows what is to be learnt.
        _ if !twelve && count > 1 && place == 0 => Manner::Miss(questions, Then::GoOn),
        Profile::HalfWay if is_half => Manner::Master(Then::Stop),
        Profile::Failed if decides && questions > 0 => Manner::Miss(most, Then::Stop),
        Profile::FailedThenPassed if decides && questions > 0 && twelve && sitting == 0 => {
            Manner::Miss(most, Then::Stop)
        }
        Profile::FailedThenPassed if decides && questions > 0 && !twelve && launches == 1 => {
            Manner::Miss(most, Then::GoOn)
        }
        _ => Manner::Master(Then::GoOn),
    }
}
