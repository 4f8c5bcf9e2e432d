//! Seminars as programs get them: JSON.

use std::collections::HashMap;

use domain::eligibility::{Condition, Level, Rule, Scope, Subject, Term};
use serde::Serialize;
use serde_json::{Value, json};

use super::SeminarRow;
use super::door::{Answer, Door};
use crate::db::{DbError, On};
use crate::ids::{ModuleId, PersonId};
use crate::progress::ModuleRef;

/// Modules and seminars that rules name, by id.
pub(super) type Names = HashMap<ModuleId, ModuleRef>;

/// Whether somebody may take a seat, with the proof.
#[derive(Debug, Clone, Serialize)]
pub(super) struct Eligibility {
    /// The door is open.
    pub eligible: bool,
    /// Terms of the rule that must be met.
    pub need: u32,
    /// Terms met.
    pub met: u32,
    /// The fewest conditions that still have to be met.
    pub steps: u32,
    /// The rule is not met; staff let this person in.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub admitted: bool,
    /// Of a rule about several members: who of them meets it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub members: Option<Vec<uuid::Uuid>>,
    /// The rule, with the modules by name.
    pub rule: RuleView,
    /// The conditions met, each with the row of the progress store that meets it.
    pub evidence: Vec<AnswerView>,
    /// The conditions that keep the door shut.
    pub missing: Vec<AnswerView>,
}

/// A rule with its modules by name.
#[derive(Debug, Clone, Serialize)]
pub(super) struct RuleView {
    need: u32,
    of: Vec<TermView>,
    scope: Scope,
}

#[derive(Debug, Clone, Serialize)]
#[serde(untagged)]
enum TermView {
    One(ConditionView),
    Group { need: u32, of: Vec<TermView> },
}

#[derive(Debug, Clone, Serialize)]
struct ConditionView {
    #[serde(skip_serializing_if = "Option::is_none")]
    module: Option<ModuleRef>,
    #[serde(skip_serializing_if = "Option::is_none")]
    seminar: Option<ModuleRef>,
    level: Level,
    #[serde(skip_serializing_if = "Option::is_none")]
    months: Option<u32>,
}

/// A condition and where it stands.
#[derive(Debug, Clone, Serialize)]
pub(super) struct AnswerView {
    #[serde(flatten)]
    condition: ConditionView,
    /// The page from which the learner goes on.
    url: String,
    /// The level was reached, but too long ago.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    stale: bool,
    /// What there is in the progress store; `null` when there is nothing.
    proof: Option<ProofView>,
}

#[derive(Debug, Clone, Serialize)]
struct ProofView {
    learner: PersonId,
    state: &'static str,
    success: &'static str,
    progress: f64,
    score: Option<f64>,
    updated_at: String,
    /// Learnt elsewhere and recognised by staff.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    recognised: bool,
}

/// A module or seminar by name; nameless when it is gone.
pub(super) fn named(names: &Names, id: ModuleId) -> ModuleRef {
    names.get(&id).cloned().unwrap_or(ModuleRef {
        id,
        slug: String::new(),
        title: String::new(),
    })
}

/// The page of what a condition asks about, without language.
pub(super) fn path(names: &Names, subject: Subject) -> String {
    let slug = named(names, ModuleId(subject.id())).slug;
    match subject {
        Subject::Module(_) => format!("/modules/{slug}"),
        Subject::Seminar(_) => format!("/seminars/{slug}"),
    }
}

fn condition(condition: &Condition, names: &Names) -> ConditionView {
    let named = named(names, ModuleId(condition.subject.id()));
    let (module, seminar) = match condition.subject {
        Subject::Module(_) => (Some(named), None),
        Subject::Seminar(_) => (None, Some(named)),
    };
    ConditionView {
        module,
        seminar,
        level: condition.level,
        months: condition.months,
    }
}

fn terms(of: &[Term], names: &Names) -> Vec<TermView> {
    of.iter()
        .map(|term| match term {
            Term::One(one) => TermView::One(condition(one, names)),
            Term::Group(group) => TermView::Group {
                need: group.need,
                of: terms(&group.of, names),
            },
        })
        .collect()
}

/// A rule with its modules by name.
pub(super) fn rule(rule: &Rule, names: &Names) -> RuleView {
    RuleView {
        need: rule.need,
        of: terms(&rule.of, names),
        scope: rule.scope,
    }
}

/// The answer of the door as the API gives it.
pub(super) fn eligibility(public_url: &str, of: &Rule, door: &Door, names: &Names) -> Eligibility {
    let view = |answer: &Answer| AnswerView {
        url: format!("{public_url}{}", path(names, answer.condition.subject)),
        condition: condition(&answer.condition, names),
        stale: answer.stale,
        proof: answer.proof.map(|proof| ProofView {
            learner: proof.person,
            state: proof.outcome.state.code(),
            success: proof.outcome.success.code(),
            progress: proof.outcome.progress,
            score: proof.outcome.score,
            updated_at: proof.updated_at.rfc3339(),
            recognised: proof.recognised,
        }),
    };
    let answers = door.answers.iter();
    Eligibility {
        eligible: door.verdict.eligible,
        need: door.verdict.need,
        met: door.verdict.met,
        steps: door.verdict.steps,
        admitted: door.verdict.admitted,
        members: door.verdict.members.clone(),
        rule: rule(of, names),
        evidence: answers.clone().filter(|a| a.met).map(view).collect(),
        missing: answers.filter(|a| a.wanted).map(view).collect(),
    }
}

/// A seminar as the API gives it.
pub(super) fn seminar(public_url: &str, row: &SeminarRow, names: &Names) -> Value {
    json!({
        "id": row.id,
        "slug": row.slug,
        "url": format!("{public_url}/seminars/{}", row.slug),
        "title": row.title,
        "summary": row.summary,
        "language": row.language,
        "region": row.region,
        "axis": row.axis,
        "place": row.place,
        "link": row.link,
        "starts_at": row.starts_at.rfc3339(),
        "ends_at": row.ends_at.rfc3339(),
        "capacity": row.capacity,
        "taken": row.taken,
        "seats_left": row.seats_left(),
        "rule_version": row.rule_version,
        "rule": rule(&row.rule(), names),
        "created_at": row.created_at.rfc3339(),
        "updated_at": row.updated_at.rfc3339(),
        "cancelled_at": row.cancelled_at.map(|at| at.rfc3339()),
    })
}

/// The modules and seminars that these rules name.
pub(super) async fn names_of(on: On<'_>, seminars: &[SeminarRow]) -> Result<Names, DbError> {
    let rules: Vec<Rule> = seminars.iter().map(SeminarRow::rule).collect();
    super::names(on, &rules).await
}
