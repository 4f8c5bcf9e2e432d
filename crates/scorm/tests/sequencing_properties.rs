//! Random trees, random rules, random learners: what must hold whatever a course does.

mod support;

use std::collections::BTreeSet;

use proptest::prelude::*;
use scorm::manifest::read;
use scorm::*;
use support::MapFiles;

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

fn any_of(words: &'static [&'static str]) -> impl Strategy<Value = &'static str> {
    prop::sample::select(words)
}

fn condition() -> impl Strategy<Value = String> {
    let words = &[
        "satisfied",
        "objectiveStatusKnown",
        "objectiveMeasureKnown",
        "objectiveMeasureGreaterThan",
        "objectiveMeasureLessThan",
        "completed",
        "activityProgressKnown",
        "attempted",
        "attemptLimitExceeded",
        "always",
    ];
    (any_of(words), any::<bool>(), -1.0..1.0f64).prop_map(|(c, not, t)| {
        let operator = if not { "not" } else { "noOp" };
        format!(r#"<imsss:ruleCondition condition="{c}" operator="{operator}" measureThreshold="{t:.2}"/>"#)
    })
}

fn rule() -> impl Strategy<Value = String> {
    let kinds = &[
        "pre:skip",
        "pre:disabled",
        "pre:hiddenFromChoice",
        "pre:stopForwardTraversal",
        "exit:exit",
        "post:exitParent",
        "post:exitAll",
        "post:retry",
        "post:retryAll",
        "post:continue",
        "post:previous",
    ];
    (any_of(kinds), any::<bool>(), prop::collection::vec(condition(), 1..3)).prop_map(|(kind, all, conditions)| {
        let (place, action) = kind.split_once(':').unwrap();
        let element = format!("{place}ConditionRule");
        let combination = if all { "all" } else { "any" };
        format!(
            r#"<imsss:{element}><imsss:ruleConditions conditionCombination="{combination}">{}</imsss:ruleConditions><imsss:ruleAction action="{action}"/></imsss:{element}>"#,
            conditions.concat()
        )
    })
}

fn rollup_rule() -> impl Strategy<Value = String> {
    let sets = &["all", "any", "none", "atLeastCount", "atLeastPercent"];
    let conditions = &[
        "satisfied",
        "objectiveStatusKnown",
        "completed",
        "activityProgressKnown",
        "attempted",
        "never",
    ];
    let actions = &["satisfied", "notSatisfied", "completed", "incomplete"];
    (any_of(sets), any_of(conditions), any_of(actions), any::<bool>()).prop_map(|(set, condition, action, not)| {
        let operator = if not { "not" } else { "noOp" };
        format!(
            r#"<imsss:rollupRule childActivitySet="{set}" minimumCount="1" minimumPercent="0.5"><imsss:rollupConditions><imsss:rollupCondition condition="{condition}" operator="{operator}"/></imsss:rollupConditions><imsss:rollupAction action="{action}"/></imsss:rollupRule>"#
        )
    })
}

fn sequencing() -> impl Strategy<Value = String> {
    let control = prop::collection::vec(prop::bool::weighted(0.8), 3);
    let rest = (
        prop::bool::weighted(0.15),
        prop::collection::vec(rule(), 0..3),
        prop::collection::vec(rollup_rule(), 0..2),
        any_of(&["", r#" attemptLimit="1""#, r#" attemptLimit="2""#]),
        any_of(&["never", "once", "onEachNewAttempt"]),
        prop::bool::weighted(0.9),
        any::<(bool, bool, bool)>(),
    );
    (control, rest).prop_map(|(c, (forward, rules, rollups, limit, timing, tracked, (by_measure, constrain, prevent)))| {
        format!(
            r#"<imsss:sequencing><imsss:controlMode choice="{}" flow="{}" choiceExit="{}" forwardOnly="{forward}"/>
            <imsss:sequencingRules>{}</imsss:sequencingRules><imsss:limitConditions{limit}/><imsss:rollupRules>{}</imsss:rollupRules>
            <imsss:objectives><imsss:primaryObjective objectiveID="p" satisfiedByMeasure="{by_measure}"><imsss:minNormalizedMeasure>0.5</imsss:minNormalizedMeasure>
            <imsss:mapInfo targetObjectiveID="g" readSatisfiedStatus="{prevent}" readNormalizedMeasure="{constrain}" writeSatisfiedStatus="{by_measure}" writeNormalizedMeasure="{prevent}"/></imsss:primaryObjective></imsss:objectives>
            <imsss:randomizationControls randomizationTiming="{timing}" reorderChildren="true" selectionTiming="{timing}" selectCount="2"/>
            <imsss:deliveryControls tracked="{tracked}"/>
            <adlseq:constrainedChoiceConsiderations constrainChoice="{}" preventActivation="{}"/></imsss:sequencing>"#,
            c[0], c[1], c[2], rules.concat(), rollups.concat(), constrain && prevent, prevent && by_measure
        )
    })
}

#[derive(Debug, Clone)]
enum Tree {
    Leaf(String),
    Cluster(String, Vec<Tree>),
}

fn tree() -> impl Strategy<Value = Tree> {
    let leaf = sequencing().prop_map(Tree::Leaf);
    leaf.prop_recursive(3, 16, 4, |inner| {
        (sequencing(), prop::collection::vec(inner, 1..4)).prop_map(|(s, c)| Tree::Cluster(s, c))
    })
}

fn items(tree: &Tree, next: &mut usize) -> String {
    *next += 1;
    let id = *next;
    match tree {
        Tree::Leaf(s) => {
            format!(r#"<item identifier="i{id}" identifierref="r"><title>t</title>{s}</item>"#)
        }
        Tree::Cluster(s, children) => {
            let inside: String = children.iter().map(|c| items(c, next)).collect();
            format!(r#"<item identifier="i{id}"><title>t</title>{inside}{s}</item>"#)
        }
    }
}

fn course() -> impl Strategy<Value = Course> {
    (prop::collection::vec(tree(), 1..4), sequencing()).prop_map(|(trees, s)| {
        let mut next = 0;
        let inside: String = trees.iter().map(|t| items(t, &mut next)).collect();
        let manifest = format!(
            r#"<manifest identifier="m" xmlns:imsss="http://www.imsglobal.org/xsd/imsss" xmlns:adlseq="http://www.adlnet.org/xsd/adlseq_v1p3">
            <metadata><schemaversion>2004 4th Edition</schemaversion></metadata><organizations><organization identifier="i0"><title>t</title>{inside}{s}</organization></organizations>
            <resources><resource identifier="r" scormType="sco" href="a.html"/></resources></manifest>"#
        );
        read(&MapFiles::with_manifest(&manifest, &["a.html"]), "imsmanifest.xml").unwrap().0
    })
}

/// What a learner does next; numbers pick a target or value.
fn learner() -> impl Strategy<Value = Vec<(u8, u8)>> {
    prop::collection::vec(any::<(u8, u8)>(), 1..40)
}

fn event_of(course: &Course, (what, which): (u8, u8)) -> Event {
    let target = || {
        course.activities[usize::from(which) % course.activities.len()]
            .identifier
            .clone()
    };
    let call = |function: &str, arguments: &[&str]| Event::Call {
        function: function.into(),
        arguments: arguments.iter().map(|a| a.to_string()).collect(),
        result: "true".into(),
        error: 0,
    };
    match what % 20 {
        0..=3 => Event::Navigate(NavigationRequest::Continue),
        4 => Event::Navigate(NavigationRequest::Previous),
        5 | 6 => Event::Navigate(NavigationRequest::Choice(target())),
        7 => Event::Navigate(NavigationRequest::Jump(target())),
        8 => Event::Navigate(NavigationRequest::Exit),
        9 => Event::Navigate(NavigationRequest::SuspendAll),
        10 => Event::Navigate(NavigationRequest::Abandon),
        11 => Event::Navigate(NavigationRequest::ExitAll),
        12 | 13 => Event::Open,
        14 => call("Initialize", &[""]),
        15 => call(
            "SetValue",
            &[
                "cmi.score.scaled",
                ["-1", "0", "0.5", "1"][usize::from(which) % 4],
            ],
        ),
        16 => call(
            "SetValue",
            &[
                "cmi.success_status",
                ["passed", "failed", "unknown"][usize::from(which) % 3],
            ],
        ),
        17 => call(
            "SetValue",
            &[
                "cmi.completion_status",
                ["completed", "incomplete"][usize::from(which) % 2],
            ],
        ),
        18 => call(
            "SetValue",
            &[
                "cmi.exit",
                ["suspend", "", "normal"][usize::from(which) % 3],
            ],
        ),
        _ => call("Terminate", &[""]),
    }
}

fn journal(course: &Course, steps: &[(u8, u8)]) -> Vec<Entry> {
    let events = std::iter::once(Event::Open).chain(steps.iter().map(|s| event_of(course, *s)));
    events
        .enumerate()
        .map(|(n, event)| Entry {
            seq: n as u64 + 1,
            at: n as i64 * 10,
            event,
        })
        .collect()
}

/// How many random courses each property is tried on; `PROPTEST_CASES` asks for more.
fn config() -> ProptestConfig {
    let given = std::env::var("PROPTEST_CASES")
        .ok()
        .and_then(|n| n.parse().ok());
    ProptestConfig {
        cases: given.unwrap_or(400),
        ..ProptestConfig::default()
    }
}

proptest! {
    #![proptest_config(config())]

    #[test]
    fn only_exceptions_of_the_standard_and_a_whole_state(course in course(), steps in learner(), seed: u64) {
        let known: BTreeSet<&str> = KNOWN.iter().copied().collect();
        let mut attempt = Attempt::begin(&course, Setup { seed, ..Setup::default() });
        for entry in journal(&course, &steps) {
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
        for activity in &mut course.activities {
            activity.sequencing.post.clear();
            activity.sequencing.exit.clear();
            activity.sequencing.pre.clear();
            activity.sequencing.limits.attempts = None;
            activity.sequencing.selection = Default::default();
        }
        let mut attempt = Attempt::begin(&course, Setup { seed, ..Setup::default() });
        for entry in journal(&course, &steps) {
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
        let journal = journal(&course, &steps);
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
        for entry in journal(&course, &steps) {
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
        for entry in journal(&course, &steps) {
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
    fn rollup_is_idempotent(course in course(), steps in learner(), seed: u64) {
        // Clusters that read what others write may follow each other round and round.
        let mut course = course;
        for objective in course.activities.iter_mut().flat_map(|a| &mut a.sequencing.objectives) {
            objective.maps.clear();
        }
        let mut attempt = Attempt::begin(&course, Setup { seed, ..Setup::default() });
        for entry in journal(&course, &steps) {
            attempt.apply(&course, &entry);
        }
        let mut once = attempt.state().clone();
        scorm::sequencing::Engine::new(&course, &mut once, false).roll_up();
        let mut twice = once.clone();
        scorm::sequencing::Engine::new(&course, &mut twice, false).roll_up();
        prop_assert_eq!(once, twice);
    }
}
