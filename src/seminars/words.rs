//! A rule, and where somebody stands with it, in words.

use std::collections::HashSet;

use domain::eligibility::{Condition, Group, Level, Rule, Scope, Subject, Term, TermVerdict};
use serde::Serialize;
use serde_json::{Value, json};

use super::door::{Answer, Door};
use super::shown::{self, Names, named};
use crate::ids::{ModuleId, PersonId};
use crate::web::Visitor;
use crate::web::i18n::{Lang, Locales};

/// A share as the language writes it.
pub(super) fn percent(lang: Lang, share: f64) -> String {
    let whole = (share * 100.0).round();
    match lang {
        Lang::Fr => format!("{whole}\u{a0}%"),
        Lang::Ar | Lang::En => format!("{whole}%"),
    }
}

/// What a condition asks for, in words.
pub(super) fn needed(locales: &Locales, lang: Lang, condition: &Condition, title: &str) -> String {
    let attended = matches!(condition.subject, Subject::Seminar(_));
    let (key, least) = match condition.level {
        Level::Started if attended => ("seminars-need-present", 0.0),
        Level::Progress(least) if attended => ("seminars-need-present-at", least),
        _ if attended => ("seminars-need-attended", 1.0),
        Level::Started => ("seminars-need-started", 0.0),
        Level::Progress(least) => ("seminars-need-progress", least),
        Level::Completed => ("seminars-need-completed", 1.0),
        Level::Passed => ("seminars-need-passed", 1.0),
        Level::Score(least) => ("seminars-need-score", least),
    };
    let args = [
        ("module", json!(title)),
        ("percent", json!(percent(lang, least))),
    ];
    let text = locales.text(lang, key, &args);
    match condition.months {
        None => text,
        Some(months) => {
            let args = [("need", json!(text)), ("count", json!(months))];
            locales.text(lang, "seminars-need-fresh", &args)
        }
    }
}

/// Where somebody stands with a condition, in words.
fn have(locales: &Locales, lang: Lang, answer: &Answer, person: PersonId) -> String {
    use domain::outcome::{State, Success};
    let attended = matches!(answer.condition.subject, Subject::Seminar(_));
    let nothing = if attended {
        "seminars-have-not-attended"
    } else {
        "seminars-have-nothing"
    };
    let Some(proof) = answer.proof else {
        return locales.text(lang, nothing, &[]);
    };
    let outcome = proof.outcome;
    let share = match answer.condition.level {
        Level::Score(_) => outcome.score.unwrap_or(0.0),
        _ => outcome.progress,
    };
    let args = [("percent", json!(percent(lang, share)))];
    let key = if answer.stale {
        "seminars-have-stale"
    } else if proof.person != person {
        if answer.met {
            "seminars-have-colleague-met"
        } else {
            "seminars-have-colleague"
        }
    } else if proof.recognised {
        "seminars-have-recognised"
    } else if attended {
        match outcome.state {
            State::NotStarted => nothing,
            State::InProgress => "seminars-have-present",
            State::Completed => "seminars-have-attended",
        }
    } else {
        match (answer.condition.level, outcome.state, outcome.success) {
            (Level::Score(_), _, _) if outcome.score.is_some() => "seminars-have-score",
            (_, State::NotStarted, _) => nothing,
            (_, _, Success::Passed) => "seminars-have-passed",
            (_, State::Completed, Success::Failed) => "seminars-have-failed",
            (_, State::Completed, Success::Unknown) => "seminars-have-completed",
            (_, State::InProgress, _) => "seminars-have-progress",
        }
    };
    locales.text(lang, key, &args)
}

/// A condition as `partials/condition` shows it.
#[derive(Debug, Serialize)]
pub(super) struct ConditionLine {
    met: bool,
    needed: String,
    have: String,
    action: Option<String>,
    /// The module's page, where there is one for learners.
    module_href: Option<String>,
    /// Posting here goes on exactly where the learner was. Null where there is nothing to go on
    /// with: the attempt is finished and a new one is begun on the module's page.
    play_href: Option<String>,
}

/// A term of a rule as `partials/rule-node` shows it: a condition, or some of further terms.
#[derive(Debug, Serialize)]
pub(super) struct Node {
    met: bool,
    line: Option<ConditionLine>,
    /// How many of the terms are asked for, in words.
    heading: Option<String>,
    of: Vec<Node>,
}

/// The rule at a door as a tree, for the person who stands before it; `published` are the modules
/// that can be played.
pub(super) fn nodes(
    visitor: &Visitor<'_>,
    door: &Door,
    person: PersonId,
    names: &Names,
    published: &HashSet<ModuleId>,
) -> Vec<Node> {
    branch(
        &door.verdict.terms,
        &|at| line(visitor, &door.answers[at], person, names, published),
        visitor,
    )
}

fn branch(
    terms: &[TermVerdict],
    line: &dyn Fn(usize) -> ConditionLine,
    visitor: &Visitor<'_>,
) -> Vec<Node> {
    let node = |term: &TermVerdict| match term {
        TermVerdict::One(at) => {
            let line = line(*at);
            Node {
                met: line.met,
                line: Some(line),
                heading: None,
                of: Vec::new(),
            }
        }
        TermVerdict::Group { need, met, of } => {
            let locales = &visitor.app.pages.locales;
            Node {
                met: met >= need,
                line: None,
                heading: Some(some_of(locales, visitor.lang(), *need, of.len())),
                of: branch(of, line, visitor),
            }
        }
    };
    terms.iter().map(node).collect()
}

