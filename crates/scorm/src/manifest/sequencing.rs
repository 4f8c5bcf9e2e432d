//! `imsss:sequencing` with the ADL extensions (IMS SS binding; CAM 5.1), merged with the entry
//! of the `sequencingCollection` that its `IDRef` names.

use std::collections::HashMap;

use strictxml::Element;

use super::{MAX_CONDITIONS, Reader, Refusal, capped, values};
use crate::course::{
    ChildSet, Combination, Condition, Edition, ExitAction, LimitConditions, MapSet, Objective,
    ObjectiveMap, PostAction, PreAction, Required, RollupAction, RollupRule, Rule, RuleCondition,
    Sequencing, Timing,
};

/// Names collected while reading, numbered in order of appearance.
#[derive(Default)]
pub struct Names {
    index: HashMap<String, usize>,
}

impl Names {
    /// Number of a name.
    pub fn index(&mut self, name: &str) -> usize {
        let next = self.index.len();
        *self.index.entry(name.to_owned()).or_insert(next)
    }

    /// The names sorted, and for each number its place among them.
    pub fn sorted(self) -> (Vec<String>, Vec<usize>) {
        let mut all: Vec<(String, usize)> = self.index.into_iter().collect();
        all.sort();
        let mut places = vec![0; all.len()];
        for (place, (_, number)) in all.iter().enumerate() {
            places[*number] = place;
        }
        (all.into_iter().map(|(name, _)| name).collect(), places)
    }
}

/// The manifest's `sequencingCollection`, by ID.
pub struct Collection<'e> {
    by_id: HashMap<&'e str, &'e Element>,
}

impl<'e> Collection<'e> {
    /// Collects the entries; a later duplicate ID does not replace the first.
    pub fn of(root: &'e Element) -> Collection<'e> {
        let mut by_id = HashMap::new();
        for collection in values::children(root, "sequencingCollection") {
            for entry in values::children(collection, "sequencing") {
                if let Some(id) = entry.attr_any_case("ID") {
                    by_id.entry(id.trim()).or_insert(entry);
                }
            }
        }
        Collection { by_id }
    }

    /// An item's sequencing over the entry it refers to: an element given locally replaces the
    /// collection's element of the same name whole (IMS SS binding 4.2).
    pub fn merged<'i>(&self, local: &'i Element) -> Merged<'i>
    where
        'e: 'i,
    {
        let reference = local
            .attr_any_case("IDRef")
            .map(str::trim)
            .filter(|r| !r.is_empty());
        let shared = reference.and_then(|r| self.by_id.get(r).copied());
        Merged {
            local,
            shared,
            dangling: reference.filter(|_| shared.is_none()),
        }
    }
}

/// One activity's sequencing elements.
pub struct Merged<'i> {
    local: &'i Element,
    shared: Option<&'i Element>,
    /// An `IDRef` that names nothing.
    pub dangling: Option<&'i str>,
}

fn is_adlseq(element: &Element) -> bool {
    element
        .namespace
        .as_deref()
        .is_some_and(|n| n.contains("adlseq"))
        || (element.namespace.is_none() && element.prefix.as_deref() == Some("adlseq"))
}

