//! Random courses and learners. Both print so that what a failing property shrinks to can be read:
//! a course as an outline with what is not the default, a learner as what is done, in order.

use std::fmt;
use std::ops::Deref;

use proptest::prelude::*;
use scorm::manifest::read;
use scorm::*;

use crate::support::MapFiles;

/// A random course.
#[derive(Clone)]
pub struct Made(pub Course);

impl Deref for Made {
    type Target = Course;
    fn deref(&self) -> &Course {
        &self.0
    }
}

impl fmt::Debug for Made {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let default = course::Sequencing::default();
        for a in &self.activities {
            let s = &a.sequencing;
            write!(f, "\n{:1$}{2}", "", 2 * a.depth as usize, a.identifier)?;
            for (holds, word) in [
                (s.control.choice, "choice"),
                (s.control.flow, "flow"),
                (s.control.forward_only, "forwardOnly"),
                (!s.control.choice_exit, "noChoiceExit"),
                (s.constrain.constrain, "constrainChoice"),
                (s.constrain.prevent_activation, "preventActivation"),
                (!s.delivery.tracked, "untracked"),
                (s.delivery.completion_by_content, "completionByContent"),
                (s.delivery.objective_by_content, "objectiveByContent"),
            ] {
                if holds {
                    write!(f, " {word}")?;
                }
            }
            if let Some(n) = s.limits.attempts {
                write!(f, " attempts≤{n}")?;
            }
            for r in &s.pre {
                write!(f, " | pre {:?}", r.action)?;
                conditions(f, r.combination, &r.conditions)?;
            }
            for r in &s.post {
                write!(f, " | post {:?}", r.action)?;
                conditions(f, r.combination, &r.conditions)?;
            }
            for r in &s.exit {
                write!(f, " | exit")?;
                conditions(f, r.combination, &r.conditions)?;
            }
            for r in &s.rollup {
                write!(
                    f,
                    " | {:?} if {:?} {:?}{:?}",
                    r.action, r.children, r.combination, r.conditions
                )?;
            }
            if s.selection != default.selection {
                write!(f, " | {:?}", s.selection)?;
            }
            if s.rollup_controls != default.rollup_controls {
                write!(f, " | {:?}", s.rollup_controls)?;
            }
            for o in &s.objectives {
                if o.by_measure || !o.maps.is_empty() || !o.primary {
                    write!(f, " | objective {:?}", o.id.as_deref().unwrap_or(""))?;
                    if o.by_measure {
                        write!(f, " ≥{}", o.min_measure)?;
                    }
                    for m in &o.maps {
                        write!(f, " {}", self.global_objectives[m.target])?;
                        write!(f, " read {} write {}", letters(&m.read), letters(&m.write))?;
                    }
                }
            }
            if a.completion_threshold != Default::default() {
                write!(f, " | {:?}", a.completion_threshold)?;
            }
        }
        writeln!(f)
    }
}

fn conditions(
    f: &mut fmt::Formatter<'_>,
    combination: course::Combination,
    conditions: &[course::RuleCondition],
) -> fmt::Result {
    write!(f, " if {combination:?} of")?;
    for c in conditions {
        let not = if c.not { "not " } else { "" };
        write!(f, " {not}{:?}({})", c.condition, c.threshold)?;
    }
    Ok(())
}

/// A map's set: satisfied, measure, raw, min, max, completion, progress.
fn letters(set: &course::MapSet) -> String {
    let all = [
        (set.satisfied, 's'),
        (set.measure, 'm'),
        (set.raw, 'r'),
        (set.min, 'n'),
        (set.max, 'x'),
        (set.completion, 'c'),
        (set.progress, 'p'),
    ];
    all.iter().filter(|(on, _)| *on).map(|(_, c)| c).collect()
}

/// What a learner does: what happens, and a number that picks a target or value.
#[derive(Clone)]
pub struct Steps(pub Vec<(u8, u8)>);

impl fmt::Debug for Steps {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for &(what, which) in &self.0 {
            match event(what, which, |n| format!("#{n} of the activities")) {
                Event::Call {
                    function,
                    arguments,
                    ..
                } => write!(f, "\n  {function}{arguments:?}")?,
                Event::Navigate(request) => write!(f, "\n  {request:?}")?,
                other => write!(f, "\n  {other:?}")?,
            }
        }
        writeln!(f)
    }
}

impl Steps {
    /// The journal of these steps on a course, which opens it first.
    pub fn journal(&self, course: &Course) -> Vec<Entry> {
        let target = |n: u8| {
            let at = usize::from(n) % course.activities.len();
            course.activities[at].identifier.clone()
        };
        let events = self
            .0
            .iter()
            .map(|&(what, which)| event(what, which, target));
        std::iter::once(Event::Open)
            .chain(events)
            .enumerate()
            .map(|(n, event)| Entry {
                seq: n as u64 + 1,
                at: n as i64 * 10,
                event,
            })
            .collect()
    }
}