fn line(
    visitor: &Visitor<'_>,
    answer: &Answer,
    person: PersonId,
    names: &Names,
    published: &HashSet<ModuleId>,
) -> ConditionLine {
    use domain::outcome::State;
    let locales = &visitor.app.pages.locales;
    let lang = visitor.lang();
    let subject = answer.condition.subject;
    let named = named(names, ModuleId(subject.id()));
    let own = answer.proof.filter(|p| p.person == person && !p.recognised);
    let state = own.map_or(State::NotStarted, |p| p.outcome.state);
    let attended = matches!(subject, Subject::Seminar(_));
    let has_page = attended && !named.slug.is_empty() || published.contains(&named.id);
    let page = has_page.then(|| visitor.href(&shown::path(names, subject)));
    let (key, plays) = match state {
        _ if attended => ("seminars-see-seminar", false),
        State::NotStarted => ("web-start", true),
        State::InProgress => ("web-resume", true),
        State::Completed => ("seminars-retake", false),
    };
    let open = page.clone().filter(|_| !answer.met);
    ConditionLine {
        met: answer.met,
        needed: needed(locales, lang, &answer.condition, &named.title),
        have: have(locales, lang, answer, person),
        action: open.as_ref().map(|_| locales.text(lang, key, &[])),
        play_href: open.filter(|_| plays).map(|page| format!("{page}/play")),
        module_href: page,
    }
}

/// A term in words, for who is not signed in.
#[derive(Debug, Serialize)]
pub(super) struct Need {
    text: String,
    of: Vec<Need>,
}

/// The terms of a rule in words.
pub(super) fn needs(locales: &Locales, lang: Lang, of: &[Term], names: &Names) -> Vec<Need> {
    of.iter()
        .map(|term| match term {
            Term::One(condition) => Need {
                text: needed_by_name(locales, lang, condition, names),
                of: Vec::new(),
            },
            Term::Group(Group { need, of }) => Need {
                text: some_of(locales, lang, *need, of.len()),
                of: needs(locales, lang, of, names),
            },
        })
        .collect()
}

/// What a condition asks for, in words, with what it is about looked up.
pub(super) fn needed_by_name(
    locales: &Locales,
    lang: Lang,
    condition: &Condition,
    names: &Names,
) -> String {
    let title = named(names, ModuleId(condition.subject.id())).title;
    needed(locales, lang, condition, &title)
}

fn some_of(locales: &Locales, lang: Lang, need: u32, of: usize) -> String {
    let key = match usize::try_from(need).unwrap_or(usize::MAX) {
        0 => "seminars-rule-open",
        _ if of == 1 => "seminars-rule-one",
        need if need >= of => "seminars-rule-all",
        _ => "seminars-rule-some",
    };
    let args = [("need", json!(need)), ("of", json!(of))];
    locales.text(lang, key, &args)
}

/// How many of the conditions a rule asks for, in words.
pub(super) fn rule_text(locales: &Locales, lang: Lang, rule: &Rule) -> String {
    some_of(locales, lang, rule.need, rule.of.len())
}

/// Whose progress counts, in words; `None` where it is simply one's own.
pub(super) fn scope_text(
    locales: &Locales,
    lang: Lang,
    rule: &Rule,
    door: Option<&Door>,
) -> Option<String> {
    if rule.of.is_empty() {
        return None;
    }
    match rule.scope {
        Scope::Person => None,
        Scope::Organisation => Some(locales.text(lang, "seminars-colleagues", &[])),
        Scope::EachSeat => Some(locales.text(lang, "seminars-each-seat", &[])),
        Scope::Members(least) => {
            let have = door.and_then(|door| door.verdict.members.as_ref());
            let asked = locales.text(lang, "seminars-members", &[("count", json!(least))]);
            Some(match have {
                None => asked,
                Some(have) => {
                    let args = [("count", json!(have.len()))];
                    format!(
                        "{asked} {}",
                        locales.text(lang, "seminars-members-have", &args)
                    )
                }
            })
        }
    }
}

/// What a stored proof met, in words.
pub(super) fn needed_of(locales: &Locales, lang: Lang, proof: &Value) -> String {
    let id = uuid::Uuid::nil();
    let (subject, named) = match proof.get("seminar") {
        Some(seminar) => (Subject::Seminar(id), seminar),
        None => (Subject::Module(id), &proof["module"]),
    };
    let condition = Condition {
        subject,
        level: serde_json::from_value(proof["level"].clone()).unwrap_or(Level::Started),
        months: proof["months"].as_u64().and_then(|m| u32::try_from(m).ok()),
    };
    let title = named["title"].as_str().unwrap_or_default();
    needed(locales, lang, &condition, title)
}

/// Whose achievement a stored proof is.
pub(super) fn learner_of(proof: &Value) -> Option<uuid::Uuid> {
    uuid::Uuid::try_parse(proof["proof"]["learner"].as_str()?).ok()
}

/// Since when a stored proof stood, in microseconds.
pub(super) fn since(proof: &Value) -> Option<i64> {
    let at = proof["proof"]["updated_at"].as_str()?;
    let at = chrono::DateTime::parse_from_rfc3339(at).ok()?;
    Some(at.timestamp_micros())
}
