//! The rule at the door as a form: one line per condition, as many as are asked for, without a
//! script.

use std::collections::HashMap;

use domain::eligibility::{Condition, Level, Rule, Scope};
use serde::Serialize;
use serde_json::Value;

use super::edit::{level_word, options};
use crate::App;
use crate::db::DbError;
use crate::ids::ModuleId;
use crate::progress::ModuleRef;
use crate::seminars::edit::CONDITIONS_MAX;
use crate::seminars::store;
use crate::web::Fields;
use crate::web::i18n::{Lang, Locales};

/// Lines of an empty form.
const FEWEST: usize = 3;
/// Lines of any form at most.
pub(super) const MOST: usize = CONDITIONS_MAX;
/// Lines that one press of the button adds.
const STEP: usize = 3;

const LEVELS: [&str; 5] = ["started", "progress", "completed", "passed", "score"];

/// One line of the rule.
#[derive(Serialize)]
pub(super) struct ConditionFields {
    n: usize,
    modules: Vec<Value>,
    levels: Vec<Value>,
    least: String,
    /// What is wrong with the module, in words.
    module_error: Option<String>,
    /// What is wrong with the percentage, in words.
    least_error: Option<String>,
}

/// How many lines the form has.
pub(super) fn rows(fields: &Fields) -> usize {
    let asked = fields.raw("rows").parse().unwrap_or(FEWEST);
    asked.clamp(FEWEST, MOST)
}

/// The names of the conditions' fields that may be wrong.
pub(super) fn names(rows: usize) -> impl Iterator<Item = String> {
    (1..=rows).flat_map(|n| [format!("module{n}"), format!("least{n}")])
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

/// Puts a rule into the form, with a line to spare.
pub(super) fn fill(fields: &mut Fields, rule: &Rule, modules: &HashMap<ModuleId, ModuleRef>) {
    fields.fill("rows", &(rule.of.len() + 1).to_string());
    for (n, condition) in (1..).zip(&rule.of) {
        let (level, least) = level_word(condition.level);
        fields.fill(&format!("level{n}"), level);
        if let Some(module) = modules.get(&ModuleId(condition.module)) {
            fields.fill(&format!("module{n}"), &module.slug);
        }
        if let Some(least) = least {
            // Two decimals and no more: 0.7 is 70, not 70.00000000000001.
            let percent = (least * 10_000.0).round() / 100.0;
            fields.fill(&format!("least{n}"), &percent.to_string());
        }
    }
}

/// The lines with what was typed.
pub(super) fn shown(
    locales: &Locales,
    lang: Lang,
    fields: &Fields,
    modules: &[store::ModuleRow],
) -> Vec<ConditionFields> {
    let plain = |key: &str| locales.plain(lang, key, &[]);
    let error = |name: String| {
        let code = fields.errors().get(&name)?;
        Some(locales.text(lang, &format!("form-{code}"), &[]))
    };
    (1..=rows(fields))
        .map(|n| {
            let module = fields.raw(&format!("module{n}"));
            let mut choices = vec![("", plain("seminars-no-module"))];
            choices.extend(modules.iter().map(|m| (m.slug.as_str(), m.title.clone())));
            // A module that is no longer published stays in the rules that name it.
            if !module.is_empty() && modules.iter().all(|m| m.slug != module) {
                choices.push((module, module.to_owned()));
            }
            let level = match fields.raw(&format!("level{n}")) {
                "" => "completed",
                level => level,
            };
            ConditionFields {
                n,
                modules: options(module, choices),
                levels: options(
                    level,
                    LEVELS.map(|l| (l, plain(&format!("seminars-level-{l}")))),
                ),
                least: fields.raw(&format!("least{n}")).to_owned(),
                module_error: error(format!("module{n}")),
                least_error: error(format!("least{n}")),
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

/// The rule that the form says; the faults are in the fields.
pub(super) async fn read(app: &App, fields: &mut Fields) -> Result<Rule, DbError> {
    let rows = rows(fields);
    let need = fields.integer("need", 0..=MOST as i64);
    let mut of: Vec<Condition> = Vec::new();
    for n in 1..=rows {
        let name = format!("module{n}");
        let slug = fields.raw(&name).trim().to_owned();
        if slug.is_empty() {
            continue;
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
                continue;
            }
        };
        let module: Option<store::ModuleRow> = store::MODULE_BY_ID_OR_SLUG
            .bind(slug.as_str())
            .bind(None::<uuid::Uuid>)
            .optional(&app.db)
            .await?;
        let Some(module) = module else {
            fields.error(&name, "choice");
            continue;
        };
        if of.iter().any(|other| other.module == module.id.0) {
            fields.error(&name, "rule-module-twice");
        }
        of.push(Condition {
            module: module.id.0,
            level,
        });
    }
    let need = u32::try_from(need).unwrap_or_default();
    if need as usize > of.len() {
        fields.error("need", "rule-needs-more-than-listed");
    }
    Ok(Rule {
        need,
        of,
        scope: match fields.raw("scope") {
            "organisation" => Scope::Organisation,
            _ => Scope::Person,
        },
    })
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
