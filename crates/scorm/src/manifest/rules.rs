//! Sequencing and rollup rules (IMS SS binding; SN 3.4, 3.7): conditions, combinations, actions.

use strictxml::Element;

use super::objectives::objective_id;
use super::{MAX_CONDITIONS, MAX_CONDITIONS_OF_ONE, Reader, Refusal, values};
use crate::course::{
    ChildSet, Combination, Condition, Objective, RollupAction, RollupRule, Rule, RuleCondition,
};

pub(super) fn folded(element: &Element, name: &str) -> String {
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
    let (all, own) = &mut reader.conditions;
    (*all, *own) = (*all + 1, *own + 1);
    let most = match (*all > MAX_CONDITIONS, *own > MAX_CONDITIONS_OF_ONE) {
        (true, _) => MAX_CONDITIONS,
        (_, true) => MAX_CONDITIONS_OF_ONE,
        _ => return Ok(()),
    };
    Err(Refusal::at(element, "too_many_rules", most.to_string()))
}

/// One sequencing rule; `None` (with a finding) when its action or all its conditions are unknown.
pub(super) fn rule<A>(
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

pub(super) fn rollup_rule(
    reader: &mut Reader<'_>,
    element: &Element,
) -> Result<Option<RollupRule>, Refusal> {
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