fn event(what: u8, which: u8, target: impl Fn(u8) -> String) -> Event {
    let call = |function: &str, arguments: &[&str]| Event::Call {
        function: function.into(),
        arguments: arguments.iter().map(|a| a.to_string()).collect(),
        result: "true".into(),
        error: 0,
    };
    let n = usize::from(which);
    let set = |element: &str, words: &[&str]| call("SetValue", &[element, words[n % words.len()]]);
    Event::Navigate(match what % 28 {
        0..=4 => NavigationRequest::Continue,
        5 => NavigationRequest::Previous,
        6 | 7 => NavigationRequest::Choice(target(which)),
        8 => NavigationRequest::Jump(target(which)),
        9 => NavigationRequest::Exit,
        10 => NavigationRequest::SuspendAll,
        11 => NavigationRequest::Abandon,
        12 => [NavigationRequest::ExitAll, NavigationRequest::AbandonAll][n % 2].clone(),
        13 | 14 => return Event::Open,
        15 | 16 => return call("Initialize", &[""]),
        17 => return set("cmi.score.scaled", &["-1", "0", "0.5", "1"]),
        18 => return set("cmi.success_status", &["passed", "failed", "unknown"]),
        19 | 20 => {
            return set(
                "cmi.completion_status",
                &["completed", "incomplete", "unknown"],
            );
        }
        21 => return set("cmi.progress_measure", &["0", "0.3", "0.5", "1"]),
        22 => return set("cmi.exit", &["suspend", "", "normal", "time-out", "logout"]),
        23 => return set("cmi.objectives.0.success_status", &["passed", "failed"]),
        24 => return set("cmi.objectives.1.score.scaled", &["0.2", "0.9"]),
        25 => return set("cmi.objectives.1.success_status", &["passed", "failed"]),
        26 => {
            return set(
                "cmi.objectives.0.completion_status",
                &["completed", "incomplete"],
            );
        }
        _ => return call("Terminate", &[""]),
    })
}

