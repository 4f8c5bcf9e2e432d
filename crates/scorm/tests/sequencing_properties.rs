//! Random trees, random rules, random learners: what must hold whatever a course does.

#[path = "support/random.rs"]
mod random;
mod support;

use std::collections::BTreeSet;

use proptest::prelude::*;
use random::{course, learner};
use scorm::sequencing::{Exception, TraceResult};
use scorm::*;

/// Exception codes of the pseudo-code that a learner or SCO can meet.
const KNOWN: &[&str] = &[
    "NB.2.1-1",
    "NB.2.1-2",
    "NB.2.1-3",
    "NB.2.1-4",
    "NB.2.1-5",
    "NB.2.1-6",
    "NB.2.1-8",
    "NB.2.1-9",
    "NB.2.1-10",
    "NB.2.1-11",
    "NB.2.1-12",
    "TB.2.3-1",
    "TB.2.3-2",
    "TB.2.3-3",
    "TB.2.3-4",
    "SB.2.1-2",
    "SB.2.1-3",
    "SB.2.1-4",
    "SB.2.2-1",
    "SB.2.2-2",
    "SB.2.4-1",
    "SB.2.4-2",
    "SB.2.4-3",
    "SB.2.5-1",
    "SB.2.6-1",
    "SB.2.6-2",
    "SB.2.7-1",
    "SB.2.7-2",
    "SB.2.8-1",
    "SB.2.8-2",
    "SB.2.9-2",
    "SB.2.9-3",
    "SB.2.9-4",
    "SB.2.9-5",
    "SB.2.9-6",
    "SB.2.9-7",
    "SB.2.9-8",
    "SB.2.9-9",
    "SB.2.10-1",
    "SB.2.10-2",
    "SB.2.10-3",
    "SB.2.11-1",
    "SB.2.11-2",
    "SB.2.13-1",
    "DB.1.1-1",
    "DB.1.1-2",
    "DB.1.1-3",
];

/// What a SCO reports of itself.
const REPORTED: [&str; 4] = [
    "cmi.completion_status",
    "cmi.success_status",
    "cmi.score.scaled",
    "cmi.progress_measure",
];

/// How many random courses each property is tried on; `PROPTEST_CASES` asks for more.
fn config() -> ProptestConfig {
    let given = std::env::var("PROPTEST_CASES")
        .ok()
        .and_then(|n| n.parse().ok());
    ProptestConfig {
        cases: given.unwrap_or(400),
        max_shrink_iters: 20_000,
        failure_persistence: None,
        ..ProptestConfig::default()
    }
}

