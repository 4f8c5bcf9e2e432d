//! The rule at the door as a form: one line per condition, as many as are asked for, some of them
//! together in a group, without a script.
//!
//! The form writes rules of two storeys: conditions, and groups of conditions. A rule that goes
//! deeper (the API can write it) is shown in words and kept as it is.

use domain::eligibility::{
    Condition, Group, Level, MEMBERS_MAX, MONTHS_MAX, Rule, Scope, Subject, Term,
};
use serde::Serialize;
use serde_json::{Value, json};

use super::edit::{level_word, options};
use crate::App;
use crate::db::DbError;
use crate::ids::ModuleId;
use crate::seminars::edit::CONDITIONS_MAX;
use crate::seminars::shown::Names;
use crate::seminars::{SeminarRow, store};
use crate::web::Fields;
use crate::web::i18n::{Lang, Locales};

/// Lines of an empty form.
const FEWEST: usize = 3;
/// Lines of any form at most.
pub(super) const MOST: usize = CONDITIONS_MAX;
/// Lines that one press of the button adds.
const STEP: usize = 3;

const LEVELS: [&str; 5] = ["started", "progress", "completed", "passed", "score"];
/// Groups that a form can have.
const GROUPS: [&str; 3] = ["A", "B", "C"];
/// A seminar among the choices of a line: `seminar:<slug>`.
const SEMINAR: &str = "seminar:";

/// One line of the rule.
#[derive(Serialize)]
pub(super) struct ConditionFields {
    n: usize,
    modules: Vec<Value>,
    levels: Vec<Value>,
    least: String,
    months: String,
    groups: Vec<Value>,
    /// The seldom used parts are used here.
    more: bool,
    /// What is wrong with the module, in words.
    module_error: Option<String>,
    /// What is wrong with the percentage, in words.
    least_error: Option<String>,
    /// What is wrong with the months, in words.
    months_error: Option<String>,
}

/// How many of a group's conditions are asked for.
#[derive(Serialize)]
pub(super) struct GroupFields {
    letter: &'static str,
    needs: Vec<Value>,
}

/// What a line can be about.
pub(super) struct Choices {
    modules: Vec<store::ModuleRow>,
    seminars: Vec<store::ModuleRow>,
}

impl Choices {
    pub(super) async fn load(app: &App) -> Result<Choices, DbError> {
        Ok(Choices {
            modules: store::PUBLISHED_MODULES.all(&app.db).await?,
            seminars: store::NAMEABLE.all(&app.db).await?,
        })
    }
}

/// How many lines the form has.
pub(super) fn rows(fields: &Fields) -> usize {
    let asked = fields.raw("rows").parse().unwrap_or(FEWEST);
    asked.clamp(FEWEST, MOST)
}

/// The names of the conditions' fields that may be wrong.
pub(super) fn names(rows: usize) -> impl Iterator<Item = String> {
    (1..=rows).flat_map(|n| {
        [
            format!("module{n}"),
            format!("least{n}"),
            format!("months{n}"),
        ]
    })
}

/// True when more lines were asked for; they are there then.
pub(super) fn more(fields: &mut Fields) -> bool {
    let asked = fields.ticked("more");
    if asked {
        let rows = (rows(fields) + STEP).min(MOST);
        fields.fill("rows", &rows.to_string());
    }
    asked
}

/// Conditions with the name of their group, and how many each group needs.
type Lines<'r> = (Vec<(&'r Condition, &'static str)>, Vec<u32>);

/// A rule of two storeys as lines, each with its group; `None` when it goes deeper or has more
/// groups than the form.
fn lines(rule: &Rule) -> Option<Lines<'_>> {
    let mut lines = Vec::new();
    let mut needs = Vec::new();
    for term in &rule.of {
        match term {
            Term::One(condition) => lines.push((condition, "")),
            Term::Group(group) => {
                let letter = GROUPS.get(needs.len())?;
                needs.push(group.need);
                for inner in &group.of {
                    let Term::One(condition) = inner else {
                        return None;
                    };
                    lines.push((condition, *letter));
                }
                if group.of.is_empty() {
                    return None;
                }
            }
        }
    }
    Some((lines, needs))
}