/// Up to forty steps.
pub fn learner() -> impl Strategy<Value = Steps> {
    prop::collection::vec(any::<(u8, u8)>(), 1..40).prop_map(Steps)
}

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
    let objective = any_of(&[
        "",
        "",
        r#" referencedObjective="p""#,
        r#" referencedObjective="l""#,
    ]);
    (any_of(words), any::<bool>(), -1.0..1.0f64, objective).prop_map(|(c, not, t, objective)| {
        let operator = if not { "not" } else { "noOp" };
        format!(r#"<imsss:ruleCondition condition="{c}" operator="{operator}" measureThreshold="{t:.2}"{objective}/>"#)
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
    let words = &[
        "satisfied",
        "objectiveStatusKnown",
        "objectiveMeasureKnown",
        "completed",
        "activityProgressKnown",
        "attempted",
        "attemptLimitExceeded",
        "never",
    ];
    let condition = (any_of(words), any::<bool>()).prop_map(|(condition, not)| {
        let operator = if not { "not" } else { "noOp" };
        format!(r#"<imsss:rollupCondition condition="{condition}" operator="{operator}"/>"#)
    });
    let conditions = prop::collection::vec(condition, 1..3);
    let actions = &["satisfied", "notSatisfied", "completed", "incomplete"];
    (any_of(sets), conditions, any_of(actions), any::<bool>(), 0..4u8).prop_map(|(set, conditions, action, all, count)| {
        let combination = if all { "all" } else { "any" };
        format!(
            r#"<imsss:rollupRule childActivitySet="{set}" minimumCount="{count}" minimumPercent="0.{count}"><imsss:rollupConditions conditionCombination="{combination}">{}</imsss:rollupConditions><imsss:rollupAction action="{action}"/></imsss:rollupRule>"#,
            conditions.concat()
        )
    })
}

/// Rollup controls and considerations, with the completion threshold.
fn rollup_controls() -> impl Strategy<Value = (String, String, String)> {
    let required = || {
        any_of(&[
            "always",
            "always",
            "ifAttempted",
            "ifNotSkipped",
            "ifNotSuspended",
        ])
    };
    let weight = || any_of(&["1", "1", "0.5", "0.25", "0"]);
    (
        (prop::bool::weighted(0.9), prop::bool::weighted(0.9), weight()),
        (required(), required(), required(), required(), any::<bool>()),
        (prop::bool::weighted(0.25), any_of(&["0", "0.5", "1"]), weight()),
    )
        .prop_map(|((satisfied, completion, weight), (s, n, c, i, active), (by_measure, least, progress))| {
            (
                format!(r#" rollupObjectiveSatisfied="{satisfied}" rollupProgressCompletion="{completion}" objectiveMeasureWeight="{weight}""#),
                format!(r#"<adlseq:rollupConsiderations requiredForSatisfied="{s}" requiredForNotSatisfied="{n}" requiredForCompleted="{c}" requiredForIncomplete="{i}" measureSatisfactionIfActive="{active}"/>"#),
                format!(r#"<adlcp:completionThreshold completedByMeasure="{by_measure}" minProgressMeasure="{least}" progressWeight="{progress}"/>"#),
            )
        })
}

/// Maps of one objective to one of two global ones.
fn maps() -> impl Strategy<Value = (String, String)> {
    (any::<[bool; 4]>(), any::<[bool; 4]>(), any_of(&["g", "h"])).prop_map(|(i, a, target)| {
        (
            format!(
                r#"<imsss:mapInfo targetObjectiveID="{target}" readSatisfiedStatus="{}" readNormalizedMeasure="{}" writeSatisfiedStatus="{}" writeNormalizedMeasure="{}"/>"#,
                i[0], i[1], i[2], i[3]
            ),
            format!(
                r#"<adlseq:mapInfo targetObjectiveID="{target}" readCompletionStatus="{}" readProgressMeasure="{}" writeCompletionStatus="{}" writeProgressMeasure="{}"/>"#,
                a[0], a[1], a[2], a[3]
            ),
        )
    })
}

/// What stands inside an item: its sequencing and its threshold.
fn sequencing() -> impl Strategy<Value = String> {
    let control = prop::collection::vec(prop::bool::weighted(0.8), 3);
    let rest = (
        prop::bool::weighted(0.15),
        prop::collection::vec(rule(), 0..3),
        prop::collection::vec(rollup_rule(), 0..2),
        any_of(&["", r#" attemptLimit="1""#, r#" attemptLimit="2""#]),
        any_of(&["never", "once", "onEachNewAttempt"]),
        (prop::bool::weighted(0.9), any::<bool>(), any::<bool>()),
        any::<[bool; 3]>(),
    );
    (control, rest, rollup_controls(), maps(), prop::option::of(maps())).prop_map(|(c, rest, rollup, primary, local)| {
        let (forward, rules, rollups, limit, timing, (tracked, completion, objective), flags) = rest;
        let (controls, considerations, threshold) = rollup;
        let [by_measure, constrain, prevent] = flags;
        let (local, adl_local) = match local {
            Some((map, adl)) => (
                format!(r#"<imsss:objective objectiveID="l">{map}</imsss:objective>"#),
                format!(r#"<adlseq:objective objectiveID="l">{adl}</adlseq:objective>"#),
            ),
            None => Default::default(),
        };
        format!(
            r#"{threshold}<imsss:sequencing><imsss:controlMode choice="{}" flow="{}" choiceExit="{}" forwardOnly="{forward}"/>
            <imsss:sequencingRules>{}</imsss:sequencingRules><imsss:limitConditions{limit}/><imsss:rollupRules{controls}>{}</imsss:rollupRules>
            <imsss:objectives><imsss:primaryObjective objectiveID="p" satisfiedByMeasure="{by_measure}"><imsss:minNormalizedMeasure>0.5</imsss:minNormalizedMeasure>{}</imsss:primaryObjective>{local}</imsss:objectives>
            <imsss:randomizationControls randomizationTiming="{timing}" reorderChildren="true" selectionTiming="{timing}" selectCount="2"/>
            <imsss:deliveryControls tracked="{tracked}" completionSetByContent="{completion}" objectiveSetByContent="{objective}"/>
            <adlseq:constrainedChoiceConsiderations constrainChoice="{}" preventActivation="{}"/>{considerations}
            <adlseq:objectives><adlseq:objective objectiveID="p">{}</adlseq:objective>{adl_local}</adlseq:objectives></imsss:sequencing>"#,
            c[0], c[1], c[2], rules.concat(), rollups.concat(), primary.0, constrain && prevent, prevent && by_measure, primary.1
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

/// A course of one to some forty activities, of any edition of SCORM 2004.
pub fn course() -> impl Strategy<Value = Made> {
    let editions = &[
        "CAM 1.3",
        "2004 3rd Edition",
        "2004 4th Edition",
        "2004 4th Edition",
    ];
    (prop::collection::vec(tree(), 1..4), sequencing(), any_of(editions)).prop_map(|(trees, s, edition)| {
        let mut next = 0;
        let inside: String = trees.iter().map(|t| items(t, &mut next)).collect();
        let manifest = format!(
            r#"<manifest identifier="m" xmlns:imsss="http://www.imsglobal.org/xsd/imsss" xmlns:adlseq="http://www.adlnet.org/xsd/adlseq_v1p3" xmlns:adlcp="http://www.adlnet.org/xsd/adlcp_v1p3">
            <metadata><schemaversion>{edition}</schemaversion></metadata><organizations><organization identifier="i0"><title>t</title>{inside}{s}</organization></organizations>
            <resources><resource identifier="r" scormType="sco" href="a.html"/></resources></manifest>"#
        );
        Made(read(&MapFiles::with_manifest(&manifest, &["a.html"]), "imsmanifest.xml").unwrap().0)
    })
}