proptest! {
    #![proptest_config(config())]

    #[test]
    fn only_exceptions_of_the_standard_and_a_whole_state(course in course(), steps in learner(), seed: u64) {
        let known: BTreeSet<&str> = KNOWN.iter().copied().collect();
        let mut attempt = Attempt::begin(&course, Setup { seed, ..Setup::default() });
        for entry in steps.journal(&course) {
            let verdict = attempt.apply(&course, &entry);
            if let Some(code) = verdict.exception {
                prop_assert!(known.contains(code.0), "{code} is not of the standard");
            }
            if let Some(a) = verdict.delivered {
                prop_assert!(course.activities[a].is_leaf());
                prop_assert_eq!(attempt.current(&course), Some(a));
            }
            let current = attempt.current(&course);
            let active = attempt.state().activities.iter().enumerate().filter(|(a, s)| s.active && course.activities[*a].is_leaf());
            prop_assert_eq!(active.map(|(a, _)| a).collect::<Vec<_>>(), current.into_iter().collect::<Vec<_>>());
            let outcome = attempt.outcome(&course);
            prop_assert!((0.0..=1.0).contains(&outcome.progress));
            prop_assert!(outcome.scaled.is_none_or(|s| (-1.0..=1.0).contains(&s)));
        }
    }

    #[test]
    fn a_valid_continue_or_choice_is_accepted(course in course(), steps in learner(), seed: u64) {
        // Where no rule can put another request in its place, what the menu offers is delivered.
        let mut course = course;
        for activity in &mut course.0.activities {
            activity.sequencing.post.clear();
            activity.sequencing.exit.clear();
            activity.sequencing.pre.clear();
            activity.sequencing.limits.attempts = None;
            activity.sequencing.selection = Default::default();
        }
        let mut attempt = Attempt::begin(&course, Setup { seed, ..Setup::default() });
        for entry in steps.journal(&course) {
            attempt.apply(&course, &entry);
            let navigation = attempt.navigation(&course);
            for (a, validity) in navigation.choice.iter().enumerate() {
                let request = NavigationRequest::Choice(course.activities[a].identifier.clone());
                let entry = Entry { seq: 1_000, at: 1_000, event: Event::Navigate(request) };
                let verdict = attempt.clone().apply(&course, &entry);
                prop_assert_eq!(verdict.delivered.is_some(), validity.valid, "{:?} {:?}", validity, verdict.exception);
            }
            let entry = Entry { seq: 1_000, at: 1_000, event: Event::Navigate(NavigationRequest::Continue) };
            let verdict = attempt.clone().apply(&course, &entry);
            prop_assert_eq!(verdict.delivered.is_some() || verdict.ended, navigation.proceed.valid);
        }
    }

    #[test]
    fn replay_and_any_snapshot_give_the_live_state(course in course(), steps in learner(), seed: u64, cut: prop::sample::Index) {
        let journal = steps.journal(&course);
        let begin = || Attempt::begin(&course, Setup { seed, ..Setup::default() });
        let mut live = begin();
        for entry in &journal {
            live.apply(&course, entry);
        }
        let cut = cut.index(journal.len() + 1);
        let mut replayed = begin();
        for entry in &journal[..cut] {
            replayed.apply(&course, entry);
        }
        let snapshot = serde_json::to_string(&replayed).unwrap();
        let mut replayed: Attempt = serde_json::from_str(&snapshot).unwrap();
        for entry in &journal[cut..] {
            replayed.apply(&course, entry);
        }
        prop_assert_eq!(replayed, live);
    }

    #[test]
    fn what_is_told_of_an_entry_is_what_changed(course in course(), steps in learner(), seed: u64) {
        let mut told = Attempt::begin(&course, Setup { seed, ..Setup::default() });
        let mut silent = told.clone();
        for entry in steps.journal(&course) {
            let before = silent.clone();
            let expected = silent.apply(&course, &entry);
            let (verdict, changes) = told.apply_told(&course, &entry);
            prop_assert_eq!(verdict, expected);
            prop_assert_eq!(&told, &silent);
            prop_assert_eq!(&changes, &silent.changes_since(&before, &course));
            prop_assert!(changes.iter().all(|c| c.before != c.after));
        }
    }

    #[test]
    fn a_closed_tab_delivers_the_same_activity_again(course in course(), steps in learner(), seed: u64) {
        let mut attempt = Attempt::begin(&course, Setup { seed, ..Setup::default() });
        for entry in steps.journal(&course) {
            attempt.apply(&course, &entry);
            let before = attempt.current(&course);
            let mut opened = attempt.clone();
            opened.apply(&course, &Entry { seq: 1_000, at: 0, event: Event::Open });
            if before.is_some() {
                prop_assert_eq!(opened.current(&course), before);
            }
        }
    }

    #[test]
    fn suspended_and_resumed_at_any_moment_nothing_is_lost(course in course(), steps in learner(), seed: u64) {
        let mut attempt = Attempt::begin(&course, Setup { seed, ..Setup::default() });
        for entry in steps.journal(&course) {
            attempt.apply(&course, &entry);
            let Some(current) = attempt.current(&course) else { continue };
            let mut later = attempt.clone();
            let event = Event::Navigate(NavigationRequest::SuspendAll);
            let left = later.apply(&course, &Entry { seq: 1_000, at: 1_000, event });
            prop_assert_eq!((left.exception, left.ended), (None, true));
            prop_assert!(later.is_suspended() && later.current(&course).is_none());
            // Leaving rolls up what was not yet rolled up; coming back changes nothing more.
            let outcome = later.outcome(&course);
            let reported = |attempt: &Attempt| {
                let sco = attempt.sco(current).expect("launched");
                REPORTED.map(|element| sco.value(element).map(str::to_owned))
            };
            prop_assert_eq!(reported(&later), reported(&attempt));
            // A snapshot in between: nothing lives beside the state.
            let text = serde_json::to_string(&later).unwrap();
            let mut later: Attempt = serde_json::from_str(&text).unwrap();
            let back = later.apply(&course, &Entry { seq: 1_001, at: 0, event: Event::Open });
            if let Some(exception) = back.exception {
                // Only what leaving made true may stand in the way: a rule or a limit that now bars
                // the activity or something above it (UP.5). Nothing is lost even then.
                prop_assert_eq!((exception, back.delivered), (Exception("DB.1.1-3"), None));
                prop_assert!(back.trace.iter().any(|step| step.process == "UP.5" && step.result == TraceResult::Truth(true)));
                prop_assert_eq!(reported(&later), reported(&attempt));
                continue;
            }
            prop_assert_eq!(back.delivered, Some(current));
            prop_assert_eq!(later.outcome(&course), outcome);
            prop_assert_eq!(reported(&later), reported(&attempt));
            let entry = later.sco(current).and_then(|sco| sco.value("cmi.entry"));
            prop_assert_eq!(entry, Some("resume"));
            for (a, (old, new)) in attempt.state().activities.iter().zip(&later.state().activities).enumerate() {
                prop_assert_eq!(old.attempts, new.attempts, "attempts of {}", course.activities[a].identifier);
                prop_assert_eq!(old.active, new.active, "{} is active", course.activities[a].identifier);
            }
        }
    }

    #[test]
    fn every_answer_is_within_its_steps(course in course(), steps in learner(), seed: u64) {
        // No request takes longer than its budget of evaluations: rules that send each other round
        // and round end in an exception, and the state is as good as any.
        let mut attempt = Attempt::begin(&course, Setup { seed, ..Setup::default() });
        for entry in steps.journal(&course) {
            let verdict = attempt.apply(&course, &entry);
            prop_assert!(verdict.trace.len() < 100_000, "{} steps", verdict.trace.len());
            prop_assert!(attempt.navigation(&course).choice.len() == course.activities.len());
        }
    }

    #[test]
    fn rollup_is_idempotent(course in course(), steps in learner(), seed: u64) {
        // Clusters that read what others write may follow each other round and round.
        let mut course = course;
        for objective in course.0.activities.iter_mut().flat_map(|a| &mut a.sequencing.objectives) {
            objective.maps.clear();
        }
        let mut attempt = Attempt::begin(&course, Setup { seed, ..Setup::default() });
        for entry in steps.journal(&course) {
            attempt.apply(&course, &entry);
        }
        let mut once = attempt.state().clone();
        scorm::sequencing::Engine::new(&course, &mut once, false).roll_up();
        let mut twice = once.clone();
        scorm::sequencing::Engine::new(&course, &mut twice, false).roll_up();
        prop_assert_eq!(once, twice);
    }
}