/// Puts a rule into the form, with a line to spare.
pub(super) fn fill(fields: &mut Fields, rule: &Rule, names: &Names) {
    let (scope, members) = match rule.scope {
        Scope::Person => ("person", None),
        Scope::EachSeat => ("each-seat", None),
        Scope::Organisation => ("organisation", None),
        Scope::Members(least) => ("members", Some(least)),
    };
    fields.fill("scope", scope);
    fields.fill("members", &members.map_or(String::new(), |m| m.to_string()));
    let Some((lines, needs)) = lines(rule) else {
        fields.fill("keep", "yes");
        return;
    };
    for (letter, need) in GROUPS.iter().zip(needs) {
        fields.fill(&format!("need-{letter}"), &need.to_string());
    }
    fields.fill("rows", &(lines.len() + 1).to_string());
    for (n, (condition, group)) in (1..).zip(lines) {
        let (level, least) = level_word(condition.level);
        fields.fill(&format!("level{n}"), level);
        fields.fill(&format!("group{n}"), group);
        if let Some(named) = names.get(&ModuleId(condition.subject.id())) {
            let kind = match condition.subject {
                Subject::Module(_) => "",
                Subject::Seminar(_) => SEMINAR,
            };
            fields.fill(&format!("module{n}"), &format!("{kind}{}", named.slug));
        }
        if let Some(least) = least {
            // Two decimals and no more: 0.7 is 70, not 70.00000000000001.
            let percent = (least * 10_000.0).round() / 100.0;
            fields.fill(&format!("least{n}"), &percent.to_string());
        }
        if let Some(months) = condition.months {
            fields.fill(&format!("months{n}"), &months.to_string());
        }
    }
}

/// The lines with what was typed.
pub(super) fn shown(
    locales: &Locales,
    lang: Lang,
    fields: &Fields,
    known: &Choices,
) -> Vec<ConditionFields> {
    let plain = |key: &str| locales.plain(lang, key, &[]);
    let error = |name: String| {
        let code = fields.errors().get(&name)?;
        Some(locales.text(lang, &format!("form-{code}"), &[]))
    };
    let seminars: Vec<(String, String)> = known
        .seminars
        .iter()
        .map(|s| {
            let label = locales.plain(lang, "seminars-a-seminar", &[("title", json!(s.title))]);
            (format!("{SEMINAR}{}", s.slug), label)
        })
        .collect();
    (1..=rows(fields))
        .map(|n| {
            let module = fields.raw(&format!("module{n}"));
            let mut choices = vec![("", plain("seminars-no-module"))];
            choices.extend(
                known
                    .modules
                    .iter()
                    .map(|m| (m.slug.as_str(), m.title.clone())),
            );
            choices.extend(
                seminars
                    .iter()
                    .map(|(slug, label)| (slug.as_str(), label.clone())),
            );
            // A module that is no longer published stays in the rules that name it.
            if choices.iter().all(|(slug, _)| *slug != module) {
                choices.push((module, module.to_owned()));
            }
            let level = match fields.raw(&format!("level{n}")) {
                "" => "completed",
                level => level,
            };
            let months = fields.raw(&format!("months{n}"));
            let group = fields.raw(&format!("group{n}"));
            let label =
                |letter: &str| locales.plain(lang, "seminars-group", &[("letter", json!(letter))]);
            let groups = std::iter::once(("", plain("seminars-group-none")))
                .chain(GROUPS.map(|letter| (letter, label(letter))));
            ConditionFields {
                n,
                modules: options(module, choices),
                levels: options(
                    level,
                    LEVELS.map(|l| (l, plain(&format!("seminars-level-{l}")))),
                ),
                least: fields.raw(&format!("least{n}")).to_owned(),
                months: months.to_owned(),
                groups: options(group, groups),
                more: !months.is_empty() || !group.is_empty(),
                module_error: error(format!("module{n}")),
                least_error: error(format!("least{n}")),
                months_error: error(format!("months{n}")),
            }
        })
        .collect()
}

/// The groups, where a line is in one.
pub(super) fn groups(locales: &Locales, lang: Lang, fields: &Fields) -> Vec<GroupFields> {
    let used =
        |letter: &str| (1..=rows(fields)).any(|n| fields.raw(&format!("group{n}")) == letter);
    GROUPS
        .into_iter()
        .filter(|letter| used(letter))
        .map(|letter| {
            let need = fields.raw(&format!("need-{letter}"));
            let count = |n: usize| locales.plain(lang, "seminars-need-count", &[("count", json!(n))]);
            GroupFields {
                letter,
                needs: (1..=6)
                    .map(|n| json!({ "value": n, "label": count(n), "selected": need == n.to_string() }))
                    .collect(),
            }
        })
        .collect()
}

/// A percentage as people write it, `12,5` or `12.5`, with `%` or without.
fn percent(text: &str) -> Option<f64> {
    let text = text.trim().trim_end_matches(['%', '٪']).trim_end();
    let plain = text
        .chars()
        .all(|c| c.is_ascii_digit() || "-.,".contains(c));
    let value: f64 = text.replace(',', ".").parse().ok()?;
    (plain && value.is_finite()).then_some(value / 100.0)
}

