//! `imsss:sequencing` with the ADL extensions (IMS SS binding; CAM 5.1), merged with the entry
//! of the `sequencingCollection` that its `IDRef` names.

use std::collections::HashMap;

use strictxml::Element;

use super::objectives::objectives;
use super::rules::{folded, rollup_rule, rule};
use super::{Reader, Refusal, values};
use crate::course::{
    ExitAction, LimitConditions, PostAction, PreAction, Required, Sequencing, Timing,
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

    /// `auxiliaryResources`.
    pub fn auxiliary(&self) -> Option<&'i Element> {
        self.part("auxiliaryResources", false)
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
        s.objectives = objectives(
            self.part("objectives", false),
            self.part("objectives", true),
            reader,
            globals,
        );
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
}

pub(super) fn set(slot: &mut bool, element: &Element, name: &str) {
    if let Some(value) = values::boolean(element, name) {
        *slot = value;
    }
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