impl<'i> Merged<'i> {
    fn part(&self, name: &str, adlseq: bool) -> Option<&'i Element> {
        let among = |e: &'i Element| {
            e.elements()
                .find(|c| c.name.eq_ignore_ascii_case(name) && is_adlseq(c) == adlseq)
        };
        among(self.local).or_else(|| self.shared.and_then(among))
    }

    /// The ADL extension elements, wherever their namespace was forgotten.
    fn extension(&self, name: &str) -> Option<&'i Element> {
        self.part(name, true).or_else(|| self.part(name, false))
    }

    /// Reads everything; the second value is `attemptAbsoluteDurationLimit` as written, which
    /// initialises `cmi.max_time_allowed`.
    pub(super) fn read(
        &self,
        reader: &mut Reader<'_>,
        globals: &mut Names,
    ) -> Result<(Sequencing, Option<String>), Refusal> {
        let mut s = Sequencing::default();
        if let Some(e) = self.part("controlMode", false) {
            let c = &mut s.control;
            set(&mut c.choice, e, "choice");
            set(&mut c.choice_exit, e, "choiceExit");
            set(&mut c.flow, e, "flow");
            set(&mut c.forward_only, e, "forwardOnly");
            set(
                &mut c.current_objective,
                e,
                "useCurrentAttemptObjectiveInfo",
            );
            set(&mut c.current_progress, e, "useCurrentAttemptProgressInfo");
        }
        s.objectives = self.objectives(reader, globals);
        if let Some(rules) = self.part("sequencingRules", false) {
            for e in values::children(rules, "preConditionRule") {
                s.pre.extend(rule(reader, e, &s.objectives, |a| match a {
                    "skip" => Some(PreAction::Skip),
                    "disabled" => Some(PreAction::Disabled),
                    "hiddenfromchoice" => Some(PreAction::HiddenFromChoice),
                    "stopforwardtraversal" => Some(PreAction::StopForwardTraversal),
                    _ => None,
                })?);
            }
            for e in values::children(rules, "postConditionRule") {
                s.post.extend(rule(reader, e, &s.objectives, |a| match a {
                    "exitparent" => Some(PostAction::ExitParent),
                    "exitall" => Some(PostAction::ExitAll),
                    "retry" => Some(PostAction::Retry),
                    "retryall" => Some(PostAction::RetryAll),
                    "continue" => Some(PostAction::Continue),
                    "previous" => Some(PostAction::Previous),
                    _ => None,
                })?);
            }
            for e in values::children(rules, "exitConditionRule") {
                s.exit.extend(rule(reader, e, &s.objectives, |a| {
                    (a == "exit").then_some(ExitAction::Exit)
                })?);
            }
        }
        let mut max_time = None;
        if let Some(e) = self.part("limitConditions", false) {
            s.limits = limits(reader, e);
            if s.limits.attempt_absolute.is_some() {
                max_time = e
                    .attr_any_case("attemptAbsoluteDurationLimit")
                    .map(|t| t.trim().to_owned());
            }
        }
        self.rollup(reader, &mut s)?;
        if let Some(e) = self.part("randomizationControls", false) {
            s.selection.random_timing = timing(reader, e, "randomizationTiming");
            s.selection.timing = timing(reader, e, "selectionTiming");
            s.selection.reorder = values::boolean(e, "reorderChildren").unwrap_or(false);
            s.selection.count = e
                .attr_any_case("selectCount")
                .and_then(|t| t.trim().parse().ok());
        }
        if let Some(e) = self.part("deliveryControls", false) {
            set(&mut s.delivery.tracked, e, "tracked");
            set(
                &mut s.delivery.completion_by_content,
                e,
                "completionSetByContent",
            );
            set(
                &mut s.delivery.objective_by_content,
                e,
                "objectiveSetByContent",
            );
        }
        if let Some(e) = self.extension("constrainedChoiceConsiderations") {
            set(&mut s.constrain.constrain, e, "constrainChoice");
            set(&mut s.constrain.prevent_activation, e, "preventActivation");
        }
        Ok((s, max_time))
    }

    fn rollup(&self, reader: &mut Reader<'_>, s: &mut Sequencing) -> Result<(), Refusal> {
        if let Some(e) = self.part("rollupRules", false) {
            set(
                &mut s.rollup_controls.satisfied,
                e,
                "rollupObjectiveSatisfied",
            );
            set(
                &mut s.rollup_controls.completion,
                e,
                "rollupProgressCompletion",
            );
            if let Some(text) = e.attr_any_case("objectiveMeasureWeight") {
                match values::decimal(text, 0.0..=1.0) {
                    Ok(weight) => s.rollup_controls.measure_weight = weight,
                    Err(_) => reader.note_at(e, "measure_weight_ignored", text),
                }
            }
            for rule in values::children(e, "rollupRule") {
                s.rollup.extend(rollup_rule(reader, rule)?);
            }
        }
        if let Some(e) = self.extension("rollupConsiderations") {
            let c = &mut s.rollup_controls;
            for (slot, name) in [
                (&mut c.required_satisfied, "requiredForSatisfied"),
                (&mut c.required_not_satisfied, "requiredForNotSatisfied"),
                (&mut c.required_completed, "requiredForCompleted"),
                (&mut c.required_incomplete, "requiredForIncomplete"),
            ] {
                match e
                    .attr_any_case(name)
                    .map(|t| t.trim().to_ascii_lowercase())
                    .as_deref()
                {
                    None | Some("always") => {}
                    Some("ifattempted") => *slot = Required::IfAttempted,
                    Some("ifnotskipped") => *slot = Required::IfNotSkipped,
                    Some("ifnotsuspended") => *slot = Required::IfNotSuspended,
                    Some(other) => reader.note_at(e, "rollup_consideration_unknown", other),
                }
            }
            set(&mut c.measure_if_active, e, "measureSatisfactionIfActive");
        }
        Ok(())
    }

    /// `imsss:objectives` joined with `adlseq:objectives` (4th edition) by objective id.
    fn objectives(&self, reader: &mut Reader<'_>, globals: &mut Names) -> Vec<Objective> {
        let mut all: Vec<Objective> = Vec::new();
        if let Some(e) = self.part("objectives", false) {
            for o in e.elements() {
                let primary = o.name.eq_ignore_ascii_case("primaryObjective");
                if !primary && !o.name.eq_ignore_ascii_case("objective") {
                    continue;
                }
                let id = objective_id(o, "objectiveID");
                if id.is_some() && all.iter().any(|known| known.id == id)
                    || primary && all.iter().any(|known| known.primary)
                    || !primary && id.is_none()
                {
                    reader.note_at(o, "objective_ignored", id.unwrap_or_default());
                    continue;
                }
                let mut objective = Objective {
                    id,
                    primary,
                    ..Objective::default()
                };
                set(&mut objective.by_measure, o, "satisfiedByMeasure");
                if let Some(text) = values::text(o, "minNormalizedMeasure") {
                    match values::decimal(&text, -1.0..=1.0) {
                        Ok(measure) => objective.min_measure = measure,
                        Err(_) => reader.note_at(o, "min_measure_ignored", &text),
                    }
                }
                for map in values::children(o, "mapInfo") {
                    map_info(reader, map, globals, &mut objective);
                }
                all.push(objective);
            }
        }
        if !all.iter().any(|o| o.primary) {
            all.insert(0, Objective::default());
        }
        if let Some(e) = self.part("objectives", true) {
            for o in values::children(e, "objective") {
                let id = objective_id(o, "objectiveID");
                match all.iter_mut().find(|known| id.is_some() && known.id == id) {
                    Some(objective) => {
                        for map in values::children(o, "mapInfo") {
                            adl_map_info(reader, map, globals, objective);
                        }
                    }
                    None => reader.note_at(o, "objective_ignored", id.unwrap_or_default()),
                }
            }
        }
        all
    }
}