/// The rule that the form says; the faults are in the fields. `seminar` keeps a rule that the form
/// cannot write.
pub(super) async fn read(
    app: &App,
    fields: &mut Fields,
    seminar: Option<&SeminarRow>,
) -> Result<Rule, DbError> {
    let rows = rows(fields);
    let scope = scope(fields);
    if let Some(seminar) = seminar.filter(|_| fields.ticked("keep")) {
        return Ok(Rule {
            scope,
            ..seminar.rule()
        });
    }
    let need = fields.integer("need", 0..=MOST as i64);
    let mut of: Vec<Term> = Vec::new();
    // Where each group stands among the terms.
    let mut places: [Option<usize>; GROUPS.len()] = [None; GROUPS.len()];
    for n in 1..=rows {
        let Some(condition) = condition(app, fields, n).await? else {
            continue;
        };
        let letter = fields.raw(&format!("group{n}"));
        let group = GROUPS.iter().position(|known| *known == letter);
        let beside = match group.and_then(|g| places[g]) {
            Some(at) => match &mut of[at] {
                Term::Group(group) => &mut group.of,
                Term::One(_) => continue,
            },
            None => {
                if let Some(group) = group {
                    places[group] = Some(of.len());
                    let need = fields.raw(&format!("need-{letter}")).parse().unwrap_or(1);
                    of.push(Term::Group(Group {
                        need,
                        of: vec![Term::One(condition)],
                    }));
                    continue;
                }
                &mut of
            }
        };
        let twice = |other: &Term| matches!(other, Term::One(other) if other.subject.id() == condition.subject.id());
        if beside.iter().any(twice) {
            fields.error(&format!("module{n}"), "rule-module-twice");
        }
        beside.push(Term::One(condition));
    }
    let need = u32::try_from(need).unwrap_or_default();
    if need as usize > of.len() {
        fields.error("need", "rule-needs-more-than-listed");
    }
    Ok(Rule { need, of, scope })
}

fn scope(fields: &mut Fields) -> Scope {
    match fields.raw("scope") {
        "organisation" => Scope::Organisation,
        "each-seat" => Scope::EachSeat,
        "members" => {
            let least = fields.integer("members", 1..=i64::from(MEMBERS_MAX));
            Scope::Members(u32::try_from(least).unwrap_or(1))
        }
        _ => Scope::Person,
    }
}

/// The condition of a line; `None` when the line is empty or wrong.
async fn condition(app: &App, fields: &mut Fields, n: usize) -> Result<Option<Condition>, DbError> {
    let name = format!("module{n}");
    let slug = fields.raw(&name).trim().to_owned();
    if slug.is_empty() {
        return Ok(None);
    }
    let least = format!("least{n}");
    let level = match fields.raw(&format!("level{n}")) {
        "started" => Level::Started,
        "progress" => Level::Progress(share(fields, &least, 0.01)),
        "passed" => Level::Passed,
        "score" => Level::Score(share(fields, &least, -1.0)),
        "completed" => Level::Completed,
        _ => {
            fields.error(&name, "choice");
            return Ok(None);
        }
    };
    let months_name = format!("months{n}");
    let months = match fields.raw(&months_name).trim().is_empty() {
        true => None,
        false => u32::try_from(fields.integer(&months_name, 1..=i64::from(MONTHS_MAX))).ok(),
    };
    let (query, plain) = match slug.strip_prefix(SEMINAR) {
        Some(plain) => (&store::SEMINAR_BY_ID_OR_SLUG, plain),
        None => (&store::MODULE_BY_ID_OR_SLUG, slug.as_str()),
    };
    let found: Option<store::ModuleRow> = query
        .bind(plain)
        .bind(None::<uuid::Uuid>)
        .optional(&app.db)
        .await?;
    let Some(found) = found else {
        fields.error(&name, "choice");
        return Ok(None);
    };
    let subject = match slug.starts_with(SEMINAR) {
        true => Subject::Seminar(found.id.0),
        false => Subject::Module(found.id.0),
    };
    // Nobody passes or fails a seminar.
    if matches!(subject, Subject::Seminar(_)) && matches!(level, Level::Passed | Level::Score(_)) {
        fields.error(&name, "rule-seminar-level");
    }
    Ok(Some(Condition {
        subject,
        level,
        months,
    }))
}

/// A share between `least` and 1, typed as a percentage.
fn share(fields: &mut Fields, name: &str, least: f64) -> f64 {
    match percent(fields.raw(name)) {
        Some(share) if (least..=1.0).contains(&share) => share,
        Some(_) => {
            fields.error(name, "out-of-range");
            least
        }
        None => {
            fields.error(name, "percentage");
            least
        }
    }
}

#[cfg(test)]
mod tests {
    use super::percent;

    #[test]
    fn percentages_are_read_as_people_write_them() {
        assert_eq!(percent("50"), Some(0.5));
        assert_eq!(percent(" 12,5 % "), Some(0.125));
        assert_eq!(percent("70.25"), Some(0.7025));
        for bad in ["", "abc", "1e3", "inf", "NaN", "5 0", "1,2,3", "٥٠"] {
            assert_eq!(percent(bad), None, "{bad}");
        }
    }
}