fn set(slot: &mut bool, element: &Element, name: &str) {
    if let Some(value) = values::boolean(element, name) {
        *slot = value;
    }
}

/// An objective id: ids are URIs, in which exporters escape spaces or not; escaped or not, spaces
/// at the ends and repeated ones do not count.
fn objective_id(element: &Element, attribute: &str) -> Option<String> {
    let written = element.attr_any_case(attribute)?.replace("%20", " ");
    let words: Vec<&str> = written.split_whitespace().collect();
    Some(capped(&words.join(" "), 4_000)).filter(|id| !id.is_empty())
}

fn target_of(reader: &mut Reader<'_>, map: &Element, globals: &mut Names) -> Option<usize> {
    let target = objective_id(map, "targetObjectiveID");
    if target.is_none() {
        reader.note_at(map, "objective_map_ignored", "");
    }
    target.map(|target| globals.index(&target))
}

/// `imsss:mapInfo`. Where the 4th edition applies, what `adlseq:mapInfo` would add is read by
/// default (SN 3.10.8: the read flags default to true, the write flags to false).
fn map_info(
    reader: &mut Reader<'_>,
    map: &Element,
    globals: &mut Names,
    objective: &mut Objective,
) {
    let Some(target) = target_of(reader, map, globals) else {
        return;
    };
    let fourth = reader.edition == Edition::Scorm2004Fourth;
    let mut read = MapSet {
        raw: fourth,
        min: fourth,
        max: fourth,
        completion: fourth,
        progress: fourth,
        ..MapSet::READ
    };
    set(&mut read.satisfied, map, "readSatisfiedStatus");
    set(&mut read.measure, map, "readNormalizedMeasure");
    let mut write = MapSet::default();
    set(&mut write.satisfied, map, "writeSatisfiedStatus");
    set(&mut write.measure, map, "writeNormalizedMeasure");
    objective.maps.push(ObjectiveMap {
        target,
        read,
        write,
    });
}

/// `adlseq:mapInfo` (4th edition), joined to the map of the same target if there is one.
fn adl_map_info(
    reader: &mut Reader<'_>,
    map: &Element,
    globals: &mut Names,
    objective: &mut Objective,
) {
    let Some(target) = target_of(reader, map, globals) else {
        return;
    };
    let at = objective
        .maps
        .iter()
        .position(|m| m.target == target)
        .unwrap_or_else(|| {
            objective.maps.push(ObjectiveMap {
                target,
                read: MapSet::default(),
                write: MapSet::default(),
            });
            objective.maps.len() - 1
        });
    let ObjectiveMap { read, write, .. } = &mut objective.maps[at];
    for (reads, writes, name) in [
        (&mut read.raw, &mut write.raw, "RawScore"),
        (&mut read.min, &mut write.min, "MinScore"),
        (&mut read.max, &mut write.max, "MaxScore"),
        (
            &mut read.completion,
            &mut write.completion,
            "CompletionStatus",
        ),
        (&mut read.progress, &mut write.progress, "ProgressMeasure"),
    ] {
        *reads = values::boolean(map, &format!("read{name}")).unwrap_or(true);
        *writes = values::boolean(map, &format!("write{name}")).unwrap_or(false);
    }
}

fn folded(element: &Element, name: &str) -> String {
    element
        .attr_any_case(name)
        .unwrap_or_default()
        .trim()
        .to_ascii_lowercase()
}

fn combination(element: &Element, default: Combination) -> Combination {
    match folded(element, "conditionCombination").as_str() {
        "all" => Combination::All,
        "any" => Combination::Any,
        _ => default,
    }
}

fn condition(name: &str) -> Option<Condition> {
    Some(match name {
        "satisfied" => Condition::Satisfied,
        "objectivestatusknown" => Condition::ObjectiveStatusKnown,
        "objectivemeasureknown" => Condition::ObjectiveMeasureKnown,
        "objectivemeasuregreaterthan" => Condition::ObjectiveMeasureGreaterThan,
        "objectivemeasurelessthan" => Condition::ObjectiveMeasureLessThan,
        "completed" => Condition::Completed,
        "activityprogressknown" => Condition::ActivityProgressKnown,
        "attempted" => Condition::Attempted,
        "attemptlimitexceeded" => Condition::AttemptLimitExceeded,
        "timelimitexceeded" => Condition::TimeLimitExceeded,
        "outsideavailabletimerange" => Condition::OutsideAvailableTimeRange,
        "always" => Condition::Always,
        "never" => Condition::Never,
        _ => return None,
    })
}

fn count_condition(reader: &mut Reader<'_>, element: &Element) -> Result<(), Refusal> {
    reader.conditions += 1;
    if reader.conditions > MAX_CONDITIONS {
        return Err(Refusal::at(
            element,
            "too_many_rules",
            MAX_CONDITIONS.to_string(),
        ));
    }
    Ok(())
}

/// One sequencing rule; `None` (with a finding) when its action or all its conditions are unknown.
fn rule<A>(
    reader: &mut Reader<'_>,
    element: &Element,
    objectives: &[Objective],
    action: impl Fn(&str) -> Option<A>,
) -> Result<Option<Rule<A>>, Refusal> {
    let written = values::child(element, "ruleAction")
        .map(|a| folded(a, "action"))
        .unwrap_or_default();
    let (Some(action), Some(list)) = (action(&written), values::child(element, "ruleConditions"))
    else {
        reader.note_at(element, "rule_ignored", &written);
        return Ok(None);
    };
    let primary = objectives.iter().position(|o| o.primary);
    let mut conditions = Vec::new();
    for c in values::children(list, "ruleCondition") {
        count_condition(reader, c)?;
        let name = folded(c, "condition");
        let Some(condition) = condition(&name).filter(|&k| k != Condition::Never) else {
            reader.note_at(c, "rule_condition_unknown", &name);
            return Ok(None);
        };
        let referenced = objective_id(c, "referencedObjective");
        let objective = match &referenced {
            None => primary,
            Some(_) => objectives.iter().position(|o| o.id == referenced),
        };
        if objective.is_none() {
            reader.note_at(
                c,
                "referenced_objective_unknown",
                referenced.unwrap_or_default(),
            );
        }
        let threshold = match c.attr_any_case("measureThreshold") {
            None => 0.0,
            Some(text) => values::decimal(text, -1.0..=1.0).unwrap_or_else(|text| {
                reader.note_at(c, "measure_threshold_ignored", text);
                0.0
            }),
        };
        let not = folded(c, "operator") == "not";
        conditions.push(RuleCondition {
            condition,
            not,
            objective,
            threshold,
        });
    }
    if conditions.is_empty() {
        reader.note_at(element, "rule_ignored", "");
        return Ok(None);
    }
    Ok(Some(Rule {
        combination: combination(list, Combination::All),
        conditions,
        action,
    }))
}

fn rollup_rule(reader: &mut Reader<'_>, element: &Element) -> Result<Option<RollupRule>, Refusal> {
    let written = values::child(element, "rollupAction")
        .map(|a| folded(a, "action"))
        .unwrap_or_default();
    let action = match written.as_str() {
        "satisfied" => RollupAction::Satisfied,
        "notsatisfied" => RollupAction::NotSatisfied,
        "completed" => RollupAction::Completed,
        "incomplete" => RollupAction::Incomplete,
        _ => {
            reader.note_at(element, "rollup_rule_ignored", &written);
            return Ok(None);
        }
    };
    let children = match folded(element, "childActivitySet").as_str() {
        "any" => ChildSet::Any,
        "none" => ChildSet::None,
        "atleastcount" => ChildSet::AtLeastCount(
            element
                .attr_any_case("minimumCount")
                .and_then(|t| t.trim().parse().ok())
                .unwrap_or(0),
        ),
        "atleastpercent" => ChildSet::AtLeastPercent(
            element
                .attr_any_case("minimumPercent")
                .and_then(|t| values::decimal(t, 0.0..=1.0).ok())
                .unwrap_or(0.0),
        ),
        _ => ChildSet::All,
    };
    let list = values::child(element, "rollupConditions");
    let mut conditions = Vec::new();
    for c in list
        .into_iter()
        .flat_map(|l| values::children(l, "rollupCondition"))
    {
        count_condition(reader, c)?;
        let name = folded(c, "condition");
        let known = condition(&name).filter(|k| {
            !matches!(
                k,
                Condition::Always
                    | Condition::ObjectiveMeasureGreaterThan
                    | Condition::ObjectiveMeasureLessThan
            )
        });
        match known {
            Some(condition) => conditions.push((condition, folded(c, "operator") == "not")),
            None => {
                reader.note_at(c, "rollup_condition_unknown", &name);
                return Ok(None);
            }
        }
    }
    let combination = list.map_or(Combination::Any, |l| combination(l, Combination::Any));
    if conditions.is_empty() {
        reader.note_at(element, "rollup_rule_ignored", "");
        return Ok(None);
    }
    Ok(Some(RollupRule {
        children,
        combination,
        conditions,
        action,
    }))
}

fn limits(reader: &mut Reader<'_>, element: &Element) -> LimitConditions {
    let attempts = element.attr_any_case("attemptLimit").and_then(|text| {
        let parsed = text.trim().parse().ok();
        if parsed.is_none() {
            reader.note_at(element, "attempt_limit_ignored", text);
        }
        parsed
    });
    let mut duration = |name: &str| {
        let text = element.attr_any_case(name)?;
        let parsed = values::duration_ms(text);
        if parsed.is_none() {
            reader.note_at(element, "duration_limit_ignored", text);
        }
        parsed
    };
    LimitConditions {
        attempts,
        attempt_absolute: duration("attemptAbsoluteDurationLimit"),
        attempt_experienced: duration("attemptExperiencedDurationLimit"),
        activity_absolute: duration("activityAbsoluteDurationLimit"),
        activity_experienced: duration("activityExperiencedDurationLimit"),
    }
}

fn timing(reader: &mut Reader<'_>, element: &Element, name: &str) -> Timing {
    match folded(element, name).as_str() {
        "" | "never" => Timing::Never,
        "once" => Timing::Once,
        "oneachnewattempt" => Timing::OnEachNewAttempt,
        other => {
            reader.note_at(element, "timing_unknown", other);
            Timing::Never
        }
    }
}
